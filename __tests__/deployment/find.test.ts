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

/** Creates deployments with similar names. The server lists the oldest deployment last. */
async function crowd(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await named(`my-agent-${index}`)
}

describe('findByName', () => {
  test('finds a name on the third page if the server ignores the exact filter', async () => {
    const id = await named('my-agent')
    await crowd(249)
    await world.api.scenario({ server: { ignore_name_filter: true } })
    expect((await findByName(world.line().client, 'my-agent'))?.id).toBe(id)
    expect(await world.requests()).toHaveLength(3)
  })

  test('finds a name in one request if the server supports the exact filter', async () => {
    await crowd(120)
    const id = await named('my-agent')
    expect((await findByName(world.line().client, 'my-agent'))?.id).toBe(id)
    expect(await world.requests()).toHaveLength(1)
  })

  test.each(['my-agent', 'My-Agent-Prod', 'my-agent-PROD', 'agent'])(
    'does not match a longer name or another case: %s',
    async (name) => {
      await named('my-agent-prod')
      await named('the-my-agent-prod-2')
      await world.api.scenario({ server: { ignore_name_filter: true } })
      expect(await findByName(world.line().client, name)).toBeUndefined()
    }
  )

  test('returns nothing after one read of each page if no name matches', async () => {
    await crowd(200)
    await world.api.scenario({ server: { ignore_name_filter: true } })
    expect(await findByName(world.line().client, 'my-agent')).toBeUndefined()
    expect(await world.requests()).toHaveLength(3)
  })

  test('returns a deployment that is being deleted if there is no other', async () => {
    const id = await named('my-agent')
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    const found = await findByName(world.line().client, 'my-agent')
    expect(found).toMatchObject({ id, status: 'AWAITING_DELETE' })
    expect(found && isGoing(found)).toBe(true)
  })

  test.each([
    ['AWAITING_DELETE', 1],
    ['AWAITING_FINAL_DELETE', 150]
  ])('prefers another deployment to one that is %s, even %d entries later', async (status, others) => {
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

  test('limits the number of pages', async () => {
    const resources = Array.from({ length: 100 }, () => ({ name: 'other' }))
    const endless = await startServer((_, nth) => ({ json: { resources, offset: nth * 100 } }))
    expect(await findByName(openLine(endless.url).client, 'my-agent')).toBeUndefined()
    expect(endless.requests).toHaveLength(1_000)
    const stuck = await startServer(inTurn({ json: { resources, offset: 0 } }))
    expect(await findByName(openLine(stuck.url).client, 'my-agent')).toBeUndefined()
    expect(stuck.requests).toHaveLength(1)
  })
})

describe('find', () => {
  test.each([
    ['ID', undefined, true],
    ['ID and name', 'my-agent', true],
    ['name', 'my-agent', false]
  ])('finds a deployment by %s', async (_, name, byId) => {
    const id = await named('my-agent')
    const target = { name, deploymentId: byId ? id : undefined }
    expect((await find(world.line().client, target))?.id).toBe(id)
    expect((await findExisting(world.line().client, target)).id).toBe(id)
  })

  test('rejects an ID and a name of different deployments, with advice on both inputs', async () => {
    const id = await named('my-agent')
    await named('other')
    const error = await failureOf(find(world.line().client, { name: 'other', deploymentId: id }))
    expect(error).toMatchObject({
      name: 'RefusalError',
      message: expect.stringMatching(new RegExp(`"other".*${id}.*"my-agent"`)),
      advice: expect.stringMatching(/`name`.*`deployment-id`/)
    })
  })

  test('throws a 404 for an unknown ID', async () => {
    const { client } = world.line()
    const error = await failureOf(find(client, { name: undefined, deploymentId: UNKNOWN_ID }))
    expect(error).toMatchObject({ name: 'ApiError', status: 404, detail: `Deployment ID ${UNKNOWN_ID} not found.` })
  })

  test('returns nothing for an unknown name, while findExisting rejects it', async () => {
    const target = { name: 'my-agent', deploymentId: undefined }
    const { client } = world.line()
    expect(await find(client, target)).toBeUndefined()
    await expect(failureOf(findExisting(client, target))).resolves.toMatchObject({
      name: 'RefusalError',
      message: 'Deployment "my-agent" does not exist in this workspace.'
    })
  })
})

describe('findPreviews', () => {
  const names = previewNames('agent', 7, false)
  const target = { name: names[0], deploymentId: undefined, previewNames: names }
  const remove = (id: string) => world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
  const found = async () => (await findPreviews(world.line().client, names)).map(({ id }) => id)

  test('returns the deployments with a name of the preview, from all pages, in the order of the names', async () => {
    const third = await named('agent-pr-7-3')
    for (let index = 0; index < 120; index += 1) await named(`agent-pr-7-of-${index}`)
    const first = await named('agent-pr-7')
    for (let index = 0; index < 120; index += 1) await named(`my-agent-pr-7${index}`)
    const ninth = await named('agent-pr-7-9')
    expect(await found()).toEqual([first, third, ninth])
    expect(await world.requests()).toEqual(Array.from({ length: 3 }, () => 'GET /v2/deployments'))
    const queries = (await world.api.requests()).slice(-3).map(({ query }) => query)
    // The exact filter would only find the first name.
    expect(queries).toEqual(
      ['0', '100', '200'].map((offset) => ({ name_contains: 'agent-pr-7', limit: '100', offset }))
    )
  })

  const SIMILAR = words(`
    agent agent-pr-70 agent-pr-7-1 agent-pr-7-10 agent-pr-7-2-2 agent-pr-7-02 Agent-pr-7 AGENT-PR-7 my-agent-pr-7
    agent-pr-7-two
  `)
  test.each(SIMILAR)('ignores the similar name %s', async (name) => {
    await named(name)
    expect(await found()).toEqual([])
    expect(await find(world.line().client, target)).toBeUndefined()
  })

  test('includes previews that are being deleted, while find prefers another one', async () => {
    const first = await named('agent-pr-7')
    const second = await named('agent-pr-7-2')
    await remove(first)
    expect(await found()).toEqual([first, second])
    const { client } = world.line()
    expect(await find(client, target)).toMatchObject({ id: second, name: 'agent-pr-7-2' })
    await remove(second)
    expect(await find(client, target)).toMatchObject({ id: first, status: 'AWAITING_DELETE' })
  })

  test('limits the number of pages, and reads a page without progress only once', async () => {
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
