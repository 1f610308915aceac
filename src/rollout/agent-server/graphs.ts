import { isPassingStatus } from '../../control-plane/patience.ts'
import { type Limits, pause } from '../../run/limits.ts'
import { object } from '../../run/object.ts'
import { pauseAfter } from '../../run/poll.ts'
import type { ProofRow } from '../../run/record.ts'
import { type AgentAnswer, type AgentClient, answerWords } from './client.ts'

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
 * @throws {DeadlineError} when the deadline comes first, {CancelledError} when the job is cancelled
 */
export async function askGraphs(
  agent: Pick<AgentClient, 'ask'>,
  limits: Limits,
  expected: readonly string[] | undefined
): Promise<GraphsSeen> {
  const listed = await listGraphs(agent, limits)
  const names = [...new Set([...listed.assistants.keys(), ...(expected ?? [])])].sort()
  const rows: ProofRow[] = []
  for (const name of names) {
    const id = listed.assistants.get(name)
    const isExpected = expected?.includes(name) ?? false
    const byId = id === undefined ? undefined : await askGraph(agent, limits, id)
    // A graph that is listed and not registered any more; by its name the server tells which.
    const isGone = byId?.kind === 'answered' && byId.status === 404
    const answer = byId && !(isGone && isExpected) ? byId : await askGraph(agent, limits, name)
    const isByName = answer !== byId
    rows.push(rowOfGraph(name, answer, { isByName, isExpected, isSearchBroken: listed.isBroken }))
  }
  const isRefused = listed.isRefused || rows.some(({ answer }) => /^40[13]\b/.test(answer))
  return { rows, hidden: listed.hidden, isRefused }
}

interface GraphList {
  /** The ID of an assistant of each graph. */
  readonly assistants: ReadonlyMap<string, string>
  readonly hidden: string | undefined
  readonly isRefused: boolean
  /** Whether the search failed of the server itself, as while LangSmith's own auth is down. */
  readonly isBroken: boolean
}

async function listGraphs(agent: Pick<AgentClient, 'ask'>, limits: Limits): Promise<GraphList> {
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
    const answer = await askPatiently(limits, () =>
      agent.ask({ method: 'POST', path: '/assistants/search', body, timeoutMs: GRAPH_MS })
    )
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
  const hidden = assistants.size > 0 ? undefined : 'POST /assistants/search lists none'
  return { assistants, hidden, isRefused: false, isBroken: false }
}

function askGraph(agent: Pick<AgentClient, 'ask'>, limits: Limits, assistant: string): Promise<AgentAnswer> {
  const path = `/assistants/${encodeURIComponent(assistant)}/graph`
  return askPatiently(limits, () => agent.ask({ method: 'GET', path, timeoutMs: GRAPH_MS }))
}

/** Asks again while the answer can be a passing one. */
async function askPatiently(limits: Limits, ask: () => Promise<AgentAnswer>): Promise<AgentAnswer> {
  const begun = limits.clock.now()
  for (;;) {
    const answer = await ask()
    const patience = patienceWith(answer)
    const waitedMs = limits.clock.now() - begun
    if (waitedMs >= patience) return answer
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
export function rowOfGraph(name: string, answer: AgentAnswer, context: GraphContext): ProofRow {
  const outcome = outcomeOfGraph(answer, context)
  const said = answerWords(answer)
  const words = isUnregistered(answer) ? `${said} (not registered)` : said
  return { subject: name, outcome, answer: words, ms: answer.ms }
}

function outcomeOfGraph(
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
