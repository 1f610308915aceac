import { describe, expect, test } from '@jest/globals'
import { type Config, readConfig } from '../src/inputs/config.ts'
import { openReport } from '../src/open-run.ts'
import { seenDeployment, seenRevision } from '../src/report/seen.ts'
import type { Verdict } from '../src/run/verdict.ts'
import { interruptOwn, type SettleContext, settle as settleRun } from '../src/settle.ts'
import { deploymentWith, REVISION_ID, revisionWith } from './deployment/samples.ts'
import { type FakeRunner, fakeRunner } from './support/fake-runner.ts'
import { inTurn, type Reply, startServer, type TestServer } from './support/http-server.ts'
import { openLine } from './support/line.ts'
import { hurryTimeouts, lasts, SOON_MS } from './support/real-time.ts'
import { destinationAt, manualCancellation, memoryOf } from './support/run.ts'

interface Stage {
  readonly context: SettleContext
  readonly runner: FakeRunner
  readonly server: TestServer
}

interface Scene {
  /** Last status that the run saw. */
  readonly status?: string
  /** Present status on the server; by default the same. */
  readonly statusNow?: string
  readonly own?: boolean
  readonly certain?: boolean
  readonly deployment?: boolean
  readonly revision?: boolean
}

/** Prepares a run with a revision of the given status, which may be its own. */
async function stage(
  reply: Reply,
  { own = true, certain = true, deployment = true, revision = true, ...statuses }: Scene = {}
): Promise<Stage> {
  const { status = 'BUILDING', statusNow = status } = statuses
  const server = await startServer(inTurn({ json: { id: REVISION_ID, status: statusNow } }, reply))
  const { client, limits, clock } = openLine(server.url)
  const runner = fakeRunner()
  const { recorder } = openReport({
    runner,
    clock,
    about: { name: 'agent', startedAt: clock.now() },
    destination: destinationAt(server.url),
    interrupt: true
  })
  const sent = { repo_ref: null, langgraph_config_path: null, image_uri: 'a:1', source_tarball_path: null }
  const intent = { name: 'agent', deploymentId: undefined, known: [], sent, isUnique: false }
  recorder.tell({ kind: 'sending', intent, stored: [] })
  recorder.tell({ kind: 'writing', mayHaveActed: true })
  if (deployment) recorder.tell({ kind: 'deployment', deployment: seenDeployment(deploymentWith()) })
  const seen = seenRevision(revisionWith({ status }))
  if (revision && own) recorder.tell({ kind: 'made', revision: seen, isCertain: certain })
  if (revision && !own) recorder.tell({ kind: 'revision', revision: seen, own })
  return { context: { client, limits, recorder }, runner, server }
}

const DONE: Reply = { json: {} }

const interruptAsked = (context: SettleContext) => interruptOwn(context, { cancelledAt: undefined, isWished: true })

describe('the revision of the run', () => {
  test.each([
    ['CREATING'],
    ['QUEUED'],
    ['AWAITING_BUILD'],
    ['BUILDING'],
    ['AWAITING_DEPLOY'],
    ['DEPLOYING'],
    ['UNKNOWN'],
    ['SOMETHING_NEW']
  ])('is interrupted in status %s', async (status) => {
    const { context, server } = await stage(DONE, { status })
    expect(await interruptAsked(context)).toMatchObject({
      kind: 'interrupted'
    })
    const { deployment, revision } = context.recorder.record()
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /v2/deployments/${deployment?.id}/revisions/${revision?.id}`,
      `POST /v2/deployments/${deployment?.id}/revisions/${revision?.id}/interruption`
    ])
  })

  test.each([
    ['DEPLOYED', 'is active and can no longer be interrupted'],
    ['DEPLOY_FAILED', 'has ended (DEPLOY_FAILED)'],
    ['SKIPPED', 'has ended (SKIPPED)']
  ])('is not interrupted if its present status is %s', async (statusNow, words) => {
    const { context, server } = await stage(DONE, { statusNow })
    const { kind, text } = await interruptAsked(context)
    expect({ kind, text }).toEqual({ kind: 'left', text: expect.stringContaining(words) })
    expect(server.requests.map(({ method }) => method)).toEqual(['GET'])
    expect(context.recorder.record().revision?.status).toBe(statusNow)
  })

  test.each([
    ['another run created it', { own: false }],
    ['it does not exist', { revision: false }],
    ['there is no deployment', { revision: false, deployment: false }]
  ])('is not interrupted if %s', async (_, how) => {
    const { context, server } = await stage(DONE, how)
    expect(await interruptAsked(context)).toEqual({ kind: 'none', text: '' })
    expect(server.requests).toEqual([])
  })

  test.each(['BUILD_FAILED', 'DEPLOY_FAILED', 'CREATE_FAILED', 'SKIPPED', 'INTERRUPTED'])(
    'in status %s is not interrupted, and the text reports this',
    async (status) => {
      const { context, server } = await stage(DONE, { status })
      const text = `Revision 11111111-1111-4111-8111-111111111111 has ended (${status}).`
      expect(await interruptAsked(context)).toEqual({ kind: 'none', text })
      expect(server.requests).toEqual([])
    }
  )

  test.each([
    [true, 'Revision 11111111-1111-4111-8111-111111111111 can no longer be interrupted.'],
    [false, '']
  ])(
    'in status DEPLOYED at a timeout adds only what the verdict lacks (on-timeout: interrupt: %j)',
    async (isWished, text) => {
      const { context } = await stage(DONE, { status: 'DEPLOYED' })
      const settled = await interruptOwn(context, { cancelledAt: undefined, isWished, isTimeout: true })
      expect(settled).toEqual({ kind: 'none', text })
    }
  )

  test('in status DEPLOYED is not interrupted, and the text names the missing checks', async () => {
    const { context, server } = await stage(DONE, { status: 'DEPLOYED' })
    const deployment = deploymentWith({ active_revision_id: '11111111-1111-4111-8111-111111111111' })
    context.recorder.tell({ kind: 'deployment', deployment: seenDeployment(deployment) })
    expect(await interruptAsked(context)).toEqual({
      kind: 'none',
      text: 'Revision 11111111-1111-4111-8111-111111111111 is active and can no longer be interrupted. Its health check had not passed, and the revision was not rolled back.'
    })
    expect(server.requests).toEqual([])
  })

  test('has its new status in the outputs after the interruption', async () => {
    const { context, runner } = await stage(DONE)
    expect(runner.outputs['revision-status']).toBe('BUILDING')
    await interruptAsked(context)
    expect(runner.outputs['revision-status']).toBe('INTERRUPTED')
  })

  test.each<[Reply, string]>([
    [{ status: 500, json: {} }, 'failed (LangSmith returned 500)'],
    ['cut', 'got no response']
  ])('is not interrupted after %j, and the text reports this', async (reply, what) => {
    const { context } = await stage(reply)
    expect((await interruptAsked(context)).text).toContain(`${what}; the post step tries again`)
  })

  test('is not interrupted, but named, if this run may not have created it', async () => {
    const { context, server } = await stage(DONE, { certain: false })
    const { kind, text } = await interruptAsked(context)
    expect(kind).toBe('left')
    expect(text).toMatch(/11111111-1111-4111-8111-111111111111 was not interrupted.*another run/)
    expect(server.requests).toEqual([])
  })

  test('is not interrupted, but named, if the inputs do not request it', async () => {
    const { context, server } = await stage(DONE)
    const { kind, text } = await interruptOwn(context, { cancelledAt: undefined, isWished: false })
    expect(kind).toBe('left')
    expect(text).toMatch(/11111111-1111-4111-8111-111111111111.*BUILDING/)
    expect(server.requests).toEqual([])
  })

  test('is not interrupted after a refusal, and the text quotes it', async () => {
    const { context } = await stage({ status: 403, json: {} })
    const { kind, text } = await interruptAsked(context)
    expect({ kind, text }).toEqual({ kind: 'left', text: expect.stringMatching(/could not be interrupted.*403/) })
  })

  test.each<[string, Reply]>([
    ['fails', { status: 500, json: {} }],
    ['is cut', 'cut'],
    ['gets no response within 1.5 s', 'hang']
  ])('is left to the post step if the interruption %s', async (_, reply) => {
    const { context, server } = await stage(reply)
    const limits = hurryTimeouts(2)
    const interrupting = interruptAsked(context)
    expect(await lasts(interrupting)).toBeLessThan(SOON_MS)
    expect(Math.max(...limits)).toBeLessThanOrEqual(1_500)
    expect(await interrupting).toMatchObject({ kind: 'unanswered', text: expect.stringContaining('the post step') })
    expect(server.requests).toHaveLength(2)
  })

  test('is interrupted in the rest of the 1.5 s after the cancellation', async () => {
    const { context } = await stage('hang')
    const limits = hurryTimeouts(1)
    const interrupting = interruptOwn(context, { cancelledAt: context.limits.clock.now() - 1_100, isWished: true })
    expect(await lasts(interrupting)).toBeLessThan(SOON_MS)
    expect(limits.length).toBeGreaterThan(0)
    expect(limits.filter((ms) => ms > 400)).toEqual([])
    expect(await interrupting).toMatchObject({ kind: 'unanswered' })
  })

  test('is left to the post step after these 1.5 s', async () => {
    const { context, server } = await stage(DONE)
    expect(
      await interruptOwn(context, { cancelledAt: context.limits.clock.now() - 1_450, isWished: true })
    ).toMatchObject({ kind: 'unanswered' })
    expect(server.requests).toEqual([])
  })
})

describe('settle()', () => {
  const CANCELLED: Verdict = { status: 'cancelled', reason: 'Stop.' }
  const TIMED_OUT: Verdict = { status: 'timed-out', reason: 'Late.', advice: 'Wait on.' }
  const configOf = (inputs: Readonly<Record<string, string>> = {}): Promise<Config> =>
    readConfig(fakeRunner({ inputs: { 'image-uri': 'a:1', ...inputs } }))
  const settle = async (staged: Stage, verdict: Verdict, inputs: Readonly<Record<string, string>> = {}) => {
    const cancellation = manualCancellation(staged.context.limits.clock.now)
    return settleRun(staged.context, await configOf(inputs), cancellation.at(), verdict)
  }

  test.each<Verdict>([
    { status: 'deployed' },
    { status: 'started' },
    { status: 'failed', reason: 'Bad.', advice: 'Look.' },
    { status: 'error', title: 'Error', reason: 'No.' },
    { status: 'superseded', reason: 'Newer.', passes: false }
  ])('keeps the verdict $status', async (verdict) => {
    const staged = await stage(DONE)
    expect(await settle(staged, verdict, { 'on-cancel': 'interrupt', 'on-timeout': 'interrupt' })).toBe(verdict)
    expect(memoryOf(staged.runner)).toMatchObject({ done: true })
    expect(staged.server.requests).toEqual([])
  })

  test.each<[string, Verdict, Readonly<Record<string, string>>, boolean]>([
    ['cancelled', CANCELLED, { 'on-cancel': 'interrupt' }, true],
    ['cancelled', CANCELLED, { 'on-timeout': 'interrupt' }, false],
    ['timed-out', TIMED_OUT, { 'on-timeout': 'interrupt' }, true],
    ['timed-out', TIMED_OUT, { 'on-cancel': 'interrupt' }, false],
    ['cancelled', CANCELLED, { command: 'delete', name: 'agent', 'image-uri': '' }, false]
  ])('after %s uses the input for this verdict: %j %j', async (_, verdict, inputs, interrupts) => {
    const staged = await stage(DONE)
    const settled = await settle(staged, verdict, inputs)
    expect(settled.status).toBe(verdict.status)
    expect(staged.server.requests).toHaveLength(interrupts ? 2 : 0)
    expect(memoryOf(staged.runner)).toMatchObject({ done: true })
    expect('reason' in settled && settled.reason).toMatch(interrupts ? /was interrupted/ : /was not interrupted/)
  })

  test.each<[string, Verdict, boolean]>([
    ['cancelled', CANCELLED, true],
    ['timed-out', TIMED_OUT, false]
  ])('after %s during a write leaves the write and the inputs to the post step', async (_, verdict, interrupt) => {
    const staged = await stage(DONE, { revision: false })
    const settled = await settle(staged, verdict, { 'on-cancel': 'interrupt' })
    expect('reason' in settled && settled.reason).toContain('the post step checks its effect')
    expect(memoryOf(staged.runner)).toMatchObject({ done: false, interrupt })
    expect(staged.server.requests).toEqual([])
  })

  test('after an error during a write leaves only a check to the post step', async () => {
    const staged = await stage(DONE, { revision: false })
    const settled = await settle(staged, { status: 'error', title: 'LangSmith returned 401', reason: 'No.' }, {})
    expect(settled).toMatchObject({ status: 'error', reason: expect.stringContaining('the post step checks') })
    expect(memoryOf(staged.runner)).toMatchObject({ done: false, interrupt: false })
    expect(staged.server.requests).toEqual([])
  })

  test('leaves an interruption without a response to the post step', async () => {
    const staged = await stage('cut')
    await settle(staged, TIMED_OUT, { 'on-timeout': 'interrupt' })
    expect(memoryOf(staged.runner)).toMatchObject({ done: false, interrupt: true })
  })

  test('replaces the advice to wait after an interruption', async () => {
    const settled = await settle(await stage(DONE), TIMED_OUT, { 'on-timeout': 'interrupt' })
    expect(settled).toMatchObject({ advice: expect.not.stringContaining('Wait on.') })
    expect(await settle(await stage(DONE), TIMED_OUT)).toMatchObject({ advice: 'Wait on.' })
  })
})
