import { isUuid } from '../control-plane/resources.ts'
import { nearestOf, simplified } from '../runner/nearest.ts'
import { parseDuration, probableDuration, writtenDuration } from './duration.ts'
import { probableId } from './misplaced.ts'
import { type Bounds, type Choices, type InputName, rowOf } from './table.ts'

/**
 * Returns the problem of a value, based on the kind of its input only: the end of a sentence that begins with the name
 * of the input and ends with the cure. `orElse` is a word that the input accepts instead of an ID.
 */
export function faultOfValue(input: InputName, value: string, orElse?: string): string | undefined {
  const row = rowOf(input)
  switch (row.kind) {
    case 'text':
    case 'free-text':
    case 'key':
      return undefined
    case 'choice':
      return faultOfWord(value, row.choices, `one of \`${Object.keys(row.choices).join('`, `')}\``)
    case 'auto-flag':
      return faultOfWord(value.toLowerCase(), row.choices, '`auto`, `true` or `false`')
    case 'flag':
    case 'optional-flag':
      return faultOfFlag(value)
    case 'uuid':
      return faultOfId(input, value, orElse)
    case 'duration':
      return faultOfDuration(value, row)
    case 'count':
      return faultOfCount(value, row)
  }
}

/** `all` lists the choices. */
function faultOfWord(value: string, choices: Choices, all: string): string | undefined {
  if (Object.hasOwn(choices, value)) return undefined
  return `expected ${all}, got "${value}".${questionOf(probablyMeant(value, choices))}`
}

function faultOfFlag(value: string): string | undefined {
  if (/^(true|false)$/i.test(value)) return undefined
  return `expected \`true\` or \`false\`, got "${value}".${questionOf(probableFlag(value))}`
}

function questionOf(meant: string | undefined): string {
  return meant === undefined ? '' : ` Did you mean \`${meant}\`?`
}

function faultOfId(input: InputName, value: string, orElse: string | undefined): string | undefined {
  if (isUuid(value) || value.toLowerCase() === orElse) return undefined
  const cure = probableId(input, value)
  const example = cure ? '' : ' such as `f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e`'
  return `expected a UUID${example}${orElse ? ` or \`${orElse}\`` : ''}, got "${value}".${cure ? ` ${cure}` : ''}`
}

/** Returns the problem of a duration that must be within bounds, inclusive. */
export function faultOfDuration(value: string, { least, most }: Bounds): string | undefined {
  const ms = parseDuration(value)
  if (ms === undefined) {
    const meant = probableDuration(value)
    const forms = meant ? '' : ' such as `90s`, `30m` or `1h30m`, or a number of seconds'
    return `expected a duration${forms}, got "${value}".${questionOf(meant)}`
  }
  if (ms >= least && ms <= most) return undefined
  const unit = /^\d+$/.test(value) && ms > most ? ' A number without a unit is in seconds.' : ''
  return `expected a duration from ${writtenDuration(least)} to ${writtenDuration(most)}, got "${value}".${unit}`
}

function faultOfCount(value: string, { least, most }: Bounds): string | undefined {
  const count = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
  if (count >= least && count <= most) return undefined
  return `expected a whole number from ${least} to ${most}, got "${value}".`
}

/**
 * Returns the choice that a text probably means: another spelling, a word of another tool, or a typo. Case and
 * separators are ignored.
 */
function probablyMeant(written: string, choices: Choices): string | undefined {
  const wanted = simplified(written)
  const names = Object.keys(choices)
  const same = names.find((choice) => simplified(choice) === wanted)
  if (same) return same
  const synonyms = Object.entries(choices)
  const [synonym] = synonyms.find(([, words]) => words.split(' ').some((word) => simplified(word) === wanted)) ?? []
  if (synonym) return synonym
  return nearestOf(written, names)
}

/** Returns the boolean for a word of YAML 1.1 or of ordinary language. */
function probableFlag(written: string): 'true' | 'false' | undefined {
  const word = written.toLowerCase().replace(/^["']|["']$/g, '')
  if (/^(true|yes|y|on|1|t|enabled?|always)$/.test(word)) return 'true'
  return /^(false|no|n|off|0|f|disabled?|never|none|null)$/.test(word) ? 'false' : undefined
}
