import { chmodSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { makeFolder, makeTree, problemsOf, read, SMALLEST } from './support.ts'

function config(value: unknown): Record<string, string> {
  return { 'langgraph.json': JSON.stringify(value) }
}

const GOOD = { graphs: { agent: './agent.py:graph' } }

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
      named: ['src/agent.py', 'lib/other.py', 'lib'],
      environmentFile: join(workspace, '.env'),
      notices: ['langgraph.json: `env`: EMPTY: left out, since the value is empty.']
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
      notices: ['repo/apps/agent/langgraph.json: `env`: B: left out, since the value is empty.']
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

describe('a broken langgraph.json', () => {
  test('that is not there, no file, outside, or in no workspace', async () => {
    const workspace = makeTree({ 'folder/x': '', 'out.json': { link: '/etc/passwd' } })
    expect(await problemsOf(read(workspace))).toEqual([
      'langgraph.json does not exist in the workspace. Check the repository out first, and set `langgraph-config` to the file.'
    ])
    expect(await problemsOf(read(workspace, { configPath: 'folder' }))).toEqual([
      expect.stringContaining('folder is no file.')
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
    ['{\n  "graphs": {},,\n}', 'langgraph.json: is no valid JSON: line 2, column 16: expected a name'],
    ['\uFEFF{}', 'langgraph.json: begins with a byte order mark'],
    ['[]', 'langgraph.json: is no JSON object'],
    ['{}', 'langgraph.json: `graphs` is missing'],
    ['{"graphs": {}}', 'langgraph.json: `graphs` is empty'],
    ['{"graphs": ["./a.py:g"]}', 'langgraph.json: `graphs` is no object'],
    ['{"graphs": {"a": 1}}', 'langgraph.json: `graphs.a` names no file'],
    ['{"graphs": {"a": {"description": "x"}}}', 'langgraph.json: `graphs.a` names no file'],
    ['{"graphs": {"a": "./agent.py"}}', 'langgraph.json: `graphs.a` needs a file, a colon and the name'],
    ['{"graphs": {"a": "./agent.py:"}}', 'langgraph.json: `graphs.a` needs a file, a colon and the name']
  ])('%j', async (text, problem) => {
    const workspace = makeTree({ 'langgraph.json': text, 'agent.py': '' })
    expect(await problemsOf(read(workspace))).toEqual([expect.stringContaining(problem)])
  })

  test('never shows the text of broken JSON, which may hold a secret', async () => {
    const workspace = makeTree({ 'langgraph.json': '{"env": {"KEY": hunter2}}' })
    expect((await problemsOf(read(workspace))).join()).not.toContain('hunter2')
  })

  test('tells everything that is wrong at once, in the order of the file', async () => {
    const outside = makeTree({ 'secret.py': '' })
    const workspace = makeTree({
      ...config({
        graphs: { missing: './no.py:graph', folder: './src:graph', link: './link.py:graph', out: '../../x.py:graph' },
        dependencies: ['.', './none', './agent.py', '/etc', 7, ''],
        env: { 'A-B': 'hunter2', N: 1, OK: 'x' }
      }),
      'agent.py': '',
      'src/x.py': '',
      'link.py': { link: join(outside, 'secret.py') }
    })
    const problems = await problemsOf(read(workspace))
    expect(problems).toEqual([
      expect.stringContaining('`dependencies[4]` is no text'),
      expect.stringContaining('`dependencies[5]` is no text'),
      expect.stringContaining('`env.A-B` is no name for a variable'),
      expect.stringContaining('`env.N` is no text'),
      expect.stringContaining(
        '`dependencies[1]` names ./none, which does not exist (looked for none); correct the path'
      ),
      expect.stringContaining('`dependencies[2]` names ./agent.py, which is no folder'),
      expect.stringContaining('`dependencies[3]` names /etc, which lies outside the workspace'),
      expect.stringContaining('`graphs.missing` names ./no.py, which does not exist (looked for no.py)'),
      expect.stringContaining('`graphs.folder` names ./src, which is no file'),
      expect.stringContaining('`graphs.link` names ./link.py, which lies outside the workspace'),
      expect.stringContaining('`graphs.out` names ../../x.py, which lies outside the workspace')
    ])
    expect(problems.join()).not.toContain('hunter2')
    expect(problems.every((problem) => problem.startsWith('langgraph.json: ') && problem.endsWith('.'))).toBe(true)
  })

  test.each([
    [{ ...GOOD, dependencies: '.' }, '`dependencies` is no list'],
    [{ ...GOOD, env: '' }, '`env` is neither a file nor an object'],
    [{ ...GOOD, env: ['A'] }, '`env` is neither a file nor an object'],
    [{ ...GOOD, env: null }, '`env` is neither a file nor an object'],
    [{ ...GOOD, env: '.env' }, '`env` names .env, which does not exist (looked for .env); write it in an earlier step'],
    [{ ...GOOD, env: '../.env' }, '`env` names ../.env, which lies outside the workspace'],
    [{ ...GOOD, env: 'bad.env' }, '`env`: bad.env: line 2: is no NAME=value']
  ])('%j', async (value, problem) => {
    const workspace = makeTree({ ...config(value), 'agent.py': '', 'bad.env': 'A=1\nhunter2\n' })
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
      "app/langgraph.json: `graphs.agent` names ../other/agent.py, which is outside the config's folder; add its folder to `dependencies`.",
      "app/langgraph.json: `dependencies[1]` names ../linked, which is reached by a symbolic link outside the config's folder; name libs/shared itself."
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
