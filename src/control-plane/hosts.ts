import type { ControlPlane } from '../run/destination.ts'

interface RegionRow {
  /** The prefix of each of its hosts. */
  readonly prefix: string
  /**
   * Other names that people use for the region. A name belongs to the last row that matches: `us-east-1` is a region of
   * AWS.
   */
  readonly otherNames: RegExp
}

/** The regions of LangSmith Cloud. Source: docs.langchain.com/langsmith/api-ref-control-plane */
const REGIONS = {
  us: { prefix: '', otherNames: /^(usa?|gcp|global|default|america|north-?america)\b/ },
  eu: { prefix: 'eu.', otherNames: /\b(eu|europe)\b/ },
  apac: { prefix: 'apac.', otherNames: /\bapac\b|^(asia|ap|australia|au|jp|sg)\b/ },
  'aws-us': { prefix: 'aws.', otherNames: /^aws$|^us-(east|west)-\d$|aws.*us|us.*aws/ }
} as const satisfies Readonly<Record<string, RegionRow>>

export type Region = keyof typeof REGIONS

/** Names of all regions, for messages and checks. */
export const regions = Object.keys(REGIONS) as [Region, ...Region[]]

/** Returns the control plane of a Cloud region. */
export function cloudControlPlane(region: Region): ControlPlane {
  return cloudControlPlaneOf(REGIONS[region].prefix)
}

/**
 * Returns the control plane at an address from the user. Addresses of Cloud are recognized, including those of regions
 * that are newer than this action.
 *
 * @param url a parsed http or https address without user info, query and fragment
 */
export function controlPlaneAt(url: URL): ControlPlane {
  const prefix = prefixIn(url, CONTROL_PLANES)
  if (prefix !== undefined) return cloudControlPlaneOf(prefix)
  const path = url.pathname.replace(/\/+$/, '')
  // A self-hosted installation serves its pages, its API and its control plane on one host.
  const home = url.origin + path.replace(/\/api-host$/, '')
  return {
    url: url.origin + path,
    dashboard: home,
    dataApi: home,
    hosting: isLoopback(url.hostname) ? 'unknown' : 'self-hosted'
  }
}

/** Matches `api.host.langchain.com`, with the prefix of a region except the first one. */
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

/** Routes of a control plane and of the LangSmith API, including everything after the last segment of a route. */
const ROUTES =
  /\/(?:v[12]\/(?:deployments|projects|listeners|integrations)(?:\/.*)?|docs|redoc|openapi\.json)$|(?<=\/api-host)\/v[12]$/
const DATA_API = /\/api\/v[12](?:\/.*)?$/
/** Pages of an installation, such as the page of a deployment. */
const PAGES = /\/o\/[0-9a-f-]{36}(?:\/.*)?$/i

/**
 * Returns the control plane that another address of the same installation belongs to: that of the LangSmith API (as in
 * LANGSMITH_ENDPOINT), of a route, of the API's documentation, or of a page. Returns `undefined` if the address needs
 * no correction.
 */
export function correctedAddress(url: URL): URL | undefined {
  const prefix = prefixIn(url, DATA_APIS) ?? (/^\/api(\/|$)/.test(url.pathname) ? prefixIn(url, DASHBOARDS) : undefined)
  if (prefix !== undefined) return new URL(cloudControlPlaneOf(prefix).url)
  if (prefixIn(url, CONTROL_PLANES) !== undefined || prefixIn(url, DASHBOARDS) !== undefined) return undefined
  const path = url.pathname.replace(/\/+$/, '')
  // A path with this ending is a control plane, whatever a gateway or `kubectl proxy` prepends.
  if (path.endsWith('/api-host')) return undefined
  const home = DATA_API.test(path) || PAGES.test(path) ? path.replace(DATA_API, '').replace(PAGES, '') : undefined
  const cut = home === undefined ? path.replace(ROUTES, '') : `${home.replace(/\/api-host$/, '')}/api-host`
  return cut === path ? undefined : new URL(url.origin + cut)
}

/** Returns the input to set instead of the address of a page on Cloud, which users copy from their browser. */
export function inputForDashboard(url: URL): string | undefined {
  const prefix = prefixIn(url, DASHBOARDS)
  if (prefix === undefined) return undefined
  const region = regions.find((one) => REGIONS[one].prefix === prefix)
  return region ? `region: ${region}` : `control-plane-url: ${cloudControlPlaneOf(prefix).url}`
}

/** Returns the region that a word most likely means. */
export function regionLike(word: string): Region | undefined {
  return regions.findLast((region) => REGIONS[region].otherNames.test(word.toLowerCase()))
}

/**
 * Returns true if a control plane of Cloud runs in AWS: its host is `aws.api.host…`, or the host of another region in
 * AWS.
 */
export function isOnAws(url: string): boolean {
  return URL.canParse(url) && /^aws(-[a-z0-9-]+)?\.$/.test(prefixIn(new URL(url), CONTROL_PLANES) ?? '')
}

/** Returns true if a host name always refers to this machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  )
}

/** Returns the page of an experiment, in the comparison view of its dataset. */
export function experimentUrl(
  { dashboard }: Pick<ControlPlane, 'dashboard'>,
  { tenantId, datasetId, id }: { readonly tenantId: string; readonly datasetId: string; readonly id: string }
): string {
  return `${dashboard}/o/${tenantId}/datasets/${datasetId}/compare?selectedSessions=${id}`
}

/** Returns the page of a deployment. With `?revisionPeek=REVISION_ID` appended, the page opens a revision. */
export function dashboardUrl(controlPlane: ControlPlane, tenantId: string, deploymentId: string): string {
  return `${controlPlane.dashboard}/o/${tenantId}/host/deployments/${deploymentId}`
}

/** Returns the page of a tracing project, in the same form as LangSmith's own clients. */
export function tracingUrl({ dashboard }: ControlPlane, tenantId: string, sessionId: string): string {
  return `${dashboard}/o/${encodeURIComponent(tenantId)}/projects/p/${encodeURIComponent(sessionId)}`
}
