import { describe, expect, test } from '@jest/globals'
import { storeCode, storeFault, storeReason } from '../../src/control-plane/store-reason.ts'

const URL_SIGNED =
  'https://bucket.s3.us-east-1.amazonaws.com/tenant-1234/deployment-5678/object.tar.gz?X-Amz-Credential=AKIAEXAMPLE1234%2F20261127&X-Amz-Signature=0123456789abcdef'

/** Errors in the formats of the stores. */
const S3_SIGNATURE = `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><AWSAccessKeyId>AKIAEXAMPLE1234</AWSAccessKeyId><StringToSign>AWS4-HMAC-SHA256
20261127T000000Z</StringToSign><SignatureProvided>0123456789abcdef</SignatureProvided><RequestId>4442587FB7D0A2F9</RequestId></Error>`
const S3_EXPIRED = `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>900</X-Amz-Expires><Expires>2026-11-27T00:15:00Z</Expires></Error>`
const GCS_EXPIRED = `<?xml version='1.0' encoding='UTF-8'?><Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message><Details>Request signature expired at: 2026-11-27T00:15:00+00:00</Details></Error>`
const GCS_SIZE = `<?xml version='1.0' encoding='UTF-8'?><Error><Code>EntityTooLarge</Code><Message>Your proposed upload is larger than the maximum object size specified in your Policy Document.</Message></Error>`
const AZURE = `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.
RequestId:5f8a1b2c-901e-0041-3b7f-000000000000
Time:2026-11-27T00:00:00.0000000Z</Message><AuthenticationErrorDetail>Signature did not match. String to sign used was /blob/tenant-1234</AuthenticationErrorDetail></Error>`

describe('storeReason', () => {
  test.each([
    [
      'S3',
      S3_SIGNATURE,
      'SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method.'
    ],
    ['S3 for an expired URL', S3_EXPIRED, 'AccessDenied: Request has expired'],
    ['Google', GCS_EXPIRED, 'ExpiredToken: The provided token has expired.'],
    [
      'Azure',
      AZURE,
      'AuthenticationFailed: Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.'
    ],
    ['a proxy page', '<html><body>Forbidden</body></html>', ''],
    ['an empty response', '', ''],
    ['an invalid code', '<Error><Code>::error::x</Code></Error>', ''],
    ['a code without a message', '<Error><Code>SlowDown</Code></Error>', 'SlowDown'],
    ['a truncated response', '<Error><Code>AccessDenied</Code><Message>Request has', 'AccessDenied']
  ])('returns code and message of %s, without the signed request', (_, body, reason) => {
    expect(storeReason(body, undefined, URL_SIGNED)).toBe(reason)
  })

  test.each([
    `see ${URL_SIGNED}`,
    'no object tenant-1234/x',
    'signature 0123456789ABCDEF differs',
    'credential AKIAEXAMPLE1234/20261127 is unknown',
    'credential AKIAEXAMPLE1234%2F20261127 is unknown',
    'bad query sig=abc'
  ])('returns only the code if the message contains a part of the URL: %s', (message) => {
    expect(
      storeReason(`<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`, undefined, URL_SIGNED)
    ).toBe('AccessDenied')
  })

  test("reads the code from Azure's header if the body has none", () => {
    expect(storeReason('', 'AuthorizationFailure', URL_SIGNED)).toBe('AuthorizationFailure')
  })

  test('limits the length', () => {
    const body = `<Error><Code>A</Code><Message>${'x '.repeat(30_000)}</Message></Error>`
    expect(storeReason(body, undefined, URL_SIGNED).length).toBeLessThan(220)
  })
})

test.each([
  [403, storeReason(S3_SIGNATURE, undefined, URL_SIGNED), 'signature'],
  [403, storeReason(AZURE, undefined, URL_SIGNED), 'signature'],
  [403, storeReason(S3_EXPIRED, undefined, URL_SIGNED), 'expired'],
  [400, storeReason(GCS_EXPIRED, undefined, URL_SIGNED), 'expired'],
  [400, storeReason(GCS_SIZE, undefined, URL_SIGNED), 'size'],
  [413, '', 'size'],
  [403, 'RequestTimeTooSkewed', 'clock'],
  [403, 'AccessDenied: Access denied.', 'denied'],
  [503, 'SlowDown', 'busy'],
  [500, '', 'busy'],
  [403, '', 'proxy'],
  [412, 'PreconditionFailed', 'other']
])('%d %s is an error of kind %s', (status, detail, fault) => {
  expect(storeFault({ status, detail })).toBe(fault)
})

test('storeCode returns the code of a reason, and nothing for other text', () => {
  expect([storeCode('AccessDenied: no'), storeCode('SlowDown'), storeCode('no reason'), storeCode('')]).toEqual([
    'AccessDenied',
    'SlowDown',
    '',
    ''
  ])
})
