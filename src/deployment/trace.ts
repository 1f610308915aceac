import type { ControlPlaneClient } from '../control-plane/client.ts'
import type { Deployment, Revision, Secret } from '../control-plane/resources.ts'
import type { CreatedTraits, Intent } from '../run/intent.ts'
import type { JsonObject } from '../run/object.ts'
import { object } from '../run/object.ts'
import { findByName, isGoing } from './find.ts'
import { hiddenNames } from './hidden.ts'
import { sameImage } from './image.ts'
import { agrees, commitOf } from './revision.ts'
import { secretsIn } from './secrets.ts'
import { sameRepository } from './sources/github.ts'

/*
 * Recognizes the effect of a write if the response is lost or does not name it. This file only reads.
 */

/** The effect of a write. */
export interface Effect {
  readonly deployment: Deployment
  /** `undefined` when the write creates no revision. */
  readonly revision: Revision | undefined
  /** True if the effect is certain. A revision might not report its commit before it is built. */
  readonly isConfirmed: boolean
}

/** Details of a write that only the process that sent it has. */
interface Recall {
  /** The body that was sent. It contains secrets, so it is never saved. Without it, fewer values are compared. */
  readonly body?: JsonObject
  /** Set when the write was refused. An effect then belongs to this run only if everything matches, also the commit. */
  readonly conflict?: { readonly commit: string | undefined }
}

/** Maximum difference between the clocks of runner and server, in milliseconds. */
const CLOCK_SKEW_MS = 300_000
/** Maximum age of a deployment that caused a 409 and counts as created by this run, in milliseconds. */
const CONFLICT_AGE_MS = 60_000

/** New revisions since a write that may be its effect. */
interface Candidates {
  /** Matching revisions, newest first. */
  readonly ours: readonly Revision[]
  /** The latest revision of the deployment, if it did not exist before the write. */
  readonly named: Revision | undefined
  /** True if the deployment names a new revision that cannot be read yet. */
  readonly isNamedMissing: boolean
  /** True if the list has new revisions but the deployment still names an old one. Its secrets are then old too. */
  readonly isAhead: boolean
}

/**
 * Searches once for the revision that a write created. The list can lag behind, so the latest revision of the
 * deployment is read by its ID if the list omits it.
 *
 * @param deployment from the response to the write, or read after the write
 * @param seen IDs of the revisions that existed right before this send, which the response cannot mean
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
 * Searches once for the effect of a write in doubt.
 *
 * @returns `other` if a deployment that this run did not create has the name; `undefined` if there is no effect (yet)
 */
export async function findEffect(
  client: ControlPlaneClient,
  intent: Intent,
  recall: Recall = {}
): Promise<Effect | 'other' | undefined> {
  if (intent.created) return findCreated(client, intent, intent.created, recall)
  if (!intent.deploymentId) return undefined
  const deployment = await client.deployment(intent.deploymentId)
  // Another run can have sent the same code with other secrets.
  if (!carries(deployment, recall.body ?? {})) return undefined
  // Earlier sends may have taken effect too; the newest replaces the others.
  const { ours, isNamedMissing, isAhead } = await findCandidates(client, deployment, intent)
  // If only this run can have sent the code, the oldest match is its own: later changes of secrets repeat the code.
  const revision = ours.at(intent.isUnique ? -1 : 0)
  if (!revision) return undefined
  const isSame = !recall.conflict || isSameCode(revision, recall.conflict)
  if (isSame === false) return undefined
  const isClear = isSame === true && !isNamedMissing && !isAhead
  return { deployment, revision, isConfirmed: isClear && isConfirmed(intent, revision) }
}

/** True if a deployment has the secrets and plain settings of a sent body, as far as the server returns them. */
export function carries({ secrets, source_config: actual }: Deployment, body: JsonObject): boolean {
  const known = new Map<string, unknown>(Object.entries(actual))
  const isSame = ([field, wanted]: [string, unknown]) =>
    !COMPARABLE.has(field) || (known.get(field) ?? wanted) === wanted
  return hasValues(secrets, secretsIn(body)) && Object.entries(object(body.source_config) ?? {}).every(isSame)
}

/** Settings that a server returns exactly as they were sent. */
const COMPARABLE = new Set(['build_on_push', 'install_command', 'build_command'])

/** True if an environment has these values. Hidden values count as equal. */
function hasValues(actual: Deployment['secrets'], wanted: readonly Secret[]): boolean {
  if (actual === null) return true
  const values = new Map(actual.map(({ name, value }) => [name, value]))
  const hidden = hiddenNames(actual)
  return wanted.every(({ name, value }) => values.get(name) === value || hidden.has(name))
}

/** Searches once for the revision of a write with a response. @param namedId the revision that the response names */
export async function findAnswered(
  client: ControlPlaneClient,
  deploymentId: string,
  intent: Intent,
  namedId: string | undefined
): Promise<Effect | undefined> {
  const deployment = await client.deployment(deploymentId)
  const named = namedId === undefined ? undefined : await client.glanceRevision(deploymentId, namedId)
  if (named && agrees(intent.sent, named, deployment)) return { deployment, revision: named, isConfirmed: true }
  // Until the named revision can be read, any other match belongs to another run.
  if (namedId !== undefined && !named) return undefined
  const { ours } = await findCandidates(client, deployment, intent)
  const revision = ours.at(intent.created || intent.isUnique ? -1 : 0)
  return revision && { deployment, revision, isConfirmed: false }
}

/**
 * Recognizes a create by the first revision of the deployment. The deployment itself has the configuration of its
 * latest revision, which another run may have created.
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
  // Without a later revision, the environment is still that of the create. After a conflict, it must match in any case.
  const isLatest = deployment.latest_revision_id === (first?.id ?? null)
  const isUntouched = isLatest && resources.length <= (created.makesRevision ? 1 : 0)
  if ((isUntouched || recall.conflict) && !hasEnvironment(deployment, created, secretsIn(recall.body ?? {})))
    return 'other'
  if (!isYoung(deployment.created_at ?? first?.created_at, created, recall)) return 'other'
  // A deployment that was created without a revision is recognized even if another run has added one.
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

/** True if a deployment is new enough to come from this create. A lagging list may have omitted an older equal one. */
function isYoung(createdAt: string | null | undefined, { sentAt }: CreatedTraits, { conflict }: Recall): boolean {
  const at = Date.parse(createdAt ?? '')
  return conflict ? at >= sentAt - CONFLICT_AGE_MS : Number.isNaN(at) || at >= sentAt - CLOCK_SKEW_MS
}

/** True if a revision was built from this commit, not for another run. `undefined` while its commit is unknown. */
function isSameCode(first: Revision, { commit }: NonNullable<Recall['conflict']>): boolean | undefined {
  if (first.source_revision_config.repo_ref === null) return true
  const built = commitOf(first)
  return built === undefined ? undefined : built === commit
}

function isConfirmed({ sent }: Intent, revision: Revision): boolean {
  return isSureImage(sent, revision) && (!sent.repo_commit_sha || commitOf(revision) !== undefined)
}

/** True if the server returns the image as it was sent. A tag and a digest may mean the same image. */
function isSureImage({ image_uri: wanted }: Intent['sent'], { source_revision_config }: Revision): boolean {
  return wanted === null || sameImage(source_revision_config.image_uri ?? '', wanted)
}
