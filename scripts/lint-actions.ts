/**
 * Lints action.yml, the workflows and the YAML examples in the documentation with GitHub's own language service. Adds
 * checks that the service lacks: pins, permissions, and expressions that let an outsider run commands.
 */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { load } from 'js-yaml'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { readArguments, refuse } from './command-line.ts'

interface Problem {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly message: string
}

/** A piece of YAML and its position: a whole file, or an example in a page. */
interface Source {
  readonly file: string
  readonly text: string
  /** Lines and columns to add to a position in `text` to get the position in the file, from 0. */
  readonly line: number
  readonly column: number
  readonly example: boolean
  /** True if the example shows only a part of a step, so that required inputs may be missing. */
  readonly partial: boolean
}

const ours = 'langsmith-deploy-action'
/** The folders of this repository's actions, which follow the repository in a reference. */
const ourFolders = ['', 'emulator']
/** The top-level action at the commit of a called workflow; it has the same inputs. */
const ownCommit = '$/preview'

function referenceTo(folder: string): string {
  return `OWNER/${ours}${folder && `/${folder}`}@v1`
}
// Texts that any author of a pull request or an issue, or anyone who starts the workflow, can choose.
const untrusted = /\b(github\.(event|head_ref|ref_name)|inputs)\b/

// The service imports JSON files without the attribute that Node requires.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context)
})
const { validate } = await import('@actions/languageservice')

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function problemAt(source: Source, offset: number, message: string): Problem {
  const before = source.text.slice(0, Math.max(offset, 0)).split('\n')
  return {
    file: source.file,
    line: before.length + source.line,
    column: (before.at(-1)?.length ?? 0) + 1 + source.column,
    message
  }
}

/** The folder of the referenced action in this repository; undefined for other actions. */
function ourFolder(uses: unknown): string | undefined {
  if (uses === ownCommit) return ''
  const text = String(uses)
  const found = /^\.\/([^@]*)$/.exec(text) ?? new RegExp(`^[^/]+/${ours}(?:/([^@]*))?@`).exec(text)
  return found ? ourFolders.find((folder) => folder === (found[1] ?? '').replace(/\/$/, '')) : undefined
}

function metadataOfOne(folder: string) {
  const path = join(folder, 'action.yml')
  const document: unknown = existsSync(path) ? load(readFileSync(path, 'utf8')) : undefined
  if (!isRecord(document) || !isRecord(document.inputs)) return undefined
  const inputs: Record<string, { description: string; required?: boolean; default?: string }> = {}
  for (const [name, input] of Object.entries(document.inputs)) {
    inputs[name] = { description: '' }
    if (isRecord(input) && input.required === true) inputs[name] = { description: '', required: true }
  }
  const outputs = isRecord(document.outputs) ? Object.keys(document.outputs) : []
  return { inputs, outputs }
}

/** Inputs and outputs of this repository's actions, by folder. */
type Metadata = ReadonlyMap<string, NonNullable<ReturnType<typeof metadataOfOne>>>

function metadataOf(folder: string): Metadata {
  return new Map(
    ourFolders.flatMap((each) => {
      const found = metadataOfOne(join(folder, each))
      return found ? [[each, found]] : []
    })
  )
}

async function diagnose(source: Source, metadata: Metadata): Promise<Problem[]> {
  // The service resolves neither form of a local path.
  const text = source.text.replace(/(uses: *)([.$]\/\S*)/g, (written, before: string, uses: string) => {
    const folder = ourFolder(uses)
    return folder === undefined ? written : before + referenceTo(folder)
  })
  // The service caches files by their address, so each example of a page needs a unique one.
  const url = pathToFileURL(source.file.endsWith('.md') ? `${source.file}.${source.line}.yml` : source.file).href
  const diagnostics = await validate(TextDocument.create(url, 'yaml', 0, text), {
    actionsMetadataProvider: {
      fetchActionMetadata: async ({ name, path = '' }) => ({
        name,
        description: '',
        ...(name === ours ? { inputs: metadata.get(path)?.inputs ?? {} } : {})
      })
    }
  })
  return diagnostics
    .filter(({ severity = 1 }) => severity <= 2)
    .map(({ range, message }) => ({ range, message: typeof message === 'string' ? message : message.value }))
    .filter(({ message }) => !(source.partial && /missing required input/i.test(message)))
    .map(({ range, message }) => ({
      file: source.file,
      line: range.start.line + 1 + source.line,
      column: range.start.character + 1 + source.column,
      message
    }))
}

function stepsOf(workflow: unknown): Record<string, unknown>[] {
  const jobs = isRecord(workflow) && isRecord(workflow.jobs) ? Object.values(workflow.jobs) : []
  return jobs.flatMap((job) => (isRecord(job) && Array.isArray(job.steps) ? job.steps.filter(isRecord) : []))
}

function checkExpressions(source: Source, workflow: unknown): Problem[] {
  const problems: Problem[] = []
  let from = 0
  for (const step of stepsOf(workflow)) {
    const script = isRecord(step.with) ? step.with.script : undefined
    for (const code of [step.run, script]) {
      if (typeof code !== 'string') continue
      for (const [expression, inside = ''] of code.matchAll(/\$\{\{([\s\S]*?)\}\}/g)) {
        const at = source.text.indexOf(expression, from)
        if (at >= 0) from = at + expression.length
        if (untrusted.test(inside)) {
          problems.push(
            problemAt(source, at, `${expression} in a script lets outsiders run commands: pass the value through env`)
          )
        }
      }
    }
  }
  return problems
}

function checkOutputs(source: Source, workflow: unknown, metadata: Metadata): Problem[] {
  const steps = new Map(stepsOf(workflow).map((step) => [step.id, metadata.get(ourFolder(step.uses) ?? '-')]))
  return [...source.text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)]
    .filter(([, id, name = '']) => steps.get(id)?.outputs.includes(name) === false)
    .map((found) => problemAt(source, found.index, `the action has no output ${found[2]}`))
}

function checkPins(source: Source): Problem[] {
  const problems: Problem[] = []
  for (const found of source.text.matchAll(/^\s*(?:- +)?uses: *['"]?([^\s'"#]+)['"]?(.*)$/gm)) {
    const [, reference = '', comment = ''] = found
    const at = found.index + found[0].indexOf(reference)
    // Both forms refer to the commit of the workflow.
    if (reference.startsWith('./') || /^\$\/+[^/]/.test(reference)) continue
    if (reference.startsWith('$/')) {
      problems.push(problemAt(source, at, 'the runner does not accept $/ without a folder'))
    } else if (!/@[0-9a-f]{40}$/.test(reference)) {
      problems.push(problemAt(source, at, `${reference} is not pinned to a commit of 40 hex digits`))
    } else if (!/^\s+# v\d+\.\d+\.\d+\s*$/.test(comment)) {
      problems.push(problemAt(source, at, `${reference} has no comment with its version (# vX.Y.Z)`))
    }
  }
  return problems
}

/** Finds settings that run the code of a pull request with the secrets of the repository. */
function checkTrust(source: Source, workflow: unknown): Problem[] {
  const problems = [...source.text.matchAll(/^\s*['"]?allow-unsafe-pr-checkout['"]?\s*:/gm)].map((found) =>
    problemAt(
      source,
      found.index + found[0].search(/\S/),
      'this lets actions/checkout run code of a fork that can read secrets'
    )
  )
  const triggers = isRecord(workflow) && isRecord(workflow.on) ? Object.keys(workflow.on) : []
  if (triggers.length !== 1 || triggers[0] !== 'workflow_call') return problems
  const local = [...source.text.matchAll(/^\s*(?:- +)?uses: *['"]?(\.\/\S*)/gm)].map((found) =>
    problemAt(
      source,
      found.index + found[0].lastIndexOf('./'),
      `${found[1]} in a reusable workflow refers to the caller's checkout, which on pull requests is the code under review: use $/`
    )
  )
  return [...problems, ...local]
}

function parse(source: Source): { document?: unknown; problems: Problem[] } {
  try {
    return { document: load(source.text), problems: [] }
  } catch (error) {
    return { problems: [problemAt(source, 0, `invalid YAML: ${messageOf(error).split('\n')[0]}`)] }
  }
}

async function lintWorkflow(source: Source, metadata: Metadata): Promise<Problem[]> {
  const { document, problems } = parse(source)
  if (document === undefined) return problems
  if (!source.example) {
    problems.push(...checkPins(source))
    if (!isRecord(document) || !('permissions' in document)) {
      problems.push(problemAt(source, 0, 'the workflow sets no permissions at its top level'))
    }
  }
  problems.push(...checkTrust(source, document))
  problems.push(...checkExpressions(source, document), ...checkOutputs(source, document, metadata))
  problems.push(...(await diagnose(source, metadata)))
  return problems
}

// An example does not state its event.
const head = ['on: [push, pull_request]', 'jobs:', '  example:', '    runs-on: ubuntu-latest', '    steps:']

interface Example {
  readonly text: string
  readonly line: number
  readonly column: number
  readonly partial: boolean
}

function nest(text: string, above: readonly string[], indent: number, partial = false): Example {
  const body = text.split('\n').map((line) => (line === '' ? line : ' '.repeat(indent) + line))
  return { text: [...above, ...body].join('\n'), line: -above.length, column: -indent, partial }
}

/** Completes a part of a workflow to the smallest valid workflow; undefined for other YAML. */
function completeExample(text: string, document: unknown): Example | undefined {
  const isStep = (value: unknown) => isRecord(value) && ('uses' in value || 'run' in value)
  const isJob = (value: unknown) => isRecord(value) && ('steps' in value || 'runs-on' in value)
  if (Array.isArray(document)) {
    return document.length > 0 && document.every(isStep) ? nest(text, head, 6) : undefined
  }
  if (!isRecord(document)) return undefined
  if ('jobs' in document) return nest(text, 'on' in document ? [] : head.slice(0, 1), 0)
  if ('steps' in document) return nest(text, head.slice(0, 'runs-on' in document ? 3 : 4), 4)
  if ('uses' in document) return nest(text, [...head, '      - name: example'], 8, true)
  if ('with' in document) return nest(text, [...head, `      - uses: ${referenceTo('')}`], 8, true)
  const values = Object.values(document)
  return values.length > 0 && values.every(isJob) ? nest(text, head.slice(0, 2), 2) : undefined
}

/** The fenced YAML blocks of a page. */
function examplesOf(page: string): { text: string; line: number; column: number }[] {
  const examples: { text: string; line: number; column: number }[] = []
  let open: { indent: string; fence: string; line: number; lines: string[] } | undefined
  page.split(/\r?\n/).forEach((line, index) => {
    const fence = /^(\s*)(`{3,}|~{3,})\s*(\S*)/.exec(line)
    if (!open) {
      if (fence) open = { indent: fence[1] ?? '', fence: fence[2] ?? '', line: index + 1, lines: [] }
      if (open && !/^ya?ml$/.test(fence?.[3] ?? '')) open.line = -1
      return
    }
    if (line.trim() === open.fence) {
      if (open.line >= 0) examples.push({ text: open.lines.join('\n'), line: open.line, column: open.indent.length })
      open = undefined
      return
    }
    open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line.trimStart())
  })
  return examples
}

async function lintPage(file: string, page: string, metadata: Metadata): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const example of examplesOf(page)) {
    const place = { file, example: true, partial: false }
    const { document, problems: faults } = parse({ ...place, ...example })
    problems.push(...faults)
    const complete = completeExample(example.text, document)
    if (!complete) continue
    const source = {
      ...place,
      text: complete.text,
      line: example.line + complete.line,
      column: example.column + complete.column,
      partial: complete.partial
    }
    problems.push(...(await lintWorkflow(source, metadata)))
  }
  return problems
}

/** Lints all files below a folder; ignores missing ones. */
export async function lintActions(folder: string): Promise<{ files: number; problems: Problem[] }> {
  const files = globSync(
    ['action.yml', 'emulator/action.yml', '.github/workflows/*.{yml,yaml}', 'README.md', 'SECURITY.md', 'docs/*.md'],
    { cwd: folder }
  )
  const metadata = metadataOf(folder)
  const problems: Problem[] = []
  for (const file of files.map((path) => path.replaceAll('\\', '/')).sort()) {
    const text = readFileSync(join(folder, file), 'utf8')
    const source = { file, text, line: 0, column: 0, example: false, partial: false }
    if (file.endsWith('.md')) problems.push(...(await lintPage(file, text, metadata)))
    else if (file.endsWith('action.yml')) problems.push(...(await diagnose(source, metadata)))
    else problems.push(...(await lintWorkflow(source, metadata)))
  }
  return { files: files.length, problems }
}

if (import.meta.main) {
  const { positionals } = readArguments('npm run lint:actions -- [FOLDER]', { allowPositionals: true })
  const [given = fileURLToPath(new URL('..', import.meta.url)), ...others] = positionals
  const folder = resolve(given)
  if (others.length > 0 || !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    refuse(`The argument must be one existing folder, not '${positionals.join(' ')}'.`)
  const { files, problems } = await lintActions(folder)
  for (const { file, line, column, message } of problems) console.log(`${file}:${line}:${column} ${message}`)
  console.log(`actions: ${files} files, ${problems.length} problems`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
