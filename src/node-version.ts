/*
 * This file and the two entries run before anything else is loaded. They are copied to dist/ unbundled, and an old Node
 * must be able to parse them: ES2018 syntax only, no top-level `await`, no static import of a file with newer syntax.
 */

/**
 * Returns the error message for a Node version that cannot run the bundle, or an empty text. Node 22.15 and 23.8 are
 * the first versions with all built-ins that undici reads while it loads.
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

/** Returns the error message for files of the action that cannot be loaded, because they are missing or cut off. */
export function complaintAboutFiles(error: unknown): string {
  const reason = String(error).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
  return (
    '::error title=Files of the action are incomplete::The files of the action could not be loaded (' +
    reason +
    '). Rerun the job, so that the runner downloads the action again.\n'
  )
}
