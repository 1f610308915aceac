import { describe, expect, test } from '@jest/globals'
import {
  COMMIT,
  CREATE,
  DELETE,
  DIGEST,
  ENDLESS,
  type Expected,
  expectOutcome,
  FROM_IMAGE,
  githubBody,
  IMAGE,
  INTERRUPT,
  type Inputs,
  type Json,
  OTHER_COMMIT,
  PATCH,
  type Plane,
  REDEPLOY,
  routeOf,
  type Seeded,
  UNKNOWN_ID,
  withPlane
} from './support.ts'

const UUID = expect.stringMatching(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/)

interface Case extends Expected {
  readonly title: string
  /** Deployments before the run. */
  readonly before?: (plane: Plane) => Promise<Seeded>
  readonly scenario?: Json
  readonly inputs: Inputs
  /** Names of outputs that must not be set. */
  readonly unset?: readonly string[]
}

const oneImage = (plane: Plane) => plane.seed('agent')
const twoImages = (plane: Plane) => plane.seed('agent', { images: ['ghcr.io/acme/agent:0', 'ghcr.io/acme/agent:1'] })
const oneDigest = (plane: Plane) => plane.seed('agent', { images: [DIGEST] })
/** The revision of the run is number 2; another one is pushed once it has the given status. */
const pushAt = (status: string, final: string) => ({
  revisions: [{ nth: 2, final, push: { at: status }, active_after_ms: null }]
})

const CASES: readonly Case[] = [
  {
    title: 'a run with six failed connections is an error that names the host',
    inputs: { ...FROM_IMAGE, 'control-plane-url': 'http://127.0.0.1:1' },
    status: 'error',
    writes: [],
    says: [/could not be reached/, 'http://127.0.0.1:1', '`control-plane-url`']
  },
  {
    title: 'a new deployment that becomes active is deployed',
    inputs: FROM_IMAGE,
    status: 'deployed',
    writes: [CREATE],
    outputs: {
      created: 'true',
      'deployment-id': UUID,
      'deployment-name': 'agent',
      'deployment-url': expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/agents\//),
      'dashboard-url': expect.stringMatching(/\/host\/deployments\//),
      'revision-id': UUID,
      'active-revision-id': UUID,
      'revision-status': 'DEPLOYED',
      'image-uri': IMAGE
    },
    unset: ['previous-revision-id', 'commit-sha']
  },
  {
    title: 'a new revision that becomes active is deployed',
    before: oneImage,
    inputs: FROM_IMAGE,
    status: 'deployed',
    writes: [PATCH],
    outputs: { created: 'false', 'previous-revision-id': UUID, 'revision-status': 'DEPLOYED', 'image-uri': IMAGE }
  },
  {
    title: 'a new deployment gets its display name from a second write',
    inputs: { ...FROM_IMAGE, 'display-name': 'Support agent' },
    status: 'deployed',
    writes: [CREATE, PATCH],
    outputs: { created: 'true' }
  },
  {
    title: 'a rejected display name of a new deployment is only a warning',
    scenario: { faults: [{ method: 'PATCH', action: 'status', status: 422, body: { detail: 'Too long' } }] },
    inputs: { ...FROM_IMAGE, 'display-name': 'Support agent' },
    status: 'deployed',
    writes: [CREATE, PATCH],
    annotations: ['warning'],
    says: ['`display-name`', '422']
  },
  {
    title: 'a new deployment from GitHub that becomes active is deployed',
    scenario: { revisions: [{ commit: COMMIT }] },
    inputs: {},
    status: 'deployed',
    writes: [CREATE],
    outputs: { created: 'true', 'commit-sha': COMMIT, 'revision-status': 'DEPLOYED' },
    unset: ['previous-revision-id']
  },
  {
    title: 'a new revision from GitHub that becomes active is deployed',
    before: (plane) => plane.seed('agent', { body: githubBody() }),
    scenario: { revisions: [{ commit: COMMIT }] },
    inputs: {},
    status: 'deployed',
    writes: [PATCH],
    outputs: { created: 'false', 'commit-sha': COMMIT }
  },
  {
    title: 'a revision of another commit is deployed with a warning that names both commits',
    scenario: { revisions: [{ commit: OTHER_COMMIT }] },
    inputs: {},
    status: 'deployed',
    writes: [CREATE],
    annotations: ['warning'],
    says: [COMMIT, OTHER_COMMIT],
    outputs: { 'commit-sha': OTHER_COMMIT }
  },
  {
    title: 'an unknown status causes one warning and counts as in progress',
    scenario: { revisions: [{ statuses: ['UNKNOWN', 'SIMMERING', 'DEPLOYED'], step_ms: 1_100 }] },
    inputs: FROM_IMAGE,
    status: 'deployed',
    writes: [CREATE],
    annotations: ['warning'],
    says: [/UNKNOWN|SIMMERING/]
  },
  {
    title: 'an unknown status that is not a word causes one warning and counts as in progress',
    scenario: { revisions: [{ statuses: ['WEIRD|<b>@octocat', 'DEPLOYED'], step_ms: 1_100 }] },
    inputs: FROM_IMAGE,
    status: 'deployed',
    writes: [CREATE],
    annotations: ['warning'],
    says: [/`revision-status`/]
  },
  ...['BUILD_FAILED', 'DEPLOY_FAILED', 'CREATE_FAILED'].flatMap((final): Case[] => [
    {
      title: `a first revision that ends as ${final} has failed`,
      scenario: { revisions: [{ final }] },
      inputs: FROM_IMAGE,
      status: 'failed',
      writes: [CREATE],
      says: [final],
      outputs: { created: 'true', 'deployment-id': UUID, 'revision-id': UUID, 'revision-status': final },
      unset: ['previous-revision-id', 'active-revision-id', 'deployment-url']
    },
    {
      title: `a new revision that ends as ${final} has failed, and the previous one is still active`,
      before: oneImage,
      scenario: { revisions: [{ final }] },
      inputs: FROM_IMAGE,
      status: 'failed',
      writes: [PATCH],
      says: [final, /is still active/],
      outputs: { created: 'false', 'revision-status': final, 'previous-revision-id': UUID, 'active-revision-id': UUID }
    }
  ]),
  ...[
    { how: 'was skipped', scenario: pushAt('QUEUED', 'SKIPPED'), revisionStatus: 'SKIPPED' },
    { how: 'was deployed and replaced', scenario: pushAt('DEPLOYING', 'DEPLOYED'), revisionStatus: 'DEPLOYED' }
  ].flatMap(({ how, scenario, revisionStatus }): Case[] => [
    {
      title: `a revision that ${how} is superseded, and passes with on-superseded warn`,
      before: oneImage,
      scenario,
      inputs: FROM_IMAGE,
      status: 'superseded',
      passes: true,
      writes: [PATCH],
      annotations: ['warning'],
      says: [/newer/],
      outputs: { 'revision-status': revisionStatus }
    },
    {
      title: `a revision that ${how} is superseded, and fails with on-superseded fail`,
      before: oneImage,
      scenario,
      inputs: { ...FROM_IMAGE, 'on-superseded': 'fail' },
      status: 'superseded',
      passes: false,
      writes: [PATCH],
      says: [/newer/, '`on-superseded: warn`'],
      outputs: { 'revision-status': revisionStatus }
    },
    {
      title: `a revision that ${how} is followed by the newest with on-superseded follow`,
      before: oneImage,
      scenario,
      inputs: { ...FROM_IMAGE, 'on-superseded': 'follow' },
      status: 'deployed',
      writes: [PATCH],
      annotations: ['warning'],
      says: [/newer/],
      outputs: { 'revision-status': 'DEPLOYED' }
    }
  ]),
  {
    title: 'a failed newer revision determines the verdict with on-superseded follow',
    before: oneImage,
    scenario: {
      revisions: [
        { nth: 2, final: 'SKIPPED', push: { at: 'QUEUED' } },
        { nth: 3, final: 'BUILD_FAILED' }
      ]
    },
    inputs: { ...FROM_IMAGE, 'on-superseded': 'follow' },
    status: 'failed',
    writes: [PATCH],
    annotations: ['warning', 'error'],
    says: ['BUILD_FAILED'],
    outputs: { 'revision-status': 'BUILD_FAILED' }
  },
  {
    title: 'the timeout ends the wait and leaves the revision',
    scenario: ENDLESS,
    inputs: { ...FROM_IMAGE, timeout: '3s' },
    status: 'timed-out',
    writes: [CREATE],
    says: ['BUILDING', '`timeout`'],
    outputs: { 'revision-id': UUID, 'revision-status': 'BUILDING', 'duration-seconds': expect.stringMatching(/^[34]$/) }
  },
  {
    title: 'the timeout interrupts the revision of the run with on-timeout interrupt',
    scenario: ENDLESS,
    inputs: { ...FROM_IMAGE, timeout: '3s', 'on-timeout': 'interrupt' },
    status: 'timed-out',
    writes: [CREATE, INTERRUPT],
    says: [/was interrupted/],
    outputs: { 'revision-id': UUID }
  },
  {
    title: 'the timeout ends a hanging read, without a later write',
    scenario: { faults: [{ method: 'GET', action: 'hang', times: null }] },
    inputs: { ...FROM_IMAGE, timeout: '2s', 'on-timeout': 'interrupt' },
    status: 'timed-out',
    writes: [],
    says: ['`timeout`'],
    outputs: { 'duration-seconds': expect.stringMatching(/^[23]$/) },
    unset: ['deployment-id', 'revision-id', 'created']
  },
  {
    title: 'the active digest is unchanged with skip-unchanged',
    before: oneDigest,
    inputs: { 'image-uri': DIGEST, 'skip-unchanged': 'true' },
    status: 'unchanged',
    writes: [],
    outputs: { created: 'false', 'revision-status': 'DEPLOYED', 'revision-id': UUID, 'image-uri': DIGEST }
  },
  {
    title: 'a setting that requires no revision is patched, and the deployment is unchanged',
    before: oneDigest,
    inputs: { 'image-uri': DIGEST, 'skip-unchanged': 'true', 'display-name': 'Support agent' },
    status: 'unchanged',
    writes: [PATCH]
  },
  {
    title: 'a changed secret creates a revision although the digest is active',
    before: oneDigest,
    inputs: { 'image-uri': DIGEST, 'skip-unchanged': 'true', secrets: 'TOKEN=quite new token' },
    status: 'deployed',
    writes: [PATCH],
    secrets: ['quite new token']
  },
  {
    title: 'the same digest creates a revision without skip-unchanged',
    before: oneDigest,
    inputs: { 'image-uri': DIGEST },
    status: 'deployed',
    writes: [PATCH]
  },
  {
    title: 'the same tag creates a revision even with skip-unchanged, because a tag can move',
    before: (plane) => plane.seed('agent', { images: [IMAGE] }),
    inputs: { ...FROM_IMAGE, 'skip-unchanged': 'true' },
    status: 'deployed',
    // Notice that skip-unchanged has no effect. Its cure is the digest, which a notice about the tag would repeat.
    annotations: ['notice'],
    writes: [PATCH]
  },
  {
    title: 'the active commit of the run is unchanged with skip-unchanged',
    before: async (plane) => {
      await plane.scenario({ revisions: [{ commit: COMMIT }] })
      return plane.seed('agent', { body: githubBody() })
    },
    inputs: { 'skip-unchanged': 'true' },
    status: 'unchanged',
    writes: [],
    outputs: { 'commit-sha': COMMIT }
  },
  {
    title: 'a dry run of a create only plans',
    inputs: { ...FROM_IMAGE, 'dry-run': 'true', secrets: 'TOKEN=quite new token' },
    status: 'planned',
    writes: [],
    secrets: ['quite new token'],
    unset: ['deployment-id', 'revision-id', 'created']
  },
  {
    title: 'a dry run of a change only plans',
    before: oneImage,
    inputs: { ...FROM_IMAGE, 'dry-run': 'true' },
    status: 'planned',
    writes: [],
    outputs: { 'deployment-id': UUID }
  },
  {
    title: 'a dry run of a redeploy only plans',
    before: twoImages,
    inputs: { command: 'redeploy', 'dry-run': 'true' },
    status: 'planned',
    writes: []
  },
  {
    title: 'a dry run of a delete only plans',
    before: oneImage,
    inputs: { command: 'delete', 'dry-run': 'true' },
    status: 'planned',
    writes: []
  },
  {
    title: 'a create without `wait` is started',
    scenario: ENDLESS,
    inputs: { ...FROM_IMAGE, wait: 'false' },
    status: 'started',
    writes: [CREATE],
    outputs: { created: 'true', 'deployment-id': UUID, 'revision-id': UUID, 'revision-status': 'BUILDING' }
  },
  {
    title: 'a new revision without `wait` is started',
    before: oneImage,
    scenario: ENDLESS,
    inputs: { ...FROM_IMAGE, wait: 'false' },
    status: 'started',
    writes: [PATCH],
    outputs: { created: 'false', 'revision-id': UUID, 'deployment-url': expect.any(String) }
  },
  {
    title: 'a redeploy without `wait` is started',
    before: twoImages,
    inputs: { command: 'redeploy', wait: 'false' },
    status: 'started',
    writes: [REDEPLOY]
  },
  {
    title: 'an existing deployment is deleted',
    before: oneImage,
    inputs: { command: 'delete' },
    status: 'deleted',
    writes: [DELETE],
    outputs: { 'deployment-id': UUID, 'deployment-name': 'agent' }
  },
  {
    title: 'a missing deployment counts as deleted, with a notice',
    inputs: { command: 'delete' },
    status: 'deleted',
    writes: [],
    annotations: ['notice'],
    says: ['agent']
  },
  {
    title: 'an unknown deployment ID counts as deleted, with a notice',
    inputs: { command: 'delete', name: '', 'deployment-id': UNKNOWN_ID },
    status: 'deleted',
    writes: [],
    annotations: ['notice'],
    says: [UNKNOWN_ID]
  },
  {
    title: 'an invalid API key is an error',
    inputs: { ...FROM_IMAGE, 'api-key': 'lsv2_emulator_invalid_key' },
    status: 'error',
    writes: [],
    says: ['401', 'Invalid API key', '`api-key`']
  },
  {
    title: 'an organization-scoped key without a workspace is an error that names the input',
    inputs: { ...FROM_IMAGE, 'api-key': 'lsv2_emulator_organization_key' },
    status: 'error',
    writes: [],
    says: ['403', 'requires workspace specification', '`workspace-id`']
  },
  {
    title: 'an organization without LangSmith Deployment is an error with this reason',
    inputs: { ...FROM_IMAGE, 'api-key': 'lsv2_emulator_not_enabled_key' },
    status: 'error',
    writes: [],
    says: ['403', 'not enabled', /does not have LangSmith Deployment/]
  },
  {
    title: 'an HTML page instead of the API is an error that suggests /api-host',
    scenario: { faults: [{ action: 'html', times: null }] },
    inputs: FROM_IMAGE,
    status: 'error',
    writes: [],
    says: ['HTML', '/api-host']
  },
  {
    title: 'a 405 instead of the API is an error that suggests /api-host',
    scenario: { faults: [{ action: 'status', status: 405, times: null }] },
    inputs: FROM_IMAGE,
    status: 'error',
    writes: [],
    says: ['405', '/api-host']
  },
  {
    title: 'a delete without permission is an error that names the Admin role',
    before: oneImage,
    scenario: { faults: [{ method: 'DELETE', action: 'status', status: 403, body: { detail: 'Forbidden' } }] },
    inputs: { command: 'delete' },
    status: 'error',
    writes: [DELETE],
    says: ['403', 'Forbidden', 'Admin']
  },
  {
    title: "a create that the server rejects is an error with the server's reason, and is not sent again",
    scenario: {
      faults: [
        { method: 'POST', action: 'status', status: 422, body: { detail: [{ loc: ['body', 'name'], msg: 'Too odd' }] } }
      ]
    },
    inputs: FROM_IMAGE,
    status: 'error',
    writes: [CREATE],
    says: ['422', 'name: Too odd'],
    unset: ['deployment-id', 'revision-id']
  }
]

describe('the verdict', () => {
  test.concurrent.each(CASES)('$title', (expected) =>
    withPlane(async (plane) => {
      await expected.before?.(plane)
      await plane.scenario(expected.scenario ?? {})
      const outcome = await plane.run(expected.inputs)
      expectOutcome(outcome, expected)
      expect(Object.keys(outcome.run.outputs).filter((name) => expected.unset?.includes(name))).toEqual([])
      expect(outcome.run.post?.log).toBe('')
    })
  )

  test.concurrent('refers to the revision of the run, not to that of a push in between', () =>
    withPlane(async (plane) => {
      const { id } = await plane.seed('agent')
      await plane.scenario({
        server: { no_latest_in_patch_answer: true },
        revisions: [{ nth: 2, push: { at: 'CREATING', source_revision_config: { image_uri: 'ghcr.io/acme/agent:9' } } }]
      })
      const outcome = await plane.run({ ...FROM_IMAGE, wait: 'false' })
      const [theirs, ours] = await plane.revisions(id)
      expectOutcome(outcome, {
        status: 'started',
        writes: [PATCH],
        outputs: { 'revision-id': ours?.id, 'image-uri': IMAGE }
      })
      expect(theirs?.id).not.toBe(ours?.id)
    }))

  test.concurrent('with `on-superseded: follow` refers to the newest revision', () =>
    withPlane(async (plane) => {
      const { id } = await plane.seed('agent')
      await plane.scenario(pushAt('QUEUED', 'SKIPPED'))
      const { run } = await plane.run({ ...FROM_IMAGE, 'on-superseded': 'follow' })
      const [newest] = await plane.revisions(id)
      expect(run.outputs).toMatchObject({ 'revision-id': newest?.id, 'active-revision-id': newest?.id })
    }))

  test.concurrent('is the same if a deployment is deleted twice', () =>
    withPlane(
      async (plane) => {
        await plane.seed('agent')
        const expected = { status: 'deleted', writes: [DELETE] }
        expectOutcome(await plane.run({ command: 'delete' }), expected)
        expectOutcome(await plane.run({ command: 'delete' }), expected)
      },
      { deleteMs: 60_000 }
    ))
})

describe('a revision of this run that is in progress', () => {
  const rows = (['SIGINT', 'SIGTERM'] as const).flatMap((signal) =>
    (['leave', 'interrupt'] as const).map((onCancel) => ({ signal, onCancel }))
  )
  test.concurrent.each(rows)(
    'is left or interrupted within two seconds of a $signal with on-cancel $onCancel',
    ({ signal, onCancel }) =>
      withPlane(async (plane) => {
        await plane.scenario(ENDLESS)
        const outcome = await plane.run(
          { ...FROM_IMAGE, 'on-cancel': onCancel },
          { signals: [{ signal, when: /BUILDING/ }] }
        )
        expectOutcome(outcome, {
          status: 'cancelled',
          writes: onCancel === 'leave' ? [CREATE] : [CREATE, INTERRUPT],
          says: [onCancel === 'leave' ? /was not interrupted/ : /was interrupted/],
          outputs: { 'deployment-id': UUID, 'revision-id': UUID, created: 'true' }
        })
        expect(outcome.afterSignalMs).toBeLessThan(2_000)
        expect(outcome.run.post?.log).toBe('')
        const interruption = outcome.journal.find((entry) => routeOf(entry) === INTERRUPT)
        if (interruption) expect(interruption.path).toContain(outcome.run.outputs['revision-id'])
      })
  )
})

test.concurrent.each(['SIGINT', 'SIGTERM'] as const)('a %s before the first write ends the run immediately', (signal) =>
  withPlane(async (plane) => {
    await plane.scenario({ faults: [{ method: 'GET', action: 'hang', times: null }] })
    const outcome = await plane.run(
      { ...FROM_IMAGE, 'on-cancel': 'interrupt' },
      { signals: [{ signal, when: /^Deploying/ }] }
    )
    expectOutcome(outcome, { status: 'cancelled', writes: [] })
    expect(outcome.afterSignalMs).toBeLessThan(1_400)
    expect(outcome.run.post?.log).toBe('')
  })
)

test.concurrent('a canceled wait never interrupts a revision of another client', () =>
  withPlane(async (plane) => {
    const { id } = await plane.seed('agent')
    await plane.scenario(ENDLESS)
    await plane.api('PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: IMAGE } })
    const outcome = await plane.run({ command: 'wait' }, { signals: [{ signal: 'SIGINT', when: /BUILDING/ }] })
    expectOutcome(outcome, { status: 'cancelled', writes: [] })
  }))

test.concurrent('a timed-out run never interrupts a revision that it follows instead of its own', () =>
  withPlane(async (plane) => {
    await plane.seed('agent')
    await plane.scenario({
      revisions: [
        { nth: 2, final: 'SKIPPED', push: { at: 'QUEUED' } },
        { nth: 3, statuses: ['BUILDING'], final: null }
      ]
    })
    const outcome = await plane.run({
      ...FROM_IMAGE,
      'on-superseded': 'follow',
      timeout: '3s',
      'on-timeout': 'interrupt'
    })
    expectOutcome(outcome, { status: 'timed-out', writes: [PATCH], annotations: ['warning', 'error'] })
  }))
