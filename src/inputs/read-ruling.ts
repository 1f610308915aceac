import { kindOf } from '../deployment/sources/kinds.ts'
import type { GithubAccess } from '../github/session.ts'
import { readTrigger, type Trigger } from '../runner/trigger.ts'
import { readIsOwnRepository } from './github-source.ts'
import { createReader, type InputEnvironment, type Reader } from './reader.ts'
import { type Absence, type Ruling, type RulingInputs, rule, stepOf } from './ruling.ts'
import { readSourceType } from './source.ts'
import type { Command } from './table.ts'

/**
 * Why a run has nothing to do and is not to blame: it has no key and cannot have one, or its event leaves nothing to
 * deploy. Told by the payload of the event and the inputs, sound or not.
 */
export function readAbsence({ variables, event }: InputEnvironment): Absence | undefined {
  const inputs = createReader(variables)
  const trigger = readTrigger(variables, event)
  const command = inputs.choiceIfKnown('command')
  const keyless = inputs.text('api-key') ? undefined : whyKeyless(trigger, command)
  if (keyless) return { level: 'info', reason: keyless }
  const ruling = command && rule(trigger, readRulingInputs(inputs, command, trigger))
  return ruling?.kind === 'skipped' ? ruling : undefined
}

/** Why a run without a key is not to blame for it. */
function whyKeyless(
  { eventName, pullRequest, withoutSecrets, isInFork, repository }: Trigger,
  command: Command | undefined
): string | undefined {
  const skipped = `Skipped ${stepOf(command)}`
  if (pullRequest !== undefined && withoutSecrets === 'fork') {
    return `${skipped}: this pull request comes from a fork, and GitHub does not pass secrets to runs from forks.`
  }
  if (pullRequest !== undefined && withoutSecrets && command === 'delete') {
    return `${skipped}: this pull request comes from Dependabot, and \`api-key\` is empty. ${CLOSED_BY_DEPENDABOT}`
  }
  if (pullRequest !== undefined && withoutSecrets) {
    return `${skipped}: this pull request comes from Dependabot, and \`api-key\` is empty. Dependabot can only read secrets stored under Settings > Secrets and variables > Dependabot.`
  }
  // Who starts a run by hand wants it to deploy.
  if (!isInFork || eventName.endsWith('_dispatch')) return undefined
  return `${skipped}: ${repository} is a fork and has no secret for \`api-key\`.`
}

/** Source: docs.github.com, "Troubleshooting Dependabot on GitHub Actions". */
const CLOSED_BY_DEPENDABOT =
  'When Dependabot closes its own pull request, GitHub does not pass secrets to the `pull_request_target` run, so that run cannot delete the preview. Use `command: sweep` to delete it.'

/** What is said of the preview of a pull request of Dependabot that has a key: who will delete it. */
export function remarksOnDependabot({ withoutSecrets, pullRequest }: Trigger, isPreview: boolean): readonly string[] {
  return isPreview && pullRequest !== undefined && withoutSecrets === 'dependabot' ? [CLOSED_BY_DEPENDABOT] : []
}

/** What the inputs say that decides about the trigger. What is wrong with them is told elsewhere. */
export function readRulingInputs(inputs: Reader, command: Command, trigger: Trigger): RulingInputs {
  const name = inputs.text('name')
  return {
    command,
    sourceType: command === 'deploy' ? readSourceType(inputs) : undefined,
    isRefWritten: inputs.text(command === 'wait' ? 'revision-id' : 'repo-ref') !== undefined,
    // A flag that is misspelt is told as such, and nothing else because of it.
    isPreview: inputs.isWritten('preview'),
    isDryRun: inputs.isWritten('dry-run'),
    isOwnRepository: readIsOwnRepository(inputs, trigger),
    name,
    isNamed: name !== undefined || inputs.text('deployment-id') !== undefined
  }
}

/**
 * What the trigger means; what speaks against it is among the problems. A run that is skipped never gets here:
 * `readAbsence` comes first.
 */
export function readRuling(
  inputs: Reader,
  { trigger, github }: { readonly trigger: Trigger; readonly github: GithubAccess | undefined },
  asked: RulingInputs
): Pick<Extract<Ruling, { kind: 'go' }>, 'isRefUnclear' | 'caution' | 'warnings'> {
  const ruling = rule(trigger, asked)
  if (ruling.kind === 'error') inputs.problem(ruling.input, ruling.text)
  if (ruling.kind !== 'go') return { isRefUnclear: false, caution: undefined, warnings: [] }
  if (ruling.isRefUnclear && kindOf(asked.sourceType).code === 'repository' && !github) refuseUnclear(inputs, trigger)
  return ruling
}

/** The payload calls a tag a branch, and nobody can be asked which of the two it is. */
function refuseUnclear(inputs: Reader, { ref, eventName }: Trigger): void {
  const expression =
    eventName === 'workflow_run' ? 'github.event.workflow_run.head_branch' : 'github.event.deployment.ref'
  inputs.problem(
    'repo-ref',
    `is required: the event does not specify whether "${ref}" is a branch or a tag. Set \`repo-ref: \${{ ${expression} }}\` for a branch or \`repo-ref: refs/tags/\${{ ${expression} }}\` for a tag. Alternatively, remove \`github-token\`; the action then checks GitHub with the job's token.`
  )
}
