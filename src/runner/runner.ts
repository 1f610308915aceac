import { readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import * as core from '@actions/core'
import type { Place } from '../place.ts'
import { whyAbsent, whyUnreadable } from '../readable-file.ts'
import { errorMessage } from '../run/error-message.ts'
import { appendWhole, keyValue, RUNNER_FILES, type RunnerFile, tryToWrite } from './files.ts'
import { createSecretKeeper } from './mask.ts'
import type { NamedValue } from './secret-shape.ts'
import { plain, plainLines, withoutEscapes } from './words.ts'

/** The Actions runner as this action uses it. Every text that is printed is neutralised here. */
export interface Runner {
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Payload of the event, or nothing. */
  readonly event: unknown
  /** The bytes of a file that lies in the workspace, or in the runner's temporary folder. @throws {Error} whose message says in the user's terms what is wrong */
  readWorkspaceFile(file: string): Uint8Array
  info(text: string): void
  debug(text: string): void
  group(title: string, lines: readonly string[]): void
  /** What is printed from here to `endGroup` is folded under the title. */
  beginGroup(title: string): void
  endGroup(): void
  notice(text: string): void
  warning(text: string, place?: Place): void
  error(title: string, text: string, place?: Place): void
  /** Masks the keys of the run in everything printed from here on. */
  maskKeys(values: readonly string[]): void
  /** Redacts the secrets that the run was given, and masks them; what may be part of an output, as soon as that is known. */
  maskGiven(secrets: readonly NamedValue[], publicTexts: readonly string[]): void
  /** Redacts secrets that were only read from LangSmith, and masks those that look like secrets. */
  maskRead(secrets: readonly NamedValue[], publicTexts: readonly string[]): void
  /** More of the outputs is known, or all (`isEnd`): masks what turned out to be part of none. */
  maskRest(isEnd: boolean, publicTexts: readonly string[]): void
  /** Redacts secrets that were only read from LangSmith, and masks none. */
  keepSecret(secrets: readonly NamedValue[]): void
  /** Redacts the secrets inside of texts that may be read, such as the password of an address, and masks none. */
  keepSecretParts(texts: readonly string[]): void
  /** A text from outside, without any secret value. */
  redact(text: string): string
  /**
   * Which of the runner's files take no text, in a sentence each. To be asked before anything is sent; what it told is
   * not told again.
   */
  unwritableFiles(): readonly UnwritableFile[]
  /** Never throws, like the next two: a file that takes no text any more is one warning, and the run goes on. */
  output(name: string, value: string): void
  /** What was saved is handed to the post step as text. */
  saveState(name: string, value: string): void
  summary(markdown: string): Promise<void>
  state(name: string): string
}

/** A file of the runner that takes no text. */
export interface UnwritableFile {
  readonly file: RunnerFile
  /** What is wrong, and what to do. */
  readonly text: string
}

/** The runner that started this process, through its variables, its files and standard output. */
export function createRunner(variables: NodeJS.ProcessEnv = process.env): Runner {
  const keeper = createSecretKeeper()
  const mask = (texts: readonly string[]) => {
    for (const text of texts) core.setSecret(text)
  }
  const told = new Set<RunnerFile>()
  const warning = (text: string, place?: Place) => core.warning(plain(text), at(place))
  const append = (file: RunnerFile, text: string) => {
    try {
      appendWhole(variables[file] ?? '', text)
    } catch (error) {
      if (told.has(file)) return
      told.add(file)
      warning(`${faultOf(file, error)} The run goes on.`)
    }
  }
  return {
    variables,
    event: readEvent(variables.GITHUB_EVENT_PATH),
    readWorkspaceFile: (file) => readWorkspaceFile(variables, file),
    info: (text) => {
      for (const line of plainLines(text)) core.info(line)
    },
    debug: (text) => core.debug(plain(text)),
    group: (title, lines) => {
      core.startGroup(plain(title))
      for (const line of lines.flatMap(plainLines)) core.info(line)
      core.endGroup()
    },
    beginGroup: (title) => core.startGroup(plain(title)),
    endGroup: () => core.endGroup(),
    notice: (text) => core.notice(plain(text)),
    warning,
    error: (title, text, place) => core.error(plain(text), { title: plain(title), ...at(place) }),
    maskKeys: (values) => mask(keeper.keys(values)),
    maskGiven: (secrets, publicTexts) => mask(keeper.add(secrets, 'given', publicTexts)),
    maskRead: (secrets, publicTexts) => mask(keeper.add(secrets, 'read', publicTexts)),
    maskRest: (isEnd, publicTexts) => mask(keeper.release(isEnd, publicTexts)),
    keepSecret: keeper.redactOnly,
    keepSecretParts: keeper.redactParts,
    // Escapes first: one in the middle of a secret would hide it.
    redact: (text) => keeper.redact(withoutEscapes(text)),
    unwritableFiles: () => {
      const files = Object.keys(RUNNER_FILES) as RunnerFile[]
      return files.flatMap((file) => {
        const text = findFault(file, variables[file])
        if (text === undefined) return []
        told.add(file)
        return { file, text }
      })
    },
    // Without the variable this is a runner that still takes the commands, or no runner at all.
    output: (name, value) => {
      if (variables.GITHUB_OUTPUT) append('GITHUB_OUTPUT', keyValue(name, value))
      else core.setOutput(name, value)
    },
    saveState: (name, value) => {
      if (variables.GITHUB_STATE) append('GITHUB_STATE', keyValue(name, value))
      else core.saveState(name, value)
    },
    // Absent on servers older than GitHub Enterprise 3.6; the log says the same.
    summary: async (markdown) => {
      if (variables.GITHUB_STEP_SUMMARY) append('GITHUB_STEP_SUMMARY', `${markdown}\n`)
    },
    state: (name) => variables[`STATE_${name}`] ?? ''
  }
}

function at(place: Place | undefined): { readonly file?: string; readonly startLine?: number } {
  return place ? { file: place.file, startLine: place.line } : {}
}

function findFault(file: RunnerFile, path: string | undefined): string | undefined {
  if (!path) return undefined
  try {
    tryToWrite(path)
    return undefined
  } catch (error) {
    return faultOf(file, error)
  }
}

function faultOf(file: RunnerFile, error: unknown): string {
  const message = errorMessage(error)
  return `The runner's file for ${RUNNER_FILES[file]} (${file}) cannot be written (${message}): check the disk space of the runner and the permissions of its temporary folder.`
}

function readEvent(file: string | undefined): unknown {
  if (!file) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** A symbolic link must not lead out of there either: what it names might be the runner's own secrets. */
function readWorkspaceFile(
  { GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temporary }: Runner['variables'],
  file: string
): Uint8Array {
  if (!workspace) throw new Error('there is no workspace (GITHUB_WORKSPACE is not set)')
  let real: string
  try {
    real = realpathSync(path.resolve(workspace, file))
  } catch {
    const cause = whyAbsent(file, { temporary })
    if (cause) throw new Error(`"${file}" does not exist: ${cause}`)
    throw new Error(
      `"${file}" is not in the workspace; does actions/checkout, or the step that writes it, come before this one?`
    )
  }
  const fault = whyUnreadable(real, { workspace, temporary })
  if (fault) throw new Error(`"${file}" ${fault}`)
  try {
    return readFileSync(real)
  } catch {
    throw new Error(`"${file}" cannot be read as a file`)
  }
}
