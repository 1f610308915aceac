import { describe, expect, test } from '@jest/globals'
import type { Config } from '../../src/inputs/config.ts'
import { create, dockerBody, type Json } from '../emulator/support.ts'
import { COMMIT } from '../inputs/environment.ts'
import { CREATE, PATCH } from '../support/expected.ts'
import { failureOf } from '../support/failure.ts'
import { inTurn, type Reply, startServer } from '../support/http-server.ts'
import { namedValues } from '../support/json.ts'
import { at, DIGEST, IMAGE, idsOf, OLD_IMAGE, type PlayOptions, REPOSITORY, useWorld } from '../support/world.ts'

const world = useWorld({ deleteMs: 3_600_000 })

const OTHER_COMMIT = 'fedcba9876543210fedcba9876543210fedcba98'
const URL = `https://github.com/${REPOSITORY}`

const fromImage = (inputs: Readonly<Record<string, string>> = {}, options: Parameters<typeof world.play>[1] = {}) =>
  world.play({ 'image-uri': IMAGE, ...inputs }, options)
const onCloud = (config: Config): Config => ({ ...config, controlPlane: { ...config.controlPlane, hosting: 'cloud' } })

describe('a first deploy', () => {
  test('of an image creates the deployment and follows its revision until it serves', async () => {
    const { verdict, facts } = await fromImage({
      secrets: 'TOKEN=a value',
      'resource-spec': '{cpu: 2, memory_mb: 4096}'
    })
    const deployment = await world.deployment(String(facts.deployment?.id))
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts).toMatchObject({ created: true, revision: { status: 'DEPLOYED' } })
    expect(facts.previousRevisionId).toBeUndefined()
    expect(facts.revision?.id).toBe(deployment.active_revision_id)
    expect(deployment).toMatchObject({
      name: 'agent',
      source: 'external_docker',
      source_config: { listener_id: world.api.emulator.listenerId, listener_config: { k8s_namespace: 'default' } },
      source_revision_config: { image_uri: IMAGE },
      secrets: [{ name: 'TOKEN', value: 'a value' }]
    })
    expect(at(deployment, 'source_config', 'resource_spec')).toMatchObject({ cpu: 2, memory_mb: 4096 })
    expect(await world.writes()).toEqual([CREATE])
  })

  test('from GitHub finds the integration that can read the repository', async () => {
    const { verdict } = await world.play({})
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.bodies()).toEqual([
      {
        name: 'agent',
        source: 'github',
        source_config: {
          integration_id: world.api.emulator.integrationId,
          repo_url: URL,
          deployment_type: 'dev_zero',
          build_on_push: false
        },
        source_revision_config: { repo_ref: 'main', langgraph_config_path: 'langgraph.json' },
        secrets: []
      }
    ])
  })

  test.each([404, 405])('asks the v2 routes for the integration where those of v1 are answered %d', async (status) => {
    await world.api.scenario({ faults: [{ path: '/v1/**', action: 'status', status, times: null }] })
    const { verdict } = await world.play({ wait: 'false' })
    expect(verdict).toEqual({ status: 'started' })
    expect(at((await world.bodies())[0], 'source_config', 'integration_id')).toBe(world.api.emulator.integrationId)
  })

  test('is refused when no integration can read the repository, and nothing is sent', async () => {
    const error = await failureOf(world.play({ 'repo-url': 'https://github.com/acme/other', 'repo-ref': 'main' }))
    expect(error).toMatchObject({
      name: 'RefusalError',
      advice: expect.stringMatching(
        /this repository \(https:\/\/github\.com\/apps\/langsmith-emulator\/installations\/new\), or set `integration-id`/
      )
    })
    // It makes no more than a link, and is asked for only here.
    expect(await world.writes()).toEqual(['POST /v2/integrations/github/installation-link'])
  })

  test('first reads the list of deployments', async () => {
    await fromImage({ wait: 'false' })
    expect((await world.requests())[0]).toBe('GET /v2/deployments')
  })

  test.each(['ägent', 'my agent', 'acme/agent'])(
    'under a name that no deployment has is refused before anything is sent: %s',
    async (name) => {
      const error = await failureOf(fromImage({ name }))
      expect(error).toMatchObject({
        name: 'InputError',
        problems: [{ input: 'name', text: expect.stringMatching(/Use `name: [a-z][a-z0-9-]*`/) }]
      })
      expect(await world.requests()).toEqual([])
    }
  )

  test.each(['my_agent', '1-agent', 'agent.prod'])(
    'under a name that only older deployments have is refused after one look-up: %s',
    async (name) => {
      const error = await failureOf(fromImage({ name }))
      expect(error).toMatchObject({
        title: 'Invalid deployment name',
        advice: expect.stringMatching(/Use `name: [a-z][a-z0-9-]*`/)
      })
      expect(await world.requests()).toEqual(['GET /v2/deployments'])
    }
  )

  test('gives the display name once the revision is known', async () => {
    const { verdict, facts } = await fromImage({ 'display-name': 'My agent' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect((await world.deployment(String(facts.deployment?.id))).display_name).toBe('My agent')
    expect(await world.writes()).toEqual([CREATE, PATCH])
    expect(at((await world.bodies())[0], 'display_name')).toBeUndefined()
    expect(await world.revisions(String(facts.deployment?.id))).toHaveLength(1)
  })

  test.each<[string, Json]>([
    ['is refused', { action: 'status', status: 422 }],
    ['gets no answer', { action: 'cut' }],
    ['meets a broken server', { action: 'status', status: 500, times: null }]
  ])('goes on with a warning when the display name %s', async (_, fault) => {
    await world.api.scenario({ faults: [{ method: 'PATCH', ...fault }] })
    const { verdict, runner } = await fromImage({ 'display-name': 'My agent' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(runner.texts('warning')).toEqual([expect.stringMatching(/`display-name`/)])
  })

  test('on a self-hosted control plane warns of a long name', async () => {
    const selfHosted = (config: Config): Config => ({
      ...config,
      controlPlane: { ...config.controlPlane, hosting: 'self-hosted' }
    })
    const long = await fromImage({ name: 'a-name-of-22-characters', wait: 'false' }, { adjust: selfHosted })
    expect(long.runner.texts('warning')).toEqual([expect.stringContaining('shorter `name`')])
    const short = await fromImage({ name: 'agent-2', wait: 'false' }, { adjust: selfHosted })
    expect(short.runner.texts('warning')).toEqual([])
  })
})

describe('the listener of a new deployment of an image', () => {
  const noListeners = async () => {
    await world.api.ask(204, 'DELETE', `/v2/listeners/${world.api.emulator.listenerId}`)
  }
  const another = (namespaces: readonly string[] | null, name = 'second') =>
    world.api.ask(201, 'POST', '/v2/listeners', {
      compute_type: 'k8s',
      compute_id: name,
      compute_config: { k8s_namespaces: namespaces }
    })
  const sentConfig = async () => at((await world.bodies())[0], 'source_config')

  test('is none where the workspace has none', async () => {
    await noListeners()
    await fromImage({ wait: 'false' })
    expect(await sentConfig()).toEqual({ resource_spec: {} })
  })

  test.each([404, 405])('is none where the routes of listeners are answered %d', async (status) => {
    await world.api.scenario({ faults: [{ path: '/v2/listeners', action: 'status', status }] })
    await fromImage({ wait: 'false' })
    expect(await sentConfig()).toEqual({ resource_spec: {} })
  })

  test('must be there on Cloud', async () => {
    await noListeners()
    const error = await failureOf(fromImage({}, { adjust: onCloud }))
    expect(error).toMatchObject({ name: 'RefusalError', message: expect.stringContaining('no listener') })
    expect(await world.writes()).toEqual([])
  })

  test('is chosen by the user among several, which the error lists', async () => {
    const { id } = await another(['x', 'y'])
    const error = await failureOf(fromImage())
    expect(error).toMatchObject({ name: 'RefusalError', advice: expect.stringContaining('`listener-id`') })
    expect(String(error)).toContain(String(id))
    expect(String(error)).toContain(world.api.emulator.listenerId)
    expect(String(error)).toContain('x, y')
    expect(await world.writes()).toEqual([])
  })

  test('that was named needs a namespace when it has several', async () => {
    const { id } = await another(['x', 'y'])
    const error = await failureOf(fromImage({ 'listener-id': String(id) }))
    expect(error).toMatchObject({ name: 'RefusalError', advice: expect.stringContaining('`k8s-namespace`') })
    expect(String(error)).toContain('x, y')
  })

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['the namespace', { 'k8s-namespace': 'y' }, 'y'],
    ['both', { 'listener-id': 'ID', 'k8s-namespace': 'z' }, 'z']
  ])('is the one that fits when the user names %s', async (_, inputs, k8s_namespace) => {
    const { id } = await another(['x', 'y'])
    const listener = inputs['listener-id'] ? { 'listener-id': String(id) } : {}
    await fromImage({ ...inputs, ...listener, wait: 'false' })
    expect(await sentConfig()).toMatchObject({ listener_id: id, listener_config: { k8s_namespace } })
  })

  test('that nobody has is refused, with those that there are', async () => {
    const error = await failureOf(fromImage({ 'k8s-namespace': 'nowhere' }))
    expect(error).toMatchObject({
      name: 'RefusalError',
      message: expect.stringMatching(/"nowhere".*emulator-cluster.*default/)
    })
  })

  test('is not looked up for a deployment that exists', async () => {
    await world.images(OLD_IMAGE)
    await another(['x', 'y'])
    const { verdict } = await fromImage()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.requests()).not.toContain('GET /v2/listeners')
  })
})

describe('a deploy of a deployment that exists', () => {
  test('patches it, keeps its secrets and knows what was active before', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.patch(id, { secrets: [{ name: 'KEPT', value: 'k' }] })
    const { active_revision_id: before } = await world.deployment(id)
    const { verdict, facts } = await fromImage({ secrets: 'TOKEN=t' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts).toMatchObject({ created: false, previousRevisionId: before, deployment: { id } })
    expect((await world.deployment(id)).secrets).toEqual(namedValues({ TOKEN: 't', KEPT: 'k' }))
    expect(await world.writes()).toEqual([PATCH])
  })

  test('makes a new revision of the same image too, and sends no secrets that are there already', async () => {
    const id = await world.images(IMAGE)
    await world.patch(id, { secrets: [{ name: 'TOKEN', value: 't' }] })
    const { verdict } = await fromImage({ secrets: 'TOKEN=t' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.bodies()).toEqual([{ source_revision_config: { image_uri: IMAGE } }])
    expect(await world.revisions(id)).toHaveLength(3)
  })

  test('is found by its ID, whatever it is named', async () => {
    const id = await create(world.api, dockerBody({ name: 'my_agent' }))
    const { verdict } = await fromImage({ name: '', 'deployment-id': id })
    expect(verdict).toEqual({ status: 'deployed' })
    expect((await world.requests())[0]).toBe('GET /v2/deployments/:id')
    expect(await world.writes()).toEqual([PATCH])
  })

  test.each<[string, () => Promise<string>, Readonly<Record<string, string>>, RegExp]>([
    ['of GitHub does not take an image', () => world.github(), { 'image-uri': IMAGE }, /source github.*image ghcr\.io/],
    [
      'of an image does not take GitHub',
      () => world.images(OLD_IMAGE),
      {},
      /source external_docker.*Support_Agent at main/
    ],
    [
      'of another repository does not take this one',
      () => world.github({ repo_url: 'https://github.com/acme/agents' }),
      {},
      /`repo-url`.*Support_Agent.*acme\/agents/
    ],
    [
      'of another integration does not take the one named',
      () => world.github(),
      { 'integration-id': '99999999-9999-4999-8999-999999999999' },
      /`integration-id`.*99999999/
    ],
    [
      'of another listener does not take the one named',
      () =>
        create(
          world.api,
          dockerBody({ name: 'agent', source_config: { listener_id: '77777777-7777-4777-8777-777777777777' } })
        ),
      { 'image-uri': IMAGE, 'listener-id': '99999999-9999-4999-8999-999999999999' },
      /`listener-id`.*77777777/
    ],
    [
      'of another namespace does not take the one named',
      () =>
        create(world.api, dockerBody({ name: 'agent', source_config: { listener_config: { k8s_namespace: 'old' } } })),
      { 'image-uri': IMAGE, 'k8s-namespace': 'new' },
      /`k8s-namespace`.*new.*old/
    ]
  ])('%s, and nothing is sent', async (_, seed, inputs, message) => {
    await seed()
    expect(await failureOf(world.play(inputs))).toMatchObject({
      name: 'RefusalError',
      message: expect.stringMatching(message),
      advice: expect.stringContaining('another `name`')
    })
    expect(await world.writes()).toEqual([])
  })

  test.each([`${URL}.git`, `${URL.toLowerCase()}/`, `git@github.com:${REPOSITORY}.git`])(
    'takes another spelling of its repository: %s',
    async (repo_url) => {
      await world.github({ repo_url })
      expect((await world.play({ wait: 'false' })).verdict).toEqual({ status: 'started' })
    }
  )

  test('that is being deleted is refused', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    await expect(failureOf(fromImage())).resolves.toMatchObject({
      name: 'RefusalError',
      message: expect.stringContaining('reserved for up to a week')
    })
    expect(await world.writes()).toEqual([])
  })

  test('never writes back a value that the server hides', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.patch(id, { secrets: [{ name: 'HIDDEN', value: 'x' }] })
    await world.api.scenario({ server: { hide_secrets: true } })
    await expect(failureOf(fromImage({ secrets: 'TOKEN=t' }))).resolves.toMatchObject({
      name: 'RefusalError',
      message: expect.stringContaining('HIDDEN')
    })
    expect(await world.writes()).toEqual([])
    expect((await fromImage({ wait: 'false' })).verdict).toEqual({ status: 'started' })
    expect((await fromImage({ wait: 'false', secrets: 'HIDDEN=y', 'secrets-mode': 'replace' })).verdict).toEqual({
      status: 'started'
    })
  })

  test.each(['', null, 'list', '****{last4}', '[REDACTED]', '<hidden>', '••••', 'xxxxxx', '{first4}…'])(
    'never writes back what a server answers in place of a value: %j',
    async (hide_secrets) => {
      const id = await world.images(OLD_IMAGE)
      await world.patch(id, {
        secrets: namedValues({ FIRST: 'the first value', SECOND: 'the second value' })
      })
      // A list that is empty tells of its loss only to who has seen it filled.
      const { pathname } = new globalThis.URL(`/v2/deployments/${id}`, world.api.emulator.url)
      const server = hide_secrets === 'list' ? {} : { hide_secrets }
      const deployment = { ...(await world.deployment(id)), secrets: [] }
      const faults =
        hide_secrets === 'list'
          ? [{ path: pathname, action: 'status', status: 200, body: deployment, times: null }]
          : []
      await world.api.scenario({ server, faults })
      const failure = await failureOf(fromImage({ secrets: 'TOKEN=a new value' }))
      expect(failure).toMatchObject({
        name: 'RefusalError',
        advice: expect.stringContaining('`secrets-mode: replace`')
      })
      expect(await world.writes()).toEqual([])
      await world.api.scenario({})
      expect(at(await world.deployment(id), 'secrets')).toHaveLength(2)
    }
  )

  describe('what nobody wrote', () => {
    const BOTH = [expect.stringMatching(/built twice.*`build-on-push: false`.*`command: wait`/)]
    const dispatch = { variables: { GITHUB_EVENT_NAME: 'workflow_dispatch' } }
    const otherBranch = { variables: { GITHUB_REF: 'refs/heads/other' } }

    test('of a deployment made in LangSmith stays as it is', async () => {
      const id = await world.github(
        { build_on_push: true, install_command: 'pnpm i', build_command: 'pnpm build' },
        { langgraph_config_path: 'apps/agent/langgraph.json' }
      )
      const before = await world.deployment(id)
      await world.api.scenario({ revisions: [{ commit: COMMIT }] })
      const { verdict, runner } = await world.play({})
      const after = await world.deployment(id)
      expect(verdict).toEqual({ status: 'deployed' })
      expect(await world.bodies()).toEqual([{ source_revision_config: { repo_ref: 'main' } }])
      for (const part of ['source_config', 'secrets', 'display_name']) expect(after[part]).toEqual(before[part])
      expect((await world.revisions(id))[0]).toMatchObject({
        source_revision_config: { langgraph_config_path: 'apps/agent/langgraph.json' }
      })
      expect(runner.texts('group').join('\n')).not.toMatch(/changed|set:/)
      expect(runner.texts('warning')).toEqual(BOTH)
    })

    test('is its default in a new deployment', async () => {
      await world.play({})
      expect(await world.bodies()).toMatchObject([
        { source_config: { build_on_push: false }, source_revision_config: { langgraph_config_path: 'langgraph.json' } }
      ])
    })

    test.each<[string, Readonly<Record<string, string>>, PlayOptions, boolean, readonly unknown[]]>([
      ['kept, with one warning, where each push is deployed', {}, {}, true, BOTH],
      ['kept, with one warning, in a dry run', { 'dry-run': 'true' }, {}, true, BOTH],
      ['kept where somebody starts the run', {}, dispatch, true, []],
      ['kept where the push of another branch deploys this one', { 'repo-ref': 'main' }, otherBranch, true, []],
      ['kept, with one warning, where it is written', { 'build-on-push': 'true' }, {}, true, BOTH],
      ['kept where it is written and somebody starts the run', { 'build-on-push': 'true' }, dispatch, true, []],
      ['switched off without a warning where that is written', { 'build-on-push': 'false' }, {}, false, []],
      ['switched off by a boolean of any case', { 'build-on-push': 'False' }, {}, false, []]
    ])('building on push is %s', async (_, inputs, options, expected, warnings) => {
      const id = await world.github({ build_on_push: true })
      await world.api.scenario({ revisions: [{ commit: COMMIT }] })
      const { runner } = await world.play({ wait: 'false', ...inputs }, options)
      expect(at(await world.deployment(id), 'source_config', 'build_on_push')).toBe(expected)
      expect(runner.texts('warning')).toEqual(warnings)
    })

    test('is warned of once, however often the plan is made anew', async () => {
      await world.github({ build_on_push: true })
      await world.api.scenario({
        faults: [{ method: 'PATCH', action: 'cut' }],
        revisions: [{ commit: COMMIT }]
      })
      const { runner } = await world.play({ wait: 'false' })
      expect(runner.texts('warning')).toEqual(BOTH)
      expect((await world.writes()).length).toBeGreaterThan(1)
    })

    test('cannot stay where a tag is deployed: nothing is sent, and the way out is told', async () => {
      const id = await world.github({ build_on_push: true })
      const tag = { variables: { GITHUB_REF: 'refs/tags/v1' } }
      expect(await failureOf(world.play({}, tag))).toMatchObject({
        name: 'RefusalError',
        advice: expect.stringContaining('`build-on-push: false`')
      })
      expect(await world.writes()).toEqual([])
      await world.play({ wait: 'false', 'build-on-push': 'false' }, tag)
      expect(await world.deployment(id)).toMatchObject({
        source_config: { build_on_push: false },
        source_revision_config: { repo_ref: 'refs/tags/v1' }
      })
    })

    test('does not make a revision of its own under `skip-unchanged`', async () => {
      const id = await world.github({ build_on_push: true }, { langgraph_config_path: 'apps/agent/langgraph.json' })
      const commit = String(at((await world.revisions(id))[0], 'source_revision_config', 'repo_commit_sha'))
      const { verdict } = await world.play({ 'skip-unchanged': 'true' }, { variables: { GITHUB_SHA: commit } })
      expect(verdict.status).toBe('unchanged')
      expect(await world.writes()).toEqual([])
    })
  })

  test('masks its environment before anything of the plan is told', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.patch(id, { secrets: [{ name: 'TOKEN', value: 'their own value' }] })
    const { runner } = await fromImage({ wait: 'false' })
    const kinds = runner.told.map(({ kind, text }) => (text === 'their own value' ? 'the value' : kind))
    expect(kinds).toContain('the value')
    expect(kinds.indexOf('the value')).toBeLessThan(kinds.indexOf('group'))
    expect(runner.told.filter(({ kind, text }) => kind !== 'mask' && text.includes('their own value'))).toEqual([])
  })
})

describe('skip-unchanged', () => {
  const unchanged = (inputs: Readonly<Record<string, string>> = {}) =>
    world.play({ 'image-uri': DIGEST, 'skip-unchanged': 'true', ...inputs })

  test('makes no revision of a digest that serves already', async () => {
    const id = await world.images(DIGEST)
    const { verdict, facts } = await unchanged()
    expect(verdict).toMatchObject({ status: 'unchanged' })
    expect(facts).toMatchObject({ own: false, revision: { id: (await world.deployment(id)).active_revision_id } })
    expect(await world.writes()).toEqual([])
  })

  test('still patches settings that need no revision', async () => {
    const id = await world.images(DIGEST)
    const { verdict } = await unchanged({ 'custom-url': 'agent.example.com', 'display-name': 'Agent' })
    expect(verdict).toMatchObject({ status: 'unchanged' })
    expect(await world.deployment(id)).toMatchObject({
      display_name: 'Agent',
      source_config: { custom_url: 'agent.example.com' }
    })
    expect(await world.revisions(id)).toHaveLength(1)
    expect(await world.writes()).toEqual([PATCH])
    expect((await unchanged({ 'custom-url': 'agent.example.com', 'display-name': 'Agent' })).verdict.status).toBe(
      'unchanged'
    )
    expect(await world.writes()).toEqual([PATCH])
  })

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['a tag, which can move', IMAGE, { 'image-uri': IMAGE }],
    ['another digest', DIGEST.replace(/ab/g, 'cd'), {}],
    ['a secret that is new', DIGEST, { secrets: 'TOKEN=t' }],
    ['another resource spec', DIGEST, { 'resource-spec': '{cpu: 4}' }]
  ])('makes a revision for %s', async (_, image, inputs) => {
    const id = await world.images(image)
    const { verdict } = await unchanged(inputs)
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.revisions(id)).toHaveLength(2)
  })

  test('makes a revision when the digest serves, but a later one failed', async () => {
    const id = await world.images(DIGEST)
    await world.api.scenario({ revisions: [{ nth: 2, final: 'DEPLOY_FAILED' }] })
    await world.patch(id, { source_revision_config: { image_uri: IMAGE } })
    const { verdict } = await unchanged()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.revisions(id)).toHaveLength(3)
  })

  test('makes a revision when the digest is deployed, but another one is active', async () => {
    await world.api.scenario({ revisions: [{ nth: 2, active_after_ms: null }] })
    const id = await world.images(OLD_IMAGE, DIGEST)
    await unchanged({ wait: 'false' })
    expect(await world.revisions(id)).toHaveLength(3)
  })

  test('is not the default: a digest that serves already gets a new revision', async () => {
    const id = await world.images(DIGEST)
    const { verdict } = await unchanged({ 'skip-unchanged': 'false' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.revisions(id)).toHaveLength(2)
  })

  test('makes a revision when the digest is being deployed', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: DIGEST } })
    await unchanged()
    expect(await world.revisions(id)).toHaveLength(3)
  })

  test.each<[string, string, Readonly<Record<string, string>>, string]>([
    ['makes no revision of the commit that serves already', COMMIT, {}, 'unchanged'],
    ['makes a revision of another commit', OTHER_COMMIT, {}, 'deployed'],
    ['makes a revision of a ref that is not the one of the run', COMMIT, { 'repo-ref': 'release' }, 'deployed'],
    ['makes a revision of another configuration', COMMIT, { 'langgraph-config': 'b/langgraph.json' }, 'deployed']
  ])('%s', async (_, commit, inputs, status) => {
    await world.api.scenario({ revisions: [{ commit }] })
    await world.github()
    const { verdict } = await world.play({ 'skip-unchanged': 'true', ...inputs })
    expect(verdict.status).toBe(status)
    expect(await world.writes()).toHaveLength(status === 'unchanged' ? 0 : 1)
  })
})

describe('a dry run', () => {
  test.each<[string, () => Promise<unknown>, Readonly<Record<string, string>>, string]>([
    ['of a new deployment of an image', async () => {}, { 'image-uri': IMAGE }, 'create'],
    ['of a new deployment from GitHub', async () => {}, {}, 'create'],
    ['of a deployment that exists', () => world.images(OLD_IMAGE), { 'image-uri': IMAGE, secrets: 'TOKEN=t' }, 'patch'],
    ['with nothing to do', () => world.images(DIGEST), { 'image-uri': DIGEST, 'skip-unchanged': 'true' }, 'nothing']
  ])('%s plans and only reads', async (_, seed, inputs, kind) => {
    await seed()
    const { verdict, facts, runner } = await world.play({ ...inputs, 'dry-run': 'true' })
    expect(verdict.status).toBe('planned')
    expect(facts.plan?.kind).toBe(kind)
    expect(runner.texts('group')).toHaveLength(1)
    const requests = await world.requests()
    expect(requests.length).toBeGreaterThan(0)
    expect(requests.filter((request) => !request.startsWith('GET '))).toEqual([])
  })
})

describe('a revision built from another commit than that of the run', () => {
  const warnings = async (commit: string, inputs: Readonly<Record<string, string>> = {}, github: PlayOptions = {}) => {
    await world.api.scenario({ revisions: [{ commit, commit_from: 'BUILDING' }] })
    const { verdict, runner } = await world.play(inputs, github)
    expect(verdict).toEqual({ status: 'deployed' })
    return runner.texts('warning')
  }

  test('is warned of, with both commits', async () => {
    expect(await warnings(OTHER_COMMIT)).toEqual([expect.stringMatching(new RegExp(`${OTHER_COMMIT}.*${COMMIT}`))])
  })

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['it is the commit of the run', COMMIT, {}],
    ['the ref is not that of the run', OTHER_COMMIT, { 'repo-ref': 'release' }]
  ])('is not warned of when %s', async (_, commit, inputs) => {
    expect(await warnings(commit, inputs)).toEqual([])
  })

  test.each<[string, Reply, RegExp]>([
    ['what it lacks', { json: { ahead_by: 3, behind_by: 2 } }, /lacks 2 commits of this run/],
    ['nothing of the history when GitHub says nothing', { status: 404, json: {} }, /Check that the active revision/],
    ['nothing of the history when GitHub is out of reach', 'cut', /Check that the active revision/]
  ])('is told with %s', async (_, reply, message) => {
    const github = await startServer(inTurn(reply))
    const access = { apiUrl: github.url, token: 'ghs_token', repository: REPOSITORY }
    const [warning, ...others] = await warnings(OTHER_COMMIT, {}, { github: access })
    expect(warning).toMatch(message)
    expect(others).toEqual([])
    expect(github.requests[0]?.path).toMatch(`/repos/${REPOSITORY}/compare/${COMMIT}...${OTHER_COMMIT}`)
    expect(github.requests[0]?.headers.authorization).toBe('token ghs_token')
  })
})

test('a revision that was built from a later commit which holds that of the run is told in the log', async () => {
  await world.api.scenario({ revisions: [{ commit: OTHER_COMMIT, commit_from: 'BUILDING' }] })
  const github = await startServer(inTurn({ json: { ahead_by: 1, behind_by: 0 } }))
  const access = { apiUrl: github.url, token: 'ghs_token', repository: REPOSITORY }
  const { runner } = await world.play({}, { github: access })
  expect(runner.texts('warning')).toEqual([])
  expect(runner.texts('info').join('\n')).toMatch(/is 1 commit ahead and contains/)
})

test('building on push is warned of where the first deploy switches it on at a push', async () => {
  await world.api.scenario({ revisions: [{ commit: COMMIT }] })
  const { runner } = await world.play({ 'build-on-push': 'true', wait: 'false' })
  expect(runner.texts('warning')).toEqual([expect.stringMatching(/built twice/)])
})

describe('a revision that is not waited for', () => {
  test('is started, and looked for once', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario({ revisions: [{ final: null }] })
    const { verdict, facts } = await fromImage({ wait: 'false' })
    expect(verdict).toEqual({ status: 'started' })
    expect(facts).toMatchObject({ own: true, revision: { id: idsOf(await world.revisions(id))[0] } })
    expect((await world.requests()).at(-1)).toBe('GET /v2/deployments/:id/revisions')
  })
})
