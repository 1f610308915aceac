import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { runAction } from '../demo/runner.ts'
import { inputsFor, startControlPlane } from './control-plane.ts'
import { type Check, heading, SPREAD, spread, table } from './output.ts'
import { quantile } from './statistics.ts'

const LIMIT_MIB = 90
export const KIB_PER_MIB = 1024

/**
 * Measures the peak resident memory of complete deploys against an idle Node process.
 *
 * @param runs number of runs of each kind
 */
export async function measureMemory(runs: number): Promise<readonly Check[]> {
  heading(`Peak memory of a whole deploy (${runs} runs), compared with \`node -e 0\`, in MiB`)
  const idle: (number | undefined)[] = []
  for (let run = 0; run < runs; run += 1) idle.push(await idlePeak())

  const controlPlane = await startControlPlane()
  const names = Array.from({ length: runs }, (_, run) => `memory-${run}`)
  const peaks = await Promise.all(names.map((name) => deployPeak(inputsFor(controlPlane, name)))).finally(
    controlPlane.close
  )
  const known = peaks.filter((peak) => peak !== undefined)
  if (known.length === 0) {
    console.log('Measured only on Linux.')
    return []
  }
  table(
    ['', ...SPREAD],
    [
      [
        'node -e 0',
        ...spread(
          idle.filter((peak) => peak !== undefined),
          1
        )
      ],
      ['action, create to DEPLOYED', ...spread(known, 1)]
    ]
  )
  const worst = quantile(known, 1)
  return [
    {
      claim: 'Peak memory of a deploy',
      measured: `${worst.toFixed(1)} MiB`,
      limit: `<= ${LIMIT_MIB} MiB`,
      aim: '',
      holds: worst <= LIMIT_MIB
    }
  ]
}

/** The same kernel figure as for the action; an idle process can read its own. */
export async function idlePeak(): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined
  const program = "console.log(fs.readFileSync('/proc/self/status', 'utf8'))"
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program])
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(stdout)?.[1]
  return peak === undefined ? undefined : Number(peak) / KIB_PER_MIB
}

async function deployPeak(inputs: Readonly<Record<string, string>>): Promise<number | undefined> {
  const { exitCode, peakRssKiB, log } = await runAction({ with: inputs, measureMemory: true, post: false })
  if (exitCode !== 0) throw new Error(`The deploy failed:\n${log}`)
  return peakRssKiB === undefined ? undefined : peakRssKiB / KIB_PER_MIB
}
