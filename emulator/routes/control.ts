import { API_KEY } from '../access.ts'
import { type OpenRoute, readBody } from '../http.ts'
import { parseJson } from '../payload.ts'
import { scenarioSchema } from '../scenario.ts'
import { INTEGRATION_ID, LISTENER_ID, resetState, WORKSPACE_ID } from '../state.ts'

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
    open: ({ state }) => ({ status: 200, body: state.journal.entries() })
  },
  {
    method: 'PUT',
    path: '/_emulator/scenario',
    open(call) {
      const { payload, state } = call
      // Whatever content type a hurried curl states, it is JSON.
      const json = payload.kind === 'other' ? parseJson(payload.data.toString()) : payload
      state.scenario = readBody(scenarioSchema, { ...call, payload: json })
      state.scenarioAt = call.now
      state.faults.clear()
      return { status: 204 }
    }
  }
]
