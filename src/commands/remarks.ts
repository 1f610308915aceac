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

/** Something that a deploy tells: a line of the log (`note`), a notice (`remark`) or a warning (`warn`). */
export interface Remark {
  readonly level: 'note' | 'remark' | 'warn'
  readonly text: string
}

/** What is to be told of a plan before anything is written. */
export function remarksOn(config: DeployConfig, { plan, current }: Decision): readonly Remark[] {
  const ofBranch = warningOfBranch(config, current.deployment)
  const remarks: readonly (Remark | undefined)[] = [
    onLongName(config, plan),
    onTwoBuilds(config, current.deployment),
    ofBranch === undefined ? undefined : { level: 'warn', text: ofBranch },
    onMissingVariables(config, plan),
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

/** Which of the two is meant only the user can say; until then what is set in LangSmith, or written, stays. */
function onTwoBuilds({ source, trigger }: DeployConfig, deployment: Deployment | undefined): Remark | undefined {
  if (!isMadeFrom('repository', source)) return undefined
  if (!(source.buildOnPush ?? deployment?.source_config.build_on_push)) return undefined
  // A run that somebody or a schedule started builds no push, and neither does the deploy of another ref.
  if (trigger.eventName !== 'push' || !source.runCommit) return undefined
  return {
    level: 'warn',
    text: 'Both LangSmith (build on push) and this step build each push, so each push is built twice. Set `build-on-push: false` to start builds only from this action, or `command: wait` to wait for the builds that LangSmith starts.'
  }
}

/**
 * A file of variables is never committed, so most runs have none, and a list of names never has values; they may be set in
 * LangSmith already. Only a new agent without any variable is worth a notice.
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

/** On AWS the default is another one than elsewhere. */
function onDefaultType({ source, controlPlane }: DeployConfig, { kind }: Plan): Remark | undefined {
  if (kind !== 'create' || !kindOf(source.type).isCloudOnly) return undefined
  if (source.deploymentType !== undefined || !isOnAws(controlPlane.url)) return undefined
  return {
    level: 'note',
    text: `\`deployment-type\` is not set, so the new deployment gets type ${chosenType(undefined, controlPlane.url)}: deployments in AWS regions cannot scale to zero.`
  }
}

/** The type is set at creation only. */
function onOtherType({ source }: DeployConfig, deployment: Deployment | undefined): Remark | undefined {
  const wanted = source.deploymentType
  const actual = deployment?.source_config.deployment_type
  if (!wanted || !actual || sameDeploymentType(wanted, actual)) return undefined
  return {
    level: 'remark',
    text: `\`deployment-type\` is ${wanted}, but the deployment has type ${actual}. The type cannot change after creation. Omit \`deployment-type\`, or set it to ${actual}.`
  }
}

/** A node that holds an image of this tag already need not pull it again, and then runs the older one. */
function onMovableTag(
  { source, skipUnchanged }: DeployConfig,
  { deployment, revisions }: CurrentState
): Remark | undefined {
  // With `skip-unchanged` a tag has a notice of its own, which asks for the digest as well.
  // What this run pushes is deployed by its digest, whatever the tag is.
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

/** A branch is built as it stands when the server gets to it, which can be later than the run's commit, `wanted`. */
export function remarkOnCommit(
  source: SourceInputs,
  wanted: string,
  { built, status }: { readonly built: string; readonly status: string },
  comparison: Comparison | 'unknown' | undefined
): Remark {
  const tag = isMadeFrom('repository', source) && /^refs\/tags\/(.+)/.exec(source.repoRef)?.[1]
  const isBuilt = UNBUILT.has(status) ? 'is to be built' : 'was built'
  const text = tag
    ? `Tag ${tag} was moved: the revision ${isBuilt} from commit ${built}, where the tag points now, but this run is for ${wanted}. ${inHistory(comparison)}`
    : `The revision ${isBuilt} from commit ${built}, but this run is for ${wanted}: LangSmith builds the head of the branch. ${inHistory(comparison)}`
  // After two merges in a row the first run finds the second commit built, which is no fault.
  const isAhead = !tag && comparison && comparison !== 'unknown' && comparison.behind === 0
  return { level: isAhead ? 'note' : 'warn', text }
}

/** Statuses of a revision whose code is not built yet. */
const UNBUILT = new Set(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING'])

function inHistory(comparison: Comparison | 'unknown' | undefined): string {
  if (!comparison || comparison === 'unknown') return 'Check that the active revision contains the commit of this run.'
  const { ahead, behind } = comparison
  return behind === 0
    ? `That commit is ${commits(ahead)} ahead and contains the commit of this run.`
    : `That commit is missing ${commits(behind)} that this run has.`
}
