import { randomUUID } from 'node:crypto'
import { type Answer, type AnswerStream, type Call, readBody, refusal } from '../http.ts'
import type { Deployment, LogLine, Revision, State } from '../state.ts'
import {
  anything,
  isRecord,
  isUuid,
  object,
  oneOf,
  optional,
  type Parsed,
  record,
  text,
  withDefault
} from '../validation.ts'
import { type Assistant, findAssistant } from './assistants.ts'
import { messageOf } from './graphs.ts'
import { logLine, requestIdOf } from './logs.ts'
import { type GraphTraits, type RunTraits, USUAL_RUN } from './scenario.ts'
import { registeredNames, type Serving } from './serving.ts'

/** One run of a graph, with its result. */
export interface AgentRun {
  readonly id: string
  readonly threadId: string
  readonly deployment: Deployment
  readonly revision: Revision | null
  readonly assistant: Assistant
  readonly requestId: string
  request: RunRequest
  /** Request body in bytes, until it is dropped. */
  size: number
  readonly traits: RunTraits
  /** Epoch milliseconds. */
  readonly startedAt: number
  status: 'running' | 'success' | 'error' | 'interrupted' | 'cancelled'
  /** The client disconnected before the end. */
  abandoned: boolean
  endedAt: number | null
  output: unknown
}

const runRequest = object({
  assistant_id: text(1),
  input: withDefault(anything, null),
  config: optional(record),
  context: optional(record),
  metadata: optional(record),
  on_disconnect: withDefault(oneOf(['cancel', 'continue']), 'continue')
})
type RunRequest = Parsed<typeof runRequest>

const HEARTBEAT_MS = 5000

/**
 * `POST /runs/wait`: sends the headers immediately, a newline every five seconds, and the result when it is ready.
 * @param at time at which the server is up, in epoch milliseconds
 */
export function waitForRun(call: Call, serving: Serving, at: number): Answer {
  const run = startRun(call, serving, at)
  const path = `/threads/${run.threadId}/runs/${run.id}`
  return {
    status: 200,
    headers: { 'content-type': 'application/json', location: `${path}/join`, 'content-location': path },
    notBefore: at,
    stream: streamOf(call.state, run)
  }
}

function startRun(call: Call, serving: Serving, startedAt: number): AgentRun {
  const request = readBody(runRequest, call)
  const assistant = findAssistant(serving, request.assistant_id)
  if (!assistant) throw unknownAssistant(serving, request.assistant_id)
  if (serving.traits.auth.deny_runs) throw refusal(403, 'Forbidden')
  if (hasContextAndConfigurable(request)) {
    throw refusal(
      400,
      'Cannot specify both configurable and context. Prefer setting context alone. Context was introduced in LangGraph 0.6.0 and is the long term planned replacement for configurable.'
    )
  }
  const { state } = call
  const { deployment, revision } = serving
  const run: AgentRun = {
    id: randomUUID(),
    threadId: randomUUID(),
    deployment,
    revision,
    assistant,
    requestId: requestIdOf(call),
    request,
    size: call.payload.kind === 'json' ? call.payload.size : 0,
    traits: nextRun(state, serving, assistant.graph),
    startedAt,
    status: 'running',
    abandoned: false,
    endedAt: null,
    output: undefined
  }
  state.runs.push(run)
  forgetOldest(state.runs)
  note(run, startedAt, { level: 'INFO', message: 'Starting background run' })
  for (const line of run.traits.log)
    note(run, startedAt, typeof line === 'string' ? { level: 'INFO', message: line } : line)
  if (run.traits.ms !== null) {
    state.agenda.add(startedAt + assistant.graph.load_ms + run.traits.ms, (now) => endRun(run, now))
  }
  return run
}

/** Maximum bytes of all stored requests together. */
const MOST_BYTES = 64 * 2 ** 20

/** Drops the requests and responses of the oldest ended runs; the runs themselves still count. */
function forgetOldest(runs: readonly AgentRun[]): void {
  let bytes = 0
  for (const run of runs.toReversed()) {
    bytes += run.size
    if (bytes <= MOST_BYTES || run.endedAt === null || run.size === 0) continue
    run.request = { ...run.request, input: null, config: null, context: null, metadata: null }
    run.output = null
    run.size = 0
  }
}

/** The scripted runs of a graph in order; the last one repeats. Each revision counts separately. */
function nextRun({ runs }: State, { deployment, revision }: Serving, graph: GraphTraits): RunTraits {
  const earlier = runs.filter(
    (run) => run.assistant.graph === graph && run.deployment === deployment && run.revision === revision
  )
  return graph.runs[earlier.length] ?? graph.runs.at(-1) ?? USUAL_RUN
}

function unknownAssistant(serving: Serving, given: string): Error {
  if (isUuid(given)) return refusal(404, 'Thread or assistant not found.')
  const names = registeredNames(serving).join(', ')
  const choices = `Must be either:\n- A valid assistant UUID, or\n- One of the registered graphs: ${names}`
  return refusal(422, `Invalid assistant: '${given}'. ${choices}`)
}

function hasContextAndConfigurable({ context, config }: Readonly<Record<string, unknown>>): boolean {
  const configurable = isRecord(config) ? config.configurable : undefined
  return (
    isRecord(context) && isRecord(configurable) && [context, configurable].every((one) => Object.keys(one).length > 0)
  )
}

function streamOf(state: State, run: AgentRun): AnswerStream {
  let beats = 0
  return {
    next(now) {
      state.agenda.advance(now)
      const until = run.endedAt ?? now
      const due = Math.max(0, Math.floor((until - run.startedAt) / HEARTBEAT_MS))
      const text = '\n'.repeat(due - beats)
      beats = due
      return run.endedAt === null ? { text, last: false } : { text: text + JSON.stringify(run.output), last: true }
    },
    left(now) {
      state.agenda.advance(now)
      if (run.endedAt !== null) return
      run.abandoned = true
      if (run.request.on_disconnect === 'cancel') cancelRun(run, now)
    }
  }
}

function cancelRun(run: AgentRun, now: number): void {
  const reason = "reason='client disconnected from the run stream (on_disconnect=cancel)'"
  finish(run, now, 'cancelled', run.request.input)
  note(run, now, { level: 'INFO', message: `Background run interrupted ${reason}` })
}

/** Ends a run as scripted, unless it was canceled before. */
function endRun(run: AgentRun, now: number): void {
  if (run.endedAt !== null) return
  const { traits, request } = run
  const error = loadError(run) ?? traits.error ?? emptyInput(run)
  if (error) {
    finish(run, now, 'error', { __error__: { error: error.type, message: shownMessage(error) } })
    const exception = `<class '${error.type}'>(${error.message})`
    note(run, now, { level: 'ERROR', message: `Run encountered an error in graph: ${exception}` })
    note(run, now, { level: 'ERROR', message: `Background run failed. Exception: ${exception}` })
    return
  }
  if (traits.cancelled) {
    finish(run, now, 'cancelled', request.input)
    note(run, now, { level: 'INFO', message: 'Background run interrupted' })
    return
  }
  if (traits.interrupt !== undefined) {
    const __interrupt__ = [{ value: traits.interrupt, id: run.id.replaceAll('-', ''), response_schema: null }]
    finish(run, now, 'interrupted', { ...(isRecord(request.input) ? request.input : {}), __interrupt__ })
  } else {
    finish(run, now, 'success', traits.result === undefined ? usualResult(request.input) : traits.result)
  }
  note(run, now, { level: 'INFO', message: 'Background run succeeded' })
}

function finish(run: AgentRun, now: number, status: AgentRun['status'], output: unknown): void {
  run.status = status
  run.endedAt = now
  run.output = output
}

/** A run of a graph that does not load fails with the load error. */
function loadError({ assistant: { graphId, graph } }: AgentRun): { type: string; message: string } | null {
  const message = messageOf(graphId, graph)
  if (typeof graph.load === 'number') return { type: 'HTTPException', message: `${graph.load}: ${message}` }
  switch (graph.load) {
    case 'error':
      return { type: 'KeyError', message }
    case 'value-error':
      return { type: 'ValueError', message }
    case 'no-graph':
      return { type: 'HTTPException', message: `424: ${message}` }
    case 'removed':
      return { type: 'HTTPException', message: `404: Graph '${graphId}' not found` }
    default:
      return null
  }
}

/** A graph cannot start without an input, unless the scenario scripts its result. */
function emptyInput({ traits, request }: AgentRun): { type: string; message: string } | null {
  const isScripted = traits.result !== undefined || traits.interrupt !== undefined || traits.cancelled
  if (isScripted || request.input !== null) return null
  return { type: 'EmptyInputError', message: 'Received no input for __start__' }
}

/** Exception classes whose messages the server passes on, with the most common ones of LangGraph. */
const SHOWN_CLASSES = [
  'ValueError',
  'TypeError',
  'KeyError',
  'AttributeError',
  'RuntimeError',
  'RecursionError',
  'TimeoutError',
  'HTTPException',
  'GraphRecursionError',
  'InvalidUpdateError',
  'EmptyInputError'
]

function shownMessage({ type, message }: { type: string; message: string }): string {
  return SHOWN_CLASSES.includes(type) ? message : 'An internal error occurred'
}

/** The input with an answer: one message appended if the input has messages. */
function usualResult(input: unknown): unknown {
  const given = isRecord(input) ? input : {}
  if (!Array.isArray(given.messages)) return { ...given, output: 'Hello from the emulator' }
  return { ...given, messages: [...given.messages, { type: 'ai', content: 'Hello from the emulator' }] }
}

function note(run: AgentRun, at: number, { level, message }: LogLine): void {
  const { id, threadId, assistant, requestId } = run
  const about = `assistant_id=${assistant.id} graph_id=${assistant.graphId} request_id=${requestId} run_id=${id} thread_id=${threadId}`
  logLine(run, { at, level, message: `${message} [langgraph_api.worker] ${about}`, runId: id })
}

/** A run in the format of `GET /_emulator/runs`. */
export function showRun(run: AgentRun): Record<string, unknown> {
  return {
    run_id: run.id,
    thread_id: run.threadId,
    deployment_id: run.deployment.id,
    revision_id: run.revision?.id ?? null,
    assistant_id: run.assistant.id,
    graph_id: run.assistant.graphId,
    request_id: run.requestId,
    input: run.request.input,
    config: run.request.config,
    context: run.request.context,
    metadata: run.request.metadata,
    on_disconnect: run.request.on_disconnect,
    status: run.status,
    abandoned: run.abandoned,
    started_at: run.startedAt,
    ended_at: run.endedAt,
    output: run.output ?? null
  }
}
