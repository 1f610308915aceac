import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ControlPlaneClient } from '../src/control-plane/client.ts'
import { toDeployment, toRevision } from '../src/control-plane/resources.ts'
import type { Progress } from '../src/deployment/progress.ts'
import { watch } from '../src/rollout/watch.ts'
import type { Clock } from '../src/run/limits.ts'
import { type Check, heading, table } from './output.ts'
import { DOCS_INTERVAL_MS, EAGER_INTERVAL_MS, judgeLag, type Lag, pollEvery, type Waited } from './poller.ts'
import { median, quantile, seededRandom } from './statistics.ts'

const TEN_MINUTES_MS = 600_000
const ROLLOUTS_MS = [5_000, 60_000, TEN_MINUTES_MS]
/** Random deviation from the nominal duration: a fixed duration would favor some interval by chance. */
const VARIATION = 0.05
const LATENCY_MS = { least: 50, most: 250 }
const MOST_REQUESTS = 145
const MOST_LOOKS = 10_000

/** A rollout, its clock and its request durations. */
interface Scene {
  readonly clock: Clock
  /** Time of the clock at which the revision is DEPLOYED; it was created at 0. */
  readonly end: number
  /** Makes one request, which takes time and sees the rollout at the middle of that time. */
  request(): Promise<boolean>
  count(): number
}

type Trial = Waited & Lag

type Client = (scene: Scene, random: () => number) => Promise<void>

const CLIENTS: Readonly<Record<string, Client>> = {
  'this action': watchIt,
  'every 60 s (docs sample)': (scene) => poll(scene, DOCS_INTERVAL_MS),
  'every second': (scene) => poll(scene, EAGER_INTERVAL_MS)
}

/**
 * Follows rollouts with a virtual clock: the action's own `watch`, and two simple loops, each over the same rollouts.
 *
 * @param seeds number of rollouts of each duration
 */
export async function measureVirtualRollouts(seeds: number): Promise<readonly Check[]> {
  const percent = VARIATION * 100
  heading(`Waiting with a virtual clock: ${seeds} rollouts of each length ±${percent} %, responses after 50 to 250 ms`)
  const rows: string[][] = []
  const checks: Check[] = []
  for (const lengthMs of ROLLOUTS_MS) {
    for (const [name, client] of Object.entries(CLIENTS)) {
      const trials: Trial[] = []
      for (let seed = 1; seed <= seeds; seed += 1) {
        trials.push(await follow(client, lengthMs, seed))
        // Yields, because real measurements may run at the same time.
        await nextTurn()
      }
      rows.push([`${inWords(lengthMs)}, ${name}`, ...cells(trials)])
      if (client === watchIt) checks.push(...judge(lengthMs, trials))
    }
  }
  table(['rollout, client', 'median lag', 'worst lag', 'median requests', 'most requests'], rows)
  return checks
}

async function follow(client: Client, lengthMs: number, seed: number): Promise<Trial> {
  const random = seededRandom(seed)
  const end = lengthMs * (1 + VARIATION * (2 * random() - 1))
  const scene = createScene(end, random)
  await client(scene, random)
  const endedAt = scene.clock.now()
  return { endedAt, lengthMs: end, lagMs: endedAt - end, requests: scene.count() }
}

function createScene(end: number, random: () => number): Scene {
  let now = 0
  let requests = 0
  return {
    end,
    clock: {
      now: () => now,
      sleep: async (ms) => {
        now += ms
      }
    },
    request: async () => {
      const latency = LATENCY_MS.least + random() * (LATENCY_MS.most - LATENCY_MS.least)
      requests += 1
      now += latency
      return now - latency / 2 >= end
    },
    count: () => requests
  }
}

async function poll({ request, clock }: Scene, intervalMs: number): Promise<void> {
  await pollEvery(intervalMs, request, clock, MOST_LOOKS)
}

async function watchIt({ request, clock }: Scene, random: () => number): Promise<void> {
  const deployment = toDeployment({ id: 'd', name: 'agents', source: 'external_docker' })
  const before = toRevision({ id: 'r', status: 'DEPLOYING' })
  const look = async () => ({ ...deployment, active_revision_id: (await request()) ? 'r' : null })
  const client: Pick<ControlPlaneClient, 'awaitRollout' | 'deployment' | 'glance' | 'revision'> = {
    awaitRollout: () => {},
    deployment: look,
    glance: look,
    revision: async () => ({ ...before, status: (await request()) ? 'DEPLOYED' : 'DEPLOYING' })
  }
  const limits = { clock, cancelled: new AbortController().signal, deadline: Number.POSITIVE_INFINITY }
  // An undisturbed rollout needs no other operation.
  const context = {
    client: client as ControlPlaneClient,
    limits,
    progress: SILENT,
    pollIntervalMs: undefined,
    random
  }
  const { verdict } = await watch(context, deployment, before, { onSuperseded: 'warn', own: true })
  if (verdict.status !== 'deployed') throw new Error(`The wait ended with ${verdict.status}`)
}

const SILENT: Progress = {
  planned: () => {},
  deployment: () => {},
  aboutToWrite: () => {},
  gone: () => {},
  named: () => {},
  made: () => {},
  revision: () => {},
  note: () => {},
  warn: () => {}
}

function cells(trials: readonly Trial[]): readonly string[] {
  const lags = trials.map(({ lagMs }) => lagMs / 1_000)
  const requests = trials.map((trial) => trial.requests)
  const seconds = (value: number) => `${value.toFixed(2)} s`
  return [
    seconds(median(lags)),
    seconds(quantile(lags, 1)),
    median(requests).toFixed(0),
    quantile(requests, 1).toFixed(0)
  ]
}

function judge(lengthMs: number, trials: readonly Trial[]): readonly Check[] {
  const lag = judgeLag(`Worst lag, ${inWords(lengthMs)} rollout, virtual clock`, trials)
  if (lengthMs !== TEN_MINUTES_MS) return lag
  const most = Math.max(...trials.map(({ requests }) => requests))
  return [
    ...lag,
    {
      claim: 'Most requests, 10 min rollout, virtual clock',
      measured: `${most}`,
      limit: `<= ${MOST_REQUESTS}`,
      aim: '',
      holds: most <= MOST_REQUESTS
    }
  ]
}

function inWords(ms: number): string {
  return ms >= 120_000 ? `${ms / 60_000} min` : `${ms / 1_000} s`
}
