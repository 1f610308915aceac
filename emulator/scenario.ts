import { agentSchema, logLine, USUAL_AGENT } from './agents/scenario.ts'
import { sessionRule, traffic } from './sessions/scenario.ts'
import {
  anything,
  defaultsOf,
  either,
  integer,
  list,
  millis,
  nullable,
  object,
  oneOf,
  optional,
  type Parsed,
  pattern,
  recordOf,
  text,
  truth,
  uuid,
  withDefault
} from './validation.ts'

const FINAL_STATUSES = ['DEPLOYED', 'CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'INTERRUPTED', 'SKIPPED'] as const

const closed = { closed: true }
const httpStatus = integer({ min: 200, max: 599 })

const overrides = object(
  {
    repo_ref: optional(text()),
    langgraph_config_path: optional(text()),
    image_uri: optional(text()),
    source_tarball_path: optional(text()),
    repo_commit_sha: optional(text())
  },
  closed
)
const push = object({ at: text(), source_revision_config: optional(overrides) }, closed)

const revisionRule = object(
  {
    deployment: withDefault(text(), '*'),
    nth: optional(integer({ min: 1 })),
    // Left out and null differ here: undefined is the usual end, null is none.
    final: withDefault<'usual' | (typeof FINAL_STATUSES)[number] | null>(nullable(oneOf(FINAL_STATUSES)), 'usual'),
    step_ms: optional(millis),
    durations: withDefault(recordOf(millis), {}),
    statuses: optional(list(text())),
    build_log: optional(list(logLine)),
    deploy_log: optional(list(logLine)),
    log_line_ms: optional(millis),
    commit: optional(pattern(/^[0-9a-f]{40}$/)),
    commit_from: optional(text()),
    active_after_ms: withDefault<number | null>(nullable(millis), 0),
    ok: withDefault(list(httpStatus), [200]),
    info: withDefault(truth, true),
    info_after_ms: withDefault<number | null>(nullable(millis), 0),
    vanish_at: optional(text()),
    appear_after_ms: optional(millis),
    push: optional(push),
    status_message: optional(text()),
    image_version: optional(text(1)),
    agent: optional(agentSchema),
    traffic: optional(traffic)
  },
  closed
)

const ACTIONS = ['status', 'cut', 'cut_body', 'html', 'empty', 'redirect', 'hang', 'delay'] as const

const fault = object(
  {
    method: optional(text(1)),
    path: withDefault(text(1), '**'),
    nth: withDefault(integer({ min: 1 }), 1),
    times: withDefault<number | null>(nullable(integer({ min: 1 })), 1),
    action: oneOf(ACTIONS),
    status: optional(httpStatus),
    headers: withDefault(recordOf(text()), {}),
    body: withDefault(anything, undefined),
    text: optional(text()),
    location: optional(text(1)),
    ms: optional(millis),
    commit: withDefault(either(truth, object({ after_ms: millis }, closed)), false)
  },
  closed
)

/** Whose form the errors of the object store have. */
export const STORES = ['gcs', 's3', 'azure'] as const

const pushToken = object(
  {
    token: optional(text(1)),
    registry_url: optional(text(1)),
    username: optional(text(1)),
    repository_url: optional(text(1))
  },
  closed
)

const server = object(
  {
    ignore_name_filter: withDefault(truth, false),
    hide_secrets: withDefault(either(truth, nullable(text())), false),
    resolve_ref: withDefault(truth, false),
    hide_listener: withDefault(truth, false),
    no_latest_in_patch_answer: withDefault(truth, false),
    url_only: withDefault(truth, false),
    on_aws: withDefault(truth, false),
    upload_headers: optional(recordOf(text())),
    store: withDefault(oneOf(STORES), 'gcs'),
    push_token: withDefault(pushToken, defaultsOf(pushToken)),
    own_previews: withDefault(list(text(1)), []),
    sessions_v1: optional(integer({ min: 400, max: 599 })),
    sessions_v2: optional(integer({ min: 400, max: 599 })),
    traces_delay_ms: withDefault(millis, 0)
  },
  closed
)

const workspace = object({ id: optional(uuid), display_name: text(1), organization_id: optional(uuid) }, closed)

/** How this control plane differs from the newest one. */
export type ServerTraits = Parsed<typeof server>
/** A workspace that is listed besides the default one. */
export type NamedWorkspace = Parsed<typeof workspace>
/** How the life of a new revision goes. */
export type RevisionRule = Parsed<typeof revisionRule>
/** What befalls the n-th matching call. */
export type FaultRule = Parsed<typeof fault>

const USUAL_SERVER: ServerTraits = defaultsOf(server)

/** The body of `PUT /_emulator/scenario`; a key that it does not know is a mistake of the writer's, and refused. */
export const scenarioSchema = object(
  {
    server: withDefault(server, USUAL_SERVER),
    workspaces: withDefault(list(workspace), []),
    revisions: withDefault(list(revisionRule), []),
    faults: withDefault(list(needsOf(fault)), []),
    agent: withDefault(agentSchema, USUAL_AGENT),
    sessions: withDefault(list(sessionRule), [])
  },
  closed
)

export type Scenario = Parsed<typeof scenarioSchema>

/** Nothing unusual happens. */
export const EMPTY_SCENARIO: Scenario = defaultsOf(scenarioSchema)

const NEEDS: Partial<Record<(typeof ACTIONS)[number], 'status' | 'location' | 'ms'>> = {
  status: 'status',
  redirect: 'location',
  delay: 'ms'
}

/** Adds what an action cannot do without. */
function needsOf(inner: typeof fault): typeof fault {
  return {
    parse(value, loc, problems) {
      const before = problems.length
      const rule = inner.parse(value, loc, problems)
      const needed = problems.length === before ? NEEDS[rule.action] : undefined
      if (needed && rule[needed] === null) {
        const msg = `Action '${rule.action}' needs '${needed}'`
        problems.push({ type: 'missing', loc: [...loc, needed], msg, input: value })
      }
      return rule
    }
  }
}
