import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Every script that reads its command line. */
const SCRIPTS = [
  'benchmarks/main.ts',
  'chaos/main.ts',
  'demo/main.ts',
  ...globSync('scripts/*.ts', { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path !== 'scripts/command-line.ts')
    .sort()
]

/** Runs a script with a file system that it may only read: Node refuses each write, deletion, child process and thread. */
function run(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const node = ['--permission', '--allow-fs-read=*', '--disable-warning=SecurityWarning']
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, join(root, script), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env }
  })
  return { status, stdout, stderr }
}

/** The only result of an invalid command line. */
function refusal(words: RegExp) {
  return { status: 2, stdout: '', stderr: expect.stringMatching(new RegExp(`^${words.source}\\n$`)) }
}

test.concurrent.each(SCRIPTS)('%s refuses an unknown option before it writes or deletes anything', async (script) => {
  expect(run(script, ['--bogus'])).toEqual(refusal(/Unknown option '--bogus'\. Usage: n[^\n]+/))
})

test('every script checks its command line', () => {
  for (const script of SCRIPTS) expect(readFileSync(join(root, script), 'utf8')).toMatch(/\breadArguments\(/)
})

test.concurrent.each<[script: string, args: string, words: RegExp]>([
  ['benchmarks/main.ts', '--only nothing', /--only must be one of startup, .*, not 'nothing'\./],
  ['benchmarks/main.ts', '--only', /Option '--only <value>' argument missing\. Usage: npm run bench [^\n]*/],
  ['chaos/main.ts', '--seeds 0', /--seeds must be a whole number from 1 to 999999999, not '0'\./],
  ['chaos/main.ts', '--seed 1 --from x', /--from must be a whole number from 1 to 999999999, not 'x'\./],
  ['chaos/main.ts', '--seed 1.5', /--seed must be a whole number from 1 to 999999999, not '1\.5'\./],
  ['chaos/main.ts', '--workers 1001', /--workers must be a whole number from 1 to 1000, not '1001'\./],
  ['chaos/main.ts', '7', /Unexpected argument '7'\. [^\n]*/],
  ['demo/main.ts', 'out', /Unexpected argument 'out'\. [^\n]*/],
  ['scripts/archive-digest.ts', 'a=b', /The name must be one word [^\n]*, not 'a=b'\./],
  ['scripts/archive-digest.ts', 'linux arm', /The name must be one word [^\n]*, not 'linux arm'\./],
  ['scripts/bundle.ts', 'now', /Unexpected argument 'now'\. [^\n]*/],
  ['scripts/judge-emulator.ts', '--seed x', /--seed must be [^\n]*, not 'x'\./],
  ['scripts/judge-emulator.ts', '--examples 0', /--examples must be [^\n]*, not '0'\./],
  ['scripts/judge-emulator.ts', '--url localhost:8124', /--url must be [^\n]*, not 'localhost:8124'\./],
  ['scripts/judge-emulator.ts', '', /CONTROL_PLANE_OPENAPI must be [^\n]*/],
  ['scripts/lint-actions.ts', 'no-such-folder', /The argument must be one existing folder, not 'no-such-folder'\./],
  ['scripts/lint-actions.ts', 'src docs', /The argument must be one existing folder, not 'src docs'\./],
  ['scripts/owner.ts', '', /Usage: npm run owner [^\n]*/],
  ['scripts/owner.ts', 'acme --check', /Usage: npm run owner [^\n]*/],
  ['scripts/owner.ts', 'acme other', /Usage: npm run owner [^\n]*/],
  ['scripts/owner.ts', 'acme/other', /'acme\/other' is not a valid name of a GitHub account\./],
  ['scripts/readme-tables.ts', 'check', /Unexpected argument 'check'\. [^\n]*/],
  ['scripts/readme-tables.ts', '--check=yes', /Option '--check' does not take an argument\. [^\n]*/],
  ['scripts/release.ts', '', /Usage: node scripts\/release\.ts check\|notes TAG/],
  ['scripts/release.ts', 'check', /Usage: node scripts\/release\.ts check\|notes TAG/],
  ['scripts/release.ts', 'publish v1.0.0', /Usage: node scripts\/release\.ts check\|notes TAG/],
  ['scripts/release.ts', 'notes v1.0.0 v1.0.1', /Usage: node scripts\/release\.ts check\|notes TAG/],
  ['scripts/release.ts', 'notes v0.0.0', /CHANGELOG\.md has nothing under the version of v0\.0\.0\./]
])('%s refuses `%s` with one line', async (script, args, words) => {
  expect(run(script, args === '' ? [] : args.split(' '))).toEqual(refusal(words))
})
