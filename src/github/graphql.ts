import { object } from '../run/object.ts'
import type { GithubCall } from './session.ts'

/** What GraphQL answered: with errors, some of the data can be missing, and some can be there. */
export interface GraphqlAnswer {
  readonly data: Readonly<Record<string, unknown>>
  readonly errors: readonly GraphqlFault[]
}

interface GraphqlFault {
  readonly message: string
  readonly type?: string
  /** The field that failed, from the outside in. */
  readonly path?: readonly (string | number)[]
}

/** A part of an answer of GraphQL that GitHub refused. */
class GraphqlRefusal extends Error {
  override readonly name = 'GraphqlRefusal'
  readonly errors: readonly GraphqlFault[]
  constructor(errors: readonly GraphqlFault[]) {
    super(errors[0]?.message ?? 'no error message')
    this.errors = errors
  }
}

/** Sends a document to GraphQL. @throws an error of Octokit, when there is no data at all */
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

/** What the answer has at a path of fields. @throws GraphqlRefusal when GitHub refused it */
export function fieldAt({ data, errors }: GraphqlAnswer, ...path: readonly [string, ...string[]]): unknown {
  const found = path.reduce<unknown>((value, name) => object(value)?.[name], data)
  const isMissing = Array.isArray(found) ? found.every((one) => one === null) : (found ?? null) === null
  const faults = isMissing ? errors.filter((fault) => fault.path === undefined || isAbove(fault.path, path)) : []
  if (faults.length > 0) throw new GraphqlRefusal(faults)
  return found
}

/** Whether a fault at one path concerns another one: it is above or below it. */
function isAbove(one: readonly (string | number)[], other: readonly string[]): boolean {
  return one.every((name, index) => index >= other.length || name === other[index])
}

/** The objects of a list; nothing of what is none. */
export function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(object).filter((one) => one !== undefined) : []
}
