import { expect } from '@jest/globals'
import type { RunOptions } from '../../demo/runner.ts'
import { FROM_IMAGE, type Inputs, type Outcome, type Plane, withoutReferences, withPlane } from '../action/support.ts'
import type { AgentServer, LogEntry } from './agent-server.ts'

/** What a run of the bundle must come to, before an agent that is real. */
export interface Verdict {
  readonly status: 'deployed' | 'failed' | 'cancelled'
  /** Levels of all annotations; default: one error if the run fails, else none. */
  readonly annotations?: readonly string[]
  /** What the text of the annotations must hold. */
  readonly says?: readonly (string | RegExp)[]
  /** What the summary must hold. */
  readonly shows?: readonly (string | RegExp)[]
  /** With what the excerpt of the deploy log begins. */
  readonly logBegins?: RegExp
}

/** A run may wait for a minute until a server is up. */
const LONGEST_RUN_MS = 100_000
/** For the tests themselves. */
export const WITH_RUN_MS = 120_000

/** The inputs of a smoke test. */
export function smoke(graph: string, more: object = {}, input: unknown = { question: 'How many?' }): Inputs {
  return { 'smoke-test': JSON.stringify({ graph, input, ...more }) }
}

/** Deploys to a control plane that gives the address of this server, and looks at everything that a user sees. */
export function climb(
  server: Pick<AgentServer, 'url' | 'follow'>,
  inputs: Inputs,
  verdict: Verdict,
  options: Omit<RunOptions, 'with'> = {}
): Promise<Outcome> {
  return withPlane(async (plane) => {
    await plane.scenario({ agent: { url: server.url } })
    // Lines that come as the control plane ends are for nobody.
    const unfollow = server.follow((lines) => void addToLog(plane, lines).catch(() => {}))
    const outcome = await runBundle(plane, inputs, options).finally(unfollow)
    expectVerdict(outcome, verdict)
    return outcome
  })
}

/** What the server printed is in the deploy log, as LangSmith collects it. */
async function addToLog(plane: Plane, lines: readonly LogEntry[]): Promise<void> {
  const [deployment] = await plane.deployments()
  if (deployment) await plane.api('POST', '/_emulator/logs', { deployment_id: deployment.id, lines })
}

/** Runs the bundle as long as it takes. */
export function runBundle(plane: Plane, inputs: Inputs, options: Omit<RunOptions, 'with'> = {}): Promise<Outcome> {
  return plane.run({ ...FROM_IMAGE, ...inputs }, { timeoutMs: LONGEST_RUN_MS, ...options })
}

/** Checks a run in all that it says. */
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
