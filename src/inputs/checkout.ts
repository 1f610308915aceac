import { sameRepository } from '../deployment/sources/github.ts'
import { isMadeFrom, type SourceInputs } from '../deployment/sources/index.ts'
import { type Trigger, tellsCommit } from '../runner/trigger.ts'
import type { OwnRevision } from './following.ts'

/** Returns the commit of the checkout if it is known to differ from the commit of the run. */
export function packedInstead(source: SourceInputs, trigger: Trigger): string | undefined {
  const packed = commitOfRun(source, trigger)
  return trigger.commit && packed !== trigger.commit && tellsCommit(trigger) ? packed : undefined
}

/** Returns a notice if the checkout is not at the commit of the run, for example at another ref or a later commit. */
export function noticesOfCommit(
  source: SourceInputs,
  trigger: Trigger,
  { dryRun }: Pick<OwnRevision, 'dryRun'>
): readonly string[] {
  const packed = commitOfRun(source, trigger)
  const started = trigger.commit
  if (!packed || !started || packed === started || !tellsCommit(trigger)) return []
  const deploys = dryRun ? 'would deploy and report' : 'deploys and reports'
  const field = fieldOfCommit(trigger)
  const advice = field ? ` To deploy ${started}, set \`ref: \${{ ${field} }}\` in the actions/checkout step.` : ''
  return [
    `The checkout is at commit ${packed}, but this run was started for ${started}. This run ${deploys} the checked-out commit.${advice}`
  ]
}

/**
 * Returns the field of the event that contains its commit, for events after which actions/checkout may check out
 * another commit.
 */
function fieldOfCommit({ about, endedRun, headCommit }: Trigger): string | undefined {
  if (endedRun) return 'github.event.workflow_run.head_sha'
  if (about.kind !== 'pull-request' || headCommit === undefined) return undefined
  return `github.event.pull_request.${about.state === 'merged' ? 'merge_commit_sha' : 'head.sha'}`
}

/**
 * Returns a warning if a run for a comment on a pull request would pack the default branch, on which such a run starts.
 * The workflow chose any other commit.
 *
 * @returns the warning, which replaces those about the code of the pull request; `undefined` if the code of the pull
 *   request may be checked out
 */
export function misplacedCheckout(
  source: SourceInputs,
  trigger: Trigger,
  { dryRun }: Pick<OwnRevision, 'dryRun'>
): readonly string[] | undefined {
  const { about, pullRequest, commit } = trigger
  const isOpen = about.kind === 'pull-request' && about.state === 'open'
  if (!isMadeFrom('archive', source) || !isOpen || tellsCommit(trigger)) return undefined
  const packed = source.checkout?.commit
  if (packed !== undefined && packed !== commit) return undefined
  const what = packed
    ? `it ${dryRun ? 'would deploy' : 'deploys'} commit ${packed} of the default branch`
    : 'the action cannot determine whether its code is checked out'
  return [
    `This run is for pull request ${pullRequest ?? ''}, but ${what}. After a comment, actions/checkout checks out the default branch. Set \`ref: refs/pull/\${{ github.event.issue.number }}/head\` in the actions/checkout step.`
  ]
}

/**
 * Returns the commit that the run deploys. For an archive, this is the commit of the checkout, with two exceptions, for
 * which the commit of the event is returned: GitHub's trial merge of the pull request, and a checkout of another
 * repository, because commits are compared in this repository.
 */
export function commitOfRun(source: SourceInputs, trigger: Trigger): string | undefined {
  if (!isMadeFrom('archive', source) || !source.checkout) return trigger.commit
  const { commit, parents, origin } = source.checkout
  const isMerge =
    trigger.headCommit !== undefined && (parents[1] === trigger.headCommit || commit === trigger.trialMerge)
  const isForeign = origin !== undefined && trigger.repository !== '' && !sameRepository(origin, trigger.repositoryUrl)
  return isMerge || isForeign ? trigger.commit : commit
}
