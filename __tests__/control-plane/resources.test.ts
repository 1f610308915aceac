import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { AnswerError } from '../../src/control-plane/errors.ts'
import {
  toDeployment,
  toInstallLink,
  toIntegration,
  toListener,
  toPage,
  toRepository,
  toRevision
} from '../../src/control-plane/resources.ts'
import { object } from '../../src/run/object.ts'
import { namedValues } from '../support/json.ts'

const CONFIG = {
  integration_id: 'i',
  repo_url: 'https://github.com/acme/agents',
  repo_branch: 'main',
  deployment_type: 'prod',
  build_on_push: true,
  custom_url: 'https://a.example.com',
  resource_spec: { cpu: 1 },
  listener_id: 'l',
  listener_config: { k8s_namespace: 'n' },
  install_command: 'a',
  build_command: 'b'
}
const REVISION_CONFIG = {
  repo_ref: 'main',
  langgraph_config_path: 'langgraph.json',
  image_uri: 'image:1',
  source_tarball_path: 'x.tgz',
  repo_commit_sha: 'c'
}
const DEPLOYMENT = {
  id: 'd',
  name: 'my_deployment',
  source: 'github',
  status: 'READY',
  tenant_id: 't',
  created_at: 'x',
  updated_at: null,
  display_name: 'D',
  is_preview: true,
  url: 'https://d.us.langgraph.app',
  latest_revision_id: 'r2',
  active_revision_id: 'r1',
  source_config: CONFIG,
  source_revision_config: REVISION_CONFIG,
  secrets: [{ name: 'A', value: 'a' }],
  secret_references: [{ name: 'B', secret_name: 'keys', secret_key: 'b' }],
  route_through_gateway: true,
  image_version: '0.16.7',
  tracer_session_id: 's'
}
const nulls = (record: object) => Object.fromEntries(Object.keys(record).map((key) => [key, null]))

describe('a deployment', () => {
  test('is read with the field names of the API, without unused fields', () => {
    const answer = {
      ...DEPLOYMENT,
      created_at: 'x',
      source_config: { ...CONFIG, template_id: 'x', listener_config: { k8s_namespace: 'n', more: 1 } }
    }
    expect(toDeployment(answer)).toEqual(DEPLOYMENT)
  })

  test('requires only id, name and source', () => {
    const bare = { ...DEPLOYMENT, ...nulls(DEPLOYMENT), id: 'd', name: 'n', source: 'github', status: 'UNKNOWN' }
    const expected = { ...bare, source_config: nulls(CONFIG), source_revision_config: nulls(REVISION_CONFIG) }
    expect(toDeployment({ id: 'd', name: 'n', source: 'github' })).toEqual(expected)
    expect(toDeployment({ ...nulls(DEPLOYMENT), id: 'd', name: 'n', source: 'github' })).toEqual(expected)
  })

  test('treats fields of another type as absent', () => {
    const odd = { build_on_push: 'yes', resource_spec: [1], listener_config: 'n', custom_url: 5, repo_url: {} }
    expect(toDeployment({ ...DEPLOYMENT, source_config: odd, status: 7 })).toMatchObject({
      status: 'UNKNOWN',
      source_config: {
        build_on_push: null,
        resource_spec: null,
        listener_config: null,
        custom_url: null,
        repo_url: null
      }
    })
  })

  test('distinguishes an empty list of secrets from a missing one', () => {
    expect(toDeployment({ ...DEPLOYMENT, secrets: [] }).secrets).toEqual([])
    expect(toDeployment({ ...DEPLOYMENT, secrets: undefined }).secrets).toBeNull()
    expect(toDeployment({ ...DEPLOYMENT, secrets: [{ name: 'A' }, { name: 'B', value: '' }] }).secrets).toEqual(
      namedValues({ A: null, B: '' })
    )
  })
})

test('a revision is read with the field names of the API', () => {
  const revision = {
    id: 'r',
    status: 'BUILDING',
    source: 'github',
    created_at: 'now',
    updated_at: 'later',
    source_revision_config: REVISION_CONFIG,
    image_version: '0.16.7',
    status_message: 'why'
  }
  expect(toRevision({ ...revision, extra: 1 })).toEqual(revision)
  expect(toRevision({ id: 'r', status: 'NEVER_HEARD_OF' })).toEqual({
    id: 'r',
    status: 'NEVER_HEARD_OF',
    source: null,
    created_at: null,
    updated_at: null,
    image_version: null,
    status_message: null,
    source_revision_config: nulls(REVISION_CONFIG)
  })
})

test('integrations, repositories and listeners are read', () => {
  expect(toIntegration({ id: 'i', name: 'acme' })).toEqual({ id: 'i', name: 'acme' })
  expect(toIntegration({ id: 'i' })).toEqual({ id: 'i', name: '' })
  expect(toRepository({ url: 'https://github.com/acme/agents', more: 1 })).toEqual({
    url: 'https://github.com/acme/agents',
    default_branch: null
  })
  const compute_config = { k8s_namespaces: ['a', 5, 'b'] }
  expect(toListener({ id: 'l', compute_id: 'c', compute_config })).toEqual({
    id: 'l',
    compute_id: 'c',
    k8s_namespaces: ['a', 'b']
  })
  expect(toListener({ id: 'l' })).toEqual({ id: 'l', compute_id: '', k8s_namespaces: [] })
})

test('a page is read with the offset of the next page', () => {
  expect(toPage({ resources: [1, 2], offset: 2 }, String)).toEqual({ resources: ['1', '2'], offset: 2 })
  expect(toPage({ resources: [], offset: '2' }, String)).toEqual({ resources: [], offset: null })
})

describe('a response with another shape is rejected', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['a text for a deployment', () => toDeployment('x'), /not a JSON object with a deployment/],
    ['an array for a deployment', () => toDeployment([DEPLOYMENT]), /not a JSON object with a deployment/],
    [
      'a deployment without id',
      () => toDeployment({ ...DEPLOYMENT, id: undefined }),
      /the deployment in the response has no `id`/
    ],
    ['a deployment without name', () => toDeployment({ ...DEPLOYMENT, name: '' }), /no `name`/],
    ['a deployment without source', () => toDeployment({ ...DEPLOYMENT, source: 5 }), /no `source`/],
    [
      'a secret without name',
      () => toDeployment({ ...DEPLOYMENT, secrets: [{ value: 'v' }] }),
      /a secret in the response has no `name`/
    ],
    [
      'a secret that is a text',
      () => toDeployment({ ...DEPLOYMENT, secrets: ['A'] }),
      /not a JSON object with a secret/
    ],
    ['a revision without status', () => toRevision({ id: 'r' }), /the revision in the response has no `status`/],
    ['a revision without id', () => toRevision({ status: 'X' }), /no `id`/],
    ['null for a revision', () => toRevision(null), /not a JSON object with a revision/],
    ['an integration without id', () => toIntegration({ name: 'acme' }), /the GitHub integration/],
    ['a repository without url', () => toRepository({}), /no `url`/],
    ['a listener without id', () => toListener({}), /the listener/],
    ['a list without rows', () => toPage({ items: [] }, String), /no `resources`/],
    ['an array for a page', () => toPage([], String), /not a JSON object with a list/]
  ])('%s', (_, decode, message) => {
    expect(decode).toThrow(AnswerError)
    expect(decode).toThrow(message)
  })

  test('any other JSON', () => {
    const decoders = [toDeployment, toRevision, toIntegration, toRepository, toListener]
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...decoders), (value, decode) => {
        try {
          decode(value)
        } catch (error) {
          expect(error).toBeInstanceOf(AnswerError)
        }
      })
    )
  })
})

test.each<[unknown, boolean]>([
  [{}, true],
  [{ a: 1 }, true],
  [[], false],
  [null, false],
  ['x', false],
  [undefined, false]
])('object() accepts %j: %s', (value, expected) => {
  expect(object(value) !== undefined).toBe(expected)
})

describe('the link that installs the GitHub App', () => {
  test.each([
    'https://github.com/apps/hosted-langserve/installations/new',
    'https://github.com/apps/hosted-langserve/installations/new?state=abc.def',
    'https://smith.langchain.com/github/install',
    'https://eu.smith.langchain.com/github/install'
  ])('can be %s', (install_url) => {
    expect(toInstallLink({ install_url, oauth_reuse_url: null })).toBe(install_url)
  })

  test.each([
    {},
    null,
    { install_url: null },
    { install_url: 'http://github.com/apps/x' },
    { install_url: 'https://github.com.evil.example/apps/x' },
    { install_url: 'https://evillangchain.com/x' },
    { install_url: 'https://github.com@evil.example/x' },
    { install_url: 'https://github.com:8443/apps/x' },
    { install_url: 'javascript:alert(1)' },
    { install_url: 'https://github.com/apps/x"><script>' },
    { install_url: `https://github.com/${'x'.repeat(2_000)}` }
  ])('is not read from %j', (value) => {
    expect(() => toInstallLink(value)).toThrow()
  })
})
