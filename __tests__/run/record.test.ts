import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createOutputWriter, outputsOf } from '../../src/report/outputs.ts'
import { firstRecord, next, type RunEvent, type RunRecord, type SeenDeployment } from '../../src/run/record.ts'
import { createRecorder } from '../../src/run/recorder.ts'
import { COMMIT, DEPLOYMENT_ID, NEWER_ID, OLDER_ID, REVISION_ID, TENANT_ID } from '../deployment/samples.ts'
import { destinationAt } from '../support/run.ts'
import { IMAGE, OLD_IMAGE, useWorld } from '../support/world.ts'

const FIRST = firstRecord(
  { name: 'agent', startedAt: 0 },
  { destination: destinationAt('https://langsmith.example.com/api-host') }
)
const recordAfter = (...events: readonly RunEvent[]): RunRecord =>
  events.reduce((record, event, at) => next(record, event, at * 1_000), FIRST)

const DEPLOYMENT: SeenDeployment = { id: DEPLOYMENT_ID, name: 'my-agent', state: 'present' }
const SENT = { repo_ref: null, langgraph_config_path: null, image_uri: IMAGE, source_tarball_path: null }
const INTENT = { name: 'my-agent', deploymentId: DEPLOYMENT_ID, known: [], isUnique: false, sent: SENT }

describe('the record of a real run', () => {
  const world = useWorld()

  test('is plain JSON without secret values of the run or of LangSmith', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.patch(id, { secrets: [{ name: 'KEPT', value: 'sk-kept-0123456789' }] })
    const { facts } = await world.play({
      'image-uri': IMAGE,
      secrets: 'TOKEN=sk-given-0123456789',
      variables: 'KEPT=now public'
    })
    const text = JSON.stringify(facts)
    expect(JSON.parse(text)).toEqual(facts)
    expect(text).not.toMatch(/sk-(kept|given)/)
    expect(facts).toMatchObject({
      stored: { names: expect.arrayContaining([expect.stringContaining('TOKEN')]), count: 2 }
    })
  })

  test('determines the outputs', async () => {
    await world.images(OLD_IMAGE)
    const { facts, runner } = await world.play({ 'image-uri': IMAGE })
    expect(Object.fromEntries(outputsOf(facts))).toEqual(runner.outputs)
    expect(runner.outputs).toMatchObject({ 'revision-status': 'DEPLOYED', 'image-uri': IMAGE, created: 'false' })
  })
})

describe('an event', () => {
  test('does not modify the previous record', () => {
    const before = recordAfter({ kind: 'deployment', deployment: DEPLOYMENT })
    const copy = structuredClone(before)
    next(before, { kind: 'revision', revision: { id: REVISION_ID, status: 'BUILDING' }, own: true }, 1)
    next(before, { kind: 'gone' }, 2)
    expect(before).toEqual(copy)
  })

  test.each<[string, readonly RunEvent[], string | null | undefined]>([
    ['unknown without an event', [], undefined],
    ['the last one before the write', [active(OLDER_ID), active(NEWER_ID)], NEWER_ID],
    [
      'not one after the write',
      [active(OLDER_ID), { kind: 'sending', intent: INTENT, stored: [] }, active(NEWER_ID)],
      OLDER_ID
    ]
  ])('sets the revision that was active before the run: %s', (_, events, id) => {
    expect(recordAfter(...events).previousRevisionId).toBe(id)
  })

  test('that omits values keeps those of older events', () => {
    const whole = { ...DEPLOYMENT, address: 'https://a.example.com', activeRevisionId: OLDER_ID, tenantId: TENANT_ID }
    const record = recordAfter(
      { kind: 'deployment', deployment: whole },
      { kind: 'deployment', deployment: DEPLOYMENT },
      { kind: 'revision', revision: { id: REVISION_ID, status: 'BUILDING', commit: COMMIT }, own: true },
      { kind: 'revision', revision: { id: REVISION_ID, status: 'DEPLOYED' }, own: true }
    )
    expect(record.deployment).toEqual(whole)
    expect(record.revision).toMatchObject({ status: 'DEPLOYED', commit: COMMIT })
  })

  test('of another revision keeps only the phases of the previous one', () => {
    const record = recordAfter(
      { kind: 'made', revision: { id: REVISION_ID, status: 'QUEUED', commit: COMMIT, image: IMAGE }, isCertain: true },
      { kind: 'revision', revision: { id: NEWER_ID, status: 'QUEUED' }, own: false }
    )
    expect(record.revision).toEqual({ id: NEWER_ID, status: 'QUEUED' })
    expect(record).toMatchObject({ own: false, revisionId: REVISION_ID, isCertain: true })
    expect(record.phases).toEqual([
      { status: 'QUEUED', at: 0 },
      { status: 'QUEUED', at: 1_000 }
    ])
  })

  test("of a later rollout does not change the run's own revision", () => {
    const made: RunEvent = { kind: 'made', revision: { id: REVISION_ID, status: 'DEPLOYED' }, isCertain: true }
    const followUp = { label: 'Roll back', revision: { id: NEWER_ID, status: 'BUILDING' } }
    expect(recordAfter(made, { kind: 'follow-up', ...followUp })).toEqual({ ...recordAfter(made), followUp })
  })
})

/** Returns an event with the active revision of the deployment. */
function active(revisionId: string): RunEvent {
  return { kind: 'active', revisionId }
}

describe('the outputs', () => {
  const ids = fc.constantFrom(DEPLOYMENT_ID, REVISION_ID, NEWER_ID, OLDER_ID, 'x; rm -rf /')
  const text = fc.option(fc.constantFrom('https://a.example.com', 'https://b.example.com', 'a b', IMAGE, COMMIT), {
    nil: undefined
  })
  const deployments = fc.record({
    id: ids,
    name: fc.constantFrom('agent', 'a\nb'),
    state: fc.constantFrom<SeenDeployment['state'][]>('present', 'going'),
    address: text,
    activeRevisionId: fc.option(ids, { nil: undefined }),
    tenantId: fc.constantFrom(undefined, TENANT_ID)
  })
  const revisions = fc.record({
    id: ids,
    status: fc.constantFrom('QUEUED', 'DEPLOYED', 'odd'),
    commit: text,
    image: text
  })
  const events: fc.Arbitrary<RunEvent> = fc.oneof(
    fc.record({ kind: fc.constant('deployment'), deployment: deployments, created: fc.constantFrom(undefined, true) }),
    fc.record({ kind: fc.constant('leaving'), deployment: deployments }),
    fc.constant<RunEvent>({ kind: 'gone' }),
    fc.record({ kind: fc.constant('active'), revisionId: fc.option(ids) }),
    fc.record({ kind: fc.constant('made'), revision: revisions, isCertain: fc.boolean() }),
    fc.record({ kind: fc.constant('revision'), revision: revisions, own: fc.boolean() }),
    fc.record({ kind: fc.constant('rolled-back'), to: ids, by: ids })
  ) as fc.Arbitrary<RunEvent>

  test('match the record after any events in any order', () => {
    fc.assert(
      fc.property(fc.array(events), (all) => {
        const written = new Map<string, string>()
        const warnings: string[] = []
        const writer = createOutputWriter({
          output: (name, value) => {
            if (value === '') written.delete(name)
            else written.set(name, value)
          },
          warning: (warning) => warnings.push(warning)
        })
        const recorder = createRecorder(FIRST, () => 0, [writer])
        for (const event of all) recorder.tell(event)
        expect(written).toEqual(outputsOf(recorder.record()))
        expect(new Set(warnings).size).toBe(warnings.length)
      })
    )
  })

  test('have no duration before the end of the run, or if it was killed', () => {
    expect(outputsOf(recordAfter({ kind: 'killed', reason: 'r' })).has('duration-seconds')).toBe(false)
    const ended = next(FIRST, { kind: 'ended', verdict: { status: 'deployed' } }, 90_400)
    expect(Object.fromEntries(outputsOf(ended))).toEqual({ status: 'deployed', 'duration-seconds': '90' })
  })
})
