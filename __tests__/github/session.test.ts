import { describe, expect, jest, test } from '@jest/globals'
import { createGithubSession, type GithubCall, type Question, type SessionOptions } from '../../src/github/session.ts'
import { afterThisTest } from '../support/after-this-test.ts'
import { type SkippingClock, skippingClock } from '../support/clock.ts'
import { useGithubServer } from '../support/github-server.ts'
import { freePort } from '../support/http-server.ts'
import { hurryTimeouts, lasts, SOON_MS } from '../support/real-time.ts'

const server = await useGithubServer()
// Loads Octokit first, because the shortened timeouts leave no time for it.
await import('@actions/github')

const ALWAYS = Number.POSITIVE_INFINITY
const READ: Question = { failure: 'It could not be read', permission: 'deployments: read', repeatable: true }
const WRITE: Question = { failure: 'It could not be written', permission: 'deployments: write', repeatable: false }
const COMMENT: Question = { failure: 'It could not be said', permission: 'pull-requests: write', repeatable: true }

/** Makes one request. @returns the number of deployments */
const count = async ({ octokit, target }: GithubCall) => (await octokit.rest.repos.listDeployments(target)).data.length
const whoAmI = async ({ octokit, target }: GithubCall) =>
  octokit.graphql('query { viewer { login } }', { request: target.request })

interface Opened {
  ask(question?: Question): Promise<number | undefined>
  /** Makes the given number of consecutive requests in one call. */
  askTimes(times: number): Promise<number | undefined>
  /** Makes a GraphQL request. */
  askWho(question?: Question): Promise<unknown>
  readonly clock: SkippingClock
  readonly warnings: readonly string[]
  /** Makes a call without requests that takes the given time. */
  spend(ms: number): Promise<unknown>
  /** @param ago time since the signal, in milliseconds */
  cancel(ago?: number): void
}

function open(options: Partial<SessionOptions> = {}): Opened {
  const clock = skippingClock()
  const controller = new AbortController()
  const warnings: string[] = []
  let cancelledAt: number | undefined
  const session = createGithubSession({
    access: { apiUrl: server.url, token: server.token, repository: server.repository },
    clock,
    cancelled: controller.signal,
    cancelledAt: () => cancelledAt,
    warn: (text) => warnings.push(text),
    ...options
  })
  return {
    ask: (question = READ) => session.ask(question, count),
    askTimes: (times) =>
      session.ask(READ, async (call) => {
        for (let nth = 1; nth <= times; nth += 1) await count(call)
        return times
      }),
    askWho: (question = READ) => session.ask(question, whoAmI),
    clock,
    warnings,
    spend: (ms) => session.ask(READ, async () => clock.skip(ms)),
    cancel: (ago = 0) => {
      cancelledAt = clock.now() - ago
      controller.abort()
    }
  }
}

/** Waits until the server has received the given number of requests. */
async function untilAsked(times: number): Promise<void> {
  while (server.requests().length < times) await new Promise((resolve) => setTimeout(resolve, 2))
}

describe('a successful call', () => {
  test('returns the data without a warning', async () => {
    server.addDeployment({ sha: '1'.repeat(40) })
    const { ask, warnings } = open()
    expect(await ask()).toBe(1)
    expect(warnings).toEqual([])
  })

  test.each([
    ['url', '', '/graphql'],
    ['enterpriseUrl', '/api/v3', '/api/graphql']
  ] as const)('uses the server at its %s', async (address, prefix, graphql) => {
    const { ask, askWho } = open({
      access: { apiUrl: server[address], token: server.token, repository: server.repository }
    })
    expect(await ask()).toBe(0)
    expect(await askWho()).toEqual({ viewer: { login: 'github-actions[bot]' } })
    expect(server.requests().map(({ path }) => path)).toEqual([`${prefix}/repos/acme/agents/deployments`, graphql])
  })
})

describe('a repeatable call', () => {
  test.each([
    ['500', { status: 500 }],
    ['502', { status: 502, body: '<html></html>', headers: { 'content-type': 'text/html' } }],
    ['503', { status: 503, body: { message: 'Unavailable' } }],
    ['a cut connection', 'cut']
  ] as const)('is made three times in total after %s', async (_, action) => {
    server.fault({ times: 2, action })
    const { ask, clock, warnings } = open()
    expect(await ask()).toBe(0)
    expect(server.requests().map(({ status }) => status)).toEqual([
      ...Array(2).fill(action === 'cut' ? null : action.status),
      200
    ])
    expect(clock.pauses).toEqual([1_000, 2_000])
    expect(warnings).toEqual([])
  })

  test('is not made a fourth time', async () => {
    server.fault({ times: 3, action: { status: 503, body: { message: 'Unavailable' } } })
    const { ask, warnings } = open()
    expect(await ask()).toBeUndefined()
    expect(server.requests()).toHaveLength(3)
    expect(warnings).toEqual(['It could not be read: GitHub returned 503 (Unavailable).'])
  })

  test.each([400, 401, 403, 404, 409, 410, 422, 429])('is made once after a %d', async (status) => {
    server.fault({ action: { status, body: { message: 'No' } } })
    const { ask, clock } = open()
    expect(await ask()).toBeUndefined()
    expect([server.requests().length, clock.pauses]).toEqual([1, []])
  })

  test('is made once if GitHub does not respond in time', async () => {
    server.fault({ action: 'hang' })
    const { ask, warnings } = open({ budgetMs: 50 })
    expect(await ask()).toBeUndefined()
    expect(server.requests()).toHaveLength(1)
    expect(warnings).toEqual(['It could not be read: GitHub did not respond in time.'])
  })
})

test.each([
  ['503', { status: 503, body: { message: 'Unavailable' } }],
  ['a cut connection', 'cut'],
  ['a lost response', 'lose']
] as const)('a call that must not be repeated is made once, even after %s', async (_, action) => {
  server.fault({ times: ALWAYS, action })
  const { ask, clock, warnings } = open()
  expect(await ask(WRITE)).toBeUndefined()
  expect([server.requests().length, clock.pauses, warnings.length]).toEqual([1, [], 1])
})

describe('Retry-After', () => {
  const limited = (seconds: string) => ({
    status: 429,
    headers: { 'retry-after': seconds },
    body: { message: 'You have exceeded a secondary rate limit.' }
  })

  test('is respected if there is time', async () => {
    server.fault({ action: limited('4') })
    const { ask, clock, warnings } = open()
    expect(await ask()).toBe(0)
    expect(clock.pauses).toEqual([4_000])
    expect(warnings).toEqual([])
  })

  test.each(['60', '86400'])(
    'of %s s causes an immediate warning and delays neither the run nor the next call',
    async (seconds) => {
      server.fault({ action: limited(seconds) })
      const { ask, clock, warnings } = open()
      expect(await ask()).toBeUndefined()
      expect(clock.pauses).toEqual([])
      expect(warnings).toEqual([expect.stringContaining('429')])
      expect(await ask()).toBe(0)
    }
  )
})

const LIMITED = ' This is a temporary rate limit, not a missing permission.'

describe('the warning about a failure', () => {
  test.each<[number, string, string]>([
    [401, 'Bad credentials', ' Check `github-token`.'],
    [403, 'Resource not accessible by integration', " The job's token needs `permissions: deployments: read`."],
    [404, 'Not Found', ''],
    [422, 'Validation Failed', ''],
    [500, 'Server Error', ''],
    [403, 'API rate limit exceeded for installation ID 1.', LIMITED],
    [403, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', LIMITED],
    [429, 'API rate limit exceeded', LIMITED]
  ])('quotes GitHub: %d (%s)', async (status, message, advice) => {
    const documentation_url = 'https://docs.github.com/rest'
    server.fault({ times: 3, action: { status, body: { message, documentation_url } } })
    const { ask, warnings } = open()
    expect(await ask()).toBeUndefined()
    expect(warnings).toEqual([
      `It could not be read: GitHub returned ${status} (${message.replace(/\.$/, '')}).${advice}`
    ])
  })

  test('contains the cause if GitHub is unreachable', async () => {
    const { ask, warnings } = open({
      access: { apiUrl: `http://127.0.0.1:${await freePort()}`, token: 't', repository: 'acme/agents' }
    })
    expect(await ask()).toBeUndefined()
    expect(warnings).toEqual([expect.stringMatching(/^It could not be read: GitHub could not be reached \(.*\)\.$/)])
  })

  test('occurs once for repeated failures', async () => {
    server.fault({ times: ALWAYS, action: { status: 422, body: { message: 'No' } } })
    const { ask, warnings } = open()
    for (const question of [READ, READ, WRITE, READ, WRITE]) await ask(question)
    expect(server.requests()).toHaveLength(5)
    expect(warnings.map((text) => text.split(':')[0])).toEqual(['It could not be read', 'It could not be written'])
  })

  test('occurs once for concurrent failures', async () => {
    server.fault({ times: ALWAYS, action: { status: 422, body: { message: 'No' } } })
    const { ask, warnings } = open()
    await Promise.all([ask(), ask(), ask()])
    expect(warnings).toHaveLength(1)
  })

  test('is omitted for an optional call', async () => {
    server.fault({ times: ALWAYS, action: { status: 500 } })
    const { ask, warnings } = open()
    expect(await ask({ permission: 'contents: read', repeatable: true })).toBeUndefined()
    expect(warnings).toEqual([])
  })

  test('quotes a GraphQL refusal, after which other calls continue', async () => {
    const errors = [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }]
    server.fault({ path: /graphql/, times: ALWAYS, action: { status: 200, body: { data: { viewer: null }, errors } } })
    const { ask, askWho, warnings } = open()
    expect(await askWho(COMMENT)).toBeUndefined()
    expect(await ask()).toBe(0)
    expect(warnings).toEqual([expect.stringContaining('Resource not accessible by integration')])
    expect(warnings.join()).not.toContain('could not be reached')
  })
})

describe('an invalid response', () => {
  const html = { status: 200, body: '<html><title>Sign in</title></html>', headers: { 'content-type': 'text/html' } }

  test('is an HTML page, in REST and GraphQL', async () => {
    server.fault({ times: ALWAYS, action: html })
    const { ask, askWho, warnings } = open()
    expect([await ask(), await askWho(COMMENT)]).toEqual([undefined, undefined])
    const told = 'GitHub returned an invalid response (an HTML page titled "Sign in", probably from a proxy).'
    expect(warnings).toEqual([`It could not be read: ${told}`, `It could not be said: ${told}`])
  })

  test('is a text that is not JSON', async () => {
    server.fault({ action: { status: 200, body: '{"half', headers: { 'content-type': 'application/json' } } })
    const { ask, warnings } = open()
    expect(await ask()).toBeUndefined()
    expect(warnings).toEqual(['It could not be read: GitHub returned an invalid response (text instead of JSON).'])
  })

  test('is a stalled response, which causes one warning for all later calls', async () => {
    server.fault({ times: ALWAYS, action: 'stall' })
    const { ask, askWho, warnings } = open({ budgetMs: 200 })
    const answers = [await ask(), await ask(WRITE), await askWho(COMMENT)]
    expect(answers).toEqual([undefined, undefined, undefined])
    expect(warnings).toEqual(['It could not be read: GitHub did not respond in time.'])
  })
})

test('each request names its version of the REST API', async () => {
  const { ask, askWho } = open()
  await ask()
  await askWho()
  expect(server.requests().map(({ version }) => version)).toEqual(['2022-11-28', '2022-11-28'])
})

describe('a missing permission', () => {
  test.each([
    [401, 'Bad credentials'],
    [403, 'Resource not accessible by integration'],
    [403, 'Repository was archived so is read-only.']
  ])('stops calls with the same permission, but no others, after %d %s', async (status, message) => {
    server.fault({ action: { status, body: { message } } })
    const { ask, warnings } = open()
    expect(await ask()).toBeUndefined()
    expect(await ask({ ...READ, failure: 'Something else' })).toBeUndefined()
    expect(server.requests()).toHaveLength(1)
    expect(warnings).toHaveLength(1)
    expect(await ask(COMMENT)).toBe(0)
  })

  test.each([
    [403, 'No'],
    [403, 'API rate limit exceeded for installation ID 1.'],
    [403, 'You have exceeded a secondary rate limit.'],
    [429, 'Too many requests'],
    [404, 'Not Found']
  ])('is not assumed after %d %s', async (status, message) => {
    server.fault({ action: { status, body: { message } } })
    const { ask } = open()
    expect(await ask()).toBeUndefined()
    expect(await ask()).toBe(0)
  })
})

describe('an unresponsive server', () => {
  test.each(['cut', 'hang'] as const)('gets no requests for one minute (%s)', async (action) => {
    server.fault({ times: 3, action })
    const { ask, clock, warnings } = open({ budgetMs: 200 })
    // The budget leaves no time for a retry.
    expect(await ask(COMMENT)).toBeUndefined()
    const since = clock.now()
    await server.reset()
    expect(await ask()).toBeUndefined()
    clock.skip(59_900 - (clock.now() - since))
    expect(await ask(COMMENT)).toBeUndefined()
    expect(server.requests()).toEqual([])
    expect(warnings).toHaveLength(1)
  })

  test('gets requests again after that minute', async () => {
    server.fault({ times: 3, action: 'cut' })
    const { ask, clock } = open()
    expect(await ask()).toBeUndefined()
    clock.skip(60_100)
    expect(await ask()).toBe(0)
  })

  test.each(['cut', 'hang'] as const)('causes a warning at the first required call (%s)', async (action) => {
    server.fault({ times: 3, action })
    // A longer budget, because a request that ends before it arrives would reach the next test.
    const { ask, warnings } = open({ budgetMs: 1_000 })
    expect(await ask({ permission: 'contents: read', repeatable: true })).toBeUndefined()
    expect(await ask()).toBeUndefined()
    expect(warnings).toEqual([expect.stringMatching(/^It could not be read: /)])
  })

  test.each(['cut', 'hang'] as const)('still gets requests after a failed optional call (%s)', async (action) => {
    if (action === 'hang') hurryTimeouts()
    server.fault({ times: 3, action })
    const { ask, warnings } = open()
    expect(await ask({ permission: 'contents: read', repeatable: true })).toBeUndefined()
    expect(server.requests()).toHaveLength(action === 'cut' ? 3 : 1)
    await server.reset()
    expect(await ask()).toBe(0)
    expect(warnings).toEqual([])
  })

  test('is not assumed after a 500', async () => {
    server.fault({ times: 3, action: { status: 500 } })
    const { ask } = open()
    expect(await ask()).toBeUndefined()
    expect(await ask(WRITE)).toBe(0)
  })
})

describe('the time budget', () => {
  test('is shared by consecutive calls, and ends them', async () => {
    server.fault({ times: 2, action: { delayMs: 100 } })
    server.fault({ nth: 3, action: 'hang' })
    const { ask, clock, warnings } = open({ budgetMs: 900 })
    const inTurn = async () => {
      expect([await ask(), await ask()]).toEqual([0, 0])
      expect(await ask()).toBeUndefined()
    }
    const since = performance.now()
    await inTurn()
    expect(performance.now() - since).toBeGreaterThan(880)
    expect(performance.now() - since).toBeLessThan(SOON_MS)
    expect(warnings).toEqual(['It could not be read: GitHub did not respond in time.'])
    // Time without calls neither uses nor restores the budget.
    clock.skip(3_600_000)
    expect(await ask(COMMENT)).toBeUndefined()
    expect(server.requests()).toHaveLength(3)
  })

  test('counts concurrent calls once', async () => {
    server.fault({ times: ALWAYS, action: { delayMs: 150 } })
    // Consecutive calls would use the whole budget.
    const { ask } = open({ budgetMs: 600 })
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([0, 0, 0])
    expect(await ask()).toBe(0)
    expect(server.requests()).toHaveLength(4)
  })

  test('does not count the time between calls', async () => {
    const { ask, clock, warnings } = open({ budgetMs: 1_000 })
    for (let times = 0; times < 3; times += 1) {
      expect(await ask()).toBe(0)
      clock.skip(600_000)
    }
    expect(warnings).toEqual([])
  })

  test('includes the pauses between tries', async () => {
    server.fault({ times: ALWAYS, action: { status: 503 } })
    const { ask, clock } = open({ budgetMs: 2_500 })
    expect(await ask()).toBeUndefined()
    // The first pause leaves no time for the second one of two seconds.
    expect([clock.pauses, server.requests().length]).toEqual([[1_000], 2])
  })

  test('is 20 seconds, with 10 seconds for each request', async () => {
    const limits = hurryTimeouts(10)
    const { ask, clock, spend, warnings } = open()
    expect(await ask()).toBe(0)
    expect(limits[0]).toBe(10_000)
    await spend(15_000)
    expect(await ask()).toBe(0)
    expect(limits.at(-1)).toBeGreaterThan(3_000)
    expect(limits.at(-1)).toBeLessThanOrEqual(5_000)
    await spend(5_000)
    expect(await ask()).toBeUndefined()
    expect(server.requests()).toHaveLength(2)
    expect(warnings).toEqual(['It could not be read: GitHub did not respond in time.'])
    clock.skip(3_600_000)
    expect(await ask(COMMENT)).toBeUndefined()
    expect(server.requests()).toHaveLength(2)
  })

  test('ends calls to a server that never responds', async () => {
    hurryTimeouts()
    server.fault({ times: ALWAYS, action: 'hang' })
    const { ask, clock } = open()
    const took: number[] = []
    for (let times = 0; times < 3; times += 1) {
      took.push(await lasts(ask()))
      clock.skip(61_000)
    }
    // Timeouts are a hundred times shorter here.
    expect(took[0]).toBeGreaterThan(90)
    expect(Math.max(...took)).toBeLessThan(SOON_MS)
  })

  test('applies to each request of a call separately', async () => {
    hurryTimeouts(20)
    // The limit of one request is half a second here.
    server.fault({ times: 3, action: { delayMs: 220 } })
    const { askTimes, warnings } = open()
    expect(await askTimes(3)).toBe(3)
    expect(warnings).toEqual([])
    expect(server.requests()).toHaveLength(3)
  })
})

describe('onWait()', () => {
  test('receives the duration of each call', async () => {
    const waits: number[] = []
    const { spend, clock } = open({ onWait: (ms) => waits.push(ms) })
    await spend(3_000)
    clock.skip(60_000)
    await spend(500)
    expect(waits.map((ms) => Math.round(ms / 250) * 250)).toEqual([3_000, 500])
  })

  test('counts concurrent calls once', async () => {
    let told = 0
    server.fault({ times: ALWAYS, action: { delayMs: 200 } })
    const { ask } = open({
      onWait: (ms) => {
        told += ms
      }
    })
    const took = await lasts(Promise.all([ask(), ask(), ask()]))
    expect(told).toBeGreaterThan(190)
    expect(told).toBeLessThan(took + 20)
  })

  test('includes failed calls and the pauses between their tries', async () => {
    const waits: number[] = []
    server.fault({ times: 3, action: { status: 503 } })
    const { ask } = open({ onWait: (ms) => waits.push(ms) })
    expect(await ask()).toBeUndefined()
    expect(waits).toEqual([expect.any(Number)])
    expect(waits[0]).toBeGreaterThanOrEqual(3_000)
  })
})

describe('a cancellation', () => {
  test.each<[string, Question]>([
    ['reports failures', READ],
    ['writes', COMMENT],
    ['is optional', { permission: 'contents: read', repeatable: true }]
  ])('immediately ends a repeatable call that %s', async (_, question) => {
    server.fault({ action: 'hang' })
    const { ask, cancel, warnings } = open()
    const asked = ask(question)
    await untilAsked(1)
    cancel()
    expect(await lasts(asked)).toBeLessThan(SOON_MS)
    expect(await asked).toBeUndefined()
    expect(warnings).toEqual([])
    expect(server.requests()).toHaveLength(1)
  })

  test('ends a call that must not be repeated within the grace period, without a warning', async () => {
    server.fault({ action: 'hang' })
    const { ask, cancel, warnings } = open()
    const asked = ask(WRITE)
    await untilAsked(1)
    cancel()
    const took = await lasts(asked)
    expect(took).toBeGreaterThan(1_300)
    expect(took).toBeLessThan(SOON_MS)
    expect(await asked).toBeUndefined()
    expect(warnings).toEqual([])
  })

  test('leaves later calls the rest of the grace period', async () => {
    server.fault({ action: 'hang' })
    const { ask, cancel, warnings } = open()
    cancel(1_300)
    const took = await lasts(ask())
    expect(took).toBeGreaterThan(150)
    expect(took).toBeLessThan(SOON_MS)
    expect(server.requests()).toHaveLength(1)
    expect(warnings).toEqual([])
  })

  test('accepts a response within the grace period', async () => {
    server.fault({ action: { delayMs: 100 } })
    const { ask, cancel } = open()
    const asked = ask(WRITE)
    await untilAsked(1)
    cancel()
    expect(await asked).toBe(0)
    expect(await ask(WRITE)).toBe(0)
    expect(await ask(READ)).toBe(0)
  })

  test('prevents requests after the grace period', async () => {
    const { ask, cancel } = open()
    cancel(1_500)
    expect(await ask()).toBeUndefined()
    expect(server.requests()).toEqual([])
  })

  test('ends a pause and allows only one more try', async () => {
    server.fault({ times: ALWAYS, action: { status: 503 } })
    const { ask, cancel, clock, warnings } = open()
    let cancelledAt = 0
    clock.duringPauses(() => {
      cancelledAt = clock.now()
      cancel()
    })
    expect(await ask()).toBeUndefined()
    expect(clock.now() - cancelledAt).toBeLessThan(SOON_MS)
    expect(server.requests()).toHaveLength(2)
    expect(warnings).toEqual([])
  })
})

describe('Octokit prints nothing', () => {
  function spies() {
    const found = (['debug', 'info', 'log', 'warn', 'error'] as const).map((name) =>
      jest.spyOn(console, name).mockImplementation(() => {})
    )
    afterThisTest(() => {
      for (const spy of found) spy.mockRestore()
    })
    return () => found.flatMap((spy) => spy.mock.calls)
  }

  test('after successes and failures', async () => {
    const said = spies()
    server.fault({ nth: 2, action: { status: 404, body: { message: 'Not Found' } } })
    server.fault({ nth: 3, times: 3, action: { status: 500 } })
    server.fault({ nth: 6, action: 'cut' })
    const { ask, askWho } = open()
    for (let times = 0; times < 4; times += 1) await ask()
    await askWho()
    expect(server.requests().length).toBeGreaterThan(5)
    expect(said()).toEqual([])
  })

  test('after a deprecated request', async () => {
    const said = spies()
    const headers = { deprecation: 'Sat, 01 Jan 2028 00:00:00 GMT', sunset: 'Sun, 01 Jan 2029 00:00:00 GMT' }
    server.fault({ action: { status: 200, body: [], headers } })
    expect(await open().ask()).toBe(0)
    expect(said()).toEqual([])
  })
})
