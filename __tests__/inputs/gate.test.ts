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
  ])('is parsed from a line: %j', (line, threshold) => {
    expect(parseThresholds(line)).toEqual({ thresholds: [threshold], faults: [] })
  })

  test('is on a separate line; comments and blank lines are ignored', () => {
    const { thresholds, faults } = parseThresholds('# quality\r\ncorrectness >= 0.8\r\n\r\nerror_rate <= 2%\n')
    expect(thresholds.map(({ key }) => key)).toEqual(['correctness', 'error_rate'])
    expect(faults).toEqual([])
  })

  test.each([
    ['correctness', /^line 1 \(`correctness`\): expected one of `>=`, `<=`, `>`, `<`, as in `correctness >= 0\.8`\./],
    ['correctness => 0.8', /^line 1 \(`correctness => 0\.8`\): expected `>=`, got `=>`\./],
    ['correctness ≥ 0.8', /^line 1 \(`correctness ≥ 0\.8`\): expected `>=`, got `≥`\./],
    ['correctness: 0.8', /0\.8`\): expected one of `>=`, `<=`, `>`, `<`, got `:`, as in `correctness >= 0\.8`\./],
    ['correctness: >= 0.8', /0\.8`\): expected one of `>=`, `<=`, `>`, `<`, got `:`, as in `correctness >= 0\.8`\./],
    [
      'json_match:average = 0.8',
      /^line 1 \(`json_match:average = 0\.8`\): expected one of `>=`, `<=`, `>`, `<`, got `:`, as in `correctness >= 0\.8`\./
    ],
    [
      'correctness == 1',
      /^line 1 \(`correctness == 1`\): expected one of `>=`, `<=`, `>`, `<`, got `==`, as in `correctness >= 0\.8`\./
    ],
    [
      '>= 0.8',
      /^line 1 \(`>= 0\.8`\): expected a feedback key or a metric before the comparison, as in `correctness >= 0\.8`\./
    ],
    [
      '- correctness >= 0.8',
      /^line 1 \(`- correctness >= 0\.8`\): a list or quotes are not supported\. Use `correctness >= 0\.8`\.$/
    ],
    ['"correctness" >= 0.8', /a list or quotes are not supported\. Use `correctness >= 0\.8`\.$/],
    ['- "correctness >= 0.8"', /a list or quotes are not supported\. Use `correctness >= 0\.8`\.$/],
    ["'answer relevance' >= baseline", /a list or quotes are not supported\. Use `answer relevance >= baseline`\.$/],
    [
      '- correctness: 0.8',
      /a list or quotes are not supported\. Use one threshold per line, such as `correctness >= 0\.8`\.$/
    ],
    ['correctness >=', /^line 1 \(`correctness >=`\): expected a number such as `0\.8` or `80%` after `>=`\./],
    [
      'correctness >= good',
      /^line 1 \(`correctness >= good`\): expected a number such as `0\.8` or `80%` for `correctness`, or a change to the baseline such as `baseline - 0\.02`, got `good`\./
    ],
    ['error_rate <= 2', /`error_rate` must be between 0% and 100%: expected a rate such as `2%` or `0\.02`\./],
    [
      'error_rate <= 20s',
      /^line 1 \(`error_rate <= 20s`\): expected a rate such as `2%` or `0\.02` for `error_rate`, or a change to the baseline such as `baseline - 0\.02`, got `20s`\./
    ],
    [
      'latency_p99 <= 5%',
      /^line 1 \(`latency_p99 <= 5%`\): expected a duration such as `20s`, `2\.5s` or `500ms` for `latency_p99`, or a change to the baseline such as `baseline - 0\.02`, got `5%`\./
    ],
    [
      'latency_p99 <= 500',
      /^line 1 \(`latency_p99 <= 500`\): expected a duration with a unit, got `500`\. Use `500s` for seconds or `500ms` for milliseconds\./
    ],
    [
      'latency_p50 <= baseline + 2',
      /^line 1 \(`latency_p50 <= baseline \+ 2`\): expected a duration with a unit, got `2`\. Use `2s` for seconds or `2ms` for milliseconds\./
    ],
    [
      'p99 <= 20s',
      /^line 1 \(`p99 <= 20s`\): `p99` is not a metric, and a feedback key requires a number such as `0\.8` or `80%`\. Metrics: `error_rate`, `latency_p50`, `latency_p99`, `first_token_p50`, `first_token_p99`, `run_count`, `total_tokens`, `prompt_tokens`, `completion_tokens`, `total_cost`, `prompt_cost`, `completion_cost`\./
    ],
    [
      'cost <= $5',
      /^line 1 \(`cost <= \$5`\): `cost` is not a metric, and a feedback key requires a number such as `0\.8` or `80%`\. Metrics: `error_rate`, `latency_p50`, `latency_p99`, `first_token_p50`, `first_token_p99`, `run_count`, `total_tokens`, `prompt_tokens`, `completion_tokens`, `total_cost`, `prompt_cost`, `completion_cost`\./
    ],
    [
      'correctness >= 0.8 error_rate <= 2%',
      /^line 1 \(`correctness >= 0\.8 error_rate <= 2%`\): expected one threshold per line\. In YAML, use `\|` after `thresholds:`, because `>` folds lines into one\./
    ],
    [
      'correctness >= 0.8, error_rate <= 2%',
      /^line 1 \(`correctness >= 0\.8, error_rate <= 2%`\): expected one threshold per line\. In YAML, use `\|` after `thresholds:`, because `>` folds lines into one\./
    ],
    ['correctness >= baseline - good', /expected a number.* after `baseline -` for `correctness`, got `good`\./],
    [
      'correctness >= 0.9 * baseline',
      /^line 1 \(`correctness >= 0\.9 \* baseline`\): expected `baseline`, `baseline - 0\.02`, `baseline \+ 0\.02` or `baseline \* 1\.1`\./
    ]
  ])('is not parsed from %j', (line, fault) => {
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
])('%j is parsed as a share of %p and as %p seconds', (text, share, seconds) => {
  expect([parseShare(text), parseSeconds(text)]).toEqual([share, seconds])
})

describe('the gate', () => {
  test('is absent without its inputs', async () => {
    expect((await readDeploy({ inputs: IMAGE })).gate).toBeUndefined()
  })

  test('is read from all its inputs', async () => {
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
      [/^require-experiment requires `thresholds`\. Set `thresholds`, one per line, such as `correctness >= 0\.8`\./]
    ],
    [
      'thresholds with comments only',
      { 'require-experiment': 'e', thresholds: '# later' },
      [/^require-experiment requires `thresholds`\. Set `thresholds`, one per line, such as `correctness >= 0\.8`\./]
    ],
    [
      'thresholds with an experiment that an earlier step did not set',
      { 'require-experiment': '', thresholds: 'correctness >= 0.8' },
      [
        /^thresholds is set, but `require-experiment` is empty\. Set `require-experiment` to the name or ID of an experiment\. If an earlier step provides it, check the output of that step\./
      ]
    ],
    [
      'a baseline only',
      { 'baseline-experiment': 'e' },
      [
        /^baseline-experiment is set, but `require-experiment` is empty\. Set `require-experiment` to the name or ID of an experiment\. If an earlier step provides it, check the output of that step\./
      ]
    ],
    [
      'an experiment that is its own baseline',
      { 'require-experiment': 'e', 'baseline-experiment': 'e', thresholds: 'correctness >= baseline' },
      [
        /^baseline-experiment is the same experiment as `require-experiment`, so there is nothing to compare\. Set it to an earlier experiment, such as the one for the active revision\./
      ]
    ],
    [
      'the whole output of a script',
      {
        'require-experiment':
          "View the evaluation results for experiment: 'agent-1a2b3c4d' at:\nhttps://smith.langchain.com/o/x\n\n20it [00:10]\nagent-1a2b3c4d",
        thresholds: 'correctness >= 0.8'
      },
      [
        /^require-experiment contains the output of `evaluate\(\)` instead of the experiment name\. Set it to `agent-1a2b3c4d`\. In the evaluation script, append `experiment=` and `results\.experiment_name` to the file `\$GITHUB_OUTPUT`\./
      ]
    ],
    [
      "the URL of LangSmith's comparison page",
      {
        'require-experiment':
          'https://smith.langchain.com/o/x/datasets/y/compare?selectedSessions=0a1b2c3d-1111-4222-8333-444455556666',
        thresholds: 'correctness >= 0.8'
      },
      [
        /^require-experiment is a URL\. Set `require-experiment: 0a1b2c3d-1111-4222-8333-444455556666`, the ID in this URL, or the name of the experiment\.$/
      ]
    ],
    [
      'a URL of two experiments as the baseline, and a URL without an ID',
      {
        'require-experiment': 'https://smith.langchain.com/o/x/datasets/y/compare',
        'baseline-experiment':
          'https://smith.langchain.com/o/x/datasets/y/compare?selectedSessions=0a1b2c3d-1111-4222-8333-444455556666%2C0a1b2c3d-1111-4222-8333-444455557777&baseline=1',
        thresholds: 'correctness >= baseline'
      },
      [
        /^require-experiment is a URL\. Set it to the name or ID of the experiment\.$/,
        /^baseline-experiment is a URL\. Set `baseline-experiment: 0a1b2c3d-1111-4222-8333-444455556666` or `baseline-experiment: 0a1b2c3d-1111-4222-8333-444455557777`, the ID in this URL, or /
      ]
    ],
    [
      'a comparison without a baseline',
      { 'require-experiment': 'e', thresholds: 'correctness >= baseline' },
      [
        /^thresholds compares with a baseline, but `baseline-experiment` is empty\. Set `baseline-experiment` to the name or ID of an experiment\./
      ]
    ],
    [
      'several invalid lines',
      { 'require-experiment': 'e', thresholds: 'correctness\ntone >= 1\nx => 1' },
      [/^thresholds line 1/, /^thresholds line 3/]
    ]
  ])('is never incomplete: %s', async (_, inputs, texts) => {
    expect(await problems(inputs)).toEqual(texts.map((text) => expect.stringMatching(text)))
  })
})
