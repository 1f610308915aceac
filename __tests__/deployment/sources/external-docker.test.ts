import { describe, expect, test } from '@jest/globals'
import { RefusalError } from '../../../src/control-plane/errors.ts'
import type { Listener } from '../../../src/control-plane/resources.ts'
import { type ExternalDockerInputs, externalDockerSource } from '../../../src/deployment/sources/external-docker.ts'
import { sourceOf } from '../../../src/deployment/sources/index.ts'
import type { Hosting } from '../../../src/run/destination.ts'
import { CLOUD, clientWith } from '../samples.ts'

const INPUTS: ExternalDockerInputs = {
  type: 'external_docker',
  imageUri: 'agent:1',
  listenerId: undefined,
  k8sNamespace: undefined,
  resourceSpec: undefined,
  customUrl: undefined,
  deploymentType: undefined
}
const listener = (id: string, ...k8s_namespaces: string[]): Listener => ({
  id,
  compute_id: `cluster-${id}`,
  k8s_namespaces
})

async function choose(
  listeners: readonly Listener[],
  inputs: Partial<ExternalDockerInputs> = {},
  hosting: Hosting = 'cloud'
) {
  const client = clientWith({ listeners: async () => listeners })
  const settings = await externalDockerSource({ ...INPUTS, ...inputs }).fixedSettings(client, { ...CLOUD, hosting })
  return Object.fromEntries(settings.map(({ field, wanted }) => [field, wanted]))
}

describe('the listener', () => {
  const namespaced = (listener_id: string, k8s_namespace: string) => ({
    listener_id,
    listener_config: { k8s_namespace }
  })

  test.each<[string, readonly Listener[], Partial<ExternalDockerInputs>, Hosting, object]>([
    ['the only one, with its only namespace', [listener('a', 'n')], {}, 'cloud', namespaced('a', 'n')],
    ['the only one of a self-hosted control plane', [listener('a', 'n')], {}, 'self-hosted', namespaced('a', 'n')],
    ['the only one without namespaces', [listener('a')], {}, 'cloud', { listener_id: 'a' }],
    [
      'the only one, with the namespace from the inputs',
      [listener('a', 'n', 'm')],
      { k8sNamespace: 'm' },
      'cloud',
      namespaced('a', 'm')
    ],
    [
      'the one from the inputs',
      [listener('a', 'n'), listener('b', 'm')],
      { listenerId: 'b' },
      'cloud',
      namespaced('b', 'm')
    ],
    [
      'the only one that has the namespace',
      [listener('a', 'n'), listener('b', 'm')],
      { k8sNamespace: 'm' },
      'cloud',
      namespaced('b', 'm')
    ],
    [
      'one with unknown namespaces',
      [listener('a', 'n'), listener('b')],
      { k8sNamespace: 'm' },
      'cloud',
      namespaced('b', 'm')
    ],
    ['omitted if self-hosted needs none', [], {}, 'self-hosted', {}],
    ['omitted on an unknown control plane', [], {}, 'unknown', {}],
    ['the one from the inputs if the workspace lists none', [], { listenerId: 'a' }, 'cloud', { listener_id: 'a' }],
    [
      'omitted next to a deployment type from the inputs',
      [],
      { deploymentType: 'prod' },
      'self-hosted',
      { deployment_type: 'prod' }
    ]
  ])('is %s', async (_, listeners, inputs, hosting, expected) => {
    expect(await choose(listeners, inputs, hosting)).toEqual(expected)
  })

  test.each<[string, readonly Listener[], Partial<ExternalDockerInputs>, Hosting, RegExp]>([
    [
      'Cloud lists none',
      [],
      {},
      'cloud',
      /^The workspace has no listener\. With `source-type: external_docker` on LangSmith Cloud, the image runs in your cluster, which requires a listener\./
    ],
    [
      'Cloud lists none for the namespace',
      [],
      { k8sNamespace: 'n' },
      'cloud',
      /^The workspace has no listener\. With `source-type: external_docker` on LangSmith Cloud, the image runs in your cluster, which requires a listener\./
    ],
    ['the namespace from the inputs has none', [], { k8sNamespace: 'n' }, 'self-hosted', /`k8s-namespace` is "n"/],
    [
      'several match',
      [listener('a', 'n'), listener('b', 'm', 'o')],
      {},
      'cloud',
      /^The workspace has 2 matching listeners: a \(cluster-a; namespaces: n\), b \(cluster-b; namespaces: m, o\)\./
    ],
    [
      'several have the namespace',
      [listener('a', 'n'), listener('b', 'n'), listener('c', 'm')],
      { k8sNamespace: 'n' },
      'cloud',
      /^The workspace has 2 matching listeners: a \(cluster-a; namespaces: n\), b \(cluster-b; namespaces: n\)\./
    ],
    ['it has several namespaces', [listener('a', 'n', 'm')], {}, 'cloud', /^The listener a has 2 namespaces: n, m\./],
    [
      'none has the ID from the inputs',
      [listener('a', 'n')],
      { listenerId: 'x' },
      'cloud',
      /^No listener in this workspace has `listener-id` x\. Listeners in this workspace: a \(cluster-a; namespaces: n\)\./
    ],
    [
      'none has the namespace from the inputs',
      [listener('a', 'n')],
      { k8sNamespace: 'x' },
      'cloud',
      /has `k8s-namespace` "x"/
    ],
    [
      'none has the ID, and the listed ones have no names',
      [{ ...listener('a'), compute_id: '' }],
      { listenerId: 'x' },
      'unknown',
      /^No listener in this workspace has `listener-id` x\. Listeners in this workspace: a \(unnamed; namespaces: none\)\./
    ]
  ])('cannot be chosen if %s', async (_, listeners, inputs, hosting, message) => {
    await expect(choose(listeners, inputs, hosting)).rejects.toThrow(message)
    await expect(choose(listeners, inputs, hosting)).rejects.toThrow(RefusalError)
  })

  test('is not looked up if the inputs have it and its namespace', async () => {
    const source = externalDockerSource({ ...INPUTS, listenerId: 'a', k8sNamespace: 'n' })
    expect(await source.fixedSettings(clientWith({}), CLOUD)).toEqual([
      { field: 'listener_id', wanted: 'a' },
      { field: 'listener_config', wanted: { k8s_namespace: 'n' } }
    ])
  })

  test('is looked up only once for several plans', async () => {
    let requests = 0
    const client = clientWith({
      listeners: async () => {
        requests += 1
        return [listener('a', 'n')]
      }
    })
    const source = externalDockerSource(INPUTS)
    expect(await source.fixedSettings(client, CLOUD)).toEqual(await source.fixedSettings(client, CLOUD))
    expect(requests).toBe(1)
  })
})

test('the source describes itself and the fields that it sends', () => {
  expect(sourceOf(INPUTS)).toMatchObject({
    type: 'external_docker',
    label: 'image agent:1',
    sent: { repo_ref: null, langgraph_config_path: null, image_uri: 'agent:1', source_tarball_path: null }
  })
})
