import { type Answer, type Call, isRefusal, refusal, refusalWith } from '../http.ts'
import { SERVER_ERROR } from './access.ts'
import { type Assistant, assistantIn, graphNotFound } from './assistants.ts'
import { logRequest } from './logs.ts'
import type { GraphTraits } from './scenario.ts'
import type { Serving } from './serving.ts'

/** `GET /assistants/{id}/graph`: loads and draws the graph, without executing it. */
export function drawGraph(call: Call, serving: Serving): Answer {
  return loaded(call, serving, true, ({ name }) => ({
    nodes: [
      { id: '__start__', type: 'runnable', data: { name: '__start__' } },
      { id: name, type: 'runnable', data: { name } },
      { id: '__end__' }
    ],
    edges: [
      { source: '__start__', target: name },
      { source: name, target: '__end__' }
    ]
  }))
}

/** `GET /assistants/{UUID}/schemas`. */
export function showSchemas(call: Call, serving: Serving): Answer {
  return loaded(call, serving, false, ({ graphId }) => {
    const state = { title: `${graphId}_state`, type: 'object', properties: {} }
    return {
      graph_id: graphId,
      input_schema: state,
      output_schema: state,
      state_schema: state,
      config_schema: {},
      context_schema: null
    }
  })
}

function loaded(call: Call, serving: Serving, isDrawing: boolean, show: (assistant: Assistant) => unknown): Answer {
  const assistant = assistantIn(serving, call.params.assistant_id ?? '', isDrawing)
  const notBefore = call.now + assistant.graph.load_ms
  try {
    checkLoad(serving, assistant, isDrawing)
  } catch (error) {
    if (!isRefusal(error)) throw error
    logRequest(call, serving, error.answer.status, notBefore, error.message)
    throw refusalWith(error.message, { ...error.answer, notBefore })
  }
  return { status: 200, body: show(assistant), notBefore }
}

/** Loads a graph. @throws a refusal with the server's response to a failing factory */
function checkLoad(serving: Serving, { graphId, graph }: Assistant, isDrawing: boolean): void {
  const { load } = graph
  const message = messageOf(graphId, graph)
  if (typeof load === 'number') throw refusal(load, message)
  switch (load) {
    case 'ok':
      return
    case 'error':
      throw refusalWith(`KeyError: ${message}`, SERVER_ERROR)
    case 'value-error':
      throw refusal(400, message)
    case 'no-graph':
      throw refusal(424, message)
    case 'not-drawable':
      if (isDrawing) throw refusal(422, 'The graph does not support visualization')
      return
    case 'removed':
      throw graphNotFound(serving, graphId)
  }
}

/** Message of the factory's exception. */
export function messageOf(graphId: string, { load, message }: GraphTraits): string {
  if (message !== null) return message
  switch (load) {
    case 'error':
      return "'OPENAI_API_KEY'"
    case 'value-error':
      return 'OPENAI_API_KEY must be set'
    case 'no-graph':
      return `Graph '${graphId}' is not valid. Review graph registration. None`
    default:
      return 'Service Unavailable'
  }
}
