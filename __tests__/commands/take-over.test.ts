import { describe, expect, test } from '@jest/globals'
import { makeFolder, makeTree, SMALLEST } from '../archive/support.ts'
import { type Json, revisionsOf } from '../emulator/support.ts'
import { failureOf } from '../support/failure.ts'
import { runMain } from '../support/run.ts'
import { at, IMAGE, OLD_IMAGE, useWorld } from '../support/world.ts'

/*
 * Deployments created by the recorded requests of `langgraph deploy` (langgraph-cli 0.4.31 and 0.4.40), followed by a
 * run of this action.
 */
const world = useWorld()

const SECRETS = [{ name: 'MODEL', value: 'large' }]
const PUSHED = `registry.example.com/agent@sha256:${'ab'.repeat(32)}`
const WORKSPACE = { 'source-type': 'internal_source' }
const workspace = () => ({ variables: { GITHUB_WORKSPACE: makeTree(SMALLEST), RUNNER_TEMP: makeFolder() } })

async function upload(id: string, body?: Json): Promise<string> {
  const { upload_url, object_path } = await world.api.ask(200, 'POST', `/v2/deployments/${id}/upload-url`, body)
  const headers = { 'Content-Type': 'application/gzip', 'X-Goog-Content-Length-Range': '0,209715200' }
  expect((await fetch(String(upload_url), { method: 'PUT', body: 'an archive', headers })).status).toBe(200)
  return String(object_path)
}

/** Creates a deployment and its first revision like the CLI, after a preparation such as an upload. */
async function deployed(source: string, deployment_type: string, revisionOf: (id: string) => Promise<Json>) {
  const config = { source_config: { deployment_type }, source_revision_config: {} }
  const { id } = await world.api.ask(201, 'POST', '/v2/deployments', {
    name: 'agent',
    source,
    ...config,
    secrets: SECRETS
  })
  const source_revision_config = await revisionOf(String(id))
  await world.patch(String(id), { revision_source: source, source_revision_config, secrets: SECRETS })
  return String(id)
}

/** `langgraph deploy --remote --name agent` for a new deployment. */
const deployRemote = (deployment_type: string, asking?: Json) =>
  deployed('internal_source', deployment_type, async (id) => ({
    source_tarball_path: await upload(id, asking),
    langgraph_config_path: 'langgraph.json'
  }))

/** `langgraph deploy --image`, or without `--remote`: the image was built on the user's machine. */
const deployImage = (deployment_type: string, asking?: Json) =>
  deployed('internal_docker', deployment_type, async (id) => {
    await world.api.ask(200, 'POST', `/v2/deployments/${id}/push-token`, asking)
    return { image_uri: PUSHED }
  })

const TARBALL = {
  revision_source: 'internal_source',
  source_revision_config: {
    source_tarball_path: expect.stringMatching(/\.tar\.gz$/),
    langgraph_config_path: 'langgraph.json'
  }
}
const sourcesOf = async (id: string) => (await revisionsOf(world.api, id)).map(({ source }) => source)

describe('a deployment of `langgraph deploy` accepts an archive from this action', () => {
  test.each<[string, string, () => Promise<string>]>([
    ['--remote (0.4.31)', 'internal_source', () => deployRemote('dev')],
    ['--remote (0.4.40)', 'internal_source', () => deployRemote('dev_zero', { supports_upload_headers: true })],
    ['--image (0.4.31)', 'internal_docker', () => deployImage('dev')],
    ['--image (0.4.40)', 'internal_docker', () => deployImage('prod', { supports_registry_username: true })]
  ])('with %s and source %s', async (_, source, make) => {
    const id = await make()
    const { verdict, facts, runner } = await world.play({ ...WORKSPACE, secrets: 'TOKEN=a secret' }, workspace())
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts).toMatchObject({ created: false, deployment: { id } })
    expect(at(await world.deployment(id), 'source')).toBe(source)
    expect((await world.bodies()).at(-1)).toEqual({
      ...TARBALL,
      secrets: [{ name: 'TOKEN', value: 'a secret' }, ...SECRETS]
    })
    expect(await sourcesOf(id)).toEqual(['internal_source', source])
    expect(runner.texts('warning')).toEqual([])
    expect(runner.texts('group').join('\n').includes('source-type')).toBe(source !== 'internal_source')
  })
})

describe('a GitHub deployment', () => {
  test('accepts an archive from this action, and can switch back to GitHub without any loss', async () => {
    const id = await world.github()
    const archive = await world.play(WORKSPACE, workspace())
    expect(archive.verdict).toEqual({ status: 'deployed' })
    expect((await world.bodies()).at(-1)).toEqual(TARBALL)
    expect(archive.runner.texts('group').join('\n')).toContain('changed from github to internal_source')

    const github = await world.play({})
    expect(github.verdict).toEqual({ status: 'deployed' })
    expect(await sourcesOf(id)).toEqual(['github', 'internal_source', 'github'])
    expect((await world.revisions(id))[0]).toMatchObject({
      source_revision_config: { repo_ref: 'main', langgraph_config_path: 'langgraph.json', source_tarball_path: null }
    })
  })

  test('is not unchanged while the archive of another run is active', async () => {
    const id = await world.github()
    await world.play(WORKSPACE, workspace())
    expect((await world.play({ 'skip-unchanged': 'true' })).verdict).toEqual({ status: 'deployed' })
    expect(await sourcesOf(id)).toEqual(['github', 'internal_source', 'github'])
  })

  test('on a server that refuses the switch fails with the response of the server and advice', async () => {
    await world.github()
    const detail = "Source configuration error: 'revision_source' must match the source of the deployment"
    await world.api.scenario({ faults: [{ method: 'PATCH', action: 'status', status: 400, body: { detail } }] })
    const { passed, runner } = await runMain(world, WORKSPACE, workspace())
    const told = runner.told.filter(({ kind }) => kind === 'error').map(({ text }) => text)
    expect(passed).toBe(false)
    expect(told).toEqual([expect.stringContaining(detail)])
    expect(told.join()).toMatch(/created from another source.*`source-type`.*another `name`/s)
  })
})

describe('a deploy is rejected before any write', () => {
  test.each<[string, () => Promise<string>]>([
    ['internal_source', () => deployRemote('dev_zero')],
    ['internal_docker', () => deployImage('dev_zero')]
  ])('from GitHub to a deployment of %s, which has no repository', async (source, make) => {
    await make()
    const error = await failureOf(world.play({}))
    expect(error).toMatchObject({
      name: 'RefusalError',
      message: expect.stringMatching(new RegExp(`created from ${source} and has no GitHub repository`)),
      advice: expect.stringContaining('`source-type: internal_source`')
    })
    expect(await world.writes()).toEqual([])
  })

  test.each<[string, Readonly<Record<string, string>>, () => Promise<string>]>([
    ['the workspace to an external image', WORKSPACE, () => world.images(OLD_IMAGE)],
    ['GitHub to an external image', { 'source-type': 'github' }, () => world.images(OLD_IMAGE)],
    ['an external image to GitHub', { 'image-uri': IMAGE }, () => world.github()],
    ['an external image to `langgraph deploy --image`', { 'image-uri': IMAGE }, () => deployImage('prod')]
  ])('from %s', async (_, inputs, make) => {
    await make()
    const error = await failureOf(world.play(inputs, workspace()))
    expect(error).toMatchObject({ name: 'RefusalError', message: expect.stringMatching(/was created from source/) })
    expect(await world.writes()).toEqual([])
  })
})
