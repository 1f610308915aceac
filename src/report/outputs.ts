import { dashboardUrl } from '../control-plane/hosts.ts'
import { isUuid } from '../control-plane/resources.ts'
import { isImageReference } from '../deployment/image-reference.ts'
import { isCommit, isStatusWord } from '../deployment/revision.ts'
import { object } from '../run/object.ts'
import { type RunRecord, type SeenDeployment, servingVersion } from '../run/record.ts'
import type { RecordListener } from '../run/recorder.ts'
import { VERDICTS } from '../run/verdict.ts'
import type { Runner } from '../runner/runner.ts'
import { experimentPage } from './gate.ts'

/** One output. Its value comes from a server, can be any text, and is read by other people's scripts. */
interface OutputRow {
  /** Returns the value as far as it is known; any text, not yet checked. */
  readonly read: (record: RunRecord) => string | null | undefined
  /** Returns true if a value has the documented shape. */
  readonly isValid: (value: string) => boolean
}

/** The outputs in action.yml. */
const OUTPUTS = {
  'deployment-id': { read: ({ deployment, deploymentId }) => deployment?.id ?? deploymentId, isValid: isUuid },
  'deployment-name': {
    read: ({ deployment }) => deployment?.name,
    isValid: (value) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/.test(value)
  },
  'deployment-url': { read: (record) => presentDeployment(record)?.address, isValid: isWebAddress },
  'active-revision-id': { read: (record) => presentDeployment(record)?.activeRevisionId, isValid: isUuid },
  'dashboard-url': { read: pageOf, isValid: isWebAddress },
  created: { read: ({ created }) => created?.toString(), isValid: (value) => value === 'true' || value === 'false' },
  'previous-revision-id': { read: ({ previousRevisionId }) => previousRevisionId, isValid: isUuid },
  'revision-id': { read: ({ revision, revisionId }) => revision?.id ?? revisionId, isValid: isUuid },
  'revision-status': {
    read: ({ revision }) => revision?.status,
    isValid: isStatusWord
  },
  'commit-sha': { read: ({ revision }) => revision?.commit, isValid: isCommit },
  'image-uri': { read: ({ revision }) => revision?.image, isValid: isImageReference },
  'agent-server-version': { read: servingVersion, isValid: (value) => /^\d[\w.+-]{0,63}$/.test(value) },
  queue: { read: queueJson, isValid: isQueue },
  swept: {
    read: sweptJson,
    isValid: (value) => /^\[("[a-z][a-z0-9-]*"(,"[a-z][a-z0-9-]*")*)?\]$/i.test(value)
  },
  'experiment-url': {
    read: ({ gate, destination }) => gate && experimentPage(gate.experiment, destination),
    isValid: isWebAddress
  },
  'rolled-back-to': { read: ({ rolledBack }) => rolledBack?.to, isValid: isUuid },
  status: { read: ({ verdict }) => verdict?.status, isValid: (value) => /^[a-z-]+$/.test(value) },
  'plan-changes': {
    read: ({ verdict }) => (verdict?.status === 'planned' ? `${verdict.changes}` : undefined),
    isValid: (value) => /^\d+$/.test(value)
  },
  'duration-seconds': {
    read: ({ about, endedAt }) =>
      endedAt === undefined ? undefined : String(Math.round((endedAt - about.startedAt) / 1_000)),
    isValid: (value) => /^\d+$/.test(value)
  }
} as const satisfies Readonly<Record<string, OutputRow>>

export type OutputName = keyof typeof OUTPUTS

const ROWS = Object.entries(OUTPUTS) as readonly (readonly [OutputName, OutputRow])[]

/** Words that are outputs, or parts of outputs, in any run, including a second step in the same job. */
export const OUTPUT_WORDS: readonly string[] = [
  ...Object.keys(VERDICTS),
  'CREATING QUEUED AWAITING_BUILD BUILDING AWAITING_DEPLOY DEPLOYING DEPLOYED CREATE_FAILED BUILD_FAILED DEPLOY_FAILED',
  'SKIPPED INTERRUPTED UNKNOWN true false',
  // Paths in the URLs of the deployment and of its page.
  '/agents/ /host/deployments/ ?revisionPeek='
]

/** The known outputs; each value has its documented shape. */
export type Outputs = ReadonlyMap<OutputName, string>

/** Returns the outputs of a run that are known so far. */
export function outputsOf(record: RunRecord): Outputs {
  const known = new Map<OutputName, string>()
  for (const [name, { read, isValid }] of ROWS) {
    const value = read(record)
    if (value && isValid(value)) known.set(name, value)
  }
  return known
}

/** Writes each output when it becomes known, and empties it when it no longer applies. */
export function createOutputWriter({ output, warning }: Pick<Runner, 'output' | 'warning'>): RecordListener {
  const refused = new Set<OutputName>()
  return (_event, record, before) => {
    const [then, now] = [outputsOf(before), outputsOf(record)]
    for (const [name, { read }] of ROWS) {
      const value = now.get(name)
      if (value !== then.get(name)) output(name, value ?? '')
      if (value !== undefined || !read(record) || refused.has(name)) continue
      refused.add(name)
      warning(`The control plane returned an invalid value for the output \`${name}\`; the output is left empty.`)
    }
  }
}

/** Returns true if a value has the documented shape of the output. */
export function hasShape(name: OutputName, value: string): boolean {
  return OUTPUTS[name].isValid(value)
}

function queueJson({ listed }: RunRecord): string | undefined {
  return (
    listed &&
    JSON.stringify(listed.queue.map(({ id, status, createdAt = null }) => ({ id, status, created_at: createdAt })))
  )
}

function sweptJson({ swept, verdict }: RunRecord): string | undefined {
  if (!swept && verdict?.status !== 'swept') return undefined
  return JSON.stringify((swept ?? []).filter(({ outcome }) => outcome === 'deleted').map(({ name }) => name))
}

/** Returns true for a list that a script can read without checking its values. */
function isQueue(value: string): boolean {
  let rows: unknown
  try {
    rows = JSON.parse(value)
  } catch {
    return false
  }
  return Array.isArray(rows) && rows.every(isQueueRow)
}

function isQueueRow(value: unknown): boolean {
  const { id, status, created_at: at, ...rest } = object(value) ?? {}
  const isTime = at === null || (typeof at === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?$/.test(at))
  return (
    typeof id === 'string' &&
    isUuid(id) &&
    typeof status === 'string' &&
    isStatusWord(status) &&
    isTime &&
    Object.keys(rest).length === 0
  )
}

function presentDeployment({ deployment }: RunRecord): SeenDeployment | undefined {
  return deployment?.state === 'present' ? deployment : undefined
}

/** Returns the page of the deployment in LangSmith. */
function pageOf({ deployment, destination }: RunRecord): string | undefined {
  if (!deployment?.tenantId || !destination) return undefined
  return dashboardUrl(destination.controlPlane, deployment.tenantId, deployment.id)
}

/** Plain http is also valid: it is common for agents in a private network. */
function isWebAddress(value: string): boolean {
  if (!/^https?:\/\/[\w.:@/~%?&=#+,;!$*()[\]-]+$/.test(value) || !URL.canParse(value)) return false
  const { username, password } = new URL(value)
  return username === '' && password === ''
}
