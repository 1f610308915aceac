import type { ControlPlaneClient } from '../control-plane/client.ts'
import { RefusalError } from '../control-plane/errors.ts'
import type { Deployment } from '../control-plane/resources.ts'
import { find, findByName } from '../deployment/find.ts'
import { deploymentMayNotBeCreated, NotInWorkspaceError } from '../deployment/refusals.ts'
import { isCommit, isSameConfigPath, isTag } from '../deployment/revision.ts'
import { findRepository, type GithubInputs, sameRepository } from '../deployment/sources/github.ts'
import { isMadeFrom } from '../deployment/sources/index.ts'
import type { InternalSourceInputs } from '../deployment/sources/internal-source.ts'
import { kindOf } from '../deployment/sources/kinds.ts'
import { folderOfDeployment } from '../github/history.ts'
import { lookUpRef, type NamedRef } from '../github/refs.ts'
import type { DeployConfig } from '../inputs/config.ts'
import type { Caution } from '../inputs/ruling.ts'
import type { CommandContext } from '../rollout/context.ts'
import { midSentence } from '../run/sentence.ts'
import { branchOrTag, type Trigger } from '../runner/trigger.ts'

/**
 * Returns the configuration with a full ref. If the event does not specify whether its name is a branch or a tag,
 * GitHub is queried.
 *
 * @throws {RefusalError} if the lookup fails, or if the repository has both
 */
export async function withClearRef({ github, progress }: CommandContext, config: DeployConfig): Promise<DeployConfig> {
  const { source, trigger, caution, branchWarnings } = config
  if (!config.isRefUnclear) return withClearVersion({ github, progress }, config)
  if (!isMadeFrom('repository', source)) {
    // The code is not built from the ref. Only a confirmed tag lifts the caution; anything else is treated as a branch.
    const found = await lookUpNamed(github, trigger.ref ?? '')
    if (found === 'tag') return { ...config, isRefUnclear: false, caution: undefined }
    const doubt = found === 'branch' ? '' : ` ${ambiguity(trigger.ref ?? '', found)}`
    for (const warning of branchWarnings) progress.warn(`${warning}${doubt}`)
    return { ...config, isRefUnclear: false, caution: caution && { ...caution, reason: `${caution.reason}${doubt}` } }
  }
  const name = source.repoRef
  const found = await lookUpNamed(github, name)
  if (found !== 'branch' && found !== 'tag') throw refUnclear(name, found)
  progress.note(`GitHub reports that "${name}" is a ${found} of ${trigger.repository}.`)
  if (found === 'branch') return { ...config, isRefUnclear: false }
  // The caution was about the branch of this name.
  return {
    ...withTag(config, source, name),
    isRefUnclear: false,
    caution: undefined,
    trigger: { ...trigger, ref: `refs/tags/${name}` }
  }
}

/** A version number with at least one period, as in the tag of a release. */
const VERSION = /^v?\d+(\.\d+)+([-+.]\S*)?$/

/**
 * Resolves a `repo-ref` that looks like a version: if it is a tag on GitHub, the tag is built. Other short names are
 * branches.
 */
async function withClearVersion(
  { github, progress }: Pick<CommandContext, 'github' | 'progress'>,
  config: DeployConfig
): Promise<DeployConfig> {
  const { source, trigger } = config
  if (!github || !isMadeFrom('repository', source) || !VERSION.test(source.repoRef)) return config
  if (!sameRepository(source.repoUrl, trigger.repositoryUrl)) return config
  if ((await lookUpRef(github, source.repoRef)) !== 'tag') return config
  progress.note(`GitHub reports that "${source.repoRef}" is a tag of ${trigger.repository}; building the tag.`)
  return withTag(config, source, source.repoRef)
}

function withTag(config: DeployConfig, source: GithubInputs, name: string): DeployConfig {
  if (source.buildOnPush) {
    throw new RefusalError(
      'Tag cannot be built on push',
      `\`build-on-push\` cannot be \`true\` when \`repo-ref\` is a tag (${name}).`,
      'Omit `build-on-push`, or set `repo-ref` to a branch.'
    )
  }
  return { ...config, source: { ...source, repoRef: `refs/tags/${name}` } }
}

/**
 * Returns the configuration with a ref, if another repository is set without one: the ref that the deployment is built
 * from, or the default branch of the repository according to LangSmith.
 *
 * @throws {RefusalError} if the default branch is unknown
 */
export async function withDefaultBranch(
  { client, progress }: CommandContext,
  config: DeployConfig
): Promise<DeployConfig> {
  const { source, target } = config
  if (!isMadeFrom('repository', source) || source.repoRef !== '') return config
  const deployment = await find(client, target)
  const standing = deployment && branchOf(deployment)
  const ref = standing && !isCommit(standing) ? standing : await defaultBranch(client, source)
  if (ref === undefined) throw refMissing(source.repoUrl)
  progress.note(
    ref === standing
      ? `\`repo-ref\` is not set; the deployment keeps building ${ref} of ${source.repoUrl}.`
      : `\`repo-ref\` is not set; using ${ref}, the default branch of ${source.repoUrl}.`
  )
  return { ...config, source: { ...source, repoRef: ref } }
}

async function defaultBranch(
  client: ControlPlaneClient,
  { repoUrl, integrationId }: GithubInputs
): Promise<string | undefined> {
  if (!integrationId) return (await findRepository(client, repoUrl)).defaultBranch
  const repositories = await client.githubRepositories(integrationId)
  return repositories.find(({ url }) => sameRepository(url, repoUrl))?.default_branch ?? undefined
}

function refMissing(repoUrl: string): RefusalError {
  return new RefusalError(
    'Branch to build is unknown',
    `\`repo-ref\` is not set, and LangSmith does not report the default branch of ${repoUrl}.`,
    'Set `repo-ref` to a branch or tag of that repository.'
  )
}

async function lookUpNamed(github: CommandContext['github'], name: string): Promise<NamedRef> {
  return github ? lookUpRef(github, name) : { failure: '`github-token` is empty.' }
}

function ambiguity(name: string, found: NamedRef): string {
  const why = {
    both: 'the repository has both.',
    neither: 'the repository has neither, or the token cannot read it (`permissions: contents: read`).'
  }
  const failed = typeof found === 'object' ? `the lookup failed: ${found.failure}` : 'the lookup failed.'
  const reason = found === 'both' || found === 'neither' ? why[found] : failed
  return `The event does not specify whether "${name}" is a branch or a tag, and ${reason}`
}

function refUnclear(name: string, found: NamedRef): RefusalError {
  return new RefusalError(
    'Ambiguous branch or tag',
    ambiguity(name, found),
    `Set \`repo-ref: ${name}\` for the branch, or \`repo-ref: refs/tags/${name}\` for the tag.`
  )
}

/**
 * Refuses a trigger that may only deploy to some deployments. It may deploy to a `github` deployment of this repository
 * that is already built from the branch of the run, to a new one if the caution allows it, and to any other deployment
 * if the user set its name.
 *
 * @param deployment `undefined` before it is created
 * @param isBuiltHere true if LangSmith builds, or would build, the deployment from this repository
 * @throws {RefusalError} if the trigger is not allowed
 */
export function heed(
  caution: Caution | undefined,
  deployment: Deployment | undefined,
  { isBuiltHere }: { readonly isBuiltHere: boolean }
): void {
  if (caution && !(isBuiltHere ? isMeant(caution, deployment) : caution.isNamed)) {
    throw new RefusalError('Trigger not allowed', caution.reason, caution.advice)
  }
}

/** Calls `heed` for `deploy`. In a dry run, a refusal is only a warning. @throws {RefusalError} */
export function heedOrWarn(
  { progress }: CommandContext,
  { caution, dryRun, source }: DeployConfig,
  deployment: Deployment | undefined
): void {
  try {
    heed(caution, deployment, { isBuiltHere: isMadeFrom('repository', source) })
  } catch (error) {
    if (!dryRun || !(error instanceof RefusalError)) throw error
    progress.warn(`Without \`dry-run\`, this run would be refused: ${midSentence(error.message)} ${error.advice}`)
  }
}

/**
 * Returns the configuration with the existing deployment, if its name is invalid for a new one. The search comes before
 * any packing.
 *
 * @throws {RefusalError} if the deployment does not exist
 */
export async function withSoundName({ client }: CommandContext, config: DeployConfig): Promise<DeployConfig> {
  const { nameFault, target, ifMissing } = config
  if (!nameFault || target.name === undefined) return config
  const { name } = target
  const deployment = await findByName(client, name)
  if (deployment) return { ...config, target: { name, deploymentId: deployment.id } }
  if (ifMissing === 'fail') throw deploymentMayNotBeCreated(name)
  throw new NotInWorkspaceError(
    'Invalid deployment name',
    `Deployment "${name}" does not exist, and the name is ${nameFault.fault.replace(/^which is /, '')}.`,
    nameFault.advice
  )
}

function isMeant(caution: Caution, deployment: Deployment | undefined): boolean {
  if (!deployment) return caution.mayCreate
  const branch = isFetched(deployment) ? branchOf(deployment) : undefined
  return branch !== undefined && branch === caution.branch
}

/** The branch or tag that a deployment is built from. In the ref of a revision, servers put the resolved commit. */
function branchOf({ source_config, source_revision_config }: Deployment): string | undefined {
  return branchOrTag(source_config.repo_branch ?? source_revision_config.repo_ref ?? undefined)
}

/** The branch or tag; `undefined` if only a commit is known, or if LangSmith does not fetch the code. */
function namedRefOf(deployment: Deployment): string | undefined {
  const ref = isFetched(deployment) ? branchOf(deployment) : undefined
  return isCommit(ref) ? undefined : ref
}

/** Tells if LangSmith fetches the code of a deployment from a repository. */
function isFetched({ source }: Deployment): boolean {
  return kindOf(source).code === 'repository'
}

/**
 * Returns a warning if the run moves the deployment to another branch without an input that requests it: `on: push`
 * without `branches` starts a run for each branch. A remaining caution decides instead.
 */
export function warningOfBranch(config: DeployConfig, deployment: Deployment | undefined): string | undefined {
  if (!deployment || config.isRefWritten || config.caution) return undefined
  return isMadeFrom('repository', config.source)
    ? movedToBranch(config, config.source, deployment)
    : replacedByBranch(config, deployment)
}

/** The warning for a deployment that LangSmith builds from a branch, which the API returns. */
function movedToBranch(
  { trigger, dryRun }: DeployConfig,
  { repoRef }: GithubInputs,
  deployment: Deployment
): string | undefined {
  const standing = namedRefOf(deployment)
  if (standing === undefined || isTag(repoRef)) return undefined
  // For a pull request, a dry run compares with the base branch, but the deployment may be built from the head branch.
  if (standing === repoRef || standing === trigger.ref) return undefined
  const from = isTag(standing) ? `the tag "${standing.slice('refs/tags/'.length)}"` : `"${standing}"`
  return `This run ${dryRun ? 'would switch' : 'switches'} deployment "${deployment.name}" from ${from} to "${repoRef}". Set ${filterFor(trigger, standing)} to prevent this, or \`repo-ref: ${repoRef}\` if this is intended.`
}

/** The warning for an archive or image, whose branch is unknown. A name that the user set is intended. */
function replacedByBranch({ trigger, defaultName, dryRun }: DeployConfig, deployment: Deployment): string | undefined {
  const { eventName, ref, defaultBranch } = trigger
  const isOfAnyBranch = eventName === 'push' || eventName === 'workflow_dispatch'
  if (defaultName === undefined || !isOfAnyBranch || trigger.about.kind !== 'ref') return undefined
  if (ref === undefined || isTag(ref) || defaultBranch === undefined || ref === defaultBranch) return undefined
  return `This run ${dryRun ? 'would deploy' : 'deploys'} the branch "${ref}" to "${deployment.name}", the deployment named after the repository; the default branch is "${defaultBranch}". Set ${filterFor(trigger, defaultBranch)} to deploy only the default branch, or \`name\` to deploy this branch separately.`
}

/**
 * The setting that limits a workflow to a branch or a tag. Some events only run on the default branch, so no filter
 * helps.
 */
function filterFor({ eventName }: Trigger, ref: string): string {
  const hasBranches = eventName === 'push' || eventName === 'workflow_run' || eventName.startsWith('pull_request')
  if (eventName === 'push' && isTag(ref)) return "`tags: ['**']` under `on: push`"
  if (isTag(ref)) return `\`repo-ref: ${ref}\``
  if (hasBranches) return `\`branches: [${ref}]\` under \`on: ${eventName}\``
  if (eventName === 'workflow_dispatch') return `\`if: github.ref_name == '${ref}'\` on the job`
  if (eventName.startsWith('deployment')) return `\`if: github.event.deployment.ref == '${ref}'\` on the job`
  return `\`repo-ref: ${ref}\``
}

/**
 * Creates the name guard of a run, which prevents a default name from moving a deployment to another project. Sends at
 * most one lookup to GitHub.
 *
 * @returns a function that throws RefusalError if the deployment belongs to another `langgraph-config`, source folder
 * or repository; its argument is `undefined` before the deployment is created
 */
export function createNameGuard(
  context: CommandContext,
  config: DeployConfig
): (deployment: Deployment | undefined) => Promise<void> {
  const { source, defaultName, environment, place } = config
  let folder: Promise<string | undefined> | undefined
  return async (deployment) => {
    if (defaultName === undefined || isMadeFrom('image', source)) return
    if (isMadeFrom('repository', source)) return checkConfigPath(defaultName, source, deployment)
    const isFirst = folder === undefined
    folder ??= folderThere(context, config, deployment)
    const there = await folder
    checkProject(defaultName, { ...config, source }, deployment, there)
    // For a new deployment, the GitHub environment records the folder from this run on.
    const isKept = there !== undefined || (!deployment && environment !== undefined && context.github)
    if (isFirst && !isKept && !place?.isRoot) context.progress.remark(nameAdvised(place?.folder ?? ROOT))
  }
}

/** The root in the notation of the folders. */
const ROOT = '.'

function checkProject(
  defaultName: string,
  { source, trigger, place }: DeployConfig & { readonly source: InternalSourceInputs },
  deployment: Deployment | undefined,
  there: string | undefined
): void {
  if (!deployment) return
  const { repo_url } = deployment.source_config
  if (repo_url && trigger.repositoryUrl && !sameRepository(repo_url, trigger.repositoryUrl)) {
    throw nameMissing(defaultName, deployment, repo_url, trigger.repositoryUrl)
  }
  const { configPath } = source.project
  const standing = deployment.source_revision_config.langgraph_config_path
  if (standing && !isSameConfigPath(standing, configPath))
    throw nameMissing(defaultName, deployment, standing, configPath)
  const here = place?.folder ?? ROOT
  if (there === undefined || there === here) return
  const inWords = (folder: string) => (folder === ROOT ? 'the root of the workspace' : `the folder ${folder}`)
  throw nameMissing(defaultName, deployment, inWords(there), inWords(here))
}

function nameAdvised(folder: string): string {
  return `The deployment is named after the repository, but the configuration is in ${folder}. Set \`name\`; otherwise another project of this repository could overwrite this deployment.`
}

async function folderThere(
  { github, feedback }: CommandContext,
  { environment }: DeployConfig,
  deployment: Deployment | undefined
): Promise<string | undefined> {
  if (!github || !environment || !deployment) return undefined
  return folderOfDeployment(github, { environment, mark: feedback.mark() })
}

/**
 * Refuses another `langgraph-config`. Another repository is refused elsewhere for every name, because LangSmith fixes
 * it at creation.
 */
function checkConfigPath(
  defaultName: string,
  { repoUrl, configPath }: GithubInputs,
  deployment: Deployment | undefined
): void {
  if (!deployment || !isFetched(deployment) || configPath === undefined) return
  const { repo_url } = deployment.source_config
  const standing = deployment.source_revision_config.langgraph_config_path
  const isSame = standing === null || standing === configPath
  if (isSame || !repo_url || !sameRepository(repo_url, repoUrl)) return
  throw nameMissing(defaultName, deployment, standing, configPath)
}

function nameMissing(defaultName: string, { name }: Deployment, there: string, here: string): RefusalError {
  return new RefusalError(
    'Name is taken',
    `Deployment "${name}" was created from ${there}, and this run would deploy ${here} under the same default name.`,
    `Set another \`name\` for a separate deployment, or \`name: ${defaultName}\` to replace the existing one.`
  )
}
