import type { ControlPlaneClient } from '../control-plane/client.ts'
import { ApiError, createFailed, writeLost } from '../control-plane/errors.ts'
import type { Deployment, JsonObject, Revision } from '../control-plane/resources.ts'
import type { Written } from '../control-plane/transport.ts'
import { type Limits, pause } from '../limits.ts'
import { object } from '../object.ts'
import { findByName } from './find.ts'
import type { Plan } from './plan.ts'
import type { Progress } from './progress.ts'
import { agrees, sentAgain } from './revision.ts'
import type { SentRevision } from './sources/source.ts'

/** What stands in LangSmith right before a write. */
export interface Situation {
  readonly deployment: Deployment | undefined
  /** Newest first. */
  readonly revisions: readonly Revision[]
}

/** What came of a write. */
export type Applied =
  | { readonly kind: 'revision'; readonly deployment: Deployment; readonly revision: Revision }
  | { readonly kind: 'no-revision'; readonly deployment: Deployment }
  /** The write was accepted, and no revision of ours appeared in time. */
  | { readonly kind: 'missing'; readonly deployment: Deployment }

export interface ApplyContext {
  readonly client: ControlPlaneClient
  readonly limits: Limits
  readonly progress: Progress
}

/** How a first plan is carried out, and made anew when a write left things in doubt. */
export interface Deciding {
  readonly name: string
  readonly sent: SentRevision
  readonly survey: () => Promise<Situation>
  readonly decide: (situation: Situation) => Promise<Plan>
}

/** How often one write is sent in all, and again only after nothing of it could be found. */
const MOST_SENDS = 3
/** Pauses before the looks after a write in doubt: a server can commit seconds after it answered 504. */
export const LOOKS_AFTER_MS = [0, 3_000, 7_000]
/** How long a revision may take to show itself after the write was answered. */
const APPEARS_WITHIN_MS = 30_000
const APPEARS_LOOK_MS = 1_000

/**
 * Carries a plan out once, also when an answer is lost: after any doubt it looks for what the write may have made, and
 * sends again only when there is nothing. What stands there by then is planned against anew.
 *
 * @returns our deployment and our revision, which is not just the newest of the list
 * @throws {ApiError} when the server refused
 * @throws {RefusalError} when nothing could be made, or what stands there by now does not allow the plan
 */
export async function apply(
  context: ApplyContext,
  deciding: Deciding,
  first: { readonly situation: Situation; readonly plan: Plan }
): Promise<Applied> {
  let { situation, plan } = first
  let doubted = false
  for (let sends = 1; ; sends += 1) {
    if (plan.kind === 'nothing') return { kind: 'no-revision', deployment: plan.deployment }
    const known = new Set(situation.revisions.map(({ id }) => id))
    // A create that makes no revision leaves nothing that could be interrupted.
    if (plan.kind === 'patch' || plan.makesRevision)
      context.progress.aboutToWrite({
        name: deciding.name,
        deploymentId: plan.kind === 'patch' ? plan.deployment.id : undefined,
        known: [...known],
        sent: deciding.sent,
        ...(plan.kind === 'create' ? { created: traitsOf(plan.body) } : {})
      })
    const attempt = { known, sent: deciding.sent, doubted }
    const job = plan.kind === 'create' ? createJob(context, plan, attempt) : patchJob(context, plan, attempt)
    const outcome = await carryOut(context, job, doubted)
    if (outcome.kind === 'done') return outcome.applied

    doubted ||= outcome.kind === 'in-doubt'
    situation = await surveyAfter(context, deciding, outcome.kind)
    if (doubted) {
      // What was carried out since the last look stands in the survey by now, and must not be taken for somebody else's.
      const goOn = await job.recover()
      if (goOn) {
        context.progress.note(foundIt(job))
        return goOn()
      }
    }
    const nothingThere = situation.deployment === undefined
    if (nothingThere && (outcome.kind === 'conflict' || sends === MOST_SENDS)) {
      throw createFailed(deciding.name, outcome.error)
    }
    plan = await deciding.decide(situation)
    if (plan.kind !== 'nothing' && sends === MOST_SENDS) throw writeLost(`The ${job.what}`, outcome.error)
  }
}

/** What stands there after a write that was not answered well. What a conflict is with may take its time to be listed. */
async function surveyAfter(
  { limits }: ApplyContext,
  { survey }: Deciding,
  outcome: 'conflict' | 'in-doubt'
): Promise<Situation> {
  const situation = await survey()
  if (situation.deployment || outcome === 'in-doubt') return situation
  for (const ms of LOOKS_AFTER_MS.slice(1)) {
    await pause(limits, ms)
    const later = await survey()
    if (later.deployment) return later
  }
  return situation
}

/**
 * Makes a new revision from an older one, with the same care for lost answers.
 *
 * @param revisions those that stand there before the write
 */
export async function applyRedeploy(
  context: ApplyContext,
  deployment: Deployment,
  target: Revision,
  revisions: readonly Revision[]
): Promise<Applied> {
  const known = new Set(revisions.map(({ id }) => id))
  const sent = sentAgain(target)
  let doubted = false
  for (let sends = 1; ; sends += 1) {
    context.progress.aboutToWrite({ name: deployment.name, deploymentId: deployment.id, known: [...known], sent })
    const traces: Traces = { deployment, known, sent, newest: doubted }
    const job: Job = {
      what: 'redeploy',
      leavesTrace: true,
      send: () => context.client.redeploy(deployment.id, target.id),
      settle: (answer) => awaitOurs(context, { ...traces, deployment: answer }, answer.latest_revision_id),
      recover: () => recoverRevision(context, traces)
    }
    const outcome = await carryOut(context, job, doubted)
    if (outcome.kind === 'done') return outcome.applied
    if (outcome.kind === 'conflict') throw outcome.error
    if (sends === MOST_SENDS) throw writeLost('The redeploy', outcome.error)
    doubted = true
  }
}

/** One write: how it is sent, what follows from its answer, and what can be found of it without one. */
interface Job {
  readonly what: 'create' | 'patch' | 'redeploy'
  /** Whether it can be told from what stands there that it took effect. */
  readonly leavesTrace: boolean
  send(): Promise<Written<Deployment>>
  settle(answer: Deployment): Promise<Applied>
  /** Nothing when there is no trace of it; else how to go on from what was found. */
  recover(): Promise<(() => Promise<Applied>) | undefined>
}

type Outcome =
  | { readonly kind: 'done'; readonly applied: Applied }
  | { readonly kind: 'conflict' | 'in-doubt'; readonly error: Error }

interface Attempt {
  readonly known: ReadonlySet<string>
  readonly sent: SentRevision
  /** Whether an earlier send may have taken effect too; then the newest of what agrees is ours. */
  readonly doubted: boolean
}

function foundIt({ what }: Job): string {
  return `Found it: the ${what} took effect, only its answer was lost.`
}

async function carryOut({ limits, progress }: ApplyContext, job: Job, doubted: boolean): Promise<Outcome> {
  const answer = await conflictAside(job.send())
  if (answer.kind === 'answered') return { kind: 'done', applied: await job.settle(answer.value) }

  progress.note(
    answer.kind === 'conflict'
      ? `The ${job.what} was answered 409; looking for what stands in its way.`
      : `It is not known whether the ${job.what} took effect (${answer.error.message}); looking for what it made.`
  )
  // A conflict says that this send made nothing; only an earlier one that was in doubt can have.
  for (const ms of !job.leavesTrace || (answer.kind === 'conflict' && !doubted) ? [] : LOOKS_AFTER_MS) {
    if (ms > 0) await pause(limits, ms)
    const goOn = await job.recover()
    if (goOn) {
      progress.note(foundIt(job))
      return { kind: 'done', applied: await goOn() }
    }
  }
  return answer
}

/** What a deployment that a create made is known by. */
function traitsOf(body: JsonObject): { readonly source: string; readonly secretNames: readonly string[] } {
  const secrets = Array.isArray(body.secrets) ? body.secrets : []
  return { source: String(body.source), secretNames: secrets.map((secret) => String(object(secret)?.name)) }
}

function createJob(context: ApplyContext, plan: Plan & { readonly kind: 'create' }, attempt: Attempt): Job {
  const { client, progress } = context
  const settle = async (deployment: Deployment, newest: boolean): Promise<Applied> => {
    progress.deployment(deployment, true)
    if (!plan.makesRevision) return { kind: 'no-revision', deployment }
    return awaitOurs(context, { ...attempt, deployment, newest }, deployment.latest_revision_id)
  }
  return {
    what: 'create',
    leavesTrace: true,
    send: () => client.createDeployment(plan.body),
    settle: (answer) => settle(answer, attempt.doubted),
    recover: async () => {
      const found = await findByName(client, String(plan.body.name))
      return found && carries(found, plan, attempt.sent) ? () => settle(found, true) : undefined
    }
  }
}

function patchJob(context: ApplyContext, plan: Plan & { readonly kind: 'patch' }, attempt: Attempt): Job {
  const { client, progress } = context
  const { deployment, makesRevision } = plan
  const traces: Traces = { deployment, ...attempt, newest: attempt.doubted }
  return {
    what: 'patch',
    leavesTrace: makesRevision,
    send: () => client.patchDeployment(deployment.id, plan.body),
    settle: async (answer) => {
      progress.deployment(answer)
      if (!makesRevision) return { kind: 'no-revision', deployment: answer }
      return awaitOurs(context, { ...traces, deployment: answer }, answer.latest_revision_id)
    },
    // A patch that makes no revision leaves no trace of its own; the next plan shows whether anything is left to do.
    recover: async () => (makesRevision ? recoverRevision(context, traces) : undefined)
  }
}

/** A 409 is an answer to act on, not an end: every other refusal is thrown. */
async function conflictAside(
  sending: Promise<Written<Deployment>>
): Promise<Written<Deployment> | { readonly kind: 'conflict'; readonly error: Error }> {
  try {
    return await sending
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) return { kind: 'conflict', error }
    throw error
  }
}

/** By what our revision is known: it was not there before, and holds what we sent. */
interface Traces {
  readonly deployment: Deployment
  readonly known: ReadonlySet<string>
  readonly sent: SentRevision
  /** Which one it is when several agree: after a lost answer or a second send the newest, else the oldest. */
  readonly newest: boolean
}

/** One look for our revision. `hint` is the ID that the server's answer named, which counts if it agrees. */
export async function findOurs(
  client: ControlPlaneClient,
  { deployment, known, sent, newest }: Traces,
  hint?: string | null
): Promise<Revision | undefined> {
  const { resources } = await client.revisions(deployment.id)
  const ours = resources.filter((revision) => !known.has(revision.id) && agrees(sent, revision, deployment))
  return ours.find(({ id }) => id === hint) ?? (newest ? ours.at(0) : ours.at(-1))
}

async function recoverRevision(
  { client, progress }: ApplyContext,
  traces: Traces
): Promise<(() => Promise<Applied>) | undefined> {
  const revision = await findOurs(client, { ...traces, newest: true })
  if (!revision) return undefined
  return async () => {
    progress.revision(revision, true)
    return { kind: 'revision', deployment: traces.deployment, revision }
  }
}

async function awaitOurs(
  { client, limits, progress }: ApplyContext,
  traces: Traces,
  hint: string | null
): Promise<Applied> {
  const { deployment } = traces
  const since = limits.clock.now()
  for (;;) {
    const revision = await findOurs(client, traces, hint)
    if (revision) {
      progress.revision(revision, true)
      return { kind: 'revision', deployment, revision }
    }
    if (limits.clock.now() - since >= APPEARS_WITHIN_MS) return { kind: 'missing', deployment }
    await pause(limits, APPEARS_LOOK_MS)
  }
}

/** Whether a deployment is the one that our create made: its source, code and environment are what we sent. */
function carries(
  deployment: Deployment,
  { body, makesRevision }: Plan & { readonly kind: 'create' },
  sent: SentRevision
): boolean {
  const { source, source_revision_config, secrets } = deployment
  const wanted = Array.isArray(body.secrets) ? body.secrets : []
  const environment = new Map((secrets ?? []).map(({ name, value }) => [name, value]))
  return (
    source === body.source &&
    (!makesRevision || agrees(sent, { source_revision_config }, deployment)) &&
    environment.size === wanted.length &&
    wanted.every((secret) => {
      const value = environment.get(String(object(secret)?.name))
      return value === object(secret)?.value || value === null || /^\*+$/.test(value ?? '')
    })
  )
}
