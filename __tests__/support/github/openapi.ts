import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import type { Answer, Call } from './http.ts'

/*
 * GitHub's own description of its REST API as a judge of what the tests' server is asked and answers;
 * `scripts/github-schemas.ts` cuts it out.
 */

interface Operation {
  readonly method: string
  readonly path: string
  /** The parameters of the query. */
  readonly query: readonly string[]
  /** Null where it takes no body. */
  readonly body: object | null
  /** By status; null where it answers no JSON. */
  readonly responses: Readonly<Record<string, object | null>>
}

interface Description {
  readonly operations: readonly Operation[]
  readonly definitions: Readonly<Record<string, object>>
}

const DESCRIPTION = JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8')) as Description
const ajv = new Ajv({ strict: false, allErrors: true })
ajv.addSchema({ $id: 'github', definitions: DESCRIPTION.definitions })

/** Compiled when it is first needed: most tests need few. */
const validators = new Map<object, ValidateFunction>()

function validatorOf(schema: object): ValidateFunction {
  const known = validators.get(schema)
  if (known) return known
  const made = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/definitions/', '"github#/definitions/')))
  validators.set(schema, made)
  return made
}

const BASIC_ERROR = { $ref: '#/definitions/basic-error' }

/** What a request or its answer has that GitHub's description does not allow; nothing of operations that are not in it. */
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
  // What any operation can answer, such as 401 and 403, is described once.
  const expected = response === undefined && !isGood ? BASIC_ERROR : response
  return [
    ...unknown.map((key) => `${name}: there is no parameter ${key}`),
    // A wrong request that was refused is what a test plays.
    ...(isGood && operation.body ? faultsIn(operation.body, body ?? {}, `${name}: request`) : []),
    ...(expected === undefined ? [`${name}: ${answer.status} is no answer of it`] : []),
    ...(expected ? faultsIn(expected, answer.body, `${name}: answer ${answer.status}`) : [])
  ]
}

function faultsIn(schema: object, value: unknown, what: string): readonly string[] {
  const validate = validatorOf(schema)
  if (validate(value)) return []
  return (validate.errors ?? []).map(({ instancePath, message }) => `${what}${instancePath} ${message}`)
}

/** Some parameters hold slashes, such as a ref. */
function patternOf(template: string): RegExp {
  const last = /\{(?:ref|basehead)\}$/
  const pattern = template.replace(last, '.+').replaceAll(/\{[^}]+\}/g, '[^/]+')
  return new RegExp(`^${pattern}(?:\\?.*)?$`)
}
