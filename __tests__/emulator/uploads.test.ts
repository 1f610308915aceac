import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { readerOf } from '../../emulator/payload.ts'
import { readArchive, type TarEntry } from '../../emulator/tar.ts'
import { archive, type Item } from './archives.ts'
import { create, dockerBody, githubBody, type Json, records, until, untilStatuses, useEmulator } from './support.ts'

const client = useEmulator()
const LIMIT = 209_715_200
const EIGHT_MEGABYTES = Buffer.alloc(8 * 2 ** 20)
const HEADERS = { 'Content-Type': 'application/gzip', 'X-Goog-Content-Length-Range': `0,${LIMIT}` }

/** Incompressible data. */
const NOISE = Array.from({ length: 500 }, (_, at) => createHash('sha256').update(String(at)).digest('base64')).join('')

const PROJECT = archive(
  { name: 'src/', kind: '5', mode: 0o755 },
  { name: 'langgraph.json', content: '{}' },
  { name: 'src/run.sh', content: 'exit 0\n', mode: 0o755 },
  { name: 'latest', kind: '2', mode: 0o777 }
)

const ENTRIES = [
  { name: 'src/', size: 0, mode: 0o755, type: 'directory' },
  { name: 'langgraph.json', size: 2, mode: 0o644, type: 'file' },
  { name: 'src/run.sh', size: 7, mode: 0o755, type: 'file' },
  { name: 'latest', size: 0, mode: 0o777, type: 'symlink' }
]

async function sourceDeployment(): Promise<string> {
  return create(client, {
    name: 'my-agent',
    source: 'internal_source',
    source_config: {},
    source_revision_config: {},
    secrets: []
  })
}

async function announce(id: string): Promise<{ url: string; path: string }> {
  const { upload_url, object_path } = await client.ask(200, 'POST', `/v2/deployments/${id}/upload-url`)
  return { url: String(upload_url), path: String(object_path) }
}

async function put(url: string, body: Buffer, headers: Record<string, string> = HEADERS): Promise<Response> {
  return fetch(url, { method: 'PUT', body: new Uint8Array(body), headers })
}

async function uploads(): Promise<Json[]> {
  return records((await client.call('GET', '/_emulator/uploads')).value)
}

test('an archive is uploaded without a key, listed, and becomes a revision', async () => {
  const id = await sourceDeployment()
  const { url, path } = await announce(id)
  expect(url.startsWith(client.emulator.url)).toBe(true)
  expect(await uploads()).toEqual([])
  expect((await put(url, PROJECT)).status).toBe(200)
  expect(await uploads()).toMatchObject([
    { object_path: path, deployment_id: id, size: PROJECT.length, entries: ENTRIES, error: null }
  ])
  const body = {
    revision_source: 'internal_source',
    source_revision_config: { source_tarball_path: path, langgraph_config_path: 'langgraph.json' },
    secrets: [],
    tracked_packages: ['google-adk:1.0']
  }
  const answer = await client.ask(200, 'PATCH', `/v2/deployments/${id}`, body)
  expect(answer).toMatchObject({
    tenant_id: client.emulator.workspaceId,
    source_revision_config: { ...body.source_revision_config, tracked_packages: ['google-adk:1.0'] }
  })
  await untilStatuses(client, id, ['DEPLOYED'])
})

test('every deployment that LangSmith runs accepts an archive, an external image does not', async () => {
  await announce(await create(client, githubBody({ name: 'from-github' })))
  await announce(
    await create(client, githubBody({ name: 'pushed', source: 'internal_docker', source_revision_config: {} }))
  )
  const { detail } = await client.ask(400, 'POST', `/v2/deployments/${await create(client)}/upload-url`)
  expect(detail).toMatch(/not available for 'external_docker'/)
})

describe('the signed URL', () => {
  test.each<[string, Record<string, string>, number, RegExp]>([
    ['no content type', { 'X-Goog-Content-Length-Range': `0,${LIMIT}` }, 403, /SignatureDoesNotMatch/],
    ['another content type', { ...HEADERS, 'Content-Type': 'application/x-gzip' }, 403, /SignatureDoesNotMatch/],
    ['no range', { 'Content-Type': 'application/gzip' }, 403, /SignatureDoesNotMatch/],
    ['another range', { ...HEADERS, 'X-Goog-Content-Length-Range': '0,1' }, 403, /SignatureDoesNotMatch/]
  ])('refuses %s', async (_, headers, status, text) => {
    const { url } = await announce(await sourceDeployment())
    const response = await put(url, PROJECT, headers)
    expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(text)])
    expect(await uploads()).toEqual([])
  })

  describe('with headers in the scenario', () => {
    const upload_headers = { 'X-Ms-Blob-Type': 'BlockBlob' }
    const announceWith = async (body?: Json) => {
      await client.scenario({ server: { upload_headers, store: 'azure' } })
      return client.ask(200, 'POST', `/v2/deployments/${await sourceDeployment()}/upload-url`, body)
    }

    test('returns them to a client that supports them, and requires exactly these', async () => {
      const answer = await announceWith({ supports_upload_headers: true })
      expect(answer.upload_headers).toEqual(upload_headers)
      const given = { 'Content-Type': 'application/gzip', ...upload_headers }
      const refused = await put(String(answer.upload_url), PROJECT, { ...HEADERS, ...upload_headers })
      expect(await refused.text()).toMatch(/<Code>AuthenticationFailed<\/Code>/)
      expect(refused.headers.get('x-ms-error-code')).toBe('AuthenticationFailed')
      expect((await put(String(answer.upload_url), PROJECT, { 'Content-Type': 'application/gzip' })).status).toBe(403)
      expect((await put(String(answer.upload_url), PROJECT, given)).status).toBe(200)
    })

    test('returns none to an older client, and accepts the size range', async () => {
      const answer = await announceWith()
      expect(answer).not.toHaveProperty('upload_headers')
      expect((await put(String(answer.upload_url), PROJECT)).status).toBe(200)
    })
  })

  test('refuses another signature and another object', async () => {
    const { url } = await announce(await sourceDeployment())
    for (const wrong of [
      url.replace(/Signature=\w/, 'Signature=x'),
      url.replace('.tar.gz', 'x.tar.gz'),
      url.split('?')[0] ?? ''
    ]) {
      expect((await put(wrong, PROJECT)).status).toBe(403)
    }
  })

  /** A low-level PUT, which can omit the length, or be huge without using memory. */
  async function putChunks(
    url: string,
    headers: Record<string, string>,
    chunks: number,
    chunk: Buffer
  ): Promise<[number | undefined, string]> {
    return new Promise((resolve, reject) => {
      const put = request(url, { method: 'PUT', headers: { ...HEADERS, ...headers } }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => resolve([response.statusCode, Buffer.concat(parts).toString()]))
      })
      put.on('error', reject)
      const body = Readable.from(Array.from({ length: chunks }, () => chunk))
      body.pipe(put)
    })
  }

  test('requires a length', async () => {
    const { url } = await announce(await sourceDeployment())
    const [status, text] = await putChunks(url, { 'Transfer-Encoding': 'chunked' }, 1, PROJECT)
    expect([status, text]).toEqual([411, expect.stringMatching(/MissingContentLength/)])
  })

  test('refuses an archive over the limit, and the client receives the response', async () => {
    const { url } = await announce(await sourceDeployment())
    const chunk = Buffer.alloc(2 ** 20)
    const [status, text] = await putChunks(
      url,
      { 'Content-Length': `${LIMIT + 2 ** 20}`, Connection: 'close' },
      201,
      chunk
    )
    expect([status, text]).toEqual([400, expect.stringMatching(/EntityTooLarge/)])
    expect(await uploads()).toEqual([])
  })

  test('accepts an archive at the limit', async () => {
    async function* body(last: number) {
      for (let chunk = 0; chunk < 25; chunk++) yield EIGHT_MEGABYTES
      yield Buffer.alloc(last)
    }
    const read = readerOf('/storage/bucket/object')
    expect(await read('application/gzip', body(0))).toMatchObject({ kind: 'archive', size: LIMIT })
    expect(await read('application/gzip', body(1))).toMatchObject({ kind: 'archive', size: LIMIT + 1 })
  })

  test('is valid for one use', async () => {
    const { url } = await announce(await sourceDeployment())
    expect((await put(url, PROJECT)).status).toBe(200)
    expect((await put(url, PROJECT)).status).toBe(412)
    expect(await uploads()).toHaveLength(1)
  })

  test('stores an invalid archive', async () => {
    const { url } = await announce(await sourceDeployment())
    expect((await put(url, Buffer.from('text'))).status).toBe(200)
    expect(await uploads()).toMatchObject([{ size: 4, entries: null, error: expect.any(String) }])
  })
})

describe('the path of an archive', () => {
  const patch = (path: string) => ({
    revision_source: 'internal_source',
    source_revision_config: { source_tarball_path: path }
  })

  test('must come from an upload URL of this deployment', async () => {
    const id = await sourceDeployment()
    const other = await announce(await create(client, githubBody({ name: 'other' })))
    for (const path of ['arbitrary.tar.gz', other.path]) {
      const { detail } = await client.ask(400, 'PATCH', `/v2/deployments/${id}`, patch(path))
      expect(detail).toMatch(/source_tarball_path/)
    }
    expect(
      await client.ask(400, 'PATCH', `/v2/deployments/${id}`, { secrets: [{ name: 'A', value: 'b' }] })
    ).toMatchObject({
      detail: expect.stringMatching(/source_tarball_path' is required/)
    })
  })

  const CONFIG = JSON.stringify({ graphs: { agent: './src/agent.py:graph', pack: 'pack.graph:graph' } })
  const JS_CONFIG = JSON.stringify({ graphs: { agent: { path: './dist/agent.js:graph' } } })
  const agent = { name: 'src/agent.py', content: 'graph = 1' }

  /** Uploads the archive, if any, and creates a revision of it; `configPath` as in the API. */
  async function revisionOf(data: Buffer | undefined, configPath: string | null = 'langgraph.json'): Promise<string> {
    const id = await sourceDeployment()
    const { url, path } = await announce(id)
    if (data) expect((await put(url, data)).status).toBe(200)
    const { source_revision_config } = patch(path)
    await client.ask(200, 'PATCH', `/v2/deployments/${id}`, {
      ...patch(path),
      source_revision_config: { ...source_revision_config, langgraph_config_path: configPath }
    })
    return id
  }

  const WHOLE = archive({ name: 'langgraph.json', content: CONFIG }, agent, { name: 'data', content: NOISE })
  const BROKEN: readonly (readonly [string, Buffer | undefined, RegExp])[] = [
    ['there is no upload', undefined, /never uploaded/],
    ['the upload is not gzip', Buffer.from('text'), /as a gzipped tar/],
    ['the upload is not a tar', gzipSync(Buffer.alloc(2000, 'x')), /as a gzipped tar/],
    ['the upload is cut', WHOLE.subarray(0, WHOLE.length / 2), /as a gzipped tar/],
    ['the upload lacks its last bytes', WHOLE.subarray(0, -3), /as a gzipped tar/],
    ['a file in the archive is cut', gzipSync(gunzipSync(WHOLE).subarray(0, 4000)), /ends in the middle of an entry/],
    ['the upload is empty', Buffer.alloc(0), /as a gzipped tar|not in the source archive/],
    [
      'the configuration is in another folder',
      archive({ name: 'app/langgraph.json', content: CONFIG }, agent),
      /^langgraph\.json is not in/
    ],
    [
      'the configuration is a folder',
      archive({ name: 'langgraph.json', kind: '5' }, agent),
      /^langgraph\.json is not in/
    ],
    [
      'the configuration is not JSON',
      archive({ name: 'langgraph.json', content: '{"graphs": }' }, agent),
      /not a JSON object/
    ],
    ['a graph is missing', archive({ name: 'langgraph.json', content: CONFIG }), /^src\/agent\.py, named in/],
    [
      'a graph that no build creates is missing',
      archive({ name: 'langgraph.json', content: JS_CONFIG.replace('dist', 'src') }),
      /^src\/agent\.js, named in/
    ]
  ]

  test.each(BROKEN)('fails the build if %s, and the log states the reason', async (_, data, text) => {
    const id = await revisionOf(data)
    const [revision] = await untilStatuses(client, id, ['BUILD_FAILED'])
    const { body } = await client.call('POST', `/v1/projects/${id}/revisions/${revision?.id}/build_logs`, { body: {} })
    expect(records(body.logs).map(({ message }) => message)).toEqual(
      expect.arrayContaining([expect.stringMatching(text), expect.stringMatching(/^Build failed/)])
    )
  })

  test.each<[string, Buffer, string | null]>([
    [
      'is in a folder',
      archive({ name: './app/langgraph.json', content: CONFIG }, { ...agent, name: 'app/src/agent.py' }),
      'app/langgraph.json'
    ],
    ['has the default path', archive({ name: 'langgraph.json', content: CONFIG }, agent), null],
    [
      'names output of the build according to tsconfig.json',
      archive(
        { name: 'app/langgraph.json', content: JS_CONFIG.replace('dist', 'made') },
        { name: 'app/tsconfig.json', content: '{"compilerOptions": {"outDir": "./made"}}' }
      ),
      'app/langgraph.json'
    ],
    ['names output of the build', archive({ name: 'langgraph.json', content: JS_CONFIG }), 'langgraph.json'],
    [
      'names a file below a symbolic link',
      archive({ name: 'langgraph.json', content: CONFIG }, { name: 'src', kind: '2' }),
      'langgraph.json'
    ]
  ])('is built if its configuration %s', async (_, data, configPath) => {
    await untilStatuses(client, await revisionOf(data, configPath), ['DEPLOYED'])
  })

  test.each<[string, Json, string]>([
    ['with an end', { final: 'DEPLOYED' }, 'DEPLOYED'],
    ['with the whole path', { statuses: ['CREATING', 'BUILDING', 'DEPLOYED'] }, 'DEPLOYED'],
    ['with a pace but no end, which keeps the failure', { step_ms: 3 }, 'BUILD_FAILED']
  ])('respects a scenario %s', async (_, rule, status) => {
    await client.scenario({ revisions: [rule] })
    await untilStatuses(client, await revisionOf(undefined), [status])
  })

  test('can be redeployed', async () => {
    const id = await sourceDeployment()
    const { url, path } = await announce(id)
    await put(url, PROJECT)
    await client.ask(200, 'PATCH', `/v2/deployments/${id}`, patch(path))
    const [first] = await untilStatuses(client, id, ['DEPLOYED'])
    await client.ask(200, 'POST', `/v2/deployments/${id}/revisions/${first?.id}/redeploy`)
    await until(async () => {
      const { source_revision_config, active_revision_id } = await client.ask(200, 'GET', `/v2/deployments/${id}`)
      expect(source_revision_config).toMatchObject({ source_tarball_path: path })
      return active_revision_id !== first?.id
    })
  })
})

describe('push tokens', () => {
  const body = {
    name: 'pushed',
    source: 'internal_docker',
    source_config: {},
    source_revision_config: {},
    secrets: []
  }
  const newer = { supports_registry_username: true }
  const REPOSITORY = '123456789012.dkr.ecr.us-west-2.amazonaws.com/agents'

  test.each<[string, Json, Json | undefined, Json]>([
    ['a newer client, with the default response', {}, newer, {}],
    [
      'a newer client of a server in AWS',
      { username: 'AWS', repository_url: REPOSITORY },
      newer,
      { username: 'AWS', repository_url: REPOSITORY }
    ],
    ['an older client of a server in AWS', { username: 'AWS', repository_url: REPOSITORY }, undefined, {}],
    [
      'a registry of the test',
      { registry_url: '127.0.0.1:5000/acme', token: 'secret' },
      newer,
      { registry_url: '127.0.0.1:5000/acme', token: 'secret' }
    ]
  ])('%s', async (_, push_token, sent, expected) => {
    await client.scenario({ server: { push_token } })
    const id = await create(client, body)
    const usual = { token: expect.any(String), registry_url: expect.stringContaining(id) }
    expect(await client.ask(200, 'POST', `/v2/deployments/${id}/push-token`, sent)).toEqual({ ...usual, ...expected })
  })

  test('let a pushed image be deployed by its digest', async () => {
    const id = await create(client, body)
    const image_uri = `registry.example/acme/agent@sha256:${'ab'.repeat(32)}`
    const patch = { revision_source: 'internal_docker', source_revision_config: { image_uri } }
    await client.ask(200, 'PATCH', `/v2/deployments/${id}`, patch)
    const [revision] = await untilStatuses(client, id, ['DEPLOYED'])
    expect(revision).toMatchObject({ source: 'internal_docker', source_revision_config: { image_uri } })
  })

  test('are only for internal_docker', async () => {
    const id = await create(client, body)
    const token = await client.ask(200, 'POST', `/v2/deployments/${id}/push-token`)
    expect(token).toEqual({ token: expect.any(String), registry_url: expect.stringContaining(id) })
    expect(String(token.registry_url)).not.toMatch(/^https?:/)
    const { detail } = await client.ask(400, 'POST', `/v2/deployments/${await create(client, dockerBody())}/push-token`)
    expect(detail).toMatch(/only available for 'internal_docker' source deployments/)
  })
})

async function entriesOf(data: Buffer): Promise<readonly TarEntry[]> {
  const { entries, error } = await readArchive(Readable.from([data]))
  if (error !== null) throw new Error(error)
  return entries
}

describe('readArchive()', () => {
  const long = `${'d/'.repeat(80)}file.txt`
  const record = (key: string, value: string) => {
    const rest = ` ${key}=${value}\n`
    const length = [1, 2, 3, 7]
      .map((digits) => rest.length + digits)
      .find((sum) => String(sum).length + rest.length === sum)
    return `${length}${rest}`
  }

  test.each<[string, Item[]]>([
    ['ustar prefix', [{ name: 'file.txt', prefix: long.slice(0, -9), content: 'x' }]],
    [
      'pax path',
      [
        { name: 'PaxHeader', kind: 'x', content: record('mtime', '1.5') + record('path', long) },
        { name: 'cut', content: 'x' }
      ]
    ],
    [
      'GNU long name',
      [
        { name: '././@LongLink', kind: 'L', content: `${long}\0` },
        { name: 'cut', content: 'x' }
      ]
    ],
    [
      'global pax header',
      [
        { name: 'pax_global_header', kind: 'g', content: record('comment', 'x') },
        { name: long.slice(-99), content: 'x' }
      ]
    ]
  ])('reads %s', async (_, items) => {
    const [entry, ...rest] = await entriesOf(archive(...items))
    expect(rest).toEqual([])
    expect(long.endsWith(entry?.name ?? 'nothing')).toBe(true)
    expect(entry).toMatchObject({ size: 1, type: 'file', mode: 0o644 })
  })

  test.each([
    ['no gzip', Buffer.from('text')],
    ['no tar', gzipSync(Buffer.alloc(2000, 'x'))]
  ])('reports an error for %s', async (_, data) => {
    await expect(entriesOf(data)).rejects.toThrow()
  })

  test('does not store an archive that unpacks to much more than its size', async () => {
    const whole = gunzipSync(archive({ name: 'langgraph.json', content: '{"graphs": {}}' }, { name: 'zeros' }))
    // The header of the last file states 256 MB, and its checksum must match.
    const header = whole.subarray(1024, 1536)
    header.write('02000000000', 124)
    header.write(' '.repeat(8), 148)
    header.write(
      header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(7, '0'),
      148
    )
    const zeros = Buffer.alloc(0o2000000000)
    const bomb = gzipSync(Buffer.concat([whole.subarray(0, 1536), zeros, Buffer.alloc(1024)]), { level: 1 })
    const before = process.memoryUsage().rss
    const { entries, documents, error } = await readArchive(Readable.from([bomb]))
    expect(error).toBeNull()
    expect(entries.map(({ name, size }) => [name, size])).toEqual([
      ['langgraph.json', 14],
      ['zeros', zeros.length]
    ])
    expect([...documents.keys()]).toEqual(['langgraph.json'])
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 2 ** 20)
  })

  test.each<[string, (n: number) => Item[]]>([
    [
      'names',
      (n) => [{ name: 'PaxHeader', kind: 'x', content: record('path', `${n}${'x'.repeat(999_990)}`) }, { name: 'cut' }]
    ],
    [
      'configurations',
      (n) => [{ name: `${n}.json`, content: `{"graphs": {"agent": "${'x'.repeat(999_900)}:graph"}}` }]
    ],
    [
      'settings of compilers',
      (n) => [{ name: `${n}.json`, content: `${' '.repeat(999_900)}"outDir": "a-folder-of-its-own"` }]
    ]
  ])('reports an error for an archive of large, well compressed %s, and does not store it', async (_, itemsOf) => {
    const numbers = Array.from({ length: 40 }, (_, n) => n)
    expect(await entriesOf(archive(...numbers.slice(0, 10).flatMap(itemsOf)))).toHaveLength(10)
    const bomb = await readArchive(Readable.from([archive(...numbers.flatMap(itemsOf))]))
    expect(bomb).toMatchObject({ entries: [], error: expect.stringContaining('more than 33554432 bytes') })
  })

  test('reads no bytes as an empty archive', async () => {
    expect(await entriesOf(archive())).toEqual([])
  })

  test.each([1, 511, 512, 700, 100_000])('reads chunks of any size: %i', async (size) => {
    const data = archive(
      { name: 'langgraph.json', content: '{"graphs": {"agent": "./a.py:graph"}}' },
      { name: 'a.py', content: 'x'.repeat(5000) },
      { name: 'end', content: '' }
    )
    const pieces = Array.from({ length: Math.ceil(data.length / size) }, (_, at) =>
      data.subarray(at * size, at * size + size)
    )
    const { entries, documents, error } = await readArchive(Readable.from(pieces))
    expect(entries.map((entry) => [entry.name, entry.size])).toEqual([
      ['langgraph.json', 37],
      ['a.py', 5000],
      ['end', 0]
    ])
    expect(documents.get('langgraph.json')?.graphs).toEqual({ agent: './a.py:graph' })
    expect(error).toBeNull()
  })
})
