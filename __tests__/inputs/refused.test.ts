import { describe, expect, test } from '@jest/globals'
import { startProxy } from '../support/proxy.ts'
import { type RunOptions, runMain, runPost } from '../support/run.ts'
import { FROM_IMAGE, useWorld } from '../support/world.ts'
import { KEY, pullRequest, UUID } from './environment.ts'

const world = useWorld()

const FORK: RunOptions = {
  variables: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' },
  event: pullRequest('stranger/agents')
}

interface Refused {
  readonly title: string
  readonly inputs: Readonly<Record<string, string>>
  readonly given?: RunOptions
  /** Inputs that the error must name. */
  readonly names: readonly string[]
  readonly says?: readonly (string | RegExp)[]
  /** Text of inputs that must stay hidden. */
  readonly secrets?: readonly string[]
}

const REFUSED: readonly Refused[] = [
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
    title: 'an unknown command',
    inputs: { ...FROM_IMAGE, command: 'destroy' },
    names: ['command'],
    says: ['`delete`']
  },
  {
    title: 'a duration with an unknown unit',
    inputs: { ...FROM_IMAGE, timeout: '3 weeks' },
    names: ['timeout']
  },
  { title: 'a duration of 0', inputs: { ...FROM_IMAGE, timeout: '0' }, names: ['timeout'] },
  {
    title: 'a polling interval that is not a duration',
    inputs: { ...FROM_IMAGE, 'poll-interval': '-5' },
    names: ['poll-interval']
  },
  { title: 'a boolean with a typo', inputs: { ...FROM_IMAGE, wait: 'ture' }, names: ['wait'], says: ['"ture"'] },
  { title: 'a YAML boolean', inputs: { ...FROM_IMAGE, 'dry-run': 'yes' }, names: ['dry-run'] },
  {
    title: 'an unknown on-superseded',
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
    says: [', a digest without an image']
  },
  {
    title: 'the tags of docker/metadata-action',
    inputs: { 'image-uri': 'ghcr.io/acme/agent:main\nghcr.io/acme/agent:latest' },
    names: ['image-uri'],
    says: ['contains 2 images']
  },
  {
    title: 'a shell variable, which is not expanded',
    inputs: { 'image-uri': 'ghcr.io/acme/agent:$GITHUB_SHA' },
    names: ['image-uri'],
    says: ['Use `${{ github.sha }}`']
  },
  {
    title: 'the text of an expression as the key',
    inputs: { ...FROM_IMAGE, 'api-key': 'secrets.LANGSMITH_API_KEY' },
    names: ['api-key'],
    says: ['Use `${{ secrets.NAME }}`'],
    secrets: ['secrets.LANGSMITH_API_KEY']
  },
  {
    title: 'the command of another tool',
    inputs: { command: 'rollback' },
    names: ['command'],
    says: ['Did you mean `redeploy`?']
  },
  {
    title: 'the URL of a deployment as its ID',
    inputs: { ...FROM_IMAGE, name: '', 'deployment-id': `https://smith.langchain.com/host/deployments/${UUID}` },
    names: ['deployment-id'],
    says: [`Use the ID in this URL: \`${UUID}\``]
  },
  {
    title: 'an indented delimiter',
    inputs: { ...FROM_IMAGE, secrets: 'PEM<<EOF\nhunter2\n  EOF' },
    names: ['secrets'],
    says: ['line 3 contains `EOF` with whitespace'],
    secrets: ['hunter2']
  },
  {
    title: 'a repository on GitHub Enterprise Server',
    inputs: {},
    given: { variables: { GITHUB_SERVER_URL: 'https://github.example.com' } },
    names: ['source-type'],
    says: ['github.com only', '`source-type: internal_source`']
  },
  {
    title: 'source type external_docker without an image',
    inputs: { 'source-type': 'external_docker' },
    names: ['source-type', 'image-uri']
  },
  {
    title: 'a line of secrets that is not an assignment',
    inputs: { ...FROM_IMAGE, secrets: 'FIRST=first value\nhunter2 horse staple' },
    names: ['secrets'],
    says: [/line 2/],
    secrets: ['first value', 'hunter2', 'horse staple']
  },
  {
    title: 'a multiline secret without an end',
    inputs: { ...FROM_IMAGE, secrets: 'FIRST<<END\nhunter2\nhorse staple' },
    names: ['secrets'],
    says: [/line 1 \(FIRST\)/],
    secrets: ['hunter2', 'horse staple']
  },
  {
    title: 'truncated JSON secrets',
    inputs: { ...FROM_IMAGE, secrets: '{"FIRST": "hunter2 horse' },
    names: ['secrets'],
    says: [/JSON/],
    secrets: ['hunter2', 'FIRST']
  },
  {
    title: 'a secret that is not set on GitHub',
    inputs: { ...FROM_IMAGE, secrets: 'OPENAI_API_KEY=' },
    names: ['secrets'],
    says: [/line 1 \(OPENAI_API_KEY\): the value is empty/]
  },
  {
    title: 'a bare name that is not in the environment',
    inputs: { ...FROM_IMAGE, secrets: 'OPENAI_API_KEY' },
    names: ['secrets'],
    says: [/line 1 \(OPENAI_API_KEY\)/, '`env`']
  },
  {
    title: 'a duplicate secret',
    inputs: { ...FROM_IMAGE, secrets: 'TOKEN=first value\nOTHER=x\nTOKEN=second value' },
    names: ['secrets'],
    says: [/line 3 \(TOKEN\)/, /line 1/],
    secrets: ['first value', 'second value']
  },
  {
    title: 'a multiline key without NAME<<END',
    inputs: {
      ...FROM_IMAGE,
      secrets:
        'GH_KEY=-----BEGIN PRIVATE KEY-----\nMIIEowIBAAK/hunter2\nMIIEpassword0A==\n-----END PRIVATE KEY-----\nB=2'
    },
    names: ['secrets'],
    says: [/line 1 \(GH_KEY\): write a multiline value as NAME<<EOF/],
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
    title: 'a missing file of secrets',
    inputs: { ...FROM_IMAGE, 'secrets-file': 'gone.env' },
    names: ['secrets-file'],
    says: ['gone.env']
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
    title: 'a resource spec that is not YAML',
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
    title: 'build-on-push in a run for a tag',
    inputs: { 'build-on-push': 'true' },
    given: { variables: { GITHUB_REF: 'refs/tags/v1' } },
    names: ['build-on-push', 'repo-ref'],
    says: ['refs/tags/v1']
  },
  { title: 'the code of a fork by default', inputs: {}, given: FORK, names: ['repo-ref'], says: ['stranger/agents'] },
  {
    title: 'a file of a fork on pull_request_target',
    inputs: { ...FROM_IMAGE, 'secrets-file': 'agent.env' },
    given: { ...FORK, variables: { GITHUB_EVENT_NAME: 'pull_request_target' } },
    names: ['secrets-file'],
    says: ['stranger/agents']
  },
  {
    title: 'the path of a configuration outside the repository',
    inputs: { 'langgraph-config': '../langgraph.json' },
    names: ['langgraph-config']
  },
  {
    title: 'a URL with a user',
    inputs: { ...FROM_IMAGE, 'control-plane-url': 'https://me:hunter2@langsmith.test' },
    names: ['control-plane-url'],
    secrets: ['hunter2']
  },
  {
    title: 'the URL of the LangSmith web app',
    inputs: { ...FROM_IMAGE, 'control-plane-url': 'https://eu.smith.langchain.com' },
    names: ['control-plane-url', 'region'],
    says: ['`region: eu`']
  },
  {
    title: 'plain HTTP to a remote host',
    inputs: { ...FROM_IMAGE, 'control-plane-url': 'http://langsmith.test/api-host' },
    names: ['control-plane-url', 'allow-insecure-http'],
    says: ['https']
  },
  {
    title: 'a delete without a target',
    inputs: { command: 'delete', name: '' },
    names: ['name', 'deployment-id', 'command']
  },
  {
    title: 'a name that the API would reject',
    inputs: { ...FROM_IMAGE, name: 'My_Agent!' },
    names: ['name'],
    says: ['My_Agent!', '`name: my-agent`']
  }
]

/** `__tests__/action/inputs.test.ts` runs the bundle with three similar cases. */
describe('before any request, one error names the inputs for', () => {
  test.each(REFUSED)('$title', async ({ inputs, given = {}, names, says = [], secrets = [] }) => {
    const proxy = await startProxy(Number(new URL(world.api.emulator.url).port))
    const { passed, runner } = await runMain(world, inputs, {
      ...given,
      variables: { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, ...given.variables }
    })
    expect({ passed, status: runner.outputs.status }).toEqual({ passed: false, status: 'error' })
    expect([...(await world.requests()), ...proxy.targets]).toEqual([])

    const annotations = runner.told.filter(({ kind }) => ['notice', 'warning', 'error'].includes(kind))
    expect(annotations.map(({ kind }) => kind)).toEqual(['error'])
    const annotated = annotations.map(({ name, text }) => `${name}\n${text}`).join('\n')
    for (const words of [...names.map((name) => `\`${name}`), ...says]) expect(annotated).toMatch(words)
    if (names.length === 1) expect(annotated.trim().split('\n')).toHaveLength(2)

    expect(runner.outputs['duration-seconds']).toMatch(/^\d+$/)
    expect(runner.droppedOutputs).toEqual([])
    expect(runner.texts('summary').join('')).toMatch(/^## \S+ .+: error\n/)
    const readable = JSON.stringify(runner.told.filter(({ kind }) => kind !== 'mask'))
    for (const secret of [KEY, ...secrets.flatMap((text) => text.split('\n'))]) expect(readable).not.toContain(secret)

    expect((await runPost(world, inputs, runner.saved)).told.filter(({ kind }) => kind !== 'mask')).toEqual([])
  })
})
