import { describe, expect, test } from '@jest/globals'
import { parseSeconds, parseShare } from '../../src/inputs/amount.ts'
import { parseThresholds } from '../../src/inputs/thresholds.ts'
import { problemsOf, readDeploy } from './environment.ts'

const IMAGE = { 'image-uri': 'ghcr.io/acme/agent:2' }
const problems = async (inputs: Readonly<Record<string, string>>) =>
  (await problemsOf({ inputs: { ...IMAGE, ...inputs } })).map(({ input, text }) => `${input} ${text}`)

describe('a threshold', () => {
  const value = (key: string, operator: string, number: number) => ({
    key,
    operator,
    bound: { kind: 'value', value: number }
  })
  const baseline = (key: string, operator: string, change: string, by: number) => ({
    key,
    operator,
    bound: { kind: 'baseline', change, by }
  })

  test.each([
    ['correctness >= 0.8', value('correctness', '>=', 0.8)],
    ['  correctness>=80%  ', value('correctness', '>=', 0.8)],
    ['answer relevance > -1', value('answer relevance', '>', -1)],
    // The keys of openevals' `create_json_match_evaluator`.
    ['json_match:average >= 0.8', value('json_match:average', '>=', 0.8)],
    ['recall k=5 >= 0.8', value('recall k=5', '>=', 0.8)],
    ['error_rate <= 2%', value('error_rate', '<=', 0.02)],
    ['error_rate < .05', value('error_rate', '<', 0.05)],
    ['latency_p99 <= 20s', value('latency_p99', '<=', 20)],
    ['latency_p50 <= 500ms', value('latency_p50', '<=', 0.5)],
    ['first_token_p50 <= 1m30s', value('first_token_p50', '<=', 90)],
    ['total_cost <= 5', value('total_cost', '<=', 5)],
    ['total_cost <= $0.25', value('total_cost', '<=', 0.25)],
    ['run_count >= 20', value('run_count', '>=', 20)],
    ['correctness >= baseline', baseline('correctness', '>=', '+', 0)],
    ['correctness >= baseline - 0.02', baseline('correctness', '>=', '-', 0.02)],
    ['correctness >= Baseline-2%', baseline('correctness', '>=', '-', 0.02)],
    ['latency_p99 <= baseline + 2s', baseline('latency_p99', '<=', '+', 2)],
    ['total_cost <= baseline * 1.1', baseline('total_cost', '<=', '*', 1.1)],
    ['total_cost <= baseline * 110%', baseline('total_cost', '<=', '*', 1.1)]
  ])('is %j', (line, threshold) => {
    expect(parseThresholds(line)).toEqual({ thresholds: [threshold], faults: [] })
  })

  test('stands on a line of its own; comments and blank lines are passed over', () => {
    const { thresholds, faults } = parseThresholds('# quality\r\ncorrectness >= 0.8\r\n\r\nerror_rate <= 2%\n')
    expect(thresholds.map(({ key }) => key)).toEqual(['correctness', 'error_rate'])
    expect(faults).toEqual([])
  })

  test.each([
    ['correctness', /^line 1 is `correctness`: it compares nothing\. Write one of `>=`/],
    ['correctness => 0.8', /`=>` is no comparison\. Write `>=`\./],
    ['correctness ≥ 0.8', /`≥` is no comparison\. Write `>=`\./],
    ['correctness: 0.8', /`:` is no comparison\. Write one of/],
    ['correctness: >= 0.8', /`:` is no comparison\. Write one of/],
    ['json_match:average = 0.8', /is no comparison\. Write one of/],
    ['correctness == 1', /`==` is no comparison\. Write one of/],
    ['>= 0.8', /it names no score/],
    ['correctness >=', /nothing follows `>=`\. Write a number such as `0\.8`, or `80%`\./],
    ['correctness >= good', /`good` does not fit `correctness`\. Write a number/],
    ['error_rate <= 2', /`error_rate` lies between 0% and 100%\. Write a share such as `2%` or `0\.02`\./],
    ['error_rate <= 20s', /`20s` does not fit `error_rate`/],
    ['latency_p99 <= 5%', /`5%` does not fit `latency_p99`\. Write a time such as `20s`/],
    ['latency_p99 <= 500', /`500` has no unit\. A time needs its unit: write `500s` for seconds, or `500ms` for milli/],
    ['latency_p50 <= baseline + 2', /`2` has no unit\. A time needs its unit: write `2s`/],
    ['p99 <= 20s', /`p99` is none of the figures, so it is the key of a feedback.*`latency_p99`/],
    ['cost <= $5', /`cost` is none of the figures.*`total_cost`/],
    ['correctness >= 0.8 error_rate <= 2%', /holds more than one threshold\. Write one a line; in YAML, write `\|`/],
    ['correctness >= 0.8, error_rate <= 2%', /holds more than one threshold/],
    ['correctness >= baseline - good', /`good` does not fit `correctness`\. Write a number.* behind `baseline -`\./],
    ['correctness >= 0.9 * baseline', /write `baseline`, `baseline - 0\.02`/]
  ])('is not %j', (line, fault) => {
    expect(parseThresholds(line)).toEqual({ thresholds: [], faults: [expect.stringMatching(fault)] })
  })
})

test.each([
  ['5%', 0.05, undefined],
  ['0.05', 0.05, undefined],
  ['5', undefined, undefined],
  ['500ms', undefined, 0.5],
  ['1m', undefined, 60],
  ['1m 30s', undefined, 90],
  ['', undefined, undefined],
  ['s', undefined, undefined],
  ['-1', undefined, undefined],
  ['1e3', undefined, undefined]
])('%j is a share of %p, and %p seconds', (text, share, seconds) => {
  expect([parseShare(text), parseSeconds(text)]).toEqual([share, seconds])
})

describe('the gate', () => {
  test('is closed by none of its inputs', async () => {
    expect((await readDeploy({ inputs: IMAGE })).gate).toBeUndefined()
  })

  test('is read whole', async () => {
    const inputs = {
      ...IMAGE,
      'require-experiment': ' eval-1a2b3c4d ',
      thresholds: 'correctness >= baseline',
      'baseline-experiment': 'main-1'
    }
    expect((await readDeploy({ inputs })).gate).toMatchObject({
      experiment: 'eval-1a2b3c4d',
      baseline: 'main-1',
      thresholds: [{ key: 'correctness' }]
    })
  })

  test.each<[string, Readonly<Record<string, string>>, readonly RegExp[]]>([
    [
      'an experiment without thresholds',
      { 'require-experiment': 'e' },
      [/^require-experiment is written without `thresholds`/]
    ],
    [
      'thresholds that only hold comments',
      { 'require-experiment': 'e', thresholds: '# later' },
      [/^require-experiment is written without `thresholds`/]
    ],
    [
      'thresholds whose experiment an earlier step did not set',
      { 'require-experiment': '', thresholds: 'correctness >= 0.8' },
      [/^thresholds is written, and `require-experiment` is empty.*check that this step sets it/]
    ],
    [
      'a baseline alone',
      { 'baseline-experiment': 'e' },
      [/^baseline-experiment is written, and `require-experiment` is empty/]
    ],
    [
      'an experiment that is its own baseline',
      { 'require-experiment': 'e', 'baseline-experiment': 'e', thresholds: 'correctness >= baseline' },
      [/^baseline-experiment is the experiment of `require-experiment`, so the comparison cannot fail/]
    ],
    [
      'all that a script printed',
      {
        'require-experiment':
          "View the evaluation results for experiment: 'agent-1a2b3c4d' at:\nhttps://smith.langchain.com/o/x\n\n20it [00:10]\nagent-1a2b3c4d",
        thresholds: 'correctness >= 0.8'
      },
      [/^require-experiment holds what `evaluate\(\)` prints.* Write `agent-1a2b3c4d`; .*GITHUB_OUTPUT/]
    ],
    [
      'a comparison without a baseline',
      { 'require-experiment': 'e', thresholds: 'correctness >= baseline' },
      [/^thresholds compares with a baseline, and `baseline-experiment` is empty/]
    ],
    [
      'every line that is wrong',
      { 'require-experiment': 'e', thresholds: 'correctness\ntone >= 1\nx => 1' },
      [/^thresholds line 1/, /^thresholds line 3/]
    ]
  ])('is not left open by halves: %s', async (_, inputs, texts) => {
    expect(await problems(inputs)).toEqual(texts.map((text) => expect.stringMatching(text)))
  })
})
