import { describe, expect, test } from '@jest/globals'
import {
  CREATE,
  DELETE,
  type Expected,
  environmentOf,
  expectOutcome,
  FROM_IMAGE,
  IMAGE,
  type Inputs,
  type Json,
  PATCH,
  type Plane,
  REDEPLOY,
  routeOf,
  type Seeded,
  secretsBody,
  withPlane
} from './support.ts'

interface Case extends Expected {
  readonly title: string
  readonly before?: (plane: Plane) => Promise<Seeded>
  readonly faults: readonly Json[]
  readonly inputs?: Inputs
  /** Number of revisions of the one deployment at the end. */
  readonly revisions: number
}

const DEPLOYED = { status: 'deployed' } as const
const oneImage = (plane: Plane) => plane.seed('agent')
const twoImages = (plane: Plane) => plane.seed('agent', { images: ['ghcr.io/acme/agent:0', 'ghcr.io/acme/agent:1'] })
/** A lost write is looked up for half of the remaining time. */
const BRIEFLY: Inputs = { ...FROM_IMAGE, timeout: '12s' }
const unavailable = { action: 'status', status: 503 }
const gatewayTimeout = { action: 'status', status: 504, commit: { after_ms: 1_500 } }

const CASES: readonly Case[] = [
  {
    ...DEPLOYED,
    title: 'a create with a 503 and no effect is sent again',
    inputs: BRIEFLY,
    faults: [{ method: 'POST', ...unavailable }],
    writes: [CREATE, CREATE],
    revisions: 1,
    outputs: { created: 'true' }
  },
  {
    ...DEPLOYED,
    title: 'a patch with a 503 and no effect is sent again',
    before: oneImage,
    inputs: BRIEFLY,
    faults: [{ method: 'PATCH', ...unavailable }],
    writes: [PATCH, PATCH],
    revisions: 2,
    outputs: { created: 'false', 'image-uri': IMAGE }
  },
  {
    ...DEPLOYED,
    title: 'a create that takes effect despite a 504 is found, and not sent again',
    faults: [{ method: 'POST', ...gatewayTimeout }],
    writes: [CREATE],
    revisions: 1,
    outputs: { created: 'true' }
  },
  {
    ...DEPLOYED,
    title: 'a patch that takes effect despite a 504 is found, and not sent again',
    before: oneImage,
    faults: [{ method: 'PATCH', ...gatewayTimeout }],
    writes: [PATCH],
    revisions: 2,
    outputs: { created: 'false', 'image-uri': IMAGE }
  },
  {
    ...DEPLOYED,
    title: 'a redeploy that takes effect despite a 504 is found, and not sent again',
    before: twoImages,
    inputs: { command: 'redeploy' },
    faults: [{ method: 'POST', ...gatewayTimeout }],
    writes: [REDEPLOY],
    revisions: 3,
    outputs: { 'image-uri': 'ghcr.io/acme/agent:0' }
  },
  ...['cut', 'html', 'empty'].flatMap((action): Case[] => [
    {
      ...DEPLOYED,
      title: `a create that takes effect before the response "${action}" is found`,
      faults: [{ method: 'POST', action, commit: true }],
      writes: [CREATE],
      revisions: 1,
      outputs: { created: 'true' }
    },
    {
      ...DEPLOYED,
      title: `a patch that takes effect before the response "${action}" is found`,
      before: oneImage,
      faults: [{ method: 'PATCH', action, commit: true }],
      writes: [PATCH],
      revisions: 2,
      outputs: { created: 'false', 'image-uri': IMAGE }
    }
  ]),
  {
    ...DEPLOYED,
    title: 'a create with a truncated response is found',
    faults: [{ method: 'POST', action: 'cut_body' }],
    writes: [CREATE],
    revisions: 1,
    outputs: { created: 'true' }
  },
  {
    ...DEPLOYED,
    title: 'a redeploy that takes effect before the connection is lost is found',
    before: twoImages,
    inputs: { command: 'redeploy' },
    faults: [{ method: 'POST', action: 'cut', commit: true }],
    writes: [REDEPLOY],
    revisions: 3,
    outputs: { 'image-uri': 'ghcr.io/acme/agent:0' }
  },
  {
    ...DEPLOYED,
    title: 'a throttled write is sent again after the time that the server requests',
    before: oneImage,
    faults: [{ method: 'PATCH', action: 'status', status: 429, headers: { 'retry-after': '1' } }],
    writes: [PATCH, PATCH],
    revisions: 2
  },
  {
    ...DEPLOYED,
    title: 'a deployment that appears between the lookup and the create is patched instead',
    before: oneImage,
    faults: [
      { method: 'GET', path: '/v2/deployments', action: 'status', status: 200, body: { resources: [], offset: 0 } }
    ],
    writes: [CREATE, PATCH],
    revisions: 2,
    outputs: { created: 'false', 'image-uri': IMAGE }
  },
  {
    status: 'error',
    title: 'a rejected patch is neither looked up nor sent again',
    before: oneImage,
    faults: [{ method: 'PATCH', action: 'status', status: 400, body: { detail: 'No such tag' } }],
    writes: [PATCH],
    revisions: 1,
    says: ['400', 'No such tag']
  }
]

describe('a write', () => {
  // The slowest tests come first: all tests of a file run together, a few at a time.
  test.concurrent('that is sent again keeps a secret that another client set in the meantime', () =>
    withPlane(async (plane) => {
      const { id } = await plane.seed('agent', { body: secretsBody({ KEPT: 'from before' }) })
      await plane.scenario({ faults: [{ method: 'PATCH', ...unavailable }] })
      const running = plane.run({ ...BRIEFLY, secrets: 'MINE=my own value' })
      await firstPatch(plane)
      await plane.api('PATCH', `/v2/deployments/${id}`, secretsBody({ KEPT: 'from before', THEIRS: 'their value' }))
      const { journal } = await running
      const second = journal.filter(({ method }) => method === 'PATCH')[1]
      expect(environmentOf(second?.body)).toEqual({ KEPT: 'from before', THEIRS: 'their value', MINE: 'my own value' })
    }))

  test.concurrent.each(CASES)('$title', (expected) =>
    withPlane(async (plane) => {
      await expected.before?.(plane)
      await plane.scenario({ faults: expected.faults })
      const outcome = await plane.run(expected.inputs ?? FROM_IMAGE)
      expectOutcome(outcome, expected)
      const deployments = await plane.deployments()
      expect(deployments).toHaveLength(1)
      const revisions = await plane.revisions(String(deployments[0]?.id))
      expect(revisions).toHaveLength(expected.revisions)
      if (expected.passes) expect(outcome.run.outputs['revision-id']).toBe(revisions[0]?.id)
      expect(outcome.run.post?.log).toBe('')
    })
  )

  test.concurrent('that is throttled waits for the time in Retry-After', () =>
    withPlane(async (plane) => {
      await plane.seed('agent')
      await plane.scenario({
        faults: [{ method: 'PATCH', action: 'status', status: 429, headers: { 'retry-after': '1' } }]
      })
      const { journal } = await plane.run({ ...FROM_IMAGE, wait: 'false' })
      const [first, second] = journal.filter(({ method }) => method === 'PATCH')
      expect(Number(second?.at) - Number(first?.at)).toBeGreaterThanOrEqual(1_000)
    }))

  test.concurrent('is found although another client created a newer revision', () =>
    withPlane(async (plane) => {
      const { id } = await plane.seed('agent')
      await plane.scenario({
        faults: [{ method: 'PATCH', action: 'cut', commit: true }],
        revisions: [{ nth: 2, push: { at: 'CREATING', source_revision_config: { image_uri: 'ghcr.io/acme/agent:9' } } }]
      })
      const outcome = await plane.run({ ...FROM_IMAGE, wait: 'false' })
      const [, ours] = await plane.revisions(id)
      expectOutcome(outcome, {
        status: 'started',
        writes: [PATCH],
        outputs: { 'revision-id': ours?.id, 'image-uri': IMAGE }
      })
    }))

  test.concurrent('that fails as a create because of a reserved name reports the known reasons', () =>
    withPlane(async (plane) => {
      const { id } = await plane.seed('agent')
      await plane.api('DELETE', `/v2/deployments/${id}`)
      const outcome = await plane.run(FROM_IMAGE)
      expectOutcome(outcome, {
        status: 'error',
        writes: [CREATE],
        says: ['409', 'already exists', '`workspace-id`', 'tracing project', 'within the last week']
      })
    }))

  test.concurrent('that deletes and loses its response is repeated, and the deployment counts as deleted', () =>
    withPlane(async (plane) => {
      await plane.seed('agent')
      await plane.scenario({ faults: [{ method: 'DELETE', action: 'cut', commit: true }] })
      const outcome = await plane.run({ command: 'delete' })
      expectOutcome(outcome, {
        status: 'deleted',
        writes: [DELETE, DELETE],
        annotations: outcome.run.annotations.map(() => 'notice')
      })
      expect(await plane.deployments()).toEqual([])
    }))
})

describe('during the wait for a rollout', () => {
  const BAD_ANSWERS: readonly { readonly title: string; readonly fault: Json }[] = [
    { title: 'an HTML page', fault: { action: 'html' } },
    { title: 'an empty response', fault: { action: 'empty' } },
    { title: 'a truncated response', fault: { action: 'cut_body' } },
    { title: 'a lost connection', fault: { action: 'cut' } },
    { title: 'a 500', fault: { action: 'status', status: 500 } },
    { title: 'a rejected API key', fault: { action: 'status', status: 403 } },
    { title: 'a 404', fault: { action: 'status', status: 404 } }
  ]
  test.concurrent.each(BAD_ANSWERS)('$title does not end the run', ({ fault }) =>
    withPlane(async (plane) => {
      await plane.scenario({ faults: [{ method: 'GET', path: '/v2/deployments/*/revisions/*', ...fault }] })
      expectOutcome(await plane.run(FROM_IMAGE), { ...DEPLOYED, writes: [CREATE] })
    })
  )
})

async function firstPatch(plane: Plane): Promise<void> {
  while (!(await plane.journal()).some((entry) => routeOf(entry) === PATCH))
    await new Promise((done) => setTimeout(done, 20))
}
