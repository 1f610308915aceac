import { describe, expect, test } from '@jest/globals'
import { toSession } from '../../src/control-plane/sessions.ts'
import { judgeExperiment, unfinishedWords } from '../../src/deployment/thresholds.ts'
import { parseThresholds } from '../../src/inputs/thresholds.ts'
import { besideLimit, inUnit, type Unit } from '../../src/run/figure.ts'

const session = (rest: object = {}) =>
  toSession({ id: 'i', name: 'eval', run_count: 20, reference_dataset_id: 'd', ...rest })
const scored = (avg: number, rest: object = {}) => session({ feedback_stats: { score: { n: 1, avg } }, ...rest })
/** Returns true if the thresholds hold, or the reasons that they cannot be judged. */
const holds = (line: string, experiment = session(), baseline?: ReturnType<typeof session>) => {
  const judged = judgeExperiment(parseThresholds(line).thresholds, experiment, baseline)
  return judged.kind === 'judged' ? judged.rows.every((row) => row.holds) : judged.faults.map(({ text }) => text)
}

describe('a threshold', () => {
  test.each<[string, number, boolean]>([
    ['score >= 0.8', 0.8, true],
    ['score >= 0.8', 0.1 + 0.7, true],
    ['score >= 0.8', 0.7999, false],
    ['score > 0.8', 0.8, false],
    ['score > 0.8', 0.81, true],
    ['score <= 0.3', 0.1 + 0.2, true],
    ['score < 0.3', 0.1 + 0.2, false],
    ['score < 0.3', 0.29, true],
    ['score >= -1', -1, true]
  ])('%s with %d: %p', (line, avg, expected) => {
    expect(holds(line, scored(avg))).toBe(expected)
  })

  test.each<[string, number, number, boolean]>([
    ['score >= baseline - 0.02', 0.8, 0.82, true],
    ['score >= baseline - 0.1', 0.2, 0.3, true],
    ['score >= baseline + 0.1', 0.3, 0.2, true],
    ['score >= baseline * 1.1', 0.33, 0.3, true],
    ['score >= baseline * 1.1', 0.32, 0.3, false]
  ])('%s with %d and the baseline %d: %p', (line, own, other, expected) => {
    expect(holds(line, scored(own), scored(other))).toBe(expected)
  })

  test('for a key that every JavaScript object has needs feedback with that key', () => {
    expect(holds('toString >= 1')).toEqual(['Experiment "eval" has no feedback `toString`.'])
    expect(holds('__proto__ >= 1')).toEqual(['Experiment "eval" has no feedback `__proto__`.'])
  })

  test('refers to a figure rather than to feedback with the same name', () => {
    const both = session({ error_rate: 0.5, feedback_stats: { error_rate: { n: 1, avg: 0 } } })
    expect(holds('error_rate <= 1%', both)).toBe(false)
  })
})

test.each<[string, object | null, string | undefined]>([
  ['reports no progress', null, undefined],
  ['is finished', { expected_run_count: 20, run_progress: 1, evaluator_progress: { score: 1 } }, undefined],
  ['has open runs', { expected_run_count: 20, run_progress: 0.5, evaluator_progress: {} }, '50% of its 20 runs'],
  ['has an unknown number of runs', { run_progress: 0.999 }, '99.9% of its runs'],
  [
    'has open evaluations',
    { run_progress: 1, evaluator_progress: { score: 0, tone: 1 } },
    '100% of its runs, 0% of the `score` scores'
  ],
  [
    'reports counts',
    { expected_run_count: 20, run_progress: 20, evaluator_progress: { score: 5 } },
    '100% of its 20 runs, 25% of the `score` scores'
  ],
  [
    'scored some runs again',
    { expected_run_count: 20, run_progress: 1, evaluator_progress: { score: 1.05 } },
    undefined
  ],
  [
    'reports no share of its runs yet',
    { expected_run_count: 40, run_progress: null, evaluator_progress: null },
    '50% of its 40 runs'
  ],
  ['reports no share of its runs, but has all of them', { expected_run_count: 10, run_progress: 'NaN' }, undefined],
  ['reports only its evaluations', { evaluator_progress: { score: 0.5 } }, '50% of the `score` scores']
])('unfinishedWords for an experiment that %s', (_, experiment_progress, words) => {
  expect(unfinishedWords(session({ experiment_progress }))).toBe(words)
})

test.each<[number, Unit, string]>([
  [0.0213, 'share', '2.13%'],
  [1 / 3, 'score', '0.3333'],
  [2.5, 'seconds', '2.5 s'],
  [4.2, 'cost', '$4.2'],
  [1_234_567, 'count', '1234567'],
  [0.1 + 0.2, 'score', '0.3']
])('inUnit formats %d as %s: %s', (value, unit, text) => {
  expect(inUnit(value, unit)).toBe(text)
})

test.each<[number, number, string]>([
  [0.9, 0.8, '0.9'],
  [0.8, 0.8, '0.8'],
  [0.79999, 0.8, '0.79999'],
  [98 / 99, 0.99, '0.9899']
])('besideLimit formats %d so that it does not look equal to the limit %d unless it is', (value, limit, text) => {
  expect(besideLimit(value, limit, 'score')).toBe(text)
})
