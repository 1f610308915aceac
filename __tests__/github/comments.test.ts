import { beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type CommentMark, isLater, withMark } from '../../src/github/comment-mark.ts'
import { createComment, writeComment } from '../../src/github/comments.ts'
import { createGithubSession, type GithubAccess, type GithubSession } from '../../src/github/session.ts'
import { lookAtStanding } from '../../src/github/standing.ts'
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
const RUN = { id: 1001, attempt: 1 }
const findComment = async (session: GithubSession, mark: CommentMark) =>
  (await lookAtStanding(session, { comment: mark })).comment
const found = (id: number | undefined) => ({ id, nodeId: `IC_${id}`, writer: RUN, isOfEnded: false })
const BODY = withMark('### agent: deployed', MARK, RUN)
const bodies = async (pullRequest = 7) => (await server.comments(pullRequest)).map(({ body }) => body)
const asked = () => server.requests().map(({ method, path }) => `${method} ${path.replace('/repos/acme/agents', '')}`)
const chat = async (count: number) => {
  for (let number = 1; number <= count; number += 1) await server.addComment(7, `chat ${number}`, 'octocat')
}

describe('the comment of this action', () => {
  test('has a mark by which a later run finds it, together with its writer', async () => {
    const id = await createComment(session, MARK, BODY)
    expect(await findComment(session, MARK)).toEqual(found(id))
    expect(await server.comments(7)).toEqual([{ id, login: BOT, body: BODY }])
    expect(await server.comments(3)).toEqual([])
  })

  test('records whether its writer has ended', async () => {
    const id = await createComment(session, MARK, withMark('Done.', MARK, RUN, true))
    expect(await findComment(session, MARK)).toEqual({ ...found(id), isOfEnded: true })
  })

  test('takes one query to find out that it does not exist', async () => {
    await chat(3)
    expect(await findComment(session, MARK)).toBe('none')
    expect(asked()).toEqual(['POST /graphql'])
  })

  test.each([
    [0, 1],
    [99, 1],
    [100, 2],
    [230, 3]
  ])('is found after %d other comments, with %d queries', async (count, queries) => {
    await chat(count)
    const id = await server.addComment(7, BODY, BOT)
    await server.addComment(7, 'thanks', 'octocat')
    expect(await findComment(session, MARK)).toEqual(found(id))
    expect(asked()).toHaveLength(queries)
  })

  test('is found on pages that are shorter than requested', async () => {
    await chat(5)
    const id = await server.addComment(7, BODY, BOT)
    server.shortenPages(2)
    expect(await findComment(session, MARK)).toEqual(found(id))
    expect(asked()).toHaveLength(3)
  })

  test('is found after a person has edited it in a browser', async () => {
    const id = await server.addComment(7, BODY.replaceAll('\n', '\r\n'), BOT)
    expect(await findComment(session, MARK)).toEqual(found(id))
  })

  test.each<[string, string]>([
    ['a person', 'octocat'],
    ['another bot', 'dependabot[bot]'],
    ['another app', 'acme-ci[bot]'],
    ['the owner of a personal token', 'monalisa']
  ])('is not a comment of %s with the same mark', async (_, login) => {
    const id = await server.addComment(7, BODY, login)
    expect(await findComment(session, MARK)).toBe('none')
    const ours = await server.addComment(7, BODY, BOT)
    expect(await findComment(session, MARK)).toEqual(found(ours))
    expect(id).toBeLessThan(ours)
  })

  test('is the first of two that concurrent runs created', async () => {
    const first = await server.addComment(7, BODY, BOT)
    await server.addComment(7, BODY, BOT)
    expect(await findComment(session, MARK)).toMatchObject({ id: first })
  })

  test.each<[string, string]>([
    ['quotes it', `> ${BODY}`],
    ['contains it below the first line', `Look:\n${BODY}`],
    ['starts with another character', ` ${BODY}`]
  ])('is not a comment that %s', async (_, body) => {
    await server.addComment(7, body, BOT)
    expect(await findComment(session, MARK)).toBe('none')
  })

  test('belongs to the owner of a personal token', async () => {
    session = open({ token: server.personalToken })
    await server.addComment(7, BODY, BOT)
    expect(await findComment(session, MARK)).toBe('none')
    const id = await createComment(session, MARK, BODY)
    expect(await findComment(session, MARK)).toEqual(found(id))
    expect(await server.comments(7)).toMatchObject([{ login: BOT }, { id, login: 'monalisa' }])
  })

  test('is found on GitHub Enterprise Server', async () => {
    session = open({ apiUrl: server.enterpriseUrl })
    const id = await createComment(session, MARK, BODY)
    server.clearRequests()
    expect(await findComment(session, MARK)).toEqual(found(id))
    expect(asked()).toEqual(['POST /api/graphql'])
  })

  test('is unknown, not missing, if a page replaces the list', async () => {
    server.fault({ action: { status: 200, body: '<html></html>', headers: { 'content-type': 'text/html' } } })
    expect(await findComment(session, MARK)).toBeUndefined()
  })

  test('is unknown, not missing, after a server error', async () => {
    await chat(101)
    server.fault({ nth: 2, times: 3, action: { status: 502, body: { message: 'Bad Gateway' } } })
    expect(await findComment(session, MARK)).toBeUndefined()
    expect(warnings).toEqual(['Could not write the comment on the pull request: GitHub returned 502 (Bad Gateway).'])
  })

  test('is unknown, with a warning, if GitHub returns no account', async () => {
    await server.addComment(7, BODY, BOT)
    const comments = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }
    const data = { viewer: null, repository: { pullRequest: { comments } }, nodes: [] }
    server.fault({ path: /graphql/, action: { status: 200, body: { data } } })
    expect(await findComment(session, MARK)).toBeUndefined()
    expect(warnings).toEqual([
      'Could not write the comment on the pull request: GitHub returned an invalid response (the comments of the pull request are missing).'
    ])
  })
})

describe('the mark', () => {
  const others: readonly (readonly [string, Partial<CommentMark>])[] = [
    ['another name', { name: 'agent-2' }],
    ['a prefix of the name', { name: 'agen' }],
    ['another pull request in the text', { pullRequest: 77 }],
    ['another control plane', { place: 'eu.api.host.langchain.com' }],
    ['another workspace', { place: `${MARK.place}/5b7e2c84-61d3-4f0a-9c8e-2a1f4d6b9e01` }],
    ['a name that contains the rest of the mark', { name: 'agent #7 at api.host.langchain.com -->' }]
  ]

  test.each(others)('differs for %s', async (_, change) => {
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
    'a\n<!-- run: 99999999999999/1 -->\nb',
    '"quoted" \'single\' `code`',
    '@octocat #1',
    '</details>',
    '%2D%2D%3E',
    '日本 👩‍🚀',
    '${{ secrets.X }}',
    'a--b'
  ]

  test.each(hostile)('cannot be closed by its content: %j', async (text) => {
    for (const mark of [
      { ...MARK, name: text },
      { ...MARK, place: text }
    ]) {
      const body = withMark('### hello', mark, RUN)
      // Two HTML comments on one line each, and then the body.
      expect(body).toMatch(/^<!-- [^<>\n\r]*[^<>\n\r-] -->\n<!-- run: \d+\/\d+ -->\n### hello$/)
      const id = await createComment(session, mark, body)
      expect(await findComment(session, mark)).toEqual(found(id))
    }
  })

  test('is one line for any content, and unique', () => {
    const part = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom(...'<>-! #%\n\rat7') }))
    const mark = fc.record({ name: part, place: part, pullRequest: fc.integer({ min: 1, max: 99 }) })
    fc.assert(
      fc.property(mark, mark, (one, other) => {
        const [first = '', second = ''] = withMark('', one, RUN).split('\n')
        expect(first).toMatch(/^<!-- [^<>\n\r]* -->$/)
        expect(second).toBe(`<!-- run: 1001/1 -->`)
        const isSame = JSON.stringify(one) === JSON.stringify(other)
        expect(withMark('', other, RUN).startsWith(first)).toBe(isSame)
      })
    )
  })
})

describe('an existing comment', () => {
  const later = withMark('later', MARK, { id: 1002, attempt: 1 })

  test('can be replaced', async () => {
    const id = await server.addComment(7, BODY, BOT)
    expect(await writeComment(session, id, later)).toBe(true)
    expect(await bodies()).toEqual([later])
  })

  test('can be missing', async () => {
    expect(await writeComment(session, 999, BODY)).toBe('gone')
    expect(warnings).toEqual([])
  })

  test('is replaced after temporary failures', async () => {
    const id = await server.addComment(7, 'x', BOT)
    server.fault({ times: 2, action: 'cut' })
    expect(await writeComment(session, id, BODY)).toBe(true)
    expect(await bodies()).toEqual([BODY])
  })
})

describe('isLater()', () => {
  test.each([
    ['a later run', { id: 1002, attempt: 1 }, true],
    ['another attempt of the same run', { id: 1001, attempt: 2 }, true],
    ['the same run', RUN, false],
    ['an earlier run', { id: 1000, attempt: 1 }, false],
    ['another attempt of an earlier run', { id: 1000, attempt: 3 }, false]
  ])('compares run IDs and attempts: %s, %j', (_, writer, expected) => {
    expect(isLater(writer, RUN)).toBe(expected)
  })

  test.each([
    ['an unknown writer', undefined, RUN],
    ['any writer outside of a workflow', RUN, undefined]
  ])('returns false for %s', (_, writer, run) => {
    expect(isLater(writer, run)).toBe(false)
  })
})

describe('a refusal of GitHub', () => {
  test('causes one warning that names the permission', async () => {
    const id = await server.addComment(7, BODY, BOT)
    server.deny('pull-requests')
    expect(await createComment(session, MARK, BODY)).toBeUndefined()
    expect(await writeComment(session, id, BODY)).toBe(false)
    expect(warnings).toEqual([
      "Could not write the comment on the pull request: GitHub returned 403 (Resource not accessible by integration). The job's token needs `permissions: pull-requests: write` (x-accepted-github-permissions: issues=write; pull_requests=write)."
    ])
    // The second write is not sent.
    expect(asked()).toEqual(['POST /issues/7/comments'])
    expect(await bodies()).toEqual([BODY])
  })

  test('is quoted in the words for a personal token', async () => {
    session = open({ token: server.personalToken })
    server.deny('pull-requests')
    expect(await createComment(session, MARK, BODY)).toBeUndefined()
    expect(warnings.join()).toContain('Resource not accessible by personal access token')
  })

  test.each<[string, () => void, string]>([
    [
      'a locked conversation',
      () => server.lock(7),
      'GitHub returned 403 (Unable to create comment because issue is locked). Unlock the conversation to allow the comment.'
    ],
    [
      'an archived repository',
      () => server.archive(),
      'GitHub returned 403 (Repository was archived so is read-only). Unarchive the repository to allow changes.'
    ]
  ])('for %s does not advise a permission', async (_, play, told) => {
    play()
    expect(await createComment(session, MARK, BODY)).toBeUndefined()
    expect(warnings).toEqual([`Could not write the comment on the pull request: ${told}`])
  })

  test('to list comments causes a warning', async () => {
    server.deny('pull-requests')
    expect(await findComment(session, MARK)).toBeUndefined()
    expect(warnings).toEqual([
      "Could not write the comment on the pull request: GitHub returned an error (Resource not accessible by integration). The job's token needs `permissions: pull-requests: write`."
    ])
  })

  test('of a long comment causes a warning', async () => {
    expect(await createComment(session, MARK, BODY.padEnd(65_537, 'x'))).toBeUndefined()
    expect(warnings.join()).toContain('GitHub returned 422')
    expect(await bodies()).toEqual([])
  })

  test('of an unknown pull request causes a warning', async () => {
    expect(await createComment(session, { ...MARK, pullRequest: 99 }, BODY)).toBeUndefined()
    expect(warnings.join()).toContain('GitHub returned 404')
  })
})

test('a comment is not created twice after a lost response', async () => {
  server.fault({ action: 'lose' })
  expect(await createComment(session, MARK, BODY)).toBeUndefined()
  expect(await bodies()).toEqual([BODY])
  expect(server.requests().map(({ body }) => at(body, 'body'))).toEqual([BODY])
})
