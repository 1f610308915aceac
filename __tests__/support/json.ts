import { isRecord } from '../../emulator/validation.ts'

/** A JSON object of which nothing is known. */
export type Json = Record<string, unknown>

/** The objects of a list; nothing of what is no list. */
export function records(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

/** What stands at a path, or nothing. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)]
    return isRecord(inner) ? inner[key] : undefined
  }, value)
}

/** Values by their names, as the API lists them. */
export function namedValues<T>(values: Readonly<Record<string, T>>): { name: string; value: T }[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }))
}
