import {
  type CommentMark,
  createComment,
  findComment,
  updateComment,
  withMark,
  writeComment
} from '../github/comments.ts'
import type { GithubSession } from '../github/session.ts'
import { type CommentMaterial, commentMarkdown } from '../report/comment.ts'
import { materialOf } from '../report/material.ts'
import { words } from '../report/message.ts'
import type { RunRecord } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'
import type { Channel, ChannelContext } from './feedback.ts'

const UNDER_WAY = 'This comment is written anew when the run ends.'

/** Keeps one comment on the pull request up to date. */
export function commentChannel(context: ChannelContext, pullRequest: number): Channel | undefined {
  const { github, plan, trigger, cancelled, clock, mark, state } = context
  const { startedAt } = plan
  if (!github) return undefined
  const place = () => ({ ...mark(), pullRequest })
  const bodyOf = (material: Omit<CommentMaterial, 'trigger'>) =>
    withMark(commentMarkdown({ ...material, trigger }), place(), startedAt)
  const bodyNow = (record: RunRecord) =>
    bodyOf({ ...materialOf(record, clock.now()), status: 'deploying', words: words(UNDER_WAY), endedAt: clock.now() })
  return {
    begin: async (record) => {
      await writeOwn(context, github, place(), bodyNow(record))
    },
    following: async (record) => {
      const { comment } = state()
      if (comment !== undefined) await updateComment(github, comment, bodyNow(record), startedAt)
    },
    finish: async (record) => {
      const status = record.verdict?.status ?? 'cancelled'
      if (!state().begun && keepsTheLast(record)) return true
      const shown = record.verdict?.status === 'deployed' && record.verdict.ofOther ? 'followed' : status
      const body = bodyOf({ ...materialOf(record, clock.now()), status: shown })
      const { comment } = state()
      const updated = comment === undefined ? 'gone' : await updateComment(github, comment, body, startedAt)
      const isTold =
        updated === 'gone' ? await writeOwn(context, github, place(), body, !writesNoFirst(context, record)) : updated
      // Without a comment nothing is left unfinished; only for lack of time it is tried again.
      return isTold || (state().comment === undefined && !cancelled.aborted)
    }
  }
}

/**
 * Whether a run that did not come to deploy anything leaves the comment of the run before as it is: one whose pull request
 * has another head or is closed, of which other runs tell, and one that was cancelled.
 */
function keepsTheLast({ verdict, revision }: RunRecord): boolean {
  // What was held back by a newer revision says so in place of an older run that deployed.
  return verdict === undefined || KEEPS_THE_LAST.has(verdict.status) || (verdict.status === 'superseded' && !revision)
}

const KEEPS_THE_LAST: ReadonlySet<Verdict['status']> = new Set(['skipped', 'cancelled'])

/** Whether a run that has nothing of its own to tell only rewrites what an earlier one told. */
function writesNoFirst({ plan, state }: ChannelContext, { verdict }: RunRecord): boolean {
  return plan.removes || (!state().begun && verdict?.status === 'superseded')
}

/**
 * Writes into the comment that there is, unless it is a later run's, or makes it.
 *
 * @param isFirst whether it is made where there is none
 * @returns whether that is done
 */
async function writeOwn(
  { plan: { startedAt }, save }: ChannelContext,
  github: GithubSession,
  place: CommentMark,
  body: string,
  isFirst = true
): Promise<boolean> {
  const found = await findComment(github, place)
  if (!found) return false
  if (found === 'none' && !isFirst) return true
  if (found === 'none') {
    const made = await createComment(github, place, body)
    if (!made) return false
    save({ comment: made.id })
    return made.isNew || (await updateComment(github, made.id, body, startedAt)) === true
  }
  if (found.writtenBy > startedAt) return true
  save({ comment: found.id })
  return writeComment(github, found.id, body)
}
