import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { mergePatch, sameJson } from '../../src/deployment/json.ts'
import type { Json, JsonObject } from '../../src/run/object.ts'

describe('mergePatch', () => {
  // The rows for objects of the table in RFC 7396, appendix A.
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
  ])('merges %j and %j to %j', (current, patch, result) => {
    expect(mergePatch(current, patch)).toEqual(result)
  })

  const object = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.jsonValue({ maxDepth: 2 }), {
    maxKeys: 3
  })
  const toJson = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value))

  test('removes nulls, is idempotent, and keeps fields that the patch omits', () => {
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

  test('does not modify its arguments', () => {
    const current = { a: { b: 1 }, c: null }
    const patch = { a: { b: null, d: 2 } }
    mergePatch(current, patch)
    expect([current, patch]).toEqual([{ a: { b: 1 }, c: null }, { a: { b: null, d: 2 } }])
  })
})

describe('sameJson', () => {
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
  ])('is true for %j and %j', (left, right) => {
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
  ])('is false for %j and %j', (left, right) => {
    expect(sameJson(left, right)).toBe(false)
  })
})
