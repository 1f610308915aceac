import { explainFailure, type GithubFailure, isNotFound, readFailure } from './failure.ts'
import type { GithubCall, GithubSession } from './session.ts'

/** The kind of ref that a name denotes in a repository, or the reason that the lookup failed. */
export type NamedRef = 'branch' | 'tag' | 'both' | 'neither' | { readonly failure: string }

const READ_CONTENTS = 'contents: read'

/**
 * Looks up if a name is a branch or a tag, through GitHub's REST API (`GET /repos/{owner}/{repo}/git/ref/{ref}`). Both
 * are requested, because GitHub also returns 404 for every ref of a repository that the token cannot read.
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
