import { setTimeout as delay } from 'node:timers/promises'
import { runAction } from '../demo/runner.ts'
import { systemClock } from '../src/run/limits.ts'
import { object } from '../src/run/object.ts'
import { ACTION_AGENT, type ControlPlane, inputsFor, records, startControlPlane } from './control-plane.ts'
import { type Check, heading, table } from './output.ts'
import { DOCS_INTERVAL_MS, EAGER_INTERVAL_MS, judgeLag, type Lag, pollEvery, type Waited } from './poller.ts'
import { median } from './statistics.ts'

/** Durations of the real rollouts in milliseconds; they differ slightly, so that none favors an interval by chance. */
export const SHORT_MS = [4_600, 5_000, 5_400]
export const LONG_MS = [54_000, 60_000, 66_000]

/** An image passes through CREATING, QUEUED, AWAITING_DEPLOY and DEPLOYING. */
const STATUSES = 4
const APPEARS_WITHIN_MS = 20_000
/** Time limit of all loops in this file; the slowest client of the longest rollout needs two minutes. */
const LONGEST_MS = 150_000
const STAGGER_MS = 300

interface Rollout {
  readonly name: string
  readonly lengthMs: number
  readonly delayMs: number
}

/** Result of one client in one rollout. */
interface Result extends Waited, Lag {
  readonly client: string
  readonly group: string
}

/** Real rollouts in progress. */
export interface RealRollouts {
  /** Settles when the action knows the end of every short rollout; other clients may still wait. */
  readonly short: Promise<unknown>
  /** Prints the measurements when the last client has finished. */
  report(): Promise<readonly Check[]>
}

/**
 * Starts real rollouts on a separate emulator, all at the same time. The bundled action follows each one and, as soon
 * as its revision exists, so do the two simple loops.
 *
 * @param quick omits the one-minute rollouts and the loop with the long interval
 */
export async function startRealRollouts(quick: boolean): Promise<RealRollouts> {
  const short = rollouts('short', SHORT_MS)
  const long = quick ? [] : rollouts('long', LONG_MS)
  const rules = [...short, ...long].map(({ name, lengthMs }) => ({ deployment: name, step_ms: lengthMs / STATUSES }))
  const controlPlane = await startControlPlane({ revisions: rules })
  const started = (group: string, list: readonly Rollout[]) =>
    list.map((rollout) => start(controlPlane, group, rollout, quick))
  const shortOnes = started('5 s', short)
  const all = [...shortOnes, ...started('60 s', long)]
  const results = Promise.all(all.flatMap(({ clients }) => clients)).finally(controlPlane.close)
  // `report` reports a failure; until it is called, the rejection must not end the process.
  results.catch(() => {})
  const shortDone = Promise.all(shortOnes.map(({ clients }) => clients[0]))
  shortDone.catch(() => {})
  return { short: shortDone, report: async () => report(await results, quick) }
}

function rollouts(group: string, lengths: readonly number[]): readonly Rollout[] {
  return lengths.map((lengthMs, index) => ({ name: `${group}-${index}`, lengthMs, delayMs: index * STAGGER_MS }))
}

/** Starts one rollout; the action is its first client. */
function start(
  controlPlane: ControlPlane,
  group: string,
  rollout: Rollout,
  quick: boolean
): { readonly clients: readonly Promise<Result>[] } {
  const path = revisionPath(controlPlane, rollout)
  const measured = async (client: string, waited: Promise<Waited>): Promise<Result> => {
    const { endedAt, requests } = await waited
    const deployedAt = await deploymentMoment(controlPlane, await path)
    return { client, group, lagMs: endedAt - deployedAt, lengthMs: rollout.lengthMs, endedAt, requests }
  }
  return {
    clients: [
      measured('this action', act(controlPlane, rollout, path)),
      ...(quick ? [] : [measured('every 60 s (docs sample)', poll(controlPlane, path, DOCS_INTERVAL_MS))]),
      measured('every second', poll(controlPlane, path, EAGER_INTERVAL_MS))
    ]
  }
}

async function act(controlPlane: ControlPlane, { name, delayMs }: Rollout, path: Promise<string>): Promise<Waited> {
  await delay(delayMs)
  const run = await runAction({ with: inputsFor(controlPlane, name), timeoutMs: LONGEST_MS, post: false })
  const endedAt = Date.now()
  if (run.exitCode !== 0) throw new Error(`The deploy of ${name} failed:\n${run.log}`)
  const asked = (await controlPlane.journal()).filter(({ userAgent }) => userAgent.startsWith(ACTION_AGENT))
  const revision = await path
  const deployment = revision.replace(/\/revisions\/.*$/, '')
  // The wait starts with the first poll; the requests that created the revision do not count.
  const waiting = asked.slice(asked.findIndex((entry) => entry.path === revision))
  return { endedAt, requests: waiting.filter((entry) => entry.path.startsWith(deployment)).length }
}

async function poll(controlPlane: ControlPlane, path: Promise<string>, intervalMs: number): Promise<Waited> {
  const revision = await path
  const hasEnded = async () => object(await controlPlane.ask('plain loop', 'GET', revision))?.status === 'DEPLOYED'
  return pollEvery(intervalMs, hasEnded, systemClock, Math.ceil(LONGEST_MS / intervalMs) + 1)
}

/** Finds the revision as soon as the action has created it. */
async function revisionPath(controlPlane: ControlPlane, { name, delayMs }: Rollout): Promise<string> {
  const pauseMs = 50
  for (let waitedMs = 0; waitedMs < delayMs + APPEARS_WITHIN_MS; waitedMs += pauseMs) {
    const [found] = records(await controlPlane.ask('benchmark', 'GET', `/v2/deployments?name=${name}`))
    if (found?.latest_revision_id) return `/v2/deployments/${found.id}/revisions/${found.latest_revision_id}`
    await delay(pauseMs)
  }
  throw new Error(`No revision of ${name} appeared`)
}

/** Time at which the emulator set the revision to DEPLOYED, in epoch milliseconds; exact, whenever it is read. */
async function deploymentMoment(controlPlane: ControlPlane, path: string): Promise<number> {
  const revision = object(await controlPlane.ask('benchmark', 'GET', path))
  if (revision?.status !== 'DEPLOYED') throw new Error(`The revision is ${revision?.status}`)
  return Date.parse(String(revision.updated_at))
}

function report(results: readonly Result[], quick: boolean): readonly Check[] {
  heading('Waiting in real time: lag from DEPLOYED to the end of the client, and its requests')
  const groups = Map.groupBy(results, ({ group, client }) => `${group}, ${client}`)
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`
  table(
    ['rollout, client', 'runs', 'median lag', 'least', 'worst', 'median requests', 'most'],
    [...groups].map(([name, members]) => {
      const lags = members.map(({ lagMs }) => lagMs)
      const requests = members.map((member) => member.requests)
      return [
        name,
        `${members.length}`,
        seconds(median(lags)),
        seconds(Math.min(...lags)),
        seconds(Math.max(...lags)),
        `${median(requests)}`,
        `${Math.max(...requests)}`
      ]
    })
  )
  console.log(`Lengths: ${[...SHORT_MS, ...(quick ? [] : LONG_MS)].map((ms) => `${ms / 1_000} s`).join(', ')}`)
  if (quick) console.log('--quick omits the one-minute rollouts, and the loop that sleeps for a minute.')
  return ['5 s', '60 s'].flatMap((group) => {
    const own = results.filter((result) => result.group === group && result.client === 'this action')
    return judgeLag(`Worst lag, ${group} rollout, real time`, own)
  })
}
