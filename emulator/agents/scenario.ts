import {
  anything,
  defaultsOf,
  either,
  integer,
  list,
  millis,
  nullable,
  object,
  oneOf,
  oneOfNumbers,
  optional,
  type Parsed,
  pattern,
  record,
  recordOf,
  text,
  truth,
  withDefault
} from '../validation.ts'

const closed = { closed: true }

/** A log line: its message, or an object with message and level. */
export const logLine = either(text(), object({ message: text(), level: withDefault(text(), 'INFO') }, closed))

const run = object(
  {
    // An omitted field differs from null here: `undefined` is the usual result.
    result: withDefault(anything, undefined),
    error: optional(object({ type: text(1), message: withDefault(text(), '') }, closed)),
    interrupt: withDefault(anything, undefined),
    cancelled: withDefault(truth, false),
    ms: withDefault<number | null>(nullable(millis), 0),
    log: withDefault(list(logLine), [])
  },
  closed
)

/** Result of loading a graph: a named behavior of the factory, or the status of an HTTPException that it raises. */
const LOADS = ['ok', 'error', 'value-error', 'no-graph', 'not-drawable', 'removed'] as const

const graph = object(
  {
    load: withDefault(either(integer({ min: 400, max: 599 }), oneOf(LOADS)), 'ok'),
    message: optional(text()),
    load_ms: withDefault(millis, 0),
    listed: optional(truth),
    runs: withDefault(list(run), [])
  },
  closed
)

const auth = object(
  {
    kind: withDefault(oneOf(['langsmith', 'custom', 'none', 'down']), 'langsmith'),
    headers: withDefault(recordOf(text()), {}),
    status: withDefault(oneOfNumbers([401, 403]), 401),
    detail: withDefault(text(), 'Unauthorized'),
    assistants: withDefault(oneOf(['all', 'owner', 'denied']), 'all'),
    deny_runs: withDefault(truth, false),
    studio: withDefault(truth, true),
    allow_langsmith_api_keys: withDefault(truth, false),
    everywhere: withDefault(truth, false),
    after_ms: withDefault(millis, 0)
  },
  closed
)

const assistant = object(
  { graph_id: text(1), name: withDefault(text(1), 'Untitled'), metadata: withDefault(record, {}) },
  closed
)

/** Behavior of the Agent Server of a deployment. */
export const agentSchema = object(
  {
    url: optional(pattern(/^https?:\/\/\S+$/)),
    graphs: optional(recordOf(graph)),
    assistants: withDefault(list(assistant), []),
    auth: withDefault(auth, defaultsOf(auth)),
    catch_all_page: withDefault(truth, false),
    disable_assistants: withDefault(truth, false),
    disable_meta: withDefault(truth, false),
    cold_start_ms: withDefault(millis, 0),
    idle_ms: optional(millis)
  },
  closed
)

export type AgentTraits = Parsed<typeof agentSchema>
export type AgentAuth = Parsed<typeof auth>
export type GraphTraits = Parsed<typeof graph>
export type RunTraits = Parsed<typeof run>

/** The Agent Server that LangSmith runs, without special behavior. */
export const USUAL_AGENT: AgentTraits = defaultsOf(agentSchema)
/** A graph that loads and runs. */
export const USUAL_GRAPH: GraphTraits = defaultsOf(graph)
/** A run that succeeds immediately. */
export const USUAL_RUN: RunTraits = defaultsOf(run)
