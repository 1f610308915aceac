import type { Deployment, State } from '../state.ts'
import type { SessionRule, Traffic } from './scenario.ts'

/** A group of equal runs at the same time, as a session counts them. */
export interface Sample {
  /** Time of their end, in epoch milliseconds. */
  readonly at: number
  readonly count: number
  /** In seconds. */
  readonly latency: number
  readonly error: boolean
  readonly cost: number | null
  readonly tokens: number | null
  /** Score or label, by feedback key. */
  readonly feedback: Readonly<Record<string, unknown>>
}

/** Maximum number of runs in a revision's traffic, newest first, which bounds the memory of a long virtual time. */
const MOST_OF_TRAFFIC = 100_000

/** Samples of a scenario, relative to the time at which it was set. */
export function statedSamples(rule: SessionRule | undefined, scenarioAt: number): Sample[] {
  return (rule?.samples ?? []).map(({ at_ms, ...sample }) => ({ ...sample, at: scenarioAt + at_ms }))
}

/** Runs of a deployment's agent until `now`: the traffic of each active revision, and the runs of its clients. */
export function liveSamples(state: State, deployment: Deployment, now: number): Sample[] {
  const traffic = deployment.activations.flatMap(({ revision, at }, index) => {
    const until = deployment.activations[index + 1]?.at ?? now
    const rule = revision.script.rule?.traffic
    return rule ? trafficBetween(rule, at, Math.min(until, now)) : []
  })
  const runs = state.runs.flatMap((run) => {
    if (run.deployment !== deployment || run.endedAt === null || run.endedAt > now) return []
    const latency = (run.endedAt - run.startedAt) / 1000
    return [{ ...PLAIN, at: run.endedAt, latency, error: run.status === 'error' }]
  })
  return [...traffic, ...runs]
}

const PLAIN = { count: 1, cost: null, tokens: null, feedback: {} }

/** Single runs at equal intervals, with failures spread evenly at the given rate. */
function trafficBetween(rule: Traffic, from: number, until: number): Sample[] {
  const everyMs = 60_000 / rule.per_minute
  const total = Math.max(0, Math.floor((until - from) / everyMs))
  const first = Math.max(0, total - MOST_OF_TRAFFIC)
  return Array.from({ length: total - first }, (_, index) => {
    const nth = first + index + 1
    return {
      at: from + nth * everyMs,
      count: 1,
      latency: rule.latencies[(nth - 1) % rule.latencies.length] ?? 1,
      // 0.1 has no exact binary form; without the addend, rounding could move a failure to the next run.
      error: Math.floor(nth * rule.error_rate + 1e-9) > Math.floor((nth - 1) * rule.error_rate + 1e-9),
      cost: rule.cost,
      tokens: rule.tokens,
      feedback: rule.feedback
    }
  })
}
