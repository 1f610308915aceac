import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { records, until, withPlane } from '../action/support.ts'
import { makeFolder } from '../support/folder.ts'
import { freePort } from '../support/http-server.ts'
import { type AgentServer, startAgentServer, useAgentServer, WITH_START_MS } from './agent-server.ts'
import { climb, expectVerdict, runBundle, smoke, WITH_RUN_MS } from './ladder.ts'

/*
 * The server that LangSmith runs. Install it with `pip install -r requirements.txt -c constraints.txt`; its version is
 * the one that the emulator reports.
 */

const GRAPHS = {
  agent: './agent.py:agent',
  chat: './agent.py:chat',
  failing: './agent.py:failing',
  slow: './agent.py:slow',
  asking: './agent.py:asking',
  silent: './agent.py:silent'
}
const VERIFY = { 'verify-graphs': 'true' }
const OWN_KEY = 'Authorization: Bearer of-the-agent'

describe('whose graphs all load', () => {
  const server = useAgentServer({ language: 'python', config: { graphs: GRAPHS } })

  test(
    'passes the proof: it serves, its graphs load, and a run answers',
    () =>
      climb(
        server,
        { ...VERIFY, 'health-check': 'true', ...smoke('agent', { expect: { contains: 'forty-two' } }) },
        { status: 'deployed', shows: [/6 graphs load/, ...Object.keys(GRAPHS), '1 run answered', 'forty-two'] }
      ),
    WITH_RUN_MS
  )

  test('receives no requests beyond the health check by default', async () => {
    const before = server.log().length
    await climb(server, {}, { status: 'deployed' })
    expect(server.log().slice(before)).not.toMatch(/assistants|runs/)
  })

  test(
    'fails if the configuration names an unregistered graph',
    () => {
      const workspace = makeFolder('workspace-')
      const graphs = { agent: GRAPHS.agent, retired: './agent.py:retired' }
      writeFileSync(join(workspace, 'langgraph.json'), JSON.stringify({ dependencies: ['.'], graphs }))
      return climb(
        server,
        { ...VERIFY, 'langgraph-config': 'langgraph.json' },
        { status: 'failed', says: [/retired.*422/], shows: ['retired'] },
        { workspace }
      )
    },
    WITH_RUN_MS
  )

  test.each([
    ['that fails', smoke('failing'), [/OSError.*internal error/], 'failing'],
    ['of an unknown graph', smoke('agnet'), [/agnet[\s\S]*asking/], 'agnet'],
    ['that stops for a human', smoke('asking'), [/interrupt/i], 'asking'],
    ['that returns only its input', smoke('silent'), [/only its input/], 'silent'],
    [
      'whose output does not match, although its input does',
      smoke('chat', { expect: { contains: 'Lisbon' } }, { messages: [{ role: 'user', content: 'Is it Lisbon?' }] }),
      [/`expect\.contains`/],
      'chat'
    ]
  ])(
    'fails a smoke test with a run %s',
    async (_, inputs, says, graph) => {
      await climb(server, inputs, { status: 'failed', says, shows: [graph] })
    },
    WITH_RUN_MS
  )

  test(
    'has the reason of a failed run in the deploy log, in the lines of this run',
    () =>
      climb(server, smoke('failing'), {
        status: 'failed',
        logBegins: /request_id=/,
        shows: [/<class 'OSError'>\(quota of the model is used up\)/]
      }),
    WITH_RUN_MS
  )

  test(
    'keeps no thread after several runs',
    async () => {
      const tests = [
        {
          graph: 'agent',
          input: { question: '' },
          expect: { subset: { answer: '0 characters, and the answer is forty-two' } }
        },
        {
          graph: 'chat',
          input: { messages: [{ role: 'user', content: 'Which one?' }] },
          expect: { matches: 'capital is (Vienna|Bern)' }
        },
        {
          graph: 'asking',
          input: { question: 'May I?' },
          expect: { subset: { __interrupt__: [{ value: { may_i: 'send it' } }] } }
        }
      ]
      await climb(server, { 'smoke-test': JSON.stringify(tests) }, { status: 'deployed', shows: ['3 runs answered'] })
      const threads = await fetch(`${server.url}/threads/search`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}'
      })
      expect(await threads.json()).toEqual([])
    },
    WITH_RUN_MS
  )

  describe('an abandoned run is stopped', () => {
    const stopped = () => [...server.log().matchAll(/the node was stopped/g)].length
    const begun = () => [...server.log().matchAll(/the node began/g)].length

    test(
      'after the time limit',
      async () => {
        const before = stopped()
        await climb(server, smoke('slow', { timeout: '3s' }), {
          status: 'failed',
          says: [/did not respond within 3 s/]
        })
        await until(async () => stopped() > before)
      },
      WITH_RUN_MS
    )

    test(
      'after a cancellation of the job',
      async () => {
        const [before, started] = [stopped(), begun()]
        const when = () => until(async () => begun() > started)
        await climb(server, smoke('slow'), { status: 'cancelled' }, { signals: [{ signal: 'SIGINT', when }] })
        await until(async () => stopped() > before)
      },
      WITH_RUN_MS
    )

    test(
      'after the loss of the machine',
      () =>
        withPlane(async (plane) => {
          const [before, started] = [stopped(), begun()]
          await plane.scenario({ agent: { url: server.url } })
          const signals = [{ signal: 'SIGKILL', when: () => until(async () => begun() > started) }] as const
          await runBundle(plane, smoke('slow'), { signals, post: false })
          await until(async () => stopped() > before)
        }),
      WITH_RUN_MS
    )
  })
})

describe('with some graphs that do not load', () => {
  const server = useAgentServer({
    language: 'python',
    config: {
      graphs: {
        agent: GRAPHS.agent,
        lacks_secret: './factories.py:value_error',
        lacks_variable: './factories.py:key_error',
        no_graph: './factories.py:no_graph'
      }
    }
  })

  test('still serves', () => climb(server, { 'health-check': 'true' }, { status: 'deployed' }), WITH_RUN_MS)

  test(
    'fails the check of the graphs, with a reason for each one',
    () =>
      climb(server, VERIFY, {
        status: 'failed',
        says: [/lacks_secret.*400.*SEARCH_API_KEY must be set/, /lacks_variable.*500/, /no_graph.*424/],
        shows: [
          /KeyError: 'SEARCH_API_KEY'/,
          /3 graphs do not load/,
          /✅ .*agent/,
          /❌ .*lacks_secret/,
          /❌ .*lacks_variable/,
          /❌ .*no_graph/
        ]
      }),
    WITH_RUN_MS
  )

  test.each([
    ['lacks_secret', [/ValueError.*SEARCH_API_KEY must be set/, '`SEARCH_API_KEY` is missing']],
    ['lacks_variable', [/KeyError.*SEARCH_API_KEY/, '`SEARCH_API_KEY` is missing']],
    ['no_graph', [/not valid/]]
  ])(
    'fails a run of %s with the reason',
    async (graph, says) => {
      await climb(server, smoke(graph), { status: 'failed', says })
    },
    WITH_RUN_MS
  )
})

describe('with custom auth that filters by owner', () => {
  const server = useAgentServer({
    language: 'python',
    config: { graphs: { agent: GRAPHS.agent }, auth: { path: './auth.py:auth' } }
  })
  const admitted = { 'agent-headers': OWN_KEY }

  test(
    'refuses a run without a key, and the proof is inconclusive',
    () =>
      climb(server, VERIFY, {
        status: 'deployed',
        annotations: ['warning'],
        says: [/401/, '`smoke-test`', '`agent-headers`', /`api-key`/]
      }),
    WITH_RUN_MS
  )

  test(
    'accepts `agent-headers`, but hides its graphs',
    () =>
      climb(
        server,
        { ...VERIFY, ...admitted },
        { status: 'deployed', annotations: ['warning'], says: ['`smoke-test`'] }
      ),
    WITH_RUN_MS
  )

  test(
    'runs a hidden graph',
    async () => {
      const { run } = await climb(
        server,
        { ...smoke('agent', { expect: { contains: 'forty-two' } }), ...admitted },
        { status: 'deployed', shows: ['1 run answered'] }
      )
      expect(run.log + run.summary).not.toContain('of-the-agent')
    },
    WITH_RUN_MS
  )

  test(
    'refuses a run without them, and the error names the sent headers',
    () => climb(server, smoke('agent'), { status: 'failed', says: [/401/, /`api-key`/, /X-Auth-Scheme: langsmith/] }),
    WITH_RUN_MS
  )

  test(
    'reports an unregistered graph, although it hides the others',
    () => {
      const workspace = makeFolder('workspace-')
      const graphs = { agent: GRAPHS.agent, retired: './agent.py:retired' }
      writeFileSync(join(workspace, 'langgraph.json'), JSON.stringify({ dependencies: ['.'], graphs }))
      return climb(
        server,
        { ...VERIFY, ...admitted, 'langgraph-config': 'langgraph.json' },
        { status: 'failed', says: [/retired.*422/] },
        { workspace }
      )
    },
    WITH_RUN_MS
  )
})

describe('with an app that returns a page for every GET', () => {
  const server = useAgentServer({
    language: 'python',
    config: {
      graphs: { agent: GRAPHS.agent, lacks_secret: './factories.py:value_error' },
      http: { app: './page.py:app' }
    }
  })

  test(
    'has inconclusive graphs',
    () =>
      climb(
        server,
        { ...VERIFY, 'health-check': 'true' },
        { status: 'deployed', annotations: ['warning'], says: ['`smoke-test`'] }
      ),
    WITH_RUN_MS
  )

  test('runs its graphs', () => climb(server, smoke('agent'), { status: 'deployed' }), WITH_RUN_MS)
})

test(
  'a revision is deployed when `/info` names it, not while it names the previous one',
  () =>
    withPlane(async (plane) => {
      const port = await freePort()
      await plane.scenario({ agent: { url: `http://127.0.0.1:${port}` } })
      const start = (revision: string) =>
        startAgentServer({
          language: 'python',
          config: { graphs: { agent: GRAPHS.agent } },
          port,
          variables: { LANGSMITH_HOST_REVISION_ID: revision }
        })
      let server: AgentServer = await start('00000000-0000-4000-8000-000000000001')
      try {
        let seen = ''
        const running = runBundle(
          plane,
          { 'health-check': 'true', ...VERIFY },
          { onLine: (line) => (seen += `${line}\n`) }
        )
        await until(async () => seen.includes('/info still reports revision 00000000-0000-4000-8000-000000000001'))
        const [deployment] = await plane.deployments()
        await server.stop()
        server = await start(String(deployment?.active_revision_id))
        const outcome = await running
        expectVerdict(outcome, { status: 'deployed' })
        expect(outcome.run.outputs['revision-id']).toBe(deployment?.active_revision_id)
        expect(outcome.run.log).toMatch(/\/info.* reports? this revision/)
      } finally {
        await server.stop()
      }
    }),
  WITH_RUN_MS + WITH_START_MS
)

test('the emulator reports the server version that is tested here', async () => {
  const [, version] = /^langgraph-api==(.*)$/m.exec(readFileSync('__tests__/real/requirements.txt', 'utf8')) ?? []
  await withPlane(async (plane) => {
    const { id } = await plane.seed('agent')
    expect(await plane.deployment(id)).toMatchObject({ image_version: version })
    expect(records((await plane.api('GET', '/v2/deployments')).resources)).toHaveLength(1)
  })
})
