import type { DeploymentMark } from './deployments.ts'

/** Identifies the comment of this action: a pull request has one for each deployment name. */
export interface CommentMark extends DeploymentMark {
  readonly pullRequest: number
}

/** A workflow run. A later run has a higher ID; a rerun keeps the ID of its first attempt. */
export interface WorkflowRun {
  readonly id: number
  readonly attempt: number
}

/** The present comment of this action. */
export interface StandingComment {
  readonly id: number
  /** Its GraphQL ID. */
  readonly nodeId: string
  /** The run that last wrote the comment; `undefined` if the comment does not name it. */
  readonly writer: WorkflowRun | undefined
  /** True if that run has reported its end, so that it makes no further changes. */
  readonly isOfEnded: boolean
}

/**
 * Adds the hidden mark to the text of a comment.
 *
 * @param run the run that writes the comment; `undefined` outside of a workflow
 * @param hasEnded whether the text reports the end of that run
 */
export function withMark(body: string, mark: CommentMark, run: WorkflowRun | undefined, hasEnded = false): string {
  const writer = run ? `<!-- run: ${run.id}/${run.attempt}${hasEnded ? ' ended' : ''} -->\n` : ''
  return `${markText(mark)}\n${writer}${body}`
}

/** Tells if a comment has the mark. */
export function isMarked(body: string, mark: CommentMark): boolean {
  return body.startsWith(markText(mark))
}

/** The run that last wrote a comment, and whether it reported its end. */
export function writerOf(body: string): Pick<StandingComment, 'writer' | 'isOfEnded'> {
  const [, id, attempt, ended] = /^<!-- run: (\d+)\/(\d+)( ended)? -->$/m.exec(body) ?? []
  const writer = id && attempt ? { id: Number(id), attempt: Number(attempt) } : undefined
  return { writer, isOfEnded: ended !== undefined }
}

/** Tells if one run started after another. Compares IDs, because the clocks of runners differ. */
export function isLater(one: WorkflowRun | undefined, other: WorkflowRun | undefined): one is WorkflowRun {
  if (!one || !other) return false
  return one.id === other.id ? one.attempt > other.attempt : one.id > other.id
}

/** Names are percent-encoded, so they cannot end the HTML comment. */
function markText({ name, place, pullRequest }: CommentMark): string {
  return `<!-- langsmith-deploy-action: ${encodeURIComponent(name)} #${pullRequest} at ${encodeURIComponent(place)} -->`
}
