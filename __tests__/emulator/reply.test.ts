import { expect, test } from '@jest/globals'
import { createClock } from '../../emulator/clock.ts'
import { send } from '../../emulator/reply.ts'
import { createWebApp, type WebRoute } from '../../emulator/web.ts'

function* failing(): Generator<string> {
  yield '[1'
  throw new RangeError('Invalid string length')
}

test('a list that fails in the middle cuts only its own response', async () => {
  const clock = createClock(false)
  const route = (url: string, parts: () => Iterable<string>): WebRoute => ({
    method: 'GET',
    url,
    handle: (_, reply) =>
      send(reply, { kind: 'answer', answer: { status: 200, parts: parts() }, delayMs: 0 }, undefined, clock)
  })
  const app = createWebApp({
    routes: [route('/failing', failing), route('/whole', () => ['[', ']'])],
    notFound: async () => undefined,
    rewriteUrl: (url) => url,
    failed: async () => undefined,
    readBody: async () => undefined,
    arrived: () => undefined
  })
  const port = await app.listen({ host: '127.0.0.1', port: 0 })
  const text = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text()
  try {
    await expect(text('/failing')).rejects.toThrow()
    expect(await text('/whole')).toBe('[]')
  } finally {
    await app.close()
  }
})
