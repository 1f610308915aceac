import { isUuid } from '../control-plane/resources.ts'
import { isImageReference } from '../deployment/image-reference.ts'
import { isCommit } from '../deployment/revision.ts'
import { MARKS } from './summary.ts'

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
  ...Object.keys(MARKS),
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
