import { endsRun } from '../run/limits.ts'
import { type JsonObject, object } from '../run/object.ts'
import { sentence } from '../run/sentence.ts'
import { type Decode, NO_BODY } from './answer.ts'
import { AnswerError, ApiError } from './errors.ts'
import { createLogRoute, type ReadLogs } from './logs.ts'
import { type PushToken, toPushToken } from './push-token.ts'
import {
  type Deployment,
  type GithubIntegration,
  type GithubRepository,
  type Listener,
  type OnOddRow,
  type Page,
  type Revision,
  toDeployment,
  toInstallLink,
  toIntegration,
  toListener,
  toPage,
  toRepository,
  toRevision,
  toRevisionRow,
  toRows
} from './resources.ts'
import type { Transport, Written } from './transport.ts'
import { toUploadTarget, type UploadFile, type UploadTarget } from './upload.ts'

/**
 * The operations of the control plane that this action uses, one function each. They throw the errors of the transport:
 * ApiError, AnswerError, UnreachableError, and DeadlineError or CancelledError at the limits of the run.
 */
export interface ControlPlaneClient {
  /**
   * Lists the deployments whose names contain the first of `names`, one page. Rows with a name that is not in `names`
   * are `undefined`.
   */
  deploymentsNamed(names: readonly string[], offset: number): Promise<Page<Deployment | undefined>>
  /**
   * Lists the deployments whose names contain `text`, one page. Rows for which `isMeant` returns false are `undefined`.
   */
  deploymentsContaining(
    text: string,
    isMeant: (name: string) => boolean,
    offset: number
  ): Promise<Page<Deployment | undefined>>
  /**
   * Lists deployments of exactly this name that are being deleted, the first page. Some servers omit them from other
   * lists.
   */
  deploymentsGoing(name: string): Promise<readonly Deployment[]>
  deployment(id: string): Promise<Deployment>
  /** Reads a deployment in one attempt, for callers that can continue without it. */
  glance(id: string): Promise<Deployment>
  /** Lists the newest revisions in one attempt, for callers that can continue without them. */
  glanceRevisions(deploymentId: string): Promise<readonly Revision[]>
  /** Reads a revision in one attempt. Returns `undefined` if there is no valid response. */
  glanceRevision(deploymentId: string, id: string): Promise<Revision | undefined>
  createDeployment(body: JsonObject): Promise<Written<Deployment>>
  /**
   * Updates a deployment, and creates a revision if the body has a field that requires one. The response is the
   * deployment in both cases.
   */
  patchDeployment(id: string, body: JsonObject): Promise<Written<Deployment>>
  /**
   * Sets the display name, which does not create a revision. One attempt, within `budgetMs` milliseconds and the limits
   * of the run.
   */
  rename(id: string, displayName: string, budgetMs: number): Promise<Deployment>
  deleteDeployment(id: string, options: { readonly withTracingProject: boolean }): Promise<void>
  /** Lists revisions, newest first, one page. */
  revisions(deploymentId: string, offset?: number): Promise<Page<Revision>>
  revision(deploymentId: string, id: string): Promise<Revision>
  /** Creates a revision from the same source as an earlier one. */
  redeploy(deploymentId: string, revisionId: string): Promise<Written<Deployment>>
  /** Reads a revision in one attempt within `budgetMs` milliseconds, even after the deadline and after cancellation. */
  lastRevision(deploymentId: string, id: string, budgetMs: number): Promise<Revision>
  /**
   * Interrupts a revision in one attempt within `budgetMs` milliseconds, even after the deadline and after
   * cancellation.
   */
  interrupt(deploymentId: string, revisionId: string, budgetMs: number): Promise<void>
  /**
   * Interrupts a revision within the limits of the run. Repeats the request if there is no response, which is harmless.
   */
  stop(deploymentId: string, revisionId: string): Promise<void>
  /** Requests a signed URL for one archive, valid for one upload. Safe to repeat. */
  uploadTarget(deploymentId: string): Promise<UploadTarget>
  upload(file: UploadFile): Promise<void>
  /** Requests credentials for the registry of an image, and masks them before returning them. Safe to repeat. */
  pushToken(deploymentId: string): Promise<PushToken>
  readonly readLogs: ReadLogs
  githubIntegrations(): Promise<readonly GithubIntegration[]>
  githubRepositories(integrationId: string): Promise<readonly GithubRepository[]>
  /**
   * Returns the page that installs the GitHub App or grants it more repositories, or `undefined` without a valid
   * response.
   */
  githubInstallLink(): Promise<string | undefined>
  /** Lists all listeners of the workspace; empty if the server does not have the route. */
  listeners(): Promise<readonly Listener[]>
  /** From this call on, only the deadline ends reads. */
  awaitRollout(): void
}

/** Rows per page; the API accepts 1 to 100. */
export const PAGE_SIZE = 100
/** Limit of each loop over pages: a server with endless pages must not block the job. */
const MOST_PAGES = 1_000

/**
 * Creates a client on a transport.
 *
 * @param conceal called for each deployment that is read, before it is returned: its environment is plain text
 * @param note called once for each kind of row that is skipped in a list because it is invalid
 * @param concealTexts called for texts in a response that are secrets of this run, before they are returned
 */
export function createClient(
  transport: Transport,
  conceal: (deployment: Deployment) => void = () => {},
  note: (text: string) => void = () => {},
  concealTexts: (texts: readonly string[]) => void = () => {}
): ControlPlaneClient {
  const { toConcealed, passOver } = createReading(conceal, note)
  return {
    awaitRollout: transport.awaitRollout,
    upload: transport.upload,
    readLogs: createLogRoute(transport),
    ...deploymentRoutes(transport, toConcealed),
    pushToken: (id) => requestPushToken(transport, id, concealTexts),
    ...revisionRoutes(transport, toConcealed, passOver('revisions')),
    ...githubRoutes(transport, passOver),
    listeners: () => listListeners(transport, passOver('listeners'))
  }
}

/** Creates the readers of responses; they remember facts from earlier responses. */
function createReading(conceal: (deployment: Deployment) => void, note: (text: string) => void) {
  const withSecrets = new Set<string>()
  const noted = new Set<string>()
  return {
    toConcealed: (value: unknown): Deployment => {
      const deployment = withoutLostSecrets(toDeployment(value), withSecrets)
      conceal(deployment)
      return deployment
    },
    passOver:
      (list: string): OnOddRow =>
      (reason) => {
        const text = sentence(`Skipped a row in the list of ${list}: ${reason}`)
        if (!noted.has(text)) note(text)
        noted.add(text)
      }
  }
}

function deploymentPath(id: string): string {
  return `/v2/deployments/${encodeURIComponent(id)}`
}

function revisionPath(deploymentId: string, id: string): string {
  return `${deploymentPath(deploymentId)}/revisions/${encodeURIComponent(id)}`
}

function deploymentRoutes(transport: Transport, toConcealed: Decode<Deployment>) {
  return {
    deploymentsNamed: (names, offset) => {
      const [name = ''] = names
      const query = new URLSearchParams({
        // Newer servers support the exact filter `name`. Older ones ignore it, and the substring filter narrows the
        // list.
        ...(names.length === 1 ? { name } : {}),
        name_contains: name,
        limit: `${PAGE_SIZE}`,
        offset: `${offset}`
      })
      const row: Decode<Deployment | undefined> = (value) =>
        // A row with our name must be valid: if it were skipped, the run would create a deployment that already exists.
        names.includes(String(object(value)?.name)) ? toConcealed(value) : undefined
      return transport.read(`/v2/deployments?${query}`, (body) => toPage(body, row))
    },
    deploymentsContaining: (text, isMeant, offset) => {
      const query = new URLSearchParams({ name_contains: text, limit: `${PAGE_SIZE}`, offset: `${offset}` })
      const row: Decode<Deployment | undefined> = (value) =>
        isMeant(String(object(value)?.name)) ? toConcealed(value) : undefined
      return transport.read(`/v2/deployments?${query}`, (body) => toPage(body, row))
    },
    deploymentsGoing: async (name) => {
      const query = new URLSearchParams({ status: 'AWAITING_DELETE', name, name_contains: name, limit: `${PAGE_SIZE}` })
      const row: Decode<Deployment | undefined> = (value) =>
        object(value)?.name === name ? toConcealed(value) : undefined
      const page = await orNothing(
        transport.readOnce('GET', `/v2/deployments?${query}`, undefined, (body) => toPage(body, row))
      )
      return page?.resources.filter((deployment) => deployment !== undefined) ?? []
    },
    deployment: (id) => transport.read(deploymentPath(id), toConcealed),
    glance: (id) => transport.readOnce('GET', deploymentPath(id), undefined, toConcealed),
    createDeployment: (body) => transport.write('POST', '/v2/deployments', body, toConcealed),
    patchDeployment: (id, body) => transport.write('PATCH', deploymentPath(id), body, toConcealed),
    rename: (id, displayName, budgetMs) =>
      transport.readOnce('PATCH', deploymentPath(id), { display_name: displayName }, toConcealed, budgetMs),
    deleteDeployment: (id, { withTracingProject }) =>
      transport.repeat('DELETE', `${deploymentPath(id)}?delete_tracing_project=${withTracingProject}`, NO_BODY),
    uploadTarget: (id) =>
      transport.repeat('POST', `${deploymentPath(id)}/upload-url`, toUploadTarget, {
        body: { supports_upload_headers: true },
        isBeforeRollout: true
      })
  } satisfies Partial<ControlPlaneClient>
}

async function requestPushToken(
  transport: Transport,
  id: string,
  conceal: (texts: readonly string[]) => void
): Promise<PushToken> {
  const given = await transport.repeat('POST', `${deploymentPath(id)}/push-token`, toPushToken, {
    body: { supports_registry_username: true },
    isBeforeRollout: true
  })
  const { username, token } = given
  // Tools also store the credentials in this form.
  conceal([token, Buffer.from(`${username}:${token}`).toString('base64')])
  return given
}

function revisionRoutes(transport: Transport, toConcealed: Decode<Deployment>, onOddRow: OnOddRow) {
  return {
    glanceRevisions: async (deploymentId) => {
      const path = `${deploymentPath(deploymentId)}/revisions?limit=${PAGE_SIZE}&offset=0`
      const page = await transport.readOnce('GET', path, undefined, (body) => toPage(body, toRevisionRow, onOddRow))
      return page.resources
    },
    glanceRevision: (deploymentId, id) =>
      orNothing(transport.readOnce('GET', revisionPath(deploymentId, id), undefined, revisionOf(id))),
    revisions: (deploymentId, offset = 0) =>
      transport.read(`${deploymentPath(deploymentId)}/revisions?limit=${PAGE_SIZE}&offset=${offset}`, (body) =>
        toPage(body, toRevisionRow, onOddRow)
      ),
    revision: (deploymentId, id) => transport.read(revisionPath(deploymentId, id), revisionOf(id)),
    redeploy: (deploymentId, revisionId) =>
      transport.write('POST', `${revisionPath(deploymentId, revisionId)}/redeploy`, undefined, toConcealed),
    lastRevision: (deploymentId, id, budgetMs) =>
      transport.lastCall('GET', revisionPath(deploymentId, id), budgetMs, revisionOf(id)),
    interrupt: async (deploymentId, revisionId, budgetMs) => {
      const until = performance.now() + budgetMs
      const leftMs = () => Math.max(1, Math.floor(until - performance.now()))
      await interruptUnderEitherName(revisionPath(deploymentId, revisionId), (path) =>
        transport.lastCall('POST', path, leftMs(), NO_BODY)
      )
    },
    stop: (deploymentId, revisionId) =>
      interruptUnderEitherName(revisionPath(deploymentId, revisionId), (path) =>
        transport.repeat('POST', path, NO_BODY)
      )
  } satisfies Partial<ControlPlaneClient>
}

/** Interrupts a revision; older control planes have another name for the route. */
async function interruptUnderEitherName(revision: string, send: (path: string) => Promise<void>): Promise<void> {
  try {
    await send(`${revision}/interruption`)
  } catch (error) {
    if (!(error instanceof ApiError) || !error.isWrongHost) throw error
    await send(`${revision}/interrupt`)
  }
}

function githubRoutes(transport: Transport, passOver: (list: string) => OnOddRow) {
  return {
    githubIntegrations: () =>
      eitherVersion(
        transport,
        '/v1/integrations/github/install',
        '/v2/integrations/github/installations',
        toIntegration,
        passOver('GitHub integrations')
      ),
    githubRepositories: (integrationId) => {
      const id = encodeURIComponent(integrationId)
      return eitherVersion(
        transport,
        `/v1/integrations/github/${id}/repos`,
        `/v2/integrations/github/installations/${id}/repositories`,
        toRepository,
        passOver('repositories')
      )
    },
    githubInstallLink: () =>
      orNothing(transport.readOnce('POST', '/v2/integrations/github/installation-link', undefined, toInstallLink))
  } satisfies Partial<ControlPlaneClient>
}

async function listListeners(transport: Transport, onOddRow: OnOddRow): Promise<readonly Listener[]> {
  const all: Listener[] = []
  const read = (offset: number) =>
    transport.readIfServed(`/v2/listeners?limit=${PAGE_SIZE}&offset=${offset}`, (body) =>
      toPage(body, toListener, onOddRow)
    )
  for await (const { resources } of pagesOf(read)) all.push(...resources)
  return all
}

/** Returns the response, or `undefined` without a valid one. The limits of the run still apply. */
export async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (endsRun(error)) throw error
    return undefined
  }
}

/**
 * Treats an empty list as unknown for a deployment that had secrets before: the API cannot empty an environment, but
 * some routes omit the secrets.
 *
 * @param seen IDs of the deployments that had secrets in an earlier response; updated by this function
 */
function withoutLostSecrets(deployment: Deployment, seen: Set<string>): Deployment {
  if ((deployment.secrets ?? []).length > 0) seen.add(deployment.id)
  const isLost = deployment.secrets?.length === 0 && seen.has(deployment.id)
  return isLost ? { ...deployment, secrets: null } : deployment
}

/** Returns a decoder that rejects other revisions: a cache or a lagging replica can return the wrong one. */
function revisionOf(id: string): Decode<Revision> {
  return (value) => {
    const revision = toRevision(value)
    if (revision.id.toLowerCase() === id.toLowerCase()) return revision
    throw new AnswerError('shape', `the response is revision ${revision.id}, not ${id}`)
  }
}

/** Yields all pages of a list, with one request per page; stops at a missing page. */
export async function* pagesOf<T>(read: (offset: number) => Promise<Page<T> | undefined>): AsyncGenerator<Page<T>> {
  let offset: number | undefined = 0
  for (let count = 0; offset !== undefined && count < MOST_PAGES; count += 1) {
    const page: Page<T> | undefined = await read(offset)
    if (!page) return
    yield page
    offset = nextOffset(page, offset)
  }
}

/**
 * Returns the offset of the next page, or `undefined` after the last page: a short one, or one whose offset does not
 * increase.
 */
export function nextOffset(page: Page<unknown>, offset: number): number | undefined {
  const rows = page.served ?? page.resources.length
  if (rows < PAGE_SIZE) return undefined
  const next = page.offset ?? offset + rows
  return next > offset ? next : undefined
}

/**
 * Reads all rows from the v1 route, which returns one array. If the server does not have it, reads all pages of the v2
 * route.
 */
async function eitherVersion<T>(
  transport: Transport,
  v1: string,
  v2: string,
  decode: Decode<T>,
  onOddRow: OnOddRow
): Promise<readonly T[]> {
  const rows = (value: unknown): readonly T[] => {
    if (!Array.isArray(value)) throw new AnswerError('shape', 'the response is not a list')
    return toRows(value, decode, onOddRow)
  }
  const whole = await transport.readIfServed(v1, rows)
  if (whole) return whole

  const all: T[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = new URLSearchParams({ page_size: `${PAGE_SIZE}`, ...(cursor ? { cursor } : {}) })
    const answer = await transport.read(`${v2}?${query}`, (body) => ({
      items: rows(object(body)?.items),
      next: object(body)?.next_cursor
    }))
    all.push(...answer.items)
    if (typeof answer.next !== 'string' || answer.next === '' || answer.next === cursor) break
    cursor = answer.next
  }
  return all
}
