import { expect } from '@jest/globals'
import { controlPlaneAt } from '../../src/control-plane/hosts.ts'
import type { GithubAccess } from '../../src/github/session.ts'
import { destinationOf } from '../../src/inputs/access.ts'
import { main } from '../../src/main.ts'
import { post } from '../../src/post.ts'
import type { ControlPlane, Destination } from '../../src/run/destination.ts'
import { firstRecord } from '../../src/run/record.ts'
import type { Cancellation } from '../../src/runner/signals.ts'
import { KEY } from '../inputs/environment.ts'
import { passesWith, REDEPLOY } from './expected.ts'
import { type FakeRunner, type FakeRunnerOptions, fakeRunner } from './fake-runner.ts'
import type { PlayOptions, World } from './world.ts'

/** The inputs of a run, by name. */
export type Inputs = Readonly<Record<string, string>>

/** A cancellation that the test triggers. */
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

/** A complete run of `main`. */
export interface Run {
  readonly passed: boolean
  readonly runner: FakeRunner
  readonly cancellation: ManualCancellation
}

export interface RunOptions
  extends Pick<PlayOptions, 'event' | 'files' | 'variables'>,
    Pick<FakeRunnerOptions, 'failingSummary' | 'unwritable'> {
  /** Called right before `main`, with the runner to inspect and the cancellation to trigger. */
  readonly meanwhile?: (run: Omit<Run, 'passed'>) => unknown
}

/**
 * Runs `main` against the world, by default for the deployment `agent`. Checks that the result matches the status, and
 * that a failed run reports an error.
 */
export async function runMain(
  world: World,
  inputs: Inputs,
  { meanwhile = () => {}, ...given }: RunOptions = {}
): Promise<Run> {
  const runner = fakeRunner({
    ...given,
    inputs: { 'control-plane-url': world.api.emulator.url, name: 'agent', ...inputs }
  })
  const cancellation = manualCancellation(world.clock.now)
  meanwhile({ runner, cancellation })
  const passed = await main(runner, cancellation, world.clock)
  const { status = 'error' } = runner.outputs
  if (status !== 'superseded') expect({ status, passed }).toEqual({ status, passed: passesWith(status) })
  expect(runner.texts('error').length > 0).toBe(!passed)
  return { passed, runner, cancellation }
}

/** The errors, the warnings and the log of a run. */
export const errorOf = ({ runner }: Pick<Run, 'runner'>): string => runner.texts('error').join('\n')
export const warningOf = ({ runner }: Pick<Run, 'runner'>): string => runner.texts('warning').join('\n')
export const said = ({ runner }: Pick<Run, 'runner'>): string => runner.texts('info').join('\n')
export const secondsOf = ({ runner }: Pick<Run, 'runner'>): number => Number(runner.outputs['duration-seconds'])

/** Runs an action in the first pause after this many health checks of a rollback's revision. */
export function onceRescueIsAsked({ clock, requests }: World, times: number, act: () => unknown): void {
  clock.onceInPause(async () => {
    const all = await requests()
    const asked = all.slice(all.indexOf(REDEPLOY)).filter((request) => request.endsWith('/ok'))
    return all.includes(REDEPLOY) && asked.length >= times
  }, act)
}

/** Returns the destination of a run that used the key of the tests. */
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

/** Completes saved states to those of a run with this destination. */
export function savedAt(
  states: Readonly<Record<string, string>>,
  destination: Destination
): Readonly<Record<string, string>> {
  const { memory } = states
  if (!memory?.endsWith('}')) return states
  const ground = firstRecord({ name: 'agent', startedAt: 0 }, { destination, interrupt: true })
  return { ...states, memory: JSON.stringify({ ...ground, ...JSON.parse(memory) }) }
}

/** Runs `post` with the inputs and the saved states of a run. */
export async function runPost(
  world: World,
  inputs: Inputs,
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

/** Returns the record that a run saved. */
export function memoryOf(runner: FakeRunner): Readonly<Record<string, unknown>> | undefined {
  const text = runner.saved.memory
  return text === undefined ? undefined : JSON.parse(text)
}
