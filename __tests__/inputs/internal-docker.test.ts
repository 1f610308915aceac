import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Given, OWN_PULL_REQUEST, problemsOf, readDeploy } from './environment.ts'

const PUSH = { 'source-type': 'internal_docker' }
const IMAGE = 'agent:dev'

async function pushed(given: Given = {}) {
  const { source, notices } = await readDeploy({ ...given, inputs: { ...PUSH, 'image-uri': IMAGE, ...given.inputs } })
  if (source.type !== 'internal_docker') throw new Error(`the source is ${source.type}`)
  return { ...source, notices }
}

describe('an image to push', () => {
  test('is on this runner or in a registry', async () => {
    expect(await pushed()).toMatchObject({ imageUri: IMAGE, deploymentType: undefined })
    const inputs = { 'image-uri': 'ghcr.io/acme/agent:1', 'deployment-type': 'dedicated' }
    expect(await pushed({ inputs })).toMatchObject({ imageUri: inputs['image-uri'], deploymentType: 'dedicated' })
  })

  test("is read with the variables of the step, without inputs and LangSmith's keys", async () => {
    const variables = {
      HOME: '/home/ci',
      PATH: '/usr/bin',
      DOCKER_HOST: 'unix:///run/user/1/docker.sock',
      AWS_PROFILE: 'ci',
      INPUT_SECRETS: 'TOKEN=a-secret-value',
      'INPUT_API-KEY': 'lsv2_pt_key',
      LANGSMITH_API_KEY: 'lsv2_pt_key',
      ACTIONS_RUNTIME_TOKEN: 'ey'
    }
    const { environment, dockerFolder } = await pushed({ variables })
    expect(environment).toMatchObject({
      HOME: '/home/ci',
      PATH: '/usr/bin',
      DOCKER_HOST: 'unix:///run/user/1/docker.sock',
      AWS_PROFILE: 'ci'
    })
    expect(Object.keys(environment).filter((name) => /^(INPUT|ACTIONS|LANGSMITH)_/.test(name))).toEqual([])
    expect(dockerFolder).toBe(join('/home/ci', '.docker'))
  })

  test('is read with the Docker configuration of the step', async () => {
    expect((await pushed({ variables: { DOCKER_CONFIG: '/etc/docker-ci' } })).dockerFolder).toBe('/etc/docker-ci')
    expect((await pushed({ variables: { HOME: '' } })).dockerFolder).toBe(join(homedir(), '.docker'))
  })

  test('can have a tag with skip-unchanged, because its digest is known after the push', async () => {
    expect((await pushed({ inputs: { 'skip-unchanged': 'true' } })).notices).toEqual([])
  })

  test.each([
    [
      'no image',
      {},
      'image-uri',
      /^is missing: `source-type: internal_docker` requires the image to push, such as `ghcr\.io\/acme\/agent:1\.2\.3`\./
    ],
    ['a digest only', { 'image-uri': `sha256:${'a'.repeat(64)}` }, 'image-uri', /a digest without an image/],
    [
      'a listener',
      { 'image-uri': IMAGE, 'k8s-namespace': 'agents' },
      'k8s-namespace',
      /^requires `source-type: external_docker`, but `source-type` is `internal_docker`\. Remove `k8s-namespace`, or set `source-type: external_docker`\.$/
    ],
    [
      'a self-hosted control plane',
      { 'image-uri': IMAGE, 'control-plane-url': 'https://ls.example.com/api-host' },
      'source-type',
      /^is `internal_docker`, which runs on LangSmith Cloud only, but `control-plane-url` is self-hosted\. Push the image to your registry and set `source-type: external_docker`, or remove `control-plane-url`\./
    ]
  ])('is rejected with %s', async (_, inputs, input, text) => {
    const problems = await problemsOf({ inputs: { ...PUSH, ...inputs } })
    expect(problems).toEqual([expect.objectContaining({ input, text: expect.stringMatching(text) })])
  })

  test('of a pull request requires a name, like every image', async () => {
    const [problem] = await problemsOf({ ...OWN_PULL_REQUEST, inputs: { ...PUSH, 'image-uri': IMAGE } })
    expect(problem).toMatchObject({ input: 'name', text: expect.stringContaining('the image of') })
  })

  test.each(['push', 'local-image', 'internal-docker', 'cloud_docker'])(
    'is suggested for the source type `%s`',
    async (word) => {
      const [problem] = await problemsOf({ inputs: { 'source-type': word, 'image-uri': IMAGE } })
      expect(problem?.text).toContain('`internal_docker`')
    }
  )
})
