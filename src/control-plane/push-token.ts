import { object } from '../run/object.ts'
import { AnswerError } from './errors.ts'

/** What opens LangSmith's registry for the image of one deployment. Source: langgraph-cli, 0.4.31 and 0.4.35. */
export interface PushToken {
  readonly token: string
  readonly username: string
  /** Where a repository for the image may be made, without a scheme. */
  readonly registry: string
  /** The repository to push to, where nothing may be appended to it, as in AWS. */
  readonly repository: string | undefined
}

/** The user of the registries of Google, which a control plane does not name. */
const DEFAULT_USERNAME = 'oauth2accesstoken'

/** @throws {AnswerError} when the answer lacks what a push needs; its message holds nothing of the answer */
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

/** A host with a path, without the scheme that a server may write. Whatever else it is goes to no command. */
function registryAddress(url: unknown): string | undefined {
  const address = typeof url === 'string' ? url.replace(/^https?:\/\//, '').replace(/\/+$/, '') : ''
  return /^[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/.test(address) ? address : undefined
}
