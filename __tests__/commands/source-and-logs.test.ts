import { describe, expect, test } from '@jest/globals'
import { makeFolder, makeTree, SMALLEST, type Tree } from '../archive/support.ts'
import { create, type Json, records } from '../emulator/support.ts'
import { COMMIT } from '../inputs/environment.ts'
import { afterThisTest } from '../support/after-this-test.ts'
import { CREATE, PATCH, UPLOAD } from '../support/expected.ts'
import { failureOf } from '../support/failure.ts'
import { memoryOf, runMain, runPost } from '../support/run.ts'
import { at, IMAGE, OLD_IMAGE, useWorld } from '../support/world.ts'

const world = useWorld()

const FIRST_DEPLOY = [CREATE, UPLOAD, PATCH]

const SOURCE = { 'source-type': 'internal_source' }
const inWorkspace = (tree: Tree = SMALLEST) => ({
  variables: { GITHUB_WORKSPACE: makeTree(tree), RUNNER_TEMP: makeFolder() }
})
const deploy = (inputs: Readonly<Record<string, string>> = {}, tree: Tree = SMALLEST) =>
  world.play({ ...SOURCE, ...inputs }, inWorkspace(tree))

/** All existing deployments. */
async function all(): Promise<readonly Json[]> {
  return records((await world.api.ask(200, 'GET', '/v2/deployments')).resources)
}

const seed = async (body: Json = {}) => {
  const id = await create(world.api, {
    name: 'agent',
    source: 'internal_source',
    source_config: { deployment_type: 'dev_zero' },
    source_revision_config: {},
    secrets: [],
    ...body
  })
  return id
}

describe('a deploy of the workspace', () => {
  test('creates an empty deployment, uploads, and creates the first revision', async () => {
    const { verdict, facts, runner } = await deploy(
      { secrets: 'TOKEN=a value' },
      {
        ...SMALLEST,
        'langgraph.json': JSON.stringify({
          graphs: { agent: './agent.py:graph' },
          dependencies: ['.'],
          env: { MODE: 'b' }
        })
      }
    )
    const [deployment, ...others] = await all()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(others).toEqual([])
    expect(facts).toMatchObject({ created: true, own: true, revision: { status: 'DEPLOYED' } })
    expect(facts.revision?.id).toBe(deployment?.active_revision_id)
    expect(await world.writes()).toEqual(FIRST_DEPLOY)
    // The plan of the create already showed the steps after the upload.
    expect(runner.told.filter(({ kind }) => kind === 'group').map(({ name }) => name)).toEqual([
      expect.stringContaining('Plan: create the deployment')
    ])
    const [created, , patched] = await world.bodies()
    expect(created).toMatchObject({ source: 'internal_source', source_revision_config: {}, secrets: [{}, {}] })
    expect(patched).toEqual({
      revision_source: 'internal_source',
      source_revision_config: {
        source_tarball_path: expect.stringMatching(/^[0-9a-f/-]+\.tar\.gz$/),
        langgraph_config_path: 'langgraph.json'
      }
    })
    expect(await world.revisions(String(deployment?.id))).toHaveLength(1)
  })

  test('reads the new deployment by ID, even if the list of names lacks it', async () => {
    const hidden = {
      method: 'GET',
      path: '/v2/deployments',
      action: 'status',
      status: 200,
      body: { resources: [], offset: 0 },
      times: null
    }
    await world.api.scenario({
      faults: [hidden, { method: 'POST', path: '/v2/deployments', nth: 2, action: 'cut', commit: true }]
    })
    const { verdict, facts } = await deploy()
    expect(await world.writes()).toEqual(FIRST_DEPLOY)
    expect(verdict).toEqual({ status: 'deployed' })
    await world.api.scenario({})
    expect((await all()).map(({ id }) => id)).toEqual([facts.deployment?.id])
    expect(await world.revisions(String(facts.deployment?.id))).toHaveLength(1)
  })

  test('does not create a second deployment if its own was deleted during the upload', async () => {
    const playing = deploy()
    while (!(await world.writes()).includes(UPLOAD)) await new Promise((done) => setTimeout(done, 2))
    for (const { id } of await all()) await world.api.ask(204, 'DELETE', `/v2/deployments/${String(id)}`)
    // The deletion comes before or after the last read of the deployment.
    expect(await failureOf(playing)).toMatchObject({ name: expect.stringMatching(/^(RefusalError|ApiError)$/) })
    expect((await world.writes()).filter((write) => write === CREATE)).toHaveLength(1)
  })

  test('to an existing deployment needs no create', async () => {
    const id = await seed()
    const { facts } = await deploy()
    expect(facts).toMatchObject({ created: false, deployment: { id } })
    expect(await world.writes()).toEqual([UPLOAD, PATCH])
  })

  test('creates a new revision each time, even without changes', async () => {
    const { facts } = await deploy()
    const { verdict } = await deploy({ 'skip-unchanged': 'true' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.revisions(String(facts.deployment?.id))).toHaveLength(2)
  })

  test('sets the display name of a new deployment in the write of the revision', async () => {
    const { facts } = await deploy({ 'display-name': 'My agent' })
    expect((await world.deployment(String(facts.deployment?.id))).display_name).toBe('My agent')
    expect(await world.writes()).toEqual(FIRST_DEPLOY)
  })

  test('sends only reads in a dry run', async () => {
    const { verdict } = await deploy({ 'dry-run': 'true' })
    expect(verdict.status).toBe('planned')
    expect(await world.writes()).toEqual([])
  })

  test('writes nothing if the packing fails', async () => {
    const error = await failureOf(deploy({}, { ...SMALLEST, out: { link: '/etc/hostname' } }))
    expect(error).toMatchObject({ message: expect.stringContaining('out') })
    expect(await world.requests()).toEqual([])
  })

  test('reports a packing failure as a problem of the project', async () => {
    const { passed, runner } = await runMain(
      world,
      SOURCE,
      inWorkspace({ ...SMALLEST, out: { link: '/etc/hostname' } })
    )
    const [error] = runner.told.filter(({ kind }) => kind === 'error')
    expect(passed).toBe(false)
    expect(error?.text).toContain('out')
    expect(error?.name).not.toBe('Unexpected error')
  })

  test('is rejected if the deployment was created from another source', async () => {
    await world.images(OLD_IMAGE)
    await expect(failureOf(deploy())).resolves.toMatchObject({ name: 'RefusalError' })
    expect(await world.writes()).toEqual([])
  })
})

describe('a create without a revision', () => {
  const onCreate = (fault: Json) =>
    world.api.scenario({ faults: [{ method: 'POST', path: '/v2/deployments', ...fault }] })

  test.each<[string, Json]>([
    ['the connection is cut', { action: 'cut', commit: true }],
    ['the server returns 504', { action: 'status', status: 504, commit: true }],
    ['the server returns 504, and commits 2 s later', { action: 'status', status: 504, commit: { after_ms: 2_000 } }],
    ['the response is incomplete', { action: 'cut_body' }]
  ])('that took effect is found and not repeated if %s', async (_, fault) => {
    await onCreate(fault)
    const { verdict, facts } = await deploy({ secrets: 'TOKEN=a secret value' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.created).toBe(true)
    expect(await all()).toHaveLength(1)
    expect(await world.writes()).toEqual(FIRST_DEPLOY)
  })

  test('that had no effect is repeated', async () => {
    await onCreate({ action: 'cut' })
    const { facts } = await deploy()
    expect(facts.created).toBe(true)
    expect(await world.writes()).toEqual([CREATE, ...FIRST_DEPLOY])
  })

  /** Another run creates the deployment right before ours, after the lookup of ours found nothing. */
  const overtaken = (fault: Json) => ({
    faults: [
      {
        method: 'GET',
        path: '/v2/deployments',
        action: 'status',
        status: 200,
        body: { resources: [], offset: 0 }
      },
      fault
    ]
  })

  test.each<[string, Json]>([
    ['gets 409 because another run was first', { method: 'POST', path: '/v2/deployments', nth: 9, action: 'cut' }],
    ['gets no response while another run was first', { method: 'POST', path: '/v2/deployments', action: 'cut' }]
  ])('that %s never causes a write with an invalid path', async (_, fault) => {
    await seed({ secrets: [{ name: 'THEIRS', value: 'x' }] })
    await world.api.scenario(overtaken(fault))
    const outcome = await deploy({ secrets: 'OURS=y' }).catch((error: unknown) => error)
    const paths = (await world.bodies()).map((body) => at(body, 'source_revision_config', 'source_tarball_path'))
    expect(paths.filter((path) => path !== undefined && !String(path).endsWith('.tar.gz'))).toEqual([])
    expect(outcome).toMatchObject({ verdict: { status: 'deployed' }, facts: { created: false } })
  })
})

describe('an upload', () => {
  const onUpload = (fault: Json) => world.api.scenario({ faults: [{ method: 'PUT', path: '/storage/**', ...fault }] })
  const LEFT = /created deployment "agent".*has no revision yet.*`command: delete`/

  test.each<[string, Json]>([
    ['that is cut', { action: 'cut' }],
    ['that is refused', { action: 'status', status: 403 }],
    ['whose store is down', { action: 'status', status: 503 }]
  ])('%s once is repeated with a new URL', async (_, fault) => {
    await onUpload(fault)
    const { verdict } = await deploy()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.writes()).toEqual([CREATE, UPLOAD, UPLOAD, PATCH])
    const paths = new Set((await world.api.requests()).filter(({ method }) => method === 'PUT').map(({ path }) => path))
    expect([...paths].filter((path) => String(path).startsWith('/storage'))).toHaveLength(2)
  })

  test.each<[string, Json]>([
    ['cut', { action: 'cut', times: null }],
    ['refused', { action: 'status', status: 403, times: null }]
  ])('that is %s twice fails the run, which reports the empty deployment', async (_, fault) => {
    await onUpload(fault)
    const { runner } = await runMain(world, SOURCE, inWorkspace())
    expect(runner.texts('warning')).toEqual([expect.stringMatching(LEFT)])
    expect(runner.outputs).toMatchObject({ status: 'error', created: 'true' })
    expect(await world.writes()).toEqual([CREATE, UPLOAD, UPLOAD])
    expect(await all()).toHaveLength(1)
  })

  test('that fails for an existing deployment reports no empty deployment', async () => {
    await seed()
    await onUpload({ action: 'cut', times: null })
    const { runner } = await runMain(world, SOURCE, inWorkspace())
    expect(runner.texts('warning')).toEqual([])
  })

  test.each<[string, Json]>([
    [
      'the next read fails',
      { method: 'GET', path: '/v2/deployments/*/revisions', action: 'status', status: 403, times: null }
    ],
    [
      'the write of the revision is refused',
      { method: 'PATCH', path: '/v2/deployments/*', action: 'status', status: 422, times: null }
    ],
    [
      'no upload URL is returned',
      { method: 'POST', path: '/v2/deployments/*/upload-url', action: 'status', status: 403, times: null }
    ]
  ])('that succeeds leaves an empty deployment with a warning if %s', async (_, fault) => {
    await world.api.scenario({ faults: [fault] })
    const { passed, runner } = await runMain(world, SOURCE, inWorkspace())
    expect(passed).toBe(false)
    expect(runner.texts('warning').join()).toMatch(LEFT)
  })

  test('that is refused is not reported as a problem of the key or its role', async () => {
    await onUpload({ action: 'status', status: 403, times: null })
    const { runner } = await runMain(world, SOURCE, inWorkspace())
    expect(runner.texts('error').join()).not.toMatch(/role|permissions|key/)
  })

  test('that is redirected is not reported as a wrong control-plane-url', async () => {
    await onUpload({ action: 'redirect', location: 'https://elsewhere.example.com/?sig=topsecret', times: null })
    const { runner } = await runMain(world, SOURCE, inWorkspace())
    expect(runner.texts('error').join()).not.toMatch(/control-plane-url|follow redirects|topsecret/)
  })

  test('that fails is not reported as an unreachable control plane', async () => {
    await onUpload({ action: 'cut', times: null })
    const { runner } = await runMain(world, SOURCE, inWorkspace())
    expect(runner.texts('error').join()).not.toMatch(/control-plane-url/)
  })

  test('that is canceled reports the empty deployment, and neither the run nor the post step searches for a write', async () => {
    await onUpload({ action: 'hang' })
    const { runner } = await runMain(world, SOURCE, {
      ...inWorkspace(),
      meanwhile: ({ cancellation }) => {
        const timer = setInterval(async () => {
          if (
            !(await world.api.requests()).some(
              ({ method, path }) => method === 'PUT' && String(path).startsWith('/storage')
            )
          )
            return
          clearInterval(timer)
          cancellation.cancel()
        }, 20)
      }
    })
    expect(runner.outputs.status).toBe('cancelled')
    expect(runner.texts('warning')).toEqual([expect.stringMatching(LEFT)])
    expect(runner.texts('error').join()).not.toMatch(/request was in progress/)
    expect(memoryOf(runner)).toBeUndefined()
    expect((await runPost(world, SOURCE, runner.saved)).texts('info')).toEqual([])
  })
})

test('a cancellation during an upload does not interrupt the revision of another run', async () => {
  await world.api.scenario({
    faults: [{ method: 'PUT', path: '/storage/**', action: 'hang' }],
    revisions: [{ statuses: ['BUILDING'], final: null }]
  })
  const inputs = { ...SOURCE, 'on-cancel': 'interrupt' }
  const { runner } = await runMain(world, inputs, {
    ...inWorkspace(),
    meanwhile: ({ cancellation }) => {
      const timer = setInterval(async () => {
        const requests = await world.api.requests()
        if (!requests.some(({ method, path }) => method === 'PUT' && String(path).startsWith('/storage'))) return
        clearInterval(timer)
        cancellation.cancel()
      }, 20)
    }
  })
  await world.play({ ...SOURCE, wait: 'false' }, inWorkspace())
  await runPost(world, inputs, { memory: JSON.stringify(memoryOf(runner) ?? null) })
  const [deployment] = await all()
  const statuses = (await world.revisions(String(deployment?.id))).map(({ status }) => status)
  expect(statuses).toEqual(['BUILDING'])
})

describe('the write of the revision', () => {
  test('is found and not repeated after a lost response', async () => {
    await world.api.scenario({ faults: [{ method: 'PATCH', action: 'cut', commit: true }] })
    const { verdict, facts } = await deploy()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.writes()).toEqual(FIRST_DEPLOY)
    expect(await world.revisions(String(facts.deployment?.id))).toHaveLength(1)
  })

  test('is repeated with the same archive if it had no effect', async () => {
    await world.api.scenario({ faults: [{ method: 'PATCH', action: 'cut' }] })
    const { verdict, facts } = await deploy()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.writes()).toEqual([...FIRST_DEPLOY, PATCH])
    expect(await world.revisions(String(facts.deployment?.id))).toHaveLength(1)
  })
})

describe('the logs of a rollout', () => {
  const LOG = '/v2/deployments/:id/revisions/:id/logs'
  const line = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`)
  const shownLines = (texts: readonly string[]) => texts.flatMap((text) => /^INFO {4}(line \d+)$/.exec(text)?.[1] ?? [])

  test.each([
    ['slowly', 40, { BUILDING: 260_000, DEPLOYING: 5_000 }],
    ['at once', 0, { BUILDING: 2_000, DEPLOYING: 2_000 }]
  ])(
    'with 5,000 lines that appear %s are complete and in order, with at most one request per poll',
    async (_, pace, durations) => {
      await world.api.scenario({
        revisions: [{ build_log: line(5_000), deploy_log: ['up'], log_line_ms: pace, durations }]
      })
      const { verdict, runner } = await world.play({ logs: 'stream' })
      expect(verdict).toEqual({ status: 'deployed' })
      expect(shownLines(runner.texts('info'))).toEqual(line(5_000))
      expect(runner.texts('info').filter((text) => text === 'INFO    up')).toHaveLength(1)
      const requests = await world.requests()
      const looks = requests.filter((request) => request === 'GET /v2/deployments/:id/revisions/:id').length
      const reads = requests.filter((request) => request === `GET ${LOG}`).length
      // After the end, the rest is read at once.
      const last = requests.lastIndexOf('GET /v2/deployments/:id/revisions/:id')
      const whileGoing = requests.slice(0, last).filter((request) => request === `GET ${LOG}`).length
      expect(whileGoing).toBeLessThanOrEqual(looks)
      expect(reads - whileGoing).toBeLessThanOrEqual(8)
      if (process.env.SHOW_FIGURES) console.log({ pace, looks, reads, whileGoing })
    }
  )

  test('of an image are its deploy log', async () => {
    await world.api.scenario({ revisions: [{ deploy_log: line(3) }] })
    const { runner } = await world.play({ 'image-uri': IMAGE, logs: 'stream' })
    expect(shownLines(runner.texts('info'))).toEqual(line(3))
    expect(runner.told.filter(({ kind }) => kind === 'begin').map(({ name }) => name)).toEqual(['Deploy log'])
  })

  test.each([404, 405])(
    'are read from the v1 routes if the v2 route returns %d, which is requested twice',
    async (status) => {
      await world.api.scenario({
        revisions: [{ build_log: line(30), log_line_ms: 30, commit: COMMIT }],
        faults: [{ path: '/v2/deployments/*/revisions/*/logs', action: 'status', status, times: null }]
      })
      const { verdict, runner } = await world.play({ logs: 'stream' })
      expect(verdict).toEqual({ status: 'deployed' })
      expect(shownLines(runner.texts('info'))).toEqual(line(30))
      const requests = await world.requests()
      expect(requests.filter((request) => request === `GET ${LOG}`)).toHaveLength(2)
      expect(requests.some((request) => request === 'POST /v1/projects/:id/revisions/:id/build_logs')).toBe(true)
      expect(runner.texts('warning')).toEqual([])
    }
  )

  test.each<[string, Json]>([
    ['return 500', { action: 'status', status: 500 }],
    ['return 403', { action: 'status', status: 403 }],
    ['return HTML', { action: 'html' }],
    ['are cut', { action: 'cut' }],
    ['return an invalid log', { action: 'status', status: 200, body: { nothing: true } }]
  ])('that %s cause one warning and do not change the verdict', async (_, fault) => {
    const faults = ['/v2/deployments/*/revisions/*/logs', '/v1/projects/**'].map((path) => ({
      path,
      times: null,
      ...fault
    }))
    await world.api.scenario({ faults, revisions: [{ commit: COMMIT }] })
    const passing = await world.play({ logs: 'stream' })
    expect(passing.verdict).toEqual({ status: 'deployed' })
    expect(passing.runner.texts('warning')).toEqual([
      expect.stringMatching(/logs could not be read.*continuing without/s)
    ])
    await world.api.scenario({ faults, revisions: [{ final: 'BUILD_FAILED', commit: COMMIT }] })
    const failing = await world.play({})
    expect(failing.verdict.status).toBe('failed')
    expect(failing.runner.texts('warning')).toEqual([expect.stringMatching(/could not be read/)])
  })

  test('are not read with logs: off', async () => {
    await world.api.scenario({ revisions: [{ final: 'BUILD_FAILED' }] })
    await world.play({ logs: 'off' })
    expect((await world.requests()).filter((request) => request.endsWith('/logs'))).toEqual([])
  })

  test('of a successful run are only read with logs: stream', async () => {
    await world.play({})
    expect((await world.requests()).filter((request) => request.endsWith('/logs'))).toEqual([])
  })

  test.each([
    ['BUILD_FAILED', 'build'],
    ['DEPLOY_FAILED', 'deploy'],
    ['CREATE_FAILED', 'build']
  ] as const)('of %s end with the last 50 lines of the %s log', async (final, kind) => {
    const texts = line(60)
    await world.api.scenario({
      revisions: [
        {
          statuses: final === 'CREATE_FAILED' ? ['CREATING', 'BUILDING', final] : undefined,
          final,
          build_log: texts,
          deploy_log: texts
        }
      ].map((rule) => JSON.parse(JSON.stringify(rule)))
    })
    const { facts } = await world.play({})
    expect(facts.failureLog).toEqual({
      kind,
      revisionId: facts.revision?.id,
      lines: texts.slice(-50).map((text) => `INFO    ${text}`),
      telling: texts.slice(-3),
      isTelling: false,
      isCause: false,
      advice: kind === 'deploy' ? expect.stringContaining('shows no cause') : ''
    })
  })

  const logRequests = async () =>
    (await world.api.requests()).filter(({ path }) => String(path).split('?')[0]?.endsWith('/logs'))
  const CAUSE = "ModuleNotFoundError: No module named 'tavily'"

  test('show a cause far from the end, with advice', async () => {
    const build_log = [...line(1_500), { message: CAUSE, level: 'ERROR' }, ...line(1_500)]
    await world.api.scenario({ revisions: [{ final: 'BUILD_FAILED', build_log }] })
    const { facts } = await world.play({})
    expect(facts.failureLog).toMatchObject({
      telling: [CAUSE],
      isCause: true,
      advice: expect.stringMatching(/^Add the package that provides `tavily` to the dependencies/)
    })
    expect(facts.failureLog?.lines).toHaveLength(50)
    expect(await logRequests()).toHaveLength(2)
  })

  test('that were streamed are not read again for the cause', async () => {
    const build_log = [CAUSE, ...line(60)]
    await world.api.scenario({ revisions: [{ final: 'BUILD_FAILED', build_log }] })
    const { facts } = await world.play({ logs: 'stream' })
    expect(facts.failureLog?.telling).toEqual([CAUSE])
    expect((await logRequests()).filter((request) => JSON.stringify(request).includes('desc'))).toEqual([])
  })

  test('with only a late server lead to the advice to rerun, not to hints about imports or secrets', async () => {
    await world.api.scenario({ revisions: [{ final: 'DEPLOY_FAILED' }] })
    const { verdict, facts } = await world.play({})
    expect(facts.failureLog?.advice).toMatch(/rerun this job/)
    expect(`${facts.failureLog?.advice} ${JSON.stringify(verdict)}`).not.toMatch(/import|secret/)
  })

  test('continue with the newer revision that is followed', async () => {
    await world.images(OLD_IMAGE)
    await world.api.scenario({
      revisions: [
        {
          nth: 2,
          push: { at: 'QUEUED', source_revision_config: { image_uri: 'ghcr.io/acme/agent:9' } },
          final: 'SKIPPED',
          deploy_log: []
        },
        { nth: 3, deploy_log: ['line 9'] }
      ]
    })
    const { verdict, runner } = await world.play({ 'image-uri': IMAGE, logs: 'stream', 'on-superseded': 'follow' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(shownLines(runner.texts('info'))).toEqual(['line 9'])
  })

  test('of an awaited revision are shown', async () => {
    await world.api.scenario({ revisions: [{ final: 'DEPLOY_FAILED', deploy_log: ['Error: no database'] }] })
    await world.play({ 'image-uri': IMAGE, wait: 'false' })
    const { verdict, facts } = await world.play({ command: 'wait' })
    expect(verdict.status).toBe('failed')
    expect(facts.failureLog?.telling).toEqual(['Error: no database'])
  })
})

describe('the log of a revision that is not deployed at the timeout', () => {
  const PULL = 'Back-off pulling image "ghcr.io/acme/agent:2": ImagePullBackOff'
  const PULL_ADVICE = 'The image could not be pulled'
  const TRACEBACK = [
    'Traceback (most recent call last):',
    '  File "/deps/agent/agent.py", line 3, in <module>',
    '    from tavily import TavilyClient',
    "ModuleNotFoundError: No module named 'tavily'"
  ]
  const WAIT_ON = /may still become active|Raise `timeout`|raise `timeout`/
  const TIMEOUT_MS = 300_000
  const inputs = { 'image-uri': IMAGE, timeout: '5m' }
  const stuckIn = (status: string, more: Json = {}) => ({
    statuses: ['CREATING', 'QUEUED', 'AWAITING_BUILD', status],
    final: null,
    ...more
  })
  const logRequests = async () => (await world.requests()).filter((request) => /\/(logs|\w+_logs)$/.test(request))
  const onLogs = (fault: Json) => ({ path: '/v2/deployments/*/revisions/*/logs', times: null, ...fault })
  const errorOf = (runner: { texts(kind: 'error'): readonly string[] }) => {
    expect(runner.texts('error')).toHaveLength(1)
    return runner.texts('error').join()
  }
  /** The messages of a run, and the time from its deadline to its end. */
  const late = async (given: Readonly<Record<string, string>> = inputs) => {
    const startedAt = world.clock.now()
    const { runner } = await runMain(world, given, 'image-uri' in given ? {} : inWorkspace())
    expect(runner.outputs.status).toBe('timed-out')
    return { runner, error: errorOf(runner), lateMs: world.clock.now() - startedAt - TIMEOUT_MS }
  }

  test.each([
    ['on-failure', 1],
    ['stream', 0]
  ])('is quoted with advice if an image cannot be pulled, with logs: %s', async (logs, groups) => {
    await world.api.scenario({ revisions: [stuckIn('DEPLOYING', { deploy_log: ['Pulling', PULL] })] })
    const { runner, error } = await late({ ...inputs, logs })
    expect(error).toMatch(/expired while revision \S+ was DEPLOYING/)
    expect(error).toContain(`The log shows:\n${PULL}\n${PULL_ADVICE}`)
    expect(error).not.toMatch(WAIT_ON)
    expect(runner.texts('summary').join()).toContain(PULL_ADVICE)
    expect(runner.texts('summary').join()).toContain('End of the deploy log (2 lines)')
    expect(runner.told.filter(({ kind, name }) => kind === 'group' && /^Deploy log/.test(name))).toHaveLength(groups)
    expect(runner.texts('warning')).toEqual([])
  })

  test('is the build log of a build in progress', async () => {
    const build_log = ['ERROR: Could not find a version that satisfies the requirement tavily==9 (from versions: none)']
    await world.api.scenario({ revisions: [stuckIn('BUILDING', { build_log })] })
    const { error } = await late({ ...SOURCE, timeout: '5m' })
    expect(error).toContain(`The log shows:\n${build_log}`)
    expect(error).not.toMatch(WAIT_ON)
  })

  test('is the deploy log of a DEPLOYED revision that returns 503', async () => {
    await world.api.scenario({ revisions: [{ ok: [503], deploy_log: TRACEBACK }] })
    const { error } = await late({ ...inputs, timeout: '1m' })
    expect(error).toMatch(/timeout expired before its health check passed: GET \S+ returned 503/)
    expect(error).toContain("ModuleNotFoundError: No module named 'tavily'\n")
    expect(error).toContain('Add the package that provides `tavily`')
    expect(error).not.toMatch(WAIT_ON)
  })

  test('is quoted by `wait`', async () => {
    await world.api.scenario({ revisions: [stuckIn('DEPLOYING', { deploy_log: [PULL] })] })
    await world.play({ 'image-uri': IMAGE, wait: 'false' })
    const { error } = await late({ command: 'wait', timeout: '5m' })
    expect(error).toContain(PULL_ADVICE)
  })

  test('is read before the interruption, and then omits the advice to raise the timeout', async () => {
    await world.api.scenario({ revisions: [stuckIn('DEPLOYING', { deploy_log: [PULL] })] })
    const { error } = await late({ ...inputs, 'on-timeout': 'interrupt' })
    expect(error).toMatch(/was interrupted/)
    expect(error).toContain(PULL_ADVICE)
    expect(error).not.toMatch(WAIT_ON)
  })

  test('without a cause leaves the advice to wait longer', async () => {
    await world.api.scenario({ revisions: [stuckIn('DEPLOYING', { deploy_log: ['Starting'] })] })
    const { error } = await late()
    expect(error).toMatch(/The revision may still become active/)
    expect(error).not.toMatch(/log shows|shows no cause/)
  })

  test.each<[string, Readonly<Record<string, string>>, Json]>([
    ['with logs: off', { logs: 'off' }, stuckIn('DEPLOYING', { deploy_log: [PULL] })],
    ['before it exists', {}, stuckIn('AWAITING_BUILD')],
    ['of an image before its rollout', {}, stuckIn('AWAITING_DEPLOY', { build_log: [PULL] })]
  ])('is not read %s', async (_, more, revision) => {
    await world.api.scenario({ revisions: [revision] })
    const { error } = await late({ ...inputs, ...more })
    expect(error).toMatch(/The revision may still become active/)
    expect(await logRequests()).toEqual([])
  })

  test.each<[string, Json]>([
    ['returns 500', { action: 'status', status: 500 }],
    ['returns 403', { action: 'status', status: 403 }],
    ['is cut', { action: 'cut' }],
    ['returns HTML', { action: 'html' }]
  ])('changes nothing if its route %s', async (_, fault) => {
    await world.api.scenario({
      revisions: [stuckIn('DEPLOYING', { deploy_log: [PULL] })],
      faults: [onLogs(fault)]
    })
    const { runner, error, lateMs } = await late()
    expect(error).toMatch(/The revision may still become active/)
    expect(runner.texts('warning')).toEqual([])
    expect(runner.texts('summary').join()).not.toContain('End of the')
    expect(await logRequests()).toHaveLength(1)
    expect(lateMs).toBeLessThan(10_000)
  })

  /** Calls a function or skips time on the first request for the log. */
  const atLogRequest = (action: (nth: number) => void) => {
    let told = 0
    const timer = setInterval(async () => {
      const { length } = await logRequests()
      for (; told < length; told += 1) action(told + 1)
    }, 5)
    afterThisTest(() => clearInterval(timer))
  }

  test('is read for up to ten seconds, and the lines so far are shown', async () => {
    const deploy_log = [...Array.from({ length: 3_500 }, (_, index) => `line ${index}`), 'Error: 1']
    await world.api.scenario({
      revisions: [stuckIn('DEPLOYING', { deploy_log })],
      faults: [onLogs({ action: 'delay', ms: 50 })]
    })
    atLogRequest(() => world.clock.skip(5_000))
    const { error, lateMs } = await late()
    expect(error).toContain('The log shows:\nError: 1\n')
    expect(error).toMatch(/The revision may still become active/)
    expect(await logRequests()).toHaveLength(2)
    expect(lateMs).toBeLessThan(11_000)
  })

  test('does not delay a cancellation', async () => {
    await world.api.scenario({
      revisions: [stuckIn('DEPLOYING', { deploy_log: [PULL] })],
      faults: [onLogs({ action: 'hang' })]
    })
    const startedAt = performance.now()
    const { runner } = await runMain(
      world,
      { ...inputs, 'on-cancel': 'interrupt' },
      { meanwhile: ({ cancellation }) => atLogRequest(cancellation.cancel) }
    )
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    expect(runner.outputs).toMatchObject({ status: 'cancelled', 'revision-status': 'INTERRUPTED' })
  })
})
