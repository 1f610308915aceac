import { describe } from '@jest/globals'
import { testClient } from './client.ts'

describe('`langgraph deploy` from PyPI', () => {
  testClient({
    language: 'python',
    command: 'langgraph',
    addressedBy: 'variable',
    config: { python_version: '3.12', graphs: { agent: './agent.py:agent' } },
    deploymentType: 'dev_zero',
    packs: ['agent.py']
  })
})
