import { experimentUrl, tracingProjectUrl } from '../control-plane/hosts.ts'
import { isUuid } from '../control-plane/resources.ts'
import { inWords } from '../run/duration.ts'
import type { BakeRow, RunRecord, ShownBake, ShownExperiment, ShownGate } from '../run/record.ts'
import { htmlLink, markdownText, type Row } from './markdown.ts'

/*
 * What LangSmith's own figures say: of the experiment before the deployment, and of the traces after it.
 */

/** The lines of the gate in the log. */
export function gateLines({ baseline, rows }: ShownGate): readonly string[] {
  return rows.map(({ key, threshold, value, baseline: other, holds, errors }) => {
    const against = baseline && other !== undefined ? `, baseline ${other}` : ''
    return `${holds ? 'holds      ' : 'falls short'}  ${key} ${threshold}: ${value}${against}${errorWords(errors)}`
  })
}

/** The title of these lines. */
export function gateTitle({ experiment, baseline }: ShownGate): string {
  const against = baseline ? `, baseline "${baseline.name}"` : ''
  return `Experiment "${experiment.name}" (${runWords(experiment.runs)})${against}`
}

/** The thresholds that do not hold, in sentences. */
export function shortfalls({ experiment, rows }: ShownGate): string {
  const short = rows.filter(({ holds }) => !holds)
  return [
    `The experiment "${experiment.name}" does not reach \`thresholds\`.`,
    ...short.map(({ key, threshold, value }) => `${key} is ${value}, and must be ${threshold}.`)
  ].join('\n')
}

function errorWords(errors: number): string {
  return errors > 0 ? ` (its evaluator failed ${errors === 1 ? 'once' : `${errors} times`})` : ''
}

function runWords(runs: number): string {
  return runs === 1 ? '1 run' : `${runs} runs`
}

/** A table of the gate in Markdown; empty where there was none. @param quiet makes texts that can only be read */
export function gateTable({ gate }: Pick<RunRecord, 'gate'>, quiet = markdownText): string {
  if (!gate) return ''
  const { baseline, rows } = gate
  const head = ['', 'Score', 'Threshold', 'Experiment', ...(baseline ? ['Baseline'] : [])]
  const cells = rows.map(({ key, threshold, value, baseline: other, holds, errors }) => [
    holds ? '✅' : '❌',
    `<code>${quiet(key)}</code>`,
    quiet(threshold),
    quiet(`${value}${errorWords(errors)}`),
    ...(baseline ? [quiet(other ?? '')] : [])
  ])
  return markdownTable(head, cells)
}

/** The experiments of the gate; none where there was none. @param quiet makes texts that can only be read */
export function experimentRows(
  { gate, destination }: Pick<RunRecord, 'gate' | 'destination'>,
  quiet = markdownText
): readonly Row[] {
  if (!gate) return []
  const cell = (one: ShownExperiment) => `${experimentCell(one, destination, quiet)} ${runWords(one.runs)}`
  return [
    ['Experiment', cell(gate.experiment)],
    ['Baseline', gate.baseline && cell(gate.baseline)]
  ]
}

function experimentCell(
  { name, id, tenantId, datasetId }: ShownExperiment,
  destination: RunRecord['destination'],
  quiet: (text: string) => string
): string {
  if (!destination || ![id, tenantId, datasetId].every((one) => one !== undefined && isUuid(one)))
    return `<code>${quiet(name)}</code>`
  const url = experimentUrl(destination.controlPlane, { id, tenantId: tenantId ?? '', datasetId: datasetId ?? '' })
  return htmlLink(name, url, quiet)
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** How a bake ended, in words. */
export function bakeWords({ state, forMs, runs, rows }: ShownBake): string {
  const figures = rows.flatMap(({ figure, value }) => (value === undefined ? [] : [`${figure} ${value}`]))
  return `${STATES[state]} ${inWords(forMs)}: ${[runWords(runs), ...figures].join(', ')}`
}

const STATES: Readonly<Record<ShownBake['state'], string>> = {
  going: 'after',
  held: 'within the limits for',
  over: 'over a limit after',
  'too-few': 'too few runs in',
  unseen: 'no figures in'
}

/** A table of the bake in Markdown; empty where there was none. */
export function bakeTable({ bake }: Pick<RunRecord, 'bake'>): string {
  if (!bake) return ''
  const rows: readonly BakeRow[] = [
    { figure: 'runs', value: `${bake.runs}`, before: bake.runsBefore?.toString(), limit: undefined, isOver: false },
    ...bake.rows
  ]
  const cells = rows.map(({ figure, value, before, limit, isOver }) => [
    isOver ? '❌' : '',
    markdownText(figure),
    markdownText(value ?? '–'),
    markdownText(before ?? '–'),
    markdownText(limit ?? '')
  ])
  const about = `Bake: ${markdownText(`${STATES[bake.state]} ${inWords(bake.forMs)}`)}`
  return [about, markdownTable(['', 'Figure', 'After the rollout', 'Before', 'Limit'], cells)].join('\n\n')
}

/** The tracing project of the deployment, as a link. */
export function tracesCell({
  deployment,
  destination
}: Pick<RunRecord, 'deployment' | 'destination'>): string | undefined {
  const { tenantId, tracingProjectId, state } = deployment ?? {}
  if (!destination || state !== 'present' || !tenantId || !tracingProjectId) return undefined
  if (!isUuid(tenantId) || !isUuid(tracingProjectId)) return undefined
  return htmlLink('Open the tracing project', tracingProjectUrl(destination.controlPlane, tenantId, tracingProjectId))
}

/** The bake as a cell of the comment; nothing where there was none. */
export function bakeCell({ bake }: Pick<RunRecord, 'bake'>): string | undefined {
  return bake && `${bake.state === 'over' ? '❌ ' : ''}${markdownText(bakeWords(bake))}`
}
