import { relativeTo } from '../archive/paths.ts'
import type { SourceInputs } from '../deployment/sources/index.ts'
import type { Trigger } from '../runner/trigger.ts'
import type { AgentHeader } from './agent-headers.ts'
import type { InputEnvironment, Reader } from './reader.ts'
import type { SmokeTest } from './smoke-test.ts'
import type { InputName } from './table.ts'

/** How it is proved that the agent itself works, once its server serves. */
export interface ProofInputs {
  /** Whether every graph has to load. */
  readonly verifyGraphs: boolean
  /** In their order; none where no run is asked for. */
  readonly smokeTests: readonly SmokeTest[]
  /** The graphs that the configuration names; nothing where it is not known which configuration is deployed. */
  readonly configured: ConfiguredGraphs | undefined
  /** What each request to the Agent Server carries, the key included. */
  readonly headers: readonly AgentHeader[]
  /** The input that the key among them comes from; nothing where none is sent. */
  readonly keyInput: 'api-key' | 'agent-api-key' | undefined
}

/** The graphs of a langgraph.json. */
export interface ConfiguredGraphs {
  readonly names: readonly string[]
  /** The path of the file as a revision has it; nothing where a revision does not tell it. */
  readonly path: string | undefined
  /** The commit that the file was read at; nothing where the workspace itself is deployed, or an image. */
  readonly commit: string | undefined
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
  const { readAgentHeaders } = await import('./agent-headers.ts')
  const own = lines === undefined ? [] : readAgentHeaders(inputs, lines)
  const { readSmokeTests } = await import('./smoke-test.ts')
  return {
    verifyGraphs,
    smokeTests: await readSmokeTests(inputs, { written, file, readFile: context.environment.readWorkspaceFile }),
    configured: verifyGraphs ? await readConfiguredGraphs(inputs, context) : undefined,
    ...headersWithKey(inputs, context, own, key)
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
    return idle.length === 0 ? [] : [`${list(idle)}: not used without \`verify-graphs\` or \`smoke-test\`.`]
  }
  if (wait || dryRun) return []
  const asked = (['verify-graphs', 'smoke-test', 'smoke-test-file'] as const).filter((name) => inputs.isWritten(name))
  return [`${list(asked)}: no effect with \`wait: false\`, because nothing is asked before the revision is deployed.`]
}

/**
 * The code of an agent sees the headers of each request. Where that code is under review, whoever wrote it could read
 * the key, so the user has to say which one goes there.
 */
function headersWithKey(
  inputs: Reader,
  { trigger, apiKey }: ProofContext,
  own: readonly AgentHeader[],
  agentKey: string | undefined
): Pick<ProofInputs, 'headers' | 'keyInput'> {
  const names = own.map(({ name }) => name.toLowerCase())
  const withKey = (keyInput: 'api-key' | 'agent-api-key', value: string) => ({
    headers: [...own.filter(({ name }) => name.toLowerCase() !== 'x-api-key'), { name: 'X-Api-Key', value }],
    keyInput
  })
  if (agentKey !== undefined) {
    if (/[^\x21-\x7e]/.test(agentKey)) {
      inputs.problem(
        'agent-api-key',
        'holds white space or characters that no key has; store the bare key in the secret.'
      )
    }
    if (names.includes('x-api-key')) {
      inputs.problem('agent-headers', 'holds `X-Api-Key`, and `agent-api-key` is written too. Remove one of them.')
    }
    return withKey('agent-api-key', agentKey)
  }
  const hasOwnAccess = names.includes('x-api-key') || names.includes('authorization')
  if (hasOwnAccess) return { headers: own, keyInput: undefined }
  const review = whyUnderReview(trigger, inputs.flag('preview'))
  if (review === undefined) return withKey('api-key', apiKey)
  if (own.length === 0) {
    inputs.problem(
      'agent-api-key',
      `is missing: ${review}, and the code of an agent can read the key that is sent to it, so \`api-key\` is not sent there. Write \`agent-api-key\` with a key that this code may know, or \`agent-headers\` for custom auth.`
    )
  }
  return { headers: own, keyInput: undefined }
}

/** Why the code of the agent may be somebody's that nobody has reviewed; nothing if it is not. */
function whyUnderReview(trigger: Trigger, isPreview: boolean): string | undefined {
  const { about, eventName, endedRun, foreignHead, pullRequest, previewEnvironment } = trigger
  if (isPreview) return 'this run deploys a preview'
  const isOfPullRequest =
    about.kind === 'pull-request' || eventName.startsWith('pull_request') || pullRequest !== undefined
  if (isOfPullRequest || endedRun?.isOfRef === false) return 'this run is about a pull request'
  if (foreignHead !== undefined) return 'this run is about the code of another repository'
  return previewEnvironment === undefined ? undefined : 'this run is about a preview environment'
}

/** The graphs of the configuration that is deployed, where the workspace tells them. */
async function readConfiguredGraphs(
  inputs: Reader,
  { source, environment: { variables } }: ProofContext
): Promise<ConfiguredGraphs | undefined> {
  const workspace = variables.GITHUB_WORKSPACE
  if (!source || !workspace) return undefined
  const { readGraphNames } = await import('../archive/graph-names.ts')
  const gitPath = variables.PATH
  switch (source.type) {
    case 'internal_source': {
      const { root, configPath } = source.project
      const { names } = await readGraphNames(
        source.project.workspace,
        relativeTo(source.project.workspace, `${root}/${configPath}`),
        { gitPath }
      )
      return names && { names, path: configPath, commit: undefined }
    }
    case 'github': {
      const { runCommit: commit, configPath = 'langgraph.json' } = source
      if (commit === undefined) return undefined
      const { names } = await readGraphNames(workspace, configPath, { gitPath, commit })
      return names && { names, path: configPath, commit }
    }
    case 'external_docker': {
      const path = inputs.text('langgraph-config')
      if (path === undefined) return undefined
      const { names, problem } = await readGraphNames(workspace, path, { gitPath })
      if (problem !== undefined) inputs.problem('langgraph-config', problem)
      return names && { names, path: undefined, commit: undefined }
    }
  }
}
