import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { licencesOf, licencesOfBundle } from '../../scripts/licenses.ts'
import { makeTree } from '../archive/support.ts'

function manifest(name: string, dependencies: readonly string[] = []): string {
  const wanted = Object.fromEntries(dependencies.map((one) => [one, '*']))
  return JSON.stringify({ name, version: '1.0.0', license: 'MIT', dependencies: wanted })
}

/** Creates a project that depends on one package with these files. */
function project(files: Readonly<Record<string, string>>): string {
  const inside = Object.entries(files).map(([name, text]) => [`node_modules/a/${name}`, text])
  return makeTree({
    'package.json': manifest('root', ['a']),
    'node_modules/a/package.json': manifest('a'),
    ...Object.fromEntries(inside)
  })
}

describe('licenses', () => {
  test.each(['LICENSE', 'LICENCE.md', 'License.txt', 'LICENSE-MIT', 'COPYING', 'COPYING.LESSER', 'UNLICENSE'])(
    'include the text of %s',
    (name) => {
      expect(licencesOf(project({ [name]: 'All may use it.\r\n' }))).toBe('a@1.0.0 (MIT)\n\nAll may use it.\n')
    }
  )

  test('include every text of a package, with NOTICE', () => {
    const texts = { 'NOTICE.txt': 'Made by A.', 'LICENSE-MIT': 'MIT text', 'LICENSE-APACHE': 'Apache text' }
    expect(licencesOf(project(texts))).toBe('a@1.0.0 (MIT)\n\nApache text\n\nMIT text\n\nMade by A.\n')
  })

  test.each([
    ['nothing', {}],
    ['an empty file', { LICENSE: ' \n' }],
    ['only a notice', { NOTICE: 'Made by A.' }],
    ['code of that name', { 'license.js': 'export {}' }],
    ['a folder of that name', { 'licenses/MIT': 'text' }],
    ['a word that only begins so', { 'licensed.md': 'text' }]
  ])('are an error for a package with %s', (_, files) => {
    expect(() => licencesOf(project(files))).toThrow('a@1.0.0 contains no license text')
  })

  test('include nested packages as Node resolves them, each version once', () => {
    const root = makeTree({
      'package.json': manifest('root', ['a', 'b']),
      'node_modules/a/package.json': manifest('a', ['b']),
      'node_modules/a/LICENSE': 'A',
      'node_modules/b/package.json': manifest('b', ['a']),
      'node_modules/b/LICENSE': 'B'
    })
    expect(licencesOf(root).split('-'.repeat(80))).toHaveLength(2)
    rmSync(join(root, 'node_modules/b'), { recursive: true })
    expect(() => licencesOf(root)).toThrow('The package b is not installed')
  })

  test('include every package of the bundle', () => {
    const texts = licencesOfBundle(fileURLToPath(new URL('../..', import.meta.url)))
    expect(texts).toContain('ignore@7.0.16 (MIT)\n\nCopyright (c) 2013 Kael Zhang')
    expect(texts).not.toContain('no license named')
  })
})
