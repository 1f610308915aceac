import { describe, expect, test } from '@jest/globals'
import type { RunOptions } from '../../demo/runner.ts'
import {
  annotated,
  CREATE,
  DIGEST,
  expectOutcome,
  FROM_IMAGE,
  githubBody,
  type Inputs,
  type Plane,
  type Seeded,
  secretsBody,
  UNKNOWN_ID,
  withPlane,
  withProxy
} from './support.ts'

interface BadInputs {
  readonly title: string
  readonly inputs: Inputs
  readonly options?: RunOptions
  /** Every input that has to be named. */
  readonly names: readonly string[]
  readonly says?: readonly (string | RegExp)[]
  /** Text of inputs that nobody may see. */
  readonly secrets?: readonly string[]
}

const FORK = {
  env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' },
  event: {
    pull_request: {
      number: 7,
      head: { ref: 'fix', sha: 'a'.repeat(40), repo: { full_name: 'stranger/agents' } },
      user: { login: 'stranger' }
    }
  }
}
const OWN_PULL_REQUEST_OF_DEPENDABOT = {
  env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/8/merge', GITHUB_ACTOR: 'dependabot[bot]' },
  event: {
    pull_request: {
      number: 8,
      head: { ref: 'dependabot/npm', sha: 'b'.repeat(40), repo: { full_name: 'acme/agents' } },
      user: { login: 'dependabot[bot]' }
    },
    sender: { login: 'dependabot[bot]' }
  }
}

const BAD: readonly BadInputs[] = [
  {
    title: 'a missing key',
    inputs: { ...FROM_IMAGE, 'api-key': '' },
    names: ['api-key'],
    says: ['secrets.LANGSMITH_API_KEY']
  },
  {
    title: 'a key with a line end in it',
    inputs: { ...FROM_IMAGE, 'api-key': 'lsv2_broken_first\nsecond_half' },
    names: ['api-key'],
    secrets: ['lsv2_broken_first', 'second_half']
  },
  {
    title: 'an unknown region',
    inputs: { ...FROM_IMAGE, region: 'mars' },
    names: ['region'],
    says: ['"mars"', '`eu`']
  },
  {
    title: 'an unknown command',
    inputs: { ...FROM_IMAGE, command: 'destroy' },
    names: ['command'],
    says: ['`delete`']
  },
  {
    title: 'a duration without a unit that is known',
    inputs: { ...FROM_IMAGE, timeout: '3 weeks' },
    names: ['timeout']
  },
  { title: 'a duration of nothing', inputs: { ...FROM_IMAGE, timeout: '0' }, names: ['timeout'] },
  {
    title: 'a pause that is no duration',
    inputs: { ...FROM_IMAGE, 'poll-interval': '-5' },
    names: ['poll-interval']
  },
  { title: 'a boolean with a typo', inputs: { ...FROM_IMAGE, wait: 'ture' }, names: ['wait'], says: ['"ture"'] },
  { title: 'a boolean of YAML', inputs: { ...FROM_IMAGE, 'dry-run': 'yes' }, names: ['dry-run'] },
  {
    title: 'an unknown way to deal with a newer revision',
    inputs: { ...FROM_IMAGE, 'on-superseded': 'ignore' },
    names: ['on-superseded'],
    says: ['`follow`']
  },
  {
    title: 'an unknown source type',
    inputs: { 'source-type': 'docker' },
    names: ['source-type'],
    says: ['"docker"', '`external_docker`']
  },
  {
    title: 'an unknown source type beside an image, which is no problem of its own,',
    inputs: { ...FROM_IMAGE, 'source-type': 'docker' },
    names: ['source-type'],
    says: ['"docker"', '`external_docker`']
  },
  {
    title: 'an image with source type github',
    inputs: { ...FROM_IMAGE, 'source-type': 'github' },
    names: ['image-uri', 'source-type']
  },
  {
    title: 'an image with a ref',
    inputs: { ...FROM_IMAGE, 'repo-ref': 'main' },
    names: ['image-uri', 'repo-ref']
  },
  { title: 'an image with a scheme', inputs: { 'image-uri': 'https://ghcr.io/acme/agent:1' }, names: ['image-uri'] },
  {
    title: 'a digest without its image',
    inputs: { 'image-uri': `sha256:${'ab'.repeat(32)}` },
    names: ['image-uri'],
    says: ['which is a digest without its image']
  },
  {
    title: 'the tags of docker/metadata-action',
    inputs: { 'image-uri': 'ghcr.io/acme/agent:main\nghcr.io/acme/agent:latest' },
    names: ['image-uri'],
    says: ['holds 2 images']
  },
  {
    title: 'a shell variable, which nothing expands',
    inputs: { 'image-uri': 'ghcr.io/acme/agent:$GITHUB_SHA' },
    names: ['image-uri'],
    says: ['Write `${{ github.sha }}`']
  },
  {
    title: 'the text of an expression as the key',
    inputs: { ...FROM_IMAGE, 'api-key': 'secrets.LANGSMITH_API_KEY' },
    names: ['api-key'],
    says: ['Write `${{ secrets.NAME }}`'],
    secrets: ['secrets.LANGSMITH_API_KEY']
  },
  {
    title: 'the command of another tool',
    inputs: { command: 'rollback' },
    names: ['command'],
    says: ['Did you mean `redeploy`?']
  },
  {
    title: 'the page of a deployment as its ID',
    inputs: { ...FROM_IMAGE, name: '', 'deployment-id': `https://smith.langchain.com/host/deployments/${UNKNOWN_ID}` },
    names: ['deployment-id'],
    says: [`The ID is in it: write \`${UNKNOWN_ID}\``]
  },
  {
    title: 'a closing word that is indented',
    inputs: { ...FROM_IMAGE, secrets: 'PEM<<EOF\nhunter2\n  EOF' },
    names: ['secrets'],
    says: ['line 3 holds `EOF` with white space'],
    secrets: ['hunter2']
  },
  {
    title: 'a repository on a GitHub server of its own',
    inputs: {},
    options: { env: { GITHUB_SERVER_URL: 'https://github.example.com' } },
    names: ['source-type'],
    says: ['github.com only', '`source-type: internal_source`']
  },
  {
    title: 'source type external_docker without an image',
    inputs: { 'source-type': 'external_docker' },
    names: ['source-type', 'image-uri']
  },
  {
    title: 'a line of secrets that is no assignment',
    inputs: { ...FROM_IMAGE, secrets: 'FIRST=first value\nhunter2 horse staple' },
    names: ['secrets'],
    says: [/line 2/],
    secrets: ['first value', 'hunter2', 'horse staple']
  },
  {
    title: 'a secret of several lines that never ends',
    inputs: { ...FROM_IMAGE, secrets: 'FIRST<<END\nhunter2\nhorse staple' },
    names: ['secrets'],
    says: [/line 1 \(FIRST\)/],
    secrets: ['hunter2', 'horse staple']
  },
  {
    title: 'JSON secrets that are cut off',
    inputs: { ...FROM_IMAGE, secrets: '{"FIRST": "hunter2 horse' },
    names: ['secrets'],
    says: [/JSON/],
    secrets: ['hunter2', 'FIRST']
  },
  {
    title: 'a secret that GitHub does not know',
    inputs: { ...FROM_IMAGE, secrets: 'OPENAI_API_KEY=' },
    names: ['secrets'],
    says: [/line 1 \(OPENAI_API_KEY\): the value is empty/]
  },
  {
    title: 'a bare name that the environment does not know',
    inputs: { ...FROM_IMAGE, secrets: 'OPENAI_API_KEY' },
    names: ['secrets'],
    says: [/line 1 \(OPENAI_API_KEY\)/, '`env`']
  },
  {
    title: 'a secret given twice',
    inputs: { ...FROM_IMAGE, secrets: 'TOKEN=first value\nOTHER=x\nTOKEN=second value' },
    names: ['secrets'],
    says: [/line 3 \(TOKEN\)/, /line 1/],
    secrets: ['first value', 'second value']
  },
  {
    title: 'a key of several lines without NAME<<END',
    inputs: {
      ...FROM_IMAGE,
      secrets:
        'GH_KEY=-----BEGIN PRIVATE KEY-----\nMIIEowIBAAK/hunter2\nMIIEpassword0A==\n-----END PRIVATE KEY-----\nB=2'
    },
    names: ['secrets'],
    says: [/line 1 \(GH_KEY\): a value of several lines is written as NAME<<EOF/],
    secrets: ['MIIEowIBAAK/hunter2', 'MIIEpassword0A']
  },
  {
    title: 'a name in both secrets and variables',
    inputs: { ...FROM_IMAGE, secrets: 'URL=postgres://me:hunter2@db', variables: 'URL=x' },
    names: ['secrets', 'variables'],
    says: [/line 1/],
    secrets: ['hunter2']
  },
  {
    title: 'a name of the runner',
    inputs: { ...FROM_IMAGE, secrets: 'GITHUB_SHA=ghp_hunter2hunter2' },
    names: ['secrets'],
    says: [/line 1/],
    secrets: ['ghp_hunter2hunter2']
  },
  {
    title: 'a file of secrets that is not there',
    inputs: { ...FROM_IMAGE, 'secrets-file': 'gone.env' },
    names: ['secrets-file'],
    says: ['gone.env']
  },
  {
    title: 'a file of secrets outside the workspace',
    inputs: { ...FROM_IMAGE, 'secrets-file': '../../../../../../etc/hostname' },
    names: ['secrets-file'],
    says: [/outside the workspace/]
  },
  {
    title: 'replace without secrets',
    inputs: { ...FROM_IMAGE, 'secrets-mode': 'replace' },
    names: ['secrets-mode', 'secrets']
  },
  {
    title: 'a resource spec that is a word',
    inputs: { ...FROM_IMAGE, 'resource-spec': 'large' },
    names: ['resource-spec']
  },
  {
    title: 'a resource spec that is a list',
    inputs: { ...FROM_IMAGE, 'resource-spec': '- cpu: 2' },
    names: ['resource-spec']
  },
  {
    title: 'a resource spec that is no YAML',
    inputs: { ...FROM_IMAGE, 'resource-spec': '{cpu: 2' },
    names: ['resource-spec']
  },
  { title: 'a commit for a ref', inputs: { 'repo-ref': 'c'.repeat(40) }, names: ['repo-ref'], says: [/commit/] },
  {
    title: 'build-on-push with a tag',
    inputs: { 'build-on-push': 'true', 'repo-ref': 'refs/tags/v1' },
    names: ['build-on-push', 'repo-ref']
  },
  {
    title: 'build-on-push in a run of a tag',
    inputs: { 'build-on-push': 'true' },
    options: { env: { GITHUB_REF: 'refs/tags/v1' } },
    names: ['build-on-push', 'repo-ref'],
    says: ['refs/tags/v1']
  },
  { title: 'the code of a fork by default', inputs: {}, options: FORK, names: ['repo-ref'], says: ['stranger/agents'] },
  {
    title: 'a file of a fork under pull_request_target',
    inputs: { ...FROM_IMAGE, 'secrets-file': 'agent.env' },
    options: { ...FORK, env: { GITHUB_EVENT_NAME: 'pull_request_target' } },
    names: ['secrets-file'],
    says: ['stranger/agents']
  },
  {
    title: 'the path of a configuration outside the repository',
    inputs: { 'langgraph-config': '../langgraph.json' },
    names: ['langgraph-config']
  },
  {
    title: 'an address with a user in it',
    inputs: { ...FROM_IMAGE, 'control-plane-url': 'https://me:hunter2@langsmith.test' },
    names: ['control-plane-url'],
    secrets: ['hunter2']
  },
  {
    title: 'the address of the LangSmith pages',
    inputs: { ...FROM_IMAGE, 'control-plane-url': 'https://eu.smith.langchain.com' },
    names: ['control-plane-url', 'region'],
    says: ['`region: eu`']
  },
  {
    title: 'plain http to a foreign host',
    inputs: { ...FROM_IMAGE, 'control-plane-url': 'http://langsmith.test/api-host' },
    names: ['control-plane-url', 'allow-insecure-http'],
    says: ['https']
  },
  {
    title: 'a delete that names nothing',
    inputs: { command: 'delete', name: '' },
    names: ['name', 'deployment-id', 'command']
  },
  {
    title: 'a name that the API would refuse',
    inputs: { ...FROM_IMAGE, name: 'My_Agent!' },
    names: ['name'],
    says: ['My_Agent!', '`name: my-agent`']
  },
  {
    title: 'several problems at once',
    inputs: { ...FROM_IMAGE, region: 'mars', timeout: 'soon', wait: 'ture', secrets: 'hunter2 horse staple' },
    names: ['region', 'timeout', 'wait', 'secrets'],
    says: [/^Inputs region, timeout, secrets and wait are not right/],
    secrets: ['hunter2', 'horse staple']
  }
]

describe('one error that names the inputs, before anything is sent, is what follows from', () => {
  test.concurrent.each(BAD)('$title', ({ inputs, options, names, says = [], secrets = [] }) =>
    withPlane(async (plane) => {
      const { outcome, targets } = await withProxy(Number(new URL(plane.url).port), async (proxy) => {
        const env = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, ...options?.env }
        return { outcome: await plane.run(inputs, { ...options, env }), targets: proxy.targets }
      })
      expectOutcome(outcome, {
        status: 'error',
        passes: false,
        writes: [],
        says: [...names.map((name) => `\`${name}`), ...says],
        secrets
      })
      expect([...outcome.requests, ...targets]).toEqual([])
      expect(outcome.run.post?.log).toBe('')
      if (names.length === 1) expect(annotated(outcome.run).trim().split('\n')).toHaveLength(2)
    })
  )
})

describe('a pull request that gets no secrets is skipped without an annotation', () => {
  test.concurrent.each<[string, RunOptions, RegExp]>([
    ['a fork', FORK, /fork/],
    ['Dependabot', OWN_PULL_REQUEST_OF_DEPENDABOT, /Dependabot/]
  ])('when it comes from %s', (_, options, says) =>
    withPlane(async (plane) => {
      // Not even the other inputs are judged: nothing is going to be done with them.
      const outcome = await plane.run({ ...FROM_IMAGE, 'api-key': '', timeout: 'soon' }, options)
      expectOutcome(outcome, { status: 'skipped', passes: true, writes: [] })
      expect(outcome.run.log).toMatch(says)
      expect(outcome.requests).toEqual([])
      expect(outcome.run.post?.log).toBe('')
    })
  )
})

interface Misfit {
  readonly title: string
  readonly before?: (plane: Plane) => Promise<unknown>
  readonly inputs: (seeded: Seeded) => Inputs
  readonly says: readonly (string | RegExp)[]
  readonly secrets?: readonly string[]
  readonly deleteMs?: number
}

const deleted = async (plane: Plane, { id }: Seeded) => plane.api('DELETE', `/v2/deployments/${id}`)
const going = ['being deleted', 'reserved for up to a week']

const MISFITS: readonly Misfit[] = [
  {
    title: 'a name and an ID of two deployments',
    inputs: ({ id }) => ({ ...FROM_IMAGE, name: 'other', 'deployment-id': id }),
    says: ['`name`', '`deployment-id`', '"other"', '"agent"']
  },
  {
    title: 'an ID that nothing has',
    inputs: () => ({ ...FROM_IMAGE, name: '', 'deployment-id': UNKNOWN_ID }),
    says: ['404', UNKNOWN_ID]
  },
  {
    title: 'a deployment made from an image, to be deployed from GitHub',
    inputs: () => ({}),
    says: ['external_docker', '`source-type: external_docker`']
  },
  {
    title: 'a deployment made from GitHub, to be deployed from an image',
    before: (plane) => plane.seed('built', { body: githubBody() }),
    inputs: () => ({ ...FROM_IMAGE, name: 'built' }),
    says: ['github', '`source-type: github`']
  },
  {
    title: 'a deployment made from another repository',
    before: (plane) => plane.seed('built', { body: githubBody({ repo_url: 'https://github.com/acme/others' }) }),
    inputs: () => ({ name: 'built' }),
    says: ['`repo-url`', 'https://github.com/acme/others']
  },
  {
    title: 'another listener than the deployment has',
    before: (plane) =>
      plane.seed('elsewhere', {
        body: { source_config: { resource_spec: {}, listener_id: plane.emulator.listenerId } }
      }),
    inputs: () => ({ ...FROM_IMAGE, name: 'elsewhere', 'listener-id': UNKNOWN_ID }),
    says: ['`listener-id`', UNKNOWN_ID]
  },
  {
    title: 'a listener that the workspace does not have',
    inputs: () => ({ ...FROM_IMAGE, name: 'new', 'listener-id': UNKNOWN_ID }),
    says: ['`listener-id`', UNKNOWN_ID, /default/]
  },
  {
    title: 'a repository that no integration can read',
    inputs: () => ({ name: 'new', 'repo-url': 'https://github.com/acme/hidden', 'repo-ref': 'main' }),
    says: [
      'https://github.com/acme/hidden',
      'https://github.com/apps/langsmith-emulator/installations/new',
      '`integration-id`'
    ]
  },
  {
    title: 'an answer that lacks the ID',
    before: (plane) =>
      plane.scenario({
        faults: [
          {
            action: 'status',
            status: 200,
            times: null,
            body: { resources: [{ name: 'agent', source: 'external_docker' }], offset: 1 }
          }
        ]
      }),
    inputs: () => FROM_IMAGE,
    says: ['`id`']
  },
  {
    title: 'secrets whose values the server hides',
    before: async (plane) => {
      await plane.seed('hidden', { body: secretsBody({ KEPT: 'kept value', OTHER: 'other value' }) })
      await plane.scenario({ server: { hide_secrets: true } })
    },
    inputs: () => ({ ...FROM_IMAGE, name: 'hidden', secrets: 'OTHER=changed value' }),
    says: ['KEPT', '`secrets-mode: replace`'],
    secrets: ['kept value', 'other value', 'changed value']
  },
  {
    title: 'a deploy of a deployment that is being deleted',
    inputs: () => FROM_IMAGE,
    says: going,
    deleteMs: 60_000
  },
  {
    title: 'a wait for a deployment that is being deleted',
    inputs: () => ({ command: 'wait' }),
    says: going,
    deleteMs: 60_000
  },
  {
    title: 'a redeploy of a deployment that is being deleted',
    inputs: () => ({ command: 'redeploy' }),
    says: going,
    deleteMs: 60_000
  },
  {
    title: 'a wait for a deployment that is not there',
    inputs: () => ({ command: 'wait', name: 'gone' }),
    says: ['"gone"']
  },
  {
    title: 'a redeploy of a deployment that is not there',
    inputs: () => ({ command: 'redeploy', name: 'gone' }),
    says: ['"gone"']
  },
  {
    title: 'a redeploy when nothing served before',
    inputs: () => ({ command: 'redeploy' }),
    says: [/served before/, '`revision-id`']
  },
  {
    title: 'a redeploy of a revision that is not there',
    inputs: () => ({ command: 'redeploy', 'revision-id': UNKNOWN_ID }),
    says: ['has no revision with `revision-id`', 'Its newest: ', UNKNOWN_ID]
  }
]

describe('one error after some reads, and not a single write, is what follows from', () => {
  test.concurrent.each(MISFITS)('$title', ({ before, inputs, says, secrets = [], deleteMs = 0 }) =>
    withPlane(
      async (plane) => {
        const seeded = await plane.seed('agent')
        if (deleteMs > 0) await deleted(plane, seeded)
        await before?.(plane)
        const outcome = await plane.run(inputs(seeded))
        expectOutcome(outcome, { status: 'error', passes: false, writes: [], says, secrets })
        expect(outcome.requests.length).toBeGreaterThan(0)
        expect(outcome.run.outputs['revision-id']).toBeUndefined()
      },
      { deleteMs }
    )
  )
})

describe('what is no mistake', () => {
  test.concurrent('is a delete of what is being deleted already', () =>
    withPlane(
      async (plane) => {
        await deleted(plane, await plane.seed('agent'))
        expectOutcome(await plane.run({ command: 'delete' }), { status: 'deleted', passes: true, writes: [] })
      },
      { deleteMs: 60_000 }
    ))

  test.concurrent('is an input that the command does not use: one notice names it', () =>
    withPlane(async (plane) => {
      await plane.seed('agent')
      const outcome = await plane.run({ command: 'wait', ...FROM_IMAGE, secrets: 'TOKEN=whatever it is' })
      expectOutcome(outcome, {
        status: 'deployed',
        passes: true,
        writes: [],
        annotations: ['notice'],
        says: ['`image-uri`', '`secrets`'],
        secrets: ['whatever it is']
      })
    }))

  test.concurrent('is an empty input, which means that it is not given', () =>
    withPlane(async (plane) => {
      const empty = [
        'region',
        'command',
        'timeout',
        'poll-interval',
        'wait',
        'secrets',
        'secrets-mode',
        'resource-spec'
      ]
      const outcome = await plane.run({ ...Object.fromEntries(empty.map((name) => [name, ''])), ...FROM_IMAGE })
      expectOutcome(outcome, { status: 'deployed', passes: true, writes: [CREATE] })
    }))

  test.concurrent('is a name left out: it is the repository’s, made valid', () =>
    withPlane(async (plane) => {
      const outcome = await plane.run(
        { name: '', 'image-uri': DIGEST },
        { env: { GITHUB_REPOSITORY: 'acme/My_Agents.v2' } }
      )
      expectOutcome(outcome, {
        status: 'deployed',
        passes: true,
        writes: [CREATE],
        outputs: { 'deployment-name': 'my-agents-v2' }
      })
    }))

  test.concurrent('is JSON, or YAML of several lines, as resource spec', () =>
    withPlane(async (plane) => {
      await plane.run({ ...FROM_IMAGE, wait: 'false', 'resource-spec': 'cpu: 2\nmemory_mb: 2048' })
      await plane.run({ ...FROM_IMAGE, wait: 'false', 'resource-spec': '{"cpu": 3}' })
      const [first, second] = (await plane.journal()).filter(({ method }) => method !== 'GET')
      expect(first?.body).toMatchObject({ source_config: { resource_spec: { cpu: 2, memory_mb: 2048 } } })
      expect(second?.body).toMatchObject({ source_config: { resource_spec: { cpu: 3, memory_mb: 2048 } } })
    }))
})
