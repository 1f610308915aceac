import { describe, expect, test } from '@jest/globals'
import { faultOfImage, isImageReference } from '../../src/deployment/image-reference.ts'
import { DIGEST } from './samples.ts'

describe('an image reference', () => {
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
  ])('is %s', (text) => {
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
  ])('is not %j', (text) => {
    expect(isImageReference(text)).toBe(false)
  })

  test('is judged at once, however long the text is', () => {
    const before = performance.now()
    for (const unit of ['a', 'a/', 'a.', ':1', 'a-', '0:', '@a:0']) isImageReference(`${unit.repeat(5_000)}!`)
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})

describe('an image of an input', () => {
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
  ])('can be %s', (text) => {
    expect(isImageReference(text)).toBe(true)
    expect(faultOfImage(text)).toBeUndefined()
  })

  test.each<[what: string, text: string, told: string]>([
    [
      'a digest alone',
      `sha256:${HEX}`,
      `which is a digest without its image. Write the image in front of it, such as \`ghcr.io/acme/agent@sha256:${HEX}\`.`
    ],
    ['a digest behind nothing', `@sha256:${HEX}`, 'which is a digest without its image.'],
    ['64 hex digits alone', HEX, `such as \`ghcr.io/acme/agent@sha256:${HEX}\`.`],
    ['the image ID that docker prints', 'sha256:0123456789ab', 'has no image in front of the digest'],
    ['an empty digest', 'ghcr.io/acme/agent@', 'the digest behind the @ is empty: the step'],
    ['an empty digest with its algorithm', 'ghcr.io/acme/agent@sha256:', 'the digest behind the @ is empty'],
    ['sha256 twice', `ghcr.io/acme/agent@sha256:sha256:${HEX}`, '`sha256:` stands twice'],
    [
      'a short digest',
      'ghcr.io/acme/agent@sha256:abc123',
      'there must be 64 digits of 0-9 and a-f, and its length is 6'
    ],
    ['a digest of capitals', `ghcr.io/acme/agent@sha256:${HEX.toUpperCase()}`, 'Write it in lower case.'],
    ['a digest without algorithm', `ghcr.io/acme/agent@${HEX}`, 'Write `@sha256:` in front of it.'],
    ['a tag behind an @', 'ghcr.io/acme/agent@1.2.3', 'Write `:1.2.3` if it is a tag.'],
    ['capitals', 'ghcr.io/Acme/Support-Agent:V1', 'Write `ghcr.io/acme/support-agent:V1`.'],
    ['capitals of an account', 'Acme/agent:1', 'Write `acme/agent:1`.'],
    ['an empty tag', 'ghcr.io/acme/agent:', 'the tag behind the colon is empty'],
    ['the tag null', 'ghcr.io/acme/agent:null', 'the tag "null" is what a script writes for a value that is not there'],
    ['the tag undefined', 'ghcr.io/acme/agent:undefined', 'the tag "undefined" is what a script writes'],
    [
      'a branch as the tag',
      'ghcr.io/acme/agent:feature/login',
      'a tag holds no slash, as the name of a branch does. Write `:feature-login`'
    ],
    ['a branch as the tag without a registry', 'agent:feature/login', 'Write `:feature-login`'],
    ['a merge ref as the tag', 'ghcr.io/acme/agent:7/merge', 'Write `:7-merge`'],
    [
      'build data of semver as the tag',
      'ghcr.io/acme/agent:1.2.3+build.5',
      'a tag holds no plus sign. Write `:1.2.3-build.5`'
    ],
    ['two tags', 'ghcr.io/acme/agent:1:2', 'which has two tags'],
    ['a long tag', `ghcr.io/acme/agent:${'x'.repeat(129)}`, 'the tag has 129 characters'],
    ['a tag that begins with a dash', 'ghcr.io/acme/agent:-x', 'no period or dash first'],
    ['a scheme', 'https://ghcr.io/acme/agent:1', 'an image has no scheme. Write `ghcr.io/acme/agent:1`.'],
    ['the scheme of Kubernetes', 'docker://acme/agent', 'Write `acme/agent`.'],
    ['an empty owner', 'ghcr.io//agent:1', 'a part of the name is empty'],
    ['an empty registry', '/agent:1', 'a part of the name is empty'],
    ['a slash at the end', 'ghcr.io/acme/', 'a part of the name is empty'],
    ['quotes', '"ghcr.io/acme/agent:1"', 'with quotes that are part of the value'],
    ['white space', 'ghcr.io/acme/agent :1', 'which holds white space'],
    [
      'the page of an image',
      'https://hub.docker.com/r/acme/agent/tags',
      'Write the image, such as `docker.io/acme/agent:1.2.3`.'
    ],
    [
      'the page of a package',
      'https://github.com/Acme/agents/pkgs/container/agent',
      'such as `ghcr.io/acme/agent:1.2.3`'
    ],
    ['the address of a repository', 'https://github.com/acme/agents', 'remove `image-uri`, and write `repo-url`'],
    ['a name too long', `ghcr.io/${'a'.repeat(250)}`, 'It has 255 at most'],
    ['anything else', 'agent$', 'which is no image reference. Write one such as']
  ])('cannot be %s', (_, text, told) => {
    const fault = faultOfImage(text)
    expect(fault).toContain(told)
    expect(fault).toMatch(/^is ".+\.$/s)
  })

  test.each([
    ['lines, as docker/metadata-action gives its tags', 'ghcr.io/acme/agent:main\nghcr.io/acme/agent:latest'],
    ['commas', 'ghcr.io/acme/agent:main,ghcr.io/acme/agent:latest'],
    ['a JSON array', '["ghcr.io/acme/agent:main","ghcr.io/acme/agent:latest"]']
  ])('cannot be several: %s', (_, text) => {
    expect(faultOfImage(text)).toMatch(
      /^holds 2 images\. Write one of them; .+tags\[0\].+@\$\{\{ steps\.build\.outputs\.digest/
    )
  })

  test('never shows the password in front of it', () => {
    for (const text of ['https://me:hunter2@ghcr.io/acme/agent', 'me:hunter2@ghcr.io/acme/agent:1']) {
      expect(faultOfImage(text)).toMatch(/^holds a user name and a password\./)
      expect(faultOfImage(text)).not.toContain('hunter2')
    }
  })

  test('is judged at once, however long the text is', () => {
    const before = performance.now()
    for (const unit of ['a', 'a/', 'a.', ':1', 'a-', '0:', '@a:0', ' ,', '[', '"'])
      faultOfImage(`${unit.repeat(5_000)}!`)
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})
