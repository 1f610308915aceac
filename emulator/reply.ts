import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import type { Answer } from './http.ts'
import type { JournalEntry } from './journal.ts'
import type { Outcome } from './outcome.ts'

/** Puts an outcome on the wire, and its status into the journal where the client gets a whole answer. */
export async function send(reply: FastifyReply, outcome: Outcome, entry: JournalEntry | undefined): Promise<void> {
  switch (outcome.kind) {
    case 'answer':
      if (outcome.delayMs > 0) await sleep(outcome.delayMs, undefined, { ref: false })
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

function sendWhole(reply: FastifyReply, answer: Answer): void {
  const text = textOf(answer)
  // As bytes, for Fastify adds a charset to text and the real server states none.
  reply
    .code(answer.status)
    .headers(headersOf(answer))
    .send(text === undefined ? undefined : Buffer.from(text))
}

function sendHalf(reply: FastifyReply, answer: Answer): void {
  const text = Buffer.from(textOf(answer) ?? '')
  reply.hijack()
  reply.raw.writeHead(answer.status, { ...headersOf(answer), 'content-length': text.length })
  // Only once the half is on its way: a destroyed socket drops what it still holds.
  reply.raw.write(text.subarray(0, Math.floor(text.length / 2)), () => reply.raw.destroy())
}

function headersOf(answer: Answer): Record<string, string> {
  return answer.body === undefined ? { ...answer.headers } : { 'content-type': 'application/json', ...answer.headers }
}

function textOf(answer: Answer): string | undefined {
  return answer.body === undefined ? answer.text : JSON.stringify(answer.body)
}
