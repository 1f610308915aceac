import type { ProofRow, ProofStep, RunRecord, ShownBake } from '../run/record.ts'
import { bakeWords } from './bake.ts'
import { markdownCode, markdownProse, markdownText } from './markdown.ts'

const MARKS: Readonly<Record<ProofRow['outcome'], string>> = { passed: '✅', failed: '❌', unclear: '❔', left: '➖' }
const WORDS: Readonly<Record<ProofRow['outcome'], string>> = {
  passed: 'passed',
  failed: 'failed',
  unclear: 'inconclusive',
  left: 'skipped'
}
const TITLES: Readonly<Record<ProofStep['about'], string>> = {
  health: 'Agent Server',
  graphs: 'Graphs',
  runs: 'Smoke test'
}

/**
 * Returns all steps of the proof in one cell, in order, or `undefined` if the health check is the only step: the words
 * of the verdict contain it.
 *
 * @param prose escapes text from outside as HTML
 */
export function ladder(
  { proof, bake }: Pick<RunRecord, 'proof' | 'bake'>,
  prose: (text: string) => string = markdownText
): string | undefined {
  if (!bake && !proof.some(({ about }) => about !== 'health')) return undefined
  return [
    `${MARKS.passed} deployed and active`,
    ...proof.map(
      ({ about, outcome, seen }) =>
        `${MARKS[outcome]} ${outcome === 'left' ? `${TITLES[about]}: ` : ''}${markdownProse(seen, prose)}`
    ),
    ...(bake ? [`${BAKE_MARKS[bake.state]} Bake: ${prose(bakeWords(bake))}`] : [])
  ].join('<br>')
}

const BAKE_MARKS: Readonly<Record<ShownBake['state'], string>> = {
  going: '⏳',
  held: MARKS.passed,
  over: MARKS.failed,
  'too-few': MARKS.unclear,
  unseen: MARKS.unclear
}

/** Returns a table for each step with rows, followed by the results of its runs. */
export function proofTables(proof: readonly ProofStep[]): string {
  return proof.flatMap((step) => (step.rows?.length ? [tableOf(step)] : [])).join('\n\n')
}

function tableOf({ about, rows = [], more }: ProofStep): string {
  const lines = rows.map(
    ({ subject, outcome, answer, ms }) =>
      `| ${MARKS[outcome]} ${markdownCode(subject)} | ${markdownProse(answer)} | ${ms} |`
  )
  const results = rows.flatMap(({ result }) => (result === undefined ? [] : [markdownCode(result)]))
  const shown =
    results.length > 0 ? `\n\n<details><summary>Results</summary>\n\n${results.join('\n\n')}\n\n</details>` : ''
  const rest = more === undefined ? [] : [`| … | ${more} more | |`]
  return [`| ${TITLES[about]} | Answer | ms |`, '|---|---|---:|', ...lines, ...rest].join('\n') + shown
}

/** Returns the log lines of a graph or a run. */
export function proofRowLines({ subject, outcome, answer, ms, result }: ProofRow): readonly string[] {
  // The answer can already begin with the outcome.
  const words = answer.startsWith(WORDS[outcome]) ? `${answer} (` : `${WORDS[outcome]} (${answer}, `
  const line = `${subject}: ${words}${ms} ms)`
  return result === undefined ? [line] : [line, `  result: ${result}`]
}
