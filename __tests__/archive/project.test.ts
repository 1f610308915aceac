import { chmodSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { words } from '../support/words.ts'
import { makeFolder, makeTree, problemsOf, read, SMALLEST, type Tree } from './support.ts'

function config(value: unknown): Record<string, string> {
  return { 'langgraph.json': JSON.stringify(value) }
}

const GOOD = { graphs: { agent: './agent.py:graph' }, dependencies: ['.'] }

describe('a valid project', () => {
  test('can be in Python, with its variables in a file', async () => {
    const workspace = makeTree({
      ...config({
        dependencies: ['.', 'langchain-openai', './lib'],
        graphs: {
          agent: './source/agent.py:graph',
          other: { path: './lib/other.py:make', description: 'x' },
          pack: 'pack.graph:graph'
        },
        env: './.env'
      }),
      'source/agent.py': '',
      'lib/other.py': '',
      '.env': '# keys\nexport OPENAI_API_KEY="sk-1"\nEMPTY=\n'
    })
    expect(await read(workspace)).toEqual({
      workspace,
      advice: [],
      root: workspace,
      configPath: 'langgraph.json',
      configLabel: 'langgraph.json',
      folders: [workspace],
      environment: [{ name: 'OPENAI_API_KEY', value: 'sk-1' }],
      environmentFile: '.env',
      environmentNames: [],
      isEnvironmentMissing: false,
      deploymentName: undefined,
      named: ['source/agent.py', 'lib/other.py', 'lib'],
      namedAt: new Map([
        ['lib', 1],
        ['lib/other.py', 1],
        ['source/agent.py', 1]
      ]),
      notices: ['langgraph.json: `env`: .env: EMPTY: skipped, because the value is empty.'],
      warnings: []
    })
  })

  test('can be in JavaScript, in a monorepo, with its variables in an object', async () => {
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
      notices: ['repo/apps/agent/langgraph.json: `env.B` is empty; skipped.']
    })
  })

  test('can have a parent folder as a dependency', async () => {
    const workspace = makeTree({
      'app/langgraph.json': JSON.stringify({ ...GOOD, dependencies: ['..'] }),
      'app/agent.py': ''
    })
    const project = await read(workspace, { configPath: './app/langgraph.json' })
    expect(project).toMatchObject({ root: workspace, configPath: 'app/langgraph.json' })
  })

  test('can contain links to folders in the workspace', async () => {
    const real = makeTree({ ...SMALLEST, 'libs/shared/x.py': '', 'app/shared': { link: '../libs/shared' } })
    makeTree(
      { 'app/langgraph.json': JSON.stringify({ ...GOOD, dependencies: ['.', './shared'] }), 'app/agent.py': '' },
      real
    )
    const outer = makeFolder()
    symlinkSync(real, join(outer, 'workspace'))
    const project = await read(join(outer, 'workspace'), { configPath: 'app/langgraph.json' })
    expect(project).toMatchObject({ workspace: real, root: real, configPath: 'app/langgraph.json' })
    expect(project.folders).toEqual([join(real, 'app'), join(real, 'libs/shared')])
  })
})

describe('`dependencies`', () => {
  test('can be the string ".", as in the official CLI, but with advice', async () => {
    const config = JSON.stringify({ graphs: { agent: './agent.py:graph' }, dependencies: '.' })
    expect(await read(makeTree({ ...SMALLEST, 'langgraph.json': config }))).toMatchObject({
      named: ['agent.py'],
      advice: ['langgraph.json: `dependencies` is a string, not a list; write "dependencies": ["."].'],
      warnings: []
    })
  })

  test.each([['.'], [['./none']], [null]])('can be %j if all graphs are in JavaScript', async (value) => {
    const config = JSON.stringify({ graphs: { agent: './agent.ts' }, dependencies: value })
    const project = await read(makeTree({ 'langgraph.json': config, 'agent.ts': '' }))
    expect(project).toMatchObject({ named: ['agent.ts'], advice: [], warnings: [] })
  })
})

describe('the environment variable file', () => {
  test.each(['.env', '../.env', './conf/prod.env'])('%s causes a line in the log if it does not exist', async (env) => {
    const project = await read(makeTree({ ...config({ ...GOOD, env }), 'agent.py': '' }))
    expect(project).toMatchObject({ environment: [], isEnvironmentMissing: true, warnings: [] })
    expect(project.notices).toEqual([
      expect.stringMatching(/^langgraph\.json: `env` names \S+, which does not exist\. .*`secrets`/)
    ])
  })

  test.each(['../.env', 'TEMPORARY/agent.env'])('%s can be in RUNNER_TEMP, outside the workspace', async (written) => {
    const temporary = makeTree({ 'work/x': '', '.env': 'A=1\n', 'agent.env': 'A=1\n' })
    const workspace = join(temporary, 'work')
    const env = written.replace('TEMPORARY', temporary)
    makeTree({ ...config({ ...GOOD, env }), 'agent.py': '' }, workspace)
    expect(await read(workspace, { temporary })).toMatchObject({
      environment: [{ name: 'A', value: '1' }],
      environmentFile: env,
      isEnvironmentMissing: false,
      notices: [],
      warnings: []
    })
  })

  test('must not be in another folder, or belong to the runner, git or another action', async () => {
    const temporary = makeTree({
      'git-credentials-0.config': 'A=1',
      'gha-creds-0.json': 'A=1',
      '_runner_file_commands/set_env': 'A=1'
    })
    const other = makeTree({ 'x.env': 'A=1' })
    const workspace = makeTree({ 'agent.py': '', '.git/config': 'A=1', 'linked.env': { link: join(other, 'x.env') } })
    const refused = async (env: string) => {
      makeTree(config({ ...GOOD, env }), workspace)
      return problemsOf(read(workspace, { temporary }))
    }
    const outside = 'which is outside the workspace and RUNNER_TEMP; name a file in the workspace'
    for (const env of [join(other, 'x.env'), 'linked.env']) {
      expect(await refused(env)).toEqual([expect.stringContaining(outside)])
    }
    const kept = ['git-credentials-0.config', 'gha-creds-0.json', '_runner_file_commands/set_env']
    for (const env of ['.git/config', ...kept.map((name) => join(temporary, name))]) {
      expect(await refused(env)).toEqual([expect.stringContaining('belongs to git, the runner or another action')])
    }
  })

  test('must not be the configuration itself', async () => {
    const workspace = makeTree({ ...config({ ...GOOD, env: './langgraph.json' }), 'agent.py': '' })
    expect(await problemsOf(read(workspace))).toEqual([
      'langgraph.json:1: `env` names ./langgraph.json, which is the configuration itself; name a file with lines of NAME=value, such as ".env", or remove `env`.'
    ])
  })

  test('can be replaced by a list of names, which sets no variables', async () => {
    const workspace = makeTree({
      ...config({ ...GOOD, env: ['A_KEY', 'B_KEY', 'A_KEY', 'not a name'] }),
      'agent.py': ''
    })
    expect(await read(workspace)).toMatchObject({ environment: [], environmentNames: ['A_KEY', 'B_KEY'], notices: [] })
  })

  test.each<[string, Tree]>([
    ['a file', { ...config({ ...GOOD, env: '.env' }), '.env': 'LANGSMITH_DEPLOYMENT_NAME=support\nA=1\n' }],
    ['an object', config({ ...GOOD, env: { LANGSMITH_DEPLOYMENT_NAME: 'support', A: '1' } })]
  ])('or object can name the deployment, which sets no variable: %s', async (_, tree) => {
    expect(await read(makeTree({ ...tree, 'agent.py': '' }))).toMatchObject({
      deploymentName: 'support',
      environment: [{ name: 'A', value: '1' }]
    })
  })
})

describe('the paths that a configuration names', () => {
  const NAMES = {
    ...GOOD,
    auth: { path: './source/auth.py:auth' },
    encryption: { path: './source/encryption.py:encryption' },
    http: { app: './source/app.py:app' },
    checkpointer: { path: './source/checkpointer.py:make' },
    store: { path: './source/store.py:make', index: { embed: './source/embed.py:embed', dims: 3 } },
    ui: { agent: './src/ui.tsx' },
    pip_config_file: 'pip.conf'
  }
  const FILES = words(`
    source/auth.py source/encryption.py source/app.py source/checkpointer.py source/store.py source/embed.py pip.conf
    src/ui.tsx
  `)

  test('are required in the archive', async () => {
    const tree = Object.fromEntries(FILES.map((file) => [`app/${file}`, '']))
    const workspace = makeTree({ ...tree, 'app/langgraph.json': JSON.stringify(NAMES), 'app/agent.py': '' })
    const { named } = await read(workspace, { configPath: 'app/langgraph.json' })
    expect(named).toEqual(['app/agent.py', 'app', ...FILES.map((file) => `app/${file}`)])
  })

  test('must exist', async () => {
    const problems = await problemsOf(read(makeTree({ ...config(NAMES), 'agent.py': '' })))
    const named = words(`
      auth.path encryption.path http.app checkpointer.path store.path store.index.embed pip_config_file ui.agent
    `)
    expect(problems.map((problem) => /`([^`]+)` names/.exec(problem)?.[1])).toEqual(named)
  })

  test('do not include modules of packages and names of models', async () => {
    const modules = {
      ...GOOD,
      auth: { path: 'agent.auth:auth' },
      store: { index: { embed: 'openai:text-embedding-3' } }
    }
    expect((await read(makeTree({ ...config(modules), 'agent.py': '' }))).named).toEqual(['agent.py'])
  })
})

describe('a graph that a build creates', () => {
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
  ])('does not need to exist, and causes a line in the log: %s', async (_, tree, options) => {
    const { named, notices } = await read(makeTree(tree), options)
    expect(named).toEqual([])
    expect(notices).toEqual([
      expect.stringMatching(/^`graphs\.agent` names .*, which does not exist; the build is expected to create it\.$/)
    ])
  })

  const EXTENDED: Tree = { ...built('./made/agent.js'), ...SCRIPT }
  test.each<[string, Tree]>([
    [
      'a file next to it',
      { 'tsconfig.json': '{"extends": "./base"}', 'base.json': '{"compilerOptions": {"outDir": "made"}}' }
    ],
    [
      'several files and a package, of which the last file with `outDir` is used',
      {
        'tsconfig.json':
          '{"extends": ["./one.json", "./conf/two.json", "@tsconfig/node22/tsconfig.json", "./three.json"]}',
        'one.json': '{"compilerOptions": {"outDir": "elsewhere"}}',
        'conf/two.json': '{"compilerOptions": {"outDir": "../made"}}',
        'three.json': '{}'
      }
    ],
    [
      'a chain with `${configDir}`',
      {
        'tsconfig.json': '{"extends": "./conf/a.json"}',
        'conf/a.json': '{"extends": "./b.json", "compilerOptions": {}}',
        'conf/b.json': '{"compilerOptions": {"outDir": "${configDir}/made"}}'
      }
    ]
  ])('does not need to exist if tsconfig.json extends a file with its `outDir`: %s', async (_, tree) => {
    expect((await read(makeTree({ ...EXTENDED, ...tree }))).named).toEqual([])
  })

  test.each<[string, Tree]>([
    ['itself', { 'tsconfig.json': '{"extends": ["./tsconfig.json", "./tsconfig.json"]}' }],
    ['a package', { 'tsconfig.json': '{"extends": "made"}', 'made.json': '{"compilerOptions": {"outDir": "made"}}' }],
    [
      'a file whose `outDir` it overrides',
      {
        'tsconfig.json': '{"extends": "./base.json", "compilerOptions": {"outDir": "other"}}',
        'base.json': '{"compilerOptions": {"outDir": "made"}}'
      }
    ]
  ])('must exist if tsconfig.json extends %s', async (_, tree) => {
    expect(await problemsOf(read(makeTree({ ...EXTENDED, ...tree })))).toEqual([
      expect.stringContaining('does not exist')
    ])
  })

  test('does not need to exist if the package workspace has a build script', async () => {
    const tree = (scripts: string): Tree => ({
      'apps/agent/langgraph.json': JSON.stringify({
        graphs: { a: './dist/a.js:g', b: '../../packages/b/dist/b.js:g' }
      }),
      'apps/agent/package.json': '{"name": "agent"}',
      'package.json': `{"workspaces": ["apps/*"], "scripts": ${scripts}}`
    })
    const at = { configPath: 'apps/agent/langgraph.json' }
    expect((await read(makeTree(tree('{"build": "turbo build"}')), at)).named).toEqual([])
    expect(await problemsOf(read(makeTree(tree('{}')), at))).toHaveLength(2)
    const alone = read(makeTree(tree('{"build": "turbo build"}')), { ...at, root: 'apps/agent' })
    expect(await problemsOf(alone)).toHaveLength(2)
  })

  test.each<[string, Tree, object]>([
    ['there is no build', { ...built('./dist/agent.js'), 'package.json': '{}' }, {}],
    ['it is not in an output folder', { ...built('./source/agent.js'), ...SCRIPT }, { hasBuildCommand: true }],
    [
      'it is in Python',
      config({ graphs: { agent: './dist/agent.py:graph' }, dependencies: ['.'] }),
      { hasBuildCommand: true }
    ]
  ])('must exist if %s', async (_, tree, options) => {
    expect(await problemsOf(read(makeTree(tree), options))).toEqual([expect.stringContaining('which does not exist')])
  })
})

/** Each case was checked with langgraph-cli 0.4.40. */
describe('a path that an image for Python would not contain', () => {
  const FILES: Tree = { 'agent.py': '', 'agent.ts': '', 'lib/x.py': '', 'other/y.py': '', 'app/z.py': '' }
  const IN_LIB = { graphs: { agent: './lib/x.py:graph' }, dependencies: ['./lib'] }
  const readWith = (value: object) => read(makeTree({ ...config(value), ...FILES }))

  test.each<[object, string]>([
    [{ ...IN_LIB, graphs: { agent: './other/y.py:graph' } }, 'graphs.agent'],
    [{ ...GOOD, dependencies: ['langchain'] }, 'graphs.agent'],
    [{ ...GOOD, dependencies: ['/deps/of-the-image'] }, 'graphs.agent'],
    [{ ...IN_LIB, graphs: { ...IN_LIB.graphs, js: './agent.ts:graph' } }, 'graphs.js'],
    [{ ...IN_LIB, auth: { path: './other/y.py:auth' } }, 'auth.path'],
    [{ ...IN_LIB, checkpointer: { path: './other/y.py:make' } }, 'checkpointer.path'],
    [{ ...IN_LIB, http: { app: 'other/y.py:app' } }, 'http.app']
  ])('is an error: %j', async (value, key) => {
    expect(await problemsOf(readWith(value))).toEqual([
      expect.stringMatching(
        new RegExp(`\`${key}\` names .*, which is not in a local folder listed in \`dependencies\``)
      )
    ])
  })

  test.each<[object]>([
    [{ graphs: { agent: './agent.ts:graph' } }],
    [{ graphs: { agent: './agent.ts:graph' }, dependencies: ['./lib'] }],
    [{ graphs: { agent: 'agent.graph:graph' }, dependencies: ['langchain'] }],
    [{ ...IN_LIB, auth: { path: 'other/y.py:auth' } }],
    [{ ...IN_LIB, store: { path: './other/y.py:make' } }]
  ])('is accepted if the official CLI accepts it: %j', async (value) => {
    await expect(readWith(value)).resolves.toMatchObject({ warnings: [] })
  })
})

/** Each case was checked with langgraph-cli 0.4.40. */
describe('a local dependency from which the official CLI creates a package', () => {
  const readWith = (tree: Tree, dependencies = ['.']) =>
    read(makeTree({ ...config({ ...GOOD, dependencies }), 'agent.py': '', ...tree }))

  test.each<[string, Tree, string[], RegExp]>([
    [
      'a folder named src',
      { 'src/x.py': '' },
      ['.'],
      /`dependencies\[0\]` names \., which creates a package named src,/
    ],
    [
      'src itself',
      { 'src/__init__.py': '' },
      ['langchain', '.', './src'],
      /`dependencies\[2\]` names \.\/src, .* named src,/
    ],
    [
      'a library of the image',
      { 'httpx/x.py': '' },
      ['.'],
      /creates a package named httpx, a name that is already used/
    ],
    ['a name with a dash', { 'my-lib/__init__.py': '' }, ['.', './my-lib'], /is a package whose name contains a dash/]
  ])('must not contain or be %s', async (_, tree, dependencies, text) => {
    const problems = await problemsOf(readWith(tree, dependencies))
    expect(problems).toContainEqual(expect.stringMatching(text))
  })

  test.each<[string, Tree]>([
    ['it contains pyproject.toml', { 'src/x.py': '', 'pyproject.toml': '' }],
    ['it contains setup.py', { 'src/x.py': '', 'setup.py': '' }],
    ['src contains packages', { 'src/agent/x.py': '' }],
    ['src contains no Python files', { 'src/x.ts': '', '.src/x.py': '', '__pycache__/x.py': '' }]
  ])('is accepted if %s', async (_, tree) => {
    await expect(readWith(tree)).resolves.toMatchObject({ warnings: [] })
  })
})

describe('credentials in a git URL', () => {
  test.each<[string, string, object, Tree]>([
    [
      'lib/requirements.txt',
      'httpx\ngit+https://me:hunter2@github.com/acme/x\n',
      { ...GOOD, dependencies: ['.', './lib'] },
      {}
    ],
    ['pyproject.toml', '[tool.uv.sources]\nx = { git = "https://hunter2@github.com/acme/x" }\n', GOOD, {}],
    [
      'package.json',
      '{"dependencies":\n{"x": "git+https://hunter2@github.com/acme/x"}}',
      { graphs: { a: './a.ts:g' } },
      {}
    ]
  ])('in %s are an error that names the line and does not quote them', async (file, text, value, tree) => {
    const workspace = makeTree({ 'agent.py': '', 'a.ts': '', 'lib/x.py': '', ...config(value), ...tree, [file]: text })
    await expect(read(workspace)).rejects.toMatchObject({
      place: { file, line: 2 },
      problems: [expect.stringMatching(/: contains a git URL with credentials/)]
    })
    expect((await problemsOf(read(workspace))).join()).not.toContain('hunter2')
  })

  test('are ignored in files that the build does not read', async () => {
    const text = 'git+https://me:hunter2@github.com/acme/x\n'
    const python = { 'agent.py': '', ...config(GOOD), 'package.json': `{"x": "${text.trim()}"}`, 'docs.md': text }
    await expect(read(makeTree(python))).resolves.toMatchObject({ warnings: [] })
    const script = { 'a.ts': '', ...config({ graphs: { a: './a.ts:g' } }), 'requirements.txt': text }
    await expect(read(makeTree(script))).resolves.toMatchObject({ warnings: [] })
  })
})

describe('the annotation of an error', () => {
  test('points to the line of the first problem', async () => {
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

  test('points to package.json if the problem is in that file', async () => {
    const workspace = makeTree({
      ...config({ graphs: { agent: './a.ts:graph' } }),
      'a.ts': '',
      'package.json': '{\n  "engines": { "node": ">=20" }\n}'
    })
    await expect(read(workspace)).rejects.toMatchObject({ place: { file: 'package.json', line: 2 } })
  })
})

describe('an invalid langgraph.json', () => {
  test('causes an error if it is missing, not a file, or outside the workspace, or if the workspace is missing', async () => {
    const workspace = makeTree({ 'folder/x': '', 'out.json': { link: '/etc/passwd' } })
    expect(await problemsOf(read(workspace))).toEqual([
      'langgraph.json does not exist in the workspace. Check out the repository in an earlier step, and set `langgraph-config` to the file.'
    ])
    expect(await problemsOf(read(workspace, { configPath: 'folder' }))).toEqual([
      expect.stringContaining('folder is a folder. Set `langgraph-config` to the langgraph.json itself.')
    ])
    for (const configPath of ['../langgraph.json', '/etc/passwd', 'out.json', 'x\n::error::/../../y']) {
      const [problem = '', ...others] = await problemsOf(read(workspace, { configPath }))
      expect(problem).toMatch(/is outside the workspace|does not exist in the workspace/)
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
    ['{"graphs": {"a": 1}}', 'langgraph.json:1: `graphs.a` does not name a file'],
    ['{"graphs": {"a": {"description": "x"}}}', 'langgraph.json:1: `graphs.a` does not name a file'],
    [
      '{"dependencies": ["."],\n"graphs": {\n"a": "./agent.py"}}',
      'langgraph.json:3: `graphs.a` requires a file, a colon and the name'
    ],
    [
      '{"dependencies": ["."],\n"graphs": {"a": {\n"path": "./agent.py:"}}}',
      'langgraph.json:2: `graphs.a` requires a file, a colon and the name'
    ]
  ])('causes an error for the content %j', async (text, problem) => {
    const workspace = makeTree({ 'langgraph.json': text, 'agent.py': '' })
    expect(await problemsOf(read(workspace))).toEqual([expect.stringContaining(problem)])
  })

  test('causes an error without quoting the JSON, which might contain a secret', async () => {
    const workspace = makeTree({ 'langgraph.json': '{"env": {"KEY": hunter2}}' })
    expect((await problemsOf(read(workspace))).join()).not.toContain('hunter2')
  })

  test('causes one error with all problems', async () => {
    const outside = makeTree({ 'secret.py': '' })
    const workspace = makeTree({
      ...config({
        graphs: {
          missing: './no.py:graph',
          folder: './source:graph',
          link: './link.py:graph',
          out: '../../x.py:graph'
        },
        dependencies: ['.', './none', './agent.py', '../etc', 7, '', '/deps/in-the-base-image'],
        env: { 'A-B': 'hunter2', N: {}, OK: 'x' }
      }),
      'agent.py': '',
      'source/x.py': '',
      'link.py': { link: join(outside, 'secret.py') }
    })
    const problems = await problemsOf(read(workspace))
    expect(problems).toEqual([
      expect.stringContaining('`dependencies[4]` is not a string'),
      expect.stringContaining('`env.N` is not a string'),
      expect.stringContaining(
        '`dependencies[1]` names ./none, which does not exist (expected at none); correct the path'
      ),
      expect.stringContaining('`dependencies[2]` names ./agent.py, which is not a folder'),
      expect.stringContaining('`dependencies[3]` names ../etc, which is outside the workspace'),
      expect.stringContaining('`graphs.missing` names ./no.py, which does not exist (expected at no.py)'),
      expect.stringContaining('`graphs.folder` names ./source, which is not a file'),
      expect.stringContaining('`graphs.link` names ./link.py, which is outside the workspace'),
      expect.stringContaining('`graphs.out` names ../../x.py, which is outside the workspace')
    ])
    expect(problems.join()).not.toContain('hunter2')
    expect(problems.every((problem) => problem.startsWith('langgraph.json:1: ') && problem.endsWith('.'))).toBe(true)
  })

  test.each([
    [{ ...GOOD, dependencies: './' }, '`dependencies` is not a list'],
    [{ ...GOOD, dependencies: undefined, source: { kind: 'uv', root: null } }, '`source.root` is not a folder'],
    [{ ...GOOD, env: 7 }, '`env` is neither a file nor an object'],
    [{ ...GOOD, env: './' }, '`env` names ./, which is not a file'],
    [{ ...GOOD, env: '../' }, '`env` names ../, which is outside the workspace'],
    [{ ...GOOD, env: 'bad.env' }, '`env`: bad.env: line 2: ${NONE} in the value of B is set neither']
  ])('causes an error for the value %j', async (value, problem) => {
    const workspace = makeTree({ ...config(value), 'agent.py': '', 'bad.env': 'A=1\nB=hunter2${NONE}\n' })
    const problems = await problemsOf(read(workspace))
    expect(problems).toEqual([expect.stringContaining(problem)])
    expect(problems.join()).not.toContain('hunter2')
  })

  test('causes an error if the build would not find a graph or dependency', async () => {
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
      'app/langgraph.json:1: `graphs.agent` names ../other/agent.py, which is outside the folder of the configuration; add the folder that contains it to `dependencies`.',
      'app/langgraph.json:1: `dependencies[1]` names ../linked, which is reached through a symbolic link outside the folder of the configuration; name the target libs/shared instead.'
    ])
  })

  test('causes an error if a graph is a circular link', async () => {
    const workspace = makeTree({ ...config(GOOD), 'agent.py': { link: 'b' }, b: { link: 'agent.py' } })
    expect(await problemsOf(read(workspace))).toEqual([
      expect.stringContaining('`graphs.agent` names ./agent.py, which is a circular symbolic link')
    ])
  })

  const asRoot = process.getuid?.() === 0
  test('causes an error if it cannot be read', async () => {
    const workspace = makeTree(SMALLEST)
    chmodSync(join(workspace, 'langgraph.json'), 0)
    chmodSync(workspace, 0o755)
    if (asRoot) process.seteuid?.(65534)
    try {
      expect(await problemsOf(read(workspace))).toEqual([expect.stringContaining('langgraph.json cannot be read')])
    } finally {
      if (asRoot) process.seteuid?.(0)
    }
  })
})
