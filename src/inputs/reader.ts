import type { Place } from '../run/place.ts'
import { parseDuration } from './duration.ts'
import { unevaluated } from './expressions.ts'
import { faultOfValue } from './faults.ts'
import { type AutoFlag, type ChoiceOf, choicesOf, INPUT_NAMES, type InputName, type NamesOf, rowOf } from './table.ts'

/** Where the inputs come from. */
export interface InputEnvironment {
  /** The process environment: inputs are there as `INPUT_<NAME>`. */
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Payload of the event, or nothing. */
  readonly event: unknown
  /** @throws {Error} whose message says what is wrong with the file */
  readonly readWorkspaceFile: (file: string) => Uint8Array
}

/** One thing wrong with one input, and the cure. */
export interface InputProblem {
  readonly input: string
  readonly text: string
  /** Where the cause is, if that is a file of the workspace. */
  readonly place?: Place
}

/** An annotation holds 4,096 characters; more problems than this are one and the same, many times over. */
const MOST_PROBLEMS = 20

/** How many inputs a title names. */
const MOST_NAMED = 4

/** One line for one problem: a text that says what was expected is about the whole value. */
function lineOf({ input, text }: InputProblem): string {
  return text.startsWith('expected ') ? `Invalid \`${input}\`: ${text}` : `\`${input}\` ${text}`
}

/** The inputs are not sound; this holds all that is wrong with them. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly problems: readonly InputProblem[]
  constructor(problems: readonly InputProblem[]) {
    const lines = problems.slice(0, MOST_PROBLEMS).map(lineOf)
    const more = problems.length - MOST_PROBLEMS
    super([...lines, ...(more > 0 ? [`… and ${more} more.`] : [])].join('\n'))
    this.problems = problems
  }

  /** Which inputs they are, and what is wrong where that is one word. */
  get title(): string {
    const inputs = [...new Set(this.problems.map(({ input }) => input))]
    const isAbsent = this.problems.length === 1 && /^is (missing|empty|required)\b/.exec(this.problems[0]?.text ?? '')
    if (isAbsent) return `Input ${inputs[0]} ${isAbsent[0]}`
    // What is spelled with _ is a variable of the environment.
    const areInputs = inputs.every((input) => !input.includes('_'))
    if (inputs.length === 1) return `Invalid ${areInputs ? 'input' : 'environment variable'}: ${inputs[0]}`
    const more = inputs.length - MOST_NAMED
    const named = [...inputs.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])]
    return `${inputs.length} invalid ${areInputs ? 'inputs' : 'values'}: ${named.slice(0, -1).join(', ')} and ${named.at(-1)}`
  }

  /** Where the annotation is put: at the first problem that has a place. */
  get place(): Place | undefined {
    return this.problems.find(({ place }) => place)?.place
  }
}

/**
 * Reads single inputs by the kind that their row says. A value that does not fit its kind becomes one problem, however
 * often the input is read, and a value that fits is returned in its place, so that one run tells all problems. Nothing
 * is thrown.
 */
export interface Reader {
  readonly problems: readonly InputProblem[]
  /** `text` follows the name of the input in the message, or is `expected …, got …`; it ends with the cure. */
  problem(input: InputName, text: string, place?: Place): void
  /** Says what is wrong with a variable of the environment. */
  problemOfVariable(name: string, text: string): void
  /** Whether anything wrong with the input has been found. */
  hasProblem(input: InputName): boolean
  /** Finds expressions that were not evaluated; nothing else is said of these inputs then. */
  checkExpressions(): void
  /** Judges by their kind those inputs that nothing has read. Nothing more is said of an input that has a problem. */
  check(inputs: readonly InputName[]): void
  /** The inputs that were read, sound or not. */
  readonly inputsRead: ReadonlySet<InputName>
  /** Whether the user asks for something with the input: a default that is written out asks for nothing. */
  isWritten(input: InputName): boolean
  /** Without white space around it; `undefined` when empty, which means "not given". */
  text(input: InputName): string | undefined
  /** Every character of it. */
  verbatim(input: InputName): string | undefined
  /** The first choice if there is no answer. */
  choice<N extends NamesOf<'choice'>>(input: N): ChoiceOf<N>
  /** Nothing if it is none of the choices, for an input that others depend on. */
  choiceIfKnown<N extends NamesOf<'choice'>>(input: N): ChoiceOf<N> | undefined
  flag(input: NamesOf<'flag'>): boolean
  /** Nothing if it is not given. */
  optionalFlag(input: NamesOf<'optional-flag'>): boolean | undefined
  autoFlag(input: NamesOf<'auto-flag'>): AutoFlag
  /** `orElse` is a word that the input takes in place of an ID. */
  uuid(input: NamesOf<'uuid'>, orElse?: string): string | undefined
  /** NaN where it is wrong, or neither written nor given a default. */
  count(input: NamesOf<'count'>): number
  /** Milliseconds. */
  duration(input: NamesOf<'duration'>): number | undefined
}

/** A reader over the runner's variables: the input `api-key` is in `INPUT_API-KEY`. */
export function createReader(variables: InputEnvironment['variables']): Reader {
  const problems: InputProblem[] = []
  const inputsRead = new Set<InputName>()
  const judged = new Set<InputName>()
  const unevaluatedInputs = new Set<InputName>()

  const raw = (input: InputName) => variables[`INPUT_${input.toUpperCase()}`] ?? ''
  const written = (input: InputName) => raw(input).trim() || undefined
  const problem = (input: InputName, text: string, place?: Place) => {
    // All else that could be said of the input follows from its expression.
    if (unevaluatedInputs.has(input)) return
    problems.push({ input, text, ...(place ? { place } : {}) })
  }
  const hasProblem = (input: InputName) => problems.some((one) => one.input === input)
  const judge = (input: InputName, orElse?: string): string | undefined => {
    const value = written(input) ?? rowOf(input).default
    const fault = value === undefined || judged.has(input) ? undefined : faultOfValue(input, value, orElse)
    judged.add(input)
    if (fault) problem(input, fault)
    return value
  }
  return {
    problems,
    problem,
    problemOfVariable: (name, text) => void problems.push({ input: name, text: `(environment variable) ${text}` }),
    hasProblem,
    checkExpressions: () => {
      for (const input of INPUT_NAMES) {
        const fault = faultOfExpression(input, written(input))
        if (!fault) continue
        problem(input, fault)
        unevaluatedInputs.add(input)
      }
    },
    check: (inputs) => {
      for (const input of inputs) if (!hasProblem(input)) judge(input)
    },
    inputsRead,
    isWritten: (input) => isOfUser(input, written(input)),
    text: (input) => {
      inputsRead.add(input)
      return written(input)
    },
    verbatim: (input) => {
      inputsRead.add(input)
      return written(input) === undefined ? undefined : raw(input)
    },
    ...typedReads((input, orElse) => {
      inputsRead.add(input)
      return judge(input, orElse)
    })
  }
}

function isOfUser(input: InputName, value: string | undefined): boolean {
  const { default: common, defaultAtCreate } = rowOf(input)
  // Booleans may be written in any case.
  const plain = value?.replace(/^(true|false)$/i, (flag) => flag.toLowerCase())
  return plain !== undefined && plain !== (common ?? defaultAtCreate)
}

/** What inputs of the kinds mean. `read` gives their text, or their default, and says what is wrong with it. */
function typedReads(
  read: (input: InputName, orElse?: string) => string | undefined
): Pick<Reader, 'choice' | 'choiceIfKnown' | 'flag' | 'optionalFlag' | 'autoFlag' | 'uuid' | 'count' | 'duration'> {
  const isTrue = (value: string | undefined) => value?.toLowerCase() === 'true'
  const choiceIfKnown = <N extends NamesOf<'choice'>>(input: N): ChoiceOf<N> | undefined => {
    const value = read(input)
    return choicesOf(input).find((choice) => choice === value)
  }
  return {
    choice: (input) => choiceIfKnown(input) ?? choicesOf(input)[0],
    choiceIfKnown,
    flag: (input) => isTrue(read(input)),
    optionalFlag: (input) => {
      const value = read(input)
      return value === undefined ? undefined : isTrue(value)
    },
    autoFlag: (input) => {
      const value = read(input)?.toLowerCase()
      return value === 'true' || value === 'false' ? value : 'auto'
    },
    uuid: read,
    count: (input) => Number(read(input)),
    duration: (input) => {
      const value = read(input)
      return value === undefined ? undefined : parseDuration(value)
    }
  }
}

/** What is wrong with an input in which an expression was not evaluated; nothing if all of it was. */
function faultOfExpression(input: InputName, value: string | undefined): string | undefined {
  const { kind } = rowOf(input)
  const fault = value === undefined || kind === 'free-text' ? undefined : unevaluated(value)
  // A key is masked, and so would be the name of the variable in the advice.
  return fault && kind === 'key'
    ? 'is an expression that was not evaluated, not a key. Use `${{ secrets.NAME }}` with the name of the secret.'
    : fault
}

/** Looks variables of the step up. process.env has a prototype: a bare `toString` is not a variable. */
export function variableOf(variables: InputEnvironment['variables']): (name: string) => string | undefined {
  return (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined)
}
