import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject } from '../control-plane/resources.ts'
import { object } from '../object.ts'

/**
 * Applies a JSON Merge Patch: objects are merged, null removes, everything else replaces. Fields that already are null
 * in the current value count as absent, for the API answers every field it knows.
 */
export function mergePatch(current: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(current).filter(([, value]) => value !== null))
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key)
    else merged.set(key, isObject(value) ? mergePatch(asObject(merged.get(key)), value) : value)
  }
  return Object.fromEntries(merged)
}

/** Whether two values say the same; fields that are null say nothing. */
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

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}
