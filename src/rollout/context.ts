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
  /** The first possible name for a preview of its pull request. */
  readonly firstName: string
  readonly pullRequest: number
  readonly reason: string
}

/** The context of every command. */
export interface CommandContext extends ApplyContext {
  /** Returns the LangSmith API of the same installation, which the first call opens. */
  readonly sessions: () => Promise<SessionClient>
  readonly limits: Deadline
  readonly progress: Reporter
  /** `undefined` without a token. */
  readonly github: GithubSession | undefined
  readonly feedback: Feedback
  /** Reports a deleted preview to GitHub, for a run that is not about this preview. */
  readonly tellDeleted: (preview: DeletedPreview) => Promise<void>
}
