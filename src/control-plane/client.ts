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
 * The operations of the control plane that this action uses, one function each. They throw what the transport throws:
 * ApiError, AnswerError, UnreachableError, and DeadlineError or CancelledError at the limits of the run.
 */
export interface ControlPlaneClient {
  /** One page of those deployments whose name contains the first of `names`; rows of other names come as `undefined`. */
  deploymentsNamed(names: readonly string[], offset: number): Promise<Page<Deployment | undefined>>
  /** A page of the deployments whose names contain a text; a row whose name is not one of those meant is `undefined`. */
  deploymentsContaining(
    text: string,
    isMeant: (name: string) => boolean,
    offset: number
  ): Promise<Page<Deployment | undefined>>
  /** The first page of those that are being deleted, of exactly this name; some servers leave them out of other lists. */
  deploymentsGoing(name: string): Promise<readonly Deployment[]>
  deployment(id: string): Promise<Deployment>
  /** One look whose failure matters little. */
  glance(id: string): Promise<Deployment>
  /** One look at the newest revisions, whose failure matters little. */
  glanceRevisions(deploymentId: string): Promise<readonly Revision[]>
  /** One look at a revision; nothing where there is no good answer. */
  glanceRevision(deploymentId: string, id: string): Promise<Revision | undefined>
  createDeployment(body: JsonObject): Promise<Written<Deployment>>
  /** Makes a revision when the body holds a field that needs one; the answer is the deployment all the same. */
  patchDeployment(id: string, body: JsonObject): Promise<Written<Deployment>>
  /** Sets the display name, which makes no revision: one try, within `budgetMs` milliseconds and the limits of the run. */
  rename(id: string, displayName: string, budgetMs: number): Promise<Deployment>
  deleteDeployment(id: string, options: { readonly withTracingProject: boolean }): Promise<void>
  /** A page of revisions, newest first. */
  revisions(deploymentId: string, offset?: number): Promise<Page<Revision>>
  revision(deploymentId: string, id: string): Promise<Revision>
  /** Makes a new revision with what the given one was made from. */
  redeploy(deploymentId: string, revisionId: string): Promise<Written<Deployment>>
  /** One look at a revision, within `budgetMs` milliseconds, also after the deadline and after cancellation. */
  lastRevision(deploymentId: string, id: string, budgetMs: number): Promise<Revision>
  /** One try, within `budgetMs` milliseconds, also after the deadline and after cancellation. */
  interrupt(deploymentId: string, revisionId: string, budgetMs: number): Promise<void>
  /** Interrupts a revision within the limits of the run; sent again where it is not answered, which does no harm. */
  stop(deploymentId: string, revisionId: string): Promise<void>
  /** A signed address for one archive, good once. Asking again does no harm. */
  uploadTarget(deploymentId: string): Promise<UploadTarget>
  upload(file: UploadFile): Promise<void>
  /** What opens the registry for an image; concealed before anybody gets it. Asking again does no harm. */
  pushToken(deploymentId: string): Promise<PushToken>
  readonly readLogs: ReadLogs
  githubIntegrations(): Promise<readonly GithubIntegration[]>
  githubRepositories(integrationId: string): Promise<readonly GithubRepository[]>
  /** The page on which the GitHub App is installed, or given more repositories; nothing where there is no good answer. */
  githubInstallLink(): Promise<string | undefined>
  /** All listeners of the workspace; none where the server has no such route. */
  listeners(): Promise<readonly Listener[]>
  /** From now on only the deadline ends the reads. */
  awaitRollout(): void
}

/** Rows a page; the API takes 1 to 100. */
export const PAGE_SIZE = 100
/** Bounds every loop over pages: a server whose pages never end must not hold the job. */
const MOST_PAGES = 1_000

/**
 * A client over a transport.
 *
 * @param conceal told of every deployment that is read, before anybody else: its environment comes in clear
 * @param note told once of each kind of row that was passed over in a list, because it cannot be read
 * @param concealTexts told of texts in an answer that are secrets of this run, before anybody else
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
    pushToken: (id) => askPushToken(transport, id, concealTexts),
    ...revisionRoutes(transport, toConcealed, passOver('revisions')),
    ...githubRoutes(transport, passOver),
    listeners: () => listListeners(transport, passOver('listeners'))
  }
}

/** How answers are read: what was seen of earlier ones counts. */
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
        // Newer servers know the exact filter `name`; older ones ignore it, and then the substring filter narrows the list.
        ...(names.length === 1 ? { name } : {}),
        name_contains: name,
        limit: `${PAGE_SIZE}`,
        offset: `${offset}`
      })
      const row: Decode<Deployment | undefined> = (value) =>
        // A row of our name that cannot be read is an error: to pass it over would create a deployment that is there.
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

async function askPushToken(
  transport: Transport,
  id: string,
  conceal: (texts: readonly string[]) => void
): Promise<PushToken> {
  const given = await transport.repeat('POST', `${deploymentPath(id)}/push-token`, toPushToken, {
    body: { supports_registry_username: true },
    isBeforeRollout: true
  })
  const { username, token } = given
  // As tools keep it in their files, too.
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

/** The route has another name in older control planes. */
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

/** The answer, or nothing where there is no good one; the limits of the run hold all the same. */
export async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (endsRun(error)) throw error
    return undefined
  }
}

/**
 * An empty list for a deployment that had secrets a moment ago tells nothing: the API cannot empty an environment. Some
 * routes of a server fill the list and others do not.
 *
 * @param seen IDs of the deployments that had secrets in an earlier answer; added to
 */
function withoutLostSecrets(deployment: Deployment, seen: Set<string>): Deployment {
  if ((deployment.secrets ?? []).length > 0) seen.add(deployment.id)
  const isLost = deployment.secrets?.length === 0 && seen.has(deployment.id)
  return isLost ? { ...deployment, secrets: null } : deployment
}

/** Reads one revision. A cache or a mixed-up replica must not pass for the one that was asked for. */
function revisionOf(id: string): Decode<Revision> {
  return (value) => {
    const revision = toRevision(value)
    if (revision.id.toLowerCase() === id.toLowerCase()) return revision
    throw new AnswerError('shape', `the response is revision ${revision.id}, not ${id}`)
  }
}

/** All pages of a list, one request each; none follows an answer that is missing. */
export async function* pagesOf<T>(read: (offset: number) => Promise<Page<T> | undefined>): AsyncGenerator<Page<T>> {
  let offset: number | undefined = 0
  for (let count = 0; offset !== undefined && count < MOST_PAGES; count += 1) {
    const page: Page<T> | undefined = await read(offset)
    if (!page) return
    yield page
    offset = nextOffset(page, offset)
  }
}

/** Where the next page begins; `undefined` after the last one: a short page, or an offset that does not grow. */
export function nextOffset(page: Page<unknown>, offset: number): number | undefined {
  const rows = page.served ?? page.resources.length
  if (rows < PAGE_SIZE) return undefined
  const next = page.offset ?? offset + rows
  return next > offset ? next : undefined
}

/** Reads a v1 route, which answers everything in one array, or where it is not served its v2 sister, paged by cursor. */
async function eitherVersion<T>(
  transport: Transport,
  v1: string,
  v2: string,
  decode: Decode<T>,
  onOddRow: OnOddRow
): Promise<readonly T[]> {
  const rows = (value: unknown): readonly T[] => {
    if (!Array.isArray(value)) throw new AnswerError('shape', 'expected a list')
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
