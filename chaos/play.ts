import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { KEY } from '../__tests__/inputs/environment.ts'
import { type FakeRunner, type FakeRunnerOptions, fakeRunner } from '../__tests__/support/fake-runner.ts'
import { main } from '../src/main.ts'
import { post } from '../src/post.ts'
import { type ChaosCase, imageNumber, NEW_IMAGE, REPOSITORY, type Rival } from './case.ts'
import type { Evidence, MainEnd, PostEnd } from './evidence.ts'
import { type FaultyLine, startProxy } from './proxy.ts'
import { createRandom } from './random.ts'
import { createServer, type Server } from './server.ts'
import { createTime, HangError, realNow, type VirtualTime } from './time.ts'

/** Longer than the life of any earlier revision. */
const LIFETIME_MS = 600_000
/** Maximum real time of a seed. */
const REAL_LIMIT_MS = 20_000
/** Time for which the server continues after the run, so that late effects occur. */
const AFTERMATH_MS = 100_000

/** Plays one seed, from an empty control plane to the end of the post step. */
export async function play(chaos: ChaosCase): Promise<Evidence> {
  const since = realNow()
  const workspace = createWorkspace()
  const time = createTime(createRandom(chaos.seed, 'jitter').next)
  const uncaught: string[] = []
  const onUncaught = (error: unknown) => {
    uncaught.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  process.on('unhandledRejection', onUncaught)
  process.on('uncaughtException', onUncaught)
  const server = await createServer(chaos.stepMs, time.now)
  try {
    const seen = await playOn(chaos, time, server, workspace)
    return { ...seen, uncaught, realMs: realNow() - since }
  } finally {
    time.dispose()
    process.off('unhandledRejection', onUncaught)
    process.off('uncaughtException', onUncaught)
    await server.close()
    rmSync(workspace, { recursive: true, force: true })
  }
}

function createWorkspace(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'chaos-'))
  writeFileSync(
    path.join(folder, 'langgraph.json'),
    JSON.stringify({ dependencies: ['.'], graphs: { agent: './agent.py:graph' } })
  )
  writeFileSync(path.join(folder, 'agent.py'), 'graph = None\n')
  writeFileSync(path.join(folder, 'pyproject.toml'), '[project]\nname = "agent"\nversion = "0.1.0"\n')
  return folder
}

async function playOn(
  chaos: ChaosCase,
  time: VirtualTime,
  server: Server,
  workspace: string
): Promise<Omit<Evidence, 'uncaught' | 'realMs'>> {
  let proxy: FaultyLine | undefined
  let requestsSeen = 0
  const acts: { readonly at: number; readonly rival: Rival }[] = []
  let onRivalMoment: (n: number, committed: boolean) => void = () => {}
  let onMoment: (kind: 'request' | 'committed' | 'state', n: number) => void = () => {}
  // The address must be known before a deployment reports its own.
  const beginning = time.now()
  const startedAt = beginning + LIFETIME_MS
  proxy = await startProxy({
    chaos,
    server,
    time,
    startedAt,
    onRequest: ({ by }, committed) => {
      if (by !== 'run') return
      if (!committed) requestsSeen += 1
      onRivalMoment(requestsSeen, committed)
      onMoment(committed ? 'committed' : 'request', requestsSeen)
    }
  })
  server.state.publicUrl = proxy.url
  try {
    await prepare(chaos, server, time, startedAt)
    const happen = (rival: Rival) => {
      acts.push({ at: time.now(), rival })
      return act(chaos, server, rival).catch(() => undefined)
    }
    for (const rival of chaos.rivals) {
      if (rival.at.kind === 'time') time.at(startedAt + rival.at.ms, () => happen(rival))
    }
    onRivalMoment = (n, committed) => {
      for (const rival of chaos.rivals) {
        const { at } = rival
        if (at.kind === 'request' && at.n === n && at.committed === committed) void happen(rival)
      }
    }
    const given: FakeRunnerOptions = {
      inputs: { 'control-plane-url': proxy.url, ...chaos.inputs },
      variables: { ...chaos.variables, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: workspace },
      event: chaos.event,
      failingSummary: chaos.failingSummary
    }
    const { end, cancelledAt } = await playMain(chaos, time, proxy, given, (listener) => {
      onMoment = listener
    })
    onMoment = () => {}
    const after = await playPost(time, proxy, given, end)
    proxy.abandon()
    await pass(time, AFTERMATH_MS)
    return {
      chaos,
      secrets: {
        key: KEY,
        values: [
          ...new Set([
            ...Object.values(chaos.ownSecrets),
            ...chaos.secretParts,
            ...Object.values(chaos.environmentBefore),
            ...server.secretWrites.flatMap(({ before, after: later }) => [
              ...Object.values(before),
              ...Object.values(later)
            ])
          ])
        ].filter((value) => /^(sk|pw)-/.test(value))
      },
      startedAt,
      main: end,
      post: after,
      cancelledAt,
      requests: proxy.requests,
      acts,
      deployments: server.truth(),
      interruptions: server.interruptions,
      secretWrites: server.secretWrites,
      strayRequests: proxy.strayRequests
    }
  } finally {
    await proxy.close()
  }
}

/** Creates the earlier deployment and its revisions, and waits for their end. */
async function prepare(chaos: ChaosCase, server: Server, time: VirtualTime, startedAt: number): Promise<void> {
  if (chaos.revisionsBefore > 0) {
    if (chaos.source === 'github') {
      await server.ask('seed', 'PUT', '/_emulator/scenario', { revisions: [{ commit: chaos.commitBefore }] })
    }
    const id = await createSeed(chaos, server, 'seed')
    for (let n = 2; n <= chaos.revisionsBefore; n += 1) {
      await pass(time, 60_000)
      if (chaos.source === 'internal_source') await pushArchive(server, 'seed', id)
      else await server.ask('seed', 'PATCH', `/v2/deployments/${id}`, { source_revision_config: codeOf(chaos, `${n}`) })
    }
    await pass(time, 60_000)
  }
  const { server: traits, revisions } = chaos.scenario
  await server.ask('seed', 'PUT', '/_emulator/scenario', { server: traits, revisions: laterOnly(revisions, chaos) })
  await pass(time, startedAt - time.now())
}

/** Earlier revisions have the usual life. */
function laterOnly(revisions: unknown, { revisionsBefore }: ChaosCase): unknown {
  return Array.isArray(revisions) ? revisions.filter(({ nth }) => Number(nth) > revisionsBefore) : []
}

function pass(time: VirtualTime, ms: number): Promise<void> {
  return time.run(time.pass(ms), REAL_LIMIT_MS)
}

async function createSeed(chaos: ChaosCase, server: Server, by: 'seed' | 'rival'): Promise<string> {
  const { source } = chaos
  const answer = await server.ask(by, 'POST', '/v2/deployments', {
    name: chaos.name,
    source,
    source_config:
      source === 'github'
        ? {
            integration_id: 'c1d9a3f6-7e42-4b58-8a06-9f3b5e7c2d02',
            repo_url: `https://github.com/${REPOSITORY}`,
            deployment_type: 'dev_zero',
            build_on_push: chaos.command === 'wait'
          }
        : source === 'external_docker'
          ? { resource_spec: {} }
          : { deployment_type: 'dev_zero' },
    source_revision_config: source === 'internal_source' ? {} : codeOf(chaos, '1'),
    secrets: Object.entries(chaos.environmentBefore).map(([name, value]) => ({ name, value }))
  })
  const body: unknown = JSON.parse(answer.body.toString())
  const id = body && typeof body === 'object' && 'id' in body ? String(body.id) : ''
  if (source === 'internal_source' && id) await pushArchive(server, by, id)
  return id
}

/** The code of rivals, distinguished by the tag. */
function codeOf({ source }: ChaosCase, tag: string): Record<string, string> {
  if (source === 'external_docker') return { image_uri: imageNumber(Number(tag) || 9) }
  if (source === 'github') return { repo_ref: 'main', langgraph_config_path: 'langgraph.json' }
  return {}
}

/** The smallest source that can be built. */
async function smallestArchive(): Promise<Buffer> {
  const tar = pack()
  tar.entry({ name: 'langgraph.json' }, JSON.stringify({ graphs: { agent: './agent.py:graph' }, dependencies: ['.'] }))
  tar.entry({ name: 'agent.py' }, 'graph = 1\n')
  tar.finalize()
  return gzipSync(await buffer(tar))
}

async function pushArchive(server: Server, by: 'seed' | 'rival', id: string): Promise<void> {
  const announced: unknown = JSON.parse(
    (await server.ask(by, 'POST', `/v2/deployments/${id}/upload-url`)).body.toString()
  )
  const { upload_url, object_path } = announced as { upload_url: string; object_path: string }
  const body = await smallestArchive()
  await server.carryOut(
    {
      method: 'PUT',
      path: upload_url.slice(new URL(upload_url).origin.length),
      headers: {
        'content-type': 'application/gzip',
        'x-goog-content-length-range': '0,209715200',
        'content-length': String(body.length)
      },
      body
    },
    by
  )
  await server.ask(by, 'PATCH', `/v2/deployments/${id}`, {
    source_revision_config: { source_tarball_path: object_path, langgraph_config_path: 'langgraph.json' }
  })
}

/** Performs the action of a rival. */
async function act(chaos: ChaosCase, server: Server, { kind, tag }: Rival): Promise<void> {
  if (kind === 'create') {
    await createSeed(chaos, server, 'rival')
    return
  }
  const deployment = server.deployments().find(({ name, deleted }) => name === chaos.name && !deleted)
  if (!deployment) return
  const { id, secrets, revisions } = deployment
  const url = `/v2/deployments/${id}`
  switch (kind) {
    case 'push':
    case 'twin': {
      if (chaos.source === 'internal_source') return pushArchive(server, 'rival', id)
      const code =
        chaos.source === 'external_docker'
          ? {
              image_uri: kind === 'twin' ? (chaos.inputs['image-uri'] ?? NEW_IMAGE) : `ghcr.io/acme/agent:rival-${tag}`
            }
          : { repo_ref: kind === 'twin' ? 'main' : `rival-${tag}`, langgraph_config_path: 'langgraph.json' }
      await server.ask('rival', 'PATCH', url, { source_revision_config: code })
      return
    }
    case 'secret': {
      const added = { name: `RIVAL_KEY_${tag}`, value: `sk-rival-${tag}-${id.slice(0, 8)}` }
      await server.ask('rival', 'PATCH', url, {
        secrets: [...secrets.filter(({ name }) => name !== added.name), added]
      })
      return
    }
    case 'delete':
      await server.ask('rival', 'DELETE', url)
      return
    case 'redeploy': {
      const served = revisions.findLast(({ status }) => status === 'DEPLOYED')
      if (served) await server.ask('rival', 'POST', `${url}/revisions/${served.id}/redeploy`)
      return
    }
    case 'interrupt': {
      const going = revisions.findLast(({ ended }) => !ended)
      if (going) await server.ask('rival', 'POST', `${url}/revisions/${going.id}/interruption`)
    }
  }
}

type Listen = (listener: (kind: 'request' | 'committed' | 'state', n: number) => void) => void

async function playMain(
  chaos: ChaosCase,
  time: VirtualTime,
  proxy: FaultyLine,
  given: FakeRunnerOptions,
  listen: Listen
): Promise<{ readonly end: MainEnd; readonly cancelledAt: number | undefined }> {
  const plain = fakeRunner(given)
  const clock = time.clock()
  const controller = new AbortController()
  let cancelledAt: number | undefined
  let saves = 0
  let kill: () => void = () => {}
  const killed = new Promise<'killed'>((resolve) => {
    kill = () => resolve('killed')
  })
  let atKill: Pick<MainEnd, 'told' | 'outputs' | 'states' | 'endedAt'> | undefined
  const snapshot = () => ({
    told: [...plain.told],
    outputs: plain.outputs,
    states: plain.saved,
    endedAt: time.now()
  })
  const killNow = () => {
    if (atKill) return
    atKill = snapshot()
    clock.stop()
    proxy.abandon()
    kill()
  }
  const cancelNow = () => {
    cancelledAt ??= time.now()
    controller.abort()
  }
  listen((kind, n) => {
    for (const [moment, happen] of [[chaos.cancel, cancelNow] as const, [chaos.kill, killNow] as const]) {
      if (!moment || moment.kind === 'time' || moment.n !== n) continue
      if (moment.kind === 'state' ? kind === 'state' : kind === (moment.committed ? 'committed' : 'request')) happen()
    }
  })
  // The state file is complete when the call returns; the process may be killed immediately after.
  const runner = spied(plain, () => {
    saves += 1
    if (chaos.kill?.kind === 'state' && chaos.kill.n === saves) killNow()
  })
  for (const [moment, happen] of [[chaos.cancel, cancelNow] as const, [chaos.kill, killNow] as const]) {
    if (moment?.kind === 'time') time.at(time.now() + moment.ms, happen)
  }
  const cancellation = { signal: controller.signal, at: () => cancelledAt, release: () => {} }
  const running = main(runner, cancellation, clock).then(
    (passed) => ({ kind: 'returned' as const, passed, error: '' }),
    (error: unknown) => ({ kind: 'threw' as const, passed: false, error: stackOf(error) })
  )
  try {
    const ended = await time.run(Promise.race([running, killed]), REAL_LIMIT_MS)
    // The earlier of the two counts: output after the kill does not exist.
    const end: MainEnd =
      atKill || ended === 'killed'
        ? { ...(atKill ?? snapshot()), kind: 'killed', passed: false, error: '' }
        : { ...snapshot(), ...ended }
    return { end, cancelledAt }
  } catch (error) {
    if (!(error instanceof HangError)) throw error
    clock.stop()
    proxy.abandon()
    return { end: { ...snapshot(), kind: 'hung', passed: false, error: error.message }, cancelledAt }
  }
}

function spied(runner: FakeRunner, onSave: () => void): FakeRunner {
  return Object.create(runner, {
    saveState: {
      value: (name: string, value: string) => {
        runner.saveState(name, value)
        onSave()
      }
    }
  }) as FakeRunner
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

async function playPost(
  time: VirtualTime,
  proxy: FaultyLine,
  given: FakeRunnerOptions,
  { states }: MainEnd
): Promise<PostEnd> {
  // The remaining requests of a killed process must end before the next step.
  await time.settled()
  proxy.abandon()
  proxy.serve('post')
  const runner = fakeRunner({ ...given, states, failingSummary: false })
  const clock = time.clock()
  const startedAt = time.now()
  const end = await time
    .run(
      post(runner, clock).then(
        () => ({ kind: 'returned' as const, error: '' }),
        (error: unknown) => ({ kind: 'threw' as const, error: stackOf(error) })
      ),
      REAL_LIMIT_MS
    )
    .catch((error: unknown) => ({ kind: 'hung' as const, error: stackOf(error) }))
  clock.stop()
  return { ...end, startedAt, endedAt: time.now(), told: runner.told }
}
