import { describe, expect, test } from '@jest/globals'
import { type buildConnector, EnvHttpProxyAgent, Pool } from 'undici'
import { proxyFor } from '../../src/control-plane/proxies.ts'
import { whyDirect } from '../../src/report/explain-fault.ts'

const HTTPS = 'http://proxy:3128'
const isDirect = (url: string, except: string) => proxyFor(url, { https: HTTPS, http: HTTPS, except }) === undefined
/** Fails each connection with an error that names its route. */
const failing =
  (way: string): buildConnector.connector =>
  (_, callback) =>
    callback(new Error(way), null)

describe('NO_PROXY', () => {
  test.each<[string, string, boolean]>([
    ['https://ls.corp.local', '*', true],
    ['https://ls.corp.local', 'other, *', true],
    ['https://ls.corp.local', '.corp.local', true],
    ['https://corp.local', '.corp.local', true],
    ['https://ls.corp.local', 'corp.local', true],
    ['https://ls.corp.local', '*.corp.local', true],
    ['https://corp.local', '*.corp.local', false],
    ['https://lscorp.local', 'corp.local', false],
    ['https://LS.corp.local.', 'ls.CORP.local', true],
    ['https://ls.corp.local', 'ls.corp.local.', true],
    ['https://ls.corp.local', 'a.b , ls.corp.local', true],
    ['https://ls.corp.local', 'a.b ls.corp.local\n', true],
    ['https://ls.corp.local:8443', 'ls.corp.local:8443', true],
    ['https://ls.corp.local', 'ls.corp.local:8443', false],
    ['https://ls.corp.local', 'ls.corp.local:443', true],
    ['http://ls.corp.local', '*:80', true],
    ['https://ls.corp.local', '*:80', false],
    ['https://[fd00::1]:8443', '[fd00::1]:8443', true],
    ['https://[fd00::1]', 'fd00::1', true],
    ['https://10.1.2.3', '10.1.2.3', true],
    ['https://ls.corp.local', '', false],
    ['https://ls.corp.local', ',,', false]
  ])('excludes the same hosts as in undici: %s with %j: %s', async (url, except, expected) => {
    expect(isDirect(url, except)).toBe(expected)
    const agent = new EnvHttpProxyAgent({
      httpProxy: HTTPS,
      httpsProxy: HTTPS,
      noProxy: except,
      connect: failing('directly'),
      clientFactory: (origin) => new Pool(origin, { connect: failing('by the proxy') })
    })
    const error = await agent.request({ origin: url, path: '/', method: 'GET' }).catch((reason: unknown) => reason)
    expect(String(error)).toBe(`Error: ${expected ? 'directly' : 'by the proxy'}`)
    await agent.destroy()
  })

  test.each<[string, string, boolean]>([
    ['https://10.1.2.3', '10.0.0.0/8', true],
    ['https://11.1.2.3', '10.0.0.0/8', false],
    ['https://10.1.2.3', '10.0.0.0/33', false],
    ['https://ls.corp.local', '10.0.0.0/8', false],
    ['https://[fd00::1]', 'fd00::/8', true],
    ['https://10.1.2.3', 'fd00::/8', false],
    ['https://ls.corp.local', 'http://ls.corp.local', false]
  ])('can exclude a network: %s with %s: %s', (url, except, expected) => {
    expect(isDirect(url, except)).toBe(expected)
  })
})

describe('whyDirect', () => {
  test.each([
    ['https://ls.corp.local', { https: HTTPS, hasAll: true }],
    ['https://ls.corp.local', {}],
    ['https://ls.corp.local', { http: HTTPS, except: '.corp.local' }],
    ['http://localhost:1', { https: HTTPS, hasAll: true }]
  ])('returns nothing if the connection needs no explanation: %s, %j', (url, proxies) => {
    expect(whyDirect(url, proxies)).toBeUndefined()
  })

  test('explains the connection to an http address', () => {
    expect(whyDirect('http://ls.corp.local', { https: HTTPS })).toMatch(/^HTTPS_PROXY is set.+Set HTTP_PROXY too\.$/)
  })
})
