import { hasReached } from '../answers.ts'
import { type Answer, type Call, type OpenRoute, readBody, refusal } from '../http.ts'
import { jsonOf } from '../payload.ts'
import type { Revision, State } from '../state.ts'
import { integer, object, optional, text } from '../validation.ts'

/** One year, more than any scenario needs. */
const LONGEST_MS = 366 * 86_400_000

const advanceRequest = object(
  { ms: optional(integer({ min: 0, max: LONGEST_MS })), until: optional(text(1)), deployment: optional(text(1)) },
  { closed: true }
)

/** Limit of the clock: times in microseconds stay exact numbers, and years have four digits. */
const END_OF_TIME = Date.UTC(2200, 0, 1)

/** Maximum number of events on the way to a status, because a scenario can repeat forever. */
const MOST_STEPS = 10_000

/** Moves the clock forward: by `ms`, or until the newest revision reaches the status `until`. */
function advance(call: Call): Answer {
  const { ms, until, deployment } = readBody(advanceRequest, { ...call, payload: jsonOf(call.payload) })
  const { state } = call
  const begin = state.clock.now()
  if ((ms === null) === (until === null)) throw refusal(422, "Set either 'ms' or 'until'")
  if (until === null) pass(state, ms ?? 0)
  else passUntil(state, until, deployment)
  const now = state.clock.now()
  return { status: 200, body: { now: new Date(now).toISOString(), advanced_ms: now - begin } }
}

function pass({ clock, agenda }: State, ms: number): void {
  if (clock.now() + ms > END_OF_TIME)
    throw refusal(409, 'The clock cannot pass the year 2200. Start the emulator again.')
  clock.advance(ms)
  agenda.advance(clock.now())
}

function passUntil(state: State, status: string, deployment: string | null): void {
  const revision = newestRevision(state, deployment)
  if (!revision)
    throw refusal(404, `There is no revision${deployment === null ? '' : ` of a deployment '${deployment}'`}.`)
  const limit = state.clock.now() + LONGEST_MS
  for (let step = 0; !hasReached(revision, status); step++) {
    const next = state.agenda.next()
    if (next === undefined || next > limit || step === MOST_STEPS) {
      throw refusal(409, `Revision ID ${revision.id} is ${revision.status} and does not reach ${status}.`)
    }
    pass(state, Math.max(0, next - state.clock.now()))
  }
}

/** @param deployment ID or name; null for the newest deployment */
function newestRevision({ worlds }: State, deployment: string | null): Revision | undefined {
  const revisions = [...worlds.values()]
    .flatMap((world) => world.deployments)
    .filter(({ id, name }) => deployment === null || deployment === name || deployment === id)
    .flatMap((one) => one.revisions)
  return revisions.sort((one, other) => one.createdAt - other.createdAt).at(-1)
}

export const advanceRoute: OpenRoute = {
  method: 'POST',
  path: '/_emulator/advance',
  open: advance,
  body: advanceRequest
}
