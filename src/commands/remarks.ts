import { isOnAws } from '../control-plane/hosts.ts'
import type { Deployment } from '../control-plane/resources.ts'
import type { Decision } from '../deployment/apply.ts'
import type { CurrentState } from '../deployment/attempt.ts'
import { isByTag, isLatestTag, isTagless, mayBeSameImage } from '../deployment/image.ts'
import type { Plan } from '../deployment/plan.ts'
import { LONGEST_SELF_HOSTED_NAME } from '../deployment/preview.ts'
import { chosenType, sameDeploymentType } from '../deployment/sources/deployment-type.ts'
import { isMadeFrom, type SourceInputs } from '../deployment/sources/index.ts'
import { kindOf } from '../deployment/sources/kinds.ts'
import type { Comparison } from '../github/commits.ts'
import type { DeployConfig } from '../inputs/config.ts'
import { commits } from './guard.ts'
import { warningOfBranch } from './origin.ts'

/** A message of a deploy: a line of the log (`note`), a notice (`remark`) or a warning (`warn`). */
export interface Remark {
  readonly level: 'note' | 'remark' | 'warn'
  readonly text: string
}

/** Returns the messages about a plan, to show before the first write. */
export function remarksOn(config: DeployConfig, { plan, current }: Decision): readonly Remark[] {
  const ofBranch = warningOfBranch(config, current.deployment)
  const remarks: readonly (Remark | undefined)[] = [
    onLongName(config, plan),
    onTwoBuilds(config, current.deployment),
    ofBranch === undefined ? undefined : { level: 'warn', text: ofBranch },
    onMissingVariables(config, plan),
    onEmptyEnvironment(config, plan, current),
    onDefaultType(config, plan),
    onOtherType(config, current.deployment),
    onMovableTag(config, current)
  ]
  return remarks.filter((remark) => remark !== undefined)
}

function onLongName({ controlPlane }: DeployConfig, plan: Plan): Remark | undefined {
  const name = plan.kind === 'create' ? String(plan.body.name) : ''
  if (controlPlane.hosting !== 'self-hosted' || name.length <= LONGEST_SELF_HOSTED_NAME) return undefined
  return {
    level: 'warn',
    text: `The name "${name}" has ${name.length} characters. On self-hosted control planes, deployments with names longer than ${LONGEST_SELF_HOSTED_NAME} characters may never become ready; use a shorter \`name\`.`
  }
}

/** Warns if both LangSmith and this action build each push. The setting stays, because only the user can choose. */
function onTwoBuilds({ source, trigger }: DeployConfig, deployment: Deployment | undefined): Remark | undefined {
  if (!isMadeFrom('repository', source)) return undefined
  if (!(source.buildOnPush ?? deployment?.source_config.build_on_push)) return undefined
  // A manual or scheduled run does not build a push, and neither does the deploy of another ref.
  if (trigger.eventName !== 'push' || !source.runCommit) return undefined
  return {
    level: 'warn',
    text: 'Both LangSmith (build on push) and this step build each push, so each push is built twice. Set `build-on-push: false` to start builds only from this action, or `command: wait` to wait for the builds that LangSmith starts.'
  }
}

/**
 * Reports variables of the configuration that have no value. A file of variables is never committed and a list of names
 * has no values, so most runs lack them, and LangSmith may have them already. Only a new agent without any variable
 * gets a notice.
 */
function onMissingVariables({ source, secrets }: DeployConfig, { kind }: Plan): Remark | undefined {
  if (!isMadeFrom('archive', source)) return undefined
  const { environmentNames, environmentFile, isEnvironmentMissing } = source.project
  const given = new Set([...secrets.secrets, ...secrets.variables].map(({ name }) => name))
  const lacking = environmentNames.filter((name) => !given.has(name))
  if (kind === 'create' && given.size === 0 && (isEnvironmentMissing || lacking.length > 0)) {
    const cause = isEnvironmentMissing
      ? `its configuration names ${environmentFile}, which does not exist`
      : `\`env\` in its configuration lists ${lacking.join(', ')} without values`
    return {
      level: 'remark',
      text: `The new deployment gets no environment variables: ${cause}. Set them in \`secrets\`, \`variables\` or \`secrets-file\`.`
    }
  }
  if (lacking.length === 0) return undefined
  return {
    level: 'note',
    text: `\`env\` in the configuration lists variables without values, and this run does not set them: ${lacking.join(', ')}.`
  }
}

/**
 * Reports an empty environment that this run sends its variables to. A server that omits the variables it hides returns
 * the same list as one that has none, so the run cannot refuse.
 */
function onEmptyEnvironment(config: DeployConfig, plan: Plan, { revisions }: CurrentState): Remark | undefined {
  if (!mergesIntoNothing(config, plan) || revisions.length === 0) return undefined
  return {
    level: 'note',
    text: 'LangSmith lists no variables for this deployment. This run sends only its own; variables that LangSmith has but does not list are lost.'
  }
}

function mergesIntoNothing({ secrets }: DeployConfig, plan: Plan): boolean {
  if (plan.kind !== 'patch' || plan.body.secrets === undefined || secrets.mode !== 'merge') return false
  return plan.deployment.secrets?.length === 0
}

/**
 * Warns if the server lists no variables before and after it accepted those of this run. Only then is it known that the
 * server hides them, which is too late to keep the others.
 */
export function remarkOnEnvironment(config: DeployConfig, plan: Plan, after: Deployment): Remark | undefined {
  if (!mergesIntoNothing(config, plan) || after.secrets?.length !== 0) return undefined
  return {
    level: 'warn',
    text: `LangSmith lists no variables of "${after.name}" even after it accepted those of this run, so it hides them. If the deployment had other variables, they are lost: set all of its variables in this step, with \`secrets-mode: replace\`.`
  }
}

/** Reports the default type in AWS regions, which differs from the default elsewhere. */
function onDefaultType({ source, controlPlane }: DeployConfig, { kind }: Plan): Remark | undefined {
  if (kind !== 'create' || !kindOf(source.type).isCloudOnly) return undefined
  if (source.deploymentType !== undefined || !isOnAws(controlPlane.url)) return undefined
  return {
    level: 'note',
    text: `\`deployment-type\` is not set, so the new deployment gets type ${chosenType(undefined, controlPlane.url)}: deployments in AWS regions cannot scale to zero.`
  }
}

/** Reports a `deployment-type` that differs from the type set at creation. */
function onOtherType({ source }: DeployConfig, deployment: Deployment | undefined): Remark | undefined {
  const wanted = source.deploymentType
  const actual = deployment?.source_config.deployment_type
  if (!wanted || !actual || sameDeploymentType(wanted, actual)) return undefined
  return {
    level: 'remark',
    text: `\`deployment-type\` is ${wanted}, but the deployment has type ${actual}. The type cannot change after creation. Omit \`deployment-type\`, or set it to ${actual}.`
  }
}

/** Reports a tag that can move: a node with a cached image of the tag may not pull it again. */
function onMovableTag(
  { source, skipUnchanged }: DeployConfig,
  { deployment, revisions }: CurrentState
): Remark | undefined {
  // `skip-unchanged` has its own notice about tags, which also recommends the digest.
  // An image that this run pushes is deployed by digest.
  const isPulled = isMadeFrom('image', source) && !kindOf(source.type).isCloudOnly
  if (!isPulled || skipUnchanged || !isByTag(source.imageUri)) return undefined
  const { imageUri } = source
  const active = revisions.find(({ id }) => id === deployment?.active_revision_id)
  const isDeployed = [deployment, active].some((each) => {
    const image = each?.source_revision_config.image_uri
    return image && mayBeSameImage(image, imageUri)
  })
  if (!isDeployed && !isLatestTag(imageUri)) return undefined
  return {
    level: 'remark',
    text: `\`image-uri\` is ${imageUri}${isTagless(imageUri) ? ' (without a tag, `latest` is used)' : ''}${isDeployed ? ', which is already deployed' : ''}: a node with a cached image of this tag may run the older image. Use the digest from the build: with docker/build-push-action, \`image-uri: <image>@\${{ steps.build.outputs.digest }}\`.`
  }
}

/**
 * Returns the message about a `built` commit that differs from the commit of the run, `wanted`. LangSmith builds the
 * head of a branch at the start of the build, when the head can be a later commit.
 */
export function remarkOnCommit(
  source: SourceInputs,
  wanted: string,
  { built, status }: { readonly built: string; readonly status: string },
  comparison: Comparison | 'unknown' | undefined
): Remark {
  const tag = isMadeFrom('repository', source) && /^refs\/tags\/(.+)/.exec(source.repoRef)?.[1]
  const isBuilt = UNBUILT.has(status) ? 'will be built' : 'was built'
  const text = tag
    ? `Tag ${tag} was moved: the revision ${isBuilt} from commit ${built}, where the tag points now, but this run is for ${wanted}. ${inHistory(built, comparison)}`
    : `The revision ${isBuilt} from commit ${built}, but this run is for ${wanted}: LangSmith builds the head of the branch. ${inHistory(built, comparison)}`
  // After two merges in a row, the first run expectedly gets the second commit.
  const isAhead = !tag && comparison && comparison !== 'unknown' && comparison.behind === 0
  return { level: isAhead ? 'note' : 'warn', text }
}

/** Statuses of a revision whose code is not built yet. */
const UNBUILT = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING'])

function inHistory(built: string, comparison: Comparison | 'unknown' | undefined): string {
  if (!comparison || comparison === 'unknown') return 'Check that the active revision contains the commit of this run.'
  const { ahead, behind } = comparison
  return behind === 0
    ? `Commit ${built} is ${commits(ahead)} ahead and contains the commit of this run.`
    : `Commit ${built} lacks ${commits(behind)} of this run. Rerun this job when the branch or tag contains them.`
}
