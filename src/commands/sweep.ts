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
import { loadAhead } from './ahead.ts'
import { removeDeployment } from './delete.ts'

/** A deployment with the name of a preview. */
interface Preview {
  readonly deployment: Deployment
  readonly pullRequest: number
}

/** Reports the outcome of a preview. */
type TellOutcome = (preview: Preview, outcome: SweptPreview['outcome'], why: string) => void
/** Deletes a preview, except in a dry run. */
type Remove = (preview: Preview, why: string) => Promise<void>

/**
 * Deletes the previews whose delete run never succeeded: GitHub starts no run when a pull request with a conflict is
 * closed, and a run can be filtered, canceled or lost. A preview stays if the state of its pull request is unknown.
 *
 * @throws {ApiError} the first failed delete, after an attempt to delete all others
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
  if (!config.dryRun) await loadAhead(config)
  const { open, withheld } = await sweepClosed(context, config, own, { tell, remove })
  await sweepOpen(context, config, { open, staying: withheld.length }, { tell, remove })
  const [failure] = failures
  if (failure) throw failure
  return sweepVerdict(config, told, withheld)
}

/** The actions on a preview. */
interface Acts {
  readonly tell: TellOutcome
  readonly remove: Remove
}

/** The facts that GitHub gets about a deleted preview. */
function deletedPreview(
  { target, controlPlane }: SweepConfig,
  { deployment, pullRequest }: Preview,
  why: string
): DeletedPreview {
  const isSelfHosted = controlPlane.hosting === 'self-hosted'
  const [firstName = deployment.name] = previewNames(target.name ?? '', pullRequest, isSelfHosted)
  const reason = `LangSmith is deleting deployment "${deployment.name}", because ${why}. Its name stays reserved for up to a week.`
  return { deployment, firstName, pullRequest, reason }
}

/** Finds the existing previews of this repository, and reports the others as kept. */
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
  if (is_preview === true) return 'LangSmith created it and will delete it'
  const { repo_url } = source_config
  if (repo_url && !sameRepository(repo_url, repositoryUrl)) return 'it is built from another repository'
  return undefined
}

/** The number of pull requests to look up at once, because the time for GitHub requests is short. */
const ASKED_AT_ONCE = 8
const FAILURE = 'Could not look up the pull requests, so their previews were kept'

/** A preview whose pull request has an unknown state. */
interface Withheld extends Preview {
  /** True if GitHub returned 404; false if it returned no usable response. */
  readonly isUnknown: boolean
}

/** Deletes the previews of closed pull requests, right after each lookup. @returns the other previews */
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
    ? `GitHub found no pull request ${pullRequest} in ${repository}`
    : `GitHub did not return the state of pull request ${pullRequest}`
}

/** A preview of an open pull request, and its last revision. */
interface Dated extends Preview {
  readonly revision: Revision | undefined
  /** When the revision was created, else the deployment, in milliseconds since the epoch. */
  readonly at: number | undefined
}

/**
 * Deletes previews of open pull requests that exceed the age or number.
 *
 * @param staying number of other kept previews
 */
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
    if (await hasNewRevision(context, preview)) tell(preview, 'kept', 'it just got a new revision')
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

/** Tells if a push has created a new revision in the meantime; then the preview stays. */
async function hasNewRevision({ client }: CommandContext, { deployment, revision }: Dated): Promise<boolean> {
  const [newest] = (await client.revisions(deployment.id)).resources
  return newest?.id !== revision?.id
}

/** Chooses the previews of open pull requests to delete, oldest first. A preview of unknown age stays. */
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
    /** Number of other previews, which count but stay. */
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
  if (count === 0) return `Deployment "${name}" has no previews.`
  const all = count === 1 ? 'the only preview' : `${going.length} of ${count} previews`
  if (going.length === 0)
    return `No preview of "${name}" ${dryRun ? 'would be' : 'was'} deleted; ${count} remain${count === 1 ? 's' : ''}.`
  const names = going.map((row) => `"${row.name}"`).join(', ')
  return dryRun
    ? `This run would delete ${all} of "${name}": ${names}.`
    : `LangSmith is deleting ${all} of "${name}": ${names}.`
}

function unknownWarning(unknown: readonly Withheld[]): string {
  const names = unknown.map(({ deployment: { name } }) => `"${name}"`).join(', ')
  return `Kept ${names}, because GitHub returned 404 for the pull request. The pull request does not exist, or the token cannot read it. Give the job \`permissions: ${READ_PULL_REQUESTS}\`; to delete a deployment without a pull request, use \`command: delete\` with its \`name\`.`
}
