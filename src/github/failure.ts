import { unreachable } from '../control-plane/network.ts'
import { askedMs, parseRetryAfter } from '../control-plane/patience.ts'
import { object } from '../object.ts'
import { errorMessage } from '../run/error-message.ts'

/** Why a call to GitHub came to nothing. `message` holds GitHub's words, cut short. */
export type GithubFailure =
  | { readonly kind: 'answered'; readonly status: number; readonly message: string }
  /** An answer came that says nothing, such as the page of a proxy, or a refusal of GraphQL, which has no status. */
  | { readonly kind: 'unusable'; readonly message: string }
  | { readonly kind: 'unreachable'; readonly message: string }
  | { readonly kind: 'unanswered' }

/** GitHub's answer is not what was asked for. */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer'
}

/** Reads an error of Octokit's, which tells a failure to connect as a status 500 without a response. */
export function failureOf(error: unknown): GithubFailure {
  const { name, status, response, errors, cause } = object(error) ?? {}
  const message = brief(githubMessage(error))
  if (typeof status === 'number' && response !== undefined) return { kind: 'answered', status, message }
  if (error instanceof UnusableAnswer || Array.isArray(errors)) return { kind: 'unusable', message }
  if (isMisread(error)) return { kind: 'unusable', message: 'it lacks what was asked for' }
  const names = [name, object(cause)?.name]
  return names.some((text) => text === 'TimeoutError' || text === 'AbortError')
    ? { kind: 'unanswered' }
    : { kind: 'unreachable', message: brief(connectionFault(cause) ?? githubMessage(error)) }
}

/** Whether an answer was read that has another form: Octokit wraps what befell a connection, and system errors have a code. */
function isMisread(error: unknown): boolean {
  const { name, code, cause } = object(error) ?? {}
  return name === 'TypeError' && code === undefined && cause === undefined
}

/** What went wrong with the connection, which fetch and Octokit wrap; nothing where the cause is not of Node or undici. */
function connectionFault(cause: unknown): string | undefined {
  for (let inner = cause; object(inner); inner = object(inner)?.cause) {
    if (typeof object(inner)?.code === 'string') return unreachable(inner).message
  }
  return undefined
}

/**
 * How long Retry-After of an error of Octokit's asks to wait, in milliseconds and at most a minute; nothing without it.
 *
 * @param now milliseconds since the epoch
 */
export function retryAfterOf(error: unknown, now: number): number | undefined {
  const value = object(object(object(error)?.response)?.headers)?.['retry-after']
  return askedMs(parseRetryAfter(typeof value === 'string' ? value : undefined, now))
}

/** Whether an error of Octokit's says that there is no such thing. */
export function isMissing(error: unknown): boolean {
  const failure = failureOf(error)
  return failure.kind === 'answered' && failure.status === 404
}

/** Whether there was no answer at all; then GitHub is down, or far away. */
export function isSilent({ kind }: GithubFailure): boolean {
  return kind === 'unreachable' || kind === 'unanswered'
}

/** Whether another try may go better. */
export function isPassing(failure: GithubFailure): boolean {
  return failure.kind === 'unreachable' || (failure.kind === 'answered' && failure.status >= 500)
}

/** Whether it is refused for good, and not just for a while as by a rate limit. */
export function isDenied(failure: GithubFailure): boolean {
  if (failure.kind !== 'answered') return false
  return failure.status === 401 || (failure.status === 403 && !isRateLimit(failure))
}

/** A failure in words, with what to do about it. @param permission what the token needs, as a workflow writes it */
export function explainFailure(failure: GithubFailure, permission: string): string {
  switch (failure.kind) {
    case 'unanswered':
      return 'GitHub did not answer in time.'
    case 'unreachable':
      return `GitHub could not be reached (${failure.message}).`
    case 'unusable':
      return `GitHub gave an answer that cannot be used (${failure.message}).`
    case 'answered':
      return `GitHub answered ${failure.status} (${failure.message}).${adviceFor(failure, permission)}`
  }
}

type Answered = GithubFailure & { readonly kind: 'answered' }

function adviceFor(failure: Answered, permission: string): string {
  if (isRateLimit(failure)) return ''
  if (failure.status === 401) return ' Check `github-token`.'
  // A private repository is told as missing to a token that may not read it.
  return failure.status === 403 || failure.status === 404
    ? ` The job's token needs \`permissions: ${permission}\`.`
    : ''
}

function isRateLimit({ message }: Answered): boolean {
  return /rate limit/i.test(message)
}

/** What GitHub said, without the address of its documentation that Octokit adds. */
function githubMessage(error: unknown): string {
  const said = object(object(object(error)?.response)?.data)?.message
  if (typeof said === 'string') return said
  return errorMessage(error)
}

/** A proxy may answer with a whole page. */
const LONGEST_MESSAGE = 200

function brief(text: string): string {
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text
}
