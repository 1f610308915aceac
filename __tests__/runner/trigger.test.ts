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
    ['a pull request when the name differs in case only', {}, headOf('Acme/Agents'), { foreignHead: undefined }],
    ['a fork', {}, headOf('mallory/agents'), { foreignHead: 'mallory/agents', withoutSecrets: 'fork' }],
    ['a fork that was deleted', {}, headOf(undefined), { foreignHead: 'a deleted fork', withoutSecrets: 'fork' }],
    [
      'a pull request of an odd shape',
      {},
      { pull_request: { head: 5 } },
      { ref: 'main', commit: SHA, foreignHead: 'a deleted fork' }
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
    ['a push by somebody', {}, { sender: { login: 'octocat' } }, { withoutSecrets: undefined }],
    [
      'a workflow that ended',
      {},
      { workflow_run: { head_branch: 'topic', head_sha: HEAD, head_repository: { full_name: 'acme/agents' } } },
      { ref: 'topic', commit: HEAD, foreignHead: undefined }
    ],
    [
      'a workflow that ended for a fork, which has our secrets all the same',
      {},
      { workflow_run: { head_branch: 'main', head_sha: HEAD, head_repository: { full_name: 'mallory/agents' } } },
      { foreignHead: 'mallory/agents', withoutSecrets: undefined }
    ],
    [
      'a workflow that ended, with fields of a strange shape',
      {},
      { workflow_run: { head_branch: 5, head_sha: null, head_repository: { full_name: '' } } },
      { ref: 'main', commit: SHA, foreignHead: undefined }
    ],
    [
      'a workflow that ended, without details',
      {},
      { workflow_run: {} },
      { ref: 'main', commit: SHA, foreignHead: undefined }
    ],
    [
      'a schedule, whose payload is small',
      { GITHUB_EVENT_NAME: 'schedule' },
      { schedule: '0 0 * * *' },
      { eventName: 'schedule', ref: 'main', commit: SHA }
    ],
    ['no payload', {}, undefined, { ref: 'main', commit: SHA }],
    ['a payload that is no object', {}, ['x'], { ref: 'main', commit: SHA }],
    ['an empty ref and commit', { GITHUB_REF: '', GITHUB_SHA: '' }, {}, { ref: undefined, commit: undefined }],
    [
      'another GitHub server',
      { GITHUB_SERVER_URL: 'https://ghe.example.com' },
      {},
      { repositoryUrl: 'https://ghe.example.com/acme/agents' }
    ],
    ['no server', { GITHUB_SERVER_URL: '' }, {}, { repositoryUrl: 'https://github.com/acme/agents' }],
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
      withoutSecrets: undefined
    })
  })
})

test.each<[string | undefined, string | undefined]>([
  ['refs/heads/feature/x', 'feature/x'],
  ['refs/tags/v1', 'refs/tags/v1'],
  ['main', 'main'],
  ['refs/pull/1/merge', undefined],
  ['', undefined],
  [undefined, undefined]
])('of the ref %s the API takes %s', (ref, expected) => {
  expect(branchOrTag(ref)).toBe(expected)
})
