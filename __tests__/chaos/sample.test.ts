import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { drawCase } from '../../chaos/case.ts'

const MAIN = fileURLToPath(new URL('../../chaos/main.ts', import.meta.url))

/** Runs a separate process, because the harness replaces the clock of its whole thread. */
function chaos(...options: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...options], { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error ? 1 : 0
      resolve({ code, text: stdout + stderr })
    })
  })
}

test('forty seeds: no doubles, no wrong verdict, no leak, no hang', async () => {
  const { code, text } = await chaos('--seeds', '40', '--from', '1')
  expect(text).toMatch(/^Seeds +40 in /m)
  // Shows the whole report after a violation.
  expect(code === 0 ? '' : text).toBe('')
}, 60_000)

test('a seed is the same case each time, and its story tells faults and requests', async () => {
  expect(drawCase(7)).toEqual(drawCase(7))
  const [one, other] = await Promise.all([chaos('--seed', '10'), chaos('--seed', '10')])
  const shape = (text: string) =>
    text.match(/ run (GET|POST|PATCH|PUT|DELETE) .*?-> (\d+|no response)/g)?.map(withoutIds)
  expect(shape(one.text)?.length).toBeGreaterThan(5)
  expect(shape(one.text)).toEqual(shape(other.text))
}, 60_000)

test('an invalid value of an option is refused', async () => {
  const { code, text } = await chaos('--seeds', 'many')
  expect({ code, text }).toEqual({
    code: 2,
    text: "--seeds must be a whole number from 1 to 999999999, not 'many'.\n"
  })
}, 60_000)

function withoutIds(text: string): string {
  return text.replace(/[0-9a-f]{8}/g, ':id')
}
