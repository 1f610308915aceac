import { unreachable } from '../control-plane/network.ts'
import { askedMs, parseRetryAfter } from '../control-plane/patience.ts'
import { errorMessage } from '../run/error-message.ts'
import { object } from '../run/object.ts'
import { clause } from '../run/sentence.ts'

/** Why a call to GitHub failed. `message` is GitHub's own, shortened. */
export type GithubFailure =
  | { readonly kind: 'answered'; readonly status: number; readonly message: string }
  /** The answer is not usable, such as the page of a proxy, or an error of GraphQL, which has no status. */
  | { readonly kind: 'unusable'; readonly message: string }
  | { readonly kind: 'unreachable'; readonly message: string }
  | { readonly kind: 'unanswered' }

/** GitHub's answer does not hold what was requested. */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer'
}

/** Reads an error of Octokit, which reports a failed connection as status 500 without a response. */
export function readFailure(error: unknown): GithubFailure {
  const { name, status, response, errors, cause } = object(error) ?? {}
  const message = clause(brief(githubMessage(error)))
  if (typeof status === 'number' && response !== undefined) return { kind: 'answered', status, message }
  if (error instanceof UnusableAnswer || Array.isArray(errors)) return { kind: 'unusable', message }
  if (isMisread(error)) return { kind: 'unusable', message: 'it lacks what was asked for' }
  const names = [name, object(cause)?.name]
  return names.some((text) => text === 'TimeoutError' || text === 'AbortError')
    ? { kind: 'unanswered' }
    : { kind: 'unreachable', message: clause(brief(connectionFault(cause) ?? githubMessage(error))) }
}

/** Whether code failed on an answer of another form: errors of connections have a cause, those of the system a code. */
function isMisread(error: unknown): boolean {
  const { name, code, cause } = object(error) ?? {}
  return name === 'TypeError' && code === undefined && cause === undefined
}

/** The error of the connection, which fetch and Octokit wrap; `undefined` when the cause is not of Node or undici. */
function connectionFault(cause: unknown): string | undefined {
  for (let inner = cause; object(inner); inner = object(inner)?.cause) {
    if (typeof object(inner)?.code === 'string') return unreachable(inner).message
  }
  return undefined
}

/**
 * The time that Retry-After asks to wait, in milliseconds, at most a minute; `undefined` when the header is absent.
 *
 * @param now milliseconds since the epoch
 */
export function retryAfterOf(error: unknown, now: number): number | undefined {
  const value = object(object(object(error)?.response)?.headers)?.['retry-after']
  return askedMs(parseRetryAfter(typeof value === 'string' ? value : undefined, now))
}

/** Whether an error of Octokit is a 404. */
export function isNotFound(error: unknown): boolean {
  const failure = readFailure(error)
  return failure.kind === 'answered' && failure.status === 404
}

/** Whether there was no answer at all: GitHub is down or cannot be reached. */
export function isUnanswered({ kind }: GithubFailure): boolean {
  return kind === 'unreachable' || kind === 'unanswered'
}

/** Whether another try may succeed. */
export function isTransient(failure: GithubFailure): boolean {
  return failure.kind === 'unreachable' || (failure.kind === 'answered' && failure.status >= 500)
}

/** Whether GitHub refuses the call for good, and not for a while as a rate limit does. */
export function isDenied(failure: GithubFailure): boolean {
  if (failure.kind !== 'answered') return false
  return failure.status === 401 || (failure.status === 403 && !isRateLimit(failure.message))
}

/** A failure as a sentence, with advice. @param permission what the token needs, as a workflow writes it */
export function explainFailure(failure: GithubFailure, permission: string): string {
  switch (failure.kind) {
    case 'unanswered':
      return 'GitHub did not answer in time.'
    case 'unreachable':
      return `GitHub could not be reached (${failure.message}).`
    case 'unusable':
      return `GitHub gave an answer that cannot be used (${failure.message}).`
    case 'answered':
      return `GitHub answered ${failure.status} (${failure.message}).${permissionAdvice(failure, permission)}`
  }
}

function permissionAdvice({ status, message }: { status: number; message: string }, permission: string): string {
  if (isRateLimit(message)) return ''
  if (status === 401) return ' Check `github-token`.'
  // GitHub answers 404 for a private repository that the token may not read.
  return status === 403 || status === 404 ? ` The job's token needs \`permissions: ${permission}\`.` : ''
}

function isRateLimit(message: string): boolean {
  return /rate limit/i.test(message)
}

/** GitHub's message, without the address of its documentation, which Octokit adds. */
function githubMessage(error: unknown): string {
  const said = object(object(object(error)?.response)?.data)?.message
  return typeof said === 'string' ? said : errorMessage(error)
}

/** A proxy may answer with a whole page. */
const LONGEST_GITHUB_MESSAGE = 200

function brief(text: string): string {
  return text.length > LONGEST_GITHUB_MESSAGE ? `${text.slice(0, LONGEST_GITHUB_MESSAGE)}…` : text
}
