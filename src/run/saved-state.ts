import type { RunRecord } from './record.ts'

/** Name of the saved state. */
export const STATE = 'memory'

/** Reads what was saved; nothing when the main step had nothing to leave. */
export function parseSaved(text: string): RunRecord | undefined {
  return text === '' ? undefined : (JSON.parse(text) as RunRecord)
}
