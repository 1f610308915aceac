/**
 * `npm start`: the bundled action deploys to the embedded control plane, started as a runner would start it. What is
 * printed is what a user would see on the page of the run.
 */
import { startEmulator } from '../emulator/server.ts'
import { type ActionRun, runAction } from './runner.ts'

interface Scene {
  readonly title: string
  readonly with: Readonly<Record<string, string>>
  readonly passes: boolean
}

const COMMIT = '3d1f5a0c9b7e2486d0a1c3e5f7092b4d6f8a1c3e'

const SCENES: readonly Scene[] = [
  {
    title: 'The first push: the deployment is created',
    with: { secrets: 'OPENAI_API_KEY=sk-demo-first-key\nLOG_LEVEL=info' },
    passes: true
  },
  {
    title: 'The next push: a new revision with a changed secret, and proof that the agent works',
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
  { title: 'A push that breaks the build: the job fails, the old revision stays active', with: {}, passes: false }
]

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
    show(run)
    if ((run.exitCode === 0) !== scene.passes) surprises += 1
  }
  heading('That was all')
  console.log(
    surprises === 0
      ? 'Two runs passed and one failed, as they should.'
      : `${surprises} of the runs did not end as they should.`
  )
  process.exitCode = surprises === 0 ? 0 : 1
} finally {
  await emulator.close()
}

async function playTheThirdBuildFailing(url: string): Promise<void> {
  const answer = await fetch(`${url}/_emulator/scenario`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ revisions: [{ nth: 3, final: 'BUILD_FAILED', commit: COMMIT }, { commit: COMMIT }] })
  })
  if (!answer.ok) throw new Error(`The scenario was answered ${answer.status}: ${await answer.text()}`)
}

function show(run: ActionRun): void {
  subheading(`Exit code ${run.exitCode}; outputs`)
  for (const [name, value] of Object.entries(run.outputs).sort()) console.log(`${name} = ${value}`)
  subheading('Job summary, as Markdown that GitHub draws')
  console.log(run.summary.trim())
}

function heading(text: string): void {
  console.log(`\n${'='.repeat(text.length)}\n${text}\n${'='.repeat(text.length)}`)
}

function subheading(text: string): void {
  console.log(`\n--- ${text}`)
}
