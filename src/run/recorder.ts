import { next, type RunEvent, type RunRecord } from './record.ts'

/** Receives each event, with the records after and before the event. */
export type RecordListener = (event: RunEvent, record: RunRecord, before: RunRecord) => void

/** Holds the record of a run. */
export interface Recorder {
  record(): RunRecord
  /** Updates the record and calls all listeners. */
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
