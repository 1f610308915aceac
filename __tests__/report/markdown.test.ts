import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  htmlLink,
  markdownBlock,
  markdownCode,
  markdownProse,
  markdownText,
  withoutMentions
} from '../../src/report/markdown.ts'
import { plainLines } from '../../src/runner/words.ts'
import { anyText } from '../support/texts.ts'

/** Returns the text that a reader of the rendered page sees. */
const shown = (markdown: string) =>
  markdown.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))

/** Expects that no unescaped character is active in Markdown or HTML. */
function expectHarmless(markdown: string): void {
  const raw = markdown.replace(/&#\d+;/g, '\u0001')
  expect(raw).not.toMatch(/[<>&|\\`*[\]~#@$\t\u00a0\u2028\u202e]/)
  expect(raw).not.toMatch(/^(?:[ +=-]|\d{1,9}[.)](?: |$))/)
  expect(raw).not.toMatch(/:(?! |$)|www\./i)
  expect(raw).not.toMatch(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u)
}

describe('text from outside in Markdown', () => {
  test.each<[string, string]>([
    ['an element that would close ours', '</details><script>alert(1)</script>'],
    ['an image', '![x](https://evil.example/x.png)'],
    ['a link', '[x](javascript:alert(1))'],
    ['a bare address', 'https://evil.example or www.evil.example'],
    ['a fence', '```mermaid'],
    ['a fence of tildes', '~~~'],
    ['code', '`x`'],
    ['a cell', 'a | b'],
    ['emphasis', '*a* _b_ **c** ~~d~~'],
    ['a heading', '# a'],
    ['a heading below its text', 'a\n---\nb\n==='],
    ['a list', '- a'],
    ['a quotation', '> a'],
    ['a rule', '---'],
    ['a character reference', '&lt;script&gt; &#60;'],
    ['a backslash', 'a\\|b\\'],
    ['a formula', '$x$'],
    ['a mention and an issue', '@octocat #1'],
    ['an emoji code', ':tada:'],
    ['a comment of Mermaid', '%%{init: {}}%%'],
    ['quotation marks', '"a" \'b\''],
    ['tabs', 'a\tb']
  ])('is inert: %s', (_, text) => {
    const markdown = markdownText(text)
    expectHarmless(markdown)
    expect(shown(markdown)).toBe(plainLines(text).join(' '))
  })

  test.each<[string, string]>([
    ['a list', '1. item'],
    ['a list', '12. item'],
    ['a block of code', '    item']
  ])('does not begin %s: %j', (_, text) => {
    expect(markdownText(text)).not.toMatch(/^(?: {0,3}\d{1,9}[.)](?: |$)| {4})/)
  })

  test('stays readable in the source if no character is active', () => {
    const text = 'The revision 0123-ab is up. Nothing else changed; 5 fields, 2 secrets kept.'
    expect(markdownText(text)).toBe(text)
    expect(markdownText('é日本語 naïve')).toBe('é日本語 naïve')
    const log = 'The build failed (BUILD_FAILED): "repo/agent.py", line 7; it\'s 50% done, 1.5 s → 2 s!'
    expect(markdownText(log)).toBe(log)
  })

  test('is one line without escape sequences and workflow commands', () => {
    expect(shown(markdownText('a\r\nb\u001b[31mc\n::error::d'))).toBe('a bc : :error::d')
  })

  const hostile = fc.oneof(anyText(), fc.string({ unit: fc.constantFrom(...'<>&#;|`[]()!*_-~=.:"\'\\ \n\t1a%$@') }))

  test('is inert and complete for any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const markdown = markdownText(text)
        expectHarmless(markdown)
        expect(shown(markdown)).toBe(plainLines(text).join(' '))
      }),
      { numRuns: 2000 }
    )
  })
})

describe('text from outside in a comment', () => {
  const MENTION = /@[a-z0-9]|#\d|(?<![a-z0-9])gh-\d/i
  const quiet = (text: string) => withoutMentions(markdownText(text))

  test.each<[string, string]>([
    ['a person', '@octocat look'],
    ['a team', 'cc @acme/everyone'],
    ['a person within brackets', '(@octocat)'],
    ['an e-mail address', 'octocat@example.com'],
    ['an issue', 'fixes #1'],
    ['an issue of another repository', 'acme/agents#12'],
    ['an issue in the old format', 'closes GH-12'],
    ['an issue in the old format, in lower case', 'see gh-1'],
    ['an issue in the old format after an underscore', '_GH-1_'],
    ['a commit of a fork', 'octocat@0123456'],
    ['several of them', '@a @b #1 #2 GH-1 gh-2 @@c ##3']
  ])('mentions and references nothing: %s', (_, text) => {
    expect(shown(markdownText(text))).toMatch(MENTION)
    expect(shown(quiet(text))).not.toMatch(MENTION)
    expect(shown(quiet(text)).replaceAll('\u200b', '')).toBe(text)
  })

  test.each(['The revision 0123-ab is up.', 'high-5 and GHz-1', 'GH-x', 'a 64; 35;'])(
    'stays unchanged if it is not a reference: %s',
    (text) => {
      expect(quiet(text)).toBe(markdownText(text))
    }
  )

  test('mentions and references nothing, and loses nothing, for any text', () => {
    const unit = fc.constantFrom(...'@#GHgh-1a;&6435x \n', 'GH-1', '&#64;', '&#35;')
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        expect(shown(quiet(text))).not.toMatch(MENTION)
        expect(shown(quiet(text)).replaceAll('\u200b', '')).toBe(shown(markdownText(text)))
        expectHarmless(quiet(text))
      }),
      { numRuns: 2_000 }
    )
  })
})

test('markdownCode escapes its text', () => {
  expect(markdownCode('a</code>|b')).toBe('<code>a&#60;/code&#62;&#124;b</code>')
})

describe('a sentence of this action', () => {
  test('shows text in backticks as code', () => {
    expect(markdownProse('Set `repo-ref` to `a|b`, or omit *it*.')).toBe(
      'Set <code>repo-ref</code> to <code>a&#124;b</code>, or omit &#42;it&#42;.'
    )
    expect(markdownProse('`name` - taken')).toBe('<code>name</code> &#45; taken')
  })

  test('keeps an unpaired backtick', () => {
    expect(shown(markdownProse('a ` b'))).toBe('a ` b')
    expect(shown(markdownProse('``` x'))).toBe('``` x')
  })

  test('has no markup but code, and mentions nobody, for any text', () => {
    const unit = fc.constantFrom(...'<>&#;|`[]()!*_-~=.:"\'\\ \n\t1a%$@GH', '``', '`a`', 'GH-1')
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const markdown = markdownProse(text, (part) => withoutMentions(markdownText(part)))
        const parts = markdown.split(/<code>[^<>]*<\/code>/)
        for (const part of parts) {
          // A space after code does not begin a line.
          expectHarmless(part.replace(/^ /, ''))
          expect(shown(part)).not.toMatch(/@[a-z0-9]|#\d|(?<![a-z0-9])gh-\d/i)
        }
        const read = shown(markdown.replace(/<code>([^<>]*)<\/code>/g, '`$1`'))
        const expected = plainLines(text).join(' ')
        // Text after code is escaped like the beginning of a line, so the comparison ignores a space between two
        // colons.
        expect(read.replaceAll('\u200b', '').replaceAll(': :', '::')).toBe(expected.replaceAll(': :', '::'))
      }),
      { numRuns: 2_000 }
    )
  })
})

describe('a block of lines', () => {
  test('keeps the lines, which cannot close it', () => {
    const lines = ['</pre><script>', '  - *a* & `b`', '', '| a |']
    const block = markdownBlock(lines)
    expect(block.match(/<[^>]*>/g)).toEqual(['<pre>', '</pre>'])
    expect(shown(block)).toBe(`<pre>\n${lines.join('\n')}\n</pre>`)
  })
})

describe('a link', () => {
  test('shows its text and has its address', () => {
    expect(htmlLink('Open [it]', 'https://a.example.com/x?y=1#f')).toBe(
      '<a href="https://a.example.com/x?y=1#f">Open &#91;it&#93;</a>'
    )
  })

  test.each([
    'https://a.example.com/"><script>alert(1)</script>',
    'https://a.example.com/" onclick="x',
    "https://a.example.com/' x='",
    'https://a.example.com/<b>',
    'https://a.example.com/?a=1&lt;=2'
  ])('cannot be closed by its address %s', (url) => {
    const link = htmlLink('x', url)
    expect(link).toMatch(/^<a href="[^"'<>]*">x<\/a>$/)
    expect(shown(link)).toBe(`<a href="${url}">x</a>`)
  })
})
