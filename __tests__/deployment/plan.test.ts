import { describe, expect, test } from '@jest/globals'
import { RefusalError } from '../../src/control-plane/errors.ts'
import { type DesiredDeployment, type Plan, planCreate, planPatch } from '../../src/deployment/plan.ts'
import type { WantedSecrets } from '../../src/deployment/secrets.ts'
import { type ExternalDockerInputs, externalDockerSource } from '../../src/deployment/sources/external-docker.ts'
import { type GithubInputs, githubSource } from '../../src/deployment/sources/github.ts'
import { internalSource } from '../../src/deployment/sources/internal-source.ts'
import type { JsonObject } from '../../src/run/object.ts'
import type { PlanRow } from '../../src/run/record.ts'
import { namedValues } from '../support/json.ts'
import { COMMIT, DIGEST, deploymentWith, OTHER_COMMIT, revisionWith } from './samples.ts'

const IMAGE = `ghcr.io/acme/agent@${DIGEST}`
const REPOSITORY = 'https://github.com/acme/agents'

const NO_SECRETS: WantedSecrets = { secrets: [], variables: [], mode: 'merge' }
const secrets = (values: Record<string, string>, mode: WantedSecrets['mode'] = 'merge'): WantedSecrets => ({
  mode,
  variables: [],
  secrets: namedValues(values)
})

const github = (inputs: Partial<GithubInputs> = {}, wish: Partial<DesiredDeployment> = {}): DesiredDeployment => ({
  name: 'my-agent',
  source: githubSource({
    type: 'github',
    repoUrl: REPOSITORY,
    repoRef: 'main',
    configPath: undefined,
    integrationId: undefined,
    buildOnPush: undefined,
    deploymentType: undefined,
    installCommand: undefined,
    buildCommand: undefined,
    runCommit: COMMIT,
    ...inputs
  }),
  secrets: NO_SECRETS,
  displayName: undefined,
  ...wish
})

const image = (
  inputs: Partial<ExternalDockerInputs> = {},
  wish: Partial<DesiredDeployment> = {}
): DesiredDeployment => ({
  name: 'my-agent',
  source: externalDockerSource({
    type: 'external_docker',
    imageUri: IMAGE,
    listenerId: undefined,
    k8sNamespace: undefined,
    resourceSpec: undefined,
    customUrl: undefined,
    deploymentType: undefined,
    ...inputs
  }),
  secrets: NO_SECRETS,
  displayName: undefined,
  ...wish
})

const archive = (): DesiredDeployment => ({
  name: 'my-agent',
  source: internalSource({
    type: 'internal_source',
    project: {
      workspace: '/w',
      root: '/w',
      configPath: 'langgraph.json',
      folders: ['/w'],
      environment: [],
      configLabel: 'langgraph.json',
      namedAt: new Map(),
      environmentNames: [],
      environmentFile: undefined,
      isEnvironmentMissing: false,
      deploymentName: undefined,
      named: [],
      advice: [],
      notices: [],
      warnings: []
    },
    checkout: undefined,
    include: [],
    secretsFile: undefined,
    gitPath: undefined,
    temporaryFolder: '/tmp',
    deploymentType: undefined,
    installCommand: undefined,
    buildCommand: undefined
  }),
  secrets: NO_SECRETS,
  displayName: undefined
})

const GITHUB_CONFIG = { repo_url: REPOSITORY, build_on_push: false }
const MAIN = { repo_ref: 'main', langgraph_config_path: 'langgraph.json' }
const fromGithub = deploymentWith({ source_config: GITHUB_CONFIG, source_revision_config: MAIN })
const fromImage = (overrides: Parameters<typeof deploymentWith>[0] = {}) =>
  deploymentWith({ source: 'external_docker', source_revision_config: { image_uri: IMAGE }, ...overrides })

const fromArchive = deploymentWith({ source: 'internal_source' })
const fromPushedImage = deploymentWith({ source: 'internal_docker' })

const builtFrom = (commit: string) => revisionWith({ source_revision_config: { ...MAIN, repo_commit_sha: commit } })
const runs = (image_uri: string) => revisionWith({ source: 'external_docker', source_revision_config: { image_uri } })

const bodyOf = (plan: Plan): JsonObject | undefined => (plan.kind === 'nothing' ? undefined : plan.body)
const rowOf = (plan: Plan, name: string): PlanRow | undefined => plan.rows.find((row) => row.name === name)

describe('planCreate', () => {
  test('sends all fields of a create for GitHub, and an empty list of secrets', () => {
    const plan = planCreate(github({ installCommand: 'pnpm i' }), [
      { field: 'integration_id', wanted: 'i' },
      { field: 'repo_url', wanted: REPOSITORY }
    ])
    expect(plan.kind).toBe('create')
    expect(bodyOf(plan)).toEqual({
      name: 'my-agent',
      source: 'github',
      source_config: { integration_id: 'i', repo_url: REPOSITORY, build_on_push: false, install_command: 'pnpm i' },
      source_revision_config: { repo_ref: 'main', langgraph_config_path: 'langgraph.json' },
      secrets: []
    })
  })

  test('sends a resource spec for an image, by default an empty one', () => {
    expect(bodyOf(planCreate(image(), []))).toEqual({
      name: 'my-agent',
      source: 'external_docker',
      source_config: { resource_spec: {} },
      source_revision_config: { image_uri: IMAGE },
      secrets: []
    })
    const wish = image({ resourceSpec: { cpu: 2, memory_mb: null }, customUrl: 'a.example.com' })
    expect(bodyOf(planCreate(wish, []))).toMatchObject({
      source_config: { resource_spec: { cpu: 2 }, custom_url: 'a.example.com' }
    })
  })

  test('sends the secrets and shows only their names', () => {
    const plan = planCreate(image({}, { secrets: secrets({ A: 'hunter2', B: '' }) }), [])
    expect(bodyOf(plan)?.secrets).toEqual(namedValues({ A: 'hunter2', B: '' }))
    expect(rowOf(plan, 'A')).toEqual({ about: 'secret', name: 'A', change: 'added' })
    expect(JSON.stringify(plan.rows)).not.toContain('hunter2')
  })

  test('shows each key of a resource spec, and omits keys without a value', () => {
    const wish = image({ resourceSpec: { cpu: 2, max_scale: null } })
    const existing = fromImage({
      source_config: { resource_spec: { cpu: 1, memory_mb: 512, max_scale: 3, gpu: null } }
    })
    const rows = planPatch(wish, existing, undefined).rows.filter(({ name }) => name.startsWith('resource_spec'))
    expect(rows).toEqual([
      { about: 'field', name: 'resource_spec.cpu', change: 'changed', from: 1, to: 2 },
      { about: 'field', name: 'resource_spec.memory_mb', change: 'kept', value: 512 },
      { about: 'field', name: 'resource_spec.max_scale', change: 'changed', from: 3, to: null }
    ])
  })

  test('shows the display name, which only a later patch can send', () => {
    const plan = planCreate(image({}, { displayName: 'Agent' }), [])
    expect(rowOf(plan, 'display_name')).toMatchObject({ change: 'set', value: 'Agent' })
    expect(JSON.stringify(bodyOf(plan))).not.toContain('display_name')
  })

  test('shows every field that it sets', () => {
    const plan = planCreate(github(), [{ field: 'integration_id', wanted: 'i' }])
    expect(plan.rows.map(({ name, change }) => `${name} ${change}`)).toEqual([
      'name set',
      'source set',
      'integration_id set',
      'repo_ref set',
      'langgraph_config_path set',
      'build_on_push set'
    ])
  })
})

describe('planPatch', () => {
  test('always sends the ref for GitHub, because the ref creates the revision', () => {
    const plan = planPatch(github(), fromGithub, undefined)
    expect(plan).toMatchObject({ kind: 'patch', makesRevision: true })
    expect(bodyOf(plan)).toEqual({ source_revision_config: { repo_ref: 'main' } })
    expect(plan.rows).toEqual([
      { about: 'field', name: 'repo_ref', change: 'kept', value: 'main' },
      { about: 'field', name: 'langgraph_config_path', change: 'kept', value: 'langgraph.json' },
      { about: 'field', name: 'build_on_push', change: 'kept', value: false }
    ])
  })

  test.each<[string, ReturnType<typeof deploymentWith>, readonly string[]]>([
    [
      'a config path and build on push',
      deploymentWith({
        source_config: { repo_url: REPOSITORY, build_on_push: true, install_command: 'a', build_command: 'b' },
        source_revision_config: { repo_ref: 'main', langgraph_config_path: 'apps/agent/langgraph.json' },
        display_name: 'Agent'
      }),
      ['repo_ref kept', 'langgraph_config_path kept', 'build_on_push kept']
    ],
    [
      'neither',
      deploymentWith({ source_config: { repo_url: REPOSITORY }, source_revision_config: { repo_ref: 'main' } }),
      ['repo_ref kept', 'build_on_push kept']
    ]
  ])('does not change settings without an input in a deployment with %s', (_, existing, rows) => {
    const plan = planPatch(github(), existing, undefined)
    expect(bodyOf(plan)).toEqual({ source_revision_config: { repo_ref: 'main' } })
    expect(plan.rows.map(({ name, change }) => `${name} ${change}`)).toEqual(rows)
    const skipped = planPatch(github(), existing, builtFrom(COMMIT))
    expect(skipped.kind).toBe('nothing')
  })

  test('sends the default path with the first revision from GitHub of a deployment from another source', () => {
    const archived = deploymentWith({ source: 'internal_source', source_config: GITHUB_CONFIG })
    expect(bodyOf(planPatch(github(), archived, undefined))).toMatchObject({ source_revision_config: MAIN })
  })

  test('rejects a tag for a deployment with build on push, unless the plan turns it off', () => {
    const existing = deploymentWith({ source_config: { ...GITHUB_CONFIG, build_on_push: true } })
    const tag = { repoRef: 'refs/tags/v1' }
    expect(() => planPatch(github(tag), existing, undefined)).toThrow(/refs\/tags\/v1, which receives no pushes/)
    expect(bodyOf(planPatch(github({ ...tag, buildOnPush: false }), existing, undefined))).toMatchObject({
      source_config: { build_on_push: false }
    })
    const off = deploymentWith({ source_config: { ...GITHUB_CONFIG, build_on_push: false } })
    expect(planPatch(github(tag), off, undefined).kind).toBe('patch')
  })

  test('shows no change if the server returns another spelling of the image', () => {
    const existing = fromImage({ source_revision_config: { image_uri: 'docker.io/acme/agent:1' } })
    const plan = planPatch(image({ imageUri: 'acme/agent:1' }), existing, undefined)
    expect(rowOf(plan, 'image_uri')).toMatchObject({ change: 'kept' })
    expect(bodyOf(plan)).toEqual({ source_revision_config: { image_uri: 'acme/agent:1' } })
  })

  test('always sends the image', () => {
    const plan = planPatch(image(), fromImage(), undefined)
    expect(plan).toMatchObject({ kind: 'patch', makesRevision: true })
    expect(bodyOf(plan)).toEqual({ source_revision_config: { image_uri: IMAGE } })
  })

  test.each<[string, DesiredDeployment, ReturnType<typeof deploymentWith>, JsonObject, PlanRow]>([
    [
      'the ref',
      github({ repoRef: 'refs/tags/v2' }),
      fromGithub,
      { source_revision_config: { repo_ref: 'refs/tags/v2' } },
      { about: 'field', name: 'repo_ref', change: 'changed', from: 'main', to: 'refs/tags/v2' }
    ],
    [
      'a path, if the server returned none',
      github({ configPath: 'langgraph.json' }),
      deploymentWith({ source_config: GITHUB_CONFIG, source_revision_config: { repo_ref: 'main' } }),
      { source_revision_config: MAIN },
      { about: 'field', name: 'langgraph_config_path', change: 'set', value: 'langgraph.json' }
    ],
    [
      'a path, if the deployment has another one',
      github({ configPath: 'langgraph.json' }),
      deploymentWith({
        source_config: GITHUB_CONFIG,
        source_revision_config: { ...MAIN, langgraph_config_path: 'a.json' }
      }),
      { source_revision_config: MAIN },
      {
        about: 'field',
        name: 'langgraph_config_path',
        change: 'changed',
        from: 'a.json',
        to: 'langgraph.json'
      }
    ],
    [
      'an unchanged path from the inputs, because each revision names it',
      github({ configPath: 'langgraph.json' }),
      fromGithub,
      { source_revision_config: MAIN },
      { about: 'field', name: 'langgraph_config_path', change: 'kept', value: 'langgraph.json' }
    ],
    [
      '`build-on-push: false`',
      github({ buildOnPush: false }),
      deploymentWith({ source_config: { ...GITHUB_CONFIG, build_on_push: true }, source_revision_config: MAIN }),
      { source_config: { build_on_push: false }, source_revision_config: { repo_ref: 'main' } },
      { about: 'field', name: 'build_on_push', change: 'changed', from: true, to: false }
    ],
    [
      'a new command',
      github({ buildCommand: 'pnpm build' }),
      fromGithub,
      { source_config: { build_command: 'pnpm build' }, source_revision_config: { repo_ref: 'main' } },
      { about: 'field', name: 'build_command', change: 'set', value: 'pnpm build' }
    ],
    [
      'a changed command',
      github({ installCommand: 'b' }),
      deploymentWith({ source_config: { ...GITHUB_CONFIG, install_command: 'a' }, source_revision_config: MAIN }),
      { source_config: { install_command: 'b' }, source_revision_config: { repo_ref: 'main' } },
      { about: 'field', name: 'install_command', change: 'changed', from: 'a', to: 'b' }
    ],
    [
      'the image',
      image(),
      fromImage({ source_revision_config: { image_uri: 'agent:1' } }),
      { source_revision_config: { image_uri: IMAGE } },
      { about: 'field', name: 'image_uri', change: 'changed', from: 'agent:1', to: IMAGE }
    ],
    [
      'the image, if the server returned none',
      image(),
      fromImage({ source_revision_config: {} }),
      { source_revision_config: { image_uri: IMAGE } },
      { about: 'field', name: 'image_uri', change: 'set', value: IMAGE }
    ],
    [
      'the ref, if the server returned none',
      github(),
      deploymentWith({ source_config: GITHUB_CONFIG }),
      { source_revision_config: { repo_ref: 'main' } },
      { about: 'field', name: 'repo_ref', change: 'set', value: 'main' }
    ],
    [
      'a new resource spec',
      image({ resourceSpec: { cpu: 2 } }),
      fromImage(),
      { source_config: { resource_spec: { cpu: 2 } }, source_revision_config: { image_uri: IMAGE } },
      { about: 'field', name: 'resource_spec.cpu', change: 'set', value: 2 }
    ],
    [
      'a new address',
      image({ customUrl: 'a.example.com' }),
      fromImage(),
      { source_config: { custom_url: 'a.example.com' }, source_revision_config: { image_uri: IMAGE } },
      { about: 'field', name: 'custom_url', change: 'set', value: 'a.example.com' }
    ],
    [
      'the resource spec, merged into the existing one',
      image({ resourceSpec: { cpu: 2, max_scale: null } }),
      fromImage({ source_config: { resource_spec: { cpu: 1, memory_mb: 512, max_scale: 3, min_scale: null } } }),
      { source_config: { resource_spec: { cpu: 2, memory_mb: 512 } }, source_revision_config: { image_uri: IMAGE } },
      { about: 'field', name: 'resource_spec.cpu', change: 'changed', from: 1, to: 2 }
    ],
    [
      'the address',
      image({ customUrl: 'new.example.com' }),
      fromImage({ source_config: { custom_url: 'https://old.example.com' } }),
      { source_config: { custom_url: 'new.example.com' }, source_revision_config: { image_uri: IMAGE } },
      { about: 'field', name: 'custom_url', change: 'changed', from: 'https://old.example.com', to: 'new.example.com' }
    ],
    [
      'the display name',
      image({}, { displayName: 'New' }),
      fromImage({ display_name: 'Old' }),
      { display_name: 'New', source_revision_config: { image_uri: IMAGE } },
      { about: 'field', name: 'display_name', change: 'changed', from: 'Old', to: 'New' }
    ],
    [
      'a new display name',
      image({}, { displayName: 'New' }),
      fromImage(),
      { display_name: 'New', source_revision_config: { image_uri: IMAGE } },
      { about: 'field', name: 'display_name', change: 'set', value: 'New' }
    ],
    [
      'a secret, with those to keep',
      image({}, { secrets: secrets({ A: 'new' }) }),
      fromImage({
        secrets: namedValues({ A: 'old', B: 'b' })
      }),
      {
        source_revision_config: { image_uri: IMAGE },
        secrets: namedValues({ A: 'new', B: 'b' })
      },
      { about: 'secret', name: 'A', change: 'changed' }
    ]
  ])('sends and shows %s', (_, wish, deployment, body, row) => {
    const plan = planPatch(wish, deployment, undefined)
    expect(plan).toMatchObject({ kind: 'patch', makesRevision: true })
    expect(bodyOf(plan)).toEqual(body)
    expect(rowOf(plan, row.name)).toEqual(row)
  })

  test.each<[string, DesiredDeployment, ReturnType<typeof deploymentWith>, string]>([
    [
      'an unchanged key of a resource spec with other keys',
      image({ resourceSpec: { cpu: 1, gpu: null } }),
      fromImage({ source_config: { resource_spec: { memory_mb: 512, cpu: 1, min_scale: null } } }),
      'resource_spec.cpu'
    ],
    [
      'an address that only differs in its scheme',
      image({ customUrl: 'A.example.com/' }),
      fromImage({ source_config: { custom_url: 'https://a.example.com' } }),
      'custom_url'
    ],
    ['an unchanged display name', image({}, { displayName: 'A' }), fromImage({ display_name: 'A' }), 'display_name'],
    [
      'an unchanged command',
      github({ buildCommand: 'b' }),
      deploymentWith({ source_config: { ...GITHUB_CONFIG, build_command: 'b' }, source_revision_config: MAIN }),
      'build_command'
    ],
    [
      'build on push, which is off if the server omits it',
      github(),
      deploymentWith({ source_config: { repo_url: REPOSITORY }, source_revision_config: MAIN }),
      'build_on_push'
    ],
    [
      'unchanged secrets',
      image({}, { secrets: secrets({ A: 'a' }) }),
      fromImage({
        secrets: namedValues({ A: 'a', B: '****' })
      }),
      'A'
    ]
  ])('omits from the request and shows as kept: %s', (_, wish, deployment, name) => {
    const plan = planPatch(wish, deployment, undefined)
    expect(bodyOf(plan)).toEqual({ source_revision_config: expect.anything() })
    expect(rowOf(plan, name)).toMatchObject({ change: 'kept' })
  })

  test('uses the branch of the deployment as the current ref if the revision has a commit', () => {
    const resolved = deploymentWith({
      source_config: { ...GITHUB_CONFIG, repo_branch: 'main' },
      source_revision_config: { ...MAIN, repo_ref: OTHER_COMMIT }
    })
    expect(rowOf(planPatch(github(), resolved, undefined), 'repo_ref')).toMatchObject({ change: 'kept' })
  })

  test('shows the change of each secret, without values', () => {
    const deployment = fromImage({ secrets: ['A', 'B', 'C'].map((name) => ({ name, value: `old ${name}` })) })
    const wish = image({}, { secrets: secrets({ A: 'new A', B: 'old B', D: 'new D' }, 'replace') })
    const plan = planPatch(wish, deployment, undefined)
    expect(plan.rows.filter(({ about }) => about === 'secret')).toEqual([
      { about: 'secret', name: 'A', change: 'changed' },
      { about: 'secret', name: 'B', change: 'kept' },
      { about: 'secret', name: 'D', change: 'added' },
      { about: 'secret', name: 'C', change: 'removed' }
    ])
    expect(JSON.stringify(plan.rows)).not.toMatch(/old|new/)
  })

  test('shows the change of each variable with its values, and sends it with the secrets', () => {
    const deployed = {
      A: 'info',
      B: 'same',
      C: 'sk-0123456789abcdefXYZ',
      D: 'old',
      E: 'postgres://u:hunter2@db',
      PASSWORD: 'x-y-z-1'
    }
    const list = namedValues(deployed)
    const variables = { A: 'debug', B: 'same', C: 'none', E: 'none', PASSWORD: 'none', N: 'new' }
    const wish = image({}, { secrets: { ...secrets({ D: 'secret' }), variables: namedValues(variables) } })
    const plan = planPatch(wish, fromImage({ secrets: list }), undefined)
    expect(plan.rows.filter(({ about }) => about !== 'field')).toEqual([
      { about: 'secret', name: 'D', change: 'changed' },
      { about: 'variable', name: 'A', change: 'changed', from: 'info', to: 'debug' },
      { about: 'variable', name: 'B', change: 'kept', value: 'same' },
      { about: 'variable', name: 'C', change: 'changed', from: deployed.C, to: 'none' },
      { about: 'variable', name: 'E', change: 'changed', from: deployed.E, to: 'none' },
      { about: 'variable', name: 'PASSWORD', change: 'changed', from: deployed.PASSWORD, to: 'none' },
      { about: 'variable', name: 'N', change: 'added', value: 'new' }
    ])
    expect(bodyOf(plan)?.secrets).toEqual(namedValues({ D: 'secret', ...variables }))
    const hidden = planPatch(
      wish,
      fromImage({ secrets: Object.keys(deployed).map((name) => ({ name, value: '***' })) }),
      undefined
    )
    expect(rowOf(hidden, 'A')).toEqual({ about: 'variable', name: 'A', change: 'set', value: 'debug' })
    expect(rowOf(planCreate(wish, []), 'A')).toEqual({ about: 'variable', name: 'A', change: 'added', value: 'debug' })
  })

  test('shows existing secrets even if the inputs have none, and sends none', () => {
    const plan = planPatch(image(), fromImage({ secrets: [{ name: 'A', value: '****' }] }), undefined)
    expect(rowOf(plan, 'A')).toEqual({ about: 'secret', name: 'A', change: 'kept' })
    expect(bodyOf(plan)).not.toHaveProperty('secrets')
  })
})

describe('skip-unchanged', () => {
  test.each<[string, DesiredDeployment, ReturnType<typeof deploymentWith>, ReturnType<typeof revisionWith>, boolean]>([
    ['this digest', image(), fromImage(), runs(IMAGE), true],
    ['another digest', image(), fromImage(), runs(IMAGE.replace('0123', '3210')), false],
    [
      'this tag, which may have moved',
      image({ imageUri: 'agent:1' }),
      fromImage({ source_revision_config: { image_uri: 'agent:1' } }),
      runs('agent:1'),
      false
    ],
    ['this commit of this ref', github(), fromGithub, builtFrom(COMMIT), true],
    [
      'this commit, resolved from this ref',
      github(),
      deploymentWith({
        source_config: { ...GITHUB_CONFIG, repo_branch: 'main' },
        source_revision_config: { ...MAIN, repo_ref: COMMIT }
      }),
      revisionWith({ source_revision_config: { ...MAIN, repo_ref: COMMIT } }),
      true
    ],
    ['another commit', github(), fromGithub, builtFrom(OTHER_COMMIT), false],
    ['an unknown commit', github(), fromGithub, revisionWith({ source_revision_config: MAIN }), false],
    [
      'this commit of another ref than that of the run',
      github({ runCommit: undefined }),
      fromGithub,
      builtFrom(COMMIT),
      false
    ],
    ['this commit of another ref', github({ repoRef: 'other' }), fromGithub, builtFrom(COMMIT), false],
    ['this commit with another path', github({ configPath: 'x.json' }), fromGithub, builtFrom(COMMIT), false],
    ['this commit with another build command', github({ buildCommand: 'b' }), fromGithub, builtFrom(COMMIT), false],
    ['this digest with other resources', image({ resourceSpec: { cpu: 2 } }), fromImage(), runs(IMAGE), false],
    ['this digest with another secret', image({}, { secrets: secrets({ A: 'a' }) }), fromImage(), runs(IMAGE), false],
    [
      'this digest in another spelling',
      image({ imageUri: `acme/agent@${DIGEST}` }),
      fromImage({ source_revision_config: { image_uri: `docker.io/acme/agent@${DIGEST}` } }),
      runs(`index.docker.io/acme/agent:1@${DIGEST}`),
      true
    ],
    [
      'this digest with the same secrets',
      image({}, { secrets: secrets({ A: 'a' }) }),
      fromImage({ secrets: [{ name: 'A', value: 'a' }] }),
      runs(IMAGE),
      true
    ]
  ])('for an active revision with %s skips the new revision: %5$s', (_, wish, deployment, serving, skips) => {
    const plan = planPatch(wish, deployment, serving)
    expect(plan.kind).toBe(skips ? 'nothing' : 'patch')
    if (!skips) expect(plan).toMatchObject({ makesRevision: true })
  })

  test.each<
    [string, DesiredDeployment, ReturnType<typeof deploymentWith>, ReturnType<typeof revisionWith>, JsonObject]
  >([
    [
      'build-on-push',
      github({ buildOnPush: false }),
      deploymentWith({ source_config: { ...GITHUB_CONFIG, build_on_push: true }, source_revision_config: MAIN }),
      builtFrom(COMMIT),
      { source_config: { build_on_push: false } }
    ],
    ['the display name', image({}, { displayName: 'New' }), fromImage(), runs(IMAGE), { display_name: 'New' }],
    [
      'the address',
      image({ customUrl: 'a.example.com' }),
      fromImage(),
      runs(IMAGE),
      { source_config: { custom_url: 'a.example.com' } }
    ]
  ])('still changes %s, without a revision', (_, wish, deployment, serving, body) => {
    const plan = planPatch(wish, deployment, serving)
    expect(plan).toMatchObject({ kind: 'patch', makesRevision: false })
    expect(bodyOf(plan)).toEqual(body)
  })

  test('still shows all settings that are kept', () => {
    const plan = planPatch(github(), fromGithub, builtFrom(COMMIT))
    expect(plan.rows.map(({ name, change }) => `${name} ${change}`)).toEqual([
      'repo_ref kept',
      'langgraph_config_path kept',
      'build_on_push kept'
    ])
  })
})

describe('the source of a revision', () => {
  const named = (plan: Plan) => bodyOf(plan)?.revision_source
  const archived = deploymentWith({ source: 'internal_source', source_config: GITHUB_CONFIG })

  test.each<[string, DesiredDeployment, ReturnType<typeof deploymentWith>, string | undefined]>([
    ['from GitHub is not sent for a deployment from GitHub', github(), fromGithub, undefined],
    ['from an image is not sent', image(), fromImage(), undefined],
    ['from GitHub is sent for a deployment from another source', github(), archived, 'github'],
    ['from an archive is sent for a deployment from an archive', archive(), fromArchive, 'internal_source'],
    ['from an archive is sent for a deployment from GitHub', archive(), fromGithub, 'internal_source'],
    ['from an archive is sent for a deployment from a pushed image', archive(), fromPushedImage, 'internal_source']
  ])('%s', (_, wish, deployment, source) => {
    const plan = planPatch(wish, deployment, undefined)
    expect(named(plan)).toBe(source)
    const differs = source !== undefined && source !== deployment.source
    expect(rowOf(plan, 'revision_source')).toEqual(
      differs
        ? { about: 'field', name: 'revision_source', change: 'changed', from: deployment.source, to: source }
        : undefined
    )
  })

  test('requires a new revision if the active one has another source, even with the same commit', () => {
    const serving = revisionWith({
      source: 'internal_source',
      source_revision_config: { ...MAIN, repo_commit_sha: COMMIT }
    })
    expect(planPatch(github(), fromGithub, serving)).toMatchObject({ makesRevision: true })
  })

  test('is not sent with a change in place', () => {
    const existing = deploymentWith({
      source: 'internal_source',
      source_config: GITHUB_CONFIG,
      source_revision_config: MAIN
    })
    const serving = builtFrom(COMMIT)
    const plan = planPatch(github({}, { displayName: 'New' }), existing, serving)
    expect(plan).toMatchObject({ makesRevision: false, body: { display_name: 'New' } })
    expect(named(plan)).toBeUndefined()
  })
})

describe('planPatch with a conflict', () => {
  test.each<[string, DesiredDeployment, ReturnType<typeof deploymentWith>, RegExp]>([
    ['AWAITING_DELETE', image(), fromImage({ status: 'AWAITING_DELETE' }), /reserved for up to a week/],
    ['AWAITING_FINAL_DELETE', image(), fromImage({ status: 'AWAITING_FINAL_DELETE' }), /reserved for up to a week/],
    ['created from GitHub, for an image', image(), fromGithub, /created from source github, .+ deploy image ghcr/],
    [
      'created from an image, for GitHub',
      github(),
      fromImage(),
      /created from source external_docker, .+ deploy https/
    ],
    ['created from a template', github(), deploymentWith({ source: 'internal_template' }), /source internal_template/],
    [
      'created from an archive, without a repository',
      github(),
      fromArchive,
      /internal_source and has no GitHub repository/
    ],
    ['created from a pushed image, without a repository', github(), fromPushedImage, /no GitHub repository/],
    [
      'created from an archive, for an image',
      image(),
      fromArchive,
      /created from source internal_source, .+ deploy image/
    ],
    [
      'created from another repository',
      github(),
      deploymentWith({ source_config: { repo_url: 'https://github.com/acme/other' } }),
      /`repo-url` is .*, but the deployment has https:\/\/github\.com\/acme\/other/
    ],
    [
      'connected to another integration',
      github({ integrationId: 'a' }),
      deploymentWith({ source_config: { repo_url: REPOSITORY, integration_id: 'b' } }),
      /`integration-id` is a, but the deployment has b/
    ],
    [
      'run by another listener',
      image({ listenerId: 'a' }),
      fromImage({ source_config: { listener_id: 'b' } }),
      /`listener-id` is a, but the deployment has b/
    ],
    [
      'run in another namespace',
      image({ k8sNamespace: 'a' }),
      fromImage({ source_config: { listener_config: { k8s_namespace: 'b' } } }),
      /`k8s-namespace` is a, but the deployment has b/
    ]
  ])('rejects a deployment that is %s', (_, wish, deployment, message) => {
    const run = () => planPatch(wish, deployment, undefined)
    expect(run).toThrow(RefusalError)
    expect(run).toThrow(message)
  })

  test('rejects a deployment with a hidden secret that it must keep', () => {
    const wish = image({}, { secrets: secrets({ A: 'a' }) })
    expect(() => planPatch(wish, fromImage({ secrets: [{ name: 'B', value: '***' }] }), undefined)).toThrow(
      /hide the value/
    )
  })

  test.each<[string, DesiredDeployment, ReturnType<typeof deploymentWith>]>([
    [
      'the same repository in another spelling',
      github(),
      deploymentWith({
        source_config: { repo_url: 'https://github.com/ACME/Agents.git' },
        source_revision_config: MAIN
      })
    ],
    [
      'a repository that the server omits',
      github({ integrationId: 'a' }),
      deploymentWith({ source_revision_config: MAIN })
    ],
    [
      'the same listener and namespace',
      image({ listenerId: 'a', k8sNamespace: 'n' }),
      fromImage({ source_config: { listener_id: 'a', listener_config: { k8s_namespace: 'n' } } })
    ],
    ['a listener that the server omits', image({ listenerId: 'a', k8sNamespace: 'n' }), fromImage()]
  ])('accepts a deployment with %s', (_, wish, deployment) => {
    expect(planPatch(wish, deployment, undefined).kind).toBe('patch')
  })
})
