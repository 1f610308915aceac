/** Where a text stops being JSON. */
interface JsonFault {
  /** Both count from 1. */
  readonly line: number
  readonly column: number
  readonly expected: string
  /** What other readers of JSON take and this is; it is what most files fail by. */
  readonly extension: 'comment' | 'trailing comma' | undefined
}

type State = keyof typeof EXPECTED

const EXPECTED = {
  value: 'a value',
  firstValue: 'a value or ]',
  name: 'a name in double quotes',
  firstName: 'a name in double quotes, or }',
  colon: 'a colon',
  comma: 'a comma, or the closing bracket',
  end: 'nothing more'
}

const JSON_BLANKS = /[ \t\r\n]*/y
const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids just these in a string
  /[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/**
 * Finds the first place at which a text stops being JSON; nothing when it is valid. JSON.parse names the place in some
 * of its messages only, and quotes the text in the others, which may hold secrets.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = []
  let state: State = 'value'
  let position = 0
  for (;;) {
    position = skip(JSON_BLANKS, text, position)
    const end = skip(TOKEN, text, position)
    const token = text.slice(position, end)
    if (token === '' && state === 'end' && position === text.length) return undefined
    const next = step(state, token, open)
    if (!next) return faultAt(text, position, state)
    state = next
    position = end
  }
}

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : from
}

/** The state after a token, or nothing when the token is not allowed here. `open` holds the brackets not yet closed. */
function step(state: State, token: string, open: ('{' | '[')[]): State | undefined {
  const afterValue = () => (open.length === 0 ? 'end' : 'comma')
  const inObject = open.at(-1) === '{'
  const closes =
    (token === '}' && inObject && (state === 'firstName' || state === 'comma')) ||
    (token === ']' && !inObject && (state === 'firstValue' || state === 'comma'))
  if (closes) {
    open.pop()
    return afterValue()
  }
  if (state === 'value' || state === 'firstValue') {
    if (token === '{' || token === '[') {
      open.push(token)
      return token === '{' ? 'firstName' : 'firstValue'
    }
    return /^["\w-]/.test(token) ? afterValue() : undefined
  }
  if (state === 'name' || state === 'firstName') return token.startsWith('"') ? 'colon' : undefined
  if (state === 'colon') return token === ':' ? 'value' : undefined
  if (state === 'comma' && token === ',') return inObject ? 'name' : 'value'
  return undefined
}

function faultAt(text: string, position: number, state: State): JsonFault {
  const lines = text.slice(0, position).split('\n')
  return {
    line: lines.length,
    column: (lines.at(-1)?.length ?? 0) + 1,
    expected: EXPECTED[state],
    extension: extensionAt(text, position, state)
  }
}

function extensionAt(text: string, position: number, state: State): JsonFault['extension'] {
  if (/^(\/[/*]|#)/.test(text.slice(position, position + 2))) return 'comment'
  // Only behind a comma is a bracket wrong here.
  const closes = (state === 'name' && text[position] === '}') || (state === 'value' && text[position] === ']')
  return closes && /,\s*$/.test(text.slice(0, position)) ? 'trailing comma' : undefined
}
