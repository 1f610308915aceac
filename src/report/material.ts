import { tracingUrl } from '../control-plane/hosts.ts'
import { isUuid } from '../control-plane/resources.ts'
import type { RunRecord } from '../run/record.ts'
import type { FactMaterial } from './fact-rows.ts'
import { messageOf, type Words, words } from './message.ts'
import { type Outputs, outputsOf } from './outputs.ts'

/** The material for a page about a run. */
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
  /** The page of the tracing project. */
  readonly traces?: string | undefined
  /** The name from the inputs, until the deployment is known. */
  readonly name: string
  readonly words: Words
  /** In milliseconds since the epoch. */
  readonly endedAt: number
}

/**
 * Returns the material for a page.
 *
 * @param now the end of a run that has not ended, in milliseconds since the epoch
 */
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
    // The revision of another run was not built from the commit of this run.
    commit: record.revision && !record.own ? undefined : about.commit,
    words: verdict ? wordsOf(record, verdict) : words(''),
    endedAt
  }
}

/** Only the verdict `error` needs its title: the heading of the page names all other verdicts. */
function wordsOf(record: RunRecord, verdict: NonNullable<RunRecord['verdict']>): Words {
  const { level: _, title: __, ...said } = { title: undefined, ...messageOf(verdict, record) }
  return verdict.status === 'error' ? { ...said, title: verdict.title } : said
}

/** Returns the page of the deployment, opened at the revision of this run. */
export function linkToRevision(outputs: Outputs): string | undefined {
  const page = outputs.get('dashboard-url')
  const revision = outputs.get('revision-id')
  return page && revision ? `${page}?revisionPeek=${revision}` : page
}

/** Returns the page of the tracing project of the deployment. */
export function linkToTraces({ deployment, destination }: RunRecord): string | undefined {
  const { state, tenantId, tracingProject } = deployment ?? {}
  if (state !== 'present' || !destination || !tenantId || !tracingProject) return undefined
  return isUuid(tracingProject) ? tracingUrl(destination.controlPlane, tenantId, tracingProject) : undefined
}
