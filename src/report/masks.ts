import type { Deployment, Secret } from '../control-plane/resources.ts'
import { shownSecrets } from '../deployment/hidden.ts'
import { settingTexts } from '../deployment/texts.ts'
import type { RunRecord } from '../run/record.ts'
import type { RecordListener } from '../run/recorder.ts'
import type { Runner } from '../runner/runner.ts'
import { OUTPUT_WORDS, outputsOf } from './outputs.ts'

/**
 * Masks the environment of a deployment and the credentials in its settings.
 *
 * @param publicTexts values of inputs that become outputs, and that are therefore not masked
 * @param variables the `variables` of this run, which are public
 * @returns `conceal`, which must be called before anything about the deployment is printed, and `listen`, which masks
 * the values that no output contains
 */
export function createMasks(
  runner: Pick<Runner, 'maskRead' | 'maskRest' | 'keepSecretParts'>,
  record: () => RunRecord,
  { publicTexts, variables }: { readonly publicTexts: readonly string[]; readonly variables: readonly Secret[] }
): { conceal(deployment: Deployment): void; readonly listen: RecordListener } {
  // Public values are not masked, even after they are deployed.
  const isPublic = (secret: Pick<Secret, 'name'> & { readonly value: string | null }) =>
    variables.some(({ name, value }) => name === secret.name && value === secret.value)
  const inOutputs = (known: RunRecord) => [...OUTPUT_WORDS, ...publicTexts, ...outputsOf(known).values()]
  return {
    conceal: ({ id, name, url, tenant_id, source_config, source_revision_config, secrets }) => {
      const concealed = shownSecrets(secrets).filter((secret) => !isPublic(secret))
      const texts = [id, name, url, tenant_id, source_config.custom_url, source_revision_config.image_uri]
      runner.maskRead(concealed, [...inOutputs(record()), ...texts.filter((text) => text !== null)])
      // These texts are not masked as a whole: everyone with access to the deployment can read its commands and
      // addresses.
      runner.keepSecretParts(settingTexts({ url, source_config }))
    },
    listen: ({ kind }, known) => {
      if (kind === 'deployment' || kind === 'ended') runner.maskRest(kind === 'ended', inOutputs(known))
    }
  }
}
