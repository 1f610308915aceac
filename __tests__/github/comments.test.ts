import { beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  type CommentMark,
  createComment,
  findComment,
  updateComment,
  withMark,
  writeComment
} from '../../src/github/comments.ts'
import { createGithubSession, type GithubAccess, type GithubSession } from '../../src/github/session.ts'
import { skippingClock } from '../support/clock.ts'
import { useGithubServer } from '../support/github-server.ts'
import { at } from '../support/json.ts'

const BOT = 'github-actions[bot]'
const server = await useGithubServer({
  pullRequests: [3, 7],
  users: ['octocat', 'dependabot[bot]', 'acme-ci[bot]']
})
let session: GithubSession
let warnings: string[]

function open(access: Partial<GithubAccess> = {}): GithubSession {
  return createGithubSession({
    access: { apiUrl: server.url, token: server.token, repository: server.repository, ...access },
    clock: skippingClock(),
    cancelled: new AbortController().signal,
    cancelledAt: () => undefined,
    warn: (text) => warnings.push(text)
  })
}

beforeEach(() => {
  warnings = []
  session = open()
})

const MARK: CommentMark = { name: 'agent', place: 'api.host.langchain.com', pullRequest: 7 }
const RUN = 1_700_000_000_000
const BODY = withMark('### agent: deployed', MARK, RUN)
const bodies = async (pullRequest = 7) => (await server.comments(pullRequest)).map(({ body }) => body)
const asked = () => server.requests().map(({ method, path }) => `${method} ${path.replace('/repos/acme/agents', '')}`)
const chat = async (count: number) => {
  for (let number = 1; number <= count; number += 1) await server.addComment(7, `chat ${number}`, 'octocat')
}

describe('our comment', () => {
  test('is found again by its mark, with the run that wrote it', async () => {
    const id = (await createComment(session, MARK, BODY))?.id
    expect(await findComment(session, MARK)).toEqual({ id, writtenBy: RUN })
    expect(await server.comments(7)).toEqual([{ id, login: BOT, body: BODY }])
    expect(await server.comments(3)).toEqual([])
  })

  test('is not there before it was written, and then nobody is asked who we are', async () => {
    await chat(3)
    expect(await findComment(session, MARK)).toBe('none')
    expect(asked()).toEqual(['GET /issues/7/comments?per_page=100&page=1'])
  })

  test.each([
    [0, 1],
    [99, 1],
    [100, 2],
    [230, 3]
  ])('is found among others, behind %d of them, on page %d', async (count, page) => {
    await chat(count)
    const id = await server.addComment(7, BODY, BOT)
    await server.addComment(7, 'thanks', 'octocat')
    expect(await findComment(session, MARK)).toEqual({ id, writtenBy: RUN })
    expect(asked()).toContain(`GET /issues/7/comments?per_page=100&page=${page}`)
  })

  test('is not there where a hundred others fill the page', async () => {
    await chat(100)
    expect(await findComment(session, MARK)).toBe('none')
    expect(asked()).toHaveLength(2)
  })

  test('is found also when a person has edited it, as browsers send it', async () => {
    const id = await server.addComment(7, BODY.replaceAll('\n', '\r\n'), BOT)
    expect(await findComment(session, MARK)).toEqual({ id, writtenBy: RUN })
  })

  test.each<[string, string]>([
    ['a person', 'octocat'],
    ['another bot', 'dependabot[bot]'],
    ['another app', 'acme-ci[bot]'],
    ['the owner of a personal token', 'monalisa']
  ])('is not one of %s that carries the same mark', async (_, login) => {
    const id = await server.addComment(7, BODY, login)
    expect(await findComment(session, MARK)).toBe('none')
    const ours = await server.addComment(7, BODY, BOT)
    expect(await findComment(session, MARK)).toEqual({ id: ours, writtenBy: RUN })
    expect(id).toBeLessThan(ours)
  })

  test('is the first one, where two runs have made one each', async () => {
    const first = await server.addComment(7, BODY, BOT)
    await server.addComment(7, BODY, BOT)
    expect(await findComment(session, MARK)).toMatchObject({ id: first })
  })

  test.each<[string, string]>([
    ['quotes it', `> ${BODY}`],
    ['has it further below', `Look:\n${BODY}`],
    ['has something in front', ` ${BODY}`]
  ])('is none that %s', async (_, body) => {
    await server.addComment(7, body, BOT)
    expect(await findComment(session, MARK)).toBe('none')
  })

  test('of a personal token is that of its owner', async () => {
    session = open({ token: server.personalToken })
    await server.addComment(7, BODY, BOT)
    expect(await findComment(session, MARK)).toBe('none')
    const id = (await createComment(session, MARK, BODY))?.id
    expect(await findComment(session, MARK)).toEqual({ id, writtenBy: RUN })
    expect(await server.comments(7)).toMatchObject([{ login: BOT }, { id, login: 'monalisa' }])
  })

  test('is found on an Enterprise Server', async () => {
    session = open({ apiUrl: server.enterpriseUrl })
    const id = (await createComment(session, MARK, BODY))?.id
    server.clearRequests()
    expect(await findComment(session, MARK)).toEqual({ id, writtenBy: RUN })
    expect(asked()).toEqual(['GET /api/v3/issues/7/comments?per_page=100&page=1', 'POST /api/graphql'])
  })

  test('is not taken for missing because a page came in place of the list', async () => {
    server.fault({ action: { status: 200, body: '<html></html>', headers: { 'content-type': 'text/html' } } })
    expect(await findComment(session, MARK)).toBeUndefined()
  })

  test('is not taken for missing because GitHub does not say', async () => {
    await chat(100)
    server.fault({ path: /page=2$/, times: 3, action: { status: 502, body: { message: 'Bad Gateway' } } })
    expect(await findComment(session, MARK)).toBeUndefined()
    expect(warnings).toEqual([
      'The comment on the pull request could not be written: GitHub answered 502 (Bad Gateway).'
    ])
  })

  test('is not guessed at when it is not told who we are', async () => {
    await server.addComment(7, BODY, BOT)
    server.fault({ path: /graphql/, times: 3, action: { status: 502, body: { message: 'Bad Gateway' } } })
    expect(await findComment(session, MARK)).toBeUndefined()
    expect(warnings).toHaveLength(1)
  })

  test.each([
    [404, 'Not Found'],
    [403, 'Resource not accessible by integration']
  ])('is told without a permission for comments where GraphQL answers %d', async (status, message) => {
    await server.addComment(7, BODY, BOT)
    server.fault({ path: /graphql/, action: { status, body: { message } } })
    expect(await findComment(session, MARK)).toBeUndefined()
    expect(warnings).toEqual([
      `The comment on the pull request could not be written: GitHub gave an answer that cannot be used (its GraphQL API does not tell the account of the token: ${status} ${message}).`
    ])
  })

  test('is told as written where only the look for a second one fails', async () => {
    server.fault({ path: /graphql/, action: { status: 404, body: { message: 'Not Found' } } })
    expect(await createComment(session, MARK, BODY)).toMatchObject({ isNew: true })
    expect(warnings).toEqual([expect.stringMatching(/^The comment on the pull request was written, but /)])
    expect(warnings.join()).not.toContain('permissions')
  })

  test('is told as an answer that cannot be used where GitHub tells no account', async () => {
    await server.addComment(7, BODY, BOT)
    server.fault({ path: /graphql/, action: { status: 200, body: { data: {} } } })
    expect(await findComment(session, MARK)).toBeUndefined()
    expect(warnings).toEqual([
      'The comment on the pull request could not be written: GitHub gave an answer that cannot be used (it does not tell the account of the token).'
    ])
  })
})

describe('the mark', () => {
  const others: readonly (readonly [string, Partial<CommentMark>])[] = [
    ['another name', { name: 'agent-2' }],
    ['the beginning of the name', { name: 'agen' }],
    ['another pull request in the text', { pullRequest: 77 }],
    ['another control plane', { place: 'eu.api.host.langchain.com' }],
    ['another workspace', { place: `${MARK.place}/5b7e2c84-61d3-4f0a-9c8e-2a1f4d6b9e01` }],
    ['a name that holds all that follows', { name: 'agent #7 at api.host.langchain.com -->' }]
  ]

  test.each(others)('keeps %s apart', async (_, change) => {
    const other = { ...MARK, ...change }
    await server.addComment(7, withMark('x', other, RUN), BOT)
    expect(await findComment(session, MARK)).toBe('none')
    await server.addComment(3, BODY, BOT)
    expect(await findComment(session, { ...MARK, pullRequest: 3 })).toBe('none')
  })

  const hostile = [
    '--> <img src=x onerror=alert(1)>',
    '-->',
    '--!> x',
    '>',
    '->',
    'a\n\nb\r\nc',
    'a\n<!-- run: 99999999999999 -->\nb',
    '"quoted" \'single\' `code`',
    '@octocat #1',
    '</details>',
    '%2D%2D%3E',
    '日本 👩‍🚀',
    '${{ secrets.X }}',
    'a--b'
  ]

  test.each(hostile)('is left by nothing that stands in it: %j', async (text) => {
    for (const mark of [
      { ...MARK, name: text },
      { ...MARK, place: text }
    ]) {
      const body = withMark('### hello', mark, RUN)
      // Two comments of HTML on a line each, and then what was handed in.
      expect(body).toMatch(/^<!-- [^<>\n\r]*[^<>\n\r-] -->\n<!-- run: \d+ -->\n### hello$/)
      const id = (await createComment(session, mark, body))?.id
      expect(await findComment(session, mark)).toEqual({ id, writtenBy: RUN })
    }
  })

  test('is a line of its own for whatever stands in it, and no two are alike', () => {
    const part = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom(...'<>-! #%\n\rat7') }))
    const mark = fc.record({ name: part, place: part, pullRequest: fc.integer({ min: 1, max: 99 }) })
    fc.assert(
      fc.property(mark, mark, (one, other) => {
        const [first = '', second = ''] = withMark('', one, RUN).split('\n')
        expect(first).toMatch(/^<!-- [^<>\n\r]* -->$/)
        expect(second).toBe(`<!-- run: ${RUN} -->`)
        const isSame = JSON.stringify(one) === JSON.stringify(other)
        expect(withMark('', other, RUN).startsWith(first)).toBe(isSame)
      })
    )
  })
})

describe('a comment that stands', () => {
  const later = withMark('later', MARK, RUN + 1)

  test('is written anew', async () => {
    const id = await server.addComment(7, BODY, BOT)
    expect(await writeComment(session, id, later)).toBe(true)
    expect(await bodies()).toEqual([later])
  })

  test.each<[string, number]>([
    ['an earlier run', RUN - 60_000],
    ['this very run', RUN]
  ])('is updated over the words of %s', async (_, startedAt) => {
    const id = await server.addComment(7, withMark('earlier', MARK, startedAt), BOT)
    expect(await updateComment(session, id, BODY, RUN)).toBe(true)
    expect(await bodies()).toEqual([BODY])
  })

  test('keeps the words of a run that began later', async () => {
    const id = await server.addComment(7, later, BOT)
    expect(await updateComment(session, id, BODY, RUN)).toBe(true)
    expect(await bodies()).toEqual([later])
    expect(asked()).toEqual([`GET /issues/comments/${id}`])
  })

  test('is not written when it cannot be told who wrote it last', async () => {
    const id = await server.addComment(7, later, BOT)
    server.fault({ method: 'GET', times: 3, action: { status: 502 } })
    expect(await updateComment(session, id, BODY, RUN)).toBe(false)
    expect(await bodies()).toEqual([later])
    expect(warnings).toHaveLength(1)
  })

  test('is written after a passing failure', async () => {
    const id = await server.addComment(7, 'x', BOT)
    server.fault({ times: 2, action: 'cut' })
    expect(await writeComment(session, id, BODY)).toBe(true)
    expect(await bodies()).toEqual([BODY])
  })
})

describe('a comment that two runs make at once', () => {
  const ours = withMark('### ours', MARK, RUN + 1)

  test('stays one: each takes a second one of its own back, and both know the first', async () => {
    // Each has looked before, and has seen none.
    const found = await Promise.all([createComment(open(), MARK, BODY), createComment(open(), MARK, ours)])
    const [first, ...others] = await server.comments(7)
    expect(others).toEqual([])
    expect(found.map((one) => one?.id)).toEqual([first?.id, first?.id])
    expect(found.map((one) => one?.isNew).toSorted()).toEqual([false, true])
  })

  test('is the earlier one, of which nothing is changed', async () => {
    const id = await server.addComment(7, BODY, BOT)
    expect(await createComment(session, MARK, ours)).toEqual({ id, isNew: false })
    expect(await server.comments(7)).toEqual([{ id, login: BOT, body: BODY }])
    expect(asked().map((request) => request.replace(/(DELETE .*)\/\d+$/, '$1'))).toEqual([
      'POST /issues/7/comments',
      'GET /issues/7/comments?per_page=100&page=1',
      'POST /graphql',
      'DELETE /issues/comments'
    ])
    expect(warnings).toEqual([])
  })

  test('costs a single look where nobody else made one', async () => {
    expect(await createComment(session, MARK, BODY)).toMatchObject({ isNew: true })
    expect(asked()).toEqual(['POST /issues/7/comments', 'GET /issues/7/comments?per_page=100&page=1', 'POST /graphql'])
  })

  test.each<[string, string, string]>([
    ['a person who has copied the mark', BODY, 'octocat'],
    ['another name', withMark('x', { ...MARK, name: 'agent-2' }, RUN), BOT],
    ['another workspace', withMark('x', { ...MARK, place: 'elsewhere' }, RUN), BOT]
  ])('is not that of %s', async (_, body, login) => {
    const theirs = await server.addComment(7, body, login)
    const id = (await createComment(session, MARK, ours))?.id
    expect(await server.comments(7)).toMatchObject([{ id: theirs }, { id, body: ours }])
  })

  test('is kept where GitHub does not say whether there is another one', async () => {
    await server.addComment(7, BODY, BOT)
    server.fault({ method: 'GET', times: 3, action: { status: 502, body: { message: 'Bad Gateway' } } })
    const id = (await createComment(session, MARK, ours))?.id
    expect((await server.comments(7)).at(-1)).toEqual({ id, login: BOT, body: ours })
    expect(warnings).toHaveLength(1)
  })

  test('is the earlier one also where the second one cannot be deleted, which is told', async () => {
    const id = await server.addComment(7, BODY, BOT)
    server.fault({ method: 'DELETE', times: 3, action: { status: 502, body: { message: 'Bad Gateway' } } })
    expect(await createComment(session, MARK, ours)).toEqual({ id, isNew: false })
    expect(warnings).toHaveLength(1)
  })
})

describe('what GitHub refuses', () => {
  test('is a warning that names the permission, once', async () => {
    const id = await server.addComment(7, BODY, BOT)
    server.deny('pull-requests')
    expect(await createComment(session, MARK, BODY)).toBeUndefined()
    expect(await writeComment(session, id, BODY)).toBe(false)
    expect(warnings).toEqual([
      "The comment on the pull request could not be written: GitHub answered 403 (Resource not accessible by integration). The job's token needs `permissions: pull-requests: write`."
    ])
    // The second one is not even tried.
    expect(asked()).toEqual(['POST /issues/7/comments'])
    expect(await bodies()).toEqual([BODY])
  })

  test('is told to a personal token in its own words', async () => {
    session = open({ token: server.personalToken })
    server.deny('pull-requests')
    expect(await createComment(session, MARK, BODY)).toBeUndefined()
    expect(warnings.join()).toContain('Resource not accessible by personal access token')
  })

  test('may be the length', async () => {
    expect(await createComment(session, MARK, BODY.padEnd(65_537, 'x'))).toBeUndefined()
    expect(warnings.join()).toContain('GitHub answered 422')
    expect(await bodies()).toEqual([])
  })

  test('may be a pull request that is none', async () => {
    expect(await createComment(session, { ...MARK, pullRequest: 99 }, BODY)).toBeUndefined()
    expect(warnings.join()).toContain('GitHub answered 404')
  })
})

test('a comment whose answer was lost is not written a second time', async () => {
  server.fault({ action: 'lose' })
  expect(await createComment(session, MARK, BODY)).toBeUndefined()
  expect(await bodies()).toEqual([BODY])
  expect(server.requests().map(({ body }) => at(body, 'body'))).toEqual([BODY])
})
