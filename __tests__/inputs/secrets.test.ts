import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createRunner } from '../../src/runner/runner.ts'
import {
  FORK_PULL_REQUEST,
  type Given,
  KEY,
  OWN_PULL_REQUEST,
  problemsOf,
  pullRequest,
  readDeploy
} from './environment.ts'

const IMAGE = { 'image-uri': 'agent:1' }

async function secretsOf(given: Given) {
  return (await readDeploy(given)).secrets.secrets
}

describe('secrets', () => {
  test('come from input and file together', async () => {
    const inputs = {
      secrets: 'A= one \nB<<E\nx\ny\nE\nFROM_ENV\n',
      'secrets-file': 'deploy/prod.env',
      'secrets-mode': 'replace'
    }
    const given = { inputs, files: { 'deploy/prod.env': '\uFEFFC=three\r\n' }, variables: { FROM_ENV: 'environment' } }
    expect((await readDeploy(given)).secrets).toEqual({
      mode: 'replace',
      secrets: [
        { name: 'A', value: ' one ' },
        { name: 'B', value: 'x\ny' },
        { name: 'FROM_ENV', value: 'environment' },
        { name: 'C', value: 'three' }
      ]
    })
  })

  test.each(['toString', 'constructor', 'hasOwnProperty', '__proto__', 'valueOf'])(
    'do not take the bare name %s from the prototype of an object',
    async (name) => {
      const problems = await problemsOf({ inputs: { ...IMAGE, secrets: name } })
      expect(problems.map(({ text }) => text)).toEqual([
        expect.stringMatching(/^line 1: a bare name is read from the step's `env`/)
      ])
      const environment = createRunner().variables
      expect(Object.hasOwn(environment, name)).toBe(false)
    }
  )

  test('may have such a name where it is set', async () => {
    const variables = JSON.parse('{"__proto__": "one", "toString": "two"}')
    expect(await secretsOf({ inputs: { secrets: '__proto__\ntoString' }, variables })).toEqual([
      { name: '__proto__', value: 'one' },
      { name: 'toString', value: 'two' }
    ])
    expect(await secretsOf({ inputs: { secrets: '{"__proto__": "x", "constructor": "y"}' } })).toEqual([
      { name: '__proto__', value: 'x' },
      { name: 'constructor', value: 'y' }
    ])
  })

  test("leave the job's own token out of a JSON object, with a notice", async () => {
    const { secrets, notices } = await readDeploy({ inputs: { secrets: '{"github_token":"ghs_x","A":"b"}' } })
    expect(secrets.secrets).toEqual([{ name: 'A', value: 'b' }])
    expect(notices).toEqual([expect.stringMatching(/^`secrets`: github_token is left out/)])
  })

  test('of a JSON object leave out what LangSmith or the runner sets, and the API key, with one notice', async () => {
    const all = JSON.stringify({ LANGCHAIN_API_KEY: 'x', RUNNER_OS: 'y', DEPLOY_KEY: KEY, A: 'b' })
    const { secrets, notices } = await readDeploy({ inputs: { secrets: all } })
    expect(secrets.secrets).toEqual([{ name: 'A', value: 'b' }])
    expect(notices).toEqual([
      expect.stringMatching(/^`secrets`: left out LANGCHAIN_API_KEY, RUNNER_OS and DEPLOY_KEY: names that/)
    ])
    expect(notices.join()).not.toContain(KEY)
  })

  test('of lines may be the API key, which somebody wrote there', async () => {
    expect(await secretsOf({ inputs: { secrets: `DEPLOY_KEY=${KEY}` } })).toEqual([{ name: 'DEPLOY_KEY', value: KEY }])
  })

  test('in the file keep their quotes, with one warning that names them', async () => {
    const { warnings } = await readDeploy({
      inputs: { secrets: 'Z="z"', 'secrets-file': 'f' },
      files: { f: 'A="quoted"\nB=\'single\'\nC=say "hi"\nD="\nE<<X\n"a\nb"\nX' }
    })
    expect(warnings).toEqual([expect.stringContaining('value of A, B, E are part of it')])
  })

  test.each<[string, Given, string, RegExp]>([
    ['a line that is no assignment', { inputs: { secrets: 'A=1\nnot a name=2' } }, 'secrets', /^line 2: /],
    [
      'one name in both',
      { inputs: { secrets: 'A=1', 'secrets-file': 'f' }, files: { f: 'A=2' } },
      'secrets-file',
      /line 1 of `secrets` too\. Remove one of the two/
    ],
    ['a reserved name', { inputs: { secrets: 'LANGCHAIN_API_KEY=x' } }, 'secrets', /reserved.+remove it/i],
    [
      'a reserved name in the file',
      { inputs: { 'secrets-file': 'f' }, files: { f: 'PORT=1' } },
      'secrets-file',
      /reserved/
    ],
    ['a name of the runner', { inputs: { secrets: 'GITHUB_SHA=x' } }, 'secrets', /belong to the runner/],
    [
      'no secret to replace all with',
      { inputs: { 'secrets-mode': 'replace' } },
      'secrets-mode',
      /Name what is to stay.+or remove/
    ],
    [
      'only comments to replace all with',
      { inputs: { 'secrets-mode': 'replace', secrets: '# x' } },
      'secrets-mode',
      /needs at least one/
    ],
    ['an unknown mode', { inputs: { 'secrets-mode': 'add' } }, 'secrets-mode', /Write one of `merge`, `replace`/],
    ['a file that is not there', { inputs: { 'secrets-file': 'nowhere.env' } }, 'secrets-file', /not in the workspace/]
  ])('are refused: %s', async (_, given, input, text) => {
    expect(await problemsOf(given)).toEqual([{ input, text: expect.stringMatching(text) }])
  })

  test.each<[string, Record<string, string>, boolean]>([
    ['built and run on Cloud', {}, true],
    ['an image, which runs in a cluster of its own', IMAGE, false],
    ['self-hosted', { ...IMAGE, 'control-plane-url': 'https://ls.example.com/api-host' }, false],
    ['on this machine', { 'control-plane-url': 'http://localhost:1' }, false]
  ])('cannot set PORT where the platform does: %s', async (_, inputs, refused) => {
    expect(await problemsOf({ inputs: { ...inputs, secrets: 'PORT=80' } })).toHaveLength(refused ? 1 : 0)
  })
})

describe('secrets-file under pull_request_target', () => {
  const target = { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/main' }
  const inputs = { ...IMAGE, 'secrets-file': 'f' }

  test('is refused and not even read for a fork, whose files these may be', async () => {
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
    ['a fork under pull_request, which has no secrets to lose', FORK_PULL_REQUEST]
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

  test.each(['deploy/prod.env', './deploy/../deploy/prod.env', path.join(workspace, 'deploy/prod.env'), '..env'])(
    'is read inside the workspace: %s',
    async (file) => {
      expect(await secretsOf(given(file))).toEqual([{ name: 'A', value: '1' }])
    }
  )

  test('is read in a workspace that is itself a link', async () => {
    expect(await secretsOf(given('deploy/prod.env', path.join(root, 'checkout')))).toHaveLength(1)
  })

  test.each<[string, string, RegExp]>([
    ['../outside.env', workspace, /lies outside the workspace/],
    [outside, workspace, /lies outside the workspace/],
    ['link.env', workspace, /lies outside the workspace/],
    ['up/outside.env', workspace, /lies outside the workspace/],
    ['nothing.env', workspace, /is not in the workspace; does actions\/checkout/],
    ['deploy', workspace, /cannot be read as a file/],
    ['deploy/prod.env', '', /GITHUB_WORKSPACE is not set/],
    ['deploy/prod.env', path.join(root, 'gone'), /is not in the workspace/]
  ])('%s in %s is refused', async (file, directory, text) => {
    expect(await problemsOf(given(file, directory))).toEqual([
      { input: 'secrets-file', text: expect.stringMatching(text) }
    ])
  })
})

describe('no message', () => {
  /** Long enough not to be a word of a message by chance. */
  const piece = fc.string({ unit: fc.constantFrom(...'ABCXYZabcxyz0189+/_-'), minLength: 8, maxLength: 24 })
  const messagesOf = async (secrets: string, mode = 'merge') => {
    const problems = await problemsOf({ inputs: { secrets, 'secrets-mode': mode } })
    return problems.map(({ input, text }) => `${input} ${text}`).join('\n')
  }

  test('holds a piece of a value, whatever is wrong with the line that it stands in', async () => {
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
    'holds a piece of a value of several lines that was pasted without NAME<<END; lines end with %j',
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

  test('holds a value of a JSON object, whatever else is wrong with it', async () => {
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
