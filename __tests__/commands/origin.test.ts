import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { makeTree } from '../archive/support.ts'
import { create, dockerBody, githubBody, type Json } from '../emulator/support.ts'
import { COMMIT, HEAD_COMMIT, pullRequest } from '../inputs/environment.ts'
import { useGithubServer } from '../support/github-server.ts'
import { type Inputs, type RunOptions, runMain } from '../support/run.ts'
import { at, IMAGE, REPOSITORY, useWorld } from '../support/world.ts'

const world = useWorld({ repositories: [REPOSITORY, 'acme/other'] })
const github = await useGithubServer({ repository: REPOSITORY })

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

describe('a branch that a run brings along', () => {
  const FEATURE = { GITHUB_REF: 'refs/heads/feature/x' }
  const event = { repository: { full_name: REPOSITORY, default_branch: 'main' } }
  const warningsAt = async (variables: Inputs, inputs: Inputs = {}) => {
    await world.api.scenario({ revisions: [{ commit: COMMIT }] })
    const { runner } = await run(inputs, { event, variables })
    expect(runner.outputs.status).toBe(inputs['dry-run'] ? 'planned' : 'deployed')
    return runner.texts('warning')
  }

  test.each<[string, Inputs, Inputs, RegExp]>([
    [
      'a push',
      FEATURE,
      {},
      /"support-agent" was built from "main" and is built from "feature\/x" from now on\. Add `branches: \[main\]` at `on: push`, or set `repo-ref: feature\/x` if/
    ],
    [
      'a run by hand',
      { ...FEATURE, GITHUB_EVENT_NAME: 'workflow_dispatch' },
      {},
      /Add `if: github\.ref_name == 'main'` at the job/
    ],
    ['a dry run', FEATURE, { 'dry-run': 'true' }, /would be built from "feature\/x"/]
  ])('is warned of once where the deployment is built from another one: %s', async (_, variables, inputs, text) => {
    await seed()
    expect(await warningsAt(variables, inputs)).toEqual([expect.stringMatching(text)])
  })

  const GIT_FLOW = { repository: { full_name: REPOSITORY, default_branch: 'develop' } }
  test.each<[string, string, Inputs, Json, RegExp]>([
    [
      'a push of a feature',
      'main',
      FEATURE,
      GIT_FLOW,
      /"main" and is built from "feature\/x".*`branches: \[main\]` at/
    ],
    [
      'a push of the default branch',
      'main',
      { GITHUB_REF: 'refs/heads/develop' },
      GIT_FLOW,
      /"main" and is built from "develop" from now on\. Add `branches: \[main\]` at `on: push`, or set `repo-ref: develop`/
    ],
    ['no default branch is told', 'main', FEATURE, {}, /"main" and is built from "feature\/x".*`branches: \[main\]`/],
    ['from a side branch', 'stage', FEATURE, event, /"stage" and is built from "feature\/x".*`branches: \[stage\]`/],
    [
      'from a tag',
      'refs/tags/v1',
      {},
      event,
      /the tag "v1" and is built from "main".*`tags: \['\*\*'\]` at `on: push`/
    ],
    [
      'by a schedule, which no filter keeps to a branch',
      'main',
      { GITHUB_REF: 'refs/heads/develop', GITHUB_EVENT_NAME: 'schedule' },
      GIT_FLOW,
      /Add `repo-ref: main`, or set `repo-ref: develop` if this is intended/
    ],
    [
      'after a workflow of the default branch',
      'main',
      { GITHUB_EVENT_NAME: 'workflow_run', GITHUB_REF: 'refs/heads/develop' },
      { ...GIT_FLOW, workflow_run: { event: 'push', head_branch: 'develop', head_sha: COMMIT, conclusion: 'success' } },
      /is built from "develop".*`branches: \[main\]` at `on: workflow_run`/
    ]
  ])('is warned of once, whatever branch is the default: %s', async (_, repo_ref, variables, payload, text) => {
    await seed({ repo_ref })
    await world.api.scenario({ revisions: [{ commit: COMMIT }] })
    const { runner } = await run({}, { event: payload, variables })
    expect(runner.outputs.status).toBe('deployed')
    expect(runner.texts('warning')).toEqual([expect.stringMatching(text)])
  })

  test.each<[string, string, Inputs, Inputs]>([
    ['is that of the deployment', 'main', {}, {}],
    ['is written', 'main', FEATURE, { 'repo-ref': 'feature/x' }],
    ['is not the default one, as that of the deployment', 'feature/x', FEATURE, {}],
    ['is a tag', 'main', { GITHUB_REF: 'refs/tags/v1' }, {}]
  ])('is not warned of where it %s', async (_, repo_ref, variables, inputs) => {
    await seed({ repo_ref })
    expect(await warningsAt(variables, inputs)).toEqual([])
  })
})

describe('an image of a branch that a run brings along', () => {
  const FEATURE = { GITHUB_REF: 'refs/heads/feature/x' }
  const event = { repository: { full_name: REPOSITORY, default_branch: 'main' } }
  const WARNED =
    /"feature\/x" (would replace|replaces) deployment "support-agent", which is named after the repository; .*"main"\. Add `/

  test.each<[string, Inputs, Inputs, readonly RegExp[]]>([
    [
      'a push',
      FEATURE,
      {},
      [WARNED, /`branches: \[main\]` at `on: push`, or set `name` to deploy this branch separately/]
    ],
    [
      'a run by hand',
      { ...FEATURE, GITHUB_EVENT_NAME: 'workflow_dispatch' },
      {},
      [WARNED, /`if: github\.ref_name == 'main'` at the job/]
    ],
    ['a dry run', FEATURE, { 'dry-run': 'true' }, [/would replace/]],
    ['the default branch', {}, {}, []],
    ['a tag', { GITHUB_REF: 'refs/tags/v1' }, {}, []],
    ['a name that is written', FEATURE, { name: 'support-agent' }, []]
  ])('is warned of once where no name is written: %s', async (_, variables, inputs, words) => {
    await create(world.api, dockerBody({ name: 'support-agent' }))
    world.clock.skip(60_000)
    const { passed, runner } = await run({ 'image-uri': IMAGE, ...inputs }, { event, variables })
    expect(passed).toBe(true)
    const warnings = runner.texts('warning')
    expect(warnings).toHaveLength(words.length > 0 ? 1 : 0)
    for (const text of words) expect(warnings[0]).toMatch(text)
  })

  test('is not warned of where it makes the deployment', async () => {
    const { runner } = await run({ 'image-uri': IMAGE }, { event, variables: FEATURE })
    expect(runner.outputs.created).toBe('true')
    expect(runner.texts('warning')).toEqual([])
  })
})

describe('a default name', () => {
  const OTHER_CONFIG = { 'langgraph-config': 'agents/b/langgraph.json' }
  const IN_THE_WAY =
    /"support-agent" was created from agents\/a\/langgraph\.json, and this run would deploy agents\/b\/langgraph\.json.*\n.*`name: support-agent` to replace it/

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
    expect(runner.texts('error').join()).toMatch(
      /`repo-url` is .*, but the deployment has https:.*acme\/other.*another `name`/s
    )
    expect(await world.writes()).toEqual([])
  })

  test('of a preview names the repository in its advice, to which the number is added', async () => {
    await seed({ repo_ref: 'topic/x' }, 'support-agent-pr-7')
    const { runner } = await run(
      { ...OTHER_CONFIG, preview: 'true' },
      { event: pullRequest(REPOSITORY), variables: { GITHUB_EVENT_NAME: 'pull_request' } }
    )
    expect(runner.texts('error').join()).toMatch(
      /"support-agent-pr-7" was created from.*`name: support-agent` to replace/s
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
  const ADVISED = /named after the repository, but the configuration is in agents\/a\. Set `name`/
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
      /was created from the folder agents\/a, and this run would deploy the folder agents\/b/
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
      /was created from https:\/\/github\.com\/acme\/other, and this run would deploy https:\/\/github\.com\/acme\/Support_Agent/
    )
    expect(await world.writes()).toEqual([])
  })

  test('never moves a deployment to another file', async () => {
    await archive('agents/a/langgraph.json')
    const { runner } = await archive('agents/a/langgraph.prod.json')
    expect(runner.texts('error').join()).toMatch(
      /was created from langgraph\.json, and this run would deploy langgraph\.prod\.json/
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
    /Deployment "my_agent" does not exist, and the name is not a valid deployment name: use letters.*\n.*`name: my-agent`/
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
    expect(runner.texts('error').join()).toMatch(/Deployment "my_agent" does not exist.*`if-missing: fail`/)
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
      /^Deployment "my_agent" does not exist, and the name is not a valid deployment name: use letters, digits and dashes, starting with a letter\.\nUse `my-agent` for LANGSMITH_DEPLOYMENT_NAME in `env` of langgraph\.json, or set `name`\./
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
    const { runner } = await run({ ...FAIL, name: 'agnet', ...inputs })
    expect(runner.texts('error').join()).toMatch(
      /Deployment "agnet" does not exist.*`if-missing: fail`.*\n.*Check `name`/
    )
    expect(await world.writes()).toEqual([])
  })

  test('keeps an archive and a preview from creating one', async () => {
    github.changePullRequest(7, { head: HEAD_COMMIT })
    const options = { event: pullRequest(REPOSITORY), variables: { GITHUB_EVENT_NAME: 'pull_request' } }
    const { runner } = await run({ ...FAIL, preview: 'true' }, options)
    expect(runner.texts('error').join()).toMatch(/Deployment "agent-pr-7" does not exist/)
    const workspace = makeTree({
      'langgraph.json': '{"dependencies":["."],"graphs":{"agent":"./agent.py:graph"}}',
      'agent.py': ''
    })
    const archive = { name: 'agent', 'source-type': 'internal_source', 'if-missing': 'fail' }
    const packed = await run(archive, { variables: { GITHUB_WORKSPACE: workspace } })
    expect(packed.runner.texts('error').join()).toMatch(/Deployment "agent" does not exist/)
    expect(await world.writes()).toEqual([])
  })

  test('lets a deployment be changed that exists', async () => {
    await world.images(IMAGE)
    expect((await run(FAIL)).runner.outputs).toMatchObject({ status: 'deployed', created: 'false' })
  })

  test('may not be misspelt', async () => {
    const { runner } = await run({ ...FAIL, 'if-missing': 'fial' })
    expect(runner.texts('error').join()).toBe(
      'Invalid `if-missing`: expected one of `create`, `fail`, got "fial". Did you mean `fail`?'
    )
  })
})

describe('a ref that is written as a bare name', () => {
  const COMMIT = 'c0ffee0123456789abcdef0123456789abcdef01'
  const refOf = async () => at((await world.bodies())[0], 'source_revision_config', 'repo_ref')
  const asked = () => github.requests().filter(({ path }) => path.includes('/git/ref/'))

  test.each<[string, readonly string[], string]>([
    ['a tag', ['refs/tags/v1.2.3'], 'refs/tags/v1.2.3'],
    ['a branch', ['refs/heads/v1.2.3'], 'v1.2.3'],
    ['both', ['refs/tags/v1.2.3', 'refs/heads/v1.2.3'], 'v1.2.3'],
    ['neither', [], 'v1.2.3']
  ])('and reads like a version is looked up: %s', async (_, refs, built) => {
    github.history(COMMIT)
    for (const ref of refs) github.ref(ref, COMMIT)
    const { runner } = await run({ 'repo-ref': 'v1.2.3', wait: 'false' })
    expect(runner.outputs.status).toBe('started')
    expect(await refOf()).toBe(built)
    expect([...runner.texts('notice'), ...runner.texts('warning')]).toEqual([])
  })

  test('and reads like a version is taken for a branch where GitHub does not answer', async () => {
    github.deny('contents')
    const { runner } = await run({ 'repo-ref': 'v1.2.3', wait: 'false' })
    expect(runner.outputs.status).toBe('started')
    expect(runner.texts('warning')).toEqual([])
    expect(await refOf()).toBe('v1.2.3')
  })

  test('and is a tag cannot be built at each push', async () => {
    github.history(COMMIT)
    github.ref('refs/tags/v1.2.3', COMMIT)
    const { runner } = await run({ 'repo-ref': 'v1.2.3', 'build-on-push': 'true' })
    expect(runner.texts('error').join()).toMatch(
      /`build-on-push` cannot be `true` when `repo-ref` is a tag \(v1\.2\.3\)/
    )
    expect(await world.writes()).toEqual([])
  })

  test('is the tag of the run, without a question, where a tag was pushed', async () => {
    const variables = { GITHUB_REF: 'refs/tags/release-7', GITHUB_REF_NAME: 'release-7' }
    const { runner } = await run({ 'repo-ref': 'release-7', wait: 'false' }, { variables })
    expect(runner.outputs.status).toBe('started')
    expect(await refOf()).toBe('refs/tags/release-7')
    expect(asked()).toEqual([])
  })

  test.each(['main', 'release/1.2', 'refs/tags/v1.2.3', 'v2'])('and says enough is not looked up: %s', async (ref) => {
    await run({ 'repo-ref': ref, wait: 'false' })
    expect(await refOf()).toBe(ref)
    expect(asked()).toEqual([])
  })
})

describe('another repository without a ref', () => {
  const OTHER = { name: 'other', 'repo-url': 'https://github.com/acme/other', wait: 'false' }
  const refOf = async () => at((await world.bodies()).at(-1), 'source_revision_config', 'repo_ref')

  test('is built from its default branch, as LangSmith tells it', async () => {
    const { runner } = await run(OTHER)
    expect(runner.outputs.status).toBe('started')
    expect(await refOf()).toBe('main')
    expect(runner.texts('info').join('\n')).toContain(
      '`repo-ref` is not set; using main, the default branch of https://github.com/acme/other.'
    )
    expect((await world.requests())[0]).toBe('GET /v2/deployments')
    expect(runner.texts('warning')).toEqual([])
  })

  test('is asked of the integration that is written', async () => {
    await run({ ...OTHER, 'integration-id': world.api.emulator.integrationId })
    expect(await refOf()).toBe('main')
    expect(await world.requests()).not.toContain('GET /v1/integrations/github/install')
  })

  test('stays on the branch that its deployment is built from', async () => {
    await seed({ repo_ref: 'release', langgraph_config_path: 'langgraph.json' }, 'other', {
      repo_url: OTHER['repo-url'],
      repo_branch: 'release'
    })
    const { runner } = await run(OTHER)
    expect(runner.outputs.status).toBe('started')
    expect(await refOf()).toBe('release')
  })

  test('is an error with what to write where nobody can read it', async () => {
    const { runner } = await run({ ...OTHER, 'repo-url': 'https://github.com/acme/hidden' })
    expect(runner.texts('error').join()).toMatch(
      /The workspace's GitHub integrations cannot read https:\/\/github\.com\/acme\/hidden: .+\n.+https:\/\/github\.com\/apps\/langsmith-emulator\/installations\/new/
    )
  })

  test('is an error about `repo-ref` where the default branch is not told', async () => {
    const repository = { url: OTHER['repo-url'], host_integration_id: 'x', id: 1, name: 'other', owner: 'acme' }
    await world.api.scenario({
      faults: [{ path: '/v1/integrations/github/*/repos', action: 'status', status: 200, body: [repository] }]
    })
    const { runner } = await run(OTHER)
    expect(runner.texts('error').join()).toMatch(
      /does not report the default branch of .+\nSet `repo-ref` to a branch or tag of that repository/
    )
  })

  test('is refused on a pull request, whose code it has nothing to do with', async () => {
    const { runner } = await run(OTHER, {
      variables: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' },
      event: pullRequest(REPOSITORY)
    })
    expect(runner.texts('error').join()).toMatch(
      /^`repo-ref` is required: `repo-url` is another repository, so the ref of this run does not apply\. Set `repo-ref` to a branch or tag of that repository, or remove `repo-url`\./
    )
  })
})
