import { describe, expect, test } from '@jest/globals'
import type { ControlPlaneClient } from '../../../src/control-plane/client.ts'
import { ApiError, RefusalError, UnreachableError } from '../../../src/control-plane/errors.ts'
import type { UploadFile } from '../../../src/control-plane/upload.ts'
import { planCreate, planPatch } from '../../../src/deployment/plan.ts'
import { sourceOf } from '../../../src/deployment/sources/index.ts'
import { type InternalSourceInputs, internalSource } from '../../../src/deployment/sources/internal-source.ts'
import { CancelledError, DeadlineError } from '../../../src/run/limits.ts'
import { makeFolder, makeTree, read, SMALLEST, type Tree } from '../../archive/support.ts'
import { failureOf } from '../../support/failure.ts'
import { CLOUD, clientWith, DEPLOYMENT_ID, deploymentWith, revisionWith, virtualClock } from '../samples.ts'

const DEPLOYED = deploymentWith({
  source: 'internal_source',
  source_config: { deployment_type: 'dev_zero', install_command: 'npm ci' },
  source_revision_config: { source_tarball_path: 'old/path.tar.gz', langgraph_config_path: 'langgraph.json' }
})

async function sourceWith(inputs: Partial<InternalSourceInputs> = {}, tree: Tree = SMALLEST) {
  return internalSource({
    type: 'internal_source',
    project: await read(makeTree(tree)),
    checkout: undefined,
    include: [],
    secretsFile: undefined,
    gitPath: process.env.PATH,
    temporaryFolder: makeFolder(),
    deploymentType: undefined,
    installCommand: undefined,
    buildCommand: undefined,
    ...inputs
  })
}

/** Returns the dependencies of an upload. `attempts`: the result of each attempt. */
function context(...attempts: readonly (Error | 'good')[]) {
  const uploads: UploadFile[] = []
  const notes: string[] = []
  const warnings: string[] = []
  const remarks: string[] = []
  let targets = 0
  const client: ControlPlaneClient = clientWith({
    uploadTarget: async (id) => {
      expect(id).toBe(DEPLOYMENT_ID)
      targets += 1
      return {
        uploadUrl: `https://storage.example.com/${targets}?signature=topsecret`,
        objectPath: `object-${targets}`
      }
    },
    upload: async (file) => {
      uploads.push(file)
      file.onProgress(Math.floor(file.bytes / 2), 5_000)
      const end = attempts[uploads.length - 1] ?? 'good'
      if (end !== 'good') throw end
    }
  })
  const clock = virtualClock()
  const limits = { clock, cancelled: new AbortController().signal, deadline: clock.now() + 60_000 }
  const progress = {
    note: (text: string) => notes.push(text),
    remark: (text: string) => remarks.push(text),
    warn: (text: string) => warnings.push(text)
  }
  return { client, limits, progress, uploads, notes, remarks, warnings, targets: () => targets }
}

const CUT = new UnreachableError('the connection was cut', 'UND_ERR_SOCKET', true)
const EXPIRED = new ApiError({ status: 403, detail: '', request: 'PUT of the archive', server: 'storage.example.com' })

test('sourceOf creates the source from inputs of its type', async () => {
  const project = await read(makeTree(SMALLEST))
  const inputs: InternalSourceInputs = {
    type: 'internal_source',
    project,
    checkout: undefined,
    include: [],
    secretsFile: undefined,
    gitPath: process.env.PATH,
    temporaryFolder: makeFolder(),
    deploymentType: undefined,
    installCommand: undefined,
    buildCommand: undefined
  }
  expect(sourceOf(inputs)).toMatchObject({ type: 'internal_source', upload: expect.any(Function) })
})

describe('the source of an archive', () => {
  test('creates an empty deployment with the commands from the inputs', async () => {
    const source = await sourceWith({ installCommand: 'npm ci', buildCommand: 'npm run build' })
    const plan = planCreate(
      { name: 'agent', source, secrets: { secrets: [], variables: [], mode: 'merge' }, displayName: undefined },
      await source.fixedSettings(clientWith({}), CLOUD)
    )
    expect(plan).toMatchObject({ kind: 'create', makesRevision: false })
    // The path is sent with the first revision, but the plan of the create already shows it.
    expect(plan.rows).toContainEqual({
      about: 'field',
      name: 'langgraph_config_path',
      change: 'set',
      value: 'langgraph.json'
    })
    expect('body' in plan && plan.body).toEqual({
      name: 'agent',
      source: 'internal_source',
      source_config: { deployment_type: 'dev_zero', install_command: 'npm ci', build_command: 'npm run build' },
      source_revision_config: {},
      secrets: []
    })
  })

  test('creates a deployment with the type from the inputs', async () => {
    const source = await sourceWith({ deploymentType: 'dedicated' })
    expect(await source.fixedSettings(clientWith({}), CLOUD)).toEqual([
      { field: 'deployment_type', wanted: 'prod', shown: 'dedicated' }
    ])
  })

  test('sends the uploaded archive and the config path inside it for a new revision', async () => {
    const source = await sourceWith()
    const work = context()
    await source.prepare?.(work)
    await source.upload?.(work, { id: DEPLOYMENT_ID, name: 'agent' })
    const sent = { source_tarball_path: 'object-1', langgraph_config_path: 'langgraph.json' }
    const plan = planPatch(
      { name: 'agent', source, secrets: { secrets: [], variables: [], mode: 'merge' }, displayName: undefined },
      DEPLOYED,
      undefined
    )
    expect(plan).toMatchObject({ kind: 'patch', makesRevision: true, body: { source_revision_config: sent } })
    expect(source.sent).toEqual({ repo_ref: null, image_uri: null, ...sent })
  })

  test('sends only commands from the inputs that differ', async () => {
    const source = await sourceWith({ installCommand: 'npm ci', buildCommand: 'make' })
    const plan = planPatch(
      { name: 'agent', source, secrets: { secrets: [], variables: [], mode: 'merge' }, displayName: undefined },
      DEPLOYED,
      undefined
    )
    expect('body' in plan && plan.body.source_config).toEqual({ build_command: 'make' })
  })

  test('shows the archive without its path before the upload', async () => {
    const source = await sourceWith()
    expect(source.settings(DEPLOYED)).toContainEqual({
      section: 'source_revision_config',
      field: 'source_tarball_path',
      wanted: 'the archive of this run',
      current: null,
      effect: 'always'
    })
    expect(source.sent.source_tarball_path).toBeNull()
  })

  test('never counts as already deployed', async () => {
    const source = await sourceWith()
    expect(source.isServedBy(revisionWith({ source_revision_config: DEPLOYED.source_revision_config }))).toBe(false)
  })

  test('accepts a deployment of any type, because servers return other words than they accept', async () => {
    const source = await sourceWith({ deploymentType: 'dedicated' })
    expect(() => source.checkFixed(DEPLOYED)).not.toThrow()
  })
})

describe('packing', () => {
  test('reports the number of entries, the size and the digest', async () => {
    const work = context()
    await (await sourceWith()).prepare?.(work)
    expect(work.notes).toEqual([expect.stringMatching(/^Packed 2 entries into \d+\.\d KiB \(sha256 [0-9a-f]{64}\)\.$/)])
    expect(work.uploads).toEqual([])
  })

  test('reports excluded files', async () => {
    const work = context()
    await (await sourceWith({}, { ...SMALLEST, '.env': 'A=b' })).prepare?.(work)
    expect(work.notes[0]).toContain('.env')
  })

  test('stops if the job is canceled', async () => {
    const source = await sourceWith({}, { ...SMALLEST, large: 'x'.repeat(5_000_000) })
    const controller = new AbortController()
    const work = context()
    const preparing = failureOf(
      source.prepare?.({ ...work, limits: { ...work.limits, cancelled: controller.signal } }) ?? Promise.resolve()
    )
    controller.abort()
    await expect(preparing).resolves.toBeInstanceOf(CancelledError)
  })
})

describe('the upload', () => {
  const prepared = async (...attempts: readonly (Error | 'good')[]) => {
    const source = await sourceWith()
    const work = context()
    await source.prepare?.(work)
    const uploading = context(...attempts)
    return {
      source,
      ...uploading,
      upload: async () => source.upload?.(uploading, { id: DEPLOYMENT_ID, name: 'agent' })
    }
  }

  test('uses the address from the control plane and reports only its host', async () => {
    const { upload, uploads, notes } = await prepared()
    await upload()
    expect(uploads).toMatchObject([{ url: 'https://storage.example.com/1?signature=topsecret' }])
    expect(notes.join('\n')).toContain('storage.example.com')
    expect(notes.join('\n')).not.toMatch(/topsecret|\/1/)
  })

  test('reports bytes, share and rate', async () => {
    const { upload, notes } = await prepared()
    await upload()
    expect(notes).toContainEqual(expect.stringMatching(/^Uploaded \d+\.\d KiB \((49|50) %, \d+\.\d KiB\/s\)\.$/))
  })

  test.each([
    ['is cut', CUT],
    ['is rejected', EXPIRED]
  ])('that %s is retried once with a new upload URL', async (_, error) => {
    const { source, upload, uploads, notes, targets } = await prepared(error)
    await upload()
    expect(uploads.map(({ url }) => new URL(url).pathname)).toEqual(['/1', '/2'])
    expect(targets()).toBe(2)
    expect(source.sent.source_tarball_path).toBe('object-2')
    expect(notes).toContainEqual(expect.stringContaining(error.message))
  })

  test('that failed twice is not tried a third time', async () => {
    const { source, upload, uploads } = await prepared(CUT, EXPIRED)
    const error = await failureOf(upload())
    expect(error).toBeInstanceOf(RefusalError)
    expect(error).toMatchObject({
      message: 'The object store storage.example.com rejected the archive twice.',
      behind: EXPIRED
    })
    expect(uploads).toHaveLength(2)
    expect(source.sent.source_tarball_path).toBeNull()
  })

  const STORE = 'The object store storage.example.com rejected the archive'
  const refused = (status: number, detail: string) =>
    new ApiError({ status, detail, request: 'PUT of the archive', server: 'storage.example.com' })
  test.each<[string, ApiError, RegExp]>([
    [
      'an invalid signature',
      refused(403, 'SignatureDoesNotMatch: The signature does not match.'),
      /signed address.*proxy/
    ],
    [
      'an invalid signature in Azure',
      refused(403, 'AuthenticationFailed: Server failed to authenticate.'),
      /signed address/
    ],
    ['an expired address', refused(400, 'ExpiredToken: The provided token has expired.'), /had expired.*clock/],
    ['an expired address in S3', refused(403, 'AccessDenied: Request has expired'), /had expired/],
    [
      'a clock difference',
      refused(403, 'RequestTimeTooSkewed: The difference is too large.'),
      /clocks of this runner.*NTP/
    ],
    ['missing permission', refused(403, 'AccessDenied: Access denied.'), /denied the write/],
    ['a temporary error of the store', refused(503, 'SlowDown: Reduce your request rate.'), /temporary error/],
    ['an unknown reason, by another server', refused(403, ''), /a proxy or firewall may have sent it/]
  ])('that is rejected twice because of %s fails with advice', async (_, error, advice) => {
    const { upload, uploads, notes } = await prepared(error, error)
    const failure = await failureOf(upload())
    expect(failure).toMatchObject({ message: `${STORE} twice.`, advice: expect.stringMatching(advice), behind: error })
    expect(JSON.stringify(failure)).not.toMatch(/runner can reach/)
    expect(uploads).toHaveLength(2)
    const [code] = error.detail.split(':')
    expect(notes.join('\n')).toContain(
      `storage.example.com returned ${error.status} for PUT of the archive${code ? `: ${code}` : ''})`
    )
  })

  test.each(['EntityTooLarge: Too large.', 'RequestBodyTooLarge'])(
    'that is too large (%s) is not retried',
    async (detail) => {
      const { upload, uploads } = await prepared(refused(400, detail))
      expect(await failureOf(upload())).toMatchObject({
        message: `${STORE}.`,
        advice: expect.stringMatching(/too large.*dockerignore/)
      })
      expect(uploads).toHaveLength(1)
    }
  )

  test.each([
    { title: 'a cancellation', error: new CancelledError() },
    { title: 'the deadline', error: new DeadlineError() },
    { title: 'a refusal', error: new RefusalError('No https', 'no https', 'advice') }
  ])('is not retried after $title', async ({ error }) => {
    const { upload, uploads } = await prepared(error)
    expect(await failureOf(upload())).toBe(error)
    expect(uploads).toHaveLength(1)
  })
})
