import { expect, test } from '@jest/globals'
import { addressOf } from '../../src/deployment/address.ts'
import { deploymentWith } from './samples.ts'

const CLOUD = 'https://my-agent-0123456789abcdef0123456789abcdef.us.langgraph.app'

test.each<[string, string | null, string | null, string | undefined]>([
  ['on Cloud, where `url` alone is filled', CLOUD, null, CLOUD],
  ['on Cloud, where both are filled', CLOUD, 'https://other.us.langgraph.app', CLOUD],
  ['on older servers and self-hosted, where `custom_url` alone is filled', null, CLOUD, CLOUD],
  ['where `url` is an empty text', '', 'agent.example.com', 'https://agent.example.com'],
  ['of an image, for which the API holds a bare host name', null, 'agent.example.com', 'https://agent.example.com'],
  ['over plain http, inside a private network', null, 'http://localhost:1/agents/x', 'http://localhost:1/agents/x'],
  ['before anything serves', null, null, undefined],
  ['where both are empty texts', '', '', undefined]
])('the address %s', (_, url, custom_url, expected) => {
  expect(addressOf(deploymentWith({ url, source_config: { custom_url } }))).toBe(expected)
})
