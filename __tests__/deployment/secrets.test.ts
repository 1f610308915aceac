import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { RefusalError } from '../../src/control-plane/errors.ts'
import type { DeployedSecret, Secret } from '../../src/control-plane/resources.ts'
import { hiddenNames, isPlaceholder, shownSecrets } from '../../src/deployment/hidden.ts'
import { isOfRunner, mergeSecrets, parseSecrets, type SecretChange, whyReserved } from '../../src/deployment/secrets.ts'
import { anyText } from '../support/texts.ts'

const ENVIRONMENT: Readonly<Record<string, string>> = { FROM_ENV: ' value of the environment ', EMPTY: '' }
const parse = (text: string) => {
  const read = parseSecrets(text, (name) => ENVIRONMENT[name])
  return { ...read, problems: read.problems.map((problem) => problem.text) }
}
type Pair = readonly [string, string | null]
const pairs = (secrets: readonly DeployedSecret[]) => secrets.map(({ name, value }): Pair => [name, value])

describe('a text of secrets', () => {
  test.each<[string, string, readonly (readonly [string, string])[]]>([
    ['nothing', '', []],
    ['blank lines and comments only', '\n  \n\t\n# A=1\n#\n', []],
    ['one line', 'A=1', [['A', '1']]],
    [
      'several lines',
      'A=1\nB_2=two\n_c=3\n',
      [
        ['A', '1'],
        ['B_2', 'two'],
        ['_c', '3']
      ]
    ],
    [
      'lines that end as on Windows',
      'A=1\r\nB<<E\r\nx\r\ny\r\nE\r\nC=3\r\n',
      [
        ['A', '1'],
        ['B', 'x\ny'],
        ['C', '3']
      ]
    ],
    ['a byte order mark', '\uFEFFA=1', [['A', '1']]],
    ['blanks around a value, which belong to it', 'A=  x \t', [['A', '  x \t']]],
    [
      'quotes, which belong to it',
      'A="x"\nB=\'y\'',
      [
        ['A', '"x"'],
        ['B', "'y'"]
      ]
    ],
    ['= inside a value', 'A=b=c==', [['A', 'b=c==']]],
    ['# inside a value', 'A=p#ss word #1', [['A', 'p#ss word #1']]],
    ['# behind blanks, which begins no comment in a value', 'A<<E\n# not a comment\n\nE', [['A', '# not a comment\n']]],
    ['$ and backslashes, which mean nothing', 'A=$B\\n${C}', [['A', '$B\\n${C}']]],
    ['a lone carriage return inside a value', 'A=x\ry', [['A', 'x\ry']]],
    [
      '<< behind =, which belongs to the value',
      'A=<<E\nB=1',
      [
        ['A', '<<E'],
        ['B', '1']
      ]
    ],
    ['= behind <<, which belongs to the word', 'A<<E=F\nx\nE=F', [['A', 'x']]],
    ['< alone', 'A=<x<', [['A', '<x<']]],
    [
      'a value of several lines',
      'A<<EOF\none\n  two\nEOF\nB=1',
      [
        ['A', 'one\n  two'],
        ['B', '1']
      ]
    ],
    ['assignments inside a value of several lines', 'A<<E\nB=1\nC<<D\nE', [['A', 'B=1\nC<<D']]],
    ['the word inside a line, which does not end it', 'A<<E\n E\nE \nEE\nE', [['A', ' E\nE \nEE']]],
    ['an empty value, on purpose', 'A<<E\nE', [['A', '']]],
    ['a value of one empty line', 'A<<E\n\nE', [['A', '']]],
    ['a word with blanks, as the runner takes it', 'A<< E \nx\n E ', [['A', 'x']]],
    ['a bare name, read from the environment', 'FROM_ENV', [['FROM_ENV', ' value of the environment ']]],
    [
      'a JSON object',
      '{"A": "1", "B": "two\\nlines"}',
      [
        ['A', '1'],
        ['B', 'two\nlines']
      ]
    ],
    ['a JSON object with white space around it', '\n  {\n"A": "1"\n}\n', [['A', '1']]],
    ['a JSON object with a byte order mark', '\uFEFF{"A":"1"}', [['A', '1']]],
    ['an empty JSON object', '{}', []],
    [
      'JSON values that look like keys',
      '{"A":"B","B":"A"}',
      [
        ['A', 'B'],
        ['B', 'A']
      ]
    ],
    [
      'a JSON name that JavaScript knows',
      '{"__proto__":"x","constructor":"y"}',
      [
        ['__proto__', 'x'],
        ['constructor', 'y']
      ]
    ]
  ])('may be %s', (_, text, expected) => {
    const { secrets, problems, empty } = parse(text)
    expect({ secrets: pairs(secrets), problems, empty }).toEqual({ secrets: expected, problems: [], empty: [] })
  })

  test.each<[string, string, readonly RegExp[]]>([
    ['an empty value', 'B=1\nA=', [/^line 2 \(A\): .*value is empty.*<<END/]],
    ['an empty value on a Windows line', 'A=\r\n', [/^line 1 \(A\): .*value is empty/]],
    ['no name', '=x', [/^line 1: a name has letters/]],
    ['no name before <<', '<<E', [/^line 1: a name has letters/]],
    ['a digit first', '1A=x', [/^line 1: a name has letters/]],
    ['a dash in the name', '\n\nA-B=x', [/^line 3 \(A-B\): a name has no dashes.+write A_B$/]],
    ['a letter that is not ASCII', 'Ä=x', [/^line 1: a name has letters/]],
    ['a key of OpenAI alone', 'sk-proj-0123456789abcdef', [/^line 1: this is a value without a name in front/]],
    ['a token of GitHub alone', 'A=1\nghp_0123456789abcdefABCD', [/^line 2: this is a value without a name in front/]],
    [
      'names with dashes',
      'OPENAI-API-KEY=x\nANTHROPIC.API.KEY=y',
      [
        /^line 1 \(OPENAI-API-KEY\): .+write OPENAI_API_KEY$/,
        /^line 2 \(ANTHROPIC\.API\.KEY\): .+write ANTHROPIC_API_KEY$/
      ]
    ],
    ['a blank before the name', ' A=x', [/^line 1 \(A\): there is white space around the name/]],
    ['a blank behind the name', 'A =x', [/^line 1 \(A\): there is white space/]],
    ['a blank behind a bare name', 'FROM_ENV ', [/^line 1 \(FROM_ENV\): there is white space/]],
    ['export', 'export A=x', [/^line 1 \(A\): begins with `export`; write NAME=value/]],
    ['an indented comment', '  # x', [/^line 1: /]],
    ['a bare name that is not set', 'MISSING_ONE', [/^line 1 \(MISSING_ONE\): .*step's `env`/]],
    ['a bare word that is not set, behind a name that is', 'FROM_ENV\nNOPE', [/^line 2 \(NOPE\): .*step's `env`/]],
    ['a bare word that may be a passphrase', 'SUNSHINE', [/^line 1: /]],
    ['a JSON value that is JSON', '{"GCP": {"type": "x"}}', [/\(GCP\): .*write `\$\{\{ toJSON\(secrets\.GCP\) \}\}`/]],
    ['JSON with more lines behind it', '{\n"A": "1"\n}\nB=2', [/a JSON object stands alone/]],
    ['a bare name that is set to nothing', 'EMPTY', [/^line 1: .*step's `env`/]],
    [
      'a value that never ends',
      'A=1\nB<<EOF\nC=2\n EOF',
      [
        /^line 2 \(B\): .*never ends: line 4 holds `EOF` with white space before or after it; write it alone on its line/
      ]
    ],
    [
      'a value whose end is missing',
      'A=1\nB<<PEM\nx y\nC=2',
      [/^line 2 \(B\): .*never ends: no line below holds `PEM` alone; write it on a line of its own, not indented/]
    ],
    ['a value whose end is no plain word', 'B<<s3cret\nx', [/no line below holds its closing word alone/]],
    ['white space before the closing word', 'B<< EOF\nx\nEOF', [/white space around the word.*write NAME<<EOF/]],
    ['a heredoc of a shell', "B<<'EOF'\nx\nEOF", [/written as for a shell; write NAME<<EOF/]],
    ['a heredoc of a shell that takes tabs away', 'B<<-EOF\nx\nEOF', [/written as for a shell; write NAME<<EOF/]],
    ['no word to end the value', 'A<<\nx\n', [/^line 1 \(A\): .*word that ends the value/]],
    ['a second value of one name', 'A=1\nB=2\nA<<E\nx\nE', [/^line 3 \(A\): the same name is set in line 1; remove/]],
    ['a broken name before a value of several lines, told once', 'A B<<E\nx y\nz z\nE\nC=1', [/^line 1: /]],
    ['a broken name before a value that never ends, told once', '1<<E\nx y', [/^line 1: /]],
    ['several flaws, each with its line', ' A=1\nB=\nC=3\n2=x', [/^line 1 \(A\): /, /^line 2 \(B\): /, /^line 4: /]],
    ['JSON that is cut off', '{"A": "1"', [/not valid JSON; write one NAME=value/]],
    ['JSON with something behind it', '{"A":"1"} x', [/not valid JSON/]],
    [
      'a JSON value that is no text',
      '{"A": 1, "B": true, "C": ["x"]}',
      [/^key 1 of the JSON object \(A\): .*not a string/, /\(B\): .*not a string/, /\(C\): .*not a string/]
    ],
    [
      'an empty JSON value',
      '{"A": ""}',
      [/^key 1 of the JSON object \(A\): the value is empty.*\. Set it, or leave the key out$/]
    ],
    ['a JSON key that cannot be a name', '{"a b": "x", "": "y"}', [/a name has letters/, /a name has letters/]],
    [
      'a JSON key that stands there twice',
      '{"A": "1", "B": "2", "A": "3"}',
      [/^key 3 of the JSON object \(A\): the same name is set in key 1;/]
    ],
    [
      'a JSON key that is written in two ways',
      '{"A": "1", "\\u0041": "3"}',
      [/^key 2 of the JSON object \(A\): the same name is set in key 1;/]
    ],
    ['a JSON string, as toJSON of one secret', '"abc"', [/^is a JSON string, as `toJSON` of a single secret makes/]],
    ['a whole object', 'Object', [/^is what GitHub makes of .+ a whole object; write `\$\{\{ toJSON\(secrets\) \}\}`/]],
    ['the path of an env file', '.env', [/^reads like the path of an env file; write the path into `secrets-file`/]],
    ['the path of another env file', './deploy/.env.production', [/^reads like the path/]],
    ['a JSON array', '["A"]', [/^is a JSON array, which gives its values no names; write one NAME=value/]],
    [
      'a YAML list',
      '- A=1\n  - B=2\nC=3',
      [/^line 1 and one other: this is a YAML list or mapping; write one NAME=value/]
    ],
    [
      'a YAML list of mappings',
      '- name: A\n  value: b=c\n-\tname: B\n  value: d',
      [/^line 1 and 3 others: this is a YAML list/]
    ],
    [
      'a YAML mapping',
      'A: 1\n"B": https://example.com?c=d\nC:\nD=1',
      [/^line 1 and 2 others: this is a YAML list or mapping/]
    ]
  ])('cannot hold %s', (_, text, expected) => {
    const { problems } = parse(text)
    expect(problems).toEqual(expected.map((pattern) => expect.stringMatching(pattern)))
  })

  test.each<[string, string]>([
    ['a bare name that is not set', 'QUJDREVGR0g'],
    ['an empty value', 'QUJDREVGR0g='],
    ['a value that never ends', 'QUJDREVGR0g<<EOF'],
    ['no word to end the value', 'QUJDREVGR0g<<'],
    ['a second value', 'QUJDREVGR0g=1\nQUJDREVGR0g=2']
  ])('is told by its line, with nothing of its text: %s', (_, text) => {
    const { problems } = parse(text)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^line \d/)
    expect(problems[0]).not.toContain('QUJDREVGR0g')
  })

  test.each<[string, string, readonly string[]]>([
    [
      'names that are spelled',
      'OPENAI_API_KEY=\nOAUTH2_CLIENT_ID',
      ['line 1 (OPENAI_API_KEY): ', 'line 2 (OAUTH2_CLIENT_ID): ']
    ],
    [
      'the same flaw in a row, once',
      'OPENAI_API_KEY=\nTAVILY_API_KEY=\nA=1\nDB_URL=\n',
      ['lines 1-2 (OPENAI_API_KEY, TAVILY_API_KEY): the value is empty', 'line 4 (DB_URL): the value is empty']
    ],
    ['the order of the lines', 'A=1\nB=\nA=2\n- C=1\nD=', ['line 2 (B): ', 'line 3 (A): ', 'line 4: ', 'line 5 (D): ']],
    ['no access key', 'AKIAIOSFODNN7EXAMPLE', ['line 1: this is a value without a name in front']],
    ['no seed in Base32', 'JBSWY3DPEHPK3PXP=\n', ['line 1: the value is empty']],
    ['no password', 'PASSWORD=x\nsunshine\nSUNSHINE', ['lines 2-3: a bare name']],
    [
      'no word behind a piece of a value',
      'KEY=x\nAb1+/c\nMY_WORD\nMY_END=',
      ['lines 2-4: this is not NAME=value; a value of several lines']
    ],
    ['options of a command', '--cpu=1\n-e A=1', ['lines 1-2: this is an option of a command']],
    ['several names in one line', 'OPENAI_API_KEY TAVILY_API_KEY', ['line 1: there are several names in one line']],
    ['a folded value of several lines', 'A<<EOF x y EOF', ['line 1 (A): the value never ends']]
  ])('is told with the name of the variable where that is sure: %s', (_, text, starts) => {
    expect(parse(text).problems).toEqual(starts.map((start) => expect.stringContaining(start)))
  })

  test('is told to be folded where it never ends', () => {
    expect(parse('A<<EOF x y EOF').problems).toEqual([expect.stringMatching(/in YAML write \| behind the input/)])
    expect(parse('A<<EOF').problems).toEqual([expect.not.stringContaining('YAML')])
  })

  /** How a key comes out of `NAME=${{ secrets.KEY }}`. */
  const PEM = `-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA3HEgAMKCHZ6QGCWDM/cBfSGTwy5SGuY1S4g\ny8P5cInBhfcI9dT0YW9KXyCFiqTBarClUcmSP5A4y8TriU1e0\nGxNE=\n-----END RSA PRIVATE KEY-----`
  const ACCOUNT = JSON.stringify(
    { type: 'service_account', private_key: 'hunter2', client_email: 'a@b.c' },
    undefined,
    2
  )

  test.each<[string, string]>([
    ['a key', PEM],
    ['a key in quotes', `"${PEM}"`],
    ['a key before an assignment that it holds', '-----BEGIN A KEY-----\nProc-Type=4\nx=y\n-----END A KEY-----'],
    ['JSON', ACCOUNT],
    ['JSON in quotes', `'${ACCOUNT}'`],
    ['an array', '[\n  "a",\n  "b"\n]'],
    ['a text in quotes', '"first line\nsecond line"']
  ])('of several lines without << is told once, and what follows is read: %s', (_, value) => {
    const { secrets, problems } = parse(`A=1\nMY_KEY=${value}\nB=2\n`)
    expect(problems).toEqual([
      'line 2 (MY_KEY): a value of several lines is written as NAME<<EOF, its lines, and EOF on a line of its own'
    ])
    expect(pairs(secrets)).toEqual([
      ['A', '1'],
      ['B', '2']
    ])
  })

  test.each(['A="x\nB=y"', 'A={\nB=}', "A='\nFROM_ENV\nB='", 'A={\n\nB=1', 'A=[\nB=1\nC=]'])(
    'is read line by line where each line is an assignment: %j',
    (text) => {
      expect(parse(text).problems).toEqual([])
    }
  )

  test.each<[string, string, RegExp]>([
    ['the JSON key of a service account', ACCOUNT, /^is the JSON key of a Google service account/],
    ['the settings of an Azure app', '[\n  {\n    "name": "A",\n    "value": "x"\n  }\n]', /^is a JSON array/],
    ['JSON with a value of several lines', `{\n  "A": "${PEM}"\n}`, /^begins with \{ but.*toJSON\(secrets\.NAME\)/],
    [
      'JSON with a secret that is not set',
      '{"A": "1", "B": null}',
      /^key 2 of the JSON object \(B\): the value is empty/
    ]
  ])('cannot be %s', (_, text, expected) => {
    expect(parse(text).problems).toEqual([expect.stringMatching(expected)])
  })

  test.each<[string, readonly (readonly [string, string])[], readonly string[]]>([
    [
      'A?=1\nB?=\nC=3',
      [
        ['A', '1'],
        ['C', '3']
      ],
      ['B']
    ],
    ['FROM_ENV?\nEMPTY?\nMISSING_ONE?', [['FROM_ENV', ' value of the environment ']], ['EMPTY', 'MISSING_ONE']],
    ['A?<<E\nx\ny\nE\nB?<<E\n\nE\nC?<<E\nE', [['A', 'x\ny']], ['B', 'C']],
    ['A?=\nA=1', [['A', '1']], ['A']],
    ['A?= ', [['A', ' ']], []],
    ['A=b?=c', [['A', 'b?=c']], []]
  ])('may leave a name out that has no value: %j', (text, expected, left) => {
    const { secrets, problems, empty } = parse(text)
    expect({ secrets: pairs(secrets), problems, empty }).toEqual({ secrets: expected, problems: [], empty: left })
  })

  test.each([
    ['A??=1', /a name has letters/],
    ['?=1', /a name has letters/],
    ['A?\nA?=1\nA=2', /^line 3 \(A\): .*line 2/],
    ['A ?=1', /white space/]
  ])('of an optional name cannot hold %j', (text, expected) => {
    expect(parse(text).problems).toEqual([expect.stringMatching(expected)])
  })

  test("bears with the job's own token in a JSON object, whatever it is", () => {
    for (const token of ['"ghs_x"', '""', 'null']) {
      expect(parse(`{"github_token": ${token}, "A": "1"}`).problems).toEqual([])
    }
    expect(parse('{"GITHUB_TOKEN": ""}').problems).toHaveLength(1)
  })

  test('does not take equal values for equal keys when github_token is no text', () => {
    const { secrets, problems } = parse('{"github_token": null, "A": "hunter2", "B": "hunter2"}')
    expect({ secrets: pairs(secrets), problems }).toEqual({
      secrets: [
        ['github_token', ''],
        ['A', 'hunter2'],
        ['B', 'hunter2']
      ],
      problems: []
    })
  })
})

describe('what is rendered is read back', () => {
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/).filter((text) => text !== 'github_token')
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, ''))
  const list = (value: fc.Arbitrary<string>) =>
    fc.uniqueArray(fc.record({ name, value }), { selector: (secret) => secret.name, maxLength: 8 })
  const end = fc.constantFrom('\n', '\r\n')
  const expectRoundTrip = (text: string, secrets: readonly Secret[]) => {
    const read = parse(text)
    expect({ ...read, secrets: pairs(read.secrets) }).toEqual({
      secrets: pairs(secrets),
      problems: [],
      empty: [],
      isWhole: text.trimStart().startsWith('{')
    })
  }

  test('from NAME=value, every character of the value', () => {
    fc.assert(
      fc.property(list(line.filter((text) => text !== '')), end, (secrets, eol) => {
        expectRoundTrip(secrets.map(({ name, value }) => `${name}=${value}`).join(eol), secrets)
      })
    )
  })

  test('from NAME<<END, every line of the value', () => {
    const value = fc.array(line, { maxLength: 5 }).map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(list(value), end, (secrets, eol) => {
        const text = secrets
          .flatMap(({ name, value }) => {
            const lines = value.split('\n')
            const word = `${lines.reduce((longest, item) => (item.length > longest.length ? item : longest), '')}!`
            return [`${name}<<${word}`, ...lines, word]
          })
          .join(eol)
        expectRoundTrip(text, secrets)
      })
    )
  })

  test('from a JSON object, line breaks and all', () => {
    const value = anyText({ minLength: 1 })
    fc.assert(
      fc.property(list(value), fc.nat({ max: 4 }), (secrets, indent) => {
        const object = Object.fromEntries(secrets.map(({ name, value }) => [name, value]))
        expectRoundTrip(JSON.stringify(object, undefined, indent), secrets)
      })
    )
  })

  test('and any text at all is read without an exception', () => {
    const alphabet = fc.constantFrom('A', 'b', '1', '=', '<', '\n', '\r', '#', ' ', '{', '}', '"', ':', ',', '\\', '_')
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 40 }), (text) => {
        for (const { name } of parse(text).secrets) expect(name).toMatch(/^[A-Za-z_]\w*$/)
      }),
      { numRuns: 1000 }
    )
  })
})

const EVERYWHERE = `LANGCHAIN_TRACING_V2 LANGSMITH_TRACING_V2 LANGCHAIN_ENDPOINT LANGCHAIN_PROJECT LANGSMITH_PROJECT
  LANGSMITH_LANGGRAPH_GIT_REPO LANGGRAPH_GIT_REPO_PATH LANGCHAIN_API_KEY LANGSMITH_CONTROL_PLANE_API_KEY POSTGRES_URI
  POSTGRES_PASSWORD DATABASE_URI LANGSMITH_LANGGRAPH_GIT_REF LANGSMITH_LANGGRAPH_GIT_REF_SHA LANGGRAPH_AUTH_TYPE
  LANGSMITH_AUTH_ENDPOINT LANGSMITH_TENANT_ID LANGSMITH_AUTH_VERIFY_TENANT_ID LANGSMITH_HOST_PROJECT_ID
  LANGSMITH_HOST_PROJECT_NAME LANGSMITH_HOST_REVISION_ID LOG_JSON LOG_DICT_TRACEBACKS REDIS_URI
  LANGCHAIN_CALLBACKS_BACKGROUND DD_TRACE_PSYCOPG_ENABLED DD_TRACE_REDIS_ENABLED LANGSMITH_DEPLOYMENT_NAME
  LANGGRAPH_CLOUD_LICENSE_KEY`.split(/\s+/)
const CLOUD_ONLY = `LANGSMITH_API_KEY LANGSMITH_ENDPOINT POSTGRES_URI_CUSTOM REDIS_URI_CUSTOM PATH PORT MOUNT_PREFIX
  LSD_ENV LSD_DD_API_KEY LSD_DD_ENDPOINT LSD_DEPLOYMENT_TYPE`.split(/\s+/)

const REASON = expect.stringMatching(
  /^(LangSmith sets it itself|LangSmith reserves this name|it says how the deployment)/
)

describe('a name', () => {
  test('is reserved in 29 cases everywhere and in 11 more on Cloud', () => {
    expect([EVERYWHERE.length, CLOUD_ONLY.length]).toEqual([29, 11])
  })

  test.each(EVERYWHERE)('%s is reserved everywhere', (name) => {
    expect([whyReserved(name, false), whyReserved(name, true)]).toEqual([REASON, REASON])
  })

  test.each(CLOUD_ONLY)('%s is reserved on Cloud only', (name) => {
    expect([whyReserved(name, false), whyReserved(name, true)]).toEqual([undefined, REASON])
  })

  test.each([
    // What the platform is known to set need not be given; the others nobody can give.
    ['LANGSMITH_API_KEY', 'LangSmith sets it itself'],
    ['LANGCHAIN_TRACING_V2', 'LangSmith sets it itself'],
    ['POSTGRES_URI_CUSTOM', 'LangSmith reserves this name'],
    ['LOG_JSON', 'LangSmith reserves this name'],
    ['LANGSMITH_DEPLOYMENT_NAME', 'it says how the deployment is called, and is not a variable of the agent'],
    ['LANGGRAPH_HOST_API_KEY', 'it is the key with which tools deploy, and the agent does not need it'],
    ['OPENAI_API_KEY', undefined]
  ])('%s is left out because: %s', (name, why) => {
    expect(whyReserved(name, true)).toBe(why)
  })

  test.each([false, true])('of the key to deploy is never one of the agent, on Cloud: %s', (onCloud) => {
    expect(whyReserved('LANGGRAPH_HOST_API_KEY', onCloud)).toBeDefined()
  })

  test.each([
    'GITHUB_SHA',
    'GITHUB_REPOSITORY',
    'GITHUB_ACTIONS',
    'RUNNER_TEMP',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'INPUT_NAME'
  ])('%s is of the runner', (name) => {
    expect(isOfRunner(name)).toBe(true)
  })

  // GITHUB_APP_ID and the like are in the env files of agents that work on GitHub, such as LangChain's own.
  test.each([
    'OPENAI_API_KEY',
    'GITHUB',
    'GITHUB_TOKEN',
    'GITHUB_APP_ID',
    'GITHUB_APP_PRIVATE_KEY',
    'GITHUB_WEBHOOK_SECRET',
    'GITHUB_PERSONAL_ACCESS_TOKEN',
    'MY_GITHUB_TOKEN',
    'PORTS',
    'LANGSMITH',
    'ACTIONSX_Y',
    'LANGCHAIN_API_KEY_2',
    'LANGSMITH_API_KEY_PROD'
  ])('%s is free', (name) => {
    expect([whyReserved(name, true), isOfRunner(name)]).toEqual([undefined, false])
  })
})

/** How servers, their proxies and their pages write a secret that they do not show; `{first4}` and `{last4}` are pieces of it. */
const HIDDEN_FORMS = [
  '***',
  '********',
  '********************',
  '****{last4}',
  '***{last4}',
  '{first4}****',
  '{first4}****{last4}',
  'sk-****',
  'sk-...{last4}',
  'sk-…{last4}',
  '{first4}...REDACTED',
  '••••',
  '••••••••',
  '••••{last4}',
  '●●●●●●',
  '████',
  'xxxxxx',
  'XXXXXXXX',
  'xxxx{last4}',
  '######',
  '...',
  '…',
  '[REDACTED]',
  '[redacted]',
  '<redacted>',
  '<REDACTED>',
  '(redacted)',
  '{redacted}',
  '{{REDACTED}}',
  '*** REDACTED ***',
  '***REDACTED***',
  '__REDACTED__',
  'REDACTED',
  'redacted',
  'REDACTED_BY_SERVER',
  '[REDACTED_SECRET]',
  '[REDACTED:API_KEY]',
  '<hidden>',
  '(hidden)',
  '[hidden]',
  'hidden',
  'HIDDEN',
  'VALUE_HIDDEN',
  '<value hidden>',
  '[FILTERED]',
  '[Filtered]',
  '[MASKED]',
  'masked',
  '[secret]',
  '<secret>',
  '(sensitive value)',
  '(sensitive)',
  '<sensitive>',
  '[encrypted]',
  '"***"',
  'VALUE_SPECIFIED_IN_NO_LOG_PARAMETER'
]

function hiddenBy(form: string, value: string): string {
  return form.replace('{first4}', value.slice(0, 4)).replace('{last4}', value.slice(-4))
}

const NEW = ['NEW', 'a new one'] as const

const VALUES = [
  '',
  'a',
  'x',
  'xx',
  'secret',
  'sensitive',
  'private',
  'protected',
  'redacted-docs',
  'a*b',
  '*.example.com',
  'https://*.example.com',
  '*,localhost',
  '0 */6 * * *',
  '{{user}} asks',
  '{{ prompt }}',
  '[1, 2]',
  '["hidden"]',
  '{"masked": true}',
  '#fff',
  '#ffffff',
  '--verbose',
  '../data',
  'sk-proj-abcd',
  'xxl-model',
  'hidden-layer',
  'Hello...',
  'wait...',
  '<b>',
  '<system>',
  '[default]',
  '(none)',
  'https://example.com/hidden',
  'p**sword',
  'pa$$word***x y',
  '-----BEGIN KEY-----'
]

describe('a value that a server shows', () => {
  test.each(HIDDEN_FORMS)('%s is a placeholder', (form) => {
    for (const value of ['wJalrXUtnFEMI', 'abcd1234']) expect(isPlaceholder(hiddenBy(form, value))).toBe(true)
  })

  test.each(VALUES)('%s is a value', (value) => {
    expect(isPlaceholder(value)).toBe(false)
  })
})

describe('a value of which a server may show something else', () => {
  const isHidden = (name: string, value: string) =>
    hiddenNames([
      { name, value },
      { name: 'OTHER', value: 'x' }
    ]).has(name)

  test.each([
    '<set>',
    '(set)',
    '<not set>',
    '****** (32 characters)',
    '******** (32)',
    '[32 chars]',
    '<redacted len=32>',
    'Value hidden',
    'value is hidden',
    'not shown',
    'The value is not shown for security reasons.',
    '{first4}... ({last4})',
    '...{last4}',
    '…{last4}',
    'lsv2_pt_****************************{last4}',
    'lsv2_pt_7e1c****************************{last4}',
    '•••• {last4}',
    '****-****-****-{last4}',
    '<encrypted>'
  ])('%s is taken for hidden under any name', (form) => {
    for (const name of ['A', 'API_KEY']) expect(isHidden(name, hiddenBy(form, 'wJalrXUtnFEMI'))).toBe(true)
  })

  test.each([
    'set',
    'ENCRYPTED',
    'encrypted',
    'configured',
    'Not available',
    'sha256:{first4}',
    'sha256:9f3c2b1a0d4e5f60718293a4b5c6d7e89f3c2b1a0d4e5f60718293a4b5c6d7e8',
    'ENC[AES256_GCM,data:abc]',
    'redacted:sha256:ab12',
    '{first4}...',
    'sk-ant-api03-...'
  ])('%s is taken for hidden under a name that says secret, and is a value elsewhere', (form) => {
    const value = hiddenBy(form, 'wJalrXUtnFEMI')
    expect([isHidden('API_KEY', value), isHidden('MODE', value)]).toEqual([true, form === 'Not available'])
  })

  test.each([
    ...VALUES,
    'set',
    'enabled',
    'production',
    'a...b',
    'wait... what',
    'src/**',
    '**/*.ts',
    '--length 5',
    '<value>'
  ])('%s is a value under a usual name', (value) => {
    expect(isHidden('SETTING', value)).toBe(false)
  })

  test.each([
    '',
    'sunshine',
    'hunter2',
    'secret',
    'password',
    'none',
    'changeme',
    'correct-horse-9',
    'sk-proj-Ab3dEf6hIj9k'
  ])('%s is a value under a name that says secret', (value) => {
    expect(isHidden('DB_PASSWORD', value)).toBe(false)
  })

  test.each<[string, readonly Pair[], readonly string[]]>([
    [
      'words that two secrets have in common',
      [
        ['API_KEY', 'see the vault'],
        ['DB_PASSWORD', 'see the vault'],
        ['STAGE', 'production']
      ],
      ['API_KEY', 'DB_PASSWORD']
    ],
    [
      'nothing, where it is all that secrets have',
      [
        ['API_KEY', ''],
        ['DB_PASSWORD', ''],
        ['STAGE', 'production']
      ],
      ['API_KEY', 'DB_PASSWORD']
    ],
    [
      'no key that serves two variables',
      [
        ['OPENAI_API_KEY', 'sk-proj-Ab3dEf6hIj9kLm2n'],
        ['EMBEDDING_API_KEY', 'sk-proj-Ab3dEf6hIj9kLm2n'],
        ['DB_PASSWORD', 'hunter2'],
        ['PGPASSWORD', 'hunter2']
      ],
      []
    ],
    [
      'no switch that two have in common',
      [
        ['USES_KEY', 'true'],
        ['HAS_A_SECRET', 'true']
      ],
      []
    ],
    [
      'a text that three secrets have in common, and no secret lacks',
      [
        ['API_KEY', 'ask your administrator'],
        ['DB_PASSWORD', 'ask your administrator'],
        ['JWT_SECRET', 'ask your administrator'],
        ['STAGE', 'production']
      ],
      ['API_KEY', 'DB_PASSWORD', 'JWT_SECRET']
    ],
    [
      'a text that one secret of four lacks',
      [
        ['API_KEY', 'ask your administrator'],
        ['DB_PASSWORD', 'ask your administrator'],
        ['JWT_SECRET', 'ask your administrator'],
        ['OTHER_KEY', 'Ab3dEf6hIj9kLm2n']
      ],
      ['API_KEY', 'DB_PASSWORD', 'JWT_SECRET']
    ],
    [
      'no text that two secrets of five lack',
      [
        ['API_KEY', 'ask your administrator'],
        ['DB_PASSWORD', 'ask your administrator'],
        ['JWT_SECRET', 'ask your administrator'],
        ['OTHER_KEY', 'Ab3dEf6hIj9kLm2n'],
        ['LAST_KEY', 'sunshine']
      ],
      []
    ],
    [
      'no words that two others have in common',
      [
        ['STAGE', 'production'],
        ['ENVIRONMENT', 'production']
      ],
      []
    ]
  ])('%s', (_, deployed, names) => {
    expect([...hiddenNames(deployed.map(([name, value]) => ({ name, value })))]).toEqual(names)
  })

  test.each([
    'correct horse battery staple',
    'postgres',
    'changeme',
    'dummy',
    'EMPTY',
    'none',
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----',
    '{"type": "service_account", "project": "acme"}',
    'postgres://app@db.internal/app'
  ])('is no value that two secrets have in common: %j', (value) => {
    expect(
      hiddenNames([
        { name: 'OPENAI_API_KEY', value },
        { name: 'VLLM_API_KEY', value },
        { name: 'STAGE', value: 'production' }
      ]).size
    ).toBe(0)
  })

  test.each([
    'EMPTY',
    'changeme',
    '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----',
    '{"type": "service_account", "project": "acme"}',
    'https://vault.acme.dev/v1'
  ])('is no value that no server writes, though all have it: %j', (value) => {
    const all = ['A_KEY', 'B_KEY', 'C_KEY', 'D_KEY'].map((name) => ({ name, value }))
    expect(hiddenNames(all).size).toBe(0)
  })

  test.each([
    `sk-proj-${'*'.repeat(148)}wxyz`,
    `sk-ab${'*'.repeat(120)}`,
    'sk-ant-api03-****wxyz',
    'postgresql://user:***@db',
    'https://user:xxxxx@h',
    'https://user:[REDACTED]@h',
    'https://hooks.example.com/T000/[REDACTED]',
    '{"type":"service_account","private_key":"***","client_email":"a@b.c"}',
    '{"keys":[{"id":"a","value":"[REDACTED]"}]}',
    'line 1\n[REDACTED]',
    '-----BEGIN PRIVATE KEY-----\n***\n-----END PRIVATE KEY-----',
    'AccountName=a;AccountKey=***;EndpointSuffix=core.windows.net',
    'sk-[REDACTED]',
    'sk-REDACTED',
    'lsv2_REDACTED',
    'Bearer [REDACTED]',
    'Bearer ****abcd',
    'XXXX-XXXX-XXXX-1234',
    `sk-${'x'.repeat(40)}`,
    '<unchanged>',
    '[truncated]',
    'sk-proj-abc [truncated]',
    'sk-proj-abc[...]',
    '[...]',
    '<...>',
    'abc[MASKED]',
    'masked_abcd',
    'abcd_masked',
    'ending in 1234',
    'Secret(***)',
    '<SecretStr>',
    '[API_KEY]',
    '<OPENAI_API_KEY>',
    'write-only',
    'xxx',
    '??????',
    '■■■■',
    '\uff0a\uff0a\uff0a\uff0a',
    '🔒',
    '—'
  ])('%s is taken for hidden under a name that says secret', (value) => {
    expect(isHidden('OPENAI_API_KEY', value)).toBe(true)
  })

  test.each([
    ['DATABASE_URL', 'postgresql://user:***@db.example.com:5432/app'],
    ['DATABASE_URL', 'postgresql://user:%5BREDACTED%5D@db/app'],
    ['GCP_ACCOUNT', '{"type":"service_account","private_key":"***"}'],
    ['SETTING', `sk-proj-${'*'.repeat(148)}wxyz`],
    ['SETTING', '<unchanged>'],
    ['SETTING', '[truncated]'],
    ['SETTING', '■■■■'],
    ['SETTING', '****']
  ])('%s=%s is taken for hidden, though the name is a usual one', (name, value) => {
    expect(isHidden(name, value)).toBe(true)
  })

  test.each([
    ['REASONING_FORMAT', 'hidden'],
    ['PII_MODE', 'masked'],
    ['STOP_SEQUENCE', '###'],
    ['STOP', '...'],
    ['SEPARATOR', '-----'],
    ['ALLOWED_PATHS', '**'],
    ['PARTITION_KEY', 'length'],
    ['SORT_KEY', 'available'],
    ['BASE_RANGE', 'main...HEAD'],
    ['BASE_RANGE', 'origin/main...HEAD'],
    ['PROMPT', 'Write [hidden] in place of a name, and *** in place of a number'],
    ['OPTIONS', '{"mode": "masked", "stop": "***"}'],
    ['WEBHOOK_SECRET_URL', 'https://example.com/hidden'],
    ['OPENAI_API_KEY', 'sk-proj-Ab3dEf6hIj9kxxLm2n'],
    ['DATABASE_PASSWORD', 'unhidden1'],
    ['SIGNING_KEY', '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----']
  ])('%s=%s is a value', (name, value) => {
    expect(isHidden(name, value)).toBe(false)
  })

  const SECRETS = ['A_KEY', 'B_PASSWORD', 'C_TOKEN', 'D_SECRET', 'E_KEY']
  const answered = (...values: readonly string[]) => [
    ...values.map((value, index) => ({ name: SECRETS[index] ?? '', value })),
    { name: 'STAGE', value: 'production' }
  ]

  test.each<[string, readonly string[], number]>([
    ['three with a digit', ['REDACTED_V2', 'REDACTED_V2', 'REDACTED_V2'], 3],
    ['three that begin as a key', ['lsv2_REDACTED', 'lsv2_REDACTED', 'lsv2_REDACTED'], 3],
    ['three in mixed case', ['PasswordHiddenByPolicy', 'PasswordHiddenByPolicy', 'PasswordHiddenByPolicy'], 3],
    ['three of a version', ['v1_hidden', 'v1_hidden', 'v1_hidden'], 3],
    ['both unchanged', ['<unchanged>', '<unchanged>'], 2],
    ['both SECRET_VALUE', ['SECRET_VALUE', 'SECRET_VALUE'], 2],
    ['both placeholder', ['placeholder', 'placeholder'], 2],
    ['three and one blank', ['<unchanged>', '<unchanged>', '<unchanged>', ''], 3],
    ['three of words and one blank', ['not for you', 'not for you', 'not for you', ''], 3],
    ['three of words and one other', ['not for you', 'not for you', 'not for you', 'hunter2'], 3],
    ['two of words and one other', ['not for you', 'not for you', 'hunter2'], 0],
    ['four none', ['none', 'none', 'none', 'none'], 4],
    ['four N/A', ['N/A', 'N/A', 'N/A', 'N/A'], 4],
    ['four null', ['null', 'null', 'null', 'null'], 4],
    ['three none', ['none', 'none', 'none'], 0],
    ['four none and one other', ['none', 'none', 'none', 'none', 'hunter2'], 0],
    ['one key for three', ['sk-Ab3dEf6hIj9kLm2n', 'sk-Ab3dEf6hIj9kLm2n', 'sk-Ab3dEf6hIj9kLm2n'], 0]
  ])('is the text of several secrets: %s', (_, values, size) => {
    expect(hiddenNames(answered(...values)).size).toBe(size)
  })

  test('is no model that four variables name, though they are all there are', () => {
    const models = ['MODEL_A', 'MODEL_B', 'MODEL_C', 'MODEL_D'].map((name) => ({ name, value: 'gpt-4o' }))
    expect(hiddenNames(models).size).toBe(0)
  })

  test('is found in a document that is nested deeply', () => {
    const document = (leaf: string) => `${'{"a":'.repeat(5000)}"${leaf}"${'}'.repeat(5000)}`
    expect([isHidden('API_KEY', document('***')), isHidden('API_KEY', document('x'))]).toEqual([true, false])
  })

  test('is the text of a usual name where it hides a secret', () => {
    const deployed = ['API_KEY', 'STAGE'].map((name) => ({ name, value: 'hidden' }))
    expect([...hiddenNames(deployed)]).toEqual(['API_KEY', 'STAGE'])
  })

  test('is proven by a given value for that name only, where it is a word of a placeholder', () => {
    const deployed = answered('SECRET', 'SECRET', 'SECRET')
    const given = [{ name: 'A_KEY', value: 'SECRET' }]
    expect([...hiddenNames(deployed, given)]).toEqual(['B_PASSWORD', 'C_TOKEN'])
  })

  test.each(HIDDEN_FORMS)('is %s under two names', (form) => {
    const value = hiddenBy(form, 'wJalrXUtnFEMI')
    expect(hiddenNames(['A_KEY', 'B_KEY'].map((name) => ({ name, value }))).size).toBe(2)
  })

  test('is redacted all the same, since it may be the value', () => {
    const deployed = [
      { name: 'API_KEY', value: 'correct-horse***' },
      { name: 'B', value: '****' }
    ]
    expect(shownSecrets(deployed)).toEqual([deployed[0]])
  })
})

describe('the environment after a deploy', () => {
  const merge = (wanted: readonly Pair[], mode: 'merge' | 'replace', deployed: readonly Pair[] | null) =>
    mergeSecrets(
      { mode, variables: [], secrets: wanted.map(([name, value]) => ({ name, value: value ?? '' })) },
      deployed?.map(([name, value]) => ({ name, value })) ?? null
    )

  test.each<
    [
      string,
      readonly Pair[],
      'merge' | 'replace',
      readonly Pair[] | null,
      readonly Pair[] | undefined,
      Record<string, SecretChange>
    ]
  >([
    ['none wanted: none sent', [], 'merge', [['A', '1']], undefined, { A: 'kept' }],
    ['none wanted, none known: none sent', [], 'merge', null, undefined, {}],
    [
      'nothing different: none sent',
      [['A', '1']],
      'merge',
      [
        ['B', '2'],
        ['A', '1']
      ],
      undefined,
      { A: 'kept', B: 'kept' }
    ],
    ['exactly these already: none sent', [['A', '1']], 'replace', [['A', '1']], undefined, { A: 'kept' }],
    [
      'a new one keeps the others',
      [['B', '2']],
      'merge',
      [['A', '1']],
      [
        ['B', '2'],
        ['A', '1']
      ],
      { B: 'added', A: 'kept' }
    ],
    [
      'a changed one keeps the others',
      [['A', 'x']],
      'merge',
      [
        ['A', '1'],
        ['B', '2']
      ],
      [
        ['A', 'x'],
        ['B', '2']
      ],
      { A: 'changed', B: 'kept' }
    ],
    [
      'replace removes the others',
      [['A', '1']],
      'replace',
      [
        ['A', '1'],
        ['B', '2']
      ],
      [['A', '1']],
      { A: 'kept', B: 'removed' }
    ],
    [
      'replace can change and add',
      [
        ['A', 'x'],
        ['C', '3']
      ],
      'replace',
      [['A', '1']],
      [
        ['A', 'x'],
        ['C', '3']
      ],
      { A: 'changed', C: 'added' }
    ],
    [
      'replace does not mind values that are hidden',
      [['A', '1']],
      'replace',
      [['B', '***']],
      [['A', '1']],
      { A: 'added', B: 'removed' }
    ],
    ['replace does not mind an unknown environment', [['A', '1']], 'replace', null, [['A', '1']], { A: 'added' }],
    [
      'a hidden value that is named is set anew',
      [['A', '1']],
      'merge',
      [['A', '********']],
      [['A', '1']],
      { A: 'set' }
    ],
    ['a value withheld that is named is set anew', [['A', '1']], 'merge', [['A', null]], [['A', '1']], { A: 'set' }],
    [
      'a kept empty value is no hidden one',
      [['A', '1']],
      'merge',
      [
        ['B', ''],
        ['C', '2']
      ],
      [
        ['A', '1'],
        ['B', ''],
        ['C', '2']
      ],
      { A: 'added', B: 'kept', C: 'kept' }
    ],
    [
      'stars in a kept value are no hidden one',
      [['A', '1']],
      'merge',
      [['B', '*a*']],
      [
        ['A', '1'],
        ['B', '*a*']
      ],
      { A: 'added', B: 'kept' }
    ],
    ['an empty value can be wanted', [['A', '']], 'merge', [], [['A', '']], { A: 'added' }]
  ])('%s', (_, wanted, mode, deployed, send, changes) => {
    const merged = merge(wanted, mode, deployed)
    expect(merged.send && pairs(merged.send)).toEqual(send)
    expect(Object.fromEntries(merged.changes.map(({ name, change }) => [name, change]))).toEqual(changes)
  })

  test.each<[string, string | null]>([
    ['stars', '****'],
    ['one star', '*'],
    ['nothing', null]
  ])('is never sent with a kept value of which the server shows %s', (_, value) => {
    const run = () => merge([['A', '1']], 'merge', [['KEPT', value]])
    expect(run).toThrow(RefusalError)
    expect(run).toThrow(/hide the value of KEPT/)
  })

  test.each<[string, readonly Pair[], string]>([
    ['one that is empty alone', [['B', '']], 'hide the value of B.'],
    [
      'all that are empty',
      [
        ['B', ''],
        ['C', ' '],
        ['D', null]
      ],
      'hide the value of B, C, D.'
    ],
    [
      'four that are equal',
      ['B', 'C', 'D', 'E'].map((name): Pair => [name, 'not shown here']),
      'the same text for B, C, D and E, as a server does that hides values.'
    ],
    [
      'three secrets that are equal',
      ['B_KEY', 'C_KEY', 'D_KEY'].map((name): Pair => [name, 'not for you']),
      'the same text for B_KEY, C_KEY and D_KEY, as a server does'
    ]
  ])('is never sent with %s', (_, deployed, text) => {
    const run = () => merge([['A', '1']], 'merge', deployed)
    expect(run).toThrow(text)
    expect(run).toThrow(RefusalError)
  })

  test('keeps values that are equal by chance', () => {
    const flags = ['B', 'C', 'D', 'E'].map((name): Pair => [name, 'true'])
    const three = ['B', 'C', 'D'].map((name): Pair => [name, 'https://api.acme.com'])
    for (const deployed of [flags, three])
      expect(merge([['A', '1']], 'merge', deployed).send).toHaveLength(deployed.length + 1)
  })

  test('is refused for one text in all secrets with what to do if they really have it', () => {
    const deployed = ['B_KEY', 'C_KEY', 'D_KEY'].map((name): Pair => [name, 'not for you'])
    expect(() => merge([NEW], 'merge', deployed)).toThrow(
      expect.objectContaining({
        advice:
          'If all of them really have one value, name all of them in `secrets`. Or set `secrets-mode: replace` and name all secrets.'
      })
    )
  })

  test('keeps the values of two secrets that have one, so that a later run can change another', () => {
    const deployed: Pair[] = [
      ['OPENAI_API_KEY', 'EMPTY'],
      ['VLLM_API_KEY', 'EMPTY']
    ]
    expect(merge([NEW], 'merge', deployed).send).toHaveLength(3)
  })

  test('takes a given value that the server answers for a proof that it shows that text', () => {
    const deployed = ['A_KEY', 'B_KEY', 'C_KEY'].map((name): Pair => [name, 'open sesame'])
    expect(() => merge([NEW], 'merge', deployed)).toThrow(RefusalError)
    const { send, changes } = merge([['A_KEY', 'open sesame'], NEW], 'merge', deployed)
    expect(send).toHaveLength(4)
    expect(changes).toContainEqual({ name: 'B_KEY', change: 'kept' })
    // Under another name it proves nothing.
    expect(() => merge([['D_KEY', 'open sesame']], 'merge', deployed)).toThrow(RefusalError)
  })

  test('is set where a named value is hidden, though it be the same', () => {
    const { send, changes } = merge([['A', '[REDACTED]']], 'merge', [['A', '[REDACTED]']])
    expect(send).toEqual([{ name: 'A', value: '[REDACTED]' }])
    expect(changes).toEqual([{ name: 'A', change: 'set' }])
  })

  test('never holds a placeholder of the server, whatever that hides and how', () => {
    // A word such as `hidden` counts for secrets only.
    const names = ['A_KEY', 'B_KEY', 'C_KEY', 'D_KEY', 'E_KEY', 'F_KEY']
    const secret = fc.tuple(fc.stringMatching(/^[a-z0-9]{8,16}$/), fc.boolean(), fc.boolean())
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: names.length }),
        fc.constantFrom(...HIDDEN_FORMS, null),
        fc.constantFrom('merge', 'replace'),
        (secrets, form, mode) => {
          const entries = secrets.map((entry, index) => [names[index] ?? 'G_KEY', ...entry] as const)
          const hide = (value: string) => (form === null ? null : hiddenBy(form, value))
          const deployed = entries.map(([name, value, isHidden]): Pair => [name, isHidden ? hide(value) : value])
          const wanted = [...entries.filter(([, , , isNamed]) => isNamed).map(([name]): Pair => [name, 'ours']), NEW]
          const mustRefuse = mode === 'merge' && entries.some(([, , isHidden, isNamed]) => isHidden && !isNamed)
          if (mustRefuse) return expect(() => merge(wanted, mode, deployed)).toThrow(RefusalError)
          const { send = [], changes } = merge(wanted, mode, deployed)
          for (const { name, value } of send)
            expect([...entries.filter(([own]) => own === name).map(([, own]) => own), 'ours', NEW[1]]).toContain(value)
          for (const [name, , isHidden, isNamed] of entries)
            if (isNamed) expect(changes).toContainEqual({ name, change: isHidden ? 'set' : 'changed' })
        }
      )
    )
  })

  test('does not mind hidden values when nothing has to be sent', () => {
    expect(
      merge([['A', '1']], 'merge', [
        ['A', '1'],
        ['B', '****']
      ]).send
    ).toBeUndefined()
  })

  test('cannot be merged into one that the server does not tell', () => {
    expect(() => merge([['A', '1']], 'merge', null)).toThrow(RefusalError)
  })

  test('is what was wished for, loses nothing by merging, and repeats without a change', () => {
    const value = fc.constantFrom('a', 'b', 'c d')
    const list = fc
      .uniqueArray(fc.tuple(fc.constantFrom('A', 'B', 'C', 'D'), value), { selector: ([name]) => name })
      .map((entries): Pair[] => entries)
    fc.assert(
      // Four that are equal would be taken for hidden.
      fc.property(
        list,
        list.map((all) => all.slice(0, 3)),
        fc.constantFrom('merge', 'replace'),
        (wanted, deployed, mode) => {
          const { send } = merge(wanted, mode, deployed)
          const after = new Map(send ? pairs(send) : deployed)
          for (const [name, wish] of wanted) expect(after.get(name)).toBe(wish)
          const names = new Set(wanted.map(([name]) => name))
          if (mode === 'merge' || wanted.length === 0) {
            for (const [name, old] of deployed) if (!names.has(name)) expect(after.get(name)).toBe(old)
          } else expect(new Set(after.keys())).toEqual(names)
          expect(merge(wanted, mode, [...after]).send).toBeUndefined()
        }
      )
    )
  })
})
