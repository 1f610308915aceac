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
  test('is run without a shell, with the variables that it is given and without standard input', async () => {
    expect(await run('cat; echo "$GREETING, $2; $HOME"')).toBe('good day, b c; \n')
  })

  test('that is not there is told as that', async () => {
    const limits = limitsOf(new AbortController().signal)
    const call = { command: 'tool', args: [], environment: { PATH: standIns({}).path }, limits, mostMs: 1_000 }
    expect(await failureOf(runTool(call))).toMatchObject({ name: 'ToolError', isAbsent: true })
  })

  test.each([
    ['the last line', 'echo first >&2; echo "denied: no access" >&2', 'denied: no access'],
    [
      'what a logger quotes',
      `echo 'time="2026-11-27" level=fatal msg="reading \\"x\\": gone"' >&2`,
      'reading "x": gone'
    ],
    ['an error without its title', 'echo "Error: no such image" >&2', 'no such image'],
    ['an error before its usage', `printf 'bad flag\\nUsage: tool [options]\\n\\n' >&2`, 'bad flag'],
    ['standard output', 'echo "only here."', 'only here'],
    ['that nothing was said', ':', 'tool failed without output'],
    ['not more than a line can hold', `printf '%01000d' 0 >&2`, '0'.repeat(500)]
  ])('that fails is told by %s', async (_, script, said) => {
    expect(await failureOf(run(`${script}; exit 1`))).toMatchObject({
      name: 'ToolError',
      message: said,
      isAbsent: false
    })
  })

  test('that takes too long is ended', async () => {
    const error = (await failureOf(run('exec sleep 30', { mostMs: 50 }))) as ToolError
    expect(error).toMatchObject({ name: 'ToolError', message: 'tool did not end within 0 s' })
  })

  test('is ended at once when the job is cancelled', async () => {
    const controller = new AbortController()
    const running = run('exec sleep 30', { signal: controller.signal })
    setTimeout(() => controller.abort(), 50)
    expect(await failureOf(running)).toMatchObject({ name: 'CancelledError' })
  })

  test('is not begun after the deadline', async () => {
    expect(await failureOf(run('echo x', { ms: 0 }))).toMatchObject({ name: 'DeadlineError' })
  })
})
