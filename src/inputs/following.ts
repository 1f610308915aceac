import type { OnSuperseded } from '../run/verdict.ts'
import { type BakeInputs, noticesOfBake, readBake } from './bake.ts'
import type { ProofInputs } from './proof.ts'
import type { Reader } from './reader.ts'
import { type AutoFlag, type ChoiceOf, INPUTS } from './table.ts'

/** Settings for the wait for a revision and for its proof. */
export interface Following {
  /** Maximum polling interval in milliseconds. */
  readonly pollIntervalMs: number | undefined
  readonly onSuperseded: OnSuperseded
  readonly logs: ChoiceOf<'logs'>
  /** Health check of the Agent Server. */
  readonly health: {
    /** `auto` checks only publicly reachable addresses, and tolerates unreachable ones. */
    readonly check: AutoFlag
    /** Path relative to the deployment URL, with a leading slash. */
    readonly path: string
  }
  /** Steps of the proof after the health check; `undefined` if none is requested. */
  readonly proof?: ProofInputs | undefined
  /** Bake after the other checks; `undefined` if none is requested. */
  readonly bake: BakeInputs | undefined
}

/** Settings for a revision that this run creates. */
export interface OwnRevision extends Following {
  readonly wait: boolean
  readonly onTimeout: ChoiceOf<'on-timeout'>
  readonly onCancel: ChoiceOf<'on-cancel'>
  /** True if the previous revision replaces a rolled-out revision that fails its proof. */
  readonly rollbackOnFailure: boolean
  readonly dryRun: boolean
}

/** Value of `revision-id` for the newest revision, regardless of its commit. */
export const LATEST = 'latest'

/** Reads the settings for the wait for a revision and for its proof. */
export function readFollowing(inputs: Reader): Following {
  return {
    pollIntervalMs: inputs.duration('poll-interval'),
    onSuperseded: inputs.choice('on-superseded'),
    logs: inputs.choice('logs'),
    health: readHealth(inputs),
    bake: readBake(inputs)
  }
}

function readHealth(inputs: Reader): Following['health'] {
  const path = inputs.text('health-path') ?? INPUTS['health-path'].default
  if (!/^\/[\w.~/%?&=+-]*$/.test(path)) {
    const [, bare] = /^(?:https?:\/\/[^/]+\/)?([\w.~-]+(?:\/[\w.~-]+)*)$/.exec(path) ?? []
    const cure = bare === undefined ? '' : ` Did you mean \`/${bare}\`?`
    inputs.problem('health-path', `expected a path such as \`/ok\` or \`/agents/ok\`, got "${path}".${cure}`)
  }
  return { check: inputs.autoFlag('health-check'), path }
}

/** Reads the settings for a revision that this run creates. */
export function readOwnRevision(inputs: Reader): OwnRevision {
  return {
    ...readFollowing(inputs),
    wait: inputs.flag('wait'),
    onTimeout: inputs.choice('on-timeout'),
    onCancel: inputs.choice('on-cancel'),
    rollbackOnFailure: inputs.flag('rollback-on-failure'),
    dryRun: inputs.flag('dry-run')
  }
}

/** What a command uses if `revision-id` is omitted; `undefined` for commands that accept `LATEST`. */
const LATEST_ELSE = {
  wait: undefined,
  logs: undefined,
  redeploy: 'the last previously active revision',
  interrupt: 'the revision in progress'
} as const

/** Reads `revision-id`; `undefined` if it is omitted or invalid. An invalid ID is reported as a problem. */
export function readRevisionId(inputs: Reader, command: keyof typeof LATEST_ELSE): string | undefined {
  const isLatest = inputs.text('revision-id')?.toLowerCase() === LATEST
  const orElse = LATEST_ELSE[command]
  if (orElse === undefined) {
    const id = inputs.uuid('revision-id', LATEST)
    return isLatest ? LATEST : id
  }
  if (!isLatest) return inputs.uuid('revision-id')
  inputs.problem(
    'revision-id',
    `cannot be \`${LATEST}\` with \`command: ${command}\`. Set it to the ID of a revision, or omit it to use ${orElse}.`
  )
  return undefined
}

/** A rollout takes minutes. */
const SHORTEST_USUAL_MS = 60_000

/** Returns notices about valid durations that are almost always unintended. */
export function noticesOfTimes(
  inputs: Reader,
  { timeoutMs }: { readonly timeoutMs: number },
  { wait, dryRun, pollIntervalMs = 0 }: Pick<OwnRevision, 'wait' | 'dryRun' | 'pollIntervalMs'>
): readonly string[] {
  const ofBake = noticesOfBake(inputs, { wait })
  if (!wait || dryRun) return ofBake
  return [...noticesOfWaiting(inputs, timeoutMs, pollIntervalMs), ...ofBake]
}

function noticesOfWaiting(inputs: Reader, timeoutMs: number, pollIntervalMs: number): readonly string[] {
  const timeout = inputs.text('timeout') ?? INPUTS.timeout.default
  if (timeoutMs < SHORTEST_USUAL_MS) {
    const isNumber = /^\d+$/.test(timeout)
    return [
      `\`timeout\` is ${timeout}${isNumber ? ' seconds' : ''}, but a rollout takes minutes. Use ${isNumber ? `\`${timeout}m\` for minutes` : 'a longer timeout'}, or omit it to use the default of ${INPUTS.timeout.default}.`
    ]
  }
  if (pollIntervalMs < timeoutMs) return []
  return [
    `\`poll-interval\` is not shorter than \`timeout\` (${timeout}), so it has no effect. Use a shorter interval, or omit it.`
  ]
}

/** Returns a notice if `rollback-on-failure` conflicts with other inputs. */
export function noticesOfRollback({ rollbackOnFailure, wait, health, proof, bake }: OwnRevision): readonly string[] {
  if (!rollbackOnFailure || (wait && (health.check !== 'false' || proof || bake))) return []
  const cause = wait ? '`health-check: false`' : '`wait: false`'
  return [`\`rollback-on-failure\` has no effect with ${cause}, because the run does not check the revision.`]
}
