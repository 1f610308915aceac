import { describe, expect, test } from '@jest/globals'
import {
  cloudControlPlane,
  controlPlaneAt,
  correctedAddress,
  dashboardUrl,
  inputForDashboard,
  isLoopback,
  type Region,
  regionLike,
  regions,
  tracingUrl
} from '../../src/control-plane/hosts.ts'
import type { ControlPlane, Hosting } from '../../src/run/destination.ts'

describe('LangSmith Cloud', () => {
  test('has four regions', () => {
    expect(regions.map((region) => [region, cloudControlPlane(region)])).toEqual([
      [
        'us',
        {
          url: 'https://api.host.langchain.com',
          dashboard: 'https://smith.langchain.com',
          dataApi: 'https://api.smith.langchain.com',
          hosting: 'cloud'
        }
      ],
      [
        'eu',
        {
          url: 'https://eu.api.host.langchain.com',
          dashboard: 'https://eu.smith.langchain.com',
          dataApi: 'https://eu.api.smith.langchain.com',
          hosting: 'cloud'
        }
      ],
      [
        'apac',
        {
          url: 'https://apac.api.host.langchain.com',
          dashboard: 'https://apac.smith.langchain.com',
          dataApi: 'https://apac.api.smith.langchain.com',
          hosting: 'cloud'
        }
      ],
      [
        'aws-us',
        {
          url: 'https://aws.api.host.langchain.com',
          dashboard: 'https://aws.smith.langchain.com',
          dataApi: 'https://aws.api.smith.langchain.com',
          hosting: 'cloud'
        }
      ]
    ])
  })

  const WORDS: Readonly<Record<Region, readonly string[]>> = {
    us: ['us', 'USA', 'gcp', 'global', 'default', 'america', 'north-america', 'us-central1'],
    eu: ['eu', 'Europe', 'europe-west4', 'eu-west-1', 'gcp-eu'],
    apac: ['apac', 'asia', 'asia-southeast1', 'ap-southeast-2', 'australia', 'au', 'jp', 'sg'],
    'aws-us': ['aws-us', 'aws', 'us-east-1', 'us-west-2', 'us-aws', 'aws_us']
  }

  test.each(regions)('recognizes %s, and no other region, by its common names', (region) => {
    expect(WORDS[region].filter((word) => regionLike(word) !== region)).toEqual([])
    expect(regionLike(region)).toBe(region)
  })

  test('has the control plane and the LangSmith API of a region in the same region', () => {
    const hosts = regions.map((region) => {
      const { url, dataApi } = cloudControlPlane(region)
      return [new URL(url).host, new URL(dataApi).host]
    })
    expect(new Set(hosts.flat()).size).toBe(2 * regions.length)
    // For example, eu.api.host.langchain.com and eu.api.smith.langchain.com.
    for (const [control, data] of hosts) expect(data).toBe(control?.replace('.host.', '.smith.'))
  })

  test.each(regions)('is recognized by the address of %s, with any path', (region) => {
    const { url, dashboard } = cloudControlPlane(region)
    for (const written of [url, `${url}/`, `${url}:443/api-host`, url.toUpperCase()]) {
      expect(controlPlaneAt(new URL(written))).toEqual(cloudControlPlane(region))
    }
    expect(inputForDashboard(new URL(dashboard))).toBe(`region: ${region}`)
    expect(inputForDashboard(new URL(url))).toBeUndefined()
  })

  test.each(['ca', 'aws-eu', 'x.dev'])('can have regions that are newer than this action: %s', (prefix) => {
    expect(controlPlaneAt(new URL(`https://${prefix}.api.host.langchain.com/`))).toEqual({
      url: `https://${prefix}.api.host.langchain.com`,
      dashboard: `https://${prefix}.smith.langchain.com`,
      dataApi: `https://${prefix}.api.smith.langchain.com`,
      hosting: 'cloud'
    })
  })

  test.each(['xapi.host.langchain.com', 'api.host.langchain.com.evil.example', 'api.host.langchain.com:8443'])(
    'does not include %s',
    (host) => {
      expect(controlPlaneAt(new URL(`https://${host}`)).hosting).toBe('self-hosted')
    }
  )
})

describe('a control plane that is not on Cloud', () => {
  test.each<[string, string, string, Hosting]>([
    ['https://ls.example.com/api-host', 'https://ls.example.com/api-host', 'https://ls.example.com', 'self-hosted'],
    ['https://ls.example.com/api-host//', 'https://ls.example.com/api-host', 'https://ls.example.com', 'self-hosted'],
    ['https://ls.example.com', 'https://ls.example.com', 'https://ls.example.com', 'self-hosted'],
    [
      'https://x.example.com/ls/api-host',
      'https://x.example.com/ls/api-host',
      'https://x.example.com/ls',
      'self-hosted'
    ],
    [
      'https://x.example.com/my-api-host',
      'https://x.example.com/my-api-host',
      'https://x.example.com/my-api-host',
      'self-hosted'
    ],
    [
      'https://api.host.langchain.com.evil.example',
      'https://api.host.langchain.com.evil.example',
      'https://api.host.langchain.com.evil.example',
      'self-hosted'
    ],
    ['http://127.0.0.1:8124/api-host', 'http://127.0.0.1:8124/api-host', 'http://127.0.0.1:8124', 'unknown'],
    ['http://localhost:8124', 'http://localhost:8124', 'http://localhost:8124', 'unknown'],
    ['http://[::1]:1/', 'http://[::1]:1', 'http://[::1]:1', 'unknown']
  ])('at %s has the address %s and its pages and LangSmith API at %s (%s)', (written, url, home, hosting) => {
    const expected: ControlPlane = { url, dashboard: home, dataApi: home, hosting }
    expect(controlPlaneAt(new URL(written))).toEqual(expected)
  })

  test('has its LangSmith API on the same host, so that the key is sent to no other host', () => {
    for (const written of [
      'https://ls.example.com:8443/api-host',
      'http://[::1]:1984/x/api-host/',
      'https://a.example'
    ]) {
      expect(new URL(controlPlaneAt(new URL(written)).dataApi).origin).toBe(new URL(written).origin)
    }
  })

  test.each<[string, boolean]>([
    ['localhost', true],
    ['x.localhost', true],
    ['127.0.0.1', true],
    ['127.1.2.3', true],
    ['[::1]', true],
    ['localhost.example.com', false],
    ['mylocalhost', false],
    ['127.0.0.1.example.com', false],
    ['10.0.0.1', false],
    ['0.0.0.0', false]
  ])('on %s is on this machine: %s', (hostname, expected) => {
    expect(isLoopback(hostname)).toBe(expected)
  })
})

describe('correctedAddress', () => {
  const SELF_HOSTED = 'https://ls.example.com'
  const PAGE = '/o/f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e/host/deployments'
  test.each([
    ['https://api.smith.langchain.com', 'https://api.host.langchain.com/'],
    ['https://apac.api.smith.langchain.com/api/v1/', 'https://apac.api.host.langchain.com/'],
    ['https://eu.smith.langchain.com/api/v1', 'https://eu.api.host.langchain.com/'],
    ['https://smith.langchain.com/api', 'https://api.host.langchain.com/'],
    [`${SELF_HOSTED}/api/v1`, `${SELF_HOSTED}/api-host`],
    [`${SELF_HOSTED}/api/v1/sessions`, `${SELF_HOSTED}/api-host`],
    [`${SELF_HOSTED}/ls/api/v1/`, `${SELF_HOSTED}/ls/api-host`],
    [`${SELF_HOSTED}/api-host/v2`, `${SELF_HOSTED}/api-host`],
    [`${SELF_HOSTED}/api-host/v2/deployments`, `${SELF_HOSTED}/api-host`],
    [`${SELF_HOSTED}/api-host/v2/deployments/x/revisions`, `${SELF_HOSTED}/api-host`],
    [`${SELF_HOSTED}/api-host/docs/`, `${SELF_HOSTED}/api-host`],
    [`${SELF_HOSTED}/api-host/openapi.json`, `${SELF_HOSTED}/api-host`],
    [`${SELF_HOSTED}/v2/deployments`, `${SELF_HOSTED}/`],
    [`${SELF_HOSTED}${PAGE}`, `${SELF_HOSTED}/api-host`],
    [`${SELF_HOSTED}/ls${PAGE}`, `${SELF_HOSTED}/ls/api-host`]
  ])('returns the control plane for %s', (written, meant) => {
    expect(correctedAddress(new URL(written))?.href).toBe(meant)
  })

  test.each([
    SELF_HOSTED,
    `${SELF_HOSTED}/api-host`,
    `${SELF_HOSTED}/api-host/`,
    `${SELF_HOSTED}/api`,
    `${SELF_HOSTED}/docs-of-ours`,
    'http://127.0.0.1:8124/api-host',
    'https://eu.api.host.langchain.com/v2/deployments',
    `https://smith.langchain.com${PAGE}`
  ])('returns nothing for %s', (written) => {
    expect(correctedAddress(new URL(written))).toBeUndefined()
  })
})

test('the page of a deployment is on the dashboard of its control plane', () => {
  expect(dashboardUrl(cloudControlPlane('eu'), 't', 'd')).toBe('https://eu.smith.langchain.com/o/t/host/deployments/d')
  const selfHosted = controlPlaneAt(new URL('https://ls.example.com/api-host'))
  expect(tracingUrl(selfHosted, 't', 's')).toBe('https://ls.example.com/o/t/projects/p/s')
  expect(dashboardUrl(selfHosted, 't', 'd')).toBe('https://ls.example.com/o/t/host/deployments/d')
})

test.each([
  'https://k8s.example.com/api/v1/namespaces/langsmith/services/http:langsmith-frontend:80/proxy/api-host',
  'https://gateway.example.com/v1/projects/langsmith/api-host',
  'https://gateway.example.com/langsmith/v1'
])('correctedAddress keeps an address behind a gateway: %s', (written) => {
  expect(correctedAddress(new URL(written))).toBeUndefined()
})
