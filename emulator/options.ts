import { parseArgs } from 'node:util'
import type { EmulatorOptions } from './server.ts'
import { HOSTINGS } from './state.ts'
import { isRecord } from './validation.ts'

export const USAGE = `Usage: npm run emulator -- [options]

A LangSmith Deployment control plane on loopback, with everything in memory.

  --port NUMBER             port on 127.0.0.1, 0 for any free one (default 8124)
  --step-ms NUMBER          milliseconds a revision stays in each status (default 1000)
  --delete-ms NUMBER        milliseconds a deleted deployment still answers (default 0)
  --hosting KIND            whose rules hold: any, cloud, hybrid or self-hosted (default any)
  --repository OWNER/NAME   what the GitHub integration lists; repeatable (default acme/agents)
  --journal NUMBER          requests that the journal keeps (default 10000)
  --json                    print one line of JSON with the address and the ids
  --help                    print this
`

export type Command =
  | { readonly kind: 'run'; readonly options: EmulatorOptions; readonly json: boolean }
  | { readonly kind: 'help' }
  /** One line that names the option and what it takes. */
  | { readonly kind: 'mistake'; readonly message: string }

/** What a command line asks for; never throws. */
export function readOptions(args: readonly string[]): Command {
  try {
    return interpret(parse(args))
  } catch (error) {
    return { kind: 'mistake', message: firstSentence(error) }
  }
}

/** Node goes on to explain how to pass such a value on purpose; what is wrong comes first. */
function firstSentence(error: unknown): string {
  const message = isRecord(error) ? String(error.message) : String(error)
  return message.split(/\.\s|\n/, 1)[0] ?? ''
}

function parse(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '8124' },
      'step-ms': { type: 'string', default: '1000' },
      'delete-ms': { type: 'string', default: '0' },
      hosting: { type: 'string', default: 'any' },
      repository: { type: 'string', multiple: true, default: ['acme/agents'] },
      journal: { type: 'string', default: '10000' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false }
    }
  })
  return values
}

function interpret(values: ReturnType<typeof parse>): Command {
  if (values.help) return { kind: 'help' }
  const hosting = HOSTINGS.find((kind) => kind === values.hosting)
  if (!hosting) throw new Error(`--hosting must be one of ${HOSTINGS.join(', ')}, not '${values.hosting}'`)
  const odd = values.repository.find((name) => !/^[\w.-]+\/[\w.-]+$/.test(name))
  if (odd !== undefined) throw new Error(`--repository must be OWNER/NAME, not '${odd}'`)
  const options = {
    port: whole('port', values.port, 65_535),
    stepMs: whole('step-ms', values['step-ms'], 86_400_000),
    deleteMs: whole('delete-ms', values['delete-ms'], 86_400_000),
    hosting,
    repositories: values.repository,
    journal: whole('journal', values.journal, 1_000_000)
  }
  return { kind: 'run', options, json: values.json }
}

function whole(name: string, text: string, max: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) <= max) return Number(text)
  throw new Error(`--${name} must be a whole number from 0 to ${max}, not '${text}'`)
}
