import { createServer } from 'node:http'
import { afterThisTest } from '../support/after-this-test.ts'
import { listen, stop } from '../support/http-server.ts'

/** A stand-in for a Docker daemon with one image, for `docker image inspect`, `tag`, `push` and `rm`. */
export interface Daemon {
  /** Value of DOCKER_HOST. */
  readonly address: string
  /** Method and path of each request, without the version of the API. */
  readonly requests: readonly string[]
  /** Credentials in push requests, which a daemon would use. */
  readonly logins: readonly unknown[]
}

/** @param digest digest in the registry's response; undefined if the push is refused */
export async function startDaemon(image: string, digest: string | undefined): Promise<Daemon> {
  const requests: string[] = []
  const logins: unknown[] = []
  const server = createServer((incoming, response) => {
    incoming.resume()
    const { method = '', url = '', headers } = incoming
    const path = decodeURIComponent(url.replace(/^\/v[\d.]+/, '').replace(/\?.*$/, ''))
    if (path === '/_ping') {
      response.writeHead(200, { 'api-version': '1.47', ostype: 'linux' }).end('OK')
      return
    }
    requests.push(`${method} ${path}`)
    const say = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`)
    if (method === 'GET' && path === `/images/${image}/json`) {
      say(200, { Id: `sha256:${'1f'.repeat(32)}`, Os: 'linux', Architecture: 'amd64', RepoTags: [image] })
    } else if (path.endsWith('/json')) say(404, { message: 'No such image' })
    else if (path.endsWith('/tag')) response.writeHead(201).end()
    else if (path.endsWith('/push')) {
      logins.push(JSON.parse(Buffer.from(String(headers['x-registry-auth']), 'base64url').toString()))
      if (digest) say(200, { status: `1f1f1f1f1f1f: digest: ${digest} size: 528` })
      else say(200, { errorDetail: { message: 'denied: no such repository' }, error: 'denied: no such repository' })
    } else say(200, [])
  })
  const { port } = await listen(server, 0)
  afterThisTest(() => stop(server))
  return { address: `tcp://127.0.0.1:${port}`, requests, logins }
}
