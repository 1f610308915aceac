import { describe, expect, test } from '@jest/globals'
import { cloudControlPlane } from '../../src/control-plane/hosts.ts'
import { FORK_PULL_REQUEST, type Given, KEY, problemsOf, pullRequest, read, UUID } from './environment.ts'

describe('the control plane', () => {
  test.each(['us', 'eu', 'apac', 'aws-us'] as const)('is that of the region %s', async (region) => {
    expect((await read({ inputs: { region } })).controlPlane).toEqual(cloudControlPlane(region))
  })

  test('is that of `control-plane-url` rather than that of the region', async () => {
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
      'any host that the user allows',
      { 'control-plane-url': 'http://ls.internal/api-host', 'allow-insecure-http': 'true', 'image-uri': 'agent:1' }
    ]
  ])('accepts plain HTTP for %s', async (_, inputs) => {
    expect((await read({ inputs })).connection.url).toBe(inputs['control-plane-url'])
  })

  test.each<[string, string, RegExp]>([
    [
      'a text that is not a URL',
      'langsmith',
      /^expected a URL such as `https:\/\/langsmith\.example\.com\/api-host`\. For LangSmith Cloud, remove it and set `region`\./
    ],
    [
      'another protocol',
      'ftp://ls.example.com',
      /^expected a URL such as `https:\/\/langsmith\.example\.com\/api-host`\. For LangSmith Cloud, remove it and set `region`\./
    ],
    [
      'a bare host',
      'ls.acme.corp',
      /^expected a URL such as `https:\/\/ls\.acme\.corp\/api-host`\. For LangSmith Cloud, remove it and set `region`\./
    ],
    [
      'a bare host of Cloud',
      'api.host.langchain.com',
      /^expected a URL such as `https:\/\/api\.host\.langchain\.com`\. For LangSmith Cloud, remove it and set `region`\./
    ],
    [
      'a host only',
      'ls.example.com/api-host',
      /^expected a URL such as `https:\/\/ls\.example\.com\/api-host`\. For LangSmith Cloud, remove it and set `region`\./
    ],
    [
      'the web app of a new region',
      'https://ca.smith.langchain.com/o/x',
      /`control-plane-url: https:\/\/ca\.api\.host/
    ],
    [
      'a user',
      'https://me@ls.example.com/api-host',
      /^must not contain credentials, a query or a fragment\. Set it to `https:\/\/ls\.example\.com\/api-host`\./
    ],
    [
      'a password',
      'https://:hunter2@ls.example.com/',
      /^must not contain credentials, a query or a fragment\. Set it to `https:\/\/ls\.example\.com\/`\./
    ],
    [
      'a query',
      'https://ls.example.com/api-host?x=1',
      /^must not contain credentials, a query or a fragment\. Set it to `https:\/\/ls\.example\.com\/api-host`\./
    ],
    [
      'a fragment',
      'https://ls.example.com/#/deployments',
      /^must not contain credentials, a query or a fragment\. Set it to `https:\/\/ls\.example\.com\/`\./
    ],
    [
      'the web app of a region',
      'https://smith.langchain.com',
      /^points to the LangSmith web app \(smith\.langchain\.com\)\. Remove it and set `region: us`\./
    ],
    [
      'the web app of another region',
      'https://eu.smith.langchain.com/o/x',
      /^points to the LangSmith web app \(eu\.smith\.langchain\.com\)\. Remove it and set `region: eu`\./
    ],
    [
      'plain HTTP',
      'http://ls.example.com/api-host',
      /^would send the API key unencrypted to http:\/\/ls\.example\.com\. Use https, or set `allow-insecure-http: true` if you trust the network\./
    ],
    ['plain HTTP to Cloud', 'http://api.host.langchain.com', /unencrypted/]
  ])('rejects %s', async (_, url, cure) => {
    const problems = await problemsOf({ inputs: { 'image-uri': 'agent:1', 'control-plane-url': url } })
    expect(problems).toEqual([{ input: 'control-plane-url', text: expect.stringMatching(cure) }])
    expect(problems[0]?.text).not.toMatch(/hunter2|me@/)
  })

  test('causes no problems of other inputs if its URL is invalid', async () => {
    const inputs = { 'control-plane-url': 'nowhere', timeout: 'x' }
    expect((await problemsOf({ inputs })).map(({ input }) => input)).toEqual(['control-plane-url', 'timeout'])
  })

  test.each([
    ['mars', ''],
    ['europe', ' Did you mean `eu`?'],
    ['eu-west-1', ' Did you mean `eu`?'],
    ['us-east-1', ' Did you mean `aws-us`?'],
    ['AWS', ' Did you mean `aws-us`?'],
    ['us-central1', ' Did you mean `us`?'],
    ['asia', ' Did you mean `apac`?'],
    ['GCP EU', ' Did you mean `eu`?'],
    ['gcp-apac', ' Did you mean `apac`?']
  ])('lists all regions for an unknown region, and suggests one: %s', async (region, guess) => {
    expect(await problemsOf({ inputs: { region } })).toEqual([
      { input: 'region', text: `expected one of \`us\`, \`eu\`, \`apac\`, \`aws-us\`, got "${region}".${guess}` }
    ])
  })

  test.each([
    ['EU', 'eu'],
    ['Us', 'us'],
    ['AWS-US', 'aws-us']
  ] as const)('accepts the region in any case: %s', async (region, meant) => {
    const config = await read({ inputs: { region } })
    expect(config.controlPlane).toEqual(cloudControlPlane(meant))
    expect(config.notices).toEqual([])
  })

  const CLOUD = 'https://api.host.langchain.com'
  test.each([
    ['https://api.smith.langchain.com', CLOUD, '`region: us`'],
    ['https://api.smith.langchain.com/api/v1', CLOUD, '`region: us`'],
    ['https://smith.langchain.com/api/v1', CLOUD, '`region: us`'],
    ['https://eu.api.smith.langchain.com/', 'https://eu.api.host.langchain.com', '`region: eu`'],
    [
      'https://ca.api.smith.langchain.com/v1',
      'https://ca.api.host.langchain.com',
      '`control-plane-url: https://ca.api.host.langchain.com`'
    ],
    ['https://ls.example.com/api/v1', 'https://ls.example.com/api-host', '/api-host`.'],
    ['https://ls.example.com/api-host/v2/deployments?limit=1', '', ''],
    ['https://ls.example.com/api-host/docs', 'https://ls.example.com/api-host', '/api-host`.']
  ])('is derived from the URL of the API, with one notice: %s', async (written, url, cure) => {
    const inputs = { 'image-uri': 'agent:1', 'control-plane-url': written }
    if (url === '') {
      expect(await problemsOf({ inputs })).toEqual([
        {
          input: 'control-plane-url',
          text: 'must not contain credentials, a query or a fragment. Set it to `https://ls.example.com/api-host`.'
        }
      ])
      return
    }
    const config = await read({ inputs })
    expect(config.connection.url).toBe(url)
    expect(config.notices).toEqual([expect.stringContaining(cure)])
    expect(config.notices[0]).toContain(`\`control-plane-url\`: ${written} `)
  })
})

describe('the API key', () => {
  test('is trimmed', async () => {
    expect((await read({ inputs: { 'api-key': `\n ${KEY}\r\n` } })).connection.apiKey).toBe(KEY)
  })

  test.each(['two words', 'lsv2\nlsv2', 'schlüssel', 'tab\there', 'nul\0'])(
    'cannot be %j, and is not printed',
    async (key) => {
      const problems = await problemsOf({ inputs: { 'api-key': key } })
      expect(problems).toEqual([
        {
          input: 'api-key',
          text: expect.stringContaining(
            'contains whitespace or characters that are not valid in a key. Store only the key in the secret.'
          )
        }
      ])
      expect(problems[0]?.text).not.toContain(key)
    }
  )

  test.each([
    ['"lsv2_pt_x"', 'contains quotes, which are not valid in a key. Store only the key in the secret.'],
    ["'lsv2_pt_x'", 'contains quotes, which are not valid in a key. Store only the key in the secret.'],
    ['LANGSMITH_API_KEY=lsv2_pt_x', 'starts with a variable name'],
    [
      '$LANGSMITH_API_KEY',
      'is an expression that was not evaluated, not a key. Use `${{ secrets.NAME }}` with the name of the secret.'
    ],
    [
      'secrets.LANGSMITH_API_KEY',
      'is an expression that was not evaluated, not a key. Use `${{ secrets.NAME }}` with the name of the secret.'
    ]
  ])('cannot be %j, and the problem names the reason', async (key, what) => {
    const problems = await problemsOf({ inputs: { 'api-key': key } })
    expect(problems).toEqual([{ input: 'api-key', text: expect.stringContaining(what) }])
    expect(problems[0]?.text).not.toContain(key)
  })

  test('is checked by the server if it has another form', async () => {
    expect((await read({ inputs: { 'api-key': 'ls__0123456789' } })).connection.apiKey).toBe('ls__0123456789')
  })

  const withoutKey = (given: Given): Given => ({ ...given, inputs: { 'api-key': '', 'repo-ref': 'main' } })
  test.each<[string, Given, RegExp]>([
    ['a secret that is not set', {}, /secrets\.LANGSMITH_API_KEY/],
    ['a fork without secrets', FORK_PULL_REQUEST, /head\.repo\.full_name == github\.repository/],
    [
      'Dependabot with its own secrets',
      { ...FORK_PULL_REQUEST, event: pullRequest('acme/Support_Agent', { login: 'dependabot[bot]' }) },
      /^is empty\. This run was started by Dependabot, which can only read secrets stored under Settings > Secrets and variables > Dependabot\. Store the key there, or skip the step with `if: github\.actor != 'dependabot\[bot\]'`\./
    ]
  ])('is missing for a reason that the problem names: %s', async (_, given, advice) => {
    expect(await problemsOf(withoutKey(given))).toEqual([{ input: 'api-key', text: expect.stringMatching(advice) }])
  })

  test('is not reported as missing because of the fork on pull_request_target, which gets secrets', async () => {
    const given = { ...FORK_PULL_REQUEST, variables: { GITHUB_EVENT_NAME: 'pull_request_target' } }
    const [problem] = await problemsOf(withoutKey(given))
    expect(problem?.input).toBe('api-key')
    expect(problem?.text).not.toContain('pull request from a fork')
  })
})

describe('the workspace and the organization', () => {
  test('are sent if they are set', async () => {
    const config = await read({ inputs: { 'workspace-id': UUID, 'organization-id': UUID.toUpperCase() } })
    expect(config.connection).toMatchObject({ workspaceId: UUID, organizationId: UUID.toUpperCase() })
    expect(config.workspaceName).toBeUndefined()
  })

  test.each(['mine', 'Team of José', UUID.slice(1), `${UUID} 2`])('are never sent as a name: %j', async (name) => {
    const config = await read({ inputs: { 'workspace-id': ` ${name}\n` } })
    expect(config.workspaceName).toBe(name)
    expect(config.connection.workspaceId).toBeUndefined()
  })

  test('are not looked up if they are not set', async () => {
    const config = await read({ inputs: { 'workspace-id': ' ' } })
    expect([config.workspaceName, config.connection.workspaceId]).toEqual([undefined, undefined])
  })

  test('cannot include the name of an organization', async () => {
    expect(await problemsOf({ inputs: { 'workspace-id': 'mine', 'organization-id': 'acme' } })).toEqual([
      {
        input: 'organization-id',
        text: expect.stringMatching(/^expected a UUID such as `f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e`, got "acme"\./)
      }
    ])
  })
})

describe('the proxy', () => {
  test.each<[string, Record<string, string>, object]>([
    ['is absent by default', {}, {}],
    ['is absent if its variable is empty', { HTTPS_PROXY: '', https_proxy: '' }, {}],
    [
      'is read from the upper case variables',
      { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a' },
      { https: 'http://p:1', except: 'a' }
    ],
    ['records that ALL_PROXY is set, but not its value', { all_proxy: 'socks5://me:hunter2@p:1' }, { hasAll: true }],
    [
      'is read from the lower case variables first',
      { HTTP_PROXY: 'http://p:1', http_proxy: 'https://q:2' },
      { http: 'https://q:2' }
    ]
  ])('%s', async (_, variables, proxy) => {
    expect((await read({ variables })).connection.proxy).toEqual(proxy)
  })

  test('is an HTTP proxy without a scheme', async () => {
    const variables = { HTTPS_PROXY: 'proxy.corp:3128', HTTP_PROXY: ' user:pw@proxy ' }
    expect((await read({ variables })).connection.proxy).toEqual({
      https: 'http://proxy.corp:3128',
      http: 'http://user:pw@proxy'
    })
  })

  test('is not an input in the title if it is invalid', async () => {
    const titleOf = (given: Given) => read(given).catch((error: unknown) => error)
    const variables = { https_proxy: 'socks5://p:1' }
    expect(await titleOf({ variables })).toMatchObject({ title: 'Invalid environment variable: https_proxy' })
    const both = await titleOf({ variables, inputs: { timeout: 'soon' } })
    expect(both).toMatchObject({
      title: expect.stringMatching(/^2 invalid values: (https_proxy and timeout|timeout and https_proxy)$/)
    })
  })

  const FAULTS: readonly (readonly [string, RegExp])[] = [
    ['socks5://hunter2@p:1', /SOCKS proxy.+Use a URL such as `http:/],
    ['ftp://p:1', /not an http or https URL.+Use a URL such as `http:/],
    ['http://p:port', /not a proxy URL.+Use a URL such as `http:/],
    ['"http://p:3128"', /quotes/],
    ['http://wpad.corp/proxy.pac', /PAC/],
    ['http://me:hunter2#x@p:3128', /Percent-encode it: `%23` for #/],
    ['http://me:hunter2%x@p:3128', /`%25` for %/],
    ['http://me:12/hunter2@p:3128', /`%2F` for \//],
    ['http://me:12?hunter2@p:3128', /`%3F` for \?/],
    ['CORP\\me:hunter2@p:3128', /`%5C` for \\/]
  ]
  test.each(FAULTS)('is rejected with the reason and without the password: %s', async (value, text) => {
    for (const name of ['HTTPS_PROXY', 'https_proxy']) {
      const problems = await problemsOf({ variables: { [name]: value } })
      expect(problems).toEqual([{ input: name, text: expect.stringMatching(text) }])
      expect(problems[0]?.text).not.toContain('hunter2')
    }
  })

  test.each<[string, Given]>([
    ['NO_PROXY contains the host', { variables: { HTTPS_PROXY: 'socks5://p:1', NO_PROXY: '.langchain.com' } }],
    ['it is for the other protocol', { variables: { HTTP_PROXY: 'socks5://p:1' } }],
    [
      'the host is this machine',
      { variables: { HTTP_PROXY: 'socks5://p:1' }, inputs: { 'control-plane-url': 'http://[::1]:1' } }
    ]
  ])('is not checked if it is not needed: %s', async (_, given) => {
    const { connection, remarks } = await read(given)
    expect([connection.proxy.http, connection.proxy.https]).toEqual([undefined, undefined])
    expect(remarks).toContainEqual(expect.stringMatching(/^Ignored the environment variable HTTP/))
  })
})

test.each([
  ['0', 1],
  ['1', 0],
  ['', 0]
])('disabled certificate verification is one warning: NODE_TLS_REJECT_UNAUTHORIZED=%s', async (value, count) => {
  const { warnings } = await read({ variables: { NODE_TLS_REJECT_UNAUTHORIZED: value } })
  expect(warnings).toHaveLength(count)
  for (const warning of warnings) expect(warning).toMatch(/NODE_EXTRA_CA_CERTS/)
})
