import {
  anything,
  defaultsOf,
  integer,
  list,
  MOST_MS,
  millis,
  number,
  object,
  optional,
  type Parsed,
  record,
  recordOf,
  text,
  truth,
  uuid,
  withDefault
} from '../validation.ts'

const closed = { closed: true }
const share = number({ min: 0, max: 1 })
const seconds = number({ min: 0, max: 1e9 })
const amount = number({ min: 0, max: 1e12 })

/** Simulated runs of users while a revision is active. */
export const traffic = object(
  {
    per_minute: number({ min: 0.001, max: 6000 }),
    error_rate: withDefault(share, 0),
    latencies: withDefault(list(seconds), [1]),
    cost: optional(amount),
    tokens: optional(integer({ min: 0, max: 1e12 })),
    feedback: withDefault(recordOf(anything), {})
  },
  closed
)

const sample = object(
  {
    at_ms: withDefault(integer({ min: -MOST_MS, max: MOST_MS }), 0),
    count: withDefault(integer({ min: 1, max: 100_000 }), 1),
    latency: withDefault(seconds, 1),
    error: withDefault(truth, false),
    cost: optional(amount),
    tokens: optional(integer({ min: 0, max: 1e12 })),
    feedback: withDefault(recordOf(anything), {})
  },
  closed
)

/** Any value, returned unchanged; if omitted, the samples determine it. */
const figure = withDefault(anything, undefined)

/** Statistics of a session, by their API names. */
const figures = object(
  {
    run_count: figure,
    error_rate: figure,
    latency_p50: figure,
    latency_p99: figure,
    first_token_p50: figure,
    first_token_p99: figure,
    total_tokens: figure,
    prompt_tokens: figure,
    completion_tokens: figure,
    total_cost: figure,
    prompt_cost: figure,
    completion_cost: figure,
    last_run_start_time: figure,
    feedback_stats: figure,
    session_feedback_stats: figure,
    experiment_progress: figure
  },
  closed
)

/** A tracing project or an experiment. A deployment's name selects the tracing project of that deployment. */
export const sessionRule = object(
  {
    name: text(1),
    id: optional(uuid),
    reference_dataset_id: optional(uuid),
    metadata: withDefault(record, {}),
    samples: withDefault(list(sample), []),
    stats: withDefault(figures, defaultsOf(figures)),
    later: withDefault(list(object({ after_ms: millis, stats: figures }, closed)), [])
  },
  closed
)

export type Traffic = Parsed<typeof traffic>
export type SessionRule = Parsed<typeof sessionRule>
export type Figures = Parsed<typeof figures>
