import { readFileSync } from 'node:fs'
import { getCACertificates } from 'node:tls'
import { object } from '../run/object.ts'
import type { ExtraCertificates } from './faults.ts'

/**
 * Reads the state of NODE_EXTRA_CA_CERTS. Node itself reports a file that it could not load only in a warning that
 * users rarely see.
 */
export function readExtraCertificates(file = process.env.NODE_EXTRA_CA_CERTS): ExtraCertificates {
  if (!file) return { kind: 'none' }
  if (isCertificate(file)) return { kind: 'pasted' }
  try {
    readFileSync(file)
  } catch (error) {
    return { kind: object(error)?.code === 'ENOENT' ? 'missing' : 'unreadable', file }
  }
  const count = getCACertificates('extra').length
  return count > 0 ? { kind: 'loaded', file, count } : { kind: 'not-pem', file }
}

/** Returns true if a text is a certificate: PEM, or Base64 with or without PEM in it. A path is never that long. */
function isCertificate(text: string): boolean {
  return /-----BEGIN |[\r\n]/.test(text) || /^\s*(MII|LS0tLS1CRUdJTi)[A-Za-z0-9+/=\s]{200,}$/.test(text)
}
