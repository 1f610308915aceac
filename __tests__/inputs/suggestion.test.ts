import { expect, test } from '@jest/globals'
import { probableDuration, writtenDuration } from '../../src/inputs/duration.ts'
import { problemsOf } from './environment.ts'

test.each<[input: string, written: string, meant: string | undefined]>([
  ['command', 'rollback', 'redeploy'],
  ['command', 'roll-back', 'redeploy'],
  ['command', 'revert', 'redeploy'],
  ['command', 'destroy', 'delete'],
  ['command', 'remove', 'delete'],
  ['command', 'down', 'delete'],
  ['command', 'update', 'deploy'],
  ['command', 'create', 'deploy'],
  ['command', 'up', 'deploy'],
  ['command', 'watch', 'wait'],
  ['command', 'describe', 'status'],
  ['command', 'Deploy', 'deploy'],
  ['command', 'depoly', 'deploy'],
  ['command', 'langgraph', undefined],
  ['source-type', 'docker', 'external_docker'],
  ['source-type', 'external-docker', 'external_docker'],
  ['source-type', 'GitHub', 'github'],
  ['source-type', 'local', 'internal_source'],
  ['secrets-mode', 'overwrite', 'replace'],
  ['secrets-mode', 'Merge', 'merge'],
  ['region', 'mars', undefined],
  ['logs', 'on_failure', 'on-failure'],
  ['logs', 'always', 'stream'],
  ['logs', 'false', 'off'],
  ['on-superseded', 'ignore', 'warn'],
  ['on-timeout', 'cancel', 'interrupt'],
  ['on-cancel', 'stop', 'interrupt'],
  ['if-missing', 'error', 'fail'],
  ['wait', 'yes', 'true'],
  ['dry-run', 'on', 'true'],
  ['preview', '0', 'false'],
  ['comment', 'ture', undefined],
  ['health-check', 'yes', 'true'],
  ['build-on-push', 'off', 'false']
])('%s: "%s" suggests %s', async (input, written, meant) => {
  const [problem, ...others] = (await problemsOf({ inputs: { [input]: written } })).filter((one) => one.input === input)
  expect(others).toEqual([])
  if (meant)
    expect(problem?.text).toMatch(new RegExp(`^expected .+, got "${written}"\\. Did you mean \`${meant}\`\\?$`))
  else expect(problem?.text).toMatch(/^expected .+, got ".+"\.$/)
})

test.each([
  ['30 minutes', '30m'],
  ['30min', '30m'],
  ['30 m', '30m'],
  ['PT30M', '30m'],
  ['P1DT2H', '26h'],
  ['1.5h', '1h30m'],
  ['1h 30m', '1h30m'],
  ['00:30:00', '30m'],
  ['90 sec', '1m30s'],
  ['500ms', undefined],
  ['soon', undefined],
  ['3 fortnights', undefined],
  ['-30m', undefined],
  ['', undefined]
])('the duration %j suggests %s', (text, meant) => {
  expect(probableDuration(text)).toBe(meant)
})

test('an error for a number of milliseconds explains that the unit is seconds', async () => {
  expect(await problemsOf({ inputs: { timeout: '1800000' } })).toEqual([
    {
      input: 'timeout',
      text: 'expected a duration from 1s to 120h, got "1800000". A number without a unit is in seconds.'
    }
  ])
  expect(await problemsOf({ inputs: { timeout: 'PT30M' } })).toEqual([
    { input: 'timeout', text: 'expected a duration, got "PT30M". Did you mean `30m`?' }
  ])
  expect(writtenDuration(0)).toBe('0s')
})
