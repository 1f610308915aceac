import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { makeFolder } from '../support/folder.ts'
import { executeJob } from './execute-job.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
// The steps are bash scripts with background processes; Windows has neither their signals nor their groups.
const withBash = process.platform === 'win32' ? describe.skip : describe

function expression(text: string): string {
  return `$${`{{ ${text} }}`}`
}

withBash('executeJob', () => {
  function execute(steps: string) {
    const lines = steps.trimEnd().split('\n')
    const workflow = `env:\n  SHARED: from the workflow\njobs:\n  a:\n    steps:\n${lines.map((line) => `      ${line}`).join('\n')}`
    return executeJob({ workflow, job: 'a', root, skip: (step) => step.run === 'exit 9' })
  }

  test('the executor passes outputs, variables and expressions to later steps', async () => {
    const results = await execute(`
- id: first
  run: |
    echo "colour=red" >> "$GITHUB_OUTPUT"
    echo "FROM_FILE=kept" >> "$GITHUB_ENV"
- run: echo "$COLOUR $FROM_FILE $SHARED $GITHUB_REPOSITORY" ${expression("format('{0}!', github.ref_name)")}
  env:
    COLOUR: ${expression('steps.first.outputs.colour')}
`)
    expect(results.map(({ log }) => log)).toEqual(['', 'red kept from the workflow acme/agents main!\n'])
    expect(results[0]?.outputs).toEqual({ colour: 'red' })
  })

  test('the executor skips steps after a failure, except those whose `if` includes it', async () => {
    const results = await execute(`
- run: 'false | true'
- run: echo never
- run: echo sorry
  if: failure()
- run: echo anyway
  if: ${expression('always()')}
- run: echo not this one
  if: always() && github.ref == 'refs/heads/other'
`)
    expect(results.map(({ outcome }) => outcome)).toEqual(['failure', 'skipped', 'success', 'success', 'skipped'])
  })

  test('the executor ignores a failure with `continue-on-error`', async () => {
    const results = await execute(`
- id: may
  run: exit 4
  continue-on-error: true
- run: test "$OUTCOME,$CONCLUSION" = failure,success
  env:
    OUTCOME: ${expression('steps.may.outcome')}
    CONCLUSION: ${expression('steps.may.conclusion')}
`)
    expect(results.map(({ conclusion }) => conclusion)).toEqual(['success', 'success'])
  })

  test('the executor skips third-party actions and named steps', async () => {
    const results = await execute('\n- uses: actions/checkout@v6\n- run: exit 9\n- run: "true"\n')
    expect(results.map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped', 'success'])
  })

  test('the executor runs post steps last, in reverse order, with newly evaluated inputs', async () => {
    const folder = makeFolder('fake-action-')
    const inputs = 'inputs:\n  colour: { description: any }\n'
    writeFileSync(join(folder, 'action.yml'), `${inputs}runs:\n  using: node24\n  main: main.mjs\n  post: post.mjs\n`)
    const head = "import { appendFileSync } from 'node:fs'\nconst { env } = process\n"
    writeFileSync(
      join(folder, 'main.mjs'),
      `${head}appendFileSync(env.GITHUB_STATE, 'main=' + env.INPUT_COLOUR + '\\n')`
    )
    writeFileSync(
      join(folder, 'post.mjs'),
      `${head}appendFileSync(env.TOLD, env.STATE_main + ' ' + env.INPUT_COLOUR + '\\n')`
    )
    const told = join(folder, 'told')
    const uses = `uses: ./\n        with: { colour: "${expression('env.COLOUR')}" }`
    const change = 'echo "COLOUR=blue" >> "$GITHUB_ENV"'
    const workflow = `env: { COLOUR: red }\njobs:\n  a:\n    steps:\n      - ${uses}\n      - run: ${change}\n      - ${uses}\n`
    const job = { workflow, job: 'a', root: folder, env: { TOLD: told } }
    const results = await executeJob(job)
    expect(results.map(({ conclusion }) => conclusion)).toEqual(['success', 'success', 'success'])
    expect(readFileSync(told, 'utf8')).toBe('blue blue\nred blue\n')
    await executeJob({ ...job, postInputs: () => ({}) })
    expect(readFileSync(told, 'utf8')).toBe('blue blue\nred blue\nblue \nred \n')
  })

  test('the executor ends background processes with the job', async () => {
    const folder = makeFolder('background-')
    const ticks = join(folder, 'ticks')
    await execute(`
- run: |
    while sleep 0.02; do echo tick >> ${ticks}; done > /dev/null 2>&1 &
    until test -s ${ticks}; do sleep 0.02; done
`)
    const size = statSync(ticks).size
    await new Promise((done) => setTimeout(done, 200))
    expect(statSync(ticks).size).toBe(size)
  })
})

const workflow = readFileSync(new URL('../../.github/workflows/ci.yml', import.meta.url), 'utf8')

withBash('the jobs of the CI workflow that compare archives', () => {
  /** Packs as the runners of a system do; `config` is git's configuration there. */
  async function digestOf(system: string, config: Readonly<Record<string, string>> = {}) {
    const settings = Object.entries(config).flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value]
    ])
    const results = await executeJob({
      workflow,
      job: 'archive',
      root,
      skip: (step) => step.run === 'npm ci',
      matrix: { os: `${system}-latest`, system },
      env: { GIT_CONFIG_COUNT: String(settings.length / 2), ...Object.fromEntries(settings) }
    })
    const last = results.at(-1)
    expect([last?.conclusion, last?.log]).toEqual(['success', expect.stringContaining('source/agent.py')])
    return last?.outputs ?? {}
  }
  const compare = async (outputs: Readonly<Record<string, string>>) =>
    (await executeJob({ workflow, job: 'same-archive', root, needs: { archive: outputs } })).at(-1)?.conclusion

  test("pass if each system gives the same bytes, also with git's settings on Windows", async () => {
    const windows = { 'core.autocrlf': 'true', 'core.eol': 'crlf', 'core.symlinks': 'false', 'core.fileMode': 'false' }
    const outputs = {
      ...(await digestOf('linux')),
      ...(await digestOf('macos')),
      ...(await digestOf('windows', windows))
    }
    expect(Object.keys(outputs)).toEqual(['linux', 'macos', 'windows'])
    expect(outputs.linux).toMatch(/^[0-9a-f]{64}$/)
    expect(await compare(outputs)).toBe('success')
    expect(await compare({ ...outputs, windows: '0'.repeat(64) })).toBe('failure')
    expect(await compare({})).toBe('failure')
  }, 60_000)
})

withBash('the end-to-end job of the CI workflow', () => {
  test('passes with the committed bundle', async () => {
    const results = await executeJob({ workflow, job: 'end-to-end', root })
    const faults = results.filter(({ conclusion }) => conclusion === 'failure')
    expect(faults.map(({ name, log }) => `${name}\n${log}`)).toEqual([])
    expect(results.filter(({ outcome }) => outcome === 'skipped').map(({ name }) => name.replace(/@.*/, ''))).toEqual([
      'actions/checkout',
      'actions/setup-node'
    ])
    const { log } = results.find(({ name }) => name === 'Start a control plane') ?? {}
    expect(log).toMatch(/▾ Requests to the emulator[\s\S]*\nPOST \/v2\/deployments 201 \d+ ms -> revision 1 CREATING/)
  }, 120_000)
})
