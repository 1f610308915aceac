import type { Destination } from './destination.ts'
import type { Intent } from './intent.ts'
import type { Json } from './object.ts'
import type { Verdict } from './verdict.ts'

/**
 * All facts about a run, as plain JSON without secret values. Outputs, summary, comment, messages and the saved state
 * of the post step are derived from it. Only events change it.
 */
export interface RunRecord {
  readonly about: Subject
  /** The servers that the run sends its keys to; `undefined` when it sends none. */
  readonly destination?: Destination | undefined
  /** The last reported plan. */
  readonly plan?: ShownPlan | undefined
  /** The last write that was sent, or was about to be sent. */
  readonly intent?: Intent | undefined
  /** True if a write may have taken effect: it was sent, and the server did not report that it had no effect. */
  readonly mayHaveActed: boolean
  /** Names of the variables and settings that the writes of this run changed. */
  readonly stored: { readonly names: readonly string[]; readonly count: number }
  /** Set as soon as the server has named the deployment. */
  readonly deploymentId?: string | undefined
  /** The revision in the response to the last write. It might not have been readable yet. */
  readonly namedId?: string | undefined
  /** The revision that the last write of this run created. */
  readonly revisionId?: string | undefined
  /** True if that revision certainly belongs to this run, so that the run may interrupt it. */
  readonly isCertain: boolean
  /** The last response about the deployment, with the values from older responses that it omits. */
  readonly deployment?: SeenDeployment | undefined
  /** True if a create of this run created the deployment; `undefined` until a deployment is found. */
  readonly created?: boolean | undefined
  /** The revision that was active before the first write of this run; `null` when none was. */
  readonly previousRevisionId?: string | null | undefined
  /** Version of the Agent Server of that revision. */
  readonly previousServerVersion?: string | undefined
  /** The revisions of the deployment, if the command reports them. */
  readonly listed?: ListedRevisions | undefined
  /** The previews that a sweep found, with their outcomes. */
  readonly swept?: readonly SweptPreview[] | undefined
  /** The revision that the run follows. */
  readonly revision?: SeenRevision | undefined
  /** True if this run created that revision. */
  readonly own: boolean
  readonly phases: readonly Phase[]
  /** A rollout after the run's own one, such as a rollback. */
  readonly followUp?: { readonly label: string; readonly revision: SeenRevision } | undefined
  /** The steps of the proof, in order. */
  readonly proof: readonly ProofStep[]
  /** A rollback: the earlier revision, and the active new revision with the same code. */
  readonly rolledBack?: { readonly to: string; readonly by: string } | undefined
  /** The result of the required experiment. */
  readonly gate?: ShownGate | undefined
  /** The bake so far. */
  readonly bake?: ShownBake | undefined
  readonly failureLog?: ShownLog | undefined
  /** Plan and progress of the feedback; `undefined` when nothing is left to report. */
  readonly feedback?: OpenFeedback | undefined
  /** True if the post step must interrupt what the run leaves in LangSmith. */
  readonly interrupt: boolean
  /** True if the run has ended regularly and left nothing open in LangSmith. */
  readonly done: boolean
  /** `undefined` when the process was killed. */
  readonly verdict?: Verdict | undefined
  /** Milliseconds of the run's clock. */
  readonly endedAt?: number | undefined
}

/** Subject of a run. */
export interface Subject {
  /** The deployment from the inputs, used until the deployment is known. */
  readonly name: string
  /** Milliseconds of the run's clock. */
  readonly startedAt: number
  /** The commit that the run deploys, if it is known without LangSmith. */
  readonly commit?: string | undefined
  readonly trigger?: { readonly commit: string | undefined; readonly repositoryUrl: string } | undefined
}

/** `set`: the value is sent without a comparison, because the server hides the deployed value. */
export type SecretChange = 'added' | 'changed' | 'set' | 'removed' | 'kept'

/** One printed line of the plan. Secrets have only a name; variables have their values. */
export type PlanRow =
  | { readonly about: 'field'; readonly name: string; readonly change: 'kept' | 'set'; readonly value: Json }
  | {
      readonly about: 'field'
      readonly name: string
      readonly change: 'changed'
      readonly from: Json
      readonly to: Json
    }
  | { readonly about: 'secret'; readonly name: string; readonly change: SecretChange }
  | {
      readonly about: 'variable'
      readonly name: string
      readonly change: 'added' | 'kept' | 'set'
      readonly value: string
    }
  | {
      readonly about: 'variable'
      readonly name: string
      readonly change: 'changed'
      /** May have been a secret until now, so it must be checked before it is printed. */
      readonly from: string
      readonly to: string
    }

/** A plan without secret values. */
export type ShownPlan =
  | { readonly kind: 'create' | 'patch'; readonly makesRevision: boolean; readonly rows: readonly PlanRow[] }
  | { readonly kind: 'nothing'; readonly rows: readonly PlanRow[] }

export interface SeenDeployment {
  readonly id: string
  readonly name: string
  /** `going`: it is being deleted. `gone`: the control plane no longer has it. */
  readonly state: 'present' | 'going' | 'gone'
  /** Address of its Agent Server. */
  readonly address?: string | undefined
  readonly activeRevisionId?: string | undefined
  readonly tenantId?: string | undefined
  /** Version of the active Agent Server. */
  readonly serverVersion?: string | undefined
  /** ID of its tracing project. */
  readonly tracingProject?: string | undefined
}

export interface SeenRevision {
  readonly id: string
  readonly status: string
  readonly commit?: string | undefined
  readonly image?: string | undefined
  /** Version of its Agent Server. */
  readonly serverVersion?: string | undefined
  /** LangSmith's reason for its end, without secrets. */
  readonly statusMessage?: string | undefined
}

/** The reported part of a list of revisions. */
export interface ListedRevisions {
  readonly newest: SeenRevision | undefined
  /** Revisions in progress, oldest first. */
  readonly queue: readonly QueuedRevision[]
}

/** A revision in progress. */
export interface QueuedRevision {
  readonly id: string
  readonly status: string
  /** In the format of the API. */
  readonly createdAt: string | undefined
}

/** A preview that a sweep found. */
export interface SweptPreview {
  readonly name: string
  readonly pullRequest: number
  /** `planned`: a dry run would delete it. */
  readonly outcome: 'deleted' | 'planned' | 'failed' | 'kept'
  /** A clause, such as `pull request 7 is closed`. */
  readonly why: string
}

/** A status of the revision, and the time at which it was first seen. */
export interface Phase {
  readonly status: string
  /** Milliseconds of the run's clock. */
  readonly at: number
}

/** One of the two logs of a revision. */
export type LogKind = 'build' | 'deploy'

/** End of the log of the phase that failed or had not ended at the timeout. Oldest line first, without secrets. */
export interface ShownLog {
  readonly kind: LogKind
  readonly revisionId: string | undefined
  readonly lines: readonly string[]
  readonly telling: readonly string[]
  /** True if the telling lines look like a cause. Otherwise they are the last lines. */
  readonly isTelling: boolean
  /** True if the telling lines show a known cause, which is in the first of them. */
  readonly isCause: boolean
  /** True if that cause may be a consequence of another one, or temporary. */
  readonly isVague?: boolean | undefined
  /** Advice for the cause; empty when there is none. */
  readonly advice: string
}

/** One step of the proof of a revision. Its texts come from outside and contain no secrets. */
export interface ProofStep {
  /** `health`: the health check. `graphs`: the graphs load. `runs`: the smoke tests. */
  readonly about: 'health' | 'graphs' | 'runs'
  /** `unclear`: the check was not possible or had no clear result. `left`: an earlier step ended the proof. */
  readonly outcome: ProofOutcome | 'left'
  /** The observation, as a clause such as `/ok returned 200`. */
  readonly seen: string
  /** One row per graph or run. */
  readonly rows?: readonly ProofRow[]
  /** Number of further rows. */
  readonly more?: number
}

export type ProofOutcome = 'passed' | 'failed' | 'unclear'

export interface ProofRow {
  /** The graph, with the number of the run if the graph has several runs. */
  readonly subject: string
  /** `left`: the result does not apply to this revision. */
  readonly outcome: ProofOutcome | 'left'
  readonly answer: string
  /** Response time, in milliseconds. */
  readonly ms: number
  /** The result of a run, cut to fit the summary. */
  readonly result?: string
}

/** Comparison of an experiment with its thresholds. Names and keys come from outside and contain no secrets. */
export interface ShownGate {
  readonly experiment: ShownExperiment
  readonly baseline?: ShownExperiment | undefined
  readonly rows: readonly GateRow[]
}

export interface ShownExperiment {
  readonly name: string
  readonly runs: number
  /** ID for the link to its page. */
  readonly id: string
  readonly tenantId?: string | undefined
  readonly datasetId?: string | undefined
}

/** One threshold, with formatted values. */
export interface GateRow {
  /** A figure, or a feedback key. */
  readonly key: string
  /** Such as `>= 0.8`. */
  readonly threshold: string
  readonly value: string
  readonly baseline: string | undefined
  readonly holds: boolean
  /** Number of failures of the key's evaluator. */
  readonly errors: number
  /** Number of runs with a score; `undefined` when it is unknown, or when all runs have one. */
  readonly scored?: number | undefined
  /** Probable meaning of a threshold with the wrong scale, such as `80%`. */
  readonly probably?: string | undefined
}

/** Result of a bake so far, from the traces of the revision. */
export interface ShownBake {
  /**
   * `going`: in progress. `held`: all figures are within their limits. `over`: a figure exceeds its limit. `too-few`:
   * not enough runs. `unseen`: the figures could not be read.
   */
  readonly state: 'going' | 'held' | 'over' | 'too-few' | 'unseen'
  /** Duration so far, in milliseconds. */
  readonly forMs: number
  /** Additional time for late traces, in milliseconds. Their runs count too. */
  readonly lateMs: number
  readonly runs: number
  /** Runs before the rollout; `undefined` when no other revision was active, or when they could not be read. */
  readonly runsBefore: number | undefined
  /** Length of the period before the rollout, in milliseconds. */
  readonly beforeMs: number
  readonly rows: readonly BakeRow[]
}

/** One figure of a bake, with formatted values. */
export interface BakeRow {
  /** Such as `error rate`. */
  readonly figure: string
  readonly value: string | undefined
  /** Value before the rollout. */
  readonly before: string | undefined
  /** `undefined` when the figure has no limit. */
  readonly limit: string | undefined
  readonly isOver: boolean
}

/** What a run reports on GitHub, according to its inputs. Saved for the post step. */
export interface FeedbackPlan {
  /** The deployment in LangSmith from the inputs: its name, or else its ID. */
  readonly asked: string
  /** True if `asked` is the ID, which must not be used as a name. */
  readonly isId: boolean
  /** Digest of control plane and workspace, whose names must not appear on GitHub. */
  readonly place: string
  /** True if the run removes the reports of earlier runs. */
  readonly removes: boolean
  /** True for the preview of a pull request. `asked` then stands for all its possible names. */
  readonly isPreview: boolean
  /** The channels to use. */
  readonly channels: AskedChannels
  /** The commit of the run, used for the GitHub deployment. */
  readonly commit: string | undefined
  /** The folder of an archive. It distinguishes several projects in the same repository. */
  readonly folder?: string | undefined
  /** The workflow run, used to find out which run is later; `undefined` outside of a workflow. */
  readonly run: { readonly id: number; readonly attempt: number } | undefined
}

/**
 * Target of each channel; `undefined` for an unused channel. Keys are required, so that the compiler finds omissions.
 */
export interface AskedChannels {
  /** The GitHub environment that gets a deployment. */
  readonly environment: string | undefined
  /** The pull request that gets a comment. */
  readonly comment: number | undefined
}

/** Progress of the feedback. Also saved for the post step. */
export interface FeedbackState {
  /** True if the start of the deploy was reported. */
  readonly begun: boolean
  /** Name that identifies the deployment in later runs, once it is certain. */
  readonly name?: string
  /** ID of the GitHub deployment. */
  readonly deployment?: number
  /** ID of the comment that this run created. */
  readonly comment?: number
  /** True if the user was already warned that the end could not be reported. */
  readonly isWarned?: boolean
}

export interface OpenFeedback {
  readonly plan: FeedbackPlan
  readonly state: FeedbackState
}

/** An event of a run that changes its record. */
export type RunEvent =
  | { readonly kind: 'planned'; readonly plan: ShownPlan }
  /** `created` is set once it is known whether a create of this run created the deployment. */
  | { readonly kind: 'deployment'; readonly deployment: SeenDeployment; readonly created?: boolean | undefined }
  /** A deployment that this run is about to delete. */
  | { readonly kind: 'leaving'; readonly deployment: SeenDeployment }
  | { readonly kind: 'gone' }
  /** The currently active revision. Ignored after the first write. */
  | { readonly kind: 'active'; readonly revisionId: string | null; readonly serverVersion?: string | undefined }
  | { readonly kind: 'listed'; readonly revisions: ListedRevisions }
  | { readonly kind: 'swept'; readonly preview: SweptPreview }
  /** A write that creates a revision is about to be sent. */
  | { readonly kind: 'sending'; readonly intent: Intent; readonly stored: readonly string[] }
  | { readonly kind: 'writing'; readonly mayHaveActed: boolean }
  | { readonly kind: 'named'; readonly revisionId: string }
  | { readonly kind: 'made'; readonly revision: SeenRevision; readonly isCertain: boolean }
  | { readonly kind: 'revision'; readonly revision: SeenRevision; readonly own: boolean }
  | { readonly kind: 'follow-up'; readonly label: string; readonly revision: SeenRevision }
  | { readonly kind: 'failure-log'; readonly log: ShownLog }
  | { readonly kind: 'proof'; readonly step: ProofStep }
  | { readonly kind: 'gate'; readonly gate: ShownGate }
  | { readonly kind: 'bake'; readonly bake: ShownBake }
  | { readonly kind: 'rolled-back'; readonly to: string; readonly by: string }
  | { readonly kind: 'workspace'; readonly id: string }
  | { readonly kind: 'feedback'; readonly feedback: OpenFeedback | undefined }
  /** The post step has nothing to do in LangSmith. */
  | { readonly kind: 'settled' }
  /** The post step must continue. `interrupt`: it interrupts what it finds. */
  | { readonly kind: 'left-open'; readonly interrupt: boolean }
  | { readonly kind: 'ended'; readonly verdict: Verdict }
  /** The process of the run ended without a verdict. */
  | { readonly kind: 'killed'; readonly reason: string }

/** Returns the record of a run at its start. `interrupt`: if the run is killed, its revision must be interrupted. */
export function firstRecord(
  about: Subject,
  { destination, interrupt = false }: Partial<Pick<RunRecord, 'destination' | 'interrupt'>> = {}
): RunRecord {
  return {
    about,
    destination,
    mayHaveActed: false,
    stored: { names: [], count: 0 },
    isCertain: false,
    own: false,
    phases: [],
    proof: [],
    interrupt,
    done: false
  }
}

/** Returns the record after an event. @param at time of the event, in milliseconds of the run's clock */
export function next(record: RunRecord, event: RunEvent, at: number): RunRecord {
  switch (event.kind) {
    case 'planned':
      return { ...record, plan: event.plan }
    case 'deployment':
      return withDeployment(record, event.deployment, event.created)
    case 'leaving':
      return { ...record, deployment: withoutFacts(event.deployment) }
    case 'gone':
      return record.deployment ? { ...record, deployment: { ...record.deployment, state: 'gone' } } : record
    case 'active':
      return record.intent
        ? record
        : { ...record, previousRevisionId: event.revisionId, previousServerVersion: event.serverVersion }
    case 'listed':
      return { ...record, listed: event.revisions }
    case 'swept':
      return { ...record, swept: [...(record.swept ?? []), event.preview] }
    case 'sending':
      return withIntent(record, event.intent, event.stored)
    case 'writing':
      return { ...record, mayHaveActed: event.mayHaveActed }
    case 'named':
      return { ...record, namedId: event.revisionId }
    case 'made': {
      const { revision, isCertain } = event
      return withRevision({ ...record, revisionId: revision.id, isCertain }, revision, { own: true, at })
    }
    case 'revision':
      return withRevision(record, event.revision, { own: event.own, at })
    case 'follow-up':
      return { ...record, followUp: { label: event.label, revision: event.revision } }
    case 'failure-log':
      return { ...record, failureLog: event.log }
    case 'proof':
      return { ...record, proof: [...record.proof.filter(({ about }) => about !== event.step.about), event.step] }
    case 'gate':
      return { ...record, gate: event.gate }
    case 'bake':
      return { ...record, bake: event.bake }
    case 'rolled-back':
      return withRollback(record, event.to, event.by)
    case 'workspace':
      return { ...record, destination: record.destination && { ...record.destination, workspaceId: event.id } }
    case 'feedback':
      return { ...record, feedback: event.feedback }
    case 'settled':
      return { ...record, done: true }
    case 'left-open':
      return { ...record, interrupt: event.interrupt }
    case 'ended':
      return { ...record, verdict: event.verdict, endedAt: at }
    case 'killed':
      return { ...record, verdict: { status: 'cancelled', reason: event.reason } }
  }
}

/** Maximum number of names. Reports show no more, and the saved state has little space. */
const MOST_STORED_NAMES = 40

/** Sets the write. Resets its revision, because each send creates a new one. */
function withIntent(record: RunRecord, intent: Intent, stored: readonly string[]): RunRecord {
  const nothingMade = { revisionId: undefined, namedId: undefined, isCertain: false }
  const names = stored.slice(0, MOST_STORED_NAMES)
  return { ...record, ...nothingMade, intent, stored: { names, count: stored.length } }
}

function withRollback(record: RunRecord, to: string, by: string): RunRecord {
  const { deployment } = record
  return { ...record, rolledBack: { to, by }, deployment: deployment && { ...deployment, activeRevisionId: by } }
}

/** Returns the deployment without the facts that no longer apply. */
function withoutFacts({ id, name, state }: SeenDeployment): SeenDeployment {
  return { id, name, state }
}

function withDeployment(record: RunRecord, seen: SeenDeployment, created: boolean | undefined): RunRecord {
  return {
    ...record,
    deploymentId: seen.id,
    deployment: merged(record.deployment, seen),
    created: created ?? record.created ?? false
  }
}

/** Completes a response with the values from older responses that it omits. */
function merged(before: SeenDeployment | undefined, seen: SeenDeployment): SeenDeployment {
  if (before?.id !== seen.id) return seen
  const activeRevisionId = seen.activeRevisionId ?? before.activeRevisionId
  // The version belongs to the active revision.
  const olderVersion = activeRevisionId === before.activeRevisionId ? before.serverVersion : undefined
  return {
    ...seen,
    address: seen.address ?? before.address,
    activeRevisionId,
    tenantId: seen.tenantId ?? before.tenantId,
    serverVersion: seen.serverVersion ?? olderVersion,
    tracingProject: seen.tracingProject ?? before.tracingProject
  }
}

/** Returns the version of the active Agent Server, if it is known. */
export function servingVersion({
  deployment,
  revision
}: Pick<RunRecord, 'deployment' | 'revision'>): string | undefined {
  if (deployment?.state !== 'present') return undefined
  const ofRevision = revision?.id === deployment.activeRevisionId ? revision?.serverVersion : undefined
  return ofRevision ?? deployment.serverVersion
}

function withRevision(record: RunRecord, seen: SeenRevision, { own, at }: { own: boolean; at: number }): RunRecord {
  const before = record.revision?.id === seen.id ? record.revision : undefined
  const revision = {
    ...seen,
    commit: seen.commit ?? before?.commit,
    image: seen.image ?? before?.image,
    serverVersion: seen.serverVersion ?? before?.serverVersion
  }
  const phases = before?.status === seen.status ? record.phases : [...record.phases, { status: seen.status, at }]
  return { ...record, revision, own, phases }
}

/** True if a write was sent and its revision is unknown. */
export function isWriteOpen({
  intent,
  mayHaveActed,
  revisionId
}: Pick<RunRecord, 'intent' | 'mayHaveActed' | 'revisionId'>): boolean {
  return intent !== undefined && mayHaveActed && revisionId === undefined
}

/** True if the run may have left a revision or a write in LangSmith. */
export function hasOpenEnds(record: RunRecord): boolean {
  return !record.done && (record.revisionId !== undefined || isWriteOpen(record))
}
