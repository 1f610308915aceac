import { describe, expect, test } from '@jest/globals'
import type { RunOptions, StepRun } from '../../demo/runner.ts'
import type { JournalEntry } from '../../emulator/journal.ts'
import { committed, makeFolder, makeTree, SMALLEST, type Tree } from '../archive/support.ts'
import { UPLOAD } from '../support/expected.ts'
import { words } from '../support/words.ts'
import {
  annotated,
  at,
  CREATE,
  environmentOf,
  expectOutcome,
  FROM_IMAGE,
  IMAGE,
  type Json,
  PATCH,
  type Plane,
  withoutReferences,
  withPlane
} from './support.ts'

const SOURCE = { 'source-type': 'internal_source' }
const SECRET = 'correct-horse-battery-staple'
const ON_UPLOAD = { method: 'PUT', path: '/storage/**' }
const LEFT_EMPTY = /created deployment "agent", which has no revision yet[\s\S]*`command: delete`/

const PYTHON: Tree = {
  'langgraph.json': JSON.stringify({ graphs: { agent: './source/agent.py:graph' }, dependencies: ['.'], env: '.env' }),
  'pyproject.toml': '[project]\nname = "agent"\n',
  'source/agent.py': 'graph = 1\n',
  'source/tools/.gitignore': '*.log\n',
  'source/tools/run.sh': { program: '#!/bin/sh\n' },
  'source/tools/debug.log': 'noise',
  'source/latest.py': { link: 'agent.py' },
  'dist/agent.whl': 'wheel',
  '.env': `MODE=production\nTOKEN=${SECRET}\nLANGSMITH_API_KEY=lsv2_of_the_platform\n`,
  '.gitignore': 'dist/\n.env\n'
}

const MONOREPO: Tree = {
  'package.json': '{"workspaces": ["apps/*", "packages/*"]}',
  'apps/agent/langgraph.json': JSON.stringify({
    node_version: '22',
    graphs: { agent: './src/graph.ts:graph' },
    dependencies: ['.', '../../packages/shared']
  }),
  'apps/agent/package.json': '{"name": "agent"}',
  'apps/agent/src/graph.ts': 'export const graph = 1\n',
  'apps/agent/node_modules/left-pad/index.js': 'module.exports = 1\n',
  'apps/web/index.html': '<html></html>',
  'packages/shared/package.json': '{"name": "shared"}',
  'packages/shared/src/index.ts': 'export const shared = 1\n',
  'packages/unused/index.ts': 'export {}\n'
}

interface Uploaded {
  readonly object_path: string
  readonly size: number
  readonly entries: readonly { readonly name: string; readonly mode: number; readonly type: string }[]
}

async function get<T>(plane: Plane, path: string): Promise<T> {
  return (await (await fetch(plane.emulator.url + path)).json()) as T
}

const uploadsOf = (plane: Plane) => get<readonly Uploaded[]>(plane, '/_emulator/uploads')
const namesOf = (upload: Uploaded | undefined) => upload?.entries.map(({ name }) => name)
const digestOf = ({ log }: StepRun) => /sha256 ([0-9a-f]{64})/.exec(log)?.[1]

/** Runs the bundle in a workspace with the given files. */
function deploy(plane: Plane, tree: Tree, inputs: Readonly<Record<string, string>> = {}, options: RunOptions = {}) {
  return plane.run({ ...SOURCE, ...inputs }, { ...options, workspace: makeTree(tree, makeFolder()) })
}

/** Requests for logs. */
const logReads = (journal: readonly JournalEntry[]) => journal.filter(({ path }) => /logs(\?|$)/.test(path))
const groupsOf = ({ groups }: StepRun, title: RegExp) => groups.filter((group) => title.test(group.title))
const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`)

describe('the source of the workspace', () => {
  test.concurrent('of a Python project is created, uploaded and deployed', () =>
    withPlane(async (plane) => {
      const workspace = makeTree(PYTHON)
      const tracked = committed(workspace)
      const outcome = await plane.run({ ...SOURCE, secrets: 'MODE=test' }, { workspace })
      const [deployment] = await plane.deployments()
      const [upload, ...others] = await uploadsOf(plane)
      expectOutcome(outcome, {
        status: 'deployed',
        writes: [CREATE, UPLOAD, PATCH],
        outputs: {
          created: 'true',
          'revision-status': 'DEPLOYED',
          'active-revision-id': deployment?.active_revision_id
        },
        secrets: [SECRET, 'lsv2_of_the_platform']
      })
      expect(outcome.run.log).toMatch(/Omitted from the environment: .*LANGSMITH_API_KEY/)
      expect(others).toEqual([])
      expect(namesOf(upload)).toEqual(tracked)
      expect(upload?.entries.find(({ name }) => name === 'source/tools/run.sh')?.mode).toBe(0o755)
      expect(environmentOf(deployment)).toEqual({ MODE: 'test', TOKEN: SECRET })
      expect(at(outcome.journal.at(outcome.requests.indexOf(PATCH)), 'body', 'source_revision_config')).toEqual({
        source_tarball_path: upload?.object_path,
        langgraph_config_path: 'langgraph.json'
      })
    }))

  test.concurrent('is uploaded to its URL with the three signed headers, and without the API key', () =>
    withPlane(async (plane) => {
      const { run } = await deploy(plane, SMALLEST)
      const all = await get<readonly JournalEntry[]>(plane, '/_emulator/requests')
      const [put, ...others] = all.filter(({ method }) => method === 'PUT')
      expect(others).toEqual([])
      expect(Object.keys(put?.headers ?? {}).sort()).toEqual([
        'connection',
        'content-length',
        'content-type',
        'host',
        'x-goog-content-length-range'
      ])
      expect(run.rawStdout).not.toMatch(/X-Goog-Signature|\/storage\//)
      expect(run.log).toMatch(/Uploading \d+\.\d KiB to 127\.0\.0\.1:\d+\./)
    }))

  test.concurrent('of a JS monorepo includes its whole workspace, which an install requires', () =>
    withPlane(async (plane) => {
      const outcome = await deploy(plane, MONOREPO, {
        'langgraph-config': 'apps/agent/langgraph.json',
        'install-command': 'npm ci',
        'build-command': 'npm run build'
      })
      expectOutcome(outcome, { status: 'deployed', writes: [CREATE, UPLOAD, PATCH] })
      const [upload] = await uploadsOf(plane)
      const packed = words(`
        apps/agent/langgraph.json apps/agent/package.json apps/agent/src/graph.ts apps/web/index.html package.json
        packages/shared/package.json packages/shared/src/index.ts packages/unused/index.ts
      `)
      expect(namesOf(upload)).toEqual(packed)
      expect(outcome.run.log).toMatch(
        /contains the whole workspace instead of only apps\/agent, because of package\.json/
      )
      const [deployment] = await plane.deployments()
      expect(deployment).toMatchObject({
        source_config: { install_command: 'npm ci', build_command: 'npm run build', deployment_type: 'dev_zero' },
        source_revision_config: {
          langgraph_config_path: 'apps/agent/langgraph.json',
          source_tarball_path: upload?.object_path
        }
      })
    }))

  test.concurrent('has the same bytes from two runs and two clones, and creates a revision each time', () =>
    withPlane(async (plane) => {
      const first = await deploy(plane, PYTHON)
      const second = await deploy(plane, PYTHON)
      const [before, after] = await uploadsOf(plane)
      expect(second.run.outputs).toMatchObject({
        status: 'deployed',
        created: 'false',
        'previous-revision-id': first.run.outputs['revision-id']
      })
      expect(second.run.outputs['revision-id']).not.toBe(first.run.outputs['revision-id'])
      expect(digestOf(first.run)).toMatch(/^[0-9a-f]{64}$/)
      expect(digestOf(second.run)).toBe(digestOf(first.run))
      expect(after?.size).toBe(before?.size)
      expect(after?.object_path).not.toBe(before?.object_path)
    }))

  test.concurrent('omits env files, and includes the files in `include`', () =>
    withPlane(async (plane) => {
      const tree = {
        ...SMALLEST,
        '.env.local': 'A=b',
        '.gitignore': 'gen/\n',
        'gen/x.py': '',
        'deploy/production': 'A=b',
        '.dockerignore': 'docs\n!docs/api\n',
        'docs/x': '',
        'docs/api': ''
      }
      const workspace = makeTree(tree)
      committed(workspace)
      const inputs = { ...SOURCE, 'secrets-file': 'deploy/production' }
      const { run } = await plane.run(inputs, { workspace })
      await plane.run({ ...inputs, include: 'gen/\n.env.local' }, { workspace })
      const [without, within] = await uploadsOf(plane)
      expect(namesOf(without)).toEqual(['.dockerignore', '.gitignore', 'agent.py', 'docs/api', 'langgraph.json'])
      expect(namesOf(within)).toEqual([
        '.dockerignore',
        '.gitignore',
        'agent.py',
        'docs/api',
        'gen/x.py',
        'langgraph.json'
      ])
      expect(run.log).toContain('.env.local')
      expect(annotated(run)).toBe('')
    }))

  test.concurrent('causes a warning for credentials, and a notice for a broken link', () =>
    withPlane(async (plane) => {
      const workspace = makeTree({ ...SMALLEST, '.netrc': 'machine x', lost: { link: 'nowhere' } })
      const outcome = await plane.run(SOURCE, { workspace })
      expectOutcome(outcome, {
        status: 'deployed',
        writes: [CREATE, UPLOAD, PATCH],
        annotations: ['notice', 'warning'],
        says: [/do not exist: lost/, /Skipped probable credentials.*: \.netrc/]
      })
    }))

  test.concurrent('is packed but not sent in a dry run', () =>
    withPlane(async (plane) => {
      const outcome = await deploy(plane, SMALLEST, { 'dry-run': 'true' })
      expectOutcome(outcome, { status: 'planned', writes: [] })
      expect(outcome.run.log).toMatch(/Packed 2 entries/)
      expect(await uploadsOf(plane)).toEqual([])
      expect(await plane.deployments()).toEqual([])
    }))

  test.concurrent.each<[string, Tree, readonly RegExp[]]>([
    ['a link leads outside the workspace', { ...SMALLEST, 'conf/hosts': { link: '/etc/hosts' } }, [/conf\/hosts/]],
    [
      'the configuration is invalid',
      { 'langgraph.json': '{"graphs": {"a": 1,}}' },
      [/`langgraph-config` langgraph\.json/, /line 1/]
    ],
    [
      'several files are missing',
      { 'langgraph.json': JSON.stringify({ graphs: { a: './gone.py:g' }, dependencies: ['./lib'] }) },
      [/graphs\.a.*gone\.py/, /dependencies\[0\].*lib/]
    ],
    ['nothing was checked out', {}, [/langgraph\.json does not exist/, /run actions\/checkout before this step/]]
  ])('is rejected before any request if %s', (_, tree, says) =>
    withPlane(async (plane) => {
      const outcome = await deploy(plane, tree)
      expectOutcome(outcome, { status: 'error', writes: [], says })
      expect(outcome.requests).toEqual([])
    })
  )
})

test.concurrent('an invalid configuration is reported at its line', () =>
  withPlane(async (plane) => {
    const config = { graphs: { agent: './agent.py:graph' }, dependencies: ['.'], python_version: '3.9' }
    const tree = { 'app/langgraph.json': JSON.stringify(config, null, 2), 'app/agent.py': '' }
    const { run } = await deploy(plane, tree, { 'langgraph-config': 'app/langgraph.json' })
    expect(run.annotations).toEqual([
      {
        level: 'error',
        title: expect.any(String),
        file: 'app/langgraph.json',
        line: '8',
        message: expect.stringMatching(/app\/langgraph\.json:8: `python_version` is 3\.9/)
      }
    ])
  }))

describe('an interrupted upload', () => {
  test.concurrent.each<[string, Json]>([
    ['breaks', { action: 'cut' }],
    ['is rejected', { action: 'status', status: 403 }]
  ])('that %s once is repeated with a new URL', (_, fault) =>
    withPlane(async (plane) => {
      await plane.scenario({ faults: [{ ...ON_UPLOAD, ...fault }] })
      const outcome = await deploy(plane, SMALLEST)
      expectOutcome(outcome, { status: 'deployed', writes: [CREATE, UPLOAD, UPLOAD, PATCH] })
      expect(outcome.run.log).toMatch(/upload failed .*retrying once with a new upload URL/)
      expect(await uploadsOf(plane)).toHaveLength(1)
    })
  )

  test.concurrent.each<[string, Json, RegExp]>([
    ['breaks', { action: 'cut' }, /connection was cut/],
    ['is rejected', { action: 'status', status: 403 }, /127\.0\.0\.1:\d+ returned 403 for PUT of the archive/]
  ])('that %s twice leaves an empty deployment, reports it, and the next run uses it', (_, fault, says) =>
    withPlane(async (plane) => {
      await plane.scenario({ faults: [{ ...ON_UPLOAD, times: 2, ...fault }] })
      const broken = await deploy(plane, SMALLEST)
      expectOutcome(broken, {
        status: 'error',
        writes: [CREATE, UPLOAD, UPLOAD],
        annotations: ['warning', 'error'],
        says: [LEFT_EMPTY, says],
        outputs: { created: 'true', 'deployment-name': 'agent' }
      })
      expect(await plane.revisions(String(broken.run.outputs['deployment-id']))).toEqual([])
      const { run } = await deploy(plane, SMALLEST)
      expect(run.outputs).toMatchObject({
        status: 'deployed',
        created: 'false',
        'deployment-id': broken.run.outputs['deployment-id']
      })
    })
  )

  test.concurrent('ends immediately on cancellation, and reports what remains', () =>
    withPlane(async (plane) => {
      await plane.scenario({ faults: [{ ...ON_UPLOAD, action: 'hang' }] })
      const outcome = await deploy(plane, SMALLEST, {}, { signals: [{ signal: 'SIGINT', when: /^Uploading / }] })
      expectOutcome(outcome, {
        status: 'cancelled',
        writes: [CREATE, UPLOAD],
        annotations: ['warning', 'error'],
        says: [LEFT_EMPTY]
      })
      expect(outcome.afterSignalMs).toBeLessThan(2_000)
    }))

  test.concurrent('creates one revision if the response to the change is lost', () =>
    withPlane(async (plane) => {
      await plane.scenario({ faults: [{ method: 'PATCH', action: 'cut', commit: true }] })
      const outcome = await deploy(plane, SMALLEST)
      expectOutcome(outcome, { status: 'deployed', writes: [CREATE, UPLOAD, PATCH] })
      expect(await plane.revisions(String(outcome.run.outputs['deployment-id']))).toHaveLength(1)
    }))
})

describe('a streamed log', () => {
  test.concurrent('of 5,000 lines is shown completely and in order, with one request per poll', () =>
    withPlane(async (plane) => {
      const durations = { BUILDING: 5_400 }
      await plane.scenario({ revisions: [{ build_log: lines(5_000), log_line_ms: 1, durations, deploy_log: ['up'] }] })
      const { run, journal, requests } = await deploy(plane, SMALLEST, { logs: 'stream' })
      expect(run.outputs.status).toBe('deployed')
      // A change of status between the lines ends their group.
      const shown = groupsOf(run, /^Build log( \(continued\))?$/).flatMap((group) =>
        group.lines.filter((line) => / line \d+$/.test(line))
      )
      expect(shown).toEqual(lines(5_000).map((line) => `INFO    ${line}`))
      expect(run.log.split('\n').filter((line) => /line \d+$/.test(line))).toHaveLength(5_000)
      expect(groupsOf(run, /^Deploy log$/).flatMap((group) => group.lines)).toEqual(['INFO    up'])
      const looks = requests.filter((request) => request === 'GET /v2/deployments/:id/revisions/:id').length
      expect(logReads(journal).length).toBeLessThanOrEqual(looks + 3)
      if (process.env.SHOW_FIGURES) console.log({ lines: shown.length, reads: logReads(journal).length, looks })
    }))

  test.concurrent('shows its lines during the build', () =>
    withPlane(async (plane) => {
      await plane.scenario({
        revisions: [{ build_log: lines(3), durations: { BUILDING: 2_500 }, log_line_ms: 800, deploy_log: [] }]
      })
      const seen: string[] = []
      await deploy(plane, SMALLEST, { logs: 'stream' }, { onLine: (line) => seen.push(line) })
      const end = seen.findIndex((line) => line.endsWith('  DEPLOYED'))
      expect(seen.slice(0, end).some((line) => line.endsWith('line 0'))).toBe(true)
    }))

  test.concurrent('of an image is its deploy log', () =>
    withPlane(async (plane) => {
      await plane.scenario({ revisions: [{ deploy_log: ['up'] }] })
      const { run, journal } = await plane.run({ ...FROM_IMAGE, logs: 'stream' })
      // The status can be between the lines, if a poll coincides with DEPLOYING.
      const [group, ...others] = groupsOf(run, / log$/)
      expect(group).toMatchObject({ title: 'Deploy log', lines: expect.arrayContaining(['INFO    up']) })
      expect(others).toEqual([])
      expect(logReads(journal).filter(({ query }) => JSON.stringify(query).includes('build'))).toEqual([])
    }))
})

describe('a failed phase', () => {
  test.concurrent.each<[string, Json, RegExp]>([
    ['BUILD_FAILED', { final: 'BUILD_FAILED' }, /^Build log, the last 50 lines$/],
    ['DEPLOY_FAILED', { final: 'DEPLOY_FAILED' }, /^Deploy log, the last 50 lines$/],
    ['CREATE_FAILED', { statuses: ['CREATING', 'CREATE_FAILED'] }, /^Build log, the last 50 lines$/]
  ])(
    'with %s shows the end of its log in a group and in the summary, and its cause in the annotation',
    (status, rule, title) =>
      withPlane(async (plane) => {
        const cause = "ModuleNotFoundError: No module named 'tavily'"
        const log = [...lines(60), { level: 'ERROR', message: cause }, 'bye']
        await plane.scenario({ revisions: [{ ...rule, build_log: log, deploy_log: log }] })
        const outcome = await deploy(plane, SMALLEST)
        expectOutcome(outcome, {
          status: 'failed',
          writes: [CREATE, UPLOAD, PATCH],
          says: [status, `The log shows:\n${cause}`],
          outputs: { 'revision-status': status }
        })
        const { run, journal } = outcome
        const [group, ...others] = groupsOf(run, title)
        const expected = [
          ...lines(60)
            .slice(-48)
            .map((line) => `INFO    ${line}`),
          `ERROR   ${cause}`,
          'INFO    bye'
        ]
        expect(others).toEqual([])
        expect(group?.lines).toEqual(expected)
        expect(withoutReferences(run.summary)).toContain(`<pre>\n${expected.join('\n')}\n</pre>`)
        expect(run.annotations[0]?.message.length).toBeLessThanOrEqual(4_096)
        expect(logReads(journal).length).toBeLessThanOrEqual(2)
      })
  )

  test.concurrent('with an endless line keeps the advice in the annotation and the summary within its limit', () =>
    withPlane(async (plane) => {
      const log = Array.from({ length: 50 }, (_, index) => `Error ${index}: ${'<日>'.repeat(4_000)}`)
      await plane.scenario({ revisions: [{ final: 'BUILD_FAILED', build_log: log }] })
      const { run } = await deploy(plane, SMALLEST)
      const [annotation] = run.annotations
      expect(run.faults).toEqual([])
      expect(annotation?.message.length).toBeLessThanOrEqual(4_096)
      expect(annotation?.message).toMatch(/Read the build log of the revision in LangSmith\.$/)
      expect(run.summary).toMatch(/End of the build log/)
    }))

  test.concurrent('with `logs: off` shows and requests no log', () =>
    withPlane(async (plane) => {
      await plane.scenario({ revisions: [{ final: 'BUILD_FAILED', build_log: ['Error: hidden'] }] })
      const { run, journal } = await deploy(plane, SMALLEST, { logs: 'off' })
      expect(logReads(journal)).toEqual([])
      expect(run.log + run.summary + annotated(run)).not.toMatch(/hidden|Build log|End of the build log/)
      expect(run.outputs.status).toBe('failed')
    }))

  test.concurrent('determines the verdict even without a log', () =>
    withPlane(async (plane) => {
      const routes = ['/v2/deployments/*/revisions/*/logs', '/v1/projects/**']
      await plane.scenario({
        revisions: [{ final: 'BUILD_FAILED' }],
        faults: routes.map((path) => ({ path, action: 'status', status: 500, times: null }))
      })
      expectOutcome(await deploy(plane, SMALLEST), {
        status: 'failed',
        writes: [CREATE, UPLOAD, PATCH],
        annotations: ['warning', 'error'],
        says: [/log of the failure could not be read.*returned 500/, /BUILD_FAILED/]
      })
    }))

  test.concurrent('is not reported if the revision is active but has no log', () =>
    withPlane(async (plane) => {
      const faults = ['/v2/deployments/*/revisions/*/logs', '/v1/projects/**'].map((path) => ({
        ...{ path, action: 'cut', times: null }
      }))
      await plane.scenario({ faults, revisions: [{ durations: { BUILDING: 3_500 } }] })
      expectOutcome(await deploy(plane, SMALLEST, { logs: 'stream' }), {
        status: 'deployed',
        writes: [CREATE, UPLOAD, PATCH],
        annotations: ['warning'],
        says: [/logs could not be read/]
      })
    }))

  test.concurrent('has its log from the v1 routes if there are no others', () =>
    withPlane(async (plane) => {
      await plane.scenario({
        revisions: [{ final: 'BUILD_FAILED', build_log: ['Error: from v1'] }],
        faults: [{ path: '/v2/deployments/*/revisions/*/logs', action: 'status', status: 404, times: null }]
      })
      const { run } = await deploy(plane, SMALLEST)
      expect(annotated(run)).toContain('Error: from v1')
    }))
})

describe('a hostile log', () => {
  const HOSTILE = [
    '::set-output name=status::deployed',
    '  ::add-mask::agent',
    '\t::add-mask::INFO',
    '::stop-commands::token',
    '##[error]boom',
    'text ##[group]boom',
    '::error title=fake::failed',
    '::endgroup::',
    '::save-state name=memory::x',
    'one\r::warning::two',
    'three\n::debug::four',
    '\u001b[31m::error::red\u001b[0m',
    '\u001b]0;title\u0007::notice::bell',
    '</pre></details><script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '```',
    '~~~~',
    '# Error: a heading',
    '| a | b |',
    '[click](https://evil.example)',
    'Error: ![x](https://evil.example/x.png)',
    `Error: password=${SECRET}`,
    `Error: pass\u001b[1mword=${SECRET}\u001b[0m`
  ]

  const watched = async (plane: Plane, logs: string, log: readonly (string | Json)[]) => {
    await plane.scenario({ revisions: [{ final: 'BUILD_FAILED', build_log: log }] })
    return deploy(plane, SMALLEST, { logs, secrets: `TOKEN=${SECRET}` })
  }

  test.concurrent.each(['on-failure', 'stream'])('is shown as plain text and has no effect, %s', (logs) =>
    withPlane(async (plane) => {
      const outcome = await watched(plane, logs, HOSTILE)
      expectOutcome(outcome, {
        status: 'failed',
        writes: [CREATE, UPLOAD, PATCH],
        says: [/Error: password=\*\*\*/],
        secrets: [SECRET]
      })
      const { run } = outcome
      const harmless = await withPlane((other) => watched(other, logs, ['fine']))
      expect([...run.masks].sort()).toEqual([...harmless.run.masks].sort())
      expect(run.groups.map(({ title }) => title)).not.toContain('boom')
      expect(run.log).toContain('</pre></details><script>alert(1)</script>')
      expect(run.log).toContain('\n: :warning::two\n')
      expect(run.log).toContain('## [error]boom')
      expect(run.debug).toEqual(harmless.run.debug)
    })
  )

  test.concurrent('can have a command in its first column if it has no level', () =>
    withPlane(async (plane) => {
      await plane.scenario({
        revisions: [{ final: 'BUILD_FAILED' }],
        faults: [
          {
            path: '/v2/deployments/*/revisions/*/logs',
            action: 'status',
            status: 200,
            body: { logs: [...HOSTILE].reverse(), next_offset: null },
            times: null
          }
        ]
      })
      const outcome = await deploy(plane, SMALLEST, { secrets: `TOKEN=${SECRET}` })
      expectOutcome(outcome, {
        status: 'failed',
        writes: [CREATE, UPLOAD, PATCH],
        secrets: [SECRET]
      })
      expect(outcome.run.log).toContain(': :set-output name=status::deployed')
    }))

  test.concurrent('shows no secret that contains an escape sequence', () =>
    withPlane(async (plane) => {
      const outcome = await watched(plane, 'on-failure', [`Error: ${SECRET.slice(0, 8)}\u001b[31m${SECRET.slice(8)}`])
      expectOutcome(outcome, { status: 'failed', writes: [CREATE, UPLOAD, PATCH], secrets: [SECRET] })
    }))
})

test.concurrent('a revision after another has its own log', () =>
  withPlane(async (plane) => {
    const { id } = await plane.seed('agent')
    await plane.scenario({
      revisions: [
        {
          nth: 2,
          push: { at: 'QUEUED', source_revision_config: { image_uri: IMAGE } },
          final: 'SKIPPED',
          deploy_log: ['theirs']
        },
        { nth: 3, deploy_log: ['ours'] }
      ]
    })
    const { run } = await plane.run({ ...FROM_IMAGE, 'on-superseded': 'follow', logs: 'stream' })
    const [newest] = await plane.revisions(id)
    expect(run.outputs).toMatchObject({ status: 'deployed', 'revision-id': newest?.id })
    expect(groupsOf(run, /^Deploy log$/).flatMap((group) => group.lines)).toContain('INFO    ours')
  }))
