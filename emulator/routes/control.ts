import { exampleKey } from '../access.ts'
import { canMatch } from '../faults.ts'
import { type Call, type OpenRoute, readBody } from '../http.ts'
import { showEntry } from '../journal.ts'
import { jsonList } from '../paging.ts'
import { jsonOf } from '../payload.ts'
import { type Scenario, scenarioSchema } from '../scenario.ts'
import { exportState } from '../seed.ts'
import { INTEGRATION_ID, LISTENER_ID, putScenario, resetState, type State, WORKSPACE_ID } from '../state.ts'
import type { Field } from '../validation.ts'
import { CLIENT_ROUTES } from './table.ts'
import { advanceRoute } from './time.ts'

/** The data that a client needs to connect to an emulator. */
export interface Identity {
  readonly url: string
  readonly api_key: string
  readonly workspace_id: string
  readonly integration_id: string
  readonly listener_id: string
}

/** @param state of a listening emulator */
export function identityOf(state: State): Identity {
  return {
    url: state.url,
    api_key: exampleKey(state),
    workspace_id: WORKSPACE_ID,
    integration_id: INTEGRATION_ID,
    listener_id: LISTENER_ID
  }
}

/** A scenario and the JSON from which it was parsed. */
export interface GivenScenario {
  readonly scenario: Scenario
  readonly sent: unknown
}

/** Parses a scenario, and rejects a fault that no route can match. */
export const givenScenario: Field<GivenScenario> = {
  parse(value, loc, problems) {
    const before = problems.length
    const scenario = scenarioSchema.parse(value, loc, problems)
    if (problems.length > before) return { scenario, sent: value }
    for (const [index, rule] of scenario.faults.entries()) {
      if (CLIENT_ROUTES.some((route) => canMatch(rule, route))) continue
      const isPath = !CLIENT_ROUTES.some((route) => canMatch({ ...rule, method: null }, route))
      const key = isPath ? 'path' : 'method'
      const msg = isPath ? 'No route matches this path' : 'No route that matches this path has this method'
      problems.push({ type: 'value_error', loc: [...loc, 'faults', index, key], msg, input: rule[key] })
    }
    return { scenario, sent: value }
  }
}

/** The scenario as sent, and how often each of its rules fired. */
function showScenario({ state }: Call): Record<string, unknown> {
  const { scenario, scenarioSent, scripted, faults } = state
  return {
    scenario: scenarioSent,
    revisions: scenario.revisions.map((rule) => ({ fired: scripted.get(rule) ?? 0 })),
    faults: scenario.faults.map((rule) => faults.of(rule))
  }
}

/** Routes that no real control plane has. */
export const controlRoutes: readonly OpenRoute[] = [
  { method: 'GET', path: '/_emulator', open: ({ state }) => ({ status: 200, body: identityOf(state) }) },
  {
    method: 'POST',
    path: '/_emulator/reset',
    status: 204,
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
    body: scenarioSchema,
    status: 204,
    open(call) {
      const { scenario, sent } = readBody(givenScenario, { ...call, payload: jsonOf(call.payload) })
      putScenario(call.state, scenario, sent, call.now)
      return { status: 204 }
    }
  },
  { method: 'GET', path: '/_emulator/scenario', open: (call) => ({ status: 200, body: showScenario(call) }) },
  {
    method: 'GET',
    path: '/_emulator/state',
    open: ({ state, now }) => ({ status: 200, body: exportState(state, now) })
  },
  advanceRoute
]
