import { existsSync, realpathSync } from 'node:fs'
import path from 'node:path'

/** Folders of the job from which files in inputs or in a configuration are read. */
export interface ReadableFolders {
  /** Path in GITHUB_WORKSPACE. */
  readonly workspace: string
  /** Path in RUNNER_TEMP. An earlier step may have written a file there that must not be in the workspace. */
  readonly temporary?: string | undefined
}

/**
 * Names of files that belong to the runner and other actions: the token of the checkout, cloud credentials, file
 * commands.
 */
const KEPT_BY_TOOLS = /^(\.git|git-credentials-.*\.config|gha-creds-.*\.json|_runner_file_commands|_github_\w+)$/i

/**
 * Returns why a file of variables must not be read, as a clause such as `is outside the workspace`. The file must be in
 * one of the folders, but not where a tool keeps credentials of the job.
 *
 * @param real absolute path without symbolic links
 */
export function whyUnreadable(real: string, { workspace, temporary }: ReadableFolders): string | undefined {
  const places = [workspace, ...(temporary ? [temporary] : [])].flatMap((folder) => placeIn(folder, real) ?? [])
  if (places.length === 0) return 'is outside the workspace and RUNNER_TEMP'
  const isKept = places.some((place) => place.split(/[/\\]/).some((name) => KEPT_BY_TOOLS.test(name)))
  return isKept ? 'belongs to git, the runner or another action' : undefined
}

/**
 * Returns why a file in an input or a configuration does not exist, if its path explains it: a clause such as `` `~` is
 * not expanded here; use … ``. A step writes a file of secrets to RUNNER_TEMP, which requires an expression in the
 * path.
 *
 * @param input text before the path in the advice, such as `secrets-file: `
 */
export function whyAbsent(
  written: string,
  { temporary }: Pick<ReadableFolders, 'temporary'>,
  input = ''
): string | undefined {
  const [, ofShell, rest = ''] = /^(\$\w+|\$\{\w+\}|\$env:\w+|%\w+%|~)[/\\]+([\w./\\-]*)$/i.exec(written) ?? []
  if (ofShell) {
    const name = ofShell.replace(/^\$env:|[^\w]/gi, '')
    const isTemporary = ofShell === '~' || name.toUpperCase() === 'RUNNER_TEMP'
    return isTemporary
      ? `\`${ofShell}\` is not expanded here; ${ofShell === '~' ? 'write the file to RUNNER_TEMP and use' : 'use'} \`${input}${inTemporary(rest)}\``
      : `\`${ofShell}\` is not expanded here; use \`${input}\${{ env.${name} }}/${rest}\``
  }
  if (/^\/[\w.-]+$/.test(written)) {
    return `an expression before it, such as \`\${{ env.NAME }}\`, may be empty; for a file in RUNNER_TEMP, use \`${input}${inTemporary(written.slice(1))}\``
  }
  const isThere = temporary && !path.isAbsolute(written) && existsSync(path.join(temporary, written))
  return isThere
    ? `the file is in RUNNER_TEMP; use \`${input}${inTemporary(written.replace(/^\.\//, ''))}\``
    : undefined
}

function inTemporary(rest: string): string {
  return `\${{ runner.temp }}/${rest.replaceAll('\\', '/')}`
}

/** Tells if a path, which may not exist, leads out of the workspace and RUNNER_TEMP. */
export function isOutside(written: string, { workspace, temporary }: ReadableFolders): boolean {
  const place = path.resolve(workspace, written)
  return [workspace, ...(temporary ? [temporary] : [])].every((folder) =>
    /^\.\.([/\\]|$)/.test(path.relative(folder, place))
  )
}

/** Returns the path of a file relative to a folder; `undefined` if the file is outside the folder. */
function placeIn(folder: string, file: string): string | undefined {
  try {
    const place = path.relative(realpathSync(folder), file)
    return /^\.\.([/\\]|$)/.test(place) || path.isAbsolute(place) ? undefined : place
  } catch {
    return undefined
  }
}
