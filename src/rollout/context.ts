import type { Deployment } from '../control-plane/resources.ts'
import type { SessionClient } from '../control-plane/sessions.ts'
import type { ApplyContext } from '../deployment/attempt.ts'
import type { Feedback } from '../feedback/feedback.ts'
import type { GithubSession } from '../github/session.ts'
import type { Reporter } from '../report/reporter.ts'
import type { Deadline } from '../run/limits.ts'

/** A preview that was deleted. */
export interface DeletedPreview {
  readonly deployment: Deployment
  /** The first name that a preview of its pull request may bear. */
  readonly firstName: string
  readonly pullRequest: number
  readonly reason: string
}

/** What every command works with. */
export interface CommandContext extends ApplyContext {
  /** The LangSmith API of the same installation, opened when it is first asked for. */
  readonly sessions: () => Promise<SessionClient>
  readonly limits: Deadline
  readonly progress: Reporter
  /** Nothing when there is no token. */
  readonly github: GithubSession | undefined
  readonly feedback: Feedback
  /** Tells GitHub that the preview of a pull request was deleted, which is not what the run itself is about. */
  readonly tellDeleted: (preview: DeletedPreview) => Promise<void>
}
