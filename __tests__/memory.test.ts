import { describe, expect, test } from '@jest/globals'
import type { Intent } from '../src/deployment/progress.ts'
import { createMemory, isWriteOpen, MEMORY, type Memory, type OpenFeedback, parseMemory } from '../src/memory.ts'
import { createRunner } from '../src/runner/runner.ts'
import { DEPLOYMENT_ID, NEWER_ID, OLDER_ID, REVISION_ID, TENANT_ID } from './deployment/samples.ts'
import { destinationAt } from './support/run.ts'

const INTENT: Intent = {
  name: 'my-agent',
  deploymentId: undefined,
  known: [OLDER_ID],
  isUnique: false,
  sent: { repo_ref: 'main', langgraph_config_path: 'langgraph.json', image_uri: null, source_tarball_path: null }
}

const DESTINATION = destinationAt('https://langsmith.example.com/api-host')

/** A memory, and what the post step would be told at any moment. */
function remember(interrupt = false) {
  const saved: string[] = []
  const runner = {
    ...createRunner({}),
    saveState: (name: string, value: string) => {
      expect(name).toBe(MEMORY)
      saved.push(value)
    }
  }
  const told = (): Memory | undefined => parseMemory(saved.at(-1) ?? '')
  return { memory: createMemory(runner, DESTINATION, interrupt), saved, told }
}

describe('what the post step is told', () => {
  test('is nothing before the first write', () => {
    const { memory, told } = remember()
    memory.add({ deploymentId: DEPLOYMENT_ID })
    expect(told()).toBeUndefined()
    memory.close()
    expect(told()).toBeUndefined()
  })

  test('is the write before it is sent, with what was known already', () => {
    const { memory, told } = remember(true)
    memory.add({ deploymentId: DEPLOYMENT_ID })
    memory.add({ intent: INTENT })
    const { deploymentId: _, ...intent } = INTENT
    expect(told()).toEqual({
      done: false,
      interrupt: true,
      isCertain: false,
      intent,
      mayHaveActed: false,
      deploymentId: DEPLOYMENT_ID,
      destination: JSON.parse(JSON.stringify(DESTINATION))
    })
    expect(isWriteOpen(memory.current())).toBe(false)
    memory.writing(true)
    expect(told()?.mayHaveActed).toBe(true)
    expect(isWriteOpen(memory.current())).toBe(true)
  })

  test('is that the write did nothing, when the server said so', () => {
    const { memory, told } = remember()
    memory.add({ intent: INTENT })
    memory.writing(true)
    memory.writing(false)
    expect(told()?.mayHaveActed).toBe(false)
    expect(isWriteOpen(memory.current())).toBe(false)
  })

  test('is the revision as soon as it is known; then no write is open', () => {
    const { memory, told } = remember()
    memory.add({ intent: INTENT })
    memory.writing(true)
    memory.add({ deploymentId: DEPLOYMENT_ID })
    memory.add({ revisionId: REVISION_ID })
    expect(told()).toMatchObject({
      done: false,
      interrupt: false,
      deploymentId: DEPLOYMENT_ID,
      revisionId: REVISION_ID
    })
    expect(isWriteOpen(memory.current())).toBe(false)
  })

  test('is a second send, whose revision has yet to be found', () => {
    const { memory, told } = remember()
    memory.add({ intent: INTENT })
    memory.add({ revisionId: REVISION_ID })
    memory.add({ intent: { ...INTENT, known: [OLDER_ID, NEWER_ID] } })
    memory.writing(true)
    expect(told()?.revisionId).toBeUndefined()
    expect(told()?.intent?.known).toEqual([OLDER_ID, NEWER_ID])
    expect(isWriteOpen(memory.current())).toBe(true)
  })

  test('is that nothing is left, when the run ended in order', () => {
    const { memory, told } = remember()
    memory.add({ intent: INTENT })
    memory.close()
    expect(told()?.done).toBe(true)
  })

  test.each([true, false])('is whether to interrupt what it finds: %s', (interrupt) => {
    const { memory, told } = remember(!interrupt)
    memory.add({ intent: INTENT })
    memory.leaveOpen(interrupt)
    expect(told()).toMatchObject({ done: false, interrupt })
  })

  test('is not written again when nothing is new', () => {
    const { memory, saved } = remember()
    memory.add({ intent: INTENT })
    memory.add({ deploymentId: DEPLOYMENT_ID })
    memory.add({ deploymentId: DEPLOYMENT_ID })
    memory.add({ intent: { ...INTENT } })
    memory.writing(false)
    memory.leaveOpen(false)
    expect(saved).toHaveLength(2)
  })
})

test('no write is open before one was begun', () => {
  const { memory } = remember()
  expect(isWriteOpen(memory.current())).toBe(false)
  memory.add({ deploymentId: DEPLOYMENT_ID })
  expect(isWriteOpen(memory.current())).toBe(false)
})

describe('what GitHub was told', () => {
  const OPEN: OpenFeedback = {
    plan: {
      asked: 'my-agent',
      isId: false,
      place: 'c0ffee123456',
      isPreview: true,
      environment: 'staging',
      commentOn: 7,
      commit: '0123456789abcdef0123456789abcdef01234567',
      startedAt: 1_700_000_000_000
    },
    state: { begun: true, deployment: 1, comment: 2 }
  }

  test('is saved before the first write too: there is something to finish from then on', () => {
    const { memory, told, saved } = remember()
    memory.feedback({ ...OPEN, state: { begun: true } })
    expect(told()?.feedback).toEqual({ ...OPEN, state: { begun: true } })
    memory.feedback(OPEN)
    expect(told()).toMatchObject({ done: false, feedback: OPEN })
    expect(told()?.intent).toBeUndefined()
    memory.feedback({ plan: { ...OPEN.plan }, state: { ...OPEN.state } })
    expect(saved).toHaveLength(2)
  })

  test('is forgotten once it was told the end', () => {
    const { memory, told } = remember()
    memory.feedback(OPEN)
    memory.add({ intent: INTENT })
    memory.feedback(undefined)
    expect(told()?.feedback).toBeUndefined()
    expect(told()?.intent).toBeDefined()
  })

  test('stays when nothing is left in LangSmith, with how the run ended', () => {
    const { memory, told } = remember()
    memory.add({ intent: INTENT })
    memory.feedback(OPEN)
    memory.close()
    expect(told()?.verdict).toBeUndefined()
    memory.verdict('cancelled')
    expect(told()).toMatchObject({ done: true, verdict: 'cancelled', feedback: OPEN })
  })
})

describe('what need not be finished', () => {
  test('is not saved: neither a verdict nor a workspace by itself', () => {
    const { memory, saved } = remember()
    memory.workspace(TENANT_ID)
    memory.verdict('error')
    expect(saved).toEqual([])
  })

  test('is saved with the write that comes after it', () => {
    const { memory, told } = remember()
    memory.workspace(TENANT_ID)
    memory.add({ intent: INTENT })
    expect(told()?.destination).toMatchObject({ workspaceId: TENANT_ID, controlPlane: DESTINATION.controlPlane })
    memory.verdict('failed')
    expect(told()).toMatchObject({ destination: { workspaceId: TENANT_ID }, verdict: 'failed' })
  })
})
