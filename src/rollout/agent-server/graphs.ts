import { isPassingStatus } from '../../control-plane/patience.ts'
import { DeadlineError, type Limits, pause } from '../../run/limits.ts'
import { object } from '../../run/object.ts'
import { pauseAfter } from '../../run/poll.ts'
import type { ProofRow } from '../../run/record.ts'
import { type AgentAnswer, type AgentClient, answerWords, briefWords } from './client.ts'

/*
 * Checks that the graphs of an Agent Server load. langgraph-api 0.16.7 builds the response of `/assistants/{id}/graph`
 * with the factory of the graph, and executes nothing. `/ok` returns 200 even if a graph does not load.
 */

/** The result of the requests for all graphs. */
export interface GraphsSeen {
  readonly rows: readonly ProofRow[]
  /** The reason that the list of assistants does not show the graphs; `undefined` if it does. */
  readonly hidden: string | undefined
  /** True if the server refused the credentials. */
  readonly isRefused: boolean
  /** The request or graph that was pending when the timeout expired. */
  readonly awaited?: string
}

/** The timeout of a request: a factory, or the start of a server scaled to zero, can take long. */
const GRAPH_MS = 60_000
/** How long status 500 is retried. It is nearly always a permanent error of the agent. */
const LASTING_MS = 15_000
/** How long a server may be unreachable, as during its start. */
const SERVER_START_MS = 60_000
const PAGE_SIZE = 1_000
const MOST_PAGES = 10

/**
 * Requests every graph that the server lists, and every expected graph.
 *
 * @param expected names in the deployed configuration; `undefined` if unknown
 * @param note logs a retry
 * @returns at the deadline, the results so far
 * @throws {CancelledError} if the job is canceled
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

/** The client and the log for all requests of the check. */
interface Asking {
  readonly agent: Pick<AgentClient, 'ask'>
  readonly limits: Limits
  readonly note: (text: string) => void
}

/** The result of some work; `undefined` if the deadline passes first. */
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
  // The graph may no longer be registered. A request by name shows that.
  const isGone = byId?.kind === 'answered' && byId.status === 404
  const answer = byId && !(isGone && isExpected) ? byId : await askGraph(asking, name)
  const isByName = answer !== byId
  const outcome = outcomeOfGraph(answer, { isByName, isExpected, isSearchBroken: listed.isBroken })
  const others = [...listed.assistants.keys()].filter((one) => one !== name && !expected?.includes(one))
  const words = isUnregistered(answer) ? unregisteredWords(answerWords(answer), others) : answerWords(answer)
  return { subject: name, outcome, answer: words, ms: answer.ms }
}

/** @param others unexpected graphs of the server: one of them may be the graph with a misspelled name */
function unregisteredWords(said: string, others: readonly string[]): string {
  const names = others.slice(0, MOST_OTHERS).map((name) => `"${name}"`)
  const rest = others.length > MOST_OTHERS ? [`${others.length - MOST_OTHERS} more`] : []
  const has =
    names.length > 0 ? `; the server has ${[...names, ...rest].join(', ')}, which the configuration does not list` : ''
  return `${NOT_REGISTERED}: the configuration lists the graph, but the server does not have it${has} (${said})`
}

const MOST_OTHERS = 5

/** The first words about a graph that the server does not have. */
export const NOT_REGISTERED = 'not registered'

interface GraphList {
  /** The ID of an assistant of each graph. */
  readonly assistants: ReadonlyMap<string, string>
  readonly hidden: string | undefined
  readonly isRefused: boolean
  /** True if the search failed because of the server, as during an outage of LangSmith's own auth. */
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
      // Newest first, so the last one per graph remains: the oldest, which the server created.
      if (typeof assistant_id === 'string' && typeof graph_id === 'string') assistants.set(graph_id, assistant_id)
    }
    const next = Number(answer.next)
    if (!(next > offset)) break
    offset = next
  }
  const hidden = assistants.size > 0 ? undefined : 'POST /assistants/search returned no assistants'
  return { assistants, hidden, isRefused: false, isBroken: false }
}

function askGraph({ agent, limits, note }: Asking, assistant: string): Promise<AgentAnswer> {
  const path = `/assistants/${encodeURIComponent(assistant)}/graph`
  return askPatiently(limits, () => agent.ask({ method: 'GET', path, timeoutMs: GRAPH_MS }), {
    onRetry: (seen) => note(`GET ${path} ${seen}; retrying.`)
  })
}

/** Sends a request until the response is final, or until its patience ends. */
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

/** How long a response may be temporary, in milliseconds. */
function patienceWith(answer: AgentAnswer): number {
  if (answer.kind !== 'answered') return SERVER_START_MS
  if (!isPassingStatus(answer.status)) return 0
  return answer.status === 500 ? LASTING_MS : SERVER_START_MS
}

interface GraphContext {
  /** True for a request by the name of the graph; false for one by the ID of an assistant. */
  readonly isByName: boolean
  readonly isExpected: boolean
  readonly isSearchBroken: boolean
}

/** Returns the outcome of a graph from the response for it. */
export function outcomeOfGraph(
  answer: AgentAnswer,
  { isByName, isSearchBroken, isExpected }: GraphContext
): ProofRow['outcome'] {
  if (answer.kind !== 'answered' || answer.isHtml) return 'unclear'
  const { status, json } = answer
  if (status === 200) return object(json)?.nodes === undefined ? 'unclear' : 'passed'
  if (status === 401 || status === 403 || (status >= 200 && status < 400)) return 'unclear'
  if (status === 422 && isUndrawable(answer)) return 'passed'
  // Only a request by name distinguishes an unregistered graph from a hidden one.
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
