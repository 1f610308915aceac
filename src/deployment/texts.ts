import type { Deployment } from '../control-plane/resources.ts'

/** The texts of a deployment's settings: they may hold credentials, as in `install_command` and `repo_url`. */
export function settingTexts({ url, source_config }: Pick<Deployment, 'url' | 'source_config'>): readonly string[] {
  return textsOf([url, source_config])
}

/** All texts in a JSON value, without the keys. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
