import type { ControlPlaneClient } from '../../control-plane/client.ts'
import { RefusalError } from '../../control-plane/errors.ts'
import type { Deployment, GithubIntegration } from '../../control-plane/resources.ts'
import { fixedAtCreate } from '../refusals.ts'
import { commitOf, isTag } from '../revision.ts'
import { chosenType, typeSetting } from './deployment-type.ts'
import { DEFAULT_CONFIG_PATH, differs, NO_CODE, optional, type Setting, type Source } from './source.ts'

/** Code that LangSmith fetches from GitHub and builds itself. Cloud only. */
export interface GithubInputs {
  readonly type: 'github'
  /** Address of the repository, such as `https://github.com/acme/agents`. */
  readonly repoUrl: string
  /** A branch by its name, a tag as `refs/tags/…`; empty for the default branch of another repository, to be looked up. */
  readonly repoRef: string
  /** Nothing when it is not written: an existing deployment keeps what it has. */
  readonly configPath: string | undefined
  readonly integrationId: string | undefined
  /** Nothing when it is not written: an existing deployment keeps what it has. */
  readonly buildOnPush: boolean | undefined
  readonly deploymentType: string | undefined
  readonly installCommand: string | undefined
  readonly buildCommand: string | undefined
  /** The run's commit, when `repoUrl` and `repoRef` are the run's own. */
  readonly runCommit: string | undefined
}

/** The source of code on GitHub; its integration is looked up at most once. */
export function githubSource(inputs: GithubInputs): Source {
  let integration: Promise<string> | undefined
  return {
    type: 'github',
    label: `${inputs.repoUrl} at ${inputs.repoRef || 'its default branch'}`,
    // A path that is not written is sent at create only, where nothing else can be taken for ours.
    sent: { ...NO_CODE, repo_ref: inputs.repoRef, langgraph_config_path: inputs.configPath ?? null },
    commit: inputs.runCommit,
    fixedSettings: async (client, { url }) => {
      integration ??= inputs.integrationId
        ? Promise.resolve(inputs.integrationId)
        : findRepository(client, inputs.repoUrl).then(({ integrationId }) => integrationId)
      return [
        { field: 'integration_id', wanted: await integration },
        { field: 'repo_url', wanted: inputs.repoUrl },
        typeSetting(chosenType(inputs.deploymentType, url))
      ]
    },
    checkFixed: (deployment) => checkRepository(inputs, deployment),
    settings: (deployment) => settingsOfRepository(inputs, deployment),
    isServedBy: (revision) => inputs.runCommit !== undefined && commitOf(revision) === inputs.runCommit
  }
}

/** The repository and its integration are fixed at create. */
function checkRepository(
  { repoUrl, repoRef, integrationId, buildOnPush }: GithubInputs,
  { name, source, source_config: actual }: Deployment
): void {
  if (source !== 'github' && !actual.repo_url) throw repositoryMissing(name, source)
  if (actual.repo_url && !sameRepository(actual.repo_url, repoUrl)) {
    throw fixedAtCreate('repo-url', actual.repo_url, repoUrl)
  }
  if (differs(actual.integration_id, integrationId)) {
    throw fixedAtCreate('integration-id', actual.integration_id, integrationId ?? '')
  }
  if (buildOnPush === undefined && actual.build_on_push && isTag(repoRef)) throw pushesOfTag(name, repoRef)
}

function settingsOfRepository(inputs: GithubInputs, deployment: Deployment | undefined): readonly Setting[] {
  const config = deployment?.source_config
  return [
    {
      section: 'source_revision_config',
      field: 'repo_ref',
      wanted: inputs.repoRef,
      current: config?.repo_branch ?? deployment?.source_revision_config.repo_ref ?? null,
      effect: 'always'
    },
    ...configPathSetting(inputs, deployment),
    buildOnPushSetting(inputs, deployment),
    ...optional('install_command', inputs.installCommand, config?.install_command),
    ...optional('build_command', inputs.buildCommand, config?.build_command)
  ]
}

/**
 * A path that is written goes with every revision, and the default with the first one. Else the server keeps the path
 * that it has, which is only shown.
 */
function configPathSetting({ configPath }: GithubInputs, deployment: Deployment | undefined): readonly Setting[] {
  const current = deployment?.source_revision_config.langgraph_config_path ?? null
  const setting = { section: 'source_revision_config', field: 'langgraph_config_path', current } as const
  const isFirst = deployment?.source !== 'github'
  const wanted = configPath ?? (isFirst ? DEFAULT_CONFIG_PATH : undefined)
  if (wanted !== undefined) return [{ ...setting, wanted, effect: 'always' }]
  return current === null ? [] : [{ ...setting, wanted: current, effect: 'revision' }]
}

function buildOnPushSetting({ buildOnPush }: GithubInputs, deployment: Deployment | undefined): Setting {
  // What the server does not tell is off.
  const current = deployment ? (deployment.source_config.build_on_push ?? false) : null
  const wanted = buildOnPush ?? current ?? false
  return { section: 'source_config', field: 'build_on_push', wanted, current, effect: 'place' }
}

function pushesOfTag(name: string, tag: string): RefusalError {
  return new RefusalError(
    'Build on push is not supported for tags',
    `The deployment "${name}" builds each push, but this run would deploy the tag ${tag}, which receives no pushes. LangSmith rejects this combination.`,
    'Set `build-on-push: false`, or set `repo-ref` to a branch.'
  )
}

/** Whether two addresses name one repository: GitHub minds neither case nor `.git` nor a slash at the end. */
export function sameRepository(left: string, right: string): boolean {
  return canonical(left) === canonical(right)
}

function canonical(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/^(?:https?:\/\/|ssh:\/\/)?(?:[^@/]*@)?/, '')
    .replace(':', '/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
}

/**
 * The repository and the integration through which LangSmith may read it. The one of the repository's own account is asked
 * first, since nearly always it is that.
 *
 * @returns `defaultBranch`: nothing where the server does not tell it
 * @throws {RefusalError} when no integration can read it
 */
export async function findRepository(
  client: ControlPlaneClient,
  repoUrl: string
): Promise<{ readonly integrationId: string; readonly defaultBranch: string | undefined }> {
  const integrations = await client.githubIntegrations()
  const owner = canonical(repoUrl).split('/').at(-2)
  const ownFirst = [...integrations].sort((a, b) => Number(isOf(b, owner)) - Number(isOf(a, owner)))
  for (const integration of ownFirst) {
    const repositories = await client.githubRepositories(integration.id)
    const found = repositories.find(({ url }) => sameRepository(url, repoUrl))
    if (found) return { integrationId: integration.id, defaultBranch: found.default_branch ?? undefined }
  }
  throw noIntegration(repoUrl, integrations, await client.githubInstallLink())
}

function isOf(integration: GithubIntegration, owner: string | undefined): boolean {
  return integration.name.toLowerCase() === owner
}

/** The API sets the repository and its integration at create only. */
function repositoryMissing(name: string, source: string): RefusalError {
  return new RefusalError(
    'Deployment has no GitHub repository',
    `The deployment "${name}" was created from ${source} and has no GitHub repository. LangSmith sets the repository only when a deployment is created, so it cannot build this deployment from GitHub.`,
    'Set `source-type: internal_source` to deploy the checked-out workspace, or use another `name`.'
  )
}

function noIntegration(
  repoUrl: string,
  integrations: readonly GithubIntegration[],
  link: string | undefined
): RefusalError {
  const accounts = integrations.map(({ name, id }) => `${name || 'unnamed'} (${id})`).join(', ')
  return new RefusalError(
    'GitHub integration not found',
    integrations.length === 0
      ? `The workspace has no GitHub integration, so LangSmith cannot read ${repoUrl}.`
      : `None of the workspace's GitHub integrations can read ${repoUrl}: ${accounts}.`,
    `Install the LangSmith GitHub App on the account and grant it access to this repository (${link ?? 'LangSmith > Deployments > New deployment > Import from GitHub'}), or set \`integration-id\`.`
  )
}
