import { explainFailure, failureOf, type GithubFailure, isMissing } from './failure.ts'
import type { GithubCall, GithubSession } from './session.ts'

/** What a repository has under a name, or why GitHub did not say it. */
export type NamedRef = 'branch' | 'tag' | 'both' | 'neither' | { readonly failure: string }

const PERMISSION = 'contents: read'

/**
 * Looks up whether a name is that of a branch or of a tag, through GitHub's REST API
 * (`GET /repos/{owner}/{repo}/git/ref/{ref}`). Both are asked for: a token that may not read the repository is told of
 * everything in it that it is missing.
 */
export async function lookUpRef(session: GithubSession, name: string): Promise<NamedRef> {
  let failure: GithubFailure = { kind: 'unanswered' }
  const found = await session.ask({ permission: PERMISSION, repeatable: true }, async (call) => {
    try {
      const [isTag, isBranch] = await Promise.all([exists(call, `tags/${name}`), exists(call, `heads/${name}`)])
      if (isTag && isBranch) return 'both'
      return isTag ? 'tag' : isBranch ? 'branch' : 'neither'
    } catch (error) {
      failure = failureOf(error)
      throw error
    }
  })
  return found ?? { failure: explainFailure(failure, PERMISSION) }
}

async function exists({ octokit, target }: GithubCall, ref: string): Promise<boolean> {
  try {
    await octokit.rest.git.getRef({ ...target, ref })
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
