import { describe, expect, test } from '@jest/globals'
import type { Json } from '../emulator/support.ts'
import { COMMIT, HEAD_COMMIT } from '../inputs/environment.ts'
import { INTERRUPT, PATCH, REDEPLOY } from '../support/expected.ts'
import { useGithubServer } from '../support/github-server.ts'
import { hurryTimeouts } from '../support/real-time.ts'
import { errorOf, type Inputs, type Run, type RunOptions, runMain, said, secondsOf, warningOf } from '../support/run.ts'
import { withoutReferences } from '../support/words.ts'
import { at, FROM_IMAGE, IMAGE, OLD_IMAGE, REPOSITORY, useWorld } from '../support/world.ts'

const world = useWorld()
const github = await useGithubServer({ repository: REPOSITORY })

const MINUTE_MS = 60_000
const LIMITS = { bake: '10m', 'max-error-rate': '5%', 'max-latency-p99': '20s' }
const HEALTHY = { per_minute: 60, error_rate: 0.01, latencies: [2] }
const FAILING = { per_minute: 60, error_rate: 0.2, latencies: [2] }

const bake = (inputs: Inputs = {}, options: RunOptions = {}) =>
  runMain(world, { ...FROM_IMAGE, ...LIMITS, ...inputs }, options)
const summaryOf = ({ runner }: Run) => withoutReferences(runner.texts('summary').join('\n'))
const statusOf = ({ runner }: Run) => runner.outputs.status
const sessionCalls = async () => (await world.api.requests()).filter(({ path }) => String(path).includes('/sessions'))
/** The start of the window of each read, in milliseconds since the epoch. */
const windows = async () =>
  (await sessionCalls()).map((call) => Date.parse(String(at(call, 'query', 'stats_start_time'))))

/** Creates a revision with ten minutes of the `first` traffic, and scripts the next one with the `second`. */
async function traffic(first: Json, second: Json, rest: Json = {}): Promise<string> {
  await world.api.scenario({
    ...rest,
    revisions: [{ nth: 1, traffic: first }, { nth: 2, traffic: second }, { traffic: first }]
  })
  const id = await world.images(OLD_IMAGE)
  await world.api.call('GET', '/v2/deployments')
  world.clock.skip(10 * MINUTE_MS)
  return id
}

describe('a bake', () => {
  test('within its limits ends as deployed without an annotation, and shows the figures from before the rollout', async () => {
    await traffic(HEALTHY, { ...HEALTHY, latencies: [3] })
    const run = await bake()
    expect(statusOf(run)).toBe('deployed')
    expect([...run.runner.texts('notice'), ...run.runner.texts('warning')]).toEqual([])
    expect(said(run)).toContain(
      'Bake: monitoring the tracing project for 10 min, plus 1 min for late traces. Limits: error rate 5%, latency p99 20 s, after at least 20 runs.'
    )
    expect(said(run)).toMatch(/^Bake: after 1 min( \d+ s)?: \d+ runs, error rate \S+%, latency p99 3 s\.$/m)
    expect(said(run)).toMatch(
      /the Agent Server responds: \/ok returned 200, and \/info reports this revision\. Bake: within the limits for 10 min plus 1 min for late traces: 6\d\d runs, error rate/
    )
    const summary = summaryOf(run)
    expect(summary).toContain('Bake: within the limits for 10 min')
    expect(summary).toContain('| ✅ | latency p99 | 3 s | 2 s | 20 s |')
    expect(summary).toMatch(/\|\s+\| runs \| 6\d\d in 11 min \| (59|60)\d in 10 min \|/)
    // At most one heartbeat per minute.
    expect(run.runner.texts('info').filter((text) => text.startsWith('Bake: after')).length).toBeLessThanOrEqual(10)
  })

  test('compares with the time in which only the previous revision was active', async () => {
    await world.api.scenario({
      revisions: [
        { nth: 1, traffic: HEALTHY },
        { nth: 2, traffic: { per_minute: 6_000, error_rate: 0, latencies: [3] } }
      ]
    })
    await world.images(OLD_IMAGE)
    await world.api.call('GET', '/v2/deployments')
    world.clock.skip(10 * MINUTE_MS)
    const run = await bake()
    expect(statusOf(run)).toBe('deployed')
    const requests = await world.requests()
    const after = requests.slice(requests.indexOf(PATCH))
    const looks = after.filter((request) => /\/sessions\/|\/revisions\/:id$|\/ok$/.test(request))
    expect(looks.slice(0, 2)).toEqual(['GET /api/v2/sessions/:id', 'GET /v2/deployments/:id/revisions/:id'])
    expect(summaryOf(run)).toMatch(/\| runs \| 6\d{4} in 11 min(?: \d s)? \| (59|60)\d in 10 min \|/)
  })

  test.each([
    ['a first deployment', async () => bake()],
    [
      'a revision that serves already',
      async () => {
        await world.images(IMAGE)
        return runMain(world, { command: 'wait', ...LIMITS })
      }
    ]
  ])('of %s has no figures from before', async (_, act) => {
    await world.api.scenario({ revisions: [{ traffic: HEALTHY }] })
    const run = await act()
    expect(statusOf(run)).toBe('deployed')
    expect(said(run)).toContain('Bake: within the limits for 10 min')
    expect(summaryOf(run)).toMatch(/\| runs \| 6\d\d in 11 min \| – \|/)
    expect(summaryOf(run)).toContain('| ✅ | latency p99 | 2 s | – | 20 s |')
  })

  test('begins after the proof, and reads late traces at the end', async () => {
    await traffic(HEALTHY, HEALTHY)
    const run = await bake()
    const asked = (await world.requests()).filter((request) => /\/(ok|info|sessions)\b/.test(request))
    // The figures from before are read at the start of the rollout.
    expect(asked.slice(0, 4)).toEqual([
      'GET /api/v2/sessions/:id',
      'GET /agents/:id/ok',
      'GET /agents/:id/info',
      'GET /api/v2/sessions/:id'
    ])
    const [before = 0, ...after] = await windows()
    const [since = 0] = after
    expect(new Set(after)).toEqual(new Set([since]))
    expect(since - before).toBeGreaterThanOrEqual(10 * MINUTE_MS)
    expect(since - before).toBeLessThan(10.1 * MINUTE_MS)
    const last = Number((await sessionCalls()).at(-1)?.at)
    expect(last - since).toBeGreaterThanOrEqual(11 * MINUTE_MS)
    expect(last - since).toBeLessThan(11.1 * MINUTE_MS)
    expect(after.length).toBeLessThanOrEqual(23)
    expect(secondsOf(run)).toBeGreaterThanOrEqual(660)
  })

  test('fails over a limit as soon as there are enough runs', async () => {
    await traffic(HEALTHY, FAILING)
    const run = await bake()
    expect(statusOf(run)).toBe('failed')
    expect(errorOf(run)).toMatch(
      /^The runs of the revision exceeded a limit of `bake` after 30 s \((29|3\d) runs\): error rate (1\d|2\d)(\.\d+)?%, /
    )
    expect(errorOf(run)).toContain('limit 5%, before the rollout 1%')
    expect(errorOf(run)).toContain('use `command: redeploy`')
    expect(errorOf(run)).toMatch(/^Check its runs in LangSmith: http\S+\/projects\/p\/[0-9a-f-]{36}$/m)
    expect(secondsOf(run)).toBeLessThan(120)
    expect(summaryOf(run)).toMatch(/<a href="http[^"]+\/projects\/p\/[0-9a-f-]{36}">Check its runs in LangSmith<\/a>/)
    expect(summaryOf(run)).not.toContain('Check its runs in LangSmith: ')
    expect(summaryOf(run)).toMatch(/\| ❌ \| error rate \| \S+% \| 1(\.\d+)?% \| 5% \|/)
    // The log of the revision is read as after a failed health check, and nothing is interrupted.
    expect(summaryOf(run)).toContain('End of the deploy log')
    expect(await world.writes()).toEqual([PATCH])
  })

  test('that fails shows the cause in the log of the revision', async () => {
    const failed = 'Background run failed. Exception: x\nValueError: SEARCH_API_KEY must be set'
    await traffic(HEALTHY, FAILING)
    await world.api.scenario({
      revisions: [{ nth: 2, traffic: FAILING, deploy_log: [{ level: 'ERROR', message: failed }] }]
    })
    expect(errorOf(await bake())).toContain('The variable `SEARCH_API_KEY` is missing: set it in `secrets`.')
  })

  test('fails over a limit that only late traces exceed', async () => {
    await traffic(HEALTHY, FAILING, { server: { traces_delay_ms: 50_000 } })
    const run = await bake({ bake: '30s' })
    expect(statusOf(run)).toBe('failed')
    expect(errorOf(run)).toContain('after 30 s')
  })

  test('fails over a limit for latency', async () => {
    await traffic(HEALTHY, { ...FAILING, latencies: [25] })
    expect(errorOf(await bake({ 'max-error-rate': '' }))).toMatch(
      /: latency p99 25 s, limit 20 s, before the rollout 2 s\.\n/
    )
  })

  test('ignores a limit that is not set', async () => {
    await traffic(HEALTHY, { ...FAILING, latencies: [25] })
    expect(statusOf(await bake({ 'max-error-rate': '50%', 'max-latency-p99': '' }))).toBe('deployed')
  })

  test.each([
    [{ error_rate: null, latency_p99: null }, 'error rate and no latency p99'],
    [{ error_rate: 0, latency_p99: null }, 'latency p99'],
    [{ error_rate: 'NaN', latency_p99: 2 }, 'error rate']
  ])('without a figure for a limit (%j) is not within its limits', async (figures, missing) => {
    await world.api.scenario({ sessions: [{ name: 'agent', stats: { run_count: 500, ...figures } }] })
    await world.images(OLD_IMAGE)
    const run = await bake()
    expect(statusOf(run)).toBe('deployed')
    expect(warningOf(run)).toContain(`LangSmith returned no ${missing} for its 500 runs`)
    expect(said(run) + summaryOf(run)).not.toContain('within the limits')
  })

  test('is skipped if another revision is active', async () => {
    await world.api.scenario({
      revisions: [
        { nth: 1, traffic: FAILING },
        { nth: 2, active_after_ms: null }
      ]
    })
    await world.images(OLD_IMAGE)
    await world.api.call('GET', '/v2/deployments')
    world.clock.skip(10 * MINUTE_MS)
    const run = await bake({ 'health-check': 'false', 'rollback-on-failure': 'true' })
    expect(statusOf(run)).toBe('deployed')
    expect(warningOf(run)).toMatch(/Skipped `bake`, because revision [0-9a-f-]{36} is active instead\./)
    expect(await world.writes()).toEqual([PATCH])
  })

  test('over a limit shows no hint about servers that do not start', async () => {
    await traffic(HEALTHY, FAILING)
    const words = errorOf(await bake())
    expect(words).not.toMatch(/health check|Common causes/)
  })

  test('over a limit rolls back with `rollback-on-failure`', async () => {
    await traffic(HEALTHY, FAILING)
    const run = await bake({ 'rollback-on-failure': 'true' })
    expect(statusOf(run)).toBe('failed')
    expect(run.runner.outputs['rolled-back-to']).toMatch(/^[0-9a-f-]{36}$/)
    expect((await world.writes()).slice(0, 2)).toEqual([PATCH, REDEPLOY])
    expect(errorOf(run)).toMatch(/exceeded a limit of `bake`.*\nRolled back to the code of revision/s)
  })

  test('with too few runs ends with a notice', async () => {
    await traffic(HEALTHY, { ...FAILING, per_minute: 1, error_rate: 1 })
    const run = await bake()
    expect(statusOf(run)).toBe('deployed')
    expect(run.runner.texts('notice')).toEqual([
      expect.stringMatching(
        /^`bake` has no result: there were 1\d runs in 10 min plus 1 min for late traces, and `min-runs` is 20\./
      )
    ])
    expect(run.runner.texts('warning')).toEqual([])
    expect(summaryOf(run)).toContain('Bake: not enough runs in 10 min')
    expect(summaryOf(run)).toMatch(/\|\s+\| error rate \| 100% \|/)
    expect(statusOf(await bake({ 'image-uri': `${IMAGE}-b`, 'min-runs': '5' }))).toBe('deployed')
  })

  test('has its own time limit besides `timeout`', async () => {
    await traffic(HEALTHY, HEALTHY)
    const run = await bake({ bake: '2h', timeout: '2m' })
    expect(statusOf(run)).toBe('deployed')
    expect(secondsOf(run)).toBeGreaterThanOrEqual(7_200)
  })

  test('also runs for `command: wait` and `command: redeploy`', async () => {
    await traffic(FAILING, HEALTHY)
    await world.api.ask(200, 'PATCH', `/v2/deployments/${await deploymentId()}`, {
      source_revision_config: { image_uri: IMAGE }
    })
    const waited = await runMain(world, { command: 'wait', ...LIMITS })
    expect(statusOf(waited)).toBe('deployed')
    expect(said(waited)).toContain('Bake: within the limits for 10 min')
    const redeployed = await runMain(world, { command: 'redeploy', ...LIMITS })
    expect(statusOf(redeployed)).toBe('failed')
  })

  test('does not begin after a failed proof or with `wait: false`', async () => {
    await traffic(HEALTHY, HEALTHY, { faults: [{ path: '/agents/*/ok', times: null, action: 'status', status: 503 }] })
    const run = await bake()
    expect(statusOf(run)).toBe('failed')
    expect(said(run)).not.toContain('Bake:')
    const started = await bake({ 'image-uri': `${IMAGE}-b`, wait: 'false' })
    expect(statusOf(started)).toBe('started')
    expect(started.runner.texts('notice').join()).toContain('`bake` has no effect with `wait: false`')
  })

  test('sends no request without the input', async () => {
    await runMain(world, FROM_IMAGE)
    expect(await sessionCalls()).toEqual([])
  })
})

const deploymentId = async () => {
  const list = await world.api.ask(200, 'GET', '/v2/deployments')
  return String(at(list, 'resources', 0, 'id'))
}

describe('during a bake', () => {
  const inTheMiddle = (act: () => unknown) =>
    world.clock.onceInPause(async () => (await sessionCalls()).length >= 5, act)

  test('a newer revision supersedes ours, whose figures are ignored', async () => {
    const id = await traffic(HEALTHY, HEALTHY)
    inTheMiddle(async () => {
      await world.patch(id, { source_revision_config: { image_uri: `${IMAGE}-c` } })
    })
    const run = await bake()
    expect(statusOf(run)).toBe('superseded')
    expect(warningOf(run)).toContain('a newer revision is now active')
  })

  test('a deletion of the deployment fails the run', async () => {
    const id = await traffic(HEALTHY, HEALTHY)
    inTheMiddle(() => world.api.ask(204, 'DELETE', `/v2/deployments/${id}`))
    const run = await bake()
    expect(statusOf(run)).toBe('failed')
    expect(errorOf(run)).toMatch(/^(The d|D)eployment "agent" .*(deleted|no longer exists)/)
  })

  test.each(['leave', 'interrupt'])('a cancellation with on-cancel: %s interrupts nothing', async (onCancel) => {
    await traffic(HEALTHY, HEALTHY)
    const run = await bake(
      { 'on-cancel': onCancel },
      {
        meanwhile: ({ cancellation }) => inTheMiddle(() => cancellation.cancel())
      }
    )
    expect(statusOf(run)).toBe('cancelled')
    expect(errorOf(run)).toContain('is active and can no longer be interrupted')
    expect(await world.writes()).not.toContain(INTERRUPT)
  })

  test('an unresponsive LangSmith API costs only the time of the reads', async () => {
    await traffic(HEALTHY, FAILING)
    hurryTimeouts()
    await world.api.scenario({ faults: [{ path: '/api/v2/sessions/*', times: null, action: 'hang' }] })
    const run = await bake({ bake: '1m' })
    expect(statusOf(run)).toBe('deployed')
    expect(warningOf(run)).toContain('could not be read')
  })

  test('the LangSmith API may fail temporarily', async () => {
    await traffic(HEALTHY, HEALTHY)
    await world.api.scenario({
      revisions: [{ nth: 2, traffic: HEALTHY }],
      faults: [{ path: '/api/v2/sessions/*', nth: 4, times: 9, action: 'status', status: 503 }]
    })
    const run = await bake()
    expect(statusOf(run)).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([])
  })
})

describe('a run that cannot read the figures', () => {
  test.each([403, 500])('because of status %d passes with a warning', async (status) => {
    await traffic(HEALTHY, FAILING, { faults: [{ path: '/api/*/sessions/*', times: null, action: 'status', status }] })
    const run = await bake()
    expect(statusOf(run)).toBe('deployed')
    expect(warningOf(run)).toContain('so `bake` has no result. Check that the API key')
    expect(summaryOf(run)).toContain('Bake: no data for 10 min')
  })

  test('because the tracing project does not exist passes with a warning', async () => {
    await traffic(HEALTHY, FAILING, { server: { sessions_v1: 404, sessions_v2: 404 } })
    const run = await bake()
    expect(statusOf(run)).toBe('deployed')
    expect(run.runner.texts('warning')).toHaveLength(1)
  })

  test('from before the rollout shows only the new ones', async () => {
    await traffic(HEALTHY, HEALTHY, {
      faults: [{ path: '/api/*/sessions/*', times: 1, action: 'status', status: 403 }]
    })
    const run = await bake()
    expect(statusOf(run)).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([])
    expect(summaryOf(run)).toMatch(/\| latency p99 \| 2 s \| – \| 20 s \|/)
  })
})

test('the comment on a pull request shows the result of the bake', async () => {
  await traffic(HEALTHY, HEALTHY)
  await bake(
    { 'github-token': github.token, comment: 'true' },
    {
      event: { pull_request: { number: 7, head: { ref: 'topic', sha: HEAD_COMMIT, repo: { full_name: REPOSITORY } } } },
      variables: {
        GITHUB_API_URL: github.url,
        GITHUB_EVENT_NAME: 'pull_request',
        GITHUB_RUN_ID: '1001',
        GITHUB_SHA: COMMIT
      }
    }
  )
  const [comment] = await github.comments(7)
  expect(withoutReferences(comment?.body ?? '')).toMatch(
    /<br>✅ Bake: within the limits for 10 min plus 1 min for late traces: 6\d\d runs/
  )
  expect(comment?.body).toContain('/projects/p/')
})
