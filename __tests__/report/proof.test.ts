import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ladder, proofRowLines, proofTables } from '../../src/report/proof.ts'
import { sweptTable } from '../../src/report/sweep.ts'
import type { ProofRow, ProofStep } from '../../src/run/record.ts'

test('text of a server cannot change the markup of the page', () => {
  const hostile = fc.oneof(
    fc.constantFrom('</details><script>x</script>', '```\n# x', 'a|b', '[x](https://evil.example)', '\n\n## x', '<b>'),
    fc.string({ unit: fc.constantFrom(...'<>`|[]()#*_\n\r~!') })
  )
  fc.assert(
    fc.property(hostile, hostile, hostile, (subject, answer, result) => {
      const step: ProofStep = {
        about: 'runs',
        outcome: 'failed',
        seen: answer,
        rows: [{ subject, outcome: 'failed', answer, ms: 1, result }]
      }
      const page = `${ladder({ proof: [step] })}\n${proofTables([step])}`
      const tags = new Set(
        (page.match(/<[^>]*>/g) ?? []).filter((tag) => !/^<(\/?(code|summary|details)|br)>$/.test(tag))
      )
      expect([...tags]).toEqual([])
      expect(page).not.toMatch(/`|^#|\]\(|!\[/m)
      for (const row of page.match(/^\|.*$/gm) ?? []) expect(row.match(/\|/g)).toHaveLength(4)
    })
  )
})

test('text in backticks is code', () => {
  const answer = 'returned no answer that contains "a|b" (`expect.contains`)'
  const step: ProofStep = {
    about: 'runs',
    outcome: 'failed',
    seen: 'see `x`',
    rows: [{ subject: 'agent', outcome: 'failed', answer, ms: 1 }]
  }
  expect(proofTables([step])).toContain('contains "a&#124;b" (<code>expect.contains</code>) | 1 |')
  expect(ladder({ proof: [step] })).toContain('see <code>x</code>')
  const swept = [{ name: 'agent-pr-1', pullRequest: 1, outcome: 'kept' as const, why: '`github-token` cannot read #1' }]
  expect(sweptTable({ swept })).toContain('<code>github-token</code> cannot read &#35;1')
})

test('proofRowLines returns a row as a log line, followed by its result', () => {
  const row: ProofRow = { subject: 'agent', outcome: 'left', answer: '404: gone', ms: 12 }
  expect(proofRowLines(row)).toEqual(['agent: skipped (404: gone, 12 ms)'])
  expect(proofRowLines({ ...row, outcome: 'passed', result: 'Hello' })[1]).toBe('  result: Hello')
})
