import type { Deployment } from '../control-plane/resources.ts'

/** Returns the texts in the settings of a deployment. They may contain credentials, as in `repo_url`. */
export function settingTexts({ url, source_config }: Pick<Deployment, 'url' | 'source_config'>): readonly string[] {
  return textsOf([url, source_config])
}

/** Returns all strings in a JSON value, without the keys. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}
