import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readEnvironmentFile } from '../../src/archive/environment-file.ts'
import { problemsOf, readDeploy } from '../inputs/environment.ts'
import { anyText } from '../support/texts.ts'
import { DOTENV_CASES, type DotenvCase } from './dotenv-cases.ts'
import { makeTree, SMALLEST } from './support.ts'

const readFile = (text: string | Uint8Array, env: Readonly<Record<string, string>> = {}) =>
  readEnvironmentFile(text, (name) => env[name])

function values(text: string, env?: Readonly<Record<string, string>>): Record<string, string> {
  const { variables, problems } = readFile(text, env)
  expect(problems).toEqual([])
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]))
}

/** Returns the variables of python-dotenv that a deployment can have. Like the official tools, it skips empty values. */
function usable({ python }: DotenvCase): Record<string, string> {
  const entries = Object.entries(python).flatMap(([name, value]) =>
    value && /^[A-Za-z_]\w*$/.test(name) ? [[name, value]] : []
  )
  return Object.fromEntries(entries)
}

describe('an env file gives the same variables as with python-dotenv', () => {
  test.each(DOTENV_CASES)('if it contains $title', async (given) => {
    const { text, env = {}, told = [] } = given
    const { variables, problems, warnings, remarks } = readFile(text, env)
    expect(Object.fromEntries(variables.map(({ name, value }) => [name, value]))).toEqual(usable(given))
    expect([
      ...problems.map((problem) => `problem: ${problem}`),
      ...warnings.map((warning) => `warning: ${warning}`),
      ...remarks.map((remark) => `remark: ${remark}`)
    ]).toEqual(told.map((start) => expect.stringContaining(start)))

    // The action reads env files through `secrets-file` and through langgraph.json.
    const workspace = makeTree({ ...SMALLEST, 'langgraph.json': CONFIG, '.env': text })
    const byFile = { inputs: { 'secrets-file': 'f' }, files: { f: text }, variables: env }
    const byConfig = {
      inputs: { 'source-type': 'internal_source' },
      variables: { ...env, GITHUB_WORKSPACE: workspace }
    }
    for (const run of [byFile, byConfig]) {
      if (problems.length > 0)
        expect((await problemsOf(run)).map(({ text: problem }) => problem).join()).toContain(problems[0])
      else {
        const { secrets } = await readDeploy(run)
        expect(Object.fromEntries(secrets.secrets.map(({ name, value }) => [name, value]))).toEqual(usable(given))
      }
    }
  })
})

const CONFIG = JSON.stringify({ graphs: { agent: './agent.py:graph' }, dependencies: ['.'], env: '.env' })

describe('a ${NAME} that refers to a variable of the action', () => {
  const env = {
    'INPUT_API-KEY': 'hunter2',
    STATE_KEY: 'hunter2',
    ACTIONS_RUNTIME_TOKEN: 'hunter2',
    GITHUB_TOKEN: 'hunter2'
  }

  const FORBIDDEN = ['INPUT_API-KEY', 'input_api-key', 'STATE_KEY', 'ACTIONS_RUNTIME_TOKEN', 'GITHUB_TOKEN']
  test.each(FORBIDDEN)('is not expanded: %s', (name) => {
    const asked: string[] = []
    const { problems, variables } = readEnvironmentFile(`A=\${${name}}`, (wanted) => {
      asked.push(wanted)
      return 'hunter2'
    })
    expect(problems).toEqual([
      expect.stringMatching(
        `^line 1: \\$\\{${name}\\} in the value of A is not expanded, because .*add \`A=\\$\\{\\{ secrets\\.NAME \\}\\}\` to \`secrets\``
      )
    ])
    expect(variables).toEqual([])
    expect(asked).toEqual([])
    expect(values(`A=\${${name}:-default}`, env)).toEqual({ A: 'default' })
  })

  test('is expanded if the file sets the variable', () => {
    expect(values('GITHUB_TOKEN=ghp_own\nA=${GITHUB_TOKEN}', env)).toEqual({ GITHUB_TOKEN: 'ghp_own', A: 'ghp_own' })
  })

  test('is an error both in `secrets-file` and in the env file of langgraph.json', async () => {
    const text = 'STOLEN=${INPUT_API-KEY}'
    const workspace = makeTree({ ...SMALLEST, 'langgraph.json': CONFIG, '.env': text })
    expect(await problemsOf({ inputs: { 'secrets-file': 'f' }, files: { f: text } })).toMatchObject([
      { input: 'secrets-file' }
    ])
    expect(
      await problemsOf({ inputs: { 'source-type': 'internal_source' }, variables: { GITHUB_WORKSPACE: workspace } })
    ).toMatchObject([{ input: 'langgraph-config' }])
  })

  test('is not an error in the value of a reserved variable', () => {
    expect(values('DATABASE_URI=postgresql://${NONE}@db\nA=1')).toMatchObject({ A: '1' })
  })
})

describe('the encoding of an env file', () => {
  test.each<[string, Uint8Array]>([
    ['UTF-16 with a byte order mark', Buffer.from('\uFEFFA=1', 'utf16le')],
    ['UTF-16 without one', Buffer.from('A=1', 'utf16le')],
    ['big-endian UTF-16', Buffer.from('\uFEFFA=1', 'utf16le').swap16()],
    ['Latin-1', Buffer.from('A=\u00e9', 'latin1')]
  ])('must not be %s', async (_, bytes) => {
    const expected = [expect.stringMatching(/^is not UTF-8 text; save it as UTF-8/)]
    expect(readFile(bytes)).toMatchObject({ variables: [], problems: expected, warnings: [], remarks: [] })
    expect(await problemsOf({ inputs: { 'secrets-file': 'f' }, files: { f: bytes } })).toMatchObject([
      { input: 'secrets-file' }
    ])
  })

  test('can be UTF-8 with a byte order mark', () => {
    expect(readFile(Buffer.from('\uFEFFA=\u00e9')).variables).toEqual([{ name: 'A', value: '\u00e9' }])
  })
})

describe('a multiline key without quotes', () => {
  const body = ['MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 'hunter2hunter2hunter2==', 'Qk1xyz9='].join('\n')

  test.each([
    ['with an end', `A=1\nKEY=-----BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----\nB=2`],
    ['without an end', `A=1\nKEY=-----BEGIN PRIVATE KEY-----\n${body}\nB=2`]
  ])('is a problem, and none of its lines is treated as a name: %s', (_, text) => {
    const read = readFile(text)
    expect(read.problems).toEqual(['line 2 (KEY): a multiline key needs quotes around it'])
    expect(read.variables.map(({ name }) => name).filter((name) => name.length > 1)).toEqual([])
    expect(JSON.stringify(read)).not.toMatch(/MIIE|hunter2|Qk1/)
  })
})

/** Forms of env files in the templates of LangChain and in other public projects. */
describe('a real env file', () => {
  test('can have empty values, comments after values, and repeated names', () => {
    const text = [
      'LANGSMITH_API_KEY_PROD=""              # Settings > API Keys > Create API Key',
      'CRW_API_KEY=                   # Get your key (optional for self-hosted)',
      'TAVILY_API_KEY=tvly-xxxxx      # Get your key',
      'ELASTICSEARCH_URL=...',
      'ELASTICSEARCH_URL=http://host.docker.internal:9200',
      'SUPABASE_SERVICE_ROLE_KEY= ',
      'OLLAMA_BASE_URL=http://localhost:11434 # the endpoint, defaults to http://localhost:11434',
      "SEARCH_API='duckduckgo'",
      'NEXT_PUBLIC_ALLOWED_USERS_LIST=\'["your-github-username", "teammate-username"]\'',
      'GITHUB_APP_NAME="open-swe-dev" # this must match the name of your GitHub app',
      'GITHUB_APP_PRIVATE_KEY="-----BEGIN RSA PRIVATE KEY-----',
      '...add your private key here...',
      '-----END RSA PRIVATE KEY-----',
      '"'
    ].join('\r\n')
    const { warnings, remarks } = readFile(text)
    expect(values(text)).toEqual({
      TAVILY_API_KEY: 'tvly-xxxxx',
      ELASTICSEARCH_URL: 'http://host.docker.internal:9200',
      OLLAMA_BASE_URL: 'http://localhost:11434',
      SEARCH_API: 'duckduckgo',
      NEXT_PUBLIC_ALLOWED_USERS_LIST: '["your-github-username", "teammate-username"]',
      GITHUB_APP_NAME: 'open-swe-dev',
      GITHUB_APP_PRIVATE_KEY:
        '-----BEGIN RSA PRIVATE KEY-----\n...add your private key here...\n-----END RSA PRIVATE KEY-----\n'
    })
    expect(warnings).toEqual([])
    expect(remarks).toEqual([
      'LANGSMITH_API_KEY_PROD, CRW_API_KEY, SUPABASE_SERVICE_ROLE_KEY: skipped, because the value is empty.'
    ])
  })

  test('can combine variables to a URL', () => {
    const text = `POSTGRES_USER=user\nPOSTGRES_PASSWORD='p@ss'\n\nDATABASE_URL=postgresql://\${POSTGRES_USER}:\${POSTGRES_PASSWORD}@\${POSTGRES_HOST:-db}:5432/shop\n`
    expect(values(text)).toMatchObject({ DATABASE_URL: 'postgresql://user:p@ss@db:5432/shop' })
  })

  test('cannot contain template expressions of a service', () => {
    const { problems } = readFile('DATABASE_URL=postgresql://${{rag-postgres.POSTGRES_USER}}@db\nA=${{ secrets.A }}')
    expect(problems).toEqual([
      expect.stringMatching(/^line 1: the value of DATABASE_URL contains \$\{\{ … \}\}, which is not evaluated/),
      expect.stringMatching(
        /^line 2: the value of A contains \$\{\{ … \}\}, .*add `A=\$\{\{ secrets\.NAME \}\}` to `secrets`/
      )
    ])
  })

  test('with an undefined ${NAME} causes an error with advice', () => {
    const { problems } = readFile('A=${DB_HOST}\nB=1\nC=-----BEGIN A KEY-----\nx\n-----END A KEY-----\nD=${E}')
    expect(problems).toEqual([
      expect.stringMatching(
        /^line 1: \$\{DB_HOST\} .*the step's `env`; set it, write a default such as \$\{DB_HOST:-value\}/
      ),
      'line 3 (C): a multiline key needs quotes around it',
      expect.stringMatching(/^line 6: \$\{E\}/)
    ])
  })
})

describe('any text', () => {
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/)
  const quoted = anyText({ minLength: 1 }).filter((value) => !/[\r\0]|\$\{/.test(value))

  test('keeps its value in double quotes', () => {
    const write = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, quoted), { selector: ([key]) => key }), (pairs) => {
        const text = pairs
          .map(([key, value], index) => `${index % 2 ? 'export ' : ''}${key}=${write(value)}`)
          .join('\n')
        expect(readFile(text)).toMatchObject({
          problems: [],
          variables: pairs.map(([key, value]) => ({ name: key, value }))
        })
      })
    )
  })

  test('can be parsed, and no message quotes a value', () => {
    const line = fc.tuple(
      name,
      fc.constantFrom('=', ' = ', '="', "='", '', ': '),
      fc.constantFrom(
        'SECRET',
        'SECRET"x',
        "'SECRET",
        '#SECRET',
        '`SECRET',
        'a${SECRET }',
        '-----BEGIN A KEY-----\nSECRET='
      )
    )
    const told = (text: string) => {
      const { problems, warnings, remarks } = readFile(text)
      return [...problems, ...warnings, ...remarks]
    }
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        expect(told(lines.map((parts) => parts.join('')).join('\n')).join()).not.toContain('SECRET')
      })
    )
    const unit = fc.constantFrom('A', '=', '"', "'", '\\', '\n', ' ', '#', '\r', '$', '{', '}', ':', '-')
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        for (const { name: found } of readFile(text).variables) expect(found).toMatch(/^[A-Za-z_]\w*$/)
      }),
      { numRuns: 1000 }
    )
  })
})
