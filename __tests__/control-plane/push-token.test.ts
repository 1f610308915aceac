import { expect, test } from '@jest/globals'
import { toPushToken } from '../../src/control-plane/push-token.ts'
import { failureOf } from '../support/failure.ts'

const GIVEN = { token: 'ya29.x', registry_url: 'us-central1-docker.pkg.dev/langsmith/tenant' }
const READ = { token: 'ya29.x', username: 'oauth2accesstoken', registry: GIVEN.registry_url, repository: undefined }

test.each([
  ['in the format of langgraph-cli 0.4.31', GIVEN, READ],
  ['with nulls', { ...GIVEN, username: null, repository_url: null }, READ],
  ['with a scheme and a slash', { ...GIVEN, registry_url: `https://${GIVEN.registry_url}/` }, READ],
  [
    'of AWS',
    { ...GIVEN, username: 'AWS', repository_url: '123456789012.dkr.ecr.us-west-2.amazonaws.com/agents' },
    { ...READ, username: 'AWS', repository: '123456789012.dkr.ecr.us-west-2.amazonaws.com/agents' }
  ],
  [
    'of a registry with a port',
    { ...GIVEN, registry_url: 'localhost:5000/a' },
    { ...READ, registry: 'localhost:5000/a' }
  ]
])('toPushToken reads a response %s', (_, answer, expected) => {
  expect(toPushToken(answer)).toEqual(expected)
})

test.each([
  ['a missing body', undefined],
  ['a response without a token', { ...GIVEN, token: '' }],
  ['a token that is not valid in a header', { ...GIVEN, token: 'a b' }],
  ['a response without a registry', { token: 'x' }],
  ['an option in place of a registry', { ...GIVEN, registry_url: '--tls-verify=false' }],
  ['a registry with a query', { ...GIVEN, registry_url: 'r.example.com/a?b' }],
  ['a registry with credentials', { ...GIVEN, registry_url: 'https://u:p@r.example.com/a' }],
  ['a user with a colon', { ...GIVEN, username: 'a:b' }]
])('toPushToken rejects %s, and quotes none of it', async (_, answer) => {
  const error = await failureOf((async () => toPushToken(answer))())
  expect(error).toMatchObject({ name: 'AnswerError', fault: 'shape' })
  expect(String(error)).not.toMatch(/ya29|tls-verify|u:p/)
})
