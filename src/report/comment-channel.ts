import type { Verdict } from '../deployment/verdict.ts'
import { createComment, findComment, updateComment, withMark, writeComment } from '../github/comments.ts'
import type { RunRecord } from '../run/record.ts'
import { type CommentMaterial, commentMarkdown } from './comment.ts'
import type { Channel, ChannelContext } from './feedback.ts'
import { materialOf } from './material.ts'
import { words } from './message.ts'

const UNDER_WAY = 'This comment is written anew when the run ends.'

/** Keeps one comment on the pull request up to date. */
export function commentChannel(context: ChannelContext, pullRequest: number): Channel | undefined {
  const { github: session, plan, trigger, cancelled, now, mark, state, save } = context
  const { startedAt } = plan
  if (!session) return undefined
  const place = () => ({ ...mark(), pullRequest })
  const bodyOf = (told: Omit<CommentMaterial, 'trigger'>) =>
    withMark(commentMarkdown({ ...told, trigger }), place(), startedAt)
  const bodyNow = (record: RunRecord) =>
    bodyOf({ ...materialOf(record, now()), status: 'deploying', words: words(UNDER_WAY), endedAt: now() })

  /** Writes into the comment that stands, unless it is a later run's, or makes it. @returns whether that is done */
  const write = async (body: string): Promise<boolean> => {
    const found = await findComment(session, place())
    if (!found) return false
    if (found === 'none') {
      const made = await createComment(session, place(), body)
      if (!made) return false
      save({ comment: made.id })
      return made.isNew || (await updateComment(session, made.id, body, startedAt)) === true
    }
    if (found.writtenBy > startedAt) return true
    save({ comment: found.id })
    return writeComment(session, found.id, body)
  }

  return {
    begin: async (record) => {
      await write(bodyNow(record))
    },
    following: async (record) => {
      const { comment } = state()
      if (comment !== undefined) await updateComment(session, comment, bodyNow(record), startedAt)
    },
    finish: async (record) => {
      const status = record.verdict?.status ?? 'cancelled'
      if (!state().begun && LEAVES_THE_WORD.has(status)) return true
      const body = bodyOf({ ...materialOf(record, now()), status })
      const { comment } = state()
      const updated = comment === undefined ? 'gone' : await updateComment(session, comment, body, startedAt)
      const isTold = updated === 'gone' ? await write(body) : updated
      // Where nothing stands, nothing hangs in the air; only for lack of time it is worth another try.
      return isTold || (state().comment === undefined && !cancelled.aborted)
    }
  }
}

/** A run that was not to deploy anything, or did not come to it, leaves the word to the one that did. */
const LEAVES_THE_WORD: ReadonlySet<Verdict['status']> = new Set(['superseded', 'cancelled', 'planned'])
