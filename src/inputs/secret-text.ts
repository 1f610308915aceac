import { parseJsonSecrets } from './secret-json.ts'
import { parseLines } from './secret-lines.ts'
import { notAList, type ParsedSecrets, type SecretKind } from './secret-problem.ts'

/**
 * Reads a text of secrets: `NAME=value`, `NAME<<END` … `END`, a bare `NAME` that is looked up, or one JSON object of
 * strings. `NAME?` in place of `NAME` leaves the name out while its value is empty. A value is the rest of its line,
 * every character of it: nothing is trimmed, unquoted or expanded, because each of these can change a password.
 *
 * @param lookUp the value of an environment variable of the step, for bare names
 * @param kind from which GitHub context the values nearly always come
 */
export function parseSecrets(
  text: string,
  lookUp: (name: string) => string | undefined,
  kind: SecretKind = 'secrets'
): ParsedSecrets {
  const start = text.trimStart()
  if (start.startsWith('{')) return parseJsonSecrets(text, kind)
  if (start.startsWith('[')) return notAList(JSON_ARRAY)
  if (/^(Object|Array)$/.test(text.trim()) && !lookUp(text.trim())) return notAList(WHOLE_OBJECT)
  if (isJsonString(start)) return notAList(JSON_STRING)
  if (isPathOfFile(text.trim())) return notAList(PATH_OF_FILE)
  return parseLines(text.replace(/^\uFEFF/, ''), lookUp, kind)
}

const JSON_ARRAY =
  'is a JSON array, which gives its values no names; write one NAME=value a line, or one JSON object such as {"NAME": "value"}'
const JSON_STRING =
  'is a JSON string, as `toJSON` of a single secret makes; write one NAME=value a line, with `${{ secrets.NAME }}` as the value'
const WHOLE_OBJECT =
  'is what GitHub makes of an expression that is a whole object; write `${{ toJSON(secrets) }}`, or better one NAME=value a line'
const PATH_OF_FILE = 'reads like the path of an env file; write the path into `secrets-file`'

function isJsonString(text: string): boolean {
  return /^"(?:[^"\\\n]|\\.)*"$/.test(text.trim())
}

/** Such as `.env`, `./deploy/production.env` and `.env.production`; the name of a variable has no period. */
function isPathOfFile(text: string): boolean {
  return /^(?:\.{0,2}\/)?(?:[\w-]+\/)*(?:[\w-]*\.env|\.env\.[\w.-]+|[\w-]+\.env)$/.test(text)
}
