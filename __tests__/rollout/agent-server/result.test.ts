import { describe, expect, test } from '@jest/globals'
import { judgeResult, shownResult } from '../../../src/rollout/agent-server/result.ts'
import type { Json } from '../../../src/run/object.ts'

const USER = { role: 'user', content: 'hi' }
/** As langgraph-api 0.16.7 answers a message that was sent in, and one of a model. */
const HUMAN = { content: 'hi', additional_kwargs: {}, response_metadata: {}, type: 'human', name: null, id: '1f6c' }
const AI = { ...HUMAN, type: 'ai', content: 'Order 42 is on its way', response_metadata: { finish_reason: 'stop' } }
const BLOCKS = { ...AI, content: [{ type: 'text', text: 'Here you are', index: 0 }] }
const CALL = {
  ...AI,
  content: '',
  tool_calls: [{ name: 'look_up', args: { city: 'Paris' }, id: 'c1', type: 'tool_call' }]
}

const isGood = (result: Json | undefined, input: Json, expected?: object) =>
  judgeResult(result, {
    input,
    expect: expected && { contains: undefined, matches: undefined, subset: undefined, ...expected }
  }).isGood

describe('only what was sent in is no answer:', () => {
  test.each<[string, Json, Json]>([
    ['the same state', { question: 'hi' }, { question: 'hi' }],
    ['a part of it', { question: 'hi' }, { question: 'hi', more: [1] }],
    ['messages with an ID', { messages: [HUMAN] }, { messages: [USER] }],
    ['messages that were pairs', { messages: [HUMAN] }, { messages: [['user', 'hi']] }],
    ['messages that were texts', { messages: [HUMAN] }, { messages: ['hi'] }],
    ['one message that was no list', { messages: [HUMAN] }, { messages: USER }],
    ['messages of LangChain', { messages: [HUMAN] }, { messages: [{ type: 'human', content: 'hi' }] }],
    ['the state before any node, where `messages` has a reducer', { question: 'hi', messages: [] }, { question: 'hi' }],
    ['messages beside lists of other reducers', { messages: [HUMAN], documents: [], steps: [] }, { messages: [USER] }],
    ['a text', 'hi', 'hi'],
    ['null', null, { question: 'hi' }]
  ])('%s', (_, result, input) => {
    expect(isGood(result, input)).toBe(false)
  })

  test.each<[string, Json, Json]>([
    ['an empty object', {}, { question: 'hi' }],
    ['a text', 'done', { question: 'hi' }],
    ['false', false, {}],
    ['a field more', { question: 'hi', output: '' }, { question: 'hi' }],
    ['an empty list alone', { documents: [] }, { question: 'hi' }],
    ['an empty list beside an answer', { question: 'hi', documents: [], answer: 'no' }, { question: 'hi' }],
    ['another value', { question: 'ho' }, { question: 'hi' }],
    ['a message of the agent', { messages: [HUMAN, AI] }, { messages: [USER] }],
    ['an agent that repeats its user', { messages: [HUMAN, { ...AI, content: 'hi' }] }, { messages: [USER] }]
  ])('but %s is one', (_, result, input) => {
    expect(isGood(result, input)).toBe(true)
  })
})

test('an empty list is an answer where a subset expects it', () => {
  const [result, input] = [{ question: 'hi', documents: [] }, { question: 'hi' }]
  expect(isGood(result, input, { subset: { documents: [] } })).toBe(true)
  expect(isGood(result, input, { subset: { documents: [1] } })).toBe(false)
})

describe('an expectation', () => {
  const state = { messages: [HUMAN, AI, BLOCKS, CALL], order: { id: 42, tags: ['a', 'b'] } }
  const input = { messages: [USER] }
  test.each<[object, boolean]>([
    [{ contains: 'Order 42' }, true],
    [{ contains: 'Here you' }, true],
    [{ contains: 'Paris' }, true],
    [{ contains: 'order 42' }, false],
    [{ contains: 'hi' }, false],
    [{ contains: 'human' }, false],
    [{ contains: 'stop' }, false],
    [{ contains: '1f6c' }, false],
    [{ matches: '^Order \\d+ is' }, true],
    [{ matches: '^hi$' }, false],
    [{ subset: { order: { id: 42 } } }, true],
    [{ subset: { order: { tags: ['b'] } } }, true],
    [{ subset: { order: { tags: ['b', 'c'] } } }, false],
    [{ subset: { order: { id: '42' } } }, false],
    [{ subset: { order: { name: null } } }, false],
    [{ subset: { messages: [{ type: 'ai', content: 'Order 42 is on its way' }] } }, true],
    [{ contains: 'Order 42', matches: 'nothing' }, false]
  ])('%j is %s', (expected, good) => {
    expect(isGood(state, input, expected)).toBe(good)
  })
})

test.each<[string, Json, string]>([
  ['Python', { error: 'KeyError', message: "'X'" }, "failed: KeyError: 'X'"],
  ['JavaScript', { error: 'Error', message: '{"error":"Error","message":"no"}' }, 'failed: Error: {"error"'],
  ['a text', 'broken', 'failed: "broken"']
])('an error of %s is told', (_, error, words) => {
  expect(judgeResult({ __error__: error }, { input: {}, expect: undefined })).toMatchObject({
    isGood: false,
    reason: expect.stringContaining(words)
  })
})

test('the last words of an agent are shown, else the whole', () => {
  expect(shownResult({ messages: [HUMAN, AI] }, { messages: [USER] })).toBe('Order 42 is on its way')
  expect(shownResult({ count: 7 }, {})).toBe('{"count":7}')
})
