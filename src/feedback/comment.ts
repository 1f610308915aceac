import { commentChange } from '../github/changes.ts'
import { type CommentMark, isLater, type StandingComment, withMark } from '../github/comment-mark.ts'
import { createComment, deleteComment, writeComment } from '../github/comments.ts'
import type { GithubSession } from '../github/session.ts'
import { lookAtStanding } from '../github/standing.ts'
import { type CommentMaterial, commentMarkdown } from '../report/comment.ts'
import { materialOf } from '../report/material.ts'
import { words } from '../report/message.ts'
import type { RunRecord } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'
import { type Channel, type ChannelContext, endStatus } from './feedback.ts'

const UNDER_WAY = 'This comment is updated when the run ends.'

/** Keeps one comment on the pull request up to date. */
export function commentChannel(context: ChannelContext, pullRequest: number): Channel | undefined {
  const { github, plan, trigger, cancelled, clock, mark, state } = context
  if (!github) return undefined
  const place = () => ({ ...mark(), pullRequest })
  const bodyOf = (material: Omit<CommentMaterial, 'trigger'>) =>
    withMark(commentMarkdown({ ...material, trigger }), place(), plan.run, material.status !== 'deploying')
  const bodyNow = (record: RunRecord) =>
    bodyOf({ ...materialOf(record, clock.now()), status: 'deploying', words: words(UNDER_WAY), endedAt: clock.now() })
  const { create, createLast, isTaken, removeSecond } = commentWriter(context, github, place)
  return {
    begin: async (record) => {
      const { comment } = await lookAtStanding(github, { comment: place() })
      if (!comment) return
      if (comment === 'none') await create(bodyNow(record))
      // A run that was started again has the number of its first attempt, and writes after one that has ended.
      else if (comment.isOfEnded || !isTaken(comment)) await writeComment(github, comment.id, bodyNow(record))
    },
    // It tells nothing that anybody waits for, and each writing of it is a request.
    following: async () => {},
    wants: (record) => (keepsTheLast(record, state().begun) ? {} : { comment: place() }),
    finish: async (record, { comment }) => {
      if (keepsTheLast(record, state().begun)) return true
      const isOfOther = record.verdict?.status === 'deployed' && record.verdict.ofOther
      const status = isOfOther ? 'followed' : endStatus(record)
      const body = bodyOf({ ...materialOf(record, clock.now()), status })
      const createUnlessNone = async () => writesNoFirst(context, record) || createLast(body)
      // Without a comment nothing is left unfinished; only for lack of time it is tried again.
      const isOver = (isTold: boolean) => isTold || (state().comment === undefined && !cancelled.aborted)
      if (comment === undefined) return isOver(false)
      const { comment: own } = state()
      if (comment === 'none') {
        // One that was made a moment ago may not be listed yet.
        const written = own === undefined ? 'gone' : await writeComment(github, own, body)
        return isOver(written === 'gone' ? await createUnlessNone() : written)
      }
      await removeSecond(comment)
      const isAfterOther = plan.removes && comment.isOfEnded
      if (!isAfterOther && isTaken(comment)) return true
      const change = commentChange(comment, body, createUnlessNone)
      return { changes: [change], isTold: (made) => isOver(made.has(change)) }
    }
  }
}

/** How the comment is made, and where it is left to another run. */
function commentWriter({ plan, state, save, note }: ChannelContext, github: GithubSession, place: () => CommentMark) {
  const create = async (body: string) => {
    const comment = await createComment(github, place(), body)
    if (comment !== undefined) save({ comment })
    return comment !== undefined
  }
  let isNoted = false
  /** Whether a later run has the word; that is a line of the log. */
  const isTaken = ({ writer }: StandingComment) => {
    if (!isLater(writer, plan.run)) return false
    const number = writer.attempt > 1 ? `${writer.id} (attempt ${writer.attempt})` : writer.id
    const text = `Kept the comment on pull request ${place().pullRequest}: run ${number}, which started after this one, wrote it.`
    if (!isNoted) note(text)
    isNoted = true
    return true
  }
  /** Where two runs made a comment at the same time, the first one stays. */
  const removeSecond = async ({ id }: StandingComment) => {
    const { comment } = state()
    if (comment === undefined || comment === id) return
    await deleteComment(github, comment)
    save({ comment: id })
  }
  /** Nobody looks again later, so another run that made one meanwhile is looked for here. */
  const createLast = async (body: string): Promise<boolean> => {
    if (!(await create(body))) return false
    const { comment } = await lookAtStanding(github, { comment: place() })
    if (!comment || comment === 'none' || comment.id === state().comment) return true
    await removeSecond(comment)
    return isTaken(comment) || (await writeComment(github, comment.id, body)) === true
  }
  return { create, createLast, isTaken, removeSecond }
}

/**
 * Whether a run that did not come to deploy anything leaves the comment of the run before as it is: one whose pull request
 * has another head or is closed, of which other runs tell, and one that was cancelled.
 */
function keepsTheLast({ verdict, revision }: RunRecord, isBegun: boolean): boolean {
  if (isBegun) return false
  // What was held back by a newer revision says so in place of an older run that deployed.
  return verdict === undefined || KEEPS_THE_LAST.has(verdict.status) || (verdict.status === 'superseded' && !revision)
}

const KEEPS_THE_LAST: ReadonlySet<Verdict['status']> = new Set(['skipped', 'cancelled'])

/** Whether a run that has nothing of its own to tell only rewrites what an earlier one told. */
function writesNoFirst({ plan, state }: ChannelContext, { verdict }: RunRecord): boolean {
  return plan.removes || (!state().begun && verdict?.status === 'superseded')
}
