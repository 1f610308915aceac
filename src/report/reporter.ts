import { type ControlPlane, dashboardUrl } from '../control-plane/hosts.ts'
import type { LogEntry, LogKind } from '../control-plane/logs.ts'
import type { Deployment, Revision, Secret } from '../control-plane/resources.ts'
import { addressOf } from '../deployment/address.ts'
import { isGoing } from '../deployment/find.ts'
import { shownSecrets } from '../deployment/hidden.ts'
import type { LogSink } from '../deployment/log-stream.ts'
import type { FailureLog } from '../deployment/logs.ts'
import type { Progress } from '../deployment/progress.ts'
import { commitOf } from '../deployment/revision.ts'
import { settingTexts } from '../deployment/texts.ts'
import type { Verdict } from '../deployment/verdict.ts'
import type { Clock } from '../limits.ts'
import { errorMessage } from '../run/error-message.ts'
import type { Runner } from '../runner/runner.ts'
import type { Trigger } from '../runner/trigger.ts'
import { plainLines } from '../runner/words.ts'
import { inWords } from './duration.ts'
import { type Facts, noFacts, type Reminder } from './facts.ts'
import { messageOf, textOf } from './message.ts'
import { hasShape, OUTPUT_WORDS, type OutputName } from './outputs.ts'
import { planLines, planTexts, planTitle, redactedPlan } from './plan-lines.ts'
import { type SummaryMaterial, summaryMarkdown } from './summary.ts'

/** What a command tells the reporter besides the progress of its write. */
export interface Reporter extends Progress, LogSink {
  /** What is said from here on is no part of a log any more. */
  endLog(): void
  /** The log in which the cause of a failure, or of a delay, stands. */
  endOfLog(log: FailureLog, isShown?: boolean): Promise<void>
  readonly facts: Readonly<Facts>
  /**
   * Keeps the environment of a deployment, and credentials in its settings, from being printed; must come before anything
   * of it is.
   */
  conceal(deployment: Deployment): void
  /** A deployment that is about to go: it has no address and no page worth a link any more. */
  leaving(deployment: Deployment): void
  /** The revision that was active before this run wrote. */
  before(deployment: Deployment): void
  /** How the deployment was seen to serve, such as `/ok answered 200`; nothing when it was not. */
  health(seen: string | undefined): void
  /** The earlier revision `to` serves again, by the new one that was made from it. */
  rolledBack(to: string, by: string): void
  /** A notice that stands on the page of the run too. */
  remark(text: string): void
  /** What is known by now, for whoever tells it elsewhere. */
  material(): Omit<SummaryMaterial, 'verdict' | 'words' | 'endedAt'>
  /** Writes the last outputs, the annotation and the summary. @returns what they were made from */
  finish(verdict: Verdict): Promise<SummaryMaterial>
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
  /** What the run puts into the environment for anybody to read. */
  readonly variables?: readonly Secret[]
  /** What started the run. */
  readonly trigger?: Trigger | undefined
  /** The commit that the run deploys, as far as that is known without LangSmith. */
  readonly commit?: string | undefined
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
  let hasWritten = false

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

  const publicTexts = (texts: readonly string[] = []) => [
    ...OUTPUT_WORDS,
    ...options.publicTexts,
    ...texts,
    ...outputs.values()
  ]

  const closeLog = () => {
    if (openLog) runner.endGroup()
    openLog = undefined
  }

  const setDeployment = (deployment: Deployment) => {
    set('deployment-id', deployment.id)
    set('deployment-name', deployment.name)
    if (isGoing(deployment)) clear('deployment-url', 'active-revision-id')
    else {
      set('deployment-url', addressOf(deployment))
      set('active-revision-id', deployment.active_revision_id)
    }
    if (deployment.tenant_id) set('dashboard-url', dashboardUrl(controlPlane, deployment.tenant_id, deployment.id))
    runner.maskRest(false, publicTexts())
  }

  const setRevision = (revision: Revision) => {
    // A revision that is followed on has a commit and an image of its own, known only later.
    if (outputs.has('revision-id') && outputs.get('revision-id') !== revision.id) clear('commit-sha', 'image-uri')
    set('revision-id', revision.id)
    set('revision-status', revision.status)
    set('commit-sha', commitOf(revision))
    set('image-uri', revision.source_revision_config.image_uri)
  }

  const material = () => {
    const dashboard = linkToRevision(outputs)
    const { name, trigger } = options
    // A revision of somebody else was not made from our commit.
    const commit = facts.revision && !facts.own ? undefined : options.commit
    return { facts, outputs, dashboard, name, trigger, commit }
  }

  const showRevision = (revision: Revision, own: boolean) => {
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
  }

  return {
    facts,
    planned: (plan) => {
      runner.keepSecretParts(planTexts(plan))
      facts.plan = redactedPlan(plan, runner.redact)
      runner.group(planTitle(facts.plan), planLines(facts.plan))
    },
    conceal: ({ id, name, url, tenant_id, source_config, source_revision_config, secrets }) => {
      // What anybody may read is not concealed, once it is deployed either.
      const isPublic = (secret: Secret) =>
        options.variables?.some((variable) => variable.name === secret.name && variable.value === secret.value)
      const concealed = shownSecrets(secrets).filter((secret) => !isPublic(secret))
      const texts = [id, name, url, tenant_id, source_config.custom_url, source_revision_config.image_uri]
      runner.maskRead(concealed, publicTexts(texts.filter((text) => text !== null)))
      // Not masked: commands and addresses are shown to everybody who may see the deployment.
      runner.keepSecretParts(settingTexts({ url, source_config }))
    },
    before: (deployment) => {
      if (hasWritten) return
      facts.previousRevisionId = deployment.active_revision_id
      if (!deployment.active_revision_id) clear('previous-revision-id')
      set('previous-revision-id', deployment.active_revision_id)
    },
    deployment: (deployment, created) => {
      facts.deployment = deployment
      if (created !== undefined) facts.created = created
      set('created', String(facts.created))
      setDeployment(deployment)
      remember({ deploymentId: deployment.id })
    },
    gone: () => {
      delete facts.deployment
      clear('deployment-url', 'active-revision-id')
    },
    leaving: (deployment) => {
      facts.deployment = deployment
      set('deployment-id', deployment.id)
      set('deployment-name', deployment.name)
    },
    aboutToWrite: (intent, plan) => {
      hasWritten = true
      if (plan) facts.written.push(plan)
      remember({ intent })
    },
    named: (namedId) => remember({ namedId }),
    made: (revision, { isCertain }) => {
      if (isCertain) facts.interruptible = revision.id
      remember({ revisionId: revision.id, isCertain })
      showRevision(revision, true)
    },
    revision: showRevision,
    log: (kind, entries) => {
      if (openLog !== kind) {
        closeLog()
        runner.beginGroup(logTitle(kind))
        openLog = kind
      }
      for (const entry of entries) runner.info(logLine(entry, runner.redact))
    },
    endLog: closeLog,
    endOfLog: async ({ kind, entries, searched }, isShown = true) => {
      closeLog()
      // Loaded only here: most runs read no log.
      const { tellingLines } = await import('../deployment/logs.ts')
      const lines = entries.flatMap((entry) => plainLines(logLine(entry, runner.redact)))
      // A secret of several lines is seen only before they are taken apart.
      const readable = searched.map((entry) => ({ ...entry, message: runner.redact(entry.message) }))
      const told = tellingLines(readable, kind, [options.name, outputs.get('deployment-name') ?? ''])
      facts.failureLog = {
        kind,
        revisionId: facts.revision?.id,
        lines,
        telling: told.lines.map(runner.redact),
        isTelling: told.isTelling,
        isCause: told.isCause,
        isVague: told.isVague,
        advice: runner.redact(told.advice)
      }
      if (isShown)
        runner.group(`${logTitle(kind)}, the last ${lines.length === 1 ? 'line' : `${lines.length} lines`}`, lines)
    },
    health: (seen) => {
      if (seen) facts.health = seen
    },
    rolledBack: (to, by) => {
      facts.rolledBack = { to, by }
      set('rolled-back-to', to)
      set('active-revision-id', by)
    },
    remark: (text) => runner.notice(text),
    material,
    note: (text) => runner.info(text),
    warn: (text) => runner.warning(text),
    finish: async (verdict) => {
      closeLog()
      const endedAt = clock.now()
      set('status', verdict.status)
      set('duration-seconds', String(Math.round((endedAt - startedAt) / 1000)))
      runner.maskRest(true, publicTexts())
      const message = messageOf(verdict, facts)
      const text = textOf(message)
      if (message.level === 'error') {
        runner.error(message.title, text, verdict.status === 'error' ? verdict.place : undefined)
      }
      if (message.level === 'warning') runner.warning(text)
      const brief = message.level === 'info' ? `. ${text}` : verdict.status === 'error' ? ` (${verdict.title})` : ''
      runner.info(`Verdict: ${verdict.status}${brief}`)
      // Only an error has a title of its own that says what happened.
      const reason = verdict.status === 'error' ? `${verdict.title}\n${message.reason}` : message.reason
      const ended: SummaryMaterial = { ...material(), verdict, words: { ...message, reason }, endedAt }
      const { dashboard } = ended
      const url = outputs.get('deployment-url')
      if (url) runner.info(`Agent Server: ${url}`)
      if (dashboard) runner.info(`LangSmith: ${dashboard}`)
      try {
        await runner.summary(summaryMarkdown(ended))
      } catch (error) {
        runner.warning(`The job summary could not be written: ${errorMessage(error)}`)
      }
      return ended
    }
  }
}

function logTitle(kind: LogKind): string {
  return kind === 'build' ? 'Build log' : 'Deploy log'
}

function logLine({ level, message }: LogEntry, redact: (text: string) => string): string {
  const text = redact(message.replace(/\s+$/, ''))
  return level ? `${level.padEnd(7)} ${text}` : text
}

/** The page of the deployment, with our revision opened. */
function linkToRevision(outputs: ReadonlyMap<OutputName, string>): string | undefined {
  const page = outputs.get('dashboard-url')
  const revision = outputs.get('revision-id')
  return page && revision ? `${page}?revisionPeek=${revision}` : page
}
