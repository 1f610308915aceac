import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { object } from '../../object.ts'
import { nodeFault } from './config-rules.ts'
import { type JsonText, readJson } from './json-text.ts'
import type { LineProblem } from './project-error.ts'

/** What a package.json says; nothing where there is none, or none that can be read. */
export async function readPackage(folder: string): Promise<JsonText | LineProblem | undefined> {
  const bytes = await readFile(join(folder, 'package.json')).catch(() => undefined)
  return bytes && readJson(bytes, '{"name": "agent"}')
}

/**
 * What the official command line tool refuses about the package.json beside a configuration, whose `engines` decide on
 * the image.
 */
export function packageProblems(packageJson: JsonText | LineProblem): readonly LineProblem[] {
  if ('text' in packageJson) return [packageJson]
  const { value, lineOf } = packageJson
  const engines = object(value.engines)
  if (!engines) return []
  const others = Object.keys(engines).filter((name) => name !== 'node')
  const foreign = others.map((name) => ({
    line: lineOf(['engines', name]),
    text: `\`engines.${name}\`: LangSmith takes \`node\` alone in \`engines\`; remove \`${name}\``
  }))
  const { node } = engines
  if (node === undefined) return foreign
  const fault = typeof node === 'string' ? nodeFault(node) : 'is not text; write it in double quotes, such as "22"'
  return fault ? [...foreign, { line: lineOf(['engines', 'node']), text: `\`engines.node\` ${fault}` }] : foreign
}
