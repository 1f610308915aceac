import { validateHeaderName, validateHeaderValue } from 'node:http'
import { agentSchema, logLine, USUAL_AGENT } from './agents/scenario.ts'
import { sessionRule, traffic } from './sessions/scenario.ts'
import {
  anything,
  defaultsOf,
  either,
  type Field,
  integer,
  isRecord,
  type Location,
  list,
  millis,
  nullable,
  object,
  oneOf,
  optional,
  type Parsed,
  type Problem,
  pattern,
  recordOf,
  text,
  truth,
  uuid,
  withDefault
} from './validation.ts'

/** Every status that a revision can have in the API. */
const STATUSES = [
  'CREATING',
  'QUEUED',
  'AWAITING_BUILD',
  'BUILDING',
  'AWAITING_DEPLOY',
  'DEPLOYING',
  'CREATE_FAILED',
  'BUILD_FAILED',
  'DEPLOY_FAILED',
  'DEPLOYED',
  'SKIPPED',
  'INTERRUPTED',
  'UNKNOWN'
]
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
    // An omitted field differs from null here: `undefined` is the usual end, null is no end.
    final: withDefault<'usual' | (typeof FINAL_STATUSES)[number] | null>(nullable(oneOf(FINAL_STATUSES)), 'usual'),
    step_ms: optional(millis),
    durations: withDefault(recordOf(millis), {}),
    statuses: optional(list(text(1))),
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

/** The maximum delay of a Node timer. */
const LONGEST_DELAY_MS = 2 ** 31 - 1

const ACTIONS = ['status', 'cut', 'cut_body', 'html', 'empty', 'redirect', 'hang', 'delay'] as const

const fault = object(
  {
    method: optional(text(1)),
    path: withDefault(text(1), '**'),
    nth: withDefault(integer({ min: 1 }), 1),
    times: withDefault<number | null>(nullable(integer({ min: 1 })), 1),
    action: oneOf(ACTIONS),
    status: optional(httpStatus),
    headers: withDefault(headers(text()), {}),
    body: withDefault(anything, undefined),
    text: optional(text()),
    location: optional(text(1)),
    ms: optional(integer({ min: 0, max: LONGEST_DELAY_MS })),
    commit: withDefault(either(truth, object({ after_ms: millis }, closed)), false)
  },
  closed
)

/** The object store whose error format to use. */
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

/** Fields that older control planes do not return. */
const NEWER_FIELDS = [
  'url',
  'image_version',
  'tracer_session_id',
  'route_through_gateway',
  'display_name',
  'deployment_tier',
  'compute_tier',
  'database_tier',
  'agent',
  'status_message'
] as const

const server = object(
  {
    ignore_name_filter: withDefault(truth, false),
    hide_secrets: withDefault(either(truth, nullable(text())), false),
    resolve_ref: withDefault(truth, false),
    hide_listener: withDefault(truth, false),
    no_latest_in_patch_answer: withDefault(truth, false),
    url_only: withDefault(truth, false),
    leaves_out: withDefault(list(oneOf(NEWER_FIELDS)), []),
    on_aws: withDefault(truth, false),
    upload_headers: optional(headers(text())),
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

/** Differences between this control plane and the newest one. */
export type ServerTraits = Parsed<typeof server>
/** A workspace in the list in addition to the default one. */
export type NamedWorkspace = Parsed<typeof workspace>
/** The scripted life of a new revision. */
export type RevisionRule = Parsed<typeof revisionRule>
/** The scripted fault of the n-th matching call. */
export type FaultRule = Parsed<typeof fault>

const USUAL_SERVER: ServerTraits = defaultsOf(server)

/** The body of `PUT /_emulator/scenario`. Unknown keys are refused as mistakes. */
export const scenarioSchema = object(
  {
    server: withDefault(server, USUAL_SERVER),
    workspaces: withDefault(list(workspace), []),
    revisions: withDefault(list(alsoChecked(revisionRule, checkStatuses)), []),
    faults: withDefault(list(alsoChecked(fault, checkAction)), []),
    agent: withDefault(agentSchema, USUAL_AGENT),
    sessions: withDefault(list(sessionRule), [])
  },
  closed
)

export type Scenario = Parsed<typeof scenarioSchema>

/** The scenario without special behavior. */
export const EMPTY_SCENARIO: Scenario = defaultsOf(scenarioSchema)

type Action = (typeof ACTIONS)[number]

const NEEDS: Partial<Record<Action, 'status' | 'location' | 'ms'>> = {
  status: 'status',
  redirect: 'location',
  delay: 'ms'
}

const ANSWERING = ['status', 'headers', 'commit']

/** Fields that each action uses; other fields would have no effect. */
const USES: Readonly<Record<Action, readonly string[]>> = {
  status: [...ANSWERING, 'body', 'text'],
  html: [...ANSWERING, 'text'],
  empty: ANSWERING,
  redirect: [...ANSWERING, 'location'],
  cut: ['commit'],
  hang: ['commit'],
  cut_body: [],
  delay: ['ms']
}
const PARTS = ['status', 'headers', 'body', 'text', 'location', 'ms', 'commit']

interface Wrong {
  readonly key: Location
  readonly msg: string
  readonly type?: string
}

/**
 * Adds a check that runs after the type checks.
 *
 * @param check returns all problems; a problem's `key` is relative to the value
 */
function alsoChecked<T>(
  inner: Field<T>,
  check: (rule: T, sent: Record<string, unknown>) => readonly Wrong[]
): Field<T> {
  return {
    ...inner,
    parse(value, loc, problems) {
      const own: Problem[] = []
      const rule = inner.parse(value, loc, own)
      const wrong = own.length === 0 && isRecord(value) ? check(rule, value) : []
      const found = wrong.map(({ key, msg, type = 'value_error' }) => ({
        type,
        loc: [...loc, ...key],
        msg,
        input: value
      }))
      problems.push(...own, ...found)
      return rule
    }
  }
}

function checkAction(rule: FaultRule, sent: Record<string, unknown>): Wrong[] {
  const { action, location, text: words, status } = rule
  const needed = NEEDS[action]
  const missing = needed !== undefined && rule[needed] === null ? [needed] : []
  const useless = PARTS.filter((key) => !USES[action].includes(key) && (sent[key] ?? false) !== false)
  const hidden = words !== null && rule.body !== undefined ? ['body'] : []
  const empty = status === 204 || status === 304 ? ['body', 'text'].filter((key) => (sent[key] ?? null) !== null) : []
  return [
    ...missing.map((key) => ({ key: [key], msg: `Action '${action}' needs '${key}'`, type: 'missing' })),
    ...useless.map((key) => ({ key: [key], msg: `'${key}' has no effect on action '${action}'` })),
    ...hidden.map((key) => ({ key: [key], msg: `'${key}' has no effect together with 'text'` })),
    ...empty.map((key) => ({ key: [key], msg: `'${key}' has no effect with status ${status}` })),
    ...(location !== null && !isHeader('location', location)
      ? [{ key: ['location'], msg: 'Not a valid HTTP header' }]
      : [])
  ]
}

/** Rejects statuses that no revision can reach, because they have no effect. */
function checkStatuses({ statuses, durations, commit_from, vanish_at, push: pushed }: RevisionRule): Wrong[] {
  const known = [...STATUSES, ...(statuses ?? [])]
  const named: [Location, string | null | undefined][] = [
    ...Object.keys(durations).map((status): [Location, string] => [['durations', status], status]),
    [['commit_from'], commit_from],
    [['vanish_at'], vanish_at],
    [['push', 'at'], pushed?.at]
  ]
  const unknown = named.filter(([, status]) => typeof status === 'string' && !known.includes(status))
  const wrong = unknown.map(([key, status]) => ({
    key,
    msg: `'${status}' is not a status. Expected one of ${known.join(', ')}`
  }))
  return statuses?.length === 0 ? [...wrong, { key: ['statuses'], msg: 'An empty list has no effect' }] : wrong
}

/** Headers that are valid in HTTP. */
function headers(value: Field<string>): Field<Record<string, string>> {
  const inner = recordOf(value)
  return {
    ...inner,
    parse(sent, loc, problems) {
      const parsed = inner.parse(sent, loc, problems)
      for (const [name, content] of Object.entries(parsed)) {
        if (typeof content !== 'string' || isHeader(name, content)) continue
        const msg = 'Not a valid HTTP header'
        problems.push({ type: 'value_error', loc: [...loc, name], msg, input: content })
      }
      return parsed
    }
  }
}

/** The server itself sets the headers that frame the body. */
const OF_THE_SERVER = ['content-length', 'transfer-encoding']

function isHeader(name: string, value: string): boolean {
  if (OF_THE_SERVER.includes(name.toLowerCase())) return false
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return true
  } catch {
    return false
  }
}
