import { realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Place } from '../../place.ts'
import { readCheckout } from './checkout.ts'
import { readConfigFile } from './config-file.ts'
import { parseLanggraphConfig } from './langgraph-config.ts'
import { shown } from './project-error.ts'

/**
 * What is wrong with a configuration that LangSmith will build from GitHub, as far as the workspace tells: where the
 * commit of the run is checked out, its text is what the build reads. Files that it names are not looked for.
 *
 * @param commit the commit of the run; of a pull request the head, which GitHub's own merge may stand for
 * @param gitPath the `PATH` where git is looked for
 * @returns nothing where another commit, or no such file, is checked out
 */
export async function findCheckedOutProblems(
  workspace: string,
  configPath: string,
  commit: string,
  gitPath: string | undefined
): Promise<readonly { readonly text: string; readonly place: Place }[]> {
  try {
    const real = await realpath(workspace)
    const { file, label, bytes } = await readConfigFile(real, configPath, gitPath)
    const checkout = await readCheckout(dirname(file), real, gitPath)
    if (checkout && checkout.commit !== commit && checkout.parents[1] !== commit) return []
    return parseLanggraphConfig(bytes).problems.map(({ line, text }) => ({
      text: `${label}:${line}: ${shown(text)}.`,
      place: { file: label, line }
    }))
  } catch {
    // What cannot be read here may well be there for LangSmith.
    return []
  }
}
