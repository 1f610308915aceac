import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { commitOfImage, isSameCommit, knownCommit, newestAlive } from '../../src/deployment/revision.ts'
import { COMMIT, DIGEST, deploymentWith, OTHER_COMMIT, revisionWith } from './samples.ts'

const SHORT = '1a2b3c4'
const DIGITS = [...'0123456789abcdef']
const hex = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...DIGITS), minLength, maxLength })

describe('commitOfImage', () => {
  test.each<[string, string | null | undefined, string | undefined]>([
    ['finds a commit as the tag', `ghcr.io/acme/agent:${COMMIT}`, COMMIT],
    ['finds a commit after a word', `ghcr.io/acme/agent:sha-${SHORT}`, SHORT],
    ['finds a commit after a branch', `agent:main-${COMMIT}`, COMMIT],
    ['finds a commit before a word', `agent:${SHORT}-arm64`, SHORT],
    ['finds a commit after a version', `agent:v1.2.3_${SHORT}`, SHORT],
    ['returns the longest of several', `agent:deadbee.${COMMIT}-${SHORT}`, COMMIT],
    ['returns the first of two with the same length', 'agent:deadbee-1a2b3c4', 'deadbee'],
    ['converts a commit to lowercase', 'agent:sha-1A2B3C4', SHORT],
    ['finds a commit before a digest', `ghcr.io/acme/agent:sha-${SHORT}@${DIGEST}`, SHORT],
    ['finds a commit after the port of a registry', `localhost:5000/acme/agent:${SHORT}`, SHORT],
    ['accepts seven digits', 'agent:abc1234', 'abc1234'],
    ['rejects six digits', 'agent:abc123', undefined],
    ['rejects 41 digits', `agent:${COMMIT}0`, undefined],
    ['accepts 64 digits', `agent:main-${'1a'.repeat(32)}`, '1a'.repeat(32)],
    ['ignores the digest of a signed image', `agent:sha256-${'1a'.repeat(32)}.sig`, undefined],
    ['ignores the digest', `ghcr.io/acme/agent@${DIGEST}`, undefined],
    ['ignores the digest after a version', `ghcr.io/acme/agent:1.2.3@${DIGEST}`, undefined],
    ['ignores the port of a registry', 'registry:5000000/agent', undefined],
    ['ignores the name of the image', `ghcr.io/acme/${COMMIT}:1.2.3`, undefined],
    ['ignores a version', 'agent:1.2.3', undefined],
    ['ignores a year', 'agent:v2024', undefined],
    ['ignores a date', 'agent:20240131', undefined],
    ['ignores a build number', 'agent:1234567', undefined],
    ['ignores a time, even before a digest', `localhost:5000/agent:20240131235959@${DIGEST}`, undefined],
    ['accepts decimal digits after a word', 'agent:sha-1234567', '1234567'],
    ['accepts decimal digits and one letter', 'agent:1234567e', '1234567e'],
    ['ignores a word', 'agent:latest', undefined],
    ['ignores the end of a longer word', `agent:x${SHORT}`, undefined],
    ['ignores the beginning of a longer word', `agent:${SHORT}x`, undefined],
    ['returns nothing without a tag', 'ghcr.io/acme/agent', undefined],
    ['returns nothing without an image', null, undefined],
    ['returns nothing for an empty text', '', undefined]
  ])('%s: %s', (_, image, commit) => {
    expect(commitOfImage(image)).toBe(commit)
  })

  test('finds the commit in any tag without another word of hex digits', () => {
    const word = fc.constantFrom('main', 'sha', 'v1.2.3', 'release', '2024')
    const separator = fc.constantFrom('-', '_', '.')
    fc.assert(
      fc.property(hex(7, 40), fc.array(word), fc.array(word), separator, (commit, before, after, between) => {
        const tag = [...before, commit, ...after].join(between)
        expect(commitOfImage(`localhost:5000/acme/agent:${tag}`)).toBe(/^\d+$/.test(tag) ? undefined : commit)
      })
    )
  })

  test('returns 7 to 40 or 64 hex digits, or nothing, for any image', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...DIGITS, ...':@/.-_Gg') }))
    fc.assert(
      fc.property(text, (image) => {
        expect(commitOfImage(image) ?? SHORT).toMatch(/^([0-9a-f]{7,40}|[0-9a-f]{64})$/)
      })
    )
  })

  test('returns nothing for a tag of decimal digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 45 }), (digits) => {
        expect(commitOfImage(`agent:${digits}`)).toBeUndefined()
      })
    )
  })
})

describe('newestAlive', () => {
  const statuses = (...all: string[]) => all.map((status, index) => revisionWith({ id: `${index}`, status }))

  test.each<[string, string[], string | undefined]>([
    ['returns a deployed revision', ['DEPLOYED', 'DEPLOYED'], '0'],
    ['returns a revision that is being built', ['BUILDING', 'DEPLOYED'], '0'],
    ['returns a queued revision', ['QUEUED', 'BUILDING', 'DEPLOYED'], '0'],
    ['returns a revision with the status UNKNOWN', ['UNKNOWN', 'DEPLOYED'], '0'],
    ['returns a revision with a future status', ['WARMING_UP', 'DEPLOYED'], '0'],
    ['skips a revision that failed to build', ['BUILD_FAILED', 'DEPLOYED'], '1'],
    ['skips revisions that failed otherwise', ['CREATE_FAILED', 'DEPLOY_FAILED', 'DEPLOYED'], '2'],
    ['skips skipped and interrupted revisions', ['SKIPPED', 'INTERRUPTED', 'DEPLOYING', 'DEPLOYED'], '2'],
    ['returns nothing if all revisions failed', ['SKIPPED', 'BUILD_FAILED', 'INTERRUPTED'], undefined],
    ['returns nothing without revisions', [], undefined]
  ])('%s', (_, all, id) => {
    expect(newestAlive(statuses(...all))?.id).toBe(id)
  })
})

describe('knownCommit', () => {
  const TAGGED = { image_uri: `ghcr.io/acme/agent:sha-${SHORT}` }

  test.each<[string, string, Parameters<typeof revisionWith>[0], string | undefined]>([
    ['reads the tag of an image', 'external_docker', { source_revision_config: TAGGED }, SHORT],
    [
      'reads no other field of an image',
      'external_docker',
      { source_revision_config: { image_uri: 'agent:1', repo_commit_sha: COMMIT } },
      undefined
    ],
    [
      'reads the built commit of a revision from GitHub, not the tag of the built image',
      'github',
      { source_revision_config: { ...TAGGED, repo_commit_sha: COMMIT, repo_ref: OTHER_COMMIT } },
      COMMIT
    ],
    [
      'reads a resolved ref from GitHub',
      'github',
      { source_revision_config: { repo_ref: OTHER_COMMIT } },
      OTHER_COMMIT
    ],
    ['ignores a branch from GitHub', 'github', { source_revision_config: { repo_ref: 'main' } }, undefined],
    ['returns nothing for an archive', 'internal_source', { source_revision_config: TAGGED }, undefined]
  ])('%s', (_, source, revision, commit) => {
    expect(knownCommit(deploymentWith({ source }), revisionWith({ source, ...revision }))).toBe(commit)
  })

  test('reads the tag of an image that was pushed to a deployment from GitHub', () => {
    const pushed = revisionWith({ source: 'internal_docker', source_revision_config: TAGGED })
    expect(knownCommit(deploymentWith({ source: 'github' }), pushed)).toBe(
      commitOfImage(pushed.source_revision_config.image_uri)
    )
    expect(knownCommit(deploymentWith({ source: 'github' }), pushed)).toBeDefined()
  })
})

describe('isSameCommit', () => {
  test.each<[string, string, string, boolean]>([
    ['is true for equal commits', COMMIT, COMMIT, true],
    ['ignores case', COMMIT.toUpperCase(), COMMIT, true],
    ['accepts a shortened first commit', COMMIT.slice(0, 7), COMMIT, true],
    ['accepts a shortened second commit', COMMIT, COMMIT.slice(0, 12), true],
    ['is false for different commits', COMMIT, OTHER_COMMIT, false],
    ['is false if one commit is the end of the other', COMMIT, COMMIT.slice(-7), false],
    ['is false for commits that differ after the same beginning', `${COMMIT.slice(0, 7)}a`, COMMIT, false]
  ])('%s', (_, left, right, expected) => {
    expect(isSameCommit(left, right)).toBe(expected)
    expect(isSameCommit(right, left)).toBe(expected)
  })

  test('is true exactly if the shorter commit is the beginning of the longer one', () => {
    const pair = fc.tuple(hex(40, 40), fc.integer({ min: 7, max: 40 }), fc.boolean(), hex(7, 40))
    fc.assert(
      fc.property(pair, ([long, length, isPart, other]) => {
        const short = isPart ? long.slice(0, length) : other
        expect(isSameCommit(short, long)).toBe(long.startsWith(short))
      })
    )
  })
})
