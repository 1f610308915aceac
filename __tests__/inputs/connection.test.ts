import { describe, expect, test } from '@jest/globals'
import { cloudControlPlane } from '../../src/control-plane/hosts.ts'
import { FORK_PULL_REQUEST, type Given, KEY, problemsOf, pullRequest, read, UUID } from './environment.ts'

describe('the control plane', () => {
  test.each(['us', 'eu', 'apac', 'aws-us'] as const)('of region %s', async (region) => {
    expect((await read({ inputs: { region } })).controlPlane).toEqual(cloudControlPlane(region))
  })

  test('behind control-plane-url goes before the region', async () => {
    const inputs = { region: 'eu', 'image-uri': 'agent:1', 'control-plane-url': 'https://ls.example.com/api-host/' }
    const { controlPlane, connection } = await read({ inputs })
    expect(controlPlane).toEqual({
      url: 'https://ls.example.com/api-host',
      dashboard: 'https://ls.example.com',
      dataApi: 'https://ls.example.com',
      hosting: 'self-hosted'
    })
    expect(connection.url).toBe(controlPlane.url)
  })

  test.each<[string, Record<string, string>]>([
    ['this machine', { 'control-plane-url': 'http://127.0.0.1:8124' }],
    ['localhost', { 'control-plane-url': 'http://localhost:8124/api-host' }],
    [
      'anything that the user allows',
      { 'control-plane-url': 'http://ls.internal/api-host', 'allow-insecure-http': 'true', 'image-uri': 'agent:1' }
    ]
  ])('may be reached by plain http on %s', async (_, inputs) => {
    expect((await read({ inputs })).connection.url).toBe(inputs['control-plane-url'])
  })

  test.each<[string, string, RegExp]>([
    ['no address', 'langsmith', /no web address\. Write one such as `https:/],
    ['another protocol', 'ftp://ls.example.com', /no web address/],
    ['a user', 'https://me@ls.example.com/api-host', /Write `https:\/\/ls\.example\.com\/api-host`/],
    ['a password', 'https://:hunter2@ls.example.com/', /user info/],
    ['a query', 'https://ls.example.com/api-host?x=1', /Write `https:\/\/ls\.example\.com\/api-host`/],
    ['a fragment', 'https://ls.example.com/#/deployments', /Write `https:\/\/ls\.example\.com\/`/],
    ['the pages of a region', 'https://smith.langchain.com', /write `region: us`/],
    ['the pages of another region', 'https://eu.smith.langchain.com/o/x', /write `region: eu`/],
    ['plain http', 'http://ls.example.com/api-host', /Write https, or `allow-insecure-http: true`/],
    ['plain http to Cloud', 'http://api.host.langchain.com', /unencrypted/]
  ])('cannot be %s', async (_, url, cure) => {
    const problems = await problemsOf({ inputs: { 'image-uri': 'agent:1', 'control-plane-url': url } })
    expect(problems).toEqual([{ input: 'control-plane-url', text: expect.stringMatching(cure) }])
    expect(problems[0]?.text).not.toMatch(/hunter2|me@/)
  })

  test('that is wrong does not make the other inputs wrong', async () => {
    const inputs = { 'control-plane-url': 'nowhere', timeout: 'x' }
    expect((await problemsOf({ inputs })).map(({ input }) => input)).toEqual(['control-plane-url', 'timeout'])
  })

  test('in an unknown region is told with all the regions', async () => {
    expect(await problemsOf({ inputs: { region: 'US' } })).toEqual([
      { input: 'region', text: 'is "US". Did you mean `us`? Write one of `us`, `eu`, `apac`, `aws-us`.' }
    ])
  })
})

describe('the key', () => {
  test('loses the white space that a paste brings along', async () => {
    expect((await read({ inputs: { 'api-key': `\n ${KEY}\r\n` } })).connection.apiKey).toBe(KEY)
  })

  test.each(['two words', 'lsv2\nlsv2', 'schlüssel', 'tab\there', 'nul\0'])(
    'cannot be %j, and is not shown',
    async (key) => {
      const problems = await problemsOf({ inputs: { 'api-key': key } })
      expect(problems).toEqual([{ input: 'api-key', text: expect.stringContaining('store the bare key') }])
      expect(problems[0]?.text).not.toContain(key)
    }
  )

  const withoutKey = (given: Given): Given => ({ ...given, inputs: { 'api-key': '', 'repo-ref': 'main' } })
  test.each<[string, Given, RegExp]>([
    ['a secret that is not set', {}, /secrets\.LANGSMITH_API_KEY/],
    ['a fork, which gets no secrets', FORK_PULL_REQUEST, /head\.repo\.full_name == github\.repository/],
    [
      'Dependabot, which has secrets of its own',
      { ...FORK_PULL_REQUEST, event: pullRequest('acme/Support_Agent', { login: 'dependabot[bot]' }) },
      /Settings, Secrets and variables, Dependabot/
    ]
  ])('that is missing is told with its reason: %s', async (_, given, advice) => {
    expect(await problemsOf(withoutKey(given))).toEqual([{ input: 'api-key', text: expect.stringMatching(advice) }])
  })

  test('that is missing under pull_request_target is not put down to the fork, for that event does get secrets', async () => {
    const given = { ...FORK_PULL_REQUEST, variables: { GITHUB_EVENT_NAME: 'pull_request_target' } }
    const [problem] = await problemsOf(withoutKey(given))
    expect(problem?.input).toBe('api-key')
    expect(problem?.text).not.toMatch(/gives those no secrets/)
  })
})

describe('workspace and organization', () => {
  test('are sent where they are given', async () => {
    const config = await read({ inputs: { 'workspace-id': UUID, 'organization-id': UUID.toUpperCase() } })
    expect(config.connection).toMatchObject({ workspaceId: UUID, organizationId: UUID.toUpperCase() })
    expect(config.workspaceName).toBeUndefined()
  })

  test.each(['mine', 'Team of José', UUID.slice(1), `${UUID} 2`])('%j is a name, which is not sent', async (name) => {
    const config = await read({ inputs: { 'workspace-id': ` ${name}\n` } })
    expect(config.workspaceName).toBe(name)
    expect(config.connection.workspaceId).toBeUndefined()
  })

  test('are neither known nor looked up when they are not written', async () => {
    const config = await read({ inputs: { 'workspace-id': ' ' } })
    expect([config.workspaceName, config.connection.workspaceId]).toEqual([undefined, undefined])
  })

  test('take no name for an organization', async () => {
    expect(await problemsOf({ inputs: { 'workspace-id': 'mine', 'organization-id': 'acme' } })).toEqual([
      { input: 'organization-id', text: expect.stringMatching(/no ID\. Write a UUID/) }
    ])
  })
})

describe('the proxy', () => {
  test.each<[string, Record<string, string>, object]>([
    ['is none by default', {}, {}],
    ['is none when its variable is empty', { HTTPS_PROXY: '', https_proxy: '' }, {}],
    [
      'comes from the upper case variables',
      { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a' },
      { https: 'http://p:1', except: 'a' }
    ],
    [
      'comes from the lower case ones first',
      { HTTP_PROXY: 'http://p:1', http_proxy: 'https://q:2' },
      { http: 'https://q:2' }
    ]
  ])('%s', async (_, variables, proxy) => {
    expect((await read({ variables })).connection.proxy).toEqual(proxy)
  })

  test.each(['HTTP_PROXY', 'HTTPS_PROXY'])('in %s must be an http address', async (name) => {
    for (const value of ['p:3128', 'socks5://p:1', 'nothing']) {
      expect(await problemsOf({ variables: { [name]: value } })).toEqual([
        { input: name, text: expect.stringMatching(/Write one such as `http:/) }
      ])
    }
  })
})
