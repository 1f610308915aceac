import { dashboardUrl } from '../control-plane/hosts.ts'
import { isUuid } from '../control-plane/resources.ts'
import { isImageReference } from '../deployment/image-reference.ts'
import { isCommit } from '../deployment/revision.ts'
import { VERDICTS } from '../deployment/verdict.ts'
import type { RunRecord } from '../run/record.ts'
import type { Listener } from '../run/recorder.ts'
import type { Runner } from '../runner/runner.ts'

/** The outputs of action.yml. */
export type OutputName =
  | 'status'
  | 'deployment-id'
  | 'deployment-name'
  | 'deployment-url'
  | 'dashboard-url'
  | 'revision-id'
  | 'revision-status'
  | 'previous-revision-id'
  | 'active-revision-id'
  | 'rolled-back-to'
  | 'created'
  | 'commit-sha'
  | 'image-uri'
  | 'duration-seconds'

/** Words that are outputs or parts of them in any run, also of a second step in the same job. */
export const OUTPUT_WORDS: readonly string[] = [
  ...Object.keys(VERDICTS),
  'CREATING QUEUED AWAITING_BUILD BUILDING AWAITING_DEPLOY DEPLOYING DEPLOYED CREATE_FAILED BUILD_FAILED DEPLOY_FAILED',
  'SKIPPED INTERRUPTED UNKNOWN true false',
  // Paths of the deployment and of its page.
  '/agents/ /host/deployments/ ?revisionPeek='
]

/** What each output may look like. Values come from a server, and go into other people's scripts. */
const SHAPES: Readonly<Record<OutputName, (value: string) => boolean>> = {
  status: (value) => /^[a-z-]+$/.test(value),
  'deployment-id': isUuid,
  'deployment-name': (value) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/.test(value),
  'deployment-url': isWebAddress,
  'dashboard-url': isWebAddress,
  'revision-id': isUuid,
  'revision-status': (value) => /^[A-Z][A-Z_]{0,63}$/.test(value),
  'previous-revision-id': isUuid,
  'active-revision-id': isUuid,
  'rolled-back-to': isUuid,
  created: (value) => value === 'true' || value === 'false',
  'commit-sha': isCommit,
  'image-uri': isImageReference,
  'duration-seconds': (value) => /^\d+$/.test(value)
}

/** What is known of each output; only values of the shape that the output promises. */
export type Outputs = ReadonlyMap<OutputName, string>

/** The outputs of a run, as far as they are known. */
export function outputsOf(record: RunRecord): Outputs {
  return new Map(
    candidates(record).filter((entry): entry is Known => entry[1] !== undefined && hasShape(entry[0], entry[1]))
  )
}

type Known = readonly [OutputName, string]

/** What was answered for each output; values come from a server, and can be anything. */
function candidates(record: RunRecord): readonly (readonly [OutputName, string | undefined])[] {
  const { deployment, revision, destination, about, endedAt } = record
  const present = deployment?.state === 'present' ? deployment : undefined
  const { tenantId } = deployment ?? {}
  const page =
    deployment && destination && tenantId ? dashboardUrl(destination.controlPlane, tenantId, deployment.id) : undefined
  const seconds = endedAt === undefined ? undefined : Math.round((endedAt - about.startedAt) / 1_000)
  const all: readonly (readonly [OutputName, string | null | undefined])[] = [
    ['deployment-id', deployment?.id ?? record.deploymentId],
    ['deployment-name', deployment?.name],
    ['deployment-url', present?.address],
    ['active-revision-id', present?.activeRevisionId],
    ['dashboard-url', page],
    ['created', record.created?.toString()],
    ['previous-revision-id', record.previousRevisionId],
    ['revision-id', revision?.id ?? record.revisionId],
    ['revision-status', revision?.status],
    ['commit-sha', revision?.commit],
    ['image-uri', revision?.image],
    ['rolled-back-to', record.rolledBack?.to],
    ['status', record.verdict?.status],
    ['duration-seconds', seconds?.toString()]
  ]
  return all.map(([name, value]) => [name, value || undefined])
}

/** Writes each output as soon as it is known, and empties it when it is not so any more. */
export function createOutputWriter({ output, warning }: Pick<Runner, 'output' | 'warning'>): Listener {
  const refused = new Set<OutputName>()
  return (_event, record, before) => {
    const [then, now] = [outputsOf(before), outputsOf(record)]
    for (const [name, value] of candidates(record)) {
      const told = now.get(name)
      if (told !== then.get(name)) output(name, told ?? '')
      if (value === undefined || told !== undefined || refused.has(name)) continue
      refused.add(name)
      warning(`The control plane answered something for the output \`${name}\` that cannot be one; it is left empty.`)
    }
  }
}

/** Whether a value has the shape that the output promises. */
export function hasShape(name: OutputName, value: string): boolean {
  return SHAPES[name](value)
}

/** http too: plain http is normal for an agent inside a private network. */
function isWebAddress(value: string): boolean {
  if (!/^https?:\/\/[\w.:@/~%?&=#+,;!$*()[\]-]+$/.test(value) || !URL.canParse(value)) return false
  const { username, password } = new URL(value)
  return username === '' && password === ''
}
