import { execFileSync } from 'node:child_process'
import { chmodSync, linkSync, lstatSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { words } from '../support/words.ts'
import {
  CONFIG,
  gitFiles,
  type ListOptions,
  list,
  makeTree,
  paths,
  problemsOf,
  run,
  SMALLEST,
  sorted,
  type Tree,
  track
} from './support.ts'

const BASE = ['agent.py', 'langgraph.json']

async function pathsOf(tree: Tree, options: ListOptions = {}): Promise<readonly string[]> {
  const found = await paths(makeTree({ ...SMALLEST, ...tree }), options)
  return found.filter((path) => !BASE.includes(path))
}

describe('the archive', () => {
  test('contains files, programs, link targets and empty folders, sorted by bytes', async () => {
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
    const packed = words('a-b a.b a/b agent.py empty/inner langgraph.json link run.sh é \uFF21 \u{1F600}')
    expect(entries.map(({ path }) => path)).toEqual(packed)
    expect(entries.find(({ path }) => path === 'a/b')).toEqual({
      kind: 'file',
      path: 'a/b',
      source: join(workspace, 'a/b'),
      size: 4,
      executable: false,
      isNamed: false
    })
    expect(entries.find(({ path }) => path === 'run.sh')).toMatchObject({ executable: true })
    expect(entries.find(({ path }) => path === 'link')).toMatchObject({ kind: 'file', source: join(workspace, 'a/b') })
    expect(entries.find(({ path }) => path === 'empty/inner')).toEqual({ kind: 'folder', path: 'empty/inner' })
  })

  test('never contains caches, git folders and Google credentials, at any depth and with any rules', async () => {
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

  test('contains a hard link as a file', async () => {
    const workspace = makeTree({ ...SMALLEST, one: 'same' })
    linkSync(join(workspace, 'one'), join(workspace, 'two'))
    const { entries } = await list(workspace)
    expect(entries.filter(({ kind }) => kind === 'file').map(({ path }) => path)).toEqual([...BASE, 'one', 'two'])
  })

  test('does not contain a folder whose contents are all excluded', async () => {
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

  test('does not contain a named pipe, which is logged', async () => {
    const workspace = makeTree({ ...SMALLEST, 'a/x': '' })
    execFileSync('mkfifo', [join(workspace, 'a/pipe\n')])
    const { entries, notes } = await list(workspace)
    expect(entries.map(({ path }) => path)).toEqual(['a/x', ...BASE])
    expect(notes).toEqual(['Skipped items that are neither files nor folders: a/pipe\\u{a}.'])
  })
})

describe('environment variable files', () => {
  const ENVIRONMENT_FILES = words(`
    .env .env.local .ENV .Env.Production .envrc .env.example.local production.env deploy/Prod.ENV
    .envs/production/django a/b/.env.development
  `)
  test.each(ENVIRONMENT_FILES)('are never packed, even if `include` matches or git tracks them: %s', async (path) => {
    const workspace = makeTree({ ...SMALLEST, [path]: 'A=1' })
    const options = { include: ['*', path] }
    const { entries, notes, notices, warnings } = await list(workspace, options)
    expect(entries.map((entry) => entry.path)).toEqual(BASE)
    expect(notes).toEqual([expect.stringMatching(/^Skipped environment variable files, which are never packed: /)])
    expect(notices).toEqual([expect.stringMatching(/packed: .*never packed; set `secrets-file`/)])
    expect(warnings).toEqual([])
    run(workspace, 'git', 'init', '-q')
    run(workspace, 'git', 'add', '-f', '.')
    expect(await paths(workspace, options)).toEqual(BASE)
  })

  const EXAMPLES = words('.env.example .env.sample .env.template .env.dist .ENV.Example .env.local.example env.py')
  test.each(EXAMPLES)('do not include %s, which is packed without a message', async (path) => {
    const { entries, ...told } = await list(makeTree({ ...SMALLEST, [path]: 'A=' }))
    expect(entries.map((entry) => entry.path)).toContain(path)
    expect(told).toEqual({ notes: [], notices: [], warnings: [] })
  })

  test('include files with other names if the configuration or `secrets-file` names them', async () => {
    const workspace = makeTree({
      ...SMALLEST,
      'langgraph.json': JSON.stringify({
        graphs: { agent: './agent.py:graph' },
        dependencies: ['.'],
        env: './conf/prod'
      }),
      'conf/prod': 'A=1',
      'conf/linked': { link: 'prod' },
      'deploy/settings': { link: '../conf/real' },
      'conf/real': 'B=2',
      'conf/other': ''
    })
    linkSync(join(workspace, 'conf/prod'), join(workspace, 'hard'))
    const { entries, notes } = await list(workspace, { environmentFiles: ['deploy/settings'] })
    expect(entries.map(({ path }) => path)).toEqual(['agent.py', 'conf/other', 'langgraph.json'])
    expect(notes[0]).toMatch(/never packed: (?=.*conf\/prod)(?=.*deploy\/settings)(?=.*conf\/real)(?=.*hard)/)
  })

  test('are not packed through a link', async () => {
    const tree = { settings: { link: 'a/.env' }, folder: { link: 'a' }, 'a/.env': 'A=1', 'a/x': '' }
    expect(await pathsOf(tree)).toEqual(['a/x', 'folder/x'])
  })
})

describe('local development state', () => {
  const tree: Tree = {
    ...SMALLEST,
    '.langgraph_api/store.pckl': 'x',
    'env311/pyvenv.cfg': '',
    'env311/lib/site.py': '',
    'source/x.py': ''
  }

  test('is excluded with a line in the log', async () => {
    const { entries, notes, notices, warnings } = await list(makeTree(tree))
    expect(entries.map(({ path }) => path)).toEqual([...BASE, 'source/x.py'])
    expect(notes).toEqual(['Skipped local state of `langgraph dev`: .langgraph_api.'])
    expect([...notices, ...warnings]).toEqual([])
  })

  test('is packed with a notice if git tracks it', async () => {
    const workspace = makeTree(tree)
    track(workspace)
    makeTree({ '.langgraph_api/new': '', 'env311/bin/new': '' }, workspace)
    const { entries, notices } = await list(workspace, { include: ['env311/'] })
    expect(entries.map(({ path }) => path)).toEqual([
      '.langgraph_api/store.pckl',
      'agent.py',
      'env311/lib/site.py',
      'env311/pyvenv.cfg',
      'langgraph.json',
      'source/x.py'
    ])
    expect(notices).toEqual([expect.stringMatching(/^Packed local development state, .*: \.langgraph_api, env311\./)])
  })
})

describe('credentials', () => {
  const places = words(`
    .netrc _netrc .git-credentials .aws/credentials .aws/sso/cache/token.json .docker/config.json
    .config/gcloud/legacy .kube/config deploy/kubeconfig deploy/prod.kubeconfig infra/terraform.tfstate
    infra/terraform.tfstate.backup keys/id_rsa keys/id_ed25519 .ssh/known_hosts .pypirc .pgpass
    sub/.streamlit/secrets.toml sub/application_default_credentials.json service-account.json AuthKey_ABC123.p8
    .kaggle/kaggle.json .huggingface/token .cache/huggingface/token .act.secrets .secrets env.production
    kubeconfig.yaml
  `)
  const tree = { ...SMALLEST, ...Object.fromEntries(places.map((place) => [place, 'secret'])) }
  const innocent = { '.npmrc': '', 'pip.conf': '', 'config.json': '', 'docker/config.json': '', 'keys/id_rsa.pub': '' }

  test('are excluded with one warning if git does not track them', async () => {
    const { entries, warnings, notices } = await list(makeTree({ ...tree, ...innocent }))
    const others = words('.npmrc agent.py config.json docker/config.json keys/id_rsa.pub langgraph.json pip.conf')
    expect(entries.map(({ path }) => path)).toEqual(others)
    expect(notices).toEqual([])
    expect(warnings).toEqual([
      expect.stringMatching(/^Skipped probable credentials that git does not track: .*`include`/)
    ])
    expect(warnings[0]).toContain('.netrc')
  })

  test('are packed if git tracks them or `include` names them', async () => {
    const workspace = makeTree(tree)
    track(workspace)
    expect((await list(workspace)).entries).toHaveLength(places.length + 2)
    const included = await list(makeTree({ ...SMALLEST, '.netrc': '', '.aws/config': '' }), {
      include: ['.netrc', '.aws/']
    })
    expect(included.entries.map(({ path }) => path)).toEqual(['.aws/config', '.netrc', ...BASE])
    expect(included.warnings).toEqual([])
  })

  const KEY = `-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n`
  const keys = {
    'private.pem': `Bag Attributes\n${KEY}`,
    'tls/server.key': KEY.replace('RSA ', 'ENCRYPTED '),
    'push.p8': KEY.replaceAll('RSA ', ''),
    'gcp-key.json': JSON.stringify({ type: 'service_account', private_key: KEY }, null, 2),
    'credentials.json': JSON.stringify({ installed: { client_id: 'x', client_secret: 'GOCSPX-x' } }),
    'adc.json': JSON.stringify({ type: 'authorized_user', refresh_token: '1//0g' }),
    'server.pem': `${'-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----\n'.repeat(100)}${KEY}`,
    deploykey: KEY.replaceAll('RSA', 'OPENSSH'),
    'key.txt': KEY,
    'registry.json': JSON.stringify({ auths: { 'ghcr.io': { auth: 'dXNlcjpwdw==' } } }),
    'late.json': JSON.stringify({ note: 'x'.repeat(6_000), type: 'service_account', private_key: KEY })
  }
  const harmless = {
    'template.json': JSON.stringify({ client_secret: '${CLIENT_SECRET}' }),
    'example.json': JSON.stringify({ example: { type: 'service_account' } }),
    'notes.txt': 'A key begins with -----BEGIN PRIVATE KEY-----, as in RFC 7468.',
    'certs/ca.pem': '-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----\n',
    'certs/public.pem': '-----BEGIN PUBLIC KEY-----\nMIIE\n-----END PUBLIC KEY-----\n',
    'openapi.json': JSON.stringify({ properties: { client_secret: { type: 'string' } } }),
    'large.json': JSON.stringify({ text: 'x'.repeat(70_000), client_secret: 'x' }),
    'package.json': '{"name": "agent"}',
    'test_key.py': `KEY = '''${KEY}'''`
  }

  test('are also recognized by content, without false positives', async () => {
    const workspace = makeTree({ ...SMALLEST, ...keys, ...harmless })
    const { entries, warnings } = await list(workspace)
    expect(entries.map(({ path }) => path)).toEqual(sorted([...BASE, ...Object.keys(harmless)]))
    // The warning names ten files, and counts the others.
    expect(warnings).toEqual([expect.stringContaining(`deploykey, gcp-key.json, `)])
    expect(warnings[0]).toContain(`and ${Object.keys(keys).length - 10} more`)
    const include = Object.keys(keys)
    const included = await list(workspace, { include })
    expect(included.entries.map(({ path }) => path)).toEqual(expect.arrayContaining(include))
    expect([...included.warnings, ...included.notices]).toEqual([])
    track(workspace)
    const tracked = await list(workspace)
    expect(tracked.entries).toHaveLength(BASE.length + include.length + Object.keys(harmless).length)
    expect(tracked.warnings).toEqual([])
  })

  test('are recognized in UTF-16, as PowerShell writes it', async () => {
    const workspace = makeTree({ ...SMALLEST, 'wide.json': '' })
    const account = JSON.stringify({ type: 'service_account', private_key: KEY })
    writeFileSync(join(workspace, 'wide.json'), Buffer.from(`\uFEFF${account}`, 'utf16le'))
    expect((await list(workspace)).entries.map(({ path }) => path)).toEqual(BASE)
  })

  test.each([
    ['secrets.yaml'],
    ['terraform.tfvars'],
    ['app.env.local'],
    ['production.env.bak'],
    ['.config/rclone/rclone.conf'],
    ['secring.gpg']
  ])('are recognized by the name %s', async (path) => {
    const { entries, warnings } = await list(makeTree({ ...SMALLEST, [path]: 'A=1' }))
    expect(entries.map((entry) => entry.path)).toEqual(BASE)
    expect(warnings).toEqual([expect.stringContaining(path)])
  })

  test('are packed if the configuration names them', async () => {
    const config = JSON.stringify({ ...JSON.parse(CONFIG), pip_config_file: './gcp-key.json' })
    const workspace = makeTree({ ...SMALLEST, 'langgraph.json': config, 'gcp-key.json': keys['gcp-key.json'] })
    expect(await list(workspace)).toMatchObject({ warnings: [], entries: { length: 3 } })
  })

  test('cause no warning if a .gitignore excludes them', async () => {
    const workspace = makeTree({ ...SMALLEST, '.gitignore': '.netrc\n', '.netrc': '' })
    run(workspace, 'git', 'init', '-q')
    expect((await list(workspace)).warnings).toEqual([])
  })

  test('cause no warning if `include` names a part of their folder', async () => {
    const tree = { ...SMALLEST, '.aws/config': '', '.aws/credentials': '' }
    const workspace = makeTree(tree)
    run(workspace, 'git', 'init', '-q')
    const { entries, warnings } = await list(workspace, { include: ['.aws/credentials'] })
    expect(entries.map(({ path }) => path)).toEqual(['.aws/credentials', ...BASE])
    expect(warnings).toEqual([])
  })

  test.each([['**'], ['*'], ['.aws/*'], ['/keys/'], ['keys/id_*']])(
    'are excluded with a warning if they only match the pattern %s',
    async (pattern) => {
      const workspace = makeTree({
        ...SMALLEST,
        '.gitignore': '.netrc\n/keys/\n',
        '.netrc': '',
        '.aws/config': '',
        'keys/id_rsa': '',
        'keys/id_rsa.pub': ''
      })
      run(workspace, 'git', 'init', '-q')
      const { entries, warnings } = await list(workspace, { include: [pattern] })
      const found = entries.map(({ path }) => path)
      expect(found).not.toEqual(expect.arrayContaining([expect.stringMatching(/netrc|aws|id_rsa$/)]))
      expect(warnings).toEqual([expect.stringMatching(/without wildcards/)])
      const matched = pattern.startsWith('*') || pattern.includes('keys') ? 'keys/id_rsa' : '.aws'
      expect(warnings[0]).toContain(matched)
      if (pattern.startsWith('*')) expect(warnings[0]).toMatch(/(?=.*\.netrc)(?=.*\.aws)/)
    }
  )

  test('are packed without a message if `include` names them, even if they are ignored', async () => {
    const workspace = makeTree({
      ...SMALLEST,
      '.gitignore': 'keys/\n.aws\n',
      'keys/id_rsa': '',
      '.aws/sso/cache/x.json': '',
      '.aws/config': ''
    })
    run(workspace, 'git', 'init', '-q')
    const { entries, warnings, notices } = await list(workspace, { include: ['keys/id_rsa', '.aws/sso/'] })
    expect(entries.map(({ path }) => path)).toEqual([
      '.aws/sso/cache/x.json',
      '.gitignore',
      ...BASE.slice(0, 1),
      'keys/id_rsa',
      ...BASE.slice(1)
    ])
    expect([...warnings, ...notices]).toEqual([])
  })

  test('are not packed through a link', async () => {
    const { entries, warnings } = await list(
      makeTree({ ...SMALLEST, '.aws/config': '', linked: { link: '.aws/config' } })
    )
    expect(entries.map(({ path }) => path)).toEqual(BASE)
    expect(warnings[0]).toMatch(/\.aws, linked|linked, \.aws/)
  })
})

describe('a repository without a working tree', () => {
  const bare = (folder: string): Tree => ({
    [`${folder}/HEAD`]: 'ref: refs/heads/main\n',
    [`${folder}/config`]: '[remote "origin"]\n  url = https://x:token@github.com/acme/agent\n',
    [`${folder}/objects/info/packs`]: '',
    [`${folder}/refs/heads`]: { folder: true }
  })

  test('is excluded with a line in the log, even if `include` or a link names it', async () => {
    const workspace = makeTree({
      ...SMALLEST,
      ...bare('mirror.git'),
      ...bare('deep/gitdir'),
      settings: { link: 'mirror.git/config' },
      clone: { link: 'mirror.git' }
    })
    const { entries, notes, notices, warnings } = await list(workspace, { include: ['mirror.git/config', 'agent.py'] })
    expect(entries.map(({ path }) => path)).toEqual(BASE)
    expect(notes.join()).toMatch(/separate git repositories: .*deep\/gitdir/)
    expect(notes.join()).toMatch(/separate git repositories: .*mirror\.git/)
    expect(notices).toEqual([expect.stringMatching(/^`include` contains patterns .*: mirror\.git\/config\./)])
    expect(warnings).toEqual([])
  })

  test('is excluded if git created it as a bare or separate repository', async () => {
    const workspace = makeTree(SMALLEST)
    run(workspace, 'git', 'init', '-q', '--bare', 'mirror.git')
    run(workspace, 'git', 'init', '-q', '--separate-git-dir=store', 'part')
    expect(await paths(workspace)).toEqual(BASE)
  })

  test('is packed if git tracks it, such as a test fixture', async () => {
    const workspace = makeTree({ ...SMALLEST, ...bare('fixture') })
    track(workspace)
    makeTree({ 'fixture/FETCH_HEAD': '' }, workspace)
    const { entries, ...told } = await list(workspace)
    expect(entries.map(({ path }) => path)).toEqual([
      'agent.py',
      'fixture/HEAD',
      'fixture/config',
      'fixture/objects/info/packs',
      'langgraph.json'
    ])
    expect(told).toEqual({ notes: [], notices: [], warnings: [] })
  })

  test('is not confused with a project folder that contains similar names', async () => {
    const tree = { ...SMALLEST, 'web/HEAD': '', 'web/objects/x.py': '', 'web/config': '' }
    expect(await paths(makeTree(tree))).toContain('web/objects/x.py')
  })
})

describe('symbolic links', () => {
  test('are replaced by their targets; missing targets cause a notice, and circular links a line in the log', async () => {
    const workspace = makeTree({
      ...SMALLEST,
      'lib/x.py': 'x',
      'lib/run.sh': { program: '' },
      folder: { link: 'lib' },
      'lib/up': { link: '..' },
      'lib/self': { link: '.' },
      'circle/a': { link: 'b' },
      'circle/b': { link: 'a' },
      'one/other': { link: '../two' },
      'two/other': { link: '../one' },
      'lib/deep': { link: './../folder//run.sh' },
      gone: { link: 'nothing/../here' },
      'far away': { link: '/Users/somebody/data' },
      modules: { link: 'node_modules/x' },
      'node_modules/x': '',
      absolute: { link: 'REPLACED' }
    })
    rmSync(join(workspace, 'absolute'))
    symlinkSync(join(workspace, 'lib/x.py'), join(workspace, 'absolute'))
    const { entries, notes, notices } = await list(workspace)
    expect(entries.map(({ path }) => path)).toEqual([
      'absolute',
      ...BASE.slice(0, 1),
      'folder/deep',
      'folder/run.sh',
      'folder/x.py',
      ...BASE.slice(1),
      'lib/deep',
      'lib/run.sh',
      'lib/x.py'
    ])
    expect(entries.find(({ path }) => path === 'lib/deep')).toMatchObject({
      source: join(workspace, 'lib/run.sh'),
      executable: true
    })
    expect(notes).toEqual([
      expect.stringMatching(/^Skipped symbolic links to files that are never packed: modules\.$/),
      expect.stringMatching(/^Skipped circular symbolic links: /)
    ])
    expect(notices).toHaveLength(1)
    expect(notices[0]).toMatch(/do not exist: (far away, gone|gone, far away)\.$/)
    for (const path of ['lib/up', 'lib/self', 'circle/a', 'circle/b', 'one/other/other', 'two/other/other']) {
      expect(notes[1]).toContain(path)
    }
  })

  test('that point outside the workspace are all named in one error', async () => {
    const outside = makeTree({ x: '' })
    const workspace = makeTree({
      ...SMALLEST,
      absolute: { link: '/etc/passwd' },
      'a/back': { link: `../../${outside.split('/').at(-1)}/x` },
      'deep/b/top': { link: '../../top' },
      'top/y': '',
      'deep/b/sly': { link: `top/../../${outside.split('/').at(-1)}` },
      chain: { link: 'absolute' },
      'bad\nname': { link: '/tmp' },
      'ignored/out': { link: '/etc' },
      '.gitignore': 'ignored\n'
    })
    const problems = await problemsOf(list(workspace))
    const named = problems.map((problem) => /^The symbolic link (.*) points outside the workspace/.exec(problem)?.[1])
    expect(named.sort()).toEqual(['a/back', 'absolute', 'bad\\u{a}name', 'chain', 'deep/b/sly'])
  })

  test('that point outside the workspace are excluded with a notice if they are untracked and not named', async () => {
    const workspace = makeTree({ ...SMALLEST, python3: { link: '/usr/bin/env' }, 'bazel-out': { link: '/usr' } })
    run(workspace, 'git', 'init', '-q')
    run(workspace, 'git', 'add', ...BASE)
    const { entries, notices, warnings } = await list(workspace)
    expect(entries.map(({ path }) => path)).toEqual(BASE)
    expect(warnings).toEqual([])
    expect(notices).toEqual([
      expect.stringMatching(
        /^Skipped symbolic links that point outside the workspace and that git does not track: (?=.*python3)(?=.*bazel-out)/
      )
    ])
    run(workspace, 'git', 'add', 'python3')
    expect(await problemsOf(list(workspace))).toEqual([
      expect.stringMatching(/^The symbolic link python3 points outside the workspace/)
    ])
  })

  test('add files from other folders of the workspace, with the rules of both folders', async () => {
    const workspace = makeTree({
      'app/langgraph.json': JSON.stringify({ graphs: { agent: './shared/agent.py:graph' }, dependencies: ['.'] }),
      'app/shared': { link: '../libs/shared' },
      'app/.dockerignore': 'shared/docs\n',
      'app/settings.yaml': { link: '../conf/settings.yaml' },
      'libs/.gitignore': '*.tmp\n',
      'libs/shared/agent.py': '',
      'libs/shared/.gitignore': 'local.py\n',
      'libs/shared/local.py': '',
      'libs/shared/x.tmp': '',
      'libs/shared/docs/y.md': '',
      'libs/shared/.env': 'A=1',
      'libs/shared/node_modules/x/index.js': '',
      'conf/settings.yaml': '',
      'README.md': ''
    })
    const { entries, notices } = await list(workspace, { configPath: 'app/langgraph.json' })
    expect(entries.map(({ path }) => path)).toEqual([
      '.dockerignore',
      'langgraph.json',
      'settings.yaml',
      'shared/.gitignore',
      'shared/agent.py'
    ])
    expect(notices).toEqual([])
  })

  test('that multiply each other are an error', async () => {
    const range = Array.from({ length: 47 }, (_, index) => index)
    const links = (from: string, to: string) => range.map((one) => [`${from}/${one}`, { link: `../${to}` }] as const)
    const files = range.map((one) => [`c/${one}`, ''] as const)
    // The links reach 47 * 47 * 47 files, but the tree contains fewer than 200 items.
    const workspace = makeTree({
      ...SMALLEST,
      ...Object.fromEntries([...links('a', 'b'), ...links('b', 'c'), ...files])
    })
    expect(await problemsOf(list(workspace))).toEqual([
      expect.stringMatching(/^More than 100000 files are reached through/)
    ])
  })

  test('are packed as files if a step has replaced them with files', async () => {
    const workspace = makeTree({ ...SMALLEST, 'base.yaml': 'a: 1', 'cfg.yaml': { link: 'base.yaml' } })
    track(workspace)
    rmSync(join(workspace, 'cfg.yaml'))
    writeFileSync(join(workspace, 'cfg.yaml'), 'a: 2\n')
    const { entries, notices } = await list(workspace)
    expect(entries.find(({ path }) => path === 'cfg.yaml')).toMatchObject({
      source: join(workspace, 'cfg.yaml'),
      size: 5
    })
    expect(notices).toEqual([])
  })

  test('that git wrote as plain files, as on Windows, are followed as links', async () => {
    const workspace = makeTree({
      ...SMALLEST,
      'lib/x.py': 'x',
      'data/one': { link: '../lib/x.py' },
      'data/two': { link: 'one' },
      shared: { link: 'lib' }
    })
    track(workspace)
    const before = await list(workspace)
    for (const path of ['data/one', 'data/two', 'shared']) rmSync(join(workspace, path))
    run(workspace, 'git', '-c', 'core.symlinks=false', 'checkout', '-q', '--', '.')
    expect(lstatSync(join(workspace, 'shared')).isFile()).toBe(true)
    const after = await list(workspace)
    expect(after).toEqual(before)
    expect(after.entries.map(({ path }) => path)).toEqual([
      ...BASE.slice(0, 1),
      'data/one',
      'data/two',
      ...BASE.slice(1),
      'lib/x.py',
      'shared/x.py'
    ])
  })
})

describe('a folder that cannot be read', () => {
  const asRoot = process.getuid?.() === 0
  test('is an error', async () => {
    const workspace = makeTree({ ...SMALLEST, 'shut/x': '' })
    chmodSync(join(workspace, 'shut'), 0)
    chmodSync(workspace, 0o755)
    if (asRoot) process.seteuid?.(65534)
    try {
      expect(await problemsOf(list(workspace))).toEqual(['The folder shut cannot be read: permission denied.'])
    } finally {
      if (asRoot) process.seteuid?.(0)
      chmodSync(join(workspace, 'shut'), 0o755)
    }
  })
})

describe("git's own info/exclude", () => {
  const tree = {
    ...SMALLEST,
    '.gitignore': '!kept.local\n',
    'a.local': '',
    'kept.local': '',
    'sub/b.local': '',
    'sub/langgraph.json': CONFIG,
    'sub/agent.py': '',
    'top/x': '',
    'sub/top/x': '',
    'tracked.local': ''
  }

  test('excludes untracked files as in git, with a lower precedence than a .gitignore', async () => {
    const workspace = makeTree(tree)
    run(workspace, 'git', 'init', '-q')
    run(workspace, 'git', 'add', 'tracked.local')
    makeTree({ '.git/info/exclude': '# of this machine\n*.local\n/top/\n' }, workspace)
    expect(await paths(workspace)).toEqual(gitFiles(workspace))
    expect(await paths(workspace)).not.toContain('a.local')
    expect(await paths(workspace, { configPath: 'sub/langgraph.json' })).toEqual([...BASE, 'top/x'])
    expect(await paths(workspace, { include: ['a.local'] })).toContain('a.local')
  })

  test('applies in a worktree, and in a repository in a subfolder', async () => {
    const workspace = makeTree({ 'repo/seed': '' })
    const git = (...args: readonly string[]) =>
      run(join(workspace, 'repo'), 'git', '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args)
    git('init', '-q')
    git('commit', '-q', '--allow-empty', '-m', 'x')
    git('worktree', 'add', '-q', '../tree')
    makeTree({ 'repo/.git/info/exclude': '*.local\n' }, workspace)
    makeTree(tree, join(workspace, 'tree'))
    const found = await paths(workspace, { configPath: 'tree/langgraph.json' })
    expect(found).toEqual(gitFiles(join(workspace, 'tree')))
    expect(found).not.toContain('a.local')
    makeTree({ ...SMALLEST, 'repo/a.local': '' }, workspace)
    expect(await paths(workspace)).not.toContain('repo/a.local')
  })
})

describe('the ignore files of a monorepo', () => {
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

  test('apply to subfolders, and the nearest takes precedence', async () => {
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

  test('do not exclude a folder that the configuration names', async () => {
    expect(await inMonorepo({ '.gitignore': 'libs/\n' })).toEqual(all)
  })

  test('include a .dockerignore only in the folders of the project', async () => {
    expect(
      await inMonorepo({
        '.dockerignore': '*',
        'apps/agent/.dockerignore': '*.md\n!README.md\n',
        'apps/agent/README.md': '',
        'apps/agent/NOTES.md': '',
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

  test('do not let a .gitignore include what a .dockerignore excludes', async () => {
    expect(
      await pathsOf({ '.dockerignore': 'data/*', '.gitignore': '!data/keep', 'data/keep': '', 'data/x': '' })
    ).toEqual(['.dockerignore', '.gitignore'])
  })

  test('can be a link at .dockerignore, but not at .gitignore, as in git', async () => {
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

test('the order of the entries does not depend on the order on disk', async () => {
  const workspace = makeTree({ ...SMALLEST, 'b/x': '', 'a/x': '' })
  const before = await paths(workspace)
  mkdirSync(join(workspace, 'c'))
  renameSync(join(workspace, 'a'), join(workspace, 'c/a'))
  writeFileSync(join(workspace, 'c/y'), CONFIG)
  renameSync(join(workspace, 'c/a'), join(workspace, 'a'))
  expect((await paths(workspace)).filter((path) => path !== 'c/y')).toEqual(before)
})

test('folders, broken links and pipes with the name of an ignore file are not read as rules', async () => {
  const workspace = makeTree({
    ...SMALLEST,
    'a/.gitignore/x': '',
    '.dockerignore': { link: 'nothing' },
    'b/.gitignore': { link: '.gitignore' }
  })
  execFileSync('mkfifo', [join(workspace, '.gitignore')])
  expect(await paths(workspace)).toEqual(['a/.gitignore/x', ...BASE])
})

test('an ignore file that cannot be read is an error, because its rules might exclude secrets', async () => {
  const workspace = makeTree({ ...SMALLEST, 'a/.gitignore': 'secret', 'a/secret': '' })
  chmodSync(join(workspace, 'a/.gitignore'), 0)
  chmodSync(workspace, 0o755)
  const asRoot = process.getuid?.() === 0
  if (asRoot) process.seteuid?.(65534)
  try {
    expect(await problemsOf(list(workspace))).toEqual(['a/.gitignore cannot be read: permission denied.'])
  } finally {
    if (asRoot) process.seteuid?.(0)
  }
})
