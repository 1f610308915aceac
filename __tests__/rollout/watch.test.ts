import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type ControlPlaneClient, PAGE_SIZE } from '../../src/control-plane/client.ts'
import { ApiError } from '../../src/control-plane/errors.ts'
import type { Deployment, Revision } from '../../src/control-plane/resources.ts'
import type { Progress } from '../../src/deployment/progress.ts'
import { beginWatch, type Observation, type Step, stepWatch, type WatchState, watch } from '../../src/rollout/watch.ts'
import { CancelledError, DeadlineError } from '../../src/run/limits.ts'
import type { OnSuperseded, Verdict } from '../../src/run/verdict.ts'
import {
  clientWith,
  DEPLOYMENT_ID,
  deploymentWith,
  NEWER_ID,
  OLDER_ID,
  REVISION_ID,
  revisionWith,
  virtualClock
} from '../deployment/samples.ts'

const NEWEST_ID = '55555555-5555-4555-8555-555555555555'
const GOING = ['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING', 'AWAITING_DEPLOY', 'DEPLOYING']

const isRevision = (status: string): Observation => ({ kind: 'revision', revision: revisionWith({ status }) })
const isActive = (id: string | null, status = 'READY'): Observation => ({
  kind: 'deployment',
  deployment: deploymentWith({ status, active_revision_id: id })
})
const areListed = (...ids: string[]): Observation => ({ kind: 'revisions', ids })
const deploymentIs = (status: string | undefined): Observation => ({
  kind: 'deletion',
  deployment: status === undefined ? undefined : deploymentWith({ status })
})

const NAMED: Readonly<Record<string, string>> = {
  ours: REVISION_ID,
  older: OLDER_ID,
  newer: NEWER_ID,
  newest: NEWEST_ID
}

/** Such as `0 DEPLOYED, 0 active older, 10 list ours older, 20 gone, 30 deployment AWAITING_DELETE`; times in seconds. */
type Seen = string

function looksIn(seen: Seen): readonly (readonly [seconds: number, observation: Observation])[] {
  return seen.split(', ').map((look) => {
    const [seconds, what = '', ...names] = look.split(' ')
    const ids = names.map((name) => NAMED[name] ?? '')
    const found: Readonly<Record<string, Observation>> = {
      active: isActive(ids[0] || null, names[1]),
      list: areListed(...ids),
      gone: { kind: 'vanished', what: 'revision' },
      deployment: deploymentIs(names[0])
    }
    return [Number(seconds), found[what] ?? isRevision(what)]
  })
}

interface Told {
  readonly last: Step
  readonly warnings: readonly string[]
}

/** Steps through the observations, each of which must be the requested one. Missing reads for a deletion are added. */
function follow(seen: Seen, onSuperseded: OnSuperseded = 'warn', again?: 'rerun' | 'deploy'): Told {
  let last: Step = { state: beginWatch(REVISION_ID, onSuperseded, again), atOnce: true }
  const warnings: string[] = []
  for (const [seconds, observation] of looksIn(seen)) {
    if (last.verdict) throw new Error(`There is a read after the verdict ${last.verdict.status}.`)
    if (last.state.look === 'deletion' && observation.kind === 'revision') {
      last = stepWatch(last.state, deploymentIs('READY'), seconds * 1000)
      expect(last.verdict).toBeUndefined()
    }
    if (observation.kind !== 'vanished') expect(observation.kind).toBe(last.state.look)
    last = stepWatch(last.state, observation, seconds * 1000)
    if (last.warning) warnings.push(last.warning)
  }
  return { last, warnings }
}

describe('the words of a verdict', () => {
  const verdictOn = (status: string, source: string | null): Verdict | undefined => {
    const revision = revisionWith({ status, source })
    return stepWatch(beginWatch(REVISION_ID, 'warn'), { kind: 'revision', revision }, 0).verdict
  }

  test.each([
    ['github', 'The build succeeded, but the new revision did not start (DEPLOY_FAILED).'],
    ['internal_source', 'The build succeeded, but the new revision did not start (DEPLOY_FAILED).'],
    ['external_docker', 'The new revision did not start (DEPLOY_FAILED).'],
    ['internal_docker', 'The new revision did not start (DEPLOY_FAILED).'],
    [null, 'The new revision did not start (DEPLOY_FAILED).']
  ])('claim a successful build only for a source that LangSmith builds: %s', (source, reason) => {
    expect(verdictOn('DEPLOY_FAILED', source)).toMatchObject({ status: 'failed', reason })
  })

  test.each<[string, Seen, RegExp]>([
    ['interrupted', '0 INTERRUPTED, 30 INTERRUPTED, 60 INTERRUPTED', /`on-timeout: interrupt`; (.+)\.$/],
    ['missing', '0 BUILDING, 40 gone', /, and (.+)\.$/],
    ['not set up', '0 CREATE_FAILED', /no cause, (.+)\.$/],
    ['skipped for none', '0 SKIPPED, 0 list ours, 20 list ours, 30 list ours', /LangSmith, and (.+)\.$/]
  ])('say how to deploy again after a revision that is %s', (_, seen, place) => {
    const said = (again: 'rerun' | 'deploy') => {
      const { verdict } = follow(seen, 'warn', again).last
      return place.exec(
        verdict && 'advice' in verdict
          ? String(verdict.advice)
          : String(verdict && 'reason' in verdict && verdict.reason)
      )?.[1]
    }
    expect(said('rerun')).toBe('rerun this job to deploy')
    expect(said('deploy')).toBe('deploy again with `command: deploy`')
  })
})

describe('the verdict of a watch', () => {
  test.each<[string, Seen, Verdict['status'] | undefined]>([
    ...['CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED'].map((status): [string, Seen, Verdict['status']] => [
      `failed at ${status}`,
      `0 ${status}`,
      'failed'
    ]),
    ...[...GOING, 'UNKNOWN', 'SOMETHING_NEW', ''].map((status): [string, Seen, undefined] => [
      `open while it is ${status}`,
      `0 ${status}, 100000 ${status}`,
      undefined
    ]),
    ['open if it is DEPLOYED, before the deployment is read', '0 DEPLOYED', undefined],
    ['deployed if ours is active', '0 DEPLOYED, 0 active ours', 'deployed'],
    ['failed if the revision is missing', '0 BUILDING, 40 gone', 'failed'],
    ['failed if the deployment is missing', '0 DEPLOYED, 40 gone', 'failed'],
    ['open if it was interrupted less than a minute ago', '0 INTERRUPTED, 59 INTERRUPTED', undefined],
    ['failed after a minute of INTERRUPTED', '0 INTERRUPTED, 30 INTERRUPTED, 60 INTERRUPTED', 'failed'],
    ['open after only two reads of INTERRUPTED, whatever the clock shows', '0 INTERRUPTED, 200 INTERRUPTED', undefined],
    [
      'open if BUILDING ended the interruption',
      '0 INTERRUPTED, 50 BUILDING, 70 INTERRUPTED, 129 INTERRUPTED',
      undefined
    ],
    [
      'failed a minute after the second interruption',
      '0 INTERRUPTED, 50 BUILDING, 70 INTERRUPTED, 100 INTERRUPTED, 130 INTERRUPTED',
      'failed'
    ],
    [
      'open if an unknown status ended the interruption',
      '0 INTERRUPTED, 50 UNKNOWN, 70 INTERRUPTED, 129 INTERRUPTED',
      undefined
    ],
    ['deployed after an interruption', '0 INTERRUPTED, 30 DEPLOYED, 30 active ours', 'deployed'],
    ['open while no revision is active', '0 DEPLOYED, 0 active none, 119 active none', undefined],
    [
      'deployed after two minutes without an active revision',
      '0 DEPLOYED, 0 active none, 60 active none, 120 active none',
      'deployed'
    ],
    [
      'open after only two reads without an active revision, whatever the clock shows',
      '0 DEPLOYED, 0 active none, 300 active none',
      undefined
    ],
    [
      'open while an older revision is active',
      '0 DEPLOYED, 0 active older, 0 list ours older, 119 active older',
      undefined
    ],
    [
      'deployed after two minutes with an older active revision',
      '0 DEPLOYED, 0 active older, 0 list ours older, 60 active older, 120 active older',
      'deployed'
    ],
    [
      'deployed if ours becomes active after an older one',
      '0 DEPLOYED, 0 active older, 0 list ours older, 20 active ours',
      'deployed'
    ],
    [
      'open if the active revision is too old for the list',
      '0 DEPLOYED, 0 active older, 0 list newer ours, 10 active older',
      undefined
    ],
    ['superseded if a newer revision is active', '0 DEPLOYED, 0 active newer, 0 list newer ours', 'superseded'],
    [
      'superseded if a newer revision is active and ours is too old for a full list',
      `0 DEPLOYED, 0 active newer, 0 list ${'newest '.repeat(PAGE_SIZE - 1)}newer`,
      'superseded'
    ],
    [
      'open if a short list lacks ours, because the list lags behind',
      `0 DEPLOYED, 0 active newer, 0 list ${'newest '.repeat(PAGE_SIZE - 2)}newer`,
      undefined
    ],
    [
      'superseded if a newer revision becomes active after an older one',
      '0 DEPLOYED, 0 active older, 0 list ours older, 30 active newer, 30 list newer ours older',
      'superseded'
    ],
    [
      'superseded, not deployed, if a newer revision is active after two minutes',
      '0 DEPLOYED, 0 active none, 130 active newer, 130 list newer ours',
      'superseded'
    ],
    ['open at SKIPPED before the list is read', '0 SKIPPED', undefined],
    ['superseded at SKIPPED with a successor', '0 SKIPPED, 0 list newer ours', 'superseded'],
    ...(
      [
        ['shows ours as the newest', 'list ours older'],
        ['lacks ours and shows an older one first', 'list older'],
        ['is empty', 'list']
      ] as const
    ).flatMap(([how, list]): [string, Seen, Verdict['status'] | undefined][] => {
      const looks = (...moments: number[]) => ['0 SKIPPED', ...moments.map((at) => `${at} ${list}`)].join(', ')
      return [
        [`open at SKIPPED for 30 seconds while the list ${how}`, looks(0, 10, 29), undefined],
        [`open at SKIPPED after only two reads in which the list ${how}`, looks(0, 200), undefined],
        [`superseded at SKIPPED after 30 seconds in which the list ${how}`, looks(0, 10, 30), 'superseded']
      ]
    }),
    [
      'superseded at SKIPPED with a successor that the list shows late',
      '0 SKIPPED, 0 list older, 1 list ours older, 2 list newer ours older',
      'superseded'
    ],
    ['failed if the deployment is AWAITING_DELETE', '0 BUILDING, 30 BUILDING, 30 deployment AWAITING_DELETE', 'failed'],
    [
      'failed if the deployment is AWAITING_FINAL_DELETE',
      '0 BUILDING, 30 BUILDING, 30 deployment AWAITING_FINAL_DELETE',
      'failed'
    ],
    [
      'failed if the deployment is being deleted before ours becomes active',
      '0 DEPLOYED, 0 active none, 10 active none AWAITING_DELETE',
      'failed'
    ],
    ['open if the read of the deployment fails', '0 BUILDING, 30 BUILDING, 30 deployment, 31 BUILDING', undefined]
  ])('is %s', (_, seen, status) => {
    expect(follow(seen).last.verdict?.status).toBe(status)
  })

  test.each<[OnSuperseded, boolean]>([
    ['warn', true],
    ['fail', false]
  ])('is superseded, and with on-superseded: %s, passes is %s', (choice, passes) => {
    const seen = '0 SKIPPED, 0 list newer ours'
    expect(follow(seen, choice).last.verdict).toMatchObject({
      status: 'superseded',
      passes,
      reason: expect.stringContaining(NEWER_ID)
    })
  })

  test('names the active revision if ours did not become active', () => {
    const none = follow('0 DEPLOYED, 0 active none, 60 active none, 120 active none').last.verdict
    expect(none).toMatchObject({ warning: expect.stringContaining('reports no active revision') })
    const older = '0 DEPLOYED, 0 active older, 0 list ours older, 60 active older, 120 active older'
    expect(follow(older).last.verdict).toMatchObject({ warning: expect.stringContaining(`still reports ${OLDER_ID}`) })
    expect(follow('0 DEPLOYED, 0 active ours').last.verdict).toEqual({ status: 'deployed' })
  })

  test('gives advice after a failure', () => {
    for (const seen of ['CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'gone']) {
      expect(follow(`0 ${seen}`).last.verdict).toMatchObject({ advice: expect.stringMatching(/LangSmith/) })
    }
  })
})

describe('the next read', () => {
  test.each<[string, Seen, boolean]>([
    ['at once after DEPLOYED, to read the active revision', '0 DEPLOYED', true],
    ['at once after SKIPPED, to read the successor', '0 SKIPPED', true],
    ['at once after another active revision, to compare the age', '0 DEPLOYED, 0 active newer', true],
    ['after a pause while the rollout is in progress', '0 BUILDING', false],
    ['after a pause if the revision is INTERRUPTED', '0 INTERRUPTED', false],
    ['after a pause while no revision is active', '0 DEPLOYED, 0 active none', false],
    ['after a pause while an older revision is active', '0 DEPLOYED, 0 active older, 0 list ours older', false]
  ])('follows %s', (_, seen, atOnce) => {
    const { last } = follow(seen)
    expect(last.verdict).toBeUndefined()
    expect(last.atOnce ?? false).toBe(atOnce)
  })
})

describe('an unknown status', () => {
  test('causes one warning, even if it changes', () => {
    const seen = '0 UNKNOWN, 1 BUILDING, 2 UNKNOWN, 3 NEW_ONE'
    expect(follow(seen).warnings).toEqual([expect.stringContaining('UNKNOWN')])
  })

  test('causes one warning, even if another revision is followed', () => {
    const seen = '0 UNKNOWN, 1 SKIPPED, 1 list newer ours, 1 UNKNOWN'
    expect(follow(seen, 'follow').warnings).toEqual([
      expect.stringContaining('UNKNOWN'),
      expect.stringMatching(new RegExp(`${NEWER_ID}. Following the newest`))
    ])
  })

  test('causes no warning here if it is not a word, because the output `revision-status` causes one', () => {
    expect(follow('0 WEIRD|<b>@octocat, 1 BUILDING, 2 UNKNOWN').warnings).toEqual([])
  })

  test.each(GOING)('is not %s', (status) => {
    expect(follow(`0 ${status}`).warnings).toEqual([])
  })
})

describe('on-superseded: follow', () => {
  test('follows the newest revision, not only the active one', () => {
    const { last } = follow('0 DEPLOYED, 0 active newer, 0 list newest newer ours', 'follow')
    expect(last).toMatchObject({
      atOnce: true,
      state: { revisionId: NEWEST_ID, look: 'revision', onSuperseded: 'follow' }
    })
    expect(last.verdict).toBeUndefined()
  })

  test('restarts the two minutes for the new revision', () => {
    const { last } = follow(
      '0 DEPLOYED, 0 active none, 119 active newer, 119 list newer ours, 119 DEPLOYED, 125 active none',
      'follow'
    )
    expect(last.verdict).toBeUndefined()
  })

  test('follows a newer revision that the list shows late', () => {
    const seen = '0 SKIPPED, 0 list ours older, 1 list newer ours older'
    expect(follow(seen, 'follow').last).toMatchObject({ state: { revisionId: NEWER_ID, look: 'revision' } })
  })

  test('ends as superseded if no newer revision is listed', () => {
    const seen = '0 SKIPPED, 0 list ours, 15 list ours, 30 list ours'
    expect(follow(seen, 'follow').last.verdict).toMatchObject({ status: 'superseded', passes: false })
  })
})

describe('for any observations', () => {
  const status = fc.constantFrom('BUILDING', 'DEPLOYED', 'DEPLOYED', 'INTERRUPTED', 'SKIPPED', 'UNKNOWN', 'ODD')
  const active = fc.constantFrom(null, OLDER_ID, REVISION_ID, NEWER_ID)
  const list = fc.subarray([NEWEST_ID, NEWER_ID, REVISION_ID, OLDER_ID])
  const going = fc.constantFrom('READY', 'READY', 'READY', 'AWAITING_DELETE', undefined)
  const moment = fc.record({ status, active, list, going, afterMs: fc.nat({ max: 100_000 }) })
  type Moment = typeof moment extends fc.Arbitrary<infer T> ? T : never

  const observe = (state: WatchState, seen: Moment): Observation => {
    if (state.look === 'revision') return isRevision(seen.status)
    if (state.look === 'deletion') return deploymentIs(seen.going)
    return state.look === 'deployment' ? isActive(seen.active) : areListed(...seen.list)
  }

  test('`deployed` requires our revision to be active, or two minutes and a warning', () => {
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 20 }), fc.constantFrom('warn', 'follow'), (moments, onSuperseded) => {
        let state = beginWatch(REVISION_ID, onSuperseded)
        let now = 0
        let deployedAt: number | undefined
        let [interruptedAt, interruptions, inactive, unknown] = [undefined as number | undefined, 0, 0, 0]
        for (const seen of moments) {
          now += seen.afterMs
          const [id, observation] = [state.revisionId, observe(state, seen)]
          if (observation.kind === 'revision') {
            interruptedAt = seen.status === 'INTERRUPTED' ? (interruptedAt ?? now) : undefined
            interruptions = seen.status === 'INTERRUPTED' ? interruptions + 1 : 0
            if (seen.status === 'DEPLOYED') deployedAt ??= now
          }
          if (observation.kind === 'deployment') inactive += 1
          const next = stepWatch(state, observation, now)
          if (next.warning?.includes('unknown status')) unknown += 1
          expect(unknown).toBeLessThanOrEqual(1)
          const { verdict } = next
          if (verdict?.status === 'deployed') {
            expect(deployedAt).toBeDefined()
            if (verdict.warning === undefined) expect(observation).toEqual(isActive(id))
            else {
              expect(now - (deployedAt ?? now)).toBeGreaterThanOrEqual(120_000)
              expect(inactive).toBeGreaterThanOrEqual(3)
            }
          }
          if (verdict?.status === 'failed' && observation.kind !== 'deletion') {
            expect(now - (interruptedAt ?? now)).toBeGreaterThanOrEqual(60_000)
            expect(interruptions).toBeGreaterThanOrEqual(3)
          }
          if (observation.kind === 'deletion') {
            expect(verdict?.status).toBe(seen.going === 'AWAITING_DELETE' ? 'failed' : undefined)
          }
          // The revision in the reason is listed before ours.
          if (verdict?.status === 'superseded' && !verdict.reason.includes('no newer revision')) {
            const named = seen.list.findIndex((listed) => verdict.reason.includes(listed))
            expect(named).toBeGreaterThanOrEqual(0)
            expect(named).toBeLessThan(seen.list.indexOf(id))
          }
          if (verdict) return
          if (next.state.revisionId !== id) {
            ;[deployedAt, interruptedAt] = [undefined, undefined]
            ;[interruptions, inactive] = [0, 0]
          }
          state = next.state
        }
      }),
      { numRuns: 2000 }
    )
  })

  test('reads without a pause come to an end', () => {
    fc.assert(
      fc.property(moment, (seen) => {
        let state = beginWatch(REVISION_ID, 'warn')
        for (let looks = 1; looks <= 4; looks += 1) {
          const next = stepWatch(state, observe(state, seen), 0)
          if (next.verdict || !next.atOnce) return
          state = next.state
        }
        throw new Error('four looks at one moment')
      })
    )
  })
})

/** A script of changes, each from a time on, in milliseconds. */
type From<T> = Readonly<Record<number, T>>

interface Script {
  /** Statuses of each revision by ID, each from a time on, in milliseconds. */
  readonly statuses: Readonly<Record<string, From<string>>>
  /** The active revision, from a time on. */
  readonly active?: From<string | null>
  /** Newest first. */
  readonly list?: readonly string[]
  /** Status of the deployment, from a time on; READY before. */
  readonly deployment?: From<string>
  /** An error instead of a response. */
  readonly fault?: (nth: number, request: string) => Error | undefined
}

interface Play {
  readonly verdict: Promise<Verdict>
  readonly requests: string[]
  readonly requestedAt: number[]
  readonly notes: string[]
  readonly warnings: string[]
  readonly revisions: string[]
  readonly clock: ReturnType<typeof virtualClock>
}

interface Options {
  readonly onSuperseded?: OnSuperseded
  readonly own?: boolean
  readonly timeoutMs?: number
  readonly cancelledAt?: number
  readonly pollIntervalMs?: number
  readonly glanceTakesMs?: number
  readonly random?: () => number
}

/** `watch` over a control plane that follows a script in virtual time. */
function play(
  script: Script,
  { own = true, timeoutMs = 3_600_000 * 24, random = () => 0, ...options }: Options = {}
): Play {
  const clock = virtualClock()
  const controller = new AbortController()
  if (options.cancelledAt !== undefined) clock.at(options.cancelledAt, () => controller.abort())
  const [requests, requestedAt, notes, warnings, revisions]: [string[], number[], string[], string[], string[]] = [
    [],
    [],
    [],
    [],
    []
  ]
  const at = <T>(moments: From<T> = {}): T | undefined =>
    Object.entries(moments)
      .filter(([from]) => Number(from) <= clock.passed())
      .at(-1)?.[1]
  let isAwaited = false
  const answer = async <T>(request: string, value: () => T): Promise<T> => {
    // Without this call, the client would stop retries too early for a temporary failure.
    if (!isAwaited) throw new Error('the rollout is not awaited')
    requests.push(request)
    requestedAt.push(clock.passed())
    const fault = script.fault?.(requests.length, request)
    if (fault) throw fault
    return value()
  }
  const revision = (id: string): Revision => revisionWith({ id, status: at(script.statuses[id]) ?? 'QUEUED' })
  const deployment = (): Deployment =>
    deploymentWith({
      status: at(script.deployment) ?? 'READY',
      active_revision_id: at(script.active) ?? null
    })
  const client: ControlPlaneClient = clientWith({
    awaitRollout: () => {
      isAwaited = true
    },
    revision: (deploymentId, id) => answer(`revision ${deploymentId === DEPLOYMENT_ID ? id : '?'}`, () => revision(id)),
    deployment: () => answer('deployment', deployment),
    glance: async () => {
      await clock.sleep(options.glanceTakesMs ?? 0)
      return answer('glance', deployment)
    },
    revisions: () =>
      answer('revisions', () => ({ resources: (script.list ?? [REVISION_ID]).map(revision), offset: null }))
  })
  const unexpected = () => {
    throw new Error('a wait does not write')
  }
  const progress: Progress = {
    planned: unexpected,
    aboutToWrite: unexpected,
    gone: () => {},
    named: unexpected,
    made: unexpected,
    deployment: ({ active_revision_id }, created) => {
      expect(created).toBeUndefined()
      notes.push(`active ${active_revision_id}`)
    },
    revision: ({ id, status }, { own: isOwn }) =>
      revisions.push(`${id === REVISION_ID ? 'ours' : 'other'} ${status} ${isOwn}`),
    note: (text) => notes.push(text),
    warn: (text) => warnings.push(text)
  }
  const limits = { clock, cancelled: controller.signal, deadline: clock.now() + timeoutMs }
  const context = { client, limits, progress, pollIntervalMs: options.pollIntervalMs, random }
  const verdict = watch(context, deploymentWith(), revisionWith({ status: 'CREATING' }), {
    onSuperseded: options.onSuperseded ?? 'warn',
    own
  }).then((watched) => watched.verdict)
  return { verdict, requests, requestedAt, notes, warnings, revisions, clock }
}

/** A successful rollout that ends at a time in milliseconds. */
const endsAt = (ms: number): Script => ({
  statuses: { [REVISION_ID]: { 0: 'BUILDING', [ms]: 'DEPLOYED' } },
  active: { [ms]: REVISION_ID }
})

const apiError = (status: number) => new ApiError({ status, detail: 'There is no x.', request: 'GET /x' })

describe('watch', () => {
  test('reads at once, reports each status once, and returns the verdict', async () => {
    const script: Script = {
      statuses: { [REVISION_ID]: { 0: 'QUEUED', 2500: 'BUILDING', 5500: 'DEPLOYED' } },
      active: { 5500: REVISION_ID }
    }
    const { verdict, requestedAt, requests, revisions, notes } = play(script)
    expect(await verdict).toEqual({ status: 'deployed' })
    expect(requestedAt).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 6_000])
    expect(requests.slice(-2)).toEqual([`revision ${REVISION_ID}`, 'deployment'])
    expect(revisions).toEqual(['ours QUEUED true', 'ours BUILDING true', 'ours DEPLOYED true'])
    expect(notes).toEqual([`active ${REVISION_ID}`])
  })

  test('sends at most 145 requests in ten minutes, for any random numbers', async () => {
    for (const random of [() => 0, () => 0.999_999, Math.random]) {
      const { verdict, requests } = play(endsAt(600_000), { random })
      await verdict
      expect(requests.length).toBeLessThanOrEqual(145)
    }
  })

  test.each(['AWAITING_DELETE', 'AWAITING_FINAL_DELETE'])(
    'detects a deletion of the deployment (%s) within 45 s, at any time',
    async (status) => {
      const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: 3_600_000 }), fc.infiniteStream(random), async (deletedAt, chance) => {
          const script = { ...endsAt(7_200_000), deployment: { [deletedAt]: status } }
          const { verdict, clock } = play(script, { random: () => chance.next().value ?? 0 })
          expect(await verdict).toMatchObject({
            status: 'failed',
            reason: expect.stringContaining(`is being deleted (${status})`)
          })
          expect(clock.passed() - deletedAt).toBeLessThanOrEqual(45_000)
        })
      )
    }
  )

  test('ignores failed reads of the deployment without any delay of the end', async () => {
    const fault = (_: number, request: string) => (request === 'glance' ? apiError(503) : undefined)
    const { verdict, clock, requests } = play({ ...endsAt(300_000), fault })
    expect(await verdict).toEqual({ status: 'deployed' })
    expect(requests.filter((request) => request === 'glance').length).toBeGreaterThan(5)
    expect(clock.passed() - 300_000).toBeLessThanOrEqual(15_000)
  })

  test('does not delay the next read after a slow read of the deployment', async () => {
    const { verdict, clock, requests, requestedAt } = play(endsAt(300_000), { glanceTakesMs: 4_000 })
    await verdict
    const looks = requestedAt.filter((_, index) => requests[index]?.startsWith('revision '))
    const pauses = looks.slice(1).map((moment, index) => moment - (looks[index] ?? 0))
    expect(Math.max(...pauses)).toBeLessThanOrEqual(10_000)
    expect(clock.passed() - 300_000).toBeLessThanOrEqual(15_000)
  })

  test('ends at most a second, or 5 %, after the rollout', async () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 3_600_000 }), fc.infiniteStream(random), async (endMs, chance) => {
        const { verdict, clock } = play(endsAt(endMs), { random: () => chance.next().value ?? 0 })
        expect(await verdict).toEqual({ status: 'deployed' })
        expect(clock.passed() - endMs).toBeLessThanOrEqual(Math.max(1_000, endMs * 0.05))
      })
    )
  })

  test('respects the maximum polling interval', async () => {
    const { verdict, requestedAt } = play(endsAt(1_000_000), { pollIntervalMs: 2_000 })
    await verdict
    const pauses = requestedAt.slice(1).map((moment, index) => moment - (requestedAt[index] ?? 0))
    expect(Math.max(...pauses)).toBe(2_000)
  })

  test('logs one heartbeat per minute while nothing changes', async () => {
    const { verdict, notes } = play(endsAt(600_000))
    await verdict
    const beats = notes.filter((note) => note.startsWith('Still '))
    expect(beats[0]).toBe('Still BUILDING after 1 min.')
    expect(beats.length).toBeGreaterThanOrEqual(8)
    expect(beats.length).toBeLessThanOrEqual(10)
  })

  test('logs the heartbeat at the minute if it reads every second', async () => {
    const { verdict, notes } = play(endsAt(600_000), { pollIntervalMs: 1_000 })
    await verdict
    expect(notes.filter((note) => note.startsWith('Still '))).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `Still BUILDING after ${n} min.`)
    )
  })

  test('logs no heartbeat right after a change of the status', async () => {
    const changes = Array.from({ length: 12 }, (_, n) => [n * 50_000, n % 2 ? 'BUILDING' : 'QUEUED'])
    const script = { ...endsAt(0), statuses: { [REVISION_ID]: { ...Object.fromEntries(changes), 600000: 'DEPLOYED' } } }
    const { verdict, notes } = play(script)
    await verdict
    expect(notes.filter((note) => note.startsWith('Still '))).toEqual([])
  })

  test('sends one request per read while it waits for the revision to become active', async () => {
    const script: Script = {
      statuses: { [REVISION_ID]: { 0: 'DEPLOYED' } },
      active: { 0: null, 30000: REVISION_ID }
    }
    const { verdict, requests, requestedAt } = play(script)
    expect(await verdict).toEqual({ status: 'deployed' })
    expect(requests.filter((request) => request !== 'deployment')).toEqual([`revision ${REVISION_ID}`])
    expect(new Set(requestedAt.slice(1)).size).toBe(requestedAt.length - 1)
  })

  test('warns after two minutes if the revision does not become active', async () => {
    const script: Script = {
      statuses: { [REVISION_ID]: { 0: 'DEPLOYED' } },
      active: { 0: OLDER_ID },
      list: [REVISION_ID, OLDER_ID]
    }
    const { verdict, requests, clock } = play(script)
    expect(await verdict).toMatchObject({ status: 'deployed', warning: expect.stringContaining(OLDER_ID) })
    expect(clock.passed()).toBeGreaterThanOrEqual(120_000)
    expect(clock.passed()).toBeLessThanOrEqual(126_000)
    expect(requests.filter((request) => request === 'revisions')).toHaveLength(1)
  })

  test('follows a newer revision and reports it as not ours', async () => {
    const script: Script = {
      statuses: {
        [REVISION_ID]: { 0: 'SKIPPED' },
        [NEWER_ID]: { 0: 'BUILDING', 5000: 'DEPLOYED' }
      },
      active: { 5000: NEWER_ID },
      list: [NEWER_ID, REVISION_ID]
    }
    const { verdict, warnings, revisions } = play(script, { onSuperseded: 'follow' })
    expect(await verdict).toEqual({ status: 'deployed' })
    expect(warnings).toEqual([expect.stringMatching(new RegExp(`${NEWER_ID}. Following the newest`))])
    expect(revisions).toEqual(['ours SKIPPED true', 'other BUILDING false', 'other DEPLOYED false'])
  })

  test('never reports the revision of another run as ours', async () => {
    const { verdict, revisions } = play(endsAt(2_000), { own: false })
    await verdict
    expect(revisions).toEqual(['ours BUILDING false', 'ours DEPLOYED false'])
  })

  test('warns about an unknown status once and continues', async () => {
    const script: Script = {
      statuses: { [REVISION_ID]: { 0: 'UNKNOWN', 2000: 'BUILDING', 4000: 'UNKNOWN', 6000: 'DEPLOYED' } },
      active: { 0: REVISION_ID }
    }
    const { verdict, warnings } = play(script)
    expect(await verdict).toEqual({ status: 'deployed' })
    expect(warnings).toHaveLength(1)
  })

  test('ends exactly at the deadline', async () => {
    const { verdict, clock } = play(endsAt(600_000), { timeoutMs: 90_500 })
    await expect(verdict).rejects.toThrow(DeadlineError)
    expect(clock.passed()).toBe(90_500)
  })

  test('ends at once if the job is canceled', async () => {
    const { verdict, clock } = play(endsAt(600_000), { cancelledAt: 100_100 })
    await expect(verdict).rejects.toThrow(CancelledError)
    expect(clock.passed()).toBe(100_100)
  })

  test.each([1, 2, 3])('fails if the object is missing in read %d', async (nth) => {
    const script: Script = {
      statuses: { [REVISION_ID]: { 0: 'DEPLOYED' } },
      active: { 0: OLDER_ID },
      fault: (n) => (n === nth ? apiError(404) : undefined)
    }
    expect(await play(script).verdict).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('no longer exists')
    })
  })

  test.each<[string, string | undefined, string]>([
    [
      'only the revision',
      'READY',
      `Revision ${REVISION_ID} no longer exists in the control plane, but the deployment still exists.`
    ],
    ['the revision of a deployment that is being deleted', 'AWAITING_DELETE', 'The deployment no longer exists'],
    ['the revision with its deployment', undefined, 'The deployment no longer exists']
  ])('reports that %s is missing', async (_, status, reason) => {
    const script: Script = {
      ...endsAt(600_000),
      ...(status ? { deployment: { 0: status } } : {}),
      fault: (nth, request) =>
        (nth > 2 && request.startsWith('revision ')) || (status === undefined && request === 'glance')
          ? apiError(404)
          : undefined
    }
    expect(await play(script).verdict).toMatchObject({ status: 'failed', reason: expect.stringContaining(reason) })
  })

  test.each<[string, Error]>([
    ['a 403', apiError(403)],
    ['an unknown error', new Error('anything')]
  ])('throws every other error: %s', async (_, error) => {
    await expect(play({ ...endsAt(0), fault: () => error }).verdict).rejects.toBe(error)
  })
})
