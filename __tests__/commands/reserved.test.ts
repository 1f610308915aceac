import { describe, expect, test } from '@jest/globals'
import { RefusalError } from '../../src/control-plane/errors.ts'
import { failureOf } from '../support/failure.ts'
import { IMAGE, useWorld } from '../support/world.ts'

const world = useWorld({ deleteMs: 3_600_000 })
const deploy = () => failureOf(world.play({ name: 'agent', 'image-uri': IMAGE }))

/** A list of deployments that leaves out those that are being deleted, so often. */
const hideFromList = (times: number | null) =>
  world.api.scenario({
    faults: [
      {
        method: 'GET',
        path: '/v2/deployments',
        action: 'status',
        status: 200,
        times,
        body: { resources: [], offset: 0 }
      }
    ]
  })

describe('a name whose deployment is being deleted', () => {
  const TOLD = /^Deployment "agent" is being deleted, since \d{4}-\d\d-\d\d \d\d:\d\d UTC; its name stays reserved/

  test('is told with since when', async () => {
    const id = await world.images(IMAGE)
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    expect(await deploy()).toMatchObject({ message: expect.stringMatching(TOLD) })
    expect(await world.writes()).toEqual([])
  })

  test('is looked up after a 409, where the list leaves it out', async () => {
    const id = await world.images(IMAGE)
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    await hideFromList(6)
    const error = await deploy()
    expect(error).toBeInstanceOf(RefusalError)
    expect(error).toMatchObject({ message: expect.stringMatching(TOLD) })
    const asked = (await world.api.requests()).map(({ path, query }) => `${path}?${JSON.stringify(query)}`)
    expect(asked.at(-1)).toContain('AWAITING_DELETE')
  })

  test('changes nothing where it cannot be looked up', async () => {
    const id = await world.images(IMAGE)
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    await hideFromList(null)
    expect(await deploy()).toMatchObject({
      message: 'Deployment "agent" could not be created, and no deployment with that name was found.'
    })
  })
})
