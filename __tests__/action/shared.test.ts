import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { loadedBy, ROOT } from '../support/sources.ts'

const DIST = path.join(ROOT, 'dist')

/** What a script prints that gets a module as `it`; without the files of a runner. */
function printed(module: string, script: string): string {
  const source = `const it = await import('${module}')\n${script}`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: ROOT,
    env: {},
    encoding: 'utf8'
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

const inDist = (file: string) => pathToFileURL(path.join(DIST, file)).href

/** The names that the files of the bundle take from one of them. */
function takenFrom(file: string): readonly string[] {
  const form = new RegExp(`__WEBPACK_EXTERNAL_MODULE__${file.replace('.', '_')}_\\w+?__\\.(\\w+)`, 'g')
  const texts = readdirSync(DIST)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(path.join(DIST, name), 'utf8'))
  return [...new Set(texts.flatMap((text) => [...text.matchAll(form)].map(([, name = '']) => name)))].sort()
}

describe('the part of a package that is bundled', () => {
  test.each([
    ['undici.js', 'Agent'],
    ['core.js', 'setSecret']
  ])('has each name that is taken from it: %s', (file, one) => {
    const taken = takenFrom(file)
    expect(taken).toContain(one)
    const exported: unknown = JSON.parse(printed(inDist(file), 'console.log(JSON.stringify(Object.keys(it)))'))
    expect(exported).toEqual(expect.arrayContaining([...taken]))
  })

  test('prints the commands that the whole of @actions/core prints', () => {
    const script = `
      const texts = ['', 'one', '100%', 'a\\r\\nb', '::error::no', 'a:b,c', 'ä😀']
      for (const text of texts) {
        for (const name of ['debug', 'endGroup', 'error', 'info', 'notice', 'setSecret', 'startGroup', 'warning']) it[name](text)
        for (const name of ['error', 'warning']) it[name](text, { title: text, file: text, startLine: 3 })
        for (const name of ['saveState', 'setOutput']) it[name](text || 'name', text)
      }`
    const whole = printed('@actions/core', script)
    expect(whole).toContain('::error title=a%3Ab%2Cc,file=a%3Ab%2Cc,line=3::a:b,c')
    expect(printed(inDist('core.js'), script)).toBe(whole)
  })
})

test('the first request waits for no more code than it needs', () => {
  const reached = new Set<string>()
  const reach = (name: string) => {
    if (reached.has(name)) return
    reached.add(name)
    for (const next of loadedBy(path.join(DIST, name)).atOnce) reach(path.normalize(next))
  }
  for (const entry of ['index.js', 'main-start.js', 'main.js']) reach(entry)
  expect([...reached].sort()).toEqual([
    'core.js',
    'index.js',
    'main-start.js',
    'main.js',
    'node-version.js',
    'undici.js'
  ])
  const bytes = [...reached].reduce((sum, name) => sum + statSync(path.join(DIST, name)).size, 0)
  expect(bytes).toBeLessThan(1_650_000)
})
