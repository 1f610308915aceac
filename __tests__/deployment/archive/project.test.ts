import { chmodSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { makeFolder, makeTree, problemsOf, read, SMALLEST, type Tree } from './support.ts'

function config(value: unknown): Record<string, string> {
  return { 'langgraph.json': JSON.stringify(value) }
}

const GOOD = { graphs: { agent: './agent.py:graph' }, dependencies: ['.'] }

describe('a good project', () => {
  test('in Python, with its settings in a file', async () => {
    const workspace = makeTree({
      ...config({
        dependencies: ['.', 'langchain-openai', './lib'],
        graphs: {
          agent: './src/agent.py:graph',
          other: { path: './lib/other.py:make', description: 'x' },
          pack: 'pack.graph:graph'
        },
        env: './.env'
      }),
      'src/agent.py': '',
      'lib/other.py': '',
      '.env': '# keys\nexport OPENAI_API_KEY="sk-1"\nEMPTY=\n'
    })
    expect(await read(workspace)).toEqual({
      workspace,
      root: workspace,
      configPath: 'langgraph.json',
      folders: [workspace],
      environment: [{ name: 'OPENAI_API_KEY', value: 'sk-1' }],
      environmentFile: '.env',
      isEnvironmentMissing: false,
      deploymentName: undefined,
      named: ['src/agent.py', 'lib/other.py', 'lib'],
      notices: ['langgraph.json: `env`: .env: EMPTY: left out, because the value is empty.'],
      warnings: []
    })
  })

  test('in JS, in a monorepo, with its settings in an object', async () => {
    const workspace = makeTree({
      'repo/apps/agent/langgraph.json': JSON.stringify({
        node_version: '20',
        dependencies: ['.', '../../packages/shared'],
        graphs: { agent: './src/agent.ts:graph', shared: '../../packages/shared/graph.ts:graph' },
        env: { A: '1', B: '' }
      }),
      'repo/apps/agent/src/agent.ts': '',
      'repo/packages/shared/graph.ts': ''
    })
    const project = await read(workspace, { configPath: 'repo/apps/agent/langgraph.json' })
    expect(project).toMatchObject({
      root: join(workspace, 'repo'),
      configPath: 'apps/agent/langgraph.json',
      folders: [join(workspace, 'repo/apps/agent'), join(workspace, 'repo/packages/shared')],
      environment: [{ name: 'A', value: '1' }],
      notices: ['repo/apps/agent/langgraph.json: `env.B` is empty; left out.']
    })
  })

  test('whose dependency is a folder above', async () => {
    const workspace = makeTree({
      'app/langgraph.json': JSON.stringify({ ...GOOD, dependencies: ['..'] }),
      'app/agent.py': ''
    })
    const project = await read(workspace, { configPath: './app/langgraph.json' })
    expect(project).toMatchObject({ root: workspace, configPath: 'app/langgraph.json' })
  })

  test('reached by links that stay inside the workspace', async () => {
    const real = makeTree({ ...SMALLEST, 'libs/shared/x.py': '', 'app/shared': { link: '../libs/shared' } })
    makeTree(
      { 'app/langgraph.json': JSON.stringify({ ...GOOD, dependencies: ['./shared'] }), 'app/agent.py': '' },
      real
    )
    const outer = makeFolder()
    symlinkSync(real, join(outer, 'workspace'))
    const project = await read(join(outer, 'workspace'), { configPath: 'app/langgraph.json' })
    expect(project).toMatchObject({ workspace: real, root: real, configPath: 'app/langgraph.json' })
    expect(project.folders).toEqual([join(real, 'app'), join(real, 'libs/shared')])
  })
})

describe('a file of variables', () => {
  test.each(['.env', '../.env', './conf/prod.env'])('%s that is not there is a line of the log', async (env) => {
    const project = await read(makeTree({ ...config({ ...GOOD, env }), 'agent.py': '' }))
    expect(project).toMatchObject({ environment: [], isEnvironmentMissing: true, warnings: [] })
    expect(project.notices).toEqual([
      expect.stringMatching(/^langgraph\.json: `env` names \S+, which is not there\. .*`secrets`/)
    ])
  })

  test.each<[string, Tree]>([
    ['a file', { ...config({ ...GOOD, env: '.env' }), '.env': 'LANGSMITH_DEPLOYMENT_NAME=support\nA=1\n' }],
    ['an object', config({ ...GOOD, env: { LANGSMITH_DEPLOYMENT_NAME: 'support', A: '1' } })]
  ])('that names the deployment, as %s, makes no variable of the name', async (_, tree) => {
    expect(await read(makeTree({ ...tree, 'agent.py': '' }))).toMatchObject({
      deploymentName: 'support',
      environment: [{ name: 'A', value: '1' }]
    })
  })
})

describe('what a configuration names', () => {
  const NAMES = {
    ...GOOD,
    auth: { path: './src/auth.py:auth' },
    encryption: { path: './src/encryption.py:encryption' },
    http: { app: './src/app.py:app' },
    checkpointer: { path: './src/checkpointer.py:make' },
    store: { path: './src/store.py:make', index: { embed: './src/embed.py:embed', dims: 3 } },
    ui: { agent: './src/ui.tsx' },
    pip_config_file: 'pip.conf'
  }
  const FILES = [
    'src/auth.py',
    'src/encryption.py',
    'src/app.py',
    'src/checkpointer.py',
    'src/store.py',
    'src/embed.py',
    'pip.conf',
    'src/ui.tsx'
  ]

  test('is what the archive must hold', async () => {
    const tree = Object.fromEntries(FILES.map((file) => [`app/${file}`, '']))
    const workspace = makeTree({ ...tree, 'app/langgraph.json': JSON.stringify(NAMES), 'app/agent.py': '' })
    const { named } = await read(workspace, { configPath: 'app/langgraph.json' })
    expect(named).toEqual(['app/agent.py', 'app', ...FILES.map((file) => `app/${file}`)])
  })

  test('is refused where it is not there', async () => {
    const problems = await problemsOf(read(makeTree({ ...config(NAMES), 'agent.py': '' })))
    expect(problems.map((problem) => /`([^`]+)` names/.exec(problem)?.[1])).toEqual([
      'auth.path',
      'encryption.path',
      'http.app',
      'checkpointer.path',
      'store.path',
      'store.index.embed',
      'pip_config_file',
      'ui.agent'
    ])
  })

  test('may be modules of packages, and the name of a model', async () => {
    const modules = {
      ...GOOD,
      auth: { path: 'agent.auth:auth' },
      store: { index: { embed: 'openai:text-embedding-3' } }
    }
    expect((await read(makeTree({ ...config(modules), 'agent.py': '' }))).named).toEqual(['agent.py'])
  })
})

describe('a graph that a build makes', () => {
  const SCRIPT = { 'package.json': '{"scripts": {"build": "tsc"}}' }
  const built = (graph: string) => config({ graphs: { agent: `${graph}:graph` }, node_version: '22' })

  test.each<[string, Tree, object]>([
    ['a script named build', { ...built('./dist/agent.js'), ...SCRIPT }, {}],
    ['a build command', built('./build/deep/agent.mjs'), { hasBuildCommand: true }],
    [
      'tsconfig.json and its outDir',
      { ...built('./made/agent.js'), ...SCRIPT, 'tsconfig.json': '// x\n{"compilerOptions": {"outDir": "./made",}}' },
      {}
    ]
  ])('by %s is left to it, in a line of the log', async (_, tree, options) => {
    const { named, notices } = await read(makeTree(tree), options)
    expect(named).toEqual([])
    expect(notices).toEqual([
      expect.stringMatching(/^`graphs\.agent` names .*, which is not there and is left to the build\.$/)
    ])
  })

  test.each<[string, Tree, object]>([
    ['nothing builds', { ...built('./dist/agent.js'), 'package.json': '{}' }, {}],
    ['lies in no folder for output', { ...built('./src/agent.js'), ...SCRIPT }, { hasBuildCommand: true }],
    [
      'is in Python',
      config({ graphs: { agent: './dist/agent.py:graph' }, dependencies: ['.'] }),
      { hasBuildCommand: true }
    ]
  ])('is refused where it %s', async (_, tree, options) => {
    expect(await problemsOf(read(makeTree(tree), options))).toEqual([expect.stringContaining('which does not exist')])
  })
})

describe('the place of an annotation', () => {
  test('is the line of the first problem', async () => {
    const text = JSON.stringify({ ...GOOD, graphs: { a: './agent.py:graph', b: './none.py:graph' }, env: 7 }, null, 2)
    const workspace = makeTree({ 'app/langgraph.json': text, 'app/agent.py': '' })
    await expect(read(workspace, { configPath: 'app/langgraph.json' })).rejects.toMatchObject({
      place: { file: 'app/langgraph.json', line: 4 },
      problems: [
        expect.stringMatching(/^app\/langgraph\.json:4: `graphs\.b`/),
        expect.stringMatching(/^app\/langgraph\.json:9: `env`/)
      ]
    })
  })

  test('is in package.json where that is wrong', async () => {
    const workspace = makeTree({
      ...config({ graphs: { agent: './a.ts:graph' } }),
      'a.ts': '',
      'package.json': '{\n  "engines": { "node": ">=20" }\n}'
    })
    await expect(read(workspace)).rejects.toMatchObject({ place: { file: 'package.json', line: 2 } })
  })
})

describe('a broken langgraph.json', () => {
  test('that is not there, no file, outside, or in no workspace', async () => {
    const workspace = makeTree({ 'folder/x': '', 'out.json': { link: '/etc/passwd' } })
    expect(await problemsOf(read(workspace))).toEqual([
      'langgraph.json does not exist in the workspace. Check the repository out first, and set `langgraph-config` to the file.'
    ])
    expect(await problemsOf(read(workspace, { configPath: 'folder' }))).toEqual([
      expect.stringContaining('folder is a folder. Set `langgraph-config` to the langgraph.json itself.')
    ])
    for (const configPath of ['../langgraph.json', '/etc/passwd', 'out.json', 'x\n::error::/../../y']) {
      const [problem = '', ...others] = await problemsOf(read(workspace, { configPath }))
      expect(problem).toMatch(/lies outside the workspace|does not exist in the workspace/)
      expect(problem).not.toContain('\n')
      expect(others).toEqual([])
    }
    expect(await problemsOf(read(join(workspace, 'none')))).toEqual([
      expect.stringMatching(/^The workspace .* does not exist/)
    ])
  })

  test.each([
    ['{\n  "graphs": {},,\n}', 'langgraph.json:2: is not valid JSON: line 2, column 16: expected a name'],
    ['\uFEFF{}', 'langgraph.json:1: begins with a byte order mark'],
    ['[]', 'langgraph.json:1: is not a JSON object'],
    ['{}', 'langgraph.json:1: `graphs` is missing'],
    ['{"graphs": {}}', 'langgraph.json:1: `graphs` is empty'],
    ['{"graphs": ["./a.py:g"]}', 'langgraph.json:1: `graphs` is not an object'],
    ['{"graphs": {"a": 1}}', 'langgraph.json:1: `graphs.a` names no file'],
    ['{"graphs": {"a": {"description": "x"}}}', 'langgraph.json:1: `graphs.a` names no file'],
    [
      '{"dependencies": ["."],\n"graphs": {\n"a": "./agent.py"}}',
      'langgraph.json:3: `graphs.a` needs a file, a colon and the name'
    ],
    [
      '{"dependencies": ["."],\n"graphs": {"a": {\n"path": "./agent.py:"}}}',
      'langgraph.json:2: `graphs.a` needs a file, a colon and the name'
    ]
  ])('%j', async (text, problem) => {
    const workspace = makeTree({ 'langgraph.json': text, 'agent.py': '' })
    expect(await problemsOf(read(workspace))).toEqual([expect.stringContaining(problem)])
  })

  test('never shows the text of broken JSON, which may hold a secret', async () => {
    const workspace = makeTree({ 'langgraph.json': '{"env": {"KEY": hunter2}}' })
    expect((await problemsOf(read(workspace))).join()).not.toContain('hunter2')
  })

  test('tells everything that is wrong at once', async () => {
    const outside = makeTree({ 'secret.py': '' })
    const workspace = makeTree({
      ...config({
        graphs: { missing: './no.py:graph', folder: './src:graph', link: './link.py:graph', out: '../../x.py:graph' },
        dependencies: ['.', './none', './agent.py', '../etc', 7, '', '/deps/in-the-base-image'],
        env: { 'A-B': 'hunter2', N: {}, OK: 'x' }
      }),
      'agent.py': '',
      'src/x.py': '',
      'link.py': { link: join(outside, 'secret.py') }
    })
    const problems = await problemsOf(read(workspace))
    expect(problems).toEqual([
      expect.stringContaining('`dependencies[4]` is not text'),
      expect.stringContaining('`dependencies[5]` is not text'),
      expect.stringContaining('`env.N` is not text'),
      expect.stringContaining(
        '`dependencies[1]` names ./none, which does not exist (looked for none); correct the path'
      ),
      expect.stringContaining('`dependencies[2]` names ./agent.py, which is not a folder'),
      expect.stringContaining('`dependencies[3]` names ../etc, which lies outside the workspace'),
      expect.stringContaining('`graphs.missing` names ./no.py, which does not exist (looked for no.py)'),
      expect.stringContaining('`graphs.folder` names ./src, which is not a file'),
      expect.stringContaining('`graphs.link` names ./link.py, which lies outside the workspace'),
      expect.stringContaining('`graphs.out` names ../../x.py, which lies outside the workspace')
    ])
    expect(problems.join()).not.toContain('hunter2')
    expect(problems.every((problem) => problem.startsWith('langgraph.json:1: ') && problem.endsWith('.'))).toBe(true)
  })

  test.each([
    [{ ...GOOD, dependencies: '.' }, '`dependencies` is not a list'],
    [{ ...GOOD, env: 7 }, '`env` is neither a file nor an object'],
    [{ ...GOOD, env: './' }, '`env` names ./, which is not a file'],
    [{ ...GOOD, env: '../' }, '`env` names ../, which lies outside the workspace'],
    [{ ...GOOD, env: 'bad.env' }, '`env`: bad.env: line 2: ${NONE} in the value of B is set neither']
  ])('%j', async (value, problem) => {
    const workspace = makeTree({ ...config(value), 'agent.py': '', 'bad.env': 'A=1\nB=hunter2${NONE}\n' })
    const problems = await problemsOf(read(workspace))
    expect(problems).toEqual([expect.stringContaining(problem)])
    expect(problems.join()).not.toContain('hunter2')
  })

  test('whose graph or dependency would not be where the build looks for it', async () => {
    const workspace = makeTree({
      'app/langgraph.json': JSON.stringify({
        graphs: { agent: '../other/agent.py:graph' },
        dependencies: ['.', '../linked']
      }),
      'other/agent.py': '',
      'libs/shared/x.py': '',
      linked: { link: 'libs/shared' }
    })
    expect(await problemsOf(read(workspace, { configPath: 'app/langgraph.json' }))).toEqual([
      "app/langgraph.json:1: `graphs.agent` names ../other/agent.py, which is outside the config's folder; add its folder to `dependencies`.",
      "app/langgraph.json:1: `dependencies[1]` names ../linked, which is reached by a symbolic link outside the config's folder; name libs/shared itself."
    ])
  })

  test('whose links lead in a circle', async () => {
    const workspace = makeTree({ ...config(GOOD), 'agent.py': { link: 'b' }, b: { link: 'agent.py' } })
    expect(await problemsOf(read(workspace))).toEqual([
      expect.stringContaining('`graphs.agent` names ./agent.py, which is a symbolic link that leads in a circle')
    ])
  })

  const asRoot = process.getuid?.() === 0
  test('that may not be read', async () => {
    const workspace = makeTree(SMALLEST)
    chmodSync(join(workspace, 'langgraph.json'), 0)
    chmodSync(workspace, 0o755)
    if (asRoot) process.seteuid?.(65534)
    try {
      expect(await problemsOf(read(workspace))).toEqual([expect.stringContaining('langgraph.json may not be read')])
    } finally {
      if (asRoot) process.seteuid?.(0)
    }
  })
})
