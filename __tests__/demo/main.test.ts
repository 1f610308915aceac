import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { withoutReferences } from '../support/words.ts'

const DEMO = fileURLToPath(new URL('../../demo/main.ts', import.meta.url))
/** Three rollouts of a few seconds each. */
const LONGEST_MS = 60_000

test(
  'the demo shows each step of the proof in log and summary, and the runs end as they should',
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [DEMO], { timeout: LONGEST_MS })
    const [, first = '', second = '', third = '', end = ''] = withoutReferences(stdout).split(/^=+\n.+\n=+$/m)
    expect(first).toContain('Verdict: deployed.')
    expect(second).toContain('▾ Graphs: 1 graph loads\nagent: passed, 200, ')
    expect(second).toContain('▾ Smoke test: 1 run answered\nagent: passed, answered as expected, ')
    expect(second).toMatch(
      /✅ deployed and active<br>✅ \/ok returned 200, .*<br>✅ 1 graph loads<br>✅ 1 run answered/
    )
    expect(third).toContain('Verdict: failed')
    expect(end).toContain('Two runs passed and one failed, as they should.')
  },
  LONGEST_MS
)
