import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'

const DEMO = fileURLToPath(new URL('../../demo/main.ts', import.meta.url))
/** Time limit for three rollouts of a few seconds each. */
const LONGEST_MS = 60_000

test(
  'the demo shows the proof, quotes the failing line, and writes its summaries to files and a page',
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [DEMO], { timeout: LONGEST_MS })
    const [, first = '', second = '', third = '', end = ''] = stdout.split(/^=+\n.+\n=+$/m)
    expect(first).toContain('Verdict: deployed.')
    expect(second).toContain('▾ Graphs: 1 graph loads\nagent: passed (200, ')
    expect(second).toContain('▾ Smoke test: 1 run answered\nagent: passed (answered as expected, ')
    expect(third).toContain('No matching distribution found for langchain-opeanai')
    expect(third).toContain('Verdict: failed')
    for (const scene of [first, second, third]) expect(scene).toMatch(/^Exit code: [01]\nstatus: \w+\n/m)
    const files = [...stdout.matchAll(/Job summary: (\S+)$/gm)].map(([, path = '']) => readFileSync(path, 'utf8'))
    expect(files).toHaveLength(3)
    expect(files[1]).toMatch(/✅ deployed and active<br>✅ \/ok .*<br>✅ 1 graph loads<br>✅ 1 run answered/)
    expect(end).toContain('Two runs passed and one failed, as expected.')
    const page = readFileSync(/render.*: (\S+)$/m.exec(end)?.[1] ?? '', 'utf8')
    expect(page.match(/<section>/g)).toHaveLength(3)
    expect(page).toContain('No matching distribution found for langchain-opeanai')
    // All Markdown is rendered.
    expect(page).not.toMatch(/^(?:##|\||```)/m)
  },
  LONGEST_MS
)
