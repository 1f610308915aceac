import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from '@jest/globals'
import { FAILSAFE_SCHEMA, load } from 'js-yaml'
import { type ActionRun, type RunOptions, runAction, type StepRun } from '../../demo/runner.ts'
import type { JournalEntry } from '../../emulator/journal.ts'
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/server.ts'
import { isRecord } from '../../emulator/validation.ts'
import { passesWith } from '../support/expected.ts'
import { withServer } from '../support/http-server.ts'
import { at, type Json, namedValues, records } from '../support/json.ts'
import { withoutReferences } from '../support/words.ts'

/*
 * Every test has its own control plane, so that all of them can run at the same time. A run of the bundle takes about a
 * second of waiting and a tenth of a second of computing.
 */

export { CREATE, DELETE, INTERRUPT, PATCH, REDEPLOY } from '../support/expected.ts'
export { at, type Json, records, withoutReferences }
export type Inputs = Readonly<Record<string, string>>

export const IMAGE = 'ghcr.io/acme/agent:2'
export const DIGEST = `ghcr.io/acme/agent@sha256:${'ab'.repeat(32)}`
/** Inputs that deploy an image; a run without them deploys acme/agents from GitHub. */
export const FROM_IMAGE: Inputs = { 'image-uri': IMAGE }
/** Commit of the run in the stand-in runner. */
export const COMMIT = '5f1c0e8a9b7d3f2e4c6a8b0d1e3f5a7c9b2d4e6f'
export const OTHER_COMMIT = '0123456789abcdef0123456789abcdef01234567'
export const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000'
/** Revisions whose build never ends. */
export const ENDLESS = { revisions: [{ statuses: ['BUILDING'], final: null }] }

/** Request that returns a link to a page and changes nothing. */
const LINK = 'POST /v2/integrations/github/installation-link'

/** A cache of compiled code does not change the behavior of a run, and saves a fifth of its computing. */
const { NODE_COMPILE_CACHE } = process.env
const COMPILED: Inputs = NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {}

/** The post step can take 20 s. A longer one is stuck, and its log is then shown. */
const LONGEST_RUN_MS = 25_000

/** Deployment that existed before the run. */
export interface Seeded {
  readonly id: string
  /** Newest first, at the time of the seeding. */
  readonly revisions: readonly string[]
}

/** Run of the bundle, and its requests to the control plane. */
export interface Outcome {
  readonly run: ActionRun
  readonly journal: readonly JournalEntry[]
  /** Method and path of each request, with IDs as `:id` and without `/api-host`. */
  readonly requests: readonly string[]
  readonly writes: readonly string[]
  /**
   * Time from the first signal to the end of the main process, without the delay of the test's own timers; NaN without
   * a signal.
   */
  readonly afterSignalMs: number
}

export interface Plane {
  readonly emulator: Emulator
  readonly url: string
  scenario(scenario: Json): Promise<void>
  /** Sends a request to the API like another client, and requires success. */
  api(method: string, path: string, body?: unknown): Promise<Json>
  /** Creates a deployment of images, or with `body`, and waits until each of its revisions has ended. */
  seed(name: string, how?: { readonly images?: readonly string[]; readonly body?: Json }): Promise<Seeded>
  deployment(id: string): Promise<Json>
  /** All deployments. */
  deployments(): Promise<readonly Json[]>
  /** Newest first. */
  revisions(id: string): Promise<readonly Json[]>
  /** Requests of the bundle so far. */
  journal(): Promise<readonly JournalEntry[]>
  /** Options to run the bundle against this control plane, as deployment `agent` by default. */
  options(inputs: Inputs, options?: Omit<RunOptions, 'with'>): RunOptions
  /** Runs the bundle with these options. */
  run(inputs: Inputs, options?: Omit<RunOptions, 'with'>): Promise<Outcome>
}

/** Passes a new control plane to a test and closes it afterwards. */
export async function withPlane<T>(
  act: (plane: Plane) => Promise<T>,
  { path = '', ...options }: EmulatorOptions & { readonly path?: string } = {}
): Promise<T> {
  const emulator = await startEmulator(options)
  try {
    return await withServer(createServer(knowNothing), (githubUrl) => act(planeOf(emulator, path, githubUrl)))
  } finally {
    await emulator.close()
  }
}

/** GitHub without any commit. It responds, because requests to an unreachable GitHub are repeated for three seconds. */
const knowNothing: RequestListener = (_, response) => {
  response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}')
}

function planeOf(emulator: Emulator, path: string, githubUrl: string): Plane {
  const call = async (method: string, route: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(emulator.url + route, {
      method,
      headers: { 'x-api-key': emulator.apiKey, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(body)
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${route} was answered ${response.status}: ${text}`)
    return text === '' ? {} : JSON.parse(text)
  }
  const api: Plane['api'] = async (method, route, body) => {
    const value = await call(method, route, body)
    return isRecord(value) ? value : {}
  }
  const revisions: Plane['revisions'] = async (id) =>
    records((await api('GET', `/v2/deployments/${id}/revisions?limit=100`)).resources)
  const settled = (id: string) =>
    until(async () => {
      const all = await revisions(id)
      return all.every(({ status }) => /^(DEPLOYED|\w+_FAILED|SKIPPED|INTERRUPTED)$/.test(String(status))) && all
    })
  const journal: Plane['journal'] = async () => {
    const entries = (await call('GET', '/_emulator/requests')) as readonly JournalEntry[]
    return entries.filter(({ headers }) => headers['user-agent']?.startsWith('langsmith-deploy-action/'))
  }
  const optionsFor: Plane['options'] = (inputs, options = {}) => ({
    timeoutMs: LONGEST_RUN_MS,
    ...options,
    // No request leaves this machine: GitHub receives the requests for the history of commits.
    env: { ...COMPILED, GITHUB_API_URL: githubUrl, ...options.env },
    with: { 'api-key': emulator.apiKey, 'control-plane-url': emulator.url + path, name: 'agent', ...inputs }
  })
  return {
    emulator,
    url: emulator.url + path,
    api,
    revisions,
    journal,
    scenario: async (scenario) => {
      await api('PUT', '/_emulator/scenario', scenario)
    },
    seed: async (name, { images = ['ghcr.io/acme/agent:1'], body = {} } = {}) => {
      const [first, ...others] = images
      const { id } = await api('POST', '/v2/deployments', { ...imageBody(name, first), ...body })
      for (const image of others) {
        await settled(String(id))
        await api('PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: image } })
      }
      return { id: String(id), revisions: (await settled(String(id))).map((revision) => String(revision.id)) }
    },
    deployment: (id) => api('GET', `/v2/deployments/${id}`),
    deployments: async () => records((await api('GET', '/v2/deployments?limit=100')).resources),
    options: optionsFor,
    run: async (inputs, options = {}) => {
      const delays = monitorEventLoopDelay({ resolution: 10 })
      delays.enable()
      const run = await runAction(optionsFor(inputs, options))
      delays.disable()
      const entries = await journal()
      const requests = entries.map(routeOf)
      return {
        run,
        journal: entries,
        requests,
        writes: requests.filter((request) => !request.startsWith('GET ') && request !== LINK),
        // A process can be delayed at its start, at its timers and at its end.
        afterSignalMs: run.startedAt + run.durationMs - (run.signalledAt ?? Number.NaN) - (3 * delays.max) / 1e6
      }
    }
  }
}

export function routeOf({ method, path }: Pick<JournalEntry, 'method' | 'path'>): string {
  return `${method} ${path.replace(/^\/api-host/, '').replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id')}`
}

/** Body of a request that creates a deployment of an image. */
export function imageBody(name: string, image = 'ghcr.io/acme/agent:1'): Json {
  return {
    name,
    source: 'external_docker',
    source_config: { resource_spec: {} },
    source_revision_config: { image_uri: image },
    secrets: []
  }
}

/** Body for `seed`: a deployment that LangSmith builds from GitHub. */
export function githubBody(config: Json = {}): Json {
  return {
    source: 'github',
    source_config: {
      integration_id: 'c1d9a3f6-7e42-4b58-8a06-9f3b5e7c2d02',
      repo_url: 'https://github.com/acme/agents',
      deployment_type: 'dev_zero',
      build_on_push: false,
      ...config
    },
    source_revision_config: { repo_ref: 'main', langgraph_config_path: 'langgraph.json' }
  }
}

/** Environment for `seed`. */
export function secretsBody(secrets: Inputs): Json {
  return { secrets: namedValues(secrets) }
}

/** Returns the environment of a deployment or of a request. */
export function environmentOf(body: unknown): Record<string, unknown> {
  const secrets = isRecord(body) ? records(body.secrets) : []
  return Object.fromEntries(secrets.map(({ name, value }) => [String(name), value]))
}

/** Calls a function every few milliseconds until it returns a value. @throws after the maximum duration of a run */
export async function until<T>(look: () => Promise<T | false>): Promise<T> {
  const deadline = Date.now() + LONGEST_RUN_MS
  for (;;) {
    const found = await look()
    if (found !== false) return found
    if (Date.now() > deadline) throw new Error(`Waited for ${LONGEST_RUN_MS} ms in vain`)
    await sleep(10)
  }
}

/** Expected result of a run. */
export interface Expected {
  readonly status: string
  /** Default: depends on the status. */
  readonly passes?: boolean
  readonly writes: readonly string[]
  /** Levels of all annotations; default: one error if the run fails, else none. */
  readonly annotations?: readonly string[]
  /** Texts that the annotations, including their titles, must contain. */
  readonly says?: readonly (string | RegExp)[]
  readonly outputs?: Readonly<Record<string, unknown>>
  /** Values that must not be in any readable text; the API key always counts. */
  readonly secrets?: readonly string[]
}

/** Some runs have a short timeout on purpose. */
const OF_SHORT_TIMEOUT = /^`timeout` is \d+s, but a rollout takes minutes/

/** Checks everything that holds for each run: exit code, outputs, annotations, summary, requests and secrecy. */
export function expectOutcome({ run, writes }: Outcome, expected: Expected): void {
  const { status, passes = passesWith(status), annotations = passes ? [] : ['error'], says = [] } = expected
  expect({
    exitCode: run.exitCode,
    status: run.outputs.status,
    writes,
    annotations: run.annotations.filter(({ message }) => !OF_SHORT_TIMEOUT.test(message)).map(({ level }) => level)
  }).toEqual({ exitCode: passes ? 0 : 1, status, writes: expected.writes, annotations })
  for (const words of says) expect(annotated(run)).toMatch(words)
  expect(run.outputs).toMatchObject(expected.outputs ?? {})
  expect(run.outputs['duration-seconds']).toMatch(/^\d+$/)
  expect(undeclared(run.outputs)).toEqual([])
  expect(run.droppedOutputs).toEqual([])
  expect(run.summary).toMatch(new RegExp(`^## \\S+ .+: ${status}\n`))
  expectPlainMarkdown(run.summary)
  expectClean(run, expected.secrets)
  if (run.post) expectClean(run.post, expected.secrets)
}

/** Returns the titles and texts of all annotations. */
export function annotated({ annotations }: StepRun): string {
  return annotations.map(({ title = '', message }) => `${title}\n${message}`).join('\n')
}

/**
 * Checks that the runner reported no problem, that no stack trace was shown, and that no secret is in readable text.
 */
export function expectClean(step: StepRun, secrets: readonly string[] = []): void {
  expect(step.faults).toEqual([])
  expect(step.rawStderr).toBe('')
  expect(step.log).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
  expect(step.rawStdout).not.toMatch(/[^\P{Cc}\n\t]/u)
  const printed = step.rawStdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  const readable = [printed.join('\n'), withoutReferences(step.summary), JSON.stringify([step.outputs, step.state])]
  const pieces = ['lsv2_emulator', ...secrets.flatMap((secret) => secret.split(/\r?\n/)).filter((line) => line !== '')]
  for (const piece of pieces) expect(readable.filter((text) => text.includes(piece))).toEqual([])
  // The summary is already masked here: asterisks show that a secret was in it. The summary's own asterisks are
  // escaped, except for those in a log.
  expect(step.summary.replace(LOG_BLOCK, '')).not.toContain('***')
}

const OUR_TAGS = /^<(\/?code|\/?b|br|details( open)?|\/details|\/?summary|\/?table)>$/
/** Facts are in cells of links, code and words, which their content cannot leave. */
const FACT =
  /^<tr><td nowrap><b>[\w ]+<\/b><\/td><td>(?:<a href="https?:\/\/[^"<>\s]+">[^<>|]+<\/a>|<code>[^<>|]+<\/code>|<br>|[^<>|])+<\/td><\/tr>$/gm
/** Link to the page of the revision. */
const READ_THE_LOG = /(?<=^|<br>)<a href="https?:\/\/[^"<>\s]+">Read the (?:build|deploy) log<\/a>/gm
/** Text between these is not read as Markdown, and as HTML only if it is not a reference. */
const LOG_BLOCK = /^<pre>\n[^<]*\n<\/pre>$/gm
const CHART =
  /^```mermaid\n%%\{init: [^\n<>]+\}%%\ngantt\n {4}dateFormat [\w :-]+\n {4}axisFormat [\w%: ]+\n {4}tickInterval \w+\n( {4}[A-Z_]+ [\w,:; -]+\n)+```$/

/** Checks that the summary consists only of its own headings, tables, links and chart, with any text in it. */
function expectPlainMarkdown(summary: string): void {
  const blocks = summary.match(LOG_BLOCK) ?? []
  for (const block of blocks)
    expect(block.slice('<pre>'.length, -'</pre>'.length)).not.toMatch(/[<>]|&(?!#\d+;)|[^\P{Cc}\n\t]/u)
  const page = summary.replace(LOG_BLOCK, '').replace(FACT, '').replace(READ_THE_LOG, '')
  const [charts, rest] = [page.match(/^```[^`]*```$/gm) ?? [], page.replace(/^```[^`]*```$/gm, '')]
  for (const chart of charts) expect(chart).toMatch(CHART)
  expect(rest.match(/^ *#/gm)).toHaveLength(1)
  expect((rest.match(/<[^>]*>?/g) ?? []).filter((tag) => !OUR_TAGS.test(tag))).toEqual([])
  expect(rest.split(/\n(?!\|)|(?<!\|)\n/).filter((block) => block.includes('|') && !isTable(block))).toEqual([])
  expect(rest).not.toMatch(/[^\P{Cc}\n]|[`~\\]/u)
  expect(rest).not.toMatch(/\[[^\]]*\]/)
}

/** Tells if each row has as many cells as the heading. */
function isTable(block: string): boolean {
  const [head = '', rule = '', ...rows] = block.split('\n').map((line) => line.split('|').length)
  return /^\|.*\|\n(\| ?-+ ?)+\|/.test(block) && [rule, ...rows].every((cells) => cells === head)
}

const definition = load(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'), { schema: FAILSAFE_SCHEMA })
const declared = isRecord(definition) && isRecord(definition.outputs) ? Object.keys(definition.outputs) : []

function undeclared(outputs: Readonly<Record<string, string>>): string[] {
  return Object.keys(outputs).filter((name) => !declared.includes(name))
}
