import { expect, test } from '@jest/globals'
import { addressOf } from '../../src/deployment/address.ts'
import { deploymentWith } from './samples.ts'

const CLOUD = 'https://my-agent-0123456789abcdef0123456789abcdef.us.langgraph.app'

test.each<[string, string | null, string | null, string | undefined]>([
  ['`url` if only `url` is set (Cloud)', CLOUD, null, CLOUD],
  ['`url` if both fields are set (Cloud)', CLOUD, 'https://other.us.langgraph.app', CLOUD],
  ['`custom_url` if only `custom_url` is set (older servers, self-hosted)', null, CLOUD, CLOUD],
  ['`custom_url` if `url` is empty', '', 'agent.example.com', 'https://agent.example.com'],
  ['a bare host name with a scheme (images)', null, 'agent.example.com', 'https://agent.example.com'],
  ['an address with plain http (private networks)', null, 'http://localhost:1/agents/x', 'http://localhost:1/agents/x'],
  ['`undefined` if no revision is active yet', null, null, undefined],
  ['`undefined` if both fields are empty', '', '', undefined]
])('addressOf returns %s', (_, url, custom_url, expected) => {
  expect(addressOf(deploymentWith({ url, source_config: { custom_url } }))).toBe(expected)
})
