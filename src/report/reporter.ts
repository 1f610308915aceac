import { type ControlPlane, dashboardUrl } from '../control-plane/hosts.ts'
import type { LogEntry, LogKind } from '../control-plane/logs.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { type LogSink, tellingLines } from '../deployment/logs.ts'
import type { Progress } from '../deployment/progress.ts'
import { commitOf } from '../deployment/revision.ts'
import type { Verdict } from '../deployment/verdict.ts'
import type { Clock } from '../limits.ts'
import type { Runner } from '../runner/runner.ts'
import { lastBytes, plainLines } from '../runner/words.ts'
import { type Facts, noFacts, type Reminder } from './facts.ts'
import { deploymentUrl, hasShape, type OutputName } from './outputs.ts'
import { planLines, planTitle } from './plan-lines.ts'
import { inWords, summaryMarkdown } from './summary.ts'

/** What a command tells the reporter besides the progress of its write. */
export interface Reporter extends Progress, LogSink {
  /** The last lines of the log in which the cause of a failure stands. */
  endOfLog(kind: LogKind, entries: readonly LogEntry[], isShown?: boolean): void
  readonly facts: Readonly<Facts>
  /** Masks the environment of a deployment; must come before anything of it is printed. */
  conceal(deployment: Deployment): void
  /** A deployment that is about to go: it has no address and no page worth a link any more. */
  leaving(deployment: Deployment): void
  /** The revision that was active before this run wrote. */
  before(deployment: Deployment): void
  /** A notice that stands on the page of the run too. */
  remark(text: string): void
  /** Writes the last outputs, the annotation and the summary. */
  finish(verdict: Verdict): Promise<void>
}

export interface ReporterOptions {
  readonly runner: Runner
  readonly clock: Clock
  readonly controlPlane: ControlPlane
  /** When the run began, in milliseconds since the epoch. */
  readonly startedAt: number
  /** What the run is about, until the deployment is known. */
  readonly name: string
  /** Texts of the inputs that outputs will hold, and which are therefore not masked. */
  readonly publicTexts: readonly string[]
  /** Secret values that might turn out to be part of the deployment's address; masked once that is known. */
  readonly addressLike?: readonly string[]
  /** Told of everything that the post step needs to know. */
  readonly remember: (reminder: Reminder) => void
}

/** Tells a run to its user: log lines, outputs as soon as they are known, and at the end summary and annotation. */
export function createReporter(options: ReporterOptions): Reporter {
  const { runner, clock, controlPlane, startedAt, remember } = options
  const facts = noFacts()
  const outputs = new Map<OutputName, string>()
  const refused = new Set<OutputName>()
  let openLog: LogKind | undefined

  const clear = (...names: readonly OutputName[]) => {
    for (const name of names) if (outputs.delete(name)) runner.output(name, '')
  }

  const set = (name: OutputName, value: string | null | undefined) => {
    if (!value || outputs.get(name) === value) return
    if (!hasShape(name, value)) {
      clear(name)
      if (refused.has(name)) return
      refused.add(name)
      runner.warning(
        `The control plane answered something for the output \`${name}\` that cannot be one; it is left empty.`
      )
      return
    }
    outputs.set(name, value)
    runner.output(name, value)
  }

  const mask = (values: readonly string[], texts: readonly string[] = []) => {
    runner.mask(values, [...options.publicTexts, ...texts, ...outputs.values()])
  }

  const closeLog = () => {
    if (openLog) runner.endGroup()
    openLog = undefined
  }

  const setDeployment = (deployment: Deployment) => {
    set('deployment-id', deployment.id)
    set('deployment-name', deployment.name)
    set('deployment-url', deploymentUrl(deployment.source_config.custom_url))
    if (outputs.has('deployment-url')) mask(options.addressLike ?? [])
    set('active-revision-id', deployment.active_revision_id)
    if (deployment.tenant_id) set('dashboard-url', dashboardUrl(controlPlane, deployment.tenant_id, deployment.id))
  }

  const setRevision = (revision: Revision) => {
    // A revision that is followed on has a commit and an image of its own, known only later.
    if (outputs.has('revision-id') && outputs.get('revision-id') !== revision.id) clear('commit-sha', 'image-uri')
    set('revision-id', revision.id)
    set('revision-status', revision.status)
    set('commit-sha', commitOf(revision))
    set('image-uri', revision.source_revision_config.image_uri)
  }

  return {
    facts,
    planned: (plan) => {
      facts.plan = plan
      runner.group(planTitle(plan), planLines(plan))
    },
    conceal: ({ name, source_config, source_revision_config, secrets }) => {
      const texts = [name, source_config.custom_url, source_revision_config.image_uri].filter((text) => text !== null)
      mask(
        (secrets ?? []).flatMap(({ value }) => value ?? []),
        texts
      )
    },
    before: (deployment) => {
      if (facts.previousRevisionId !== undefined) return
      facts.previousRevisionId = deployment.active_revision_id
      set('previous-revision-id', deployment.active_revision_id)
    },
    deployment: (deployment, created) => {
      facts.deployment = deployment
      if (created !== undefined) facts.created = created
      set('created', String(facts.created))
      setDeployment(deployment)
      remember({ deploymentId: deployment.id })
    },
    leaving: (deployment) => {
      facts.deployment = deployment
      set('deployment-id', deployment.id)
      set('deployment-name', deployment.name)
    },
    aboutToWrite: (intent) => remember({ intent }),
    revision: (revision, own) => {
      const isNew = facts.revision?.id !== revision.id
      const isChanged = isNew || facts.revision?.status !== revision.status
      facts.revision = revision
      facts.own = own
      setRevision(revision)
      if (own) remember({ revisionId: revision.id })
      if (!isChanged) return
      if (isNew) runner.info(`Revision ${revision.id}`)
      facts.phases.push({ status: revision.status, at: clock.now() })
      runner.info(`${inWords(clock.now() - startedAt).padStart(12)}  ${revision.status}`)
    },
    log: (kind, entries) => {
      if (openLog !== kind) {
        closeLog()
        runner.beginGroup(logTitle(kind))
        openLog = kind
      }
      for (const entry of entries) runner.info(logLine(entry, runner.redact))
    },
    endOfLog: (kind, entries, isShown = true) => {
      closeLog()
      const lines = entries.flatMap((entry) => plainLines(logLine(entry, runner.redact)))
      facts.failureLog = { kind, lines, telling: tellingLines(entries).map(runner.redact) }
      if (isShown)
        runner.group(`${logTitle(kind)}, the last ${lines.length === 1 ? 'line' : `${lines.length} lines`}`, lines)
    },
    remark: (text) => runner.notice(text),
    note: (text) => runner.info(text),
    warn: (text) => runner.warning(text),
    finish: async (verdict) => {
      closeLog()
      mask(options.addressLike ?? [])
      const endedAt = clock.now()
      set('status', verdict.status)
      set('duration-seconds', String(Math.round((endedAt - startedAt) / 1000)))
      const message = messageOf(verdict, facts)
      if (message.level === 'error') runner.error(message.title, message.text)
      if (message.level === 'warning') runner.warning(message.text)
      const words =
        message.level === 'info' ? `. ${message.text}` : verdict.status === 'error' ? ` (${verdict.title})` : ''
      runner.info(`Verdict: ${verdict.status}${words}`)
      const dashboard = linkToRevision(outputs)
      const url = outputs.get('deployment-url')
      if (url) runner.info(`Agent Server: ${url}`)
      if (dashboard) runner.info(`LangSmith: ${dashboard}`)
      try {
        const material = {
          verdict,
          facts,
          outputs,
          dashboard,
          name: options.name,
          text: verdict.status === 'error' ? `${verdict.title}\n${message.text}` : message.text,
          endedAt
        }
        await runner.summary(summaryMarkdown(material))
      } catch (error) {
        runner.warning(
          `The job summary could not be written: ${error instanceof Error ? error.message : String(error)}`
        )
      }
    }
  }
}

/** What is said of a verdict: in the log alone, or as the one annotation of the run. */
type Message =
  | { readonly level: 'info' | 'warning'; readonly text: string }
  | { readonly level: 'error'; readonly title: string; readonly text: string }

function messageOf(verdict: Verdict, facts: Facts): Message {
  const info = (text: string): Message => ({ level: 'info', text })
  const error = (title: string, ...lines: readonly string[]): Message => ({
    level: 'error',
    title,
    text: lines.filter(Boolean).join('\n')
  })
  switch (verdict.status) {
    case 'deployed':
      return verdict.warning
        ? { level: 'warning', text: verdict.warning }
        : info('The revision is deployed and is the active one.')
    case 'superseded':
      return verdict.passes
        ? { level: 'warning', text: verdict.reason }
        : error('Superseded', verdict.reason, SUPERSEDED_ADVICE)
    case 'failed':
      return error('The deployment failed', verdict.reason, ...telling(facts), stillServing(facts), verdict.advice)
    case 'timed-out':
      return error('The deployment timed out', verdict.reason, verdict.advice)
    case 'cancelled':
      return error('Cancelled', verdict.reason)
    case 'error':
      return error(verdict.title, verdict.reason)
    case 'planned':
      return info(`Dry run: nothing was written. ${verdict.reason}`.trim())
    case 'started':
      return info('The revision was started; this run does not wait for it.')
    case 'unchanged':
    case 'deleted':
      return info(verdict.reason)
  }
}

const SUPERSEDED_ADVICE =
  'Write `on-superseded: warn` to let such runs pass, or `on-superseded: follow` to wait for the newer revision.'

/** What the log says of the cause, cut so that the annotation keeps room for the advice. */
function telling({ failureLog }: Facts): readonly string[] {
  if (!failureLog) return []
  return ['The log says:', lastBytes(failureLog.telling.join('\n'), TELLING_BYTES)]
}

/** An annotation holds 4,096 characters. */
const TELLING_BYTES = 3_000

function logTitle(kind: LogKind): string {
  return kind === 'build' ? 'Build log' : 'Deploy log'
}

function logLine({ level, message }: LogEntry, redact: (text: string) => string): string {
  const text = redact(message.replace(/\s+$/, ''))
  return level ? `${level.padEnd(7)} ${text}` : text
}

/** A revision that never came up leaves another one in place. */
function stillServing({ deployment, revision }: Facts): string {
  const active = deployment?.active_revision_id
  const neverServed = revision && /_FAILED$/.test(revision.status)
  return neverServed && active && active !== revision.id ? `Revision ${active} serves on.` : ''
}

/** The page of the deployment, with our revision opened. */
function linkToRevision(outputs: ReadonlyMap<OutputName, string>): string | undefined {
  const page = outputs.get('dashboard-url')
  const revision = outputs.get('revision-id')
  return page && revision ? `${page}?revisionPeek=${revision}` : page
}
