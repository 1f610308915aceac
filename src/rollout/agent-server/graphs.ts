import { isPassingStatus } from '../../control-plane/patience.ts'
import { DeadlineError, type Limits, pause } from '../../run/limits.ts'
import { object } from '../../run/object.ts'
import { pauseAfter } from '../../run/poll.ts'
import type { ProofRow } from '../../run/record.ts'
import { type AgentAnswer, type AgentClient, answerWords, briefWords } from './client.ts'

/*
 * Whether the graphs of an Agent Server load. Facts: langgraph-api 0.16.7 answers `/assistants/{id}/graph` from the
 * factory of the graph, and executes nothing; `/ok` is 200 all the same.
 */

/** What came of asking for all graphs. */
export interface GraphsSeen {
  readonly rows: readonly ProofRow[]
  /** Why the list of assistants does not tell the graphs; nothing where it does. */
  readonly hidden: string | undefined
  /** Whether the server did not let us in. */
  readonly isRefused: boolean
  /** What was still waited for when the timeout expired. */
  readonly awaited?: string
}

/** A factory may take its time, and so may the start of a server that was scaled to zero. */
const GRAPH_MS = 60_000
/** How long a fault of the agent itself has to last, which nearly always does. */
const LASTING_MS = 15_000
/** How long a server may not be reachable, as while it starts. */
const SERVER_START_MS = 60_000
const PAGE_SIZE = 1_000
const MOST_PAGES = 10

/**
 * Asks for every graph that the server lists, and for those that are expected.
 *
 * @param expected names of the configuration that is deployed; nothing where they are not known
 * @param note tells that a request is sent again
 * @returns at the deadline what was seen before it
 * @throws {CancelledError} when the job is cancelled
 */
export async function askGraphs(
  agent: Pick<AgentClient, 'ask'>,
  limits: Limits,
  expected: readonly string[] | undefined,
  note: (text: string) => void
): Promise<GraphsSeen> {
  const asking: Asking = { agent, limits, note }
  const listed = await untilDeadline(() => listGraphs(asking))
  if (!listed) return { rows: [], hidden: undefined, isRefused: false, awaited: 'POST /assistants/search' }
  const names = [...new Set([...listed.assistants.keys(), ...(expected ?? [])])].sort()
  const rows: ProofRow[] = []
  const { hidden } = listed
  const isRefused = () => listed.isRefused || rows.some(({ answer }) => /^40[13]\b/.test(answer))
  for (const name of names) {
    const begun = limits.clock.now()
    const row = await untilDeadline(() => rowOfGraph(asking, name, { listed, expected }))
    if (!row) {
      const ms = limits.clock.now() - begun
      rows.push({ subject: name, outcome: 'unclear', answer: 'no response before the timeout', ms })
      return { rows, hidden, isRefused: isRefused(), awaited: `graph "${name}"` }
    }
    rows.push(row)
  }
  return { rows, hidden, isRefused: isRefused() }
}

/** How requests are sent, and sent again. */
interface Asking {
  readonly agent: Pick<AgentClient, 'ask'>
  readonly limits: Limits
  readonly note: (text: string) => void
}

/** What some work comes to; nothing where the deadline comes first. */
async function untilDeadline<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DeadlineError) return undefined
    throw error
  }
}

async function rowOfGraph(
  asking: Asking,
  name: string,
  { listed, expected }: { readonly listed: GraphList; readonly expected: readonly string[] | undefined }
): Promise<ProofRow> {
  const id = listed.assistants.get(name)
  const isExpected = expected?.includes(name) ?? false
  const byId = id === undefined ? undefined : await askGraph(asking, id)
  // A graph that is listed and not registered any more; by its name the server tells which.
  const isGone = byId?.kind === 'answered' && byId.status === 404
  const answer = byId && !(isGone && isExpected) ? byId : await askGraph(asking, name)
  const isByName = answer !== byId
  const outcome = outcomeOfGraph(answer, { isByName, isExpected, isSearchBroken: listed.isBroken })
  const others = [...listed.assistants.keys()].filter((one) => one !== name && !expected?.includes(one))
  const words = isUnregistered(answer) ? unregisteredWords(answerWords(answer), others) : answerWords(answer)
  return { subject: name, outcome, answer: words, ms: answer.ms }
}

/** @param others graphs of the server that are not expected: one of them may be what was meant */
function unregisteredWords(said: string, others: readonly string[]): string {
  const names = others.slice(0, MOST_OTHERS).map((name) => `"${name}"`)
  const rest = others.length > MOST_OTHERS ? [`${others.length - MOST_OTHERS} more`] : []
  const has =
    names.length > 0 ? `; it has ${[...names, ...rest].join(', ')}, which the configuration does not list` : ''
  return `${NOT_REGISTERED}: the configuration lists it, but the server does not have it${has} (${said})`
}

const MOST_OTHERS = 5

/** What the answer of a graph begins with that the server does not have. */
export const NOT_REGISTERED = 'not registered'

interface GraphList {
  /** The ID of an assistant of each graph. */
  readonly assistants: ReadonlyMap<string, string>
  readonly hidden: string | undefined
  readonly isRefused: boolean
  /** Whether the search failed of the server itself, as while LangSmith's own auth is down. */
  readonly isBroken: boolean
}

async function listGraphs({ agent, limits, note }: Asking): Promise<GraphList> {
  const assistants = new Map<string, string>()
  const hiddenBy = (answer: AgentAnswer): GraphList => {
    const status = answer.kind === 'answered' ? answer.status : 0
    return {
      assistants,
      hidden: `POST /assistants/search: ${answerWords(answer)}`,
      isRefused: status === 401 || status === 403,
      isBroken: status === 0 || isPassingStatus(status)
    }
  }
  let offset = 0
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const body = { metadata: { created_by: 'system' }, limit: PAGE_SIZE, offset }
    const path = '/assistants/search'
    const answer = await askPatiently(limits, () => agent.ask({ method: 'POST', path, body, timeoutMs: GRAPH_MS }), {
      onRetry: (seen) => note(`POST ${path} ${seen}; retrying.`)
    })
    if (answer.kind !== 'answered' || answer.status !== 200 || !Array.isArray(answer.json)) return hiddenBy(answer)
    for (const one of answer.json) {
      const { assistant_id, graph_id } = object(one) ?? {}
      // Newest first, and the one that the server made is the oldest.
      if (typeof assistant_id === 'string' && typeof graph_id === 'string') assistants.set(graph_id, assistant_id)
    }
    const next = Number(answer.next)
    if (!(next > offset)) break
    offset = next
  }
  const hidden = assistants.size > 0 ? undefined : 'POST /assistants/search returned none'
  return { assistants, hidden, isRefused: false, isBroken: false }
}

function askGraph({ agent, limits, note }: Asking, assistant: string): Promise<AgentAnswer> {
  const path = `/assistants/${encodeURIComponent(assistant)}/graph`
  return askPatiently(limits, () => agent.ask({ method: 'GET', path, timeoutMs: GRAPH_MS }), {
    onRetry: (seen) => note(`GET ${path} ${seen}; retrying.`)
  })
}

/** Asks again while the answer can be a passing one. */
async function askPatiently(
  limits: Limits,
  ask: () => Promise<AgentAnswer>,
  { onRetry }: { readonly onRetry: (seen: string) => void }
): Promise<AgentAnswer> {
  const begun = limits.clock.now()
  let told: string | undefined
  for (;;) {
    const answer = await ask()
    const patience = patienceWith(answer)
    const waitedMs = limits.clock.now() - begun
    if (waitedMs >= patience) return answer
    const seen = briefWords(answer)
    if (seen !== told) onRetry(seen)
    told = seen
    await pause(limits, pauseAfter(waitedMs, { share: 0.2 }))
  }
}

/** For how long an answer may be one that passes, in milliseconds. */
function patienceWith(answer: AgentAnswer): number {
  if (answer.kind !== 'answered') return SERVER_START_MS
  if (!isPassingStatus(answer.status)) return 0
  return answer.status === 500 ? LASTING_MS : SERVER_START_MS
}

interface GraphContext {
  /** Whether it was asked for by its name, and not by the ID of an assistant. */
  readonly isByName: boolean
  readonly isExpected: boolean
  readonly isSearchBroken: boolean
}

/** What an answer says of a graph. */
export function outcomeOfGraph(
  answer: AgentAnswer,
  { isByName, isSearchBroken, isExpected }: GraphContext
): ProofRow['outcome'] {
  if (answer.kind !== 'answered' || answer.isHtml) return 'unclear'
  const { status, json } = answer
  if (status === 200) return object(json)?.nodes === undefined ? 'unclear' : 'passed'
  if (status === 401 || status === 403 || (status >= 200 && status < 400)) return 'unclear'
  if (status === 422 && isUndrawable(answer)) return 'passed'
  // Only by a name it tells a graph that is not registered from one that the caller may not see.
  if (status === 422 && isByName) return isUnregistered(answer) ? 'failed' : 'unclear'
  if (status === 404) return isByName || isExpected ? 'unclear' : 'left'
  if (isPassingStatus(status)) return isSearchBroken || status < 500 ? 'unclear' : 'failed'
  return 'failed'
}

function isUndrawable({ text }: { readonly text: string }): boolean {
  return text.includes('does not support visualization')
}

function isUnregistered(answer: AgentAnswer): boolean {
  return answer.kind === 'answered' && answer.status === 422 && answer.text.includes('Invalid assistant ID')
}
