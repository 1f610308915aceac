import { describe, expect, test } from '@jest/globals'
import { type HttpAnswer, judgeAnswer, NO_BODY, readBody } from '../../src/control-plane/answer.ts'
import { AnswerError } from '../../src/control-plane/errors.ts'
import { failureOf } from '../support/failure.ts'

const NOW = Date.parse('2026-11-27T03:00:00Z')
const TO = { asked: 'GET /v2/deployments', isFirst: false }
const PAGE = '<!DOCTYPE html><html><body>Sign in</body></html>'
const answer = (text: string, { status = 200, headers = {} }: Partial<HttpAnswer> = {}): HttpAnswer => ({
  status,
  headers,
  text
})

describe('a response with a success status', () => {
  test('has the value that the decoder returns for its JSON', () => {
    expect(judgeAnswer(answer('{"n":1}'), TO, (body) => body, NOW)).toEqual({ kind: 'good', value: { n: 1 } })
  })

  test('may have no body if the decoder expects none', () => {
    expect(judgeAnswer(answer('', { status: 204 }), TO, NO_BODY, NOW)).toEqual({ kind: 'good', value: undefined })
  })

  test.each<[string, HttpAnswer, string]>([
    ['an HTML page', answer(PAGE), 'html'],
    [
      'HTML by its content type only',
      answer('Sign in', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
      'html'
    ],
    ['empty', answer(''), 'empty'],
    ['truncated JSON', answer('{"resources":['), 'not-json']
  ])('is a failed attempt if the body is %s', (_, given, fault) => {
    const message = expect.stringMatching(/^LangSmith returned 200 for GET \/v2\/deployments, but /)
    expect(judgeAnswer(given, TO, (body) => body, NOW)).toMatchObject({ kind: 'bad', error: { fault, message } })
  })

  test('is a failed attempt if the body is HTML, even if the decoder expects no body', () => {
    expect(judgeAnswer(answer(PAGE), TO, NO_BODY, NOW)).toMatchObject({ kind: 'bad', error: { fault: 'html' } })
  })

  test('is a failed attempt if the decoder rejects the shape of the body', () => {
    const decode = () => {
      throw new AnswerError('shape', 'the list has no `resources`')
    }
    expect(judgeAnswer(answer('{}'), TO, decode, NOW)).toMatchObject({
      kind: 'bad',
      error: {
        fault: 'shape',
        message: 'LangSmith returned 200 for GET /v2/deployments, but the list has no `resources`'
      }
    })
  })

  test('rethrows an unexpected error of the decoder', () => {
    const decode = () => {
      throw new TypeError('a bug')
    }
    expect(() => judgeAnswer(answer('{}'), TO, decode, NOW)).toThrow('a bug')
  })
})

describe('a response with another status', () => {
  test.each<[string, HttpAnswer, object]>([
    ['a reason', answer('{"detail":"No."}', { status: 403 }), { detail: 'No.', isHtml: false, isFirstAnswer: false }],
    ['plain text', answer(' busy \n', { status: 503 }), { detail: 'busy' }],
    ['an HTML page', answer(PAGE, { status: 502 }), { detail: '', isHtml: true }],
    [
      'a redirect',
      answer('', { status: 302, headers: { location: 'https://sso.example.com/?next=secret' } }),
      { detail: 'redirect to sso.example.com' }
    ],
    ['a redirect without a location', answer('', { status: 301 }), { detail: 'redirect to another path' }],
    ['a request ID', answer('', { status: 500, headers: { 'cf-ray': '8f-FRA' } }), { requestId: '8f-FRA' }]
  ])('is a failed attempt with %s', (_, given, error) => {
    const { status } = given
    expect(judgeAnswer(given, TO, NO_BODY, NOW)).toMatchObject({ kind: 'bad', error: { status, ...error } })
  })

  test.each<[string, number | undefined]>([
    ['7', 7_000],
    ['Fri, 27 Nov 2026 03:00:09 GMT', 9_000],
    ['soon', undefined]
  ])('has the pause from Retry-After: %s', (value, retryAfterMs) => {
    const given = answer('', { status: 429, headers: { 'retry-after': value } })
    expect(judgeAnswer(given, TO, NO_BODY, NOW)).toMatchObject({ kind: 'bad', retryAfterMs })
  })
})

test('readBody stops an endless body after 64 MiB', async () => {
  let sent = 0
  const endless = async function* () {
    for (;;) {
      sent += 1
      yield new Uint8Array(1024 * 1024)
    }
  }
  expect(await failureOf(readBody(endless()))).toMatchObject({ name: 'UnreachableError', reached: true })
  expect(sent).toBe(65)
})
