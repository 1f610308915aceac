import { drawCase } from './case.ts'
import type { Evidence } from './evidence.ts'
import { type Violation, violations } from './invariants.ts'
import { play } from './play.ts'

/** Stored result of a seed. */
export interface Result {
  readonly seed: number
  readonly command: string
  readonly source: string
  readonly verdict: string
  readonly faults: readonly string[]
  readonly rivals: readonly string[]
  readonly requests: number
  readonly revisions: number
  readonly virtualMs: number
  readonly realMs: number
  readonly violations: readonly Violation[]
}

/** Plays a seed and checks it. */
export async function playSeed(seed: number): Promise<{ readonly evidence: Evidence; readonly result: Result }> {
  const evidence = await play(drawCase(seed))
  const { chaos, main, requests, deployments, realMs, startedAt } = evidence
  const result: Result = {
    seed,
    command: chaos.inputs.preview ? `${chaos.command} (preview)` : chaos.command,
    source: chaos.source,
    verdict: main.kind === 'returned' ? (main.outputs.status ?? 'none') : main.kind,
    faults: [...new Set(requests.flatMap(({ fault }) => fault ?? []))].flatMap((kind) =>
      requests.filter(({ fault }) => fault === kind).map(() => kind)
    ),
    rivals: chaos.rivals.map(({ kind }) => kind),
    requests: requests.length,
    revisions: deployments.flatMap(({ revisions }) => revisions).filter(({ madeBy }) => madeBy === 'run').length,
    virtualMs: main.endedAt - startedAt,
    realMs,
    violations: violations(evidence)
  }
  return { evidence, result }
}
