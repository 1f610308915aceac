import { afterEach, beforeEach } from '@jest/globals'
import type { EmulatorOptions } from '../../emulator/server.ts'
import { runCommand } from '../../src/commands/table.ts'
import type { GithubAccess } from '../../src/github/session.ts'
import { type Config, readConfig } from '../../src/inputs/config.ts'
import { openReport, openRun, subjectOf } from '../../src/open-run.ts'
import type { RunRecord } from '../../src/run/record.ts'
import type { Verdict } from '../../src/run/verdict.ts'
import {
  at,
  type Client,
  create,
  dockerBody,
  githubBody,
  type Json,
  revisionsOf,
  useEmulator
} from '../emulator/support.ts'
import type { Given } from '../inputs/environment.ts'
import { afterThisTest } from './after-this-test.ts'
import { type SkippingClock, skippingClock } from './clock.ts'
import { type FakeRunner, fakeRunner } from './fake-runner.ts'
import { type Line, type LineOptions, openLine } from './line.ts'

export const IMAGE = 'ghcr.io/acme/agent:2'
export const FROM_IMAGE = { 'image-uri': IMAGE }
export const OLD_IMAGE = 'ghcr.io/acme/agent:1'
export const DIGEST = `ghcr.io/acme/agent@sha256:${'ab'.repeat(32)}`
export const REPOSITORY = 'acme/Support_Agent'
/** Longer than any rollout without a scenario. */
export const LIFETIME_MS = 60_000

/** Result of a command that was run against the world. */
export interface Played {
  readonly verdict: Verdict
  /** The final record of the run. */
  readonly facts: RunRecord
  readonly runner: FakeRunner
  readonly line: Line
}

export interface PlayOptions extends Omit<Given, 'inputs'>, LineOptions {
  /** Changes the configuration from the inputs. */
  readonly adjust?: (config: Config) => Config
  /** Access of the run to GitHub. Without it, the run makes no request to GitHub. */
  readonly github?: GithubAccess
}

/**
 * An emulated control plane, empty at the start of each test, that shares a clock with the action. Pauses of the action
 * end at once, and the server has then done everything that it does during the pause.
 */
export interface World {
  readonly api: Client
  readonly clock: SkippingClock
  /** Runs a command as `main` does, without report and interruption. @throws what the command throws */
  play(inputs: Readonly<Record<string, string>>, options?: PlayOptions): Promise<Played>
  line(options?: LineOptions): Line
  /** Creates a deployment named `agent` with one revision per image, and waits until all are deployed. */
  images(...images: readonly string[]): Promise<string>
  /** Creates a deployment named `agent` from GitHub, and waits until it is deployed. */
  github(sourceConfig?: Json, revisionConfig?: Json): Promise<string>
  patch(id: string, body: Json): Promise<void>
  deployment(id: string): Promise<Json>
  /** Newest first. */
  revisions(id: string): Promise<Json[]>
  /** The images of its revisions, newest first. */
  imagesOf(id: string): Promise<readonly unknown[]>
  /** Requests of the action, such as `GET /v2/deployments`. IDs are replaced with `:id`. */
  requests(): Promise<readonly string[]>
  writes(): Promise<readonly string[]>
  /** Bodies of the writes. */
  bodies(): Promise<readonly unknown[]>
}

export function useWorld(options: EmulatorOptions = {}): World {
  const api = useEmulator({ stepMs: 1_000, repositories: [REPOSITORY], ...options })
  const clock = skippingClock()
  const systemNow = Date.now
  beforeEach(() => {
    clock.restart()
    // The emulator computes its state from `Date.now()` at each request, so this makes it use the action's clock.
    Date.now = clock.now
  })
  afterEach(() => {
    Date.now = systemNow
  })

  const sent = async () =>
    (await api.requests()).filter(({ headers }) =>
      String(at(headers, 'user-agent')).startsWith('langsmith-deploy-action/')
    )
  const isWrite = ({ method }: Json) => method !== 'GET'
  const line = (lineOptions: LineOptions = {}) =>
    openLine(api.emulator.url, { clock, random: () => 0.5, ...lineOptions })
  const patch = async (id: string, body: Json) => {
    await api.ask(200, 'PATCH', `/v2/deployments/${id}`, body)
    clock.skip(LIFETIME_MS)
  }
  const seed = async (body: Json) => {
    const id = await create(api, { ...body, name: 'agent' })
    clock.skip(LIFETIME_MS)
    return id
  }
  return {
    api,
    clock,
    line,
    patch,
    play: (inputs, playOptions) => play(api.emulator.url, line, inputs, playOptions),
    images: async (...images) => {
      const [first = OLD_IMAGE, ...rest] = images
      const id = await seed(dockerBody({ source_revision_config: { image_uri: first } }))
      for (const image_uri of rest) await patch(id, { source_revision_config: { image_uri } })
      return id
    },
    github: (sourceConfig = {}, revisionConfig = {}) => {
      const usual = githubBody({ secrets: [] })
      return seed({
        ...usual,
        source_config: {
          ...(at(usual, 'source_config') as Json),
          repo_url: `https://github.com/${REPOSITORY}`,
          ...sourceConfig
        },
        source_revision_config: { ...(at(usual, 'source_revision_config') as Json), ...revisionConfig }
      })
    },
    deployment: (id) => api.ask(200, 'GET', `/v2/deployments/${id}`),
    revisions: (id) => revisionsOf(api, id),
    imagesOf: async (id) =>
      (await revisionsOf(api, id)).map((revision) => at(revision, 'source_revision_config', 'image_uri')),
    requests: async () => (await sent()).map(named),
    writes: async () => (await sent()).filter(isWrite).map(named),
    bodies: async () => (await sent()).filter(isWrite).map(({ body }) => body)
  }
}

function named({ method, path }: Json): string {
  return `${method} ${String(path).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id')}`
}

async function play(
  url: string,
  line: (options: LineOptions) => Line,
  inputs: Readonly<Record<string, string>>,
  { adjust = (config) => config, github: access, event, files, variables, ...lineOptions }: PlayOptions = {}
): Promise<Played> {
  const given = { event, ...(files ? { files } : {}), ...(variables ? { variables } : {}) }
  const runner = fakeRunner({ ...given, inputs: { 'control-plane-url': url, name: 'agent', ...inputs } })
  const read = adjust(await readConfig(runner))
  const { timeoutMs } = read
  const config = { ...read, connection: { ...read.connection, ...lineOptions.connection }, github: access }
  const opened = line({ timeoutMs, ...lineOptions })
  const { limits, clock } = opened
  const report = openReport({ runner, clock, ...subjectOf(config, clock.now()) })
  const cancellation = { signal: limits.cancelled, at: () => undefined }
  const { random = () => 0.5 } = lineOptions
  const context = await openRun(config, { report, limits, cancellation, random })
  afterThisTest(context.close)
  const verdict = await runCommand(context, config)
  return { verdict, facts: report.recorder.record(), runner, line: opened }
}

/** Returns the IDs of a list, in order. */
export function idsOf(list: readonly { readonly id?: unknown }[]): readonly string[] {
  return list.map(({ id }) => String(id))
}

export { at }
