import type { Threshold } from '../deployment/thresholds.ts'
import type { Reader } from './reader.ts'
import { needsBaseline, parseThresholds } from './thresholds.ts'

/** What an experiment has to reach before anything is written. */
export interface GateInputs {
  /** Name or ID. */
  readonly experiment: string
  /** Name or ID. */
  readonly baseline: string | undefined
  /** At least one. */
  readonly thresholds: readonly Threshold[]
}

/** The gate; nothing where none is asked for. What is given by halves is an error: a gate must not be open by accident. */
export function readGate(inputs: Reader): GateInputs | undefined {
  const experiment = inputs.text('require-experiment')
  const baseline = inputs.text('baseline-experiment')
  const { thresholds, faults } = parseThresholds(inputs.verbatim('thresholds') ?? '')
  for (const fault of faults) inputs.problem('thresholds', fault)
  const isEmpty = thresholds.length === 0 && faults.length === 0
  if (experiment === undefined) {
    for (const input of ['thresholds', 'baseline-experiment'] as const) {
      if (!(input === 'thresholds' ? isEmpty : baseline === undefined)) inputs.problem(input, WITHOUT_EXPERIMENT)
    }
    return undefined
  }
  if (isEmpty) {
    inputs.problem(
      'require-experiment',
      'is written without `thresholds`. Write what the experiment has to reach there, one a line, such as `correctness >= 0.8`.'
    )
  }
  const name = nameInOutput(experiment)
  if (name !== undefined) {
    inputs.problem(
      'require-experiment',
      `holds what \`evaluate()\` prints, and not only the name of the experiment. Write ${name ? `\`${name}\`` : 'the name'}; let the script append it to the file \`$GITHUB_OUTPUT\`: \`experiment=\` and \`results.experiment_name\`.`
    )
  }
  if (experiment === baseline) {
    inputs.problem(
      'baseline-experiment',
      'is the experiment of `require-experiment`, so the comparison cannot fail. Write an earlier one, such as that of what serves.'
    )
  }
  if (baseline === undefined && thresholds.some(needsBaseline)) {
    inputs.problem(
      'thresholds',
      'compares with a baseline, and `baseline-experiment` is empty. Write the experiment to compare with there, by name or ID.'
    )
  }
  return { experiment, baseline, thresholds }
}

/** The name of the experiment in what the SDK prints of an evaluation, empty where it is not told; nothing for a name. */
function nameInOutput(text: string): string | undefined {
  const [, name] = /View the evaluation results for experiment: ['"](.+?)['"]/.exec(text) ?? []
  return name ?? (/\r|\n|https?:\/\//.test(text) ? '' : undefined)
}

const WITHOUT_EXPERIMENT =
  'is written, and `require-experiment` is empty, so there is nothing to judge. Write the name or the ID of the experiment there; if it comes from an earlier step, check that this step sets it.'
