import inject from 'light-my-request'
import { createApp } from '../emulator/app.ts'
import type { RevisionRule } from '../emulator/scenario.ts'
import { createState, type Deployment, type Revision, type State, WORKSPACE_ID, worldOf } from '../emulator/state.ts'
import { API_KEY, REPOSITORY } from './case.ts'
import type { DeploymentTruth, Doer, Interruption, RevisionTruth, SecretWrite } from './evidence.ts'

/** A request as the server processes it. */
export interface ServerCall {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | string
}

export interface ServerAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** The emulated control plane without a socket, with a ledger of the changes and their origins. */
export interface Server {
  readonly state: State
  /** Processes one call at a time, and records its changes. */
  carryOut(call: ServerCall, by: Doer, request?: number): Promise<ServerAnswer>
  /** Like `carryOut`, for JSON. */
  ask(by: Doer, method: string, path: string, body?: unknown): Promise<ServerAnswer>
  deployments(): readonly Deployment[]
  truth(): readonly DeploymentTruth[]
  readonly interruptions: readonly Interruption[]
  readonly secretWrites: readonly SecretWrite[]
  close(): Promise<void>
}

/** @param now virtual time */
export async function createServer(stepMs: number, now: () => number): Promise<Server> {
  const state = createState({ stepMs, deleteMs: 5_000, hosting: 'any', repositories: [REPOSITORY] })
  const app = createApp(state)
  const makers = new Map<string, { readonly by: Doer; readonly request: number | undefined; readonly at: number }>()
  const deleters = new Map<string, Doer>()
  const interruptions: Interruption[] = []
  const secretWrites: SecretWrite[] = []
  const deployments = () => worldOf(state, WORKSPACE_ID).deployments
  let last: Promise<unknown> = Promise.resolve()

  const carryOutNow = async ({ method, path, headers = {}, body }: ServerCall, by: Doer, request?: number) => {
    state.agenda.advance(now())
    note(makers, deployments(), 'rival', undefined)
    const before = new Map(deployments().map((deployment) => [deployment.id, deployment.secrets]))
    const { scenario } = state
    // A redeploy keeps the commit of its original, even if the branch has moved.
    if (path.endsWith('/redeploy')) state.scenario = { ...scenario, revisions: scenario.revisions.map(withoutCommit) }
    const answer = await inject(app.dispatch, {
      method: method as 'GET',
      url: path,
      headers,
      ...(body === undefined ? {} : { payload: body })
    })
    if (path.endsWith('/redeploy')) state.scenario = scenario
    note(makers, deployments(), by, request)
    for (const deployment of deployments()) {
      const earlier = before.get(deployment.id)
      if (deployment.deleted && !deleters.has(deployment.id)) deleters.set(deployment.id, by)
      if (earlier && earlier !== deployment.secrets) {
        const { id: deploymentId } = deployment
        const write = { by, at: now(), request, deploymentId, before: record(earlier) }
        secretWrites.push({ ...write, after: record(deployment.secrets) })
      }
    }
    const interrupted = /\/revisions\/([0-9a-f-]{36})\/interrupt(?:ion)?$/.exec(path)?.[1]
    if (interrupted && method === 'POST') interruptions.push({ by, at: now(), revisionId: interrupted })
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
      body: answer.rawPayload
    }
  }

  /** Revisions that the platform creates by itself count as a rival's. */
  const note = (known: typeof makers, all: readonly Deployment[], by: Doer, request: number | undefined) => {
    for (const { id, revisions } of all) {
      for (const each of [id, ...revisions.map((revision) => revision.id)]) {
        if (!known.has(each)) known.set(each, { by, request, at: now() })
      }
    }
  }

  const carryOut: Server['carryOut'] = (call, by, request) => {
    const turn = last.then(() => carryOutNow(call, by, request))
    last = turn.catch(() => {})
    return turn
  }
  const showRevision = (revision: Revision): RevisionTruth => {
    const maker = makers.get(revision.id)
    const { config, script } = revision
    const deployedAt = revision.history.find(({ status }) => status === 'DEPLOYED')?.at
    const delay = script.rule ? script.rule.active_after_ms : 0
    const ok = script.rule?.ok ?? [200]
    return {
      id: revision.id,
      number: revision.number,
      madeBy: maker?.by ?? 'rival',
      request: maker?.request,
      madeAt: maker?.at ?? 0,
      source: revision.source,
      image: config.image_uri,
      ref: config.repo_ref,
      tarball: config.source_tarball_path,
      commit: config.repo_commit_sha,
      history: revision.history.map((entry) => ({ ...entry })),
      activeAt: deployedAt === undefined || delay === null ? undefined : deployedAt + delay,
      broken: ok.every((status) => status >= 500)
    }
  }

  return {
    state,
    carryOut,
    ask: (by, method, path, body) =>
      carryOut(
        {
          method,
          path,
          headers: { 'x-api-key': API_KEY, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) })
        },
        by
      ),
    deployments,
    truth: () => {
      state.agenda.advance(now())
      note(makers, deployments(), 'rival', undefined)
      return deployments().map((deployment) => ({
        id: deployment.id,
        name: deployment.name,
        madeBy: makers.get(deployment.id)?.by ?? 'rival',
        request: makers.get(deployment.id)?.request,
        madeAt: makers.get(deployment.id)?.at ?? 0,
        deletedBy: deployment.deleted ? (deleters.get(deployment.id) ?? 'rival') : undefined,
        deletedAt: deployment.deleted?.at,
        revisions: deployment.revisions.map(showRevision),
        secrets: record(deployment.secrets)
      }))
    },
    interruptions,
    secretWrites,
    close: async () => {
      await app.close()
    }
  }
}

function withoutCommit(rule: RevisionRule): RevisionRule {
  return { ...rule, commit: null }
}

function record(secrets: Deployment['secrets']): Record<string, string> {
  return Object.fromEntries(secrets.map(({ name, value }) => [name, value]))
}
