import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { below } from './paths.ts'
import { shownList } from './project-error.ts'

const CONFIG_NAME = 'langgraph.json'
const MOST_FOLDERS = 2_000
const MOST_DEEP = 6
const MOST_TOLD = 5
/** Folders that hold other people's projects, or none. */
const SKIPPED = new Set(['node_modules', 'venv', 'env', 'site-packages', '__pycache__', 'dist', 'build'])

/**
 * The configurations below a folder, the nearest first. The search is bounded, so that a large workspace costs little.
 *
 * @param folder absolute
 * @returns paths as seen from the folder, with forward slashes
 */
export async function findConfigs(folder: string): Promise<readonly string[]> {
  const found: string[] = []
  let level = ['']
  for (let deep = 0, seen = 0; deep < MOST_DEEP && level.length > 0 && seen < MOST_FOLDERS; deep += 1) {
    const next: string[] = []
    for (const place of level.slice(0, MOST_FOLDERS - seen)) {
      seen += 1
      const items = await readdir(join(folder, place), { withFileTypes: true }).catch(() => [])
      if (items.some((item) => item.name === CONFIG_NAME && item.isFile())) found.push(below(place, CONFIG_NAME))
      const inner = items.filter((item) => item.isDirectory() && !item.name.startsWith('.') && !SKIPPED.has(item.name))
      next.push(...inner.map(({ name }) => below(place, name)))
    }
    level = next.toSorted()
  }
  return found
}

/** What to write for a path that leads to no configuration; nothing where there is none to write. */
export function adviceOfConfigs(found: readonly string[]): string | undefined {
  const [only, ...others] = found
  if (only === undefined) return undefined
  return others.length === 0
    ? `There is ${shownList([only])}: write that.`
    : `There are ${shownList(found, MOST_TOLD)}: write one of these.`
}
