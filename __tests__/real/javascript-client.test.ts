import { describe } from '@jest/globals'
import { LANGGRAPHJS } from './agent-server.ts'
import { testClient } from './client.ts'

describe('`langgraphjs deploy` from npm', () => {
  testClient({
    language: 'javascript',
    command: LANGGRAPHJS,
    addressedBy: 'option',
    config: { node_version: '24', graphs: { agent: './agent.mjs:agent' } },
    deploymentType: 'dev',
    packs: ['agent.mjs', 'package.json']
  })
})
