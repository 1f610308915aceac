import { next, type RunEvent, type RunRecord } from './record.ts'

/** Is told each event, with what is known after it and what was known before. */
export type RecordListener = (event: RunEvent, record: RunRecord, before: RunRecord) => void

/** Keeps the one record of a run. */
export interface Recorder {
  record(): RunRecord
  /** Every listener has heard of the event when this returns. */
  tell(event: RunEvent): void
}

/** @param now milliseconds of the run's clock */
export function createRecorder(first: RunRecord, now: () => number, listeners: readonly RecordListener[]): Recorder {
  let record = first
  return {
    record: () => record,
    tell: (event) => {
      const before = record
      record = next(before, event, now())
      for (const listen of listeners) listen(event, record, before)
    }
  }
}
