import { type ControlPlane, controlPlaneAt } from '../../src/control-plane/hosts.ts'
import type { GithubAccess } from '../../src/github/session.ts'
import { type Destination, destinationOf } from '../../src/inputs/access.ts'
import { main } from '../../src/main.ts'
import { post } from '../../src/post.ts'
import { firstRecord } from '../../src/run/record.ts'
import type { Cancellation } from '../../src/runner/signals.ts'
import { KEY } from '../inputs/environment.ts'
import { type FakeRunner, type FakeRunnerOptions, fakeRunner } from './fake-runner.ts'
import type { PlayOptions, World } from './world.ts'

/** A cancellation by hand. */
export interface ManualCancellation extends Cancellation {
  cancel(): void
  readonly released: boolean
}

export function manualCancellation(now: () => number): ManualCancellation {
  const controller = new AbortController()
  let at: number | undefined
  let released = false
  return {
    signal: controller.signal,
    at: () => at,
    release: () => {
      released = true
    },
    get released() {
      return released
    },
    cancel: () => {
      at ??= now()
      controller.abort()
    }
  }
}

/** A whole run: what `main` said, and what it was run with. */
export interface Run {
  readonly passed: boolean
  readonly runner: FakeRunner
  readonly cancellation: ManualCancellation
}

export interface RunOptions
  extends Pick<PlayOptions, 'event' | 'files' | 'variables'>,
    Pick<FakeRunnerOptions, 'failingSummary' | 'unwritable'> {
  /** Called as soon as there is something to cancel and to look at. */
  readonly meanwhile?: (run: Omit<Run, 'passed'>) => unknown
}

/** Runs `main` against the world, as deployment `agent` where no input says otherwise. */
export async function runMain(
  world: World,
  inputs: Readonly<Record<string, string>>,
  { meanwhile = () => {}, ...given }: RunOptions = {}
): Promise<Run> {
  const runner = fakeRunner({
    ...given,
    inputs: { 'control-plane-url': world.api.emulator.url, name: 'agent', ...inputs }
  })
  const cancellation = manualCancellation(world.clock.now)
  meanwhile({ runner, cancellation })
  return { passed: await main(runner, cancellation, world.clock), runner, cancellation }
}

/** Where a run was that used the key of the tests. */
export function destinationAt(
  url: string,
  github?: GithubAccess,
  controlPlane: ControlPlane = controlPlaneAt(new URL(url))
): Destination {
  return destinationOf({
    controlPlane,
    connection: { url, apiKey: KEY, proxy: {} },
    github
  })
}

/** What was saved, on the ground of a run that was at this destination and knows nothing else. */
export function savedAt(
  states: Readonly<Record<string, string>>,
  destination: Destination
): Readonly<Record<string, string>> {
  const { memory } = states
  if (!memory?.endsWith('}')) return states
  const ground = firstRecord({ name: 'agent', startedAt: 0 }, { destination, interrupt: true })
  return { ...states, memory: JSON.stringify({ ...ground, ...JSON.parse(memory) }) }
}

/** Runs `post` with the inputs of a run and with what it saved. */
export async function runPost(
  world: World,
  inputs: Readonly<Record<string, string>>,
  states: Readonly<Record<string, string>>,
  given: Pick<RunOptions, 'files'> = {}
): Promise<FakeRunner> {
  const url = world.api.emulator.url
  const runner = fakeRunner({
    ...given,
    states: savedAt(states, destinationAt(url)),
    inputs: { 'control-plane-url': url, name: 'agent', ...inputs }
  })
  await post(runner, world.clock)
  return runner
}

/** The memory that a run saved, or what a post step finds of it. */
export function memoryOf(runner: FakeRunner): Readonly<Record<string, unknown>> | undefined {
  const text = runner.saved.memory
  return text === undefined ? undefined : JSON.parse(text)
}
