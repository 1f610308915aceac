import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import { withMark } from '../../src/github/comment-mark.ts'
import { taskOf } from '../../src/github/deployments.ts'
import { post } from '../../src/post.ts'
import { makeTree, SMALLEST } from '../archive/support.ts'
import { at, type Json, records } from '../emulator/support.ts'
import { COMMIT, HEAD_COMMIT, KEY } from '../inputs/environment.ts'
import { afterThisTest } from '../support/after-this-test.ts'
import { fakeRunner } from '../support/fake-runner.ts'
import { useGithubServer } from '../support/github-server.ts'
import { hurryTimeouts, lasts } from '../support/real-time.ts'
import { makeRepository } from '../support/repository.ts'
import { type Inputs, memoryOf, type Run, type RunOptions, runMain, runPost } from '../support/run.ts'
import { withoutReferences } from '../support/words.ts'
import { DIGEST, FROM_IMAGE, IMAGE, idsOf, LIFETIME_MS, OLD_IMAGE, REPOSITORY, useWorld } from '../support/world.ts'

const world = useWorld()

const github = await useGithubServer({ repository: REPOSITORY })

const ALWAYS = Number.POSITIVE_INFINITY
const BOT = 'github-actions[bot]'
const RUN_URL = `https://github.com/${REPOSITORY}/actions/runs/1001`
const PULL_REQUEST = {
  pull_request: { number: 7, head: { ref: 'topic', sha: HEAD_COMMIT, repo: { full_name: REPOSITORY } } }
}
const VARIABLES = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_RUN_ID: '1001', GITHUB_RUN_NUMBER: '42' }
/** The missing permissions of a token without permissions, in workflow syntax. */
const LACKING = {
  deployments:
    "GitHub returned 403 (Resource not accessible by integration). The job's token needs `permissions: deployments: write` (x-accepted-github-permissions: deployments=write).",
  comments:
    "GitHub returned an error (Resource not accessible by integration). The job's token needs `permissions: pull-requests: write`."
}

/** Runs `main` on a pull request, by default with a GitHub deployment and a comment. */
const run = (inputs: Inputs = {}, { variables, ...options }: RunOptions = {}) =>
  runMain(
    world,
    { 'github-token': github.token, environment: 'staging', comment: 'true', ...inputs },
    { event: PULL_REQUEST, ...options, variables: { GITHUB_API_URL: github.url, ...VARIABLES, ...variables } }
  )
const deploy = (inputs: Inputs = {}, options: RunOptions = {}) => run({ ...FROM_IMAGE, ...inputs }, options)
const scenario = (json: Json) => world.api.scenario(json)
/** Scripts a push that supersedes the run's revision while it is queued. */
const overtaken = async () => {
  await world.images(OLD_IMAGE)
  await scenario({ revisions: [{ nth: 2, final: 'SKIPPED', push: { at: 'QUEUED' } }] })
}
const endless = () => scenario({ revisions: [{ final: null }] })
const cancelledIn = (pause: number): RunOptions => ({
  meanwhile: ({ cancellation }) =>
    world.clock.duringPauses((nth) => {
      if (nth === pause) cancellation.cancel()
    })
})

const statesOf = (index: number) => github.deployments()[index]?.statuses.map(({ state }) => state)
const endOf = (index: number) => github.deployments()[index]?.statuses.at(-1)
const ourComments = async () => (await github.comments(7)).filter(({ login }) => login === BOT)
/** The only comment of this action, if any. */
const comment = async () => {
  const found = await ourComments()
  expect(found.length).toBeLessThanOrEqual(1)
  return found[0]?.body
}
const heading = async () => /^### .*$/m.exec((await comment()) ?? '')?.[0]
const asked = () =>
  github.requests().map(({ method, path }) => `${method} ${path.replace(`/repos/${REPOSITORY}`, '').split('?')[0]}`)
/** The digest of the control plane without a workspace, as in the mark. */
const place = () =>
  createHash('sha256')
    .update(`${new URL(world.api.emulator.url).host}/`)
    .digest('hex')
    .slice(0, 12)
const commentMark = () => ({ name: 'agent', place: place(), pullRequest: 7 })
/** Makes a request to GitHub as another client with the token. */
async function askGithub(method: string, path: string, body?: Json): Promise<void> {
  const headers = { authorization: `Bearer ${github.token}`, ...(body ? { 'content-type': 'application/json' } : {}) }
  const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) }
  const { ok } = await fetch(`${github.url}/repos/${REPOSITORY}${path}`, init)
  expect(ok).toBe(true)
}
/** Runs the post step after a run on the same pull request. */
async function postAfter(states: Readonly<Record<string, string>>, inputs: Inputs = {}) {
  const after = fakeRunner({
    states,
    event: PULL_REQUEST,
    inputs: { 'control-plane-url': world.api.emulator.url, ...FROM_IMAGE, 'github-token': github.token, ...inputs },
    variables: { GITHUB_API_URL: github.url, ...VARIABLES, GITHUB_REPOSITORY: REPOSITORY }
  })
  await post(after, world.clock)
  return after
}
/** Waits until GitHub has received a request. */
async function untilAsked(path: RegExp, times = 1): Promise<void> {
  while (github.requests().filter((one) => path.test(one.path)).length < times) {
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
const TEAM = { id: 'abcdef00-0000-4000-8000-00000000000a', display_name: 'Team Rocket' }
/** Warnings, except that of an image of an open pull request, which is about the trigger. */
const warningsOf = ({ runner }: Run) =>
  runner.texts('warning').filter((text) => !text.startsWith('This run deploys the image of pull request 7 to "agent" '))

interface Ending {
  readonly status: string
  readonly passes: boolean
  readonly state: string
  readonly mark: string
  readonly inputs?: Inputs
  readonly before?: () => Promise<unknown>
  readonly options?: RunOptions
  /** True if the status contains the address of the agent. */
  readonly serves?: boolean
}

const ENDINGS: readonly Ending[] = [
  { status: 'deployed', passes: true, state: 'success', mark: '✅', serves: true },
  { status: 'started', passes: true, state: 'in_progress', mark: '🚀', inputs: { wait: 'false' } },
  {
    status: 'failed',
    passes: false,
    state: 'failure',
    mark: '❌',
    before: () => scenario({ revisions: [{ final: 'DEPLOY_FAILED' }] })
  },
  { status: 'timed-out', passes: false, state: 'failure', mark: '⌛', inputs: { timeout: '90s' }, before: endless },
  { status: 'superseded', passes: true, state: 'inactive', mark: '⏭️', before: overtaken, serves: true },
  {
    status: 'superseded',
    passes: false,
    state: 'inactive',
    mark: '⏭️',
    before: overtaken,
    inputs: { 'on-superseded': 'fail' },
    serves: true
  },
  { status: 'cancelled', passes: false, state: 'inactive', mark: '🛑', before: endless, options: cancelledIn(2) },
  {
    status: 'error',
    passes: false,
    state: 'failure',
    mark: '❌',
    before: () =>
      scenario({ faults: [{ method: 'POST', path: '/v2/deployments', action: 'status', status: 422, body: {} }] })
  }
]

describe('a run that deploys', () => {
  test.each(ENDINGS)(
    'reports $status (passes: $passes) in the GitHub deployment and in the comment',
    async (ending) => {
      const { status, passes, state, mark, inputs = {}, before = async () => {}, options = {}, serves = false } = ending
      await before()
      const ended = await deploy(inputs, options)
      expect({ status: ended.runner.outputs.status, passed: ended.passed }).toEqual({ status, passed: passes })
      expect(github.deployments()).toMatchObject([{ environment: 'staging', sha: HEAD_COMMIT, login: BOT }])
      expect(endOf(0)).toMatchObject({
        state,
        log_url: RUN_URL,
        environment_url: serves ? expect.stringMatching(/^http/) : ''
      })
      expect(endOf(0)?.description).toContain(status === 'error' ? 'Error' : `: ${status}`)
      expect(await heading()).toBe(`### ${mark} agent: ${status}`)
      expect(await comment()).toContain(RUN_URL)
      // GitHub accepted both reports, so the post step has no work.
      expect(memoryOf(ended.runner)).not.toHaveProperty('feedback')
      github.clearRequests()
      await runPost(world, FROM_IMAGE, ended.runner.saved)
      expect(github.requests()).toEqual([])
    }
  )

  test('reports revision, address and duration with the status', async () => {
    const { runner } = await deploy()
    const { 'revision-id': revision, 'deployment-url': url, 'deployment-id': id } = runner.outputs
    expect(github.deployments()[0]?.statuses.map(({ description }) => description)).toEqual([
      `Rolling out revision ${revision}`,
      expect.stringMatching(new RegExp(`^Revision ${revision}: deployed after \\d+ s$`))
    ])
    expect(endOf(0)).toMatchObject({ environment_url: url, log_url: RUN_URL })
    const body = withoutReferences((await comment()) ?? '')
    for (const words of [url, id, revision, IMAGE, RUN_URL]) expect(body).toContain(words)
    expect(body).toMatch(/\b\d+ s\b/)
  })

  test('creates the GitHub deployment for the head commit of the pull request', async () => {
    const id = await world.images(OLD_IMAGE)
    await deploy()
    expect(github.requests().find(({ path }) => path.endsWith('/deployments'))?.body).toEqual({
      ref: HEAD_COMMIT,
      environment: 'staging',
      task: taskOf({ name: 'agent', place: place() }),
      auto_merge: false,
      required_contexts: [],
      description: 'agent on LangSmith Deployment',
      payload: {
        langsmith: {
          name: 'agent',
          place: place(),
          // The commit of an image is unknown; its tag may or may not name it.
          commit: null,
          deployment_id: id,
          revision_id: null
        }
      }
    })
  })

  test('quotes the end of the log in the comment after a failure, without mentions', async () => {
    const log = ['Starting', { message: 'ERROR: ask @octocat about #1 </pre><script>', level: 'ERROR' }]
    await scenario({ revisions: [{ final: 'DEPLOY_FAILED', deploy_log: log }] })
    await deploy()
    const body = (await comment()) ?? ''
    expect(body).toContain('ask @octocat about #1 &#60;/pre&#62;&#60;script&#62;\n</pre>')
    expect(body.slice(0, body.indexOf('<pre>'))).not.toMatch(/@octocat|#1\b/)
  })

  test('reports a failure and the restored revision after a rollback', async () => {
    const id = await world.images(OLD_IMAGE)
    const [before] = idsOf(await world.revisions(id))
    await scenario({ revisions: [{ nth: 2, ok: [503] }] })
    await deploy({ 'rollback-on-failure': 'true' })
    expect(endOf(0)?.state).toBe('failure')
    expect(await comment()).toMatch(new RegExp(`Rolled back to.*${before?.slice(0, 8)}`))
  })

  test('reports its start on GitHub before its first write', async () => {
    await world.images(OLD_IMAGE)
    const delayMs = 40
    github.fault({ method: 'POST', path: /\/deployments$/, action: { delayMs } })
    github.fault({ method: 'POST', path: /\/comments$/, action: { delayMs } })
    await deploy()
    const [patch] = (await world.api.requests()).filter(({ method, at: sentAt }) => method === 'PATCH' && sentAt)
    const written = (path: RegExp) => github.requests().find(({ method, path: p }) => method === 'POST' && path.test(p))
    for (const request of [written(/\/deployments$/), written(/\/comments$/)]) {
      expect(Number(patch?.at) - (request?.at ?? Number.NaN)).toBeGreaterThanOrEqual(delayMs)
    }
  })

  test('shows `deploying` in the comment during the rollout', async () => {
    const seen: (string | undefined)[] = []
    await deploy({}, { meanwhile: () => world.clock.duringPauses(async () => seen.push(await heading())) })
    expect(new Set(seen)).toEqual(new Set(['### ⏳ agent: deploying']))
  })

  test('uploads only after it has reported its start', async () => {
    const workspace = makeTree(SMALLEST)
    const inputs = { 'source-type': 'internal_source', environment: 'staging', comment: 'true' }
    github.fault({ method: 'POST', path: /\/deployments$/, action: { delayMs: 40 } })
    const ended = await run(inputs, { variables: { GITHUB_WORKSPACE: workspace, RUNNER_TEMP: makeTree({}) } })
    expect(ended.runner.outputs.status).toBe('deployed')
    const [write] = (await world.api.requests()).filter(({ method }) => method !== 'GET' && method !== 'PUT')
    const made = github.requests().find(({ path }) => path.endsWith('/deployments'))
    expect(Number(write?.at) - (made?.at ?? Number.NaN)).toBeGreaterThanOrEqual(40)
    expect(statesOf(0)?.at(-1)).toBe('success')
  })
})

describe('a second run that deploys', () => {
  test('sets its older deployment to inactive and updates the comment, with the minimum of requests', async () => {
    await deploy()
    github.clearRequests()
    await deploy({ 'image-uri': DIGEST })
    expect([statesOf(0), statesOf(1)]).toEqual([
      ['in_progress', 'success', 'inactive'],
      ['in_progress', 'success']
    ])
    expect(await heading()).toBe('### ✅ agent: deployed')
    const [{ id } = { id: 0 }] = await ourComments()
    expect(asked()).toEqual([
      // The GitHub deployment and the existing comment, at the same time.
      expect.stringMatching(/^POST \/(deployments|graphql)$/),
      expect.stringMatching(/^POST \/(deployments|graphql)$/),
      `PATCH /issues/comments/${id}`,
      `POST /deployments/${github.deployments()[1]?.id}/statuses`,
      // The present state, then both ends with the retirements.
      'GET /deployments',
      'POST /graphql',
      'POST /graphql'
    ])
  })

  test('keeps the older deployment after a failure', async () => {
    await deploy()
    await scenario({ revisions: [{ final: 'DEPLOY_FAILED' }] })
    await deploy({ 'image-uri': DIGEST })
    expect([statesOf(0)?.at(-1), statesOf(1)?.at(-1)]).toEqual(['success', 'failure'])
  })

  test('sets the deployment of a killed run to inactive', async () => {
    const payload = { langsmith: { name: 'agent', place: place() } }
    const task = taskOf({ name: 'agent', place: place() })
    github.addDeployment({ sha: COMMIT, environment: 'staging', task, payload, statuses: [{ state: 'in_progress' }] })
    github.addDeployment({ sha: COMMIT, environment: 'staging', statuses: [{ state: 'in_progress' }] })
    await deploy()
    // The second comment is by another user.
    expect([statesOf(0)?.at(-1), statesOf(1)?.at(-1)]).toEqual(['inactive', 'in_progress'])
  })

  test('keeps the comment of a later run, and notes this in the log', async () => {
    const later = withMark('### ✅ agent: deployed', commentMark(), { id: 1002, attempt: 1 })
    await github.addComment(7, later, BOT)
    const { runner } = await deploy()
    expect(await comment()).toBe(later)
    expect(runner.texts('info')).toContain(
      'Kept the comment on pull request 7, because run 1002, which started later, wrote the comment.'
    )
  })

  test('keeps the comment that a later run wrote during its own write', async () => {
    const later = withMark('### ✅ agent: deployed', commentMark(), { id: 1002, attempt: 1 })
    const overwrite = async () => {
      const [ours] = await ourComments()
      expect(ours?.body).toContain('agent: deploying')
      await askGithub('PATCH', `/issues/comments/${ours?.id}`, { body: later })
    }
    // The effect of the write is uncertain, so the run searches for it, with pauses.
    await scenario({ faults: [{ method: 'POST', path: '/v2/deployments', action: 'status', status: 504 }] })
    await deploy({}, { meanwhile: () => world.clock.duringPauses((nth) => (nth === 1 ? overwrite() : undefined)) })
    expect(await comment()).toBe(later)
  })

  test('shares one comment with a concurrent run', async () => {
    await world.images(OLD_IMAGE)
    // Both runs read the comments before either has written one.
    github.fault({ path: /graphql/, times: 2, action: { delayMs: 150 } })
    const both = await Promise.all([deploy(), deploy({ 'image-uri': DIGEST })])
    expect(asked().filter((request) => request === 'POST /issues/7/comments')).toHaveLength(2)
    expect(await ourComments()).toHaveLength(1)
    expect(await heading()).toMatch(/^### (✅ agent: deployed|⏭️ agent: superseded)$/)
    expect(both.flatMap(warningsOf).filter((text) => /GitHub|comment/.test(text))).toEqual([])
    await deploy()
    expect(await heading()).toBe('### ✅ agent: deployed')
  })

  test('replaces the comment of a concurrent earlier run that creates its first comment at its end', async () => {
    const earlier = withMark('### ⏳ agent: deploying', commentMark(), { id: 1000, attempt: 1 })
    // The response is the state before the other run wrote.
    github.fault({ path: /graphql/, action: { delayMs: 200 } })
    const add = () => untilAsked(/graphql/).then(() => github.addComment(7, earlier, BOT))
    let added: Promise<unknown> = Promise.resolve()
    const meanwhile = () => {
      added = add()
    }
    const ended = await deploy({ 'api-key': 'lsv2_emulator_invalid_key', environment: '' }, { meanwhile })
    await added
    expect(ended.runner.outputs.status).toBe('error')
    expect(await ourComments()).toHaveLength(1)
    expect(await heading()).toBe('### ❌ agent: error')
  })

  test('has a separate comment for each name', async () => {
    await deploy()
    await deploy({ name: 'other-agent' })
    expect((await ourComments()).map(({ body }) => /^### .*$/m.exec(body)?.[0])).toEqual([
      '### ✅ agent: deployed',
      '### ✅ other-agent: deployed'
    ])
    expect([statesOf(0)?.at(-1), statesOf(1)?.at(-1)]).toEqual(['success', 'success'])
  })

  test('does not change comments of others', async () => {
    await deploy()
    const copy = (await comment()) ?? ''
    await github.addComment(7, copy, 'octocat')
    await github.addComment(7, copy, 'dependabot[bot]')
    await deploy({ 'image-uri': DIGEST })
    const all = await github.comments(7)
    expect(all.map(({ login }) => login)).toEqual([BOT, 'octocat', 'dependabot[bot]'])
    expect(all.slice(1).map(({ body }) => body)).toEqual([copy, copy])
    expect(all[0]?.body).not.toBe(copy)
  })
})

describe('the cost of feedback about a preview', () => {
  const PREVIEW = { preview: 'true', environment: 'preview' }
  const ours = () => ({ name: 'agent-pr-7', place: place() })
  const addOurs = (state: 'success' | 'failure' | 'inactive') =>
    github.addDeployment(
      {
        sha: COMMIT,
        environment: 'preview',
        task: taskOf(ours()),
        payload: { langsmith: ours() },
        statuses: [{ state: 'in_progress' }, { state }]
      },
      BOT
    )
  const addOthers = (count: number) => {
    for (let nth = 0; nth < count; nth += 1) {
      const name = `agent-pr-${nth + 100}`
      const task = nth % 2 ? 'deploy' : taskOf({ name, place: place() })
      github.addDeployment({ sha: COMMIT, environment: 'preview', task, payload: { langsmith: { name } } })
    }
  }

  beforeEach(() => github.changePullRequest(7, { head: HEAD_COMMIT }))

  test.each([
    [0, 0],
    [90, 0],
    [130, 0],
    [0, 90],
    [0, 130],
    [130, 1_000]
  ])('is 8 requests for a push and 3 for a close, after %d own and %d other deployments', async (own, others) => {
    // Each success set the previous one to inactive; some runs failed.
    for (let nth = 0; nth < own; nth += 1) addOurs(nth === own - 1 ? 'success' : nth % 3 ? 'inactive' : 'failure')
    addOthers(others)
    const last = github.deployments().findLast(({ task }) => task === taskOf(ours()))?.id
    const stateOf = (id: number | undefined) =>
      github
        .deployments()
        .find((one) => one.id === id)
        ?.statuses.at(-1)?.state
    await github.addComment(7, withMark('### ✅ agent-pr-7: deployed', { ...ours(), pullRequest: 7 }, undefined), BOT)

    const push = await deploy(PREVIEW)
    expect(push.runner.outputs.status).toBe('deployed')
    expect(asked().length).toBeLessThanOrEqual(8)
    const made = github.deployments().at(-1)?.id
    expect([stateOf(last), stateOf(made)]).toEqual([own > 0 ? 'inactive' : undefined, 'success'])
    expect(await heading()).toBe('### ✅ agent-pr-7: deployed')

    github.clearRequests()
    const close = await run({ ...PREVIEW, command: 'delete' })
    expect(close.runner.outputs.status).toBe('deleted')
    expect(asked().length).toBeLessThanOrEqual(3)
    expect(stateOf(made)).toBe('inactive')
    expect(await heading()).toBe('### 🗑️ agent-pr-7: deleted')
    expect([push, close].flatMap(warningsOf)).toEqual([])
    // The deployments of others are unchanged.
    const foreign = github.deployments().filter(({ task }) => task !== taskOf(ours()))
    expect(foreign.flatMap(({ statuses }) => statuses)).toEqual([])
  })

  test('does not depend on the number of open deployments', async () => {
    for (let nth = 0; nth < 45; nth += 1) addOurs('success')
    await deploy(PREVIEW)
    expect(asked().length).toBeLessThanOrEqual(8)
    expect(github.deployments().filter(({ statuses }) => statuses.at(-1)?.state === 'success')).toHaveLength(1)
  })
})

describe('the GitHub deployment of a preview', () => {
  const PREVIEW = { preview: 'true', environment: 'preview' }
  beforeEach(() => github.changePullRequest(7, { head: HEAD_COMMIT }))

  test('ends as a failure after a cancellation, because GitHub shows an inactive one as destroyed', async () => {
    await endless()
    const ended = await deploy(PREVIEW, cancelledIn(2))
    expect(ended.runner.outputs.status).toBe('cancelled')
    expect(endOf(0)?.state).toBe('failure')
  })

  test('has no address after a failure, because the address leads to the previous revision', async () => {
    await deploy(PREVIEW)
    await scenario({ revisions: [{ final: 'DEPLOY_FAILED' }] })
    const ended = await deploy({ ...PREVIEW, 'image-uri': DIGEST })
    expect(ended.runner.outputs).toMatchObject({ status: 'failed', 'deployment-url': expect.stringMatching(/^http/) })
    expect([endOf(0)?.environment_url, endOf(1)?.environment_url]).toEqual([expect.stringMatching(/^http/), ''])
  })
})

describe('a run without a new revision', () => {
  const OLDER = '01d0000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
  const NEWER = 'fee0000ccccccccccccccccccccccccccccccccc'

  test.each<[string, Inputs, () => Promise<unknown>, string | undefined]>([
    ['planned', { 'dry-run': 'true' }, async () => {}, '### 📝 agent: planned'],
    [
      'unchanged',
      { 'image-uri': DIGEST, 'skip-unchanged': 'true' },
      () => world.images(OLD_IMAGE, DIGEST),
      '### ✅ agent: unchanged'
    ],
    [
      'superseded',
      { 'image-uri': `ghcr.io/acme/agent:${OLDER}` },
      async () => {
        github.history(OLDER, NEWER)
        await world.images(`ghcr.io/acme/agent:${NEWER}`)
      },
      // The run that deployed the newer revision owns the comment.
      undefined
    ],
    ['error', { 'api-key': 'lsv2_emulator_invalid_key' }, async () => {}, '### ❌ agent: error']
  ])('that is %s creates no GitHub deployment', async (status, inputs, before, expected) => {
    await before()
    const ended = await deploy(inputs)
    expect(ended.runner.outputs.status).toBe(status)
    expect(github.deployments()).toEqual([])
    expect(await heading()).toBe(expected)
    expect(warningsOf(ended).filter((text) => /GitHub|comment/.test(text))).toEqual([])
  })

  test('that a newer revision superseded replaces the comment of an earlier run that deployed', async () => {
    github.history(OLDER, NEWER)
    await deploy({ 'image-uri': `ghcr.io/acme/agent:${NEWER}` })
    expect(await heading()).toBe('### ✅ agent: deployed')
    const ended = await deploy({ 'image-uri': `ghcr.io/acme/agent:${OLDER}` })
    expect(ended.runner.outputs.status).toBe('superseded')
    expect(await heading()).toBe('### ⏭️ agent: superseded')
    expect(withoutReferences((await comment()) ?? '')).toContain('Nothing was deployed: commit')
    // The earlier run's GitHub deployment shows the active revision.
    expect(github.deployments().map(({ statuses }) => statuses.at(-1)?.state)).toEqual(['success'])
  })

  test('that follows a newer revision never claims in the comment that it deployed it', async () => {
    github.history(OLDER, NEWER)
    await world.images(`ghcr.io/acme/agent:${NEWER}`)
    const ended = await deploy({ 'image-uri': `ghcr.io/acme/agent:${OLDER}`, 'on-superseded': 'follow' })
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(await heading()).toBe('### ✅ agent: followed')
    expect(await comment()).toContain('This run did not create a revision.')
    expect(github.deployments()).toEqual([])
  })

  test.each<[string, Inputs, string]>([
    ['deletes', {}, 'deleted'],
    ['plans a deletion', { 'dry-run': 'true' }, 'planned']
  ])('that %s updates an existing comment and creates none', async (_, inputs, status) => {
    await world.images(IMAGE)
    await run({ command: 'delete', ...inputs, 'dry-run': 'true' })
    await run({ command: 'delete', 'deployment-id': '00000000-0000-4000-8000-000000000000', name: '' })
    expect(await ourComments()).toEqual([])
    await deploy({ 'image-uri': DIGEST })
    await run({ command: 'delete', ...inputs })
    expect(await heading()).toMatch(new RegExp(`agent: ${status}$`))
  })

  test('that only plans shows the plan in the comment, and keeps the deployment of the previous run', async () => {
    await deploy()
    github.clearRequests()
    const ended = await deploy({
      'image-uri': DIGEST,
      variables: 'OWNER=@octocat #1',
      secrets: 'TOKEN=xyzzy-plugh-9',
      'dry-run': 'true'
    })
    expect(ended.runner.outputs).toMatchObject({ status: 'planned', 'plan-changes': '3' })
    const body = (await comment()) ?? ''
    expect(await heading()).toBe('### 📝 agent: planned')
    expect(body).toContain('<details open><summary>Plan: create a new revision (1 changed, 2 added')
    expect(body).toMatch(/\| <code>image-uri<\/code> \| changed from .* to .* \|/)
    expect(body).toMatch(/\| secret <code>TOKEN<\/code> \| added \|/)
    expect(body).not.toMatch(/@octocat|xyzzy/)
    expect(statesOf(0)?.at(-1)).toBe('success')
    expect(asked().filter((request) => /^(POST|PATCH|DELETE) \/(repos|deployments)/.test(request))).toEqual([])
  })

  test('that is canceled while it compares commits keeps an earlier comment', async () => {
    github.history(OLDER, NEWER)
    await deploy({ 'image-uri': `ghcr.io/acme/agent:${OLDER}` })
    const before = await comment()
    github.clearRequests()
    github.fault({ path: /\/compare\//, times: ALWAYS, action: 'hang' })
    const ended = await deploy(
      { 'image-uri': `ghcr.io/acme/agent:${NEWER}` },
      { meanwhile: ({ cancellation }) => void untilAsked(/\/compare\//).then(cancellation.cancel) }
    )
    expect(ended.runner.outputs.status).toBe('cancelled')
    expect(before).toContain('agent: deployed')
    expect(await comment()).toBe(before)
    expect(github.deployments().map(({ statuses }) => statuses.at(-1)?.state)).toEqual(['success'])
    expect(asked()).toEqual([`GET /compare/${NEWER}...${OLDER}`])
    expect(memoryOf(ended.runner)).not.toHaveProperty('feedback')
  })

  test('with invalid inputs makes no request to GitHub', async () => {
    const ended = await deploy({ timeout: 'soon' })
    expect(ended.runner.outputs.status).toBe('error')
    expect(github.requests()).toEqual([])
  })

  test('that is canceled before its write reports nothing', async () => {
    await scenario({ faults: [{ action: 'status', status: 503, times: null }] })
    const ended = await deploy({}, cancelledIn(1))
    expect(ended.runner.outputs.status).toBe('cancelled')
    expect([github.deployments(), await comment(), github.requests()]).toEqual([[], undefined, []])
  })

  test('without a key for its pull request makes no request to GitHub', async () => {
    const fork = { pull_request: { number: 7, head: { sha: HEAD_COMMIT, repo: { full_name: 'mallory/agents' } } } }
    const ended = await deploy({ 'api-key': '' }, { event: fork })
    expect(ended.runner.outputs.status).toBe('skipped')
    expect(github.requests()).toEqual([])
  })
})

describe('other commands', () => {
  test('redeploy creates a GitHub deployment and reports its end', async () => {
    await world.images(OLD_IMAGE, IMAGE)
    const { runner } = await run({ command: 'redeploy' })
    expect(runner.outputs.status).toBe('deployed')
    expect(github.deployments()).toHaveLength(1)
    expect(statesOf(0)).toEqual(['in_progress', 'success'])
    expect(await heading()).toBe('### ✅ agent: deployed')
  })

  test('redeploy without changes creates no GitHub deployment', async () => {
    await world.images(OLD_IMAGE)
    await scenario({ revisions: [{ final: 'DEPLOY_FAILED' }] })
    await world.patch(String((await deployments())[0]?.id), { source_revision_config: { image_uri: IMAGE } })
    const { runner } = await run({ command: 'redeploy' })
    expect(runner.outputs.status).toBe('unchanged')
    expect(github.deployments()).toEqual([])
  })

  test.each([
    ['DEPLOYED', 'deployed', 'success'],
    ['DEPLOY_FAILED', 'failed', 'failure']
  ])('wait reports the end of the revision (%s)', async (final, status, state) => {
    await scenario({ revisions: [{ final, step_ms: 20_000 }] })
    await deploy({ wait: 'false', environment: '', comment: 'false' })
    const { runner } = await run({ command: 'wait' })
    expect(runner.outputs.status).toBe(status)
    expect(endOf(0)?.state).toBe(state)
    expect(at(github.deployments()[0]?.payload, 'langsmith', 'revision_id')).toBe(runner.outputs['revision-id'])
    expect(await heading()).toContain(`agent: ${status}`)
  })

  test('delete sets all deployments to inactive, creates none, and updates the comment', async () => {
    await deploy()
    await scenario({ revisions: [{ final: 'DEPLOY_FAILED' }] })
    await deploy({ 'image-uri': DIGEST })
    await endless()
    await deploy({ wait: 'false' })
    const foreign = github.addDeployment({ sha: COMMIT, environment: 'staging', statuses: [{ state: 'success' }] })
    const ended = await run({ command: 'delete' })
    expect(ended.runner.outputs.status).toBe('deleted')
    expect(github.deployments().map(({ id, statuses }) => [id === foreign, statuses.at(-1)?.state])).toEqual([
      [false, 'inactive'],
      [false, 'failure'],
      [false, 'inactive'],
      [true, 'success']
    ])
    expect(await heading()).toBe('### 🗑️ agent: deleted')
    expect(await comment()).not.toMatch(/Agent Server|Commit/)
    expect(warningsOf(ended)).toEqual([])
  })

  test.each([
    ['by name', 'by ID', false, true],
    ['by ID', 'by name', true, false]
  ])('deploy %s and delete %s use the same comment and environment', async (_, __, first, second) => {
    const id = await world.images(OLD_IMAGE)
    const by = (isById: boolean): Inputs => (isById ? { name: '', 'deployment-id': id } : {})
    await deploy(by(first))
    expect(statesOf(0)?.at(-1)).toBe('success')
    const { runner } = await run({ command: 'delete', ...by(second) })
    expect(runner.outputs).toMatchObject({ status: 'deleted', 'deployment-id': id })
    expect(statesOf(0)?.at(-1)).toBe('inactive')
    expect(github.deployments()).toHaveLength(1)
    expect(await ourComments()).toHaveLength(1)
    expect(await heading()).toMatch(/^### 🗑️ .*: deleted$/)
  })

  test('delete of a missing deployment still cleans up', async () => {
    await deploy()
    await run({ command: 'delete', environment: '', comment: 'false' })
    expect(statesOf(0)?.at(-1)).toBe('success')
    await run({ command: 'delete' })
    expect(statesOf(0)?.at(-1)).toBe('inactive')
    expect(await heading()).toBe('### 🗑️ agent: deleted')
  })

  test('delete keeps the deployments in a dry run and after a failure', async () => {
    await deploy()
    await run({ command: 'delete', 'dry-run': 'true' })
    await scenario({ faults: [{ method: 'DELETE', action: 'status', status: 403, body: { detail: 'Forbidden' } }] })
    const { runner } = await run({ command: 'delete' })
    expect(runner.outputs.status).toBe('error')
    expect(statesOf(0)?.at(-1)).toBe('success')
  })
})

async function deployments() {
  return records((await world.api.ask(200, 'GET', '/v2/deployments')).resources)
}

describe('feedback', () => {
  test('makes no request without inputs that enable it', async () => {
    const ended = await deploy({ environment: '', comment: 'false' })
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(github.requests()).toEqual([])
    expect(memoryOf(ended.runner)).not.toHaveProperty('feedback')
  })

  test('can be the GitHub deployment only', async () => {
    await deploy({ comment: 'false' })
    expect(statesOf(0)?.at(-1)).toBe('success')
    expect(asked().filter((request) => request.includes('comments'))).toEqual([])
    expect(github.requests().map(({ body }) => at(body, 'variables', 'withComments'))).not.toContain(true)
  })

  test('can be the comment only', async () => {
    await deploy({ environment: '' })
    expect(await heading()).toBe('### ✅ agent: deployed')
    expect(asked().filter((request) => request.includes('deployments'))).toEqual([])
  })

  test('without a pull request notes in the log that there is no comment', async () => {
    const ended = await deploy({}, { event: {}, variables: { GITHUB_EVENT_NAME: 'push' } })
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(ended.runner.texts('notice')).toEqual([])
    expect(ended.runner.texts('info')).toContain('Skipped the comment: this run has no pull request (event: push).')
    expect(warningsOf(ended)).toEqual([])
    expect(await comment()).toBeUndefined()
    // The GitHub deployment needs no pull request, and has the pushed commit.
    expect(github.deployments()).toMatchObject([{ sha: COMMIT, transient_environment: false }])
  })

  test('on a preview ends with the preview', async () => {
    github.changePullRequest(7, { head: HEAD_COMMIT })
    await deploy({ preview: 'true', environment: 'agent-pr-7' })
    expect(github.deployments()).toMatchObject([
      { environment: 'agent-pr-7', transient_environment: true, production_environment: false }
    ])
    await run({ command: 'delete', preview: 'true', environment: 'agent-pr-7' })
    expect(statesOf(0)?.at(-1)).toBe('inactive')
    expect(await heading()).toBe('### 🗑️ agent-pr-7: deleted')
  })

  test('on a preview that uses the next free name is reported once', async () => {
    github.changePullRequest(7, { head: HEAD_COMMIT })
    const inputs = { preview: 'true', environment: 'agent-pr-7' }
    await deploy(inputs)
    await run({ ...inputs, command: 'delete' })
    // The old name is still taken.
    const ended = await deploy(inputs)
    expect(ended.runner.outputs).toMatchObject({ status: 'deployed', 'deployment-name': 'agent-pr-7-2' })
    expect([statesOf(0)?.at(-1), statesOf(1)?.at(-1), github.deployments().length]).toEqual(['inactive', 'success', 2])
    expect(await heading()).toBe('### ✅ agent-pr-7-2: deployed')
  })

  test('works with a personal token', async () => {
    await deploy({ 'github-token': github.personalToken })
    expect(github.deployments()).toMatchObject([{ login: 'monalisa' }])
    await deploy({ 'github-token': github.personalToken, 'image-uri': DIGEST })
    expect(await github.comments(7)).toMatchObject([{ login: 'monalisa', body: expect.stringContaining('deployed') }])
  })

  test('works on GitHub Enterprise Server', async () => {
    const variables = { GITHUB_API_URL: github.enterpriseUrl, GITHUB_SERVER_URL: 'https://github.example.com' }
    for (const image of [IMAGE, DIGEST]) await deploy({ 'image-uri': image }, { variables })
    expect(github.deployments().map(({ statuses }) => statuses.at(-1)?.state)).toEqual(['inactive', 'success'])
    expect(endOf(1)?.log_url).toBe(`https://github.example.com/${REPOSITORY}/actions/runs/1001`)
    expect(await heading()).toBe('### ✅ agent: deployed')
    const places = github.requests().map(({ path }) => /^\/api\/(v3\/repos\/|graphql$)/.test(path))
    expect(new Set(places)).toEqual(new Set([true]))
  })

  test('uses one comment for a workspace by name, by ID and by ID in capitals', async () => {
    const { id } = TEAM
    await scenario({ workspaces: [TEAM] })
    await deploy({ 'workspace-id': 'Team Rocket' })
    const [first] = await ourComments()
    await deploy({ 'workspace-id': id, 'image-uri': DIGEST })
    const ended = await deploy({ 'workspace-id': id.toUpperCase(), 'image-uri': OLD_IMAGE })
    expect(ended.runner.outputs.status).toBe('deployed')
    expect((await ourComments()).map((one) => one.id)).toEqual([first?.id])
    expect(withoutReferences((await comment()) ?? '')).toContain(OLD_IMAGE)
    expect(github.deployments().map(({ statuses }) => statuses.at(-1)?.state)).toEqual([
      'inactive',
      'inactive',
      'success'
    ])
  })

  test.each<[string, string, () => Promise<unknown>]>([
    [
      'workspace',
      'the list of workspaces is forbidden',
      () =>
        scenario({
          workspaces: [TEAM],
          faults: [{ path: '/api/v1/workspaces', action: 'status', status: 403, body: {} }]
        })
    ],
    [
      'deployment-id',
      'the deployment is forbidden',
      () => scenario({ faults: [{ action: 'status', status: 403, body: {} }] })
    ]
  ])('uses one comment if %s is given and a run fails because %s', async (input, _, fail) => {
    await scenario({ workspaces: [TEAM] })
    const id = await world.images(OLD_IMAGE)
    const inputs: Inputs = input === 'workspace' ? { 'workspace-id': 'Team Rocket' } : { name: '', 'deployment-id': id }
    expect((await deploy(inputs)).runner.outputs.status).toBe('deployed')
    await fail()
    expect((await deploy({ ...inputs, 'image-uri': DIGEST })).runner.outputs.status).toBe('error')
    await scenario({ workspaces: [TEAM] })
    expect((await deploy({ ...inputs, 'image-uri': OLD_IMAGE })).runner.outputs.status).toBe('deployed')
    expect(await ourComments()).toHaveLength(1)
  })

  test('uses the same comment after a killed run by ID', async () => {
    const id = await world.images(OLD_IMAGE)
    await endless()
    const inputs = { name: '', 'deployment-id': id }
    let saved: Readonly<Record<string, string>> = {}
    await deploy(inputs, {
      meanwhile: ({ runner, cancellation }) =>
        world.clock.duringPauses((nth) => {
          if (nth !== 2) return
          saved = runner.saved
          cancellation.cancel()
        })
    })
    const before = (await comment())?.split('\n')[0]
    expect(before).toContain('agent #7')
    await postAfter(saved, inputs)
    expect((await comment())?.split('\n')[0]).toBe(before)
  })

  test('does not contain the host or the workspace in its mark', async () => {
    const { id } = TEAM
    await scenario({ workspaces: [TEAM] })
    const ended = await deploy({ 'workspace-id': 'Team Rocket' })
    expect(ended.runner.outputs.status).toBe('deployed')
    const { hostname, port } = new URL(world.api.emulator.url)
    expect((await comment())?.split('\n')[0]).toMatch(/^<!-- langsmith-deploy-action: agent #7 at [0-9a-f]{12} -->$/)
    const made = github.requests().find(({ path }) => path.endsWith('/deployments'))?.body
    expect(at(made, 'payload', 'langsmith', 'place')).toMatch(/^[0-9a-f]{12}$/)
    const told = JSON.stringify([made, (await comment())?.split('\n')[0]])
    for (const word of [hostname, port, id, id.toUpperCase(), 'Rocket']) expect(told).not.toContain(word)
  })

  test.each<[string, Inputs, string]>([
    ['two workspaces', { 'workspace-id': '00000000-0000-4000-8000-00000000000a' }, 'place'],
    ['two names', { name: 'other-agent' }, 'name']
  ])('distinguishes %s in one environment', async (_, inputs) => {
    await deploy()
    await deploy(inputs)
    expect([statesOf(0)?.at(-1), statesOf(1)?.at(-1)]).toEqual(['success', 'success'])
    expect(await ourComments()).toHaveLength(2)
  })
})

describe('the verdict does not depend on GitHub', () => {
  /** Returns the warnings about GitHub, after a check that the rest of the run is normal. */
  const expectDeployed = (ended: Run, warnings: readonly unknown[]) => {
    expect(ended.runner.outputs).toMatchObject({ status: 'deployed', 'deployment-url': expect.any(String) })
    expect(warningsOf(ended).toSorted()).toEqual(warnings)
  }
  const MADE = 'Could not create the GitHub deployment: '
  const SAID = 'Could not write the comment on the pull request: '

  test('if both permissions are missing: one warning for each', async () => {
    github.deny('deployments')
    github.deny('pull-requests')
    expectDeployed(await deploy(), [`${MADE}${LACKING.deployments}`, `${SAID}${LACKING.comments}`])
    // Forbidden requests are not retried.
    expect(asked().filter((request) => request.startsWith('POST /') && !request.includes('graphql'))).toEqual([
      'POST /deployments'
    ])
  })

  test('if one permission is missing: the other channel works', async () => {
    github.deny('deployments')
    expectDeployed(await deploy(), [`${MADE}${LACKING.deployments}`])
    expect(await heading()).toBe('### ✅ agent: deployed')
    await github.reset()
    github.deny('pull-requests')
    expectDeployed(await deploy({ 'image-uri': DIGEST }), [`${SAID}${LACKING.comments}`])
    expect(statesOf(0)?.at(-1)).toBe('success')
  })

  test('if the token is no longer valid', async () => {
    const ended = await deploy({ 'github-token': 'ghs_expired' })
    const expired = 'GitHub returned 401 (Bad credentials). Check `github-token`.'
    expectDeployed(ended, [`${MADE}${expired}`, `${SAID}${expired}`])
  })

  const LIMIT = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
  const HTML = {
    status: 200,
    body: '<!DOCTYPE html><html><head><title>Sign in</title></head></html>',
    headers: { 'content-type': 'text/html' }
  }
  const PAGE = 'GitHub returned an invalid response (an HTML page titled "Sign in", probably from a proxy).'
  const LIMITED = `GitHub returned 403 (${LIMIT.slice(0, -1)}). This is a temporary rate limit, not a missing permission.`
  const ARCHIVED =
    'GitHub returned 403 (Repository was archived so is read-only). Unarchive the repository to allow changes.'
  const LOCKED =
    'GitHub returned 403 (Unable to create comment because issue is locked). Unlock the conversation to allow the comment.'
  const always = (action: Parameters<typeof github.fault>[0]['action']) => github.fault({ times: ALWAYS, action })

  test.each<[string, () => void, readonly string[]]>([
    ['if the conversation is locked', () => github.lock(7), [`${SAID}${LOCKED}`]],
    ['if the repository is archived', () => github.archive(), [`${MADE}${ARCHIVED}`, `${SAID}${ARCHIVED}`]],
    [
      'if it limits the token',
      () => always({ status: 403, body: { message: LIMIT } }),
      [`${MADE}${LIMITED}`, `${SAID}${LIMITED}`]
    ],
    ['if a proxy returns a page', () => always(HTML), [`${MADE}${PAGE}`, `${SAID}${PAGE}`]],
    [
      'if its responses are malformed',
      () => always({ status: 200, body: [] }),
      [
        `${MADE}GitHub returned an invalid response (not a deployment).`,
        `${SAID}GitHub returned an invalid response (the comments of the pull request are missing).`
      ]
    ],
    ['when its pages are short', () => github.shortenPages(1), []]
  ])('%s, and the warning names the cause', async (_, play, expected) => {
    play()
    expectDeployed(await deploy(), expected)
  })

  test('if its responses stall: one warning', async () => {
    hurryTimeouts()
    always('stall')
    expectDeployed(await deploy(), [expect.stringMatching(/: GitHub did not respond in time\.$/)])
  })

  test('if it returns errors', async () => {
    github.fault({ times: ALWAYS, action: { status: 503, body: { message: 'Unavailable' } } })
    const why = 'GitHub returned 503 (Unavailable).'
    expectDeployed(await deploy(), [`${MADE}${why}`, `${SAID}${why}`])
  })

  test('if it is down: one warning, and no further requests for a while', async () => {
    github.fault({ times: ALWAYS, action: 'cut' })
    const ended = await deploy()
    expect(ended.runner.outputs.status).toBe('deployed')
    const warnings = warningsOf(ended)
    expect([1, 2]).toContain(warnings.length)
    for (const text of warnings) {
      expect(text).toMatch(new RegExp(`^(?:${MADE}|${SAID})GitHub could not be reached \\(.*\\)\\.$`))
    }
    expect(github.requests().length).toBeLessThanOrEqual(4)
  })

  test('if it never responds: less than half a minute is lost', async () => {
    hurryTimeouts()
    github.fault({ times: ALWAYS, action: 'hang' })
    let ended: Run | undefined
    const took = await lasts(
      deploy().then((run) => {
        ended = run
      })
    )
    // The first channel to fail reports it for both.
    if (ended) expectDeployed(ended, [expect.stringMatching(/: GitHub did not respond in time\.$/)])
    // Ten seconds take a tenth of a second here.
    expect(took).toBeLessThan(1_000)
    expect(ended?.runner.outputs.status).toBe('deployed')
    expect(github.requests().length).toBeLessThanOrEqual(4)
  })

  test('if it returns invalid data', async () => {
    github.fault({
      times: ALWAYS,
      action: { status: 200, body: '<html></html>', headers: { 'content-type': 'text/html' } }
    })
    const ended = await deploy()
    expect(ended.runner.outputs.status).toBe('deployed')
  })

  test('if the GitHub deployment disappears during the run', async () => {
    github.fault({ path: /\/statuses$/, times: ALWAYS, action: { status: 404, body: { message: 'Not Found' } } })
    const ended = await deploy()
    expectDeployed(ended, [expect.stringMatching(/^Could not set the status of the GitHub deployment: .*404/)])
  })

  test('if the comment is deleted during the run: it is created again', async () => {
    const remove = async () => askGithub('DELETE', `/issues/comments/${(await ourComments())[0]?.id}`)
    const meanwhile = () => world.clock.duringPauses((nth) => (nth === 1 ? remove() : undefined))
    expectDeployed(await deploy({}, { meanwhile }), [])
    expect(await heading()).toBe('### ✅ agent: deployed')
  })

  test('if it recovers before the end: the end is reported', async () => {
    github.fault({ times: 2, action: { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } } })
    const ended = await deploy()
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(github.deployments().map(({ statuses }) => statuses.at(-1)?.state)).toEqual(['success'])
    expect(await heading()).toBe('### ✅ agent: deployed')
  })

  test('if the response to the new deployment is lost: its end is reported', async () => {
    github.fault({ method: 'POST', path: /\/deployments$/, action: 'lose' })
    await scenario({ revisions: [{ step_ms: 40_000 }] })
    const ended = await deploy({ timeout: '1h' })
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(github.deployments().map(({ statuses }) => statuses.at(-1)?.state)).toEqual(['success'])
  })

  test('if the response to the new comment is lost: there is only one', async () => {
    github.fault({ method: 'POST', path: /\/comments$/, action: 'lose' })
    await scenario({ revisions: [{ step_ms: 40_000 }] })
    await deploy({ timeout: '1h' })
    expect(await heading()).toBe('### ✅ agent: deployed')
  })

  test.each(['cut', 'hang'] as const)('if it stops responding before the end: one warning (%s)', async (action) => {
    // Half a second is enough for all successful responses, even on a busy machine.
    const usual = AbortSignal.timeout.bind(AbortSignal)
    const spy = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => usual(Math.ceil(ms / 20)))
    afterThisTest(() => spy.mockRestore())
    await world.github()
    github.fault({ path: /\/compare\//, times: ALWAYS, action })
    const ended = await run({ 'repo-ref': 'topic' })
    expect(asked().some((request) => request.includes('/compare/'))).toBe(true)
    expect(ended.runner.outputs.status).toBe('deployed')
    const isTold = endOf(0)?.state === 'success' && (await heading()) === '### ✅ agent: deployed'
    const isSaid = warningsOf(ended).some((text) => /GitHub (could not be reached|did not answer)/.test(text))
    expect(isTold || isSaid).toBe(true)
  })
})

describe('an end that could not be reported', () => {
  const OUT_OF_ORDER = { status: 503, body: { message: 'Unavailable' } }

  test.each<[string, string, RegExp, Inputs]>([
    ['deployment', 'DEPLOYED', /\/statuses$/, { environment: 'staging', comment: 'false' }],
    ['deployment', 'DEPLOY_FAILED', /\/statuses$/, { environment: 'staging', comment: 'false' }],
    ['comment', 'DEPLOYED', /\/issues\/comments\//, { environment: '', comment: 'true' }],
    ['comment', 'DEPLOY_FAILED', /\/issues\/comments\//, { environment: '', comment: 'true' }]
  ])('is reported by the post step: the %s of a run that ends %s', async (_, final, path, inputs) => {
    const [status, mark, state] = final === 'DEPLOYED' ? ['deployed', '✅', 'success'] : ['failed', '❌', 'failure']
    await scenario({ revisions: [{ final }] })
    // The GitHub deployment has an earlier status, set when the revision became known.
    github.fault({ path, nth: inputs.comment === 'true' ? 1 : 2, times: 3, action: OUT_OF_ORDER })
    const ended = await deploy(inputs)
    expect(ended.runner.outputs.status).toBe(status)
    expect(warningsOf(ended).filter((text) => text.includes('503'))).toHaveLength(1)
    const stands = inputs.comment === 'true' ? 'comment' : 'deployment'
    expect(memoryOf(ended.runner)?.feedback).toMatchObject({
      plan: { asked: 'agent', place: place(), isPreview: false },
      state: { begun: true, [stands]: expect.any(Number) }
    })
    expect(memoryOf(ended.runner)).toMatchObject({ verdict: { status }, endedAt: expect.any(Number) })
    const ends = async () => [statesOf(0)?.at(-1), await heading()]
    expect(await ends()).toEqual(
      stands === 'comment' ? [undefined, '### ⏳ agent: deploying'] : ['in_progress', undefined]
    )
    const after = await postAfter(ended.runner.saved, inputs)
    expect(await ends()).toEqual(
      stands === 'comment' ? [undefined, `### ${mark} agent: ${status}`] : [state, undefined]
    )
    if (stands === 'deployment' && state === 'success') expect(endOf(0)?.environment_url).toMatch(/^http/)
    expect(after.texts('warning')).toEqual([])
  })

  test('causes one warning, and none by the post step', async () => {
    github.fault({ path: /\/statuses$/, nth: 2, times: ALWAYS, action: OUT_OF_ORDER })
    const inputs = { environment: 'staging', comment: 'false' }
    const ended = await deploy(inputs)
    expect(warningsOf(ended)).toEqual([
      'Could not set the status of the GitHub deployment: GitHub returned 503 (Unavailable).'
    ])
    const after = await postAfter(ended.runner.saved, inputs)
    expect(after.texts('warning')).toEqual([])
    expect(after.texts('info').join()).toContain('Could not set the status of the GitHub deployment')
  })

  test('is not left to the post step if nothing of the run is on GitHub', async () => {
    github.deny('deployments')
    github.deny('pull-requests')
    const ended = await deploy()
    expect(warningsOf(ended)).toHaveLength(2)
    expect(memoryOf(ended.runner)).not.toHaveProperty('feedback')
  })

  test('is not left to the post step if only forbidden channels remain', async () => {
    github.deny('deployments')
    const ended = await deploy()
    expect(warningsOf(ended)).toEqual([expect.stringContaining(LACKING.deployments)])
    expect(await heading()).toBe('### ✅ agent: deployed')
    github.clearRequests()
    const after = await postAfter(ended.runner.saved, { environment: 'staging', comment: 'true' })
    expect({ warnings: after.texts('warning'), asked: asked() }).toEqual({ warnings: [], asked: [] })
  })
})

test('a slow GitHub does not reduce the time of the rollout', async () => {
  await endless()
  github.fault({ path: /\/statuses$/, times: 2, action: { status: 503 } })
  // Lengthens the first pause of the GitHub client.
  const meanwhile = () => world.clock.duringPauses((nth) => (nth === 1 ? world.clock.skip(12_000) : undefined))
  const ended = await deploy({ timeout: '90s', comment: 'false' }, { meanwhile })
  expect(ended.runner.outputs.status).toBe('timed-out')
  expect(world.clock.pauses.slice(0, 2)).toEqual([1_000, 2_000])
  expect(Number(ended.runner.outputs['duration-seconds'])).toBeGreaterThanOrEqual(105)
  expect(Number(ended.runner.outputs['duration-seconds'])).toBeLessThan(120)
})

describe('the folder and the commit in the GitHub deployment', () => {
  const told = (index = 0) => at(github.deployments()[index]?.payload, 'langsmith', 'commit')

  test('are those of the upload', async () => {
    const workspace = makeTree(SMALLEST)
    const inputs = { 'source-type': 'internal_source', comment: 'false' }
    const ended = await run(inputs, { variables: { GITHUB_WORKSPACE: workspace, RUNNER_TEMP: makeTree({}) } })
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(told()).toBe(HEAD_COMMIT)
  })

  test('are those of the packed checkout, also after a killed run', async () => {
    const { folder, first } = makeRepository()
    const inputs = { 'source-type': 'internal_source', comment: 'false' }
    const variables = { GITHUB_WORKSPACE: folder, RUNNER_TEMP: makeTree({}), PATH: process.env.PATH ?? '' }
    const ended = await run(inputs, { variables })
    const [record] = github.deployments()
    expect([record?.sha, told()]).toEqual([first, first])

    // Killed before GitHub returned the ID of the new deployment.
    const begun = ended.runner.texts('state').find((text) => text.includes('"begun":true'))
    await github.reset()
    const { task, payload } = record ?? { task: '' }
    github.addDeployment({ sha: first, environment: 'staging', task, payload })
    await postAfter({ memory: String(begun) }, inputs)
    expect(statesOf(0)).toEqual(['inactive'])
  })

  test.each<[string, Inputs]>([
    ['an image', FROM_IMAGE],
    ['a redeploy, which deploys another commit', { command: 'redeploy' }],
    ['a wait, which deploys nothing itself', { command: 'wait' }]
  ])('name no commit for %s', async (_, inputs) => {
    await world.images(OLD_IMAGE, IMAGE)
    if (inputs.command === 'wait') {
      await scenario({ revisions: [{ step_ms: 20_000 }] })
      await deploy({ wait: 'false', environment: '', comment: 'false', 'image-uri': DIGEST })
    }
    await run({ ...inputs, comment: 'false' })
    expect(github.deployments()).toHaveLength(1)
    expect(told()).toBeNull()
  })
})

describe('a secret', () => {
  const SECRET = 'correct-horse-battery-staple'
  const KEPT = 'tr0ub4dor-and-three-more'

  test('is not in requests to GitHub, whatever the server returns', async () => {
    await world.images(OLD_IMAGE)
    const [deployment] = await deployments()
    await world.api.ask(200, 'PATCH', `/v2/deployments/${deployment?.id}`, { secrets: [{ name: 'KEPT', value: KEPT }] })
    world.clock.skip(LIFETIME_MS)
    const words = `key ${KEY}, token ${github.token}, ours ${SECRET}, kept ${KEPT}`
    await scenario({
      revisions: [{ final: 'DEPLOY_FAILED', deploy_log: [{ message: `ERROR ${words}`, level: 'ERROR' }] }]
    })
    await deploy({ secrets: `TOKEN=${SECRET}` })
    expect(await comment()).toContain('ERROR key ***, token ***, ours ***, kept ***')

    const refusal = { action: 'status', status: 422, body: { detail: `No: ${words}` } }
    await scenario({ faults: [{ method: 'PATCH', ...refusal }] })
    const refused = await deploy({ 'image-uri': DIGEST, secrets: `TOKEN=${SECRET}` })
    expect(refused.runner.outputs.status).toBe('error')
    expect(await heading()).toBe('### ❌ agent: error')

    const sent = JSON.stringify(github.requests().map(({ path, body }) => [path, body]))
    const saved = JSON.stringify(refused.runner.saved)
    for (const secret of [KEY, github.token, SECRET, KEPT]) {
      expect([sent.includes(secret), saved.includes(secret)]).toEqual([false, false])
    }
    expect(github.requests().length).toBeGreaterThan(10)
  })

  test('is not in a comment that quotes a log, even as a part of a JSON secret', async () => {
    const LEAF = 'MIIEvQIBADANBgkqhkiG9w0BAQ'
    const LINES = ['-----BEGIN PRIVATE KEY-----', 'AoIBAQC7VJTUt9Us8cKjMzEfYyjiWA4R4', '-----END PRIVATE KEY-----']
    const gcp = JSON.stringify({ type: 'service', private_key: LEAF, nested: [{ pem: `${LINES.join('\n')}\n` }] })
    const quoted = [
      `ERROR bad key ${LEAF}`,
      `ERROR in the middle of x${LEAF}y`,
      `ERROR line ${LINES[1]}`,
      `ERROR as JSON ${gcp}`,
      `ERROR as text ${JSON.stringify(gcp)}`,
      `ERROR in a URL https://example.com/?key=${encodeURIComponent(LEAF)}`,
      `ERROR as Base64 ${Buffer.from(LEAF).toString('base64')}`
    ]
    await scenario({
      revisions: [{ final: 'DEPLOY_FAILED', deploy_log: quoted.map((message) => ({ message, level: 'ERROR' })) }]
    })
    const ended = await deploy({ secrets: `GCP=${gcp}` })
    expect(ended.runner.outputs.status).toBe('failed')
    const body = withoutReferences((await comment()) ?? '')
    expect(body).toContain('ERROR bad key ***')
    expect(body).toContain('ERROR in the middle of x***y')
    const sent = withoutReferences(JSON.stringify(github.requests().map(({ path, body: words }) => [path, words])))
    for (const piece of [LEAF, LINES[1] ?? '', Buffer.from(LEAF).toString('base64').replace(/=+$/, '')]) {
      expect([body.includes(piece), sent.includes(piece)]).toEqual([false, false])
    }
  })

  test.each(['build', 'deploy'])(
    'is not in the comment on a failed %s whose log quotes the key of a JSON secret',
    async (kind) => {
      const LEAF = 'sixteen-and-more-of-a-key'
      await world.github()
      const log = [{ message: `ERROR the key is ${LEAF}`, level: 'ERROR' }]
      await scenario({ revisions: [{ final: `${kind.toUpperCase()}_FAILED`, [`${kind}_log`]: log }] })
      const ended = await run({ 'repo-ref': 'topic', secrets: `GCP={"private_key":"${LEAF}"}` })
      expect(ended.runner.outputs.status).toBe('failed')
      expect(await comment()).toContain('ERROR the key is ***')
      expect(withoutReferences((await comment()) ?? '')).not.toContain(LEAF)
    }
  )

  test('is not in a warning that quotes GitHub', async () => {
    github.fault({ times: ALWAYS, action: { status: 422, body: { message: `${github.token} is not welcome` } } })
    const ended = await deploy()
    const [first = ''] = warningsOf(ended)
    // The runner masks its log; it knows the token.
    expect(first).toContain('is not welcome')
    expect(ended.runner.told.findIndex(({ kind, text }) => kind === 'mask' && text === github.token)).toBeLessThan(
      ended.runner.told.findIndex(({ kind }) => kind === 'warning')
    )
  })
})
