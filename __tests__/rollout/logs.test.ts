import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { LogEntry, LogPage, LogQuery } from '../../src/control-plane/logs.ts'
import { type FailureLog, tellingLines } from '../../src/report/causes.ts'
import { createLogReader, createLogStream } from '../../src/rollout/log-stream.ts'
import { type FailureSearch, logOfFailure, readLogOfFailure } from '../../src/rollout/logs.ts'
import { CancelledError, DeadlineError } from '../../src/run/limits.ts'
import type { LogKind } from '../../src/run/record.ts'
import { DEPLOYMENT_ID, NEWER_ID, REVISION_ID, revisionWith } from '../deployment/samples.ts'

const entry = (message: string, id: string | undefined = undefined): LogEntry => ({ id, level: 'INFO', message })
const numbered = (from: number, to: number, withIds = true): LogEntry[] =>
  Array.from({ length: to - from }, (_, index) => entry(`${from + index}`, withIds ? `id-${from + index}` : undefined))
const messagesOf = (entries: readonly LogEntry[]) => entries.map(({ message }) => message)
const line = (count: number) => Array.from({ length: count }, (_, index) => `${index}`)

/** A log that grows; its pages begin `overlap` lines before the cursor, and it names no cursor for what has yet to come. */
function growingLog({ withIds = true, overlap = 0, limit = 1_000, alwaysCursor = false } = {}) {
  let there = 0
  const asked: (string | undefined)[] = []
  return {
    asked,
    grow: (lines: number) => {
      there += lines
    },
    read: async (offset: string | undefined): Promise<LogPage> => {
      asked.push(offset)
      const from = offset === undefined ? 0 : Math.max(0, Number(offset) - overlap)
      const to = Math.min(there, from + limit)
      return { entries: numbered(from, to, withIds), next: to < there || alwaysCursor ? `${to}` : undefined }
    }
  }
}

/** Reads as a run does: one request whenever the log has grown, and all that is left at the end. */
async function readGrowing(log: ReturnType<typeof growingLog>, steps: readonly number[]): Promise<readonly string[]> {
  const readNext = createLogReader(log.read)
  const seen: string[] = []
  for (const lines of steps) {
    log.grow(lines)
    seen.push(...messagesOf((await readNext()).entries))
  }
  for (;;) {
    const { entries, more } = await readNext()
    seen.push(...messagesOf(entries))
    if (!more) return seen
  }
}

describe('a log that is read while it grows', () => {
  const kinds = [
    ['with IDs', {}],
    ['without IDs', { withIds: false }],
    ['with cursors that begin with lines of the page before', { overlap: 3 }],
    ['with a cursor on every page', { alwaysCursor: true }],
    ['with small pages', { limit: 7 }],
    ['with small pages and without IDs', { limit: 7, withIds: false }]
  ] as const

  test.each(kinds)('%s gives each line once', async (_, kind) => {
    expect(await readGrowing(growingLog(kind), [0, 2, 0, 5, 1, 0, 9])).toEqual(line(17))
  })

  test.each(kinds)('%s gives each line once, however it grows', async (_, kind) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 30 }), { maxLength: 12 }), async (steps) => {
        const total = steps.reduce((sum, lines) => sum + lines, 0)
        expect(await readGrowing(growingLog(kind), steps)).toEqual(line(total))
      }),
      { numRuns: 100 }
    )
  })

  test.each(kinds.slice(0, 4))('%s gives 5,000 lines, none of them lost and none twice', async (_, kind) => {
    const steps = Array.from({ length: 40 }, () => 125)
    expect(await readGrowing(growingLog(kind), steps)).toEqual(line(5_000))
  })

  test('is asked again at the same place while its cursor is null', async () => {
    const log = growingLog()
    const readNext = createLogReader(log.read)
    log.grow(3)
    expect(await readNext()).toMatchObject({ more: false, entries: numbered(0, 3) })
    expect(await readNext()).toEqual({ more: false, entries: [] })
    log.grow(1)
    expect(await readNext()).toEqual({ more: false, entries: numbered(3, 4) })
    expect(log.asked).toEqual([undefined, undefined, undefined])
  })

  test('keeps its last cursor when a later one is null', async () => {
    const log = growingLog({ limit: 2 })
    const readNext = createLogReader(log.read)
    log.grow(3)
    expect((await readNext()).more).toBe(true)
    expect((await readNext()).more).toBe(false)
    await readNext()
    expect(log.asked).toEqual([undefined, '2', '2'])
  })

  test('needs one request for each call, and says when another would bring more', async () => {
    const log = growingLog({ limit: 10 })
    const readNext = createLogReader(log.read)
    log.grow(25)
    const more = [await readNext(), await readNext(), await readNext()].map((page) => page.more)
    expect({ more, requests: log.asked.length }).toEqual({ more: [true, true, false], requests: 3 })
  })

  test('forgets nothing when a request fails', async () => {
    const log = growingLog({ limit: 2 })
    let fails = false
    const readNext = createLogReader(async (offset) => {
      if (fails) throw new Error('cut')
      return log.read(offset)
    })
    log.grow(5)
    const first = await readNext()
    fails = true
    await expect(readNext()).rejects.toThrow('cut')
    fails = false
    const rest = [await readNext(), await readNext()]
    expect([first, ...rest].flatMap(({ entries }) => messagesOf(entries))).toEqual(line(5))
  })

  test('does not go round in circles when the server names the same cursor for ever', async () => {
    const readNext = createLogReader(async () => ({ entries: [entry('a', 'id')], next: 'x' }))
    expect(await readNext()).toMatchObject({ more: true })
    expect(await readNext()).toEqual({ more: false, entries: [] })
    expect(await readNext()).toEqual({ more: false, entries: [] })
  })

  test('does not go on without end when every page is empty and has a new cursor', async () => {
    let cursor = 0
    const readNext = createLogReader(async () => {
      cursor += 1
      return { entries: [], next: `${cursor}` }
    })
    expect(await readNext()).toEqual({ more: false, entries: [] })
  })
})

type Script = Readonly<Partial<Record<LogKind, readonly (LogPage | Error)[]>>>

/** A stream over pages that are given in turn, the last one for ever; and what came of it. */
function stream(script: Script) {
  const asked: LogQuery[] = []
  const shown: string[] = []
  const warnings: string[] = []
  const notes: string[] = []
  const counts = { build: 0, deploy: 0 }
  const read = async (_: string, revisionId: string, query: LogQuery): Promise<LogPage> => {
    asked.push(query)
    const pages = script[query.kind] ?? []
    const page = pages[Math.min(counts[query.kind], pages.length - 1)] ?? { entries: [], next: undefined }
    counts[query.kind] += 1
    if (page instanceof Error) throw page
    return { ...page, entries: page.entries.map((one) => ({ ...one, message: `${one.message}@${revisionId[0]}` })) }
  }
  const sink = {
    log: (kind: LogKind, entries: readonly LogEntry[]) => {
      shown.push(...entries.map(({ message }) => `${kind} ${message}`))
    },
    note: (text: string) => {
      notes.push(text)
    },
    warn: (text: string) => {
      warnings.push(text)
    }
  }
  return { ...createLogStream(read, sink, DEPLOYMENT_ID, { now: () => 0 }), asked, shown, notes, warnings }
}

const page = (...messages: readonly string[]): LogPage => ({
  entries: messages.map((message) => entry(message, message)),
  next: undefined
})
const at = (status: string, source: 'github' | 'external_docker' | 'internal_source' = 'github', id = REVISION_ID) =>
  revisionWith({ id, status, source })

describe('a stream of logs', () => {
  test('shows the build log, and when that is over the deploy log', async () => {
    const logs = stream({ build: [page('b1'), page('b1', 'b2')], deploy: [page('d1'), page('d1', 'd2')] })
    for (const status of ['BUILDING', 'AWAITING_DEPLOY', 'DEPLOYING', 'DEPLOYED']) await logs.look(at(status))
    await logs.finish()
    expect(logs.shown).toEqual(['build b1@1', 'build b2@1', 'deploy d1@1', 'deploy d2@1'])
    expect(logs.asked[0]).toEqual({ kind: 'build', order: 'asc', limit: 1_000, offset: undefined })
  })

  test.each(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'UNKNOWN', 'SOMETHING_NEW'])(
    'asks for nothing while the revision is %s',
    async (status) => {
      const logs = stream({})
      await logs.look(at(status))
      expect(logs.asked).toEqual([])
    }
  )

  test('asks at most once a look, however much there is', async () => {
    const more = Array.from({ length: 20 }, (_, index) => ({
      entries: [entry(`${index}`, `${index}`)],
      next: `${index}`
    }))
    const logs = stream({ build: [...more, page('end')] })
    for (const status of ['BUILDING', 'BUILDING', 'AWAITING_DEPLOY', 'DEPLOYING', 'DEPLOYED']) {
      const before = logs.asked.length
      await logs.look(at(status))
      expect(logs.asked.length - before).toBeLessThanOrEqual(1)
    }
    await logs.finish()
    expect(logs.shown).toEqual([...line(20), 'end'].map((message) => `build ${message}@1`))
  })

  test('of an image has a deploy log only', async () => {
    const logs = stream({ build: [page('b')], deploy: [page('d')] })
    for (const status of ['DEPLOYING', 'DEPLOYED']) await logs.look(at(status, 'external_docker'))
    await logs.finish()
    expect(logs.shown).toEqual(['deploy d@1'])
    expect(logs.asked.map(({ kind }) => kind)).not.toContain('build')
  })

  test('begins anew with a revision that is followed', async () => {
    const logs = stream({ build: [page('b')], deploy: [page('d')] })
    await logs.look(at('BUILDING'))
    await logs.look(at('DEPLOYING'))
    for (const status of ['BUILDING', 'DEPLOYING', 'DEPLOYED']) await logs.look(at(status, 'github', NEWER_ID))
    await logs.finish()
    expect(logs.shown).toEqual(['build b@1', 'build b@2', 'deploy d@2'])
  })

  test.each(['BUILD_FAILED', 'DEPLOY_FAILED', 'CREATE_FAILED', 'INTERRUPTED', 'SKIPPED'])(
    'that ends as %s brings what is left',
    async (status) => {
      const logs = stream({ build: [page('b1'), page('b1', 'b2')], deploy: [page('d')] })
      await logs.look(at('BUILDING'))
      await logs.look(at(status))
      await logs.finish()
      expect(logs.shown).toEqual(['build b1@1', 'build b2@1', 'deploy d@1'])
    }
  )

  test('that never works is one warning, and then is let be', async () => {
    const logs = stream({ build: [new Error('returned 500')] })
    for (let look = 0; look < 10; look += 1) await logs.look(at('BUILDING'))
    await logs.finish()
    expect(logs.warnings).toEqual([expect.stringContaining('returned 500')])
    expect(logs.asked).toHaveLength(3)
  })

  test('bears failures that pass', async () => {
    const failure = new Error('cut')
    const logs = stream({ build: [failure, failure, page('b1'), failure, failure, page('b1', 'b2')] })
    for (let look = 0; look < 6; look += 1) await logs.look(at('BUILDING'))
    expect(logs.shown).toEqual(['build b1@1', 'build b2@1'])
    expect(logs.warnings).toEqual([])
  })

  test('that fails once at its end loses no line, or says so', async () => {
    const logs = stream({ build: [page('b1'), new Error('cut'), page('b1', 'b2')], deploy: [page('d')] })
    await logs.look(at('BUILDING'))
    await logs.look(at('BUILD_FAILED'))
    await logs.finish()
    expect(logs.warnings.length > 0 || logs.shown.includes('build b2@1')).toBe(true)
  })

  test('that fails during the last reading loses no line, or says so', async () => {
    const first: LogPage = { entries: [entry('b1', 'b1')], next: '1' }
    const logs = stream({ build: [first, new Error('cut'), page('b2')] })
    await logs.look(at('BUILD_FAILED'))
    await logs.finish()
    expect(logs.warnings.length > 0 || logs.shown.includes('build b2@1')).toBe(true)
  })

  test('loses no line of a build log that comes later than the status', async () => {
    const logs = stream({ build: [page('b1'), page('b1'), page('b1', 'b2')], deploy: [page('d')] })
    for (const status of ['BUILDING', 'AWAITING_DEPLOY', 'DEPLOYING', 'DEPLOYED']) await logs.look(at(status))
    await logs.finish()
    expect(logs.shown).toContain('build b2@1')
  })

  test.each([
    ['the job is cancelled', new CancelledError()],
    ['the timeout passes', new DeadlineError()]
  ])('says nothing of itself when %s, however often it is asked', async (_, error) => {
    const logs = stream({ build: [page('b1'), error], deploy: [error] })
    await logs.look(at('BUILDING'))
    for (let nth = 1; nth <= 4; nth += 1) await logs.look(at('BUILDING'))
    await logs.finish()
    expect(logs.warnings).toEqual([])
    expect(logs.shown).toEqual(['build b1@1'])
  })

  test('that come slowly are cut off after 20 seconds, since the health check waits for them', async () => {
    let now = 0
    const read = async () => {
      now += 2_500
      return { entries: [entry(`${now}`, `${now}`)], next: `${now}` }
    }
    const notes: string[] = []
    const sink = { log: () => {}, warn: () => {}, note: (text: string) => notes.push(text) }
    const logs = createLogStream(read, sink, DEPLOYMENT_ID, { now: () => now })
    await logs.look(at('DEPLOYED'))
    const since = now
    await logs.finish()
    expect(now - since).toBe(20_000)
    expect(notes).toHaveLength(2)
  })

  test('that have no end are cut off after 100 pages each, which is said with where to read on', async () => {
    let cursor = 0
    const read = async () => {
      cursor += 1
      return { entries: [entry(`${cursor}`, `${cursor}`)], next: `${cursor}` }
    }
    const notes: string[] = []
    const sink = { log: () => {}, warn: () => {}, note: (text: string) => notes.push(text) }
    const logs = createLogStream(read, sink, DEPLOYMENT_ID, { now: () => 0 })
    await logs.look(at('DEPLOYED'))
    await logs.finish()
    expect(cursor).toBe(201)
    expect(notes).toEqual([
      expect.stringMatching(/^The build log may be incomplete: .* on the revision page in LangSmith\.$/),
      expect.stringMatching(/^The deploy log may be incomplete: .* on the revision page in LangSmith\.$/)
    ])
  })
})

describe('the end of the log of a failure', () => {
  test.each<[string, readonly LogKind[]]>([
    ['BUILD_FAILED', ['build']],
    ['DEPLOY_FAILED', ['deploy']],
    ['CREATE_FAILED', ['build', 'deploy']],
    ['INTERRUPTED', []],
    ['DEPLOYED', ['deploy']],
    ['BUILDING', ['build']],
    ['AWAITING_DEPLOY', ['build']],
    ['DEPLOYING', ['deploy']],
    ['CREATING', []],
    ['QUEUED', []],
    ['AWAITING_BUILD', []],
    ['UNKNOWN', []]
  ])('%s is looked for in %j', (status, kinds) => {
    expect(logOfFailure(status)).toEqual(kinds)
  })

  const searching = async (
    status: string,
    answer: (query: LogQuery) => LogPage,
    more: Partial<FailureSearch> = {}
  ): Promise<{ readonly log: FailureLog | undefined; readonly asked: readonly LogQuery[] }> => {
    const asked: LogQuery[] = []
    const log = await readLogOfFailure({
      readLogs: async (_deployment, _revision, query) => {
        asked.push(query)
        return answer(query)
      },
      clock: { now: () => 0 },
      deploymentId: DEPLOYMENT_ID,
      revision: at(status),
      ...more
    })
    return { log, asked }
  }
  const reading = (status: string, logs: Partial<Record<LogKind, LogPage>>) =>
    searching(status, ({ kind }) => logs[kind] ?? { entries: [], next: undefined })

  test('is its last 50 lines, oldest first, from one request', async () => {
    const newestFirst = { entries: numbered(100, 180).reverse(), next: undefined }
    const { log, asked } = await reading('BUILD_FAILED', { build: newestFirst })
    expect(log).toEqual({ kind: 'build', entries: numbered(130, 180), searched: numbered(100, 180) })
    expect(asked).toEqual([{ kind: 'build', order: 'desc', limit: 1_000, offset: undefined }])
  })

  test('is no more than a page when the server gives more', async () => {
    const { log } = await reading('DEPLOY_FAILED', {
      deploy: { entries: numbered(0, 1_200).reverse(), next: undefined }
    })
    expect(log).toEqual({ kind: 'deploy', entries: numbered(1_150, 1_200), searched: numbered(200, 1_200) })
  })

  const CAUSE = "ModuleNotFoundError: No module named 'tavily'"
  const cleaningUp = (from: number) => ({ entries: numbered(from, from + 1_000).reverse(), next: `${from}` })

  test('is asked for its error lines where it names no cause and is longer', async () => {
    const errors = { entries: [{ ...entry(CAUSE), level: 'ERROR' }], next: undefined }
    const { log, asked } = await searching('BUILD_FAILED', ({ level }) => (level ? errors : cleaningUp(5_000)))
    expect(asked.map(({ level, offset }) => level ?? offset)).toEqual([undefined, 'ERROR'])
    expect(log?.entries).toEqual(numbered(5_950, 6_000))
    expect(tellingLines(log?.searched ?? [], 'build')).toMatchObject({ isTelling: true, lines: [CAUSE] })
  })

  test('is read on where its error lines name no cause either, and no further than to the cause', async () => {
    const pages: Record<string, LogPage> = { 5000: { entries: [entry('b'), entry(CAUSE), entry('a')], next: '4000' } }
    const { log, asked } = await searching('BUILD_FAILED', ({ level, offset }) =>
      level ? { entries: [entry('ERROR')], next: undefined } : (pages[offset ?? ''] ?? cleaningUp(5_000))
    )
    expect(asked.map(({ level, offset }) => level ?? offset)).toEqual([undefined, 'ERROR', '5000'])
    expect(messagesOf(log?.searched ?? []).slice(0, 4)).toEqual(['a', CAUSE, 'b', '5000'])
  })

  test('is not searched further where it names the cause', async () => {
    const told = { entries: [entry('bye'), entry(CAUSE)], next: '10' }
    expect((await searching('BUILD_FAILED', () => told)).asked).toHaveLength(1)
  })

  test('is searched further where it tells only that the server was not ready in time', async () => {
    const late = { entries: [entry('Timeout: Deployment is not ready after 300 seconds.')], next: '10' }
    const errors = { entries: [entry(CAUSE)], next: undefined }
    const { log } = await searching('DEPLOY_FAILED', ({ level }) => (level ? errors : late))
    expect(tellingLines(log?.searched ?? [], 'deploy').lines).toEqual([CAUSE])
  })

  test('takes four requests at most, however long it is', async () => {
    let from = 1_000_000
    const { asked } = await searching('CREATE_FAILED', ({ level }) => {
      if (level) return { entries: [], next: undefined }
      from -= 1_000
      return cleaningUp(from)
    })
    expect(asked).toHaveLength(4)
  })

  test('takes no further request after 20 seconds', async () => {
    let now = 0
    const slow = () => {
      now += 21_000
      return cleaningUp(0)
    }
    const { asked } = await searching('BUILD_FAILED', slow, { clock: { now: () => now } })
    expect(asked).toHaveLength(1)
  })

  test('takes no further request after millions of characters', async () => {
    const long = { entries: [entry('a'.repeat(9_000_000))], next: '1' }
    expect((await searching('BUILD_FAILED', () => long)).asked).toHaveLength(1)
  })

  test('is what was read where a further request fails', async () => {
    const { log, asked } = await searching('BUILD_FAILED', ({ level }) => {
      if (level) throw new Error('no such parameter')
      return cleaningUp(5_000)
    })
    expect(log?.entries).toEqual(numbered(5_950, 6_000))
    expect(asked).toHaveLength(3)
  })

  test('ends with the run', async () => {
    const searchingOn = searching('BUILD_FAILED', ({ level }) => {
      if (level) throw new CancelledError()
      return cleaningUp(5_000)
    })
    await expect(searchingOn).rejects.toThrow(CancelledError)
  })

  test('is what was read before, where the time is up', async () => {
    const { log } = await searching('BUILD_FAILED', ({ level }) => {
      if (level) throw new DeadlineError()
      return cleaningUp(5_000)
    })
    expect(log?.entries).toHaveLength(50)
  })

  test('of an image is never its build log', async () => {
    const revision = at('CREATE_FAILED', 'external_docker')
    const { asked } = await searching('CREATE_FAILED', () => page(), { revision })
    expect(asked.map(({ kind }) => kind)).toEqual(['deploy'])
  })

  test('is not asked for again where it was streamed', async () => {
    const known = () => numbered(0, 70)
    const { log, asked } = await searching('BUILD_FAILED', () => page('other'), { known })
    expect(log).toEqual({ kind: 'build', entries: numbered(20, 70), searched: numbered(0, 70) })
    expect(asked).toEqual([])
  })

  test('is asked for again where the server may have gone on to log', async () => {
    const known = () => numbered(0, 70)
    const { log } = await searching('DEPLOYED', () => page('newer'), { known })
    expect(messagesOf(log?.entries ?? [])).toEqual(['newer'])
  })

  test.each<[string, Partial<Record<LogKind, LogPage>>, LogKind | undefined, number]>([
    ['in the build log where that has lines', { build: page('b'), deploy: page('d') }, 'build', 1],
    ['in the deploy log where it has not', { deploy: page('d') }, 'deploy', 2],
    ['nowhere when there is none', {}, undefined, 2]
  ])('of CREATE_FAILED stands %s', async (_, logs, kind, requests) => {
    const { log, asked } = await reading('CREATE_FAILED', logs)
    expect([log?.kind, asked.length]).toEqual([kind, requests])
  })

  test('is not asked for when no phase failed', async () => {
    expect(await reading('INTERRUPTED', { build: page('b') })).toEqual({ log: undefined, asked: [] })
  })
})

describe('the lines that tell the cause', () => {
  const telling = (...lines: readonly (string | LogEntry)[]) =>
    tellingLines(
      lines.map((one) => (typeof one === 'string' ? entry(one) : one)),
      'build'
    ).lines

  test.each([
    "ModuleNotFoundError: No module named 'tavily'",
    'ERROR: No matching distribution found for langgraph==99',
    'npm error code ERESOLVE',
    'error TS2304: Cannot find name',
    'Traceback (most recent call last):',
    'fatal: repository not found',
    'E   ImportError',
    'KeyError: OPENAI_API_KEY',
    'permission denied',
    'Timeout: could not connect'
  ])('are those that read like an error: %s', (message) => {
    expect(telling('Step 1', message, 'Step 2')).toEqual([message])
  })

  test.each(['ERROR', 'CRITICAL', 'FATAL', 'error'])('are those of level %s, whatever they say', (level) => {
    expect(telling('a', { id: undefined, level, message: 'exit code 1' }, 'b')).toEqual(['exit code 1'])
  })

  test('are the last eight of them', () => {
    const errors = Array.from({ length: 12 }, (_, index) => `Error: ${index}`)
    expect(telling(...errors, 'cleaning up')).toEqual(errors.slice(-8))
  })

  test('are the last three when none reads like an error', () => {
    expect(telling('a', 'b', 'c', 'd')).toEqual(['b', 'c', 'd'])
    expect(telling('a')).toEqual(['a'])
    expect(telling()).toEqual([])
  })

  test.each([
    ['Pulling image ghcr.io/acme/error-agent:1'],
    ['Pushing to https://registry.example.com/fatal/agent'],
    ['Listening on failed-jobs.example.com'],
    ['Starting missing-data-agent']
  ])('are not those in which only the name of something reads like an error: %s', (message) => {
    const entries = [message, 'Step 1', 'Step 2', 'Step 3'].map((text) => entry(text))
    expect(tellingLines(entries, 'build', ['missing-data-agent'])).toEqual({
      isTelling: false,
      isCause: false,
      lines: ['Step 1', 'Step 2', 'Step 3'],
      advice: ''
    })
  })

  test.each([
    'langgraph.errors.InvalidUpdateError: Can receive only one value',
    'Error: ghcr.io/acme/agent:1 was not found',
    "FileNotFoundError: [Errno 2] No such file or directory: '/deps/agent/langgraph.json'"
  ])('are still those that tell an error beside such a name: %s', (message) => {
    expect(tellingLines([entry('Step 1'), entry(message), entry('Step 2')], 'build')).toMatchObject({
      isTelling: true,
      lines: [message]
    })
  })

  test('are found in no time in a line without an end', () => {
    const before = performance.now()
    expect(tellingLines([entry('a/b.c-'.repeat(500_000))], 'build').isTelling).toBe(false)
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})
