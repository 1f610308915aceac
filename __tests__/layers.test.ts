import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'

const SOURCE = path.join(import.meta.dirname, '..', 'src')

/** The folders of `src` that use the ones in the table below, and must not be used by them. */
const ABOVE = ['commands', 'feedback', 'inputs', 'report', 'rollout']

/** The files of a folder with the files of `src` that they import, both from `src` on. */
function importsOf(folder: string): readonly (readonly [file: string, imported: string])[] {
  const files = readdirSync(path.join(SOURCE, folder), { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((name) => {
      const file = path.join(SOURCE, folder, name)
      const specifiers = readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport\()\s*(?:\/\*.*?\*\/\s*)?'(\.[^']+)'/g)
      return [...specifiers].map(([, specifier = '']) => {
        const imported = path.resolve(path.dirname(file), specifier)
        return [path.relative(SOURCE, file), path.relative(SOURCE, imported)] as const
      })
    })
}

describe('the folders of the source', () => {
  test('are read with their imports', () => {
    expect(importsOf('commands').length).toBeGreaterThan(20)
    expect(importsOf('github')).toContainEqual(['github/session.ts', 'github/octokit.ts'])
  })

  // GitHub is one channel of feedback among others, and the domain reports through an interface of its own.
  test.each(['agent-server', 'deployment', 'github', 'runner'])('%s uses none of the folders above it', (folder) => {
    const upward = importsOf(folder).filter(([, imported]) => ABOVE.includes(imported.split(path.sep)[0] ?? ''))
    expect(upward).toEqual([])
  })
})
