import { isDeepStrictEqual } from 'node:util'
import type { Expectation, SmokeTest } from '../../inputs/smoke-test.ts'
import { type Json, type JsonObject, object } from '../../run/object.ts'

/*
 * Judges the results of runs. Pure. The server returns 200 for each of these: a failed run with `__error__`, a run that
 * waits for a human with `__interrupt__`, and a canceled run with its input.
 */

/** The judgment of a result. `reason` follows the name of the graph, and contains untrusted text. */
export interface ResultJudgement {
  readonly isGood: boolean
  readonly reason: string
  /** True if the result is an answer, but does not match `expect`. */
  readonly isMisfit?: true
}

/** Judges the result of a finished run. */
export function judgeResult(result: Json | undefined, test: Pick<SmokeTest, 'input' | 'expect'>): ResultJudgement {
  const { input, expect } = test
  if (result === undefined) return bad('returned a response that is not JSON')
  if (result === null) return bad('returned no answer')
  const fields = object(result) as JsonObject | undefined
  if (fields?.__error__ !== undefined) return bad(`failed: ${errorWords(fields.__error__)}`)
  const misfit = expect && misfitOf(result, newTexts(result, input), expect)
  if (fields?.__interrupt__ !== undefined) {
    const stopped = 'stopped for human input (`__interrupt__`)'
    if (!expect) return bad(`${stopped}; set \`expect\` if that is the expected answer`)
    return misfit === undefined ? { isGood: true, reason: `${stopped}, as expected` } : bad(`${stopped}, and ${misfit}`)
  }
  const wholly = isWhatWasSent(result, input)
  if (wholly || (isWhatWasSent(withoutEmptyLists(result, input), input) && expect?.subset === undefined)) {
    return bad('returned only its input, like a canceled run')
  }
  if (misfit !== undefined) return { isGood: false, reason: misfit, isMisfit: true }
  if (expect) return { isGood: true, reason: 'answered as expected' }
  return holdsMessage(result) && !holdsAnswer(result, input)
    ? bad(emptyWords(result))
    : { isGood: true, reason: 'answered' }
}

function bad(reason: string): ResultJudgement {
  return { isGood: false, reason }
}

/** The error as text. In the error of a JavaScript server, the message is JSON. */
function errorWords(error: Json | undefined): string {
  const { error: kind, message } = object(error) ?? {}
  const words = [kind, message].filter((one) => typeof one === 'string' && one !== '')
  return words.length > 0 ? words.join(': ') : JSON.stringify(error)
}

/** Lists all differences from `expect`; `undefined` without any. */
function misfitOf(result: Json, texts: readonly string[], expect: Expectation): string | undefined {
  const { contains, matches, subset } = expect
  const missing = subset === undefined ? undefined : missingPart(result, subset)
  const misfits = [
    contains !== undefined && !texts.some((text) => text.includes(contains))
      ? `returned no answer that contains ${JSON.stringify(contains)} (\`expect.contains\`)`
      : '',
    matches !== undefined && !texts.some((text) => new RegExp(matches).test(text))
      ? `returned no answer that matches ${matches} (\`expect.matches\`)`
      : '',
    missing === undefined ? '' : `returned an answer that does not match \`expect.subset\`: ${missing}`
  ].filter(Boolean)
  return misfits.length > 0 ? misfits.join('; ') : undefined
}

/**
 * Returns the first part of `wanted` that a value lacks; `undefined` if the value contains all. An object must contain
 * all fields, a list all entries in any order.
 */
function missingPart(value: Json | undefined, wanted: Json, path = ''): string | undefined {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(value)) return missingWords(value, wanted, path)
    const missing = wanted.find((entry) => value.every((one) => missingPart(one, entry) !== undefined))
    return missing === undefined ? undefined : `no entry of ${placeWords(path)} matches ${shortJson(missing)}`
  }
  const fields = object(wanted) as JsonObject | undefined
  if (!fields) return isDeepStrictEqual(value, wanted) ? undefined : missingWords(value, wanted, path)
  const own = object(value) as JsonObject | undefined
  if (!own) return missingWords(value, wanted, path)
  for (const [name, entry] of Object.entries(fields)) {
    const inside = path === '' ? name : `${path}.${name}`
    const missing = missingPart(Object.hasOwn(own, name) ? own[name] : undefined, entry, inside)
    if (missing !== undefined) return missing
  }
  return undefined
}

function missingWords(value: Json | undefined, wanted: Json, path: string): string {
  const found = value === undefined ? 'missing' : shortJson(value)
  return `${placeWords(path)} is ${found}, not ${shortJson(wanted)}`
}

function placeWords(path: string): string {
  return path === '' ? 'the result' : `\`${path}\``
}

/** Formats a value. A long value is described, not truncated, because a part of a secret would not be masked. */
function shortJson(value: Json): string {
  const text = JSON.stringify(value)
  if (text.length <= MOST_CHARACTERS_OF_VALUE) return text
  return Array.isArray(value) ? `a list of ${value.length}` : typeof value === 'string' ? 'a longer text' : 'an object'
}

const MOST_CHARACTERS_OF_VALUE = 120

/** Removes the empty lists of an initial state: a field with a reducer is a list before any node runs. */
function withoutEmptyLists(result: Json, input: Json): Json {
  const [fields, sent] = [object(result), object(input)] as [JsonObject | undefined, JsonObject | undefined]
  if (!fields || !sent) return result
  const isBeginning = (name: string, value: Json) =>
    Array.isArray(value) && value.length === 0 && !Object.hasOwn(sent, name)
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => !isBeginning(name, value)))
}

/** Tells if a result only repeats the input. An empty object is an answer, because a graph can have no output. */
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

/** Tells if a message was in the input. Compares content and role, because the server adds an ID and a type. */
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

/** The content of a message, which the input can write as a text, or as a pair of role and text. */
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

/** The author of a message, by its type or role. */
type Speaker = 'agent' | 'other'

const SPEAKERS: Readonly<Record<string, Speaker>> = {
  ai: 'agent',
  assistant: 'agent',
  AIMessageChunk: 'agent',
  human: 'other',
  user: 'other',
  HumanMessageChunk: 'other',
  system: 'other',
  developer: 'other',
  SystemMessageChunk: 'other',
  tool: 'other',
  ToolMessageChunk: 'other',
  function: 'other',
  FunctionMessageChunk: 'other',
  remove: 'other'
}

function speakerOf(value: unknown): Speaker | undefined {
  const fields = object(value) as JsonObject | undefined
  if (!fields || !('content' in fields)) return undefined
  const { type, role } = fields
  return [type, role].map((name) => SPEAKERS[String(name)]).find((speaker) => speaker !== undefined)
}

/**
 * The texts of a result that are not in the input. From messages, only new text of the agent: the arguments of its tool
 * calls repeat the question, and the output of a tool is not an answer to the user.
 */
function newTexts(result: Json, input: Json): readonly string[] {
  const sent = new Set(allTexts(input))
  return textsIn(result).filter((text) => !sent.has(text))
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one))
  const fields = object(value) as JsonObject | undefined
  if (!fields) return []
  const speaker = speakerOf(fields)
  if (speaker) return speaker === 'agent' ? saidIn(fields) : []
  if (isMessage(fields)) return saidIn(fields)
  return Object.values(fields).flatMap((one) => textsIn(one))
}

function allTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  const fields = object(value)
  const parts = Array.isArray(value) ? value : fields ? Object.values(fields) : []
  return parts.flatMap((one) => allTexts(one))
}

/** The texts of a message: its content, or its text blocks without thoughts and tool calls. */
function saidIn({ content }: JsonObject): readonly string[] {
  if (typeof content === 'string') return [content]
  if (!Array.isArray(content)) return textsIn(content)
  return content.flatMap((block) => {
    if (typeof block === 'string') return [block]
    const { type = 'text', text } = object(block) ?? {}
    return typeof text === 'string' && TEXT_BLOCKS.has(String(type)) ? [text] : []
  })
}

const TEXT_BLOCKS = new Set(['text', 'output_text'])
/** Content blocks that show nothing besides text: text itself, thoughts and tool calls. */
const SILENT_BLOCKS =
  /^(?:text|output_text|thinking|redacted_thinking|reasoning|non_standard|.*tool_(?:use|call)(?:_chunk)?|function_call|input_json_delta)$/

function holdsMessage(value: Json): boolean {
  if (speakerOf(value)) return true
  return Array.isArray(value)
    ? value.some((one) => holdsMessage(one))
    : Object.values(object(value) ?? {}).some((one) => holdsMessage(one as Json))
}

/** Tells if a state has a new message with text of the agent, or any other new value. */
function holdsAnswer(result: Json, input: Json): boolean {
  const [fields, sent] = [object(result), object(input)] as [JsonObject | undefined, JsonObject | undefined]
  if (!fields || speakerOf(result)) return holdsValue(result, [])
  return Object.entries(fields).some(([name, value]) => {
    const own = sent && Object.hasOwn(sent, name) ? sent[name] : undefined
    return !isSent(value, own) && holdsValue(value, own === undefined ? [] : Array.isArray(own) ? own : [own])
  })
}

function holdsValue(value: Json, sent: readonly Json[]): boolean {
  if (value === null || value === '') return false
  if (Array.isArray(value)) return value.some((one) => holdsValue(one, sent))
  if (speakerOf(value) === 'other') return false
  const fields = object(value) as JsonObject | undefined
  if (!fields) return true
  if (speakerOf(value) === undefined) return Object.values(fields).some((one) => holdsValue(one, []))
  return !isSentMessage(fields, sent) && (saidIn(fields).some((text) => text.trim() !== '') || showsMore(fields))
}

/** Tells if a message has more than text, such as an image. */
function showsMore({ content }: JsonObject): boolean {
  return (
    Array.isArray(content) &&
    content.some((block) => object(block) && !SILENT_BLOCKS.test(String(object(block)?.type ?? 'text')))
  )
}

function emptyWords(result: Json): string {
  const called = calledIn(result).at(-1)
  const calls = called === undefined ? '' : `; its last message only calls the tool ${JSON.stringify(called)}`
  return `returned an answer without any text${calls}; set \`expect\` with a \`subset\` if that is the expected answer`
}

/** The names of the tools that the last message of a state calls. */
function calledIn(value: Json): readonly string[] {
  const last = Array.isArray(value) ? value.at(-1) : undefined
  if (last !== undefined && speakerOf(last) === 'agent') {
    const { tool_calls: calls } = object(last) ?? {}
    return Array.isArray(calls)
      ? calls.flatMap((call) => {
          const { name, function: called } = object(call) ?? {}
          const told = name ?? object(called)?.name
          return typeof told === 'string' ? [told] : []
        })
      : []
  }
  return Array.isArray(value) ? [] : Object.values(object(value) ?? {}).flatMap((one) => calledIn(one as Json))
}

/** Returns the part of a result to show: the last new text of the agent, or all new values. */
export function shownResult(result: Json, input: Json): string {
  if (typeof result === 'string') return result
  const said = holdsMessage(result) ? saidLast(result, input) : undefined
  return said ?? JSON.stringify(newPart(result, input))
}

function saidLast(result: Json, input: Json): string | undefined {
  const sent = new Set(allTexts(input))
  return messagesIn(result)
    .filter((message) => speakerOf(message) === 'agent')
    .map((message) => saidIn(message).filter((text) => text.trim() !== '' && !sent.has(text)))
    .findLast((texts) => texts.length > 0)
    ?.join('\n')
}

function messagesIn(value: unknown): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((one) => messagesIn(one))
  const fields = object(value) as JsonObject | undefined
  if (!fields) return []
  return speakerOf(fields) ? [fields] : Object.values(fields).flatMap((one) => messagesIn(one))
}

/** Removes fields and messages of the input from a result. */
function newPart(result: Json, input: Json): Json {
  const [fields, sent] = [object(result), object(input)] as [JsonObject | undefined, JsonObject | undefined]
  if (!fields || !sent) return result
  const entries = Object.entries(fields).flatMap(([name, value]): [string, Json][] => {
    const own = Object.hasOwn(sent, name) ? sent[name] : undefined
    if (own === undefined) return [[name, value]]
    if (isSent(value, own)) return []
    const all = Array.isArray(own) ? own : [own]
    return [[name, Array.isArray(value) ? value.filter((one) => !isSentMessage(one, all)) : value]]
  })
  return entries.length > 0 ? Object.fromEntries(entries) : result
}
