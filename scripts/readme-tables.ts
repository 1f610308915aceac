/**
 * Generates the texts that depend on action.yml: the reference tables of the README, preview/action.yml, and the inputs
 * of the reusable workflow in docs/previews.md. `npm run docs` writes them; `-- --check` compares them.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FAILSAFE_SCHEMA, load } from 'js-yaml'
import { readArguments } from './command-line.ts'

type Section = 'inputs' | 'outputs'
type Entry = Readonly<Record<string, unknown>>

const previewPage = 'docs/previews.md'
const previewFile = '.github/workflows/preview.yml'
const previewActionFile = 'preview/action.yml'
const previewActionHead = `# Generated from action.yml by \`npm run docs\`, for ${previewFile}: the same action in a subfolder,
# because \`uses: $/\` requires a folder and does not accept the top level of the repository.
`

/** The groups of the inputs in the README, in order. The last group includes all inputs that no group lists. */
export const INPUT_GROUPS: Readonly<Record<string, readonly string[]>> = {
  Connect: ['api-key', 'workspace-id', 'organization-id', 'region', 'control-plane-url', 'allow-insecure-http'],
  Target: [
    'command',
    'name',
    'deployment-id',
    'preview',
    'if-missing',
    'source-type',
    'deployment-type',
    'display-name',
    'route-through-gateway',
    'agent-id',
    'agent-environment'
  ],
  'Source: a GitHub repository (`github`)': [
    'repo-url',
    'repo-ref',
    'langgraph-config',
    'integration-id',
    'build-on-push',
    'install-command',
    'build-command'
  ],
  'Source: the workspace (`internal_source`)': ['root', 'include'],
  'Source: an image on LangSmith Cloud (`internal_docker`)': ['image-uri'],
  'Source: an image in your cluster (`external_docker`)': [
    'listener-id',
    'k8s-namespace',
    'resource-spec',
    'secret-references',
    'custom-url'
  ],
  'Environment variables': ['secrets', 'variables', 'secrets-file', 'secrets-mode'],
  Waiting: [
    'wait',
    'timeout',
    'poll-interval',
    'on-superseded',
    'on-timeout',
    'on-cancel',
    'allow-downgrade',
    'skip-unchanged',
    'dry-run'
  ],
  Proof: [
    'require-experiment',
    'thresholds',
    'baseline-experiment',
    'health-check',
    'health-path',
    'verify-graphs',
    'smoke-test',
    'smoke-test-file',
    'agent-api-key',
    'agent-headers',
    'bake',
    'max-error-rate',
    'max-latency-p99',
    'min-runs',
    'rollback-on-failure'
  ],
  GitHub: ['environment', 'comment', 'github-token'],
  Other: [
    'revision-id',
    'logs',
    'log-level',
    'log-since',
    'log-limit',
    'delete-tracing-project',
    'max-age',
    'max-previews'
  ]
}

/** Text before the table of a group in the README. */
const GROUP_NOTES: Readonly<Record<string, string>> = {
  'Source: the workspace (`internal_source`)':
    'This source also uses `langgraph-config`, `install-command` and `build-command`.',
  'Source: an image in your cluster (`external_docker`)': 'This source also uses `image-uri`.'
}

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

/** Renders one section of an action.yml, given as text, as a Markdown table. @throws Error if the section is missing */
export function renderTable(action: string, section: Section): string {
  const entries = entriesOf(action, section)
  if (section === 'outputs') {
    return table(
      ['Output', 'Meaning'],
      entries.map(([name, entry]) => [code(name), cell(entry.description)])
    )
  }
  return inputTable(entries)
}

/** @param title heading of the table; it may already name the source of the inputs */
function inputTable(entries: readonly (readonly [name: string, entry: Entry])[], title = ''): string {
  const [, source] = /\(`(\w+)`\)$/.exec(title) ?? []
  return table(
    ['Input', 'Default', 'Meaning'],
    entries.map(([name, entry]) => [
      `${code(name)}${entry.required === 'true' ? ' **(required)**' : ''}`,
      code(entry.default),
      cell(entry.description).replace(source ? ` Only for \`source-type: ${source}\`.` : '', '')
    ])
  )
}

/** Renders the inputs of an action.yml, given as text, with one table for each group that is not empty. */
export function renderInputGroups(action: string): string {
  const entries = entriesOf(action, 'inputs')
  const named = new Set(Object.values(INPUT_GROUPS).flat())
  const groups = Object.entries(INPUT_GROUPS)
  return groups
    .map(([title, names], index) => {
      const known = names.flatMap((name) => entries.filter(([each]) => each === name))
      const rest = index === groups.length - 1 ? entries.filter(([name]) => !named.has(name)) : []
      return { title, rows: [...known, ...rest] }
    })
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) =>
      [`### ${title}`, GROUP_NOTES[title], inputTable(rows, title)].filter(Boolean).join('\n\n')
    )
    .join('\n\n')
}

/** Renders the inputs of a reusable workflow, given as text, as a Markdown table. @throws Error if it has none */
export function renderCallInputs(workflow: string): string {
  const document = load(workflow, { schema: FAILSAFE_SCHEMA })
  const on = isRecord(document) ? document.on : undefined
  const call = isRecord(on) ? on.workflow_call : undefined
  if (!isRecord(call) || !isRecord(call.inputs)) throw new Error(`${previewFile} has no workflow_call inputs`)
  return renderTable(JSON.stringify({ inputs: call.inputs }), 'inputs')
}

function replaceTable(page: string, text: string, mark: string, rendered: string): string {
  const marks = new RegExp(`(<!-- ${mark} -->)[\\s\\S]*?(<!-- /${mark} -->)`)
  if (!marks.test(text)) throw new Error(`${page} has no <!-- ${mark} --> … <!-- /${mark} -->`)
  return text.replace(marks, (_, open: string, close: string) => `${open}\n\n${rendered}\n\n${close}`)
}

/** Updates the tables of the README from the text of action.yml. @throws Error if a pair of marks is missing */
export function updateTables(readme: string, action: string): string {
  const inputs = replaceTable('README.md', readme, 'inputs', renderInputGroups(action))
  return replaceTable('README.md', inputs, 'outputs', renderTable(action, 'outputs'))
}

/**
 * Updates the table of the previews page from the text of the reusable workflow.
 *
 * @throws Error if its marks are missing
 */
export function updatePreviewTable(page: string, workflow: string): string {
  return replaceTable(previewPage, page, 'preview-inputs', renderCallInputs(workflow))
}

/**
 * Returns preview/action.yml: the same action, with its code one folder above.
 *
 * @throws Error if action.yml has no path in dist/
 */
export function previewAction(action: string): string {
  const moved = action.replace(/^( +(?:main|post): )(?=dist\/)/gm, '$1../')
  if (moved === action) throw new Error('action.yml has no main path in dist/')
  return previewActionHead + moved
}

/** Runs the command in a folder. @returns the exit code and one line for the user */
export function readmeTables(folder: URL, check: boolean): { code: number; line: string } {
  const pathOf = (name: string) => fileURLToPath(new URL(name, folder))
  try {
    const action = readFileSync(pathOf('action.yml'), 'utf8')
    const preview = existsSync(pathOf(previewFile)) ? readFileSync(pathOf(previewFile), 'utf8') : undefined
    const wanted = {
      'README.md': updateTables(readFileSync(pathOf('README.md'), 'utf8'), action),
      ...(preview === undefined
        ? {}
        : {
            [previewPage]: updatePreviewTable(readFileSync(pathOf(previewPage), 'utf8'), preview),
            [previewActionFile]: previewAction(action)
          })
    }
    const outdated = Object.entries(wanted).filter(
      ([name, text]) => !existsSync(pathOf(name)) || readFileSync(pathOf(name), 'utf8') !== text
    )
    const names = outdated.map(([name]) => name).join(', ')
    if (outdated.length === 0) return { code: 0, line: `${Object.keys(wanted).join(', ')}: up to date with action.yml` }
    if (check) return { code: 1, line: `${names}: out of date with action.yml; run \`npm run docs\`` }
    for (const [name, text] of outdated) {
      mkdirSync(dirname(pathOf(name)), { recursive: true })
      writeFileSync(pathOf(name), text)
    }
    return { code: 0, line: `${names}: written` }
  } catch (error) {
    return { code: 1, line: error instanceof Error ? error.message : String(error) }
  }
}

if (import.meta.main) {
  const { values } = readArguments('npm run docs -- [--check]', {
    options: { check: { type: 'boolean', default: false } }
  })
  const { code, line } = readmeTables(new URL('../', import.meta.url), values.check)
  console.log(line)
  process.exitCode = code
}
