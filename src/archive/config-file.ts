import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { causeOfAbsence } from './absence.ts'
import { below, isInside, relativeTo } from './paths.ts'
import { fileErrorCode, ProjectError, shown, shownList, whyRefused } from './project-error.ts'

/**
 * Finds and reads the configuration in the workspace.
 *
 * @param workspace absolute, without symbolic links
 * @param path the value of the input `langgraph-config`
 * @returns `file` is absolute, without symbolic links; `label` is its path in messages, relative to the workspace
 * @throws {ProjectError} if it does not exist, is outside the workspace, is not a file, or cannot be read
 */
export async function readConfigFile(
  workspace: string,
  path: string,
  gitPath: string | undefined
): Promise<{ readonly file: string; readonly label: string; readonly bytes: Uint8Array }> {
  const name = shown(path)
  const place = resolve(workspace, path)
  const file = await realpath(place).catch(async (error: unknown) => {
    if (fileErrorCode(error) !== 'ENOENT') throw new ProjectError([`${name} ${whyRefused(error)}.`])
    const cause = await causeOfAbsence(path, place, workspace, gitPath)
    const cure =
      adviceOfConfigs(await findConfigs(workspace)) ??
      'Check out the repository in an earlier step, and set `langgraph-config` to the file.'
    throw new ProjectError([`${name} does not exist in the workspace${cause ? `: ${shown(cause)}.` : `. ${cure}`}`])
  })
  if (!isInside(workspace, file)) {
    throw new ProjectError([`${name} is outside the workspace. Set \`langgraph-config\` to a file inside it.`])
  }
  const entry = await stat(file)
  if (!entry.isFile()) {
    const inside = entry.isDirectory() ? await findConfigs(file) : []
    const advice = adviceOfConfigs(inside.map((found) => below(relativeTo(workspace, file), found)))
    const kind = entry.isDirectory() ? 'is a folder' : 'is not a file'
    throw new ProjectError([`${name} ${kind}. ${advice ?? 'Set `langgraph-config` to the langgraph.json itself.'}`])
  }
  const label = shown(relativeTo(workspace, file))
  try {
    return { file, label, bytes: await readFile(file) }
  } catch (error) {
    throw new ProjectError([`${label} ${whyRefused(error)}.`])
  }
}

const CONFIG_NAME = 'langgraph.json'
const MOST_FOLDERS = 2_000
const MOST_DEEP = 6
const MOST_TOLD = 5
/** Folders that contain installed packages or build output, not projects of the user. */
const SKIPPED = new Set(['node_modules', 'venv', 'env', 'site-packages', '__pycache__', 'dist', 'build'])

/**
 * Finds the configurations below a folder, the nearest first. Limits on depth and number of folders keep the search
 * fast in a large workspace.
 *
 * @param folder absolute
 * @returns paths relative to the folder, with forward slashes
 */
async function findConfigs(folder: string): Promise<readonly string[]> {
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

/** Returns advice for an invalid path: the configurations that were found instead. Undefined if none was found. */
export function adviceOfConfigs(found: readonly string[]): string | undefined {
  const [only, ...others] = found
  if (only === undefined) return undefined
  return others.length === 0
    ? `Found ${shownList([only])}; use this path.`
    : `Found ${shownList(found, MOST_TOLD)}; use one of these paths.`
}
