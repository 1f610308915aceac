import type { Deployment, Revision, State } from '../emulator/state.ts'
import { findDeployment } from '../emulator/state.ts'
import { isRecord } from '../emulator/validation.ts'

type Json = Record<string, unknown>

/**
 * Returns the response of a lagging replica to a read: newer resources are missing, and the others have their earlier
 * status. The environment is always current.
 *
 * @param then the time of the replica's state, in epoch milliseconds
 * @returns the status and the body of the response
 */
export function lagging(
  state: State,
  path: string,
  answer: { readonly status: number; readonly body: unknown },
  then: number
): { readonly status: number; readonly body: unknown } {
  if (answer.status !== 200 || !isRecord(answer.body)) return answer
  const [where = ''] = path.split('?')
  const { body } = answer
  const owner = findDeployment(state, /\/v2\/deployments\/([0-9a-f-]{36})/.exec(where)?.[1] ?? '')
  if (/\/v2\/deployments$/.test(where)) {
    const rows = listOf(body.resources).flatMap((row) => {
      const deployment = findDeployment(state, String(row.id))
      return deployment && isOlder(deployment, then) ? [olderDeployment(row, deployment, then)] : []
    })
    return { status: 200, body: { ...body, resources: rows } }
  }
  if (!owner || !isOlder(owner, then)) return owner ? missing(`Deployment ID ${owner.id} not found.`) : answer
  if (/\/revisions$/.test(where)) {
    const rows = listOf(body.resources).flatMap((row) => {
      const revision = owner.revisions.find(({ id }) => id === row.id)
      return revision && isOlder(revision, then) ? [olderRevision(row, revision, then)] : []
    })
    return { status: 200, body: { ...body, resources: rows } }
  }
  const id = /\/revisions\/([0-9a-f-]{36})$/.exec(where)?.[1]
  if (id) {
    const revision = owner.revisions.find((each) => each.id === id)
    if (!revision || !isOlder(revision, then)) return missing(`Revision ID ${id} not found.`)
    return { status: 200, body: olderRevision(body, revision, then) }
  }
  return /\/v2\/deployments\/[^/]+$/.test(where) ? { status: 200, body: olderDeployment(body, owner, then) } : answer
}

function missing(detail: string): { readonly status: number; readonly body: unknown } {
  return { status: 404, body: { detail } }
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

/** Creation times are stored in microseconds. */
function isOlder({ createdAt }: Deployment | Revision, then: number): boolean {
  return createdAt / 1000 <= then
}

function olderRevision(row: Json, revision: Revision, then: number): Json {
  return { ...row, status: revision.history.findLast(({ at }) => at <= then)?.status ?? 'CREATING' }
}

function olderDeployment(row: Json, deployment: Deployment, then: number): Json {
  const known = deployment.revisions.filter((revision) => isOlder(revision, then) && revision.appearsAt <= then)
  const latest = known.at(-1)
  const active = known.findLast((revision) => {
    const deployed = revision.history.find(({ status }) => status === 'DEPLOYED')?.at
    const delay = revision.script.rule ? revision.script.rule.active_after_ms : 0
    return deployed !== undefined && delay !== null && deployed + delay <= then
  })
  const config = isRecord(row.source_revision_config) ? row.source_revision_config : {}
  return {
    ...row,
    latest_revision_id: latest?.id ?? null,
    active_revision_id: active?.id ?? null,
    source_revision_config: latest ? { ...config, ...latest.config } : config
  }
}
