import type { getOctokit } from '@actions/github'
import { fetch, type RequestInfo, type RequestInit, type Response } from 'undici'
import { type Connection, createDispatcher } from '../control-plane/network.ts'
import { CANCEL_GRACE_MS, type Clock, delayedSignal } from '../run/limits.ts'
import { USER_AGENT } from '../version.ts'
import {
  explainFailure,
  type GithubFailure,
  isDenied,
  isTransient,
  isUnanswered,
  PageAnswer,
  readFailure,
  retryAfterOf
} from './failure.ts'

/** Address of GitHub's REST API, and the token for it. */
export interface GithubAccess {
  /** Base address; on GitHub Enterprise Server it ends in `/api/v3`. */
  readonly apiUrl: string
  readonly token: string
  /** `owner/name`. */
  readonly repository: string
}

/** Arguments of a call: Octokit, and the parameters that all requests share. */
export interface GithubCall {
  readonly octokit: ReturnType<typeof getOctokit>
  readonly target: {
    readonly owner: string
    readonly repo: string
    readonly request: { readonly signal: AbortSignal; readonly log: typeof NO_LOG }
  }
}

/** Options of a call: when to retry it, and how to report its failure. */
export interface Question {
  /** Start of the warning if the call fails; if absent, no warning is issued. */
  readonly failure?: string
  /** The permission that the token needs, in workflow syntax, such as `deployments: write`. */
  readonly permission: string
  /** True if a second call does no harm. */
  readonly repeatable: boolean
}

/**
 * GitHub's API during one run. Responses and failures of GitHub never change the verdict of the run: each failure is
 * one warning, and all calls together have a fixed time budget.
 */
export interface GithubSession {
  /** @returns `undefined` if there is no usable response; the failure has then been reported */
  ask<T>(question: Question, call: (call: GithubCall) => Promise<T>): Promise<T | undefined>
}

export interface SessionOptions {
  readonly access: GithubAccess
  /** The proxies of the environment. */
  readonly proxy?: Connection['proxy']
  readonly clock: Clock
  readonly cancelled: AbortSignal
  /** Time of the cancellation, in milliseconds since the epoch; calls end within the grace period after it. */
  readonly cancelledAt: () => number | undefined
  readonly warn: (text: string) => void
  /** Receives the time spent on GitHub, in milliseconds, which does not count toward the timeout of the run. */
  readonly onWait?: (ms: number) => void
  /** Time budget of all calls together, in milliseconds. */
  readonly budgetMs?: number
}

/** This and the budget of the post step are half a minute together. */
const BUDGET_MS = 20_000
const GITHUB_REQUEST_MS = 10_000
/** Rows on a page of a list; the API accepts 1 to 100. */
export const GITHUB_PAGE_SIZE = 100
const MOST_TRIES = 3
const RETRY_PAUSE_MS = 1_000
/** Time without calls after GitHub did not respond at all. */
const REST_MS = 60_000

/** Creates a session with GitHub. Octokit is loaded at the first call, because most runs never make one. */
export function createGithubSession(options: SessionOptions): GithubSession {
  const { access, proxy = {}, clock, cancelled, warn } = options
  const reportOnce = createFailureReport(warn)
  const denied = new Set<string>()
  const { timeLeft, during } = createBudget(options)
  let octokit: Promise<GithubCall['octokit']> | undefined
  let restsUntil = 0

  const once = async <T>(question: Question, call: (call: GithubCall) => Promise<T>): Promise<T> => {
    octokit ??= connect(access, proxy)
    // A repeatable call ends immediately when the job is canceled: more important work needs the time.
    const graceMs = cancelled.aborted ? timeLeft() : question.repeatable ? 0 : CANCEL_GRACE_MS
    const grace = delayedSignal(cancelled, graceMs)
    try {
      return await call({ octokit: await octokit, target: targetOf(access.repository, grace.signal, timeLeft) })
    } finally {
      grace.release()
    }
  }

  const giveUp = (question: Question, failure: GithubFailure) => {
    // A refusal without a warning must not suppress the warning of a later one.
    if (isDenied(failure) && question.failure !== undefined) denied.add(question.permission)
    // A call without a warning is not important enough to stop the calls that follow.
    const isImportant = question.failure !== undefined && !cancelled.aborted
    if (isUnanswered(failure) && isImportant) restsUntil = clock.now() + REST_MS
    if (!cancelled.aborted) reportOnce(question, failure)
  }

  const ask = async <T>(question: Question, call: (call: GithubCall) => Promise<T>): Promise<T | undefined> => {
    for (let tries = 1; ; tries += 1) {
      if (denied.has(question.permission)) return undefined
      if (clock.now() < restsUntil || timeLeft() <= 0) {
        if (!cancelled.aborted) reportOnce(question, { kind: 'unanswered' })
        return undefined
      }
      try {
        return await once(question, call)
      } catch (error) {
        const failure = readFailure(error)
        const pauseMs = retryPauseMs(failure, question, tries, retryAfterOf(error, clock.now()))
        // A pause that exceeds the remaining budget is a failure immediately.
        if (pauseMs === undefined || cancelled.aborted || timeLeft() <= pauseMs) {
          giveUp(question, failure)
          return undefined
        }
        await clock.sleep(pauseMs, cancelled).catch(() => {})
      }
    }
  }
  return { ask: (question, call) => during(() => ask(question, call)) }
}

/** Pause before the next try, in milliseconds; `undefined` if there is no further try. Pure. */
function retryPauseMs(
  failure: GithubFailure,
  { repeatable }: Question,
  tries: number,
  askedMs: number | undefined
): number | undefined {
  const mayGoBetter = isTransient(failure) || askedMs !== undefined
  if (!repeatable || tries >= MOST_TRIES || !mayGoBetter) return undefined
  return Math.max(RETRY_PAUSE_MS * tries, askedMs ?? 0)
}

/** Reports each failure once. If GitHub does not respond, reports only the first: the others have the same cause. */
function createFailureReport(warn: (text: string) => void) {
  const reported = new Set<string>()
  let isSilenceReported = false
  return ({ failure: loss, permission }: Question, failure: GithubFailure) => {
    if (loss === undefined || (isUnanswered(failure) ? isSilenceReported : reported.has(loss))) return
    reported.add(loss)
    isSilenceReported ||= isUnanswered(failure)
    warn(`${loss}: ${explainFailure(failure, permission)}`)
  }
}

/** Parameters that all requests of one call share. */
function targetOf(repository: string, signal: AbortSignal, timeLeft: () => number): GithubCall['target'] {
  const [owner = '', repo = ''] = repository.split('/')
  return {
    owner,
    repo,
    // One call can make many requests, each with a separate timeout.
    get request() {
      const timeout = AbortSignal.timeout(Math.max(1, Math.ceil(timeLeft())))
      return { signal: AbortSignal.any([signal, timeout]), log: NO_LOG }
    }
  }
}

async function connect({ token, apiUrl }: GithubAccess, proxy: Connection['proxy']): Promise<GithubCall['octokit']> {
  const { getOctokit } = await import('./octokit.ts')
  const dispatcher = createDispatcher({ url: apiUrl, proxy })
  const octokit = getOctokit(token, {
    baseUrl: apiUrl,
    userAgent: USER_AGENT,
    log: NO_LOG,
    // Octokit's own fetch would use HTTP/2 if the server offers it.
    request: { fetch: (url: RequestInfo, options: RequestInit) => fetchWhole(url, { ...options, dispatcher }) }
  })
  octokit.hook.before('request', ({ headers }) => {
    headers['x-github-api-version'] = API_VERSION
  })
  octokit.hook.after('request', ({ data }) => {
    if (typeof data === 'string' && data !== '') throw new PageAnswer(data)
  })
  return octokit
}

/** The REST API version that the types and tests of this action describe. */
const API_VERSION = '2022-11-28'

/** Reads the body here, so that a truncated body is a connection error: Octokit would treat it as an empty response. */
async function fetchWhole(url: RequestInfo, options: RequestInit): Promise<Response> {
  const response = await fetch(url, options)
  await response.clone().text()
  return response
}

const silent = () => {}
/** Keeps Octokit from writing its own messages to the job log. */
const NO_LOG = { debug: silent, info: silent, warn: silent, error: silent }

/** Creates the time budget of the calls. Overlapping calls count once. */
function createBudget({ clock, cancelledAt, onWait = () => {}, budgetMs = BUDGET_MS }: SessionOptions) {
  let before = 0
  let running = 0
  let since = 0
  const elapsed = () => before + (running > 0 ? clock.now() - since : 0)
  return {
    /** Maximum duration of the next request, in milliseconds. */
    timeLeft: () => {
      const at = cancelledAt()
      const grace = at === undefined ? Number.POSITIVE_INFINITY : at + CANCEL_GRACE_MS - clock.now()
      return Math.min(GITHUB_REQUEST_MS, budgetMs - elapsed(), grace)
    },
    during: async <T>(work: () => Promise<T>): Promise<T> => {
      if (running === 0) since = clock.now()
      running += 1
      try {
        return await work()
      } finally {
        if (running === 1) {
          before = elapsed()
          onWait(clock.now() - since)
        }
        running -= 1
      }
    }
  }
}
