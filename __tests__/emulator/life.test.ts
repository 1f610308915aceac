import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createDeployment, deleteDeployment, forceRevision, type Moment } from '../../emulator/deployments.ts'
import { read } from '../../emulator/http.ts'
import { interrupt } from '../../emulator/life.ts'
import { createByName } from '../../emulator/requests.ts'
import { scenarioSchema } from '../../emulator/scenario.ts'
import { createState, type Deployment, type Revision, WORKSPACE_ID, worldOf } from '../../emulator/state.ts'
import { dockerBody, EMPTY_REVISION, githubBody, type Json } from './support.ts'

const START = 1_000_000

interface Play {
  readonly deployment: Deployment
  /** Advances time to the given number of milliseconds after the creation. */
  until(elapsed: number): void
  push(): Revision
  moment(): Moment
  /** Statuses of a revision, with their start in milliseconds after the creation. */
  history(revision: number): unknown[]
}

/** A deployment in virtual time: steps of 10 ms, no server. */
function play(body: Json, revisions: unknown[] = []): Play {
  const state = createState({ stepMs: 10, deleteMs: 0, hosting: 'any', repositories: [] })
  state.scenario = read(scenarioSchema, { revisions }, ['body'])
  let now = START
  const moment = () => ({ state, world: worldOf(state, WORKSPACE_ID), now })
  const deployment = createDeployment(moment(), read(createByName, body, ['body']))
  return {
    deployment,
    moment,
    until(elapsed) {
      now = START + elapsed
      state.agenda.advance(now)
    },
    push: () =>
      forceRevision(moment(), deployment, {
        source_config: null,
        source_revision_config: EMPTY_REVISION,
        secrets: null,
        secret_references: null
      }),
    history: (revision) =>
      deployment.revisions[revision - 1]?.history.map(({ status, at }) => `${status} ${at - START}`) ?? []
  }
}

describe('a single revision', () => {
  test.each<[string, Json, unknown[], string]>([
    [
      'built',
      githubBody(),
      [],
      'CREATING 0, QUEUED 10, AWAITING_BUILD 20, BUILDING 30, AWAITING_DEPLOY 40, DEPLOYING 50, DEPLOYED 60'
    ],
    ['an image', dockerBody(), [], 'CREATING 0, QUEUED 10, AWAITING_DEPLOY 20, DEPLOYING 30, DEPLOYED 40'],
    ['fails to be created', githubBody(), [{ final: 'CREATE_FAILED' }], 'CREATING 0, CREATE_FAILED 10'],
    [
      'fails to build',
      githubBody(),
      [{ final: 'BUILD_FAILED' }],
      'CREATING 0, QUEUED 10, AWAITING_BUILD 20, BUILDING 30, BUILD_FAILED 40'
    ],
    [
      'an image fails to build',
      dockerBody(),
      [{ final: 'BUILD_FAILED' }],
      'CREATING 0, QUEUED 10, AWAITING_BUILD 20, BUILDING 30, BUILD_FAILED 40'
    ],
    [
      'fails to deploy',
      dockerBody(),
      [{ final: 'DEPLOY_FAILED' }],
      'CREATING 0, QUEUED 10, AWAITING_DEPLOY 20, DEPLOYING 30, DEPLOY_FAILED 40'
    ],
    [
      'interrupted',
      githubBody(),
      [{ final: 'INTERRUPTED' }],
      'CREATING 0, QUEUED 10, AWAITING_BUILD 20, BUILDING 30, INTERRUPTED 40'
    ],
    [
      'an image interrupted',
      dockerBody(),
      [{ final: 'INTERRUPTED' }],
      'CREATING 0, QUEUED 10, AWAITING_DEPLOY 20, DEPLOYING 30, INTERRUPTED 40'
    ],
    ['skipped', dockerBody(), [{ final: 'SKIPPED' }], 'CREATING 0, QUEUED 10, SKIPPED 20'],
    ['never ends', dockerBody(), [{ final: null }], 'CREATING 0, QUEUED 10, AWAITING_DEPLOY 20, DEPLOYING 30'],
    [
      'other times',
      dockerBody(),
      [{ step_ms: 5, durations: { QUEUED: 100 } }],
      'CREATING 0, QUEUED 5, AWAITING_DEPLOY 105, DEPLOYING 110, DEPLOYED 115'
    ],
    [
      'a path',
      dockerBody(),
      [{ statuses: ['CREATING', 'UNKNOWN', 'ODD', 'UNKNOWN', 'DEPLOYED'] }],
      'CREATING 0, UNKNOWN 10, ODD 20, UNKNOWN 30, DEPLOYED 40'
    ],
    [
      'a path that continues after an interruption',
      dockerBody(),
      [{ statuses: ['INTERRUPTED', 'DEPLOYING', 'DEPLOYED'] }],
      'INTERRUPTED 0, DEPLOYING 10, DEPLOYED 20'
    ],
    [
      'a path and an end',
      dockerBody(),
      [{ statuses: ['CREATING', 'ODD'], final: 'SKIPPED' }],
      'CREATING 0, ODD 10, SKIPPED 20'
    ],
    ['a path without an end', dockerBody(), [{ statuses: ['CREATING', 'ODD'] }], 'CREATING 0, ODD 10'],
    [
      'the first rule that fits',
      dockerBody(),
      [{ nth: 2 }, { deployment: 'your-*', final: null }, { deployment: '*agent', statuses: ['DEPLOYED'] }, {}],
      'DEPLOYED 0'
    ]
  ])('passes through its statuses: %s', (_, body, rules, expected) => {
    const { until, history, deployment } = play(body, rules)
    until(5000)
    expect(history(1).join(', ')).toBe(expected)
    expect(deployment.active !== null).toBe(/\bDEPLOYED/.test(expected))
  })
})

describe('several revisions', () => {
  test('wait while one runs, and the newest continues when it ends', () => {
    const { until, history, push, deployment } = play(dockerBody())
    until(15)
    push()
    until(16)
    push()
    until(1000)
    expect(history(1)).toContain('DEPLOYED 40')
    expect(history(2)).toEqual(['CREATING 15', 'QUEUED 25', 'SKIPPED 40'])
    expect(history(3)).toEqual(['CREATING 16', 'QUEUED 26', 'AWAITING_DEPLOY 40', 'DEPLOYING 50', 'DEPLOYED 60'])
    expect(deployment.revisions.map(({ status }) => status)).toEqual(['DEPLOYED', 'SKIPPED', 'DEPLOYED'])
    expect(deployment.active).toBe(deployment.revisions[2])
  })

  test('do not pass a turn to one that is not queued yet', () => {
    const { until, history, push } = play(dockerBody())
    until(20)
    push()
    until(35)
    push()
    until(1000)
    expect(history(2)).toContain('AWAITING_DEPLOY 40')
    expect(history(3)).toEqual(['CREATING 35', 'QUEUED 45', 'AWAITING_DEPLOY 60', 'DEPLOYING 70', 'DEPLOYED 80'])
  })

  test('with a custom path wait for their turn too', () => {
    const rules = [{ nth: 2, statuses: ['BUILDING', 'DEPLOYED'] }]
    const { until, history, push } = play(dockerBody(), rules)
    until(20)
    push()
    until(1000)
    expect(history(2)).toEqual(['QUEUED 20', 'BUILDING 40', 'DEPLOYED 50'])
  })

  test('pass the turn on at once after an interruption', () => {
    const { until, history, push, deployment, moment } = play(dockerBody(), [{ nth: 1, final: null }])
    push()
    until(500)
    const [first] = deployment.revisions
    if (first) interrupt(moment().state, deployment, first, moment().now)
    until(1000)
    expect(history(1).at(-1)).toBe('INTERRUPTED 500')
    expect(history(2)).toEqual(['CREATING 0', 'QUEUED 10', 'AWAITING_DEPLOY 500', 'DEPLOYING 510', 'DEPLOYED 520'])
  })

  test('are not replaced by an older one that becomes active late', () => {
    const { until, push, deployment } = play(dockerBody(), [
      { nth: 1, active_after_ms: 500 },
      { nth: 3, active_after_ms: null }
    ])
    until(45)
    expect(deployment.active).toBeNull()
    expect(deployment.serves).toBe(true)
    push()
    until(300)
    expect(deployment.active?.number).toBe(2)
    until(1000)
    expect(deployment.active?.number).toBe(2)
    push()
    until(5000)
    expect(deployment.revisions[2]?.status).toBe('DEPLOYED')
    expect(deployment.active?.number).toBe(2)
  })

  describe('the responding replicas', () => {
    /** The responding revision at these times; the three are DEPLOYED at 40, 140 and 240. */
    function answering(rules: unknown[], moments: readonly number[]): unknown[] {
      const { until, push, deployment } = play(dockerBody(), rules)
      const births = [100, 200]
      const seen: unknown[] = []
      for (const moment of [...births, ...moments].sort((a, b) => a - b)) {
        until(moment)
        if (births.includes(moment)) push()
        else seen.push(deployment.answering?.number ?? null)
      }
      return seen
    }

    test.each<[string, unknown[], unknown[]]>([
      ['the active one', [], [null, 1, 1, 2, 2, 3, 3]],
      ['later, counted from then', [{ nth: 2, info_after_ms: 50 }], [null, 1, 1, 1, 2, 3, 3]],
      ['never', [{ nth: 2, info_after_ms: null }], [null, 1, 1, 1, 1, 3, 3]],
      ['never, the last', [{ nth: 3, info_after_ms: null }], [null, 1, 1, 2, 2, 2, 2]],
      ['not instead of a newer one', [{ nth: 2, info_after_ms: 150 }], [null, 1, 1, 1, 1, 3, 3]],
      ['later than a late turn', [{ nth: 2, active_after_ms: 20, info_after_ms: 30 }], [null, 1, 1, 1, 2, 3, 3]],
      [
        'not one that was never active',
        [{ nth: 1, active_after_ms: 500 }, { info_after_ms: null }],
        Array(7).fill(null)
      ],
      ['none before the first one', [{ nth: 1, info_after_ms: 50 }], [null, null, 1, 2, 2, 3, 3]]
    ])('%s', (_, rules, expected) => {
      expect(answering(rules, [39, 40, 90, 189, 190, 240, 9999])).toEqual(expected)
    })
  })

  test.each(['QUEUED', 'DEPLOYING', 'DEPLOYED'])('a revision that vanishes at %s passes its turn on', (vanish_at) => {
    const { until, push, deployment } = play(dockerBody(), [{ nth: 1, vanish_at }])
    push()
    until(1000)
    expect(deployment.revisions).toMatchObject([{ vanished: true }, { vanished: false, status: 'DEPLOYED' }])
  })

  test('a push occurs with its status, has its overrides, and is not repeated by the same rule', () => {
    const push = { at: 'DEPLOYING', source_revision_config: { image_uri: 'theirs', repo_commit_sha: 'abc' } }
    const { until, deployment, history } = play(dockerBody(), [{ push }])
    until(1000)
    expect(deployment.revisions.map(({ config }) => config.image_uri)).toEqual(['images.example/agent:1', 'theirs'])
    expect(deployment.revisions[1]?.config.repo_commit_sha).toBe('abc')
    expect(history(2)).toContain('CREATING 30')
    expect(deployment.active?.number).toBe(2)
  })

  test('a deletion ends all revisions without a status', () => {
    const { until, push, deployment, moment } = play(dockerBody())
    push()
    until(25)
    deleteDeployment(moment(), deployment.id, { force: false, delete_tracing_project: false })
    until(1000)
    expect(deployment.revisions.map(({ status }) => status)).toEqual(['AWAITING_DEPLOY', 'QUEUED'])
  })
})

test('for any arrivals and results, one revision runs at a time and the newest has its turn', () => {
  const final = fc.constantFrom('DEPLOYED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'CREATE_FAILED', 'INTERRUPTED', 'SKIPPED')
  const birth = fc.record({ after: fc.nat(80), final, step_ms: fc.nat(40) })
  fc.assert(
    fc.property(fc.array(birth, { minLength: 1, maxLength: 12 }), (births) => {
      const rules = births.map((one, index) => ({ nth: index + 2, final: one.final, step_ms: one.step_ms }))
      const { until, push, deployment } = play(githubBody(), rules)
      let now = 0
      for (const { after } of births) {
        now += after
        until(now)
        push()
      }
      until(now + 100_000)
      const { revisions } = deployment
      const spans = revisions.flatMap(({ history }) => {
        const begin = history.find(({ status }) => ['AWAITING_BUILD'].includes(status))?.at
        return begin === undefined ? [] : [[begin, history.at(-1)?.at ?? Number.POSITIVE_INFINITY] as const]
      })
      spans.sort((a, b) => a[0] - b[0] || a[1] - b[1])
      for (const [index, [begin]] of spans.entries()) {
        const before = spans[index - 1]
        if (before) expect(begin).toBeGreaterThanOrEqual(before[1])
      }
      expect(revisions.every(({ ended }) => ended)).toBe(true)
      expect(deployment.running).toBeNull()
      const newest = revisions.at(-1)
      expect(newest?.status).toBe(births.at(-1)?.final)
      for (const [index, { status }] of revisions.entries()) {
        const scripted = births[index - 1]?.final ?? 'DEPLOYED'
        expect([scripted, 'SKIPPED']).toContain(status)
      }
      const deployed = revisions.filter(({ status }) => status === 'DEPLOYED')
      expect(deployment.active).toBe(deployed.at(-1) ?? null)
    }),
    { numRuns: 150 }
  )
})
