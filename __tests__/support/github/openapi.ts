import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import type { Answer, Call } from './http.ts'

/*
 * Validates requests and responses of the test server against GitHub's own OpenAPI description, from which
 * `scripts/github-schemas.ts` extracts the operations that the action uses.
 */

interface Operation {
  readonly method: string
  readonly path: string
  /** Names of the query parameters. */
  readonly query: readonly string[]
  /** Null when the operation has no body. */
  readonly body: object | null
  /** By status; null when the response is not JSON. */
  readonly responses: Readonly<Record<string, object | null>>
}

interface Description {
  readonly operations: readonly Operation[]
  readonly definitions: Readonly<Record<string, object>>
}

const DESCRIPTION = JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8')) as Description
const ajv = new Ajv({ strict: false, allErrors: true })
ajv.addSchema({ $id: 'github', definitions: DESCRIPTION.definitions })

/** Compiled at first use, because most tests use few of them. */
const validators = new Map<object, ValidateFunction>()

function validatorOf(schema: object): ValidateFunction {
  const known = validators.get(schema)
  if (known) return known
  const made = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/definitions/', '"github#/definitions/')))
  validators.set(schema, made)
  return made
}

const BASIC_ERROR = { $ref: '#/definitions/basic-error' }

/** Returns violations of GitHub's description in a request and its response; none for operations that it lacks. */
export function violationsOf(
  { method, path, query, body }: Pick<Call, 'method' | 'path' | 'query' | 'body'>,
  answer: Answer
): readonly string[] {
  const operation = DESCRIPTION.operations.find((one) => one.method === method && patternOf(one.path).test(path))
  if (!operation) return []
  const name = `${method} ${operation.path}`
  const unknown = [...query.keys()].filter((key) => !operation.query.includes(key))
  const isGood = answer.status < 400
  const response = operation.responses[answer.status]
  // Errors of any operation, such as 401 and 403, have a common description.
  const expected = response === undefined && !isGood ? BASIC_ERROR : response
  return [
    ...unknown.map((key) => `${name}: unknown parameter ${key}`),
    // A rejected request may be invalid, because a test sends it on purpose.
    ...(isGood && operation.body ? faultsIn(operation.body, body ?? {}, `${name}: request`) : []),
    ...(expected === undefined ? [`${name}: unknown response ${answer.status}`] : []),
    ...(expected ? faultsIn(expected, answer.body, `${name}: response ${answer.status}`) : [])
  ]
}

function faultsIn(schema: object, value: unknown, what: string): readonly string[] {
  const validate = validatorOf(schema)
  if (validate(value)) return []
  return (validate.errors ?? []).map(({ instancePath, message }) => `${what}${instancePath} ${message}`)
}

/** Returns a pattern for the path. Some parameters contain slashes, such as a ref. */
function patternOf(template: string): RegExp {
  const last = /\{(?:ref|basehead)\}$/
  const pattern = template.replace(last, '.+').replaceAll(/\{[^}]+\}/g, '[^/]+')
  return new RegExp(`^${pattern}(?:\\?.*)?$`)
}
