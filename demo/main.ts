/**
 * `npm start`: deploys to the emulator with the bundled action, started in the same manner as by a runner. Prints the
 * job log as the page of a run shows it, and writes the job summaries to `demo/out`.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmulator } from '../emulator/server.ts'
import { readArguments } from '../scripts/command-line.ts'
import { pageOf, type Shown } from './page.ts'
import { type ActionRun, runAction } from './runner.ts'

interface Scene {
  /** Name of the summary's file, without its extension. */
  readonly file: string
  readonly title: string
  readonly with: Readonly<Record<string, string>>
  readonly passes: boolean
}

const COMMIT = '3d1f5a0c9b7e2486d0a1c3e5f7092b4d6f8a1c3e'

const SCENES: readonly Scene[] = [
  {
    file: '1-created',
    title: 'The first push creates the deployment',
    with: { secrets: 'OPENAI_API_KEY=sk-demo-first-key\nLOG_LEVEL=info' },
    passes: true
  },
  {
    file: '2-proven',
    title: 'The next push creates a revision with a changed secret, and proves that the agent works',
    with: {
      secrets: 'OPENAI_API_KEY=sk-demo-second-key',
      'verify-graphs': 'true',
      'smoke-test': [
        'graph: agent',
        'input: {messages: [{role: user, content: Hello?}]}',
        'expect: {contains: from the emulator}'
      ].join('\n')
    },
    passes: true
  },
  {
    file: '3-failed',
    title: 'A push breaks the build: the job fails, and the previous revision stays active',
    with: {},
    passes: false
  }
]

const OUT = fileURLToPath(new URL('out/', import.meta.url))
/** The most commonly used outputs. */
const SHOWN_OUTPUTS = ['status', 'revision-status', 'revision-id', 'active-revision-id', 'deployment-url']

/** The log of a failed build, in LangSmith's format. */
const BUILD_LOG = [
  'Installing dependencies',
  'ERROR: Could not find a version that satisfies the requirement langchain-opeanai>=0.3 (from versions: none)',
  'ERROR: No matching distribution found for langchain-opeanai>=0.3'
]

readArguments('npm start', {})
rmSync(OUT, { recursive: true, force: true })
mkdirSync(OUT, { recursive: true })
const shown: Shown[] = []
const emulator = await startEmulator({ stepMs: 500, repositories: ['acme/support-agent'] })
try {
  await playTheThirdBuildFailing(emulator.url)
  let surprises = 0
  for (const [index, scene] of SCENES.entries()) {
    heading(`${index + 1}. ${scene.title}`)
    const run = await runAction({
      with: { 'api-key': emulator.apiKey, 'control-plane-url': emulator.url, ...scene.with },
      env: { GITHUB_REPOSITORY: 'acme/support-agent', GITHUB_SHA: COMMIT },
      onLine: (line) => console.log(line)
    })
    show(run, scene)
    if ((run.exitCode === 0) !== scene.passes) surprises += 1
  }
  const page = join(OUT, 'index.html')
  writeFileSync(page, pageOf('Job summaries of npm start', shown))
  heading('Result')
  console.log(
    surprises === 0
      ? 'Two runs passed and one failed, as expected.'
      : `Runs that did not end as expected: ${surprises}.`
  )
  console.log(`All summaries in one page, rendered locally: ${pathOf(page)}`)
  process.exitCode = surprises === 0 ? 0 : 1
} finally {
  await emulator.close()
}

async function playTheThirdBuildFailing(url: string): Promise<void> {
  const answer = await fetch(`${url}/_emulator/scenario`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      revisions: [{ nth: 3, final: 'BUILD_FAILED', commit: COMMIT, build_log: BUILD_LOG }, { commit: COMMIT }]
    })
  })
  if (!answer.ok) throw new Error(`The emulator returned ${answer.status} for the scenario: ${await answer.text()}`)
}

function show(run: ActionRun, { file, title }: Scene): void {
  const path = join(OUT, `${file}.md`)
  writeFileSync(path, `${run.summary.trim()}\n`)
  shown.push({ title, markdown: run.summary })
  console.log(`\nExit code: ${run.exitCode}`)
  for (const name of SHOWN_OUTPUTS) {
    const value = run.outputs[name]
    if (value) console.log(`${name}: ${value}`)
  }
  console.log(`${Object.keys(run.outputs).length} outputs in total. Job summary: ${pathOf(path)}`)
}

function pathOf(path: string): string {
  return relative(process.cwd(), path)
}

function heading(text: string): void {
  console.log(`\n${'='.repeat(text.length)}\n${text}\n${'='.repeat(text.length)}`)
}
