import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { mergePatch, sameJson } from '../../src/deployment/json.ts'
import type { Json, JsonObject } from '../../src/run/object.ts'

describe('a JSON merge patch', () => {
  // The table of RFC 7396, appendix A, as far as it is about objects.
  test.each<[JsonObject, JsonObject, JsonObject]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ a: 'foo' }, { a: { b: 'c' } }, { a: { b: 'c' } }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
    [{ e: null }, { a: 1 }, { a: 1 }],
    [{ a: 1 }, {}, { a: 1 }]
  ])('%j with %j is %j', (current, patch, result) => {
    expect(mergePatch(current, patch)).toEqual(result)
  })

  const object = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.jsonValue({ maxDepth: 2 }), {
    maxKeys: 3
  })
  const toJson = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value))

  test('leaves no null in an object, changes nothing the second time, and keeps what it does not name', () => {
    fc.assert(
      fc.property(object, object, (left, right) => {
        const [current, patch] = [toJson(left), toJson(right)]
        const merged = mergePatch(current, patch)
        expect(Object.values(merged)).not.toContain(null)
        expect(mergePatch(merged, patch)).toEqual(merged)
        for (const [key, value] of Object.entries(current)) {
          if (!Object.hasOwn(patch, key)) expect(Object.hasOwn(merged, key) ? merged[key] : null).toEqual(value)
        }
      })
    )
  })

  test('touches neither of the two that it is made from', () => {
    const current = { a: { b: 1 }, c: null }
    const patch = { a: { b: null, d: 2 } }
    mergePatch(current, patch)
    expect([current, patch]).toEqual([{ a: { b: 1 }, c: null }, { a: { b: null, d: 2 } }])
  })
})

describe('two values', () => {
  test.each<[Json, Json]>([
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 }
    ],
    [{ a: 1 }, { a: 1, b: null }],
    [{ a: { b: null } }, { a: {} }],
    [[{ a: null }], [{}]],
    [null, null],
    ['x', 'x']
  ])('%j and %j say the same', (left, right) => {
    expect(sameJson(left, right)).toBe(true)
  })

  test.each<[Json, Json]>([
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: '1' }],
    [{ a: 1 }, {}],
    [
      [1, 2],
      [2, 1]
    ],
    [[null], []],
    [[1], { 0: 1 }],
    [null, false],
    ['', null]
  ])('%j and %j do not', (left, right) => {
    expect(sameJson(left, right)).toBe(false)
  })
})
