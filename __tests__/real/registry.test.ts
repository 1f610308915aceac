import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { records } from '../emulator/support.ts'
import { failureOf } from '../support/failure.ts'
import { makeFolder } from '../support/folder.ts'
import { runMain } from '../support/run.ts'
import { at, type Played, type PlayOptions, useWorld } from '../support/world.ts'
import { startDaemon } from './daemon.ts'
import { type Door, homeWith, pathWith, type Registry, runs, startRegistry, whereIs } from './registry.ts'

/*
 * A push with real tools to a real registry. Debian: `apt-get install docker-registry skopeo umoci`. Tests use further
 * tools if they are installed.
 */

const world = useWorld()

const CREATE = 'POST /v2/deployments'
const TOKEN = 'POST /v2/deployments/:id/push-token'
const PATCH = 'PATCH /v2/deployments/:id'
const PUSH_TOKEN = 'ya29.a-token-for-one-push-0123456789'

interface Stage {
  readonly registry: Registry
  /** The registry of the job, with the credentials of an earlier step. */
  readonly own: Door
  readonly langsmith: Door
  readonly temporary: string
  readonly options: PlayOptions
}

async function stage({
  tools = ['skopeo'],
  username = undefined as string | undefined,
  repository = false,
  fault = (_method: string, _path: string): number | undefined => undefined
} = {}): Promise<Stage> {
  const registry = await startRegistry()
  const own = await registry.open({ user: 'ci', password: () => 'of the job' })
  const langsmith = await registry.open({ user: username ?? 'oauth2accesstoken', password: () => PUSH_TOKEN, fault })
  await world.api.scenario({
    server: {
      push_token: {
        token: PUSH_TOKEN,
        registry_url: `${langsmith.host}/tenant/images`,
        ...(username ? { username } : {}),
        ...(repository ? { repository_url: `${langsmith.host}/one-image` } : {})
      }
    }
  })
  const temporary = makeFolder('runner-')
  const variables = {
    PATH: pathWith(...tools),
    HOME: homeWith({ [own.host]: 'ci:of the job' }),
    RUNNER_TEMP: temporary
  }
  return { registry, own, langsmith, temporary, options: { variables } }
}

const deploy = ({ options }: Stage, image: string, inputs: Readonly<Record<string, string>> = {}): Promise<Played> =>
  world.play({ 'source-type': 'internal_docker', 'image-uri': image, ...inputs }, options)

describe.each([['skopeo'], ['crane']].filter(([tool = '']) => tool === 'skopeo' || whereIs(tool)))('%s', (tool) => {
  test('copies an image of the job to LangSmith, which deploys it by digest', async () => {
    const set = await stage({ tools: [tool] })
    const digest = await set.registry.image('acme/agent:1.2.3')
    const { verdict, facts, runner } = await deploy(set, `${set.own.host}/acme/agent:1.2.3`)
    expect(verdict).toEqual({ status: 'deployed' })
    const pushed = `${set.langsmith.host}/tenant/images/agent@${digest}`
    expect(await world.writes()).toEqual([CREATE, TOKEN, PATCH])
    expect(await world.bodies()).toMatchObject([
      { source: 'internal_docker', source_config: { deployment_type: 'dev_zero' }, source_revision_config: {} },
      { supports_registry_username: true },
      { revision_source: 'internal_docker', source_revision_config: { image_uri: pushed } }
    ])
    expect(await set.registry.digestOf(`tenant/images/agent@${digest}`)).toBe(digest)
    expect(runner.outputs['image-uri']).toBe(pushed)
    expect(facts).toMatchObject({ created: true, revision: { image: pushed } })
    expect(set.langsmith.requests).toContain(`PUT /v2/tenant/images/agent/manifests/${tagIn(set)}`)
    expect(set.own.requests.every((each) => /^(GET|HEAD) /.test(each))).toBe(true)
    expect(readdirSync(set.temporary)).toEqual([])
  })

  test('copies the linux/amd64 variant of an index', async () => {
    const set = await stage({ tools: [tool] })
    const amd64 = await set.registry.image('acme/agent:amd64')
    const arm64 = await set.registry.image('acme/agent:arm64', 'arm64')
    const index = await set.registry.index('acme/agent:all', [
      ['arm64', arm64],
      ['amd64', amd64]
    ])
    expect(new Set([amd64, arm64, index]).size).toBe(3)
    const { runner } = await deploy(set, `${set.own.host}/acme/agent@${index}`)
    expect(runner.outputs['image-uri']).toBe(`${set.langsmith.host}/tenant/images/agent@${amd64}`)
  })

  test('refuses an image for another platform before any write', async () => {
    const set = await stage({ tools: [tool] })
    await set.registry.image('acme/agent:1', 'arm64')
    const { runner, passed } = await runMain(
      world,
      { 'source-type': 'internal_docker', 'image-uri': `${set.own.host}/acme/agent:1` },
      set.options
    )
    expect(passed).toBe(false)
    expect(runner.texts('error').join()).toContain('which is built for linux/arm64')
    expect(await world.requests()).toEqual([])
    expect(set.langsmith.requests).toEqual([])
  })

  test('pushes to a repository without a suffix, as the user in the response', async () => {
    const set = await stage({ tools: [tool], username: 'AWS', repository: true })
    const digest = await set.registry.image('acme/agent:1')
    const { runner } = await deploy(set, `${set.own.host}/acme/agent:1`)
    expect(runner.outputs['image-uri']).toBe(`${set.langsmith.host}/one-image@${digest}`)
    expect([...set.langsmith.users]).toEqual(['AWS'])
  })

  test('retries with a new token after an error of the registry', async () => {
    let faults = 1
    const fault = (method: string, path: string) =>
      method === 'PUT' && path.includes('/manifests/') && faults-- > 0 ? 500 : undefined
    const set = await stage({ tools: [tool], fault })
    await set.registry.image('acme/agent:1')
    const { verdict } = await deploy(set, `${set.own.host}/acme/agent:1`)
    expect(verdict).toEqual({ status: 'deployed' })
    // crane retries by itself.
    expect(await world.writes()).toEqual([CREATE, TOKEN, ...(tool === 'skopeo' ? [TOKEN] : []), PATCH])
  })

  test('that cannot push reports the empty deployment, without credentials', async () => {
    const fault = (method: string, path: string) => (method === 'PUT' && path.includes('/manifests/') ? 503 : undefined)
    const set = await stage({ tools: [tool], fault })
    await set.registry.image('acme/agent:1')
    const { runner, passed } = await runMain(
      world,
      { 'source-type': 'internal_docker', 'image-uri': `${set.own.host}/acme/agent:1` },
      set.options
    )
    expect(passed).toBe(false)
    expect(await world.writes()).toEqual([CREATE, TOKEN, TOKEN, TOKEN])
    const [deployment, ...others] = records((await world.api.ask(200, 'GET', '/v2/deployments')).resources)
    expect(others).toEqual([])
    expect(deployment).toMatchObject({ name: 'agent', source: 'internal_docker', latest_revision_id: null })
    expect(await world.revisions(String(at(deployment, 'id')))).toEqual([])
    expect(runner.texts('warning').join()).toContain('has no revision yet')
    expect(runner.told.find(({ kind }) => kind === 'error')?.name).toBe('Image push failed')
    expect(runner.texts('error').join()).toMatch(
      /failed to push the image to 127\.0\.0\.1:\d+ in 3 attempts, each with a new token\.\nLast error: .*(?:of the door|503 Service Unavailable)\./
    )
    expect(readdirSync(set.temporary)).toEqual([])
    const said = runner.told.filter(({ kind }) => kind !== 'mask').map(({ text }) => text)
    expect(said.join('\n')).not.toContain(PUSH_TOKEN)
    expect(runner.texts('mask')).toContain(PUSH_TOKEN)
  })

  test('creates no revision of an active image with `skip-unchanged`', async () => {
    const set = await stage({ tools: [tool] })
    await set.registry.image('acme/agent:1')
    const image = `${set.own.host}/acme/agent:1`
    await deploy(set, image)
    const { verdict } = await deploy(set, image, { 'skip-unchanged': 'true' })
    expect(verdict).toMatchObject({ status: 'unchanged' })
    expect(await world.writes()).toEqual([CREATE, TOKEN, PATCH])
    await set.registry.image('acme/agent:1', 'amd64')
    expect((await deploy(set, image)).verdict).toEqual({ status: 'deployed' })
  })
})

// Debian has no package of it; GitHub's runners include it.
const ifBuildx = runs('docker', 'buildx', 'version') ? test : test.skip
ifBuildx('docker buildx brings an image of the job to LangSmith, with both logins', async () => {
  const set = await stage({ tools: ['docker'] })
  await set.registry.image('acme/agent:1')
  const { verdict, runner } = await deploy(set, `${set.own.host}/acme/agent:1`)
  expect(verdict).toEqual({ status: 'deployed' })
  // Wraps a single image in an index.
  const digest = await set.registry.digestOf(`tenant/images/agent:${tagIn(set)}`)
  expect(runner.outputs['image-uri']).toBe(`${set.langsmith.host}/tenant/images/agent@${digest}`)
  expect(runner.texts('info').join()).toContain('with `docker buildx`')
  expect(readdirSync(set.temporary)).toEqual([])
})

test('the error for a missing image quotes each tool', async () => {
  const set = await stage()
  const error = await failureOf(deploy(set, `${set.own.host}/acme/nothing:1`))
  expect(error).toMatchObject({
    title: 'Image not found',
    message: expect.stringMatching(/skopeo: .*manifest unknown/)
  })
  expect(await world.requests()).toEqual([])
})

// Uses the real tool with a recording daemon, to check that it finds the credentials in the given files.
const ifDocker = whereIs('docker') ? describe : describe.skip
ifDocker('docker', () => {
  const LOCAL = 'agent:dev'
  const pushed = `sha256:${'ab'.repeat(32)}`
  const helper = { auths: {}, credsStore: 'of-this-machine', credHelpers: { 'ghcr.io': 'another' } }

  test.each([
    ['a configuration without logins', {}],
    ['a configuration whose logins are in a helper', helper]
  ])('pushes an image of the daemon, with %s', async (_, configuration) => {
    const daemon = await startDaemon(LOCAL, pushed)
    const set = await stage({ tools: ['docker'] })
    const home = homeWith({})
    const file = join(home, '.docker', 'config.json')
    writeFileSync(file, JSON.stringify(configuration))
    const variables = { ...set.options.variables, HOME: home, DOCKER_HOST: daemon.address }
    const { verdict, runner } = await deploy({ ...set, options: { variables } }, LOCAL)
    expect(verdict).toEqual({ status: 'deployed' })
    const repository = `${set.langsmith.host}/tenant/images/agent`
    expect(runner.outputs['image-uri']).toBe(`${repository}@${pushed}`)
    expect(daemon.requests).toEqual([
      `GET /images/${LOCAL}/json`,
      `POST /images/${LOCAL}/tag`,
      `POST /images/${repository}/push`,
      `DELETE /images/${repository}:1f1f1f1f1f1f`
    ])
    expect(daemon.logins).toMatchObject([
      { username: 'oauth2accesstoken', password: PUSH_TOKEN, serveraddress: set.langsmith.host }
    ])
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(configuration)
    expect(readdirSync(set.temporary)).toEqual([])
  })

  test('reports the response of a registry that refuses the push', async () => {
    const daemon = await startDaemon(LOCAL, undefined)
    const set = await stage({ tools: ['docker'] })
    const variables = { ...set.options.variables, DOCKER_HOST: daemon.address }
    const error = await failureOf(deploy({ ...set, options: { variables } }, LOCAL))
    expect(error).toMatchObject({ title: 'Image push failed', behind: { message: 'denied: no such repository' } })
    expect(daemon.requests.at(-1)).toMatch(/^DELETE /)
  })
})

/** The pushed tag. */
function tagIn({ langsmith }: Stage): string {
  const put = langsmith.requests.find((each) => /^PUT .*\/manifests\//.test(each)) ?? ''
  const tag = put.split('/').at(-1) ?? ''
  expect(tag).toMatch(/^[0-9a-f]{12}$/)
  return tag
}
