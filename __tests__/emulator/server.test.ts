import { describe, expect, test } from '@jest/globals'
import { startEmulator } from '../../emulator/server.ts'
import { create, dockerBody, githubBody, UNKNOWN_ID, useEmulator } from './support.ts'

const client = useEmulator()

describe('paths and methods', () => {
  test.each(['/v2/deployments', '/api-host/v2/deployments'])('the API is at %s', async (path) => {
    const reply = await client.call('GET', path)
    expect(reply).toMatchObject({ status: 200, body: { resources: [], offset: 0 } })
    expect(reply.headers.get('content-type')).toBe('application/json')
  })

  test('what is made at one address is seen at the other', async () => {
    const id = await create(client)
    expect(await client.ask(200, 'GET', `/api-host/v2/deployments/${id}`)).toMatchObject({ id })
  })

  test.each([
    ['GET', '/nothing', 404, 'Not Found'],
    ['GET', '/v2/nothing', 404, 'Not Found'],
    ['GET', '/v2/%zz', 404, 'Not Found'],
    ['POST', '/api-host/v2/deployments/x/y', 404, 'Not Found'],
    ['GET', '/_emulator/nothing', 404, 'Not Found'],
    ['GET', '/api-host/_emulator/requests', 404, 'Not Found'],
    ['PUT', '/v2/deployments', 405, 'Method Not Allowed'],
    ['PUT', '/api-host/v2/deployments', 405, 'Method Not Allowed'],
    ['GET', '/v1/projects/x/deploy_logs', 405, 'Method Not Allowed'],
    ['DELETE', '/_emulator/reset', 405, 'Method Not Allowed']
  ])('%s %s is %i', async (method, path, status, detail) => {
    expect(await client.call(method, path)).toMatchObject({ status, body: { detail } })
  })

  test('405 says what is allowed; HEAD is not', async () => {
    expect((await client.call('HEAD', '/v2/deployments')).status).toBe(405)
    const { headers } = await client.call('PUT', '/v2/listeners')
    expect(headers.get('allow')).toBe('GET, POST')
  })
})

describe('what clients do with bodies', () => {
  test.each([
    ['no body', undefined, { type: 'missing', loc: ['body'] }],
    ['broken JSON', '{"name": ', { type: 'json_invalid', loc: ['body', 9] }],
    ['no object', [], { type: 'model_attributes_type', loc: ['body'] }],
    ['null', null, { type: 'model_attributes_type', loc: ['body'] }]
  ])('%s is 422', async (_, body, problem) => {
    const reply = await client.call('POST', '/v2/deployments', { body })
    expect(reply).toMatchObject({ status: 422, body: { detail: [problem] } })
  })

  test.each([
    ['application/json; charset=utf-8', 201],
    ['application/vnd.api+json', 201],
    ['text/plain', 422]
  ])('%s is answered with %i', async (type, status) => {
    const options = { body: githubBody(), headers: { 'content-type': type } }
    expect((await client.call('POST', '/v2/deployments', options)).status).toBe(status)
  })

  test('a GET and a DELETE may announce JSON and bring none', async () => {
    const id = await create(client)
    const headers = { 'CONTENT-TYPE': 'application/json' }
    expect(await client.call('GET', `/v2/deployments/${id}`, { headers })).toMatchObject({ status: 200, body: { id } })
    expect(await client.call('DELETE', `/v2/deployments/${id}`, { headers })).toMatchObject({ status: 204, text: '' })
  })

  test('a POST without a body is fine where none is asked for', async () => {
    const id = await create(client, githubBody())
    await client.ask(200, 'POST', `/v2/deployments/${id}/upload-url`)
  })
})

describe('the journal', () => {
  test('holds every API request in order, with headers, query, body and status', async () => {
    await client.call('GET', '/api-host/v2/deployments?limit=5&status=A&status=B', {
      headers: { 'X-Tenant-ID': UNKNOWN_ID }
    })
    await client.call('POST', '/v2/deployments', { body: { name: 'x' } })
    await client.call('GET', '/nowhere', { key: null })
    const requests = await client.requests()
    expect(requests).toMatchObject([
      {
        n: 1,
        method: 'GET',
        path: '/api-host/v2/deployments',
        query: { limit: '5', status: ['A', 'B'] },
        headers: { 'x-api-key': 'lsv2_some_key', 'x-tenant-id': UNKNOWN_ID },
        body: null,
        status: 200,
        at: expect.any(Number)
      },
      { n: 2, method: 'POST', path: '/v2/deployments', query: {}, body: { name: 'x' }, status: 422 },
      { n: 3, path: '/nowhere', status: 404 }
    ])
  })

  test('a reset empties it with everything else and keeps the ids', async () => {
    await create(client)
    const before = await client.ask(200, 'GET', '/_emulator')
    await client.ask(204, 'POST', '/_emulator/reset')
    expect(await client.requests()).toEqual([])
    expect(await client.ask(200, 'GET', '/v2/deployments')).toEqual({ resources: [], offset: 0 })
    expect(await client.ask(200, 'GET', '/_emulator')).toEqual(before)
    expect(before).toEqual({
      url: client.emulator.url,
      api_key: client.emulator.apiKey,
      workspace_id: client.emulator.workspaceId,
      integration_id: client.emulator.integrationId,
      listener_id: client.emulator.listenerId
    })
    await create(client)
  })
})

describe('start and end', () => {
  test('it listens on 127.0.0.1 only, and close cuts calls that are still open', async () => {
    const emulator = await startEmulator()
    expect(emulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const scenario = JSON.stringify({ faults: [{ action: 'hang' }] })
    await fetch(`${emulator.url}/_emulator/scenario`, { method: 'PUT', body: scenario })
    const hanging = expect(fetch(`${emulator.url}/v2/deployments`)).rejects.toThrow()
    await new Promise((resolve) => setTimeout(resolve, 30))
    const began = Date.now()
    await emulator.close()
    await hanging
    expect(Date.now() - began).toBeLessThan(1000)
    await expect(fetch(emulator.url)).rejects.toThrow()
  })

  test('close ends the answer of a run that goes on', async () => {
    const emulator = await startEmulator({ stepMs: 0 })
    const post = (path: string, body: unknown, method = 'POST') => {
      const headers = { 'x-api-key': 'k', 'content-type': 'application/json' }
      return fetch(emulator.url + path, { method, headers, body: JSON.stringify(body) })
    }
    await post('/_emulator/scenario', { agent: { graphs: { agent: { runs: [{ ms: null }] } } } }, 'PUT')
    const { id } = Object(await (await post('/v2/deployments', dockerBody())).json())
    const run = await post(`/agents/${id}/runs/wait`, { assistant_id: 'agent' })
    expect(run.status).toBe(200)
    const text = expect(run.text()).rejects.toThrow()
    const began = Date.now()
    await emulator.close()
    await text
    expect(Date.now() - began).toBeLessThan(1000)
  })

  test('a port in use is refused', async () => {
    const port = Number(new URL(client.emulator.url).port)
    await expect(startEmulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})
