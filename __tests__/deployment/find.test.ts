import { describe, expect, test } from '@jest/globals'
import { find, findByName, findExisting, findPreviews, isGoing } from '../../src/deployment/find.ts'
import { previewNames } from '../../src/deployment/preview.ts'
import { create, dockerBody, UNKNOWN_ID } from '../emulator/support.ts'
import { failureOf } from '../support/failure.ts'
import { inTurn, startServer } from '../support/http-server.ts'
import { openLine } from '../support/line.ts'
import { words } from '../support/words.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld({ deleteMs: 3_600_000 })
const named = (name: string) => create(world.api, dockerBody({ name }))

/** What the server lists last is what was made first. */
async function crowd(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await named(`my-agent-${index}`)
}

describe('a name', () => {
  test('is found on the last of three pages, among 250 that contain it, by a server that ignores the exact filter', async () => {
    const id = await named('my-agent')
    await crowd(249)
    await world.api.scenario({ server: { ignore_name_filter: true } })
    expect((await findByName(world.line().client, 'my-agent'))?.id).toBe(id)
    expect(await world.requests()).toHaveLength(3)
  })

  test('is found in one request by a server that knows the exact filter', async () => {
    await crowd(120)
    const id = await named('my-agent')
    expect((await findByName(world.line().client, 'my-agent'))?.id).toBe(id)
    expect(await world.requests()).toHaveLength(1)
  })

  test.each(['my-agent', 'My-Agent-Prod', 'my-agent-PROD', 'agent'])(
    'is never a part of another one, nor another case of it: %s',
    async (name) => {
      await named('my-agent-prod')
      await named('the-my-agent-prod-2')
      await world.api.scenario({ server: { ignore_name_filter: true } })
      expect(await findByName(world.line().client, name)).toBeUndefined()
    }
  )

  test('of nothing is nothing, after one look at each page', async () => {
    await crowd(200)
    await world.api.scenario({ server: { ignore_name_filter: true } })
    expect(await findByName(world.line().client, 'my-agent')).toBeUndefined()
    expect(await world.requests()).toHaveLength(3)
  })

  test('of one that is being deleted is found when there is no other', async () => {
    const id = await named('my-agent')
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    const found = await findByName(world.line().client, 'my-agent')
    expect(found).toMatchObject({ id, status: 'AWAITING_DELETE' })
    expect(found && isGoing(found)).toBe(true)
  })

  test.each([
    ['AWAITING_DELETE', 1],
    ['AWAITING_FINAL_DELETE', 150]
  ])('of one that is %s comes after a living one that is listed behind %d others', async (status, others) => {
    const row = (id: string, now: string) => ({ id, name: 'my-agent', source: 'github', status: now })
    const rest = Array.from({ length: others }, (_, index) => ({ id: `o${index}`, name: `my-agent-${index}` }))
    const all = [row('going', status), ...rest, row('living', 'READY')]
    const server = await startServer(({ path }) => {
      const offset = Number(new URL(path, 'http://x').searchParams.get('offset'))
      const resources = all.slice(offset, offset + 100)
      return { json: { resources, offset: offset + resources.length } }
    })
    expect((await findByName(openLine(server.url).client, 'my-agent'))?.id).toBe('living')
  })

  test('is looked for on no more pages than a server can have', async () => {
    const resources = Array.from({ length: 100 }, () => ({ name: 'other' }))
    const endless = await startServer((_, nth) => ({ json: { resources, offset: nth * 100 } }))
    expect(await findByName(openLine(endless.url).client, 'my-agent')).toBeUndefined()
    expect(endless.requests).toHaveLength(1_000)
    const stuck = await startServer(inTurn({ json: { resources, offset: 0 } }))
    expect(await findByName(openLine(stuck.url).client, 'my-agent')).toBeUndefined()
    expect(stuck.requests).toHaveLength(1)
  })
})

describe('a target', () => {
  test.each([
    ['its ID alone', undefined, true],
    ['its ID and its name', 'my-agent', true],
    ['its name alone', 'my-agent', false]
  ])('is found by %s', async (_, name, byId) => {
    const id = await named('my-agent')
    const target = { name, deploymentId: byId ? id : undefined }
    expect((await find(world.line().client, target))?.id).toBe(id)
    expect((await findExisting(world.line().client, target)).id).toBe(id)
  })

  test('whose ID and name are of two deployments is refused, with both ways out', async () => {
    const id = await named('my-agent')
    await named('other')
    const error = await failureOf(find(world.line().client, { name: 'other', deploymentId: id }))
    expect(error).toMatchObject({
      name: 'RefusalError',
      message: expect.stringMatching(new RegExp(`"other".*${id}.*"my-agent"`)),
      advice: expect.stringMatching(/`name`.*`deployment-id`/)
    })
  })

  test('whose ID nobody has is an answer 404', async () => {
    const { client } = world.line()
    const error = await failureOf(find(client, { name: undefined, deploymentId: UNKNOWN_ID }))
    expect(error).toMatchObject({ name: 'ApiError', status: 404, detail: `Deployment ID ${UNKNOWN_ID} not found.` })
  })

  test('whose name nobody has is nothing, and refused where there must be one', async () => {
    const target = { name: 'my-agent', deploymentId: undefined }
    const { client } = world.line()
    expect(await find(client, target)).toBeUndefined()
    await expect(failureOf(findExisting(client, target))).resolves.toMatchObject({
      name: 'RefusalError',
      message: 'Deployment "my-agent" does not exist in this workspace.'
    })
  })
})

describe('the previews of a pull request', () => {
  const names = previewNames('agent', 7, false)
  const target = { name: names[0], deploymentId: undefined, previewNames: names }
  const remove = (id: string) => world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
  const found = async () => (await findPreviews(world.line().client, names)).map(({ id }) => id)

  test('are those that bear one of its names, in the order of these, from all pages', async () => {
    const third = await named('agent-pr-7-3')
    for (let index = 0; index < 120; index += 1) await named(`agent-pr-7-of-${index}`)
    const first = await named('agent-pr-7')
    for (let index = 0; index < 120; index += 1) await named(`my-agent-pr-7${index}`)
    const ninth = await named('agent-pr-7-9')
    expect(await found()).toEqual([first, third, ninth])
    expect(await world.requests()).toEqual(Array.from({ length: 3 }, () => 'GET /v2/deployments'))
    const queries = (await world.api.requests()).slice(-3).map(({ query }) => query)
    // The exact filter would find the first of the names only.
    expect(queries).toEqual(
      ['0', '100', '200'].map((offset) => ({ name_contains: 'agent-pr-7', limit: '100', offset }))
    )
  })

  const SIMILAR = words(`
    agent agent-pr-70 agent-pr-7-1 agent-pr-7-10 agent-pr-7-2-2 agent-pr-7-02 Agent-pr-7 AGENT-PR-7 my-agent-pr-7
    agent-pr-7-two
  `)
  test.each(SIMILAR)('are nothing that only looks like one: %s', async (name) => {
    await named(name)
    expect(await found()).toEqual([])
    expect(await find(world.line().client, target)).toBeUndefined()
  })

  test('are those too that are being deleted, but the one that is meant is the one that stands', async () => {
    const first = await named('agent-pr-7')
    const second = await named('agent-pr-7-2')
    await remove(first)
    expect(await found()).toEqual([first, second])
    const { client } = world.line()
    expect(await find(client, target)).toMatchObject({ id: second, name: 'agent-pr-7-2' })
    await remove(second)
    expect(await find(client, target)).toMatchObject({ id: first, status: 'AWAITING_DELETE' })
  })

  test('are looked for on no more pages than a server can have, and on one whose pages stand still only once', async () => {
    const row = (name: string) => ({ id: name, name, source: 'github', status: 'READY' })
    const stuck = await startServer(inTurn({ json: { resources: Array(100).fill(row('agent-pr-7')), offset: 0 } }))
    expect(await findPreviews(openLine(stuck.url).client, names)).toHaveLength(100)
    expect(stuck.requests).toHaveLength(1)
    const endless = await startServer((_, nth) => ({
      json: { resources: Array(100).fill({ name: 'other' }), offset: nth * 100 }
    }))
    expect(await findPreviews(openLine(endless.url).client, names)).toEqual([])
    expect(endless.requests).toHaveLength(1_000)
  })
})
