import { object } from '../run/object.ts'
import type { StandingComment } from './comment-mark.ts'
import { writeComment } from './comments.ts'
import { type DeploymentStatus, type OwnDeployment, setStatus, shortDescription } from './deployments.ts'
import { askGraphql } from './graphql.ts'
import type { GithubCall, GithubSession } from './session.ts'
import type { StandingDeployment } from './standing.ts'

/** A write that GitHub accepts in one request together with others. */
export interface Change {
  readonly mutation: 'createDeploymentStatus' | 'updateIssueComment'
  readonly input: Readonly<Record<string, unknown>>
  /** Makes the change in a separate REST request. @returns whether GitHub accepted it */
  singly(session: GithubSession): Promise<boolean>
}

/** For each mutation: the type of its input, and the object that a successful response contains. */
const MUTATIONS = {
  createDeploymentStatus: { type: 'CreateDeploymentStatusInput', made: 'deploymentStatus' },
  updateIssueComment: { type: 'UpdateIssueCommentInput', made: 'issueComment' }
} as const

/** The maximum number of changes in one request. */
const MOST_AT_ONCE = 50

/**
 * Makes changes in their order, several in one GraphQL request. Changes that GraphQL does not make are repeated through
 * REST: its errors name the missing permission, and older servers support it too.
 *
 * @returns the changes that were made
 */
export async function makeChanges(session: GithubSession, changes: readonly Change[]): Promise<ReadonlySet<Change>> {
  const made = new Set<Change>()
  for (let from = 0; changes.length > 1 && from < changes.length; from += MOST_AT_ONCE) {
    const some = changes.slice(from, from + MOST_AT_ONCE)
    const question = { permission: 'GraphQL', repeatable: true }
    const done = await session.ask(question, (call) => makeTogether(call, some))
    if (!done) break
    for (const change of done) made.add(change)
  }
  for (const change of changes) {
    if (!made.has(change) && (await change.singly(session))) made.add(change)
  }
  return made
}

async function makeTogether(call: GithubCall, changes: readonly Change[]): Promise<readonly Change[]> {
  const all = changes.map((change, index) => ({ change, index, ...MUTATIONS[change.mutation] }))
  const variables = all.map(({ index, type }) => `$input${index}: ${type}!`).join(', ')
  const fields = all.map(
    ({ change, index, made }) => `  change${index}: ${change.mutation}(input: $input${index}) { ${made} { id } }`
  )
  const document = `mutation Changes(${variables}) {\n${fields.join('\n')}\n}`
  const inputs = Object.fromEntries(all.map(({ change, index }) => [`input${index}`, change.input]))
  const { data } = await askGraphql(call, document, inputs)
  const isMade = ({ index, made }: (typeof all)[number]) => object(object(data[`change${index}`])?.[made]) !== undefined
  return all.filter(isMade).map(({ change }) => change)
}

/** Changes that set open deployments to inactive. @param before only deployments that are older than this ID */
export function retirements(
  standing: readonly StandingDeployment[],
  { before = Number.POSITIVE_INFINITY, description }: { readonly before?: number; readonly description: string }
): readonly Change[] {
  const status = { state: 'inactive', description, environmentUrl: undefined, logUrl: undefined } as const
  return standing
    .filter(({ id, isOpen }) => isOpen && id < before)
    .map((one) => statusChange(one, status, 'Could not set older GitHub deployments to inactive'))
}

/** The change that sets the next status of a deployment. @param failure start of the warning */
export function statusChange(
  { id, nodeId }: Pick<OwnDeployment, 'id' | 'nodeId'>,
  status: DeploymentStatus,
  failure?: string
): Change {
  const { state, description, environmentUrl, logUrl } = status
  return {
    mutation: 'createDeploymentStatus',
    input: {
      deploymentId: nodeId,
      state: state.toUpperCase(),
      description: shortDescription(description),
      // The same as through REST: other workflows may deploy to the environment too.
      autoInactive: false,
      ...(environmentUrl ? { environmentUrl } : {}),
      ...(logUrl ? { logUrl } : {})
    },
    singly: (session) => setStatus(session, id, status, failure)
  }
}

/**
 * The change that replaces the text of a comment.
 *
 * @param onGone writes the text elsewhere if the comment was deleted
 */
export function commentChange(
  { id, nodeId }: Pick<StandingComment, 'id' | 'nodeId'>,
  body: string,
  onGone: () => Promise<boolean>
): Change {
  return {
    mutation: 'updateIssueComment',
    input: { id: nodeId, body },
    singly: async (session) => {
      const written = await writeComment(session, id, body)
      return written === 'gone' ? onGone() : written
    }
  }
}
