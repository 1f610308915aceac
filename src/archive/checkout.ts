import { realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Place } from '../run/place.ts'
import { adviceOfConfigs, readConfigFile } from './config-file.ts'
import { askGit } from './git.ts'
import { parseLanggraphConfig } from './langgraph-config.ts'
import { isWithin } from './paths.ts'
import { shown } from './project-error.ts'

/** The commit that git has checked out; later changes of files do not count. */
export interface Checkout {
  /** Full commit, in lower case. */
  readonly commit: string
  /** Its parents, also where the clone is shallow and does not hold them. */
  readonly parents: readonly string[]
  /** Address of the remote repository `origin`, without the token that it can hold; nothing where there is none. */
  readonly origin: string | undefined
}

/**
 * Asks git what is checked out in the repository that holds a folder: that of a submodule in a submodule.
 *
 * @param workspace where the search for the repository ends; both are absolute and without symbolic links
 * @returns nothing without git, without a repository, without a commit, or when git does not answer in time
 */
export async function readCheckout(
  folder: string,
  workspace: string,
  gitPath: string | undefined
): Promise<Checkout | undefined> {
  const ask = (args: readonly string[], input = '') => askGit(folder, workspace, gitPath, args, input)
  // The commit as it is stored: other commands hide the parents of a shallow clone's last commit.
  const [stored, origin] = await Promise.all([
    ask(['cat-file', '--batch'], 'HEAD\n'),
    ask(['config', '--get', 'remote.origin.url'])
  ])
  const [head = '', ...lines] = stored?.split('\n') ?? []
  const commit = /^([0-9a-f]{40}|[0-9a-f]{64}) commit \d+$/.exec(head)?.[1]
  if (commit === undefined) return undefined
  // The first empty line ends the header; the message behind it can hold anything.
  const header = lines.slice(0, lines.indexOf(''))
  const parents = header.flatMap((line) => /^parent ([0-9a-f]+)$/.exec(line)?.[1] ?? [])
  return { commit, parents, origin: origin?.trim().replace(/^(https?:\/\/)[^@/]*@/, '$1') || undefined }
}

/**
 * What is wrong with a configuration that LangSmith will build from GitHub, as far as the workspace tells: where the
 * commit of the run is checked out, its text is what the build reads. Files that it names are not looked for.
 *
 * @param commit the commit of the run
 * @returns nothing where another commit, or no such file, is checked out
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
    // What cannot be read here may well be there for LangSmith.
    return []
  }
}

/**
 * What is wrong with the path of a configuration that LangSmith will build from GitHub: the commit of the run, which is
 * checked out, has no such file. What a sparse checkout leaves out counts as there.
 *
 * @param commit the commit of the run
 * @returns nothing where the file is there, or where that cannot be told
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

/** Whether a commit is checked out, or GitHub's merge of it, as for a pull request. */
export function isCheckedOut({ commit, parents }: Checkout, wanted: string): boolean {
  return commit === wanted || parents[1] === wanted
}
