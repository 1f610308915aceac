import { describe, expect, test } from '@jest/globals'
import { problemsOf, readDeploy } from '../inputs/environment.ts'
import { errorOf, type Inputs, runMain, said } from '../support/run.ts'
import { at, DIGEST, FROM_IMAGE, IMAGE, OLD_IMAGE, useWorld } from '../support/world.ts'

const OPENAI = { name: 'OPENAI_API_KEY', secret_name: 'keys', secret_key: 'openai' }
const TAVILY = { name: 'TAVILY_API_KEY', secret_name: 'keys', secret_key: 'tavily' }
const YAML =
  '- {name: TAVILY_API_KEY, secret_name: keys, secret_key: tavily}\n- name: OPENAI_API_KEY\n  secret_name: keys\n  secret_key: openai'

describe('secret-references', () => {
  const world = useWorld()
  const referencesOf = async (id: string) => at(await world.deployment(id), 'secret_references')
  const deploy = (inputs: Inputs) => runMain(world, { ...FROM_IMAGE, ...inputs })
  const lastBody = async () => (await world.bodies()).at(-1) as object

  test('are sent at creation, from YAML', async () => {
    const run = await deploy({ 'secret-references': YAML })
    expect(run.runner.outputs.status).toBe('deployed')
    expect(await referencesOf(run.runner.outputs['deployment-id'] ?? '')).toEqual([OPENAI, TAVILY])
  })

  test('replace the list, and the plan shows the changes', async () => {
    const id = await world.images(OLD_IMAGE)
    await world.patch(id, { secret_references: [OPENAI] })
    const changed = JSON.stringify([{ ...OPENAI, secret_key: 'new' }, TAVILY])
    const { runner } = await deploy({ 'secret-references': changed })
    expect(runner.outputs.status).toBe('deployed')
    expect(await referencesOf(id)).toEqual(JSON.parse(changed))
    const plan = runner.told.find(({ kind }) => kind === 'group')?.text ?? ''
    expect(plan).toMatch(/secret-references\.OPENAI_API_KEY +changed from keys\/openai to keys\/new/)
    expect(plan).toMatch(
      /secret-references\.TAVILY_API_KEY +set: keys\/tavily|secret-references\.TAVILY_API_KEY +changed from nothing to keys\/tavily/
    )
  })

  test('are not sent if they are unchanged, in any order, or not set', async () => {
    const id = await world.images(DIGEST)
    await world.patch(id, { secret_references: [TAVILY, OPENAI] })
    const same = await deploy({ 'image-uri': DIGEST, 'skip-unchanged': 'true', 'secret-references': YAML })
    expect(same.runner.outputs.status).toBe('unchanged')
    await deploy({})
    expect(await lastBody()).not.toHaveProperty('secret_references')
    expect(await referencesOf(id)).toEqual([TAVILY, OPENAI])
  })

  test('are removed by an empty list', async () => {
    const id = await world.images(DIGEST)
    await world.patch(id, { secret_references: [OPENAI] })
    const { runner } = await deploy({ 'image-uri': DIGEST, 'skip-unchanged': 'true', 'secret-references': '[]' })
    expect(runner.outputs.status).toBe('deployed')
    expect(await referencesOf(id)).toEqual([])
  })

  test('are restored after a rollback', async () => {
    await world.api.scenario({ revisions: [{ nth: 3, ok: [500] }] })
    const id = await world.images(OLD_IMAGE)
    await world.patch(id, { secret_references: [OPENAI] })
    const run = await deploy({ 'secret-references': '[]', 'rollback-on-failure': 'true' })
    expect(run.runner.outputs).toMatchObject({ status: 'failed' })
    expect(await referencesOf(id)).toEqual([OPENAI])
    expect(errorOf(run)).toContain('Restored')
  })

  const image = (text: string) => problemsOf({ inputs: { ...FROM_IMAGE, 'secret-references': text } })

  test.each([
    ['OPENAI_API_KEY', 'is not a YAML or JSON list'],
    ['{name: A}', 'is not a YAML or JSON list'],
    ['- name: [', 'is not valid YAML (line 1: unexpected end of the stream within a flow collection)'],
    ['- A', 'has no fields in entry 1'],
    ['- {name: A, secret_name: b}', 'requires a non-empty string for `secret_key` in entry 1'],
    [
      '[{"name": "A", "secret_name": "b", "secret_key": ""}]',
      'requires a non-empty string for `secret_key` in entry 1'
    ],
    [
      '- {name: A, secret_name: b, secret_key: c}\n- {name: B, secret_name: b, secret_key: c, value: d}',
      'has an unknown field `value` in entry 2'
    ]
  ])('that are not a valid list are rejected: %s', async (text, words) => {
    expect(await image(text)).toEqual([
      {
        input: 'secret-references',
        text: expect.stringContaining(`${words}. Use entries such as `)
      }
    ])
  })

  test('with a duplicate or reserved name are rejected', async () => {
    const twice = await image(JSON.stringify([OPENAI, OPENAI]))
    expect(twice.map(({ text }) => text)).toEqual(['sets "OPENAI_API_KEY" twice. Remove one of them.'])
    const bad = await image(JSON.stringify([{ ...OPENAI, name: 'A-B' }]))
    expect(bad.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^has an invalid `name` "A-B": expected letters/)
    ])
    const ofRunner = await image(JSON.stringify([OPENAI, { ...TAVILY, name: 'GITHUB_SHA' }]))
    expect(ofRunner.map(({ text }) => text)).toEqual([
      'sets "GITHUB_SHA", which the runner sets for the job only. Remove it, or use another name.'
    ])
    expect(await image(JSON.stringify([{ ...OPENAI, name: 'GITHUB_APP_ID' }]))).toEqual([])
  })

  test('with a name that also has a value are rejected', async () => {
    for (const input of ['secrets', 'variables']) {
      const inputs = {
        'image-uri': 'a:1',
        'secret-references': JSON.stringify([OPENAI]),
        [input]: 'OPENAI_API_KEY=abc'
      }
      expect(await problemsOf({ inputs })).toEqual([
        {
          input: 'secret-references',
          text: expect.stringMatching(
            /^sets "OPENAI_API_KEY", which `secrets`, `variables` or `secrets-file` also sets\. Remove one of them\./
          )
        }
      ])
    }
  })

  test('apply only to images', async () => {
    const problems = await problemsOf({ inputs: { 'secret-references': '[]' } })
    expect(problems.map(({ input }) => input)).toEqual(['secret-references'])
  })
})

describe('route-through-gateway', () => {
  const world = useWorld()

  test('is set at creation', async () => {
    const { runner } = await runMain(world, { ...FROM_IMAGE, 'route-through-gateway': 'true' })
    const id = runner.outputs['deployment-id'] ?? ''
    expect((await world.deployment(id)).route_through_gateway).toBe(true)
  })

  test('changes in place, and is kept if it is not set', async () => {
    const id = await world.images(DIGEST)
    const inputs = { 'image-uri': DIGEST, 'skip-unchanged': 'true' }
    const changed = await runMain(world, { ...inputs, 'route-through-gateway': 'true' })
    expect(changed.runner.outputs.status).toBe('unchanged')
    expect(said(changed)).toContain('The settings were updated; no new revision was created.')
    await runMain(world, { 'image-uri': IMAGE })
    expect((await world.deployment(id)).route_through_gateway).toBe(true)
    await runMain(world, { 'image-uri': IMAGE, 'route-through-gateway': 'false' })
    expect((await world.deployment(id)).route_through_gateway).toBe(false)
  })

  test('is rejected if misspelled', async () => {
    expect(await problemsOf({ inputs: { ...FROM_IMAGE, 'route-through-gateway': 'yes' } })).toHaveLength(1)
  })
})

describe('agent-id and agent-environment', () => {
  const world = useWorld()
  const AGENT = { 'agent-id': 'support', 'agent-environment': 'staging' }

  test('are sent at creation, and not later', async () => {
    const { runner } = await runMain(world, { ...FROM_IMAGE, ...AGENT })
    expect(runner.outputs).toMatchObject({ status: 'deployed', 'deployment-name': 'agent' })
    const id = runner.outputs['deployment-id'] ?? ''
    expect((await world.deployment(id)).agent).toEqual({ agent_id: 'support', environment: 'staging' })
    await runMain(world, { ...FROM_IMAGE, ...AGENT })
    expect((await world.bodies()).at(-1)).not.toHaveProperty('agent')
  })

  test('are reported as taken, with the response of the server', async () => {
    await runMain(world, { ...FROM_IMAGE, ...AGENT, name: 'first' })
    expect(errorOf(await runMain(world, { ...FROM_IMAGE, ...AGENT, name: 'second' }))).toContain(
      'A deployment already exists for this agent environment'
    )
  })

  test('require each other', async () => {
    const only = async (inputs: Inputs) =>
      (await problemsOf({ inputs: { ...FROM_IMAGE, ...inputs } })).map(({ input }) => input)
    expect(await only({ 'agent-id': 'support' })).toEqual(['agent-environment'])
    expect(await only({ 'agent-environment': 'staging' })).toEqual(['agent-id'])
    expect(await only({ 'agent-id': 'support', 'agent-environment': 'qa' })).toEqual(['agent-environment'])
    expect((await readDeploy({ inputs: FROM_IMAGE })).agent).toBeUndefined()
  })
})
