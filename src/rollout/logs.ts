import { type LogEntry, type LogPage, type LogQuery, type ReadLogs, withTime } from '../control-plane/logs.ts'
import type { Revision } from '../control-plane/resources.ts'
import { kindOf } from '../deployment/sources/kinds.ts'
import type { FailureLog } from '../report/causes.ts'
import { logLinesOf } from '../report/log-lines.ts'
import { CancelledError, type Clock } from '../run/limits.ts'
import type { LogKind } from '../run/record.ts'
import { MOST_CHARACTERS_OF_SEARCH, PAGE } from './log-stream.ts'

/** Returns the logs that can show the cause of a failure or a delay; empty if the status does not show the phase. */
export function logOfFailure(status: string): readonly LogKind[] {
  switch (status) {
    case 'BUILDING':
    case 'AWAITING_DEPLOY':
    case 'BUILD_FAILED':
      return ['build']
    // A deployed server that does not work also logs the cause there.
    case 'DEPLOYING':
    case 'DEPLOYED':
    case 'DEPLOY_FAILED':
      return ['deploy']
    // Creation may have failed after the start of a build.
    case 'CREATE_FAILED':
      return ['build', 'deploy']
    default:
      return []
  }
}

/** The number of log lines to show. */
const LAST_LINES = 50
/** The most requests for the log of one failure, over both kinds. */
const MOST_REQUESTS = 4
/** The longest time of the search, in milliseconds. */
const MOST_MS_OF_SEARCH = 20_000

/** The input of the search for the cause of a failure or a delay. */
export interface FailureSearch {
  readonly readLogs: ReadLogs
  readonly clock: Pick<Clock, 'now'>
  readonly deploymentId: string
  readonly revision: Revision
  /** Returns the lines of a log that were read during the rollout. */
  readonly known?: (revisionId: string, kind: LogKind) => readonly LogEntry[]
  /** Names unrelated to the failure, such as the name of the deployment. */
  readonly names?: readonly string[]
  /** IDs of failed requests and runs. Lines with one of these IDs come first. */
  readonly ids?: readonly string[]
  /** Pauses for a number of milliseconds; without it, the search does not wait for late lines. */
  readonly wait?: (ms: number) => Promise<void>
}

/**
 * Reads the end of the log of the current or failed phase. If the end shows no cause, reads the lines with level ERROR,
 * and then older lines.
 *
 * @returns `undefined` without such a log
 * @throws the error of the first request; failures of later requests are ignored, because these only add lines
 */
export async function readLogOfFailure(search: FailureSearch): Promise<FailureLog | undefined> {
  const { revision, known, names } = search
  const requests = createRequests(search)
  for (const kind of logOfFailure(revision.status)) {
    if (!kindOf(revision.source).logs.includes(kind)) continue
    // A deployed server logs more lines after the rollout.
    const seen = revision.status === 'DEPLOYED' ? [] : (known?.(revision.id, kind) ?? [])
    const end = seen.length > 0 ? { entries: seen, next: undefined } : await requests.read(kind, { offset: undefined })
    if (end.entries.length === 0) continue
    const telling = await linesOfIds(search, kind)
    if (telling.length > 0) {
      const others = end.entries.filter(({ message }) => !telling.some((one) => one.message === message))
      const room = LAST_LINES - telling.length
      // These lines precede older ones, so each line shows its time.
      const entries = [...telling, ...(room > 0 ? others.slice(-room) : [])].map(withTime)
      return { kind, entries, searched: telling }
    }
    // The reporter loads this file on demand, too; a static import here would put a copy of it into this chunk.
    const { findCause } = await import('../report/causes.ts')
    const namesCause = (entries: readonly LogEntry[]) => findCause(logLinesOf(entries), kind, names)?.isVague === false
    const searched = await searchOlder(requests, kind, end, namesCause)
    return { kind, entries: end.entries.slice(-LAST_LINES), searched }
  }
  return undefined
}

/** The most IDs to search for; the first ones belong to the first failure. */
const MOST_IDS = 4

/** The pause before the second search, in milliseconds: the lines of a run appear seconds after its response. */
const LATE_MS = 4_000

async function linesOfIds(search: FailureSearch, kind: LogKind): Promise<readonly LogEntry[]> {
  const { ids = [], wait } = search
  const found = await linesWith(search, kind)
  if (found.length > 0 || ids.length === 0 || !wait) return found
  await tryTo(() => wait(LATE_MS))
  return linesWith(search, kind)
}

/** The lines of a log that contain one of the IDs, in order. */
async function linesWith(
  { readLogs, deploymentId, revision, ids = [] }: FailureSearch,
  kind: LogKind
): Promise<readonly LogEntry[]> {
  const found: LogEntry[] = []
  for (const id of ids.slice(0, MOST_IDS)) {
    const query = { kind, order: 'desc', limit: PAGE, offset: undefined, query: id } as const
    const page = await tryTo(() => readLogs(deploymentId, revision.id, query))
    for (const entry of page?.entries.toReversed() ?? []) {
      const isNew = !found.some((one) => (entry.id ? one.id === entry.id : one.message === entry.message))
      if (isNew && entry.message.includes(id)) found.push(entry)
    }
  }
  return found.slice(-LAST_LINES)
}

/** The requests for the log of one failure, within their limits. */
function createRequests({ readLogs, clock, deploymentId, revision }: FailureSearch) {
  const until = clock.now() + MOST_MS_OF_SEARCH
  let count = 0
  return {
    /** Requests the newest entries, or the entries before `offset`. Returns the oldest entry first. */
    read: async (kind: LogKind, query: Pick<LogQuery, 'level' | 'offset'>): Promise<LogPage> => {
      count += 1
      const page = await readLogs(deploymentId, revision.id, { kind, order: 'desc', limit: PAGE, ...query })
      return { ...page, entries: page.entries.slice(0, PAGE).reverse() }
    },
    /** Tells if another request may follow after these entries. */
    mayGoOn: (entries: readonly LogEntry[]) =>
      count < MOST_REQUESTS && clock.now() < until && charactersOf(entries) < MOST_CHARACTERS_OF_SEARCH
  }
}

/** Adds entries with level ERROR, or else older entries page by page, until an entry shows a cause. */
async function searchOlder(
  { read, mayGoOn }: ReturnType<typeof createRequests>,
  kind: LogKind,
  end: LogPage,
  namesCause: (entries: readonly LogEntry[]) => boolean
): Promise<readonly LogEntry[]> {
  let { entries, next } = end
  if (next && !namesCause(entries) && mayGoOn(entries)) {
    const errors = (await tryTo(() => read(kind, { level: 'ERROR', offset: undefined })))?.entries ?? []
    if (namesCause(errors)) return [...errors, ...entries]
  }
  while (next && !namesCause(entries) && mayGoOn(entries)) {
    const offset = next
    const page = await tryTo(() => read(kind, { offset }))
    entries = [...(page?.entries ?? []), ...entries]
    next = page && page.entries.length > 0 && page.next !== offset ? page.next : undefined
  }
  return entries
}

/** The response to a request that only adds lines; `undefined` if it fails. */
async function tryTo<T>(request: () => Promise<T>): Promise<T | undefined> {
  try {
    return await request()
  } catch (error) {
    // After the deadline, the lines read so far are still shown.
    if (error instanceof CancelledError) throw error
    return undefined
  }
}

function charactersOf(entries: readonly LogEntry[]): number {
  return entries.reduce((sum, { message }) => sum + message.length, 0)
}
