import { STATUS_CODES } from 'node:http'
import { workspaceFor } from '../access.ts'
import { type Answer, type Call, type KeyRoute, read, readQuery, refusal } from '../http.ts'
import { cursorPage } from '../paging.ts'
import { parseJson } from '../payload.ts'
import { sessionQuery, sessionsV1Query, sessionsV2Query } from '../requests.ts'
import type { Version } from '../sessions/figures.ts'
import { type Session, sessionsOf, showSession } from '../sessions/sessions.ts'
import { isRecord, type Parsed, uuid } from '../validation.ts'

/** Refuses an API version that this server lacks. @throws a refusal */
function checkVersion({ state }: Call, version: Version): void {
  const { sessions_v1, sessions_v2 } = state.scenario.server
  const status = version === 'v1' ? sessions_v1 : sessions_v2
  if (status !== null) throw refusal(status, STATUS_CODES[status] ?? 'Error')
}

function known(call: Call): Session[] {
  return sessionsOf(call.state, workspaceFor(call.state, call.headers))
}

function shown(call: Call, version: Version, query: Parsed<typeof sessionQuery>): (session: Session) => unknown {
  const window = query.include_stats ? { from: query.stats_start_time } : null
  return (session) => showSession(call.state, session, call.now, version, window)
}

interface Filter {
  readonly name: string | null
  readonly name_contains: string | null
  readonly metadata: string | null
  readonly ids: readonly string[]
  readonly datasets: readonly string[]
}

function fits({ id, name, datasetId, metadata }: Session, filter: Filter): boolean {
  return [
    filter.name === null || name === filter.name,
    name.toLowerCase().includes(filter.name_contains?.toLowerCase() ?? ''),
    filter.ids.length === 0 || filter.ids.includes(id),
    filter.datasets.length === 0 || filter.datasets.includes(datasetId ?? ''),
    filter.metadata === null || holds(metadata, parsed(filter.metadata))
  ].every(Boolean)
}

/** Tells if an object contains another one, including nested fields. */
function holds(value: unknown, asked: unknown): boolean {
  if (!isRecord(asked)) return JSON.stringify(value) === JSON.stringify(asked)
  return isRecord(value) && Object.entries(asked).every(([key, inner]) => holds(value[key], inner))
}

function parsed(text: string): unknown {
  const payload = parseJson(Buffer.from(text))
  if (payload.kind === 'json') return payload.value
  throw refusal(400, 'metadata must be a JSON object')
}

/** A list in a query: a repeated parameter. */
function several({ query }: Call, ...names: readonly string[]): string[] {
  return names.flatMap((name) => query.getAll(name)).map((value) => value.toLowerCase())
}

function listV1(call: Call): Answer {
  checkVersion(call, 'v1')
  const query = readQuery(sessionsV1Query, call)
  const filter = { ...query, ids: several(call, 'id'), datasets: several(call, 'reference_dataset') }
  const found = known(call)
    .filter((session) => fits(session, filter))
    .filter(({ datasetId }) => query.reference_free === null || query.reference_free === (datasetId === null))
  const rows = found.slice(query.offset, query.offset + query.limit)
  const headers = { 'x-pagination-total': String(found.length) }
  return { status: 200, body: rows.map(shown(call, 'v1', query)), headers }
}

function listV2(call: Call): Answer {
  checkVersion(call, 'v2')
  const query = readQuery(sessionsV2Query, call)
  const filter = { ...query, ids: several(call, 'id', 'ids'), datasets: several(call, 'reference_dataset_id') }
  const found = known(call)
    .filter((session) => fits(session, filter))
    .filter(({ type }) => query.type === null || type === query.type || (query.type === 'PROJECT' && type === 'AGENT'))
  return cursorPage(found.map(shown(call, 'v2', query)), call)
}

function getOne(version: Version): KeyRoute['keyed'] {
  return (call) => {
    checkVersion(call, version)
    const id = read(uuid, call.params.session_id, ['path', 'session_id'])
    const query = readQuery(sessionQuery, call)
    const session = known(call).find((one) => one.id === id)
    if (!session) throw refusal(404, 'Project not found')
    return { status: 200, body: shown(call, version, query)(session) }
  }
}

function under(prefixes: readonly string[], list: KeyRoute['keyed'], version: Version): KeyRoute[] {
  return prefixes.flatMap((prefix): KeyRoute[] => [
    {
      method: 'GET',
      path: `${prefix}/sessions`,
      keyed: list,
      query: version === 'v1' ? sessionsV1Query : sessionsV2Query
    },
    { method: 'GET', path: `${prefix}/sessions/:session_id`, keyed: getOne(version), query: sessionQuery }
  ])
}

/**
 * LangSmith's own API: at the root as on Cloud, and below `/api` as on self-hosted installations. The Python SDK calls
 * the older version without a version in the path.
 */
export const sessionRoutes: readonly KeyRoute[] = [
  ...under(['/api/v1', '/v1', '/api', ''], listV1, 'v1'),
  ...under(['/api/v2', '/v2'], listV2, 'v2')
]
