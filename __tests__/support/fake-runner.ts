import type { RunnerFile } from '../../src/runner/files.ts'
import { masksFor, redact } from '../../src/runner/mask.ts'
import type { Runner } from '../../src/runner/runner.ts'
import { withoutEscapes } from '../../src/runner/words.ts'
import { environmentOf, type Given } from '../inputs/environment.ts'

/** One thing that the action told the runner. */
export interface Told {
  readonly kind:
    | 'info'
    | 'debug'
    | 'group'
    | 'begin'
    | 'end'
    | 'notice'
    | 'warning'
    | 'error'
    | 'mask'
    | 'output'
    | 'state'
    | 'summary'
  /** Of an output or a state; the title of a group, of one that begins, or of an error. */
  readonly name: string
  readonly text: string
}

/** A runner that only remembers. */
export interface FakeRunner extends Runner {
  /** Everything, in order. */
  readonly told: readonly Told[]
  texts(kind: Told['kind']): readonly string[]
  /** The last value of each output. */
  readonly outputs: Readonly<Record<string, string>>
  /** The last value of each state that was saved. */
  readonly saved: Readonly<Record<string, string>>
}

export interface FakeRunnerOptions extends Given {
  /** What the main step saved. */
  readonly states?: Readonly<Record<string, string>>
  readonly failingSummary?: boolean
  /** The files of the runner that take no text. */
  readonly unwritable?: readonly RunnerFile[]
}

export function fakeRunner({
  states = {},
  failingSummary = false,
  unwritable = [],
  ...given
}: FakeRunnerOptions = {}): FakeRunner {
  const told: Told[] = []
  const secrets: string[] = []
  const tell = (kind: Told['kind'], name: string, text: string) => {
    told.push({ kind, name, text })
  }
  const lastOf = (kind: Told['kind']) =>
    Object.fromEntries(told.filter((one) => one.kind === kind).map(({ name, text }) => [name, text]))
  return {
    ...environmentOf(given),
    event: given.event,
    told,
    texts: (kind) => told.filter((one) => one.kind === kind).map(({ text }) => text),
    get outputs() {
      return lastOf('output')
    },
    get saved() {
      return lastOf('state')
    },
    info: (text) => tell('info', '', text),
    debug: (text) => tell('debug', '', text),
    group: (title, lines) => tell('group', title, lines.join('\n')),
    beginGroup: (title) => tell('begin', title, ''),
    endGroup: () => tell('end', '', ''),
    notice: (text) => tell('notice', '', text),
    warning: (text) => tell('warning', '', text),
    error: (title, text) => tell('error', title, text),
    mask: (values, publicTexts) => {
      secrets.push(...values)
      for (const text of values.flatMap((value) => masksFor(value, publicTexts))) tell('mask', '', text)
    },
    keepSecret: (values) => {
      secrets.push(...values)
    },
    redact: (text) => redact(withoutEscapes(text), secrets),
    unwritableFiles: () => unwritable.map((file) => ({ file, text: `${file} cannot be written` })),
    output: (name, value) => tell('output', name, value),
    saveState: (name, value) => tell('state', name, value),
    state: (name) => states[name] ?? '',
    summary: async (markdown) => {
      if (failingSummary) throw new Error('ENOSPC: no space left on device')
      tell('summary', '', markdown)
    }
  }
}
