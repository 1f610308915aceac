import { describe, expect, test } from '@jest/globals'
import { readAbsence } from '../../src/inputs/read-ruling.ts'
import {
  environmentOf,
  FORK_PULL_REQUEST,
  type Given,
  KEY,
  OWN_PULL_REQUEST,
  problemsOf,
  pullRequest,
  read
} from './environment.ts'

const TOKEN = { 'github-token': 'ghs_token' }
const withInputs = (given: Given, inputs: Readonly<Record<string, string>>): Given => ({ ...given, inputs })

describe('the GitHub environment', () => {
  test.each([
    ['production', 'production'],
    [' Support agent / EU \n', 'Support agent / EU'],
    ['e'.repeat(255), 'e'.repeat(255)],
    [' ', undefined]
  ])('is read from %j as %j', async (written, environment) => {
    expect((await read({ inputs: { ...TOKEN, environment: written } })).environment).toBe(environment)
  })

  test('has at most as many characters as GitHub accepts', async () => {
    expect(await problemsOf({ inputs: { ...TOKEN, environment: 'e'.repeat(256) } })).toEqual([
      { input: 'environment', text: 'has 256 characters, but GitHub allows at most 255.' }
    ])
  })
})

describe('the comment', () => {
  test('is for the pull request of the run', async () => {
    const { commentOn, notices } = await read(withInputs(OWN_PULL_REQUEST, { ...TOKEN, comment: 'True' }))
    expect([commentOn, notices]).toEqual([7, []])
  })

  test('is off by default', async () => {
    expect((await read(withInputs(OWN_PULL_REQUEST, TOKEN))).commentOn).toBeUndefined()
  })

  test.each([
    ['push', 'push'],
    ['schedule', 'schedule'],
    ['', 'none']
  ])('is skipped with a line of the log without a pull request: event "%s"', async (GITHUB_EVENT_NAME, started) => {
    const { commentOn, notices, remarks } = await read({
      inputs: { ...TOKEN, comment: 'true' },
      variables: { GITHUB_EVENT_NAME }
    })
    expect(commentOn).toBeUndefined()
    expect(notices).toEqual([])
    expect(remarks).toEqual([`Skipped the comment: this run has no pull request (event: ${started}).`])
  })

  test('rejects a misspelled value', async () => {
    expect(await problemsOf(withInputs(OWN_PULL_REQUEST, { ...TOKEN, comment: 'yes' }))).toEqual([
      { input: 'comment', text: 'expected `true` or `false`, got "yes". Did you mean `true`?' }
    ])
  })
})

describe('an empty github-token', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['environment', { environment: 'production' }, '`environment`'],
    ['comment', { comment: 'true' }, '`comment: true`'],
    ['environment', { environment: 'production', comment: 'true' }, '`environment`']
  ])('is rejected with `%s`', async (input, inputs, needs) => {
    expect(await problemsOf(withInputs(OWN_PULL_REQUEST, inputs))).toEqual([
      {
        input: 'github-token',
        text: `is empty, but ${needs} requires it. Remove \`github-token\` to use the job's token, or remove \`${input}\`.`
      }
    ])
  })

  test('is accepted with other inputs', async () => {
    expect((await read(OWN_PULL_REQUEST)).github).toBeUndefined()
  })
})

describe('a run without an API key', () => {
  const DEPENDABOT: Given = {
    ...OWN_PULL_REQUEST,
    event: pullRequest('acme/Support_Agent', { login: 'dependabot[bot]' })
  }
  const target: Given = { variables: { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/main' } }
  const absence = (given: Given, key = '') => readAbsence(environmentOf(withInputs(given, { 'api-key': key })))?.reason

  test.each<[string, Given, RegExp]>([
    [
      'a fork',
      FORK_PULL_REQUEST,
      /^Skipped the deployment: this pull request comes from a fork, and GitHub does not pass secrets to runs from forks\.$/
    ],
    ['a fork that was deleted', { ...FORK_PULL_REQUEST, event: pullRequest(null) }, /comes from a fork/],
    [
      'Dependabot',
      DEPENDABOT,
      /^Skipped the deployment: this pull request comes from Dependabot, and `api-key` is empty\. Dependabot can only read secrets stored under Settings > Secrets and variables > Dependabot\./
    ],
    ['Dependabot on pull_request_target', { ...DEPENDABOT, ...target }, /comes from Dependabot/]
  ])('is skipped for a pull request of %s', async (_, given, reason) => {
    expect(absence(given)).toMatch(reason)
    expect(absence(given, ' \n')).toMatch(reason)
  })

  test.each<[string, Given]>([
    ['a pull request of this repository', OWN_PULL_REQUEST],
    ['a fork on pull_request_target, which gets secrets', { ...FORK_PULL_REQUEST, ...target }],
    ['a push', {}],
    ['a push by Dependabot, which is not a pull request', { event: { sender: { login: 'dependabot[bot]' } } }],
    ['an invalid event', { event: { pull_request: 'x' } }]
  ])('fails for %s', (_, given) => {
    expect(absence(given)).toBeUndefined()
  })

  test.each([FORK_PULL_REQUEST, DEPENDABOT])('is not assumed if a key is set', (given) => {
    expect(absence(given, KEY)).toBeUndefined()
    expect(absence(given, 'no key at all')).toBeUndefined()
  })

  test('is recognized from the payload, regardless of the variables', () => {
    const variables = { GITHUB_ACTOR: 'dependabot[bot]', GITHUB_HEAD_REF: 'topic', GITHUB_EVENT_NAME: 'pull_request' }
    expect(absence({ variables })).toBeUndefined()
  })
})
