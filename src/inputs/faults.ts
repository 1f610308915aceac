import { isUuid } from '../control-plane/resources.ts'
import { parseDuration, probableDuration, writtenDuration } from './duration.ts'
import { probableId } from './misplaced.ts'
import { probableFlag, probablyMeant } from './suggestion.ts'
import { type Bounds, type Choices, type InputName, rowOf } from './table.ts'

/**
 * What is wrong with the value of an input, judged by its kind alone: the end of a sentence that begins with the name of
 * the input, with the cure.
 *
 * @param orElse a word that the input takes in place of an ID
 */
export function faultOfValue(input: InputName, value: string, orElse?: string): string | undefined {
  const row = rowOf(input)
  switch (row.kind) {
    case 'text':
    case 'free-text':
    case 'key':
      return undefined
    case 'choice':
      return faultOfChoice(value, row.choices)
    case 'auto-flag':
      return faultOfAutoFlag(value.toLowerCase(), row.choices)
    case 'flag':
    case 'optional-flag':
      return faultOfFlag(value)
    case 'uuid':
      return faultOfId(input, value, orElse)
    case 'duration':
      return faultOfDuration(value, row)
  }
}

function faultOfChoice(value: string, choices: Choices): string | undefined {
  const names = Object.keys(choices)
  if (names.includes(value)) return undefined
  const all = names.map((choice) => `\`${choice}\``).join(', ')
  return `is "${value}".${questionOf(probablyMeant(value, choices))} Write one of ${all}.`
}

function faultOfAutoFlag(value: string, choices: Choices): string | undefined {
  if (Object.hasOwn(choices, value)) return undefined
  return `is "${value}".${questionOf(probablyMeant(value, choices))} Write \`auto\`, \`true\` or \`false\`.`
}

function faultOfFlag(value: string): string | undefined {
  if (/^(true|false)$/i.test(value)) return undefined
  return `is "${value}".${questionOf(probableFlag(value))} Write \`true\` or \`false\`.`
}

function questionOf(meant: string | undefined): string {
  return meant === undefined ? '' : ` Did you mean \`${meant}\`?`
}

function faultOfId(input: InputName, value: string, orElse: string | undefined): string | undefined {
  if (isUuid(value) || value.toLowerCase() === orElse) return undefined
  const example = `Write a UUID such as \`f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e\`${orElse ? `, or \`${orElse}\`` : ''}.`
  return `is "${value}", which is no ID. ${probableId(input, value) ?? example}`
}

/** What is wrong with a duration that has to lie within bounds, the bounds included. */
export function faultOfDuration(value: string, { least, most }: Bounds): string | undefined {
  const ms = parseDuration(value)
  if (ms === undefined) {
    const meant = probableDuration(value)
    return `is "${value}", which is no duration. ${meant ? `Write \`${meant}\`.` : 'Write one such as `90s`, `30m`, `1h30m` or plain seconds.'}`
  }
  if (ms >= least && ms <= most) return undefined
  const unit = /^\d+$/.test(value) && ms > most ? ' A number without a unit is seconds.' : ''
  return `is "${value}". Write a duration from ${writtenDuration(least)} to ${writtenDuration(most)}.${unit}`
}
