import { describe, expect, test } from '@jest/globals'
import { main, tellCrash } from '../src/main.ts'
import type { RunnerFile } from '../src/runner/files.ts'
import { makeFolder, makeTree, SMALLEST } from './archive/support.ts'
import type { Json } from './emulator/support.ts'
import { COMMIT, KEY } from './inputs/environment.ts'
import { failureOf } from './support/failure.ts'
import { fakeRunner } from './support/fake-runner.ts'
import { inTurn, type Reply, startServer } from './support/http-server.ts'
import { namedValues } from './support/json.ts'
import { lasts } from './support/real-time.ts'
import { manualCancellation, memoryOf, type Run, runMain } from './support/run.ts'
import { DIGEST, FROM_IMAGE, IMAGE, idsOf, OLD_IMAGE, REPOSITORY, useWorld } from './support/world.ts'

const world = useWorld()

const ENDLESS = { revisions: [{ final: null }] }
const OTHER_COMMIT = 'fedcba9876543210fedcba9876543210fedcba98'
const run = (inputs: Readonly<Record<string, string>> = FROM_IMAGE, options: Parameters<typeof runMain>[2] = {}) =>
  runMain(world, inputs, options)
/** Cancels the run in its n-th pause. */
const cancelledInPause = (pause: number) => ({
  meanwhile: ({ cancellation }: Omit<Run, 'passed'>) =>
    world.clock.duringPauses((nth) => {
      if (nth === pause) cancellation.cancel()
    })
})
const PATCH_HANGS = { method: 'PATCH', action: 'hang', commit: true }

interface Ending {
  readonly status: string
  readonly level: 'nothing' | 'warning' | 'error'
  readonly inputs: Readonly<Record<string, string>>
  readonly before?: () => Promise<unknown>
  readonly says: RegExp
}

const scenario = (json: Json) => world.api.scenario(json)
/** Scripts a push that supersedes the run's revision while it is queued. */
const overtaken = async () => {
  await world.images(OLD_IMAGE)
  await scenario({ revisions: [{ nth: 2, final: 'SKIPPED', push: { at: 'QUEUED' } }] })
}

const ENDINGS: readonly Ending[] = [
  {
    status: 'deployed',
    level: 'nothing',
    inputs: FROM_IMAGE,
    says: /is active, and the Agent Server responds: \/ok returned 200/
  },
  {
    status: 'deployed',
    level: 'warning',
    inputs: FROM_IMAGE,
    before: () => scenario({ revisions: [{ active_after_ms: null }] }),
    says: /reports no active revision/
  },
  ...['CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'INTERRUPTED'].map(
    (final): Ending => ({
      status: 'failed',
      level: 'error',
      inputs: FROM_IMAGE,
      before: () => scenario({ revisions: [{ final }] }),
      says: new RegExp(final)
    })
  ),
  { status: 'superseded', level: 'warning', inputs: FROM_IMAGE, before: overtaken, says: /SKIPPED/ },
  {
    status: 'superseded',
    level: 'error',
    inputs: { ...FROM_IMAGE, 'on-superseded': 'fail' },
    before: overtaken,
    says: /SKIPPED.*`on-superseded: warn`/s
  },
  {
    status: 'timed-out',
    level: 'error',
    inputs: { ...FROM_IMAGE, timeout: '10m' },
    before: () => scenario(ENDLESS),
    says: /10 min expired while revision \S+ was DEPLOYING.*was not interrupted.*`command: wait`/s
  },
  {
    status: 'unchanged',
    level: 'nothing',
    inputs: { 'image-uri': DIGEST, 'skip-unchanged': 'true' },
    before: () => world.images(DIGEST),
    says: /no new revision/
  },
  {
    status: 'planned',
    level: 'nothing',
    inputs: { ...FROM_IMAGE, 'dry-run': 'true' },
    says: /no changes were made/
  },
  { status: 'started', level: 'nothing', inputs: { ...FROM_IMAGE, wait: 'false' }, says: /started/ },
  {
    status: 'deleted',
    level: 'nothing',
    inputs: { command: 'delete' },
    before: () => world.images(IMAGE),
    says: /is deleting/
  },
  { status: 'error', level: 'error', inputs: { command: 'wait' }, says: /Deployment "agent" does not exist/ },
  {
    status: 'error',
    level: 'error',
    inputs: { ...FROM_IMAGE, 'api-key': 'lsv2_emulator_invalid_key' },
    says: /returned 401.*Invalid API key.*`api-key`/s
  },
  {
    status: 'error',
    level: 'error',
    inputs: { ...FROM_IMAGE, 'api-key': 'lsv2_emulator_organization_key' },
    says: /returned 403.*requires workspace specification.*`workspace-id`/s
  },
  {
    status: 'error',
    level: 'error',
    inputs: { ...FROM_IMAGE, 'api-key': 'lsv2_emulator_not_enabled_key' },
    says: /returned 403.*not enabled.*does not have LangSmith Deployment/s
  },
  {
    status: 'error',
    level: 'error',
    inputs: { command: 'delete' },
    before: async () => {
      await world.images(IMAGE)
      await scenario({ faults: [{ method: 'DELETE', action: 'status', status: 403 }] })
    },
    says: /Admin/
  }
]

describe('a run that ends normally', () => {
  test.each(ENDINGS)('as $status reports this once, at level $level: $says', async (ending) => {
    await ending.before?.()
    const { runner, cancellation } = await run(ending.inputs)
    expect(runner.outputs.status).toBe(ending.status)
    expect(runner.outputs['duration-seconds']).toMatch(/^\d+$/)
    expect(runner.texts('error')).toHaveLength(ending.level === 'error' ? 1 : 0)
    expect(runner.texts('warning')).toHaveLength(ending.level === 'warning' ? 1 : 0)
    const said = [...runner.texts('error'), ...runner.texts('warning'), runner.texts('info').join('\n')]
    expect(said[0]).toMatch(ending.says)
    expect(runner.texts('summary')).toEqual([expect.stringContaining(`agent: ${ending.status}`)])
    expect(cancellation.released).toBe(true)
  })

  test.each([
    ['deployed', {}],
    ['failed', { revisions: [{ final: 'BUILD_FAILED' }] }],
    ['timed-out', ENDLESS]
  ])('leaves the post step no work after a write that ended as %s', async (status, rules) => {
    await scenario(rules)
    const { runner } = await run({ ...FROM_IMAGE, 'on-cancel': 'interrupt' })
    expect(runner.outputs.status).toBe(status)
    expect(memoryOf(runner)).toMatchObject({
      done: true,
      deploymentId: expect.any(String),
      revisionId: expect.any(String)
    })
  })

  test.each<[string, Readonly<Record<string, string>>]>([
    ['a dry run', { ...FROM_IMAGE, 'dry-run': 'true' }],
    ['a delete', { command: 'delete' }],
    ['a wait', { command: 'wait' }]
  ])('without a write (%s) saves no state for the post step', async (_, inputs) => {
    await world.images(IMAGE)
    expect(memoryOf((await run(inputs)).runner)).toBeUndefined()
  })

  test('follows the newest revision as its own if the inputs request it', async () => {
    await overtaken()
    const { runner } = await run({ ...FROM_IMAGE, 'on-superseded': 'follow' })
    const id = runner.outputs['deployment-id'] ?? ''
    expect(runner.outputs).toMatchObject({
      status: 'deployed',
      'revision-id': idsOf(await world.revisions(id))[0],
      'revision-status': 'DEPLOYED'
    })
    expect(runner.outputs['active-revision-id']).toBe(runner.outputs['revision-id'])
  })
})

describe('the outputs', () => {
  test('are complete after a deploy', async () => {
    const id = await world.images(OLD_IMAGE)
    const [before] = idsOf(await world.revisions(id))
    const { runner } = await run()
    const [ours] = idsOf(await world.revisions(id))
    const url = world.api.emulator.url
    expect(runner.outputs).toEqual({
      status: 'deployed',
      'deployment-id': id,
      'deployment-name': 'agent',
      'deployment-url': `${url}/agents/${id}`,
      'dashboard-url': `${url}/o/${world.api.emulator.workspaceId}/host/deployments/${id}`,
      'revision-id': ours,
      'revision-status': 'DEPLOYED',
      'previous-revision-id': before,
      'active-revision-id': ours,
      'agent-server-version': '0.16.7',
      created: 'false',
      'image-uri': IMAGE,
      'duration-seconds': expect.stringMatching(/^\d+$/)
    })
  })

  test('contain the commit of a build and report a new deployment', async () => {
    await scenario({ revisions: [{ commit: COMMIT }] })
    const { runner } = await run({})
    expect(runner.outputs).toMatchObject({ created: 'true', 'commit-sha': COMMIT, status: 'deployed' })
    expect(runner.outputs).not.toHaveProperty('previous-revision-id')
  })

  test('are set as soon as they are known, together with the saved state', async () => {
    await scenario(ENDLESS)
    let early: Readonly<Record<string, string>> = {}
    let memory: unknown
    const { passed } = await run(FROM_IMAGE, {
      meanwhile: ({ runner, cancellation }) =>
        world.clock.duringPauses((nth) => {
          if (nth === 1) {
            early = runner.outputs
            memory = memoryOf(runner)
          }
          if (nth === 3) cancellation.cancel()
        })
    })
    expect(passed).toBe(false)
    expect(early).toMatchObject({
      'deployment-name': 'agent',
      created: 'true',
      'revision-status': 'CREATING',
      'image-uri': IMAGE
    })
    for (const name of ['deployment-id', 'revision-id', 'dashboard-url']) expect(early).toHaveProperty([name])
    expect(early).not.toHaveProperty('status')
    expect(memory).toMatchObject({
      done: false,
      deploymentId: early['deployment-id'],
      revisionId: early['revision-id']
    })
  })

  test('are set after a failed run too', async () => {
    const id = await world.images(OLD_IMAGE)
    await scenario({ revisions: [{ final: 'DEPLOY_FAILED' }] })
    const [before] = idsOf(await world.revisions(id))
    const { runner } = await run()
    expect(runner.outputs).toMatchObject({
      status: 'failed',
      'deployment-id': id,
      'revision-status': 'DEPLOY_FAILED',
      'previous-revision-id': before,
      'active-revision-id': before
    })
  })
})

describe('a run of the workspace', () => {
  const CONFIG = { graphs: { agent: './agent.py:graph' }, dependencies: ['.'], env: '.env' }
  const ofTree = (config: object, inputs: Readonly<Record<string, string>> = {}) =>
    run(
      { 'source-type': 'internal_source', ...inputs },
      {
        variables: {
          GITHUB_WORKSPACE: makeTree({ ...SMALLEST, 'langgraph.json': JSON.stringify(config, null, 2) }),
          RUNNER_TEMP: makeFolder()
        }
      }
    )
  const annotations = ({ runner }: Run) =>
    runner.told.filter(({ kind }) => kind === 'notice' || kind === 'warning' || kind === 'error')

  test('has no annotation if the `env` file does not exist but variables are given', async () => {
    const ended = await ofTree(CONFIG, { secrets: 'A=b' })
    expect(ended.passed).toBe(true)
    expect(annotations(ended)).toEqual([])
    expect(ended.runner.texts('info')).toContainEqual(expect.stringMatching(/`env` names \.env, which does not exist/))
  })

  test('has one notice if a new agent would get no variables', async () => {
    const first = await ofTree(CONFIG)
    expect(annotations(first)).toEqual([
      {
        kind: 'notice',
        name: '',
        text: expect.stringMatching(
          /gets no environment variables: its configuration names \.env, which does not exist/
        )
      }
    ])
    expect(annotations(await ofTree(CONFIG))).toEqual([])
  })

  test('has a notice if a new agent gets none of the variables in `env`, else a log line with the missing ones', async () => {
    const listing = { ...CONFIG, env: ['A_KEY', 'B_KEY', 'C_KEY'] }
    expect(annotations(await ofTree(listing))).toEqual([
      {
        kind: 'notice',
        name: '',
        text: expect.stringMatching(
          /gets no environment variables: `env` .* lists A_KEY, B_KEY, C_KEY without values\./
        )
      }
    ])
    const partly = await ofTree(listing, { secrets: 'A_KEY=b', variables: 'C_KEY=d' })
    expect(annotations(partly)).toEqual([])
    expect(partly.runner.texts('info')).toContainEqual(
      expect.stringMatching(/lists variables .*does not set them: B_KEY\.$/)
    )
    const whole = await ofTree(listing, { secrets: 'A_KEY=b\nB_KEY=c', variables: 'C_KEY=d' })
    expect(annotations(whole)).toEqual([])
    expect(whole.runner.texts('info').join()).not.toContain('lists variables without values')
  })

  test('annotates the line with a file that is not in the archive', async () => {
    const workspace = makeTree({
      'langgraph.json': JSON.stringify({ dependencies: ['.'], graphs: { agent: './venv/agent.py:graph' } }, null, 2),
      'venv/agent.py': ''
    })
    const ended = await run(
      { 'source-type': 'internal_source' },
      { variables: { GITHUB_WORKSPACE: workspace, RUNNER_TEMP: makeFolder() } }
    )
    expect(annotations(ended)).toMatchObject([{ kind: 'error', place: { file: 'langgraph.json', line: 6 } }])
  })

  test('annotates the invalid line of the configuration', async () => {
    const ended = await ofTree({ ...CONFIG, python_version: '3.9' })
    expect(ended.passed).toBe(false)
    expect(annotations(ended)).toMatchObject([{ kind: 'error', place: { file: 'langgraph.json', line: 9 } }])
  })
})

describe('the commit in the summary', () => {
  const OURS = `<a href="https://github.com/${REPOSITORY}/commit/${COMMIT}">${COMMIT.slice(0, 7)}</a>`
  const cellOf = ({ runner }: Run, label: string) =>
    new RegExp(`<b>${label}</b></td><td>(.*?)</td>`).exec(
      runner.texts('summary').join().split('<details>')[0] ?? ''
    )?.[1]
  const ofWorkspace = (inputs: Readonly<Record<string, string>> = {}) =>
    run(
      { 'source-type': 'internal_source', ...inputs },
      { variables: { GITHUB_WORKSPACE: makeTree(SMALLEST), RUNNER_TEMP: makeFolder() } }
    )

  test.each<[string, () => Promise<Run>]>([
    ['the code of the workspace, whose revision does not contain it', () => ofWorkspace()],
    ['the code of the workspace, before there is a revision', () => ofWorkspace({ 'dry-run': 'true' })],
    ['its branch, before there is a revision', () => run({ 'dry-run': 'true' })]
  ])('is the commit of a run that deploys %s', async (_, play) => {
    const ended = await play()
    expect(ended.passed).toBe(true)
    expect(ended.runner.outputs['commit-sha']).toBeUndefined()
    expect(cellOf(ended, 'Commit')).toBe(OURS)
    expect(cellOf(ended, 'Image')).toBeUndefined()
  })

  const onceDeployed = async (inputs: Readonly<Record<string, string>>) => {
    await world.images('a:1', 'a:2')
    return run(inputs)
  }

  test.each<[string, () => Promise<Run>, boolean]>([
    ['deploys an image', () => run(), true],
    ['plans the deploy of an image', () => run({ ...FROM_IMAGE, 'dry-run': 'true' }), false],
    ['plans the deploy of another branch', () => run({ 'repo-ref': 'another', 'dry-run': 'true' }), false],
    ['waits', () => onceDeployed({ command: 'wait' }), true],
    ['redeploys', () => onceDeployed({ command: 'redeploy' }), true],
    ['deletes', () => onceDeployed({ command: 'delete' }), false]
  ])('is absent for a run that %s', async (_, play, hasImage) => {
    const ended = await play()
    expect(ended.passed).toBe(true)
    expect(cellOf(ended, 'Commit')).toBeUndefined()
    expect(cellOf(ended, 'Image') !== undefined).toBe(hasImage)
  })

  test('is absent for a run that redeploys an older revision', async () => {
    await ofWorkspace()
    await ofWorkspace()
    const ended = await run({ command: 'redeploy' })
    expect(ended.runner.outputs.status).toBe('deployed')
    expect(cellOf(ended, 'Commit')).toBeUndefined()
  })

  test('is the commit of the revision once LangSmith returns it', async () => {
    await scenario({ revisions: [{ commit: OTHER_COMMIT }] })
    expect(cellOf(await run({}), 'Commit')).toBe(`<code>${OTHER_COMMIT.slice(0, 7)}</code>`)
  })
})

describe('an input', () => {
  test('that is invalid ends the run before any request, with one annotation for all invalid inputs', async () => {
    const { runner, cancellation } = await run({
      ...FROM_IMAGE,
      timeout: 'soon',
      wait: 'maybe',
      'on-cancel': 'stop'
    })
    expect(runner.outputs).toMatchObject({ status: 'error' })
    expect(runner.texts('error')).toHaveLength(1)
    for (const input of ['`timeout`', '`wait`', '`on-cancel`']) expect(runner.texts('error')[0]).toContain(input)
    expect(runner.told.find(({ kind }) => kind === 'error')?.name).toBe(
      '3 invalid inputs: timeout, wait and on-cancel; no request was made'
    )
    expect(runner.texts('summary')).toHaveLength(1)
    expect(await world.requests()).toEqual([])
    expect(cancellation.released).toBe(true)
  })

  test('that is the only invalid one is named in the title', async () => {
    const { runner } = await run({ ...FROM_IMAGE, timeout: 'soon' })
    expect(runner.told.find(({ kind }) => kind === 'error')?.name).toBe('Invalid input: timeout; no request was made')
  })

  test('that is missing is named as missing in the title', async () => {
    const { runner } = await run({ command: 'delete', name: '' })
    expect(runner.told.find(({ kind }) => kind === 'error')?.name).toBe('Input name is missing; no request was made')
  })

  test('that is unused is named in one notice', async () => {
    await world.images(IMAGE)
    const { runner } = await run({ command: 'delete', 'image-uri': IMAGE, secrets: 'A=b', 'build-on-push': 'true' })
    expect(runner.texts('notice')).toHaveLength(1)
    for (const input of ['`image-uri`', '`secrets`', '`build-on-push`'])
      expect(runner.texts('notice')[0]).toContain(input)
  })

  test('that is probably a mistake causes a warning', async () => {
    const files = { 'prod.env': 'TOKEN="quoted value"\nnonsense\nEMPTY=\nPATH?\n' }
    const secrets = `KEY_OF_MINE="quoted"`
    const { runner } = await run({ ...FROM_IMAGE, secrets, 'secrets-file': 'prod.env', wait: 'false' }, { files })
    expect(runner.texts('warning')).toEqual([
      expect.stringMatching(/`secrets`: KEY_OF_MINE: the quotes/),
      expect.stringMatching(/`secrets-file`: line 2, line 4: skipped/)
    ])
    expect(runner.texts('info')).toContain('`secrets-file`: EMPTY: skipped, because the value is empty.')
  })

  test('that is secret is masked before any other output, and never printed', async () => {
    const secrets = 'TOKEN=a secret value\nMULTI<<E\nfirst line of it\nsecond line of it\nE'
    const detail = `cannot use a secret value with ${KEY}`
    await scenario({
      faults: [{ method: 'POST', path: '/v2/deployments', action: 'status', status: 422, body: { detail } }]
    })
    const { runner } = await run({ ...FROM_IMAGE, secrets })
    const hidden = [KEY, 'a secret value', 'first line of it', 'second line of it']
    expect(runner.told.slice(0, hidden.length)).toEqual(hidden.map((text) => ({ kind: 'mask', name: '', text })))
    const open = runner.told.filter(({ kind }) => kind !== 'mask').map(({ text }) => text)
    expect(open.filter((text) => /a secret value|first line of it|lsv2_pt/.test(text))).toEqual([])
    expect(runner.texts('error')).toEqual([expect.stringContaining('cannot use *** with ***')])
  })

  test('that is a variable is printed and never masked, with its previous value unless that is secret', async () => {
    const id = 'prj-7Gh2Kd93Lm4nPq5R'
    const first = await run({
      ...FROM_IMAGE,
      variables: `LOG_LEVEL=info\nPROJECT=${id}`,
      secrets: 'MODE=sk-0123456789abcdefXYZ'
    })
    expect(first.runner.texts('group').join()).toMatch(
      new RegExp(`variable LOG_LEVEL +added: info\nvariable PROJECT +added: ${id}`)
    )
    const second = await run({
      ...FROM_IMAGE,
      variables: `LOG_LEVEL=debug-all\nPROJECT=${id}\nMODE=plain`,
      secrets: 'TOKEN=hunter2-hunter2'
    })
    const plan = second.runner.texts('group').join()
    expect(plan).toMatch(/variable LOG_LEVEL +changed from info to debug-all/)
    expect(plan).toMatch(new RegExp(`variable PROJECT +kept: ${id}`))
    expect(plan).toMatch(/variable MODE +changed from \(hidden\) to plain/)
    expect([...first.runner.texts('mask'), ...second.runner.texts('mask')]).not.toContain(id)
    expect(second.runner.texts('mask')).toContain('hunter2-hunter2')
    expect(second.runner.texts('summary').join()).toContain('debug-all')
    const [environment] = await world.bodies().then((bodies) => bodies.slice(-1))
    expect(environment).toMatchObject({
      secrets: expect.arrayContaining(namedValues({ LOG_LEVEL: 'debug-all', TOKEN: 'hunter2-hunter2' }))
    })
  })

  test('that may be part of an output is masked only at the end, but never printed', async () => {
    const id = '7d3f0a1e-5c2b-4f6d-8a9b-0c1d2e3f4a5b'
    const detail = `cannot use ${id} or hunter2xyz`
    await scenario({
      faults: [{ method: 'POST', path: '/v2/deployments', action: 'status', status: 422, body: { detail } }]
    })
    const { runner } = await run({ ...FROM_IMAGE, secrets: `KEY_OF_HEROKU=${id}\nDB=hunter2xyz` })
    expect(runner.texts('error')).toEqual([expect.stringContaining('cannot use *** or ***')])
    expect(runner.texts('mask')).toEqual([KEY, id, 'hunter2xyz'])
  })

  test("that may be the agent's own address is neither masked nor removed", async () => {
    const detail = 'cannot use https://agent.internal.example or db.internal.example'
    await scenario({
      faults: [{ method: 'POST', path: '/v2/deployments', action: 'status', status: 422, body: { detail } }]
    })
    const secrets = 'OWN_URL=https://agent.internal.example\nHOST=db.internal.example'
    const { runner } = await run({ ...FROM_IMAGE, secrets })
    expect(runner.texts('error')).toEqual([expect.stringContaining(detail)])
    expect(runner.texts('mask')).toEqual([KEY])
  })

  test('that is invalid and secret is reported without its text', async () => {
    const { runner } = await run({ ...FROM_IMAGE, secrets: 'my secret text' })
    expect(runner.texts('error')).toEqual([expect.stringMatching(/`secrets` line 1/)])
    expect(runner.told.filter(({ text }) => text.includes('my secret text'))).toEqual([])
  })
})

describe('the active revision after a failure', () => {
  test('is requested from LangSmith, because another run may have changed it', async () => {
    const id = await world.images(OLD_IMAGE)
    await scenario({
      revisions: [{ nth: 2, statuses: ['DEPLOYING', 'DEPLOYED'], step_ms: 2_000 }, { final: 'DEPLOY_FAILED' }]
    })
    const answer = await fetch(`${world.api.emulator.url}/v2/deployments/${id}`, {
      method: 'PATCH',
      headers: { 'x-api-key': KEY, 'content-type': 'application/json' },
      body: JSON.stringify({ source_revision_config: { image_uri: 'ghcr.io/acme/agent:theirs' } })
    })
    expect(answer.status).toBe(200)
    const { runner } = await run()
    const [ours, theirs, old] = idsOf(await world.revisions(id))
    expect(runner.outputs).toMatchObject({
      'revision-id': ours,
      'previous-revision-id': old,
      'active-revision-id': theirs
    })
    expect(runner.texts('error')).toEqual([expect.stringContaining(`Revision ${theirs} is still active.`)])
  })
})

describe('an unusable server', () => {
  const PAGE: Reply = { headers: { 'content-type': 'text/html' }, text: '<!doctype html><html></html>' }
  test.each<[string, Reply, RegExp]>([
    ['returns HTML', PAGE, /No control plane found at \S+.*\/api-host/s],
    ['returns 405', { status: 405, json: { detail: 'Method Not Allowed' } }, /No control plane found at/],
    [
      'redirects',
      { status: 302, headers: { location: 'https://login.example.com' } },
      /302.*login\.example\.com.*`control-plane-url`/s
    ],
    ['returns 503', { status: 503, text: 'no healthy upstream' }, /503.*no healthy upstream/s],
    ['cuts every connection', 'cut', /could not be reached.*HTTPS_PROXY/s],
    ['returns other JSON', { json: { hello: 'world' } }, /`resources`/]
  ])('that %s ends the run with advice', async (_, reply, message) => {
    const server = await startServer(inTurn(reply))
    const { runner } = await run({ ...FROM_IMAGE, 'control-plane-url': server.url })
    expect(runner.outputs.status).toBe('error')
    expect(runner.texts('error')).toEqual([expect.stringMatching(message)])
  })

  test('that recovers causes only a line in the log', async () => {
    await scenario({ faults: [{ method: 'GET', action: 'status', status: 503, times: 3 }] })
    const { passed, runner } = await run({ ...FROM_IMAGE, wait: 'false' })
    expect(passed).toBe(true)
    expect(runner.texts('info').filter((text) => /returned 503; retrying/.test(text))).toHaveLength(3)
    expect(runner.texts('warning')).toEqual([])
  })

  test('leaves a stack trace only in the debug log', async () => {
    const server = await startServer(inTurn({ status: 400, json: { detail: 'No.' } }))
    const { runner } = await run({ ...FROM_IMAGE, 'control-plane-url': server.url })
    const stack = /\n\s+at /
    expect(runner.texts('debug').some((text) => stack.test(text))).toBe(true)
    expect(runner.told.filter(({ kind, text }) => kind !== 'debug' && stack.test(text))).toEqual([])
  })
})

describe('a revision of another commit', () => {
  test('causes one warning in a passing run', async () => {
    await scenario({ revisions: [{ commit: OTHER_COMMIT }] })
    const { passed, runner } = await run({})
    expect(passed).toBe(true)
    expect(runner.texts('warning')).toEqual([
      expect.stringMatching(
        new RegExp(`from commit ${OTHER_COMMIT}, but .+: LangSmith builds the head of the branch\\.`)
      )
    ])
  })

  test('causes no warning if the revision fails', async () => {
    await scenario({ revisions: [{ commit: OTHER_COMMIT, final: 'DEPLOY_FAILED' }] })
    const { runner } = await run({})
    expect(runner.outputs).toMatchObject({ status: 'failed', 'commit-sha': OTHER_COMMIT })
    expect(runner.texts('warning')).toEqual([])
  })

  test('causes a warning that the tag was moved', async () => {
    await scenario({ revisions: [{ commit: OTHER_COMMIT }] })
    const { passed, runner } = await run({}, { variables: { GITHUB_REF: 'refs/tags/v1.2.3' } })
    expect(passed).toBe(true)
    expect(runner.texts('warning')).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Tag v1\\.2\\.3 was moved: the revision was built from commit ${OTHER_COMMIT}, where the tag points now, but this run`
        )
      )
    ])
    expect(runner.texts('warning').join()).not.toContain('branch')
  })
})

describe('a run whose deployment is deleted', () => {
  test('reports no active revision in outputs, log, error and summary', async () => {
    const id = await world.images(OLD_IMAGE)
    await scenario({ revisions: [{ nth: 2, final: null }] })
    const hasWritten = async () => (await world.writes()).length > 0
    world.clock.onceInPause(hasWritten, () => world.api.ask(204, 'DELETE', `/v2/deployments/${id}`))
    const { runner } = await run()
    expect(runner.outputs).toMatchObject({ status: 'failed', 'deployment-url': '', 'active-revision-id': '' })
    for (const kind of ['info', 'error', 'summary'] as const) {
      expect(runner.texts(kind).join('\n')).not.toMatch(/still active|Agent Server/i)
    }
  })
})

describe('a canceled run', () => {
  const statusOf = async (runner: Run['runner']) =>
    (await world.revisions(runner.outputs['deployment-id'] ?? ''))[0]?.status

  test.each([
    ['leave', 'DEPLOYING', /was not interrupted/],
    ['interrupt', 'INTERRUPTED', /was interrupted/]
  ])('ends at once while it waits, and respects on-cancel: %s', async (onCancel, status, says) => {
    await scenario(ENDLESS)
    const { runner } = await run({ ...FROM_IMAGE, 'on-cancel': onCancel }, cancelledInPause(30))
    expect(runner.outputs).toMatchObject({ status: 'cancelled', 'revision-id': expect.any(String), created: 'true' })
    expect(runner.texts('error')).toEqual([expect.stringMatching(says)])
    expect(runner.texts('summary')).toHaveLength(1)
    expect(memoryOf(runner)).toMatchObject({ done: true })
    expect(await statusOf(runner)).toBe(status)
  })

  test('leaves nothing behind before its first write', async () => {
    await scenario({ faults: [{ method: 'GET', action: 'status', status: 503, times: null }] })
    const { runner } = await run({ ...FROM_IMAGE, 'on-cancel': 'interrupt' }, cancelledInPause(1))
    expect(runner.outputs).toEqual({ status: 'cancelled', 'duration-seconds': '0' })
    expect(runner.texts('error')).toEqual(['The job was canceled. No changes were made.'])
    expect(memoryOf(runner)).toBeUndefined()
    expect(await world.writes()).toEqual([])
  })

  test('reports during a deletion that it may have taken effect', async () => {
    await world.images(OLD_IMAGE)
    await scenario({ faults: [{ method: 'DELETE', action: 'cut', commit: true }] })
    const { runner } = await run({ command: 'delete', name: 'agent' }, cancelledInPause(1))
    expect(runner.outputs.status).toBe('cancelled')
    expect(runner.texts('error')).toEqual([
      expect.stringMatching(/^The job was canceled\. Deployment "agent" may have been deleted\./)
    ])
  })

  test('makes no request if it was canceled before its start', async () => {
    const { runner } = await run(FROM_IMAGE, { meanwhile: ({ cancellation }) => cancellation.cancel() })
    expect(runner.outputs.status).toBe('cancelled')
    expect(await world.requests()).toEqual([])
  })

  test.each([
    ['leave', false],
    ['interrupt', true]
  ])('ends within 2 s during a write and leaves the write to the post step: %s', async (onCancel, interrupt) => {
    const id = await world.images(OLD_IMAGE)
    await scenario({ faults: [PATCH_HANGS] })
    const running = run(
      { ...FROM_IMAGE, 'on-cancel': onCancel },
      { meanwhile: ({ cancellation }) => setTimeout(cancellation.cancel, 150) }
    )
    expect(await lasts(running)).toBeLessThan(150 + 2_000)
    const { runner } = await running
    expect(runner.outputs.status).toBe('cancelled')
    expect(runner.texts('error')).toEqual([expect.stringContaining('the post step checks its effect')])
    expect(memoryOf(runner)).toMatchObject({
      done: false,
      interrupt,
      deploymentId: id,
      intent: {
        name: 'agent',
        deploymentId: id,
        known: idsOf(await world.revisions(id)).slice(1),
        sent: { image_uri: IMAGE }
      }
    })
    expect(memoryOf(runner)).not.toHaveProperty('revisionId')
  })

  test('leaves the search for the effect of a lost write to the post step', async () => {
    await world.images(OLD_IMAGE)
    await scenario({ faults: [{ method: 'PATCH', action: 'cut' }] })
    const { runner } = await run({ ...FROM_IMAGE, 'on-cancel': 'interrupt' }, cancelledInPause(1))
    expect(runner.outputs.status).toBe('cancelled')
    expect(memoryOf(runner)).toMatchObject({ done: false, interrupt: true, intent: { name: 'agent' } })
  })

  test('leaves a revision that is not listed yet to the post step', async () => {
    await scenario({ revisions: [{ appear_after_ms: 20_000 }] })
    const { runner } = await run({ ...FROM_IMAGE, 'on-cancel': 'interrupt' }, cancelledInPause(2))
    expect(runner.outputs).toMatchObject({ status: 'cancelled', created: 'true', 'deployment-id': expect.any(String) })
    expect(memoryOf(runner)).toMatchObject({
      done: false,
      interrupt: true,
      deploymentId: runner.outputs['deployment-id']
    })
  })

  test('leaves an interruption without a response to the post step', async () => {
    await scenario({ ...ENDLESS, faults: [{ method: 'POST', path: '**/interruption', action: 'status', status: 500 }] })
    const { runner } = await run({ ...FROM_IMAGE, 'on-cancel': 'interrupt' }, cancelledInPause(5))
    expect(runner.texts('error')).toEqual([expect.stringContaining('the post step tries again')])
    expect(memoryOf(runner)).toMatchObject({ done: false, interrupt: true, revisionId: runner.outputs['revision-id'] })
  })

  test('never interrupts a revision that it only waits for', async () => {
    const id = await world.images(OLD_IMAGE)
    await scenario(ENDLESS)
    await world.api.ask(200, 'PATCH', `/v2/deployments/${id}`, { source_revision_config: { image_uri: IMAGE } })
    await run({ command: 'wait' }, cancelledInPause(10))
    expect((await world.revisions(id))[0]?.status).toBe('DEPLOYING')
    expect(await world.writes()).toEqual([])
  })

  test("never interrupts another run's revision that it follows", async () => {
    const id = await world.images(OLD_IMAGE)
    const revisions = [
      { nth: 2, final: 'SKIPPED', push: { at: 'QUEUED' } },
      { nth: 3, final: null }
    ]
    await scenario({ revisions })
    const inputs = { ...FROM_IMAGE, 'on-superseded': 'follow', 'on-cancel': 'interrupt' }
    const { runner } = await run(inputs, cancelledInPause(20))
    const [theirs] = await world.revisions(id)
    expect(runner.outputs).toMatchObject({ status: 'cancelled', 'revision-id': theirs?.id })
    expect(runner.texts('error')).toEqual(['The job was canceled.'])
    expect(theirs?.status).toBe('DEPLOYING')
    expect(await world.writes()).toEqual(['PATCH /v2/deployments/:id'])
  })
})

describe('a run that times out', () => {
  test.each([
    ['leave', 'DEPLOYING', /was not interrupted.*`command: wait`/s],
    ['interrupt', 'INTERRUPTED', /was interrupted.*Raise `timeout`/s]
  ])('respects on-timeout: %s', async (onTimeout, status, says) => {
    await scenario(ENDLESS)
    const { runner } = await run({ ...FROM_IMAGE, timeout: '5m', 'on-timeout': onTimeout })
    expect(runner.outputs).toMatchObject({ status: 'timed-out', 'duration-seconds': '300' })
    expect(runner.texts('error')).toEqual([expect.stringMatching(says)])
    expect((await world.revisions(runner.outputs['deployment-id'] ?? ''))[0]?.status).toBe(status)
    expect(memoryOf(runner)).toMatchObject({ done: true })
  })

  test('is extended by the time spent on GitHub', async () => {
    await world.images('ghcr.io/acme/agent:sha-fee0000')
    await scenario(ENDLESS)
    const github = await startServer(inTurn({ status: 503, json: { message: 'No server' } }))
    const { runner } = await run(
      { 'image-uri': 'ghcr.io/acme/agent:sha-01d0000', 'github-token': 'ghs_token', timeout: '1m' },
      { variables: { GITHUB_API_URL: github.url } }
    )
    expect(runner.outputs.status).toBe('timed-out')
    // The pauses between three requests, plus less than a second of real time.
    expect(github.requests).toHaveLength(3)
    expect(['63', '64']).toContain(runner.outputs['duration-seconds'])
  })

  test('leaves the search for the effect of a lost write to the post step', async () => {
    await world.images(OLD_IMAGE)
    const unavailable = { method: 'GET', path: '**/revisions', nth: 2, action: 'status', status: 503, times: null }
    await scenario({ faults: [{ method: 'PATCH', action: 'cut' }, unavailable] })
    const { runner } = await run({ ...FROM_IMAGE, timeout: '60s', 'on-timeout': 'interrupt' })
    expect(runner.outputs).toMatchObject({ status: 'timed-out' })
    expect(memoryOf(runner)).toMatchObject({ done: false, interrupt: true })
    expect(await world.writes()).toEqual(['PATCH /v2/deployments/:id'])
  })

  test('quotes the last refusal of its write', async () => {
    await world.images(OLD_IMAGE)
    await scenario({ faults: [{ method: 'PATCH', action: 'status', status: 429, times: null }] })
    const { runner } = await run({ ...FROM_IMAGE, timeout: '1m' })
    expect(runner.outputs).toMatchObject({ status: 'timed-out' })
    expect(runner.texts('error')).toEqual([
      expect.stringMatching(
        /before a revision appeared\. The last request got no usable response: PATCH \S+ \(.*429\)\./
      )
    ])
  })

  test('reports before its first write that no revision appeared', async () => {
    await scenario({ faults: [{ method: 'GET', action: 'status', status: 429, times: null }] })
    const { runner } = await run({ ...FROM_IMAGE, timeout: '1m' })
    expect(runner.outputs).toMatchObject({ status: 'timed-out', 'duration-seconds': '60' })
    expect(runner.texts('error')).toEqual([expect.stringContaining('before a revision appeared')])
    expect(await world.writes()).toEqual([])
  })

  test('leaves an interruption that fails to the post step', async () => {
    await scenario({ ...ENDLESS, faults: [{ method: 'POST', path: '**/interruption', action: 'cut' }] })
    const { runner } = await run({ ...FROM_IMAGE, timeout: '1m', 'on-timeout': 'interrupt' })
    expect(runner.outputs.status).toBe('timed-out')
    expect(memoryOf(runner)).toMatchObject({ done: false, interrupt: true })
  })
})

describe('a run with local problems', () => {
  test('reaches its verdict if the summary cannot be written', async () => {
    const { runner } = await run({ ...FROM_IMAGE, wait: 'false' }, { failingSummary: true })
    expect(runner.outputs.status).toBe('started')
    expect(runner.texts('warning')).toEqual([expect.stringContaining('no space left on device')])
  })

  test.each<[string, readonly RunnerFile[]]>([
    ['the outputs', ['GITHUB_OUTPUT']],
    ['the state for the post step', ['GITHUB_STATE']],
    ['any result', ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY']]
  ])('makes no request if it cannot write the file for %s', async (_, unwritable) => {
    const { runner } = await run(FROM_IMAGE, { unwritable })
    expect(await world.requests()).toEqual([])
    expect(runner.texts('error')).toEqual([unwritable.map((file) => `${file} cannot be written`).join('\n')])
    expect(runner.texts('warning')).toEqual([])
  })

  test('continues with a warning if it cannot write the summary file', async () => {
    const { passed, runner } = await run({ ...FROM_IMAGE, wait: 'false' }, { unwritable: ['GITHUB_STEP_SUMMARY'] })
    expect([passed, runner.outputs.status]).toEqual([true, 'started'])
    expect(runner.texts('warning')).toEqual(['GITHUB_STEP_SUMMARY cannot be written'])
  })

  test('reports an unexpected error as an annotation and as a status', () => {
    const runner = fakeRunner()
    tellCrash(new TypeError('x is not a function'), runner)
    expect(runner.outputs).toEqual({ status: 'error' })
    expect(runner.texts('error')).toEqual([
      expect.stringMatching(/^x is not a function\nRerun this job with debug logging\. .*report the error/)
    ])
  })

  test('releases the signal handlers after a crash', async () => {
    const crashing = {
      ...fakeRunner({ inputs: FROM_IMAGE }),
      info: () => {
        throw new Error('broken pipe')
      }
    }
    const cancellation = manualCancellation(world.clock.now)
    await expect(failureOf(main(crashing, cancellation, world.clock))).resolves.toMatchObject({
      message: 'broken pipe'
    })
    expect(cancellation.released).toBe(true)
  })
})
