import type { ControlPlane } from '../run/destination.ts'
import { object } from '../run/object.ts'
import { AnswerError } from './errors.ts'
import { createTransport, type TransportOptions } from './transport.ts'

/** A workspace that a key can access. */
export interface Workspace {
  readonly id: string
  /** The name on the LangSmith pages; text from outside. */
  readonly name: string
}

/**
 * Lists the workspaces that the key can access, from the LangSmith API of the same installation (`GET
 * /api/v1/workspaces`).
 */
export async function listWorkspaces(
  { dataApi }: ControlPlane,
  { connection, ...options }: TransportOptions
): Promise<readonly Workspace[]> {
  // The workspace is not known yet, so the request must not name one.
  const transport = createTransport({ ...options, connection: { ...connection, url: dataApi, workspaceId: undefined } })
  try {
    return await transport.read('/api/v1/workspaces', toWorkspaces)
  } finally {
    await transport.close()
  }
}

function toWorkspaces(value: unknown): readonly Workspace[] {
  if (!Array.isArray(value)) throw new AnswerError('shape', 'the response is not a list of workspaces')
  return value.flatMap((entry) => {
    const { id, display_name: name } = object(entry) ?? {}
    return typeof id === 'string' && typeof name === 'string' ? [{ id, name }] : []
  })
}
