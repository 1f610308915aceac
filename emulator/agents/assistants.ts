import { timestamp } from '../answers.ts'
import { assistantIdFor } from '../artifacts.ts'
import { type Answer, type Call, readBody, refusal } from '../http.ts'
import { BEGINNING } from '../state.ts'
import { integer, isUuid, object, optional, record, text, withDefault } from '../validation.ts'
import { seesAssistants } from './access.ts'
import { type GraphTraits, USUAL_GRAPH } from './scenario.ts'
import { registeredNames, type Serving } from './serving.ts'

/** An assistant: the server creates one for each graph, and users can create more. */
export interface Assistant {
  readonly id: string
  readonly graphId: string
  readonly name: string
  readonly metadata: Readonly<Record<string, unknown>>
  readonly graph: GraphTraits
}

/** Lists all assistants, oldest first. */
function assistantsOf(serving: Serving): Assistant[] {
  const own = [...serving.graphs].map(([name, graph]) => ({
    id: assistantIdFor(name),
    graphId: name,
    name,
    metadata: { created_by: 'system' },
    graph
  }))
  const made = serving.traits.assistants.map(({ graph_id: graphId, name, metadata }) => ({
    id: assistantIdFor(graphId, name),
    graphId,
    name,
    metadata,
    graph: serving.graphs.get(graphId) ?? USUAL_GRAPH
  }))
  return [...own, ...made]
}

const searchRequest = object({
  graph_id: optional(text()),
  metadata: optional(record),
  name: optional(text()),
  limit: withDefault(integer({ min: 1, max: 1000 }), 10),
  offset: withDefault(integer({ min: 0 }), 0)
})

/** `POST /assistants/search`: newest first. Lists a removed graph only if the scenario does. */
export function searchAssistants(call: Call, serving: Serving): Answer {
  const { graph_id: graphId, metadata, name, limit, offset } = readBody(searchRequest, call)
  if (graphId !== null && !registeredNames(serving).includes(graphId)) throw graphNotFound(serving, graphId)
  const found = seesAssistants(serving)
    ? assistantsOf(serving).filter(
        (one) =>
          (one.graph.listed ?? one.graph.load !== 'removed') &&
          (graphId === null || one.graphId === graphId) &&
          (name === null || one.name.toLowerCase().includes(name.toLowerCase())) &&
          Object.entries(metadata ?? {}).every(([key, value]) => isSame(one.metadata[key], value))
      )
    : []
  const rows = found.reverse().slice(offset, offset + limit)
  const more = offset + limit < found.length
  const headers: Record<string, string> = {
    'x-pagination-total': String(offset + rows.length + (more ? 1 : 0)),
    ...(more ? { 'x-pagination-next': String(offset + limit) } : {})
  }
  return { status: 200, body: rows.map(showAssistant), headers }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function showAssistant({ id, graphId, name, metadata }: Assistant): Record<string, unknown> {
  return {
    assistant_id: id,
    graph_id: graphId,
    config: {},
    context: {},
    metadata,
    name,
    created_at: timestamp(BEGINNING).replace('Z', '+00:00'),
    updated_at: timestamp(BEGINNING).replace('Z', '+00:00'),
    version: 1,
    description: null
  }
}

/** The 404 for an unregistered graph, with the names formatted as a Python list. */
export function graphNotFound(serving: Serving, name: string): Error {
  const names = registeredNames(serving).map((one) => `'${one}'`)
  return refusal(404, `Graph '${name}' not found. Expected one of: [${names.sort().join(', ')}]`)
}

/**
 * Finds the assistant in a path, by its UUID or, if `byName`, by the name of its graph.
 * @throws a refusal: 422 for an unregistered name, even if assistants are hidden; 403; 404
 */
export function assistantIn(serving: Serving, given: string, byName: boolean): Assistant {
  const isName = byName && registeredNames(serving).includes(given)
  if (!isName && !isUuid(given)) throw refusal(422, 'Invalid assistant ID: must be a UUID')
  if (!seesAssistants(serving)) throw refusal(404, 'Not Found')
  const found = findAssistant(serving, given)
  if (!found) throw refusal(404, 'Not Found')
  return found
}

/** Finds an assistant by its UUID or by the name of a registered graph. */
export function findAssistant(serving: Serving, given: string): Assistant | undefined {
  const id = registeredNames(serving).includes(given) ? assistantIdFor(given) : given.toLowerCase()
  return assistantsOf(serving).find((one) => one.id === id)
}

/** `GET /assistants/{id}`. */
export function showOne(call: Call, serving: Serving): Answer {
  return { status: 200, body: showAssistant(assistantIn(serving, call.params.assistant_id ?? '', false)) }
}
