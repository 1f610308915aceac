import { object } from '../run/object.ts'
import { isVariableName } from '../runner/variable-name.ts'
import { CREDENTIALS_IN_ADDRESS, hasGitCredentials, isJavaScript, readRules } from './config-rules.ts'
import type { Variable } from './environment-file.ts'
import { type JsonPath, type JsonText, readJson } from './json-text.ts'
import type { LineProblem } from './project-error.ts'

/** A path that langgraph.json names. */
export interface ConfiguredPath {
  /** The key that names it, such as `graphs.agent`. */
  readonly key: string
  /** The line of langgraph.json, from 1. */
  readonly line: number
  /** As written, relative to the folder of the file. */
  readonly path: string
}

/** The parts of a langgraph.json that a deployment needs. If there are problems, the invalid parts are missing. */
export interface LanggraphConfig {
  /** Files of the graphs, without graphs that are named as modules of a package. */
  readonly graphs: readonly ConfiguredPath[]
  /** Other files that the agent needs, such as those of `auth`, `http.app`, `store` and `ui`. */
  readonly companions: readonly ConfiguredPath[]
  /** Local dependencies, without packages and folders of a base image. */
  readonly dependencies: readonly ConfiguredPath[]
  /** The root of the uv project that `source` names. */
  readonly uvRoot: ConfiguredPath | undefined
  /** The package of the uv project to deploy, as written. */
  readonly uvPackage: unknown
  /** True if `source` is set, so that `dependencies` has no effect, even if `source` is invalid. */
  readonly hasSource: boolean
  /** True if a package manager for JavaScript installs something: for a JavaScript graph, or for `ui`. */
  readonly hasPackage: boolean
  /** True if the image uses Node and its build reads package.json. */
  readonly usesNode: boolean
  /** True if the image uses Python and its build installs `dependencies` or the project of `source`. */
  readonly usesPython: boolean
  readonly pipInstaller: unknown
  readonly environmentFile: ConfiguredPath | undefined
  readonly environment: readonly Variable[]
  /** Names that `env` lists without values. */
  readonly environmentNames: readonly string[]
  /** Improvements to text that works. Each text follows the name of the file. */
  readonly advice: readonly string[]
  /** Messages about skipped values. Each text follows the name of the file. */
  readonly remarks: readonly string[]
  /** Each text begins with the key or the position. No text quotes the value of a variable. */
  readonly problems: readonly LineProblem[]
}

/** State of reading a configuration. */
interface ConfigReading extends JsonText {
  readonly advice: string[]
  readonly remarks: string[]
  problem(path: JsonPath, text: string): void
}

const EXAMPLE = '{"graphs": {"agent": "./src/agent.py:graph"}, "dependencies": ["."]}'

/** Parses the langgraph.json of a Python or JavaScript project. */
export function parseLanggraphConfig(bytes: Uint8Array): LanggraphConfig {
  const json = readJson(bytes, EXAMPLE)
  // A file that cannot be parsed gives an empty configuration with one problem.
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
      problem(['graphs', id], `\`${key}\` does not name a file; ${GRAPH_FORM}, or an object with this text as "path"`)
      return []
    }
    const [path, name] = splitAtColon(form)
    // Without a name, the server uses the default export of a JavaScript file.
    const isWhole = path !== '' && (name !== '' || (isJavaScript(path) && !form.includes(':')))
    if (!isWhole) {
      problem(['graphs', id], `\`${key}\` requires a file, a colon and the name of the graph; ${GRAPH_FORM}`)
      return []
    }
    return isFile(path) ? [{ key, path, line: lineOf(['graphs', id]) }] : []
  })
}

function splitAtColon(text: string): readonly [string, string] {
  const colon = text.indexOf(':')
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)]
}

/** True for a path with a slash. Otherwise it is a module of an installed package, such as `my_agent.graph:graph`. */
function isFile(path: string): boolean {
  return /[\\/]/.test(path)
}

/** Keys that name a file and an object in it. `isStrict` is true if the official CLI rejects any other form. */
const COMPANIONS: readonly (readonly [path: readonly string[], isStrict: boolean])[] = [
  [['auth', 'path'], true],
  [['encryption', 'path'], true],
  [['priority', 'path'], true],
  [['http', 'app'], true],
  [['checkpointer', 'path'], false],
  [['store', 'path'], false],
  // Usually the name of a model, such as `openai:text-embedding-3-small`.
  [['store', 'index', 'embed'], false]
]

function readCompanions({ value, lineOf, problem }: ConfigReading): readonly ConfiguredPath[] {
  const attributes = COMPANIONS.flatMap(([at, isStrict]) => {
    const form = valueAt(value, at)
    if (typeof form !== 'string') return []
    const key = at.join('.')
    if (isStrict && !form.includes(':')) {
      problem(at, `\`${key}\` requires a file, a colon and a name; ${GRAPH_FORM}`)
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

/**
 * Reads the local dependencies. The build of an image without Python does not install them, so their folders are
 * packed, but no entry is a problem.
 */
function readDependencies(reading: ConfigReading, usesPython: boolean): readonly ConfiguredPath[] {
  const { lineOf, problem } = reading
  const at = (index: number) => (Array.isArray(reading.value.dependencies) ? ['dependencies', index] : ['dependencies'])
  return entriesOf(reading, usesPython).flatMap((entry: unknown, index) => {
    const key = `dependencies[${index}]`
    if (typeof entry !== 'string') {
      if (usesPython)
        problem(at(index), `\`${key}\` is not a string; write the name of a package, or a folder such as "."`)
      return []
    }
    if (hasGitCredentials(entry)) problem(at(index), `\`${key}\` is ${CREDENTIALS_IN_ADDRESS}`)
    // An absolute path is a folder of the base image.
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
    // The official CLI reads a string character by character, which makes no difference for this string.
    advice.push('`dependencies` is a string, not a list; write "dependencies": ["."].')
    return ['.']
  }
  // `readRules` reports an empty value.
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
