import { describe, expect, test } from '@jest/globals'
import { ApiError } from '../../src/control-plane/errors.ts'
import type { Json } from '../emulator/support.ts'
import { failureOf } from '../support/failure.ts'
import { IMAGE, useWorld } from '../support/world.ts'

const world = useWorld()

const LOOK = { method: 'GET', path: '/v2/deployments/*/revisions/*' }
const looks = async () =>
  (await world.requests()).filter((request) => request === 'GET /v2/deployments/:id/revisions/:id').length

/** A deploy whose first reads of the revision get this response. */
async function playWith(fault: Json, inputs = {}) {
  await world.api.scenario({ faults: [{ ...LOOK, ...fault }] })
  return world.play({ 'image-uri': IMAGE, 'health-check': 'false', ...inputs })
}

const REFUSALS: readonly (readonly [string, Json])[] = [
  ['a refused key', { action: 'status', status: 401 }],
  ['a refused workspace', { action: 'status', status: 403 }],
  ['a bad request', { action: 'status', status: 400 }],
  ['a conflict', { action: 'status', status: 409 }],
  ['a forbidden method', { action: 'status', status: 405 }],
  ['a permanently missing object', { action: 'status', status: 410 }],
  ['a redirect to a login page', { action: 'redirect', location: '/login' }]
]

describe('a rollout in progress', () => {
  test.each(REFUSALS)('tolerates %s in three reads over most of a minute', async (_, fault) => {
    const { verdict, line } = await playWith({ ...fault, times: 3 })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(line.clock.pauses.slice(0, 3)).toEqual([5_000, 15_000, 30_000])
  })

  test.each(REFUSALS)('ends the run after %s in the fourth read', async (_, fault) => {
    const error = await failureOf(playWith({ ...fault, times: null }))
    expect(error).toBeInstanceOf(ApiError)
    expect(await looks()).toBe(4)
  })
})

describe('a Retry-After of a day', () => {
  test.each([429, 503])('with %d does not prevent the detection of the active revision', async (status) => {
    const since = world.clock.now()
    const { verdict } = await playWith({ action: 'status', status, headers: { 'Retry-After': '86400' } })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(world.clock.now() - since).toBeLessThan(90_000)
  })

  test('leaves time for a last read, which finds the active revision', async () => {
    const fault = { action: 'status', status: 503, headers: { 'Retry-After': '86400' } }
    const { verdict } = await playWith(fault, { timeout: '40s' })
    expect(verdict).toEqual({ status: 'deployed' })
  })

  test('with 429 does not prevent the create', async () => {
    await world.api.scenario({
      faults: [
        { method: 'POST', path: '/v2/deployments', action: 'status', status: 429, headers: { 'Retry-After': '86400' } }
      ]
    })
    const { verdict } = await world.play({ 'image-uri': IMAGE, 'health-check': 'false' })
    expect(verdict).toEqual({ status: 'deployed' })
  })
})

test('an unreadable row in the list of revisions does not end the run', async () => {
  const [seeded] = await world.revisions(await world.images('ghcr.io/acme/agent:1'))
  const resources = [null, seeded, { status: 'DEPLOYED' }]
  await world.api.scenario({
    faults: [
      {
        method: 'GET',
        path: '/v2/deployments/*/revisions',
        action: 'status',
        status: 200,
        body: { resources, offset: 3 }
      }
    ]
  })
  const { verdict, runner } = await world.play({ 'image-uri': IMAGE, 'health-check': 'false' })
  expect(verdict).toEqual({ status: 'deployed' })
  expect(runner.texts('info').join('\n')).not.toContain('retrying')
})
