import { describe, expect, test } from '@jest/globals'
import { clause, sentence } from '../../src/run/sentence.ts'

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
