import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Revision } from '../../src/control-plane/resources.ts'
import { readServedBefore, servedBefore } from '../../src/deployment/served.ts'
import { revisionWith } from './samples.ts'

const listed = (...statuses: readonly string[]): readonly Revision[] =>
  statuses.map((status, place) => revisionWith({ id: `r${place}`, status }))

const D = 'DEPLOYED'

describe('the revision to go back to', () => {
  test.each<[string, readonly string[], string, string | undefined]>([
    ['is the one behind', [D, D, D], 'r0', 'r1'],
    ['is not one that never served', [D, 'SKIPPED', 'DEPLOY_FAILED', 'INTERRUPTED', 'BUILD_FAILED', D, D], 'r0', 'r5'],
    ['is not one whose end is not known', [D, 'UNKNOWN', 'DEPLOYING', D], 'r0', 'r3'],
    ['is not one that came later', [D, D, 'DEPLOY_FAILED', D], 'r2', 'r3'],
    ['is none where none was deployed before', [D, 'DEPLOY_FAILED'], 'r0', undefined],
    ['is none behind the first one', [D], 'r0', undefined],
    ['is none behind one that is not listed', [D, D], 'r9', undefined]
  ])('%s', (_, statuses, from, expected) => {
    expect(servedBefore(listed(...statuses), from)?.id).toBe(expected)
  })

  const status = fc.constantFrom(D, D, 'SKIPPED', 'DEPLOY_FAILED', 'BUILD_FAILED', 'INTERRUPTED', 'QUEUED', 'UNKNOWN')

  test('was deployed, is older, and no deployed one lies between', () => {
    fc.assert(
      fc.property(fc.array(status, { minLength: 1, maxLength: 40 }), fc.nat(), (statuses, random) => {
        const place = random % statuses.length
        const target = servedBefore(listed(...statuses), `r${place}`)
        const found = target ? Number(target.id.slice(1)) : statuses.length
        expect(found).toBeGreaterThan(place)
        expect(statuses.slice(place + 1, found)).not.toContain(D)
        if (target) expect(target.status).toBe(D)
      })
    )
  })

  test('is found over all pages, also while the list grows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 350 }), fc.nat({ max: 3 }), async (failed, arriving) => {
        const all = [
          ...listed(D, ...Array.from({ length: failed }, () => 'DEPLOY_FAILED')),
          revisionWith({ id: 'good' })
        ]
        let pages = 0
        const revisions = async (_: string, offset = 0) => {
          // Whatever is pushed while we read moves the rest along.
          if (pages > 0) all.unshift(...Array.from({ length: arriving }, () => revisionWith({ status: 'QUEUED' })))
          pages += 1
          const resources = all.slice(offset, offset + 100)
          return { resources, offset: offset + resources.length }
        }
        const { newest, before } = await readServedBefore({ revisions }, 'd', 'r0')
        expect(before?.id).toBe('good')
        expect(newest[0]?.id).toBe('r0')
        expect(pages).toBeLessThan(6)
      }),
      { numRuns: 50 }
    )
  })
})
