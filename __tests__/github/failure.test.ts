import { describe, expect, test } from '@jest/globals'
import {
  explainFailure,
  type GithubFailure,
  isDenied,
  isNotFound,
  isTransient,
  isUnanswered,
  readFailure,
  UnusableAnswer
} from '../../src/github/failure.ts'

/** Creates an error in the format of Octokit. */
const octokitError = (message: string, more: object = {}) => Object.assign(new Error(message), more)
const answered = (status: number, message = 'No', headers: object = {}) =>
  octokitError(`${message} - https://docs.github.com/rest`, { status, response: { data: { message }, headers } })
const page = (status: number, html: string) => octokitError(html, { status, response: { data: html } })
const ofGraphql = (type: string, message: string) => octokitError(message, { errors: [{ type, message }], data: null })
const ACCEPTED = { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' }
const named = (name: string) => octokitError('Stopped', { name })

describe('readFailure()', () => {
  test.each<[string, unknown, GithubFailure]>([
    ['with a response', answered(422, 'Bad'), { kind: 'answered', status: 422, message: 'Bad' }],
    [
      'with a response that is not an object',
      page(502, '<!DOCTYPE html><html><head><title>Unicorn! &middot; GitHub</title></head></html>'),
      {
        kind: 'answered',
        status: 502,
        message: 'an HTML page titled "Unicorn! &middot; GitHub", probably from a proxy'
      }
    ],
    [
      'without a response, which Octokit reports as a 500',
      octokitError('connect ECONNREFUSED', { status: 500 }),
      { kind: 'unreachable', message: 'connect ECONNREFUSED' }
    ],
    [
      'of TLS, which fetch and Octokit wrap',
      octokitError('0A00010B:SSL routines', {
        status: 500,
        cause: octokitError('fetch failed', {
          cause: octokitError('0A00010B:SSL routines', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' })
        })
      }),
      {
        kind: 'unreachable',
        message: 'the server does not support TLS (https) (ERR_SSL_WRONG_VERSION_NUMBER)'
      }
    ],
    [
      'in reading an unexpected response',
      new TypeError("Cannot read properties of undefined (reading 'login')"),
      { kind: 'unusable', message: 'the requested data is missing' }
    ],
    ['of a timeout', named('TimeoutError'), { kind: 'unanswered' }],
    ['of an aborted call', named('AbortError'), { kind: 'unanswered' }],
    [
      'caused by a timeout',
      octokitError('fetch failed', { status: 500, cause: named('TimeoutError') }),
      { kind: 'unanswered' }
    ],
    [
      'of GraphQL',
      octokitError('Forbidden', { errors: [{ message: 'Forbidden' }], response: { data: null } }),
      { kind: 'answered', status: undefined, message: 'Forbidden' }
    ],
    ['of this action', new UnusableAnswer('not a list'), { kind: 'unusable', message: 'not a list' }],
    ['that is not an Error', 'what', { kind: 'unreachable', message: 'what' }]
  ])('classifies an error %s', (_, error, failure) => {
    expect(readFailure(error)).toEqual(failure)
  })

  test('shortens a message that is a whole page', () => {
    const { message } = readFailure(answered(500, 'x'.repeat(10_000))) as GithubFailure & { readonly message: string }
    expect(message).toBe(`${'x'.repeat(200)}…`)
  })
})

test.each<[string, unknown, readonly string[]]>([
  ['404', answered(404), ['missing']],
  ['401', answered(401), ['denied']],
  ['403', answered(403), []],
  ['403 without a permission', answered(403, 'Resource not accessible by integration', ACCEPTED), ['denied']],
  ['403 for a locked conversation', answered(403, 'Unable to create comment because issue is locked.'), ['denied']],
  ['403 for an archived repository', answered(403, 'Repository was archived so is read-only.'), ['denied']],
  ['403 with Retry-After', answered(403, 'Forbidden', { 'retry-after': '60' }), []],
  ['403 for an abuse limit', answered(403, 'You have triggered an abuse detection mechanism.'), []],
  ['a permission error of GraphQL', ofGraphql('FORBIDDEN', 'Resource not accessible by integration'), ['denied']],
  ['a rate limit of GraphQL', ofGraphql('RATE_LIMITED', 'API rate limit exceeded'), []],
  ['403 for a rate limit', answered(403, 'You have exceeded a secondary rate limit.'), []],
  ['422', answered(422), []],
  ['500', answered(500), ['passing']],
  ['503', answered(503), ['passing']],
  ['a cut connection', octokitError('socket hang up', { status: 500 }), ['silent', 'passing']],
  ['a timeout', named('TimeoutError'), ['silent']],
  ['an invalid response', new UnusableAnswer('not a list'), []]
])('the predicates classify %s', (_, error, expected) => {
  const failure = readFailure(error)
  const judged = Object.entries({
    missing: isNotFound(error),
    denied: isDenied(failure),
    silent: isUnanswered(failure),
    passing: isTransient(failure)
  })
  expect(judged.filter(([, holds]) => holds).map(([name]) => name)).toEqual(expected)
})

test.each<[string, unknown, string]>([
  ['a timeout', named('TimeoutError'), 'GitHub did not respond in time.'],
  ['a cut connection', octokitError('socket hang up'), 'GitHub could not be reached (socket hang up).'],
  ['an invalid response', new UnusableAnswer('not a list'), 'GitHub returned an invalid response (not a list).'],
  ['401', answered(401), 'GitHub returned 401 (No). Check `github-token`.'],
  ['403', answered(403), 'GitHub returned 403 (No).'],
  ['403 with a header that all responses have', answered(403, 'No', ACCEPTED), 'GitHub returned 403 (No).'],
  [
    '403 without a permission',
    answered(403, 'Resource not accessible by integration', ACCEPTED),
    "GitHub returned 403 (Resource not accessible by integration). The job's token needs `permissions: x: write` (x-accepted-github-permissions: issues=write; pull_requests=write)."
  ],
  ['502 without a body', answered(502, ''), 'GitHub returned 502.'],
  ['404', answered(404), 'GitHub returned 404 (No).'],
  [
    '404 for a resource that the token cannot read',
    answered(404, 'Not Found', { 'x-accepted-github-permissions': 'contents=read' }),
    "GitHub returned 404 (Not Found). If the resource exists, the job's token needs `permissions: x: write` (x-accepted-github-permissions: contents=read)."
  ],
  [
    'a locked conversation',
    answered(403, 'Unable to create comment because issue is locked.', ACCEPTED),
    'GitHub returned 403 (Unable to create comment because issue is locked). Unlock the conversation to allow the comment.'
  ],
  [
    'an archived repository',
    answered(403, 'Repository was archived so is read-only.', ACCEPTED),
    'GitHub returned 403 (Repository was archived so is read-only). Unarchive the repository to allow changes.'
  ],
  [
    'a rate limit with a known end',
    answered(403, 'API rate limit exceeded for installation ID 1.', {
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '1764230460'
    }),
    'GitHub returned 403 (API rate limit exceeded for installation ID 1). The token reached its rate limit, which resets at 08:01 UTC.'
  ],
  [
    'an abuse limit',
    answered(403, 'You have exceeded a secondary rate limit.', ACCEPTED),
    'GitHub returned 403 (You have exceeded a secondary rate limit). This is a temporary rate limit, not a missing permission.'
  ],
  [
    'a proxy page',
    page(403, '<html><title>Access denied</title></html>'),
    'GitHub returned 403 (an HTML page titled "Access denied", probably from a proxy).'
  ],
  ['500', answered(500), 'GitHub returned 500 (No).']
])('explainFailure() describes %s with advice', (_, error, words) => {
  expect(explainFailure(readFailure(error), 'x: write')).toBe(words)
})
