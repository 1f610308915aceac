/**
 * Checks out a small repository on this system, packs it, and prints the digest of the archive as `NAME=DIGEST`: `node
 * scripts/archive-digest.ts linux`. Every system must print the same digest.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packArchive } from '../src/archive/archive.ts'
import { listEntries } from '../src/archive/entries.ts'
import { readProject } from '../src/archive/project.ts'
import { readArguments, refuse } from './command-line.ts'

const FILE = '100644'
const PROGRAM = '100755'
const LINK = '120000'

/** Mode, path and content of the committed files. */
const COMMITTED: readonly (readonly [mode: string, path: string, content: string])[] = [
  [FILE, 'langgraph.json', '{"graphs": {"agent": "./source/agent.py:graph"}, "dependencies": ["."]}\n'],
  [FILE, '.gitattributes', '*.txt text\n*.bat text eol=crlf\n*.raw -text\n'],
  [FILE, '.gitignore', 'generated/\n'],
  [FILE, '.dockerignore', 'docs\n!docs/api\n'],
  [FILE, 'source/agent.py', 'graph = 1\n\n# two\n'],
  [FILE, 'source/notes.txt', 'one\ntwo\n'],
  [FILE, 'source/large.txt', 'a line of some length\n'.repeat(10_000)],
  [FILE, 'source/windows.txt', 'one\r\ntwo\r\n'],
  [FILE, 'source/bytes.raw', 'one\r\ntwo\n'],
  [FILE, 'source/run.bat', 'echo one\necho two\n'],
  [FILE, 'source/\u00e9t\u00e9/\u65e5\u672c.txt', 'three\n'],
  [FILE, 'source/empty.txt', ''],
  [PROGRAM, 'source/run.sh', '#!/bin/sh\necho one\n'],
  [LINK, 'source/latest.py', 'agent.py'],
  [LINK, 'shared', 'source'],
  [FILE, 'generated/client.py', 'made and committed\n'],
  [FILE, 'docs/guide.md', 'left out\n'],
  [FILE, 'docs/api/index.md', 'kept\n']
]

const { positionals } = readArguments('node scripts/archive-digest.ts [NAME]', { allowPositionals: true })
const [name = 'digest', ...others] = positionals
if (others.length > 0 || !/^[\w-]+$/.test(name))
  refuse(`The name must be one word of letters, digits, "_" and "-", not '${positionals.join(' ')}'.`)
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'archive-digest-')))
try {
  const origin = join(folder, 'origin.git')
  git(folder, ['init', '--quiet', '--bare', '--initial-branch=main', origin])
  for (const [mode, path, content] of COMMITTED) {
    const object = git(origin, ['hash-object', '-w', '--stdin'], content)
    git(origin, ['update-index', '--add', '--cacheinfo', `${mode},${object},${path}`])
  }
  const author = ['-c', 'user.name=Octo Cat', '-c', 'user.email=octocat@example.com']
  const commit = git(origin, [...author, 'commit-tree', '-m', 'First', git(origin, ['write-tree'])])
  git(origin, ['update-ref', 'refs/heads/main', commit])
  const workspace = join(folder, 'workspace')
  // With the default git settings of this system.
  git(folder, ['clone', '--quiet', origin, workspace])

  const project = await readProject({ workspace, configPath: 'langgraph.json' })
  const { entries, notices, warnings } = await listEntries(project, { gitPath: process.env.PATH })
  const packed = await packArchive(entries, join(folder, 'source.tgz'))
  const told = [...notices, ...warnings, ...packed.notices, ...packed.warnings]
  if (told.length > 0) throw new Error(told.join('\n'))
  for (const { path } of entries) console.error(path)
  console.log(`${name}=${packed.sha256}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function git(cwd: string, args: readonly string[], input = ''): string {
  return execFileSync('git', args, { cwd, input, encoding: 'utf8' }).trim()
}
