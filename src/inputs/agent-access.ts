import type { Trigger } from '../runner/trigger.ts'
import type { Reader } from './reader.ts'

/** Header of each request to the Agent Server. */
export interface AgentHeader {
  readonly name: string
  readonly value: string
}

/** Authentication for the Agent Server. */
export interface AgentAccess {
  /** Headers of each request, including the key. */
  readonly headers: readonly AgentHeader[]
  /** Input that the key in `headers` comes from; `undefined` if no key is sent. */
  readonly keyInput: 'api-key' | 'agent-api-key' | undefined
}

/** Headers that the request or the connection sets. */
const RESERVED =
  /^(?:accept|connection|content-(?:length|type|encoding)|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade|user-agent|x-request-id)$|^proxy-/i

/**
 * Reads the headers for the Agent Server. The agent's code can read the headers of each request, and the author of code
 * under review could steal the key. The user must therefore choose the key for such code.
 */
export function readAgentAccess(
  inputs: Reader,
  { trigger, apiKey }: { readonly trigger: Trigger; readonly apiKey: string },
  { lines, key: agentKey }: { readonly lines: string | undefined; readonly key: string | undefined }
): AgentAccess {
  const own = lines === undefined ? [] : readAgentHeaders(inputs, lines)
  const names = own.map(({ name }) => name.toLowerCase())
  const withKey = (keyInput: 'api-key' | 'agent-api-key', value: string) => ({
    headers: [...own.filter(({ name }) => name.toLowerCase() !== 'x-api-key'), { name: 'X-Api-Key', value }],
    keyInput
  })
  if (agentKey !== undefined) {
    if (/[^\x21-\x7e]/.test(agentKey)) {
      inputs.problem(
        'agent-api-key',
        'contains whitespace or characters that are not valid in a key. Store only the key in the secret.'
      )
    }
    if (names.includes('x-api-key')) {
      inputs.problem('agent-headers', 'sets `X-Api-Key`, but `agent-api-key` is also set. Remove one of them.')
    }
    return withKey('agent-api-key', agentKey)
  }
  const hasOwnAccess = names.includes('x-api-key') || names.includes('authorization')
  if (hasOwnAccess) return { headers: own, keyInput: undefined }
  const review = whyUnderReview(trigger, inputs.flag('preview'))
  if (review === undefined) return withKey('api-key', apiKey)
  if (own.length === 0) {
    inputs.problem(
      'agent-api-key',
      `is missing: ${review}. The agent's code can read the key that it receives, so \`api-key\` is not sent. Set \`agent-api-key\` to a key that this code may read, or set \`agent-headers\` for custom auth.`
    )
  }
  return { headers: own, keyInput: undefined }
}

/** Returns why the agent's code may not have been reviewed; `undefined` if that is not the case. */
function whyUnderReview(trigger: Trigger, isPreview: boolean): string | undefined {
  const { about, eventName, endedRun, foreignHead, pullRequest, mayBeOfPullRequest, previewEnvironment } = trigger
  if (isPreview) return 'this run deploys a preview'
  const isOfPullRequest =
    about.kind === 'pull-request' || eventName.startsWith('pull_request') || pullRequest !== undefined
  if (isOfPullRequest || endedRun?.isOfRef === false) return 'this run is for a pull request'
  if (foreignHead !== undefined) return 'this run is for code from another repository'
  if (mayBeOfPullRequest) return 'this run may be for a pull request'
  return previewEnvironment === undefined ? undefined : 'this run is for a preview environment'
}

/** Reads `agent-headers`, one `Name: value` per line. A problem names the line and never quotes the value. */
function readAgentHeaders(inputs: Reader, text: string): readonly AgentHeader[] {
  const found: AgentHeader[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const [, name, value = ''] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? []
    const fault = faultOfHeader(name, value, found)
    if (fault) inputs.problem('agent-headers', `line ${index + 1}: ${fault}`)
    else if (name) found.push({ name, value })
  }
  return found
}

/** Schemes that require a value. */
const SCHEME_ALONE = /^(?:basic|bearer|token)$/i

function faultOfHeader(name: string | undefined, value: string, before: readonly AgentHeader[]): string | undefined {
  if (!name) return 'invalid header: expected `Name: value`, such as `Authorization: Bearer ${{ secrets.TOKEN }}`.'
  if (value === '') return `\`${name}\` has no value. Check that the secret is set.`
  if (name.toLowerCase() === 'authorization' && SCHEME_ALONE.test(value)) {
    return `\`${name}\` has no value after \`${value}\`. Check that the secret is set.`
  }
  if (/[^\x20-\x7e]/.test(value))
    return `\`${name}\` contains characters that are not valid in a header. Use printable ASCII on one line.`
  if (RESERVED.test(name)) return `\`${name}\` is set by the action or the connection. Remove the line.`
  if (before.some((one) => one.name.toLowerCase() === name.toLowerCase()))
    return `\`${name}\` is a duplicate. Keep one.`
  return undefined
}
