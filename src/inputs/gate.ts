import type { Threshold } from '../deployment/thresholds.ts'
import type { Reader } from './reader.ts'
import { needsBaseline, parseThresholds } from './thresholds.ts'

/** Requirements that an experiment must meet before any change. */
export interface GateInputs {
  /** Name or ID of the experiment. */
  readonly experiment: string
  /** Name or ID of the experiment. */
  readonly baseline: string | undefined
  /** Thresholds to meet, at least one. */
  readonly thresholds: readonly Threshold[]
}

/**
 * Reads the gate; `undefined` if none is requested. An incomplete gate is an error, so that a gate is never open by
 * accident.
 */
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
      'requires `thresholds`. Set `thresholds`, one per line, such as `correctness >= 0.8`.'
    )
  }
  const name = nameInOutput(experiment)
  if (name !== undefined) {
    inputs.problem(
      'require-experiment',
      `contains the output of \`evaluate()\` instead of the experiment name. Set it to ${name ? `\`${name}\`` : 'the name'}. In the evaluation script, append \`experiment=\` and \`results.experiment_name\` to the file \`$GITHUB_OUTPUT\`.`
    )
  }
  if (experiment === baseline) {
    inputs.problem(
      'baseline-experiment',
      'is the same experiment as `require-experiment`, so there is nothing to compare. Set it to an earlier experiment, such as the one for the active revision.'
    )
  }
  if (baseline === undefined && thresholds.some(needsBaseline)) {
    inputs.problem(
      'thresholds',
      'compares with a baseline, but `baseline-experiment` is empty. Set `baseline-experiment` to the name or ID of an experiment.'
    )
  }
  return { experiment, baseline, thresholds }
}

/**
 * Returns the experiment name in the output of the SDK's `evaluate()`; empty if the output does not contain the name,
 * `undefined` if the text is not such output.
 */
function nameInOutput(text: string): string | undefined {
  const [, name] = /View the evaluation results for experiment: ['"](.+?)['"]/.exec(text) ?? []
  return name ?? (/\r|\n|https?:\/\//.test(text) ? '' : undefined)
}

const WITHOUT_EXPERIMENT =
  'is set, but `require-experiment` is empty. Set `require-experiment` to the name or ID of an experiment. If an earlier step provides it, check the output of that step.'
