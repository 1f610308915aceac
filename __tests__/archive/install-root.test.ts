import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { listEntries } from '../../src/archive/entries.ts'
import { findInstallRoot } from '../../src/archive/install-root.ts'
import { words } from '../support/words.ts'
import { makeTree, paths, problemsOf, read, type Tree } from './support.ts'

const CONFIG = JSON.stringify({ node_version: '22', graphs: { agent: './src/graph.ts:graph' } })
const AGENT: Tree = {
  'apps/agent/langgraph.json': CONFIG,
  'apps/agent/src/graph.ts': '',
  'apps/agent/package.json': '{"name": "agent"}',
  'packages/shared/package.json': '{"name": "shared"}',
  'packages/shared/index.ts': ''
}
const AT = { configPath: 'apps/agent/langgraph.json' }

const NPM_LOCK = JSON.stringify({
  name: 'root',
  lockfileVersion: 3,
  packages: { '': { workspaces: ['apps/*'] }, 'apps/agent': { name: 'agent' }, 'node_modules/agent': { link: true } }
})
const PNPM_LOCK = "lockfileVersion: '9.0'\n\nimporters:\n\n  .: {}\n\n  apps/agent:\n    dependencies: {}\n"
const YARN_LOCK = '__metadata:\n  version: 8\n\n"agent@workspace:apps/agent":\n  version: 0.0.0-use.local\n'
const BUN_LOCK =
  '{\n  "lockfileVersion": 1,\n  "workspaces": {\n    "": {},\n    "apps/agent": { "name": "agent", },\n  },\n}\n'

describe('a package workspace that is packed from its root', () => {
  const CONFIG_OF_BUILT = JSON.stringify({
    node_version: '22',
    graphs: { agent: './dist/graph.js:graph', later: './dist/later.js:graph' },
    env: '../../deploy/prod.vars'
  })
  const BUILT: Tree = {
    ...AGENT,
    'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
    '.gitignore': 'dist/\n',
    'apps/agent/langgraph.json': CONFIG_OF_BUILT,
    'apps/agent/package.json': '{"name": "agent", "scripts": {"build": "tsc"}}',
    'apps/agent/dist/graph.js': '',
    'apps/agent/shared': { link: '../../packages/shared' },
    'packages/shared/dist/index.js': '',
    'deploy/prod.vars': 'A=${STAGE}\nLANGSMITH_DEPLOYMENT_NAME=support-${STAGE}\n',
    'deploy/notes.md': ''
  }

  test('contains a graph that was already built, but no environment variable file and no other ignored files', async () => {
    const workspace = makeTree(BUILT)
    const project = await read(workspace, { ...AT, lookUp: () => 'beta' })
    expect(project).toMatchObject({
      root: workspace,
      named: ['apps/agent/dist/graph.js'],
      environment: [{ name: 'A', value: 'beta' }],
      environmentFile: 'deploy/prod.vars',
      deploymentName: 'support-beta',
      warnings: []
    })
    const listing = await listEntries(project, { environmentFiles: ['deploy/prod.vars'] })
    const packed = words(`
      apps/agent/dist/graph.js apps/agent/langgraph.json apps/agent/package.json apps/agent/shared/index.ts
      apps/agent/shared/package.json apps/agent/src/graph.ts deploy/notes.md packages/shared/index.ts
      packages/shared/package.json
    `)
    expect(listing.entries.map(({ path }) => path).filter((path) => !/^[^/]*$/.test(path))).toEqual(packed)
  })
})

describe('the folder that a JavaScript package is installed from', () => {
  test.each<[string, Tree, string]>([
    ['pnpm', { 'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - "packages/**"\n' }, 'pnpm-workspace.yaml'],
    ['npm or Yarn', { 'package.json': '{"workspaces": ["./apps/*/", "packages/*"]}' }, 'package.json'],
    [
      'pnpm with wildcards and an exclusion',
      { 'pnpm-workspace.yaml': "packages:\n  - '@(apps|libs)/[ab]*'\n  - '!**/test/**'\n" },
      'pnpm-workspace.yaml'
    ],
    [
      'npm with a pattern after an exclusion',
      { 'package.json': '{"workspaces": ["apps/*", "!apps/agent", "apps/{agent,web}"]}' },
      'package.json'
    ],
    ['old Yarn', { 'package.json': '{"workspaces": {"packages": ["apps/agent"]}}' }, 'package.json'],
    ['the lock file of npm', { 'package.json': '{}', 'package-lock.json': NPM_LOCK }, 'package-lock.json'],
    ['the lock file of pnpm', { 'pnpm-lock.yaml': PNPM_LOCK }, 'pnpm-lock.yaml'],
    ['the lock file of Yarn', { 'yarn.lock': YARN_LOCK }, 'yarn.lock'],
    ['the lock file of Bun', { 'bun.lock': BUN_LOCK }, 'bun.lock'],
    [
      'a dependency with workspace:*, without a matching pattern',
      {
        'pnpm-workspace.yaml': 'packages: [other]\n',
        'apps/agent/package.json': '{"dependencies": {"shared": "workspace:*"}}'
      },
      'pnpm-workspace.yaml'
    ]
  ])('is the root of the package workspace of %s', async (_, tree, because) => {
    const workspace = makeTree({ ...AGENT, ...tree })
    const project = await read(workspace, AT)
    expect(project).toMatchObject({ root: workspace, configPath: 'apps/agent/langgraph.json', warnings: [] })
    expect(project.notices).toEqual([
      `The archive contains the whole workspace instead of only apps/agent, because of ${because}.`
    ])
    expect(await paths(workspace, AT)).toEqual(
      expect.arrayContaining(['packages/shared/index.ts', ...Object.keys(tree)])
    )
  })

  test.each<[string, Tree]>([
    ['a workspace that does not include it', { 'pnpm-workspace.yaml': 'packages:\n  - packages/*\n' }],
    ['a workspace that excludes it', { 'package.json': '{"workspaces": ["apps/*", "!apps/agent"]}' }],
    [
      'a pnpm workspace with an exclusion before the pattern',
      { 'pnpm-workspace.yaml': 'packages:\n  - "!apps/agent"\n  - apps/*\n' }
    ],
    ['a pnpm workspace file with settings only', { 'pnpm-workspace.yaml': 'onlyBuiltDependencies: [esbuild]\n' }],
    ['a lock file of another package', { 'package.json': '{}', 'package-lock.json': '{"packages": {"": {}}}' }],
    ['files that cannot be parsed', { 'pnpm-workspace.yaml': '- :: [', 'package.json': '{', 'bun.lock': '<' }],
    ['no such file', {}]
  ])('is the folder of the package below %s', async (_, tree) => {
    const workspace = makeTree({ ...AGENT, ...tree })
    const project = await read(workspace, AT)
    expect(project).toMatchObject({ root: join(workspace, 'apps/agent'), configPath: 'langgraph.json', notices: [] })
  })

  test('is the folder of the only package.json, next to its lock file', async () => {
    const workspace = makeTree({
      'agent/langgraph.json': CONFIG,
      'agent/src/graph.ts': '',
      'package.json': '{}',
      'yarn.lock': ''
    })
    expect(await findInstallRoot(join(workspace, 'agent'), workspace)).toEqual({
      folder: workspace,
      because: 'yarn.lock'
    })
  })

  test('contains the folders that package.json links to', async () => {
    const workspace = makeTree({
      ...AGENT,
      'apps/agent/package.json': '{"dependencies": {"shared": "file:../../packages/shared"}}'
    })
    expect(await read(workspace, AT)).toMatchObject({ root: workspace })
  })

  test('is ignored for an agent in Python', async () => {
    const workspace = makeTree({
      'package.json': '{"workspaces": ["*"]}',
      'agent/langgraph.json': JSON.stringify({ graphs: { agent: './a.py:graph' }, dependencies: ['.'] }),
      'agent/package.json': '{}',
      'agent/a.py': ''
    })
    expect((await read(workspace, { configPath: 'agent/langgraph.json' })).root).toBe(join(workspace, 'agent'))
  })
})

describe('`root`', () => {
  const WORKSPACE = { ...AGENT, 'pnpm-workspace.yaml': 'packages:\n  - apps/*\n' }

  test('overrides the detected root, even if a smaller folder is sufficient', async () => {
    const workspace = makeTree(WORKSPACE)
    expect(await read(workspace, { ...AT, root: 'apps/agent' })).toMatchObject({
      root: join(workspace, 'apps/agent'),
      configPath: 'langgraph.json',
      notices: []
    })
    expect(await read(workspace, { ...AT, root: './apps' })).toMatchObject({
      root: join(workspace, 'apps'),
      configPath: 'agent/langgraph.json'
    })
    expect(await paths(workspace, { ...AT, root: '.' })).toContain('packages/shared/index.ts')
  })

  test.each([
    ['missing', /does not exist/],
    ['..', /is outside the workspace/],
    [
      'packages',
      /is packages, which does not contain the configuration apps\/agent\/langgraph\.json\. Set it to a folder that contains this file, or omit it\./
    ]
  ])('must not be "%s"', async (root, text) => {
    const work = read(makeTree(WORKSPACE), { ...AT, root })
    await expect(work).rejects.toMatchObject({ input: 'root' })
    expect(await problemsOf(work)).toEqual([expect.stringMatching(text)])
  })

  test('must contain the paths that the configuration names', async () => {
    const config = JSON.stringify({
      graphs: { agent: './src/graph.ts:graph' },
      dependencies: ['.', '../../packages/shared']
    })
    const workspace = makeTree({ ...AGENT, 'apps/agent/langgraph.json': config })
    expect(await problemsOf(read(workspace, { ...AT, root: 'apps' }))).toEqual([
      expect.stringMatching(/`dependencies\[1\]` names \.\.\/\.\.\/packages\/shared, which is outside apps/)
    ])
  })
})
