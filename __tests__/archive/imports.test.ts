import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const folder = fileURLToPath(new URL('../../src/archive', import.meta.url))

/** What the archive may import of the other folders: files that import nothing above themselves. */
const SHARED = ['object.ts', 'place.ts', 'readable-file.ts', 'upload.ts', 'variable-name.ts']

const imports = new Map(readdirSync(folder).map((name) => [name, importsOf(name)]))

function importsOf(name: string): readonly string[] {
  const source = readFileSync(join(folder, name), 'utf8')
  return [...source.matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].map(([, path = '']) => normalize(path))
}

test('knows nothing of deployments, of the control plane and of GitHub', () => {
  const outside = [...imports].flatMap(([name, paths]) => {
    return paths.filter((path) => path.includes('/') && !SHARED.includes(basename(path))).map((path) => [name, path])
  })
  expect(outside).toEqual([])
})

test('has no circle of imports, not even one of types', () => {
  const left = new Map(imports)
  const isFree = (paths: readonly string[]) => paths.every((path) => !left.has(path))
  for (let free = ['']; free.length > 0; ) {
    free = [...left].filter(([, paths]) => isFree(paths)).map(([name]) => name)
    for (const name of free) left.delete(name)
  }
  expect([...left.keys()]).toEqual([])
})

test('gives each top-level name one meaning', () => {
  const names = [...imports.keys()].flatMap((file) => {
    const source = readFileSync(join(folder, file), 'utf8')
    const declared = source.matchAll(/^(?:export )?(?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm)
    return [...declared].map(([, name]) => name)
  })
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
