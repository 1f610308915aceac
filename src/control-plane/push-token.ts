import { object } from '../run/object.ts'
import { AnswerError } from './errors.ts'

/** Credentials for LangSmith's registry, for the image of one deployment. Source: langgraph-cli, 0.4.31 and 0.4.35. */
export interface PushToken {
  readonly token: string
  readonly username: string
  /** The registry in which a repository for the image can be created, without a scheme. */
  readonly registry: string
  /** The exact repository to push to, as in AWS; `undefined` if the repository is created in `registry`. */
  readonly repository: string | undefined
}

/** The user name for Google's registries, which a control plane does not return. */
const DEFAULT_USERNAME = 'oauth2accesstoken'

/** @throws {AnswerError} if the response lacks a value that a push needs; the message quotes nothing of the response */
export function toPushToken(value: unknown): PushToken {
  const { token, username, registry_url, repository_url } = object(value) ?? {}
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token))
    throw new AnswerError('shape', 'the response has no push token')
  const registry = registryAddress(registry_url)
  const repository = registryAddress(repository_url)
  if (registry === undefined && repository === undefined) throw new AnswerError('shape', 'the response has no registry')
  const user = username ?? DEFAULT_USERNAME
  if (typeof user !== 'string' || !/^[\x21-\x39\x3b-\x7e]+$/.test(user)) {
    throw new AnswerError('shape', 'the response has an invalid user name for a registry')
  }
  return { token, username: user, registry: registry ?? '', repository }
}

/**
 * Returns a host with a path, without the scheme that some servers return. Any other value is rejected, because the
 * address becomes an argument of a command.
 */
function registryAddress(url: unknown): string | undefined {
  const address = typeof url === 'string' ? url.replace(/^https?:\/\//, '').replace(/\/+$/, '') : ''
  return /^[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/.test(address) ? address : undefined
}
