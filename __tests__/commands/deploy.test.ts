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
  test('of an image creates the deployment and follows its revision until it is active', async () => {
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

  test.each([404, 405])('uses the v2 routes for the integration if v1 returns %d', async (status) => {
    await world.api.scenario({ faults: [{ path: '/v1/**', action: 'status', status, times: null }] })
    const { verdict } = await world.play({ wait: 'false' })
    expect(verdict).toEqual({ status: 'started' })
    expect(at((await world.bodies())[0], 'source_config', 'integration_id')).toBe(world.api.emulator.integrationId)
  })

  test('fails without a write if no integration can read the repository', async () => {
    const error = await failureOf(world.play({ 'repo-url': 'https://github.com/acme/other', 'repo-ref': 'main' }))
    expect(error).toMatchObject({
      name: 'RefusalError',
      advice: expect.stringMatching(
        /this repository \(https:\/\/github\.com\/apps\/langsmith-emulator\/installations\/new\), or set `integration-id`/
      )
    })
    // The request only creates a link, and is sent only here.
    expect(await world.writes()).toEqual(['POST /v2/integrations/github/installation-link'])
  })

  test('first reads the list of deployments', async () => {
    await fromImage({ wait: 'false' })
    expect((await world.requests())[0]).toBe('GET /v2/deployments')
  })

  test.each(['ägent', 'my agent', 'acme/agent'])(
    'rejects a name that no deployment has before any request: %s',
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
    'rejects a name that only older deployments have after one lookup: %s',
    async (name) => {
      const error = await failureOf(fromImage({ name }))
      expect(error).toMatchObject({
        title: 'Invalid deployment name',
        advice: expect.stringMatching(/Use `name: [a-z][a-z0-9-]*`/)
      })
      expect(await world.requests()).toEqual(['GET /v2/deployments'])
    }
  )

  test('sets the display name after the revision appears', async () => {
    const { verdict, facts } = await fromImage({ 'display-name': 'My agent' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect((await world.deployment(String(facts.deployment?.id))).display_name).toBe('My agent')
    expect(await world.writes()).toEqual([CREATE, PATCH])
    expect(at((await world.bodies())[0], 'display_name')).toBeUndefined()
    expect(await world.revisions(String(facts.deployment?.id))).toHaveLength(1)
  })

  test.each<[string, Json]>([
    ['is refused', { action: 'status', status: 422 }],
    ['gets no response', { action: 'cut' }],
    ['gets a server error', { action: 'status', status: 500, times: null }]
  ])('warns and continues if the display name %s', async (_, fault) => {
    await world.api.scenario({ faults: [{ method: 'PATCH', ...fault }] })
    const { verdict, runner } = await fromImage({ 'display-name': 'My agent' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(runner.texts('warning')).toEqual([expect.stringMatching(/`display-name`/)])
  })

  test('warns about a long name on a self-hosted control plane', async () => {
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

describe('the listener of a new image deployment', () => {
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

  test('is omitted if the workspace has no listeners', async () => {
    await noListeners()
    await fromImage({ wait: 'false' })
    expect(await sentConfig()).toEqual({ resource_spec: {} })
  })

  test.each([404, 405])('is omitted if the routes of listeners return %d', async (status) => {
    await world.api.scenario({ faults: [{ path: '/v2/listeners', action: 'status', status }] })
    await fromImage({ wait: 'false' })
    expect(await sentConfig()).toEqual({ resource_spec: {} })
  })

  test('is required on Cloud', async () => {
    await noListeners()
    const error = await failureOf(fromImage({}, { adjust: onCloud }))
    expect(error).toMatchObject({ name: 'RefusalError', message: expect.stringContaining('no listener') })
    expect(await world.writes()).toEqual([])
  })

  test('must be set if there are several, which the error lists', async () => {
    const { id } = await another(['x', 'y'])
    const error = await failureOf(fromImage())
    expect(error).toMatchObject({ name: 'RefusalError', advice: expect.stringContaining('`listener-id`') })
    expect(String(error)).toContain(String(id))
    expect(String(error)).toContain(world.api.emulator.listenerId)
    expect(String(error)).toContain('x, y')
    expect(await world.writes()).toEqual([])
  })

  test('needs a namespace if it has several', async () => {
    const { id } = await another(['x', 'y'])
    const error = await failureOf(fromImage({ 'listener-id': String(id) }))
    expect(error).toMatchObject({ name: 'RefusalError', advice: expect.stringContaining('`k8s-namespace`') })
    expect(String(error)).toContain('x, y')
  })

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['the namespace', { 'k8s-namespace': 'y' }, 'y'],
    ['both', { 'listener-id': 'ID', 'k8s-namespace': 'z' }, 'z']
  ])('is found if the user sets %s', async (_, inputs, k8s_namespace) => {
    const { id } = await another(['x', 'y'])
    const listener = inputs['listener-id'] ? { 'listener-id': String(id) } : {}
    await fromImage({ ...inputs, ...listener, wait: 'false' })
    expect(await sentConfig()).toMatchObject({ listener_id: id, listener_config: { k8s_namespace } })
  })

  test('is rejected with the list of listeners if it does not exist', async () => {
    const error = await failureOf(fromImage({ 'k8s-namespace': 'nowhere' }))
    expect(error).toMatchObject({
      name: 'RefusalError',
      message: expect.stringMatching(/"nowhere".*emulator-cluster.*default/)
    })
  })

  test('is not looked up for an existing deployment', async () => {
    await world.images(OLD_IMAGE)
    await another(['x', 'y'])
    const { verdict } = await fromImage()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.requests()).not.toContain('GET /v2/listeners')
  })
})

describe('a deploy to an existing deployment', () => {
  test('patches it, keeps its secrets, and records the previous revision', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.patch(id, { secrets: [{ name: 'KEPT', value: 'k' }] })
    const { active_revision_id: before } = await world.deployment(id)
    const { verdict, facts } = await fromImage({ secrets: 'TOKEN=t' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts).toMatchObject({ created: false, previousRevisionId: before, deployment: { id } })
    expect((await world.deployment(id)).secrets).toEqual(namedValues({ TOKEN: 't', KEPT: 'k' }))
    expect(await world.writes()).toEqual([PATCH])
  })

  test('creates a new revision of the same image, and sends no known secrets', async () => {
    const id = await world.images(IMAGE)
    await world.patch(id, { secrets: [{ name: 'TOKEN', value: 't' }] })
    const { verdict } = await fromImage({ secrets: 'TOKEN=t' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.bodies()).toEqual([{ source_revision_config: { image_uri: IMAGE } }])
    expect(await world.revisions(id)).toHaveLength(3)
  })

  test('finds it by ID, whatever its name', async () => {
    const id = await create(world.api, dockerBody({ name: 'my_agent' }))
    const { verdict } = await fromImage({ name: '', 'deployment-id': id })
    expect(verdict).toEqual({ status: 'deployed' })
    expect((await world.requests())[0]).toBe('GET /v2/deployments/:id')
    expect(await world.writes()).toEqual([PATCH])
  })

  test.each<[string, () => Promise<string>, Readonly<Record<string, string>>, RegExp]>([
    ['an image for a GitHub deployment', () => world.github(), { 'image-uri': IMAGE }, /source github.*image ghcr\.io/],
    [
      'GitHub for an image deployment',
      () => world.images(OLD_IMAGE),
      {},
      /source external_docker.*Support_Agent at main/
    ],
    [
      'this repository for a deployment of another one',
      () => world.github({ repo_url: 'https://github.com/acme/agents' }),
      {},
      /`repo-url`.*Support_Agent.*acme\/agents/
    ],
    [
      'another integration',
      () => world.github(),
      { 'integration-id': '99999999-9999-4999-8999-999999999999' },
      /`integration-id`.*99999999/
    ],
    [
      'another listener',
      () =>
        create(
          world.api,
          dockerBody({ name: 'agent', source_config: { listener_id: '77777777-7777-4777-8777-777777777777' } })
        ),
      { 'image-uri': IMAGE, 'listener-id': '99999999-9999-4999-8999-999999999999' },
      /`listener-id`.*77777777/
    ],
    [
      'another namespace',
      () =>
        create(world.api, dockerBody({ name: 'agent', source_config: { listener_config: { k8s_namespace: 'old' } } })),
      { 'image-uri': IMAGE, 'k8s-namespace': 'new' },
      /`k8s-namespace`.*new.*old/
    ]
  ])('rejects %s, without a write', async (_, seed, inputs, message) => {
    await seed()
    expect(await failureOf(world.play(inputs))).toMatchObject({
      name: 'RefusalError',
      message: expect.stringMatching(message),
      advice: expect.stringContaining('another `name`')
    })
    expect(await world.writes()).toEqual([])
  })

  test.each([`${URL}.git`, `${URL.toLowerCase()}/`, `git@github.com:${REPOSITORY}.git`])(
    'accepts another spelling of the repository: %s',
    async (repo_url) => {
      await world.github({ repo_url })
      expect((await world.play({ wait: 'false' })).verdict).toEqual({ status: 'started' })
    }
  )

  test('fails if the deployment is being deleted', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.ask(204, 'DELETE', `/v2/deployments/${id}`)
    await expect(failureOf(fromImage())).resolves.toMatchObject({
      name: 'RefusalError',
      message: expect.stringContaining('reserved for up to a week')
    })
    expect(await world.writes()).toEqual([])
  })

  test('never sends back a value that the server hides', async () => {
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
    'never sends back a placeholder for a value: %j',
    async (hide_secrets) => {
      const id = await world.images(OLD_IMAGE)
      await world.patch(id, {
        secrets: namedValues({ FIRST: 'the first value', SECOND: 'the second value' })
      })
      // An empty list is suspicious only if an earlier list had values.
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

  describe('an empty list of variables', () => {
    const NOTE = /lists no variables for this deployment\. This run sends only its own/
    const WARNING = expect.stringMatching(/"agent" even after it accepted.*`secrets-mode: replace`/)

    test('is a line of the log and, if the server hides the list, a warning', async () => {
      const id = await world.images(OLD_IMAGE)
      await world.patch(id, { secrets: namedValues({ A: 'first', B: 'second' }) })
      await world.api.scenario({ server: { hide_secrets: 'list' } })
      const { runner } = await fromImage({ wait: 'false', secrets: 'C=third' })
      expect(runner.texts('info').join('\n')).toMatch(NOTE)
      expect(runner.texts('warning')).toEqual([WARNING])
    })

    test('is a line of the log if the deployment has no variables', async () => {
      await world.images(OLD_IMAGE)
      const { runner } = await fromImage({ wait: 'false', secrets: 'C=third' })
      expect(runner.texts('info').join('\n')).toMatch(NOTE)
      expect(runner.texts('warning')).toEqual([])
    })

    test('is not reported if the run sends no variables, replaces all, or LangSmith lists some', async () => {
      const id = await world.images(OLD_IMAGE)
      const silent = [await fromImage({ wait: 'false' })]
      silent.push(await fromImage({ wait: 'false', secrets: 'C=third', 'secrets-mode': 'replace' }))
      expect(await world.deployment(id)).toMatchObject({ secrets: [{ name: 'C' }] })
      silent.push(await fromImage({ wait: 'false', secrets: 'D=fourth' }))
      expect(silent.flatMap(({ runner }) => runner.texts('info')).join('\n')).not.toMatch(NOTE)
    })
  })

  describe('a setting without an input', () => {
    const BOTH = [expect.stringMatching(/built twice.*`build-on-push: false`.*`command: wait`/)]
    const dispatch = { variables: { GITHUB_EVENT_NAME: 'workflow_dispatch' } }
    const otherBranch = { variables: { GITHUB_REF: 'refs/heads/other' } }

    test('keeps the value of a deployment created in LangSmith', async () => {
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

    test('has its default in a new deployment', async () => {
      await world.play({})
      expect(await world.bodies()).toMatchObject([
        { source_config: { build_on_push: false }, source_revision_config: { langgraph_config_path: 'langgraph.json' } }
      ])
    })

    test.each<[string, Readonly<Record<string, string>>, PlayOptions, boolean, readonly unknown[]]>([
      ['kept with one warning if each push is deployed', {}, {}, true, BOTH],
      ['kept with one warning in a dry run', { 'dry-run': 'true' }, {}, true, BOTH],
      ['kept in a manual run', {}, dispatch, true, []],
      ['kept if the push of another branch deploys this one', { 'repo-ref': 'main' }, otherBranch, true, []],
      ['kept with one warning if it is set', { 'build-on-push': 'true' }, {}, true, BOTH],
      ['kept if it is set in a manual run', { 'build-on-push': 'true' }, dispatch, true, []],
      ['disabled without a warning if set to false', { 'build-on-push': 'false' }, {}, false, []],
      ['disabled by a boolean in any case', { 'build-on-push': 'False' }, {}, false, []]
    ])('for build on push is %s', async (_, inputs, options, expected, warnings) => {
      const id = await world.github({ build_on_push: true })
      await world.api.scenario({ revisions: [{ commit: COMMIT }] })
      const { runner } = await world.play({ wait: 'false', ...inputs }, options)
      expect(at(await world.deployment(id), 'source_config', 'build_on_push')).toBe(expected)
      expect(runner.texts('warning')).toEqual(warnings)
    })

    test('for build on push causes one warning, even after several plans', async () => {
      await world.github({ build_on_push: true })
      await world.api.scenario({
        faults: [{ method: 'PATCH', action: 'cut' }],
        revisions: [{ commit: COMMIT }]
      })
      const { runner } = await world.play({ wait: 'false' })
      expect(runner.texts('warning')).toEqual(BOTH)
      expect((await world.writes()).length).toBeGreaterThan(1)
    })

    test('for build on push rejects a tag without a write, with advice', async () => {
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

    test('causes no revision with `skip-unchanged`', async () => {
      const id = await world.github({ build_on_push: true }, { langgraph_config_path: 'apps/agent/langgraph.json' })
      const commit = String(at((await world.revisions(id))[0], 'source_revision_config', 'repo_commit_sha'))
      const { verdict } = await world.play({ 'skip-unchanged': 'true' }, { variables: { GITHUB_SHA: commit } })
      expect(verdict.status).toBe('unchanged')
      expect(await world.writes()).toEqual([])
    })
  })

  test('is masked in the environment before the plan is shown', async () => {
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

  test('creates no revision for the active digest', async () => {
    const id = await world.images(DIGEST)
    const { verdict, facts } = await unchanged()
    expect(verdict).toMatchObject({ status: 'unchanged' })
    expect(facts).toMatchObject({ own: false, revision: { id: (await world.deployment(id)).active_revision_id } })
    expect(await world.writes()).toEqual([])
  })

  test('patches settings that need no revision', async () => {
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
    ['a new secret', DIGEST, { secrets: 'TOKEN=t' }],
    ['another resource spec', DIGEST, { 'resource-spec': '{cpu: 4}' }]
  ])('creates a revision for %s', async (_, image, inputs) => {
    const id = await world.images(image)
    const { verdict } = await unchanged(inputs)
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.revisions(id)).toHaveLength(2)
  })

  test('creates a revision if the digest is active, but a later revision failed', async () => {
    const id = await world.images(DIGEST)
    await world.api.scenario({ revisions: [{ nth: 2, final: 'DEPLOY_FAILED' }] })
    await world.patch(id, { source_revision_config: { image_uri: IMAGE } })
    const { verdict } = await unchanged()
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.revisions(id)).toHaveLength(3)
  })

  test('creates a revision if the digest is deployed, but another one is active', async () => {
    await world.api.scenario({ revisions: [{ nth: 2, active_after_ms: null }] })
    const id = await world.images(OLD_IMAGE, DIGEST)
    await unchanged({ wait: 'false' })
    expect(await world.revisions(id)).toHaveLength(3)
  })

  test('is off by default: the active digest gets a new revision', async () => {
    const id = await world.images(DIGEST)
    const { verdict } = await unchanged({ 'skip-unchanged': 'false' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.revisions(id)).toHaveLength(2)
  })

  test('creates a revision if the rollout of the digest is in progress', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: DIGEST } })
    await unchanged()
    expect(await world.revisions(id)).toHaveLength(3)
  })

  test.each<[string, string, Readonly<Record<string, string>>, string]>([
    ['creates no revision of the active commit', COMMIT, {}, 'unchanged'],
    ['creates a revision of another commit', OTHER_COMMIT, {}, 'deployed'],
    ['creates a revision of another ref than that of the run', COMMIT, { 'repo-ref': 'release' }, 'deployed'],
    ['creates a revision of another configuration', COMMIT, { 'langgraph-config': 'b/langgraph.json' }, 'deployed']
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
    ['of an existing deployment', () => world.images(OLD_IMAGE), { 'image-uri': IMAGE, secrets: 'TOKEN=t' }, 'patch'],
    ['without changes', () => world.images(DIGEST), { 'image-uri': DIGEST, 'skip-unchanged': 'true' }, 'nothing']
  ])('%s plans and sends only reads', async (_, seed, inputs, kind) => {
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

describe('a revision built from another commit than the commit of the run', () => {
  const warnings = async (commit: string, inputs: Readonly<Record<string, string>> = {}, github: PlayOptions = {}) => {
    await world.api.scenario({ revisions: [{ commit, commit_from: 'BUILDING' }] })
    const { verdict, runner } = await world.play(inputs, github)
    expect(verdict).toEqual({ status: 'deployed' })
    return runner.texts('warning')
  }

  test('causes a warning with both commits', async () => {
    expect(await warnings(OTHER_COMMIT)).toEqual([expect.stringMatching(new RegExp(`${OTHER_COMMIT}.*${COMMIT}`))])
  })

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['it is the commit of the run', COMMIT, {}],
    ['the ref is another one than that of the run', OTHER_COMMIT, { 'repo-ref': 'release' }]
  ])('causes no warning if %s', async (_, commit, inputs) => {
    expect(await warnings(commit, inputs)).toEqual([])
  })

  test.each<[string, Reply, RegExp]>([
    [
      'the missing commits',
      { json: { ahead_by: 3, behind_by: 2 } },
      /lacks 2 commits of this run\. Rerun this job when the branch or tag contains them\./
    ],
    [
      'advice instead of the history if GitHub returns 404',
      { status: 404, json: {} },
      /Check that the active revision/
    ],
    ['advice instead of the history if GitHub is unreachable', 'cut', /Check that the active revision/]
  ])('is reported with %s', async (_, reply, message) => {
    const github = await startServer(inTurn(reply))
    const access = { apiUrl: github.url, token: 'ghs_token', repository: REPOSITORY }
    const [warning, ...others] = await warnings(OTHER_COMMIT, {}, { github: access })
    expect(warning).toMatch(message)
    expect(others).toEqual([])
    expect(github.requests[0]?.path).toMatch(`/repos/${REPOSITORY}/compare/${COMMIT}...${OTHER_COMMIT}`)
    expect(github.requests[0]?.headers.authorization).toBe('token ghs_token')
  })
})

test('a revision built from a later commit that contains the commit of the run is reported in the log', async () => {
  await world.api.scenario({ revisions: [{ commit: OTHER_COMMIT, commit_from: 'BUILDING' }] })
  const github = await startServer(inTurn({ json: { ahead_by: 1, behind_by: 0 } }))
  const access = { apiUrl: github.url, token: 'ghs_token', repository: REPOSITORY }
  const { runner } = await world.play({}, { github: access })
  expect(runner.texts('warning')).toEqual([])
  expect(runner.texts('info').join('\n')).toMatch(/is 1 commit ahead and contains/)
})

test('a first deploy by push that enables build on push causes a warning', async () => {
  await world.api.scenario({ revisions: [{ commit: COMMIT }] })
  const { runner } = await world.play({ 'build-on-push': 'true', wait: 'false' })
  expect(runner.texts('warning')).toEqual([expect.stringMatching(/built twice/)])
})

describe('a deploy with wait: false', () => {
  test('starts a revision and reads the list once', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.api.scenario({ revisions: [{ final: null }] })
    const { verdict, facts } = await fromImage({ wait: 'false' })
    expect(verdict).toEqual({ status: 'started' })
    expect(facts).toMatchObject({ own: true, revision: { id: idsOf(await world.revisions(id))[0] } })
    expect((await world.requests()).at(-1)).toBe('GET /v2/deployments/:id/revisions')
  })
})
