import { readdir, realpath, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Place } from '../run/place.ts'
import { causeOfAbsence } from './absence.ts'
import type { ConfiguredPath } from './langgraph-config.ts'
import { isInside, relativeTo } from './paths.ts'
import { shown, whyRefused } from './project-error.ts'

/** The search for what a configuration names, and what has come of it so far. */
export interface Search {
  readonly workspace: string
  /** The folder of the configuration. */
  readonly base: string
  /** The path of the configuration in messages. */
  readonly label: string
  readonly gitPath: string | undefined
  /** Whether a build makes this file, which is therefore not in the repository. */
  readonly isBuilt: (place: string) => boolean
  /** What is wrong; each text follows its place. */
  readonly problems: { readonly place: Place; readonly text: string }[]
  readonly notices: string[]
  readonly warnings: string[]
  /** Tells a problem of the configuration. */
  problem(line: number, text: string): void
}

/** A configured path that was found. */
export interface FoundPath extends ConfiguredPath {
  /** Where the config says it is: absolute, links not yet followed. */
  readonly place: string
  /** Where it really is. */
  readonly real: string
}

/** Finds what a configuration names; one path after the other, so that problems come in its order. */
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

/** Finds what a configuration names. @returns nothing when it is not there; why is among the problems */
export async function findPath(
  search: Search,
  configured: ConfiguredPath,
  kind: 'file' | 'folder'
): Promise<FoundPath | undefined> {
  const { workspace, base, isBuilt, notices } = search
  const { key, path, line } = configured
  const place = resolve(base, path)
  const naming = `\`${key}\` names ${path}, which`
  const outside = `${naming} is outside the workspace; move it inside, or check out the folder that holds both`
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
    const looked = `${naming} ${whyRefused(error)} (looked for ${relativeTo(workspace, place)})`
    if (cause) search.problem(line, `${naming} ${whyRefused(error)}: ${cause}`)
    else
      search.problem(line, isInside(workspace, place) ? `${looked}; correct the path, or commit the ${kind}` : outside)
  }
  return undefined
}

/** A folder as a message names it. */
export function folderName(workspace: string, folder: string): string {
  return folder === workspace ? 'the whole workspace' : shown(relativeTo(workspace, folder))
}
