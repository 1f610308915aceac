import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { type Emulator, startEmulator } from '../../emulator/server.ts'
import { type GithubServer, startGithubServer } from '../support/github-server.ts'
import { at, type Json, records } from '../support/json.ts'
import { executeJob, type StepResult } from './execute-job.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const workflow = readFileSync(new URL('../../.github/workflows/preview.yml', import.meta.url), 'utf8')
/** Records a checkout. */
const withCheckout = workflow.replace(/uses: actions\/checkout@.*/, 'run: echo checked out')
const FAILING_BUILD = {
  revisions: [{ final: 'BUILD_FAILED', build_log: ['ERROR: no matching version, says @octocat'] }]
}

describe('the life of a preview', () => {
  let emulator: Emulator
  let server: GithubServer
  beforeAll(async () => {
    emulator = await startEmulator({ stepMs: 20, deleteMs: 600_000, repositories: ['acme/agents'] })
    server = await startGithubServer()
  })
  afterAll(() => Promise.all([server.close(), emulator.close()]))
  beforeEach(async () => {
    await fetch(`${emulator.url}/_emulator/reset`, { method: 'POST' })
    await server.reset()
    server.history(...[1, 2, 3, 4].map(commit))
  })

  /** Runs the reusable workflow as GitHub does for an event of pull request 7. */
  async function happens(action: string, number: number, options: Happening = {}) {
    const { secrets = KEY, state = action === 'closed' ? 'closed' : 'open', event = 'pull_request', inputs } = options
    const head = {
      ref: 'feature',
      sha: commit(number),
      repo: { full_name: secrets === NONE ? 'eve/agents' : 'acme/agents' }
    }
    server.changePullRequest(7, { head: commit(number), state: state === 'closed' ? 'closed' : 'open' })
    const results = await executeJob({
      workflow: withCheckout,
      job: 'preview',
      root,
      inputs: { name: 'support-agent', 'control-plane-url': emulator.url, ...inputs },
      secrets,
      githubToken: server.token,
      github: {
        event_name: event,
        event: { action, number: 7, pull_request: { number: 7, state, head, user: { login: 'octocat' } } }
      },
      env: { GITHUB_API_URL: server.url, GITHUB_SHA: commit(number), GITHUB_RUN_ID: String(100 + number) }
    })
    return results.filter(({ outcome }) => outcome !== 'skipped')
  }
  const scenario = (body: object) =>
    fetch(`${emulator.url}/_emulator/scenario`, { method: 'PUT', body: JSON.stringify(body) })
  const comment = async () => {
    const own = (await server.comments(7)).filter(({ login }) => login === 'github-actions[bot]')
    expect(own).toHaveLength(1)
    return own[0]?.body ?? ''
  }
  /** The last state of each GitHub deployment, oldest first. */
  const states = () => server.deployments().map(({ statuses }) => statuses.at(-1)?.state)
  const deployments = async () => {
    const response = await fetch(`${emulator.url}/v2/deployments`, { headers: { 'x-api-key': 'any' } })
    return records(at(await response.json(), 'resources')).map(named)
  }

  test('passes from opening to closing to reopening of the pull request', async () => {
    expect(verdicts(await happens('opened', 1))).toEqual(['deployed'])
    expect(await comment()).toContain('### ✅ support-agent-pr-7: deployed')
    expect(states()).toEqual(['success'])

    expect(verdicts(await happens('synchronize', 2))).toEqual(['deployed'])
    expect(states()).toEqual(['inactive', 'success'])

    await scenario(FAILING_BUILD)
    expect(verdicts(await happens('synchronize', 3))).toEqual(['failed'])
    expect(await comment()).toContain('### ❌ support-agent-pr-7: failed')
    expect(await comment()).toContain('ERROR: no matching version, says @octocat\n</pre>')
    expect(states()).toEqual(['inactive', 'success', 'failure'])

    expect(verdicts(await happens('closed', 3))).toEqual(['deleted'])
    expect(await comment()).toContain('### 🗑️ support-agent-pr-7: deleted')
    expect(states()).toEqual(['inactive', 'inactive', 'failure'])
    expect(await deployments()).toEqual(['support-agent-pr-7 AWAITING_DELETE'])

    await scenario({})
    const reopened = await happens('reopened', 4)
    expect(verdicts(reopened)).toEqual(['deployed'])
    expect(reopened[0]?.log).toContain('"support-agent-pr-7" is being deleted, and its name stays reserved')
    expect(await comment()).toContain('### ✅ support-agent-pr-7-2: deployed')
    expect(states()).toEqual(['inactive', 'inactive', 'failure', 'success'])
    expect(server.deployments().every((one) => one.transient_environment)).toBe(true)
    expect(new Set(server.deployments().map(({ environment }) => environment))).toEqual(new Set(['preview']))
  }, 60_000)

  test('includes no deploy for any event of a closed pull request', async () => {
    expect(verdicts(await happens('opened', 1))).toEqual(['deployed'])
    expect(verdicts(await happens('labeled', 1, { state: 'closed' }))).toEqual(['deleted'])
    expect(await deployments()).toEqual(['support-agent-pr-7 AWAITING_DELETE'])
  }, 60_000)

  test('ends with a deletion at pull_request_target, without a checkout', async () => {
    const inputs = { 'source-type': 'internal_source', 'verify-graphs': true }
    expect(verdicts(await happens('opened', 1))).toEqual(['deployed'])
    const results = await happens('closed', 1, { event: 'pull_request_target', inputs })
    expect(results.map(({ name }) => name)).toEqual(['Delete'])
    expect(verdicts(results)).toEqual(['deleted'])
    expect(await deployments()).toEqual(['support-agent-pr-7 AWAITING_DELETE'])
  }, 60_000)

  test.each([
    ['opened', 'open', 'pull_request_target'],
    ['reopened', 'open', 'pull_request_target'],
    ['created', '', 'push']
  ])('%s of a pull request that is %s by %s is refused in one sentence', async (action, state, event) => {
    const results = await happens(action, 1, { event, state, inputs: { 'source-type': 'internal_source' } })
    expect(results.map(({ name, outcome }) => [name, outcome])).toEqual([['Refuse other events', 'failure']])
    expect(results[0]?.log).toBe(
      '::error::Call preview.yml on pull_request, and on pull_request_target with "types: [closed]" only.\n'
    )
    expect(server.requests()).toEqual([])
    expect(await deployments()).toEqual([])
  })

  test.each([
    ['the branch of the pull request is built', {}, false],
    ['the checkout is packed', { 'source-type': 'internal_source' }, true],
    ['the graphs are compared with its configuration', { 'verify-graphs': true }, true],
    ['it has the smoke tests', { 'smoke-test-file': 'smoke.yml' }, true]
  ])('%s: checked out or not', async (_, inputs, isCheckedOut) => {
    const results = await happens('opened', 1, { inputs: { ...inputs, name: '1' } })
    expect(results.map(({ name }) => name).includes('Check out')).toBe(isCheckedOut)
  })

  test('the inputs of the run reach it', async () => {
    const secrets = { ...KEY, secrets: 'TOKEN=a-secret-of-the-agent', 'agent-api-key': 'key-of-the-agent' }
    const inputs = {
      'repo-ref': 'other-branch',
      variables: 'COLOR=red',
      'smoke-test': '{graph: agent, input: {}}',
      logs: 'stream',
      'github-deployment': false
    }
    const [deployed] = await happens('opened', 1, { secrets, inputs })
    expect(verdicts(deployed ? [deployed] : [])).toEqual(['deployed'])
    expect(deployed?.log).toContain('other-branch')
    expect(deployed?.log).toContain('COLOR')
    expect(deployed?.log).toMatch(/smoke test/i)
    expect(server.deployments()).toEqual([])
    expect(await comment()).toContain('### ✅ support-agent-pr-7: deployed')
    const [missing] = await happens('synchronize', 2, { inputs: { 'verify-graphs': true } }).then((results) =>
      results.filter(({ name }) => name === 'Deploy')
    )
    expect(missing?.log).toContain('agent-api-key is missing')
  }, 60_000)

  test('a pull request from a fork is skipped, at its opening and at its end', async () => {
    for (const action of ['opened', 'closed']) {
      const results = await happens(action, 1, { secrets: NONE })
      expect(results.map(({ conclusion }) => conclusion)).toEqual(['success'])
      expect(verdicts(results)).toEqual(['skipped'])
    }
    expect(server.requests()).toEqual([])
    expect(await deployments()).toEqual([])
  }, 60_000)
})

describe('the preview workflow', () => {
  const document = load(workflow)
  const call = at(document, 'on', 'workflow_call')
  const steps = records(at(document, 'jobs', 'preview', 'steps'))

  test('runs the action of its own commit, and no code of the caller', () => {
    const uses = steps.flatMap((step) =>
      typeof step.uses === 'string' ? [step.uses.replace(/@[0-9a-f]{40}$/, '@')] : []
    )
    expect(uses).toEqual(['actions/checkout@', '$/preview', '$/preview'])
    expect(workflow).not.toMatch(/OWNER|langsmith-deploy-action/)
  })

  test('uses each of its inputs and secrets, and passes only existing inputs to the action', () => {
    const action = load(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'))
    const known = Object.keys(Object(at(action, 'inputs')))
    for (const step of steps.filter(({ uses }) => uses === '$/preview')) {
      expect(Object.keys(Object(step.with)).filter((name) => !known.includes(name))).toEqual([])
    }
    const jobs = workflow.slice(workflow.indexOf('\njobs:'))
    for (const name of Object.keys(Object(at(call, 'inputs')))) expect(jobs).toMatch(new RegExp(`inputs\\.${name}\\b`))
    for (const name of Object.keys(Object(at(call, 'secrets'))))
      expect(jobs).toMatch(new RegExp(`secrets\\.${name}\\b`))
  })
})

interface Happening {
  readonly secrets?: Readonly<Record<string, string>>
  readonly state?: string
  readonly event?: string
  readonly inputs?: Readonly<Record<string, string | boolean>>
}

const KEY = { 'api-key': 'lsv2_of_the_tests' }
const NONE = {}

function commit(number: number): string {
  return String(number).repeat(40)
}

function verdicts(results: readonly StepResult[]): readonly (string | undefined)[] {
  return results.map(({ outputs }) => outputs.status)
}

function named({ name, status }: Json): string {
  return `${name} ${status}`
}
