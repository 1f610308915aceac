import { describe, expect, test } from '@jest/globals'
import type { Plan } from '../../src/deployment/plan.ts'
import { describeChange, label, planLines, planTexts, planTitle, shownPlan } from '../../src/report/plan-lines.ts'
import { inputName } from '../../src/run/input-name.ts'
import type { PlanRow } from '../../src/run/record.ts'
import { deploymentWith } from '../deployment/samples.ts'

const deployment = deploymentWith()
const nothing = (...rows: readonly PlanRow[]): Plan => ({ kind: 'nothing', deployment, rows })

/** Returns the public form of a row's change. */
const changeOf = (row: PlanRow) =>
  shownPlan(nothing(row), (text) => text)
    .rows.map(describeChange)
    .join()

test.each<[string, Plan]>([
  ['Plan: create the deployment and its first revision', { kind: 'create', body: {}, rows: [], makesRevision: true }],
  ['Plan: create the deployment', { kind: 'create', body: {}, rows: [], makesRevision: false }],
  ['Plan: create a new revision', { kind: 'patch', deployment, body: {}, rows: [], makesRevision: true }],
  [
    'Plan: change settings without a new revision',
    { kind: 'patch', deployment, body: {}, rows: [], makesRevision: false }
  ],
  ['Plan: no changes', nothing()]
])('planTitle describes a plan: %s', (title, plan) => {
  expect(planTitle(plan)).toBe(title)
})

describe('a row of a plan', () => {
  test.each<[PlanRow, string, string]>([
    [{ about: 'field', name: 'repo_ref', change: 'kept', value: 'main' }, 'repo-ref', 'kept: main'],
    [{ about: 'field', name: 'build_on_push', change: 'set', value: false }, 'build-on-push', 'set: false'],
    [{ about: 'field', name: 'custom_url', change: 'kept', value: null }, 'custom-url', 'kept: no value'],
    [
      { about: 'field', name: 'resource_spec', change: 'changed', from: { cpu: 1 }, to: { cpu: 2, a: [null] } },
      'resource-spec',
      'changed from {"cpu":1} to {"cpu":2,"a":[null]}'
    ],
    [{ about: 'secret', name: 'TOKEN', change: 'removed' }, 'secret TOKEN', 'removed'],
    [{ about: 'secret', name: 'TOKEN', change: 'set' }, 'secret TOKEN', 'set (LangSmith hides the current value)'],
    [{ about: 'variable', name: 'LEVEL', change: 'added', value: 'info' }, 'variable LEVEL', 'added: info'],
    [{ about: 'variable', name: 'LEVEL', change: 'kept', value: '' }, 'variable LEVEL', 'kept: ""'],
    [
      { about: 'variable', name: 'LEVEL', change: 'changed', from: 'info', to: 'a\nb' },
      'variable LEVEL',
      'changed from info to "a\\nb"'
    ],
    [
      { about: 'variable', name: 'LEVEL', change: 'changed', from: 'sk-0123456789abcdefXYZ', to: 'x'.repeat(300) },
      'variable LEVEL',
      `changed from (hidden) to ${'x'.repeat(200)}…`
    ],
    [
      { about: 'variable', name: 'LEVEL', change: 'set', value: 'info' },
      'variable LEVEL',
      'set: info (LangSmith hides the current value)'
    ]
  ])('%j reads "%s" "%s"', (row, name, change) => {
    expect([label(row), changeOf(row)]).toEqual([name, change])
  })

  test.each([
    ['KEY', 'x-y-z-1'],
    ['DB_PASSWORD', 'letmein'],
    ['API_TOKEN', '1234'],
    ['URL', 'postgres://u:hunter2@db'],
    ['A', 'sk-0123456789abcdefXYZ'],
    ['A', 'Zx81qPw93mNv45tK']
  ])('hides the old value of a variable that may have been a secret: %s=%s', (name, from) => {
    const row: PlanRow = { about: 'variable', name, change: 'changed', from, to: 'plain' }
    expect(changeOf(row)).toBe('changed from (hidden) to plain')
  })

  test('is aligned in columns', () => {
    const plan = nothing(
      { about: 'field', name: 'repo_ref', change: 'kept', value: 'main' },
      { about: 'secret', name: 'A', change: 'added' },
      { about: 'field', name: 'source', change: 'set', value: 'github' }
    )
    expect(planLines(plan)).toEqual(['repo-ref     kept: main', 'secret A     added', 'source-type  set: github'])
    expect(planLines(nothing())).toEqual([])
  })
})

test.each([
  ['langgraph_config_path', 'langgraph-config'],
  ['revision_source', 'source-type'],
  ['agent.agent_id', 'agent-id'],
  ['resource_spec.min_scale', 'resource-spec.min_scale'],
  ['route_through_gateway', 'route-through-gateway']
])('the field %s has the input name %s', (field, input) => {
  expect(inputName(field)).toBe(input)
})

describe('the texts of a plan', () => {
  const plan = nothing(
    { about: 'field', name: 'repo_url', change: 'kept', value: 'https://ci:hunter2@git.example.com/a' },
    { about: 'field', name: 'install_command', change: 'changed', from: 'curl hunter2', to: 'npm ci' },
    { about: 'field', name: 'resource_spec', change: 'set', value: { cpu: 1, env: ['hunter2', null] } },
    { about: 'secret', name: 'hunter2', change: 'added' },
    { about: 'variable', name: 'LEVEL', change: 'changed', from: 'hunter2', to: 'hunter2-too' }
  )

  test('are the values of its fields, before and after', () => {
    expect(planTexts(plan)).toEqual(['https://ci:hunter2@git.example.com/a', 'curl hunter2', 'npm ci', 'hunter2'])
  })

  test('are redacted in all fields, and nowhere else', () => {
    expect(shownPlan(plan, (text) => text.replace('hunter2', '***'))).toEqual({
      kind: 'nothing',
      rows: [
        { about: 'field', name: 'repo_url', change: 'kept', value: 'https://ci:***@git.example.com/a' },
        { about: 'field', name: 'install_command', change: 'changed', from: 'curl ***', to: 'npm ci' },
        { about: 'field', name: 'resource_spec', change: 'set', value: { cpu: 1, env: ['***', null] } },
        { about: 'secret', name: 'hunter2', change: 'added' },
        { about: 'variable', name: 'LEVEL', change: 'changed', from: 'hunter2', to: 'hunter2-too' }
      ]
    })
  })

  test('do not include the request body, which contains secrets', () => {
    const body = { secrets: [{ name: 'TOKEN', value: 'hunter2' }] }
    const patch: Plan = { kind: 'patch', deployment, body, rows: [], makesRevision: true }
    expect(shownPlan(patch, (text) => text)).toEqual({ kind: 'patch', rows: [], makesRevision: true })
  })
})
