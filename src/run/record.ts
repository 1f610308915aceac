import type { Destination } from './destination.ts'
import type { Intent } from './intent.ts'
import type { Json } from './object.ts'
import type { Verdict } from './verdict.ts'

/**
 * All that is known of a run: plain JSON without the value of any secret. Outputs, summary, comment, messages, and what
 * the post step gets are made from it, and it changes by events only.
 */
export interface RunRecord {
  readonly about: Subject
  /** Where the run sends its keys; nothing of a run that sends none. */
  readonly destination?: Destination | undefined
  /** The plan that was told last. */
  readonly plan?: ShownPlan | undefined
  /** The write that was about to be sent last. */
  readonly intent?: Intent | undefined
  /** Whether a write may have acted; not before it was sent, nor after the server said that it did nothing. */
  readonly mayHaveActed: boolean
  /** Variables and settings that the writes of this run changed, by name. */
  readonly stored: { readonly names: readonly string[]; readonly count: number }
  /** Known as soon as the server has named it. */
  readonly deploymentId?: string | undefined
  /** The revision that the answer to the last write named, which need not have been readable yet. */
  readonly namedId?: string | undefined
  /** The revision that this run made by its last write. */
  readonly revisionId?: string | undefined
  /** Whether it certainly is this run's own, so that it may be interrupted. */
  readonly isCertain: boolean
  /** As it was seen last, with what older answers said of it. */
  readonly deployment?: SeenDeployment | undefined
  /** Whether a create of this run made the deployment; nothing until a deployment was found. */
  readonly created?: boolean | undefined
  /** Active before this run wrote anything; `null` when none was. */
  readonly previousRevisionId?: string | null | undefined
  /** Version of the Agent Server that served then. */
  readonly previousServerVersion?: string | undefined
  /** The revisions of the deployment, where a command looked at them to tell them. */
  readonly listed?: ListedRevisions | undefined
  /** The previews that a sweep found, and what became of each. */
  readonly swept?: readonly SweptPreview[] | undefined
  /** The revision that is followed. */
  readonly revision?: SeenRevision | undefined
  /** Whether this run made it. */
  readonly own: boolean
  readonly phases: readonly Phase[]
  /** A rollout that came after our own, such as a roll back. */
  readonly followUp?: { readonly label: string; readonly revision: SeenRevision } | undefined
  /** The steps of the proof that the agent works, in their order. */
  readonly proof: readonly ProofStep[]
  /** The earlier revision that a roll back went to, and the new one that was made from it and serves. */
  readonly rolledBack?: { readonly to: string; readonly by: string } | undefined
  /** What the experiment that is required came to. */
  readonly gate?: ShownGate | undefined
  /** What the traces of the revision tell so far. */
  readonly bake?: ShownBake | undefined
  readonly failureLog?: ShownLog | undefined
  /** What the feedback channels were to tell, and how far they have come; nothing when nothing is left to be told. */
  readonly feedback?: OpenFeedback | undefined
  /** Whether what the run leaves in LangSmith is to be interrupted. */
  readonly interrupt: boolean
  /** The run has ended in order and left nothing open in LangSmith. */
  readonly done: boolean
  /** Without it, the process was killed. */
  readonly verdict?: Verdict | undefined
  /** Milliseconds of the run's clock. */
  readonly endedAt?: number | undefined
}

/** What the run is about. */
export interface Subject {
  /** The deployment as the workflow asks for it, until it is known. */
  readonly name: string
  /** Milliseconds of the run's clock. */
  readonly startedAt: number
  /** The commit that the run deploys, as far as that is known without LangSmith. */
  readonly commit?: string | undefined
  readonly trigger?: { readonly commit: string | undefined; readonly repositoryUrl: string } | undefined
}

/** `set`: the value is sent, and may or may not differ, because the server hides the deployed value. */
export type SecretChange = 'added' | 'changed' | 'set' | 'removed' | 'kept'

/** One line of the plan, to be printed. Secrets have a name only; variables have their values. */
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
      /** It may have been a secret until now, so it must be checked before it is printed. */
      readonly from: string
      readonly to: string
    }

/** A plan as anybody may read it. */
export type ShownPlan =
  | { readonly kind: 'create' | 'patch'; readonly makesRevision: boolean; readonly rows: readonly PlanRow[] }
  | { readonly kind: 'nothing'; readonly rows: readonly PlanRow[] }

export interface SeenDeployment {
  readonly id: string
  readonly name: string
  /** `going`: it is being deleted. `gone`: the control plane does not know it any more. */
  readonly state: 'present' | 'going' | 'gone'
  /** Of its Agent Server. */
  readonly address?: string | undefined
  readonly activeRevisionId?: string | undefined
  readonly tenantId?: string | undefined
  /** Version of the Agent Server that serves. */
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
  /** Why it ended, in the words of LangSmith, without secrets. */
  readonly statusMessage?: string | undefined
}

/** What is told of a list of revisions. */
export interface ListedRevisions {
  readonly newest: SeenRevision | undefined
  /** Those under way, oldest first. */
  readonly queue: readonly QueuedRevision[]
}

/** A revision that is under way. */
export interface QueuedRevision {
  readonly id: string
  readonly status: string
  /** As the API says it. */
  readonly createdAt: string | undefined
}

/** A preview that a sweep found. */
export interface SweptPreview {
  readonly name: string
  readonly pullRequest: number
  /** `planned`: a dry run would delete it. */
  readonly outcome: 'deleted' | 'planned' | 'failed' | 'kept'
  /** A part of a sentence, such as `pull request 7 is closed`. */
  readonly why: string
}

/** A status of the revision, and when it was first seen. */
export interface Phase {
  readonly status: string
  /** Milliseconds of the run's clock. */
  readonly at: number
}

/** Which of a revision's two logs. */
export type LogKind = 'build' | 'deploy'

/** End of the log of the phase that failed, or was not over when the timeout passed; oldest line first; without secrets. */
export interface ShownLog {
  readonly kind: LogKind
  readonly revisionId: string | undefined
  readonly lines: readonly string[]
  readonly telling: readonly string[]
  /** Whether the telling lines read like a cause; else they are the last ones. */
  readonly isTelling: boolean
  /** Whether they are those of a known cause, which the first of them names. */
  readonly isCause: boolean
  /** Whether that cause may be only what follows from another one, or passes by itself. */
  readonly isVague?: boolean | undefined
  /** What to do about the cause that it tells; empty where that is not known. */
  readonly advice: string
}

/** One step of the proof that the agent of a deployed revision works; words from outside, without secrets. */
export interface ProofStep {
  /** `health`: the Agent Server answers. `graphs`: they load. `runs`: the smoke tests. */
  readonly about: 'health' | 'graphs' | 'runs'
  /** `unclear`: it could not be asked, or the answer does not tell. `left`: a step before it ended the proof. */
  readonly outcome: ProofOutcome | 'left'
  /** What was seen, as a part of a sentence, such as `/ok answered 200`. */
  readonly seen: string
  /** One row for each graph or run. */
  readonly rows?: readonly ProofRow[]
  /** How many rows there are besides. */
  readonly more?: number
}

export type ProofOutcome = 'passed' | 'failed' | 'unclear'

export interface ProofRow {
  /** The graph, with the number of the run where several are of one graph. */
  readonly subject: string
  /** `left`: it says nothing of this revision. */
  readonly outcome: ProofOutcome | 'left'
  readonly answer: string
  /** How long the answer took, in milliseconds. */
  readonly ms: number
  /** The result of a run, cut to what a page has room for. */
  readonly result?: string
}

/** An experiment held against its thresholds. Names and keys are words from outside, without secrets. */
export interface ShownGate {
  readonly experiment: ShownExperiment
  readonly baseline?: ShownExperiment | undefined
  readonly rows: readonly GateRow[]
}

export interface ShownExperiment {
  readonly name: string
  readonly runs: number
  /** By which its page is found. */
  readonly id: string
  readonly tenantId?: string | undefined
  readonly datasetId?: string | undefined
}

/** One threshold, with values as they are shown. */
export interface GateRow {
  /** A figure, or the key of a feedback. */
  readonly key: string
  /** Such as `>= 0.8`. */
  readonly threshold: string
  readonly value: string
  readonly baseline: string | undefined
  readonly holds: boolean
  /** How often the evaluator of the key failed. */
  readonly errors: number
  /** How many runs have a score; nothing where that is not known, or all of them have one. */
  readonly scored?: number | undefined
  /** A threshold of the wrong scale, as it was probably meant, such as `80%`. */
  readonly probably?: string | undefined
}

/** What was seen of a revision's traces. */
export interface ShownBake {
  /**
   * `going`: it is not over. `held`: no limit was passed. `over`: one was. `too-few`: there were not enough runs to judge.
   * `unseen`: the figures could not be read.
   */
  readonly state: 'going' | 'held' | 'over' | 'too-few' | 'unseen'
  /** So far, in milliseconds. */
  readonly forMs: number
  /** How much longer late traces were waited for, whose runs count too. */
  readonly lateMs: number
  readonly runs: number
  /** Before the rollout; nothing where no other revision served, or it could not be read. */
  readonly runsBefore: number | undefined
  /** In which time, in milliseconds. */
  readonly beforeMs: number
  readonly rows: readonly BakeRow[]
}

/** One figure of a bake, with values as they are shown. */
export interface BakeRow {
  /** Such as `error rate`. */
  readonly figure: string
  readonly value: string | undefined
  /** Before the rollout. */
  readonly before: string | undefined
  /** Nothing where none is set. */
  readonly limit: string | undefined
  readonly isOver: boolean
}

/** What a run tells other places of itself, as its inputs ask for; it is saved for the post step. */
export interface FeedbackPlan {
  /** The deployment in LangSmith as the workflow asks for it: its name, else its ID. */
  readonly asked: string
  /** Whether that is the ID, which is no name to be known by. */
  readonly isId: boolean
  /** Digest of control plane and workspace, whose names are nobody's business on GitHub. */
  readonly place: string
  /** Whether the run is to remove what others have told of. */
  readonly removes: boolean
  /** Whether it is the preview of a pull request: then `asked` stands for all names that it may bear. */
  readonly isPreview: boolean
  /** Which places are told. */
  readonly channels: AskedChannels
  /** The commit of the run, at which the GitHub deployment is made. */
  readonly commit: string | undefined
  /** The folder that an archive is packed from, by which a later run tells two projects of one repository apart. */
  readonly folder?: string | undefined
  /** The run of the workflow, by which a later one is told from an earlier one; `undefined` outside of a workflow. */
  readonly run: { readonly id: number; readonly attempt: number } | undefined
}

/** What the inputs say of each place that can be told; nothing where it is not to be told. Each key is required, so that the compiler names who forgets a new one. */
export interface AskedChannels {
  /** The environment of GitHub that gets a deployment. */
  readonly environment: string | undefined
  /** The pull request that gets a comment. */
  readonly comment: number | undefined
}

/** How far it has come; saved for the post step too. */
export interface FeedbackState {
  /** Whether it was told that the run deploys something. */
  readonly begun: boolean
  /** The name by which it is known again, once that is certain. */
  readonly name?: string
  /** ID of the GitHub deployment. */
  readonly deployment?: number
  /** ID of the comment that this run made. */
  readonly comment?: number
  /** The user was warned already that the end could not be told. */
  readonly isWarned?: boolean
}

export interface OpenFeedback {
  readonly plan: FeedbackPlan
  readonly state: FeedbackState
}

/** What happens in a run that somebody has to know later. */
export type RunEvent =
  | { readonly kind: 'planned'; readonly plan: ShownPlan }
  /** `created` is given once it is known whether this run's own create made it. */
  | { readonly kind: 'deployment'; readonly deployment: SeenDeployment; readonly created?: boolean | undefined }
  /** A deployment that this run is about to delete. */
  | { readonly kind: 'leaving'; readonly deployment: SeenDeployment }
  | { readonly kind: 'gone' }
  /** The revision that is active right now; it counts until the first write. */
  | { readonly kind: 'active'; readonly revisionId: string | null; readonly serverVersion?: string | undefined }
  | { readonly kind: 'listed'; readonly revisions: ListedRevisions }
  | { readonly kind: 'swept'; readonly preview: SweptPreview }
  /** A write that makes a revision is about to be sent. */
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
  /** Nothing in LangSmith is left for the post step. */
  | { readonly kind: 'settled' }
  /** The post step has to go on, and to interrupt what it finds or not. */
  | { readonly kind: 'left-open'; readonly interrupt: boolean }
  | { readonly kind: 'ended'; readonly verdict: Verdict }
  /** The process of the run is gone, and came to no verdict of its own. */
  | { readonly kind: 'killed'; readonly reason: string }

/** The record of a run that has not done anything yet. `interrupt`: what becomes of its revision if it is killed. */
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

/** The record after an event. @param at when it happened, in milliseconds of the run's clock */
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

/** More are not told, and the saved state has little room. */
const MOST_STORED_NAMES = 40

/** A further send makes a revision of its own. */
function withIntent(record: RunRecord, intent: Intent, stored: readonly string[]): RunRecord {
  const nothingMade = { revisionId: undefined, namedId: undefined, isCertain: false }
  const names = stored.slice(0, MOST_STORED_NAMES)
  return { ...record, ...nothingMade, intent, stored: { names, count: stored.length } }
}

function withRollback(record: RunRecord, to: string, by: string): RunRecord {
  const { deployment } = record
  return { ...record, rolledBack: { to, by }, deployment: deployment && { ...deployment, activeRevisionId: by } }
}

/** Nothing else is true of it any longer. */
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

/** What one answer leaves out, an older one has said. */
function merged(before: SeenDeployment | undefined, seen: SeenDeployment): SeenDeployment {
  if (before?.id !== seen.id) return seen
  const activeRevisionId = seen.activeRevisionId ?? before.activeRevisionId
  // The version is that of what is active.
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

/** Version of the Agent Server that serves, as far as it is known. */
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

/** Whether a write was sent whose revision is not known. */
export function isWriteOpen({
  intent,
  mayHaveActed,
  revisionId
}: Pick<RunRecord, 'intent' | 'mayHaveActed' | 'revisionId'>): boolean {
  return intent !== undefined && mayHaveActed && revisionId === undefined
}

/** Whether the run may have left a revision or a write in LangSmith. */
export function hasOpenEnds(record: RunRecord): boolean {
  return !record.done && (record.revisionId !== undefined || isWriteOpen(record))
}
