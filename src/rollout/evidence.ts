import { isLoopback } from '../control-plane/hosts.ts'
import type { Connection } from '../control-plane/network.ts'
import type { Deployment, Revision } from '../control-plane/resources.ts'
import { commitOf, isSameCommit } from '../deployment/revision.ts'
import type { ProofInputs } from '../inputs/proof.ts'
import type { SmokeTest } from '../inputs/smoke-test.ts'
import { inWords } from '../run/duration.ts'
import { DeadlineError } from '../run/limits.ts'
import type { ProofRow, ProofStep } from '../run/record.ts'
import { sentence } from '../run/sentence.ts'
import { firstBytes, plainLines } from '../runner/words.ts'
import { type AgentClient, createAgentClient } from './agent-server/client.ts'
import { askGraphs, type GraphsSeen } from './agent-server/graphs.ts'
import { mountPrefix } from './agent-server/probe.ts'
import { type RunSeen, runOnce } from './agent-server/runs.ts'
import type { CommandContext } from './context.ts'

/** The result of the steps after the health check. */
export interface Evidence {
  /** The step that ended the proof. */
  readonly failure?: {
    readonly reason: string
    readonly advice: string
    /** True if the agent does not work; false if it could not be checked. */
    readonly isBroken: boolean
    /** True if the agent returned an answer, but an unexpected one. Its log does not show the cause. */
    readonly isMisfit?: boolean
    /** IDs to search for in the deploy log. */
    readonly ids: readonly string[]
  }
  /** The checks without a result. */
  readonly warning?: string
}

interface AgentPlace {
  readonly deployment: Deployment
  readonly revision: Revision
  /** True if this run created the revision. */
  readonly own: boolean
  /** `undefined` if the control plane reports no URL. */
  readonly url: string | undefined
  readonly healthPath: string
  readonly proxy: Connection['proxy']
  /** True if an input sets the workspace, as a key of an organization requires. */
  readonly namesWorkspace: boolean
}

/**
 * Proves that the agent itself works: its graphs load, and its runs return answers. Sends the key to the address from
 * the control plane, over https or to this machine only.
 *
 * @throws {DeadlineError} at the deadline, with the pending step; {CancelledError} if the job is canceled
 */
export async function proveAgent(context: CommandContext, proof: ProofInputs, place: AgentPlace): Promise<Evidence> {
  const { url } = place
  const obstacle = whyNotAsked(url)
  if (obstacle || !url) {
    const [first, ...rest] = askedSteps(proof)
    if (first) tellStep(context, { about: first, outcome: 'unclear', seen: 'the agent was not checked' })
    for (const about of rest) tellStep(context, leftStep(about))
    const [reason, advice] = obstacle ?? NO_ADDRESS
    return { failure: { reason, advice, isBroken: false, ids: [] } }
  }
  const tenant = place.namesWorkspace ? place.deployment.tenant_id : null
  const isOwn = proof.headers.some(({ name }) => name.toLowerCase() === 'x-tenant-id')
  const headers = tenant && !isOwn ? [...proof.headers, { name: 'X-Tenant-Id', value: tenant }] : proof.headers
  const agent = createAgentClient(
    { url: url.replace(/\/+$/, '') + mountPrefix(place.healthPath), headers, proxy: place.proxy },
    context.limits
  )
  try {
    const graphs = proof.verifyGraphs ? await proveGraphs(context, agent, proof, place) : {}
    if (proof.smokeTests.length === 0) return graphs
    if (graphs.failure) {
      tellStep(context, leftStep('runs'))
      return graphs
    }
    const runs = await proveRuns(context, agent, proof)
    return { ...graphs, ...runs }
  } finally {
    await agent.close()
  }
}

/** Reports the requested steps as skipped, because an earlier step ended the proof. */
export function leaveOut(context: CommandContext, proof: ProofInputs): void {
  for (const about of askedSteps(proof)) tellStep(context, leftStep(about))
}

function askedSteps({ verifyGraphs, smokeTests }: ProofInputs): readonly ('graphs' | 'runs')[] {
  return [...(verifyGraphs ? (['graphs'] as const) : []), ...(smokeTests.length > 0 ? (['runs'] as const) : [])]
}

function leftStep(about: ProofStep['about']): ProofStep {
  return { about, outcome: 'left', seen: 'skipped, because the proof ended earlier' }
}

const NO_ADDRESS = [
  'The revision is deployed, but the control plane reports no URL for the deployment, so its agent could not be checked.',
  'Set `custom-url` if the deployment has its own URL.'
] as const

/** The reason not to send the key: it would be unencrypted. */
function whyNotAsked(url: string | undefined): readonly [reason: string, advice: string] | undefined {
  if (!url) return undefined
  const { protocol, hostname, host } = new URL(url)
  if (protocol === 'https:' || isLoopback(hostname)) return undefined
  return [
    `The revision is deployed, but its agent was not checked: requests to http://${host} would send the key and the messages unencrypted.`,
    'Use an https URL for the deployment, or omit `verify-graphs` and `smoke-test`.'
  ]
}

function tellStep({ progress }: CommandContext, step: ProofStep): ProofStep {
  return progress.proof(step)
}

async function proveGraphs(
  context: CommandContext,
  agent: AgentClient,
  proof: ProofInputs,
  place: AgentPlace
): Promise<Evidence> {
  const { note } = context.progress
  note('Checking the graphs of the agent.')
  const seen = await askGraphs(agent, context.limits, expectedGraphs(proof, place), note)
  const { rows, awaited } = seen
  const of = (outcome: string) => rows.filter((row) => row.outcome === outcome)
  const [failed, unclear, passed] = [of('failed'), of('unclear'), of('passed')]
  const outcome = failed.length > 0 ? 'failed' : unclear.length > 0 || passed.length === 0 ? 'unclear' : 'passed'
  if (awaited !== undefined && outcome !== 'failed') {
    const told = tellStep(context, { about: 'graphs', outcome: 'unclear', seen: overdueWords(awaited), rows })
    if (proof.smokeTests.length > 0) tellStep(context, leftStep('runs'))
    throw new DeadlineError(told.seen)
  }
  const step = tellStep(context, {
    about: 'graphs',
    outcome,
    seen: graphWords(failed.length, unclear, passed.length, seen.hidden),
    rows
  })
  if (outcome === 'failed') {
    const told = (step.rows ?? []).filter((row) => row.outcome === 'failed')
    const lines = told.map(({ subject, answer }) => sentence(`Graph "${subject}"${graphAnswer(answer)}`))
    const hidden = failed.length - MOST_TOLD
    return {
      failure: {
        reason: [
          `The revision is deployed, but ${step.seen}.`,
          ...lines.slice(0, MOST_TOLD),
          ...(hidden > 0 ? [`The summary lists ${hidden} more.`] : [])
        ].join('\n'),
        advice:
          'If the cause is unclear, check the variables and secrets that the graphs need at startup, and `graphs` in the configuration.',
        isBroken: true,
        // The server does not log the ID of such a request.
        ids: []
      }
    }
  }
  return outcome === 'unclear' ? { warning: unclearGraphs(seen, step, proof) } : {}
}

/** The result of a step that the timeout ended. */
function overdueWords(awaited: string): string {
  return `${awaited} had not responded when the timeout expired`
}

/** The answer of a graph after its name. An answer can start with a status. */
function graphAnswer(answer: string): string {
  return /^\d{3}\b/.test(answer) ? ` returned ${answer}` : `: ${answer}`
}

/** The most graphs with their responses in the annotation. */
const MOST_TOLD = 10

/** The graph names in the configuration, if the revision was created from this configuration. */
function expectedGraphs({ configured }: ProofInputs, { revision, own }: AgentPlace): readonly string[] | undefined {
  if (!configured) return undefined
  const { names, path, commit } = configured
  const deployedPath = revision.source_revision_config.langgraph_config_path
  if (path !== undefined && deployedPath && deployedPath !== path) return undefined
  const built = commitOf(revision)
  const isSame = commit === undefined ? own : built !== undefined && isSameCommit(built, commit)
  return isSame ? names : undefined
}

function graphWords(failed: number, unclear: readonly ProofRow[], passed: number, hidden: string | undefined): string {
  const count = (number: number) => (number === 1 ? '1 graph' : `${number} graphs`)
  const verb = (number: number, one: string, many: string) => `${count(number)} ${number === 1 ? one : many}`
  if (failed > 0) return verb(failed, 'does not load', 'do not load')
  if (unclear.length === 0 && passed > 0) return verb(passed, 'loads', 'load')
  const [first] = unclear
  const why = hidden ?? (first ? `graph "${first.subject}"${graphAnswer(first.answer)}` : 'all listed graphs are gone')
  const what = first ? `could not determine whether ${verb(unclear.length, 'loads', 'load')}` : 'could not find a graph'
  return `${what} (${why})`
}

function unclearGraphs({ isRefused }: GraphsSeen, { seen }: ProofStep, proof: ProofInputs): string {
  const refusal = isRefused ? ` ${refusalAdvice(proof)}` : ''
  const advice =
    proof.smokeTests.length > 0
      ? 'If the agent has custom auth, set `agent-headers`. Otherwise omit `verify-graphs`: `smoke-test` proves that a graph runs.'
      : 'If the agent has custom auth, set `agent-headers`. Otherwise set `smoke-test`, which proves that a graph runs.'
  return `\`verify-graphs\`: ${seen}.${refusal} ${advice}`
}

/** Describes the credentials of the request, and what custom auth needs. */
function refusalAdvice({ headers, keyInput }: ProofInputs): string {
  const names = headers.filter(({ name }) => name.toLowerCase() !== 'x-api-key').map(({ name }) => `\`${name}\``)
  const sent = [...(keyInput ? [`the key of \`${keyInput}\``] : []), ...names]
  const what = sent.length > 0 ? `The request contained ${sent.join(' and ')}.` : 'No key was sent.'
  const scheme = headers.some(({ name }) => name.toLowerCase() === 'x-auth-scheme')
    ? ''
    : ' To send a LangSmith key to an agent with custom auth, set `agent-headers: "X-Auth-Scheme: langsmith"`.'
  return `${what}${scheme}`
}

async function proveRuns(context: CommandContext, agent: AgentClient, proof: ProofInputs): Promise<Evidence> {
  const { limits, progress } = context
  const runs: RunSeen[] = []
  for (const [index, test] of proof.smokeTests.entries()) {
    const subject = runLabel(proof.smokeTests, index)
    progress.note(`Running graph "${subject}" for up to ${inWords(test.timeoutMs)}.`)
    const begun = limits.clock.now()
    const seen = await runOnce(agent, limits, test, progress.note).catch((error: unknown) => {
      if (!(error instanceof DeadlineError)) throw error
      const ms = limits.clock.now() - begun
      const last: ProofRow = {
        subject,
        outcome: 'unclear',
        answer: 'did not respond before the timeout; the action stopped waiting',
        ms
      }
      const rows = [...runs.map(({ row }) => row), last]
      const told = tellStep(context, {
        about: 'runs',
        outcome: 'unclear',
        seen: overdueWords(`the run of graph "${subject}"`),
        rows
      })
      throw new DeadlineError(told.seen)
    })
    runs.push({ ...seen, row: { ...seen.row, subject } })
    // The next run would fail in the same way: it would be refused, or the server is unreachable.
    if (seen.row.outcome === 'failed' && !seen.isBroken) break
  }
  const failed = runs.filter(({ row }) => row.outcome === 'failed')
  const left = proof.smokeTests.length - runs.length
  const step = tellStep(context, {
    about: 'runs',
    outcome: failed.length > 0 ? 'failed' : 'passed',
    seen: failed.length > 0 ? `${ofRuns(failed.length)} failed${leftWords(left)}` : `${ofRuns(runs.length)} answered`,
    rows: runs.map(({ row }) => row)
  })
  if (failed.length === 0) return {}
  const told = (step.rows ?? []).filter(({ outcome }) => outcome === 'failed')
  return {
    failure: {
      reason: ['The revision is deployed, but its smoke test failed.', ...told.map(lineOfRun)].join('\n'),
      advice: adviceOnRuns(failed, proof),
      isBroken: failed.some(({ isBroken }) => isBroken),
      isMisfit: failed.every(({ isMisfit }) => isMisfit),
      ids: failed.flatMap(({ ids }) => ids)
    }
  }
}

/** The graph of a run, with the number of the run if several runs use the same graph. */
function runLabel(tests: readonly SmokeTest[], index: number): string {
  const graph = tests[index]?.graph ?? ''
  const isOnly = tests.filter((test) => test.graph === graph).length === 1
  return isOnly ? graph : `${graph} (run ${index + 1} of ${tests.length})`
}

/** Describes a failed run, with the start of its answer if it returned one. The summary shows more. */
function lineOfRun({ subject, answer, result }: ProofRow): string {
  const line = sentence(`The run of graph "${subject}" ${/^\d{3}\b/.test(answer) ? `returned ${answer}` : answer}`)
  // The line already contains an error.
  const isTold = result === undefined || answer.startsWith('failed: ')
  const answered = isTold ? '' : firstBytes(plainLines(result).join(' '), QUOTE_BYTES)
  return answered === '' ? line : `${line}\nResponse: ${answered}`
}

const QUOTE_BYTES = 300

function leftWords(count: number): string {
  return count === 0 ? '' : count === 1 ? ', 1 was skipped' : `, ${count} were skipped`
}

/** The advice for runs that were refused, found no server, or returned an unexpected answer. */
function adviceOnRuns(failed: readonly RunSeen[], proof: ProofInputs): string {
  if (failed.some(({ isRefused }) => isRefused)) {
    return `${refusalAdvice(proof)} Set \`agent-api-key\` or \`agent-headers\` to credentials that this agent accepts.`
  }
  if (failed.every(({ isMisfit }) => isMisfit)) return MISFIT_ADVICE
  return failed.some(({ isAbsent }) => isAbsent) ? ABSENT_ADVICE : ''
}

const MISFIT_ADVICE =
  'The trace of the run shows how the agent produced its answer. If the answer is correct, change `expect` in the smoke test.'

const ABSENT_ADVICE =
  'If the server has a mount prefix, set `health-path: /prefix/ok`: `/ok` also responds without the prefix, but requests for runs need the prefix. If `graph` is the ID of an assistant, check that this deployment has it.'

function ofRuns(count: number): string {
  return count === 1 ? '1 run' : `${count} runs`
}
