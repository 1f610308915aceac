import { describe, expect, test } from '@jest/globals'
import type { Json } from '../emulator/support.ts'
import { PATCH } from '../support/expected.ts'
import { errorOf, type Inputs, runMain, warningOf } from '../support/run.ts'
import { FROM_IMAGE, OLD_IMAGE, useWorld } from '../support/world.ts'

const MINUTE_MS = 60_000

/** The steps of a proof during which the deployment is deleted. Each step fails. */
const STEPS: readonly (readonly [step: string, inputs: Inputs, scenario: Json])[] = [
  ['the health check', {}, { faults: [{ path: '/agents/**', times: null, action: 'status', status: 503 }] }],
  ['the graphs', { 'verify-graphs': 'true' }, { agent: { graphs: { agent: { load: 'error' } } } }],
  [
    'a smoke test',
    { 'smoke-test': '{graph: agent, input: {a: 1}}' },
    {
      agent: { graphs: { agent: { runs: [{ error: { type: 'KeyError', message: 'x' } }] } } },
      faults: [{ path: '/agents/*/runs/wait', action: 'status', status: 503 }]
    }
  ]
]

describe.each<[string, number, RegExp]>([
  ['is being deleted', 60 * MINUTE_MS, /^Deployment "agent" is being deleted \(AWAITING_DELETE\)/],
  ['no longer exists', 0, /^The deployment "agent" no longer exists in the control plane\.\n/]
])('a deployment that %s', (_, deleteMs, words) => {
  const world = useWorld({ deleteMs })

  test.each(STEPS)('before %s fails is a plain failure without a rollback', async (_step, inputs, scenario) => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario(scenario)
    world.clock.onceInPause(
      async () => (await world.requests()).some((request) => request.includes(' /agents/')),
      () => world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    )
    const run = await runMain(world, { ...FROM_IMAGE, ...inputs, 'rollback-on-failure': 'true' })
    expect(run.runner.outputs.status).toBe('failed')
    expect(errorOf(run)).toMatch(words)
    expect(errorOf(run)).not.toMatch(/is DEPLOYED, but|rolled back|rollback|redeploy/i)
    expect(warningOf(run)).toBe('')
    expect((await world.writes()).filter((write) => !write.includes(' /agents/'))).toEqual([PATCH])
  })
})
