/**
 * A stand-in for the Actions runner: it starts an action as a job on GitHub does, and returns what a user would see.
 *
 * Its rules are those of https://github.com/actions/runner (ActionCommandManager, FileCommandManager, SecretMasker).
 * One difference: the runner also masks encoded forms of a secret (Base64, JSON, URL); this one masks only the text
 * itself.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { arch, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FAILSAFE_SCHEMA, load } from 'js-yaml'

/** An annotation, as the page of the run shows it. */
export interface Annotation {
  readonly level: 'notice' | 'warning' | 'error'
  readonly title?: string
  readonly file?: string
  readonly line?: string
  readonly message: string
}

/** A foldable group of the log; `lines` are masked. */
export interface LogGroup {
  readonly title: string
  readonly lines: readonly string[]
}

/** Result of one process of the action, from its main or its post entry. */
export interface StepRun {
  /** null if a signal ended the process. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** Start time of the process, by `performance.now()`. */
  readonly startedAt: number
  readonly durationMs: number
  /** Time of the first signal of `signals`, by `performance.now()`; undefined if none was sent. */
  readonly signalledAt?: number
  readonly outputs: Record<string, string>
  readonly state: Record<string, string>
  readonly env: Record<string, string>
  readonly paths: readonly string[]
  /** All texts given to `add-mask`, in order. */
  readonly masks: readonly string[]
  readonly annotations: readonly Annotation[]
  readonly groups: readonly LogGroup[]
  /** Lines that only a debug run shows, masked. */
  readonly debug: readonly string[]
  /** Problems that the runner would report: disabled commands, invalid files, a process left running. */
  readonly faults: readonly string[]
  readonly rawStdout: string
  readonly rawStderr: string
  /** The log as a user sees it. Each line is masked with the secrets that were known when it was printed. */
  readonly log: string
  readonly summary: string
  /** Peak resident memory; only with `measureMemory`, and only on Linux. */
  readonly peakRssKiB?: number
}

/** A complete run of an action. */
export interface ActionRun extends StepRun {
  /** Outputs that the runner would not pass to other jobs, because their value contains a masked text. */
  readonly droppedOutputs: readonly string[]
  readonly post?: StepRun
}

/**
 * A signal for the main process, and its time: `afterMs` after the start, after the first matching line of the log, or
 * after a promise settles. The function is called when the process starts.
 */
export type SignalPlan =
  | { readonly signal: NodeJS.Signals; readonly when: RegExp | (() => Promise<unknown>); readonly afterMs?: number }
  | { readonly signal: NodeJS.Signals; readonly when?: undefined; readonly afterMs: number }

/** A file that the runner creates for each step. */
export type CommandFile = 'GITHUB_ENV' | 'GITHUB_OUTPUT' | 'GITHUB_PATH' | 'GITHUB_STATE' | 'GITHUB_STEP_SUMMARY'

/** Options of a run; all have defaults. */
export interface RunOptions {
  /** Folder of action.yml; default: this repository. */
  readonly action?: string
  readonly with?: Readonly<Record<string, string>>
  /** Variables of the job, which override those that the runner sets. */
  readonly env?: Readonly<Record<string, string>>
  /** The event payload; default: a push to main. */
  readonly event?: object
  readonly githubToken?: string
  /** GITHUB_WORKSPACE; default: an empty folder, which is removed afterwards. */
  readonly workspace?: string
  /** Texts that are masked from the start, like the secrets of a workflow. */
  readonly secrets?: readonly string[]
  /** Runs with debug logging. */
  readonly debug?: boolean
  readonly signals?: readonly SignalPlan[]
  /** Kills the main process this many milliseconds after its start, like the loss of the machine. */
  readonly killAfterMs?: number
  /** Time limit of a process, in milliseconds, after which it is killed and the run rejects; default 60,000. */
  readonly timeoutMs?: number
  /** If false, the post entry does not run. */
  readonly post?: boolean
  /**
   * Inputs that differ when GitHub evaluates them again for the post entry. In a known bug of the runner, all are empty
   * then.
   */
  readonly postWith?: Readonly<Record<string, string>>
  /** Paths to use instead of the files that the runner creates for the main entry, by their variables. */
  readonly files?: Readonly<Partial<Record<CommandFile, string>>>
  readonly measureMemory?: boolean
  /** Called with each line of the log when it appears. */
  readonly onLine?: (line: string) => void
}

/** Inputs and entries of an action.yml; every scalar is a string, as in the runner. */
interface ActionDefinition {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: string }>>
  readonly outputs: Readonly<Record<string, unknown>>
  readonly main: string
  readonly post?: string
  readonly postIf: string
}

interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

const fakeToken = 'ghs_0000000000000000000000000000fake'
const summaryLimit = 1024 * 1024
const knownCommands = [
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning'
]
const fileInsteadOf: Readonly<Record<string, string>> = {
  'add-path': 'GITHUB_PATH',
  'save-state': 'GITHUB_STATE',
  'set-env': 'GITHUB_ENV',
  'set-output': 'GITHUB_OUTPUT'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/**
 * Parses the content of GITHUB_OUTPUT, GITHUB_STATE or GITHUB_ENV: `name=value` and `name<<delimiter` blocks.
 * The last value of a name counts. @throws Error with the runner's message for any other syntax
 */
export function parseCommandFile(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = text.split(/\r\n|\r|\n/)
  const ends = [...text.matchAll(/\r\n|\r|\n/g)]
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
      const name = line.slice(0, heredoc)
      const delimiter = line.slice(heredoc + 2)
      if (name === '' || delimiter === '') {
        throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
      }
      const close = lines.indexOf(delimiter, index + 1)
      if (close < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
      const first = ends[index]
      const last = ends[close - 1]
      // Sliced from the text, so that line endings inside the value are preserved.
      values[name] = first && last && close > index + 1 ? text.slice(first.index + first[0].length, last.index) : ''
      index = close
      continue
    }
    if (equals < 0) throw new Error(`Invalid format '${line}'`)
    if (equals === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`)
    values[line.slice(0, equals)] = line.slice(equals + 1)
  }
  return values
}

/** Replaces every occurrence of every mask with `***`; overlapping or adjacent masks are replaced once. */
export function maskText(text: string, masks: Iterable<string>): string {
  const ranges: { start: number; end: number }[] = []
  for (const mask of new Set(masks)) {
    if (mask === '') continue
    for (let start = text.indexOf(mask); start >= 0; start = text.indexOf(mask, start + 1)) {
      ranges.push({ start, end: start + mask.length })
    }
  }
  if (ranges.length === 0) return text
  ranges.sort((a, b) => a.start - b.start)
  let masked = ''
  let position = 0
  let open: { start: number; end: number } | undefined
  for (const range of ranges) {
    if (open && range.start <= open.end) {
      open.end = Math.max(open.end, range.end)
      continue
    }
    if (open) {
      masked += `${text.slice(position, open.start)}***`
      position = open.end
    }
    open = range
  }
  if (open) {
    masked += `${text.slice(position, open.start)}***`
    position = open.end
  }
  return masked + text.slice(position)
}

function findExpressions(value: unknown, path: string): string[] {
  if (typeof value === 'string') return value.includes('${{') ? [path] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    findExpressions(inner, path === '' ? name : `${path}.${name}`)
  )
}

/**
 * Finds expressions in an action.yml that prevent the runner from loading it. The runner evaluates every text of the
 * file, even descriptions, without a context ("Unrecognized named-value: 'secrets'").
 */
function misplacedExpressions(document: unknown): string[] {
  return findExpressions(document, '').filter((path) => !/^inputs\..*\.default$|^runs\./.test(path))
}

/** Reads an action.yml. @throws Error if this stand-in or the real runner cannot run the action */
function readAction(folder: string): ActionDefinition {
  const path = join(folder, 'action.yml')
  // This schema keeps every scalar as text: `default: 1.0` is "1.0" for the runner, not 1.
  const document = load(readFileSync(path, 'utf8'), { schema: FAILSAFE_SCHEMA })
  const runs = isRecord(document) ? document.runs : undefined
  if (!isRecord(document) || !isRecord(runs) || typeof runs.main !== 'string') {
    throw new Error(`${path} has no runs.main`)
  }
  if (!/^node\d+$/.test(String(runs.using))) throw new Error(`${path}: only JavaScript actions can be run here`)
  if (runs.pre !== undefined) throw new Error(`${path}: runs.pre is not supported here`)
  const misplaced = misplacedExpressions(document)
  if (misplaced.length > 0) {
    throw new Error(
      `${path}: GitHub fails to load an action with an expression in ${misplaced.join(', ')}; omit the \${{ }} there`
    )
  }
  const inputs: Record<string, { default?: string; required?: string }> = {}
  for (const [name, value] of Object.entries(isRecord(document.inputs) ? document.inputs : {})) {
    const input: { default?: string; required?: string } = {}
    if (isRecord(value) && typeof value.default === 'string') input.default = value.default
    if (isRecord(value) && typeof value.required === 'string') input.required = value.required
    inputs[name] = input
  }
  return {
    inputs,
    outputs: isRecord(document.outputs) ? document.outputs : {},
    main: runs.main,
    ...(typeof runs.post === 'string' ? { post: runs.post } : {}),
    postIf: typeof runs['post-if'] === 'string' ? runs['post-if'] : 'always()'
  }
}

function decode(text: string, codes: Readonly<Record<string, string>>): string {
  // One pass, because `%250A` means the text `%0A`.
  return text.replace(/%[0-9A-F]{2}/g, (code) => codes[code] ?? code)
}

const dataCodes = { '%0D': '\r', '%0A': '\n', '%25': '%' }
const propertyCodes = { ...dataCodes, '%3A': ':', '%2C': ',' }
const oldCodes = { ...dataCodes, '%3B': ';', '%5D': ']' }

function parseProperties(text: string, separator: string, codes: Readonly<Record<string, string>>) {
  const properties: Record<string, string> = {}
  for (const pair of text.split(separator)) {
    const equals = pair.indexOf('=')
    if (equals > 0) properties[pair.slice(0, equals).trim()] = decode(pair.slice(equals + 1), codes)
  }
  return properties
}

function splitHead(head: string): [name: string, properties: string] {
  const space = head.indexOf(' ')
  return space < 0 ? [head.toLowerCase(), ''] : [head.slice(0, space).toLowerCase(), head.slice(space + 1).trim()]
}

function parseCommand(line: string, registered: ReadonlySet<string>): Command | undefined {
  const trimmed = line.trimStart()
  if (trimmed.startsWith('::')) {
    const end = trimmed.indexOf('::', 2)
    if (end >= 0) {
      const [name, properties] = splitHead(trimmed.slice(2, end))
      if (registered.has(name)) {
        return {
          name,
          properties: parseProperties(properties, ',', propertyCodes),
          data: decode(trimmed.slice(end + 2), dataCodes)
        }
      }
    }
  }
  // The old syntax is valid anywhere in a line.
  const start = line.indexOf('##[')
  const end = start < 0 ? -1 : line.indexOf(']', start)
  if (end < 0) return undefined
  const [name, properties] = splitHead(line.slice(start + 3, end))
  if (!registered.has(name)) return undefined
  return { name, properties: parseProperties(properties, ';', oldCodes), data: decode(line.slice(end + 1), oldCodes) }
}

/** Reads workflow commands from the output of a step, and collects their results. */
export interface CommandReader {
  /** Adds a piece of a stream; pieces may end anywhere. */
  readonly push: (stream: 'stdout' | 'stderr', piece: string) => void
  /** Processes the text after the last line ending. */
  readonly end: () => void
  /** Masks a text with all known masks. */
  readonly mask: (text: string) => string
  /** Adds an annotation by the runner itself. */
  readonly annotate: (level: Annotation['level'], message: string) => void
  readonly masks: readonly string[]
  readonly annotations: readonly Annotation[]
  readonly groups: readonly LogGroup[]
  readonly debug: readonly string[]
  readonly faults: readonly string[]
  readonly log: readonly string[]
}

/** Options of a command reader. */
export interface CommandReaderOptions {
  /** Texts that are masked from the start. */
  readonly masks?: Iterable<string>
  /** Shows `debug` messages. */
  readonly debug?: boolean
  readonly onLine?: (line: string) => void
}

/**
 * Interprets the output streams of an action in the same manner as the runner: masks, groups, annotations, stopped
 * commands.
 */
export function createCommandReader(options: CommandReaderOptions = {}): CommandReader {
  const hidden = new Set<string>()
  const masks: string[] = []
  const annotations: Annotation[] = []
  const groups: { title: string; lines: string[] }[] = []
  const debug: string[] = []
  const faults: string[] = []
  const log: string[] = []
  const registered = new Set(knownCommands)
  const rest = { stdout: '', stderr: '' }
  let stopToken: string | undefined
  let group: { title: string; lines: string[] } | undefined

  function hide(text: string): void {
    hidden.add(text)
    for (const line of text.split(/[\r\n]+/)) if (line !== '') hidden.add(line)
  }
  for (const text of options.masks ?? []) if (text !== '') hide(text)

  function mask(text: string): string {
    return maskText(text, hidden)
  }

  function show(text: string, inGroup = true): void {
    for (const line of mask(text).split(/\r\n|\r|\n/)) {
      log.push(line)
      if (inGroup) group?.lines.push(line)
      options.onLine?.(line)
    }
  }

  function annotate(level: Annotation['level'], message: string, properties: Command['properties'] = {}): void {
    const { title, file, line } = properties
    annotations.push({
      level,
      ...(title === undefined ? {} : { title: mask(title) }),
      ...(file === undefined ? {} : { file: mask(file) }),
      ...(line === undefined ? {} : { line }),
      message: mask(message)
    })
    show(`${level.charAt(0).toUpperCase()}${level.slice(1)}: ${message}`)
  }

  function stop(line: string, token: string): void {
    if (token === '' || token === 'pause-logging' || registered.has(token.toLowerCase())) {
      faults.push(`stop-commands with the unsafe token '${token}'`)
      return
    }
    stopToken = token.toLowerCase()
    registered.add(stopToken)
    if (token.length > 6) hidden.add(token)
    show(line)
  }

  function obey(command: Command, line: string): void {
    switch (command.name) {
      case 'add-mask':
        if (command.data.trim() === '') {
          annotate('warning', "Can't add secret mask for empty string in ##[add-mask] command.")
        } else {
          masks.push(command.data)
          hide(command.data)
        }
        return
      case 'notice':
      case 'warning':
      case 'error':
        annotate(command.name, command.data, command.properties)
        return
      case 'debug':
        debug.push(mask(command.data))
        if (options.debug) show(`Debug: ${command.data}`)
        return
      case 'group':
        group = { title: mask(command.data), lines: [] }
        groups.push(group)
        show(`▾ ${command.data}`, false)
        return
      case 'endgroup':
        group = undefined
        return
      case 'stop-commands':
        stop(line, command.data)
        return
      default: {
        const file = fileInsteadOf[command.name]
        if (file) faults.push(`the command '${command.name}' is disabled; use ${file}`)
      }
    }
  }

  function read(line: string): void {
    const command = parseCommand(line, registered)
    if (command && stopToken === undefined) {
      obey(command, line)
    } else if (command && command.name === stopToken) {
      registered.delete(stopToken)
      stopToken = undefined
      show(line)
    } else {
      show(line)
    }
  }

  return {
    push(stream, piece) {
      const text = rest[stream] + piece
      // A CR at the end may be the first half of a CRLF, so it waits for the next piece.
      const lines = text.split(/\r\n|\n|\r(?!$)/)
      rest[stream] = lines.pop() ?? ''
      for (const line of lines) read(line)
    },
    end() {
      for (const stream of ['stdout', 'stderr'] as const) {
        const line = rest[stream].replace(/\r$/, '')
        if (rest[stream] !== '') read(line)
        rest[stream] = ''
      }
      if (stopToken !== undefined) faults.push('commands were stopped and never resumed')
    },
    mask,
    annotate,
    masks,
    annotations,
    groups,
    debug,
    faults,
    log
  }
}

function evaluateDefault(text: string, token: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (expression, inside: string) => {
    if (inside === 'github.token') return token
    const value = /^github\.\w+$/.test(inside) ? env[inside.replace('.', '_').toUpperCase()] : undefined
    if (value === undefined) throw new Error(`the default ${expression} cannot be evaluated here`)
    return value
  })
}

const runnerSystems: Readonly<Record<string, string>> = { darwin: 'macOS', win32: 'Windows' }

function jobEnvironment(temp: string, workspace: string, given: Readonly<Record<string, string>>) {
  const repository = given.GITHUB_REPOSITORY ?? 'acme/agents'
  const ref = given.GITHUB_REF ?? 'refs/heads/main'
  const server = given.GITHUB_SERVER_URL ?? 'https://github.com'
  const sha = given.GITHUB_SHA ?? '5f1c0e8a9b7d3f2e4c6a8b0d1e3f5a7c9b2d4e6f'
  return {
    CI: 'true',
    GITHUB_ACTION: '__self',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'octocat',
    GITHUB_ACTOR_ID: '583231',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_BASE_REF: '',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: join(temp, '_github_workflow', 'event.json'),
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_HEAD_REF: '',
    GITHUB_JOB: 'deploy',
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REF_PROTECTED: 'false',
    GITHUB_REF_TYPE: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_ID: '1296269',
    GITHUB_REPOSITORY_OWNER: repository.split('/')[0] ?? '',
    GITHUB_REPOSITORY_OWNER_ID: '583232',
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '17234567890',
    GITHUB_RUN_NUMBER: '42',
    GITHUB_SERVER_URL: server,
    GITHUB_SHA: sha,
    GITHUB_TRIGGERING_ACTOR: 'octocat',
    GITHUB_WORKFLOW: 'Deploy',
    GITHUB_WORKFLOW_REF: `${repository}/.github/workflows/deploy.yml@${ref}`,
    GITHUB_WORKFLOW_SHA: sha,
    GITHUB_WORKSPACE: workspace,
    RUNNER_ARCH: arch() === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'GitHub Actions 1',
    RUNNER_OS: runnerSystems[process.platform] ?? 'Linux',
    RUNNER_TEMP: join(temp, '_temp'),
    RUNNER_TOOL_CACHE: join(temp, '_tool'),
    RUNNER_WORKSPACE: resolve(workspace, '..')
  }
}

function inheritedEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', ...(process.platform === 'win32' ? ['SYSTEMROOT', 'TEMP', 'TMP', 'USERPROFILE'] : [])]
  const env: Record<string, string> = {}
  for (const name of names) {
    const value = process.env[name]
    if (value !== undefined) env[name] = value
  }
  return env
}

function pushPayload(env: Readonly<Record<string, string>>): object {
  return {
    ref: env.GITHUB_REF,
    before: '0000000000000000000000000000000000000001',
    after: env.GITHUB_SHA,
    deleted: false,
    forced: false,
    head_commit: { id: env.GITHUB_SHA, message: 'Answer in whole sentences' },
    pusher: { name: env.GITHUB_ACTOR },
    repository: {
      name: env.GITHUB_REPOSITORY?.split('/')[1],
      full_name: env.GITHUB_REPOSITORY,
      default_branch: 'main',
      private: true,
      html_url: `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}`
    },
    sender: { login: env.GITHUB_ACTOR }
  }
}

interface StepSettings {
  readonly script: string
  readonly step: 'main' | 'post'
  readonly temp: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly reader: CommandReader
  readonly options: RunOptions
  /** Lets signals wait for lines of the log. */
  readonly listeners: Set<(line: string) => void>
}

function peakMemory(pid: number): number | undefined {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return found ? Number(found[1]) : undefined
  } catch {
    return undefined
  }
}

interface ProcessEnd {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly startedAt: number
  readonly durationMs: number
  readonly signalledAt?: number
  readonly rawStdout: string
  readonly rawStderr: string
  readonly peakRssKiB?: number
  readonly leftBehind: boolean
}

function runProcess(settings: StepSettings, env: Record<string, string>): Promise<ProcessEnd> {
  const { script, cwd, reader, options, listeners, step } = settings
  const timeoutMs = options.timeoutMs ?? 60_000
  return new Promise((done, fail) => {
    const startedAt = performance.now()
    const child = spawn(process.execPath, [script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    const raw = { stdout: '', stderr: '' }
    const timers: NodeJS.Timeout[] = []
    let peakRssKiB: number | undefined
    let timedOut = false
    let leftBehind = false
    let durationMs = 0
    let signalledAt: number | undefined
    let ended = false

    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8')
      child[stream].on('data', (piece: string) => {
        raw[stream] += piece
        reader.push(stream, piece)
      })
    }
    function later(afterMs: number, act: () => void): void {
      timers.push(setTimeout(act, afterMs))
    }
    function cleanUp(): void {
      for (const timer of timers) clearTimeout(timer)
      listeners.clear()
    }
    function send({ signal, afterMs }: SignalPlan): void {
      if (ended) return
      const kill = () => {
        signalledAt ??= performance.now()
        child.kill(signal)
      }
      if (afterMs === undefined) kill()
      else later(afterMs, kill)
    }
    if (step === 'main') {
      for (const plan of options.signals ?? []) {
        const { when } = plan
        if (when === undefined) send(plan)
        else if (typeof when === 'function') when().then(() => send(plan), fail)
        else {
          const listener = (line: string) => {
            if (line.search(when) < 0) return
            listeners.delete(listener)
            send(plan)
          }
          listeners.add(listener)
        }
      }
      if (options.killAfterMs !== undefined) later(options.killAfterMs, () => child.kill('SIGKILL'))
    }
    later(timeoutMs, () => {
      timedOut = true
      child.kill('SIGKILL')
    })
    const { pid } = child
    if (options.measureMemory && pid !== undefined && process.platform === 'linux') {
      // The kernel tracks the peak; it must be read before the process ends.
      const timer = setInterval(() => {
        peakRssKiB = peakMemory(pid) ?? peakRssKiB
      }, 10)
      timers.push(timer)
    }
    child.on('error', (error) => {
      cleanUp()
      fail(error)
    })
    child.on('exit', () => {
      ended = true
      durationMs = performance.now() - startedAt
      cleanUp()
      // A child of the action that outlives it can hold the pipes open forever.
      later(2_000, () => {
        leftBehind = true
        child.stdout.destroy()
        child.stderr.destroy()
      })
    })
    child.on('close', (exitCode, signal) => {
      cleanUp()
      reader.end()
      if (timedOut) {
        const tail = reader.log.slice(-20).join('\n')
        fail(new Error(`the ${step} entry of the action still ran after ${timeoutMs} ms. Its log ends with:\n${tail}`))
        return
      }
      done({
        exitCode,
        signal,
        startedAt,
        durationMs,
        ...(signalledAt === undefined ? {} : { signalledAt }),
        rawStdout: raw.stdout,
        rawStderr: raw.stderr,
        ...(peakRssKiB === undefined ? {} : { peakRssKiB }),
        leftBehind
      })
    })
  })
}

async function runStep(settings: StepSettings): Promise<StepRun> {
  const { reader, step, temp, options } = settings
  const folder = join(temp, '_runner_file_commands')
  mkdirSync(folder, { recursive: true })
  const files = Object.fromEntries(
    ['ENV', 'OUTPUT', 'PATH', 'STATE', 'STEP_SUMMARY'].map((name) => [
      `GITHUB_${name}`,
      join(folder, `${name.toLowerCase()}_${step}`)
    ])
  )
  for (const path of Object.values(files)) writeFileSync(path, '')
  const replaced = step === 'main' ? options.files : {}

  const { leftBehind, ...end } = await runProcess(settings, { ...settings.env, ...files, ...replaced })

  const faults = [...reader.faults]
  if (leftBehind) faults.push('the action left a process behind that holds its log open')
  function text(name: string): string {
    return readFileSync(files[`GITHUB_${name}`] ?? '', 'utf8')
  }
  function values(name: string): Record<string, string> {
    try {
      return parseCommandFile(text(name))
    } catch (error) {
      const message = `Unable to process file command '${name.toLowerCase()}' successfully. ${messageOf(error)}`
      faults.push(message)
      reader.annotate('error', message)
      return {}
    }
  }
  const outputs = values('OUTPUT')
  const state = values('STATE')
  const env = values('ENV')
  if ('NODE_OPTIONS' in env) {
    faults.push("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
    delete env.NODE_OPTIONS
  }
  let summary = reader.mask(text('STEP_SUMMARY'))
  const size = Buffer.byteLength(summary)
  if (size > summaryLimit) {
    const message = `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${Math.ceil(size / 1024)}k.`
    faults.push(message)
    reader.annotate('error', message)
    summary = ''
  }
  return {
    ...end,
    outputs,
    state,
    env,
    paths: text('PATH')
      .split(/\r\n|\r|\n/)
      .filter((line) => line !== ''),
    masks: reader.masks,
    annotations: reader.annotations,
    groups: reader.groups,
    debug: reader.debug,
    faults,
    log: reader.log.join('\n'),
    summary
  }
}

function postWanted(condition: string, main: StepRun): boolean {
  const passed = main.exitCode === 0
  if (/^(\$\{\{\s*)?always\(\)(\s*\}\})?$/.test(condition)) return true
  if (condition === 'success()') return passed
  if (condition === 'failure()') return !passed
  throw new Error(`the post-if '${condition}' cannot be evaluated here`)
}

/** An action after its main entry and before its post entry. */
export interface StartedAction {
  readonly main: StepRun
  /**
   * Runs the post entry, if the action has one, as at the end of the job.
   *
   * @param job variables and masks that other steps added in the meantime, and the inputs as evaluated at that time
   */
  finish(job?: JobState): Promise<ActionRun>
  /** Removes the files that the runner created for this action. */
  close(): void
}

/** State of a job when its post steps run. */
export interface JobState {
  readonly env?: Readonly<Record<string, string>>
  readonly masks?: readonly string[]
  readonly with?: Readonly<Record<string, string>>
}

/**
 * Runs an action as a job does: main, then post, each in a clean environment with new command files.
 * A failing action is a result, not an exception. Rejects only if the action cannot run or does not end in time.
 */
export async function runAction(options: RunOptions = {}): Promise<ActionRun> {
  const [run] = await runJob([options])
  if (!run) throw new Error('the job has no step')
  return run
}

/**
 * Runs a job with several actions: the main entries in order, then the post entries in reverse order. Each action has
 * its own state; variables and masks belong to the job.
 */
export async function runJob(uses: readonly RunOptions[]): Promise<readonly ActionRun[]> {
  const started: StartedAction[] = []
  const runs: ActionRun[] = []
  let job: { env: Readonly<Record<string, string>>; masks: readonly string[] } = { env: {}, masks: [] }
  const add = ({ env, masks }: StepRun) => {
    job = { env: { ...job.env, ...env }, masks: [...job.masks, ...masks] }
  }
  try {
    for (const options of uses) {
      const action = await startAction({
        ...options,
        env: { ...job.env, ...options.env },
        secrets: [...(options.secrets ?? []), ...job.masks]
      })
      started.push(action)
      add(action.main)
    }
    for (const action of started.toReversed()) {
      const run = await action.finish(job)
      if (run.post) add(run.post)
      runs.unshift(run)
    }
    return runs
  } finally {
    for (const action of started) action.close()
  }
}

/** Runs the main entry of an action. Call `close` at the end of the job. */
export async function startAction(options: RunOptions = {}): Promise<StartedAction> {
  const folder = resolve(options.action ?? fileURLToPath(new URL('..', import.meta.url)))
  const action = readAction(folder)
  // The workspace is a real path, as on GitHub; the temp folder of macOS is a link.
  const temp = realpathSync(mkdtempSync(join(tmpdir(), 'runner-')))
  const close = () => rmSync(temp, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  try {
    const workspace = resolve(options.workspace ?? join(temp, 'workspace'))
    for (const name of ['_temp', '_tool', '_github_workflow', 'workspace']) mkdirSync(join(temp, name))
    const given = options.env ?? {}
    const job: Record<string, string> = {
      ...inheritedEnvironment(),
      ...jobEnvironment(temp, workspace, given),
      ...(options.debug ? { RUNNER_DEBUG: '1' } : {}),
      ...given
    }
    writeFileSync(
      join(temp, '_github_workflow', 'event.json'),
      JSON.stringify(options.event ?? pushPayload(job), null, 2)
    )

    const token = options.githubToken ?? fakeToken
    const declared = Object.keys(action.inputs)
    const known = new Set(declared.map((name) => name.toUpperCase()))
    const unexpected = Object.keys(options.with ?? {}).filter((name) => !known.has(name.toUpperCase()))
    const inputs = inputVariables(action, token, job, options.with ?? {})

    const listeners = new Set<(line: string) => void>()
    function startReader(masks: Iterable<string>): CommandReader {
      return createCommandReader({
        masks,
        debug: options.debug ?? false,
        onLine(line) {
          options.onLine?.(line)
          for (const listener of [...listeners]) listener(line)
        }
      })
    }
    const secrets = [token, ...(options.secrets ?? [])]
    const reader = startReader(secrets)
    if (unexpected.length > 0) {
      const names = unexpected.map((name) => `'${name}'`).join(', ')
      const valid = declared.map((name) => `'${name}'`).join(', ')
      reader.annotate('warning', `Unexpected input(s) ${names}, valid inputs are [${valid}]`)
    }
    const shared = { temp, cwd: workspace, options, listeners }
    const main = await runStep({
      ...shared,
      script: join(folder, action.main),
      step: 'main',
      env: { ...job, ...inputs },
      reader
    })
    const { post: script } = action
    return {
      main,
      close,
      finish: async ({ env = {}, masks = [], with: anew = { ...options.with, ...options.postWith } } = {}) => {
        if (options.post === false || script === undefined || !postWanted(action.postIf, main)) {
          return { ...main, droppedOutputs: dropped(main.outputs, reader) }
        }
        const state = Object.entries(main.state).map(([name, value]) => [`STATE_${name}`, value])
        const postReader = startReader([...secrets, ...reader.masks, ...masks])
        const post = await runStep({
          ...shared,
          script: join(folder, script),
          step: 'post',
          env: {
            ...job,
            ...main.env,
            ...env,
            ...inputVariables(action, token, job, anew),
            ...Object.fromEntries(state)
          },
          reader: postReader
        })
        return { ...main, droppedOutputs: dropped(main.outputs, postReader), post }
      }
    }
  } catch (error) {
    close()
    throw error
  }
}

/**
 * The variables of all inputs. Unknown inputs are passed on with a warning, as in the runner; an explicit '' overrides
 * the default.
 */
function inputVariables(
  { inputs }: ActionDefinition,
  token: string,
  job: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>
): Record<string, string> {
  const variables: Record<string, string> = {}
  const set = (name: string, value: string) => {
    variables[`INPUT_${name.toUpperCase().replaceAll(' ', '_')}`] = value
  }
  for (const [name, input] of Object.entries(inputs)) set(name, evaluateDefault(input.default ?? '', token, job))
  for (const [name, value] of Object.entries(given)) set(name, value)
  return variables
}

function dropped(outputs: Readonly<Record<string, string>>, reader: CommandReader): string[] {
  return Object.keys(outputs).filter((name) => reader.mask(outputs[name] ?? '') !== outputs[name])
}
