import { describe, expect, test } from '@jest/globals'
import type { SourceConfig, SourceRevisionConfig } from '../../src/control-plane/resources.ts'
import { agrees, commitOf, isCommit, sentAgain } from '../../src/deployment/revision.ts'
import type { SentRevision } from '../../src/deployment/sources/source.ts'
import { COMMIT, deploymentWith, OTHER_COMMIT, revisionWith } from './samples.ts'

const NOTHING: SentRevision = {
  repo_ref: null,
  langgraph_config_path: null,
  image_uri: null,
  source_tarball_path: null
}

describe('the commit of a revision', () => {
  test.each<[string, Partial<SourceRevisionConfig>, string | undefined]>([
    ['is what the API says', { repo_commit_sha: COMMIT, repo_ref: 'main' }, COMMIT],
    ['goes before a resolved ref', { repo_commit_sha: COMMIT, repo_ref: OTHER_COMMIT }, COMMIT],
    ['is the resolved ref where that is all', { repo_ref: COMMIT }, COMMIT],
    ['is not a branch', { repo_ref: 'main' }, undefined],
    ['is unknown for an image', { image_uri: 'agent:1' }, undefined]
  ])('%s', (_, source_revision_config, commit) => {
    expect(commitOf(revisionWith({ source_revision_config }))).toBe(commit)
  })

  test.each<[string | null | undefined, boolean]>([
    [COMMIT, true],
    [COMMIT.toUpperCase(), true],
    [COMMIT.slice(1), false],
    [`${COMMIT}0`, false],
    [`${COMMIT.slice(1)}g`, false],
    [`${COMMIT}\n`, false],
    ['', false],
    [null, false],
    [undefined, false]
  ])('%j is a full commit: %s', (text, expected) => {
    expect(isCommit(text)).toBe(expected)
  })
})

describe('a revision can be ours', () => {
  const branch = { ...NOTHING, repo_ref: 'main', langgraph_config_path: 'langgraph.json' }
  const image = { ...NOTHING, image_uri: 'agent:1' }
  const tarball = { ...NOTHING, source_tarball_path: 'a.tgz', langgraph_config_path: 'langgraph.json' }

  test.each<[string, SentRevision, Partial<SourceRevisionConfig>, Partial<SourceConfig>, boolean]>([
    ['with our image', image, { image_uri: 'agent:1' }, {}, true],
    ['not with another image', image, { image_uri: 'agent:2' }, {}, false],
    ['not with no image', image, {}, {}, false],
    ['with our branch', branch, { repo_ref: 'main', langgraph_config_path: 'langgraph.json' }, {}, true],
    ['with our branch and no path told', branch, { repo_ref: 'main' }, {}, true],
    ['not with another path', branch, { repo_ref: 'main', langgraph_config_path: 'x.json' }, {}, false],
    ['not with another branch', branch, { repo_ref: 'other' }, {}, false],
    ['not with no ref at all', branch, {}, {}, false],
    ['with our branch told of the deployment', branch, {}, { repo_branch: 'main' }, true],
    ['not with another branch of the deployment', branch, {}, { repo_branch: 'other' }, false],
    ['with a resolved commit', branch, { repo_ref: COMMIT }, {}, true],
    [
      'not with a resolved commit and another path',
      branch,
      { repo_ref: COMMIT, langgraph_config_path: 'x' },
      {},
      false
    ],
    ['with the image that was built of our branch', branch, { repo_ref: 'main', image_uri: 'built' }, {}, true],
    ['with our tarball', tarball, { source_tarball_path: 'a.tgz' }, {}, true],
    ['not with another tarball', tarball, { source_tarball_path: 'b.tgz' }, {}, false],
    ['not with no tarball', tarball, {}, {}, false],
    [
      'not with our tarball and another path',
      tarball,
      { source_tarball_path: 'a.tgz', langgraph_config_path: 'x' },
      {},
      false
    ]
  ])('%s', (_, sent, source_revision_config, source_config, expected) => {
    expect(agrees(sent, revisionWith({ source_revision_config }), deploymentWith({ source_config }))).toBe(expected)
  })
})

describe('a revision that is redeployed', () => {
  const config = {
    repo_ref: 'main',
    langgraph_config_path: 'l.json',
    image_uri: 'built:1',
    source_tarball_path: 'a.tgz'
  }

  test.each(['external_docker', 'internal_docker'])('comes back with its image when it is %s', (source) => {
    const revision = revisionWith({ source, source_revision_config: config })
    expect(sentAgain(revision)).toEqual({ ...NOTHING, image_uri: 'built:1', repo_commit_sha: null })
    expect(agrees(sentAgain(revision), revision, deploymentWith())).toBe(true)
  })

  test.each(['github', 'internal_source', null])('comes back with its code, built anew, when it is %s', (source) => {
    const revision = revisionWith({ source, source_revision_config: config })
    const built = revisionWith({ source, source_revision_config: { ...config, image_uri: 'built:2' } })
    expect(sentAgain(revision)).toEqual({ ...config, image_uri: null, repo_commit_sha: null })
    expect(agrees(sentAgain(revision), built, deploymentWith())).toBe(true)
  })
})
