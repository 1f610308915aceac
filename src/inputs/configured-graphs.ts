import { readGraphNames } from '../archive/graph-names.ts'
import { relativeTo } from '../archive/paths.ts'
import { isMadeFrom, type SourceInputs } from '../deployment/sources/index.ts'
import type { Trigger } from '../runner/trigger.ts'
import type { InputEnvironment, Reader } from './reader.ts'
import { INPUTS } from './table.ts'

/** The graphs of a langgraph.json. */
export interface ConfiguredGraphs {
  readonly names: readonly string[]
  /** The path of the file as a revision has it; nothing where a revision does not tell it. */
  readonly path: string | undefined
  /** The commit that the file was read at; nothing where that is the workspace itself, or for an image. */
  readonly commit: string | undefined
}

interface GraphsContext {
  readonly trigger: Pick<Trigger, 'commit'>
  /** Of a deploy. */
  readonly source?: SourceInputs | undefined
  readonly environment: InputEnvironment
}

const DEFAULT_PATH = INPUTS['langgraph-config'].defaultAtCreate

/** The graphs of the configuration that is deployed, where the workspace tells them. */
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
  // What is waited for may be built from the commit of the run.
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
