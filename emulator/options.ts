import { parseArgs } from 'node:util'
import type { EmulatorOptions } from './server.ts'
import { HOSTINGS } from './state.ts'
import { isRecord } from './validation.ts'

export const USAGE = `Usage: emulator [options] [-- COMMAND [ARGUMENT ...]]

An in-memory LangSmith Deployment control plane on loopback. With a COMMAND, it runs the command with
LANGGRAPH_HOST_URL and LANGSMITH_API_KEY set for the emulator, and exits with its exit code.

  --port NUMBER             port, 0 for any free port (default 8124; with a COMMAND 0)
  --host ADDRESS            address to listen on (default 127.0.0.1, for this machine only)
  --public-url URL          origin of the URLs in responses (default: the Host of the request)
  --key KEY                 the only valid API key (default: nearly every key is valid)
  --step-ms NUMBER|manual   milliseconds a revision stays in each status (default 1000); with "manual", time passes
                            only on POST /_emulator/advance
  --delete-ms NUMBER        milliseconds a deleted deployment remains as AWAITING_DELETE (default 0)
  --hosting KIND            hosting whose rules apply: any, cloud, hybrid or self-hosted (default any)
  --repository OWNER/NAME   repository that the GitHub integration lists; repeatable (default acme/agents)
  --scenario FILE           scenario from the start, JSON as for PUT /_emulator/scenario
  --seed FILE               state at the start, JSON as GET /_emulator/state returns it
  --journal NUMBER          number of requests that the journal keeps (default 10000)
  --json                    print one line of JSON with the address and the ids
  --quiet                   do not print a line on stderr for each request
  --version                 print the version
  -h, --help                print this help
`

export type EmulatorCommand =
  | {
      readonly kind: 'run'
      readonly options: EmulatorOptions
      readonly json: boolean
      readonly quiet: boolean
      readonly scenario?: string
      readonly seed?: string
      /** The command to run with the emulator, and its arguments. */
      readonly command?: readonly string[]
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  /** One line that names the option and its valid values. */
  | { readonly kind: 'mistake'; readonly message: string }

/** Parses a command line; never throws. */
export function readOptions(args: readonly string[]): EmulatorCommand {
  const end = args.indexOf('--')
  const own = end === -1 ? args : args.slice(0, end)
  const command = end === -1 ? undefined : args.slice(end + 1)
  try {
    // `npx REPOSITORY emulator` passes `emulator` on as an argument.
    return interpret(parse(own[0] === 'emulator' ? own.slice(1) : own), command)
  } catch (error) {
    return { kind: 'mistake', message: firstSentence(error) }
  }
}

/** Keeps the error and drops Node's advice about how to pass such a value on purpose. */
function firstSentence(error: unknown): string {
  const message = isRecord(error) ? String(error.message) : String(error)
  const ambiguous = /^Option '(?:-\w, )?(--[\w-]+)[^']*' argument is ambiguous/.exec(message)?.[1]
  if (ambiguous) return `${ambiguous} needs a value; write one that begins with a dash as ${ambiguous}=-VALUE`
  return message.split(/\.\s|\n/, 1)[0] ?? ''
}

/** Joins a negative number to its option, because Node takes it for an option. The range of the option refuses it. */
function withNegativeNumbers(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    const [before = '', next = ''] = [args[index - 1], args[index + 1]]
    const isOption = (text: string) => /^--[a-z-]+$/.test(text)
    if (isOption(before) && /^-\d/.test(arg)) return []
    return [isOption(arg) && /^-\d/.test(next) ? `${arg}=${next}` : arg]
  })
}

function parse(args: readonly string[]) {
  const { values } = parseArgs({
    args: withNegativeNumbers(args),
    options: {
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      'public-url': { type: 'string' },
      key: { type: 'string' },
      'step-ms': { type: 'string', default: '1000' },
      'delete-ms': { type: 'string', default: '0' },
      hosting: { type: 'string', default: 'any' },
      repository: { type: 'string', multiple: true, default: ['acme/agents'] },
      scenario: { type: 'string' },
      seed: { type: 'string' },
      journal: { type: 'string', default: '10000' },
      json: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
      version: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false }
    }
  })
  return values
}

/** Maximum duration of each status of a revision. */
const LONGEST_STEP_MS = 86_400_000
/** A deletion can take weeks. */
const LONGEST_DELETE_MS = 31 * 86_400_000
/** Step duration under manual time: a round number. */
const MANUAL_STEP_MS = 1000

function interpret(values: ReturnType<typeof parse>, command: readonly string[] | undefined): EmulatorCommand {
  if (values.help) return { kind: 'help' }
  if (values.version) return { kind: 'version' }
  const hosting = HOSTINGS.find((kind) => kind === values.hosting)
  if (!hosting) throw new Error(`--hosting must be one of ${HOSTINGS.join(', ')}, not '${values.hosting}'`)
  const odd = values.repository.find((name) => !/^[\w.-]+\/[\w.-]+$/.test(name))
  if (odd !== undefined) throw new Error(`--repository must be OWNER/NAME, not '${odd}'`)
  if (command?.length === 0) throw new Error('-- must be followed by a command')
  const { host, key, json, quiet, scenario, seed, 'step-ms': stepMs, 'public-url': publicUrl } = values
  if (!/^[\w.:%-]+$/.test(host)) throw new Error(`--host must be an address such as 0.0.0.0, not '${host}'`)
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key))
    throw new Error('--key must be printable ASCII characters without spaces')
  const manual = stepMs === 'manual'
  const options: EmulatorOptions = {
    host,
    port: whole('port', values.port ?? (command ? '0' : '8124'), 65_535),
    ...(publicUrl === undefined ? {} : { publicUrl: originFrom(publicUrl) }),
    ...(key === undefined ? {} : { key }),
    stepMs: manual ? MANUAL_STEP_MS : whole('step-ms', stepMs, LONGEST_STEP_MS, ', or manual'),
    ...(manual ? { manual } : {}),
    deleteMs: whole('delete-ms', values['delete-ms'], LONGEST_DELETE_MS),
    hosting,
    repositories: values.repository,
    journal: whole('journal', values.journal, 1_000_000)
  }
  const files = { ...(scenario === undefined ? {} : { scenario }), ...(seed === undefined ? {} : { seed }) }
  return { kind: 'run', options, json, quiet, ...files, ...(command ? { command } : {}) }
}

function whole(name: string, text: string, max: number, or = ''): number {
  if (/^\d{1,10}$/.test(text) && Number(text) <= max) return Number(text)
  throw new Error(`--${name} must be a whole number from 0 to ${max}${or}, not '${text}'`)
}

function originFrom(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash
  if (isOrigin && !url.username) return url.origin
  throw new Error(`--public-url must be like https://emulator.example.com, without a path, not '${text}'`)
}
