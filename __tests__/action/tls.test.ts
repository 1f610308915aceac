import { writeFileSync } from 'node:fs'
import { request as forward } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { makeFolder } from '../support/folder.ts'
import { startTlsServer, type TlsExchange, type TlsServer } from '../support/tls-server.ts'
import { CREATE, expectOutcome, FROM_IMAGE, type Outcome, type Plane, routeOf, withPlane } from './support.ts'

/** TLS server that prefers HTTP/2, in front of an emulator, like a load balancer in front of a control plane. */
function inFrontOf(plane: Plane, fault: (exchange: TlsExchange) => boolean = () => false): Promise<TlsServer> {
  return startTlsServer(async (exchange) => {
    const { seen, response } = exchange
    const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const { port } = new URL(plane.url)
      const { method, path } = seen
      // HTTP/2 headers that begin with a colon have no meaning in HTTP/1.1. The Host is that of the control plane, so
      // that the agent has its own URL.
      const kept = Object.entries(seen.headers).filter(([name]) => !name.startsWith(':') && name !== 'host')
      const headers = Object.fromEntries(kept)
      const outgoing = forward({ host: '127.0.0.1', port, method, path, headers }, async (incoming) => {
        let text = ''
        for await (const chunk of incoming) text += String(chunk)
        resolve({ status: incoming.statusCode ?? 502, text })
      })
      outgoing.on('error', reject)
      outgoing.end(seen.body)
    })
    if (fault(exchange)) return
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(answer.text)
  })
}

function run(plane: Plane, front: TlsServer): Promise<Outcome> {
  const folder = makeFolder('tls-')
  const file = join(folder, 'ca.pem')
  writeFileSync(file, front.pair.cert)
  return plane.run({ ...FROM_IMAGE, 'control-plane-url': front.url }, { env: { NODE_EXTRA_CA_CERTS: file } })
}

/** One line per request, like the log of a load balancer. */
const logOf = (front: TlsServer): readonly string[] =>
  front.requests.map((seen) => `${seen.alpnProtocol} HTTP/${seen.httpVersion} ${routeOf(seen).replace(/\?.*/, '')}`)

describe('a control plane behind TLS that offers HTTP/2', () => {
  test('receives every request of a deploy in HTTP/1.1', () =>
    withPlane(async (plane) => {
      const front = await inFrontOf(plane)
      const outcome = await run(plane, front)
      expectOutcome(outcome, { status: 'deployed', writes: [CREATE] })
      const log = logOf(front)
      expect(log.filter((line) => !line.startsWith('http/1.1 HTTP/1.1 '))).toEqual([])
      expect(log).toContain('http/1.1 HTTP/1.1 POST /v2/deployments')
      // The agent has its own URL.
      expect(log).toHaveLength(outcome.requests.filter((route) => !route.includes('/agents/')).length)
    }))

  test('that breaks the encryption after the write has created one revision, which is found', () =>
    withPlane(async (plane) => {
      let broken = 0
      const front = await inFrontOf(plane, ({ seen, raw }) => {
        if (seen.method !== 'POST' || broken > 0) return false
        broken += 1
        // Record that the other side cannot decrypt.
        raw.write(Buffer.from(`1703030020${'00'.repeat(32)}`, 'hex'))
        return true
      })
      const outcome = await run(plane, front)
      expectOutcome(outcome, { status: 'deployed', writes: [CREATE] })
      expect(broken).toBe(1)
      const [deployment] = await plane.deployments()
      expect(await plane.revisions(String(deployment?.id))).toHaveLength(1)
    }))
})
