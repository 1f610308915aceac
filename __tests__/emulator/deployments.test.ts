import { describe, expect, test } from '@jest/globals'
import {
  at,
  create,
  dockerBody,
  EMPTY_REVISION,
  githubBody,
  type Json,
  records,
  revisionsOf,
  UNKNOWN_ID,
  until,
  untilStatuses,
  useEmulator
} from './support.ts'

const PUSHED = `r/a@sha256:${'1'.repeat(64)}`
const client = useEmulator()
const UUID = /^[0-9a-f-]{36}$/

function internalBody(overrides: Json = {}): Json {
  return {
    name: 'my-agent',
    source: 'internal_source',
    source_config: {},
    source_revision_config: {},
    secrets: [],
    ...overrides
  }
}

describe('create', () => {
  test('from GitHub returns all fields, with nulls, and the secrets in plain text', async () => {
    const body = await client.ask(201, 'POST', '/v2/deployments', githubBody())
    expect(body).toMatchObject({
      ...githubBody(),
      source_config: {
        ...(githubBody().source_config as Json),
        custom_url: null,
        resource_spec: null,
        listener_id: null,
        listener_config: null,
        install_command: null,
        build_command: null,
        template_id: null,
        repo_branch: null
      },
      source_revision_config: {
        repo_ref: 'main',
        langgraph_config_path: 'langgraph.json',
        image_uri: null,
        source_tarball_path: null,
        repo_commit_sha: expect.stringMatching(/^[0-9a-f]{40}$/)
      },
      id: expect.stringMatching(UUID),
      tenant_id: client.emulator.workspaceId,
      status: 'AWAITING_DATABASE',
      latest_revision_id: expect.stringMatching(UUID),
      active_revision_id: null,
      display_name: null,
      url: null,
      is_managed_deep_agent: false,
      is_preview: false
    })
    expect(Date.parse(String(body.created_at))).toBeLessThanOrEqual(Date.now())
  })

  test('from an image accepts the requests of real clients', async () => {
    const { listenerId } = client.emulator
    for (const [index, source_config] of [
      { resource_spec: { min_scale: 0, max_scale: 2 }, deployment_type: 'dev_free' },
      { integration_id: null, repo_url: null, resource_spec: null, listener_id: null, listener_config: null },
      { listener_id: listenerId, listener_config: { k8s_namespace: 'default' } }
    ].entries()) {
      await create(client, dockerBody({ name: `my_deployment_${index}`, source_config }))
    }
    const shown = records((await client.ask(200, 'GET', '/v2/deployments')).resources).map((one) => one.source_config)
    const defaults = { min_scale: 1, max_scale: 1, cpu: 1, memory_mb: 2048, cpu_limit: null }
    expect(shown).toMatchObject([
      { listener_id: listenerId, listener_config: { k8s_namespace: 'default' }, resource_spec: defaults },
      { listener_id: null, resource_spec: defaults, deployment_type: 'prod', build_on_push: false },
      { deployment_type: 'dev_free', resource_spec: { min_scale: 0, max_scale: 2, cpu: 1, memory_mb: 2048 } }
    ])
  })

  test.each(['internal_source', 'internal_docker'])('%s has no revision before the first PATCH', async (source) => {
    const body = await client.ask(201, 'POST', '/v2/deployments', internalBody({ source }))
    expect(body).toMatchObject({ latest_revision_id: null, source_revision_config: EMPTY_REVISION })
    expect(await revisionsOf(client, String(body.id))).toEqual([])
  })

  test('from a template works', async () => {
    const body = internalBody({ source: 'internal_template', source_config: { template_id: 'react-agent' } })
    const answer = await client.ask(201, 'POST', '/v2/deployments', body)
    expect(answer).toMatchObject({ latest_revision_id: expect.stringMatching(UUID) })
  })

  test('by agent instead of by name works once for each environment', async () => {
    const agent = { agent_id: 'a1', environment: 'staging' }
    const { name: _, ...body } = internalBody({ agent })
    expect(await client.ask(201, 'POST', '/v2/deployments', body)).toMatchObject({ agent })
    const detail = 'A deployment already exists for this agent environment'
    expect(await client.ask(409, 'POST', '/v2/deployments', body)).toEqual({ detail })
    const found = await client.ask(200, 'GET', '/v2/deployments?agent_id=a1&agent_environment=production')
    expect(found.resources).toEqual([])
  })

  test('ignores display_name', async () => {
    const body = await client.ask(201, 'POST', '/v2/deployments', dockerBody({ display_name: 'Mine' }))
    expect(body).toMatchObject({ display_name: null })
  })

  test.each(['name', 'source', 'source_config', 'source_revision_config', 'secrets'])('requires %s', async (key) => {
    const { [key]: _, ...body } = dockerBody()
    const { detail } = await client.ask(422, 'POST', '/v2/deployments', body)
    expect(detail).toEqual([{ type: 'missing', loc: ['body', key], msg: 'Field required', input: body }])
  })

  test.each([
    [{ source_revision_config: null }, 'model_attributes_type', ['source_revision_config']],
    [{ source_config: null }, 'model_attributes_type', ['source_config']],
    [{ secrets: null }, 'list_type', ['secrets']],
    [{ secrets: [{ name: 'A', value: 1 }] }, 'string_type', ['secrets', 0, 'value']],
    [{ secrets: [{ name: 'A' }] }, 'missing', ['secrets', 0, 'value']],
    [{ name: 5 }, 'string_type', ['name']],
    [{ source: 'docker' }, 'enum', ['source']],
    [{ source_config: { deployment_type: 'huge' } }, 'enum', ['source_config', 'deployment_type']],
    [{ source_config: { listener_id: 'x' } }, 'uuid_parsing', ['source_config', 'listener_id']],
    [
      { source_config: { resource_spec: { cpu: 0.05 } } },
      'greater_than_equal',
      ['source_config', 'resource_spec', 'cpu']
    ],
    [
      { source_config: { resource_spec: { max_scale: 1.5 } } },
      'int_from_float',
      ['source_config', 'resource_spec', 'max_scale']
    ],
    [
      { source_config: { resource_spec: { sidecars: [{ image: 'a' }] } } },
      'missing',
      ['source_config', 'resource_spec', 'sidecars', 0, 'name']
    ],
    [
      { source_config: { resource_spec: { sidecars: [{ name: 'a', image: 1 }] } } },
      'string_type',
      ['source_config', 'resource_spec', 'sidecars', 0, 'image']
    ],
    [
      { source_config: { resource_spec: { init_containers: [{ name: 'a', image: 'b', env: [{ value: 'x' }] }] } } },
      'missing',
      ['source_config', 'resource_spec', 'init_containers', 0, 'env', 0, 'name']
    ],
    [
      { source_config: { resource_spec: { init_containers: [{ name: 'a', image: 'b', args: 'x' }] } } },
      'list_type',
      ['source_config', 'resource_spec', 'init_containers', 0, 'args']
    ],
    [
      {
        source_config: { resource_spec: { sidecars: [{ name: 'a', image: 'b', resources: { limits: { cpu: 1 } } }] } }
      },
      'string_type',
      ['source_config', 'resource_spec', 'sidecars', 0, 'resources', 'limits', 'cpu']
    ],
    [
      {
        source_config: { resource_spec: { sidecars: [{ name: 'a', image: 'b', volumeMounts: [{ readOnly: 'x' }] }] } }
      },
      'bool_parsing',
      ['source_config', 'resource_spec', 'sidecars', 0, 'volumeMounts', 0, 'readOnly']
    ],
    [
      { source_config: { resource_spec: { volume_mounts: [{ mountPath: 1 }] } } },
      'string_type',
      ['source_config', 'resource_spec', 'volume_mounts', 0, 'mountPath']
    ],
    [
      { source_config: { resource_spec: { volumes: [{ name: 'a', emptyDir: 1 }] } } },
      'dict_type',
      ['source_config', 'resource_spec', 'volumes', 0, 'emptyDir']
    ],
    [
      { source_config: { resource_spec: { image_pull_secrets: [{}] } } },
      'missing',
      ['source_config', 'resource_spec', 'image_pull_secrets', 0, 'name']
    ]
  ])('refuses %j with 422', async (overrides, type, loc) => {
    const { detail } = await client.ask(422, 'POST', '/v2/deployments', dockerBody(overrides))
    expect(detail).toEqual([expect.objectContaining({ type, loc: ['body', ...loc], msg: expect.any(String) })])
  })

  test('returns Kubernetes objects as they were sent', async () => {
    const resource_spec = {
      volumes: [{ name: 'v', secret: { secretName: 's' }, unheard: { of: 1 } }],
      volume_mounts: [{ name: 'v', mountPath: '/v', readOnly: true }],
      sidecars: [{ name: 'a', image: 'b', env: [{ name: 'E', value: 'x' }], ports: [{ containerPort: 1 }] }],
      image_pull_secrets: [{ name: 'p' }]
    }
    const answer = await client.ask(201, 'POST', '/v2/deployments', dockerBody({ source_config: { resource_spec } }))
    expect(at(answer, 'source_config', 'resource_spec')).toMatchObject(resource_spec)
  })

  test.each([{ min_scale: -5 }, { queue_max_scale: -1 }])('refuses %j with 400', async (resource_spec) => {
    const { detail } = await client.ask(
      400,
      'POST',
      '/v2/deployments',
      dockerBody({ source_config: { resource_spec } })
    )
    expect(detail).toMatch(new RegExp(`'${Object.keys(resource_spec)[0]}' must not be negative`))
  })

  test.each([
    'Not A ref!!',
    'ghcr.io/Acme/agent:1',
    'https://ghcr.io/acme/agent',
    'agent:',
    'agent@sha256:12',
    'a'.repeat(256)
  ])('an image %s cannot be pulled: DEPLOY_FAILED, and the log states the reason', async (image_uri) => {
    const id = await create(client, dockerBody({ source_revision_config: { image_uri } }))
    const [revision] = await untilStatuses(client, id, ['DEPLOY_FAILED'])
    const { logs } = await client.ask(200, 'GET', `/v2/deployments/${id}/revisions/${revision?.id}/logs?type=deploy`)
    expect(records(logs).map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^InvalidImageName: .*invalid/)
    )
  })

  test('a scenario overrides the failed pull', async () => {
    await client.scenario({ revisions: [{ final: 'DEPLOYED' }] })
    const id = await create(client, dockerBody({ source_revision_config: { image_uri: 'Not A ref!!' } }))
    await untilStatuses(client, id, ['DEPLOYED'])
  })

  test.each([
    'agent',
    'agent:latest',
    'ghcr.io/acme/agent:sha-1a2B',
    'LOCALHOST:5000/a/b__c-d.e:V1',
    '[::1]:5000/agent',
    PUSHED
  ])('an image %s can be pulled', async (image_uri) => {
    await untilStatuses(client, await create(client, dockerBody({ source_revision_config: { image_uri } })), [
      'DEPLOYED'
    ])
  })

  test.each([
    [
      githubBody({ source_revision_config: { langgraph_config_path: 'a.json' } }),
      "'source_revision_config.repo_ref' is required for 'github' source"
    ],
    [
      githubBody({ source_revision_config: { repo_ref: 'main' } }),
      "'source_revision_config.langgraph_config_path' is required for 'github' source"
    ],
    [
      githubBody({ source_config: { repo_url: 'https://github.com/a/b' } }),
      "'source_config.integration_id' is required for 'github' source"
    ],
    [
      dockerBody({ source_revision_config: {} }),
      "'source_revision_config.image_uri' is required for 'external_docker' source"
    ],
    [
      dockerBody({ source_revision_config: { image_uri: 'a/b', langgraph_config_path: 'a.json' } }),
      "'source_revision_config.langgraph_config_path' must be null for 'external_docker' source"
    ],
    [
      internalBody({ source: 'internal_template' }),
      "'source_config.template_id' is required for 'internal_template' source"
    ]
  ])('a violated rule of the source is a 400: %#', async (body, text) => {
    expect(await client.ask(400, 'POST', '/v2/deployments', body)).toEqual({
      detail: `Source configuration error: ${text}`
    })
  })

  test('build_on_push is refused for a tag', async () => {
    const body = githubBody({
      source_config: { ...(githubBody().source_config as Json), build_on_push: true },
      source_revision_config: { repo_ref: 'refs/tags/v1', langgraph_config_path: 'langgraph.json' }
    })
    expect((await client.ask(400, 'POST', '/v2/deployments', body)).detail).toMatch(/build_on_push.*tag/)
  })

  test('a name stays taken, even by a deleted deployment', async () => {
    const id = await create(client)
    for (const gone of [false, true]) {
      if (gone) await client.ask(204, 'DELETE', `/v2/deployments/${id}`)
      expect((await client.ask(409, 'POST', '/v2/deployments', githubBody())).detail).toMatch(/already exists/)
    }
    await client.ask(404, 'GET', `/v2/deployments/${id}`)
    expect(await client.ask(200, 'GET', '/v2/deployments')).toMatchObject({ resources: [] })
  })
})

describe('list', () => {
  async function names(query: string): Promise<unknown[]> {
    return records((await client.ask(200, 'GET', `/v2/deployments?${query}`)).resources).map(({ name }) => name)
  }

  test('returns pages, newest first, with the offset of the next page', async () => {
    for (let index = 0; index < 23; index++) await create(client, dockerBody({ name: `agent-${index}` }))
    const first = await client.ask(200, 'GET', '/v2/deployments')
    expect(records(first.resources)).toHaveLength(20)
    expect(first.offset).toBe(20)
    expect(await names('limit=2&offset=1')).toEqual(['agent-21', 'agent-20'])
    const last = await client.ask(200, 'GET', '/v2/deployments?offset=20&limit=100')
    expect(last).toMatchObject({
      offset: 23,
      resources: [{ name: 'agent-2' }, { name: 'agent-1' }, { name: 'agent-0' }]
    })
  })

  test.each([
    ['limit=0', 'greater_than_equal', 'limit'],
    ['limit=101', 'less_than_equal', 'limit'],
    ['limit=x', 'int_parsing', 'limit'],
    ['offset=-1', 'greater_than_equal', 'offset'],
    ['deployment_type=huge', 'enum', 'deployment_type']
  ])('refuses %s with 422', async (query, type, key) => {
    const { detail } = await client.ask(422, 'GET', `/v2/deployments?${query}`)
    expect(detail).toEqual([expect.objectContaining({ type, loc: ['query', key] })])
  })

  test('refuses an environment without an agent with 422', async () => {
    await client.ask(422, 'GET', '/v2/deployments?agent_environment=prod')
  })

  test('accepts an offset beyond the end', async () => {
    expect((await client.ask(200, 'GET', '/v2/deployments?offset=99999999999999999999')).resources).toEqual([])
  })

  test('filters', async () => {
    const id = await create(client, dockerBody({ name: 'agent' }))
    await create(client, githubBody({ name: 'my-agent' }))
    await create(client, githubBody({ name: 'other' }))
    for (const [query, expected] of [
      ['name=agent', ['agent']],
      ['name=AGENT', []],
      ['name_contains=agent', ['my-agent', 'agent']],
      ['name_contains=', ['other', 'my-agent', 'agent']],
      ['name_contains=agent&name=my-agent', ['my-agent']],
      ['deployment_type=dev_zero', ['other', 'my-agent']],
      [`deployment_ids=${id},${UNKNOWN_ID}`, ['agent']],
      ['status=AWAITING_DELETE', []],
      ['tag_value_ids=x', []],
      ['image_version=9.9.9', []],
      ['remote_reconciled=true&unheard_of=1', ['other', 'my-agent', 'agent']]
    ] as const) {
      expect([query, await names(query)]).toEqual([query, expected])
    }
  })
})

describe('get', () => {
  test('returns READY, and the address after the first DEPLOYED', async () => {
    const id = await create(client, githubBody())
    const shown = await until(async () => {
      const body = await client.ask(200, 'GET', `/v2/deployments/${id}`)
      if (body.active_revision_id === null) expect(at(body, 'source_config', 'custom_url')).toBeNull()
      return body.active_revision_id !== null && body
    })
    expect(shown).toMatchObject({
      status: 'READY',
      active_revision_id: shown.latest_revision_id,
      url: `${client.emulator.url}/agents/${id}`,
      source_config: { custom_url: `${client.emulator.url}/agents/${id}` },
      source_revision_config: { image_uri: expect.stringContaining('@sha256:'), repo_ref: 'main' }
    })
  })

  test.each([
    ['GET', '', undefined],
    ['PATCH', '', {}],
    ['DELETE', '', undefined],
    ['PATCH', '/deployment-tier', { deployment_tier: 'SERVERLESS_S' }],
    ['PATCH', '/resource-tiers', { compute_tier: 'SERVERLESS_S' }],
    ['GET', '/revisions', undefined],
    ['POST', '/revisions', { source_revision_config: {} }],
    ['GET', '/logs', undefined],
    ['POST', '/push-token', undefined],
    ['POST', '/upload-url', undefined]
  ])('%s of an unknown deployment (%s) is 404, of an invalid ID 422', async (method, rest, body) => {
    const detail = `Deployment ID ${UNKNOWN_ID} not found.`
    expect(await client.ask(404, method, `/v2/deployments/${UNKNOWN_ID}${rest}`, body)).toEqual({ detail })
    expect(await client.ask(422, method, `/v2/deployments/nonsense${rest}`, body)).toMatchObject({
      detail: [{ type: 'uuid_parsing', loc: ['path', 'deployment_id'], input: 'nonsense' }]
    })
  })

  test('an invalid body or query is reported before a missing deployment', async () => {
    const path = `/v2/deployments/${UNKNOWN_ID}`
    await client.ask(422, 'PATCH', path)
    await client.ask(422, 'PATCH', `${path}/resource-tiers`, {})
    await client.ask(422, 'POST', `${path}/revisions`, {})
    await client.ask(422, 'GET', `${path}/revisions?limit=0`)
  })
})

describe('patch', () => {
  const spec = { min_scale: 1, max_scale: 1, cpu: 1, memory_mb: 2048 }

  test.each([
    ['nothing', {}, false],
    ['a ref', { source_revision_config: { repo_ref: 'next' } }, true],
    ['the same ref', { source_revision_config: { repo_ref: 'main' } }, true],
    ['a config path', { source_revision_config: { langgraph_config_path: 'b.json' } }, true],
    [
      'only nulls',
      { source_revision_config: EMPTY_REVISION, source_config: null, secrets: null, secret_references: null },
      false
    ],
    ['a null revision config', { source_revision_config: null }, false],
    ['secrets', { secrets: [{ name: 'A', value: 'b' }] }, true],
    ['no secrets', { secrets: [] }, false],
    ['references', { secret_references: [{ name: 'A', secret_name: 's', secret_key: 'k' }] }, true],
    ['an empty list of references, as before', { secret_references: [] }, false],
    ['a resource spec', { source_config: { resource_spec: {} } }, true],
    ['an install command', { source_config: { install_command: 'npm ci' } }, true],
    ['a build command', { source_config: { build_command: 'make' } }, true],
    ['build_on_push', { source_config: { build_on_push: true } }, false],
    ['a display name', { display_name: 'Mine' }, false],
    ['fields that cannot change', { name: 'x', source: 'external_docker', source_config: { repo_url: 'x' } }, false]
  ])('%s: creates a revision: %j -> %s', async (_, body, makes) => {
    const id = await create(client, githubBody())
    const [first] = await revisionsOf(client, id)
    const answer = await client.ask(200, 'PATCH', `/v2/deployments/${id}`, body)
    const revisions = await revisionsOf(client, id)
    expect(revisions).toHaveLength(makes ? 2 : 1)
    expect(answer).toMatchObject({ name: 'my-agent', source: 'github', latest_revision_id: revisions[0]?.id })
    expect(revisions.at(-1)?.id).toBe(first?.id)
  })

  test('an empty list of secrets clears nothing; other lists replace all', async () => {
    const id = await create(client, githubBody())
    const secretsAfter = async (secrets: unknown) =>
      (await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { secrets })).secrets
    expect(await secretsAfter([])).toEqual([{ name: 'TOKEN', value: 'in clear' }])
    expect(await secretsAfter([{ name: 'B', value: '' }])).toEqual([{ name: 'B', value: '' }])
  })

  test('route_through_gateway is set at creation and by PATCH, without a new revision', async () => {
    const id = await create(client, githubBody({ route_through_gateway: true }))
    const path = `/v2/deployments/${id}`
    expect(await client.ask(200, 'GET', path)).toMatchObject({ route_through_gateway: true })
    expect(await client.ask(200, 'PATCH', path, { display_name: 'Agent' })).toMatchObject({
      route_through_gateway: true
    })
    const off = await client.ask(200, 'PATCH', path, { route_through_gateway: false })
    expect(off).toMatchObject({ route_through_gateway: false })
    expect(await revisionsOf(client, id)).toHaveLength(1)
    const usual = await create(client, dockerBody({ name: 'usual' }))
    expect(await client.ask(200, 'GET', `/v2/deployments/${usual}`)).toMatchObject({
      route_through_gateway: null,
      tracer_session_id: expect.stringMatching(/^[0-9a-f-]{36}$/)
    })
  })

  test('an empty list of references clears them and creates a revision', async () => {
    const secret_references = [{ name: 'A', secret_name: 's', secret_key: 'k' }]
    const id = await create(client, dockerBody({ secret_references }))
    const kept = await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { display_name: 'Agent' })
    expect(kept.secret_references).toEqual(secret_references)
    const answer = await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { secret_references: [] })
    expect(answer.secret_references).toEqual([])
    expect(await revisionsOf(client, id)).toHaveLength(2)
  })

  test('a resource spec replaces the whole old one', async () => {
    const id = await create(
      client,
      dockerBody({ source_config: { resource_spec: { cpu: 4, max_scale: 9, labels: { a: 'b' } } } })
    )
    const answer = await client.ask(200, 'PATCH', `/v2/deployments/${id}`, {
      source_config: { resource_spec: { cpu: 2.46 } }
    })
    expect(at(answer, 'source_config', 'resource_spec')).toMatchObject({ ...spec, cpu: 2.5, labels: null })
  })

  test('an unchanged command creates no revision', async () => {
    const id = await create(client, githubBody())
    for (const count of [2, 2, 3]) {
      const install_command = count === 3 ? 'pnpm i' : 'npm ci'
      await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_config: { install_command } })
      expect(await revisionsOf(client, id)).toHaveLength(count)
    }
  })

  test('display_name, build_on_push and custom_url change in place', async () => {
    const id = await create(client, dockerBody())
    const body = { display_name: 'Mine', source_config: { custom_url: 'agent.example' } }
    const answer = await client.ask(200, 'PATCH', `/v2/deployments/${id}`, body)
    expect(answer).toMatchObject({ display_name: 'Mine', source_config: { custom_url: 'agent.example' } })
    expect(await revisionsOf(client, id)).toHaveLength(1)
  })

  test('omitted fields keep their values, and the new revision is first in the list', async () => {
    const id = await create(client, githubBody())
    const answer = await client.ask(200, 'PATCH', `/v2/deployments/${id}`, {
      source_revision_config: { repo_ref: 'next' }
    })
    const config = { repo_ref: 'next', langgraph_config_path: 'langgraph.json' }
    expect(answer).toMatchObject({ source_revision_config: config })
    const [newest, first] = await revisionsOf(client, id)
    expect(newest).toMatchObject({ source: 'github', source_revision_config: config })
    const commits = [newest, first].map((revision) => at(revision, 'source_revision_config', 'repo_commit_sha'))
    expect(new Set(commits).size).toBe(2)
  })

  test('the same ref has the same commit', async () => {
    const id = await create(client, githubBody())
    await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { secrets: [{ name: 'A', value: 'b' }] })
    const commits = (await revisionsOf(client, id)).map((one) => at(one, 'source_revision_config', 'repo_commit_sha'))
    expect(new Set(commits).size).toBe(1)
  })

  test.each([
    [{ display_name: '' }, 'string_too_short', ['display_name']],
    [{ revision_source: 'external_docker' }, 'enum', ['revision_source']],
    [{ secrets: [{}] }, 'missing', ['secrets', 0, 'name']]
  ])('%j is 422', async (body, type, loc) => {
    const id = await create(client)
    const { detail } = await client.ask(422, 'PATCH', `/v2/deployments/${id}`, body)
    expect(at(detail, 0)).toMatchObject({ type, loc: ['body', ...loc] })
  })

  test.each([
    ['both', {}, { source_config: { build_on_push: true }, source_revision_config: { repo_ref: 'refs/tags/v1' } }],
    ['the tag later', { build_on_push: true }, { source_revision_config: { repo_ref: 'refs/tags/v1' } }],
    ['the push later', { repo_ref: 'refs/tags/v1' }, { source_config: { build_on_push: true } }]
  ])(
    'build_on_push and a tag, %s, are 400 and change nothing',
    async (_, before: { build_on_push?: boolean; repo_ref?: string }, body) => {
      const { build_on_push = false, repo_ref = 'main' } = before
      const id = await create(
        client,
        githubBody({
          source_config: { ...(githubBody().source_config as Json), build_on_push },
          source_revision_config: { repo_ref, langgraph_config_path: 'langgraph.json' }
        })
      )
      const answer = await client.ask(400, 'PATCH', `/v2/deployments/${id}`, { ...body, display_name: 'Mine' })
      expect(answer.detail).toMatch(/build_on_push.*tag/)
      expect(await client.ask(200, 'GET', `/v2/deployments/${id}`)).toMatchObject({
        display_name: null,
        source_config: { build_on_push },
        source_revision_config: { repo_ref }
      })
    }
  )

  test('an image pushed to the registry becomes a revision', async () => {
    const id = await create(client, internalBody({ source: 'internal_docker' }))
    expect(
      (await client.ask(400, 'PATCH', `/v2/deployments/${id}`, { secrets: [{ name: 'A', value: 'b' }] })).detail
    ).toMatch(/image_uri/)
    const body = {
      revision_source: 'internal_docker',
      source_revision_config: { image_uri: PUSHED },
      secrets: []
    }
    const answer = await client.ask(200, 'PATCH', `/v2/deployments/${id}`, body)
    expect(answer).toMatchObject({
      latest_revision_id: expect.stringMatching(UUID),
      source_revision_config: { image_uri: PUSHED }
    })
    await untilStatuses(client, id, ['DEPLOYED'])
  })

  test('a revision can have another source than its deployment', async () => {
    const id = await create(client, githubBody())
    const body = { revision_source: 'internal_docker', source_revision_config: { image_uri: PUSHED } }
    expect(await client.ask(200, 'PATCH', `/v2/deployments/${id}`, body)).toMatchObject({ source: 'github' })
    expect((await revisionsOf(client, id))[0]).toMatchObject({ source: 'internal_docker' })
  })

  test("a revision returns only the fields of its source, and the next one of another source keeps that source's fields", async () => {
    const id = await create(client, githubBody())
    const pushed = { image_uri: PUSHED }
    await client.ask(200, 'PATCH', `/v2/deployments/${id}`, {
      revision_source: 'internal_docker',
      source_revision_config: pushed
    })
    expect(
      await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { secrets: [{ name: 'A', value: 'b' }] })
    ).toMatchObject({
      source_revision_config: { repo_ref: 'main', langgraph_config_path: 'langgraph.json' }
    })
    const [, second] = await revisionsOf(client, id)
    expect(second).toMatchObject({
      source: 'internal_docker',
      source_revision_config: { ...pushed, repo_ref: null, langgraph_config_path: null, source_tarball_path: null }
    })
  })

  test.each<[string, Json, Json, RegExp]>([
    [
      'from GitHub for a deployment without a repository',
      internalBody(),
      {
        revision_source: 'github',
        source_revision_config: { repo_ref: 'main', langgraph_config_path: 'langgraph.json' }
      },
      /^Source configuration error: 'source_config\.integration_id' is required for 'github' source$/
    ],
    [
      'of another source for an external image',
      dockerBody(),
      { revision_source: 'internal_docker', source_revision_config: { image_uri: PUSHED } },
      /^Source configuration error: 'revision_source' is not available for 'external_docker' source deployments$/
    ]
  ])('400 for a revision %s', async (_, body, patch, detail) => {
    const id = await create(client, body)
    expect((await client.ask(400, 'PATCH', `/v2/deployments/${id}`, patch)).detail).toMatch(detail)
  })
})

describe('delete', () => {
  test('returns 204, then 404; only a deleted deployment can be forced', async () => {
    const id = await create(client)
    const path = `/v2/deployments/${id}`
    await client.ask(400, 'DELETE', `${path}?force=true`)
    await client.ask(204, 'DELETE', `${path}?delete_tracing_project=true`)
    await client.ask(404, 'GET', path)
    await client.ask(404, 'DELETE', path)
    expect(await client.ask(200, 'GET', '/v2/deployments')).toMatchObject({ resources: [] })
    await client.ask(204, 'DELETE', `${path}?force=true`)
    await client.ask(404, 'DELETE', `${path}?force=true`)
    await client.ask(422, 'DELETE', `${path}?force=maybe`)
  })

  test('of several returns 200 for all, 207 for some, 404 for none', async () => {
    const [a, b, c] = [
      await create(client),
      await create(client, dockerBody({ name: 'b' })),
      await create(client, dockerBody({ name: 'c' }))
    ]
    const path = (...ids: string[]) => `/v2/deployments?${ids.map((id) => `deployment_ids=${id}`).join('&')}`
    expect(await client.ask(200, 'DELETE', path(a, b))).toEqual({ deleted: [a, b], failed: [] })
    expect(await client.ask(207, 'DELETE', path(a, c))).toMatchObject({ deleted: [c], failed: [{ deployment_id: a }] })
    expect(await client.ask(404, 'DELETE', path(UNKNOWN_ID))).toEqual({
      detail: `Deployment ID ${UNKNOWN_ID} not found.`
    })
    for (const [query, type] of [
      ['', 'missing'],
      ['?deployment_ids=x', 'uuid_parsing'],
      [`?${'deployment_ids=x&'.repeat(101).replaceAll('x', UNKNOWN_ID)}`, 'too_long']
    ]) {
      expect(await client.ask(422, 'DELETE', `/v2/deployments${query}`)).toMatchObject({ detail: [{ type }] })
    }
  })
})

describe('tiers and quota', () => {
  test.each([
    [
      'deployment-tier',
      { deployment_tier: 'SERVERLESS_M' },
      200,
      { deployment_tier: 'SERVERLESS_M', compute_tier: 'SERVERLESS_M' }
    ],
    ['resource-tiers', { compute_tier: 'SERVERLESS_L' }, 200, { compute_tier: 'SERVERLESS_L', deployment_tier: null }],
    ['deployment-tier', { deployment_tier: 'DEDICATED_M' }, 400, {}],
    ['resource-tiers', { compute_tier: 'DEDICATED_M' }, 400, {}],
    ['resource-tiers', { database_tier: 'DEDICATED_M' }, 400, {}],
    ['deployment-tier', {}, 422, {}],
    ['deployment-tier', { deployment_tier: 'HUGE' }, 422, {}],
    ['resource-tiers', {}, 422, {}]
  ])('PATCH %s %j returns %i', async (path, body, status, shown) => {
    const id = await create(client, githubBody())
    expect(await client.ask(status, 'PATCH', `/v2/deployments/${id}/${path}`, body)).toMatchObject(shown)
    expect(await revisionsOf(client, id)).toHaveLength(status === 200 ? 2 : 1)
  })

  test('a dedicated deployment has a database tier; an external image has none', async () => {
    const type = { ...(githubBody().source_config as Json), deployment_type: 'dedicated' }
    const id = await create(client, githubBody({ name: 'big', source_config: type }))
    const tiers = { database_tier: 'DEDICATED_L' }
    expect(await client.ask(200, 'PATCH', `/v2/deployments/${id}/resource-tiers`, tiers)).toMatchObject(tiers)
    await client.ask(400, 'PATCH', `/v2/deployments/${await create(client)}/resource-tiers`, tiers)
  })

  test('free deployments are counted', async () => {
    for (const deployment_type of ['dev_free', 'dev_free_zero', 'dev']) {
      await create(client, internalBody({ name: deployment_type, source_config: { deployment_type } }))
    }
    expect(await client.ask(200, 'GET', '/v2/deployments/free-count')).toEqual({ count: 2 })
  })
})
