import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseDuration } from '../../src/inputs/duration.ts'
import { faultOfDuration } from '../../src/inputs/faults.ts'
import { createReader, InputError } from '../../src/inputs/reader.ts'
import type { InputName } from '../../src/inputs/table.ts'

describe('a duration', () => {
  test.each<[string, number]>([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['1h30m', 5_400_000],
    ['2h', 7_200_000],
    ['1h5s', 3_605_000],
    ['1H30M', 5_400_000],
    ['90', 90_000],
    ['0', 0],
    ['007', 7_000]
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  test.each(['', ' ', 'h', '30 m', '1.5h', '-1', '+5', '30m1h', '10ms', '1d', '1m1m', 'abc', '0x10', '1e3', '٣٠'])(
    'is not parsed from %j',
    (text) => {
      expect(parseDuration(text)).toBeUndefined()
    }
  )

  test('is the sum of its parts', () => {
    const part = fc.option(fc.nat({ max: 999 }), { nil: undefined })
    fc.assert(
      fc.property(part, part, part, (hours, minutes, seconds) => {
        const text = [hours, minutes, seconds].map((n, i) => (n === undefined ? '' : `${n}${'hms'[i]}`)).join('')
        const ms = ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000
        expect(parseDuration(text)).toBe(text === '' ? undefined : ms)
      })
    )
  })
})

describe('the reader', () => {
  test("finds an input by the runner's name", () => {
    expect(createReader({ 'INPUT_API-KEY': ' x ' }).text('api-key')).toBe('x')
  })

  test('accepts only names of the table, with the kind of their row', () => {
    const reader = createReader({ 'INPUT_DISPLAY-NAME': 'x' })
    // @ts-expect-error: misspelled name
    expect(reader.text('display-nmae')).toBeUndefined()
    // @ts-expect-error: a choice, not a flag
    const read = () => reader.flag('command')
    expect(read()).toBe(false)
  })

  test('returns a text verbatim, or `undefined` if it is blank', () => {
    const reader = createReader({ INPUT_SECRETS: ' A=b \n', 'INPUT_SECRETS-FILE': ' \n ' })
    expect(reader.verbatim('secrets')).toBe(' A=b \n')
    expect(reader.verbatim('secrets-file')).toBeUndefined()
    expect(reader.verbatim('name')).toBeUndefined()
  })

  test.each<[InputName, string, boolean]>([
    ['wait', 'false', true],
    ['wait', 'true', false],
    ['wait', ' true ', false],
    ['wait', 'True', false],
    ['region', 'us', false],
    ['region', 'eu', true],
    ['name', 'agent', true],
    ['name', '  ', false]
  ])('reports for %s %j if the user set it: %s', (input, value, expected) => {
    expect(createReader({ [`INPUT_${input.toUpperCase()}`]: value }).isWritten(input)).toBe(expected)
  })

  test('continues with a valid value after a problem, so that one run reports all problems', () => {
    const reader = createReader({
      INPUT_LOGS: 'mars',
      INPUT_WAIT: 'maybe',
      INPUT_TIMEOUT: 'x',
      'INPUT_SOURCE-TYPE': '?',
      'INPUT_HEALTH-CHECK': 'maybe'
    })
    expect(reader.choice('logs')).toBe('on-failure')
    expect(reader.choice('source-type')).toBe('github')
    expect(reader.flag('wait')).toBe(false)
    expect(reader.duration('timeout')).toBeUndefined()
    expect(reader.autoFlag('health-check')).toBe('auto')
    expect(reader.problems.map(({ input }) => input)).toEqual([
      'logs',
      'source-type',
      'wait',
      'timeout',
      'health-check'
    ])
  })

  test('reports an invalid value once, regardless of how often it is read', () => {
    const reader = createReader({ INPUT_PREVIEW: 'maybe' })
    for (let time = 0; time < 3; time += 1) expect(reader.flag('preview')).toBe(false)
    reader.check(['preview'])
    expect(reader.problems).toEqual([{ input: 'preview', text: 'expected `true` or `false`, got "maybe".' }])
  })

  test('checks unread inputs according to their kind, and adds no second problem', () => {
    const reader = createReader({ INPUT_WAIT: 'maybe', 'INPUT_REVISION-ID': 'x', INPUT_NAME: '?' })
    reader.problem('revision-id', 'does not go with something.')
    reader.check(['wait', 'revision-id', 'name', 'timeout'])
    expect(reader.problems.map(({ input }) => input)).toEqual(['revision-id', 'wait'])
  })

  test('uses the first choice without a value and a default', () => {
    const reader = createReader({})
    expect(reader.choice('source-type')).toBe('github')
    expect(reader.duration('poll-interval')).toBeUndefined()
    expect(reader.problems).toEqual([])
  })

  test.each<[string, number, number, string]>([
    ['4s', 5_000, 7_200_000, 'a duration from 5s to 2h'],
    ['3h', 5_000, 7_200_000, 'a duration from 5s to 2h'],
    ['2h', 60_000, 3_600_000, 'a duration from 1m to 1h']
  ])('reports the bounds for %s outside of them', (value, least, most, bounds) => {
    expect(faultOfDuration(value, { least, most })).toBe(`expected ${bounds}, got "${value}".`)
  })

  test.each(['5s', '2h'])('accepts the bound %s', (value) => {
    expect(faultOfDuration(value, { least: 5_000, most: 7_200_000 })).toBeUndefined()
  })
})

test('the input error lists 20 problems and the number of further ones', () => {
  const problems = (count: number) => Array.from({ length: count }, (_, nth) => ({ input: 'x', text: `${nth}` }))
  expect(new InputError(problems(20)).message.split('\n')).toHaveLength(20)
  const error = new InputError(problems(23))
  expect(error.message.split('\n').slice(19)).toEqual(['`x` 19', '… and 3 more.'])
  expect(error.problems).toHaveLength(23)
})

test('the input error has one line for each problem', () => {
  const error = new InputError([
    { input: 'name', text: 'is missing.' },
    { input: 'wait', text: 'is "x".' }
  ])
  expect(error.message).toBe('`name` is missing.\n`wait` is "x".')
  expect(error.problems).toHaveLength(2)
})
