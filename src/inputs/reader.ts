import { isUuid } from '../control-plane/resources.ts'
import { DEFAULT_CONFIG_PATH } from '../deployment/sources/source.ts'
import type { Place } from '../place.ts'
import { parseDuration, probableDuration, writtenDuration } from './duration.ts'
import { unevaluated } from './expressions.ts'
import { probableId } from './misplaced.ts'
import { probableFlag, probablyMeant } from './suggestion.ts'

/** One thing wrong with one input, and the cure. */
export interface Problem {
  readonly input: string
  readonly text: string
  /** Where the cause is, if that is a file of the workspace. */
  readonly place?: Place
}

/** An annotation holds 4,096 characters; more problems than this are one and the same, many times over. */
const MOST_TOLD = 20

/** How many inputs a title names besides the first. */
const MOST_NAMED = 3

/** The inputs are not sound; this holds all that is wrong with them. */
export class InputError extends Error {
  override readonly name = 'InputError'
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    const lines = problems.slice(0, MOST_TOLD).map(({ input, text }) => `\`${input}\` ${text}`)
    const more = problems.length - MOST_TOLD
    super([...lines, ...(more > 0 ? [`… and ${more} more.`] : [])].join('\n'))
    this.problems = problems
  }

  /** Which inputs they are, and what is wrong where that is one word. */
  get title(): string {
    const inputs = [...new Set(this.problems.map(({ input }) => input))]
    const isAbsent = this.problems.length === 1 && /^is (missing|empty)\b/.exec(this.problems[0]?.text ?? '')
    if (isAbsent) return `Input ${inputs[0]} ${isAbsent[0]}`
    const [first, ...others] = inputs
    // What is spelled with _ is a variable of the environment.
    const areInputs = inputs.every((input) => !input.includes('_'))
    if (others.length === 0) return `${areInputs ? 'Input ' : ''}${first} is not right`
    const more = others.length - MOST_NAMED
    const named = [first, ...others.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])]
    return `${areInputs ? 'Inputs ' : ''}${named.slice(0, -1).join(', ')} and ${named.at(-1)} are not right`
  }

  /** Where the annotation is put: at the first problem that has a place. */
  get place(): Place | undefined {
    return this.problems.find(({ place }) => place)?.place
  }
}

/** The defaults of action.yml, which the runner fills in. */
export const DEFAULTS = {
  region: 'us',
  command: 'deploy',
  'secrets-mode': 'merge',
  wait: 'true',
  timeout: '30m',
  'on-superseded': 'warn',
  'on-timeout': 'leave',
  'on-cancel': 'leave',
  'skip-unchanged': 'false',
  logs: 'on-failure',
  'health-check': 'auto',
  'health-path': '/ok',
  'rollback-on-failure': 'false',
  'allow-downgrade': 'false',
  'if-missing': 'create',
  preview: 'false',
  comment: 'false',
  'delete-tracing-project': 'false',
  'allow-insecure-http': 'false',
  'dry-run': 'false'
} as const

/**
 * Defaults that hold when a deployment is created; an existing one keeps what it has. They are not in action.yml, since
 * the runner would fill them in, and then a written one could not be told from none.
 */
export const DEFAULTS_AT_CREATE = {
  'langgraph-config': DEFAULT_CONFIG_PATH,
  'build-on-push': 'false'
} as const

/**
 * Reads single inputs by their type. What is wrong is collected, and a value that fits is returned in its place, so
 * that one run tells all problems. Nothing is thrown.
 */
export interface Reader {
  readonly problems: readonly Problem[]
  /** `text` follows the name of the input in the message, and ends with the cure. */
  problem(input: string, text: string, place?: Place): void
  /** Finds expressions that were not evaluated; nothing else is said of these inputs then. */
  checkExpressions(inputs: readonly string[]): void
  /** Whether the user asks for something with the input: a default that is written out asks for nothing. */
  isWritten(input: string): boolean
  /** Without white space around it; `undefined` when empty, which means "not given". */
  text(input: string): string | undefined
  /** Every character of it. */
  verbatim(input: string): string | undefined
  choice<T extends string>(input: string, choices: readonly [T, ...T[]]): T
  /** Nothing when it is none of the choices, for an input that others depend on. */
  choiceIfKnown<T extends string>(input: string, choices: readonly T[]): T | undefined
  flag(input: keyof typeof DEFAULTS): boolean
  /** Nothing when it is not given. */
  optionalFlag(input: string): boolean | undefined
  uuid(input: string, orElse?: string): string | undefined
  /** Milliseconds. */
  duration(input: string, bounds: { readonly least: number; readonly most: number }): number | undefined
}

const SECRET_INPUTS: ReadonlySet<string> = new Set(['api-key', 'github-token'])

/** A reader over the runner's variables: the input `api-key` stands in `INPUT_API-KEY`. */
export function createReader(variables: Readonly<Record<string, string | undefined>>): Reader {
  const problems: Problem[] = []
  const defaults: Readonly<Record<string, string>> = DEFAULTS
  const asksForNothing: Readonly<Record<string, string>> = { ...DEFAULTS, ...DEFAULTS_AT_CREATE }
  const raw = (input: string) => variables[`INPUT_${input.toUpperCase()}`] ?? ''
  const text = (input: string) => raw(input).trim() || undefined
  const unread = new Set<string>()
  const problem = (input: string, words: string, place?: Place) => {
    // What else would be said of an input comes of its expression, too.
    if (unread.has(input)) return
    problems.push({ input, text: words, ...(place ? { place } : {}) })
  }
  const choiceIfKnown = <T extends string>(input: string, choices: readonly T[]): T | undefined => {
    const value = text(input) ?? defaults[input]
    const chosen = choices.find((choice) => choice === value)
    if (chosen === undefined && value !== undefined) {
      const meant = probablyMeant(input, value, choices)
      const question = meant === undefined ? '' : ` Did you mean \`${meant}\`?`
      problem(input, `is "${value}".${question} Write one of ${choices.map((choice) => `\`${choice}\``).join(', ')}.`)
    }
    return chosen
  }
  const flag = (input: string, written: string): boolean => {
    const value = written.toLowerCase()
    if (value !== 'true' && value !== 'false') {
      const meant = probableFlag(value)
      problem(input, `is "${written}".${meant ? ` Did you mean \`${meant}\`?` : ''} Write \`true\` or \`false\`.`)
    }
    return value === 'true'
  }
  return {
    problems,
    problem,
    checkExpressions: (names) => {
      for (const input of names) {
        const value = text(input)
        // Keys are masked, and so would be the name of the variable.
        const fault = value && unevaluated(value)
        if (!fault) continue
        // A key is masked, and so would be its name in the advice.
        problem(
          input,
          SECRET_INPUTS.has(input)
            ? 'is the text of an expression that was not evaluated, and not the key itself. Write `${{ secrets.NAME }}` with the name of the secret.'
            : fault
        )
        unread.add(input)
      }
    },
    text,
    verbatim: (input) => (raw(input).trim() === '' ? undefined : raw(input)),
    isWritten: (input) => {
      const value = text(input)
      // Booleans may be written in any case.
      const plain = /^(true|false)$/i.test(value ?? '') ? value?.toLowerCase() : value
      return plain !== undefined && plain !== asksForNothing[input]
    },
    choice: (input, choices) => choiceIfKnown(input, choices) ?? choices[0],
    choiceIfKnown,
    flag: (input) => flag(input, text(input) ?? defaults[input] ?? ''),
    optionalFlag: (input) => {
      const value = text(input)
      return value === undefined ? undefined : flag(input, value)
    },
    uuid: (input, orElse) => {
      const value = text(input)
      if (value !== undefined && !isUuid(value)) {
        const example = `Write a UUID such as \`f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e\`${orElse ? `, or \`${orElse}\`` : ''}.`
        problem(input, `is "${value}", which is no ID. ${probableId(input, value) ?? example}`)
      }
      return value
    },
    duration: (input, { least, most }) => {
      const value = text(input) ?? defaults[input]
      if (value === undefined) return undefined
      const ms = parseDuration(value)
      if (ms === undefined) {
        const meant = probableDuration(value)
        problem(
          input,
          `is "${value}", which is no duration. ${meant ? `Write \`${meant}\`.` : 'Write one such as `90s`, `30m`, `1h30m` or plain seconds.'}`
        )
      } else if (ms < least || ms > most) {
        const unit = /^\d+$/.test(value) && ms > most ? ' A number without a unit is seconds.' : ''
        problem(
          input,
          `is "${value}". Write a duration from ${writtenDuration(least)} to ${writtenDuration(most)}.${unit}`
        )
      }
      return ms
    }
  }
}
