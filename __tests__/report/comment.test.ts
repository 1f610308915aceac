import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type CommentMaterial, commentMarkdown } from '../../src/report/comment.ts'
import type { Words } from '../../src/report/message.ts'
import type { OutputName } from '../../src/report/outputs.ts'
import { firstRecord, type RunRecord } from '../../src/run/record.ts'
import { plainLines } from '../../src/runner/words.ts'
import { COMMIT, NEWER_ID, OLDER_ID, OTHER_COMMIT, REVISION_ID } from '../deployment/samples.ts'
import { anyText } from '../support/texts.ts'
import { withoutReferences } from '../support/words.ts'

const REPOSITORY_URL = 'https://github.com/acme/agents'
const RUN_URL = `${REPOSITORY_URL}/actions/runs/1001`
const DASHBOARD = `https://smith.langchain.com/o/1/host/deployments/2?revisionPeek=${REVISION_ID}`
const TRIGGER = { commit: COMMIT, repositoryUrl: REPOSITORY_URL, runUrl: RUN_URL, runName: 'Preview #42' }
/** GitHub does not accept a longer comment; the hidden marker in front needs some of the length. */
const LONGEST = 65_536 - 1_000

interface Given extends Partial<Omit<CommentMaterial, 'outputs' | 'record' | 'words'>> {
  readonly outputs?: Partial<Record<OutputName, string>>
  readonly facts?: Partial<RunRecord>
  readonly words?: Partial<Words>
}

function comment({ outputs = {}, facts = {}, words = {}, ...given }: Given = {}): string {
  return commentMarkdown({
    status: 'deployed',
    name: 'agent',
    words: { reason: 'The reason.', telling: [], advice: '', ...words },
    dashboard: DASHBOARD,
    trigger: TRIGGER,
    commit: COMMIT,
    endedAt: Date.UTC(2026, 10, 22, 16, 38, 59),
    outputs: new Map(Object.entries(outputs) as [OutputName, string][]),
    record: { ...firstRecord({ name: 'my-agent', startedAt: 0 }), ...facts },
    ...given
  })
}

const logOf = (...lines: readonly string[]): Partial<RunRecord> => ({
  failureLog: { kind: 'build', revisionId: undefined, lines, telling: [], isTelling: false, isCause: false, advice: '' }
})

const REFERENCE = '&#\\d+;'
const TEXT = `(?:[^<>&]|${REFERENCE})*`
const LINK = new RegExp(`<a href="((?:[^"'<>&]|${REFERENCE})*)">(${TEXT})</a>`, 'g')
const CODE = new RegExp(`<code>(${TEXT})</code>`, 'g')
const LOG =
  /\n\n<details><summary>[\w ]+(?: \(\d+ lines?\))?<\/summary>\n\n<pre>\n((?:[^<>&]|&#(?:38|60|62);)*)\n<\/pre>\n\n<\/details>$/
const QUOTE = /\n\n<pre>\n((?:[^<>&]|&#(?:38|60|62);)*)\n<\/pre>/
const TABLE = /\n\n<table>\n((?:<tr>.*\n)+)<\/table>$/
const ROW = /^<tr><td nowrap><b>([A-Z][A-Za-z ]+)<\/b><\/td><td>(.*)<\/td><\/tr>$/

const withoutLog = (markdown: string) => markdown.replace(LOG, '')
/** Returns the text that a reader sees, without the log. */
const seen = (markdown: string) =>
  withoutReferences(withoutLog(markdown).replace(CODE, '`$1`')).replaceAll('\u200b', '')

/** Returns the cells of the table by label. */
function cells(markdown: string): Record<string, string> {
  const rows = (TABLE.exec(withoutLog(markdown))?.[1] ?? '').trimEnd().split('\n').filter(Boolean)
  return Object.fromEntries(
    rows.map((row) => {
      const [, label = '', cell = ''] = ROW.exec(row) ?? []
      expect(label).not.toBe('')
      return [label, cell]
    })
  )
}

/** Returns text and address of the link in a cell. */
function linkIn(cell: string | undefined): { readonly text: string; readonly address: string } {
  const [[, address = '', text = ''] = []] = [...(cell ?? '').matchAll(LINK)]
  return { text: withoutReferences(text), address: withoutReferences(address) }
}

/**
 * Checks that the comment consists of our heading, words, table and log block, in this order, without other Markdown or
 * HTML, and that GitHub would find no mentions and no references in it. GitHub searches neither links nor code nor logs
 * for them.
 */
function expectOnlyOurs(markdown: string): void {
  const page = withoutLog(markdown).replace(QUOTE, '')
  for (const cell of Object.values(cells(markdown))) {
    expect(cell.replace(LINK, '').replace(CODE, '')).toMatch(/^[A-Za-z0-9 ,:-]*$/)
  }
  const [heading = '', ...blocks] = page.replace(TABLE, '').split('\n\n')
  expect(heading).toMatch(/^### \S+ [^\n]*: [a-z-]+$/)
  const lines = blocks.flatMap((block) => block.split('<br>').map((line) => line.replace(CODE, '')))
  for (const line of [heading.slice(4).replace(/: [a-z-]+$/, ''), ...lines]) {
    expect(line.replace(/&#\d+;/g, '\u0001')).not.toMatch(
      /[<>`*~[\]|\\#@$&\n]|^ {0,3}(?:[-+=]|\d+[.)](?: |$))|^ {4}|:(?! |$)|www\.|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/iu
    )
    expect(withoutReferences(line)).not.toMatch(/@[\w-]|#\d|\bGH-\d/i)
  }
}

const HOSTILE = [
  '@octocat and @acme/team',
  'fixes #1, closes GH-1 and gh-12, acme/agents#3, acme/agents@0123456',
  '</details></summary></pre></code></td></table><script>alert(1)</script>',
  '<!-- langsmith-deploy-action: agent #7 at x -->',
  '--> <img src=x onerror=alert(1)>',
  '| a | b |\n|---|---|\n| c | d |',
  '```js\ncode\n```\n~~~',
  '# a\n\n## b\n\n- c\n> d\n\n    e\n\n---\n\nf\n===',
  '1. a\n2) b\n+ c\n* d',
  '[x](javascript:alert(1)) ![y](https://evil.example/x.png) [z]: https://evil.example',
  'https://github.com/acme/agents/issues/1 www.evil.example mailto:octocat@example.com',
  '&lt;b&gt; &#64;octocat &commat;octocat &num;1',
  '*a* _b_ **c** ~~d~~ `e` $f$ :tada: \\g\\',
  '::error::x ##[error]y',
  '\u001b[31mred\u001b[0m \u0000 \u202e \u2028 x',
  'a\r\nb\rc\td',
  '[^1] [ ] [x]',
  '日本語 👩‍🚀 é'
] as const
const HOSTILE_URLS = [
  'https://agent.example.com/@octocat/#1',
  'https://agent.example.com/)[evil](https://evil.example/(',
  'https://agent.example.com/*_[x]_*?a=1&b=2&amp;c',
  'https://agent.example.com/;GH-1',
  'https://agent.example.com/"onmouseover="alert(1)',
  "https://agent.example.com/'><script>alert(1)</script>"
] as const

test('the comment has no log block without lines, as in the post step', () => {
  expect(comment({ facts: logOf() })).not.toContain('End of the build log')
  expect(comment({ facts: logOf('a line') })).toContain('End of the build log (1 line)')
})

describe('the comment', () => {
  test.each([
    ['deploying', '⏳'],
    ['deployed', '✅'],
    ['failed', '❌'],
    ['superseded', '⏭️'],
    ['timed-out', '⌛'],
    ['cancelled', '🛑'],
    ['unchanged', '✅'],
    ['planned', '📝'],
    ['started', '🚀'],
    ['deleted', '🗑️'],
    ['skipped', '⏭️'],
    ['error', '❌']
  ] as const)('shows the status %s in its heading', (status, mark) => {
    const markdown = comment({ status, outputs: { 'revision-id': REVISION_ID } })
    expect(markdown.split('\n').slice(0, 3)).toEqual([`### ${mark} agent: ${status}`, '', 'The reason.'])
    expectOnlyOurs(markdown)
  })

  test('shows only commit and run before anything else is known', () => {
    const markdown = comment({ status: 'deploying', dashboard: undefined })
    const found = cells(markdown)
    expect(Object.keys(found)).toEqual(['Commit', 'Run'])
    expect(linkIn(found.Commit)).toEqual({ text: '0123456', address: `${REPOSITORY_URL}/commit/${COMMIT}` })
    expect(linkIn(found.Run)).toEqual({ text: 'Preview #42', address: RUN_URL })
    expectOnlyOurs(markdown)
  })

  test('shows all facts that a reader needs', () => {
    const markdown = comment({
      outputs: {
        'deployment-name': 'agent-pr-7',
        'deployment-url': 'https://agent.example.com/x',
        'revision-id': REVISION_ID,
        'active-revision-id': REVISION_ID,
        'revision-status': 'DEPLOYED',
        'commit-sha': COMMIT,
        'image-uri': 'registry.example.com/built:1',
        'duration-seconds': '125'
      }
    })
    expect(markdown).toContain('### ✅ agent-pr-7: deployed')
    const found = cells(markdown)
    expect(Object.keys(found)).toEqual(['Agent Server', 'Revision', 'Commit', 'Run'])
    expect(linkIn(found['Agent Server'])).toEqual({
      text: 'agent.example.com/x',
      address: 'https://agent.example.com/x'
    })
    expect(linkIn(found.Revision)).toEqual({ text: REVISION_ID.slice(0, 8), address: DASHBOARD })
    expect(found.Revision).toMatch(/<\/a> <code>DEPLOYED<\/code>$/)
    expect(linkIn(found.Commit)).toEqual({ text: '0123456', address: `${REPOSITORY_URL}/commit/${COMMIT}` })
    expect(linkIn(found.Run)).toEqual({ text: 'Preview #42', address: RUN_URL })
    expect(found.Run).toMatch(/, 2 min 5 s, 2026-11-22 16:38 UTC$/)
    expectOnlyOurs(markdown)
  })

  test('shows the image if there is no commit, and a revision without a link if its page is unknown', () => {
    const outputs = { 'image-uri': 'ghcr.io/acme/agent:2', 'revision-id': REVISION_ID }
    const found = cells(comment({ outputs, dashboard: undefined, commit: undefined }))
    expect(withoutReferences(found.Image ?? '')).toBe('<code>ghcr.io/acme/agent:2</code>')
    expect(found.Revision).toBe(`<code>${REVISION_ID.slice(0, 8)}</code>`)
  })

  test('links to LangSmith before there is a revision', () => {
    const addresses = Object.values(cells(comment())).map((cell) => linkIn(cell).address)
    expect(addresses).toContain(DASHBOARD)
  })

  test('shows the revision that was rolled back to', () => {
    const found = cells(comment({ status: 'failed', outputs: { 'rolled-back-to': OLDER_ID } }))
    expect(found['Rolled back to']).toBe(`<code>${OLDER_ID.slice(0, 8)}</code>`)
  })

  test('labels the address as currently active if another revision is active', () => {
    const found = cells(
      comment({
        status: 'failed',
        outputs: {
          'revision-id': REVISION_ID,
          'active-revision-id': NEWER_ID,
          'deployment-url': 'https://agent.example.com'
        }
      })
    )
    expect(found).not.toHaveProperty(['Agent Server'])
    expect(linkIn(found['Currently active']).address).toBe('https://agent.example.com')
  })

  test('does not link a commit that may be from another repository', () => {
    expect(cells(comment({ outputs: { 'commit-sha': OTHER_COMMIT } })).Commit).toBe(
      `<code>${OTHER_COMMIT.slice(0, 7)}</code>`
    )
  })

  test('shows no address, revision or commit of a deleted deployment', () => {
    const outputs = { 'deployment-url': 'https://agent.example.com', 'revision-id': REVISION_ID }
    expect(Object.keys(cells(comment({ status: 'deleted', outputs })))).toEqual(['Run'])
  })

  test('works without a workflow', () => {
    const trigger = { commit: undefined, repositoryUrl: '', runUrl: undefined, runName: undefined }
    expectOnlyOurs(comment({ dashboard: undefined, trigger, commit: undefined, words: { reason: '' } }))
  })

  test('links to a run without a name', () => {
    expect(linkIn(cells(comment({ trigger: { ...TRIGGER, runName: undefined } })).Run).address).toBe(RUN_URL)
  })

  test('keeps the lines of reason and advice', () => {
    const words = { reason: 'The build failed.\nIt ended early.', advice: 'Revision 1 is still active.\nFix it.' }
    expect(comment({ status: 'failed', words }).split('\n\n').slice(1, 3)).toEqual([
      'The build failed.<br>It ended early.',
      'Revision 1 is still active.<br>Fix it.'
    ])
  })

  test('quotes the log lines that name the cause', () => {
    const markdown = comment({ status: 'failed', words: { telling: ['ERROR: no @octocat', '  at #1'] } })
    expect(markdown).toContain('<pre>\nERROR: no @octocat\n  at #1\n</pre>')
    expectOnlyOurs(markdown)
  })

  test('contains the unchanged end of the log of a failure', () => {
    const lines = ['Step 1', '  if a < b && c > d:', '', '@octocat #1']
    const markdown = comment({ status: 'failed', facts: logOf(...lines) })
    expect(withoutReferences(LOG.exec(markdown)?.[1] ?? '')).toBe(lines.join('\n'))
    expectOnlyOurs(markdown)
  })
})

describe('text from outside is inert', () => {
  test.each(HOSTILE)('in the name: %j', (name) => {
    const markdown = comment({ name, status: 'error' })
    expectOnlyOurs(markdown)
    expect(seen(markdown).split('\n')[0]).toBe(`### ❌ ${plainLines(name).join(' ')}: error`)
  })

  test.each(HOSTILE)('in the reason and the advice: %j', (text) => {
    const markdown = comment({ status: 'failed', words: { reason: text, advice: text } })
    expectOnlyOurs(markdown)
    for (const line of plainLines(text)) expect(seen(markdown).split(line).length).toBeGreaterThan(2)
  })

  test.each(HOSTILE)('in the lines that name the cause: %j', (text) => {
    const markdown = comment({ status: 'failed', words: { telling: plainLines(text) } })
    expectOnlyOurs(markdown)
    for (const line of plainLines(text)) expect(seen(markdown)).toContain(line)
  })

  test.each(HOSTILE)('in a line of the log: %j', (text) => {
    const markdown = comment({ status: 'failed', facts: logOf(...plainLines(text)) })
    expectOnlyOurs(markdown)
    expect(withoutReferences(LOG.exec(markdown)?.[1] ?? '')).toBe(plainLines(text).join('\n'))
  })

  test.each(HOSTILE)('in the name of the run: %j', (runName) => {
    const markdown = comment({ trigger: { ...TRIGGER, runName } })
    expectOnlyOurs(markdown)
    expect(linkIn(cells(markdown).Run)).toEqual({ text: plainLines(runName).join(' '), address: RUN_URL })
  })

  test.each(HOSTILE_URLS)('in the address of the agent: %s', (url) => {
    const outputs = { 'deployment-url': url, 'revision-id': REVISION_ID, 'active-revision-id': REVISION_ID }
    const markdown = comment({ outputs, dashboard: url })
    expectOnlyOurs(markdown)
    expect(linkIn(cells(markdown)['Agent Server'])).toEqual({ text: url.replace('https://', ''), address: url })
    expect(linkIn(cells(markdown).Revision).address).toBe(url)
  })

  test('in all parts at once, for any text', () => {
    const piece = fc.oneof(
      fc.constantFrom(...HOSTILE),
      anyText(),
      fc.string({ unit: fc.constantFrom(...'<>&#;|`[]()!*_-~=.:"\'\\ \n\r\t1a%$@GH+') })
    )
    fc.assert(
      fc.property(piece, piece, piece, piece, (name, reason, telling, log) => {
        const words = { reason, telling: plainLines(telling), advice: reason }
        const markdown = comment({ name, words, status: 'failed', facts: logOf(...plainLines(log)) })
        expectOnlyOurs(markdown)
        const shown = seen(markdown)
        for (const line of [...reason.split('\n').map((line) => plainLines(line).join(' ')), ...plainLines(telling)]) {
          expect(shown).toContain(line.replaceAll('\u200b', ''))
        }
      }),
      { numRuns: 300 }
    )
  })
})

describe('a comment mentions nobody and references nothing', () => {
  test.each([
    ['@octocat', '&#64;&#8203;octocat'],
    ['@acme/team', '&#64;&#8203;acme/team'],
    ['#1', '&#35;&#8203;1'],
    ['acme/agents#3', 'acme/agents&#35;&#8203;3'],
    ['GH-1', 'GH-&#8203;1'],
    ['gh-1', 'gh-&#8203;1'],
    // These texts are not references.
    ['sigh-1', 'sigh-1'],
    ['GH-x', 'GH-x']
  ])('with %s in a name, a reason or advice', (text, expected) => {
    expect(comment({ name: text }).split('\n')[0]).toBe(`### ✅ ${expected}: deployed`)
    const markdown = comment({ words: { reason: `see ${text}`, advice: `ask ${text}` } })
    expect(markdown).toContain(`\n\nsee ${expected}\n\nask ${expected}\n\n`)
  })
})

describe("the comment is within GitHub's limit", () => {
  const longLog = (line: string) => logOf(...Array<string>(2_000).fill(line.repeat(100)))
  const expectFits = (given: Given) => {
    const markdown = comment({ status: 'failed', ...given })
    expect(markdown.length).toBeLessThan(LONGEST)
    expectOnlyOurs(markdown)
    return markdown
  }

  test.each(['x', 'Step 1/9 : RUN pip install .\t', '日', '👩‍🚀', '<', '<div>&nbsp;</div>', 'if (a && b) => <T>', '@'])(
    'with a huge log of %j',
    (line) => {
      const log = LOG.exec(expectFits({ facts: longLog(line) }))?.[1] ?? ''
      // The comment still shows a useful part of the log.
      expect(log.length).toBeGreaterThan(5_000)
    }
  )

  test.each(['x', '@', '#', '#1 ', '<p>', '日'])('with huge words and a huge log of %j', (piece) => {
    const text = piece.repeat(20_000)
    expectFits({ facts: longLog('<'), words: { reason: text, telling: [text, text], advice: text } })
  })

  test('with thousands of lines that name the cause', () => {
    expectFits({ facts: longLog('<'), words: { telling: Array<string>(20_000).fill('E') } })
  })

  test('and keeps the end of the log, with a complete last line', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}`)
    expect(LOG.exec(expectFits({ facts: logOf(...lines) }))?.[1]).toMatch(/\nline 19998\nline 19999$/)
  })

  test('and keeps the end of the words, with the advice', () => {
    const markdown = expectFits({
      words: { reason: 'Reason. '.repeat(20_000), advice: `${'x '.repeat(9_000)}\nThe advice.` }
    })
    expect(markdown).toContain('<br>The advice.\n\n<table>')
  })
})

test('the steps of the proof are a row of the table, and mention nobody', () => {
  const proof: RunRecord['proof'] = [
    { about: 'health', outcome: 'passed', seen: '/ok returned 200' },
    { about: 'runs', outcome: 'failed', seen: '1 run failed @octocat' }
  ]
  const { Proof } = cells(comment({ facts: { proof } }))
  expect(withoutReferences(Proof ?? '')).toBe(
    '✅ deployed and active<br>✅ /ok returned 200<br>❌ 1 run failed @\u200boctocat'
  )
  expect(cells(comment({ facts: { proof: proof.slice(0, 1) } }))).not.toHaveProperty('Proof')
})
