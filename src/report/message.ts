import type { Verdict } from '../deployment/verdict.ts'
import { lastBytes } from '../runner/words.ts'
import type { Facts } from './facts.ts'

/** What is said of a run in words, in the order in which it is read. */
export interface Words {
  /** What happened, in lines. */
  readonly reason: string
  /** Lines of the log in which the cause seems to stand; words from outside, without secrets. */
  readonly telling: readonly string[]
  /** What holds now and what can be done, in lines. */
  readonly advice: string
}

/** The words of a verdict, and how loudly they are said: in the log alone, or as the one annotation of the run. */
export type Message = Words &
  ({ readonly level: 'info' | 'warning' } | { readonly level: 'error'; readonly title: string })

/** What is said of a verdict. */
export function messageOf(verdict: Verdict, facts: Facts): Message {
  switch (verdict.status) {
    case 'deployed':
      if (verdict.warning) return { ...words(verdict.warning), level: 'warning' }
      return info(facts.health ? `The revision is active, and it serves: ${facts.health}.` : ACTIVE)
    case 'superseded':
      return verdict.passes
        ? { ...words(verdict.reason), level: 'warning' }
        : error('Superseded', words(verdict.reason, SUPERSEDED_ADVICE))
    case 'failed': {
      const advice = [stillServing(facts), verdict.advice].filter(Boolean).join('\n')
      const said = words(verdict.reason, advice)
      return error('The deployment failed', { ...said, telling: telling(facts, said) })
    }
    case 'timed-out':
      return error('The deployment timed out', words(verdict.reason, verdict.advice))
    case 'cancelled':
      return error('Cancelled', words(verdict.reason))
    case 'error':
      return error(verdict.title, words(verdict.reason))
    case 'planned':
      return info(`Dry run: nothing was written. ${verdict.reason}`.trim())
    case 'started':
      return info('The revision was started; this run does not wait for it.')
    case 'unchanged':
    case 'deleted':
    case 'skipped':
      return info(verdict.reason)
  }
}

/** Words as one text, as the log and an annotation hold them. */
export function textOf({ reason, telling, advice }: Words): string {
  const quoted = telling.length > 0 ? ['The log says:', ...telling] : []
  return [reason, ...quoted, advice].filter(Boolean).join('\n')
}

/** Words without anything else. */
export function words(reason: string, advice = ''): Words {
  return { reason, telling: [], advice }
}

const ACTIVE = 'The revision is deployed and is the active one.'
const SUPERSEDED_ADVICE =
  'Write `on-superseded: warn` to let such runs pass, or `on-superseded: follow` to wait for the newer revision.'

function info(reason: string): Message {
  return { ...words(reason), level: 'info' }
}

function error(title: string, said: Words): Message {
  return { ...said, level: 'error', title }
}

/** What the log says of the cause, cut so that the annotation keeps room for all else that is said. */
function telling({ failureLog }: Facts, { reason, advice }: Words): readonly string[] {
  if (!failureLog) return []
  const left = ANNOTATION_BYTES - Buffer.byteLength(reason) - Buffer.byteLength(advice)
  return lastBytes(failureLog.telling.join('\n'), Math.max(LEAST_TELLING_BYTES, Math.min(TELLING_BYTES, left))).split(
    '\n'
  )
}

/** An annotation holds 4,096 characters; the rest is for the words around. */
const ANNOTATION_BYTES = 4_000
const TELLING_BYTES = 3_000
const LEAST_TELLING_BYTES = 500

/** A revision that never came up leaves another one in place. */
function stillServing({ deployment, revision }: Facts): string {
  const active = deployment?.active_revision_id
  const neverServed = revision && /_FAILED$/.test(revision.status)
  return neverServed && active && active !== revision.id ? `Revision ${active} still serves.` : ''
}
