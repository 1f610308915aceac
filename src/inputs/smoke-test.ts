import { isUuid } from '../control-plane/resources.ts'
import { errorMessage } from '../run/error-message.ts'
import { type Json, type JsonObject, object } from '../run/object.ts'
import { sentence } from '../run/sentence.ts'
import { parseDuration } from './duration.ts'
import { faultOfDuration } from './faults.ts'
import type { InputEnvironment, Reader } from './reader.ts'
import { readYaml } from './yaml.ts'

/** Test run of the agent, and its expected result. */
export interface SmokeTest {
  /** Name of the graph, or ID of an assistant. */
  readonly graph: string
  readonly input: Json
  readonly config: JsonObject | undefined
  readonly context: JsonObject | undefined
  /** Time limit of the test run, in milliseconds. */
  readonly timeoutMs: number
  readonly expect: Expectation | undefined
}

/** Conditions for a result. It must meet all that are set. */
export interface Expectation {
  /** Text that a string of the result contains. */
  readonly contains: string | undefined
  /** Source of a regular expression that a string of the result matches. */
  readonly matches: string | undefined
  /** JSON that the result contains. */
  readonly subset: Json | undefined
}

type TestInput = 'smoke-test' | 'smoke-test-file'

interface WrittenTests {
  readonly written: string | undefined
  readonly file: string | undefined
  readonly readFile: InputEnvironment['readWorkspaceFile']
  /** Graphs to deploy, if they are known for certain. */
  readonly graphs: readonly string[] | undefined
}

const USUAL_MS = 120_000
const BOUNDS = { least: 1_000, most: 3_600_000 }
const EXAMPLE = '`{graph: agent, input: {messages: [{role: user, content: Hello}]}}`'
const FIELDS = ['graph', 'input', 'config', 'context', 'timeout', 'expect']
const EXPECTED = ['contains', 'matches', 'subset']

/** Reads the test runs of both inputs, in this order. Invalid ones are reported as problems. */
export async function readSmokeTests(
  inputs: Reader,
  { written, file, readFile, graphs }: WrittenTests
): Promise<readonly SmokeTest[]> {
  const inline = written === undefined ? [] : await testsIn(inputs, 'smoke-test', written, graphs)
  if (file === undefined) return inline
  let text: string
  try {
    text = Buffer.from(readFile(file)).toString('utf8')
  } catch (error) {
    inputs.problem('smoke-test-file', sentence(`cannot be read: ${errorMessage(error)}`))
    return inline
  }
  return [...inline, ...(await testsIn(inputs, 'smoke-test-file', text, graphs))]
}

async function testsIn(
  inputs: Reader,
  input: TestInput,
  text: string,
  graphs: WrittenTests['graphs']
): Promise<readonly SmokeTest[]> {
  const read = await readYaml(text)
  if ('problem' in read) {
    inputs.problem(
      input,
      `${read.problem}. Use the form ${EXAMPLE}, with quotes around texts that contain \`: \` or \`#\`.`
    )
    return []
  }
  const parsed = read.value
  const list = Array.isArray(parsed) ? parsed : [parsed]
  if (list.length === 0 || list.some((one) => !object(one))) {
    inputs.problem(input, `expected a run or a list of runs in YAML or JSON, such as ${EXAMPLE}.`)
    return []
  }
  return list.flatMap((one, index) => {
    const where = list.length > 1 ? ` in run ${index + 1}` : ''
    const faults = [...faultsOfTest(one), ...faultsOfGraph(one, graphs)]
    for (const fault of faults) inputs.problem(input, fault.replace('%', where))
    return faults.length > 0 ? [] : [toTest(one)]
  })
}

/** Returns the problems of a test run. `%` is the placeholder for its position. */
function faultsOfTest(test: JsonObject): readonly string[] {
  const { graph, input, config, context, timeout, expect } = test
  const faults = unknownFields(test, FIELDS, '')
  if (typeof graph !== 'string' || graph === '')
    faults.push(`has no \`graph\`%. Set it to the name of a graph, as in ${EXAMPLE}.`)
  // `input:` without a value, which graphs reject.
  if (input === undefined || input === null)
    faults.push(`has no \`input\`%. Set it to the input of the graph, as in ${EXAMPLE}.`)
  for (const [name, value] of Object.entries({ config, context })) {
    if (value !== undefined && !object(value))
      faults.push(`has an invalid \`${name}\`%: expected an object. Set its fields, or remove it.`)
  }
  if (context !== undefined && object(config)?.configurable !== undefined) {
    faults.push(
      'has both `context` and `config.configurable`%, which the Agent Server rejects. Use one of them; `context` is the newer field.'
    )
  }
  const duration = timeout === undefined ? undefined : faultOfDuration(String(timeout), BOUNDS)
  if (duration) faults.push(`has an invalid \`timeout\`%: ${duration}`)
  if (expect !== undefined) faults.push(...faultsOfExpectation(expect))
  return faults
}

/** Returns the problem of `graph`. The ID of an assistant cannot be checked here, because only the server has it. */
function faultsOfGraph({ graph }: JsonObject, graphs: WrittenTests['graphs']): readonly string[] {
  if (!graphs || typeof graph !== 'string' || graph === '' || graphs.includes(graph) || isUuid(graph)) return []
  const names = graphs.map((name) => `\`${name}\``).join(', ')
  return [`has an unknown \`graph\` "${graph}"%: expected one of ${names}.`]
}

function faultsOfExpectation(expect: Json): string[] {
  const fields = object(expect)
  if (typeof expect === 'string' && expect !== '') {
    return [`has a text as \`expect\`%: expected fields. Use \`expect: ${JSON.stringify({ contains: expect })}\`.`]
  }
  if (!fields && expect !== null && expect !== '') {
    return ['has an invalid `expect`%: expected fields. For a part of the result, use `expect: {subset: JSON}`.']
  }
  if (!fields || Object.keys(fields).length === 0) {
    return ['has an empty `expect`%. Set `contains: text`, `matches: regular expression` or `subset: JSON`.']
  }
  const faults = unknownFields(fields, EXPECTED, 'expect.')
  if (fields.subset === null) {
    faults.push('has an empty `expect.subset`%. Set it to a part of the result, or remove it.')
  }
  for (const name of ['contains', 'matches'] as const) {
    const value = fields[name]
    if (value === '' || value === null) {
      faults.push(`has an empty \`expect.${name}\`%, which matches any text. Set the text, or remove it.`)
    } else if (value !== undefined && typeof value !== 'string') {
      faults.push(`has an invalid \`expect.${name}\`%: expected a string. Put it in quotes.`)
    }
  }
  const [, pattern, flags] = (typeof fields.matches === 'string' && LITERAL.exec(fields.matches)) || []
  if (pattern !== undefined) {
    const ofCase = flags?.includes('i') ? ' To ignore case, use a form such as `[Bb]erlin`.' : ''
    faults.push(
      `has slashes around the pattern in \`expect.matches\`%, but slashes${flags ? ' and flags' : ''} are part of the pattern. Use \`${pattern}\`.${ofCase} If the result contains the slashes, begin with \`[/]\`.`
    )
  }
  const fault = typeof fields.matches === 'string' ? faultOfPattern(fields.matches) : undefined
  if (fault !== undefined) {
    faults.push(
      `has an invalid \`expect.matches\`% (${fault}): expected a JavaScript regular expression such as \`"order \\\\d+"\`.`
    )
  }
  return faults
}

/** A regular expression in the form of JavaScript's source, such as `/hello/i`. */
const LITERAL = /^\/((?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+)\/([dgimsuvy]*)$/

function unknownFields(value: Readonly<Record<string, unknown>>, known: readonly string[], prefix: string): string[] {
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map(
      (name) =>
        `has an unknown field \`${prefix}${name}\`%. Known fields: ${known.map((one) => `\`${one}\``).join(', ')}.`
    )
}

/** Returns why a text is not a regular expression; `undefined` if it is one. */
function faultOfPattern(source: string): string | undefined {
  try {
    new RegExp(source)
    return undefined
  } catch (error) {
    // `Invalid regular expression: /(/: Unterminated group`
    return errorMessage(error)
      .replace(`Invalid regular expression: /${source}/`, '')
      .replace(/^[a-z]*: /, '')
  }
}

/** Converts a test run with a valid form. */
function toTest(test: JsonObject): SmokeTest {
  const expect = object(test.expect)
  return {
    graph: String(test.graph),
    input: test.input ?? null,
    config: object(test.config) as JsonObject | undefined,
    context: object(test.context) as JsonObject | undefined,
    timeoutMs: test.timeout === undefined ? USUAL_MS : (parseDuration(String(test.timeout)) ?? USUAL_MS),
    expect: expect && {
      contains: expect.contains as string | undefined,
      matches: expect.matches as string | undefined,
      subset: expect.subset as Json | undefined
    }
  }
}
