import type { Deployment, Revision } from '../control-plane/resources.ts'
import { addressOf } from '../deployment/address.ts'
import { isGoing } from '../deployment/find.ts'
import { commitOf } from '../deployment/revision.ts'
import type { SeenDeployment, SeenRevision } from '../run/record.ts'
import { plainLines } from '../runner/words.ts'

/** Returns what a run records of a deployment: never its secrets. */
export function seenDeployment(deployment: Deployment): SeenDeployment {
  const { id, name, active_revision_id, tenant_id, image_version, tracer_session_id } = deployment
  return {
    id,
    name,
    state: isGoing(deployment) ? 'going' : 'present',
    address: addressOf(deployment),
    activeRevisionId: active_revision_id ?? undefined,
    tenantId: tenant_id ?? undefined,
    serverVersion: image_version ?? undefined,
    tracingProject: tracer_session_id ?? undefined
  }
}

/**
 * Returns what a run records of a revision.
 *
 * @param redact removes secrets from the message of LangSmith; without it, the message is omitted
 */
export function seenRevision(revision: Revision, redact?: (text: string) => string): SeenRevision {
  const { id, status, source_revision_config, image_version, status_message } = revision
  return {
    id,
    status,
    commit: commitOf(revision),
    image: source_revision_config.image_uri ?? undefined,
    serverVersion: image_version ?? undefined,
    statusMessage: redact && status_message?.trim() ? messageInOneLine(redact(status_message)) : undefined
  }
}

/** A reason is usually a sentence, but some servers return a whole stack trace. */
const LONGEST_STATUS_MESSAGE = 500

function messageInOneLine(message: string): string {
  const line = plainLines(message).join(' ').replace(/\s+/g, ' ').trim()
  return line.length > LONGEST_STATUS_MESSAGE ? `${line.slice(0, LONGEST_STATUS_MESSAGE)}…` : line
}
