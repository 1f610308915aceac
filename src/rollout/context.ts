import type { SessionClient } from '../control-plane/sessions.ts'
import type { ApplyContext } from '../deployment/attempt.ts'
import type { Feedback } from '../feedback/feedback.ts'
import type { GithubSession } from '../github/session.ts'
import type { Reporter } from '../report/reporter.ts'
import type { Deadline } from '../run/limits.ts'

/** What every command works with. */
export interface CommandContext extends ApplyContext {
  /** The LangSmith API of the same installation, opened when it is first asked for. */
  readonly sessions: () => Promise<SessionClient>
  readonly limits: Deadline
  readonly progress: Reporter
  /** Nothing when there is no token. */
  readonly github: GithubSession | undefined
  readonly feedback: Feedback
}
