import type { RunRecord } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'
import { shortenedLines } from '../runner/words.ts'
import { bakeWords, shortfalls } from './evidence.ts'

/** What is said of a run in words, in the order in which it is read. */
export interface Words {
  /** What happened, in lines. */
  readonly reason: string
  /** The line above these lines; `The log says:` when not given. */
  readonly heading?: string
  /** Lines of the log in which the cause seems to stand; words from outside, without secrets. */
  readonly telling: readonly string[]
  /** Which end of these lines stays where there is no room for all; the last ones when not given. */
  readonly keeps?: 'first' | 'last'
  /** What holds now and what can be done, in lines. */
  readonly advice: string
}

/** The words of a verdict, and how loudly they are said: in the log alone, or as the one annotation of the run. */
type Message = Words & ({ readonly level: 'info' | 'warning' } | { readonly level: 'error'; readonly title: string })

/** What is said of a verdict. */
export function messageOf(verdict: Verdict, record: RunRecord): Message {
  switch (verdict.status) {
    case 'deployed':
      if (verdict.warning) return { ...words(verdict.warning), level: 'warning' }
      return info(deployedWords(record))
    case 'superseded':
      return verdict.passes
        ? { ...words(verdict.reason), level: 'warning' }
        : error('Superseded', words(verdict.reason, SUPERSEDED_ADVICE))
    case 'failed': {
      const advice = [
        record.failureLog?.advice,
        stillServing(record),
        verdict.isRolledBack ? '' : storedWords(record),
        verdict.advice
      ]
        .filter(Boolean)
        .join('\n')
      return error('The deployment failed', quoting(record, words(verdict.reason, advice), verdict.isRolledBack))
    }
    case 'rejected':
      return error(
        'The experiment falls short; nothing was written',
        words(record.gate ? shortfalls(record.gate) : '', REJECTED_ADVICE)
      )
    case 'timed-out':
      return error('The deployment timed out', timedOut(verdict, record))
    case 'cancelled':
      return error('Cancelled', words(verdict.reason))
    case 'error':
      // Where there is a revision of ours, the write was accepted.
      return error(verdict.title, words(verdict.reason, record.revision && record.own ? storedWords(record) : ''))
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

function deployedWords({ health, bake }: RunRecord): string {
  const serves = health ? `The revision is active, and it serves: ${health}.` : ACTIVE
  return bake ? `${serves} Bake: ${bakeWords(bake)}.` : serves
}

/** Words as one text, as the log and an annotation hold them. */
export function textOf({ reason, heading = LOG_SAYS, telling, advice }: Words): string {
  const quoted = telling.length > 0 ? [heading, ...telling] : []
  return [reason, ...quoted, advice].filter(Boolean).join('\n')
}

/** The line above lines of a log that seem to tell the cause. */
export const LOG_SAYS = 'The log says:'

/** The words of a failure with what the log says of its cause. @param namesRevision whether it is told whose log that is */
function quoting(record: RunRecord, said: Words, namesRevision = false): Words {
  return {
    ...said,
    ...headingOf(record, namesRevision),
    telling: telling(record, said),
    keeps: record.failureLog?.isCause ? 'first' : 'last'
  }
}

/** More time does not help against a cause that is certain. A log that reads as usual says nothing of the delay. */
function timedOut({ reason, advice }: { readonly reason: string; readonly advice: string }, record: RunRecord): Words {
  const log = record.failureLog
  if (!log?.isTelling) return words(reason, advice)
  const told = log.isCause ? [log.advice, log.isVague ? advice : ''] : [advice]
  return quoting(record, words(reason, told.filter(Boolean).join('\n')))
}

/** After a roll back, the log of two revisions could be meant. */
function headingOf({ failureLog: log }: RunRecord, namesRevision: boolean): Pick<Words, 'heading'> {
  if (!log) return {}
  const whose = namesRevision ? ` of revision ${log.revisionId}` : ''
  return { heading: `The log${whose} ${log.isTelling ? 'says' : 'ends with'}:` }
}

/**
 * What this run changed in the deployment besides its code, and what is therefore still so after a failure; empty when
 * that is nothing, or went with the deployment. A write stores secrets and settings at once, whatever becomes of its revision.
 */
export function storedWords({ stored: names, deployment }: Pick<RunRecord, 'stored' | 'deployment'>): string {
  if (deployment?.state !== 'present' || names.length === 0) return ''
  const told = names.slice(0, MOST_NAMES)
  const more = names.length - told.length
  const list = [...told, ...(more > 0 ? [`${more} more`] : [])].join(', ')
  return `Stored by this run: ${list}; the next revision gets ${names.length === 1 ? 'it' : 'them'}.`
}

/** An annotation holds 4,096 characters, and has more to say. */
const MOST_NAMES = 40

/** Words without anything else. */
export function words(reason: string, advice = ''): Words {
  return { reason, telling: [], advice }
}

const ACTIVE = 'The revision is deployed and is the active one.'
const REJECTED_ADVICE =
  'Look at the experiment in LangSmith; then deploy code that reaches the thresholds, or change them.'
const SUPERSEDED_ADVICE =
  'Write `on-superseded: warn` to let such runs pass, or `on-superseded: follow` to wait for the newer revision.'

function info(reason: string): Message {
  return { ...words(reason), level: 'info' }
}

function error(title: string, said: Words): Message {
  return { ...said, level: 'error', title }
}

/** What the log says of the cause, cut so that the annotation keeps room for all else that is said. */
function telling({ failureLog }: RunRecord, { reason, advice }: Words): readonly string[] {
  if (!failureLog) return []
  const left = ANNOTATION_BYTES - Buffer.byteLength(reason) - Buffer.byteLength(advice)
  const bytes = Math.max(LEAST_TELLING_BYTES, Math.min(TELLING_BYTES, left))
  return shortenedLines(failureLog.telling, bytes, failureLog.isCause ? 'first' : 'last')
}

/** An annotation holds 4,096 characters; the rest is for the words around. */
const ANNOTATION_BYTES = 4_000
const TELLING_BYTES = 3_000
const LEAST_TELLING_BYTES = 500

/** A revision that never came up leaves another one in place. */
function stillServing({ deployment, revision }: RunRecord): string {
  const active = deployment?.state === 'present' ? deployment.activeRevisionId : undefined
  const neverServed = revision && /_FAILED$/.test(revision.status)
  return neverServed && active && active !== revision.id ? `Revision ${active} still serves.` : ''
}
