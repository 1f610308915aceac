import { type ApiError, RefusalError } from '../../control-plane/errors.ts'
import { isOnAws } from '../../control-plane/hosts.ts'
import type { JsonObject } from '../../run/object.ts'
import { object } from '../../run/object.ts'
import type { FixedSetting } from './source.ts'

/**
 * The two spellings of each type: in the documentation (`word`) and in the API (`wire`). The official clients convert
 * the former before they send it. Source: langgraph-cli since 0.4.36, seen on the wire.
 */
const SPELLINGS = [
  { word: 'serverless', wire: 'dev_zero' },
  { word: 'dedicated', wire: 'prod' }
] as const

/** Types of the pricing that ended in October 2026. A control plane of Cloud may reject them. */
const OLD_TYPES = new Set(['dev_free', 'dev', 'prod'])

/** Default of the official clients for Cloud sources. */
const DEFAULT_TYPE = 'serverless'
/** AWS regions have no deployments that scale to zero. Source: an error of the server; langgraph-cli since 0.4.37. */
const DEFAULT_TYPE_ON_AWS = 'dev'

/** Returns the type of a new deployment on Cloud, in the spelling of the input. */
export function chosenType(written: string | undefined, url: string): string {
  return written ?? (isOnAws(url) ? DEFAULT_TYPE_ON_AWS : DEFAULT_TYPE)
}

/** Returns the setting for a create: sent in the spelling of the API, shown in the spelling of the user. */
export function typeSetting(type: string): FixedSetting {
  const known = SPELLINGS.find(({ word }) => word === type)
  return { field: 'deployment_type', wanted: known?.wire ?? type, shown: type }
}

/** True if two types are the same in either spelling. */
export function sameDeploymentType(left: string, right: string): boolean {
  return left === right || otherSpelling(left) === right
}

function otherSpelling(type: string): string | undefined {
  const pair = SPELLINGS.find(({ word, wire }) => word === type || wire === type)
  return pair && (pair.word === type ? pair.wire : pair.word)
}

/**
 * Returns the other spelling of the type that a create was refused for. A refused create had no effect, so it can be
 * sent again.
 *
 * @returns `undefined` when the server does not list the other spelling
 */
export function respelled(body: JsonObject, refusal: ApiError): string | undefined {
  const other = otherSpelling(typeOf(body) ?? '')
  return other && isAboutType(refusal) && typesListed(refusal.detail).includes(other) ? other : undefined
}

/**
 * Returns the error for a create that was refused because of its type.
 *
 * @param shown the type in the spelling of the input, or the default type
 * @returns `undefined` when the refusal has another reason
 */
export function typeRefused(body: JsonObject, shown: string | undefined, refusal: ApiError): RefusalError | undefined {
  const sent = typeOf(body)
  if (sent === undefined || !isAboutType(refusal)) return undefined
  const written = shown ?? sent
  const listed = typesListed(refusal.detail).filter((type) => type !== sent)
  const meant = meantType(written)
  return new RefusalError(
    'Invalid deployment type',
    [
      `LangSmith rejected the deployment type "${written}" (\`deployment-type\`${written === sent ? '' : `, sent as ${sent}`}).`,
      meant ? `Did you mean \`${meant}\`?` : '',
      listed.length > 0 ? `Supported types: ${listed.join(', ')}.` : '',
      OLD_TYPES.has(written) ? `"${written}" is a type of the pricing before October 2026.` : ''
    ]
      .filter(Boolean)
      .join(' '),
    listed.length > 0
      ? 'Set `deployment-type` to one of these. No deployment was created.'
      : 'Set `deployment-type` to another type, such as `serverless` or `dedicated`, or omit it. No deployment was created.',
    refusal
  )
}

/** Other words that users may use for the two types, in lowercase. */
const SPOKEN: Readonly<Record<string, string>> = { production: 'dedicated', development: 'serverless' }

/**
 * Returns the type that an invalid word probably means; `undefined` when the word is a type or has no known meaning.
 */
function meantType(written: string): string | undefined {
  const word = written.toLowerCase().replace(/[\s_-]+/g, '')
  const meant = SPOKEN[word] ?? SPELLINGS.find((each) => each.word === word)?.word
  return meant === written ? undefined : meant
}

/** Returns the type in the body of a create, as it was sent. */
function typeOf(body: JsonObject): string | undefined {
  const type = object(body.source_config)?.deployment_type
  return typeof type === 'string' ? type : undefined
}

function isAboutType({ status, detail }: ApiError): boolean {
  return (status === 400 || status === 422) && /deployment[_ -]type/i.test(detail)
}

/** Returns the values that a refusal lists after words such as "should be" in the sentence about the type. */
export function typesListed(detail: string): readonly string[] {
  const [sentence] = /deployment[_ -]type.*/is.exec(detail) ?? []
  const [, list] =
    /(?:should be|must be|one of|expected|allowed|permitted|supported|valid values?|options)\b([^;\n]*)/i.exec(
      sentence ?? ''
    ) ?? []
  const quoted = [...(list ?? '').matchAll(/['"`]([a-z][a-z0-9_]*)['"`]/g)].map(([, type]) => type ?? '')
  const bare = (list ?? '').split(/[^a-z0-9_]+/).filter((word) => /^[a-z][a-z0-9_]*$/.test(word) && !FILLERS.test(word))
  return [...new Set(quoted.length > 0 ? quoted : bare)]
}

/** Words of the sentence that are not values. */
const FILLERS = /^(?:one|of|or|and|the|are|is|be|values?|got|not|a|an)$/
