import { isByDigest } from '../deployment/sources/external-docker.ts'
import { isMadeFrom, type SourceInputs } from '../deployment/sources/index.ts'
import { kindOf } from '../deployment/sources/kinds.ts'
import type { Trigger } from '../runner/trigger.ts'
import { readIsOwnRepository } from './github-source.ts'
import type { Reader } from './reader.ts'

/** Returns a notice if `skip-unchanged` can never detect an unchanged deployment, with the cure. */
export function noticesOfSkipping(inputs: Reader, source: SourceInputs, trigger: Trigger): readonly string[] {
  const reason = whyNeverSkipped(inputs, source, trigger)
  return reason ? [`\`skip-unchanged\` has no effect here: ${reason}`] : []
}

function whyNeverSkipped(inputs: Reader, source: SourceInputs, trigger: Trigger): string | undefined {
  if (isMadeFrom('image', source)) {
    // An image that this run pushes has a digest, which is compared before or after the push.
    if (isByDigest(source.imageUri) || kindOf(source.type).isCloudOnly) return undefined
    return `\`image-uri\` uses a tag, which can be moved to another image. Use the digest, such as \`${imageName(source.imageUri)}@sha256:…\`.`
  }
  if (isMadeFrom('archive', source)) {
    return 'LangSmith does not report the contents of an earlier archive, so every run creates a revision. Remove `skip-unchanged`.'
  }
  if (source.runCommit !== undefined) return undefined
  if (!readIsOwnRepository(inputs, trigger)) {
    return '`repo-url` is another repository, so the commit of its branch is unknown. Remove `skip-unchanged`.'
  }
  if (inputs.text('repo-ref')) {
    return '`repo-ref` is not the branch or tag of this run, so its commit is unknown. Remove `skip-unchanged`.'
  }
  // No notice: the user did not set a ref, so there is no input to change.
  return undefined
}

/** Returns an image without its tag or digest. A colon before a slash belongs to the port of the registry. */
function imageName(imageUri: string): string {
  return imageUri.replace(/@.*$/, '').replace(/:[^:/]*$/, '')
}
