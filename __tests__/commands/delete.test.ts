import { describe, expect, test } from '@jest/globals'
import { controlPlaneAt } from '../../src/control-plane/hosts.ts'
import { explain } from '../../src/report/explain.ts'
import { create, dockerBody, UNKNOWN_ID } from '../emulator/support.ts'
import { DELETE } from '../support/expected.ts'
import { failureOf } from '../support/failure.ts'
import { inTurn, startServer } from '../support/http-server.ts'
import { at, IMAGE, useWorld } from '../support/world.ts'

describe('a delete on a server where deployments are gone at once', () => {
  const world = useWorld()
  const remove = (inputs: Readonly<Record<string, string>> = {}) => world.play({ command: 'delete', ...inputs })

  test('deletes the deployment of exactly this name', async () => {
    const id = await world.images(IMAGE)
    const other = await create(world.api, dockerBody({ name: 'agent-2' }))
    const { verdict, facts } = await remove()
    expect(verdict).toMatchObject({ status: 'deleted', reason: expect.stringContaining('"agent"') })
    expect(facts.deployment?.id).toBe(id)
    expect((await world.api.call('GET', `/v2/deployments/${id}`)).status).toBe(404)
    expect((await world.deployment(other)).name).toBe('agent-2')
    expect(await world.writes()).toEqual([DELETE])
  })

  test('deletes by ID', async () => {
    const id = await world.images(IMAGE)
    expect((await remove({ name: '', 'deployment-id': id })).verdict.status).toBe('deleted')
    expect((await world.api.call('GET', `/v2/deployments/${id}`)).status).toBe(404)
  })

  test.each([
    ['true', 'true'],
    ['false', 'false'],
    ['', 'false']
  ])('with delete-tracing-project "%s" says %s for the tracing project', async (input, expected) => {
    await world.images(IMAGE)
    const { verdict } = await remove({ 'delete-tracing-project': input })
    const [request] = (await world.api.requests()).filter(({ method }) => method === 'DELETE')
    expect(at(request, 'query')).toEqual({ delete_tracing_project: expected })
    expect('reason' in verdict && verdict.reason.includes('tracing project')).toBe(expected === 'true')
  })

  test('passes with a notice when there is no deployment of the name, as after a first delete', async () => {
    await world.images(IMAGE)
    await remove()
    const { verdict, runner } = await remove()
    expect(verdict).toMatchObject({
      status: 'deleted',
      reason: expect.stringContaining('Deployment "agent" does not exist')
    })
    expect(runner.texts('notice')).toHaveLength(1)
    expect(await world.writes()).toEqual([DELETE])
  })

  test('passes with a notice when there is no deployment with the ID', async () => {
    const { verdict, runner } = await remove({ name: '', 'deployment-id': UNKNOWN_ID })
    expect(verdict).toMatchObject({ status: 'deleted', reason: expect.stringContaining(UNKNOWN_ID) })
    expect(runner.texts('notice')).toHaveLength(1)
    expect(await world.writes()).toEqual([])
  })

  test.each(['/nowhere', '/v3'])('does not take a wrong address for a deployment that is gone: %s', async (path) => {
    const id = await world.images(IMAGE)
    const inputs = { name: '', 'deployment-id': id, 'control-plane-url': world.api.emulator.url + path }
    const error = await failureOf(remove(inputs))
    expect(error).toMatchObject({ name: 'ApiError', status: 404 })
  })

  test.each([
    ['a replica that lags behind', (id: string) => ({ detail: `Deployment ID ${id} not found.` })],
    ['an ingress that reloads', () => 'no backend']
  ])('by ID does not take the 404 of %s for a deployment that is gone', async (_, body) => {
    const id = await world.images(IMAGE)
    await world.api.scenario({
      faults: [{ method: 'GET', path: '/v2/deployments/*', action: 'status', status: 404, body: body(id) }]
    })
    const { verdict } = await remove({ name: '', 'deployment-id': id })
    expect(verdict).toMatchObject({ status: 'deleted', reason: expect.stringContaining('"agent"') })
    expect(await world.writes()).toEqual([DELETE])
  })

  test.each([
    ['plain text', '404 page not found'],
    ['nothing', ''],
    ['JSON of its own', '{"message":"no Route matched with those values"}']
  ])('by ID does not take a server that is no control plane, and answers 404 with %s, for one', async (_, text) => {
    const server = await startServer(inTurn({ status: 404, text }))
    const inputs = { name: '', 'deployment-id': UNKNOWN_ID, 'control-plane-url': server.url }
    await expect(failureOf(remove(inputs))).resolves.toMatchObject({ name: 'ApiError', status: 404 })
  })

  test('is repeated when its answer is lost, and finds that the first one did it', async () => {
    await world.images(IMAGE)
    await world.api.scenario({ faults: [{ method: 'DELETE', action: 'cut', commit: true }] })
    const { verdict, runner } = await remove()
    expect(verdict.status).toBe('deleted')
    expect(runner.texts('error')).toEqual([])
    expect(await world.writes()).toEqual([DELETE, DELETE])
  })

  test('is repeated when the server is out of order for a moment', async () => {
    const id = await world.images(IMAGE)
    await world.api.scenario({ faults: [{ method: 'DELETE', action: 'status', status: 503, times: 3 }] })
    expect((await remove()).verdict.status).toBe('deleted')
    expect((await world.api.call('GET', `/v2/deployments/${id}`)).status).toBe(404)
  })

  test('that is forbidden says that it needs an Admin', async () => {
    await world.images(IMAGE)
    const detail = 'Forbidden: deployments:delete'
    await world.api.scenario({ faults: [{ method: 'DELETE', action: 'status', status: 403, body: { detail } }] })
    const error = await failureOf(remove())
    expect(error).toMatchObject({ name: 'ApiError', status: 403 })
    const controlPlane = controlPlaneAt(new URL(world.api.emulator.url))
    const { text } = explain(error, { controlPlane, workspaceGiven: false, redact: (words) => words })
    expect(text).toMatch(/deployments:delete.*Admin/s)
    expect(await world.writes()).toEqual([DELETE])
  })

  test('with a name and an ID of two deployments is refused', async () => {
    const id = await world.images(IMAGE)
    const error = await failureOf(remove({ name: 'agent-2', 'deployment-id': id }))
    expect(error).toMatchObject({ name: 'RefusalError' })
    expect(await world.writes()).toEqual([])
  })

  test('only reads at a dry run', async () => {
    const id = await world.images(IMAGE)
    const { verdict } = await remove({ 'dry-run': 'true', 'delete-tracing-project': 'true' })
    const reason = expect.stringMatching(new RegExp(`delete.*${id}.*tracing project`))
    expect(verdict).toEqual({ status: 'planned', reason, changes: 1 })
    expect(await world.writes()).toEqual([])
    expect((await world.deployment(id)).status).toBe('READY')
  })

  test.each([
    ['401', { action: 'status', status: 401 }],
    ['422', { action: 'status', status: 422 }]
  ])('ends where the look-up is answered %s', async (_, fault) => {
    await world.api.scenario({ faults: [{ method: 'GET', ...fault }] })
    await expect(failureOf(remove())).resolves.toMatchObject({ name: 'ApiError', status: fault.status })
  })
})

describe('a delete on a server where deployments take their time to go', () => {
  const world = useWorld({ deleteMs: 3_600_000 })

  test.each(['name', 'deployment-id'])(
    'is not sent a second time: the first one is under way, found by %s',
    async (by) => {
      const id = await world.images(IMAGE)
      const inputs = by === 'name' ? {} : { name: '', 'deployment-id': id }
      await world.play({ command: 'delete', ...inputs })
      const { verdict, runner } = await world.play({ command: 'delete', ...inputs })
      expect(verdict).toMatchObject({ status: 'deleted', reason: expect.stringContaining('already') })
      expect(runner.texts('error')).toEqual([])
      expect(await world.writes()).toEqual([DELETE])
      expect((await world.deployment(id)).status).toBe('AWAITING_DELETE')
    }
  )
})
