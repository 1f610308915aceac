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

/** They go by the name of what is there already, and remove nothing. */
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

/** Inputs of a run that deploys a workspace with these files. */
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

  /** A run of a workspace where git tells this. */
  async function commitIn({ checkout, given }: ReturnType<typeof checkedOut>) {
    const config = await readDeploy(inWorkspace(SMALLEST, {}, given))
    if (config.source.type !== 'internal_source') throw new Error('It is another source')
    const source = { ...config.source, checkout: { commit: PACKED, parents: [], origin: undefined, ...checkout } }
    return commitOfRun(source, config.trigger)
  }

  test.each<[string, ReturnType<typeof checkedOut>, string | undefined]>([
    ['is what is checked out', checkedOut({}), PACKED],
    ['is that of a clone of this repository', checkedOut({ origin: ORIGIN }), PACKED],
    ['is that of a clone by SSH', checkedOut({ origin: 'git@github.com:acme/support_agent.git' }), PACKED],
    [
      'is that of a clone whose address names a user',
      checkedOut({ origin: 'https://git@github.com/acme/Support_Agent.git' }),
      PACKED
    ],
    [
      'is that of the event where another repository is packed',
      checkedOut({ origin: 'https://github.com/acme/other' }),
      COMMIT
    ],
    ['is what is checked out where no event tells a commit', checkedOut({}, { variables: { GITHUB_SHA: '' } }), PACKED],
    [
      "is the head of a pull request in GitHub's merge of it",
      checkedOut({ parents: [COMMIT, HEAD_COMMIT] }, OWN_PULL_REQUEST),
      HEAD_COMMIT
    ],
    [
      'is the head of a pull request at the merge that the run was started for, whatever git tells of its parents',
      checkedOut(
        { parents: [] },
        { ...OWN_PULL_REQUEST, variables: { GITHUB_REF: 'refs/pull/7/merge', GITHUB_SHA: PACKED } }
      ),
      HEAD_COMMIT
    ],
    [
      'is the base of a pull request that pull_request_target has checked out',
      checkedOut(
        { parents: [] },
        { ...OWN_PULL_REQUEST, variables: { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: PACKED } }
      ),
      PACKED
    ],
    [
      "is the merge of a pull request that is merged, where GitHub's trial merge is checked out",
      checkedOut({ parents: [COMMIT, HEAD_COMMIT] }, MERGED_PULL_REQUEST),
      MERGE_COMMIT
    ],
    [
      'is what is checked out after the merge of a pull request',
      checkedOut({ parents: [COMMIT] }, MERGED_PULL_REQUEST),
      PACKED
    ],
    [
      'is the base of a pull request where that is checked out',
      checkedOut({ parents: [COMMIT] }, OWN_PULL_REQUEST),
      PACKED
    ],
    [
      'is the merge of a pull request of another head',
      checkedOut({ parents: [HEAD_COMMIT, COMMIT] }, OWN_PULL_REQUEST),
      PACKED
    ],
    [
      "is the default branch's under workflow_run, whose own commit was not checked out",
      checkedOut(
        {},
        {
          variables: { GITHUB_EVENT_NAME: 'workflow_run' },
          event: { workflow_run: { head_sha: HEAD_COMMIT, head_branch: 'topic' } }
        }
      ),
      PACKED
    ],
    [
      'is a merge of the commit that was pushed, where no pull request is about it',
      checkedOut({ parents: [HEAD_COMMIT, COMMIT] }),
      PACKED
    ]
  ])('%s', async (_, given, commit) => {
    expect(await commitIn(given)).toBe(commit)
  })

  test('is that of the event for every other source', async () => {
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

  test('is told with that of the event in one notice where the two differ', async () => {
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
  ])('is told with the ref to check out where it is another one: %s', async (_, given, field) => {
    const { folder, first } = makeRepository()
    const { notices } = await readDeploy(inRepository(folder, given))
    expect(notices).toEqual([expect.stringContaining(`set \`ref: \${{ ${field} }}\` in the actions/checkout step`)])
    expect(notices[0]).toContain(`This run deploys ${first} and`)
  })

  test('would be deployed at a dry run, where it is another one', async () => {
    const { folder, first } = makeRepository()
    const { notices } = await readDeploy(inRepository(folder, ofRun(HEAD_COMMIT), { 'dry-run': 'true' }))
    expect(notices).toEqual([expect.stringContaining(`This run would deploy ${first} and`)])
  })

  describe('after a comment on a pull request', () => {
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
      ['of a preview', PREVIEW, 'deploys'],
      ['of a deployment by its name', {}, 'deploys'],
      ['at a dry run', { ...PREVIEW, 'dry-run': 'true' }, 'would deploy']
    ])('is warned of where it is that of the default branch, %s', async (_, inputs, deploys) => {
      const { folder, first } = makeRepository()
      expect(await told(inRepository(folder, commented(first), inputs))).toEqual([
        `This run is for pull request 7, but it ${deploys} commit ${first} of the default branch. After a comment, actions/checkout checks out the default branch. ${REF}`
      ])
    })

    test('is warned of where git does not tell it', async () => {
      const given = inWorkspace(SMALLEST, PREVIEW, commented(COMMIT))
      expect(await told(given)).toEqual([
        expect.stringMatching(
          /^This run is for pull request 7, but the action cannot determine whether its code is checked out\. After a comment, actions\/checkout checks out the default branch\./
        )
      ])
    })

    test('is the one that the workflow has checked out, and nothing is said', async () => {
      const { folder, first } = makeRepository()
      const head = commit(folder, 'Topic')
      const config = await readDeploy(inRepository(folder, commented(first), PREVIEW))
      expect(config).toMatchObject({ trigger: { commit: head }, notices: [], warnings: [] })
    })

    test('is that of the default branch once it is merged', async () => {
      const { folder, first } = makeRepository()
      expect(await told(inRepository(folder, commented(first, 'closed')))).toEqual([])
    })
  })

  test('is the head in the shallow clone of a merge that the runner makes for a pull request', async () => {
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

  test('is that of the repository in which the configuration lies', async () => {
    const { folder } = makeRepository({ 'README.md': '' })
    const inner = makeRepository()
    git(folder, 'clone', '-q', inner.folder, join(folder, 'agents'))
    git(join(folder, 'agents'), 'remote', 'set-url', 'origin', ORIGIN)
    const given = inRepository(folder, {}, { 'langgraph-config': 'agents/langgraph.json' })
    expect((await readDeploy(given)).trigger.commit).toBe(inner.first)
  })

  test('is that of the event without a repository, and nothing is said', async () => {
    expect(await readDeploy(inWorkspace(SMALLEST))).toMatchObject({ trigger: { commit: COMMIT }, notices: [] })
  })
})

const TARGET_OF_FORK: Given = {
  variables: { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/main' },
  event: pullRequest('mallory/support_agent')
}

describe('the source in the workspace', () => {
  test('is read with its project, its commands and the folder for its archive', async () => {
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

  test('asks for no ignored file unless it is written', async () => {
    const source = await sourceOf(inWorkspace(SMALLEST))
    expect(source).toMatchObject({ include: [], secretsFile: undefined })
  })

  test.each<[string, Given]>([
    ['a fork, which gets no secrets anyway', { ...FORK_PULL_REQUEST }],
    ['this repository', { ...OWN_PULL_REQUEST }]
  ])('may come from a pull request of %s', async (_, given) => {
    const problems = await problemsOf(inWorkspace(SMALLEST, {}, given))
    expect(problems.filter(({ input }) => input === 'source-type')).toEqual([])
  })

  test('is refused under pull_request_target when the code is that of a fork, before any of it is read', async () => {
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

  test('may come from pull_request_target of this repository', async () => {
    const given = { ...TARGET_OF_FORK, event: pullRequest('acme/Support_Agent') }
    expect(await problemsOf(inWorkspace(SMALLEST, {}, given))).toEqual([])
  })

  test('is refused on a self-hosted control plane', async () => {
    expect(await problemsOf(inWorkspace(SMALLEST, { 'control-plane-url': SELF_HOSTED }))).toEqual([
      {
        input: 'source-type',
        text: expect.stringMatching(
          /^is `internal_source`, which builds on LangSmith Cloud only, but `control-plane-url` is self-hosted\. Build an image and set `source-type: external_docker` and `image-uri`, or remove `control-plane-url`\./
        )
      }
    ])
  })

  test('needs a workspace', async () => {
    expect(await problemsOf({ inputs: SOURCE })).toEqual([
      { input: 'source-type', text: expect.stringContaining('GITHUB_WORKSPACE') }
    ])
  })
})

describe('a broken project', () => {
  test.each<[string, Tree, readonly RegExp[]]>([
    ['without a config', {}, [/langgraph\.json does not exist in the workspace/]],
    ['with a config that is no JSON', { 'langgraph.json': '{"graphs": }' }, [/line 1, column 12/]],
    ['with an empty config', { 'langgraph.json': '' }, [/not valid JSON/]],
    [
      'with everything wrong',
      {
        'langgraph.json': JSON.stringify({ graphs: { a: './gone.py:graph' }, dependencies: ['./lib'], env: 7 })
      },
      [/`env` is neither/, /`dependencies\[0\]` names \.\/lib/, /`graphs\.a` names \.\/gone\.py/]
    ],
    [
      'with a path that leaves the workspace',
      { ...SMALLEST, 'langgraph.json': config({ dependencies: ['..'] }) },
      [/outside the workspace/]
    ],
    [
      'with a file of variables that names what is set nowhere',
      { ...withEnvironment('.env'), '.env': 'A=1\nB=${NONE}\nC=${INPUT_API-KEY}' },
      [/`env`: \.env: line 2: \$\{NONE\} in the value of B/, /\.env: line 3: \$\{INPUT_API-KEY\} in the value of C/]
    ]
  ])('%s is told with all its problems', async (_, tree, texts) => {
    const problems = await problemsOf(inWorkspace(tree))
    expect(problems.map(({ input }) => input)).toEqual(texts.map(() => 'langgraph-config'))
    for (const [index, text] of texts.entries()) expect(problems[index]?.text).toMatch(text)
  })

  test('is told together with what is wrong elsewhere', async () => {
    const problems = await problemsOf(inWorkspace({}, { timeout: 'soon', secrets: 'A=', 'integration-id': 'x' }))
    expect(problems.map(({ input }) => input).sort()).toEqual([
      'integration-id',
      'langgraph-config',
      'secrets',
      'timeout'
    ])
  })

  test('does not show the value of a variable', async () => {
    const tree = { ...withEnvironment('.env'), '.env': 'TOKEN=hunter2-hunter2${NONE}\nOTHER=correct-horse${NONE}' }
    expect(JSON.stringify(await problemsOf(inWorkspace(tree)))).not.toMatch(/hunter2|correct-horse/)
  })
})

describe('the place of a broken project', () => {
  test('goes with the error', async () => {
    const text = '{\n  "graphs": {\n    "agent": "./gone.py:graph"\n  },\n  "dependencies": ["."]\n}'
    const problems = await problemsOf(inWorkspace({ 'langgraph.json': text }))
    expect(problems).toMatchObject([{ input: 'langgraph-config', place: { file: 'langgraph.json', line: 3 } }])
    await expect(read(inWorkspace({ 'langgraph.json': text }))).rejects.toMatchObject({
      place: { file: 'langgraph.json', line: 3 }
    })
  })

  test('is the input `root` where that is wrong', async () => {
    expect(await problemsOf(inWorkspace(SMALLEST, { root: 'none' }))).toEqual([
      { input: 'root', text: expect.stringMatching(/^is none, which does not exist\. Set a folder/) }
    ])
  })
})

describe('the folder that is packed', () => {
  test('is that of `root`', async () => {
    const tree = { 'app/langgraph.json': config({}), 'app/agent.py': '' }
    const { project } = await sourceOf(inWorkspace(tree, { 'langgraph-config': 'app/langgraph.json', root: '.' }))
    expect(project).toMatchObject({ root: project.workspace, configPath: 'app/langgraph.json' })
  })

  test.each([{ 'source-type': 'github' }, { 'image-uri': 'agent:1' }])('is of no account for %j', async (inputs) => {
    expect(await problemsOf({ inputs: { ...inputs, root: '.' } })).toMatchObject([{ input: 'root' }])
  })
})

describe('a deployment that the project names', () => {
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

  test('has that name, and the log says so', async () => {
    const config = await named()
    expect(config).toMatchObject({
      target: { name: 'support', deploymentId: undefined },
      // A name that the project gives was chosen, and may move a deployment to another project.
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
  ])('gives way to `%s`', async (input, value, target) => {
    const config = await named({ [input]: value })
    expect(config.target).toMatchObject(target)
    expect(linesOf(config)).toEqual([])
  })

  test('has no say over the repository where the project does not name it', async () => {
    expect((await readDeploy(inWorkspace(SMALLEST, { name: '' }))).defaultName).toBe('support-agent')
  })

  test('does not get what is not merged, since the name comes from an env file', async () => {
    await expect(named({}, OWN_PULL_REQUEST)).rejects.toMatchObject({ problems: [{ input: 'name' }] })
  })

  test('has no name of which a part is missing', async () => {
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
  ])('has its origin named where nothing can be created under it: %j', async (env, origin) => {
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

  test.each(FINDING_COMMANDS)('has to be named for `%s`, which would go by the repository', async (command) => {
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

  test('does not name its previews, which a delete has to find without the project', async () => {
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

  test('that is checked out and broken is an error at its line, where it was written', async () => {
    expect(await problemsOf(fromGithub(WRITTEN))).toEqual([
      {
        input: 'langgraph-config',
        text: expect.stringMatching(/^langgraph\.json:2: `graphs` is empty/),
        place: { file: 'langgraph.json', line: 2 }
      }
    ])
  })

  test('is a warning at its line where a deployment may have another one', async () => {
    expect((await readDeploy(fromGithub({}))).warnings).toEqual([
      {
        text: expect.stringMatching(
          /^langgraph\.json:2: `graphs` is empty; name at least one graph: "graphs": \{"agent": "\.\/src\/agent\.py:graph"\}\. LangSmith cannot build a deployment that uses this configuration\./
        ),
        place: { file: 'langgraph.json', line: 2 }
      }
    ])
  })

  test('is told by no file that it names', async () => {
    expect(await readDeploy(fromGithub(WRITTEN, {}, { 'langgraph.json': config({}) }))).toMatchObject({ warnings: [] })
  })

  test.each<[string, Given]>([
    ['the file is not checked out', fromGithub({ 'langgraph-config': 'app/langgraph.json' })],
    ['another ref is deployed', fromGithub({ ...WRITTEN, 'repo-ref': 'release' })],
    [
      'another repository is',
      fromGithub({ ...WRITTEN, 'repo-url': 'https://github.com/acme/other', 'repo-ref': 'main' })
    ],
    ['there is no workspace', fromGithub(WRITTEN, { variables: { GITHUB_WORKSPACE: '' } })]
  ])('is not looked at where %s', async (_, given) => {
    expect(await readDeploy(given)).toMatchObject({ warnings: [] })
  })

  test('is not looked at where another commit is checked out', async () => {
    const { folder, first } = makeRepository(BROKEN)
    const variables = { GITHUB_WORKSPACE: folder, PATH: process.env.PATH ?? '' }
    expect(await problemsOf(fromGithub(WRITTEN, { variables }))).toEqual([])
    expect(await problemsOf(fromGithub(WRITTEN, { variables: { ...variables, GITHUB_SHA: first } }))).toHaveLength(1)
  })
})

describe('the variables of the config', () => {
  test('become secrets, below those of the inputs', async () => {
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

  test('are read from the file that it names', async () => {
    const { secrets } = await readDeploy(
      inWorkspace({ ...withEnvironment('./conf/prod.env'), 'conf/prod.env': 'A="b c" # d\nexport E=f\n' })
    )
    expect(secrets.secrets).toEqual(namedValues({ A: 'b c', E: 'f' }))
  })

  test('of a file lose a line that is not one, with a warning, and what is empty', async () => {
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

  test('lose the names that the platform sets, and the key, in one line of the log', async () => {
    const env = { LANGSMITH_API_KEY: 'lsv2_x', PORT: '1', GITHUB_SHA: 't', KEY_OF_MINE: `a ${KEY}`, OWN: 'kept' }
    const { secrets, notices, remarks } = await readDeploy(inWorkspace(withEnvironment(env)))
    expect(secrets.secrets).toEqual([{ name: 'OWN', value: 'kept' }])
    expect(notices).toEqual([])
    expect(remarks).toEqual([
      'Omitted from the environment: LANGSMITH_API_KEY, PORT (LangSmith sets this variable); GITHUB_SHA (the runner sets it for the job); KEY_OF_MINE (it contains the value of `api-key`).'
    ])
  })

  test('are enough for secrets-mode replace', async () => {
    const { secrets } = await readDeploy(inWorkspace(withEnvironment({ A: 'b' }), { 'secrets-mode': 'replace' }))
    expect(secrets).toEqual({ mode: 'replace', variables: [], secrets: [{ name: 'A', value: 'b' }] })
    expect(await problemsOf(inWorkspace(withEnvironment({ PORT: '1' }), { 'secrets-mode': 'replace' }))).toMatchObject([
      { input: 'secrets-mode' }
    ])
  })

  test('are of no account for another source', async () => {
    const given = inWorkspace(withEnvironment({ A: 'b' }))
    expect((await readDeploy({ ...given, inputs: { 'source-type': 'github' } })).secrets.secrets).toEqual([])
  })
})

describe('skip-unchanged', () => {
  test('has a notice: nobody knows what an earlier archive held', async () => {
    const { notices } = await readDeploy(inWorkspace(SMALLEST, { 'skip-unchanged': 'true' }))
    expect(notices).toEqual([
      '`skip-unchanged` has no effect here: LangSmith does not report the contents of an earlier archive, so every run creates a revision. Remove `skip-unchanged`.'
    ])
    expect((await readDeploy(inWorkspace(SMALLEST))).notices).toEqual([])
  })
})

describe('inputs that do not go with it', () => {
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
  ])('%s is refused, with both ways out', async (input, value, way) => {
    const problems = await problemsOf(inWorkspace(SMALLEST, { [input]: value }))
    expect(problems).toEqual([
      { input, text: expect.stringContaining(`\`source-type\` is \`internal_source\`. Remove \`${input}\`, or `) }
    ])
    expect(problems[0]?.text).toContain(way)
  })

  test.each([
    ['github', { 'source-type': 'github' }],
    ['an image', { 'image-uri': 'agent:1' }],
    ['nothing said', {}]
  ])('include is refused with %s', async (_, inputs) => {
    const problems = await problemsOf({ inputs: { ...inputs, include: 'gen/' } })
    expect(problems).toMatchObject([
      { input: 'include', text: expect.stringContaining('`source-type: internal_source`') }
    ])
  })

  test('include is passed over by a command that packs nothing, with a notice', async () => {
    const { notices } = await read({ inputs: { command: 'wait', include: 'gen/' } })
    expect(notices).toEqual([expect.stringContaining('`include`')])
  })
})

describe('the path of a configuration', () => {
  const TREE: Tree = {
    'agents/support/langgraph.json': '{}',
    'agents/sales/langgraph.json': '{}',
    'one/deep/langgraph.json': '{}',
    'empty/README.md': ''
  }

  const BAD: readonly (readonly [string, RegExp])[] = [
    [
      'agents/suport/langgraph.json',
      /Found agents\/sales\/langgraph\.json, agents\/support\/langgraph\.json, one\/deep\/langgraph\.json; use one of these\.$/
    ],
    ['agents', /^agents is a folder\. Found agents\/sales\/langgraph\.json, agents\/support\/langgraph\.json; use one/],
    ['one', /^one is a folder\. Found one\/deep\/langgraph\.json; use that\.$/],
    ['one/', /^one\/? is a folder\. Found one\/deep\/langgraph\.json; use that\.$/]
  ]

  test.each(BAD)('of an archive is told those that are there: %s', async (path, text) => {
    expect(
      await problemsOf(inWorkspace({ ...TREE, 'node_modules/x/langgraph.json': '{}' }, { 'langgraph-config': path }))
    ).toEqual([{ input: 'langgraph-config', text: expect.stringMatching(text) }])
  })

  const inRepository = (inputs: Readonly<Record<string, string>>, sha?: string) => {
    const { folder, first } = makeRepository(TREE)
    const variables = { GITHUB_WORKSPACE: folder, GITHUB_SHA: sha ?? first, PATH: process.env.PATH ?? '' }
    return { folder, given: inWorkspace({}, { 'source-type': 'github', ...inputs }, { variables }) }
  }

  test.each(BAD)('of a repository is told those of the commit: %s', async (path, text) => {
    const { given } = inRepository({ 'langgraph-config': path })
    expect(await problemsOf(given)).toEqual([{ input: 'langgraph-config', text: expect.stringMatching(text) }])
  })

  test('of a repository counts what a sparse checkout leaves out', async () => {
    const { folder, given } = inRepository({ 'langgraph-config': 'one/deep/langgraph.json' })
    git(folder, 'sparse-checkout', 'set', 'agents')
    expect(existsSync(join(folder, 'one'))).toBe(false)
    expect(await problemsOf(given)).toEqual([])
  })

  test.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    ['it is not written', {}, undefined],
    ['another commit is checked out', { 'langgraph-config': 'x/langgraph.json' }, 'a'.repeat(40)],
    ['another ref is deployed', { 'langgraph-config': 'x/langgraph.json', 'repo-ref': 'release' }, undefined]
  ])('of a repository is not judged where %s', async (_, inputs, sha) => {
    expect(await problemsOf(inRepository(inputs, sha).given)).toEqual([])
  })
})
