import { isDeepStrictEqual } from 'node:util'
import type { RunRecord, ShownLog } from '../run/record.ts'
import type { RecordListener } from '../run/recorder.ts'
import { STATE } from '../run/saved-state.ts'
import type { Runner } from '../runner/runner.ts'
import { shortenedLines } from '../runner/words.ts'
import { hasShape, type OutputName } from './outputs.ts'

/**
 * Returns the part of the record that the post step needs: no large values, and no server text that an output would
 * reject. Without a verdict, the part is what the run did, not what it saw, which would be out of date.
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

/** A process accepts variables of up to 128 KiB. */
const MOST_TELLING_BYTES = 3_000

function withoutLines(log: ShownLog): ShownLog {
  const telling =
    log.telling.length > 0 ? shortenedLines(log.telling, MOST_TELLING_BYTES, log.isCause ? 'first' : 'last') : []
  return { ...log, lines: [], telling }
}

/**
 * Saves the state for the post step at each event that changes it, so that the state is correct even if the process is
 * killed immediately afterwards. Before the first write or the first feedback, there is nothing to clean up.
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
