import { describe, expect, test } from '@jest/globals'
import { makeTree, SMALLEST } from '../archive/support.ts'
import { create, dockerBody, type Json, records } from '../emulator/support.ts'
import { COMMIT, HEAD_COMMIT, KEY, UUID } from '../inputs/environment.ts'
import { CREATE } from '../support/expected.ts'
import { useGithubServer } from '../support/github-server.ts'
import { errorOf, type Inputs, type Run, type RunOptions, runMain, said, secondsOf, warningOf } from '../support/run.ts'
import { withoutReferences } from '../support/words.ts'
import { DIGEST, FROM_IMAGE, REPOSITORY, useWorld } from '../support/world.ts'

const world = useWorld()

const EXPERIMENT = 'agent-eval-1a2b3c4d'
const BASELINE = 'main-0badcafe'
const DATASET = '6c1f7b2e-0d3a-4c5e-9f80-1a2b3c4d5e6f'
const ID = '0f1e2d3c-4b5a-4978-8a6b-5c4d3e2f1a0b'

/** Twenty runs of one second each, with one failure. */
const RUNS = [
  { at_ms: -60_000, count: 19, cost: 0.1, tokens: 100, feedback: { correctness: 0.9, tone: 'good' } },
  { at_ms: -60_000, latency: 8, error: true, feedback: { correctness: 0.9, tone: 'bad' } }
]
const experiment = (rest: Json = {}): Json => ({
  name: EXPERIMENT,
  id: ID,
  reference_dataset_id: DATASET,
  samples: RUNS,
  ...rest
})
const baseline = (correctness: number, rest: Json = {}): Json => ({
  name: BASELINE,
  reference_dataset_id: DATASET,
  samples: [{ count: 10, latency: 2, feedback: { correctness } }],
  ...rest
})
const have = (sessions: readonly Json[], rest: Json = {}) => world.api.scenario({ sessions, ...rest })
const gated = (thresholds: string, inputs: Inputs = {}, options: RunOptions = {}) =>
  runMain(world, { ...FROM_IMAGE, 'require-experiment': EXPERIMENT, thresholds, ...inputs }, options)

const GITHUB = { source_type: 'github' }
const fromGithub = (inputs: Inputs = {}) => ({ 'image-uri': '', 'source-type': GITHUB.source_type, ...inputs })
const summaryOf = ({ runner }: Run) => withoutReferences(runner.texts('summary').join('\n'))
const statusOf = ({ runner }: Run) => runner.outputs.status
/** Requests to the LangSmith API. */
const asked = async () => (await world.requests()).filter((request) => request.includes('/sessions'))

describe('a required experiment', () => {
  test('that meets its thresholds lets the run deploy without an annotation, and is shown', async () => {
    await have([experiment()])
    const run = await gated(
      'correctness >= 0.8\n\n# how it fails\nerror_rate <= 5%\nlatency_p99 <= 20s\ntotal_cost <= 5'
    )
    expect(statusOf(run)).toBe('deployed')
    expect([...run.runner.texts('notice'), ...run.runner.texts('warning')]).toEqual([])
    expect(run.runner.told).toContainEqual({
      kind: 'group',
      name: `Experiment "${EXPERIMENT}" (20 runs)`,
      text: [
        'met      correctness >= 0.8: 0.9',
        'met      error_rate <= 5%: 5%',
        'met      latency_p99 <= 20 s: 6.67 s',
        'met      total_cost <= $5: $1.9'
      ].join('\n')
    })
    expect(summaryOf(run)).toContain('| ✅ | <code>correctness</code> | >= 0.8 | 0.9 |')
    // The experiment is read after the plan and before any write.
    const requests = await world.requests()
    expect(requests.indexOf('GET /api/v2/sessions/:id')).toBeLessThan(requests.indexOf(CREATE))
    expect(await asked()).toEqual(['GET /api/v2/sessions', 'GET /api/v2/sessions/:id'])
  })

  test('that misses a threshold rejects the run without a write', async () => {
    await have([experiment()])
    const run = await gated('correctness >= 0.95\nerror_rate <= 2%\nlatency_p50 <= 2s')
    expect(run.passed).toBe(false)
    expect(run.runner.outputs).toMatchObject({ status: 'rejected' })
    expect(await world.writes()).toEqual([])
    expect(run.runner.told).toContainEqual({
      kind: 'error',
      name: 'Thresholds not met; no changes were made',
      text: expect.stringMatching(
        /does not meet `thresholds`\.\ncorrectness is 0\.9; the threshold is >= 0\.95\.\nerror_rate is 5%; the threshold is <= 2%\.\nCheck the/
      )
    })
    const summary = summaryOf(run)
    expect(summary).toContain('⛔ agent: rejected')
    expect(summary).toContain('| ❌ | <code>correctness</code> | >= 0.95 | 0.9 |')
    expect(summary).toContain('| ✅ | <code>latency_p50</code> | <= 2 s | 1 s |')
    expect(summary).toContain(`/datasets/${DATASET}/compare?selectedSessions=${ID}`)
    expect(run.runner.outputs['experiment-url']).toMatch(
      new RegExp(`^http://.+/datasets/${DATASET}/compare\\?selectedSessions=${ID}$`)
    )
    // The summary still shows the plan.
    expect(summary).toContain('image-uri')
  })

  test('can be set by ID', async () => {
    await have([experiment()])
    expect(statusOf(await gated('correctness >= 0.8', { 'require-experiment': ID }))).toBe('deployed')
    expect(await asked()).toEqual(['GET /api/v2/sessions/:id'])
  })

  test.each([404, 405])('is read with v1 if v2 returns %d', async (status) => {
    await have([experiment()], { server: { sessions_v2: status } })
    expect(statusOf(await gated('correctness >= 0.8'))).toBe('deployed')
    expect(statusOf(await gated('correctness >= 0.95', { 'require-experiment': ID }))).toBe('rejected')
    expect(await asked()).toContain('GET /api/v1/sessions/:id')
  })

  test('has scores of summary evaluators', async () => {
    await have([experiment({ stats: { session_feedback_stats: { accuracy: { n: 1, avg: 0.75 } } } })])
    expect(statusOf(await gated('accuracy >= 0.8'))).toBe('rejected')
    expect(statusOf(await gated('accuracy >= 75%'))).toBe('deployed')
  })

  test('is read in a dry run', async () => {
    await have([experiment()])
    expect(statusOf(await gated('correctness >= 0.95', { 'dry-run': 'true' }))).toBe('rejected')
    expect(statusOf(await gated('correctness >= 0.9', { 'dry-run': 'true' }))).toBe('planned')
  })

  test('is not read if the plan has no changes', async () => {
    await have([experiment()])
    await world.images(DIGEST)
    const run = await gated('correctness >= 0.95', { 'image-uri': DIGEST, 'skip-unchanged': 'true' })
    expect(statusOf(run)).toBe('unchanged')
    expect(await asked()).toEqual([])
  })

  test('costs no request without the input', async () => {
    await runMain(world, FROM_IMAGE)
    expect(await asked()).toEqual([])
  })

  test('rejects an archive before its upload', async () => {
    await have([experiment()])
    const variables = { GITHUB_WORKSPACE: makeTree(SMALLEST) }
    const inputs = { 'image-uri': '', 'source-type': 'internal_source' }
    expect(statusOf(await gated('correctness >= 0.95', inputs, { variables }))).toBe('rejected')
    expect(await world.writes()).toEqual([])
    expect(statusOf(await gated('correctness >= 0.9', inputs, { variables }))).toBe('deployed')
  })

  test('is read once for all possible names of a preview', async () => {
    await have([experiment()])
    for (const name of ['agent-pr-7', 'agent-pr-7-2']) {
      const id = await create(world.api, dockerBody({ name }))
      await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    }
    const run = await gated(
      'correctness >= 0.8',
      { preview: 'true' },
      {
        event: {
          number: 7,
          pull_request: { number: 7, head: { ref: 'topic', sha: HEAD_COMMIT, repo: { full_name: REPOSITORY } } }
        },
        variables: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' }
      }
    )
    expect(run.runner.outputs).toMatchObject({ status: 'deployed', 'deployment-name': 'agent-pr-7-3' })
    expect(await asked()).toHaveLength(2)
  })
})

describe('an unfinished experiment', () => {
  const progress = (runs: number, evaluated: number) => ({
    experiment_progress: { expected_run_count: 20, run_progress: runs, evaluator_progress: { correctness: evaluated } }
  })
  const score = (avg: number) => ({ feedback_stats: { correctness: { n: 10, avg } } })

  test('delays the run until it is finished', async () => {
    await have([
      experiment({
        stats: { ...progress(0.5, 0.5), ...score(0.99) },
        later: [
          { after_ms: 60_000, stats: progress(1, 0.75) },
          { after_ms: 120_000, stats: { ...progress(1, 1), ...score(0.7) } }
        ]
      })
    ])
    const run = await gated('correctness >= 0.8')
    expect(statusOf(run)).toBe('rejected')
    expect(errorOf(run)).toContain('correctness is 0.7')
    expect(secondsOf(run)).toBeGreaterThanOrEqual(119)
    expect(said(run)).toContain(
      `Experiment "${EXPERIMENT}" has not finished: it has 50% of its 20 runs, 50% of the \`correctness\` scores. Waiting for it to finish.`
    )
    expect(said(run)).toContain('100% of its 20 runs, 75% of the `correctness` scores.')
  })

  test('can report counts instead of shares', async () => {
    await have([experiment({ stats: progress(10, 10), later: [{ after_ms: 60_000, stats: progress(20, 20) }] })])
    const run = await gated('correctness >= 0.8')
    expect(statusOf(run)).toBe('deployed')
    expect(secondsOf(run)).toBeGreaterThanOrEqual(59)
  })

  test('ends the run at its timeout, with the progress of the experiment', async () => {
    await have([
      experiment({ stats: { ...progress(1, 0.9), feedback_stats: { correctness: { n: 18, avg: 1, errors: 2 } } } })
    ])
    const run = await gated('correctness >= 0.8', { timeout: '5m' })
    expect(statusOf(run)).toBe('timed-out')
    expect(errorOf(run)).toContain(
      `The timeout expired. Experiment "${EXPERIMENT}" has not finished: it has 100% of its 20 runs, 90% of the \`correctness\` scores (its evaluator failed 2 times). No changes were made.`
    )
    expect(await world.writes()).toEqual([])
  })

  test('does not delay a cancellation', async () => {
    await have([experiment({ stats: progress(0.5, 0.5) })])
    const run = await gated(
      'correctness >= 0.8',
      {},
      {
        meanwhile: ({ cancellation }) => world.clock.duringPauses((nth) => nth === 3 && cancellation.cancel())
      }
    )
    expect(statusOf(run)).toBe('cancelled')
    expect(errorOf(run)).toContain('No changes were made.')
  })

  test.each<[string, Json, Json]>([
    ['scores', { feedback_stats: {} }, score(0.9)],
    ['runs', { run_count: 0 }, { run_count: 20 }]
  ])('can lack %s for a moment', async (_, stats, then) => {
    await have([experiment({ stats, later: [{ after_ms: 15_000, stats: then }] })])
    const run = await gated('correctness >= 0.8')
    expect(statusOf(run)).toBe('deployed')
    expect(said(run)).toMatch(
      /^Experiment "agent-eval-1a2b3c4d" (has no feedback `correctness`|has no runs)\. Checking again for up to 30 s,/m
    )
  })
})

describe('a gate fails without a write because of', () => {
  test.each<[string, readonly Json[], string, Inputs, readonly string[]]>([
    [
      'an unknown name',
      [experiment(), baseline(1)],
      'correctness >= 0.8',
      { 'require-experiment': 'agent' },
      [
        '`require-experiment`: experiment "agent" does not exist',
        `Newest experiments with that prefix: "${EXPERIMENT}".`
      ]
    ],
    [
      'another unknown name',
      [experiment(), { name: 'a-project' }],
      'correctness >= 0.8',
      { 'require-experiment': 'other' },
      [`Newest experiments: "${EXPERIMENT}".`]
    ],
    [
      'an unknown ID',
      [experiment()],
      'correctness >= 0.8',
      { 'require-experiment': UUID },
      [`experiment "${UUID}" does not exist`, `Newest experiments: "${EXPERIMENT}".`]
    ],
    ['no experiments at all', [], 'correctness >= 0.8', {}, ['The workspace has no experiments.']],
    [
      'an unknown baseline',
      [experiment()],
      'correctness >= baseline',
      { 'baseline-experiment': 'mian' },
      ['`baseline-experiment`: experiment "mian" does not exist']
    ],
    [
      'the experiment as its own baseline',
      [experiment()],
      'correctness >= baseline',
      { 'baseline-experiment': ID },
      ['`require-experiment` and `baseline-experiment` both name']
    ],
    [
      'a name with a typo',
      [experiment()],
      'correctness >= 0.8',
      { 'require-experiment': 'agent-evl-1a2b3c4d' },
      [`experiment "agent-evl-1a2b3c4d" does not exist in this workspace. Did you mean "${EXPERIMENT}"?`]
    ],
    [
      'a prefix with a typo',
      [experiment()],
      'correctness >= 0.8',
      { 'require-experiment': 'agnet-eval' },
      [`Did you mean "${EXPERIMENT}"?`]
    ],
    [
      'a tracing project',
      [{ name: EXPERIMENT, samples: RUNS }],
      'correctness >= 0.8',
      {},
      ['is a tracing project, not an experiment']
    ],
    [
      'an unknown key',
      [experiment()],
      'corectness >= 0.8\nerror_rate <= 5%',
      {},
      [
        `Experiment "${EXPERIMENT}" has no feedback \`corectness\`.`,
        `has the scores correctness (0.9) and the metrics error_rate, latency_p50, latency_p99, run_count,`,
        'Did you mean `correctness`?'
      ]
    ],
    [
      'a categorical key',
      [experiment()],
      'tone >= 0.8',
      {},
      [
        'The feedback `tone` of',
        'is categorical and has no average: good (19), bad (1).',
        'the scores correctness (0.9)'
      ]
    ],
    ['no runs', [experiment({ samples: [] })], 'correctness >= 0.8', {}, [`Experiment "${EXPERIMENT}" has no runs.`]],
    [
      'a score without a value',
      [experiment({ stats: { feedback_stats: { correctness: { n: 0, avg: null, errors: 3 } } } })],
      'correctness >= 0.8',
      {},
      ['The feedback `correctness` of', 'has no score: its evaluator failed 3 times.', 'has no scores']
    ],
    [
      'a figure without a value',
      [experiment()],
      'first_token_p50 <= 2s',
      {},
      [`Experiment "${EXPERIMENT}" has no value for \`first_token_p50\`.`]
    ],
    [
      'a baseline without that key',
      [experiment(), baseline(1, { samples: [{ count: 2, feedback: { tone: 1 } }] })],
      'correctness >= baseline',
      { 'baseline-experiment': BASELINE },
      [`Experiment "${BASELINE}" has no feedback \`correctness\`.`, `Experiment "${BASELINE}" has the scores tone (1)`]
    ],
    [
      'a baseline without runs',
      [experiment(), baseline(1, { samples: [] })],
      'correctness >= baseline',
      { 'baseline-experiment': BASELINE },
      [`Experiment "${BASELINE}" has no runs.`]
    ]
  ])('%s', async (_, sessions, thresholds, inputs, texts) => {
    await have(sessions)
    const run = await gated(thresholds, inputs)
    expect(statusOf(run)).toBe('error')
    for (const text of texts) expect(errorOf(run)).toContain(text)
    expect(await world.writes()).toEqual([])
  })

  test.each<[string, Json, RegExp]>([
    [
      'refuses',
      { action: 'status', status: 403, body: { detail: 'Forbidden' } },
      /returned 403 .*: Forbidden\.\n.*projects:read/
    ],
    ['fails', { action: 'status', status: 500 }, /returned 500/],
    ['is not LangSmith', { action: 'html' }, /HTML/]
  ])('a LangSmith API that %s', async (_, fault, says) => {
    await have([experiment()], {
      faults: [
        { path: '/api/*/sessions/**', times: null, ...fault },
        { path: '/api/*/sessions', times: null, ...fault }
      ]
    })
    const run = await gated('correctness >= 0.8')
    expect(statusOf(run)).toBe('error')
    expect(errorOf(run)).toMatch(says)
    expect(errorOf(run)).toContain(`The LangSmith API at ${world.api.emulator.url} did not return`)
    expect(await world.writes()).toEqual([])
  })

  test('a LangSmith API without sessions', async () => {
    await have([experiment()], { server: { sessions_v1: 404, sessions_v2: 404 } })
    const run = await gated('correctness >= 0.8')
    expect(statusOf(run)).toBe('error')
    expect(errorOf(run)).toContain('the server has neither /api/v2/sessions nor /api/v1/sessions')
  })
})

describe('the result of an experiment', () => {
  const ofCommit = (commit: string) => experiment({ metadata: { git: { commit } } })

  test('has a warning if the experiment evaluated another commit', async () => {
    await have([ofCommit(HEAD_COMMIT)])
    const run = await gated('correctness >= 0.8', fromGithub())
    expect(statusOf(run)).toBe('deployed')
    expect(warningOf(run)).toContain(`evaluated commit ${HEAD_COMMIT}, but this run deploys ${COMMIT}.`)
  })

  test.each([
    ['for the same commit', COMMIT, fromGithub()],
    ['for the abbreviated same commit', COMMIT.slice(0, 7), fromGithub()],
    ['for an image of unknown commit', HEAD_COMMIT, {}]
  ])('has no warning %s', async (_, commit, inputs) => {
    await have([ofCommit(commit)])
    const run = await gated('correctness >= 0.8', inputs)
    expect(statusOf(run)).toBe('deployed')
    expect(warningOf(run)).not.toContain('evaluated commit')
  })

  test('has a warning if evaluators failed', async () => {
    await have([experiment({ stats: { feedback_stats: { correctness: { n: 17, avg: 0.9, errors: 3 } } } })])
    const run = await gated('correctness >= 0.8')
    expect(statusOf(run)).toBe('deployed')
    expect(warningOf(run)).toContain(`Evaluators failed in experiment "${EXPERIMENT}" (\`correctness\` 3)`)
    expect(summaryOf(run)).toContain('| 0.9 (17 of 20 runs scored; its evaluator failed 3 times) |')
    expect(run.runner.texts('warning')).toHaveLength(1)
  })

  test.each([
    ['correctness >= 0.8', 'deployed'],
    ['correctness >= 0.95', 'rejected']
  ])('has a warning if only some runs have a score: %s', async (thresholds, status) => {
    await have([experiment({ stats: { feedback_stats: { correctness: { n: 2, avg: 0.9 } } } })])
    const run = await gated(thresholds)
    expect(statusOf(run)).toBe(status)
    expect(run.runner.texts('warning')).toEqual([
      expect.stringContaining(
        `Some of the 20 runs in experiment "${EXPERIMENT}" have no score (scored runs: \`correctness\` 2)`
      )
    ])
    expect(run.runner.texts('group').join()).toContain(`${thresholds}: 0.9 (2 of 20 runs scored)`)
    expect(summaryOf(run)).toContain('| 0.9 (2 of 20 runs scored) |')
    if (status === 'rejected')
      expect(errorOf(run)).toContain('correctness is 0.9 (2 of 20 runs scored); the threshold is >= 0.95.')
  })

  test('has no warning if a summary evaluator gave one score for all runs', async () => {
    await have([experiment({ stats: { session_feedback_stats: { accuracy: { n: 1, avg: 0.9 } } } })])
    const run = await gated('accuracy >= 0.8')
    expect(statusOf(run)).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([])
  })

  test('has a warning if the baseline is over another dataset', async () => {
    await have([experiment(), baseline(0.8, { reference_dataset_id: UUID })])
    const run = await gated('correctness >= baseline', { 'baseline-experiment': BASELINE })
    expect(statusOf(run)).toBe('deployed')
    expect(warningOf(run)).toContain(
      `The baseline experiment "${BASELINE}" used a different dataset than "${EXPERIMENT}"`
    )
  })

  test.each([
    ['correctness >= 80', 'rejected'],
    ['correctness <= 80', 'deployed']
  ])('cannot be judged by a threshold of another scale: %s', async (thresholds, status) => {
    await have([experiment()])
    const run = await gated(thresholds)
    expect(statusOf(run)).toBe(status)
    const words = `\`${thresholds}\` is outside the range of the scores, which are between 0 and 1. Did you mean \`80%\`?`
    expect(status === 'rejected' ? errorOf(run) : warningOf(run)).toContain(words)
  })

  test('can have scores above 1', async () => {
    await have([experiment({ stats: { feedback_stats: { stars: { n: 20, avg: 4.5 } } } })])
    const run = await gated('stars >= 5')
    expect(errorOf(run)).not.toContain('is outside the range')
  })

  test.each([
    ['correctness >= baseline - 0.02', 0.92, 'deployed', '>= baseline - 0.02 (0.9)'],
    ['correctness >= baseline - 0.02', 0.93, 'rejected', '>= baseline - 0.02 (0.91)'],
    ['correctness > baseline', 0.9, 'rejected', '> baseline'],
    ['correctness >= baseline', 0.9, 'deployed', '>= baseline'],
    ['latency_p50 <= baseline * 0.5', 0.9, 'deployed', '<= baseline * 0.5 (1 s)'],
    ['latency_p50 <= baseline - 1.5s', 0.9, 'rejected', '<= baseline - 1.5 s (0.5 s)'],
    ['error_rate <= baseline + 1%', 0.9, 'rejected', '<= baseline + 1% (1%)']
  ])('compares with a baseline: %s with %d is %s', async (thresholds, score, status, told) => {
    await have([experiment(), baseline(score)])
    const run = await gated(thresholds, { 'baseline-experiment': BASELINE })
    expect(statusOf(run)).toBe(status)
    expect(summaryOf(run)).toContain(`| ${told} |`)
    expect(summaryOf(run)).toContain('| Experiment | Baseline |')
  })
})

describe('untrusted text of experiments', () => {
  test('in names and keys is escaped and masked', async () => {
    const name = 'e | <b>@octocat</b> ::error::x'
    const key = 'k` | sk-given-0123456789'
    await have([experiment({ name, samples: [{ count: 2, feedback: { [key]: 0.5 } }] })])
    const run = await gated(`${key} >= 0.6`, { 'require-experiment': name, secrets: 'TOKEN=sk-given-0123456789' })
    expect(statusOf(run)).toBe('rejected')
    const all = run.runner.told
      .filter(({ kind }) => kind !== 'mask')
      .map(({ text }) => text)
      .join('\n')
    expect(all).not.toContain('sk-given')
    const raw = run.runner.texts('summary').join()
    expect(raw).not.toMatch(/<b>@|@octocat/)
    expect(raw.split('\n').filter((line) => line.includes('<code>k') && !line.includes('k8s-namespace'))).toEqual([
      expect.stringMatching(/^(\|[^|]*){4}\|$/)
    ])
  })

  test('of any length leaves room for the rest', async () => {
    // Feedback whose value is text from a model has one label per run.
    const values = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`${index}: ${'no '.repeat(60)}`, 1]))
    await have([experiment({ stats: { feedback_stats: { reason: { n: 3_000, avg: null, values } } } })])
    const labels = await gated('reason >= 0.6')
    expect(errorOf(labels)).toMatch(/is categorical and has no average: 0: no no .*, 2960 more\.\n/)
    const keys = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key ${index}`, { n: 1, avg: 0.5 }]))
    await have([experiment({ stats: { feedback_stats: keys } })])
    expect(errorOf(await gated('tone >= 0.6'))).toMatch(/has the scores key 0 \(0\.5\), .*, 460 more and the metrics/)
    await have([experiment({ name: `long\n${'<'.repeat(90_000)}` })])
    const name = await gated('correctness >= 0.95', { 'require-experiment': ID })
    expect(errorOf(name)).toMatch(/^The experiment "long <+ …" does not meet `thresholds`\.\n/)
    for (const { runner } of [labels, name])
      expect(Buffer.byteLength(runner.texts('summary').join())).toBeLessThan(20_000)
  })

  test('the key for experiments goes to the LangSmith API of the same installation, with the workspace', async () => {
    await have([experiment()])
    const { workspaceId } = world.api.emulator
    const [workspace] = records((await world.api.call('GET', '/api/v1/workspaces')).value)
    const run = await gated('correctness >= 0.8', { 'workspace-id': String(workspace?.display_name) })
    expect(statusOf(run)).toBe('deployed')
    const own = (await world.api.requests()).filter(({ path }) => String(path).includes('/sessions'))
    expect(own).toHaveLength(2)
    for (const { headers } of own) expect(headers).toMatchObject({ 'x-api-key': KEY, 'x-tenant-id': workspaceId })
  })
})

describe('a rejected run', () => {
  test('writes a comment with the table, and no GitHub deployment', async () => {
    const github = githubServer
    await have([experiment()])
    const run = await gated(
      'correctness >= 0.95',
      { 'github-token': github.token, environment: 'staging', comment: 'true' },
      {
        event: {
          pull_request: { number: 7, head: { ref: 'topic', sha: HEAD_COMMIT, repo: { full_name: REPOSITORY } } }
        },
        variables: { GITHUB_API_URL: github.url, GITHUB_EVENT_NAME: 'pull_request', GITHUB_RUN_ID: '1001' }
      }
    )
    expect(statusOf(run)).toBe('rejected')
    expect(github.deployments()).toEqual([])
    const [comment] = await github.comments(7)
    expect(withoutReferences(comment?.body ?? '')).toContain('| ❌ | <code>correctness</code> | >= 0.95 | 0.9 |')
    expect(comment?.body).toContain('rejected')
    // The rejected changes.
    expect(withoutReferences(comment?.body ?? '')).toContain('<code>image-uri</code>')
  })
})

const githubServer = await useGithubServer({ repository: REPOSITORY })
