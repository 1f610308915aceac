import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject } from '../run/object.ts'
import { object } from '../run/object.ts'

/**
 * Applies a JSON Merge Patch: merges objects, removes fields that are null, and replaces all other values. A field that
 * is null in the current value counts as absent, because the API returns all its fields.
 */
export function mergePatch(current: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(current).filter(([, value]) => value !== null))
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key)
    else merged.set(key, isObject(value) ? mergePatch(asObject(merged.get(key)), value) : value)
  }
  return Object.fromEntries(merged)
}

/** True if two values are equal. Fields that are null count as absent. */
export function sameJson(left: Json, right: Json): boolean {
  return isDeepStrictEqual(withoutNulls(left), withoutNulls(right))
}

function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, withoutNulls(item)])
  )
}

function isObject(value: Json | undefined): value is JsonObject {
  return object(value) !== undefined
}

/** Returns a value as an object; an empty object when the value is not an object. */
export function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}
