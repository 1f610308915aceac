import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { reasonIn } from '../../src/control-plane/detail.ts'

describe('reasonIn', () => {
  test.each<[string, unknown, string]>([
    ['FastAPI, as text', { detail: 'Deployment ID X not found.' }, 'Deployment ID X not found.'],
    [
      'FastAPI at 422',
      { detail: [{ type: 'missing', loc: ['body', 'secrets'], msg: 'Field required', input: {} }] },
      'secrets: Field required'
    ],
    [
      'FastAPI with an object as detail',
      { detail: { code: 'QUOTA_EXCEEDED', msg: 'At most 3 deployments.' } },
      'At most 3 deployments. (QUOTA_EXCEEDED)'
    ],
    [
      'FastAPI with an object that has a `message`',
      { detail: { message: 'The plan has ended.' } },
      'The plan has ended.'
    ],
    [
      'FastAPI with an object that has an `error`',
      { detail: { error: 'The plan has ended.', status: 402 } },
      'The plan has ended.'
    ],
    [
      'FastAPI with an object of facts',
      { detail: { limit: 3, used: 3, kind: 'free' } },
      'limit: 3; used: 3; kind: free'
    ],
    ['FastAPI with a list of texts', { detail: ['One.', 'Two.'] }, 'One.; Two.'],
    ['a gateway', { message: 'no Route matched with those values' }, 'no Route matched with those values'],
    ['AWS', { Message: 'Forbidden by policy' }, 'Forbidden by policy'],
    [
      'Google',
      { error: { code: 403, message: 'The caller does not have permission', status: 'PERMISSION_DENIED' } },
      'The caller does not have permission'
    ],
    [
      'GraphQL and JSON:API',
      { errors: [{ message: 'One.' }, { title: 'Two', detail: 'It failed.' }] },
      'One.; Two: It failed.'
    ],
    ['Rails', { errors: { name: ['is too long', 'is taken'] } }, 'name: is too long; is taken'],
    [
      'RFC 9457',
      { type: 'https://example.com/probs/quota', title: 'Out of quota', detail: 'You have 0 left.', status: 403 },
      'Out of quota: You have 0 left.'
    ],
    ['RFC 9457 without detail', { type: 'about:blank', title: 'Forbidden', status: 403 }, 'Forbidden'],
    ['OAuth', { error: 'invalid_token', error_description: 'The token expired' }, 'invalid_token: The token expired'],
    ['Spring', { timestamp: 1, status: 403, error: 'Forbidden', path: '/x' }, 'Forbidden'],
    [
      'Kubernetes',
      { kind: 'Status', status: 'Failure', message: 'pods is forbidden', reason: 'Forbidden', code: 403 },
      'pods is forbidden'
    ],
    ['Apigee', { fault: { faultstring: 'Rate limit quota violation', detail: {} } }, 'Rate limit quota violation']
  ])('finds the reason in the format of %s', (_, body, expected) => {
    expect(reasonIn(body)).toBe(expected)
  })

  test.each([
    [{}],
    [[]],
    [null],
    ['text'],
    [7],
    [{ detail: {} }],
    [{ detail: null }],
    [{ error: true }],
    [{ ok: false }]
  ])('finds no reason in %j', (body) => {
    expect(reasonIn(body)).toBe('')
  })

  test('omits the request, wherever the server repeats it', () => {
    for (const key of ['input', 'ctx', 'body', 'data', 'payload', 'received', 'value', 'secrets']) {
      const repeated = { [key]: { secrets: [{ name: 'A', value: 'hunter22' }] }, kind: 'k' }
      expect(reasonIn({ detail: repeated })).toBe('kind: k')
      expect(reasonIn({ detail: [{ loc: ['body', 'x'], msg: 'No.', ...repeated }] })).toBe('x: No.')
      expect(reasonIn({ error: { message: 'No.', ...repeated } })).toBe('No.')
    }
  })

  test('returns a text for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 12 }), (body) => {
        expect(typeof reasonIn({ detail: body })).toBe('string')
      })
    )
  })
})
