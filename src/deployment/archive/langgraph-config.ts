import type { Secret } from '../../control-plane/resources.ts'
import { findJsonFault } from './json-fault.ts'

/** A path that langgraph.json names, by the key it stands under. */
export interface ConfiguredPath {
  readonly key: string
  /** As written, relative to the folder of the file. */
  readonly path: string
}

/** What the archive needs to know of a langgraph.json. Where there are problems, the rest is what could be read. */
export interface LanggraphConfig {
  /** Files of the graphs; those named as modules of a package are left out. */
  readonly graphs: readonly ConfiguredPath[]
  /** Local dependencies; packages are left out. */
  readonly dependencies: readonly ConfiguredPath[]
  readonly environmentFile: ConfiguredPath | undefined
  readonly environment: readonly Secret[]
  /** Each begins with the key, or says where in the text it is. None quotes a value. */
  readonly problems: readonly string[]
}

/** Reads the text of a langgraph.json, of a Python or a JS project. */
export function parseLanggraphConfig(text: string): LanggraphConfig {
  const problems: string[] = []
  const config = parseObject(text, problems)
  return {
    graphs: config ? readGraphs(config.graphs, problems) : [],
    dependencies: config ? readDependencies(config.dependencies, problems) : [],
    ...readEnvironment(config?.env, problems),
    problems
  }
}

function parseObject(text: string, problems: string[]): Record<string, unknown> | undefined {
  if (text.startsWith('\uFEFF')) {
    problems.push('begins with a byte order mark, which JSON does not allow; save it as UTF-8 without one')
    return undefined
  }
  const fault = findJsonFault(text)
  if (fault) {
    const { line, column, expected } = fault
    problems.push(`is no valid JSON: line ${line}, column ${column}: expected ${expected}`)
    return undefined
  }
  const value: unknown = JSON.parse(text)
  if (isObject(value)) return value
  problems.push('is no JSON object; write {"graphs": {"agent": "./src/agent.py:graph"}, "dependencies": ["."]}')
  return undefined
}

const GRAPH_FORM = 'write "./path/to/file.py:name"'

function readGraphs(value: unknown, problems: string[]): readonly ConfiguredPath[] {
  if (!isObject(value) || Object.keys(value).length === 0) {
    const fault = value === undefined ? 'is missing' : isObject(value) ? 'is empty' : 'is no object'
    problems.push(`\`graphs\` ${fault}; name at least one graph: "graphs": {"agent": "./src/agent.py:graph"}`)
    return []
  }
  return Object.entries(value).flatMap(([id, graph]) => {
    const key = `graphs.${id}`
    const form = isObject(graph) ? graph.path : graph
    if (typeof form !== 'string') {
      problems.push(`\`${key}\` names no file; ${GRAPH_FORM}, or an object with that as its "path"`)
      return []
    }
    const [path = '', name = ''] = splitAtColon(form)
    if (path === '' || name === '') {
      problems.push(`\`${key}\` needs a file, a colon and the name of the graph in it; ${GRAPH_FORM}`)
      return []
    }
    // Without a slash it is a module of an installed package, such as `my_agent.graph:graph`.
    return /[\\/]/.test(path) ? [{ key, path }] : []
  })
}

function splitAtColon(text: string): readonly string[] {
  const colon = text.indexOf(':')
  return colon < 0 ? [text] : [text.slice(0, colon), text.slice(colon + 1)]
}

function readDependencies(value: unknown, problems: string[]): readonly ConfiguredPath[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    problems.push('`dependencies` is no list; write "dependencies": ["."]')
    return []
  }
  return value.flatMap((entry: unknown, index) => {
    const key = `dependencies[${index}]`
    if (typeof entry !== 'string' || entry === '') {
      problems.push(`\`${key}\` is no text; write a package, or a folder such as "."`)
      return []
    }
    return /^[./]/.test(entry) ? [{ key, path: entry }] : []
  })
}

function readEnvironment(value: unknown, problems: string[]): Pick<LanggraphConfig, 'environment' | 'environmentFile'> {
  const none = { environment: [], environmentFile: undefined }
  if (value === undefined) return none
  if (typeof value === 'string' && value !== '') return { ...none, environmentFile: { key: 'env', path: value } }
  if (!isObject(value)) {
    problems.push('`env` is neither a file nor an object; write "env": ".env", or "env": {"NAME": "value"}')
    return none
  }
  const environment = Object.entries(value).flatMap(([name, item]) => {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      problems.push(`\`env.${name}\` is no name for a variable; use letters, digits and underscores, no digit first`)
    } else if (typeof item !== 'string') problems.push(`\`env.${name}\` is no text; put the value in double quotes`)
    else return [{ name, value: item }]
    return []
  })
  return { ...none, environment }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
