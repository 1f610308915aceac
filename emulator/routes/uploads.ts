import { createHash, randomUUID } from 'node:crypto'
import { REGISTRY } from '../artifacts.ts'
import { type Answer, type Call, type OpenRoute, type Route, refusal, type WorkspaceCall } from '../http.ts'
import { BODY_LIMIT } from '../payload.ts'
import type { Upload } from '../state.ts'
import { listArchive } from '../tar.ts'
import { deploymentOf } from './deployments.ts'

const BUCKET = '/storage/langsmith-emulator-sources'
const RANGE = `0,${BODY_LIMIT}`

/** A place for one archive; the signature in its URL is the right to fill it, without any key. */
function announceUpload(call: WorkspaceCall): Answer {
  const { id, tenantId, source } = deploymentOf(call)
  if (source === 'external_docker') {
    throw refusal(400, "An upload URL is not available for 'external_docker' source deployments")
  }
  const objectPath = `${tenantId}/${id}/${randomUUID()}.tar.gz`
  const signature = createHash('sha256').update(objectPath).update(randomUUID()).digest('hex')
  call.state.uploads.set(objectPath, { objectPath, signature, tenantId, deploymentId: id, uploaded: null })
  const query = new URLSearchParams({
    'X-Goog-Algorithm': 'GOOG4-RSA-SHA256',
    'X-Goog-Expires': '900',
    'X-Goog-SignedHeaders': 'content-type;host;x-goog-content-length-range',
    'X-Goog-Signature': signature
  })
  return {
    status: 200,
    body: { upload_url: `${call.state.url}${BUCKET}/${objectPath}?${query}`, object_path: objectPath }
  }
}

/** The object store speaks XML. */
function storageProblem(status: number, code: string, message: string): Answer {
  const text = `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`
  return { status, text, headers: { 'content-type': 'application/xml; charset=UTF-8' } }
}

function storeArchive(call: Call): Answer {
  const { headers, params, payload, state, now } = call
  const upload = state.uploads.get(`${params.tenant_id}/${params.deployment_id}/${params.object}`)
  if (!upload || !isSigned(upload, call)) {
    const message = 'The signature does not match the object, or a signed header is missing or different.'
    return storageProblem(403, 'SignatureDoesNotMatch', message)
  }
  if (headers['content-length'] === undefined) {
    return storageProblem(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.')
  }
  if (upload.uploaded) {
    return storageProblem(412, 'PreconditionFailed', 'This URL was used already: the object exists.')
  }
  if (payload.kind === 'other' && payload.size > BODY_LIMIT) {
    return storageProblem(400, 'EntityTooLarge', `The upload is larger than ${BODY_LIMIT} bytes.`)
  }
  upload.uploaded = { at: now, data: payload.kind === 'other' ? payload.data : Buffer.alloc(0) }
  return { status: 200, text: '', headers: { 'content-type': 'text/html; charset=UTF-8' } }
}

/** Both headers are part of what was signed, so another value is as wrong as another signature. */
function isSigned(upload: Upload, { query, headers }: Call): boolean {
  return (
    query.get('X-Goog-Signature') === upload.signature &&
    headers['content-type'] === 'application/gzip' &&
    headers['x-goog-content-length-range'] === RANGE
  )
}

/** What came in, with the entries of each archive. */
function listUploads({ state }: Call): Answer {
  const body = [...state.uploads.values()].flatMap(({ objectPath, tenantId, deploymentId, uploaded }) => {
    if (!uploaded) return []
    const { at, data } = uploaded
    const about = { object_path: objectPath, tenant_id: tenantId, deployment_id: deploymentId, at, size: data.length }
    return [{ ...about, ...entriesOf(data) }]
  })
  return { status: 200, body }
}

function entriesOf(data: Buffer): { entries: unknown; error: string | null } {
  try {
    return { entries: listArchive(data), error: null }
  } catch (error) {
    return { entries: null, error: error instanceof Error ? error.message : String(error) }
  }
}

function issuePushToken(call: WorkspaceCall): Answer {
  const { id, source } = deploymentOf(call)
  if (source !== 'internal_docker') {
    throw refusal(400, "A push token is only available for 'internal_docker' source deployments")
  }
  const token = createHash('sha256').update(id).update(randomUUID()).digest('base64url')
  return { status: 200, body: { token: `emulator.${token}`, registry_url: `${REGISTRY}/${id}` } }
}

export const uploadRoutes: readonly Route[] = [
  { method: 'POST', path: '/v2/deployments/:deployment_id/upload-url', handle: announceUpload },
  { method: 'POST', path: '/v2/deployments/:deployment_id/push-token', handle: issuePushToken }
]

export const storageRoutes: readonly OpenRoute[] = [
  { method: 'PUT', path: `${BUCKET}/:tenant_id/:deployment_id/:object`, open: storeArchive },
  { method: 'GET', path: '/_emulator/uploads', open: listUploads }
]
