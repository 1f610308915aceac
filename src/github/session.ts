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

/** Where GitHub's REST API is, and the token for it. */
export interface GithubAccess {
  /** Base address; of GitHub Enterprise Server it ends in `/api/v3`. */
  readonly apiUrl: string
  readonly token: string
  /** `owner/name`. */
  readonly repository: string
}

/** What a call gets: Octokit, and the parameters of every request. */
export interface GithubCall {
  readonly octokit: ReturnType<typeof getOctokit>
  readonly target: {
    readonly owner: string
    readonly repo: string
    readonly request: { readonly signal: AbortSignal; readonly log: typeof NO_LOG }
  }
}

/** How a call may fail, and how its failure is reported. */
export interface Question {
  /** What could not be done, as the beginning of a warning; a call without it fails without a warning. */
  readonly failure?: string
  /** The permission that the token needs, as a workflow writes it, such as `deployments: write`. */
  readonly permission: string
  /** Whether the call may be made twice. */
  readonly repeatable: boolean
}

/**
 * GitHub's API during one run. No answer or failure of GitHub changes the verdict of the run: a failure is one warning,
 * and all calls together have a fixed budget of time.
 */
export interface GithubSession {
  /** @returns `undefined` when there is no usable answer; then the failure has been reported */
  ask<T>(question: Question, call: (call: GithubCall) => Promise<T>): Promise<T | undefined>
}

export interface SessionOptions {
  readonly access: GithubAccess
  /** The proxies of the environment. */
  readonly proxy?: Connection['proxy']
  readonly clock: Clock
  readonly cancelled: AbortSignal
  /** When the job was cancelled, in milliseconds since the epoch; calls end within the grace period after it. */
  readonly cancelledAt: () => number | undefined
  readonly warn: (text: string) => void
  /** Gets the time that was spent on GitHub, in milliseconds: it does not count toward the timeout of the run. */
  readonly onWait?: (ms: number) => void
  /** Budget of all calls together, in milliseconds. */
  readonly budgetMs?: number
}

/** Together with the budget of the post step this is half a minute. */
const BUDGET_MS = 20_000
const GITHUB_REQUEST_MS = 10_000
/** Rows a page of a list; the API accepts 1 to 100. */
export const GITHUB_PAGE_SIZE = 100
const MOST_TRIES = 3
const RETRY_PAUSE_MS = 1_000
/** How long no call is made after GitHub did not answer at all. */
const REST_MS = 60_000

/** A session with GitHub. Octokit is loaded at the first call: most runs never make one. */
export function createGithubSession(options: SessionOptions): GithubSession {
  const { access, proxy = {}, clock, cancelled, warn } = options
  const reportOnce = createFailureReport(warn)
  const denied = new Set<string>()
  const { timeLeft, during } = createBudget(options)
  let octokit: Promise<GithubCall['octokit']> | undefined
  let restsUntil = 0

  const once = async <T>(question: Question, call: (call: GithubCall) => Promise<T>): Promise<T> => {
    octokit ??= connect(access, proxy)
    // A repeatable call ends at once when the job is cancelled: the time is needed for more important work.
    const graceMs = cancelled.aborted ? timeLeft() : question.repeatable ? 0 : CANCEL_GRACE_MS
    const grace = delayedSignal(cancelled, graceMs)
    try {
      return await call({ octokit: await octokit, target: targetOf(access.repository, grace.signal, timeLeft) })
    } finally {
      grace.release()
    }
  }

  const giveUp = (question: Question, failure: GithubFailure) => {
    // A refusal that no warning reports must not keep a later one from being reported.
    if (isDenied(failure) && question.failure !== undefined) denied.add(question.permission)
    // A question that no warning reports is not important enough to stop the ones that follow.
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
        // A pause that is longer than GitHub's share of the run is a failure at once.
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

/** How long to wait before the next try, in milliseconds; `undefined` when there is none. Pure. */
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

/** Warns of each failure once; when GitHub does not answer, only of the first: the others have the same cause. */
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

/** What every request of one call gets. */
function targetOf(repository: string, signal: AbortSignal, timeLeft: () => number): GithubCall['target'] {
  const [owner = '', repo = ''] = repository.split('/')
  return {
    owner,
    repo,
    // One call can make many requests, and each has a timeout of its own.
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
    // Octokit's own fetch would use HTTP/2 when the server offers it.
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

/** The version of the REST API that the types and the tests of this action describe. */
const API_VERSION = '2022-11-28'

/** Octokit takes a body that breaks off for an empty one, and so for a wrong answer: read here, it is no answer. */
async function fetchWhole(url: RequestInfo, options: RequestInit): Promise<Response> {
  const response = await fetch(url, options)
  await response.clone().text()
  return response
}

const silent = () => {}
/** Octokit would write messages of its own into the log of the job. */
const NO_LOG = { debug: silent, info: silent, warn: silent, error: silent }

/** The time for calls: measures how long any work goes on; work that overlaps counts once. */
function createBudget({ clock, cancelledAt, onWait = () => {}, budgetMs = BUDGET_MS }: SessionOptions) {
  let before = 0
  let running = 0
  let since = 0
  const elapsed = () => before + (running > 0 ? clock.now() - since : 0)
  return {
    /** What the next request may take, in milliseconds. */
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
