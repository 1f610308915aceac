import { beforeEach, describe, expect, test } from '@jest/globals'
import { makeChanges, retirements } from '../../src/github/changes.ts'
import {
  createDeployment,
  type DeploymentMark,
  type NewDeployment,
  setStatus,
  taskOf
} from '../../src/github/deployments.ts'
import { commitOfRevision, findUnanswered, folderOfDeployment } from '../../src/github/history.ts'
import { createGithubSession, type GithubSession } from '../../src/github/session.ts'
import { lookAtStanding } from '../../src/github/standing.ts'
import { REVISION_ID } from '../deployment/samples.ts'
import { skippingClock } from '../support/clock.ts'
import { type GithubServer, useGithubServer } from '../support/github-server.ts'
import { at } from '../support/json.ts'

const server = await useGithubServer()
let session: GithubSession
let warnings: string[]
beforeEach(() => {
  warnings = []
  session = createGithubSession({
    access: { apiUrl: server.url, token: server.token, repository: server.repository },
    clock: skippingClock(),
    cancelled: new AbortController().signal,
    cancelledAt: () => undefined,
    warn: (text) => warnings.push(text)
  })
})

const SHA = 'a1'.repeat(20)
const MARK: DeploymentMark = { name: 'agent', place: 'api.host.langchain.com' }
const TASK = taskOf(MARK)
const FILTER = { environment: 'staging', mark: MARK }
const OURS = { langsmith: { ...MARK, commit: null, deployment_id: null, revision_id: null } }
const NEW: NewDeployment = {
  environment: 'staging',
  ref: SHA,
  transient: false,
  mark: MARK,
  commit: undefined,
  deploymentId: undefined,
  revisionId: undefined
}

const deploymentOf = (id: number | undefined) => server.deployments().find((one) => one.id === id)
const statesOf = (id: number | undefined) => deploymentOf(id)?.statuses.map(({ state }) => state)
const asked = () => server.requests().map(({ method, path }) => `${method} ${path.replace('/repos/acme/agents', '')}`)

describe('a new deployment', () => {
  test('is created from the ref without a merge and without required checks', async () => {
    const id = await createDeployment(session, NEW)
    expect(server.deployments()).toMatchObject([{ id, sha: SHA, environment: 'staging', login: 'github-actions[bot]' }])
    expect(server.requests().map(({ body }) => body)).toEqual([
      {
        ref: SHA,
        environment: 'staging',
        task: TASK,
        auto_merge: false,
        required_contexts: [],
        description: 'agent on LangSmith Deployment',
        payload: OURS
      }
    ])
    expect(warnings).toEqual([])
  })

  test('names its deployment and revision in LangSmith if they are known', async () => {
    const id = await createDeployment(session, { ...NEW, commit: SHA, deploymentId: 'd-1', revisionId: REVISION_ID })
    expect(deploymentOf(id)?.payload).toEqual({
      langsmith: { ...MARK, commit: SHA, deployment_id: 'd-1', revision_id: REVISION_ID }
    })
  })

  test('of a preview is transient and not production', async () => {
    const id = await createDeployment(session, { ...NEW, environment: 'production', transient: true })
    expect(deploymentOf(id)).toMatchObject({ transient_environment: true, production_environment: false })
  })

  test.each([
    ['production', true],
    ['staging', false]
  ])('of a permanent environment lets GitHub decide if it is production: %s', async (environment, isProduction) => {
    const id = await createDeployment(session, { ...NEW, environment })
    expect(deploymentOf(id)).toMatchObject({
      transient_environment: false,
      production_environment: isProduction
    })
  })

  test.each(['preview/agent pr 7', '../../../secrets', 'a?b=c&d#e', '</details>`|@octocat', '日本 👩‍🚀'])(
    'keeps the name of its environment unchanged: %s',
    async (environment) => {
      const id = await createDeployment(session, { ...NEW, environment })
      expect(deploymentOf(id)?.environment).toBe(environment)
      const { deployments = [] } = await lookAtStanding(session, { deployments: { environment, mark: MARK } })
      await makeChanges(session, retirements(deployments, { description: 'gone' }))
      expect(statesOf(id)).toEqual(['inactive'])
    }
  )

  test.each<[string, Parameters<GithubServer['fault']>[0]['action']]>([
    ['is refused', { status: 409, body: { message: 'Conflict: Commit status checks failed for main.' } }],
    ['causes a merge', { status: 202, body: { message: 'Auto-merged main into topic on deployment.' } }],
    ['returns a page', { status: 200, body: '<html></html>', headers: { 'content-type': 'text/html' } }],
    ['returns an empty body', { status: 201 }]
  ])('does not exist if the request %s', async (_, action) => {
    server.fault({ action })
    expect(await createDeployment(session, NEW)).toBeUndefined()
    expect(server.requests()).toHaveLength(1)
  })

  test.each([
    { status: 200, body: `<html>${'x'.repeat(20_000)}</html>`, headers: { 'content-type': 'text/html' } },
    { status: 201 }
  ])('is missing, with a short warning, after an invalid response: %#', async (action) => {
    server.fault({ action })
    expect(await createDeployment(session, NEW)).toBeUndefined()
    expect(warnings.map((text) => text.slice(0, 300))).toEqual(warnings)
    expect(warnings).toEqual([expect.not.stringMatching(/'in' operator|could not be reached/)])
  })

  test('is requested only once, because a cut connection may have created it', async () => {
    server.fault({ action: 'lose' })
    expect(await createDeployment(session, NEW)).toBeUndefined()
    expect(server.deployments()).toHaveLength(1)
    expect(warnings).toEqual([expect.stringMatching(/^Could not create the GitHub deployment: /)])
  })

  test('names the missing permission', async () => {
    server.deny('deployments')
    expect(await createDeployment(session, NEW)).toBeUndefined()
    expect(warnings).toEqual([
      "Could not create the GitHub deployment: GitHub returned 403 (Resource not accessible by integration). The job's token needs `permissions: deployments: write` (x-accepted-github-permissions: deployments=write)."
    ])
  })
})

describe('a status', () => {
  const set = (id: number, change: Partial<Parameters<typeof setStatus>[2]> = {}) =>
    setStatus(session, id, {
      state: 'in_progress',
      description: 'Deploying agent',
      environmentUrl: undefined,
      logUrl: undefined,
      ...change
    })

  test('contains the addresses of the agent and of the log', async () => {
    const id = server.addDeployment({ sha: SHA, environment: 'staging' })
    const urls = {
      environmentUrl: 'https://agent.example.com',
      logUrl: 'https://github.com/acme/agents/actions/runs/1'
    }
    expect(await set(id, { state: 'success', ...urls })).toBe(true)
    expect(deploymentOf(id)?.statuses).toMatchObject([
      {
        state: 'success',
        description: 'Deploying agent',
        environment: 'staging',
        environment_url: urls.environmentUrl,
        log_url: urls.logUrl
      }
    ])
  })

  test('omits both addresses if there are none', async () => {
    const id = server.addDeployment({ sha: SHA })
    expect(await set(id)).toBe(true)
    expect(server.requests()[0]?.body).toEqual({
      state: 'in_progress',
      description: 'Deploying agent',
      auto_inactive: false
    })
  })

  test('of success does not change the deployments of others', async () => {
    const theirs = server.addDeployment({ sha: SHA, environment: 'staging', statuses: [{ state: 'success' }] })
    const id = server.addDeployment({ sha: SHA, environment: 'staging' })
    await set(id, { state: 'success' })
    expect([statesOf(theirs), statesOf(id)]).toEqual([['success'], ['success']])
  })

  test.each([
    ['x'.repeat(140), 'x'.repeat(140)],
    ['x'.repeat(141), `${'x'.repeat(139)}…`],
    ['x'.repeat(70_000), `${'x'.repeat(139)}…`]
  ])('has a description of at most 140 characters', async (description, expected) => {
    const id = server.addDeployment({ sha: SHA })
    expect(await set(id, { description })).toBe(true)
    expect(deploymentOf(id)?.statuses[0]?.description).toBe(expected)
  })

  test('does not end in half a character', async () => {
    const id = server.addDeployment({ sha: SHA })
    expect(await set(id, { description: `${'x'.repeat(138)}${'👩'.repeat(10)}` })).toBe(true)
    expect(deploymentOf(id)?.statuses[0]?.description.isWellFormed()).toBe(true)
  })

  test('is set once after temporary failures', async () => {
    const id = server.addDeployment({ sha: SHA })
    server.fault({ times: 2, action: { status: 502 } })
    expect(await set(id)).toBe(true)
    expect(statesOf(id)).toEqual(['in_progress'])
  })

  test('that GitHub refuses causes a warning', async () => {
    const id = server.addDeployment({ sha: SHA })
    server.deny('deployments')
    expect(await set(id)).toBe(false)
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Could not set the status of the GitHub deployment: .*`permissions: deployments: write` \(x-accepted-github-permissions: deployments=write\)\.$/
      )
    ])
  })
})

describe('older deployments', () => {
  /** Adds a deployment of this action, or another one, to the environment `staging`. */
  const add = (state: 'success' | 'failure' | 'inactive' | 'in_progress' | undefined, payload: unknown = OURS) =>
    server.addDeployment({
      sha: SHA,
      environment: 'staging',
      task: TASK,
      payload,
      statuses: state ? [{ state, auto_inactive: false }] : []
    })
  const OTHER = { ...MARK, name: 'agent-pr-8' }
  const withMark = (change: Partial<DeploymentMark>) => ({ langsmith: { ...OURS.langsmith, ...change } })
  const retire = async (before?: number) => {
    const { deployments = [] } = await lookAtStanding(session, { deployments: FILTER })
    const description = 'A newer revision is active'
    await makeChanges(session, retirements(deployments, { description, ...(before ? { before } : {}) }))
  }

  test('of this action become inactive, even before failed ones', async () => {
    const oldest = add('success')
    const served = add('success')
    const failed = add('failure')
    const killed = add('in_progress')
    const silent = add(undefined)
    const gone = add('inactive')
    const current = add('success')
    await retire(current)
    expect([oldest, served, failed, killed, silent, gone, current].map(statesOf)).toEqual([
      ['success', 'inactive'],
      ['success', 'inactive'],
      ['failure'],
      ['in_progress', 'inactive'],
      ['inactive'],
      ['inactive'],
      ['success']
    ])
    expect(deploymentOf(served)?.statuses.at(-1)?.description).toBe('A newer revision is active')
    expect(warnings).toEqual([])
  })

  test('of others stay unchanged', async () => {
    const others = [
      {},
      'deployed by hand',
      '{"langsmith": ',
      { langsmith: 'agent' },
      { name: MARK.name, place: MARK.place },
      withMark({ name: 'other-agent' }),
      withMark({ name: 'agen' }),
      withMark({ place: 'eu.api.host.langchain.com' }),
      withMark({ place: `${MARK.place}/5b7e2c84-61d3-4f0a-9c8e-2a1f4d6b9e01` })
    ].map((payload) => add('success', payload))
    const elsewhere = server.addDeployment({
      sha: SHA,
      environment: 'production',
      task: TASK,
      payload: OURS,
      statuses: [{ state: 'success' }]
    })
    await retire(add('success'))
    await retire()
    expect([...others, elsewhere].map(statesOf)).toEqual(Array(10).fill(['success']))
  })

  test('are recognized if the server returns the payload as text', async () => {
    const served = add('success', JSON.stringify(OURS))
    await retire(add('success'))
    expect(statesOf(served)).toEqual(['success', 'inactive'])
  })

  test('do not include newer ones', async () => {
    const current = add('success')
    const younger = [add('in_progress'), add('success')]
    await retire(current)
    expect(younger.map(statesOf)).toEqual([['in_progress'], ['success']])
  })

  test('all become inactive after a deletion', async () => {
    const ids = [add('success'), add('failure'), add('success'), add('in_progress'), add(undefined)]
    await retire()
    expect(ids.map((id) => statesOf(id)?.at(-1))).toEqual(['inactive', 'failure', 'inactive', 'inactive', 'inactive'])
  })

  test.each([
    ['that failed', 90, 3, () => add('failure')],
    // The first page of one hundred contains no success, so that a second page is read.
    ['that failed', 130, 5, () => add('failure')],
    ['of other tools', 130, 3, () => server.addDeployment({ sha: SHA, environment: 'staging' })],
    ['of other previews', 130, 3, () => server.addDeployment({ sha: SHA, environment: 'staging', task: taskOf(OTHER) })]
  ])('are found behind newer ones %s (%d), with %d requests', async (_, count, requests, addOther) => {
    const served = add('success')
    for (let nth = 0; nth < count; nth += 1) addOther()
    const current = add(undefined)
    await retire(current)
    expect(statesOf(served)).toEqual(['success', 'inactive'])
    expect(asked()).toHaveLength(requests)
    expect(warnings).toEqual([])
  })

  test('are found on pages that are shorter than requested', async () => {
    const served = add('success')
    for (let nth = 0; nth < 5; nth += 1) add('failure')
    server.shortenPages(2)
    await retire(add('in_progress'))
    expect(statesOf(served)).toEqual(['success', 'inactive'])
  })

  test('are not searched beyond a success, which has already retired older ones', async () => {
    for (let nth = 0; nth < 6; nth += 1) add('success')
    server.shortenPages(2)
    await retire(add('in_progress'))
    expect(asked().filter((request) => request.startsWith('GET'))).toHaveLength(1)
  })

  test('become inactive in one request', async () => {
    const ids = Array.from({ length: 40 }, () => add('success'))
    await retire()
    expect(new Set(ids.map((id) => statesOf(id)?.at(-1)))).toEqual(new Set(['inactive']))
    expect(asked()).toEqual([expect.stringMatching(/^GET /), 'POST /graphql', 'POST /graphql'])
  })

  test('become inactive one by one if the server lacks the mutation', async () => {
    const ids = [add('success'), add('in_progress')]
    const errors = [{ message: "Field 'createDeploymentStatus' doesn't exist on type 'Mutation'" }]
    server.fault({ path: /graphql/, nth: 2, action: { status: 200, body: { errors } } })
    await retire()
    expect(ids.map((id) => statesOf(id)?.at(-1))).toEqual(['inactive', 'inactive'])
    expect(warnings).toEqual([])
  })

  test('that cannot become inactive cause a warning', async () => {
    add('success')
    const current = add('success')
    server.deny('deployments', 'write')
    await retire(current)
    expect(warnings).toEqual([
      expect.stringMatching(
        /^Could not set older GitHub deployments to inactive: .*`permissions: deployments: write` \(x-accepted-github-permissions: deployments=write\)\.$/
      )
    ])
  })
})

describe('findUnanswered()', () => {
  const look = () => findUnanswered(session, NEW)
  const add = (given: Partial<Parameters<GithubServer['addDeployment']>[0]> = {}) =>
    server.addDeployment({ sha: SHA, environment: 'staging', task: TASK, payload: OURS, ...given })

  test('finds a deployment without a status', async () => {
    server.fault({ action: 'lose' })
    expect(await createDeployment(session, NEW)).toBeUndefined()
    // A new session, because the first one pauses its requests.
    const later = createGithubSession({
      access: { apiUrl: server.url, token: server.token, repository: server.repository },
      clock: skippingClock(),
      cancelled: new AbortController().signal,
      cancelledAt: () => undefined,
      warn: (text) => warnings.push(text)
    })
    expect(await findUnanswered(later, NEW)).toBe(server.deployments()[0]?.id)
  })

  test.each<[string, Parameters<typeof add>[0]]>([
    ['with a status', { statuses: [{ state: 'in_progress' }] }],
    ['of another commit', { sha: 'b2'.repeat(20) }],
    ['of another environment', { environment: 'production' }],
    ['of another agent', { payload: { langsmith: { ...MARK, name: 'other' } } }],
    ['of another tool', { payload: {} }]
  ])('ignores a deployment %s', async (_, given) => {
    add(given)
    expect(await look()).toBeUndefined()
    expect(warnings).toEqual([])
  })

  test('finds it among deployments of the same commit by others', async () => {
    const ours = add()
    add({ payload: { langsmith: { ...MARK, name: 'other' } } })
    expect(await look()).toBe(ours)
  })
})

describe('the commit of a revision', () => {
  const look = (revisionId = REVISION_ID) => commitOfRevision(session, FILTER, revisionId, 'It is not known')
  const add = (sha: string, given: Partial<Parameters<GithubServer['addDeployment']>[0]> = {}) =>
    server.addDeployment({
      sha,
      environment: 'staging',
      task: TASK,
      payload: { langsmith: { ...OURS.langsmith, commit: sha } },
      ...given
    })
  const told = (revision: string) => [
    { state: 'in_progress', description: 'Deploying agent' } as const,
    { state: 'success', description: `Revision ${revision}: deployed after 2 min` } as const
  ]
  const OTHER = 'b2'.repeat(20)

  test('is that of the deployment whose status names the revision', async () => {
    add(SHA, { statuses: told(REVISION_ID) })
    add(OTHER, { statuses: told('22222222-2222-4222-8222-222222222222') })
    expect(await look()).toBe(SHA)
  })

  test.each<[string, Parameters<typeof add>[1]]>([
    ['of another environment', { environment: 'production' }],
    ['of another agent', { payload: { langsmith: { ...MARK, name: 'other', commit: SHA } } }],
    ['of another control plane', { payload: { langsmith: { ...MARK, place: 'elsewhere', commit: SHA } } }],
    ['that redeployed an older revision', { payload: OURS }],
    ['of another tool', { payload: {} }]
  ])('is not taken from a deployment %s', async (_, given) => {
    add(SHA, { statuses: told(REVISION_ID), ...given })
    expect(await look()).toBe('unknown')
    expect(warnings).toEqual([])
  })

  test('is found among deployments of others', async () => {
    add(SHA, { statuses: told(REVISION_ID) })
    for (let count = 0; count < 5; count += 1) {
      add(OTHER, { payload: { langsmith: { ...MARK, name: `agent-${count}` } }, statuses: told('of another') })
    }
    expect(await look()).toBe(SHA)
  })

  test('is the deployed commit, not the commit of the run that redeployed it', async () => {
    add(OTHER, { statuses: told(REVISION_ID), payload: { langsmith: { ...OURS.langsmith, commit: SHA } } })
    expect(await look()).toBe(SHA)
  })

  test.each([30, 130])('is found behind %d newer deployments of this action and of others', async (count) => {
    add(SHA, { statuses: told(REVISION_ID) })
    for (let later = 0; later < count; later += 1) {
      add(OTHER, { statuses: [{ state: 'failure', description: `Revision ${later}: failed` }] })
      add(OTHER, { payload: {}, task: 'deploy', statuses: told('of another') })
    }
    expect(await look()).toBe(SHA)
  })

  test('is unknown, with a warning, after a server error', async () => {
    server.fault({ times: 3, action: { status: 500, body: { message: 'Server Error' } } })
    expect(await look()).toBeUndefined()
    expect(warnings).toEqual(['It is not known: GitHub returned 500 (Server Error).'])
  })
})

describe('the folder of a deployment', () => {
  const look = () => folderOfDeployment(session, FILTER)
  const SUCCESS = [{ state: 'in_progress' }, { state: 'success' }] as const
  const FAILURE = [{ state: 'in_progress' }, { state: 'failure' }] as const
  type Statuses = NonNullable<Parameters<GithubServer['addDeployment']>[0]['statuses']>
  const add = (folder: string | undefined, statuses: Statuses) =>
    server.addDeployment({
      sha: SHA,
      environment: 'staging',
      task: TASK,
      payload: { langsmith: { ...OURS.langsmith, ...(folder === undefined ? {} : { folder }) } },
      statuses
    })

  test('is that of the newest successful run', async () => {
    add('agents/a', [...SUCCESS, { state: 'inactive' }])
    add('agents/b', SUCCESS)
    add('agents/c', FAILURE)
    add('agents/c', [{ state: 'in_progress' }, { state: 'inactive' }])
    expect(await look()).toBe('agents/b')
  })

  test('is that of a successful run that later became inactive', async () => {
    add('agents/a', [...SUCCESS, { state: 'inactive' }])
    add('agents/b', FAILURE)
    expect(await look()).toBe('agents/a')
  })

  test('is that of the newest run if none succeeded', async () => {
    add('agents/a', FAILURE)
    add('agents/b', [{ state: 'in_progress' }])
    expect(await look()).toBe('agents/b')
  })

  test('costs one list and one query', async () => {
    add('agents/a', SUCCESS)
    add(undefined, SUCCESS)
    add('agents/a', FAILURE)
    expect(await look()).toBe('agents/a')
    expect(asked()).toHaveLength(2)
  })
})

test('a deployment and its status never contain the token', async () => {
  const id = await createDeployment(session, NEW)
  await setStatus(session, id ?? 0, {
    state: 'success',
    description: 'x',
    environmentUrl: undefined,
    logUrl: undefined
  })
  const bodies = server.requests().map(({ body }) => JSON.stringify(body))
  expect(bodies.join()).not.toContain(server.token)
  expect(at(JSON.parse(bodies[0] ?? ''), 'payload', 'langsmith')).toEqual(OURS.langsmith)
})
