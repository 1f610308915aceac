import { makeTree, run, SMALLEST, type Tree } from '../deployment/archive/support.ts'

/** Runs git in a folder as somebody who has a name; the branch is `main`. */
export function git(folder: string, ...args: readonly string[]): string {
  const settings = ['user.name=Octo Cat', 'user.email=octocat@example.com', 'init.defaultBranch=main']
  // As in a clone that the runner makes of a repository on this machine.
  const own = [...settings, 'protocol.file.allow=always', 'commit.gpgsign=false']
  return run(folder, 'git', ...own.flatMap((setting) => ['-c', setting]), ...args).trim()
}

/** Commits all there is. @returns the commit */
export function commit(folder: string, message = 'Change', tree: Tree = {}): string {
  makeTree(tree, folder)
  git(folder, 'add', '-A')
  git(folder, 'commit', '-q', '--allow-empty', '-m', message)
  return git(folder, 'rev-parse', 'HEAD')
}

/** A repository with these files in its first commit. */
export function makeRepository(tree: Tree = SMALLEST): { readonly folder: string; readonly first: string } {
  const folder = makeTree(tree)
  git(folder, 'init', '-q')
  return { folder, first: commit(folder, 'First') }
}
