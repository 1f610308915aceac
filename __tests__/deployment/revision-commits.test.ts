import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { commitOfImage, isSameCommit, knownCommit, newestAlive } from '../../src/deployment/revision.ts'
import { COMMIT, DIGEST, deploymentWith, OTHER_COMMIT, revisionWith } from './samples.ts'

const SHORT = '1a2b3c4'
const DIGITS = [...'0123456789abcdef']
const hex = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...DIGITS), minLength, maxLength })

describe('the commit that an image holds', () => {
  test.each<[string, string | null | undefined, string | undefined]>([
    ['is its tag', `ghcr.io/acme/agent:${COMMIT}`, COMMIT],
    ['stands behind a word', `ghcr.io/acme/agent:sha-${SHORT}`, SHORT],
    ['stands behind a branch', `agent:main-${COMMIT}`, COMMIT],
    ['stands before a word', `agent:${SHORT}-arm64`, SHORT],
    ['stands behind a version', `agent:v1.2.3_${SHORT}`, SHORT],
    ['is the longest of several', `agent:deadbee.${COMMIT}-${SHORT}`, COMMIT],
    ['is the first of two of one length', 'agent:deadbee-1a2b3c4', 'deadbee'],
    ['has lower case letters', 'agent:sha-1A2B3C4', SHORT],
    ['stands before a digest', `ghcr.io/acme/agent:sha-${SHORT}@${DIGEST}`, SHORT],
    ['stands behind the port of a registry', `localhost:5000/acme/agent:${SHORT}`, SHORT],
    ['has seven digits at least', 'agent:abc1234', 'abc1234'],
    ['has more than six digits', 'agent:abc123', undefined],
    ['has forty digits at most', `agent:${COMMIT}0`, undefined],
    ['has 64 digits in a repository with SHA-256', `agent:main-${'1a'.repeat(32)}`, '1a'.repeat(32)],
    ['is not the digest that a signature belongs to', `agent:sha256-${'1a'.repeat(32)}.sig`, undefined],
    ['is not the digest', `ghcr.io/acme/agent@${DIGEST}`, undefined],
    ['is not the digest behind a version', `ghcr.io/acme/agent:1.2.3@${DIGEST}`, undefined],
    ['is not the port of a registry', 'registry:5000000/agent', undefined],
    ['is not the name of the image', `ghcr.io/acme/${COMMIT}:1.2.3`, undefined],
    ['is no version', 'agent:1.2.3', undefined],
    ['is no year', 'agent:v2024', undefined],
    ['is no date', 'agent:20240131', undefined],
    ['is no number of a build', 'agent:1234567', undefined],
    ['is no moment, also before a digest', `localhost:5000/agent:20240131235959@${DIGEST}`, undefined],
    ['may have digits only behind a word', 'agent:sha-1234567', '1234567'],
    ['may have digits only but for one letter', 'agent:1234567e', '1234567e'],
    ['is no word', 'agent:latest', undefined],
    ['is no end of a longer word', `agent:x${SHORT}`, undefined],
    ['is no beginning of a longer word', `agent:${SHORT}x`, undefined],
    ['is not there without a tag', 'ghcr.io/acme/agent', undefined],
    ['is not there without an image', null, undefined],
    ['is not there in no text', '', undefined]
  ])('%s: %s', (_, image, commit) => {
    expect(commitOfImage(image)).toBe(commit)
  })

  test('is found in every tag that has one and no other word of hex digits', () => {
    const word = fc.constantFrom('main', 'sha', 'v1.2.3', 'release', '2024')
    const separator = fc.constantFrom('-', '_', '.')
    fc.assert(
      fc.property(hex(7, 40), fc.array(word), fc.array(word), separator, (commit, before, after, between) => {
        const tag = [...before, commit, ...after].join(between)
        expect(commitOfImage(`localhost:5000/acme/agent:${tag}`)).toBe(/^\d+$/.test(tag) ? undefined : commit)
      })
    )
  })

  test('is 7 to 40 hex digits, or 64, or none, whatever the image', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...DIGITS, ...':@/.-_Gg') }))
    fc.assert(
      fc.property(text, (image) => {
        expect(commitOfImage(image) ?? SHORT).toMatch(/^([0-9a-f]{7,40}|[0-9a-f]{64})$/)
      })
    )
  })

  test('is none where the tag has digits and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 45 }), (digits) => {
        expect(commitOfImage(`agent:${digits}`)).toBeUndefined()
      })
    )
  })
})

describe('the newest revision that may serve', () => {
  const statuses = (...all: string[]) => all.map((status, index) => revisionWith({ id: `${index}`, status }))

  test.each<[string, string[], string | undefined]>([
    ['the first, when it is deployed', ['DEPLOYED', 'DEPLOYED'], '0'],
    ['the first, while it is built', ['BUILDING', 'DEPLOYED'], '0'],
    ['the first, while it is queued', ['QUEUED', 'BUILDING', 'DEPLOYED'], '0'],
    ['the first, whatever it is up to', ['UNKNOWN', 'DEPLOYED'], '0'],
    ['the first, in a status of the future', ['WARMING_UP', 'DEPLOYED'], '0'],
    ['none that failed to build', ['BUILD_FAILED', 'DEPLOYED'], '1'],
    ['none that failed otherwise', ['CREATE_FAILED', 'DEPLOY_FAILED', 'DEPLOYED'], '2'],
    ['none that was skipped or stopped', ['SKIPPED', 'INTERRUPTED', 'DEPLOYING', 'DEPLOYED'], '2'],
    ['nothing, when all came to nothing', ['SKIPPED', 'BUILD_FAILED', 'INTERRUPTED'], undefined],
    ['nothing, when there is none', [], undefined]
  ])('is %s', (_, all, id) => {
    expect(newestAlive(statuses(...all))?.id).toBe(id)
  })
})

describe('the commit of a revision', () => {
  const TAGGED = { image_uri: `ghcr.io/acme/agent:sha-${SHORT}` }

  test.each<[string, string, Parameters<typeof revisionWith>[0], string | undefined]>([
    ['from an image is in the tag', 'external_docker', { source_revision_config: TAGGED }, SHORT],
    [
      'from an image is in nothing else',
      'external_docker',
      { source_revision_config: { image_uri: 'agent:1', repo_commit_sha: COMMIT } },
      undefined
    ],
    [
      'from GitHub is the one that was built, and not a tag of what was built from it',
      'github',
      { source_revision_config: { ...TAGGED, repo_commit_sha: COMMIT, repo_ref: OTHER_COMMIT } },
      COMMIT
    ],
    ['from GitHub is the resolved ref', 'github', { source_revision_config: { repo_ref: OTHER_COMMIT } }, OTHER_COMMIT],
    ['from GitHub is no branch', 'github', { source_revision_config: { repo_ref: 'main' } }, undefined],
    ['of an archive is not told', 'internal_source', { source_revision_config: TAGGED }, undefined]
  ])('%s', (_, source, revision, commit) => {
    expect(knownCommit(deploymentWith({ source }), revisionWith({ source, ...revision }))).toBe(commit)
  })

  test('of an image that was pushed to a deployment from GitHub is that of its tag', () => {
    const pushed = revisionWith({ source: 'internal_docker', source_revision_config: TAGGED })
    expect(knownCommit(deploymentWith({ source: 'github' }), pushed)).toBe(
      commitOfImage(pushed.source_revision_config.image_uri)
    )
    expect(knownCommit(deploymentWith({ source: 'github' }), pushed)).toBeDefined()
  })
})

describe('two commits', () => {
  test.each<[string, string, string, boolean]>([
    ['are one when they are', COMMIT, COMMIT, true],
    ['are one in whatever case', COMMIT.toUpperCase(), COMMIT, true],
    ['are one when the first is shortened', COMMIT.slice(0, 7), COMMIT, true],
    ['are one when the second is shortened', COMMIT, COMMIT.slice(0, 12), true],
    ['are two', COMMIT, OTHER_COMMIT, false],
    ['are two when one is the end of the other', COMMIT, COMMIT.slice(-7), false],
    ['are two when they differ behind their beginning', `${COMMIT.slice(0, 7)}a`, COMMIT, false]
  ])('%s', (_, left, right, expected) => {
    expect(isSameCommit(left, right)).toBe(expected)
    expect(isSameCommit(right, left)).toBe(expected)
  })

  test('are one exactly when the shorter is the beginning of the longer', () => {
    const pair = fc.tuple(hex(40, 40), fc.integer({ min: 7, max: 40 }), fc.boolean(), hex(7, 40))
    fc.assert(
      fc.property(pair, ([long, length, isPart, other]) => {
        const short = isPart ? long.slice(0, length) : other
        expect(isSameCommit(short, long)).toBe(long.startsWith(short))
      })
    )
  })
})
