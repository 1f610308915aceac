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

/** The change that restores the values from before this run, after a rollback of the code. */
export interface Restoration extends RestoredValues {
  /** The change to send; an empty object when there is nothing to send. */
  readonly body: JsonObject
  /** True if the change creates a revision. The body then includes the code of the good revision. */
  readonly makesRevision: boolean
  /** Fields that identify the new revision. */
  readonly sent: SentRevision
}

/**
 * Plans how to restore the values that this run changed, and no others. Pure.
 *
 * A value is restored if it is still the one that this run wrote. It needs no change if it is the previous one. Any
 * other value comes from a user or another run, and stays. A change of `resource_spec` or of the commands creates a
 * revision, and the caller checks that no other revision was created. Another value of these settings is therefore the
 * server's form of the value that this run wrote.
 *
 * @param written the plans that this run sent, in order
 * @param now the current deployment
 * @param target the good revision; a change that creates a revision includes its code
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

/** Returns the names of the values that this run changed in the deployment, besides its code. */
export function namesChanged(written: readonly PatchPlan[]): readonly string[] {
  return [...changedSettings(written).map(({ name }) => inputLabel(name)), ...changedVariables(written)]
}

/** Fields that create a new revision from the code of an older one, or the reason that there are none. */
type RevisionCode =
  | { readonly config: Readonly<Record<string, string>>; readonly revisionSource: string | undefined }
  | { readonly why: string }

/** Returns the code of a revision of this deployment. */
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
  return { why: code === 'repository' ? WOULD_BUILD_HEAD : `the code of revision ${id} is unknown` }
}

const WOULD_BUILD_HEAD =
  'restoring them would build the head of the branch again; the active revision uses the new values'
