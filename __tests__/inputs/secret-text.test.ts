import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { DeployedSecret, Secret } from '../../src/control-plane/resources.ts'
import { parseSecrets } from '../../src/inputs/secret-text.ts'
import { anyText } from '../support/texts.ts'

const ENVIRONMENT: Readonly<Record<string, string>> = { FROM_ENV: ' value of the environment ', EMPTY: '' }
const parse = (text: string) => {
  const read = parseSecrets(text, (name) => ENVIRONMENT[name], 'secrets')
  return { ...read, problems: read.problems.map((problem) => problem.text) }
}
type Pair = readonly [string, string | null]
const { entries } = Object
const pairs = (secrets: readonly DeployedSecret[]) => secrets.map(({ name, value }): Pair => [name, value])

describe('a text of secrets', () => {
  test.each<[string, string, readonly (readonly [string, string])[]]>([
    ['nothing', '', []],
    ['blank lines and comments only', '\n  \n\t\n# A=1\n#\n', []],
    ['one line', 'A=1', [['A', '1']]],
    ['several lines', 'A=1\nB_2=two\n_c=3\n', entries({ A: '1', B_2: 'two', _c: '3' })],
    ['lines that end like on Windows', 'A=1\r\nB<<E\r\nx\r\ny\r\nE\r\nC=3\r\n', entries({ A: '1', B: 'x\ny', C: '3' })],
    ['a byte order mark', '\uFEFFA=1', [['A', '1']]],
    ['spaces around a value, which are part of it', 'A=  x \t', [['A', '  x \t']]],
    ['quotes, which are part of the value', 'A="x"\nB=\'y\'', entries({ A: '"x"', B: "'y'" })],
    ['= inside a value', 'A=b=c==', [['A', 'b=c==']]],
    ['# inside a value', 'A=p#ss word #1', [['A', 'p#ss word #1']]],
    ['# after spaces, which does not begin a comment', 'A<<E\n# not a comment\n\nE', [['A', '# not a comment\n']]],
    ['$ and backslashes, which have no meaning', 'A=$B\\n${C}', [['A', '$B\\n${C}']]],
    ['a lone carriage return inside a value', 'A=x\ry', [['A', 'x\ry']]],
    ['<< after =, which is part of the value', 'A=<<E\nB=1', entries({ A: '<<E', B: '1' })],
    ['= after <<, which is part of the delimiter', 'A<<E=F\nx\nE=F', [['A', 'x']]],
    ['a single <', 'A=<x<', [['A', '<x<']]],
    ['a multiline value', 'A<<EOF\none\n  two\nEOF\nB=1', entries({ A: 'one\n  two', B: '1' })],
    ['assignments inside a multiline value', 'A<<E\nB=1\nC<<D\nE', [['A', 'B=1\nC<<D']]],
    ['the delimiter inside a line, which does not end the value', 'A<<E\n E\nE \nEE\nE', [['A', ' E\nE \nEE']]],
    ['an explicit empty value', 'A<<E\nE', [['A', '']]],
    ['a value of one empty line', 'A<<E\n\nE', [['A', '']]],
    ['a delimiter with spaces, like the runner', 'A<< E \nx\n E ', [['A', 'x']]],
    ['a bare name, read from the environment', 'FROM_ENV', [['FROM_ENV', ' value of the environment ']]],
    ['a JSON object', '{"A": "1", "B": "two\\nlines"}', entries({ A: '1', B: 'two\nlines' })],
    ['a JSON object with white space around it', '\n  {\n"A": "1"\n}\n', [['A', '1']]],
    ['a JSON object with a byte order mark', '\uFEFF{"A":"1"}', [['A', '1']]],
    ['an empty JSON object', '{}', []],
    ['JSON values that resemble keys', '{"A":"B","B":"A"}', entries({ A: 'B', B: 'A' })],
    [
      'a JSON name of a JavaScript property',
      '{"__proto__":"x","constructor":"y"}',
      [
        ['__proto__', 'x'],
        ['constructor', 'y']
      ]
    ]
  ])('accepts %s', (_, text, expected) => {
    const { secrets, problems, empty } = parse(text)
    expect({ secrets: pairs(secrets), problems, empty }).toEqual({ secrets: expected, problems: [], empty: [] })
  })

  test.each<[string, string, readonly RegExp[]]>([
    ['an empty value', 'B=1\nA=', [/^line 2 \(A\): .*value is empty.*<<EOF/]],
    ['an empty value on a Windows line', 'A=\r\n', [/^line 1 \(A\): .*value is empty/]],
    [
      'no name',
      '=x',
      [
        /^line 1: invalid name: expected letters, digits and underscores, not starting with a digit; use NAME=value, or NAME<<EOF for a multiline value/
      ]
    ],
    [
      'no name before <<',
      '<<E',
      [
        /^line 1: invalid name: expected letters, digits and underscores, not starting with a digit; use NAME=value, or NAME<<EOF for a multiline value/
      ]
    ],
    [
      'a digit first',
      '1A=x',
      [
        /^line 1: invalid name: expected letters, digits and underscores, not starting with a digit; use NAME=value, or NAME<<EOF for a multiline value/
      ]
    ],
    [
      'a dash in the name',
      '\n\nA-B=x',
      [/^line 3 \(A-B\): invalid name: dashes and periods are not allowed; use A_B$/]
    ],
    [
      'a letter that is not ASCII',
      'Ä=x',
      [
        /^line 1: invalid name: expected letters, digits and underscores, not starting with a digit; use NAME=value, or NAME<<EOF for a multiline value/
      ]
    ],
    ['an OpenAI key without a name', 'sk-proj-0123456789abcdef', [/^line 1: a value without a name; use NAME=value/]],
    [
      'a GitHub token without a name',
      'A=1\nghp_0123456789abcdefABCD',
      [/^line 2: a value without a name; use NAME=value/]
    ],
    [
      'names with dashes',
      'OPENAI-API-KEY=x\nANTHROPIC.API.KEY=y',
      [
        /^line 1 \(OPENAI-API-KEY\): invalid name: dashes and periods are not allowed; use OPENAI_API_KEY$/,
        /^line 2 \(ANTHROPIC\.API\.KEY\): invalid name: dashes and periods are not allowed; use ANTHROPIC_API_KEY$/
      ]
    ],
    ['a space before the name', ' A=x', [/^line 1 \(A\): whitespace around the name; use NAME=value without it/]],
    ['a space after the name', 'A =x', [/^line 1 \(A\): whitespace around the name; use NAME=value without it/]],
    [
      'a space after a bare name',
      'FROM_ENV ',
      [/^line 1 \(FROM_ENV\): whitespace around the name; use NAME=value without it/]
    ],
    ['export', 'export A=x', [/^line 1 \(A\): starts with `export`; use NAME=value/]],
    ['an indented comment', '  # x', [/^line 1: /]],
    ['a bare name that is not set', 'MISSING_ONE', [/^line 1 \(MISSING_ONE\): .*step's `env`/]],
    ['a bare word that is not set, after a name that is set', 'FROM_ENV\nNOPE', [/^line 2 \(NOPE\): .*step's `env`/]],
    ['a bare word that may be a passphrase', 'SUNSHINE', [/^line 1: /]],
    [
      'a JSON value that is JSON',
      '{"GCP": {"type": "x"}}',
      [
        /^key 1 of the JSON object \(GCP\): the value is JSON, not a string; use `\$\{\{ toJSON\(secrets\.GCP\) \}\}` to convert it to a string/
      ]
    ],
    [
      'JSON followed by other lines',
      '{\n"A": "1"\n}\nB=2',
      [/^has text after a JSON object; put the other variables into the object, or use one NAME=value per line/]
    ],
    ['a bare name with an empty value', 'EMPTY', [/^line 1: .*step's `env`/]],
    [
      'a value without an end',
      'A=1\nB<<EOF\nC=2\n EOF',
      [
        /^line 2 \(B\): the value has no end: line 4 contains `EOF` with whitespace around it; put the delimiter alone on its line, not indented further than the names/
      ]
    ],
    [
      'a value whose delimiter is missing',
      'A=1\nB<<PEM\nx y\nC=2',
      [
        /^line 2 \(B\): the value has no end: no line below contains only `PEM`; put the delimiter alone on a line, not indented further than the names/
      ]
    ],
    [
      'a value whose delimiter is not a plain word',
      'B<<s3cret\nx',
      [
        /^line 1 \(B\): the value has no end: no line below contains only its delimiter; put the delimiter alone on a line, not indented further than the names/
      ]
    ],
    [
      'white space before the closing delimiter',
      'B<< EOF\nx\nEOF',
      [/^line 1 \(B\): whitespace around the delimiter; use NAME<<EOF without it/]
    ],
    ['a shell heredoc', "B<<'EOF'\nx\nEOF", [/^line 1 \(B\): the delimiter uses shell syntax; use NAME<<EOF/]],
    [
      'a shell heredoc that removes tabs',
      'B<<-EOF\nx\nEOF',
      [/^line 1 \(B\): the delimiter uses shell syntax; use NAME<<EOF/]
    ],
    ['a missing delimiter', 'A<<\nx\n', [/^line 1 \(A\): the delimiter is missing; use NAME<<EOF/]],
    [
      'a second value for one name',
      'A=1\nB=2\nA<<E\nx\nE',
      [/^line 3 \(A\): duplicate name, first set in line 1; remove one of them/]
    ],
    ['an invalid name before a multiline value, reported once', 'A B<<E\nx y\nz z\nE\nC=1', [/^line 1: /]],
    ['an invalid name before a value without an end, reported once', '1<<E\nx y', [/^line 1: /]],
    ['several flaws, each with its line', ' A=1\nB=\nC=3\n2=x', [/^line 1 \(A\): /, /^line 2 \(B\): /, /^line 4: /]],
    [
      'truncated JSON',
      '{"A": "1"',
      [
        /^starts with \{ but is not valid JSON; use one NAME=value per line, or a JSON object of strings with `\$\{\{ toJSON\(secrets\.NAME\) \}\}` for each value/
      ]
    ],
    ['JSON followed by text', '{"A":"1"} x', [/not valid JSON/]],
    [
      'a JSON value that is not a string',
      '{"A": 1, "B": true, "C": ["x"]}',
      [/^key 1 of the JSON object \(A\): .*not a string/, /\(B\): .*not a string/, /\(C\): .*not a string/]
    ],
    [
      'an empty JSON value',
      '{"A": ""}',
      [/^key 1 of the JSON object \(A\): the value is empty.*\. Set it, or omit the key$/]
    ],
    [
      'a JSON key that is not a valid name',
      '{"a b": "x", "": "y"}',
      [
        /: invalid name: expected letters, digits and underscores, not starting with a digit; use NAME=value, or NAME<<EOF for a multiline value/,
        /: invalid name: expected letters, digits and underscores, not starting with a digit; use NAME=value, or NAME<<EOF for a multiline value/
      ]
    ],
    [
      'a duplicate JSON key',
      '{"A": "1", "B": "2", "A": "3"}',
      [/^key 3 of the JSON object \(A\): duplicate name, first set in key 1; remove one of them/]
    ],
    [
      'a JSON key in two spellings',
      '{"A": "1", "\\u0041": "3"}',
      [/^key 2 of the JSON object \(A\): duplicate name, first set in key 1; remove one of them/]
    ],
    [
      'a JSON string, such as toJSON of one secret',
      '"abc"',
      [
        /^is a JSON string, such as the output of `toJSON` for one secret; use one NAME=value per line, with `\$\{\{ secrets\.NAME \}\}` as the value/
      ]
    ],
    [
      'a whole object',
      'Object',
      [/^is an expression that evaluated to an object; use one NAME=value per line, or `\$\{\{ toJSON\(secrets\) \}\}`/]
    ],
    ['the path of an env file', '.env', [/^appears to be the path of an env file; set `secrets-file` to the path/]],
    [
      'the path of another env file',
      './deploy/.env.production',
      [/^appears to be the path of an env file; set `secrets-file` to the path/]
    ],
    [
      'a JSON array',
      '["A"]',
      [
        /^is a JSON array, which has no names; use one NAME=value per line, or a JSON object such as \{"NAME": "value"\}/
      ]
    ],
    [
      'a YAML list',
      '- A=1\n  - B=2\nC=3',
      [
        /^line 1 and one other: a YAML list or mapping is not supported; use one NAME=value per line, such as A=b instead of A: b/
      ]
    ],
    [
      'a YAML list of mappings',
      '- name: A\n  value: b=c\n-\tname: B\n  value: d',
      [
        /^line 1 and 3 others: a YAML list or mapping is not supported; use one NAME=value per line, such as A=b instead of A: b/
      ]
    ],
    [
      'a YAML mapping',
      'A: 1\n"B": https://example.com?c=d\nC:\nD=1',
      [
        /^line 1 and 2 others: a YAML list or mapping is not supported; use one NAME=value per line, such as A=b instead of A: b/
      ]
    ]
  ])('rejects %s', (_, text, expected) => {
    const { problems } = parse(text)
    expect(problems).toEqual(expected.map((pattern) => expect.stringMatching(pattern)))
  })

  test.each<[string, string]>(
    entries({
      'a bare name that is not set': 'QUJDREVGR0g',
      'an empty value': 'QUJDREVGR0g=',
      'a value without an end': 'QUJDREVGR0g<<EOF',
      'a missing delimiter': 'QUJDREVGR0g<<',
      'a second value': 'QUJDREVGR0g=1\nQUJDREVGR0g=2'
    })
  )('reports the line without its text: %s', (_, text) => {
    const { problems } = parse(text)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^line \d/)
    expect(problems[0]).not.toContain('QUJDREVGR0g')
  })

  test.each<[string, string, readonly string[]]>([
    [
      'names made of words',
      'OPENAI_API_KEY=\nOAUTH2_CLIENT_ID',
      ['line 1 (OPENAI_API_KEY): ', 'line 2 (OAUTH2_CLIENT_ID): ']
    ],
    [
      'the same flaw in consecutive lines, once',
      'OPENAI_API_KEY=\nTAVILY_API_KEY=\nA=1\nDB_URL=\n',
      ['lines 1-2 (OPENAI_API_KEY, TAVILY_API_KEY): the value is empty', 'line 4 (DB_URL): the value is empty']
    ],
    ['the order of the lines', 'A=1\nB=\nA=2\n- C=1\nD=', ['line 2 (B): ', 'line 3 (A): ', 'line 4: ', 'line 5 (D): ']],
    ['not an access key', 'AKIAIOSFODNN7EXAMPLE', ['line 1: a value without a name; use NAME=value']],
    ['not a seed in Base32', 'JBSWY3DPEHPK3PXP=\n', ['line 1: the value is empty']],
    ['not a password', 'PASSWORD=x\nsunshine\nSUNSHINE', ['lines 2-3: a bare name']],
    [
      'not a word after a piece of a value',
      'KEY=x\nAb1+/c\nMY_WORD\nMY_END=',
      ['lines 2-4: expected NAME=value; write a multiline value as NAME<<EOF, its lines, and EOF on a separate line']
    ],
    ['options of a command', '--cpu=1\n-e A=1', ['lines 1-2: a command-line option; use NAME=value only']],
    [
      'several names on one line',
      'OPENAI_API_KEY TAVILY_API_KEY',
      [
        'line 1: several names on one line; use one line per name (in YAML, use | after the input name, because > folds lines into one)'
      ]
    ],
    [
      'a folded multiline value',
      'A<<EOF x y EOF',
      [
        'line 1 (A): the value has no end: no line contains only its delimiter; in YAML, use | after the input name, because > folds lines into one'
      ]
    ]
  ])('reports the name of the variable if it is certain: %s', (_, text, starts) => {
    expect(parse(text).problems).toEqual(starts.map((start) => expect.stringContaining(start)))
  })

  test('reports a folded value that has no end', () => {
    expect(parse('A<<EOF x y EOF').problems).toEqual([
      expect.stringMatching(
        /^line 1 \(A\): the value has no end: no line contains only its delimiter; in YAML, use \| after the input name, because > folds lines into one/
      )
    ])
    expect(parse('A<<EOF').problems).toEqual([expect.not.stringContaining('YAML')])
  })

  /** Content of `NAME=${{ secrets.KEY }}` for a multiline key. */
  const PEM = `-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA3HEgAMKCHZ6QGCWDM/cBfSGTwy5SGuY1S4g\ny8P5cInBhfcI9dT0YW9KXyCFiqTBarClUcmSP5A4y8TriU1e0\nGxNE=\n-----END RSA PRIVATE KEY-----`
  const ACCOUNT = JSON.stringify(
    { type: 'service_account', private_key: 'hunter2', client_email: 'a@b.c' },
    undefined,
    2
  )

  test.each<[string, string]>([
    ['a key', PEM],
    ['a key in quotes', `"${PEM}"`],
    ['a key before an assignment that it contains', '-----BEGIN A KEY-----\nProc-Type=4\nx=y\n-----END A KEY-----'],
    ['JSON', ACCOUNT],
    ['JSON in quotes', `'${ACCOUNT}'`],
    ['an array', '[\n  "a",\n  "b"\n]'],
    ['a text in quotes', '"first line\nsecond line"']
  ])('reports a multiline value without << once, and parses the following lines: %s', (_, value) => {
    const { secrets, problems } = parse(`A=1\nMY_KEY=${value}\nB=2\n`)
    expect(problems).toEqual([
      'line 2 (MY_KEY): write a multiline value as NAME<<EOF, its lines, and EOF on a separate line'
    ])
    expect(pairs(secrets)).toEqual(entries({ A: '1', B: '2' }))
  })

  test.each(['A="x\nB=y"', 'A={\nB=}', "A='\nFROM_ENV\nB='", 'A={\n\nB=1', 'A=[\nB=1\nC=]'])(
    'is parsed line by line if each line is an assignment: %j',
    (text) => {
      expect(parse(text).problems).toEqual([])
    }
  )

  test.each<[string, string, RegExp]>([
    ['the JSON key of a service account', ACCOUNT, /^is the JSON key of a Google service account/],
    ['the settings of an Azure app', '[\n  {\n    "name": "A",\n    "value": "x"\n  }\n]', /^is a JSON array/],
    [
      'JSON with a multiline value',
      `{\n  "A": "${PEM}"\n}`,
      /^starts with \{ but is not valid JSON; use one NAME=value per line, or a JSON object of strings with `\$\{\{ toJSON\(secrets\.NAME\) \}\}` for each value/
    ],
    [
      'JSON with a secret that is not set',
      '{"A": "1", "B": null}',
      /^key 2 of the JSON object \(B\): the value is empty/
    ]
  ])('cannot be %s as a whole', (_, text, expected) => {
    expect(parse(text).problems).toEqual([expect.stringMatching(expected)])
  })

  test.each<[string, readonly (readonly [string, string])[], readonly string[]]>([
    ['A?=1\nB?=\nC=3', entries({ A: '1', C: '3' }), ['B']],
    ['FROM_ENV?\nEMPTY?\nMISSING_ONE?', [['FROM_ENV', ' value of the environment ']], ['EMPTY', 'MISSING_ONE']],
    ['A?<<E\nx\ny\nE\nB?<<E\n\nE\nC?<<E\nE', [['A', 'x\ny']], ['B', 'C']],
    ['A?=\nA=1', [['A', '1']], ['A']],
    ['A?= ', [['A', ' ']], []],
    ['A=b?=c', [['A', 'b?=c']], []]
  ])('can omit a name without a value: %j', (text, expected, left) => {
    const { secrets, problems, empty } = parse(text)
    expect({ secrets: pairs(secrets), problems, empty }).toEqual({ secrets: expected, problems: [], empty: left })
  })

  test.each([
    [
      'A??=1',
      /: invalid name: expected letters, digits and underscores, not starting with a digit; use NAME=value, or NAME<<EOF for a multiline value/
    ],
    [
      '?=1',
      /: invalid name: expected letters, digits and underscores, not starting with a digit; use NAME=value, or NAME<<EOF for a multiline value/
    ],
    ['A?\nA?=1\nA=2', /^line 3 \(A\): .*line 2/],
    ['A ?=1', /^line 1 \(A\): whitespace around the name; use NAME=value without it/]
  ])('rejects an optional name in %j', (text, expected) => {
    expect(parse(text).problems).toEqual([expect.stringMatching(expected)])
  })

  test("accepts any value of the job's token in a JSON object", () => {
    for (const token of ['"ghs_x"', '""', 'null']) {
      expect(parse(`{"github_token": ${token}, "A": "1"}`).problems).toEqual([])
    }
    expect(parse('{"GITHUB_TOKEN": ""}').problems).toHaveLength(1)
  })

  test('does not report duplicate keys for equal values if github_token is not a string', () => {
    const { secrets, problems } = parse('{"github_token": null, "A": "hunter2", "B": "hunter2"}')
    expect({ secrets: pairs(secrets), problems }).toEqual({
      secrets: entries({ github_token: '', A: 'hunter2', B: 'hunter2' }),
      problems: []
    })
  })
})

describe('the parser returns', () => {
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

  test('every character of a value in NAME=value', () => {
    fc.assert(
      fc.property(list(line.filter((text) => text !== '')), end, (secrets, eol) => {
        expectRoundTrip(secrets.map(({ name, value }) => `${name}=${value}`).join(eol), secrets)
      })
    )
  })

  test('every line of a value in NAME<<END', () => {
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

  test('the values of a JSON object, including line breaks', () => {
    const value = anyText({ minLength: 1 })
    fc.assert(
      fc.property(list(value), fc.nat({ max: 4 }), (secrets, indent) => {
        const object = Object.fromEntries(secrets.map(({ name, value }) => [name, value]))
        expectRoundTrip(JSON.stringify(object, undefined, indent), secrets)
      })
    )
  })

  test('a result for any text without an exception', () => {
    const alphabet = fc.constantFrom('A', 'b', '1', '=', '<', '\n', '\r', '#', ' ', '{', '}', '"', ':', ',', '\\', '_')
    fc.assert(
      fc.property(fc.string({ unit: alphabet, maxLength: 40 }), (text) => {
        for (const { name } of parse(text).secrets) expect(name).toMatch(/^[A-Za-z_]\w*$/)
      }),
      { numRuns: 1000 }
    )
  })
})
