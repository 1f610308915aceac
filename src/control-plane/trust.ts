import { readFileSync } from 'node:fs'
import { getCACertificates } from 'node:tls'
import { object } from '../object.ts'
import type { ExtraCertificates } from './faults.ts'

/** Reads what became of NODE_EXTRA_CA_CERTS: Node itself tells a file that it could not load in a line that nobody sees. */
export function readExtraCertificates(file = process.env.NODE_EXTRA_CA_CERTS): ExtraCertificates {
  if (!file) return { kind: 'none' }
  try {
    readFileSync(file)
  } catch (error) {
    return { kind: object(error)?.code === 'ENOENT' ? 'missing' : 'unreadable', file }
  }
  const count = getCACertificates('extra').length
  return count > 0 ? { kind: 'loaded', file, count } : { kind: 'not-pem', file }
}
