import { API_KEY } from '../access.ts'
import { canMatch } from '../faults.ts'
import { type Call, type OpenRoute, readBody, refusal } from '../http.ts'
import { showEntry } from '../journal.ts'
import { jsonList } from '../paging.ts'
import { parseJson } from '../payload.ts'
import { type Scenario, scenarioSchema } from '../scenario.ts'
import { INTEGRATION_ID, LISTENER_ID, putScenario, resetState, WORKSPACE_ID } from '../state.ts'
import { CLIENT_ROUTES } from './table.ts'

/** How a client is pointed at an emulator. */
export interface Identity {
  readonly url: string
  readonly api_key: string
  readonly workspace_id: string
  readonly integration_id: string
  readonly listener_id: string
}

/** @param url origin of the emulator */
export function identityOf(url: string): Identity {
  return {
    url,
    api_key: API_KEY,
    workspace_id: WORKSPACE_ID,
    integration_id: INTEGRATION_ID,
    listener_id: LISTENER_ID
  }
}

/** @throws a refusal with status 422 that names everything that would have no effect */
function readScenario(call: Call): { scenario: Scenario; sent: unknown } {
  const { payload } = call
  // Whatever content type a hurried curl states, it is JSON.
  const json = payload.kind === 'other' ? parseJson(payload.data) : payload
  const scenario = readBody(scenarioSchema, { ...call, payload: json })
  const nowhere = scenario.faults.flatMap((rule, index) => {
    if (CLIENT_ROUTES.some((route) => canMatch(rule, route))) return []
    const isPath = !CLIENT_ROUTES.some((route) => canMatch({ ...rule, method: null }, route))
    const key = isPath ? 'path' : 'method'
    const msg = isPath ? 'No route has such a path' : 'No route with such a path has this method'
    return [{ type: 'value_error', loc: ['body', 'faults', index, key], msg, input: rule[key] }]
  })
  if (nowhere.length > 0) throw refusal(422, nowhere)
  return { scenario, sent: json.kind === 'json' ? json.value : {} }
}

/** The scenario as it was sent, and how often each of its rules fired. */
function showScenario({ state }: Call): Record<string, unknown> {
  const { scenario, scenarioSent, scripted, faults } = state
  return {
    scenario: scenarioSent,
    revisions: scenario.revisions.map((rule) => ({ fired: scripted.get(rule) ?? 0 })),
    faults: scenario.faults.map((rule) => faults.of(rule))
  }
}

/** What no real control plane has. */
export const controlRoutes: readonly OpenRoute[] = [
  { method: 'GET', path: '/_emulator', open: ({ state }) => ({ status: 200, body: identityOf(state.url) }) },
  {
    method: 'POST',
    path: '/_emulator/reset',
    open({ state }) {
      resetState(state)
      return { status: 204 }
    }
  },
  {
    method: 'GET',
    path: '/_emulator/requests',
    open: ({ state }) => jsonList(state.journal.entries().map((entry) => () => showEntry(entry)))
  },
  {
    method: 'PUT',
    path: '/_emulator/scenario',
    open(call) {
      const { scenario, sent } = readScenario(call)
      putScenario(call.state, scenario, sent, call.now)
      return { status: 204 }
    }
  },
  { method: 'GET', path: '/_emulator/scenario', open: (call) => ({ status: 200, body: showScenario(call) }) }
]
