import { readdir, realpath, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Place } from '../run/place.ts'
import { causeOfAbsence } from './absence.ts'
import type { ConfiguredPath } from './langgraph-config.ts'
import { isInside, relativeTo } from './paths.ts'
import { shown, whyRefused } from './project-error.ts'

/** State of the search for the paths that a configuration names. */
export interface Search {
  readonly workspace: string
  /** The folder of the configuration. */
  readonly base: string
  /** The path of the configuration in messages. */
  readonly label: string
  readonly gitPath: string | undefined
  /** True if the build creates this file, so that it can be missing from the repository. */
  readonly isBuilt: (place: string) => boolean
  /** Each text follows the file and line in `place`. */
  readonly problems: { readonly place: Place; readonly text: string }[]
  readonly notices: string[]
  readonly warnings: string[]
  /** Reports a problem of the configuration. */
  problem(line: number, text: string): void
}

/** A configured path that was found. */
export interface FoundPath extends ConfiguredPath {
  /** The configured path: absolute, with its symbolic links. */
  readonly place: string
  /** The same path without symbolic links. */
  readonly real: string
}

/** Finds paths of a configuration, one after the other, so that the problems have the same order. */
export async function findPaths(
  search: Search,
  paths: readonly ConfiguredPath[],
  kind: 'file' | 'folder'
): Promise<readonly FoundPath[]> {
  const found: FoundPath[] = []
  for (const configured of paths) {
    const one = await findPath(search, configured, kind)
    if (!one) continue
    found.push(one)
    const items = kind === 'folder' ? await readdir(one.real).catch(() => undefined) : undefined
    if (items?.length !== 0) continue
    const cure = 'if it is a submodule, set `submodules: true` for actions/checkout'
    search.problem(one.line, `\`${one.key}\` names ${one.path}, which is empty; ${cure}`)
  }
  return found
}

/** Finds a path of a configuration. @returns undefined if it cannot be used, which is reported */
export async function findPath(
  search: Search,
  configured: ConfiguredPath,
  kind: 'file' | 'folder'
): Promise<FoundPath | undefined> {
  const { workspace, base, isBuilt, notices } = search
  const { key, path, line } = configured
  const place = resolve(base, path)
  const naming = `\`${key}\` names ${path}, which`
  const outside = `${naming} is outside the workspace; move it into the workspace`
  try {
    const real = await realpath(place)
    if (!isInside(workspace, real)) search.problem(line, outside)
    else {
      const status = await stat(real)
      if (kind === 'file' ? status.isFile() : status.isDirectory()) return { ...configured, place, real }
      search.problem(line, `${naming} is not a ${kind}; name a ${kind}`)
    }
  } catch (error) {
    if (kind === 'file' && isBuilt(place)) {
      notices.push(shown(`${naming} does not exist; the build is expected to create it.`))
      return undefined
    }
    const cause = await causeOfAbsence(path, place, workspace, search.gitPath)
    const absent = `${naming} ${whyRefused(error)} (expected at ${relativeTo(workspace, place)})`
    if (cause) search.problem(line, `${naming} ${whyRefused(error)}: ${cause}`)
    else
      search.problem(line, isInside(workspace, place) ? `${absent}; correct the path, or commit the ${kind}` : outside)
  }
  return undefined
}

/** Formats a folder for a message. */
export function folderName(workspace: string, folder: string): string {
  return folder === workspace ? 'the whole workspace' : shown(relativeTo(workspace, folder))
}
