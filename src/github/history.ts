import { listOwn, type NewDeployment, type OwnFilter, WRITE_DEPLOYMENTS } from './deployments.ts'
import type { GithubCall, GithubSession } from './session.ts'
import { hasSucceeded, readStatuses, type StandingDeployment } from './standing.ts'

/** The maximum number of pages to read, with 100 deployments each; older deployments are irrelevant. */
const MOST_PAGES = 10

/** Yields this action's deployments with their statuses, newest first; reads a page only when it is needed. */
async function* standingOf(call: GithubCall, filter: OwnFilter): AsyncGenerator<StandingDeployment> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { own, hasMore } = await listOwn(call, filter, page)
    yield* await readStatuses(call, own)
    if (!hasMore) return
  }
}

/**
 * Finds a deployment whose creation got no response: this action's newest deployment of the commit, if it has no
 * status.
 *
 * @returns its ID; `undefined` if there is none
 */
export async function findUnanswered(
  session: GithubSession,
  { environment, ref, mark }: Pick<NewDeployment, 'environment' | 'ref' | 'mark'>
): Promise<number | undefined> {
  const found = await session.ask({ permission: WRITE_DEPLOYMENTS, repeatable: true }, async (call) => {
    const { own } = await listOwn(call, { mark, environment, sha: ref })
    const [newest] = await readStatuses(call, own.slice(0, 1))
    return newest?.statuses.length === 0 ? newest.id : null
  })
  return found ?? undefined
}

/**
 * Finds the commit of a revision in the statuses that earlier runs set.
 *
 * @param failure start of the warning if GitHub returns no usable response
 * @returns `unknown` if no status names the revision; `undefined` without a usable response
 */
export async function commitOfRevision(
  session: GithubSession,
  filter: OwnFilter,
  revisionId: string,
  failure: string
): Promise<string | 'unknown' | undefined> {
  return session.ask({ failure, permission: 'deployments: read', repeatable: true }, async (call) => {
    for await (const { payload, statuses } of standingOf(call, filter)) {
      const { commit } = payload
      if (typeof commit !== 'string') continue
      if (statuses.some(({ description }) => description.includes(revisionId))) return commit
    }
    return 'unknown'
  })
}

/**
 * Finds the folder from which the deployment was last packed, in the payloads of earlier runs: the folder of the newest
 * successful run, else of the newest run.
 *
 * @returns `undefined` if no payload names a folder, or without a usable response
 */
export async function folderOfDeployment(session: GithubSession, filter: OwnFilter): Promise<string | undefined> {
  return session.ask({ permission: 'deployments: read', repeatable: true }, async (call) => {
    let newest: string | undefined
    for await (const deployment of standingOf(call, filter)) {
      const { folder } = deployment.payload
      if (typeof folder !== 'string') continue
      newest ??= folder
      // A deployment that later became inactive keeps its older statuses.
      if (hasSucceeded(deployment)) return folder
    }
    return newest
  })
}
