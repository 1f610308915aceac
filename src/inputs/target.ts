import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Project } from '../archive/project.ts'
import { isUuid } from '../control-plane/resources.ts'
import type { Target } from '../deployment/find.ts'
import { faultOfName, isPossibleName, isValidName, normaliseName } from '../deployment/name.ts'
import { previewNames } from '../deployment/preview.ts'
import { isMadeFrom, type SourceInputs } from '../deployment/sources/index.ts'
import type { ControlPlane } from '../run/destination.ts'
import type { Trigger } from '../runner/trigger.ts'
import { notAName } from './misplaced.ts'
import { type InputEnvironment, type Reader, variableOf } from './reader.ts'
import { type Command, INPUTS } from './table.ts'

/** Deployment of a run. */
export interface Named {
  readonly target: Target
  /**
   * Name that the deployment, or its preview, gets from the repository; `undefined` if the user or the project chose a
   * name.
   */
  readonly defaultName: string | undefined
}

/** Problem of a name, as the end of a sentence that quotes the name, and the advice. */
export interface NameFault {
  readonly fault: string
  readonly advice: string
}

/** Reads the deployment of a run, by ID or name. Invalid values are reported as problems. */
export function readTarget(inputs: Reader, command: Command, trigger: Trigger, controlPlane: ControlPlane): Target {
  const deploymentId = command === 'sweep' ? undefined : inputs.uuid('deployment-id')
  const name = inputs.text('name')
  const misplaced = name && !deploymentId ? notAName(name) : undefined
  // Another tool may have used an ID as a name, which the other commands then find.
  if (misplaced && (command === 'deploy' || !isUuid(name ?? ''))) {
    inputs.problem('name', `is "${name}", ${misplaced}`)
    return { name, deploymentId }
  }
  if (command === 'sweep') return readNameOfPreviews(inputs, trigger)
  if (inputs.flag('preview')) return readPreview(inputs, trigger, controlPlane, { name, deploymentId })
  // An existing deployment can have any name, and the other commands require an existing deployment.
  if (name && !deploymentId && command === 'deploy') checkName(inputs, name)
  if (name || deploymentId) return { name, deploymentId }
  if (command === 'delete') {
    inputs.problem('name', 'is missing: `command: delete` has no default. Set `name` or `deployment-id`.')
  } else if (!trigger.repository) {
    inputs.problem('name', NO_NAME)
  }
  return { name: nameOfRepository(trigger), deploymentId: undefined }
}

/** Rejects a name that no deployment can have, before any request. */
function checkName(inputs: Reader, name: string): void {
  const found = isPossibleName(name) ? undefined : faultOfName(name)
  if (found) inputs.problem('name', `is "${name}", ${found.fault}. Use \`name: ${found.nearest}\`.`)
}

/** Returns the deployment name that follows from the repository, such as `support-agent` for `acme/Support_Agent`. */
export function nameOfRepository({ repository }: Pick<Trigger, 'repository'>): string {
  return normaliseName(repository.split('/').at(-1) ?? '')
}

/** Reads the target of a preview. Its name identifies it as a preview, so even `delete` can use the default name. */
function readPreview(inputs: Reader, trigger: Trigger, { hosting }: ControlPlane, written: Target): Target {
  const { pullRequest, eventName } = trigger
  if (written.deploymentId) {
    inputs.problem(
      'deployment-id',
      'cannot be combined with `preview: true`, which finds the deployment by name. Remove one of them.'
    )
  }
  if (pullRequest === undefined) {
    inputs.problem(
      'preview',
      `requires a pull request, but this run has none (event: ${eventName || 'none'}). Run it on \`pull_request\`, or remove \`preview\` and set \`name\` to the full name.`
    )
  }
  const { name = '' } = readNameOfPreviews(inputs, trigger)
  const names = previewNames(name, pullRequest ?? 0, hosting === 'self-hosted')
  return { name: names[0], deploymentId: undefined, previewNames: names }
}

/** Reads the `NAME` in the names of previews. */
function readNameOfPreviews(inputs: Reader, trigger: Trigger): Target {
  const written = inputs.text('name')
  if (!written && !trigger.repository) inputs.problem('name', NO_NAME)
  const name = written ?? nameOfRepository(trigger)
  if (!isValidName(name)) {
    inputs.problem('name', `is "${name}", ${faultOfName(name)?.fault}. Use \`name: ${normaliseName(name)}\`.`)
  }
  return { name, deploymentId: undefined }
}

const NO_NAME = 'is missing, and the run has no repository for a default name. Set `name`.'

/** Returns the target of `deploy`, which a project can name if no input does. */
export function readTargetOfSource(
  inputs: Reader,
  { target, defaultName }: Named,
  source: SourceInputs
): Named & { readonly nameFault: NameFault | undefined } {
  const project = isMadeFrom('archive', source) ? source.project : undefined
  const name = project && nameByProject(inputs, project)
  if (!project || name === undefined) {
    return { target, defaultName, nameFault: faultOfInput({ target, defaultName }) }
  }
  const found = faultOfName(name)
  return {
    target: { name, deploymentId: undefined },
    defaultName: undefined,
    nameFault: found && {
      fault: found.fault,
      advice: `Use \`${found.nearest}\` for ${originOfName(project)}, or set \`name\`.`
    }
  }
}

/**
 * Returns why no deployment can be created with `name`. The name of a preview is already checked, and an ID refers to
 * an existing deployment.
 */
function faultOfInput({ target, defaultName }: Named): NameFault | undefined {
  const { name, deploymentId, previewNames } = target
  const isChosen = defaultName === undefined && !deploymentId && !previewNames
  const found = isChosen && name !== undefined ? faultOfName(name) : undefined
  return found && { fault: found.fault, advice: `Use \`name: ${found.nearest}\`.` }
}

/**
 * Returns the deployment name in the project, if no input selects a deployment; the official tools read the same
 * setting. A preview does not use this name, because `command: delete` must find the preview without the project.
 */
function nameByProject(inputs: Reader, { deploymentName }: Project): string | undefined {
  const isChosen = inputs.isWritten('preview') || inputs.text('name') || inputs.text('deployment-id')
  return isChosen ? undefined : deploymentName
}

/**
 * Returns a project, with a notice if it names the deployment. A name that no deployment can have is rejected; the
 * message names its origin, because the user did not set it as an input.
 */
export function checkNameInProject(inputs: Reader, project: Project): Project {
  const name = nameByProject(inputs, project)
  if (name === undefined) return project
  const found = isPossibleName(name) ? undefined : faultOfName(name)
  if (found) {
    inputs.problem(
      'name',
      `comes from ${originOfName(project)}: it is "${name}", ${found.fault}. Use \`${found.nearest}\` there, or set \`name\`.`
    )
  }
  return { ...project, notices: [...project.notices, `Deployment name: ${name} (from ${originOfName(project)}).`] }
}

function originOfName({ environmentFile, configPath }: Project): string {
  return `LANGSMITH_DEPLOYMENT_NAME in ${environmentFile ?? `\`env\` of ${configPath}`}`
}

/**
 * Rejects the repository's name as the default if `deploy` uses the name in the project, because `redeploy` could roll
 * back another deployment. A project that is not checked out or is unreadable is ignored.
 */
export async function checkProjectName(inputs: Reader, variables: InputEnvironment['variables']): Promise<void> {
  const workspace = variables.GITHUB_WORKSPACE
  const configPath = INPUTS['langgraph-config'].defaultAtCreate
  if (!workspace || !existsSync(resolve(workspace, configPath))) return
  const { readProject } = await import('../archive/project.ts')
  const project = await readProject({
    workspace,
    temporary: variables.RUNNER_TEMP,
    configPath,
    root: undefined,
    hasBuildCommand: true,
    gitPath: variables.PATH,
    lookUp: variableOf(variables)
  }).catch(() => undefined)
  if (!project || nameByProject(inputs, project) === undefined) return
  inputs.problem(
    'name',
    `is missing: \`env\` of ${configPath} sets LANGSMITH_DEPLOYMENT_NAME to "${project.deploymentName}", but only \`command: deploy\` uses it. Set \`name\`.`
  )
}
