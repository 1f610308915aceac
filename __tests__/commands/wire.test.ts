import { describe, expect, test } from '@jest/globals'
import type { Config } from '../../src/inputs/config.ts'
import { makeFolder, makeTree, SMALLEST } from '../archive/support.ts'
import { at, type Json } from '../emulator/support.ts'
import { CREATE, PATCH, UPLOAD } from '../support/expected.ts'
import { failureOf } from '../support/failure.ts'
import { DIGEST, IMAGE, OLD_IMAGE, useWorld } from '../support/world.ts'

/*
 * Requests to a control plane with the rules of Cloud, which accepts only requests like those of the official clients.
 */
const GITHUB = { 'repo-url': 'https://github.com/acme/Support_Agent', 'repo-ref': 'main', wait: 'false' }
const ARCHIVE = { 'source-type': 'internal_source', wait: 'false' }
const workspace = () => ({ variables: { GITHUB_WORKSPACE: makeTree(SMALLEST), RUNNER_TEMP: makeFolder() } })
const onAws = (config: Config): Config => ({
  ...config,
  controlPlane: { ...config.controlPlane, url: 'https://aws.api.host.langchain.com' }
})
const typeIn = (body: unknown) => at(body as Json, 'source_config', 'deployment_type')

describe('on Cloud,', () => {
  const world = useWorld({ hosting: 'cloud' })
  const createFault = (status: number, detail: unknown, times = 1) => ({
    faults: [{ method: 'POST', path: '/v2/deployments', action: 'status', status, body: { detail }, times }]
  })
  const enumOf = (expected: string) => [
    { type: 'enum', loc: ['body', 'source_config', 'deployment_type'], msg: `Input should be ${expected}` }
  ]

  test.each([
    ['no input', {}, 'dev_zero', 'serverless'],
    ['serverless', { 'deployment-type': 'serverless' }, 'dev_zero', 'serverless'],
    ['dedicated', { 'deployment-type': 'dedicated' }, 'prod', 'dedicated'],
    ['dev', { 'deployment-type': 'dev' }, 'dev', 'dev'],
    ['dev_zero', { 'deployment-type': 'dev_zero' }, 'dev_zero', 'dev_zero']
  ])(
    'a create succeeds with %s as the type, and the plan shows the word of the input',
    async (_, written, wire, shown) => {
      const { facts, runner } = await world.play({ ...GITHUB, ...written })
      const [body] = await world.bodies()
      expect(typeIn(body)).toBe(wire)
      expect(facts.plan?.rows).toContainEqual({ about: 'field', name: 'deployment_type', change: 'set', value: shown })
      expect(runner.texts('notice')).toEqual([])
    }
  )

  test('build_on_push is sent with each create from GitHub, and for no other source', async () => {
    await world.play(GITHUB)
    await world.play({ ...ARCHIVE, name: 'other' }, workspace())
    const [fromGithub, fromArchive] = (await world.bodies()).filter((body) => at(body as Json, 'name') !== undefined)
    expect(at(fromGithub as Json, 'source_config', 'build_on_push')).toBe(false)
    expect(Object.keys(at(fromArchive as Json, 'source_config') as Json)).toEqual(['deployment_type'])
  })

  test('a server that lists the other spelling of the type gets this spelling once', async () => {
    await world.api.scenario({
      ...createFault(422, enumOf("'serverless' or 'dedicated'"), 2)
    })
    const error = await failureOf(world.play(GITHUB))
    expect((await world.bodies()).map(typeIn)).toEqual(['dev_zero', 'serverless'])
    expect(error).toMatchObject({
      name: 'RefusalError',
      message: expect.stringMatching(/"serverless" \(`deployment-type`\).*Supported types: dedicated\./),
      behind: { status: 422 }
    })
  })

  test.each<[string, Json, string, readonly string[]]>([
    ['a type that the server accepts in no spelling', {}, "'dev_free', 'dev' or 'prod'", ['dev_zero']],
    ['an unknown word', { 'deployment-type': 'huge' }, "'dev' or 'prod'", ['huge']]
  ])('%s causes one error', async (_, written, expected, types) => {
    await world.api.scenario(createFault(422, enumOf(expected)))
    const error = await failureOf(world.play({ ...GITHUB, ...(written as Record<string, string>) }))
    expect((await world.bodies()).map(typeIn)).toEqual(types)
    expect(error).toMatchObject({
      name: 'RefusalError',
      message: expect.stringMatching(/`deployment-type`.*Supported types: .*dev, prod\./)
    })
  })

  test.each([
    ['production', /"production" \(`deployment-type`\)\. Did you mean `dedicated`\? Supported types: /],
    ['Serverless', /"Serverless" \(`deployment-type`\)\. Did you mean `serverless`\? Supported types: /]
  ])('the type %s causes an error with the similar type before the list', async (written, message) => {
    await world.api.scenario(createFault(422, enumOf("'dev_zero' or 'prod'")))
    const error = await failureOf(world.play({ ...GITHUB, 'deployment-type': written }))
    expect(error).toMatchObject({ name: 'RefusalError', message: expect.stringMatching(message) })
  })

  test('the emulator returns 422 for a word that no control plane accepts', async () => {
    const { detail } = await world.api.ask(422, 'POST', '/v2/deployments', {
      name: 'agent',
      source: 'internal_source',
      source_config: { deployment_type: 'serverless' },
      source_revision_config: {},
      secrets: []
    })
    expect(detail).toMatchObject([{ type: 'enum', loc: ['body', 'source_config', 'deployment_type'] }])
  })

  test('the type of an existing deployment may have the other spelling, and another type causes a notice', async () => {
    await world.github()
    const same = await world.play({ ...GITHUB, 'deployment-type': 'serverless' })
    expect(same.runner.texts('notice')).toEqual([])
    const other = await world.play({ ...GITHUB, 'deployment-type': 'dedicated' })
    expect(other.runner.texts('notice')).toEqual([
      expect.stringContaining('`deployment-type` is dedicated, but the deployment has type dev_zero.')
    ])
  })

  describe('in AWS,', () => {
    test('the default type is dev, which is logged once', async () => {
      await world.api.scenario({ server: { on_aws: true } })
      const { runner } = await world.play(GITHUB, { adjust: onAws })
      expect((await world.bodies()).map(typeIn)).toEqual(['dev'])
      expect(runner.texts('info').filter((text) => text.includes('cannot scale to zero'))).toHaveLength(1)
      expect(runner.texts('notice')).toEqual([])
    })

    test('a set type is sent unchanged', async () => {
      await world.api.scenario({ server: { on_aws: true } })
      const { runner } = await world.play({ ...GITHUB, 'deployment-type': 'dedicated' }, { adjust: onAws })
      expect((await world.bodies()).map(typeIn)).toEqual(['prod'])
      expect(runner.texts('info').join('\n')).not.toContain('cannot scale to zero')
    })

    test('the default type is refused if the URL does not show that it is AWS', async () => {
      await world.api.scenario({ server: { on_aws: true } })
      expect(await failureOf(world.play(GITHUB))).toMatchObject({
        status: 400,
        detail: 'Scale to zero deployments are not supported in AWS environments'
      })
    })
  })

  describe('an upload', () => {
    const HEADERS = { 'X-Amz-Checksum': 'c2hhMjU2', 'Content-Type': 'application/x-gzip' }
    const puts = async () => (await world.api.requests()).filter(({ method }) => method === 'PUT')

    test('requests the headers of the store, and sends the size range if the store has none', async () => {
      await world.play(ARCHIVE, workspace())
      expect(await world.writes()).toEqual([CREATE, UPLOAD, PATCH])
      expect((await world.bodies())[1]).toEqual({ supports_upload_headers: true })
      const [put] = await puts()
      expect(put?.headers).toMatchObject({
        'content-type': 'application/gzip',
        'x-goog-content-length-range': '0,209715200'
      })
    })

    test('sends exactly the returned headers, and reveals none', async () => {
      await world.api.scenario({ server: { upload_headers: HEADERS } })
      const { runner } = await world.play(ARCHIVE, workspace())
      expect(await world.writes()).toEqual([CREATE, UPLOAD, PATCH])
      const [put] = await puts()
      expect(put).toMatchObject({
        status: 200,
        headers: { 'content-type': 'application/x-gzip', 'x-amz-checksum': 'c2hhMjU2' }
      })
      expect(Object.keys(put?.headers as Json)).not.toContain('x-goog-content-length-range')
      expect(JSON.stringify(runner.texts('info'))).not.toMatch(/c2hhMjU2/)
    })

    test.each([
      ['gcs', 'SignatureDoesNotMatch'],
      ['s3', 'SignatureDoesNotMatch'],
      ['azure', 'AuthenticationFailed']
    ])('refused by a store like %s is reported with its code and without its URL', async (store, code) => {
      // A proxy removes signed headers.
      await world.api.scenario({
        server: { store, upload_headers: { 'X-Signed': 'yes' } },
        faults: [
          {
            method: 'POST',
            path: '**/upload-url',
            action: 'status',
            status: 200,
            times: null,
            body: {
              upload_url: `${world.api.emulator.url}/storage/langsmith-emulator-sources/t/d/o.tar.gz?X-Goog-Signature=topsecret`,
              object_path: 'o'
            }
          }
        ]
      })
      const error = await failureOf(world.play(ARCHIVE, workspace()))
      expect(error).toMatchObject({
        name: 'RefusalError',
        title: 'Upload failed',
        advice: expect.stringMatching(/did not match its signed address/),
        behind: { status: 403, detail: expect.stringMatching(`^${code}: The signature does not match`) }
      })
      expect(JSON.stringify([error, String(error)])).not.toMatch(/topsecret|o\.tar\.gz|String to sign|StringToSign/)
      expect(await puts()).toHaveLength(2)
    })

    test('without a URL fails after six requests, also if this run created the deployment', async () => {
      await world.api.scenario({
        faults: [{ method: 'POST', path: '**/upload-url', action: 'status', status: 503, times: null }]
      })
      const error = await failureOf(world.play(ARCHIVE, workspace()))
      expect(error).toMatchObject({ name: 'ApiError', status: 503 })
      expect(await world.writes()).toEqual([CREATE, ...Array.from({ length: 6 }, () => UPLOAD)])
    })
  })
})

describe('an image', () => {
  const world = useWorld()
  const noticesOf = async (image: string) => {
    const { runner } = await world.play({ 'image-uri': image, wait: 'false' })
    return [...runner.texts('notice'), ...runner.texts('warning')]
  }

  test.each([
    ['with the deployed tag', OLD_IMAGE, /is ghcr\.io\/acme\/agent:1, which is already deployed: a node/],
    ['with the tag latest', 'ghcr.io/acme/agent:latest', /is ghcr\.io\/acme\/agent:latest: a node/],
    ['without a tag', 'ghcr.io/acme/agent', /is ghcr\.io\/acme\/agent \(without a tag, `latest` is used\): a node with/]
  ])('%s causes a notice with advice about the digest', async (_, image, text) => {
    await world.images(OLD_IMAGE)
    const notices = await noticesOf(image)
    expect(notices).toEqual([expect.stringMatching(text)])
    expect(notices[0]).toContain('docker/build-push-action')
    expect(notices[0]).toContain('@${{ steps.build.outputs.digest }}')
  })

  test.each([
    ['with a new tag', IMAGE],
    ['by digest', DIGEST]
  ])('%s causes no notice', async (_, image) => {
    await world.images(OLD_IMAGE)
    expect(await noticesOf(image)).toEqual([])
  })

  test('with the deployed digest causes no notice', async () => {
    await world.images(DIGEST)
    expect(await noticesOf(DIGEST)).toEqual([])
  })

  test('with latest that is deployed for the first time causes a notice', async () => {
    expect(await noticesOf('agent:latest')).toEqual([expect.stringContaining('a node with a cached image')])
  })
})
