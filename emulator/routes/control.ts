import { exampleKey } from '../access.ts'
import { type OpenRoute, readBody } from '../http.ts'
import { jsonOf } from '../payload.ts'
import { scenarioSchema } from '../scenario.ts'
import { exportState } from '../seed.ts'
import { INTEGRATION_ID, LISTENER_ID, putScenario, resetState, type State, WORKSPACE_ID } from '../state.ts'
import { advanceRoute } from './time.ts'

/** How a client is pointed at an emulator. */
export interface Identity {
  readonly url: string
  readonly api_key: string
  readonly workspace_id: string
  readonly integration_id: string
  readonly listener_id: string
}

/** @param state of an emulator that listens */
export function identityOf(state: State): Identity {
  return {
    url: state.url,
    api_key: exampleKey(state),
    workspace_id: WORKSPACE_ID,
    integration_id: INTEGRATION_ID,
    listener_id: LISTENER_ID
  }
}

/** What no real control plane has. */
export const controlRoutes: readonly OpenRoute[] = [
  { method: 'GET', path: '/_emulator', open: ({ state }) => ({ status: 200, body: identityOf(state) }) },
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
    open: ({ state }) => ({ status: 200, body: state.journal.entries() })
  },
  {
    method: 'PUT',
    path: '/_emulator/scenario',
    open(call) {
      putScenario(call.state, readBody(scenarioSchema, { ...call, payload: jsonOf(call.payload) }), call.now)
      return { status: 204 }
    }
  },
  {
    method: 'GET',
    path: '/_emulator/state',
    open: ({ state, now }) => ({ status: 200, body: exportState(state, now) })
  },
  advanceRoute
]
