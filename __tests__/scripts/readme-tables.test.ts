import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { beforeEach, describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import {
  INPUT_GROUPS,
  previewAction,
  readmeTables,
  renderInputGroups,
  renderTable,
  updatePreviewTable,
  updateTables
} from '../../scripts/readme-tables.ts'
import { makeFolder } from '../support/folder.ts'

const action = `
name: x
inputs:
  api-key:
    description: The key. Read \`a|b\`
    required: true
  wait:
    description: |
      First line
      second line
    default: true
  version: { default: 1.0, required: false }
  odd: { description: ' spaces ', default: "a\`|\\nb" }
  github-token: { description: Token, default: '\${{ github.token }}' }
outputs:
  status:
    description: How it went, a|b
  empty: {}
`

const inputs = [
  '| Input | Default | Meaning |',
  '| --- | --- | --- |',
  '| `api-key` **(required)** | | The key. Read `a\\|b` |',
  '| `wait` | `true` | First line<br>second line |',
  '| `version` | `1.0` | |',
  '| `odd` | `` a`\\| ``<br>`b` | spaces |',
  '| `github-token` | `${' + '{ github.token }}` | Token |'
].join('\n')

const outputs = ['| Output | Meaning |', '| --- | --- |', '| `status` | How it went, a\\|b |', '| `empty` | |'].join(
  '\n'
)

describe('renderTable', () => {
  test('shows every input with its default and whether it is required', () => {
    expect(renderTable(action, 'inputs')).toBe(inputs)
  })

  test('shows every output', () => {
    expect(renderTable(action, 'outputs')).toBe(outputs)
  })

  test('reports a missing section', () => {
    expect(() => renderTable('name: x', 'outputs')).toThrow('action.yml has no outputs')
  })
})

const grouped = [
  '### Connect\n\n| Input | Default | Meaning |\n| --- | --- | --- |',
  '| `api-key` **(required)** | | The key. Read `a\\|b` |\n',
  '### Waiting\n\n| Input | Default | Meaning |\n| --- | --- | --- |',
  '| `wait` | `true` | First line<br>second line |\n',
  '### GitHub\n\n| Input | Default | Meaning |\n| --- | --- | --- |',
  '| `github-token` | `${' + '{ github.token }}` | Token |\n',
  '### Other\n\n| Input | Default | Meaning |\n| --- | --- | --- |',
  '| `version` | `1.0` | |',
  '| `odd` | `` a`\\| ``<br>`b` | spaces |'
].join('\n')

describe('renderInputGroups', () => {
  test('creates one table for each group with inputs; ungrouped inputs are in the last one', () => {
    expect(renderInputGroups(action)).toBe(grouped)
  })

  test('omits the source of an input in the group of that source', () => {
    const inputs = `inputs:
  root: { description: 'The folder. Only for \`source-type: internal_source\`.' }
  install-command: { description: 'The command. Only for \`source-type: github\` or \`internal_source\`.' }
`
    const rendered = renderInputGroups(inputs)
    expect(rendered).toContain('| `root` | | The folder. |')
    expect(rendered).toContain('| The command. Only for `source-type: github` or `internal_source`. |')
  })

  test('assigns each input of the action to one group, and has no unknown inputs', () => {
    const document = load(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'))
    const names = Object.keys(Object(Object(document).inputs))
    expect(Object.values(INPUT_GROUPS).flat().sort()).toEqual(names.sort())
  })
})

describe('updateTables', () => {
  const readme = '# T\n<!-- inputs -->old $& text<!-- /inputs -->\nbetween\n<!-- outputs -->\n<!-- /outputs -->\nend\n'

  test('replaces only the text between the marks', () => {
    expect(updateTables(readme, action)).toBe(
      `# T\n<!-- inputs -->\n\n${grouped}\n\n<!-- /inputs -->\nbetween\n<!-- outputs -->\n\n${outputs}\n\n<!-- /outputs -->\nend\n`
    )
  })

  test('changes nothing the second time', () => {
    const once = updateTables(readme, action)
    expect(updateTables(once, action)).toBe(once)
  })

  test('updatePreviewTable() shows the inputs of the preview workflow', () => {
    const workflow =
      'on:\n  workflow_call:\n    inputs:\n      comment: { description: a|b, type: boolean, default: true }\n'
    const page = '# T\n<!-- preview-inputs --><!-- /preview-inputs -->\n'
    expect(updatePreviewTable(page, workflow)).toContain(
      '<!-- preview-inputs -->\n\n| Input | Default | Meaning |\n| --- | --- | --- |\n| `comment` | `true` | a\\|b |\n\n<!-- /preview-inputs -->'
    )
    expect(() => updatePreviewTable(readme, workflow)).toThrow('docs/previews.md has no <!-- preview-inputs -->')
    expect(() => updatePreviewTable(page, 'on: push')).toThrow('preview.yml has no workflow_call inputs')
  })

  test('reports missing marks', () => {
    expect(() => updateTables('<!-- inputs --><!-- /inputs -->', action)).toThrow('README.md has no <!-- outputs -->')
  })
})

describe('readmeTables', () => {
  let folder = ''

  beforeEach(() => {
    folder = makeFolder('tables-')
    writeFileSync(join(folder, 'action.yml'), action)
    writeFileSync(join(folder, 'README.md'), '<!-- inputs --><!-- /inputs --><!-- outputs --><!-- /outputs -->')
  })

  test('reports a difference in a check without a write; a write removes it', () => {
    const url = pathToFileURL(`${folder}/`)
    const before = readFileSync(join(folder, 'README.md'), 'utf8')
    expect(readmeTables(url, true)).toEqual({
      code: 1,
      line: 'README.md: out of date with action.yml; run `npm run docs`'
    })
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe(before)
    expect(readmeTables(url, false)).toEqual({ code: 0, line: 'README.md: written' })
    expect(readmeTables(url, true)).toEqual({ code: 0, line: 'README.md: up to date with action.yml' })
  })

  test('writes the action of the preview workflow, with its code one folder above', () => {
    const workflow = 'on:\n  workflow_call:\n    inputs:\n      name: { type: string }\n'
    mkdirSync(join(folder, '.github/workflows'), { recursive: true })
    writeFileSync(join(folder, '.github/workflows/preview.yml'), workflow)
    mkdirSync(join(folder, 'docs'))
    writeFileSync(join(folder, 'docs/previews.md'), '<!-- preview-inputs --><!-- /preview-inputs -->')
    const runs = '  using: node24\n  main: dist/index.js\n  post: dist/post-entry.js\n  post-if: always()\n'
    writeFileSync(join(folder, 'action.yml'), `${action}runs:\n${runs}`)
    const url = pathToFileURL(`${folder}/`)
    expect(readmeTables(url, true).line).toBe(
      'README.md, docs/previews.md, preview/action.yml: out of date with action.yml; run `npm run docs`'
    )
    expect(readmeTables(url, false).code).toBe(0)
    const written = load(readFileSync(join(folder, 'preview/action.yml'), 'utf8'))
    const original = load(readFileSync(join(folder, 'action.yml'), 'utf8'))
    expect(written).toEqual({
      ...Object(original),
      runs: { using: 'node24', main: '../dist/index.js', post: '../dist/post-entry.js', 'post-if': 'always()' }
    })
    writeFileSync(join(folder, 'preview/action.yml'), 'name: another\n')
    expect(readmeTables(url, true)).toEqual({
      code: 1,
      line: 'preview/action.yml: out of date with action.yml; run `npm run docs`'
    })
    expect(() => previewAction('runs:\n  main: lib/index.js\n')).toThrow('action.yml has no main path in dist/')
  })

  test('reports a missing file', () => {
    rmSync(join(folder, 'README.md'))
    expect(readmeTables(pathToFileURL(`${folder}/`), true)).toMatchObject({
      code: 1,
      line: expect.stringContaining('README.md')
    })
  })

  test('prints one line on the command line', () => {
    const script = fileURLToPath(new URL('../../scripts/readme-tables.ts', import.meta.url))
    const result = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
    expect(result.stderr).toBe('')
    expect(result.stdout.trimEnd().split(/\r?\n/)).toHaveLength(1)
  })
})
