import { createHash } from 'node:crypto'
import type { Connection } from '../control-plane/network.ts'
import type { GithubAccess } from '../github/session.ts'
import type { ControlPlane, Destination } from '../run/destination.ts'
import { readTrigger, type Trigger } from '../runner/trigger.ts'
import type { Config } from './config.ts'
import { proxyPasswords, readProxy } from './connection.ts'
import { createReader, type InputEnvironment, InputError, type Reader } from './reader.ts'

/** A key of the post step that the run did not send to the same place. */
export interface MissingKey {
  readonly input: 'api-key' | 'github-token'
  readonly fault: 'is empty' | 'differs from the key that the run used'
}

/** What the post step sends where. */
export interface Access {
  readonly controlPlane: ControlPlane
  /** Or why there is none. */
  readonly connection: Connection | MissingKey
  readonly github: GithubAccess | MissingKey | undefined
  readonly trigger: Trigger
  /** Of the post step's own environment: an address can hold a password, so none is saved. */
  readonly proxy: Connection['proxy']
}

/** The destination of a run by its inputs. */
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
 * What the post step may send where: the keys of its own inputs, each only to the place where the run sent this very key.
 * Nothing else of the inputs counts, and a file that they name may be gone by then.
 *
 * @throws {InputError} when the proxy of the environment is not sound
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

/** The keys among the inputs, sound or not, and the passwords of proxies, to be masked before anything is printed. */
export function readKeys(variables: InputEnvironment['variables']): readonly string[] {
  const inputs = createReader(variables)
  const keys = [inputs.text('api-key'), inputs.text('agent-api-key'), inputs.text('github-token')]
  return [
    ...keys.filter((key) => key !== undefined),
    ...proxyPasswords(variables),
    ...tokensIn(inputs.verbatim('agent-headers') ?? '')
  ]
}

/** The values of headers that let a caller in by their name, and what is behind the scheme of such a value. */
function tokensIn(lines: string): readonly string[] {
  return [...lines.matchAll(/^[ \t]*([\w-]+)[ \t]*:[ \t]*(\S.*?)[ \t\r]*$/gm)].flatMap(([, name = '', value = '']) => {
    if (!TOKEN_HEADER.test(name)) return []
    const token = /^\S+ +(\S.*)$/.exec(value)?.[1]
    return [value, ...(token ? [token] : [])].filter((text) => text.length >= SHORTEST_TOKEN)
  })
}

const TOKEN_HEADER = /authorization|key|token|secret|password|cookie/i
/** A shorter text may be part of words that have to be read. */
const SHORTEST_TOKEN = 8

function withKey<T>(
  inputs: Reader,
  input: MissingKey['input'],
  digest: string,
  use: (key: string) => T
): T | MissingKey {
  const key = inputs.text(input)
  if (key === undefined) return { input, fault: 'is empty' }
  return digestOf(key) === digest ? use(key) : { input, fault: 'differs from the key that the run used' }
}

/** Enough to tell keys apart; they are long and random, so nothing is learned from it. */
function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16)
}
