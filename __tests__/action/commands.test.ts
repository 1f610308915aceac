import { describe, expect, test } from '@jest/globals'
import { startGithubServer } from '../support/github-server.ts'
import {
  COMMIT,
  CREATE,
  DELETE,
  expectOutcome,
  FROM_IMAGE,
  IMAGE,
  INTERRUPT,
  type Plane,
  withPlane
} from './support.ts'

const SECRET = 'sk-proj-Zq8Lw2Xr5Tn7Vb4Ym9Kc3Jd6'

/** An active, a stuck and a waiting revision; newest first. */
async function queue(plane: Plane) {
  const { id } = await plane.seed('agent')
  await plane.scenario({ revisions: [{ nth: 2, statuses: ['DEPLOYING'], final: null }] })
  for (const image_uri of ['b:1', 'b:2']) {
    await plane.api('PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri } })
  }
  return (await plane.revisions(id)).map((revision) => String(revision.id))
}

describe('the bundle', () => {
  test.concurrent('reports the active revision and the revisions in progress', () =>
    withPlane(async (plane) => {
      const [waiting, stuck, serving] = await queue(plane)
      const outcome = await plane.run({ command: 'status' })
      expectOutcome(outcome, {
        status: 'found',
        writes: [],
        outputs: { 'revision-id': serving, 'active-revision-id': serving, 'agent-server-version': '0.16.7' }
      })
      expect(JSON.parse(outcome.run.outputs.queue ?? '')).toMatchObject([{ id: stuck }, { id: waiting }])
    }))

  test.concurrent('reports a missing deployment, and passes', () =>
    withPlane(async (plane) => {
      expectOutcome(await plane.run({ command: 'status' }), { status: 'none', writes: [] })
    }))

  test.concurrent("shows the end of a revision's log as plain text", () =>
    withPlane(async (plane) => {
      const deploy_log = ['first', '::error::no command', `OPENAI_API_KEY=${SECRET}`, '<img src=x> **last**']
      await plane.scenario({ revisions: [{ deploy_log }] })
      await plane.seed('agent', { body: { secrets: [{ name: 'OPENAI_API_KEY', value: SECRET }] } })
      const outcome = await plane.run({ command: 'logs', 'log-limit': '3' })
      expectOutcome(outcome, {
        status: 'found',
        writes: [],
        secrets: [SECRET],
        outputs: { 'image-uri': 'ghcr.io/acme/agent:1' }
      })
      expect(outcome.run.log).toContain('Deploy log, the last 3 lines')
      expect(outcome.run.log).toContain('no command')
      expect(outcome.run.log).not.toContain('first')
    }))

  test.concurrent('stops the revision in progress', () =>
    withPlane(async (plane) => {
      const [, stuck] = await queue(plane)
      const outcome = await plane.run({ command: 'interrupt' })
      expectOutcome(outcome, {
        status: 'interrupted',
        writes: [INTERRUPT],
        outputs: { 'revision-id': stuck, 'revision-status': 'INTERRUPTED' }
      })
    }))

  test.concurrent('ends within two seconds if it is canceled during an interruption without a response', () =>
    withPlane(async (plane) => {
      await queue(plane)
      await plane.scenario({
        faults: [{ method: 'POST', path: '/v2/deployments/*/revisions/*/interruption', action: 'hang' }]
      })
      const outcome = await plane.run(
        { command: 'interrupt' },
        { signals: [{ signal: 'SIGINT', when: /Interrupting revision/ }] }
      )
      expectOutcome(outcome, {
        status: 'cancelled',
        writes: outcome.writes,
        says: [/The revision may have been interrupted|job was canceled/]
      })
      expect(outcome.afterSignalMs).toBeLessThan(2_000)
    }))

  test.concurrent('checks the pull request of a preview before it writes, and sweeps remaining previews', () =>
    withPlane(async (plane) => {
      const server = await startGithubServer({ pullRequests: [7, 8] })
      try {
        const env = { GITHUB_API_URL: server.url, GITHUB_REPOSITORY: 'acme/agents' }
        const head = { ref: 'topic', sha: COMMIT, repo: { full_name: 'acme/agents' } }
        const deploy = (number: number) =>
          plane.run(
            { ...FROM_IMAGE, preview: 'true', comment: 'true' },
            {
              event: { number, pull_request: { number, state: 'open', head, user: { login: 'octocat' } } },
              env: { ...env, GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: `refs/pull/${number}/merge` },
              githubToken: server.token
            }
          )
        const sweep = (inputs: Readonly<Record<string, string>> = {}) =>
          plane.run(
            { command: 'sweep', comment: 'true', ...inputs },
            { env: { ...env, GITHUB_EVENT_NAME: 'schedule' }, githubToken: server.token }
          )
        server.changePullRequest(7, { head: COMMIT })
        expectOutcome(await deploy(7), { status: 'deployed', writes: [CREATE] })
        expectOutcome(await deploy(8), {
          status: 'superseded',
          passes: true,
          annotations: ['warning'],
          writes: [CREATE],
          says: [/the head of pull request 8 is now commit [0-9a-f]{40}/]
        })
        server.changePullRequest(7, { state: 'closed' })
        const stale = await deploy(7)
        expectOutcome(stale, { status: 'skipped', writes: [CREATE] })
        expect(stale.run.log).toContain('pull request 7 is now closed')
        const dry = await sweep({ 'dry-run': 'true' })
        expectOutcome(dry, { status: 'planned', writes: [CREATE], outputs: { 'plan-changes': '1' } })
        const swept = await sweep()
        expectOutcome(swept, { status: 'swept', writes: [CREATE, DELETE], outputs: { swept: '["agent-pr-7"]' } })
        expect(swept.run.summary).toContain('agent-pr-7')
        expect((await server.comments(7)).map(({ body }) => /^### .*$/m.exec(body)?.[0])).toEqual([
          '### 🗑️ agent-pr-7: deleted'
        ])
        expect(await server.comments(8)).toEqual([])
      } finally {
        await server.close()
      }
    }))

  test.concurrent('counts the changes of a dry run', () =>
    withPlane(async (plane) => {
      await plane.seed('agent')
      const outcome = await plane.run({
        'image-uri': IMAGE,
        'dry-run': 'true',
        'secret-references': '[{name: A, secret_name: b, secret_key: c}]'
      })
      expectOutcome(outcome, { status: 'planned', writes: [], outputs: { 'plan-changes': '2' } })
    }))
})
