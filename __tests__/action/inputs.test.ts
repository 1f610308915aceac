import { describe, expect, test } from '@jest/globals'
import type { RunOptions } from '../../demo/runner.ts'
import { makeTree } from '../archive/support.ts'
import { withProxy } from '../support/proxy.ts'
import { words } from '../support/words.ts'
import {
  annotated,
  CREATE,
  DIGEST,
  expectOutcome,
  FROM_IMAGE,
  githubBody,
  type Inputs,
  type Plane,
  type Seeded,
  secretsBody,
  UNKNOWN_ID,
  withPlane
} from './support.ts'

interface BadInputs {
  readonly title: string
  readonly inputs: Inputs
  /** Files of the workspace, by path. */
  readonly files?: Readonly<Record<string, string>>
  /** Inputs that the error must name. */
  readonly names: readonly string[]
  readonly says?: readonly (string | RegExp)[]
  /** Text of inputs that must stay hidden. */
  readonly secrets?: readonly string[]
  readonly place?: { readonly file: string; readonly line: string }
}

const FORK = {
  env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' },
  event: {
    pull_request: {
      number: 7,
      head: { ref: 'fix', sha: 'a'.repeat(40), repo: { full_name: 'stranger/agents' } },
      user: { login: 'stranger' }
    }
  }
}
const OWN_PULL_REQUEST_OF_DEPENDABOT = {
  env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/8/merge', GITHUB_ACTOR: 'dependabot[bot]' },
  event: {
    pull_request: {
      number: 8,
      head: { ref: 'dependabot/npm', sha: 'b'.repeat(40), repo: { full_name: 'acme/agents' } },
      user: { login: 'dependabot[bot]' }
    },
    sender: { login: 'dependabot[bot]' }
  }
}

const BAD: readonly BadInputs[] = [
  {
    title: 'an unknown region',
    inputs: { ...FROM_IMAGE, region: 'mars' },
    names: ['region'],
    says: ['"mars"', '`eu`']
  },
  {
    title: 'several problems at once',
    inputs: { ...FROM_IMAGE, region: 'mars', timeout: 'soon', wait: 'ture', secrets: 'hunter2 horse staple' },
    names: ['region', 'timeout', 'wait', 'secrets'],
    says: [/^4 invalid inputs: region, timeout, secrets and wait; no request was made/],
    secrets: ['hunter2', 'horse staple']
  },
  {
    title: 'a project with an error in a line of its configuration',
    inputs: { 'source-type': 'internal_source' },
    files: { 'langgraph.json': '{\n  "dependencies": ["."],\n  "graphs": {"agent": 7}\n}\n' },
    names: ['langgraph-config'],
    place: { file: 'langgraph.json', line: '3' }
  }
]

/** `__tests__/inputs/refused.test.ts` tests the other problems of inputs in process. */
describe('before any request, one error names the inputs for', () => {
  test.concurrent.each(BAD)('$title', ({ inputs, files = {}, names, says = [], secrets = [], place }) =>
    withPlane(async (plane) => {
      const { outcome, targets } = await withProxy(Number(new URL(plane.url).port), async (proxy) => {
        const env = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url }
        return { outcome: await plane.run(inputs, { env, workspace: makeTree(files) }), targets: proxy.targets }
      })
      expectOutcome(outcome, {
        status: 'error',
        writes: [],
        says: [...names.map((name) => `\`${name}`), ...says],
        secrets
      })
      expect([...outcome.requests, ...targets]).toEqual([])
      expect(outcome.run.post?.log).toBe('')
      if (names.length === 1) expect(annotated(outcome.run).trim().split('\n')).toHaveLength(2)
      expect(outcome.run.annotations).toMatchObject([place ?? {}])
    })
  )
})

describe('a pull request without secrets is skipped without an annotation', () => {
  test.concurrent.each<[string, RunOptions, RegExp]>([
    ['a fork', FORK, /fork/],
    ['Dependabot', OWN_PULL_REQUEST_OF_DEPENDABOT, /Dependabot/]
  ])('if it comes from %s', (_, options, says) =>
    withPlane(async (plane) => {
      // The other inputs are not checked either, because the run does nothing with them.
      const outcome = await plane.run({ ...FROM_IMAGE, 'api-key': '', timeout: 'soon' }, options)
      expectOutcome(outcome, { status: 'skipped', writes: [] })
      expect(outcome.run.log).toMatch(says)
      expect(outcome.requests).toEqual([])
      expect(outcome.run.post?.log).toBe('')
    })
  )
})

interface Misfit {
  readonly title: string
  readonly before?: (plane: Plane) => Promise<unknown>
  readonly inputs: (seeded: Seeded) => Inputs
  readonly says: readonly (string | RegExp)[]
  readonly secrets?: readonly string[]
  readonly deleteMs?: number
}

const deleted = async (plane: Plane, { id }: Seeded) => plane.api('DELETE', `/v2/deployments/${id}`)
const going = ['being deleted', 'reserved for up to a week']

const MISFITS: readonly Misfit[] = [
  {
    title: 'a name and an ID of two deployments',
    inputs: ({ id }) => ({ ...FROM_IMAGE, name: 'other', 'deployment-id': id }),
    says: ['`name`', '`deployment-id`', '"other"', '"agent"']
  },
  {
    title: 'an unknown ID',
    inputs: () => ({ ...FROM_IMAGE, name: '', 'deployment-id': UNKNOWN_ID }),
    says: ['404', UNKNOWN_ID]
  },
  {
    title: 'a deployment of an image that is deployed from GitHub',
    inputs: () => ({}),
    says: ['external_docker', '`source-type: external_docker`']
  },
  {
    title: 'a deployment from GitHub that is deployed from an image',
    before: (plane) => plane.seed('built', { body: githubBody() }),
    inputs: () => ({ ...FROM_IMAGE, name: 'built' }),
    says: ['github', '`source-type: github`']
  },
  {
    title: 'a deployment from another repository',
    before: (plane) => plane.seed('built', { body: githubBody({ repo_url: 'https://github.com/acme/others' }) }),
    inputs: () => ({ name: 'built' }),
    says: ['`repo-url`', 'https://github.com/acme/others']
  },
  {
    title: "a listener that differs from the deployment's",
    before: (plane) =>
      plane.seed('elsewhere', {
        body: { source_config: { resource_spec: {}, listener_id: plane.emulator.listenerId } }
      }),
    inputs: () => ({ ...FROM_IMAGE, name: 'elsewhere', 'listener-id': UNKNOWN_ID }),
    says: ['`listener-id`', UNKNOWN_ID]
  },
  {
    title: 'an unknown listener',
    inputs: () => ({ ...FROM_IMAGE, name: 'new', 'listener-id': UNKNOWN_ID }),
    says: ['`listener-id`', UNKNOWN_ID, /default/]
  },
  {
    title: 'a repository without a GitHub integration',
    inputs: () => ({ name: 'new', 'repo-url': 'https://github.com/acme/hidden', 'repo-ref': 'main' }),
    says: [
      'https://github.com/acme/hidden',
      'https://github.com/apps/langsmith-emulator/installations/new',
      '`integration-id`'
    ]
  },
  {
    title: 'a response without the ID',
    before: (plane) =>
      plane.scenario({
        faults: [
          {
            action: 'status',
            status: 200,
            times: null,
            body: { resources: [{ name: 'agent', source: 'external_docker' }], offset: 1 }
          }
        ]
      }),
    inputs: () => FROM_IMAGE,
    says: ['`id`']
  },
  {
    title: 'secrets whose values the server hides',
    before: async (plane) => {
      await plane.seed('hidden', { body: secretsBody({ KEPT: 'kept value', OTHER: 'other value' }) })
      await plane.scenario({ server: { hide_secrets: true } })
    },
    inputs: () => ({ ...FROM_IMAGE, name: 'hidden', secrets: 'OTHER=changed value' }),
    says: ['KEPT', '`secrets-mode: replace`'],
    secrets: ['kept value', 'other value', 'changed value']
  },
  {
    title: 'a deploy of a deployment that is being deleted',
    inputs: () => FROM_IMAGE,
    says: going,
    deleteMs: 60_000
  },
  {
    title: 'a wait for a deployment that is being deleted',
    inputs: () => ({ command: 'wait' }),
    says: going,
    deleteMs: 60_000
  },
  {
    title: 'a redeploy of a deployment that is being deleted',
    inputs: () => ({ command: 'redeploy' }),
    says: going,
    deleteMs: 60_000
  },
  {
    title: 'a wait for a missing deployment',
    inputs: () => ({ command: 'wait', name: 'gone' }),
    says: ['"gone"']
  },
  {
    title: 'a redeploy of a missing deployment',
    inputs: () => ({ command: 'redeploy', name: 'gone' }),
    says: ['"gone"']
  },
  {
    title: 'a redeploy without a previously active revision',
    inputs: () => ({ command: 'redeploy' }),
    says: [/was active before/, '`revision-id`']
  },
  {
    title: 'a redeploy of a missing revision',
    inputs: () => ({ command: 'redeploy', 'revision-id': UNKNOWN_ID }),
    says: ['`revision-id`: deployment', 'has no revision', 'Newest revisions: ', UNKNOWN_ID]
  }
]

describe('after some reads and without a write, one error names the inputs for', () => {
  test.concurrent.each(MISFITS)('$title', ({ before, inputs, says, secrets = [], deleteMs = 0 }) =>
    withPlane(
      async (plane) => {
        const seeded = await plane.seed('agent')
        if (deleteMs > 0) await deleted(plane, seeded)
        await before?.(plane)
        const outcome = await plane.run(inputs(seeded))
        expectOutcome(outcome, { status: 'error', writes: [], says, secrets })
        expect(outcome.requests.length).toBeGreaterThan(0)
        expect(outcome.run.outputs['revision-id']).toBeUndefined()
      },
      { deleteMs }
    )
  )
})

describe('an accepted input', () => {
  test.concurrent('is a delete of a deployment that is already being deleted', () =>
    withPlane(
      async (plane) => {
        await deleted(plane, await plane.seed('agent'))
        expectOutcome(await plane.run({ command: 'delete' }), { status: 'deleted', writes: [] })
      },
      { deleteMs: 60_000 }
    ))

  test.concurrent('is an input that the command does not use, with one notice', () =>
    withPlane(async (plane) => {
      await plane.seed('agent')
      const outcome = await plane.run({ command: 'wait', ...FROM_IMAGE, secrets: 'TOKEN=whatever it is' })
      expectOutcome(outcome, {
        status: 'deployed',
        writes: [],
        annotations: ['notice'],
        says: ['`image-uri`', '`secrets`'],
        secrets: ['whatever it is']
      })
    }))

  test.concurrent('is an empty input, which counts as omitted', () =>
    withPlane(async (plane) => {
      const empty = words('region command timeout poll-interval wait secrets secrets-mode resource-spec')
      const outcome = await plane.run({ ...Object.fromEntries(empty.map((name) => [name, ''])), ...FROM_IMAGE })
      expectOutcome(outcome, { status: 'deployed', writes: [CREATE] })
    }))

  test.concurrent('is an omitted name, which defaults to the valid form of the repository name', () =>
    withPlane(async (plane) => {
      const outcome = await plane.run(
        { name: '', 'image-uri': DIGEST },
        { env: { GITHUB_REPOSITORY: 'acme/My_Agents.v2' } }
      )
      expectOutcome(outcome, {
        status: 'deployed',
        writes: [CREATE],
        outputs: { 'deployment-name': 'my-agents-v2' }
      })
    }))

  test.concurrent('is a resource spec in JSON or multiline YAML', () =>
    withPlane(async (plane) => {
      await plane.run({ ...FROM_IMAGE, wait: 'false', 'resource-spec': 'cpu: 2\nmemory_mb: 2048' })
      await plane.run({ ...FROM_IMAGE, wait: 'false', 'resource-spec': '{"cpu": 3}' })
      const [first, second] = (await plane.journal()).filter(({ method }) => method !== 'GET')
      expect(first?.body).toMatchObject({ source_config: { resource_spec: { cpu: 2, memory_mb: 2048 } } })
      expect(second?.body).toMatchObject({ source_config: { resource_spec: { cpu: 3, memory_mb: 2048 } } })
    }))
})
