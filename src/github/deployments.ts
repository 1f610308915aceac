import { object } from '../run/object.ts'
import { UnusableAnswer } from './failure.ts'
import { GITHUB_PAGE_SIZE, type GithubCall, type GithubSession } from './session.ts'

/** Identifies a deployment of this action among all those of an environment. */
export interface DeploymentMark {
  /** Name of the deployment in LangSmith; for a preview the first of its possible names. */
  readonly name: string
  /** Control plane and workspace, as a digest: several can have a deployment of one name. */
  readonly place: string
}

/** A GitHub deployment to create. */
export interface NewDeployment {
  readonly environment: string
  /** Commit, branch or tag. */
  readonly ref: string
  /** Whether the environment is temporary, as that of a pull request is. */
  readonly transient: boolean
  readonly mark: DeploymentMark
  /** The deployed commit, when it is known; a redeploy deploys another commit than that of its run. */
  readonly commit: string | undefined
  /** The folder that an archive is packed from; `undefined` for other sources. */
  readonly folder?: string | undefined
  /** Both IDs when they are known beforehand: a payload cannot be changed later. */
  readonly deploymentId: string | undefined
  readonly revisionId: string | undefined
}

/** The states that this action sets. */
export type DeploymentState = 'in_progress' | 'success' | 'failure' | 'inactive'

export interface DeploymentStatus {
  readonly state: DeploymentState
  /** Cut to the length that GitHub accepts. */
  readonly description: string
  readonly environmentUrl: string | undefined
  /** Page of the run. */
  readonly logUrl: string | undefined
}

/** The longest description of a status that GitHub accepts. */
const LONGEST_DESCRIPTION = 140
/** Key of our data in the payload. */
const PAYLOAD_KEY = 'langsmith'
const WRITE_DEPLOYMENTS = 'deployments: write'

/**
 * Creates a GitHub deployment (`POST /repos/{owner}/{repo}/deployments`) of the ref as it is: nothing is merged into
 * it, and its checks are not required, because the workflow has decided already.
 *
 * @returns its ID; `undefined` when it could not be created
 */
export async function createDeployment(session: GithubSession, wanted: NewDeployment): Promise<number | undefined> {
  const { environment, ref, transient, mark, commit, folder, deploymentId, revisionId } = wanted
  const question = {
    failure: 'The GitHub deployment could not be made',
    permission: WRITE_DEPLOYMENTS,
    repeatable: false
  }
  return session.ask(question, async ({ octokit, target }) => {
    const { data } = await octokit.rest.repos.createDeployment({
      ...target,
      ref,
      environment,
      auto_merge: false,
      required_contexts: [],
      description: short(`${mark.name} on LangSmith Deployment`),
      payload: {
        [PAYLOAD_KEY]: {
          ...mark,
          commit: commit ?? null,
          ...(folder === undefined ? {} : { folder }),
          deployment_id: deploymentId ?? null,
          revision_id: revisionId ?? null
        }
      },
      // For a lasting environment, GitHub tells by its name whether it is production.
      ...(transient ? { transient_environment: true, production_environment: false } : {})
    })
    // The page of a proxy has no ID, nor has the message about an automatic merge, which is switched off here.
    if (typeof data !== 'object' || !('id' in data)) throw new UnusableAnswer('it is no deployment')
    return data.id
  })
}

/**
 * Finds a deployment whose creation got no answer: the newest of this action at this commit that has no status yet.
 *
 * @returns its ID; `undefined` when there is none
 */
export async function findUnanswered(
  session: GithubSession,
  { environment, ref, mark }: Pick<NewDeployment, 'environment' | 'ref' | 'mark'>
): Promise<number | undefined> {
  const found = await session.ask({ permission: WRITE_DEPLOYMENTS, repeatable: true }, async (call) => {
    const [newest] = await listMarked(call, mark, { environment, sha: ref })
    if (!newest) return null
    const statuses = await listStatuses(call, newest.id, 1)
    return statuses.length === 0 ? newest.id : null
  })
  return found ?? undefined
}

/** Sets the next status of a deployment. @returns whether GitHub accepted it */
export async function setStatus(session: GithubSession, id: number, status: DeploymentStatus): Promise<boolean> {
  const question = {
    failure: 'The status of the GitHub deployment could not be set',
    permission: WRITE_DEPLOYMENTS,
    repeatable: true
  }
  const done = await session.ask(question, (call) => postStatus(call, id, status))
  return done !== undefined
}

function postStatus({ octokit, target }: GithubCall, id: number, status: DeploymentStatus): Promise<object> {
  const { state, description, environmentUrl, logUrl } = status
  return octokit.rest.repos.createDeploymentStatus({
    ...target,
    deployment_id: id,
    state,
    description: short(description),
    // Others may deploy to the environment too; this action retires only its own deployments.
    auto_inactive: false,
    ...(environmentUrl ? { environment_url: environmentUrl } : {}),
    ...(logUrl ? { log_url: logUrl } : {})
  })
}

/**
 * Retires deployments of this action in an environment: those that serve or are in progress become inactive.
 *
 * @param before only deployments older than this one; all of them when absent
 * @returns whether GitHub gave a usable answer
 */
export async function retireDeployments(
  session: GithubSession,
  environment: string,
  mark: DeploymentMark,
  before: number | undefined,
  description: string
): Promise<boolean> {
  const question = {
    failure: 'Older GitHub deployments could not be made inactive',
    permission: WRITE_DEPLOYMENTS,
    repeatable: true
  }
  const done = await session.ask(question, async (call) => {
    for (const { id } of await listMarked(call, mark, { environment })) {
      if (before !== undefined && id >= before) continue
      const [newest] = await listStatuses(call, id, 1)
      const state = newest?.state ?? 'pending'
      if (!OPEN_STATES.has(state)) continue
      await postStatus(call, id, { state: 'inactive', description, environmentUrl: undefined, logUrl: undefined })
      // A deployment that succeeded has retired the older ones already.
      if (state === 'success' && before !== undefined) return true
    }
    return true
  })
  return done ?? false
}

const OPEN_STATES = new Set(['success', 'pending', 'queued', 'in_progress'])

/**
 * The commit of a revision, from the status that an earlier run set.
 *
 * @param failure what could not be done without an answer, for the warning
 * @returns `unknown` when no status names the revision; `undefined` without an answer
 */
export async function commitOfRevision(
  session: GithubSession,
  environment: string,
  mark: DeploymentMark,
  revisionId: string,
  failure: string
): Promise<string | 'unknown' | undefined> {
  return session.ask({ failure, permission: 'deployments: read', repeatable: true }, async (call) => {
    const ours = await listMarked(call, mark, { environment })
    for (const { id, payload } of ours.slice(0, MOST_SEARCHED)) {
      const commit = marked(payload)?.commit
      if (typeof commit !== 'string') continue
      const statuses = await listStatuses(call, id, MOST_SEARCHED)
      if (statuses.some(({ description }) => description.includes(revisionId))) return commit
    }
    return 'unknown'
  })
}

/**
 * The folder from which the deployment was packed last, from the payloads of earlier runs: that of the newest run that
 * succeeded, else that of the newest. When all agree, one request is enough; otherwise one more is sent for each run
 * down to the one that succeeded.
 *
 * @returns `undefined` when no payload names a folder, or without an answer
 */
export async function folderOfDeployment(
  session: GithubSession,
  environment: string,
  mark: DeploymentMark
): Promise<string | undefined> {
  return session.ask({ permission: 'deployments: read', repeatable: true }, async (call) => {
    const ours = await listMarked(call, mark, { environment })
    const told = ours.flatMap(({ id, payload }) => {
      const folder = marked(payload)?.folder
      return typeof folder === 'string' ? [{ id, folder }] : []
    })
    const newest = told[0]?.folder
    if (told.every(({ folder }) => folder === newest)) return newest
    for (const { id, folder } of told.slice(0, MOST_SEARCHED)) {
      const statuses = await listStatuses(call, id, MOST_SEARCHED)
      // A deployment that was retired later keeps its older status.
      if (statuses.some(({ state }) => state === 'success')) return folder
    }
    return newest
  })
}

/** The wanted deployment is recent, but many later runs may have failed. */
const MOST_SEARCHED = 30

/** The deployments of this action with a mark, newest first, on one page of the list. */
async function listMarked(
  { octokit, target }: GithubCall,
  { name, place }: DeploymentMark,
  filter: { readonly environment: string; readonly sha?: string }
) {
  const { data } = await octokit.rest.repos.listDeployments({ ...target, ...filter, per_page: GITHUB_PAGE_SIZE })
  return data.filter(({ payload }) => {
    const ours = marked(payload)
    return ours?.name === name && ours.place === place
  })
}

/** The newest statuses of a deployment, newest first. */
async function listStatuses({ octokit, target }: GithubCall, id: number, most: number) {
  const { data } = await octokit.rest.repos.listDeploymentStatuses({ ...target, deployment_id: id, per_page: most })
  return data
}

/** Our data in a payload. Older servers answer the payload as text. */
function marked(payload: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof payload !== 'string') return object(object(payload)?.[PAYLOAD_KEY])
  try {
    return object(object(JSON.parse(payload))?.[PAYLOAD_KEY])
  } catch {
    return undefined
  }
}

function short(text: string): string {
  if (text.length <= LONGEST_DESCRIPTION) return text
  // The last character may be half of a surrogate pair.
  return `${text.slice(0, LONGEST_DESCRIPTION - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
