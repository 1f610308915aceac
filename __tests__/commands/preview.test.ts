import { beforeEach, describe, expect, test } from '@jest/globals'
import { makeFolder, makeTree, SMALLEST } from '../archive/support.ts'
import { create, dockerBody, type Json, records } from '../emulator/support.ts'
import { HEAD_COMMIT } from '../inputs/environment.ts'
import { CREATE, DELETE, PATCH, REDEPLOY, UPLOAD } from '../support/expected.ts'
import { useGithubServer } from '../support/github-server.ts'
import { errorOf, type Inputs, type Run, type RunOptions, runMain, said, warningOf } from '../support/run.ts'
import { words } from '../support/words.ts'
import { at, DIGEST, FROM_IMAGE, IMAGE, OLD_IMAGE, REPOSITORY, useWorld, type World } from '../support/world.ts'

const server = await useGithubServer({ repository: REPOSITORY, pullRequests: [7, 70] })
beforeEach(() => {
  for (const number of [7, 70]) server.changePullRequest(number, { head: HEAD_COMMIT })
})

const NAMES = ['', '-2', '-3', '-4', '-5', '-6', '-7', '-8', '-9'].map((end) => `agent-pr-7${end}`)

/** The ID of a run shows which run is later. */
let runs = 1_000

/** A run for pull request 7 of this repository, unless another one is given. */
const onPullRequest = (
  world: World,
  inputs: Inputs,
  { event, variables, number = 7, ...options }: RunOptions & { readonly number?: number } = {}
): Promise<Run> =>
  runMain(
    world,
    { preview: 'true', 'github-token': server.token, ...inputs },
    {
      ...options,
      event: event ?? {
        action: 'synchronize',
        number,
        pull_request: {
          number,
          user: { login: 'octocat' },
          head: { ref: 'topic/x', sha: HEAD_COMMIT, repo: { full_name: REPOSITORY } }
        },
        sender: { login: 'octocat' }
      },
      variables: {
        GITHUB_API_URL: server.url,
        GITHUB_EVENT_NAME: 'pull_request',
        GITHUB_REF: `refs/pull/${number}/merge`,
        GITHUB_RUN_ID: String(++runs),
        ...variables
      }
    }
  )

/** The helpers of the tests for a world. */
const of = (world: World) => {
  const all = async () => records((await world.api.ask(200, 'GET', '/v2/deployments?limit=100')).resources)
  const remove = (id: string) => world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
  return {
    deploy: (inputs: Inputs = FROM_IMAGE, options: Parameters<typeof onPullRequest>[2] = {}) =>
      onPullRequest(world, inputs, options),
    close: (inputs: Inputs = {}, options: Parameters<typeof onPullRequest>[2] = {}) =>
      onPullRequest(world, { command: 'delete', ...inputs }, options),
    /** Names of the existing deployments, unordered. */
    standing: async () =>
      (await all())
        .filter(({ status }) => status !== 'AWAITING_DELETE')
        .map(({ name }) => String(name))
        .sort(),
    seed: async (...names: readonly string[]) => {
      const ids: string[] = []
      for (const name of names) ids.push(await create(world.api, dockerBody({ name })))
      world.clock.skip(60_000)
      return ids
    },
    reserve: async (...names: readonly string[]) => {
      for (const name of names) await remove(await create(world.api, dockerBody({ name })))
    },
    remove,
    /** Names in create requests. */
    created: async () =>
      (await world.bodies()).flatMap((body) => {
        const name = at(body, 'name')
        return typeof name === 'string' ? [name] : []
      })
  }
}

describe('a deploy of a pull request', () => {
  const world = useWorld()
  const { deploy, standing, seed, created } = of(world)

  test('creates its own deployment, named after it', async () => {
    await seed('agent')
    const run = await deploy()
    expect(run.runner.outputs).toMatchObject({ status: 'deployed', 'deployment-name': 'agent-pr-7', created: 'true' })
    expect(await standing()).toEqual(['agent', 'agent-pr-7'])
    expect(await world.writes()).toEqual([CREATE])
  })

  test('reuses the deployment on the next push', async () => {
    const first = await deploy()
    const second = await deploy({ 'image-uri': OLD_IMAGE })
    expect(second.runner.outputs).toMatchObject({
      status: 'deployed',
      'deployment-id': first.runner.outputs['deployment-id'],
      created: 'false'
    })
    expect(await standing()).toEqual(['agent-pr-7'])
    expect(await world.writes()).toEqual([CREATE, PATCH])
  })

  test('is separate from other pull requests', async () => {
    await seed('agent-pr-70', 'agent-pr-7-10', 'agent-pr-7-1', 'agent-pr-7-x', 'other-agent-pr-7', 'agent-pr-71')
    await deploy()
    await deploy(FROM_IMAGE, { number: 70 })
    expect(await standing()).toContain('agent-pr-7')
    expect(await world.writes()).toEqual([CREATE, PATCH])
    expect(await created()).toEqual(['agent-pr-7'])
  })

  test('uses the name of the repository by default', async () => {
    await deploy({ ...FROM_IMAGE, name: '' })
    expect(await standing()).toEqual(['support-agent-pr-7'])
  })

  test('from GitHub builds the head branch of the pull request', async () => {
    await deploy({})
    expect((await world.bodies())[0]).toMatchObject({
      name: 'agent-pr-7',
      source_revision_config: { repo_ref: 'topic/x' }
    })
  })

  test('finds a deployment with a truncated name again', async () => {
    const name = `a${'-very'.repeat(20)}-long-name`
    const first = await deploy({ ...FROM_IMAGE, name })
    const second = await deploy({ ...FROM_IMAGE, name })
    const [made = ''] = await standing()
    expect(made).toMatch(/^a(-very)+.*-pr-7$/)
    expect(made.length).toBeLessThanOrEqual(61)
    expect(second.runner.outputs['deployment-id']).toBe(first.runner.outputs['deployment-id'])
    expect((await onPullRequest(world, { command: 'delete', name })).runner.outputs.status).toBe('deleted')
    expect(await standing()).toEqual([])
  })

  test('writes nothing in a dry run', async () => {
    const run = await deploy({ ...FROM_IMAGE, 'dry-run': 'true' })
    expect(run.runner.outputs.status).toBe('planned')
    expect(run.runner.texts('group').join()).toContain('agent-pr-7')
    expect(await world.writes()).toEqual([])
  })

  test('without changes ends as unchanged', async () => {
    await deploy({ 'image-uri': DIGEST })
    const run = await deploy({ 'image-uri': DIGEST, 'skip-unchanged': 'true' })
    expect(run.runner.outputs.status).toBe('unchanged')
    expect(await world.writes()).toEqual([CREATE])
  })

  test('is found from a comment on the pull request', async () => {
    const event = { issue: { number: 7, pull_request: {} }, comment: { body: 'deploy' } }
    await deploy(FROM_IMAGE, {
      event,
      variables: { GITHUB_EVENT_NAME: 'issue_comment', GITHUB_REF: 'refs/heads/main' }
    })
    expect(await standing()).toEqual(['agent-pr-7'])
  })

  test.each<[string, Inputs, Parameters<typeof onPullRequest>[2], RegExp]>([
    [
      'the event has no pull request',
      FROM_IMAGE,
      { event: {}, variables: { GITHUB_EVENT_NAME: 'push' } },
      /^`preview` requires a pull request, but this run has none \(event: push\)\. Run it on `pull_request`, or remove `preview` and set `name` to the full name\./
    ],
    [
      '`deployment-id` is set',
      { ...FROM_IMAGE, 'deployment-id': '00000000-0000-4000-8000-000000000000' },
      {},
      /^`deployment-id` cannot be combined with `preview: true`, which finds the deployment by name\. Remove one of them\./
    ],
    ['the name is invalid', { ...FROM_IMAGE, name: 'my_agent' }, {}, /`name` is "my_agent".*`name: my-agent`/]
  ])('is rejected without a request if %s', async (_, inputs, options, words) => {
    const run = await deploy(inputs, options)
    expect(errorOf(run)).toMatch(words)
    expect(await world.requests()).toEqual([])
  })

  describe('without a good response to the create', () => {
    const onCreate = (fault: Json) =>
      world.api.scenario({ faults: [{ method: 'POST', path: '/v2/deployments', ...fault }] })

    test('reuses the deployment of another run after 409', async () => {
      await onCreate({ action: 'status', status: 409, commit: true })
      const run = await deploy()
      expect(run.runner.outputs).toMatchObject({
        status: 'deployed',
        'deployment-name': 'agent-pr-7',
        created: 'false'
      })
      expect(await standing()).toEqual(['agent-pr-7'])
      expect(await world.writes()).toEqual([CREATE])
    })

    test.each([422, 403, 400])('does not try another name after %d', async (status) => {
      await onCreate({ action: 'status', status, times: null })
      const run = await deploy()
      expect(run.runner.outputs.status).toBe('error')
      expect(errorOf(run)).toContain(String(status))
      expect(await created()).toEqual(['agent-pr-7'])
    })

    test('does not try another name after repeated 503', async () => {
      await onCreate({ action: 'status', status: 503, times: null })
      const run = await deploy()
      expect(run.runner.outputs.status).toBe('error')
      expect(await created()).toEqual(['agent-pr-7', 'agent-pr-7', 'agent-pr-7'])
    })

    test('finds its deployment under the first name after a lost response', async () => {
      await onCreate({ action: 'cut', commit: { after_ms: 2_000 } })
      const run = await deploy()
      expect(run.runner.outputs).toMatchObject({ status: 'deployed', created: 'true' })
      expect(await standing()).toEqual(['agent-pr-7'])
    })
  })
})

describe.each([
  ['deleted at once', 0, /The name "agent-pr-7" is reserved after a deletion/, true],
  ['in deletion for an hour', 3_600_000, /Deployment "agent-pr-7" is being deleted, and its name stays reserved/, false]
] as const)('a reopened pull request on a server where deleted deployments are %s', (_, deleteMs, note, isTried) => {
  const world = useWorld({ deleteMs })
  const { deploy, close, standing, seed, reserve, created, remove } = of(world)

  test('uses the next name with a note, and keeps it', async () => {
    await deploy()
    await close()
    const reopened = await deploy()
    expect(reopened.runner.outputs).toMatchObject({
      status: 'deployed',
      'deployment-name': 'agent-pr-7-2',
      created: 'true'
    })
    expect(said(reopened)).toMatch(note)
    expect(reopened.runner.texts('warning')).toEqual([])

    const pushed = await deploy({ 'image-uri': OLD_IMAGE })
    expect(pushed.runner.outputs).toMatchObject({
      'deployment-id': reopened.runner.outputs['deployment-id'],
      created: 'false'
    })
    expect(said(pushed)).not.toContain('reserved')
    expect(await standing()).toEqual(['agent-pr-7-2'])
    expect(await world.writes()).toEqual([CREATE, DELETE, ...(isTried ? [CREATE] : []), CREATE, PATCH])

    await close()
    expect(await standing()).toEqual([])
    expect((await deploy()).runner.outputs['deployment-name']).toBe('agent-pr-7-3')
  })

  test('uses the ninth name if it is the last one', async () => {
    await reserve(...NAMES.slice(0, 8))
    const run = await deploy()
    expect(run.runner.outputs).toMatchObject({ status: 'deployed', 'deployment-name': 'agent-pr-7-9' })
    expect(await created()).toEqual(isTried ? NAMES : ['agent-pr-7-9'])
  })

  test('fails if all nine names are taken', async () => {
    await reserve(...NAMES)
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('error')
    expect(errorOf(run)).toContain('All names from agent-pr-7 to agent-pr-7-9 are taken for this preview.')
    expect(errorOf(run)).toMatch(/reserved for up to a week.*`name`.*`delete-tracing-project: true`/)
    expect(await created()).toEqual(isTried ? NAMES : [])
    expect(await standing()).toEqual([])
  })

  test('reuses the existing deployment of any name', async () => {
    await reserve('agent-pr-7', 'agent-pr-7-2')
    const [id] = await seed('agent-pr-7-4')
    const run = await deploy()
    expect(run.runner.outputs).toMatchObject({ 'deployment-id': id, 'deployment-name': 'agent-pr-7-4' })
    expect(await world.writes()).toEqual([PATCH])
  })

  test('reuses the first of several existing deployments', async () => {
    const [, id] = await seed('agent-pr-7-3', 'agent-pr-7-2')
    expect((await deploy()).runner.outputs['deployment-id']).toBe(id)
  })

  test('from the workspace is created before the upload, and is packed and uploaded once', async () => {
    await reserve('agent-pr-7')
    const variables = { GITHUB_WORKSPACE: makeTree(SMALLEST), RUNNER_TEMP: makeFolder() }
    const run = await deploy({ 'source-type': 'internal_source' }, { variables })
    expect(run.runner.outputs).toMatchObject({
      status: 'deployed',
      'deployment-name': 'agent-pr-7-2',
      created: 'true'
    })
    expect(said(run)).toMatch(note)
    expect(run.runner.texts('warning')).toEqual([])
    expect(run.runner.texts('info').filter((text) => text.startsWith('Packed'))).toHaveLength(1)
    expect(await world.writes()).toEqual([...(isTried ? [CREATE] : []), CREATE, UPLOAD, PATCH])
    expect(await standing()).toEqual(['agent-pr-7-2'])
  })

  test('from GitHub also uses the next name', async () => {
    await reserve('agent-pr-7')
    const run = await deploy({})
    expect(run.runner.outputs).toMatchObject({ status: 'deployed', 'deployment-name': 'agent-pr-7-2' })
  })

  test('is awaited under its present name', async () => {
    await reserve('agent-pr-7')
    const [id] = await seed('agent-pr-7-2')
    const run = await onPullRequest(world, { command: 'wait' })
    expect(run.runner.outputs).toMatchObject({ status: 'deployed', 'deployment-id': id })
    expect(await world.writes()).toEqual([])
  })

  test('is redeployed under its present name', async () => {
    await reserve('agent-pr-7')
    const [id = ''] = await seed('agent-pr-7-2', 'agent-pr-70', 'agent')
    await world.patch(id, { source_revision_config: { image_uri: IMAGE } })
    const run = await onPullRequest(world, { command: 'redeploy' })
    expect(run.runner.outputs).toMatchObject({ status: 'deployed', 'deployment-name': 'agent-pr-7-2' })
    expect(await world.revisions(id)).toHaveLength(3)
    expect(await world.writes()).toEqual([REDEPLOY])
  })

  test.each(['wait', 'redeploy'])('has no target for `%s` after it is closed', async (command) => {
    await reserve('agent-pr-7')
    await seed('agent', 'agent-pr-70')
    const run = await onPullRequest(world, { command })
    expect(run.runner.outputs.status).toBe('error')
    expect(errorOf(run)).toMatch(
      deleteMs === 0
        ? /Deployment "agent-pr-7" does not exist in this workspace\./
        : /The deletion of deployment "agent-pr-7" started on [\d-]+ [\d:]+ UTC\. Its name stays reserved/
    )
    expect(await world.writes()).toEqual([])
  })

  test('closed a second time deletes only existing deployments', async () => {
    const [first = ''] = await seed('agent-pr-7', 'agent-pr-7-2')
    await remove(first)
    const run = await close()
    expect(run.runner.outputs).toMatchObject({ status: 'deleted', 'deployment-name': 'agent-pr-7-2' })
    expect(await world.writes()).toEqual([DELETE])
    const again = await close()
    expect(again.runner.outputs.status).toBe('deleted')
    expect(await world.writes()).toEqual([DELETE])
  })
})

describe('a delete of a pull request', () => {
  const world = useWorld()
  const { close, standing, seed, deploy } = of(world)
  const OTHERS = words(`
    Agent-pr-7 agent agent-pr-6 agent-pr-7-1 agent-pr-7-10 agent-pr-7-2-3 agent-pr-7-22 agent-pr-7-x agent-pr-70
    agent-pr-77 an-agent-pr-7 other-agent-pr-7
  `)

  test('deletes only its own deployments', async () => {
    await seed(...OTHERS, ...NAMES)
    const run = await close()
    expect(run.runner.outputs.status).toBe('deleted')
    expect(await standing()).toEqual([...OTHERS].sort())
    expect(await world.writes()).toEqual(NAMES.map(() => DELETE))
    for (const name of NAMES) expect(said(run)).toContain(`"${name}"`)
  })

  test.each([false, true])(
    'finds deployments on a later page, also without a filter: %s',
    async (ignore_name_filter) => {
      await seed('agent-pr-7', 'agent-pr-7-2')
      const decoys = Array.from({ length: 105 }, (_, index) => `agent-pr-7-decoy-${index}`)
      await seed(...decoys)
      await world.api.scenario({ server: { ignore_name_filter } })
      await close()
      expect(await world.writes()).toEqual([DELETE, DELETE])
      expect(await standing()).toHaveLength(100)
      const { resources } = await world.api.ask(200, 'GET', '/v2/deployments?limit=100&offset=100')
      expect(records(resources).map(({ name }) => name)).toHaveLength(5)
      expect((await standing()).filter((name) => !name.includes('decoy'))).toEqual([])
    }
  )

  test('passes without an annotation if no deployment exists', async () => {
    await seed(...OTHERS)
    const run = await close()
    expect(run.runner.outputs.status).toBe('deleted')
    expect(run.runner.texts('notice')).toEqual([])
    expect(run.runner.texts('info').join('\n')).toContain(
      'Deployment "agent-pr-7" does not exist (also checked: "agent-pr-7-2" to "agent-pr-7-9"); nothing was deleted.'
    )
    expect(await world.writes()).toEqual([])
  })

  test('lists the deployments to delete in a dry run', async () => {
    const [first, second] = await seed('agent-pr-7', 'agent-pr-7-2', 'agent-pr-70')
    const run = await close({ 'dry-run': 'true', 'delete-tracing-project': 'true' })
    expect(run.runner.outputs.status).toBe('planned')
    expect(said(run)).toContain(
      `This run would delete deployments "agent-pr-7" (${first}), "agent-pr-7-2" (${second}) and their tracing projects.`
    )
    expect(said(run)).not.toContain('agent-pr-70')
    expect(await world.writes()).toEqual([])
    expect(await standing()).toHaveLength(3)
  })

  test('deletes the tracing projects with `delete-tracing-project`', async () => {
    await seed('agent-pr-7', 'agent-pr-7-2')
    await close({ 'delete-tracing-project': 'true' })
    const deletes = (await world.api.requests()).filter(({ method }) => method === 'DELETE')
    expect(deletes.map(({ query }) => query)).toEqual([
      { delete_tracing_project: 'true' },
      { delete_tracing_project: 'true' }
    ])
  })

  test('uses the name of the repository by default', async () => {
    await seed('support-agent', 'support-agent-pr-7', 'agent-pr-7')
    await close({ name: '' })
    expect(await standing()).toEqual(['agent-pr-7', 'support-agent'])
  })

  test('continues if a deployment no longer exists', async () => {
    await seed('agent-pr-7', 'agent-pr-7-2')
    await world.api.scenario({
      faults: [
        {
          method: 'DELETE',
          action: 'status',
          status: 404,
          commit: true,
          body: { detail: 'Deployment ID x not found.' }
        }
      ]
    })
    expect((await close()).runner.outputs.status).toBe('deleted')
    expect(await standing()).toEqual([])
  })

  test('reports the required role if it is refused', async () => {
    await seed('agent-pr-7')
    await world.api.scenario({ faults: [{ method: 'DELETE', action: 'status', status: 403, times: null }] })
    const run = await close()
    expect(errorOf(run)).toMatch(/Admin.*deployments:delete/)
  })

  test('without `preview` deletes only the deployment of the set name', async () => {
    await seed('agent-pr-7', 'agent-pr-7-2')
    await onPullRequest(world, { command: 'delete', preview: 'false', name: 'agent-pr-7' })
    expect(await standing()).toEqual(['agent-pr-7-2'])
  })

  test('follows the life of a preview: open, push, failed push, close, reopen, close', async () => {
    const steps: [string | undefined, string | undefined][] = []
    const step = async (running: Promise<Run>) => {
      const { outputs } = (await running).runner
      steps.push([outputs.status, outputs['deployment-name']])
    }
    await step(deploy())
    await step(deploy({ 'image-uri': OLD_IMAGE }))
    await world.api.scenario({ revisions: [{ nth: 3, final: 'DEPLOY_FAILED' }] })
    await step(deploy())
    await step(close())
    await step(deploy())
    await step(close())
    expect(steps).toEqual([
      ['deployed', 'agent-pr-7'],
      ['deployed', 'agent-pr-7'],
      ['failed', 'agent-pr-7'],
      ['deleted', 'agent-pr-7'],
      ['deployed', 'agent-pr-7-2'],
      ['deleted', 'agent-pr-7-2']
    ])
    expect(await standing()).toEqual([])
  })
})

describe('the check of the pull request before a write', () => {
  const world = useWorld()
  const { deploy, standing, close } = of(world)
  const NEXT = 'abc0000abc0000abc0000abc0000abc0000abc00'
  const IN_PLACE = { ...FROM_IMAGE, comment: 'true', environment: 'previews' }
  const looks = () => server.requests().filter(({ path }) => /\/pulls\/7$/.test(path)).length
  const commented = async () => (await server.comments(7)).map(({ body }) => body)
  const [archive] = [{ 'source-type': 'internal_source' }]
  const workspace = () => ({ GITHUB_WORKSPACE: makeTree(SMALLEST), RUNNER_TEMP: makeFolder() })

  test('happens once and reports nothing if the pull request matches the event', async () => {
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('deployed')
    expect(looks()).toBe(1)
    for (const kind of ['notice', 'warning'] as const) expect(run.runner.texts(kind)).toEqual([])
  })

  test.each(['closed', 'merged'] as const)('finds a %s pull request and skips the run silently', async (state) => {
    server.changePullRequest(7, { state })
    const run = await deploy(IN_PLACE)
    expect(run.runner.outputs.status).toBe('skipped')
    expect(said(run)).toContain(`pull request 7 is now ${state}, and a preview`)
    expect(run.runner.texts('warning')).toEqual([])
    expect(await standing()).toEqual([])
    expect(await world.writes()).toEqual([])
    expect(server.requests().map(({ method }) => method)).not.toContain('POST')
  })

  test('finds a newer head and supersedes the run', async () => {
    server.changePullRequest(7, { head: NEXT })
    const run = await deploy(IN_PLACE)
    expect(run).toMatchObject({ passed: true, runner: { outputs: { status: 'superseded' } } })
    expect(warningOf(run)).toContain(
      `the head of pull request 7 is now commit ${NEXT}, and this run is for ${HEAD_COMMIT}`
    )
    expect(await world.writes()).toEqual([])
    expect(await commented()).toEqual([])
    const failing = await deploy({ ...FROM_IMAGE, 'on-superseded': 'fail' })
    expect(failing).toMatchObject({ passed: false, runner: { outputs: { status: 'superseded' } } })
    const meant = await deploy({ ...FROM_IMAGE, 'allow-downgrade': 'true' })
    expect(meant.runner.outputs.status).toBe('deployed')
  })

  test('is repeated if GitHub still returns the previous head after a push', async () => {
    server.changePullRequest(7, { head: NEXT })
    const catchUp = () => server.changePullRequest(7, { head: HEAD_COMMIT })
    world.clock.onceInPause(() => true, catchUp)
    const run = await deploy()
    expect(run.runner.outputs.status).toBe('deployed')
    expect(run.runner.texts('warning')).toEqual([])
    expect(looks()).toBe(2)
  })

  test('finds a pull request that was merged during the retries of a create', async () => {
    const refusal = { action: 'status', status: 429, headers: { 'retry-after': '5' } }
    await world.api.scenario({ faults: [{ method: 'POST', path: '/v2/deployments', ...refusal }] })
    world.clock.onceInPause(
      () => true,
      async () => {
        server.changePullRequest(7, { state: 'merged' })
        await close(IN_PLACE)
      }
    )
    const run = await deploy(IN_PLACE)
    expect(run.runner.outputs.status).toBe('skipped')
    expect(await standing()).toEqual([])
    expect(await commented()).toEqual([expect.stringContaining('agent-pr-7: deleted')])
  })

  test('finds a pull request that was merged, and its preview deleted, during the rollout', async () => {
    const onceItRolls = async () => (await world.writes()).length > 0
    world.clock.onceInPause(onceItRolls, async () => {
      server.changePullRequest(7, { state: 'merged' })
      await close(IN_PLACE)
    })
    const run = await deploy(IN_PLACE)
    expect(run.runner.outputs.status).toBe('skipped')
    expect(said(run)).toContain('The preview of pull request 7 was deleted during the rollout')
    expect(await standing()).toEqual([])
    expect(await commented()).toEqual([expect.stringContaining('agent-pr-7: deleted')])
  })

  test('does not hide the failure of an existing preview of a merged pull request', async () => {
    await world.api.scenario({ revisions: [{ final: 'DEPLOY_FAILED' }] })
    world.clock.onceInPause(
      async () => (await world.writes()).length > 0,
      () => server.changePullRequest(7, { state: 'merged' })
    )
    expect((await deploy()).runner.outputs.status).toBe('failed')
    expect(await standing()).toEqual(['agent-pr-7'])
  })

  test('is reported in a dry run', async () => {
    server.changePullRequest(7, { state: 'closed' })
    const run = await deploy({ ...FROM_IMAGE, 'dry-run': 'true' })
    expect(run.runner.outputs.status).toBe('planned')
    expect(said(run)).toContain('This run would be skipped. Nothing was deployed: pull request 7 is now closed')
  })

  test('is repeated after an upload, during which the pull request was closed', async () => {
    await world.api.scenario({ faults: [{ method: 'POST', path: '**/upload-url', action: 'status', status: 503 }] })
    world.clock.onceInPause(
      () => true,
      () => {
        world.clock.skip(5_000)
        server.changePullRequest(7, { state: 'closed' })
      }
    )
    const run = await deploy(archive, { variables: workspace() })
    expect(run.runner.outputs.status).toBe('skipped')
    // Before the upload, after it, and once more for certainty.
    expect(looks()).toBe(3)
    expect(await world.writes()).not.toContain(PATCH)
    expect(warningOf(run)).toContain('This run created deployment "agent-pr-7", which has no revision yet.')
    await close()
    expect(await standing()).toEqual([])
  })

  test.each<[string, () => Inputs, RegExp]>([
    [
      'refuses to return',
      () => {
        server.deny('pull-requests')
        return {}
      },
      /continuing: GitHub returned 403 .*`permissions: pull-requests: read`/
    ],
    [
      'does not find',
      () => {
        server.fault({ path: /\/pulls\/7$/, times: Number.POSITIVE_INFINITY, action: { status: 404, body: {} } })
        return {}
      },
      /continuing: GitHub returned 404 .*`permissions: pull-requests: read`/
    ],
    [
      'does not return because it is unreachable',
      () => {
        server.fault({ path: /\/pulls\/7$/, times: Number.POSITIVE_INFINITY, action: 'cut' })
        return {}
      },
      /continuing: GitHub could not be reached/
    ],
    ['does not return without a token', () => ({ 'github-token': '' }), /continuing: `github-token` is empty/]
  ])('that GitHub %s causes one warning', async (_, act, warning) => {
    const run = await deploy({ ...archive, ...act() }, { variables: workspace() })
    expect(run.runner.outputs.status).toBe('deployed')
    expect(run.runner.texts('warning')).toHaveLength(1)
    expect(warningOf(run)).toMatch(warning)
  })

  test('deletes only its own GitHub deployment in a shared environment', async () => {
    await deploy(IN_PLACE)
    await deploy(IN_PLACE, { number: 70 })
    await close({ environment: 'previews' })
    expect(server.deployments()).toMatchObject([{ environment: 'previews' }, { environment: 'previews' }])
    expect(server.deployments().map(({ statuses }) => statuses.at(-1)?.state)).toEqual(['inactive', 'success'])
  })

  test('deploys an older commit after a force push, and the comment shows it', async () => {
    const imageOf = (commit: string) => ({ ...IN_PLACE, 'image-uri': `ghcr.io/acme/agent:${commit}` })
    server.history(HEAD_COMMIT, NEXT)
    server.changePullRequest(7, { head: NEXT })
    const ahead = {
      event: {
        action: 'synchronize',
        pull_request: {
          number: 7,
          user: { login: 'octocat' },
          head: { ref: 'topic/x', sha: NEXT, repo: { full_name: REPOSITORY } }
        }
      }
    }
    expect((await deploy(imageOf(NEXT), ahead)).runner.outputs.status).toBe('deployed')
    server.changePullRequest(7, { head: HEAD_COMMIT })
    world.clock.skip(60_000)
    const back = await deploy(imageOf(HEAD_COMMIT))
    expect(back.runner.outputs).toMatchObject({ status: 'deployed', 'image-uri': imageOf(HEAD_COMMIT)['image-uri'] })
    expect(await world.writes()).toEqual([CREATE, PATCH])
    const [comment = '', ...others] = await commented()
    expect(others).toEqual([])
    expect(comment).toContain('deployed')
    expect(comment).toContain(HEAD_COMMIT)
    expect(comment).not.toContain(NEXT)
  })
})

describe('a delete after the close of a pull request', () => {
  const world = useWorld()
  const { deploy, standing, close } = of(world)
  const TOLD = { ...FROM_IMAGE, comment: 'true', environment: 'previews' }
  const ofClosed = (state = 'closed') => ({
    variables: { GITHUB_EVENT_NAME: 'pull_request_target' },
    event: {
      action: 'closed',
      number: 7,
      pull_request: { number: 7, state, user: { login: 'octocat' }, head: { ref: 'topic/x', sha: HEAD_COMMIT } }
    }
  })
  const headings = async () => (await server.comments(7)).map(({ body }) => /^### .*$/m.exec(body)?.[0])

  test('keeps the preview and the comment of a reopened pull request', async () => {
    await deploy(TOLD)
    const late = await close({ ...TOLD, 'image-uri': '' }, ofClosed())
    expect(late).toMatchObject({ passed: true, runner: { outputs: { status: 'skipped' } } })
    expect(said(late)).toContain('Pull request 7 is open again, so its preview stays; nothing was deleted.')
    for (const kind of ['notice', 'warning', 'error'] as const) expect(late.runner.texts(kind)).toEqual([])
    expect(await standing()).toEqual(['agent-pr-7'])
    expect(await headings()).toEqual(['### ✅ agent-pr-7: deployed'])
    expect(server.deployments().map(({ statuses }) => statuses.at(-1)?.state)).toEqual(['success'])
    const planned = await close({ 'dry-run': 'true' }, ofClosed())
    expect(planned.runner.outputs).toMatchObject({ status: 'planned', 'plan-changes': '0' })
  })

  test('reads the pull request again if GitHub lags behind, and deletes the preview', async () => {
    await deploy()
    world.clock.onceInPause(
      () => true,
      () => server.changePullRequest(7, { state: 'closed' })
    )
    expect((await close({}, ofClosed())).runner.outputs.status).toBe('deleted')
    expect(await standing()).toEqual([])
  })

  test.each<[string, () => unknown]>([
    ['refuses', () => server.deny('pull-requests')],
    ['does not respond', () => server.fault({ path: /\/pulls\/7$/, times: Number.POSITIVE_INFINITY, action: 'cut' })]
  ])('trusts the event without a warning if GitHub %s', async (_, act) => {
    await deploy()
    act()
    const run = await close({}, ofClosed())
    expect(run.runner.outputs.status).toBe('deleted')
    expect(run.runner.texts('warning')).toEqual([])
  })

  test('deletes the preview of an open pull request if the event has the state open, as for a label', async () => {
    await deploy()
    expect((await close({}, ofClosed('open'))).runner.outputs.status).toBe('deleted')
  })

  test('shows only the latest result in the comment after reruns', async () => {
    const again = (id: number) => ({ GITHUB_RUN_ID: String(id), GITHUB_RUN_ATTEMPT: '2' })
    await deploy(TOLD, { variables: { GITHUB_RUN_ID: '500' } })
    const { event, variables } = ofClosed()
    server.changePullRequest(7, { state: 'closed' })
    await close({ comment: 'true' }, { event, variables: { ...variables, GITHUB_RUN_ID: '501' } })
    expect(await headings()).toEqual(['### 🗑️ agent-pr-7: deleted'])
    server.changePullRequest(7, { state: 'open' })
    const run = await deploy(TOLD, { variables: again(500) })
    expect(run.runner.outputs.status).toBe('deployed')
    expect(await headings()).toEqual(['### ✅ agent-pr-7-2: deployed'])
    await deploy(TOLD, { variables: { GITHUB_RUN_ID: '502' } })
    server.changePullRequest(7, { state: 'closed' })
    await close({ comment: 'true' }, { event, variables: { ...variables, ...again(501) } })
    expect(await headings()).toEqual(['### 🗑️ agent-pr-7-2: deleted'])
  })
})
