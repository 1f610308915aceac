import type { DeployedSecret, Secret } from '../control-plane/resources.ts'
import { hiddenNames } from './hidden.ts'
import type { PatchPlan } from './plan.ts'
import type { Leftover, RestoredValues, RevisionCode } from './restore-code.ts'
import { secretsIn } from './secrets.ts'

/** A secret before this run; `hidden`: it existed, or may have, and its value is not known. */
type SecretBefore = { readonly kind: 'absent' | 'hidden' } | { readonly kind: 'value'; readonly value: string }

/** What this run made of one secret. */
interface ChangedSecret {
  readonly before: SecretBefore
  /** `undefined`: this run removed it. */
  readonly wanted: string | undefined
}

const VALUE_HIDDEN = 'LangSmith hides the values from before'

/**
 * Plans which secrets to put back.
 *
 * @param deployed the secrets as they are now
 * @returns `send`: the whole list, because a change replaces all of it
 */
export function restoreSecrets(
  written: readonly PatchPlan[],
  deployed: readonly DeployedSecret[] | null,
  code: RevisionCode
): RestoredValues & { readonly send: readonly Secret[] | undefined } {
  const back: string[] = []
  const leftovers: Leftover[] = []
  const others: string[] = []
  const next = new Map((deployed ?? []).map((secret) => [secret.name, secret.value]))
  for (const [name, change] of changedSecrets(written)) {
    const outcome = secretOutcome(name, change, deployed)
    if (outcome === 'hidden') leftovers.push({ name: variableLabel(name), why: VALUE_HIDDEN })
    else if (outcome === 'changed-by-others') others.push(variableLabel(name))
    else if (outcome === 'put-back') {
      back.push(name)
      if (change.before.kind === 'value') next.set(name, change.before.value)
      else next.delete(name)
    }
  }
  if (back.length === 0) return { send: undefined, back, leftovers, others }
  const why = whyNotSecrets(next, back, deployed ?? [], code)
  if (why) {
    const notBack = back.map((name) => ({ name: variableLabel(name), why }))
    return { send: undefined, back: [], leftovers: [...notBack, ...leftovers], others }
  }
  const send = [...next].map(([name, value]) => ({ name, value: value ?? '' }))
  return { send, back: back.map(variableLabel), leftovers, others }
}

/** What becomes of one changed secret. */
function secretOutcome(
  name: string,
  { before, wanted }: ChangedSecret,
  deployed: readonly DeployedSecret[] | null
): 'as-before' | 'put-back' | 'changed-by-others' | 'hidden' {
  if (!deployed || hiddenNames(deployed).has(name)) return 'hidden'
  const current = deployed.find((secret) => secret.name === name)
  const isBefore = before.kind === 'value' ? current?.value === before.value : before.kind === 'absent' && !current
  if (isBefore) return 'as-before'
  if ((current?.value ?? undefined) !== wanted) return 'changed-by-others'
  return before.kind === 'hidden' ? 'hidden' : 'put-back'
}

/** Names of the variables that this run changed. */
export function changedVariables(written: readonly PatchPlan[]): readonly string[] {
  return [...changedSecrets(written).keys()].map(variableLabel)
}

/** The secrets that this run changed. `before` is the last value that was not written by this run. */
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
      if (before.kind !== 'value' || before.value !== value) changes.set(name, { before, wanted: value })
      else if (known) changes.set(name, { ...known, wanted: value })
    }
  }
  return changes
}

function secretBefore(deployed: readonly DeployedSecret[] | null, name: string): SecretBefore {
  if (!deployed) return { kind: 'hidden' }
  const secret = deployed.find((other) => other.name === name)
  if (!secret) return { kind: 'absent' }
  return secret.value === null || hiddenNames(deployed).has(name)
    ? { kind: 'hidden' }
    : { kind: 'value', value: secret.value }
}

/** Why the list of secrets cannot be sent; `undefined` when it can. */
function whyNotSecrets(
  next: ReadonlyMap<string, string | null>,
  back: readonly string[],
  deployed: readonly DeployedSecret[],
  code: RevisionCode
): string | undefined {
  if (code.kind === 'unknown') return code.why
  if (next.size === 0) return 'there were no variables before, and the API cannot remove the last one'
  const [hidden] = [...hiddenNames(deployed)].filter((name) => !back.includes(name))
  return hidden && `all variables would have to be sent, and LangSmith hides the value of ${hidden}`
}

/** LangSmith does not know which of the inputs set a variable, so one name serves for both. */
function variableLabel(name: string): string {
  return `environment variable ${name}`
}
