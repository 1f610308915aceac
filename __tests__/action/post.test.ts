import { describe, expect, test } from '@jest/globals'
import type { RunOptions } from '../../demo/runner.ts'
import {
  annotated,
  CREATE,
  ENDLESS,
  expectClean,
  expectOutcome,
  FROM_IMAGE,
  INTERRUPT,
  type Inputs,
  type Json,
  type Outcome,
  PATCH,
  type Plane,
  REDEPLOY,
  routeOf,
  withPlane
} from './support.ts'

const ON_CANCEL = ['leave', 'interrupt'] as const
const KILLED: RunOptions = { signals: [{ signal: 'SIGKILL', when: /BUILDING/ }] }
/** Enough time to send the write, which then hangs forever. */
const KILLED_IN_A_WRITE: RunOptions = {
  signals: [{ signal: 'SIGKILL', when: /Plan: |new revision from /, afterMs: 1_500 }]
}
/** The first line of the plan is in the log just before the write is sent. */
const PLAN = /Plan: create a new/

interface Write {
  readonly what: string
  readonly write: string
  readonly inputs: Inputs
  readonly images: readonly string[]
  readonly fault: Json
}

const WRITES: readonly Write[] = [
  { what: 'create', write: CREATE, inputs: FROM_IMAGE, images: [], fault: { method: 'POST', path: '/v2/deployments' } },
  { what: 'patch', write: PATCH, inputs: FROM_IMAGE, images: ['a.test/agent:1'], fault: { method: 'PATCH' } },
  {
    what: 'redeploy',
    write: REDEPLOY,
    inputs: { command: 'redeploy' },
    images: ['a.test/agent:0', 'a.test/agent:1'],
    fault: { method: 'POST', path: '**/redeploy' }
  }
]
const ROWS = WRITES.flatMap((write) => ON_CANCEL.map((onCancel) => ({ ...write, onCancel })))

/** Control plane that carries out the write and never responds. */
async function hanging(plane: Plane, { images, fault }: Write, commit: unknown = true): Promise<void> {
  if (images.length > 0) await plane.seed('agent', { images })
  await plane.scenario({ ...ENDLESS, faults: [{ ...fault, action: 'hang', commit }] })
}

/** Checks what the post step reports and does about the one revision of the run. */
async function expectSettled(plane: Plane, { run, writes }: Outcome, write: string, onCancel: string): Promise<void> {
  await expectLeft(plane, { run, writes }, onCancel === 'interrupt' ? [write, INTERRUPT] : [write])
}

/** A revision of a write without a response may be that of another run: it is reported, and never interrupted. */
async function expectUnconfirmed(
  plane: Plane,
  { run, writes }: Outcome,
  write: string,
  onCancel: string
): Promise<void> {
  await expectLeft(plane, { run, writes }, [write])
  expect(run.post && annotated(run.post)).toMatch(
    onCancel === 'interrupt' ? /was not interrupted, because/ : /may still be in progress/
  )
}

async function expectLeft(
  plane: Plane,
  { run, writes }: Pick<Outcome, 'run' | 'writes'>,
  expected: readonly string[]
): Promise<void> {
  const [deployment] = await plane.deployments()
  const [ours] = await plane.revisions(String(deployment?.id))
  expect(run.post?.exitCode).toBe(0)
  // A requested interruption does not cause a warning.
  const level = expected.includes(INTERRUPT) ? 'notice' : 'warning'
  expect(run.post?.annotations.map((annotation) => annotation.level)).toEqual([level])
  expect(run.post && annotated(run.post)).toContain(String(ours?.id))
  expect({ writes, status: ours?.status }).toEqual({
    writes: expected,
    status: expected.includes(INTERRUPT) ? 'INTERRUPTED' : 'BUILDING'
  })
  if (run.post) expectClean(run.post)
}

describe('the post step', () => {
  test.concurrent('reports that the interrupted write had no effect, and writes nothing', () =>
    withPlane(async (plane) => {
      await plane.seed('agent')
      await plane.scenario({ faults: [{ method: 'PATCH', action: 'hang' }] })
      const { run, writes } = await plane.run({ ...FROM_IMAGE, 'on-cancel': 'interrupt' }, KILLED_IN_A_WRITE)
      expect(writes).toEqual([PATCH])
      expect(run.post?.exitCode).toBe(0)
      expect(run.post?.annotations.filter(({ level }) => level === 'error')).toEqual([])
      expect(run.post?.log).toMatch(/The post step found no effect of the last request of the run/)
      expect(run.post?.durationMs).toBeLessThan(20_000)
    }))

  test.concurrent('finds a revision that the server creates seconds after the connection is lost', () =>
    withPlane(async (plane) => {
      const [, patch] = WRITES
      if (!patch) throw new Error('There is no patch among the writes')
      await hanging(plane, patch, { after_ms: 3_000 })
      const outcome = await plane.run(
        { ...FROM_IMAGE, 'on-cancel': 'interrupt' },
        { signals: [{ signal: 'SIGTERM', when: PLAN }] }
      )
      await expectUnconfirmed(plane, outcome, PATCH, 'interrupt')
    }))

  test.concurrent('sends no request after a regular end', () =>
    withPlane(async (plane) => {
      await plane.scenario(ENDLESS)
      const { run, requests } = await plane.run({ ...FROM_IMAGE, wait: 'false', 'on-cancel': 'interrupt' })
      expect(requests).toEqual([
        'GET /v2/deployments',
        'GET /v2/listeners',
        CREATE,
        'GET /v2/deployments/:id/revisions'
      ])
      expect({ exitCode: run.post?.exitCode, log: run.post?.log }).toEqual({ exitCode: 0, log: '' })
    }))

  test.concurrent.each(ON_CANCEL)(
    'applies `on-cancel: %s` to the revision of a run that was killed while waiting',
    (onCancel) =>
      withPlane(async (plane) => {
        await plane.scenario(ENDLESS)
        const outcome = await plane.run({ ...FROM_IMAGE, 'on-cancel': onCancel }, KILLED)
        expect(outcome.run).toMatchObject({ exitCode: null, signal: 'SIGKILL' })
        // Data known by then is not lost.
        expect(outcome.run.outputs).toMatchObject({ created: 'true', 'revision-status': 'BUILDING' })
        await expectSettled(plane, outcome, CREATE, onCancel)
      })
  )

  test.concurrent('reports the same after the loss of the machine, at any time', () =>
    withPlane(async (plane) => {
      await plane.scenario(ENDLESS)
      const outcome = await plane.run({ ...FROM_IMAGE, 'on-cancel': 'interrupt' }, KILLED_IN_A_WRITE)
      await expectSettled(plane, outcome, CREATE, 'interrupt')
    }))

  test.concurrent('prints nothing and sends no request if the run was killed before its first write', () =>
    withPlane(async (plane) => {
      await plane.scenario({ faults: [{ method: 'GET', action: 'hang' }] })
      const { run, requests } = await plane.run(
        { ...FROM_IMAGE, 'on-cancel': 'interrupt' },
        { signals: [{ signal: 'SIGKILL', when: /^Deploying/ }] }
      )
      expect(requests.length).toBeLessThanOrEqual(1)
      expect({ exitCode: run.post?.exitCode, log: run.post?.log }).toEqual({ exitCode: 0, log: '' })
    }))

  test.concurrent('warns without failing if its own request is rejected', () =>
    withPlane(async (plane) => {
      await plane.seed('agent')
      await plane.scenario({
        faults: [
          { method: 'PATCH', action: 'hang', commit: true },
          { method: 'GET', path: '/v2/deployments/*', nth: 2, times: null, action: 'status', status: 401 }
        ]
      })
      const { run, writes } = await plane.run(FROM_IMAGE, KILLED_IN_A_WRITE)
      expect(writes).toEqual([PATCH])
      expect(run.post?.exitCode).toBe(0)
      expect(run.post?.annotations.map(({ level }) => level)).toEqual(['warning'])
      expect(run.post && annotated(run.post)).toMatch('401')
      if (run.post) expectClean(run.post)
    }))

  test.concurrent('interrupts the revision after a timeout whose interruption had no response', () =>
    withPlane(async (plane) => {
      await plane.scenario({
        ...ENDLESS,
        faults: [{ method: 'POST', path: '**/interruption', action: 'hang' }]
      })
      const outcome = await plane.run({ ...FROM_IMAGE, timeout: '2s', 'on-timeout': 'interrupt' })
      expectOutcome(outcome, { status: 'timed-out', writes: [CREATE, INTERRUPT, INTERRUPT] })
      // Two seconds of timeout, two more for the end, and the time to start.
      expect(outcome.run.durationMs).toBeLessThan(6_000)
      expect(outcome.run.post?.annotations.map(({ level }) => level)).toEqual(['notice'])
      const [deployment] = await plane.deployments()
      expect((await plane.revisions(String(deployment?.id)))[0]?.status).toBe('INTERRUPTED')
    }))
})

describe('a write that hangs', () => {
  test.concurrent.each(ROWS)(
    'of a $what ends within two seconds of a cancellation, and the post step applies `on-cancel: $onCancel`',
    (row) =>
      withPlane(async (plane) => {
        await hanging(plane, row)
        const outcome = await plane.run(
          { ...row.inputs, 'on-cancel': row.onCancel },
          { signals: [{ signal: 'SIGINT', when: /Plan: |new revision from / }] }
        )
        expect(outcome.journal.map(routeOf)).toContain(row.write)
        expect(outcome.afterSignalMs).toBeLessThan(2_000)
        expectOutcome(outcome, {
          status: 'cancelled',
          writes: [row.write],
          says: [/post step/]
        })
        await expectUnconfirmed(plane, outcome, row.write, row.onCancel)
      })
  )

  test.concurrent.each(ROWS)(
    'of a $what in a killed run is looked up by the post step, which applies `on-cancel: $onCancel`',
    (row) =>
      withPlane(async (plane) => {
        await hanging(plane, row)
        const outcome = await plane.run({ ...row.inputs, 'on-cancel': row.onCancel }, KILLED_IN_A_WRITE)
        expect(outcome.run.signal).toBe('SIGKILL')
        await expectUnconfirmed(plane, outcome, row.write, row.onCancel)
      })
  )
})
