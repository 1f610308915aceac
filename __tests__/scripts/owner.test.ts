import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { ownerProblems, writeOwner } from '../../scripts/owner.ts'
import { makeTree } from '../archive/support.ts'
import { makeFolder } from '../support/folder.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

function pages(files: Readonly<Record<string, string>>, owner = 'OWNER'): string {
  const repository = `github:${owner}/langsmith-deploy-action`
  return makeTree({ 'package.json': JSON.stringify({ version: '1.2.3', repository }), ...files })
}

describe('the owner', () => {
  test('is written everywhere by one command, which removes the note about the placeholder', () => {
    const folder = pages({
      'README.md': 'a\n<!-- owner -->Replace OWNER.\n<!-- /owner -->\n\n- uses: OWNER/langsmith-deploy-action@v1\n',
      'docs/deep/page.md': 'OWNER/langsmith-deploy-action/.github/workflows/preview.yml@v1, --repository OWNER/NAME\n',
      '.github/ISSUE_TEMPLATE/config.yml': 'url: https://github.com/OWNER/langsmith-deploy-action/security\n',
      'src/other.md': 'OWNER/langsmith-deploy-action is not looked at\n'
    })
    expect(writeOwner(folder, 'acme-inc')).toEqual([
      '.github/ISSUE_TEMPLATE/config.yml',
      'README.md',
      'docs/deep/page.md',
      'package.json'
    ])
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('a\n- uses: acme-inc/langsmith-deploy-action@v1\n')
    expect(ownerProblems(folder)).toEqual([])
    expect(writeOwner(folder, 'other')).toHaveLength(4)
    expect(ownerProblems(folder)).toEqual([])
  })

  test('blocks a release while it is undecided, or while a page names another one', () => {
    const uses = 'uses: OWNER/langsmith-deploy-action@v1\n'
    expect(ownerProblems(pages({ 'README.md': uses }))).toEqual([
      'package.json: the owner is not decided; run `npm run owner -- ACCOUNT`'
    ])
    const files = {
      'README.md': `x\n${uses}`,
      'SECURITY.md': 'me/langsmith-deploy-action\n',
      'docs/a.md': 'Replace `OWNER`, not OWNER/NAME.\nOWNER/NAME\n',
      '.github/workflows/a.yml': 'uses: acme/langsmith-deploy-action@v2\n'
    }
    expect(ownerProblems(pages(files, 'acme'))).toEqual([
      '.github/workflows/a.yml:1: the version is v2, expected v1',
      'README.md:2: the owner is OWNER, but acme in package.json',
      'SECURITY.md:1: the owner is me, but acme in package.json',
      'docs/a.md:1: still contains OWNER'
    ])
  })

  test.each(['', '-a', 'a/b', 'a b', 'a--b', '$&'])('cannot be %j', (account) => {
    expect(() => writeOwner(pages({}), account)).toThrow('is not a valid name of a GitHub account')
  })

  test('must be in package.json', () => {
    expect(() => ownerProblems(makeTree({ 'package.json': '{}' }))).toThrow('repository must be github:ACCOUNT/')
  })

  test('can be set in this repository, whose pages can then be released', () => {
    const folder = makeFolder('owner-')
    const { stdout } = spawnSync(
      'git',
      [
        'ls-files',
        '-z',
        '--cached',
        '--others',
        '--exclude-standard',
        '*.md',
        '*.yml',
        'package.json',
        'scripts/command-line.ts',
        'scripts/owner.ts'
      ],
      {
        cwd: root,
        encoding: 'utf8'
      }
    )
    for (const path of stdout.split('\0').filter((one) => one !== '')) cpSync(join(root, path), join(folder, path))
    const run = (...words: string[]) =>
      spawnSync(process.execPath, [join(folder, 'scripts/owner.ts'), ...words], { encoding: 'utf8' })
    expect(run().status).toBe(2)
    expect(run('some-account').stdout).toContain('README.md: written')
    expect(run('--check')).toMatchObject({ status: 0, stdout: '', stderr: '' })
  })
})
