import { describe, expect, test } from '@jest/globals'
import { runTool, type ToolError } from '../../src/registry/process.ts'
import { virtualClock } from '../deployment/samples.ts'
import { failureOf } from '../support/failure.ts'
import { standIns } from '../support/stand-in.ts'

// The stand-ins for docker and skopeo are shell scripts.
const unix = process.platform === 'win32' ? describe.skip : describe

const limitsOf = (signal: AbortSignal, ms = 60_000) => {
  const clock = virtualClock()
  return { clock, cancelled: signal, deadline: clock.now() + ms }
}

const run = (script: string, { signal = new AbortController().signal, mostMs = 10_000, ms = 60_000 } = {}) => {
  const environment = { PATH: standIns({ tool: script }).path, GREETING: 'good day' }
  return runTool({ command: 'tool', args: ['a', 'b c'], environment, limits: limitsOf(signal, ms), mostMs })
}

unix('a tool', () => {
  test('runs without a shell and standard input, and with only the given variables', async () => {
    expect(await run('cat; echo "$GREETING, $2; $HOME"')).toBe('good day, b c; \n')
  })

  test('that is not installed is reported as absent', async () => {
    const limits = limitsOf(new AbortController().signal)
    const call = { command: 'tool', args: [], environment: { PATH: standIns({}).path }, limits, mostMs: 1_000 }
    expect(await failureOf(runTool(call))).toMatchObject({ name: 'ToolError', isAbsent: true })
  })

  test.each([
    ['the last line', 'echo first >&2; echo "denied: no access" >&2', 'denied: no access'],
    [
      'the message of a logger',
      `echo 'time="2026-11-27" level=fatal msg="reading \\"x\\": gone"' >&2`,
      'reading "x": gone'
    ],
    ['an error without its prefix', 'echo "Error: no such image" >&2', 'no such image'],
    ['an error before its usage', `printf 'bad flag\\nUsage: tool [options]\\n\\n' >&2`, 'bad flag'],
    ['standard output', 'echo "only here."', 'only here'],
    ['a default text without output', ':', 'tool failed without output'],
    ['at most 500 characters', `printf '%01000d' 0 >&2`, '0'.repeat(500)]
  ])('that fails is reported with %s', async (_, script, said) => {
    expect(await failureOf(run(`${script}; exit 1`))).toMatchObject({
      name: 'ToolError',
      message: said,
      isAbsent: false
    })
  })

  test('that takes too long is stopped', async () => {
    const error = (await failureOf(run('exec sleep 30', { mostMs: 50 }))) as ToolError
    expect(error).toMatchObject({ name: 'ToolError', message: 'tool did not end within 0 s' })
  })

  test('is stopped immediately when the job is canceled', async () => {
    const controller = new AbortController()
    const running = run('exec sleep 30', { signal: controller.signal })
    setTimeout(() => controller.abort(), 50)
    expect(await failureOf(running)).toMatchObject({ name: 'CancelledError' })
  })

  test('is not started after the deadline', async () => {
    expect(await failureOf(run('echo x', { ms: 0 }))).toMatchObject({ name: 'DeadlineError' })
  })
})
