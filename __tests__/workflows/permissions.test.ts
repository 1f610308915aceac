import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { at, records } from '../support/json.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const workflows = globSync('.github/workflows/*.yml', { cwd: root })
  .sort()
  .map((path) => ({ name: basename(path), document: load(readFileSync(`${root}/${path}`, 'utf8')) }))
const jobs = workflows.flatMap(({ name, document }) =>
  Object.entries(Object(at(document, 'jobs'))).map(([id, job]) => ({ name: `${name} ${id}`, job }))
)

/** The allowed write permissions of each job. */
function writes(job: unknown): readonly string[] {
  return Object.entries(Object(at(job, 'permissions')))
    .filter(([, kind]) => kind === 'write')
    .map(([name]) => name)
}

test('a workflow has no write permissions, except in jobs that list them', () => {
  for (const { name, document } of workflows) {
    expect([name, at(document, 'permissions')]).toEqual([name, name === 'ci.yml' ? { contents: 'read' } : {}])
  }
  const writing = jobs.map(({ name, job }) => [name, writes(job).join(', ')]).filter(([, list]) => list !== '')
  expect(Object.fromEntries(writing)).toEqual({
    'preview.yml preview': 'deployments, pull-requests',
    'rebuild.yml commit': 'contents',
    'release.yml draft': 'contents, id-token, attestations',
    'release.yml move-major-tag': 'contents',
    'security.yml codeql': 'security-events',
    'security.yml scorecard': 'security-events, id-token'
  })
})

test('a job with write permissions installs no packages and leaves no token in the checkout', () => {
  for (const { name, job } of jobs.filter(({ job }) => writes(job).length > 0)) {
    for (const step of records(at(job, 'steps'))) {
      expect([name, step.run ?? '']).toEqual([
        name,
        expect.not.stringMatching(/\b(npm|npx|pip|go) (ci|i|install|run|x)\b/)
      ])
      if (String(step.uses).startsWith('actions/checkout@')) {
        expect([name, at(step, 'with', 'persist-credentials')]).toEqual([name, false])
      }
    }
  }
})

test('every job has a time limit', () => {
  const endless = jobs.filter(({ job }) => at(job, 'uses') === undefined && at(job, 'timeout-minutes') === undefined)
  expect(endless.map(({ name }) => name)).toEqual([])
})
