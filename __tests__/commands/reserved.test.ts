import { describe, expect, test } from '@jest/globals'
import { RefusalError } from '../../src/control-plane/errors.ts'
import { failureOf } from '../support/failure.ts'
import { IMAGE, useWorld } from '../support/world.ts'

const world = useWorld({ deleteMs: 3_600_000 })
const deploy = () => failureOf(world.play({ name: 'agent', 'image-uri': IMAGE }))

/** A list that omits deployments in deletion, for a number of reads. */
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

describe('the name of a deployment in deletion', () => {
  const TOLD = /^The deletion of deployment "agent" started on \d{4}-\d\d-\d\d \d\d:\d\d UTC\. Its name stays reserved/

  test('is reported with the time of the deletion', async () => {
    const id = await world.images(IMAGE)
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    expect(await deploy()).toMatchObject({ message: expect.stringMatching(TOLD) })
    expect(await world.writes()).toEqual([])
  })

  test('is looked up after a 409 if the list lacks it', async () => {
    const id = await world.images(IMAGE)
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    await hideFromList(6)
    const error = await deploy()
    expect(error).toBeInstanceOf(RefusalError)
    expect(error).toMatchObject({ message: expect.stringMatching(TOLD) })
    const asked = (await world.api.requests()).map(({ path, query }) => `${path}?${JSON.stringify(query)}`)
    expect(asked.at(-1)).toContain('AWAITING_DELETE')
  })

  test('keeps the plain message if the lookup fails', async () => {
    const id = await world.images(IMAGE)
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    await hideFromList(null)
    expect(await deploy()).toMatchObject({
      message: 'Deployment "agent" could not be created, and no deployment with that name was found.'
    })
  })
})
