import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { ladder } from '../../src/report/proof.ts'
import { type Json, records, until } from '../emulator/support.ts'
import { COMMIT, KEY, OWN_PULL_REQUEST, UUID } from '../inputs/environment.ts'
import { makeFolder } from '../support/folder.ts'
import { startServer } from '../support/http-server.ts'
import { makeRepository } from '../support/repository.ts'
import { errorOf, type Inputs, type RunOptions, runMain, said, warningOf } from '../support/run.ts'
import { at, DIGEST, IMAGE, OLD_IMAGE, useWorld } from '../support/world.ts'

const world = useWorld()

const GRAPHS = { 'verify-graphs': 'true' }
const INPUT = { messages: [{ role: 'user', content: 'hi' }] }
const run = (test: Json = {}) => ({ 'smoke-test': JSON.stringify({ graph: 'agent', input: INPUT, ...test }) })

const deploy = (inputs: Inputs = {}, options: RunOptions = {}) =>
  runMain(world, { 'image-uri': IMAGE, ...inputs }, options)
const agent = (traits: Json, more: Json = {}) => world.api.scenario({ agent: traits, ...more })
const graphs = (graph: Json, others: Json = {}) => agent({ graphs: { agent: graph, ...others } })

/** Requests to Agent Servers, except the health check. */
async function calls(): Promise<readonly Json[]> {
  return (await world.api.requests()).filter(({ path }) => /^\/agents\/[^/]+\/(?:assistants|runs)/.test(String(path)))
}
const asked = async () =>
  (await calls()).map(({ method, path }) => `${method} ${String(path).replace(/^\/agents\/[^/]+/, '')}`)
/** Search terms for logs. */
const searches = async () =>
  (await world.api.requests())
    .filter(({ path }) => /logs$/.test(String(path)))
    .map((request) => at(request, 'query', 'query'))
    .filter((query) => query !== undefined)
const summaryOf = (of: { readonly runner: { texts(kind: 'summary'): readonly string[] } }) =>
  of.runner.texts('summary').join()

/** An answer as shown in the summary. */
const GRAPH = 'GET /assistants/fe096781-5601-53d2-b2f6-0d3403f7e9ca/graph'

describe('verify-graphs', () => {
  test('shows the loaded graphs in log, summary and verdict, without an annotation', async () => {
    await graphs({}, { support: {} })
    const done = await deploy(GRAPHS)
    expect(done.runner.outputs.status).toBe('deployed')
    expect([...done.runner.texts('warning'), ...done.runner.texts('notice')]).toEqual([])
    expect(await asked()).toEqual(['POST /assistants/search', GRAPH, expect.stringMatching(/^GET .*\/graph$/)])
    expect(said(done)).toContain('The agent works: 2 graphs load.')
    const group = done.runner.told.find(({ kind, name }) => kind === 'group' && name.startsWith('Graphs'))
    expect(group).toMatchObject({ name: 'Graphs: 2 graphs load' })
    expect(group?.text).toMatch(/^agent: passed \(200, \d+ ms\)\nsupport: passed \(200, \d+ ms\)$/)
    expect(summaryOf(done)).toMatch(/\| ✅ <code>support<\/code> \| 200 \| \d+ \|/)
    expect(summaryOf(done)).toContain('✅ deployed and active<br>✅ /ok returned 200')
  })

  test.each<[string, Json, string]>([
    ['a KeyError', { load: 'error' }, '500: Internal Server Error'],
    ['a ValueError', { load: 'value-error', message: 'OPENAI_API_KEY must be set' }, '400: OPENAI_API_KEY must be set'],
    ['no graph', { load: 'no-graph' }, "424: Graph 'support' is not valid."],
    ['an HTTPException', { load: 418, message: 'teapot' }, '418: teapot']
  ])('fails a graph that is broken by %s', async (_, graph, words) => {
    await graphs({}, { support: graph })
    const done = await deploy(GRAPHS)
    expect(done.runner.outputs).toMatchObject({ status: 'failed', 'revision-status': 'DEPLOYED' })
    expect(errorOf(done)).toContain(
      `The revision is deployed, but 1 graph does not load.\nGraph "support" returned ${words}`
    )
    expect(errorOf(done)).not.toContain('..')
    expect(summaryOf(done)).toContain('❌ <code>support</code>')
    expect(summaryOf(done)).toContain('✅ <code>agent</code>')
  })

  test('lists broken graphs first, up to the limit of the summary', async () => {
    const many = (length: number, name: string, graph: Json) =>
      Object.fromEntries(Array.from({ length }, (_, index) => [`${name}-${index}-${'<'.repeat(600)}`, graph]))
    const broken = { load: 'value-error', message: '<'.repeat(900) }
    await agent({ graphs: { ...many(60, 'a', {}), ...many(60, 'b', broken) } })
    const done = await deploy(GRAPHS)
    expect(done.runner.outputs.status).toBe('failed')
    const summary = summaryOf(done)
    expect(summary.match(/❌ <code>b/g)).toHaveLength(60)
    expect(summary.match(/✅ <code>a/g)).toHaveLength(40)
    expect(summary).toContain('| … | 20 more | |')
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024)
    expect(errorOf(done)).toContain('but 60 graphs do not load.\nGraph "b-0-<<<')
    expect(errorOf(done)).toContain('\nThe summary lists 50 more.\n')
  })

  test('fails if all graphs return 500 and the search works', async () => {
    await graphs({ load: 'error' })
    expect((await deploy(GRAPHS)).runner.outputs.status).toBe('failed')
  })

  test('passes a graph that cannot be drawn', async () => {
    await graphs({ load: 'not-drawable' })
    expect((await deploy(GRAPHS)).runner.outputs.status).toBe('deployed')
  })

  test('skips an outdated graph', async () => {
    await graphs({}, { gone: { load: 'removed', listed: true } })
    const done = await deploy(GRAPHS)
    expect(done.runner.outputs.status).toBe('deployed')
    expect(said(done)).toContain('1 graph loads')
    expect(summaryOf(done)).toContain('➖ <code>gone</code>')
  })

  test.each<[string, Json]>([
    ['custom auth filters them', { auth: { kind: 'custom', allow_langsmith_api_keys: true, assistants: 'owner' } }],
    ['custom auth denies them', { auth: { kind: 'custom', allow_langsmith_api_keys: true, assistants: 'denied' } }],
    ['custom auth refuses the key', { auth: { kind: 'custom' } }],
    ['they are disabled', { disable_assistants: true }],
    ['a custom page responds to each GET', { catch_all_page: true, graphs: { agent: { load: 'error' } } }],
    ["LangSmith's own auth is down", { auth: { kind: 'down' } }]
  ])('warns if the graphs cannot be checked because %s', async (_, traits) => {
    await agent(traits)
    const done = await deploy(GRAPHS)
    expect(done.runner.outputs.status).toBe('deployed')
    expect(warningOf(done)).toContain('`verify-graphs`: ')
    expect(said(done)).toContain('Verdict: deployed, see the warning above')
    expect(warningOf(done)).toContain('`smoke-test`')
    expect(warningOf(done)).toContain('`agent-headers`')
    expect(said(done) + warningOf(done)).not.toMatch(/(?<!whether \d )graphs? loads?\b/)
    expect(summaryOf(done)).toContain('❔')
  })

  test('waits for a server that was scaled to zero', async () => {
    await agent({ cold_start_ms: 300 })
    expect((await deploy({ ...GRAPHS, 'health-check': 'false' })).runner.outputs.status).toBe('deployed')
  })

  test('retries while the server starts', async () => {
    await world.api.scenario({
      faults: [{ path: '/agents/*/assistants/**', times: 3, action: 'status', status: 503 }]
    })
    const done = await deploy(GRAPHS)
    expect(done.runner.outputs.status).toBe('deployed')
    expect(done.runner.texts('warning')).toEqual([])
  })

  describe('with graphs in the configuration', () => {
    const config = (...names: string[]) =>
      JSON.stringify({ dependencies: ['.'], graphs: Object.fromEntries(names.map((name) => [name, './a.py:g'])) })
    const files = (...names: string[]) => ({
      'langgraph.json': config(...names),
      'a.py': 'g = 1',
      'requirements.txt': ''
    })
    const inWorkspace = (...names: string[]): RunOptions => {
      const folder = makeFolder()
      for (const [name, text] of Object.entries(files(...names))) writeFileSync(join(folder, name), text)
      return { variables: { GITHUB_WORKSPACE: folder } }
    }
    const ARCHIVE = { 'image-uri': '', 'source-type': 'internal_source' }
    const NAMED = { 'langgraph-config': 'langgraph.json' }

    test('fails an unregistered graph of an archive', async () => {
      await graphs({})
      const done = await deploy({ ...ARCHIVE, ...GRAPHS }, inWorkspace('agent', 'support'))
      expect(errorOf(done)).toContain(
        'Graph "support": not registered: the configuration lists the graph, but the server does not have it (422: Invalid assistant ID'
      )
      expect(done.runner.outputs.status).toBe('failed')
    })

    test('reads the configuration of an archive before any write', async () => {
      const inputs = { ...ARCHIVE, ...run({ graph: 'agnt' }) }
      const done = await deploy(inputs, inWorkspace('agent', 'support'))
      expect(errorOf(done)).toContain('`smoke-test` has an unknown `graph` "agnt": expected one of `agent`, `support`.')
      expect(await world.requests()).toEqual([])
      expect((await deploy({ ...ARCHIVE, ...run() }, inWorkspace('agent'))).runner.outputs.status).toBe('deployed')
    })

    test('names the graphs that the server has instead of an unregistered one', async () => {
      await agent({ graphs: { agnt: {} } })
      const done = await deploy({ ...ARCHIVE, ...GRAPHS }, inWorkspace('agent'))
      expect(errorOf(done)).toContain(
        'Graph "agent": not registered: the configuration lists the graph, but the server does not have it; the server has "agnt", which the configuration does not list ('
      )
      expect(errorOf(done)).not.toContain('Stored by this run')
    })

    test('fails an unregistered graph of an image with `langgraph-config`, even if the search is denied', async () => {
      await agent({ auth: { kind: 'custom', allow_langsmith_api_keys: true, assistants: 'owner' } })
      const done = await deploy({ ...NAMED, ...GRAPHS }, inWorkspace('agent', 'support'))
      expect(done.runner.outputs.status).toBe('failed')
      expect(summaryOf(done)).toContain('❔ <code>agent</code>')
      expect(summaryOf(done)).toContain('❌ <code>support</code>')
    })

    test('fails a listed and expected graph that no longer exists', async () => {
      await graphs({}, { support: { load: 'removed', listed: true } })
      const done = await deploy({ ...NAMED, ...GRAPHS }, inWorkspace('agent', 'support'))
      expect(done.runner.outputs.status).toBe('failed')
    })

    test('compares nothing for an image without `langgraph-config`', async () => {
      await graphs({})
      expect((await deploy(GRAPHS, inWorkspace('agent', 'support'))).runner.outputs.status).toBe('deployed')
    })

    test.each([
      ['fails an unregistered graph of a repository built from the commit of the run', true],
      ['compares nothing for a repository built from another commit', false]
    ])('%s', async (_, isBuilt) => {
      const { folder, first } = makeRepository(files('agent', 'support'))
      await world.api.scenario({
        agent: { graphs: { agent: {} } },
        revisions: [{ commit: isBuilt ? first : COMMIT }]
      })
      const done = await deploy(
        { 'image-uri': '', ...GRAPHS },
        { variables: { GITHUB_WORKSPACE: folder, GITHUB_SHA: first, PATH: process.env.PATH ?? '' } }
      )
      expect(done.runner.outputs.status).toBe(isBuilt ? 'failed' : 'deployed')
    })

    test.each([
      ['fails an unregistered graph if `wait` follows the commit of the run', true],
      ['compares nothing if `wait` follows another commit', false]
    ])('%s', async (_, isOurs) => {
      const { folder, first } = makeRepository(files('agent', 'support'))
      await world.api.scenario({
        agent: { graphs: { agent: {} } },
        revisions: [{ commit: isOurs ? first : COMMIT }]
      })
      await world.github()
      const done = await runMain(
        world,
        { command: 'wait', 'revision-id': isOurs ? '' : 'latest', ...GRAPHS },
        { variables: { GITHUB_WORKSPACE: folder, GITHUB_SHA: first, PATH: process.env.PATH ?? '' } }
      )
      expect(done.runner.outputs.status).toBe(isOurs ? 'failed' : 'deployed')
    })

    test('rejects an unreadable configuration, and `langgraph-config` for an image without a use', async () => {
      const missing = await deploy({ 'langgraph-config': 'other.json', ...GRAPHS }, inWorkspace('agent'))
      expect(errorOf(missing)).toMatch(/`langgraph-config` .*other\.json/)
      const idle = await deploy({ 'langgraph-config': 'agents/langgraph.json' }, inWorkspace('agent'))
      expect(errorOf(idle)).toContain('`verify-graphs: true`')
      expect(await world.requests()).toEqual([])
    })
  })

  test('logs the reason of a broken graph, and rolls back with `rollback-on-failure`', async () => {
    await world.images(OLD_IMAGE)
    await world.api.scenario({
      revisions: [{ nth: 2, deploy_log: ['one', 'two'], agent: { graphs: { agent: { load: 'error' } } } }, { nth: 3 }]
    })
    const done = await deploy({ ...GRAPHS, 'rollback-on-failure': 'true' })
    expect(done.runner.outputs).toMatchObject({ status: 'failed', 'rolled-back-to': expect.any(String) })
    expect(errorOf(done)).toContain('Rolled back to the code of revision')
    const [first] = done.runner.told.filter(({ kind, name }) => kind === 'group' && name.startsWith('Deploy log'))
    // The server logs the error without the ID of the request.
    expect(first?.text).toContain("KeyError: 'OPENAI_API_KEY'")
    expect(await searches()).toEqual([])
    expect(world.clock.pauses).not.toContain(4_000)
    // The older revision only gets requests for /ok.
    expect((await asked()).filter((one) => one.startsWith('POST'))).toHaveLength(1)
  })
})

describe('smoke-test', () => {
  test('shows the result of a run', async () => {
    const done = await deploy(run())
    expect(done.runner.outputs.status).toBe('deployed')
    expect(done.runner.texts('warning')).toEqual([])
    expect(await asked()).toEqual(['POST /runs/wait'])
    expect(said(done)).toContain('The agent works: 1 run answered.')
    expect(summaryOf(done)).toContain('Hello from the emulator')
    const [call] = await calls()
    expect(at(call, 'body')).toEqual({
      assistant_id: 'agent',
      input: INPUT,
      metadata: { source: expect.stringMatching(/^langsmith-deploy-action\//) },
      on_disconnect: 'cancel'
    })
    expect(at(call, 'headers', 'x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  const state = (input: Json) => ({ input })
  test.each<[string, Json, Json, RegExp]>([
    [
      'an error',
      { runs: [{ error: { type: 'RateLimitError', message: 'quota' } }] },
      {},
      /failed: RateLimitError: An internal error occurred/
    ],
    ['only its input', { runs: [{ cancelled: true }] }, state({ question: 'hi' }), /returned only its input/],
    ['null', { runs: [{ result: null }] }, {}, /returned no answer/],
    ['an interrupt for human input', { runs: [{ interrupt: 'sure?' }] }, {}, /stopped for human input/],
    [
      'an answer without the text',
      {},
      { expect: { contains: 'Goodbye' } },
      /returned no answer that contains "Goodbye"/
    ],
    ['the text only in its input', {}, { expect: { contains: 'hi' } }, /returned no answer that contains /],
    ['an answer that does not match', {}, { expect: { matches: '^Bye' } }, /returned no answer that matches \^Bye/],
    ['an answer without the subset', {}, { expect: { subset: { a: 1 } } }, /does not match `expect.subset`/],
    [
      '422 for an unknown graph',
      {},
      { graph: 'nobody' },
      /422: Invalid assistant: 'nobody'[\s\S]*One of the registered graphs: agent\.\nThe revision is active and receives requests\.\nRead/
    ]
  ])('fails a run that returns %s', async (_, graph, more, words) => {
    await graphs(graph)
    const done = await deploy(run(more))
    expect(done.runner.outputs.status).toBe('failed')
    expect(errorOf(done)).toContain('The revision is deployed, but its smoke test failed.\nThe run of graph "')
    expect(errorOf(done)).toMatch(words)
    expect((await asked()).filter((one) => one === 'POST /runs/wait')).toHaveLength(1)
  })

  test.each<[string, Json, Json]>([
    ['an empty object', { runs: [{ result: {} }] }, {}],
    ['a text', { runs: [{ result: 'done' }] }, {}],
    ['an answer with the text', {}, { expect: { contains: 'from the emulator' } }],
    ['an answer that matches', {}, { expect: { matches: '^Hello\\b.*' } }],
    ['an answer with the subset', {}, { expect: { subset: { messages: [{ type: 'ai' }] } } }],
    ['an expected interrupt for human input', { runs: [{ interrupt: 'sure?' }] }, { expect: { contains: 'sure?' } }],
    ['an answer of a graph that cannot be drawn', { load: 'not-drawable' }, {}]
  ])('passes a run that returns %s', async (_, graph, more) => {
    await graphs(graph)
    const done = await deploy(run(more))
    expect(done.runner.outputs.status).toBe('deployed')
  })

  test('fails a run without a response in time, and cancels the run', async () => {
    await graphs({ runs: [{ ms: null }] })
    const done = await deploy(run({ timeout: '1s' }))
    expect(done.runner.outputs.status).toBe('failed')
    expect(errorOf(done)).toContain('did not respond within 1 s; the action stopped waiting')
    const runs = records((await world.api.call('GET', '/_emulator/runs', { key: null })).value)
    expect(runs).toHaveLength(1)
    expect(runs[0]).toMatchObject({ status: 'cancelled' })
  })

  test('does not repeat a run whose response has begun', async () => {
    await world.api.scenario({ faults: [{ path: '/agents/*/runs/wait', times: null, action: 'cut_body' }] })
    const done = await deploy(run())
    expect(done.runner.outputs.status).toBe('failed')
    expect(errorOf(done)).toContain('returned an incomplete response')
    expect(await asked()).toHaveLength(1)
  })

  test('retries while the server cannot accept a run', async () => {
    await world.api.scenario({
      faults: [{ path: '/agents/*/runs/wait', times: 2, action: 'status', status: 503 }]
    })
    expect((await deploy(run())).runner.outputs.status).toBe('deployed')
    expect(await asked()).toHaveLength(3)
  })

  test('shows the log lines of a failed run first', async () => {
    await agent(
      { graphs: { agent: { runs: [{ error: { type: 'RateLimitError', message: 'quota of 5 is used up' } }] } } },
      { revisions: [{ deploy_log: Array.from({ length: 60 }, (_, index) => `line ${index}`) }] }
    )
    const done = await deploy(run())
    const [log] = done.runner.told.filter(({ kind, name }) => kind === 'group' && name.startsWith('Deploy log'))
    expect(log?.text.split('\n')[0]).toMatch(/^\w+ +\d{4}-\d\d-\d\dT[\d:.]+Z .*(?:run_id=|request_id=)/)
    expect(log?.text.split('\n').at(-1)).toMatch(/^\w+ +\d{4}-\d\d-\d\dT[\d:.]+Z /)
    expect(errorOf(done)).toContain('quota of 5 is used up')
  })

  test('searches the log for the IDs of started runs only', async () => {
    await agent(
      { graphs: { agent: { runs: [{ error: { type: 'RateLimitError', message: 'quota' } }] } } },
      { revisions: [{ deploy_log: ['one'] }] }
    )
    await deploy(run())
    expect((await searches()).length).toBeGreaterThan(0)
    const before = await searches()
    await deploy(run({ graph: 'nobody' }))
    expect(await searches()).toEqual(before)
    expect(world.clock.pauses).not.toContain(4_000)
  })

  test('shows the cause from the log lines of a failed run', async () => {
    await graphs({ runs: [{ error: { type: 'ValueError', message: 'SEARCH_API_KEY must be set' } }] })
    const told = errorOf(await deploy(run()))
    expect(told).toContain('\nThe log shows:\n')
    expect(told).not.toContain('Response:')
    expect(told).toContain('\nThe variable `SEARCH_API_KEY` is missing: set it in `secrets`.\n')
  })

  test('shows no log lines of a successful run with an unexpected answer', async () => {
    const done = await deploy(run({ expect: { contains: 'forty-two' } }))
    expect(errorOf(done)).toMatch(
      /returned no answer that contains "forty-two" \(`expect\.contains`\)\.\nResponse: Hello from the emulator\nThe revision is active and receives requests\.\nThe trace of the run shows/
    )
    expect(errorOf(done)).not.toMatch(/deploy log|Background run/)
    expect(done.runner.texts('group').join()).toContain('Background run succeeded')
  })

  test.each(['Who are you?', 'Nobody is let in.'])(
    'ends the detail of a refusal (%j) with one punctuation mark',
    async (detail) => {
      const json = { detail }
      const server = await startServer(({ path }) => (path.endsWith('/runs/wait') ? { status: 401, json } : {}))
      const done = await deploy({ ...run(), 'custom-url': server.url })
      expect(errorOf(done)).toMatch(
        new RegExp(`401: ${detail.replace('?', '\\?')}\n.* requests\\.\nThe request contained`)
      )
    }
  )

  // A server with a mount prefix has `/ok` at the root too, but no other path.
  test('skips the rollback and advises about the mount prefix if the path is missing', async () => {
    const server = await startServer(({ path }) =>
      path === '/ok' ? { json: { ok: true } } : { status: 404, json: { detail: 'Not Found' } }
    )
    await world.images(OLD_IMAGE)
    const done = await deploy({ ...run(), 'custom-url': server.url, 'rollback-on-failure': 'true' })
    expect(done.runner.outputs).toMatchObject({ status: 'failed' })
    expect(done.runner.outputs['rolled-back-to'] ?? '').toBe('')
    expect(errorOf(done)).toContain('The run of graph "agent" returned 404: Not Found.')
    expect(errorOf(done)).toMatch(
      /Skipped the rollback, because no check showed a problem.*`health-path: \/prefix\/ok`/
    )
  })

  test('rolls back after a failed run with `rollback-on-failure`', async () => {
    await world.images(OLD_IMAGE)
    await graphs({ runs: [{ error: { type: 'ValueError', message: 'no' } }] })
    const done = await deploy({ ...run(), 'rollback-on-failure': 'true' })
    expect(done.runner.outputs).toMatchObject({ status: 'failed', 'rolled-back-to': expect.any(String) })
    expect((await asked()).filter((one) => one === 'POST /runs/wait')).toHaveLength(1)
  })

  test('follows the graphs, unless a graph is broken', async () => {
    await graphs({ load: 'error' })
    await deploy({ ...GRAPHS, ...run() })
    expect(await asked()).not.toContain('POST /runs/wait')
    await graphs({})
    const done = await deploy({ ...GRAPHS, ...run(), 'image-uri': 'a:3' })
    expect(said(done)).toContain('The agent works: 1 graph loads, 1 run answered.')
  })

  test('numbers several runs of one graph', async () => {
    const tests = ['Hello', 'forty-two'].map((contains) => ({ graph: 'agent', input: INPUT, expect: { contains } }))
    const done = await deploy({ 'smoke-test': JSON.stringify(tests) })
    expect(errorOf(done)).toContain(
      'The run of graph "agent (run 2 of 2)" returned no answer that contains "forty-two"'
    )
    expect(said(done)).toContain('Running graph "agent (run 1 of 2)" for up to 2 min.')
    expect(summaryOf(done)).toContain('✅ <code>agent (run 1 of 2)</code>')
  })

  test('reports a failure once', async () => {
    await graphs({ runs: [{ error: { type: 'RateLimitError', message: 'quota' } }] })
    const done = await deploy(run())
    expect(done.runner.texts('group').join('\n')).toMatch(/^agent: failed: RateLimitError/m)
  })

  test('logs a request without a response before the run ends', async () => {
    await world.api.scenario({
      faults: [{ path: '/agents/*/runs/wait', times: 4, action: 'status', status: 503 }]
    })
    const done = await deploy(run())
    expect(said(done).match(/POST \/runs\/wait returned 503; retrying\./g)).toHaveLength(1)
  })

  test('sends one run after the other, from the input and from the file', async () => {
    const file = 'runs.yml'
    const done = await deploy(
      { ...run(), 'smoke-test-file': file },
      { files: { [file]: '- graph: agent\n  input: {a: 1}\n- graph: agent\n  input: {a: 2}\n' } }
    )
    expect(said(done)).toContain('3 runs answered')
    expect((await calls()).map((call) => at(call, 'body', 'input'))).toEqual([INPUT, { a: 1 }, { a: 2 }])
  })
})

describe('the proof of an agent', () => {
  test('ends at the deadline and cancels the pending run', async () => {
    await graphs({ runs: [{ ms: null }] })
    const end = world.clock.now() + 90_000
    const meanwhile: RunOptions['meanwhile'] = ({ runner }) =>
      world.clock.onceInPause(
        () => runner.texts('info').join().includes('DEPLOYING'),
        () => world.clock.skip(end - world.clock.now() - 2_500)
      )
    const done = await deploy({ ...run(), timeout: '90s' }, { meanwhile })
    expect(done.runner.outputs.status).toBe('timed-out')
    expect(errorOf(done)).toContain('the timeout expired before its agent was verified')
    expect(errorOf(done)).toContain('verified: the run of graph "agent" had not responded when the timeout expired.')
    expect(errorOf(done)).not.toContain('rolled back')
    expect(summaryOf(done)).toContain('❔ the run of graph')
    expect(summaryOf(done)).toMatch(/❔ <code>agent<\/code> \| did not respond before the timeout/)
    const runs = async () => records((await world.api.call('GET', '/_emulator/runs', { key: null })).value)
    // The server detects the closed connection a little later.
    await until(async () => (await runs()).every(({ status }) => status === 'cancelled'))
    expect(await runs()).toHaveLength(1)
  })

  test.each<[string, Inputs, Json, string]>([
    ['run', run(), { runs: [{ ms: null }] }, 'the run of graph "agent"'],
    ['graph', { ...GRAPHS, ...run() }, { load: 'slow' }, 'graph "agent"']
  ])(
    'reports the pending %s at the deadline, and the reason for the skipped rollback',
    async (_, inputs, graph, awaited) => {
      await world.images(OLD_IMAGE)
      if (graph.load === 'slow') {
        await world.api.scenario({ faults: [{ path: '/agents/*/assistants/*/graph', times: null, action: 'hang' }] })
      } else await graphs(graph)
      const end = world.clock.now() + 90_000
      const meanwhile: RunOptions['meanwhile'] = ({ runner }) =>
        world.clock.onceInPause(
          () => runner.texts('info').join().includes('DEPLOYING'),
          () => world.clock.skip(end - world.clock.now() - 2_500)
        )
      const done = await deploy({ ...inputs, timeout: '90s', 'rollback-on-failure': 'true' }, { meanwhile })
      expect(done.runner.outputs).toMatchObject({ status: 'timed-out' })
      expect(errorOf(done)).toContain(
        `before its agent was verified: ${awaited} had not responded when the timeout expired.`
      )
      expect(errorOf(done)).toContain(
        'The revision is active and receives requests.\nSkipped the rollback, because the timeout expired'
      )
      expect(summaryOf(done)).toContain('had not responded when the timeout expired<')
      if (graph.load === 'slow') expect(summaryOf(done)).toContain('➖ Smoke test: skipped')
    }
  )

  test('shows the steps after a failed one as skipped', async () => {
    await graphs({ load: 'error' })
    const done = await deploy({ ...GRAPHS, ...run() })
    expect(summaryOf(done)).toContain('➖ Smoke test: skipped, because the proof ended earlier')
    expect(said(done)).toContain('Smoke test: skipped')
    await world.api.scenario({
      faults: [{ path: '/agents/*/ok', times: null, action: 'status', status: 503 }]
    })
    const down = await deploy({ ...GRAPHS, ...run(), 'image-uri': 'a:3' })
    expect(down.runner.outputs.status).toBe('failed')
    expect(summaryOf(down)).toContain('➖ Graphs: skipped')
    expect(summaryOf(down)).toContain('➖ Smoke test: skipped')
    expect(errorOf(down)).toContain('The revision is active and receives requests.')
  })

  test('does not report our revision as active after a rollback', async () => {
    await world.images(OLD_IMAGE)
    await world.api.scenario({ revisions: [{ nth: 2, agent: { graphs: { agent: { load: 'error' } } } }, { nth: 3 }] })
    const done = await deploy({ ...GRAPHS, 'rollback-on-failure': 'true' })
    expect(done.runner.outputs['rolled-back-to']).toEqual(expect.any(String))
    expect(errorOf(done)).not.toContain('The revision is active')
  })

  test('of the active revision is not reported as a deployment', async () => {
    await world.images(DIGEST)
    await graphs({ load: 'error' })
    const done = await deploy({ 'image-uri': DIGEST, ...GRAPHS, 'skip-unchanged': 'true' })
    expect(done.runner.outputs.status).toBe('failed')
    expect(done.runner.told.find(({ kind }) => kind === 'error')).toMatchObject({
      name: 'The active revision failed the proof'
    })
    expect(errorOf(done)).not.toContain('redeploy')
  })

  test('appears in the comment on the pull request', () => {
    const done = ladder({
      proof: [
        { about: 'health', outcome: 'passed', seen: '/ok returned 200' },
        { about: 'graphs', outcome: 'unclear', seen: 'no graph could be seen' },
        { about: 'runs', outcome: 'failed', seen: '1 run failed <b>' }
      ]
    })
    expect(done).toBe(
      '✅ deployed and active<br>✅ /ok returned 200<br>❔ no graph could be seen<br>❌ 1 run failed &#60;b&#62;'
    )
    expect(ladder({ proof: [{ about: 'health', outcome: 'passed', seen: '/ok returned 200' }] })).toBeUndefined()
  })

  test('sends no request if another revision is active', async () => {
    await world.images(OLD_IMAGE)
    await world.api.scenario({ revisions: [{ nth: 2, active_after_ms: null }] })
    const done = await deploy({ ...GRAPHS, 'health-check': 'false' })
    expect(done.runner.outputs.status).toBe('deployed')
    expect(warningOf(done)).toContain('Skipped the checks of graphs and runs, because revision')
    expect(await calls()).toEqual([])
  })

  test.each(['/mounted/ok', '/mounted/ok?check_db=1', '/mounted/ok/'])(
    'uses the mount prefix in health path %s',
    async (healthPath) => {
      const server = await startServer(({ path }) =>
        path.endsWith('/search') ? { json: [] } : path.startsWith('/mounted/ok') ? {} : { json: { output: 1 } }
      )
      await deploy({ ...GRAPHS, ...run(), 'custom-url': server.url, 'health-path': healthPath })
      expect(server.requests.map(({ path }) => path).filter((path) => !path.endsWith('metrics'))).toEqual([
        healthPath,
        '/mounted/info',
        '/mounted/assistants/search',
        '/mounted/runs/wait'
      ])
    }
  )

  test('sends no request without the inputs', async () => {
    await deploy()
    expect((await world.requests()).filter((one) => one.includes('/agents/'))).toEqual([
      'GET /agents/:id/ok',
      'GET /agents/:id/info'
    ])
  })

  test('of a superseded revision is not shown for the newer one', async () => {
    const id = await world.images(OLD_IMAGE)
    await graphs({ load: 'error' })
    world.clock.onceInPause(
      async () => (await calls()).length > 2,
      () => world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: 'a:3' } })
    )
    const done = await deploy({ ...GRAPHS, 'rollback-on-failure': 'true' })
    expect(done.runner.outputs.status).toBe('superseded')
  })
})

describe('the key for the agent', () => {
  test('is the key of the control plane, if requested', async () => {
    await deploy({ ...GRAPHS, ...run() })
    for (const { headers } of await calls()) expect(headers).toMatchObject({ 'x-api-key': KEY })
    const health = (await world.api.requests()).filter(({ path }) => /\/(ok|info)$/.test(String(path)))
    expect(health).not.toHaveLength(0)
    for (const { headers } of health) expect(headers).not.toHaveProperty('x-api-key')
  })

  test('is `agent-api-key` if set', async () => {
    const done = await deploy({ ...run(), 'agent-api-key': 'lsv2_pt_for_the_agent_1' })
    expect(done.runner.texts('mask')).toContain('lsv2_pt_for_the_agent_1')
    for (const { headers } of await calls()) expect(headers).toMatchObject({ 'x-api-key': 'lsv2_pt_for_the_agent_1' })
  })

  test('is omitted if the user sets Authorization, which is masked', async () => {
    await agent({ auth: { kind: 'custom', headers: { authorization: 'Bearer t0ken-of-the-agent' } } })
    const done = await deploy({ ...run(), 'agent-headers': 'Authorization: Bearer t0ken-of-the-agent' })
    expect(done.runner.outputs.status).toBe('deployed')
    for (const { headers } of await calls()) expect(headers).not.toHaveProperty('x-api-key')
    expect(done.runner.texts('mask')).toContain('t0ken-of-the-agent')
  })

  test('is sent with the ID of a set workspace', async () => {
    const inputs = { 'workspace-id': UUID, ...run() }
    expect((await deploy(inputs)).runner.outputs.status).toBe('deployed')
    for (const { headers } of await calls()) expect(headers).toMatchObject({ 'x-tenant-id': UUID })
  })

  test('that is refused fails the run without a rollback, and the message names the sent headers', async () => {
    await world.images(OLD_IMAGE)
    await agent({ auth: { kind: 'custom' } })
    const done = await deploy({ ...run(), 'rollback-on-failure': 'true' })
    expect(done.runner.outputs).toMatchObject({ status: 'failed' })
    expect(done.runner.outputs['rolled-back-to'] ?? '').toBe('')
    expect(errorOf(done)).toMatch(
      /401: .*\nThe revision is active and receives requests\.\nSkipped the rollback, .*\. The request contained the key of `api-key`\..*X-Auth-Scheme: langsmith/
    )
  })

  test("causes no rollback during an outage of LangSmith's own auth", async () => {
    await world.images(OLD_IMAGE)
    await agent({ auth: { kind: 'down' } })
    const done = await deploy({ ...run(), 'rollback-on-failure': 'true' })
    expect(done.runner.outputs.status).toBe('failed')
    expect(errorOf(done)).toContain(
      '500: Internal Server Error.\nThe revision is active and receives requests.\nSkipped the rollback'
    )
  })

  test('is masked with other secrets in all responses, even if truncated', async () => {
    const secret = 'correct-horse-battery-staple'
    const message = `${'x'.repeat(590)}${secret}`
    await graphs({}, { support: { load: 'value-error', message } })
    const done = await deploy({ ...GRAPHS, secrets: `TOKEN=${secret}` })
    await graphs({ runs: [{ result: { output: `${'y'.repeat(1_990)}${secret}` } }] })
    const ran = await deploy({ ...run(), secrets: `TOKEN=${secret}`, 'image-uri': 'a:3' })
    for (const { runner } of [done, ran]) {
      const told = runner.told.filter(({ kind }) => kind !== 'mask').map(({ text }) => text)
      expect(told.join('\n').replace(/&#45;/g, '-')).not.toMatch(/correct|staple/)
    }
  })

  test('is accepted by custom auth with the scheme from the advice', async () => {
    await agent({ auth: { kind: 'custom' } })
    const done = await deploy({ ...run(), 'agent-headers': 'X-Auth-Scheme: langsmith' })
    expect(done.runner.outputs.status).toBe('deployed')
  })

  test('is omitted on a pull request, a preview or a comment by default', async () => {
    for (const [inputs, given] of [
      [{}, OWN_PULL_REQUEST],
      [{ preview: 'true' }, OWN_PULL_REQUEST]
    ] as const) {
      const done = await deploy({ ...run(), ...inputs }, given)
      expect(done.runner.outputs.status).toBe('error')
      expect(errorOf(done)).toContain('`agent-api-key` is missing')
    }
    expect(await world.requests()).toEqual([])
  })

  test('is sent on a pull request if set', async () => {
    const done = await deploy({ ...run(), 'agent-api-key': 'lsv2_pt_for_the_agent_1' }, OWN_PULL_REQUEST)
    expect(done.runner.outputs.status).toBe('deployed')
  })

  test('is not sent to the target of a redirect', async () => {
    await world.api.scenario({
      faults: [
        {
          path: '/agents/*/runs/wait',
          times: null,
          action: 'redirect',
          location: `${world.api.emulator.url}/elsewhere`
        }
      ]
    })
    const done = await deploy(run())
    expect(done.runner.outputs.status).toBe('failed')
    expect((await world.requests()).some((one) => one.includes('elsewhere'))).toBe(false)
  })

  test('is not sent over http to another machine', async () => {
    const done = await deploy({ ...run(), 'custom-url': 'http://agent.internal', 'health-check': 'false' })
    expect(done.runner.outputs.status).toBe('failed')
    expect(errorOf(done)).toContain('https')
    expect(await calls()).toEqual([])
  })
})
