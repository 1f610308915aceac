import { kindOf } from '../deployment/sources/kinds.ts'
import type { GithubAccess } from '../github/session.ts'
import type { Trigger } from '../runner/trigger.ts'
import { readIsOwnRepository } from './github-source.ts'
import type { Reader } from './reader.ts'
import { type Ruling, type RulingInputs, rule } from './ruling.ts'
import { readSourceType } from './source.ts'
import type { Command } from './table.ts'

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
): Pick<Ruling & { readonly kind: 'go' }, 'isRefUnclear' | 'caution' | 'warnings'> {
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
    `has no default here: the event does not tell whether "${ref}" is a branch or a tag. Remove \`github-token\` to use the job's own, with which GitHub is asked; or write \`repo-ref: \${{ ${expression} }}\` for a branch, \`repo-ref: refs/tags/\${{ ${expression} }}\` for a tag.`
  )
}
