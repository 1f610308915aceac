import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Plan, PlanRow } from '../../src/deployment/plan.ts'
import { passes, type Verdict } from '../../src/deployment/verdict.ts'
import { type Facts, noFacts, type Phase } from '../../src/report/facts.ts'
import type { OutputName } from '../../src/report/outputs.ts'
import { inWords, type SummaryMaterial, summaryMarkdown } from '../../src/report/summary.ts'
import { COMMIT, DEPLOYMENT_ID, deploymentWith, OLDER_ID, REVISION_ID, revisionWith } from '../deployment/samples.ts'

const START = 1_700_000_000_000

function summary(
  material: Partial<Omit<SummaryMaterial, 'outputs'>> & { readonly outputs?: Partial<Record<OutputName, string>> } = {}
) {
  const { outputs = {}, ...rest } = material
  return summaryMarkdown({
    verdict: { status: 'deployed' },
    facts: noFacts(),
    dashboard: undefined,
    name: 'my-agent',
    text: '',
    endedAt: START,
    ...rest,
    outputs: new Map(Object.entries(outputs) as [OutputName, string][])
  })
}

const withPhases = (...phases: readonly (readonly [number, string])[]): Facts => ({
  ...noFacts(),
  phases: phases.map(([seconds, status]): Phase => ({ status, at: START + seconds * 1000 }))
})
const withPlan = (...rows: readonly PlanRow[]): Facts => {
  const plan: Plan = { kind: 'patch', deployment: deploymentWith(), body: {}, makesRevision: true, rows }
  return { ...noFacts(), plan }
}

const VERDICTS: readonly Verdict[] = [
  { status: 'deployed' },
  { status: 'failed', reason: 'r', advice: 'a' },
  { status: 'superseded', reason: 'r', passes: true },
  { status: 'superseded', reason: 'r', passes: false },
  { status: 'timed-out', reason: 'r', advice: 'a' },
  { status: 'cancelled', reason: 'r' },
  { status: 'unchanged', reason: 'r' },
  { status: 'planned', reason: '' },
  { status: 'started' },
  { status: 'deleted', reason: 'r' },
  { status: 'error', title: 't', reason: 'r' }
]

test('a verdict lets the job go on or not, as the table of verdicts says', () => {
  expect(VERDICTS.filter(passes).map(({ status }) => status)).toEqual([
    'deployed',
    'superseded',
    'unchanged',
    'planned',
    'started',
    'deleted'
  ])
})

describe('the heading', () => {
  test.each(VERDICTS)('tells the verdict: %j', (verdict) => {
    expect(summary({ verdict })).toMatch(new RegExp(`^## \\S+ my-agent: ${verdict.status}$`))
  })

  test('has the name of the deployment once it is known', () => {
    expect(summary({ outputs: { 'deployment-name': 'other' } }).split('\n')[0]).toBe('## ✅ other: deployed')
  })

  test('is followed by the sentence, if there is one', () => {
    expect(summary({ text: 'All is well.' })).toBe('## ✅ my-agent: deployed\n\nAll is well.')
    expect(summary()).toBe('## ✅ my-agent: deployed')
  })
})

describe('the facts', () => {
  test('stand in a table, those that are known', () => {
    const facts = { ...noFacts(), revision: revisionWith({ source_revision_config: { repo_commit_sha: COMMIT } }) }
    const outputs = {
      'deployment-id': DEPLOYMENT_ID,
      'revision-id': REVISION_ID,
      'revision-status': 'DEPLOYED',
      'active-revision-id': REVISION_ID,
      'previous-revision-id': OLDER_ID,
      created: 'true',
      'image-uri': 'agent:1',
      'duration-seconds': '125'
    }
    const code = (text: string) => `<code>${text}</code>`
    expect(summary({ facts, outputs }).split('\n\n')[1]?.split('\n')).toEqual([
      `| Deployment | ${code(DEPLOYMENT_ID)} |`,
      '|:--|:--|',
      `| Revision | ${code(REVISION_ID)} |`,
      `| Revision status | ${code('DEPLOYED')} |`,
      `| Active revision | ${code(REVISION_ID)} |`,
      `| Active before | ${code(OLDER_ID)} |`,
      `| Created by this run | ${code('yes')} |`,
      `| Commit | ${code(COMMIT)} |`,
      `| Image | ${code('agent&#58;1')} |`,
      `| Duration | ${code('2 min 5 s')} |`
    ])
  })

  test.each<[string, Partial<Record<OutputName, string>>, string]>([
    ['that nothing was created', { created: 'false' }, 'Created'],
    [
      'what was active before and still is',
      { 'previous-revision-id': OLDER_ID, 'active-revision-id': OLDER_ID },
      'Active before'
    ],
    ['a commit that is not known', { 'deployment-id': DEPLOYMENT_ID }, 'Commit']
  ])('do not tell %s', (_, outputs, label) => {
    expect(summary({ outputs })).not.toContain(label)
  })
})

describe('the links', () => {
  test.each<[string | undefined, string | undefined, string | undefined]>([
    [
      'https://a.example.com',
      'https://ls/x',
      '[Open the Agent Server](https://a.example.com) · [Open in LangSmith](https://ls/x)'
    ],
    ['https://a.example.com', undefined, '[Open the Agent Server](https://a.example.com)'],
    [undefined, 'https://ls/x', '[Open in LangSmith](https://ls/x)'],
    [undefined, undefined, undefined]
  ])('lead to %s and %s', (url, dashboard, expected) => {
    const markdown = summary({ dashboard, outputs: url ? { 'deployment-url': url } : {} })
    expect(markdown.split('\n\n').find((part) => part.startsWith('['))).toBe(expected)
  })
})

describe('the chart of the phases', () => {
  const chart = (facts: Facts, endedAt = START) =>
    summary({ facts, endedAt })
      .split('\n\n')
      .find((part) => part.startsWith('```mermaid'))
      ?.split('\n')

  test('has a bar for each status, and a milestone for the end', () => {
    const facts = withPhases([0, 'CREATING'], [2.4, 'BUILDING'], [85, 'DEPLOYING'], [125, 'DEPLOYED'])
    expect(chart(facts, START + 126_000)).toEqual([
      '```mermaid',
      'gantt',
      '    dateFormat YYYY-MM-DD HH:mm:ss',
      '    axisFormat %M:%S',
      '    CREATING 2 s :2000-01-01 00:00:00, 2000-01-01 00:00:02',
      '    BUILDING 1 min 23 s :2000-01-01 00:00:02, 2000-01-01 00:01:25',
      '    DEPLOYING 40 s :2000-01-01 00:01:25, 2000-01-01 00:02:05',
      '    DEPLOYED :milestone, 2000-01-01 00:02:05, 0s',
      '```'
    ])
  })

  test('ends with the run when the revision has not ended', () => {
    expect(chart(withPhases([0, 'QUEUED'], [10, 'BUILDING']), START + 70_000)?.slice(4, -1)).toEqual([
      '    QUEUED 10 s :2000-01-01 00:00:00, 2000-01-01 00:00:10',
      '    BUILDING 1 min :2000-01-01 00:00:10, 2000-01-01 00:01:10'
    ])
  })

  test.each(['BUILD_FAILED', 'SKIPPED', 'INTERRUPTED'])('marks a bad end: %s', (status) => {
    expect(chart(withPhases([0, 'BUILDING'], [5, status]))?.at(-2)).toBe(
      `    ${status} :crit, milestone, 2000-01-01 00:00:05, 0s`
    )
  })

  test('gives each bar a second at least, or it could not be seen', () => {
    expect(chart(withPhases([0, 'QUEUED'], [0.1, 'BUILDING']), START + 200)?.slice(4, -1)).toEqual([
      '    QUEUED 0 s :2000-01-01 00:00:00, 2000-01-01 00:00:01',
      '    BUILDING 0 s :2000-01-01 00:00:00, 2000-01-01 00:00:01'
    ])
  })

  test('is left out when there is but one phase', () => {
    expect(chart(withPhases([0, 'DEPLOYED']))).toBeUndefined()
    expect(chart(noFacts())).toBeUndefined()
  })

  test('takes a status that nobody has heard of for a word, never for a command', () => {
    const facts = withPhases([0, 'x\n```\n<script>'], [1, 'A:crit, B\n    click A href "https://evil.example"'])
    expect(chart(facts, START + 2000)?.slice(4)).toEqual([
      '    UNKNOWN 1 s :2000-01-01 00:00:00, 2000-01-01 00:00:01',
      '    ABA 1 s :2000-01-01 00:00:01, 2000-01-01 00:00:02',
      '```'
    ])
  })
})

describe('the plan', () => {
  const details = (facts: Facts, verdict: Verdict) =>
    summary({ facts, verdict })
      .match(/<details[\s\S]*<\/details>/)
      ?.at(0)
  const facts = withPlan(
    { about: 'field', name: 'repo_ref', change: 'changed', from: 'main', to: 'refs/tags/v1' },
    { about: 'secret', name: 'TOKEN', change: 'added' }
  )

  test('is a table behind its title', () => {
    expect(details(facts, { status: 'deployed' })).toBe(
      [
        '<details><summary>Plan&#58; make a new revision</summary>',
        '',
        '| Field | Change |',
        '|---|---|',
        '| <code>repo&#95;ref</code> | changed from main to refs&#47;tags&#47;v1 |',
        '| <code>secret TOKEN</code> | added |',
        '',
        '</details>'
      ].join('\n')
    )
  })

  test.each(VERDICTS)('is open where it is the result or may explain what went wrong: %j', (verdict) => {
    const isOpen = details(facts, verdict)?.startsWith('<details open>')
    expect(isOpen).toBe(verdict.status === 'planned' || !passes(verdict))
  })

  test('is left out when none was made', () => {
    expect(details(noFacts(), { status: 'error', title: 't', reason: 'r' })).toBeUndefined()
  })

  test('is cut after 200 rows, and says so', () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, n): PlanRow => ({ about: 'secret', name: `S${n}`, change: 'kept' }))
    const table = details(withPlan(...rows(205)), { status: 'deployed' }) ?? ''
    expect(table).toContain('secret S199<')
    expect(table).not.toContain('secret S200<')
    expect(table).toContain('| … | 5 more |')
    expect(details(withPlan(...rows(200)), { status: 'deployed' })).not.toContain('more |')
  })
})

test('words from outside cannot become part of the page, wherever they stand', () => {
  const hostile = fc.oneof(
    fc.constantFrom('</details><script>x</script>', '```\n# x', 'a|b', '[x](https://evil.example)', '\n\n## x', '<b>'),
    fc.string({ unit: fc.constantFrom(...'<>`|[]()#*_\n\r~!') })
  )
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, word, status) => {
      const facts: Facts = {
        ...withPlan(
          { about: 'secret', name: word, change: 'kept' },
          { about: 'field', name: word, change: 'set', value: word }
        ),
        revision: revisionWith({ source_revision_config: { repo_commit_sha: `${word}x` } }),
        phases: [status, 'BUILDING', status].map((text, n) => ({ status: text, at: START + n * 1000 }))
      }
      const hostilePage = summary({ name, text: `x${word}`, facts, verdict: { status: 'planned', reason: '' } })
      const tags = hostilePage.match(/<[^>]*>/g) ?? []
      expect(tags.filter((tag) => !/^<(\/?(code|summary)|br)>$/.test(tag))).toEqual(['<details open>', '</details>'])
      expect(hostilePage.match(/`+/g)).toEqual(['```', '```'])
      expect(hostilePage.match(/^#+/gm)).toEqual(['##'])
      expect(hostilePage).not.toMatch(/\]\(|!\[/)
      for (const row of hostilePage.match(/^\|.*$/gm) ?? []) expect(row.match(/\|/g)).toHaveLength(3)
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
])('%d ms are %s', (ms, text) => {
  expect(inWords(ms)).toBe(text)
})

describe('the log of a failure', () => {
  const withLog = (...lines: readonly string[]) =>
    summary({
      verdict: { status: 'failed', reason: 'r', advice: 'a' },
      facts: { ...noFacts(), failureLog: { kind: 'build', lines, telling: [] } }
    })

  test.each([
    ['build', 'End of the build log'],
    ['deploy', 'End of the deploy log']
  ] as const)('of the %s stands in an open block under its name', (kind, title) => {
    const markdown = summary({ facts: { ...noFacts(), failureLog: { kind, lines: ['one', '', 'two'], telling: [] } } })
    expect(markdown).toContain(`<details open><summary>${title}</summary>\n\n<pre>\none\n\ntwo\n</pre>\n\n</details>`)
  })

  test('is not there when no phase failed', () => {
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
  ])('cannot leave its block: %j', (line) => {
    const markdown = withLog('before', line, 'after')
    const [, inner = ''] = /<pre>\n([\s\S]*)\n<\/pre>/.exec(markdown) ?? []
    expect(inner).not.toMatch(/[<>]|&(?!#\d+;)/)
    const read = inner.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    expect(read).toBe(`before\n${line}\nafter`)
    expect(markdown.match(/<\/?pre>/g)).toEqual(['<pre>', '</pre>'])
  })

  test.each(['a', '<', '&', '日', '👩‍🚀'])('fits into what a summary holds, however long it is: %s', (character) => {
    const markdown = withLog(...Array.from({ length: 50 }, () => character.repeat(40_000)))
    expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024)
    expect(markdown.includes('\ufffd')).toBe(false)
  })

  test('keeps its last line, where the cause stands, when it is cut', () => {
    const lines = [...Array.from({ length: 49 }, () => 'x'.repeat(10_000)), 'Error: the cause']
    expect(withLog(...lines).includes('Error: the cause')).toBe(true)
  })
})
