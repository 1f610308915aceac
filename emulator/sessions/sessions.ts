import { timestamp, tracerSessionId } from '../answers.ts'
import { sessionIdFor } from '../artifacts.ts'
import { type State, WORKSPACE_ID, type World } from '../state.ts'
import { figuresOf, type Version, withScripted } from './figures.ts'
import { liveSamples, type Sample, statedSamples } from './samples.ts'
import type { SessionRule } from './scenario.ts'

/** A tracing project or an experiment. */
export interface Session {
  readonly id: string
  readonly name: string
  readonly tenantId: string
  /** Epoch microseconds. */
  readonly startedAt: number
  readonly type: 'PROJECT' | 'AGENT' | 'EXPERIMENT'
  readonly datasetId: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly rule: SessionRule | undefined
  /** All runs until `now`. */
  readonly samples: (now: number) => readonly Sample[]
}

/** The sessions of a workspace, newest first: one for each deployment, and those in the scenario. */
export function sessionsOf(state: State, world: World): Session[] {
  const { sessions: rules } = state.scenario
  const deployed = world.deployments
    .filter(({ hasTraces }) => hasTraces)
    .map((deployment): Session => {
      const rule = rules.find(({ name }) => name === deployment.name)
      return {
        id: tracerSessionId(state, deployment),
        name: deployment.name,
        tenantId: world.tenantId,
        startedAt: deployment.createdAt,
        type: 'AGENT',
        datasetId: null,
        metadata: rule?.metadata ?? {},
        rule,
        samples: (now) => [...statedSamples(rule, state.scenarioAt), ...liveSamples(state, deployment, now)]
      }
    })
  const others = world.tenantId === WORKSPACE_ID ? rules : []
  const stated = others
    .filter(({ name }) => !world.deployments.some((deployment) => deployment.name === name))
    .map((rule): Session => asSession(state, rule))
  return [...stated, ...deployed.reverse()]
}

function asSession(state: State, rule: SessionRule): Session {
  const samples = statedSamples(rule, state.scenarioAt)
  const first = samples.reduce((earliest, { at }) => Math.min(earliest, at), state.scenarioAt)
  return {
    id: rule.id ?? sessionIdFor(rule.name),
    name: rule.name,
    tenantId: WORKSPACE_ID,
    startedAt: first * 1000,
    type: rule.reference_dataset_id === null ? 'PROJECT' : 'EXPERIMENT',
    datasetId: rule.reference_dataset_id,
    metadata: rule.metadata,
    rule,
    samples: () => samples
  }
}

/** Maximum age of the start of a statistics window. */
const LONGEST_WINDOW_MS = 31 * 86_400_000

const NO_FIGURES = Object.fromEntries(Object.keys(figuresOf([], 'v1')).map((key) => [key, null]))

/**
 * Returns a session in the API's format at `now` (epoch milliseconds).
 *
 * @param window start of the statistics, or all runs; if absent, the response has no statistics
 */
export function showSession(
  state: State,
  session: Session,
  now: number,
  version: Version,
  window: { readonly from: number | null } | null
): Record<string, unknown> {
  const { id, name, tenantId, startedAt, datasetId, metadata } = session
  const figures = window ? figuresAt(state, session, now, version, window.from) : NO_FIGURES
  return {
    id,
    tenant_id: tenantId,
    name,
    start_time: timestamp(startedAt),
    end_time: null,
    description: null,
    default_dataset_id: null,
    reference_dataset_id: datasetId,
    trace_tier: 'longlived',
    extra: { metadata },
    ...figures
  }
}

function figuresAt(state: State, { rule, samples }: Session, now: number, version: Version, from: number | null) {
  const begin = from === null ? Number.NEGATIVE_INFINITY : Math.max(from, now - LONGEST_WINDOW_MS)
  const known = samples(now).filter(({ at }) => at >= begin && at + state.scenario.server.traces_delay_ms <= now)
  const later = (rule?.later ?? []).filter(({ after_ms }) => state.scenarioAt + after_ms <= now)
  return withScripted(figuresOf(known, version), ...(rule ? [rule.stats] : []), ...later.map(({ stats }) => stats))
}
