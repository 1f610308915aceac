import type { RunRecord } from './record.ts'

/** Name of the saved state. */
export const STATE = 'memory'

/** Parses the saved record; returns `undefined` when the main step saved none. */
export function parseSaved(text: string): RunRecord | undefined {
  return text === '' ? undefined : (JSON.parse(text) as RunRecord)
}
