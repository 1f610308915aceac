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
 * The control plane behind an address that the user wrote. An address of Cloud is recognised as such.
 *
 * @param url a parsed http or https address without user info, query and fragment
 */
export function controlPlaneAt(url: URL): ControlPlane {
  const cloud = regions.find((region) => new URL(REGIONS[region].url).host === url.host)
  if (cloud) return cloudControlPlane(cloud)
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

/** The region whose pages (not API) live at this host name: people paste the address of their browser. */
export function regionOfDashboard(host: string): Region | undefined {
  return regions.find((region) => new URL(REGIONS[region].dashboard).host === host)
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
