import { isDeepStrictEqual } from 'node:util'
import type { RunRecord, ShownLog } from '../run/record.ts'
import type { RecordListener } from '../run/recorder.ts'
import { STATE } from '../run/saved-state.ts'
import type { Runner } from '../runner/runner.ts'
import { shortenedLines } from '../runner/words.ts'
import { hasShape, type OutputName } from './outputs.ts'

/**
 * What of the record the post step gets: nothing big, and no text of the server that an output would refuse; and of a run
 * without a verdict, what it did, but not what it saw, which would be old by then.
 */
function savedOf({ plan: _, ...record }: RunRecord): RunRecord {
  if (!record.verdict) {
    return { ...record, phases: [], proof: [], deployment: undefined, revision: undefined, failureLog: undefined }
  }
  const { deployment, revision, failureLog } = record
  return {
    ...record,
    phases: [],
    proof: record.proof.map(({ rows: _rows, ...step }) => step),
    deployment: deployment && { ...deployment, address: fitting('deployment-url', deployment.address) },
    revision: revision && {
      ...revision,
      commit: fitting('commit-sha', revision.commit),
      image: fitting('image-uri', revision.image)
    },
    failureLog: failureLog && withoutLines(failureLog)
  }
}

function fitting(name: OutputName, value: string | undefined): string | undefined {
  return value !== undefined && hasShape(name, value) ? value : undefined
}

/** A process takes variables of 128 KiB at most. */
const MOST_TELLING_BYTES = 3_000

function withoutLines(log: ShownLog): ShownLog {
  const telling =
    log.telling.length > 0 ? shortenedLines(log.telling, MOST_TELLING_BYTES, log.isCause ? 'first' : 'last') : []
  return { ...log, lines: [], telling }
}

/**
 * Saves what the post step needs to know at each event that changes it: it is right even when the process is killed in
 * the next moment. Before a write or the first word of feedback there is nothing to clean up after.
 */
export function createSaver({ saveState }: Pick<Runner, 'saveState'>): RecordListener {
  let isBegun = false
  return (_event, record, before) => {
    const saved = savedOf(record)
    const wasBegun = isBegun
    isBegun ||= record.intent !== undefined || record.feedback !== undefined
    if (isBegun && !(wasBegun && isDeepStrictEqual(saved, savedOf(before)))) saveState(STATE, JSON.stringify(saved))
  }
}
