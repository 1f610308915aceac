import { describe, expect, test } from '@jest/globals'
import { at, create, dockerBody, type Json, revisionsOf, until, untilStatuses, useEmulator } from './support.ts'

const client = useEmulator()
const LIST = '/v2/deployments'
const fail = (fault: Json) => client.scenario({ faults: [fault] })

describe('a fault', () => {
  const status = { action: 'status', status: 503 }

  test.each<[string, Json, (number | string)[]]>([
    ['the first', {}, [503, 200, 200]],
    ['the second', { nth: 2 }, [200, 503, 200]],
    ['the second and third', { nth: 2, times: 2 }, [200, 503, 503]],
    ['all from the second', { nth: 2, times: null }, [200, 503, 503]],
    ['of this path', { path: '/v2/deployments' }, [503, 200, 200]],
    ['of this path and method, in any case', { method: 'get', path: '/v2/*' }, [503, 200, 200]],
    ['of any rest', { path: '/v2/**' }, [503, 200, 200]],
    ['of one segment more', { path: '/v2/deployments/*' }, [200, 200, 200]],
    ['of another method', { method: 'POST' }, [200, 200, 200]]
  ])('applies to %s', async (_, where, statuses) => {
    await fail({ ...status, ...where })
    const seen = []
    for (const prefix of ['', '/api-host', '']) seen.push((await client.call('GET', prefix + LIST)).status)
    expect(seen).toEqual(statuses)
  })

  test('counts independently, applies first if due, and restarts with a new scenario', async () => {
    const faults = [
      { ...status, status: 500, nth: 2 },
      { ...status, status: 502, times: 2 }
    ]
    for (let twice = 0; twice < 2; twice++) {
      await client.scenario({ faults })
      const seen = []
      for (let call = 0; call < 3; call++) seen.push((await client.call('GET', LIST)).status)
      expect(seen).toEqual([502, 500, 200])
    }
  })

  test('matches quickly, whatever number of stars its pattern has', async () => {
    const many = '*a'.repeat(30)
    await client.scenario({
      revisions: [{ deployment: `${many}b`, final: 'DEPLOY_FAILED' }],
      faults: [{ ...status, path: `/v2/${'**'.repeat(200)}/**s**s**s**s**s**s**s**s**s**s**sb`, times: null }]
    })
    await create(client, dockerBody({ name: 'a'.repeat(200) }))
    await client.ask(422, 'GET', `/v2/deployments/${'s'.repeat(3000)}`)
    expect(at(await client.ask(200, 'GET', '/_emulator/scenario'), 'revisions', 0, 'fired')).toBe(0)
  }, 5000)

  test('never applies to control routes and pages, which are not in the journal', async () => {
    await fail(status)
    for (const page of ['/', '/docs', '/openapi.json', '/_emulator/overview']) await client.ask(200, 'GET', page)
    await client.ask(307, 'GET', '/o/acme/host/deployments/1')
    expect(await client.requests()).toEqual([])
    await client.ask(503, 'GET', LIST)
  })
})

describe('a faulty response', () => {
  test.each<[string, Json, number, string, Record<string, string>]>([
    [
      'a status',
      { action: 'status', status: 503 },
      503,
      '{"detail":"Service Unavailable"}',
      { 'content-type': 'application/json' }
    ],
    [
      'with headers and a body',
      { action: 'status', status: 429, headers: { 'Retry-After': '1' }, body: { detail: 'slow' } },
      429,
      '{"detail":"slow"}',
      { 'retry-after': '1' }
    ],
    ['with a null', { action: 'status', status: 400, body: null }, 400, 'null', {}],
    [
      'with text',
      { action: 'status', status: 504, text: '<html>late</html>' },
      504,
      '<html>late</html>',
      { 'content-type': 'text/html' }
    ],
    ['plain text', { action: 'status', status: 502, text: 'bad' }, 502, 'bad', { 'content-type': 'text/plain' }],
    ['no content', { action: 'status', status: 204 }, 204, '', {}],
    ['nothing', { action: 'empty' }, 200, '', {}],
    [
      'a redirect',
      { action: 'redirect', location: 'http://127.0.0.1:1/' },
      307,
      '',
      { location: 'http://127.0.0.1:1/' }
    ]
  ])('is %s', async (_, fault, status, text, headers) => {
    await fail(fault)
    const reply = await client.call('GET', LIST)
    expect([reply.status, reply.text]).toEqual([status, text])
    for (const [name, value] of Object.entries(headers)) expect(reply.headers.get(name)).toBe(value)
    expect(await client.requests()).toMatchObject([{ status }])
  })

  test('can be a page', async () => {
    await fail({ action: 'html' })
    const reply = await client.call('GET', LIST)
    expect(reply.status).toBe(200)
    expect(reply.headers.get('content-type')).toBe('text/html')
    expect(reply.text).toMatch(/^<!DOCTYPE html>/)
  })

  test('can be late', async () => {
    await fail({ action: 'delay', ms: 60 })
    const began = performance.now()
    expect(await client.ask(200, 'GET', LIST)).toMatchObject({ resources: [] })
    expect(performance.now() - began).toBeGreaterThan(50)
  })
})

describe('a missing response', () => {
  test.each(['cut', 'hang'])('is %s', async (action) => {
    await fail({ action })
    const init = {
      method: 'POST',
      body: JSON.stringify(dockerBody()),
      signal: AbortSignal.timeout(80),
      headers: { 'X-Api-Key': 'k' }
    }
    await expect(fetch(client.emulator.url + LIST, init)).rejects.toThrow()
    expect(await client.ask(200, 'GET', LIST)).toMatchObject({ resources: [] })
    expect(await client.requests()).toMatchObject([{ method: 'POST', status: null }, { status: 200 }])
  })

  test('half of a response is sent, and the call takes effect', async () => {
    await fail({ action: 'cut_body', method: 'POST' })
    const headers = { 'X-Api-Key': 'k', 'content-type': 'application/json' }
    const response = await fetch(client.emulator.url + LIST, {
      method: 'POST',
      body: JSON.stringify(dockerBody()),
      headers
    })
    expect(response.status).toBe(201)
    await expect(response.text()).rejects.toThrow()
    expect(await client.ask(200, 'GET', LIST)).toMatchObject({ offset: 1 })
    expect(await client.requests()).toMatchObject([{ status: null }, { status: 200 }])
  })
})

describe('a fault that performs the call', () => {
  const patch = { source_revision_config: { image_uri: 'images.example/agent:2' } }

  test.each([
    ['cut', true],
    ['hang', true],
    ['status', true],
    ['html', true],
    ['cut', { after_ms: 40 }],
    ['status', { after_ms: 40 }]
  ])('a PATCH that ends in %s with commit %j leaves exactly one revision', async (action, commit) => {
    const id = await create(client)
    const [first] = await untilStatuses(client, id, ['DEPLOYED'])
    await fail({
      method: 'PATCH',
      path: '/v2/deployments/*',
      action,
      ...(action === 'status' ? { status: 504 } : {}),
      commit
    })
    const init = { method: 'PATCH', body: JSON.stringify(patch), signal: AbortSignal.timeout(100) }
    const headers = { 'X-Api-Key': 'k', 'content-type': 'application/json' }
    await fetch(`${client.emulator.url}${LIST}/${id}`, { ...init, headers }).catch(() => undefined)
    const revisions = await untilStatuses(client, id, ['DEPLOYED', 'DEPLOYED'])
    expect(revisions[1]?.id).toBe(first?.id)
    expect(at(revisions, 0, 'source_revision_config', 'image_uri')).toBe('images.example/agent:2')
  })

  test.each<[string, string, (id: string, revision: string) => string, unknown, (id: string) => Promise<boolean>]>([
    [
      'a create',
      'POST',
      () => LIST,
      dockerBody({ name: 'second' }),
      async () => (await client.ask(200, 'GET', `${LIST}?name=second`)).offset === 1
    ],
    [
      'a delete',
      'DELETE',
      (id) => `${LIST}/${id}`,
      undefined,
      async (id) => (await client.call('GET', `${LIST}/${id}`)).status === 404
    ],
    [
      'a redeploy',
      'POST',
      (id, revision) => `${LIST}/${id}/revisions/${revision}/redeploy`,
      undefined,
      async (id) => (await revisionsOf(client, id)).length === 2
    ]
  ])('%s, immediately and later', async (_, method, pathOf, body, isDone) => {
    for (const commit of [true, { after_ms: 60 }]) {
      await client.ask(204, 'POST', '/_emulator/reset')
      const id = await create(client)
      const [first] = await untilStatuses(client, id, ['DEPLOYED'])
      await fail({ method, action: 'status', status: 504, commit })
      await client.ask(504, method, pathOf(id, String(first?.id)), body)
      if (commit === true) expect(await isDone(id)).toBe(true)
      else await until(() => isDone(id))
    }
  })

  test('needs commit, and keeps refusals as they are', async () => {
    await fail({ method: 'POST', action: 'status', status: 504 })
    await client.ask(504, 'POST', LIST, dockerBody())
    expect(await client.ask(200, 'GET', LIST)).toMatchObject({ resources: [] })
    await fail({ method: 'POST', action: 'status', status: 504, commit: true })
    await client.ask(504, 'POST', LIST, { name: 'x' })
    expect(await client.ask(200, 'GET', LIST)).toMatchObject({ resources: [] })
  })
})
