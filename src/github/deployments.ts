import { createHash } from 'node:crypto'
import { object } from '../run/object.ts'
import { UnusableAnswer } from './failure.ts'
import { GITHUB_PAGE_SIZE, type GithubCall, type GithubSession } from './session.ts'

/** Identifies a deployment of this action among all deployments of an environment. */
export interface DeploymentMark {
  /** Name of the deployment in LangSmith; for a preview, the first of its possible names. */
  readonly name: string
  /** Digest of control plane and workspace: the same name can exist in several. */
  readonly place: string
}

/** A GitHub deployment to create. */
export interface NewDeployment {
  readonly environment: string
  /** Commit, branch or tag. */
  readonly ref: string
  /** True if the environment is temporary, such as the environment of a pull request. */
  readonly transient: boolean
  readonly mark: DeploymentMark
  /** The deployed commit, if known; a redeploy deploys another commit than the commit of its run. */
  readonly commit: string | undefined
  /** The folder from which an archive is packed; `undefined` for other sources. */
  readonly folder?: string | undefined
  /** Both IDs are present only if already known: a payload cannot be changed later. */
  readonly deploymentId: string | undefined
  readonly revisionId: string | undefined
}

/** The states that this action sets. */
export type DeploymentState = 'in_progress' | 'success' | 'failure' | 'inactive'

export interface DeploymentStatus {
  readonly state: DeploymentState
  /** Shortened to the length that GitHub accepts. */
  readonly description: string
  readonly environmentUrl: string | undefined
  /** Address of the run's page. */
  readonly logUrl: string | undefined
}

/** The maximum length of a status description on GitHub. */
const LONGEST_DESCRIPTION = 140
/** The key in the payload under which this action stores its data. */
const PAYLOAD_KEY = 'langsmith'
/** The permission that the token needs to write deployments, in workflow syntax. */
export const WRITE_DEPLOYMENTS = 'deployments: write'

/**
 * The task of the deployments with a mark. GitHub filters by task, and an environment can have thousands of
 * deployments, such as the environment that all previews share.
 */
export function taskOf({ name, place }: DeploymentMark): string {
  const digest = createHash('sha256').update(`${place}/${name}`).digest('hex')
  return `deploy:langsmith-${digest.slice(0, 12)}`
}

/**
 * Creates a GitHub deployment of a ref (`POST /repos/{owner}/{repo}/deployments`), without a merge and without required
 * checks: the workflow has already made both decisions.
 *
 * @returns its ID; `undefined` if it could not be created
 */
export async function createDeployment(session: GithubSession, wanted: NewDeployment): Promise<number | undefined> {
  const { environment, ref, transient, mark, commit, folder, deploymentId, revisionId } = wanted
  const question = {
    failure: 'Could not create the GitHub deployment',
    permission: WRITE_DEPLOYMENTS,
    repeatable: false
  }
  return session.ask(question, async ({ octokit, target }) => {
    const { data } = await octokit.rest.repos.createDeployment({
      ...target,
      ref,
      environment,
      task: taskOf(mark),
      auto_merge: false,
      required_contexts: [],
      description: shortDescription(`${mark.name} on LangSmith Deployment`),
      payload: {
        [PAYLOAD_KEY]: {
          ...mark,
          commit: commit ?? null,
          ...(folder === undefined ? {} : { folder }),
          deployment_id: deploymentId ?? null,
          revision_id: revisionId ?? null
        }
      },
      // For a permanent environment, GitHub derives from the name whether it is production.
      ...(transient ? { transient_environment: true, production_environment: false } : {})
    })
    // A proxy page has no ID. Neither has the response about an automatic merge, which is disabled here.
    if (!object(data) || !('id' in data)) throw new UnusableAnswer('not a deployment')
    return data.id
  })
}

/** Sets the next status of a deployment. @param failure start of the warning @returns whether GitHub accepted it */
export async function setStatus(
  session: GithubSession,
  id: number,
  status: DeploymentStatus,
  failure = 'Could not set the status of the GitHub deployment'
): Promise<boolean> {
  const question = { failure, permission: WRITE_DEPLOYMENTS, repeatable: true }
  const done = await session.ask(question, (call) => postStatus(call, id, status))
  return done !== undefined
}

function postStatus({ octokit, target }: GithubCall, id: number, status: DeploymentStatus): Promise<object> {
  const { state, description, environmentUrl, logUrl } = status
  return octokit.rest.repos.createDeploymentStatus({
    ...target,
    deployment_id: id,
    state,
    description: shortDescription(description),
    // Other workflows may deploy to the environment too; this action sets only its own deployments to inactive.
    auto_inactive: false,
    ...(environmentUrl ? { environment_url: environmentUrl } : {}),
    ...(logUrl ? { log_url: logUrl } : {})
  })
}

/** A deployment of this action in GitHub's list. */
export interface OwnDeployment {
  readonly id: number
  /** Its GraphQL ID. */
  readonly nodeId: string
  /** This action's data in the payload. */
  readonly payload: Readonly<Record<string, unknown>>
}

/** Filter of `listOwn`. */
export interface OwnFilter {
  readonly mark: DeploymentMark
  readonly environment: string
  readonly sha?: string
}

/**
 * Lists one page of this action's deployments with a mark, newest first (`GET /repos/{owner}/{repo}/deployments`). A
 * page can be short although more pages follow.
 *
 * @param page from 1
 */
export async function listOwn(
  { octokit, target }: GithubCall,
  { mark, ...filter }: OwnFilter,
  page = 1
): Promise<{ readonly own: readonly OwnDeployment[]; readonly hasMore: boolean }> {
  const asked = { ...target, ...filter, task: taskOf(mark), per_page: GITHUB_PAGE_SIZE, page }
  const { data, headers } = await octokit.rest.repos.listDeployments(asked)
  if (!Array.isArray(data)) throw new UnusableAnswer('not a list of deployments')
  const own = data.flatMap(({ id, node_id: nodeId, payload }) => {
    const ours = marked(payload)
    return ours && ours.name === mark.name && ours.place === mark.place ? [{ id, nodeId, payload: ours }] : []
  })
  return { own, hasMore: /\brel="next"/.test(headers.link ?? '') }
}

/** This action's data in a payload. Older servers return the payload as text. */
function marked(payload: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof payload !== 'string') return object(object(payload)?.[PAYLOAD_KEY])
  try {
    return object(object(JSON.parse(payload))?.[PAYLOAD_KEY])
  } catch {
    return undefined
  }
}

/** Shortens a description to the length that GitHub accepts. */
export function shortDescription(text: string): string {
  if (text.length <= LONGEST_DESCRIPTION) return text
  // The last character may be half of a surrogate pair.
  return `${text.slice(0, LONGEST_DESCRIPTION - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
