import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { isRecord } from '../../emulator/validation.ts'
import { at, create, dockerBody, githubBody, type Json, records, until, useEmulator } from './support.ts'

const client = useEmulator({ stepMs: 1000, manual: true })
const advance = (body: Json) => client.ask(200, 'POST', '/_emulator/advance', body)

describe('the pages', () => {
  test.each(['/', '/docs'])('%s is HTML without external requests', async (path) => {
    const { status, headers, text } = await client.call('GET', path, { key: null })
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*connect-src 'self'$/)
    expect(text).not.toMatch(/(src|href)="?(https?:)?\/\//)
    expect(text).not.toMatch(/@import|url\(/)
  })

  test('a link to a dashboard leads to the page', async () => {
    const { status, headers } = await client.call('GET', '/o/x/host/deployments/y?revisionPeek=z', { key: null })
    expect([status, headers.get('location')]).toEqual([307, `${client.emulator.url}/`])
  })

  test('the overview contains the data of the page: revisions, requests, addresses', async () => {
    const id = await create(client, githubBody())
    await advance({ ms: 2500 })
    const overview = await client.ask(200, 'GET', '/_emulator/overview')
    expect(overview).toMatchObject({ url: client.emulator.url, manual: true, hosting: 'any' })
    expect(records(overview.deployments)).toEqual([
      expect.objectContaining({ id, name: 'my-agent', url: null, revision_count: 1 })
    ])
    const [revision] = records(at(records(overview.deployments)[0], 'revisions'))
    expect(revision).toMatchObject({
      number: 1,
      status: 'AWAITING_BUILD',
      ended: false,
      active: false,
      made_from: 'main'
    })
    expect(records(revision?.phases).map(({ status }) => status)).toEqual(['CREATING', 'QUEUED', 'AWAITING_BUILD'])
    expect(revision?.ahead).toEqual(['BUILDING', 'AWAITING_DEPLOY', 'DEPLOYING', 'DEPLOYED'])
    expect(records(overview.requests)).toMatchObject([{ n: 1, method: 'POST', path: '/v2/deployments', status: 201 }])
  })
})

describe('/openapi.json', () => {
  const document = () => client.ask(200, 'GET', '/openapi.json')
  const resolved = (root: Json, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((each) => resolved(root, each))
    if (!isRecord(value)) return value
    const { $ref: reference } = value
    if (typeof reference === 'string') {
      const found = at(root, ...reference.replace('#/', '').split('/'))
      expect(found).toBeDefined()
      return null
    }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(root, each)]))
  }

  test('lists only existing operations with unique IDs and valid references', async () => {
    const root = await document()
    resolved(root, root)
    const ids: unknown[] = []
    for (const [path, methods] of Object.entries(Object(root.paths))) {
      for (const [method, operation] of Object.entries(Object(methods))) {
        ids.push(at(operation, 'operationId'))
        const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
        const parameters = records(at(operation, 'parameters'))
        expect(parameters.filter((each) => each.in === 'path').map(({ name }) => name)).toEqual(names)
        if (path === '/_emulator/reset') continue
        const concrete = path.replace(/\{\w*_?id\}/g, '00000000-0000-4000-8000-000000000000').replace(/\{\w+\}/g, 'x')
        const { status, body } = await client.call(method.toUpperCase(), concrete)
        expect({ path, method, status, detail: body.detail === 'Method Not Allowed' }).toEqual({
          path,
          method,
          status: expect.any(Number),
          detail: false
        })
        expect([405, 500]).not.toContain(status)
      }
    }
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(60)
  })

  test('states the required fields of a body, without which the server refuses it', async () => {
    const root = await document()
    const schema = at(root, 'paths', '/v2/listeners', 'post', 'requestBody', 'content', 'application/json', 'schema')
    const { detail } = await client.ask(422, 'POST', '/v2/listeners', {})
    expect(at(schema, 'required')).toEqual(records(detail).map(({ loc }) => Object(loc)[1]))
    expect(at(schema, 'properties', 'compute_type')).toEqual({ type: 'string', enum: ['k8s'] })
  })

  test('states the parameters of a query, each of which the server reads', async () => {
    const id = await create(client)
    for (const [path, methods] of Object.entries(Object((await document()).paths))) {
      for (const parameter of records(at(methods, 'get', 'parameters') ?? [])) {
        const schema = JSON.stringify(parameter.schema)
        if (parameter.in !== 'query' || !/"(integer|boolean|enum|uuid|date-time)"/.test(schema)) continue
        const concrete = path.replace('{deployment_id}', id).replace(/\{\w+\}/g, id)
        const reply = await client.call('GET', `${concrete}?${parameter.name}=@`)
        const names = records(reply.body.detail).map(({ loc }) => Object(loc).at(-1))
        expect({ path, names }).toEqual({ path, names: expect.arrayContaining([parameter.name]) })
      }
    }
  })

  test('states responses without a body, and keys', async () => {
    const { paths } = await document()
    expect(at(paths, '/v2/deployments/{deployment_id}', 'delete', 'responses', '204')).toEqual({ description: 'Done' })
    expect(at(paths, '/v2/deployments', 'post', 'responses', '201')).toBeDefined()
    expect(at(paths, '/v2/deployments', 'get', 'security')).toEqual([{ ApiKey: [] }, { Bearer: [] }])
    expect(at(paths, '/agents/{deployment_id}/ok', 'get', 'security')).toBeUndefined()
  })

  test('/docs shows the whole document', async () => {
    const { text } = await client.call('GET', '/docs')
    for (const path of Object.keys(Object((await document()).paths))) expect(text).toContain(path)
  })
})

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0
)

// Uses a real browser if there is one: CI has one, and `apt-get install chromium` installs one.
const inBrowser = browser ? describe : describe.skip
inBrowser('in a browser', () => {
  /** The page after its scripts have run for some seconds of virtual browser time. */
  async function rendered(): Promise<string> {
    const profile = mkdtempSync(join(tmpdir(), 'browser-'))
    const args = [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      `--user-data-dir=${profile}`
    ]
    const child = spawn(
      browser ?? '',
      [...args, '--virtual-time-budget=3000', '--dump-dom', `${client.emulator.url}/`],
      {
        stdio: ['ignore', 'pipe', 'ignore']
      }
    )
    try {
      let text = ''
      child.stdout.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
      })
      await new Promise((done, fail) => child.on('close', done).on('error', fail))
      return text
    } finally {
      child.kill('SIGKILL')
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    }
  }

  test('the page shows deployments, phases, requests and fired rules, and no data as HTML', async () => {
    const evil = '<img src=x onerror=document.title=1>'
    await client.scenario({
      revisions: [{ nth: 2, final: 'BUILD_FAILED' }],
      faults: [{ path: '/v2/listeners', action: 'status', status: 503 }]
    })
    const id = await create(client, githubBody({ name: evil }))
    await advance({ until: 'DEPLOYED' })
    await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { repo_ref: 'next' } })
    await advance({ until: 'BUILD_FAILED' })
    await create(client, dockerBody({ name: 'other' }))
    await client.ask(503, 'GET', '/v2/listeners')
    const text = await until(async () => {
      const page = await rendered()
      return page.includes('data-state="live"') && page
    })
    expect(text).toContain('&lt;img src=x')
    expect(text).not.toContain('<img')
    expect(text).toMatch(/class="status good">DEPLOYED ●</)
    expect(text).toMatch(/class="status bad">BUILD_FAILED</)
    expect(text).toMatch(/class="now"[^>]*>CREATING /)
    expect(text).toMatch(/<td class="path">\/v2\/listeners<\/td><td class="bad">503</)
    expect(text).toMatch(/<td>revisions 0<\/td><td>1<\/td>/)
    expect(text).toMatch(/<td>faults 0<\/td><td>1<\/td>/)
    expect(text).toContain('until DEPLOYED</button>')
  }, 60_000)
})
