import { execFile } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { runAction } from '../demo/runner.ts'
import { object } from '../src/run/object.ts'
import { type SeparateControlPlane, startSeparateControlPlane } from './control-plane.ts'
import { idlePeak, KIB_PER_MIB } from './memory.ts'
import { type Check, heading, SPREAD, spread, table } from './output.ts'
import { median } from './statistics.ts'
import { TINY, type Tree, treeOf, treeOfSmallFiles, type Written, writeTree } from './tree.ts'

/** Maximum ratio of packing to `tar | gzip`. */
const RATIO_LIMIT = 1.3
/** Maximum memory of a deploy above that of the tiny tree. */
const GROWTH_LIMIT_MIB = 60
/** A process that takes longer hangs. */
const LONGEST_MS = 60_000
/** Time budget: a round that would probably end after it does not start, except the first of each tree. */
const BUDGET_MS = { quick: 24_000, full: 140_000 }

const PACK = fileURLToPath(new URL('pack.ts', import.meta.url))
const TAR = 'tar -C "$1" --no-recursion -cf - -T "$2" | gzip -6 > "$3"'

const run = promisify(execFile)

interface Plan {
  readonly tree: Tree
  readonly rounds: number
}

function plansFor(quick: boolean): readonly Plan[] {
  const small = [
    { tree: treeOf(10), rounds: quick ? 3 : 7 },
    { tree: treeOfSmallFiles(20_000), rounds: quick ? 3 : 7 }
  ]
  return quick ? small : [...small, { tree: treeOf(100), rounds: 4 }, { tree: treeOf(190), rounds: 3 }]
}

/** Measurements of one process; a field is absent if it does not apply or cannot be measured. */
interface Sample {
  readonly seconds?: number
  readonly peakMiB?: number
  readonly archive?: Archive
}

interface Archive {
  readonly entries?: number
  readonly sha256?: string
  readonly bytes?: number
}

/** A tree, with the files and folders of its benchmark. */
interface Scene {
  readonly controlPlane: SeparateControlPlane
  readonly workspace: string
  readonly tinyWorkspace: string
  /** The paths of the tree, one per line. */
  readonly list: string
  /** The folder for archives. */
  readonly output: string
}

const BASELINE = 'tar | gzip -6'
const PACKING = 'packing alone'
const ACTION = 'action'
const TINY_ACTION = 'action, tiny tree'
const IDLE = 'node -e 0'

/** The processes of every round, in alternating order. */
const RUNS: ReadonlyMap<string, (scene: Scene) => Promise<Sample>> = new Map([
  [BASELINE, packByTar],
  [PACKING, packAlone],
  [ACTION, ({ controlPlane, workspace }: Scene) => deploy(controlPlane, workspace)],
  [TINY_ACTION, ({ controlPlane, tinyWorkspace }: Scene) => deploy(controlPlane, tinyWorkspace)],
  [IDLE, idle]
])

/**
 * Measures the packing of trees against `tar | gzip`, and the time and memory of complete deploys of them against a
 * deploy of a tiny tree.
 *
 * @param quick omits the large trees
 */
export async function measureArchive(quick: boolean): Promise<readonly Check[]> {
  heading('Deploying the checked-out source: packing and upload, compared with `tar | gzip -6` of the same files')
  console.log(
    'Packing is listEntries and packArchive in src (types stripped by Node), without the start of the process.\n' +
      'The action is dist, from spawn to exit, with `wait: false` and a control plane in a separate process on this\n' +
      'machine. The tiny tree has three files. A quarter of the bytes is random.'
  )
  const deadline = performance.now() + (quick ? BUDGET_MS.quick : BUDGET_MS.full)
  const controlPlane = await startSeparateControlPlane()
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'archive-')))
  const cleanUp = () => rmSync(folder, { recursive: true, force: true })
  // Also removes the files after an interruption, because they take several hundred megabytes.
  const interrupt = () => {
    cleanUp()
    process.exit(130)
  }
  process.once('SIGINT', interrupt)
  try {
    const tinyWorkspace = join(folder, 'tiny')
    writeTree(tinyWorkspace, TINY)
    const checks: Check[] = []
    for (const { tree, rounds } of plansFor(quick)) {
      const workspace = join(folder, 'tree')
      const written = writeTree(workspace, tree)
      const list = join(folder, 'list')
      writeFileSync(list, `${written.paths.join('\n')}\n`)
      const scene = { controlPlane, workspace, tinyWorkspace, list, output: join(folder, 'archive.tar.gz') }
      const samples = await measureTree(scene, rounds, deadline)
      rmSync(workspace, { recursive: true })
      checkArchives(samples, written)
      checks.push(...report(tree, written, samples))
    }
    return checks
  } finally {
    process.off('SIGINT', interrupt)
    cleanUp()
    await controlPlane.close()
  }
}

type Samples = ReadonlyMap<string, readonly Sample[]>

async function measureTree(scene: Scene, rounds: number, deadline: number): Promise<Samples> {
  const samples = new Map([...RUNS.keys()].map((name): [string, Sample[]] => [name, []]))
  const runs = [...RUNS]
  let roundMs = 0
  for (let round = 0; round < rounds && (round === 0 || performance.now() + roundMs <= deadline); round += 1) {
    const startedAt = performance.now()
    // Rotates the order, so that no process always follows the same one.
    const first = round % runs.length
    for (const [name, measure] of [...runs.slice(first), ...runs.slice(0, first)]) {
      samples.get(name)?.push(await measure(scene))
      rmSync(scene.output, { force: true })
    }
    roundMs = performance.now() - startedAt
  }
  return samples
}

async function packByTar({ workspace, list, output }: Scene): Promise<Sample> {
  const startedAt = performance.now()
  await run('bash', ['-o', 'pipefail', '-c', TAR, 'bash', workspace, list, output], { timeout: LONGEST_MS })
  return { seconds: (performance.now() - startedAt) / 1_000, archive: { bytes: statSync(output).size } }
}

async function packAlone({ workspace, output }: Scene): Promise<Sample> {
  const { stdout } = await run(process.execPath, [PACK, workspace, output], { timeout: LONGEST_MS })
  const { ms, entries, sha256, bytes } = object(JSON.parse(stdout)) ?? {}
  const archive = { entries: Number(entries), sha256: String(sha256), bytes: Number(bytes) }
  return { seconds: Number(ms) / 1_000, archive }
}

async function deploy(controlPlane: SeparateControlPlane, workspace: string): Promise<Sample> {
  const { apiKey, url, reset } = controlPlane
  const inputs = { 'api-key': apiKey, 'control-plane-url': url, name: 'archive', 'source-type': 'internal_source' }
  const options = { measureMemory: true, post: false, timeoutMs: LONGEST_MS, workspace }
  const { exitCode, durationMs, peakRssKiB, log } = await runAction({ ...options, with: { ...inputs, wait: 'false' } })
  const [, entries, sha256] = /Packed (\d+) entries .*\(sha256 ([0-9a-f]+)\)/.exec(log) ?? []
  if (exitCode !== 0 || !sha256) throw new Error(`The deploy failed:\n${log}`)
  // Resets the emulator, which keeps every archive in memory.
  await reset()
  return {
    seconds: durationMs / 1_000,
    ...(peakRssKiB === undefined ? {} : { peakMiB: peakRssKiB / KIB_PER_MIB }),
    archive: { entries: Number(entries), sha256 }
  }
}

async function idle(): Promise<Sample> {
  const peakMiB = await idlePeak()
  return peakMiB === undefined ? {} : { peakMiB }
}

/** Verifies that every packing is complete. @throws Error if one omitted files, or if archives differ */
function checkArchives(samples: Samples, { paths }: Written): void {
  const archives = [PACKING, ACTION].flatMap((name) => samples.get(name) ?? []).map(({ archive }) => archive)
  for (const archive of archives) {
    if (archive?.entries !== paths.length) throw new Error(`${archive?.entries} of ${paths.length} files were packed`)
    if (archive.sha256 !== archives[0]?.sha256) {
      throw new Error('The archives of one tree differ; run `npm run bundle` first, because dist may be older than src')
    }
  }
}

function report({ title }: Tree, { paths, bytes }: Written, samples: Samples): readonly Check[] {
  const seconds = (name: string) => figures(samples, name, ({ seconds }) => seconds)
  const peaks = (name: string) => figures(samples, name, ({ peakMiB }) => peakMiB)
  const compressed = (name: string) => megabytes(median(figures(samples, name, ({ archive }) => archive?.bytes)))
  const rounds = seconds(ACTION).length
  console.log(`\n${title}: ${megabytes(bytes)} in ${paths.length} files, ${rounds} alternating rounds`)
  console.log(`Compressed: ${compressed(BASELINE)} by ${BASELINE}, ${compressed(PACKING)} by the packing`)
  const ratios = quotients(seconds(PACKING), seconds(BASELINE))
  table(
    ['time', ...SPREAD],
    [
      ...[BASELINE, PACKING, ACTION, TINY_ACTION].map((name) => [`${name}, s`, ...spread(seconds(name), 2)]),
      [`${PACKING} to ${BASELINE}, round by round`, ...spread(ratios, 2)],
      [`${ACTION} to ${BASELINE}, round by round`, ...spread(quotients(seconds(ACTION), seconds(BASELINE)), 2)]
    ]
  )
  const ratio = median(ratios)
  console.log(`Packing to ${BASELINE}, median of the ratios: ${ratio.toFixed(2)} (limit ${RATIO_LIMIT})`)
  const checks = [
    {
      claim: `Packing ${title}, as a ratio to ${BASELINE}`,
      measured: ratio.toFixed(2),
      limit: `<= ${RATIO_LIMIT}`,
      aim: '',
      holds: ratio <= RATIO_LIMIT
    }
  ]
  if (peaks(ACTION).length === 0) {
    console.log('Memory is only measured on Linux.')
    return checks
  }
  table(
    ['peak memory', ...SPREAD],
    [ACTION, TINY_ACTION, IDLE].map((name) => [`${name}, MiB`, ...spread(peaks(name), 1)])
  )
  const growth = Math.max(...peaks(ACTION)) - median(peaks(TINY_ACTION))
  console.log(
    `Most of the action over the median of its tiny tree: ${growth.toFixed(1)} MiB (limit ${GROWTH_LIMIT_MIB})`
  )
  return [
    ...checks,
    {
      claim: `Peak memory over that of a tiny tree, ${title}`,
      measured: `${growth.toFixed(1)} MiB`,
      limit: `<= ${GROWTH_LIMIT_MIB} MiB`,
      aim: '',
      holds: growth <= GROWTH_LIMIT_MIB
    }
  ]
}

function figures(samples: Samples, name: string, pick: (sample: Sample) => number | undefined): readonly number[] {
  return (samples.get(name) ?? []).map(pick).filter((figure) => figure !== undefined)
}

function quotients(figures: readonly number[], bases: readonly number[]): readonly number[] {
  return figures.map((figure, index) => figure / (bases[index] ?? Number.NaN))
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
