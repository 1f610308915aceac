import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterThisTest } from '../support/after-this-test.ts'
import { makeFolder } from '../support/folder.ts'
import { listen, stop } from '../support/http-server.ts'

/** A registry that a run can use, with its own credentials. */
export interface Door {
  /** Including its port. */
  readonly host: string
  /** Method and path of each authorized request, with digests and upload IDs as `:id`. */
  readonly requests: readonly string[]
  /** Users that logged in. */
  readonly users: ReadonlySet<string>
}

export interface DoorOptions {
  readonly user: string
  /** Read at each request, so that it can change. */
  readonly password: () => string
  /** Response that replaces the registry's; undefined to use its own. */
  readonly fault?: (method: string, path: string) => number | undefined
}

export interface Registry {
  /** Opens another endpoint of the registry. */
  open(options: DoorOptions): Promise<Door>
  /** Creates a small image for a platform, and pushes it without credentials. @returns its digest */
  image(name: string, architecture?: string): Promise<string>
  /** Pushes an index of existing images. @returns its digest */
  index(name: string, variants: readonly (readonly [architecture: string, digest: string])[]): Promise<string>
  /** Returns the digest of an image; undefined if it does not exist. */
  digestOf(name: string): Promise<string | undefined>
}

/** Starts an empty registry of the distribution project on loopback, which ends with the test. */
export async function startRegistry(): Promise<Registry> {
  const folder = makeFolder('registry-')
  const config = join(folder, 'config.yml')
  writeFileSync(
    config,
    [
      'version: 0.1',
      'log: {level: info, accesslog: {disabled: true}}',
      `storage: {filesystem: {rootdirectory: ${join(folder, 'data')}}}`,
      'http: {addr: "127.0.0.1:0"}'
    ].join('\n')
  )
  const child = spawn('docker-registry', ['serve', config], { stdio: ['ignore', 'ignore', 'pipe'] })
  afterThisTest(() => child.kill('SIGKILL'))
  const port = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`docker-registry ended with ${code}: ${said}`)))
    child.stderr.on('data', (chunk) => {
      said += chunk
      const [, found] = /listening on 127\.0\.0\.1:(\d+)/.exec(said) ?? []
      if (found) resolve(found)
    })
  })
  const host = `127.0.0.1:${port}`
  return {
    open: (options) => openDoor(Number(port), options),
    image: async (name, architecture = 'amd64') => {
      pushImage(`${host}/${name}`, architecture)
      return (await digestAt(host, name)) ?? ''
    },
    index: (name, variants) => pushIndex(host, name, variants),
    digestOf: (name) => digestAt(host, name)
  }
}

/** Creates a `PATH` with only these tools and the programs that scripts need. */
export function pathWith(...tools: readonly string[]): string {
  const folder = makeFolder('tools-')
  for (const tool of tools) symlinkSync(whereIs(tool) ?? tool, join(folder, tool))
  return folder
}

/** Path of a tool on this machine; undefined if it is not installed. */
export function whereIs(tool: string): string | undefined {
  const found = spawnSync('which', [tool], { encoding: 'utf8' }).stdout.trim()
  return found === '' ? undefined : found
}

/** Tells if a command succeeds with an empty home. */
export function runs(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args, { env: { PATH: process.env.PATH, HOME: makeFolder('home-') } }).status === 0
}

/** Creates a home with Docker credentials for these hosts. */
export function homeWith(logins: Readonly<Record<string, string>>): string {
  const home = makeFolder('home-')
  mkdirSync(join(home, '.docker'))
  const auths = Object.entries(logins).map(([host, login]) => [host, { auth: Buffer.from(login).toString('base64') }])
  writeFileSync(join(home, '.docker', 'config.json'), JSON.stringify({ auths: Object.fromEntries(auths) }))
  return home
}

async function openDoor(port: number, { user, password, fault = () => undefined }: DoorOptions): Promise<Door> {
  const requests: string[] = []
  const users = new Set<string>()
  const server = createServer((incoming, response) => {
    const { method = '', url = '', headers } = incoming
    const wanted = `Basic ${Buffer.from(`${user}:${password()}`).toString('base64')}`
    if (headers.authorization !== wanted) {
      incoming.resume()
      answer(response, 401, { 'www-authenticate': 'Basic realm="registry"' })
      return
    }
    users.add(user)
    requests.push(`${method} ${nameless(url)}`)
    const status = fault(method, url)
    if (status === undefined) pass(incoming, response, port)
    else {
      incoming.resume()
      answer(response, status)
    }
  })
  const opened = await listen(server, 0)
  afterThisTest(() => stop(server))
  return { host: `127.0.0.1:${opened.port}`, requests, users }
}

function answer(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  const body = JSON.stringify({
    errors: [{ code: status === 401 ? 'UNAUTHORIZED' : 'UNKNOWN', message: 'of the door' }]
  })
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
}

function pass(incoming: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = incoming
  const onwards = request({ host: '127.0.0.1', port, method, path: url, headers }, (answered) => {
    response.writeHead(answered.statusCode ?? 502, answered.headers)
    answered.pipe(response)
  })
  onwards.on('error', () => response.destroy())
  incoming.pipe(onwards)
}

function nameless(url: string): string {
  return url
    .replace(/\?.*$/, '')
    .replace(/sha256:[0-9a-f]{64}/g, ':digest')
    .replace(/uploads\/[0-9a-f-]{36}/, 'uploads/:id')
}

function pushImage(image: string, architecture: string): void {
  const layout = join(makeFolder('layout-'), 'layout')
  const file = join(makeFolder('file-'), 'agent.py')
  writeFileSync(file, `# an agent for ${architecture}\n`)
  tool('umoci', 'init', '--layout', layout)
  tool('umoci', 'new', '--image', `${layout}:agent`)
  tool('umoci', 'insert', '--rootless', '--image', `${layout}:agent`, file, '/app/agent.py')
  tool('umoci', 'config', '--image', `${layout}:agent`, '--architecture', architecture)
  tool('skopeo', 'copy', '--dest-tls-verify=false', `oci:${layout}:agent`, `docker://${image}`)
}

function tool(command: string, ...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`)
}

const INDEX = 'application/vnd.oci.image.index.v1+json'
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json'

async function pushIndex(
  host: string,
  name: string,
  variants: readonly (readonly [architecture: string, digest: string])[]
): Promise<string> {
  const [repository = '', tag = ''] = name.split(':')
  const manifests = await Promise.all(
    variants.map(async ([architecture, digest]) => {
      const manifest = await fetch(`http://${host}/v2/${repository}/manifests/${digest}`, {
        headers: { accept: MANIFEST }
      })
      const size = (await manifest.arrayBuffer()).byteLength
      return { mediaType: MANIFEST, digest, size, platform: { os: 'linux', architecture } }
    })
  )
  const put = await fetch(`http://${host}/v2/${repository}/manifests/${tag}`, {
    method: 'PUT',
    headers: { 'content-type': INDEX },
    body: JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests })
  })
  if (put.status !== 201) throw new Error(`the index was answered ${put.status}: ${await put.text()}`)
  return put.headers.get('docker-content-digest') ?? ''
}

async function digestAt(host: string, name: string): Promise<string | undefined> {
  const [, repository = '', reference = ''] = /^([^:@]+)[:@](.+)$/.exec(name) ?? []
  const head = await fetch(`http://${host}/v2/${repository}/manifests/${reference}`, {
    method: 'HEAD',
    headers: { accept: [MANIFEST, INDEX].join(', ') }
  })
  return head.ok ? (head.headers.get('docker-content-digest') ?? undefined) : undefined
}
