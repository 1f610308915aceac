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

/** Returns a workspace with integrations and their repositories. `asked`: the requested integrations, in order. */
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

describe('sameRepository', () => {
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
  ])('is true for %s', (other) => {
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
  ])('is false for %s', (other) => {
    expect(sameRepository(other, URL)).toBe(false)
  })
})

describe('the integration', () => {
  test('from the inputs is not looked up', async () => {
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

  test('is the one that can read the repository, with the default type of the official tool', async () => {
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

  test('is sent with a type that does not scale to zero if the control plane runs on AWS', async () => {
    const inputs = { ...INPUTS, integrationId: 'given' }
    const typeOf = async (deploymentType: string | undefined) =>
      (await githubSource({ ...inputs, deploymentType }).fixedSettings(clientWith({}), CLOUD_ON_AWS)).at(-1)
    expect(await typeOf(undefined)).toEqual({ field: 'deployment_type', wanted: 'dev', shown: 'dev' })
    expect(await typeOf('serverless')).toMatchObject({ wanted: 'dev_zero' })
  })

  test("of the repository's owner is checked first", async () => {
    const { client, asked } = workspace({
      a: { name: 'someone', urls: [URL] },
      b: { name: 'Acme', urls: [URL] }
    })
    const [integration] = await githubSource(INPUTS).fixedSettings(client, CLOUD)
    expect(integration?.wanted).toBe('b')
    expect(asked).toEqual(['b'])
  })

  test('is looked up only once for several plans', async () => {
    const { client, asked } = workspace({ a: { name: 'acme', urls: [URL] } })
    const source = githubSource(INPUTS)
    expect(await source.fixedSettings(client, CLOUD)).toEqual(await source.fixedSettings(client, CLOUD))
    expect(asked).toEqual(['a'])
  })

  test.each<[string, Parameters<typeof workspace>[0], RegExp]>([
    [
      'has no integration',
      {},
      /^The workspace has no GitHub integration, so LangSmith cannot read https:\/\/github\.com\/acme\/agents\./
    ],
    [
      'has only integrations that cannot read the repository',
      { a: { name: 'acme', urls: [] }, b: { name: '', urls: [] } },
      /acme \(a\), unnamed \(b\)/
    ]
  ])('is reported as missing, with advice, if the workspace %s', async (_, integrations, message) => {
    const run = githubSource(INPUTS).fixedSettings(workspace(integrations).client, CLOUD)
    await expect(run).rejects.toThrow(RefusalError)
    await expect(run).rejects.toThrow(message)
    await expect(run).rejects.toMatchObject({
      advice: expect.stringMatching(/Install the LangSmith GitHub App.+`integration-id`/)
    })
  })
})

test('the source describes itself and the fields that it sends', () => {
  const source = sourceOf({ ...INPUTS, repoRef: 'refs/tags/v1', configPath: 'a/l.json' })
  expect(source).toMatchObject({
    type: 'github',
    label: `${URL} at refs/tags/v1`,
    sent: { repo_ref: 'refs/tags/v1', langgraph_config_path: 'a/l.json', image_uri: null, source_tarball_path: null }
  })
})
