import type { ProofRow, ProofStep } from '../run/record.ts'
import { markdownCode, markdownText } from './markdown.ts'

const MARKS: Readonly<Record<ProofRow['outcome'], string>> = { passed: '✅', failed: '❌', unclear: '❔', left: '➖' }
const WORDS: Readonly<Record<ProofRow['outcome'], string>> = {
  passed: 'passed',
  failed: 'failed',
  unclear: 'unclear',
  left: 'left aside'
}
const TITLES: Readonly<Record<ProofStep['about'], string>> = {
  health: 'Agent Server',
  graphs: 'Graphs',
  runs: 'Smoke test'
}

/**
 * All steps of the proof in one cell, in their order; nothing where no more than the health check was asked for, which the
 * words of the verdict tell.
 *
 * @param prose makes HTML of a text that holds words from outside
 */
export function ladder(
  proof: readonly ProofStep[],
  prose: (text: string) => string = markdownText
): string | undefined {
  if (!proof.some(({ about }) => about !== 'health')) return undefined
  const deployed = `${MARKS.passed} deployed and active`
  return [deployed, ...proof.map(({ outcome, seen }) => `${MARKS[outcome]} ${prose(seen)}`)].join('<br>')
}

/** The answer of each graph and run, with the results below. */
export function proofTables(proof: readonly ProofStep[]): string {
  return proof.flatMap(({ about, rows = [] }) => (rows.length > 0 ? [tableOf(about, rows)] : [])).join('\n\n')
}

function tableOf(about: ProofStep['about'], rows: readonly ProofRow[]): string {
  const lines = rows.map(
    ({ subject, outcome, answer, ms }) =>
      `| ${MARKS[outcome]} ${markdownCode(subject)} | ${markdownText(answer)} | ${ms} |`
  )
  const results = rows.flatMap(({ result }) => (result === undefined ? [] : [markdownCode(result)]))
  const shown =
    results.length > 0 ? `\n\n<details><summary>Results</summary>\n\n${results.join('\n\n')}\n\n</details>` : ''
  return [`| ${TITLES[about]} | Answer | ms |`, '|---|---|---:|', ...lines].join('\n') + shown
}

/** A graph or a run as lines of the log. */
export function proofRowLines({ subject, outcome, answer, ms, result }: ProofRow): readonly string[] {
  const line = `${subject}: ${WORDS[outcome]}, ${answer}, ${ms} ms`
  return result === undefined ? [line] : [line, `  result: ${result}`]
}
