import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Emulator, startEmulator } from '../../emulator/server.ts'
import { makeFolder } from '../support/folder.ts'
import { type GithubServer, startGithubServer } from '../support/github-server.ts'
import { at, records } from '../support/json.ts'
import { copyOfAction, idleAction, repositoryFiles, runWithAct } from './act.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const OURS = 'acme/langsmith-deploy-action@v1'
const KEY = 'lsv2_pt_of_a_foreign_runner'

function expression(text: string): string {
  return `$${`{{ ${text} }}`}`
}

let emulator: Emulator
let action = ''
beforeAll(async () => {
  emulator = await startEmulator({ stepMs: 50, deleteMs: 600_000, repositories: ['acme/agents'] })
  action = copyOfAction()
})
afterAll(() => emulator.close())
beforeEach(async () => {
  await fetch(`${emulator.url}/_emulator/reset`, { method: 'POST' })
})

async function deployments(): Promise<readonly string[]> {
  const response = await fetch(`${emulator.url}/v2/deployments`, { headers: { 'x-api-key': 'any' } })
  return records(at(await response.json(), 'resources'))
    .map(({ name, status }) => `${name} ${status}`)
    .sort()
}

/** A step that deploys an image under a name. */
function step(id: string, name: string, more = ''): string {
  const inputs = `api-key: "${expression('secrets.KEY')}", control-plane-url: "${expression('env.URL')}"`
  return `- id: ${id}\n  uses: ${OURS}\n  with: { ${inputs}, name: "${name}", image-uri: "ghcr.io/acme/agent:1"${more} }\n`
}

function job(steps: string, head = ''): string {
  const indented = steps.trimEnd().replace(/^/gm, '      ')
  return `on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n${head}    steps:\n${indented}\n`
}

const run = (files: Readonly<Record<string, string>>, options = {}) =>
  runWithAct({ files, secrets: { KEY }, env: { URL: emulator.url }, actions: { [OURS]: action }, ...options })

describe('on an independent runner', () => {
  test('two uses in one job have separate outputs and post steps', async () => {
    const steps = `${step('one', 'first')}${step('two', 'second')}- run: |
    test "${expression('steps.one.outputs.deployment-name')}" = first
    test "${expression('steps.two.outputs.deployment-name')}" = second
    test "${expression('steps.one.outputs.revision-id')}" != "${expression('steps.two.outputs.revision-id')}"
`
    const { passed, log } = await run({ '.github/workflows/run.yml': job(steps) })
    expect([passed, passed ? '' : log]).toEqual([true, ''])
    expect(await deployments()).toEqual(['first READY', 'second READY'])
    expect(log.match(/Success - Post acme\/langsmith-deploy-action@v1/g)).toHaveLength(2)
    expect(log).not.toContain(KEY)
  }, 150_000)

  test('a composite action passes inputs and outputs through, and fails if the action fails', async () => {
    const composite = `name: wrap
description: wrap
inputs: { key: { description: k }, url: { description: u }, name: { description: n }, command: { description: c } }
outputs: { status: { description: s, value: "${expression('steps.inner.outputs.status')}" } }
runs:
  using: composite
  steps:
    - id: inner
      uses: ${OURS}
      with: { api-key: "${expression('inputs.key')}", control-plane-url: "${expression('inputs.url')}", name: "${expression('inputs.name')}", command: "${expression('inputs.command')}", image-uri: "ghcr.io/acme/agent:1" }
`
    const wrapped = (id: string, name: string, command: string) =>
      `- id: ${id}\n  uses: ./wrap\n  continue-on-error: true\n  with: { key: "${expression('secrets.KEY')}", url: "${expression('env.URL')}", name: ${name}, command: ${command} }\n`
    const steps = `- uses: actions/checkout@v7\n${wrapped('good', 'wrapped', 'deploy')}${wrapped('bad', 'missing', 'status')}${wrapped('wrong', 'wrapped', 'undo')}- run: |
    test "${expression('steps.good.outputs.status')}" = deployed
    test "${expression('steps.bad.outputs.status')}" = none
    test "${expression('steps.wrong.outcome')}" = failure
`
    const { passed, log } = await run({ '.github/workflows/run.yml': job(steps), 'wrap/action.yml': composite })
    expect([passed, passed ? '' : log]).toEqual([true, ''])
    expect(await deployments()).toEqual(['wrapped READY'])
    expect(log).toContain('"undo"')
  }, 150_000)

  test('each job of a matrix has a separate deployment', async () => {
    const matrix = '    strategy: { matrix: { agent: [billing, support, sales] } }\n'
    const workflow = job(step('deploy', `agent-${expression('matrix.agent')}`), matrix)
    const { passed, log } = await run({ '.github/workflows/run.yml': workflow })
    expect([passed, passed ? '' : log]).toEqual([true, ''])
    expect(await deployments()).toEqual(['agent-billing READY', 'agent-sales READY', 'agent-support READY'])
  }, 150_000)
})

describe('the end-to-end job of CI on an independent runner', () => {
  const home = makeFolder('ci-')
  const pidFile = join(home, 'pid')
  afterEach(() => {
    if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8')))
  })

  test('passes with the bundle of this checkout', async () => {
    const files = repositoryFiles()
    const ci = String(files['.github/workflows/ci.yml'])
    // act ends background processes with their step, and packages cannot be downloaded.
    const edited = ci
      .replace('npm run --silent emulator --', 'setsid nohup node emulator/cli.ts')
      .replace(/(> "\$RUNNER_TEMP\/emulator\.json".* &)$/m, '$1\n          echo $! > "$PID_FILE"')
      .replaceAll('- run: npm ci\n', `- run: ln -s ${join(root, 'node_modules')} node_modules\n`)
    expect(edited.match(/setsid|PID_FILE|ln -s/g)?.length).toBeGreaterThanOrEqual(3)
    const [setupNode = ''] = /actions\/setup-node@[0-9a-f]{40}/.exec(ci) ?? []
    const { passed, log } = await runWithAct({
      files: { ...files, '.github/workflows/ci.yml': edited },
      workflow: 'ci.yml',
      job: 'end-to-end',
      env: { PID_FILE: pidFile },
      actions: { [setupNode]: idleAction() }
    })
    expect([passed, passed ? '' : log]).toEqual([true, ''])
    for (const name of [
      'It serves its first revision',
      'The step failed, and the second revision still serves',
      'It is gone'
    ]) {
      expect(log).toContain(`Success - Main ${name}`)
    }
  }, 150_000)
})

describe('the preview workflow on an independent runner', () => {
  let server: GithubServer
  beforeAll(async () => {
    server = await startGithubServer()
    server.history(...[1, 2, 3].map(commit))
  })
  afterAll(() => server.close())

  const caller = `on:
  pull_request: { types: [opened, reopened, synchronize] }
  pull_request_target: { types: [closed] }
permissions: {}
jobs:
  preview:
    permissions: { contents: read, deployments: write, pull-requests: write }
    uses: ./.github/workflows/preview.yml
    with:
      name: support-agent
      control-plane-url: ${'URL'}
      github-deployment: false
      runs-on: RUNS_ON
    secrets:
      api-key: "${expression('secrets.KEY')}"
      github-token: "${expression('secrets.TOKEN')}"
`

  const decoy =
    'name: decoy\ndescription: decoy\nruns: { using: composite, steps: [{ run: echo DECOY, shell: bash }] }\n'

  /** act does not support \`$/\`: the test copies the action to the path of the workflow's reference. */
  function happens(what: string, number: number, event = 'pull_request') {
    const state = what === 'closed' ? ('closed' as const) : ('open' as const)
    const repo = { full_name: 'acme/agents' }
    const head = { ref: 'feature', sha: commit(number), repo }
    server.changePullRequest(7, { head: head.sha, state })
    const preview = readFileSync(join(root, '.github/workflows/preview.yml'), 'utf8')
    const [checkout = ''] = /actions\/checkout@[0-9a-f]{40}/.exec(preview) ?? []
    const payload = {
      action: what,
      number: 7,
      repository: { full_name: 'acme/agents', name: 'agents', default_branch: 'main' },
      pull_request: { number: 7, state, head, base: { ref: 'main', sha: commit(9), repo }, user: { login: 'octocat' } }
    }
    server.changePullRequest(7, { head: commit(number), state })
    return run(
      {
        '.github/workflows/run.yml': caller
          .replace('URL', emulator.url)
          .replace('RUNS_ON', number === 1 ? 'ubuntu-latest' : `'["ubuntu-latest"]'`),
        // Code that a pull request could contain, none of which may run.
        'action.yml': decoy,
        'preview/action.yml': decoy,
        '.github/workflows/preview.yml': preview.replaceAll('$/preview', `${OURS.replace('@', '/preview@')}`)
      },
      {
        event,
        payload,
        secrets: { KEY, TOKEN: server.token },
        env: { GITHUB_API_URL: server.url },
        actions: { [OURS]: action, [checkout]: idleAction() }
      }
    )
  }

  test('deploys, deploys again and deletes', async () => {
    for (const [what, number] of [
      ['opened', 1],
      ['synchronize', 2]
    ] as const) {
      const { passed, log } = await happens(what, number)
      expect([passed, passed ? '' : log]).toEqual([true, ''])
      expect(log).not.toContain('DECOY')
      expect(await deployments()).toEqual(['support-agent-pr-7 READY'])
    }
    const { passed, log } = await happens('closed', 2, 'pull_request_target')
    expect([passed, passed ? '' : log]).toEqual([true, ''])
    expect(await deployments()).toEqual(['support-agent-pr-7 AWAITING_DELETE'])
    expect(log).not.toContain('Main Check out')
    const refused = await happens('opened', 3, 'pull_request_target')
    expect(refused.passed).toBe(false)
    expect(refused.log).toContain('Call preview.yml on pull_request, and on pull_request_target')
    expect(await deployments()).toEqual(['support-agent-pr-7 AWAITING_DELETE'])
  }, 300_000)
})

function commit(number: number): string {
  return String(number).repeat(40)
}
