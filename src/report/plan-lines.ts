import type { Plan } from '../deployment/plan.ts'
import { textsOf } from '../deployment/texts.ts'
import { inputName } from '../run/input-name.ts'
import { type Json, object } from '../run/object.ts'
import type { PlanRow, ShownPlan } from '../run/record.ts'
import { mayBeSecret } from '../runner/mask.ts'

/** Returns the plan in one sentence. */
export function planTitle(plan: ShownPlan): string {
  switch (plan.kind) {
    case 'create':
      return plan.makesRevision ? 'Plan: create the deployment and its first revision' : 'Plan: create the deployment'
    case 'patch':
      return plan.makesRevision ? 'Plan: create a new revision' : 'Plan: change settings without a new revision'
    case 'nothing':
      return 'Plan: no changes'
  }
}

/** Returns one line per field; secrets by name only, variables with their values. */
export function planLines(plan: ShownPlan): readonly string[] {
  const width = Math.max(0, ...plan.rows.map((row) => label(row).length))
  return plan.rows.map((row) => `${label(row).padEnd(width)}  ${describeChange(row)}`)
}

/** Returns the change of one field, such as `changed from 1 to 2`. */
export function describeChange(row: PlanRow): string {
  if (row.about === 'secret') return row.change === 'set' ? 'set (LangSmith hides the current value)' : row.change
  // The input sets the only key of this object.
  if (row.name === 'listener_config' && row.change !== 'changed') {
    return `${row.change}: ${shownValue(object(row.value)?.k8s_namespace?.toString() ?? null)}`
  }
  if (row.change === 'changed') return `changed from ${shownValue(row.from)} to ${shownValue(row.to)}`
  const hidden = row.about === 'variable' && row.change === 'set' ? ' (LangSmith hides the current value)' : ''
  return `${row.change}: ${shownValue(row.value)}${hidden}`
}

/** Returns the input that sets the field, or the name of the secret or variable. */
export function label(row: PlanRow): string {
  return row.about === 'field' ? inputName(row.name) : `${row.about} ${row.name}`
}

/**
 * Returns the values of settings in a plan. They can contain credentials, for example in the URL of a package index or
 * a repository.
 */
export function planTexts(plan: Plan): readonly string[] {
  return plan.rows.flatMap((row) => {
    if (row.about !== 'field') return []
    return row.change === 'changed' ? [...textsOf(row.from), ...textsOf(row.to)] : textsOf(row.value)
  })
}

/** Returns the public form of a plan, without the request body. */
export function shownPlan(plan: Plan, redact: (text: string) => string): ShownPlan {
  const rows = plan.rows.map((row) => shownRow(row, redact))
  return plan.kind === 'nothing'
    ? { kind: plan.kind, rows }
    : { kind: plan.kind, makesRevision: plan.makesRevision, rows }
}

/** The new value of a variable is public and stays unchanged, but its old value may have been a secret. */
function shownRow(row: PlanRow, redact: (text: string) => string): PlanRow {
  switch (row.about) {
    case 'secret':
      return row
    case 'variable':
      return row.change === 'changed' && mayBeSecret({ name: row.name, value: row.from })
        ? { ...row, from: '(hidden)' }
        : row
    case 'field':
      return row.change === 'changed'
        ? { ...row, from: redactedJson(row.from, redact), to: redactedJson(row.to, redact) }
        : { ...row, value: redactedJson(row.value, redact) }
  }
}

function redactedJson(value: Json, redact: (text: string) => string): Json {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map((item: Json) => redactedJson(item, redact))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactedJson(item, redact)]))
}

/** Returns a value in one line, shortened for readers. */
function shownValue(value: Json): string {
  if (value === null) return 'no value'
  const text = typeof value === 'string' && !/[\r\n]/.test(value) && value !== '' ? value : JSON.stringify(value)
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
}

const LONGEST_VALUE = 200
