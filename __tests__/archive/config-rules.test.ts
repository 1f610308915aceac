import { describe, expect, test } from '@jest/globals'
import { parseLanggraphConfig } from '../../src/archive/langgraph-config.ts'
import { packageProblems } from '../../src/archive/package-json.ts'
import { namedValues } from '../support/json.ts'

const PYTHON = { graphs: { agent: './agent.py:graph' } }
const SCRIPT = { graphs: { agent: './agent.ts:graph' } }
const INSTALLED = { ...PYTHON, dependencies: ['.'] }

const bytes = (text: string) => Buffer.from(text)
const textsOf = (value: unknown) => parseLanggraphConfig(bytes(JSON.stringify(value))).problems.map(({ text }) => text)

/** Each case was checked with langgraph-cli 0.4.40, which accepts those of this block and rejects those of the next. */
describe('a configuration that the official CLI accepts', () => {
  test.each([
    [SCRIPT],
    [{ ...PYTHON, dependencies: ['.'], python_version: '3.19' }],
    [{ ...INSTALLED, python_version: '3.12-slim' }],
    [{ ...INSTALLED, python_version: '4.0' }],
    [{ ...SCRIPT, node_version: '26' }],
    [{ ...INSTALLED, pip_installer: 'uv' }],
    [{ ...PYTHON, source: { kind: 'uv' } }],
    [{ ...PYTHON, source: { kind: 'uv', root: '..', package: 'agent' }, python_version: '3.12' }],
    [{ ...INSTALLED, source: null }],
    [{ ...SCRIPT, node_version: '22', python_version: null }],
    [{ graphs: { ...PYTHON.graphs, other: './other.ts:graph' }, dependencies: ['.'] }],
    [{ ...INSTALLED, store: { index: { embed: 'huggingface:sentence-transformers/all' } } }],
    [{ ...INSTALLED, dependencies: ['/deps/of-the-base-image', 'langchain-openai'] }],
    [{ ...INSTALLED, dependencies: ['.', 'x @ git+https://github.com/acme/x.git@main'] }],
    [{ ...INSTALLED, dependencies: ['.', 'git+ssh://git@github.com/acme/x.git'] }],
    [{ ...INSTALLED, image_distro: 'wolfi', api_version: '0.8', keep_pkg_tools: ['pip'] }],
    [{ ...INSTALLED, api_version: '0.9.0rc1', keep_pkg_tools: true }],
    [{ ...INSTALLED, priority: { path: './priority.py:of' } }],
    [{ ...PYTHON, dependencies: '.' }],
    [{ ...INSTALLED, dependencies: ['.', ''] }],
    [{ ...SCRIPT, dependencies: '.' }],
    [{ ...SCRIPT, dependencies: { agent: '.' } }],
    [{ ...SCRIPT, dependencies: [7] }],
    [{ ...SCRIPT, pip_installer: null }],
    [{ ...PYTHON, source: { kind: 'uv' }, pip_installer: null }],
    [{ graphs: { agent: './agent.ts' } }],
    [{ graphs: { ...PYTHON.graphs, other: './other.mjs' }, dependencies: ['.'], node_version: null }]
  ])('has no problems: %j', (value) => {
    expect(textsOf(value)).toEqual([])
  })
})

describe('a file that the official CLI rejects', () => {
  test.each<[object, RegExp]>([
    [PYTHON, /^`dependencies` is missing, but Python graphs require it/],
    [{ ...PYTHON, dependencies: [] }, /^`dependencies` is empty, but Python graphs require it/],
    [{ graphs: { agent: 'agent.graph:graph' } }, /^`dependencies` is missing/],
    [{ ...SCRIPT, python_version: '3.12' }, /^`dependencies` is missing/],
    [{ ...INSTALLED, python_version: '3.10' }, /^`python_version` is 3\.10, .* 3\.11 or newer/],
    [{ ...INSTALLED, python_version: '2.12' }, /^`python_version` is 2\.12/],
    [{ ...INSTALLED, python_version: '3.11.4' }, /^`python_version` is not in the form `major\.minor`/],
    [{ ...INSTALLED, python_version: '3' }, /^`python_version` is not in the form `major\.minor`/],
    [{ ...INSTALLED, python_version: 3.12 }, /^`python_version` is not a string/],
    [{ ...INSTALLED, python_version: '3.12-bullseye' }, /^`python_version` names a bullseye image/],
    [{ ...INSTALLED, image_distro: 'bullseye' }, /^`image_distro` names a bullseye image/],
    [{ ...SCRIPT, node_version: '18' }, /^`node_version` is 18, .* 20 or newer/],
    [{ ...SCRIPT, node_version: '20.1' }, /^`node_version` is not a major version/],
    [{ ...SCRIPT, node_version: 'v22' }, /^`node_version` is not a major version/],
    [{ ...SCRIPT, node_version: 20 }, /^`node_version` is not a string/],
    [{ ...INSTALLED, pip_installer: 'poetry' }, /^`pip_installer` is not one of/],
    [{ ...INSTALLED, pip_installer: null }, /^`pip_installer` is not one of/],
    [{ ...SCRIPT, node_version: null }, /^`node_version` is empty, but all graphs are in JavaScript/],
    [{ ...SCRIPT, node_version: '' }, /^`node_version` is empty/],
    [{ ...INSTALLED, dependencies: '..' }, /^`dependencies` is not a list/],
    [{ ...INSTALLED, dependencies: null }, /^`dependencies` is empty/],
    [{ ...PYTHON, source: { kind: 'uv', root: null } }, /^`source\.root` is not a folder/],
    [{ graphs: { agent: './agent.ts:' } }, /^`graphs\.agent` requires a file, a colon/],
    [{ graphs: { agent: './agent.py' }, dependencies: ['.'] }, /^`graphs\.agent` requires a file, a colon/],
    [{ ...SCRIPT, source: { kind: 'uv' } }, /^`source` of the kind "uv" requires Python/],
    [{ ...INSTALLED, source: { kind: 'uv' } }, /^`dependencies` cannot be combined with `source`/],
    [{ ...PYTHON, source: 'uv' }, /^`source` is not of a supported kind/],
    [{ ...PYTHON, source: { kind: 'pip' } }, /^`source` is not of a supported kind/],
    [{ ...PYTHON, source: { kind: 'uv', root: ' ' } }, /^`source\.root` is not a folder/],
    [{ ...PYTHON, source: { kind: 'uv', package: '' } }, /^`source\.package` is not the name/],
    [{ ...INSTALLED, project_root: '.' }, /^`project_root` is no longer supported/],
    [{ ...INSTALLED, auth: { path: './auth.py' } }, /^`auth\.path` requires a file, a colon/],
    [{ ...INSTALLED, http: { app: './app.py' } }, /^`http\.app` requires a file, a colon/],
    [
      { ...INSTALLED, dependencies: ['.', 'git+https://me:hunter2@github.com/acme/x'] },
      /^`dependencies\[1\]` is a git URL/
    ],
    [{ ...INSTALLED, dependencies: ['x @ GIT+http://hunter2@github.com/acme/x'] }, /^`dependencies\[0\]` is a git URL/],
    [{ ...SCRIPT, dependencies: ['git+https://${TOKEN}@github.com/acme/x'] }, /^`dependencies\[0\]` is a git URL/],
    [{ ...INSTALLED, image_distro: 'alpine' }, /^`image_distro` is not one of/],
    [{ ...INSTALLED, api_version: 'latest' }, /^`api_version` is invalid/],
    [{ ...INSTALLED, api_version: '0.8', _INTERNAL_docker_tag: 'x' }, /^`api_version` cannot be combined with/],
    [{ ...INSTALLED, keep_pkg_tools: ['npm'] }, /^`keep_pkg_tools` is invalid/],
    [{ ...INSTALLED, priority: { path: './priority.ts:of' } }, /^`priority\.path` names a JavaScript/]
  ])('has one problem: %j', (value, text) => {
    expect(textsOf(value)).toEqual([expect.stringMatching(text)])
  })

  test.each([
    ['{', /is not valid JSON: line 1, column 2/],
    ['{"name": "agent",\n"engines": {"node": ">=20.0.0"}}', /^`engines\.node` is not a major version/],
    ['{"engines":\n{"node": "18"}}', /^`engines\.node` is 18/],
    ['{"engines":\n{"npm": "10"}}', /^`engines\.npm`: LangSmith accepts only `node`/]
  ])('can be package.json with the content %j', (text, problem) => {
    const lines = text.split('\n').length
    expect(packageProblems(bytes(text))).toEqual([{ line: lines, text: expect.stringMatching(problem) }])
  })

  test.each(['{"engines": {"node": "20"}}', '{"engines": {}}', '{}'])(
    'is not package.json with the content %s',
    (text) => {
      expect(packageProblems(bytes(text))).toEqual([])
    }
  )
})

describe('the problem of a configuration', () => {
  const TEXT = JSON.stringify(SCRIPT, null, 2)
  const swapped = Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16()

  test.each<[string, Buffer, RegExp]>([
    ['UTF-16, as PowerShell writes it', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), /^is encoded in UTF-16/],
    ['big-endian UTF-16', swapped, /^is encoded in UTF-16/],
    ['UTF-16 without a byte order mark', Buffer.from(TEXT, 'utf16le'), /^is encoded in UTF-16/],
    ['UTF-8 with a byte order mark', bytes(`\uFEFF${TEXT}`), /^begins with a byte order mark/],
    ['Latin-1', Buffer.from(JSON.stringify({ ...SCRIPT, x: 'é' }), 'latin1'), /^is not encoded in UTF-8/],
    ['a comment', bytes(`// our agent\n${TEXT}`), /line 1, column 1 contains a comment, which JSON does not allow/],
    ['a trailing comma', bytes('{\n"graphs": {},\n}'), /line 3, column 1 has a comma before the closing bracket/]
  ])('names the cause: %s', (_, text, problem) => {
    expect(parseLanggraphConfig(text).problems).toEqual([
      { line: expect.any(Number), text: expect.stringMatching(problem) }
    ])
  })

  test('has the line of its key', () => {
    const { problems } = parseLanggraphConfig(
      bytes('{\r\n  "python_version": "3.9",\r\n  "graphs": {\r\n    "a": "./a.py:g",\r\n    "b": "./b.py"\r\n  }\r\n}')
    )
    expect(problems.map(({ line, text }) => [line, text.split(' ')[0]])).toEqual([
      [5, '`graphs.b`'],
      [2, '`python_version`'],
      [1, '`dependencies`']
    ])
  })
})

describe('`env`', () => {
  const read = (env: string) => parseLanggraphConfig(bytes(`{"graphs": {"agent": "./agent.ts:graph"}, "env": ${env}}`))

  test.each(['null', '""', '{}'])('with the value %s sets no variables, without a message', (env) => {
    expect(read(env)).toMatchObject({ environment: [], environmentFile: undefined, remarks: [], problems: [] })
  })

  test('with a list of names sets no variables, and returns the names', () => {
    expect(read('["OPENAI_API_KEY", "TAVILY_API_KEY"]')).toMatchObject({
      environment: [],
      problems: [],
      remarks: [],
      environmentNames: ['OPENAI_API_KEY', 'TAVILY_API_KEY']
    })
  })

  test('keeps numbers and booleans as written in the file', () => {
    const { environment, problems } = read('{"PORTS": 8080, "RATIO": 1.0, "BIG": 12345678901234567890, "ON": true}')
    expect(problems).toEqual([])
    expect(environment).toEqual(namedValues({ PORTS: '8080', RATIO: '1.0', BIG: '12345678901234567890', ON: 'true' }))
  })

  test('skips empty values and invalid names, and reports their names', () => {
    const { environment, problems, remarks } = read('{"A": "", "B": null, "C-D": "hunter2", "E": "kept"}')
    expect(problems).toEqual([])
    expect(environment).toEqual([{ name: 'E', value: 'kept' }])
    expect(remarks).toEqual([
      '`env.A` is empty; skipped.',
      '`env.B` is empty; skipped.',
      '`env.C-D` is not a valid variable name; skipped.'
    ])
  })
})
