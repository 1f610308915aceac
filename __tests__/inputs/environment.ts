import { type Config, type DeployConfig, readConfig } from '../../src/inputs/config.ts'
import { type InputEnvironment, InputError, type InputProblem } from '../../src/inputs/reader.ts'
import { INPUT_NAMES, rowOf } from '../../src/inputs/table.ts'

export const KEY = 'lsv2_pt_0123456789abcdef'
export const COMMIT = '0123456789abcdef0123456789abcdef01234567'
export const HEAD_COMMIT = 'fedcba9876543210fedcba9876543210fedcba98'
export const UUID = 'f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e'

/** Defaults that the runner fills in for omitted inputs. */
export const DEFAULTS: Readonly<Record<string, string>> = Object.fromEntries(
  INPUT_NAMES.flatMap((name) => {
    const value = rowOf(name).default
    return value === undefined ? [] : [[name, value]]
  })
)

/** Variables of the runner for a push to main. */
export const PUSH: Readonly<Record<string, string>> = {
  GITHUB_EVENT_NAME: 'push',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/Support_Agent',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: COMMIT
}

export interface Given {
  /** Merged over a valid `api-key`; an empty text removes the key. */
  readonly inputs?: Readonly<Record<string, string>>
  /** Merged over the variables of a push to main. */
  readonly variables?: Readonly<Record<string, string>>
  readonly event?: unknown
  /** Files of the workspace by name. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly readWorkspaceFile?: InputEnvironment['readWorkspaceFile']
}

export function environmentOf({ inputs = {}, variables = {}, event, files = {}, ...given }: Given): InputEnvironment {
  const written = Object.entries({ 'api-key': KEY, ...inputs }).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value
  ])
  return {
    variables: { ...PUSH, ...variables, ...Object.fromEntries(written) },
    event,
    readWorkspaceFile:
      given.readWorkspaceFile ??
      ((file) => {
        const text = files[file]
        if (text === undefined) throw new Error(`"${file}" is not in the workspace`)
        return Buffer.from(text)
      })
  }
}

export function read(given: Given = {}): Promise<Config> {
  return readConfig(environmentOf(given))
}

export async function readDeploy(given: Given = {}): Promise<DeployConfig> {
  const config = await read(given)
  if (config.command !== 'deploy') throw new Error(`the command is ${config.command}`)
  return config
}

/** Returns all problems of the inputs; empty if they are valid. */
export async function problemsOf(given: Given): Promise<readonly InputProblem[]> {
  try {
    await read(given)
    return []
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
}

/** Payload of a pull request from `head`; `null` is a deleted head repository. */
export function pullRequest(head: string | null, { ref = 'topic/x', login = 'octocat' } = {}): object {
  return {
    pull_request: {
      number: 7,
      user: { login },
      head: { ref, sha: HEAD_COMMIT, repo: head === null ? null : { full_name: head } }
    },
    sender: { login }
  }
}

export const OWN_PULL_REQUEST: Given = {
  variables: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' },
  event: pullRequest('acme/Support_Agent')
}

export const FORK_PULL_REQUEST: Given = {
  variables: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' },
  event: pullRequest('mallory/support_agent')
}
