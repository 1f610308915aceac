import { describe, expect, test } from '@jest/globals'
import { clause, midSentence, sentence } from '../../src/run/sentence.ts'

describe('an external text', () => {
  test.each([
    ['access denied', 'access denied.'],
    ["Graph 'support' is not valid.", "Graph 'support' is not valid."],
    ['Is the docker daemon running?', 'Is the docker daemon running?'],
    ['cut here …', 'cut here …'],
    ['it said "no."', 'it said "no."'],
    ['it said (no.)', 'it said (no.).'],
    ['a line\n', 'a line.']
  ])('ends with exactly one punctuation mark: %j', (text, expected) => {
    expect(sentence(text)).toBe(expected)
  })

  test('has no period inside a sentence', () => {
    expect([clause('Bad credentials.\n'), clause('Not Found')]).toEqual(['Bad credentials', 'Not Found'])
  })
})

test.each([
  ['The build failed (BUILD_FAILED).', 'the build failed (BUILD_FAILED).'],
  ['This run would switch the deployment.', 'this run would switch the deployment.'],
  ['LangSmith returned 503.', 'LangSmith returned 503.'],
  ['Theodore stopped the run.', 'Theodore stopped the run.'],
  ['the connection was cut', 'the connection was cut']
])('a sentence after a colon keeps only the capital of a name: %j', (text, expected) => {
  expect(midSentence(text)).toBe(expected)
})
