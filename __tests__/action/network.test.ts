import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import path from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { makeFolder } from '../support/folder.ts'
import { withServer } from '../support/http-server.ts'
import { withProxy } from '../support/proxy.ts'
import { type Certified, selfSigned } from '../support/self-signed.ts'
import { CREATE, expectOutcome, FROM_IMAGE, type Inputs, type Plane, withPlane } from './support.ts'

/*
 * Errors of proxies and certificates as a user meets them: the bundle, with the environment of a job.
 */

const REFUSED = { status: 'error', writes: [], secrets: ['hunter2'] } as const
const STARTED = { status: 'started', writes: [CREATE] } as const
const ELSEWHERE = { ...FROM_IMAGE, wait: 'false', 'control-plane-url': 'https://langsmith.test/api-host' }
const portOf = (plane: Plane) => Number(new URL(plane.url).port)

let folder = ''
beforeAll(() => {
  folder = makeFolder('ca-')
})

function fileOf(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name)
  writeFileSync(file, content)
  return file
}

describe('a proxy', () => {
  test.concurrent.each<[number, string]>([
    [407, 'The proxy requires a user name and a password'],
    [403, 'The proxy blocks access to langsmith.test']
  ])('that responds to CONNECT with %d is reported without its password', (status, says) =>
    withPlane((plane) => {
      const server = createServer()
      server.on('connect', (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`))
      return withServer(server, async (url) => {
        const HTTPS_PROXY = url.replace('//', '//me:hunter2@')
        const outcome = await plane.run(ELSEWHERE, { env: { HTTPS_PROXY } })
        expectOutcome(outcome, { ...REFUSED, says: [says, new URL(url).host] })
        const { run } = await plane.run(ELSEWHERE, { env: { HTTPS_PROXY }, debug: true })
        expect(run.rawStdout).toMatch(/UnreachableError/)
        // A command tells the runner to mask it everywhere.
        const printed = `${run.rawStdout}${run.rawStderr}`.replace('::add-mask::hunter2\n', '')
        expect(printed).not.toContain('hunter2')
      })
    })
  )

  test.concurrent.each([
    ['socks5://me:hunter2@127.0.0.1:1', /`HTTPS_PROXY` \(environment variable\) names a SOCKS proxy/],
    ['http://me:hunter2#x@127.0.0.1:1', /Percent-encode it/]
  ])('that cannot be used is reported before any request: %s', (HTTPS_PROXY, says) =>
    withPlane(async (plane) => {
      expectOutcome(await plane.run(ELSEWHERE, { env: { HTTPS_PROXY }, debug: true }), { ...REFUSED, says: [says] })
    })
  )

  test.concurrent('does not require a scheme', () =>
    withPlane(
      (plane) =>
        withProxy(portOf(plane), async (proxy) => {
          const inputs = {
            ...ELSEWHERE,
            'control-plane-url': 'http://langsmith.test/api-host',
            'allow-insecure-http': 'true'
          }
          const env = { HTTP_PROXY: new URL(proxy.url).host, HTTPS_PROXY: 'socks5://127.0.0.1:1' }
          expectOutcome(await plane.run(inputs, { env }), STARTED)
          expect([...new Set(proxy.targets)]).toEqual(['langsmith.test:80'])
        }),
      { hosting: 'self-hosted' }
    ))
})

describe('a certificate', () => {
  const OTHER = selfSigned()
  const run = (certified: Certified, envOf: (cert: string) => Inputs, says: readonly (string | RegExp)[]) =>
    withPlane((plane) => {
      const pair = selfSigned(certified)
      const server = createHttpsServer(pair, (_, response) => response.end('{}'))
      server.on('tlsClientError', () => {})
      return withServer(server, async (url) => {
        const address = url.replace('http://127.0.0.1', 'https://localhost')
        const outcome = await plane.run({ ...ELSEWHERE, 'control-plane-url': address }, { env: envOf(pair.cert) })
        expect(outcome.run.log).not.toMatch(/SSL routines/)
        expect([outcome.run.exitCode, outcome.run.outputs.status, outcome.writes]).toEqual([1, 'error', []])
        const [error, ...more] = outcome.run.annotations
        expect(more).toEqual([])
        for (const words of says) expect(error?.message).toMatch(words)
      })
    })
  const extra = (file: string): Inputs => ({ NODE_EXTRA_CA_CERTS: file })

  test.concurrent.each<[string, Certified, (cert: string) => Inputs, RegExp]>([
    ['of an unknown issuer', {}, () => ({}), /set NODE_EXTRA_CA_CERTS.+NODE_USE_SYSTEM_CA=1/],
    [
      'of an unknown issuer with a missing certificate file',
      {},
      () => extra('/no/ca.pem'),
      /\/no\/ca\.pem, which does not exist/
    ],
    [
      'of an unknown issuer with a DER file',
      {},
      (cert) => extra(fileOf('ca.der', Buffer.from(cert.replace(/-----.+?-----|\s/g, ''), 'base64'))),
      /must be PEM/
    ],
    [
      'of an unknown issuer with the file of another issuer',
      {},
      () => extra(fileOf('other.pem', OTHER.cert)),
      /was loaded from .+ \(1 certificate\), but it does not contain the issuer of this certificate/
    ],
    ['that has expired', { until: '210101' }, (cert) => extra(fileOf('old.pem', cert)), /CERT_HAS_EXPIRED.+renew it/s],
    ['that is not valid yet', { from: '480101' }, (cert) => extra(fileOf('new.pem', cert)), /NOT_YET_VALID.+clock/s],
    [
      'of another host',
      { name: 'ls.corp' },
      (cert) => extra(fileOf('host.pem', cert)),
      /ALTNAME_INVALID.+another host/s
    ]
  ])('%s is reported with its problem', (_, certified, envOf, says) => run(certified, envOf, [says]))
})

test.concurrent('disabled certificate verification is one warning of a successful run', () =>
  withPlane(async (plane) => {
    const { run } = await plane.run({ ...FROM_IMAGE, wait: 'false' }, { env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } })
    expect(run.exitCode).toBe(0)
    expect(run.annotations.map(({ level }) => level)).toEqual(['warning'])
    expect(run.annotations[0]?.message).toMatch(/NODE_TLS_REJECT_UNAUTHORIZED is 0/)
  }))
