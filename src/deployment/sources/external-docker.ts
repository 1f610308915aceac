import type { ControlPlaneClient } from '../../control-plane/client.ts'
import { RefusalError } from '../../control-plane/errors.ts'
import type { Deployment, Listener, SecretReference } from '../../control-plane/resources.ts'
import type { Hosting } from '../../run/destination.ts'
import type { Json, JsonObject } from '../../run/object.ts'
import { sameAddress } from '../address.ts'
import { sameImage } from '../image.ts'
import { mergePatch } from '../json.ts'
import { fixedAtCreate } from '../refusals.ts'
import { typeSetting } from './deployment-type.ts'
import { differs, type FixedSetting, NO_CODE, type Setting, type Source } from './source.ts'

/** An existing image that a self-hosted or hybrid data plane pulls from a registry. */
export interface ExternalDockerInputs {
  readonly type: 'external_docker'
  readonly imageUri: string
  readonly listenerId: string | undefined
  readonly k8sNamespace: string | undefined
  /** JSON Merge Patch (RFC 7396) for the current spec of the deployment. */
  readonly resourceSpec: JsonObject | undefined
  /** All variables from Kubernetes Secrets; `undefined` keeps the current ones. */
  readonly secretReferences?: readonly SecretReference[] | undefined
  /** Host name, or a URL with that host name. */
  readonly customUrl: string | undefined
  /** Sent only if the user sets it, because newer control planes reject it for images. */
  readonly deploymentType: string | undefined
}

/** Returns the source of an existing image. Its listener is looked up at most once. */
export function externalDockerSource(inputs: ExternalDockerInputs): Source {
  let listener: Promise<readonly FixedSetting[]> | undefined
  return {
    type: 'external_docker',
    label: `image ${inputs.imageUri}`,
    publicTexts: [inputs.imageUri, inputs.customUrl],
    sent: { ...NO_CODE, image_uri: inputs.imageUri },
    fixedSettings: async (client, { hosting }) => {
      listener ??= chooseListener(client, hosting, inputs)
      return [...(await listener), ...(inputs.deploymentType ? [typeSetting(inputs.deploymentType)] : [])]
    },
    checkFixed: (deployment) => checkListener(inputs, deployment),
    settings: (deployment) => settingsOfImage(inputs, deployment),
    // A tag can move to another image, so only equal digests prove that two images are the same.
    isServedBy: ({ source_revision_config: actual }) =>
      isByDigest(inputs.imageUri) && actual.image_uri !== null && sameImage(actual.image_uri, inputs.imageUri)
  }
}

/** The listener and its namespace cannot change after creation. */
function checkListener(
  { listenerId = '', k8sNamespace = '' }: ExternalDockerInputs,
  { source_config: actual }: Deployment
): void {
  if (differs(actual.listener_id, listenerId)) throw fixedAtCreate('listener-id', actual.listener_id, listenerId)
  const namespace = actual.listener_config?.k8s_namespace
  if (differs(namespace, k8sNamespace)) throw fixedAtCreate('k8s-namespace', namespace, k8sNamespace)
}

function settingsOfImage(
  { imageUri, resourceSpec = {}, customUrl, secretReferences }: ExternalDockerInputs,
  deployment: Deployment | undefined
): readonly Setting[] {
  const config = deployment?.source_config
  const image = deployment?.source_revision_config.image_uri ?? null
  const imageSetting: Setting = {
    section: 'source_revision_config',
    field: 'image_uri',
    wanted: imageUri,
    // The API may return another spelling of the same image, which is not a change.
    current: image !== null && sameImage(image, imageUri) ? imageUri : image,
    effect: 'always'
  }
  const specSetting: Setting = {
    section: 'source_config',
    field: 'resource_spec',
    wanted: mergePatch(config?.resource_spec ?? {}, resourceSpec),
    current: config?.resource_spec ?? null,
    effect: 'revision'
  }
  const current = config?.custom_url ?? null
  return [
    imageSetting,
    // The API requires the object at create, where {} means the defaults. A patch overwrites the whole object.
    ...(Object.keys(resourceSpec).length > 0 || !deployment ? [specSetting] : []),
    ...(customUrl === undefined ? [] : [urlSetting(customUrl, current)]),
    ...(secretReferences ? [referencesSetting(secretReferences, deployment?.secret_references ?? [])] : [])
  ]
}

/** The API replaces the whole list. */
function referencesSetting(wanted: readonly SecretReference[], current: readonly SecretReference[]): Setting {
  return {
    section: 'deployment',
    field: 'secret_references',
    wanted: [...wanted],
    current: [...current],
    shown: { wanted: shownReferences(wanted), current: shownReferences(current) },
    effect: 'revision'
  }
}

/** Maps each variable to its Kubernetes Secret and key. */
function shownReferences(references: readonly SecretReference[]): Json {
  return Object.fromEntries(
    references.map(({ name, secret_name, secret_key }) => [name, `${secret_name}/${secret_key}`])
  )
}

function urlSetting(customUrl: string, current: string | null): Setting {
  const wanted = current && sameAddress(current, customUrl) ? current : customUrl
  return { section: 'source_config', field: 'custom_url', wanted, current, effect: 'place' }
}

/** True if a reference always names the same image. */
export function isByDigest(imageUri: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(imageUri)
}

/** Returns the only matching listener and its only namespace. The user must choose between several. */
async function chooseListener(
  client: ControlPlaneClient,
  hosting: Hosting,
  { listenerId, k8sNamespace }: ExternalDockerInputs
): Promise<readonly FixedSetting[]> {
  if (listenerId && k8sNamespace) return listenerSettings(listenerId, k8sNamespace)
  const all = await client.listeners()
  const fitting = all.filter(
    (listener) =>
      (!listenerId || listener.id === listenerId) &&
      (!k8sNamespace || listener.k8s_namespaces.includes(k8sNamespace) || listener.k8s_namespaces.length === 0)
  )
  if (all.length === 0) {
    if (listenerId) return listenerSettings(listenerId, k8sNamespace)
    if (hosting === 'cloud') throw noListeners()
    if (k8sNamespace) throw namespaceWithoutListener(k8sNamespace)
    return []
  }
  const [only, ...others] = fitting
  if (!only) throw noListenerFits(all, listenerId, k8sNamespace)
  if (others.length > 0) throw severalListeners(fitting)
  const [namespace, ...otherNamespaces] = k8sNamespace ? [k8sNamespace] : only.k8s_namespaces
  if (otherNamespaces.length > 0) throw severalNamespaces(only)
  return listenerSettings(only.id, namespace)
}

function listenerSettings(listenerId: string, namespace: string | undefined): readonly FixedSetting[] {
  return [
    { field: 'listener_id', wanted: listenerId },
    ...(namespace ? [{ field: 'listener_config', wanted: { k8s_namespace: namespace } }] : [])
  ]
}

function describeListener({ id, compute_id, k8s_namespaces }: Listener): string {
  return `${id} (${compute_id || 'unnamed'}; namespaces: ${k8s_namespaces.join(', ') || 'none'})`
}

function noListeners(): RefusalError {
  return new RefusalError(
    'Listener required',
    'The workspace has no listener. With `source-type: external_docker` on LangSmith Cloud, the image runs in your cluster, which requires a listener.',
    'Install a listener in your cluster (hybrid). To run the image on LangSmith Cloud, set `source-type: internal_docker`. To build and run code there, remove `image-uri` and set `source-type: github` or `source-type: internal_source`.'
  )
}

function namespaceWithoutListener(namespace: string): RefusalError {
  return new RefusalError(
    'Listener required',
    `\`k8s-namespace\` is "${namespace}", but the workspace has no listener.`,
    'Remove `k8s-namespace`, or install a listener first.'
  )
}

function noListenerFits(all: readonly Listener[], listenerId?: string, namespace?: string): RefusalError {
  const wish = listenerId ? `\`listener-id\` ${listenerId}` : `\`k8s-namespace\` "${namespace}"`
  return new RefusalError(
    'Listener not found',
    `No listener in this workspace has ${wish}. Listeners in this workspace: ${all.map(describeListener).join(', ')}.`,
    'Set `listener-id` and `k8s-namespace` to one of these.'
  )
}

function severalListeners(listeners: readonly Listener[]): RefusalError {
  return new RefusalError(
    'Multiple listeners match',
    `The workspace has ${listeners.length} matching listeners: ${listeners.map(describeListener).join(', ')}.`,
    'Set `listener-id` to one of them, and `k8s-namespace` to one of its namespaces.'
  )
}

function severalNamespaces(listener: Listener): RefusalError {
  return new RefusalError(
    'Multiple namespaces match',
    `The listener ${listener.id} has ${listener.k8s_namespaces.length} namespaces: ${listener.k8s_namespaces.join(', ')}.`,
    'Set `k8s-namespace` to one of them.'
  )
}
