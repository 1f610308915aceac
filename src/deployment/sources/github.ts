import type { ControlPlaneClient } from '../../control-plane/client.ts'
import { RefusalError } from '../../control-plane/errors.ts'
import type { Deployment, GithubIntegration } from '../../control-plane/resources.ts'
import { fixedAtCreate, NoIntegrationError } from '../refusals.ts'
import { commitOf, isTag } from '../revision.ts'
import { chosenType, typeSetting } from './deployment-type.ts'
import { DEFAULT_CONFIG_PATH, differs, NO_CODE, optional, type Setting, type Source } from './source.ts'

/** Code that LangSmith fetches from GitHub and builds. Cloud only. */
export interface GithubInputs {
  readonly type: 'github'
  /** URL of the repository, such as `https://github.com/acme/agents`. */
  readonly repoUrl: string
  /** A branch name, or a tag as `refs/tags/…`. Empty for the default branch of another repository, still to look up. */
  readonly repoRef: string
  /** `undefined` keeps the path of an existing deployment. */
  readonly configPath: string | undefined
  readonly integrationId: string | undefined
  /** `undefined` keeps the setting of an existing deployment. */
  readonly buildOnPush: boolean | undefined
  readonly deploymentType: string | undefined
  readonly installCommand: string | undefined
  readonly buildCommand: string | undefined
  /** The commit of the run, if `repoUrl` and `repoRef` are those of the run. */
  readonly runCommit: string | undefined
}

/** Returns the source of code on GitHub. Its integration is looked up at most once. */
export function githubSource(inputs: GithubInputs): Source {
  let integration: Promise<string> | undefined
  return {
    type: 'github',
    label: `${inputs.repoUrl} at ${inputs.repoRef || 'its default branch'}`,
    // The default path is sent only with the first revision, which is recognized without it.
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

/** The repository and its integration cannot change after creation. */
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
 * A path from the inputs is sent with every revision, the default path only with the first one. Otherwise the server
 * keeps its path, which is only shown.
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
  // If the server omits the setting, it is off.
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

/** True if two URLs name the same repository. GitHub ignores case, `.git` and a trailing slash. */
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
 * Finds a repository and the integration that can read it. Checks the integration of the repository's owner first,
 * because it is nearly always the one.
 *
 * @returns `defaultBranch`: `undefined` when the server does not return it
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

/** The API sets the repository and its integration only at create. */
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
  return new NoIntegrationError(
    'GitHub integration not found',
    integrations.length === 0
      ? `The workspace has no GitHub integration, so LangSmith cannot read ${repoUrl}.`
      : `The GitHub integrations of the workspace cannot read ${repoUrl}. Integrations: ${accounts}.`,
    `Install the LangSmith GitHub App on the account and grant it access to this repository (${link ?? 'LangSmith > Deployments > New deployment > Import from GitHub'}), or set \`integration-id\`.`
  )
}
