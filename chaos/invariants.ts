import { changesSomething } from './calls.ts'
import { RUN_COMMIT } from './case.ts'
import type { DeploymentTruth, Evidence, RevisionTruth, Sent } from './evidence.ts'
import { isPlaceholder } from './hidden.ts'

export const RULES = ['doubles', 'verdict', 'leaks', 'time', 'others', 'late', 'crash'] as const
/**
 * `doubles`: more than one revision or deployment from one run; `verdict`: contradicts the state of the server;
 * `leaks`: a visible key or secret; `time`: the run ends late or stops polling; `others`: changes to another user's
 * rollout, deployment or variable; `late`: a request that must not be sent, or not at this time; `crash`: an uncaught
 * error, or a run that does not end.
 */
export type Rule = (typeof RULES)[number]

export interface Violation {
  readonly rule: Rule
  readonly text: string
}

type Check = (evidence: Evidence) => readonly string[]

const CHECKS: Readonly<Record<Rule, readonly Check[]>> = {
  doubles: [resends, severalDeployments, rollbacks],
  verdict: [verdictIsTrue, createdIsTrue, idsAreOurs, annotationsDiffer],
  leaks: [secretsStayHidden, masksComeFirst, outputsStayWhole, keysStayHome],
  time: [endsInTime, postEndsInTime, neverDeaf],
  others: [interruptsOnlyOwn, writesOnlyItsOwn, deletesOnlyWhenAsked, keepsEnvironment, leavesNothingRunning],
  late: [nothingAfterDeadline, nothingInDryRun, postOnlySettles],
  crash: [nothingUncaught]
}

/** Returns all violations, by rule. */
export function violations(evidence: Evidence): readonly Violation[] {
  return RULES.flatMap((rule) => CHECKS[rule].flatMap((check) => check(evidence)).map((text) => ({ rule, text })))
}

// State of the server

const FAILED = new Set(['CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'INTERRUPTED'])
const ENDED = new Set([...FAILED, 'DEPLOYED', 'SKIPPED'])
/** A verdict need not include events this shortly before the end of a run: the longest pause, and a request. */
const LATE_NEWS_MS = 25_000

function statusAt({ history }: RevisionTruth, moment: number): string {
  return history.findLast(({ at }) => at <= moment)?.status ?? 'CREATING'
}

function activeAt({ revisions }: DeploymentTruth, moment: number): RevisionTruth | undefined {
  return revisions.findLast(({ activeAt: since }) => since !== undefined && since <= moment)
}

/** Tells if this run created a revision, directly or through a repeated request. */
function isOwn({ madeBy }: Pick<RevisionTruth, 'madeBy'>): boolean {
  return madeBy === 'run' || madeBy === 'duplicate'
}

function find(evidence: Evidence, id: string | undefined): [DeploymentTruth, RevisionTruth] | undefined {
  for (const deployment of evidence.deployments) {
    const revision = deployment.revisions.find((each) => each.id === id)
    if (revision) return [deployment, revision]
  }
  return undefined
}

function target({ deployments, chaos }: Evidence): DeploymentTruth | undefined {
  return deployments.findLast(({ name }) => name === chaos.name)
}

function sentByRun({ requests }: Evidence): readonly Sent[] {
  return requests.filter(({ by }) => by === 'run')
}

function lagOf({ chaos, requests }: Evidence): number {
  return requests.some(({ lagged }) => lagged) ? (chaos.faults.lag?.ms ?? 0) : 0
}

// doubles

/**
 * Minimum search for the effect of a write in doubt before it is repeated, in milliseconds. design.md, section 5,
 * Writes
 */
const DOUBT_MS = 90_000
/** Share of the remaining time, if less than twice that search remains. */
const DOUBT_SHARE = 0.5
const TOLERANCE_MS = 3_000

/** Purpose of a write of the run: its own revision, a rollback, or the restoration of settings after one. */
type Purpose = 'own' | 'rollback' | 'restore'

interface Write {
  readonly sent: Sent
  readonly purpose: Purpose
  readonly made: readonly RevisionTruth[]
}

function writesOf(evidence: Evidence): readonly Write[] {
  const { command } = evidence.chaos
  const sent = sentByRun(evidence).filter(({ method, path }) => changesSomething(method, path))
  const firstRedeploy = sent.find(({ path }) => path.endsWith('/redeploy'))
  return sent.map((each) => {
    const isRedeploy = each.path.endsWith('/redeploy')
    const purpose: Purpose =
      command === 'redeploy'
        ? !isRedeploy
          ? 'restore'
          : each.path === firstRedeploy?.path
            ? 'own'
            : 'rollback'
        : isRedeploy
          ? 'rollback'
          : firstRedeploy && each.n > firstRedeploy.n
            ? 'restore'
            : 'own'
    const made = evidence.deployments
      .flatMap(({ revisions }) => revisions)
      .filter(({ request, madeBy }) => request === each.n && madeBy === 'run')
    return { sent: each, purpose, made }
  })
}

/**
 * A second revision is valid only if the first could not be known: no response named it, and the run searched for it
 * long enough.
 */
function resends(evidence: Evidence): readonly string[] {
  const { startedAt, chaos } = evidence
  const making = writesOf(evidence).filter(({ made }) => made.length > 0)
  return (['own', 'rollback', 'restore'] as const).flatMap((purpose) => {
    const group = making.filter((write) => write.purpose === purpose)
    return group.slice(1).flatMap((write, index) => {
      const before = group[index]
      const [first] = before?.made ?? []
      if (!before || !first) return []
      const doubtAt = before.sent.endedAt ?? before.sent.at
      const knownAt = sentByRun(evidence).find(
        ({ heard, n }) => heard && n < write.sent.n && heard.at <= write.sent.at && heard.text.includes(first.id)
      )
      // A rival changed the environment before the run could read it, or the commit of the same branch was unknown.
      const isStrange = evidence.secretWrites.some(({ by, at }) => by === 'rival' && at < write.sent.at)
      const isConflict = chaos.source === 'github' && before.sent.heard?.status === 409
      if (before.sent.method === 'POST' && (isStrange || isConflict)) return []
      const left = startedAt + chaos.timeoutMs - doubtAt
      const patience = purpose === 'own' ? Math.min(DOUBT_MS, left * DOUBT_SHARE) : DOUBT_MS
      const waited = write.sent.at - doubtAt
      if (knownAt) {
        return [
          `request ${write.sent.n} created a second revision (${purpose}), although the response to ${knownAt.n} had named the first, ${first.id} of request ${before.sent.n}`
        ]
      }
      return waited < patience - TOLERANCE_MS
        ? [
            `request ${write.sent.n} created a second revision (${purpose}) ${seconds(waited)} after the effect of request ${before.sent.n} became uncertain; a search of ${seconds(patience)} was required`
          ]
        : []
    })
  })
}

function severalDeployments({ deployments }: Evidence): readonly string[] {
  const made = deployments.filter(({ madeBy }) => madeBy === 'run')
  return made.length > 1
    ? [`the run created ${made.length} deployments: ${made.map(({ name }) => name).join(', ')}`]
    : []
}

/**
 * A rollback must be requested, must concern a revision that does not work, and must choose the newest older DEPLOYED
 * one.
 */
function rollbacks(evidence: Evidence): readonly string[] {
  const { inputs } = evidence.chaos
  const writes = writesOf(evidence)
  return writes
    .filter(({ purpose }) => purpose === 'rollback')
    .flatMap(({ sent }) => {
      if (inputs['rollback-on-failure'] !== 'true')
        return [`request ${sent.n} is a rollback that the inputs do not allow`]
      const to = find(evidence, /\/revisions\/([0-9a-f-]{36})\/redeploy$/.exec(sent.path)?.[1])
      const own = writes
        .filter(({ purpose, sent: { n } }) => purpose === 'own' && n < sent.n)
        .flatMap(({ made }) => made)
      const ours = find(evidence, evidence.main.outputs['revision-id'])?.[1] ?? own.at(-1)
      if (!to || !ours) return [`request ${sent.n} rolls back without a revision of this run`]
      if (!ours.broken) return [`request ${sent.n} rolls ${ours.id} back, although its agent works`]
      const [deployment, chosen] = to
      const right = deployment.revisions.findLast(
        (revision) => revision.number < ours.number && statusAt(revision, sent.at) === 'DEPLOYED'
      )
      return right && right.id !== chosen.id && lagOf(evidence) === 0
        ? [`request ${sent.n} rolls back to revision ${chosen.number}, not to ${right.number}, the newest DEPLOYED one`]
        : []
    })
}

// verdict

function verdictIsTrue(evidence: Evidence): readonly string[] {
  const { main, chaos } = evidence
  if (main.kind !== 'returned') return []
  const verdict = main.outputs.status ?? ''
  const wrong = judge(evidence, verdict)
  const passing = !['failed', 'superseded', 'timed-out', 'cancelled', 'error'].includes(verdict)
  const passes = verdict === 'superseded' ? (chaos.inputs['on-superseded'] ?? 'warn') !== 'fail' : passing
  const exit =
    passes === main.passed ? [] : [`the verdict is "${verdict}", but the job ${main.passed ? 'passes' : 'fails'}`]
  return [...wrong.map((text) => `"${verdict}", but ${text}`), ...exit]
}

function judge(evidence: Evidence, verdict: string): readonly string[] {
  switch (verdict) {
    case 'deployed':
      return judgeDeployed(evidence)
    case 'failed':
      return judgeFailed(evidence)
    case 'superseded':
      return judgeSuperseded(evidence)
    case 'unchanged':
      return evidence.chaos.command === 'interrupt' ? judgeNotInterrupted(evidence) : judgeUnchanged(evidence)
    case 'found':
      return judgeFound(evidence)
    case 'none':
      return judgeNone(evidence)
    case 'interrupted':
      return judgeInterrupted(evidence)
    case 'started':
      return evidence.chaos.inputs.wait === 'false' && find(evidence, evidence.main.outputs['revision-id'])
        ? []
        : ['the revision does not exist, or the run had to wait']
    case 'deleted':
      return judgeDeleted(evidence)
    case 'planned':
      return evidence.chaos.inputs['dry-run'] === 'true' ? [] : ['the run is not a dry run']
    case 'cancelled':
      return evidence.cancelledAt === undefined ? ['the job was not canceled'] : []
    case 'timed-out':
      return judgeTimedOut(evidence)
    case 'error':
      return judgeError(evidence)
    default:
      return ['the verdict is unknown']
  }
}

function judgeDeployed(evidence: Evidence): readonly string[] {
  const { main, chaos } = evidence
  const found = find(evidence, main.outputs['revision-id'])
  if (!found) return ['no revision has that ID']
  const [deployment, revision] = found
  const problems: string[] = []
  const status = statusAt(revision, main.endedAt)
  if (status !== 'DEPLOYED') problems.push(`revision ${revision.number} is ${status}`)
  const active = activeAt(deployment, main.endedAt)
  const news = LATE_NEWS_MS + lagOf(evidence)
  const isTold = main.told.some(({ kind }) => kind === 'warning')
  const overtaken = active && active.number > revision.number && (active.activeAt ?? 0) < main.endedAt - news
  if (overtaken)
    problems.push(`revision ${active.number} has been active for ${seconds(main.endedAt - (active.activeAt ?? 0))}`)
  if (!overtaken && active?.id !== revision.id && !isTold && (active?.number ?? 0) < revision.number) {
    problems.push(`revision ${revision.number} is not active, and no warning reports this`)
  }
  if (revision.broken && chaos.inputs['health-check'] === 'true') problems.push('its agent returns only 5xx')
  if (['deploy', 'redeploy'].includes(chaos.command) && !isFollowed(evidence))
    problems.push(...carries(evidence, revision))
  if (chaos.command === 'deploy') problems.push(...lacksOfEnvironment(evidence, deployment))
  if (chaos.command === 'wait' && chaos.source === 'github' && chaos.inputs['on-superseded'] !== 'follow') {
    if (revision.commit !== RUN_COMMIT)
      problems.push(`it was built from commit ${revision.commit}, not from that of the run`)
  }
  return problems
}

/** Returns variables of the run that the environment lacks at its end, although no rival changed them. */
function lacksOfEnvironment(
  { chaos, main, secretWrites }: Evidence,
  { id, secrets }: DeploymentTruth
): readonly string[] {
  // If the server hides values, the run cannot verify them.
  if (chaos.hiding) return []
  const writes = secretWrites.filter(({ deploymentId }) => deploymentId === id)
  const last = writes.findLast(({ at }) => at <= main.endedAt)
  const now = last?.after ?? writes[0]?.before ?? secrets
  return Object.entries(chaos.ownSecrets)
    .filter(([name, value]) => now[name] !== value)
    .filter(([name, value]) => !writes.some(({ before, after }) => before[name] === value && after[name] !== value))
    .map(([name]) => `${name} in its environment differs from the inputs of this run`)
}

/** Tells if the run follows newer revisions as its own. */
function isFollowed({ chaos }: Evidence): boolean {
  return chaos.inputs['on-superseded'] === 'follow'
}

/** Returns the differences between a revision and the inputs of the run. */
function carries(evidence: Evidence, revision: RevisionTruth): readonly string[] {
  const { chaos, requests } = evidence
  if (chaos.command === 'redeploy') return carriesAgain(evidence, revision)
  if (chaos.source === 'external_docker') {
    return revision.image === chaos.inputs['image-uri'] ? [] : [`it runs ${revision.image}`]
  }
  if (chaos.source === 'internal_source') {
    const uploads = requests.filter(({ method, path }) => method === 'PUT' && path.startsWith('/storage'))
    return uploads.some(({ path }) => revision.tarball !== null && path.includes(revision.tarball))
      ? []
      : [`it was built from ${revision.tarball}, which this run did not upload`]
  }
  return isOwn(revision) || revision.ref === null || !/^rival/.test(revision.ref)
    ? []
    : [`it was built from ${revision.ref}`]
}

/** Returns the differences between a redeployed revision and its original. */
function carriesAgain(evidence: Evidence, revision: RevisionTruth): readonly string[] {
  const [first] = writesOf(evidence)
  const chosen = find(evidence, /\/revisions\/([0-9a-f-]{36})\/redeploy$/.exec(first?.sent.path ?? '')?.[1])?.[1]
  // The server's handling of the run's own request is not judged.
  if (!chosen || isOwn(revision)) return []
  const differing = (['image', 'tarball', 'commit'] as const).filter((what) => chosen[what] !== revision[what])
  return differing.map((what) => `its ${what} is ${revision[what]}, not ${chosen[what]} as in the redeployed revision`)
}

function judgeFailed(evidence: Evidence): readonly string[] {
  const { main } = evidence
  const found = find(evidence, main.outputs['revision-id'])
  if (!found) {
    const own = evidence.deployments.flatMap(({ revisions }) => revisions).filter(isOwn)
    const alive = own.filter(
      (revision) => main.endedAt - revision.madeAt > 60_000 && !FAILED.has(statusAt(revision, main.endedAt))
    )
    return alive.map(({ id, number }) => `revision ${number} (${id}) of this run continues, but is not reported`)
  }
  const [deployment, revision] = found
  const status = statusAt(revision, main.endedAt)
  if (FAILED.has(status) || deployment.deletedAt !== undefined || revision.broken) return []
  return [`revision ${revision.number} is ${status}, and its agent works`]
}

function judgeSuperseded(evidence: Evidence): readonly string[] {
  const { main, chaos } = evidence
  const found = find(evidence, main.outputs['revision-id'])
  if (!found) {
    // Superseded before a write: the other revision is newer or existed before.
    return writesOf(evidence).some(({ made }) => made.length > 0) ? ['a revision was created, but is not reported'] : []
  }
  const [deployment, revision] = found
  const newer = deployment.revisions.filter(({ number, madeAt }) => number > revision.number && madeAt <= main.endedAt)
  const status = statusAt(revision, main.endedAt)
  const isOver = status === 'SKIPPED' || newer.some((each) => statusAt(each, main.endedAt) === 'DEPLOYED')
  if (newer.length === 0) return [`no revision is newer than ${revision.number}`]
  if (!isOver) return [`revision ${revision.number} is ${status}, but no newer one was deployed`]
  return chaos.inputs['on-superseded'] === 'follow' ? ['the run had to follow the newest revision'] : []
}

function judgeUnchanged(evidence: Evidence): readonly string[] {
  const { main, chaos } = evidence
  const made = writesOf(evidence).filter((write) => write.made.length > 0)
  const problems = made.map(({ sent }) => `request ${sent.n} created a revision`)
  const uploads = sentByRun(evidence).filter(({ method, path }) => method === 'PUT' && path.startsWith('/storage'))
  if (uploads.length > 0) problems.push('an archive was uploaded')
  const deployment = target(evidence)
  if (!deployment) return [...problems, 'the deployment does not exist']
  const moment = main.endedAt
  const active = activeAt(deployment, moment)
  if (chaos.command === 'redeploy') {
    const recent = deployment.revisions.filter(({ madeAt }) => madeAt <= moment).slice(-3)
    const isBack = recent.some((revision) => revision.id !== active?.id && statusAt(revision, moment) !== 'DEPLOYED')
    return active && isBack ? problems : [...problems, 'the latest revision is active, so a redeploy was possible']
  }
  if (!active) return [...problems, 'no revision is active']
  const news = LATE_NEWS_MS + lagOf(evidence)
  const isNews = moment - (active.activeAt ?? 0) < news
  if (isNews) return problems
  const isOtherCommit = chaos.source === 'github' && active.commit !== RUN_COMMIT
  return [
    ...problems,
    ...carries(evidence, active),
    ...lacksOfEnvironment(evidence, deployment),
    ...(isOtherCommit ? [`it was built from commit ${active.commit}`] : [])
  ]
}

function judgeDeleted(evidence: Evidence): readonly string[] {
  const { main, chaos } = evidence
  if (chaos.command !== 'delete') return ['the command is not delete']
  const live = evidence.deployments.filter(
    ({ name, deletedAt, madeAt }) =>
      name === chaos.name && madeAt < main.endedAt - LATE_NEWS_MS - lagOf(evidence) && deletedAt === undefined
  )
  return live.map(({ id }) => `the deployment ${id} still exists`)
}

/** Moments at which the server may have been read: from before the run, where answers lag, to its end. */
function readingTime(evidence: Evidence): { readonly from: number; readonly to: number } {
  return { from: evidence.startedAt - lagOf(evidence), to: evidence.main.endedAt }
}

function judgeFound(evidence: Evidence): readonly string[] {
  const { main, chaos, deployments } = evidence
  const { from, to } = readingTime(evidence)
  const deployment = deployments.find(({ id }) => id === main.outputs['deployment-id'])
  if (!deployment) return ['there is no deployment of that ID']
  if ((deployment.deletedAt ?? to) < from) return ['the deployment was deleted before the run began']
  if (chaos.command !== 'status')
    return find(evidence, main.outputs['revision-id']) ? [] : ['there is no such revision']
  const changed = deployment.revisions.filter(({ activeAt: at }) => at !== undefined && at >= from && at <= to)
  const possible = [activeAt(deployment, from)?.id ?? '', ...changed.map(({ id }) => id)]
  const told = main.outputs['active-revision-id'] ?? ''
  return possible.includes(told) ? [] : [`the active revision is "${told}", and was one of "${possible.join('", "')}"`]
}

function judgeNone(evidence: Evidence): readonly string[] {
  const { chaos, deployments } = evidence
  const { from, to } = readingTime(evidence)
  const live = deployments.filter(
    ({ name, madeAt, deletedAt }) => name === chaos.name && madeAt < from && (deletedAt ?? to + 1) > to
  )
  if (chaos.command === 'status') return live.map(({ id }) => `the deployment ${id} is there`)
  const full = live.filter(({ revisions }) => revisions.some(({ madeAt }) => madeAt < from))
  return full.map(({ id }) => `the deployment ${id} has revisions`)
}

function judgeInterrupted(evidence: Evidence): readonly string[] {
  const { main, interruptions } = evidence
  const id = main.outputs['revision-id'] ?? ''
  const [, revision] = find(evidence, id) ?? []
  if (!revision) return ['there is no such revision']
  const isSent = interruptions.some(({ by, revisionId }) => by === 'run' && revisionId === id)
  const status = statusAt(revision, main.endedAt)
  return [
    ...(isSent ? [] : [`revision ${revision.number} was not interrupted by this run`]),
    ...(status === 'INTERRUPTED' || isToldOf(evidence, id) ? [] : [`revision ${revision.number} is ${status}`])
  ]
}

function judgeNotInterrupted(evidence: Evidence): readonly string[] {
  const { main } = evidence
  const { from, to } = readingTime(evidence)
  const [, named] = find(evidence, main.outputs['revision-id']) ?? []
  if (named) return ENDED.has(statusAt(named, to)) ? [] : [`revision ${named.number} is ${statusAt(named, to)}`]
  const deployment = target(evidence)
  const waiting = deployment?.revisions.filter(({ madeAt }) => madeAt < from) ?? []
  return waiting
    .filter((revision) => !ENDED.has(statusAt(revision, to)))
    .map((revision) => `revision ${revision.number} is ${statusAt(revision, to)}`)
}

function judgeTimedOut(evidence: Evidence): readonly string[] {
  const { main, startedAt, chaos } = evidence
  const deadline = startedAt + chaos.timeoutMs
  if (main.endedAt < deadline - 1_000) return [`${seconds(deadline - main.endedAt)} were left`]
  const found = find(evidence, main.outputs['revision-id'])
  if (!found) return []
  const [deployment, revision] = found
  const since = revision.activeAt
  if (since === undefined || since > deadline - 60_000 || revision.broken) return []
  if (activeAt(deployment, deadline)?.id !== revision.id || deployment.deletedAt !== undefined) return []
  const told = sentByRun(evidence).filter(
    ({ heard, fault, path, at }) => heard && !fault && path.startsWith('/v2/') && at > since + 1_000
  )
  return told.length >= 4
    ? [
        `revision ${revision.number} was active for ${seconds(deadline - since)}, and ${told.length} valid responses followed`
      ]
    : []
}

const REFUSALS = new Set(['refused', 'key-refused', 'redirect', 'echo'])
/** Minimum time for which refusals are tolerated during a rollout. */
const REFUSED_MS = 25_000

function judgeError(evidence: Evidence): readonly string[] {
  const { main, chaos, requests } = evidence
  const own = evidence.deployments
    .filter(({ deletedAt }) => deletedAt === undefined)
    .flatMap(({ revisions }) => revisions)
    .filter(isOwn)
  const sent = sentByRun(evidence)
  if (own.length > 0) {
    // The run could not know a revision created during the last refusals, or right before its end.
    const alive = own.filter(
      (revision) => revision.madeAt < main.endedAt - 1_000 && !FAILED.has(statusAt(revision, main.endedAt))
    )
    const refused = sent.toReversed()
    const until = refused.findIndex(({ fault }) => !fault || !REFUSALS.has(fault))
    const streak = refused.slice(0, until === -1 ? refused.length : until)
    const since = streak.at(-1)?.at ?? main.endedAt
    return main.endedAt - since < REFUSED_MS
      ? alive.slice(0, 1).map(({ id }) => `revision ${id} of this run continues`)
      : []
  }
  const isCalm = chaos.rivals.length === 0 && !chaos.cancel && requests.every(({ fault }) => fault === undefined)
  const isPlausible = chaos.hiding !== undefined || chaos.revisionsBefore < 2
  return isCalm && !isPlausible ? ['no error occurred'] : []
}

function createdIsTrue(evidence: Evidence): readonly string[] {
  const { main, deployments } = evidence
  const { created, 'deployment-id': id } = main.outputs
  const deployment = deployments.find((each) => each.id === id)
  if (main.kind !== 'returned' || !created || !deployment) return []
  const isOurs = isOwn(deployment)
  // A rival's identical deployment is indistinguishable from the run's own one if the response was lost.
  const [write] = writesOf(evidence)
  const isInDoubt = write?.sent.method === 'POST' && !write.sent.heard?.text.includes(deployment.id)
  // So is the deployment from the first of two copies of a request, if only the 409 of the second was received.
  if (isOurs && write?.sent.heard?.status === 409) return []
  // So is a deployment whose environment a rival changed before the run could read it.
  if (isOurs && isInDoubt && evidence.secretWrites.some(({ by }) => by === 'rival')) return []
  const [first] = deployment.revisions
  if (!isOurs && isInDoubt && (!first || evidence.chaos.source === 'internal_source' || isLikeOurs(evidence, first)))
    return []
  return (created === 'true') === isOurs
    ? []
    : [`created is "${created}", but the deployment was created by ${deployment.madeBy}`]
}

/** Each annotation reports another fact: no sentence is in two of them. */
function annotationsDiffer({ main, post }: Evidence): readonly string[] {
  const seen = new Set<string>()
  return [...main.told, ...(post?.told ?? [])]
    .filter(({ kind }) => ['notice', 'warning', 'error'].includes(kind))
    .flatMap(({ text }) => [...new Set(text.split(/(?<=[.!?])\s+/))])
    .filter((sentence) => seen.has(sentence) || !seen.add(sentence))
    .map((sentence) => `two annotations say: ${excerpt(sentence)}`)
}

/** A reported revision must come from a request of this run, or be indistinguishable from such a revision. */
function idsAreOurs(evidence: Evidence): readonly string[] {
  const { main, chaos } = evidence
  const id = main.outputs['revision-id']
  if (main.kind !== 'returned' || !id || !['deploy', 'redeploy'].includes(chaos.command)) return []
  const found = find(evidence, id)
  if (!found) return [`revision-id is ${id}, which does not exist`]
  const [, revision] = found
  if (isOwn(revision) || ['unchanged', 'planned'].includes(main.outputs.status ?? '') || isFollowed(evidence)) return []
  if (isLikeOurs(evidence, revision)) return []
  return [`revision-id is ${id}, revision ${revision.number}, which was created by ${revision.madeBy}`]
}

/** Tells if a rival's identical revision is indistinguishable from that of a lost write. */
function isLikeOurs(evidence: Evidence, revision: RevisionTruth): boolean {
  const writes = writesOf(evidence).filter(({ purpose }) => purpose === 'own')
  const [first] = writes
  const isNamed = writes.some(({ sent: { heard }, made }) => made.some(({ id }) => heard?.text.includes(id)))
  const wasSeen = sentByRun(evidence).some(
    ({ n, heard }) => first !== undefined && n < first.sent.n && heard?.text.includes(revision.id)
  )
  return first !== undefined && !wasSeen && !isNamed && carries(evidence, revision).length === 0
}

// leaks

function secretsStayHidden({ secrets, main, post, strayRequests, requests, chaos }: Evidence): readonly string[] {
  const texts: (readonly [string, string])[] = [
    ...[...main.told, ...(post?.told ?? [])]
      .filter(({ kind }) => kind !== 'mask')
      .map(({ kind, name, text }) => [kind, `${name}\n${text}`] as const),
    ...Object.entries(main.outputs).map(([name, text]) => [`output ${name}`, text] as const),
    ...Object.entries(main.states).map(([name, text]) => [`state ${name}`, text] as const),
    ...strayRequests.map((text) => ['request to another host', text] as const)
  ]
  // The run cannot know values that the server hides.
  const told = requests.flatMap(({ heard, path }) => (heard && !path.includes('/logs') ? heard.text : []))
  const known = secrets.values.filter(
    (value) =>
      Object.values(chaos.ownSecrets).some((own) => own.includes(value)) || told.some((text) => text.includes(value))
  )
  const hidden = [['the key', secrets.key] as const, ...known.map((each) => ['a secret', each] as const)]
  return texts.flatMap(([place, text]) =>
    hidden
      .filter(([, value]) => text.includes(value))
      .map(([what]) => `${what} is visible in ${place}: ${excerpt(text)}`)
  )
}

function excerpt(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 160)
}

function masksComeFirst({ secrets, main, chaos, requests }: Evidence): readonly string[] {
  const first = main.told.findIndex(({ kind }) => kind !== 'mask')
  const before = first === -1 ? main.told : main.told.slice(0, first)
  const problems = before.some(({ text }) => text === secrets.key)
    ? []
    : ['the key is not masked before the first output']
  if (main.told.length === 0) return []
  const masked = new Set(main.told.filter(({ kind }) => kind === 'mask').map(({ text }) => text))
  const isOpen = requests.some(({ by }) => by === 'run')
  const unmasked = isOpen
    ? Object.entries(chaos.ownSecrets).filter(([, value]) => value.startsWith('sk-') && !masked.has(value))
    : []
  return [...problems, ...unmasked.map(([name]) => `the value of ${name} is not masked`)]
}

/** The runner drops an output that contains a masked text. */
function outputsStayWhole({ main }: Evidence): readonly string[] {
  const masked = main.told.filter(({ kind }) => kind === 'mask').map(({ text }) => text)
  return Object.entries(main.outputs).flatMap(([name, value]) =>
    masked.some((text) => text !== '' && value.includes(text)) ? [`the output ${name} contains a masked text`] : []
  )
}

function keysStayHome({ requests, secrets, strayRequests }: Evidence): readonly string[] {
  const elsewhere = requests.filter(({ path }) => path.startsWith('/storage') || path.startsWith('/agents/'))
  const carrying = elsewhere.filter(({ headers }) => JSON.stringify(headers).includes(secrets.key))
  return [
    ...carrying.map(({ n, path }) => `request ${n} to ${path.split('?')[0]} contains the key`),
    ...(strayRequests.length > 0 ? [`${strayRequests.length} requests followed a redirect to another host`] : [])
  ]
}

// time

/** A pending write has one minute beyond the deadline, and the final report has two seconds. */
const WRITE_IN_FLIGHT_MS = 60_000
const REPORT_MS = 2_500
/** Time after the deadline in which a log may be read to explain the timeout. */
const LOG_MS = 10_000
const POST_MS = 20_000
/** The longest pause in any rule, with some tolerance. */
const LONGEST_PAUSE_MS = 62_000

function endsInTime({ main, startedAt, cancelledAt, chaos, requests }: Evidence): readonly string[] {
  if (main.kind !== 'returned') return []
  const took = main.endedAt - startedAt
  const rollback = requests.find(
    ({ by, path }) => by === 'run' && path.endsWith('/redeploy') && chaos.command !== 'redeploy'
  )
  const isRolledBack = chaos.inputs['rollback-on-failure'] === 'true' && (rollback || chaos.command === 'redeploy')
  const deadline = startedAt + chaos.timeoutMs
  const inFlight = requests.some(
    ({ at, endedAt, method, path }) => changesSomething(method, path) && at < deadline && (endedAt ?? at) >= deadline
  )
  const readsLog = requests.some(
    ({ by, at, endedAt, path }) => by === 'run' && /[/_]logs(\?|$)/.test(path) && (endedAt ?? at) >= deadline - LOG_MS
  )
  const most =
    chaos.timeoutMs * (isRolledBack ? 2 : 1) +
    (inFlight || isRolledBack ? WRITE_IN_FLIGHT_MS : 0) +
    (readsLog ? LOG_MS : 0) +
    REPORT_MS
  const problems = took > most ? [`the run took ${seconds(took)}, more than ${seconds(most)}`] : []
  const afterCancel = cancelledAt === undefined ? 0 : main.endedAt - cancelledAt
  return afterCancel > REPORT_MS
    ? [...problems, `the run continued for ${seconds(afterCancel)} after the cancellation`]
    : problems
}

function postEndsInTime({ post }: Evidence): readonly string[] {
  const took = post ? post.endedAt - post.startedAt : 0
  return took > POST_MS ? [`the post step took ${seconds(took)}`] : []
}

/** No response of a server makes a run stop polling. */
function neverDeaf(evidence: Evidence): readonly string[] {
  const { main, startedAt } = evidence
  if (main.kind !== 'returned' && main.kind !== 'killed') return []
  const sent = sentByRun(evidence).filter(({ at }) => at <= main.endedAt)
  const moments = [
    ...sent.map(({ at, n }, index) => ({ at, n, since: sent[index - 1]?.endedAt ?? sent[index - 1]?.at ?? startedAt })),
    { at: main.endedAt, n: undefined, since: sent.at(-1)?.endedAt ?? sent.at(-1)?.at ?? startedAt }
  ]
  return moments
    .filter(({ at, since }) => at - since > LONGEST_PAUSE_MS)
    .map(
      ({ at, n, since }) => `no request was sent for ${seconds(at - since)} before ${n ? `request ${n}` : 'the end'}`
    )
}

// others

/** `interrupt` stops what anybody made, except what is active. */
function interruptsOnlyOwn(evidence: Evidence): readonly string[] {
  if (evidence.chaos.command === 'interrupt') {
    return evidence.interruptions.flatMap(({ by, at, revisionId }) => {
      const [deployment, revision] = find(evidence, revisionId) ?? []
      // It may have become active while the request was on its way.
      const isActive = deployment && activeAt(deployment, at - LATE_NEWS_MS - lagOf(evidence))?.id === revisionId
      return by !== 'rival' && isActive ? [`the run interrupted revision ${revision?.number}, which is active`] : []
    })
  }
  return evidence.interruptions
    .filter(({ by }) => by === 'run' || by === 'post')
    .flatMap(({ by, revisionId }) => {
      const found = find(evidence, revisionId)
      return found && isOwn(found[1])
        ? []
        : [
            `the ${by === 'run' ? 'run' : 'post step'} interrupted ${revisionId}, created by ${found?.[1].madeBy ?? 'an unknown origin'}`
          ]
    })
}

/** `status` and `logs` write nothing; `interrupt` writes nothing else. */
function writesOnlyItsOwn(evidence: Evidence): readonly string[] {
  const { command } = evidence.chaos
  if (!['status', 'logs', 'interrupt'].includes(command)) return []
  return evidence.requests
    .filter(({ method, path }) => method !== 'GET' && !(command === 'interrupt' && /\/interrupt(ion)?$/.test(path)))
    .map(({ n, method, path }) => `request ${n} (${method} ${path}) was sent by \`command: ${command}\``)
}

function deletesOnlyWhenAsked({ deployments, chaos }: Evidence): readonly string[] {
  return deployments
    .filter(({ deletedBy }) => deletedBy === 'run' || deletedBy === 'post')
    .filter(({ name }) => chaos.command !== 'delete' || name !== chaos.name)
    .map(({ name }) => `the deployment "${name}" was deleted`)
}

/** Maximum age of the environment that a write is based on. */
const READ_BEFORE_MS = 5_000

/** A merge preserves the variables of other users, except those set after the run's last read. */
function keepsEnvironment(evidence: Evidence): readonly string[] {
  const { secretWrites, requests, chaos } = evidence
  return secretWrites
    .filter(({ by }) => by === 'run')
    .flatMap(({ request, deploymentId, before, after }) => {
      const sent = requests.find(({ n }) => n === request)
      if (!sent) return []
      const placeholders = Object.entries(after).filter(([, value]) => isPlaceholder(value))
      const lastRead = requests.findLast(
        ({ n, method, path, heard }) =>
          n < sent.n &&
          method === 'GET' &&
          heard?.status === 200 &&
          /\/v2\/deployments(\/[0-9a-f-]{36})?(\?|$)/.test(path)
      )
      const known = Math.max(lastRead?.carriedOutAt ?? 0, sent.at - READ_BEFORE_MS)
      const setAt = (name: string, value: string) =>
        secretWrites.findLast(
          (write) =>
            write.deploymentId === deploymentId &&
            write.by !== 'run' &&
            write.after[name] === value &&
            write.before[name] !== value
        )?.at ??
        secretWrites.find(({ before: earlier, after: later }) => !(name in earlier) && name in later)?.at ??
        0
      const hurt = Object.entries(before).filter(
        ([name, value]) => after[name] !== value && !(name in chaos.ownSecrets) && setAt(name, value) < known
      )
      const isReplaced = chaos.inputs['secrets-mode'] === 'replace'
      const isSeen = (name: string) =>
        chaos.hiding !== 'flickering' ||
        requests.some(({ n, heard }) => n < sent.n && heard?.text.includes(`"${name}"`))
      const lost = hurt.filter(([name]) => (!isReplaced || name in after) && isSeen(name))
      return [
        ...placeholders.map(([name]) => `request ${sent.n} wrote a placeholder over ${name}`),
        ...lost.map(([name]) => `request ${sent.n} ${name in after ? 'put an old value over' : 'removed'} ${name}`)
      ]
    })
}

/**
 * Tells if the run could be certain of its revision: only this run has its archive, or a response named it and no other
 * user created a revision of the same code that the response could have named.
 */
function isConfirmed({ requests, deployments }: Evidence, revision: RevisionTruth): boolean {
  const { id, request, tarball, image, ref, madeAt } = revision
  const heard = requests.find(({ n }) => n === request)?.heard
  const siblings = deployments.find(({ revisions }) => revisions.includes(revision))?.revisions ?? []
  const isAlike = siblings.some(
    (other) => other.madeBy !== 'run' && other.image === image && other.ref === ref && isNear(other.madeAt, madeAt)
  )
  return tarball !== null || (!isAlike && (heard?.text ?? '').includes(id))
}

/** Tells if two times are within the duration of a response. */
function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) < 10_000
}

/** Tells if an annotation names the revision by its full ID. */
function isToldOf({ main, post }: Evidence, id: string): boolean {
  const isLoud = ({ kind, text }: { readonly kind: string; readonly text: string }) =>
    (kind === 'warning' || kind === 'error') && text.includes(id)
  return [...main.told, ...(post?.told ?? [])].some(isLoud)
}

/** A known and reachable revision must not continue if the inputs request its interruption. */
function leavesNothingRunning(evidence: Evidence): readonly string[] {
  const { main, post, chaos, requests } = evidence
  const isEarly = main.kind === 'killed' || main.outputs.status === 'cancelled'
  if (!isEarly || !post || chaos.inputs['on-cancel'] !== 'interrupt') return []
  // After this time, `on-timeout` applies.
  if (main.endedAt >= evidence.startedAt + chaos.timeoutMs - 1_000) return []
  if (requests.some(({ by, fault }) => by === 'post' && fault !== undefined)) return []
  const known = Object.values(main.states).join('\n')
  const isTold = (id: string) => main.outputs['revision-id'] === id
  // Nothing was left open: the process was killed while it reported its end.
  if (known.includes('"done":true')) return []
  return evidence.deployments
    .filter(({ deletedAt }) => deletedAt === undefined)
    .flatMap(({ revisions }) => revisions)
    .filter((revision) => revision.madeBy === 'run' && isTold(revision.id) && known.includes(revision.id))
    .filter((revision) => !ENDED.has(statusAt(revision, post.endedAt)))
    .filter(({ id }) => !evidence.interruptions.some(({ revisionId }) => revisionId === id))
    .filter((revision) => isConfirmed(evidence, revision) || !isToldOf(evidence, revision.id))
    .map(({ id }) => `revision ${id} had to be interrupted, but continues`)
}

// late

function nothingAfterDeadline(evidence: Evidence): readonly string[] {
  const { startedAt, chaos } = evidence
  const deadline = startedAt + chaos.timeoutMs
  const isRollback = chaos.inputs['rollback-on-failure'] === 'true'
  return writesOf(evidence)
    .filter(({ sent }) => sent.at > deadline + 500)
    .filter(({ purpose }) => purpose === 'own' || !isRollback)
    .map(({ sent }) => `request ${sent.n} (${sent.method}) was sent ${seconds(sent.at - deadline)} after the deadline`)
}

function nothingInDryRun(evidence: Evidence): readonly string[] {
  if (evidence.chaos.inputs['dry-run'] !== 'true') return []
  return writesOf(evidence).map(({ sent }) => `request ${sent.n} (${sent.method}) was sent in a dry run`)
}

function postOnlySettles({ requests }: Evidence): readonly string[] {
  return requests
    .filter(({ by, method, path }) => by === 'post' && method !== 'GET' && !/\/interrupt(ion)?$/.test(path))
    .map(({ n, method, path }) => `the post step sent ${method} ${path} (request ${n})`)
}

// crash

function nothingUncaught({ uncaught, main, post }: Evidence): readonly string[] {
  return [
    ...uncaught.map((text) => `uncaught error: ${excerpt(text)}`),
    ...(main.kind === 'threw' || main.kind === 'hung' ? [`the run ${main.kind}: ${excerpt(main.error)}`] : []),
    ...(post && post.kind !== 'returned' ? [`the post step ${post.kind}: ${excerpt(post.error)}`] : []),
    ...(main.kind === 'returned' && !main.outputs.status ? ['the output status is missing'] : [])
  ]
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
