import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { findJsonFault } from '../../../src/deployment/archive/json-fault.ts'

function isValid(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('the place where a text stops being JSON', () => {
  test.each([
    ['', 1, 1, 'a value'],
    ['{"a" 1}', 1, 6, 'a colon'],
    ['{"a": 1 "b": 2}', 1, 9, 'a comma'],
    ["{'a': 1}", 1, 2, 'name in double quotes'],
    ['[1, 2', 1, 6, 'a comma, or the closing bracket'],
    ['[1}', 1, 3, 'a comma, or the closing bracket'],
    ['[01]', 1, 3, 'a comma'],
    ['{} {}', 1, 4, 'nothing more'],
    ['{"a": "b\nc"}', 1, 7, 'a value'],
    ['{"a": TRUE}', 1, 7, 'a value']
  ])('%j: line %i, column %i', (text, line, column, expected) => {
    expect(findJsonFault(text)).toEqual({
      line,
      column,
      expected: expect.stringContaining(expected),
      extension: undefined
    })
  })

  test.each([
    ['{\n  "graphs": {},\n}', 3, 1, 'trailing comma'],
    ['{"dependencies": [".",]}', 1, 23, 'trailing comma'],
    ['{\n  // graphs\n}', 2, 3, 'comment'],
    ['/* graphs */ {}', 1, 1, 'comment'],
    ['{"a": 1 # one\n}', 1, 9, 'comment'],
    ['{"a": }', 1, 7, undefined],
    ['{,}', 1, 2, undefined]
  ])('%j: line %i, column %i is what other readers take: %s', (text, line, column, extension) => {
    expect(findJsonFault(text)).toMatchObject({ line, column, extension })
  })

  test('agrees with JSON.parse on every damaged text', () => {
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

  test('takes a million brackets without running out of stack', () => {
    expect(findJsonFault('['.repeat(1_000_000))).toMatchObject({ line: 1, column: 1_000_001 })
  })
})
