import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { changesSomething } from './calls.ts'
import type { ChaosCase } from './case.ts'
import type { Sent } from './evidence.ts'
import { chooseFault, DOUBTFUL } from './faults.ts'
import { hideSecrets } from './hidden.ts'
import { lagging } from './lag.ts'
import { createRandom, type Random } from './random.ts'
import type { Server, ServerAnswer } from './server.ts'
import type { VirtualTime } from './time.ts'

/** The proxy between the action and the control plane: real sockets with faults. */
export interface FaultyLine {
  readonly url: string
  readonly requests: readonly Sent[]
  /** Requests that the other host received. */
  readonly strayRequests: readonly string[]
  /** Ends the connection of a killed process: its requests get no responses. */
  abandon(): void
  /** Sets the origin of the following requests. */
  serve(by: 'run' | 'post'): void
  close(): Promise<void>
}

export interface ProxyOptions {
  readonly chaos: ChaosCase
  readonly server: Server
  readonly time: VirtualTime
  readonly startedAt: number
  /** Receives each request when it arrives, and again when it has been processed. */
  readonly onRequest: (sent: Sent, committed: boolean) => void
}

const PAGE = '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>'

export async function startProxy({ chaos, server, time, startedAt, onRequest }: ProxyOptions): Promise<FaultyLine> {
  const requests: Sent[] = []
  const strayRequests: string[] = []
  const sockets = new Set<Socket>()
  const gone = new Set<Socket>()
  let by: 'run' | 'post' = 'run'
  let isServing = true
  let writes = 0
  let sinceDoubt: number | undefined

  const stray = createHttpServer(async (request, response) => {
    const body = await buffer(request)
    strayRequests.push(`${request.method} ${request.url}\n${JSON.stringify(request.headers)}\n${body.toString()}`)
    response.end('{}')
  })
  const strayUrl = await listen(stray)

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request
    response.on('error', () => {})
    const body = await buffer(request).catch(() => undefined)
    const { method = '', url: path = '' } = request
    if (!body) return
    if (gone.has(socket) || !isServing) return void time.hold(method, path, Number.POSITIVE_INFINITY)
    const random = createRandom(chaos.seed, `request ${requests.length + 1}`)
    const sent: Sent = {
      n: requests.length + 1,
      by,
      at: time.now(),
      method,
      path,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: body.length > 100_000 || path.startsWith('/storage') ? `(${body.length} bytes)` : body.toString(),
      fault: undefined,
      lagged: false,
      carriedOutAt: undefined,
      heard: undefined,
      endedAt: undefined
    }
    requests.push(sent)
    response.on('close', () => {
      sent.endedAt ??= time.now()
    })
    const isWrite = changesSomething(method, path)
    if (isWrite) writes += 1
    if (sinceDoubt !== undefined) sinceDoubt += 1
    const circumstances = { elapsed: sent.at - startedAt, nthWrite: isWrite ? writes : undefined, sinceDoubt }
    // The agent is a separate server with its own faults.
    sent.fault = path.startsWith('/agents/') ? undefined : chooseFault(chaos.faults, random, circumstances)
    if (isWrite && sent.fault && DOUBTFUL.has(sent.fault)) sinceDoubt = 0

    await time.hold(method, path, random.between(20, 400))
    onRequest(sent, false)
    if (gone.has(socket)) {
      // The request was in flight when the process was killed, and may have arrived.
      if (random.chance(0.5)) await carryOut(sent, body)
      return
    }
    await befall({ sent, body, request, response, random })
  }

  const carryOut = async (sent: Sent, body: Buffer, isDuplicate = false): Promise<ServerAnswer> => {
    const { method, path, headers, n } = sent
    const { 'content-length': length, connection, host, ...kept } = headers
    const isArchive = path.startsWith('/storage')
    const answer = await carryOutHidden(
      {
        method,
        path,
        headers: isArchive && length ? { ...kept, 'content-length': length } : kept,
        ...(body.length > 0 ? { body } : {})
      },
      isDuplicate ? 'duplicate' : sent.by,
      n
    )
    if (!isDuplicate) {
      sent.carriedOutAt = time.now()
      onRequest(sent, true)
    }
    return answer
  }

  /** Hides variables in the server's response. */
  const carryOutHidden: Server['carryOut'] = async (call, doer, n) => {
    const answer = await server.carryOut(call, doer, n)
    const { hiding } = chaos
    if (!hiding || !isJson(answer)) return answer
    const isEmptyNow = createRandom(chaos.seed, `hiding ${n}`).chance(0.3)
    return {
      ...answer,
      headers: withoutLength(answer.headers),
      body: Buffer.from(JSON.stringify(hideSecrets(JSON.parse(answer.body.toString()), hiding, isEmptyNow)))
    }
  }

  const befall = async (exchange: Exchange) => {
    const { sent, body, response, random } = exchange
    const { method, path } = sent
    const socket = exchange.request.socket
    const cut = () => response.destroy()
    const reply = (answer: ServerAnswer) => {
      if (gone.has(socket) || response.destroyed) return
      response.writeHead(answer.status, answer.headers)
      response.end(answer.body, () => {
        if (!response.writableFinished) return
        sent.heard = { at: time.now(), status: answer.status, text: answer.body.toString() }
      })
    }
    const later = (ms: number) => time.at(time.now() + ms, () => carryOut(sent, body))
    const isStored = path.startsWith('/storage')
    switch (sent.fault) {
      case undefined: {
        const answer = await carryOut(sent, body)
        return reply(lagOf(sent, random, answer) ?? answer)
      }
      case 'lag':
        return reply(await carryOut(sent, body))
      case 'lost':
        await carryOut(sent, body)
        return cut()
      case 'late':
        later(random.between(1_000, 80_000))
        return reply(jsonAnswer(504, { detail: 'Gateway Timeout' }))
      case 'late-cut':
        later(random.between(1_000, 80_000))
        return cut()
      case 'duplicated': {
        const first = await carryOut(sent, body)
        if (isStored) return reply(first)
        if (random.chance(0.5)) {
          time.at(time.now() + random.between(100, 5_000), () => carryOut(sent, body, true))
          return reply(first)
        }
        const second = await carryOut(sent, body, true)
        return reply(random.chance(0.5) ? first : second)
      }
      case 'truncated': {
        const answer = await carryOut(sent, body)
        if (gone.has(socket)) return
        response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length + 100) })
        response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), cut)
        return
      }
      case 'html':
        if (random.chance(0.5)) await carryOut(sent, body)
        return reply({ status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from(PAGE) })
      case 'empty':
        await carryOut(sent, body)
        return reply({ status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.alloc(0) })
      case 'error':
        return reply(jsonAnswer(random.pick([500, 502, 503]), { detail: 'Internal Server Error' }))
      case 'error-committed':
        await carryOut(sent, body)
        return reply(jsonAnswer(random.pick([500, 502, 504]), { detail: 'upstream timed out' }))
      case 'echo':
        return reply(echo(sent, random))
      case 'refused':
        return reply(
          jsonAnswer(random.pick(method === 'GET' ? [400, 404] : [400, 404, 409, 422]), { detail: 'Not now.' })
        )
      case 'key-refused':
        return reply(jsonAnswer(random.pick([401, 403]), { detail: 'Invalid API key' }))
      case 'throttled':
        return reply(jsonAnswer(429, { detail: 'Too Many Requests' }))
      case 'throttled-retry-after':
        return reply(
          jsonAnswer(429, { detail: 'Too Many Requests' }, { 'retry-after': retryAfter(random, time.now()) })
        )
      case 'redirect':
        return reply(jsonAnswer(random.pick([301, 302, 307, 308]), {}, { location: strayUrl + path }))
      case 'reset':
        exchange.request.socket.resetAndDestroy()
        return
      case 'hang':
        return holdForEver(method, path, response)
      case 'hang-committed':
        await carryOut(sent, body)
        return holdForEver(method, path, response)
      case 'slow': {
        const answer = await carryOut(sent, body)
        await time.hold(method, path, random.between(5_000, 50_000))
        return reply(answer)
      }
    }
  }

  const holdForEver = (method: string, path: string, response: ServerResponse) => {
    void time.hold(method, path, Number.POSITIVE_INFINITY)
    response.on('close', () => {})
  }

  /** Returns the response of a lagging replica, if the plan has one at this time. */
  const lagOf = (sent: Sent, random: Random, answer: ServerAnswer): ServerAnswer | undefined => {
    const { lag } = chaos.faults
    const elapsed = time.now() - startedAt
    if (!lag || sent.method !== 'GET' || !sent.path.startsWith('/v2/')) return undefined
    if (elapsed < lag.from || elapsed >= lag.to || !random.chance(lag.share)) return undefined
    if (!isJson(answer)) return undefined
    const body: unknown = JSON.parse(answer.body.toString())
    const older = lagging(server.state, sent.path, { status: answer.status, body }, time.now() - lag.ms)
    const isOther = JSON.stringify(older.body) !== answer.body.toString()
    if (!isOther) return undefined
    sent.lagged = true
    sent.fault = 'lag'
    return jsonAnswer(older.status, older.body)
  }

  const front = createHttpServer((request, response) => {
    void handle(request, response).catch(() => response.destroy())
  })
  front.keepAliveTimeout = 0
  front.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
    })
  })
  const url = await listen(front)
  return {
    url,
    requests,
    strayRequests,
    abandon: () => {
      isServing = false
      for (const socket of sockets) gone.add(socket)
      time.forget()
    },
    serve: (who) => {
      by = who
      isServing = true
    },
    close: async () => {
      for (const each of [front, stray]) {
        each.closeAllConnections()
        await new Promise((resolve) => each.close(resolve))
      }
    }
  }
}

interface Exchange {
  readonly sent: Sent
  readonly body: Buffer
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly random: Random
}

async function listen(server: ReturnType<typeof createHttpServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

function isJson({ headers, body }: ServerAnswer): boolean {
  return body.length > 0 && String(headers['content-type']).startsWith('application/json')
}

function withoutLength({ 'content-length': _, ...headers }: ServerAnswer['headers']): ServerAnswer['headers'] {
  return headers
}

function jsonAnswer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): ServerAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(body))
  }
}

/** An error that repeats the request, as validation errors and debug pages do. */
function echo({ method, body, headers }: Sent, random: Random): ServerAnswer {
  const key = headers['x-api-key'] ?? ''
  const input: unknown = body === '' || body.startsWith('(') ? null : JSON.parse(body)
  return random.pick<() => ServerAnswer>([
    () => jsonAnswer(500, { detail: `Unhandled: ${body} with X-Api-Key ${key}` }),
    () =>
      jsonAnswer(method === 'GET' ? 500 : 422, {
        detail: [{ type: 'value_error', loc: ['body'], msg: 'Value error', input }]
      }),
    () => ({
      status: 502,
      headers: { 'content-type': 'text/plain' },
      body: Buffer.from(`proxy error: ${key}\n${body}`)
    })
  ])()
}

/** Includes statuses that no server should return. */
function retryAfter(random: Random, now: number): string {
  return random.pick([
    '0',
    '1',
    '20',
    '120',
    '86400',
    '99999999999',
    '-5',
    'soon',
    new Date(now + 5_000).toUTCString(),
    new Date(now + 86_400_000).toUTCString(),
    new Date(now - 60_000).toUTCString()
  ])
}
