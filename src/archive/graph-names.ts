import { realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import { object } from '../run/object.ts'
import { isCheckedOut, readCheckout } from './checkout.ts'
import { readConfigFile } from './config-file.ts'
import { readJson } from './json-text.ts'
import { ProjectError } from './project-error.ts'

/** The graphs of a configuration, or the reason that they are unknown. */
export interface GraphNames {
  readonly names?: readonly string[]
  /** Text after the name of an input. Undefined if the file does not belong to the commit. */
  readonly problem?: string
}

/**
 * Reads the names under `graphs` of a langgraph.json in the workspace.
 *
 * @param workspace absolute
 * @param configPath relative to the workspace
 * @param commit the commit that must be checked out; if omitted, any version of the file is read
 */
export async function readGraphNames(
  workspace: string,
  configPath: string,
  { gitPath, commit }: { readonly gitPath: string | undefined; readonly commit?: string | undefined }
): Promise<GraphNames> {
  try {
    const real = await realpath(workspace)
    const { file, label, bytes } = await readConfigFile(real, configPath, gitPath)
    if (commit !== undefined) {
      const checkout = await readCheckout(dirname(file), real, gitPath)
      if (!checkout || !isCheckedOut(checkout, commit)) return {}
    }
    const json = readJson(bytes, '{"graphs": {"agent": "./agent.py:graph"}}')
    if ('text' in json) return { problem: `names ${label}, which cannot be read: line ${json.line} ${json.text}.` }
    const names = Object.keys(object(json.value.graphs) ?? {})
    return names.length > 0 ? { names } : { problem: `names ${label}, which has no \`graphs\`.` }
  } catch (error) {
    if (!(error instanceof ProjectError)) return {}
    return { problem: error.problems.join(' ') }
  }
}
