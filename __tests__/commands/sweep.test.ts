import { describe, expect, test } from '@jest/globals'
import { chooseLeaving } from '../../src/commands/sweep.ts'
import { previewNames } from '../../src/deployment/preview.ts'
import { create, dockerBody, githubBody, type Json, records } from '../emulator/support.ts'
import { HEAD_COMMIT } from '../inputs/environment.ts'
import { DELETE } from '../support/expected.ts'
import { useGithubServer } from '../support/github-server.ts'
import { errorOf, type Inputs, type Run, runMain, said, warningOf } from '../support/run.ts'
import { words } from '../support/words.ts'
import { at, IMAGE, REPOSITORY, useWorld } from '../support/world.ts'

const HOUR_MS = 3_600_000
const PULL_REQUESTS = Array.from({ length: 30 }, (_, index) => index + 1)

const world = useWorld()
const server = await useGithubServer({ repository: REPOSITORY, pullRequests: PULL_REQUESTS })

const sweep = (inputs: Inputs = {}): Promise<Run> =>
  runMain(
    world,
    { command: 'sweep', 'github-token': server.token, ...inputs },
    { event: { schedule: '0 4 * * *' }, variables: { GITHUB_EVENT_NAME: 'schedule', GITHUB_API_URL: server.url } }
  )

const seed = async (...names: readonly string[]) => {
  for (const name of names) await create(world.api, dockerBody({ name }))
  world.clock.skip(60_000)
}
const standing = async () => {
  const { resources } = await world.api.ask(200, 'GET', '/v2/deployments?limit=100')
  return records(resources)
    .map(({ name }) => String(name))
    .sort()
}
const close = (...numbers: readonly number[]) => {
  for (const number of numbers) server.changePullRequest(number, { state: 'closed' })
}
const asked = () => server.requests().map(({ method, path }) => `${method} ${path}`)

describe('command: sweep', () => {
  test('deletes all previews of closed and merged pull requests', async () => {
    await seed('agent', 'agent-pr-1', 'agent-pr-2', 'agent-pr-2-2', 'agent-pr-3-9', 'agent-pr-4')
    close(2)
    server.changePullRequest(3, { state: 'merged' })
    const run = await sweep()
    expect(run.runner.outputs).toMatchObject({
      status: 'swept',
      swept: '["agent-pr-2","agent-pr-2-2","agent-pr-3-9"]'
    })
    expect(await standing()).toEqual(['agent', 'agent-pr-1', 'agent-pr-4'])
    expect(await world.writes()).toEqual([DELETE, DELETE, DELETE])
    expect(said(run)).toContain('agent-pr-2-2: deleted (pull request 2 is closed)')
    expect(said(run)).toContain('agent-pr-3-9: deleted (pull request 3 is merged)')
    expect(said(run)).toContain('agent-pr-1: kept (pull request 1 is open)')
    expect(said(run)).toMatch(/Verdict: swept\. LangSmith is deleting 3 of 5 previews of "agent": "agent-pr-2", /)
    expect(run.runner.texts('summary').join()).toMatch(/## 🧹 agent: swept[\s\S]*\| agent-pr-2 +\| deleted/)
    for (const kind of ['notice', 'warning', 'error'] as const) expect(run.runner.texts(kind)).toEqual([])
  })

  test('keeps every deployment without the name of a preview', async () => {
    const others = words(`
      Agent-pr-2 agent agent-pr-2-1 agent-pr-2-10 agent-pr-2-2-3 agent-pr-2-x agent-pr-02 agent-pr-0 agent-pr-pr-2
      an-agent-pr-2 other-agent-pr-2 agent-pr-1-pr-2 agent-pr agent-2
    `)
    await seed(...others)
    close(...PULL_REQUESTS)
    const run = await sweep()
    expect(run.runner.outputs).toMatchObject({ status: 'swept', swept: '[]' })
    expect(said(run)).toContain('Deployment "agent" has no previews.')
    expect(await standing()).toEqual([...others].sort())
    expect(asked()).toEqual([])
  })

  test('finds previews on a later page, and with a truncated name', async () => {
    const name = `a${'-very'.repeat(20)}-long-name`
    const cut = previewsOf(name)
    await seed(...Array.from({ length: 105 }, (_, index) => `agent-pr-1-decoy-${index}`), 'agent-pr-2', cut)
    close(2)
    expect((await sweep()).runner.outputs.swept).toBe('["agent-pr-2"]')
    expect((await sweep({ name })).runner.outputs.swept).toBe(JSON.stringify([cut]))
  })

  test('keeps previews that LangSmith created, and previews of another repository', async () => {
    const from = (repo_url: string) =>
      githubBody({ source_config: { ...(at(githubBody(), 'source_config') as Json), repo_url } })
    await create(world.api, { ...from(`https://github.com/${REPOSITORY}`), name: 'agent-pr-1' })
    await create(world.api, { ...from('https://github.com/acme/agents'), name: 'agent-pr-2' })
    await seed('agent-pr-3')
    await world.api.scenario({ server: { own_previews: ['agent-pr-3'] } })
    close(1, 2, 3)
    const run = await sweep()
    expect(run.runner.outputs.swept).toBe('["agent-pr-1"]')
    expect(said(run)).toContain('agent-pr-2: kept (it is built from another repository)')
    expect(said(run)).toContain('agent-pr-3: kept (LangSmith created it and will delete it)')
    expect(asked()).toEqual([`GET /repos/${REPOSITORY}/pulls/1`])
  })

  test('keeps previews whose pull request GitHub does not find, with a warning', async () => {
    await seed('agent-pr-1', 'agent-pr-99')
    close(1)
    const run = await sweep({ 'max-age': '1m' })
    expect(run.runner.outputs).toMatchObject({ status: 'swept', swept: '["agent-pr-1"]' })
    expect(await standing()).toEqual(['agent-pr-99'])
    expect(warningOf(run)).toMatch(
      /Kept "agent-pr-99", because GitHub returned 404 for the pull request.*pull-requests: read/
    )
  })

  test.each<[string, () => void, RegExp]>([
    ['refuses', () => server.deny('pull-requests'), /kept: GitHub returned 403 .*`permissions: pull-requests: read`/],
    [
      'does not respond',
      () => server.fault({ path: /\/pulls\//, times: Number.POSITIVE_INFINITY, action: 'cut' }),
      /kept: GitHub could not be reached/
    ],
    [
      'returns the page of a proxy',
      () =>
        server.fault({
          path: /\/pulls\//,
          times: Number.POSITIVE_INFINITY,
          action: { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }
        }),
      /kept: GitHub returned an invalid response/
    ]
  ])('keeps all previews with one warning if GitHub %s', async (_, act, warning) => {
    await seed('agent-pr-1', 'agent-pr-2', 'agent-pr-3')
    close(1, 2, 3)
    act()
    const run = await sweep({ 'max-age': '1m', 'max-previews': '1' })
    expect(run.runner.outputs).toMatchObject({ status: 'swept', swept: '[]' })
    expect(run.runner.texts('warning')).toHaveLength(1)
    expect(warningOf(run)).toMatch(warning)
    expect(await world.writes()).toEqual([])
  })

  test('deletes previews older than max-age, and keeps them without this input', async () => {
    await seed('agent-pr-1', 'agent-pr-2')
    world.clock.skip(47 * HOUR_MS)
    const [, young] = records((await world.api.ask(200, 'GET', '/v2/deployments?limit=100')).resources)
      .sort((left, right) => String(left.name).localeCompare(String(right.name)))
      .map(({ id }) => String(id))
    await world.patch(young ?? '', { source_revision_config: { image_uri: 'ghcr.io/acme/agent:9' } })
    world.clock.skip(2 * HOUR_MS)
    expect((await sweep()).runner.outputs.swept).toBe('[]')
    const run = await sweep({ 'max-age': '48h' })
    expect(run.runner.outputs.swept).toBe('["agent-pr-1"]')
    expect(said(run)).toMatch(/agent-pr-1: deleted \(its last revision is 49 h .*old\)/)
  })

  test('deletes the oldest previews beyond max-previews', async () => {
    for (const number of [4, 2, 3, 1]) await seed(`agent-pr-${number}`)
    const run = await sweep({ 'max-previews': '2' })
    expect(run.runner.outputs.swept).toBe('["agent-pr-4","agent-pr-2"]')
    expect(said(run)).toMatch(/agent-pr-4: deleted \(there are more than 2 previews, and its last revision is .* old\)/)
    expect(await standing()).toEqual(['agent-pr-1', 'agent-pr-3'])
  })

  test('keeps an old preview that gets a new revision during the sweep', async () => {
    await seed('agent-pr-1')
    const [{ id } = { id: '' }] = records((await world.api.ask(200, 'GET', '/v2/deployments')).resources)
    world.clock.skip(49 * HOUR_MS)
    await world.api.scenario({
      faults: [{ method: 'GET', path: `/v2/deployments/${id}/revisions`, nth: 2, action: 'status', status: 503 }]
    })
    world.clock.onceInPause(
      () => true,
      () => world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: 'a:9' } })
    )
    const run = await sweep({ 'max-age': '48h' })
    expect(said(run)).toContain('agent-pr-1: kept (it just got a new revision)')
    expect(run.runner.outputs.swept).toBe('[]')
  })

  test('lists the previews to delete in a dry run', async () => {
    await seed('agent-pr-1', 'agent-pr-2', 'agent-pr-3')
    close(1, 3)
    const run = await sweep({ 'dry-run': 'true' })
    expect(run.runner.outputs).toMatchObject({ status: 'planned', 'plan-changes': '2', swept: '[]' })
    expect(said(run)).toContain('This run would delete 2 of 3 previews of "agent": "agent-pr-1", "agent-pr-3".')
    expect(said(run)).toContain('agent-pr-1: would be deleted (pull request 1 is closed)')
    expect(await world.writes()).toEqual([])
  })

  test('updates the environment and the comment of deleted previews on GitHub', async () => {
    const told = { environment: 'previews', comment: 'true' }
    for (const number of [1, 2]) {
      server.changePullRequest(number, { head: HEAD_COMMIT })
      const head = { ref: 'topic', sha: HEAD_COMMIT, repo: { full_name: REPOSITORY } }
      const variables = { GITHUB_API_URL: server.url, GITHUB_EVENT_NAME: 'pull_request' }
      const inputs = { 'github-token': server.token, preview: 'true', 'image-uri': IMAGE, ...told }
      const deployed = await runMain(world, inputs, { event: { number, pull_request: { number, head } }, variables })
      expect(deployed.runner.outputs.status).toBe('deployed')
    }
    await seed('agent-pr-3')
    close(1, 3)
    server.clearRequests()
    const run = await sweep(told)
    expect(run.runner.outputs.swept).toBe('["agent-pr-1","agent-pr-3"]')
    expect(run.runner.texts('warning')).toEqual([])
    expect(server.deployments().map(({ statuses }) => statuses.at(-1)?.state)).toEqual(['inactive', 'success'])
    const headings = await Promise.all(
      [1, 2, 3].map(async (number) => (await server.comments(number)).map(({ body }) => /^### .*$/m.exec(body)?.[0]))
    )
    expect(headings).toEqual([['### 🗑️ agent-pr-1: deleted'], ['### ✅ agent-pr-2: deployed'], []])
    expect((await server.comments(1))[0]?.body).toContain('because pull request 1 is closed')
  })

  test('has enough time for all requests to GitHub', async () => {
    const numbers = Array.from({ length: 30 }, (_, index) => index + 1)
    await seed(...numbers.map((number) => `agent-pr-${number}`))
    close(...numbers)
    const busy = { status: 503, headers: { 'retry-after': '8' }, body: {} }
    for (const number of numbers) server.fault({ path: new RegExp(`/pulls/${number}$`), action: busy })
    const run = await sweep()
    expect(run.runner.texts('warning')).toEqual([])
    expect(JSON.parse(run.runner.outputs.swept ?? '')).toHaveLength(30)
    expect(Number(run.runner.outputs['duration-seconds'])).toBeGreaterThanOrEqual(32)
  })

  test('ends at its timeout', async () => {
    await seed('agent-pr-1', 'agent-pr-2')
    close(1, 2)
    const busy = { status: 503, headers: { 'retry-after': '9' }, body: {} }
    server.fault({ path: /\/pulls\//, times: 4, action: busy })
    const run = await sweep({ timeout: '10s' })
    expect(run.runner.outputs).toMatchObject({ swept: '[]' })
    expect(await world.writes()).toEqual([])
  })

  test('deletes the tracing projects with `delete-tracing-project`', async () => {
    await seed('agent-pr-1')
    close(1)
    await sweep({ 'delete-tracing-project': 'true' })
    const deletes = (await world.api.requests()).filter(({ method }) => method === 'DELETE')
    expect(deletes.map(({ query }) => query)).toEqual([{ delete_tracing_project: 'true' }])
  })

  test('continues after a refused delete, and fails', async () => {
    await seed('agent-pr-1', 'agent-pr-2')
    close(1, 2)
    await world.api.scenario({ faults: [{ method: 'DELETE', action: 'status', status: 403 }] })
    const run = await sweep()
    expect(run.runner.outputs).toMatchObject({ status: 'error', swept: '["agent-pr-2"]' })
    expect(said(run)).toContain('agent-pr-1: could not be deleted; pull request 1 is closed')
    expect(errorOf(run)).toMatch(/Admin.*deployments:delete/)
    expect(await standing()).toEqual(['agent-pr-1'])
  })

  test('ignores a preview in deletion', async () => {
    await seed('agent-pr-1')
    close(1)
    await sweep()
    const run = await sweep()
    expect(run.runner.outputs).toMatchObject({ status: 'swept', swept: '[]' })
  })

  test('uses the name of the repository by default', async () => {
    await seed('support-agent-pr-1', 'agent-pr-1')
    close(1)
    expect((await sweep({ name: '' })).runner.outputs.swept).toBe('["support-agent-pr-1"]')
  })

  test('is rejected without a token, before any request', async () => {
    const run = await sweep({ 'github-token': '' })
    expect(errorOf(run)).toMatch(
      /^`github-token` is empty, but `command: sweep` requires it to find closed pull requests\. Remove `github-token` to use the job's token\./
    )
    expect(await world.requests()).toEqual([])
  })
})

test('chooseLeaving chooses no previews of unknown age, and none within max-previews', () => {
  const [unknown, old, young] = [{ at: undefined }, { at: 0 }, { at: 90 }]
  const choose = (maxAgeMs: number | undefined, maxPreviews: number | undefined, staying = 0) =>
    chooseLeaving([young, unknown, old], { now: 100, maxAgeMs, maxPreviews, staying }).leaving.map(
      ({ preview }) => preview
    )
  expect(choose(undefined, undefined)).toEqual([])
  expect(choose(50, undefined)).toEqual([old])
  expect(choose(1, 1)).toEqual([old, young])
  expect(choose(undefined, 1, 1)).toEqual([old, young])
  expect(choose(undefined, 3)).toEqual([])
  expect(choose(undefined, 3, 1)).toEqual([old])
})

function previewsOf(name: string): string {
  return previewNames(name, 2, false)[0] ?? ''
}
