import type { Deployment } from '../control-plane/resources.ts'

/**
 * The address of the Agent Server: Cloud fills `url`, some servers `custom_url` too; all others fill `custom_url`
 * alone, for images with a bare host name. Source: LangChain's own deploy scripts, and the control plane's OpenAPI
 * document.
 *
 * @returns an address with its scheme; `undefined` when the control plane gives none, as before the first revision
 * serves
 */
export function addressOf({
  url,
  source_config: { custom_url }
}: Pick<Deployment, 'url' | 'source_config'>): string | undefined {
  const address = url || custom_url
  if (!address) return undefined
  return /^https?:\/\//.test(address) ? address : `https://${address}`
}

/** Whether two addresses are the same without their schemes: an answer may carry one that the input lacks. */
export function sameAddress(left: string, right: string): boolean {
  const [one, other] = [left, right].map((address) =>
    address
      .replace(/^https?:\/\//, '')
      .replace(/\/+$/, '')
      .toLowerCase()
  )
  return one === other
}
