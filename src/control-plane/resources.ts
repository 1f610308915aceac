import type { JsonObject } from '../run/object.ts'
import { object } from '../run/object.ts'
import { AnswerError } from './errors.ts'

/*
 * The resources of the control plane, with the API's own field names, so that they can be compared with the API
 * reference. Only the fields that this action uses are read; all other fields are ignored. Source: the control plane's
 * OpenAPI document.
 */

/** An environment variable in a request. */
export type Secret = { readonly name: string; readonly value: string }

/** A variable in a response; `null` if the server hides values. */
export interface DeployedSecret {
  readonly name: string
  readonly value: string | null
}

/** A variable whose value is a key of a Kubernetes Secret. */
export type SecretReference = { readonly name: string; readonly secret_name: string; readonly secret_key: string }

export interface SourceConfig {
  readonly integration_id: string | null
  readonly repo_url: string | null
  /** Branch of a `github` deployment, on servers that return the resolved commit in `repo_ref`. */
  readonly repo_branch: string | null
  readonly deployment_type: string | null
  readonly build_on_push: boolean | null
  /** Address of the Agent Server if `url` is empty; for images, a host name only. */
  readonly custom_url: string | null
  readonly resource_spec: JsonObject | null
  readonly listener_id: string | null
  readonly listener_config: { readonly k8s_namespace: string | null } | null
  readonly install_command: string | null
  readonly build_command: string | null
}

export interface SourceRevisionConfig {
  readonly repo_ref: string | null
  readonly langgraph_config_path: string | null
  readonly image_uri: string | null
  readonly source_tarball_path: string | null
  readonly repo_commit_sha: string | null
}

export interface Deployment {
  readonly id: string
  readonly name: string
  readonly source: string
  /**
   * AWAITING_DATABASE, READY, UNUSED, AWAITING_DELETE, AWAITING_FINAL_DELETE or UNKNOWN. READY does not mean that a
   * revision is active.
   */
  readonly status: string
  readonly tenant_id: string | null
  readonly created_at: string | null
  /** For a deployment that is being deleted, the start of the deletion. */
  readonly updated_at: string | null
  readonly display_name: string | null
  /** True if LangSmith created the deployment as its own preview of a pull request. */
  readonly is_preview: boolean | null
  /** On Cloud, the address of the Agent Server, available from the first DEPLOYED revision on. */
  readonly url: string | null
  readonly latest_revision_id: string | null
  readonly active_revision_id: string | null
  /** The tracing project of the deployment's runs. */
  readonly tracer_session_id: string | null
  readonly source_config: SourceConfig
  /** From the latest revision. */
  readonly source_revision_config: SourceRevisionConfig
  /** `null` if the response has no list: the environment is then unknown. */
  readonly secrets: readonly DeployedSecret[] | null
  /** Sorted by name, because the order has no meaning; `null` if the response has no list. */
  readonly secret_references: readonly SecretReference[] | null
  readonly route_through_gateway: boolean | null
  /** Version of the active Agent Server. */
  readonly image_version: string | null
}

export interface Revision {
  readonly id: string
  /** One of 13 published values; any other value is treated as in progress. */
  readonly status: string
  readonly source: string | null
  readonly created_at: string | null
  /** The time of the last status change. */
  readonly updated_at: string | null
  readonly source_revision_config: SourceRevisionConfig
  /** Version of the Agent Server in this revision. */
  readonly image_version: string | null
  /** The reason for the end of the revision, if the server returns one. */
  readonly status_message: string | null
}

export interface GithubIntegration {
  readonly id: string
  /** GitHub account that has the app installed. */
  readonly name: string
}

export interface GithubRepository {
  readonly url: string
  readonly default_branch: string | null
}

export interface Listener {
  readonly id: string
  readonly compute_id: string
  readonly k8s_namespaces: readonly string[]
}

/** One page of a list that uses offsets. */
export interface Page<T> {
  readonly resources: readonly T[]
  /** The offset of the next page. */
  readonly offset: number | null
  /** Number of rows in the response, if some of them were skipped. */
  readonly served?: number
}

/** Called with the reason why a row of a list is invalid. */
export type OnOddRow = (reason: string) => void

/** Returns true if a text has the format of LangSmith's IDs. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)
}

/** @throws {AnswerError} if the response lacks a required field of a deployment */
export function toDeployment(value: unknown): Deployment {
  const record = need(value, 'a deployment')
  return {
    id: needText(record, 'id', 'the deployment'),
    name: needText(record, 'name', 'the deployment'),
    source: needText(record, 'source', 'the deployment'),
    status: text(record.status) ?? 'UNKNOWN',
    tenant_id: text(record.tenant_id),
    created_at: text(record.created_at),
    updated_at: text(record.updated_at),
    display_name: text(record.display_name),
    is_preview: truth(record.is_preview),
    url: text(record.url),
    latest_revision_id: text(record.latest_revision_id),
    active_revision_id: text(record.active_revision_id),
    tracer_session_id: text(record.tracer_session_id),
    source_config: toSourceConfig(record.source_config),
    source_revision_config: toRevisionConfig(record.source_revision_config),
    secrets: Array.isArray(record.secrets) ? record.secrets.map(toDeployedSecret) : null,
    secret_references: Array.isArray(record.secret_references)
      ? inOrderOfName(record.secret_references.map(toSecretReference))
      : null,
    route_through_gateway: truth(record.route_through_gateway),
    image_version: text(record.image_version)
  }
}

/** @throws {AnswerError} if the response lacks a required field of a revision */
export function toRevision(value: unknown): Revision {
  const record = need(value, 'a revision')
  return {
    id: needText(record, 'id', 'the revision'),
    status: needText(record, 'status', 'the revision'),
    source: text(record.source),
    created_at: text(record.created_at),
    updated_at: text(record.updated_at),
    source_revision_config: toRevisionConfig(record.source_revision_config),
    image_version: text(record.image_version),
    status_message: text(record.status_message)
  }
}

/**
 * Reads a revision in a list. A row without a status is kept: if it were skipped, it would later be treated as a new
 * revision.
 *
 * @throws {AnswerError} if the row has no ID
 */
export function toRevisionRow(value: unknown): Revision {
  return toRevision({ ...object(value), status: text(object(value)?.status) || 'UNKNOWN' })
}

/** @throws {AnswerError} if the response has no ID */
export function toIntegration(value: unknown): GithubIntegration {
  const record = need(value, 'a GitHub integration')
  return { id: needText(record, 'id', 'the GitHub integration'), name: text(record.name) ?? '' }
}

/** @throws {AnswerError} if the response has no URL */
export function toRepository(value: unknown): GithubRepository {
  const record = need(value, 'a repository')
  return { url: needText(record, 'url', 'the repository'), default_branch: text(record.default_branch) }
}

/**
 * Reads a link that is shown to the user: a page of GitHub or LangSmith.
 *
 * @throws {AnswerError} if there is no such link
 */
export function toInstallLink(value: unknown): string {
  const link = needText(need(value, 'a link'), 'install_url', 'the link')
  const url = URL.canParse(link) && !/[\s<>"'`|\\]/.test(link) ? new URL(link) : undefined
  const isKnown =
    url?.protocol === 'https:' &&
    !url.username &&
    !url.password &&
    !url.port &&
    /^(?:github\.com|(?:[a-z0-9-]+\.)*langchain\.com)$/.test(url.hostname)
  if (!url || !isKnown || link.length > LONGEST_LINK)
    throw new AnswerError('shape', 'the link points to an unexpected host')
  return url.href
}

const LONGEST_LINK = 2_000

/** @throws {AnswerError} if the response has no ID */
export function toListener(value: unknown): Listener {
  const record = need(value, 'a listener')
  const namespaces = object(record.compute_config)?.k8s_namespaces
  return {
    id: needText(record, 'id', 'the listener'),
    compute_id: text(record.compute_id) ?? '',
    k8s_namespaces: Array.isArray(namespaces) ? namespaces.filter((item) => typeof item === 'string') : []
  }
}

/**
 * Reads `{resources, offset}`.
 *
 * @param decode reads one row
 * @param onOddRow called for the last invalid row; invalid rows are skipped, or are errors if this is omitted
 * @throws {AnswerError} if the response is not such a list, or if all of its rows are invalid
 */
export function toPage<T>(value: unknown, decode: (row: unknown) => T, onOddRow?: OnOddRow): Page<T> {
  const record = need(value, 'a list')
  if (!Array.isArray(record.resources)) throw new AnswerError('shape', 'the list has no `resources`')
  const resources = toRows(record.resources, decode, onOddRow)
  const served = record.resources.length
  return {
    resources,
    offset: typeof record.offset === 'number' ? record.offset : null,
    ...(served === resources.length ? {} : { served })
  }
}

/**
 * Reads the rows of a list; for `onOddRow`, see `toPage`.
 *
 * @throws {AnswerError} also if all rows are invalid: the list is then of another kind, and not an empty one
 */
export function toRows<T>(rows: readonly unknown[], decode: (row: unknown) => T, onOddRow?: OnOddRow): readonly T[] {
  let fault: AnswerError | undefined
  const good = rows.flatMap((row) => {
    try {
      return [decode(row)]
    } catch (error) {
      if (!(error instanceof AnswerError) || !onOddRow) throw error
      fault = error
      return []
    }
  })
  if (fault && good.length === 0) throw fault
  if (fault) onOddRow?.(fault.message)
  return good
}

function toSourceConfig(value: unknown): SourceConfig {
  const record = object(value) ?? {}
  const listener = object(record.listener_config)
  return {
    integration_id: text(record.integration_id),
    repo_url: text(record.repo_url),
    repo_branch: text(record.repo_branch),
    deployment_type: text(record.deployment_type),
    build_on_push: truth(record.build_on_push),
    custom_url: text(record.custom_url),
    resource_spec: (object(record.resource_spec) as JsonObject | undefined) ?? null,
    listener_id: text(record.listener_id),
    listener_config: listener ? { k8s_namespace: text(listener.k8s_namespace) } : null,
    install_command: text(record.install_command),
    build_command: text(record.build_command)
  }
}

function toRevisionConfig(value: unknown): SourceRevisionConfig {
  const record = object(value) ?? {}
  return {
    repo_ref: text(record.repo_ref),
    langgraph_config_path: text(record.langgraph_config_path),
    image_uri: text(record.image_uri),
    source_tarball_path: text(record.source_tarball_path),
    repo_commit_sha: text(record.repo_commit_sha)
  }
}

function toDeployedSecret(value: unknown): DeployedSecret {
  const record = need(value, 'a secret')
  return { name: needText(record, 'name', 'a secret'), value: text(record.value) }
}

/** Sorts references by name, so that lists of them can be compared. */
export function inOrderOfName(references: readonly SecretReference[]): SecretReference[] {
  return [...references].sort((left, right) => left.name.localeCompare(right.name))
}

function toSecretReference(value: unknown): SecretReference {
  const { name, secret_name, secret_key } = object(value) ?? {}
  return { name: text(name) ?? '', secret_name: text(secret_name) ?? '', secret_key: text(secret_key) ?? '' }
}

function need(value: unknown, what: string): Readonly<Record<string, unknown>> {
  const record = object(value)
  if (!record) throw new AnswerError('shape', `the response is not a JSON object with ${what}`)
  return record
}

function needText(record: Readonly<Record<string, unknown>>, key: string, owner: string): string {
  const value = text(record[key])
  if (!value) throw new AnswerError('shape', `${owner} in the response has no \`${key}\``)
  return value
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function truth(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null
}
