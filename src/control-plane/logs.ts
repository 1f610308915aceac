import { object } from '../run/object.ts'
import type { LogKind } from '../run/record.ts'
import type { Decode } from './answer.ts'
import { AnswerError } from './errors.ts'
import { isRouteMissing } from './patience.ts'
import type { Transport } from './transport.ts'

/** From the lowest to the highest. */
export const LOG_LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** One line of a log; its text is text from outside. */
export interface LogEntry {
  /** Absent on servers that return no IDs. */
  readonly id: string | undefined
  /** DEBUG, INFO, WARNING, ERROR or CRITICAL, if the server returns a level. */
  readonly level: string | undefined
  readonly message: string
  /** The time of the line in ISO 8601, if it can be parsed. */
  readonly time?: string
}

export interface LogPage {
  /** The lines in the requested order. */
  readonly entries: readonly LogEntry[]
  /**
   * The offset of the next page; `undefined` if there are no newer lines so far. A revision in progress can still add
   * lines.
   */
  readonly next: string | undefined
}

/** The part of a log to read. */
export interface LogQuery {
  readonly kind: LogKind
  readonly order: 'asc' | 'desc'
  /** Lines per page, 1 to 1,000. */
  readonly limit: number
  /** The `next` of the previous page. */
  readonly offset: string | undefined
  /** Only lines of this level; all levels if omitted. */
  readonly level?: LogLevel | undefined
  /** Only lines since this time, in ISO 8601. */
  readonly since?: string | undefined
  /** Only lines that contain this text; older servers ignore the filter. */
  readonly query?: string | undefined
}

/**
 * Reads a page of a revision's log in one attempt.
 *
 * @throws the errors of the transport; the caller decides whether they matter
 */
export type ReadLogs = (deploymentId: string, revisionId: string, query: LogQuery) => Promise<LogPage>

/** Number of responses in a row after which the v2 route is treated as missing: a single one can be from a proxy. */
const MISSES_BEFORE_V1 = 2

/**
 * Creates a function that reads logs from the v2 route. If that route is missing, it reads from the undocumented v1
 * routes that the official command-line tool uses. An error about the revision, such as the 404 of a lagging replica,
 * does not mean that the route is missing.
 */
export function createLogRoute(transport: Transport): ReadLogs {
  let isV2Served = false
  let misses = 0
  return async (deploymentId, revisionId, query) => {
    if (misses < MISSES_BEFORE_V1) {
      try {
        const page = await readV2(transport, deploymentId, revisionId, query)
        isV2Served = true
        return page
      } catch (error) {
        if (isV2Served || !isRouteMissing(error)) throw error
        misses += 1
      }
    }
    try {
      return await readV1(transport, deploymentId, revisionId, query)
    } catch (error) {
      // If both routes are missing, something else responded this time, and neither result counts.
      if (isRouteMissing(error)) misses = 0
      throw error
    }
  }
}

function readV2(transport: Transport, deploymentId: string, revisionId: string, query: LogQuery): Promise<LogPage> {
  const { kind, order, limit } = query
  const search = new URLSearchParams({ type: kind, order, limit: `${limit}`, ...optionalOf(query) })
  const path = `/v2/deployments/${encodeURIComponent(deploymentId)}/revisions/${encodeURIComponent(revisionId)}/logs`
  return transport.readOnce('GET', `${path}?${search}`, undefined, toLogPage)
}

function readV1(transport: Transport, deploymentId: string, revisionId: string, query: LogQuery): Promise<LogPage> {
  const { kind, order, limit } = query
  const project = `/v1/projects/${encodeURIComponent(deploymentId)}/revisions/${encodeURIComponent(revisionId)}`
  return transport.readOnce('POST', `${project}/${kind}_logs`, { order, limit, ...optionalOf(query) }, toLogPage)
}

function optionalOf({ offset, level, since, query }: LogQuery): Readonly<Record<string, string>> {
  return {
    ...(offset ? { offset } : {}),
    ...(level ? { level } : {}),
    ...(since ? { start_time: since } : {}),
    ...(query ? { query } : {})
  }
}

/** Decodes `{logs, next_offset}`, or the bare list that some servers return. */
const toLogPage: Decode<LogPage> = (body) => {
  const logs = Array.isArray(body) ? body : object(body)?.logs
  if (!Array.isArray(logs)) throw new AnswerError('shape', 'the response has no `logs`')
  const next = object(body)?.next_offset
  return { entries: logs.map(toEntry), next: typeof next === 'string' && next !== '' ? next : undefined }
}

function toEntry(value: unknown): LogEntry {
  if (typeof value === 'string') return { id: undefined, level: undefined, message: value }
  const { id, level, message, timestamp } = object(value) ?? {}
  const time = toTime(timestamp)
  return {
    id: typeof id === 'string' && id !== '' ? id : undefined,
    level: typeof level === 'string' && level !== '' ? level : undefined,
    message: typeof message === 'string' ? message : JSON.stringify(value),
    ...(time ? { time } : {})
  }
}

/** Parses epoch milliseconds or a date. */
function toTime(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const date = new Date(value)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** Returns an entry whose text begins with its time. */
export function withTime(entry: LogEntry): LogEntry {
  return entry.time ? { ...entry, message: `${entry.time} ${entry.message}` } : entry
}
