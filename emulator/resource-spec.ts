import {
  asSent,
  type Field,
  integer,
  list,
  number,
  object,
  optional,
  record,
  recordOf,
  text,
  truth,
  withDefault
} from './validation.ts'

const cores = optional(number({ min: 0.1 }))
const unboundedCores = optional(number())
const whole = optional(integer())
const words = optional(text())
// The published schemas do not require the names of volumes, but null is not a valid name.
const word = withDefault(text(), '')
const kubernetes = optional(record)

/**
 * A list of Kubernetes objects, which is returned as it was sent; the schemas only determine the types of known fields.
 */
function objects(item: Field<unknown>): Field<unknown> {
  return optional(list(asSent(item)))
}

const reference = object({ name: text() })
const mount = object({
  name: word,
  mountPath: word,
  subPath: words,
  mountPropagation: words,
  readOnly: optional(truth),
  subPathExpr: words
})
const volume = object({
  name: word,
  configMap: kubernetes,
  secret: kubernetes,
  emptyDir: kubernetes,
  persistentVolumeClaim: kubernetes,
  nfs: kubernetes,
  projected: kubernetes,
  downwardAPI: kubernetes,
  csi: kubernetes
})
const quantities = optional(recordOf(text()))
const container = object({
  name: text(),
  image: text(),
  imagePullPolicy: words,
  command: optional(list(text())),
  args: optional(list(text())),
  workingDir: words,
  env: optional(list(object({ name: text(), value: words, valueFrom: kubernetes }))),
  envFrom: optional(list(record)),
  resources: optional(object({ limits: quantities, requests: quantities })),
  volumeMounts: optional(list(mount)),
  securityContext: kubernetes,
  restartPolicy: words
})

const FIELDS = {
  min_scale: whole,
  max_scale: whole,
  cpu: cores,
  cpu_limit: cores,
  memory_mb: whole,
  memory_limit_mb: whole,
  queue_min_scale: whole,
  queue_max_scale: whole,
  queue_cpu: cores,
  queue_cpu_limit: cores,
  queue_memory_mb: whole,
  queue_memory_limit_mb: whole,
  orchestrator_cpu: unboundedCores,
  orchestrator_cpu_limit: unboundedCores,
  orchestrator_memory_mb: whole,
  orchestrator_memory_limit_mb: whole,
  orchestrator_min_scale: whole,
  orchestrator_max_scale: whole,
  executor_cpu: unboundedCores,
  executor_cpu_limit: unboundedCores,
  executor_memory_mb: whole,
  executor_memory_limit_mb: whole,
  redis_cpu: cores,
  redis_cpu_limit: cores,
  redis_memory_mb: whole,
  redis_memory_limit_mb: whole,
  labels: optional(recordOf(text())),
  annotations: optional(recordOf(text())),
  service_account_name: optional(text()),
  image_pull_secrets: objects(reference),
  volumes: objects(volume),
  volume_mounts: objects(mount),
  init_containers: objects(container),
  sidecars: objects(container),
  db_cpu: unboundedCores,
  db_cpu_limit: unboundedCores,
  db_memory_mb: whole,
  db_memory_limit_mb: whole,
  db_storage_gi: whole,
  db_max_connections: whole
}

const fields = object(FIELDS)

/** A resource spec as sent: validates known fields, ignores unknown ones, sets omitted ones to null. */
export const resourceSpec: Field<Record<string, unknown>> = fields

const DEFAULTS: Readonly<Record<string, unknown>> = { min_scale: 1, max_scale: 1, cpu: 1, memory_mb: 2048 }

/**
 * Returns the complete spec for a sent one: missing fields get their defaults, not the values of an older spec.
 * Cores are rounded to one decimal.
 */
export function completeSpec(sent: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const complete = Object.keys(FIELDS).map((key) => [key, rounded(key, sent[key] ?? DEFAULTS[key] ?? null)])
  return Object.fromEntries(complete)
}

function rounded(key: string, value: unknown): unknown {
  return typeof value === 'number' && /cpu/.test(key) ? Math.round(value * 10) / 10 : value
}

const LEAST_REDIS_MB = 512

/** Problem of a spec that every control plane rejects, beyond the schema; null if there is none. */
export function impossibleIn(spec: Readonly<Record<string, unknown>>): string | null {
  const [key] = Object.entries(spec).find(([name, value]) => /scale$/.test(name) && Number(value) < 0) ?? []
  return key === undefined ? null : `'${key}' must not be negative`
}

/** Problem of a complete spec under the stricter hostings; null if there is none. */
export function specProblem(spec: Readonly<Record<string, unknown>>, deploymentType: string | null): string | null {
  const odd = Object.entries(spec).find(
    ([key, value]) => /memory/.test(key) && typeof value === 'number' && (value <= 0 || value % 128 !== 0)
  )
  if (odd) return `'${odd[0]}' must be a multiple of 128`
  const { redis_memory_mb: redis, redis_memory_limit_mb: limit } = spec
  if (typeof redis === 'number' && redis < LEAST_REDIS_MB) return `'redis_memory_mb' must be at least ${LEAST_REDIS_MB}`
  if (typeof limit === 'number' && limit < Math.max(LEAST_REDIS_MB, Number(redis ?? 0))) {
    return "'redis_memory_limit_mb' must not be below 'redis_memory_mb'"
  }
  if (spec.min_scale === 0 && deploymentType !== 'dev_zero') return "'min_scale' must be at least 1"
  if (Number(spec.min_scale) > Number(spec.max_scale)) return "'max_scale' must not be below 'min_scale'"
  return null
}
