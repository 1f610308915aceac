import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { firstBytes, lastBytes, listed, plain, plainLines } from '../../src/runner/words.ts'

describe('outside text', () => {
  test.each<[string, string, readonly string[]]>([
    ['an ordinary line', 'Step 1/2: a::b ##x [error] ✓', ['Step 1/2: a::b ##x [error] ✓']],
    ['spaces and tabs of a line', '  a\tb ', ['  a\tb ']],
    ['a command', '::set-output name=x::y', [': :set-output name=x::y']],
    ['a command after spaces', ' \t::error::x', [' \t: :error::x']],
    ['a command after a non-ASCII space', '\u00a0\u2028\ufeff::error::x', ['\u00a0\u2028\ufeff: :error::x']],
    ['a command with three colons', ':::x', [': ::x']],
    ['a command in a later line', 'a\n::stop-commands::x', ['a', ': :stop-commands::x']],
    ['a command after a lone carriage return', 'a\r::add-mask::b', ['a', ': :add-mask::b']],
    ['a command after CRLF', 'a\r\n::error::x\r\n', ['a', ': :error::x', '']],
    ['a command in the old form', '##[error]x', ['## [error]x']],
    ['a command in the old form in any position', 'a ##[group]b ###[endgroup]', ['a ## [group]b ### [endgroup]']],
    ['a command with escape sequences', '\u001b[31m::error::x', [': :error::x']],
    ['a command with control characters', '\u0007:\u0000:error::x', [': :error::x']],
    ['a command in the old form with escape sequences', '#\u001b[0m#\u0008[error]x', ['## [error]x']],
    ['a command after a control character that the runner trims', '\u0085\u000b\u000c::x', [': :x']],
    ['colors', '\u001b[1;31mred\u001b[0m \u009b32mgreen', ['red green']],
    ['a terminal title', '\u001b]0;title\u0007text', ['text']],
    ['a terminal link', '\u001b]8;;https://evil.example\u001b\\text\u001b]8;;\u001b\\', ['text']],
    ['cursor movements', 'a\u001b[2K\u001b[1Ab', ['ab']],
    ['bells, backspaces and nulls', 'a\u0007b\u0008c\u0000d\u007f', ['abcd']],
    [
      'characters that change the direction of text',
      'a\u202eb\u202ac\u202bd\u202ce\u202df \u2066g\u2067h\u2068i\u2069j \u200ek\u200fl\u061cm',
      ['abcdef ghij klm']
    ],
    ['a command after a change of direction', '\u202e::error::x #\u200e#[error]y', [': :error::x ## [error]y']],
    ['letters of a right-to-left language, and joiners', 'שלום مرحبا a\u200db', ['שלום مرحبا a\u200db']],
    ['nothing', '', ['']]
  ])('has the expected plain form for %s', (_, text, lines) => {
    expect(plainLines(text)).toEqual(lines)
    expect(plain(text)).toBe(lines.join('\n'))
  })

  const hostile = fc.string({
    unit: fc.constantFrom(
      ...[':', '::', '#', '##', '[', ']', ' ', '\t', '\r', '\n', '\r\n', '\u001b', '\u009b', '\u0007', '\u0000'],
      ...['\u0085', '\u000b', '\u00a0', '\u2028', '\ufeff', '\u202e', '\u2066', '0m', 'm', '8;;', '\\', 'error', 'a']
    ),
    maxLength: 20
  })

  test('never contains a line that the runner or a terminal executes', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const line of plainLines(text)) {
          expect(line.trimStart()).not.toMatch(/^::/)
          expect(line).not.toContain('##[')
          expect(line).not.toMatch(/[^\P{Cc}\t]|\p{Bidi_Control}/u)
        }
      }),
      { numRuns: 5000 }
    )
  })

  test('is unchanged if it is harmless', () => {
    const harmless = fc.string({ unit: fc.constantFrom(...'aB1 .,-_/()é日✓') })
    fc.assert(
      fc.property(fc.array(harmless, { minLength: 1 }), fc.constantFrom('\n', '\r', '\r\n'), (lines, end) => {
        expect(plainLines(lines.join(end))).toEqual(lines)
      })
    )
  })
})

describe('the end of a text', () => {
  test.each([
    ['fits', 10, 'fits'],
    ['fits just', 9, 'fits just'],
    ['is too long', 8, '… long'],
    ['日本語', 9, '日本語'],
    ['日本語!', 9, '… 語!'],
    ['', 0, '']
  ])('of %j in %i bytes is %j', (text, bytes, cut) => {
    expect(lastBytes(text, bytes)).toBe(cut)
  })

  const characters = fc.string({ unit: fc.constantFrom('a', 'é', '日', '👩‍🚀', '\u0301', '\n'), maxLength: 60 })

  test('has whole characters within its limit for any text', () => {
    fc.assert(
      fc.property(characters, fc.integer({ min: 4, max: 120 }), (text, bytes) => {
        const cut = lastBytes(text, bytes)
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytes)
        expect(cut.isWellFormed()).toBe(true)
        expect(cut).not.toContain('\ufffd')
        if (Buffer.byteLength(text) <= bytes) expect(cut).toBe(text)
        else {
          const kept = cut.slice('… '.length)
          expect(cut).toBe(`… ${kept}`)
          expect(text.endsWith(kept)).toBe(true)
          // Another character does not fit.
          const next = [...text.slice(0, text.length - kept.length)].at(-1) ?? ''
          expect(Buffer.byteLength(kept) + Buffer.byteLength(next)).toBeGreaterThan(bytes - Buffer.byteLength('… '))
        }
      }),
      { numRuns: 3000 }
    )
  })
})

describe('the start of a text', () => {
  test.each([
    ['abc', 3, 'abc'],
    ['abcdefgh', 7, 'abc …'],
    ['日日日', 7, '日 …'],
    ['日日日', 8, '日 …'],
    ['', 0, '']
  ])('of %j in %d bytes is %j', (text, bytes, cut) => {
    expect(firstBytes(text, bytes)).toBe(cut)
  })
})

describe('a list of names', () => {
  test.each<[string, readonly string[], string]>([
    ['one variable', ['`repo-ref`', 'environment variable A'], '`repo-ref`, environment variable A'],
    [
      'several variables',
      ['environment variable A', '`repo-ref`', 'environment variable B'],
      '`repo-ref`, environment variables A, B'
    ],
    ['no variables', ['`repo-ref`', '`custom-url`'], '`repo-ref`, `custom-url`']
  ])('labels several environment variables once: %s', (_, names, text) => {
    expect(listed(names)).toBe(text)
  })

  test('ends with the number of omitted names', () => {
    const names = Array.from({ length: 42 }, (_, index) => `environment variable V${index}`)
    expect(listed(names)).toMatch(/^environment variables V0, V1, .*, V39, 2 more$/)
  })
})
