import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Revision } from '../../src/control-plane/resources.ts'
import { passedOverWords, readServedBefore, servedBefore } from '../../src/deployment/served.ts'
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
    expect(servedBefore(listed(...statuses), from).before?.id).toBe(expected)
  })

  /** One revision for each letter, newest first: its code. A small letter is one that was not DEPLOYED. */
  const ofCode = (letters: string, code: (letter: string) => Partial<Revision['source_revision_config']>) =>
    [...letters].map((letter, place) =>
      revisionWith({
        id: `r${place}`,
        status: letter === letter.toUpperCase() ? D : 'DEPLOY_FAILED',
        source: 'image_uri' in code('') ? 'external_docker' : 'internal_source',
        source_revision_config: code(letter.toUpperCase())
      })
    )

  describe.each<[string, (letter: string) => Partial<Revision['source_revision_config']>]>([
    ['images', (letter) => ({ image_uri: `ghcr.io/acme/agent:${letter}` })],
    ['archives', (letter) => ({ source_tarball_path: `tenant/${letter}.tgz` })],
    ['commits', (letter) => ({ repo_commit_sha: (letter || 'a').toLowerCase().repeat(40) })]
  ])('of %s', (_, code) => {
    test.each([
      ['is not the one that was rolled back from', 'ABA', 'r2'],
      ['is not that one either where the roll back wrote two revisions', 'AABA', 'r1'],
      ['is none of those that were gone back past', 'ACBA', 'r3'],
      ['is not an earlier one of code that was rolled back from', 'ABBA', 'r3'],
      ['is not that one where a newer one came after the roll back', 'CABA', 'r1'],
      ['is what served before broken code was tried again', 'BABA', 'r1'],
      ['is the one behind where the code only goes on', 'CBA', 'r1'],
      ['is the one behind where the same code is deployed again', 'BBA', 'r1'],
      ['passes over those that failed as well', 'AbBcA', 'r4'],
      ['is none where all others were rolled back from, or not DEPLOYED', 'ABa', 'r1']
    ])('%s: %s', (_title, letters, expected) => {
      expect(servedBefore(ofCode(letters, code), 'r0').before?.id).toBe(expected)
    })
  })

  const byDigest = (letter: string) => ({ image_uri: `agent@sha256:${letter.toLowerCase().repeat(64)}` })

  test.each<[string, string, typeof byDigest, string | undefined]>([
    ['has other code where the code alone is broken', 'BBA', byDigest, 'r2'],
    ['is none where only that code was there', 'BB', byDigest, undefined],
    ['may have the same tag, which can be another image', 'BBA', (letter) => ({ image_uri: `agent:${letter}` }), 'r1'],
    ['is what it replaced, though its code is from before that', 'ABA', byDigest, 'r1'],
    ['is not one that was rolled back from, nor has the broken code', 'AABAZ', byDigest, 'r4']
  ])('%s', (_, letters, code, expected) => {
    expect(servedBefore(ofCode(letters, code), 'r0', { hasNewCodeOnly: true }).before?.id).toBe(expected)
  })

  test('is told with those that are passed over, and why', () => {
    const { passedOver } = servedBefore(ofCode('ABA', byDigest), 'r0')
    expect(passedOverWords(passedOver)).toEqual([
      'Skipped revision r1, because it was rolled back: the later revision r0 has the code of the earlier revision r2.'
    ])
  })

  test('is looked for on the next page where the one behind it decides', async () => {
    const all = ofCode(`AB${'c'.repeat(98)}A`, byDigest)
    const revisions = async (_: string, offset = 0) => {
      const resources = all.slice(offset, offset + 100)
      return { resources, offset: offset + resources.length }
    }
    expect((await readServedBefore({ revisions }, 'd', 'r0')).before?.id).toBe('r100')
  })

  const status = fc.constantFrom(D, D, 'SKIPPED', 'DEPLOY_FAILED', 'BUILD_FAILED', 'INTERRUPTED', 'QUEUED', 'UNKNOWN')

  test('was deployed, is older, and no deployed one lies between', () => {
    fc.assert(
      fc.property(fc.array(status, { minLength: 1, maxLength: 40 }), fc.nat(), (statuses, random) => {
        const place = random % statuses.length
        const { before: target } = servedBefore(listed(...statuses), `r${place}`)
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
