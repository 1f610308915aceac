import { describe, expect, test } from '@jest/globals'
import { create, dockerBody, githubBody, type Json, records, useEmulator } from './support.ts'

const any = useEmulator()
const cloud = useEmulator({ hosting: 'cloud' })
const hybrid = useEmulator({ hosting: 'hybrid', repositories: ['Acme/Agents', 'acme/more'] })
const selfHosted = useEmulator({ hosting: 'self-hosted' })
const clients = { cloud, hybrid, 'self-hosted': selfHosted }

const github = githubBody().source_config as Json
const listener_id = '8e4f6a20-3c97-4d1b-b5e2-60a7d8c19f03'
const listener_config = { k8s_namespace: 'default' }
const docker = { listener_id, listener_config, resource_spec: {} }
const internal = { source: 'internal_source', source_revision_config: {} }

test.each<[keyof typeof clients, string, Json, number, RegExp | null]>([
  ['cloud', 'a listed repository', githubBody(), 201, null],
  [
    'cloud',
    'its address with .git',
    githubBody({ source_config: { ...github, repo_url: 'https://github.com/Acme/agents.git' } }),
    201,
    null
  ],
  [
    'cloud',
    'another repository',
    githubBody({ source_config: { ...github, repo_url: 'https://github.com/acme/other' } }),
    400,
    /^LangSmith Deployment does not have permission on your repo$/
  ],
  [
    'cloud',
    'another integration',
    githubBody({ source_config: { ...github, integration_id: listener_id } }),
    400,
    /integration_id/
  ],
  [
    'cloud',
    'no deployment type',
    githubBody({ source_config: { ...github, deployment_type: null } }),
    400,
    /'source_config.deployment_type' is required for 'github' source/
  ],
  [
    'cloud',
    'a resource spec',
    githubBody({ source_config: { ...github, resource_spec: {} } }),
    400,
    /resource_spec.*external_docker/
  ],
  [
    'cloud',
    'a custom URL',
    githubBody({ source_config: { ...github, custom_url: 'x.example' } }),
    400,
    /custom_url.*external_docker/
  ],
  [
    'cloud',
    'an image beside the ref',
    githubBody({ source_revision_config: { repo_ref: 'main', langgraph_config_path: 'a.json', image_uri: 'a' } }),
    400,
    /image_uri' must be null/
  ],
  ['cloud', 'an external image', dockerBody({ source_config: docker }), 400, /external_docker.*listener/],
  ['cloud', 'an underscore', githubBody({ name: 'my_deployment' }), 422, null],
  ['cloud', 'a digit first', githubBody({ name: '1-agent' }), 422, null],
  ['cloud', 'uploaded source', githubBody({ ...internal, source_config: { deployment_type: 'dev' } }), 201, null],
  [
    'cloud',
    'no word on pushes',
    githubBody({ source_config: { ...github, build_on_push: null } }),
    400,
    /build_on_push must be supplied/
  ],
  [
    'cloud',
    'a word on pushes without a repository',
    githubBody({ ...internal, source_config: { deployment_type: 'dev', build_on_push: false } }),
    400,
    /build_on_push is only valid for GitHub/
  ],
  ['hybrid', 'an external image on its listener', dockerBody({ source_config: docker }), 201, null],
  [
    'hybrid',
    'no listener',
    dockerBody(),
    400,
    new RegExp(
      `^Source configuration error: 'source_config.listener_id' is required for workspace with available listener IDs: \\['${listener_id}'\\]$`
    )
  ],
  [
    'hybrid',
    'another listener',
    dockerBody({ source_config: { ...docker, listener_id: github.integration_id } }),
    400,
    /listener_id/
  ],
  [
    'hybrid',
    'no namespace',
    dockerBody({ source_config: { ...docker, listener_config: null } }),
    400,
    /k8s_namespace' is required/
  ],
  [
    'hybrid',
    'another namespace',
    dockerBody({ source_config: { ...docker, listener_config: { k8s_namespace: 'x' } } }),
    400,
    /k8s_namespace' must be/
  ],
  [
    'hybrid',
    'a deployment type',
    dockerBody({ source_config: { ...docker, deployment_type: 'prod' } }),
    400,
    /deployment_type' is not accepted/
  ],
  [
    'hybrid',
    'no resource spec',
    dockerBody({ source_config: { ...docker, resource_spec: null } }),
    400,
    /resource_spec' is required/
  ],
  [
    'hybrid',
    'no replicas',
    dockerBody({ source_config: { ...docker, resource_spec: { min_scale: 0 } } }),
    400,
    /min_scale/
  ],
  [
    'hybrid',
    'more at least than at most',
    dockerBody({ source_config: { ...docker, resource_spec: { min_scale: 2 } } }),
    400,
    /max_scale/
  ],
  [
    'hybrid',
    'an odd memory',
    dockerBody({ source_config: { ...docker, resource_spec: { memory_mb: 1000 } } }),
    400,
    /memory_mb' must be a multiple of 128/
  ],
  ['hybrid', 'GitHub', githubBody(), 201, null],
  [
    'self-hosted',
    'too little for Redis',
    dockerBody({ source_config: { resource_spec: { redis_memory_mb: 128 } } }),
    400,
    /redis_memory_mb' must be at least 512/
  ],
  [
    'self-hosted',
    'less for Redis at most',
    dockerBody({ source_config: { resource_spec: { redis_memory_mb: 1024, redis_memory_limit_mb: 512 } } }),
    400,
    /redis_memory_limit_mb' must not be below/
  ],
  [
    'self-hosted',
    'enough for Redis',
    dockerBody({ source_config: { resource_spec: { redis_memory_mb: 512, redis_memory_limit_mb: 1024 } } }),
    201,
    null
  ],
  ['self-hosted', 'an external image', dockerBody(), 201, null],
  ['self-hosted', 'GitHub', githubBody(), 400, /'github' source is only available for Cloud/],
  ['self-hosted', 'uploaded source', githubBody(internal), 400, /'internal_source' source is only available for Cloud/],
  ['self-hosted', 'an underscore', dockerBody({ name: 'my_deployment' }), 422, null]
])('%s: %s', async (hosting, _, body, status, detail) => {
  const answer = await clients[hosting].ask(status, 'POST', '/v2/deployments', body)
  if (detail) expect(answer.detail).toMatch(detail)
  else if (status === 422) expect(answer.detail).toMatchObject([{ loc: ['body', 'name'] }])
})

describe('the type of a deployment', () => {
  const of = (deployment_type: string) => githubBody({ source_config: { ...github, deployment_type } })

  test.each(['dev_free', 'dev', 'prod', 'dev_zero', 'dev_free_zero'])('%s is accepted on Cloud', async (type) => {
    await create(cloud, of(type))
  })

  test.each(['serverless', 'dedicated', 'huge'])(
    "the display name %s is refused on Cloud with FastAPI's error",
    async (type) => {
      const expected = "'dev_free', 'dev', 'prod', 'dev_zero' or 'dev_free_zero'"
      for (const client of [cloud, hybrid]) {
        expect(await client.ask(422, 'POST', '/v2/deployments', of(type))).toEqual({
          detail: [
            {
              type: 'enum',
              loc: ['body', 'source_config', 'deployment_type'],
              msg: expect.stringMatching(/^Input should be /),
              ctx: { expected: expect.any(String) },
              input: type
            }
          ]
        })
      }
      const { detail } = await cloud.ask(422, 'POST', '/v2/deployments', of('serverless'))
      expect(detail).toMatchObject([{ msg: `Input should be ${expected}` }])
    }
  )

  test('can be a display name in any hosting', async () => {
    for (const type of ['serverless', 'dedicated']) await create(any, { ...of(type), name: type })
  })
})

test('Cloud refuses build_on_push for a deployment that is not from GitHub', async () => {
  const id = await create(cloud, githubBody({ ...internal, source_config: { deployment_type: 'dev' } }))
  const { detail } = await cloud.ask(400, 'PATCH', `/v2/deployments/${id}`, { source_config: { build_on_push: true } })
  expect(detail).toMatch(/build_on_push is only valid for GitHub/)
})

describe('the resources at the start', () => {
  test.each<[keyof typeof clients, unknown[], unknown[]]>([
    ['cloud', [], ['acme/agents']],
    ['hybrid', [listener_id], ['Acme/Agents', 'acme/more']],
    ['self-hosted', [], []]
  ])('are %s', async (hosting, listeners, repositories) => {
    const client = clients[hosting]
    const found = records((await client.ask(200, 'GET', '/v2/listeners')).resources)
    expect(found.map(({ id }) => id)).toEqual(listeners)
    const path = `/v1/integrations/github/${client.emulator.integrationId}/repos`
    const repos = records((await client.call('GET', path)).value)
    expect(repos.map(({ owner, name }) => `${owner}/${name}`)).toEqual(repositories)
  })

  test('Cloud creates no listeners; a self-hosted listener, once created, is required', async () => {
    const body = { compute_type: 'k8s', compute_id: 'mine', compute_config: {} }
    expect((await cloud.ask(403, 'POST', '/v2/listeners', body)).detail).toBe(
      `Listeners cannot be created for LangSmith workspace ID '${cloud.emulator.workspaceId}'. Creating listeners is only allowed for LangSmith organizations with self-hosted enterprise plans.`
    )
    const { id } = await selfHosted.ask(201, 'POST', '/v2/listeners', body)
    await selfHosted.ask(400, 'POST', '/v2/deployments', dockerBody())
    await create(selfHosted, dockerBody({ source_config: { resource_spec: {}, listener_id: id, listener_config } }))
  })
})

test('Cloud allows one free deployment, and only changes of its own kind', async () => {
  const free = (name: string) => githubBody({ name, ...internal, source_config: { deployment_type: 'dev_free' } })
  const id = await create(cloud, free('first'))
  expect(await cloud.ask(400, 'POST', '/v2/deployments', free('second'))).toEqual({
    detail: 'Limit of 1 free Development deployment type(s) per organization exceeded.'
  })
  for (const source_config of [{ resource_spec: {} }, { custom_url: 'x.example' }]) {
    await cloud.ask(400, 'PATCH', `/v2/deployments/${id}`, { source_config })
  }
  await cloud.ask(204, 'DELETE', `/v2/deployments/${id}`)
  await create(cloud, free('third'))
})
