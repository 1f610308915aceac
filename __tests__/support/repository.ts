import { makeTree, run, SMALLEST, type Tree } from '../archive/support.ts'

/** Runs git in a folder with a user name and email. The default branch is `main`. */
export function git(folder: string, ...args: readonly string[]): string {
  const settings = ['user.name=Octo Cat', 'user.email=octocat@example.com', 'init.defaultBranch=main']
  // Allows clones of local repositories.
  const own = [...settings, 'protocol.file.allow=always', 'commit.gpgsign=false']
  return run(folder, 'git', ...own.flatMap((setting) => ['-c', setting]), ...args).trim()
}

/*
 * Several steps in one git process: a test uses hundreds of megabytes, so starting a process takes as long as a whole
 * commit. Git includes a shell on every system.
 */
const COMMIT = 'git add -A && git commit -q --allow-empty -m "$1" && git rev-parse HEAD'

function steps(folder: string, script: string, ...args: readonly string[]): string {
  return git(folder, '-c', `alias.steps=!f() { ${script}; }; f`, 'steps', ...args)
}

/** Writes files and commits all changes. @returns the commit */
export function commit(folder: string, message = 'Change', tree: Tree = {}): string {
  makeTree(tree, folder)
  return steps(folder, COMMIT, message)
}

/** Creates a repository with these files in its first commit. */
export function makeRepository(tree: Tree = SMALLEST): { readonly folder: string; readonly first: string } {
  const folder = makeTree(tree)
  return { folder, first: steps(folder, `git init -q && ${COMMIT}`, 'First') }
}
