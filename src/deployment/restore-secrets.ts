import type { DeployedSecret, Secret } from '../control-plane/resources.ts'
import { hiddenNames } from './hidden.ts'
import type { PatchPlan } from './plan.ts'
import { byOutcome, type RestoredValues, type ValueOutcome } from './restore-outcome.ts'
import { secretsIn } from './secrets.ts'

/** A secret that this run changed. */
interface ChangedSecret {
  /** `undefined`: the secret did not exist. `null`: it existed or may have existed, but its value is unknown. */
  readonly before: string | null | undefined
  /** `undefined`: this run removed it. */
  readonly wanted: string | undefined
}

/**
 * Plans which secrets to restore.
 *
 * @param deployed the current secrets
 * @param noCode the reason that no revision can be created; `undefined` when one can
 * @returns `send`: the whole list, because a change replaces all of it
 */
export function restoreSecrets(
  written: readonly PatchPlan[],
  deployed: readonly DeployedSecret[] | null,
  noCode: string | undefined
): RestoredValues & { readonly send: readonly Secret[] | undefined } {
  const changes = [...changedSecrets(written)].map(([name, change]) => {
    return { name, before: change.before, outcome: secretOutcome(name, change, deployed) }
  })
  const values = byOutcome(changes.map(({ name, outcome }) => [variableLabel(name), outcome]))
  const back = changes.filter(({ outcome }) => outcome === 'put-back')
  if (back.length === 0) return { ...values, send: undefined }
  const next = new Map((deployed ?? []).map((secret) => [secret.name, secret.value]))
  for (const { name, before } of back) {
    if (before === undefined) next.delete(name)
    else next.set(name, before)
  }
  const why = noCode ?? whyNotSecrets(next, deployed ?? [])
  if (why) {
    const notBack = values.back.map((name) => ({ name, why }))
    return { ...values, send: undefined, back: [], leftovers: [...notBack, ...values.leftovers] }
  }
  return { ...values, send: [...next].map(([name, value]) => ({ name, value: value ?? '' })) }
}

const VALUE_HIDDEN = { why: 'LangSmith hides the previous values' }

function secretOutcome(
  name: string,
  { before, wanted }: ChangedSecret,
  deployed: readonly DeployedSecret[] | null
): ValueOutcome {
  if (!deployed || hiddenNames(deployed).has(name)) return VALUE_HIDDEN
  const current = deployed.find((secret) => secret.name === name)?.value
  if (before !== null && current === before) return 'as-before'
  if ((current ?? undefined) !== wanted) return 'changed-by-others'
  return before === null ? VALUE_HIDDEN : 'put-back'
}

/** Returns the labels of the variables that this run changed. */
export function changedVariables(written: readonly PatchPlan[]): readonly string[] {
  return [...changedSecrets(written).keys()].map(variableLabel)
}

/** Returns the secrets that this run changed, by name. `before` is the last value that this run did not write. */
function changedSecrets(written: readonly PatchPlan[]): ReadonlyMap<string, ChangedSecret> {
  const changes = new Map<string, ChangedSecret>()
  for (const { body, deployment } of written) {
    if (!Array.isArray(body.secrets)) continue
    const wanted = new Map(secretsIn(body).map(({ name, value }) => [name, value]))
    const names = new Set([...wanted.keys(), ...(deployment.secrets ?? []).map(({ name }) => name)])
    for (const name of names) {
      const value = wanted.get(name)
      const before = secretBefore(deployment.secrets, name)
      const known = changes.get(name)
      if (before !== value) changes.set(name, { before, wanted: value })
      else if (known) changes.set(name, { ...known, wanted: value })
    }
  }
  return changes
}

function secretBefore(deployed: readonly DeployedSecret[] | null, name: string): ChangedSecret['before'] {
  if (!deployed || hiddenNames(deployed).has(name)) return null
  return deployed.find((other) => other.name === name)?.value
}

/** Returns the reason that the list of secrets cannot be sent; `undefined` when it can. */
function whyNotSecrets(
  next: ReadonlyMap<string, string | null>,
  deployed: readonly DeployedSecret[]
): string | undefined {
  if (next.size === 0) return 'there were no variables before, and the API cannot remove the last one'
  // Only values that are not restored can be hidden.
  const [hidden] = hiddenNames(deployed)
  return hidden && `all variables would have to be sent, and LangSmith hides the value of ${hidden}`
}

/** Returns the same label for `secrets` and `variables`, because LangSmith does not distinguish them. */
function variableLabel(name: string): string {
  return `environment variable ${name}`
}
