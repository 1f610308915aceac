import { describe, expect, test } from '@jest/globals'
import type { RunOptions, StepRun } from '../../demo/runner.ts'
import { makeTree, SMALLEST } from '../archive/support.ts'
import { type GithubServer, startGithubServer } from '../support/github-server.ts'
import {
  CREATE,
  ENDLESS,
  expectClean,
  FROM_IMAGE,
  INTERRUPT,
  type Inputs,
  type Json,
  type Outcome,
  PATCH,
  type Plane,
  until,
  withPlane
} from './support.ts'

const BOT = 'github-actions[bot]'
const ALWAYS = Number.POSITIVE_INFINITY
/**
 * Time for which a request has no response before the signal is sent. All earlier requests have their response by then.
 */
const SETTLED_MS = 300
const at = (when: RegExp, signal: NodeJS.Signals = 'SIGINT'): RunOptions => ({ signals: [{ signal, when }] })
const EVENT = {
  action: 'synchronize',
  pull_request: {
    number: 7,
    head: { ref: 'topic', sha: 'fedcba9876543210fedcba9876543210fedcba98', repo: { full_name: 'acme/agents' } },
    user: { login: 'octocat' }
  }
}

interface Stage {
  readonly plane: Plane
  readonly github: GithubServer
  /** Runs the bundle on a pull request, with a GitHub deployment and a comment. */
  run(inputs: Inputs, options: RunOptions): Promise<Outcome>
  /** Sends a signal while the control plane, or GitHub, owes the response to such a request. */
  duringRequest(method: string, path: RegExp, signal?: NodeJS.Signals): RunOptions
  /** Last state of each GitHub deployment; undefined if no state was set. */
  states(): readonly (string | undefined)[]
  /** Comments of the action, without their marks. */
  comments(): Promise<readonly string[]>
  /** Requests to GitHub, without repository and query; IDs are `:id`. */
  asked(): readonly string[]
}

/** Passes both servers to a test and closes them afterwards. */
async function onStage(act: (stage: Stage) => Promise<unknown>): Promise<void> {
  const github = await startGithubServer()
  try {
    await withPlane(async (plane) => {
      await act({
        plane,
        github,
        run: (inputs, options) =>
          plane.run(
            { environment: 'preview-7', comment: 'true', ...inputs },
            {
              githubToken: github.token,
              event: EVENT,
              ...options,
              env: { GITHUB_API_URL: github.url, GITHUB_EVENT_NAME: 'pull_request', ...options.env }
            }
          ),
        duringRequest: (method, path, signal = 'SIGINT') => {
          const isOwed = async () =>
            [...(await plane.journal()), ...github.requests()].some(
              (one) => one.status === null && one.method === method && path.test(one.path)
            )
          return { signals: [{ signal, when: () => until(isOwed), afterMs: SETTLED_MS }] }
        },
        states: () => github.deployments().map(({ statuses }) => statuses.at(-1)?.state),
        comments: async () =>
          (await github.comments(7))
            .filter(({ login }) => login === BOT)
            .map(({ body }) => body.replace(/^<!--.*\n/gm, '')),
        asked: () =>
          github
            .requests()
            .map(({ method, path }) =>
              `${method} ${path.split('?')[0]}`.replace('/repos/acme/agents', '').replace(/\d+/g, ':id')
            )
      })
    })
  } finally {
    await github.close()
  }
}

/** Warning that a run for an open pull request deploys its image. */
const OF_TRIGGER = /^This run deploys the image of pull request /

/** Checks what a user finds after a canceled run: outputs and the summary, without other annotations. */
function expectCancelled(
  stage: string,
  outcome: Outcome,
  outputs: Readonly<Record<string, unknown>> = {},
  warningsAfter: readonly unknown[] = []
): void {
  const { run } = outcome
  if (process.env.SHOW_TIMES) process.stderr.write(`${stage}: ${Math.round(outcome.afterSignalMs)} ms\n`)
  expect(outcome.run.signalledAt).toBeLessThan(outcome.run.startedAt + outcome.run.durationMs)
  expect(outcome.afterSignalMs).toBeLessThan(2_000)
  expect({ exitCode: run.exitCode, signal: run.signal }).toEqual({ exitCode: 1, signal: null })
  expect(run.outputs).toMatchObject({ status: 'cancelled', ...outputs })
  expect(run.outputs['duration-seconds']).toMatch(/^\d+$/)
  expect(run.summary).toMatch(/^## 🛑 agent: cancelled\n/)
  const others = run.annotations.filter(({ message }) => !OF_TRIGGER.test(message))
  expect(others.map(({ level, title }) => [level, title])).toEqual([['error', 'Canceled']])
  expectClean(run)
  expectSaid(run.post, warningsAfter)
}

/** Checks that the post step passed, and that these are its only annotations. */
function expectSaid(post: StepRun | undefined, warnings: readonly unknown[]): void {
  expect(post?.exitCode).toBe(0)
  expect(post?.annotations).toHaveLength(warnings.length)
  for (const { level, message } of post?.annotations ?? []) {
    // A requested interruption does not cause a warning.
    expect(level).toBe(/ was interrupted\.$/.test(message) ? 'notice' : 'warning')
  }
  expect(post?.annotations.map(({ message }) => message)).toEqual(expect.arrayContaining([...warnings]))
  if (post) expectClean(post)
}

/** Matcher for a text that contains the words. */
const holding = (words: string | RegExp): unknown =>
  typeof words === 'string' ? expect.stringContaining(words) : expect.stringMatching(words)

/** Checks that the GitHub deployment and the comment report the cancellation, and that none is pending. */
async function expectToldEverywhere({ states, comments }: Stage): Promise<void> {
  expect(states()).toEqual(['inactive'])
  expect(await comments()).toEqual([expect.stringMatching(/^### 🛑 agent: cancelled\n/)])
}

const UUID = holding(/^[0-9a-f-]{36}$/)

describe('a canceled run ends in less than two seconds and reports this on GitHub', () => {
  test.concurrent('before the write, without anything to report', () =>
    onStage(async (stage) => {
      await stage.plane.scenario({ faults: [{ method: 'GET', action: 'hang' }] })
      const outcome = await stage.run(FROM_IMAGE, stage.duringRequest('GET', /\/v2\/deployments$/))
      expect(outcome.requests).toEqual(['GET /v2/deployments'])
      expectCancelled('before the write', outcome)
      expect([stage.states(), await stage.comments(), stage.asked()]).toEqual([[], [], []])
    }))

  test.concurrent('while the GitHub deployment is created, without a write', () =>
    onStage(async (stage) => {
      stage.github.fault({ method: 'POST', path: /\/deployments$/, action: 'hang' })
      const outcome = await stage.run(FROM_IMAGE, stage.duringRequest('POST', /\/deployments$/))
      expect(stage.asked()).toContain('POST /deployments')
      expectCancelled('while the GitHub deployment is being made', outcome)
      expect(outcome.writes).toEqual([])
      // The GitHub deployment was not created, and is not created only to report its end.
      expect(stage.states()).toEqual([])
      expect(await stage.comments()).toEqual([expect.stringMatching(/^### 🛑 agent: cancelled\n/)])
    }))

  test.concurrent('while the GitHub deployment is created with a late response', () =>
    onStage(async (stage) => {
      stage.github.fault({ method: 'POST', path: /\/deployments$/, action: { delayMs: 8_000 } })
      const outcome = await stage.run(FROM_IMAGE, stage.duringRequest('POST', /\/deployments$/))
      expectCancelled('while the GitHub deployment is being made (late)', outcome)
      expect(outcome.writes).toEqual([])
      await expectToldEverywhere(stage)
    }))

  test.concurrent('during the search for the comment', () =>
    onStage(async (stage) => {
      stage.github.fault({ method: 'POST', path: /graphql/, action: 'hang' })
      const outcome = await stage.run(FROM_IMAGE, stage.duringRequest('POST', /graphql/))
      expectCancelled('during the search for the comment', outcome)
      expect(outcome.writes).toEqual([])
      await expectToldEverywhere(stage)
    }))

  test.concurrent.each(['leave', 'interrupt'])('during the write (on-cancel: %s)', (onCancel) =>
    onStage(async (stage) => {
      const { id } = await stage.plane.seed('agent')
      await stage.plane.scenario({ ...ENDLESS, faults: [{ method: 'PATCH', action: 'hang', commit: true }] })
      const outcome = await stage.run(
        { ...FROM_IMAGE, 'on-cancel': onCancel },
        stage.duringRequest('PATCH', /\/v2\/deployments\//)
      )
      const [ours] = await stage.plane.revisions(id)
      const outputs = { 'deployment-id': id }
      expectCancelled(`during the write, on-cancel: ${onCancel}`, outcome, outputs, [holding(String(ours?.id))])
      // The write had no response, so the revision may be that of another run.
      expect(outcome.writes).toEqual([PATCH])
      expect(ours?.status).toBe('BUILDING')
      await expectToldEverywhere(stage)
    })
  )

  test.concurrent.each(['SIGINT', 'SIGTERM'] as const)('while waiting (%s)', (signal) =>
    onStage(async (stage) => {
      await stage.plane.scenario(ENDLESS)
      const outcome = await stage.run(FROM_IMAGE, at(/BUILDING/, signal))
      expectCancelled(`while waiting, ${signal}`, outcome, { 'revision-id': UUID, 'revision-status': 'BUILDING' })
      await expectToldEverywhere(stage)
      const { 'revision-id': revision = '' } = outcome.run.outputs
      expect((await stage.comments())[0]).toContain(revision.slice(0, 8))
      expect(stage.github.deployments()[0]?.statuses.at(-1)?.description).toContain(`${revision}: cancelled`)
    })
  )

  test.concurrent('while waiting, and interrupts its revision', () =>
    onStage(async (stage) => {
      await stage.plane.scenario(ENDLESS)
      const outcome = await stage.run({ ...FROM_IMAGE, 'on-cancel': 'interrupt' }, at(/BUILDING/))
      expectCancelled('while waiting, on-cancel: interrupt', outcome)
      expect(outcome.writes).toEqual([CREATE, INTERRUPT])
      await expectToldEverywhere(stage)
      expect((await stage.comments())[0]).toContain('was interrupted.')
    }))

  test.concurrent('while waiting, if the interruption hangs, which leaves no time for GitHub', () =>
    onStage(async (stage) => {
      await stage.plane.scenario({ ...ENDLESS, faults: [{ method: 'POST', path: '**/interruption', action: 'hang' }] })
      const outcome = await stage.run({ ...FROM_IMAGE, 'on-cancel': 'interrupt' }, at(/BUILDING/))
      const revision = String(outcome.run.outputs['revision-id'])
      expectCancelled('while waiting, the interruption hangs', outcome, {}, [holding(revision)])
      expect(outcome.writes).toEqual([CREATE, INTERRUPT, INTERRUPT])
      await expectToldEverywhere(stage)
    }))

  test.concurrent('while it waits for GitHub, and interrupts its revision', () =>
    onStage(async (stage) => {
      await stage.plane.scenario(ENDLESS)
      // Status of the GitHub deployment after the revision is known.
      stage.github.fault({ method: 'POST', path: /\/statuses$/, action: 'hang' })
      const outcome = await stage.run(
        { ...FROM_IMAGE, 'on-cancel': 'interrupt' },
        stage.duringRequest('POST', /\/statuses$/)
      )
      expect(stage.github.requests().filter(({ status }) => status === null)).toMatchObject([{ method: 'POST' }])
      expectCancelled('while GitHub hangs, on-cancel: interrupt', outcome)
      // Done by the main step, because the post step would cause a warning.
      expect(outcome.writes).toEqual([CREATE, INTERRUPT])
      const [deployment] = await stage.plane.deployments()
      expect((await stage.plane.revisions(String(deployment?.id)))[0]?.status).toBe('INTERRUPTED')
      await expectToldEverywhere(stage)
    }))

  test.concurrent('while waiting, if GitHub no longer responds', () =>
    onStage(async (stage) => {
      await stage.plane.scenario(ENDLESS)
      // The last status is the final one.
      stage.github.fault({ method: 'POST', path: /\/statuses$/, nth: 2, action: 'hang' })
      const outcome = await stage.run(FROM_IMAGE, at(/BUILDING/))
      // The cancellation aborts a read, or an update of the comment, in progress.
      const unanswered = stage.github.requests().filter(({ method, status }) => method === 'POST' && status === null)
      expect(unanswered).toMatchObject([{ body: { state: 'inactive' } }])
      expectCancelled('while waiting, GitHub hangs', outcome)
      await expectToldEverywhere(stage)
    }))

  test.concurrent('while uploading', () =>
    onStage(async (stage) => {
      await stage.plane.scenario({ faults: [{ method: 'PUT', path: '/storage/**', action: 'hang' }] })
      const inputs = { 'source-type': 'internal_source' }
      const outcome = await stage.run(inputs, { workspace: makeTree(SMALLEST), ...at(/^Uploading/) })
      const { run } = outcome
      // The code of a pull request is deployed to a deployment by name. The run created this deployment, which has no
      // revision yet.
      const [early, left, ...others] = run.annotations
      expect(early).toMatchObject({ level: 'warning', message: expect.stringContaining('before the merge') })
      expect(left).toMatchObject({ level: 'warning', message: expect.stringContaining('has no revision yet') })
      expectCancelled(
        'while uploading',
        { ...outcome, run: { ...run, annotations: others } },
        { 'deployment-id': UUID }
      )
      await expectToldEverywhere(stage)
    }))

  test.concurrent('during the health check', () =>
    onStage(async (stage) => {
      await stage.plane.scenario({ revisions: [{ ok: [503] }] })
      const outcome = await stage.run(FROM_IMAGE, at(/returned 503; retrying/))
      expectCancelled('during the health check', outcome, {
        'revision-status': 'DEPLOYED',
        'deployment-url': holding(/^http:/)
      })
      await expectToldEverywhere(stage)
    }))

  test.concurrent('during a health check without a response', () =>
    onStage(async (stage) => {
      await stage.plane.scenario({ faults: [{ method: 'GET', path: '/agents/*/ok', action: 'hang' }] })
      const outcome = await stage.run(FROM_IMAGE, stage.duringRequest('GET', /\/ok$/))
      expect(outcome.requests.at(-1)).toBe('GET /agents/:id/ok')
      expect(outcome.run.signalledAt).toBeLessThan(outcome.run.startedAt + outcome.run.durationMs)
      expect(outcome.afterSignalMs).toBeLessThan(2_000)
      expect(outcome.run.outputs.status).toBe('cancelled')
      await expectToldEverywhere(stage)
    }))
})

describe('a run that is canceled while it reports its result', () => {
  /** GitHub does not respond from the verdict until the end of the main step. */
  const hangs = ({ github }: Stage): RunOptions => ({
    ...at(/^Verdict/),
    onLine: (line) => {
      if (/^Verdict/.test(line)) github.fault({ times: 2, action: 'hang' })
    }
  })

  test.concurrent('keeps its verdict, ends in less than two seconds, and the post step reports it', () =>
    onStage(async (stage) => {
      const outcome = await stage.run(FROM_IMAGE, hangs(stage))
      if (process.env.SHOW_TIMES)
        process.stderr.write(`while the end is told: ${Math.round(outcome.afterSignalMs)} ms\n`)
      expect(outcome.afterSignalMs).toBeLessThan(2_000)
      expect(outcome.run).toMatchObject({ exitCode: 0, outputs: { status: 'deployed' } })
      expect(outcome.run.annotations).toEqual([
        expect.objectContaining({ level: 'warning', message: expect.stringMatching(OF_TRIGGER) })
      ])
      expect(stage.github.requests().filter(({ status }) => status === null)).toHaveLength(2)
      expect(stage.states()).toEqual(['success'])
      expect(await stage.comments()).toEqual([expect.stringMatching(/^### ✅ agent: deployed\n/)])
      expectSaid(outcome.run.post, [])
    }))

  test.concurrent('has the URL of the deployment in the report of the post step', () =>
    onStage(async (stage) => {
      const { run } = await stage.run(FROM_IMAGE, hangs(stage))
      const url = String(run.outputs['deployment-url'])
      expect((await stage.comments())[0]).toContain(url)
      expect(stage.github.deployments()[0]?.statuses.at(-1)?.environment_url).toBe(url)
    }))

  test.concurrent('also keeps its verdict for a deletion', () =>
    onStage(async (stage) => {
      await stage.run(FROM_IMAGE, {})
      expect(stage.states()).toEqual(['success'])
      const { run } = await stage.run({ command: 'delete' }, hangs(stage))
      expect(run.outputs.status).toBe('deleted')
      expect(stage.states()).toEqual(['inactive'])
      expect(await stage.comments()).toEqual([expect.stringMatching(/^### 🗑️ agent: deleted\n/)])
    }))
})

describe('a killed run', () => {
  test.concurrent('is reported as cancelled with a summary if it was waiting', () =>
    onStage(async (stage) => {
      await stage.plane.scenario(ENDLESS)
      const { run } = await stage.run(FROM_IMAGE, at(/BUILDING/, 'SIGKILL'))
      const revision = String(run.outputs['revision-id'])
      expect(run).toMatchObject({ exitCode: null, signal: 'SIGKILL', summary: '' })
      expectSaid(run.post, [holding(revision)])
      expect(run.post?.summary).toMatch(/^## 🛑 agent: cancelled\n/)
      expect(run.post?.summary).toContain(revision)
      await expectToldEverywhere(stage)
      expect((await stage.comments())[0]).toContain(revision.slice(0, 8))
      expect(stage.github.deployments()[0]?.statuses.at(-1)?.log_url).toContain('/actions/runs/')
    }))

  test.concurrent('is reported as cancelled if it was writing', () =>
    onStage(async (stage) => {
      const { id } = await stage.plane.seed('agent')
      await stage.plane.scenario({ ...ENDLESS, faults: [{ method: 'PATCH', action: 'hang', commit: true }] })
      const { run, writes } = await stage.run(
        { ...FROM_IMAGE, 'on-cancel': 'interrupt' },
        stage.duringRequest('PATCH', /\/v2\/deployments\//, 'SIGKILL')
      )
      const [ours] = await stage.plane.revisions(id)
      expect(writes).toEqual([PATCH])
      expectSaid(run.post, [holding(String(ours?.id))])
      expect(run.post?.summary).toMatch(/^## 🛑 agent: cancelled\n/)
      await expectToldEverywhere(stage)
    }))

  test.concurrent('leaves no pending GitHub deployment if it was creating one', () =>
    onStage(async (stage) => {
      stage.github.fault({ method: 'POST', path: /\/deployments$/, action: { delayMs: 8_000 } })
      const { run, writes } = await stage.run(FROM_IMAGE, stage.duringRequest('POST', /\/deployments$/, 'SIGKILL'))
      expect(writes).toEqual([])
      expect(run.post?.summary).toMatch(/^## 🛑 agent: cancelled\n/)
      await expectToldEverywhere(stage)
    }))

  test.concurrent('is reported as cancelled, not as a success, during the health check', () =>
    onStage(async (stage) => {
      await stage.plane.scenario({ revisions: [{ ok: [503] }] })
      const { run } = await stage.run(FROM_IMAGE, at(/returned 503; retrying/, 'SIGKILL'))
      expect(run.signal).toBe('SIGKILL')
      await expectToldEverywhere(stage)
    }))

  test.concurrent('is not reported before its first result', () =>
    onStage(async (stage) => {
      await stage.plane.scenario({ faults: [{ method: 'GET', action: 'hang' }] })
      const { run, requests } = await stage.run(FROM_IMAGE, stage.duringRequest('GET', /\/v2\/deployments$/, 'SIGKILL'))
      expect(requests).toHaveLength(1)
      expect(stage.asked()).toEqual([])
      expect({ exitCode: run.post?.exitCode, log: run.post?.log, summary: run.post?.summary }).toEqual({
        exitCode: 0,
        log: '',
        summary: ''
      })
    }))

  test.concurrent('causes a warning and a short delay if GitHub is down', () =>
    onStage(async (stage) => {
      await stage.plane.scenario(ENDLESS)
      const { run } = await stage.run(
        { ...FROM_IMAGE, comment: 'false' },
        {
          ...at(/BUILDING/, 'SIGKILL'),
          onLine: (line) => {
            if (/BUILDING/.test(line)) stage.github.fault({ times: ALWAYS, action: 'cut' })
          }
        }
      )
      expectSaid(run.post, [
        holding(String(run.outputs['revision-id'])),
        holding(/^Could not set the status of the GitHub deployment: GitHub could not be reached/)
      ])
      expect(run.post?.summary).toMatch(/^## 🛑 agent: cancelled\n/)
      expect(run.post?.durationMs).toBeLessThan(20_000)
    }))
})

describe('after a regular end', () => {
  const orderly: readonly (readonly [string, Json, Inputs])[] = [
    ['deployed', {}, {}],
    ['failed', { revisions: [{ final: 'DEPLOY_FAILED' }] }, {}],
    ['started', ENDLESS, { wait: 'false', 'on-cancel': 'interrupt' }]
  ]

  test.concurrent.each(orderly)('as %s, the post step sends no request', (status, scenario, inputs) =>
    onStage(async (stage) => {
      await stage.plane.scenario(scenario)
      const { run, journal } = await stage.run({ ...FROM_IMAGE, ...inputs }, {})
      // The post step takes longer to start than the stand-in runner takes to clean up after it.
      const postBegan = Date.now() - (run.post?.durationMs ?? 0)
      expect(run.outputs.status).toBe(status)
      expect({ log: run.post?.log, summary: run.post?.summary, state: run.post?.state }).toEqual({
        log: '',
        summary: '',
        state: {}
      })
      const asked = [...journal, ...stage.github.requests()].map(({ at: askedAt }) => askedAt)
      expect(asked.length).toBeGreaterThan(8)
      expect(asked.filter((askedAt) => askedAt > postBegan)).toEqual([])
    })
  )
})
