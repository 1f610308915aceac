import type { ControlPlane } from '../control-plane/hosts.ts'
import { isUuid } from '../control-plane/resources.ts'
import type { Target } from '../deployment/find.ts'
import { faultOfName, isPossibleName, isValidName, normaliseName } from '../deployment/name.ts'
import { previewNames } from '../deployment/preview.ts'
import type { Trigger } from '../runner/trigger.ts'
import { notAName } from './misplaced.ts'
import type { Reader } from './reader.ts'
import type { Command } from './table.ts'

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

export function readTarget(inputs: Reader, command: Command, trigger: Trigger, controlPlane: ControlPlane): Target {
  const deploymentId = inputs.uuid('deployment-id')
  const name = inputs.text('name')
  const misplaced = name && !deploymentId ? notAName(name) : undefined
  // Another tool may have named a deployment so, which the other commands find then.
  if (misplaced && (command === 'deploy' || !isUuid(name ?? ''))) {
    inputs.problem('name', `is "${name}", ${misplaced}`)
    return { name, deploymentId }
  }
  if (inputs.flag('preview')) return readPreview(inputs, trigger, controlPlane, name, deploymentId)
  // A deployment that is there may have any name, and the other commands need it to be there.
  if (name && !deploymentId && command === 'deploy') checkName(inputs, name)
  if (name || deploymentId) return { name, deploymentId }
  if (command === 'delete') {
    inputs.problem('name', 'is missing: `command: delete` takes no default. Write `name` or `deployment-id`.')
  } else if (!trigger.repository) {
    inputs.problem('name', 'is missing, and there is no repository to name the deployment after. Write `name`.')
  }
  return { name: nameOfRepository(trigger), deploymentId: undefined }
}

/** Refuses what no deployment is named, before anything is read or sent. */
function checkName(inputs: Reader, name: string): void {
  const found = isPossibleName(name) ? undefined : faultOfName(name)
  if (found) inputs.problem('name', `is "${name}", ${found.fault}. Write \`name: ${found.nearest}\`.`)
}

/** Why nothing can be created under the `name` that is written. A preview has been checked, and an ID creates nothing. */
export function faultOfInput({ target, defaultName }: Named): NameFault | undefined {
  const { name, deploymentId, previewNames } = target
  const isChosen = defaultName === undefined && !deploymentId && !previewNames
  const found = isChosen && name !== undefined ? faultOfName(name) : undefined
  return found && { fault: found.fault, advice: `Write \`name: ${found.nearest}\`.` }
}

export function nameOfRepository({ repository }: Pick<Trigger, 'repository'>): string {
  return normaliseName(repository.split('/').at(-1) ?? '')
}

/** A preview is told by its name, which says what it is: so even `delete` may take the default. */
function readPreview(
  inputs: Reader,
  { pullRequest, repository, eventName }: Trigger,
  { hosting }: ControlPlane,
  written: string | undefined,
  deploymentId: string | undefined
): Target {
  if (deploymentId) {
    inputs.problem('deployment-id', 'does not go with `preview: true`, which finds the deployment by name. Remove one.')
  }
  if (pullRequest === undefined) {
    inputs.problem(
      'preview',
      `needs a pull request to name the deployment after, and this run was started by ${eventName || 'no event'}. Run it on \`pull_request\`, or write \`name\` in full and remove \`preview\`.`
    )
  }
  if (!written && !repository) {
    inputs.problem('name', 'is missing, and there is no repository to name the deployment after. Write `name`.')
  }
  const name = written ?? nameOfRepository({ repository })
  return previewOf(inputs, name, pullRequest, hosting)
}

function previewOf(
  inputs: Reader,
  name: string,
  pullRequest: number | undefined,
  hosting: ControlPlane['hosting']
): Target {
  if (!isValidName(name)) {
    inputs.problem('name', `is "${name}", ${faultOfName(name)?.fault}. Write \`name: ${normaliseName(name)}\`.`)
  }
  const names = previewNames(name, pullRequest ?? 0, hosting === 'self-hosted')
  return { name: names[0], deploymentId: undefined, previewNames: names }
}
