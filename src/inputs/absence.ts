import { readTrigger, type Trigger } from '../runner/trigger.ts'
import { readRulingInputs } from './read-ruling.ts'
import { createReader, type InputEnvironment } from './reader.ts'
import { rule } from './ruling.ts'

/** Why a run has nothing to do, and how loudly that is said. */
export interface Absence {
  readonly level: 'info' | 'warning'
  readonly reason: string
}

/**
 * Why a run has nothing to do and is not to blame: it has no key and cannot have one, or its event leaves nothing to
 * deploy. Told by the payload of the event and the inputs, sound or not.
 */
export function readAbsence({ variables, event }: InputEnvironment): Absence | undefined {
  const inputs = createReader(variables)
  const trigger = readTrigger(variables, event)
  const keyless = inputs.text('api-key') ? undefined : whyKeyless(trigger)
  if (keyless) return { level: 'info', reason: keyless }
  const command = inputs.choiceIfKnown('command')
  const ruling = command && rule(trigger, readRulingInputs(inputs, command, trigger))
  return ruling?.kind === 'skipped' ? ruling : undefined
}

/** Why a run without a key is not to blame for it. */
function whyKeyless({ eventName, pullRequest, withoutSecrets, isInFork, repository }: Trigger): string | undefined {
  if (pullRequest !== undefined && withoutSecrets) return ABSENCES[withoutSecrets]
  // Who starts a run by hand wants it to deploy.
  if (!isInFork || eventName.endsWith('_dispatch')) return undefined
  return `This run belongs to ${repository}, which is a fork and has no secret for \`api-key\`; nothing was deployed.`
}

const ABSENCES = {
  fork: 'This pull request comes from a fork, and GitHub hands no secrets to those; nothing was deployed.',
  dependabot:
    'This pull request comes from Dependabot, whose runs only get the secrets stored under Settings, Secrets and variables, Dependabot; `api-key` is empty, and nothing was deployed.'
}
