import { experimentUrl } from '../control-plane/hosts.ts'
import { isUuid } from '../control-plane/resources.ts'
import type { GateRow, RunRecord, ShownExperiment, ShownGate } from '../run/record.ts'
import { runWords } from './bake.ts'
import { htmlLink, markdownTable, markdownText, type Row } from './markdown.ts'

/** Returns the lines of the gate for the log. */
export function gateLines({ experiment, baseline, rows }: ShownGate): readonly string[] {
  return rows.map((row) => {
    const { key, threshold, value, baseline: other, holds } = row
    const against = baseline && other !== undefined ? `, baseline ${other}` : ''
    return `${holds ? 'met    ' : 'not met'}  ${key} ${threshold}: ${value}${scoredWords(row, experiment)}${against}`
  })
}

/** Returns the title of these lines. */
export function gateTitle({ experiment, baseline }: ShownGate): string {
  const against = baseline ? `, baseline "${baseline.name}"` : ''
  return `Experiment "${experiment.name}" (${runWords(experiment.runs)})${against}`
}

/** Returns one sentence for each threshold that is not met. */
export function shortfalls({ experiment, rows }: ShownGate): string {
  const short = rows.filter(({ holds }) => !holds)
  return [
    `The experiment "${experiment.name}" does not meet \`thresholds\`.`,
    ...short.map((row) => {
      const scale = row.probably === undefined ? '' : ` ${scaleWords(row)}`
      return `${row.key} is ${row.value}${scoredWords(row, experiment)}; the threshold is ${row.threshold}.${scale}`
    })
  ].join('\n')
}

/** Returns a hint for a threshold outside the range of all scores. */
export function scaleWords({ key, threshold, probably = '' }: GateRow): string {
  return `\`${key} ${threshold}\` is outside the range of the scores, which are between 0 and 1. Did you mean \`${probably}\`?`
}

/** Returns how many runs have the score, if not all of them have one. */
function scoredWords({ scored, errors }: GateRow, { runs }: ShownExperiment): string {
  const words = [
    scored === undefined ? '' : `${scored} of ${runWords(runs)} scored`,
    errors > 0 ? `its evaluator failed ${errors === 1 ? 'once' : `${errors} times`}` : ''
  ].filter(Boolean)
  return words.length > 0 ? ` (${words.join('; ')})` : ''
}

/**
 * Returns the gate as a Markdown table, or an empty string if the run has no gate.
 *
 * @param quiet escapes text from outside
 */
export function gateTable({ gate }: Pick<RunRecord, 'gate'>, quiet = markdownText): string {
  if (!gate) return ''
  const { experiment, baseline, rows } = gate
  const head = ['', 'Score', 'Threshold', 'Experiment', ...(baseline ? ['Baseline'] : [])]
  const cells = rows.map((row) => [
    row.holds ? '✅' : '❌',
    `<code>${quiet(row.key)}</code>`,
    quiet(row.threshold),
    quiet(`${row.value}${scoredWords(row, experiment)}`),
    ...(baseline ? [quiet(row.baseline ?? '')] : [])
  ])
  return markdownTable(head, cells)
}

/**
 * Returns a row for the experiment and one for the baseline, or no rows if the run has no gate.
 *
 * @param quiet escapes text from outside
 */
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
  shown: ShownExperiment,
  destination: RunRecord['destination'],
  quiet: (text: string) => string
): string {
  const url = experimentPage(shown, destination)
  return url === undefined ? `<code>${quiet(shown.name)}</code>` : htmlLink(shown.name, url, quiet)
}

/** Returns the page of an experiment in LangSmith, or `undefined` if a part of the URL is unknown. */
export function experimentPage(
  { id, tenantId, datasetId }: ShownExperiment,
  destination: RunRecord['destination']
): string | undefined {
  if (!destination || tenantId === undefined || datasetId === undefined) return undefined
  if (![id, tenantId, datasetId].every(isUuid)) return undefined
  return experimentUrl(destination.controlPlane, { id, tenantId, datasetId })
}
