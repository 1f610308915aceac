import type { ControlPlaneClient } from '../control-plane/client.ts'
import type { Deployment, Revision, Secret } from '../control-plane/resources.ts'
import type { JsonObject } from '../run/object.ts'
import { object } from '../run/object.ts'
import { findByName, isGoing } from './find.ts'
import { hiddenNames } from './hidden.ts'
import { sameImage } from './image.ts'
import type { CreatedTraits, Intent } from './progress.ts'
import { agrees, commitOf } from './revision.ts'
import { secretsIn } from './secrets.ts'
import { sameRepository } from './sources/github.ts'

/*
 * How the effect of a write is recognized when its answer was lost or does not name it. Everything here only reads.
 */

/** A write that took effect. */
export interface Effect {
  readonly deployment: Deployment
  /** Missing when the write makes no revision. */
  readonly revision: Revision | undefined
  /** Whether what is told of it by now is enough to know it: a revision may tell its commit only once it is built. */
  readonly isConfirmed: boolean
}

/** What is known of a write only in the process that sent it. */
interface Recall {
  /** The body that was sent. It holds secrets, so it is never saved; without it less can be compared. */
  readonly body?: JsonObject
  /** The write was refused, so what is there is ours only if it agrees in everything, its commit too. */
  readonly conflict?: { readonly commit: string | undefined }
}

/** Clocks of runner and server may differ by this much, in milliseconds. */
const CLOCK_SKEW_MS = 300_000
/** A deployment that caused a 409 is taken for ours only if it is as young as this, in milliseconds. */
const CONFLICT_AGE_MS = 60_000

/** The revisions that were made since a write, newest first, as far as they may be its effect. */
interface Candidates {
  readonly ours: readonly Revision[]
  /** The revision that the deployment names as its latest, if it was not there before the write. */
  readonly named: Revision | undefined
  /** Whether it names a new one that cannot be read yet. */
  readonly isNamedMissing: boolean
  /** Whether the list holds new ones and the deployment still names an old one, so that its secrets are old, too. */
  readonly isAhead: boolean
}

/**
 * Looks once for the revision that a write made. The list can lag behind, so the revision that the deployment names as its
 * latest is read by its ID if the list lacks it.
 *
 * @param deployment as the answer to the write has it, or as it was read after the write
 * @param seen IDs of the revisions that existed right before this very send, none of which its answer can mean
 */
export async function findCandidates(
  client: ControlPlaneClient,
  deployment: Deployment,
  { known, sent }: Pick<Intent, 'known' | 'sent'>,
  seen: readonly string[] = known
): Promise<Candidates> {
  const { resources } = await client.revisions(deployment.id)
  const latest = deployment.latest_revision_id
  const isNew = latest !== null && !seen.includes(latest)
  const isListed = resources.some(({ id }) => id === latest)
  const unlisted = isNew && !isListed ? await client.glanceRevision(deployment.id, latest) : undefined
  const made = [...(unlisted ? [unlisted] : []), ...resources.filter(({ id }) => !known.includes(id))]
  const named = made.find(({ id }) => id === latest)
  return {
    ours: made.filter((revision) => agrees(sent, revision, deployment)),
    named: isNew ? named : undefined,
    isNamedMissing: isNew && named === undefined,
    isAhead: !isNew && latest !== null && made.length > 0
  }
}

/**
 * Looks once for the effect of a write in doubt.
 *
 * @returns `other` if the name of a create belongs to a deployment that is not ours; nothing if there is no trace (yet)
 */
export async function findEffect(
  client: ControlPlaneClient,
  intent: Intent,
  recall: Recall = {}
): Promise<Effect | 'other' | undefined> {
  if (intent.created) return findCreated(client, intent, intent.created, recall)
  if (!intent.deploymentId) return undefined
  const deployment = await client.deployment(intent.deploymentId)
  // Somebody else can have sent the same code without our secrets.
  if (!carries(deployment, recall.body ?? {})) return undefined
  // An earlier send may have taken effect too, and the newest of them replaces the others.
  const { ours, isNamedMissing, isAhead } = await findCandidates(client, deployment, intent)
  // What only this run can have sent comes first; a change of secrets by somebody else repeats it.
  const revision = ours.at(intent.isUnique ? -1 : 0)
  if (!revision) return undefined
  const isSame = !recall.conflict || isSameCode(revision, recall.conflict)
  if (isSame === false) return undefined
  const isClear = isSame === true && !isNamedMissing && !isAhead
  return { deployment, revision, isConfirmed: isClear && isConfirmed(intent, revision) }
}

/** Whether a deployment holds the secrets and the plain settings of a body that was sent, as far as the server tells them. */
export function carries({ secrets, source_config: actual }: Deployment, body: JsonObject): boolean {
  const known = new Map<string, unknown>(Object.entries(actual))
  const isSame = ([field, wanted]: [string, unknown]) =>
    !COMPARABLE.has(field) || (known.get(field) ?? wanted) === wanted
  return hasValues(secrets, secretsIn(body)) && Object.entries(object(body.source_config) ?? {}).every(isSame)
}

/** Settings that a server answers as they were sent. */
const COMPARABLE = new Set(['build_on_push', 'install_command', 'build_command'])

/** Whether an environment holds these values, where the server does not hide them. */
function hasValues(actual: Deployment['secrets'], wanted: readonly Secret[]): boolean {
  if (actual === null) return true
  const values = new Map(actual.map(({ name, value }) => [name, value]))
  const hidden = hiddenNames(actual)
  return wanted.every(({ name, value }) => values.get(name) === value || hidden.has(name))
}

/** Looks once for the revision of an answered write. @param namedId the revision that the answer named, if any */
export async function findAnswered(
  client: ControlPlaneClient,
  deploymentId: string,
  intent: Intent,
  namedId: string | undefined
): Promise<Effect | undefined> {
  const deployment = await client.deployment(deploymentId)
  const named = namedId === undefined ? undefined : await client.glanceRevision(deploymentId, namedId)
  if (named && agrees(intent.sent, named, deployment)) return { deployment, revision: named, isConfirmed: true }
  // Until it can be read, another one that agrees is somebody else's.
  if (namedId !== undefined && !named) return undefined
  const { ours } = await findCandidates(client, deployment, intent)
  const revision = ours.at(intent.created || intent.isUnique ? -1 : 0)
  return revision && { deployment, revision, isConfirmed: false }
}

/**
 * A create is recognized by the first revision of the deployment. The configuration of the deployment is that of its
 * latest revision, which somebody else may have made since.
 */
async function findCreated(
  client: ControlPlaneClient,
  { name, sent }: Intent,
  created: CreatedTraits,
  recall: Recall
): Promise<Effect | 'other' | undefined> {
  const deployment = await findByName(client, name)
  if (!deployment || isGoing(deployment)) return undefined
  if (!hasTraits(deployment, created)) return 'other'
  const { resources } = await client.revisions(deployment.id)
  const first = resources.at(-1)
  // Without a revision of a later write, the environment is still that of the create; a conflict leaves no room for doubt.
  const isLatest = deployment.latest_revision_id === (first?.id ?? null)
  const isUntouched = isLatest && resources.length <= (created.makesRevision ? 1 : 0)
  if ((isUntouched || recall.conflict) && !hasEnvironment(deployment, created, secretsIn(recall.body ?? {})))
    return 'other'
  if (!isYoung(deployment.created_at ?? first?.created_at, created, recall)) return 'other'
  // What was created without a revision is still known when somebody else has given it one.
  if (!created.makesRevision) return { deployment, revision: undefined, isConfirmed: true }
  if (!first) return undefined
  if (!agrees(sent, first, deployment)) return 'other'
  const isSame = !recall.conflict || isSameCode(first, recall.conflict)
  return isSame === false
    ? 'other'
    : { deployment, revision: first, isConfirmed: isSame === true && isSureImage(sent, first) }
}

function hasTraits({ source, source_config: actual }: Deployment, { source: wanted, repoUrl }: CreatedTraits): boolean {
  return source === wanted && (!actual.repo_url || !repoUrl || sameRepository(actual.repo_url, repoUrl))
}

function hasEnvironment(
  { secrets: actual }: Deployment,
  { secretNames }: CreatedTraits,
  secrets: readonly Secret[]
): boolean {
  if (actual === null) return true
  const names = new Set(actual.map(({ name }) => name))
  return names.size === secretNames.length && secretNames.every((name) => names.has(name)) && hasValues(actual, secrets)
}

/** An older deployment that a lagging list had hidden is not ours, even if it holds what we sent. */
function isYoung(createdAt: string | null | undefined, { sentAt }: CreatedTraits, { conflict }: Recall): boolean {
  const at = Date.parse(createdAt ?? '')
  return conflict ? at >= sentAt - CONFLICT_AGE_MS : Number.isNaN(at) || at >= sentAt - CLOCK_SKEW_MS
}

/** The branch may have been built at another commit, for somebody else's run. Nothing while that is not told. */
function isSameCode(first: Revision, { commit }: NonNullable<Recall['conflict']>): boolean | undefined {
  if (first.source_revision_config.repo_ref === null) return true
  const built = commitOf(first)
  return built === undefined ? undefined : built === commit
}

function isConfirmed({ sent }: Intent, revision: Revision): boolean {
  return isSureImage(sent, revision) && (!sent.repo_commit_sha || commitOf(revision) !== undefined)
}

/** Whether the image is told as it was sent: a tag and a digest may mean the same. */
function isSureImage({ image_uri: wanted }: Intent['sent'], { source_revision_config }: Revision): boolean {
  return wanted === null || sameImage(source_revision_config.image_uri ?? '', wanted)
}
