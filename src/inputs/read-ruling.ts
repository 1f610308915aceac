import { kindOf } from '../deployment/sources/kinds.ts'
import type { GithubAccess } from '../github/session.ts'
import { readTrigger, type Trigger } from '../runner/trigger.ts'
import { readIsOwnRepository } from './github-source.ts'
import { createReader, type InputEnvironment, type Reader } from './reader.ts'
import { type Absence, type Ruling, type RulingInputs, rule, stepOf } from './ruling.ts'
import { readSourceType } from './source.ts'
import type { Command } from './table.ts'

/**
 * Returns why a run has nothing to do without being an error: it cannot have an API key, or its event does not lead to
 * a deployment. The reason depends only on the payload of the event and on the inputs, which may be invalid.
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

/** Returns why a run without an API key is not an error. */
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
  // A user who starts a run manually expects a deployment.
  if (!isInFork || eventName.endsWith('_dispatch')) return undefined
  return `${skipped}: ${repository} is a fork and has no secret for \`api-key\`.`
}

/** Source: docs.github.com, "Troubleshooting Dependabot on GitHub Actions". */
const CLOSED_BY_DEPENDABOT =
  'When Dependabot closes its own pull request, GitHub does not pass secrets to the `pull_request_target` run, so that run cannot delete the preview. Use `command: sweep` to delete it.'

/** Returns remarks about the deletion of a preview for a pull request of Dependabot that has a key. */
export function remarksOnDependabot({ withoutSecrets, pullRequest }: Trigger, isPreview: boolean): readonly string[] {
  return isPreview && pullRequest !== undefined && withoutSecrets === 'dependabot' ? [CLOSED_BY_DEPENDABOT] : []
}

/** Reads the inputs that affect the ruling on the trigger. Their problems are reported elsewhere. */
export function readRulingInputs(inputs: Reader, command: Command, trigger: Trigger): RulingInputs {
  const name = inputs.text('name')
  return {
    command,
    sourceType: command === 'deploy' ? readSourceType(inputs) : undefined,
    isRefWritten: inputs.text(command === 'wait' ? 'revision-id' : 'repo-ref') !== undefined,
    // An invalid flag is reported by itself, without problems that follow from its value.
    isPreview: inputs.isWritten('preview'),
    isDryRun: inputs.isWritten('dry-run'),
    isOwnRepository: readIsOwnRepository(inputs, trigger),
    name,
    isNamed: name !== undefined || inputs.text('deployment-id') !== undefined
  }
}

/**
 * Returns the ruling on the trigger, and reports a rejection as a problem. A skipped run is not handled here, because
 * `readAbsence` is called first.
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

/** Reports that the ref is unclear: the payload names a tag like a branch, and there is no token to check GitHub. */
function refuseUnclear(inputs: Reader, { ref, eventName }: Trigger): void {
  const expression =
    eventName === 'workflow_run' ? 'github.event.workflow_run.head_branch' : 'github.event.deployment.ref'
  inputs.problem(
    'repo-ref',
    `is required: the event does not specify whether "${ref}" is a branch or a tag. Set \`repo-ref: \${{ ${expression} }}\` for a branch or \`repo-ref: refs/tags/\${{ ${expression} }}\` for a tag. Alternatively, remove \`github-token\`; the action then checks GitHub with the job's token.`
  )
}
