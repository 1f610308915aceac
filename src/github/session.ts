import type { getOctokit } from '@actions/github'
import { fetch, type RequestInfo, type RequestInit } from 'undici'
import { type Connection, createDispatcher } from '../control-plane/network.ts'
import { CANCEL_GRACE_MS, type Clock, delayedSignal } from '../limits.ts'
import { USER_AGENT } from '../version.ts'
import {
  explainFailure,
  failureOf,
  type GithubFailure,
  isDenied,
  isPassing,
  isSilent,
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

/** What a call works with: Octokit, and what it must hand to every request. */
export interface GithubCall {
  readonly octokit: ReturnType<typeof getOctokit>
  readonly target: {
    readonly owner: string
    readonly repo: string
    readonly request: { readonly signal: AbortSignal; readonly log: typeof NO_LOG }
  }
}

/** How the failure of a call is told. */
export interface Question {
  /** What did not come about, as the beginning of a warning; nothing is said of a call without it. */
  readonly failure?: string
  /** What the token must be allowed, in the words of a workflow, such as `deployments: write`. */
  readonly permission: string
  /** Whether it does no harm when it is carried out twice. */
  readonly repeatable: boolean
}

/**
 * GitHub as a run asks it. Nothing that GitHub says or does not say changes a verdict: a failure is one warning, and all
 * of it together takes no longer than a fixed time.
 */
export interface GithubSession {
  /** @returns nothing when there is no good answer, whatever the reason; that has been told then */
  ask<T>(question: Question, call: (call: GithubCall) => Promise<T>): Promise<T | undefined>
}

export interface SessionOptions {
  readonly access: GithubAccess
  /** The proxies of the environment. */
  readonly proxy?: Connection['proxy']
  readonly clock: Clock
  readonly cancelled: AbortSignal
  /** When the job was cancelled, in milliseconds since the epoch; calls end this side of the grace from there. */
  readonly cancelledAt: () => number | undefined
  readonly warn: (text: string) => void
  /** Told how long GitHub was waited for, in milliseconds: that time is not the run's. */
  readonly onWait?: (ms: number) => void
  /** For all calls together, in milliseconds of waiting. */
  readonly budgetMs?: number
}

/** With what the post step has it makes half a minute. */
const BUDGET_MS = 20_000
const REQUEST_MS = 10_000
const MOST_TRIES = 3
const RETRY_PAUSE_MS = 1_000
/** GitHub is left alone for so long after it did not answer at all. */
const REST_MS = 60_000

/** A session with GitHub. Octokit is loaded at the first call: most runs never make one. */
export function createGithubSession({
  access,
  proxy = {},
  clock,
  cancelled,
  cancelledAt,
  warn,
  onWait = () => {},
  budgetMs = BUDGET_MS
}: SessionOptions): GithubSession {
  const [owner = '', repo = ''] = access.repository.split('/')
  const told = new Set<string>()
  const denied = new Set<string>()
  let isSilenceTold = false
  const stopwatch = createStopwatch(clock, onWait)
  let octokit: Promise<GithubCall['octokit']> | undefined
  let restsUntil = 0

  const timeLeft = () => {
    const at = cancelledAt()
    const grace = at === undefined ? Number.POSITIVE_INFINITY : at + CANCEL_GRACE_MS - clock.now()
    return Math.min(REQUEST_MS, budgetMs - stopwatch.elapsed(), grace)
  }

  /** Each loss is told once; of a GitHub that is silent only the first, since all others have the same cause. */
  const tell = ({ failure: loss, permission }: Question, failure: GithubFailure) => {
    const isKnown = isSilent(failure) ? isSilenceTold : loss !== undefined && told.has(loss)
    if (loss === undefined || isKnown || cancelled.aborted) return
    told.add(loss)
    isSilenceTold ||= isSilent(failure)
    warn(`${loss}: ${explainFailure(failure, permission)}`)
  }

  const once = async <T>(question: Question, call: (call: GithubCall) => Promise<T>): Promise<T> => {
    octokit ??= connect(access, proxy)
    // What may be asked again is let go at once when the job is cancelled: there is more important work for the rest.
    const graceMs = cancelled.aborted ? timeLeft() : question.repeatable ? 0 : CANCEL_GRACE_MS
    const grace = delayedSignal(cancelled, graceMs)
    const target = {
      owner,
      repo,
      // One call can be many requests, and each has its own time.
      get request() {
        const signal = AbortSignal.any([grace.signal, AbortSignal.timeout(Math.max(1, Math.ceil(timeLeft())))])
        return { signal, log: NO_LOG }
      }
    }
    try {
      return await call({ octokit: await octokit, target })
    } finally {
      grace.release()
    }
  }

  const ask = async <T>(question: Question, call: (call: GithubCall) => Promise<T>): Promise<T | undefined> => {
    for (let tries = 1; ; tries += 1) {
      if (denied.has(question.permission)) return undefined
      if (clock.now() < restsUntil || timeLeft() <= 0) {
        tell(question, { kind: 'unanswered' })
        return undefined
      }
      try {
        return await once(question, call)
      } catch (error) {
        const failure = failureOf(error)
        const askedMs = retryAfterOf(error, clock.now())
        const mayGoBetter = isPassing(failure) || askedMs !== undefined
        const isWorthIt = question.repeatable && tries < MOST_TRIES && mayGoBetter && !cancelled.aborted
        const pauseMs = Math.max(RETRY_PAUSE_MS * tries, askedMs ?? 0)
        // A longer wait than GitHub's share of the run is told as a failure at once.
        if (isWorthIt && timeLeft() > pauseMs) {
          await clock.sleep(pauseMs, cancelled).catch(() => {})
          continue
        }
        if (isDenied(failure)) denied.add(question.permission)
        // A remark that nobody misses is no reason to give up what was asked for.
        const isMissed = question.failure !== undefined && !cancelled.aborted
        if (isSilent(failure) && isMissed) restsUntil = clock.now() + REST_MS
        tell(question, failure)
        return undefined
      }
    }
  }
  return { ask: (question, call) => stopwatch.during(() => ask(question, call)) }
}

async function connect({ token, apiUrl }: GithubAccess, proxy: Connection['proxy']): Promise<GithubCall['octokit']> {
  const { getOctokit } = await import(/* webpackIgnore: true */ './octokit.ts')
  const dispatcher = createDispatcher({ url: apiUrl, proxy })
  return getOctokit(token, {
    baseUrl: apiUrl,
    userAgent: USER_AGENT,
    log: NO_LOG,
    // Octokit's own would speak HTTP/2 where that is offered.
    request: { fetch: (url: RequestInfo, options: RequestInit) => fetch(url, { ...options, dispatcher }) }
  })
}

const silent = () => {}
/** Octokit would write remarks of its own into the log of the job. */
const NO_LOG = { debug: silent, info: silent, warn: silent, error: silent }

/** Measures the time in which anything goes on; what goes on at once counts once. */
function createStopwatch(
  clock: Clock,
  onStop: (ms: number) => void
): { elapsed(): number; during<T>(work: () => Promise<T>): Promise<T> } {
  let before = 0
  let running = 0
  let since = 0
  const elapsed = () => before + (running > 0 ? clock.now() - since : 0)
  return {
    elapsed,
    during: async (work) => {
      if (running === 0) since = clock.now()
      running += 1
      try {
        return await work()
      } finally {
        if (running === 1) {
          before = elapsed()
          onStop(clock.now() - since)
        }
        running -= 1
      }
    }
  }
}
