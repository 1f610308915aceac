import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { makeFolder } from '../support/folder.ts'
import { startGithubServer } from '../support/github-server.ts'
import { ROOT } from '../support/sources.ts'
import { skopeo, standIns } from '../support/stand-in.ts'
import { annotated, FROM_IMAGE, IMAGE, type Inputs, withPlane } from './support.ts'

/*
 * A download of the action that broke off, or that a virus scanner changed: a file of dist/ is missing, empty or cut
 * off.
 */

type Damage = 'missing' | 'empty' | 'cut off'

const DIST = path.join(ROOT, 'dist')

/** The files of the bundle with the definition of a function. */
function filesWith(definition: string): readonly string[] {
  const found = readdirSync(DIST).filter(
    (name) => /^\d+\.main\.js$/.test(name) && readFileSync(path.join(DIST, name), 'utf8').includes(definition)
  )
  expect(found).not.toEqual([])
  return found
}

/** Copies the action, and damages these files of the bundle. */
function damagedAction(files: readonly string[], damage: Damage): string {
  const folder = makeFolder('incomplete-')
  cpSync(path.join(ROOT, 'action.yml'), path.join(folder, 'action.yml'))
  cpSync(DIST, path.join(folder, 'dist'), { recursive: true })
  for (const name of files) {
    const file = path.join(folder, 'dist', name)
    const text = readFileSync(file, 'utf8')
    if (damage === 'missing') rmSync(file)
    else writeFileSync(file, damage === 'empty' ? '' : text.slice(0, text.lastIndexOf('return')))
  }
  return folder
}

const PROOF = 'function proveAgent('
const LOG_STREAM = 'function createLogStream('
const BAKE = 'function proveAndBake('
const SESSIONS = 'function openSessions('
const VERDICT = 'function verdictOf('
const LAST_STEP = /Rerun the job, so that the runner downloads the action again\./

describe('an action with incomplete files', () => {
  test.concurrent.each<[string, Damage, string, Inputs]>([
    ['the check of graphs', 'missing', PROOF, { 'verify-graphs': 'true' }],
    ['the check of graphs', 'cut off', PROOF, { 'verify-graphs': 'true' }],
    ['the check of graphs', 'empty', PROOF, { 'verify-graphs': 'true' }],
    ['the smoke test', 'missing', PROOF, { 'smoke-test': '{graph: agent, input: {messages: []}}' }],
    ['the log stream', 'missing', LOG_STREAM, { logs: 'stream' }],
    ['the bake', 'missing', BAKE, { bake: '1m', 'max-error-rate': '5%' }],
    ['the LangSmith API', 'missing', SESSIONS, { bake: '1m', 'max-error-rate': '5%' }],
    ['the interruption at the timeout', 'missing', VERDICT, { 'on-timeout': 'interrupt' }],
    ['the verdicts', 'cut off', VERDICT, {}]
  ])('ends before the first write if the file of %s is %s', (_, damage, what, inputs) =>
    withPlane(async (plane) => {
      // The bundle can contain a function in several files, and a run needs only one of them.
      let ended = 0
      for (const name of filesWith(what)) {
        const { run, writes } = await plane.run({ ...FROM_IMAGE, ...inputs }, { action: damagedAction([name], damage) })
        if (run.exitCode === 0) continue
        ended += 1
        expect(writes).toEqual([])
        expect(run).toMatchObject({ exitCode: 1, rawStderr: '', outputs: { status: 'error' } })
        expect(run.annotations).toHaveLength(1)
        expect(run.annotations[0]).toMatchObject({ level: 'error', title: 'Files of the action are incomplete' })
        expect(annotated(run)).toMatch(LAST_STEP)
        expect(annotated(run)).not.toMatch(/Unexpected error|Cannot find|debug logging|\/dist\//)
        if (damage === 'missing') expect(annotated(run)).toContain(`(${name} is missing)`)
        expect(run.post?.annotations).toEqual([])
      }
      expect(ended).toBe(1)
    })
  )

  test.concurrent.each<[string, Inputs]>([
    ['redeploy', { command: 'redeploy' }],
    ['delete', { command: 'delete' }],
    ['interrupt', { command: 'interrupt' }]
  ])('changes nothing with command: %s', (_, inputs) =>
    withPlane(async (plane) => {
      await plane.seed('agent', { images: ['ghcr.io/acme/agent:1', IMAGE] })
      if (inputs.command === 'interrupt') {
        await plane.scenario({ revisions: [{ statuses: ['DEPLOYING'], final: null }] })
        const [agent] = await plane.deployments()
        await plane.api('PATCH', `/v2/deployments/${agent?.id}`, {
          source_revision_config: { image_uri: 'ghcr.io/acme/agent:3' }
        })
      }
      const { run, writes } = await plane.run(inputs, { action: damagedAction(filesWith(VERDICT), 'missing') })
      expect(writes).toEqual([])
      expect(run).toMatchObject({ exitCode: 1, outputs: { status: 'error' } })
      expect(annotated(run)).toMatch(LAST_STEP)
    })
  )

  test.concurrent('deploys without the files that its inputs do not request', () =>
    withPlane(async (plane) => {
      const { run } = await plane.run(FROM_IMAGE, { action: damagedAction(filesWith(PROOF), 'missing') })
      expect(run).toMatchObject({ exitCode: 0, annotations: [], outputs: { status: 'deployed' } })
    }))

  test.concurrent('deletes no preview that it could not report', async () => {
    const github = await startGithubServer({ pullRequests: [7] })
    try {
      github.changePullRequest(7, { state: 'closed' })
      await withPlane(async (plane) => {
        await plane.seed('agent-pr-7')
        const { run, writes } = await plane.run(
          { command: 'sweep', comment: 'true' },
          {
            action: damagedAction(filesWith('function createFeedback('), 'missing'),
            githubToken: github.token,
            env: { GITHUB_API_URL: github.url, GITHUB_EVENT_NAME: 'schedule' }
          }
        )
        expect(writes).toEqual([])
        expect(run).toMatchObject({ exitCode: 1, outputs: { status: 'error' } })
        expect(annotated(run)).toMatch(LAST_STEP)
      })
    } finally {
      await github.close()
    }
  })

  // The stand-in for skopeo is a shell script.
  const unix = process.platform === 'win32' ? test.skip : test.concurrent
  unix('leaves no empty deployment without the file of the login at a registry', () =>
    withPlane(async (plane) => {
      const inputs = { 'source-type': 'internal_docker', 'image-uri': 'ghcr.io/acme/agent:1' }
      const { run, writes } = await plane.run(inputs, {
        action: damagedAction(filesWith('function withLogin('), 'missing'),
        env: { PATH: standIns({ skopeo: skopeo() }).path, RUNNER_TEMP: makeFolder('runner-') }
      })
      expect(writes).toEqual([])
      expect(run).toMatchObject({ exitCode: 1, outputs: { status: 'error' } })
      expect(annotated(run)).toMatch(LAST_STEP)
    })
  )

  test.each<[string, Damage]>([
    ['main.js', 'missing'],
    ['main.js', 'empty'],
    ['main.js', 'cut off'],
    ['main-start.js', 'missing'],
    ['core.js', 'missing'],
    ['undici.js', 'cut off']
  ])('ends with one error before any request if %s is %s', (name, damage) => {
    const entry = path.join(damagedAction([name], damage), 'dist', 'index.js')
    const { status, stdout, stderr } = spawnSync(process.execPath, [entry], { env: {}, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
    expect(stdout).toMatch(/^::error title=Files of the action are incomplete::[^\n]+\n$/)
    expect(stdout).toMatch(LAST_STEP)
  })

  test.concurrent('does not blame GitHub for the missing file of its client', async () => {
    const github = await startGithubServer()
    try {
      await withPlane(async (plane) => {
        const { run } = await plane.run(
          { ...FROM_IMAGE, environment: 'production' },
          {
            action: damagedAction(['octokit.js'], 'missing'),
            githubToken: github.token,
            env: { GITHUB_API_URL: github.url }
          }
        )
        expect(run).toMatchObject({ exitCode: 0, outputs: { status: 'deployed' } })
        expect(run.annotations).toHaveLength(1)
        expect(annotated(run)).toMatch(/The files of the action are incomplete \(octokit\.js is missing\)\./)
        expect(annotated(run)).toMatch(LAST_STEP)
        expect(annotated(run)).not.toMatch(/could not be reached|Cannot find/)
      })
    } finally {
      await github.close()
    }
  })
})
