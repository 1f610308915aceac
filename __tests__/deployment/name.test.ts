import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isValidName, normaliseName } from '../../src/deployment/name.ts'

describe('isValidName', () => {
  test.each(['a', 'Agent', 'my-agent-2', 'a-', 'A1'])('accepts %s', (name) => {
    expect(isValidName(name)).toBe(true)
  })

  test.each(['', '1a', '-a', 'my_agent', 'my agent', 'a.b', 'ä', 'a\n', 'a/b'])('rejects %j', (name) => {
    expect(isValidName(name)).toBe(false)
  })
})

describe('normaliseName', () => {
  test.each<[string, string]>([
    ['agent', 'agent'],
    ['Support_Agent', 'support-agent'],
    ['my..agent__v2', 'my-agent-v2'],
    ['--agent--', 'agent'],
    ['.github', 'github'],
    ['1st-agent', 'app-1st-agent'],
    ['42', 'app-42'],
    ['', 'app'],
    ['___', 'app'],
    ['日本語', 'app'],
    ['café', 'caf']
  ])('converts %j to %s', (text, name) => {
    expect(normaliseName(text)).toBe(name)
  })

  test('returns a valid name for any text, and keeps a name that it returned', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const name = normaliseName(text)
        expect(isValidName(name)).toBe(true)
        expect(normaliseName(name)).toBe(name)
      })
    )
  })
})
