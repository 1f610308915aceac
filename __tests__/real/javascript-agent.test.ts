import { describe, expect, test } from '@jest/globals'
import { useAgentServer } from './agent-server.ts'
import { climb, smoke, WITH_RUN_MS } from './ladder.ts'

/*
 * The development server of LangChain's JavaScript CLI. LangSmith runs the Python server for JavaScript agents too;
 * where the two differ, the Python server is the reference.
 */

const AGENT = { agent: './agent.mjs:agent' }
const CONFIG = { node_version: '24' }
const VERIFY = { 'verify-graphs': 'true' }

describe('whose graphs all load', () => {
  const server = useAgentServer({
    language: 'javascript',
    config: { ...CONFIG, graphs: { ...AGENT, slow: './agent.mjs:slow' } }
  })

  test(
    'passes the proof: it serves, its graphs load, and a run answers',
    () =>
      climb(
        server,
        { ...VERIFY, 'health-check': 'true', ...smoke('agent', { expect: { contains: 'forty-two' } }) },
        { status: 'deployed', shows: [/2 graphs load/, '1 run answered', 'forty-two'] }
      ),
    WITH_RUN_MS
  )

  test(
    'does not run a removed graph',
    () => climb(server, smoke('retired'), { status: 'failed', says: [/retired/] }),
    WITH_RUN_MS
  )

  test(
    'fails a smoke test that exceeds its time limit',
    () => climb(server, smoke('slow', { timeout: '2s' }), { status: 'failed', says: [/did not respond within 2 s/] }),
    WITH_RUN_MS
  )
})

describe('with one graph that lacks its secret', () => {
  const server = useAgentServer({
    language: 'javascript',
    config: { ...CONFIG, graphs: { ...AGENT, needs_key: './agent.mjs:needsKey' } }
  })

  test('still serves', () => climb(server, { 'health-check': 'true' }, { status: 'deployed' }), WITH_RUN_MS)

  test(
    'fails the check of the graphs, which names the graph',
    () =>
      climb(server, VERIFY, { status: 'failed', says: [/needs_key.*500/], shows: [/✅ .*agent/, /❌ .*needs_key/] }),
    WITH_RUN_MS
  )

  test(
    'fails a run of it with the reason',
    () => climb(server, smoke('needs_key'), { status: 'failed', says: [/SEARCH_API_KEY must be set/] }),
    WITH_RUN_MS
  )
})

describe('with custom auth', () => {
  const server = useAgentServer({
    language: 'javascript',
    config: { ...CONFIG, graphs: AGENT, auth: { path: './auth.mjs:auth' } }
  })
  const proof = { ...VERIFY, 'health-check': 'true', ...smoke('agent', { expect: { contains: 'forty-two' } }) }

  test(
    'refuses callers without a key',
    () => climb(server, proof, { status: 'failed', says: [/401/, /`api-key`/] }),
    WITH_RUN_MS
  )

  test(
    'passes the proof with `agent-headers`',
    async () => {
      const headers = { 'agent-headers': 'Authorization: Bearer of-the-agent' }
      const { run } = await climb(
        server,
        { ...proof, ...headers },
        { status: 'deployed', shows: [/1 graph loads/, '1 run answered'] }
      )
      expect(run.log + run.summary).not.toContain('of-the-agent')
    },
    WITH_RUN_MS
  )
})
