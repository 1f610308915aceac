import { listOwn, type NewDeployment, type OwnFilter, WRITE_DEPLOYMENTS } from './deployments.ts'
import type { GithubCall, GithubSession } from './session.ts'
import { hasSucceeded, readStatuses, type StandingDeployment } from './standing.ts'

/*
 * What the GitHub deployments of earlier runs tell.
 */

/** Nobody looks for what lies so far back; a page has 100. */
const MOST_PAGES = 10

/** The deployments of this action, newest first, with their statuses; a page is read when it is needed. */
async function* standingOf(call: GithubCall, filter: OwnFilter): AsyncGenerator<StandingDeployment> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { own, hasMore } = await listOwn(call, filter, page)
    yield* await readStatuses(call, own)
    if (!hasMore) return
  }
}

/**
 * Finds a deployment whose creation got no answer: the newest of this action at this commit, if it has no status yet.
 *
 * @returns its ID; `undefined` when there is none
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
 * The commit of a revision, from the status that an earlier run set.
 *
 * @param failure what could not be done without an answer, for the warning
 * @returns `unknown` when no status names the revision; `undefined` without an answer
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
 * The folder from which the deployment was packed last, from the payloads of earlier runs: that of the newest run that
 * succeeded, else that of the newest.
 *
 * @returns `undefined` when no payload names a folder, or without an answer
 */
export async function folderOfDeployment(session: GithubSession, filter: OwnFilter): Promise<string | undefined> {
  return session.ask({ permission: 'deployments: read', repeatable: true }, async (call) => {
    let newest: string | undefined
    for await (const deployment of standingOf(call, filter)) {
      const { folder } = deployment.payload
      if (typeof folder !== 'string') continue
      newest ??= folder
      // A deployment that was retired later keeps its older status.
      if (hasSucceeded(deployment)) return folder
    }
    return newest
  })
}
