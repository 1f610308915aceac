import { describe, expect, jest, test } from '@jest/globals'
import { withMark } from '../src/github/comment-mark.ts'
import { post } from '../src/post.ts'
import { at, create, dockerBody, type Json } from './emulator/support.ts'
import { KEY } from './inputs/environment.ts'
import { afterThisTest } from './support/after-this-test.ts'
import { INTERRUPT } from './support/expected.ts'
import { fakeRunner } from './support/fake-runner.ts'
import { useGithubServer } from './support/github-server.ts'
import { inTurn, type Reply, startServer } from './support/http-server.ts'
import { hurryTimeouts } from './support/real-time.ts'
import { destinationAt, memoryOf, runMain, runPost, savedAt } from './support/run.ts'
import { FROM_IMAGE, IMAGE, idsOf, OLD_IMAGE, REPOSITORY, useWorld } from './support/world.ts'

const world = useWorld()

const LOOK = 'GET /v2/deployments/:id/revisions/:id'
const SENT = { repo_ref: null, langgraph_config_path: null, image_uri: IMAGE, source_tarball_path: null }
const UNKNOWN = '00000000-0000-4000-8000-000000000000'

/** A create of an image that was about to be sent. */
const CREATE = {
  name: 'agent',
  known: [],
  sent: SENT,
  isUnique: false,
  created: { source: 'external_docker', secretNames: [], makesRevision: true, sentAt: 0 }
}

/** What a main step saves that was killed at some point. */
const memory = (change: Json = {}) => ({
  memory: JSON.stringify({
    done: false,
    interrupt: true,
    isCertain: true,
    mayHaveActed: true,
    intent: CREATE,
    ...change,
    // However it ended, these are its words.
    ...(change.verdict ? { verdict: { status: change.verdict, reason: 'r', advice: 'a', passes: false } } : {})
  })
})
/** A deployment with a revision that goes on for ever, as if a run had been killed right after its write. */
async function leftBehind(): Promise<{ readonly deploymentId: string; readonly revisionId: string }> {
  await world.api.scenario({ revisions: [{ final: null }] })
  const deploymentId = await create(
    world.api,
    dockerBody({ name: 'agent', source_revision_config: { image_uri: IMAGE } })
  )
  return { deploymentId, revisionId: idsOf(await world.revisions(deploymentId))[0] ?? '' }
}
const statusOf = async (deploymentId: string) => (await world.revisions(deploymentId))[0]?.status

describe('after an orderly end', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['without a write', {}],
    ['with a write that was settled', memory({ done: true, deploymentId: UNKNOWN, revisionId: UNKNOWN })]
  ])('%s the post step does nothing', async (_, states) => {
    const runner = await runPost(world, FROM_IMAGE, states)
    expect(await world.requests()).toEqual([])
    expect(runner.told.filter(({ kind }) => kind !== 'mask')).toEqual([])
  })

  test('the post step does nothing with what a real run has saved', async () => {
    const { runner } = await runMain(world, FROM_IMAGE)
    const before = (await world.requests()).length
    await runPost(world, FROM_IMAGE, runner.saved)
    expect(await world.requests()).toHaveLength(before)
  })
})

describe('the environment of a deployment that the post step reads', () => {
  test('is removed from what it prints, and not masked: the outputs of the run may hold it', async () => {
    const { deploymentId, revisionId } = await leftBehind()
    const { tenant_id } = await world.deployment(deploymentId)
    const values = [String(tenant_id), deploymentId, 'sk-0123456789abcdef', 'hunter2xyz']
    const secrets = values.map((value, index) => ({ name: `API_KEY_${index}`, value }))
    const source_config = { custom_url: 'https://me:cUstom-Pa55@agent.example.com' }
    await world.api.ask(200, 'PATCH', `/v2/deployments/${deploymentId}`, { secrets, source_config })
    const detail = 'sk-0123456789abcdef and hunter2xyz and cUstom-Pa55 are wrong'
    await world.api.scenario({
      faults: [{ method: 'GET', path: '**/revisions', action: 'status', status: 400, body: { detail }, times: null }]
    })
    const open = memory({ deploymentId, intent: { name: 'agent', deploymentId, known: [revisionId], sent: SENT } })
    const runner = await runPost(world, FROM_IMAGE, open)
    expect(runner.texts('warning')).toEqual([expect.stringContaining('*** and *** and *** are wrong')])
    expect(runner.texts('mask')).toEqual([KEY])
  })
})

describe('a write that was cut off by the cancellation', () => {
  test.each<[string, boolean, 'leave' | 'interrupt', number]>([
    ['a create', false, 'interrupt', 0],
    ['a create', false, 'leave', 0],
    ['a patch', true, 'interrupt', 0],
    ['a patch', true, 'leave', 0],
    ['a create', false, 'interrupt', 5_000],
    ['a patch', true, 'interrupt', 5_000]
  ])(
    'is looked up by the post step: %s (exists: %s, on-cancel: %s, takes effect after %d ms)',
    async (_, exists, onCancel, after_ms) => {
      if (exists) await world.images(OLD_IMAGE)
      const target = exists ? { method: 'PATCH' } : { method: 'POST', path: '/v2/deployments' }
      const faults = [
        { ...target, action: 'cut', commit: { after_ms } },
        // The cancellation comes while the run looks for the first time.
        { method: 'GET', path: exists ? '**/revisions' : '/v2/deployments', nth: 2, action: 'status', status: 503 }
      ]
      await world.api.scenario({ revisions: [{ final: null }], faults })
      const inputs = { ...FROM_IMAGE, 'on-cancel': onCancel }
      const { runner } = await runMain(world, inputs, {
        meanwhile: ({ cancellation }) => world.clock.duringPauses(cancellation.cancel)
      })
      expect(runner.outputs.status).toBe('cancelled')
      expect(memoryOf(runner)).toMatchObject({ done: false })
      world.clock.restart()

      const after = await runPost(world, inputs, runner.saved)
      const { resources } = await world.api.ask(200, 'GET', '/v2/deployments')
      const id = idsOf(resources as Json[])[0] ?? ''
      const [ours] = idsOf(await world.revisions(id))
      // Another run may have deployed the same image, so this one is told and never interrupted.
      expect(await statusOf(id)).not.toBe('INTERRUPTED')
      expect(after.texts('warning')).toEqual([
        expect.stringMatching(
          onCancel === 'interrupt'
            ? new RegExp(`${ours} was not interrupted.* It is in deployment "agent" \\(${id}\\)`)
            : new RegExp(`${ours} of deployment "agent" \\(${id}\\)`)
        )
      ])
      expect((await world.writes()).slice(1)).toEqual([])
      // The summary of the run says that this is looked for; the page is not to end with that.
      expect(runner.texts('summary').join()).toContain('the post step checks what it changed')
      expect(after.texts('summary')).toEqual([expect.stringMatching(new RegExp(`^After the run of agent: .*${ours} `))])
    }
  )

  test('and left nothing is looked for during 10 s, and that is said', async () => {
    await world.images(OLD_IMAGE)
    const since = world.clock.now()
    const runner = await runPost(world, FROM_IMAGE, memory({ intent: { ...CREATE, name: 'new-agent' } }))
    expect(runner.texts('info')).toEqual([expect.stringContaining('The post step found no effect of its last request')])
    expect(runner.texts('warning')).toEqual([])
    expect(await world.requests()).toHaveLength(5)
    expect(world.clock.now() - since).toBeGreaterThanOrEqual(10_000)
    expect(world.clock.now() - since).toBeLessThan(20_000)
  })

  test.each<[string, (ids: readonly string[]) => Json]>([
    ['that stood there before', (known) => ({ known, sent: SENT })],
    ['of another image', () => ({ known: [], sent: { ...SENT, image_uri: OLD_IMAGE } })]
  ])('is never taken for a revision %s', async (_, intent) => {
    const { deploymentId } = await leftBehind()
    const known = idsOf(await world.revisions(deploymentId))
    await runPost(world, FROM_IMAGE, memory({ intent: { name: 'agent', deploymentId, ...intent(known) } }))
    expect(await world.writes()).toEqual([])
  })
})

describe('a write that did nothing', () => {
  test.each([
    ['throttled', { action: 'status', status: 429, times: null }],
    ['in conflict', { action: 'status', status: 409, times: null }]
  ])('since it was %s, is not looked up after a cancellation', async (_, fault) => {
    await world.images(OLD_IMAGE)
    await world.api.scenario({ faults: [{ method: 'PATCH', ...fault }] })
    const { runner } = await runMain(world, FROM_IMAGE, {
      meanwhile: ({ cancellation }) => world.clock.duringPauses(cancellation.cancel)
    })
    expect(runner.outputs.status).toBe('cancelled')
    expect(runner.texts('error').join()).not.toContain('A write was under way')
    const before = (await world.requests()).length
    const after = await runPost(world, FROM_IMAGE, runner.saved)
    expect(await world.requests()).toHaveLength(before)
    expect(after.told.filter(({ kind }) => kind !== 'mask')).toEqual([])
  })

  test('is not looked up after the run was killed: what is there is not ours', async () => {
    const { deploymentId } = await leftBehind()
    await runPost(world, FROM_IMAGE, memory({ mayHaveActed: false }))
    expect(await statusOf(deploymentId)).not.toBe('INTERRUPTED')
    expect(await world.requests()).toEqual([])
  })
})

describe('a create whose answer was lost', () => {
  const told = (id: string) => expect.stringContaining(id)
  test.each<[string, Json, boolean]>([
    ['is known by its source and the names of its secrets', { secretNames: ['A'] }, true],
    ['is not one of another source', { source: 'internal_source', secretNames: ['A'] }, false],
    ['is not one without a secret of ours', { secretNames: ['A', 'B'] }, false],
    ['is not one with a secret of somebody else', { secretNames: [] }, false],
    ['is not one that was created long before', { secretNames: ['A'], sentAt: Date.now() + 86_400_000 }, false]
  ])('%s', async (_, traits, isOurs) => {
    await world.api.scenario({ revisions: [{ final: null }] })
    const body = { name: 'agent', source_revision_config: { image_uri: IMAGE }, secrets: [{ name: 'A', value: 'x' }] }
    const id = await create(world.api, dockerBody(body))
    const [revision = ''] = idsOf(await world.revisions(id))
    const runner = await runPost(
      world,
      FROM_IMAGE,
      memory({ intent: { ...CREATE, created: { ...CREATE.created, ...traits } } })
    )
    expect(runner.texts('warning')).toEqual(isOurs ? [told(revision)] : [])
    expect(await statusOf(id)).not.toBe('INTERRUPTED')
  })

  test('is interrupted only where no other run can have made the same', async () => {
    const { deploymentId, revisionId } = await leftBehind()
    const runner = await runPost(world, FROM_IMAGE, memory({ intent: { ...CREATE, isUnique: true } }))
    expect(await statusOf(deploymentId)).toBe('INTERRUPTED')
    expect(runner.texts('notice')).toEqual([told(revisionId)])
    expect(runner.texts('warning')).toEqual([])
  })
})

describe('an interruption', () => {
  const onInterruption = (fault: Json) => ({
    revisions: [{ final: null }],
    faults: [{ method: 'POST', path: '**/interruption', ...fault }]
  })

  test.each<[string, Json]>([
    ['fails', { action: 'status', status: 503, times: 2 }],
    ['is throttled', { action: 'status', status: 429, times: 2 }],
    ['times out', { action: 'status', status: 408, times: 2 }],
    ['is cut', { action: 'cut', times: 2 }]
  ])('that %s is repeated', async (_, fault) => {
    const ids = await leftBehind()
    await world.api.scenario(onInterruption(fault))
    const runner = await runPost(world, FROM_IMAGE, memory(ids))
    expect(await world.writes()).toEqual([INTERRUPT, INTERRUPT, INTERRUPT])
    expect(await statusOf(ids.deploymentId)).toBe('INTERRUPTED')
    expect(runner.texts('notice')).toEqual([expect.stringContaining('was interrupted')])
    expect(runner.texts('warning')).toEqual([])
  })

  test('that never succeeds is told so, in time', async () => {
    const ids = await leftBehind()
    await world.api.scenario(onInterruption({ action: 'status', status: 503, times: null }))
    const since = world.clock.now()
    const runner = await runPost(world, FROM_IMAGE, memory(ids))
    expect(runner.texts('warning')).toEqual([expect.stringContaining('could not be interrupted in time')])
    expect(world.clock.now() - since).toBeLessThan(20_000)
  })
})

describe('a run that was killed while it waited', () => {
  test('has its revision interrupted without a look-up, where it wished that', async () => {
    const ids = await leftBehind()
    const runner = await runPost(world, FROM_IMAGE, memory(ids))
    expect(await world.requests()).toEqual([LOOK, INTERRUPT])
    expect(await statusOf(ids.deploymentId)).toBe('INTERRUPTED')
    expect(runner.texts('notice')).toEqual([expect.stringMatching(new RegExp(`${ids.revisionId}.*was interrupted`))])
    expect(runner.texts('warning')).toEqual([])
    // The page of the run says what became of it, and not where that is to be read.
    expect(runner.texts('summary')).toEqual([expect.stringMatching(new RegExp(`${ids.revisionId}.* was interrupted`))])
  })

  test('has its revision left alone where it did not wish that', async () => {
    const ids = await leftBehind()
    const runner = await runPost(world, FROM_IMAGE, memory({ ...ids, interrupt: false }))
    expect(await world.requests()).toEqual([])
    expect(runner.texts('warning')).toEqual([expect.stringMatching(new RegExp(`left revision ${ids.revisionId}`))])
  })

  test('right after the answer has the revision interrupted that the answer named', async () => {
    const { deploymentId, revisionId } = await leftBehind()
    await runPost(world, FROM_IMAGE, memory({ deploymentId, namedId: revisionId }))
    expect(await statusOf(deploymentId)).toBe('INTERRUPTED')
    expect(await world.requests()).toEqual(['GET /v2/deployments/:id', LOOK, LOOK, INTERRUPT])
  })

  test.each<[string, Json, boolean]>([
    ['is told where the answer named none', {}, true],
    ['is not taken for the one that the answer named while that cannot be read', { namedId: UNKNOWN }, false]
  ])('right after the answer leaves one that agrees, which %s', async (_, named, isTold) => {
    const { deploymentId, revisionId } = await leftBehind()
    const runner = await runPost(world, FROM_IMAGE, memory({ deploymentId, ...named }))
    expect(await statusOf(deploymentId)).not.toBe('INTERRUPTED')
    expect(runner.texts('warning').join().includes(revisionId)).toBe(isTold)
  })

  test('leaves a revision alone that has ended by itself meanwhile', async () => {
    const ids = await leftBehind()
    await world.api.scenario({
      faults: [
        { method: 'GET', path: '**', action: 'status', status: 200, body: { id: ids.revisionId, status: 'DEPLOYED' } }
      ]
    })
    const runner = await runPost(world, FROM_IMAGE, memory(ids))
    expect(await world.requests()).toEqual([LOOK])
    expect(runner.texts('info')).toEqual([expect.stringMatching(/since ended \(DEPLOYED\)/)])
    expect(runner.texts('warning')).toEqual([])
  })

  test('is settled also when a later step has removed the file of secrets', async () => {
    const ids = await leftBehind()
    await runPost(world, { ...FROM_IMAGE, 'secrets-file': 'prod.env' }, memory(ids), { files: {} })
    expect(await statusOf(ids.deploymentId)).toBe('INTERRUPTED')
  })
})

describe('the post step never fails the job', () => {
  test.each<[string, Reply]>([
    ['refuses the key', { status: 401, json: { detail: 'Invalid API key' } }],
    ['does not know the deployment', { status: 404, json: { detail: `Deployment ID ${UNKNOWN} not found.` } }],
    ['is out of order', { status: 500, json: {} }],
    ['throttles', { status: 429, headers: { 'retry-after': '3600' } }],
    ['cuts every connection', 'cut'],
    ['answers HTML', { headers: { 'content-type': 'text/html' }, text: '<html></html>' }],
    ['answers something else', { json: [] }]
  ])('and is done within 20 s with one warning when the server %s', async (_, reply) => {
    const server = await startServer(inTurn(reply))
    for (const change of [{ deploymentId: UNKNOWN, revisionId: UNKNOWN }, { deploymentId: UNKNOWN }, {}]) {
      const since = world.clock.now()
      const runner = await runPost(world, FROM_IMAGE, memory({ ...change, destination: destinationAt(server.url) }))
      expect(runner.texts('warning')).toEqual([expect.stringMatching(/^The run ended/)])
      expect(runner.texts('error')).toEqual([])
      expect(world.clock.now() - since).toBeLessThan(20_000)
    }
  })

  test('and is done within 20 s when the server never answers', async () => {
    hurryTimeouts()
    const server = await startServer(inTurn('hang'))
    const since = performance.now()
    for (const change of [{ deploymentId: UNKNOWN, revisionId: UNKNOWN }, {}]) {
      const runner = await runPost(world, FROM_IMAGE, memory({ ...change, destination: destinationAt(server.url) }))
      expect(runner.texts('warning')).toHaveLength(1)
    }
    expect(performance.now() - since).toBeLessThan(4_000)
  })

  test.each([
    ['is broken', '{"done": fal'],
    ['does not say where the run was', JSON.stringify({ ...JSON.parse(memory().memory), destination: null })]
  ])('when what was saved %s', async (_, saved) => {
    const runner = await runPost(world, FROM_IMAGE, { memory: saved })
    expect(runner.texts('warning')).toEqual([expect.stringMatching(/^The run ended early/)])
    expect(await world.requests()).toEqual([])
  })

  test('and masks the key first', async () => {
    const runner = await runPost(world, FROM_IMAGE, memory())
    expect(runner.told[0]).toEqual({ kind: 'mask', name: '', text: KEY })
  })
})

const github = await useGithubServer({ repository: REPOSITORY })

describe('GitHub, which was told of the run', () => {
  const ALWAYS = Number.POSITIVE_INFINITY
  const BOT = 'github-actions[bot]'
  const SHA = 'fedcba9876543210fedcba9876543210fedcba98'
  const MARK = { name: 'agent', place: 'c0ffee123456' }
  const COMMENT = { ...MARK, pullRequest: 7 }
  const EVENT = { pull_request: { number: 7, head: { sha: SHA, repo: { full_name: REPOSITORY } } } }

  /** What GitHub has of a run that is under way, and what the run saved of it. */
  async function begun(run = { id: 1001, attempt: 1 }) {
    const payload = { langsmith: { ...MARK, deployment_id: null, revision_id: null } }
    const statuses = [{ state: 'in_progress' as const }]
    const deployment = github.addDeployment({ sha: SHA, environment: 'staging', payload, statuses }, BOT)
    const comment = await github.addComment(7, withMark('### ⏳ agent: deploying', COMMENT, run), BOT)
    return {
      plan: {
        asked: MARK.name,
        isId: false,
        place: MARK.place,
        isPreview: false,
        channels: { environment: 'staging', comment: 7 },
        run
      },
      state: { begun: true, deployment, comment }
    }
  }

  const githubAccess = () => ({ apiUrl: github.url, token: github.token, repository: REPOSITORY })
  /** The post step of a run on a pull request. */
  async function postOf(
    states: Readonly<Record<string, string>>,
    inputs: Readonly<Record<string, string>> = {},
    variables: Readonly<Record<string, string>> = {}
  ) {
    const runner = fakeRunner({
      states: savedAt(states, destinationAt(world.api.emulator.url, githubAccess())),
      event: EVENT,
      inputs: { 'control-plane-url': world.api.emulator.url, ...FROM_IMAGE, 'github-token': github.token, ...inputs },
      variables: { GITHUB_API_URL: github.url, GITHUB_RUN_ID: '1001', GITHUB_REPOSITORY: REPOSITORY, ...variables }
    })
    await post(runner, world.clock)
    return runner
  }
  const lastStates = () => github.deployments().map(({ statuses }) => statuses.at(-1)?.state)
  const headings = async () => (await github.comments(7)).map(({ body }) => /^### .*$/m.exec(body)?.[0])

  test('is told that a killed run is over, and the page of the run is told too', async () => {
    const ids = await leftBehind()
    const runner = await postOf(memory({ ...ids, feedback: await begun() }))
    expect(lastStates()).toEqual(['inactive'])
    expect(github.deployments()[0]?.statuses.at(-1)).toMatchObject({
      description: expect.stringContaining(ids.revisionId),
      log_url: `https://github.com/${REPOSITORY}/actions/runs/1001`
    })
    expect(await headings()).toEqual(['### 🛑 agent: cancelled'])
    expect((await github.comments(7))[0]?.body).toContain(ids.revisionId.slice(0, 8))
    expect(runner.texts('summary')).toEqual([expect.stringMatching(/^## 🛑 agent: cancelled\n/)])
    expect(runner.texts('summary')[0]).toContain(ids.revisionId)
    // The control plane was seen to as ever.
    expect(await statusOf(ids.deploymentId)).toBe('INTERRUPTED')
    expect(runner.texts('notice')).toEqual([expect.stringContaining('was interrupted')])
    expect(runner.texts('warning')).toEqual([])
  })

  test.each([
    ['a verdict that there is none of', { verdict: { status: 'weird' } }],
    ['a feedback without its plan', { feedback: { state: {} } }]
  ])('does not keep a revision from being interrupted by %s', async (_, damage) => {
    const ids = await leftBehind()
    const [text = ''] = Object.values(memory({ ...ids, feedback: await begun() }))
    const runner = await postOf({ memory: JSON.stringify({ ...JSON.parse(text), ...damage }) })
    expect(await statusOf(ids.deploymentId)).toBe('INTERRUPTED')
    expect(runner.texts('warning')).toContainEqual(
      expect.stringMatching(/Could not report the end of the run|The feedback by `comment` failed/)
    )
  })

  test.each([
    ['deployed', 'success', '✅'],
    ['failed', 'failure', '❌'],
    ['timed-out', 'failure', '⌛'],
    ['superseded', 'inactive', '⏭️'],
    ['cancelled', 'inactive', '🛑']
  ])('is told the verdict that there is already (%s), and nothing else is done', async (verdict, state, mark) => {
    const ids = { deploymentId: UNKNOWN, revisionId: UNKNOWN }
    const runner = await postOf(memory({ ...ids, done: true, verdict, feedback: await begun() }))
    expect(lastStates()).toEqual([state])
    expect(await headings()).toEqual([`### ${mark} agent: ${verdict}`])
    expect(await world.requests()).toEqual([])
    expect(runner.told.filter(({ kind }) => kind !== 'mask')).toEqual([])
  })

  test('is asked nothing when it was told the end', async () => {
    await begun()
    const runner = await postOf(memory({ done: true, verdict: 'deployed' }))
    expect(github.requests()).toEqual([])
    expect(await world.requests()).toEqual([])
    expect(runner.told.filter(({ kind }) => kind !== 'mask')).toEqual([])
  })

  test('is told although the run was killed before its write', async () => {
    const runner = await postOf({ memory: JSON.stringify({ done: false, feedback: await begun() }) })
    expect([lastStates(), await headings()]).toEqual([['inactive'], ['### 🛑 agent: cancelled']])
    expect(runner.texts('summary')).toHaveLength(1)
    expect(runner.texts('warning')).toEqual([])
    expect(await world.requests()).toEqual([])
  })

  test('gets no new deployment for a run that is over', async () => {
    const { plan } = await begun()
    await github.reset()
    await postOf({ memory: JSON.stringify({ done: false, feedback: { plan, state: { begun: true } } }) })
    expect(github.deployments()).toEqual([])
    expect(await headings()).toEqual(['### 🛑 agent: cancelled'])
  })

  test('keeps the words of a later run', async () => {
    const feedback = await begun({ id: 1002, attempt: 1 })
    await postOf(
      memory({
        ...(await leftBehind()),
        feedback: { ...feedback, plan: { ...feedback.plan, run: { id: 1001, attempt: 1 } } }
      })
    )
    expect(await headings()).toEqual(['### ⏳ agent: deploying'])
    expect(lastStates()).toEqual(['inactive'])
  })

  test.each<[string, () => void, RegExp]>([
    [
      'forbids it',
      () => {
        github.deny('deployments')
      },
      /^Could not set the status of the GitHub deployment: .*`permissions: deployments: write`/
    ],
    [
      'is down',
      () => github.fault({ times: ALWAYS, action: 'cut' }),
      /^Could not set the status of the GitHub deployment: GitHub could not be reached/
    ],
    [
      'is out of order',
      () => github.fault({ times: ALWAYS, action: { status: 503 } }),
      /^Could not set the status of the GitHub deployment: GitHub returned 503/
    ]
  ])('costs one warning and less than 20 s when it %s; LangSmith is seen to', async (_, arrange, says) => {
    const ids = await leftBehind()
    const { plan, state } = await begun()
    const feedback = { plan: { ...plan, channels: { environment: 'staging' } }, state }
    arrange()
    const since = world.clock.now()
    const runner = await postOf(memory({ ...ids, feedback }))
    expect(world.clock.now() - since).toBeLessThan(20_000)
    expect(runner.texts('warning').filter((text) => text.includes('GitHub'))).toEqual([expect.stringMatching(says)])
    expect(runner.texts('error')).toEqual([])
    expect(await statusOf(ids.deploymentId)).toBe('INTERRUPTED')
    expect(runner.texts('summary')).toHaveLength(1)
  })

  test('gets ten seconds in all, of which a request is given what is left', async () => {
    const { plan, state } = await begun()
    github.fault({ times: ALWAYS, action: { status: 503 } })
    const timeout = jest.spyOn(AbortSignal, 'timeout')
    afterThisTest(() => timeout.mockRestore())
    // The first pause between two tries takes a while.
    world.clock.duringPauses((nth) => (nth === 1 ? world.clock.skip(6_000) : undefined))
    await postOf(
      memory({
        done: true,
        verdict: 'deployed',
        feedback: { plan: { ...plan, channels: { environment: 'staging' } }, state }
      })
    )
    const [first, second = 0] = timeout.mock.calls.map(([ms]) => ms)
    expect(first).toBeGreaterThan(9_900)
    expect(first).toBeLessThanOrEqual(10_000)
    expect(second).toBeGreaterThan(1_500)
    expect(second).toBeLessThanOrEqual(3_000)
  })

  test('costs less than 20 s when it never answers', async () => {
    hurryTimeouts()
    const ids = await leftBehind()
    const feedback = await begun()
    github.fault({ times: ALWAYS, action: 'hang' })
    const since = performance.now()
    const runner = await postOf(memory({ ...ids, feedback }))
    // A limit of ten seconds is a tenth of one here.
    expect(performance.now() - since).toBeLessThan(1_000)
    expect(runner.texts('warning').filter((text) => text.includes('did not respond in time')).length).toBeGreaterThan(0)
    expect(await statusOf(ids.deploymentId)).toBe('INTERRUPTED')
  })

  test('is told also when LangSmith does not answer', async () => {
    hurryTimeouts()
    const server = await startServer(inTurn('hang'))
    const feedback = await begun()
    const ids = { deploymentId: UNKNOWN, revisionId: UNKNOWN }
    const destination = destinationAt(server.url, githubAccess())
    const runner = await postOf(memory({ ...ids, feedback, destination }))
    expect([lastStates(), await headings()]).toEqual([['inactive'], ['### 🛑 agent: cancelled']])
    expect(runner.texts('warning')).toEqual([expect.stringMatching(/^The run ended/)])
  })

  test.each([
    ['no longer exists', '', '`github-token` is empty'],
    ['is another one', 'ghs_of_somebody_else', '`github-token` differs from the key that the run used']
  ])('is not asked when the token %s by then, and that is one warning', async (_, token, says) => {
    const ids = await leftBehind()
    const runner = await postOf(memory({ ...ids, feedback: await begun() }), { 'github-token': token })
    expect(github.requests()).toEqual([])
    expect(await statusOf(ids.deploymentId)).toBe('INTERRUPTED')
    expect(runner.texts('warning')).toEqual([
      `GitHub evaluates the inputs again for the post step, and this time ${says}. The end of the run was not reported to GitHub.`
    ])
    expect(runner.texts('notice')).toEqual([expect.stringContaining('was interrupted')])
  })

  test('is asked where the run was, whatever address the runner names by then', async () => {
    const other = await startServer(inTurn({ json: {} }))
    await postOf(
      memory({ done: true, verdict: 'deployed', feedback: await begun() }),
      {},
      { GITHUB_API_URL: other.url }
    )
    expect(lastStates()).toEqual(['success'])
    expect(other.requests).toEqual([])
  })

  test('and LangSmith are named in one warning when both keys are gone', async () => {
    const ids = await leftBehind()
    const runner = await postOf(memory({ ...ids, feedback: await begun() }), { 'api-key': '', 'github-token': '' })
    expect(runner.texts('warning')).toEqual([
      expect.stringMatching(
        /`api-key` is empty and `github-token` is empty\. .*The end of the run was not reported to GitHub\.$/
      )
    ])
    expect([await world.requests(), github.requests()]).toEqual([[], []])
  })

  test('is never told the key or the token', async () => {
    await postOf(memory({ ...(await leftBehind()), feedback: await begun() }))
    const sent = JSON.stringify(github.requests())
    expect(github.requests().length).toBeGreaterThan(2)
    for (const secret of [KEY, github.token]) expect(sent.includes(secret)).toBe(false)
  })
})

describe('the inputs, which the runner evaluates anew for the post step,', () => {
  test.each<[string, () => Readonly<Record<string, string>>]>([
    ['come empty', () => ({ 'control-plane-url': '', region: '', name: '', 'image-uri': '' })],
    ['name a region', () => ({ 'control-plane-url': '', region: 'eu' })],
    ['make no sense', () => ({ 'control-plane-url': 'nonsense', region: 'mars', 'workspace-id': '?' })]
  ])('change nothing when they %s: the key goes where the run was', async (_, inputs) => {
    const ids = await leftBehind()
    const runner = await runPost(world, inputs(), memory(ids))
    expect(await world.requests()).toEqual([LOOK, INTERRUPT])
    expect(runner.texts('notice')).toEqual([expect.stringContaining('was interrupted')])
    expect(runner.texts('warning')).toEqual([])
  })

  test('send the key nowhere else when they name another control plane', async () => {
    const ids = await leftBehind()
    const other = await startServer(inTurn({ json: {} }))
    await runPost(world, { 'control-plane-url': other.url }, memory(ids))
    expect(other.requests).toEqual([])
    expect(await world.requests()).toEqual([LOOK, INTERRUPT])
  })

  test.each<[string, string, Json | undefined, RegExp]>([
    ['no key', '', undefined, /`api-key` is empty\. The run left revision ID of deployment ID behind/],
    [
      'another key',
      'lsv2_pt_of_elsewhere',
      undefined,
      /`api-key` differs from the key that the run used\. The run left revision/
    ],
    ['no key after a write', '', {}, /`api-key` is empty\. The run ended during a request for "agent"/]
  ])('send nothing when they hold %s, and that is one warning', async (_, key, known, says) => {
    const ids = await leftBehind()
    const runner = await runPost(world, { 'api-key': key }, memory(known ?? ids))
    expect(await world.requests()).toEqual([])
    const [warning = '', ...more] = runner.texts('warning')
    expect(warning.replaceAll(ids.revisionId, 'ID').replaceAll(ids.deploymentId, 'ID')).toMatch(says)
    expect(warning).toMatch(/Check the deployment in LangSmith\.$/)
    expect(more).toEqual([])
  })

  test('are compared with what was saved of a real run, which holds no key', async () => {
    await world.api.scenario({ revisions: [{ final: null }] })
    const { runner } = await runMain(
      world,
      { ...FROM_IMAGE, 'github-token': 'ghs_0123456789', 'on-cancel': 'interrupt' },
      { meanwhile: ({ cancellation }) => world.clock.duringPauses((nth) => nth === 3 && cancellation.cancel()) }
    )
    const { destination, ...rest } = memoryOf(runner) ?? {}
    expect(destination).toMatchObject({
      controlPlane: { url: world.api.emulator.url },
      github: { apiUrl: 'https://api.github.com' }
    })
    const saved = JSON.stringify(runner.told.filter(({ kind }) => kind === 'state'))
    for (const key of [KEY, 'ghs_0123456789']) expect(saved).not.toContain(key)
    const killed = { memory: JSON.stringify({ ...rest, destination, done: false, interrupt: true }) }
    await runPost(world, { 'control-plane-url': '' }, killed)
    expect((await world.requests()).slice(-2)).toEqual([INTERRUPT, LOOK])
  })
})

describe('a workspace that was written by its name', () => {
  test('is the one in which the post step looks', async () => {
    const tenant = '00000000-0000-4000-8000-00000000000a'
    const headers = { 'X-Tenant-Id': tenant }
    await world.api.scenario({ revisions: [{ final: null }] })
    const body = dockerBody({ name: 'agent', source_revision_config: { image_uri: IMAGE } })
    const made = await world.api.call('POST', '/v2/deployments', { headers, body })
    const id = String(made.body.id)
    const destination = { ...destinationAt(world.api.emulator.url), workspaceId: tenant }
    await runPost(
      world,
      { ...FROM_IMAGE, 'workspace-id': 'Team' },
      memory({ deploymentId: id, namedId: made.body.latest_revision_id, destination })
    )
    const { body: listed } = await world.api.call('GET', `/v2/deployments/${id}/revisions`, { headers })
    expect(listed.resources).toMatchObject([{ status: 'INTERRUPTED' }])
    const tenants = (await world.api.requests()).slice(1, -1).map(({ headers: sent }) => at(sent, 'x-tenant-id'))
    expect(new Set(tenants)).toEqual(new Set([tenant]))
  })
})
