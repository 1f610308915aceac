/** A small executor of workflow jobs: runs `run` in bash, and this repository's action with the stand-in runner. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { data, Evaluator, Lexer, Parser } from '@actions/expressions'
import { load } from 'js-yaml'
import { parseCommandFile, type StartedAction, type StepRun, startAction } from '../../demo/runner.ts'

type Outcome = 'success' | 'failure' | 'skipped'

/** Result of one step. `conclusion` is the result for the job: an allowed failure counts as a success. */
export interface StepResult {
  readonly name: string
  readonly outcome: Outcome
  readonly conclusion: Outcome
  readonly outputs: Readonly<Record<string, string>>
  /** Log of the step; for the action, includes its post step. */
  readonly log: string
  /** The post step of the action, at the end of the job. */
  readonly post?: StepRun
}

/** Options of a job. */
export interface JobOptions {
  /** Text of the workflow. */
  readonly workflow: string
  readonly job: string
  /** The folder of the action that `uses: ./` and `$/` refer to; also GITHUB_WORKSPACE. */
  readonly root: string
  /** GITHUB_WORKSPACE, if it is not the folder of the action. */
  readonly workspace?: string
  /** Steps to skip, because this machine has already done their work. */
  readonly skip?: (step: Readonly<Record<string, unknown>>) => boolean
  /** Fields of the `github` context that differ from a push to main. */
  readonly github?: Readonly<Record<string, unknown>>
  /** Inputs of a reusable workflow; omitted ones have their declared defaults. */
  readonly inputs?: Readonly<Record<string, string | boolean>>
  readonly secrets?: Readonly<Record<string, string>>
  /** One combination of the job's matrix. */
  readonly matrix?: Readonly<Record<string, string>>
  /** The outputs of the jobs that this one needs. */
  readonly needs?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Variables of the runner, such as GITHUB_API_URL. */
  readonly env?: Readonly<Record<string, string>>
  readonly githubToken?: string
  /**
   * Inputs of the action when they are evaluated again for its post step, as a function of their first values. In a
   * known bug of nested composite actions, they can all be empty.
   */
  readonly postInputs?: (inputs: Readonly<Record<string, string>>) => Readonly<Record<string, string>>
}

/** The folder of this repository's action in a `uses`, by path or by repository; undefined for other actions. */
function folderOf(uses: unknown, root: string): string | undefined {
  if (typeof uses !== 'string') return undefined
  if (uses.startsWith('$/')) return join(root, uses.slice(2))
  const found = /^(?:\.\/|[\w.-]+\/langsmith-deploy-action\/?)(emulator)?(?:@v\d+)?$/.exec(uses)
  return found ? join(root, found[1] ?? '') : undefined
}

interface Ending {
  readonly failed: boolean
  readonly outputs: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  readonly log: string
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function evaluate(expression: string, contexts: object, failed: boolean): data.ExpressionData {
  const answers = { always: true, cancelled: false, failure: failed, success: !failed }
  const functions = Object.entries(answers).map(([name, answer]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(answer)
  }))
  const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse()
  const values: unknown = JSON.parse(JSON.stringify(contexts), data.reviver)
  if (!(values instanceof data.Dictionary)) throw new Error('contexts are not a dictionary')
  return new Evaluator(tree, values, new Map(functions.map((definition) => [definition.name, definition]))).evaluate()
}

function isTrue(value: data.ExpressionData): boolean {
  return !['', 'false', '0'].includes(value.coerceString())
}

function interpolate(text: unknown, contexts: object): string {
  return String(text ?? '').replace(/\$\{\{(.*?)\}\}/gs, (_, inside: string) =>
    evaluate(inside, contexts, false).coerceString()
  )
}

function interpolateAll(values: unknown, contexts: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(isRecord(values) ? values : {}).map(([name, value]) => [name, interpolate(value, contexts)])
  )
}

function shallRun(condition: unknown, contexts: object, failed: boolean): boolean {
  if (condition === undefined) return !failed
  const expression = String(condition).replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1')
  const asksForStatus = /\b(always|cancelled|failure|success)\s*\(/.test(expression)
  return (asksForStatus || !failed) && isTrue(evaluate(expression, contexts, failed))
}

function runScript(script: string, root: string, temp: string, env: Record<string, string>, groups: Set<number>) {
  const files = { script: join(temp, 'step.sh'), output: join(temp, 'output'), env: join(temp, 'env') }
  writeFileSync(files.script, script)
  writeFileSync(files.output, '')
  writeFileSync(files.env, '')
  return new Promise<Ending>((done, fail) => {
    // A separate group, so that background processes of a step can be ended with the job.
    const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', files.script], {
      cwd: root,
      env: { ...env, GITHUB_OUTPUT: files.output, GITHUB_ENV: files.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true
    })
    if (child.pid !== undefined) groups.add(child.pid)
    let log = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (piece: string) => {
        log += piece
      })
    }
    child.on('error', fail)
    child.on('close', (code) => {
      done({
        failed: code !== 0,
        outputs: parseCommandFile(readFileSync(files.output, 'utf8')),
        env: parseCommandFile(readFileSync(files.env, 'utf8')),
        log
      })
    })
  })
}

/** The event payload as GitHub sends it: every event names the repository and the sender. */
function payloadOf({ github = {} }: Pick<JobOptions, 'github'>): Readonly<Record<string, unknown>> {
  const fullName = String(github.repository ?? REPOSITORY)
  const [owner, name] = fullName.split('/')
  const url = `https://github.com/${fullName}`
  const login = String(github.actor ?? 'octocat')
  const repository = { id: 1, name, full_name: fullName, owner: { login: owner }, private: true, html_url: url }
  return {
    // The stand-in runner adds the remaining fields of a push to main if there is no event.
    ...(isRecord(github.event) ? github.event : {}),
    repository: {
      ...repository,
      fork: false,
      default_branch: 'main',
      ...(isRecord(github.event) && isRecord(github.event.repository) ? github.event.repository : {})
    },
    sender: { login, id: 2, type: login.endsWith('[bot]') ? 'Bot' : 'User', site_admin: false },
    ...(isRecord(github.event) && isRecord(github.event.sender) ? { sender: github.event.sender } : {})
  }
}

const REPOSITORY = 'acme/agents'

/** Runs the main step of the action; its post step runs at the end of the job. */
async function startOwnAction(
  { root, workspace = root, github, secrets, githubToken, event }: JobOptions & { readonly event: object },
  folder: string,
  inputs: Record<string, string>,
  env: Record<string, string>
): Promise<{ readonly action: StartedAction; readonly ending: Ending }> {
  const action = await startAction({
    action: folder,
    workspace,
    with: inputs,
    env,
    // The remaining fields of a push are added there.
    ...(isRecord(github?.event) || github?.event_name !== undefined ? { event } : {}),
    ...(secrets ? { secrets: Object.values(secrets) } : {}),
    ...(githubToken === undefined ? {} : { githubToken })
  })
  const { exitCode, outputs, env: added, log } = action.main
  return { action, ending: { failed: exitCode !== 0, outputs, env: added, log } }
}

/** The inputs of a reusable workflow: the given ones, and the defaults of the others. */
function inputsOf(workflow: Readonly<Record<string, unknown>>, given: JobOptions['inputs']): Record<string, unknown> {
  const call = isRecord(workflow.on) ? workflow.on.workflow_call : undefined
  const declared = isRecord(call) && isRecord(call.inputs) ? Object.entries(call.inputs) : []
  return {
    ...Object.fromEntries(declared.map(([name, input]) => [name, (isRecord(input) ? input.default : undefined) ?? ''])),
    ...given
  }
}

/**
 * Runs the steps of one job in order, and returns their results. `uses: ./`, `./emulator` and `$/…` run the actions of
 * `root`; other `uses` are skipped. The post steps of the action run at the end, in reverse order. `if`, `env`,
 * `continue-on-error`, outputs and GITHUB_ENV have their usual meaning.
 */
export async function executeJob(options: JobOptions): Promise<StepResult[]> {
  const workflow = load(options.workflow)
  const job = isRecord(workflow) && isRecord(workflow.jobs) ? workflow.jobs[options.job] : undefined
  if (!isRecord(workflow) || !isRecord(job) || !Array.isArray(job.steps)) {
    throw new Error(`the workflow has no job ${options.job}`)
  }
  const { root } = options
  const temp = realpathSync(mkdtempSync(join(tmpdir(), 'job-')))
  const groups = new Set<number>()
  const results: StepResult[] = []
  const started: { readonly action: StartedAction; readonly index: number }[] = []
  const steps: Record<string, { outputs: object; outcome: Outcome; conclusion: Outcome }> = {}
  const runner = { os: 'Linux', temp }
  const github = {
    event_name: 'push',
    ref: 'refs/heads/main',
    ref_name: 'main',
    repository: REPOSITORY,
    token: options.githubToken ?? 'ghs_of_the_job',
    ...options.github,
    event: payloadOf(options)
  }
  const called = {
    github,
    inputs: inputsOf(workflow, options.inputs),
    secrets: options.secrets ?? {},
    matrix: options.matrix ?? {},
    needs: Object.fromEntries(
      Object.entries(options.needs ?? {}).map(([id, outputs]) => [id, { outputs, result: 'success' }])
    )
  }
  const fixed = {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: options.workspace ?? root,
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_EVENT_NAME: github.event_name,
    RUNNER_TEMP: temp,
    ...options.env
  }
  let env: Record<string, string> = {
    ...interpolateAll(workflow.env, called),
    ...interpolateAll(job.env, called)
  }
  let failed = false
  try {
    mkdirSync(join(temp, 'files'))
    const all = job.steps.filter(isRecord)
    for (const [index, step] of all.entries()) {
      const contexts: object = { ...called, runner, steps, env, job: { status: failed ? 'failure' : 'success' } }
      const name = String(step.name ?? step.run ?? step.uses ?? index)
      const own = folderOf(step.uses, root)
      const foreign = step.uses !== undefined && own === undefined
      let result: StepResult = { name, outcome: 'skipped', conclusion: 'skipped', outputs: {}, log: '' }
      if (!foreign && !options.skip?.(step) && shallRun(step.if, contexts, failed)) {
        const stepEnv = { ...fixed, ...env, ...interpolateAll(step.env, contexts) }
        let ending: Ending
        if (own !== undefined) {
          const { action, ending: end } = await startOwnAction(
            { ...options, event: github.event },
            own,
            interpolateAll(step.with, contexts),
            stepEnv
          )
          started.push({ action, index })
          ending = end
        } else {
          // Like setup-node: puts the present Node first in the PATH.
          const PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`
          const scriptEnv = { PATH, HOME: process.env.HOME ?? '', ...stepEnv }
          ending = await runScript(interpolate(step.run, contexts), root, join(temp, 'files'), scriptEnv, groups)
        }
        const allowed = String(step['continue-on-error'] ?? false) === 'true'
        const outcome = ending.failed ? 'failure' : 'success'
        const conclusion = ending.failed && !allowed ? 'failure' : 'success'
        result = { name, outcome, conclusion, outputs: ending.outputs, log: ending.log }
        env = { ...env, ...ending.env }
        failed ||= conclusion === 'failure'
      }
      results.push(result)
      const { outputs, outcome, conclusion } = result
      if (typeof step.id === 'string') steps[step.id] = { outputs, outcome, conclusion }
    }
    for (const { action, index } of started.toReversed()) {
      const contexts = { ...called, runner, steps, env, job: { status: failed ? 'failure' : 'success' } }
      const anew = interpolateAll(all[index]?.with, contexts)
      const { post } = await action.finish({
        env: { ...env, ...interpolateAll(all[index]?.env, contexts) },
        with: options.postInputs?.(anew) ?? anew
      })
      const result = results[index]
      if (!post || !result) continue
      env = { ...env, ...post.env }
      const endings = post.exitCode === 0 ? {} : ({ outcome: 'failure', conclusion: 'failure' } as const)
      results[index] = { ...result, ...endings, log: `${result.log}\n${post.log}`, post }
    }
    return results
  } finally {
    for (const { action } of started) action.close()
    for (const group of groups) {
      try {
        process.kill(-group, 'SIGKILL')
      } catch {
        // The usual case: the step left no processes.
      }
    }
    rmSync(temp, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}
