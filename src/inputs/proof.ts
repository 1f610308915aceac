import { isMadeFrom, type SourceInputs } from '../deployment/sources/index.ts'
import type { Trigger } from '../runner/trigger.ts'
import type { AgentAccess } from './agent-access.ts'
import type { ConfiguredGraphs } from './configured-graphs.ts'
import type { InputEnvironment, Reader } from './reader.ts'
import type { SmokeTest } from './smoke-test.ts'
import type { InputName } from './table.ts'

/** Settings for the steps of the proof after the health check. */
export interface ProofInputs extends AgentAccess {
  /** True if every graph must load. */
  readonly verifyGraphs: boolean
  /** Test runs in order; empty if none is requested. */
  readonly smokeTests: readonly SmokeTest[]
  /** Graphs in the configuration; `undefined` if it is unknown which configuration is deployed. */
  readonly configured: ConfiguredGraphs | undefined
}

interface ProofContext {
  readonly trigger: Trigger
  readonly apiKey: string
  readonly environment: InputEnvironment
  /** Set for `deploy` only. */
  readonly source?: SourceInputs | undefined
}

/** Reads the steps of the proof after the health check; `undefined` if none is requested. */
export async function readProof(inputs: Reader, context: ProofContext): Promise<ProofInputs | undefined> {
  const verifyGraphs = inputs.flag('verify-graphs')
  const written = inputs.verbatim('smoke-test')
  const file = inputs.text('smoke-test-file')
  const key = inputs.text('agent-api-key')
  const lines = inputs.verbatim('agent-headers')
  if (!verifyGraphs && written === undefined && file === undefined) return undefined
  // Imported on demand: most runs request none of these steps.
  const { readAgentAccess } = await import('./agent-access.ts')
  const { readConfiguredGraphs } = await import('./configured-graphs.ts')
  const { readSmokeTests } = await import('./smoke-test.ts')
  const { source, environment } = context
  // The configuration of an archive is always the one in the workspace.
  const isPacked = source !== undefined && isMadeFrom('archive', source)
  const configured = verifyGraphs || isPacked ? await readConfiguredGraphs(inputs, context) : undefined
  const graphs = isPacked ? configured?.names : undefined
  return {
    verifyGraphs,
    smokeTests: await readSmokeTests(inputs, { written, file, readFile: environment.readWorkspaceFile, graphs }),
    configured: verifyGraphs ? configured : undefined,
    ...readAgentAccess(inputs, context, { lines, key })
  }
}

/** Returns notices about inputs that have no effect, because the step that uses them is not requested or cannot run. */
export function noticesOfProof(
  inputs: Reader,
  proof: ProofInputs | undefined,
  { wait, dryRun }: { readonly wait: boolean; readonly dryRun: boolean }
): readonly string[] {
  const list = (names: readonly InputName[]) => names.map((name) => `\`${name}\``).join(', ')
  if (!proof) {
    const idle = (['agent-api-key', 'agent-headers'] as const).filter((name) => inputs.isWritten(name))
    return idle.length === 0 ? [] : [`Ignored ${list(idle)}: not used without \`verify-graphs\` or \`smoke-test\`.`]
  }
  if (wait || dryRun) return []
  const asked = (['verify-graphs', 'smoke-test', 'smoke-test-file'] as const).filter((name) => inputs.isWritten(name))
  return [`Ignored ${list(asked)}: the proof does not run with \`wait: false\`.`]
}
