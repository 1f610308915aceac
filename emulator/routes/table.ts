import type { KeyRoute, OpenRoute, Route } from '../http.ts'
import { agentRoutes } from './agents.ts'
import { deploymentRoutes } from './deployments.ts'
import { integrationRoutes } from './integrations.ts'
import { listenerRoutes } from './listeners.ts'
import { logRoutes } from './logs.ts'
import { revisionRoutes } from './revisions.ts'
import { sessionRoutes } from './sessions.ts'
import { storageRoutes, uploadRoutes } from './uploads.ts'
import { workspaceRoutes } from './workspaces.ts'

/** The control plane's own routes, which also exist below `/api-host`. */
export const API_ROUTES: readonly Route[] = [
  ...deploymentRoutes,
  ...revisionRoutes,
  ...logRoutes,
  ...uploadRoutes,
  ...integrationRoutes,
  ...listenerRoutes
]

/** Other routes that LangSmith builds with FastAPI, outside the control plane. */
export const LANGSMITH_ROUTES: readonly KeyRoute[] = [...workspaceRoutes, ...sessionRoutes]

/** All routes that a client may call. */
export const CLIENT_ROUTES: readonly (Route | KeyRoute | OpenRoute)[] = [
  ...API_ROUTES,
  ...LANGSMITH_ROUTES,
  ...[...agentRoutes, ...storageRoutes].filter(({ path }) => !path.startsWith('/_emulator'))
]

/** The remaining routes, for agents and uploads. */
export const LOOKING_ROUTES: readonly OpenRoute[] = [...agentRoutes, ...storageRoutes].filter(({ path }) =>
  path.startsWith('/_emulator')
)
