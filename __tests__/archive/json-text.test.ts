import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findJsonFault } from '../../src/archive/json-text.ts'

function isValid(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('the error in invalid JSON', () => {
  test.each([
    ['', 1, 1, 'a value'],
    ['{"a" 1}', 1, 6, 'a colon'],
    ['{"a": 1 "b": 2}', 1, 9, 'a comma'],
    ["{'a': 1}", 1, 2, 'a name in double quotes'],
    ['[1, 2', 1, 6, 'a comma, or the closing bracket'],
    ['[1}', 1, 3, 'a comma, or the closing bracket'],
    ['[01]', 1, 3, 'a comma'],
    ['{} {}', 1, 4, 'the end of the text'],
    ['{"a": "b\nc"}', 1, 7, 'a value'],
    ['{"a": TRUE}', 1, 7, 'a value']
  ])('%j is at line %i, column %i', (text, line, column, expected) => {
    const told = `is not valid JSON: line ${line}, column ${column}: expected ${expected}`
    expect(findJsonFault(text)).toEqual({ line, text: expect.stringContaining(told) })
  })

  test.each([
    ['{\n  "graphs": {},\n}', 3, 1, ' has a comma before'],
    ['{"dependencies": [".",]}', 1, 23, ' has a comma before'],
    ['{\n  // graphs\n}', 2, 3, ' contains a comment'],
    ['/* graphs */ {}', 1, 1, ' contains a comment'],
    ['{"a": 1 # one\n}', 1, 9, ' contains a comment'],
    ['{"a": }', 1, 7, ': expected a value'],
    ['{,}', 1, 2, ': expected a name']
  ])('%j is reported as: line %i, column %i%s', (text, line, column, fault) => {
    expect(findJsonFault(text)?.text).toContain(`line ${line}, column ${column}${fault}`)
  })

  test('is found exactly if JSON.parse throws', () => {
    const damaged = fc
      .tuple(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom('', '{', '}', '[', ']', ',', ':', '"', '\\', ' ', '1', '\n', 'e')
      )
      .map(([text, at, piece]) => {
        const place = at % (text.length + 1)
        return text.slice(0, place) + piece + text.slice(place + (at % 3))
      })
    fc.assert(
      fc.property(damaged, (text) => (findJsonFault(text) === undefined) === isValid(text)),
      { numRuns: 3000 }
    )
  })

  test('is found after a million brackets, without a stack overflow', () => {
    expect(findJsonFault('['.repeat(1_000_000))).toMatchObject({ text: expect.stringContaining('column 1000001:') })
  })
})
