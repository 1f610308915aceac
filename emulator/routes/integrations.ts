import { type Answer, type Route, refusal, type WorkspaceCall } from '../http.ts'
import { cursorPage } from '../paging.ts'
import { INSTALLATION_ID, INTEGRATION_ID, WORKSPACE_ID } from '../state.ts'
import { pathId } from './deployments.ts'

/**
 * The default workspace has one installation of the GitHub App; a self-hosted one has none, because it deploys only
 * images.
 */
function integrations({ world, state }: WorkspaceCall): { id: string; installation_id: number; name: string }[] {
  if (world.tenantId !== WORKSPACE_ID || state.settings.hosting === 'self-hosted') return []
  const owner = state.settings.repositories[0]?.split('/')[0] ?? 'acme'
  return [{ id: INTEGRATION_ID, installation_id: INSTALLATION_ID, name: owner }]
}

/** The same with the additional fields of the newer routes of the "forge" app. */
function forgeInstallations(call: WorkspaceCall): unknown[] {
  return integrations(call).map((integration) => ({
    ...integration,
    repository_selection: 'selected',
    settings_url: `https://github.com/organizations/${integration.name}/settings/installations/${INSTALLATION_ID}`
  }))
}

function repositories(call: WorkspaceCall): unknown[] {
  const id = pathId(call, 'integration_id')
  if (!integrations(call).some((integration) => integration.id === id)) {
    throw refusal(404, `Integration ID ${id} not found.`)
  }
  return call.state.settings.repositories.map((repository, index) => {
    const [owner, name] = repository.split('/')
    const url = `https://github.com/${repository}`
    return { host_integration_id: id, id: 710_000_001 + index, name, owner, url, default_branch: 'main' }
  })
}

function installationLink(): Answer {
  const install_url = 'https://github.com/apps/langsmith-emulator/installations/new'
  return { status: 200, body: { install_url, oauth_reuse_url: null } }
}

function get(path: string, handle: Route['handle']): Route {
  return { method: 'GET', path, handle }
}

function whole(items: (call: WorkspaceCall) => unknown[]): Route['handle'] {
  return (call) => ({ status: 200, body: items(call) })
}

function paged(items: (call: WorkspaceCall) => unknown[]): Route['handle'] {
  return (call) => cursorPage(items(call), call)
}

export const integrationRoutes: readonly Route[] = [
  get('/v1/integrations/github/install', whole(integrations)),
  get('/v1/integrations/github/:integration_id/repos', whole(repositories)),
  get('/v1/integrations/forge/github/install', whole(integrations)),
  get('/v1/integrations/forge/github/:integration_id/repos', whole(repositories)),
  { method: 'POST', path: '/v2/integrations/github/installation-link', handle: installationLink },
  get('/v2/integrations/github/installations', paged(integrations)),
  get('/v2/integrations/github/installations/:integration_id/repositories', paged(repositories)),
  get('/v2/integrations/forge-github/installations', paged(forgeInstallations)),
  get('/v2/integrations/forge-github/installations/:integration_id/repositories', paged(repositories))
]
