import { describe, expect, test } from '@jest/globals'
import { UNKNOWN_ID } from '../emulator/support.ts'
import { problemsOf } from '../inputs/environment.ts'
import { INTERRUPT } from '../support/expected.ts'
import { errorOf, runMain, said } from '../support/run.ts'
import { at, IMAGE, idsOf, OLD_IMAGE, useWorld } from '../support/world.ts'

const STUCK = { statuses: ['BUILDING'], final: null }

describe('command: interrupt', () => {
  const world = useWorld()
  const interrupt = (inputs: Readonly<Record<string, string>> = {}) =>
    runMain(world, { command: 'interrupt', ...inputs })
  /** Two queued revisions, a stuck one and an active one, newest first. */
  const queue = async () => {
    await world.api.scenario({ revisions: [{ nth: 2, ...STUCK }] })
    const id = await world.images(OLD_IMAGE, 'b:1', 'b:2', 'b:3')
    return { id, revisions: idsOf(await world.revisions(id)) }
  }
  const statusesOf = async (id: string) => (await world.revisions(id)).map((revision) => at(revision, 'status'))

  test('stops the revision that blocks the queue, and reports what is in progress afterwards', async () => {
    const { id, revisions } = await queue()
    const [newest, , stuck, serving] = revisions
    const run = await interrupt()
    expect(run.runner.outputs).toMatchObject({
      status: 'interrupted',
      'revision-id': stuck,
      'revision-status': 'INTERRUPTED',
      'active-revision-id': serving
    })
    expect(JSON.parse(run.runner.outputs.queue ?? '')).toMatchObject([{ id: newest }])
    expect(await world.writes()).toEqual([INTERRUPT])
    expect(said(run)).toMatch(new RegExp(`Interrupting revision ${stuck} of "agent" \\(BUILDING, for 3 min\\)\\.`))
    expect(said(run)).toContain(`Verdict: interrupted. Revision ${stuck} was interrupted while it was BUILDING.`)
    for (const kind of ['notice', 'warning', 'error'] as const) expect(run.runner.texts(kind)).toEqual([])
    world.clock.skip(60_000)
    expect(await statusesOf(id)).toEqual(['DEPLOYED', 'SKIPPED', 'INTERRUPTED', 'DEPLOYED'])
  })

  test('stops the revision of `revision-id`', async () => {
    const { id, revisions } = await queue()
    const run = await interrupt({ 'revision-id': revisions[0] ?? '' })
    expect(run.runner.outputs).toMatchObject({ status: 'interrupted', 'revision-id': revisions[0] })
    expect(await statusesOf(id)).toEqual(['INTERRUPTED', 'QUEUED', 'BUILDING', 'DEPLOYED'])
  })

  test('reports the revision to stop in a dry run', async () => {
    const { revisions } = await queue()
    const run = await interrupt({ 'dry-run': 'true' })
    expect(run.runner.outputs).toMatchObject({ status: 'planned', 'revision-id': revisions[2] })
    expect(said(run)).toContain(`This run would interrupt revision ${revisions[2]} of "agent" (BUILDING, for 3 min).`)
    expect(await world.writes()).toEqual([])
  })

  test('ends as `unchanged` if no revision is in progress', async () => {
    await world.images(IMAGE)
    const run = await interrupt()
    expect(run.runner.outputs).toMatchObject({ status: 'unchanged' })
    expect(said(run)).toContain('No revision of "agent" is in progress.')
    expect(await world.writes()).toEqual([])
  })

  test('never stops an active or ended revision', async () => {
    const [active = '', older = ''] = idsOf(await world.revisions(await world.images(OLD_IMAGE, IMAGE)))
    expect(errorOf(await interrupt({ 'revision-id': active }))).toContain('an active revision is never interrupted')
    const { runner } = await interrupt({ 'revision-id': older })
    expect(runner.outputs).toMatchObject({ status: 'unchanged', 'revision-id': older })
    expect(errorOf(await interrupt({ 'revision-id': UNKNOWN_ID }))).toContain('`revision-id`: deployment')
    expect(await world.writes()).toEqual([])
  })

  test('repeats the request after a lost response', async () => {
    const { id } = await queue()
    await world.api.scenario({
      revisions: [{ nth: 2, ...STUCK }],
      faults: [{ method: 'POST', path: '/v2/deployments/*/revisions/*/interruption', action: 'cut', commit: false }]
    })
    expect((await interrupt()).runner.outputs).toMatchObject({ status: 'interrupted' })
    expect((await statusesOf(id))[2]).toBe('INTERRUPTED')
  })

  test('reports a refusal', async () => {
    await queue()
    await world.api.scenario({
      revisions: [{ nth: 2, ...STUCK }],
      faults: [{ method: 'POST', path: '/v2/deployments/*/revisions/*/interruption', action: 'status', status: 403 }]
    })
    expect(errorOf(await interrupt())).toContain('403')
  })

  test('ends as `unchanged` if the revision fails before the interruption has an effect', async () => {
    const failing = { nth: 2, final: 'DEPLOY_FAILED', durations: { DEPLOYING: 70_000 } }
    await world.api.scenario({
      revisions: [failing],
      faults: [{ method: 'POST', path: '/v2/deployments/*/revisions/*/interruption', action: 'status', status: 202 }]
    })
    const id = await world.images(OLD_IMAGE, 'b:1')
    const [failed] = idsOf(await world.revisions(id))
    const run = await interrupt()
    expect(run.runner.outputs).toMatchObject({ status: 'unchanged', 'revision-id': failed })
    expect(said(run)).toContain(`Revision ${failed} ended as DEPLOY_FAILED before it could be interrupted.`)
  })

  test('reports an accepted interruption that has no effect, and warns', async () => {
    const { revisions } = await queue()
    await world.api.scenario({
      revisions: [{ nth: 2, ...STUCK }],
      faults: [{ method: 'POST', path: '/v2/deployments/*/revisions/*/interruption', action: 'status', status: 202 }]
    })
    const run = await interrupt()
    expect(said(run)).toContain(
      `Verdict: interrupted. LangSmith accepted the interruption of revision ${revisions[2]}, which is still BUILDING.`
    )
    expect(run.runner.texts('warning')).toEqual([expect.stringContaining('but the revision continues after 30 s')])
  })
})

test('`revision-id: latest` is rejected with advice', async () => {
  const inputs = { command: 'interrupt', name: 'agent', 'revision-id': 'latest' }
  expect(await problemsOf({ inputs })).toEqual([
    {
      input: 'revision-id',
      text: 'cannot be `latest` with `command: interrupt`. Set it to the ID of a revision, or omit it to use the revision in progress.'
    }
  ])
})
