import type { ControlPlaneClient } from '../control-plane/client.ts'
import {
  LOG_LEVELS,
  type LogEntry,
  type LogLevel,
  type LogPage,
  type LogQuery,
  withTime
} from '../control-plane/logs.ts'
import { isRefusal } from '../control-plane/patience.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { findExisting } from '../deployment/find.ts'
import { kindOf } from '../deployment/sources/kinds.ts'
import type { LogsConfig } from '../inputs/config.ts'
import type { CommandContext } from '../rollout/context.ts'
import { holderOf } from '../rollout/queue-watch.ts'
import { inWords } from '../run/duration.ts'
import { endsRun, type Limits, pause } from '../run/limits.ts'
import type { LogKind } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'
import { readRevision } from './revision-id.ts'

/** Lines per page; the API returns at most 1,000. */
const LINES_PER_PAGE = 1_000

/** Shows the last lines of the log of a revision, without secrets. Writes nothing. */
export async function logs(context: CommandContext, config: LogsConfig): Promise<Verdict> {
  const { client, progress } = context
  const deployment = await findExisting(client, config.target)
  progress.deployment(deployment)
  const { revision, queued } = await revisionToShow(client, deployment, config.revisionId)
  if (!revision)
    return { status: 'none', reason: `Deployment "${deployment.name}" has no revision and therefore no log.` }
  progress.revision(revision, { own: false })
  const why = queued ? `Revision ${queued.id} is QUEUED behind ${revision.id} and has no log yet. ` : ''
  const [first, ...others] = kindsToTry(revision, deployment)
  let found = { kind: first, entries: await readLast(context, config, { deployment, revision, kind: first }) }
  for (const kind of others) {
    if (found.entries.length > 0) break
    found = { kind, entries: await readLast(context, config, { deployment, revision, kind }) }
  }
  const whose = `the ${found.kind} log of revision ${revision.id} (${revision.status})`
  if (found.entries.length === 0)
    return { status: 'found', reason: `${why}No lines found in ${whose}${filterWords(config)}.` }
  await progress.endOfLog({ ...found, searched: [] }, { isShown: true })
  const count = found.entries.length
  return {
    status: 'found',
    reason: `${why}Showing the last ${count === 1 ? 'line' : `${count} lines`} of ${whose}${filterWords(config)}.`
  }
}

/**
 * Returns the revision of `revisionId`, else the newest one. If the newest one is `queued`, returns the one that blocks
 * it.
 */
async function revisionToShow(
  client: ControlPlaneClient,
  deployment: Deployment,
  revisionId: string | undefined
): Promise<{ readonly revision: Revision | undefined; readonly queued?: Revision }> {
  if (revisionId) return { revision: await readRevision(client, deployment, revisionId) }
  const { resources } = await client.revisions(deployment.id)
  const [newest] = resources
  const holder = newest?.status === 'QUEUED' ? holderOf(resources, newest.id) : undefined
  return newest && holder ? { revision: holder, queued: newest } : { revision: newest }
}

/** Statuses in which only a build can have a log. */
const BUILDING = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING', 'CREATE_FAILED', 'BUILD_FAILED'])
/** Statuses that do not show which phase the revision reached. */
const OF_UNKNOWN_PHASE = new Set(['AWAITING_DEPLOY', 'INTERRUPTED', 'SKIPPED'])

/** The logs to read, in order. The first one with lines is shown. */
export function kindsToTry(
  { status, source }: Pick<Revision, 'status' | 'source'>,
  deployment: Pick<Deployment, 'source'>
): readonly [LogKind, ...LogKind[]] {
  const hasBuild = kindOf(source ?? deployment.source).logs.includes('build')
  if (!hasBuild) return ['deploy']
  if (BUILDING.has(status)) return ['build']
  return OF_UNKNOWN_PHASE.has(status) ? ['deploy', 'build'] : ['deploy']
}

/** One log of a revision. */
interface LogOfRevision {
  readonly deployment: Deployment
  readonly revision: Revision
  readonly kind: LogKind
}

/** Reads the last lines that match the filters, oldest first. */
async function readLast(
  { client, limits }: CommandContext,
  { level, sinceMs, limit }: LogsConfig,
  { deployment, revision, kind }: LogOfRevision
): Promise<readonly LogEntry[]> {
  const since = sinceMs === undefined ? undefined : new Date(limits.clock.now() - sinceMs).toISOString()
  const levels = level === undefined || level === 'DEBUG' ? [undefined] : LOG_LEVELS.slice(LOG_LEVELS.indexOf(level))
  // The API does not document if a level includes the higher ones, so each level is requested.
  const read: (readonly LogEntry[])[] = []
  for (const one of levels) {
    const query = { kind, order: 'desc', level: one, since } as const
    read.push(
      await readPages(limits, limit, (page) => client.readLogs(deployment.id, revision.id, { ...query, ...page }))
    )
  }
  const entries = levels.length > 1 ? inOrderOfTime(read, level) : (read[0] ?? [])
  return entries.slice(0, limit).reverse().map(withTime)
}

async function readPages(
  limits: Limits,
  limit: number,
  read: (page: Pick<LogQuery, 'limit' | 'offset'>) => Promise<LogPage>
): Promise<readonly LogEntry[]> {
  const entries: LogEntry[] = []
  let offset: string | undefined
  while (entries.length < limit) {
    const page = { limit: Math.min(LINES_PER_PAGE, limit - entries.length), offset }
    const answer = await patiently(limits, () => read(page))
    entries.push(...answer.entries)
    if (answer.entries.length === 0 || !answer.next || answer.next === offset) break
    offset = answer.next
  }
  return entries
}

/** Merges the lines of several responses, newest first, without duplicates and without lines below the level. */
function inOrderOfTime(answers: readonly (readonly LogEntry[])[], least: LogLevel | undefined): readonly LogEntry[] {
  const seen = new Set<string>()
  const isNew = ({ id, time, message }: LogEntry) => {
    const key = id ?? `${time} ${message}`
    return !seen.has(key) && Boolean(seen.add(key))
  }
  return answers
    .flat()
    .filter(({ level }) => rankOf(level) >= rankOf(least))
    .filter(isNew)
    .sort((left, right) => (right.time ?? '').localeCompare(left.time ?? ''))
}

/** The rank of a level. An unknown level ranks highest, so that its lines are shown. */
function rankOf(level: string | undefined): number {
  const levels: readonly string[] = LOG_LEVELS
  const rank = levels.indexOf(level?.toUpperCase() ?? '')
  return rank < 0 ? LOG_LEVELS.length : rank
}

/** Pauses before each retry of a read, in milliseconds. */
const AGAIN_AFTER_MS = [1_000, 3_000, 6_000]

async function patiently<T>(limits: Limits, read: () => Promise<T>): Promise<T> {
  for (const ms of AGAIN_AFTER_MS) {
    try {
      return await read()
    } catch (error) {
      if (endsRun(error) || isRefusal(error)) throw error
      await pause(limits, ms)
    }
  }
  return read()
}

function filterWords({ level, sinceMs }: LogsConfig): string {
  const words = [level && `level ${level} and above`, sinceMs !== undefined && `from the last ${inWords(sinceMs)}`]
  return words
    .filter(Boolean)
    .map((text) => `, ${text}`)
    .join('')
}
