import { createHash, randomUUID } from 'node:crypto'
import { REGISTRY } from '../artifacts.ts'
import { presentDeployment } from '../deployments.ts'
import { type Answer, type Call, type OpenRoute, type Route, readBody, refusal, type WorkspaceCall } from '../http.ts'
import { jsonList } from '../paging.ts'
import { ARCHIVE_LIMIT } from '../payload.ts'
import { abilities } from '../requests.ts'
import type { Deployment, Upload } from '../state.ts'
import type { Archive } from '../tar.ts'
import type { Parsed } from '../validation.ts'
import { pathId } from './deployments.ts'

const BUCKET = '/storage/langsmith-emulator-sources'
const SIZE_RANGE = 'x-goog-content-length-range'
const RANGE = `0,${ARCHIVE_LIMIT}`
/** Validity of a signed address. */
const SIGNED_FOR_MS = 900_000

/** Creates an object for one archive. The signature in its URL authorizes the upload, without a key. */
function announceUpload(call: WorkspaceCall): Answer {
  const [{ id, tenantId, source }, { supports_upload_headers: asked }] = readAsked(call)
  if (source === 'external_docker') {
    throw refusal(400, "An upload URL is not available for 'external_docker' source deployments")
  }
  const objectPath = `${tenantId}/${id}/${randomUUID()}.tar.gz`
  const signature = createHash('sha256').update(objectPath).update(randomUUID()).digest('hex')
  const { upload_headers: given } = call.state.scenario.server
  const headers = asked ? given : null
  call.state.uploads.set(objectPath, {
    objectPath,
    signature,
    tenantId,
    deploymentId: id,
    headers,
    announcedAt: call.now,
    uploaded: null
  })
  const query = new URLSearchParams({
    'X-Goog-Algorithm': 'GOOG4-RSA-SHA256',
    'X-Goog-Expires': String(SIGNED_FOR_MS / 1000),
    'X-Goog-SignedHeaders': 'content-type;host;x-goog-content-length-range',
    'X-Goog-Signature': signature
  })
  return {
    status: 200,
    body: {
      upload_url: `${call.state.url}${BUCKET}/${objectPath}?${query}`,
      object_path: objectPath,
      ...(headers ? { upload_headers: headers } : {})
    }
  }
}

/** Returns the deployment and the client's capabilities; older clients send no body. */
function readAsked(call: WorkspaceCall): [Deployment, Parsed<typeof abilities>] {
  const id = pathId(call, 'deployment_id')
  const known = call.payload.kind === 'none' ? NO_ABILITIES : readBody(abilities, call)
  return [presentDeployment(call, id), known]
}

const NO_ABILITIES = { supports_upload_headers: false, supports_registry_username: false }

/** Azure's error codes for those of S3, which Google also uses. */
const AZURE_CODES: Readonly<Record<string, string>> = {
  SignatureDoesNotMatch: 'AuthenticationFailed',
  MissingContentLength: 'MissingContentLengthHeader',
  PreconditionFailed: 'BlobAlreadyExists',
  EntityTooLarge: 'RequestBodyTooLarge'
}

/** Returns an XML error in the format of the object store that the scenario selects. */
function storageProblem({ state, headers: sent, path }: Call, status: number, code: string, message: string): Answer {
  const xml = { 'content-type': 'application/xml; charset=UTF-8' }
  switch (state.scenario.server.store) {
    case 'gcs': {
      const text = `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`
      return { status, text, headers: xml }
    }
    case 's3': {
      // S3 includes the string that it signed.
      const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><StringToSign>PUT\n${path}\nhost:${sent.host}</StringToSign><RequestId>4442587FB7D0A2F9</RequestId></Error>`
      return { status, text, headers: xml }
    }
    case 'azure': {
      const name = AZURE_CODES[code] ?? code
      const text = `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${name}</Code><Message>${message}\nRequestId:1b2c-3d4e\nTime:2026-11-27T00:00:00Z</Message><AuthenticationErrorDetail>String to sign used was ${path}</AuthenticationErrorDetail></Error>`
      return { status, text, headers: { ...xml, 'x-ms-error-code': name } }
    }
  }
}

const NOTHING: Archive = { size: 0, entries: [], documents: new Map(), error: 'unexpected end of file' }

/** Each store has its own status and code for an expired address. */
function expired(call: Call, at: number): Answer {
  const when = new Date(at).toISOString()
  switch (call.state.scenario.server.store) {
    case 'gcs':
      return storageProblem(call, 400, 'ExpiredToken', `The provided token has expired. It was good until ${when}.`)
    case 's3':
      return storageProblem(call, 403, 'AccessDenied', 'Request has expired')
    case 'azure':
      return storageProblem(
        call,
        403,
        'AuthenticationFailed',
        `Signature not valid in the specified time frame: expired at ${when}`
      )
  }
}

function storeArchive(call: Call): Answer {
  const { headers, params, payload, state, now } = call
  const upload = state.uploads.get(`${params.tenant_id}/${params.deployment_id}/${params.object}`)
  if (!upload || !isSigned(upload, call)) {
    const message = 'The signature does not match the object, or a signed header is missing or different.'
    return storageProblem(call, 403, 'SignatureDoesNotMatch', message)
  }
  if (now >= upload.announcedAt + SIGNED_FOR_MS) return expired(call, upload.announcedAt + SIGNED_FOR_MS)
  if (headers['content-length'] === undefined) {
    return storageProblem(call, 411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.')
  }
  if (upload.uploaded) {
    return storageProblem(call, 412, 'PreconditionFailed', 'This URL was already used: the object exists.')
  }
  const archive = payload.kind === 'archive' ? payload.archive : NOTHING
  if (archive.size > ARCHIVE_LIMIT) {
    return storageProblem(call, 400, 'EntityTooLarge', `The upload is larger than ${ARCHIVE_LIMIT} bytes.`)
  }
  upload.uploaded = { at: now, archive }
  return { status: 200, text: '', headers: { 'content-type': 'text/html; charset=UTF-8' } }
}

/** All these headers are signed, so a wrong value is treated like a wrong signature. */
function isSigned(upload: Upload, { query, headers }: Call): boolean {
  const signed = Object.entries({
    'content-type': 'application/gzip',
    ...(upload.headers ? lowerCased(upload.headers) : { [SIZE_RANGE]: RANGE })
  })
  return (
    query.get('X-Goog-Signature') === upload.signature &&
    signed.every(([name, value]) => headers[name] === value) &&
    Object.keys(headers).every((name) => name !== SIZE_RANGE || signed.some(([each]) => each === name))
  )
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** Lists the uploads, with the entries of each archive. */
function listUploads({ state }: Call): Answer {
  return jsonList([...state.uploads.values()].filter(({ uploaded }) => uploaded !== null).map(showUpload))
}

function showUpload({ objectPath, tenantId, deploymentId, uploaded }: Upload): () => string {
  return () => {
    const { size, entries, error } = uploaded?.archive ?? NOTHING
    return JSON.stringify({
      object_path: objectPath,
      tenant_id: tenantId,
      deployment_id: deploymentId,
      at: uploaded?.at,
      size,
      entries: error === null ? entries : null,
      error
    })
  }
}

function issuePushToken(call: WorkspaceCall): Answer {
  const [{ id, source }, { supports_registry_username: asked }] = readAsked(call)
  if (source !== 'internal_docker') {
    throw refusal(400, "A push token is only available for 'internal_docker' source deployments")
  }
  const token = `emulator.${createHash('sha256').update(id).update(randomUUID()).digest('base64url')}`
  const given = call.state.scenario.server.push_token
  const newer = asked ? given : { username: null, repository_url: null }
  return {
    status: 200,
    body: {
      token: given.token ?? token,
      registry_url: given.registry_url ?? `${REGISTRY}/${id}`,
      ...(newer.username === null ? {} : { username: newer.username }),
      ...(newer.repository_url === null ? {} : { repository_url: newer.repository_url })
    }
  }
}

export const uploadRoutes: readonly Route[] = [
  { method: 'POST', path: '/v2/deployments/:deployment_id/upload-url', handle: announceUpload },
  { method: 'POST', path: '/v2/deployments/:deployment_id/push-token', handle: issuePushToken }
]

export const storageRoutes: readonly OpenRoute[] = [
  { method: 'PUT', path: `${BUCKET}/:tenant_id/:deployment_id/:object`, open: storeArchive },
  { method: 'GET', path: '/_emulator/uploads', open: listUploads }
]
