import type { Deployment } from '../control-plane/resources.ts'

/**
 * Returns the address of the Agent Server, with its scheme. Cloud sets `url`, and sometimes `custom_url` too. Other
 * control planes set only `custom_url`, which is a bare host name for images. Source: LangChain's own deploy scripts,
 * and the control plane's OpenAPI document.
 *
 * @returns `undefined` when the control plane returns no address, for example before the first revision is active
 */
export function addressOf({
  url,
  source_config: { custom_url }
}: Pick<Deployment, 'url' | 'source_config'>): string | undefined {
  const address = url || custom_url
  if (!address) return undefined
  return /^https?:\/\//.test(address) ? address : `https://${address}`
}

/** True if two addresses are the same apart from the scheme: the API may return a scheme that the input omits. */
export function sameAddress(left: string, right: string): boolean {
  const [one, other] = [left, right].map((address) =>
    address
      .replace(/^https?:\/\//, '')
      .replace(/\/+$/, '')
      .toLowerCase()
  )
  return one === other
}
