import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { textOfBytes } from './paths.ts'

/** More time and output than a small question needs in any repository; a git that hangs must not delay the run. */
const USUAL = { ms: 5_000, bytes: 1024 * 1024 }

/** What settings of the repository cannot override; none of them may name a program to run. */
const SETTINGS = [
  // In a container the workspace belongs to another user, which is no danger here: nothing of it is run.
  'safe.directory=*',
  'safe.bareRepository=explicit',
  'core.fsmonitor=false'
]

/**
 * Runs git in a folder.
 *
 * @param folder absolute
 * @param workspace where the search for the repository ends; absolute
 * @param gitPath the `PATH` where git is looked for
 * @param input what git reads from its standard input
 * @returns what it printed, with bytes that are not UTF-8 as `textOfBytes` has them; nothing when it failed, is not there, or
 * passed a limit
 */
export function askGit(
  folder: string,
  workspace: string,
  gitPath: string | undefined,
  args: readonly string[],
  input = '',
  limits = USUAL
): Promise<string | undefined> {
  const answer = new Promise<string | undefined>((resolve) => {
    const child = execFile(
      'git',
      [...SETTINGS.flatMap((setting) => ['-c', setting]), ...args],
      {
        cwd: folder,
        // Not the job's environment: GIT_DIR and the like could name another repository.
        env: {
          ...(gitPath === undefined ? {} : { PATH: gitPath }),
          GIT_CEILING_DIRECTORIES: dirname(workspace),
          GIT_NO_LAZY_FETCH: '1',
          GIT_OPTIONAL_LOCKS: '0',
          GIT_TERMINAL_PROMPT: '0'
        },
        encoding: 'buffer',
        maxBuffer: limits.bytes,
        timeout: limits.ms,
        killSignal: 'SIGKILL',
        windowsHide: true
      },
      (error, stdout) => resolve(error ? undefined : textOfBytes(stdout))
    )
    // A git that is gone before it has read must not end the run.
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
  return answer.catch(() => undefined)
}
