import { describe, expect, test } from '@jest/globals'
import { list, makeTree, paths, problemsOf, SMALLEST, type Tree, track } from './support.ts'

/** Returns which of these files are packed in a minimal project. */
async function packed(dockerignore: string, files: readonly string[], tree: Tree = {}): Promise<readonly string[]> {
  const given = Object.fromEntries(files.map((file) => [file, '']))
  const workspace = makeTree({ ...SMALLEST, ...given, ...tree, '.dockerignore': dockerignore })
  return (await paths(workspace)).filter((path) => files.includes(path))
}

describe('a .dockerignore', () => {
  test.each<[string, string, readonly string[], readonly string[]]>([
    [
      'an allow-list',
      '*\n!source\n!pyproject.toml\n',
      ['source/a/b.py', 'pyproject.toml', 'data/x', 'README.md'],
      ['pyproject.toml', 'source/a/b.py']
    ],
    [
      'the last match wins',
      '*.md\n!README*.md\nREADME-secret.md\n',
      ['a.md', 'README.md', 'README-secret.md'],
      ['README.md']
    ],
    ['a later line overrides an exception', '!keep.md\n*.md\n', ['keep.md'], []],
    [
      'a pattern only matches at the top level',
      '*.md\ntemp\n',
      ['a.md', 'docs/a.md', 'temp/x', 'docs/temp/x'],
      ['docs/a.md', 'docs/temp/x']
    ],
    [
      'two stars match at any depth',
      '**/*.md\n**/temp\n',
      ['a.md', 'docs/a.md', 'docs/temp/x', 'docs/b.txt'],
      ['docs/b.txt']
    ],
    [
      'an exception includes a file in an excluded folder',
      'data\n!data/keep/*.csv\n',
      ['data/x', 'data/keep/a.csv', 'data/keep/b.txt'],
      ['data/keep/a.csv']
    ],
    [
      'an exception can begin with a wildcard',
      'data\n!**/keep.csv\n',
      ['data/a/b/keep.csv', 'data/a/b/other'],
      ['data/a/b/keep.csv']
    ],
    [
      'a later line excludes a part of an exception again',
      '*\n!source\nsource/**/tests\n',
      ['source/a.py', 'source/x/tests/t.py'],
      ['source/a.py']
    ],
    ['slashes at the ends do not matter', '/data/\n./docs\n', ['data/x', 'docs/y', 'a/data/z'], ['a/data/z']],
    ['a star does not match a slash', 'a/*/c\n', ['a/b/c', 'a/b/d/c'], ['a/b/d/c']],
    [
      'comments, blanks and lines that end with CR',
      '# x\r\n\r\n  docs  \r\n!  docs/keep  \r\n',
      ['docs/x', 'docs/keep'],
      ['docs/keep']
    ],
    ['patterns are case-sensitive', 'DOCS\n', ['docs/x'], ['docs/x']],
    ['classes and single characters', 'a?\nb[0-9]\n', ['ab', 'abc', 'b1', 'bx'], ['abc', 'bx']],
    [
      'special characters of regular expressions are plain characters',
      'app/(group)\nc++\na|b\n',
      ['app/(group)/x', 'app/group/x', 'c++', 'cc', 'a|b', 'a'],
      ['a', 'app/group/x', 'cc']
    ],
    ['a line can contain a space', 'my file\n', ['my file', 'my'], ['my']]
  ])('follows the rules of Docker: %s', async (_, rules, files, expected) => {
    expect(await packed(rules, files)).toEqual(expected)
  })

  test('also excludes files that git tracks', async () => {
    const workspace = makeTree({ ...SMALLEST, '.dockerignore': 'docs\n', 'docs/x': '' })
    track(workspace)
    expect(await paths(workspace)).toEqual(['.dockerignore', 'agent.py', 'langgraph.json'])
  })

  test('cannot include files that a .gitignore excludes', async () => {
    expect(await packed('!data/keep\n', ['data/keep'], { '.gitignore': 'data\n' })).toEqual([])
  })

  test('has patterns that are relative to its folder', async () => {
    const workspace = makeTree({
      'app/langgraph.json': JSON.stringify({ graphs: { agent: './agent.py:graph' }, dependencies: ['.', '../lib'] }),
      'app/agent.py': '',
      'app/docs/x': '',
      'app/.dockerignore': 'docs\n',
      'lib/docs/x': '',
      'lib/x.py': '',
      'lib/tests/t.py': '',
      'lib/.dockerignore': '/tests\n'
    })
    expect(await paths(workspace, { configPath: 'app/langgraph.json' })).toEqual([
      'app/.dockerignore',
      'app/agent.py',
      'app/langgraph.json',
      'lib/.dockerignore',
      'lib/docs/x',
      'lib/x.py'
    ])
  })

  test('with a pattern that Docker rejects is an error that names the line', async () => {
    const workspace = makeTree({ ...SMALLEST, '.dockerignore': 'docs\n[\n' })
    expect(await problemsOf(list(workspace))).toEqual([
      '.dockerignore line 2 ([) is not a valid pattern. Correct it; Docker rejects it too.'
    ])
  })
})
