import type { ControlPlane } from '../run/destination.ts'
import { object } from '../run/object.ts'
import { AnswerError } from './errors.ts'
import { createTransport, type TransportOptions } from './transport.ts'

/** A workspace that a key can see. */
export interface Workspace {
  readonly id: string
  /** As the LangSmith pages show it; words of its owner. */
  readonly name: string
}

/** The workspaces that the key can see, from the LangSmith API of the same installation (`GET /api/v1/workspaces`). */
export async function listWorkspaces(
  { dataApi }: ControlPlane,
  { connection, ...options }: TransportOptions
): Promise<readonly Workspace[]> {
  // The question is which workspace it is to be, so none is named.
  const transport = createTransport({ ...options, connection: { ...connection, url: dataApi, workspaceId: undefined } })
  try {
    return await transport.read('/api/v1/workspaces', toWorkspaces)
  } finally {
    await transport.close()
  }
}

function toWorkspaces(value: unknown): readonly Workspace[] {
  if (!Array.isArray(value)) throw new AnswerError('shape', 'expected a list of workspaces')
  return value.flatMap((entry) => {
    const { id, display_name: name } = object(entry) ?? {}
    return typeof id === 'string' && typeof name === 'string' ? [{ id, name }] : []
  })
}
