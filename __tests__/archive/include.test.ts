import { describe, expect, test } from '@jest/globals'
import { createInclusion, MISSING } from '../../src/archive/include.ts'
import { list, makeTree, SMALLEST } from './support.ts'

describe('a pattern of `include` without a match', () => {
  const there = ['models', 'agents/a', 'agents/a/src']
  const around = {
    workspace: '/home/runner/agents',
    folders: ['agents/a'],
    isThere: (path: string) => there.includes(path),
    isVariablesFile: (path: string) => path === 'deploy/settings'
  }

  test.each<[string, string, RegExp | undefined]>([
    ['a folder that is not packed', 'models/', /set `root: \.`/],
    ['wildcards in a folder that is not packed', 'models/**', /set `root: \.`/],
    ['an env file', 'agents/a/.env', /`secrets-file`/],
    ['an env file with another name', 'deploy/settings', /`secrets-file`/],
    ['commas', 'agents/a/x/, models/', /one pattern per line/],
    ['a dash', '- agents/a/x/', /without `- `: agents\/a\/x\/$/],
    ['an absolute path', '/home/runner/agents/agents/a/gen', /relative to the workspace: agents\/a\/gen$/],
    ['a path that does not exist', 'agents/a/generatd/', new RegExp(`^${MISSING}$`)],
    ['a name in any folder', 'generated', undefined],
    ['wildcards', 'agents/a/**/*.gen.py', undefined]
  ])('is reported with the reason and fix, if known: %s', async (_, pattern, why) => {
    const { unused } = await createInclusion([pattern], around)
    expect(unused()).toEqual([{ pattern, why: why && expect.stringMatching(why) }])
  })

  test('causes a warning if it names a missing file, otherwise a notice', async () => {
    const workspace = makeTree({ ...SMALLEST, 'a/x': '' })
    const { notices, warnings } = await list(workspace, { include: ['a/generatd/', '- a/y'] })
    expect(notices).toEqual([expect.stringMatching(/- a\/y \(write one pattern per line without/)])
    expect(warnings.join()).toMatch(/`include` names files that do not exist: a\/generatd\//)
  })
})

test('the log names the skipped environment variable files whose variables are sent', async () => {
  const workspace = makeTree({ ...SMALLEST, 'prod.env': 'A=1', '.env': 'B=1' })
  const { notes } = await list(workspace, { environmentFiles: ['./prod.env'] })
  expect(notes).toEqual([expect.stringMatching(/never packed: .*\. The variables in prod\.env are sent\.$/)])
})
