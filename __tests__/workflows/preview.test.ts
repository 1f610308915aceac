import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Emulator, startEmulator } from '../../emulator/server.ts'
import { type GithubServer, startGithubServer } from '../support/github-server.ts'
import { at, type Json, records } from '../support/json.ts'
import { executeJob, type StepResult } from './execute-job.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const workflow = readFileSync(new URL('../../.github/workflows/preview.yml', import.meta.url), 'utf8')
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

  /** Runs the reusable workflow as GitHub does when something happens to pull request 7. */
  async function happens(
    action: string,
    number: number,
    secrets: Readonly<Record<string, string>> = KEY,
    state = action === 'closed' ? 'closed' : 'open'
  ) {
    const head = {
      ref: 'feature',
      sha: commit(number),
      repo: { full_name: secrets === KEY ? 'acme/agents' : 'eve/agents' }
    }
    server.changePullRequest(7, { head: commit(number), state: state === 'closed' ? 'closed' : 'open' })
    const results = await executeJob({
      workflow,
      job: 'preview',
      root,
      inputs: { name: 'support-agent', 'control-plane-url': emulator.url },
      secrets,
      githubToken: server.token,
      github: {
        event_name: 'pull_request',
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

  test('from the opening of a pull request to its being opened again', async () => {
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
    expect(reopened[0]?.log).toContain('"support-agent-pr-7" is being deleted, and its name is reserved')
    expect(await comment()).toContain('### ✅ support-agent-pr-7-2: deployed')
    expect(states()).toEqual(['inactive', 'inactive', 'failure', 'success'])
    expect(server.deployments().every((one) => one.transient_environment)).toBe(true)
    expect(new Set(server.deployments().map(({ environment }) => environment))).toEqual(new Set(['support-agent-pr-7']))
  }, 60_000)

  test('whatever happens to a pull request that is closed deploys nothing', async () => {
    expect(verdicts(await happens('opened', 1))).toEqual(['deployed'])
    expect(verdicts(await happens('labeled', 1, KEY, 'closed'))).toEqual(['deleted'])
    expect(await deployments()).toEqual(['support-agent-pr-7 AWAITING_DELETE'])
  }, 60_000)

  test('a pull request from a fork is passed over, at its opening and at its end', async () => {
    for (const action of ['opened', 'closed']) {
      const results = await happens(action, 1, {})
      expect(results.map(({ conclusion }) => conclusion)).toEqual(['success'])
      expect(verdicts(results)).toEqual(['skipped'])
    }
    expect(server.requests()).toEqual([])
    expect(await deployments()).toEqual([])
  }, 60_000)
})

const KEY = { 'api-key': 'lsv2_of_the_tests' }

function commit(number: number): string {
  return String(number).repeat(40)
}

function verdicts(results: readonly StepResult[]): readonly (string | undefined)[] {
  return results.map(({ outputs }) => outputs.status)
}

function named({ name, status }: Json): string {
  return `${name} ${status}`
}
