import { describe, expect, test } from '@jest/globals'
import { COMMIT, HEAD_COMMIT, KEY } from '../inputs/environment.ts'
import { useGithubServer } from '../support/github-server.ts'
import { type Seen, startServer } from '../support/http-server.ts'
import { type Inputs, type Run, runMain } from '../support/run.ts'
import { withoutReferences } from '../support/words.ts'
import { IMAGE, REPOSITORY, useWorld } from '../support/world.ts'

/*
 * The code of an agent can come from an unreviewed pull request. It can return anything, and sees the requests.
 */

const world = useWorld()
const github = await useGithubServer({ repository: REPOSITORY })

const AGENT_KEY = 'lsv2_pt_f0r_the_agent_alone_42'
const BEARER = 'b34rer-of-the-agent-alone'
const PULL_REQUEST = {
  event: { pull_request: { number: 7, head: { ref: 'topic', sha: HEAD_COMMIT, repo: { full_name: REPOSITORY } } } },
  variables: {
    GITHUB_API_URL: github.url,
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_REF: 'refs/pull/7/merge',
    GITHUB_RUN_ID: '1001',
    GITHUB_SHA: COMMIT
  }
}
const SMOKE = { 'smoke-test': '{graph: agent, input: {question: "What do you see?"}}' }

/** All public texts of a run: log, annotations, summary, outputs, and the comment on the pull request. */
async function readable({ runner }: Run): Promise<string> {
  const said = runner.told.filter(({ kind }) => kind !== 'mask').map(({ name, text }) => `${name}\n${text}`)
  const comments = (await github.comments(7)).map(({ body }) => body)
  return withoutReferences([...said, JSON.stringify(runner.outputs), ...comments].join('\n'))
}

const onPullRequest = (url: string, inputs: Inputs = {}) =>
  runMain(
    world,
    {
      'image-uri': IMAGE,
      'custom-url': url,
      'github-token': github.token,
      comment: 'true',
      'agent-api-key': AGENT_KEY,
      ...SMOKE,
      ...inputs
    },
    PULL_REQUEST
  )

/** Starts an agent that builds each response from the key that it received. */
const agentThat = (answer: (seen: Seen) => unknown, status = 200) =>
  startServer((seen) =>
    /\/(runs\/wait|assistants\/search|graph)$/.test(seen.path) ? { status, json: answer(seen) } : {}
  )

describe('a hostile agent', () => {
  test('receives its own key and no other secret', async () => {
    const server = await agentThat(() => ({ answer: 'mine' }))
    const { runner } = await onPullRequest(server.url, { 'verify-graphs': 'true', secrets: 'TOKEN=of-the-d3ployment' })
    expect(runner.outputs.status).toBe('deployed')
    const seen = JSON.stringify(server.requests)
    expect(seen).toContain(AGENT_KEY)
    for (const secret of [KEY, github.token, 'of-the-d3ployment']) expect(seen).not.toContain(secret)
  })

  test.each<[string, (key: string) => unknown, number]>([
    ['its answer', (key) => ({ answer: `I see ${key}` }), 200],
    ['its answer, as Base64', (key) => ({ answer: Buffer.from(key).toString('base64') }), 200],
    ['its answer, where it is truncated', (key) => ({ answer: `${'x'.repeat(1_985)}${key}` }), 200],
    ['the error of its run', (key) => ({ __error__: { error: 'Seen', message: key } }), 200],
    ['its refusal', (key) => ({ detail: `Not with ${key}` }), 403]
  ])('cannot reveal what it received, in %s', async (_, answer, status) => {
    const server = await agentThat(({ headers }) => answer(`${headers['x-api-key']}`), status)
    const run = await onPullRequest(server.url)
    expect(run.runner.outputs.status).toBe(
      status === 200 && !JSON.stringify(answer('')).includes('__error__') ? 'deployed' : 'failed'
    )
    const told = await readable(run)
    for (const piece of [AGENT_KEY, Buffer.from(AGENT_KEY).toString('base64'), AGENT_KEY.slice(0, 14)])
      expect(told).not.toContain(piece)
  })

  test('cannot reveal the headers of the user', async () => {
    const server = await agentThat(({ headers }) => ({ answer: JSON.stringify(headers) }))
    const run = await onPullRequest(server.url, {
      'agent-api-key': '',
      'agent-headers': `Authorization: Bearer ${BEARER}`
    })
    expect(JSON.stringify(server.requests)).not.toContain('lsv2_')
    expect(await readable(run)).not.toContain(BEARER)
  })

  test('cannot add a link, a mention or an image to a page', async () => {
    const evil = '<img src=x onerror=y> ![p](https://evil.example/p.png) @octocat | [x](https://evil.example)'
    const server = await agentThat(() => ({ __error__: { error: evil, message: evil } }))
    const { runner } = await onPullRequest(server.url)
    expect(runner.outputs).toMatchObject({ status: 'failed' })
    const pages = [...runner.texts('summary'), ...(await github.comments(7)).map(({ body }) => body ?? '')]
    expect(pages).toHaveLength(2)
    for (const page of pages) {
      expect(withoutReferences(page)).toContain('octocat')
      expect(page).not.toMatch(/<img|!\[|@octocat|https:\/\/evil/)
    }
  })

  test.each<[string, () => string]>([
    ['extremely deep lists', () => `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['extremely deep objects', () => `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`]
  ])('cannot crash the run with %s', async (_, body) => {
    const server = await startServer(({ path }) =>
      path.endsWith('/runs/wait') ? { text: body(), headers: { 'content-type': 'application/json' } } : {}
    )
    const { runner } = await onPullRequest(server.url, {
      'smoke-test': '{graph: agent, input: {}, expect: {contains: x}}'
    })
    expect(runner.outputs.status).toBe('failed')
    expect(runner.texts('error').join()).not.toMatch(/Maximum call stack|RangeError|Unexpected error/)
  })
})
