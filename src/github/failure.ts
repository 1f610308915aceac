import { unreachable } from '../control-plane/network.ts'
import { askedMs, parseRetryAfter, saysTooOften } from '../control-plane/patience.ts'
import { errorMessage } from '../run/error-message.ts'
import { incompleteFiles } from '../run/incomplete.ts'
import { object } from '../run/object.ts'
import { clause } from '../run/sentence.ts'

/** Reason that GitHub's response gives for a refusal. */
export type Refusal = 'token' | 'permission' | 'limit' | 'locked' | 'archived'

/** An error response of GitHub. */
export interface GithubAnswer {
  readonly kind: 'answered'
  /** `undefined` for a GraphQL error, which has HTTP status 200. */
  readonly status: number | undefined
  readonly message: string
  readonly refusal?: Refusal
  /** The permissions that the request requires, from `x-accepted-github-permissions`, such as `deployments=write`. */
  readonly accepted?: string
  /** Time at which a rate limit ends, in milliseconds since the epoch. */
  readonly liftedAt?: number
}

/** Reason that a call to GitHub failed. `message` is GitHub's message, shortened. */
export type GithubFailure =
  | GithubAnswer
  /** The response is unusable, for example a proxy's page. */
  | { readonly kind: 'unusable'; readonly message: string }
  | { readonly kind: 'unreachable'; readonly message: string }
  | { readonly kind: 'unanswered' }
  /** Files of the action are missing or cut off, so no request was sent. `message` is a sentence with advice. */
  | { readonly kind: 'incomplete'; readonly message: string }

/** GitHub's response lacks the requested data. */
export class UnusableAnswer extends Error {
  override readonly name = 'UnusableAnswer'
}

/** An HTML page instead of JSON. Proxies and firewalls return such pages, and GitHub does during an outage. */
export class PageAnswer extends UnusableAnswer {
  constructor(page: string) {
    super(pageWords(page))
  }
}

/** Classifies an Octokit error. Octokit reports a failed connection as status 500 without a response. */
export function readFailure(error: unknown): GithubFailure {
  const incomplete = incompleteFiles(error)
  if (incomplete) return { kind: 'incomplete', message: incomplete }
  const { name, status, response, errors, cause } = object(error) ?? {}
  const message = clause(brief(githubMessage(error)))
  if (typeof status === 'number' && response !== undefined)
    return readAnswer(status, message, object(response)?.headers)
  if (Array.isArray(errors)) return readGraphqlErrors(errors)
  if (error instanceof UnusableAnswer) return { kind: 'unusable', message }
  if (isMisread(error)) return { kind: 'unusable', message: 'the requested data is missing' }
  const names = [name, object(cause)?.name]
  return names.some((text) => text === 'TimeoutError' || text === 'AbortError')
    ? { kind: 'unanswered' }
    : { kind: 'unreachable', message: clause(brief(connectionFault(cause) ?? githubMessage(error))) }
}

function readAnswer(status: number, message: string, headers: unknown): GithubAnswer {
  const header = (name: string) => {
    const value = object(headers)?.[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const isUsedUp = header('x-ratelimit-remaining') === '0'
  const refusal = refusalOf(status, message, isUsedUp || header('retry-after') !== undefined)
  const accepted = header('x-accepted-github-permissions')
  const lifted = refusal === 'limit' && isUsedUp ? Number(header('x-ratelimit-reset')) * 1_000 : 0
  return {
    kind: 'answered',
    status,
    message,
    ...(refusal ? { refusal } : {}),
    ...(accepted ? { accepted } : {}),
    ...(lifted > 0 ? { liftedAt: lifted } : {})
  }
}

/** Classifies GraphQL errors by the first one, which has a type instead of an HTTP status. */
function readGraphqlErrors(errors: readonly unknown[]): GithubAnswer {
  const { type, message } = object(errors[0]) ?? {}
  const text = clause(brief(typeof message === 'string' ? message : 'no error message'))
  const refusal = type === 'RATE_LIMITED' ? 'limit' : refusalOf(403, text, false)
  return { kind: 'answered', status: undefined, message: text, ...(refusal ? { refusal } : {}) }
}

/**
 * Derives the reason of a refusal. Nearly all refusals have status 403, so only their messages distinguish them:
 * docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api and rate-limits-for-the-rest-api.
 */
function refusalOf(status: number, message: string, isLimited: boolean): Refusal | undefined {
  if (status === 401) return 'token'
  if (saysTooOften(status)) return 'limit'
  if (status !== 403) return undefined
  if (/^Resource not accessible by/i.test(message)) return 'permission'
  if (isLimited || /rate limit|abuse detection|submitted too quickly/i.test(message)) return 'limit'
  if (/\barchived\b/i.test(message)) return 'archived'
  return /\blocked\b/i.test(message) ? 'locked' : undefined
}

/** Tells if code failed on an unexpected response shape: connection errors have a cause, system errors a code. */
function isMisread(error: unknown): boolean {
  const { name, code, cause } = object(error) ?? {}
  return name === 'TypeError' && code === undefined && cause === undefined
}

/** The connection error that fetch and Octokit wrap; `undefined` if Node or undici did not raise the cause. */
function connectionFault(cause: unknown): string | undefined {
  for (let inner = cause; object(inner); inner = object(inner)?.cause) {
    if (typeof object(inner)?.code === 'string') return unreachable(inner).message
  }
  return undefined
}

/**
 * The wait that `Retry-After` requests, in milliseconds, at most one minute; `undefined` if the header is absent.
 *
 * @param now milliseconds since the epoch
 */
export function retryAfterOf(error: unknown, now: number): number | undefined {
  const value = object(object(object(error)?.response)?.headers)?.['retry-after']
  return askedMs(parseRetryAfter(typeof value === 'string' ? value : undefined, now))
}

/** Tells if an Octokit error is a 404. */
export function isNotFound(error: unknown): boolean {
  const failure = readFailure(error)
  return failure.kind === 'answered' && failure.status === 404
}

/** Tells if there was no response at all: GitHub is down or unreachable, or no request could be sent. */
export function isUnanswered({ kind }: GithubFailure): boolean {
  return kind === 'unreachable' || kind === 'unanswered' || kind === 'incomplete'
}

/** Tells if a retry may succeed. */
export function isTransient(failure: GithubFailure): boolean {
  return failure.kind === 'unreachable' || (failure.kind === 'answered' && (failure.status ?? 0) >= 500)
}

/** Tells if GitHub refuses the call permanently, in contrast to a rate limit. */
export function isDenied(failure: GithubFailure): boolean {
  return failure.kind === 'answered' && failure.refusal !== undefined && failure.refusal !== 'limit'
}

/** Describes a failure, with advice. @param permission the permission that the token needs, in workflow syntax */
export function explainFailure(failure: GithubFailure, permission: string): string {
  switch (failure.kind) {
    case 'unanswered':
      return 'GitHub did not respond in time.'
    case 'incomplete':
      return failure.message
    case 'unreachable':
      return `GitHub could not be reached (${failure.message}).`
    case 'unusable':
      return `GitHub returned an invalid response (${failure.message}).`
    case 'answered':
      return [
        `GitHub returned ${failure.status ?? 'an error'}${failure.message ? ` (${failure.message})` : ''}.`,
        adviceOn(failure, permission)
      ]
        .filter(Boolean)
        .join(' ')
  }
}

function adviceOn({ status, refusal, accepted, liftedAt }: GithubAnswer, permission: string): string {
  const quoted = accepted ? ` (x-accepted-github-permissions: ${accepted})` : ''
  switch (refusal) {
    case 'token':
      return 'Check `github-token`.'
    case 'permission':
      return `The job's token needs \`permissions: ${permission}\`${quoted}.`
    case 'limit':
      return liftedAt
        ? `The token reached its rate limit, which resets at ${new Date(liftedAt).toISOString().slice(11, 16)} UTC.`
        : 'This is a temporary rate limit, not a missing permission.'
    case 'locked':
      return 'Unlock the conversation to allow the comment.'
    case 'archived':
      return 'Unarchive the repository to allow changes.'
    default:
      // GitHub also returns 404 for resources that the token must not read.
      return status === 404 && accepted
        ? `If the resource exists, the job's token needs \`permissions: ${permission}\`${quoted}.`
        : ''
  }
}

/** GitHub's message without the documentation link that Octokit appends; for an HTML page, its title. */
function githubMessage(error: unknown): string {
  const data = object(object(error)?.response)?.data
  if (typeof data === 'string' && isPage(data)) return pageWords(data)
  const said = object(data)?.message
  return typeof said === 'string' ? said : errorMessage(error)
}

function isPage(text: string): boolean {
  return /^\s*<(?:!doctype|html|head|body)/i.test(text)
}

function pageWords(page: string): string {
  if (!isPage(page)) return 'text instead of JSON'
  const title = /<title[^>]*>([^<]*)/i.exec(page)?.[1]?.replace(/\s+/g, ' ').trim()
  return `an HTML page${title ? ` titled "${title}"` : ''}, probably from a proxy`
}

/** A proxy may return a whole page as its message. */
const LONGEST_GITHUB_MESSAGE = 200

function brief(text: string): string {
  return text.length > LONGEST_GITHUB_MESSAGE ? `${text.slice(0, LONGEST_GITHUB_MESSAGE)}…` : text
}
