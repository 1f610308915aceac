import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'

const SOURCE = new URL('../../src/', import.meta.url)
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

/** What only these files may write out; everything else calls them. */
const HOMES: readonly (readonly [string, RegExp, readonly string[]])[] = [
  ['the message of whatever was thrown', /instanceof Error \?/, ['run/error-message.ts']],
  ['the User-Agent', /`langsmith-deploy-action\//, ['version.ts']],
  ['the statuses 408 and 429', /\b(408|429)\b/, ['control-plane/patience.ts']]
]

describe('one home each', () => {
  test.each(HOMES)('%s', (_what, pattern, homes) => {
    const found = files.filter((file) => codeOf(file).some((line) => pattern.test(line)))
    expect(found.sort()).toEqual(homes)
  })
})

/** The lines of a file without comments. */
function codeOf(file: string): readonly string[] {
  return readFileSync(new URL(file, SOURCE), 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line))
}

describe('the floor of the control plane', () => {
  // `hosts.ts` turns an address into the input that stands for it.
  const ownFiles = files.filter((file) => file.startsWith('control-plane/') && file !== 'control-plane/hosts.ts')

  test.each(ownFiles)('names no input of the action: %s', (file) => {
    expect(codeOf(file).filter((line) => /`[a-z0-9]+(-[a-z0-9]+)+(`|: )/.test(line))).toEqual([])
  })

  test('tells what happened by classes, and advises nothing', () => {
    const declared = codeOf('control-plane/errors.ts').flatMap((line) => /^(?:export )?(\w+) /.exec(line)?.[1] ?? [])
    expect([...new Set(declared)].sort()).toEqual(['class', 'const', 'import', 'type'])
  })
})
