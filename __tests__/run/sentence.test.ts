import { describe, expect, test } from '@jest/globals'
import { clause, sentence } from '../../src/run/sentence.ts'

describe('words from outside', () => {
  test.each([
    ['access denied', 'access denied.'],
    ["Graph 'support' is not valid.", "Graph 'support' is not valid."],
    ['Is the docker daemon running?', 'Is the docker daemon running?'],
    ['cut here …', 'cut here …'],
    ['it said "no."', 'it said "no."'],
    ['it said (no.)', 'it said (no.).'],
    ['a line\n', 'a line.']
  ])('end a sentence with one mark: %j', (said, expected) => {
    expect(sentence(said)).toBe(expected)
  })

  test('have no full stop where a sentence goes on behind them', () => {
    expect([clause('Bad credentials.\n'), clause('Not Found')]).toEqual(['Bad credentials', 'Not Found'])
  })
})
