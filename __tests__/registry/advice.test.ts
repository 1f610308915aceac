import { describe, expect, test } from '@jest/globals'
import { adviceOnMisses } from '../../src/registry/advice.ts'
import type { Miss } from '../../src/registry/find.ts'
import { IMAGE_TOOLS } from '../../src/registry/tools.ts'

const PRIVATE = 'ghcr.io/acme/agent:1'
const NO_DAEMON = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?'
const NOT_LOCAL = `No such image: ${PRIVATE}`

/** Returns misses with these errors, by the name of the tool. */
const missesOf = (said: Readonly<Record<string, string>>): readonly Miss[] =>
  IMAGE_TOOLS.flatMap((tool) => (said[tool.name] === undefined ? [] : [{ tool, said: `${said[tool.name]}` }]))

describe('the advice about an image that no tool finds', () => {
  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['the daemon does not have it', { docker: 'No such image: agent:ci' }, / Build it in this job .*`load: true`/],
    ['the daemon does not respond', { docker: NO_DAEMON }, / Start the Docker daemon/],
    [
      'the job has no access to the daemon',
      {
        docker: 'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock'
      },
      / Start the Docker daemon, .*or give this job access/
    ]
  ])('on this runner depends on the cause: %s', (_, said, advice) => {
    expect(adviceOnMisses('agent:ci', 'docker.io', missesOf(said))).toMatch(advice)
    expect(adviceOnMisses('agent:ci', 'docker.io', missesOf(said))).toContain('`ghcr.io/acme/agent:ci`')
  })

  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    [
      '401',
      { skopeo: 'reading manifest 1 in ghcr.io/acme/agent: unauthorized: authentication required' },
      /^Log in to ghcr\.io /
    ],
    [
      '403',
      { crane: 'GET https://ghcr.io/token?scope=x: unexpected status code 403 Forbidden' },
      /^Log in to ghcr\.io /
    ],
    [
      'denied, by docker pull',
      { 'docker pull': "pull access denied for acme/agent, repository does not exist or may require 'docker login'" },
      /^Log in to ghcr\.io .*same error for a missing image/
    ],
    [
      'manifest unknown',
      { skopeo: 'reading manifest 1 in ghcr.io/acme/agent: manifest unknown' },
      /^The image does not exist on ghcr\.io\. /
    ],
    [
      'MANIFEST_UNKNOWN, by crane',
      { crane: 'GET https://ghcr.io/v2/x: MANIFEST_UNKNOWN: manifest unknown' },
      /^The image does not exist on ghcr\.io\. /
    ],
    ['not found, by buildx', { 'docker buildx': `${PRIVATE}: not found` }, /^The image does not exist on ghcr\.io\. /],
    [
      'no connection',
      {
        skopeo:
          'pinging container registry ghcr.io: Get "https://ghcr.io/v2/": dial tcp 1.2.3.4:443: connect: connection refused'
      },
      /^Check that this runner can reach ghcr\.io/
    ],
    [
      'too many requests',
      { skopeo: 'toomanyrequests: You have reached your pull rate limit.' },
      /^ghcr\.io limits requests/
    ],
    ['another error', { skopeo: 'it is broken' }, /^Check its name and tag, and log in to ghcr\.io/],
    ['no tool for registries', { docker: NOT_LOCAL }, /^To read it from its registry, install skopeo or crane/]
  ])('in a registry depends on the cause: %s', (_, said, advice) => {
    expect(adviceOnMisses(PRIVATE, 'ghcr.io', missesOf(said))).toMatch(advice)
  })

  test('also covers an image on this runner, except for a digest', () => {
    const skopeo = 'manifest unknown'
    expect(adviceOnMisses(PRIVATE, 'ghcr.io', missesOf({ skopeo }))).toMatch(
      /If it is an image on this runner: install docker, /
    )
    expect(adviceOnMisses(PRIVATE, 'ghcr.io', missesOf({ docker: NOT_LOCAL, skopeo }))).toMatch(
      /on this runner: build it in this job /
    )
    expect(adviceOnMisses(PRIVATE, 'ghcr.io', missesOf({ docker: NO_DAEMON, skopeo }))).toMatch(
      /on this runner: start the Docker daemon/
    )
    expect(
      adviceOnMisses(`ghcr.io/acme/agent@sha256:${'ab'.repeat(32)}`, 'ghcr.io', missesOf({ skopeo }))
    ).not.toContain('on this runner:')
    expect(adviceOnMisses('acme/agent:1', 'docker.io', missesOf({ skopeo }))).toMatch(
      /^The image does not exist on docker\.io\. /
    )
  })
})
