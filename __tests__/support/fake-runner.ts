import type { Place } from '../../src/run/place.ts'
import type { RunnerFile } from '../../src/runner/files.ts'
import { createSecretKeeper } from '../../src/runner/mask.ts'
import type { Runner } from '../../src/runner/runner.ts'
import { withoutEscapes } from '../../src/runner/words.ts'
import { environmentOf, type Given } from '../inputs/environment.ts'

/** One message from the action to the runner. */
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
  /** The name of an output or state, or the title of a group or error. */
  readonly name: string
  readonly text: string
  /** The file location of an annotation, if it has one. */
  readonly place?: Place
}

/** A runner that only records. */
export interface FakeRunner extends Runner {
  /** All messages, in order. */
  readonly told: readonly Told[]
  texts(kind: Told['kind']): readonly string[]
  /** The last value of each output. */
  readonly outputs: Readonly<Record<string, string>>
  /** Names of the outputs that the runner would not pass to other jobs, because they contain a masked text. */
  readonly droppedOutputs: readonly string[]
  /** The last value of each saved state. */
  readonly saved: Readonly<Record<string, string>>
}

export interface FakeRunnerOptions extends Given {
  /** States that the main step saved. */
  readonly states?: Readonly<Record<string, string>>
  readonly failingSummary?: boolean
  /** Files of the runner that cannot be written. */
  readonly unwritable?: readonly RunnerFile[]
}

export function fakeRunner({
  states = {},
  failingSummary = false,
  unwritable = [],
  ...given
}: FakeRunnerOptions = {}): FakeRunner {
  const told: Told[] = []
  const keeper = createSecretKeeper()
  const tell = (kind: Told['kind'], name: string, text: string, place?: Place) => {
    told.push({ kind, name, text, ...(place ? { place } : {}) })
  }
  const mask = (texts: readonly string[]) => {
    for (const text of texts) tell('mask', '', text)
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
    get droppedOutputs() {
      const masks = told.filter(({ kind }) => kind === 'mask').map(({ text }) => text)
      return Object.entries(lastOf('output'))
        .filter(([, value]) => masks.some((mask) => value.includes(mask)))
        .map(([name]) => name)
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
    warning: (text, place) => tell('warning', '', text, place),
    error: (title, text, place) => tell('error', title, text, place),
    maskKeys: (values) => mask(keeper.keys(values)),
    maskGiven: (secrets, publicTexts) => mask(keeper.add(secrets, 'given', publicTexts)),
    maskRead: (secrets, publicTexts) => mask(keeper.add(secrets, 'read', publicTexts)),
    maskRest: (isEnd, publicTexts) => mask(keeper.release(isEnd, publicTexts)),
    keepSecret: keeper.redactOnly,
    keepSecretParts: keeper.redactParts,
    redact: (text) => keeper.redact(withoutEscapes(text)),
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
