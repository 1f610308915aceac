import { expect, test } from '@jest/globals'
import { relates } from '../../src/deployment/config-path.ts'

test.each([
  ['langgraph.json', 'langgraph.json', true],
  ['agents/a/langgraph.json', 'langgraph.json', true],
  ['agents/a/langgraph.json', 'a/langgraph.json', true],
  ['agents/a/langgraph.json', 'b/langgraph.json', false],
  ['langgraph.prod.json', 'langgraph.json', false],
  ['my-langgraph.json', 'langgraph.json', false],
  ['agents/ba/langgraph.json', 'a/langgraph.json', false]
])('%s and %s can be one configuration: %p', (left, right, expected) => {
  expect([relates(left, right), relates(right, left)]).toEqual([expected, expected])
})
