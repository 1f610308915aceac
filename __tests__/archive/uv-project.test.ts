import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { makeTree, paths, problemsOf, read, type Tree } from './support.ts'

const CONFIG = {
  python_version: '3.12',
  graphs: { agent: './src/agent/graph.py:graph' },
  source: { kind: 'uv', root: '../..', package: 'agent' }
}

const PYPROJECT = '[project]\nname = "root"\nversion = "0"\n\n[tool.uv.workspace]\nmembers = ["apps/*", "libs/*"]\n'

/** A lock file of uv, without most packages of an index. */
const LOCK = `version = 1
revision = 3
requires-python = ">=3.12"

[manifest]
members = ["agent", "root", "shared"]

[[package]]
name = "agent"
version = "0.1.0"
source = { editable = "apps/agent" }
dependencies = [{ name = "shared" }]

[[package]]
name = "httpx"
version = "0.28.1"
source = { registry = "https://pypi.example.org/simple" }
sdist = { url = "https://files.example/httpx-0.28.1.tar.gz", hash = "sha256:75e9", size = 141406 }

[[package]]
name = "root"
version = "0"
source = { virtual = "." }

[[package]]
name = "shared"
version = "0.1.0"
source = { editable = "libs/shared" }
`

const WORKSPACE: Tree = {
  'pyproject.toml': PYPROJECT,
  'uv.lock': LOCK,
  'apps/agent/langgraph.json': JSON.stringify(CONFIG),
  'apps/agent/pyproject.toml': '[project]\nname = "agent"\n',
  'apps/agent/src/agent/graph.py': '',
  'libs/shared/pyproject.toml': '[project]\nname = "shared"\n',
  'libs/shared/src/shared/__init__.py': ''
}
const AT = { configPath: 'apps/agent/langgraph.json' }

const without = (...names: readonly string[]): Tree =>
  Object.fromEntries(Object.entries(WORKSPACE).filter(([path]) => !names.some((name) => path.startsWith(name))))

describe('a uv workspace', () => {
  test('is packed from its root, with its lock file and its members', async () => {
    const workspace = makeTree(WORKSPACE)
    const project = await read(workspace, AT)
    expect(project).toMatchObject({
      root: workspace,
      configPath: 'apps/agent/langgraph.json',
      named: ['apps/agent/src/agent/graph.py', 'pyproject.toml', 'uv.lock', 'apps/agent', 'libs/shared'],
      notices: ['The archive contains the whole workspace instead of only apps/agent, because of `source.root`.'],
      warnings: []
    })
    expect(await paths(workspace, AT)).toEqual(expect.arrayContaining(Object.keys(WORKSPACE)))
  })

  test('can be the folder of the configuration', async () => {
    const config = { ...CONFIG, source: { kind: 'uv' } }
    const workspace = makeTree({
      'langgraph.json': JSON.stringify(config),
      'pyproject.toml': '[project]\nname = "agent"\n',
      'uv.lock': LOCK.replaceAll('libs/shared', '.').replaceAll('apps/agent', '.'),
      'src/agent/graph.py': ''
    })
    expect(await read(workspace)).toMatchObject({ root: workspace, notices: [], warnings: [] })
  })

  test.each<[string, Tree, RegExp]>([
    [
      'has no uv.lock',
      without('uv.lock'),
      /`source\.root` names \.\.\/\.\., which does not contain uv\.lock; name the folder/
    ],
    [
      'has no pyproject.toml',
      without('pyproject.toml'),
      /`source\.root` names \.\.\/\.\., which does not contain pyproject\.toml/
    ],
    ['lacks a member', without('libs'), /uv\.lock names libs\/shared, which does not exist/],
    [
      'has a member outside its folder',
      { ...WORKSPACE, 'uv.lock': LOCK.replace('libs/shared', '../shared') },
      /uv\.lock names \.\.\/shared outside that folder/
    ],
    [
      'does not exist',
      {
        ...WORKSPACE,
        'apps/agent/langgraph.json': JSON.stringify({ ...CONFIG, source: { kind: 'uv', root: './none' } })
      },
      /`source\.root` names \.\/none, which does not exist/
    ],
    [
      'is outside the workspace',
      {
        ...WORKSPACE,
        'apps/agent/langgraph.json': JSON.stringify({ ...CONFIG, source: { kind: 'uv', root: '../../..' } })
      },
      /`source\.root` names \.\.\/\.\.\/\.\., which is outside the workspace/
    ]
  ])('that %s is an error', async (_, tree, text) => {
    expect(await problemsOf(read(makeTree(tree), AT))).toEqual([expect.stringMatching(text)])
  })

  const WEB = '\n[[package]]\nname = "web"\nversion = "0"\nsource = { virtual = "apps/web" }\n'
  const withSource = (source: object, graph = './src/agent/graph.py:graph') =>
    JSON.stringify({ ...CONFIG, graphs: { agent: graph }, source: { kind: 'uv', root: '../..', ...source } })

  test('does not need members that the agent does not depend on, as in a sparse checkout', async () => {
    const project = await read(makeTree({ ...WORKSPACE, 'uv.lock': LOCK + WEB }), AT)
    expect(project.notices).toContain('uv.lock names apps/web, which does not exist and is not needed by agent.')
    expect(project.named).not.toContain('apps/web')
    const inferred = { ...WORKSPACE, 'uv.lock': LOCK + WEB, 'apps/agent/langgraph.json': withSource({}) }
    expect((await read(makeTree(inferred), AT)).warnings).toEqual([])
  })

  test.each<[string, Tree, RegExp]>([
    [
      'a graph outside the package',
      { 'main.py': '', 'apps/agent/langgraph.json': withSource({}, '../../main.py:graph') },
      /^apps\/agent\/langgraph\.json:1: `graphs\.agent` names \.\.\/\.\.\/main\.py, which is neither in the uv package agent nor/
    ],
    [
      'a graph in a package that is not a dependency of the deployed package',
      { 'apps/agent/langgraph.json': withSource({ package: 'shared' }) },
      /neither in the uv package shared nor/
    ],
    [
      'a deployed package that is not in uv.lock',
      { 'apps/agent/langgraph.json': withSource({ package: 'nobody' }) },
      /`source\.package` names nobody, which is not in uv\.lock; write one of agent, root, shared/
    ]
  ])('is an error with %s', async (_, tree, text) => {
    expect(await problemsOf(read(makeTree({ ...WORKSPACE, ...tree }), AT))).toEqual([expect.stringMatching(text)])
  })

  test('can have a graph in a package that the agent depends on', async () => {
    const config = withSource({ package: 'Agent' }, '../../libs/shared/src/shared/__init__.py:graph')
    expect((await read(makeTree({ ...WORKSPACE, 'apps/agent/langgraph.json': config }), AT)).warnings).toEqual([])
  })

  test('is packed with a warning if its lock file is not valid TOML', async () => {
    const project = await read(makeTree({ ...WORKSPACE, 'uv.lock': '<<<<<<< HEAD\n' }), AT)
    expect(project.warnings).toEqual([expect.stringMatching(/^uv\.lock is not valid TOML/)])
    expect(project.named).toContain('uv.lock')
  })

  test('is an error if the URL of a package contains credentials', async () => {
    const text = '[project]\nname = "agent"\n[tool.uv.sources]\nx = { git = "https://hunter2@github.com/acme/x" }\n'
    const [problem, ...others] = await problemsOf(
      read(makeTree({ ...WORKSPACE, 'apps/agent/pyproject.toml': text }), AT)
    )
    expect(problem).toMatch(/^apps\/agent\/pyproject\.toml:4: contains a git URL with credentials/)
    expect(others).toEqual([])
  })

  test('must be inside `root`, if set', async () => {
    const workspace = makeTree(WORKSPACE)
    expect(await problemsOf(read(workspace, { ...AT, root: 'apps' }))).toContainEqual(
      expect.stringMatching(/`source\.root` is outside apps/)
    )
    expect((await read(workspace, { ...AT, root: '.' })).root).toBe(join(workspace))
  })
})

/** `langgraph build` 0.4.40 copies each dependency to /deps and runs `uv pip install -e .` there, which uv often rejects. */
describe('a uv workspace that the configuration does not name', () => {
  const pyproject = (sources: string) =>
    `[project]\nname = "agent"\ndependencies = ["httpx>=0.28", "Shared_Lib[all]"]\n\n[tool.uv.sources]\n${sources}\n`
  const MEMBER = pyproject('shared-lib = { workspace = true }')
  const ROOT = '[tool.uv.workspace]\nmembers = ["apps/*", "libs/*"]\n'
  const readWith = (tree: Tree, value: object = {}) => {
    const config = { graphs: { agent: './graph.py:graph' }, dependencies: ['.'], ...value }
    return read(
      makeTree({
        'pyproject.toml': ROOT,
        'apps/agent/langgraph.json': JSON.stringify(config),
        'apps/agent/graph.py': '',
        'apps/agent/pyproject.toml': MEMBER,
        'libs/shared/pyproject.toml': '[project]\nname = "shared-lib"\n',
        ...tree
      }),
      AT
    )
  }

  test.each<[string, Tree, object]>([
    ['a member of the workspace', {}, {}],
    [
      'a member, with the source in the root',
      {
        'pyproject.toml': `${ROOT}[tool.uv.sources]\nshared-lib = { workspace = true }\n`,
        'apps/agent/pyproject.toml': pyproject('')
      },
      {}
    ],
    ['a member that is also in `dependencies`', {}, { dependencies: ['.', '../../libs/shared'] }],
    [
      'a folder next to it',
      { 'apps/agent/pyproject.toml': pyproject('shared-lib = { path = "../../libs/shared", editable = true }') },
      {}
    ],
    [
      'a folder next to it, without a workspace',
      {
        'pyproject.toml': '',
        'apps/agent/pyproject.toml': pyproject(
          'shared-lib = [{ path = "../../libs/shared", marker = "sys_platform == \'linux\'" }]'
        )
      },
      {}
    ],
    ['a member, with pip, which searches an index', {}, { pip_installer: 'pip' }]
  ])('causes a warning if a dependency uses %s', async (_, tree, value) => {
    const { warnings } = await readWith(tree, value)
    expect(warnings).toEqual([
      expect.stringMatching(
        /^apps\/agent\/langgraph\.json: `dependencies\[0\]` names \., whose pyproject\.toml uses shared-lib .*"root": "\.\.\/\.\."/
      )
    ])
  })

  test.each<[string, Tree, object]>([
    ['uses no neighboring package', { 'apps/agent/pyproject.toml': pyproject('other = { workspace = true }') }, {}],
    [
      'is the workspace itself',
      { 'apps/agent/pyproject.toml': `${MEMBER}[tool.uv.workspace]\nmembers = ["libs/*"]\n` },
      {}
    ],
    [
      'uses a folder inside it',
      { 'apps/agent/pyproject.toml': pyproject('shared-lib = { path = "libs/shared" }') },
      {}
    ],
    [
      'uses a folder that is also next to it in the image',
      {
        'apps/agent/pyproject.toml': pyproject('shared-lib = { path = "../shared" }'),
        'apps/shared/pyproject.toml': ''
      },
      { dependencies: ['.', '../shared'] }
    ],
    [
      'is installed by pip together with the other package',
      {},
      { dependencies: ['.', '../../libs/shared'], pip_installer: 'pip' }
    ],
    ['cannot be parsed', { 'apps/agent/pyproject.toml': '[[[' }, {}]
  ])('causes no warning if a dependency %s', async (_, tree, value) => {
    expect(await readWith(tree, value)).toMatchObject({ warnings: [] })
  })
})
