import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { describe, expect, test } from '@jest/globals'
import { afterThisTest } from '../support/after-this-test.ts'

const SIGNALS = new URL('../../src/runner/signals.ts', import.meta.url).href

interface Listener {
  readonly child: ChildProcess
  /** Returns the next printed line. */
  next(): Promise<string>
}

/** Starts a process that listens for its cancellation, because Jest's own process receives no signals. */
async function listener(then: string): Promise<Listener> {
  const program = `
    import { listenForCancellation } from ${JSON.stringify(SIGNALS)}
    const cancellation = listenForCancellation()
    const tell = (...words) => console.log(words.join(' '))
    tell('ready', cancellation.at(), cancellation.signal.aborted)
    cancellation.signal.addEventListener('abort', () => tell('aborted', Math.abs(Date.now() - cancellation.at()) < 500))
    ${then}
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  afterThisTest(() => child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => String((await lines.next()).value)
  expect(await next()).toBe('ready  false')
  return { child, next }
}

describe('a cancellation', () => {
  test('is timed by the clock of the run, despite an earlier jump of the wall clock', async () => {
    const { child, next } = await listener(`
      const since = cancellation.at() ?? performance.timeOrigin + performance.now()
      const wall = Date.now
      Date.now = () => wall() + 200_000
      cancellation.signal.addEventListener('abort', () => tell('by the clock', cancellation.at() - since < 60_000))`)
    child.kill('SIGINT')
    expect(await next()).toBe('aborted false')
    expect(await next()).toBe('by the clock true')
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('is triggered by %s, which does not end the process', async (signal) => {
    const { child, next } = await listener('')
    child.kill(signal)
    expect(await next()).toBe('aborted true')
    expect(child.exitCode).toBeNull()
    expect(child.signalCode).toBeNull()
  })

  test('is timed from the first of several signals', async () => {
    const { child, next } = await listener(`
      let first
      process.on('SIGINT', () => { first ??= cancellation.at(); tell('moment', first === cancellation.at()) })
      process.on('SIGTERM', () => tell('moment', first === cancellation.at()))`)
    child.kill('SIGINT')
    expect([await next(), await next()]).toEqual(['aborted true', 'moment true'])
    await new Promise((resolve) => setTimeout(resolve, 20))
    child.kill('SIGTERM')
    expect(await next()).toBe('moment true')
  })

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'lets Node handle %s after its release, which ends the process',
    async (signal) => {
      const { child, next } = await listener(`cancellation.release(); tell('released')`)
      expect(await next()).toBe('released')
      child.kill(signal)
      expect(await once(child, 'exit')).toEqual([null, signal])
    }
  )
})
