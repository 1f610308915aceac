import type { ControlPlaneClient } from '../../src/control-plane/client.ts'
import { cloudControlPlane } from '../../src/control-plane/hosts.ts'
import type { Deployment, Revision, SourceConfig, SourceRevisionConfig } from '../../src/control-plane/resources.ts'
import type { Clock } from '../../src/run/limits.ts'

export const DEPLOYMENT_ID = '0b54c7a5-6d1e-4c3f-8a5b-1f2e3d4c5b6a'
export const REVISION_ID = '11111111-1111-4111-8111-111111111111'
export const NEWER_ID = '22222222-2222-4222-8222-222222222222'
export const OLDER_ID = '33333333-3333-4333-8333-333333333333'
export const TENANT_ID = '44444444-4444-4444-8444-444444444444'
export const COMMIT = '0123456789abcdef0123456789abcdef01234567'
export const OTHER_COMMIT = 'fedcba9876543210fedcba9876543210fedcba98'
export const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`

export const CLOUD = cloudControlPlane('us')
export const CLOUD_ON_AWS = cloudControlPlane('aws-us')

const NO_SOURCE: SourceConfig = {
  integration_id: null,
  repo_url: null,
  repo_branch: null,
  deployment_type: null,
  build_on_push: null,
  custom_url: null,
  resource_spec: null,
  listener_id: null,
  listener_config: null,
  install_command: null,
  build_command: null
}

const NO_CODE: SourceRevisionConfig = {
  repo_ref: null,
  langgraph_config_path: null,
  image_uri: null,
  source_tarball_path: null,
  repo_commit_sha: null
}

/** Overrides of a sample. Fields of its configurations that they omit are `null`. */
type Overrides<T> = Partial<Omit<T, 'source_config' | 'source_revision_config'>> & {
  readonly source_config?: Partial<SourceConfig>
  readonly source_revision_config?: Partial<SourceRevisionConfig>
}

export function deploymentWith(overrides: Overrides<Deployment> = {}): Deployment {
  return {
    id: DEPLOYMENT_ID,
    name: 'my-agent',
    source: 'github',
    status: 'READY',
    tenant_id: TENANT_ID,
    created_at: null,
    updated_at: null,
    display_name: null,
    is_preview: null,
    url: null,
    latest_revision_id: REVISION_ID,
    active_revision_id: REVISION_ID,
    tracer_session_id: null,
    secrets: [],
    secret_references: [],
    route_through_gateway: null,
    image_version: null,
    ...overrides,
    source_config: { ...NO_SOURCE, ...overrides.source_config },
    source_revision_config: { ...NO_CODE, ...overrides.source_revision_config }
  }
}

export function revisionWith(overrides: Overrides<Revision> = {}): Revision {
  return {
    id: REVISION_ID,
    status: 'DEPLOYED',
    source: 'github',
    created_at: null,
    updated_at: null,
    image_version: null,
    status_message: null,
    ...overrides,
    source_revision_config: { ...NO_CODE, ...overrides.source_revision_config }
  }
}

/** Returns a client with only the given operations. A call of any other operation fails the test. */
export function clientWith(operations: Partial<ControlPlaneClient>): ControlPlaneClient {
  const unexpected = (operation: string) => (): never => {
    throw new Error(`unexpected call to ${operation}`)
  }
  return {
    deploymentsNamed: unexpected('deploymentsNamed'),
    deploymentsContaining: unexpected('deploymentsContaining'),
    deployment: unexpected('deployment'),
    glance: unexpected('glance'),
    stop: unexpected('stop'),
    glanceRevisions: unexpected('glanceRevisions'),
    glanceRevision: unexpected('glanceRevision'),
    createDeployment: unexpected('createDeployment'),
    patchDeployment: unexpected('patchDeployment'),
    rename: unexpected('rename'),
    deleteDeployment: unexpected('deleteDeployment'),
    revisions: unexpected('revisions'),
    revision: unexpected('revision'),
    redeploy: unexpected('redeploy'),
    lastRevision: unexpected('lastRevision'),
    interrupt: unexpected('interrupt'),
    uploadTarget: unexpected('uploadTarget'),
    upload: unexpected('upload'),
    pushToken: unexpected('pushToken'),
    readLogs: unexpected('readLogs'),
    githubIntegrations: unexpected('githubIntegrations'),
    githubRepositories: unexpected('githubRepositories'),
    githubInstallLink: unexpected('githubInstallLink'),
    deploymentsGoing: unexpected('deploymentsGoing'),
    listeners: unexpected('listeners'),
    awaitRollout: unexpected('awaitRollout'),
    ...operations
  }
}

/** A clock whose time passes only during sleeps. */
export interface VirtualClock extends Clock {
  /** Milliseconds since the creation of the clock. */
  passed(): number
  /** Runs an action during a sleep, at a time in milliseconds since the creation of the clock. */
  at(ms: number, action: () => void): void
}

export function virtualClock(start = 1_700_000_000_000): VirtualClock {
  let now = start
  const agenda: { readonly at: number; readonly action: () => void }[] = []
  return {
    now: () => now,
    passed: () => now - start,
    at: (ms, action) => agenda.push({ at: start + ms, action }),
    sleep: async (ms, signal) => {
      signal?.throwIfAborted()
      const end = now + ms
      for (const { at, action } of agenda.filter((entry) => entry.at >= now && entry.at < end)) {
        now = at
        action()
        signal?.throwIfAborted()
      }
      now = end
    }
  }
}
