import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { object } from '../run/object.ts'
import { nodeFault } from './config-rules.ts'
import { readJson } from './json-text.ts'
import type { LineProblem } from './project-error.ts'

/**
 * Reads the package.json of a folder. Returns an empty object if it is not valid JSON, undefined if it does not exist.
 */
export async function readPackage(folder: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const bytes = await readFile(join(folder, 'package.json')).catch(() => undefined)
  const json = bytes && readJson(bytes, PACKAGE_EXAMPLE)
  return json && ('value' in json ? json.value : {})
}

const PACKAGE_EXAMPLE = '{"name": "agent"}'

/**
 * Returns what the official CLI rejects in the package.json next to a configuration. Its `engines` select the image.
 */
export function packageProblems(bytes: Uint8Array): readonly LineProblem[] {
  const json = readJson(bytes, PACKAGE_EXAMPLE)
  if ('text' in json) return [json]
  const { value, lineOf } = json
  const engines = object(value.engines)
  if (!engines) return []
  const others = Object.keys(engines).filter((name) => name !== 'node')
  const foreign = others.map((name) => ({
    line: lineOf(['engines', name]),
    text: `\`engines.${name}\`: LangSmith accepts only \`node\` in \`engines\`; remove \`${name}\``
  }))
  const { node } = engines
  if (node === undefined) return foreign
  const fault = nodeFault(node)
  return fault ? [...foreign, { line: lineOf(['engines', 'node']), text: `\`engines.node\` ${fault}` }] : foreign
}
