import { describe, expect, test } from '@jest/globals'
import { createInclusion, MISSING } from '../../src/archive/include.ts'
import { list, makeTree, SMALLEST } from './support.ts'

describe('a pattern that matches nothing', () => {
  const there = ['models', 'agents/a', 'agents/a/src']
  const around = {
    workspace: '/home/runner/agents',
    folders: ['agents/a'],
    isThere: (path: string) => there.includes(path),
    isVariablesFile: (path: string) => path === 'deploy/settings'
  }

  test.each<[string, string, RegExp | undefined]>([
    ['outside of the packed folder', 'models/', /set `root: \.`/],
    ['outside of it, with wildcards', 'models/**', /set `root: \.`/],
    ['an env file', 'agents/a/.env', /`secrets-file`/],
    ['an env file by another name', 'deploy/settings', /`secrets-file`/],
    ['commas', 'agents/a/x/, models/', /one pattern per line/],
    ['a dash', '- agents/a/x/', /without `- `: agents\/a\/x\/$/],
    ['an absolute path', '/home/runner/agents/agents/a/gen', /relative to the workspace: agents\/a\/gen$/],
    ['a path that does not exist', 'agents/a/generatd/', new RegExp(`^${MISSING}$`)],
    ['a name that may be anywhere', 'generated', undefined],
    ['wildcards', 'agents/a/**/*.gen.py', undefined]
  ])('is told with its cure: %s', async (_, pattern, why) => {
    const { unused } = await createInclusion([pattern], around)
    expect(unused()).toEqual([{ pattern, why: why && expect.stringMatching(why) }])
  })

  test('is a warning where it names what does not exist, and a notice else', async () => {
    const workspace = makeTree({ ...SMALLEST, 'a/x': '' })
    const { notices, warnings } = await list(workspace, { include: ['a/generatd/', '- a/y'] })
    expect(notices).toEqual([expect.stringMatching(/- a\/y \(write one pattern per line without/)])
    expect(warnings.join()).toMatch(/`include` names files that do not exist: a\/generatd\//)
  })
})

test('a file of variables that is left out is said to be sent where it is', async () => {
  const workspace = makeTree({ ...SMALLEST, 'prod.env': 'A=1', '.env': 'B=1' })
  const { notes } = await list(workspace, { environmentFiles: ['./prod.env'] })
  expect(notes).toEqual([expect.stringMatching(/never packed: .*\. The variables of prod\.env are sent\.$/)])
})
