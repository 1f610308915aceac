import { type ChaosCase, drawCase, NEW_IMAGE, RUN_COMMIT } from '../../chaos/case.ts'
import type { DeploymentTruth, Evidence, MainEnd, RevisionTruth, Sent } from '../../chaos/evidence.ts'

export const KEY = 'lsv2_pt_0123456789abcdef'
export const SECRET = 'sk-1234567890abcdef1234567890ab'
export const START = 1_000_000
export const END = START + 40_000
export const DEPLOYMENT = '00000000-0000-4000-8000-0000000000d1'

/** The ID of the n-th revision. */
export function id(n: number): string {
  return `00000000-0000-4000-8000-0000000000a${n}`
}

export function chaosCase(changes: Partial<ChaosCase> = {}): ChaosCase {
  return {
    ...drawCase(1),
    command: 'deploy',
    source: 'external_docker',
    inputs: { command: 'deploy', name: 'agent', 'image-uri': NEW_IMAGE },
    name: 'agent',
    timeoutMs: 600_000,
    revisionsBefore: 1,
    environmentBefore: {},
    ownSecrets: { OWN_KEY_0: SECRET },
    secretParts: [],
    hiding: undefined,
    scenario: {},
    rivals: [],
    cancel: undefined,
    kill: undefined,
    ...changes
  }
}

export function revision(number: number, changes: Partial<RevisionTruth> = {}): RevisionTruth {
  const madeAt = number === 1 ? START - 600_000 : START + 5_000 * number
  return {
    id: id(number),
    number,
    madeBy: number === 1 ? 'seed' : 'run',
    request: number === 1 ? undefined : 2,
    madeAt,
    source: 'external_docker',
    image: number === 1 ? 'ghcr.io/acme/agent:1' : NEW_IMAGE,
    ref: null,
    tarball: null,
    commit: null,
    history: [
      { status: 'CREATING', at: madeAt },
      { status: 'DEPLOYED', at: madeAt + 10_000 }
    ],
    activeAt: madeAt + 10_000,
    broken: false,
    ...changes
  }
}

export function deployment(
  revisions: readonly RevisionTruth[],
  changes: Partial<DeploymentTruth> = {}
): DeploymentTruth {
  return {
    id: DEPLOYMENT,
    name: 'agent',
    madeBy: 'seed',
    request: undefined,
    madeAt: START - 600_000,
    deletedBy: undefined,
    deletedAt: undefined,
    revisions,
    secrets: { OWN_KEY_0: SECRET },
    ...changes
  }
}

export function sent(n: number, changes: Partial<Sent> = {}): Sent {
  const at = START + 5_000 * n
  return {
    n,
    by: 'run',
    at,
    method: 'GET',
    path: `/v2/deployments/${DEPLOYMENT}`,
    headers: { 'x-api-key': KEY },
    body: '',
    fault: undefined,
    lagged: false,
    carriedOutAt: at + 100,
    heard: { at: at + 200, status: 200, text: '{}' },
    endedAt: at + 200,
    ...changes
  }
}

export function patch(n: number, changes: Partial<Sent> = {}): Sent {
  return sent(n, { method: 'PATCH', ...changes })
}

export function mainEnd(changes: Partial<MainEnd> = {}): MainEnd {
  return {
    kind: 'returned',
    passed: true,
    endedAt: END,
    told: [
      { kind: 'mask', name: '', text: KEY },
      { kind: 'mask', name: '', text: SECRET },
      { kind: 'info', name: '', text: 'Deploying' }
    ],
    outputs: { status: 'deployed', 'deployment-id': DEPLOYMENT, 'revision-id': id(2), created: 'false' },
    states: {},
    error: '',
    ...changes
  }
}

/** A deploy over a first revision that went well; whatever differs is what a test is about. */
export function evidence(changes: Partial<Evidence> = {}): Evidence {
  return {
    chaos: chaosCase(),
    secrets: { key: KEY, values: [SECRET] },
    startedAt: START,
    main: mainEnd(),
    post: { kind: 'returned', startedAt: END, endedAt: END, told: [], error: '' },
    cancelledAt: undefined,
    requests: [
      sent(1),
      patch(2, { heard: { at: START + 10_200, status: 200, text: id(2) } }),
      sent(3),
      sent(4),
      sent(6)
    ],
    acts: [],
    deployments: [deployment([revision(1), revision(2)])],
    interruptions: [],
    secretWrites: [],
    strayRequests: [],
    uncaught: [],
    realMs: 10,
    ...changes
  }
}

/** The same with other outputs. */
export function verdict(status: string, outputs: Readonly<Record<string, string>> = {}, passed = true): MainEnd {
  const usual = mainEnd()
  return { ...usual, passed, outputs: { ...usual.outputs, status, ...outputs } }
}

export { RUN_COMMIT }
