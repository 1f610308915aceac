import type { Deployment, Revision } from '../control-plane/resources.ts'
import { addressOf } from '../deployment/address.ts'
import { isGoing } from '../deployment/find.ts'
import type { Progress } from '../deployment/progress.ts'
import { commitOf } from '../deployment/revision.ts'
import type { RunRecord, SeenDeployment, SeenRevision, ShownBake, ShownGate, ShownLog } from '../run/record.ts'
import type { Recorder } from '../run/recorder.ts'
import type { Runner } from '../runner/runner.ts'
import { plainLines } from '../runner/words.ts'
import type { FailureLog } from './excerpt.ts'
import { logLine, type RunLog } from './log.ts'
import { planTexts, shownPlan } from './plan-lines.ts'

/** What a command tells besides the progress of its write. Nothing of it is read back: see `RunRecord`. */
export interface Reporter extends Progress, Omit<RunLog, 'listen' | 'showEnd'> {
  /** The log that tells the cause of a failure, or of a delay. */
  endOfLog(log: FailureLog, how: { readonly isShown: boolean }): Promise<void>
  /** A deployment that is about to go: it has no address and no page worth a link any more. */
  leaving(deployment: Deployment): void
  /** The revision that was active before this run wrote. */
  activeBefore(deployment: Deployment): void
  /** How the deployment was seen to serve, such as `/ok answered 200`. */
  health(seen: string): void
  /** What the experiment that is required came to. */
  gate(gate: ShownGate): void
  /** What the traces of the revision tell. */
  bake(bake: ShownBake): void
  /** The earlier revision `to` serves again, by the new one that was made from it. */
  rolledBack(to: string, by: string): void
  /**
   * For a rollout that follows our own: what is told of its revision is not taken for ours.
   *
   * @param label such as `Roll back`
   * @param onWrite called before each of its writes is sent
   */
  followUp(label: string, onWrite: () => void): Reporter
}

/** What is told otherwise of a rollout that follows our own, such as a roll back. */
type RolloutVerb = 'aboutToWrite' | 'named' | 'made' | 'revision' | 'health'

/** Makes events of what a command tells: without secrets, and of answers only what anybody has to know later. */
export function createReporter(
  { record, tell }: Recorder,
  log: RunLog,
  runner: Pick<Runner, 'redact' | 'keepSecretParts'>
): Reporter {
  const common: Omit<Reporter, RolloutVerb> = {
    log: log.log,
    endLog: log.endLog,
    note: log.note,
    warn: log.warn,
    remark: log.remark,
    planned: (plan) => {
      runner.keepSecretParts(planTexts(plan))
      tell({ kind: 'planned', plan: shownPlan(plan, runner.redact) })
    },
    activeBefore: ({ active_revision_id }) => tell({ kind: 'active', revisionId: active_revision_id }),
    deployment: (deployment, created) => tell({ kind: 'deployment', deployment: seenDeployment(deployment), created }),
    gone: () => tell({ kind: 'gone' }),
    leaving: (deployment) => tell({ kind: 'leaving', deployment: seenDeployment(deployment) }),
    gate: (gate) => tell({ kind: 'gate', gate: withoutSecrets(gate, runner.redact) }),
    bake: (bake) => tell({ kind: 'bake', bake }),
    rolledBack: (to, by) => tell({ kind: 'rolled-back', to, by }),
    endOfLog: async (found, { isShown }) => {
      log.endLog()
      const shown = await shownLog(found, record(), runner.redact)
      tell({ kind: 'failure-log', log: shown })
      if (isShown) log.showEnd(shown)
    },
    followUp: (label, onWrite) => {
      const followed = (revision: Revision) => tell({ kind: 'follow-up', label, revision: seenRevision(revision) })
      return { ...common, aboutToWrite: onWrite, named: () => {}, made: followed, revision: followed, health: () => {} }
    }
  }
  return {
    ...common,
    aboutToWrite: (intent, stored) => tell({ kind: 'sending', intent, stored }),
    named: (revisionId) => tell({ kind: 'named', revisionId }),
    made: (revision, { isCertain }) => tell({ kind: 'made', revision: seenRevision(revision), isCertain }),
    revision: (revision, { own }) => tell({ kind: 'revision', revision: seenRevision(revision), own }),
    health: (seen) => tell({ kind: 'health', seen })
  }
}

/** Names and keys are words from outside. */
function withoutSecrets({ experiment, baseline, rows }: ShownGate, redact: (text: string) => string): ShownGate {
  return {
    experiment: { ...experiment, name: redact(experiment.name) },
    baseline: baseline && { ...baseline, name: redact(baseline.name) },
    rows: rows.map((row) => ({ ...row, key: redact(row.key) }))
  }
}

/** The end of a log as it may be shown, with the lines that seem to tell the cause. */
async function shownLog(
  { kind, entries, searched }: FailureLog,
  known: RunRecord,
  redact: (text: string) => string
): Promise<ShownLog> {
  // Loaded only here: most runs read no log.
  const { tellingLines } = await import('./excerpt.ts')
  // A secret of several lines is seen only before they are taken apart.
  const readable = searched.map((entry) => ({ ...entry, message: redact(entry.message) }))
  const names = [known.about.name, known.deployment?.name ?? '']
  const { lines, isTelling, isCause, isVague, advice } = tellingLines(readable, kind, names)
  return {
    kind,
    revisionId: known.revision?.id,
    lines: entries.flatMap((entry) => plainLines(logLine(entry, redact))),
    telling: lines.map(redact),
    isTelling,
    isCause,
    isVague,
    advice: redact(advice)
  }
}

/** What a run keeps of a deployment: never its secrets. */
export function seenDeployment(deployment: Deployment): SeenDeployment {
  const { id, name, active_revision_id, tenant_id, tracer_session_id } = deployment
  return {
    id,
    name,
    state: isGoing(deployment) ? 'going' : 'present',
    address: addressOf(deployment),
    activeRevisionId: active_revision_id ?? undefined,
    tenantId: tenant_id ?? undefined,
    tracingProjectId: tracer_session_id ?? undefined
  }
}

/** What a run keeps of a revision. */
export function seenRevision(revision: Revision): SeenRevision {
  const { id, status, source_revision_config } = revision
  return { id, status, commit: commitOf(revision), image: source_revision_config.image_uri ?? undefined }
}
