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
  /** Whether it is an answer, and only not the one that `expect` describes. */
  readonly isMisfit?: true
}

/** Judges the result of a run that came to its end. */
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
    return bad('returned only its input, like a cancelled run')
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

/** A server for JavaScript has JSON in the message. */
function errorWords(error: Json | undefined): string {
  const { error: kind, message } = object(error) ?? {}
  const words = [kind, message].filter((one) => typeof one === 'string' && one !== '')
  return words.length > 0 ? words.join(': ') : JSON.stringify(error)
}

/** All that does not fit. */
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
 * The first part that a value lacks of what it has to hold: all fields of an object, all entries of a list in any order.
 * Nothing where it holds all.
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

/** A longer value is not cut, because a part of a secret would not be found. */
function shortJson(value: Json): string {
  const text = JSON.stringify(value)
  if (text.length <= MOST_CHARACTERS_OF_VALUE) return text
  return Array.isArray(value) ? `a list of ${value.length}` : typeof value === 'string' ? 'a longer text' : 'an object'
}

const MOST_CHARACTERS_OF_VALUE = 120

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

/** Who speaks in a message, by its type or role; nothing where the value is no message. */
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
 * The texts of a result that were not sent in. Of messages only what the agent says in new ones: the arguments of its tool
 * calls repeat what it was asked, and what a tool says is no answer to the user.
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

/** What a message says: its text, or that of its blocks which are text, and not thoughts or calls of tools. */
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
/** Blocks of content in which an agent says nothing to anybody. */
const SILENT_BLOCKS =
  /^(?:text|output_text|thinking|redacted_thinking|reasoning|non_standard|.*tool_(?:use|call)(?:_chunk)?|function_call|input_json_delta)$/

function holdsMessage(value: Json): boolean {
  if (speakerOf(value)) return true
  return Array.isArray(value)
    ? value.some((one) => holdsMessage(one))
    : Object.values(object(value) ?? {}).some((one) => holdsMessage(one as Json))
}

/** Whether a state with messages has a new one in which the agent says something, or any other new value. */
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

/** Whether a message has more than text, such as an image. */
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

/** The tools that the last message of a state calls. */
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

/** What a page shows of a result: the last new words of the agent, or all that is new. */
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

/** Without fields and messages that were sent in. */
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
