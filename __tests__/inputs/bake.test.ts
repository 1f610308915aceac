import { describe, expect, test } from '@jest/globals'
import { problemsOf, readDeploy } from './environment.ts'

const IMAGE = { 'image-uri': 'ghcr.io/acme/agent:2' }
type Inputs = Readonly<Record<string, string>>
const bakeOf = async (inputs: Inputs) => (await readDeploy({ inputs: { ...IMAGE, ...inputs } })).bake

describe('the bake', () => {
  test.each<[string, Inputs, unknown]>([
    ['no input', {}, undefined],
    ['the default of `min-runs` only', { 'min-runs': '20' }, undefined],
    [
      'one limit',
      { bake: '10m', 'max-error-rate': '5%' },
      { forMs: 600_000, maxErrorRate: 0.05, maxLatencyP99: undefined, minRuns: 20 }
    ],
    [
      'all inputs',
      { bake: '1h', 'max-error-rate': '0.01', 'max-latency-p99': '500ms', 'min-runs': '100' },
      { forMs: 3_600_000, maxErrorRate: 0.01, maxLatencyP99: 0.5, minRuns: 100 }
    ],
    ['an error rate of 0%', { bake: '90s', 'max-error-rate': '0' }, expect.objectContaining({ maxErrorRate: 0 })]
  ])('is read for %s', async (_, inputs, expected) => {
    expect(await bakeOf(inputs)).toEqual(expected)
  })

  test.each<[Inputs, string, RegExp]>([
    [
      { bake: '10m' },
      'bake',
      /^has no limit, so it can never fail\. Set `max-error-rate` \(such as `5%`\), `max-latency-p99` \(such as `20s`\), or both\./
    ],
    [
      { bake: '10 minutes', 'max-error-rate': '5%' },
      'bake',
      /^expected a duration, got "10 minutes"\. Did you mean `10m`\?$/
    ],
    [
      { bake: '10m', 'max-error-rate': '5' },
      'max-error-rate',
      /^expected a rate such as `5%` or `0\.05`, got "5"\. Did you mean `5%`\?$/
    ],
    [
      { bake: '10m', 'max-error-rate': '120%' },
      'max-error-rate',
      /^expected a rate such as `5%` or `0\.05`, got "120%"\./
    ],
    [
      { bake: '10', 'max-error-rate': '5%' },
      'bake',
      /^expected a duration with a unit, got "10"\. Use `10m` for minutes or `10s` for seconds\./
    ],
    [
      { bake: '600000', 'max-error-rate': '5%' },
      'bake',
      /^expected a duration with a unit, got "600000"\. Use `600000m` for minutes or `600000s` for seconds\./
    ],
    [
      { bake: '10m', 'max-latency-p99': '2000' },
      'max-latency-p99',
      /^expected a duration such as `20s`, `2\.5s` or `500ms`, got "2000"\. Use `2000s` for seconds or `2000ms` for milliseconds\./
    ],
    [
      { bake: '10m', 'max-latency-p99': 'fast' },
      'max-latency-p99',
      /^expected a duration such as `20s`, `2\.5s` or `500ms`, got "fast"\./
    ],
    [
      { bake: '10m', 'max-error-rate': '5%', 'min-runs': '0' },
      'min-runs',
      /^expected a whole number from 1 to 1000000000, got "0"\./
    ],
    [{ bake: '10m', 'max-error-rate': '5%', 'min-runs': '1.5' }, 'min-runs', /whole number/]
  ])('rejects %j', async (inputs, input, text) => {
    expect(await problemsOf({ inputs: { ...IMAGE, ...inputs } })).toEqual([
      { input, text: expect.stringMatching(text) }
    ])
  })

  test.each<[Inputs, RegExp]>([
    [{ 'max-error-rate': '5%' }, /^`max-error-rate` has no effect without `bake`/],
    [{ 'max-error-rate': '5%', 'min-runs': '5' }, /^`max-error-rate`, `min-runs` have no effect without `bake`/],
    [{ bake: '10m', 'max-error-rate': '5%', wait: 'false' }, /^`bake` has no effect with `wait: false`/]
  ])('reports inputs without effect in a notice: %j', async (inputs, notice) => {
    expect((await readDeploy({ inputs: { ...IMAGE, ...inputs } })).notices).toEqual([expect.stringMatching(notice)])
  })

  test('makes `rollback-on-failure` effective without a health check', async () => {
    const inputs = { ...IMAGE, 'rollback-on-failure': 'true', 'health-check': 'false' }
    expect((await readDeploy({ inputs })).notices).toHaveLength(1)
    expect((await readDeploy({ inputs: { ...inputs, bake: '10m', 'max-error-rate': '5%' } })).notices).toEqual([])
  })
})
