import type { Sample } from './samples.ts'
import type { Figures } from './scenario.ts'

/** Version of the sessions API. */
export type Version = 'v1' | 'v2'

/** Returns the statistics of samples, by their API names; without samples, they are null, zero or empty. */
export function figuresOf(samples: readonly Sample[], version: Version): Figures {
  const runs = sum(samples, ({ count }) => count)
  const errors = sum(
    samples.filter(({ error }) => error),
    ({ count }) => count
  )
  const latencies = samples.flatMap(({ latency, count }) => Array<number>(count).fill(latency)).sort((a, b) => a - b)
  const tokens = totalOf(samples, 'tokens')
  const cost = totalOf(samples, 'cost')
  return {
    run_count: runs,
    error_rate: runs === 0 ? null : errors / runs,
    latency_p50: percentile(latencies, 0.5),
    latency_p99: percentile(latencies, 0.99),
    first_token_p50: null,
    first_token_p99: null,
    total_tokens: tokens,
    prompt_tokens: tokens,
    completion_tokens: tokens === null ? null : 0,
    // The API returns decimals as text.
    total_cost: cost === null ? null : String(cost),
    prompt_cost: cost === null ? null : String(cost),
    completion_cost: cost === null ? null : '0',
    last_run_start_time: lastStart(samples),
    feedback_stats: feedbackStats(samples, version),
    session_feedback_stats: {},
    experiment_progress: null
  }
}

/** Replaces statistics with scripted ones. */
export function withScripted(figures: Figures, ...scripted: readonly Figures[]): Figures {
  const given = scripted.flatMap((one) => Object.entries(one).filter(([, value]) => value !== undefined))
  return { ...figures, ...Object.fromEntries(given) }
}

function sum(samples: readonly Sample[], measure: (sample: Sample) => number): number {
  return samples.reduce((total, sample) => total + measure(sample), 0)
}

/** Null if no sample has a value. */
function totalOf(samples: readonly Sample[], key: 'tokens' | 'cost'): number | null {
  const known = samples.filter((sample) => sample[key] !== null)
  return known.length === 0 ? null : Number(sum(known, (sample) => (sample[key] ?? 0) * sample.count).toFixed(9))
}

/** A percentile of sorted values, interpolated; null for an empty list. */
function percentile(sorted: readonly number[], share: number): number | null {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)]
  const above = sorted[Math.ceil(place)]
  if (below === undefined || above === undefined) return null
  return Number((below + (above - below) * (place - Math.floor(place))).toFixed(6))
}

function lastStart(samples: readonly Sample[]): string | null {
  const starts = samples.map(({ at, latency }) => at - latency * 1000)
  return starts.length === 0 ? null : new Date(starts.reduce((a, b) => Math.max(a, b))).toISOString()
}

function feedbackStats(samples: readonly Sample[], version: Version): Record<string, unknown> {
  const keys = [...new Set(samples.flatMap(({ feedback }) => Object.keys(feedback)))]
  return Object.fromEntries(keys.map((key) => [key, feedbackOf(samples, key, version)]))
}

/** Scores are averaged; labels are counted. */
function feedbackOf(samples: readonly Sample[], key: string, version: Version): Record<string, unknown> {
  const given = samples.flatMap(({ feedback, count }) => (key in feedback ? Array(count).fill(feedback[key]) : []))
  const scores = given.filter((value): value is number => typeof value === 'number').sort((a, b) => a - b)
  const labels = given.filter((value): value is string => typeof value === 'string')
  const values = Object.fromEntries(
    [...new Set(labels)].map((label) => [label, labels.filter((one) => one === label).length])
  )
  const avg = scores.length === 0 ? null : scores.reduce((a, b) => a + b, 0) / scores.length
  const short = { n: given.length, avg, values }
  if (version === 'v1') return short
  const variance = avg === null ? 0 : scores.reduce((total, score) => total + (score - avg) ** 2, 0) / scores.length
  return {
    ...short,
    errors: 0,
    median: percentile(scores, 0.5),
    min: scores[0] ?? null,
    max: scores.at(-1) ?? null,
    stdev: avg === null ? null : Math.sqrt(variance)
  }
}
