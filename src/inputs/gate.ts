import { isUuid } from '../control-plane/resources.ts'
import type { Threshold } from '../deployment/thresholds.ts'
import type { Reader } from './reader.ts'
import type { InputName } from './table.ts'
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
  for (const input of ['require-experiment', 'baseline-experiment'] as const) {
    const fault = faultOfExperiment(input, inputs.text(input) ?? '')
    if (fault) inputs.problem(input, fault)
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

/** Returns why a text is not the name or ID of an experiment; `undefined` if it may be one. */
function faultOfExperiment(input: InputName, text: string): string | undefined {
  if (/^https?:\/\/\S+$/.test(text)) {
    const ids = experimentsInUrl(text)
    const advice =
      ids.length === 0
        ? 'Set it to the name or ID of the experiment'
        : `Set ${ids.map((id) => `\`${input}: ${id}\``).join(' or ')}, the ID in this URL`
    return `is a URL. ${advice}${ids.length > 0 ? ', or the name of the experiment' : ''}.`
  }
  const name = nameInOutput(text)
  return name === undefined
    ? undefined
    : `contains the output of \`evaluate()\` instead of the experiment name. Set it to ${name ? `\`${name}\`` : 'the name'}. In the evaluation script, append \`experiment=\` and \`results.experiment_name\` to the file \`$GITHUB_OUTPUT\`.`
}

/** Returns the IDs in the URL of LangSmith's page that compares experiments. */
function experimentsInUrl(text: string): readonly string[] {
  if (!URL.canParse(text)) return []
  return new URL(text).searchParams.getAll('selectedSessions').join(',').split(',').filter(isUuid)
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
