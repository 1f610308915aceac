import { ApiError } from '../control-plane/errors.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { findAllPreviews, isGoing } from '../deployment/find.ts'
import { previewNames } from '../deployment/preview.ts'
import { sameRepository } from '../deployment/sources/github.ts'
import { type PullRequestNow, pullRequestNow, READ_PULL_REQUESTS } from '../github/pull-requests.ts'
import type { SweepConfig } from '../inputs/config.ts'
import type { CommandContext, DeletedPreview } from '../rollout/context.ts'
import { inWords } from '../run/duration.ts'
import type { SweptPreview } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'
import { removeDeployment } from './delete.ts'

/** A deployment that is the preview of a pull request by its name. */
interface Preview {
  readonly deployment: Deployment
  readonly pullRequest: number
}

/** Tells what becomes of a preview. */
type TellOutcome = (preview: Preview, outcome: SweptPreview['outcome'], why: string) => void
/** Deletes a preview, unless the run is a dry one. */
type Remove = (preview: Preview, why: string) => Promise<void>

/**
 * Deletes the previews that no run has deleted: GitHub starts none for the end of a pull request with a conflict, and one
 * can be filtered, cancelled or lost. What GitHub does not vouch for stays.
 *
 * @throws the first refusal of a delete, after all others were tried
 */
export async function sweep(context: CommandContext, config: SweepConfig): Promise<Verdict> {
  const told: SweptPreview[] = []
  const failures: ApiError[] = []
  const tell: TellOutcome = ({ deployment: { name }, pullRequest }, outcome, why) => {
    const row = { name, pullRequest, outcome, why }
    told.push(row)
    context.progress.swept(row)
  }
  const remove: Remove = async (preview, why) => {
    if (config.dryRun) return tell(preview, 'planned', why)
    try {
      await removeDeployment(context, config, preview.deployment)
      tell(preview, 'deleted', why)
      await context.tellDeleted(deletedPreview(config, preview, why))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      failures.push(error)
      tell(preview, 'failed', why)
    }
  }

  const own = await findOwn(context, config, tell)
  const { open, withheld } = await sweepClosed(context, config, own, { tell, remove })
  await sweepOpen(context, config, { open, staying: withheld.length }, { tell, remove })
  const [failure] = failures
  if (failure) throw failure
  return sweepVerdict(config, told, withheld)
}

/** What may be done with a preview. */
interface Acts {
  readonly tell: TellOutcome
  readonly remove: Remove
}

/** What GitHub is told of one that was deleted. */
function deletedPreview(
  { target, controlPlane }: SweepConfig,
  { deployment, pullRequest }: Preview,
  why: string
): DeletedPreview {
  const isSelfHosted = controlPlane.hosting === 'self-hosted'
  const [firstName = deployment.name] = previewNames(target.name ?? '', pullRequest, isSelfHosted)
  const reason = `LangSmith is deleting the deployment "${deployment.name}", since ${why}. Its name stays reserved for up to a week.`
  return { deployment, firstName, pullRequest, reason }
}

/** The previews of this repository that are there; the others are told as kept. */
async function findOwn(
  { client }: CommandContext,
  { target, controlPlane, trigger }: SweepConfig,
  tell: TellOutcome
): Promise<readonly Preview[]> {
  const all = await findAllPreviews(client, target.name ?? '', controlPlane.hosting === 'self-hosted')
  const standing = all.filter(({ deployment }) => !isGoing(deployment))
  return standing
    .sort((left, right) => left.pullRequest - right.pullRequest || compareNames(left, right))
    .filter((preview) => {
      const foreign = whyForeign(preview.deployment, trigger.repositoryUrl)
      if (foreign) tell(preview, 'kept', foreign)
      return !foreign
    })
}

/** `NAME-pr-N` comes before `NAME-pr-N-2`. */
function compareNames(left: Preview, right: Preview): number {
  return left.deployment.name < right.deployment.name ? -1 : 1
}

function whyForeign({ is_preview, source_config }: Deployment, repositoryUrl: string): string | undefined {
  if (is_preview === true) return 'LangSmith made it by itself, and deletes it'
  const { repo_url } = source_config
  if (repo_url && !sameRepository(repo_url, repositoryUrl)) return 'it is built from another repository'
  return undefined
}

/** How many pull requests GitHub is asked for at once; its budget of time is short. */
const ASKED_AT_ONCE = 8
const FAILURE = 'Pull requests could not be looked at, so their previews were kept'

/** A preview of whose pull request GitHub did not tell the state. */
interface Withheld extends Preview {
  /** Whether GitHub answered that it knows no such pull request. */
  readonly isUnknown: boolean
}

/** Deletes those of closed pull requests, each right after GitHub said so. @returns the others */
async function sweepClosed(
  { github }: CommandContext,
  { trigger: { repository } }: SweepConfig,
  previews: readonly Preview[],
  { tell, remove }: Acts
): Promise<{ readonly open: readonly Preview[]; readonly withheld: readonly Withheld[] }> {
  const open: Preview[] = []
  const withheld: Withheld[] = []
  const numbers = [...new Set(previews.map(({ pullRequest }) => pullRequest))]
  for (let index = 0; index < numbers.length; index += ASKED_AT_ONCE) {
    const asked = numbers.slice(index, index + ASKED_AT_ONCE)
    const answers = await Promise.all(
      asked.map(async (number) => [number, github && (await pullRequestNow(github, number, FAILURE))] as const)
    )
    const answerTo = new Map<number, PullRequestNow | 'unknown' | undefined>(answers)
    for (const preview of previews.filter(({ pullRequest }) => asked.includes(pullRequest))) {
      const { pullRequest } = preview
      const answer = answerTo.get(pullRequest)
      if (answer === undefined || answer === 'unknown') {
        withheld.push({ ...preview, isUnknown: answer === 'unknown' })
        tell(preview, 'kept', whyNotDecided(pullRequest, repository, answer))
      } else if (answer.state === 'open') open.push(preview)
      else await remove(preview, `pull request ${pullRequest} is ${answer.state}`)
    }
  }
  return { open, withheld }
}

function whyNotDecided(pullRequest: number, repository: string, answer: 'unknown' | undefined): string {
  return answer === 'unknown'
    ? `GitHub shows no pull request ${pullRequest} of ${repository}`
    : `GitHub gave no answer about pull request ${pullRequest}`
}

/** A preview of an open pull request, and its last revision. */
interface Dated extends Preview {
  readonly revision: Revision | undefined
  /** When that was made, in milliseconds since the epoch; of a deployment without one, when it was made itself. */
  readonly at: number | undefined
}

/** Deletes previews of open pull requests that are too old, or too many. @param staying how many others stay */
async function sweepOpen(
  context: CommandContext,
  config: SweepConfig,
  { open, staying }: { readonly open: readonly Preview[]; readonly staying: number },
  { tell, remove }: Acts
): Promise<void> {
  const { maxAgeMs, maxPreviews } = config
  const isTooMany = maxPreviews !== undefined && open.length + staying > maxPreviews
  if (maxAgeMs === undefined && !isTooMany) {
    for (const preview of open) tell(preview, 'kept', isOpen(preview))
    return
  }
  const dated: Dated[] = []
  for (const preview of open) dated.push(await withDate(context, preview))
  const { leaving, remaining } = chooseLeaving(dated, {
    now: context.limits.clock.now(),
    maxAgeMs,
    maxPreviews,
    staying
  })
  for (const { preview, why } of leaving) {
    if (await hasNewRevision(context, preview)) tell(preview, 'kept', 'it got a new revision just now')
    else await remove(preview, why)
  }
  for (const preview of remaining) tell(preview, 'kept', isOpen(preview))
}

function isOpen({ pullRequest }: Preview): string {
  return `pull request ${pullRequest} is open`
}

async function withDate({ client }: CommandContext, preview: Preview): Promise<Dated> {
  const { deployment } = preview
  const [revision] = (await client.revisions(deployment.id)).resources
  const at = Date.parse((revision ?? deployment).created_at ?? '')
  return { ...preview, revision, at: Number.isNaN(at) ? undefined : at }
}

/** A push that came in between is a reason to keep the preview. */
async function hasNewRevision({ client }: CommandContext, { deployment, revision }: Dated): Promise<boolean> {
  const [newest] = (await client.revisions(deployment.id)).resources
  return newest?.id !== revision?.id
}

/** Which previews of open pull requests go, oldest first. Of one whose age is not known nothing can be said, so it stays. */
export function chooseLeaving<P extends { readonly at: number | undefined }>(
  previews: readonly P[],
  {
    now,
    maxAgeMs,
    maxPreviews,
    staying
  }: {
    readonly now: number
    readonly maxAgeMs: number | undefined
    readonly maxPreviews: number | undefined
    /** How many others count too, and stay. */
    readonly staying: number
  }
): { readonly leaving: readonly { readonly preview: P; readonly why: string }[]; readonly remaining: readonly P[] } {
  const oldestFirst = [...previews].sort((left, right) => (left.at ?? Infinity) - (right.at ?? Infinity))
  let left = previews.length + staying
  const leaving: { readonly preview: P; readonly why: string }[] = []
  for (const preview of oldestFirst) {
    if (preview.at === undefined) break
    const ageMs = now - preview.at
    const isOld = maxAgeMs !== undefined && ageMs > maxAgeMs
    const isOver = maxPreviews !== undefined && left > maxPreviews
    if (!isOld && !isOver) break
    const age = `its last revision is ${inWords(ageMs)} old`
    leaving.push({ preview, why: isOld ? age : `there are more than ${maxPreviews} previews, and ${age}` })
    left -= 1
  }
  const gone = new Set(leaving.map(({ preview }) => preview))
  return { leaving, remaining: oldestFirst.filter((preview) => !gone.has(preview)) }
}

function sweepVerdict(
  { dryRun, target: { name } }: SweepConfig,
  told: readonly SweptPreview[],
  withheld: readonly Withheld[]
): Verdict {
  const going = told.filter(({ outcome }) => outcome !== 'kept')
  const reason = sweepReason(`${name}`, told.length, going, dryRun)
  if (dryRun) return { status: 'planned', reason, changes: going.length }
  const unknown = withheld.filter(({ isUnknown }) => isUnknown)
  return { status: 'swept', reason, ...(unknown.length > 0 && { warning: unknownWarning(unknown) }) }
}

function sweepReason(name: string, count: number, going: readonly SweptPreview[], dryRun: boolean): string {
  if (count === 0) return `There is no preview of "${name}".`
  const all = count === 1 ? 'the only preview' : `${going.length} of ${count} previews`
  if (going.length === 0)
    return `No preview of "${name}" ${dryRun ? 'would have' : 'had'} to be deleted; ${count} stay${count === 1 ? 's' : ''}.`
  const names = going.map((row) => `"${row.name}"`).join(', ')
  return dryRun
    ? `It would delete ${all} of "${name}": ${names}.`
    : `LangSmith is deleting ${all} of "${name}": ${names}.`
}

function unknownWarning(unknown: readonly Withheld[]): string {
  const names = unknown.map(({ deployment: { name } }) => `"${name}"`).join(', ')
  return `GitHub returned 404 for the pull request of ${names}, which ${unknown.length === 1 ? 'was' : 'were'} kept: there is none, or the token may not read it. Give the job \`permissions: ${READ_PULL_REQUESTS}\`; a deployment that belongs to no pull request can be deleted with \`command: delete\` and its \`name\`.`
}
