import { expect, test } from '@jest/globals'
import { create, dockerBody, useEmulator, useSkippedTime } from './support.ts'

const DELETE_MS = 60_000
const client = useEmulator({ deleteMs: DELETE_MS })
const skip = useSkippedTime()

test('a deployment that is being deleted is still returned, refuses changes, and disappears later', async () => {
  const id = await create(client)
  const path = `/v2/deployments/${id}`
  const shown = await client.ask(200, 'GET', path)
  for (let twice = 0; twice < 2; twice++) await client.ask(204, 'DELETE', path)
  expect(await client.ask(200, 'GET', path)).toMatchObject({ status: 'AWAITING_DELETE' })
  expect(await client.ask(200, 'GET', '/v2/deployments?status=AWAITING_DELETE')).toMatchObject({ resources: [{ id }] })
  await client.ask(400, 'PATCH', path, { secrets: [{ name: 'A', value: 'b' }] })
  await client.ask(400, 'POST', `${path}/revisions`, { source_revision_config: {} })
  await client.ask(400, 'POST', `${path}/revisions/${shown.latest_revision_id}/redeploy`)
  skip(DELETE_MS)
  await client.ask(404, 'GET', path)
})

test('the name of a deleted deployment stays taken, during and after the deletion', async () => {
  const path = `/v2/deployments/${await create(client)}`
  await client.ask(204, 'DELETE', path)
  const listed = await client.ask(200, 'GET', '/v2/deployments?name=my-agent')
  expect(listed).toMatchObject({ resources: [{ name: 'my-agent', status: 'AWAITING_DELETE' }] })
  expect((await client.ask(409, 'POST', '/v2/deployments', dockerBody())).detail).toMatch(/'my-agent' already exists/)
  await client.ask(204, 'DELETE', `${path}?force=true`)
  expect(await client.ask(200, 'GET', '/v2/deployments')).toMatchObject({ resources: [] })
  await client.ask(409, 'POST', '/v2/deployments', dockerBody())
})

test('a forced deletion ends it immediately', async () => {
  const path = `/v2/deployments/${await create(client)}`
  await client.ask(204, 'DELETE', path)
  await client.ask(204, 'DELETE', `${path}?force=true`)
  await client.ask(404, 'GET', path)
})
