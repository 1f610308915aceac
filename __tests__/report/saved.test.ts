import { describe, expect, test } from '@jest/globals'
import { createSaver } from '../../src/report/saved.ts'
import type { Intent } from '../../src/run/intent.ts'
import {
  firstRecord,
  hasOpenEnds,
  isWriteOpen,
  type OpenFeedback,
  type RunEvent,
  type RunRecord
} from '../../src/run/record.ts'
import { createRecorder } from '../../src/run/recorder.ts'
import { parseSaved, STATE } from '../../src/run/saved-state.ts'
import { DEPLOYMENT_ID, NEWER_ID, OLDER_ID, REVISION_ID, TENANT_ID } from '../deployment/samples.ts'
import { destinationAt } from '../support/run.ts'

const INTENT: Intent = {
  name: 'my-agent',
  deploymentId: undefined,
  known: [OLDER_ID],
  isUnique: false,
  sent: { repo_ref: 'main', langgraph_config_path: 'langgraph.json', image_uri: null, source_tarball_path: null }
}
const DESTINATION = destinationAt('https://langsmith.example.com/api-host')
const ABOUT = { name: 'my-agent', startedAt: 0 }
const SEEN: RunEvent = { kind: 'deployment', deployment: { id: DEPLOYMENT_ID, name: 'my-agent', state: 'present' } }
const SENDING: RunEvent = { kind: 'sending', intent: INTENT, stored: ['environment variable LEVEL'] }
const WRITING: RunEvent = { kind: 'writing', mayHaveActed: true }
const MADE: RunEvent = { kind: 'made', revision: { id: REVISION_ID, status: 'QUEUED' }, isCertain: true }

/** Returns the state that the post step reads after these events, and everything that was saved. */
function tellAll(...events: readonly RunEvent[]) {
  const saved: string[] = []
  const save = createSaver({
    saveState: (name, value) => {
      expect(name).toBe(STATE)
      saved.push(value)
    }
  })
  const recorder = createRecorder(firstRecord(ABOUT, { destination: DESTINATION, interrupt: true }), () => 0, [save])
  for (const event of events) recorder.tell(event)
  return { record: recorder.record(), saved, told: parseSaved(saved.at(-1) ?? '') }
}

describe('the state for the post step', () => {
  test.each<[string, readonly RunEvent[]]>([
    ['the deployment is known', [SEEN]],
    ['the run is settled', [SEEN, { kind: 'settled' }]],
    ['there is a verdict', [{ kind: 'ended', verdict: { status: 'error', title: 't', reason: 'r' } }]],
    ['the workspace is known', [{ kind: 'workspace', id: TENANT_ID }]]
  ])('is empty before the first write, even if %s', (_, events) => {
    expect(tellAll(...events).told).toBeUndefined()
  })

  test('contains the write before it is sent, with everything known so far', () => {
    const { told, record } = tellAll({ kind: 'workspace', id: TENANT_ID }, SEEN, SENDING)
    const { deploymentId: _, ...intent } = INTENT
    expect(told).toMatchObject({
      done: false,
      interrupt: true,
      isCertain: false,
      intent,
      mayHaveActed: false,
      deploymentId: DEPLOYMENT_ID,
      destination: { ...JSON.parse(JSON.stringify(DESTINATION)), workspaceId: TENANT_ID }
    })
    expect(isWriteOpen(record)).toBe(false)
  })

  test.each<[string, readonly RunEvent[], boolean]>([
    ['before the first write', [SEEN], false],
    ['before the write is sent', [SENDING], false],
    ['after the write is sent', [SENDING, WRITING], true],
    ['after the server rejected the write', [SENDING, WRITING, { kind: 'writing', mayHaveActed: false }], false],
    ['after the revision of the write is known', [SENDING, WRITING, MADE], false],
    ['after a second write is sent', [SENDING, WRITING, MADE, SENDING], true]
  ])('has an open write %s: %s', (_, events, isOpen) => {
    expect(isWriteOpen(tellAll(...events).record)).toBe(isOpen)
  })

  test('contains the revision as soon as it is known', () => {
    expect(tellAll(SENDING, WRITING, SEEN, MADE).told).toMatchObject({
      deploymentId: DEPLOYMENT_ID,
      revisionId: REVISION_ID,
      isCertain: true
    })
  })

  test('contains a second write without the revision of the first', () => {
    const again: RunEvent = { kind: 'sending', intent: { ...INTENT, known: [OLDER_ID, NEWER_ID] }, stored: [] }
    const { told } = tellAll(SENDING, { kind: 'named', revisionId: REVISION_ID }, MADE, again)
    expect(told).toMatchObject({ intent: { known: [OLDER_ID, NEWER_ID] }, isCertain: false })
    expect(told).not.toHaveProperty('revisionId')
    expect(told).not.toHaveProperty('namedId')
  })

  test('has no open ends after a regular end', () => {
    const { told } = tellAll(SENDING, WRITING, MADE, { kind: 'settled' })
    expect(told?.done).toBe(true)
    expect(told && hasOpenEnds(told)).toBe(false)
  })

  test.each([true, false])('says whether to interrupt the revision: %s', (interrupt) => {
    expect(tellAll(SENDING, { kind: 'left-open', interrupt }).told).toMatchObject({ done: false, interrupt })
  })

  test('is not saved again without a change', () => {
    const same: RunEvent = { kind: 'writing', mayHaveActed: false }
    expect(tellAll(SENDING, SEEN, SEEN, SENDING, same).saved).toHaveLength(2)
  })

  test('omits what a run in progress saw, which would be out of date', () => {
    const log: RunEvent = { kind: 'failure-log', log: { ...NO_LOG, lines: ['a'] } }
    const { told, saved } = tellAll(SENDING, SEEN, MADE, log, {
      kind: 'proof',
      step: { about: 'health', outcome: 'passed', seen: '/ok returned 200' }
    })
    expect(told).toMatchObject({ phases: [] })
    for (const name of ['deployment', 'revision', 'failureLog', 'plan']) expect(told).not.toHaveProperty(name)
    expect(saved.join()).not.toContain('QUEUED')
  })

  test('stays within the limit of a process for any log', () => {
    const lines = Array.from({ length: 50 }, () => 'x'.repeat(30_000))
    const log: RunEvent = { kind: 'failure-log', log: { ...NO_LOG, lines, telling: lines } }
    const { told, saved } = tellAll(SENDING, MADE, log, { kind: 'ended', verdict: { status: 'deployed' } })
    expect(told?.failureLog).toMatchObject({ lines: [] })
    expect(Buffer.byteLength(saved.at(-1) ?? '')).toBeLessThan(10_000)
  })

  test('stays within that limit for any number of variables', () => {
    const stored = Array.from({ length: 6_000 }, (_, n) => `environment variable N${n}`)
    const { told, saved } = tellAll({ kind: 'sending', intent: INTENT, stored }, MADE)
    expect(told?.stored).toEqual({ names: stored.slice(0, 40), count: 6_000 })
    expect(Buffer.byteLength(saved.at(-1) ?? '')).toBeLessThan(10_000)
  })

  test.each([
    ['an image with a password', { image: 'https://user:sk-password-0001@ghcr.io/acme/x' }],
    ['an invalid image', { image: 'x'.repeat(140_000) }],
    ['an invalid commit', { commit: 'sk-password-0001' }]
  ])('contains no server text that an output would reject: %s', (_, seen) => {
    const revision: RunEvent = {
      kind: 'revision',
      revision: { id: REVISION_ID, status: 'DEPLOYED', ...seen },
      own: true
    }
    const { saved } = tellAll(SENDING, revision, { kind: 'ended', verdict: { status: 'deployed' } })
    expect(saved.join()).not.toContain(Object.values(seen)[0])
  })
})

const NO_LOG = {
  kind: 'build',
  revisionId: REVISION_ID,
  lines: [],
  telling: [],
  isTelling: true,
  isCause: false,
  advice: ''
} as const

describe('feedback', () => {
  const OPEN: OpenFeedback = {
    plan: {
      asked: 'my-agent',
      isId: false,
      place: 'c0ffee123456',
      removes: false,
      isPreview: true,
      channels: { environment: 'staging', comment: 7 },
      commit: '0123456789abcdef0123456789abcdef01234567',
      run: { id: 1001, attempt: 1 }
    },
    state: { begun: true, deployment: 1, comment: 2 }
  }
  const feedback = (open: RunRecord['feedback']): RunEvent => ({ kind: 'feedback', feedback: open })

  test('is saved before the first write, because it must be finished from then on', () => {
    const begun = { ...OPEN, state: { begun: true } }
    expect(tellAll(feedback(begun)).told?.feedback).toEqual(begun)
    const copy = { plan: { ...OPEN.plan }, state: { ...OPEN.state } }
    const { told, saved } = tellAll(feedback(begun), feedback(OPEN), feedback(copy))
    expect(told).toMatchObject({ done: false, feedback: OPEN })
    expect(told).not.toHaveProperty('intent')
    expect(saved).toHaveLength(2)
  })

  test('is removed after its end was sent', () => {
    const { told } = tellAll(feedback(OPEN), SENDING, feedback(undefined))
    expect(told).not.toHaveProperty('feedback')
    expect(told?.intent).toBeDefined()
  })

  test('is kept if nothing is open in LangSmith, with the verdict and what the run saw', () => {
    const verdict = { status: 'cancelled', reason: 'Stop.' } as const
    const { told } = tellAll(SENDING, feedback(OPEN), SEEN, MADE, { kind: 'settled' }, { kind: 'ended', verdict })
    expect(told).toMatchObject({
      done: true,
      verdict,
      endedAt: 0,
      feedback: OPEN,
      deployment: { name: 'my-agent' },
      revision: { status: 'QUEUED' }
    })
  })
})
