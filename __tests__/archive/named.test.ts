import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { listEntries } from '../../src/archive/entries.ts'
import { words } from '../support/words.ts'
import { list, makeTree, paths, problemsOf, read, run, SMALLEST, type Tree } from './support.ts'

const configWith = (fields: object) =>
  JSON.stringify({ graphs: { agent: './agent.py:graph' }, dependencies: ['.'], ...fields })

describe('a path that the configuration names', () => {
  test.each<[string, Tree]>([
    ['.gitignore', { '.gitignore': '*.json\ngenerated/\n' }],
    ['.dockerignore', { '.dockerignore': '*\n!agent.py\n' }],
    ['a .gitignore above it', { '.gitignore': '*\n' }]
  ])('is packed without other files of its folder if %s excludes it', async (_, tree) => {
    const workspace = makeTree({
      'agent.py': '',
      'langgraph.json': configWith({ graphs: { one: './agent.py:graph', two: './generated/deep/graph.py:graph' } }),
      'generated/deep/graph.py': '',
      'generated/deep/other.py': '',
      'generated/more.py': '',
      ...tree
    })
    const found = await paths(workspace)
    expect(found.filter((path) => !path.startsWith('.'))).toEqual([
      'agent.py',
      'generated/deep/graph.py',
      'langgraph.json'
    ])
  })

  test.each<[string, Tree]>([
    ['.gitignore', { '.gitignore': 'gen/\n*.log\n' }],
    ['.dockerignore', { '.dockerignore': 'gen\n' }]
  ])('is packed with its contents if it is a folder that %s excludes', async (_, tree) => {
    const config = configWith({ dependencies: ['.', './gen/client'] })
    const files = { 'gen/client/a.py': '', 'gen/client/b/c.log': '', 'gen/client/.env': 'A=1', 'gen/other.py': '' }
    const found = await paths(makeTree({ 'agent.py': '', 'langgraph.json': config, ...files, ...tree }))
    expect(found.filter((path) => path.startsWith('gen'))).toEqual(['gen/client/a.py', 'gen/client/b/c.log'])
  })

  test('does not disable the rules in it if it is a folder that no rule excludes', async () => {
    const config = configWith({ dependencies: ['.', './lib'] })
    const files = { 'lib/a.py': '', 'lib/b.log': '', 'lib/tmp/c.py': '' }
    const tree = {
      'agent.py': '',
      'langgraph.json': config,
      ...files,
      '.gitignore': '*.log\n',
      '.dockerignore': '**/tmp\n'
    }
    const found = await paths(makeTree(tree))
    expect(found.filter((path) => path.startsWith('lib'))).toEqual(['lib/a.py'])
  })

  test('is packed even if it is outside the folders of the project', async () => {
    const workspace = makeTree({
      'app/langgraph.json': configWith({ dependencies: ['.', '../lib'] }),
      'app/agent.py': '',
      'lib/x.py': '',
      'uv.lock': '',
      'conf/pip.conf': '',
      'conf/other': '',
      'members/one/pyproject.toml': '',
      'members/one/inner/x.py': '',
      '.gitignore': 'uv.lock\nconf\n'
    })
    const project = await read(workspace, { configPath: 'app/langgraph.json' })
    const members = ['members/one/pyproject.toml', 'members/one', 'members/one/inner']
    const named = ['app/agent.py', 'uv.lock', 'conf/pip.conf', ...members, 'uv.lock']
    const expected = words(`
      app/agent.py app/langgraph.json conf/pip.conf lib/x.py members/one/inner/x.py members/one/pyproject.toml uv.lock
    `)
    const { entries } = await listEntries({ ...project, root: workspace, named })
    expect(entries.map(({ path }) => path)).toEqual(expected)
  })
})

describe('a named path that the archive does not contain', () => {
  test.each<[string, object, Tree, string]>([
    [
      'an excluded folder',
      { dependencies: ['.', './lib'] },
      { 'lib/x.py': '', '.dockerignore': '# no\nlib/*\n' },
      'langgraph.json:1: lib is named by the configuration but is not in the archive: all of its contents are excluded, first by .dockerignore line 2 (lib/*).'
    ],
    [
      'a path that is never packed',
      { graphs: { agent: './node_modules/pkg/graph.js:graph' } },
      { 'node_modules/pkg/graph.js': '' },
      'langgraph.json:1: node_modules/pkg/graph.js is named by the configuration but is not in the archive: a folder named node_modules is never packed.'
    ],
    [
      'a path in a virtual environment',
      { graphs: { agent: './env/lib/graph.py:graph' } },
      { 'env/lib/graph.py': '', 'env/pyvenv.cfg': '' },
      'langgraph.json:1: env/lib/graph.py is named by the configuration but is not in the archive: virtual environments are never packed.'
    ],
    [
      'an environment variable file',
      { graphs: { agent: './conf/prod.env:graph' } },
      { 'conf/prod.env': '' },
      'langgraph.json:1: conf/prod.env is named by the configuration but is not in the archive: environment variable files are never packed.'
    ]
  ])('is an error with its line and reason: %s', async (_, fields, tree, problem) => {
    const workspace = makeTree({ 'agent.py': '', 'langgraph.json': configWith(fields), ...tree })
    expect(await problemsOf(list(workspace))).toEqual([problem])
  })

  test('is an error whose annotation points to the line', async () => {
    const config = JSON.stringify({ dependencies: ['.', './lib'], graphs: { agent: './agent.py:graph' } }, null, 2)
    const workspace = makeTree({
      'app/langgraph.json': config,
      'app/agent.py': '',
      'app/lib/x.py': '',
      'app/.dockerignore': 'lib/*\n'
    })
    await expect(list(workspace, { configPath: 'app/langgraph.json' })).rejects.toMatchObject({
      place: { file: 'app/langgraph.json', line: 4 },
      problems: [expect.stringMatching(/^app\/langgraph\.json:4: app\/lib is named by the configuration/)]
    })
  })

  test('is an error if the path is outside the root', async () => {
    const workspace = makeTree({ 'app/langgraph.json': configWith({}), 'app/agent.py': '', 'uv.lock': '' })
    const project = await read(workspace, { configPath: 'app/langgraph.json' })
    expect(await problemsOf(listEntries({ ...project, named: ['uv.lock'] }))).toEqual([
      'uv.lock is named by the configuration but is not in the archive: it is outside the packed folder.'
    ])
  })

  test('is an error if the path was deleted after the configuration was read', async () => {
    const workspace = makeTree({ ...SMALLEST, 'source/x.py': '' })
    const project = await read(workspace)
    rmSync(join(workspace, 'agent.py'))
    expect(await problemsOf(listEntries(project))).toEqual([
      'langgraph.json:1: agent.py is named by the configuration but is not in the archive: it does not exist, or cannot be read.'
    ])
  })
})

describe('`include`', () => {
  const tree: Tree = {
    ...SMALLEST,
    '.gitignore': 'gen/\n*.bin\n',
    '.dockerignore': 'docs\n',
    'gen/a.py': '',
    'gen/sub/b.py': '',
    'gen/sub/c.bin': '',
    'docs/d.md': '',
    'docs/e.md': '',
    'x.bin': '',
    'gen/.env': '',
    'gen/node_modules/n.js': '',
    'gen/.git/config': '',
    'gen/venv2/pyvenv.cfg': '',
    'gen/venv2/lib/x.py': ''
  }
  const BASE = ['.dockerignore', '.gitignore', 'agent.py', 'langgraph.json']
  const brought = async (...include: readonly string[]) =>
    (await paths(makeTree(tree), { include })).filter((path) => !BASE.includes(path))

  test.each<[readonly string[], readonly string[]]>([
    [['gen/'], ['gen/a.py', 'gen/sub/b.py', 'gen/sub/c.bin']],
    [['gen/*.py'], ['gen/a.py']],
    [['/gen/sub'], ['gen/sub/b.py', 'gen/sub/c.bin']],
    [['*.bin'], ['gen/sub/c.bin', 'x.bin']],
    [['docs/d.md'], ['docs/d.md']],
    [['gen/*', '!gen/sub/'], ['gen/a.py']],
    [[], []]
  ])('%j packs the excluded files that it matches', async (include, expected) => {
    expect(await brought(...include)).toEqual(expected)
  })

  test('is relative to the workspace, and only matches in the folders of the project', async () => {
    const workspace = makeTree({
      'app/langgraph.json': configWith({}),
      'app/agent.py': '',
      'app/gen/x.py': '',
      'lib/gen/y.py': '',
      '.gitignore': 'gen/\n'
    })
    const options = { configPath: 'app/langgraph.json', include: ['app/gen/', 'lib/gen/'] }
    const { entries, notices } = await list(workspace, options)
    expect(entries.map(({ path }) => path)).toEqual(['agent.py', 'gen/x.py', 'langgraph.json'])
    expect(notices).toEqual([
      expect.stringMatching(/do not match any file that can be packed: lib\/gen\/ \(it is outside/)
    ])
  })

  test('that matches a file that no rule excludes is accepted', async () => {
    const workspace = makeTree(SMALLEST)
    run(workspace, 'git', 'init', '-q')
    expect(await list(workspace, { include: ['agent.py'] })).toMatchObject({ notes: [], notices: [], warnings: [] })
  })
})
