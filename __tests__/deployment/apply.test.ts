import { describe, expect, test } from '@jest/globals'
import { create, dockerBody, type Json } from '../emulator/support.ts'
import { CREATE, PATCH } from '../support/expected.ts'
import { failureOf } from '../support/failure.ts'
import { startServer } from '../support/http-server.ts'
import { namedValues } from '../support/json.ts'
import { at, DIGEST, IMAGE, idsOf, OLD_IMAGE, useWorld } from '../support/world.ts'

const world = useWorld()

/** Faults of the n-th write of a kind. */
const onCreate = (fault: Json) => ({ faults: [{ method: 'POST', path: '/v2/deployments', ...fault }] })
const onPatch = (fault: Json) => ({ faults: [{ method: 'PATCH', path: '/v2/deployments/*', ...fault }] })
/** Lets the list of deployments be empty, `times` times. */
const hidden = (times: number) => ({
  method: 'GET',
  path: '/v2/deployments',
  action: 'status',
  status: 200,
  body: { resources: [], offset: 0 },
  times
})

const deployImage = (inputs: Readonly<Record<string, string>> = {}) =>
  world.play({ 'image-uri': IMAGE, wait: 'false', ...inputs })

/** Returns the only deployment. */
async function only(): Promise<Json> {
  const { resources } = await world.api.ask(200, 'GET', '/v2/deployments')
  expect(resources).toHaveLength(1)
  return at(resources, 0) as Json
}

/** Faults that lose the response to a write that takes effect. */
const LOST: readonly (readonly [string, Json])[] = [
  ['a cut connection', { action: 'cut', commit: true }],
  ['a truncated response', { action: 'cut_body' }],
  ['504', { action: 'status', status: 504, commit: true }],
  ['500', { action: 'status', status: 500, commit: true }],
  ['an HTML page', { action: 'html', commit: true }],
  ['an empty response', { action: 'empty', commit: true }],
  ['504, 2 s before the write takes effect', { action: 'status', status: 504, commit: { after_ms: 2_000 } }],
  ['a cut connection, 9 s before the write takes effect', { action: 'cut', commit: { after_ms: 9_000 } }]
]
/** Faults that lose the request, so the write has no effect. */
const VOID: readonly (readonly [string, Json])[] = [
  ['a cut connection', { action: 'cut' }],
  ['502', { action: 'status', status: 502 }],
  ['503 with an HTML page', { action: 'html', status: 503 }]
]

describe('a create', () => {
  test('creates one deployment and returns its revision', async () => {
    const { verdict, facts } = await deployImage()
    const { id, latest_revision_id } = await only()
    expect(verdict).toEqual({ status: 'started' })
    expect(facts).toMatchObject({ created: true, own: true, deployment: { id }, revision: { id: latest_revision_id } })
    expect(await world.writes()).toEqual([CREATE])
  })

  test.each(LOST)('with an effect is found and not repeated after %s', async (_, fault) => {
    await world.api.scenario(onCreate(fault))
    const { facts } = await deployImage({ secrets: 'TOKEN=a secret value' })
    const { id, latest_revision_id } = await only()
    expect(facts).toMatchObject({ created: true, own: true, deployment: { id }, revision: { id: latest_revision_id } })
    expect(await world.writes()).toEqual([CREATE])
  })

  test.each([
    ['returns the commit instead of the ref', { resolve_ref: true }],
    ['hides secrets', { hide_secrets: true }]
  ])('without a response is found on a server that %s', async (_, server) => {
    await world.api.scenario({ server, ...onCreate({ action: 'cut', commit: true }) })
    const { facts } = await world.play({ wait: 'false', secrets: 'TOKEN=a secret value' })
    expect(facts).toMatchObject({ created: true, revision: { id: (await only()).latest_revision_id } })
    expect(await world.writes()).toEqual([CREATE])
  })

  test.each(VOID)('without an effect is sent up to three times after %s', async (_, fault) => {
    await world.api.scenario(onCreate({ ...fault, times: 2 }))
    const { facts } = await deployImage()
    expect(facts).toMatchObject({ created: true, revision: { id: (await only()).latest_revision_id } })
    expect(await world.writes()).toEqual([CREATE, CREATE, CREATE])
  })

  test('is searched for during 90 s, with growing pauses', async () => {
    await world.api.scenario(onCreate({ action: 'cut' }))
    const { runner } = await deployImage()
    expect(world.clock.pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 29_000])
    expect(runner.texts('info').join('\n')).toMatch(
      /got no clear response .* Checking for up to 90 s whether it took effect before/
    )
  })

  test('is searched for during half of the time before the deadline, if that is less than 90 s', async () => {
    await world.api.scenario(onCreate({ action: 'cut' }))
    await deployImage({ timeout: '60s' })
    expect(world.clock.pauses.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(29_000)
    expect(world.clock.pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(30_000)
  })

  const TAKEN = /`workspace-id`.*tracing project.*deleted within the last week/s
  const FAILING = /^The control plane fails to create deployments\. Rerun this job later\./
  test.each<[string, Json, readonly string[], RegExp]>([
    ['with three lost requests', { action: 'status', status: 504, times: 3 }, [CREATE, CREATE, CREATE], FAILING],
    ['with 500 for good', { action: 'status', status: 500, times: null }, [CREATE, CREATE, CREATE], FAILING],
    ['with 503 for good', { action: 'status', status: 503, times: null }, [CREATE, CREATE, CREATE], FAILING],
    ['with a 409', { action: 'status', status: 409 }, [CREATE], TAKEN]
  ])('%s and without an effect fails with the possible reasons', async (_, fault, writes, advice) => {
    await world.api.scenario(onCreate(fault))
    expect(await failureOf(deployImage())).toMatchObject({
      name: 'RefusalError',
      message: expect.stringContaining('"agent" could not be created'),
      advice: expect.stringMatching(advice),
      behind: { status: fault.status }
    })
    expect(await world.writes()).toEqual(writes)
  })

  test('with a recently deleted name fails with the possible reasons', async () => {
    await world.api.ask(204, 'DELETE', `/v2/deployments/${await world.images(OLD_IMAGE)}`)
    await expect(failureOf(deployImage())).resolves.toMatchObject({ name: 'RefusalError', behind: { status: 409 } })
  })

  test('becomes a patch if another run has created the deployment', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario({ faults: [hidden(1)] })
    const { facts } = await deployImage()
    const [newest] = await world.revisions(id)
    expect(facts).toMatchObject({ created: false, own: true, deployment: { id }, revision: { id: newest?.id } })
    expect(at(newest, 'source_revision_config', 'image_uri')).toBe(IMAGE)
    expect(await world.writes()).toEqual([CREATE, PATCH])
  })

  test('with a 409 does not adopt an older deployment with the same content', async () => {
    const id = await world.images(IMAGE)
    world.clock.skip(600_000)
    const before = idsOf(await world.revisions(id))
    await world.api.scenario({ faults: [hidden(1)] })
    const { facts } = await deployImage()
    expect(facts).toMatchObject({ created: false, deployment: { id } })
    expect(before).not.toContain(facts.revision?.id)
  })

  test.each<[string, Json]>([
    ['another image', { source_revision_config: { image_uri: OLD_IMAGE } }],
    ['other secrets', { secrets: [{ name: 'TOKEN', value: 'theirs' }] }],
    [
      'one more secret',
      {
        secrets: namedValues({ TOKEN: 'ours', MORE: 'x' })
      }
    ],
    ['no secrets', { secrets: [] }]
  ])('without a response patches a deployment with %s instead of adopting it', async (_, body) => {
    const id = await create(
      world.api,
      dockerBody({ name: 'agent', source_revision_config: { image_uri: IMAGE }, ...body })
    )
    await world.api.scenario({ faults: [hidden(1), ...onCreate({ action: 'cut' }).faults] })
    const { facts } = await deployImage({ secrets: 'TOKEN=ours' })
    expect(facts).toMatchObject({
      created: false,
      deployment: { id },
      revision: { id: (await world.revisions(id))[0]?.id }
    })
    expect(await world.writes()).toEqual([CREATE, PATCH])
    expect(await world.revisions(id)).toHaveLength(2)
  })

  test('with a late effect is found after the state is read again, and not repeated', async () => {
    await world.api.scenario({ faults: [hidden(5), ...onCreate({ action: 'cut', commit: true }).faults] })
    const { facts } = await deployImage()
    const { id } = await only()
    expect(facts).toMatchObject({ created: true, own: true, deployment: { id } })
    expect(await world.writes()).toEqual([CREATE])
    expect(await world.revisions(String(id))).toHaveLength(1)
  })

  test('that is repeated and returns 409 finds the late effect of the first one', async () => {
    // The plan, eight searches in 90 s, the next read of the state, the search after it, and one more after the 409.
    await world.api.scenario({ faults: [hidden(12), ...onCreate({ action: 'cut', commit: true }).faults] })
    const { facts } = await deployImage()
    const { id } = await only()
    expect(facts).toMatchObject({ created: true, deployment: { id } })
    expect(await world.writes()).toEqual([CREATE, CREATE])
    expect(await world.revisions(String(id))).toHaveLength(1)
  })

  test('without a response is found by its first revision if a push follows it, and not repeated', async () => {
    const push = { at: 'CREATING', source_revision_config: { image_uri: 'ghcr.io/acme/other:9' } }
    await world.api.scenario({
      revisions: [{ nth: 1, push }],
      ...onCreate({ action: 'cut', commit: true })
    })
    const { facts, verdict } = await world.play({ 'image-uri': IMAGE, secrets: 'TOKEN=ours' })
    const [theirs, ours] = idsOf(await world.revisions(String((await only()).id)))
    expect(await world.writes()).toEqual([CREATE])
    expect(facts).toMatchObject({ created: true, revision: { id: ours } })
    expect(theirs).not.toBe(ours)
    expect(verdict).toMatchObject({ status: 'superseded', passes: true })
  })

  test.each<[string, Json]>([
    ['the same image', { source_revision_config: { image_uri: IMAGE } }],
    ['a list of secrets too', { source_revision_config: { image_uri: IMAGE }, secrets: [] }]
  ])('that a proxy sends twice is adopted after the 409, with %s', async () => {
    await world.api.scenario(onCreate({ action: 'status', status: 409, commit: true }))
    const { facts, verdict } = await deployImage()
    expect(verdict).toEqual({ status: 'started' })
    expect(await world.writes()).toEqual([CREATE])
    expect(await world.revisions(String((await only()).id))).toHaveLength(1)
    expect(facts).toMatchObject({ own: true, revision: { id: (await only()).latest_revision_id } })
    expect(facts.isCertain).toBe(false)
  })

  test('that a proxy sends twice is adopted although a lagging replica returns 404 for its revisions', async () => {
    const lag = { action: 'status', status: 404, body: { detail: 'Deployment not found.' }, times: 2 }
    const { faults } = onCreate({ action: 'status', status: 409, commit: true })
    await world.api.scenario({ faults: [...faults, { method: 'GET', path: '/v2/deployments/*/revisions', ...lag }] })
    const { facts } = await deployImage()
    expect(await world.writes()).toEqual([CREATE])
    expect(facts.revision?.id).toBe((await only()).latest_revision_id)
  })

  test('from GitHub patches a deployment at another commit after the 409 instead of adopting it', async () => {
    const commit = 'fee0000ccccccccccccccccccccccccccccccccc'
    await world.api.scenario({
      revisions: [{ nth: 1, commit: 'a51de00ddddddddddddddddddddddddddddddddd' }],
      ...onCreate({ action: 'status', status: 409, commit: true })
    })
    const { facts } = await world.play({ wait: 'false' }, { variables: { GITHUB_SHA: commit } })
    expect(await world.writes()).toEqual([CREATE, PATCH])
    expect(facts.revision?.id).toBe((await only()).latest_revision_id)
  })

  test('by two concurrent runs with the same content creates one revision for both', async () => {
    const runs = await Promise.all([deployImage(), deployImage()])
    const revisions = idsOf(await world.revisions(String((await only()).id)))
    expect(revisions).toHaveLength(1)
    expect(runs.map(({ facts }) => facts.created).sort()).toEqual([false, true])
    expect(runs.map(({ facts }) => facts.revision?.id)).toEqual([...revisions, ...revisions])
    expect(runs.filter(({ facts }) => facts.isCertain)).toHaveLength(1)
  })

  test.each([
    [400, 'Source configuration error'],
    [401, 'Invalid API key'],
    [403, 'Forbidden'],
    [422, [{ loc: ['body', 'name'], msg: 'Bad' }]]
  ])('is not repeated after a %d', async (status, detail) => {
    await world.api.scenario(onCreate({ action: 'status', status, body: { detail } }))
    await expect(failureOf(deployImage())).resolves.toMatchObject({ name: 'ApiError', status })
    expect(await world.writes()).toEqual([CREATE])
  })
})

describe('a patch', () => {
  test('returns its own revision', async () => {
    const id = await world.images(OLD_IMAGE)
    const { verdict, facts } = await deployImage()
    expect(verdict).toEqual({ status: 'started' })
    expect(facts).toMatchObject({ created: false, own: true, revision: { id: (await world.revisions(id))[0]?.id } })
    expect(await world.writes()).toEqual([PATCH])
  })

  test.each(LOST)('with an effect is found and not repeated after %s', async (_, fault) => {
    const id = await world.images(OLD_IMAGE, IMAGE)
    const before = idsOf(await world.revisions(id))
    await world.api.scenario(onPatch(fault))
    const { facts } = await deployImage()
    const [ours, ...others] = idsOf(await world.revisions(id))
    expect(others).toEqual(before)
    expect(facts).toMatchObject({ created: false, own: true, revision: { id: ours } })
    expect(await world.writes()).toEqual([PATCH])
  })

  test.each(VOID)('without an effect is sent up to three times after %s', async (_, fault) => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario(onPatch({ ...fault, times: 2 }))
    const { facts } = await deployImage()
    expect(await world.revisions(id)).toHaveLength(2)
    expect(facts.revision?.id).toBe((await world.revisions(id))[0]?.id)
    expect(await world.writes()).toEqual([PATCH, PATCH, PATCH])
  })

  test('fails after three 504 responses', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario(onPatch({ action: 'status', status: 504, times: null }))
    await expect(failureOf(deployImage())).resolves.toMatchObject({ name: 'RefusalError', behind: { status: 504 } })
    expect(await world.writes()).toEqual([PATCH, PATCH, PATCH])
    expect(await world.revisions(id)).toHaveLength(1)
  })

  test('fails after two minutes of 409 responses, with the detail of the server and without advice on names', async () => {
    const id = await world.images(OLD_IMAGE)
    const body = { detail: 'A revision is being deployed' }
    await world.api.scenario(onPatch({ action: 'status', status: 409, times: null, body }))
    const since = world.clock.now()
    await expect(failureOf(deployImage())).resolves.toMatchObject({
      name: 'RefusalError',
      behind: { status: 409, detail: 'A revision is being deployed' },
      advice: expect.stringMatching(/^Another rollout of this deployment may be in progress(?!.*name)/)
    })
    expect(world.clock.now() - since).toBeGreaterThanOrEqual(120_000)
    expect(world.clock.now() - since).toBeLessThan(125_000)
    expect(await world.writes()).toHaveLength(7)
    expect(await world.revisions(id)).toHaveLength(1)
  })

  test.each([
    ['409, because a proxy sends it twice', { action: 'status', status: 409, commit: true }],
    ['a 403 page of a firewall', { action: 'html', status: 403, commit: true }],
    ['a 404 page of an ingress', { action: 'html', status: 404, commit: true }],
    ['an unfounded 422', { action: 'status', status: 422, commit: true }]
  ])('with an effect is adopted after %s', async (_, fault) => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario(onPatch(fault))
    const { facts, verdict } = await deployImage({ secrets: 'TOKEN=a secret value' })
    expect(verdict).toEqual({ status: 'started' })
    expect(facts).toMatchObject({ own: true, revision: { id: idsOf(await world.revisions(id))[0] } })
    expect(facts.isCertain).toBe(false)
    expect(await world.writes()).toEqual([PATCH])
  })

  test.each([
    ['409', { action: 'status', status: 409, times: null }],
    ['a 403 page', { action: 'html', status: 403 }],
    ['422', { action: 'status', status: 422 }]
  ])('that returns %s does not adopt an earlier revision with another image', async (_, fault) => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario(onPatch(fault))
    const running = failureOf(deployImage())
    await running
    expect(await world.revisions(id)).toHaveLength(1)
  })

  test('that returns 409 until the deadline reports the 409', async () => {
    await world.images(OLD_IMAGE)
    const body = { detail: 'A revision is being deployed' }
    await world.api.scenario(onPatch({ action: 'status', status: 409, times: null, body }))
    await expect(failureOf(deployImage({ timeout: '1m' }))).resolves.toMatchObject({
      name: 'DeadlineError',
      unanswered: expect.stringMatching(/update request \(returned 409: A revision is being deployed\)/)
    })
  })

  test('is planned again after a 409', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario(onPatch({ action: 'status', status: 409 }))
    const { facts } = await deployImage()
    expect(facts).toMatchObject({ created: false, revision: { id: (await world.revisions(id))[0]?.id } })
    expect(await world.writes()).toEqual([PATCH, PATCH])
  })

  test('includes the current secrets at every send', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.patch(id, { secrets: [{ name: 'THEIRS', value: 'first' }] })
    await world.api.scenario(onPatch({ action: 'cut' }))
    world.clock.duringPauses(async (nth) => {
      if (nth === 1)
        await world.patch(id, {
          secrets: namedValues({ THEIRS: 'second', NEW: 'x' })
        })
    })
    const { facts } = await deployImage({ secrets: 'OURS=1' })
    const sent = (await world.bodies()).map((body) => at(body, 'secrets'))
    expect(sent).toEqual([
      namedValues({ OURS: '1', THEIRS: 'first' }),
      namedValues({ OURS: '1', THEIRS: 'second', NEW: 'x' })
    ])
    expect((await world.deployment(id)).secrets).toEqual(sent[1])
    expect(facts.revision?.id).toBe((await world.revisions(id))[0]?.id)
  })

  test('without a revision or a response is not repeated if it took effect', async () => {
    const id = await world.images(DIGEST)
    await world.api.scenario(onPatch({ action: 'cut', commit: true }))
    const { verdict } = await world.play({ 'image-uri': DIGEST, 'skip-unchanged': 'true', 'display-name': 'Agent' })
    expect(verdict.status).toBe('unchanged')
    expect(await world.writes()).toEqual([PATCH])
    expect((await world.deployment(id)).display_name).toBe('Agent')
  })

  test.each([
    ['the same image', IMAGE],
    ['another image', `${IMAGE}-b`]
  ])('by two concurrent runs creates one revision for each, with %s', async (_, other) => {
    const id = await world.images(OLD_IMAGE)
    const runs = await Promise.all([deployImage(), deployImage({ 'image-uri': other })])
    const made = (await world.revisions(id)).slice(0, 2)
    const own = runs.map(({ facts }) => facts.revision)
    expect(new Set(own.map((revision) => revision?.id))).toEqual(new Set(idsOf(made)))
    expect(own.map((revision) => revision?.image)).toEqual([IMAGE, other])
  })
})

describe('right before each send', () => {
  const THEIRS = [{ name: 'THEIRS', value: 'second' }]

  test('the secrets are read again, even if the first send was throttled', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.patch(id, { secrets: [{ name: 'THEIRS', value: 'first' }] })
    await world.api.scenario(onPatch({ action: 'status', status: 429 }))
    world.clock.duringPauses((nth) => nth === 1 && world.patch(id, { secrets: THEIRS }))
    const { facts } = await deployImage({ secrets: 'OURS=1' })
    const sent = (await world.bodies()).map((body) => at(body, 'secrets'))
    expect(sent).toHaveLength(2)
    expect(sent[1]).toEqual([{ name: 'OURS', value: '1' }, ...THEIRS])
    expect(facts.revision?.id).toBe((await world.revisions(id))[0]?.id)
  })

  test('the secrets are read again if a request to GitHub came first', async () => {
    const commit = 'fee0000ccccccccccccccccccccccccccccccccc'
    const id = await world.images(`ghcr.io/acme/agent:sha-${commit.replaceAll('fee', 'bad')}`)
    await world.patch(id, { secrets: [{ name: 'THEIRS', value: 'first' }] })
    const github = await startServer(() => ({ json: { ahead_by: 0, behind_by: 3 }, delayMs: 200 }))
    const playing = world.play(
      { 'image-uri': `ghcr.io/acme/agent:sha-${commit}`, secrets: 'OURS=1', wait: 'false' },
      { github: { apiUrl: github.url, token: 'token', repository: 'acme/agents' } }
    )
    while (github.requests.length === 0) await new Promise((done) => setTimeout(done, 5))
    await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { secrets: THEIRS })
    world.clock.skip(5_000)
    await playing
    expect(at((await world.bodies())[0], 'secrets')).toEqual([{ name: 'OURS', value: '1' }, ...THEIRS])
  })
})

describe('after a send in doubt', () => {
  test.each([400, 403, 404, 409, 422])('a patch that returns %d is followed by another search', async (status) => {
    const id = await world.images(OLD_IMAGE)
    // The first send takes effect when the second one is refused.
    const faults = [
      { method: 'PATCH', nth: 1, action: 'cut' },
      { method: 'PATCH', nth: 2, action: 'status', status, commit: true }
    ]
    await world.api.scenario({ faults })
    const { verdict, facts } = await deployImage()
    expect(verdict).toEqual({ status: 'started' })
    expect(facts).toMatchObject({ own: true, revision: { id: (await world.revisions(id))[0]?.id } })
    expect(await world.writes()).toEqual([PATCH, PATCH])
  })

  test('a create that is refused is followed by another search', async () => {
    const faults = [
      { method: 'POST', path: '/v2/deployments', nth: 1, action: 'cut' },
      { method: 'POST', path: '/v2/deployments', nth: 2, action: 'status', status: 422, commit: true }
    ]
    await world.api.scenario({ faults })
    const { facts } = await deployImage()
    expect(facts).toMatchObject({ created: true, deployment: { id: (await only()).id } })
    expect(await world.writes()).toEqual([CREATE, CREATE])
  })

  test('a refusal ends the run if there is no effect', async () => {
    await world.images(OLD_IMAGE)
    const faults = [
      { method: 'PATCH', nth: 1, action: 'cut' },
      { method: 'PATCH', nth: 2, action: 'status', status: 403 }
    ]
    await world.api.scenario({ faults })
    await expect(failureOf(deployImage())).resolves.toMatchObject({ name: 'ApiError', status: 403 })
  })
})

describe('a lagging list', () => {
  test('that omits the revision of a lost response is completed by the ID that the deployment names', async () => {
    const id = await world.images(OLD_IMAGE)
    const resources = await world.revisions(id)
    const asBefore = { method: 'GET', path: '**/revisions', action: 'status', status: 200, body: { resources } }
    await world.api.scenario({
      faults: [{ ...asBefore, times: 2 }, ...onPatch({ action: 'cut', commit: true }).faults]
    })
    const { facts } = await deployImage()
    expect(facts).toMatchObject({ own: true, revision: { id: (await world.revisions(id))[0]?.id } })
    expect(world.clock.pauses).toEqual([])
    expect(await world.writes()).toEqual([PATCH])
  })

  test('that omits a revision from before the write does not make that revision new', async () => {
    const id = await world.images(OLD_IMAGE, IMAGE)
    const [before] = idsOf(await world.revisions(id))
    const lagging = { method: 'GET', path: '**/revisions', action: 'status', status: 200, body: { resources: [] } }
    await world.api.scenario({
      server: { no_latest_in_patch_answer: true },
      faults: [{ ...lagging, times: 3 }]
    })
    const { facts } = await deployImage()
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[0])
    expect(facts.revision?.id).not.toBe(before)
  })
})

describe('the revision of the run', () => {
  test('is not the one that the response names if that one existed before the write', async () => {
    const id = await world.images(IMAGE)
    const [before] = idsOf(await world.revisions(id))
    await world.api.scenario({ server: { no_latest_in_patch_answer: true } })
    const { facts } = await deployImage()
    const [ours] = idsOf(await world.revisions(id))
    expect(facts.revision?.id).toBe(ours)
    expect(ours).not.toBe(before)
  })

  test.each([
    ['the one that the response names', {}],
    ['the oldest new one if the response names none', { no_latest_in_patch_answer: true }]
  ])('is %s, not the revision of a push', async (_, server) => {
    const id = await world.github()
    // The push comes between the write and the first read.
    await world.api.scenario({ server, revisions: [{ durations: { CREATING: 0 }, push: { at: 'QUEUED' } }] })
    const { facts } = await world.play({ wait: 'false' })
    const [theirs, ours] = idsOf(await world.revisions(id))
    expect(facts.revision?.id).toBe(ours)
    expect(theirs).not.toBe(ours)
  })

  test('has the code that was sent if the response is lost, although a newer revision has other code', async () => {
    const id = await world.images(OLD_IMAGE)
    const push = { at: 'CREATING', source_revision_config: { image_uri: 'ghcr.io/acme/other:9' } }
    await world.api.scenario({ revisions: [{ push }], ...onPatch({ action: 'cut', commit: true }) })
    const { facts } = await deployImage()
    expect(facts.revision?.id).toBe(idsOf(await world.revisions(id))[1])
    expect(await world.writes()).toEqual([PATCH])
  })

  test.each([
    ['a create', false],
    ['a patch', true]
  ])('from %s may appear in the list after 20 s', async (_, exists) => {
    if (exists) await world.images(OLD_IMAGE)
    await world.api.scenario({ revisions: [{ appear_after_ms: 20_000 }] })
    const { verdict, facts } = await deployImage()
    expect(verdict).toEqual({ status: 'started' })
    expect(facts.revision?.image).toBe(IMAGE)
  })

  test.each([
    ['a create', false],
    ['a patch', true]
  ])('from %s fails the run if it does not appear within 30 s', async (_, exists) => {
    if (exists) await world.images(OLD_IMAGE)
    await world.api.scenario({ revisions: [{ appear_after_ms: 60_000 }] })
    const since = world.clock.now()
    const { verdict, facts } = await deployImage()
    expect(verdict).toMatchObject({ status: 'failed', reason: expect.stringContaining('30 seconds') })
    expect(facts.created).toBe(!exists)
    expect(facts.own).toBe(false)
    expect(world.clock.now() - since).toBeGreaterThanOrEqual(30_000)
    expect(world.clock.now() - since).toBeLessThan(33_000)
    expect(await world.writes()).toHaveLength(1)
  })
})
