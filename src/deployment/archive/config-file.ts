import { readFile, realpath, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { causeOfAbsence } from './absence.ts'
import { adviceOfConfigs, findConfigs } from './config-search.ts'
import { below, isInside, relativeTo } from './paths.ts'
import { codeOf, inWords, ProjectError, shown } from './project-error.ts'

/** A langgraph.json as it was found. */
export interface ConfigFile {
  /** Absolute, without symbolic links. */
  readonly file: string
  /** As it can stand in a message: seen from the workspace. */
  readonly label: string
  readonly bytes: Uint8Array
}

/**
 * Finds and reads the configuration in the workspace.
 *
 * @param workspace absolute, without symbolic links
 * @param path as the input `langgraph-config` has it
 * @param gitPath the `PATH` where git is looked for
 * @throws {ProjectError} when it is not there, lies outside the workspace, is not a file, or cannot be read
 */
export async function readConfigFile(
  workspace: string,
  path: string,
  gitPath: string | undefined
): Promise<ConfigFile> {
  const name = shown(path)
  const place = resolve(workspace, path)
  const file = await realpath(place).catch(async (error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw new ProjectError([`${name} ${inWords(error)}.`])
    const cause = await causeOfAbsence(path, place, workspace, gitPath)
    const cure =
      adviceOfConfigs(await findConfigs(workspace)) ??
      'Check the repository out first, and set `langgraph-config` to the file.'
    throw new ProjectError([`${name} does not exist in the workspace${cause ? `: ${shown(cause)}.` : `. ${cure}`}`])
  })
  if (!isInside(workspace, file)) {
    throw new ProjectError([`${name} lies outside the workspace. Set \`langgraph-config\` to a file inside it.`])
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
    throw new ProjectError([`${label} ${inWords(error)}.`])
  }
}
