import { object } from '../object.ts'
import { UnusableAnswer } from './failure.ts'
import type { GithubCall, GithubSession } from './session.ts'

/** What a deployment of ours is known by among all those of an environment. */
export interface DeploymentMark {
  /** The deployment in LangSmith by its name; a preview by the first that it may bear. */
  readonly name: string
  /** Control plane and workspace, as a digest: one name can stand in several. */
  readonly place: string
}

/** A GitHub deployment that is about to be made. */
export interface NewDeployment {
  readonly environment: string
  /** Commit, branch or tag. */
  readonly ref: string
  /** Whether the environment goes away again, as that of a pull request does. */
  readonly transient: boolean
  readonly mark: DeploymentMark
  /** The commit that is deployed, where it is known; a redeploy brings back another one than that of its run. */
  readonly commit: string | undefined
  /** The folder that an archive is packed from; nothing for other sources. */
  readonly folder?: string | undefined
  /** Where they are known beforehand: a payload cannot be changed later. */
  readonly deploymentId: string | undefined
  readonly revisionId: string | undefined
}

/** The states that this action gives to deployments. */
export type DeploymentState = 'in_progress' | 'success' | 'failure' | 'inactive'

export interface DeploymentStatus {
  readonly state: DeploymentState
  /** Cut at what GitHub takes. */
  readonly description: string
  readonly environmentUrl: string | undefined
  /** Page of the run. */
  readonly logUrl: string | undefined
}

/** GitHub takes no longer description of a status. */
const LONGEST_DESCRIPTION = 140
/** Key of our data in the payload. */
const PAYLOAD_KEY = 'langsmith'
/** Rows a page; the API takes 1 to 100. Others may deploy to the environment too, so ours are looked for among many. */
const PAGE_SIZE = 100
const PERMISSION = 'deployments: write'

/**
 * Makes a GitHub deployment (`POST /repos/{owner}/{repo}/deployments`): as the ref stands, without merging anything into
 * it and whatever its checks say, since the workflow has decided already.
 *
 * @returns its ID; nothing when it could not be made
 */
export async function createDeployment(session: GithubSession, wanted: NewDeployment): Promise<number | undefined> {
  const { environment, ref, transient, mark, commit, folder, deploymentId, revisionId } = wanted
  const question = { failure: 'The GitHub deployment could not be made', permission: PERMISSION, repeatable: false }
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
      // Of a lasting environment GitHub knows by its name whether it is production.
      ...(transient ? { transient_environment: true, production_environment: false } : {})
    })
    // Not so is the page of a proxy, nor the message that a merge is answered with, which is switched off.
    if (typeof data !== 'object' || !('id' in data)) throw new UnusableAnswer('it is no deployment')
    return data.id
  })
}

/**
 * A deployment of ours whose making was never answered: the newest at this commit that nothing was told of yet.
 *
 * @returns its ID; nothing when there is none
 */
export async function findUnanswered(
  session: GithubSession,
  { environment, ref, mark }: Pick<NewDeployment, 'environment' | 'ref' | 'mark'>
): Promise<number | undefined> {
  const found = await session.ask({ permission: PERMISSION, repeatable: true }, async ({ octokit, target }) => {
    const { data } = await octokit.rest.repos.listDeployments({ ...target, environment, sha: ref, per_page: PAGE_SIZE })
    const [newest] = data.filter(({ payload }) => isMarked(payload, mark))
    if (!newest) return null
    const { data: statuses } = await octokit.rest.repos.listDeploymentStatuses({
      ...target,
      deployment_id: newest.id,
      per_page: 1
    })
    return statuses.length === 0 ? newest.id : null
  })
  return found ?? undefined
}

/** Gives a deployment its next status. @returns whether GitHub took it */
export async function setStatus(session: GithubSession, id: number, status: DeploymentStatus): Promise<boolean> {
  const question = {
    failure: 'The status of the GitHub deployment could not be set',
    permission: PERMISSION,
    repeatable: true
  }
  const done = await session.ask(question, async (call) => {
    await postStatus(call, id, status)
    return true
  })
  return done ?? false
}

async function postStatus({ octokit, target }: GithubCall, id: number, status: DeploymentStatus): Promise<void> {
  const { state, description, environmentUrl, logUrl } = status
  await octokit.rest.repos.createDeploymentStatus({
    ...target,
    deployment_id: id,
    state,
    description: short(description),
    // Others may deploy to the environment too; only what is ours is retired, and by us.
    auto_inactive: false,
    ...(environmentUrl ? { environment_url: environmentUrl } : {}),
    ...(logUrl ? { log_url: logUrl } : {})
  })
}

/**
 * Retires deployments of ours in an environment: those that count as serving or under way become inactive.
 *
 * @param before the deployment whose elders are meant; all of them when not given
 * @returns whether GitHub gave a good answer
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
    permission: PERMISSION,
    repeatable: true
  }
  const done = await session.ask(question, async (call) => {
    const { octokit, target } = call
    const { data } = await octokit.rest.repos.listDeployments({ ...target, environment, per_page: PAGE_SIZE })
    const older = data.filter(({ id, payload }) => (before === undefined || id < before) && isMarked(payload, mark))
    for (const { id } of older) {
      const { data: statuses } = await octokit.rest.repos.listDeploymentStatuses({
        ...target,
        deployment_id: id,
        per_page: 1
      })
      const state = statuses[0]?.state ?? 'pending'
      if (!OPEN_STATES.has(state)) continue
      await postStatus(call, id, { state: 'inactive', description, environmentUrl: undefined, logUrl: undefined })
      // What was serving before had retired the ones before it.
      if (state === 'success' && before !== undefined) return true
    }
    return true
  })
  return done ?? false
}

const OPEN_STATES = new Set(['success', 'pending', 'queued', 'in_progress'])

/**
 * The commit from which a revision was deployed, by what an earlier run told of it in a status.
 *
 * @param failure what is lost without an answer
 * @returns `unknown` when none tells it; nothing when GitHub does not say
 */
export async function commitOfRevision(
  session: GithubSession,
  environment: string,
  mark: DeploymentMark,
  revisionId: string,
  failure: string
): Promise<string | 'unknown' | undefined> {
  return session.ask({ failure, permission: 'deployments: read', repeatable: true }, async (call) => {
    const { octokit, target } = call
    const { data } = await octokit.rest.repos.listDeployments({ ...target, environment, per_page: PAGE_SIZE })
    const ours = data.filter((one) => isMarked(one.payload, mark)).slice(0, MOST_LOOKED_AT)
    for (const { id, payload } of ours) {
      const commit = marked(payload)?.commit
      if (typeof commit !== 'string') continue
      const { data: statuses } = await octokit.rest.repos.listDeploymentStatuses({
        ...target,
        deployment_id: id,
        per_page: MOST_LOOKED_AT
      })
      if (statuses.some(({ description }) => description.includes(revisionId))) return commit
    }
    return 'unknown'
  })
}

/**
 * The folder from which the deployment was packed last, by what earlier runs told of it in their payloads: that of the
 * newest run which ended in success, else that of the newest. Where all agree, one request is enough; where not, one more
 * for each run down to the one in question.
 *
 * @returns nothing when none tells it, or GitHub does not say
 */
export async function folderOfDeployment(
  session: GithubSession,
  environment: string,
  mark: DeploymentMark
): Promise<string | undefined> {
  return session.ask({ permission: 'deployments: read', repeatable: true }, async ({ octokit, target }) => {
    const { data } = await octokit.rest.repos.listDeployments({ ...target, environment, per_page: PAGE_SIZE })
    const told = data.flatMap(({ id, payload }) => {
      const folder = isMarked(payload, mark) ? marked(payload)?.folder : undefined
      return typeof folder === 'string' ? [{ id, folder }] : []
    })
    const newest = told[0]?.folder
    if (told.every(({ folder }) => folder === newest)) return newest
    for (const { id, folder } of told.slice(0, MOST_LOOKED_AT)) {
      const { data: statuses } = await octokit.rest.repos.listDeploymentStatuses({
        ...target,
        deployment_id: id,
        per_page: MOST_LOOKED_AT
      })
      // One that was retired since has been a success before.
      if (statuses.some(({ state }) => state === 'success')) return folder
    }
    return newest
  })
}

/** The revision in question is a late one, but many later runs may have failed. */
const MOST_LOOKED_AT = 30

function isMarked(payload: unknown, { name, place }: DeploymentMark): boolean {
  const ours = marked(payload)
  return ours?.name === name && ours.place === place
}

/** GitHub answers a payload as it was given, but older servers answer it as text. */
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
  // The last character may be half of a pair.
  return `${text.slice(0, LONGEST_DESCRIPTION - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
