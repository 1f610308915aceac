import { askGit } from './git.ts'

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
 * @param path the `PATH` where git is looked for
 * @returns nothing without git, without a repository, without a commit, or when git does not answer in time
 */
export async function readCheckout(
  folder: string,
  workspace: string,
  path: string | undefined
): Promise<Checkout | undefined> {
  const ask = (args: readonly string[], input = '') => askGit(folder, workspace, path, args, input)
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
