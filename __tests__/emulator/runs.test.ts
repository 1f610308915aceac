import { request } from 'node:http'
import { describe, expect, test } from '@jest/globals'
import { at, create, type Json, type Reply, records, until, useEmulator, useSkippedTime } from './support.ts'

const client = useEmulator()
const skip = useSkippedTime()
const LIFETIME_MS = 60_000
const UNKNOWN_ID = '11111111-1111-4111-8111-111111111111'
const AGENT_ID = 'fe096781-5601-53d2-b2f6-0d3403f7e9ca'

/** Creates a deployment with a scripted graph `agent`. */
async function agent(graph: Json = {}, traits: Json = {}): Promise<string> {
  await client.scenario({ agent: { graphs: { agent: graph }, ...traits } })
  const id = await create(client)
  skip(LIFETIME_MS)
  return id
}

function run(id: string, body: Json = {}, requestId = 'seven'): Promise<Reply> {
  const sent = { assistant_id: 'agent', input: { question: 'hi' }, ...body }
  return client.call('POST', `/agents/${id}/runs/wait`, { body: sent, headers: { 'X-Request-Id': requestId } })
}

async function runs(): Promise<Json[]> {
  return records((await client.call('GET', '/_emulator/runs', { key: null })).value)
}

async function messages(id: string, query: string): Promise<string[]> {
  const { logs } = await client.ask(200, 'GET', `/v2/deployments/${id}/logs?limit=100&${query}`)
  return records(logs).map(({ message }) => String(message))
}

/** A run whose response is read as a stream; `leave` cuts the connection. */
function openRun(id: string, body: Json = {}) {
  const seen = { status: 0, location: '', text: '', ended: false }
  const url = `${client.emulator.url}/agents/${id}/runs/wait`
  const headers = { 'content-type': 'application/json', 'x-api-key': 'k' }
  const call = request(url, { method: 'POST', headers }, (response) => {
    seen.status = response.statusCode ?? 0
    seen.location = String(response.headers['content-location'])
    response.on('data', (chunk: Buffer) => {
      seen.text += chunk.toString()
    })
    response.on('error', () => {})
    response.on('end', () => {
      seen.ended = true
    })
  })
  call.on('error', () => {})
  call.end(JSON.stringify({ assistant_id: 'agent', input: { question: 'hi' }, ...body }))
  return { seen, leave: () => call.destroy() }
}

describe('the response of a run', () => {
  const MESSAGES = [{ role: 'user', content: 'hi' }]
  const stopped = {
    question: 'hi',
    __interrupt__: [{ value: { sure: true }, id: expect.any(String), response_schema: null }]
  }
  const failed = (error: string, message: string) => ({ __error__: { error, message } })

  test.each<[string, Json, Json, unknown]>([
    ['what was sent in, with an answer', {}, {}, { question: 'hi', output: 'Hello from the emulator' }],
    [
      'another message',
      {},
      { input: { messages: MESSAGES } },
      { messages: [...MESSAGES, { type: 'ai', content: 'Hello from the emulator' }] }
    ],
    ['an empty object', { runs: [{ result: {} }] }, {}, {}],
    ['a string', { runs: [{ result: 'done' }] }, {}, 'done'],
    ['no input', {}, { input: null }, failed('EmptyInputError', 'Received no input for __start__')],
    ['null', { runs: [{ result: null }] }, {}, null],
    [
      'an error of the graph',
      { runs: [{ error: { type: 'TypeError', message: 'no' } }] },
      {},
      failed('TypeError', 'no')
    ],
    [
      'an error of a custom class',
      { runs: [{ error: { type: 'RateLimitError', message: 'key sk-1 is over its limit' } }] },
      {},
      failed('RateLimitError', 'An internal error occurred')
    ],
    ['a stop for a human', { runs: [{ interrupt: { sure: true } }] }, {}, stopped],
    ['just the input when it was canceled', { runs: [{ cancelled: true }] }, {}, { question: 'hi' }],
    ['a factory without its secret', { load: 'error' }, {}, failed('KeyError', "'OPENAI_API_KEY'")],
    ['a factory with a ValueError', { load: 'value-error', message: 'no key' }, {}, failed('ValueError', 'no key')],
    [
      'no graph',
      { load: 'no-graph' },
      {},
      failed('HTTPException', "424: Graph 'agent' is not valid. Review graph registration. None")
    ],
    ['a factory with an HTTPException', { load: 418, message: 'tea' }, {}, failed('HTTPException', '418: tea')],
    ['a graph that cannot be drawn runs', { load: 'not-drawable' }, {}, expect.objectContaining({ question: 'hi' })],
    [
      'a removed graph, by UUID',
      { load: 'removed' },
      { assistant_id: AGENT_ID },
      expect.objectContaining(failed('HTTPException', "404: Graph 'agent' not found"))
    ]
  ])('is correct for %s', async (_, graph, body, expected) => {
    const reply = await run(await agent(graph), body)
    expect(reply.status).toBe(200)
    expect(reply.value).toEqual(expected)
    expect(reply.headers.get('content-location')).toMatch(/^\/threads\/[0-9a-f-]{36}\/runs\/[0-9a-f-]{36}$/)
    expect(reply.headers.get('content-type')).toBe('application/json')
  })

  test('follows the script, whose last run repeats, for each revision separately', async () => {
    const id = await agent({ runs: [{ result: 1 }, { result: 2 }] })
    const results = async (count: number) => {
      const values = []
      for (let nth = 0; nth < count; nth++) values.push((await run(id)).value)
      return values
    }
    expect(await results(3)).toEqual([1, 2, 2])
    await client.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: 'next' } })
    skip(LIFETIME_MS)
    expect(await results(2)).toEqual([1, 2])
  })
})

describe('a run is refused', () => {
  test.each<[string, Json, number, string]>([
    [
      'an unknown graph',
      { assistant_id: 'other' },
      422,
      "Invalid assistant: 'other'. Must be either:\n- A valid assistant UUID, or\n- One of the registered graphs: agent"
    ],
    ['an unknown assistant', { assistant_id: UNKNOWN_ID }, 404, 'Thread or assistant not found.'],
    [
      'context and configurable',
      { context: { a: 1 }, config: { configurable: { b: 2 } } },
      400,
      'Cannot specify both configurable and context. Prefer setting context alone. Context was introduced in LangGraph 0.6.0 and is the long term planned replacement for configurable.'
    ],
    ['another word', { on_disconnect: 'stop' }, 422, '"stop" is not one of "cancel" or "continue"'],
    ['no assistant', { assistant_id: undefined }, 422, '"assistant_id" is a required property']
  ])('for %s', async (_, body, status, detail) => {
    const reply = await run(await agent(), body)
    expect(reply).toMatchObject({ status, body: { detail } })
    expect(await runs()).toEqual([])
  })

  test('by name for a removed graph', async () => {
    expect(await run(await agent({ load: 'removed' }))).toMatchObject({ status: 422 })
  })
})

describe('a run over time', () => {
  test('sends headers at once, a newline every five seconds, and then the result', async () => {
    const id = await agent({ runs: [{ ms: 12_000, result: {} }] })
    const { seen } = openRun(id)
    await until(async () => seen.location !== '')
    expect(seen).toMatchObject({ status: 200, text: '', ended: false })
    skip(5_000)
    await until(async () => seen.text === '\n')
    expect(await runs()).toMatchObject([{ status: 'running', abandoned: false, ended_at: null }])
    skip(7_000)
    await until(async () => seen.ended)
    expect(seen.text).toBe('\n\n{}')
    const [done] = await runs()
    expect(Number(done?.ended_at) - Number(done?.started_at)).toBe(12_000)
  })

  test.each([
    ['cancel', 'cancelled', true],
    ['continue', 'running', false],
    [undefined, 'running', false]
  ])('with on_disconnect %s ends accordingly if the client leaves', async (on_disconnect, status, isOver) => {
    const id = await agent({ runs: [{ ms: 30_000 }] })
    const { seen, leave } = openRun(id, { on_disconnect })
    await until(async () => seen.status === 200)
    leave()
    const left = await until(async () => (await runs()).find(({ abandoned }) => abandoned === true))
    expect(left).toMatchObject({ status, on_disconnect: on_disconnect ?? 'continue' })
    expect(left.ended_at !== null).toBe(isOver)
    skip(30_000)
    expect(await client.call('GET', '/v2/deployments')).toMatchObject({ status: 200 })
    expect(await runs()).toMatchObject([{ abandoned: true, status: isOver ? 'cancelled' : 'success' }])
  })

  test('without an end continues without its client', async () => {
    const id = await agent({ runs: [{ ms: null }] })
    const { seen, leave } = openRun(id)
    await until(async () => seen.status === 200)
    skip(3_600_000)
    await until(async () => seen.text.length === 720)
    leave()
    await until(async () => (await runs()).some(({ abandoned }) => abandoned === true))
    expect(await runs()).toMatchObject([{ status: 'running' }])
  })

  test.each([
    ['cut_body', 'half of the answer', { action: 'cut_body' }],
    ['cut', 'nothing', { action: 'cut', commit: true }]
  ])('has its connection cut: %s', async (_, __, fault) => {
    const id = await agent({ runs: [{ ms: 30_000 }] })
    await client.scenario({
      agent: { graphs: { agent: { runs: [{ ms: 30_000 }] } } },
      faults: [{ path: '/agents/*/runs/wait', ...fault }]
    })
    await expect(run(id, { on_disconnect: 'cancel' })).rejects.toThrow()
    expect(await runs()).toMatchObject([{ status: 'cancelled', abandoned: true }])
  })

  test('starts when a sleeping server is up', async () => {
    const id = await agent({}, { cold_start_ms: 20_000 })
    const { seen } = openRun(id)
    await until(async () => (await runs()).length === 1)
    expect(seen.status).toBe(0)
    skip(20_000)
    await until(async () => seen.ended)
    expect(JSON.parse(seen.text)).toEqual({ question: 'hi', output: 'Hello from the emulator' })
  })
})

describe('the deploy log', () => {
  test('contains the reason that the response omits, with the IDs of run and request', async () => {
    const id = await agent({
      runs: [
        {
          error: { type: 'Own', message: 'secret reason' },
          log: ['Calling the model', { level: 'WARNING', message: 'slow' }]
        }
      ]
    })
    await run(id, {}, 'first')
    await run(id, {}, 'second')
    const [first] = await runs()
    const own = await messages(id, `run_id=${first?.run_id}`)
    expect(own).toHaveLength(5)
    for (const line of own) expect(line).toContain(`request_id=first run_id=${first?.run_id}`)
    expect(own[0]).toMatch(/^Starting background run .*graph_id=agent /)
    expect(own[2]).toMatch(/^slow /)
    expect(own.slice(3)).toEqual([
      expect.stringContaining("Run encountered an error in graph: <class 'Own'>(secret reason)"),
      expect.stringContaining("Background run failed. Exception: <class 'Own'>(secret reason)")
    ])
    expect(await messages(id, 'level=ERROR&query=request_id=second')).toHaveLength(2)
    expect(await messages(id, `run_id=${UNKNOWN_ID}`)).toEqual([])
  })

  test('reports a run that was canceled because its client left', async () => {
    const id = await agent({ runs: [{ ms: 30_000 }] })
    const { seen, leave } = openRun(id, { on_disconnect: 'cancel' })
    await until(async () => seen.status === 200)
    leave()
    await until(async () => (await messages(id, 'query=on_disconnect=cancel')).length === 1)
  })
})

test('the record of a run contains the request, but no key', async () => {
  const id = await agent()
  await run(id, {
    metadata: { created_by: 'langsmith-deploy-action' },
    context: { user: 'x' },
    on_disconnect: 'cancel'
  })
  const [only, ...others] = await runs()
  expect(others).toEqual([])
  expect(only).toMatchObject({
    deployment_id: id,
    revision_id: (await client.ask(200, 'GET', `/v2/deployments/${id}`)).active_revision_id,
    graph_id: 'agent',
    assistant_id: AGENT_ID,
    request_id: 'seven',
    input: { question: 'hi' },
    context: { user: 'x' },
    config: null,
    metadata: { created_by: 'langsmith-deploy-action' },
    on_disconnect: 'cancel',
    status: 'success',
    abandoned: false,
    output: { question: 'hi', output: 'Hello from the emulator' }
  })
  expect(at(only, 'headers')).toBeUndefined()
  await client.ask(204, 'POST', '/_emulator/reset')
  expect(await runs()).toEqual([])
})

test('the oldest runs lose their requests if all of them exceed 64 MB', async () => {
  const id = await agent({ runs: [{}, {}, {}, {}, { result: 'fifth' }] })
  const input = { text: 'x'.repeat(20 * 2 ** 20) }
  for (let count = 0; count < 4; count++) expect((await run(id, { input })).status).toBe(200)
  expect((await run(id)).value).toBe('fifth')
  const all = await runs()
  expect(all.map((one) => (one.input === null ? 'forgotten' : 'kept'))).toEqual([
    'forgotten',
    'kept',
    'kept',
    'kept',
    'kept'
  ])
  expect(all[0]).toMatchObject({ status: 'success', output: null })
})
