import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { textOfBytes } from './paths.ts'

/** More time and output than a small command needs in any repository. A git that hangs must not delay the run. */
const USUAL = { ms: 5_000, bytes: 1024 * 1024 }

/** Settings that take precedence over those of the repository, which must not name a program to run. */
const SETTINGS = [
  // In a container the workspace belongs to another user. That is safe here, because git runs nothing from it.
  'safe.directory=*',
  'safe.bareRepository=explicit',
  'core.fsmonitor=false'
]

/**
 * Runs git in a folder.
 *
 * @param folder absolute
 * @param workspace the outermost folder that git searches for the repository; absolute
 * @param gitPath the `PATH` to search for git
 * @param input standard input of git
 * @returns its standard output, decoded by `textOfBytes`; undefined if git failed, is not installed, or exceeded a
 * limit
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
        // The job's environment is not passed on: variables such as GIT_DIR could name another repository.
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
    // If git exits before it reads its input, the error of the pipe must not end the run.
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
  return answer.catch(() => undefined)
}
