import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Plan } from '../../src/deployment/plan.ts'
import { words } from '../../src/report/message.ts'
import type { OutputName } from '../../src/report/outputs.ts'
import { shownPlan } from '../../src/report/plan-lines.ts'
import { type SummaryMaterial, summaryMarkdown } from '../../src/report/summary.ts'
import { inWords } from '../../src/run/duration.ts'
import type { PlanRow } from '../../src/run/record.ts'
import { firstRecord, type Phase, type RunRecord } from '../../src/run/record.ts'
import { passes, type Verdict } from '../../src/run/verdict.ts'
import {
  COMMIT,
  DEPLOYMENT_ID,
  deploymentWith,
  NEWER_ID,
  OLDER_ID,
  OTHER_COMMIT,
  REVISION_ID
} from '../deployment/samples.ts'

const START = 1_700_000_000_000
const NOTHING = firstRecord({ name: 'my-agent', startedAt: START })

function summary(
  material: Partial<Omit<SummaryMaterial, 'outputs'>> & { readonly outputs?: Partial<Record<OutputName, string>> } = {}
) {
  const { outputs = {}, ...rest } = material
  return summaryMarkdown({
    verdict: { status: 'deployed' },
    record: NOTHING,
    dashboard: undefined,
    name: 'my-agent',
    trigger: undefined,
    commit: undefined,
    words: words(''),
    endedAt: START,
    ...rest,
    outputs: new Map(Object.entries(outputs) as [OutputName, string][])
  })
}

const withPhases = (...phases: readonly (readonly [number, string])[]): RunRecord => ({
  ...NOTHING,
  phases: phases.map(([seconds, status]): Phase => ({ status, at: START + seconds * 1000 }))
})
const withPlan = (...rows: readonly PlanRow[]): RunRecord => {
  const plan: Plan = { kind: 'patch', deployment: deploymentWith(), body: {}, makesRevision: true, rows }
  return { ...NOTHING, plan: shownPlan(plan, (text) => text) }
}

test("a summary stays within GitHub's limit", () => {
  const rows = Array.from({ length: 110 }, (_, index) => ({
    subject: `graph ${index}`,
    outcome: 'passed' as const,
    answer: 'answered',
    ms: 1,
    result: '<'.repeat(2_000)
  }))
  const record: RunRecord = {
    ...NOTHING,
    proof: [{ about: 'runs', outcome: 'passed', seen: '110 runs answered', rows }]
  }
  const page = summary({ record, outputs: { 'deployment-id': DEPLOYMENT_ID } })
  expect(Buffer.byteLength(page)).toBeLessThan(1024 * 1024)
  expect(page).toContain('Part of the summary is omitted')
  expect(page).toContain('110 runs answered')
  expect(page).toContain(`<code>${DEPLOYMENT_ID}</code>`)
})

const VERDICTS: readonly Verdict[] = [
  { status: 'deployed' },
  { status: 'failed', reason: 'r', advice: 'a' },
  { status: 'superseded', reason: 'r', passes: true },
  { status: 'superseded', reason: 'r', passes: false },
  { status: 'timed-out', reason: 'r', advice: 'a' },
  { status: 'cancelled', reason: 'r' },
  { status: 'unchanged', reason: 'r' },
  { status: 'rejected' },
  { status: 'planned', reason: '', changes: 1 },
  { status: 'started' },
  { status: 'deleted', reason: 'r' },
  { status: 'skipped', reason: 'r' },
  { status: 'error', title: 't', reason: 'r' }
]

test('passes() accepts exactly the verdicts that do not fail the job', () => {
  expect(VERDICTS.filter(passes).map(({ status }) => status)).toEqual([
    'deployed',
    'superseded',
    'unchanged',
    'planned',
    'started',
    'deleted',
    'skipped'
  ])
})

describe('the heading', () => {
  test.each(VERDICTS)('contains the verdict: %j', (verdict) => {
    expect(summary({ verdict })).toMatch(new RegExp(`^## \\S+ my-agent: ${verdict.status}$`))
  })

  test('contains the name of the deployment as soon as it is known', () => {
    expect(summary({ outputs: { 'deployment-name': 'other' } }).split('\n')[0]).toBe('## ✅ other: deployed')
  })

  test('is followed by the reason, if there is one', () => {
    expect(summary({ words: words('All is well.') })).toBe('## ✅ my-agent: deployed\n\nAll is well.')
    expect(summary()).toBe('## ✅ my-agent: deployed')
  })

  test('is followed by reason, log and advice, each with its lines', () => {
    const said = { reason: 'It\nbroke.', telling: ['Error: <b>', 'at x'], advice: 'Fix it.' }
    expect(summary({ words: said }).split('\n\n').slice(1)).toEqual([
      'It<br>broke.',
      'The log shows:',
      '<pre>\nError: &#60;b&#62;\nat x\n</pre>',
      'Fix it.'
    ])
  })
})

/** Returns label and cell of each row of the nth table; undefined for any other line. */
function rowsOf(markdown: string, nth = 0) {
  const table = [...markdown.matchAll(/<table>\n([\s\S]*?)\n<\/table>/g)][nth]?.[1] ?? ''
  return table.split('\n').map((line) => {
    const [, label, cell] = /^<tr><td nowrap><b>([\w ]+)<\/b><\/td><td>(.+)<\/td><\/tr>$/.exec(line) ?? []
    return [label, cell]
  })
}
const code = (text: string) => `<code>${text}</code>`

describe('the facts', () => {
  const OUTPUTS = {
    'deployment-id': DEPLOYMENT_ID,
    'deployment-url': 'https://a.example.com',
    'revision-id': REVISION_ID,
    'revision-status': 'DEPLOYED',
    'active-revision-id': REVISION_ID,
    'previous-revision-id': OLDER_ID,
    created: 'true',
    'image-uri': 'agent:1',
    'duration-seconds': '125'
  }
  const LINK = '<a href="https://a.example.com">a.example.com</a>'

  test('are a table of known values, with the address first', () => {
    expect(rowsOf(summary({ outputs: OUTPUTS }))).toEqual([
      ['Agent Server', LINK],
      ['Revision', `${code(REVISION_ID.slice(0, 8))} ${code('DEPLOYED')}`],
      ['Image', code('agent&#58;1')],
      ['Created by this run', 'yes'],
      ['Duration', '2 min 5 s']
    ])
  })

  test('have the address last if another revision is active', () => {
    const outputs = { ...OUTPUTS, 'active-revision-id': OLDER_ID, 'revision-status': 'BUILD_FAILED', created: 'false' }
    const labels = rowsOf(summary({ outputs })).map(([label]) => label)
    expect(labels).toEqual(['Revision', 'Image', 'Currently active', 'Duration'])
  })

  test('link to LangSmith and to the commit of the run', () => {
    const outputs = { 'revision-id': REVISION_ID, 'commit-sha': COMMIT, 'image-uri': 'agent:1' }
    const trigger = { commit: COMMIT, repositoryUrl: 'https://github.com/acme/agents' }
    const rows = rowsOf(summary({ outputs, trigger, dashboard: 'https://ls/x?a=1&b=2' }))
    expect(rows).toEqual([
      ['Revision', `<a href="https://ls/x?a=1&#38;b=2">${REVISION_ID.slice(0, 8)}</a>`],
      ['Commit', `<a href="https://github.com/acme/agents/commit/${COMMIT}">${COMMIT.slice(0, 7)}</a>`]
    ])
  })

  const TRIGGER = { commit: COMMIT, repositoryUrl: 'https://github.com/acme/agents' }
  const AT_GITHUB = `<a href="https://github.com/acme/agents/commit/${COMMIT}">${COMMIT.slice(0, 7)}</a>`

  test('contain the commit of the run instead of the image until the commit of the revision is known', () => {
    const outputs = { 'image-uri': 'agent:1' }
    expect(rowsOf(summary({ outputs, trigger: TRIGGER, commit: COMMIT }))).toEqual([['Commit', AT_GITHUB]])
  })

  test('contain another commit of the revision without a link, because it may be from another repository', () => {
    const outputs = { 'commit-sha': OTHER_COMMIT }
    expect(rowsOf(summary({ outputs, trigger: TRIGGER, commit: COMMIT }))).toEqual([
      ['Commit', code(OTHER_COMMIT.slice(0, 7))]
    ])
  })

  test('contain the image if the run does not deploy its commit', () => {
    const outputs = { 'image-uri': 'agent:1' }
    expect(rowsOf(summary({ outputs, trigger: TRIGGER }))).toEqual([['Image', code('agent&#58;1')]])
  })

  test('contain the commit of the run without a link if the repository is unknown', () => {
    const trigger = { commit: COMMIT, repositoryUrl: '' }
    expect(rowsOf(summary({ outputs: {}, trigger, commit: COMMIT }))).toEqual([['Commit', code(COMMIT.slice(0, 7))]])
    expect(rowsOf(summary({ outputs: {}, commit: COMMIT }))).toEqual([['Commit', code(COMMIT.slice(0, 7))]])
  })

  test.each<[string, Partial<Record<OutputName, string>>, string]>([
    ['that the run created nothing', { created: 'false' }, 'Created'],
    ['a duration without a deployment', { 'duration-seconds': '125' }, 'Duration'],
    ['an unknown commit', { 'deployment-id': DEPLOYMENT_ID }, 'Commit']
  ])('do not contain %s', (_, outputs, label) => {
    expect(summary({ outputs })).not.toContain(label)
  })

  test('are followed by their full IDs', () => {
    const outputs = { ...OUTPUTS, 'commit-sha': COMMIT, 'rolled-back-to': OLDER_ID, 'active-revision-id': NEWER_ID }
    const markdown = summary({ outputs })
    expect(markdown).toContain('<details><summary>IDs</summary>\n\n<table>')
    expect(rowsOf(markdown, 1)).toEqual([
      ['Deployment', code(DEPLOYMENT_ID)],
      ['Revision', code(REVISION_ID)],
      ['Active revision', code(NEWER_ID)],
      ['Previously active', code(OLDER_ID)],
      ['Rolled back to', code(OLDER_ID)],
      ['Commit', code(COMMIT)],
      ['Image', code('agent&#58;1')]
    ])
  })

  test.each<[string, Partial<Record<OutputName, string>>, string]>([
    [
      'a previous revision that is still active',
      { 'previous-revision-id': OLDER_ID, 'active-revision-id': OLDER_ID },
      'Previously active'
    ],
    [
      'an active revision that is the revision of the run',
      { 'revision-id': REVISION_ID, 'active-revision-id': REVISION_ID },
      'Active'
    ]
  ])('are not followed by %s', (_, outputs, label) => {
    expect(summary({ outputs })).not.toContain(label)
  })
})

describe('the chart of the phases', () => {
  /** Number of lines before the first bar. */
  const BARS = 6
  const chart = (facts: RunRecord, endedAt = START) =>
    summary({ record: facts, endedAt })
      .split('\n\n')
      .find((part) => part.startsWith('```mermaid'))
      ?.split('\n')

  test('has a bar for each status, and a milestone for the end', () => {
    const facts = withPhases([0, 'CREATING'], [2.4, 'BUILDING'], [85, 'DEPLOYING'], [125, 'DEPLOYED'])
    expect(chart(facts, START + 126_000)).toEqual([
      '```mermaid',
      expect.stringMatching(/^%%\{init: .*\}%%$/),
      'gantt',
      '    dateFormat YYYY-MM-DD HH:mm:ss',
      '    axisFormat %M:%S',
      '    tickInterval 1minute',
      '    CREATING 2 s :done, 2000-01-01 00:00:00, 2000-01-01 00:00:02',
      '    BUILDING 1 min 23 s :2000-01-01 00:00:02, 2000-01-01 00:01:25',
      '    DEPLOYING 40 s :2000-01-01 00:01:25, 2000-01-01 00:02:05',
      '    DEPLOYED :milestone, 2000-01-01 00:02:05, 0s',
      '```'
    ])
  })

  test('ends with the run if the revision has not ended', () => {
    const facts = withPhases([0, 'CREATING'], [5, 'QUEUED'], [10, 'BUILDING'])
    expect(chart(facts, START + 70_000)?.slice(BARS, -1)).toEqual([
      '    CREATING 5 s :done, 2000-01-01 00:00:00, 2000-01-01 00:00:05',
      '    QUEUED 5 s :done, 2000-01-01 00:00:05, 2000-01-01 00:00:10',
      '    BUILDING 1 min :2000-01-01 00:00:10, 2000-01-01 00:01:10'
    ])
  })

  test.each(['BUILD_FAILED', 'SKIPPED', 'INTERRUPTED'])('marks a failed end: %s', (status) => {
    expect(chart(withPhases([0, 'QUEUED'], [5, 'BUILDING'], [15, status]))?.at(-2)).toBe(
      `    ${status} :crit, milestone, 2000-01-01 00:00:15, 0s`
    )
  })

  test('shows failures in red and waiting in gray', () => {
    const phases = [0, 5, 10, 15].map(
      (at, n) => [at, ['QUEUED', 'BUILDING', 'DEPLOYING', 'DEPLOY_FAILED'][n] ?? ''] as const
    )
    const tags = chart(withPhases(...phases))
      ?.slice(BARS, -1)
      .map((line) => line.replace(/2000.*/, '').trim())
    expect(tags).toEqual([
      'QUEUED 5 s :done,',
      'BUILDING 5 s :',
      'DEPLOYING 5 s :crit,',
      'DEPLOY_FAILED :crit, milestone,'
    ])
  })

  test.each([
    [20, '%M:%S', '5second'],
    [60, '%M:%S', '10second'],
    [600, '%M:%S', '1minute'],
    [3_599, '%M:%S', '5minute'],
    [3_600, '%H:%M', '5minute'],
    [7_200, '%H:%M', '30minute']
  ])('of %d seconds has the axis format %s and a tick every %s', (seconds, format, tick) => {
    const lines = chart(withPhases([0, 'CREATING'], [1, 'QUEUED'], [2, 'BUILDING']), START + seconds * 1000)
    expect(lines?.slice(BARS - 2, BARS)).toEqual([`    axisFormat ${format}`, `    tickInterval ${tick}`])
  })

  test('ends with the rollout even if the run continues', () => {
    const lines = chart(withPhases([0, 'QUEUED'], [5, 'BUILDING'], [50, 'DEPLOYED']), START + 7_200_000)
    expect(lines?.slice(BARS - 2, BARS)).toEqual(['    axisFormat %M:%S', '    tickInterval 10second'])
  })

  test('gives each bar at least a second, so that the bar is visible', () => {
    const facts = withPhases([0, 'CREATING'], [0.1, 'QUEUED'], [0.2, 'BUILDING'])
    expect(chart(facts, START + 10_000)?.slice(BARS, -1)).toEqual([
      '    CREATING 0 s :done, 2000-01-01 00:00:00, 2000-01-01 00:00:01',
      '    QUEUED 0 s :done, 2000-01-01 00:00:00, 2000-01-01 00:00:01',
      '    BUILDING 10 s :2000-01-01 00:00:00, 2000-01-01 00:00:10'
    ])
  })

  test('is omitted for a rollout of less than 10 s or fewer than three phases', () => {
    const three = [
      [0, 'CREATING'],
      [1, 'QUEUED'],
      [2, 'BUILDING']
    ] as const
    expect(chart(withPhases(...three), START + 9_900)).toBeUndefined()
    expect(chart(withPhases(...three), START + 10_000)).toBeDefined()
    expect(chart(withPhases([0, 'QUEUED'], [50, 'BUILDING']), START + 90_000)).toBeUndefined()
    expect(chart(withPhases([0, 'DEPLOYED']))).toBeUndefined()
    expect(chart(NOTHING)).toBeUndefined()
  })

  test('shows an unknown status as a word, never as a command', () => {
    const facts = withPhases(
      [0, 'x\n```\n<script>'],
      [1, 'A:crit, B\n    click A href "https://evil.example"'],
      [2, 'BUILDING']
    )
    expect(chart(facts, START + 12_000)?.slice(BARS)).toEqual([
      '    UNKNOWN 1 s :done, 2000-01-01 00:00:00, 2000-01-01 00:00:01',
      '    ABA 1 s :done, 2000-01-01 00:00:01, 2000-01-01 00:00:02',
      '    BUILDING 10 s :2000-01-01 00:00:02, 2000-01-01 00:00:12',
      '```'
    ])
  })
})

describe('the plan', () => {
  const details = (facts: RunRecord, verdict: Verdict) =>
    summary({ record: facts, verdict })
      .match(/<details[\s\S]*<\/details>/)
      ?.at(0)
  const facts = withPlan(
    { about: 'field', name: 'repo_ref', change: 'changed', from: 'main', to: 'refs/tags/v1' },
    { about: 'secret', name: 'TOKEN', change: 'added' }
  )

  test('is a table below its title', () => {
    expect(details(facts, { status: 'deployed' })).toBe(
      [
        '<details><summary>Plan: create a new revision (1 changed, 1 added)</summary>',
        '',
        '| Input | Change |',
        '|---|---|',
        '| <code>repo-ref</code> | changed from main to refs/tags/v1 |',
        '| secret <code>TOKEN</code> | added |',
        '',
        '</details>'
      ].join('\n')
    )
  })

  test.each(VERDICTS)('is open if it is the result or may explain a failure: %j', (verdict) => {
    const isOpen = details(facts, verdict)?.startsWith('<details open>')
    expect(isOpen).toBe(verdict.status === 'planned' || !passes(verdict))
  })

  test('folds kept rows below the changes, and is folded itself without changes', () => {
    const kept: PlanRow = { about: 'secret', name: 'KEPT', change: 'kept' }
    const added: PlanRow = { about: 'secret', name: 'TOKEN', change: 'added' }
    const failed: Verdict = { status: 'failed', reason: 'r', advice: 'a' }
    const table = details(withPlan(kept, added), failed) ?? ''
    expect(table).toMatch(/^<details open><summary>.* \(1 added, 1 kept\)<\/summary>/)
    const [changes = '', rest = ''] = table.split('<details><summary>1 kept</summary>')
    expect(changes).toContain('TOKEN')
    expect(changes).not.toContain('KEPT')
    expect(rest).toContain('KEPT')
    expect(details(withPlan(kept), failed)).toMatch(/^<details><summary>/)
  })

  test('shows the values of a variable as plain text', () => {
    const row: PlanRow = {
      about: 'variable',
      name: 'LEVEL',
      change: 'changed',
      from: 'sk-0123456789abcdefXYZ',
      to: '<b>|`x`'
    }
    expect(details(withPlan(row), { status: 'planned' } as Verdict)).toContain(
      '| variable <code>LEVEL</code> | changed from (hidden) to &#60;b&#62;&#124;&#96;x&#96; |'
    )
  })

  test('is omitted if there is none', () => {
    expect(details(NOTHING, { status: 'error', title: 't', reason: 'r' })).toBeUndefined()
  })

  test('is cut after 200 rows, with a note', () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, n): PlanRow => ({ about: 'secret', name: `S${n}`, change: 'kept' }))
    const table = details(withPlan(...rows(205)), { status: 'deployed' }) ?? ''
    expect(table).toContain('>S199<')
    expect(table).not.toContain('>S200<')
    expect(table).toContain('| … | 5 more |')
    expect(details(withPlan(...rows(200)), { status: 'deployed' })).not.toContain('more |')
  })
})

test('text from outside cannot change the markup of the page', () => {
  const hostile = fc.oneof(
    fc.constantFrom('</details><script>x</script>', '```\n# x', 'a|b', '[x](https://evil.example)', '\n\n## x', '<b>'),
    fc.string({ unit: fc.constantFrom(...'<>`|[]()#*_\n\r~!') })
  )
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, word, status) => {
      const facts: RunRecord = {
        ...withPlan(
          { about: 'secret', name: word, change: 'kept' },
          { about: 'field', name: word, change: 'set', value: word }
        ),
        phases: [status, 'BUILDING', status].map((text, n) => ({ status: text, at: START + n * 10_000 }))
      }
      const hostilePage = summary({
        name,
        endedAt: START + 30_000,
        words: { reason: `x${word}`, telling: [word], advice: word },
        record: facts,
        verdict: { status: 'planned', reason: '', changes: 1 }
      })
      const tags = hostilePage.match(/<[^>]*>/g) ?? []
      expect(tags.filter((tag) => !/^<(\/?(code|summary|pre)|br)>$/.test(tag))).toEqual([
        '<details open>',
        '<details>',
        '</details>',
        '</details>'
      ])
      // Markdown is not active between these tags.
      const page = hostilePage.replace(/^<pre>\n[^<]*\n<\/pre>$/gm, '')
      expect(page.match(/`+/g)).toEqual(['```', '```'])
      expect(page.match(/^#+/gm)).toEqual(['##'])
      expect(page).not.toMatch(/\]\(|!\[/)
      for (const row of page.match(/^\|.*$/gm) ?? []) expect(row.match(/\|/g)).toHaveLength(3)
    })
  )
})

test.each<[number, string]>([
  [0, '0 s'],
  [499, '0 s'],
  [59_400, '59 s'],
  [59_500, '1 min'],
  [125_000, '2 min 5 s'],
  [3_599_600, '1 h'],
  [5_400_000, '1 h 30 min'],
  [5 * 24 * 3_600_000, '120 h']
])('inWords returns %d ms as %s', (ms, text) => {
  expect(inWords(ms)).toBe(text)
})

describe('the log of a failure', () => {
  const withLog = (...lines: readonly string[]) =>
    summary({
      verdict: { status: 'failed', reason: 'r', advice: 'a' },
      record: {
        ...NOTHING,
        failureLog: {
          kind: 'build',
          revisionId: undefined,
          lines,
          telling: [],
          isTelling: false,
          isCause: false,
          advice: ''
        }
      }
    })

  test.each([
    ['build', 'End of the build log (3 lines)'],
    ['deploy', 'End of the deploy log (3 lines)']
  ] as const)('is folded below its name and length: %s', (kind, title) => {
    const markdown = summary({
      record: {
        ...NOTHING,
        failureLog: {
          kind,
          revisionId: undefined,
          lines: ['one', '', 'two'],
          telling: [],
          isTelling: false,
          isCause: false,
          advice: ''
        }
      }
    })
    expect(markdown).toContain(`<details><summary>${title}</summary>\n\n<pre>\none\n\ntwo\n</pre>\n\n</details>`)
  })

  test('is omitted if no phase failed', () => {
    expect(summary()).not.toMatch(/<pre>|log/)
  })

  test.each([
    '</pre></details><script>alert(1)</script>',
    '```\n# title\n```',
    '<!-- comment',
    '&lt;b&gt; &#60;',
    '| a | b |',
    '[link](https://evil.example)',
    '~~~',
    '<details>',
    ']]>'
  ])('cannot close its block: %j', (line) => {
    const markdown = withLog('before', line, 'after')
    const [, inner = ''] = /<pre>\n([\s\S]*)\n<\/pre>/.exec(markdown) ?? []
    expect(inner).not.toMatch(/[<>]|&(?!#\d+;)/)
    const read = inner.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    expect(read).toBe(`before\n${line}\nafter`)
    expect(markdown.match(/<\/?pre>/g)).toEqual(['<pre>', '</pre>'])
  })

  test.each(['a', '<', '&', '日', '👩‍🚀'])('fits into a summary at any length: %s', (character) => {
    const markdown = withLog(...Array.from({ length: 50 }, () => character.repeat(40_000)))
    expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024)
    expect(markdown.includes('\ufffd')).toBe(false)
  })

  test('keeps its last line, which names the cause, when it is cut', () => {
    const lines = [...Array.from({ length: 49 }, () => 'x'.repeat(10_000)), 'Error: the cause']
    expect(withLog(...lines).includes('Error: the cause')).toBe(true)
  })
})

describe('the length of a summary', () => {
  const MIB = 1_048_576
  const long = '&<'.repeat(100_000)
  const lines = Array.from({ length: 2_000 }, (_, index) => `${index} ${'<&>'.repeat(200)}`)
  const failureLog: RunRecord['failureLog'] = {
    kind: 'deploy',
    revisionId: REVISION_ID,
    lines,
    telling: [],
    isTelling: false,
    isCause: false,
    isVague: false,
    advice: ''
  }
  const outputs = { 'deployment-id': DEPLOYMENT_ID }

  test.each([
    ['words', ''],
    ['long words', long]
  ])("is within GitHub's limit, because the log is shortened first (%s)", (_, reason) => {
    const page = summary({ record: { ...NOTHING, failureLog }, words: words(reason), outputs })
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(MIB)
    expect(page).toContain('my-agent')
    expect(page).toContain('1999 &#60;')
    expect(page).toContain('<summary>IDs</summary>')
  })

  test('does not shorten a log that fits', () => {
    const page = summary({ record: { ...NOTHING, failureLog: { ...failureLog, lines: lines.slice(0, 100) } }, outputs })
    expect(page).toContain('\n0 &#60;')
    expect(page).toContain('\n99 &#60;')
  })
})
