import { describe, expect, test } from '@jest/globals'
import { readExtraCertificates } from '../../src/control-plane/trust.ts'

const BASE64 = `MIID${'Aa0+/'.repeat(60)}==`

describe('a certificate in NODE_EXTRA_CA_CERTS instead of a path', () => {
  test.each([
    `-----BEGIN CERTIFICATE-----\n${BASE64}\n-----END CERTIFICATE-----\n`,
    `-----BEGIN CERTIFICATE----- ${BASE64} -----END CERTIFICATE-----`,
    BASE64,
    Buffer.from(`-----BEGIN CERTIFICATE-----\n${BASE64}`).toString('base64')
  ])('is recognized, and none of it is kept', (text) => {
    expect(readExtraCertificates(text)).toEqual({ kind: 'pasted' })
  })

  test('is not confused with a path', () => {
    expect(readExtraCertificates('/nowhere/MIID.pem')).toEqual({ kind: 'missing', file: '/nowhere/MIID.pem' })
  })
})
