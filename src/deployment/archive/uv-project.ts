import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { object } from '../../object.ts'

/** A uv project as its files tell. Paths are those of its root, with forward slashes. */
export interface UvProject {
  /** Files and folders without which `uv sync` fails: pyproject.toml, uv.lock, and the packages of the workspace. */
  readonly paths: readonly string[]
  /** Files that are no TOML, so that the packages are not known. */
  readonly unreadable: readonly string[]
  /** Of pyproject.toml and uv.lock, what is not there. */
  readonly missing: readonly string[]
}

const FILES = ['pyproject.toml', 'uv.lock']

/** Reads the project that `source` of the kind "uv" names. */
export async function readUvProject(root: string): Promise<UvProject> {
  const texts = await Promise.all(FILES.map((name) => readFile(join(root, name), 'utf8').catch(() => undefined)))
  const missing = FILES.filter((_, index) => texts[index] === undefined)
  const [, lock] = texts
  const packages = lock === undefined ? [] : await packagesIn(lock)
  return {
    paths: [...FILES.filter((name) => !missing.includes(name)), ...(packages ?? [])],
    unreadable: packages ? [] : ['uv.lock'],
    missing
  }
}

/** The folders of the packages that uv.lock takes from the project itself; nothing when it is not TOML. */
async function packagesIn(lock: string): Promise<readonly string[] | undefined> {
  const { parse } = await import('smol-toml')
  let parsed: unknown
  try {
    parsed = parse(lock)
  } catch {
    return undefined
  }
  const packages = object(parsed)?.package
  const folders = (Array.isArray(packages) ? packages : []).flatMap((item: unknown) => {
    const { editable, virtual, directory } = object(object(item)?.source) ?? {}
    return [editable, virtual, directory].filter((path) => typeof path === 'string')
  })
  return [...new Set(folders)].filter((path) => path !== '.')
}
