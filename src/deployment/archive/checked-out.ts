import { realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Place } from '../../place.ts'
import { readCheckout } from './checkout.ts'
import { adviceOfConfigs, readConfigFile } from './config-file.ts'
import { askGit } from './git.ts'
import { parseLanggraphConfig } from './langgraph-config.ts'
import { isWithin } from './paths.ts'
import { shown } from './project-error.ts'

/**
 * What is wrong with a configuration that LangSmith will build from GitHub, as far as the workspace tells: where the
 * commit of the run is checked out, its text is what the build reads. Files that it names are not looked for.
 *
 * @param commit the commit of the run; for a pull request its head; GitHub's merge of it may be checked out instead
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

/**
 * What is wrong with the path of a configuration that LangSmith will build from GitHub: the commit of the run, which is
 * checked out, has no such file. What a sparse checkout leaves out counts as there.
 *
 * @param commit the commit of the run
 * @param gitPath the `PATH` where git is looked for
 * @returns nothing where the file is there, or where that cannot be told
 */
export async function findAbsence(
  workspace: string,
  configPath: string,
  commit: string,
  gitPath: string | undefined
): Promise<string | undefined> {
  const real = await realpath(workspace).catch(() => undefined)
  const checkout = real && (await readCheckout(real, real, gitPath))
  if (!checkout || (checkout.commit !== commit && checkout.parents[1] !== commit)) return undefined
  const list = async (pattern: string) =>
    (await askGit(real, real, gitPath, ['ls-files', '-z', '--', pattern]))?.split('\0').filter((path) => path !== '')
  const path = configPath.replace(/\/+$/, '')
  const [there, configs, modules] = await Promise.all([
    list(`:(literal)${path}`),
    list(':(glob)**/langgraph.json'),
    list(':(literal).gitmodules')
  ])
  // The files of a submodule are not listed.
  if (!there || !configs || modules?.length !== 0 || there.includes(path)) return undefined
  const isFolder = there.length > 0
  const inside = configs.filter((found) => isWithin(path, found))
  const fault = isFolder ? 'is a folder' : `is not in commit ${commit.slice(0, 7)}, which is checked out`
  const advice = adviceOfConfigs(isFolder && inside.length > 0 ? inside : configs)
  return `${shown(configPath)} ${fault}. ${advice ?? 'Write the path of the langgraph.json in the repository.'}`
}
