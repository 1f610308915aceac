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

/** A push without a set name: the deployment is `support-agent`, after the repository. */
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

describe('a run for another branch', () => {
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
      /This run switches deployment "support-agent" from "main" to "feature\/x"\. Set `branches: \[main\]` under `on: push` to prevent this, or `repo-ref: feature\/x` if/
    ],
    [
      'a manual run',
      { ...FEATURE, GITHUB_EVENT_NAME: 'workflow_dispatch' },
      {},
      /Set `if: github\.ref_name == 'main'` on the job/
    ],
    ['a dry run', FEATURE, { 'dry-run': 'true' }, /This run would switch .* from "main" to "feature\/x"/]
  ])('warns once if the deployment is built from another branch: %s', async (_, variables, inputs, text) => {
    await seed()
    expect(await warningsAt(variables, inputs)).toEqual([expect.stringMatching(text)])
  })

  const GIT_FLOW = { repository: { full_name: REPOSITORY, default_branch: 'develop' } }
  test.each<[string, string, Inputs, Json, RegExp]>([
    ['a push of a feature', 'main', FEATURE, GIT_FLOW, /from "main" to "feature\/x".*`branches: \[main\]` under/],
    [
      'a push of the default branch',
      'main',
      { GITHUB_REF: 'refs/heads/develop' },
      GIT_FLOW,
      /from "main" to "develop"\. Set `branches: \[main\]` under `on: push` to prevent this, or `repo-ref: develop`/
    ],
    ['an event without a default branch', 'main', FEATURE, {}, /from "main" to "feature\/x".*`branches: \[main\]`/],
    ['a deployment of a side branch', 'stage', FEATURE, event, /from "stage" to "feature\/x".*`branches: \[stage\]`/],
    [
      'a deployment of a tag',
      'refs/tags/v1',
      {},
      event,
      /from the tag "v1" to "main".*`tags: \['\*\*'\]` under `on: push`/
    ],
    [
      'a schedule, which has no filter for branches',
      'main',
      { GITHUB_REF: 'refs/heads/develop', GITHUB_EVENT_NAME: 'schedule' },
      GIT_FLOW,
      /Set `repo-ref: main` to prevent this, or `repo-ref: develop` if this is intended/
    ],
    [
      'a run after a workflow of the default branch',
      'main',
      { GITHUB_EVENT_NAME: 'workflow_run', GITHUB_REF: 'refs/heads/develop' },
      { ...GIT_FLOW, workflow_run: { event: 'push', head_branch: 'develop', head_sha: COMMIT, conclusion: 'success' } },
      /from "main" to "develop".*`branches: \[main\]` under `on: workflow_run`/
    ]
  ])('warns once with any default branch: %s', async (_, repo_ref, variables, payload, text) => {
    await seed({ repo_ref })
    await world.api.scenario({ revisions: [{ commit: COMMIT }] })
    const { runner } = await run({}, { event: payload, variables })
    expect(runner.outputs.status).toBe('deployed')
    expect(runner.texts('warning')).toEqual([expect.stringMatching(text)])
  })

  test.each<[string, string, Inputs, Inputs]>([
    ['is the branch of the deployment', 'main', {}, {}],
    ['is set', 'main', FEATURE, { 'repo-ref': 'feature/x' }],
    ['is the branch of the deployment, but not the default one', 'feature/x', FEATURE, {}],
    ['is a tag', 'main', { GITHUB_REF: 'refs/tags/v1' }, {}]
  ])('does not warn if the branch %s', async (_, repo_ref, variables, inputs) => {
    await seed({ repo_ref })
    expect(await warningsAt(variables, inputs)).toEqual([])
  })
})

describe('a run for another branch with an image', () => {
  const FEATURE = { GITHUB_REF: 'refs/heads/feature/x' }
  const event = { repository: { full_name: REPOSITORY, default_branch: 'main' } }
  const WARNED =
    /This run (would deploy|deploys) the branch "feature\/x" to "support-agent", the deployment named after the repository; .*"main"\. Set `/

  test.each<[string, Inputs, Inputs, readonly RegExp[]]>([
    [
      'a push',
      FEATURE,
      {},
      [
        WARNED,
        /`branches: \[main\]` under `on: push` to deploy only the default branch, or `name` to deploy this branch separately/
      ]
    ],
    [
      'a manual run',
      { ...FEATURE, GITHUB_EVENT_NAME: 'workflow_dispatch' },
      {},
      [WARNED, /`if: github\.ref_name == 'main'` on the job/]
    ],
    ['a dry run', FEATURE, { 'dry-run': 'true' }, [/would deploy the branch/]],
    ['the default branch', {}, {}, []],
    ['a tag', { GITHUB_REF: 'refs/tags/v1' }, {}, []],
    ['a set name', FEATURE, { name: 'support-agent' }, []]
  ])('warns once without a set name: %s', async (_, variables, inputs, words) => {
    await create(world.api, dockerBody({ name: 'support-agent' }))
    world.clock.skip(60_000)
    const { passed, runner } = await run({ 'image-uri': IMAGE, ...inputs }, { event, variables })
    expect(passed).toBe(true)
    const warnings = runner.texts('warning')
    expect(warnings).toHaveLength(words.length > 0 ? 1 : 0)
    for (const text of words) expect(warnings[0]).toMatch(text)
  })

  test('does not warn if it creates the deployment', async () => {
    const { runner } = await run({ 'image-uri': IMAGE }, { event, variables: FEATURE })
    expect(runner.outputs.created).toBe('true')
    expect(runner.texts('warning')).toEqual([])
  })
})

describe('a default name', () => {
  const OTHER_CONFIG = { 'langgraph-config': 'agents/b/langgraph.json' }
  const IN_THE_WAY =
    /"support-agent" was created from agents\/a\/langgraph\.json, and this run would deploy agents\/b\/langgraph\.json.*\n.*`name: support-agent` to replace the existing one/

  test.each<[string, Inputs]>([
    ['in a deploy', {}],
    ['in a dry run', { 'dry-run': 'true' }]
  ])('never moves a GitHub deployment to another configuration: %s', async (_, inputs) => {
    await seed()
    const { runner } = await run({ ...OTHER_CONFIG, ...inputs })
    expect(runner.outputs.status).toBe('error')
    expect(runner.texts('error').join()).toMatch(IN_THE_WAY)
    expect(await world.writes()).toEqual([])
  })

  test.each<[string, Inputs]>([
    ['the same configuration is set', { 'langgraph-config': './agents/a/langgraph.json' }],
    ['no configuration is set', {}],
    ['the name is set', { ...OTHER_CONFIG, name: 'support-agent' }]
  ])('is accepted if %s', async (_, inputs) => {
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

  test('of a preview is in the advice without the number of the pull request', async () => {
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

describe('a default name for an archive', () => {
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

  test('never moves a deployment to another folder if the environment records the folder', async () => {
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
    ['causes one notice', 'agents/a/langgraph.json', {}, 1],
    ['causes no notice at the root', 'langgraph.json', {}, 0],
    ['causes no notice at the root of a checkout', 'checkout/langgraph.json', {}, 0],
    ['causes no notice if it is set', 'agents/a/langgraph.json', { name: 'agent' }, 0]
  ])('%s', async (_, config, inputs, count) => {
    const { passed, runner } = await archive(config, inputs)
    expect(passed).toBe(true)
    expect(runner.texts('notice')).toHaveLength(count)
    if (count > 0) expect(runner.texts('notice')[0]).toMatch(ADVISED)
  })

  test('causes a notice if GitHub does not return the folder', async () => {
    await archive('agents/a/langgraph.json', SHOWN)
    github.fault({ method: 'GET', path: /\/deployments\?/, times: 1, action: { status: 404, body: {} } })
    const { runner } = await archive('agents/b/langgraph.json', SHOWN)
    expect(runner.outputs.status).toBe('deployed')
    expect(runner.texts('notice').join()).toMatch(/the configuration is in agents\/b/)
  })
})

describe('a name that is invalid for a new deployment', () => {
  const CURE =
    /Deployment "my_agent" does not exist, and the name is not a valid deployment name: use letters.*\n.*`name: my-agent`/
  const NAMES = ['my_agent', 'my.agent', '1st', 'a'.repeat(64)]
  const wanted = (name: string) => ({ name, 'image-uri': IMAGE })

  test.each(NAMES)('finds an older deployment, which is changed: %s', async (name) => {
    const id = await create(world.api, dockerBody({ name }))
    world.clock.skip(60_000)
    const { runner } = await run(wanted(name))
    expect(runner.outputs).toMatchObject({ status: 'deployed', created: 'false', 'deployment-id': id })
    expect(runner.texts('warning')).toEqual([])
  })

  test.each(['', 'true'])('is rejected if the deployment does not exist, with `dry-run: %s`', async (dryRun) => {
    const { runner } = await run({ ...wanted('my_agent'), 'dry-run': dryRun })
    expect(runner.texts('error').join()).toMatch(CURE)
    expect((await world.requests()).length).toBe(1)
    expect(await world.writes()).toEqual([])
  })

  test('is rejected as a missing deployment with if-missing: fail', async () => {
    const { runner } = await run({ ...wanted('my_agent'), 'if-missing': 'fail' })
    expect(runner.texts('error').join()).toMatch(/Deployment "my_agent" does not exist.*`if-missing: fail`/)
  })

  test('is reported with its origin before the packing if it comes from the project', async () => {
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
  ])('prevents %s from creating a deployment', async (_, inputs) => {
    const { runner } = await run({ ...FAIL, name: 'agnet', ...inputs })
    expect(runner.texts('error').join()).toMatch(
      /Deployment "agnet" does not exist.*`if-missing: fail`.*\n.*Check `name`/
    )
    expect(await world.writes()).toEqual([])
  })

  test('prevents the creation of a preview from an archive', async () => {
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

  test('permits the change of an existing deployment', async () => {
    await world.images(IMAGE)
    expect((await run(FAIL)).runner.outputs).toMatchObject({ status: 'deployed', created: 'false' })
  })

  test('is rejected if misspelled, with a suggestion', async () => {
    const { runner } = await run({ ...FAIL, 'if-missing': 'fial' })
    expect(runner.texts('error').join()).toBe(
      'Invalid `if-missing`: expected one of `create`, `fail`, got "fial". Did you mean `fail`?'
    )
  })
})

describe('a short name in `repo-ref`', () => {
  const COMMIT = 'c0ffee0123456789abcdef0123456789abcdef01'
  const refOf = async () => at((await world.bodies())[0], 'source_revision_config', 'repo_ref')
  const asked = () => github.requests().filter(({ path }) => path.includes('/git/ref/'))

  test.each<[string, readonly string[], string]>([
    ['a tag', ['refs/tags/v1.2.3'], 'refs/tags/v1.2.3'],
    ['a branch', ['refs/heads/v1.2.3'], 'v1.2.3'],
    ['both', ['refs/tags/v1.2.3', 'refs/heads/v1.2.3'], 'v1.2.3'],
    ['neither', [], 'v1.2.3']
  ])('that looks like a version is looked up: %s', async (_, refs, built) => {
    github.history(COMMIT)
    for (const ref of refs) github.ref(ref, COMMIT)
    const { runner } = await run({ 'repo-ref': 'v1.2.3', wait: 'false' })
    expect(runner.outputs.status).toBe('started')
    expect(await refOf()).toBe(built)
    expect([...runner.texts('notice'), ...runner.texts('warning')]).toEqual([])
  })

  test('that looks like a version is a branch if GitHub does not respond', async () => {
    github.deny('contents')
    const { runner } = await run({ 'repo-ref': 'v1.2.3', wait: 'false' })
    expect(runner.outputs.status).toBe('started')
    expect(runner.texts('warning')).toEqual([])
    expect(await refOf()).toBe('v1.2.3')
  })

  test('that is a tag cannot be built on push', async () => {
    github.history(COMMIT)
    github.ref('refs/tags/v1.2.3', COMMIT)
    const { runner } = await run({ 'repo-ref': 'v1.2.3', 'build-on-push': 'true' })
    expect(runner.texts('error').join()).toMatch(
      /`build-on-push` cannot be `true` when `repo-ref` is a tag \(v1\.2\.3\)/
    )
    expect(await world.writes()).toEqual([])
  })

  test('is the tag of a run for this tag, without a request', async () => {
    const variables = { GITHUB_REF: 'refs/tags/release-7', GITHUB_REF_NAME: 'release-7' }
    const { runner } = await run({ 'repo-ref': 'release-7', wait: 'false' }, { variables })
    expect(runner.outputs.status).toBe('started')
    expect(await refOf()).toBe('refs/tags/release-7')
    expect(asked()).toEqual([])
  })

  test.each(['main', 'release/1.2', 'refs/tags/v1.2.3', 'v2'])(
    'that is unambiguous is not looked up: %s',
    async (ref) => {
      await run({ 'repo-ref': ref, wait: 'false' })
      expect(await refOf()).toBe(ref)
      expect(asked()).toEqual([])
    }
  )
})

describe('another repository without a ref', () => {
  const OTHER = { name: 'other', 'repo-url': 'https://github.com/acme/other', wait: 'false' }
  const refOf = async () => at((await world.bodies()).at(-1), 'source_revision_config', 'repo_ref')

  test('is built from its default branch according to LangSmith', async () => {
    const { runner } = await run(OTHER)
    expect(runner.outputs.status).toBe('started')
    expect(await refOf()).toBe('main')
    expect(runner.texts('info').join('\n')).toContain(
      '`repo-ref` is not set; using main, the default branch of https://github.com/acme/other.'
    )
    expect((await world.requests())[0]).toBe('GET /v2/deployments')
    expect(runner.texts('warning')).toEqual([])
  })

  test('is looked up with the set integration', async () => {
    await run({ ...OTHER, 'integration-id': world.api.emulator.integrationId })
    expect(await refOf()).toBe('main')
    expect(await world.requests()).not.toContain('GET /v1/integrations/github/install')
  })

  test('keeps the branch of its deployment', async () => {
    await seed({ repo_ref: 'release', langgraph_config_path: 'langgraph.json' }, 'other', {
      repo_url: OTHER['repo-url'],
      repo_branch: 'release'
    })
    const { runner } = await run(OTHER)
    expect(runner.outputs.status).toBe('started')
    expect(await refOf()).toBe('release')
  })

  test('is an error with advice if no integration can read it', async () => {
    const { runner } = await run({ ...OTHER, 'repo-url': 'https://github.com/acme/hidden' })
    expect(runner.texts('error').join()).toMatch(
      /The GitHub integrations of the workspace cannot read https:\/\/github\.com\/acme\/hidden\. Integrations: .+\n.+https:\/\/github\.com\/apps\/langsmith-emulator\/installations\/new/
    )
  })

  test('is an error about `repo-ref` if the default branch is unknown', async () => {
    const repository = { url: OTHER['repo-url'], host_integration_id: 'x', id: 1, name: 'other', owner: 'acme' }
    await world.api.scenario({
      faults: [{ path: '/v1/integrations/github/*/repos', action: 'status', status: 200, body: [repository] }]
    })
    const { runner } = await run(OTHER)
    expect(runner.texts('error').join()).toMatch(
      /does not report the default branch of .+\nSet `repo-ref` to a branch or tag of that repository/
    )
  })

  test('is rejected on a pull request, which has another repository', async () => {
    const { runner } = await run(OTHER, {
      variables: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' },
      event: pullRequest(REPOSITORY)
    })
    expect(runner.texts('error').join()).toMatch(
      /^`repo-ref` is required: `repo-url` is another repository, so the ref of this run does not apply\. Set `repo-ref` to a branch or tag of that repository, or remove `repo-url`\./
    )
  })
})
