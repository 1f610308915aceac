import { isDeepStrictEqual } from 'node:util'
import type { Intent } from './deployment/progress.ts'
import type { Verdict } from './deployment/verdict.ts'
import type { Destination } from './inputs/access.ts'
import type { Reminder } from './report/facts.ts'
import type { FeedbackPlan, FeedbackState } from './report/feedback.ts'
import type { Runner } from './runner/runner.ts'

/**
 * What the post step is told by the main one. It is saved before each write, so that it is right even when the process
 * is killed in the next moment.
 */
export interface Memory {
  /** The main step has ended in order and left nothing open. */
  readonly done: boolean
  readonly intent: Intent | undefined
  /** Whether the write may have acted; not before it was sent, nor after the server said that it did nothing. */
  readonly mayHaveActed: boolean
  /** Known as soon as the server has named it. */
  readonly deploymentId: string | undefined
  /** The revision that this run made. */
  readonly revisionId: string | undefined
  /** The revision that the answer to the last write named, which need not have been readable yet. */
  readonly namedId: string | undefined
  /** Whether it certainly is this run's own, so that it may be interrupted. */
  readonly isCertain: boolean
  /** Whether that revision is to be interrupted. */
  readonly interrupt: boolean
  /** The only places that get a key from the post step. */
  readonly destination: Destination
  /** How the run ended, once it has; without it the process was killed. */
  readonly verdict: Verdict['status'] | undefined
  /** What GitHub was told of the run, while it was not told its end. */
  readonly feedback: OpenFeedback | undefined
}

/** What GitHub was told, and what it was to be told. */
export interface OpenFeedback {
  readonly plan: FeedbackPlan
  readonly state: FeedbackState
}

/** Whether a write was sent whose revision is not known. */
export function isWriteOpen({ intent, mayHaveActed, revisionId }: Memory): boolean {
  return intent !== undefined && mayHaveActed && revisionId === undefined
}

/** Whether the run may have left a revision or a write in LangSmith. */
export function hasOpenEnds(memory: Memory): boolean {
  return !memory.done && (memory.revisionId !== undefined || isWriteOpen(memory))
}

/** Reads what was saved; nothing when the main step never got to a write. */
export function parseMemory(text: string): Memory | undefined {
  return text === '' ? undefined : (JSON.parse(text) as Memory)
}

/** Keeps the post step informed. */
export interface MemoryKeeper {
  current(): Memory
  add(reminder: Reminder): void
  /** Told by the transport; see `Memory.mayHaveActed`. */
  writing(mayHaveActed: boolean): void
  /** The workspace, once it was looked up by its name. */
  workspace(id: string): void
  feedback(open: OpenFeedback | undefined): void
  verdict(status: Verdict['status']): void
  /** Nothing in LangSmith is left for the post step. */
  close(): void
  /** The post step has to go on, and to interrupt what it finds or not. */
  leaveOpen(interrupt: boolean): void
}

/** Name of the saved state. */
export const MEMORY = 'memory'

/** @param interrupt what becomes of our revision when the process is killed */
export function createMemory(runner: Runner, destination: Destination, interrupt: boolean): MemoryKeeper {
  let memory: Memory = {
    done: false,
    intent: undefined,
    mayHaveActed: false,
    deploymentId: undefined,
    revisionId: undefined,
    namedId: undefined,
    isCertain: false,
    interrupt,
    destination,
    verdict: undefined,
    feedback: undefined
  }
  let isSaved = false
  const save = (change: Partial<Memory>) => {
    const next = { ...memory, ...change }
    if (isDeepStrictEqual(next, memory)) return
    memory = next
    // Before anything was begun there is nothing to clean up after.
    isSaved ||= memory.intent !== undefined || memory.feedback !== undefined
    if (isSaved) runner.saveState(MEMORY, JSON.stringify(memory))
  }
  return {
    current: () => memory,
    // A further send makes a revision of its own.
    add: (reminder) =>
      save(reminder.intent ? { ...reminder, revisionId: undefined, namedId: undefined, isCertain: false } : reminder),
    writing: (mayHaveActed) => save({ mayHaveActed }),
    workspace: (workspaceId) => save({ destination: { ...memory.destination, workspaceId } }),
    feedback: (feedback) => save({ feedback }),
    verdict: (verdict) => save({ verdict }),
    close: () => save({ done: true }),
    leaveOpen: (interrupt) => save({ interrupt })
  }
}
