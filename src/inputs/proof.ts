import { isMadeFrom, type SourceInputs } from '../deployment/sources/index.ts'
import type { Trigger } from '../runner/trigger.ts'
import type { AgentAccess } from './agent-access.ts'
import type { ConfiguredGraphs } from './configured-graphs.ts'
import type { InputEnvironment, Reader } from './reader.ts'
import type { SmokeTest } from './smoke-test.ts'
import type { InputName } from './table.ts'

/** How it is proved that the agent itself works, once its server serves. */
export interface ProofInputs extends AgentAccess {
  /** Whether every graph has to load. */
  readonly verifyGraphs: boolean
  /** In their order; none where no run is asked for. */
  readonly smokeTests: readonly SmokeTest[]
  /** The graphs that the configuration names; nothing where it is not known which configuration is deployed. */
  readonly configured: ConfiguredGraphs | undefined
}

interface ProofContext {
  readonly trigger: Trigger
  readonly apiKey: string
  readonly environment: InputEnvironment
  /** Of a deploy. */
  readonly source?: SourceInputs | undefined
}

/** What the steps beyond the health check are to ask; nothing where none of them is asked for. */
export async function readProof(inputs: Reader, context: ProofContext): Promise<ProofInputs | undefined> {
  const verifyGraphs = inputs.flag('verify-graphs')
  const written = inputs.verbatim('smoke-test')
  const file = inputs.text('smoke-test-file')
  const key = inputs.text('agent-api-key')
  const lines = inputs.verbatim('agent-headers')
  if (!verifyGraphs && written === undefined && file === undefined) return undefined
  // Loaded only here: most runs ask for none of it.
  const { readAgentAccess } = await import('./agent-access.ts')
  const { readConfiguredGraphs } = await import('./configured-graphs.ts')
  const { readSmokeTests } = await import('./smoke-test.ts')
  const { source, environment } = context
  // Of an archive the configuration is the one of the workspace, whatever LangSmith does.
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

/** What is of no use without the steps that it belongs to, or with what else was asked for. */
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
