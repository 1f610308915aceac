import { readGraphNames } from '../archive/graph-names.ts'
import { relativeTo } from '../archive/paths.ts'
import { isMadeFrom, type SourceInputs } from '../deployment/sources/index.ts'
import type { Trigger } from '../runner/trigger.ts'
import type { InputEnvironment, Reader } from './reader.ts'
import { INPUTS } from './table.ts'

/** Graphs in a langgraph.json. */
export interface ConfiguredGraphs {
  readonly names: readonly string[]
  /** Path of the file in the API's form of a revision; `undefined` for an image. */
  readonly path: string | undefined
  /** Commit at which the file was read; `undefined` for the files of the workspace. */
  readonly commit: string | undefined
}

interface GraphsContext {
  readonly trigger: Pick<Trigger, 'commit'>
  /** Set for `deploy` only. */
  readonly source?: SourceInputs | undefined
  readonly environment: InputEnvironment
}

const DEFAULT_PATH = INPUTS['langgraph-config'].defaultAtCreate

/**
 * Reads the graphs of the configuration to deploy; `undefined` if the workspace does not contain that configuration.
 */
export async function readConfiguredGraphs(
  inputs: Reader,
  { source, trigger, environment: { variables } }: GraphsContext
): Promise<ConfiguredGraphs | undefined> {
  const workspace = variables.GITHUB_WORKSPACE
  if (!workspace) return undefined
  const gitPath = variables.PATH
  const atCommit = async (configPath: string = DEFAULT_PATH, commit = trigger.commit) => {
    if (commit === undefined) return undefined
    const { names } = await readGraphNames(workspace, configPath, { gitPath, commit })
    return names && { names, path: configPath, commit }
  }
  // The awaited revision may be built from the commit of the run.
  if (!source) return atCommit()
  if (isMadeFrom('archive', source)) {
    const { root, configPath, workspace: packedFrom } = source.project
    const { names } = await readGraphNames(packedFrom, relativeTo(packedFrom, `${root}/${configPath}`), { gitPath })
    return names && { names, path: configPath, commit: undefined }
  }
  if (isMadeFrom('repository', source)) {
    return source.runCommit === undefined ? undefined : atCommit(source.configPath, source.runCommit)
  }
  const path = inputs.text('langgraph-config')
  if (path === undefined) return undefined
  const { names, problem } = await readGraphNames(workspace, path, { gitPath })
  if (problem !== undefined) inputs.problem('langgraph-config', problem)
  return names && { names, path: undefined, commit: undefined }
}
