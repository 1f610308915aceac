import type { ControlPlane } from '../run/destination.ts'

interface RegionRow {
  /** The beginning of each of its hosts. */
  readonly prefix: string
  /** What people call it elsewhere. A word belongs to the last row that has it: `us-east-1` is a region of AWS. */
  readonly otherNames: RegExp
}

/** The regions of LangSmith Cloud, one row each. Source: docs.langchain.com/langsmith/api-ref-control-plane */
const REGIONS = {
  us: { prefix: '', otherNames: /^(usa?|gcp|global|default|america|north-?america)\b/ },
  eu: { prefix: 'eu.', otherNames: /\b(eu|europe)\b/ },
  apac: { prefix: 'apac.', otherNames: /\bapac\b|^(asia|ap|australia|au|jp|sg)\b/ },
  'aws-us': { prefix: 'aws.', otherNames: /^aws$|^us-(east|west)-\d$|aws.*us|us.*aws/ }
} as const satisfies Readonly<Record<string, RegionRow>>

export type Region = keyof typeof REGIONS

/** Names of all regions, for messages and checks. */
export const regions = Object.keys(REGIONS) as [Region, ...Region[]]

/** The control plane of a Cloud region. */
export function cloudControlPlane(region: Region): ControlPlane {
  return cloudControlPlaneOf(REGIONS[region].prefix)
}

/**
 * The control plane behind an address that the user wrote. An address of Cloud is recognized as such, also of a region
 * that is newer than this action.
 *
 * @param url a parsed http or https address without user info, query and fragment
 */
export function controlPlaneAt(url: URL): ControlPlane {
  const prefix = prefixIn(url, CONTROL_PLANES)
  if (prefix !== undefined) return cloudControlPlaneOf(prefix)
  const path = url.pathname.replace(/\/+$/, '')
  // A self-hosted installation has its pages, its API and its control plane on one host.
  const home = url.origin + path.replace(/\/api-host$/, '')
  return {
    url: url.origin + path,
    dashboard: home,
    dataApi: home,
    hosting: isLoopback(url.hostname) ? 'unknown' : 'self-hosted'
  }
}

/** `<p>.api.host.langchain.com` and the like: every region has its prefix, and the first one has none. */
const CONTROL_PLANES = /^((?:[a-z0-9-]+\.)*)api\.host\.langchain\.com$/
const DATA_APIS = /^((?:[a-z0-9-]+\.)*)api\.smith\.langchain\.com$/
const DASHBOARDS = /^(?!docs\.|status\.)((?:[a-z0-9-]+\.)*)smith\.langchain\.com$/

function prefixIn({ host }: URL, form: RegExp): string | undefined {
  return form.exec(host.replace(/\.$/, ''))?.[1]
}

function cloudControlPlaneOf(prefix: string): ControlPlane {
  return {
    url: `https://${prefix}api.host.langchain.com`,
    dashboard: `https://${prefix}smith.langchain.com`,
    dataApi: `https://${prefix}api.smith.langchain.com`,
    hosting: 'cloud'
  }
}

/** Paths of a control plane and of the LangSmith API; what is behind the last part of one is its too. */
const ROUTES =
  /\/(?:v[12]\/(?:deployments|projects|listeners|integrations)(?:\/.*)?|docs|redoc|openapi\.json)$|(?<=\/api-host)\/v[12]$/
const DATA_API = /\/api\/v[12](?:\/.*)?$/
/** Pages of an installation, such as that of a deployment. */
const PAGES = /\/o\/[0-9a-f-]{36}(?:\/.*)?$/i

/**
 * The address of the control plane that another address of the same installation means: that of the LangSmith API (as in
 * LANGSMITH_ENDPOINT), of one route, of the API's documentation, or of a page. Nothing where there is nothing to change.
 */
export function correctedAddress(url: URL): URL | undefined {
  const prefix = prefixIn(url, DATA_APIS) ?? (/^\/api(\/|$)/.test(url.pathname) ? prefixIn(url, DASHBOARDS) : undefined)
  if (prefix !== undefined) return new URL(cloudControlPlaneOf(prefix).url)
  if (prefixIn(url, CONTROL_PLANES) !== undefined || prefixIn(url, DASHBOARDS) !== undefined) return undefined
  const path = url.pathname.replace(/\/+$/, '')
  // What ends as a control plane does is one, whatever a gateway or `kubectl proxy` puts in front.
  if (path.endsWith('/api-host')) return undefined
  const home = DATA_API.test(path) || PAGES.test(path) ? path.replace(DATA_API, '').replace(PAGES, '') : undefined
  const cut = home === undefined ? path.replace(ROUTES, '') : `${home.replace(/\/api-host$/, '')}/api-host`
  return cut === path ? undefined : new URL(url.origin + cut)
}

/** What to write in place of an address of the pages of Cloud: people paste the address of their browser. */
export function inputForDashboard(url: URL): string | undefined {
  const prefix = prefixIn(url, DASHBOARDS)
  if (prefix === undefined) return undefined
  const region = regions.find((one) => REGIONS[one].prefix === prefix)
  return region ? `region: ${region}` : `control-plane-url: ${cloudControlPlaneOf(prefix).url}`
}

/** The region that a word most likely means. */
export function regionLike(word: string): Region | undefined {
  return regions.findLast((region) => REGIONS[region].otherNames.test(word.toLowerCase()))
}

/** Whether a control plane of Cloud runs in AWS: its host is `aws.api.host…`, or one of a further region there. */
export function isOnAws(url: string): boolean {
  return URL.canParse(url) && /^aws(-[a-z0-9-]+)?\.$/.test(prefixIn(new URL(url), CONTROL_PLANES) ?? '')
}

/** Whether a host name can only mean this machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  )
}

/** Page of an experiment, beside those of the same dataset. */
export function experimentUrl(
  { dashboard }: Pick<ControlPlane, 'dashboard'>,
  { tenantId, datasetId, id }: { readonly tenantId: string; readonly datasetId: string; readonly id: string }
): string {
  return `${dashboard}/o/${tenantId}/datasets/${datasetId}/compare?selectedSessions=${id}`
}

/** Page of a deployment; with `?revisionPeek=<revision ID>` behind it, one revision is opened there. */
export function dashboardUrl(controlPlane: ControlPlane, tenantId: string, deploymentId: string): string {
  return `${controlPlane.dashboard}/o/${tenantId}/host/deployments/${deploymentId}`
}

/** The page of a tracing project, as LangSmith's own clients build it. */
export function tracingUrl({ dashboard }: ControlPlane, tenantId: string, sessionId: string): string {
  return `${dashboard}/o/${encodeURIComponent(tenantId)}/projects/p/${encodeURIComponent(sessionId)}`
}
