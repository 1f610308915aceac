import type { Reader } from './reader.ts'

/** A header that goes to the Agent Server with each request. */
export interface AgentHeader {
  readonly name: string
  readonly value: string
}

/** What the request itself says, and what belongs to the connection. */
const RESERVED =
  /^(?:accept|connection|content-(?:length|type|encoding)|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade|user-agent|x-request-id)$|^proxy-/i

/** Reads `agent-headers`, one `Name: value` a line. A problem names the line, and nothing of its value. */
export function readAgentHeaders(inputs: Reader, text: string): readonly AgentHeader[] {
  const found: AgentHeader[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const [, name, value = ''] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? []
    const fault = faultOfHeader(name, value, found)
    if (fault) inputs.problem('agent-headers', `line ${index + 1} ${fault}`)
    else if (name) found.push({ name, value })
  }
  return found
}

function faultOfHeader(name: string | undefined, value: string, before: readonly AgentHeader[]): string | undefined {
  if (!name)
    return 'is no header. Write one `Name: value` a line, such as `Authorization: Bearer ${{ secrets.TOKEN }}`.'
  if (value === '') return `gives \`${name}\` no value; is the secret set?`
  if (/[^\x20-\x7e]/.test(value))
    return `gives \`${name}\` characters that a header cannot hold. Write ASCII on one line.`
  if (RESERVED.test(name)) return `holds \`${name}\`, which the action or the connection sets. Remove the line.`
  if (before.some((one) => one.name.toLowerCase() === name.toLowerCase()))
    return `holds \`${name}\` once more. Keep one.`
  return undefined
}
