import { pipeline, Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EmulatorClock } from './clock.ts'
import type { Answer, AnswerStream } from './http.ts'
import type { KeptRequest } from './journal.ts'
import type { Outcome } from './outcome.ts'
import type { WebReply } from './web.ts'

/** Sends an outcome, and records its status in the journal if the client gets a complete response. */
export async function send(
  reply: WebReply,
  outcome: Outcome,
  entry: KeptRequest | undefined,
  clock: EmulatorClock
): Promise<void> {
  switch (outcome.kind) {
    case 'answer':
      if (outcome.delayMs > 0) await delay(outcome.delayMs, reply, clock)
      await reached(outcome.answer.notBefore ?? 0, reply, clock)
      if (outcome.answer.stream) {
        await sendStream(reply, outcome.answer, outcome.answer.stream, entry, clock)
        return
      }
      if (entry && !reply.raw.destroyed) entry.status = outcome.answer.status
      sendWhole(reply, outcome.answer)
      return
    case 'half':
      return sendHalf(reply, outcome.answer, clock)
    case 'cut':
      reply.raw.destroy()
      return
    case 'hang':
      return
  }
}

/** Interval at which a held response checks the clock, which a test may move. */
const LOOK_EVERY_MS = 5

/** Under manual time, a delay also ends only on request. */
async function delay(ms: number, reply: WebReply, clock: EmulatorClock): Promise<void> {
  if (clock.manual) await reached(clock.now() + ms, reply, clock)
  else await sleep(ms, undefined, { ref: false })
}

/** Waits until a time of the clock, or until the client disconnects. */
async function reached(moment: number, { raw }: WebReply, clock: EmulatorClock): Promise<void> {
  while (clock.now() < moment && !raw.destroyed) await sleep(LOOK_EVERY_MS, undefined, { ref: false })
}

async function sendStream(
  reply: WebReply,
  answer: Answer,
  stream: AnswerStream,
  entry: KeptRequest | undefined,
  clock: EmulatorClock
): Promise<void> {
  const { raw } = reply
  raw.writeHead(answer.status, headersOf(answer))
  raw.flushHeaders()
  for (;;) {
    if (raw.destroyed) {
      stream.left(clock.now())
      return
    }
    const { text, last } = stream.next(clock.now())
    if (last) {
      if (entry) entry.status = answer.status
      raw.end(text)
      return
    }
    if (text !== '') raw.write(text)
    await sleep(LOOK_EVERY_MS, undefined, { ref: false })
  }
}

function sendWhole(reply: WebReply, answer: Answer): void {
  if (answer.parts) {
    reply.raw.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    // An error in the middle of a list cuts only this response.
    pipeline(Readable.from(answer.parts, { objectMode: false, encoding: 'utf8' }), reply.raw, () => undefined)
    return
  }
  const text = textOf(answer)
  reply.send(answer.status, headersOf(answer), text === undefined ? undefined : Buffer.from(text))
}

function sendHalf(reply: WebReply, answer: Answer, clock: EmulatorClock): void {
  if (answer.stream) {
    sendBegun(reply, answer, answer.stream, clock)
    return
  }
  const text = Buffer.from(textOf(answer) ?? '')
  reply.raw.writeHead(answer.status, { ...headersOf(answer), 'content-length': text.length })
  // Only after the half is sent: a destroyed socket drops its buffer.
  reply.raw.write(text.subarray(0, Math.floor(text.length / 2)), () => reply.raw.destroy())
}

/** Sends the headers and the data that is ready. */
function sendBegun(reply: WebReply, answer: Answer, stream: AnswerStream, clock: EmulatorClock): void {
  reply.raw.writeHead(answer.status, headersOf(answer))
  const { text } = stream.next(clock.now())
  stream.left(clock.now())
  reply.raw.write(text.slice(0, Math.floor(text.length / 2)) || '\n', () => reply.raw.destroy())
}

function headersOf(answer: Answer): Record<string, string> {
  return answer.body === undefined ? { ...answer.headers } : { 'content-type': 'application/json', ...answer.headers }
}

function textOf(answer: Answer): string | undefined {
  return answer.body === undefined ? answer.text : JSON.stringify(answer.body)
}
