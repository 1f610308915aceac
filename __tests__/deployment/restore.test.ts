import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { DeployedSecret, Deployment, Revision } from '../../src/control-plane/resources.ts'
import type { PatchPlan } from '../../src/deployment/plan.ts'
import { type DesiredDeployment, planPatch } from '../../src/deployment/plan.ts'
import { namesChanged, planRestore } from '../../src/deployment/restore.ts'
import { externalDockerSource } from '../../src/deployment/sources/external-docker.ts'
import type { JsonObject } from '../../src/run/object.ts'
import { namedValues } from '../support/json.ts'
import { deploymentWith, revisionWith } from './samples.ts'

const SPEC = { min_scale: 1, max_scale: 1, cpu: 1, memory_mb: 2048 }

const docker = (overrides: Partial<Deployment> = {}, spec: JsonObject | null = SPEC): Deployment =>
  deploymentWith({
    source: 'external_docker',
    source_config: { resource_spec: spec },
    source_revision_config: { image_uri: 'a:good' },
    ...overrides
  })
const GOOD: Revision = revisionWith({ source: 'external_docker', source_revision_config: { image_uri: 'a:good' } })
const patched = (deployment: Deployment, body: JsonObject): PatchPlan => ({
  kind: 'patch',
  deployment,
  body,
  rows: [],
  makesRevision: true
})
/** Parses secrets from texts such as `A=1`. */
const secrets = (...texts: readonly string[]): readonly { name: string; value: string }[] =>
  texts.map((text) => ({ name: text.slice(0, text.indexOf('=')), value: text.slice(text.indexOf('=') + 1) }))
const hidden = (...names: readonly string[]): readonly DeployedSecret[] => names.map((name) => ({ name, value: null }))

interface SecretCase {
  readonly before: readonly DeployedSecret[] | null
  readonly sent: readonly { name: string; value: string }[]
  readonly now: readonly DeployedSecret[] | null
  readonly send?: readonly { name: string; value: string }[]
  readonly back?: readonly string[]
  readonly leftovers?: readonly string[]
  readonly others?: readonly string[]
}

describe('planRestore for secrets', () => {
  const AB = secrets('A=1', 'B=2')
  test.each<[string, SecretCase]>([
    [
      'restores a changed secret',
      {
        before: AB,
        sent: secrets('A=9', 'B=2'),
        now: secrets('A=9', 'B=2'),
        send: AB,
        back: ['environment variable A']
      }
    ],
    [
      'removes an added secret',
      {
        before: AB,
        sent: secrets('A=1', 'B=2', 'C=3'),
        now: secrets('A=1', 'B=2', 'C=3'),
        send: AB,
        back: ['environment variable C']
      }
    ],
    [
      'restores a removed secret',
      { before: AB, sent: secrets('A=1'), now: secrets('A=1'), send: AB, back: ['environment variable B'] }
    ],
    [
      'keeps a secret that another run added later',
      {
        before: AB,
        sent: secrets('A=9', 'B=2'),
        now: secrets('A=9', 'B=2', 'X=7'),
        send: secrets('A=1', 'B=2', 'X=7'),
        back: ['environment variable A']
      }
    ],
    [
      'keeps a secret that another run changed later',
      {
        before: AB,
        sent: secrets('A=9', 'B=2'),
        now: secrets('A=9', 'B=7'),
        send: secrets('A=1', 'B=7'),
        back: ['environment variable A']
      }
    ],
    [
      'does not restore a secret that another run changed later',
      { before: AB, sent: secrets('A=9', 'B=2'), now: secrets('A=7', 'B=2'), others: ['environment variable A'] }
    ],
    [
      'does not send a secret that already has its previous value',
      { before: AB, sent: secrets('A=9', 'B=2'), now: AB }
    ],
    ['does not send a secret that was sent unchanged', { before: AB, sent: AB, now: AB }],
    [
      'does not remove the only secret, because the API cannot remove the last one',
      { before: [], sent: secrets('A=9'), now: secrets('A=9'), leftovers: ['environment variable A'] }
    ],
    [
      'does not restore a secret with a hidden previous value',
      {
        before: hidden('A'),
        sent: secrets('A=9', 'C=3'),
        now: secrets('A=9', 'C=3'),
        send: secrets('A=9'),
        back: ['environment variable C'],
        leftovers: ['environment variable A']
      }
    ],
    [
      'restores no secret if a value to keep is hidden',
      {
        before: AB,
        sent: secrets('A=9', 'B=2'),
        now: [...secrets('A=9'), ...hidden('B')],
        leftovers: ['environment variable A']
      }
    ],
    [
      'restores no secret if the server did not list the previous ones',
      { before: null, sent: secrets('A=9'), now: secrets('A=9'), leftovers: ['environment variable A'] }
    ],
    [
      'restores no secret if the server no longer lists them',
      { before: AB, sent: secrets('A=9', 'B=2'), now: null, leftovers: ['environment variable A'] }
    ],
    ...['********', '****abcd', '[REDACTED]', '<hidden>', 'postgresql://user:***@db/app'].map(
      (value): [string, SecretCase] => [
        `restores no secret if a value to keep is the placeholder ${value}`,
        {
          before: AB,
          sent: secrets('A=9', 'B=2'),
          now: secrets('A=9', `B=${value}`),
          leftovers: ['environment variable A']
        }
      ]
    ),
    [
      'keeps an empty value and an asterisk',
      {
        before: secrets('A=1', 'EMPTY=', 'ORIGINS=*'),
        sent: secrets('A=9', 'EMPTY=', 'ORIGINS=*'),
        now: secrets('A=9', 'EMPTY=', 'ORIGINS=*'),
        send: secrets('A=1', 'EMPTY=', 'ORIGINS=*'),
        back: ['environment variable A']
      }
    ]
  ])('%s', (_, { before, sent, now, send, back = [], leftovers = [], others = [] }) => {
    const written = [patched(docker({ secrets: before }), { secrets: sent.map((one) => ({ ...one })) })]
    const restored = planRestore(written, docker({ secrets: now }), GOOD)
    expect(restored.body.secrets).toEqual(send)
    expect(restored.makesRevision).toBe(send !== undefined)
    expect(restored).toMatchObject({ back, others })
    expect(restored.leftovers.map(({ name }) => name)).toEqual(leftovers)
    if (send) expect(restored.body.source_revision_config).toEqual({ image_uri: 'a:good' })
    else expect(restored.body).toEqual({})
  })

  test('restores the value from before the first of two writes', () => {
    const written = [
      patched(docker({ secrets: secrets('A=1') }), { secrets: [{ name: 'A', value: '9' }] }),
      patched(docker({ secrets: secrets('A=9', 'X=5') }), {
        secrets: namedValues({ A: '9', X: '5' })
      })
    ]
    const { body } = planRestore(written, docker({ secrets: secrets('A=9', 'X=5') }), GOOD)
    expect(body.secrets).toEqual(secrets('A=1', 'X=5'))
  })

  test('restores the value that another run set between two writes', () => {
    const written = [
      patched(docker({ secrets: secrets('A=1') }), { secrets: [{ name: 'A', value: '9' }] }),
      patched(docker({ secrets: secrets('A=2') }), { secrets: [{ name: 'A', value: '9' }] })
    ]
    const { body } = planRestore(written, docker({ secrets: secrets('A=9') }), GOOD)
    expect(body.secrets).toEqual(secrets('A=2'))
  })
})

describe('planRestore for settings', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['a changed number', { ...SPEC, cpu: 4 }, { ...SPEC, cpu: 4 }],
    ['a number that the server rounded', { ...SPEC, cpu: 0.25 }, { ...SPEC, cpu: 0.3 }],
    ['an added key', { ...SPEC, queue_cpu: 2 }, { ...SPEC, queue_cpu: 2 }],
    ['a removed key with a default', { min_scale: 1, max_scale: 1, cpu: 1 }, { ...SPEC, memory_mb: 1024 }],
    ['a changed number next to a key that is null', { ...SPEC, cpu: 4 }, { ...SPEC, cpu: 4, db_cpu: null }]
  ])('restores the resource spec after %s', (_, sent, now) => {
    const written = [patched(docker(), { source_config: { resource_spec: sent } })]
    const restored = planRestore(written, docker({}, now), GOOD)
    expect(restored.body).toEqual({
      source_config: { resource_spec: SPEC },
      source_revision_config: { image_uri: 'a:good' }
    })
    expect(restored.makesRevision).toBe(true)
    expect(restored.sent.image_uri).toBe('a:good')
    expect(restored.back).toHaveLength(1)
  })

  test('sends no code and creates no revision for changes in place', () => {
    const before = deploymentWith({ display_name: 'Old', source_config: { build_on_push: true } })
    const now = deploymentWith({ display_name: 'New', source_config: { build_on_push: false } })
    const written = [patched(before, { display_name: 'New', source_config: { build_on_push: false } })]
    expect(planRestore(written, now, revisionWith())).toEqual({
      body: { display_name: 'Old', source_config: { build_on_push: true } },
      makesRevision: false,
      sent: { repo_ref: null, langgraph_config_path: null, image_uri: null, source_tarball_path: null },
      back: ['`build-on-push`', '`display-name`'],
      leftovers: [],
      others: []
    })
  })

  test('cannot restore a setting without a previous value, except build on push, which was off', () => {
    const now = deploymentWith({
      display_name: 'New',
      source_config: { build_on_push: true, custom_url: 'https://new.example.com' }
    })
    const body = { display_name: 'New', source_config: { build_on_push: true, custom_url: 'new.example.com' } }
    const restored = planRestore([patched(deploymentWith(), body)], now, revisionWith())
    expect(restored.body).toEqual({ source_config: { build_on_push: false } })
    expect(restored.leftovers.map(({ name }) => name)).toEqual(['`custom-url`', '`display-name`'])
  })

  test('reports settings that the action cannot read', () => {
    const body = { tracked_packages: ['a:1'], source_config: { template_id: 't' } }
    const { leftovers } = planRestore([patched(docker(), body)], docker(), GOOD)
    expect(leftovers.map(({ name }) => name)).toEqual(['`template-id`', '`tracked-packages`'])
  })

  test('checks that the redeploy restored the ref and the path, in any spelling', () => {
    const before = deploymentWith({ source_revision_config: { repo_ref: 'main', langgraph_config_path: 'a.json' } })
    const body = { source_revision_config: { repo_ref: 'next', langgraph_config_path: 'b.json' } }
    const now = (repo_ref: string, langgraph_config_path: string) =>
      deploymentWith({ source_revision_config: { repo_ref, langgraph_config_path } })
    const leftovers = (deployment: Deployment) =>
      planRestore([patched(before, body)], deployment, revisionWith()).leftovers.map(({ name }) => name)
    expect(leftovers(now('main', 'a.json'))).toEqual([])
    expect(leftovers(now('0'.repeat(40), 'a.json'))).toEqual([])
    expect(leftovers(now('next', 'b.json'))).toEqual(['`repo-ref`', '`langgraph-config`'])
  })
})

describe('planRestore with a new revision', () => {
  const NOW = secrets('A=9', 'B=2')
  const written = (deployment: Deployment) => [
    patched({ ...deployment, secrets: secrets('A=1', 'B=2') }, { secrets: NOW.map((one) => ({ ...one })) })
  ]
  const TARBALL = { source_tarball_path: 't/1.tar.gz', langgraph_config_path: 'app/langgraph.json' }

  test.each<[string, string, Revision, JsonObject]>([
    [
      'an archive',
      'internal_source',
      revisionWith({ source: 'internal_source', source_revision_config: { ...TARBALL, image_uri: 'built' } }),
      { revision_source: 'internal_source', source_revision_config: TARBALL }
    ],
    [
      'an archive in a deployment from GitHub',
      'github',
      revisionWith({ source: 'internal_source', source_revision_config: TARBALL }),
      { revision_source: 'internal_source', source_revision_config: TARBALL }
    ],
    [
      'a pushed image',
      'internal_docker',
      revisionWith({ source: 'internal_docker', source_revision_config: { image_uri: 'a@sha256:1' } }),
      { revision_source: 'internal_docker', source_revision_config: { image_uri: 'a@sha256:1' } }
    ],
    [
      'an image of a revision without a source',
      'external_docker',
      revisionWith({ source: null, source_revision_config: { image_uri: 'a:good' } }),
      { source_revision_config: { image_uri: 'a:good' } }
    ]
  ])('sends the code of the good revision: %s', (_, source, target, expected) => {
    const deployment = deploymentWith({ source, secrets: NOW })
    const restored = planRestore(written(deployment), deployment, target)
    expect(restored.body).toEqual({ ...expected, secrets: secrets('A=1', 'B=2') })
    expect(restored.leftovers).toEqual([])
  })

  test.each<[string, Revision, RegExp]>([
    [
      'GitHub',
      revisionWith({ source_revision_config: { repo_ref: 'main', image_uri: 'built' } }),
      /head of the branch/
    ],
    ['an unknown source', revisionWith({ source: 'internal_template' }), /is unknown/],
    ['an archive without a path', revisionWith({ source: 'internal_source' }), /is unknown/]
  ])('sends nothing for code from %s', (_, target, why) => {
    const deployment = deploymentWith({ source: target.source ?? 'github', secrets: NOW })
    const restored = planRestore(written(deployment), deployment, target)
    expect(restored.body).toEqual({})
    expect(restored.leftovers).toEqual([{ name: 'environment variable A', why: expect.stringMatching(why) }])
  })
})

describe('planRestore after any run and any changes by others', () => {
  const NAMES = ['A', 'B', 'C', 'D']
  const value = fc.constantFrom('1', '2', '3', '')
  const environment = fc.dictionary(fc.constantFrom(...NAMES), value, { minKeys: 0, maxKeys: 4, noNullPrototype: true })
  const spec = fc.record(
    { cpu: fc.constantFrom(1, 2, 4), max_scale: fc.constantFrom(1, 3), queue_cpu: fc.constantFrom(1, 2) },
    { requiredKeys: ['cpu', 'max_scale'], noNullPrototype: true }
  )
  const listOf = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([name, each]) => ({ name, value: each }))

  const wishOf = (
    wanted: Readonly<Record<string, string>>,
    mode: 'merge' | 'replace',
    resourceSpec: JsonObject
  ): DesiredDeployment => ({
    name: 'my-agent',
    displayName: undefined,
    secrets: { secrets: listOf(wanted).slice(1), variables: listOf(wanted).slice(0, 1), mode },
    source: externalDockerSource({
      type: 'external_docker',
      imageUri: 'a:broken',
      listenerId: undefined,
      k8sNamespace: undefined,
      resourceSpec,
      customUrl: undefined,
      deploymentType: undefined
    })
  })
  /** Returns the environment of the server after a request. An empty list changes nothing. */
  const environmentAfter = (before: Readonly<Record<string, string>>, body: JsonObject) => {
    const list = Array.isArray(body.secrets) ? body.secrets : []
    if (list.length === 0) return before
    return Object.fromEntries(list.map((one) => Object.values(one as JsonObject).map(String) as [string, string]))
  }
  const specAfter = (before: JsonObject, body: JsonObject) =>
    ((body.source_config as JsonObject | undefined)?.resource_spec as JsonObject | undefined) ?? before

  test('restores the changes of the run, and no others', () => {
    fc.assert(
      fc.property(
        environment,
        environment,
        fc.constantFrom('merge' as const, 'replace' as const),
        fc.dictionary(fc.constantFrom(...NAMES), fc.option(value), { maxKeys: 2, noNullPrototype: true }),
        spec,
        spec,
        (before, wanted, mode, theirs, specBefore, specWanted) => {
          // If all values are empty, they may be hidden; other tests cover that.
          fc.pre(Object.values(before).some(Boolean) && Object.values(wanted).some(Boolean))
          const first = docker({ secrets: listOf(before) }, specBefore)
          const plan = planPatch(wishOf(wanted, mode, specWanted), first, undefined)
          if (plan.kind !== 'patch') throw new Error('an image is always sent')
          const ours = environmentAfter(before, plan.body)
          const touched = new Map(Object.entries(theirs))
          const between = Object.fromEntries(
            Object.entries({ ...ours, ...theirs }).filter((entry): entry is [string, string] => entry[1] !== null)
          )
          fc.pre(Object.values(between).some(Boolean))
          const now = docker({ secrets: listOf(between) }, specAfter(specBefore, plan.body))
          const restored = planRestore([plan], now, GOOD)
          const end = environmentAfter(between, restored.body)

          for (const name of NAMES) {
            const isTheirs = touched.has(name) && between[name] !== ours[name]
            const isLeftover = restored.leftovers.some((one) => one.name === `environment variable ${name}`)
            const expected = isTheirs || isLeftover ? between[name] : before[name]
            // The plan cannot detect that others set the same value as the run.
            expect(end[name]).toBe(expected)
          }
          expect(specAfter(now.source_config.resource_spec ?? {}, restored.body)).toEqual(specBefore)
          // Each changed name is reported once, unless it already has its previous value.
          const reported = [...restored.back, ...restored.leftovers.map(({ name }) => name), ...restored.others]
          expect(new Set(reported).size).toBe(reported.length)
          expect(namesChanged([plan])).toEqual(expect.arrayContaining(reported))
          // A second plan has nothing to restore, so a lost response does not lead to a second revision.
          const again = planRestore([plan], docker({ secrets: listOf(end) }, specBefore), GOOD)
          expect(again.back).toEqual([])
        }
      ),
      { numRuns: 2_000 }
    )
  })
})
