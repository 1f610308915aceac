import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { seenRevision } from '../../src/report/seen.ts'
import {
  type Choice,
  chooseAwaited,
  commitInPlace,
  type Lineage,
  type ListMemory,
  remember
} from '../../src/rollout/awaited.ts'
import type { SeenRevision } from '../../src/run/record.ts'
import { revisionWith } from '../deployment/samples.ts'

/** Commits in the order of their pushes. The second one is ours. */
const [A, B, C] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)]
const OURS = String(B)

/** Parses a revision such as `a DEPLOYED A`: ID, status, and commit if known. */
function listed(text: string): SeenRevision {
  const [id = '', status = '', commit] = text.split(' ')
  return { id, status, commit: commit && { A, B, C }[commit] }
}

/** Lists such as `2: b QUEUED, a BUILDING A`, newest revision first, each with the seconds since the first list. */
type Looks = readonly string[]

interface Given {
  readonly buildsOnPush?: boolean
  readonly lineage?: Readonly<Record<string, Lineage>>
}

/** The choice after the last list. Between two lists, the run polls every second, and later every ten seconds. */
function follow(looks: Looks, { buildsOnPush = true, lineage = {} }: Given = {}): Choice {
  let memory: ListMemory | undefined
  let choice: Choice = { kind: 'wait' }
  for (const [index, look] of looks.entries()) {
    const [seconds = 0, until = seconds] = looks.slice(index, index + 2).map((one) => Number.parseInt(one, 10))
    const list = (look.match(/\w+ [A-Z_]+(?: [ABC]\b)?/g) ?? []).map(listed)
    for (let at = seconds; at === seconds || at < until; at += at < 20 ? 1 : 10) {
      if (choice.kind !== 'wait') throw new Error(`Read the list after ${JSON.stringify(choice)}.`)
      memory = remember(memory, list, at * 1000)
      choice = chooseAwaited(list, { commit: OURS, buildsOnPush, lineage: new Map(Object.entries(lineage)) }, memory)
    }
  }
  return choice
}

const WAIT: Choice = { kind: 'wait' }
const take = (id: string): Choice => ({ kind: 'take', id })
const supersededBy = (id: string): Choice => ({ kind: 'superseded', id })
const foreign = (id: string): Choice => ({ kind: 'foreign', id })
const NEWER = { lineage: { [String(C)]: 'newer', [String(A)]: 'older' } } as const

describe('chooseAwaited with build-on-push', () => {
  test.each<[string, Looks, Choice, Given?]>([
    ['takes ours as soon as its commit is known', ['0: b QUEUED B, a DEPLOYED A'], take('b')],
    ['takes ours even if it failed', ['0: b BUILD_FAILED B, a DEPLOYED A'], take('b')],
    ['takes ours below a newer one', ['0: c DEPLOYED C, b SKIPPED B, a DEPLOYED A'], take('b')],
    ['takes the newest of ours', ['0: b2 QUEUED B, b DEPLOYED B'], take('b2')],
    ['waits while nothing new is listed', ['0: a DEPLOYED A', '1700: a DEPLOYED A'], WAIT],
    [
      'is not superseded by an older push that is deployed while ours is in progress',
      [
        '0: old DEPLOYED C',
        '2: b QUEUED, a BUILDING A, old DEPLOYED C',
        '60: b BUILDING, a DEPLOYED A, old DEPLOYED C',
        '900: b BUILDING, a DEPLOYED A, old DEPLOYED C'
      ],
      WAIT
    ],
    [
      'takes ours if its commit becomes known after an older push is deployed',
      ['0:', '2: b QUEUED, a BUILDING A', '60: b BUILDING, a DEPLOYED A', '80: b BUILD_FAILED B, a DEPLOYED A'],
      take('b')
    ],
    [
      'is not superseded by an older push that is deployed before ours is listed',
      [
        '0: old DEPLOYED C',
        '2: a BUILDING A, old DEPLOYED C',
        '60: a DEPLOYED A, old DEPLOYED C',
        '900: a DEPLOYED A, old DEPLOYED C'
      ],
      WAIT
    ],
    [
      'is not superseded by an older push below a failed revision of unknown commit',
      ['0:', '2: b QUEUED, a BUILDING A', '60: b BUILD_FAILED, a DEPLOYED A', '900: b BUILD_FAILED, a DEPLOYED A'],
      WAIT
    ],
    [
      'is not superseded by a newer revision above a failed revision of unknown commit',
      [
        '0: b QUEUED',
        '60: c QUEUED C, b BUILD_FAILED',
        '90: c DEPLOYED C, b BUILD_FAILED',
        '900: c DEPLOYED C, b BUILD_FAILED'
      ],
      WAIT
    ],
    [
      'is not superseded at once by a newer revision above a skipped revision of unknown commit',
      [
        '0: b QUEUED, a BUILDING A',
        '20: c DEPLOYED C, b SKIPPED, a DEPLOYED A',
        '100: c DEPLOYED C, b SKIPPED, a DEPLOYED A'
      ],
      WAIT
    ],
    [
      'is superseded after two minutes by a newer revision above a skipped revision of unknown commit',
      [
        '0: b QUEUED, a BUILDING A',
        '20: c DEPLOYED C, b SKIPPED, a DEPLOYED A',
        '140: c DEPLOYED C, b SKIPPED, a DEPLOYED A'
      ],
      supersededBy('c')
    ],
    [
      'is not superseded by a newer revision above one that was skipped before the run',
      [
        '0: x SKIPPED, a DEPLOYED A',
        '2: c BUILDING C, x SKIPPED, a DEPLOYED A',
        '60: c DEPLOYED C, x SKIPPED, a DEPLOYED A',
        '900: c DEPLOYED C, x SKIPPED, a DEPLOYED A'
      ],
      WAIT
    ],
    [
      'is superseded by a revision that appears after the time in which ours must be listed',
      ['0: a DEPLOYED A', '200: c BUILDING C, a DEPLOYED A', '300: c DEPLOYED C, a DEPLOYED A'],
      supersededBy('c')
    ],
    [
      'is not superseded by a late revision below one in progress of unknown commit',
      [
        '0: a DEPLOYED A',
        '200: c BUILDING C, a DEPLOYED A',
        '300: x QUEUED, c DEPLOYED C, a DEPLOYED A',
        '900: x QUEUED, c DEPLOYED C, a DEPLOYED A'
      ],
      WAIT
    ],
    [
      'is superseded by a late revision below one in progress of another commit',
      ['0: a DEPLOYED A', '200: c BUILDING C, a DEPLOYED A', '300: x QUEUED A, c DEPLOYED C, a DEPLOYED A'],
      supersededBy('c')
    ],
    [
      'is not superseded by a rollback to an earlier commit',
      [
        '0: a DEPLOYED A',
        '200: a2 BUILDING A, a DEPLOYED A',
        '300: a2 DEPLOYED A, a DEPLOYED A',
        '900: a2 DEPLOYED A, a DEPLOYED A'
      ],
      WAIT
    ],
    [
      'is not superseded by an older commit according to GitHub, even if listed late',
      [
        '0: old DEPLOYED C',
        '200: a BUILDING A, old DEPLOYED C',
        '300: a DEPLOYED A, old DEPLOYED C',
        '900: a DEPLOYED A, old DEPLOYED C'
      ],
      WAIT,
      { lineage: { [String(A)]: 'older' } }
    ],
    [
      'is superseded by a newer commit according to GitHub',
      ['0: c DEPLOYED C, a DEPLOYED A'],
      supersededBy('c'),
      NEWER
    ],
    [
      'is not superseded by a newer commit below a revision in progress of unknown commit',
      ['0: b QUEUED, c DEPLOYED C, a DEPLOYED A', '900: b QUEUED, c DEPLOYED C, a DEPLOYED A'],
      WAIT,
      NEWER
    ],
    ['is not superseded by a newer revision in progress', ['0: c BUILDING C, a DEPLOYED A'], WAIT, NEWER],
    ['is not superseded by a newer revision that failed', ['0: c BUILD_FAILED C, a DEPLOYED A'], WAIT, NEWER],
    ['waits for the first revision', ['0:', '110:'], WAIT],
    ['ends after two minutes without any revision', ['0:', '120:'], { kind: 'none' }]
  ])('%s', (_, looks, expected, ...[given]) => {
    expect(follow(looks, given)).toEqual(expected)
  })

  test('does not count a clock jump as time in which ours could be listed', () => {
    let memory = remember(undefined, [listed('old DEPLOYED A')], 0)
    const list = ['c DEPLOYED C', 'old DEPLOYED A'].map(listed)
    const wanted = { commit: OURS, buildsOnPush: true, lineage: new Map() }
    for (const at of [500_000, 900_000, 1_400_000]) {
      memory = remember(memory, list, at)
      expect(chooseAwaited(list, wanted, memory)).toEqual(WAIT)
    }
  })
})

describe('chooseAwaited without build-on-push', () => {
  test.each<[string, Looks, Choice, Given?]>([
    ['takes ours', ['0: b BUILDING B, a DEPLOYED A'], take('b')],
    [
      'waits for a revision in progress of unknown commit',
      ['0: b BUILDING, a DEPLOYED A', '900: b BUILDING, a DEPLOYED A'],
      WAIT
    ],
    ['waits 30 seconds for ours to be listed', ['0: a DEPLOYED A', '20: a DEPLOYED A'], WAIT],
    ['takes ours if it is listed late', ['0: a DEPLOYED A', '20: b CREATING B, a DEPLOYED A'], take('b')],
    [
      'returns the active revision of another commit',
      ['0: x BUILD_FAILED A, a DEPLOYED A', '30: x BUILD_FAILED A, a DEPLOYED A'],
      foreign('a')
    ],
    [
      'returns the newest revision if none was deployed',
      ['0: x SKIPPED, a BUILD_FAILED A', '30: x SKIPPED, a BUILD_FAILED A'],
      foreign('x')
    ],
    [
      'waits 30 seconds for the commit of a deployed revision',
      ['0: b BUILDING', '600: b DEPLOYED', '620: b DEPLOYED'],
      WAIT
    ],
    ['never takes a revision of unknown commit', ['0: b BUILDING', '600: b DEPLOYED', '630: b DEPLOYED'], foreign('b')],
    [
      'is superseded by a newer commit according to GitHub',
      ['0: c DEPLOYED C, a DEPLOYED A'],
      supersededBy('c'),
      NEWER
    ],
    ['ends after 30 seconds without any revision', ['0:', '30:'], { kind: 'none' }]
  ])('%s', (_, looks, expected, ...[given]) => {
    expect(follow(looks, { ...given, buildsOnPush: false })).toEqual(expected)
  })
})

describe('the commit of a revision', () => {
  test('is `repo_commit_sha`, or a `repo_ref` that is a commit', () => {
    const told = (config: Parameters<typeof revisionWith>[0]) => seenRevision(revisionWith(config)).commit
    expect(told({ source_revision_config: { repo_commit_sha: OURS, repo_ref: 'main' } })).toBe(OURS)
    expect(told({ source_revision_config: { repo_ref: OURS } })).toBe(OURS)
    expect(told({ source_revision_config: { repo_ref: 'main' } })).toBeUndefined()
  })

  test('can be abbreviated and in upper case', () => {
    expect(follow(['0: b QUEUED B'])).toEqual(take('b'))
    for (const commit of [OURS.toUpperCase(), OURS.slice(0, 12)]) {
      const list = [{ id: 'b', status: 'QUEUED', commit }]
      const wanted = { commit: OURS, buildsOnPush: true, lineage: new Map() }
      expect(chooseAwaited(list, wanted, remember(undefined, list, 0))).toEqual(take('b'))
      expect(commitInPlace([{ id: 'b', status: 'DEPLOYED', commit }], OURS)).toBeUndefined()
    }
  })

  test('is compared on GitHub for the newest DEPLOYED revision', () => {
    const inPlace = (...texts: string[]) => commitInPlace(texts.map(listed), OURS)
    expect(inPlace('x DEPLOYED', 'y BUILDING C', 'a DEPLOYED A', 'c DEPLOYED C')).toBe(A)
    expect(inPlace('y BUILDING C')).toBeUndefined()
  })
})

describe('chooseAwaited for any pushes', () => {
  const status = fc.constantFrom('DEPLOYED', 'DEPLOYED', 'BUILD_FAILED', 'SKIPPED', 'INTERRUPTED')
  /** Seconds since the previous push, until the end, and until the commit is known, if ever. */
  const push = fc.record({
    afterS: fc.nat({ max: 60 }),
    lastsS: fc.nat({ max: 400 }),
    tellsS: fc.option(fc.nat({ max: 500 }), { nil: undefined }),
    final: status
  })
  const scene = fc.record({
    pushes: fc.array(push, { minLength: 1, maxLength: 5 }),
    ours: fc.nat({ max: 4 }),
    /** Time of the first read, in seconds after the earliest possible one. */
    startS: fc.nat({ max: 300 }),
    pausesS: fc.infiniteStream(fc.integer({ min: 1, max: 10 })),
    lagsS: fc.infiniteStream(fc.constantFrom(0, 0, 0, 2, 5)),
    buildsOnPush: fc.boolean(),
    /** True if the last push is a rollback to the first commit. */
    rollsBack: fc.boolean(),
    github: fc.boolean()
  })
  const nameOf = (index: number) => String(index).padStart(40, '0')

  test('takes only our commit, and is superseded only by a revision listed above ours', () => {
    const kinds = new Map<string, number>()
    fc.assert(
      fc.property(scene, ({ pushes, startS, pausesS, lagsS, buildsOnPush, rollsBack, github, ...rest }) => {
        const ours = Math.min(rest.ours, pushes.length - 1)
        let at = 0
        const revisions = pushes.map(({ afterS, lastsS, tellsS, final }, index) => {
          at += afterS
          const commit = rollsBack && index === pushes.length - 1 && index > ours ? nameOf(0) : nameOf(index)
          return {
            id: `r${index}`,
            at,
            end: at + lastsS,
            tells: tellsS === undefined ? undefined : at + tellsS,
            final,
            commit
          }
        })
        // Ours was requested before the run began, and is listed within the allowed time.
        const begin = (revisions[ours]?.at ?? 0) + startS - (buildsOnPush ? 90 : 20)
        const listAt = (now: number): SeenRevision[] =>
          revisions
            .filter((revision) => revision.at <= now)
            .map(({ id, end, tells, final, commit }) => ({
              id,
              status: now < end ? 'BUILDING' : final,
              commit: tells !== undefined && tells <= now ? commit : undefined
            }))
            .reverse()
        const lineage = new Map<string, Lineage>(
          github ? pushes.map((_, index) => [nameOf(index), index > ours ? 'newer' : 'older']) : []
        )
        let now = begin
        let memory: ListMemory | undefined
        for (let look = 0; look < 150; look += 1) {
          const list = listAt(now - (lagsS.next().value ?? 0))
          memory = remember(memory, list, now * 1000)
          const choice = chooseAwaited(list, { commit: nameOf(ours), buildsOnPush, lineage }, memory)
          kinds.set(choice.kind, (kinds.get(choice.kind) ?? 0) + 1)
          if (choice.kind === 'take') expect(list.find(({ id }) => id === choice.id)?.commit).toBe(nameOf(ours))
          if (choice.kind === 'superseded') {
            expect(Number(choice.id.slice(1))).toBeGreaterThan(ours)
            expect(list.find(({ id }) => id === choice.id)?.status).toBe('DEPLOYED')
          }
          if (choice.kind !== 'wait') return
          now += pausesS.next().value ?? 1
        }
      }),
      { numRuns: 5_000 }
    )
    // The scenes must reach every result.
    expect([...kinds.keys()].toSorted()).toEqual(['foreign', 'superseded', 'take', 'wait'])
  })
})
