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

/**
 * Where the run sent its keys, and by what each is known again. It is saved for the post step, for which the runner
 * evaluates the inputs anew: by then they can be empty, or belong to another place.
 */
export interface Destination {
  readonly controlPlane: ControlPlane
  readonly workspaceId: string | undefined
  readonly organizationId: string | undefined
  readonly keyDigest: string
  /** Nothing when the run had no token for GitHub. */
  readonly github: { readonly apiUrl: string; readonly repository: string; readonly tokenDigest: string } | undefined
}
