import { realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Place } from '../run/place.ts'
import { adviceOfConfigs, readConfigFile } from './config-file.ts'
import { askGit } from './git.ts'
import { parseLanggraphConfig } from './langgraph-config.ts'
import { isWithin } from './paths.ts'
import { shown } from './project-error.ts'

/** The commit that git has checked out. Uncommitted changes are ignored. */
export interface Checkout {
  /** Full hash, in lower case. */
  readonly commit: string
  /** Hashes of its parents, even if a shallow clone does not contain them. */
  readonly parents: readonly string[]
  /** URL of the remote `origin`, without any token in it; undefined without that remote. */
  readonly origin: string | undefined
}

/**
 * Reads which commit is checked out in the innermost repository that contains a folder, such as a submodule.
 *
 * @param folder absolute, without symbolic links
 * @param workspace the outermost folder that is searched for the repository; absolute, without symbolic links
 * @returns undefined without git, a repository or a commit, or if git does not finish in time
 */
export async function readCheckout(
  folder: string,
  workspace: string,
  gitPath: string | undefined
): Promise<Checkout | undefined> {
  const ask = (args: readonly string[], input = '') => askGit(folder, workspace, gitPath, args, input)
  // Read the stored commit object: in a shallow clone, other commands hide the parents of the oldest commit.
  const [stored, origin] = await Promise.all([
    ask(['cat-file', '--batch'], 'HEAD\n'),
    ask(['config', '--get', 'remote.origin.url'])
  ])
  const [head = '', ...lines] = stored?.split('\n') ?? []
  const commit = /^([0-9a-f]{40}|[0-9a-f]{64}) commit \d+$/.exec(head)?.[1]
  if (commit === undefined) return undefined
  // The first empty line ends the header. The commit message after it could contain lines that look like the header.
  const header = lines.slice(0, lines.indexOf(''))
  const parents = header.flatMap((line) => /^parent ([0-9a-f]+)$/.exec(line)?.[1] ?? [])
  return { commit, parents, origin: origin?.trim().replace(/^(https?:\/\/)[^@/]*@/, '$1') || undefined }
}

/**
 * Checks a configuration that LangSmith will build from GitHub. If the commit of the run is checked out, the file in
 * the workspace is the file that the build reads. The paths in the file are not checked.
 *
 * @param commit the commit of the run
 * @returns the problems; empty if another commit is checked out, or if the file does not exist
 */
export async function findCheckedOutProblems(
  workspace: string,
  configPath: string,
  commit: string,
  gitPath: string | undefined
): Promise<readonly { readonly text: string; readonly place: Place }[]> {
  try {
    const real = await realpath(workspace)
    const { file, label, bytes } = await readConfigFile(real, configPath, gitPath)
    const checkout = await readCheckout(dirname(file), real, gitPath)
    if (checkout && !isCheckedOut(checkout, commit)) return []
    return parseLanggraphConfig(bytes).problems.map(({ line, text }) => ({
      text: `${label}:${line}: ${shown(text)}.`,
      place: { file: label, line }
    }))
  } catch {
    // LangSmith might be able to read the file even if this run cannot.
    return []
  }
}

/**
 * Checks that the commit of the run contains a configuration that LangSmith will build from GitHub. Files that a sparse
 * checkout excludes count as contained.
 *
 * @param commit the commit of the run
 * @returns the problem; undefined if the commit contains the file, or if this run cannot tell
 */
export async function findAbsence(
  workspace: string,
  configPath: string,
  commit: string,
  gitPath: string | undefined
): Promise<string | undefined> {
  const real = await realpath(workspace).catch(() => undefined)
  const checkout = real && (await readCheckout(real, real, gitPath))
  if (!checkout || !isCheckedOut(checkout, commit)) return undefined
  const list = async (pattern: string) =>
    (await askGit(real, real, gitPath, ['ls-files', '-z', '--', pattern]))?.split('\0').filter((path) => path !== '')
  const path = configPath.replace(/\/+$/, '')
  const [there, configs, modules] = await Promise.all([
    list(`:(literal)${path}`),
    list(':(glob)**/langgraph.json'),
    list(':(literal).gitmodules')
  ])
  // The files of a submodule are not listed.
  if (!there || !configs || modules?.length !== 0 || there.includes(path)) return undefined
  const isFolder = there.length > 0
  const inside = configs.filter((found) => isWithin(path, found))
  const fault = isFolder ? 'is a folder' : `is not in commit ${commit.slice(0, 7)}, which is checked out`
  const advice = adviceOfConfigs(isFolder && inside.length > 0 ? inside : configs)
  return `${shown(configPath)} ${fault}. ${advice ?? 'Set the path of langgraph.json in the repository.'}`
}

/** True if a commit is checked out, or GitHub's merge commit of it, as for a pull request. */
export function isCheckedOut({ commit, parents }: Checkout, wanted: string): boolean {
  return commit === wanted || parents[1] === wanted
}
