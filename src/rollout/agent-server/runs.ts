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

/** What came of one run. */
export interface RunSeen {
  readonly row: ProofRow
  /** Whether what was seen says that the agent does not work; not where nobody let us in, or nobody was reached. */
  readonly isBroken: boolean
  readonly isRefused: boolean
  /** Whether the server has no such path, or no assistant of this ID; a graph that it does not know is a 422. */
  readonly isAbsent: boolean
  /** Whether it answered, and only not what `expect` describes. */
  readonly isMisfit: boolean
  /** IDs of the request and of the run, by which the deploy log tells more; none of a run that did not begin. */
  readonly ids: readonly string[]
}

/** How long the server may not be able to take a run, as while it starts. */
const RUN_START_MS = 60_000

/**
 * Runs a graph once. A run that began is never sent again; it ends when it is given up, so that it costs no more.
 *
 * @param note tells that a request is sent again
 * @throws {DeadlineError} when the deadline comes first, {CancelledError} when the job is cancelled
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
    // A trace tells by it that no user made the run.
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

/** Nothing was started, or it was given up with the connection. */
function mayBeSentAgain(answer: AgentAnswer): boolean {
  return answer.kind === 'unreachable' || (answer.kind === 'answered' && isPassingStatus(answer.status))
}

/** Whether a run began, as far as the answer tells: a server that takes none answers something else than 200. */
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
  // What a graph raises is an answer of 200, so this is the server, such as while LangSmith's own auth is down.
  if (status !== 200) return failed(answerWords(answer), { isBroken: status !== 500 })
  const { isGood, reason, isMisfit = false } = judgeResult(text.trim() === '' ? null : json, test)
  const result = json === undefined ? {} : { result: shownResult(json, input) }
  const row: ProofRow = { subject: graph, outcome: isGood ? 'passed' : 'failed', answer: reason, ms, ...result }
  return failed(reason, { row, isBroken: !isGood, isMisfit })
}

/** What is said of a run that came to no answer. */
const UNANSWERED: Readonly<Record<Unanswered['kind'], (reason: string, timeoutMs: number) => string>> = {
  unreachable: (reason) => `could not be reached (${reason})`,
  late: (_, timeoutMs) => `no response within ${inWords(timeoutMs)}; stopped waiting for the run`,
  cut: (reason) => `the response was incomplete (${reason})`
}
