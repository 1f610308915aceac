import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { regions } from '../src/control-plane/hosts.ts'
import { INPUT_NAMES, rowOf } from '../src/inputs/table.ts'
import { hasShape, type OutputName } from '../src/report/outputs.ts'
import { object } from '../src/run/object.ts'
import { VERDICTS } from '../src/run/verdict.ts'
import { DEFAULTS } from './inputs/environment.ts'

const file = new URL('../action.yml', import.meta.url)
const action = object(load(readFileSync(file, 'utf8'))) ?? {}
const inputs = object(action.inputs) ?? {}
const outputs = object(action.outputs) ?? {}
const both = [
  ...Object.entries(inputs).map(([name, value]) => ['input', name, value] as const),
  ...Object.entries(outputs).map(([name, value]) => ['output', name, value] as const)
]

/** One value for each output. The type requires exactly the outputs that the code sets. */
const OUTPUTS: Readonly<Record<OutputName, string>> = {
  status: 'deployed',
  'deployment-id': 'f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e',
  'deployment-name': 'my-agent',
  'deployment-url': 'https://agent.example.com',
  'dashboard-url': 'https://smith.langchain.com/o/x',
  'revision-id': 'f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e',
  'revision-status': 'DEPLOYED',
  'previous-revision-id': 'f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e',
  'active-revision-id': 'f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e',
  'agent-server-version': '0.16.7',
  queue: '[]',
  swept: '["my-agent-pr-7"]',
  'experiment-url':
    'https://smith.langchain.com/o/f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e/datasets/f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e/compare?selectedSessions=f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e',
  'rolled-back-to': 'f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e',
  created: 'true',
  'commit-sha': '0123456789abcdef0123456789abcdef01234567',
  'image-uri': 'ghcr.io/acme/agent:1',
  'plan-changes': '3',
  'duration-seconds': '12'
}

describe('action.yml', () => {
  test('lists exactly the inputs of the table, in the same order', () => {
    expect(Object.keys(inputs)).toEqual(INPUT_NAMES)
  })

  test('has exactly the defaults of the table, as text', () => {
    const defaults = Object.entries(inputs).flatMap(([name, input]) => {
      const value = object(input)?.default
      return value === undefined || name === 'github-token' ? [] : [[name, value]]
    })
    expect(Object.fromEntries(defaults)).toEqual(DEFAULTS)
  })

  test('has no default for an input whose setting an existing deployment keeps', () => {
    const names = INPUT_NAMES.filter((name) => rowOf(name).defaultAtCreate !== undefined)
    expect(names).not.toHaveLength(0)
    for (const name of names) expect(object(inputs[name])).not.toHaveProperty('default')
  })

  test("sets `github-token` to the job's token with an expression", () => {
    expect(object(inputs['github-token'])?.default).toBe('${{ github.token }}')
  })

  test('requires only the API key', () => {
    expect(Object.keys(inputs).filter((name) => object(inputs[name])?.required)).toEqual(['api-key'])
  })

  test('lists exactly the outputs that the code sets, each with a valid shape', () => {
    expect(Object.keys(outputs)).toEqual(Object.keys(OUTPUTS))
    for (const [name, value] of Object.entries(OUTPUTS)) expect(hasShape(name as OutputName, value)).toBe(true)
  })

  test.each(both)('describes the %s %s in one line without an expression', (_, _name, value) => {
    const description = object(value)?.description
    expect(description).toEqual(expect.stringMatching(/^\S.{9,}$/))
    expect(description).not.toMatch(/[\r\n]/)
    // The runner also evaluates expressions in descriptions, and rejects the whole file for them.
    expect(description).not.toContain('${{')
  })

  test('has only fields of inputs and outputs that the runner supports', () => {
    const fields = both.flatMap(([, , value]) => Object.keys(object(value) ?? {}))
    expect([...new Set(fields)].sort()).toEqual(['default', 'description', 'required'])
  })

  test.each<[string, readonly string[]]>([
    ...INPUT_NAMES.flatMap((name): [string, readonly string[]][] => {
      const row = rowOf(name)
      return row.kind === 'choice' || row.kind === 'auto-flag' ? [[name, Object.keys(row.choices)]] : []
    }),
    ['region', regions]
  ])('lists every choice of %s', (input, choices) => {
    const description = String(object(inputs[input])?.description)
    for (const choice of choices) expect(description).toContain(`\`${choice}\``)
  })

  test('lists every verdict, here and in the status table of the README', () => {
    const description = String(object(outputs.status)?.description)
    const named = [...description.matchAll(/`([a-z-]+)`/g)].map(([, verdict]) => verdict)
    expect(named.sort()).toEqual(Object.keys(VERDICTS).sort())
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
    const [, table = ''] = /## Status\n([\s\S]*?)\n## /.exec(readme) ?? []
    const rows = [...table.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) => cell.match(/[a-z-]+(?=`)/g) ?? [])
    expect(rows.filter((verdict) => verdict !== 'status').sort()).toEqual(Object.keys(VERDICTS).sort())
  })

  test.each(INPUT_NAMES)('names exactly the sources of %s, and its default for a new deployment', (name) => {
    const { sources, defaultAtCreate } = rowOf(name)
    const description = String(object(inputs[name])?.description)
    const [, list] = /Only for `source-type: (\w+`(?:(?:, | or )`\w+`)*)\./.exec(description) ?? []
    const named = [...(list ?? '').matchAll(/\w+(?=`)/g)].map(([source]) => source)
    expect(named).toEqual(sources ?? [])
    if (defaultAtCreate) expect(description).toContain(`\`${defaultAtCreate}\``)
  })

  test('runs the files of the build, and the post step also after a failure', () => {
    expect(action.runs).toEqual({
      using: 'node24',
      main: 'dist/index.js',
      post: 'dist/post-entry.js',
      'post-if': 'always()'
    })
    for (const entry of ['index.js', 'post-entry.js'])
      expect(existsSync(new URL(`../dist/${entry}`, import.meta.url))).toBe(true)
  })

  test('has a name, an author and a description of at most 125 characters', () => {
    for (const field of ['name', 'description', 'author']) expect(action[field]).toEqual(expect.stringMatching(/\S/))
    expect(String(action.description).length).toBeLessThanOrEqual(125)
  })
})
