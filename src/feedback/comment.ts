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
      // A rerun has the ID of its first attempt, so it may also replace the comment of a later run that has ended.
      else if (comment.isOfEnded || !isTaken(comment)) await writeComment(github, comment.id, bodyNow(record))
    },
    // No update here: the revision's ID is not urgent, and each update is a request.
    following: async () => {},
    wants: (record) => (keepsTheLast(record, state().begun) ? {} : { comment: place() }),
    finish: async (record, { comment }) => {
      if (keepsTheLast(record, state().begun)) return true
      const isOfOther = record.verdict?.status === 'deployed' && record.verdict.ofOther
      const status = isOfOther ? 'followed' : endStatus(record)
      const body = bodyOf({ ...materialOf(record, clock.now()), status })
      const createUnlessNone = async () => writesNoFirst(context, record) || createLast(body)
      // Without an earlier comment nothing stays unfinished, so only a lack of time is a reason to retry.
      const isOver = (isTold: boolean) => isTold || (state().comment === undefined && !cancelled.aborted)
      if (comment === undefined) return isOver(false)
      const { comment: own } = state()
      if (comment === 'none') {
        // GitHub may not list a new comment immediately.
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

/** Creates the functions that write the comment, and that leave it to another run. */
function commentWriter({ plan, state, save, note }: ChannelContext, github: GithubSession, place: () => CommentMark) {
  const create = async (body: string) => {
    const comment = await createComment(github, place(), body)
    if (comment !== undefined) save({ comment })
    return comment !== undefined
  }
  let isNoted = false
  /** Tells if a later run owns the comment; notes it in the log once. */
  const isTaken = ({ writer }: StandingComment) => {
    if (!isLater(writer, plan.run)) return false
    const number = writer.attempt > 1 ? `${writer.id} (attempt ${writer.attempt})` : writer.id
    const text = `Kept the comment on pull request ${place().pullRequest}, because run ${number}, which started later, wrote the comment.`
    if (!isNoted) note(text)
    isNoted = true
    return true
  }
  /** Deletes this run's comment if a concurrent run created an earlier one. */
  const removeSecond = async ({ id }: StandingComment) => {
    const { comment } = state()
    if (comment === undefined || comment === id) return
    await deleteComment(github, comment)
    save({ comment: id })
  }
  /** Creates the comment, then checks for the comment of a concurrent run, because no later step does. */
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
 * Tells if a run that deployed nothing keeps the comment of the previous run: a canceled run, and a run whose pull
 * request is closed or has another head, which other runs report.
 */
function keepsTheLast({ verdict, revision }: RunRecord, isBegun: boolean): boolean {
  if (isBegun) return false
  // A run that a newer revision superseded replaces the comment of an older run that deployed.
  return verdict === undefined || KEEPS_THE_LAST.has(verdict.status) || (verdict.status === 'superseded' && !revision)
}

const KEEPS_THE_LAST: ReadonlySet<Verdict['status']> = new Set(['skipped', 'cancelled'])

/** Tells if a run updates an existing comment but creates none: it deleted its deployment, or was superseded early. */
function writesNoFirst({ plan, state }: ChannelContext, { verdict }: RunRecord): boolean {
  return plan.removes || (!state().begun && verdict?.status === 'superseded')
}
