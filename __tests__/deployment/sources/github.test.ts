import { describe, expect, test } from '@jest/globals'
import type { ControlPlaneClient } from '../../../src/control-plane/client.ts'
import { RefusalError } from '../../../src/control-plane/errors.ts'
import { type GithubInputs, githubSource, sameRepository } from '../../../src/deployment/sources/github.ts'
import { sourceOf } from '../../../src/deployment/sources/index.ts'
import { CLOUD, CLOUD_ON_AWS, clientWith } from '../samples.ts'

const URL = 'https://github.com/acme/agents'
const INPUTS: GithubInputs = {
  type: 'github',
  repoUrl: URL,
  repoRef: 'main',
  configPath: 'langgraph.json',
  integrationId: undefined,
  buildOnPush: false,
  deploymentType: undefined,
  installCommand: undefined,
  buildCommand: undefined,
  runCommit: undefined
}

/** A workspace with these integrations, and what each can read; `asked` tells in which order they were looked into. */
function workspace(integrations: Record<string, { readonly name: string; readonly urls: readonly string[] }>) {
  const asked: string[] = []
  const client: ControlPlaneClient = clientWith({
    githubIntegrations: async () => Object.entries(integrations).map(([id, { name }]) => ({ id, name })),
    githubRepositories: async (id) => {
      asked.push(id)
      return (integrations[id]?.urls ?? []).map((url) => ({ url, default_branch: 'main' }))
    },
    githubInstallLink: async () => undefined
  })
  return { client, asked }
}

describe('two addresses of one repository', () => {
  test.each([
    URL,
    'https://github.com/acme/agents.git',
    'https://github.com/acme/agents/',
    'https://github.com/acme/agents.git/',
    'http://github.com/acme/agents',
    'https://GitHub.com/Acme/Agents',
    ' https://github.com/acme/agents ',
    'git@github.com:acme/agents.git',
    'ssh://git@github.com/acme/agents.git'
  ])('are the same: %s', (other) => {
    expect(sameRepository(other, URL)).toBe(true)
    expect(sameRepository(URL, other)).toBe(true)
  })

  test.each([
    'https://github.com/acme/agents2',
    'https://github.com/acme/other',
    'https://github.com/other/agents',
    'https://github.example.com/acme/agents',
    'https://github.com/acme/agents/tree/main',
    ''
  ])('are not the same: %s', (other) => {
    expect(sameRepository(other, URL)).toBe(false)
  })
})

describe('the integration', () => {
  test('that is written is not looked up', async () => {
    const settings = await githubSource({
      ...INPUTS,
      integrationId: 'given',
      deploymentType: 'dedicated'
    }).fixedSettings(clientWith({}), CLOUD)
    expect(settings).toEqual([
      { field: 'integration_id', wanted: 'given' },
      { field: 'repo_url', wanted: URL },
      { field: 'deployment_type', wanted: 'prod', shown: 'dedicated' }
    ])
  })

  test('is the one that can read the repository; the type is that of the official tool', async () => {
    const { client } = workspace({
      a: { name: 'someone', urls: ['https://github.com/acme/other'] },
      b: { name: 'else', urls: ['https://github.com/acme/agents.git'] }
    })
    expect(await githubSource(INPUTS).fixedSettings(client, CLOUD)).toEqual([
      { field: 'integration_id', wanted: 'b' },
      { field: 'repo_url', wanted: URL },
      { field: 'deployment_type', wanted: 'dev_zero', shown: 'serverless' }
    ])
  })

  test('comes with a type that does not scale to zero where the control plane runs in AWS', async () => {
    const inputs = { ...INPUTS, integrationId: 'given' }
    const typeOf = async (deploymentType: string | undefined) =>
      (await githubSource({ ...inputs, deploymentType }).fixedSettings(clientWith({}), CLOUD_ON_AWS)).at(-1)
    expect(await typeOf(undefined)).toEqual({ field: 'deployment_type', wanted: 'dev', shown: 'dev' })
    expect(await typeOf('serverless')).toMatchObject({ wanted: 'dev_zero' })
  })

  test("of the repository's own account is asked first", async () => {
    const { client, asked } = workspace({
      a: { name: 'someone', urls: [URL] },
      b: { name: 'Acme', urls: [URL] }
    })
    const [integration] = await githubSource(INPUTS).fixedSettings(client, CLOUD)
    expect(integration?.wanted).toBe('b')
    expect(asked).toEqual(['b'])
  })

  test('is looked up once, however often the plan is made anew', async () => {
    const { client, asked } = workspace({ a: { name: 'acme', urls: [URL] } })
    const source = githubSource(INPUTS)
    expect(await source.fixedSettings(client, CLOUD)).toEqual(await source.fixedSettings(client, CLOUD))
    expect(asked).toEqual(['a'])
  })

  test.each<[string, Parameters<typeof workspace>[0], RegExp]>([
    [
      'there is none',
      {},
      /^The workspace has no GitHub integration, so LangSmith cannot read https:\/\/github\.com\/acme\/agents\./
    ],
    [
      'none can read the repository',
      { a: { name: 'acme', urls: [] }, b: { name: '', urls: [] } },
      /acme \(a\), unnamed \(b\)/
    ]
  ])('is missing with a way out when %s', async (_, integrations, message) => {
    const run = githubSource(INPUTS).fixedSettings(workspace(integrations).client, CLOUD)
    await expect(run).rejects.toThrow(RefusalError)
    await expect(run).rejects.toThrow(message)
    await expect(run).rejects.toMatchObject({
      advice: expect.stringMatching(/Install the LangSmith GitHub App.+`integration-id`/)
    })
  })
})

test('the source says what it is and what it sends', () => {
  const source = sourceOf({ ...INPUTS, repoRef: 'refs/tags/v1', configPath: 'a/l.json' })
  expect(source).toMatchObject({
    type: 'github',
    label: `${URL} at refs/tags/v1`,
    sent: { repo_ref: 'refs/tags/v1', langgraph_config_path: 'a/l.json', image_uri: null, source_tarball_path: null }
  })
})
