import type { DeploymentMark } from './deployments.ts'

/** Identifies our comment: there is one for each deployment name of a pull request. */
export interface CommentMark extends DeploymentMark {
  readonly pullRequest: number
}

/** A run of a workflow. Of two the one with the higher ID was started later; a repetition has the ID of the first. */
export interface WorkflowRun {
  readonly id: number
  readonly attempt: number
}

/** Our comment as it stands. */
export interface StandingComment {
  readonly id: number
  /** Its ID in GraphQL. */
  readonly nodeId: string
  /** The run that wrote it last; `undefined` when the comment does not tell it. */
  readonly writer: WorkflowRun | undefined
  /** Whether that run told its end, and so writes no more. */
  readonly isOfEnded: boolean
}

/**
 * Adds the hidden mark.
 *
 * @param run the run that writes the comment, `undefined` outside of a workflow
 * @param hasEnded whether it tells its end
 */
export function withMark(body: string, mark: CommentMark, run: WorkflowRun | undefined, hasEnded = false): string {
  const writer = run ? `<!-- run: ${run.id}/${run.attempt}${hasEnded ? ' ended' : ''} -->\n` : ''
  return `${markText(mark)}\n${writer}${body}`
}

/** Whether a comment has the mark. */
export function isMarked(body: string, mark: CommentMark): boolean {
  return body.startsWith(markText(mark))
}

/** The run that wrote a comment, and whether that told its end. */
export function writerOf(body: string): Pick<StandingComment, 'writer' | 'isOfEnded'> {
  const [, id, attempt, ended] = /^<!-- run: (\d+)\/(\d+)( ended)? -->$/m.exec(body) ?? []
  const writer = id && attempt ? { id: Number(id), attempt: Number(attempt) } : undefined
  return { writer, isOfEnded: ended !== undefined }
}

/** Whether one run came after another. Clocks of runners differ; the numbers of GitHub do not. */
export function isLater(one: WorkflowRun | undefined, other: WorkflowRun | undefined): one is WorkflowRun {
  if (!one || !other) return false
  return one.id === other.id ? one.attempt > other.attempt : one.id > other.id
}

/** Names are percent-encoded, so they cannot end the HTML comment. */
function markText({ name, place, pullRequest }: CommentMark): string {
  return `<!-- langsmith-deploy-action: ${encodeURIComponent(name)} #${pullRequest} at ${encodeURIComponent(place)} -->`
}
