import { object } from '../run/object.ts'
import type { LogKind } from '../run/record.ts'
import type { Decode } from './answer.ts'
import { AnswerError } from './errors.ts'
import { isRouteMissing } from './patience.ts'
import type { Transport } from './transport.ts'

/** From the lowest. */
export const LOG_LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** One line of a log; its text is words from outside. */
export interface LogEntry {
  /** Absent on servers that give none. */
  readonly id: string | undefined
  /** DEBUG, INFO, WARNING, ERROR or CRITICAL, where the server says it. */
  readonly level: string | undefined
  readonly message: string
  /** When it was written, in ISO 8601 where it can be read. */
  readonly time?: string
}

export interface LogPage {
  /** In the order that was asked for. */
  readonly entries: readonly LogEntry[]
  /** Where the next page begins; nothing when there is no newer line yet, which is no end while a revision goes on. */
  readonly next: string | undefined
}

/** What is read of a log. */
export interface LogQuery {
  readonly kind: LogKind
  readonly order: 'asc' | 'desc'
  /** Lines a page, 1 to 1,000. */
  readonly limit: number
  /** The `next` of the page before. */
  readonly offset: string | undefined
  /** Only lines of this level; all when not given. */
  readonly level?: LogLevel | undefined
  /** Only lines from this moment on, in ISO 8601. */
  readonly since?: string | undefined
  /** Only lines that hold this text; a server can be older than this filter. */
  readonly query?: string | undefined
}

/** Reads a page of a revision's log in one try. @throws what the transport throws; the caller decides what it is worth */
export type ReadLogs = (deploymentId: string, revisionId: string, query: LogQuery) => Promise<LogPage>

/** So often in a row the v2 route is found missing before it is let be: one answer can be that of a proxy. */
const MISSES_BEFORE_V1 = 2

/**
 * Reads logs from the v2 route, or from the undocumented v1 routes of the official command line tool where that is not
 * served. An answer about the revision, such as the 404 of a replica that does not have it yet, says nothing of the route.
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
      // Where neither is served, something else answers for the moment, and nothing is known of either.
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

/** `{logs, next_offset}`, or from some servers the bare list. */
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

/** Epoch milliseconds, or a text. */
function toTime(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const date = new Date(value)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** An entry whose text begins with its time. */
export function withTime(entry: LogEntry): LogEntry {
  return entry.time ? { ...entry, message: `${entry.time} ${entry.message}` } : entry
}
