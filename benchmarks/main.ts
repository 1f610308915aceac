/**
 * `npm run bench`: measures the README's claims about speed, each relative to a baseline in the same session, because
 * machines differ and vary over time. The exit code is 1 if a limit is exceeded.
 *
 * `--quick` takes less than a minute and omits the one-minute rollouts and the large archives;
 * `--only startup|feedback|rollout|lookup|archive` measures one part.
 */
import { existsSync } from 'node:fs'
import { readArguments, refuse } from '../scripts/command-line.ts'
import { measureArchive } from './archive.ts'
import { measureFeedback } from './feedback.ts'
import { measureLookup } from './lookup.ts'
import { measureMemory } from './memory.ts'
import { type Check, summary } from './output.ts'
import { startRealRollouts } from './rollout.ts'
import { measurePost, measureStartup } from './startup.ts'
import { measureVirtualRollouts } from './virtual-rollout.ts'

const PARTS = ['startup', 'feedback', 'rollout', 'lookup', 'archive']

const { values } = readArguments(`npm run bench -- [--quick] [--only ${PARTS.join('|')}]`, {
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } }
})
const { quick, only } = values
if (only !== undefined && !PARTS.includes(only)) refuse(`--only must be one of ${PARTS.join(', ')}, not '${only}'.`)
if (!existsSync(new URL('../dist/index.js', import.meta.url))) refuse('dist is missing; run `npm run bundle` first.')

process.exitCode = summary(await measure()) ? 0 : 1

async function measure(): Promise<readonly Check[]> {
  const wants = (part: string) => only === undefined || only === part
  const checks: Check[] = []
  // First and alone: milliseconds count here.
  if (wants('startup')) {
    checks.push(...(await measureStartup(quick ? 11 : 25)), ...(await measurePost(quick ? 15 : 25)))
    checks.push(...(await measureMemory(quick ? 3 : 5)))
  }
  if (wants('feedback')) checks.push(...(await measureFeedback(quick ? 3 : 7)))

  // The long rollouts are mostly idle for a minute, so the other parts run in the meantime.
  const real = wants('rollout') ? await startRealRollouts(quick) : undefined
  if (real) {
    await real.short
    checks.push(...(await measureVirtualRollouts(quick ? 200 : 1_000)))
  }
  if (wants('lookup')) checks.push(...(await measureLookup(quick ? 2 : 5)))
  if (real) checks.push(...(await real.report()))
  // Last and alone: this part uses the whole machine.
  if (wants('archive')) checks.push(...(await measureArchive(quick)))
  return checks
}
