import { tracingUrl } from '../control-plane/hosts.ts'
import { isUuid } from '../control-plane/resources.ts'
import type { RunRecord } from '../run/record.ts'
import type { FactMaterial } from './fact-rows.ts'
import { messageOf, type Words, words } from './message.ts'
import { type Outputs, outputsOf } from './outputs.ts'

/** A run as a page tells it. */
export interface Material extends FactMaterial {
  readonly record: Pick<
    RunRecord,
    | 'plan'
    | 'phases'
    | 'proof'
    | 'failureLog'
    | 'previousServerVersion'
    | 'listed'
    | 'swept'
    | 'gate'
    | 'bake'
    | 'destination'
  >
  /** Page of the tracing project. */
  readonly traces?: string | undefined
  /** Name as asked for, until the deployment is known. */
  readonly name: string
  readonly words: Words
  /** In milliseconds since the epoch. */
  readonly endedAt: number
}

/** What a page is made from. @param now taken for the end where the run has none, in milliseconds since the epoch */
export function materialOf(record: RunRecord, now: number): Material {
  const { about, verdict, endedAt = now } = record
  const outputs = outputsOf(record)
  return {
    record,
    outputs,
    dashboard: linkToRevision(outputs),
    traces: linkToTraces(record),
    name: about.name,
    trigger: about.trigger,
    // A revision of somebody else was not made from our commit.
    commit: record.revision && !record.own ? undefined : about.commit,
    words: verdict ? wordsOf(record, verdict) : words(''),
    endedAt
  }
}

/** Of all verdicts only an error needs its title: the heading of the page has the verdict. */
function wordsOf(record: RunRecord, verdict: NonNullable<RunRecord['verdict']>): Words {
  const { level: _, title: __, ...said } = { title: undefined, ...messageOf(verdict, record) }
  return verdict.status === 'error' ? { ...said, title: verdict.title } : said
}

/** The page of the deployment, with our revision opened. */
export function linkToRevision(outputs: Outputs): string | undefined {
  const page = outputs.get('dashboard-url')
  const revision = outputs.get('revision-id')
  return page && revision ? `${page}?revisionPeek=${revision}` : page
}

/** The page of the tracing project of the deployment. */
export function linkToTraces({ deployment, destination }: RunRecord): string | undefined {
  const { state, tenantId, tracingProject } = deployment ?? {}
  if (state !== 'present' || !destination || !tenantId || !tracingProject) return undefined
  return isUuid(tracingProject) ? tracingUrl(destination.controlPlane, tenantId, tracingProject) : undefined
}
