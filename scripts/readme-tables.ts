/**
 * Keeps the reference tables of the README equal to action.yml and to the inputs of the reusable preview workflow:
 * `npm run docs` writes them, `-- --check` compares.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { FAILSAFE_SCHEMA, load } from 'js-yaml'

type Section = 'inputs' | 'outputs'
type Entry = Readonly<Record<string, unknown>>

const sections: readonly Section[] = ['inputs', 'outputs']
const previewFile = '.github/workflows/preview.yml'

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function entriesOf(action: string, section: Section): [name: string, entry: Entry][] {
  const document = load(action, { schema: FAILSAFE_SCHEMA })
  const block = isRecord(document) ? document[section] : undefined
  if (!isRecord(block)) throw new Error(`action.yml has no ${section}`)
  return Object.entries(block).map(([name, entry]) => [name, isRecord(entry) ? entry : {}])
}

function cell(value: unknown): string {
  const text = typeof value === 'string' ? value : ''
  return text
    .trim()
    .replaceAll('|', '\\|')
    .replace(/\r\n|\r|\n/g, '<br>')
}

function code(value: unknown): string {
  const text = cell(value)
  if (text === '') return ''
  return text
    .split('<br>')
    .map((line) => (line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``))
    .join('<br>')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |')).join('\n')
}

/** The Markdown table of one part of an action.yml, whose text is given. Throws when the part is missing. */
export function renderTable(action: string, section: Section): string {
  const entries = entriesOf(action, section)
  if (section === 'outputs') {
    return table(
      ['Output', 'Meaning'],
      entries.map(([name, entry]) => [code(name), cell(entry.description)])
    )
  }
  return table(
    ['Input', 'Default', 'Meaning'],
    entries.map(([name, entry]) => [
      `${code(name)}${entry.required === 'true' ? ' **(required)**' : ''}`,
      code(entry.default),
      cell(entry.description)
    ])
  )
}

/** The Markdown table of the inputs of a reusable workflow, whose text is given. Throws when it has none. */
export function renderCallInputs(workflow: string): string {
  const document = load(workflow, { schema: FAILSAFE_SCHEMA })
  const on = isRecord(document) ? document.on : undefined
  const call = isRecord(on) ? on.workflow_call : undefined
  if (!isRecord(call) || !isRecord(call.inputs)) throw new Error(`${previewFile} has no inputs of workflow_call`)
  return renderTable(JSON.stringify({ inputs: call.inputs }), 'inputs')
}

function replaceTable(text: string, mark: string, rendered: string): string {
  const marks = new RegExp(`(<!-- ${mark} -->)[\\s\\S]*?(<!-- /${mark} -->)`)
  if (!marks.test(text)) throw new Error(`README.md has no <!-- ${mark} --> … <!-- /${mark} -->`)
  return text.replace(marks, (_, open: string, close: string) => `${open}\n\n${rendered}\n\n${close}`)
}

/**
 * The README with its tables written again from the text of action.yml, and from that of the preview workflow where it is
 * given. Throws when a pair of marks is missing.
 */
export function updateTables(readme: string, action: string, preview?: string): string {
  const updated = sections.reduce((text, section) => replaceTable(text, section, renderTable(action, section)), readme)
  return preview === undefined ? updated : replaceTable(updated, 'preview-inputs', renderCallInputs(preview))
}

/** Does what the command line asks, in the given folder; returns the exit code and one line for the user. */
export function readmeTables(folder: URL, check: boolean): { code: number; line: string } {
  const path = fileURLToPath(new URL('README.md', folder))
  try {
    const readme = readFileSync(path, 'utf8')
    const previewPath = fileURLToPath(new URL(previewFile, folder))
    const preview = existsSync(previewPath) ? readFileSync(previewPath, 'utf8') : undefined
    const action = readFileSync(fileURLToPath(new URL('action.yml', folder)), 'utf8')
    const updated = updateTables(readme, action, preview)
    if (readme === updated) return { code: 0, line: 'README.md: the tables agree with action.yml' }
    if (check) return { code: 1, line: 'README.md: the tables do not agree with action.yml; run `npm run docs`' }
    writeFileSync(path, updated)
    return { code: 0, line: 'README.md: tables written' }
  } catch (error) {
    return { code: 1, line: error instanceof Error ? error.message : String(error) }
  }
}

if (import.meta.main) {
  const { code, line } = readmeTables(new URL('../', import.meta.url), process.argv.includes('--check'))
  console.log(line)
  process.exitCode = code
}
