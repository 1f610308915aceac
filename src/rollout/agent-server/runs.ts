import { isPassingStatus } from '../../control-plane/patience.ts'
import type { SmokeTest } from '../../inputs/smoke-test.ts'
import { inWords } from '../../run/duration.ts'
import { type Limits, pause } from '../../run/limits.ts'
import type { JsonObject } from '../../run/object.ts'
import { pauseAfter } from '../../run/poll.ts'
import type { ProofRow } from '../../run/record.ts'
import { USER_AGENT } from '../../version.ts'
import { type AgentAnswer, type AgentClient, answerWords, briefWords, type Unanswered } from './client.ts'
import { judgeResult, shownResult } from './result.ts'

/** The result of one run. */
export interface RunSeen {
  readonly row: ProofRow
  /**
   * True if the agent does not work; false if the cause may be elsewhere, such as a refusal or an unreachable server.
   */
  readonly isBroken: boolean
  readonly isRefused: boolean
  /** True if the server lacks the path, or an assistant with this ID. For an unknown graph, it returns 422. */
  readonly isAbsent: boolean
  /** True if the run returned an answer that does not match `expect`. */
  readonly isMisfit: boolean
  /** IDs of the request and the run, to search for in the deploy log; empty if the run did not start. */
  readonly ids: readonly string[]
}

/** How long the server may be unable to accept a run, as during its start. */
const RUN_START_MS = 60_000

/**
 * Runs a graph once. A started run is never repeated. The server cancels it if the action stops waiting, which saves
 * cost.
 *
 * @param note logs a retry
 * @throws {DeadlineError} at the deadline; {CancelledError} if the job is canceled
 */
export async function runOnce(
  agent: Pick<AgentClient, 'ask'>,
  limits: Limits,
  test: SmokeTest,
  note: (text: string) => void
): Promise<RunSeen> {
  const { graph, input, config, context, timeoutMs } = test
  const body: JsonObject = {
    assistant_id: graph,
    input,
    ...(config ? { config } : {}),
    ...(context ? { context } : {}),
    // Distinguishes the trace from the runs of users.
    metadata: { source: USER_AGENT },
    on_disconnect: 'cancel'
  }
  const { clock } = limits
  const begun = clock.now()
  let told: string | undefined
  for (;;) {
    const answer = await agent.ask({ method: 'POST', path: '/runs/wait', body, timeoutMs })
    const waitedMs = clock.now() - begun
    if (!mayBeSentAgain(answer) || waitedMs >= RUN_START_MS) return seenRun(answer, test)
    const seen = briefWords(answer)
    if (seen !== told) note(`POST /runs/wait ${seen}; retrying.`)
    told = seen
    await pause(limits, pauseAfter(waitedMs, { share: 0.2 }))
  }
}

/** Tells if a request can be repeated: no run was started, or the run ended with the connection. */
function mayBeSentAgain(answer: AgentAnswer): boolean {
  return answer.kind === 'unreachable' || (answer.kind === 'answered' && isPassingStatus(answer.status))
}

/** Tells if a run started, according to the response: a server that accepts no run does not return 200. */
function hasBegun(answer: AgentAnswer): boolean {
  if (answer.runId !== undefined) return true
  return answer.kind === 'answered' ? answer.status === 200 && !answer.isHtml : answer.kind !== 'unreachable'
}

function seenRun(answer: AgentAnswer, test: SmokeTest): RunSeen {
  const { graph, input, timeoutMs } = test
  const { ms, requestId, runId } = answer
  const ids = hasBegun(answer) ? [requestId, ...(runId ? [runId] : [])] : []
  const failed = (words: string, traits: Partial<RunSeen> = {}): RunSeen => ({
    row: { subject: graph, outcome: 'failed', answer: words, ms },
    isBroken: true,
    isRefused: false,
    isAbsent: false,
    isMisfit: false,
    ids,
    ...traits
  })
  if (answer.kind !== 'answered') {
    return failed(UNANSWERED[answer.kind](answer.reason, timeoutMs), { isBroken: answer.kind !== 'unreachable' })
  }
  const { status, isHtml, json, text } = answer
  if (status === 401 || status === 403) return failed(answerWords(answer), { isBroken: false, isRefused: true })
  if (isHtml || (status >= 300 && status < 400)) return failed(answerWords(answer), { isBroken: false })
  if (status === 404 || status === 405) return failed(answerWords(answer), { isBroken: false, isAbsent: true })
  // An exception in a graph returns 200, so 500 is a problem of the server, such as an outage of LangSmith's own auth.
  if (status !== 200) return failed(answerWords(answer), { isBroken: status !== 500 })
  const { isGood, reason, isMisfit = false } = judgeResult(text.trim() === '' ? null : json, test)
  const result = json === undefined ? {} : { result: shownResult(json, input) }
  const row: ProofRow = { subject: graph, outcome: isGood ? 'passed' : 'failed', answer: reason, ms, ...result }
  return failed(reason, { row, isBroken: !isGood, isMisfit })
}

/** The message about a run without a response. */
const UNANSWERED: Readonly<Record<Unanswered['kind'], (reason: string, timeoutMs: number) => string>> = {
  unreachable: (reason) => `got no response (${reason})`,
  late: (_, timeoutMs) => `did not respond within ${inWords(timeoutMs)}; the action stopped waiting`,
  cut: (reason) => `returned an incomplete response (${reason})`
}
