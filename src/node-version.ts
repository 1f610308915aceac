/*
 * What runs before anything else is loaded. This file and the two entries reach dist/ as they are, and an old Node has to
 * parse them: the syntax of ES2018 alone, no top-level `await`, and no static import of a file that has more.
 */

/**
 * What to tell on a Node that cannot run the bundle; empty on one that can. Node 22.15 and 23.8 were the first with all
 * that undici reads from Node while it is loaded.
 *
 * @param version such as `v24.4.1`
 */
export function complaintAbout(version: string): string {
  const parts = version.replace(/^v/, '').split('.')
  const major = Number(parts[0])
  const minor = Number(parts[1])
  const isEnough = major >= 24 || (major === 23 && minor >= 8) || (major === 22 && minor >= 15)
  return isEnough
    ? ''
    : '::error title=Node version too old::This action needs Node 24, but this runner uses Node ' +
        version.replace(/^v/, '') +
        '. Update the runner to 2.327.1 or newer, which includes Node 24; GitHub-hosted runners have it. With another runner (act, Gitea, Forgejo), use a job image that includes Node 24.\n'
}
