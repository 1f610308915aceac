import { expect } from '@jest/globals'
import type { RunOptions } from '../../demo/runner.ts'
import { FROM_IMAGE, type Inputs, type Outcome, type Plane, withoutReferences, withPlane } from '../action/support.ts'
import type { AgentServer, LogEntry } from './agent-server.ts'

/** Expected result of a run with a real agent. */
export interface Verdict {
  readonly status: 'deployed' | 'failed' | 'cancelled'
  /** Levels of all annotations; default: one error if the run fails, else none. */
  readonly annotations?: readonly string[]
  /** Texts in the annotations. */
  readonly says?: readonly (string | RegExp)[]
  /** Texts in the summary. */
  readonly shows?: readonly (string | RegExp)[]
  /** Start of the excerpt of the deploy log. */
  readonly logBegins?: RegExp
}

/** Time in which a run waits for a server to start. */
const LONGEST_RUN_MS = 100_000
/** Time limit of the tests. */
export const WITH_RUN_MS = 120_000

/** The inputs of a smoke test. */
export function smoke(graph: string, more: object = {}, input: unknown = { question: 'How many?' }): Inputs {
  return { 'smoke-test': JSON.stringify({ graph, input, ...more }) }
}

/** Deploys to a control plane that returns the address of this server, and checks the whole output. */
export function climb(
  server: Pick<AgentServer, 'url' | 'follow'>,
  inputs: Inputs,
  verdict: Verdict,
  options: Omit<RunOptions, 'with'> = {}
): Promise<Outcome> {
  return withPlane(async (plane) => {
    await plane.scenario({ agent: { url: server.url } })
    // Log lines after the end of the control plane have no receiver.
    const unfollow = server.follow((lines) => void addToLog(plane, lines).catch(() => {}))
    const outcome = await runBundle(plane, inputs, options).finally(unfollow)
    expectVerdict(outcome, verdict)
    return outcome
  })
}

/** Copies the server's output to the deploy log, as LangSmith does. */
async function addToLog(plane: Plane, lines: readonly LogEntry[]): Promise<void> {
  const [deployment] = await plane.deployments()
  if (deployment) await plane.api('POST', '/_emulator/logs', { deployment_id: deployment.id, lines })
}

/** Runs the bundle without a time limit. */
export function runBundle(plane: Plane, inputs: Inputs, options: Omit<RunOptions, 'with'> = {}): Promise<Outcome> {
  return plane.run({ ...FROM_IMAGE, ...inputs }, { timeoutMs: LONGEST_RUN_MS, ...options })
}

/** Checks the whole output of a run. */
export function expectVerdict(
  { run }: Outcome,
  { status, annotations, says = [], shows = [], logBegins }: Verdict
): void {
  const passes = status === 'deployed'
  const seen = {
    status: run.outputs.status,
    exitCode: run.exitCode,
    annotations: run.annotations.map(({ level }) => level)
  }
  const wanted = { status, exitCode: passes ? 0 : 1, annotations: annotations ?? (passes ? [] : ['error']) }
  expect({ ...seen, ...(sameJson(seen, wanted) ? {} : { log: run.log }) }).toEqual(wanted)
  const said = run.annotations.map(({ title, message }) => `${title}: ${message}`).join('\n')
  for (const words of says) expect(said).toMatch(words)
  const summary = withoutReferences(run.summary)
  for (const words of shows) expect(summary).toMatch(words)
  if (logBegins) expect(run.groups.find(({ title }) => title.startsWith('Deploy log'))?.lines[0]).toMatch(logBegins)
  expect(run.rawStderr).toBe('')
  expect(run.faults).toEqual([])
}

function sameJson(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right)
}
