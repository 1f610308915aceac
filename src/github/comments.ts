import type { DeploymentMark } from './deployments.ts'
import { isDenied, isNotFound, readFailure, UnusableAnswer } from './failure.ts'
import { GITHUB_PAGE_SIZE, type GithubCall, type GithubSession, type Question } from './session.ts'

/** Identifies our comment: there is one for each deployment name of a pull request. */
export interface CommentMark extends DeploymentMark {
  readonly pullRequest: number
}

const QUESTION: Question = {
  failure: 'The comment on the pull request could not be written',
  permission: 'pull-requests: write',
  repeatable: true
}

/** After a comment of ours is written, which a failure does not take back. */
const SECOND_LOOK: Question = {
  ...QUESTION,
  failure: 'The comment on the pull request was written, but whether another run wrote one too could not be seen'
}

/** Comments of longer pull requests are not searched. */
const MOST_COMMENT_PAGES = 50

/** Adds the hidden mark. `startedAt` is the beginning of the run, in milliseconds since the epoch. */
export function withMark(body: string, mark: CommentMark, startedAt: number): string {
  return `${markText(mark)}\n<!-- run: ${startedAt} -->\n${body}`
}

/**
 * Finds our comment on all pages, among those that the token's own account wrote: anybody can copy a mark.
 *
 * @returns `writtenBy`: when the run that wrote it began, in milliseconds since the epoch; `none` when there is no such
 * comment yet; `undefined` when GitHub gives no answer
 */
export async function findComment(
  session: GithubSession,
  mark: CommentMark,
  question: Question = QUESTION
): Promise<{ readonly id: number; readonly writtenBy: number } | 'none' | undefined> {
  return session.ask(question, async (call) => {
    const marked = await listMarkedComments(call, mark)
    if (marked.length === 0) return 'none'
    const login = await ownLogin(call)
    const own = marked.find((comment) => comment.login === login)
    return own ? { id: own.id, writtenBy: writtenBy(own.body) } : 'none'
  })
}

/**
 * Creates the comment. When two runs create one at the same time, the first is kept, and the other run deletes its own.
 *
 * @returns the comment that is kept, and whether this call created it
 */
export async function createComment(
  session: GithubSession,
  mark: CommentMark,
  body: string
): Promise<{ readonly id: number; readonly isNew: boolean } | undefined> {
  const made = await session.ask({ ...QUESTION, repeatable: false }, async ({ octokit, target }) => {
    const { data } = await octokit.rest.issues.createComment({ ...target, issue_number: mark.pullRequest, body })
    return data.id
  })
  if (made === undefined) return undefined
  const first = await findComment(session, mark, SECOND_LOOK)
  if (!first || first === 'none' || first.id === made) return { id: made, isNew: true }
  await session.ask(QUESTION, ({ octokit, target }) =>
    octokit.rest.issues.deleteComment({ ...target, comment_id: made })
  )
  return { id: first.id, isNew: false }
}

/** Replaces the text of a comment. @returns whether GitHub accepted it */
export async function writeComment(session: GithubSession, id: number, body: string): Promise<boolean> {
  const done = await session.ask(QUESTION, ({ octokit, target }) =>
    octokit.rest.issues.updateComment({ ...target, comment_id: id, body })
  )
  return done !== undefined
}

/**
 * Replaces the text of a comment, unless a run that began later than `startedAt` has written it since.
 *
 * @returns whether GitHub gave a usable answer; `gone` when somebody has deleted the comment
 */
export async function updateComment(
  session: GithubSession,
  id: number,
  body: string,
  startedAt: number
): Promise<boolean | 'gone'> {
  const writer = await session.ask(QUESTION, async ({ octokit, target }) => {
    try {
      const { data } = await octokit.rest.issues.getComment({ ...target, comment_id: id })
      return writtenBy(data.body ?? '')
    } catch (error) {
      if (isNotFound(error)) return 'gone'
      throw error
    }
  })
  if (writer === undefined || writer === 'gone') return writer ?? false
  return writer > startedAt || writeComment(session, id, body)
}

async function listMarkedComments({ octokit, target }: GithubCall, mark: CommentMark) {
  const found: { readonly id: number; readonly login: string; readonly body: string }[] = []
  for (let page = 1; page <= MOST_COMMENT_PAGES; page += 1) {
    const { data } = await octokit.rest.issues.listComments({
      ...target,
      issue_number: mark.pullRequest,
      per_page: GITHUB_PAGE_SIZE,
      page
    })
    if (!Array.isArray(data)) throw new UnusableAnswer('it is no list of comments')
    for (const { id, user, body = '' } of data) {
      if (body.startsWith(markText(mark))) found.push({ id, login: user?.login ?? '', body })
    }
    if (data.length < GITHUB_PAGE_SIZE) break
  }
  return found
}

/** The account of the token. REST does not tell it to a workflow's token; GraphQL does. */
async function ownLogin({ octokit, target }: GithubCall): Promise<string> {
  const query = 'query { viewer { login } }'
  const answer = await octokit
    .graphql<{ viewer?: { login?: string } } | undefined>(query, { request: target.request })
    .catch((error: unknown) => {
      throw viewerUnknown(error) ?? error
    })
  const login = answer?.viewer?.login
  if (typeof login !== 'string') throw new UnusableAnswer('it does not tell the account of the token')
  return login
}

/** Comments could be listed by then, so it is no permission for them that is missing. A token that is no good is told as ever. */
function viewerUnknown(error: unknown): UnusableAnswer | undefined {
  const failure = readFailure(error)
  const why =
    failure.kind === 'unusable'
      ? failure.message
      : failure.kind === 'answered' && failure.status !== 401 && (isDenied(failure) || failure.status === 404)
        ? `${failure.status} ${failure.message}`
        : undefined
  return why === undefined
    ? undefined
    : new UnusableAnswer(`its GraphQL API does not tell the account of the token: ${why}`)
}

/** Names are percent-encoded, so they cannot end the HTML comment. */
function markText({ name, place, pullRequest }: CommentMark): string {
  return `<!-- langsmith-deploy-action: ${encodeURIComponent(name)} #${pullRequest} at ${encodeURIComponent(place)} -->`
}

function writtenBy(body: string): number {
  return Number(/^<!-- run: (\d+) -->$/m.exec(body)?.[1] ?? 0)
}
