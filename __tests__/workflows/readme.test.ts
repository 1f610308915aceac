import { globSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { type Emulator, startEmulator } from '../../emulator/server.ts'
import { cloudControlPlane, regions } from '../../src/control-plane/hosts.ts'
import { parseThresholds } from '../../src/inputs/thresholds.ts'
import { FIGURE_NAMES } from '../../src/run/figure.ts'
import { makeTree } from '../archive/support.ts'
import { type GithubServer, startGithubServer } from '../support/github-server.ts'
import { at, type Json, records } from '../support/json.ts'
import { selfSigned } from '../support/self-signed.ts'
import { DIGEST, skopeo, standIns } from '../support/stand-in.ts'
import { executeJob, type JobOptions, type StepResult } from './execute-job.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pageAt = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const README = 'README.md'
const RECIPES = 'docs/recipes.md'
const PREVIEWS = 'docs/previews.md'
const ENVIRONMENT = 'docs/environment.md'
const PAGES = globSync(['*.md', 'docs/*.md'], { cwd: root }).map((path) => path.replaceAll('\\', '/'))
const COMMIT = 'c'.repeat(40)
// Windows does not run scripts as programs.
// The stand-ins for docker and skopeo are shell scripts.
const unix = process.platform === 'win32' ? test.concurrent.skip : test.concurrent
const KEY = 'lsv2_pt_0123456789abcdef'
const PULL_REQUEST = {
  number: 7,
  state: 'open',
  head: { ref: 'feature', sha: COMMIT, repo: { full_name: 'acme/agents' } },
  base: { ref: 'main' },
  user: { login: 'octocat' }
}

/** Events of the preview workflows. */
const STARTS = {
  pull_request: { types: ['opened', 'reopened', 'synchronize'] },
  pull_request_target: { types: ['closed'] }
}

const PROJECT = {
  'agents/support/langgraph.json': '{"graphs": {"agent": "./agent.py:graph"}, "dependencies": ["."]}',
  'agents/support/agent.py': 'graph = None\n',
  'agents/support/pyproject.toml': '[project]\nname = "agent"\nversion = "1"\n'
}

/** An experiment with good scores. */
const EVALUATED = {
  name: 'support-1a2b3c4d',
  reference_dataset_id: '6c1f7b2e-0d3a-4c5e-9f80-1a2b3c4d5e6f',
  metadata: { git: { commit: COMMIT } },
  samples: [{ at_ms: -1, count: 20, feedback: { correctness: 0.9 } }]
}

/** An agent with the answers that the documented smoke tests expect. */
const ANSWERING = { graphs: { agent: { runs: [{ result: { messages: [{ content: 'Order 42 is on its way.' }] } }] } } }

/** Creates a control plane whose builds have the commit of the run, so that GitHub need not compare commits. */
async function startControlPlane(): Promise<Emulator> {
  const started = await startEmulator({ stepMs: 20, repositories: ['acme/agents'] })
  await fetch(`${started.url}/_emulator/scenario`, {
    method: 'PUT',
    body: JSON.stringify({ revisions: [{ commit: COMMIT }], sessions: [EVALUATED], agent: ANSWERING })
  })
  return started
}

let emulator: Emulator
/** For the previews. */
let server: GithubServer
/** For the recipes with `environment`. */
let github: GithubServer
beforeAll(async () => {
  ;[server, github, emulator] = await Promise.all([startGithubServer(), startGithubServer(), startControlPlane()])
})
afterAll(() => Promise.all([server.close(), github.close(), emulator.close()]))

/** The YAML blocks under a heading of a page, unchanged. */
function blocksUnder(heading: string, page: string): readonly string[] {
  const [, section = ''] = pageAt(page).split(new RegExp(`^#{1,3} ${heading}\\n`, 'm'))
  const [own = ''] = section.split(/^#{1,3} /m)
  return [...own.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text)
}

/** The same blocks as workflows whose control plane is an emulator. */
function recipesUnder(heading: string, page = RECIPES, url = emulator.url): readonly string[] {
  return blocksUnder(heading, page).map((text) => {
    const steps = text.replace(/^( *)control-plane-url:.*$\n/m, '')
    const aimed = steps.replace(/^( *)(api-key: .*)$/gm, `$1$2\n$1control-plane-url: ${url}`)
    if (!aimed.startsWith('- ')) return aimed
    return `jobs:\n  job:\n    steps:\n${aimed.replace(/^/gm, '      ')}`
  })
}

/** Runs one job of a recipe, which must cause no annotation. */
async function happyRun(workflow = '', options: Partial<JobOptions> = {}): Promise<StepResult> {
  const [first] = await happySteps(workflow, options)
  if (!first) throw new Error('no step of the action has run')
  return first
}

/** Like `happyRun`, but returns each step of the action. */
async function happySteps(workflow: string, options: Partial<JobOptions> = {}): Promise<readonly StepResult[]> {
  const results = await allSteps(workflow, options)
  const ofAction = results.filter(({ outputs }) => outputs.status)
  if (ofAction.length === 0) throw new Error(`the action has not run:\n${results.map(({ log }) => log).join('\n')}`)
  for (const { log } of ofAction) expect(log).not.toMatch(/^(Notice|Warning|Error): /m)
  return ofAction
}

/** Runs one job of a recipe, and returns each of its steps. */
async function allSteps(workflow: string, options: Partial<JobOptions> = {}): Promise<readonly StepResult[]> {
  const parsed = load(workflow)
  const jobs = Object.keys((parsed as { readonly jobs: object }).jobs)
  return executeJob({
    workflow,
    job: options.job ?? jobs.at(-1) ?? '',
    root,
    secrets: { LANGSMITH_API_KEY: KEY, LANGSMITH_ADMIN_API_KEY: KEY, OPENAI_API_KEY: 'a secret of its own' },
    // Keeps requests on this machine. A recipe without `environment` makes no request to GitHub.
    ...(workflow.includes('environment: ') ? { githubToken: github.token } : {}),
    ...options,
    env: {
      GITHUB_API_URL: workflow.includes('environment: ') ? github.url : 'http://127.0.0.1:1',
      GITHUB_SHA: COMMIT,
      GITHUB_REF: 'refs/heads/main',
      ...options.env
    }
  })
}

function jobOf(workflow: string): Json {
  const [job = {}] = Object.values(at(load(workflow), 'jobs') ?? {})
  return job
}

/** Deploys from GitHub under this name, the given number of times. */
async function seed(name: string, times: number): Promise<void> {
  const inputs = `{api-key: ${KEY}, control-plane-url: '${emulator.url}', name: ${name}}`
  const recipe = `jobs:\n  job:\n    steps:\n      - uses: ./\n        with: ${inputs}`
  for (let run = 0; run < times; run += 1) await happyRun(recipe)
}

/** Runs a recipe of the README unchanged, with its own control plane. */
async function ofReadme(
  heading: string,
  run: (recipe: string, controlPlane: Emulator) => Promise<void>
): Promise<void> {
  const controlPlane = await startControlPlane()
  try {
    const [recipe = '', ...others] = recipesUnder(heading, README, controlPlane.url)
    expect(others).toEqual([])
    await run(recipe, controlPlane)
  } finally {
    await controlPlane.close()
  }
}

test.concurrent('the README: the quick start deploys from GitHub', () =>
  ofReadme('Quick start', async (recipe) => {
    const { outputs } = await happyRun(recipe)
    expect(outputs).toMatchObject({ status: 'deployed', 'deployment-name': 'support-agent', 'commit-sha': COMMIT })
    expect(github.deployments().length).toBeGreaterThan(0)
  }))

test.concurrent('the README: upload the checked-out source', () =>
  ofReadme('Upload the checked-out source', async (recipe) => {
    const { outputs } = await happyRun(recipe, { workspace: makeTree(PROJECT) })
    expect(outputs).toMatchObject({ status: 'deployed', 'deployment-name': 'support-agent' })
  }))

unix('the README: deploy an image, from its build to its second release', () =>
  ofReadme('Deploy an image', async (recipe) => {
    const image = 'ghcr.io/acme/support-agent'
    const docker = `case "$*" in
      "push ${image}:v1.4.2") touch "$folder/pushed" ;;
      "inspect --format {{index .RepoDigests 0}} ${image}:v1.4.2") cat "$folder/pushed" && echo "${image}@${DIGEST}" ;;
      *) exit 1 ;;
    esac`
    const tools = standIns({ docker, pipx: '', langgraph: '' })
    const release = { github: { event_name: 'release', ref: 'refs/tags/v1.4.2', ref_name: 'v1.4.2', actor: 'octocat' } }
    const built = await allSteps(recipe, { ...release, job: 'build', env: { PATH: `${tools.path}:/usr/bin:/bin` } })
    expect(tools.calls()).toEqual([
      'pipx install langgraph-cli',
      `langgraph build --platform linux/amd64 --config agents/support/langgraph.json --tag ${image}:v1.4.2`,
      `docker push ${image}:v1.4.2`,
      `docker inspect --format {{index .RepoDigests 0}} ${image}:v1.4.2`
    ])
    const jobs = at(load(recipe), 'jobs')
    expect(at(jobs, 'build', 'outputs')).toEqual({ image: '${' + '{ steps.push.outputs.image }}' })
    const needs = { build: { image: String(built.at(-1)?.outputs.image) } }
    expect(needs.build.image).toBe(`${image}@${DIGEST}`)
    const deploy = () => happyRun(recipe, { ...release, job: 'deploy', needs, env: { GITHUB_REF: 'refs/tags/v1.4.2' } })
    expect((await deploy()).outputs).toMatchObject({ status: 'deployed', 'image-uri': `${image}@${DIGEST}` })
    expect((await deploy()).outputs).toMatchObject({ status: 'unchanged' })
  })
)

test.concurrent('the README: proof, gate and rollback', () =>
  ofReadme('Proof, gate and rollback', async (recipe) => {
    const step = await happyRun(recipe)
    expect(step.outputs).toMatchObject({ status: 'deployed', 'deployment-name': 'support-agent' })
    expect(step.log).toMatch(/1 graph loads/)
    expect(step.log).toMatch(/1 run answered/)
  }))

test.concurrent('the README: preview each pull request, through the reusable workflow', async () => {
  const controlPlane = await startControlPlane()
  const ofGithub = await startGithubServer()
  try {
    const [recipe = ''] = blocksUnder('Preview each pull request', README)
    const calling = load(recipe)
    expect(calling).toMatchObject({ on: STARTS, permissions: {} })
    const call = at(calling, 'jobs', 'preview')
    expect(at(call, 'uses')).toBe('OWNER/langsmith-deploy-action/.github/workflows/preview.yml@v1')
    const workflow = pageAt('.github/workflows/preview.yml')
    expect(at(call, 'permissions')).toEqual(at(load(workflow), 'jobs', 'preview', 'permissions'))
    const secrets = { LANGSMITH_ADMIN_API_KEY: KEY, OPENAI_API_KEY: 'a secret of its own' }
    const given = Object.entries(Object(at(call, 'secrets'))).map(([name, text]): [string, string] => [
      name,
      String(text).replace(/\$\{\{ secrets\.(\w+) \}\}/g, (_, secret: keyof typeof secrets) => secrets[secret])
    ])
    const inputs = { ...Object(at(call, 'with')), 'control-plane-url': controlPlane.url }
    const run = async (event_name: string, state: string) => {
      const results = await executeJob({
        workflow,
        job: 'preview',
        root,
        inputs,
        secrets: Object.fromEntries(given),
        githubToken: ofGithub.token,
        github: { event_name, event: { number: 7, pull_request: { ...PULL_REQUEST, state } } },
        env: { GITHUB_API_URL: ofGithub.url, GITHUB_SHA: COMMIT, GITHUB_REF: 'refs/pull/7/merge' }
      })
      return results.find(({ outputs }) => outputs.status)
    }
    ofGithub.changePullRequest(7, { head: COMMIT })
    const deployed = await run('pull_request', 'open')
    expect(deployed?.outputs).toMatchObject({ status: 'deployed', 'deployment-name': 'support-agent-pr-7' })
    expect(deployed?.log).toContain('OPENAI_API_KEY')
    ofGithub.changePullRequest(7, { state: 'closed' })
    expect((await run('pull_request_target', 'closed'))?.outputs).toMatchObject({ status: 'deleted' })
  } finally {
    await Promise.all([controlPlane.close(), ofGithub.close()])
  }
})

test.concurrent('deploy several agents of one repository, each under its own name and in its own group', async () => {
  const [recipe = ''] = recipesUnder('Deploy several agents of one repository')
  const { strategy, concurrency } = jobOf(recipe)
  const combinations = records(at(at(strategy, 'matrix'), 'include'))
  expect(combinations).toHaveLength(2)
  for (const { name, 'langgraph-config': config } of combinations) {
    const { outputs, log } = await happyRun(recipe, {
      matrix: { name: String(name), 'langgraph-config': String(config) }
    })
    expect(outputs).toMatchObject({ status: 'deployed', 'deployment-name': name })
    expect(log).toContain(String(config))
  }
  expect(at(concurrency, 'group')).toContain('${' + '{ matrix.name }}')
  expect(load(recipe)).not.toHaveProperty('concurrency')
})

test.concurrent('deploy each tag', async () => {
  const [recipe = ''] = recipesUnder('Deploy each tag')
  const named = recipe.replace('name: support-agent', 'name: tagged')
  const { outputs, log } = await happyRun(named, { env: { GITHUB_REF: 'refs/tags/v1.0.0' } })
  expect(outputs).toMatchObject({ status: 'deployed' })
  expect(log).toContain('refs/tags/v1.0.0')
})

test.concurrent('deploy a file that an earlier step generated', async () => {
  const [recipe = ''] = recipesUnder('Pack an ignored file', 'docs/archive.md')
  const workspace = makeTree({ ...PROJECT, '.gitignore': 'generated/\n' })
  // A step starts in the workspace.
  const placed = recipe.replace('run: ', `run: cd ${workspace} && `).replace('name: support-agent', 'name: generated')
  expect((await happyRun(placed, { workspace })).outputs).toMatchObject({ status: 'deployed' })
})

test.concurrent('deploy after CI', async () => {
  const [recipe = ''] = recipesUnder('Deploy after CI')
  const named = recipe.replace('name: support-agent', 'name: after-ci')
  const event = {
    workflow_run: {
      event: 'push',
      conclusion: 'success',
      head_branch: 'main',
      head_sha: COMMIT,
      head_repository: { full_name: 'acme/agents' },
      pull_requests: []
    },
    repository: { full_name: 'acme/agents', default_branch: 'main' }
  }
  const github = { event_name: 'workflow_run', event }
  const { outputs } = await happyRun(named, { github, workspace: makeTree(PROJECT) })
  expect(outputs).toMatchObject({ status: 'deployed' })
  const fromGithub = named.replace('source-type: internal_source', '').replace('after-ci', 'after-ci-github')
  expect((await happyRun(fromGithub, { github })).outputs).toMatchObject({ status: 'deployed' })
})

test.concurrent('every form of a secret', async () => {
  const [recipe = ''] = recipesUnder('Secrets and variables', ENVIRONMENT)
  const named = recipe.replace('with:\n', 'with:\n          name: secrets\n')
  const secrets = {
    LANGSMITH_API_KEY: KEY,
    OPENAI_API_KEY: 'a secret of its own',
    DATABASE_PASSWORD: 'another one',
    GCP_CREDENTIALS: '{\n}'
  }
  const { outputs, log } = await happyRun(named.replace(/\$\{\{ vars\.MODEL \}\}/, 'large'), { secrets })
  expect(outputs).toMatchObject({ status: 'deployed' })
  for (const name of ['OPENAI_API_KEY', 'DATABASE_PASSWORD', 'GCP_CREDENTIALS', 'LOG_LEVEL'])
    expect(log).toContain(name)
})

test.concurrent('a file of secrets that a step writes', async () => {
  const [recipe = ''] = recipesUnder('Files', ENVIRONMENT)
  const named = recipe.replace('name: support-agent', 'name: env-file')
  const secrets = { LANGSMITH_API_KEY: KEY, AGENT_ENV: 'OPENAI_API_KEY="of the file"\nTAVILY_API_KEY=of the file too' }
  const { outputs, log } = await happyRun(named, { secrets })
  expect(outputs).toMatchObject({ status: 'deployed' })
  expect(log).toContain('TAVILY_API_KEY')
})

unix('push an image from a registry, twice, and one of the runner', async () => {
  const [fromRegistry = '', fromRunner = ''] = recipesUnder('Push an image to LangSmith Cloud')
  const inDaemon = '[{"Id":"sha256:1f","Os":"linux","Architecture":"amd64"}]'
  const docker = `case "$*" in *agent:ci*) ;; *buildx*|*ghcr.io*) exit 1 ;; esac
case "$*" in *inspect*) echo '${inDaemon}' ;; *push*) echo 'digest: ${DIGEST}' ;; esac`
  const env = { PATH: standIns({ docker, skopeo: skopeo() }).path }
  const github = { ref: 'refs/tags/v1.4.2', ref_name: 'v1.4.2', actor: 'octocat' }
  const named = fromRegistry.replace('name: support-agent', 'name: copied')
  const first = await happyRun(named, { github, env })
  expect(first.outputs).toMatchObject({ status: 'deployed', 'image-uri': expect.stringContaining(`/copied@${DIGEST}`) })
  expect(first.log).toContain('in its registry with `skopeo`')
  expect((await happyRun(named, { github, env })).outputs).toMatchObject({ status: 'unchanged' })
  const skip = (step: Readonly<Record<string, unknown>>) => String(step.run).includes('langgraph build')
  const built = fromRunner.replace('name: support-agent', 'name: built')
  const second = await happyRun(built, { env, skip })
  expect(second.outputs).toMatchObject({ status: 'deployed', 'image-uri': expect.stringContaining(`/built@${DIGEST}`) })
  expect(second.log).toContain('in the Docker daemon of this runner')
})

test.concurrent('promote from staging to production, twice', async () => {
  const [recipe = ''] = recipesUnder('Promote from staging to production')
  const named = recipe.replaceAll('name: support-agent', 'name: released')
  const image = `ghcr.io/acme/agent@sha256:${'ab'.repeat(32)}`
  const inputs = `{api-key: ${KEY}, control-plane-url: '${emulator.url}', name: released-staging, image-uri: '${image}'}`
  await happyRun(`jobs:\n  job:\n    steps:\n      - uses: ./\n        with: ${inputs}`)
  for (const status of ['deployed', 'unchanged']) {
    const [staging, production] = await happySteps(named)
    expect(staging?.outputs).toMatchObject({ status: 'found', 'deployment-name': 'released-staging', queue: '[]' })
    expect(production?.outputs).toMatchObject({ status, 'deployment-name': 'released', 'image-uri': image })
  }
})

/** A stand-in for LangSmith's SDK in the documented script; it prints the same output. */
const SDK = `class Results:
    experiment_name = "support-1a2b3c4d"


def evaluate(target, data, evaluators, experiment_prefix):
    print(f"View the evaluation results for experiment: '{Results.experiment_name}' at:\\nhttps://smith.langchain.com/o/x\\n")
    expected = {"answer": "42"}
    assert [one(target({"question": "Where?"}), expected) for one in evaluators] == [True]
    return Results()
`

test.concurrent('promote the active commit', async () => {
  const [, recipe = ''] = recipesUnder('Promote from staging to production')
  const named = recipe.replaceAll('name: support-agent', 'name: committed')
  await seed('committed-staging', 1)
  const skip = (step: Readonly<Record<string, unknown>>) => String(step.run).startsWith('git push')
  const [staging, production] = await happySteps(named, { skip })
  expect(staging?.outputs).toMatchObject({ status: 'found', 'commit-sha': COMMIT })
  expect(production?.outputs).toMatchObject({ status: 'deployed', 'deployment-name': 'committed' })
})

unix('evaluate, gate, deploy, prove', async () => {
  const [recipe = ''] = recipesUnder('Evaluate, gate, deploy, prove')
  const [, script = ''] = /```python\n([\s\S]*?)```/.exec(pageAt(RECIPES)) ?? []
  const workspace = makeTree({
    'evals/run.py': script,
    'langsmith.py': SDK,
    'agent.py': 'def answer(question):\n    return "It is 42."\n'
  })
  // A bake of ten minutes takes too long here; another test covers it in virtual time.
  const skip = (step: Readonly<Record<string, unknown>>) => String(step.run).startsWith('pip install')
  const named = recipe
    .replace('name: support-agent', 'name: evaluated')
    // A step starts in the workspace.
    .replace('run: python evals/run.py', `run: cd ${workspace} && python3 evals/run.py`)
    .replace(/^ *(bake|max-error-rate|max-latency-p99):.*\n/gm, '')
  const { outputs, log } = await happyRun(named, { skip })
  expect(outputs).toMatchObject({ status: 'deployed', 'deployment-name': 'evaluated' })
  expect(log).toContain('correctness >= 0.8: 0.9')
  expect(recipe).toMatch(/^ *bake: 10m$/m)
})

test('the thresholds in the documentation are valid and include each figure', () => {
  const [, section = ''] = pageAt('docs/behavior.md').split('\n## An experiment as a gate\n')
  const [, text = ''] = /```text\n([\s\S]*?)```/.exec(section) ?? []
  const { thresholds, faults } = parseThresholds(text)
  expect(faults).toEqual([])
  expect(thresholds).toHaveLength(7)
  for (const figure of FIGURE_NAMES) expect(section.split('\n## ')[0]).toContain(`\`${figure}\``)
})

test.concurrent("self-hosted, on a private runner with the company's root certificate", async () => {
  const [recipe = ''] = recipesUnder('Self-hosted')
  expect(jobOf(recipe)).toMatchObject({
    'runs-on': 'self-hosted',
    env: { NODE_EXTRA_CA_CERTS: expect.stringMatching(/^\/.+\.pem$/) }
  })
  expect(pageAt(RECIPES)).toMatch(/^ *control-plane-url: https:\/\/langsmith\.example\.com\/api-host$/m)
  const certificate = join(makeTree({ 'root.pem': selfSigned().cert }), 'root.pem')
  const named = recipe
    .replace('name: support-agent', 'name: self-hosted')
    .replace(/^ *workspace-id:.*\n/m, '')
    .replace(/(NODE_EXTRA_CA_CERTS: ).*/, `$1${certificate}`)
  const github = { ref: 'refs/tags/v1.4.2', ref_name: 'v1.4.2' }
  const { outputs, log } = await happyRun(named, { github, env: { GITHUB_REF: github.ref } })
  expect(outputs).toMatchObject({ status: 'deployed' })
  expect(log).toContain('registry.example.com/support-agent:v1.4.2')
})

test('behind a proxy with a percent-encoded password', async () => {
  const [, recipe = ''] = recipesUnder('Self-hosted')
  const named = recipe.replace('name: support-agent', 'name: behind-proxy')
  const secrets = { LANGSMITH_API_KEY: KEY, PROXY_PASSWORD_ENCODED: 'p%40ss%231' }
  // No proxy is used for the emulator on loopback, but the variable is still read and validated.
  const { outputs, log } = await happyRun(named, { secrets })
  expect(outputs).toMatchObject({ status: 'deployed' })
  expect(log).not.toContain('Ignored the environment variable HTTPS_PROXY')
  const raw = await happyRun(named, { secrets: { ...secrets, PROXY_PASSWORD_ENCODED: 'p@s%s#1' } })
  expect(raw.log).toContain('Ignored the environment variable HTTPS_PROXY')
})

test('the hosts page names the hosts of every region', () => {
  const page = readFileSync(new URL('../../docs/hosts.md', import.meta.url), 'utf8')
  for (const region of regions) {
    const { url, dataApi } = cloudControlPlane(region)
    expect(page).toContain(`| \`${region}\` | \`${new URL(url).host}\` | \`${new URL(dataApi).host}\` |`)
  }
  expect(pageAt(README)).toContain('(docs/hosts.md)')
})

test.concurrent('roll back', async () => {
  await seed('rolled-back', 2)
  const [recipe = ''] = recipesUnder('Roll back')
  const named = recipe.replace('name: support-agent', 'name: rolled-back')
  const { outputs } = await happyRun(named, { github: { event_name: 'workflow_dispatch' }, inputs: { revision: '' } })
  expect(outputs).toMatchObject({ status: 'deployed' })
})

test.concurrent('wait for build on push', async () => {
  await seed('waited-for', 1)
  const [recipe = ''] = recipesUnder('Wait for build on push')
  const { outputs } = await happyRun(recipe.replace('name: support-agent', 'name: waited-for'))
  expect(outputs).toMatchObject({ status: 'deployed', 'commit-sha': COMMIT })
})

test.concurrent('delete', async () => {
  await seed('support-agent-staging', 1)
  const [recipe] = recipesUnder('Delete')
  expect((await happyRun(recipe)).outputs).toMatchObject({ status: 'deleted' })
})

// One after the other, because they concern the same pull request.
test.concurrent('a preview for each pull request, from its opening to the sweep of its remains', async () => {
  const [recipe = ''] = recipesUnder('Write the jobs yourself', PREVIEWS)
  const [sweeping = ''] = recipesUnder('Sweep leftover previews', PREVIEWS)
  expect(load(recipe)).toMatchObject({ on: STARTS, permissions: {} })
  expect(load(recipe)).toMatchObject({
    concurrency: { group: expect.stringContaining('github.event.number'), 'cancel-in-progress': true },
    jobs: {
      deploy: { if: "github.event_name == 'pull_request'" },
      delete: { if: "github.event_name == 'pull_request_target'" }
    }
  })
  expect(load(sweeping)).toMatchObject({
    on: { schedule: [{}] },
    permissions: {},
    concurrency: { group: expect.anything() }
  })

  const named = (workflow: string) => workflow.replaceAll('name: support-agent', 'name: previewed')
  const event = { number: 7, pull_request: PULL_REQUEST }
  const env = { GITHUB_API_URL: server.url }
  const job = (name: string, event_name: string) => {
    const state = name === 'delete' ? 'closed' : 'open'
    server.changePullRequest(7, { state })
    const github = { event_name, event: { ...event, pull_request: { ...PULL_REQUEST, state } } }
    return happyRun(named(recipe), { job: name, github, env, githubToken: server.token })
  }
  const sweep = () => happyRun(named(sweeping), { github: { event_name: 'schedule' }, env, githubToken: server.token })
  const comment = async () => (await server.comments(7)).at(-1)?.body ?? ''
  server.changePullRequest(7, { head: COMMIT })

  const deployed = (name: string) => ({ status: 'deployed', 'deployment-name': name })
  expect((await job('deploy', 'pull_request')).outputs).toMatchObject(deployed('previewed-pr-7'))
  expect((await sweep()).outputs).toMatchObject({ status: 'swept', swept: '[]' })
  expect((await job('delete', 'pull_request_target')).outputs).toMatchObject({ status: 'deleted' })
  expect(await comment()).toContain('previewed-pr-7: deleted')

  expect((await job('deploy', 'pull_request')).outputs).toMatchObject(deployed('previewed-pr-7-2'))
  server.changePullRequest(7, { state: 'closed' })
  expect((await sweep()).outputs).toMatchObject({ status: 'swept', swept: '["previewed-pr-7-2"]' })
  expect(await comment()).toContain('previewed-pr-7-2: deleted')
  expect(server.deployments().map(({ statuses }) => statuses.at(-1)?.state)).toEqual(['inactive', 'inactive'])
})

test('the job that deletes previews with the secrets of the base branch runs no code of the pull request', () => {
  const [recipe = ''] = recipesUnder('Write the jobs yourself', PREVIEWS)
  const { delete: removal } = at(load(recipe), 'jobs') as { readonly delete: Json }
  expect(removal.steps).toMatchObject([
    { uses: expect.stringContaining('langsmith-deploy-action@'), with: { command: 'delete' } }
  ])
  expect(Object.keys((removal.steps as Json[])[0] ?? {})).toEqual(['uses', 'with'])
  expect(JSON.stringify(removal.steps)).not.toMatch(/github\.(event|head)/)
})

test.concurrent('show the plan on a pull request', async () => {
  await seed('planned', 1)
  const [recipe = ''] = recipesUnder('Show the plan on a pull request')
  const named = recipe.replace('name: support-agent', 'name: planned')
  const github = { event_name: 'pull_request', event: { pull_request: PULL_REQUEST } }
  expect((await happyRun(named, { github })).outputs).toMatchObject({ status: 'planned' })
})

test.concurrent('check for drift', async () => {
  const [recipe = ''] = recipesUnder('Check for drift')
  const named = recipe.replace('name: support-agent', 'name: drifting')
  const deploying = named.replace(/^ *dry-run: true\n/m, '').replace(/^ *- if: steps.*$/ms, '')
  const github = { event_name: 'schedule' }
  const [before, alarm] = await allSteps(named, { github })
  expect(before?.outputs).toMatchObject({ status: 'planned' })
  expect(Number(before?.outputs['plan-changes'])).toBeGreaterThan(0)
  expect(alarm).toMatchObject({ outcome: 'failure' })
  expect((await happyRun(deploying, { github })).outputs).toMatchObject({ status: 'deployed' })
  const [after, silence] = await allSteps(named, { github })
  expect(after?.outputs).toMatchObject({ status: 'planned', 'plan-changes': '0' })
  expect(silence).toMatchObject({ outcome: 'skipped' })
})

test.concurrent('send a notification after a failure, with its verdict', async () => {
  const bodies: string[] = []
  const webhook = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (piece: string) => {
      body += piece
    })
    request.on('end', () => {
      bodies.push(body)
      response.end()
    })
  })
  await new Promise<void>((done) => webhook.listen(0, '127.0.0.1', done))
  try {
    const [recipe = ''] = recipesUnder('Send notifications')
    const SLACK_WEBHOOK_URL = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`
    const run = (key: string, name: string) =>
      allSteps(recipe.replace('name: support-agent', `name: ${name}`), {
        secrets: { LANGSMITH_API_KEY: key, SLACK_WEBHOOK_URL }
      })
    const [, silence] = await run(KEY, 'notified')
    expect(silence).toMatchObject({ outcome: 'skipped' })
    expect(bodies).toEqual([])
    const [failed, told] = await run('', 'not-notified')
    expect(failed).toMatchObject({ outcome: 'failure', outputs: { status: 'error' } })
    expect(told).toMatchObject({ outcome: 'success' })
    expect(bodies.map((body) => JSON.parse(body))).toEqual([{ text: expect.stringMatching(/^support-agent: error/) }])
  } finally {
    webhook.close()
  }
})

test.concurrent('show logs', async () => {
  await seed('logged', 1)
  const [recipe = ''] = recipesUnder('Show logs')
  const named = recipe.replace('name: support-agent', 'name: logged').replace('if: failure()', 'if: always()')
  expect((await happyRun(named)).outputs).toMatchObject({ status: 'found' })
})

test.concurrent('interrupt without a rollout', async () => {
  await seed('interrupted', 1)
  const [recipe = ''] = recipesUnder('Interrupt a stuck revision')
  expect((await happyRun(recipe.replace('name: support-agent', 'name: interrupted'))).outputs).toMatchObject({
    status: 'unchanged'
  })
})

/** The effect of a step of the action on a deployment. */
const WRITING = ['deploy', 'redeploy', 'delete', 'sweep']

/**
 * All workflows of the pages, with the jobs in which the action writes. The workflow with the emulator has a private
 * one.
 */
const writingJobs = PAGES.filter((page) => page !== 'docs/emulator.md').flatMap((page) =>
  [...pageAt(page).matchAll(/```yaml\n([\s\S]*?)```/g)].flatMap(([, text = '']) => {
    const workflow: unknown = load(text)
    return Object.entries(Object(at(workflow, 'jobs'))).flatMap(([id, job]) => {
      const steps = records(at(job, 'steps')).filter(({ uses }) => /\/langsmith-deploy-action@/.test(String(uses)))
      const inputs = steps.map((step) => Object(step.with))
      const writes = inputs.filter((each) => WRITING.includes(each.command ?? 'deploy') && each['dry-run'] !== true)
      return writes.length > 0
        ? [{ where: `${page} ${String(at(workflow, 'name'))} ${id}`, workflow, job, writes }]
        : []
    })
  })
)

test('every workflow that writes to a deployment has one concurrency group, named after the deployment', () => {
  expect(writingJobs.length).toBeGreaterThan(14)
  for (const { where, workflow, job, writes } of writingJobs) {
    const concurrency = at(job, 'concurrency') ?? at(workflow, 'concurrency')
    // A text alone is the group.
    const settings = typeof concurrency === 'string' ? { group: concurrency } : Object(concurrency)
    const { group, queue, 'cancel-in-progress': cancels } = settings
    const names = new Set(writes.map(({ name }) => name))
    expect([where, names.size]).toEqual([where, 1])
    expect([where, String(group)]).toEqual([where, expect.stringContaining(String([...names][0]))])
    expect([where, [undefined, 'max'].includes(queue)]).toEqual([where, true])
    // GitHub accepts only one of them.
    expect([where, queue === 'max' && cancels === true]).toEqual([where, false])
  }
})

test('a job whose action creates the GitHub deployment does not create one itself', () => {
  const both = writingJobs.filter(({ job }) => at(job, 'environment') !== undefined)
  expect(both.length).toBeGreaterThan(5)
  for (const { where, job, writes } of both) {
    expect([where, at(job, 'environment', 'deployment')]).toEqual([where, false])
    const named = writes.map(({ environment }) => environment ?? at(job, 'environment', 'name'))
    expect([where, named]).toEqual([where, writes.map(() => at(job, 'environment', 'name'))])
  }
})
