import { readdirSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { create, githubBody, type Json, records } from '../emulator/support.ts'
import { failureOf } from '../support/failure.ts'
import { makeFolder } from '../support/folder.ts'
import { runMain } from '../support/run.ts'
import { DIGEST, type StandIns, skopeo, standIns } from '../support/stand-in.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
// The stand-ins for docker and skopeo are shell scripts.
const unix = process.platform === 'win32' ? describe.skip : describe

const CREATE = 'POST /v2/deployments'
const TOKEN = 'POST /v2/deployments/:id/push-token'
const PATCH = 'PATCH /v2/deployments/:id'
const PUSH_TOKEN = 'ya29.a-token-for-one-push-0123456789'
const REGISTRY = 'registry.example.com/tenant'
const INPUTS = { 'source-type': 'internal_docker', 'image-uri': 'ghcr.io/acme/agent:1' }

const given = (tools: StandIns) => ({
  variables: { PATH: tools.path, HOME: makeFolder('home-'), RUNNER_TEMP: makeFolder('runner-') }
})
const deploy = (tools: StandIns, inputs: Readonly<Record<string, string>> = {}) =>
  world.play({ ...INPUTS, ...inputs }, given(tools))
const answering = (push_token: Json) => world.api.scenario({ server: { push_token } })
const all = async () => records((await world.api.ask(200, 'GET', '/v2/deployments')).resources)

unix('a deploy of an image that is pushed', () => {
  test('a deploy of a local image creates an empty deployment, pushes, and creates the first revision from the digest', async () => {
    await answering({ token: PUSH_TOKEN, registry_url: REGISTRY })
    const tools = standIns({ skopeo: skopeo() })
    const { verdict, facts, runner } = await deploy(tools, { name: 'Support-Agent', secrets: 'A=a value' })
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.writes()).toEqual([CREATE, TOKEN, PATCH])
    const [created, asked, patched] = await world.bodies()
    expect(created).toMatchObject({ source: 'internal_docker', source_revision_config: {}, secrets: [{ name: 'A' }] })
    expect(asked).toEqual({ supports_registry_username: true })
    expect(patched).toEqual({
      revision_source: 'internal_docker',
      source_revision_config: { image_uri: `${REGISTRY}/support-agent@${DIGEST}` }
    })
    expect(facts).toMatchObject({
      created: true,
      own: true,
      revision: { image: `${REGISTRY}/support-agent@${DIGEST}` }
    })
    expect(runner.outputs['image-uri']).toBe(`${REGISTRY}/support-agent@${DIGEST}`)
    expect(runner.droppedOutputs).toEqual([])
  })

  test('a deploy of a local image has no annotation if it succeeds', async () => {
    const { runner } = await deploy(standIns({ skopeo: skopeo() }), { 'image-uri': 'ghcr.io/acme/agent:latest' })
    expect(runner.told.filter(({ kind }) => /notice|warning|error/.test(kind))).toEqual([])
    expect(runner.texts('info').join('\n')).toMatch(
      /Found the image ghcr\.io\/acme\/agent:latest in its registry with `skopeo` \(linux\/amd64\)\.\nPushing the image to \S+ with `skopeo`\.\nPushed: \S+@sha256:/
    )
  })

  test('the registry token is in a file that only its owner can read, and that is deleted afterwards', async () => {
    await answering({ token: PUSH_TOKEN, username: 'AWS', repository_url: `${REGISTRY}/one` })
    const tools = standIns({ skopeo: skopeo() })
    const where = given(tools)
    const { runner } = await world.play({ ...INPUTS, 'api-key': 'lsv2_pt_0123456789' }, where)
    const auth = Buffer.from(`AWS:${PUSH_TOKEN}`).toString('base64')
    expect(JSON.parse(tools.written('login') ?? '')).toEqual({ auths: { 'registry.example.com': { auth } } })
    expect(tools.written('mode')).toMatch(/^-rw------- /)
    for (const text of [...tools.calls(), tools.written('environment') ?? '']) {
      expect(text).not.toContain(PUSH_TOKEN)
      expect(text).not.toContain(auth)
      expect(text).not.toContain('lsv2_pt')
    }
    expect(readdirSync(where.variables.RUNNER_TEMP)).toEqual([])
    expect(runner.texts('mask')).toEqual(expect.arrayContaining([PUSH_TOKEN, auth]))
    const firstMask = runner.told.findIndex(({ text }) => text === PUSH_TOKEN)
    expect(runner.told.findIndex(({ text }) => text.includes('Pushing'))).toBeGreaterThan(firstMask)
    expect(runner.outputs['image-uri']).toBe(`${REGISTRY}/one@${DIGEST}`)
  })

  test('a failed push is repeated with a new token', async () => {
    const push = `n=$(cat "$folder/n" 2>/dev/null); echo "x$n" > "$folder/n"; [ "$n" = xx ] || { echo "503 busy" >&2; exit 1; }`
    const tools = standIns({ skopeo: skopeo({ push }) })
    const { verdict, runner } = await deploy(tools)
    expect(verdict).toEqual({ status: 'deployed' })
    expect(await world.writes()).toEqual([CREATE, TOKEN, TOKEN, TOKEN, PATCH])
    expect(runner.texts('info').filter((text) => text.startsWith('The push failed'))).toEqual([
      'The push failed; retrying in 2 s with a new token.',
      'The push failed; retrying in 10 s with a new token.'
    ])
  })

  test('an image that cannot be pushed leaves an empty deployment, which is reported and which the next run reuses', async () => {
    const failing = standIns({ skopeo: skopeo({ push: `echo "denied: ${PUSH_TOKEN}" >&2; exit 1` }) })
    await answering({ token: PUSH_TOKEN })
    const { passed, runner } = await runMain(world, INPUTS, given(failing))
    expect(passed).toBe(false)
    expect(await world.writes()).toEqual([CREATE, TOKEN, TOKEN, TOKEN])
    const readable = runner.told.filter(({ kind }) => kind !== 'mask').map(({ text }) => text)
    expect(readable.join('\n')).not.toContain(PUSH_TOKEN)
    const [deployment] = await all()
    expect(deployment).toMatchObject({ source: 'internal_docker', latest_revision_id: null })
    expect(runner.texts('warning')).toEqual([
      'This run created deployment "agent", which has no revision yet. The next run reuses it; to remove it, use `command: delete`.'
    ])
    const [error] = runner.told.filter(({ kind }) => kind === 'error')
    expect(error).toMatchObject({
      name: 'Image push failed',
      text: expect.stringContaining('\nLast error: denied: ***.\n')
    })
    const { verdict, facts } = await deploy(standIns({ skopeo: skopeo() }))
    expect(verdict).toEqual({ status: 'deployed' })
    expect(facts).toMatchObject({ created: false, deployment: { id: deployment?.id } })
  })

  test('a failed push changes nothing in an active deployment', async () => {
    const { facts } = await deploy(standIns({ skopeo: skopeo() }))
    const failing = standIns({ skopeo: skopeo({ push: 'exit 1' }) })
    const { runner } = await runMain(world, { ...INPUTS, secrets: 'A=another value' }, given(failing))
    expect(runner.texts('warning')).toEqual([])
    expect(await world.revisions(String(facts.deployment?.id))).toHaveLength(1)
    expect((await world.deployment(String(facts.deployment?.id))).secrets).toEqual([])
  })

  test.each([{}, { 'dry-run': 'true' }])(
    'a deployment created from another source is rejected without a write, with %j',
    async (inputs) => {
      for (const name of ['from-github', 'from-archive']) {
        await create(
          world.api,
          name === 'from-github'
            ? { ...githubBody(), name }
            : {
                name,
                source: 'internal_source',
                source_config: { deployment_type: 'dev' },
                source_revision_config: {},
                secrets: []
              }
        )
        const error = await failureOf(deploy(standIns({ skopeo: skopeo() }), { name, ...inputs }))
        expect(error).toMatchObject({ name: 'RefusalError', title: 'Deployment does not accept pushed images' })
      }
      expect(await world.writes()).toEqual([])
    }
  )

  test('a local image is rejected if the server returns no token', async () => {
    await world.api.scenario({
      faults: [
        {
          method: 'POST',
          path: '/v2/deployments/*/push-token',
          times: null,
          action: 'status',
          status: 400,
          body: { detail: "only available for 'internal_docker' source deployments" }
        }
      ]
    })
    const error = await failureOf(deploy(standIns({ skopeo: skopeo() })))
    expect(error).toMatchObject({ name: 'RefusalError', title: 'Deployment does not accept pushed images' })
  })

  test.each([
    [
      'is for another platform',
      { skopeo: skopeo({ config: '{"os":"linux","architecture":"arm64"}' }) },
      'Unsupported image platform'
    ],
    ['does not exist', { skopeo: 'echo "manifest unknown" >&2; exit 1' }, 'Image not found'],
    ['has no tool for the push', {}, 'Image tool required']
  ])('a local image that %s causes no write', async (_, tools, title) => {
    expect(await failureOf(deploy(standIns(tools)))).toMatchObject({ name: 'RefusalError', title })
    expect(await world.requests()).toEqual([])
  })

  test('a missing image is reported with the output of each tool, and with advice', async () => {
    const docker =
      'echo "Cannot connect to the Docker daemon at unix:///x.sock. Is the docker daemon running?" >&2; exit 1'
    const tools = standIns({ docker, skopeo: 'echo "unauthorized: authentication required." >&2; exit 1' })
    expect(await failureOf(deploy(tools))).toMatchObject({
      message: expect.stringMatching(/docker daemon running\?\nskopeo: unauthorized: authentication required\.\n/),
      advice: expect.stringMatching(/^Log in to ghcr\.io .*: start the Docker daemon/)
    })
  })

  test('no token is sent to Docker Hub for a registry without a host', async () => {
    await answering({ token: PUSH_TOKEN, registry_url: 'tenant/images' })
    const tools = standIns({ skopeo: skopeo() })
    expect(await failureOf(deploy(tools))).toMatchObject({ title: 'Invalid registry' })
    expect(tools.calls().filter((call) => call.includes('copy'))).toEqual([])
  })

  test('the active image causes no revision with skip-unchanged, and a new one without', async () => {
    const tools = standIns({ skopeo: skopeo() })
    const { facts } = await deploy(tools)
    const { verdict } = await deploy(tools, { 'skip-unchanged': 'true' })
    expect(verdict).toMatchObject({ status: 'unchanged' })
    expect(await world.revisions(String(facts.deployment?.id))).toHaveLength(1)
    // This is known without a push.
    expect((await world.writes()).filter((write) => write === TOKEN)).toHaveLength(1)
    const planned = await deploy(tools, { 'skip-unchanged': 'true', 'dry-run': 'true' })
    expect(planned.facts.plan?.kind).toBe('nothing')
    expect((await deploy(tools)).verdict).toEqual({ status: 'deployed' })
    expect(await world.revisions(String(facts.deployment?.id))).toHaveLength(2)
  })

  test('the inspected image is pushed, even if the tag has moved since', async () => {
    const tools = standIns({ skopeo: skopeo() })
    await deploy(tools, { 'image-uri': 'localhost:5000/acme/agent:1' })
    expect(tools.calls().at(-1)).toContain(` docker://localhost:5000/acme/agent@${DIGEST} docker://`)
  })

  test('an active image is recognized after the push if the tool does not report its digest before', async () => {
    const image = '[{"Id":"sha256:1f","Os":"linux","Architecture":"amd64"}]'
    const docker = `case "$*" in *inspect*) echo '${image}' ;; *push*) echo 'digest: ${DIGEST}' ;; esac`
    const tools = standIns({ docker })
    const inputs = { 'image-uri': 'agent:ci', 'skip-unchanged': 'true' }
    const { facts } = await deploy(tools, inputs)
    expect((await deploy(tools, inputs)).verdict).toMatchObject({ status: 'unchanged' })
    expect(await world.writes()).toEqual([CREATE, TOKEN, PATCH, TOKEN])
    expect(await world.revisions(String(facts.deployment?.id))).toHaveLength(1)
  })

  test('a dry run sends only reads and pushes nothing', async () => {
    const tools = standIns({ skopeo: skopeo() })
    const { verdict, runner } = await deploy(tools, { 'dry-run': 'true' })
    expect(verdict.status).toBe('planned')
    expect(await world.writes()).toEqual([])
    expect(tools.calls().filter((call) => call.includes('copy'))).toEqual([])
    expect(runner.told.find(({ kind, name }) => kind === 'group' && name.startsWith('Plan'))?.text).toMatch(
      /image-uri +set: ghcr\.io\/acme\/agent:1/
    )
  })

  test('a cancellation during the push ends the push at once and leaves no credentials', async () => {
    const tools = standIns({ skopeo: skopeo({ push: ': > "$folder/pushing"; exec sleep 30' }) })
    const where = given(tools)
    const running = runMain(world, INPUTS, {
      ...where,
      meanwhile: async ({ cancellation }) => {
        while (tools.written('pushing') === undefined) await new Promise((done) => setTimeout(done, 5))
        cancellation.cancel()
      }
    })
    const { passed, runner } = await running
    expect(passed).toBe(false)
    expect(runner.outputs.status).toBe('cancelled')
    expect(readdirSync(where.variables.RUNNER_TEMP)).toEqual([])
    expect(await world.writes()).toEqual([CREATE, TOKEN])
    expect(runner.texts('warning').join()).toContain('has no revision yet')
  })
})
