import { createHash } from 'node:crypto'
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
/** The permission that a token needs for all of this, as a workflow writes it. */
export const WRITE_DEPLOYMENTS = 'deployments: write'

/**
 * The task of the deployments with a mark, by which GitHub finds them among those of others: an environment can have
 * thousands, such as the one of all previews.
 */
export function taskOf({ name, place }: DeploymentMark): string {
  const digest = createHash('sha256').update(`${place}/${name}`).digest('hex')
  return `deploy:langsmith-${digest.slice(0, 12)}`
}

/**
 * Creates a GitHub deployment (`POST /repos/{owner}/{repo}/deployments`) of the ref as it is: nothing is merged into
 * it, and its checks are not required, because the workflow has decided already.
 *
 * @returns its ID; `undefined` when it could not be created
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
      // For a lasting environment, GitHub tells by its name whether it is production.
      ...(transient ? { transient_environment: true, production_environment: false } : {})
    })
    // The page of a proxy has no ID, nor has the message about an automatic merge, which is switched off here.
    if (!object(data) || !('id' in data)) throw new UnusableAnswer('not a deployment')
    return data.id
  })
}

/** Sets the next status of a deployment. @param failure what could not be done @returns whether GitHub accepted it */
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
    // Others may deploy to the environment too; this action retires only its own deployments.
    auto_inactive: false,
    ...(environmentUrl ? { environment_url: environmentUrl } : {}),
    ...(logUrl ? { log_url: logUrl } : {})
  })
}

/** A deployment of this action, as the list has it. */
export interface OwnDeployment {
  readonly id: number
  /** Its ID in GraphQL. */
  readonly nodeId: string
  /** What this action wrote into its payload. */
  readonly payload: Readonly<Record<string, unknown>>
}

/** Which deployments of a mark are listed. */
export interface OwnFilter {
  readonly mark: DeploymentMark
  readonly environment: string
  readonly sha?: string
}

/**
 * One page of the deployments of this action with a mark, newest first
 * (`GET /repos/{owner}/{repo}/deployments`). A page can be shorter than it may be.
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

/** Our data in a payload. Older servers answer the payload as text. */
function marked(payload: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof payload !== 'string') return object(object(payload)?.[PAYLOAD_KEY])
  try {
    return object(object(JSON.parse(payload))?.[PAYLOAD_KEY])
  } catch {
    return undefined
  }
}

/** A description, cut to the length that GitHub accepts. */
export function shortDescription(text: string): string {
  if (text.length <= LONGEST_DESCRIPTION) return text
  // The last character may be half of a surrogate pair.
  return `${text.slice(0, LONGEST_DESCRIPTION - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
