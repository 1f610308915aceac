import { isRecord } from '../emulator/validation.ts'

/** How a server keeps the values of variables to itself. `flickering`: the list is empty now and then. */
export const HIDINGS = ['stars', 'tail', 'redacted', 'angle', 'empty', 'flickering'] as const
export type Hiding = (typeof HIDINGS)[number]

const PLACEHOLDERS: Readonly<Record<Exclude<Hiding, 'flickering'>, (value: string) => string>> = {
  stars: () => '********',
  tail: (value) => `****${value.slice(-4)}`,
  redacted: () => '[REDACTED]',
  angle: () => '<hidden>',
  empty: () => ''
}

/** Whether a value is one of those that only stand for another. */
export function isPlaceholder(value: string): boolean {
  return value === '' || /^\*+.{0,4}$|^\[REDACTED\]$|^<hidden>$/.test(value)
}

/** A deployment, or a list of them, with its variables hidden. */
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
