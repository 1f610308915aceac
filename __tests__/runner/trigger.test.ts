import { describe, expect, test } from '@jest/globals'
import { branchOrTag, readTrigger, type Trigger } from '../../src/runner/trigger.ts'

const SHA = '0123456789abcdef0123456789abcdef01234567'
const HEAD = 'fedcba9876543210fedcba9876543210fedcba98'
const VARIABLES = {
  GITHUB_EVENT_NAME: 'push',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/agents',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: SHA
}

const headOf = (full_name: string | undefined, more: object = {}) => ({
  pull_request: { head: { ref: 'topic', sha: HEAD, repo: full_name ? { full_name } : null }, ...more }
})

describe('the trigger', () => {
  test.each<[string, Record<string, string>, unknown, Partial<Trigger>]>([
    ['a push to a branch', {}, { ref: 'refs/heads/main' }, { ref: 'main', commit: SHA, foreignHead: undefined }],
    ['a push of a tag', { GITHUB_REF: 'refs/tags/v1' }, {}, { ref: 'refs/tags/v1', commit: SHA }],
    [
      'a pull request',
      { GITHUB_REF: 'refs/pull/1/merge' },
      headOf('acme/agents'),
      { ref: 'topic', commit: HEAD, foreignHead: undefined }
    ],
    ['a pull request with a repository name in another case', {}, headOf('Acme/Agents'), { foreignHead: undefined }],
    ['a fork', {}, headOf('mallory/agents'), { foreignHead: 'mallory/agents', withoutSecrets: 'fork' }],
    ['a fork that was deleted', {}, headOf(undefined), { foreignHead: 'a deleted fork', withoutSecrets: 'fork' }],
    [
      'a pull request with unusual fields',
      {},
      { pull_request: { head: 5 } },
      { ref: undefined, commit: SHA, foreignHead: 'a deleted fork' }
    ],
    [
      'a pull request by Dependabot',
      {},
      headOf('acme/agents', { user: { login: 'dependabot[bot]' } }),
      { withoutSecrets: 'dependabot' }
    ],
    [
      'a push by Dependabot',
      {},
      { sender: { login: 'dependabot[bot]' } },
      { withoutSecrets: 'dependabot', ref: 'main' }
    ],
    ['a push by a user', {}, { sender: { login: 'octocat' } }, { withoutSecrets: undefined }],
    [
      'a finished workflow',
      {},
      { workflow_run: { head_branch: 'topic', head_sha: HEAD, head_repository: { full_name: 'acme/agents' } } },
      { ref: 'topic', commit: HEAD, foreignHead: undefined }
    ],
    [
      'a finished workflow for a fork, which receives the secrets of this repository',
      {},
      { workflow_run: { head_branch: 'main', head_sha: HEAD, head_repository: { full_name: 'mallory/agents' } } },
      { foreignHead: 'mallory/agents', withoutSecrets: undefined }
    ],
    [
      'a finished workflow with unusual fields',
      {},
      { workflow_run: { head_branch: 5, head_sha: null, head_repository: { full_name: '' } } },
      { ref: 'main', commit: SHA, foreignHead: undefined }
    ],
    [
      'a finished workflow without details',
      {},
      { workflow_run: {} },
      { ref: 'main', commit: SHA, foreignHead: undefined }
    ],
    [
      'a schedule with a small payload',
      { GITHUB_EVENT_NAME: 'schedule' },
      { schedule: '0 0 * * *' },
      { eventName: 'schedule', ref: 'main', commit: SHA }
    ],
    [
      'a comment on a pull request, which runs on another branch',
      { GITHUB_EVENT_NAME: 'issue_comment' },
      { issue: { number: 7, pull_request: { url: 'x' } } },
      { ref: undefined, pullRequest: 7 }
    ],
    [
      'a comment on an issue',
      { GITHUB_EVENT_NAME: 'issue_comment' },
      { issue: { number: 7 } },
      { ref: 'main', commit: SHA, pullRequest: undefined }
    ],
    [
      'a comment on an explicit issue',
      { GITHUB_EVENT_NAME: 'issue_comment' },
      { issue: { number: 7, pull_request: null } },
      { ref: 'main', commit: SHA }
    ],
    [
      'a GitHub deployment of a commit in a repository with SHA-256',
      { GITHUB_EVENT_NAME: 'deployment', GITHUB_REF: '' },
      { deployment: { ref: 'a1'.repeat(32), sha: 'a1'.repeat(32) } },
      { ref: undefined, commit: 'a1'.repeat(32), about: { kind: 'bare-commit' } }
    ],
    [
      'two pull requests of the branch of a workflow, which are ambiguous',
      { GITHUB_EVENT_NAME: 'workflow_run' },
      {
        workflow_run: {
          event: 'push',
          head_branch: 'topic',
          head_sha: HEAD,
          pull_requests: [1, 2].map((number) => ({ number, head: { ref: 'topic' }, base: { ref: `base-${number}` } }))
        }
      },
      { ref: 'topic', pullRequest: undefined, about: { kind: 'pull-request', state: 'open', base: undefined } }
    ],
    ['no payload', {}, undefined, { ref: 'main', commit: SHA }],
    ['a payload that is not an object', {}, ['x'], { ref: 'main', commit: SHA }],
    ['an empty ref and commit', { GITHUB_REF: '', GITHUB_SHA: '' }, {}, { ref: undefined, commit: undefined }],
    [
      'another GitHub server',
      { GITHUB_SERVER_URL: 'https://ghe.example.com' },
      {},
      { repositoryUrl: 'https://ghe.example.com/acme/agents' }
    ],
    ['no server URL', { GITHUB_SERVER_URL: '' }, {}, { repositoryUrl: 'https://github.com/acme/agents' }],
    ['no repository', { GITHUB_REPOSITORY: '' }, {}, { repository: '', repositoryUrl: '' }]
  ])('is read from %s', (_, variables, event, expected) => {
    expect(readTrigger({ ...VARIABLES, ...variables }, event)).toMatchObject(expected)
  })

  test('outside a workflow is empty', () => {
    expect(readTrigger({}, undefined)).toEqual({
      eventName: '',
      repository: '',
      repositoryUrl: '',
      ref: undefined,
      commit: undefined,
      foreignHead: undefined,
      about: { kind: 'ref' },
      isRefUnclear: false,
      headCommit: undefined,
      pullRequest: undefined,
      mayBeOfPullRequest: false,
      endedRun: undefined,
      isInFork: false,
      withoutSecrets: undefined,
      runUrl: undefined,
      runName: undefined
    })
  })
})

describe('the state of the pull request', () => {
  const stateOf = (event: unknown) => {
    const { about } = readTrigger(VARIABLES, event)
    return about.kind === 'pull-request' ? about.state : undefined
  }
  const MERGED = { state: 'closed', merged: true, merge_commit_sha: SHA, base: { ref: 'release' } }

  test.each<[string, unknown, 'open' | 'merged' | 'closed' | undefined]>([
    ['is closed', headOf('acme/agents', { state: 'closed' }), 'closed'],
    ['is closed in the payload of a comment', { issue: { number: 7, state: 'closed', pull_request: {} } }, 'closed'],
    ['is merged', headOf('acme/agents', MERGED), 'merged'],
    [
      'is merged in the payload of a review',
      headOf('a/b', { state: 'closed', merged_at: '2026-08-01T00:00:00Z' }),
      'merged'
    ],
    [
      'is merged in the payload of a comment',
      { issue: { state: 'closed', pull_request: { merged_at: '2026-08-01T00:00:00Z' } } },
      'merged'
    ],
    ['is open', headOf('acme/agents', { state: 'open', merged_at: null }), 'open'],
    ['is open in the payload of a comment', { issue: { number: 7, state: 'open', pull_request: {} } }, 'open'],
    ['is not closed by an event that closes something else', { ...headOf('a/b'), action: 'closed' }, 'open'],
    ['takes precedence over an issue', { ...headOf('a/b', { state: 'open' }), issue: { state: 'closed' } }, 'open'],
    ['is absent for invalid payloads', { pull_request: 'closed' }, undefined],
    ['is absent for a push', { state: 'closed' }, undefined],
    ['is absent without a payload', undefined, undefined]
  ])('%s', (_, event, state) => {
    expect(stateOf(event)).toBe(state)
  })

  test.each(['acme/agents', 'mallory/agents', undefined])(
    'is the merge in the base branch after the merge from %s',
    (head) => {
      expect(readTrigger(VARIABLES, headOf(head, MERGED))).toMatchObject({
        ref: 'release',
        commit: SHA,
        headCommit: HEAD
      })
    }
  )
})

describe('the number of the pull request', () => {
  const ofRun = (...numbers: readonly unknown[]) => ({
    workflow_run: { head_branch: 'topic', pull_requests: numbers.map((number) => ({ number })) }
  })

  const API = 'https://api.github.com/repos'
  const withBase = (base: unknown) => ({ workflow_run: { pull_requests: [{ number: 7, base }] } })
  const into = (repository: string, ...numbers: readonly number[]) => ({
    workflow_run: {
      pull_requests: numbers.map((number) => ({ number, base: { repo: { url: `${API}/${repository}` } } }))
    }
  })
  const intoBoth = {
    workflow_run: {
      pull_requests: [
        { number: 3, base: { repo: { url: `${API}/mallory/agents` } } },
        { number: 7, base: { repo: { url: `${API}/acme/agents` } } }
      ]
    }
  }

  test.each<[string, unknown, number | undefined]>([
    ['is the number of the pull request', { number: 7, ...headOf('acme/agents', { number: 7 }) }, 7],
    ['is the number of the pull request of a fork', headOf('mallory/agents', { number: 7 }), 7],
    ['is the number of the pull request of a comment', { issue: { number: 7, pull_request: { url: 'x' } } }, 7],
    ['is the number of the pull request of a review', { review: { id: 1 }, ...headOf('a/b', { number: 7 }) }, 7],
    ['is not the number of an issue with a comment', { issue: { number: 7 } }, undefined],
    ['is not the number of an explicit issue', { issue: { number: 7, pull_request: null } }, undefined],
    ['is the number of the only pull request of a finished workflow', ofRun(7), 7],
    ['is absent for two pull requests of a finished workflow', ofRun(7, 8), undefined],
    ['is the number of the only one into this repository', into('acme/agents', 7), 7],
    ['is the number of the only one into this repository, in any case', into('Acme/AGENTS', 7), 7],
    ['is the number of the one into this repository, next to one of its fork', intoBoth, 7],
    ['is not the number of one into another repository', into('mallory/agents', 7), undefined],
    ['is not the number of one into a repository with a longer name', into('acme/agents-2', 7), undefined],
    ['is not the number of one into a repository whose owner has a longer name', into('not-acme/agents', 7), undefined],
    ['is absent for two into this repository', into('acme/agents', 7, 8), undefined],
    ['is the number of the only one with a base without a URL', withBase({ ref: 'main', repo: {} }), 7],
    ['is the number of the only one with an invalid base', withBase({ repo: { url: 7 } }), 7],
    ['is absent for a finished workflow without pull requests', ofRun(), undefined],
    ['is absent for a finished workflow without the field', { workflow_run: {} }, undefined],
    ['is absent for a finished workflow with an invalid field', { workflow_run: { pull_requests: 7 } }, undefined],
    ['is absent for a push', { ref: 'refs/heads/main', number: 7 }, undefined],
    ['is absent without a payload', undefined, undefined],
    ['is absent for a list', [{ pull_request: { number: 7 } }], undefined]
  ])('%s', (_, event, number) => {
    expect(readTrigger(VARIABLES, event).pullRequest).toBe(number)
  })

  test("is the number of a finished workflow's pull request on GitHub Enterprise Server", () => {
    const url = 'https://ghe.example.com/api/v3/repos/acme/agents'
    const event = { workflow_run: { pull_requests: [{ number: 7, base: { repo: { url } } }] } }
    expect(readTrigger({ ...VARIABLES, GITHUB_SERVER_URL: 'https://ghe.example.com' }, event).pullRequest).toBe(7)
  })

  test.each([['pull_request'], ['pull_request_target'], ['pull_request_review'], ['a_new_event']])(
    'is read from the payload of %s',
    (name) => {
      const event = headOf('mallory/agents', { number: 7 })
      expect(readTrigger({ ...VARIABLES, GITHUB_EVENT_NAME: name }, event).pullRequest).toBe(7)
    }
  )

  test.each([undefined, null, '7', 0, -7, 7.5, Number.NaN, 2 ** 53, {}, [7], true])('cannot be %p', (number) => {
    for (const event of [
      { pull_request: { number } },
      { issue: { number, pull_request: {} } },
      { workflow_run: { pull_requests: [{ number }] } }
    ]) {
      expect(readTrigger(VARIABLES, event).pullRequest).toBeUndefined()
    }
  })
})

describe('the run', () => {
  const RUN = { ...VARIABLES, GITHUB_RUN_ID: '1234', GITHUB_RUN_NUMBER: '56', GITHUB_RUN_ATTEMPT: '1' }
  const PAGE = 'https://github.com/acme/agents/actions/runs/1234'

  test.each<[string, Record<string, string>, string | undefined]>([
    ['has the URL of its page', {}, PAGE],
    ['has the URL of its page without an attempt', { GITHUB_RUN_ATTEMPT: '' }, PAGE],
    ['has the URL of a later attempt', { GITHUB_RUN_ATTEMPT: '3' }, `${PAGE}/attempts/3`],
    [
      'has a URL on GitHub Enterprise Server',
      { GITHUB_SERVER_URL: 'https://ghe.example.com' },
      'https://ghe.example.com/acme/agents/actions/runs/1234'
    ],
    [
      'has the URL of an attempt on GitHub Enterprise Server',
      { GITHUB_SERVER_URL: 'https://ghe.example.com', GITHUB_RUN_ATTEMPT: '2' },
      'https://ghe.example.com/acme/agents/actions/runs/1234/attempts/2'
    ],
    ['has no URL without an ID', { GITHUB_RUN_ID: '' }, undefined],
    ['has no URL without a repository', { GITHUB_REPOSITORY: '' }, undefined]
  ])('%s', (_, variables, url) => {
    expect(readTrigger({ ...RUN, ...variables }, {}).runUrl).toBe(url)
  })

  test.each<[string, Record<string, string>, string | undefined]>([
    ['is named as on GitHub, by its number and not its ID', {}, 'Preview #56'],
    ['is named by its number if the workflow has no name', { GITHUB_WORKFLOW: '' }, '#56'],
    ['is named by its workflow if it has no number', { GITHUB_RUN_NUMBER: '' }, 'Preview'],
    ['has no name outside of a workflow', { GITHUB_RUN_NUMBER: '', GITHUB_WORKFLOW: '' }, undefined]
  ])('%s', (_, variables, name) => {
    expect(readTrigger({ ...RUN, GITHUB_WORKFLOW: 'Preview', ...variables }, {}).runName).toBe(name)
  })
})

test.each<[string | undefined, string | undefined]>([
  ['refs/heads/feature/x', 'feature/x'],
  ['refs/tags/v1', 'refs/tags/v1'],
  ['main', 'main'],
  ['refs/pull/1/merge', undefined],
  ['', undefined],
  [undefined, undefined]
])('the ref %s becomes %s for the API', (ref, expected) => {
  expect(branchOrTag(ref)).toBe(expected)
})
