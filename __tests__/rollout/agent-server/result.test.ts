import { describe, expect, test } from '@jest/globals'
import { judgeResult, shownResult } from '../../../src/rollout/agent-server/result.ts'
import type { Json } from '../../../src/run/object.ts'

const USER = { role: 'user', content: 'hi' }
/** Messages of the user and of a model, as returned by langgraph-api 0.16.7. */
const HUMAN = { content: 'hi', additional_kwargs: {}, response_metadata: {}, type: 'human', name: null, id: '1f6c' }
const AI = { ...HUMAN, type: 'ai', content: 'Order 42 is on its way', response_metadata: { finish_reason: 'stop' } }
const BLOCKS = {
  ...AI,
  content: [
    { type: 'reasoning', summary: [{ type: 'summary_text', text: 'let me think' }] },
    { type: 'thinking', thinking: 'let me think' },
    { type: 'text', text: 'Here you are', index: 0 }
  ]
}
const CALL = {
  ...AI,
  content: '',
  tool_calls: [{ name: 'look_up', args: { city: 'Paris' }, id: 'c1', type: 'tool_call' }]
}
const TOOL = { ...HUMAN, type: 'tool', content: 'out of stock', tool_call_id: 'c1', artifact: { note: 'out of stock' } }
const EMPTY = { ...AI, content: '' }

const isGood = (result: Json | undefined, input: Json, expected?: object) =>
  judgeResult(result, {
    input,
    expect: expected && { contains: undefined, matches: undefined, subset: undefined, ...expected }
  }).isGood

describe('judgeResult', () => {
  test.each<[string, Json, Json]>([
    ['the same state', { question: 'hi' }, { question: 'hi' }],
    ['a part of it', { question: 'hi' }, { question: 'hi', more: [1] }],
    ['messages with an ID', { messages: [HUMAN] }, { messages: [USER] }],
    ['messages sent as pairs', { messages: [HUMAN] }, { messages: [['user', 'hi']] }],
    ['messages sent as texts', { messages: [HUMAN] }, { messages: ['hi'] }],
    ['a single message without a list', { messages: [HUMAN] }, { messages: USER }],
    ['messages of LangChain', { messages: [HUMAN] }, { messages: [{ type: 'human', content: 'hi' }] }],
    ['the state before any node, where `messages` has a reducer', { question: 'hi', messages: [] }, { question: 'hi' }],
    ['messages beside lists of other reducers', { messages: [HUMAN], documents: [], steps: [] }, { messages: [USER] }],
    ['a text', 'hi', 'hi'],
    ['null', null, { question: 'hi' }]
  ])('rejects a result that only repeats the input: %s', (_, result, input) => {
    expect(isGood(result, input)).toBe(false)
  })

  test.each<[string, Json, Json]>([
    ['an empty object', {}, { question: 'hi' }],
    ['a text', 'done', { question: 'hi' }],
    ['false', false, {}],
    ['an additional field', { question: 'hi', output: '' }, { question: 'hi' }],
    ['only an empty list', { documents: [] }, { question: 'hi' }],
    ['an empty list beside an answer', { question: 'hi', documents: [], answer: 'no' }, { question: 'hi' }],
    ['another value', { question: 'ho' }, { question: 'hi' }],
    ['a message from the agent', { messages: [HUMAN, AI] }, { messages: [USER] }],
    [
      'a message in which the agent repeats the user',
      { messages: [HUMAN, { ...AI, content: 'hi' }] },
      { messages: [USER] }
    ]
  ])('accepts %s as an answer', (_, result, input) => {
    expect(isGood(result, input)).toBe(true)
  })
})

describe('judgeResult without `expect`', () => {
  const input = { messages: [USER] }
  test.each<[string, Json]>([
    ['an empty text', { messages: [HUMAN, EMPTY] }],
    ['blanks', { messages: [HUMAN, { ...AI, content: ' \n' }] }],
    ['no blocks', { messages: [HUMAN, { ...AI, content: [] }] }],
    ['thoughts', { messages: [HUMAN, { ...AI, content: [{ type: 'thinking', thinking: 'hm' }] }] }],
    ['a pending tool call', { messages: [HUMAN, CALL] }],
    [
      'a block that calls a tool',
      { messages: [HUMAN, { ...CALL, content: [{ type: 'tool_use', id: 'c1', name: 'x' }] }] }
    ],
    ['the output of a tool', { messages: [HUMAN, CALL, TOOL] }],
    ['an empty text beside empty fields', { messages: [HUMAN, EMPTY], todos: [], files: {}, answer: null }],
    ['an empty text in OpenAI format', { messages: [USER, { role: 'assistant', content: '' }] }]
  ])('rejects messages with only %s', (_, result) => {
    expect(isGood(result, input)).toBe(false)
  })

  test.each<[string, Json]>([
    ['a text before a tool call', { messages: [HUMAN, AI, CALL] }],
    ['an image', { messages: [HUMAN, { ...AI, content: [{ type: 'image_url', image_url: { url: 'https://a' } }] }] }],
    ['another field', { messages: [HUMAN, CALL], structured_response: { city: 'Paris' } }],
    ['a number in another field', { messages: [HUMAN, EMPTY], score: 0 }]
  ])('accepts messages with %s', (_, result) => {
    expect(isGood(result, input)).toBe(true)
  })

  test('names the last called tool', () => {
    expect(judgeResult({ messages: [HUMAN, CALL] }, { input, expect: undefined }).reason).toBe(
      'returned an answer without any text; its last message only calls the tool "look_up"; set `expect` with a `subset` if that is the expected answer'
    )
  })
})

test.each<[object, string]>([
  [{ subset: { order: { id: 7 } } }, 'returned an answer that does not match `expect.subset`: `order.id` is 42, not 7'],
  [{ subset: { order: { name: 'x' } } }, '`order.name` is missing, not "x"'],
  [{ subset: { order: { tags: ['c'] } } }, 'no entry of `order.tags` matches "c"'],
  [{ subset: [1] }, 'the result is {"order":{"id":42,"tags":["a"]}}, not [1]'],
  [{ matches: '^x', subset: { order: 1 } }, 'matches ^x (`expect.matches`); returned an answer that does not match'],
  [{ contains: 'x', matches: '^y' }, 'contains "x" (`expect.contains`); returned no answer that matches ^y']
])('%j lists all differences with their paths', (expected, words) => {
  const given = { contains: undefined, matches: undefined, subset: undefined, ...expected }
  const judged = judgeResult({ order: { id: 42, tags: ['a'] } }, { input: {}, expect: given })
  expect(judged.reason).toContain(words)
})

test('an empty list is an answer if `expect.subset` has the list', () => {
  const [result, input] = [{ question: 'hi', documents: [] }, { question: 'hi' }]
  expect(isGood(result, input, { subset: { documents: [] } })).toBe(true)
  expect(isGood(result, input, { subset: { documents: [1] } })).toBe(false)
})

describe('the result of a run', () => {
  const state = {
    messages: [HUMAN, AI, BLOCKS, CALL, TOOL],
    order: { id: 42, tags: ['a', 'b'] },
    draft: { type: 'report', content: 'a report' },
    note: 'in the draft'
  }
  const input = { messages: [USER] }
  test.each<[object, boolean]>([
    [{ contains: 'Order 42' }, true],
    [{ contains: 'Here you' }, true],
    [{ contains: 'Paris' }, false],
    [{ contains: 'look_up' }, false],
    [{ contains: 'out of stock' }, false],
    [{ contains: 'let me think' }, false],
    [{ matches: '^c1$' }, false],
    [{ contains: 'a report' }, true],
    [{ contains: 'in the draft' }, true],
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
  ])('matches %j: %s', (expected, good) => {
    expect(isGood(state, input, expected)).toBe(good)
  })
})

test.each<[string, Json, string]>([
  ['Python', { error: 'KeyError', message: "'X'" }, "failed: KeyError: 'X'"],
  ['JavaScript', { error: 'Error', message: '{"error":"Error","message":"no"}' }, 'failed: Error: {"error"'],
  ['a text', 'broken', 'failed: "broken"']
])('the error of %s is in the reason', (_, error, words) => {
  expect(judgeResult({ __error__: error }, { input: {}, expect: undefined })).toMatchObject({
    isGood: false,
    reason: expect.stringContaining(words)
  })
})

test.each<[string, Json, Json, string]>([
  ['the last text of the agent', { messages: [HUMAN, AI] }, { messages: [USER] }, 'Order 42 is on its way'],
  [
    'the text before a tool call',
    { messages: [HUMAN, AI, CALL, TOOL] },
    { messages: [USER] },
    'Order 42 is on its way'
  ],
  [
    'the text of the agent, not another field',
    { messages: [HUMAN, AI], tags: ['a'] },
    { messages: [USER] },
    'Order 42 is on its way'
  ],
  ['a text', 'done', {}, 'done'],
  [
    'all new values',
    { question: 'hi', answer: 'Paris', tags: ['a'] },
    { question: 'hi' },
    '{"answer":"Paris","tags":["a"]}'
  ],
  ['a state without messages', { count: 7 }, {}, '{"count":7}'],
  [
    'a message without text',
    { messages: [HUMAN, { type: 'ai', content: '' }] },
    { messages: [USER] },
    '{"messages":[{"type":"ai","content":""}]}'
  ]
])('shownResult returns %s', (_, result, input, shown) => {
  expect(shownResult(result, input)).toBe(shown)
})
