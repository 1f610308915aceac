import { type ProofStep, type RunRecord, type SeenRevision, servingVersion } from '../run/record.ts'
import type { Verdict } from '../run/verdict.ts'
import { firstBytes, listed, shortenedLines } from '../runner/words.ts'
import { bakeWords } from './bake.ts'
import { shortfalls } from './gate.ts'

/** What is said of a run in words, in the order in which it is read. */
export interface Words {
  /** In bold above all else. */
  readonly title?: string
  /** What happened, in lines. */
  readonly reason: string
  /** The line above these lines; `The log shows:` when not given. */
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

/** Words from outside can be of any length. A list of all that is wrong with the inputs is far shorter. */
const REASON_BYTES = 16_000

/** What is said of a verdict. */
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
        'The experiment is below the threshold; no changes were made',
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
      return error('Cancelled', words(verdict.reason))
    case 'error':
      // Where there is a revision of ours, the write was accepted.
      return error(verdict.title, words(verdict.reason, record.revision && record.own ? storedWords(record) : ''))
    case 'planned':
      return info(`Dry run: no changes were made. ${verdict.reason}`.trim())
    case 'started':
      return info('Started the revision. This run does not wait for it.')
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

/** What is said of the revisions besides the one that serves. */
function listedWords({ listed, revision }: RunRecord): readonly string[] {
  if (!listed) return []
  const { newest, queue } = listed
  const underWay = queue.map(({ id, status }) => `${id} (${status})`).join(', ')
  const isOver = newest !== undefined && newest.id !== revision?.id && queue.every(({ id }) => id !== newest.id)
  return [
    ...(isOver
      ? [`The newest revision, ${newest.id}, ended with status ${newest.status}${messageBehind(newest)}.`]
      : []),
    underWay ? `In progress: ${underWay}.` : 'No revision is in progress.'
  ]
}

/** What happened, with the reason that LangSmith gives for it. */
function withMessage(reason: string, { revision }: RunRecord): string {
  return revision?.statusMessage ? `${reason}\nLangSmith reported: ${revision.statusMessage}` : reason
}

/** The reason that LangSmith gives for the end of a revision, behind its status. */
export function messageBehind({ statusMessage }: SeenRevision): string {
  return statusMessage ? ` ("${statusMessage.replace(/\.$/, '')}")` : ''
}

/** Words as one text, as the log and an annotation hold them. */
export function textOf({ reason, heading = LOG_SAYS, telling, advice }: Words): string {
  const quoted = telling.length > 0 ? [heading, ...telling] : []
  return [reason, ...quoted, advice].filter(Boolean).join('\n')
}

/** The line above lines of a log that seem to tell the cause. */
export const LOG_SAYS = 'The log shows:'

/**
 * The words of a failure with what the log says of its cause, cut so that the annotation keeps room for all else.
 *
 * @param namesRevision after a roll back, the log of two revisions could be meant
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

/** More time does not help against a cause that is certain. A log that reads as usual says nothing of the delay. */
function timedOut({ reason, advice }: { readonly reason: string; readonly advice: string }, record: RunRecord): Words {
  const log = record.failureLog
  if (!log?.isTelling) return words(reason, advice)
  const told = log.isCause ? [log.advice, log.isVague ? advice : ''] : [advice]
  return quoting(record, words(reason, told.filter(Boolean).join('\n')))
}

/**
 * What this run changed in the deployment besides its code, and what is therefore still so after a failure; empty when
 * that is nothing, or went with the deployment. A write stores secrets and settings at once, whatever becomes of its revision.
 */
export function storedWords({
  stored: { names, count },
  deployment,
  created
}: Pick<RunRecord, 'stored' | 'deployment' | 'created'>): string {
  // Of a deployment that this run made, nothing else is known to be stored.
  if (deployment?.state !== 'present' || count === 0 || created) return ''
  return `Stored by this run: ${listed(names, count)}; the next revision gets ${count === 1 ? 'it' : 'them'}.`
}

/** Words without anything else. */
export function words(reason: string, advice = ''): Words {
  return { reason, telling: [], advice }
}

const ACTIVE = 'The revision is deployed and active.'
const REJECTED_ADVICE =
  'Check the experiment in LangSmith. Then deploy code that meets the thresholds, or change the thresholds.'
const SUPERSEDED_ADVICE =
  'Set `on-superseded: warn` to let such runs pass, or `on-superseded: follow` to wait for the newer revision.'

/** How it was proved that the revision works. */
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

/** An annotation holds 4,096 characters; the rest is for the words around. */
const ANNOTATION_BYTES = 4_000
const TELLING_BYTES = 3_000
const LEAST_TELLING_BYTES = 500

/** A revision that never came up leaves another one in place. */
function stillServing({ deployment, revision }: RunRecord): string {
  const active = deployment?.state === 'present' ? deployment.activeRevisionId : undefined
  const neverServed = revision && /_FAILED$/.test(revision.status)
  return neverServed && active && active !== revision.id ? `Revision ${active} is still active.` : ''
}

/** A revision whose proof failed, or was not done, is the one that users reach. */
function nowServing({ deployment, revision, proof }: RunRecord): string {
  const active = deployment?.state === 'present' ? deployment.activeRevisionId : undefined
  if (revision?.status !== 'DEPLOYED' || active !== revision.id) return ''
  const isDown = proof.some(({ about, outcome }) => about === 'health' && outcome === 'failed')
  return isDown ? 'The revision is active and receives requests.' : 'The revision is active and serves requests.'
}

/**
 * What the user should know of the version of the Agent Server after a rollout: on Cloud each revision gets the newest one,
 * and a new minor version may behave in another way.
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
