import { describe, expect, test } from '@jest/globals'
import {
  COMMIT,
  FORK_PULL_REQUEST,
  type Given,
  HEAD_COMMIT,
  OWN_PULL_REQUEST,
  problemsOf,
  pullRequest,
  readDeploy,
  UUID
} from './environment.ts'

const SELF_HOSTED = 'https://ls.example.com/api-host'
const IMAGE = 'ghcr.io/acme/agent:1.2.3'

async function github(given: Given) {
  const { source } = await readDeploy(given)
  if (source.type !== 'github') throw new Error('the source is an image')
  return source
}

async function image(given: Given) {
  const { source } = await readDeploy(given)
  if (source.type !== 'external_docker') throw new Error('the source is GitHub')
  return source
}

const withInputs = (given: Given, inputs: Record<string, string>): Given => ({ ...given, inputs })
const onRef = (ref: string): Given => ({ variables: { GITHUB_REF: ref } })
const afterRun = (run: object): Given => ({
  variables: { GITHUB_EVENT_NAME: 'workflow_run' },
  event: { workflow_run: run }
})

describe('the source', () => {
  test.each<[string, Record<string, string>, string]>([
    ['GitHub by default', {}, 'github'],
    ['an image if `image-uri` is set', { 'image-uri': IMAGE }, 'external_docker'],
    ['the value of `source-type`', { 'source-type': 'github' }, 'github'],
    [
      'an image if `source-type` is set to it',
      { 'source-type': 'external_docker', 'image-uri': IMAGE },
      'external_docker'
    ]
  ])('is %s', async (_, inputs, type) => {
    expect((await readDeploy({ inputs })).source.type).toBe(type)
  })

  test.each<[string, Record<string, string>, string, RegExp]>([
    [
      'an image with the source GitHub',
      { 'source-type': 'github', 'image-uri': IMAGE },
      'image-uri',
      /^requires `source-type: external_docker` or `source-type: internal_docker`, but `source-type` is `github`\. Remove `image-uri`, or set `source-type: external_docker` or `source-type: internal_docker`\./
    ],
    [
      'a branch and an image',
      { 'repo-ref': 'main', 'image-uri': IMAGE },
      'repo-ref',
      /^requires `source-type: github`, but this run deploys `image-uri`\. Remove `repo-ref`, or remove `image-uri` and set `source-type: github`\./
    ],
    [
      'a branch with the source of an image',
      { 'build-command': 'make', 'source-type': 'external_docker', 'image-uri': IMAGE },
      'build-command',
      /^requires `source-type: github` or `source-type: internal_source`, but `source-type` is `external_docker`\. Remove `build-command`, or remove `image-uri` and set `source-type: github` or `source-type: internal_source`\.$/
    ],
    [
      'a listener without an image',
      { 'listener-id': UUID },
      'listener-id',
      /^requires `source-type: external_docker`, but this run deploys from GitHub, because `source-type` and `image-uri` are not set\. Remove `listener-id`, or set `source-type: external_docker` and `image-uri`\.$/
    ],
    [
      'resources of an image with the source GitHub',
      { 'source-type': 'github', 'resource-spec': 'cpu: 2' },
      'resource-spec',
      /^requires `source-type: external_docker`, but `source-type` is `github`\. Remove `resource-spec`, or set `source-type: external_docker` and `image-uri`\./
    ],
    [
      'the folder of an archive without an archive',
      { root: 'apps' },
      'root',
      /^requires `source-type: internal_source`, but this run deploys from GitHub, because `source-type` and `image-uri` are not set\. Remove `root`, or set `source-type: internal_source`\.$/
    ],
    [
      'the folder of an archive and an image',
      { root: 'apps', 'image-uri': IMAGE },
      'root',
      /^requires `source-type: internal_source`, but this run deploys `image-uri`\. Remove `root`, or remove `image-uri` and set `source-type: internal_source`\.$/
    ],
    [
      'an image source without an image',
      { 'source-type': 'external_docker' },
      'image-uri',
      /requires the image to run, such as/
    ],
    [
      'GitHub on a self-hosted control plane',
      { 'source-type': 'github', 'control-plane-url': SELF_HOSTED },
      'source-type',
      /^is `github`, which builds on LangSmith Cloud only, but `control-plane-url` is self-hosted\. Build an image and set `source-type: external_docker` and `image-uri`, or remove `control-plane-url`\./
    ],
    [
      'no image for a self-hosted control plane',
      { 'control-plane-url': SELF_HOSTED },
      'image-uri',
      /^is missing: a self-hosted control plane deploys images only\. Build an image and set `image-uri`, or remove `control-plane-url` to deploy from GitHub on LangSmith Cloud\./
    ]
  ])('is unclear, and the problem lists both alternatives: %s', async (_, inputs, input, text) => {
    expect(await problemsOf({ inputs })).toEqual([{ input, text: expect.stringMatching(text) }])
  })

  test('reports a missing image and an unused branch', async () => {
    const problems = await problemsOf({ inputs: { 'source-type': 'external_docker', 'repo-ref': 'main' } })
    expect(problems.map(({ input }) => input)).toEqual(['repo-ref', 'image-uri'])
    expect(problems[0]?.text).toMatch(
      /^requires `source-type: github`, but `source-type` is `external_docker`\. Remove `repo-ref`, or set `source-type: github`\./
    )
  })

  test('accepts GitHub with a control plane on this machine, which may replace Cloud', async () => {
    expect(await problemsOf({ inputs: { 'control-plane-url': 'http://localhost:1' } })).toEqual([])
  })

  test('is the only problem if it is misspelled, because other inputs depend on it', async () => {
    const inputs = { 'source-type': 'external-docker', 'image-uri': IMAGE }
    expect((await problemsOf({ inputs })).map(({ input }) => input)).toEqual(['source-type'])
  })

  test('accepts an input of another source with its default in another case', async () => {
    expect(await problemsOf({ inputs: { 'image-uri': IMAGE, 'build-on-push': 'False' } })).toEqual([])
  })
})

/** Successful workflow for a branch; the action checks on GitHub if the branch is a tag. */
const ENDED = { event: 'push', conclusion: 'success', head_branch: 'topic/y' }

describe('the default of repo-ref', () => {
  test.each<[string, Given, string]>([
    ['the branch of a push', onRef('refs/heads/feature/x'), 'feature/x'],
    ['the tag of a push as a full ref', onRef('refs/tags/v1.2.3'), 'refs/tags/v1.2.3'],
    ['the head branch of a pull request', OWN_PULL_REQUEST, 'topic/x'],
    [
      'the head branch of a pull request on pull_request_target',
      { ...OWN_PULL_REQUEST, variables: { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/main' } },
      'topic/x'
    ],
    [
      'the branch of the finished workflow',
      afterRun({ ...ENDED, head_sha: HEAD_COMMIT, head_repository: { full_name: 'acme/support_agent' } }),
      'topic/y'
    ],
    ['the branch of the run if the event lacks these fields', afterRun({}), 'main']
  ])('is %s', async (_, given, ref) => {
    expect((await github(withInputs(given, { 'github-token': 'ghs_token' }))).repoRef).toBe(ref)
  })

  test.each<[string, Given, RegExp]>([
    [
      'a pull request from a fork',
      FORK_PULL_REQUEST,
      /comes from mallory\/support_agent, not from acme\/Support_Agent/
    ],
    [
      'a pull request from a fork that was deleted',
      { ...FORK_PULL_REQUEST, event: pullRequest(null) },
      /comes from a deleted fork/
    ],
    [
      'a fork on pull_request_target',
      { ...FORK_PULL_REQUEST, variables: { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/main' } },
      /skip the step for forks/
    ],
    [
      'the branch of a workflow that may be a tag, without a token to check',
      afterRun(ENDED),
      /whether "topic\/y" is a branch or a tag\. .*`repo-ref: refs\/tags\/\$\{\{ github\.event\.workflow_run\.head_branch \}\}`/
    ],
    [
      'an event without branch or tag',
      onRef('refs/pull/7/merge'),
      /^is required: this event has no branch or tag\. Set `repo-ref`\./
    ],
    ['an event without a ref', onRef(''), /^is required: this event has no branch or tag\. Set `repo-ref`\./],
    [
      'a comment on a pull request, because the run is on another branch',
      { event: { issue: { number: 7, pull_request: { url: 'x' } } } },
      /^is required: this run is for pull request 7, but the event does not include its branch\. Set `preview: true` and `repo-ref`, or `repo-ref` alone\./
    ]
  ])('is missing for %s', async (_, given, text) => {
    expect(await problemsOf(given)).toEqual([{ input: 'repo-ref', text: expect.stringMatching(text) }])
  })
})

describe('repo-ref', () => {
  test.each<[string, string]>([
    ['main', 'main'],
    ['refs/heads/feature/x', 'feature/x'],
    ['refs/tags/v1', 'refs/tags/v1'],
    ['release-1.2', 'release-1.2'],
    [COMMIT.slice(1), COMMIT.slice(1)]
  ])('sends %s as %s', async (written, ref) => {
    expect((await github({ inputs: { 'repo-ref': written } })).repoRef).toBe(ref)
  })

  test.each([COMMIT, COMMIT.toUpperCase()])('rejects the commit %s', async (ref) => {
    expect(await problemsOf({ inputs: { 'repo-ref': ref } })).toEqual([
      {
        input: 'repo-ref',
        text: expect.stringMatching(
          /^is a commit, but LangSmith builds branches and tags only\. Set it to a branch name, or to a tag as `refs\/tags\/v1\.2\.3`\./
        )
      }
    ])
  })

  test.each(['refs/pull/7/merge', 'a b', 'a..b', '-x', 'x/', 'a~1', 'a^', 'a:b', 'a?', 'a*', 'a[b', 'a\\b'])(
    'cannot be %j',
    async (ref) => {
      expect(await problemsOf({ inputs: { 'repo-ref': ref } })).toEqual([
        { input: 'repo-ref', text: expect.stringMatching(/expected a branch name/) }
      ])
    }
  )

  test('is accepted for a fork if the user set it, because it is a branch of this repository', async () => {
    expect((await github(withInputs(FORK_PULL_REQUEST, { 'repo-ref': 'preview' }))).repoRef).toBe('preview')
  })
})

describe("the run's commit", () => {
  test.each<[string, Given, string | undefined]>([
    ['is the commit of the event for the ref of the run', {}, COMMIT],
    ['is the head of a pull request', OWN_PULL_REQUEST, HEAD_COMMIT],
    [
      'is the head of the finished workflow',
      { ...afterRun({ ...ENDED, head_sha: HEAD_COMMIT }), inputs: { 'github-token': 'ghs_token' } },
      HEAD_COMMIT
    ],
    ['is the same if the user set the ref', { inputs: { 'repo-ref': 'refs/heads/main' } }, COMMIT],
    [
      'is the same for another form of the repository URL',
      { inputs: { 'repo-url': 'https://github.com/ACME/support_agent.git/' } },
      COMMIT
    ],
    ['is unknown for another ref', { inputs: { 'repo-ref': 'other' } }, undefined],
    [
      'is unknown for another repository',
      { inputs: { 'repo-url': 'https://github.com/acme/other', 'repo-ref': 'main' } },
      undefined
    ],
    [
      'is unknown for a branch with the same name as the branch of a fork',
      { ...FORK_PULL_REQUEST, event: pullRequest('mallory/agent', { ref: 'main' }), inputs: { 'repo-ref': 'main' } },
      undefined
    ]
  ])('%s', async (_, given, commit) => {
    expect((await github(given)).runCommit).toBe(commit)
  })
})

describe('a deployment from GitHub', () => {
  test('has all fields of the inputs', async () => {
    const inputs = {
      'langgraph-config': './agents/support/langgraph.json',
      'integration-id': UUID,
      'build-on-push': 'true',
      'deployment-type': 'dedicated',
      'install-command': 'pnpm install',
      'build-command': 'pnpm build'
    }
    expect(await github({ inputs })).toMatchObject({
      configPath: 'agents/support/langgraph.json',
      integrationId: UUID,
      buildOnPush: true,
      deploymentType: 'dedicated',
      installCommand: 'pnpm install',
      buildCommand: 'pnpm build'
    })
  })

  test('distinguishes omitted inputs from explicit defaults', async () => {
    expect(await github({})).toMatchObject({ configPath: undefined, buildOnPush: undefined })
    const inputs = { 'langgraph-config': 'langgraph.json', 'build-on-push': 'False' }
    expect(await github({ inputs })).toMatchObject({ configPath: 'langgraph.json', buildOnPush: false })
  })

  test.each([
    ['https://github.example.com', 'github.example.com'],
    ['https://acme.ghe.com', 'acme.ghe.com']
  ])('is rejected for a repository on %s', async (GITHUB_SERVER_URL, host) => {
    const variables = { GITHUB_SERVER_URL }
    expect(await problemsOf({ variables })).toEqual([
      {
        input: 'source-type',
        text: `is \`github\`, but this repository is on ${host}. LangSmith builds from github.com only. Set \`source-type: internal_source\` to deploy the checked-out workspace, or set \`repo-url\` to a copy on github.com.`
      }
    ])
    expect(await problemsOf({ variables, inputs: { 'image-uri': 'acme/agent:1' } })).toEqual([])
    const inputs = { 'repo-url': 'https://github.com/acme/agents', 'repo-ref': 'main' }
    expect(await problemsOf({ variables, inputs })).toEqual([])
  })

  test('is rejected if `repo-url` is on another server', async () => {
    const inputs = { 'repo-url': 'https://gitlab.com/acme/agents', 'repo-ref': 'main' }
    expect(await problemsOf({ inputs })).toEqual([
      {
        input: 'repo-url',
        text: expect.stringMatching(
          /^points to a repository that is on gitlab\.com\. LangSmith builds from github\.com only\. Set `source-type: internal_source` to deploy the checked-out workspace, or set `repo-url` to a copy on github\.com\./
        )
      }
    ])
  })

  test("treats the name of the run's tag as the tag", async () => {
    const variables = { GITHUB_REF: 'refs/tags/v1.2.3' }
    const read = await github({ variables, inputs: { 'repo-ref': 'v1.2.3' } })
    expect(read).toMatchObject({ repoRef: 'refs/tags/v1.2.3', runCommit: COMMIT })
    const other = { 'repo-ref': 'v1.2.3', 'repo-url': 'https://github.com/acme/other' }
    expect((await github({ variables, inputs: other })).repoRef).toBe('v1.2.3')
  })

  test.each(['refs/tags/v1', 'refs/heads/main'])('rejects build-on-push for a tag: %s', async (ref) => {
    const problems = await problemsOf({ inputs: { 'build-on-push': 'true', 'repo-ref': ref } })
    const expected = ref.includes('tags')
      ? [
          {
            input: 'build-on-push',
            text: expect.stringMatching(
              /^cannot be `true` when `repo-ref` is a tag \(refs\/tags\/v1\), because a tag receives no pushes\. Remove `build-on-push`, or set `repo-ref` to a branch\./
            )
          }
        ]
      : []
    expect(problems).toEqual(expected)
  })

  test('rejects build-on-push for the tag that started the run', async () => {
    const problems = await problemsOf({ ...onRef('refs/tags/v1'), inputs: { 'build-on-push': 'true' } })
    expect(problems.map(({ input }) => input)).toEqual(['build-on-push'])
  })

  test.each(['/etc/langgraph.json', '../x.json', 'a/../../x.json', 'a/..', 'C:\\x.json', 'agents\\x.json', '\\x'])(
    'rejects the configuration path %j',
    async (path) => {
      expect(await problemsOf({ inputs: { 'langgraph-config': path } })).toEqual([
        { input: 'langgraph-config', text: expect.stringMatching(/inside the repository/) }
      ])
    }
  )

  test.each(['agents..old/langgraph.json', 'a/b..json', '.config/langgraph.json'])(
    'accepts the configuration path %j',
    async (path) => {
      expect((await github({ inputs: { 'langgraph-config': path } })).configPath).toBe(path)
    }
  )

  test.each([
    ['acme/agents', '. Use `https://github.com/acme/agents`.'],
    ['git@github.com:acme/agents.git', '. Use `https://github.com/acme/agents`.'],
    ['git@github.com-work:acme/agents.git', '. Use `https://github.com/acme/agents`.'],
    ['ssh://git@ssh.github.com:443/acme/agents.git', '. Use `https://github.com/acme/agents`.'],
    ['git+ssh://git@github.com/acme/agents.git', '. Use `https://github.com/acme/agents`.'],
    ['github:acme/agents', '. Use `https://github.com/acme/agents`.'],
    ['ssh://git@github.com/acme/agents.git', '. Use `https://github.com/acme/agents`.'],
    ['git://github.com/acme/agents', '. Use `https://github.com/acme/agents`.'],
    ['github.com/acme/agents', '. Use `https://github.com/acme/agents`.'],
    ['https://x-access-token:ghs_abc@github.com/acme/agents.git', '. Use `https://github.com/acme/agents`.'],
    ['https://github.com/acme/agents?tab=readme', '. Use `https://github.com/acme/agents`.'],
    ['https://github.com/acme', ' such as `https://github.com/acme/agents`.'],
    [
      'https://github.com/a/b/tree/main',
      '. Use `https://github.com/a/b`, and set `repo-ref` to the branch or tag (here `main`).'
    ]
  ])('rejects the repository URL %s', async (url, cure) => {
    expect(await problemsOf({ inputs: { 'repo-url': url, 'repo-ref': 'main' } })).toEqual([
      {
        input: 'repo-url',
        text: `expected ${url.startsWith('https:') ? 'a repository URL' : 'an https URL'}${cure}`
      }
    ])
  })
})

describe('a command of a JavaScript project', () => {
  test.each([
    ['npm install --legacy-peer-deps', []],
    ['npm ci && npm run build', []],
    ["pnpm --filter 'agent...' build", []],
    ['FOO=bar yarn build # all', []],
    ['npm ci; npm run build', ['`;`']],
    ['npm run build &', ['a single `&`']],
    ['a & b', ['a single `&`']],
    ['a &&& b', ['a single `&`']],
    ['a && b & c', ['a single `&`']],
    ['a &&&& b', []],
    ['cat x | sh', ['`|`']],
    ['a || b', ['`|`']],
    ['echo "x"', ['`"`']],
    ['echo `id`', ['a backtick']],
    ['echo $HOME', ['`$`']],
    ['a \\ b', ['`\\`']],
    ['a > b < c', ['`>`', '`<`']],
    ['npm ci\nnpm run build', ['a line break']],
    ['npm\tci', ['a tab']]
  ])('%j is rejected because of %j', async (command, found) => {
    for (const input of ['install-command', 'build-command']) {
      expect(await problemsOf({ inputs: { [input]: command } })).toEqual(
        found.length === 0
          ? []
          : [{ input, text: expect.stringContaining(`contains ${found.join(', ')}, which LangSmith does not allow`) }]
      )
    }
  })

  test('is also checked for an archive', async () => {
    const inputs = { 'source-type': 'internal_source', 'build-command': 'a; b' }
    expect((await problemsOf({ inputs })).map(({ input }) => input)).toContain('build-command')
  })

  test('can end with a line break, like a YAML block', async () => {
    expect((await github({ inputs: { 'build-command': 'pnpm build\n' } })).buildCommand).toBe('pnpm build')
  })
})

describe('a deployment of an image', () => {
  test('has all fields of the inputs', async () => {
    const inputs = {
      'image-uri': IMAGE,
      'listener-id': UUID,
      'k8s-namespace': 'agents',
      'resource-spec': 'cpu: 2',
      'custom-url': 'agent.example.com',
      'deployment-type': 'prod'
    }
    expect(await image({ inputs })).toEqual({
      type: 'external_docker',
      imageUri: IMAGE,
      listenerId: UUID,
      k8sNamespace: 'agents',
      resourceSpec: { cpu: 2 },
      customUrl: 'agent.example.com',
      deploymentType: 'prod'
    })
  })

  test('does not depend on the trigger of the run', async () => {
    expect(await problemsOf(withInputs(FORK_PULL_REQUEST, { name: 'agent', 'image-uri': IMAGE }))).toEqual([])
  })

  test.each(['https://ghcr.io/acme/agent', 'ghcr.io/acme/agent 1', 'ghcr.io/acme/agent:', 'agent@sha256:12', '/agent'])(
    'rejects the image %j',
    async (uri) => {
      expect(await problemsOf({ inputs: { 'image-uri': uri } })).toEqual([
        { input: 'image-uri', text: expect.stringMatching(/^is ".+\. (?:Use|Remove) .+\.$/s) }
      ])
    }
  )

  test('explains the usual origin of capital letters', async () => {
    expect(await problemsOf({ inputs: { 'image-uri': 'ghcr.io/Acme/Support-Agent:1' } })).toEqual([
      {
        input: 'image-uri',
        text: expect.stringMatching(
          /cannot contain uppercase letters.*`\$\{\{ github\.repository \}\}`.*Use `ghcr\.io\/acme\/support-agent:1`\./
        )
      }
    ])
  })

  test.each<[string, boolean]>([
    ['agent.example.com', true],
    ['https://agent.example.com/', true],
    ['http://agent.internal:8080/a/b', true],
    ['agent example', false],
    ['https://me@agent.example.com', false],
    ['agent.example.com?x', false],
    ['javascript:alert(1)', false]
  ])('accepts the host name %j: %s', async (url, taken) => {
    const problems = await problemsOf({ inputs: { 'image-uri': IMAGE, 'custom-url': url } })
    expect(problems).toEqual(
      taken ? [] : [{ input: 'custom-url', text: expect.stringMatching(/^expected a host name such as/) }]
    )
  })
})
