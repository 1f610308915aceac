import type { OnSuperseded } from '../run/verdict.ts'
import { type BakeInputs, noticesOfBake, readBake } from './bake.ts'
import type { ProofInputs } from './proof.ts'
import type { Reader } from './reader.ts'
import { type AutoFlag, type ChoiceOf, INPUTS } from './table.ts'

/** How a revision is followed. */
export interface Following {
  /** Longest pause between two looks, in milliseconds. */
  readonly pollIntervalMs: number | undefined
  readonly onSuperseded: OnSuperseded
  readonly logs: ChoiceOf<'logs'>
  /** How it is proved that a deployment serves. */
  readonly health: {
    /** `auto`: only where the address is one that anybody can reach, and with patience for what cannot be reached. */
    readonly check: AutoFlag
    /** Path below the address of the deployment, with a slash in front. */
    readonly path: string
  }
  /** The steps of the proof beyond that; nothing where none is asked for. */
  readonly proof?: ProofInputs | undefined
  /** How its traces are watched after that; nothing where they are not. */
  readonly bake: BakeInputs | undefined
}

/** What becomes of a revision that this run made. */
export interface OwnRevision extends Following {
  readonly wait: boolean
  readonly onTimeout: ChoiceOf<'on-timeout'>
  readonly onCancel: ChoiceOf<'on-cancel'>
  /** Whether a revision that was rolled out and does not serve is replaced by the one before. */
  readonly rollbackOnFailure: boolean
  readonly dryRun: boolean
}

/** The `revision-id` that asks for the newest revision, whatever commit it holds. */
export const LATEST = 'latest'

/** How a revision is followed. */
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

/** How a revision that the run makes is followed, and what becomes of it when the run ends early. */
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

/** What the commands that do not take `LATEST` choose where nothing is written; nothing for those that take it. */
const LATEST_ELSE = {
  wait: undefined,
  logs: undefined,
  redeploy: 'the last previously active revision',
  interrupt: 'the revision in progress'
} as const

/** The revision that is meant; nothing where none is written, or `latest` means the same. What is wrong is among the problems. */
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

/** Times that can be kept, and that nearly nobody means. */
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

/** What was asked for together and cannot come about together. */
export function noticesOfRollback({ rollbackOnFailure, wait, health, proof, bake }: OwnRevision): readonly string[] {
  if (!rollbackOnFailure || (wait && (health.check !== 'false' || proof || bake))) return []
  const cause = wait ? '`health-check: false`' : '`wait: false`'
  return [`\`rollback-on-failure\` has no effect with ${cause}, because the run does not check the revision.`]
}
