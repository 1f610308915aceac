import { describe, expect, test } from '@jest/globals'
import { hasShape, type OutputName } from '../../src/report/outputs.ts'

const UUID = 'f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e'
const COMMIT = '0123456789abcdef0123456789abcdef01234567'
const NO_UUID = ['', 'x', UUID.slice(1), `${UUID}\n`, `${UUID} `, UUID.replace('f', 'g'), '$(id)']
const ADDRESSES = [
  'https://a.example.com',
  'http://agent.internal:8080/a/b?c=d&e=f#g',
  `https://smith.langchain.com/o/${UUID}/host/deployments/${UUID}?revisionPeek=${UUID}`
]
const NO_ADDRESSES = [
  '',
  'a.example.com',
  'javascript:alert(1)',
  'ftp://a.example.com',
  'https://',
  'https://a b',
  'https://a.example.com/\nx=y',
  'https://a.example.com/"x',
  'https://a.example.com/`id`',
  'https://a.example.com/<script>',
  'https://me@a.example.com',
  'https://me:pw@a.example.com',
  'https://a.example.com\\@evil.example'
]

function queue(row: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([{ id: UUID, status: 'QUEUED', created_at: null, ...row }])
}

/** Valid and invalid values of each output. */
const SAMPLES: Readonly<Record<OutputName, readonly [good: readonly string[], bad: readonly string[]]>> = {
  status: [
    ['deployed', 'timed-out'],
    ['', 'Deployed', 'x y', 'x\n', '$(id)']
  ],
  'deployment-id': [[UUID, UUID.toUpperCase()], NO_UUID],
  'deployment-name': [
    ['agent', 'my_deployment', '1.x-Y', 'a'.repeat(255)],
    ['', 'a b', 'a\nb', '-a', '.a', 'a/b', '$(id)', 'a;b', 'a'.repeat(256)]
  ],
  'deployment-url': [ADDRESSES, NO_ADDRESSES],
  'dashboard-url': [ADDRESSES, NO_ADDRESSES],
  'experiment-url': [ADDRESSES, NO_ADDRESSES],
  'revision-id': [[UUID], NO_UUID],
  'revision-status': [
    ['DEPLOYED', 'BUILD_FAILED'],
    ['', 'deployed', '_X', 'A B', 'A\n', 'A'.repeat(65)]
  ],
  'previous-revision-id': [[UUID], NO_UUID],
  'active-revision-id': [[UUID], NO_UUID],
  'agent-server-version': [
    ['0.16.7', '0.17.0rc1', '0.16.7+build.3'],
    ['', 'latest', '0.16.7\n', '$(id)', '0.1;x']
  ],
  queue: [
    ['[]', queue({ created_at: null }), queue({ created_at: '2026-11-27T04:37:07.123456+00:00' })],
    ['', '{}', 'x', queue({ id: '$(id)' }), queue({ status: 'a b' }), queue({ created_at: 'now' }), queue({ extra: 1 })]
  ],
  swept: [
    ['[]', '["agent-pr-7"]', '["agent-pr-7","agent-pr-8-2"]'],
    ['', '{}', '[""]', '["a b"]', '["a",]', '["$(id)"]']
  ],
  'rolled-back-to': [[UUID], NO_UUID],
  created: [
    ['true', 'false'],
    ['', 'True', 'yes', 'true\n']
  ],
  'commit-sha': [
    [COMMIT, COMMIT.toUpperCase()],
    ['', COMMIT.slice(1), `${COMMIT}\n`, 'main']
  ],
  'image-uri': [
    ['ghcr.io/acme/agent:1.2.3', `agent@sha256:${'0a'.repeat(32)}`],
    ['', 'https://ghcr.io/a', 'a b', 'a\n', '$(id)', 'a;b']
  ],
  'plan-changes': [
    ['0', '12'],
    ['', '-1', '1.5', 'many']
  ],
  'duration-seconds': [
    ['0', '1800'],
    ['', '-1', '1.5', '1e3', '1\n']
  ]
}

describe.each(Object.entries(SAMPLES))('the output %s', (name, [good, bad]) => {
  test.each(good)('can be %j', (value) => {
    expect(hasShape(name as OutputName, value)).toBe(true)
  })

  test.each(bad)('is empty instead of %j', (value) => {
    expect(hasShape(name as OutputName, value)).toBe(false)
  })
})
