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

/** The deployment that is meant. */
export interface Named {
  readonly target: Target
  /** The name that the deployment, or its preview, gets from the repository; nothing if the user or the project chose one. */
  readonly defaultName: string | undefined
}

/** What is wrong with a name, as the end of a sentence that quotes it, and what to write instead. */
export interface NameFault {
  readonly fault: string
  readonly advice: string
}

/** Which deployment is meant, by ID or name. What is wrong is among the problems. */
export function readTarget(inputs: Reader, command: Command, trigger: Trigger, controlPlane: ControlPlane): Target {
  const deploymentId = command === 'sweep' ? undefined : inputs.uuid('deployment-id')
  const name = inputs.text('name')
  const misplaced = name && !deploymentId ? notAName(name) : undefined
  // Another tool may have named a deployment so, which the other commands find then.
  if (misplaced && (command === 'deploy' || !isUuid(name ?? ''))) {
    inputs.problem('name', `is "${name}", ${misplaced}`)
    return { name, deploymentId }
  }
  if (command === 'sweep') return readNameOfPreviews(inputs, trigger)
  if (inputs.flag('preview')) return readPreview(inputs, trigger, controlPlane, { name, deploymentId })
  // A deployment that is there may have any name, and the other commands need it to be there.
  if (name && !deploymentId && command === 'deploy') checkName(inputs, name)
  if (name || deploymentId) return { name, deploymentId }
  if (command === 'delete') {
    inputs.problem('name', 'is missing: `command: delete` has no default. Set `name` or `deployment-id`.')
  } else if (!trigger.repository) {
    inputs.problem('name', NO_NAME)
  }
  return { name: nameOfRepository(trigger), deploymentId: undefined }
}

/** Refuses what no deployment is named, before anything is read or sent. */
function checkName(inputs: Reader, name: string): void {
  const found = isPossibleName(name) ? undefined : faultOfName(name)
  if (found) inputs.problem('name', `is "${name}", ${found.fault}. Use \`name: ${found.nearest}\`.`)
}

/** The name of a deployment that follows from the repository, such as `support-agent` for `acme/Support_Agent`. */
export function nameOfRepository({ repository }: Pick<Trigger, 'repository'>): string {
  return normaliseName(repository.split('/').at(-1) ?? '')
}

/** A preview is told by its name, which says what it is: so even `delete` may take the default. */
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

/** The `NAME` in the names of previews. */
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

/** The target of a deploy, which a project can name where no input does. */
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

/** Why nothing can be created under the `name` that is written. A preview has been checked, and an ID creates nothing. */
function faultOfInput({ target, defaultName }: Named): NameFault | undefined {
  const { name, deploymentId, previewNames } = target
  const isChosen = defaultName === undefined && !deploymentId && !previewNames
  const found = isChosen && name !== undefined ? faultOfName(name) : undefined
  return found && { fault: found.fault, advice: `Use \`name: ${found.nearest}\`.` }
}

/**
 * The name that the project gives the deployment, where no input says which one is meant: the official tools read it
 * there too. Not that of a preview, which `command: delete` has to find without the project.
 */
function nameByProject(inputs: Reader, { deploymentName }: Project): string | undefined {
  const isChosen = inputs.isWritten('preview') || inputs.text('name') || inputs.text('deployment-id')
  return isChosen ? undefined : deploymentName
}

/**
 * A project that may name its deployment, with a notice if it does. A name that no deployment has is refused; the user
 * did not write it as an input, so its origin is told.
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
 * Refuses to go by the repository's name where `deploy` goes by that of the project: `redeploy` could roll back another
 * deployment. A project that is not checked out, or cannot be read, says nothing.
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
