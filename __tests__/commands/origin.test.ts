import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { makeTree } from '../deployment/archive/support.ts'
import { create, dockerBody, githubBody, type Json } from '../emulator/support.ts'
import { HEAD_COMMIT, pullRequest } from '../inputs/environment.ts'
import { type GithubServer, startGithubServer } from '../support/github-server.ts'
import { type RunOptions, runMain } from '../support/run.ts'
import { at, IMAGE, REPOSITORY, useWorld } from '../support/world.ts'

type Inputs = Readonly<Record<string, string>>

const world = useWorld({ repositories: [REPOSITORY, 'acme/other'] })
let github: GithubServer
beforeAll(async () => {
  github = await startGithubServer({ repository: REPOSITORY })
})
beforeEach(() => github.reset())
afterAll(() => github.close())

/** A push without a written name: the deployment is `support-agent`, after the repository. */
const run = (inputs: Inputs = {}, options: RunOptions = {}) =>
  runMain(
    world,
    { name: '', 'github-token': github.token, ...inputs },
    { ...options, variables: { GITHUB_API_URL: github.url, ...options.variables } }
  )

const seed = async (revision: Json = {}, name = 'support-agent', config: Json = {}) => {
  const body = githubBody({ name, secrets: [] })
  const repo_url = `https://github.com/${REPOSITORY}`
  const source_config = { ...(at(body, 'source_config') as Json), repo_url, ...config }
  const source_revision_config = { repo_ref: 'main', langgraph_config_path: 'agents/a/langgraph.json', ...revision }
  await create(world.api, { ...body, source_config, source_revision_config })
  world.clock.skip(60_000)
}

describe('a default name', () => {
  const OTHER_CONFIG = { 'langgraph-config': 'agents/b/langgraph.json' }
  const IN_THE_WAY =
    /"support-agent" was made from agents\/a\/langgraph\.json, and this run would deploy agents\/b\/langgraph\.json.*\n.*`name: support-agent` to replace it/

  test.each<[string, Inputs]>([
    ['at a deploy', {}],
    ['at a dry run', { 'dry-run': 'true' }]
  ])('never moves a deployment from GitHub to another configuration: %s', async (_, inputs) => {
    await seed()
    const { runner } = await run({ ...OTHER_CONFIG, ...inputs })
    expect(runner.outputs.status).toBe('error')
    expect(runner.texts('error').join()).toMatch(IN_THE_WAY)
    expect(await world.writes()).toEqual([])
  })

  test.each<[string, Inputs]>([
    ['the same configuration is written', { 'langgraph-config': './agents/a/langgraph.json' }],
    ['no configuration is written', {}],
    ['the name is written', { ...OTHER_CONFIG, name: 'support-agent' }]
  ])('is no error where %s', async (_, inputs) => {
    await seed()
    const { runner } = await run(inputs)
    expect(runner.outputs.status).toBe('deployed')
    expect(runner.texts('notice')).toEqual([])
  })

  test('never moves a deployment to another repository', async () => {
    await seed({}, 'support-agent', { repo_url: 'https://github.com/acme/other' })
    const { runner } = await run()
    expect(runner.texts('error').join()).toMatch(/`repo-url`: the deployment has https:.*acme\/other.*another `name`/s)
    expect(await world.writes()).toEqual([])
  })

  test('of a preview names the repository in its advice, to which the number is added', async () => {
    await seed({ repo_ref: 'topic/x' }, 'support-agent-pr-7')
    const { runner } = await run(
      { ...OTHER_CONFIG, preview: 'true' },
      { event: pullRequest(REPOSITORY), variables: { GITHUB_EVENT_NAME: 'pull_request' } }
    )
    expect(runner.texts('error').join()).toMatch(
      /"support-agent-pr-7" was made from.*`name: support-agent` to replace/s
    )
  })
})

describe('a default name of an archive', () => {
  const WORKSPACE = makeTree(
    Object.fromEntries(
      ['', 'agents/a/', 'agents/b/', 'checkout/'].flatMap((folder) => [
        [`${folder}langgraph.json`, '{"dependencies":["."],"graphs":{"agent":"./agent.py:graph"}}'],
        [`${folder}langgraph.prod.json`, '{"dependencies":["."],"graphs":{"agent":"./agent.py:graph"}}'],
        [`${folder}agent.py`, 'graph = 1']
      ])
    )
  )
  mkdirSync(join(WORKSPACE, 'checkout', '.git'))
  const archive = (config: string, inputs: Inputs = {}) =>
    run(
      { 'source-type': 'internal_source', 'langgraph-config': config, ...inputs },
      { variables: { GITHUB_WORKSPACE: WORKSPACE, GITHUB_SHA: HEAD_COMMIT } }
    )
  const ADVISED = /named after the repository, and the configuration is in agents\/a\. Write `name`/
  const SHOWN = { environment: 'production' }

  test('never moves a deployment to another folder, where an environment tells the folder', async () => {
    const first = await archive('agents/a/langgraph.json', SHOWN)
    expect([first.runner.outputs.status, first.runner.texts('notice')]).toEqual(['deployed', []])
    expect(at(github.deployments()[0]?.payload, 'langsmith', 'folder')).toBe('agents/a')

    const again = await archive('agents/a/langgraph.json', SHOWN)
    expect([again.runner.outputs.status, again.runner.texts('notice')]).toEqual(['deployed', []])

    const writes = await world.writes()
    const other = await archive('agents/b/langgraph.json', SHOWN)
    expect(other.runner.texts('error').join()).toMatch(
      /was made from the folder agents\/a, and this run would deploy the folder agents\/b/
    )
    const root = await archive('langgraph.json', SHOWN)
    expect(root.runner.texts('error').join()).toMatch(/this run would deploy the root of the workspace/)
    expect(await world.writes()).toEqual(writes)

    const named = await archive('agents/b/langgraph.json', { ...SHOWN, name: 'support-agent' })
    expect(named.runner.outputs.status).toBe('deployed')
  })

  test('never moves a deployment to another repository', async () => {
    await seed({ langgraph_config_path: 'langgraph.json' }, 'support-agent', {
      repo_url: 'https://github.com/acme/other'
    })
    const { runner } = await archive('langgraph.json')
    expect(runner.texts('error').join()).toMatch(
      /was made from https:\/\/github\.com\/acme\/other, and this run would deploy https:\/\/github\.com\/acme\/Support_Agent/
    )
    expect(await world.writes()).toEqual([])
  })

  test('never moves a deployment to another file', async () => {
    await archive('agents/a/langgraph.json')
    const { runner } = await archive('agents/a/langgraph.prod.json')
    expect(runner.texts('error').join()).toMatch(
      /was made from langgraph\.json, and this run would deploy langgraph\.prod\.json/
    )
  })

  test.each<[string, string, Inputs, number]>([
    ['is advised against once', 'agents/a/langgraph.json', {}, 1],
    ['is not advised against at the root', 'langgraph.json', {}, 0],
    ['is not advised against at the root of a checkout', 'checkout/langgraph.json', {}, 0],
    ['that is written is not advised against', 'agents/a/langgraph.json', { name: 'agent' }, 0]
  ])('%s', async (_, config, inputs, count) => {
    const { passed, runner } = await archive(config, inputs)
    expect(passed).toBe(true)
    expect(runner.texts('notice')).toHaveLength(count)
    if (count > 0) expect(runner.texts('notice')[0]).toMatch(ADVISED)
  })

  test('is advised against where GitHub does not tell the folder', async () => {
    await archive('agents/a/langgraph.json', SHOWN)
    github.fault({ method: 'GET', path: /\/deployments\?/, times: 1, action: { status: 404, body: {} } })
    const { runner } = await archive('agents/b/langgraph.json', SHOWN)
    expect(runner.outputs.status).toBe('deployed')
    expect(runner.texts('notice').join()).toMatch(/the configuration is in agents\/b/)
  })
})

describe('a name under which nothing can be created', () => {
  const CURE =
    /There is no deployment named "my_agent", which cannot name a deployment: a name has letters, digits and dashes.*\n.*`name: my-agent`/
  const NAMES = ['my_agent', 'my.agent', '1st', 'a'.repeat(64)]
  const wanted = (name: string) => ({ name, 'image-uri': IMAGE })

  test.each(NAMES)('is that of an older deployment, which is found and changed: %s', async (name) => {
    const id = await create(world.api, dockerBody({ name }))
    world.clock.skip(60_000)
    const { runner } = await run(wanted(name))
    expect(runner.outputs).toMatchObject({ status: 'deployed', created: 'false', 'deployment-id': id })
    expect(runner.texts('warning')).toEqual([])
  })

  test.each(['', 'true'])('is refused where there is no such deployment, at `dry-run: %s` too', async (dryRun) => {
    const { runner } = await run({ ...wanted('my_agent'), 'dry-run': dryRun })
    expect(runner.texts('error').join()).toMatch(CURE)
    expect((await world.requests()).length).toBe(1)
    expect(await world.writes()).toEqual([])
  })

  test('is refused as one that may not be created, where that is asked for', async () => {
    const { runner } = await run({ ...wanted('my_agent'), 'if-missing': 'fail' })
    expect(runner.texts('error').join()).toMatch(/no deployment named "my_agent".*`if-missing: fail`/)
  })

  test('has its origin told where the project gives it, before it is packed', async () => {
    const workspace = makeTree({
      'langgraph.json':
        '{"dependencies":["."],"graphs":{"agent":"./agent.py:graph"},"env":{"LANGSMITH_DEPLOYMENT_NAME":"my_agent"}}',
      'agent.py': ''
    })
    const archive = () => run({ 'source-type': 'internal_source' }, { variables: { GITHUB_WORKSPACE: workspace } })
    const refused = await archive()
    expect(refused.runner.texts('error').join()).toMatch(
      /"my_agent", which cannot name.*\n.*Write `my-agent` as LANGSMITH_DEPLOYMENT_NAME in `env` of langgraph\.json, or write `name`/
    )
    expect(refused.runner.texts('info').join('\n')).not.toMatch(/[Pp]acked/)
    expect((await world.requests()).length).toBe(1)
  })
})

describe('if-missing: fail', () => {
  const FAIL = { name: 'agent', 'image-uri': IMAGE, 'if-missing': 'fail' }

  test.each<[string, Inputs]>([
    ['a deploy', {}],
    ['a dry run', { 'dry-run': 'true' }]
  ])('keeps %s from creating a deployment', async (_, inputs) => {
    const { passed, runner } = await run({ ...FAIL, name: 'agnet', ...inputs })
    expect(passed).toBe(false)
    expect(runner.texts('error').join()).toMatch(/no deployment named "agnet".*`if-missing: fail`.*\n.*Check `name`/)
    expect(await world.writes()).toEqual([])
  })

  test('keeps an archive and a preview from creating one', async () => {
    const options = { event: pullRequest(REPOSITORY), variables: { GITHUB_EVENT_NAME: 'pull_request' } }
    const { runner } = await run({ ...FAIL, preview: 'true' }, options)
    expect(runner.texts('error').join()).toMatch(/no deployment named "agent-pr-7"/)
    const workspace = makeTree({
      'langgraph.json': '{"dependencies":["."],"graphs":{"agent":"./agent.py:graph"}}',
      'agent.py': ''
    })
    const archive = { name: 'agent', 'source-type': 'internal_source', 'if-missing': 'fail' }
    const packed = await run(archive, { variables: { GITHUB_WORKSPACE: workspace } })
    expect(packed.runner.texts('error').join()).toMatch(/no deployment named "agent"/)
    expect(await world.writes()).toEqual([])
  })

  test('lets a deployment be changed that exists', async () => {
    await world.images(IMAGE)
    expect((await run(FAIL)).runner.outputs).toMatchObject({ status: 'deployed', created: 'false' })
  })

  test('may not be misspelt', async () => {
    const { runner } = await run({ ...FAIL, 'if-missing': 'fial' })
    expect(runner.texts('error').join()).toBe('`if-missing` is "fial". Write one of `create`, `fail`.')
  })
})
