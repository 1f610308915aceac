import type { Random } from './random.ts'

/** Faults that a request can meet. */
export const FAULT_KINDS = [
  /** Processed, and the connection is cut before the response. */
  'lost',
  /** Returns 504, and processes the request later. */
  'late',
  /** Cuts the connection, and processes the request later. */
  'late-cut',
  /** Processed twice, as by some retrying proxies. */
  'duplicated',
  /** Processed, and half of the response arrives. */
  'truncated',
  /** An HTML page with status 200; processed or not. */
  'html',
  /** 200 with an empty body; processed. */
  'empty',
  /** 5xx, not processed. */
  'error',
  /** 5xx, but processed. */
  'error-committed',
  /** 5xx or 422 that repeats the request. */
  'echo',
  /** 400, 401, 403, 404, 409 or 422, not processed. */
  'refused',
  /** 401 or 403, not processed. */
  'key-refused',
  'throttled',
  'throttled-retry-after',
  'redirect',
  /** Connection reset, not processed. */
  'reset',
  /** No response, not processed. */
  'hang',
  /** No response, but processed. */
  'hang-committed',
  /** The correct response, 5 to 50 seconds late. */
  'slow',
  /** A response from a state some seconds ago. */
  'lag'
] as const

export type FaultKind = (typeof FAULT_KINDS)[number]

/** Faults after which a client cannot know whether its write was processed. */
export const DOUBTFUL: ReadonlySet<FaultKind> = new Set([
  'lost',
  'late',
  'late-cut',
  'truncated',
  'html',
  'empty',
  'error',
  'error-committed',
  'reset',
  'hang',
  'hang-committed'
])

/** Times and kinds of the faults in one seed. Times are milliseconds from the start of the run. */
export interface FaultPlan {
  /** Share of requests with a fault, until the given time. */
  readonly rate: number
  readonly until: number
  /** Fault of the n-th write, from 1. */
  readonly onWrite: Readonly<Record<number, FaultKind>>
  /** Faults of the requests right after a write in doubt. */
  readonly afterDoubt: { readonly kind: FaultKind; readonly times: number } | undefined
  /** A period in which every request has the fault. */
  readonly outage: { readonly from: number; readonly to: number; readonly kind: FaultKind } | undefined
  /** A period in which replicas lag by this many milliseconds, and how often they respond. */
  readonly lag: { readonly from: number; readonly to: number; readonly ms: number; readonly share: number } | undefined
}

const READ_FAULTS: Partial<Record<FaultKind, number>> = {
  lost: 3,
  truncated: 3,
  html: 2,
  empty: 1,
  error: 4,
  echo: 1,
  refused: 0.7,
  'key-refused': 0.7,
  throttled: 2,
  'throttled-retry-after': 3,
  redirect: 0.7,
  reset: 3,
  hang: 1,
  slow: 2
}

const WRITE_FAULTS: Partial<Record<FaultKind, number>> = {
  lost: 6,
  late: 6,
  'late-cut': 3,
  duplicated: 4,
  truncated: 2,
  html: 2,
  empty: 1,
  error: 2,
  'error-committed': 3,
  echo: 1,
  refused: 1,
  throttled: 2,
  'throttled-retry-after': 2,
  redirect: 1,
  reset: 2,
  hang: 1,
  'hang-committed': 2,
  slow: 1
}

const AFTER_DOUBT: Partial<Record<FaultKind, number>> = {
  refused: 3,
  'key-refused': 2,
  error: 2,
  redirect: 1,
  'throttled-retry-after': 1,
  lost: 1
}

const OUTAGES: Partial<Record<FaultKind, number>> = {
  error: 3,
  reset: 2,
  'key-refused': 1,
  html: 1,
  throttled: 1,
  'throttled-retry-after': 1,
  hang: 0.5,
  redirect: 0.5
}

/** Generates the faults of a seed. */
export function drawFaults(random: Random): FaultPlan {
  const isCalm = random.chance(0.1)
  const rate = isCalm ? 0 : random.pick([0, 0, 0.03, 0.1, 0.25])
  const onWrite: Record<number, FaultKind> = {}
  for (const nth of [1, 2, 3]) {
    if (!isCalm && random.chance(nth === 1 ? 0.6 : 0.3)) onWrite[nth] = random.weighted(WRITE_FAULTS)
  }
  const outageFrom = random.between(0, 90_000)
  const lagFrom = random.chance(0.5) ? 0 : random.between(0, 60_000)
  return {
    rate,
    until: random.between(20_000, 300_000),
    onWrite,
    afterDoubt:
      !isCalm && random.chance(0.35) ? { kind: random.weighted(AFTER_DOUBT), times: random.between(1, 3) } : undefined,
    outage:
      !isCalm && random.chance(0.15)
        ? { from: outageFrom, to: outageFrom + random.between(2_000, 100_000), kind: random.weighted(OUTAGES) }
        : undefined,
    lag:
      !isCalm && random.chance(0.3)
        ? {
            from: lagFrom,
            to: lagFrom + random.between(5_000, 120_000),
            ms: random.between(1_000, 20_000),
            share: random.pick([0.3, 0.6, 1])
          }
        : undefined
  }
}

/** The data that determines the fault of one request. */
export interface Circumstances {
  /** Milliseconds since the start of the run. */
  readonly elapsed: number
  /** Number of this write in the run, from 1; undefined for a read. */
  readonly nthWrite: number | undefined
  /** Number of requests since a write in doubt; undefined without one. */
  readonly sinceDoubt: number | undefined
}

/** Returns the fault of a request; undefined for normal processing. */
export function chooseFault(plan: FaultPlan, random: Random, now: Circumstances): FaultKind | undefined {
  const { elapsed, nthWrite, sinceDoubt } = now
  const { outage, afterDoubt } = plan
  if (outage && elapsed >= outage.from && elapsed < outage.to) return outage.kind
  const planned = nthWrite === undefined ? undefined : plan.onWrite[nthWrite]
  if (planned) return planned
  if (afterDoubt && sinceDoubt !== undefined && sinceDoubt <= afterDoubt.times) return afterDoubt.kind
  if (elapsed < plan.until && random.chance(plan.rate)) {
    return random.weighted(nthWrite === undefined ? READ_FAULTS : WRITE_FAULTS)
  }
  return undefined
}
