import { describe, expect, test } from '@jest/globals'
import type { LogEntry } from '../../src/control-plane/logs.ts'
import { openReport, type Report } from '../../src/open-run.ts'
import { commentMarkdown } from '../../src/report/comment.ts'
import { materialOf } from '../../src/report/material.ts'
import { messageOf } from '../../src/report/message.ts'
import type { Reporter } from '../../src/report/reporter.ts'
import type { LogKind, RunRecord } from '../../src/run/record.ts'
import type { Verdict } from '../../src/run/verdict.ts'
import { plain } from '../../src/runner/words.ts'
import {
  COMMIT,
  DEPLOYMENT_ID,
  deploymentWith,
  NEWER_ID,
  OLDER_ID,
  REVISION_ID,
  revisionWith,
  TENANT_ID
} from '../deployment/samples.ts'
import { skippingClock } from '../support/clock.ts'
import { type FakeRunner, fakeRunner } from '../support/fake-runner.ts'
import { destinationAt } from '../support/run.ts'

interface Told {
  readonly reporter: Reporter & Pick<Report, 'conceal' | 'finish'> & { readonly facts: RunRecord }
  readonly runner: FakeRunner
  skip(ms: number): void
}

const SHOWN = { isShown: true }
const failureLog = (kind: LogKind, entries: readonly LogEntry[]) => ({ kind, entries, searched: entries })

function report(options: { readonly failingSummary?: boolean; readonly publicTexts?: readonly string[] } = {}): Told {
  const runner = fakeRunner(options)
  const clock = skippingClock()
  const { recorder, reporter, conceal, finish } = openReport({
    runner,
    clock,
    about: { name: 'as-asked-for', startedAt: clock.now() },
    destination: destinationAt('https://api.example.com', undefined, {
      url: 'https://api.example.com',
      dashboard: 'https://smith.example.com',
      dataApi: 'https://data.example.com',
      hosting: 'unknown'
    }),
    publicTexts: options.publicTexts ?? []
  })
  return {
    reporter: {
      ...reporter,
      conceal,
      finish,
      get facts() {
        return recorder.record()
      }
    },
    runner,
    skip: clock.skip
  }
}

const PAGE = `https://smith.example.com/o/${TENANT_ID}/host/deployments/${DEPLOYMENT_ID}`

describe('the outputs of a deployment', () => {
  test('are set as soon as it is known', () => {
    const { reporter, runner } = report()
    reporter.deployment(
      deploymentWith({ active_revision_id: OLDER_ID, source_config: { custom_url: 'https://a.example.com' } })
    )
    expect(runner.outputs).toEqual({
      'deployment-id': DEPLOYMENT_ID,
      'deployment-name': 'my-agent',
      'deployment-url': 'https://a.example.com',
      'dashboard-url': PAGE,
      'active-revision-id': OLDER_ID,
      created: 'false'
    })
    expect(reporter.facts.deploymentId).toBe(DEPLOYMENT_ID)
  })

  test('are set again only when they change', () => {
    const { reporter, runner } = report()
    reporter.deployment(deploymentWith({ active_revision_id: OLDER_ID }))
    const count = runner.texts('output').length
    reporter.deployment(deploymentWith({ active_revision_id: OLDER_ID }))
    expect(runner.texts('output')).toHaveLength(count)
    reporter.deployment(deploymentWith({ active_revision_id: NEWER_ID }), true)
    expect(runner.outputs).toMatchObject({ 'active-revision-id': NEWER_ID, created: 'true' })
    reporter.deployment(deploymentWith())
    expect(runner.outputs.created).toBe('true')
  })

  test('omit unknown values', () => {
    const { reporter, runner } = report()
    reporter.deployment(deploymentWith({ tenant_id: null, active_revision_id: null }))
    expect(Object.keys(runner.outputs).sort()).toEqual(['created', 'deployment-id', 'deployment-name'])
  })

  test('contain a URL even if the API returns only a host name', () => {
    const { reporter, runner } = report()
    reporter.deployment(deploymentWith({ source_config: { custom_url: 'agent.example.com' } }))
    expect(runner.outputs['deployment-url']).toBe('https://agent.example.com')
  })

  test('are emptied when a valid value becomes invalid', () => {
    const { reporter, runner } = report()
    for (const custom_url of ['https://a.example.com', 'a b', 'https://b.example.com', 'a b']) {
      reporter.deployment(deploymentWith({ source_config: { custom_url } }))
    }
    expect(runner.told.filter(({ name }) => name === 'deployment-url').map(({ text }) => text)).toEqual([
      'https://a.example.com',
      '',
      'https://b.example.com',
      ''
    ])
    expect(runner.texts('warning')).toHaveLength(1)
  })

  const INTENT = {
    name: 'my-agent',
    deploymentId: undefined,
    known: [OLDER_ID],
    isUnique: false,
    sent: revisionWith().source_revision_config
  }

  test('keep the revision that was active before the first write', () => {
    const { reporter, runner } = report()
    reporter.activeBefore(deploymentWith({ active_revision_id: OLDER_ID }))
    reporter.aboutToWrite(INTENT, [])
    reporter.activeBefore(deploymentWith({ active_revision_id: NEWER_ID }))
    expect(runner.outputs['previous-revision-id']).toBe(OLDER_ID)
    expect(reporter.facts.previousRevisionId).toBe(OLDER_ID)
  })

  test('contain the revision that was active right before the first write, not an earlier one', () => {
    const { reporter, runner } = report()
    reporter.activeBefore(deploymentWith({ active_revision_id: OLDER_ID }))
    reporter.activeBefore(deploymentWith({ active_revision_id: NEWER_ID }))
    reporter.aboutToWrite(INTENT, [])
    expect(runner.outputs['previous-revision-id']).toBe(NEWER_ID)
    expect(reporter.facts.previousRevisionId).toBe(NEWER_ID)
  })

  test('contain no previous revision if there was none before the first write', () => {
    const { reporter, runner } = report()
    reporter.activeBefore(deploymentWith({ active_revision_id: null }))
    reporter.aboutToWrite(INTENT, [])
    reporter.activeBefore(deploymentWith({ active_revision_id: NEWER_ID }))
    expect(runner.outputs).not.toHaveProperty('previous-revision-id')
    expect(reporter.facts.previousRevisionId).toBeNull()
  })

  test('contain a revision that became active before the first write', () => {
    const { reporter, runner } = report()
    reporter.activeBefore(deploymentWith({ active_revision_id: null }))
    reporter.activeBefore(deploymentWith({ active_revision_id: NEWER_ID }))
    expect(runner.outputs['previous-revision-id']).toBe(NEWER_ID)
  })

  test('contain no previous revision if the active one disappears before the first write', () => {
    const { reporter, runner } = report()
    reporter.activeBefore(deploymentWith({ active_revision_id: OLDER_ID }))
    reporter.activeBefore(deploymentWith({ active_revision_id: null }))
    expect(reporter.facts.previousRevisionId).toBeNull()
    expect(runner.outputs['previous-revision-id'] || undefined).toBeUndefined()
  })

  test.each<[string, Parameters<typeof deploymentWith>[0]]>([
    ['deployment-id', { id: 'x; rm -rf /', tenant_id: null }],
    ['deployment-name', { name: 'a\nb' }],
    ['deployment-name', { name: '$(id)' }],
    ['deployment-url', { source_config: { custom_url: 'javascript:alert(1)' } }],
    ['deployment-url', { source_config: { custom_url: 'https://user:pass@example.com' } }],
    ['deployment-url', { source_config: { custom_url: 'a b' } }],
    ['active-revision-id', { active_revision_id: 'latest' }]
  ])('leave %s empty, with one warning, if the server returns an invalid value', (name, odd) => {
    const { reporter, runner } = report()
    reporter.deployment(deploymentWith(odd))
    reporter.deployment(deploymentWith(odd))
    expect(runner.outputs).not.toHaveProperty([name])
    expect(runner.texts('warning')).toEqual([expect.stringContaining(`\`${name}\``)])
  })
})

describe('a deployment that is being deleted', () => {
  test('has an ID and a name, but no address, no page and no active revision', () => {
    const { reporter, runner } = report()
    reporter.leaving(deploymentWith({ source_config: { custom_url: 'https://a.example.com' } }))
    expect(runner.outputs).toEqual({ 'deployment-id': DEPLOYMENT_ID, 'deployment-name': 'my-agent' })
    expect(reporter.facts.deployment?.id).toBe(DEPLOYMENT_ID)
    expect(reporter.facts.deploymentId).toBeUndefined()
  })
})

describe('a revision', () => {
  test('is logged and becomes an output as soon as it is known', () => {
    const { reporter, runner, skip } = report()
    skip(65_000)
    reporter.revision(
      revisionWith({ status: 'BUILDING', source_revision_config: { repo_commit_sha: COMMIT, image_uri: 'a/b:1' } }),
      { own: true }
    )
    expect(runner.outputs).toEqual({
      'revision-id': REVISION_ID,
      'revision-status': 'BUILDING',
      'commit-sha': COMMIT,
      'image-uri': 'a/b:1'
    })
    expect(runner.texts('info')).toEqual([
      `Revision ${REVISION_ID}`,
      expect.stringMatching(/^ *1 min 5 s {2}BUILDING$/)
    ])
    expect(reporter.facts).toMatchObject({ own: true, revision: { id: REVISION_ID } })
  })

  test('has one line in the log for each change of its status', () => {
    const { reporter, runner } = report()
    for (const status of ['CREATING', 'CREATING', 'BUILDING', 'BUILDING', 'DEPLOYED', 'DEPLOYED']) {
      reporter.revision(revisionWith({ status }), { own: true })
    }
    expect(runner.texts('info').map((line) => line.trim().split(/ {2}/).at(-1))).toEqual([
      `Revision ${REVISION_ID}`,
      'CREATING',
      'BUILDING',
      'DEPLOYED'
    ])
    expect(reporter.facts.phases.map(({ status }) => status)).toEqual(['CREATING', 'BUILDING', 'DEPLOYED'])
    expect(runner.outputs['revision-status']).toBe('DEPLOYED')
  })

  test("of another run is not recorded as this run's revision", () => {
    const { reporter } = report()
    reporter.revision(revisionWith(), { own: false })
    expect(reporter.facts.revisionId).toBeUndefined()
    expect(reporter.facts.own).toBe(false)
  })

  test('that is followed removes commit and image of the previous one from the outputs', () => {
    const { reporter, runner } = report()
    reporter.revision(revisionWith({ source_revision_config: { repo_commit_sha: COMMIT, image_uri: 'a/b:1' } }), {
      own: true
    })
    reporter.revision(revisionWith({ id: NEWER_ID, status: 'QUEUED' }), { own: false })
    expect(runner.outputs).toMatchObject({ 'revision-id': NEWER_ID, 'commit-sha': '', 'image-uri': '' })
    reporter.revision(revisionWith({ id: NEWER_ID, source_revision_config: { image_uri: 'a/b:2' } }), { own: false })
    expect(runner.outputs['image-uri']).toBe('a/b:2')
  })
})

describe('the environment of a deployment', () => {
  test('is masked where it looks like a secret, except for values of outputs', async () => {
    const { reporter, runner } = report({ publicTexts: ['registry.example.com/agent:1'] })
    reporter.revision(revisionWith({ source_revision_config: { image_uri: 'a/image-of-ours' } }), { own: true })
    const deployment = deploymentWith({
      url: 'https://my-agent-1a2b.us.langgraph.app',
      source_config: { custom_url: 'https://agent-9f3c2b1a0d4e.example.com' },
      source_revision_config: { image_uri: 'a/image-of-theirs' },
      secrets: [
        { name: 'API_KEY', value: 'a real secret' },
        { name: 'A', value: 'sk-0123456789abcdef' },
        { name: 'PHRASE', value: 'only a phrase' },
        ...[
          'my-agent',
          'my-agent-1a2b.us.langgraph.app',
          'agent-9f3c2b1a0d4e.example.com',
          'agent-9f3c2b1a0d4e',
          'a/image-of-theirs',
          'registry.example.com',
          'a/image-of-ours',
          DEPLOYMENT_ID,
          'deployed',
          'production'
        ].map((value) => ({ name: 'B_SECRET', value })),
        { name: 'HIDDEN', value: null },
        { name: 'HIDDEN_TOO', value: '[REDACTED]' }
      ]
    })
    reporter.conceal(deployment)
    expect(runner.texts('mask')).toEqual(['a real secret', 'sk-0123456789abcdef'])
    reporter.deployment(deployment)
    await reporter.finish({ status: 'deployed' })
    expect(runner.texts('mask')).toEqual(['a real secret', 'sk-0123456789abcdef'])
    expect(runner.droppedOutputs).toEqual([])
    expect(runner.redact('it is only a phrase, a real secret and [REDACTED]')).toBe('it is ***, *** and [REDACTED]')
  })

  test('causes no masks if the server hides it', () => {
    const { reporter, runner } = report()
    reporter.conceal(deploymentWith({ secrets: null }))
    expect(runner.texts('mask')).toEqual([])
  })
})

describe('the verdict', () => {
  test.each<[Verdict, readonly ['info' | 'warning' | 'error', RegExp]]>([
    [{ status: 'deployed' }, ['info', /deployed and active/]],
    [{ status: 'deployed', warning: 'Check it.' }, ['warning', /^Check it\.$/]],
    [{ status: 'failed', reason: 'It broke.', advice: 'Fix it.' }, ['error', /^It broke\.\nFix it\.$/]],
    [{ status: 'superseded', reason: 'Newer.', passes: true }, ['warning', /^Newer\.$/]],
    [{ status: 'superseded', reason: 'Newer.', passes: false }, ['error', /^Newer\.\n.*`on-superseded: follow`/]],
    [{ status: 'timed-out', reason: 'Late.', advice: 'Wait.' }, ['error', /^Late\.\nWait\.$/]],
    [{ status: 'cancelled', reason: 'Stopped.' }, ['error', /^Stopped\.$/]],
    [{ status: 'unchanged', reason: 'The same.' }, ['info', /The same\./]],
    [{ status: 'planned', reason: 'It would.', changes: 1 }, ['info', /no changes were made\. It would\./]],
    [{ status: 'started' }, ['info', /does not wait/]],
    [{ status: 'deleted', reason: 'Gone.' }, ['info', /Gone\./]],
    [{ status: 'error', title: 'LangSmith returned 400', reason: 'No.' }, ['error', /^No\.$/]]
  ])('%j is reported once', async (verdict, [level, text]) => {
    const { reporter, runner, skip } = report()
    skip(90_400)
    await reporter.finish(verdict)
    const changes = verdict.status === 'planned' ? { 'plan-changes': `${verdict.changes}` } : {}
    expect(runner.outputs).toEqual({ status: verdict.status, 'duration-seconds': '90', ...changes })
    expect(runner.texts('warning')).toHaveLength(level === 'warning' ? 1 : 0)
    expect(runner.texts('error')).toHaveLength(level === 'error' ? 1 : 0)
    expect(runner.texts(level).at(-1)).toMatch(text)
    expect(runner.texts('info').filter((line) => line.startsWith(`Verdict: ${verdict.status}`))).toHaveLength(1)
    expect(runner.texts('summary')).toEqual([expect.stringMatching(new RegExp(`as-asked-for: ${verdict.status}`))])
  })

  test.each([
    ['BUILD_FAILED', OLDER_ID, true],
    ['BUILD_FAILED', null, false],
    ['BUILD_FAILED', REVISION_ID, false],
    ['INTERRUPTED', OLDER_ID, false]
  ])(
    'of a revision with the status %s, while %s is active, names the active revision: %s',
    async (status, active, says) => {
      const { reporter, runner } = report()
      reporter.activeBefore(deploymentWith({ active_revision_id: NEWER_ID }))
      reporter.deployment(deploymentWith({ active_revision_id: active }))
      reporter.revision(revisionWith({ status }), { own: true })
      await reporter.finish({ status: 'failed', reason: 'It broke.', advice: 'Fix it.' })
      expect(runner.texts('error')[0]?.includes(`Revision ${active} is still active.`)).toBe(says)
      expect(runner.texts('error')[0]).not.toContain(NEWER_ID)
    }
  )

  test.each([
    ['/ok returned 200', 'The revision is active, and the Agent Server responds: /ok returned 200.'],
    [undefined, 'The revision is deployed and active.']
  ])('of a deployment with the health check result %s says exactly that', async (seen, words) => {
    const { reporter, runner } = report()
    if (seen) reporter.proof({ about: 'health', outcome: 'passed', seen })
    await reporter.finish({ status: 'deployed' })
    expect(runner.texts('info')).toContain(`Verdict: deployed. ${words}`)
    expect(runner.texts('summary')[0]).toContain(words.split(':')[0])
  })

  test('comes with links to the agent and to the revision', async () => {
    const { reporter, runner } = report()
    reporter.deployment(deploymentWith({ source_config: { custom_url: 'https://a.example.com' } }))
    reporter.revision(revisionWith(), { own: true })
    await reporter.finish({ status: 'deployed' })
    const info = runner.texts('info')
    expect(info).toContain('Agent Server: https://a.example.com')
    expect(info).toContain(`LangSmith: ${PAGE}?revisionPeek=${REVISION_ID}`)
    expect(runner.texts('summary')[0]).toContain(`${PAGE}?revisionPeek=${REVISION_ID}`)
  })

  test.each<[string, (reporter: Told['reporter']) => void]>([
    [
      'is being deleted',
      (reporter) => reporter.deployment(deploymentWith({ status: 'AWAITING_DELETE', active_revision_id: OLDER_ID }))
    ],
    ['is deleted', (reporter) => reporter.gone()]
  ])('names no active revision if the deployment %s', async (_, happens) => {
    const { reporter, runner } = report()
    const serving = { source_config: { custom_url: 'https://a.example.com' }, active_revision_id: OLDER_ID }
    reporter.deployment(deploymentWith(serving))
    reporter.revision(revisionWith({ status: 'BUILD_FAILED' }), { own: true })
    happens(reporter)
    await reporter.finish({ status: 'failed', reason: 'It is gone.', advice: 'Look.' })
    expect(runner.outputs).toMatchObject({ 'deployment-url': '', 'active-revision-id': '' })
    expect(runner.texts('info').join('\n')).not.toContain('Agent Server')
    expect(runner.texts('summary').join('\n')).not.toMatch(/still active|a\.example\.com|a&#46;example/i)
    expect(runner.texts('error').join('\n')).not.toContain('still active')
  })

  test('does not claim to show the cause if the log does not name one', async () => {
    const { reporter, runner } = report()
    reporter.revision(revisionWith({ status: 'BUILD_FAILED' }), { own: true })
    await reporter.endOfLog(failureLog('build', [{ id: undefined, level: undefined, message: 'Step 1' }]), SHOWN)
    await reporter.finish({ status: 'failed', reason: 'It broke.', advice: 'Fix it.' })
    expect(runner.texts('error')).toEqual(['It broke.\nThe log ends with:\nStep 1\nFix it.'])
  })

  test('names the revision of the quoted log after a rollback', async () => {
    const { reporter, runner } = report()
    reporter.revision(revisionWith({ status: 'DEPLOYED' }), { own: true })
    await reporter.endOfLog(failureLog('deploy', [{ id: undefined, level: undefined, message: 'Error: 1' }]), SHOWN)
    await reporter.finish({ status: 'failed', reason: 'It broke.', advice: 'Fix it.', isRolledBack: true })
    expect(runner.texts('error')).toEqual([`It broke.\nThe log of revision ${REVISION_ID} shows:\nError: 1\nFix it.`])
  })

  test('is set even if the summary cannot be written', async () => {
    const { reporter, runner } = report({ failingSummary: true })
    await reporter.finish({ status: 'deployed' })
    expect(runner.outputs.status).toBe('deployed')
    expect(runner.texts('warning')).toEqual([expect.stringContaining('no space left on device')])
  })
})

describe('messages of a command', () => {
  test('are printed at their level', () => {
    const { reporter, runner } = report()
    const intent = {
      name: 'my-agent',
      deploymentId: undefined,
      known: [OLDER_ID],
      isUnique: false,
      sent: revisionWith().source_revision_config
    }
    reporter.note('a note')
    reporter.warn('a warning')
    reporter.remark('a notice')
    reporter.aboutToWrite(intent, [])
    reporter.planned({
      kind: 'create',
      body: {},
      makesRevision: true,
      rows: [{ about: 'field', name: 'name', change: 'set', value: 'my-agent' }]
    })
    expect(runner.told.filter(({ kind }) => kind !== 'state')).toEqual([
      { kind: 'info', name: '', text: 'a note' },
      { kind: 'warning', name: '', text: 'a warning' },
      { kind: 'notice', name: '', text: 'a notice' },
      { kind: 'group', name: 'Plan: create the deployment and its first revision', text: 'name  set: my-agent' }
    ])
    expect(reporter.facts.intent).toEqual(intent)
    expect(reporter.facts.plan?.kind).toBe('create')
  })
})

describe('credentials in the settings of a deployment', () => {
  const COMMAND =
    'pip install --extra-index-url https://ci:hUnter2-Pa55w0rd@pypi.example.com/simple -r requirements.txt'
  const TOKEN = 'npm_Zx81kQpLmN82jsYtRwEaBcDfGhIjKl0123'
  const deployment = deploymentWith({
    source_config: {
      install_command: COMMAND,
      build_command: `NPM_TOKEN=${TOKEN}`,
      repo_url: 'https://x:rEpo-Pa55@git.example.com/a.git',
      custom_url: 'https://u:cUstom-Pa55@agent.example.com'
    }
  })

  test('are redacted, and not masked', () => {
    const { reporter, runner } = report()
    reporter.conceal(deployment)
    const said = runner.redact(`hUnter2-Pa55w0rd ${TOKEN} rEpo-Pa55 cUstom-Pa55 at pypi.example.com, git.example.com`)
    expect(said).toBe('*** *** *** *** at pypi.example.com, git.example.com')
    expect(runner.texts('mask')).toEqual([])
  })

  test('never appear in the plan, in the log or in the summary', async () => {
    const { reporter, runner } = report()
    reporter.planned({
      kind: 'patch',
      deployment,
      body: { source_config: { install_command: 'uv sync --index https://ci:n3w-Pa55w0rd@pypi.example.com' } },
      makesRevision: true,
      rows: [
        {
          about: 'field',
          name: 'install_command',
          change: 'changed',
          from: COMMAND,
          to: 'uv sync --index https://ci:n3w-Pa55w0rd@pypi.example.com'
        },
        { about: 'field', name: 'build_command', change: 'kept', value: `NPM_TOKEN=${TOKEN}` }
      ]
    })
    await reporter.finish({ status: 'planned', reason: '', changes: 1 })
    const told = runner.told.map(({ text }) => text).join('\n')
    expect(told).not.toMatch(/Pa55w0rd|npm_Zx81/)
    expect(runner.texts('group')).toEqual([
      [
        `install-command  changed from ${COMMAND.replace('hUnter2-Pa55w0rd', '***')} to uv sync --index https://ci:***@pypi.example.com`,
        'build-command    kept: NPM_TOKEN=***'
      ].join('\n')
    ])
  })
})

describe('the lines of a log', () => {
  const line = (message: string, level: string | undefined = undefined): LogEntry => ({ id: undefined, level, message })
  const lines = (...messages: readonly string[]) => messages.map((message) => line(message))
  /** Returns the printed texts, and groups by title. */
  const shown = ({ runner }: Told) =>
    runner.told.flatMap(({ kind, name, text }) =>
      kind === 'begin' ? [`[${name}`] : kind === 'end' ? [']'] : kind === 'info' ? [text] : []
    )
  const SECRET = 'correct-horse-battery'

  test('are in a group for their log, which is closed before the next group and at the end', async () => {
    const told = report()
    told.reporter.log('build', lines('b1'))
    told.reporter.log('build', lines('b2', 'b3'))
    told.reporter.log('deploy', lines('d1'))
    await told.reporter.finish({ status: 'started' })
    expect(shown(told).slice(0, 8)).toEqual(['[Build log', 'b1', 'b2', 'b3', ']', '[Deploy log', 'd1', ']'])
    expect(shown(told).filter((text) => text === ']')).toHaveLength(2)
  })

  test('are in a group that can be closed, so that later lines are outside', async () => {
    const told = report()
    told.reporter.log('deploy', lines('d1'))
    told.reporter.endLog()
    told.reporter.note('GET /ok returned 503; retrying.')
    told.reporter.endLog()
    await told.reporter.finish({ status: 'started' })
    expect(shown(told).slice(0, 4)).toEqual(['[Deploy log', 'd1', ']', 'GET /ok returned 503; retrying.'])
    expect(shown(told).filter((text) => text === ']')).toHaveLength(1)
  })

  test('are in a new group after the previous one was closed', async () => {
    const told = report()
    told.reporter.log('deploy', lines('d1'))
    told.reporter.endLog()
    told.reporter.log('deploy', lines('d2'))
    await told.reporter.finish({ status: 'started' })
    expect(shown(told).slice(0, 6)).toEqual(['[Deploy log', 'd1', ']', '[Deploy log (continued)', 'd2', ']'])
  })

  test('close no group if there are none', async () => {
    const told = report()
    told.reporter.endLog()
    expect(told.runner.told).toEqual([])
  })

  test('end before a change of status, which must not be folded', () => {
    const told = report()
    told.reporter.revision(revisionWith({ status: 'BUILDING' }), { own: true })
    told.reporter.log('build', lines('b1'))
    told.reporter.revision(revisionWith({ status: 'BUILDING' }), { own: true })
    told.reporter.log('build', lines('b2'))
    told.reporter.revision(revisionWith({ status: 'DEPLOYING' }), { own: true })
    expect(shown(told).slice(2)).toEqual(['[Build log', 'b1', 'b2', ']', expect.stringContaining('DEPLOYING')])
  })

  test('are in one group for each log, even if the status changes before the last line', () => {
    const told = report()
    told.reporter.revision(revisionWith({ status: 'BUILDING' }), { own: true })
    told.reporter.log('build', lines('b1'))
    told.reporter.revision(revisionWith({ status: 'AWAITING_DEPLOY' }), { own: true })
    told.reporter.log('build', lines('b2'))
    expect(shown(told).filter((text) => text === '[Build log')).toHaveLength(1)
  })

  test('leave no group open, for any order of events', async () => {
    const told = report()
    told.reporter.log('build', lines('b'))
    await told.reporter.endOfLog(failureLog('build', lines('b')), SHOWN)
    told.reporter.log('deploy', lines('d'))
    told.reporter.revision(revisionWith({ status: 'DEPLOYED' }), { own: true })
    await told.reporter.finish({ status: 'deployed' })
    let depth = 0
    for (const { kind } of told.runner.told) {
      if (kind === 'begin') depth += 1
      if (kind === 'end') depth -= 1
      expect([0, 1]).toContain(depth)
      if (kind === 'group' || kind === 'error' || kind === 'summary') expect(depth).toBe(0)
    }
    expect(depth).toBe(0)
  })

  test('show their level if they have one, and no trailing blanks', () => {
    const told = report()
    told.reporter.log('build', [line('a  \n', 'INFO'), line('b', 'WARNING'), line('c\t')])
    expect(shown(told)).toEqual(['[Build log', 'INFO    a', 'WARNING b', 'c'])
  })

  test.each<[string, string]>([
    ['the secret alone', SECRET],
    ['the secret within a line', `token=${SECRET};`],
    ['the secret with an escape sequence in it', 'correct-\u001b[31mhorse\u001b[0m-battery'],
    ['the secret with a control character in it', 'correct-horse\u0000-battery'],
    ['the secret after an escape sequence', `\u001b[32m${SECRET}`],
    ['the secret in a later line of an entry', `one\n${SECRET}\nthree`]
  ])('show no secret: %s', async (_, message) => {
    const told = report()
    told.reporter.conceal(deploymentWith({ secrets: [{ name: 'TOKEN', value: SECRET }] }))
    told.reporter.log('build', lines(message))
    told.reporter.revision(revisionWith({ status: 'BUILD_FAILED' }), { own: true })
    await told.reporter.endOfLog(failureLog('build', [line(message, 'ERROR')]), SHOWN)
    await told.reporter.finish({ status: 'failed', reason: 'r', advice: 'a' })
    const readable = told.runner.told
      .filter(({ kind }) => kind !== 'mask')
      .map(({ text }) => plain(text).replace(/&#(\d+);/g, (__, code: string) => String.fromCodePoint(Number(code))))
    expect(readable.filter((text) => text.includes(SECRET))).toEqual([])
    expect(readable.join()).toContain('***')
  })

  const failure = async (
    entries: readonly LogEntry[],
    verdict: Verdict = { status: 'failed', reason: 'The reason.', advice: 'The advice.' }
  ) => {
    const told = report()
    const deployment = deploymentWith({ active_revision_id: OLDER_ID })
    told.reporter.activeBefore(deployment)
    told.reporter.deployment(deployment)
    told.reporter.revision(revisionWith({ status: 'BUILD_FAILED' }), { own: true })
    await told.reporter.endOfLog(failureLog('build', entries), SHOWN)
    await told.reporter.finish(verdict)
    const [annotation = ''] = told.runner.texts('error')
    return { ...told, annotation, summary: told.runner.texts('summary').join() }
  }

  test('of a failure are in the log and the summary, and those that name the cause are in the annotation', async () => {
    const { runner, annotation, summary } = await failure(lines('Step 1', 'Error: no module', 'bye'))
    expect(runner.told).toContainEqual({
      kind: 'group',
      name: 'Build log, the last 3 lines',
      text: 'Step 1\nError: no module\nbye'
    })
    expect(annotation.split('\n')).toEqual([
      'The reason.',
      'The log shows:',
      'Error: no module',
      expect.stringMatching(new RegExp(`^Revision ${OLDER_ID}.* is still active`)),
      'The advice.'
    ])
    expect(summary).toContain('<pre>\nStep 1\nError: no module\nbye\n</pre>')
  })

  test('of a failure have a singular title if there is one', async () => {
    const { runner } = await failure(lines('alone'))
    expect(runner.told.filter(({ kind }) => kind === 'group').map(({ name }) => name)).toEqual([
      'Build log, the last line'
    ])
  })

  test.each(['x', '日', '👩‍🚀', 'Error: <&'])(
    'leave space for the advice in the annotation if they are very long: %s',
    async (text) => {
      const { annotation, summary } = await failure(
        Array.from({ length: 50 }, () => line(text.repeat(30_000), 'ERROR'))
      )
      expect(annotation.length).toBeLessThanOrEqual(4_096)
      expect(Buffer.byteLength(annotation)).toBeLessThanOrEqual(4_096)
      expect(annotation).toMatch(/^The reason\.\n[\s\S]*is still active[^\n]*\nThe advice\.$/)
      expect(annotation).not.toContain('\ufffd')
      expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024)
    }
  )

  test('are in the annotation if they name the cause last, after long lines', async () => {
    const { annotation } = await failure([line(`Error: ${'x'.repeat(5_000)}`), line('Error: the cause')])
    expect(annotation.includes('Error: the cause')).toBe(true)
  })

  test('lead to a known cause and its advice in the annotation, the summary and the comment', async () => {
    const cause = "ModuleNotFoundError: No module named 'tavily'"
    const { annotation, summary, reporter } = await failure(lines('Step 1', cause, 'cleaning up'))
    const advice = 'Add the package that provides `tavily` to the dependencies'
    expect(annotation).toContain(`The log shows:\n${cause}\n${advice}`)
    const verdict: Verdict = { status: 'failed', reason: 'The reason.', advice: 'The advice.' }
    const words = messageOf(verdict, reporter.facts)
    const trigger = {
      commit: undefined,
      repositoryUrl: 'https://github.com/acme/agent',
      runUrl: undefined,
      runName: undefined
    }
    const comment = commentMarkdown({ ...materialOf(reporter.facts, 0), status: 'failed', words, endedAt: 0, trigger })
    for (const page of [summary, comment]) {
      expect(page).toContain("No module named 'tavily'")
      expect(page).toMatch(/Add the package that provides .{0,10}tavily.{0,10} to the dependencies/)
    }
  })

  test('keep the beginning of a known cause that is too long', async () => {
    const reasons = Array.from({ length: 30 }, (_, index) => `  And because a${index} depends on ${'b'.repeat(190)}`)
    const log = lines(['error: No solution found', ...reasons].join('\n'))
    const long = { status: 'failed', reason: 'r'.repeat(2_000), advice: 'The advice.' } as const
    const { annotation } = await failure(log, long)
    expect(annotation).toContain('shows:\nerror: No solution found\n')
    expect(Buffer.byteLength(annotation)).toBeLessThanOrEqual(4_096)
    expect(annotation).toMatch(/The advice\.$/)
  })

  test('show no secret in the quoted cause and its advice', async () => {
    const told = report()
    told.reporter.conceal(deploymentWith({ secrets: [{ name: 'TOKEN', value: SECRET }] }))
    told.reporter.revision(revisionWith({ status: 'BUILD_FAILED' }), { own: true })
    const message = JSON.stringify({ event: `No matching distribution found for ${SECRET}`, level: 'error' })
    await told.reporter.endOfLog(failureLog('build', [line(message), line(`No module named '${SECRET}'`)]), SHOWN)
    expect(JSON.stringify(told.reporter.facts.failureLog)).not.toContain(SECRET)
    expect(told.reporter.facts.failureLog?.isCause).toBe(true)
  })

  const late: Verdict = { status: 'timed-out', reason: 'Late.', advice: 'Wait.' }
  const QUOTED = 'Late.\nThe log shows:\n'

  test.each<[string, string, string, string]>([
    [
      'are quoted with only the advice about a certain cause',
      "ModuleNotFoundError: No module named 'x'",
      QUOTED,
      'Add the package'
    ],
    ['are quoted for an unknown error, with advice to wait', 'Error: x', QUOTED, 'Wait.'],
    [
      'are quoted with the advice about a temporary cause, and advice to wait',
      'Readiness probe failed: 503',
      QUOTED,
      'The Agent Server does not'
    ],
    ['are not quoted if they show no error', 'Step 1', 'Late.\n', 'Wait.']
  ])('at a timeout %s', async (_, text, before, advice) => {
    const { annotation } = await failure(lines(text), late)
    expect(annotation.startsWith(`${before}${before === QUOTED ? `${text}\n` : ''}${advice}`)).toBe(true)
    expect(annotation.endsWith('Wait.')).toBe(advice !== 'Add the package')
  })

  test.each<Verdict>([{ status: 'deployed' }, { status: 'superseded', reason: 'r', passes: false }])(
    'are not quoted for another verdict: $status',
    async (verdict) => {
      const { annotation } = await failure(lines('Error: x'), verdict)
      expect(annotation).not.toContain('Error: x')
    }
  )
})
