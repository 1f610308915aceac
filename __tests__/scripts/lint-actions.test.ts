import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, test } from '@jest/globals'
import { makeFolder } from '../support/folder.ts'

const script = fileURLToPath(new URL('../../scripts/lint-actions.ts', import.meta.url))
const checkout = 'actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8'
const sha = `$${'{{ github.sha }}'}`
const branch = `$${'{{ github.head_ref }}'}`

const action = `name: x
description: y
inputs:
  api-key:
    description: key
    required: true
  wait:
    description: wait
outputs:
  status:
    description: verdict
runs:
  using: node24
  main: dist/index.js
`

let folder = ''

beforeEach(() => {
  folder = makeFolder('lint-')
  write('action.yml', action)
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

function lint(): { status: number | null; lines: string[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return { status, lines: stdout.trimEnd().split(/\r?\n/) }
}

function workflow(steps: string, head = 'permissions: {}\n'): string {
  return `on: push\n${head}jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`
}

test('lint-actions passes for a folder without files to lint', () => {
  rmSync(join(folder, 'action.yml'))
  expect(lint()).toEqual({ status: 0, lines: ['actions: 0 files, 0 problems'] })
})

test('lint-actions passes for valid files', () => {
  write(
    '.github/workflows/ci.yml',
    workflow(
      `      - uses: ${checkout} # v6.0.1\n      - id: d\n        uses: ./\n        with:\n          api-key: k\n` +
        `      - run: echo "$STATUS" ${sha}\n        env:\n          STATUS: $${'{{ steps.d.outputs.status }}'}\n`
    )
  )
  write('README.md', `# T\n\`\`\`yaml\n- uses: OWNER/langsmith-deploy-action@v1\n  with:\n    api-key: k\n\`\`\`\n`)
  write('docs/more.md', '```yaml\nanything: [else]\n```\n```sh\n- uses: nothing\n```\n')
  expect(lint()).toEqual({ status: 0, lines: ['actions: 4 files, 0 problems'] })
})

test('lint-actions reports an error in action.yml', () => {
  write('action.yml', action.replace('node24', 'node25'))
  const { status, lines } = lint()
  expect(status).toBe(1)
  expect(lines).toHaveLength(2)
  expect(lines[0]).toMatch(/^action\.yml:13:10 /)
})

test('lint-actions reports an expression in a description, which prevents GitHub from loading the action', () => {
  write('action.yml', action.replace('key\n', `key ${sha}\n`))
  expect(lint().lines).toEqual(["action.yml:5:22 Unrecognized named-value: 'github'", 'actions: 1 files, 1 problems'])
})

test('lint-actions checks pins, permissions and dangerous expressions', () => {
  write(
    '.github/workflows/ci.yml',
    workflow(
      `      - uses: actions/checkout@v6\n      - uses: ${checkout}\n      - run: |\n          echo ${sha}\n          echo ${branch}\n`,
      ''
    )
  )
  expect(lint()).toEqual({
    status: 1,
    lines: [
      '.github/workflows/ci.yml:6:15 actions/checkout@v6 is not pinned to a commit of 40 hex digits',
      `.github/workflows/ci.yml:7:15 ${checkout} has no comment with its version (# vX.Y.Z)`,
      '.github/workflows/ci.yml:1:1 the workflow sets no permissions at its top level',
      `.github/workflows/ci.yml:10:16 ${branch} in a script lets outsiders run commands: pass the value through env`,
      'actions: 2 files, 4 problems'
    ]
  })
})

test('lint-actions reports settings that run the code of a pull request with secrets', () => {
  const checkoutStep = `      - uses: ${checkout} # v6.0.1\n        with:\n          allow-unsafe-pr-checkout: true\n`
  const called = workflow(`${checkoutStep}      - uses: ./\n        with: { api-key: k }\n`).replace(
    'on: push',
    'on: { workflow_call: }'
  )
  write('.github/workflows/called.yml', called)
  const own = `      - uses: ./\n        with: { api-key: k }\n      - uses: $/preview\n        with: { api-key: k }\n`
  write('.github/workflows/own.yml', workflow(own))
  write('README.md', '```yaml\n- uses: actions/checkout@v6\n  with:\n    allow-unsafe-pr-checkout: true\n```\n')
  const unsafe = 'this lets actions/checkout run code of a fork that can read secrets'
  expect(lint().lines).toEqual([
    `.github/workflows/called.yml:9:11 ${unsafe}`,
    ".github/workflows/called.yml:10:15 ./ in a reusable workflow refers to the caller's checkout, which on pull requests is the code under review: use $/",
    `README.md:4:5 ${unsafe}`,
    'actions: 4 files, 3 problems'
  ])
})

test.each(['$/preview', './'])('lint-actions checks the inputs of %s against action.yml', (uses) => {
  write('.github/workflows/ci.yml', workflow(`      - uses: ${uses}\n        with: { api-key: k, wiat: true }\n`))
  expect(lint().lines[0]).toMatch(/^\.github\/workflows\/ci\.yml:8:29 .*wiat/)
})

test('lint-actions reports a self reference without a folder, which the runner refuses', () => {
  write('.github/workflows/ci.yml', workflow('      - uses: $/\n'))
  expect(lint().lines[0]).toBe('.github/workflows/ci.yml:7:15 the runner does not accept $/ without a folder')
})

test('lint-actions checks the use of this action against action.yml', () => {
  write(
    '.github/workflows/ci.yml',
    workflow(
      `      - id: d\n        uses: ./\n        with:\n          wiat: true\n      - run: echo "$A"\n        env:\n          A: $${'{{ steps.d.outputs.stauts }}'}\n`
    )
  )
  const { lines } = lint()
  expect(lines).toContain('.github/workflows/ci.yml:13:18 the action has no output stauts')
  expect(lines.filter((line) => /:10:\d+ .*wiat/.test(line))).toHaveLength(1)
  expect(lines.filter((line) => /api-key/.test(line))).toHaveLength(1)
})

test.each([
  ['steps', '- uses: OWNER/langsmith-deploy-action@v1\n  with:\n    api-key: k\n    wiat: 1', 7, 5],
  ['one step', 'uses: OWNER/langsmith-deploy-action@v1\nwith:\n  wiat: 1', 6, 3],
  ['inputs alone', 'with:\n  wiat: 1', 5, 3],
  ['a job', 'runs-on: x\nsteps:\n  - uses: ./\n    with:\n      api-key: k\n      wiat: 1', 9, 7],
  ['steps of a job', 'steps:\n  - uses: ./\n    with:\n      api-key: k\n      wiat: 1', 8, 7],
  ['named jobs', 'a:\n  runs-on: x\n  steps:\n    - uses: ./\n      with:\n        api-key: k\n        wiat: 1', 10, 9],
  [
    'a whole workflow',
    'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: ./\n        with: { api-key: k, wiat: 1 }',
    10,
    29
  ]
])('lint-actions reports the position of an error in an example: %s', (_, yaml, line, column) => {
  write('README.md', `# Title\n\n\`\`\`yaml\n${yaml}\n\`\`\`\n`)
  const indented = yaml.replaceAll('\n', '\n  ')
  write('docs/list.md', `* item\n\n  ~~~yml\n  ${indented}\n  ~~~\n`)
  const { lines } = lint()
  expect(lines).toHaveLength(3)
  expect(lines[0]).toMatch(new RegExp(`^README\\.md:${line}:${column} .*wiat`))
  expect(lines[1]).toMatch(new RegExp(`^docs/list\\.md:${line}:${column + 2} .*wiat`))
})

test('lint-actions checks each example of a page', () => {
  const example = (input: string) =>
    `\`\`\`yaml\non: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: ./\n        with:\n          api-key: k\n${input}\`\`\`\n`
  write('README.md', example('') + example('          wiat: 1\n'))
  expect(lint().lines[0]).toMatch(/^README\.md:20:11 .*wiat/)
})

test('lint-actions reports an example that is not YAML', () => {
  write('README.md', '```yaml\na: [\n```\n')
  expect(lint().lines[0]).toMatch(/^README\.md:2:1 invalid YAML: /)
})
