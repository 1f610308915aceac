import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Revision } from '../../src/control-plane/resources.ts'
import { passedOverWords, readServedBefore, servedBefore } from '../../src/deployment/served.ts'
import { revisionWith } from './samples.ts'

const listed = (...statuses: readonly string[]): readonly Revision[] =>
  statuses.map((status, place) => revisionWith({ id: `r${place}`, status }))

const D = 'DEPLOYED'

describe('the revision to roll back to', () => {
  test.each<[string, readonly string[], string, string | undefined]>([
    ['is the previous one', [D, D, D], 'r0', 'r1'],
    ['was active', [D, 'SKIPPED', 'DEPLOY_FAILED', 'INTERRUPTED', 'BUILD_FAILED', D, D], 'r0', 'r5'],
    ['has a known result', [D, 'UNKNOWN', 'DEPLOYING', D], 'r0', 'r3'],
    ['is not newer', [D, D, 'DEPLOY_FAILED', D], 'r2', 'r3'],
    ['does not exist if no earlier revision was deployed', [D, 'DEPLOY_FAILED'], 'r0', undefined],
    ['does not exist for the first revision', [D], 'r0', undefined],
    ['does not exist for a revision that is not listed', [D, D], 'r9', undefined]
  ])('%s', (_, statuses, from, expected) => {
    expect(servedBefore(listed(...statuses), from).before?.id).toBe(expected)
  })

  /**
   * One revision per letter, newest first. The letter stands for its code; lowercase means that it was not DEPLOYED.
   */
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
  ])('among %s', (_, code) => {
    test.each([
      ['is not a revision that was rolled back', 'ABA', 'r2'],
      ['is the first revision of a rollback that created two', 'AABA', 'r1'],
      ['is not any of several revisions that were rolled back', 'ACBA', 'r3'],
      ['is not an earlier revision with code that was rolled back', 'ABBA', 'r3'],
      ['is the revision of a rollback before a newer one', 'CABA', 'r1'],
      ['is the revision before a new attempt with rolled-back code', 'BABA', 'r1'],
      ['is the previous one if all code differs', 'CBA', 'r1'],
      ['is the previous one if the same code was deployed again', 'BBA', 'r1'],
      ['is not a failed revision', 'AbBcA', 'r4'],
      ['is the previous one if an earlier attempt with the current code failed', 'ABa', 'r1']
    ])('%s: %s', (_title, letters, expected) => {
      expect(servedBefore(ofCode(letters, code), 'r0').before?.id).toBe(expected)
    })
  })

  const byDigest = (letter: string) => ({ image_uri: `agent@sha256:${letter.toLowerCase().repeat(64)}` })

  test.each<[string, string, typeof byDigest, string | undefined]>([
    ['has other code if only the code is broken', 'BBA', byDigest, 'r2'],
    ['does not exist if all revisions have the broken code', 'BB', byDigest, undefined],
    ['may have the same tag, which may have moved', 'BBA', (letter) => ({ image_uri: `agent:${letter}` }), 'r1'],
    ['is the one that a broken rollback replaced', 'ABA', byDigest, 'r1'],
    ['neither was rolled back nor has the broken code', 'AABAZ', byDigest, 'r4']
  ])('%s', (_, letters, code, expected) => {
    expect(servedBefore(ofCode(letters, code), 'r0', { hasNewCodeOnly: true }).before?.id).toBe(expected)
  })

  test('is reported with the skipped revisions and the reasons', () => {
    const { passedOver } = servedBefore(ofCode('ABA', byDigest), 'r0')
    expect(passedOverWords(passedOver)).toEqual([
      'Skipped revision r1, because it was rolled back: the later revision r0 has the code of the earlier revision r2.'
    ])
  })

  test('is chosen after the next page is read, if that page shows a rollback', async () => {
    const all = ofCode(`AB${'c'.repeat(98)}A`, byDigest)
    const revisions = async (_: string, offset = 0) => {
      const resources = all.slice(offset, offset + 100)
      return { resources, offset: offset + resources.length }
    }
    expect((await readServedBefore({ revisions }, 'd', 'r0')).before?.id).toBe('r100')
  })

  const status = fc.constantFrom(D, D, 'SKIPPED', 'DEPLOY_FAILED', 'BUILD_FAILED', 'INTERRUPTED', 'QUEUED', 'UNKNOWN')

  test('is the newest older revision that was deployed', () => {
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

  test('is found on any page, even while the list grows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 350 }), fc.nat({ max: 3 }), async (failed, arriving) => {
        const all = [
          ...listed(D, ...Array.from({ length: failed }, () => 'DEPLOY_FAILED')),
          revisionWith({ id: 'good' })
        ]
        let pages = 0
        const revisions = async (_: string, offset = 0) => {
          // New revisions shift the others to later pages.
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
