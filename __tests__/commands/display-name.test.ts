import { describe, expect, test } from '@jest/globals'
import { namingBeside } from '../../src/commands/display-name.ts'
import { toDeployment } from '../../src/control-plane/resources.ts'
import { CancelledError, DeadlineError } from '../../src/run/limits.ts'
import { create, dockerBody } from '../emulator/support.ts'
import { CREATE, PATCH } from '../support/expected.ts'
import { at, IMAGE, idsOf, useWorld } from '../support/world.ts'

const world = useWorld()
const deploy = () => world.play({ 'image-uri': IMAGE, 'display-name': 'My agent' })

describe('the display name of a new deployment', () => {
  test.each([
    ['is throttled for a day', { status: 429, headers: { 'Retry-After': '86400' } }],
    ['is always throttled', { status: 429 }],
    ['conflicts with another rollout', { status: 409, body: { detail: 'A rollout is in progress' } }],
    ['is redirected', { status: 302, headers: { Location: 'http://127.0.0.1:1/' } }]
  ])('is sent once, and is only a warning if the request %s', async (_, fault) => {
    await world.api.scenario({ faults: [{ method: 'PATCH', action: 'status', times: null, ...fault }] })
    const { verdict, runner } = await deploy()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.writes()).toEqual([CREATE, PATCH])
    expect(runner.texts('warning')).toEqual([expect.stringMatching(new RegExp(`display-name.*${fault.status}`))])
    expect(world.clock.pauses.every((ms) => ms <= 10_000)).toBe(true)
  })

  test('is sent during the rollout and creates no revision', async () => {
    const { verdict, facts } = await deploy()
    expect(verdict).toEqual({ status: 'deployed' })
    const requests = await world.requests()
    expect(requests.indexOf(PATCH)).toBeLessThan(requests.length - 3)
    const id = String(facts.deployment?.id)
    expect(at(await world.deployment(id), 'display_name')).toBe('My agent')
    expect(idsOf(await world.revisions(id))).toEqual([facts.revision?.id])
  })
})

describe('a display name on a server that does not respond', () => {
  /** Sets a display name on a server that never responds, during a rollout that the test controls. */
  async function beside<T>(
    rollout: (cancel: () => void) => Promise<T>,
    { timeoutMs = 3_600_000, budgetMs = 60_000 } = {}
  ) {
    const deployment = toDeployment(
      await world.api.ask(200, 'GET', `/v2/deployments/${await create(world.api, dockerBody({ name: 'agent' }))}`)
    )
    await world.api.scenario({ faults: [{ method: 'PATCH', action: 'hang' }] })
    const { client, limits, cancel } = world.line({ timeoutMs })
    const warnings: string[] = []
    const context = { client, limits, progress: { warn: (text: string) => warnings.push(text) } }
    const since = performance.now()
    const ended = await namingBeside(context, deployment, 'My agent', () => rollout(cancel), budgetMs).then(
      (value) => ({ value }),
      (error: unknown) => ({ error })
    )
    return { ended, warnings, ms: performance.now() - since }
  }

  test('ends with the timeout of the run, and keeps the result of the rollout', async () => {
    const error = new DeadlineError()
    const { ended, warnings, ms } = await beside(() => Promise.reject(error), { timeoutMs: 300 })
    expect(ended).toEqual({ error })
    expect(warnings).toEqual([expect.stringContaining('`display-name`')])
    expect(ms).toBeLessThan(2_000)
  })

  test('ends silently with the job', async () => {
    const { ended, warnings, ms } = await beside(async (cancel) => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      cancel()
      throw new CancelledError()
    })
    expect(ended).toMatchObject({ error: { name: 'CancelledError' } })
    expect(warnings).toEqual([])
    expect(ms).toBeLessThan(1_500)
  })

  test('ends after its own time limit', async () => {
    const { ended, warnings, ms } = await beside(async () => 'deployed', { budgetMs: 100 })
    expect(ended).toEqual({ value: 'deployed' })
    expect(warnings).toEqual([expect.stringContaining('`display-name`')])
    expect(ms).toBeLessThan(2_000)
  })
})

test('without a display name, no request is sent', async () => {
  await world.play({ 'image-uri': IMAGE })
  expect(await world.writes()).toEqual([CREATE])
})
