import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { masksFor, redact } from '../../src/runner/mask.ts'

const PEM = '-----BEGIN KEY-----\nQUJDREVGR0hJSktM\n  TU5PUA==\nshort\n-----END KEY-----'

describe('the masks of a value', () => {
  test.each<[string, string, readonly string[]]>([
    ['the whole of it', 'hunter2 is my password', ['hunter2 is my password']],
    ['six characters', 'secret', ['secret']],
    ['not five', 'short', []],
    ['not five with blanks around them', '  short  ', []],
    ['none of an empty one', '', []],
    ['not a word like true', 'enabled', []],
    ['not a word like DISABLED with blanks', ' DISABLED ', []],
    ['not a number of six digits', '123456', []],
    ['not a number of six digits with blanks', ' 123456 ', []],
    ['a number of seven digits', '1234567', ['1234567']],
    ['a value with blanks around it also without them', ' hunter2 ', [' hunter2 ', 'hunter2']],
    [
      'each long line of it, with and without blanks',
      PEM,
      ['-----BEGIN KEY-----', 'QUJDREVGR0hJSktM', '  TU5PUA==', '-----END KEY-----', 'TU5PUA==']
    ],
    ['each line, whatever ends it', 'line-1\rline-2\r\nline-3', ['line-1', 'line-2', 'line-3']],
    ['not a short line among long ones', 'line-1\n4\nline-3', ['line-1', 'line-3']],
    [
      'the long leaves of JSON',
      '{"key":"0123456789abcdef","region":"us-east-1","n":[{"deep":"fedcba9876543210"}],"x":1,"y":null}',
      [
        '{"key":"0123456789abcdef","region":"us-east-1","n":[{"deep":"fedcba9876543210"}],"x":1,"y":null}',
        '0123456789abcdef',
        'fedcba9876543210'
      ]
    ],
    [
      'the lines of a leaf of JSON',
      '{"pem":"0123456789abcdef\\nfedcba9876543210"}',
      ['{"pem":"0123456789abcdef\\nfedcba9876543210"}', '0123456789abcdef', 'fedcba9876543210']
    ],
    [
      'the leaves of a JSON array',
      ' ["0123456789abcdef"]',
      [' ["0123456789abcdef"]', '["0123456789abcdef"]', '0123456789abcdef']
    ],
    ['the whole of what only looks like JSON', '{no json}', ['{no json}']]
  ])('are %s', (_, value, masks) => {
    expect([...masksFor(value, [])].sort()).toEqual([...masks].sort())
  })

  test.each<[string, string, string, readonly string[]]>([
    ['the whole of one', 'https://agent.example.com', 'https://agent.example.com', []],
    ['a part of one', 'agent.example.com', 'https://agent.example.com/x', []],
    ['a line of one, but not the others', 'my-agent\nhunter2!', 'my-agent', ['hunter2!']],
    [
      'more than one, which does no harm to it',
      'https://me:pw@agent.example.com',
      'agent.example.com',
      ['https://me:pw@agent.example.com']
    ]
  ])('leave out what is %s of our outputs', (_, value, output, masks) => {
    expect(masksFor(value, ['another output', output])).toEqual(masks)
  })

  test('are never short, and never part of an output', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string()), (value, outputs) => {
        for (const mask of masksFor(value, outputs)) {
          expect(mask.trim().length).toBeGreaterThanOrEqual(6)
          expect(mask).not.toMatch(/[\r\n]/)
          expect(outputs.some((output) => output.includes(mask))).toBe(false)
        }
      })
    )
  })
})

describe('words from outside without secrets', () => {
  test.each<[string, string, readonly string[], string]>([
    ['a value', 'key hunter2x is wrong', ['hunter2x'], 'key *** is wrong'],
    ['a value inside a word', 'xhunter2xx', ['hunter2x'], 'x***x'],
    ['every occurrence', 'hunter2 hunter2', ['hunter2'], '*** ***'],
    ['a short value as a word of its own', 'a is not abc, (a) or a_b', ['a'], '*** is not abc, (***) or a_b'],
    ['a number as a word of its own', 'status 422, not 4220', ['422'], 'status ***, not 4220'],
    ['a word like true', 'is true or truest', ['true'], 'is *** or truest'],
    ['the longest value first', 'password1 password12', ['password1', 'password12'], '*** ***'],
    [
      'a value of characters that mean something to a pattern',
      'x a.b*c(d)[e] a-b-c(d)[e]',
      ['a.b*c(d)[e]'],
      'x *** a-b-c(d)[e]'
    ],
    ['the lines of a value', 'one: QUJDREVG, two', ['QUJDREVG\r\nR0hJSktM\n'], 'one: ***, two'],
    ['the lines of a value without the blanks around them', 'cut: hunter2x!', ['a\n   hunter2x  \nb'], 'cut: ***!'],
    ['a value without the blanks around it', 'key hunter2x!', ['  hunter2x  '], 'key ***!'],
    [
      'the leaves of JSON',
      'the key 0123456789abcdef of us-east-1 is wrong',
      ['{"key": "0123456789abcdef", "region": "us-east-1"}'],
      'the key *** of us-east-1 is wrong'
    ],
    [
      'the lines of a leaf of JSON',
      'no fedcba9876543210 here',
      ['{"pem": "0123456789abcdef\\nfedcba9876543210"}'],
      'no *** here'
    ],
    [
      'a value as JSON holds it',
      '{"password":"say \\"hunter2\\" \\\\ o"}',
      ['say "hunter2" \\ o'],
      '{"password":"***"}'
    ],
    ['a value of lines as JSON holds it', '{"pem":"line-one\\nline-two"}', ['line-one\nline-two'], '{"pem":"***"}'],
    ['a value as a URL holds it', 'GET /x?key=hunter%202%2F%3Dx&y', ['hunter 2/=x'], 'GET /x?key=***&y'],
    ['a line of a value as a URL holds it', '/x/no%2Fway%3F', ['yes\nno/way?'], '/x/***'],
    ['a value as Base64 holds it, with its padding left', 'Basic aHVudGVyMg==.', ['hunter2'], 'Basic ***==.'],
    ['a value as Base64 holds it without padding', 'x aHVudGVyMg y', ['hunter2'], 'x *** y'],
    ['a line of a value as Base64 holds it', 'aHVudGVyMg==', ['a\nhunter2\nb'], '***=='],
    ['a leaf of JSON as Base64 holds it', 'MDEyMzQ1Njc4OWFiY2RlZg', ['{"key": "0123456789abcdef"}'], '***'],
    ['no form of what is too short to be masked', 'ab%2F YWIv', ['ab/'], 'ab%2F YWIv'],
    ['no form of a word like true', 'dHJ1ZQ', ['true'], 'dHJ1ZQ'],
    ['nothing for an empty value', 'abc', ['', '\n'], 'abc'],
    ['nothing without values', 'abc', [], 'abc']
  ])('lose %s', (_, text, values, expected) => {
    expect(redact(text, values)).toBe(expected)
  })

  test('hold no masked value any more, wherever it stood', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abc$.^(\\'), minLength: 6, maxLength: 12 })
    const around = fc.string({ unit: fc.constantFrom(...'xyz $.') })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), around, (values, filler) => {
        const text = values.map((value) => filler + value).join(filler)
        const result = redact(text, values)
        for (const value of values) expect(result).not.toContain(value)
      })
    )
  })

  test('hold no masked value any more, in whatever form it stood', () => {
    const value = fc
      .string({ unit: 'binary', minLength: 6, maxLength: 20 })
      .filter((text) => masksFor(text, []).length > 0)
    fc.assert(
      fc.property(value, fc.string({ unit: fc.constantFrom(...'. :') }), (secret, filler) => {
        for (const part of [secret, ...masksFor(secret, [])].filter((text) => text.trim().length >= 6)) {
          const forms = [
            JSON.stringify(part).slice(1, -1),
            encodeURIComponent(part.toWellFormed()),
            Buffer.from(part).toString('base64').replace(/=+$/, '')
          ]
          for (const form of forms) expect(redact(filler + form + filler, [secret])).not.toContain(form)
        }
      })
    )
  })

  test('keep every word that is no value', () => {
    const word = fc.stringMatching(/^[a-z]{1,5}$/)
    fc.assert(
      fc.property(fc.array(word), fc.array(word), (words, values) => {
        const expected = words.map((text) => (values.includes(text) ? '***' : text))
        expect(redact(words.join(' '), values)).toBe(expected.join(' '))
      })
    )
  })
})
