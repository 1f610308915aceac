/**
 * Tests the emulator with schemathesis against an OpenAPI document of the control plane, seeded and bounded. Requires
 * `st` in the PATH, and the path of the document in CONTROL_PLANE_OPENAPI.
 *
 *   npm run judge -- --seed 15 --examples 30          # an emulator of its own
 *   npm run judge -- --url http://127.0.0.1:8124      # one that runs
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { startEmulator } from '../emulator/server.ts'
import { readArguments, refuse, wholeNumber } from './command-line.ts'

const METHODS = ['get', 'post', 'patch', 'put', 'delete']
/** The only valid key, so that schemathesis sees the refusal of other keys. */
const KEY = 'lsv2_judge'
const LONGEST_RUN_MS = 900_000

interface Finding {
  readonly title: string
  readonly count: number
  readonly operations: readonly string[]
}

interface Report {
  readonly operations: { readonly tested: number }
  readonly test_cases: { readonly generated: number }
  readonly failures: readonly Finding[]
  readonly errors: readonly unknown[]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function answer(schema: string): unknown {
  const content = { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } }
  return { description: schema, content }
}

/** Responses that the document lacks, although its descriptions or FastAPI include them. */
function missingAnswers(path: string, operation: Record<string, unknown>): Record<string, unknown> {
  const isOfOne = (path.includes('/integrations/') && path.includes('{')) || path === '/v2/deployment-logs'
  const isOfClients = path.startsWith('/v1/projects/') || /\/(push-token|upload-url)$/.test(path)
  return {
    401: answer('ErrorDetail'),
    403: answer('ErrorDetail'),
    // A body that is not UTF-8, or nested too deeply.
    ...(operation.requestBody ? { 400: answer('ErrorDetail') } : {}),
    ...(isOfOne ? { 404: answer('ErrorDetail') } : {}),
    ...(isOfClients ? { 422: answer('HTTPValidationError') } : {})
  }
}

const NULL = { type: 'null' }
// FastAPI accepts an epoch as a date and time.
const EPOCH = { type: 'number', minimum: -62_135_596_800_000, maximum: 253_402_300_799_999 }
const MOMENT = { anyOf: [{ type: 'string', format: 'date-time' }, EPOCH, NULL] }
// Only a returned cursor is valid.
const CURSOR = { type: 'string', maxLength: 0 }
const QUERY: Readonly<Record<string, unknown>> = { start_time: MOMENT, end_time: MOMENT, cursor: CURSOR }

/** Corrects errors of the document, so that all findings are about the emulator. */
function mend(document: Record<string, unknown>): Record<string, unknown> {
  for (const [path, item] of entriesIn(document.paths)) {
    for (const operation of METHODS.map((method) => at(item, method)).filter(isRecord)) {
      operation.responses = {
        ...missingAnswers(path, operation),
        ...Object.fromEntries(entriesIn(operation.responses))
      }
      for (const parameter of Array.isArray(operation.parameters) ? operation.parameters.filter(isRecord) : []) {
        const isCursor = parameter.name === 'offset' && path.endsWith('/logs')
        const schema = isCursor ? CURSOR : QUERY[String(parameter.name)]
        if (parameter.in === 'query' && schema) parameter.schema = schema
      }
    }
  }
  const schemas = at(document.components, 'schemas')
  const create = at(schemas, 'DeploymentCreateRequest')
  // A creation needs a name or an agent.
  amend(create, { anyOf: [{ required: ['name'] }, { required: ['agent'], properties: { agent: { type: 'object' } } }] })
  amend(at(create, 'properties', 'name'), { minLength: 1 })
  amend(at(schemas, 'DeploymentAgent', 'properties', 'agent_id'), { minLength: 1 })
  // The description requires one of the two.
  const tiers = ['compute_tier', 'database_tier']
  amend(at(schemas, 'DeploymentResourceTiersPatchRequest'), {
    anyOf: tiers.map((key) => ({ required: [key], properties: { [key]: { type: 'string' } } }))
  })
  // As in v2, which documents the same limits with the same words.
  amend(at(schemas, 'V1LogsRequest', 'properties'), {
    limit: { type: 'integer', minimum: 1 },
    level: { enum: ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL', null] },
    offset: { anyOf: [CURSOR, NULL] },
    start_time: MOMENT,
    end_time: MOMENT
  })
  addLinks(document)
  return document
}

/** Sources of the IDs in paths: created resources, and the newest entry of the list of revisions. */
function addLinks(document: Record<string, unknown>): void {
  const create = at(document.paths, '/v2/deployments', 'post', 'responses', '201')
  const list = at(document.paths, '/v2/deployments/{deployment_id}/revisions', 'get', 'responses', '200')
  const listener = at(document.paths, '/v2/listeners', 'post', 'responses', '201')
  for (const [path, item] of entriesIn(document.paths)) {
    const deployment = /\{(deployment_id|project_id)\}/.exec(path)?.[1]
    const isRevision = path.includes('{revision_id}')
    for (const { operationId } of METHODS.map((method) => at(item, method)).filter(isRecord)) {
      const link = (parameters: Record<string, string>) => ({ [String(operationId)]: { operationId, parameters } })
      if (path.includes('{listener_id}')) addLink(listener, link({ listener_id: '$response.body#/id' }))
      if (deployment && !isRevision) addLink(create, link({ [deployment]: '$response.body#/id' }))
      if (deployment && isRevision) {
        const ids = { [deployment]: '$request.path.deployment_id', revision_id: '$response.body#/resources/0/id' }
        addLink(list, link(ids))
      }
    }
  }
}

function addLink(response: unknown, link: Record<string, unknown>): void {
  amend(response, { links: { ...Object.fromEntries(entriesIn(at(response, 'links'))), ...link } })
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((inner, key) => (isRecord(inner) ? inner[key] : undefined), value)
}

function entriesIn(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : []
}

function amend(schema: unknown, more: Record<string, unknown>): void {
  if (isRecord(schema)) Object.assign(schema, more)
}

// An invalid source or spec is a 400, which no schema describes. For FastAPI, a PATCH of `free-count` is a PATCH of the
// deployment with that ID. Inferred links would use the null of a listener as an ID.
const SETTINGS = `[checks.positive_data_acceptance]
expected-statuses = ["2xx", "400", "403", "404", "409"]
[phases.stateful.inference]
algorithms = []
[[operations]]
include-path = "/v2/deployments/free-count"
[operations.checks.unsupported_method]
enabled = false
[operations.checks.allow_header_conformance]
enabled = false
`

async function judge(folder: string, url: string, seed: string, examples: string): Promise<Report> {
  const file = process.env.CONTROL_PLANE_OPENAPI ?? ''
  const document = load(readFileSync(file, 'utf8'))
  if (!isRecord(document)) throw new Error(`${file} is not an OpenAPI document`)
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(mend(document)))
  writeFileSync(join(folder, 'schemathesis.toml'), SETTINGS)
  const report = join(folder, 'report.json')
  const where = ['--config-file', 'schemathesis.toml', 'run', 'openapi.json', '--url', url]
  const what = ['--phases', 'examples,coverage,fuzzing,stateful', '--continue-on-failure']
  const bounds = ['--seed', seed, '--max-examples', examples, '--request-timeout', '20']
  const reports = ['--report', 'json', '--report-json-path', report, '-H', `X-Api-Key: ${KEY}`]
  const options = { cwd: folder, stdio: 'pipe', timeout: LONGEST_RUN_MS } as const
  const child = spawn('st', [...where, ...what, ...bounds, ...reports], options)
  child.on('error', (error) =>
    refuse(`schemathesis could not be started (${error.message}). Install it, and put \`st\` in the PATH.`)
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
  const [code] = await once(child, 'close')
  if (code !== 0) process.stdout.write(output)
  return JSON.parse(readFileSync(report, 'utf8'))
}

function tell({ operations, test_cases, failures, errors }: Report, seed: string): number {
  const found = failures.reduce((sum, { count }) => sum + count, errors.length)
  process.stdout.write(
    `seed ${seed}: ${test_cases.generated} cases, ${operations.tested} operations, ${found} findings\n`
  )
  for (const { title, count, operations: where } of failures) {
    process.stdout.write(`  ${count} ${title}: ${where.join(', ')}\n`)
  }
  if (errors.length > 0) process.stdout.write(`  ${errors.length} internal errors of schemathesis\n`)
  return found
}

const { values } = readArguments('npm run judge -- [--url URL] [--seed NUMBER] [--examples NUMBER]', {
  options: {
    url: { type: 'string' },
    seed: { type: 'string', default: '15' },
    examples: { type: 'string', default: '30' }
  }
})
wholeNumber('seed', values.seed)
wholeNumber('examples', values.examples)
if (values.url !== undefined && !/^https?:\/\/[^/]/.test(values.url))
  refuse(`--url must be an http:// or https:// URL, not '${values.url}'.`)
if (!existsSync(process.env.CONTROL_PLANE_OPENAPI ?? ''))
  refuse('CONTROL_PLANE_OPENAPI must be the path of the OpenAPI document of the control plane.')
const folder = mkdtempSync(join(tmpdir(), 'judge-'))
const emulator = values.url === undefined ? await startEmulator({ key: KEY }) : undefined
try {
  const report = await judge(folder, values.url ?? emulator?.url ?? '', values.seed, values.examples)
  process.exitCode = tell(report, values.seed) === 0 ? 0 : 1
} finally {
  await emulator?.close()
  rmSync(folder, { recursive: true, force: true })
}
