import { object } from '../run/object.ts'
import { isVariableName } from '../runner/variable-name.ts'
import { CREDENTIALS_IN_ADDRESS, hasGitCredentials, isJavaScript, readRules } from './config-rules.ts'
import type { Variable } from './environment-file.ts'
import { type JsonPath, type JsonText, readJson } from './json-text.ts'
import type { LineProblem } from './project-error.ts'

/** A path that langgraph.json names. */
export interface ConfiguredPath {
  /** Where it is named, such as `graphs.agent`. */
  readonly key: string
  /** The line of langgraph.json, from 1. */
  readonly line: number
  /** As written, relative to the folder of the file. */
  readonly path: string
}

/** What a deployment needs to know of a langgraph.json. Where there are problems, the rest is what could be read. */
export interface LanggraphConfig {
  /** Files of the graphs; those named as modules of a package are left out. */
  readonly graphs: readonly ConfiguredPath[]
  /** Other files that the agent needs: those of `auth`, `http.app`, `store`, `ui` and the like. */
  readonly companions: readonly ConfiguredPath[]
  /** Local dependencies; packages, and folders of a base image, are left out. */
  readonly dependencies: readonly ConfiguredPath[]
  /** The root of a uv project, where `source` names one. */
  readonly uvRoot: ConfiguredPath | undefined
  /** The package of it that is deployed, as written. */
  readonly uvPackage: unknown
  /** Whether `source` is written, so that `dependencies` plays no part, even where it is wrong. */
  readonly hasSource: boolean
  /** Whether npm or its like install something: a graph in JavaScript, or a user interface. */
  readonly hasPackage: boolean
  /** Whether an image for Node is made, which reads package.json. */
  readonly usesNode: boolean
  /** Whether an image for Python is made, which installs `dependencies`, or what `source` names. */
  readonly usesPython: boolean
  readonly pipInstaller: unknown
  readonly environmentFile: ConfiguredPath | undefined
  readonly environment: readonly Variable[]
  /** Names that `env` lists without values. */
  readonly environmentNames: readonly string[]
  /** What works as it is and is better written otherwise; it follows the name of the file. */
  readonly advice: readonly string[]
  /** What is left out or passed over; it follows the name of the file. */
  readonly remarks: readonly string[]
  /** Each begins with the key, or says where in the text it is. None quotes a value of a variable. */
  readonly problems: readonly LineProblem[]
}

/** What collects while a configuration is read. */
interface ConfigReading extends JsonText {
  readonly advice: string[]
  readonly remarks: string[]
  problem(path: JsonPath, text: string): void
}

const EXAMPLE = '{"graphs": {"agent": "./src/agent.py:graph"}, "dependencies": ["."]}'

/** Reads a langgraph.json, of a Python or a JavaScript project. */
export function parseLanggraphConfig(bytes: Uint8Array): LanggraphConfig {
  const json = readJson(bytes, EXAMPLE)
  // An empty configuration stands for one that cannot be read.
  if ('text' in json) return { ...configOf({ value: {}, lineOf: () => 1, sourceOf: () => '' }), problems: [json] }
  return configOf(json)
}

function configOf(json: JsonText): LanggraphConfig {
  const problems: LineProblem[] = []
  const remarks: string[] = []
  const advice: string[] = []
  const problem = (path: JsonPath, text: string) => void problems.push({ line: json.lineOf(path), text })
  const reading: ConfigReading = { ...json, advice, remarks, problem }
  const { value } = json
  const graphs = readGraphs(reading)
  const rules = readRules(value, problem)
  return {
    graphs,
    companions: readCompanions(reading),
    dependencies: readDependencies(reading, rules.usesPython),
    uvRoot: readUvRoot(reading),
    uvPackage: object(value.source)?.package,
    hasSource: value.source !== undefined && value.source !== null,
    ...rules,
    pipInstaller: value.pip_installer,
    ...readEnv(reading),
    advice,
    remarks,
    problems
  }
}

const GRAPH_FORM = 'write "./path/to/file.py:name"'

function readGraphs({ value: { graphs }, lineOf, problem }: ConfigReading): readonly ConfiguredPath[] {
  const named = object(graphs)
  if (!named || Object.keys(named).length === 0) {
    const fault = graphs === undefined ? 'is missing' : named ? 'is empty' : 'is not an object'
    problem(['graphs'], `\`graphs\` ${fault}; name at least one graph: "graphs": {"agent": "./src/agent.py:graph"}`)
    return []
  }
  return Object.entries(named).flatMap(([id, graph]) => {
    const key = `graphs.${id}`
    const form = object(graph) ? object(graph)?.path : graph
    if (typeof form !== 'string') {
      problem(['graphs', id], `\`${key}\` names no file; ${GRAPH_FORM}, or an object with that "path"`)
      return []
    }
    const [path, name] = splitAtColon(form)
    // Without a name the server takes the default export of a file of JavaScript.
    const isWhole = path !== '' && (name !== '' || (isJavaScript(path) && !form.includes(':')))
    if (!isWhole) {
      problem(['graphs', id], `\`${key}\` needs a file, a colon and the name of the graph in it; ${GRAPH_FORM}`)
      return []
    }
    return isFile(path) ? [{ key, path, line: lineOf(['graphs', id]) }] : []
  })
}

function splitAtColon(text: string): readonly [string, string] {
  const colon = text.indexOf(':')
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)]
}

/** Without a slash it is a module of an installed package, such as `my_agent.graph:graph`. */
function isFile(path: string): boolean {
  return /[\\/]/.test(path)
}

/** Keys that name a file and something in it, and whether the official tool insists on the form. */
const COMPANIONS: readonly (readonly [path: readonly string[], isStrict: boolean])[] = [
  [['auth', 'path'], true],
  [['encryption', 'path'], true],
  [['priority', 'path'], true],
  [['http', 'app'], true],
  [['checkpointer', 'path'], false],
  [['store', 'path'], false],
  // Most often the name of a model, such as `openai:text-embedding-3-small`.
  [['store', 'index', 'embed'], false]
]

function readCompanions({ value, lineOf, problem }: ConfigReading): readonly ConfiguredPath[] {
  const attributes = COMPANIONS.flatMap(([at, isStrict]) => {
    const form = valueAt(value, at)
    if (typeof form !== 'string') return []
    const key = at.join('.')
    if (isStrict && !form.includes(':')) {
      problem(at, `\`${key}\` needs a file, a colon and a name in it; ${GRAPH_FORM}`)
      return []
    }
    const [path, name] = splitAtColon(form)
    return name !== '' && isFile(path) ? [{ key, path, line: lineOf(at) }] : []
  })
  const files = [['pip_config_file'], ...Object.keys(object(value.ui) ?? {}).map((name) => ['ui', name])].flatMap(
    (at) => {
      const path = valueAt(value, at)
      return typeof path === 'string' && path !== '' ? [{ key: at.join('.'), path, line: lineOf(at) }] : []
    }
  )
  return [...attributes, ...files]
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, name) => object(inner)?.[name], value)
}

/** An image for JavaScript alone installs package.json; there `dependencies` says what else is packed, and cannot be wrong. */
function readDependencies(reading: ConfigReading, usesPython: boolean): readonly ConfiguredPath[] {
  const { lineOf, problem } = reading
  const at = (index: number) => (Array.isArray(reading.value.dependencies) ? ['dependencies', index] : ['dependencies'])
  return entriesOf(reading, usesPython).flatMap((entry: unknown, index) => {
    const key = `dependencies[${index}]`
    if (typeof entry !== 'string') {
      if (usesPython) problem(at(index), `\`${key}\` is not a string; write a package, or a folder such as "."`)
      return []
    }
    if (hasGitCredentials(entry)) problem(at(index), `\`${key}\` is ${CREDENTIALS_IN_ADDRESS}`)
    // An absolute path is one of the base image.
    return entry.startsWith('.') ? [{ key, path: entry, line: lineOf(at(index)) }] : []
  })
}

function entriesOf(
  { value: { dependencies }, advice, problem }: ConfigReading,
  usesPython: boolean
): readonly unknown[] {
  if (Array.isArray(dependencies)) return dependencies
  if (dependencies === undefined || !usesPython) return []
  if (dependencies === '.') {
    // The official tool reads a text letter by letter, which makes no difference for this one.
    advice.push('`dependencies` is a string, not a list; write "dependencies": ["."].')
    return ['.']
  }
  // An empty value is told as missing.
  if (dependencies !== null && dependencies !== '') {
    problem(['dependencies'], '`dependencies` is not a list; write "dependencies": ["."]')
  }
  return []
}

function readUvRoot({ value: { source }, lineOf }: ConfigReading): ConfiguredPath | undefined {
  const { kind, root = '.' } = object(source) ?? {}
  if (kind !== 'uv' || typeof root !== 'string' || root.trim() === '') return undefined
  return { key: 'source.root', path: root, line: lineOf(['source', 'root']) }
}

function readEnv(
  reading: ConfigReading
): Pick<LanggraphConfig, 'environment' | 'environmentFile' | 'environmentNames'> {
  const { value, lineOf, problem } = reading
  const { env } = value
  const none = { environment: [], environmentFile: undefined, environmentNames: [] }
  if (env === undefined || env === null || env === '') return none
  if (typeof env === 'string') return { ...none, environmentFile: { key: 'env', path: env, line: lineOf(['env']) } }
  if (Array.isArray(env)) {
    const names = env.filter((name): name is string => typeof name === 'string' && isVariableName(name))
    return { ...none, environmentNames: [...new Set(names)] }
  }
  const variables = object(env)
  if (!variables) {
    problem(['env'], '`env` is neither a file nor an object; write "env": ".env", or "env": {"NAME": "value"}')
    return none
  }
  return { ...none, environment: Object.entries(variables).flatMap((entry) => readVariable(reading, entry)) }
}

function readVariable(
  { problem, remarks, sourceOf }: ConfigReading,
  [name, item]: [string, unknown]
): readonly Variable[] {
  const key = `\`env.${name}\``
  if (!isVariableName(name)) remarks.push(`${key} is not a valid variable name; skipped.`)
  else if (item === '' || item === null) remarks.push(`${key} is empty; skipped.`)
  else if (typeof item === 'string') return [{ name, value: item }]
  else if (typeof item === 'object') problem(['env', name], `${key} is not a string; put the value in double quotes`)
  else return [{ name, value: sourceOf(['env', name]) }]
  return []
}
