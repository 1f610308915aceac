import { explainFailure, type GithubFailure, isNotFound, readFailure } from './failure.ts'
import type { GithubCall, GithubSession } from './session.ts'

/** What a name is in a repository, or why GitHub did not tell it. */
export type NamedRef = 'branch' | 'tag' | 'both' | 'neither' | { readonly failure: string }

const READ_CONTENTS = 'contents: read'

/**
 * Looks up whether a name is a branch or a tag, through GitHub's REST API
 * (`GET /repos/{owner}/{repo}/git/ref/{ref}`). Both are requested: GitHub answers 404
 * for everything in a repository that the token may not read.
 */
export async function lookUpRef(session: GithubSession, name: string): Promise<NamedRef> {
  let failure: GithubFailure = { kind: 'unanswered' }
  const found = await session.ask({ permission: READ_CONTENTS, repeatable: true }, async (call) => {
    try {
      const [isTag, isBranch] = await Promise.all([hasRef(call, `tags/${name}`), hasRef(call, `heads/${name}`)])
      if (isTag && isBranch) return 'both'
      return isTag ? 'tag' : isBranch ? 'branch' : 'neither'
    } catch (error) {
      failure = readFailure(error)
      throw error
    }
  })
  return found ?? { failure: explainFailure(failure, READ_CONTENTS) }
}

async function hasRef({ octokit, target }: GithubCall, ref: string): Promise<boolean> {
  try {
    await octokit.rest.git.getRef({ ...target, ref })
    return true
  } catch (error) {
    if (isNotFound(error)) return false
    throw error
  }
}
