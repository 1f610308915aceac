import { describe, expect, test } from '@jest/globals'
import { create, dockerBody, type Json } from '../emulator/support.ts'
import { CREATE, PATCH } from '../support/expected.ts'
import { failureOf } from '../support/failure.ts'
import { startServer } from '../support/http-server.ts'
import { namedValues } from '../support/json.ts'
import { at, DIGEST, IMAGE, idsOf, OLD_IMAGE, useWorld } from '../support/world.ts'

const world = useWorld()

/** Faults that befall the n-th write of a kind. */
const onCreate = (fault: Json) => ({ faults: [{ method: 'POST', path: '/v2/deployments', ...fault }] })
const onPatch = (fault: Json) => ({ faults: [{ method: 'PATCH', path: '/v2/deployments/*', ...fault }] })
/** The look-up answers that there is nothing, `times` times. */
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

/** The only deployment there is. */
async function only(): Promise<Json> {
  const { resources } = await world.api.ask(200, 'GET', '/v2/deployments')
  expect(resources).toHaveLength(1)
  return at(resources, 0) as Json
}

/** Ways in which an answer is lost although the write took effect. */
const LOST: readonly (readonly [string, Json])[] = [
  ['the connection is cut', { action: 'cut', commit: true }],
  ['the answer is cut short', { action: 'cut_body' }],
  ['504 is answered', { action: 'status', status: 504, commit: true }],
  ['500 is answered', { action: 'status', status: 500, commit: true }],
  ['a page of HTML is answered', { action: 'html', commit: true }],
  ['nothing is answered', { action: 'empty', commit: true }],
  ['504 is answered 2 s before it', { action: 'status', status: 504, commit: { after_ms: 2_000 } }],
  ['the connection is cut 9 s before it', { action: 'cut', commit: { after_ms: 9_000 } }]
]
/** Ways in which a write is lost without having taken effect. */
const VOID: readonly (readonly [string, Json])[] = [
  ['the connection is cut', { action: 'cut' }],
  ['502 is answered', { action: 'status', status: 502 }],
  ['503 is answered as HTML', { action: 'html', status: 503 }]
]

describe('a create', () => {
  test('that is answered makes one deployment and gives its revision', async () => {
    const { verdict, facts } = await deployImage()
    const { id, latest_revision_id } = await only()
    expect(verdict).toEqual({ status: 'started' })
    expect(facts).toMatchObject({ created: true, own: true, deployment: { id }, revision: { id: latest_revision_id } })
    expect(await world.writes()).toEqual([CREATE])
  })

  test.each(LOST)('that took effect is found and not sent again when %s', async (_, fault) => {
    await world.api.scenario(onCreate(fault))
    const { facts } = await deployImage({ secrets: 'TOKEN=a secret value' })
    const { id, latest_revision_id } = await only()
    expect(facts).toMatchObject({ created: true, own: true, deployment: { id }, revision: { id: latest_revision_id } })
    expect(await world.writes()).toEqual([CREATE])
  })

  test.each([
    ['answers the commit in place of the ref', { resolve_ref: true }],
    ['hides secrets', { hide_secrets: true }]
  ])('that was lost is found on a server that %s', async (_, server) => {
    await world.api.scenario({ server, ...onCreate({ action: 'cut', commit: true }) })
    const { facts } = await world.play({ wait: 'false', secrets: 'TOKEN=a secret value' })
    expect(facts).toMatchObject({ created: true, revision: { id: (await only()).latest_revision_id } })
    expect(await world.writes()).toEqual([CREATE])
  })

  test.each(VOID)('that left nothing is sent again when %s, three times in all', async (_, fault) => {
    await world.api.scenario(onCreate({ ...fault, times: 2 }))
    const { facts } = await deployImage()
    expect(facts).toMatchObject({ created: true, revision: { id: (await only()).latest_revision_id } })
    expect(await world.writes()).toEqual([CREATE, CREATE, CREATE])
  })

  test('is looked for during 90 s, in growing pauses', async () => {
    await world.api.scenario(onCreate({ action: 'cut' }))
    const { runner } = await deployImage()
    expect(world.clock.pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 29_000])
    expect(runner.texts('info').join('\n')).toMatch(
      /got no clear response .* Checking for up to 90 s whether it took effect before/
    )
  })

  test('is looked for during half of what is left before the deadline, where that is less', async () => {
    await world.api.scenario(onCreate({ action: 'cut' }))
    await deployImage({ timeout: '60s' })
    expect(world.clock.pauses.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(29_000)
    expect(world.clock.pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(30_000)
  })

  test.each<[string, Json, readonly string[]]>([
    ['lost three times', { action: 'status', status: 504, times: 3 }, [CREATE, CREATE, CREATE]],
    ['returned 409', { action: 'status', status: 409 }, [CREATE]]
  ])('%s with nothing to be found ends with the reasons that are known', async (_, fault, writes) => {
    await world.api.scenario(onCreate(fault))
    expect(await failureOf(deployImage())).toMatchObject({
      name: 'RefusalError',
      message: expect.stringContaining('"agent" could not be created'),
      advice: expect.stringMatching(/`workspace-id`.*tracing project.*deleted within the last week/s),
      behind: { status: fault.status }
    })
    expect(await world.writes()).toEqual(writes)
  })

  test('of a name that was deleted a moment ago ends with the reasons that are known', async () => {
    await world.api.ask(204, 'DELETE', `/v2/deployments/${await world.images(OLD_IMAGE)}`)
    await expect(failureOf(deployImage())).resolves.toMatchObject({ name: 'RefusalError', behind: { status: 409 } })
  })

  test('that meets what somebody else made meanwhile turns into a patch of that', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario({ faults: [hidden(1)] })
    const { facts } = await deployImage()
    const [newest] = await world.revisions(id)
    expect(facts).toMatchObject({ created: false, own: true, deployment: { id }, revision: { id: newest?.id } })
    expect(at(newest, 'source_revision_config', 'image_uri')).toBe(IMAGE)
    expect(await world.writes()).toEqual([CREATE, PATCH])
  })

  test('returned 409 is not taken for an older deployment that holds just the same', async () => {
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
  ])('that was lost is not taken for one with %s, which is patched', async (_, body) => {
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

  test('that was late is found after the survey and not sent again', async () => {
    await world.api.scenario({ faults: [hidden(5), ...onCreate({ action: 'cut', commit: true }).faults] })
    const { facts } = await deployImage()
    const { id } = await only()
    expect(facts).toMatchObject({ created: true, own: true, deployment: { id } })
    expect(await world.writes()).toEqual([CREATE])
    expect(await world.revisions(String(id))).toHaveLength(1)
  })

  test('sent again that is answered 409 finds the first one, which was late', async () => {
    // The plan, eight looks in 90 s, the survey after them, the look after that, and one more after the conflict.
    await world.api.scenario({ faults: [hidden(12), ...onCreate({ action: 'cut', commit: true }).faults] })
    const { facts } = await deployImage()
    const { id } = await only()
    expect(facts).toMatchObject({ created: true, deployment: { id } })
    expect(await world.writes()).toEqual([CREATE, CREATE])
    expect(await world.revisions(String(id))).toHaveLength(1)
  })

  test('that is lost with a push right behind it is found by its first revision, and not sent again', async () => {
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
    ['a list of the secrets too', { source_revision_config: { image_uri: IMAGE }, secrets: [] }]
  ])('that something on the way sends twice is adopted after the 409, with %s', async () => {
    await world.api.scenario(onCreate({ action: 'status', status: 409, commit: true }))
    const { facts, verdict } = await deployImage()
    expect(verdict).toEqual({ status: 'started' })
    expect(await world.writes()).toEqual([CREATE])
    expect(await world.revisions(String((await only()).id))).toHaveLength(1)
    expect(facts).toMatchObject({ own: true, revision: { id: (await only()).latest_revision_id } })
    expect(facts.isCertain).toBe(false)
  })

  test('that something on the way sends twice is adopted though its revisions are 404 on a replica that lags', async () => {
    const lag = { action: 'status', status: 404, body: { detail: 'Deployment not found.' }, times: 2 }
    const { faults } = onCreate({ action: 'status', status: 409, commit: true })
    await world.api.scenario({ faults: [...faults, { method: 'GET', path: '/v2/deployments/*/revisions', ...lag }] })
    const { facts } = await deployImage()
    expect(await world.writes()).toEqual([CREATE])
    expect(facts.revision?.id).toBe((await only()).latest_revision_id)
  })

  test('from GitHub that meets another commit of the same branch is patched after the 409, not adopted', async () => {
    const commit = 'fee0000ccccccccccccccccccccccccccccccccc'
    await world.api.scenario({
      revisions: [{ nth: 1, commit: 'a51de00ddddddddddddddddddddddddddddddddd' }],
      ...onCreate({ action: 'status', status: 409, commit: true })
    })
    const { facts } = await world.play({ wait: 'false' }, { variables: { GITHUB_SHA: commit } })
    expect(await world.writes()).toEqual([CREATE, PATCH])
    expect(facts.revision?.id).toBe((await only()).latest_revision_id)
  })

  test('of two runs at once that want the same is made by one, and both go on with it', async () => {
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
  ])('that is refused with %d is not sent again', async (status, detail) => {
    await world.api.scenario(onCreate({ action: 'status', status, body: { detail } }))
    await expect(failureOf(deployImage())).resolves.toMatchObject({ name: 'ApiError', status })
    expect(await world.writes()).toEqual([CREATE])
  })
})

describe('a patch', () => {
  test('that is answered gives its own revision', async () => {
    const id = await world.images(OLD_IMAGE)
    const { verdict, facts } = await deployImage()
    expect(verdict).toEqual({ status: 'started' })
    expect(facts).toMatchObject({ created: false, own: true, revision: { id: (await world.revisions(id))[0]?.id } })
    expect(await world.writes()).toEqual([PATCH])
  })

  test.each(LOST)('that took effect is found and not sent again when %s', async (_, fault) => {
    const id = await world.images(OLD_IMAGE, IMAGE)
    const before = idsOf(await world.revisions(id))
    await world.api.scenario(onPatch(fault))
    const { facts } = await deployImage()
    const [ours, ...others] = idsOf(await world.revisions(id))
    expect(others).toEqual(before)
    expect(facts).toMatchObject({ created: false, own: true, revision: { id: ours } })
    expect(await world.writes()).toEqual([PATCH])
  })

  test.each(VOID)('that left nothing is sent again when %s, three times in all', async (_, fault) => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario(onPatch({ ...fault, times: 2 }))
    const { facts } = await deployImage()
    expect(await world.revisions(id)).toHaveLength(2)
    expect(facts.revision?.id).toBe((await world.revisions(id))[0]?.id)
    expect(await world.writes()).toEqual([PATCH, PATCH, PATCH])
  })

  test('returned 504 three times is given up', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario(onPatch({ action: 'status', status: 504, times: null }))
    await expect(failureOf(deployImage())).resolves.toMatchObject({ name: 'RefusalError', behind: { status: 504 } })
    expect(await world.writes()).toEqual([PATCH, PATCH, PATCH])
    expect(await world.revisions(id)).toHaveLength(1)
  })

  test('returned 409 for two minutes is given up, with what the server says and without a word on names', async () => {
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
    ['409, since something on the way sends it twice', { action: 'status', status: 409, commit: true }],
    ['403 as a page, by a firewall that reads answers', { action: 'html', status: 403, commit: true }],
    ['404 as a page, by an ingress', { action: 'html', status: 404, commit: true }],
    ['422, for no reason', { action: 'status', status: 422, commit: true }]
  ])('that took effect and is answered %s, is gone on with', async (_, fault) => {
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
    ['403 as a page', { action: 'html', status: 403 }],
    ['422', { action: 'status', status: 422 }]
  ])('that is answered %s does not take the push of another image for its own', async (_, fault) => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario(onPatch(fault))
    const running = failureOf(deployImage())
    await running
    expect(await world.revisions(id)).toHaveLength(1)
  })

  test('returned 409 until the deadline says so', async () => {
    await world.images(OLD_IMAGE)
    const body = { detail: 'A revision is being deployed' }
    await world.api.scenario(onPatch({ action: 'status', status: 409, times: null, body }))
    await expect(failureOf(deployImage({ timeout: '1m' }))).resolves.toMatchObject({
      name: 'DeadlineError',
      unanswered: expect.stringMatching(/patch request \(returned 409: A revision is being deployed\)/)
    })
  })

  test('returned 409 is planned again', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario(onPatch({ action: 'status', status: 409 }))
    const { facts } = await deployImage()
    expect(facts).toMatchObject({ created: false, revision: { id: (await world.revisions(id))[0]?.id } })
    expect(await world.writes()).toEqual([PATCH, PATCH])
  })

  test('is made from the secrets of that very moment, also when it is sent again', async () => {
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

  test('that makes no revision and was lost leaves nothing to do when it took effect', async () => {
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
  ])('of two runs at once gives each its own revision, with %s', async (_, other) => {
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

  test('the secrets are read again, also where the first send was throttled', async () => {
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

  test('the secrets are read again where GitHub was asked meanwhile', async () => {
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

describe('after a doubt', () => {
  test.each([400, 403, 404, 409, 422])('a refusal with %d is followed by another look', async (status) => {
    const id = await world.images(OLD_IMAGE)
    // The first send takes effect at the moment in which the second one is refused.
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

  test('a refusal of the second create is followed by another look', async () => {
    const faults = [
      { method: 'POST', path: '/v2/deployments', nth: 1, action: 'cut' },
      { method: 'POST', path: '/v2/deployments', nth: 2, action: 'status', status: 422, commit: true }
    ]
    await world.api.scenario({ faults })
    const { facts } = await deployImage()
    expect(facts).toMatchObject({ created: true, deployment: { id: (await only()).id } })
    expect(await world.writes()).toEqual([CREATE, CREATE])
  })

  test('without an effect, a refusal ends the run', async () => {
    await world.images(OLD_IMAGE)
    const faults = [
      { method: 'PATCH', nth: 1, action: 'cut' },
      { method: 'PATCH', nth: 2, action: 'status', status: 403 }
    ]
    await world.api.scenario({ faults })
    await expect(failureOf(deployImage())).resolves.toMatchObject({ name: 'ApiError', status: 403 })
  })
})

describe('what a lagging list lacks', () => {
  test('is read by the ID that the deployment names: our revision after a lost answer', async () => {
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

  test('is not new: a revision of before the write is never taken for ours', async () => {
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

describe('our revision', () => {
  test('is not the one that a server names in its answer when that one stood there before', async () => {
    const id = await world.images(IMAGE)
    const [before] = idsOf(await world.revisions(id))
    await world.api.scenario({ server: { no_latest_in_patch_answer: true } })
    const { facts } = await deployImage()
    const [ours] = idsOf(await world.revisions(id))
    expect(facts.revision?.id).toBe(ours)
    expect(ours).not.toBe(before)
  })

  test.each([
    ['that the answer names', {}],
    ['that is the oldest new one, where the answer names none', { no_latest_in_patch_answer: true }]
  ])('is the one %s, not a push of somebody else', async (_, server) => {
    const id = await world.github()
    // It comes between our write and our first look.
    await world.api.scenario({ server, revisions: [{ durations: { CREATING: 0 }, push: { at: 'QUEUED' } }] })
    const { facts } = await world.play({ wait: 'false' })
    const [theirs, ours] = idsOf(await world.revisions(id))
    expect(facts.revision?.id).toBe(ours)
    expect(theirs).not.toBe(ours)
  })

  test('is, after a lost answer, one that holds what was sent, not a newer one of something else', async () => {
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
  ])('of %s may take 20 s to be listed', async (_, exists) => {
    if (exists) await world.images(OLD_IMAGE)
    await world.api.scenario({ revisions: [{ appear_after_ms: 20_000 }] })
    const { verdict, facts } = await deployImage()
    expect(verdict).toEqual({ status: 'started' })
    expect(facts.revision?.image).toBe(IMAGE)
  })

  test.each([
    ['a create', false],
    ['a patch', true]
  ])('of %s that is not listed within 30 s fails the run', async (_, exists) => {
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
