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
      if (!state().begun && KEEPS_THE_LAST.has(status)) return true
      const body = bodyOf({ ...materialOf(record, clock.now()), status })
      const { comment } = state()
      const updated = comment === undefined ? 'gone' : await updateComment(github, comment, body, startedAt)
      const isTold = updated === 'gone' ? await writeOwn(context, github, place(), body) : updated
      // Without a comment nothing is left unfinished; only for lack of time it is tried again.
      return isTold || (state().comment === undefined && !cancelled.aborted)
    }
  }
}

/** A run that did not come to deploy anything leaves the comment of the run before as it is. */
const KEEPS_THE_LAST: ReadonlySet<Verdict['status']> = new Set(['superseded', 'cancelled'])

/** Writes into the comment that there is, unless it is a later run's, or makes it. @returns whether that is done */
async function writeOwn(
  { plan: { startedAt }, save }: ChannelContext,
  github: GithubSession,
  place: CommentMark,
  body: string
): Promise<boolean> {
  const found = await findComment(github, place)
  if (!found) return false
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
