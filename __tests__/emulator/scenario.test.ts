import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { read } from '../../emulator/http.ts'
import { scenarioSchema } from '../../emulator/scenario.ts'
import { isRecord } from '../../emulator/validation.ts'
import {
  at,
  create,
  dockerBody,
  githubBody,
  type Json,
  revisionsOf,
  until,
  untilStatuses,
  useEmulator
} from './support.ts'

const client = useEmulator()

async function push(id: string, image = 'next'): Promise<Json> {
  return client.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: image } })
}

describe('a scenario is refused', () => {
  test.each<[unknown, (string | number)[]]>([
    [[], []],
    [{ revision: [] }, ['revision']],
    [{ server: { unheard: true } }, ['server', 'unheard']],
    [{ server: { hide_secrets: 7 } }, ['server', 'hide_secrets']],
    [{ workspaces: 'Team' }, ['workspaces']],
    [{ workspaces: [{}] }, ['workspaces', 0, 'display_name']],
    [{ workspaces: [{ display_name: '' }] }, ['workspaces', 0, 'display_name']],
    [{ workspaces: [{ display_name: 'Team', id: 'team' }] }, ['workspaces', 0, 'id']],
    [{ workspaces: [{ display_name: 'Team', organization_id: 7 }] }, ['workspaces', 0, 'organization_id']],
    [{ workspaces: [{ display_name: 'Team', name: 'Team' }] }, ['workspaces', 0, 'name']],
    [{ revisions: {} }, ['revisions']],
    [{ revisions: [{ nth: 0 }] }, ['revisions', 0, 'nth']],
    [{ revisions: [{}, { final: 'READY' }] }, ['revisions', 1, 'final']],
    [{ revisions: [{ step_ms: -1 }] }, ['revisions', 0, 'step_ms']],
    [{ revisions: [{ durations: { BUILDING: 'long' } }] }, ['revisions', 0, 'durations', 'BUILDING']],
    [{ revisions: [{ statuses: 'DEPLOYED' }] }, ['revisions', 0, 'statuses']],
    [{ revisions: [{ build_log: [{ text: 'x' }] }] }, ['revisions', 0, 'build_log', 0, 'text']],
    [{ revisions: [{ commit: 'main' }] }, ['revisions', 0, 'commit']],
    [{ revisions: [{ ok: 503 }] }, ['revisions', 0, 'ok']],
    [{ revisions: [{ ok: [503, 99] }] }, ['revisions', 0, 'ok', 1]],
    [{ revisions: [{ info: 'perhaps' }] }, ['revisions', 0, 'info']],
    [{ revisions: [{ info_after_ms: -1 }] }, ['revisions', 0, 'info_after_ms']],
    [{ revisions: [{ push: {} }] }, ['revisions', 0, 'push', 'at']],
    [
      { revisions: [{ push: { at: 'X', source_revision_config: { ref: 'x' } } }] },
      ['revisions', 0, 'push', 'source_revision_config', 'ref']
    ],
    [{ revisions: [{ agent: { graph: {} } }] }, ['revisions', 0, 'agent', 'graph']],
    [{ revisions: [{ traffic: {} }] }, ['revisions', 0, 'traffic', 'per_minute']],
    [{ revisions: [{ traffic: { per_minute: 1, error_rate: 2 } }] }, ['revisions', 0, 'traffic', 'error_rate']],
    [{ agent: { graphs: ['agent'] } }, ['agent', 'graphs']],
    [{ agent: { graphs: { a: { load: 'fails' } } } }, ['agent', 'graphs', 'a', 'load']],
    [{ agent: { graphs: { a: { load: 200 } } } }, ['agent', 'graphs', 'a', 'load']],
    [{ agent: { graphs: { a: { runs: {} } } } }, ['agent', 'graphs', 'a', 'runs']],
    [{ agent: { graphs: { a: { runs: [{ answer: 1 }] } } } }, ['agent', 'graphs', 'a', 'runs', 0, 'answer']],
    [{ agent: { graphs: { a: { runs: [{ error: 'x' }] } } } }, ['agent', 'graphs', 'a', 'runs', 0, 'error']],
    [{ agent: { auth: 'none' } }, ['agent', 'auth']],
    [{ agent: { auth: { kind: 'oauth' } } }, ['agent', 'auth', 'kind']],
    [{ agent: { auth: { status: 404 } } }, ['agent', 'auth', 'status']],
    [{ agent: { cold_start_ms: -1 } }, ['agent', 'cold_start_ms']],
    [{ server: { push_token: { user: 'AWS' } } }, ['server', 'push_token', 'user']],
    [{ server: { sessions_v2: 200 } }, ['server', 'sessions_v2']],
    [{ sessions: [{}] }, ['sessions', 0, 'name']],
    [{ sessions: [{ name: 'a', stats: { runs: 1 } }] }, ['sessions', 0, 'stats', 'runs']],
    [{ sessions: [{ name: 'a', samples: [{ at: 1 }] }] }, ['sessions', 0, 'samples', 0, 'at']],
    [{ sessions: [{ name: 'a', later: [{ stats: {} }] }] }, ['sessions', 0, 'later', 0, 'after_ms']],
    [{ faults: [{}] }, ['faults', 0, 'action']],
    [{ faults: [{ action: 'explode' }] }, ['faults', 0, 'action']],
    [{ faults: [{ action: 'status' }] }, ['faults', 0, 'status']],
    [{ faults: [{ action: 'redirect' }] }, ['faults', 0, 'location']],
    [{ faults: [{ action: 'delay' }] }, ['faults', 0, 'ms']],
    [{ faults: [{ action: 'cut', times: 0 }] }, ['faults', 0, 'times']],
    [{ faults: [{ action: 'cut', commit: { after: 1 } }] }, ['faults', 0, 'commit', 'after']],
    [{ revisions: [{ durations: { BUILDNG: 1 } }] }, ['revisions', 0, 'durations', 'BUILDNG']],
    [{ revisions: [{}, { vanish_at: 'DONE' }] }, ['revisions', 1, 'vanish_at']],
    [{ revisions: [{ commit_from: 'BUILT' }] }, ['revisions', 0, 'commit_from']],
    [{ revisions: [{ push: { at: 'BUILT' } }] }, ['revisions', 0, 'push', 'at']],
    [{ revisions: [{ statuses: [] }] }, ['revisions', 0, 'statuses']],
    [{ revisions: [{ step_ms: 1e15 }] }, ['revisions', 0, 'step_ms']],
    [{ sessions: [{ name: 'a', samples: [{ at_ms: -9e15 }] }] }, ['sessions', 0, 'samples', 0, 'at_ms']],
    [{ sessions: [{ name: 'a', samples: [{ latency: 1e300 }] }] }, ['sessions', 0, 'samples', 0, 'latency']],
    [{ server: { upload_headers: { 'a b': 'c' } } }, ['server', 'upload_headers', 'a b']],
    [{ faults: [{ action: 'cut' }, { action: 'cut', path: '/v2/deployment' }] }, ['faults', 1, 'path']],
    [{ faults: [{ action: 'cut', path: '/v2/deployments/*/revision*/x/y' }] }, ['faults', 0, 'path']],
    [{ faults: [{ action: 'cut', method: 'PUT', path: '/v2/deployments/**' }] }, ['faults', 0, 'method']],
    [{ faults: [{ action: 'cut', method: 'PTACH' }] }, ['faults', 0, 'method']],
    [{ faults: [{ action: 'cut', path: '/_emulator/requests' }] }, ['faults', 0, 'path']],
    [{ faults: [{ action: 'status', status: 500, headers: { 'a b': 'c' } }] }, ['faults', 0, 'headers', 'a b']],
    [{ faults: [{ action: 'status', status: 500, headers: { a: 'b\nc: d' } }] }, ['faults', 0, 'headers', 'a']],
    [
      { faults: [{ action: 'html', headers: { 'Transfer-Encoding': 'chunked' } }] },
      ['faults', 0, 'headers', 'Transfer-Encoding']
    ],
    [{ faults: [{ action: 'redirect', location: 'http://a/\n' }] }, ['faults', 0, 'location']],
    [{ faults: [{ action: 'delay', ms: 30 * 86_400_000 }] }, ['faults', 0, 'ms']],
    [{ faults: [{ action: 'cut', status: 500 }] }, ['faults', 0, 'status']],
    [{ faults: [{ action: 'delay', ms: 1, commit: true }] }, ['faults', 0, 'commit']],
    [{ faults: [{ action: 'status', status: 500, text: 'a', body: {} }] }, ['faults', 0, 'body']],
    [{ faults: [{ action: 'status', status: 204, text: 'a' }] }, ['faults', 0, 'text']]
  ])('for %j', async (scenario, loc) => {
    const { detail } = await client.ask(422, 'PUT', '/_emulator/scenario', scenario)
    expect(at(detail, 0)).toMatchObject({ loc: ['body', ...loc], msg: expect.any(String) })
  })

  test('a refused scenario keeps the old one; curl needs no content type', async () => {
    await client.scenario({ revisions: [{ final: 'CREATE_FAILED' }] })
    await client.ask(422, 'PUT', '/_emulator/scenario', { nonsense: 1 })
    await untilStatuses(client, await create(client), ['CREATE_FAILED'])
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await client.call('PUT', '/_emulator/scenario', { body: '{}', headers, key: null })).status).toBe(204)
    await untilStatuses(client, await create(client, dockerBody({ name: 'b' })), ['DEPLOYED'])
  })
})

test.each([
  '/v2/deployments',
  '/v2/deployments/*',
  '/v2/deployments/abc/revisions',
  '/v2/**',
  '**/logs',
  '/v*/dep*',
  '/storage/**',
  '/agents/*/ok',
  '/agents/*/some/where',
  '/sessions',
  '/api/v1/workspaces'
])('a fault can match %s', async (path) => {
  await client.scenario({ faults: [{ action: 'cut', path }] })
})

test('the number of times that each rule fired is kept until the next scenario', async () => {
  const scenario = {
    revisions: [{ deployment: 'nobody' }, { deployment: 'my-*', final: 'BUILD_FAILED' }],
    faults: [{ method: 'GET', path: '/v2/listeners', nth: 2, times: 1, action: 'status', status: 503 }]
  }
  expect(await client.ask(200, 'GET', '/_emulator/scenario')).toEqual({ scenario: {}, revisions: [], faults: [] })
  await client.scenario(scenario)
  await create(client)
  for (const status of [200, 503, 200]) await client.ask(status, 'GET', '/v2/listeners')
  const told = await client.ask(200, 'GET', '/_emulator/scenario')
  expect(told).toEqual({ scenario, revisions: [{ fired: 0 }, { fired: 1 }], faults: [{ matched: 3, fired: 1 }] })
  await client.scenario(scenario)
  expect(await client.ask(200, 'GET', '/_emulator/scenario')).toEqual({
    scenario,
    revisions: [{ fired: 0 }, { fired: 0 }],
    faults: [{ matched: 0, fired: 0 }]
  })
})

describe('a revision can', () => {
  test('have its own commit and image, known late', async () => {
    const commit = 'c'.repeat(40)
    const late = { commit, commit_from: 'DEPLOYING' }
    await client.scenario({ revisions: [{ deployment: 'stuck', statuses: ['CREATING', 'BUILDING'], ...late }, late] })
    for (const [name, status, known] of [
      ['stuck', 'BUILDING', { repo_commit_sha: null, image_uri: null }],
      ['my-agent', 'DEPLOYED', { repo_commit_sha: commit, image_uri: expect.stringMatching(/@sha256:/) }]
    ] as const) {
      const id = await create(client, githubBody({ name }))
      const [revision] = await untilStatuses(client, id, [status])
      expect(revision?.source_revision_config).toMatchObject({ repo_ref: 'main', ...known })
      expect(await client.ask(200, 'GET', `/v2/deployments/${id}`)).toMatchObject({ source_revision_config: known })
    }
  })

  test('appear late', async () => {
    await client.scenario({ revisions: [{ nth: 2, appear_after_ms: 150 }] })
    const id = await create(client)
    const [first] = await untilStatuses(client, id, ['DEPLOYED'])
    const { latest_revision_id: named } = await push(id)
    expect(await revisionsOf(client, id)).toHaveLength(1)
    expect(await client.ask(200, 'GET', `/v2/deployments/${id}`)).toMatchObject({ latest_revision_id: first?.id })
    const [second] = await untilStatuses(client, id, ['DEPLOYED', 'DEPLOYED'])
    expect(second?.id).toBe(named)
    expect(await client.ask(200, 'GET', `/v2/deployments/${id}`)).toMatchObject({ latest_revision_id: second?.id })
  })

  test.each([
    ['CREATE_FAILED', true],
    ['BUILD_FAILED', true],
    ['DEPLOY_FAILED', true],
    ['INTERRUPTED', true],
    ['DEPLOYED', false]
  ])('have a reason of %s', async (final, isTold) => {
    const status_message = 'Pod agent-0: CrashLoopBackOff'
    await client.scenario({ revisions: [{ nth: 1, final, status_message }, { final }] })
    const id = await create(client, githubBody())
    const [first] = await untilStatuses(client, id, [final])
    expect(first).toMatchObject({ status_message: isTold ? status_message : null })
    await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { repo_ref: 'next' } })
    const [second] = await untilStatuses(client, id, [final, final])
    expect(second).toMatchObject({ status_message: null })
  })

  test('come with another version of the Agent Server', async () => {
    await client.scenario({
      revisions: [
        { nth: 1, image_version: '0.15.3' },
        { nth: 2, statuses: ['CREATING'] }
      ]
    })
    const id = await create(client)
    const versions = async () => {
      const [newest] = await revisionsOf(client, id)
      return [(await client.ask(200, 'GET', `/v2/deployments/${id}`)).image_version, newest?.image_version]
    }
    await untilStatuses(client, id, ['DEPLOYED'])
    expect(await versions()).toEqual(['0.15.3', '0.15.3'])
    await push(id)
    expect(await versions()).toEqual(['0.15.3', null])
    await push(id)
    await untilStatuses(client, id, ['DEPLOYED', 'CREATING', 'DEPLOYED'])
    expect(await versions()).toEqual(['0.16.7', '0.16.7'])
  })

  test('vanish', async () => {
    await client.scenario({ revisions: [{ nth: 2, vanish_at: 'DEPLOYING' }] })
    const id = await create(client)
    const [first] = await untilStatuses(client, id, ['DEPLOYED'])
    const { latest_revision_id: second } = await push(id)
    await until(async () => (await client.call('GET', `/v2/deployments/${id}/revisions/${second}`)).status === 404)
    expect((await revisionsOf(client, id)).map((one) => one.id)).toEqual([first?.id])
  })

  test('never become active', async () => {
    await client.scenario({ revisions: [{ active_after_ms: null }] })
    const id = await create(client)
    await untilStatuses(client, id, ['DEPLOYED'])
    const shown = await client.ask(200, 'GET', `/v2/deployments/${id}`)
    expect(shown).toMatchObject({
      active_revision_id: null,
      source_config: { custom_url: `${client.emulator.url}/agents/${id}` }
    })
    expect(await client.ask(200, 'GET', `/agents/${id}/info`)).toMatchObject({ host: { host_revision_id: null } })
  })

  test.each([
    ['GitHub, with url_only', githubBody(), true, true, false],
    ['GitHub', githubBody(), false, true, true],
    ['an image, with url_only', dockerBody(), true, false, true],
    ['an image', dockerBody(), false, false, true]
  ])('have an address from %s', async (_, body, url_only, inUrl, inCustomUrl) => {
    await client.scenario({ server: { url_only } })
    const id = await create(client, body)
    const shown = await until(async () => {
      const now = await client.ask(200, 'GET', `/v2/deployments/${id}`)
      return now.active_revision_id !== null && now
    })
    const address = `${client.emulator.url}/agents/${id}`
    expect(shown).toMatchObject({
      url: inUrl ? address : null,
      source_config: { custom_url: inCustomUrl ? address : null }
    })
  })

  test('have an external Agent Server', async () => {
    const address = 'http://127.0.0.1:2024'
    await client.scenario({ revisions: [{ nth: 2, agent: { url: address } }] })
    const id = await create(client, dockerBody())
    const shown = (active: string) =>
      until(async () => {
        const now = await client.ask(200, 'GET', `/v2/deployments/${id}`)
        return now.latest_revision_id === now.active_revision_id && now.active_revision_id !== active && now
      })
    const first = await shown('')
    expect(first).toMatchObject({ source_config: { custom_url: `${client.emulator.url}/agents/${id}` } })
    await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: 'a.example/b:2' } })
    expect(await shown(String(first.active_revision_id))).toMatchObject({ source_config: { custom_url: address } })
  })

  test('be pushed by another user', async () => {
    await client.scenario({
      revisions: [
        { nth: 1, push: { at: 'DEPLOYING', source_revision_config: { repo_ref: 'theirs' } } },
        { nth: 2, final: 'BUILD_FAILED' }
      ]
    })
    const id = await create(client, githubBody())
    const [theirs] = await untilStatuses(client, id, ['BUILD_FAILED', 'DEPLOYED'])
    expect(theirs?.source_revision_config).toMatchObject({
      repo_ref: 'theirs',
      langgraph_config_path: 'langgraph.json'
    })
  })

  test('not be affected by an old rule', async () => {
    await client.scenario({ revisions: [{ final: null }] })
    const id = await create(client)
    await client.scenario({})
    await push(id)
    await untilStatuses(client, id, ['QUEUED', 'DEPLOYING'])
  })
})

describe('a server can', () => {
  test('ignore the name filter', async () => {
    for (const name of ['agent', 'other']) await create(client, dockerBody({ name }))
    await client.scenario({ server: { ignore_name_filter: true } })
    expect(await client.ask(200, 'GET', '/v2/deployments?name=agent')).toMatchObject({ offset: 2 })
    expect(await client.ask(200, 'GET', '/v2/deployments?name=agent&name_contains=ot')).toMatchObject({ offset: 1 })
  })

  test.each([
    [true, [{ name: 'TOKEN', value: '********' }]],
    ['[REDACTED]', [{ name: 'TOKEN', value: '[REDACTED]' }]],
    ['{first4}****{last4}', [{ name: 'TOKEN', value: 'secr****cret' }]],
    ['', [{ name: 'TOKEN', value: '' }]],
    [null, [{ name: 'TOKEN', value: null }]],
    ['list', []]
  ])('hide secrets: %j', async (hide_secrets, secrets) => {
    await client.scenario({ server: { hide_secrets } })
    const body = await client.ask(
      201,
      'POST',
      '/v2/deployments',
      githubBody({ secrets: [{ name: 'TOKEN', value: 'secret, a secret' }] })
    )
    expect(body.secrets).toEqual(secrets)
  })

  test('resolve the ref', async () => {
    await client.scenario({ server: { resolve_ref: true } })
    for (const [name, repo_ref, repo_branch] of [
      ['branch', 'main', 'main'],
      ['tag', 'refs/tags/v1', null]
    ]) {
      const source_revision_config = { repo_ref, langgraph_config_path: 'langgraph.json' }
      const body = await client.ask(201, 'POST', '/v2/deployments', githubBody({ name, source_revision_config }))
      const commit = at(body, 'source_revision_config', 'repo_commit_sha')
      expect(commit).toMatch(/^[0-9a-f]{40}$/)
      expect(body).toMatchObject({ source_config: { repo_branch }, source_revision_config: { repo_ref: commit } })
      expect(await revisionsOf(client, String(body.id))).toMatchObject([
        { source_revision_config: { repo_ref: commit } }
      ])
    }
  })

  test('hide the listener', async () => {
    await client.scenario({ server: { hide_listener: true } })
    const source_config = { listener_id: client.emulator.listenerId, listener_config: { k8s_namespace: 'default' } }
    const body = await client.ask(201, 'POST', '/v2/deployments', dockerBody({ source_config }))
    expect(body).toMatchObject({ source_config: { listener_id: null, listener_config: null } })
  })

  test('lack a newer field', async () => {
    const id = await create(client)
    const [revision] = await revisionsOf(client, id)
    const paths = {
      tracer_session_id: `/v2/deployments/${id}`,
      status_message: `/v2/deployments/${id}/revisions/${revision?.id}`
    }
    for (const [field, path] of Object.entries(paths)) expect(await client.ask(200, 'GET', path)).toHaveProperty(field)
    await client.scenario({ server: { leaves_out: Object.keys(paths) } })
    for (const [field, path] of Object.entries(paths)) {
      expect(await client.ask(200, 'GET', path)).not.toHaveProperty(field)
    }
    await client.ask(422, 'PUT', '/_emulator/scenario', { server: { leaves_out: ['tracer_session'] } })
  })

  test('return no latest revision after a PATCH', async () => {
    await client.scenario({ server: { no_latest_in_patch_answer: true } })
    const id = await create(client)
    const [first] = await untilStatuses(client, id, ['DEPLOYED'])
    expect(await push(id)).toMatchObject({ latest_revision_id: first?.id })
    const [second] = await untilStatuses(client, id, ['DEPLOYED', 'DEPLOYED'])
    const path = `/v2/deployments/${id}`
    expect(await client.ask(200, 'POST', `${path}/revisions/${first?.id}/redeploy`)).toMatchObject({
      latest_revision_id: second?.id
    })
    expect((await client.ask(200, 'GET', path)).latest_revision_id).not.toBe(second?.id)
  })
})

describe('the documentation', () => {
  const text = readFileSync('docs/emulator.md', 'utf8')
  const keys = 'revisions|workspaces|agent|sessions|server'
  const examples = [
    ...text.matchAll(new RegExp(`/_emulator/scenario -d '(\\{[^']+\\})'|\`(\\{"(?:${keys})".*?\\})\``, 'g'))
  ].map(([, curl, code]) => curl ?? code ?? '')

  test('contains examples', () => expect(examples.length).toBeGreaterThan(10))

  test.each(examples.map((example) => ({ title: example.replace(/\s+/g, ' '), example })))(
    'contains a valid scenario: $title',
    ({ example }) => {
      expect(() => read(scenarioSchema, JSON.parse(example), ['body'])).not.toThrow()
    }
  )

  test('names every key', () => {
    const filled = {
      server: { push_token: {} },
      workspaces: [{ display_name: 'Team' }],
      revisions: [{ traffic: { per_minute: 1 } }],
      faults: [{ action: 'cut' }],
      agent: {
        graphs: { agent: { runs: [{ error: { type: 'KeyError' } }] } },
        assistants: [{ graph_id: 'agent' }],
        auth: {}
      },
      sessions: [{ name: 'one', samples: [{}], later: [{ after_ms: 1, stats: {} }] }]
    }
    const missing = keysIn(read(scenarioSchema, filled, [])).filter((key) => !text.includes(`\`${key}\``))
    expect(missing).toEqual([])
  })
})

/** Every key of a scenario, at any depth; `agent` is the name of a graph, not a key. */
function keysIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn)
  return isRecord(value) ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]) : []
}
