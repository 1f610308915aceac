import type { Deployment, Revision } from '../control-plane/resources.ts'
import { inputLabel } from '../run/input-name.ts'
import type { SentRevision } from '../run/intent.ts'
import type { JsonObject } from '../run/object.ts'
import type { PatchPlan } from './plan.ts'
import type { RestoredValues } from './restore-outcome.ts'
import { changedVariables, restoreSecrets } from './restore-secrets.ts'
import { changedSettings, restoreSettings } from './restore-settings.ts'
import { kindOf } from './sources/kinds.ts'
import { NO_CODE } from './sources/source.ts'

/** The change that puts back the values from before this run, after a rollback of the code. */
export interface Restoration extends RestoredValues {
  /** The change to send; an empty object when there is nothing to send. */
  readonly body: JsonObject
  /** Whether the change makes a revision; then the body carries the code of the good revision. */
  readonly makesRevision: boolean
  /** The fields by which that revision is recognized. */
  readonly sent: SentRevision
}

/**
 * Plans how to put back the values that this run changed, and no others. Pure.
 *
 * A value is put back when it is still the one that this run wrote. When it is the one from before, nothing is to be
 * done; when it is a third one, somebody else has changed it. A change of `resource_spec` and the commands makes a
 * revision, so the caller checks that nobody else has made one; then a third value is what the server made of ours.
 *
 * @param written the plans that this run has sent, in their order
 * @param now the deployment as it is now
 * @param target the good revision; a change that makes a revision carries its code
 */
export function planRestore(written: readonly PatchPlan[], now: Deployment, target: Revision): Restoration {
  const code = codeOfRevision(target, now)
  const noCode = 'why' in code ? code.why : undefined
  const settings = restoreSettings(written, now, noCode)
  const secrets = restoreSecrets(written, now.secrets, noCode)
  const makesRevision = settings.needsRevision || secrets.send !== undefined
  const carried = makesRevision && !('why' in code) ? code : undefined
  return {
    body: {
      ...(carried?.revisionSource ? { revision_source: carried.revisionSource } : {}),
      ...(Object.keys(settings.sourceConfig).length > 0 ? { source_config: settings.sourceConfig } : {}),
      ...(carried ? { source_revision_config: carried.config } : {}),
      ...(secrets.send ? { secrets: secrets.send } : {}),
      ...settings.topLevel
    },
    makesRevision,
    sent: { ...NO_CODE, ...carried?.config },
    back: [...settings.back, ...secrets.back],
    leftovers: [...settings.leftovers, ...secrets.leftovers],
    others: [...settings.others, ...secrets.others]
  }
}

/** Names of what this run changed in the deployment, besides its code. */
export function namesChanged(written: readonly PatchPlan[]): readonly string[] {
  return [...changedSettings(written).map(({ name }) => inputLabel(name)), ...changedVariables(written)]
}

/** The fields that make a new revision from the code of an older one, or why there are none. */
type RevisionCode =
  | { readonly config: Readonly<Record<string, string>>; readonly revisionSource: string | undefined }
  | { readonly why: string }

/** The code of a revision of this deployment. */
function codeOfRevision(
  { id, source, source_revision_config: config }: Revision,
  deployment: Deployment
): RevisionCode {
  const actual = source ?? deployment.source
  const { code, isCloudOnly } = kindOf(actual)
  const { image_uri, source_tarball_path, langgraph_config_path } = config
  if (code === 'image' && image_uri) {
    return { config: { image_uri }, revisionSource: isCloudOnly ? actual : undefined }
  }
  if (code === 'archive' && source_tarball_path) {
    const path = langgraph_config_path ? { langgraph_config_path } : {}
    return { config: { source_tarball_path, ...path }, revisionSource: actual }
  }
  return { why: code === 'repository' ? WOULD_BUILD_HEAD : `the code of revision ${id} is not known` }
}

const WOULD_BUILD_HEAD =
  'restoring them would build the head of the branch again; the active revision uses the new values'
