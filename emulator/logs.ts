import { decodeCursor, encodeCursor, invalidCursor } from './paging.ts'
import type { Deployment, LogLine, Revision } from './state.ts'

export type LogKind = 'build' | 'deploy'

/** One line of a log, with its time in epoch milliseconds. */
export interface LogEntry extends LogLine {
  readonly id: string
  readonly timestamp: number
  readonly revision_id: string
}

/** Lines of the same time are ordered by revision and by their position in it. */
type Key = readonly [timestamp: number, revision: number, index: number]

interface KeyedEntry {
  readonly key: Key
  readonly entry: LogEntry
  readonly runId: string | null
}

interface Filter {
  readonly level: string | null
  readonly query: string | null
  readonly run_id: string | null
  readonly start_time: number | null
  readonly end_time: number | null
}

export interface LogRequest extends Filter {
  readonly order: 'asc' | 'desc'
  readonly limit: number
  readonly cursor: string | null
}

export interface LogPage {
  readonly entries: readonly LogEntry[]
  /** Null if there are no further lines yet. */
  readonly next: string | null
}

/**
 * Returns one page of the log of the given revisions up to `now` (epoch milliseconds).
 *
 * A cursor names the last returned line, so lines that appear later are neither lost nor repeated.
 * @throws a refusal with status 422 for an invalid cursor
 */
export function logPage(
  deployment: Deployment,
  revisions: readonly Revision[],
  kind: LogKind,
  request: LogRequest,
  now: number
): LogPage {
  const sign = request.order === 'asc' ? 1 : -1
  const after = request.cursor ? readKey(request.cursor) : null
  const lines = revisions
    .flatMap((revision) => linesOf(deployment, revision, kind))
    .filter((line) => line.entry.timestamp <= now && passes(line, request))
    .sort((a, b) => sign * compare(a.key, b.key))
    .filter(({ key }) => after === null || sign * compare(key, after) > 0)
  const page = lines.slice(0, request.limit)
  const last = page.at(-1)
  return {
    entries: page.map(({ entry }) => entry),
    next: last && lines.length > page.length ? encodeCursor(last.key) : null
  }
}

function readKey(cursor: string): Key {
  const value = decodeCursor(cursor)
  if (Array.isArray(value) && value.length === 3 && value.every((part) => typeof part === 'number')) {
    const [timestamp = 0, revision = 0, index = 0]: number[] = value
    return [timestamp, revision, index]
  }
  throw invalidCursor('cursor', cursor)
}

function compare(a: Key, b: Key): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

/** Only the Agent Server's lines about a run belong to that run. */
function passes({ entry, runId }: KeyedEntry, { level, query, run_id, start_time, end_time }: Filter): boolean {
  return [
    !level || entry.level === level,
    !query || entry.message.toLowerCase().includes(query.toLowerCase()),
    !run_id || run_id === runId,
    start_time === null || entry.timestamp >= start_time,
    end_time === null || entry.timestamp <= end_time
  ].every(Boolean)
}

// A log starts with the first of these statuses; the failures are for revisions that skip the phase itself.
const BEGINS: Readonly<Record<LogKind, readonly string[]>> = {
  build: ['BUILDING', 'BUILD_FAILED', 'CREATE_FAILED'],
  deploy: ['DEPLOYING', 'DEPLOY_FAILED', 'DEPLOYED']
}

function linesOf(deployment: Deployment, revision: Revision, kind: LogKind): KeyedEntry[] {
  const rule = revision.script.rule
  const scripted = kind === 'build' ? rule?.build_log : rule?.deploy_log
  const start = revision.history.find(({ status }) => BEGINS[kind].includes(status))
  if (!start) return []
  const pace = rule?.log_line_ms ?? 0
  const lines = scripted?.map(asLine) ?? usualLines(deployment, revision, kind, start.status)
  const timed = lines.map((line, index) => ({ line, at: start.at + index * pace, runId: null }))
  const failure = scripted ? undefined : failureLine(revision, kind)
  const own = kind === 'deploy' ? revision.serverLog.map(({ at, runId, ...line }) => ({ line, at, runId })) : []
  return [...timed, ...(failure ? [failure] : []), ...own].map(({ line, at, runId }, index) => ({
    key: [at, revision.number, index],
    entry: { id: `${revision.id}-${kind}-${index + 1}`, timestamp: at, revision_id: revision.id, ...line },
    runId
  }))
}

function asLine(line: string | LogLine): LogLine {
  return typeof line === 'string' ? info(line) : line
}

function info(message: string): LogLine {
  return { level: 'INFO', message }
}

function usualLines(deployment: Deployment, revision: Revision, kind: LogKind, begin: string): LogLine[] {
  if (begin.endsWith('_FAILED')) return []
  const lines = (kind === 'build' ? buildLines(deployment, revision) : deployLines(revision)).map(info)
  const { fault } = revision.script
  // Logged when the configuration is read, or when the image is pulled.
  return fault?.log === kind
    ? [...lines.slice(0, FOUND_AFTER[kind]), { level: 'ERROR', message: fault.message }]
    : lines
}

const FOUND_AFTER = { build: 2, deploy: 1 } as const

function buildLines(deployment: Deployment, { config, builtImage }: Revision): string[] {
  const origin = config.source_tarball_path ?? `${deployment.sourceConfig.repo_url} at ${config.repo_ref}`
  return [
    `Fetching source from ${origin}`,
    `Reading ${config.langgraph_config_path ?? 'langgraph.json'}`,
    'Installing dependencies',
    `Building image ${builtImage ?? config.image_uri}`,
    'Pushing image'
  ]
}

function deployLines({ config, builtImage }: Revision): string[] {
  return [
    `Pulling image ${builtImage ?? config.image_uri}`,
    'Running database migrations',
    'Starting Agent Server',
    'Waiting for the health check'
  ]
}

const FAILURES: Readonly<Record<string, readonly [LogKind, string]>> = {
  BUILD_FAILED: ['build', 'Build failed: the build step ended with exit code 1'],
  DEPLOY_FAILED: ['deploy', 'Timeout: Deployment is not ready after 300 seconds.']
}

function failureLine({ history }: Revision, kind: LogKind): { line: LogLine; at: number; runId: null } | undefined {
  for (const { status, at } of history) {
    const [where, message] = FAILURES[status] ?? []
    if (where === kind && message) return { line: { level: 'ERROR', message }, at, runId: null }
  }
  return undefined
}
