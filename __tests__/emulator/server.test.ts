import { describe, expect, test } from '@jest/globals'
import { createJournal } from '../../emulator/journal.ts'
import { startEmulator } from '../../emulator/server.ts'
import { create, dockerBody, githubBody, UNKNOWN_ID, useEmulator } from './support.ts'

const client = useEmulator()

describe('paths and methods', () => {
  test.each(['/v2/deployments', '/api-host/v2/deployments'])('the API is at %s', async (path) => {
    const reply = await client.call('GET', path)
    expect(reply).toMatchObject({ status: 200, body: { resources: [], offset: 0 } })
    expect(reply.headers.get('content-type')).toBe('application/json')
  })

  test('a resource is visible at both addresses', async () => {
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
  ])('%s %s returns %i', async (method, path, status, detail) => {
    expect(await client.call(method, path)).toMatchObject({ status, body: { detail } })
  })

  test('405 names the allowed methods; HEAD is not allowed', async () => {
    expect((await client.call('HEAD', '/v2/deployments')).status).toBe(405)
    const { headers } = await client.call('PUT', '/v2/listeners')
    expect(headers.get('allow')).toBe('GET, POST')
  })
})

describe('as in FastAPI', () => {
  test.each([
    ['/v2/deployments/', '/v2/deployments'],
    ['/api-host/v2/listeners/?limit=5&a=b', '/api-host/v2/listeners?limit=5&a=b'],
    [`/v2/deployments/${UNKNOWN_ID}/`, `/v2/deployments/${UNKNOWN_ID}`],
    ['/api/v1/workspaces/', '/api/v1/workspaces']
  ])('an extra slash is a redirect: %s', async (path, location) => {
    for (const method of ['GET', 'POST']) {
      const { status, headers } = await client.call(method, path)
      expect([status, headers.get('location')]).toEqual([307, client.emulator.url + location])
    }
  })

  test.each(['/v2/nothing/', '/v2/deployments//revisions', '//', `/agents/${UNKNOWN_ID}/ok/`])(
    'an extra slash is a 404 if the route does not exist: %s',
    async (path) => {
      expect((await client.call('GET', path)).status).toBe(404)
    }
  )

  test('invalid UTF-8 in a path is literal, and is in the journal as sent', async () => {
    expect(await client.call('GET', '/v2/deployments/%zz')).toMatchObject({
      status: 422,
      body: { detail: [{ type: 'uuid_parsing', loc: ['path', 'deployment_id'], input: '%zz' }] }
    })
    expect(await client.call('GET', '/v2/deployments/%ff')).toMatchObject({
      status: 422,
      body: { detail: [{ input: '\uFFFD' }] }
    })
    expect((await client.requests()).map(({ path }) => path)).toEqual(['/v2/deployments/%zz', '/v2/deployments/%ff'])
  })

  test('a long path is handled like any other', async () => {
    expect((await client.call('GET', `/v2/deployments/${'a'.repeat(5000)}`)).status).toBe(422)
  })

  test('a UUID can have no dashes, braces or the form of a URN', async () => {
    const id = await create(client)
    for (const form of [id.replaceAll('-', ''), `%7B${id.toUpperCase()}%7D`, `urn:uuid:${id}`]) {
      expect(await client.ask(200, 'GET', `/v2/deployments/${form}`)).toMatchObject({ id })
    }
    await client.ask(422, 'GET', `/v2/deployments/${id.replace('-', '')}`)
    const headers = { 'X-Tenant-Id': client.emulator.workspaceId.replaceAll('-', '') }
    expect(await client.call('GET', `/v2/deployments/${id}`, { headers })).toMatchObject({ status: 200 })
  })
})

describe('extreme input', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)
  const volumes = (levels: number) =>
    JSON.stringify(dockerBody({ source_config: { resource_spec: { volumes: [{ csi: { deep: '@' } }] } } })).replace(
      '"@"',
      nested(levels)
    )

  test('JSON nested deeper than 900 levels is refused, and every list still works', async () => {
    const before = await client.call('POST', '/v2/deployments', { body: volumes(894) })
    expect(before.status).toBe(201)
    for (const levels of [895, 4400, 100_000]) {
      const reply = await client.call('POST', '/v2/deployments', { body: volumes(levels) })
      expect(reply).toMatchObject({ status: 400, body: { detail: 'There was an error parsing the body' } })
      const key = null
      expect((await client.call('POST', '/v2/deployments', { body: nested(levels), key })).status).toBe(401)
    }
    expect((await client.ask(200, 'GET', '/v2/deployments')).resources).toHaveLength(1)
    expect(await client.requests()).toHaveLength(8)
    await client.ask(400, 'PUT', '/_emulator/scenario', nested(4400))
    expect((await client.call('GET', `/sessions?metadata=${nested(5000)}`)).status).toBe(400)
  })

  test('brackets in a string are not levels', async () => {
    const body = dockerBody({ secrets: [{ name: 'A', value: `"\\${'[{'.repeat(5000)}` }] })
    expect((await client.call('POST', '/v2/deployments', { body })).status).toBe(201)
  })

  test('invalid UTF-8 is 400; a lone surrogate in a string is 422', async () => {
    const headers = { 'X-Api-Key': 'k', 'content-type': 'application/json' }
    const body = Buffer.concat([Buffer.from('{"name": "'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])
    const url = `${client.emulator.url}/v2/deployments`
    expect((await fetch(url, { method: 'POST', headers, body: new Uint8Array(body) })).status).toBe(400)
    const surrogate = JSON.stringify(dockerBody()).replace('my-agent', '\\ud800')
    expect(await client.call('POST', '/v2/deployments', { body: surrogate })).toMatchObject({
      status: 422,
      body: { detail: [{ type: 'string_unicode', loc: ['body', 'name'] }] }
    })
  })

  test('a 422 repeats a bounded part of a request, and lists a bounded number of problems', async () => {
    const long = 'x'.repeat(1_000_000)
    const missing = await client.call('POST', '/v2/deployments', { body: { padding: long } })
    expect(missing.status).toBe(422)
    expect(missing.text.length).toBeLessThan(2000)
    expect(missing.body.detail).toHaveLength(5)
    const named = await client.call('POST', '/v2/deployments', { body: { ...dockerBody(), source: long } })
    expect(named.text.length).toBeLessThan(2000)
    const ids = { ...githubBody(), source_config: { integration_id: long } }
    expect((await client.call('POST', '/v2/deployments', { body: ids })).text.length).toBeLessThan(4000)
    const many = await client.call('POST', '/v2/deployments', {
      body: { ...dockerBody(), secrets: Array(500_000).fill(1) }
    })
    expect(many.status).toBe(422)
    expect(many.body.detail).toHaveLength(1000)
    const small = await client.call('POST', '/v2/deployments', { body: { ...dockerBody(), source: 'nowhere' } })
    expect(small.body.detail).toMatchObject([{ input: 'nowhere' }])
  })

  test('a body of more than 4 MB is 413; a body for an agent can have 25 MB', async () => {
    const big = { body: { padding: 'x'.repeat(5_000_000) } }
    expect(await client.call('POST', '/v2/deployments', big)).toMatchObject({
      status: 413,
      body: { detail: 'Request Entity Too Large' }
    })
    expect((await client.call('POST', `/agents/${UNKNOWN_ID}/runs/wait`, big)).status).toBe(404)
  })
})

test('an unknown method is 405, whatever body it has', async () => {
  expect((await client.call('QUERY', '/v2/deployments')).status).toBe(405)
})

describe('the body of a request', () => {
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
  ])('%s returns %i', async (type, status) => {
    const options = { body: githubBody(), headers: { 'content-type': type } }
    expect((await client.call('POST', '/v2/deployments', options)).status).toBe(status)
  })

  test('can be absent in a GET and a DELETE with a JSON content type', async () => {
    const id = await create(client)
    const headers = { 'CONTENT-TYPE': 'application/json' }
    expect(await client.call('GET', `/v2/deployments/${id}`, { headers })).toMatchObject({ status: 200, body: { id } })
    expect(await client.call('DELETE', `/v2/deployments/${id}`, { headers })).toMatchObject({ status: 204, text: '' })
  })

  test('can be absent in a POST without a required body', async () => {
    const id = await create(client, githubBody())
    await client.ask(200, 'POST', `/v2/deployments/${id}/upload-url`)
  })
})

describe('the journal', () => {
  test('contains every API request in order, with headers, query, body and status', async () => {
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

  test('stores bodies of up to 256 kB, and only the size of longer ones', async () => {
    const padding = (length: number) => ({ padding: 'x'.repeat(length - '{"padding":""}'.length) })
    for (const length of [262_144, 262_145]) {
      await client.call('POST', '/v2/deployments', { body: padding(length) })
    }
    await client.call('POST', '/v2/deployments', { body: 'no JSON' })
    expect(await client.requests()).toMatchObject([
      { size: 262_144, body: padding(262_144) },
      { size: 262_145, body: null },
      { size: 7, body: null }
    ])
  })

  test('drops the oldest entries, by number and by size', () => {
    const journal = createJournal(3)
    const call = { method: 'GET', path: '/', query: {}, headers: {}, at: 0 }
    for (let count = 0; count < 5; count++) journal.add(call)
    expect(journal.entries().map(({ n }) => n)).toEqual([3, 4, 5])
    const heavy = createJournal()
    for (let count = 0; count < 300; count++) heavy.addBody(heavy.add(call), 262_144, '{}')
    expect(heavy.entries()).toHaveLength(255)
    expect(heavy.entries().at(-1)).toMatchObject({ n: 300, text: '{}' })
    heavy.clear()
    expect(heavy.add(call).n).toBe(1)
    for (let count = 0; count < 300; count++) heavy.add({ ...call, headers: { cookie: 'x'.repeat(262_144) } })
    expect(heavy.entries()).toHaveLength(255)
  })

  test('is emptied by a reset, which keeps the IDs', async () => {
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
  test('the server listens only on 127.0.0.1, and close cuts open calls', async () => {
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

  test('close ends the response of a running run', async () => {
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
