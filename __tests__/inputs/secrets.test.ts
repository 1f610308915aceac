import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createRunner } from '../../src/runner/runner.ts'
import { namedValues } from '../support/json.ts'
import {
  FORK_PULL_REQUEST,
  type Given,
  KEY,
  OWN_PULL_REQUEST,
  problemsOf,
  pullRequest,
  readDeploy
} from './environment.ts'

const IMAGE = { name: 'agent', 'image-uri': 'agent:1' }

async function secretsOf(given: Given) {
  return (await readDeploy(given)).secrets.secrets
}

describe('the environment of a deployment', () => {
  test('is read from the inputs and the file', async () => {
    const inputs = {
      secrets: 'A= one \nB<<E\nx\ny\nE\nFROM_ENV\n',
      variables: 'LOG_LEVEL=info',
      'secrets-file': 'deploy/prod.env',
      'secrets-mode': 'replace'
    }
    const given = { inputs, files: { 'deploy/prod.env': '\uFEFFC=three\r\n' }, variables: { FROM_ENV: 'environment' } }
    expect((await readDeploy(given)).secrets).toEqual({
      mode: 'replace',
      secrets: namedValues({ A: ' one ', B: 'x\ny', FROM_ENV: 'environment', C: 'three' }),
      variables: [{ name: 'LOG_LEVEL', value: 'info' }]
    })
  })

  test.each(['toString', 'constructor', 'hasOwnProperty', '__proto__', 'valueOf'])(
    'does not read the bare name %s from an object prototype',
    async (name) => {
      const problems = await problemsOf({ inputs: { ...IMAGE, secrets: name } })
      expect(problems.map(({ text }) => text)).toEqual([
        expect.stringMatching(/^line 1: a bare name is read from the step's `env`/)
      ])
      const environment = createRunner().variables
      expect(Object.hasOwn(environment, name)).toBe(false)
    }
  )

  test('accepts such a name if it is set', async () => {
    const variables = JSON.parse('{"__proto__": "one", "toString": "two"}')
    expect(await secretsOf({ inputs: { secrets: '__proto__\ntoString' }, variables })).toEqual(namedValues(variables))
    const secrets = '{"__proto__": "x", "constructor": "y"}'
    expect(await secretsOf({ inputs: { secrets } })).toEqual(namedValues(JSON.parse(secrets)))
  })

  describe('omits variables that are not for an agent', () => {
    const all = {
      LANGCHAIN_API_KEY: 'x',
      LANGGRAPH_HOST_API_KEY: 'other',
      RUNNER_OS: 'y',
      DEPLOY_KEY: KEY,
      URL: `https://x:${KEY}@example.com`,
      GITHUB_TOKEN: 'ghs_abc',
      A: 'b'
    }
    const env = Object.entries(all).map(([name, value]) => `${name}=${value}`)
    const line =
      /^Omitted from the environment: LANGCHAIN_API_KEY \(LangSmith sets this variable\); LANGGRAPH_HOST_API_KEY \(it is the deployment key, which the agent does not need\); RUNNER_OS \(the runner sets it for the job\);/

    test.each<[string, Given]>([
      ['toJSON(secrets)', { inputs: { secrets: JSON.stringify({ github_token: 'ghs_x', ...all }) } }],
      ['an env file', { inputs: { 'secrets-file': 'f' }, files: { f: env.join('\n') } }]
    ])('from %s, in one line of the log and without an annotation', async (_, given) => {
      for (const place of [{}, IMAGE, { ...IMAGE, 'control-plane-url': 'https://ls.example.com/api-host' }]) {
        const inputs = { ...given.inputs, ...place }
        const { secrets, notices, warnings, remarks } = await readDeploy({ ...given, inputs })
        expect(secrets.secrets).toEqual([{ name: 'A', value: 'b' }])
        expect([notices, warnings]).toEqual([[], []])
        expect(remarks).toHaveLength(1)
        expect(remarks.join().replace(/github_token \(.*?\); /, '')).toMatch(/^Omitted from the environment: /)
        expect(remarks.join()).not.toContain(KEY)
      }
    })

    test.each<[string, Given]>([
      [
        'toJSON(secrets)',
        { inputs: { secrets: '{"LANGSMITH_ADMIN_API_KEY":"lsv2_sk_admin","OTHER":"lsv2_pt_other","A":"b"}' } }
      ],
      [
        'an env file',
        {
          inputs: { 'secrets-file': 'f' },
          files: { f: 'LANGSMITH_ADMIN_API_KEY=lsv2_sk_admin\nOTHER=lsv2_pt_other\nA=b' }
        }
      ]
    ])('from %s, including other LangSmith keys, unless a line of `secrets` sets them', async (_, given) => {
      const { secrets, notices, remarks } = await readDeploy(given)
      expect([secrets.secrets, notices]).toEqual([[{ name: 'A', value: 'b' }], []])
      expect(remarks).toEqual([
        expect.stringMatching(
          /^Omitted from the environment: LANGSMITH_ADMIN_API_KEY, OTHER \(it is a LangSmith key; set `NAME=value` in `secrets` if the agent needs it\)\./
        )
      ])
      expect(await secretsOf({ inputs: { secrets: 'TRACES_KEY=lsv2_pt_other' } })).toHaveLength(1)
    })

    test('grouped by reason', async () => {
      const { remarks } = await readDeploy({ inputs: { 'secrets-file': 'f' }, files: { f: env.join('\n') } })
      expect(remarks).toEqual([expect.stringMatching(line)])
    })

    test.each([
      [
        'secrets',
        'LANGSMITH_TRACING_V2=true\nA=b',
        /^`secrets`: omitted LANGSMITH_TRACING_V2, because LangSmith sets this variable\. Remove it\.$/
      ],
      [
        'variables',
        'LANGSMITH_TRACING_V2=true\nA=b',
        /^`variables`: omitted LANGSMITH_TRACING_V2, because LangSmith sets this variable\. Remove it\./
      ],
      [
        'secrets',
        'LANGGRAPH_HOST_API_KEY=x\nA=b',
        /^`secrets`: omitted LANGGRAPH_HOST_API_KEY, because it is the deployment key, which the agent does not need\. Remove it\.$/
      ],
      [
        'secrets',
        `LANGSMITH_API_KEY=${KEY}\nA=b`,
        /^`secrets`: omitted LANGSMITH_API_KEY, because LangSmith sets this variable\. Remove it\./
      ],
      [
        'secrets',
        `DEPLOY_KEY=x${KEY}x\nA=b`,
        /^`secrets`: omitted DEPLOY_KEY, because it contains the value of `api-key`\. Remove it\./
      ],
      [
        'secrets',
        'GITHUB_TOKEN=ghs_abc\nA=b',
        /^`secrets`: omitted GITHUB_TOKEN, because it is the job's token, which expires with the job\. Remove it\./
      ]
    ])('that the user set in %s, with a notice: %j', async (input, text, notice) => {
      const { secrets, notices, remarks } = await readDeploy({ inputs: { [input]: text } })
      expect([...secrets.secrets, ...secrets.variables]).toEqual([{ name: 'A', value: 'b' }])
      expect(notices).toEqual([expect.stringMatching(notice)])
      // The notice is sufficient.
      expect(remarks).toEqual([])
      expect(notices.join()).not.toContain(KEY)
    })

    test.each<[string, Record<string, string>]>([
      ['self-hosted', { ...IMAGE, 'control-plane-url': 'https://ls.example.com/api-host' }],
      ["an image in the user's cluster", IMAGE]
    ])('but not the key that a line sets for a self-hosted agent: %s', async (_, inputs) => {
      const given = { inputs: { ...inputs, secrets: `LANGSMITH_API_KEY=${KEY}` } }
      const { secrets, notices } = await readDeploy(given)
      expect([secrets.secrets, notices]).toEqual([[{ name: 'LANGSMITH_API_KEY', value: KEY }], []])
      expect((await readDeploy({ inputs: { ...inputs, variables: `A=${KEY}` } })).secrets.variables).toEqual([])
      const others = { ...inputs, secrets: `MY_KEY=${KEY}\nADDRESS=https://x.example/?k=${KEY}\nA=b` }
      const read = await readDeploy({ inputs: others })
      expect(read.secrets.secrets).toEqual([{ name: 'A', value: 'b' }])
      expect(read.notices).toEqual(
        ['MY_KEY', 'ADDRESS'].map(
          (name) => `\`secrets\`: omitted ${name}, because it contains the value of \`api-key\`. Remove it.`
        )
      )
    })

    test("including the job's token under another name, which an env file may read from the environment", async () => {
      const inputs = { 'github-token': 'ghs_0123456789', 'secrets-file': 'f', secrets: 'BUILD=ghs_0123456789' }
      const given = { inputs, files: { f: 'A=x${GH_TOKEN}x\nB=1' }, variables: { GH_TOKEN: 'ghs_0123456789' } }
      const { secrets, remarks } = await readDeploy(given)
      expect(secrets.secrets.map(({ name }) => name)).toEqual(['BUILD', 'B'])
      expect(remarks).toEqual([
        expect.stringMatching(
          /^Omitted from the environment: A \(it is the job's token, which expires with the job\)\./
        )
      ])
      const own = { ...inputs, 'github-token': 'ghp_0123456789' }
      const kept = await readDeploy({ ...given, inputs: own, variables: { GH_TOKEN: 'ghp_0123456789' } })
      expect(kept.secrets.secrets).toHaveLength(3)
    })

    test("but not the agent's own names that begin with GITHUB_", async () => {
      const text = 'GITHUB_APP_ID=1\nGITHUB_WEBHOOK_SECRET=x\nGITHUB_TOKEN=ghp_own'
      for (const given of [{ inputs: { secrets: text } }, { inputs: { 'secrets-file': 'f' }, files: { f: text } }]) {
        const { secrets, remarks } = await readDeploy(given)
        expect([secrets.secrets.length, remarks]).toEqual([3, []])
      }
    })

    test('including optional names without a value', async () => {
      const { secrets, notices, remarks } = await readDeploy({ inputs: { secrets: 'A?=\nB?\nC?=x\nPORT?=' } })
      expect(secrets.secrets).toEqual([{ name: 'C', value: 'x' }])
      expect([notices, remarks]).toEqual([[], ['Omitted from the environment: A, B, PORT (empty).']])
    })
  })

  test.each([
    ['OPENAI_API_KEY=sk-proj-abcdefghij1234567890ABCDEFGHIJ', true],
    ['DB=postgres://u:pa55w@h/db', true],
    ['DB_PASSWORD=hunter2', true],
    ['PROJECT_ID=7d9f7c0e-2a1b-4c3d-8e4f-5a6b7c8d9e0f', false],
    ['COMMIT=5f1c0e8a9b7d3f2e4c6a8b0d1e3f5a7c9b2d4e6f', false],
    ['MODEL=anthropic/claude-3-5-sonnet-20241022', false],
    ['BUCKET=acme-prod-data-eu-west-1', false],
    ['MAX_TOKENS=4096', false]
  ])('warns of values in `variables` that resemble a secret: %s: %s', async (text, isWarned) => {
    const [name] = text.split('=')
    expect((await readDeploy({ inputs: { variables: text } })).warnings).toEqual(
      isWarned
        ? [`\`variables\`: ${name} appears to be a secret, but the plan shows its value. Move it to \`secrets\`.`]
        : []
    )
    expect((await readDeploy({ inputs: { secrets: text } })).warnings).toEqual([])
  })

  test('is read from an env file without warnings about its values', async () => {
    const f = 'export A="quoted" # comment\nB=\'single\'\nC=say "hi"\nD="\nE"\nF=1\nF=2\nnothing\nEMPTY=\n'
    const { secrets, warnings, remarks } = await readDeploy({ inputs: { 'secrets-file': 'f' }, files: { f } })
    expect(Object.fromEntries(secrets.secrets.map(({ name, value }) => [name, value]))).toEqual({
      A: 'quoted',
      B: 'single',
      C: 'say "hi"',
      D: '\nE',
      F: '2'
    })
    expect(warnings).toEqual([expect.stringMatching(/^`secrets-file`: line 8: skipped/)])
    expect(remarks).toEqual(['`secrets-file`: EMPTY: skipped, because the value is empty.'])
  })

  test('has no warnings about the values of a JSON object, which cannot be corrected here', async () => {
    expect((await readDeploy({ inputs: { secrets: '{"A": "\\"x\\"", "B": "y\\n"}' } })).warnings).toEqual([])
  })

  test('is sent unchanged, with a warning for a probable mistake', async () => {
    const { secrets, warnings } = await readDeploy({ inputs: { secrets: 'A="x"\nB=y', variables: 'C= z' } })
    expect([...secrets.secrets, ...secrets.variables].map(({ value }) => value)).toEqual(['"x"', 'y', ' z'])
    expect(warnings).toEqual([
      expect.stringMatching(
        /^`variables`: C: the value starts or ends with whitespace, which is part of it\. Remove it if it is unintended\. If a value is correct, put it on a separate line between `NAME<<EOF` and `EOF` to suppress this warning\./
      ),
      expect.stringMatching(/^`secrets`: A: the quotes around the value are part of it/)
    ])
  })

  test.each<[string, Given, string, RegExp]>([
    ['a line that is not an assignment', { inputs: { secrets: 'A=1\nnot a name=2' } }, 'secrets', /^line 2: /],
    [
      'one name in both',
      { inputs: { secrets: 'A=1', 'secrets-file': 'f' }, files: { f: 'A=2\nB="\n"\nA=3' } },
      'secrets-file',
      /^line 4 \(A\): duplicate name, first set in line 1 of `secrets`; remove one of them\.$/
    ],
    [
      'one name in secrets and variables',
      { inputs: { secrets: 'B=1\nA=1', variables: 'A=1' } },
      'secrets',
      /^line 2 \(A\): duplicate name, first set in line 1 of `variables`; remove one of them\.$/
    ],
    [
      'a name of the runner',
      { inputs: { secrets: 'GITHUB_SHA=x' } },
      'secrets',
      /^line 1 \(GITHUB_SHA\): the runner sets this variable for the job only; remove it\./
    ],
    [
      'no secret for replace',
      { inputs: { 'secrets-mode': 'replace' } },
      'secrets-mode',
      /^is `replace`, which requires at least one variable, because the API cannot clear an environment\. Set the variables to keep in `secrets` or `variables`, or remove `secrets-mode`\./
    ],
    [
      'only comments for replace',
      { inputs: { 'secrets-mode': 'replace', secrets: '# x' } },
      'secrets-mode',
      /^is `replace`, which requires at least one variable, because the API cannot clear an environment\. Set the variables to keep in `secrets` or `variables`, or remove `secrets-mode`\./
    ],
    [
      'an unknown mode',
      { inputs: { 'secrets-mode': 'add' } },
      'secrets-mode',
      /^expected one of `merge`, `replace`, got "add"\. Did you mean `merge`\?/
    ],
    ['a missing file', { inputs: { 'secrets-file': 'nowhere.env' } }, 'secrets-file', /not in the workspace/]
  ])('is rejected: %s', async (_, given, input, text) => {
    expect(await problemsOf(given)).toEqual([{ input, text: expect.stringMatching(text) }])
  })

  test.each<[string, string, RegExp]>([
    [
      'variables',
      'LOG_LEVEL=',
      /^line 1 \(LOG_LEVEL\): the value is empty; the variable \(`vars\.NAME`\) is probably not set\. Set it; use NAME\?=value to omit the variable when it is empty; or use NAME<<EOF with EOF on the next line to set an empty value\./
    ],
    [
      'secrets',
      'API_KEY=',
      /^line 1 \(API_KEY\): the value is empty; the secret is probably not set\. Set it; use NAME\?=value to omit the variable when it is empty; or use NAME<<EOF with EOF on the next line to set an empty value\./
    ]
  ])('reports which secret or variable is probably not set for an empty value in `%s`', async (input, text, words) => {
    expect(await problemsOf({ inputs: { [input]: text } })).toEqual([{ input, text: expect.stringMatching(words) }])
  })

  test('reports problems in the order of the lines', async () => {
    const problems = await problemsOf({
      inputs: { ...IMAGE, secrets: 'A=1\nGITHUB_SHA=x\nB=\nA=2', variables: 'B_C=' }
    })
    expect(problems.map(({ input, text }) => `${input} ${text.slice(0, 21)}`)).toEqual([
      'variables line 1 (B_C): the val',
      'secrets line 2 (GITHUB_SHA): ',
      'secrets line 3 (B): the value',
      'secrets line 4 (A): duplicate'
    ])
  })

  test.each<[string, string, RegExp]>([
    [
      'JSON',
      '{\n  "A": "1"\n}\n',
      /^contains JSON, but must be an env file\. Use one NAME=value per line, or set the object in `secrets`\./
    ],
    ['YAML', 'A: 1\nB: 2\n', /^has no NAME=value line\. Use an env file, not YAML or a list of names\./],
    [
      'names only',
      'OPENAI_API_KEY\nTAVILY_API_KEY',
      /^has no NAME=value line\. Use an env file, not YAML or a list of names\./
    ]
  ])('rejects a file with %s, which contains no variables', async (_, f, text) => {
    expect(await problemsOf({ inputs: { 'secrets-file': 'f' }, files: { f } })).toEqual([
      { input: 'secrets-file', text: expect.stringMatching(text) }
    ])
  })

  test.each(['', '# nothing yet\n', 'A=\n'])('accepts a file without variables: %j', async (f) => {
    expect(await secretsOf({ inputs: { 'secrets-file': 'f' }, files: { f } })).toEqual([])
  })

  test.each<[string, Record<string, string>, boolean]>([
    ['built and run on Cloud', {}, true],
    ["an image, which runs in the user's cluster", IMAGE, false],
    ['self-hosted', { ...IMAGE, 'control-plane-url': 'https://ls.example.com/api-host' }, false],
    ['on this machine', { 'control-plane-url': 'http://localhost:1' }, false]
  ])('cannot include PORT if the platform sets it: %s', async (_, inputs, isReserved) => {
    expect(await secretsOf({ inputs: { ...inputs, secrets: 'PORT=80' } })).toHaveLength(isReserved ? 0 : 1)
  })
})

describe('secrets-file on pull_request_target', () => {
  const target = { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/main' }
  const inputs = { ...IMAGE, 'secrets-file': 'f' }

  test('is rejected without reading it for a fork, which may own the file', async () => {
    const readWorkspaceFile = (): never => {
      throw new Error('read all the same')
    }
    for (const head of ['mallory/agent', null]) {
      expect(await problemsOf({ inputs, event: pullRequest(head), variables: target, readWorkspaceFile })).toEqual([
        { input: 'secrets-file', text: expect.stringMatching(/pull_request_target.+Use `secrets`/) }
      ])
    }
  })

  test.each<[string, Given]>([
    ['a pull request of this repository', { ...OWN_PULL_REQUEST, variables: target }],
    ['a fork on pull_request, which has no secrets', FORK_PULL_REQUEST]
  ])('is read for %s', async (_, given) => {
    expect(await secretsOf({ ...given, inputs, files: { f: 'A=1' } })).toEqual([{ name: 'A', value: '1' }])
  })
})

describe('secrets-file', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'inputs-'))
  const workspace = path.join(root, 'workspace')
  const outside = path.join(root, 'outside.env')
  mkdirSync(path.join(workspace, 'deploy'), { recursive: true })
  writeFileSync(outside, 'STOLEN=1')
  writeFileSync(path.join(workspace, 'deploy', 'prod.env'), 'A=1')
  writeFileSync(path.join(workspace, '..env'), 'A=1')
  symlinkSync(outside, path.join(workspace, 'link.env'))
  symlinkSync(root, path.join(workspace, 'up'))
  symlinkSync(workspace, path.join(root, 'checkout'))
  afterAll(() => rmSync(root, { recursive: true }))

  const given = (file: string, directory = workspace): Given => ({
    inputs: { 'secrets-file': file },
    readWorkspaceFile: createRunner({ GITHUB_WORKSPACE: directory }).readWorkspaceFile
  })

  test.each([
    { title: 'a path', file: 'deploy/prod.env' },
    { title: 'a path with .. in it', file: './deploy/../deploy/prod.env' },
    { title: 'an absolute path', file: path.join(workspace, 'deploy/prod.env') },
    { title: 'a name that begins with two dots', file: '..env' }
  ])('is read inside the workspace: $title', async ({ file }) => {
    expect(await secretsOf(given(file))).toEqual([{ name: 'A', value: '1' }])
  })

  test('is read in a workspace that is a link', async () => {
    expect(await secretsOf(given('deploy/prod.env', path.join(root, 'checkout')))).toHaveLength(1)
  })

  test.each([
    { title: 'a path outside the workspace', file: '../outside.env', text: /is outside the workspace/ },
    { title: 'an absolute path outside the workspace', file: outside, text: /is outside the workspace/ },
    { title: 'a link to a file outside the workspace', file: 'link.env', text: /is outside the workspace/ },
    { title: 'a link to a folder outside the workspace', file: 'up/outside.env', text: /is outside the workspace/ },
    {
      title: 'a missing file',
      file: 'nothing.env',
      text: /^"nothing\.env" is not in the workspace; run actions\/checkout, or the step that writes the file, before this step\./
    },
    { title: 'a folder', file: 'deploy', text: /^"deploy" is not a readable file\./ },
    {
      title: 'a file without a workspace',
      file: 'deploy/prod.env',
      directory: '',
      text: /GITHUB_WORKSPACE is not set/
    },
    {
      title: 'a file in a missing workspace',
      file: 'deploy/prod.env',
      directory: path.join(root, 'gone'),
      text: /is not in the workspace/
    }
  ])('is rejected: $title', async ({ file, directory = workspace, text }) => {
    expect(await problemsOf(given(file, directory))).toEqual([
      { input: 'secrets-file', text: expect.stringMatching(text) }
    ])
  })
})

describe('no message', () => {
  /**
   * Long enough not to occur in a message by chance. A piece in capitals may be a name, also with dashes, and is named.
   */
  const piece = fc
    .string({ unit: fc.constantFrom(...'ABCXYZabcxyz0189+/_-'), minLength: 8, maxLength: 24 })
    .filter((text) => /[^A-Z0-9_-]/.test(text))
  const messagesOf = async (secrets: string, mode = 'merge') => {
    const problems = await problemsOf({ inputs: { secrets, 'secrets-mode': mode } })
    return problems.map(({ input, text }) => `${input} ${text}`).join('\n')
  }

  test('contains a piece of a value, for any problem of its line', async () => {
    const line = fc.oneof(
      fc
        .tuple(fc.constantFrom('A', 'B', ' A', 'export A', '1A', 'PORT', 'GITHUB_X', ''), piece)
        .map(([n, v]) => `${n}=${v}`),
      fc.tuple(fc.constantFrom('A', ' A', '', 'export A'), piece).map(([n, v]) => `${n}<<END\n x ${v}\nEND`),
      fc.tuple(fc.constantFrom('A', 'B'), piece).map(([n, v]) => `${n}<<${v}`),
      fc.constantFrom('', '# x', 'A=', 'B<<')
    )
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (lines) => {
        const message = await messagesOf(lines.join('\n'))
        const values = lines.join('\n').match(/[A-Za-z0-9+/_-]{8,}/g) ?? []
        for (const value of values.filter((text) => text !== 'GITHUB_X')) expect(message).not.toContain(value)
      })
    )
  })

  test.each(['', '=', '=='])(
    'contains a piece of a multiline value that was pasted without NAME<<END; lines end with %j',
    async (padding) => {
      await fc.assert(
        fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 4 }), async (pieces) => {
          const message = await messagesOf(
            ['KEY=begin', ...[...pieces, ...pieces].map((text) => text + padding)].join('\n')
          )
          for (const text of pieces) expect(message).not.toContain(text)
        })
      )
    }
  )

  test('contains a value of a JSON object, for any problem of the object', async () => {
    const value = fc.oneof(piece, fc.constant(''), fc.constant(null), fc.constant(5))
    const name = fc.constantFrom('A', 'B', 'C', 'github_token', 'a b', 'PORT')
    const entries = fc.array(fc.tuple(name, fc.oneof(value, fc.constant('same value'))), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(entries, fc.constantFrom('', ',', 'x'), async (pairs, flaw) => {
        const text = `{${pairs.map(([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`).join(',')}${flaw}}`
        const message = await messagesOf(text)
        for (const [, item] of pairs) if (typeof item === 'string' && item !== '') expect(message).not.toContain(item)
      })
    )
  })
})
