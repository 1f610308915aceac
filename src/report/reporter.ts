import type { Deployment, Revision } from '../control-plane/resources.ts'
import type { Progress } from '../deployment/progress.ts'
import { queueOf } from '../deployment/revision.ts'
import type {
  ListedRevisions,
  ProofRow,
  ProofStep,
  RunRecord,
  SeenRevision,
  ShownBake,
  ShownGate,
  ShownLog,
  SweptPreview
} from '../run/record.ts'
import type { Recorder } from '../run/recorder.ts'
import type { Runner } from '../runner/runner.ts'
import { firstBytes, plainLines } from '../runner/words.ts'
import type { FailureLog } from './causes.ts'
import { logLine, type RunLog } from './log.ts'
import { planTexts, shownPlan } from './plan-lines.ts'
import { seenDeployment, seenRevision } from './seen.ts'

/**
 * Reports everything about a command except the progress of its write. The command never reads a report back: see
 * `RunRecord`.
 */
export interface Reporter extends Progress, Omit<RunLog, 'listen' | 'showEnd'> {
  /** Reports the log that names the cause of a failure or a delay. */
  endOfLog(log: FailureLog, how: { readonly isShown: boolean }): Promise<void>
  /** Reports a deployment that will be deleted: its address and its page are no longer useful. */
  leaving(deployment: Deployment): void
  /** Reports the revision that was active before this run wrote. */
  activeBefore(deployment: Deployment): void
  /** Reports the revisions of the deployment, newest first. */
  listed(revisions: readonly Revision[]): void
  /** Reports the result for a preview that a sweep found. */
  swept(preview: SweptPreview): void
  /** Reports a step of the proof. @returns the same step without secrets */
  proof(step: ProofStep): ProofStep
  /** Reports the result of the gate. */
  gate(gate: ShownGate): void
  /** Reports the state of the bake. */
  bake(bake: ShownBake): void
  /** Reports that the code of the earlier revision `to` is active again, in the new revision `by`. */
  rolledBack(to: string, by: string): void
  /**
   * Returns the reporter for a rollout that follows the one of this run; its revision is recorded separately.
   *
   * @param label such as `Roll back`
   * @param onWrite called before each of its writes is sent
   */
  followUp(label: string, onWrite: () => void): Reporter
}

/** Methods that differ for a rollout that follows the one of this run, such as a rollback. */
type RolloutVerb = 'aboutToWrite' | 'named' | 'made' | 'revision' | 'proof'

/**
 * Converts the reports of a command to events, without secrets and with only those values of a response that are used
 * later.
 */
export function createReporter(
  { record, tell }: Recorder,
  log: RunLog,
  runner: Pick<Runner, 'redact' | 'keepSecretParts'>
): Reporter {
  const seen = (revision: Revision) => seenRevision(revision, runner.redact)
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
    activeBefore: ({ active_revision_id, image_version }) =>
      tell({ kind: 'active', revisionId: active_revision_id, serverVersion: image_version ?? undefined }),
    listed: (revisions) => tell({ kind: 'listed', revisions: listedRevisions(revisions, seen) }),
    swept: (preview) => tell({ kind: 'swept', preview }),
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
      const followed = (revision: Revision) => tell({ kind: 'follow-up', label, revision: seen(revision) })
      return {
        ...common,
        aboutToWrite: onWrite,
        named: () => {},
        made: followed,
        revision: followed,
        proof: (step) => step
      }
    }
  }
  return {
    ...common,
    aboutToWrite: (intent, stored) => tell({ kind: 'sending', intent, stored }),
    named: (revisionId) => tell({ kind: 'named', revisionId }),
    made: (revision, { isCertain }) => tell({ kind: 'made', revision: seen(revision), isCertain }),
    revision: (revision, { own }) => tell({ kind: 'revision', revision: seen(revision), own }),
    proof: (step) => {
      const shown = shownStep(step, runner.redact)
      tell({ kind: 'proof', step: shown })
      return shown
    }
  }
}

/** Space for a name on a page, in bytes. */
const NAME_BYTES = 200

/** Names and keys are text from outside: they can have any length and several lines. */
function withoutSecrets({ experiment, baseline, rows }: ShownGate, redact: (text: string) => string): ShownGate {
  const shown = (name: string) => firstBytes(plainLines(redact(name)).join(' '), NAME_BYTES)
  return {
    experiment: { ...experiment, name: shown(experiment.name) },
    baseline: baseline && { ...baseline, name: shown(baseline.name) },
    rows: rows.map((row) => ({ ...row, key: shown(row.key) }))
  }
}

/** Returns the end of a log without secrets, with the lines that seem to name the cause. */
async function shownLog(
  { kind, entries, searched }: FailureLog,
  known: RunRecord,
  redact: (text: string) => string
): Promise<ShownLog> {
  // Loaded on demand: most runs read no log.
  const { tellingLines } = await import('./causes.ts')
  // Redact before splitting: a secret of several lines is only recognized as a whole.
  const readable = searched.map((entry) => ({ ...entry, message: redact(entry.message) }))
  const names = [known.about.name, known.deployment?.name ?? '']
  // A server that responds has started: its last log lines and the usual causes of a failed start are not evidence.
  const hasStarted =
    known.bake?.state === 'over' || known.proof.some(({ about, outcome }) => about !== 'health' && outcome === 'failed')
  const runs = hasStarted ? 'failure' : 'besides'
  const { lines, isTelling, isCause, isVague, advice } = tellingLines(readable, kind, names, runs)
  const isBesides = hasStarted && !isTelling
  return {
    kind,
    revisionId: known.revision?.id,
    lines: entries.flatMap((entry) => plainLines(logLine(entry, redact))),
    telling: isBesides ? [] : lines.map(redact),
    isTelling,
    isCause,
    isVague,
    advice: hasStarted && !isTelling ? '' : redact(advice)
  }
}

/** Space for one answer and for one result on a page, in bytes. */
const ANSWER_BYTES = 600
const RESULT_BYTES = 2_000
/** Maximum number of rows on a page. */
const MOST_ROWS = 100

/** Redacts first and shortens second: a cut secret would not be recognized. The least important rows are omitted. */
function shownStep({ rows, ...step }: ProofStep, redact: (text: string) => string): ProofStep {
  const shown = (text: string, bytes: number) => firstBytes(redact(text), bytes)
  const kept = new Set(rows?.toSorted((left, right) => weightOf(right) - weightOf(left)).slice(0, MOST_ROWS))
  return {
    ...step,
    seen: shown(step.seen, ANSWER_BYTES),
    ...(rows && rows.length > MOST_ROWS && { more: rows.length - MOST_ROWS }),
    ...(rows && {
      rows: rows
        .filter((row) => kept.has(row))
        .map(({ result, ...row }) => ({
          ...row,
          subject: shown(row.subject, ANSWER_BYTES),
          answer: shown(row.answer, ANSWER_BYTES),
          ...(result === undefined ? {} : { result: shown(result, RESULT_BYTES) })
        }))
    })
  }
}

const WEIGHTS: Readonly<Record<ProofRow['outcome'], number>> = { failed: 2, unclear: 1, passed: 0, left: 0 }

function weightOf({ outcome }: ProofRow): number {
  return WEIGHTS[outcome]
}

function listedRevisions(revisions: readonly Revision[], seen: (revision: Revision) => SeenRevision): ListedRevisions {
  const [newest] = revisions
  return {
    newest: newest && seen(newest),
    queue: queueOf(revisions).map(({ id, status, created_at }) => ({ id, status, createdAt: created_at ?? undefined }))
  }
}
