/** Hosting of a control plane, which decides which sources and settings the control plane accepts. */
export type Hosting = 'cloud' | 'self-hosted' | 'unknown'

/** The addresses of a control plane, and its hosting. */
export interface ControlPlane {
  /** Base address of the API, without a trailing slash, such as `https://api.host.langchain.com`. */
  readonly url: string
  /** Base address of the LangSmith pages, without a trailing slash. */
  readonly dashboard: string
  /** Base address of the LangSmith API, which lists the workspaces, without a trailing slash. */
  readonly dataApi: string
  /** `unknown` for loopback. It can be a test server for any hosting, so no input is rejected because of it. */
  readonly hosting: Hosting
}

/**
 * The servers that the run sent its keys to, with a digest of each key. Saved for the post step: the runner evaluates
 * the inputs again for that step, so they may be empty by then, or belong to another server.
 */
export interface Destination {
  readonly controlPlane: ControlPlane
  readonly workspaceId: string | undefined
  readonly organizationId: string | undefined
  readonly keyDigest: string
  /** `undefined` when the run had no token for GitHub. */
  readonly github: { readonly apiUrl: string; readonly repository: string; readonly tokenDigest: string } | undefined
}
