import { createHash } from 'node:crypto'
import type { Connection } from '../control-plane/network.ts'
import type { GithubAccess } from '../github/session.ts'
import type { ControlPlane, Destination } from '../run/destination.ts'
import { readTrigger, type Trigger } from '../runner/trigger.ts'
import type { Config } from './config.ts'
import { proxyPasswords, readProxy } from './connection.ts'
import { createReader, type InputEnvironment, InputError, type Reader } from './reader.ts'

/** Key that the post step must not send, because it is missing or is not the key that the run sent. */
export interface MissingKey {
  readonly input: 'api-key' | 'github-token'
  readonly fault: 'is empty' | 'differs from the value that the run used'
}

/** Destinations and keys of the post step. */
export interface Access {
  readonly controlPlane: ControlPlane
  /** The connection, or the reason that there is none. */
  readonly connection: Connection | MissingKey
  readonly github: GithubAccess | MissingKey | undefined
  readonly trigger: Trigger
  /** Read from the environment of the post step. Proxies are not saved, because a proxy URL can contain a password. */
  readonly proxy: Connection['proxy']
}

/** Returns the destination of a run. It identifies the keys by their digests. */
export function destinationOf({
  controlPlane,
  connection,
  github
}: Pick<Config, 'controlPlane' | 'connection' | 'github'>): Destination {
  return {
    controlPlane,
    workspaceId: connection.workspaceId,
    organizationId: connection.organizationId,
    keyDigest: digestOf(connection.apiKey),
    github: github && { apiUrl: github.apiUrl, repository: github.repository, tokenDigest: digestOf(github.token) }
  }
}

/**
 * Reads the keys of the post step from its own inputs. Each key is sent only to the destination to which the run sent
 * the same key. Other inputs are not read, because files that they name may no longer exist.
 *
 * @throws {InputError} if a proxy of the environment is invalid
 */
export function readAccess({ variables, event }: InputEnvironment, to: Destination): Access {
  const inputs = createReader(variables)
  const proxy = readProxy(inputs, variables, to.controlPlane.url)
  if (inputs.problems.length > 0) throw new InputError(inputs.problems)
  const { controlPlane, workspaceId, organizationId, github } = to
  return {
    controlPlane,
    connection: withKey(inputs, 'api-key', to.keyDigest, (apiKey) => {
      return { url: controlPlane.url, apiKey, workspaceId, organizationId, proxy }
    }),
    github:
      github &&
      withKey(inputs, 'github-token', github.tokenDigest, (token) => {
        return { apiUrl: github.apiUrl, repository: github.repository, token }
      }),
    trigger: readTrigger(variables, event),
    proxy
  }
}

/**
 * Returns the keys in the inputs, valid or not, and the passwords of proxies, so that they are masked before anything
 * is printed.
 */
export function readKeys(variables: InputEnvironment['variables']): readonly string[] {
  const inputs = createReader(variables)
  const keys = [inputs.text('api-key'), inputs.text('agent-api-key'), inputs.text('github-token')]
  return [
    ...keys.filter((key) => key !== undefined),
    ...proxyPasswords(variables),
    ...tokensIn(inputs.verbatim('agent-headers') ?? '')
  ]
}

/** Returns the values of headers whose names suggest a credential, and the part of each value after its scheme. */
function tokensIn(lines: string): readonly string[] {
  return [...lines.matchAll(/^[ \t]*([\w-]+)[ \t]*:[ \t]*(\S.*?)[ \t\r]*$/gm)].flatMap(([, name = '', value = '']) => {
    if (!TOKEN_HEADER.test(name)) return []
    const token = /^\S+ +(\S.*)$/.exec(value)?.[1]
    return [value, ...(token ? [token] : [])].filter((text) => text.length >= SHORTEST_TOKEN)
  })
}

const TOKEN_HEADER = /authorization|key|token|secret|password|cookie/i
/** A shorter text can occur in ordinary words, which must stay readable. */
const SHORTEST_TOKEN = 8

function withKey<T>(
  inputs: Reader,
  input: MissingKey['input'],
  digest: string,
  use: (key: string) => T
): T | MissingKey {
  const key = inputs.text(input)
  if (key === undefined) return { input, fault: 'is empty' }
  return digestOf(key) === digest ? use(key) : { input, fault: 'differs from the value that the run used' }
}

/**
 * Returns a short digest of a key. The digest distinguishes keys and reveals nothing, because keys are long and random.
 */
function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16)
}
