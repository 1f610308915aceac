import { describe, expect, test } from '@jest/globals'
import { create, dockerBody } from '../emulator/support.ts'
import { errorOf, type Inputs, runMain, said, warningOf } from '../support/run.ts'
import { FROM_IMAGE, IMAGE, OLD_IMAGE, useWorld } from '../support/world.ts'

const WHY = 'Timeout: Deployment is not ready after 300 seconds.'

describe('the reason that LangSmith reports for the end of a revision', () => {
  const world = useWorld()
  const summaryOf = (run: Awaited<ReturnType<typeof runMain>>) => run.runner.texts('summary').join('\n')

  test.each<[string, string, Inputs]>([
    ['CREATE_FAILED', 'deploy', FROM_IMAGE],
    ['DEPLOY_FAILED', 'deploy', FROM_IMAGE],
    ['INTERRUPTED', 'deploy', FROM_IMAGE],
    ['DEPLOY_FAILED', 'redeploy', { command: 'redeploy' }]
  ])('with status %s is in the annotation and the summary of the command %s', async (final, _, inputs) => {
    await world.api.scenario({ revisions: [{ nth: 3, final, status_message: WHY }] })
    await world.images(OLD_IMAGE, 'a:2')
    const run = await runMain(world, inputs)
    expect(run.runner.outputs).toMatchObject({ status: 'failed', 'revision-status': final })
    expect(errorOf(run)).toContain(`\nLangSmith reported: ${WHY}`)
    expect(summaryOf(run)).toContain('LangSmith reported')
  })

  test('is in the annotation of a failed build and of the command wait', async () => {
    await world.api.scenario({ revisions: [{ final: 'BUILD_FAILED', status_message: 'pip ended with 1' }] })
    await world.github()
    expect(errorOf(await runMain(world, { command: 'wait', 'revision-id': 'latest' }))).toContain(
      'LangSmith reported: pip ended with 1'
    )
  })

  test('is in the warning about a skipped revision', async () => {
    await world.api.scenario({ revisions: [{ nth: 2, final: 'SKIPPED', status_message: 'A newer one came.' }] })
    await world.images(OLD_IMAGE)
    expect(warningOf(await runMain(world, FROM_IMAGE))).toContain('LangSmith reported: A newer one came.')
  })

  test('is one line of limited length, without secrets', async () => {
    const secret = 'sk-proj-Zq8Lw2Xr5Tn7Vb4Ym9Kc3Jd6'
    const status_message = `::error::bad\n##[error]${secret} <b>@octocat</b>\u001b[31m ${'x'.repeat(2_000)}`
    await world.api.scenario({ revisions: [{ nth: 2, final: 'DEPLOY_FAILED', status_message }] })
    await create(world.api, { ...dockerBody({ name: 'agent' }), secrets: [{ name: 'OPENAI_API_KEY', value: secret }] })
    world.clock.skip(60_000)
    const run = await runMain(world, FROM_IMAGE)
    const line = errorOf(run)
      .split('\n')
      .find((text) => text.startsWith('LangSmith reported'))
    expect(line).toMatch(/^LangSmith reported: : :error::bad ## \[error\]\*\*\* <b>@octocat<\/b> x+…$/)
    expect(line?.length).toBeLessThan(600)
    const told = run.runner.told.filter(({ kind }) => kind !== 'mask')
    expect(JSON.stringify(told)).not.toContain(secret)
    expect(summaryOf(run)).not.toContain('<b>@octocat')
  })

  test('is in the line of a failed rollback', async () => {
    await world.api.scenario({
      revisions: [
        { nth: 2, ok: [500] },
        { nth: 3, final: 'DEPLOY_FAILED', status_message: WHY }
      ]
    })
    await world.images(OLD_IMAGE)
    const run = await runMain(world, { ...FROM_IMAGE, 'rollback-on-failure': 'true' })
    expect(said(run)).toContain(`DEPLOY_FAILED ("${WHY.slice(0, -1)}")`)
  })
})

describe('the version of the Agent Server', () => {
  const world = useWorld()
  const rollOut = async (before: string, after: string) => {
    await world.api.scenario({
      revisions: [
        { nth: 1, image_version: before },
        { nth: 2, image_version: after }
      ]
    })
    await world.images(OLD_IMAGE)
    return runMain(world, { 'image-uri': IMAGE })
  }

  test('is shown before and after, with a log line for a new minor version', async () => {
    const { runner } = await rollOut('0.15.3', '0.16.7')
    expect(runner.outputs).toMatchObject({ status: 'deployed', 'agent-server-version': '0.16.7' })
    expect(said({ runner })).toContain('Agent Server version: 0.15.3 → 0.16.7')
    expect(runner.texts('summary').join()).toMatch(/Server version.+<code>0\.15\.3 → 0\.16\.7<\/code>/)
    expect(runner.texts('notice')).toEqual([])
    expect(said({ runner })).toContain(
      'The Agent Server version changed from 0.15.3 to 0.16.7. To pin the minor version, set `"api_version": "0.15"` in langgraph.json.'
    )
  })

  test.each([
    ['0.16.6', '0.16.7'],
    ['0.16.7', '0.16.7'],
    ['latest', '0.16.7']
  ])('causes no notice from %s to %s', async (before, after) => {
    const { runner } = await rollOut(before, after)
    expect(runner.outputs).toMatchObject({ status: 'deployed', 'agent-server-version': after })
    expect(runner.texts('notice')).toEqual([])
  })

  test('is that of the active revision after a failure', async () => {
    await world.api.scenario({
      revisions: [
        { nth: 1, image_version: '0.15.3' },
        { nth: 2, final: 'DEPLOY_FAILED', image_version: '0.16.7' }
      ]
    })
    await world.images(OLD_IMAGE)
    const { runner } = await runMain(world, FROM_IMAGE)
    expect(runner.outputs).toMatchObject({ status: 'failed', 'agent-server-version': '0.15.3' })
    expect(runner.texts('notice')).toEqual([])
  })
})

describe('the tracing project', () => {
  const world = useWorld()

  test('has a link in the log and in the summary', async () => {
    const id = await world.images(OLD_IMAGE)
    const { tracer_session_id: session, tenant_id: tenant } = await world.deployment(id)
    const { runner } = await runMain(world, FROM_IMAGE)
    const url = `${world.api.emulator.url}/o/${tenant}/projects/p/${session}`
    expect(said({ runner })).toContain(`Traces: ${url}`)
    expect(runner.texts('summary').join()).toContain(`<a href="${url}">Tracing project</a>`)
  })
})
