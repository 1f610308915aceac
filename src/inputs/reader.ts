import type { Place } from '../run/place.ts'
import { parseDuration } from './duration.ts'
import { unevaluated } from './expressions.ts'
import { faultOfValue } from './faults.ts'
import { type AutoFlag, type ChoiceOf, choicesOf, INPUT_NAMES, type InputName, type NamesOf, rowOf } from './table.ts'

/** Sources of the inputs. */
export interface InputEnvironment {
  /** Process environment, with the inputs as `INPUT_<NAME>`. */
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Payload of the event, if any. */
  readonly event: unknown
  /** @throws {Error} with a message that describes the problem of the file */
  readonly readWorkspaceFile: (file: string) => Uint8Array
}

/** One problem of one input, with the cure. */
export interface InputProblem {
  readonly input: string
  readonly text: string
  /** Location of the cause in a file of the workspace, if known. */
  readonly place?: Place
}

/** An annotation holds 4,096 characters. More problems than this usually have one cause. */
const MOST_PROBLEMS = 20

/** Maximum number of inputs in a title. */
const MOST_NAMED = 4

/** Formats a problem as one line. A text that starts with `expected` is about the whole value. */
function lineOf({ input, text }: InputProblem): string {
  return text.startsWith('expected ') ? `Invalid \`${input}\`: ${text}` : `\`${input}\` ${text}`
}

/** Error for invalid inputs, with all their problems. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly problems: readonly InputProblem[]
  constructor(problems: readonly InputProblem[]) {
    const lines = problems.slice(0, MOST_PROBLEMS).map(lineOf)
    const more = problems.length - MOST_PROBLEMS
    super([...lines, ...(more > 0 ? [`… and ${more} more.`] : [])].join('\n'))
    this.problems = problems
  }

  /** Title that names the invalid inputs, and the problem if it is one word. */
  get title(): string {
    const inputs = [...new Set(this.problems.map(({ input }) => input))]
    const isAbsent = this.problems.length === 1 && /^is (missing|empty|required)\b/.exec(this.problems[0]?.text ?? '')
    if (isAbsent) return `Input ${inputs[0]} ${isAbsent[0]}`
    // A name with _ is an environment variable.
    const areInputs = inputs.every((input) => !input.includes('_'))
    if (inputs.length === 1) return `Invalid ${areInputs ? 'input' : 'environment variable'}: ${inputs[0]}`
    const more = inputs.length - MOST_NAMED
    const named = [...inputs.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])]
    return `${inputs.length} invalid ${areInputs ? 'inputs' : 'values'}: ${named.slice(0, -1).join(', ')} and ${named.at(-1)}`
  }

  /** Location of the annotation: that of the first problem that has one. */
  get place(): Place | undefined {
    return this.problems.find(({ place }) => place)?.place
  }
}

/**
 * Reads inputs according to their kind in the table. An invalid value is recorded as one problem, regardless of how
 * often the input is read, and a valid value is returned instead. No method throws, so that one run reports all
 * problems.
 */
export interface Reader {
  readonly problems: readonly InputProblem[]
  /**
   * Records a problem. `text` follows the name of the input in the message, or has the form `expected …, got …`; it
   * ends with the cure.
   */
  problem(input: InputName, text: string, place?: Place): void
  /** Records a problem of an environment variable. */
  problemOfVariable(name: string, text: string): void
  /** True if the input has a problem. */
  hasProblem(input: InputName): boolean
  /** Records unevaluated expressions. Such inputs get no other problem. */
  checkExpressions(): void
  /** Checks inputs that were not read according to their kind. An input with a problem gets no second problem. */
  check(inputs: readonly InputName[]): void
  /** Inputs that were read, valid or not. */
  readonly inputsRead: ReadonlySet<InputName>
  /** True if the user set the input to a value other than its default. */
  isWritten(input: InputName): boolean
  /** Trimmed value; `undefined` if empty, which means "not given". */
  text(input: InputName): string | undefined
  /** Untrimmed value. */
  verbatim(input: InputName): string | undefined
  /** The first choice if the value is invalid. */
  choice<N extends NamesOf<'choice'>>(input: N): ChoiceOf<N>
  /** `undefined` if the value is invalid. For an input that others depend on. */
  choiceIfKnown<N extends NamesOf<'choice'>>(input: N): ChoiceOf<N> | undefined
  flag(input: NamesOf<'flag'>): boolean
  /** `undefined` if the input is not given. */
  optionalFlag(input: NamesOf<'optional-flag'>): boolean | undefined
  autoFlag(input: NamesOf<'auto-flag'>): AutoFlag
  /** `orElse` is a word that the input accepts instead of an ID. */
  uuid(input: NamesOf<'uuid'>, orElse?: string): string | undefined
  /** NaN if the value is invalid, or if there is no value and no default. */
  count(input: NamesOf<'count'>): number
  /** Duration in milliseconds. */
  duration(input: NamesOf<'duration'>): number | undefined
}

/** Creates a reader over the runner's variables: `api-key` is read from `INPUT_API-KEY`. */
export function createReader(variables: InputEnvironment['variables']): Reader {
  const problems: InputProblem[] = []
  const inputsRead = new Set<InputName>()
  const judged = new Set<InputName>()
  const unevaluatedInputs = new Set<InputName>()

  const raw = (input: InputName) => variables[`INPUT_${input.toUpperCase()}`] ?? ''
  const written = (input: InputName) => raw(input).trim() || undefined
  const problem = (input: InputName, text: string, place?: Place) => {
    // Any other problem of the input follows from its expression.
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
  // Booleans are valid in any case.
  const plain = value?.replace(/^(true|false)$/i, (flag) => flag.toLowerCase())
  return plain !== undefined && plain !== (common ?? defaultAtCreate)
}

/** Creates the readers of each kind. `read` returns the value or the default, and records a problem. */
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

/** Returns the problem of an unevaluated expression; `undefined` if there is none. */
function faultOfExpression(input: InputName, value: string | undefined): string | undefined {
  const { kind } = rowOf(input)
  const fault = value === undefined || kind === 'free-text' ? undefined : unevaluated(value)
  // The value of a key is masked, which would also hide the variable's name in the advice.
  return fault && kind === 'key'
    ? 'is an expression that was not evaluated, not a key. Use `${{ secrets.NAME }}` with the name of the secret.'
    : fault
}

/** Returns a lookup of the step's variables. process.env has a prototype, so a bare `toString` must not match. */
export function variableOf(variables: InputEnvironment['variables']): (name: string) => string | undefined {
  return (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined)
}
