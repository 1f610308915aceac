import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { askGit } from './git.ts'
import { isInside, relativeTo } from './paths.ts'

/**
 * Finds the likely reason that a path from a configuration or an input does not exist, and how to fix it.
 *
 * @param written the path as the user wrote it
 * @param place the same path, absolute
 * @returns a clause such as `the sparse checkout excludes it; …`, or undefined if no reason is found
 */
export async function causeOfAbsence(
  written: string,
  place: string,
  workspace: string,
  gitPath: string | undefined
): Promise<string | undefined> {
  if (!isInside(workspace, place)) return isAbsolute(written) ? causeOfForeignPath(written, workspace) : undefined
  if (sep === '/' && written.includes('\\') && existsSync(place.replaceAll('\\', '/'))) {
    return 'the path contains backslashes; use forward slashes'
  }
  const folder = await nearestFolder(dirname(place), workspace)
  const [missing = ''] = relative(folder, place).split(sep)
  const items = await readdir(folder).catch(() => [])
  if (items.length === 0) {
    return folder === workspace
      ? 'the workspace is empty; run actions/checkout before this step'
      : `${relativeTo(workspace, folder)} is empty; if it is a submodule, set \`submodules: true\` for actions/checkout`
  }
  if (await isSparse(place, folder, workspace, gitPath)) {
    return 'the sparse checkout excludes it; add it to `sparse-checkout` of actions/checkout'
  }
  const similar = items.find((item) => item !== missing && item.toLowerCase() === missing.toLowerCase())
  return similar && `${relativeTo(workspace, join(folder, similar))} exists; paths are case-sensitive`
}

/** A container mounts the workspace at another path than the host, but `github.workspace` contains the host's path. */
function causeOfForeignPath(written: string, workspace: string): string | undefined {
  const mounted = join(sep, basename(dirname(workspace)), basename(workspace), sep)
  return join(written, sep).includes(mounted) || written.startsWith('/home/runner/work/')
    ? `it is a path on the runner's host, but the workspace of a job in a container is ${workspace}; use a path relative to the workspace`
    : undefined
}

async function nearestFolder(folder: string, workspace: string): Promise<string> {
  if (folder === workspace || !isInside(workspace, folder)) return workspace
  return (await stat(folder).catch(() => undefined))?.isDirectory() ? folder : nearestFolder(dirname(folder), workspace)
}

/** True if a sparse checkout excludes the path. Git marks the tracked files that it did not check out with an S. */
async function isSparse(
  place: string,
  folder: string,
  workspace: string,
  gitPath: string | undefined
): Promise<boolean> {
  const listed = await askGit(folder, workspace, gitPath, [
    '--literal-pathspecs',
    'ls-files',
    '-t',
    '--',
    relativeTo(folder, place)
  ])
  return listed?.startsWith('S ') ?? false
}
