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

/** A growing log. Its pages begin `overlap` lines before the cursor, and the last page has no cursor. */
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

/** Reads like a run: one request whenever the log has grown, and the rest at the end. */
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

describe('createLogReader', () => {
  const kinds = [
    ['with IDs', {}],
    ['without IDs', { withIds: false }],
    ['with pages that repeat lines of the previous page', { overlap: 3 }],
    ['with a cursor on every page', { alwaysCursor: true }],
    ['with small pages', { limit: 7 }],
    ['with small pages and without IDs', { limit: 7, withIds: false }]
  ] as const

  test.each(kinds)('returns each line once %s', async (_, kind) => {
    expect(await readGrowing(growingLog(kind), [0, 2, 0, 5, 1, 0, 9])).toEqual(line(17))
  })

  test.each(kinds)('returns each line once at any growth, %s', async (_, kind) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 30 }), { maxLength: 12 }), async (steps) => {
        const total = steps.reduce((sum, lines) => sum + lines, 0)
        expect(await readGrowing(growingLog(kind), steps)).toEqual(line(total))
      }),
      { numRuns: 100 }
    )
  })

  test.each(kinds.slice(0, 4))('returns all of 5,000 lines once %s', async (_, kind) => {
    const steps = Array.from({ length: 40 }, () => 125)
    expect(await readGrowing(growingLog(kind), steps)).toEqual(line(5_000))
  })

  test('requests the same page while the cursor is null', async () => {
    const log = growingLog()
    const readNext = createLogReader(log.read)
    log.grow(3)
    expect(await readNext()).toMatchObject({ more: false, entries: numbered(0, 3) })
    expect(await readNext()).toEqual({ more: false, entries: [] })
    log.grow(1)
    expect(await readNext()).toEqual({ more: false, entries: numbered(3, 4) })
    expect(log.asked).toEqual([undefined, undefined, undefined])
  })

  test('keeps the last cursor if a later one is null', async () => {
    const log = growingLog({ limit: 2 })
    const readNext = createLogReader(log.read)
    log.grow(3)
    expect((await readNext()).more).toBe(true)
    expect((await readNext()).more).toBe(false)
    await readNext()
    expect(log.asked).toEqual([undefined, '2', '2'])
  })

  test('sends one request per call, and reports if another page is available', async () => {
    const log = growingLog({ limit: 10 })
    const readNext = createLogReader(log.read)
    log.grow(25)
    const more = [await readNext(), await readNext(), await readNext()].map((page) => page.more)
    expect({ more, requests: log.asked.length }).toEqual({ more: [true, true, false], requests: 3 })
  })

  test('keeps its position after a failed request', async () => {
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

  test('does not loop if the server repeats a cursor', async () => {
    const readNext = createLogReader(async () => ({ entries: [entry('a', 'id')], next: 'x' }))
    expect(await readNext()).toMatchObject({ more: true })
    expect(await readNext()).toEqual({ more: false, entries: [] })
    expect(await readNext()).toEqual({ more: false, entries: [] })
  })

  test('stops at empty pages with new cursors', async () => {
    let cursor = 0
    const readNext = createLogReader(async () => {
      cursor += 1
      return { entries: [], next: `${cursor}` }
    })
    expect(await readNext()).toEqual({ more: false, entries: [] })
  })
})

type Script = Readonly<Partial<Record<LogKind, readonly (LogPage | Error)[]>>>

/** A stream that reads the pages in turn, the last one repeatedly, and its output. */
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

describe('createLogStream', () => {
  test('shows the build log and then the deploy log', async () => {
    const logs = stream({ build: [page('b1'), page('b1', 'b2')], deploy: [page('d1'), page('d1', 'd2')] })
    for (const status of ['BUILDING', 'AWAITING_DEPLOY', 'DEPLOYING', 'DEPLOYED']) await logs.look(at(status))
    await logs.finish()
    expect(logs.shown).toEqual(['build b1@1', 'build b2@1', 'deploy d1@1', 'deploy d2@1'])
    expect(logs.asked[0]).toEqual({ kind: 'build', order: 'asc', limit: 1_000, offset: undefined })
  })

  test.each(['CREATING', 'QUEUED', 'AWAITING_BUILD', 'UNKNOWN', 'SOMETHING_NEW'])(
    'sends no request while the revision is %s',
    async (status) => {
      const logs = stream({})
      await logs.look(at(status))
      expect(logs.asked).toEqual([])
    }
  )

  test('sends at most one request per poll', async () => {
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

  test('shows only the deploy log of an image', async () => {
    const logs = stream({ build: [page('b')], deploy: [page('d')] })
    for (const status of ['DEPLOYING', 'DEPLOYED']) await logs.look(at(status, 'external_docker'))
    await logs.finish()
    expect(logs.shown).toEqual(['deploy d@1'])
    expect(logs.asked.map(({ kind }) => kind)).not.toContain('build')
  })

  test('starts again for a newer revision', async () => {
    const logs = stream({ build: [page('b')], deploy: [page('d')] })
    await logs.look(at('BUILDING'))
    await logs.look(at('DEPLOYING'))
    for (const status of ['BUILDING', 'DEPLOYING', 'DEPLOYED']) await logs.look(at(status, 'github', NEWER_ID))
    await logs.finish()
    expect(logs.shown).toEqual(['build b@1', 'build b@2', 'deploy d@2'])
  })

  test.each(['BUILD_FAILED', 'DEPLOY_FAILED', 'CREATE_FAILED', 'INTERRUPTED', 'SKIPPED'])(
    'shows the rest of the log after %s',
    async (status) => {
      const logs = stream({ build: [page('b1'), page('b1', 'b2')], deploy: [page('d')] })
      await logs.look(at('BUILDING'))
      await logs.look(at(status))
      await logs.finish()
      expect(logs.shown).toEqual(['build b1@1', 'build b2@1', 'deploy d@1'])
    }
  )

  test('warns once about a log that is never readable, and stops', async () => {
    const logs = stream({ build: [new Error('returned 500')] })
    for (let look = 0; look < 10; look += 1) await logs.look(at('BUILDING'))
    await logs.finish()
    expect(logs.warnings).toEqual([expect.stringContaining('returned 500')])
    expect(logs.asked).toHaveLength(3)
  })

  test('tolerates temporary failures', async () => {
    const failure = new Error('cut')
    const logs = stream({ build: [failure, failure, page('b1'), failure, failure, page('b1', 'b2')] })
    for (let look = 0; look < 6; look += 1) await logs.look(at('BUILDING'))
    expect(logs.shown).toEqual(['build b1@1', 'build b2@1'])
    expect(logs.warnings).toEqual([])
  })

  test('loses no line after a failure at the end, or reports the loss', async () => {
    const logs = stream({ build: [page('b1'), new Error('cut'), page('b1', 'b2')], deploy: [page('d')] })
    await logs.look(at('BUILDING'))
    await logs.look(at('BUILD_FAILED'))
    await logs.finish()
    expect(logs.warnings.length > 0 || logs.shown.includes('build b2@1')).toBe(true)
  })

  test('loses no line after a failure in the last read, or reports the loss', async () => {
    const first: LogPage = { entries: [entry('b1', 'b1')], next: '1' }
    const logs = stream({ build: [first, new Error('cut'), page('b2')] })
    await logs.look(at('BUILD_FAILED'))
    await logs.finish()
    expect(logs.warnings.length > 0 || logs.shown.includes('build b2@1')).toBe(true)
  })

  test('shows lines of the build log that appear after the status changes', async () => {
    const logs = stream({ build: [page('b1'), page('b1'), page('b1', 'b2')], deploy: [page('d')] })
    for (const status of ['BUILDING', 'AWAITING_DEPLOY', 'DEPLOYING', 'DEPLOYED']) await logs.look(at(status))
    await logs.finish()
    expect(logs.shown).toContain('build b2@1')
  })

  test.each([
    ['the job is canceled', new CancelledError()],
    ['the timeout passes', new DeadlineError()]
  ])('does not warn if %s', async (_, error) => {
    const logs = stream({ build: [page('b1'), error], deploy: [error] })
    await logs.look(at('BUILDING'))
    for (let nth = 1; nth <= 4; nth += 1) await logs.look(at('BUILDING'))
    await logs.finish()
    expect(logs.warnings).toEqual([])
    expect(logs.shown).toEqual(['build b1@1'])
  })

  test('stops reading after 20 seconds, because the health check follows', async () => {
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

  test('stops reading each log after 100 pages, with a note about the rest', async () => {
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

describe('readLogOfFailure', () => {
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
  ])('reads, after %s, the logs %j', (status, kinds) => {
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

  test('returns the last 50 lines, oldest first, with one request', async () => {
    const newestFirst = { entries: numbered(100, 180).reverse(), next: undefined }
    const { log, asked } = await reading('BUILD_FAILED', { build: newestFirst })
    expect(log).toEqual({ kind: 'build', entries: numbered(130, 180), searched: numbered(100, 180) })
    expect(asked).toEqual([{ kind: 'build', order: 'desc', limit: 1_000, offset: undefined }])
  })

  test('uses one page even if the server returns more lines', async () => {
    const { log } = await reading('DEPLOY_FAILED', {
      deploy: { entries: numbered(0, 1_200).reverse(), next: undefined }
    })
    expect(log).toEqual({ kind: 'deploy', entries: numbered(1_150, 1_200), searched: numbered(200, 1_200) })
  })

  const CAUSE = "ModuleNotFoundError: No module named 'tavily'"
  const cleaningUp = (from: number) => ({ entries: numbered(from, from + 1_000).reverse(), next: `${from}` })

  test('also reads the lines with level ERROR if a long log shows no cause', async () => {
    const errors = { entries: [{ ...entry(CAUSE), level: 'ERROR' }], next: undefined }
    const { log, asked } = await searching('BUILD_FAILED', ({ level }) => (level ? errors : cleaningUp(5_000)))
    expect(asked.map(({ level, offset }) => level ?? offset)).toEqual([undefined, 'ERROR'])
    expect(log?.entries).toEqual(numbered(5_950, 6_000))
    expect(tellingLines(log?.searched ?? [], 'build')).toMatchObject({ isTelling: true, lines: [CAUSE] })
  })

  test('also reads older lines up to the cause if the lines with level ERROR show none', async () => {
    const pages: Record<string, LogPage> = { 5000: { entries: [entry('b'), entry(CAUSE), entry('a')], next: '4000' } }
    const { log, asked } = await searching('BUILD_FAILED', ({ level, offset }) =>
      level ? { entries: [entry('ERROR')], next: undefined } : (pages[offset ?? ''] ?? cleaningUp(5_000))
    )
    expect(asked.map(({ level, offset }) => level ?? offset)).toEqual([undefined, 'ERROR', '5000'])
    expect(messagesOf(log?.searched ?? []).slice(0, 4)).toEqual(['a', CAUSE, 'b', '5000'])
  })

  test('stops at a cause', async () => {
    const told = { entries: [entry('bye'), entry(CAUSE)], next: '10' }
    expect((await searching('BUILD_FAILED', () => told)).asked).toHaveLength(1)
  })

  test('continues if the only cause is a server that was not ready in time', async () => {
    const late = { entries: [entry('Timeout: Deployment is not ready after 300 seconds.')], next: '10' }
    const errors = { entries: [entry(CAUSE)], next: undefined }
    const { log } = await searching('DEPLOY_FAILED', ({ level }) => (level ? errors : late))
    expect(tellingLines(log?.searched ?? [], 'deploy').lines).toEqual([CAUSE])
  })

  test('sends at most four requests', async () => {
    let from = 1_000_000
    const { asked } = await searching('CREATE_FAILED', ({ level }) => {
      if (level) return { entries: [], next: undefined }
      from -= 1_000
      return cleaningUp(from)
    })
    expect(asked).toHaveLength(4)
  })

  test('sends no request after 20 seconds', async () => {
    let now = 0
    const slow = () => {
      now += 21_000
      return cleaningUp(0)
    }
    const { asked } = await searching('BUILD_FAILED', slow, { clock: { now: () => now } })
    expect(asked).toHaveLength(1)
  })

  test('sends no request after millions of characters', async () => {
    const long = { entries: [entry('a'.repeat(9_000_000))], next: '1' }
    expect((await searching('BUILD_FAILED', () => long)).asked).toHaveLength(1)
  })

  test('returns the lines so far if a later request fails', async () => {
    const { log, asked } = await searching('BUILD_FAILED', ({ level }) => {
      if (level) throw new Error('no such parameter')
      return cleaningUp(5_000)
    })
    expect(log?.entries).toEqual(numbered(5_950, 6_000))
    expect(asked).toHaveLength(3)
  })

  test('throws if the job is canceled', async () => {
    const searchingOn = searching('BUILD_FAILED', ({ level }) => {
      if (level) throw new CancelledError()
      return cleaningUp(5_000)
    })
    await expect(searchingOn).rejects.toThrow(CancelledError)
  })

  test('returns the lines so far at the deadline', async () => {
    const { log } = await searching('BUILD_FAILED', ({ level }) => {
      if (level) throw new DeadlineError()
      return cleaningUp(5_000)
    })
    expect(log?.entries).toHaveLength(50)
  })

  test('never reads the build log of an image', async () => {
    const revision = at('CREATE_FAILED', 'external_docker')
    const { asked } = await searching('CREATE_FAILED', () => page(), { revision })
    expect(asked.map(({ kind }) => kind)).toEqual(['deploy'])
  })

  test('reuses streamed lines', async () => {
    const known = () => numbered(0, 70)
    const { log, asked } = await searching('BUILD_FAILED', () => page('other'), { known })
    expect(log).toEqual({ kind: 'build', entries: numbered(20, 70), searched: numbered(0, 70) })
    expect(asked).toEqual([])
  })

  test('reads the log again if the server may have logged more', async () => {
    const known = () => numbered(0, 70)
    const { log } = await searching('DEPLOYED', () => page('newer'), { known })
    expect(messagesOf(log?.entries ?? [])).toEqual(['newer'])
  })

  test.each<[string, Partial<Record<LogKind, LogPage>>, LogKind | undefined, number]>([
    ['the build log if it has lines', { build: page('b'), deploy: page('d') }, 'build', 1],
    ['the deploy log if the build log is empty', { deploy: page('d') }, 'deploy', 2],
    ['no log if both are empty', {}, undefined, 2]
  ])('reads, after CREATE_FAILED, %s', async (_, logs, kind, requests) => {
    const { log, asked } = await reading('CREATE_FAILED', logs)
    expect([log?.kind, asked.length]).toEqual([kind, requests])
  })

  test('reads nothing if no phase failed', async () => {
    expect(await reading('INTERRUPTED', { build: page('b') })).toEqual({ log: undefined, asked: [] })
  })
})

describe('the lines that show the cause', () => {
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
  ])('include lines that look like an error: %s', (message) => {
    expect(telling('Step 1', message, 'Step 2')).toEqual([message])
  })

  test.each(['ERROR', 'CRITICAL', 'FATAL', 'error'])('include lines with level %s', (level) => {
    expect(telling('a', { id: undefined, level, message: 'exit code 1' }, 'b')).toEqual(['exit code 1'])
  })

  test('are limited to the last eight', () => {
    const errors = Array.from({ length: 12 }, (_, index) => `Error: ${index}`)
    expect(telling(...errors, 'cleaning up')).toEqual(errors.slice(-8))
  })

  test('are the last three if none looks like an error', () => {
    expect(telling('a', 'b', 'c', 'd')).toEqual(['b', 'c', 'd'])
    expect(telling('a')).toEqual(['a'])
    expect(telling()).toEqual([])
  })

  test.each([
    ['Pulling image ghcr.io/acme/error-agent:1'],
    ['Pushing to https://registry.example.com/fatal/agent'],
    ['Listening on failed-jobs.example.com'],
    ['Starting missing-data-agent']
  ])('exclude lines in which only a name looks like an error: %s', (message) => {
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
  ])('include lines with an error beside such a name: %s', (message) => {
    expect(tellingLines([entry('Step 1'), entry(message), entry('Step 2')], 'build')).toMatchObject({
      isTelling: true,
      lines: [message]
    })
  })

  test('are found quickly in an extremely long line', () => {
    const before = performance.now()
    expect(tellingLines([entry('a/b.c-'.repeat(500_000))], 'build').isTelling).toBe(false)
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})
