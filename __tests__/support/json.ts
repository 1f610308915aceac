import { isRecord } from '../../emulator/validation.ts'

/** A JSON object with unknown fields. */
export type Json = Record<string, unknown>

/** Returns the objects of a list; an empty list for any other value. */
export function records(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

/** Returns the value at a path; `undefined` when there is none. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)]
    return isRecord(inner) ? inner[key] : undefined
  }, value)
}

/** Converts an object to the API's list of names and values. */
export function namedValues<T>(values: Readonly<Record<string, T>>): { name: string; value: T }[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }))
}
