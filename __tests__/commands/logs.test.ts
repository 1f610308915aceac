import { describe, expect, test } from '@jest/globals'
import { kindsToTry } from '../../src/commands/logs.ts'
import { create, dockerBody, UNKNOWN_ID } from '../emulator/support.ts'
import { problemsOf, read } from '../inputs/environment.ts'
import { errorOf, type Run, runMain, said } from '../support/run.ts'
import { IMAGE, idsOf, OLD_IMAGE, useWorld } from '../support/world.ts'

const LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']
const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`)
const groupOf = ({ runner }: Run) => runner.told.find(({ kind }) => kind === 'group')

describe('command: logs', () => {
  const world = useWorld()
  const logs = (inputs: Readonly<Record<string, string>> = {}) => runMain(world, { command: 'logs', ...inputs })

  test('shows the last 100 lines of the deploy log of the newest revision, with their times', async () => {
    await world.api.scenario({ revisions: [{ nth: 2, deploy_log: lines(250) }] })
    const [newest] = idsOf(await world.revisions(await world.images(OLD_IMAGE, IMAGE)))
    const run = await logs()
    const { name, text } = groupOf(run) ?? { name: '', text: '' }
    expect(name).toBe('Deploy log, the last 100 lines')
    const shown = text.split('\n')
    expect(shown).toHaveLength(100)
    expect(shown[0]).toMatch(/^INFO {4}\d{4}-\d\d-\d\dT[\d:.]+Z line 151$/)
    expect(shown.at(-1)).toMatch(/line 250$/)
    expect(run.runner.outputs).toMatchObject({ status: 'found', 'revision-id': newest, 'image-uri': IMAGE })
    expect(said(run)).toContain(
      `Verdict: found. Showing the last 100 lines of the deploy log of revision ${newest} (DEPLOYED).`
    )
    expect(run.runner.texts('summary').join()).toContain('End of the deploy log (100 lines)')
    for (const kind of ['notice', 'warning', 'error'] as const) expect(run.runner.texts(kind)).toEqual([])
    expect(await world.requests()).toEqual([
      'GET /v2/deployments',
      'GET /v2/deployments/:id/revisions',
      'GET /v2/deployments/:id/revisions/:id/logs'
    ])
    expect(run.runner.saved).toEqual({})
  })

  test('reads more pages if one response is too short', async () => {
    await world.api.scenario({ revisions: [{ deploy_log: lines(2_500) }] })
    await world.images(IMAGE)
    const text = groupOf(await logs({ 'log-limit': '2000' }))?.text.split('\n') ?? []
    expect([text.length, text[0]?.slice(-8), text.at(-1)?.slice(-9)]).toEqual([2_000, 'line 501', 'line 2500'])
  })

  test('shows the log of the revision of `revision-id`', async () => {
    await world.api.scenario({ revisions: [{ nth: 1, deploy_log: ['the first'] }] })
    const [, first = ''] = idsOf(await world.revisions(await world.images(OLD_IMAGE, IMAGE)))
    expect(groupOf(await logs({ 'revision-id': first }))?.text).toContain('the first')
    expect(groupOf(await logs({ 'revision-id': 'latest' }))?.text).not.toContain('the first')
    expect(errorOf(await logs({ 'revision-id': UNKNOWN_ID }))).toContain(`has no revision ${UNKNOWN_ID}`)
  })

  test.each([
    ['during the build', { statuses: ['BUILDING'], final: null }],
    ['after a failed build', { final: 'BUILD_FAILED' }]
  ])('shows the build log %s', async (_, life) => {
    await world.api.scenario({ revisions: [{ ...life, build_log: ['ERROR: no such package'] }] })
    await world.github()
    const { name, text } = groupOf(await logs()) ?? { name: '', text: '' }
    expect(name).toMatch(/^Build log/)
    expect(text).toContain('ERROR: no such package')
  })

  test('shows the log of the revision that blocks the newest one', async () => {
    await world.api.scenario({
      revisions: [
        { nth: 2, statuses: ['BUILDING'], final: null, build_log: ['Installing packages'] },
        { nth: 3, statuses: ['QUEUED'], final: null }
      ]
    })
    const id = await world.github()
    for (const ref of ['one', 'two']) {
      await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { repo_ref: ref } })
      await world.api.call('GET', `/v2/deployments/${id}/revisions`)
      world.clock.skip(5_000)
    }
    const [queued, building] = idsOf(await world.revisions(id))
    const run = await logs()
    expect(groupOf(run)?.text).toContain('Installing packages')
    expect(said(run)).toContain(
      `Revision ${queued} is QUEUED behind ${building} and has no log yet. Showing the last line of the build log of revision ${building} (BUILDING).`
    )
    expect(run.runner.outputs['revision-id']).toBe(building)
    // With `revision-id`, the log of that revision is read.
    expect(said(await logs({ 'revision-id': `${queued}` }))).toContain('No lines found in the build log')
  })

  test('shows lines of a level and above, once and in order', async () => {
    const deploy_log = [...LEVELS, ...LEVELS].map((level, index) => ({ level, message: `line ${index}` }))
    await world.api.scenario({ revisions: [{ deploy_log, log_line_ms: 10 }] })
    await world.images(IMAGE)
    const shown = async (level: string) =>
      groupOf(await logs({ 'log-level': level }))
        ?.text.split('\n')
        .flatMap((line) => /line \d$/.exec(line) ?? [])
    expect(await shown('error')).toEqual(['line 3', 'line 4', 'line 8', 'line 9'])
    expect(await shown('debug')).toHaveLength(10)
  })

  test('shows lines since a time', async () => {
    await world.api.scenario({ revisions: [{ deploy_log: lines(10), log_line_ms: 60_000 }] })
    await world.images(IMAGE)
    world.clock.skip(3_600_000)
    expect(said(await logs({ 'log-since': '10m' }))).toMatch(
      /No lines found in the deploy log of .+, from the last 10 min\./
    )
    const text = groupOf(await logs({ 'log-since': '58m' }))?.text ?? ''
    expect(text).toContain('line 10')
    expect(text).not.toContain('line 1\n')
  })

  test('neither runs a command nor shows a secret in a line', async () => {
    const secret = 'sk-proj-Zq8Lw2Xr5Tn7Vb4Ym9Kc3Jd6'
    await world.api.scenario({ revisions: [{ deploy_log: ['::error::x\n##[error]y', `key ${secret}`, '<b>&'] }] })
    await create(world.api, { ...dockerBody({ name: 'agent' }), secrets: [{ name: 'OPENAI_API_KEY', value: secret }] })
    world.clock.skip(60_000)
    const { runner } = await logs()
    const told = runner.told.filter(({ kind }) => kind !== 'mask').map(({ text }) => text)
    expect(told.join('\n')).not.toMatch(/^::|##\[|sk-proj/m)
    expect(runner.texts('summary').join()).toContain('key ***')
    expect(runner.texts('summary').join()).not.toContain('<b>&')
  })

  test('retries a failed read', async () => {
    await world.api.scenario({
      revisions: [{ deploy_log: ['here'] }],
      faults: [{ method: 'GET', path: '/v2/deployments/*/revisions/*/logs', times: 2, action: 'status', status: 503 }]
    })
    await world.images(IMAGE)
    expect(groupOf(await logs())?.text).toContain('here')
  })

  test('fails if the deployment does not exist', async () => {
    expect(errorOf(await logs())).toContain('Deployment "agent" does not exist')
  })

  test('ends at the deadline with a message about the log', async () => {
    await world.images(IMAGE)
    await world.api.scenario({
      faults: [{ method: 'GET', path: '/v2/deployments', times: null, action: 'status', status: 429 }]
    })
    expect(errorOf(await logs({ timeout: '2m' }))).toContain(
      'The timeout of 2 min expired before `command: logs` finished.'
    )
  })
})

test.each([
  ['QUEUED', 'github', ['build']],
  ['BUILD_FAILED', 'internal_source', ['build']],
  ['CREATE_FAILED', 'github', ['build']],
  ['QUEUED', 'external_docker', ['deploy']],
  ['INTERRUPTED', 'github', ['deploy', 'build']],
  ['DEPLOY_FAILED', 'github', ['deploy']],
  ['DEPLOYED', 'github', ['deploy']]
])('for a revision that is %s, made from %s, the logs to read are %j', (status, source, kinds) => {
  expect(kindsToTry({ status, source: null }, { source })).toEqual(kinds)
})

describe('the inputs of command: logs', () => {
  const given = (inputs: Readonly<Record<string, string>>) => ({
    inputs: { command: 'logs', name: 'agent', ...inputs }
  })

  test('are parsed', async () => {
    const inputs = { 'log-level': 'error', 'log-since': '1h', 'log-limit': '5' }
    expect(await read(given(inputs))).toMatchObject({ level: 'ERROR', sinceMs: 3_600_000, limit: 5 })
  })

  test.each(['0', '10001', '-1', '1.5', '1e3', 'all'])('reject a `log-limit` of %s', async (text) => {
    expect(await problemsOf(given({ 'log-limit': text }))).toEqual([
      { input: 'log-limit', text: `expected a whole number from 1 to 10000, got "${text}".` }
    ])
  })

  test('reject a lowercase level with a suggestion', async () => {
    const [problem] = await problemsOf(given({ 'log-level': 'ERROR' }))
    expect(problem?.text).toMatch(
      /^expected one of `debug`, `info`, `warning`, `error`, `critical`, got "ERROR"\. Did you mean `error`\?/
    )
  })
})
