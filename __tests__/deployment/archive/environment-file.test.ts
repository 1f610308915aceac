import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseEnvironment } from '../../../src/deployment/archive/environment-file.ts'

function values(text: string): Record<string, string> {
  const { variables, problems } = parseEnvironment(text)
  expect(problems).toEqual([])
  return Object.fromEntries(variables.map(({ name, value }) => [name, value]))
}

describe('what a dotenv file sets', () => {
  test.each([
    ['A=1', { A: '1' }],
    ['\uFEFFA=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['  export A = 1  \n\n# comment\n   # another\nB=2', { A: '1', B: '2' }],
    ['A=pass#word', { A: 'pass#word' }],
    ['A=value # comment', { A: 'value' }],
    ['A=a b  c', { A: 'a b  c' }],
    ['A=x=y==', { A: 'x=y==' }],
    ["A=it's", { A: "it's" }],
    ['A="a # b" # comment', { A: 'a # b' }],
    ["A='a\\nb'", { A: 'a\\nb' }],
    ['A="a\\nb\\"c\\"\\\\d\\q"', { A: 'a\nb"c"\\d\\q' }],
    ['A="first\nsecond"\nB=2', { A: 'first\nsecond', B: '2' }],
    ["A='first\n# no comment\nC=3'\nB=2", { A: 'first\n# no comment\nC=3', B: '2' }],
    ['A="x"\n# comment\nB=2', { A: 'x', B: '2' }],
    ['export=1', { export: '1' }],
    ['', {}]
  ])('%j', (text, expected) => expect(values(text)).toEqual(expected))

  test('leaves empty values out and says so, as it does of what looks like an expansion', () => {
    const { variables, notices } = parseEnvironment('A=\nB=""\nC=${HOME}/x\n')
    expect(variables).toEqual([{ name: 'C', value: '${HOME}/x' }])
    expect(notices).toEqual([
      'A, B: left out, since the value is empty.',
      'C: ${…} in the value is sent as it stands, not expanded.'
    ])
  })
})

describe('what it refuses', () => {
  test.each([
    ['A=1\nsecret-text', 'line 2: is no NAME=value'],
    ['secret text=1', 'line 1: is no NAME=value'],
    ['1A=secret', 'line 1: is no NAME=value'],
    ['A=1\n\nA=secret', 'line 3: A is given a second time, first in line 1'],
    ['\nA="secret\nB=2\nC=3', 'line 2: the quote that opens the value of A is never closed'],
    ["A='sec'ret'", 'line 1: something follows the closing quote of A'],
    ['A="x"#secret', 'line 1: something follows the closing quote of A'],
    ['A=#secret', 'line 1: the value of A begins with #'],
    ['A=`secret`', 'line 1: the value of A begins with a backtick'],
    ['A="1\n2"\nB="3\n4"\nsecret', 'line 5: is no NAME=value']
  ])('%j', (text, problem) => {
    const { problems } = parseEnvironment(text)
    expect(problems).toEqual([expect.stringContaining(problem)])
    expect(problems.join()).not.toContain('secret')
  })
})

describe('for any text', () => {
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/)
  const quoted = fc.string({ minLength: 1, unit: 'binary' }).filter((value) => !value.includes('\r\n'))

  test('a value written in double quotes comes back as it was', () => {
    const write = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, quoted), { selector: ([key]) => key }), (pairs) => {
        const text = pairs
          .map(([key, value], index) => `${index % 2 ? 'export ' : ''}${key}=${write(value)}`)
          .join('\n')
        expect(parseEnvironment(text)).toMatchObject({
          problems: [],
          variables: pairs.map(([key, value]) => ({ name: key, value }))
        })
      })
    )
  })

  test('nothing of a value stands in a problem or notice, and no text makes it fail', () => {
    const line = fc.tuple(
      name,
      fc.constantFrom('=', ' = ', '="', "='", '', ': '),
      fc.constantFrom('SECRET', 'SECRET"x', "'SECRET", '#SECRET', '`SECRET')
    )
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { problems, notices } = parseEnvironment(lines.map((parts) => parts.join('')).join('\n'))
        expect([...problems, ...notices].join()).not.toContain('SECRET')
      })
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('A', '=', '"', "'", '\\', '\n', ' ', '#', '\r') }), (text) => {
        expect(parseEnvironment(text).problems.every((problem) => /^line \d+: /.test(problem))).toBe(true)
      })
    )
  })
})
