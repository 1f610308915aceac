import { readFileSync } from 'node:fs'
import { getCACertificates } from 'node:tls'
import { object } from '../run/object.ts'
import type { ExtraCertificates } from './faults.ts'

/** Reads what became of NODE_EXTRA_CA_CERTS: Node itself tells a file that it could not load in a line that nobody sees. */
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

/** Whether a text is a certificate: in PEM, or in Base64 with or without PEM in it. A path has no room for one. */
function isCertificate(text: string): boolean {
  return /-----BEGIN |[\r\n]/.test(text) || /^\s*(MII|LS0tLS1CRUdJTi)[A-Za-z0-9+/=\s]{200,}$/.test(text)
}
