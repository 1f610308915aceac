import { isRecord } from '../emulator/validation.ts'

/** Methods by which a server hides the values of variables. `flickering`: the list is sometimes empty. */
export const HIDINGS = ['stars', 'tail', 'redacted', 'angle', 'empty', 'flickering'] as const
export type Hiding = (typeof HIDINGS)[number]

const PLACEHOLDERS: Readonly<Record<Exclude<Hiding, 'flickering'>, (value: string) => string>> = {
  stars: () => '********',
  tail: (value) => `****${value.slice(-4)}`,
  redacted: () => '[REDACTED]',
  angle: () => '<hidden>',
  empty: () => ''
}

/** Tells if a value is a placeholder for another one. */
export function isPlaceholder(value: string): boolean {
  return value === '' || /^\*+.{0,4}$|^\[REDACTED\]$|^<hidden>$/.test(value)
}

/** Hides the variables in a deployment, or in a list of deployments. */
export function hideSecrets(body: unknown, hiding: Hiding, isEmptyNow: boolean): unknown {
  if (!isRecord(body)) return body
  if (Array.isArray(body.resources)) {
    return { ...body, resources: body.resources.map((each) => hideSecrets(each, hiding, isEmptyNow)) }
  }
  if (!Array.isArray(body.secrets)) return body
  if (hiding === 'flickering') return isEmptyNow ? { ...body, secrets: [] } : body
  const hide = PLACEHOLDERS[hiding]
  return { ...body, secrets: body.secrets.map(({ name, value }) => ({ name, value: hide(String(value)) })) }
}
