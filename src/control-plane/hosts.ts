/** Where a control plane lives decides which sources and settings it takes. */
export type Hosting = 'cloud' | 'self-hosted' | 'unknown'

/** One control plane and the pages that belong to it. */
export interface ControlPlane {
  /** Base address of the API, without a trailing slash, such as `https://api.host.langchain.com`. */
  readonly url: string
  /** Base address of the LangSmith pages, without a trailing slash. */
  readonly dashboard: string
  /** Base address of the LangSmith API, which knows the workspaces, without a trailing slash. */
  readonly dataApi: string
  /** `unknown` for loopback: it may stand in for any hosting, so nothing is refused for it. */
  readonly hosting: Hosting
}

/** The regions of LangSmith Cloud. Source: docs.langchain.com/langsmith/api-ref-control-plane */
const REGIONS = {
  us: {
    url: 'https://api.host.langchain.com',
    dashboard: 'https://smith.langchain.com',
    dataApi: 'https://api.smith.langchain.com'
  },
  eu: {
    url: 'https://eu.api.host.langchain.com',
    dashboard: 'https://eu.smith.langchain.com',
    dataApi: 'https://eu.api.smith.langchain.com'
  },
  apac: {
    url: 'https://apac.api.host.langchain.com',
    dashboard: 'https://apac.smith.langchain.com',
    dataApi: 'https://apac.api.smith.langchain.com'
  },
  'aws-us': {
    url: 'https://aws.api.host.langchain.com',
    dashboard: 'https://aws.smith.langchain.com',
    dataApi: 'https://aws.api.smith.langchain.com'
  }
} as const

export type Region = keyof typeof REGIONS

/** Names of all regions, for messages and checks. */
export const regions = Object.keys(REGIONS) as [Region, ...Region[]]

/** The control plane of a Cloud region. */
export function cloudControlPlane(region: Region): ControlPlane {
  return { ...REGIONS[region], hosting: 'cloud' }
}

/**
 * The control plane behind an address that the user wrote. An address of Cloud is recognised as such, also of a region
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
  const prefix = prefixIn(url, DATA_APIS) ?? (isApiOfDashboard(url) ? prefixIn(url, DASHBOARDS) : undefined)
  if (prefix !== undefined) return new URL(cloudControlPlaneOf(prefix).url)
  if (prefixIn(url, CONTROL_PLANES) !== undefined || prefixIn(url, DASHBOARDS) !== undefined) return undefined
  const path = url.pathname.replace(/\/+$/, '')
  // What ends as a control plane does is one, whatever a gateway or `kubectl proxy` puts in front.
  if (path.endsWith('/api-host')) return undefined
  const home = DATA_API.test(path) || PAGES.test(path) ? path.replace(DATA_API, '').replace(PAGES, '') : undefined
  const cut = home === undefined ? path.replace(ROUTES, '') : `${home.replace(/\/api-host$/, '')}/api-host`
  return cut === path ? undefined : new URL(url.origin + cut)
}

function isApiOfDashboard({ pathname }: URL): boolean {
  return /^\/api(\/|$)/.test(pathname)
}

/** What to write in place of an address of the pages of Cloud: people paste the address of their browser. */
export function inputForDashboard(url: URL): string | undefined {
  const prefix = prefixIn(url, DASHBOARDS)
  if (prefix === undefined) return undefined
  const meant = cloudControlPlaneOf(prefix).url
  const region = regions.find((one) => REGIONS[one].url === meant)
  return region ? `region: ${region}` : `control-plane-url: ${meant}`
}

/** Other names of the regions, as people know them from elsewhere. Those of AWS are its data centers. */
const REGION_NAMES: readonly (readonly [RegExp, Region])[] = [
  [/^aws$|^us-(east|west)-\d$|aws.*us|us.*aws/, 'aws-us'],
  [/\b(eu|europe)\b/, 'eu'],
  [/\bapac\b|^(asia|ap|australia|au|jp|sg)\b/, 'apac'],
  [/^(usa?|gcp|global|default|america|north-?america)\b/, 'us']
]

/** The region that a word most likely means. */
export function regionLike(word: string): Region | undefined {
  return REGION_NAMES.find(([form]) => form.test(word.toLowerCase()))?.[1]
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

/** Page of a deployment; with `?revisionPeek=<revision ID>` behind it, one revision is opened there. */
export function dashboardUrl(controlPlane: ControlPlane, tenantId: string, deploymentId: string): string {
  return `${controlPlane.dashboard}/o/${tenantId}/host/deployments/${deploymentId}`
}
