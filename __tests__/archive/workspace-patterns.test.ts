import { expect, test } from '@jest/globals'
import { covers } from '../../src/archive/workspace-patterns.ts'

test.each<[readonly string[], string, boolean]>([
  [['packages/*'], 'packages/a', true],
  [['packages/*'], 'packages/a/b', false],
  [['packages/**'], 'packages/a/b', true],
  [['./packages/**/'], 'packages/a', true],
  [['**/agent'], 'apps/x/agent', true],
  [['**'], 'apps/x', true],
  [['{apps,libs}/*'], 'libs/a', true],
  [['{apps/*,libs/{one,two}}'], 'libs/two', true],
  [['{apps/*,libs/{one,two}}'], 'libs/three', false],
  [['{apps/**,libs}'], 'apps/a/b', true],
  [['libs/v{1..3}'], 'libs/v2', true],
  [['libs/v{1..3}'], 'libs/v4', false],
  [['libs/{a}'], 'libs/{a}', true],
  [['apps/agent-?'], 'apps/agent-1', true],
  [['apps/[ab]'], 'apps/a', true],
  [['apps/[!ab]'], 'apps/a', false],
  [['apps/[^ab]'], 'apps/c', true],
  [['apps/v[0-9]'], 'apps/v7', true],
  [['apps/[z-a]'], 'apps/b', false],
  [['@(apps|libs)/*'], 'libs/a', true],
  [['@(apps|libs)/*'], 'tools/a', false],
  [['apps/+(a|b)'], 'apps/aab', true],
  [['apps/?(my-)agent'], 'apps/agent', true],
  [['apps/*(x)'], 'apps/xx', true],
  [['apps/!(legacy)'], 'apps/agent', true],
  [['apps/!(legacy)'], 'apps/legacy', false],
  [['apps/!(legacy)'], 'apps/legacy2', true],
  [['apps/!(old)-lib'], 'apps/old-lib', false],
  [['apps/!(old)-lib'], 'apps/new-lib', true],
  [['!(docs)/*'], 'apps/a', true],
  [['!(docs)/*'], 'docs/a', false],
  [['apps/a.b'], 'apps/aXb', false],
  [['apps/a(b'], 'apps/a(b', true],
  [['apps/@(a'], 'apps/@(a', true],
  [['apps/[a'], 'apps/[a', true],
  [['*'], '.hidden', false],
  [['**'], '.reference/agent', false],
  [['.reference/*'], '.reference/agent', true],
  [['*', '!agent'], 'agent', false],
  [['!agent', '*'], 'agent', false],
  [['**', '!**/test/**'], 'a/test/b', false],
  [['packages/*', '!./packages/[ab]'], 'packages/b', false],
  [['!!apps/*'], 'apps/a', true],
  [['@scope/*'], '@scope/a', true],
  [[], 'a', false]
])('the patterns %j include the folder %s: %s', (patterns, path, isCovered) => {
  expect(covers(patterns, path)).toBe(isCovered)
})

test('the last matching pattern decides for npm and Yarn', () => {
  expect(covers(['*', '!agent', 'agent'], 'agent', { isOrdered: true })).toBe(true)
  expect(covers(['!agent', '*'], 'agent', { isOrdered: true })).toBe(true)
  expect(covers(['*', '!agent'], 'agent', { isOrdered: true })).toBe(false)
})

/** Workspace files of public projects, a folder that each includes, and a folder that it does not include. */
test.each<[string, readonly string[], string, string]>([
  [
    'vercel/next.js',
    ['apps/*', 'packages/*', 'crates/*/js', 'turbopack/crates/turbopack-tests/tests/execution'],
    'crates/next-napi/js',
    'crates/next-napi'
  ],
  [
    'withastro/astro',
    ['packages/**/*', 'examples/**/*', 'scripts', '!packages/astro/test/units/_temp-fixtures/*', '!**/.vercel/**'],
    'packages/integrations/react',
    'packages/astro/test/units/_temp-fixtures/one'
  ],
  [
    'vitejs/vite',
    ['packages/*', 'playground/**', 'packages/**/__tests__/**', 'docs'],
    'playground/css/a',
    'packages/vite/src'
  ]
])('the patterns of %s include only its packages', (_, patterns, member, other) => {
  expect(covers(patterns, member)).toBe(true)
  expect(covers(patterns, other)).toBe(false)
})
