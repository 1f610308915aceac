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

/** The intent to create a deployment of an image. */
const CREATE = {
  name: 'agent',
  known: [],
  sent: SENT,
  isUnique: false,
  created: { source: 'external_docker', secretNames: [], makesRevision: true, sentAt: 0 }
}

/** The saved state of a killed main step. */
const memory = (change: Json = {}) => ({
  memory: JSON.stringify({
    done: false,
    interrupt: true,
    isCertain: true,
    mayHaveActed: true,
    intent: CREATE,
    ...change,
    // The text is the same for every verdict.
    ...(change.verdict ? { verdict: { status: change.verdict, reason: 'r', advice: 'a', passes: false } } : {})
  })
})
/** Creates a deployment with an endless revision, as a run does that is killed right after its write. */
async function leftBehind(): Promise<{ readonly deploymentId: string; readonly revisionId: string }> {
  await world.api.scenario({ revisions: [{ final: null }] })
  const deploymentId = await create(
    world.api,
    dockerBody({ name: 'agent', source_revision_config: { image_uri: IMAGE } })
  )
  return { deploymentId, revisionId: idsOf(await world.revisions(deploymentId))[0] ?? '' }
}
const statusOf = async (deploymentId: string) => (await world.revisions(deploymentId))[0]?.status

describe('the post step after a normal end', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['without a write', {}],
    ['after a settled write', memory({ done: true, deploymentId: UNKNOWN, revisionId: UNKNOWN })]
  ])('does nothing %s', async (_, states) => {
    const runner = await runPost(world, FROM_IMAGE, states)
    expect(await world.requests()).toEqual([])
    expect(runner.told.filter(({ kind }) => kind !== 'mask')).toEqual([])
  })

  test('does nothing with the saved state of a real run', async () => {
    const { runner } = await runMain(world, FROM_IMAGE)
    const before = (await world.requests()).length
    await runPost(world, FROM_IMAGE, runner.saved)
    expect(await world.requests()).toHaveLength(before)
  })
})

describe('the environment of a deployment that the post step reads', () => {
  test('is removed from its log, but not masked, because the outputs of the run may contain it', async () => {
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
    expect(runner.texts('info').join('\n')).toContain('*** and *** and *** are wrong')
    expect(runner.texts('warning')).toEqual([
      expect.stringMatching(
        /^The run ended early\. The post step could not check what the run changed \(LangSmith returned 400/
      )
    ])
    expect(runner.texts('mask')).toEqual([KEY])
  })
})

describe('a write during the cancellation', () => {
  test.each<[string, boolean, 'leave' | 'interrupt', number]>([
    ['a creation', false, 'interrupt', 0],
    ['a creation', false, 'leave', 0],
    ['a patch', true, 'interrupt', 0],
    ['a patch', true, 'leave', 0],
    ['a creation', false, 'interrupt', 5_000],
    ['a patch', true, 'interrupt', 5_000]
  ])(
    'is followed up by the post step: %s (exists: %s, on-cancel: %s, takes effect after %d ms)',
    async (_, exists, onCancel, after_ms) => {
      if (exists) await world.images(OLD_IMAGE)
      const target = exists ? { method: 'PATCH' } : { method: 'POST', path: '/v2/deployments' }
      const faults = [
        { ...target, action: 'cut', commit: { after_ms } },
        // The cancellation occurs during the first search.
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
      // Another run may have deployed the same image, so this revision is reported and never interrupted.
      expect(await statusOf(id)).not.toBe('INTERRUPTED')
      expect(after.texts('warning')).toEqual([
        expect.stringMatching(
          onCancel === 'interrupt'
            ? new RegExp(`Revision ${ours} of deployment "agent" \\(${id}\\) was not interrupted, because`)
            : new RegExp(`${ours} of deployment "agent" \\(${id}\\)`)
        )
      ])
      expect((await world.writes()).slice(1)).toEqual([])
      // The summary of the run announces the search, so the post step must add the result.
      expect(runner.texts('summary').join()).toContain('the post step checks its effect')
      expect(after.texts('summary')).toEqual([expect.stringMatching(new RegExp(`^After the run of agent: .*${ours} `))])
    }
  )

  test('without an effect is searched for 10 s, and the log states the result', async () => {
    await world.images(OLD_IMAGE)
    const since = world.clock.now()
    const runner = await runPost(world, FROM_IMAGE, memory({ intent: { ...CREATE, name: 'new-agent' } }))
    expect(runner.texts('info')).toEqual([
      expect.stringContaining('The post step found no effect of the last request of the run')
    ])
    expect(runner.texts('warning')).toEqual([])
    expect(await world.requests()).toHaveLength(5)
    expect(world.clock.now() - since).toBeGreaterThanOrEqual(10_000)
    expect(world.clock.now() - since).toBeLessThan(20_000)
  })

  test.each<[string, (ids: readonly string[]) => Json]>([
    ['that existed before', (known) => ({ known, sent: SENT })],
    ['of another image', () => ({ known: [], sent: { ...SENT, image_uri: OLD_IMAGE } })]
  ])('is not confused with a revision %s', async (_, intent) => {
    const { deploymentId } = await leftBehind()
    const known = idsOf(await world.revisions(deploymentId))
    await runPost(world, FROM_IMAGE, memory({ intent: { name: 'agent', deploymentId, ...intent(known) } }))
    expect(await world.writes()).toEqual([])
  })
})

describe('a write without an effect', () => {
  test.each([
    ['throttled', { action: 'status', status: 429, times: null }],
    ['in conflict', { action: 'status', status: 409, times: null }]
  ])('that was %s is not searched for after a cancellation', async (_, fault) => {
    await world.images(OLD_IMAGE)
    await world.api.scenario({ faults: [{ method: 'PATCH', ...fault }] })
    const { runner } = await runMain(world, FROM_IMAGE, {
      meanwhile: ({ cancellation }) => world.clock.duringPauses(cancellation.cancel)
    })
    expect(runner.outputs.status).toBe('cancelled')
    expect(runner.texts('error').join()).not.toContain('A request was in progress')
    const before = (await world.requests()).length
    const after = await runPost(world, FROM_IMAGE, runner.saved)
    expect(await world.requests()).toHaveLength(before)
    expect(after.told.filter(({ kind }) => kind !== 'mask')).toEqual([])
  })

  test('is not searched for after a killed run, because the present revision is by another run', async () => {
    const { deploymentId } = await leftBehind()
    await runPost(world, FROM_IMAGE, memory({ mayHaveActed: false }))
    expect(await statusOf(deploymentId)).not.toBe('INTERRUPTED')
    expect(await world.requests()).toEqual([])
  })
})

describe('a creation whose response was lost', () => {
  const told = (id: string) => expect.stringContaining(id)
  test.each<[string, Json, boolean]>([
    ['is recognized by its source and the names of its secrets', { secretNames: ['A'] }, true],
    ['is not recognized with another source', { source: 'internal_source', secretNames: ['A'] }, false],
    ['is not recognized without one of the secrets', { secretNames: ['A', 'B'] }, false],
    ['is not recognized with an additional secret', { secretNames: [] }, false],
    ['is not recognized if it was created long before', { secretNames: ['A'], sentAt: Date.now() + 86_400_000 }, false]
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

  test('is interrupted only if no other run can have created the same revision', async () => {
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
  ])('is repeated if it %s', async (_, fault) => {
    const ids = await leftBehind()
    await world.api.scenario(onInterruption(fault))
    const runner = await runPost(world, FROM_IMAGE, memory(ids))
    expect(await world.writes()).toEqual([INTERRUPT, INTERRUPT, INTERRUPT])
    expect(await statusOf(ids.deploymentId)).toBe('INTERRUPTED')
    expect(runner.texts('notice')).toEqual([expect.stringContaining('was interrupted')])
    expect(runner.texts('warning')).toEqual([])
  })

  test('that never succeeds causes a warning in time', async () => {
    const ids = await leftBehind()
    await world.api.scenario(onInterruption({ action: 'status', status: 503, times: null }))
    const since = world.clock.now()
    const runner = await runPost(world, FROM_IMAGE, memory(ids))
    expect(runner.texts('warning')).toEqual([expect.stringContaining('could not be interrupted in time')])
    expect(world.clock.now() - since).toBeLessThan(20_000)
  })
})

describe('a run that was killed while it waited', () => {
  test('has its revision interrupted without a search, if its inputs request this', async () => {
    const ids = await leftBehind()
    const runner = await runPost(world, FROM_IMAGE, memory(ids))
    expect(await world.requests()).toEqual([LOOK, INTERRUPT])
    expect(await statusOf(ids.deploymentId)).toBe('INTERRUPTED')
    expect(runner.texts('notice')).toEqual([expect.stringMatching(new RegExp(`${ids.revisionId}.*was interrupted`))])
    expect(runner.texts('warning')).toEqual([])
    // The job summary contains the result itself.
    expect(runner.texts('summary')).toEqual([expect.stringMatching(new RegExp(`${ids.revisionId}.* was interrupted`))])
  })

  test('keeps its revision if its inputs do not request an interruption', async () => {
    const ids = await leftBehind()
    const runner = await runPost(world, FROM_IMAGE, memory({ ...ids, interrupt: false }))
    expect(await world.requests()).toEqual([])
    expect(runner.texts('warning')).toEqual([
      expect.stringMatching(
        new RegExp(`Revision ${ids.revisionId} of deployment .* was not interrupted and may still be in progress`)
      )
    ])
  })

  test('right after its write has the revision interrupted that the response named', async () => {
    const { deploymentId, revisionId } = await leftBehind()
    await runPost(world, FROM_IMAGE, memory({ deploymentId, namedId: revisionId }))
    expect(await statusOf(deploymentId)).toBe('INTERRUPTED')
    expect(await world.requests()).toEqual(['GET /v2/deployments/:id', LOOK, LOOK, INTERRUPT])
  })

  test.each<[string, Json, boolean]>([
    ['is reported if the response named none', {}, true],
    ['is not reported if the response named another one', { namedId: UNKNOWN }, false]
  ])('right after its write keeps a matching revision, which %s', async (_, named, isTold) => {
    const { deploymentId, revisionId } = await leftBehind()
    const runner = await runPost(world, FROM_IMAGE, memory({ deploymentId, ...named }))
    expect(await statusOf(deploymentId)).not.toBe('INTERRUPTED')
    expect(runner.texts('warning').join().includes(revisionId)).toBe(isTold)
  })

  test('keeps a revision that has ended in the meantime', async () => {
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

  test('is settled even if a later step has removed the file of secrets', async () => {
    const ids = await leftBehind()
    await runPost(world, { ...FROM_IMAGE, 'secrets-file': 'prod.env' }, memory(ids), { files: {} })
    expect(await statusOf(ids.deploymentId)).toBe('INTERRUPTED')
  })
})

describe('the post step never fails the job', () => {
  test.each<[string, Reply]>([
    ['refuses the key', { status: 401, json: { detail: 'Invalid API key' } }],
    ['returns 404 for the deployment', { status: 404, json: { detail: `Deployment ID ${UNKNOWN} not found.` } }],
    ['returns 500', { status: 500, json: {} }],
    ['throttles', { status: 429, headers: { 'retry-after': '3600' } }],
    ['cuts every connection', 'cut'],
    ['returns HTML', { headers: { 'content-type': 'text/html' }, text: '<html></html>' }],
    ['returns other JSON', { json: [] }]
  ])('and ends within 20 s with one warning if the server %s', async (_, reply) => {
    const server = await startServer(inTurn(reply))
    for (const change of [{ deploymentId: UNKNOWN, revisionId: UNKNOWN }, { deploymentId: UNKNOWN }, {}]) {
      const since = world.clock.now()
      const runner = await runPost(world, FROM_IMAGE, memory({ ...change, destination: destinationAt(server.url) }))
      expect(runner.texts('warning')).toEqual([expect.stringMatching(/^The run ended/)])
      expect(runner.texts('error')).toEqual([])
      expect(world.clock.now() - since).toBeLessThan(20_000)
    }
  })

  test('and ends within 20 s if the server never responds', async () => {
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
    ['is invalid', '{"done": fal'],
    ['lacks the destination of the run', JSON.stringify({ ...JSON.parse(memory().memory), destination: null })]
  ])('if its saved state %s', async (_, saved) => {
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

describe('the report to GitHub', () => {
  const ALWAYS = Number.POSITIVE_INFINITY
  const BOT = 'github-actions[bot]'
  const SHA = 'fedcba9876543210fedcba9876543210fedcba98'
  const MARK = { name: 'agent', place: 'c0ffee123456' }
  const COMMENT = { ...MARK, pullRequest: 7 }
  const EVENT = { pull_request: { number: 7, head: { sha: SHA, repo: { full_name: REPOSITORY } } } }

  /** Creates the reports of a run in progress on GitHub. @returns the saved feedback */
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
  /** Runs the post step of a run on a pull request. */
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

  test('states that a killed run is over, and so does the job summary', async () => {
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
    // The revision was interrupted as usual.
    expect(await statusOf(ids.deploymentId)).toBe('INTERRUPTED')
    expect(runner.texts('notice')).toEqual([expect.stringContaining('was interrupted')])
    expect(runner.texts('warning')).toEqual([])
  })

  test.each([
    ['an unknown verdict', { verdict: { status: 'weird' } }],
    ['saved feedback without its plan', { feedback: { state: {} } }]
  ])('does not prevent the interruption of a revision after %s', async (_, damage) => {
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
  ])('contains the existing verdict (%s), without further actions', async (verdict, state, mark) => {
    const ids = { deploymentId: UNKNOWN, revisionId: UNKNOWN }
    const runner = await postOf(memory({ ...ids, done: true, verdict, feedback: await begun() }))
    expect(lastStates()).toEqual([state])
    expect(await headings()).toEqual([`### ${mark} agent: ${verdict}`])
    expect(await world.requests()).toEqual([])
    expect(runner.told.filter(({ kind }) => kind !== 'mask')).toEqual([])
  })

  test('is omitted if the main step has made it', async () => {
    await begun()
    const runner = await postOf(memory({ done: true, verdict: 'deployed' }))
    expect(github.requests()).toEqual([])
    expect(await world.requests()).toEqual([])
    expect(runner.told.filter(({ kind }) => kind !== 'mask')).toEqual([])
  })

  test('is made even if the run was killed before its write', async () => {
    const runner = await postOf({ memory: JSON.stringify({ done: false, feedback: await begun() }) })
    expect([lastStates(), await headings()]).toEqual([['inactive'], ['### 🛑 agent: cancelled']])
    expect(runner.texts('summary')).toHaveLength(1)
    expect(runner.texts('warning')).toEqual([])
    expect(await world.requests()).toEqual([])
  })

  test('creates no GitHub deployment for a run that is over', async () => {
    const { plan } = await begun()
    await github.reset()
    await postOf({ memory: JSON.stringify({ done: false, feedback: { plan, state: { begun: true } } }) })
    expect(github.deployments()).toEqual([])
    expect(await headings()).toEqual(['### 🛑 agent: cancelled'])
  })

  test('keeps the comment of a later run', async () => {
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
      'returns errors',
      () => github.fault({ times: ALWAYS, action: { status: 503 } }),
      /^Could not set the status of the GitHub deployment: GitHub returned 503/
    ]
  ])('costs one warning and less than 20 s if GitHub %s, without effect on LangSmith', async (_, arrange, says) => {
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

  test('has ten seconds in total, and each request gets the remaining time', async () => {
    const { plan, state } = await begun()
    github.fault({ times: ALWAYS, action: { status: 503 } })
    const timeout = jest.spyOn(AbortSignal, 'timeout')
    afterThisTest(() => timeout.mockRestore())
    // Lengthens the first pause between two tries.
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

  test('takes less than 20 s if GitHub never responds', async () => {
    hurryTimeouts()
    const ids = await leftBehind()
    const feedback = await begun()
    github.fault({ times: ALWAYS, action: 'hang' })
    const since = performance.now()
    const runner = await postOf(memory({ ...ids, feedback }))
    // A limit of ten seconds is a tenth of a second here.
    expect(performance.now() - since).toBeLessThan(1_000)
    expect(runner.texts('warning').filter((text) => text.includes('did not respond in time')).length).toBeGreaterThan(0)
    expect(await statusOf(ids.deploymentId)).toBe('INTERRUPTED')
  })

  test('is made even if LangSmith does not respond', async () => {
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
    ['is missing', '', '`github-token` is empty'],
    ['has changed', 'ghs_of_somebody_else', '`github-token` differs from the value that the run used']
  ])('is replaced by one warning if the token %s', async (_, token, says) => {
    const ids = await leftBehind()
    const runner = await postOf(memory({ ...ids, feedback: await begun() }), { 'github-token': token })
    expect(github.requests()).toEqual([])
    expect(await statusOf(ids.deploymentId)).toBe('INTERRUPTED')
    expect(runner.texts('warning')).toEqual([
      `GitHub evaluates the inputs again for the post step, and this time ${says}. The end of the run was not reported to GitHub.`
    ])
    expect(runner.texts('notice')).toEqual([expect.stringContaining('was interrupted')])
  })

  test('goes to the server of the run, whatever address the runner sets', async () => {
    const other = await startServer(inTurn({ json: {} }))
    await postOf(
      memory({ done: true, verdict: 'deployed', feedback: await begun() }),
      {},
      { GITHUB_API_URL: other.url }
    )
    expect(lastStates()).toEqual(['success'])
    expect(other.requests).toEqual([])
  })

  test('and the interruption cause a single warning if both keys are missing', async () => {
    const ids = await leftBehind()
    const runner = await postOf(memory({ ...ids, feedback: await begun() }), { 'api-key': '', 'github-token': '' })
    expect(runner.texts('warning')).toEqual([
      expect.stringMatching(
        /`api-key` is empty and `github-token` is empty\. .*The end of the run was not reported to GitHub\.$/
      )
    ])
    expect([await world.requests(), github.requests()]).toEqual([[], []])
  })

  test('never contains the key or the token', async () => {
    await postOf(memory({ ...(await leftBehind()), feedback: await begun() }))
    const sent = JSON.stringify(github.requests())
    expect(github.requests().length).toBeGreaterThan(2)
    for (const secret of [KEY, github.token]) expect(sent.includes(secret)).toBe(false)
  })
})

describe('the inputs that the runner evaluates again for the post step', () => {
  test.each<[string, () => Readonly<Record<string, string>>]>([
    ['are empty', () => ({ 'control-plane-url': '', region: '', name: '', 'image-uri': '' })],
    ['name a region', () => ({ 'control-plane-url': '', region: 'eu' })],
    ['are invalid', () => ({ 'control-plane-url': 'nonsense', region: 'mars', 'workspace-id': '?' })]
  ])("have no effect if they %s: the key is only sent to the run's server", async (_, inputs) => {
    const ids = await leftBehind()
    const runner = await runPost(world, inputs(), memory(ids))
    expect(await world.requests()).toEqual([LOOK, INTERRUPT])
    expect(runner.texts('notice')).toEqual([expect.stringContaining('was interrupted')])
    expect(runner.texts('warning')).toEqual([])
  })

  test('do not send the key to another control plane', async () => {
    const ids = await leftBehind()
    const other = await startServer(inTurn({ json: {} }))
    await runPost(world, { 'control-plane-url': other.url }, memory(ids))
    expect(other.requests).toEqual([])
    expect(await world.requests()).toEqual([LOOK, INTERRUPT])
  })

  test.each<[string, string, Json | undefined, RegExp]>([
    ['no key', '', undefined, /`api-key` is empty\. Revision ID of deployment ID may still be in progress/],
    [
      'another key',
      'lsv2_pt_of_elsewhere',
      undefined,
      /`api-key` differs from the value that the run used\. Revision ID of deployment ID may still be/
    ],
    ['no key after a write', '', {}, /`api-key` is empty\. The run ended during a request for "agent"/]
  ])('cause one warning and no request if they contain %s', async (_, key, known, says) => {
    const ids = await leftBehind()
    const runner = await runPost(world, { 'api-key': key }, memory(known ?? ids))
    expect(await world.requests()).toEqual([])
    const [warning = '', ...more] = runner.texts('warning')
    expect(warning.replaceAll(ids.revisionId, 'ID').replaceAll(ids.deploymentId, 'ID')).toMatch(says)
    expect(warning).toMatch(/Check the deployment in LangSmith\.$/)
    expect(more).toEqual([])
  })

  test('are compared with the saved state of a real run, which contains no key', async () => {
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

describe('a workspace that was given by name', () => {
  test('is used by the post step', async () => {
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
