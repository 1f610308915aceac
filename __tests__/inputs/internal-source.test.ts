import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Checkout } from '../../src/archive/checkout.ts'
import { commitOfRun } from '../../src/inputs/checkout.ts'
import { choicesOf } from '../../src/inputs/table.ts'
import { makeTree, SMALLEST, type Tree } from '../archive/support.ts'
import { namedValues } from '../support/json.ts'
import { commit, git, makeRepository } from '../support/repository.ts'
import {
  COMMIT,
  FORK_PULL_REQUEST,
  type Given,
  HEAD_COMMIT,
  KEY,
  OWN_PULL_REQUEST,
  problemsOf,
  pullRequest,
  read,
  readDeploy
} from './environment.ts'

/** Commands that find an existing deployment by name and do not delete it. */
const FINDING_COMMANDS = choicesOf('command').filter((command) => !['deploy', 'delete', 'sweep'].includes(command))

const PACKED = 'c0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ff'
const MERGE_COMMIT = 'abcdef0123456789abcdef0123456789abcdef01'
const MERGED_PULL_REQUEST: Given = {
  ...OWN_PULL_REQUEST,
  event: {
    pull_request: {
      number: 7,
      state: 'closed',
      merged: true,
      merge_commit_sha: MERGE_COMMIT,
      head: { ref: 'topic/x', sha: HEAD_COMMIT, repo: { full_name: 'acme/Support_Agent' } },
      base: { ref: 'main' }
    }
  }
}
const SELF_HOSTED = 'https://ls.example.com/api-host'
const SOURCE = { name: 'agent', 'source-type': 'internal_source' }

/** Returns a run that deploys a workspace with the given files. */
function inWorkspace(tree: Tree, inputs: Readonly<Record<string, string>> = {}, given: Given = {}): Given {
  const variables = { GITHUB_WORKSPACE: makeTree(tree), RUNNER_TEMP: '/runner/temp', ...given.variables }
  return { ...given, inputs: { ...SOURCE, ...inputs }, variables }
}

const config = (fields: object) =>
  JSON.stringify({ graphs: { agent: './agent.py:graph' }, dependencies: ['.'], ...fields })
const withEnvironment = (env: unknown): Tree => ({ ...SMALLEST, 'langgraph.json': config({ env }) })

async function sourceOf(given: Given) {
  const { source } = await readDeploy(given)
  if (source.type !== 'internal_source') throw new Error(`the source is ${source.type}`)
  return source
}

describe('the commit of the run', () => {
  const ORIGIN = 'https://github.com/acme/Support_Agent'
  const checkedOut = (checkout: Partial<Checkout>, given: Given = {}) => ({ checkout, given })

  /** Returns the commit of a run in a workspace with the given checkout. */
  async function commitIn({ checkout, given }: ReturnType<typeof checkedOut>) {
    const config = await readDeploy(inWorkspace(SMALLEST, {}, given))
    if (config.source.type !== 'internal_source') throw new Error('It is another source')
    const source = { ...config.source, checkout: { commit: PACKED, parents: [], origin: undefined, ...checkout } }
    return commitOfRun(source, config.trigger)
  }

  test.each<[string, ReturnType<typeof checkedOut>, string | undefined]>([
    ['is the checked-out commit', checkedOut({}), PACKED],
    ['is the commit of a clone of this repository', checkedOut({ origin: ORIGIN }), PACKED],
    ['is the commit of a clone over SSH', checkedOut({ origin: 'git@github.com:acme/support_agent.git' }), PACKED],
    [
      'is the commit of a clone whose URL contains a user',
      checkedOut({ origin: 'https://git@github.com/acme/Support_Agent.git' }),
      PACKED
    ],
    [
      'is the commit of the event if another repository is packed',
      checkedOut({ origin: 'https://github.com/acme/other' }),
      COMMIT
    ],
    ['is the checked-out commit if the event has no commit', checkedOut({}, { variables: { GITHUB_SHA: '' } }), PACKED],
    [
      "is the head of a pull request for GitHub's trial merge",
      checkedOut({ parents: [COMMIT, HEAD_COMMIT] }, OWN_PULL_REQUEST),
      HEAD_COMMIT
    ],
    [
      'is the head of a pull request at the trial merge of the run, regardless of its parents in git',
      checkedOut(
        { parents: [] },
        { ...OWN_PULL_REQUEST, variables: { GITHUB_REF: 'refs/pull/7/merge', GITHUB_SHA: PACKED } }
      ),
      HEAD_COMMIT
    ],
    [
      'is the base of a pull request on pull_request_target',
      checkedOut(
        { parents: [] },
        { ...OWN_PULL_REQUEST, variables: { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: PACKED } }
      ),
      PACKED
    ],
    [
      "is the merge commit of a merged pull request if GitHub's trial merge is checked out",
      checkedOut({ parents: [COMMIT, HEAD_COMMIT] }, MERGED_PULL_REQUEST),
      MERGE_COMMIT
    ],
    [
      'is the checked-out commit after the merge of a pull request',
      checkedOut({ parents: [COMMIT] }, MERGED_PULL_REQUEST),
      PACKED
    ],
    [
      'is the base of a pull request if the base is checked out',
      checkedOut({ parents: [COMMIT] }, OWN_PULL_REQUEST),
      PACKED
    ],
    [
      'is a merge of another head of the pull request',
      checkedOut({ parents: [HEAD_COMMIT, COMMIT] }, OWN_PULL_REQUEST),
      PACKED
    ],
    [
      'is the commit of the default branch on workflow_run if the commit of the event is not checked out',
      checkedOut(
        {},
        {
          variables: { GITHUB_EVENT_NAME: 'workflow_run' },
          event: { workflow_run: { head_sha: HEAD_COMMIT, head_branch: 'topic' } }
        }
      ),
      PACKED
    ],
    ['is a merge of the pushed commit without a pull request', checkedOut({ parents: [HEAD_COMMIT, COMMIT] }), PACKED]
  ])('%s', async (_, given, commit) => {
    expect(await commitIn(given)).toBe(commit)
  })

  test('is the commit of the event for all other sources', async () => {
    expect((await readDeploy()).trigger.commit).toBe(COMMIT)
    expect((await readDeploy({ inputs: { 'image-uri': 'agent:1' } })).trigger.commit).toBe(COMMIT)
  })

  const inRepository = (folder: string, given: Given = {}, inputs: Readonly<Record<string, string>> = {}): Given => ({
    ...given,
    inputs: { ...SOURCE, ...inputs },
    variables: {
      PATH: process.env.PATH ?? '',
      RUNNER_TEMP: '/runner/temp',
      ...given.variables,
      GITHUB_WORKSPACE: folder
    }
  })

  test('is reported with the commit of the event in one notice if they differ', async () => {
    const { folder, first } = makeRepository()
    const same = await readDeploy(inRepository(folder, { variables: { GITHUB_SHA: first } }))
    expect(same).toMatchObject({ trigger: { commit: first }, notices: [] })
    const other = await readDeploy(inRepository(folder))
    expect(other.trigger.commit).toBe(first)
    expect(other.notices).toEqual([expect.stringMatching(new RegExp(`at commit ${first}.*started for ${COMMIT}`))])
  })

  const ofRun = (head_sha: string): Given => ({
    variables: { GITHUB_EVENT_NAME: 'workflow_run' },
    event: { workflow_run: { event: 'push', conclusion: 'success', head_branch: 'main', head_sha } }
  })

  test.each<[string, Given, string]>([
    ['workflow_run', ofRun(HEAD_COMMIT), 'github.event.workflow_run.head_sha'],
    ['a pull request', OWN_PULL_REQUEST, 'github.event.pull_request.head.sha'],
    ['a merged pull request', MERGED_PULL_REQUEST, 'github.event.pull_request.merge_commit_sha']
  ])('is reported with the ref to check out if it is another commit: %s', async (_, given, field) => {
    const { folder, first } = makeRepository()
    const { notices } = await readDeploy(inRepository(folder, given))
    expect(notices).toEqual([expect.stringContaining(`set \`ref: \${{ ${field} }}\` in the actions/checkout step`)])
    expect(notices[0]).toMatch(
      new RegExp(`^The checkout is at commit ${first}, .* This run deploys and reports the checked-out commit`)
    )
  })

  test('is reported as the commit that a dry run would deploy', async () => {
    const { folder, first } = makeRepository()
    const { notices } = await readDeploy(inRepository(folder, ofRun(HEAD_COMMIT), { 'dry-run': 'true' }))
    expect(notices).toEqual([
      expect.stringMatching(new RegExp(`^The checkout is at commit ${first}, .* This run would deploy and report the`))
    ])
  })

  describe('the checkout after a comment on a pull request', () => {
    const commented = (GITHUB_SHA: string, state = 'open'): Given => ({
      variables: { GITHUB_EVENT_NAME: 'issue_comment', GITHUB_SHA },
      event: { issue: { number: 7, state, pull_request: { merged_at: state === 'open' ? null : '2026-08-01' } } }
    })
    const told = async (given: Given) => {
      const { notices, warnings } = await readDeploy(given)
      return [...notices, ...warnings]
    }
    const PREVIEW = { preview: 'true' }
    const REF = 'Set `ref: refs/pull/${{ github.event.issue.number }}/head` in the actions/checkout step.'

    test.each<[string, Readonly<Record<string, string>>, string]>([
      ['for a preview', PREVIEW, 'deploys'],
      ['for a deployment by name', {}, 'deploys'],
      ['for a dry run', { ...PREVIEW, 'dry-run': 'true' }, 'would deploy']
    ])('causes a warning if it is the default branch, %s', async (_, inputs, deploys) => {
      const { folder, first } = makeRepository()
      expect(await told(inRepository(folder, commented(first), inputs))).toEqual([
        `This run is for pull request 7, but it ${deploys} commit ${first} of the default branch. After a comment, actions/checkout checks out the default branch. ${REF}`
      ])
    })

    test('causes a warning if git does not report its commit', async () => {
      const given = inWorkspace(SMALLEST, PREVIEW, commented(COMMIT))
      expect(await told(given)).toEqual([
        expect.stringMatching(
          /^This run is for pull request 7, but the action cannot determine whether its code is checked out\. After a comment, actions\/checkout checks out the default branch\./
        )
      ])
    })

    test('causes no warning if the workflow checked out another commit', async () => {
      const { folder, first } = makeRepository()
      const head = commit(folder, 'Topic')
      const config = await readDeploy(inRepository(folder, commented(first), PREVIEW))
      expect(config).toMatchObject({ trigger: { commit: head }, notices: [], warnings: [] })
    })

    test('can be the default branch after the merge', async () => {
      const { folder, first } = makeRepository()
      expect(await told(inRepository(folder, commented(first, 'closed')))).toEqual([])
    })
  })

  test("is the head of a pull request in the runner's shallow clone of the trial merge", async () => {
    const { folder } = makeRepository()
    git(folder, 'switch', '-q', '-c', 'topic')
    const head = commit(folder, 'Topic', { 'topic.py': '' })
    git(folder, 'switch', '-q', 'main')
    commit(folder, 'Base', { 'base.py': '' })
    git(folder, 'merge', '-q', '--no-ff', '-m', 'Merge', 'topic')
    const given = {
      variables: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' },
      event: {
        pull_request: { number: 7, head: { ref: 'topic', sha: head, repo: { full_name: 'acme/Support_Agent' } } }
      }
    }
    expect(await readDeploy(inRepository(folder, given))).toMatchObject({ trigger: { commit: head }, notices: [] })
  })

  test('is the commit of the repository that contains the configuration', async () => {
    const { folder } = makeRepository({ 'README.md': '' })
    const inner = makeRepository()
    git(folder, 'clone', '-q', inner.folder, join(folder, 'agents'))
    git(join(folder, 'agents'), 'remote', 'set-url', 'origin', ORIGIN)
    const given = inRepository(folder, {}, { 'langgraph-config': 'agents/langgraph.json' })
    expect((await readDeploy(given)).trigger.commit).toBe(inner.first)
  })

  test('is the commit of the event without a git repository, without a notice', async () => {
    expect(await readDeploy(inWorkspace(SMALLEST))).toMatchObject({ trigger: { commit: COMMIT }, notices: [] })
  })
})

const TARGET_OF_FORK: Given = {
  variables: { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/main' },
  event: pullRequest('mallory/support_agent')
}

describe('the source `internal_source`', () => {
  test('has its project, its commands and the folder for its archive', async () => {
    const source = await sourceOf({
      ...inWorkspace(
        { 'apps/agent/langgraph.json': config({}), 'apps/agent/agent.py': '' },
        {
          'langgraph-config': 'apps/agent/langgraph.json',
          'install-command': 'npm ci',
          'build-command': 'npm run build',
          'deployment-type': 'dedicated',
          include: '\n# made by the step before\n  gen/ \r\n!gen/big.bin\n',
          'secrets-file': 'prod.env'
        }
      ),
      files: { 'prod.env': 'A=b' }
    })
    expect(source).toMatchObject({
      type: 'internal_source',
      temporaryFolder: '/runner/temp',
      deploymentType: 'dedicated',
      installCommand: 'npm ci',
      buildCommand: 'npm run build',
      include: ['gen/', '!gen/big.bin'],
      secretsFile: 'prod.env',
      project: { configPath: 'langgraph.json' }
    })
  })

  test('includes no ignored files by default', async () => {
    const source = await sourceOf(inWorkspace(SMALLEST))
    expect(source).toMatchObject({ include: [], secretsFile: undefined })
  })

  test.each<[string, Given]>([
    ['a fork, which has no secrets', { ...FORK_PULL_REQUEST }],
    ['this repository', { ...OWN_PULL_REQUEST }]
  ])('accepts a pull request of %s', async (_, given) => {
    const problems = await problemsOf(inWorkspace(SMALLEST, {}, given))
    expect(problems.filter(({ input }) => input === 'source-type')).toEqual([])
  })

  test('rejects the code of a fork on pull_request_target before reading it', async () => {
    const problems = await problemsOf(inWorkspace({ 'langgraph.json': 'broken' }, {}, TARGET_OF_FORK))
    expect(problems).toEqual([
      {
        input: 'source-type',
        text: expect.stringMatching(
          /^cannot be `internal_source` on pull_request_target, because it would deploy the code of mallory\/support_agent with your secrets\. Deploy on `push` instead\./
        )
      }
    ])
  })

  test('accepts pull_request_target of this repository', async () => {
    const given = { ...TARGET_OF_FORK, event: pullRequest('acme/Support_Agent') }
    expect(await problemsOf(inWorkspace(SMALLEST, {}, given))).toEqual([])
  })

  test('is rejected for a self-hosted control plane', async () => {
    expect(await problemsOf(inWorkspace(SMALLEST, { 'control-plane-url': SELF_HOSTED }))).toEqual([
      {
        input: 'source-type',
        text: expect.stringMatching(
          /^is `internal_source`, which builds on LangSmith Cloud only, but `control-plane-url` is self-hosted\. Build an image and set `source-type: external_docker` and `image-uri`, or remove `control-plane-url`\./
        )
      }
    ])
  })

  test('requires a workspace', async () => {
    expect(await problemsOf({ inputs: SOURCE })).toEqual([
      { input: 'source-type', text: expect.stringContaining('GITHUB_WORKSPACE') }
    ])
  })
})

describe('an invalid project', () => {
  test.each<[string, Tree, readonly RegExp[]]>([
    ['without a configuration', {}, [/langgraph\.json does not exist in the workspace/]],
    ['with a configuration that is not JSON', { 'langgraph.json': '{"graphs": }' }, [/line 1, column 12/]],
    ['with an empty configuration', { 'langgraph.json': '' }, [/not valid JSON/]],
    [
      'with several problems',
      {
        'langgraph.json': JSON.stringify({ graphs: { a: './gone.py:graph' }, dependencies: ['./lib'], env: 7 })
      },
      [/`env` is neither/, /`dependencies\[0\]` names \.\/lib/, /`graphs\.a` names \.\/gone\.py/]
    ],
    [
      'with a path outside the workspace',
      { ...SMALLEST, 'langgraph.json': config({ dependencies: ['..'] }) },
      [/outside the workspace/]
    ],
    [
      'with an env file whose bare name is not set',
      { ...withEnvironment('.env'), '.env': 'A=1\nB=${NONE}\nC=${INPUT_API-KEY}' },
      [/`env`: \.env: line 2: \$\{NONE\} in the value of B/, /\.env: line 3: \$\{INPUT_API-KEY\} in the value of C/]
    ]
  ])('%s is reported with all its problems', async (_, tree, texts) => {
    const problems = await problemsOf(inWorkspace(tree))
    expect(problems.map(({ input }) => input)).toEqual(texts.map(() => 'langgraph-config'))
    for (const [index, text] of texts.entries()) expect(problems[index]?.text).toMatch(text)
  })

  test('is reported together with problems of other inputs', async () => {
    const problems = await problemsOf(inWorkspace({}, { timeout: 'soon', secrets: 'A=', 'integration-id': 'x' }))
    expect(problems.map(({ input }) => input).sort()).toEqual([
      'integration-id',
      'langgraph-config',
      'secrets',
      'timeout'
    ])
  })

  test('is reported without the value of a variable', async () => {
    const tree = { ...withEnvironment('.env'), '.env': 'TOKEN=hunter2-hunter2${NONE}\nOTHER=correct-horse${NONE}' }
    expect(JSON.stringify(await problemsOf(inWorkspace(tree)))).not.toMatch(/hunter2|correct-horse/)
  })
})

describe('the location of a project error', () => {
  test('is part of the input error', async () => {
    const text = '{\n  "graphs": {\n    "agent": "./gone.py:graph"\n  },\n  "dependencies": ["."]\n}'
    const problems = await problemsOf(inWorkspace({ 'langgraph.json': text }))
    expect(problems).toMatchObject([{ input: 'langgraph-config', place: { file: 'langgraph.json', line: 3 } }])
    await expect(read(inWorkspace({ 'langgraph.json': text }))).rejects.toMatchObject({
      place: { file: 'langgraph.json', line: 3 }
    })
  })

  test('is the input `root` if `root` is invalid', async () => {
    expect(await problemsOf(inWorkspace(SMALLEST, { root: 'none' }))).toEqual([
      { input: 'root', text: expect.stringMatching(/^is none, which does not exist\. Set it to a folder/) }
    ])
  })
})

describe('the packed folder', () => {
  test('is the value of `root`', async () => {
    const tree = { 'app/langgraph.json': config({}), 'app/agent.py': '' }
    const { project } = await sourceOf(inWorkspace(tree, { 'langgraph-config': 'app/langgraph.json', root: '.' }))
    expect(project).toMatchObject({ root: project.workspace, configPath: 'app/langgraph.json' })
  })

  test.each([{ 'source-type': 'github' }, { 'image-uri': 'agent:1' }])('is unused for %j', async (inputs) => {
    expect(await problemsOf({ inputs: { ...inputs, root: '.' } })).toMatchObject([{ input: 'root' }])
  })
})

describe('a deployment name in the project', () => {
  const named = (inputs: Readonly<Record<string, string>> = {}, given: Given = {}) =>
    readDeploy(
      inWorkspace(
        { ...withEnvironment('.env'), '.env': 'LANGSMITH_DEPLOYMENT_NAME=support\nA=b\n' },
        { name: '', ...inputs },
        given
      )
    )
  const linesOf = ({ source }: Awaited<ReturnType<typeof readDeploy>>) =>
    source.type === 'internal_source' ? source.project.notices : []

  test('is used and logged', async () => {
    const config = await named()
    expect(config).toMatchObject({
      target: { name: 'support', deploymentId: undefined },
      // A name from the project is chosen, so it can move a deployment to another project.
      defaultName: undefined,
      secrets: { secrets: [{ name: 'A', value: 'b' }] },
      notices: [],
      warnings: []
    })
    expect(linesOf(config)).toEqual(['Deployment name: support (from LANGSMITH_DEPLOYMENT_NAME in .env).'])
  })

  test.each([
    ['name', 'other', { name: 'other', deploymentId: undefined }],
    ['deployment-id', 'f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e', { deploymentId: 'f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e' }]
  ])('is overridden by `%s`', async (input, value, target) => {
    const config = await named({ [input]: value })
    expect(config.target).toMatchObject(target)
    expect(linesOf(config)).toEqual([])
  })

  test('is replaced by the name of the repository if the project has none', async () => {
    expect((await readDeploy(inWorkspace(SMALLEST, { name: '' }))).defaultName).toBe('support-agent')
  })

  test('is not used for unmerged code if it comes from an env file', async () => {
    await expect(named({}, OWN_PULL_REQUEST)).rejects.toMatchObject({ problems: [{ input: 'name' }] })
  })

  test('is rejected if a part of it is missing', async () => {
    const tree = { ...withEnvironment('.env'), '.env': 'LANGSMITH_DEPLOYMENT_NAME=support-${STAGE}\n' }
    expect(await problemsOf(inWorkspace(tree, { name: '' }))).toMatchObject([
      { input: 'langgraph-config', text: expect.stringContaining('${STAGE} in the value of LANGSMITH_DEPLOYMENT_NAME') }
    ])
    const { target } = await readDeploy(inWorkspace(tree, { name: '' }, { variables: { STAGE: 'beta' } }))
    expect(target.name).toBe('support-beta')
  })

  test.each([
    ['.env', 'LANGSMITH_DEPLOYMENT_NAME in .env'],
    [{ LANGSMITH_DEPLOYMENT_NAME: 'My Agent' }, 'LANGSMITH_DEPLOYMENT_NAME in `env` of langgraph.json']
  ])('is reported with its origin if it is not valid for a new deployment: %j', async (env, origin) => {
    const tree = { ...withEnvironment(env), '.env': 'LANGSMITH_DEPLOYMENT_NAME=My Agent\n' }
    expect(await problemsOf(inWorkspace(tree, { name: '', timeout: 'soon' }))).toEqual([
      { input: 'timeout', text: expect.any(String) },
      {
        input: 'name',
        text: `comes from ${origin}: it is "My Agent", which is not a valid deployment name: use letters, digits and dashes, starting with a letter. Use \`my-agent\` there, or set \`name\`.`
      }
    ])
    expect(await problemsOf(inWorkspace(tree, { name: 'agent' }))).toEqual([])
  })

  test.each(FINDING_COMMANDS)("requires `name` for `%s`, which would use the repository's name", async (command) => {
    const tree = withEnvironment({ LANGSMITH_DEPLOYMENT_NAME: 'support' })
    const given = (inputs: Readonly<Record<string, string>>) =>
      inWorkspace(tree, { 'source-type': '', name: '', command, ...inputs })
    expect(await problemsOf(given({}))).toEqual([
      {
        input: 'name',
        text: expect.stringMatching(
          /^is missing: `env` of langgraph\.json sets LANGSMITH_DEPLOYMENT_NAME to "support", but only `command: deploy` uses it\. Set `name`\./
        )
      }
    ])
    expect((await read(given({ name: 'other' }))).target.name).toBe('other')
    expect((await read(inWorkspace(SMALLEST, { 'source-type': '', name: '', command }))).target.name).toBe(
      'support-agent'
    )
  })

  test('is not used for previews, because `delete` must find them without the project', async () => {
    const config = await named({ preview: 'true' }, OWN_PULL_REQUEST)
    expect(config.target.previewNames).toContain('support-agent-pr-7')
    expect(linesOf(config)).toEqual([])
  })
})

describe('the configuration of a `github` deployment', () => {
  const BROKEN = { 'langgraph.json': '{\n  "graphs": {},\n  "dependencies": ["."]\n}' }
  const fromGithub = (inputs: Readonly<Record<string, string>>, given: Given = {}, tree: Tree = BROKEN) =>
    inWorkspace(tree, { 'source-type': 'github', ...inputs }, given)
  const WRITTEN = { 'langgraph-config': './langgraph.json' }

  test('is an error at its line if it is checked out, invalid, and set by the user', async () => {
    expect(await problemsOf(fromGithub(WRITTEN))).toEqual([
      {
        input: 'langgraph-config',
        text: expect.stringMatching(/^langgraph\.json:2: `graphs` is empty/),
        place: { file: 'langgraph.json', line: 2 }
      }
    ])
  })

  test('is a warning at its line if the deployment may use another one', async () => {
    expect((await readDeploy(fromGithub({}))).warnings).toEqual([
      {
        text: expect.stringMatching(
          /^langgraph\.json:2: `graphs` is empty; name at least one graph: "graphs": \{"agent": "\.\/src\/agent\.py:graph"\}\. LangSmith cannot build a deployment that uses this configuration\./
        ),
        place: { file: 'langgraph.json', line: 2 }
      }
    ])
  })

  test('is not checked for the files that it names', async () => {
    expect(await readDeploy(fromGithub(WRITTEN, {}, { 'langgraph.json': config({}) }))).toMatchObject({ warnings: [] })
  })

  test.each<[string, Given]>([
    ['the file is not checked out', fromGithub({ 'langgraph-config': 'app/langgraph.json' })],
    ['another ref is deployed', fromGithub({ ...WRITTEN, 'repo-ref': 'release' })],
    [
      'another repository is deployed',
      fromGithub({ ...WRITTEN, 'repo-url': 'https://github.com/acme/other', 'repo-ref': 'main' })
    ],
    ['there is no workspace', fromGithub(WRITTEN, { variables: { GITHUB_WORKSPACE: '' } })]
  ])('is not checked if %s', async (_, given) => {
    expect(await readDeploy(given)).toMatchObject({ warnings: [] })
  })

  test('is not checked if another commit is checked out', async () => {
    const { folder, first } = makeRepository(BROKEN)
    const variables = { GITHUB_WORKSPACE: folder, PATH: process.env.PATH ?? '' }
    expect(await problemsOf(fromGithub(WRITTEN, { variables }))).toEqual([])
    expect(await problemsOf(fromGithub(WRITTEN, { variables: { ...variables, GITHUB_SHA: first } }))).toHaveLength(1)
  })
})

describe('the variables of the configuration', () => {
  test('become secrets, unless an input sets the same name', async () => {
    const given = inWorkspace(withEnvironment({ A: 'config', B: 'config', C: 'config' }), {
      secrets: 'B=input',
      'secrets-file': 'f'
    })
    const { secrets, notices } = await readDeploy({ ...given, files: { f: 'C=file\nD=file' } })
    expect(Object.fromEntries(secrets.secrets.map(({ name, value }) => [name, value]))).toEqual({
      A: 'config',
      B: 'input',
      C: 'file',
      D: 'file'
    })
    expect(secrets.secrets).toHaveLength(4)
    expect(notices).toEqual([])
  })

  test('are read from its env file', async () => {
    const { secrets } = await readDeploy(
      inWorkspace({ ...withEnvironment('./conf/prod.env'), 'conf/prod.env': 'A="b c" # d\nexport E=f\n' })
    )
    expect(secrets.secrets).toEqual(namedValues({ A: 'b c', E: 'f' }))
  })

  test('from a file omit an invalid line with a warning, and empty values', async () => {
    const { secrets, notices, warnings } = await readDeploy(
      inWorkspace(
        { ...withEnvironment('.env'), '.env': 'A=1\nnonsense\nB=\nC=${STEP}' },
        {},
        { variables: { STEP: 'x' } }
      )
    )
    expect(secrets.secrets).toEqual(namedValues({ A: '1', C: 'x' }))
    expect(notices).toEqual([])
    expect(warnings).toEqual([expect.stringMatching(/^langgraph\.json: `env`: \.env: line 2: skipped/)])
  })

  test('omit the names that the platform sets, and the key, in one line of the log', async () => {
    const env = { LANGSMITH_API_KEY: 'lsv2_x', PORT: '1', GITHUB_SHA: 't', KEY_OF_MINE: `a ${KEY}`, OWN: 'kept' }
    const { secrets, notices, remarks } = await readDeploy(inWorkspace(withEnvironment(env)))
    expect(secrets.secrets).toEqual([{ name: 'OWN', value: 'kept' }])
    expect(notices).toEqual([])
    expect(remarks).toEqual([
      'Omitted from the environment: LANGSMITH_API_KEY, PORT (LangSmith sets this variable); GITHUB_SHA (the runner sets it for the job); KEY_OF_MINE (it contains the value of `api-key`).'
    ])
  })

  test('are sufficient for `secrets-mode: replace`', async () => {
    const { secrets } = await readDeploy(inWorkspace(withEnvironment({ A: 'b' }), { 'secrets-mode': 'replace' }))
    expect(secrets).toEqual({ mode: 'replace', variables: [], secrets: [{ name: 'A', value: 'b' }] })
    expect(await problemsOf(inWorkspace(withEnvironment({ PORT: '1' }), { 'secrets-mode': 'replace' }))).toMatchObject([
      { input: 'secrets-mode' }
    ])
  })

  test('are ignored for another source', async () => {
    const given = inWorkspace(withEnvironment({ A: 'b' }))
    expect((await readDeploy({ ...given, inputs: { 'source-type': 'github' } })).secrets.secrets).toEqual([])
  })
})

describe('skip-unchanged', () => {
  test('is reported as ineffective for an archive', async () => {
    const { notices } = await readDeploy(inWorkspace(SMALLEST, { 'skip-unchanged': 'true' }))
    expect(notices).toEqual([
      '`skip-unchanged` has no effect here: LangSmith does not report the contents of an earlier archive, so every run creates a revision. Remove `skip-unchanged`.'
    ])
    expect((await readDeploy(inWorkspace(SMALLEST))).notices).toEqual([])
  })
})

describe('inputs of other sources', () => {
  test.each([
    [
      'repo-url',
      'https://github.com/acme/agents',
      'requires `source-type: github`, but `source-type` is `internal_source`. Remove `'
    ],
    ['repo-ref', 'main', 'requires `source-type: github`, but `source-type` is `internal_source`. Remove `'],
    [
      'integration-id',
      'f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e',
      'requires `source-type: github`, but `source-type` is `internal_source`. Remove `'
    ],
    ['build-on-push', 'true', 'requires `source-type: github`, but `source-type` is `internal_source`. Remove `'],
    [
      'image-uri',
      'ghcr.io/acme/agent:1',
      'requires `source-type: external_docker` or `source-type: internal_docker`, but `source-type` is `internal_source`. Remove `image-uri`, or set `source-type: external_docker` or `source-type: internal_docker`.'
    ],
    [
      'listener-id',
      'f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e',
      'requires `source-type: external_docker`, but `source-type` is `internal_source`. Remove `'
    ],
    [
      'k8s-namespace',
      'agents',
      'requires `source-type: external_docker`, but `source-type` is `internal_source`. Remove `'
    ],
    [
      'resource-spec',
      'cpu: 2',
      'requires `source-type: external_docker`, but `source-type` is `internal_source`. Remove `'
    ],
    [
      'custom-url',
      'agent.example.com',
      'requires `source-type: external_docker`, but `source-type` is `internal_source`. Remove `'
    ]
  ])('%s is rejected with both alternatives', async (input, value, way) => {
    const problems = await problemsOf(inWorkspace(SMALLEST, { [input]: value }))
    expect(problems).toEqual([
      { input, text: expect.stringContaining(`\`source-type\` is \`internal_source\`. Remove \`${input}\`, or `) }
    ])
    expect(problems[0]?.text).toContain(way)
  })

  test.each([
    ['github', { 'source-type': 'github' }],
    ['an image', { 'image-uri': 'agent:1' }],
    ['the default source', {}]
  ])('include is rejected for %s', async (_, inputs) => {
    const problems = await problemsOf({ inputs: { ...inputs, include: 'gen/' } })
    expect(problems).toMatchObject([
      { input: 'include', text: expect.stringContaining('`source-type: internal_source`') }
    ])
  })

  test('include is ignored with a notice by a command that packs nothing', async () => {
    const { notices } = await read({ inputs: { command: 'wait', include: 'gen/' } })
    expect(notices).toEqual([expect.stringContaining('`include`')])
  })
})

describe('an invalid path of a configuration', () => {
  const TREE: Tree = {
    'agents/support/langgraph.json': '{}',
    'agents/sales/langgraph.json': '{}',
    'one/deep/langgraph.json': '{}',
    'empty/README.md': ''
  }

  const BAD: readonly (readonly [string, RegExp])[] = [
    [
      'agents/suport/langgraph.json',
      /Found agents\/sales\/langgraph\.json, agents\/support\/langgraph\.json, one\/deep\/langgraph\.json; use one of these paths\.$/
    ],
    ['agents', /^agents is a folder\. Found agents\/sales\/langgraph\.json, agents\/support\/langgraph\.json; use one/],
    ['one', /^one is a folder\. Found one\/deep\/langgraph\.json; use this path\.$/],
    ['one/', /^one\/? is a folder\. Found one\/deep\/langgraph\.json; use this path\.$/]
  ]

  test.each(BAD)('in an archive lists the existing ones: %s', async (path, text) => {
    expect(
      await problemsOf(inWorkspace({ ...TREE, 'node_modules/x/langgraph.json': '{}' }, { 'langgraph-config': path }))
    ).toEqual([{ input: 'langgraph-config', text: expect.stringMatching(text) }])
  })

  const inRepository = (inputs: Readonly<Record<string, string>>, sha?: string) => {
    const { folder, first } = makeRepository(TREE)
    const variables = { GITHUB_WORKSPACE: folder, GITHUB_SHA: sha ?? first, PATH: process.env.PATH ?? '' }
    return { folder, given: inWorkspace({}, { 'source-type': 'github', ...inputs }, { variables }) }
  }

  test.each(BAD)('in a repository lists those of the commit: %s', async (path, text) => {
    const { given } = inRepository({ 'langgraph-config': path })
    expect(await problemsOf(given)).toEqual([{ input: 'langgraph-config', text: expect.stringMatching(text) }])
  })

  test('in a repository also lists files outside a sparse checkout', async () => {
    const { folder, given } = inRepository({ 'langgraph-config': 'one/deep/langgraph.json' })
    git(folder, 'sparse-checkout', 'set', 'agents')
    expect(existsSync(join(folder, 'one'))).toBe(false)
    expect(await problemsOf(given)).toEqual([])
  })

  test.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    ['it is not set', {}, undefined],
    ['another commit is checked out', { 'langgraph-config': 'x/langgraph.json' }, 'a'.repeat(40)],
    ['another ref is deployed', { 'langgraph-config': 'x/langgraph.json', 'repo-ref': 'release' }, undefined]
  ])('in a repository is not checked if %s', async (_, inputs, sha) => {
    expect(await problemsOf(inRepository(inputs, sha).given)).toEqual([])
  })
})
