import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { writeOwner } from '../../scripts/owner.ts'
import { notesOf, releaseProblems } from '../../scripts/release.ts'
import { makeTree } from '../archive/support.ts'
import { makeFolder } from '../support/folder.ts'
import { at, type Json } from '../support/json.ts'
import { executeJob, type StepResult } from './execute-job.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const workflow = readFileSync(new URL('../../.github/workflows/release.yml', import.meta.url), 'utf8')
const document = load(workflow)
// The steps are bash scripts.
const withBash = process.platform === 'win32' ? describe.skip : describe

const PAGES = ['README.md', 'scripts/command-line.ts', 'scripts/owner.ts', 'scripts/release.ts']

let repository = ''

/** Creates a checkout of a tag with a folder as its remote, as in the workflow; `dist` contains two files. */
beforeEach(() => makeRepository())

/** @param owner the account in the pages before `acme` replaces it; by default that of this repository */
function makeRepository(owner?: string): void {
  const { repository: named } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  repository = makeTree({
    'package.json': JSON.stringify({ type: 'module', version: '1.2.3', repository: named }),
    'CHANGELOG.md':
      '# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-12-01\n\n- Something new.\n\n## [1.2.2] - 2026-11-30\n\n- Old.\n',
    'src/version.ts': "export const VERSION = '1.2.3'\n",
    'dist/index.js': '1',
    'dist/main.js': '2'
  })
  for (const path of PAGES) cpSync(join(root, path), join(repository, path))
  if (owner !== undefined) writeOwner(repository, owner)
  writeOwner(repository, 'acme')
  git('init', '--quiet', '--initial-branch=main')
  commit('A release')
  publishTags()
}

function git(...words: string[]): string {
  const identity = [
    '-c',
    'user.name=t',
    '-c',
    'user.email=t@example.com',
    '-c',
    'commit.gpgsign=false',
    '-c',
    'tag.gpgsign=false'
  ]
  const { status, stdout, stderr } = spawnSync('git', [...identity, ...words], { cwd: repository, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout.trim()
}

function commit(message: string): void {
  git('add', '--all')
  git('commit', '--quiet', '--allow-empty', '--message', message)
}

function publishTags(annotated = true): void {
  git('tag', '--force', ...(annotated ? ['--annotate', '--message', '1.2.3'] : []), 'v1.2.3')
  const remote = makeFolder('remote-')
  spawnSync('git', ['clone', '--quiet', '--bare', repository, remote])
  spawnSync('git', ['remote', 'remove', 'origin'], { cwd: repository })
  git('remote', 'add', 'origin', remote)
  git('fetch', '--quiet', 'origin')
}

function edit(path: string, from: string | RegExp, to: string): void {
  const text = readFileSync(join(repository, path), 'utf8')
  expect(text).toMatch(from)
  writeFileSync(join(repository, path), text.replace(from, to))
}

describe('the gate of a release', () => {
  test('passes for a consistent version with an annotated tag on the default branch', () => {
    expect(releaseProblems(repository, 'v1.2.3', 'main')).toEqual([])
  })

  // A release runs these tests after the account is decided.
  test('passes for a version after a change of the owner', () => {
    makeRepository('somebody')
    expect(releaseProblems(repository, 'v1.2.3', 'main')).toEqual([])
  })

  test('reports all problems at once', () => {
    edit('package.json', '"1.2.3"', '"1.2.4"')
    edit('src/version.ts', '1.2.3', '1.2.5')
    edit('README.md', 'uses: acme/', 'uses: OWNER/')
    edit('CHANGELOG.md', '## [1.2.3]', '## [1.2.0]')
    commit('Slips')
    publishTags(false)
    expect(releaseProblems(repository, 'v1.2.3', 'main')).toEqual([
      'The tag is v1.2.3, but the version in package.json is 1.2.4.',
      'The tag is v1.2.3, but the version in src/version.ts is 1.2.5.',
      'CHANGELOG.md has nothing under "## [1.2.3]".',
      expect.stringMatching(/^README\.md:\d+: the owner is OWNER, but acme in package\.json$/),
      'The tag v1.2.3 is not annotated; create it with `git tag --annotate`.'
    ])
  })

  test('refuses a commit that is not on the default branch, or is not the commit of the tag', () => {
    git('checkout', '--quiet', '-b', 'aside')
    commit('Aside')
    publishTags()
    expect(releaseProblems(repository, 'v1.2.3', 'main')).toEqual(['The commit of v1.2.3 is not on main.'])
    commit('Later')
    expect(releaseProblems(repository, 'v1.2.3', 'aside')).toEqual(['The checkout is not the commit of v1.2.3.'])
  })

  test.each(['1.2.3', 'v1.2', 'v1.2.3.4', 'v01x', 'v9.9.9'])('refuses the tag %s', (tag) => {
    expect(releaseProblems(repository, tag, 'main')).not.toEqual([])
  })

  test('uses only the notes of the version', () => {
    const changelog = readFileSync(join(repository, 'CHANGELOG.md'), 'utf8')
    expect(notesOf(changelog, '1.2.3')).toBe('- Something new.')
    expect(notesOf(changelog, '1.2.2')).toBe('- Old.')
    expect(notesOf(changelog, '1x2.3')).toBeUndefined()
    expect(notesOf('## [1.2.3]\n\n## [1.2.2]\n- Old.\n', '1.2.3')).toBeUndefined()
  })
})

test('a waiting release is not cancelled by a third one', () => {
  expect(document).toMatchObject({ concurrency: { queue: 'max' } })
  expect(at(document, 'concurrency')).not.toHaveProperty('cancel-in-progress')
})

withBash('the release workflow', () => {
  /** A stand-in for `gh` with scripted responses, which records its calls. */
  function fakeGh(answers: string): { readonly env: Record<string, string>; readonly calls: () => string[] } {
    const folder = makeFolder('gh-')
    const calls = join(folder, 'calls')
    writeFileSync(join(folder, 'gh'), `#!/usr/bin/env bash\necho "$*" >> ${calls}\ncase "$*" in\n${answers}\nesac\n`)
    chmodSync(join(folder, 'gh'), 0o755)
    return {
      env: {
        PATH: `${folder}${delimiter}${join(process.execPath, '..')}${delimiter}${process.env.PATH ?? ''}`,
        GITHUB_SHA: 'c'.repeat(40)
      },
      calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : [])
    }
  }
  const play = (job: string, event: Json, env: Record<string, string> = {}): Promise<StepResult[]> =>
    executeJob({
      workflow,
      job,
      root: repository,
      env,
      github: { repository: 'acme/langsmith-deploy-action', ref_name: 'v1.2.3', event }
    })
  const PUSH = { repository: { default_branch: 'main' } }
  const RELEASED = { release: { tag_name: 'v1.2.3' } }

  test('checks before any write, and writes in as few jobs as possible', () => {
    const jobs = Object(at(document, 'jobs'))
    const order = Object.entries(jobs).map(([id, job]) => [
      id,
      at(job, 'needs') ?? [],
      Object.entries(Object(at(job, 'permissions')))
        .filter(([, kind]) => kind === 'write')
        .map(([name]) => name)
    ])
    expect(order).toEqual([
      ['gate', [], []],
      ['checks', 'gate', []],
      ['draft', ['gate', 'checks'], ['contents', 'id-token', 'attestations']],
      ['verify', [], []],
      ['move-major-tag', 'verify', ['contents']]
    ])
    expect(at(document, 'on')).toEqual({ push: { tags: ['v*.*.*'] }, release: { types: ['released'] } })
    expect(at(document, 'permissions')).toEqual({})
    // Each part skips the other event, and none continues after a failure.
    expect(['gate', 'verify'].map((id) => at(jobs, id, 'if'))).toEqual([
      "github.event_name == 'push'",
      "github.event_name == 'release'"
    ])
    expect(['checks', 'draft', 'move-major-tag'].map((id) => at(jobs, id, 'if'))).toEqual([
      undefined,
      undefined,
      undefined
    ])
    expect(at(jobs, 'checks', 'uses')).toBe('$/.github/workflows/ci.yml')
    expect(JSON.stringify(at(jobs, 'draft'))).not.toContain('npm')
    const ci = load(readFileSync(new URL('../../.github/workflows/ci.yml', import.meta.url), 'utf8'))
    expect(Object.keys(Object(at(ci, 'on')))).toContain('workflow_call')
  })

  test('passes the gate with a valid tag, and reports the problems of any other one', async () => {
    const results = await play('gate', PUSH)
    expect(results.map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped', 'success'])
    edit('package.json', '"1.2.3"', '"1.2.4"')
    const refused = await play('gate', PUSH)
    expect(refused.at(-1)).toMatchObject({
      outcome: 'failure',
      log: '::error::The tag is v1.2.3, but the version in package.json is 1.2.4.\n'
    })
  })

  test('creates one draft with the notes of the changelog', async () => {
    const gh = fakeGh('"release view"*) exit 1 ;;\n"release create"*) cat "${@: -1}" ;;')
    const results = await play('draft', PUSH, gh.env)
    expect(results.at(-1)).toMatchObject({ outcome: 'success', log: '- Something new.\n' })
    expect(gh.calls()[1]).toMatch(
      /^release create v1\.2\.3 --draft --verify-tag --title v1\.2\.3 --notes-file \S+\/notes\.md$/
    )
    const again = fakeGh('"release view"*) echo true ;;')
    expect((await play('draft', PUSH, again.env)).at(-1)).toMatchObject({ outcome: 'success' })
    expect(again.calls()[1]).toMatch(/^release edit v1\.2\.3 --draft /)
    const published = fakeGh('"release view"*) echo false ;;')
    expect((await play('draft', PUSH, published.env)).at(-1)).toMatchObject({
      outcome: 'failure',
      log: '::error::v1.2.3 is already published.\n'
    })
    expect(published.calls()).toHaveLength(1)
  })

  test('moves the major tag only to an immutable and attested release', async () => {
    const good = fakeGh('"api"*) echo true ;;')
    const results = await play('verify', RELEASED, good.env)
    expect(results.slice(1).map(({ outcome }) => outcome)).toEqual(['success', 'success'])
    const flags =
      '--repo acme/langsmith-deploy-action --deny-self-hosted-runners --signer-workflow acme/langsmith-deploy-action/.github/workflows/release.yml --source-ref refs/tags/v1.2.3'
    expect(good.calls()).toEqual([
      'api repos/acme/langsmith-deploy-action/releases/tags/v1.2.3 --jq .immutable',
      `attestation verify dist/index.js ${flags}`,
      `attestation verify dist/main.js ${flags}`
    ])
    const mutable = fakeGh('"api"*) echo false ;;')
    expect((await play('verify', RELEASED, mutable.env)).map(({ outcome }) => outcome)).toEqual([
      'skipped',
      'failure',
      'skipped'
    ])
    const foreign = fakeGh('"api"*) echo true ;;\n*"dist/main.js"*) exit 1 ;;')
    expect((await play('verify', RELEASED, foreign.env)).at(-1)).toMatchObject({ outcome: 'failure' })
  })

  test.each([
    ['is made as an annotated tag', 'v1.2.3', false, ['POST git/refs ref=refs/tags/v1 sha=t']],
    ['is moved', 'v1.2.3\nv1.2.2\nv2.0.0\nv1.10.0-rc.1', true, ['PATCH git/refs/tags/v1 sha=t force=true']],
    ['stays at a newer release', 'v1.10.0\nv1.2.3', true, undefined]
  ])('the major tag %s', async (_, releases, exists, written) => {
    const gh = fakeGh(
      `*"/releases "*) echo ${JSON.stringify(releases.split('\n').join(' '))} | tr ' ' '\\n' ;;\n*"/git/tags "*) echo t ;;\n*"/git/ref/tags/v1 "*) exit ${exists ? 0 : 1} ;;`
    )
    const [result] = await play('move-major-tag', RELEASED, gh.env)
    expect(result).toMatchObject({ outcome: 'success' })
    const writes = gh
      .calls()
      .filter((call) => call.includes('--method'))
      .map((call) =>
        call
          .replace(/^api --method (\w+) repos\/acme\/langsmith-deploy-action\//, '$1 ')
          .replaceAll(/ -[fF] | --silent$/g, (flag) => (flag.startsWith(' --') ? '' : ' '))
      )
    const tag = `POST git/tags tag=v1 message=v1.2.3 object=${'c'.repeat(40)} type=commit --jq .sha`
    expect(writes).toEqual(written === undefined ? [] : [tag, ...written])
  })
})
