import { readdirSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { makeFolder } from '../support/folder.ts'
import { DIGEST, type StandIns, skopeo, standIns } from '../support/stand-in.ts'
import { CREATE, expectClean, expectOutcome, PATCH, type Plane, withPlane } from './support.ts'

// The stand-ins for docker and skopeo are shell scripts.
const unix = process.platform === 'win32' ? describe.skip : describe

const TOKEN = 'POST /v2/deployments/:id/push-token'
const INPUTS = { 'source-type': 'internal_docker', 'image-uri': 'ghcr.io/acme/agent:1' }
const PUSH_TOKEN = 'ya29.a-token-for-one-push-0123456789'
const REGISTRY = 'registry.example.com/tenant'

async function deploy(plane: Plane, tools: StandIns) {
  await plane.scenario({ server: { push_token: { token: PUSH_TOKEN, registry_url: REGISTRY } } })
  const temporary = makeFolder('runner-')
  const outcome = await plane.run(INPUTS, { env: { PATH: tools.path, RUNNER_TEMP: temporary } })
  return { ...outcome, left: readdirSync(temporary).filter((name) => name.startsWith('langsmith-registry')) }
}

unix('an image that is pushed', () => {
  test.concurrent('is deployed by the digest that the tool reports', () =>
    withPlane(async (plane) => {
      const tools = standIns({ skopeo: skopeo() })
      const { left, ...outcome } = await deploy(plane, tools)
      expectOutcome(outcome, {
        status: 'deployed',
        passes: true,
        writes: [CREATE, TOKEN, PATCH],
        outputs: { 'image-uri': `${REGISTRY}/agent@${DIGEST}` }
      })
      expectClean(outcome.run, [PUSH_TOKEN])
      expect(tools.written('login')).toContain('registry.example.com')
      expect(tools.written('environment')).not.toMatch(/^(INPUT|ACTIONS)_/m)
      expect(left).toEqual([])
    }))

  test.concurrent('is pushed again after a failure, without the token in any readable text', () =>
    withPlane(async (plane) => {
      const push = `[ -e "$folder/once" ] || { : > "$folder/once"; echo "denied: ${PUSH_TOKEN}" >&2; exit 1; }`
      const tools = standIns({ skopeo: skopeo({ push }) })
      const { left, ...outcome } = await deploy(plane, tools)
      expectOutcome(outcome, { status: 'deployed', passes: true, writes: [CREATE, TOKEN, TOKEN, PATCH] })
      expectClean(outcome.run, [PUSH_TOKEN])
      expect(left).toEqual([])
    }))

  test.concurrent('that does not exist fails the step before any request', () =>
    withPlane(async (plane) => {
      const { left, ...outcome } = await deploy(plane, standIns({ skopeo: 'echo "manifest unknown" >&2; exit 1' }))
      expectOutcome(outcome, {
        status: 'error',
        passes: false,
        writes: [],
        says: [/Image not found\n[\s\S]*skopeo: manifest unknown\./]
      })
      expect(outcome.requests).toEqual([])
      expect(left).toEqual([])
    }))
})
