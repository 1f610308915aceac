import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { committed, gitFiles, makeFolder, makeTree, paths, run, SMALLEST, type Tree, track } from './support.ts'

const PYTHON: Tree = {
  'langgraph.json': JSON.stringify({ graphs: { agent: './src/agent/graph.py:graph' }, dependencies: ['.'] }),
  'pyproject.toml': '[project]\nname = "agent"\n',
  'src/agent/__init__.py': '',
  'src/agent/graph.py': 'graph = 1\n',
  'src/agent/__pycache__/graph.cpython-312.pyc': 'x',
  'src/agent/prompts/.gitignore': '*\n!*.md\n!.gitignore\n',
  'src/agent/prompts/system.md': '',
  'src/agent/prompts/draft.txt': '',
  'data/.gitkeep': '',
  'data/big.csv': '',
  'tests/fixtures/build/kept.txt': '',
  'build/lib/x.py': '',
  '.pytest_cache/.gitignore': '*\n',
  '.pytest_cache/x': '',
  'run.sh': { program: '#!/bin/sh\n' },
  latest: { link: 'src/agent/graph.py' },
  '.gitignore': '__pycache__/\n*.py[cod]\n/build/\ndata/*\n!data/.gitkeep\n# comment\n\\#odd\ntrailing   \nkept\\ \n',
  '#odd': '',
  trailing: '',
  'kept ': '',
  kept: ''
}

const MONOREPO: Tree = {
  'package.json': '{"workspaces": ["apps/*", "packages/*"]}',
  '.gitignore':
    'node_modules\ndist\n*.tsbuildinfo\n!/packages/shared/dist\n.turbo/\n**/generated/*\n!**/generated/index.ts\n',
  'apps/agent/langgraph.json': JSON.stringify({
    node_version: '20',
    graphs: { agent: './src/agent.ts:graph' },
    dependencies: ['.', '../../packages/shared']
  }),
  'apps/agent/src/agent.ts': '',
  'apps/agent/dist/agent.js': '',
  'apps/agent/node_modules/x/index.js': '',
  'apps/agent/src/generated/index.ts': '',
  'apps/agent/src/generated/types.ts': '',
  'apps/web/index.ts': '',
  'packages/shared/index.ts': '',
  'packages/shared/dist/index.js': '',
  'packages/shared/.turbo/log': '',
  'packages/shared/a.tsbuildinfo': '',
  'packages/shared/deep/er/.gitignore': '/only-here\nanywhere\n',
  'packages/shared/deep/er/only-here': '',
  'packages/shared/deep/er/x/only-here': '',
  'packages/shared/deep/er/x/anywhere': '',
  'packages/shared/deep/anywhere': ''
}

describe('the archive contains the files that git would commit', () => {
  test('of a Python project', async () => {
    const workspace = makeTree(PYTHON)
    expect(await paths(workspace)).toEqual(committed(workspace))
  })

  test('of a JavaScript monorepo with a shared package', async () => {
    const workspace = makeTree(MONOREPO)
    const wanted = committed(workspace).filter((path) => /^(apps\/agent|packages\/shared)\//.test(path))
    expect(wanted).toContain('packages/shared/dist/index.js')
    const found = await paths(workspace, { configPath: 'apps/agent/langgraph.json' })
    expect(found).toEqual(wanted)
  })

  test('of a clone', async () => {
    const workspace = makeTree(PYTHON)
    track(workspace)
    run(workspace, 'git', '-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '-qm', 'x')
    const clone = join(makeFolder(), 'clone')
    run(workspace, 'git', 'clone', '-q', workspace, clone)
    expect(await paths(clone)).toEqual(await paths(workspace))
  })

  test('of a tree with any nested ignore files', async () => {
    const name = fc.constantFrom('a', 'b', 'c', 'a.x', 'b.x', 'ab', '[a]', 'a*', '!b', 'é')
    const piece = fc.constantFrom(
      'a',
      'b',
      'c',
      '*',
      '**',
      '*.x',
      'a*',
      '?',
      '[ab]',
      '[!a]',
      '\\[a\\]',
      'a\\*',
      '\\!b',
      'é',
      'ab'
    )
    const pattern = fc
      .tuple(
        fc.constantFrom('', '', '!'),
        fc.constantFrom('', '', '/'),
        fc.array(piece, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', '', '/', ' ', '\r')
      )
      .map(([negation, start, pieces, end]) => `${negation}${start}${pieces.join('/')}${end}`)
    const folder = fc.array(name, { maxLength: 3 }).map((names) => names.join('/'))
    const file = fc.tuple(folder, name).map(([parent, own]) => join(parent, own))
    const ignoring = fc.dictionary(
      folder,
      fc.array(pattern, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n')),
      { maxKeys: 3 }
    )
    const workspace = makeFolder()
    run(workspace, 'git', 'init', '-q')

    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(file, { minLength: 1, maxLength: 12 }), ignoring, async (files, rules) => {
        for (const top of ['top']) rmSync(join(workspace, top), { recursive: true, force: true })
        mkdirSync(join(workspace, 'top'))
        const tree: Record<string, string> = {}
        for (const path of files) {
          // A name cannot be a file and a folder.
          if (!files.some((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`))) tree[path] = ''
        }
        for (const [parent, text] of Object.entries(rules)) {
          const isFile = Object.keys(tree).some((path) => parent === path || parent.startsWith(`${path}/`))
          if (!isFile) tree[join(parent, '.gitignore')] = `${text}\n!/langgraph.json\n!/agent.py\n!/.gitignore\n`
        }
        makeTree({ ...SMALLEST, ...tree }, join(workspace, 'top'))
        const found = await paths(workspace, { configPath: 'top/langgraph.json' })
        const wanted = gitFiles(join(workspace, 'top'))
        expect(found).toEqual(wanted)
      }),
      { numRuns: 200 }
    )
  }, 120_000)
})
