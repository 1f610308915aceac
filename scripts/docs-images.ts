/**
 * `npm run docs:images`: creates the pictures in the documentation, light and dark, from the real output of the bundled
 * action and the emulator. They are rendered locally, by `demo/page.ts` and Chromium (Debian: `apt-get install
 * chromium`).
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { pageOf, type Shown } from '../demo/page.ts'
import { runAction } from '../demo/runner.ts'
import { startEmulator } from '../emulator/server.ts'
import { readArguments } from './command-line.ts'

const IMAGES = fileURLToPath(new URL('../docs/images/', import.meta.url))
const CHROMIUM = process.env.CHROMIUM ?? 'chromium'
const SCHEMES = ['light', 'dark'] as const
const COMMIT = '3d1f5a0c9b7e2486d0a1c3e5f7092b4d6f8a1c3e'
const WIDTH = 800
const DURATIONS = { CREATING: 1_000, QUEUED: 2_000, BUILDING: 9_000, DEPLOYING: 4_000 }
const FAILED_LOG = [
  'Installing dependencies',
  'ERROR: Could not find a version that satisfies the requirement langchain-opeanai>=0.3 (from versions: none)',
  'ERROR: No matching distribution found for langchain-opeanai>=0.3'
]

const MARKS: Readonly<Record<string, string>> = { success: '✅', failure: '❌', in_progress: '⏳', inactive: '⚪' }

/** An experiment on the deployed commit. It misses one of two thresholds. */
const EXPERIMENT = {
  name: 'support-1a2b3c4d',
  reference_dataset_id: '6c1f7b2e-0d3a-4c5e-9f80-1a2b3c4d5e6f',
  metadata: { git: { commit: COMMIT } },
  samples: [{ at_ms: -1, count: 40, feedback: { correctness: 0.87, helpfulness: 0.94 } }]
}

const BASELINE = {
  ...EXPERIMENT,
  name: 'main-5f3a2b1c',
  samples: [{ at_ms: -2, count: 40, feedback: { correctness: 0.86, helpfulness: 0.95 } }]
}
const TRAFFIC = { per_minute: 1_200, error_rate: 0.01 }

/** A pull request without a comment, in GraphQL's format. */
const NO_COMMENT = {
  viewer: { login: 'github-actions[bot]' },
  repository: { pullRequest: { comments: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } } },
  nodes: []
}

readArguments('npm run docs:images', {})
const folder = mkdtempSync(join(tmpdir(), 'docs-images-'))
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--hide-scrollbars',
  `--user-data-dir=${folder}/profile`
]
const emulator = await startEmulator({ stepMs: 300, repositories: ['acme/support-agent'] })
const github = await startRecorder()
try {
  await fetch(`${emulator.url}/_emulator/scenario`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      revisions: [
        { nth: 2, commit: COMMIT, durations: DURATIONS },
        { nth: 3, commit: COMMIT, final: 'BUILD_FAILED', build_log: FAILED_LOG },
        { nth: 4, commit: COMMIT, durations: DURATIONS, traffic: TRAFFIC },
        { commit: COMMIT }
      ],
      sessions: [EXPERIMENT, BASELINE]
    })
  })
  await deploy({ secrets: 'OPENAI_API_KEY=sk-demo-first-key\nLOG_LEVEL=info' })
  const deployed = await deploy({
    secrets: 'OPENAI_API_KEY=sk-demo-second-key',
    'verify-graphs': 'true',
    'smoke-test':
      'graph: agent\ninput: {messages: [{role: user, content: Hello?}]}\nexpect: {contains: from the emulator}',
    environment: 'production'
  })
  const failed = await deploy({ comment: 'true', environment: 'production' }, 'pull_request')
  const summary = { title: 'deploy summary', markdown: failed.summary }
  const rejected = await deploy({
    'require-experiment': EXPERIMENT.name,
    thresholds: 'correctness >= 0.9\nhelpfulness >= 0.9'
  })
  const proven = await deploy({
    'require-experiment': EXPERIMENT.name,
    'baseline-experiment': BASELINE.name,
    thresholds: 'correctness >= baseline - 0.02\nhelpfulness >= 0.9',
    'verify-graphs': 'true',
    'smoke-test':
      'graph: agent\ninput: {messages: [{role: user, content: Hello?}]}\nexpect: {contains: from the emulator}',
    bake: '10s',
    'max-error-rate': '5%',
    environment: 'production'
  })
  const planned = await deploy({
    'dry-run': 'true',
    'display-name': 'Support agent',
    secrets: 'OPENAI_API_KEY=sk-demo-third-key\nSEARCH_API_KEY=sk-demo-search-key',
    variables: 'LOG_LEVEL=debug'
  })
  await picture('summary', summary)
  await picture('every-check', { title: 'deploy summary', markdown: proven.summary })
  await picture('rejected', { title: 'deploy summary', markdown: rejected.summary })
  await picture('planned', { title: 'plan summary', markdown: planned.summary })
  await picture('proof', { title: 'deploy summary', markdown: deployed.summary })
  await picture('comment', { title: 'github-actions[bot] commented', markdown: github.comment() })
  await picture('environment', { title: 'Deployments / production', markdown: github.environment() })
  // Inlines the data, because Chromium takes its picture before the page has fetched anything.
  const read = async (path: string) => (await fetch(`${emulator.url}/${path}`)).text()
  const data = `{'_emulator/overview': ${await read('_emulator/overview')}, '_emulator/scenario': ${await read('_emulator/scenario')}}`
  const page = join(folder, 'emulator.html')
  writeFileSync(
    page,
    (await read('')).replace('(await fetch(path)).json()', () => `(${data})[path]`)
  )
  for (const scheme of SCHEMES) await shoot(`file://${page}`, 'emulator', scheme, 720)
} finally {
  await emulator.close()
  await github.close()
  rmSync(folder, { recursive: true, force: true })
}

async function deploy(inputs: Readonly<Record<string, string>>, event: 'push' | 'pull_request' = 'push') {
  const isPull = event === 'pull_request'
  return runAction({
    with: {
      'api-key': emulator.apiKey,
      'control-plane-url': emulator.url,
      'repo-ref': 'main',
      name: 'support-agent',
      ...inputs
    },
    githubToken: 'ghs_docs',
    event: isPull ? { number: 7, pull_request: { number: 7, head: { sha: COMMIT, ref: 'fix' } } } : {},
    env: {
      GITHUB_REPOSITORY: 'acme/support-agent',
      GITHUB_SHA: COMMIT,
      GITHUB_API_URL: github.url,
      GITHUB_EVENT_NAME: event,
      ...(isPull ? { GITHUB_REF: 'refs/pull/7/merge' } : {})
    },
    // The bake waits a minute for late traces.
    timeoutMs: 120_000,
    onLine: (line) => console.log(line)
  })
}

async function picture(name: string, shown: Shown): Promise<void> {
  for (const scheme of SCHEMES) {
    const page = join(folder, `${name}.html`)
    writeFileSync(page, pageOf(name, [{ ...shown, markdown: asDeployed(shown.markdown) }], scheme))
    await shoot(`file://${page}`, name, scheme, await heightOf(page))
  }
}

/** Replaces the local address of the emulator, which means nothing to readers. */
function asDeployed(markdown: string): string {
  return markdown.replace(
    /http(?::|&#58;)\/\/127\.0\.0\.1(?::|&#58;)\d+\/agents\/([0-9a-f]{8})[0-9a-f-]*/g,
    (_, id) => `support-agent-${id}.us.langgraph.app`
  )
}

/** The page reports its height in its title. */
async function heightOf(page: string): Promise<number> {
  const probe = join(folder, 'probe.html')
  writeFileSync(
    probe,
    `<iframe src="file://${page}" style="width:${WIDTH}px;height:100px;border:0"></iframe><script>onload=()=>{document.title=frames[0].document.documentElement.scrollHeight}</script>`
  )
  const { stdout } = await run([...ARGUMENTS, '--allow-file-access-from-files', '--dump-dom', `file://${probe}`])
  return Number(/<title>(\d+)<\/title>/.exec(stdout)?.[1] ?? 900)
}

async function shoot(url: string, name: string, scheme: (typeof SCHEMES)[number], height: number): Promise<void> {
  const dark =
    scheme === 'dark' ? ['--blink-settings=preferredColorScheme=0'] : ['--blink-settings=preferredColorScheme=1']
  await run([
    ...ARGUMENTS,
    ...dark,
    '--virtual-time-budget=3000',
    `--window-size=${WIDTH},${height}`,
    `--screenshot=${join(IMAGES, `${name}-${scheme}.png`)}`,
    url
  ])
}

/** Asynchronous, so that the emulator can respond to the page. */
async function run(args: readonly string[]) {
  return promisify(execFile)(CHROMIUM, args, { timeout: 60_000 })
}

/** A GitHub server that accepts the writes of the action, with minimal responses. */
async function startRecorder() {
  const comments: string[] = []
  const statuses: { state: string; description: string }[] = []
  const record = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const fields = new Map(Object.entries(value))
    const [body, state, description] = [fields.get('body'), fields.get('state'), fields.get('description')]
    if (typeof body === 'string') comments.push(body)
    if (typeof state === 'string' && typeof description === 'string') {
      statuses.push({ state: state.toLowerCase(), description })
    }
    for (const inner of fields.values()) record(inner)
  }
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    if (request.method !== 'GET') record(JSON.parse(text || '{}'))
    response.setHeader('content-type', 'application/json')
    response.statusCode = request.method === 'POST' ? 201 : 200
    response.end(request.method === 'GET' ? '[]' : JSON.stringify({ id: 1, node_id: 'n1', data: NO_COMMENT }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    comment: () => comments.at(-1) ?? '',
    environment: () =>
      [
        '| State | Description |',
        '|---|---|',
        ...statuses.map(({ state, description }) => `| ${MARKS[state] ?? ''}&nbsp;${state} | ${description} |`)
      ].join('\n'),
    close: () => new Promise<void>((resolve) => server.close(() => resolve()))
  }
}
