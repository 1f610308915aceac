import { object } from '../run/object.ts'
import type { GithubCall } from './session.ts'

/** A GraphQL response. It can contain both errors and a part of the data. */
export interface GraphqlAnswer {
  readonly data: Readonly<Record<string, unknown>>
  readonly errors: readonly GraphqlFault[]
}

interface GraphqlFault {
  readonly message: string
  readonly type?: string
  /** Path of the field that failed, outermost name first. */
  readonly path?: readonly (string | number)[]
}

/** GitHub refused a part of a GraphQL request. */
class GraphqlRefusal extends Error {
  override readonly name = 'GraphqlRefusal'
  readonly errors: readonly GraphqlFault[]
  constructor(errors: readonly GraphqlFault[]) {
    super(errors[0]?.message ?? 'no error message')
    this.errors = errors
  }
}

/** Sends a GraphQL document. @throws an Octokit error if the response has no data at all */
export async function askGraphql(
  { octokit, target }: GithubCall,
  document: string,
  variables: Readonly<Record<string, unknown>>
): Promise<GraphqlAnswer> {
  try {
    return answerOf(await octokit.graphql(document, { ...variables, request: target.request }), [])
  } catch (error) {
    const { data, errors } = object(error) ?? {}
    if (!Array.isArray(errors) || !object(data)) throw error
    return answerOf(data, errors)
  }
}

function answerOf(data: unknown, errors: readonly GraphqlFault[]): GraphqlAnswer {
  return { data: object(data) ?? {}, errors }
}

/** Returns the value at a path of fields. @throws GraphqlRefusal if GitHub refused it */
export function fieldAt({ data, errors }: GraphqlAnswer, ...path: readonly [string, ...string[]]): unknown {
  const found = path.reduce<unknown>((value, name) => object(value)?.[name], data)
  const isMissing = Array.isArray(found) ? found.every((one) => one === null) : (found ?? null) === null
  const faults = isMissing ? errors.filter((fault) => fault.path === undefined || isAbove(fault.path, path)) : []
  if (faults.length > 0) throw new GraphqlRefusal(faults)
  return found
}

/** Tells if an error at one path affects another path: one path is a prefix of the other. */
function isAbove(one: readonly (string | number)[], other: readonly string[]): boolean {
  return one.every((name, index) => index >= other.length || name === other[index])
}

/** The objects in a list; empty if the value is not a list. */
export function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(object).filter((one) => one !== undefined) : []
}
