import { getOctokit } from '@actions/github'
import { describe, expect, jest, test } from '@jest/globals'
import { at, type Json, records } from '../emulator/support.ts'
import { afterThisTest } from './after-this-test.ts'
import { violationsOf } from './github/openapi.ts'
import { startGithubServer, useGithubServer } from './github-server.ts'

const server = await useGithubServer({ pullRequests: [3, 7] })

interface AskOptions {
  readonly body?: unknown
  readonly token?: string
  readonly api?: string
  readonly signal?: AbortSignal
}

async function ask(method: string, path: string, options: AskOptions = {}) {
  const { body, token = server.token, api = server.url, signal } = options
  const response = await fetch(api + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' })
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {})
  })
  const text = await response.text()
  const { status, headers } = response
  return { status, headers, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text }
}

/** Returns the addresses of a Link header, by relation. */
function linksOf(headers: Headers): Record<string, string> {
  const links = (headers.get('link') ?? '').matchAll(/<([^>]*)>; rel="(\w+)"/g)
  return Object.fromEntries([...links].map(([, address = '', relation = '']) => [relation, address]))
}

/** Waits until a condition is true. */
async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => setImmediate(resolve))
}

function idsOf(list: unknown): readonly unknown[] {
  return records(list).map(({ id }) => id)
}

const REPOSITORY = '/repos/acme/agents'
const SHAS = ['1', '2', '3', '4', '5', '6'].map((digit) => digit.repeat(40))
const [FIRST = '', SECOND = '', THIRD = '', OTHER = '', OTHERS_NEXT = '', STRANGE = ''] = SHAS

describe('comments on pull requests', () => {
  const path = `${REPOSITORY}/issues/7/comments`

  test('can be created, changed and read as the bot', async () => {
    const created = await ask('POST', path, { body: { body: 'deployed' } })
    expect(created).toMatchObject({ status: 201, body: { user: { login: 'github-actions[bot]', type: 'Bot' } } })
    const one = `${REPOSITORY}/issues/comments/${at(created.body, 'id')}`
    expect(await ask('PATCH', one, { body: { body: 'deployed again' } })).toMatchObject({ status: 200 })
    expect((await ask('GET', one)).body).toMatchObject({ body: 'deployed again', url: server.url + one })
    expect(await server.comments(7)).toEqual([
      { id: at(created.body, 'id'), login: 'github-actions[bot]', body: 'deployed again' }
    ])
    expect(await server.comments(3)).toEqual([])
  })

  test('belong to the person with a personal token', async () => {
    await ask('POST', path, { body: { body: 'mine' }, token: server.personalToken })
    expect(await server.comments(7)).toMatchObject([{ login: 'monalisa', body: 'mine' }])
  })

  test('of other users keep their author', async () => {
    const ids = [
      await server.addComment(7, 'first', 'octocat'),
      await server.addComment(7, 'second', 'dependabot[bot]'),
      await server.addComment(7, 'third', 'github-actions[bot]'),
      await server.addComment(3, 'elsewhere', 'octocat')
    ]
    const { body } = await ask('GET', path)
    expect(records(body).map((one) => [one.id, at(one, 'user', 'login'), at(one, 'user', 'type')])).toEqual([
      [ids[0], 'octocat', 'User'],
      [ids[1], 'dependabot[bot]', 'Bot'],
      [ids[2], 'github-actions[bot]', 'Bot']
    ])
    await expect(server.addComment(7, 'boo', 'nobody')).rejects.toThrow('Unknown user nobody')
    await expect(server.addComment(8, 'boo', 'octocat')).rejects.toThrow('404: Not Found')
  })

  test('are paged, with links between the pages', async () => {
    const ids: number[] = []
    for (let count = 1; count <= 5; count++) ids.push(await server.addComment(7, `${count}`, 'octocat'))
    const first = await ask('GET', `${path}?per_page=2`)
    expect(idsOf(first.body)).toEqual(ids.slice(0, 2))
    expect(Object.keys(linksOf(first.headers)).sort()).toEqual(['last', 'next'])
    const second = await ask('GET', linksOf(first.headers).next ?? '', { api: '' })
    expect(idsOf(second.body)).toEqual(ids.slice(2, 4))
    const third = await ask('GET', linksOf(second.headers).next ?? '', { api: '' })
    expect(idsOf(third.body)).toEqual(ids.slice(4))
    expect(Object.keys(linksOf(third.headers)).sort()).toEqual(['first', 'prev'])
  })

  test('are all available to the test, even over several pages', async () => {
    for (let count = 1; count <= 101; count++) await server.addComment(7, `${count}`, 'octocat')
    expect((await server.comments(7)).map(({ body }) => body)).toEqual(
      Array.from({ length: 101 }, (_, index) => `${index + 1}`)
    )
  })

  test('have at most 65536 characters', async () => {
    expect(await ask('POST', path, { body: { body: 'x'.repeat(65_536) } })).toMatchObject({ status: 201 })
    expect(await ask('POST', path, { body: { body: 'x'.repeat(65_537) } })).toMatchObject({
      status: 422,
      body: { errors: [{ resource: 'IssueComment', message: 'Body is too long (maximum is 65536 characters)' }] }
    })
  })

  test('require a pull request with the configured number', async () => {
    expect((await ask('GET', `${REPOSITORY}/pulls/7`)).body).toMatchObject({ number: 7, state: 'open' })
    expect(records((await ask('GET', `${REPOSITORY}/pulls`)).body).map(({ number }) => number)).toEqual([7, 3])
    expect(await ask('POST', `${REPOSITORY}/issues/8/comments`, { body: { body: 'x' } })).toMatchObject({ status: 404 })
  })
})

describe('deployments', () => {
  const path = `${REPOSITORY}/deployments`

  test('are created with the requested fields', async () => {
    const asked = {
      ref: FIRST,
      task: 'deploy:agents',
      auto_merge: false,
      required_contexts: [],
      payload: { revision: { id: 'r-1' } },
      environment: 'preview/7',
      description: 'a preview',
      transient_environment: true,
      production_environment: false
    }
    const { status, body } = await ask('POST', path, { body: asked })
    const { auto_merge, required_contexts, ...shown } = asked
    const url = `${server.url}${path}/${at(body, 'id')}`
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { ...shown, sha: FIRST, url, statuses_url: `${url}/statuses`, creator: { login: 'github-actions[bot]' } }
    })
    expect(body).not.toHaveProperty('auto_merge')
    expect(await ask('GET', `${path}/${at(body, 'id')}`)).toMatchObject({ status: 200, body })
    expect(server.deployments()).toMatchObject([{ ...asked, id: at(body, 'id'), statuses: [] }])
  })

  test('have the defaults of GitHub', async () => {
    await ask('POST', path, { body: { ref: FIRST } })
    await ask('POST', path, { body: { ref: FIRST, environment: 'staging', payload: 'as it was' } })
    expect(server.deployments()).toMatchObject([
      { task: 'deploy', environment: 'production', production_environment: true, auto_merge: true, payload: {} },
      { environment: 'staging', production_environment: false, transient_environment: false, payload: 'as it was' }
    ])
    expect(server.deployments()[0]?.required_contexts).toBeUndefined()
  })

  test('require a known ref or a full SHA', async () => {
    server.history(FIRST, SECOND)
    server.tag('v1', SECOND)
    for (const [ref, sha] of [
      ['v1', SECOND],
      ['refs/tags/v1', SECOND],
      [FIRST.slice(0, 7), FIRST],
      [STRANGE, STRANGE]
    ]) {
      expect(await ask('POST', path, { body: { ref } })).toMatchObject({ status: 201, body: { ref, sha } })
    }
    expect(await ask('POST', path, { body: { ref: 'v2' } })).toMatchObject({
      status: 422,
      body: { message: 'No ref found for: v2', documentation_url: expect.any(String), status: '422' }
    })
  })

  test.each<[Json, string]>([
    [{}, `"ref" wasn't supplied.`],
    [{ ref: null }, `For 'properties/ref', nil is not a string.`],
    [{ ref: FIRST, auto_merge: 'false' }, `For 'properties/auto_merge', "false" is not a boolean.`],
    [{ ref: FIRST, required_contexts: '' }, `For 'properties/required_contexts', "" is not an array.`],
    [{ ref: FIRST, payload: [1] }, `For 'properties/payload', [1] is not an object or a string.`],
    [{ ref: FIRST, description: 1 }, `For 'properties/description', 1 is not a string or null.`]
  ])('are rejected for the body %j', async (body, problem) => {
    expect(await ask('POST', path, { body })).toMatchObject({
      status: 422,
      body: { message: `Invalid request.\n\n${problem}` }
    })
    expect(server.deployments()).toEqual([])
  })

  test('are listed newest first, with filters and pages', async () => {
    const ids = ['a', 'b', 'a', 'b', 'a'].map((environment, index) =>
      server.addDeployment({
        sha: SHAS[index] ?? '',
        environment,
        task: index === 0 ? 'migrate' : 'deploy',
        ref: 'main'
      })
    )
    const [a1, b1, a2, b2, a3] = ids
    const all = await ask('GET', path)
    expect(idsOf(all.body)).toEqual([a3, b2, a2, b1, a1])
    expect(linksOf(all.headers)).toEqual({})
    const listed = async (query: string) => idsOf((await ask('GET', `${path}?${query}`)).body)
    expect(await listed('environment=a')).toEqual([a3, a2, a1])
    expect(await listed(`sha=${SECOND}`)).toEqual([b1])
    expect(await listed('ref=main&task=migrate')).toEqual([a1])
    expect(await listed('ref=v1')).toEqual([])
    const second = await ask('GET', `${path}?environment=a&per_page=1&page=2`)
    expect(idsOf(second.body)).toEqual([a2])
    const address = (page: number) => `${server.url}${path}?environment=a&per_page=1&page=${page}`
    expect(linksOf(second.headers)).toEqual({ prev: address(1), first: address(1), next: address(3), last: address(3) })
  })

  test('of other users have their creator', async () => {
    const id = server.addDeployment({ sha: FIRST, statuses: [{ state: 'queued' }, { state: 'failure' }] })
    expect((await ask('GET', `${path}/${id}`)).body).toMatchObject({ ref: FIRST, creator: { login: 'octocat' } })
    expect(server.deployments()[0]?.statuses.map(({ state }) => state)).toEqual(['queued', 'failure'])
  })

  test.each([
    ['GET', `${path}/999`],
    ['GET', `${path}/999/statuses`],
    ['POST', `${path}/999/statuses`],
    ['GET', '/repos/acme/others/deployments'],
    ['GET', '/nowhere']
  ])('return 404 for %s %s', async (method, unknown) => {
    expect(await ask(method, unknown, method === 'POST' ? { body: { state: 'success' } } : {})).toMatchObject({
      status: 404,
      body: { message: 'Not Found', documentation_url: 'https://docs.github.com/rest' }
    })
  })
})

describe('statuses of deployments', () => {
  const statusesOf = (id: unknown) => `${REPOSITORY}/deployments/${id}/statuses`
  const statesOf = (id: number) =>
    server
      .deployments()
      .find((one) => one.id === id)
      ?.statuses.map(({ state }) => state)

  test('are created with the requested fields, and listed newest first', async () => {
    const id = server.addDeployment({ sha: FIRST, environment: 'staging' })
    const details = {
      description: 'x'.repeat(140),
      log_url: 'https://github.com/acme/agents/actions/runs/1',
      environment_url: 'https://agents.example'
    }
    await ask('POST', statusesOf(id), { body: { state: 'in_progress' } })
    const { status, body } = await ask('POST', statusesOf(id), { body: { state: 'success', ...details } })
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { ...details, state: 'success', environment: 'staging', target_url: details.log_url }
    })
    const { body: list } = await ask('GET', statusesOf(id))
    expect(list).toMatchObject([body, { state: 'in_progress', description: '', log_url: '', environment_url: '' }])
    expect(server.deployments()[0]?.statuses).toMatchObject([
      { state: 'in_progress' },
      { state: 'success', ...details }
    ])
    const page = await ask('GET', `${statusesOf(id)}?per_page=1&page=2`)
    expect(page.body).toMatchObject([{ state: 'in_progress' }])
    expect(Object.keys(linksOf(page.headers)).sort()).toEqual(['first', 'prev'])
  })

  test('move a deployment to their environment', async () => {
    const id = server.addDeployment({ sha: FIRST, environment: 'staging' })
    await ask('POST', statusesOf(id), { body: { state: 'queued', environment: 'canary' } })
    await ask('POST', statusesOf(id), { body: { state: 'success' } })
    expect(server.deployments()).toMatchObject([
      { environment: 'canary', original_environment: 'staging', statuses: [{}, { environment: 'canary' }] }
    ])
  })

  test.each<[Json, Json]>([
    [{}, { message: `Invalid request.\n\n"state" wasn't supplied.` }],
    [{ state: 'done' }, { errors: [{ field: 'state', message: 'state is not included in the list' }] }],
    [
      { state: 'success', description: 'x'.repeat(141) },
      { errors: [{ field: 'description', message: 'description is too long (maximum is 140 characters)' }] }
    ],
    [
      { state: 'success', log_url: 'ftp://example' },
      { errors: [{ field: 'log_url', message: 'log_url must use http(s) scheme' }] }
    ],
    [
      { state: 'success', environment_url: 'agents.example' },
      { errors: [{ field: 'environment_url', message: 'environment_url must use http(s) scheme' }] }
    ]
  ])('are rejected for the body %j', async (body, expected) => {
    const id = server.addDeployment({ sha: FIRST })
    expect(await ask('POST', statusesOf(id), { body })).toMatchObject({ status: 422, body: expected })
    expect(statesOf(id)).toEqual([])
  })

  test('with the state success make earlier successful deployments of the environment inactive', async () => {
    const add = (state: 'success' | 'failure', given: Json = {}) =>
      server.addDeployment({
        sha: FIRST,
        environment: 'staging',
        statuses: [{ state, auto_inactive: false }],
        ...given
      })
    const replaced = add('success')
    const kept = [
      add('failure'),
      add('success', { transient_environment: true }),
      add('success', { production_environment: true }),
      add('success', { environment: 'canary' })
    ]
    const current = server.addDeployment({ sha: SECOND, environment: 'staging' })
    const later = add('success')
    await ask('POST', statusesOf(current), { body: { state: 'in_progress' } })
    expect(statesOf(replaced)).toEqual(['success'])
    await ask('POST', statusesOf(current), { body: { state: 'success' } })
    expect(statesOf(replaced)).toEqual(['success', 'inactive'])
    expect([...kept, later].map((id) => statesOf(id)?.length)).toEqual([1, 1, 1, 1, 1])
    expect(statesOf(current)).toEqual(['in_progress', 'success'])
  })

  test('with the state success do not change earlier deployments with `auto_inactive: false`', async () => {
    const earlier = server.addDeployment({ sha: FIRST, environment: 'staging', statuses: [{ state: 'success' }] })
    const id = server.addDeployment({ sha: SECOND, environment: 'staging' })
    await ask('POST', statusesOf(id), { body: { state: 'success', auto_inactive: false } })
    expect(statesOf(earlier)).toEqual(['success'])
  })
})

describe('comparisons', () => {
  const compared = async (base: string, head: string) => ask('GET', `${REPOSITORY}/compare/${base}...${head}`)

  test.each([
    [FIRST, THIRD, 'ahead', 2, 0],
    [THIRD, FIRST, 'behind', 0, 2],
    [SECOND, SECOND, 'identical', 0, 0],
    [THIRD, OTHERS_NEXT, 'diverged', 2, 1]
  ])('of %s and %s return %s', async (base, head, status, ahead_by, behind_by) => {
    server.history(FIRST, SECOND, THIRD)
    server.branchOff(SECOND, OTHER, OTHERS_NEXT)
    expect(await compared(base, head)).toMatchObject({
      status: 200,
      body: { status, ahead_by, behind_by, total_commits: ahead_by, commits: [], base_commit: { sha: base } }
    })
  })

  test('accept names and short SHAs', async () => {
    server.history(FIRST, SECOND, THIRD)
    server.tag('v1', FIRST)
    server.tag('feature/x', THIRD)
    expect((await compared('v1', SECOND.slice(0, 7))).body).toMatchObject({ status: 'ahead', ahead_by: 1 })
    expect((await compared('v1', 'feature/x')).body).toMatchObject({ status: 'ahead', ahead_by: 2 })
  })

  test('return 404 for unknown, ambiguous or unrelated commits', async () => {
    const twin = `${'1'.repeat(39)}2`
    server.history(FIRST, SECOND)
    server.history(twin, THIRD)
    for (const unknown of ['v9', STRANGE, FIRST.slice(0, 7), SECOND.slice(0, 6)]) {
      expect(await compared(SECOND, unknown)).toMatchObject({ status: 404, body: { message: 'Not Found' } })
    }
    expect(await compared(SECOND, THIRD)).toMatchObject({
      status: 404,
      body: { message: `No common ancestor between ${SECOND} and ${THIRD}.` }
    })
    expect(() => server.branchOff(STRANGE, OTHER)).toThrow('Unknown commit')
    expect(() => server.history('main')).toThrow('Invalid SHA: main')
  })
})

describe('the user of the token', () => {
  const viewer = { query: 'query { viewer { login } }' }

  test('is returned by GraphQL for any kind of token', async () => {
    const viewerOf = async (token: string) => (await ask('POST', '/graphql', { body: viewer, token })).body
    expect(await viewerOf(server.token)).toEqual({ data: { viewer: { login: 'github-actions[bot]' } } })
    expect(await viewerOf(server.personalToken)).toEqual({ data: { viewer: { login: 'monalisa' } } })
  })

  test('has only the GraphQL fields of the schema', async () => {
    expect(await ask('POST', '/graphql', { body: { query: '{ viewer { email } }' } })).toMatchObject({
      status: 200,
      body: { errors: [{ message: expect.any(String), locations: [{ line: 1, column: 12 }] }] }
    })
  })

  test('is returned by REST only for a personal token', async () => {
    expect(await ask('GET', '/user')).toMatchObject({
      status: 403,
      body: { message: 'Resource not accessible by integration' }
    })
    expect(await ask('GET', '/user', { token: server.personalToken })).toMatchObject({
      status: 200,
      body: { login: 'monalisa', type: 'User' }
    })
  })

  test('must be known', async () => {
    for (const [method, path] of [
      ['GET', `${REPOSITORY}/deployments`],
      ['GET', `${REPOSITORY}/issues/7/comments`],
      ['POST', '/graphql']
    ]) {
      expect(await ask(method ?? '', path ?? '', { token: 'ghs_other' })).toMatchObject({
        status: 401,
        body: { message: 'Bad credentials', status: '401' }
      })
    }
    const response = await fetch(`${server.url}/user`)
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 401,
      body: { message: 'Requires authentication' }
    })
  })
})

describe('an Enterprise Server', () => {
  test('serves the same routes below its prefix, with the prefix in its addresses', async () => {
    const api = server.enterpriseUrl
    expect(api).toBe(`${server.url}/api/v3`)
    const created = await ask('POST', `${REPOSITORY}/deployments`, { api, body: { ref: FIRST } })
    expect(created.body).toMatchObject({ url: `${api}${REPOSITORY}/deployments/${at(created.body, 'id')}` })
    await server.addComment(7, 'one', 'octocat')
    await server.addComment(7, 'two', 'octocat')
    const comments = `${REPOSITORY}/issues/7/comments`
    const page = await ask('GET', `${comments}?per_page=1`, { api })
    expect(linksOf(page.headers).next).toBe(`${api}${comments}?per_page=1&page=2`)
    const [comment] = records(page.body)
    expect(comment).toMatchObject({ issue_url: `${api}${REPOSITORY}/issues/7` })
    expect(comment?.html_url).toMatch(`${server.url}/acme/agents/`)
    const body = { query: '{ viewer { login } }' }
    expect(await ask('POST', '/api/graphql', { body })).toMatchObject({
      status: 200,
      body: { data: expect.anything() }
    })
  })
})

describe('permissions', () => {
  const refused = (bearer: string) => ({ status: 403, body: { message: `Resource not accessible by ${bearer}` } })
  const accepted = ({ headers }: { headers: Headers }) => headers.get('x-accepted-github-permissions')

  test('to deploy can be denied', async () => {
    const id = server.addDeployment({ sha: FIRST })
    server.deny('deployments', 'write')
    const path = `${REPOSITORY}/deployments`
    const answer = await ask('POST', path, { body: { ref: FIRST } })
    expect(answer).toMatchObject(refused('integration'))
    expect(accepted(answer)).toBe('deployments=write')
    expect(await ask('POST', `${path}/${id}/statuses`, { body: { state: 'error' } })).toMatchObject({ status: 403 })
    expect(server.deployments()).toMatchObject([{ id, statuses: [] }])
    expect(idsOf((await ask('GET', path)).body)).toEqual([id])
  })

  test('to comment can be denied', async () => {
    const id = await server.addComment(7, 'one', 'octocat')
    server.deny('pull-requests', 'write')
    const path = `${REPOSITORY}/issues/7/comments`
    const answer = await ask('POST', path, { body: { body: 'x' }, token: server.personalToken })
    expect(answer).toMatchObject(refused('personal access token'))
    expect(accepted(answer)).toBe('issues=write; pull_requests=write')
    const change = { body: { body: 'x' } }
    expect(await ask('PATCH', `${REPOSITORY}/issues/comments/${id}`, change)).toMatchObject(refused('integration'))
    expect((await ask('GET', path)).body).toMatchObject([{ id, body: 'one' }])
    expect(await ask('POST', `${REPOSITORY}/deployments`, { body: { ref: FIRST } })).toMatchObject({ status: 201 })
  })

  test.each([
    ['deployments', `${REPOSITORY}/deployments`, 'deployments=read'],
    ['pull-requests', `${REPOSITORY}/issues/7/comments`, 'issues=read; pull_requests=read']
  ] as const)('to read %s can be denied', async (permission, path, needed) => {
    server.deny(permission)
    const answer = await ask('GET', path)
    expect(answer).toMatchObject(refused('integration'))
    expect(accepted(answer)).toBe(needed)
  })

  test('to read commits can be denied', async () => {
    server.history(FIRST, SECOND)
    server.deny('contents')
    const answer = await ask('GET', `${REPOSITORY}/compare/${FIRST}...${SECOND}`)
    expect(answer).toMatchObject(refused('integration'))
    expect(accepted(answer)).toBe('contents=read')
  })
})

describe('a repository', () => {
  const comments = `${REPOSITORY}/issues/7/comments`
  const comment = { body: { body: 'x' } }

  test('with a locked conversation rejects new comments, but not changes of existing ones', async () => {
    const id = await server.addComment(7, 'one', 'github-actions[bot]')
    server.lock(7)
    expect(await ask('POST', comments, comment)).toMatchObject({
      status: 403,
      body: { message: 'Unable to create comment because issue is locked.' }
    })
    expect(await ask('PATCH', `${REPOSITORY}/issues/comments/${id}`, comment)).toMatchObject({ status: 200 })
  })

  test('that is archived is read-only', async () => {
    server.archive()
    for (const [path, body] of [
      [comments, { body: 'x' }],
      [`${REPOSITORY}/deployments`, { ref: FIRST }]
    ] as const) {
      expect(await ask('POST', path, { body })).toMatchObject({
        status: 403,
        body: { message: 'Repository was archived so is read-only.' }
      })
      expect(await ask('GET', path)).toMatchObject({ status: 200 })
    }
  })

  test('can return shorter pages than requested, with a link to the next one', async () => {
    for (const sha of [FIRST, SECOND, THIRD]) server.addDeployment({ sha })
    server.shortenPages(2)
    const page = await ask('GET', `${REPOSITORY}/deployments?per_page=100`)
    expect(records(page.body)).toHaveLength(2)
    expect(linksOf(page.headers).next).toContain('page=2')
  })
})

describe("GitHub's OpenAPI description", () => {
  test('detects violations in requests and responses', () => {
    const path = `${REPOSITORY}/deployments`
    const call = { method: 'POST', path, query: new URLSearchParams('draft=1'), body: { ref: 1 } }
    expect(violationsOf(call, { status: 201, body: { id: '1' } })).toEqual(
      expect.arrayContaining([
        'POST /repos/{owner}/{repo}/deployments: unknown parameter draft',
        'POST /repos/{owner}/{repo}/deployments: request/ref must be string',
        'POST /repos/{owner}/{repo}/deployments: response 201/id must be integer',
        "POST /repos/{owner}/{repo}/deployments: response 201 must have required property 'sha'"
      ])
    )
    expect(violationsOf(call, { status: 299 })).toContain(
      'POST /repos/{owner}/{repo}/deployments: unknown response 299'
    )
  })

  test('is complemented by the GraphQL schema, which rejects unknown operations', async () => {
    const query = 'mutation { deleteEverything }'
    expect(await ask('POST', '/graphql', { body: { query } })).toMatchObject({
      status: 200,
      body: { errors: [{ message: expect.stringContaining('deleteEverything') }] }
    })
  })
})

describe('faults', () => {
  const path = `${REPOSITORY}/issues/7/comments`
  const comment = { body: { body: 'x' } }

  test('replace the responses to the selected requests', async () => {
    const headers = { 'retry-after': '7' }
    server.fault({ method: 'POST', path: /comments$/, nth: 2, times: 2, action: { status: 503, headers } })
    const statuses: number[] = []
    for (const method of ['POST', 'GET', 'POST', 'GET', 'POST', 'POST']) {
      statuses.push((await ask(method, path, method === 'POST' ? comment : {})).status)
    }
    expect(statuses).toEqual([201, 200, 503, 200, 503, 201])
    expect(await server.comments(7)).toHaveLength(2)
  })

  test('can have any status, headers and body', async () => {
    server.fault({ action: { status: 502, body: '<html></html>', headers: { 'content-type': 'text/html' } } })
    const page = await ask('GET', path)
    expect([page.status, page.headers.get('content-type'), page.body]).toEqual([502, 'text/html', '<html></html>'])
    server.fault({
      path: /\?page=2/,
      times: Number.POSITIVE_INFINITY,
      action: { status: 429, body: { message: 'Slow' } }
    })
    expect(await ask('GET', path)).toMatchObject({ status: 200 })
    for (const _ of [1, 2]) expect((await ask('GET', `${path}?page=2`)).body).toEqual({ message: 'Slow' })
  })

  test('can cut the connection before or after the operation', async () => {
    server.fault({ action: 'cut' })
    await expect(ask('POST', path, comment)).rejects.toThrow('fetch failed')
    expect(await server.comments(7)).toEqual([])
    server.fault({ action: 'lose' })
    await expect(ask('POST', path, comment)).rejects.toThrow('fetch failed')
    expect(await server.comments(7)).toHaveLength(1)
    expect(server.requests().map(({ status }) => status)).toEqual([null, null])
  })

  test('can delay one response', async () => {
    jest.useFakeTimers({ doNotFake: ['Date', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'] })
    afterThisTest(() => jest.useRealTimers())
    server.fault({ action: { delayMs: 60_000 } })
    const slow = ask('POST', path, comment)
    await until(() => jest.getTimerCount() === 1)
    expect(await server.comments(7)).toHaveLength(1)
    expect(await ask('GET', path)).toMatchObject({ status: 200 })
    jest.advanceTimersByTime(59_999)
    expect(server.requests().map(({ status }) => status)).toEqual([null, 200])
    jest.advanceTimersByTime(1)
    expect(await slow).toMatchObject({ status: 201 })
  })

  test('can leave a request pending until the client aborts it', async () => {
    server.fault({ action: 'hang' })
    const controller = new AbortController()
    const hanging = ask('GET', path, { signal: controller.signal })
    await until(() => server.requests().length > 0)
    controller.abort()
    await expect(hanging).rejects.toThrow('aborted')
    expect(server.requests()).toMatchObject([{ status: null }])
  })

  test('end with the server', async () => {
    const other = await startGithubServer({ repository: 'other/place', pullRequests: [] })
    other.fault({ action: 'hang' })
    const hanging = ask('GET', '/repos/other/place/deployments', { api: other.url })
    const failed = expect(hanging).rejects.toThrow('fetch failed')
    await until(() => other.requests().length > 0)
    await other.close()
    await failed
  })
})

describe('requests', () => {
  test('are recorded in order', async () => {
    const since = Date.now()
    await ask('POST', `${REPOSITORY}/deployments`, { body: { ref: 'v1' } })
    await ask('GET', `${REPOSITORY}/issues/7/comments?page=2`, { api: server.enterpriseUrl })
    const [first, second, ...more] = server.requests()
    const path = `${REPOSITORY}/deployments`
    expect(first).toEqual({
      method: 'POST',
      path,
      body: { ref: 'v1' },
      version: undefined,
      status: 422,
      at: expect.any(Number)
    })
    expect(second).toMatchObject({ path: `/api/v3${REPOSITORY}/issues/7/comments?page=2`, status: 200 })
    expect(second).toHaveProperty('body', undefined)
    expect(more).toEqual([])
    expect(first?.at).toBeGreaterThanOrEqual(since)
    server.clearRequests()
    expect(server.requests()).toEqual([])
  })

  test('do not include what the test does without the API', async () => {
    await server.addComment(7, 'x', 'octocat')
    await server.comments(7)
    server.addDeployment({ sha: FIRST })
    expect(server.requests()).toEqual([])
  })
})

test('reset restores the initial state', async () => {
  await server.addComment(7, 'x', 'octocat')
  server.addDeployment({ sha: FIRST })
  server.history(FIRST)
  server.tag('v1', FIRST)
  server.deny('deployments')
  server.fault({ path: /pulls/, times: Number.POSITIVE_INFINITY, action: 'cut' })
  await ask('GET', '/user')
  await server.reset()
  expect([server.requests(), server.deployments(), await server.comments(7)]).toEqual([[], [], []])
  expect(await ask('GET', `${REPOSITORY}/pulls/7`)).toMatchObject({ status: 200 })
  expect(await ask('GET', `${REPOSITORY}/compare/v1...v1`)).toMatchObject({ status: 404 })
  expect(await ask('POST', `${REPOSITORY}/deployments`, { body: { ref: FIRST } })).toMatchObject({ status: 201 })
})

test.each(['url', 'enterpriseUrl'] as const)('the GitHub client works with the server at its %s', async (address) => {
  const octokit = getOctokit(server.token, { baseUrl: server[address] })
  const repository = { owner: 'acme', repo: 'agents' }
  const ids: number[] = []
  for (let count = 1; count <= 5; count++) ids.push(await server.addComment(7, `${count}`, 'octocat'))
  server.history(FIRST, SECOND)

  const list = { ...repository, issue_number: 7, per_page: 2 }
  expect(idsOf(await octokit.paginate(octokit.rest.issues.listComments, list))).toEqual(ids)
  expect(server.requests()).toHaveLength(3)
  const prefix = server[address].slice(server.url.length)
  expect(server.requests().every(({ path }) => path.startsWith(`${prefix}/repos/`))).toBe(true)

  const { data } = await octokit.rest.repos.createDeployment({ ...repository, ref: SECOND, payload: { a: 1 } })
  expect(server.deployments()).toMatchObject([{ id: at(data, 'id'), sha: SECOND, payload: { a: 1 } }])
  expect(await octokit.graphql('query { viewer { login } }')).toEqual({ viewer: { login: 'github-actions[bot]' } })
  const basehead = `${FIRST}...${SECOND}`
  const comparison = await octokit.rest.repos.compareCommitsWithBasehead({ ...repository, basehead })
  expect(comparison.data).toMatchObject({ status: 'ahead', ahead_by: 1, behind_by: 0 })
  await expect(octokit.rest.repos.createDeployment({ ...repository, ref: 'v9' })).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('No ref found for: v9')
  })
})
