import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import type { Answer, AnswerStream } from './http.ts'
import type { KeptRequest } from './journal.ts'
import type { Outcome } from './outcome.ts'

/** Puts an outcome on the wire, and its status into the journal where the client gets a whole answer. */
export async function send(reply: FastifyReply, outcome: Outcome, entry: KeptRequest | undefined): Promise<void> {
  switch (outcome.kind) {
    case 'answer':
      if (outcome.delayMs > 0) await sleep(outcome.delayMs, undefined, { ref: false })
      await reached(outcome.answer.notBefore ?? 0, reply)
      if (outcome.answer.stream) {
        await sendStream(reply, outcome.answer, outcome.answer.stream, entry)
        return
      }
      if (entry && !reply.raw.destroyed) entry.status = outcome.answer.status
      sendWhole(reply, outcome.answer)
      return
    case 'half':
      return sendHalf(reply, outcome.answer)
    case 'cut':
      reply.hijack()
      reply.raw.destroy()
      return
    case 'hang':
      reply.hijack()
  }
}

/** How often a held answer checks the clock, which a test may move. */
const LOOK_EVERY_MS = 5

/** Waits for a moment of `Date.now()`, or until the client is gone. */
async function reached(moment: number, { raw }: FastifyReply): Promise<void> {
  while (Date.now() < moment && !raw.destroyed) await sleep(LOOK_EVERY_MS, undefined, { ref: false })
}

async function sendStream(
  reply: FastifyReply,
  answer: Answer,
  stream: AnswerStream,
  entry: KeptRequest | undefined
): Promise<void> {
  const { raw } = reply
  reply.hijack()
  raw.writeHead(answer.status, headersOf(answer))
  raw.flushHeaders()
  for (;;) {
    if (raw.destroyed) {
      stream.left(Date.now())
      return
    }
    const { text, last } = stream.next(Date.now())
    if (last) {
      if (entry) entry.status = answer.status
      raw.end(text)
      return
    }
    if (text !== '') raw.write(text)
    await sleep(LOOK_EVERY_MS, undefined, { ref: false })
  }
}

function sendWhole(reply: FastifyReply, answer: Answer): void {
  if (answer.parts) {
    const bytes = Readable.from(answer.parts, { objectMode: false, encoding: 'utf8' })
    reply
      .code(answer.status)
      .headers({ 'content-type': 'application/json', ...answer.headers })
      .send(bytes)
    return
  }
  const text = textOf(answer)
  // As bytes, for Fastify adds a charset to text and the real server states none.
  reply
    .code(answer.status)
    .headers(headersOf(answer))
    .send(text === undefined ? undefined : Buffer.from(text))
}

function sendHalf(reply: FastifyReply, answer: Answer): void {
  if (answer.stream) {
    sendBegun(reply, answer, answer.stream)
    return
  }
  const text = Buffer.from(textOf(answer) ?? '')
  reply.hijack()
  reply.raw.writeHead(answer.status, { ...headersOf(answer), 'content-length': text.length })
  // Only once the half is on its way: a destroyed socket drops what it still holds.
  reply.raw.write(text.subarray(0, Math.floor(text.length / 2)), () => reply.raw.destroy())
}

/** The headers and what there is at once. */
function sendBegun(reply: FastifyReply, answer: Answer, stream: AnswerStream): void {
  reply.hijack()
  reply.raw.writeHead(answer.status, headersOf(answer))
  const { text } = stream.next(Date.now())
  stream.left(Date.now())
  reply.raw.write(text.slice(0, Math.floor(text.length / 2)) || '\n', () => reply.raw.destroy())
}

function headersOf(answer: Answer): Record<string, string> {
  return answer.body === undefined ? { ...answer.headers } : { 'content-type': 'application/json', ...answer.headers }
}

function textOf(answer: Answer): string | undefined {
  return answer.body === undefined ? answer.text : JSON.stringify(answer.body)
}
