import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { RunOptions } from '../../demo/runner.ts'
import { makeFolder } from '../support/folder.ts'
import { words } from '../support/words.ts'
import {
  COMMIT,
  CREATE,
  environmentOf,
  expectOutcome,
  FROM_IMAGE,
  type Inputs,
  PATCH,
  secretsBody,
  UNKNOWN_ID,
  withPlane
} from './support.ts'

const STARTED = { status: 'started' } as const
const NO_WAIT = { ...FROM_IMAGE, wait: 'false' }

const PRIVATE_KEY = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ==\n-----END PRIVATE KEY-----'
const SERVICE_ACCOUNT = JSON.stringify({ type: 'service_account', private_key: PRIVATE_KEY, region: 'us-east-1' })

interface Given {
  readonly title: string
  readonly secrets: string
  readonly env?: Record<string, string>
  readonly arrives: Inputs
  readonly annotations?: readonly string[]
  /** Texts that must stay hidden, if not every value. */
  readonly hidden?: readonly string[]
  /** Texts that must not be masked. */
  readonly shown?: readonly string[]
}

const GIVEN: readonly Given[] = [
  {
    title: 'a line in which every character counts',
    secrets: 'TOKEN= "quoted value" = with # and trailing blanks  \r\n# a comment\r\n\r\nOTHER=another value',
    arrives: { TOKEN: ' "quoted value" = with # and trailing blanks  ', OTHER: 'another value' },
    annotations: ['warning']
  },
  {
    title: 'several lines between delimiters',
    secrets: `KEY<<END\n${PRIVATE_KEY}\nEND\nTOKEN=some token`,
    arrives: { KEY: PRIVATE_KEY, TOKEN: 'some token' }
  },
  {
    title: 'JSON as the value of a line',
    secrets: `ACCOUNT=${SERVICE_ACCOUNT}`,
    arrives: { ACCOUNT: SERVICE_ACCOUNT },
    hidden: [SERVICE_ACCOUNT, 'MIIEvQIBADANBgkqhkiG9w0BAQ=='],
    shown: ['us-east-1']
  },
  {
    title: 'a JSON object, without the token of the job',
    secrets: JSON.stringify({ TOKEN: 'some token', KEY: PRIVATE_KEY, github_token: 'ghs_of_the_job_itself' }),
    arrives: { TOKEN: 'some token', KEY: PRIVATE_KEY },
    hidden: ['some token', PRIVATE_KEY, 'ghs_of_the_job_itself']
  },
  {
    title: "a bare name from the step's environment",
    secrets: 'TOKEN\nKEY',
    env: { TOKEN: 'some token', KEY: PRIVATE_KEY },
    arrives: { TOKEN: 'some token', KEY: PRIVATE_KEY }
  },
  {
    title: 'an explicit empty value',
    secrets: 'EMPTY<<END\nEND\nTOKEN=some token',
    arrives: { EMPTY: '', TOKEN: 'some token' }
  },
  {
    title: 'words that are too common for a mask',
    secrets: 'DEBUG=true\nPORT_OF_REDIS=6379\nLEVEL=info\nTOKEN=some token',
    arrives: { DEBUG: 'true', PORT_OF_REDIS: '6379', LEVEL: 'info', TOKEN: 'some token' },
    // IDs and ports are random, and one of them can contain 6379.
    hidden: ['some token'],
    shown: ['true', '6379', 'info']
  }
]

describe('a secret arrives unchanged and stays hidden, as', () => {
  test.concurrent.each(GIVEN)('$title', ({ secrets, env = {}, arrives, annotations = [], hidden, shown = [] }) =>
    withPlane(async (plane) => {
      const outcome = await plane.run({ ...NO_WAIT, secrets }, { env })
      const values = hidden ?? Object.values(arrives)
      expectOutcome(outcome, { ...STARTED, writes: [CREATE], annotations, secrets: values })
      expect(environmentOf(outcome.journal.find(({ method }) => method === 'POST')?.body)).toEqual(arrives)
      expect(shown.filter((text) => outcome.run.masks.includes(text))).toEqual([])
    })
  )
})

describe('a masked secret', () => {
  test.concurrent('is masked line by line before anything is printed', () =>
    withPlane(async (plane) => {
      const { run } = await plane.run({ ...NO_WAIT, secrets: `KEY<<END\n${PRIVATE_KEY}\nEND` })
      expect(run.masks).toContain('MIIEvQIBADANBgkqhkiG9w0BAQ==')
      // The headers are public words.
      expect(run.masks.filter((mask) => mask.includes('PRIVATE KEY'))).toEqual([])
      expect(run.masks.filter((mask) => mask.includes('\n'))).toEqual([])
      const lines = run.rawStdout.split('\n')
      const firstPrinted = lines.findIndex((line) => !line.startsWith('::add-mask::'))
      expect(lines.slice(firstPrinted).filter((line) => line.startsWith('::add-mask::'))).toEqual([])
    }))

  test.concurrent('is also a value from the API that resembles a secret; all of them are redacted', () =>
    withPlane(async (plane) => {
      const address = 'postgres://app:pg-Secret1@db.acme.com/orders'
      await plane.seed('agent', {
        body: secretsBody({
          KEPT: 'kept since long',
          SHORT: 'x7q',
          LLM: 'sk-kept-0123456789',
          DB: address,
          STAGE: 'production'
        })
      })
      await plane.scenario({
        faults: [
          {
            method: 'PATCH',
            action: 'status',
            status: 400,
            body: {
              detail:
                'Odd environment: KEPT=kept since long, SHORT=x7q, NEW=brand new value, sk-kept-0123456789, password pg-Secret1 of app at db.acme.com in production'
            }
          }
        ]
      })
      const outcome = await plane.run({ ...FROM_IMAGE, secrets: 'NEW=brand new value' })
      expectOutcome(outcome, {
        status: 'error',
        writes: [PATCH],
        says: ['Odd environment: KEPT=***, SHORT=***, NEW=***, ***, password *** of app at db.acme.com in production'],
        secrets: ['kept since long', 'x7q', 'brand new value', 'sk-kept-0123456789', 'pg-Secret1']
      })
      expect(outcome.run.masks).toEqual(expect.arrayContaining(['brand new value', 'sk-kept-0123456789', 'pg-Secret1']))
      for (const text of ['kept since long', 'production', 'app', 'db.acme.com'])
        expect(outcome.run.masks).not.toContain(text)
    }))

  test.concurrent('is absent from the output of a debug run', () =>
    withPlane(async (plane) => {
      await plane.scenario({
        faults: [{ method: 'POST', action: 'status', status: 422, body: { detail: 'Not so: some token' } }]
      })
      const outcome = await plane.run({ ...FROM_IMAGE, secrets: 'TOKEN=some token' }, { debug: true })
      expect(outcome.run.debug.join('\n')).not.toContain('some token')
      expect(outcome.run.rawStdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('some token')
      expect(outcome.run.rawStdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('lsv2_emulator')
    }))

  interface Public {
    readonly title: string
    readonly output: string
    readonly inputs: Inputs
    readonly value: (address: string) => string
  }
  const PUBLIC: readonly Public[] = [
    {
      title: 'the name of the deployment',
      output: 'deployment-name',
      inputs: { ...FROM_IMAGE, name: 'support-agent-prod' },
      value: () => 'support-agent'
    },
    { title: 'the image', output: 'image-uri', inputs: FROM_IMAGE, value: () => 'ghcr.io/acme' },
    { title: 'the commit of the run', output: 'commit-sha', inputs: {}, value: () => COMMIT },
    {
      title: 'the URL of the agent',
      output: 'deployment-url',
      inputs: FROM_IMAGE,
      value: (address) => address
    }
  ]
  test.concurrent.each(PUBLIC)(
    'is never $title, because the runner would drop the output',
    ({ output, inputs, value }) =>
      withPlane(async (plane) => {
        await plane.scenario({ revisions: [{ commit: COMMIT }] })
        const first = await plane.run(inputs)
        const public_ = value(first.run.outputs['deployment-url'] ?? '')
        const second = await plane.run({ ...inputs, secrets: `PUBLIC=${public_}\nTOKEN=some token` })
        expect(second.run.outputs[output]).toContain(public_)
        expect({ dropped: second.run.droppedOutputs, status: second.run.outputs.status }).toEqual({
          dropped: [],
          status: 'deployed'
        })
        expect(second.run.masks).toContain('some token')
      })
  )
})

describe('no output is dropped because of a value', () => {
  const OUTPUTS = words(`
    created dashboard-url deployment-id deployment-name deployment-url duration-seconds image-uri previous-revision-id
    revision-id revision-status status
  `)
  test.concurrent.each([
    { title: 'that was passed to this run', given: true },
    { title: 'that is stored in LangSmith', given: false }
  ])('$title', ({ given }) =>
    withPlane(async (plane) => {
      const { id } = await plane.seed('agent', {})
      const seeded = await plane.deployment(id)
      const texts = [
        String(seeded.tenant_id),
        id,
        'agents',
        'deployed',
        'DEPLOYED',
        'production',
        'us-east-1',
        'acme',
        'ghcr.io/acme',
        '127.0.0.1',
        plane.emulator.url,
        'deployments',
        'true',
        'false'
      ]
      // With ordinary names, and with the names of secrets.
      const entries = texts.flatMap((text, index) => [
        [`PLAIN_${index}`, text],
        [`API_KEY_${index}`, text]
      ])
      const values: Inputs = Object.fromEntries(entries)
      if (!given) await plane.api('PATCH', `/v2/deployments/${id}`, secretsBody(values))
      const secrets = given ? entries.map(([name, text]) => `${name}=${text}`).join('\n') : 'OWN=hunter2xyz'
      const { run } = await plane.run({ ...FROM_IMAGE, secrets })
      expect(run.outputs.status).toBe('deployed')
      expect(OUTPUTS.filter((name) => !run.outputs[name])).toEqual([])
      expect(run.droppedOutputs).toEqual([])
      for (const text of ['production', 'us-east-1', 'acme']) if (!given) expect(run.masks).not.toContain(text)
      if (!given) expect(run.masks).toContain('hunter2xyz')
    })
  )
})

describe('the environment in LangSmith', () => {
  const BEFORE = secretsBody({ KEPT: 'kept since long', CHANGED: 'old value' })
  const ROWS = [
    {
      title: 'keeps variables that are not listed, with merge',
      inputs: { secrets: 'CHANGED=new value\nADDED=added value' },
      sent: { KEPT: 'kept since long', CHANGED: 'new value', ADDED: 'added value' }
    },
    {
      title: 'contains only the listed variables, with replace',
      inputs: { secrets: 'CHANGED=new value\nADDED=added value', 'secrets-mode': 'replace' },
      sent: { CHANGED: 'new value', ADDED: 'added value' }
    },
    { title: 'is not sent without listed variables', inputs: {}, sent: {} },
    { title: 'is not sent without a difference', inputs: { secrets: 'CHANGED=old value' }, sent: {} }
  ]
  test.concurrent.each(ROWS)('$title', ({ inputs, sent }) =>
    withPlane(async (plane) => {
      const { id } = await plane.seed('agent', { body: BEFORE })
      const outcome = await plane.run({ ...NO_WAIT, ...inputs })
      const values = ['kept since long', 'old value', 'new value', 'added value']
      expectOutcome(outcome, { ...STARTED, writes: [PATCH], secrets: values })
      expect(environmentOf(outcome.journal.find(({ method }) => method === 'PATCH')?.body)).toEqual(sent)
      const expected = Object.keys(sent).length > 0 ? sent : environmentOf(BEFORE)
      expect(environmentOf(await plane.deployment(id))).toEqual(expected)
    })
  )

  test.concurrent('is shown in the plan by name only', () =>
    withPlane(async (plane) => {
      await plane.seed('agent', { body: BEFORE })
      const { run } = await plane.run({
        ...FROM_IMAGE,
        'dry-run': 'true',
        secrets: 'CHANGED=new value\nADDED=added value'
      })
      for (const line of [/KEPT\s+kept/, /CHANGED\s+changed/, /ADDED\s+added/]) expect(run.log).toMatch(line)
    }))
})

describe('a file of secrets', () => {
  const withWorkspace = async (act: (workspace: string, outside: string) => Promise<void>) => {
    const folder = makeFolder('secrets-')
    const workspace = join(folder, 'workspace')
    mkdirSync(workspace)
    await act(workspace, folder)
  }
  const run = (inputs: Inputs, options: RunOptions) =>
    withPlane((plane) => plane.run({ ...NO_WAIT, ...inputs }, options))

  test.concurrent('is read from the workspace as an env file, in addition to the input', () =>
    withWorkspace(async (workspace) => {
      mkdirSync(join(workspace, 'deploy'))
      writeFileSync(
        join(workspace, 'deploy/production.env'),
        '# ours\nTOKEN=some token\nexport QUOTED="in quotes" # why\nTOKEN=other token\n'
      )
      const outcome = await run(
        { 'secrets-file': 'deploy/production.env', secrets: 'OTHER=another value' },
        { workspace }
      )
      expectOutcome(outcome, {
        ...STARTED,
        writes: [CREATE],
        secrets: ['other token', 'in quotes', 'another value']
      })
      expect(environmentOf(outcome.journal.find(({ method }) => method === 'POST')?.body)).toEqual({
        TOKEN: 'other token',
        QUOTED: 'in quotes',
        OTHER: 'another value'
      })
    }))

  test.concurrent('is read through a link that stays in the workspace', () =>
    withWorkspace(async (workspace) => {
      writeFileSync(join(workspace, 'real.env'), 'TOKEN=some token\n')
      symlinkSync(join(workspace, 'real.env'), join(workspace, 'link.env'))
      expectOutcome(await run({ 'secrets-file': 'link.env' }, { workspace }), { ...STARTED, writes: [CREATE] })
    }))

  test.concurrent.each([
    { title: 'a link to a file', link: 'secret.env', file: 'secret.env' },
    { title: 'a link to a folder', link: 'folder', file: 'folder/secret.env' }
  ])('is rejected if $title leads outside the workspace', ({ link, file }) =>
    withWorkspace(async (workspace, outside) => {
      writeFileSync(join(outside, 'secret.env'), 'TOKEN=of the machine\n')
      symlinkSync(file === link ? join(outside, 'secret.env') : outside, join(workspace, link))
      const outcome = await run({ 'secrets-file': file }, { workspace })
      expectOutcome(outcome, {
        status: 'error',
        writes: [],
        says: ['`secrets-file`', file, /outside the workspace/],
        secrets: ['of the machine']
      })
      expect(outcome.requests).toEqual([])
    })
  )

  test.concurrent('that repeats a secret of the input is an error that names both', () =>
    withWorkspace(async (workspace) => {
      writeFileSync(join(workspace, 'a.env'), 'TOKEN=some token\n')
      const outcome = await run({ 'secrets-file': 'a.env', secrets: 'TOKEN=another value' }, { workspace })
      expectOutcome(outcome, {
        status: 'error',
        writes: [],
        says: ['`secrets-file`', '`secrets`', /line 1 \(TOKEN\)/],
        secrets: ['some token', 'another value']
      })
    }))
})

describe('outside text', () => {
  const HOSTILE = [
    'agent',
    '::set-output name=status::hacked',
    '  ::add-mask::deployed',
    '##[error]pwned',
    'x ##[set-env name=PATH]/evil',
    '::stop-commands::hacked',
    '::warning::hacked',
    '\u001b[31mred\u001b[0m\u0007\u009b31m',
    '# heading | a | b | <img src=x onerror=alert(1)> </details> `code` ```mermaid [click](http://evil.test) %% ::'
  ].join('\n')

  test.concurrent.each([
    { title: 'a response body of the server', body: { detail: HOSTILE } },
    { title: 'a list of problems', body: { detail: [{ loc: ['body', HOSTILE], msg: HOSTILE }] } }
  ])('in $title is shown as plain text', ({ body }) =>
    withPlane(async (plane) => {
      await plane.scenario({ faults: [{ method: 'POST', action: 'status', status: 422, body }] })
      const outcome = await plane.run(FROM_IMAGE)
      expectOutcome(outcome, { status: 'error', writes: [CREATE], says: ['pwned', 'onerror'] })
      expect(strangeMasks(outcome.run.masks)).toEqual([])
    })
  )

  test.concurrent('that is not JSON is also shown as plain text', () =>
    withPlane(async (plane) => {
      await plane.scenario({ faults: [{ method: 'POST', action: 'status', status: 400, text: HOSTILE }] })
      const outcome = await plane.run(FROM_IMAGE)
      expectOutcome(outcome, { status: 'error', writes: [CREATE], says: ['pwned'] })
      expect(strangeMasks(outcome.run.masks)).toEqual([])
    }))

  test.concurrent('in the fields of a deployment is shown as plain text, and never becomes an output', () =>
    withPlane(async (plane) => {
      const { id } = await plane.seed(HOSTILE, {
        body: {
          source_config: { resource_spec: {}, custom_url: `https://evil.test/${HOSTILE}` },
          ...secretsBody({ A: HOSTILE })
        }
      })
      await plane.api('PATCH', `/v2/deployments/${id}`, { display_name: HOSTILE })
      const outcome = await plane.run({
        ...NO_WAIT,
        name: '',
        'deployment-id': id,
        'display-name': 'Support agent',
        'custom-url': 'agent.example.com'
      })
      expectOutcome(outcome, { ...STARTED, writes: [PATCH], annotations: ['warning', 'warning'] })
      const { outputs } = outcome.run
      expect({ name: outputs['deployment-name'], url: outputs['deployment-url'] }).toEqual({
        name: undefined,
        url: 'https://agent.example.com'
      })
      expect(outcome.run.annotations.map(({ message }) => /`([a-z-]+)`/.exec(message)?.[1])).toEqual([
        'deployment-name',
        'deployment-url'
      ])
    }))

  test.concurrent('in the status of a revision is shown as plain text, and never becomes an output', () =>
    withPlane(async (plane) => {
      await plane.scenario({ revisions: [{ statuses: [HOSTILE, 'DEPLOYED'], step_ms: 2_000 }] })
      const outcome = await plane.run(FROM_IMAGE)
      expectOutcome(outcome, {
        status: 'deployed',
        writes: [CREATE],
        annotations: outcome.run.annotations.map(() => 'warning'),
        outputs: { 'revision-status': 'DEPLOYED' }
      })
      expect(outcome.run.annotations.length).toBeGreaterThan(0)
      expect(strangeMasks(outcome.run.masks)).toEqual([])
    }))

  test.concurrent('that is not an ID, name, URL or commit leaves its output empty, with one warning each', () =>
    withPlane(async (plane) => {
      const revision = {
        id: 'revision; rm -rf /',
        status: 'DEPLOYED',
        source: 'github',
        source_revision_config: { repo_commit_sha: 'no commit', image_uri: 'no image $(id)' }
      }
      const deployment = {
        id: UNKNOWN_ID,
        name: '$(id)',
        source: 'github',
        status: 'READY',
        tenant_id: 'x/../../evil?<b>',
        active_revision_id: revision.id,
        latest_revision_id: revision.id,
        source_config: { custom_url: 'javascript:alert(1)', repo_url: 'https://github.com/somebody/else' },
        source_revision_config: revision.source_revision_config,
        secrets: []
      }
      const answer = (path: string, body: unknown) => ({ path, body, action: 'status', status: 200, times: null })
      await plane.scenario({
        faults: [
          answer('/v2/deployments/*', deployment),
          answer('/v2/deployments/*/revisions', { resources: [revision], offset: 1 }),
          answer('/v2/deployments/*/revisions/*', revision)
        ]
      })
      const outcome = await plane.run({ command: 'wait', name: '', 'deployment-id': UNKNOWN_ID })
      const wrong = words(`
        active-revision-id commit-sha dashboard-url deployment-name deployment-url image-uri revision-id
      `)
      // One for each, and one for the health check that is skipped without a URL.
      const annotations = [...wrong, ''].map(() => 'warning')
      expectOutcome(outcome, { status: 'deployed', writes: [], annotations })
      const messages = outcome.run.annotations.map(({ message }) => message)
      const names = messages.filter((message) => message.includes('left empty'))
      expect(names.map((message) => /`([a-z-]+)`/.exec(message)?.[1]).sort()).toEqual(wrong)
      expect(
        Object.entries(outcome.run.outputs).filter(([name, value]) => wrong.includes(name) && value !== '')
      ).toEqual([])
      expect(outcome.run.outputs).toMatchObject({ 'deployment-id': UNKNOWN_ID, 'revision-status': 'DEPLOYED' })
    }))
})

/** Masks that belong neither to an API key nor to the token of the job. */
function strangeMasks(masks: readonly string[]): readonly string[] {
  return masks.filter((mask) => !/^(lsv2_emulator|ghs_)/.test(mask))
}
