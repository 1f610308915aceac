import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'

const root = fileURLToPath(new URL('..', import.meta.url))

function git(...words: string[]): Buffer {
  const { status, stdout, stderr } = spawnSync('git', words, { cwd: root, maxBuffer: 64 * 2 ** 20 })
  if (status !== 0) throw new Error(String(stderr))
  return stdout
}

test('the download of the action contains the action and its sources, but no development files', () => {
  const archive = (...paths: string[]) => git('archive', '--worktree-attributes', '--format=tar', 'HEAD', ...paths)
  const folders = new Set<string>()
  const tar = archive()
  // Each header is a block of 512 bytes that begins with the name.
  for (let at = 0; at + 512 <= tar.length; ) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '')
    const size = Number.parseInt(tar.toString('ascii', at + 124, at + 136), 8) || 0
    if (name !== '') folders.add(name.replace(/^docs\/images.*/s, 'pictures').split('/')[0] ?? '')
    at += 512 + Math.ceil(size / 512) * 512
  }
  for (const needed of ['action.yml', 'dist', 'package.json', 'preview', 'src', 'LICENSE', 'README.md'])
    expect(folders).toContain(needed)
  for (const left of ['.github', '__tests__', 'benchmarks', 'chaos', 'demo', 'pictures'])
    expect(folders).not.toContain(left)
  const runs = gzipSync(archive('dist', 'src')).length
  expect(gzipSync(tar).length - runs).toBeLessThan(300_000)
})
