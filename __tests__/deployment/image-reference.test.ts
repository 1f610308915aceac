import { describe, expect, test } from '@jest/globals'
import { faultOfImage, isImageReference } from '../../src/deployment/image-reference.ts'
import { DIGEST } from './samples.ts'

describe('isImageReference', () => {
  test.each([
    'agent',
    'agent:1',
    'acme/agent',
    'ghcr.io/acme/agent:1.2.3',
    'localhost:5000/agent',
    `ghcr.io/acme/agent@${DIGEST}`,
    `ghcr.io:443/acme/agent:1@${DIGEST}`,
    '123456789012.dkr.ecr.us-east-1.amazonaws.com/acme/agent_x:main-0123abc',
    'europe-docker.pkg.dev/p/r/agent:v1'
  ])('accepts %s', (text) => {
    expect(isImageReference(text)).toBe(true)
  })

  test.each([
    '',
    ' agent',
    'agent ',
    'agent\n',
    'https://ghcr.io/acme/agent',
    '/agent',
    'acme//agent',
    'agent:',
    'agent@',
    'agent@sha256:abc',
    'agent:-x',
    '-agent',
    'a|b',
    'agent:$(id)',
    `agent:${'x'.repeat(129)}`
  ])('rejects %j', (text) => {
    expect(isImageReference(text)).toBe(false)
  })

  test('handles long texts in linear time', () => {
    const before = performance.now()
    for (const unit of ['a', 'a/', 'a.', ':1', 'a-', '0:', '@a:0']) isImageReference(`${unit.repeat(5_000)}!`)
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})

describe('faultOfImage', () => {
  const HEX = 'ab'.repeat(32)

  test.each([
    'agent',
    'ghcr.io/acme/agent:main-0123abc',
    'GHCR.IO/acme/agent:1',
    'localhost:5000/agent',
    'registry.example.com:5000/team/agent:2026.11.27_1',
    'us-central1-docker.pkg.dev/my-project/my-repo/agent:v1',
    `123456789012.dkr.ecr.us-east-1.amazonaws.com/agent@sha256:${HEX}`,
    `ghcr.io/acme/agent:1@sha256:${HEX}`,
    'ghcr.io/acme/agent__x/my--agent'
  ])('accepts %s', (text) => {
    expect(isImageReference(text)).toBe(true)
    expect(faultOfImage(text)).toBeUndefined()
  })

  test.each<[what: string, text: string, message: string]>([
    [
      'a digest alone',
      `sha256:${HEX}`,
      `, a digest without an image. Use both, such as \`ghcr.io/acme/agent@sha256:${HEX}\`.`
    ],
    ['a digest after an `@` alone', `@sha256:${HEX}`, ', a digest without an image.'],
    ['64 hex digits alone', HEX, `such as \`ghcr.io/acme/agent@sha256:${HEX}\`.`],
    ['the image ID that docker prints', 'sha256:0123456789ab', 'has no image before the digest'],
    ['an empty digest', 'ghcr.io/acme/agent@', 'the digest after `@` is empty, possibly because the step'],
    ['an empty digest with its algorithm', 'ghcr.io/acme/agent@sha256:', 'the digest after `@` is empty'],
    ['a repeated `sha256:`', `ghcr.io/acme/agent@sha256:sha256:${HEX}`, 'which repeats `sha256:`'],
    [
      'a short digest',
      'ghcr.io/acme/agent@sha256:abc123',
      'Expected 64 hex digits (0-9, a-f) after `sha256:`, got 6 characters.'
    ],
    ['an uppercase digest', `ghcr.io/acme/agent@sha256:${HEX.toUpperCase()}`, 'Convert it to lowercase.'],
    ['a digest without an algorithm', `ghcr.io/acme/agent@${HEX}`, 'Use `@sha256:` before it.'],
    ['a tag after an `@`', 'ghcr.io/acme/agent@1.2.3', 'If it is a tag, use `:1.2.3`.'],
    ['an uppercase name', 'ghcr.io/Acme/Support-Agent:V1', 'Use `ghcr.io/acme/support-agent:V1`.'],
    ['an uppercase account', 'Acme/agent:1', 'Use `acme/agent:1`.'],
    ['an empty tag', 'ghcr.io/acme/agent:', 'the tag after the colon is empty'],
    ['the tag null', 'ghcr.io/acme/agent:null', 'the tag "null" probably comes from a missing value'],
    ['the tag undefined', 'ghcr.io/acme/agent:undefined', 'the tag "undefined" probably comes'],
    [
      'a branch as the tag',
      'ghcr.io/acme/agent:feature/login',
      'a tag cannot contain a slash, unlike a branch name. Use `:feature-login`'
    ],
    ['a branch as the tag without a registry', 'agent:feature/login', 'Use `:feature-login`'],
    ['a merge ref as the tag', 'ghcr.io/acme/agent:7/merge', 'Use `:7-merge`'],
    [
      'semver build metadata in the tag',
      'ghcr.io/acme/agent:1.2.3+build.5',
      'a tag cannot contain a plus sign. Use `:1.2.3-build.5`'
    ],
    ['two tags', 'ghcr.io/acme/agent:1:2', 'which has two tags'],
    ['a long tag', `ghcr.io/acme/agent:${'x'.repeat(129)}`, 'the tag has 129 characters'],
    ['a tag that starts with a dash', 'ghcr.io/acme/agent:-x', 'does not start with a period or dash'],
    ['a scheme', 'https://ghcr.io/acme/agent:1', 'an image reference has no scheme. Use `ghcr.io/acme/agent:1`.'],
    ['the scheme of Kubernetes', 'docker://acme/agent', 'Use `acme/agent`.'],
    ['an empty owner', 'ghcr.io//agent:1', 'a part of the name is empty'],
    ['an empty registry', '/agent:1', 'a part of the name is empty'],
    ['a trailing slash', 'ghcr.io/acme/', 'a part of the name is empty'],
    ['quotes', '"ghcr.io/acme/agent:1"', 'the quotes are part of the value'],
    ['whitespace', 'ghcr.io/acme/agent :1', 'which contains whitespace. Remove it.'],
    ['whitespace in a name', 'ghcr.io/acme/ agent', 'which contains whitespace. Remove it.'],
    [
      'a command',
      'docker pull ghcr.io/acme/agent:1',
      ', which contains other words. Use the image only: `ghcr.io/acme/agent:1`.'
    ],
    ['a line of YAML', 'image: acme/agent:1', 'Use the image only: `acme/agent:1`.'],
    ['a line of a Dockerfile', 'FROM acme/agent:1 AS base', 'Use the image only: `acme/agent:1`.'],
    [
      'a JSON array',
      `["ghcr.io/acme/agent@sha256:${HEX}"]`,
      `, a list. Use the image in it: \`ghcr.io/acme/agent@sha256:${HEX}\`.`
    ],
    ['a YAML list', '[acme/agent:1]', ', a list. Use the image in it: `acme/agent:1`.'],
    [
      'the page of an image',
      'https://hub.docker.com/r/acme/agent/tags',
      'Use the image, such as `docker.io/acme/agent:1.2.3`.'
    ],
    [
      'the page of a package',
      'https://github.com/Acme/agents/pkgs/container/agent',
      'such as `ghcr.io/acme/agent:1.2.3`'
    ],
    ['the URL of a repository', 'https://github.com/acme/agents', 'remove `image-uri` and set `repo-url`'],
    ['a long name', `ghcr.io/${'a'.repeat(250)}`, 'but the maximum is 255']
  ])('rejects %s', (_, text, message) => {
    const fault = faultOfImage(text)
    expect(fault).toContain(message)
    expect(fault).toMatch(/^is ".+\.$/s)
  })

  test('quotes any other text and gives an example', () => {
    expect(faultOfImage('agent$')).toBe('expected an image reference such as `ghcr.io/acme/agent:1.2.3`, got "agent$".')
  })

  test.each([
    ['on separate lines, as docker/metadata-action returns tags', 'ghcr.io/acme/agent:main\nghcr.io/acme/agent:latest'],
    ['separated by commas', 'ghcr.io/acme/agent:main,ghcr.io/acme/agent:latest'],
    ['in a JSON array', '["ghcr.io/acme/agent:main","ghcr.io/acme/agent:latest"]']
  ])('rejects several images %s', (_, text) => {
    expect(faultOfImage(text)).toMatch(
      /^contains 2 images\. Use one of them, .+tags\[0\].+@\$\{\{ steps\.build\.outputs\.digest/
    )
  })

  test('does not quote a password before the image', () => {
    for (const text of ['https://me:hunter2@ghcr.io/acme/agent', 'me:hunter2@ghcr.io/acme/agent:1']) {
      expect(faultOfImage(text)).toMatch(/^contains a user name and a password\./)
      expect(faultOfImage(text)).not.toContain('hunter2')
    }
  })

  test('handles long texts in linear time', () => {
    const before = performance.now()
    for (const unit of ['a', 'a/', 'a.', ':1', 'a-', '0:', '@a:0', ' ,', '[', '"'])
      faultOfImage(`${unit.repeat(5_000)}!`)
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})
