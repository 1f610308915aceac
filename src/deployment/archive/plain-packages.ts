import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** Names of packages that the image has already. Source: langgraph-cli 0.4.40, `config.py`. */
const TAKEN = [
  'src',
  'langgraph-api',
  'langgraph_api',
  'langgraph',
  'langchain-core',
  'langchain_core',
  'pydantic',
  'orjson',
  'fastapi',
  'uvicorn',
  'psycopg',
  'httpx',
  'langsmith'
]

/**
 * What the official tool refuses about local dependencies without a pyproject.toml or setup.py, of which it makes packages
 * by itself: a folder whose name the image or an earlier dependency has, or one that no package can have.
 *
 * @param folders of all local dependencies in their order, absolute
 * @returns for each folder a clause that follows its path; nothing where it is fit
 */
export async function findUnfitPackages(folders: readonly string[]): Promise<readonly (string | undefined)[]> {
  const taken = new Set(TAKEN)
  const found: (string | undefined)[] = []
  for (const folder of folders) {
    const names = await packagesIn(folder)
    const clash = names.find((name) => taken.has(name))
    const isDashed = names.length === 1 && names[0] === basename(folder) && basename(folder).includes('-')
    for (const name of names) taken.add(name)
    found.push(
      isDashed
        ? 'is a package whose name holds a dash; rename the folder, or add a pyproject.toml'
        : clash &&
            `makes a package named ${clash}, a name that is taken in the image; rename the folder, or add a pyproject.toml`
    )
  }
  return found
}

/** The packages that a folder without a description of its own makes: itself, or its folders with Python files. */
async function packagesIn(folder: string): Promise<readonly string[]> {
  const items = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const has = (name: string) => items.some((item) => item.name === name)
  if (has('pyproject.toml') || has('setup.py')) return []
  if (has('__init__.py')) return [basename(folder)]
  const inner = items.filter((item) => item.isDirectory() && item.name !== '__pycache__' && !item.name.startsWith('.'))
  const holding = await Promise.all(
    inner.map(async ({ name }) => {
      const files = await readdir(join(folder, name)).catch((): string[] => [])
      return files.some((file) => file.endsWith('.py')) ? [name] : []
    })
  )
  return holding.flat()
}
