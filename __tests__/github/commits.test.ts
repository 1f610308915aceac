import { expect, test } from '@jest/globals'
import { compareCommits, isAhead } from '../../src/github/commits.ts'
import { createGithubSession } from '../../src/github/session.ts'
import { skippingClock } from '../support/clock.ts'
import { useGithubServer } from '../support/github-server.ts'

const server = await useGithubServer()
const [FIRST, SECOND, THIRD] = ['1'.repeat(40), '2'.repeat(40), '3'.repeat(40)]
const warnings: string[] = []
const compare = (base: string, commit: string) => {
  warnings.length = 0
  const session = createGithubSession({
    access: { apiUrl: server.url, token: server.token, repository: server.repository },
    clock: skippingClock(),
    cancelled: new AbortController().signal,
    cancelledAt: () => undefined,
    warn: (text) => warnings.push(text)
  })
  return compareCommits(session, base, commit, 'It is not known')
}

test.each([
  [FIRST, THIRD, { ahead: 2, behind: 0 }, true],
  [THIRD, FIRST, { ahead: 0, behind: 2 }, false],
  [SECOND, SECOND, { ahead: 0, behind: 0 }, false]
])('compareCommits(%s, %s) returns %j', async (base, commit, expected, ahead) => {
  server.history(FIRST, SECOND, THIRD)
  const found = await compare(base, commit)
  expect(found).toEqual(expected)
  expect(isAhead(found)).toBe(ahead)
})

test('the comparison does not request the page with the changed files', async () => {
  server.history(FIRST, SECOND)
  await compare(FIRST, SECOND)
  const [request] = server.requests()
  expect(request?.path).toContain('page=2')
  const headers = { authorization: `Bearer ${server.token}` }
  const answerTo = async (path: string) => (await fetch(server.url + path, { headers })).json()
  expect(await answerTo(request?.path ?? '')).not.toHaveProperty('files')
  expect(await answerTo(request?.path.replace('page=2', 'page=1') ?? '')).toHaveProperty('files')
})

test('a malformed comparison is an invalid response', async () => {
  server.fault({ action: { status: 200, body: { ahead_by: '1' } } })
  expect(await compare(FIRST, SECOND)).toBeUndefined()
  expect(warnings).toEqual(['It is not known: GitHub returned an invalid response (not a comparison).'])
})
