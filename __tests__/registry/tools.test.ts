import { describe, expect, test } from '@jest/globals'
import { findImage } from '../../src/registry/find.ts'
import { withLogin } from '../../src/registry/login.ts'
import { runTool } from '../../src/registry/process.ts'
import type { Ask } from '../../src/registry/tools.ts'
import { virtualClock } from '../deployment/samples.ts'
import { failureOf } from '../support/failure.ts'
import { makeFolder } from '../support/folder.ts'
import { DIGEST, type StandIns, skopeo, standIns } from '../support/stand-in.ts'

// The stand-ins for docker and skopeo are shell scripts.
const unix = process.platform === 'win32' ? describe.skip : describe

const IMAGE = 'ghcr.io/acme/agent:1.2.3'
const BY_DIGEST = `ghcr.io/acme/agent@sha256:${'cd'.repeat(32)}`
const TARGET = 'registry.example.com/tenant/agent:tag'
const LOCAL = '[{"Id":"sha256:1f1f","Os":"linux","Architecture":"amd64"}]'
const NO_DAEMON = 'echo "Cannot connect to the Docker daemon" >&2; exit 1'
const CONFIG = '{"os":"linux","architecture":"amd64"}'

/** Returns a script that responds to these commands and fails for all others. */
const docker = (parts: Readonly<Record<string, string>>) =>
  `case "$*" in ${Object.entries({ ...parts, '*': 'echo "not here" >&2; exit 1' })
    .map(([pattern, script]) => `${pattern}) ${script} ;;`)
    .join('\n')}\nesac`

const PUSHED = `echo "tag: digest: ${DIGEST} size: 528"`
const CRANE = docker({
  'manifest*': `echo '{}'`,
  'config*': `echo '${CONFIG}'`,
  'digest*': `echo ${DIGEST}`,
  'copy*': ':'
})
const DAEMON = docker({ '"image inspect"*': `echo '${LOCAL}'`, '"image push"*': PUSHED, '*tag*': ':', '*rm*': ':' })
const BUILDX = docker({
  '*json\\ .}}*': `echo '{"manifest":{"digest":"${DIGEST}"},"image":{"linux/amd64":{},"linux/arm64":{}}}'`,
  '*json\\ .Manifest}}*': `echo '{"digest":"${DIGEST}"}'`,
  '*create*': ':'
})
const PULLING = docker({
  '*pull*': `: > "$folder/pulled"`,
  '"image inspect"*': `[ -e "$folder/pulled" ] || exit 1; echo '${LOCAL}'`,
  '"image push"*': PUSHED,
  '*tag*': ':',
  '*rm*': ':'
})

const askOf = ({ path }: StandIns): Ask => {
  const clock = virtualClock()
  const limits = { clock, cancelled: new AbortController().signal, deadline: clock.now() + 60_000 }
  return (command, args, variables = {}) =>
    runTool({ command, args, environment: { PATH: path, ...variables }, limits, mostMs: 10_000 })
}

async function pushed(tools: StandIns, image: string) {
  const ask = askOf(tools)
  const found = await findImage(ask, image)
  if (!('seen' in found)) throw new Error(JSON.stringify(found))
  const credentials = { host: 'registry.example.com', username: 'AWS', token: 'the-token' }
  const places = { temporaryFolder: makeFolder(), dockerFolder: makeFolder() }
  const digest = await withLogin(credentials, places, (login) => found.tool.push(ask, image, TARGET, login))
  return { tool: found.tool.name, seen: found.seen, digest, calls: tools.calls().map(withoutFolders) }
}

const withoutFolders = (call: string) => call.replace(/\/\S*\/langsmith-registry-\w+/g, ':login')

unix('the tool that pushes an image', () => {
  test('is docker if its daemon has the image', async () => {
    const result = await pushed(standIns({ docker: DAEMON, skopeo: skopeo() }), IMAGE)
    expect(result).toMatchObject({ tool: 'docker', digest: DIGEST, seen: { platforms: ['linux/amd64'] } })
    expect(result.calls).toEqual([
      `docker image inspect ${IMAGE}`,
      `docker image tag ${IMAGE} ${TARGET}`,
      `docker image push ${TARGET}`,
      `docker image rm ${TARGET}`
    ])
  })

  test('is skopeo if the image is in a registry', async () => {
    const result = await pushed(standIns({ docker: NO_DAEMON, skopeo: skopeo(), crane: CRANE }), IMAGE)
    expect(result).toMatchObject({ tool: 'skopeo', digest: DIGEST, seen: { platforms: ['linux/amd64'] } })
    expect(result.calls).toEqual([
      `docker image inspect ${IMAGE}`,
      `skopeo inspect --raw docker://${IMAGE}`,
      `skopeo inspect --raw --config docker://${IMAGE}`,
      `skopeo copy --dest-authfile :login/auth.json --digestfile :login/digest docker://${IMAGE} docker://${TARGET}`
    ])
  })

  test('reads a digest from the registry, even if the daemon has the image', async () => {
    const { calls } = await pushed(standIns({ docker: DAEMON, skopeo: skopeo() }), BY_DIGEST.replace('@', ':1@'))
    expect(calls).toHaveLength(3)
    expect(calls.at(-1)).toContain(` docker://${BY_DIGEST} docker://${TARGET}`)
  })

  test('uses plain HTTP only on this machine', async () => {
    const { calls } = await pushed(standIns({ skopeo: skopeo() }), 'localhost:5000/agent:1')
    expect(calls[0]).toContain('inspect --tls-verify=false ')
    expect(calls[2]).toContain('copy --src-tls-verify=false --dest-authfile')
    expect(calls[2]).not.toContain('--dest-tls-verify')
  })

  test('is crane if skopeo is not installed', async () => {
    const result = await pushed(standIns({ crane: CRANE }), IMAGE)
    expect(result).toMatchObject({ tool: 'crane', digest: DIGEST })
    expect(result.calls).toEqual([
      `crane manifest ${IMAGE}`,
      `crane config ${IMAGE}`,
      `crane copy ${IMAGE} ${TARGET}`,
      `crane digest ${TARGET}`
    ])
  })

  test('is buildx if only docker is installed', async () => {
    const result = await pushed(standIns({ docker: BUILDX }), IMAGE)
    expect(result).toMatchObject({
      tool: 'docker buildx',
      digest: DIGEST,
      seen: { platforms: ['linux/amd64', 'linux/arm64'], identity: DIGEST.replace('sha256:', '') }
    })
    expect(result.calls.slice(1)).toEqual([
      `docker buildx imagetools inspect --format {{json .}} ${IMAGE}`,
      `docker buildx imagetools create --tag ${TARGET} ${IMAGE}`,
      `docker buildx imagetools inspect --format {{json .Manifest}} ${TARGET}`
    ])
  })

  test('is docker after a pull if buildx is not installed either', async () => {
    const result = await pushed(standIns({ docker: PULLING }), IMAGE)
    expect(result).toMatchObject({ tool: 'docker pull', digest: DIGEST })
    expect(result.calls).toContain(`docker image pull --quiet --platform linux/amd64 ${IMAGE}`)
  })

  test('selects the variant for LangSmith from an index, and ignores attestations', async () => {
    const row = (architecture: string, digest: string, os = 'linux') => ({ digest, platform: { os, architecture } })
    const [arm, amd, about] = ['aa', 'bb', 'cc'].map((pair) => `sha256:${pair.repeat(32)}`)
    const rows = [row('arm64', `${arm}`), row('amd64', `${amd}`), row('unknown', `${about}`, 'unknown')]
    const { seen } = await pushed(
      standIns({ skopeo: skopeo({ manifest: JSON.stringify({ manifests: rows }) }) }),
      IMAGE
    )
    expect(seen).toEqual({ platforms: ['linux/arm64', 'linux/amd64'], identity: 'bb'.repeat(32), digest: amd })
    const without = skopeo({ manifest: JSON.stringify({ manifests: rows.slice(0, 1) }) })
    expect((await pushed(standIns({ skopeo: without }), IMAGE)).seen).toMatchObject({ platforms: ['linux/arm64'] })
  })

  test('is the first one that finds the image', async () => {
    const blind = 'echo "unauthorized" >&2; exit 1'
    expect(await pushed(standIns({ skopeo: blind, crane: CRANE }), IMAGE)).toMatchObject({ tool: 'crane' })
  })

  test('must report a digest', async () => {
    const silent = docker({ '"image inspect"*': `echo '${LOCAL}'`, '"image "*': ':' })
    expect(await failureOf(pushed(standIns({ docker: silent }), IMAGE))).toMatchObject({
      name: 'ToolError',
      message: 'it did not report the digest of the pushed image'
    })
  })
})

unix('an image that no tool finds', () => {
  test('is reported with the error of each installed tool', async () => {
    const tools = standIns({ docker: NO_DAEMON, skopeo: 'echo "manifest unknown" >&2; exit 1' })
    const misses = await findImage(askOf(tools), IMAGE)
    expect(misses).toMatchObject([
      { tool: { name: 'docker' }, said: 'Cannot connect to the Docker daemon' },
      { tool: { name: 'skopeo' }, said: 'manifest unknown' },
      { tool: { name: 'docker buildx' } },
      { tool: { name: 'docker pull' } }
    ])
  })

  test.each(['unknown flag: --format', "docker: 'buildx' is not a docker command."])(
    'is reported without an error of buildx if the plug-in is not installed: %s',
    async (words) => {
      const parts = { buildx: `echo "${words}" >&2; exit 1` }
      const misses = await findImage(askOf(standIns({ docker: docker({ 'buildx*': parts.buildx }) })), IMAGE)
      expect(misses).toMatchObject([{ tool: { name: 'docker' } }, { tool: { name: 'docker pull' } }])
    }
  )

  test('is not searched on Docker Hub if the name has no account', async () => {
    const tools = standIns({ docker: NO_DAEMON, skopeo: skopeo() })
    expect(await findImage(askOf(tools), 'agent:dev')).toMatchObject([{ tool: { name: 'docker' } }])
    expect(tools.calls()).toEqual(['docker image inspect agent:dev'])
  })

  test('is reported without errors if no tool is installed', async () => {
    expect(await findImage(askOf(standIns({})), IMAGE)).toEqual([])
  })
})
