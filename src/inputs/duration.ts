/** Parses `90s`, `30m`, `1h30m` or plain seconds as milliseconds; `undefined` for any other text. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text.toLowerCase())
  if (!match || text === '') return undefined
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0))
  return (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000
}

/** Formats milliseconds as an input accepts them, such as `1h30m`. */
export function writtenDuration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's']
  ]
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count}${unit}`)
      .join('') || '0s'
  )
}

const UNITS: readonly (readonly [words: RegExp, seconds: number])[] = [
  [/^(d|days?)$/, 86_400],
  [/^(h|hrs?|hours?)$/, 3_600],
  [/^(m|mins?|minutes?)$/, 60],
  [/^(s|secs?|seconds?)$/, 1],
  [/^(ms|msecs?|millis|milliseconds?)$/, 0.001]
]

/**
 * Returns the valid duration that an invalid text probably means: ISO 8601 (`PT30M`), a clock (`00:30:00`), words and
 * fractions (`30 minutes`, `1.5h`).
 */
export function probableDuration(text: string): string | undefined {
  const plain = text
    .toLowerCase()
    .replace(/^["']|["']$/g, '')
    .trim()
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d)$/.exec(plain) ?? []
  if (hours) return writtenDuration(((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000)
  const pieces = [...plain.replace(/^p(?=.*\d)/, '').matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]*)[\s,t]*/g)]
  const rest = plain.replace(/^pt?/, '').replace(/(\d+(?:[.,]\d+)?)\s*([a-z]*)[\s,]*/g, '')
  if (pieces.length === 0 || rest !== '') return undefined
  let sum = 0
  for (const [, count = '', unit = ''] of pieces) {
    const [, seconds] = UNITS.find(([words]) => words.test(unit.replace(/t$/, ''))) ?? []
    if (seconds === undefined) return undefined
    sum += Number(count.replace(',', '.')) * seconds
  }
  return sum >= 1 ? writtenDuration(sum * 1000) : undefined
}
