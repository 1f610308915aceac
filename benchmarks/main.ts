/**
 * `npm run bench`: measures what the README claims of speed, each time next to something else in the same session,
 * since no two machines and no two minutes are alike. Exit code 1 when a limit is not kept.
 *
 * `--quick` takes less than a minute and leaves out the rollouts of a minute and the large archives;
 * `--only startup|feedback|rollout|lookup|archive` measures one part.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { measureArchive } from './archive.ts'
import { measureFeedback } from './feedback.ts'
import { measureLookup } from './lookup.ts'
import { measureMemory } from './memory.ts'
import { type Check, summary } from './output.ts'
import { startRealRollouts } from './rollout.ts'
import { measurePost, measureStartup } from './startup.ts'
import { measureVirtualRollouts } from './virtual-rollout.ts'

const PARTS = ['startup', 'feedback', 'rollout', 'lookup', 'archive']

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } })
const { quick, only } = values
if (only !== undefined && !PARTS.includes(only)) throw new Error(`--only takes ${PARTS.join(', ')}`)
if (!existsSync(new URL('../dist/index.js', import.meta.url)))
  throw new Error('There is no dist; `npm run bundle` first')

process.exitCode = summary(await measure()) ? 0 : 1

async function measure(): Promise<readonly Check[]> {
  const wants = (part: string) => only === undefined || only === part
  const checks: Check[] = []
  // First, and alone: milliseconds count here.
  if (wants('startup')) {
    checks.push(...(await measureStartup(quick ? 11 : 25)), ...(await measurePost(quick ? 15 : 25)))
    checks.push(...(await measureMemory(quick ? 3 : 5)))
  }
  if (wants('feedback')) checks.push(...(await measureFeedback(quick ? 3 : 7)))

  // The long rollouts hardly do anything for most of their minute, so the rest is measured meanwhile.
  const real = wants('rollout') ? await startRealRollouts(quick) : undefined
  if (real) {
    await real.short
    checks.push(...(await measureVirtualRollouts(quick ? 200 : 1_000)))
  }
  if (wants('lookup')) checks.push(...(await measureLookup(quick ? 2 : 5)))
  if (real) checks.push(...(await real.report()))
  // Last, and alone: it keeps the machine busy.
  if (wants('archive')) checks.push(...(await measureArchive(quick)))
  return checks
}
