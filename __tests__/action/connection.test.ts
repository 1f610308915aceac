import { createServer } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import { withServer } from '../support/http-server.ts'
import { withProxy } from '../support/proxy.ts'
import {
  annotated,
  COMMIT,
  CREATE,
  expectOutcome,
  FROM_IMAGE,
  githubBody,
  IMAGE,
  imageBody,
  type Json,
  OTHER_COMMIT,
  PATCH,
  type Plane,
  withPlane
} from './support.ts'

const DEPLOYED = { status: 'deployed' } as const
const STARTED = { status: 'started' } as const
const NO_WAIT = { ...FROM_IMAGE, wait: 'false' }
const OTHER_WORKSPACE = '11111111-2222-4333-8444-555555555555'
const ORGANIZATION = '99999999-2222-4333-8444-555555555555'

const portOf = (plane: Plane) => Number(new URL(plane.url).port)

describe('the API key', () => {
  const REDIRECTS: readonly { readonly title: string; readonly fault: Json; readonly writes: readonly string[] }[] = [
    ...[301, 302, 303, 307, 308].map((status) => ({
      title: `a read with the response ${status}`,
      fault: { method: 'GET', action: 'redirect', status, times: null },
      writes: []
    })),
    { title: 'a write', fault: { method: 'POST', action: 'redirect', status: 307, times: null }, writes: [CREATE] }
  ]
  test.concurrent.each(REDIRECTS)('is never sent to another server after $title', ({ fault, writes }) =>
    withPlane((other) =>
      withPlane(async (plane) => {
        await plane.scenario({ faults: [{ ...fault, location: `${other.url}/v2/deployments` }] })
        const outcome = await plane.run(FROM_IMAGE)
        expectOutcome(outcome, {
          status: 'error',
          writes,
          says: [/redirect/i, new URL(other.url).host, '`control-plane-url`']
        })
        expect(await other.journal()).toEqual([])
      })
    )
  )

  test.concurrent('is sent with each request, with the workspace and the organization', () =>
    withPlane(async (plane) => {
      const outcome = await plane.run({ ...NO_WAIT, 'workspace-id': OTHER_WORKSPACE, 'organization-id': ORGANIZATION })
      expectOutcome(outcome, { ...STARTED, writes: [CREATE] })
      for (const { headers } of outcome.journal) {
        expect(headers).toMatchObject({
          'x-api-key': plane.emulator.apiKey,
          'x-tenant-id': OTHER_WORKSPACE,
          'x-organization-id': ORGANIZATION
        })
      }
      expect(await plane.deployments()).toEqual([])
    }))

  test.concurrent('of an organization works with a workspace', () =>
    withPlane(async (plane) => {
      const outcome = await plane.run({
        ...NO_WAIT,
        'api-key': 'lsv2_emulator_organization_key',
        'workspace-id': plane.emulator.workspaceId
      })
      expectOutcome(outcome, { ...STARTED, writes: [CREATE] })
    }))

  test.concurrent('of an organization works with the name of a workspace, which it looks up', () =>
    withPlane(
      async (plane) => {
        const staging = { display_name: 'Staging', id: OTHER_WORKSPACE, organization_id: ORGANIZATION }
        await plane.scenario({ workspaces: [{ display_name: 'Staging' }, staging] })
        const outcome = await plane.run({
          ...NO_WAIT,
          'api-key': 'lsv2_emulator_organization_key',
          'workspace-id': 'Staging',
          'organization-id': ORGANIZATION
        })
        expectOutcome(outcome, { ...STARTED, writes: [CREATE] })
        const [first, ...others] = outcome.journal
        expect(first).toMatchObject({ method: 'GET', path: '/api/v1/workspaces', status: 200 })
        expect(first?.headers).not.toHaveProperty('x-tenant-id')
        expect(new Set(others.map(({ headers }) => headers['x-tenant-id']))).toEqual(new Set([OTHER_WORKSPACE]))
      },
      { path: '/api-host' }
    ))

  test.concurrent('is sent without a workspace and an organization if they are not set', () =>
    withPlane(async (plane) => {
      const { journal } = await plane.run(NO_WAIT)
      expect(journal.flatMap(({ headers }) => [headers['x-tenant-id'], headers['x-organization-id']])).toEqual(
        journal.flatMap(() => [undefined, undefined])
      )
    }))
})

describe('the control plane URL', () => {
  test.concurrent.each(['/api-host', '/api-host/'])('can end in %s, which then precedes all paths', (path) =>
    withPlane(
      async (plane) => {
        const outcome = await plane.run(FROM_IMAGE)
        expectOutcome(outcome, {
          ...DEPLOYED,
          writes: [CREATE],
          outputs: { 'dashboard-url': expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/o\//) }
        })
        const elsewhere = outcome.requests.filter(
          (_, index) => !outcome.journal[index]?.path.startsWith('/api-host/v2/')
        )
        expect(elsewhere).toEqual(['GET /agents/:id/ok', 'GET /agents/:id/info'])
      },
      { path }
    )
  )

  test.concurrent('on this machine is requested without a proxy', () =>
    withPlane((plane) =>
      withProxy(portOf(plane), async (proxy) => {
        const env = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, http_proxy: proxy.url }
        expectOutcome(await plane.run(NO_WAIT, { env }), { ...STARTED, writes: [CREATE] })
        expect(proxy.targets).toEqual([])
      })
    ))
})

describe('a control plane at a loopback address that is self-hosted', () => {
  const IMAGES_ONLY =
    /A self-hosted control plane deploys images only: set `source-type: external_docker` and `image-uri`\./
  test.concurrent.each([
    ['without an integration', {}, 'GitHub integration not found'],
    ['with an integration', { 'integration-id': OTHER_WORKSPACE }, 'LangSmith returned 400']
  ])('%s, refuses GitHub with the advice to deploy an image', (_, inputs, title) =>
    withPlane(
      async (plane) => {
        const { run } = await plane.run(inputs)
        expect(run).toMatchObject({ exitCode: 1, outputs: { status: 'error' } })
        expect(annotated(run)).toContain(title)
        expect(annotated(run)).toMatch(IMAGES_ONLY)
        expect(await plane.deployments()).toEqual([])
      },
      { hosting: 'self-hosted' }
    )
  )
})

describe('a self-hosted control plane behind a proxy', () => {
  const ADDRESS = { 'control-plane-url': 'http://langsmith.test/api-host', 'allow-insecure-http': 'true' }
  const NAMES = [
    { name: 'a-name-that-has-21-of', variable: 'HTTP_PROXY', annotations: [] },
    { name: 'a-name-that-has-22-of-', variable: 'http_proxy', annotations: ['warning'] }
  ]
  test.concurrent.each(NAMES)(
    'deploys "$name" through $variable with the warnings $annotations',
    ({ name, variable, annotations }) =>
      withPlane(
        (plane) =>
          withProxy(portOf(plane), async (proxy) => {
            const outcome = await plane.run({ ...FROM_IMAGE, ...ADDRESS, name }, { env: { [variable]: proxy.url } })
            expectOutcome(outcome, {
              ...DEPLOYED,
              writes: [CREATE],
              annotations,
              says: annotations.map(() => /21/),
              outputs: { 'dashboard-url': expect.stringMatching(/^http:\/\/langsmith\.test\/o\//) }
            })
            expect([...new Set(proxy.targets)]).toEqual(['langsmith.test:80'])
          }),
        { hosting: 'self-hosted' }
      )
  )

  test.concurrent('does not warn about the name of an existing deployment', () =>
    withPlane(
      (plane) =>
        withProxy(portOf(plane), async (proxy) => {
          await plane.seed('a-name-that-has-22-of-')
          const inputs = { ...NO_WAIT, ...ADDRESS, name: 'a-name-that-has-22-of-' }
          const outcome = await plane.run(inputs, { env: { HTTP_PROXY: proxy.url } })
          expectOutcome(outcome, { ...STARTED, writes: [PATCH] })
        }),
      { hosting: 'self-hosted' }
    ))

  test.concurrent('rejects a deployment from GitHub before any request', () =>
    withPlane((plane) =>
      withProxy(portOf(plane), async (proxy) => {
        const outcome = await plane.run(ADDRESS, { env: { HTTP_PROXY: proxy.url } })
        expectOutcome(outcome, {
          status: 'error',
          writes: [],
          says: ['`image-uri`', '`control-plane-url`']
        })
        expect(proxy.targets).toEqual([])
      })
    ))
})

describe('a read request', () => {
  const FAULTS: readonly { readonly title: string; readonly fault: Json; readonly leastMs: number }[] = [
    { title: '503 twice', fault: { action: 'status', status: 503, times: 2 }, leastMs: 0 },
    { title: 'connection lost twice', fault: { action: 'cut', times: 2 }, leastMs: 0 },
    { title: 'truncated', fault: { action: 'cut_body' }, leastMs: 0 },
    { title: 'empty', fault: { action: 'empty' }, leastMs: 0 },
    {
      title: '429 with Retry-After',
      fault: { action: 'status', status: 429, headers: { 'retry-after': '1' } },
      leastMs: 1_000
    }
  ]
  test.concurrent.each(FAULTS)(
    'with the response "$title" is sent again, and the run continues',
    ({ fault, leastMs }) =>
      withPlane(async (plane) => {
        await plane.scenario({ faults: [{ method: 'GET', ...fault }] })
        const outcome = await plane.run(NO_WAIT)
        expectOutcome(outcome, { ...STARTED, writes: [CREATE] })
        const [first, second] = outcome.journal
        expect(Number(second?.at) - Number(first?.at)).toBeGreaterThanOrEqual(leastMs)
        expect(outcome.journal.filter(({ path }) => path === '/v2/deployments').length).toBeGreaterThan(2)
      })
  )

  test.concurrent('is repeated at the date in Retry-After', () =>
    withPlane(async (plane) => {
      // Dates have whole seconds, so a date two seconds from now is more than one second away.
      const date = new Date(Date.now() + 2_000 + 1_500).toUTCString()
      await plane.scenario({
        faults: [{ method: 'GET', action: 'status', status: 429, headers: { 'retry-after': date } }]
      })
      const { journal } = await plane.run(NO_WAIT)
      expect(Number(journal[1]?.at)).toBeGreaterThanOrEqual(Date.parse(date))
    }))
})

describe('the lookup of a name', () => {
  test.concurrent('finds the exact match among 150 names that contain it, on all pages', () =>
    withPlane(async (plane) => {
      const { id } = await plane.seed('agent')
      const others = Array.from({ length: 150 }, (_, index) => imageBody(`my-agent-${index}`))
      await Promise.all(others.map((body) => plane.api('POST', '/v2/deployments', body)))
      await plane.scenario({ server: { ignore_name_filter: true } })
      const outcome = await plane.run(NO_WAIT)
      expectOutcome(outcome, { ...STARTED, writes: [PATCH], outputs: { 'deployment-id': id, created: 'false' } })
      const pages = outcome.journal.filter(({ path }) => path === '/v2/deployments')
      expect(pages.map(({ query }) => query.offset)).toEqual(['0', '100'])
    }))

  test.concurrent('is case-sensitive', () =>
    withPlane(async (plane) => {
      await plane.seed('Agent')
      await plane.scenario({ server: { ignore_name_filter: true } })
      const outcome = await plane.run(NO_WAIT)
      expectOutcome(outcome, { ...STARTED, writes: [CREATE], outputs: { created: 'true' } })
    }))

  test.concurrent('is skipped if the ID is set', () =>
    withPlane(async (plane) => {
      const { id } = await plane.seed('agent')
      const outcome = await plane.run({ ...NO_WAIT, name: '', 'deployment-id': id })
      expectOutcome(outcome, {
        ...STARTED,
        writes: [PATCH],
        outputs: { 'image-uri': IMAGE, 'deployment-name': 'agent' }
      })
      expect(outcome.requests).not.toContain('GET /v2/deployments')
    }))
})

describe('GitHub', () => {
  test.concurrent('compares the commits if another one was built, with its own token and without the API key', () =>
    withPlane(async (plane) => {
      const seen: { url: string; authorization: string; headers: string }[] = []
      const github = createServer((request, response) => {
        const { url = '', headers } = request
        seen.push({ url, authorization: headers.authorization ?? '', headers: JSON.stringify(headers) })
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ ahead_by: 2, behind_by: 0, commits: [] }))
      })
      await plane.seed('agent', { body: githubBody() })
      await plane.scenario({ revisions: [{ commit: OTHER_COMMIT }] })
      await withServer(github, async (url) => {
        const outcome = await plane.run({}, { env: { GITHUB_API_URL: url }, githubToken: 'ghs_of_this_job_alone' })
        expectOutcome(outcome, {
          ...DEPLOYED,
          writes: [PATCH],
          // The active revision has the commit of the run, so there are no changes.
          annotations: [],
          secrets: ['ghs_of_this_job_alone']
        })
        expect(outcome.run.log).toMatch(new RegExp(`${OTHER_COMMIT}.*${COMMIT}.*2 commits`))
      })
      expect(seen.map(({ url }) => url.split('?')[0])).toEqual([
        `/repos/acme/agents/compare/${COMMIT}...${OTHER_COMMIT}`
      ])
      expect(seen[0]?.authorization).toMatch(/ghs_of_this_job_alone$/)
      expect(seen[0]?.headers).not.toContain('lsv2_')
    }))
})

test.concurrent('only a debug run shows the stack of an error', () =>
  withPlane(async (plane) => {
    const inputs = { ...FROM_IMAGE, 'api-key': 'lsv2_emulator_invalid_key' }
    const [plain, debug] = [await plane.run(inputs), await plane.run(inputs, { debug: true })]
    expect(plain.run.log).not.toMatch(/^\s+at .*index\.js/m)
    expect(debug.run.debug.join('\n')).toMatch(/ApiError/)
  }))
