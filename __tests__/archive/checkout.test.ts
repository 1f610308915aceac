import { chownSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readCheckout } from '../../src/archive/checkout.ts'
import { commit, git, makeRepository } from '../support/repository.ts'
import { makeFolder, makeTree, SMALLEST } from './support.ts'

const PATH = process.env.PATH
const look = (folder: string, workspace = folder) => readCheckout(folder, workspace, PATH)
const NOBODY = 65_534

describe('the commit that is checked out', () => {
  test('is the head of a branch', async () => {
    const { folder, first } = makeRepository()
    const second = commit(folder)
    expect(await look(folder)).toEqual({ commit: second, parents: [first], origin: undefined })
  })

  test('follows a checkout of a tag, a commit or another branch', async () => {
    const { folder, first } = makeRepository()
    git(folder, 'tag', '-a', 'v1', '-m', 'Release')
    commit(folder)
    for (const ref of ['v1', first, 'main~1']) {
      git(folder, 'checkout', '-q', ref)
      expect((await look(folder))?.commit).toBe(first)
    }
    git(folder, 'switch', '-q', '-c', 'topic')
    const topic = commit(folder)
    expect((await look(folder))?.commit).toBe(topic)
  })

  test('has 64 digits in a repository with SHA-256', async () => {
    const folder = makeTree(SMALLEST)
    git(folder, 'init', '-q', '--object-format=sha256')
    const first = commit(folder)
    const second = commit(folder)
    expect(second).toHaveLength(64)
    expect(await look(folder)).toEqual({ commit: second, parents: [first], origin: undefined })
  })

  test('is the same with uncommitted changes, staged or not', async () => {
    const { folder, first } = makeRepository()
    makeTree({ 'agent.py': 'graph = 2\n', 'new.py': '' }, folder)
    git(folder, 'add', 'new.py')
    expect((await look(folder))?.commit).toBe(first)
  })

  test('has both parents of a merge, even in a shallow clone as on a runner', async () => {
    const { folder, first } = makeRepository()
    git(folder, 'switch', '-q', '-c', 'topic')
    const head = commit(folder, 'Topic', { 'topic.py': '' })
    git(folder, 'switch', '-q', 'main')
    const base = commit(folder, 'Base', { 'base.py': '' })
    git(folder, 'merge', '-q', '--no-ff', '-m', `Merge ${head}\n\nparent ${first}`, 'topic')
    const merge = git(folder, 'rev-parse', 'HEAD')
    const clone = makeFolder()
    git(clone, 'clone', '-q', '--depth', '1', `file://${folder}`, 'shallow')
    const shallow = join(clone, 'shallow')
    const expected = { commit: merge, parents: [base, head] }
    expect(await look(folder)).toMatchObject(expected)
    expect(await look(shallow)).toMatchObject({ ...expected, origin: `file://${folder}` })
    expect(git(shallow, 'log', '-1', '--format=%P')).toBe('')
  })

  test('belongs to the innermost repository: a submodule or a second checkout', async () => {
    const inner = makeRepository()
    const { folder } = makeRepository({ 'README.md': '' })
    git(folder, 'submodule', '--quiet', 'add', inner.folder, 'agents/support')
    const outer = commit(folder)
    const second = join(folder, 'second')
    git(folder, 'clone', '-q', inner.folder, second)
    const ahead = commit(second)
    expect((await look(join(folder, 'agents/support'), folder))?.commit).toBe(inner.first)
    expect((await look(second, folder))?.commit).toBe(ahead)
    expect((await look(join(folder, 'agents'), folder))?.commit).toBe(outer)
  })

  test('comes with the URL of the clone, without a token', async () => {
    const { folder } = makeRepository()
    git(folder, 'remote', 'add', 'origin', 'https://x-access-token:ghs_secret@github.com/acme/agents')
    expect((await look(folder))?.origin).toBe('https://github.com/acme/agents')
    git(folder, 'remote', 'set-url', 'origin', 'git@github.com:acme/agents.git')
    expect((await look(folder))?.origin).toBe('git@github.com:acme/agents.git')
  })

  test('is found in a worktree and below the root of the repository', async () => {
    const { folder, first } = makeRepository({ 'apps/agent/langgraph.json': '{}' })
    const worktree = join(makeFolder(), 'worktree')
    git(folder, 'worktree', 'add', '-q', worktree)
    const ahead = commit(worktree)
    expect((await look(join(folder, 'apps/agent'), folder))?.commit).toBe(first)
    expect((await look(join(worktree, 'apps/agent'), worktree))?.commit).toBe(ahead)
  })

  test('is found in a repository of another user, as in a container job', async () => {
    const { folder, first } = makeRepository()
    if (process.getuid?.() !== 0) return
    for (const path of [folder, join(folder, '.git')]) chownSync(path, NOBODY, NOBODY)
    expect(() => git(folder, 'status')).toThrow(/dubious ownership/)
    expect((await look(folder))?.commit).toBe(first)
  })
})

describe('the commit that is checked out is unknown', () => {
  test('without a repository', async () => {
    expect(await look(makeTree(SMALLEST))).toBeUndefined()
  })

  test('in a repository above the workspace', async () => {
    const { folder } = makeRepository({ 'work/agent.py': '' })
    expect(await look(join(folder, 'work'))).toBeUndefined()
  })

  test('before the first commit', async () => {
    const folder = makeTree(SMALLEST)
    git(folder, 'init', '-q')
    expect(await look(folder)).toBeUndefined()
  })

  test('in a broken repository', async () => {
    const { folder } = makeRepository()
    rmSync(join(folder, '.git/objects'), { recursive: true })
    expect(await look(folder)).toBeUndefined()
  })

  test('without git, or with a git that fails or prints something else', async () => {
    const { folder } = makeRepository()
    expect(await readCheckout(folder, folder, makeFolder())).toBeUndefined()
    for (const script of ['#!/bin/sh\nexit 3\n', '#!/bin/sh\necho usage: git\n', '#!/bin/sh\ncat\n']) {
      const path = makeTree({ git: { program: script } })
      expect(await readCheckout(folder, folder, `${path}:${PATH}`)).toBeUndefined()
    }
  })

  test('in a folder that does not exist', async () => {
    expect(await look(join(makeFolder(), 'gone'))).toBeUndefined()
  })
})
