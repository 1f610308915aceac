import { isDeepStrictEqual } from 'node:util'
import type { Expectation, SmokeTest } from '../../inputs/smoke-test.ts'
import { type Json, type JsonObject, object } from '../../run/object.ts'

/*
 * Whether the result of a run is an answer. Pure. Facts: a run that failed answers 200 with `__error__`, one that stopped
 * for a human 200 with `__interrupt__`, and one that was cancelled 200 with what it was given.
 */

/** What is said of a result; `reason` is words from outside, and follows the name of the graph. */
export interface ResultJudgement {
  readonly isGood: boolean
  readonly reason: string
}

/** Judges the result of a run that came to its end. */
export function judgeResult(result: Json | undefined, test: Pick<SmokeTest, 'input' | 'expect'>): ResultJudgement {
  const { input, expect } = test
  if (result === undefined) return bad('gave an answer that is not JSON')
  if (result === null) return bad('gave no answer')
  const fields = object(result) as JsonObject | undefined
  if (fields?.__error__ !== undefined) return bad(`failed: ${errorWords(fields.__error__)}`)
  const texts = newTexts(result, input)
  const misfit = expect && misfitOf(result, texts, expect)
  if (fields?.__interrupt__ !== undefined) {
    const stopped = 'stopped for a human (`__interrupt__`)'
    if (!expect) return bad(`${stopped}; write \`expect\` if that is the answer`)
    return misfit === undefined ? { isGood: true, reason: `${stopped}, as expected` } : bad(`${stopped}, and ${misfit}`)
  }
  const wholly = isWhatWasSent(result, input)
  if (wholly || (isWhatWasSent(withoutEmptyLists(result, input), input) && expect?.subset === undefined)) {
    return bad('returned only its input, as a cancelled run does')
  }
  return misfit === undefined ? { isGood: true, reason: expect ? 'answered as expected' : 'answered' } : bad(misfit)
}

function bad(reason: string): ResultJudgement {
  return { isGood: false, reason }
}

/** A server for JavaScript has JSON in the message. */
function errorWords(error: Json | undefined): string {
  const { error: kind, message } = object(error) ?? {}
  const words = [kind, message].filter((one) => typeof one === 'string' && one !== '')
  return words.length > 0 ? words.join(': ') : JSON.stringify(error)
}

function misfitOf(result: Json, texts: readonly string[], expect: Expectation): string | undefined {
  const { contains, matches, subset } = expect
  if (contains !== undefined && !texts.some((text) => text.includes(contains))) {
    return `gave no answer that contains ${JSON.stringify(contains)} (\`expect.contains\`)`
  }
  if (matches !== undefined && !texts.some((text) => new RegExp(matches).test(text))) {
    return `gave no answer that matches ${matches} (\`expect.matches\`)`
  }
  return subset !== undefined && !includesJson(result, subset)
    ? 'gave an answer without what `expect.subset` asks for'
    : undefined
}

/** Whether a value holds another one: all fields of an object, all entries of a list in any order. */
function includesJson(value: Json | undefined, wanted: Json): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(value) && wanted.every((entry) => value.some((one) => includesJson(one, entry)))
  }
  const fields = object(wanted) as JsonObject | undefined
  if (!fields) return isDeepStrictEqual(value, wanted)
  const own = object(value) as JsonObject | undefined
  return own !== undefined && Object.entries(fields).every(([name, entry]) => includesJson(own[name], entry))
}

/** Without the lists that a state begins with: a field with a reducer is one before any node has run. */
function withoutEmptyLists(result: Json, input: Json): Json {
  const [fields, sent] = [object(result), object(input)] as [JsonObject | undefined, JsonObject | undefined]
  if (!fields || !sent) return result
  const isBeginning = (name: string, value: Json) =>
    Array.isArray(value) && value.length === 0 && !Object.hasOwn(sent, name)
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => !isBeginning(name, value)))
}

/** An empty object is an answer: the state of a graph may have no output. */
function isWhatWasSent(result: Json, input: Json): boolean {
  const [fields, sent] = [object(result), object(input)] as [JsonObject | undefined, JsonObject | undefined]
  if (!fields || !sent) return isDeepStrictEqual(result, input)
  const entries = Object.entries(fields)
  return entries.length > 0 && entries.every(([name, value]) => isSent(value, sent[name]))
}

function isSent(value: Json, sent: Json | undefined): boolean {
  if (sent === undefined) return false
  if (!Array.isArray(value)) return isDeepStrictEqual(value, sent) || (isMessage(value) && isSentMessage(value, [sent]))
  const all = Array.isArray(sent) ? sent : [sent]
  return isDeepStrictEqual(value, sent) || (value.length > 0 && value.every((one) => isSentMessage(one, all)))
}

/** A server gives messages an ID and a type of its own: of one that was sent in, only the words are the same. */
function isSentMessage(value: Json, sent: readonly Json[]): boolean {
  if (!isMessage(value)) return sent.some((one) => isDeepStrictEqual(one, value))
  return sent.some((one) => isDeepStrictEqual(messageContent(one), messageContent(value)) && sameRole(one, value))
}

function isMessage(value: Json | undefined): value is JsonObject {
  const fields = object(value)
  return (
    fields !== undefined && 'content' in fields && (typeof fields.type === 'string' || typeof fields.role === 'string')
  )
}

/** A message may be sent in as a text, or as a pair of role and text. */
function messageContent(message: Json): Json | undefined {
  if (Array.isArray(message)) return message[1]
  return typeof message === 'string' ? message : (object(message) as JsonObject | undefined)?.content
}

const ROLES: Readonly<Record<string, string>> = { user: 'human', assistant: 'ai' }

function sameRole(sent: Json, message: JsonObject): boolean {
  const roleOf = (value: Json | undefined) => (typeof value === 'string' ? (ROLES[value] ?? value) : undefined)
  const fields = object(sent) as JsonObject | undefined
  const own = Array.isArray(sent) ? roleOf(sent[0]) : roleOf(fields?.type ?? fields?.role ?? 'human')
  return own === roleOf(message.type ?? message.role)
}

/** The texts of a result that were not sent in; of messages what they say, and not what they are called. */
function newTexts(result: Json, input: Json): readonly string[] {
  const sent = new Set(textsIn(input))
  return textsIn(result).filter((text) => !sent.has(text))
}

/** Fields of a block of content that name it. */
const NAMING = new Set(['type', 'id', 'index'])

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one))
  const fields = object(value) as JsonObject | undefined
  if (!fields) return []
  if (isMessage(fields))
    return [...blockTexts(fields.content), ...textsIn(fields.tool_calls), ...textsIn(fields.artifact)]
  return Object.values(fields).flatMap((one) => textsIn(one))
}

function blockTexts(content: Json | undefined): readonly string[] {
  if (!Array.isArray(content)) return textsIn(content)
  return content.flatMap((block) => {
    const fields = object(block) as JsonObject | undefined
    if (!fields) return textsIn(block)
    return Object.entries(fields).flatMap(([name, value]) => (NAMING.has(name) ? [] : textsIn(value)))
  })
}

/** What a page shows of a result: the last text that was not sent in, or the whole. */
export function shownResult(result: Json, input: Json): string {
  return newTexts(result, input).findLast((text) => text.trim() !== '') ?? JSON.stringify(result)
}
