import type { LogEntry } from '../control-plane/logs.ts'
import { inWords } from '../run/duration.ts'
import type { LogKind, ProofStep, RunEvent, RunRecord, ShownLog } from '../run/record.ts'
import type { RecordListener } from '../run/recorder.ts'
import type { Verdict } from '../run/verdict.ts'
import type { Runner } from '../runner/runner.ts'
import { bakeWords } from './bake.ts'
import { gateLines, gateTitle } from './gate.ts'
import { linkToRevision, linkToTraces } from './material.ts'
import { messageOf, messageSuffix, textOf, versionNotice } from './message.ts'
import { outputsOf } from './outputs.ts'
import { planLines, planTitle } from './plan-lines.ts'
import { proofRowLines } from './proof.ts'
import { versionChange } from './summary.ts'
import { sweptLine } from './sweep.ts'

/** The log of the run, with its annotations. */
export interface RunLog {
  log(kind: LogKind, entries: readonly LogEntry[]): void
  note(text: string): void
  warn(text: string): void
  /** Closes the group of a LangSmith log. */
  endLog(): void
  /** Prints the end of a log in a group of its own. */
  showEnd(log: ShownLog): void
  /** Prints a notice, which the page of the run also shows. */
  remark(text: string): void
  /** Prints an event for readers. */
  readonly listen: RecordListener
}

/** Creates the log of a run on a runner. The lines of each LangSmith log are in a group. */
export function createLog(runner: Runner): RunLog {
  let openLog: LogKind | undefined
  const begun = new Set<LogKind>()
  const endLog = () => {
    if (openLog) runner.endGroup()
    openLog = undefined
  }
  /** Prints lines of this action outside the groups, because GitHub folds groups. */
  const outside = (print: () => void) => {
    endLog()
    print()
  }
  const note = (text: string) => outside(() => runner.info(text))
  const group = (title: string, lines: readonly string[]) => outside(() => runner.group(title, lines))
  return {
    endLog,
    log: (kind, entries) => {
      if (openLog !== kind) {
        endLog()
        runner.beginGroup(begun.has(kind) ? `${logTitle(kind)} (continued)` : logTitle(kind))
        begun.add(kind)
        openLog = kind
      }
      for (const entry of entries) runner.info(logLine(entry, runner.redact))
    },
    showEnd: ({ kind, lines }) =>
      runner.group(`${logTitle(kind)}, the last ${lines.length === 1 ? 'line' : `${lines.length} lines`}`, lines),
    remark: (text) => outside(() => runner.notice(text)),
    note,
    warn: (text) => outside(() => runner.warning(text)),
    listen: (event, record, before) => {
      if (event.kind === 'ended') outside(() => printEnd(runner, record, event.verdict))
      else printEvent({ info: note, group }, event, record, before)
    }
  }
}

/** Prints an event before the end of the run, if it is news. */
function printEvent(
  runner: Pick<Runner, 'info' | 'group'>,
  event: RunEvent,
  record: RunRecord,
  before: RunRecord
): void {
  switch (event.kind) {
    case 'planned':
      runner.group(planTitle(event.plan), planLines(event.plan))
      return
    case 'made':
    case 'revision': {
      const { id, status } = event.revision
      if (record.phases.length === before.phases.length) return
      if (before.revision?.id !== id) runner.info(`Revision ${id}`)
      const { at = 0 } = record.phases.at(-1) ?? {}
      runner.info(`${inWords(at - record.about.startedAt).padStart(12)}  ${status}`)
      return
    }
    case 'follow-up': {
      const words = followUpWords(record)
      if (words !== followUpWords(before)) runner.info(words)
      return
    }
    case 'proof':
      printProof(runner, event.step)
      return
    case 'gate':
      runner.group(gateTitle(event.gate), gateLines(event.gate))
      return
    case 'bake':
      runner.info(`Bake: ${bakeWords(event.bake)}.`)
      return
    case 'swept':
      runner.info(sweptLine(event.preview))
  }
}

/** Prints a step of the proof. The health check prints its own progress. */
function printProof(runner: Pick<Runner, 'info' | 'group'>, { about, seen, rows = [], more }: ProofStep): void {
  if (about === 'health') return
  const title = `${about === 'graphs' ? 'Graphs' : 'Smoke test'}: ${seen}`
  if (rows.length === 0) runner.info(title)
  else runner.group(title, [...rows.flatMap(proofRowLines), ...(more === undefined ? [] : [`… ${more} more`])])
}

/** Prints the annotation of the verdict, if it has one, then the verdict with links. */
function printEnd(runner: Runner, record: RunRecord, verdict: Verdict): void {
  const message = messageOf(verdict, record)
  const text = textOf(message)
  if (message.level === 'error') {
    runner.error(message.title, text, verdict.status === 'error' ? verdict.place : undefined)
  }
  if (message.level === 'warning') runner.warning(text)
  const notice = versionNotice(record)
  if (notice) runner.info(notice)
  const title = verdict.status === 'error' ? ` (${verdict.title})` : ''
  const brief = {
    info: `. ${verdict.status === 'skipped' ? withoutSkipped(text) : text}`,
    warning: ', see the warning above',
    error: title
  }[message.level]
  runner.info(`Verdict: ${verdict.status}${brief}`)
  const outputs = outputsOf(record)
  const [url, dashboard] = [outputs.get('deployment-url'), linkToRevision(outputs)]
  if (url) runner.info(`Agent Server: ${url}`)
  const version = versionChange(outputs.get('agent-server-version'), record)
  if (version) runner.info(`Agent Server version: ${version}`)
  if (dashboard) runner.info(`LangSmith: ${dashboard}`)
  const traces = linkToTraces(record)
  if (traces) runner.info(`Traces: ${traces}`)
}

/** Removes the prefix `Skipped …: ` from a reason, because the line begins with the verdict `skipped`. */
function withoutSkipped(reason: string): string {
  return reason
    .replace(/^Skipped (?:`[^`]*`|[^:`]*): /, '')
    .replace(/^[a-z](?=[a-z]* )/, (first) => first.toUpperCase())
}

function followUpWords({ followUp }: RunRecord): string {
  return followUp
    ? `${followUp.label}, revision ${followUp.revision.id}: ${followUp.revision.status}${messageSuffix(followUp.revision)}`
    : ''
}

function logTitle(kind: LogKind): string {
  return kind === 'build' ? 'Build log' : 'Deploy log'
}

/** Formats a line of a LangSmith log, without secrets. */
export function logLine({ level, message }: LogEntry, redact: (text: string) => string): string {
  const text = redact(message.replace(/\s+$/, ''))
  return level ? `${level.padEnd(7)} ${text}` : text
}
