import { type ProofStep, type RunRecord, type SeenRevision, servingVersion } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'
import { firstBytes, listed, shortenedLines } from '../runner/words.ts'
import { bakeWords } from './bake.ts'
import { shortfalls } from './gate.ts'

/** The text about a run, in reading order. */
export interface Words {
  /** Bold, above all other text. */
  readonly title?: string
  /** What happened, one line each. */
  readonly reason: string
  /** The line above `telling`; the default is `The log shows:`. */
  readonly heading?: string
  /** The log lines that seem to name the cause; text from outside, without secrets. */
  readonly telling: readonly string[]
  /** The end of `telling` that is kept if not all lines fit; the default is `last`. */
  readonly keeps?: 'first' | 'last'
  /** The current state and what to do, one line each. */
  readonly advice: string
}

/** The text of a verdict and its level: `info` is a log line only; the others are the annotation of the run. */
type Message = Words & ({ readonly level: 'info' | 'warning' } | { readonly level: 'error'; readonly title: string })

/** Text from outside can have any length. A list of all invalid inputs is far shorter. */
const REASON_BYTES = 16_000

/** Returns the message of a verdict. */
export function messageOf(verdict: Verdict, record: RunRecord): Message {
  const message = wholeMessageOf(verdict, record)
  return { ...message, reason: firstBytes(message.reason, REASON_BYTES) }
}

function wholeMessageOf(verdict: Verdict, record: RunRecord): Message {
  switch (verdict.status) {
    case 'deployed':
      if (verdict.warning) return { ...words(verdict.warning), level: 'warning' }
      return info(verdict.ofOther ? `This run did not create a revision. ${provenWords(record)}` : provenWords(record))
    case 'superseded':
      return verdict.passes
        ? { ...words(withMessage(verdict.reason, record)), level: 'warning' }
        : error('Superseded', words(withMessage(verdict.reason, record), SUPERSEDED_ADVICE))
    case 'failed':
      return failedMessage(verdict, record)
    case 'rejected':
      return error(
        'Thresholds not met; no changes were made',
        words(record.gate ? shortfalls(record.gate) : '', REJECTED_ADVICE)
      )
    case 'timed-out':
      return error(
        'The deployment timed out',
        timedOut(
          {
            reason: withMessage(verdict.reason, record),
            advice: [nowServing(record), verdict.advice].filter(Boolean).join('\n')
          },
          record
        )
      )
    case 'cancelled':
      return error('Canceled', words(verdict.reason))
    case 'error':
      // If this run has a revision, LangSmith accepted the write.
      return error(verdict.title, words(verdict.reason, record.revision && record.own ? storedWords(record) : ''))
    case 'planned':
      return info(`Dry run: no changes were made. ${verdict.reason}`.trim())
    case 'started':
      return info('This run does not wait for the revision.')
    case 'found':
    case 'interrupted':
      return info([verdict.reason, ...listedWords(record)].join(' '))
    case 'swept':
      return verdict.warning ? { ...words(verdict.reason, verdict.warning), level: 'warning' } : info(verdict.reason)
    case 'unchanged':
      return verdict.warning ? { ...words(verdict.reason, verdict.warning), level: 'warning' } : info(verdict.reason)
    case 'deleted':
    case 'none':
    case 'skipped':
      return info(verdict.reason)
  }
}

function failedMessage(verdict: Verdict & { readonly status: 'failed' }, record: RunRecord): Message {
  const { reason, advice, isRolledBack = false } = verdict
  const all = [
    record.failureLog?.advice,
    stillServing(record),
    isRolledBack ? '' : nowServing(record),
    isRolledBack ? '' : storedWords(record),
    advice
  ]
  const isOfActive = record.plan?.kind === 'nothing' && !record.own
  return error(
    isOfActive ? 'The active revision failed the proof' : 'The deployment failed',
    quoting(record, words(withMessage(reason, record), all.filter(Boolean).join('\n')), isRolledBack)
  )
}

/** Returns sentences about the revisions besides the active one. */
function listedWords({ listed, revision }: RunRecord): readonly string[] {
  if (!listed) return []
  const { newest, queue } = listed
  const underWay = queue.map(({ id, status }) => `${id} (${status})`).join(', ')
  const isOver = newest !== undefined && newest.id !== revision?.id && queue.every(({ id }) => id !== newest.id)
  return [
    ...(isOver
      ? [`The newest revision, ${newest.id}, ended with status ${newest.status}${messageSuffix(newest)}.`]
      : []),
    underWay ? `In progress: ${underWay}.` : 'No revision is in progress.'
  ]
}

/** Appends the reason that LangSmith reports for the end of the revision. */
function withMessage(reason: string, { revision }: RunRecord): string {
  return revision?.statusMessage ? `${reason}\nLangSmith reported: ${revision.statusMessage}` : reason
}

/** Returns the reason that LangSmith reports for the end of a revision, as a suffix to its status. */
export function messageSuffix({ statusMessage }: SeenRevision): string {
  return statusMessage ? ` ("${statusMessage.replace(/\.$/, '')}")` : ''
}

/** Joins the words into one text for the log and the annotation. */
export function textOf({ reason, heading = LOG_SHOWS, telling, advice }: Words): string {
  const quoted = telling.length > 0 ? [heading, ...telling] : []
  return [reason, ...quoted, advice].filter(Boolean).join('\n')
}

/** The line above log lines that seem to name the cause. */
export const LOG_SHOWS = 'The log shows:'

/**
 * Adds the quoted log lines to the words of a failure, cut to the space in the annotation.
 *
 * @param namesRevision true after a rollback, when the log could be of either revision
 */
function quoting({ failureLog: log }: RunRecord, said: Words, namesRevision = false): Words {
  if (!log || log.telling.length === 0) return said
  const left = ANNOTATION_BYTES - Buffer.byteLength(said.reason) - Buffer.byteLength(said.advice)
  const bytes = Math.max(LEAST_TELLING_BYTES, Math.min(TELLING_BYTES, left))
  const keeps = log.isCause ? 'first' : 'last'
  const whose = namesRevision ? ` of revision ${log.revisionId}` : ''
  const heading = `The log${whose} ${log.isTelling ? 'shows' : 'ends with'}:`
  return { ...said, heading, telling: shortenedLines(log.telling, bytes, keeps), keeps }
}

/** More time does not help if the cause is certain. A log without errors does not explain the delay. */
function timedOut({ reason, advice }: { readonly reason: string; readonly advice: string }, record: RunRecord): Words {
  const log = record.failureLog
  if (!log?.isTelling) return words(reason, advice)
  const told = log.isCause ? [log.advice, log.isVague ? advice : ''] : [advice]
  return quoting(record, words(reason, told.filter(Boolean).join('\n')))
}

/**
 * Returns what this run stored in the deployment besides code, which stays after a failure; empty if that is nothing or
 * the deployment was deleted. A write stores secrets and settings immediately, whether or not its revision succeeds.
 */
export function storedWords({
  stored: { names, count },
  deployment,
  created
}: Pick<RunRecord, 'stored' | 'deployment' | 'created'>): string {
  // For a deployment that this run created, no other stored values are known.
  if (deployment?.state !== 'present' || count === 0 || created) return ''
  return `This run stored ${listed(names, count)} in the deployment; the next revision gets ${count === 1 ? 'it' : 'them'}.`
}

/** Returns words with a reason and advice only. */
export function words(reason: string, advice = ''): Words {
  return { reason, telling: [], advice }
}

const ACTIVE = 'The revision is deployed and active.'
const REJECTED_ADVICE =
  'Check the experiment in LangSmith. Then deploy code that meets the thresholds, or change the thresholds.'
const SUPERSEDED_ADVICE =
  'Set `on-superseded: warn` to let such runs pass, or `on-superseded: follow` to wait for the newer revision.'

/** Returns sentences that say how the revision was proved to work. */
function provenWords({ proof, bake }: RunRecord): string {
  const seen = (about: ProofStep['about'][]) =>
    proof.filter((step) => step.outcome === 'passed' && about.includes(step.about)).map((step) => step.seen)
  const [health = ''] = seen(['health'])
  const serves = health ? `The revision is active, and the Agent Server responds: ${health}.` : ACTIVE
  const works = seen(['graphs', 'runs'])
  return [serves, works.length > 0 && `The agent works: ${works.join(', ')}.`, bake && `Bake: ${bakeWords(bake)}.`]
    .filter(Boolean)
    .join(' ')
}

function info(reason: string): Message {
  return { ...words(reason), level: 'info' }
}

function error(title: string, said: Words): Message {
  return { ...said, level: 'error', title }
}

/** An annotation holds 4,096 characters; the rest is for the title and fixed words. */
const ANNOTATION_BYTES = 4_000
const TELLING_BYTES = 3_000
const LEAST_TELLING_BYTES = 500

/** A revision that never became active leaves the previous one active. */
function stillServing({ deployment, revision }: RunRecord): string {
  const active = deployment?.state === 'present' ? deployment.activeRevisionId : undefined
  const neverServed = revision && /_FAILED$/.test(revision.status)
  return neverServed && active && active !== revision.id ? `Revision ${active} is still active.` : ''
}

/** After a failed or missing proof, the revision is still the one that users reach. */
function nowServing({ deployment, revision }: RunRecord): string {
  const active = deployment?.state === 'present' ? deployment.activeRevisionId : undefined
  if (revision?.status !== 'DEPLOYED' || active !== revision.id) return ''
  return 'The revision is active and receives requests.'
}

/**
 * Returns the note about a new minor version of the Agent Server. On Cloud, each revision gets the newest version, and
 * a new minor version may behave differently.
 */
export function versionNotice(record: RunRecord): string | undefined {
  const { previousServerVersion: before, own, verdict } = record
  const after = servingVersion(record)
  if (verdict?.status !== 'deployed' || !own || !before || !after) return undefined
  const [minorBefore, minorAfter] = [minorOf(before), minorOf(after)]
  if (!minorBefore || !minorAfter || minorBefore === minorAfter) return undefined
  return `The Agent Server version changed from ${before} to ${after}. To pin the minor version, set \`"api_version": "${minorBefore}"\` in langgraph.json.`
}

function minorOf(version: string): string | undefined {
  return /^\d+\.\d+(?=\.|$)/.exec(version)?.[0]
}
