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
  ShownLog
} from '../run/record.ts'
import type { Recorder } from '../run/recorder.ts'
import type { Runner } from '../runner/runner.ts'
import { firstBytes, plainLines } from '../runner/words.ts'
import type { FailureLog } from './causes.ts'
import { logLine, type RunLog } from './log.ts'
import { planTexts, shownPlan } from './plan-lines.ts'
import { seenDeployment, seenRevision } from './seen.ts'

/** What a command tells besides the progress of its write. Nothing of it is read back: see `RunRecord`. */
export interface Reporter extends Progress, Omit<RunLog, 'listen' | 'showEnd'> {
  /** The log that tells the cause of a failure, or of a delay. */
  endOfLog(log: FailureLog, how: { readonly isShown: boolean }): Promise<void>
  /** A deployment that is about to go: it has no address and no page worth a link any more. */
  leaving(deployment: Deployment): void
  /** The revision that was active before this run wrote. */
  activeBefore(deployment: Deployment): void
  /** The revisions of the deployment, newest first, for whoever asked what there is. */
  listed(revisions: readonly Revision[]): void
  /** A step of the proof. @returns the same without secrets, as it may be told */
  proof(step: ProofStep): ProofStep
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
type RolloutVerb = 'aboutToWrite' | 'named' | 'made' | 'revision' | 'proof'

/** Makes events of what a command tells: without secrets, and of answers only what anybody has to know later. */
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

/** What a page has room for of a name, in bytes. */
const NAME_BYTES = 200

/** Names and keys are words from outside: they may be of any length, and of several lines. */
function withoutSecrets({ experiment, baseline, rows }: ShownGate, redact: (text: string) => string): ShownGate {
  const shown = (name: string) => firstBytes(plainLines(redact(name)).join(' '), NAME_BYTES)
  return {
    experiment: { ...experiment, name: shown(experiment.name) },
    baseline: baseline && { ...baseline, name: shown(baseline.name) },
    rows: rows.map((row) => ({ ...row, key: shown(row.key) }))
  }
}

/** The end of a log as it may be shown, with the lines that seem to tell the cause. */
async function shownLog(
  { kind, entries, searched }: FailureLog,
  known: RunRecord,
  redact: (text: string) => string
): Promise<ShownLog> {
  // Loaded only here: most runs read no log.
  const { tellingLines } = await import('./causes.ts')
  // A secret of several lines is seen only before they are taken apart.
  const readable = searched.map((entry) => ({ ...entry, message: redact(entry.message) }))
  const names = [known.about.name, known.deployment?.name ?? '']
  // A server that answers has started: its last lines, and what usually keeps one from starting, say nothing.
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

/** What a page has room for of one answer, and of one result, in bytes. */
const ANSWER_BYTES = 600
const RESULT_BYTES = 2_000
/** What a page has room for of rows. */
const MOST_ROWS = 100

/** A secret that was cut would not be found, so it is cut behind. Rows that are left out are such as tell the least. */
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
