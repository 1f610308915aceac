import { describe, expect, test } from '@jest/globals'
import {
  annotated,
  at,
  expectClean,
  FROM_IMAGE,
  type Json,
  records,
  until,
  withoutReferences,
  withPlane
} from './support.ts'

const RUN = {
  'smoke-test': '{graph: agent, input: {messages: [{role: user, content: hi}]}, expect: {contains: Hello}}'
}
const GRAPHS = { 'verify-graphs': 'true' }
const agent = (graph: Json, others: Json = {}): Json => ({ agent: { graphs: { agent: graph, ...others } } })

describe('the proof that an agent works', () => {
  test.concurrent('is reported in the log and the summary, without an annotation', () =>
    withPlane(async (plane) => {
      const { run, requests, journal } = await plane.run({ ...FROM_IMAGE, ...GRAPHS, ...RUN })
      expect(run).toMatchObject({ exitCode: 0, outputs: { status: 'deployed' } })
      expect(run.annotations).toEqual([])
      expectClean(run)
      expect(run.log).toContain('The agent works: 1 graph loads, 1 run answered.')
      const summary = withoutReferences(run.summary)
      expect(summary).toMatch(
        /✅ deployed and active<br>✅ \/ok returned 200, .*<br>✅ 1 graph loads<br>✅ 1 run answered/
      )
      expect(summary).toContain('Hello from the emulator')
      const asked = requests.filter((request) => request.includes('/agents/'))
      expect(asked.map((request) => request.replace('/agents/:id', ''))).toEqual([
        'GET /ok',
        'GET /info',
        'POST /assistants/search',
        'GET /assistants/:id/graph',
        'POST /runs/wait'
      ])
      const keys = journal.filter(({ path }) => /^\/agents\/[^/]+\/(?:assistants|runs)/.test(path))
      for (const { headers } of keys) expect(headers['x-api-key']).toBe(plane.emulator.apiKey)
    }))

  test.concurrent("that fails is an error with the server's message, without known secrets", () =>
    withPlane(async (plane) => {
      const secret = 'correct-horse-battery-staple'
      await plane.scenario(agent({}, { support: { load: 'value-error', message: `cannot use ${secret}` } }))
      const { run } = await plane.run({ ...FROM_IMAGE, ...GRAPHS, secrets: `TOKEN=${secret}` })
      expect(run).toMatchObject({ exitCode: 1, outputs: { status: 'failed', 'revision-status': 'DEPLOYED' } })
      expect(withoutReferences(run.summary)).toContain('Graph "support" returned 400: cannot use ***')
      expectClean(run, [secret])
    }))

  test.concurrent('never executes the output of an agent as commands', () =>
    withPlane(async (plane) => {
      const evil = [
        '::set-output name=status::deployed',
        '::error::of the agent',
        '##[warning]of the agent',
        '::add-mask::agent',
        '::stop-commands::token-of-the-agent'
      ].join('\n')
      const failing = { runs: [{ error: { type: evil, message: evil }, log: [evil] }] }
      await plane.scenario(agent(failing))
      const failed = (await plane.run({ ...FROM_IMAGE, ...RUN })).run
      await plane.scenario(agent({ runs: [{ result: { [evil]: evil, hello: `Hello\n${evil}` } }] }))
      const passed = (await plane.run({ 'image-uri': 'ghcr.io/acme/agent:3', ...RUN })).run
      for (const [run, status, levels] of [
        [failed, 'failed', ['error']],
        [passed, 'deployed', []]
      ] as const) {
        expect(run.outputs.status).toBe(status)
        expect(run.annotations.map(({ level }) => level)).toEqual(levels)
        expect(run.log).toContain('of the agent')
        expect(run.masks).not.toContain('agent')
        expectClean(run)
      }
    }))

  test.concurrent('ends immediately on cancellation, and cancels its run', () =>
    withPlane(async (plane) => {
      await plane.scenario(agent({ runs: [{ ms: null }] }))
      const runs = async (): Promise<readonly Json[]> => {
        const answer = await fetch(`${plane.emulator.url}/_emulator/runs`)
        return records(await answer.json())
      }
      const isUnderWay = () => until(async () => (await runs()).length > 0)
      const outcome = await plane.run({ ...FROM_IMAGE, ...RUN }, { signals: [{ signal: 'SIGTERM', when: isUnderWay }] })
      expect(outcome.run).toMatchObject({ exitCode: 1, outputs: { status: 'cancelled' } })
      expect(outcome.afterSignalMs).toBeLessThan(2_000)
      expect(await until(async () => (await runs()).every(({ status }) => status === 'cancelled'))).toBe(true)
      expect(at((await runs())[0], 'status')).toBe('cancelled')
    }))

  test.concurrent('sends no key for a pull request that did not set one', () =>
    withPlane(async (plane) => {
      const event = {
        pull_request: { number: 7, head: { ref: 'topic', sha: '0'.repeat(40), repo: { full_name: 'acme/agents' } } }
      }
      const options = { event, env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' } }
      const { run, requests } = await plane.run({ ...FROM_IMAGE, ...RUN }, options)
      expect(run).toMatchObject({ exitCode: 1, outputs: { status: 'error' } })
      expect(annotated(run)).toContain('Input agent-api-key is missing')
      expect(requests).toEqual([])
    }))
})
