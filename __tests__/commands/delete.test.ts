import { describe, expect, test } from '@jest/globals'
import { controlPlaneAt } from '../../src/control-plane/hosts.ts'
import { explain } from '../../src/report/explain.ts'
import { create, dockerBody, UNKNOWN_ID } from '../emulator/support.ts'
import { DELETE } from '../support/expected.ts'
import { failureOf } from '../support/failure.ts'
import { inTurn, startServer } from '../support/http-server.ts'
import { at, IMAGE, useWorld } from '../support/world.ts'

describe('command: delete on a server that deletes at once', () => {
  const world = useWorld()
  const remove = (inputs: Readonly<Record<string, string>> = {}) => world.play({ command: 'delete', ...inputs })

  test('deletes only the deployment with exactly this name', async () => {
    const id = await world.images(IMAGE)
    const other = await create(world.api, dockerBody({ name: 'agent-2' }))
    const { verdict, facts } = await remove()
    expect(verdict).toMatchObject({ status: 'deleted', reason: expect.stringContaining('"agent"') })
    expect(facts.deployment?.id).toBe(id)
    expect((await world.api.call('GET', `/v2/deployments/${id}`)).status).toBe(404)
    expect((await world.deployment(other)).name).toBe('agent-2')
    expect(await world.writes()).toEqual([DELETE])
  })

  test('deletes a deployment by ID', async () => {
    const id = await world.images(IMAGE)
    expect((await remove({ name: '', 'deployment-id': id })).verdict.status).toBe('deleted')
    expect((await world.api.call('GET', `/v2/deployments/${id}`)).status).toBe(404)
  })

  test.each([
    ['true', 'true'],
    ['false', 'false'],
    ['', 'false']
  ])('with delete-tracing-project "%s" sends %s for the tracing project', async (input, expected) => {
    await world.images(IMAGE)
    const { verdict } = await remove({ 'delete-tracing-project': input })
    const [request] = (await world.api.requests()).filter(({ method }) => method === 'DELETE')
    expect(at(request, 'query')).toEqual({ delete_tracing_project: expected })
    expect('reason' in verdict && verdict.reason.includes('tracing project')).toBe(expected === 'true')
  })

  test('passes with a notice if no deployment has the name, as after a first delete', async () => {
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

  test('passes with a notice if no deployment has the ID', async () => {
    const { verdict, runner } = await remove({ name: '', 'deployment-id': UNKNOWN_ID })
    expect(verdict).toMatchObject({ status: 'deleted', reason: expect.stringContaining(UNKNOWN_ID) })
    expect(runner.texts('notice')).toHaveLength(1)
    expect(await world.writes()).toEqual([])
  })

  test.each(['/nowhere', '/v3'])(
    'fails with a wrong control-plane URL instead of a missing deployment: %s',
    async (path) => {
      const id = await world.images(IMAGE)
      const inputs = { name: '', 'deployment-id': id, 'control-plane-url': world.api.emulator.url + path }
      const error = await failureOf(remove(inputs))
      expect(error).toMatchObject({ name: 'ApiError', status: 404 })
    }
  )

  test.each([
    ['a replica that lags behind', (id: string) => ({ detail: `Deployment ID ${id} not found.` })],
    ['an ingress that restarts', () => 'no backend']
  ])('by ID fails after the 404 of %s instead of a missing deployment', async (_, body) => {
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
    ['an empty body', ''],
    ['its own JSON', '{"message":"no Route matched with those values"}']
  ])('by ID fails on another server that returns 404 with %s', async (_, text) => {
    const server = await startServer(inTurn({ status: 404, text }))
    const inputs = { name: '', 'deployment-id': UNKNOWN_ID, 'control-plane-url': server.url }
    await expect(failureOf(remove(inputs))).resolves.toMatchObject({ name: 'ApiError', status: 404 })
  })

  test('repeats the request after a lost response, and finds the deployment deleted', async () => {
    await world.images(IMAGE)
    await world.api.scenario({ faults: [{ method: 'DELETE', action: 'cut', commit: true }] })
    const { verdict, runner } = await remove()
    expect(verdict.status).toBe('deleted')
    expect(runner.texts('error')).toEqual([])
    expect(await world.writes()).toEqual([DELETE, DELETE])
  })

  test('repeats the request after a temporary server error', async () => {
    const id = await world.images(IMAGE)
    await world.api.scenario({ faults: [{ method: 'DELETE', action: 'status', status: 503, times: 3 }] })
    expect((await remove()).verdict.status).toBe('deleted')
    expect((await world.api.call('GET', `/v2/deployments/${id}`)).status).toBe(404)
  })

  test('reports that a forbidden delete needs the Admin role', async () => {
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

  test('rejects a name and an ID of two deployments', async () => {
    const id = await world.images(IMAGE)
    const error = await failureOf(remove({ name: 'agent-2', 'deployment-id': id }))
    expect(error).toMatchObject({ name: 'RefusalError' })
    expect(await world.writes()).toEqual([])
  })

  test('sends only reads in a dry run', async () => {
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
  ])('fails if the lookup returns %s', async (_, fault) => {
    await world.api.scenario({ faults: [{ method: 'GET', ...fault }] })
    await expect(failureOf(remove())).resolves.toMatchObject({ name: 'ApiError', status: fault.status })
  })
})

describe('command: delete on a server that deletes slowly', () => {
  const world = useWorld({ deleteMs: 3_600_000 })

  test.each(['name', 'deployment-id'])(
    'sends no second request for a deployment in deletion, found by %s',
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
