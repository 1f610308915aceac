import type { ControlPlane } from '../run/destination.ts'
import { FIGURE_NAMES, type FigureName } from '../run/figure.ts'
import { object } from '../run/object.ts'
import type { Decode } from './answer.ts'
import { AnswerError } from './errors.ts'
import { tracingUrl } from './hosts.ts'
import { isMissing, isRouteMissing } from './patience.ts'
import { isUuid } from './resources.ts'
import { createTransport, type Transport, type TransportOptions } from './transport.ts'

/*
 * Sessions of the LangSmith API: tracing projects and experiments. The v2 routes are requested first, and the v1 routes
 * if those are missing. Source: docs.langchain.com/langsmith (API reference, sessions), and the LangSmith SDK.
 */

/** The results of the evaluators for one key. */
export interface Score {
  /** `undefined` if there are no numbers. */
  readonly average: number | undefined
  /** For a categorical key. */
  readonly labels: readonly { readonly label: string; readonly count: number }[]
  /** Number of evaluator errors, if the server reports it. */
  readonly errors: number
  /**
   * Number of runs with a score; `undefined` for a score of the whole experiment, or if the server does not report it.
   */
  readonly ofRuns?: number | undefined
}

/** The progress of an experiment; shares from 0 to 1. */
export interface ExperimentProgress {
  readonly expectedRuns: number | undefined
  readonly runs: number | undefined
  readonly evaluators: Readonly<Record<string, number>>
}

/** A tracing project or an experiment, with its figures. Names and keys are text from outside. */
export interface TracerSession {
  readonly id: string
  readonly name: string
  readonly tenantId: string | undefined
  /** `undefined` for a tracing project. */
  readonly datasetId: string | undefined
  /** ISO 8601. */
  readonly startTime: string
  /** The commit that was evaluated, if the SDK recorded it. */
  readonly commit: string | undefined
  readonly figures: Readonly<Partial<Record<FigureName, number>>>
  readonly feedback: Readonly<Record<string, Score>>
  readonly progress: ExperimentProgress | undefined
}

/** Reads sessions. All functions throw the errors of the transport. */
export interface SessionClient {
  /** The base address of the LangSmith API. */
  readonly url: string
  /**
   * Returns a session with its figures. With `since` (milliseconds since the epoch), the figures cover only later runs.
   */
  session(id: string, since?: number): Promise<TracerSession | undefined>
  /** Reads the same in one attempt, for callers that can continue without it. */
  glance(id: string, since: number): Promise<TracerSession | undefined>
  /** Returns the session of exactly this name, without figures. */
  named(name: string): Promise<TracerSession | undefined>
  /** Returns one page of experiments, newest first, without figures. */
  experiments(): Promise<readonly TracerSession[]>
  /** Returns the page of a tracing project in LangSmith, or `undefined` if a part of its URL is unknown. */
  page(project: TracerSession): string | undefined
  close(): Promise<void>
}

/** Maximum number of pages to read from a server that ignores the filter by name. */
const MOST_PAGES_SEARCHED = 20
const ROWS = 100

/** Opens the sessions of the workspace of a run. The caller must close them. */
export function openSessions(controlPlane: ControlPlane, { connection, ...options }: TransportOptions): SessionClient {
  const { dataApi } = controlPlane
  const transport = createTransport({ ...options, connection: { ...connection, url: dataApi } })
  let served: Version | undefined
  /** Tries v2, then v1 if v2 returns nothing. */
  const either = async <T>(v2: () => Promise<T | undefined>, v1: () => Promise<T | undefined>) => {
    const newer = served === 'v1' ? undefined : await orAbsent(v2())
    if (newer !== undefined) served = 'v2'
    if (served === 'v2') return newer
    const older = await orAbsent(v1())
    if (older !== undefined) served = 'v1'
    return older
  }
  const list = async (
    query: Readonly<Record<string, string>>,
    v1Query: Readonly<Record<string, string>>,
    at: PagePlace
  ) => {
    const page = await either(
      () => readPage(transport, 'v2', { ...query, page_size: `${ROWS}`, ...(at.cursor ? { cursor: at.cursor } : {}) }),
      () => readPage(transport, 'v1', { ...v1Query, limit: `${ROWS}`, offset: `${at.offset}` })
    )
    if (!page) throw new AnswerError('shape', `the server has neither ${route('v2')} nor ${route('v1')}`)
    return page
  }
  return {
    url: dataApi,
    session: (id, since) => {
      const read = (version: Version) => () => transport.readIfServed(sessionPath(version, id, since), toSession)
      return either(read('v2'), read('v1'))
    },
    glance: (id, since) => {
      const read = (version: Version) => () =>
        transport.readOnce('GET', sessionPath(version, id, since), undefined, toSession)
      return either(read('v2'), read('v1'))
    },
    named: async (name) => {
      const at: PagePlace = { cursor: undefined, offset: 0 }
      for (let pages = 0; pages < MOST_PAGES_SEARCHED; pages += 1) {
        const page = await list({ name }, { name }, at)
        const found = page.sessions.find((session) => session.name === name)
        if (found || page.isLast) return found
        at.cursor = page.next
        at.offset += page.sessions.length
      }
      return undefined
    },
    experiments: async () => {
      const page = await list({ type: 'EXPERIMENT' }, { reference_free: 'false' }, { cursor: undefined, offset: 0 })
      return page.sessions
        .filter(({ datasetId }) => datasetId !== undefined)
        .toSorted((left, right) => (left.startTime < right.startTime ? 1 : -1))
    },
    page: ({ id, tenantId }) =>
      tenantId !== undefined && isUuid(id) && isUuid(tenantId) ? tracingUrl(controlPlane, tenantId, id) : undefined,
    close: transport.close
  }
}

type Version = 'v1' | 'v2'

/** The start of the next page, for both versions. */
interface PagePlace {
  cursor: string | undefined
  offset: number
}

interface SessionPage {
  readonly sessions: readonly TracerSession[]
  readonly next: string | undefined
  readonly isLast: boolean
}

function route(version: Version): string {
  return `/api/${version}/sessions`
}

function sessionPath(version: Version, id: string, since: number | undefined): string {
  const window = since === undefined ? {} : { stats_start_time: new Date(since).toISOString() }
  return `${route(version)}/${encodeURIComponent(id)}?${new URLSearchParams({ include_stats: 'true', ...window })}`
}

function readPage(
  transport: Transport,
  version: Version,
  query: Readonly<Record<string, string>>
): Promise<SessionPage | undefined> {
  return transport.readIfServed(`${route(version)}?${new URLSearchParams(query)}`, toSessionPage)
}

/** Returns the response, or `undefined` if the server does not have the resource or the route. */
async function orAbsent<T>(answer: Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (isMissing(error) || isRouteMissing(error)) return undefined
    throw error
  }
}

/** Decodes `{items, next_cursor}` of v2, or the bare list of v1. */
const toSessionPage: Decode<SessionPage> = (body) => {
  const rows = Array.isArray(body) ? body : object(body)?.items
  if (!Array.isArray(rows)) throw new AnswerError('shape', 'the response is not a list of tracing projects')
  const cursor = object(body)?.next_cursor
  const next = typeof cursor === 'string' && cursor !== '' ? cursor : undefined
  return { sessions: rows.map(toSession), next, isLast: Array.isArray(body) ? rows.length < ROWS : next === undefined }
}

/** @throws {AnswerError} if the response lacks a required field of a session */
export const toSession: Decode<TracerSession> = (body) => {
  const record = object(body) ?? {}
  const { id, name } = record
  if (typeof id !== 'string' || typeof name !== 'string')
    throw new AnswerError('shape', 'a tracing project in the response has no ID or name')
  const metadata = object(object(record.extra)?.metadata)
  return {
    id,
    name,
    tenantId: givenText(record.tenant_id),
    datasetId: givenText(record.reference_dataset_id),
    startTime: givenText(record.start_time) ?? '',
    commit: givenText(object(metadata?.git)?.commit),
    figures: Object.fromEntries(
      FIGURE_NAMES.flatMap((figure) => {
        const value = numberIn(record[figure])
        return value === undefined ? [] : [[figure, value]]
      })
    ),
    feedback: { ...scoresIn(record.session_feedback_stats, 'session'), ...scoresIn(record.feedback_stats, 'runs') },
    progress: toProgress(record.experiment_progress)
  }
}

/** Keys without a score, a label and an error are omitted. */
function scoresIn(value: unknown, of: 'session' | 'runs'): Readonly<Record<string, Score>> {
  return Object.fromEntries(
    Object.entries(object(value) ?? {}).flatMap(([key, stats]) => {
      const { avg, values, errors, n } = object(stats) ?? {}
      const labels = Object.entries(object(values) ?? {}).map(([label, count]) => ({
        label,
        count: numberIn(count) ?? 0
      }))
      const ofRuns = of === 'runs' ? numberIn(n) : undefined
      const score: Score = { average: numberIn(avg), labels, errors: numberIn(errors) ?? 0, ofRuns }
      return score.average === undefined && labels.length === 0 && score.errors === 0 ? [] : [[key, score]]
    })
  )
}

function toProgress(value: unknown): ExperimentProgress | undefined {
  const record = object(value)
  if (!record) return undefined
  const evaluators = Object.entries(object(record.evaluator_progress) ?? {}).flatMap(([key, share]) => {
    const known = numberIn(share)
    return known === undefined ? [] : [[key, known] as const]
  })
  return {
    expectedRuns: numberIn(record.expected_run_count),
    runs: numberIn(record.run_progress),
    evaluators: Object.fromEntries(evaluators)
  }
}

/** Parses a decimal from a number or a text. */
function numberIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

function givenText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
