import { globSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

export const ROOT = path.join(import.meta.dirname, '../..')

/** A file below `src/`. */
export interface SourceFile {
  /** As `commands/deploy.ts`, with forward slashes. */
  readonly name: string
  /** Its text without comments on separate lines. */
  readonly code: string
  /** Names of the files in `src/` that it imports, including type imports. */
  readonly imports: readonly string[]
  readonly declared: readonly Declaration[]
}

/** A top-level declaration of a file. */
export interface Declaration {
  readonly kind: 'class' | 'const' | 'function' | 'interface' | 'let' | 'type'
  readonly name: string
  readonly isExported: boolean
  readonly lines: number
}

const IMPORT = /\b(?:from|import) ?\(?'(\.[^']+)'/g
const STATIC = /^(?:import|export) (?!type )(?:[^'"]* from )?['"](\.[^'"]+)['"]/gm
const DYNAMIC = /\bimport\((?:\/\*.*?\*\/ ?)?['"](\.[^'"]+)['"]\)/g
const DECLARATION = /^(export )?(?:async )?(class|const|function|interface|let|type) ([A-Za-z_]\w*)/

/** Reads all files of `src/`, sorted by name. */
export function readSources(): readonly SourceFile[] {
  const source = path.join(ROOT, 'src')
  return globSync('**/*.ts', { cwd: source })
    .map((name) => readSource(name.replaceAll('\\', '/'), readFileSync(path.join(source, name), 'utf8')))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}

export function readSource(name: string, text: string): SourceFile {
  const code = text.replace(/^\s*\/\*[\s\S]*?\*\/$/gm, '').replace(/^\s*\/\/.*$/gm, '')
  const imports = [...code.matchAll(IMPORT)].map(([, to = '']) => path.posix.join(path.posix.dirname(name), to))
  return { name, code, imports: [...new Set(imports)], declared: declarationsIn(text) }
}

/** An interface with the names of its parents and its own properties. */
interface InterfaceOf {
  readonly name: string
  readonly parents: readonly string[]
  readonly properties: readonly string[]
}

/** Returns the interfaces of a formatted file. */
export function interfacesIn(code: string): readonly InterfaceOf[] {
  const form = /^(?:export )?interface (\w+)(?:\s+extends ([^{]+?))?\s*\{\n([\s\S]*?)^\}/gm
  return [...code.matchAll(form)].map(([, name = '', parents = '', body = '']) => ({
    name,
    parents: parents.match(/[A-Z]\w*/g) ?? [],
    properties: [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, property = '']) => property)
  }))
}

/** True if code uses a property and does not only declare it. */
export function isPropertyUsed(code: string, property: string): boolean {
  return new RegExp(`(?<!readonly )\\b${property}\\b`).test(code)
}

/** Returns the declarations of a formatted file: they start in the first column, and their content is indented. */
function declarationsIn(text: string): readonly Declaration[] {
  const lines = text.split('\n')
  return lines.flatMap((line, index) => {
    const [, exported, kind, name = ''] = DECLARATION.exec(line) ?? []
    if (!kind) return []
    return {
      kind: kind as Declaration['kind'],
      name,
      isExported: exported !== undefined,
      lines: lengthFrom(lines, index)
    }
  })
}

function lengthFrom(lines: readonly string[], first: number): number {
  let length = 1
  while (/^(?:\s|$)/.test(lines[first + length] ?? 'the end')) length += 1
  const next = lines[first + length] ?? ''
  // Multi-line parameters close in the first column, on the line that opens the body.
  if (/^[)}\]].*[([{>=]$/.test(next)) return length + lengthFrom(lines, first + length)
  if (/^[)}\]]/.test(next)) return length + 1
  while (lines[first + length - 1] === '') length -= 1
  return length
}

/** Returns groups of files with circular imports. Each file is in at most one group. */
export function circlesOf(files: readonly Pick<SourceFile, 'name' | 'imports'>[]): readonly (readonly string[])[] {
  const importsOf = new Map(files.map(({ name, imports }) => [name, imports]))
  const reached = new Map(files.map(({ name }) => [name, reachedFrom(name, importsOf)]))
  const groups = files.map(({ name }) =>
    files.map((one) => one.name).filter((other) => reached.get(name)?.has(other) && reached.get(other)?.has(name))
  )
  return [...new Map(groups.filter((group) => group.length > 0).map((group) => [group.join(), group])).values()]
}

function reachedFrom(name: string, importsOf: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>()
  const open = [...(importsOf.get(name) ?? [])]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue
    reached.add(next)
    open.push(...(importsOf.get(next) ?? []))
  }
  return reached
}

/** Returns the files that a file of a bundle or of `src/` loads at once, and those that it may load later. */
export function loadedBy(file: string): { readonly atOnce: readonly string[]; readonly later: readonly string[] } {
  const text = readFileSync(file, 'utf8')
  const named = (form: RegExp) => [...text.matchAll(form)].map(([, name = '']) => name)
  return { atOnce: named(STATIC), later: named(DYNAMIC) }
}

/** Returns a file and all files of the same tree that it loads, at once or later. Ignores type imports. */
export function reachableFrom(file: string, reached: Set<string> = new Set()): ReadonlySet<string> {
  if (reached.has(file) || !statSync(file, { throwIfNoEntry: false })?.isFile()) return reached
  reached.add(file)
  const { atOnce, later } = loadedBy(file)
  // The bundler names its chunks after the first file, with a number, such as 118.main.js.
  const ending = /" \+ chunkId \+ "(\.[\w-]+\.js)"/.exec(readFileSync(file, 'utf8'))?.[1]
  const chunks = ending ? readdirSync(path.dirname(file)).filter((name) => name.endsWith(ending)) : []
  for (const name of [...atOnce, ...later, ...chunks]) reachableFrom(path.join(path.dirname(file), name), reached)
  return reached
}
