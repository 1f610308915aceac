import { chownSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { commit, git, makeRepository } from '../support/repository.ts'
import { words } from '../support/words.ts'
import { list, makeFolder, makeTree, paths, SMALLEST, type Tree } from './support.ts'

const NOBODY = 65_534

/** Committed files, some of which are ignored. */
const COMMITTED: Tree = {
  ...SMALLEST,
  '.gitignore': 'gen/\n*.log\n',
  'gen/tracked.py': '',
  'kept.log': '',
  'source/a.py': '',
  'run.sh': { program: '#!/bin/sh\n' }
}
/** Files that a workflow creates next to them. */
const GENERATED: Tree = { 'gen/untracked.py': '', 'source/debug.log': '', 'source/new.py': '' }

const EXPECTED = words('.gitignore agent.py gen/tracked.py kept.log langgraph.json run.sh source/a.py source/new.py')

/** Creates a repository with these files. */
function makeTracked(folder = makeFolder(), ...options: readonly string[]): string {
  makeTree(COMMITTED, folder)
  git(folder, 'init', '-q', ...options)
  git(folder, 'add', '-f', '.')
  commit(folder, 'First')
  return folder
}

/** Creates a workspace. Returns its path, and the langgraph.json in it. */
type Layout = () => { readonly workspace: string; readonly configPath?: string }

const LAYOUTS: readonly (readonly [string, Layout])[] = [
  ['the repository is the workspace', () => ({ workspace: makeTracked() })],
  [
    'the repository is in a folder of the workspace (`path:`)',
    () => {
      const workspace = makeFolder()
      mkdirSync(join(workspace, 'source/agent'), { recursive: true })
      makeTracked(join(workspace, 'source/agent'))
      return { workspace, configPath: 'source/agent/langgraph.json' }
    }
  ],
  [
    'a second checkout in a first one that ignores it',
    () => {
      const workspace = makeRepository({ 'README.md': '', '.gitignore': 'second/\n*.py\n' }).folder
      mkdirSync(join(workspace, 'second'))
      makeTracked(join(workspace, 'second'))
      return { workspace, configPath: 'second/langgraph.json' }
    }
  ],
  [
    'a submodule',
    () => {
      const inner = makeTracked()
      const workspace = makeRepository({ 'README.md': '', '.gitignore': '*.py\n' }).folder
      git(workspace, 'submodule', '--quiet', 'add', inner, 'agents/support')
      commit(workspace)
      return { workspace, configPath: 'agents/support/langgraph.json' }
    }
  ],
  [
    'a worktree',
    () => {
      const workspace = join(makeFolder(), 'worktree')
      git(makeTracked(), 'worktree', 'add', '-q', workspace)
      return { workspace }
    }
  ],
  [
    'a split index',
    () => {
      const workspace = makeTracked()
      git(workspace, 'update-index', '--split-index')
      expect(readdirSync(join(workspace, '.git')).some((name) => name.startsWith('sharedindex.'))).toBe(true)
      return { workspace }
    }
  ],
  [
    'a sparse index of a sparse checkout',
    () => {
      const origin = makeFolder()
      mkdirSync(join(origin, 'agents'))
      makeTree(COMMITTED, join(origin, 'agents'))
      makeTree({ 'web/deep/index.ts': '', 'README.md': '' }, origin)
      git(origin, 'init', '-q')
      git(origin, 'add', '-f', '.')
      commit(origin, 'First')
      const workspace = join(makeFolder(), 'clone')
      git(origin, 'clone', '-q', '--no-checkout', `file://${origin}`, workspace)
      git(workspace, 'sparse-checkout', 'set', '--cone', '--sparse-index', 'agents')
      git(workspace, 'checkout', '-q', 'main')
      expect(existsSync(join(workspace, 'web'))).toBe(false)
      expect(git(workspace, 'ls-files', '--sparse')).toContain('web/')
      return { workspace, configPath: 'agents/langgraph.json' }
    }
  ],
  ['a repository with SHA-256', () => ({ workspace: makeTracked(makeFolder(), '--object-format=sha256') })],
  [
    'a workspace of another user, as in a container job',
    () => {
      const workspace = makeTracked()
      if (process.getuid?.() === 0) {
        for (const path of [workspace, join(workspace, '.git')]) chownSync(path, NOBODY, NOBODY)
        expect(() => git(workspace, 'status')).toThrow(/dubious ownership/)
      }
      return { workspace }
    }
  ],
  [
    'a shallow clone without the contents of other commits',
    () => {
      const origin = makeTracked()
      git(origin, 'config', 'uploadpack.allowFilter', 'true')
      const workspace = join(makeFolder(), 'clone')
      git(origin, 'clone', '-q', '--depth', '1', '--filter=blob:none', `file://${origin}`, workspace)
      return { workspace }
    }
  ]
]

describe('the archive contains tracked files, even ignored ones, but no other ignored files', () => {
  test.each(LAYOUTS)('of this layout: %s', async (layout, make) => {
    const { workspace, configPath = 'langgraph.json' } = make()
    makeTree(GENERATED, join(workspace, configPath, '..'))
    const { entries, ...told } = await list(workspace, { configPath })
    if (process.env.SHOW_ENTRIES) console.log(`${layout}: ${entries.map(({ path }) => path).join(' ')}`)
    expect(entries.map(({ path }) => path)).toEqual(EXPECTED)
    expect(told).toEqual({ notes: [], notices: [], warnings: [] })
  })

  test('of each repository in a project', async () => {
    const config = JSON.stringify({ graphs: { agent: './agent.py:graph' }, dependencies: ['.', '../libs/shared'] })
    const workspace = makeRepository({
      'app/langgraph.json': config,
      'app/agent.py': '',
      'app/.gitignore': 'vendor/inner/gen/*\nvendor/outer\n',
      '.gitignore': '*.tmp\n'
    }).folder
    for (const folder of ['app/vendor/inner', 'app/vendor/outer', 'libs/shared']) {
      mkdirSync(join(workspace, folder), { recursive: true })
      makeTracked(join(workspace, folder))
      // The .gitignore of another repository does not apply in it.
      makeTree({ 'a.tmp': '' }, join(workspace, folder))
    }
    const found = await paths(workspace, { configPath: 'app/langgraph.json' })
    const inside = ['.gitignore', 'a.tmp', ...EXPECTED.slice(1)].filter((path) => path !== 'source/new.py')
    expect(found).toEqual([
      'app/.gitignore',
      'app/agent.py',
      'app/langgraph.json',
      ...inside.map((path) => `app/vendor/inner/${path}`),
      ...inside.map((path) => `libs/shared/${path}`)
    ])
  })

  test('and no tracked files of a repository in a folder that the outer repository ignores', async () => {
    const workspace = makeRepository({ ...SMALLEST, '.gitignore': 'vendor/\n' }).folder
    mkdirSync(join(workspace, 'vendor/inner'), { recursive: true })
    makeTracked(join(workspace, 'vendor/inner'))
    makeTree({ 'vendor/inner/model.bin': '' }, workspace)
    const found = await paths(workspace, { include: ['*.bin'] })
    expect(found.filter((path) => path.startsWith('vendor'))).toEqual(['vendor/inner/model.bin'])
  })

  test('of a submodule in an ignored folder, because git tracks the submodule', async () => {
    const inner = makeTracked()
    const workspace = makeRepository({ ...SMALLEST, '.gitignore': 'vendor/\n' }).folder
    git(workspace, 'submodule', '--quiet', 'add', '-f', inner, 'vendor/inner')
    commit(workspace)
    const found = await paths(workspace)
    expect(found.filter((path) => path.startsWith('vendor'))).toEqual(
      EXPECTED.filter((path) => path !== 'source/new.py').map((path) => `vendor/inner/${path}`)
    )
  })
})

describe('a workspace whose tracked files git cannot list', () => {
  const withoutGit = { gitPath: makeFolder() }

  test('causes a warning, and .gitignore files apply to all files', async () => {
    const workspace = makeTracked()
    const { entries, warnings } = await list(workspace, withoutGit)
    expect(entries.map(({ path }) => path)).toEqual([
      '.gitignore',
      'agent.py',
      'langgraph.json',
      'run.sh',
      'source/a.py'
    ])
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Git could not list the tracked files in the workspace\. Skipped paths that a \.gitignore excludes, although they might be committed: .*`include`/
      )
    ])
    expect(warnings[0]).toMatch(/gen, kept\.log|kept\.log, gen/)
  })

  test('causes a warning if git fails or is killed', async () => {
    const workspace = makeTracked()
    for (const script of ['#!/bin/sh\nexit 3\n', '#!/bin/sh\nkill -9 $$\n']) {
      const gitPath = `${makeTree({ git: { program: script } })}:${process.env.PATH}`
      expect((await list(workspace, { gitPath })).warnings[0]).toMatch(/^Git could not list/)
    }
  })

  test('causes a warning if the repository is broken', async () => {
    const workspace = makeTracked()
    renameSync(join(workspace, '.git/HEAD'), join(workspace, '.git/GONE'))
    expect((await list(workspace)).warnings[0]).toMatch(/^Git could not list/)
  })

  test('causes a warning without a repository only if a .gitignore excludes files', async () => {
    expect((await list(makeTree(SMALLEST))).warnings).toEqual([])
    const { warnings } = await list(makeTree({ ...COMMITTED }))
    expect(warnings).toEqual([expect.stringMatching(/^The workspace is not a git repository, .*: .*kept\.log/)])
  })

  test('logs the files in ignored folders that no pattern of `include` matches', async () => {
    const files = { 'gen/a.py': '', 'gen/b.txt': '', 'gen/sub/c.txt': '' }
    for (const rule of ['gen/\n', 'gen/*\n']) {
      for (const include of [['gen/*.py'], ['gen/*', '!gen/*.txt', '!gen/sub/']]) {
        const { entries, notes, warnings } = await list(makeTree({ ...SMALLEST, ...files, '.gitignore': rule }), {
          include
        })
        expect(entries.map(({ path }) => path)).toContain('gen/a.py')
        expect(warnings).toEqual([])
        expect(notes).toEqual([
          expect.stringMatching(/^Skipped in .*no pattern of `include` matches: gen\/b\.txt, gen\/sub/)
        ])
      }
    }
  })

  test('does not use a repository above it', async () => {
    const outer = makeFolder()
    mkdirSync(join(outer, 'work'))
    makeTracked(outer)
    const workspace = makeTree(COMMITTED, join(outer, 'work'))
    git(outer, 'add', '-f', '.')
    expect(await paths(workspace)).not.toContain('kept.log')
  })
})

describe('the executable bit', () => {
  test('is set if it is set in git or on the file', async () => {
    const workspace = makeTracked()
    git(workspace, 'update-index', '--chmod=+x', 'source/a.py')
    makeTree({ 'new.sh': { program: '' } }, workspace)
    const programs = (await list(workspace)).entries.filter((entry) => entry.kind === 'file' && entry.executable)
    expect(programs.map(({ path }) => path)).toEqual(['new.sh', 'run.sh', 'source/a.py'])
  })
})
