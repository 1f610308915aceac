import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { SourceConfig, SourceRevisionConfig } from '../../src/control-plane/resources.ts'
import { sameImage } from '../../src/deployment/image.ts'
import { agrees, commitOf, isCommit, isSameConfigPath, sentAgain } from '../../src/deployment/revision.ts'
import type { SentRevision } from '../../src/run/intent.ts'
import { COMMIT, deploymentWith, OTHER_COMMIT, revisionWith } from './samples.ts'

const NOTHING: SentRevision = {
  repo_ref: null,
  langgraph_config_path: null,
  image_uri: null,
  source_tarball_path: null
}

describe('commitOf', () => {
  test.each<[string, Partial<SourceRevisionConfig>, string | undefined]>([
    ['returns the commit from the API', { repo_commit_sha: COMMIT, repo_ref: 'main' }, COMMIT],
    ['prefers the commit to a resolved ref', { repo_commit_sha: COMMIT, repo_ref: OTHER_COMMIT }, COMMIT],
    ['returns a resolved ref', { repo_ref: COMMIT }, COMMIT],
    ['ignores a branch', { repo_ref: 'main' }, undefined],
    ['returns nothing for an image', { image_uri: 'agent:1' }, undefined]
  ])('%s', (_, source_revision_config, commit) => {
    expect(commitOf(revisionWith({ source_revision_config }))).toBe(commit)
  })
})

describe('isCommit', () => {
  test.each<[string | null | undefined, boolean]>([
    [COMMIT, true],
    [COMMIT.toUpperCase(), true],
    [COMMIT.slice(1), false],
    [`${COMMIT}0`, false],
    ['a1'.repeat(32), true],
    ['a1'.repeat(31), false],
    [`${'a1'.repeat(32)}0`, false],
    [`${COMMIT.slice(1)}g`, false],
    [`${COMMIT}\n`, false],
    ['', false],
    [null, false],
    [undefined, false]
  ])('for %j is %s', (text, expected) => {
    expect(isCommit(text)).toBe(expected)
  })
})

describe('agrees', () => {
  const branch = { ...NOTHING, repo_ref: 'main', langgraph_config_path: 'langgraph.json' }
  const image = { ...NOTHING, image_uri: 'agent:1' }
  const tarball = { ...NOTHING, source_tarball_path: 'a.tgz', langgraph_config_path: 'langgraph.json' }

  test.each<[string, SentRevision, Partial<SourceRevisionConfig>, Partial<SourceConfig>, boolean]>([
    ['accepts the sent image', image, { image_uri: 'agent:1' }, {}, true],
    ['rejects another image', image, { image_uri: 'agent:2' }, {}, false],
    ['rejects a revision without an image', image, {}, {}, false],
    ['accepts the sent branch', branch, { repo_ref: 'main', langgraph_config_path: 'langgraph.json' }, {}, true],
    ['accepts the sent branch without a path', branch, { repo_ref: 'main' }, {}, true],
    ['rejects another path', branch, { repo_ref: 'main', langgraph_config_path: 'x.json' }, {}, false],
    ['rejects another branch', branch, { repo_ref: 'other' }, {}, false],
    ['rejects a revision without a ref', branch, {}, {}, false],
    ['accepts the sent branch of the deployment', branch, {}, { repo_branch: 'main' }, true],
    ['rejects another branch of the deployment', branch, {}, { repo_branch: 'other' }, false],
    ['accepts a resolved commit', branch, { repo_ref: COMMIT }, {}, true],
    [
      'rejects a resolved commit with another path',
      branch,
      { repo_ref: COMMIT, langgraph_config_path: 'x' },
      {},
      false
    ],
    [
      'accepts an image that was built from the sent branch',
      branch,
      { repo_ref: 'main', image_uri: 'built' },
      {},
      true
    ],
    ['accepts the full ref of the sent branch', branch, { repo_ref: 'refs/heads/main' }, {}, true],
    [
      'accepts another spelling of the sent image',
      { ...NOTHING, image_uri: 'nginx' },
      { image_uri: 'docker.io/library/nginx:latest' },
      {},
      true
    ],
    [
      'rejects another commit than the redeployed one',
      { ...branch, repo_commit_sha: COMMIT },
      { repo_ref: OTHER_COMMIT },
      {},
      false
    ],
    [
      'rejects another commit of the sent branch',
      { ...branch, repo_commit_sha: COMMIT },
      { repo_ref: 'main', repo_commit_sha: OTHER_COMMIT },
      {},
      false
    ],
    ['accepts the redeployed commit', { ...branch, repo_commit_sha: COMMIT }, { repo_ref: COMMIT }, {}, true],
    [
      'accepts the redeployed branch without a commit',
      { ...branch, repo_commit_sha: COMMIT },
      { repo_ref: 'main' },
      {},
      true
    ],
    ['accepts the sent archive', tarball, { source_tarball_path: 'a.tgz' }, {}, true],
    ['rejects another archive', tarball, { source_tarball_path: 'b.tgz' }, {}, false],
    ['rejects a revision without an archive', tarball, {}, {}, false],
    [
      'rejects the sent archive with another path',
      tarball,
      { source_tarball_path: 'a.tgz', langgraph_config_path: 'x' },
      {},
      false
    ]
  ])('%s', (_, sent, source_revision_config, source_config, expected) => {
    expect(agrees(sent, revisionWith({ source_revision_config }), deploymentWith({ source_config }))).toBe(expected)
  })
})

describe('agrees for random revisions', () => {
  const commit = fc.constantFrom(COMMIT, OTHER_COMMIT, COMMIT.toUpperCase())
  const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null })
  const config = fc.record({
    repo_ref: maybe(fc.oneof(fc.constantFrom('main', 'refs/heads/main', 'dev', 'refs/tags/v1'), commit)),
    langgraph_config_path: maybe(fc.constantFrom('langgraph.json', 'agents/langgraph.json')),
    image_uri: maybe(fc.constantFrom('nginx', 'docker.io/library/nginx:latest', 'ghcr.io/acme/agent:1')),
    source_tarball_path: maybe(fc.constantFrom('a.tgz', 'b.tgz')),
    repo_commit_sha: maybe(commit)
  })
  const source = fc.constantFrom('github', 'internal_source', 'external_docker')
  const known = <T>(...values: (T | null | undefined)[]) =>
    values.every((value) => value !== null && value !== undefined)

  test('is false if two known commits, images, archives or paths differ', () => {
    fc.assert(
      fc.property(config, config, source, maybe(fc.constantFrom('main', 'dev')), (target, other, kind, repo_branch) => {
        const sent = sentAgain(revisionWith({ source: kind, source_revision_config: target }))
        const seen = revisionWith({ source: kind, source_revision_config: other })
        if (!agrees(sent, seen, deploymentWith({ source_config: { repo_branch } }))) return
        const built = commitOf(seen)?.toLowerCase()
        if (known(sent.repo_commit_sha, built)) expect(built).toBe(sent.repo_commit_sha?.toLowerCase())
        if (known(sent.image_uri)) expect(sameImage(String(other.image_uri), String(sent.image_uri))).toBe(true)
        if (known(sent.source_tarball_path)) expect(other.source_tarball_path).toBe(sent.source_tarball_path)
        if (known(sent.langgraph_config_path, other.langgraph_config_path)) {
          expect(other.langgraph_config_path).toBe(sent.langgraph_config_path)
        }
      }),
      { numRuns: 2_000 }
    )
  })

  test('is true for a redeploy and its own revision', () => {
    fc.assert(
      fc.property(config, source, (target, kind) => {
        const revision = revisionWith({ source: kind, source_revision_config: target })
        expect(agrees(sentAgain(revision), revision, deploymentWith())).toBe(true)
      })
    )
  })
})

describe('sentAgain', () => {
  const config = {
    repo_ref: 'main',
    langgraph_config_path: 'l.json',
    image_uri: 'built:1',
    source_tarball_path: 'a.tgz'
  }

  test.each(['external_docker', 'internal_docker'])('returns the image of a revision from %s', (source) => {
    const revision = revisionWith({ source, source_revision_config: config })
    expect(sentAgain(revision)).toEqual({ ...NOTHING, image_uri: 'built:1', repo_commit_sha: null })
    expect(agrees(sentAgain(revision), revision, deploymentWith())).toBe(true)
  })

  test.each(['github', 'internal_source', null])(
    'returns the code of a revision from %s, without its image',
    (source) => {
      const revision = revisionWith({ source, source_revision_config: config })
      const built = revisionWith({ source, source_revision_config: { ...config, image_uri: 'built:2' } })
      expect(sentAgain(revision)).toEqual({ ...config, image_uri: null, repo_commit_sha: null })
      expect(agrees(sentAgain(revision), built, deploymentWith())).toBe(true)
    }
  )
})

test.each([
  ['langgraph.json', 'langgraph.json', true],
  ['agents/a/langgraph.json', 'langgraph.json', true],
  ['agents/a/langgraph.json', 'a/langgraph.json', true],
  ['agents/a/langgraph.json', 'b/langgraph.json', false],
  ['langgraph.prod.json', 'langgraph.json', false],
  ['my-langgraph.json', 'langgraph.json', false],
  ['agents/ba/langgraph.json', 'a/langgraph.json', false]
])('isSameConfigPath for %s and %s is %p', (left, right, expected) => {
  expect([isSameConfigPath(left, right), isSameConfigPath(right, left)]).toEqual([expected, expected])
})
