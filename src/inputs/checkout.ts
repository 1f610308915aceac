import { sameRepository } from '../deployment/sources/github.ts'
import { isMadeFrom, type SourceInputs } from '../deployment/sources/index.ts'
import { type Trigger, tellsCommit } from '../runner/trigger.ts'
import type { OwnRevision } from './following.ts'

/** The commit that would be packed, where it is known not to be that of the run. */
export function packedInstead(source: SourceInputs, trigger: Trigger): string | undefined {
  const packed = commitOfRun(source, trigger)
  return trigger.commit && packed !== trigger.commit && tellsCommit(trigger) ? packed : undefined
}

/** The checkout took another ref than that of the run, or a later commit of it. */
export function noticesOfCommit(
  source: SourceInputs,
  trigger: Trigger,
  { dryRun }: Pick<OwnRevision, 'dryRun'>
): readonly string[] {
  const packed = commitOfRun(source, trigger)
  const started = trigger.commit
  if (!packed || !started || packed === started || !tellsCommit(trigger)) return []
  const deploys = dryRun ? 'would deploy' : 'deploys'
  const field = fieldOfCommit(trigger)
  const advice = field ? ` To deploy ${started}, set \`ref: \${{ ${field} }}\` in the actions/checkout step.` : ''
  return [
    `The checkout is at commit ${packed}, but this run was started for ${started}. This run ${deploys} ${packed} and reports that commit.${advice}`
  ]
}

/** Where the event tells its commit, for the events at which actions/checkout can take another one. */
function fieldOfCommit({ about, endedRun, headCommit }: Trigger): string | undefined {
  if (endedRun) return 'github.event.workflow_run.head_sha'
  if (about.kind !== 'pull-request' || headCommit === undefined) return undefined
  return `github.event.pull_request.${about.state === 'merged' ? 'merge_commit_sha' : 'head.sha'}`
}

/**
 * A comment on a pull request starts a run on the default branch. What else is checked out was chosen by the workflow.
 *
 * @returns a warning, in place of those that say the code is that of the pull request; nothing where it may be
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
 * The commit that the run is about: of an archive what was packed, which is what git has checked out. GitHub's trial
 * merge of a pull request stands for the commit of the run. A commit of another repository says nothing here, where
 * GitHub is asked for this one.
 */
export function commitOfRun(source: SourceInputs, trigger: Trigger): string | undefined {
  if (!isMadeFrom('archive', source) || !source.checkout) return trigger.commit
  const { commit, parents, origin } = source.checkout
  const isMerge =
    trigger.headCommit !== undefined && (parents[1] === trigger.headCommit || commit === trigger.trialMerge)
  const isForeign = origin !== undefined && trigger.repository !== '' && !sameRepository(origin, trigger.repositoryUrl)
  return isMerge || isForeign ? trigger.commit : commit
}
