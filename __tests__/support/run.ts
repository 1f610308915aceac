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

/** The inputs of a run by their names. */
export type Inputs = Readonly<Record<string, string>>

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

/**
 * Runs `main` against the world, as deployment `agent` where no input says otherwise. Every run passes or not as its status
 * says, and tells an error if it does not.
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

/** What a run told as errors, as warnings and in its log. */
export const errorOf = ({ runner }: Pick<Run, 'runner'>): string => runner.texts('error').join('\n')
export const warningOf = ({ runner }: Pick<Run, 'runner'>): string => runner.texts('warning').join('\n')
export const said = ({ runner }: Pick<Run, 'runner'>): string => runner.texts('info').join('\n')
export const secondsOf = ({ runner }: Pick<Run, 'runner'>): number => Number(runner.outputs['duration-seconds'])

/** In the first pause after a revision that was rolled back to has been asked so many times whether it serves. */
export function onceRescueIsAsked({ clock, requests }: World, times: number, act: () => unknown): void {
  clock.onceInPause(async () => {
    const all = await requests()
    const asked = all.slice(all.indexOf(REDEPLOY)).filter((request) => request.endsWith('/ok'))
    return all.includes(REDEPLOY) && asked.length >= times
  }, act)
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

/** The memory that a run saved, or what a post step finds of it. */
export function memoryOf(runner: FakeRunner): Readonly<Record<string, unknown>> | undefined {
  const text = runner.saved.memory
  return text === undefined ? undefined : JSON.parse(text)
}
