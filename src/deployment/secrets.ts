import { RefusalError } from '../control-plane/errors.ts'
import type { DeployedSecret, Secret } from '../control-plane/resources.ts'
import type { JsonObject } from '../run/object.ts'
import { object } from '../run/object.ts'
import type { SecretChange } from '../run/record.ts'
import { hiddenNames, isShown, sharedNames } from './hidden.ts'

/** The environment that the user wants, as two lists with no name in common. */
export interface WantedSecrets {
  readonly secrets: readonly Secret[]
  /** Variables whose values may be printed. */
  readonly variables: readonly Secret[]
  readonly mode: 'merge' | 'replace'
}

/** The list to send, and its changes by name. */
export interface MergedSecrets {
  /** The whole list; `undefined` when no value changes, because sending a list creates a revision. */
  readonly send: readonly Secret[] | undefined
  readonly changes: readonly { readonly name: string; readonly change: SecretChange }[]
}

/**
 * Merges the wanted environment into the deployed one. A patch replaces the whole environment, so the list to send also
 * contains the values to keep.
 *
 * @param deployed the deployed variables; `null` when the server does not return them
 * @throws {RefusalError} when the server may hide a value to keep: sending the placeholder would overwrite the value
 */
export function mergeSecrets(wanted: WantedSecrets, deployed: readonly DeployedSecret[] | null): MergedSecrets {
  const all = [...wanted.secrets, ...wanted.variables]
  if (all.length === 0) {
    return { send: undefined, changes: (deployed ?? []).map(({ name }) => ({ name, change: 'kept' as const })) }
  }
  if (deployed === null && wanted.mode === 'merge') throw environmentUnknown()

  const hidden = hiddenNames(deployed ?? [], all)
  const before = new Map((deployed ?? []).map(({ name, value }) => [name, value]))
  const after = new Map(all.map(({ name, value }) => [name, value]))
  const rest = [...before].filter(([name]) => !after.has(name))

  const changes: { name: string; change: SecretChange }[] = []
  for (const [name, value] of after) {
    if (!before.has(name)) changes.push({ name, change: 'added' })
    else if (before.get(name) === value && (isShown(value) || !hidden.has(name))) changes.push({ name, change: 'kept' })
    else changes.push({ name, change: hidden.has(name) ? 'set' : 'changed' })
  }
  for (const [name] of rest) changes.push({ name, change: wanted.mode === 'merge' ? 'kept' : 'removed' })
  if (changes.every(({ change }) => change === 'kept')) return { send: undefined, changes }

  if (wanted.mode === 'merge') {
    const lost = rest.filter(([name, value]) => value === null || hidden.has(name)).map(([name]) => name)
    if (lost.length > 0) throw valuesHidden(lost, sharedNames(deployed ?? [], all))
    for (const [name, value] of rest) after.set(name, value ?? '')
  }
  return { send: [...after].map(([name, value]) => ({ name, value })), changes }
}

/** Returns the variables in a body that was sent. */
export function secretsIn({ secrets }: JsonObject): readonly Secret[] {
  if (!Array.isArray(secrets)) return []
  return secrets.map((secret) => ({ name: String(object(secret)?.name), value: String(object(secret)?.value) }))
}

function environmentUnknown(): RefusalError {
  return new RefusalError(
    'Secrets cannot be merged',
    'The control plane does not list the secrets of the deployment, so new ones cannot be added to them.',
    'Set `secrets-mode: replace` and list all secrets in `secrets`.'
  )
}

/** @param shared names that are suspected only because their values are the same text */
function valuesHidden(names: readonly string[], shared: ReadonlySet<string>): RefusalError {
  const isOne = names.length === 1
  const listed = names.join(', ')
  if (!isOne && names.every((name) => shared.has(name))) {
    const both = names.length === 2 ? 'both' : 'all of them'
    return new RefusalError(
      'Secret values may be hidden',
      `LangSmith returns the same text for ${enumerated(names)}, possibly because it hides the values. Changing any secret sends all of them and would overwrite ${both} with that text.`,
      `If ${both} really have the same value, list ${both} in \`secrets\`. Otherwise set \`secrets-mode: replace\` and list all secrets.`
    )
  }
  const [them, values, texts] = isOne ? ['it', 'its value', 'a placeholder'] : ['them', 'their values', 'placeholders']
  return new RefusalError(
    'Secret values are hidden',
    `The control plane appears to hide the value of ${listed}. It returns nothing, or ${texts} instead of the real text. Changing any secret sends all of them and would overwrite ${them}.`,
    `Add ${listed} with ${values} to \`secrets\`, or set \`secrets-mode: replace\` and list all secrets.`
  )
}

/** Joins names in words, such as `A, B and C`. */
function enumerated(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
