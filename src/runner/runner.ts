import { readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'
import * as core from '@actions/core'
import type { Place } from '../run/place.ts'
import { createFileWriter, keyValue, type UnwritableFile } from './files.ts'
import { createSecretKeeper } from './mask.ts'
import { isOutside, whyAbsent, whyUnreadable } from './readable-file.ts'
import type { NamedValue } from './secret-shape.ts'
import { plain, plainLines, withoutEscapes } from './words.ts'

/** Interface to the Actions runner. Every printed text is sanitized, see `words.ts`. */
export interface Runner {
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Payload of the event; `undefined` if there is none. */
  readonly event: unknown
  /** Reads a file of the workspace or of the runner's temporary folder. @throws {Error} with a message for the user */
  readWorkspaceFile(file: string): Uint8Array
  info(text: string): void
  debug(text: string): void
  group(title: string, lines: readonly string[]): void
  /** Starts a group of the log with a title, which `endGroup` ends. */
  beginGroup(title: string): void
  endGroup(): void
  notice(text: string): void
  warning(text: string, place?: Place): void
  error(title: string, text: string, place?: Place): void
  /** Masks the keys of the run in all later output. */
  maskKeys(values: readonly string[]): void
  /**
   * Redacts and masks the secrets of the inputs. A secret that could be part of an output is masked once the output is
   * known.
   */
  maskGiven(secrets: readonly NamedValue[], publicTexts: readonly string[]): void
  /** Redacts secrets that were read from LangSmith, and masks those with the form of a secret. */
  maskRead(secrets: readonly NamedValue[], publicTexts: readonly string[]): void
  /** Masks the postponed secrets that are not part of an output. `isEnd`: all outputs are known. */
  maskRest(isEnd: boolean, publicTexts: readonly string[]): void
  /** Redacts secrets that were read from LangSmith, without masking them. */
  keepSecret(secrets: readonly NamedValue[]): void
  /** Redacts the secrets in texts that may be printed, such as the password in a URL, without masking them. */
  keepSecretParts(texts: readonly string[]): void
  /** Replaces every known secret in an outside text. */
  redact(text: string): string
  /**
   * Returns the unwritable files. Called before any request; later failures of the same files are not reported again.
   */
  unwritableFiles(): readonly UnwritableFile[]
  /** Never throws, and neither do the next two methods. An unwritable file is one warning, and the run continues. */
  output(name: string, value: string): void
  /** Saves a value for the post step, as text. */
  saveState(name: string, value: string): void
  summary(markdown: string): Promise<void>
  state(name: string): string
}

/** Creates the interface to the runner that started this process: its variables, its files and standard output. */
export function createRunner(variables: NodeJS.ProcessEnv = process.env): Runner {
  const keeper = createSecretKeeper()
  const mask = (texts: readonly string[]) => {
    for (const text of texts) core.setSecret(text)
  }
  const info = (text: string) => {
    for (const line of plainLines(text)) core.info(line)
  }
  const warning = (text: string, place?: Place) => core.warning(plain(text), at(place))
  const { append, unwritableFiles } = createFileWriter(variables, warning)
  return {
    variables,
    event: readEvent(variables.GITHUB_EVENT_PATH),
    readWorkspaceFile: (file) => readWorkspaceFile(variables, file),
    info,
    debug: (text) => core.debug(plain(text)),
    group: (title, lines) => {
      core.startGroup(plain(title))
      for (const line of lines) info(line)
      core.endGroup()
    },
    beginGroup: (title) => core.startGroup(plain(title)),
    endGroup: core.endGroup,
    notice: (text) => core.notice(plain(text)),
    warning,
    error: (title, text, place) => core.error(plain(text), { title: plain(title), ...at(place) }),
    maskKeys: (values) => mask(keeper.keys(values)),
    maskGiven: (secrets, publicTexts) => mask(keeper.add(secrets, 'given', publicTexts)),
    maskRead: (secrets, publicTexts) => mask(keeper.add(secrets, 'read', publicTexts)),
    maskRest: (isEnd, publicTexts) => mask(keeper.release(isEnd, publicTexts)),
    keepSecret: keeper.redactOnly,
    keepSecretParts: keeper.redactParts,
    // Escapes are removed first, because an escape inside a secret would hide it.
    redact: (text) => keeper.redact(withoutEscapes(text)),
    unwritableFiles,
    // Without the variable, this is an old runner, which reads commands from the log, or not a runner.
    output: (name, value) => {
      if (variables.GITHUB_OUTPUT) append('GITHUB_OUTPUT', keyValue(name, value))
      else core.setOutput(name, value)
    },
    saveState: (name, value) => {
      if (variables.GITHUB_STATE) append('GITHUB_STATE', keyValue(name, value))
      else core.saveState(name, value)
    },
    // The file does not exist on servers older than GitHub Enterprise 3.6. The log contains the same information.
    summary: async (markdown) => {
      if (variables.GITHUB_STEP_SUMMARY) append('GITHUB_STEP_SUMMARY', `${markdown}\n`)
    },
    state: (name) => variables[`STATE_${name}`] ?? ''
  }
}

function at(place: Place | undefined): { readonly file?: string; readonly startLine?: number } {
  return place ? { file: place.file, startLine: place.line } : {}
}

function readEvent(file: string | undefined): unknown {
  if (!file) return undefined
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Reads a file of the workspace. A symbolic link must not lead outside, because its target could contain the runner's
 * own secrets.
 */
function readWorkspaceFile(
  { GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temporary }: Runner['variables'],
  file: string
): Uint8Array {
  if (!workspace) throw new Error('the workspace is missing (GITHUB_WORKSPACE is not set)')
  let real: string
  try {
    real = realpathSync(path.resolve(workspace, file))
  } catch {
    const cause = whyAbsent(file, { temporary })
    if (cause) throw new Error(`"${file}" does not exist: ${cause}`)
    if (isOutside(file, { workspace, temporary })) {
      throw new Error(`"${file}" is outside the workspace and RUNNER_TEMP; use a path in one of them`)
    }
    throw new Error(
      `"${file}" is not in the workspace; run actions/checkout, or the step that writes the file, before this step`
    )
  }
  const fault = whyUnreadable(real, { workspace, temporary })
  if (fault) throw new Error(`"${file}" ${fault}`)
  try {
    return readFileSync(real)
  } catch {
    throw new Error(`"${file}" is not a readable file`)
  }
}
