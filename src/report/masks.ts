import type { Deployment, Secret } from '../control-plane/resources.ts'
import { shownSecrets } from '../deployment/hidden.ts'
import { settingTexts } from '../deployment/texts.ts'
import type { RunRecord } from '../run/record.ts'
import type { RecordListener } from '../run/recorder.ts'
import type { Runner } from '../runner/runner.ts'
import { OUTPUT_WORDS, outputsOf } from './outputs.ts'

/**
 * Keeps the environment of a deployment, and credentials in its settings, from being printed.
 *
 * @param publicTexts texts of the inputs that outputs will hold, and which are therefore not masked
 * @param variables what the run puts into the environment for anybody to read
 * @returns `conceal`, which must come before anything of the deployment is printed, and `listen`, which masks what turned
 * out to be part of no output
 */
export function createMasks(
  runner: Pick<Runner, 'maskRead' | 'maskRest' | 'keepSecretParts'>,
  record: () => RunRecord,
  { publicTexts, variables }: { readonly publicTexts: readonly string[]; readonly variables: readonly Secret[] }
): { conceal(deployment: Deployment): void; readonly listen: RecordListener } {
  // What anybody may read is not concealed, once it is deployed either.
  const isPublic = (secret: Pick<Secret, 'name'> & { readonly value: string | null }) =>
    variables.some(({ name, value }) => name === secret.name && value === secret.value)
  const inOutputs = (known: RunRecord) => [...OUTPUT_WORDS, ...publicTexts, ...outputsOf(known).values()]
  return {
    conceal: ({ id, name, url, tenant_id, source_config, source_revision_config, secrets }) => {
      const concealed = shownSecrets(secrets).filter((secret) => !isPublic(secret))
      const texts = [id, name, url, tenant_id, source_config.custom_url, source_revision_config.image_uri]
      runner.maskRead(concealed, [...inOutputs(record()), ...texts.filter((text) => text !== null)])
      // Not masked: commands and addresses are shown to everybody who may see the deployment.
      runner.keepSecretParts(settingTexts({ url, source_config }))
    },
    listen: ({ kind }, known) => {
      if (kind === 'deployment' || kind === 'ended') runner.maskRest(kind === 'ended', inOutputs(known))
    }
  }
}
