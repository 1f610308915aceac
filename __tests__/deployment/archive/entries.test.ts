import { execFileSync } from 'node:child_process'
import { chmodSync, linkSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { CONFIG, list, makeTree, paths, problemsOf, SMALLEST, type Tree } from './support.ts'

const BASE = ['agent.py', 'langgraph.json']

async function pathsOf(tree: Tree, includeEnvFiles = false): Promise<readonly string[]> {
  const found = await paths(makeTree({ ...SMALLEST, ...tree }), { includeEnvFiles })
  return found.filter((path) => !BASE.includes(path))
}

describe('what goes in', () => {
  test('files, programs, links and empty folders, sorted by bytes', async () => {
    const workspace = makeTree({
      ...SMALLEST,
      'run.sh': { program: '#!/bin/sh\n' },
      'a/b': 'four',
      'a-b': '',
      'a.b': '',
      'empty/inner': { folder: true },
      link: { link: 'a/b' },
      é: '',
      '\u{1F600}': '',
      '\uFF21': ''
    })
    const { entries, notices } = await list(workspace)
    expect(notices).toEqual([])
    expect(entries.map(({ path }) => path)).toEqual([
      'a-b',
      'a.b',
      'a/b',
      'agent.py',
      'empty/inner',
      'langgraph.json',
      'link',
      'run.sh',
      'é',
      '\uFF21',
      '\u{1F600}'
    ])
    expect(entries.find(({ path }) => path === 'a/b')).toEqual({
      kind: 'file',
      path: 'a/b',
      source: join(workspace, 'a/b'),
      size: 4,
      executable: false
    })
    expect(entries.find(({ path }) => path === 'run.sh')).toMatchObject({ executable: true })
    expect(entries.find(({ path }) => path === 'link')).toEqual({ kind: 'link', path: 'link', target: 'a/b' })
    expect(entries.find(({ path }) => path === 'empty/inner')).toEqual({ kind: 'folder', path: 'empty/inner' })
  })

  test('nothing of what is never packed, at any depth, whatever the rules say', async () => {
    const never: Tree = Object.fromEntries(
      ['__pycache__', '.git', '.venv', 'venv', 'node_modules', '.tox', '.mypy_cache'].flatMap((name) => [
        [`${name}/x`, ''],
        [`a/b/${name}/x`, '']
      ])
    )
    expect(
      await pathsOf({
        ...never,
        '.gitignore': '!*\n!node_modules/\n',
        'submodule/.git': 'gitdir: ../.git/modules/x',
        'other/.GIT/x': '',
        'links/node_modules': { link: '/opt/node_modules' },
        'files/venv': 'a file',
        'gha-creds-0123.json': '{}',
        'a/gha-creds-4567.json': '{}'
      })
    ).toEqual(['.gitignore', 'files/venv'])
  })

  test('a hard link is a file like any other', async () => {
    const workspace = makeTree({ ...SMALLEST, one: 'same' })
    linkSync(join(workspace, 'one'), join(workspace, 'two'))
    const { entries } = await list(workspace)
    expect(entries.filter(({ kind }) => kind === 'file').map(({ path }) => path)).toEqual([...BASE, 'one', 'two'])
  })

  test('a folder is as empty as git has it when everything in it is left out', async () => {
    expect(
      await pathsOf({
        '.pytest_cache/.gitignore': '*',
        '.pytest_cache/v/x': '',
        'logs/a.log': '',
        '.gitignore': '*.log',
        'keep/none': { folder: true }
      })
    ).toEqual(['.gitignore', 'keep/none'])
  })

  test('fifos and sockets stay out and are named', async () => {
    const workspace = makeTree({ ...SMALLEST, 'a/x': '' })
    execFileSync('mkfifo', [join(workspace, 'a/pipe\n')])
    const { entries, notices } = await list(workspace)
    expect(entries.map(({ path }) => path)).toEqual(['a/x', ...BASE])
    expect(notices).toEqual(['Left out, since they are no files: a/pipe\\u{a}.'])
  })
})

describe('files whose names begin with .env', () => {
  const tree: Tree = {
    '.env': 'A=1',
    '.env.example': '',
    'a/.env.local': '',
    '.envs/x': '',
    'b.env': '',
    '.environment': ''
  }

  test('stay out, with one notice', async () => {
    expect(await pathsOf(tree)).toEqual(['b.env'])
    const { notices } = await list(makeTree({ ...SMALLEST, ...tree, '.gitignore': '/.env\n' }))
    expect(notices).toHaveLength(1)
    expect(notices[0]).toMatch(/^Left out, since their names begin with \.env: /)
    expect(notices[0]).toContain('a/.env.local')
    expect(notices[0]).not.toMatch(/: \.env,|, \.env,/)
  })

  test('go in when asked for, unless a rule leaves them out', async () => {
    expect(await pathsOf(tree, true)).toEqual([
      '.env',
      '.env.example',
      '.environment',
      '.envs/x',
      'a/.env.local',
      'b.env'
    ])
    const { entries, notices } = await list(makeTree({ ...SMALLEST, '.env': '', '.gitignore': '# x\n.env\n' }), {
      includeEnvFiles: true
    })
    expect(entries.map(({ path }) => path)).toEqual(['.gitignore', ...BASE])
    expect(notices).toEqual(['Left out in spite of `include-env-files`: .env by .gitignore line 2 (.env).'])
  })
})

describe('symbolic links', () => {
  test('stay links, to folders too, in circles, and to what is not there', async () => {
    const workspace = makeTree({
      ...SMALLEST,
      'lib/x.py': '',
      folder: { link: 'lib' },
      'lib/up': { link: '..' },
      'lib/self': { link: '.' },
      'circle/a': { link: 'b' },
      'circle/b': { link: 'a' },
      'lib/deep': { link: './../folder//up/lib/x.py' },
      gone: { link: 'nothing/../here' },
      modules: { link: 'node_modules/x' },
      'node_modules/x': ''
    })
    const { entries, notices } = await list(workspace)
    const links = entries.filter(({ kind }) => kind === 'link').map(({ path }) => path)
    expect(links).toEqual(['circle/a', 'circle/b', 'folder', 'gone', 'lib/deep', 'lib/self', 'lib/up', 'modules'])
    expect(notices).toEqual([
      expect.stringMatching(/^Symbolic links to what is not in the archive, .*: (gone, modules|modules, gone)\.$/)
    ])
  })

  test('that leave the root are refused by name, all at once', async () => {
    const outside = makeTree({ x: '' })
    const workspace = makeTree({
      ...SMALLEST,
      absolute: { link: '/etc/passwd' },
      inside: { link: '/REPLACED' },
      'a/up': { link: '../../x' },
      'a/back': { link: `../../${outside.split('/').at(-1)}/x` },
      'a/in/and': { link: '../../../../x' },
      'deep/b/top': { link: '../../top' },
      'top/y': '',
      'deep/b/sly': { link: 'top/../../secret' },
      chain: { link: 'absolute' },
      'bad\nname': { link: '../::error::' },
      'ignored/out': { link: '/etc' },
      '.gitignore': 'ignored\n'
    })
    const problems = await problemsOf(list(workspace))
    const named = problems.map((problem) => /^The symbolic link (.*) leads out of what is deployed/.exec(problem)?.[1])
    expect(named.sort()).toEqual([
      'a/back',
      'a/in/and',
      'a/up',
      'absolute',
      'bad\\u{a}name',
      'chain',
      'deep/b/sly',
      'inside'
    ])
  })

  test('that reach from one folder of a monorepo into another are kept', async () => {
    const workspace = makeTree({
      'app/langgraph.json': JSON.stringify({ graphs: { agent: './agent.py:graph' }, dependencies: ['.', '../lib'] }),
      'app/agent.py': '',
      'app/shared': { link: '../lib' },
      'app/other': { link: '../other' },
      'lib/x.py': '',
      'other/y.py': '',
      'README.md': ''
    })
    const { entries, notices } = await list(workspace, { configPath: 'app/langgraph.json' })
    expect(entries.map(({ path }) => path)).toEqual([
      'app/agent.py',
      'app/langgraph.json',
      'app/other',
      'app/shared',
      'lib/x.py'
    ])
    expect(notices).toEqual([expect.stringContaining('lead nowhere: app/other.')])
  })
})

describe('what cannot be packed', () => {
  test('names and targets that are no UTF-8', async () => {
    const workspace = makeTree(SMALLEST)
    writeFileSync(Buffer.concat([Buffer.from(`${workspace}/bad`), Buffer.from([0xff])]), '')
    execFileSync('bash', ['-c', "ln -s $'x\\xfe' link"], { cwd: workspace })
    expect((await problemsOf(list(workspace))).toSorted()).toEqual([
      'The symbolic link link leads to a name that is no valid UTF-8.',
      'bad\uFFFD has a name that is no valid UTF-8; rename it.'
    ])
    writeFileSync(join(workspace, 'fine\uFFFD'), '')
  })

  const asRoot = process.getuid?.() === 0
  test('a folder that may not be read', async () => {
    const workspace = makeTree({ ...SMALLEST, 'shut/x': '' })
    chmodSync(join(workspace, 'shut'), 0)
    chmodSync(workspace, 0o755)
    if (asRoot) process.seteuid?.(65534)
    try {
      expect(await problemsOf(list(workspace))).toEqual([
        'The folder shut may not be read: the permissions are missing.'
      ])
    } finally {
      if (asRoot) process.seteuid?.(0)
      chmodSync(join(workspace, 'shut'), 0o755)
    }
  })

  test.each([
    [{ '.gitignore': '# all\n*.json\r\n' }, '.gitignore line 2 (*.json)'],
    [{ '.dockerignore': 'langgraph.*' }, '.dockerignore line 1 (langgraph.*)'],
    [{ '.dockerignore': '*\n!agent.py' }, '.dockerignore line 1 (*)']
  ])('a config that is itself left out: %j', async (tree, rule) => {
    expect(await problemsOf(list(makeTree({ ...SMALLEST, ...tree })))).toEqual([
      expect.stringMatching(/^langgraph\.json must go into the archive but is left out: /)
    ])
    expect((await problemsOf(list(makeTree({ ...SMALLEST, ...tree })))).join()).toContain(rule)
  })

  test('what the config names and a rule leaves out is told, but may be built later', async () => {
    const config = JSON.stringify({ graphs: { agent: './dist/agent.js:graph' }, dependencies: ['.', './venv'] })
    const { notices } = await list(
      makeTree({ 'langgraph.json': config, 'dist/agent.js': '', 'venv/x': '', '.gitignore': 'dist/\n' })
    )
    expect(notices).toEqual([
      'langgraph.json names dist/agent.js, which is not in the archive: .gitignore line 1 (dist/).',
      'langgraph.json names venv, which is not in the archive: a folder named venv is never packed.'
    ])
  })
})

describe('ignore files of a monorepo', () => {
  const config = JSON.stringify({ graphs: { agent: './agent.py:graph' }, dependencies: ['.', '../../libs/shared'] })
  const monorepo: Tree = {
    'apps/agent/langgraph.json': config,
    'apps/agent/agent.py': '',
    'libs/shared/x.py': '',
    'libs/other/y.py': ''
  }
  const inMonorepo = (tree: Tree) =>
    paths(makeTree({ ...monorepo, ...tree }), { configPath: 'apps/agent/langgraph.json' })
  const all = ['apps/agent/agent.py', 'apps/agent/langgraph.json', 'libs/shared/x.py']

  test('those above count, the nearest decides', async () => {
    expect(
      await inMonorepo({
        '.gitignore': '*.log\n/apps/agent/secret\n',
        'libs/.gitignore': '*.tmp\n',
        'libs/shared/.gitignore': '!keep.log\n',
        'apps/agent/a.log': '',
        'apps/agent/a.tmp': '',
        'apps/agent/secret/x': '',
        'libs/shared/keep.log': '',
        'libs/shared/a.log': '',
        'libs/shared/a.tmp': ''
      })
    ).toEqual([
      'apps/agent/a.tmp',
      ...all.slice(0, 2),
      'libs/shared/.gitignore',
      'libs/shared/keep.log',
      'libs/shared/x.py'
    ])
  })

  test('a folder that the config names goes in although a rule above leaves it out', async () => {
    expect(await inMonorepo({ '.gitignore': 'libs/\n' })).toEqual(all)
  })

  test('a .dockerignore counts in the folders of the project only, with the same semantics', async () => {
    expect(
      await inMonorepo({
        '.dockerignore': '*',
        'apps/agent/.dockerignore': '*.md\n!README.md\n',
        'apps/agent/README.md': '',
        'apps/agent/x/NOTES.md': '',
        'libs/shared/service/.dockerignore': '*',
        'libs/shared/service/z.py': ''
      })
    ).toEqual([
      'apps/agent/.dockerignore',
      'apps/agent/README.md',
      ...all.slice(0, 2),
      'libs/shared/service/.dockerignore',
      'libs/shared/service/z.py',
      'libs/shared/x.py'
    ])
  })

  test('a .gitignore cannot bring back what the .dockerignore leaves out', async () => {
    expect(
      await pathsOf({ '.dockerignore': 'data/*', '.gitignore': '!data/keep', 'data/keep': '', 'data/x': '' })
    ).toEqual(['.dockerignore', '.gitignore'])
  })

  test('a link named .gitignore does not count, as in git; one named .dockerignore does', async () => {
    expect(await pathsOf({ rules: '*.txt', '.gitignore': { link: 'rules' }, 'a.txt': '' })).toEqual([
      '.gitignore',
      'a.txt',
      'rules'
    ])
    expect(await pathsOf({ rules: '*.txt', '.dockerignore': { link: 'rules' }, 'a.txt': '' })).toEqual([
      '.dockerignore',
      'rules'
    ])
  })
})

test('the order of the folders on disk does not matter', async () => {
  const workspace = makeTree({ ...SMALLEST, 'b/x': '', 'a/x': '' })
  const before = await paths(workspace)
  mkdirSync(join(workspace, 'c'))
  renameSync(join(workspace, 'a'), join(workspace, 'c/a'))
  writeFileSync(join(workspace, 'c/y'), CONFIG)
  renameSync(join(workspace, 'c/a'), join(workspace, 'a'))
  expect((await paths(workspace)).filter((path) => path !== 'c/y')).toEqual(before)
})

test('what only bears the name of an ignore file is no danger', async () => {
  const workspace = makeTree({
    ...SMALLEST,
    'a/.gitignore/x': '',
    '.dockerignore': { link: 'nothing' },
    'b/.gitignore': { link: '.gitignore' }
  })
  execFileSync('mkfifo', [join(workspace, '.gitignore')])
  expect(await paths(workspace)).toEqual([
    '.dockerignore',
    'a/.gitignore/x',
    ...BASE.slice(0, 1),
    'b/.gitignore',
    'langgraph.json'
  ])
})

test('an ignore file that may not be read stops everything: its rules may keep secrets out', async () => {
  const workspace = makeTree({ ...SMALLEST, 'a/.gitignore': 'secret', 'a/secret': '' })
  chmodSync(join(workspace, 'a/.gitignore'), 0)
  chmodSync(workspace, 0o755)
  const asRoot = process.getuid?.() === 0
  if (asRoot) process.seteuid?.(65534)
  try {
    expect(await problemsOf(list(workspace))).toEqual(['a/.gitignore may not be read: the permissions are missing.'])
  } finally {
    if (asRoot) process.seteuid?.(0)
  }
})
