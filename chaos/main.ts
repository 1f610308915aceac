/**
 * `npm run chaos -- --seeds 1000`: runs all commands against the emulator, through a proxy that loses, repeats, delays
 * and corrupts messages, while rivals push and delete. Checks the results from outside. The exit code is 1 after a
 * violation.
 *
 * `--seeds N` plays N seeds, `--from N` sets the first seed (default 1); `--seed N` plays one seed and prints its
 * story; `--workers N` sets the number of threads (default: one for each core).
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { readArguments, wholeNumber } from '../scripts/command-line.ts'
import { playSeed, type Result } from './result.ts'
import { story } from './story.ts'
import { table } from './table.ts'

const usage = 'npm run chaos -- [--seeds NUMBER] [--from NUMBER] [--seed NUMBER] [--workers NUMBER]'
const { values } = readArguments(usage, {
  options: {
    seeds: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    workers: { type: 'string', default: String(availableParallelism()) }
  }
})
const seeds = wholeNumber('seeds', values.seeds)
const from = wholeNumber('from', values.from)
const workers = wholeNumber('workers', values.workers, 1_000)
const seed = values.seed === undefined ? undefined : wholeNumber('seed', values.seed)

process.exitCode = (await (seed === undefined ? playMany() : playAlone(seed))) ? 0 : 1

async function playAlone(seed: number): Promise<boolean> {
  const { evidence, result } = await playSeed(seed)
  console.log(story(evidence, result.violations))
  console.log(result.violations.length === 0 ? 'No violations.' : '')
  return result.violations.length === 0
}

async function playMany(): Promise<boolean> {
  const since = performance.now()
  const last = from + seeds - 1
  let next = from
  const results: Result[] = []
  const take = (result: Result) => {
    results.push(result)
    for (const { rule, text } of result.violations) {
      const { seed, command, source, verdict } = result
      console.log(`seed ${seed} (${command}, ${source}, ${verdict}) ${rule}: ${text}`)
    }
    if (result.violations.length > 0) console.log(`  reproduce: npm run chaos -- --seed ${result.seed}`)
  }
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('worker.ts', import.meta.url))
      const give = () => {
        if (next > last) return void worker.terminate().then(() => resolve(), reject)
        worker.postMessage(next)
        next += 1
      }
      worker.on('message', (result: Result) => {
        take(result)
        give()
      })
      worker.on('error', reject)
      give()
    })
  await Promise.all(Array.from({ length: workers }, work))
  console.log(table(results, performance.now() - since))
  return results.every(({ violations }) => violations.length === 0)
}
