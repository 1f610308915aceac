import { describe, expect, test } from '@jest/globals'
import type { ProofInputs } from '../../src/inputs/proof.ts'
import {
  COMMIT,
  FORK_PULL_REQUEST,
  type Given,
  HEAD_COMMIT,
  KEY,
  OWN_PULL_REQUEST,
  problemsOf,
  pullRequest,
  read,
  readDeploy
} from './environment.ts'

const IMAGE = { 'image-uri': 'ghcr.io/acme/agent:1', name: 'agent' }
const RUN = { 'smoke-test': '{graph: agent, input: {question: hi}}' }
const AGENT_KEY = 'lsv2_pt_for_the_agent_1'
const given = (inputs: Readonly<Record<string, string>>, more: Given = {}): Given => ({
  ...more,
  inputs: { ...IMAGE, ...inputs }
})

async function proofOf(of: Given): Promise<ProofInputs> {
  const { proof } = await readDeploy(of)
  if (!proof) throw new Error('no proof is asked for')
  return proof
}

describe('a smoke test', () => {
  test.each([
    ['in YAML', 'graph: agent\ninput:\n  question: hi\n'],
    ['in JSON', '{"graph": "agent", "input": {"question": "hi"}}'],
    ['as a list', '- graph: agent\n  input: {question: hi}\n']
  ])('is parsed %s', async (_, text) => {
    expect((await proofOf(given({ 'smoke-test': text }))).smokeTests).toEqual([
      {
        graph: 'agent',
        input: { question: 'hi' },
        config: undefined,
        context: undefined,
        timeoutMs: 120_000,
        expect: undefined
      }
    ])
  })

  test('accepts all fields', async () => {
    const test = {
      graph: 'agent',
      input: { question: 'hi' },
      config: { recursion_limit: 5 },
      context: { user: 'ci' },
      timeout: '45s',
      expect: { contains: 'a', matches: 'b+', subset: { c: [1] } }
    }
    const { smokeTests } = await proofOf(given({ 'smoke-test': JSON.stringify(test) }))
    const { timeout: _, ...rest } = test
    expect(smokeTests).toEqual([{ ...rest, timeoutMs: 45_000 }])
  })

  test.each([
    [
      'invalid YAML',
      'graph: [',
      /^is not valid YAML \(line 1: unexpected end of the stream within a flow collection\)\. Use the form `\{graph: agent, input: \{messages: \[\{role: user, content: Hello\}\]\}\}`, with quotes around texts that contain `: ` or `#`\./
    ],
    [
      'a colon in a text',
      'graph: agent\ninput: {q: hi}\nexpect:\n  contains: a: secret',
      /^is not valid YAML \(line 4: bad indentation of a mapping entry\)\. Use the form `\{graph: agent, input: \{messages: \[\{role: user, content: Hello\}\]\}\}`, with quotes around texts that contain `: ` or `#`\./
    ],
    [
      'an undefined alias',
      'graph: *secret',
      /^is not valid YAML \(line 1: unidentified alias\)\. Use the form `\{graph: agent, input: \{messages: \[\{role: user, content: Hello\}\]\}\}`, with quotes around texts that contain `: ` or `#`\./
    ],
    [
      'a string',
      'agent',
      /^expected a run or a list of runs in YAML or JSON, such as `\{graph: agent, input: \{messages: \[\{role: user, content: Hello\}\]\}\}`\./
    ],
    [
      'an empty list',
      '[]',
      /^expected a run or a list of runs in YAML or JSON, such as `\{graph: agent, input: \{messages: \[\{role: user, content: Hello\}\]\}\}`\./
    ],
    [
      'no graph',
      '{input: {}}',
      /^has no `graph`\. Set it to the name of a graph, as in `\{graph: agent, input: \{messages: \[\{role: user, content: Hello\}\]\}\}`\./
    ],
    [
      'no input',
      '{graph: agent}',
      /^has no `input`\. Set it to the input of the graph, as in `\{graph: agent, input: \{messages: \[\{role: user, content: Hello\}\]\}\}`\./
    ],
    [
      'an empty input',
      'graph: agent\ninput:\n',
      /^has no `input`\. Set it to the input of the graph, as in `\{graph: agent, input: \{messages: \[\{role: user, content: Hello\}\]\}\}`\./
    ],
    [
      'an empty subset',
      'graph: a\ninput: {}\nexpect:\n  subset:\n',
      /^has an empty `expect\.subset`\. Set it to a part of the result, or remove it\./
    ],
    [
      'a typo',
      '{graph: agent, input: {}, expects: {}}',
      /^has an unknown field `expects`\. Known fields: `graph`, `input`, `config`, `context`, `timeout`, `expect`\./
    ],
    [
      'a typo in expect',
      '{graph: a, input: {}, expect: {contain: x}}',
      /^has an unknown field `expect\.contain`\. Known fields: `contains`, `matches`, `subset`\.$/
    ],
    [
      'an empty expect',
      'graph: a\ninput: {}\nexpect:\n',
      /^has an empty `expect`\. Set `contains: text`, `matches: regular expression` or `subset: JSON`\./
    ],
    [
      'a text as expect',
      '{graph: a, input: {}, expect: hello}',
      /^has a text as `expect`: expected fields\. Use `expect: \{"contains":"hello"\}`\.$/
    ],
    [
      'a list as expect',
      '{graph: a, input: {}, expect: [hello]}',
      /^has an invalid `expect`: expected fields\. For a part of the result, use `expect: \{subset: JSON\}`\.$/
    ],
    [
      'a pattern with slashes and a flag',
      '{graph: a, input: {}, expect: {matches: "/hi/i"}}',
      /^has slashes around the pattern in `expect\.matches`, but slashes and flags are part of the pattern\. Use `hi`\. To ignore case, use a form such as `\[Bb\]erlin`\. If the result contains the slashes, begin with `\[\/\]`\.$/
    ],
    [
      'a pattern with slashes',
      '{graph: a, input: {}, expect: {matches: "/order [0-9]+/"}}',
      /^has slashes around the pattern in `expect\.matches`, but slashes are part of the pattern\. Use `order \[0-9\]\+`\. If /
    ],
    [
      'an empty string',
      '{graph: a, input: {}, expect: {contains: ""}}',
      /^has an empty `expect\.contains`, which matches any text\. Set the text, or remove it\./
    ],
    [
      'a number',
      '{graph: a, input: {}, expect: {matches: 7}}',
      /^has an invalid `expect\.matches`: expected a string\. Put it in quotes\./
    ],
    [
      'an expression',
      '{graph: a, input: {}, expect: {matches: "("}}',
      /^has an invalid `expect\.matches` \(Unterminated group\): expected a JavaScript regular expression such as `"order \\\\d\+"`\./
    ],
    [
      'a config that is a list',
      '{graph: a, input: {}, config: []}',
      /^has an invalid `config`: expected an object\. Set its fields, or remove it\./
    ],
    [
      'a long timeout',
      '{graph: a, input: {}, timeout: 2h}',
      /^has an invalid `timeout`: expected a duration from 1s to 1h, got "2h"\./
    ],
    [
      'context and configurable',
      '{graph: a, input: {}, context: {}, config: {configurable: {}}}',
      /^has both `context` and `config\.configurable`, which the Agent Server rejects\. Use one of them; `context` is the newer field\./
    ]
  ])('is one problem with %s', async (_, text, words) => {
    expect(await problemsOf(given({ 'smoke-test': text }))).toEqual([
      { input: 'smoke-test', text: expect.stringMatching(words) }
    ])
  })

  test.each(['/usr/bin', '[/]hi/', '/a/b/', 'a/i'])('matches a pattern with other slashes: %s', async (matches) => {
    const text = JSON.stringify({ graph: 'a', input: {}, expect: { matches } })
    expect(await problemsOf(given({ 'smoke-test': text }))).toEqual([])
  })

  test('is named by its position among several', async () => {
    const problems = await problemsOf(given({ 'smoke-test': '- {graph: a, input: {}}\n- {graph: b}' }))
    expect(problems).toEqual([
      {
        input: 'smoke-test',
        text: expect.stringContaining(
          'has no `input` in run 2. Set it to the input of the graph, as in `{graph: agent, input: {messages: [{role: user, content: Hello}]}}`.'
        )
      }
    ])
  })

  test('in a missing or invalid file is a problem of `smoke-test-file`', async () => {
    const files = { 'runs.yml': 'nothing' }
    for (const file of ['other.yml', 'runs.yml']) {
      const problems = await problemsOf(given({ 'smoke-test-file': file }, { files }))
      expect(problems).toEqual([{ input: 'smoke-test-file', text: expect.any(String) }])
    }
  })

  test('keeps dollar signs and braces', async () => {
    const text = '{"graph": "agent", "input": {"price": "$5 ${X}"}}'
    expect((await proofOf(given({ 'smoke-test': text }))).smokeTests).toMatchObject([{ input: { price: '$5 ${X}' } }])
  })
})

describe('the credentials for an agent', () => {
  test('are absent without requests to the agent', async () => {
    expect((await readDeploy(given({}))).proof).toBeUndefined()
    const { notices, proof } = await readDeploy(given({ 'agent-api-key': AGENT_KEY, 'agent-headers': 'A: b' }))
    expect(proof).toBeUndefined()
    expect(notices).toEqual([
      'Ignored `agent-api-key`, `agent-headers`: not used without `verify-graphs` or `smoke-test`.'
    ])
  })

  test.each<[string, Readonly<Record<string, string>>, object]>([
    ['the API key', {}, { keyInput: 'api-key', headers: [{ name: 'X-Api-Key', value: KEY }] }],
    [
      "the agent's own key",
      { 'agent-api-key': AGENT_KEY },
      { keyInput: 'agent-api-key', headers: [{ name: 'X-Api-Key', value: AGENT_KEY }] }
    ],
    [
      'a bearer token only',
      { 'agent-headers': 'Authorization: Bearer x:y z' },
      { keyInput: undefined, headers: [{ name: 'Authorization', value: 'Bearer x:y z' }] }
    ],
    [
      "a bearer token and the agent's own key",
      { 'agent-headers': 'Authorization: Bearer t', 'agent-api-key': AGENT_KEY },
      {
        keyInput: 'agent-api-key',
        headers: [
          { name: 'Authorization', value: 'Bearer t' },
          { name: 'X-Api-Key', value: AGENT_KEY }
        ]
      }
    ],
    [
      'the API key with a scheme',
      { 'agent-headers': '\n  X-Auth-Scheme :  langsmith \n\n' },
      {
        keyInput: 'api-key',
        headers: [
          { name: 'X-Auth-Scheme', value: 'langsmith' },
          { name: 'X-Api-Key', value: KEY }
        ]
      }
    ]
  ])('are %s', async (_, inputs, expected) => {
    const { headers, keyInput } = await proofOf(given({ ...RUN, ...inputs }))
    expect({ headers, keyInput }).toEqual(expected)
  })

  test.each([
    [
      'Authorization Bearer x',
      /^line 1: invalid header: expected `Name: value`, such as `Authorization: Bearer \$\{\{ secrets\.TOKEN \}\}`\./
    ],
    [
      'Authorization: Bearer ',
      /^line 1: `Authorization` has no value after `Bearer`\. Check that the secret is set\.$/
    ],
    ['authorization: basic', /^line 1: `authorization` has no value after `basic`\./],
    ['A: b\nC:', /^line 2: `C` has no value\. Check that the secret is set\./],
    ['A: ü', /^line 1: `A` contains characters that are not valid in a header\. Use printable ASCII on one line\./],
    ['Host: example.com', /^line 1: `Host` is set by the action or the connection\. Remove the line\./],
    ['A: b\na: c', /^line 2: `a` is a duplicate\. Keep one\./]
  ])('reject the header %j', async (text, words) => {
    const problems = await problemsOf(given({ ...RUN, 'agent-headers': text }))
    expect(problems).toEqual([{ input: 'agent-headers', text: expect.stringMatching(words) }])
  })

  test('are not part of a problem', async () => {
    const [problem] = await problemsOf(given({ ...RUN, 'agent-headers': 'A: secret-ü\nBearer s3cr3t' }))
    expect(problem?.text).not.toMatch(/s3cr3t|secret-/)
  })

  test('contain only one key', async () => {
    const inputs = { ...RUN, 'agent-headers': 'x-api-key: a', 'agent-api-key': AGENT_KEY }
    expect(await problemsOf(given(inputs))).toEqual([
      { input: 'agent-headers', text: expect.stringMatching(/Remove one/) }
    ])
  })
})

const MERGED: Given = {
  ...OWN_PULL_REQUEST,
  event: {
    pull_request: {
      number: 7,
      state: 'closed',
      merged: true,
      merge_commit_sha: COMMIT,
      base: { ref: 'main' },
      head: { ref: 'topic', sha: HEAD_COMMIT, repo: { full_name: 'acme/Support_Agent' } }
    }
  }
}
const workflowRun = (run: object): Given => ({
  variables: { GITHUB_EVENT_NAME: 'workflow_run' },
  event: { workflow_run: { conclusion: 'success', head_branch: 'topic', head_sha: HEAD_COMMIT, ...run } }
})

/** Attempts of an attacker who controls the code of a pull request. */
describe('the API key is not sent to code under review', () => {
  test.each<[string, Given, Readonly<Record<string, string>>?]>([
    ['pull_request', OWN_PULL_REQUEST],
    ['pull_request of a fork', FORK_PULL_REQUEST],
    ['pull_request that is merged', MERGED],
    [
      'pull_request_target',
      { variables: { GITHUB_EVENT_NAME: 'pull_request_target' }, event: pullRequest('mallory/support_agent') }
    ],
    [
      'pull_request_review',
      { variables: { GITHUB_EVENT_NAME: 'pull_request_review' }, event: pullRequest('acme/Support_Agent') }
    ],
    ['a preview', OWN_PULL_REQUEST, { preview: 'true' }],
    ['workflow_run of a pull request', workflowRun({ event: 'pull_request' })],
    [
      'workflow_run of a push to its branch',
      workflowRun({ event: 'push', pull_requests: [{ number: 7, head: { ref: 'topic' } }] })
    ],
    [
      'a comment',
      {
        variables: { GITHUB_EVENT_NAME: 'issue_comment' },
        event: { issue: { number: 7, state: 'open', pull_request: {} } }
      }
    ],
    [
      'checks of its head',
      {
        variables: { GITHUB_EVENT_NAME: 'check_suite' },
        event: { check_suite: { head_sha: HEAD_COMMIT, pull_requests: [{ number: 7 }] } }
      }
    ],
    [
      'one check of its head',
      {
        variables: { GITHUB_EVENT_NAME: 'check_run' },
        event: { check_run: { head_sha: HEAD_COMMIT, pull_requests: [{ number: 7 }] } }
      }
    ],
    ['workflow_run of a comment', workflowRun({ event: 'issue_comment' })],
    [
      'a deployment of its ref',
      {
        variables: { GITHUB_EVENT_NAME: 'deployment', GITHUB_REF: 'refs/pull/7/head' },
        event: { deployment: { environment: 'review', ref: 'refs/pull/7/head', sha: HEAD_COMMIT } }
      }
    ],
    [
      'a preview environment',
      {
        variables: { GITHUB_EVENT_NAME: 'deployment' },
        event: { deployment: { environment: 'preview', transient_environment: true, ref: 'topic', sha: HEAD_COMMIT } }
      }
    ]
  ])('for %s', async (_, event, more = {}) => {
    for (const inputs of [RUN, { 'verify-graphs': 'true' }]) {
      const all = { ...inputs, ...more }
      const missing = (await problemsOf(given(all, event))).filter(({ input }) => input === 'agent-api-key')
      expect(missing).toEqual([{ input: 'agent-api-key', text: expect.stringMatching(/^is missing: this run/) }])
      const written = await problemsOf(given({ ...all, 'agent-api-key': AGENT_KEY }, event))
      expect(written.filter(({ input }) => input === 'agent-api-key')).toEqual([])
      const headers = await problemsOf(given({ ...all, 'agent-headers': 'X-Token: abc' }, event))
      expect(headers.filter(({ input }) => input === 'agent-api-key')).toEqual([])
    }
  })

  test("for `wait`, which sends only the user's headers", async () => {
    const inputs = { ...RUN, command: 'wait', 'revision-id': 'latest', name: 'agent', 'agent-headers': 'X-Token: abc' }
    const config = await read({ ...OWN_PULL_REQUEST, inputs })
    expect('proof' in config && config.proof?.headers).toEqual([{ name: 'X-Token', value: 'abc' }])
  })

  test('but is sent for a push, and for checks without a pull request', async () => {
    expect((await proofOf(given(RUN))).keyInput).toBe('api-key')
    const checks = { variables: { GITHUB_EVENT_NAME: 'check_suite' }, event: { check_suite: { pull_requests: [] } } }
    expect((await proofOf(given(RUN, checks))).keyInput).toBe('api-key')
  })
})

describe('inputs without effect are reported in a notice', () => {
  test('the proof without `wait`', async () => {
    const { notices } = await readDeploy(given({ ...RUN, 'verify-graphs': 'true', wait: 'false' }))
    expect(notices).toEqual(['Ignored `verify-graphs`, `smoke-test`: the proof does not run with `wait: false`.'])
  })

  test('but not `rollback-on-failure` without a health check if the graphs are checked', async () => {
    const inputs = { 'verify-graphs': 'true', 'health-check': 'false', 'rollback-on-failure': 'true' }
    expect((await readDeploy(given(inputs))).notices).toEqual([])
  })
})
