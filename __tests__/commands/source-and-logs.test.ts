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

/** Every deployment there is. */
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
  test('makes an empty deployment, uploads to it and makes its first revision', async () => {
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
    // What follows the upload was told by the plan of the create.
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

  test('knows the deployment by its ID once it is created, whatever a list of names says, and is deployed', async () => {
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

  test('does not create a second deployment where its own was deleted during the upload', async () => {
    const playing = deploy()
    while (!(await world.writes()).includes(UPLOAD)) await new Promise((done) => setTimeout(done, 2))
    for (const { id } of await all()) await world.api.ask(204, 'DELETE', `/v2/deployments/${String(id)}`)
    // The deletion falls before, or after, the last look at the deployment.
    expect(await failureOf(playing)).toMatchObject({ name: expect.stringMatching(/^(RefusalError|ApiError)$/) })
    expect((await world.writes()).filter((write) => write === CREATE)).toHaveLength(1)
  })

  test('that stands there needs no create', async () => {
    const id = await seed()
    const { facts } = await deploy()
    expect(facts).toMatchObject({ created: false, deployment: { id } })
    expect(await world.writes()).toEqual([UPLOAD, PATCH])
  })

  test('makes a new revision each time, also where nothing changed', async () => {
    const { facts } = await deploy()
    const { verdict } = await deploy({ 'skip-unchanged': 'true' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.revisions(String(facts.deployment?.id))).toHaveLength(2)
  })

  test('gives a new deployment its display name in the write that makes the revision', async () => {
    const { facts } = await deploy({ 'display-name': 'My agent' })
    expect((await world.deployment(String(facts.deployment?.id))).display_name).toBe('My agent')
    expect(await world.writes()).toEqual(FIRST_DEPLOY)
  })

  test('as a dry run sends nothing but reads', async () => {
    const { verdict } = await deploy({ 'dry-run': 'true' })
    expect(verdict.status).toBe('planned')
    expect(await world.writes()).toEqual([])
  })

  test('that cannot be packed sends nothing at all', async () => {
    const error = await failureOf(deploy({}, { ...SMALLEST, out: { link: '/etc/hostname' } }))
    expect(error).toMatchObject({ message: expect.stringContaining('out') })
    expect(await world.requests()).toEqual([])
  })

  test('that cannot be packed is told as a fault of the project, not as one of this action', async () => {
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

  test('is refused where the deployment was made from another source', async () => {
    await world.images(OLD_IMAGE)
    await expect(failureOf(deploy())).resolves.toMatchObject({ name: 'RefusalError' })
    expect(await world.writes()).toEqual([])
  })
})

describe('a create that begins empty', () => {
  const onCreate = (fault: Json) =>
    world.api.scenario({ faults: [{ method: 'POST', path: '/v2/deployments', ...fault }] })

  test.each<[string, Json]>([
    ['the connection is cut', { action: 'cut', commit: true }],
    ['504 is answered', { action: 'status', status: 504, commit: true }],
    ['504 is answered 2 s before it', { action: 'status', status: 504, commit: { after_ms: 2_000 } }],
    ['the answer is cut short', { action: 'cut_body' }]
  ])('and took effect is found and not sent again when %s', async (_, fault) => {
    await onCreate(fault)
    const { verdict, facts } = await deploy({ secrets: 'TOKEN=a secret value' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts.created).toBe(true)
    expect(await all()).toHaveLength(1)
    expect(await world.writes()).toEqual(FIRST_DEPLOY)
  })

  test('and left nothing is sent again', async () => {
    await onCreate({ action: 'cut' })
    const { facts } = await deploy()
    expect(facts.created).toBe(true)
    expect(await world.writes()).toEqual([CREATE, ...FIRST_DEPLOY])
  })

  /** Somebody else makes the deployment in the moment before ours: the look-up before the create finds nothing. */
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
    [
      'is answered 409 since somebody else was first',
      { method: 'POST', path: '/v2/deployments', nth: 9, action: 'cut' }
    ],
    ['gets no answer while somebody else was first', { method: 'POST', path: '/v2/deployments', action: 'cut' }]
  ])('and %s never sends a path that is none', async (_, fault) => {
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
  ])('%s once is made again on a fresh address', async (_, fault) => {
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
  ])('that is %s twice ends the run, which says what it left', async (_, fault) => {
    await onUpload(fault)
    const { runner } = await runMain(world, SOURCE, inWorkspace())
    expect(runner.texts('warning')).toEqual([expect.stringMatching(LEFT)])
    expect(runner.outputs).toMatchObject({ status: 'error', created: 'true' })
    expect(await world.writes()).toEqual([CREATE, UPLOAD, UPLOAD])
    expect(await all()).toHaveLength(1)
  })

  test('whose failure leaves what stood there before says nothing of an empty deployment', async () => {
    await seed()
    await onUpload({ action: 'cut', times: null })
    const { runner } = await runMain(world, SOURCE, inWorkspace())
    expect(runner.texts('warning')).toEqual([])
  })

  test.each<[string, Json]>([
    [
      'its look-up fails',
      { method: 'GET', path: '/v2/deployments/*/revisions', action: 'status', status: 403, times: null }
    ],
    [
      'its change is refused',
      { method: 'PATCH', path: '/v2/deployments/*', action: 'status', status: 422, times: null }
    ],
    [
      'no address is given',
      { method: 'POST', path: '/v2/deployments/*/upload-url', action: 'status', status: 403, times: null }
    ]
  ])('that did its part leaves an empty deployment when %s, and the run says so', async (_, fault) => {
    await world.api.scenario({ faults: [fault] })
    const { passed, runner } = await runMain(world, SOURCE, inWorkspace())
    expect(passed).toBe(false)
    expect(runner.texts('warning').join()).toMatch(LEFT)
  })

  test('that is refused is not told as a fault of the key or of its role', async () => {
    await onUpload({ action: 'status', status: 403, times: null })
    const { runner } = await runMain(world, SOURCE, inWorkspace())
    expect(runner.texts('error').join()).not.toMatch(/role|permissions|key/)
  })

  test('that is redirected is not told as a wrong control-plane-url', async () => {
    await onUpload({ action: 'redirect', location: 'https://elsewhere.example.com/?sig=topsecret', times: null })
    const { runner } = await runMain(world, SOURCE, inWorkspace())
    expect(runner.texts('error').join()).not.toMatch(/control-plane-url|is a \.|topsecret/)
  })

  test('that breaks is not told as a control plane that is out of reach', async () => {
    await onUpload({ action: 'cut', times: null })
    const { runner } = await runMain(world, SOURCE, inWorkspace())
    expect(runner.texts('error').join()).not.toMatch(/control-plane-url/)
  })

  test('that is cancelled says what it left, and neither it nor the post step looks for a write', async () => {
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
    expect(runner.texts('error').join()).not.toMatch(/write was in progress/)
    expect(memoryOf(runner)).toBeUndefined()
    expect((await runPost(world, SOURCE, runner.saved)).texts('info')).toEqual([])
  })
})

test('a run that is cancelled during its upload leaves the revision of another run alone', async () => {
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

describe('the write that makes the revision', () => {
  test('is found and not sent again when its answer is lost', async () => {
    await world.api.scenario({ faults: [{ method: 'PATCH', action: 'cut', commit: true }] })
    const { verdict, facts } = await deploy()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.writes()).toEqual(FIRST_DEPLOY)
    expect(await world.revisions(String(facts.deployment?.id))).toHaveLength(1)
  })

  test('is sent again when it left nothing, with the same archive', async () => {
    await world.api.scenario({ faults: [{ method: 'PATCH', action: 'cut' }] })
    const { verdict, facts } = await deploy()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.writes()).toEqual([...FIRST_DEPLOY, PATCH])
    expect(await world.revisions(String(facts.deployment?.id))).toHaveLength(1)
  })
})

describe('logs', () => {
  const LOG = '/v2/deployments/:id/revisions/:id/logs'
  const line = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`)
  const shownLines = (texts: readonly string[]) => texts.flatMap((text) => /^INFO {4}(line \d+)$/.exec(text)?.[1] ?? [])

  test.each([
    ['slowly', 40, { BUILDING: 260_000, DEPLOYING: 5_000 }],
    ['at once', 0, { BUILDING: 2_000, DEPLOYING: 2_000 }]
  ])(
    'of 5,000 lines that appear %s are shown whole and in order, with at most one request a look',
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
      // After the end the rest is read in one go.
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
    'come from the v1 routes where the v2 one is answered %d, which is asked twice',
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
    ['answer 500', { action: 'status', status: 500 }],
    ['answer 403', { action: 'status', status: 403 }],
    ['answer HTML', { action: 'html' }],
    ['are cut', { action: 'cut' }],
    ['answer what is no log', { action: 'status', status: 200, body: { nothing: true } }]
  ])('that %s are one warning and never the verdict', async (_, fault) => {
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

  test('that are off are not asked for', async () => {
    await world.api.scenario({ revisions: [{ final: 'BUILD_FAILED' }] })
    await world.play({ logs: 'off' })
    expect((await world.requests()).filter((request) => request.endsWith('/logs'))).toEqual([])
  })

  test('of a run that succeeds are not asked for unless streamed', async () => {
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

  test('tell a cause that is far from their end, and what to do about it', async () => {
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

  test('that were streamed are not asked for again to find the cause', async () => {
    const build_log = [CAUSE, ...line(60)]
    await world.api.scenario({ revisions: [{ final: 'BUILD_FAILED', build_log }] })
    const { facts } = await world.play({ logs: 'stream' })
    expect(facts.failureLog?.telling).toEqual([CAUSE])
    expect((await logRequests()).filter((request) => JSON.stringify(request).includes('desc'))).toEqual([])
  })

  test('that say only that the server was late lead to another run, and not to an import or a secret', async () => {
    await world.api.scenario({ revisions: [{ final: 'DEPLOY_FAILED' }] })
    const { verdict, facts } = await world.play({})
    expect(facts.failureLog?.advice).toMatch(/rerun this job/)
    expect(`${facts.failureLog?.advice} ${JSON.stringify(verdict)}`).not.toMatch(/import|secret/)
  })

  test('follow on to the revision that took over', async () => {
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

  test('of a revision that was awaited are shown too', async () => {
    await world.api.scenario({ revisions: [{ final: 'DEPLOY_FAILED', deploy_log: ['Error: no database'] }] })
    await world.play({ 'image-uri': IMAGE, wait: 'false' })
    const { verdict, facts } = await world.play({ command: 'wait' })
    expect(verdict.status).toBe('failed')
    expect(facts.failureLog?.telling).toEqual(['Error: no database'])
  })
})

describe('the log of a revision that is not deployed when the timeout passes', () => {
  const PULL = 'Back-off pulling image "ghcr.io/acme/agent:2": ImagePullBackOff'
  const PULL_ADVICE = 'The image could not be pulled'
  const TRACEBACK = [
    'Traceback (most recent call last):',
    '  File "/deps/agent/agent.py", line 3, in <module>',
    '    from tavily import TavilyClient',
    "ModuleNotFoundError: No module named 'tavily'"
  ]
  const WAIT_ON = /may still come up|Raise `timeout`|raise `timeout`/
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
  /** What a run says, and how long after its deadline it ends. */
  const late = async (given: Readonly<Record<string, string>> = inputs) => {
    const startedAt = world.clock.now()
    const { runner } = await runMain(world, given, 'image-uri' in given ? {} : inWorkspace())
    expect(runner.outputs.status).toBe('timed-out')
    return { runner, error: errorOf(runner), lateMs: world.clock.now() - startedAt - TIMEOUT_MS }
  }

  test.each([
    ['on-failure', 1],
    ['stream', 0]
  ])('is quoted with advice when an image cannot be pulled, with logs: %s', async (logs, groups) => {
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

  test('is the build log of a build that goes on', async () => {
    const build_log = ['ERROR: Could not find a version that satisfies the requirement tavily==9 (from versions: none)']
    await world.api.scenario({ revisions: [stuckIn('BUILDING', { build_log })] })
    const { error } = await late({ ...SOURCE, timeout: '5m' })
    expect(error).toContain(`The log shows:\n${build_log}`)
    expect(error).not.toMatch(WAIT_ON)
  })

  test('is the deploy log of one that is DEPLOYED and answers 503', async () => {
    await world.api.scenario({ revisions: [{ ok: [503], deploy_log: TRACEBACK }] })
    const { error } = await late({ ...inputs, timeout: '1m' })
    expect(error).toMatch(/timeout expired before its health check passed: GET \S+ returned 503/)
    expect(error).toContain("ModuleNotFoundError: No module named 'tavily'\n")
    expect(error).toContain('Add the package that provides `tavily`')
    expect(error).not.toMatch(WAIT_ON)
  })

  test('is quoted by `wait`, too', async () => {
    await world.api.scenario({ revisions: [stuckIn('DEPLOYING', { deploy_log: [PULL] })] })
    await world.play({ 'image-uri': IMAGE, wait: 'false' })
    const { error } = await late({ command: 'wait', timeout: '5m' })
    expect(error).toContain(PULL_ADVICE)
  })

  test('is read before the revision is interrupted, and more time is not advised then either', async () => {
    await world.api.scenario({ revisions: [stuckIn('DEPLOYING', { deploy_log: [PULL] })] })
    const { error } = await late({ ...inputs, 'on-timeout': 'interrupt' })
    expect(error).toMatch(/was interrupted/)
    expect(error).toContain(PULL_ADVICE)
    expect(error).not.toMatch(WAIT_ON)
  })

  test('that reads as usual leaves it at the advice to wait on', async () => {
    await world.api.scenario({ revisions: [stuckIn('DEPLOYING', { deploy_log: ['Starting'] })] })
    const { error } = await late()
    expect(error).toMatch(/It may still become active/)
    expect(error).not.toMatch(/log (shows|ends)|shows no cause/)
  })

  test.each<[string, Readonly<Record<string, string>>, Json]>([
    ['with logs: off', { logs: 'off' }, stuckIn('DEPLOYING', { deploy_log: [PULL] })],
    ['before there is one', {}, stuckIn('AWAITING_BUILD')],
    ['of an image before its rollout', {}, stuckIn('AWAITING_DEPLOY', { build_log: [PULL] })]
  ])('is not asked for %s', async (_, more, revision) => {
    await world.api.scenario({ revisions: [revision] })
    const { error } = await late({ ...inputs, ...more })
    expect(error).toMatch(/It may still become active/)
    expect(await logRequests()).toEqual([])
  })

  test.each<[string, Json]>([
    ['answers 500', { action: 'status', status: 500 }],
    ['answers 403', { action: 'status', status: 403 }],
    ['is cut', { action: 'cut' }],
    ['answers HTML', { action: 'html' }]
  ])('changes nothing where its route %s', async (_, fault) => {
    await world.api.scenario({
      revisions: [stuckIn('DEPLOYING', { deploy_log: [PULL] })],
      faults: [onLogs(fault)]
    })
    const { runner, error, lateMs } = await late()
    expect(error).toMatch(/It may still become active/)
    expect(runner.texts('warning')).toEqual([])
    expect(runner.texts('summary').join()).not.toContain('End of the')
    expect(await logRequests()).toHaveLength(1)
    expect(lateMs).toBeLessThan(10_000)
  })

  /** Lets a time pass, or something else happen, as soon as the log is asked for. */
  const atLogRequest = (action: (nth: number) => void) => {
    let told = 0
    const timer = setInterval(async () => {
      const { length } = await logRequests()
      for (; told < length; told += 1) action(told + 1)
    }, 5)
    afterThisTest(() => clearInterval(timer))
  }

  test('is read for ten seconds, and what was read by then is told', async () => {
    const deploy_log = [...Array.from({ length: 3_500 }, (_, index) => `line ${index}`), 'Error: 1']
    await world.api.scenario({
      revisions: [stuckIn('DEPLOYING', { deploy_log })],
      faults: [onLogs({ action: 'delay', ms: 50 })]
    })
    atLogRequest(() => world.clock.skip(5_000))
    const { error, lateMs } = await late()
    expect(error).toContain('The log shows:\nError: 1\n')
    expect(error).toMatch(/It may still become active/)
    expect(await logRequests()).toHaveLength(2)
    expect(lateMs).toBeLessThan(11_000)
  })

  test('is let be at once when the job is cancelled, and so is the run', async () => {
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
