import { readFileSync } from 'node:fs'
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { choicesOf } from '../src/inputs/table.ts'
import { makeTree, SMALLEST } from './archive/support.ts'
import { create, dockerBody, githubBody, type Json } from './emulator/support.ts'
import { type GithubServer, useGithubServer } from './support/github-server.ts'
import { makeRepository } from './support/repository.ts'
import { type Inputs, type Run, runMain } from './support/run.ts'
import { at, IMAGE, useWorld } from './support/world.ts'

/** Payloads of the npm package `@octokit/webhooks-examples` 7.6.1, reduced to the relevant fields. */
const PAYLOADS: Readonly<Record<string, Json>> = JSON.parse(
  readFileSync(new URL('./support/payloads.json', import.meta.url), 'utf8')
)
const OWN = 'Codertocat/Hello-World'
const OCTO = 'octo-org/octo-repo'
const PUSHED = '6113728f27ae82c7b1a177c8d03f9e96e0adf246'
const HEAD = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'
const BASE = 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e'
const MERGE = 'c4295bd74fb0f4fda03689c3df3f2803b658fd85'
const QUEUED = '2ffea6db159f6b6c47a24e778fb9ef40cf6b1c7d'
const RAN = '3484a3fb816e0859fd6e1cea078d76385ff50625'
const QUEUE = 'refs/heads/gh-readonly-queue/main/pr-104-929f8209d40f77f4abc622a499c93a83babdbe64'

interface Started {
  readonly event: string
  readonly payload: Json
  readonly ref: string
  readonly sha: string
  readonly attempt?: string
}

/** Changes a real payload in the object of this key. */
function payload(name: string, key?: string, changes: Json = {}): Json {
  const found = PAYLOADS[name]
  if (!found) throw new Error(`There is no payload ${name}.`)
  return key === undefined ? { ...found, ...changes } : { ...found, [key]: { ...(at(found, key) as Json), ...changes } }
}

const started = (event: string, payload: Json, ref: string, sha: string): Started => ({ event, payload, ref, sha })
const PULL = 'refs/pull/2/merge'
const MASTER = 'refs/heads/master'
const MERGED = { merged: true, merged_at: '2026-08-01T10:00:00Z' }
const FORK = { ref: 'changes', sha: HEAD, repo: { full_name: 'mallory/Hello-World' } }
const ofRun = (changes: Json): Json =>
  payload('workflow_run completed', 'workflow_run', { head_repository: { full_name: OCTO }, ...changes })
const PULL_OF_RUN = [
  {
    number: 3,
    head: { ref: 'changes', sha: RAN },
    base: { ref: 'master', repo: { url: `https://api.github.com/repos/${OCTO}` } }
  }
]

const OPENED = started('pull_request', payload('pull_request opened'), PULL, BASE)
const OPENED_BY_FORK = started(
  'pull_request',
  payload('pull_request opened', 'pull_request', { head: FORK }),
  PULL,
  BASE
)
const REVIEWED = started('pull_request_review', payload('pull_request_review submitted'), PULL, BASE)
const CLOSED = started('pull_request', payload('pull_request closed'), PULL, BASE)
const CLOSED_MERGED = started('pull_request', payload('pull_request closed', 'pull_request', MERGED), MASTER, MERGE)
const FORK_MERGED = started(
  'pull_request_target',
  payload('pull_request closed', 'pull_request', { ...MERGED, head: FORK }),
  'refs/heads/trunk',
  PUSHED
)
const QUEUE_TEST = started('merge_group', payload('merge_group checks_requested'), QUEUE, QUEUED)
const QUEUE_PUSH = started('push', payload('push branch', undefined, { ref: QUEUE, after: QUEUED }), QUEUE, QUEUED)
const afterRun = (changes: Json = {}): Started => started('workflow_run', ofRun(changes), MASTER, PUSHED)
const RUN_OF_FORK = started(
  'workflow_run',
  payload('workflow_run completed', 'workflow_run', { head_repository: { full_name: OWN } }),
  MASTER,
  PUSHED
)
const RUN_OF_DELETED_FORK = afterRun({ event: 'pull_request', head_branch: 'changes', head_repository: null })
const RUN_OF_PULL = afterRun({ event: 'pull_request', head_branch: 'changes', pull_requests: PULL_OF_RUN })
const COMMENTED = started(
  'issue_comment',
  payload('issue_comment created', 'issue', {
    pull_request: { url: 'https://api.github.com/repos/x', merged_at: null }
  }),
  MASTER,
  PUSHED
)
const PUSH = started('push', payload('push branch'), MASTER, PUSHED)
const DELETED_TAG = started('push', payload('push deleted'), MASTER, BASE)
const DELETED_BRANCH = started('push', payload('push deleted', undefined, { ref: 'refs/heads/changes' }), MASTER, BASE)
const DELETION = started('delete', payload('delete'), MASTER, BASE)

const SIDE_RUN = afterRun({ event: 'push', head_branch: 'release/2' })
const STACKED = started(
  'pull_request',
  payload('pull_request closed', 'pull_request', { ...MERGED, base: { ref: 'stack', repo: { full_name: OWN } } }),
  'refs/heads/stack',
  MERGE
)
const statusOf = (state: string, branch = 'master'): Started =>
  started(
    'deployment_status',
    {
      ...payload('deployment_status created', 'deployment_status', { state }),
      deployment: { ...(at(payload('deployment_status created'), 'deployment') as Json), ref: branch }
    },
    `refs/heads/${branch}`,
    BASE
  )
const RUNNING_STATUS = started(
  'deployment_status',
  payload('deployment_status created by a workflow'),
  'refs/heads/master',
  BASE
)

/** A deployment status as Vercel creates it for a preview: for a commit, so GITHUB_REF is empty. */
const VERCEL = started(
  'deployment_status',
  {
    ...payload('deployment_status created', 'deployment', { ref: BASE, environment: 'Preview' }),
    deployment_status: { state: 'success', environment: 'Preview' }
  },
  '',
  BASE
)
/** A deployment status as Vercel creates it for a preview or for production. */
const vercelOf = (environment: string, isProduction: boolean, isTransient = false): Started => ({
  ...VERCEL,
  payload: {
    ...VERCEL.payload,
    deployment: {
      ...(at(VERCEL.payload, 'deployment') as Json),
      environment,
      production_environment: isProduction,
      transient_environment: isTransient
    }
  }
})
/** A push to a branch with an open pull request. */
const PUSH_OF_PULL = afterRun({ event: 'push', head_branch: 'changes', pull_requests: PULL_OF_RUN })
const releaseOf = (action: string, draft = false): Started =>
  started(
    'release',
    { ...payload('release deleted', 'release', { draft }), action },
    draft ? '' : 'refs/tags/0.0.1',
    PUSHED
  )
const CREATED_BRANCH = started(
  'create',
  payload('create', undefined, { ref: 'release/2', ref_type: 'branch' }),
  'refs/heads/release/2',
  PUSHED
)

/** Result of a run: its verdict and, after a write, the ref, the commit and the name. */
interface Outcome {
  readonly status: string
  readonly ref?: string
  readonly commit?: string
  readonly name?: string
  readonly words?: RegExp
}

const deployed = (ref: string, commit: string, name = 'hello-world'): Outcome => ({
  status: 'deployed',
  ref,
  commit,
  name
})
const refused = (words: RegExp): Outcome => ({ status: 'error', words })
const skipped = (words: RegExp): Outcome => ({ status: 'skipped', words })

const world = useWorld({ repositories: [OWN, OCTO] })
const servers: Readonly<Record<string, GithubServer>> = {
  [OWN]: await useGithubServer({ repository: OWN }),
  [OCTO]: await useGithubServer({ repository: OCTO })
}

const repositoryOf = ({ payload }: Started) => String(at(payload, 'repository', 'full_name'))
const githubOf = (trigger: Started) => {
  const server = servers[repositoryOf(trigger)]
  if (!server) throw new Error('There is no such repository.')
  return server
}

/** Starts a run as the runner does, with GitHub's variables and the event payload. */
function run(trigger: Started, inputs: Inputs = {}, more: Readonly<Record<string, string>> = {}): Promise<Run> {
  const github = githubOf(trigger)
  return runMain(
    world,
    { name: '', 'github-token': github.token, environment: 'production', ...inputs },
    {
      event: trigger.payload,
      variables: {
        GITHUB_EVENT_NAME: trigger.event,
        GITHUB_REPOSITORY: repositoryOf(trigger),
        GITHUB_REF: trigger.ref,
        GITHUB_SHA: trigger.sha,
        GITHUB_RUN_ATTEMPT: trigger.attempt ?? '1',
        GITHUB_API_URL: github.url,
        ...more
      }
    }
  )
}

/** Returns the output of the run and its writes. */
async function outcomeOf(trigger: Started, { runner }: Run): Promise<Outcome & { readonly said: string }> {
  const [body] = await world.bodies()
  const ref = at(body, 'source_revision_config', 'repo_ref')
  const annotations = (['error', 'warning', 'notice'] as const).flatMap((kind) => runner.texts(kind))
  const verdict = runner.texts('info').flatMap((text) => /^Verdict: skipped\. (.*)$/s.exec(text)?.[1] ?? [])
  const said = [...new Set([...annotations, ...verdict])].join('\n')
  const { status = '', 'deployment-name': name } = runner.outputs
  const commit = githubOf(trigger).deployments()[0]?.sha
  return {
    status,
    said,
    ...(typeof ref === 'string' ? { ref } : {}),
    ...(commit ? { commit } : {}),
    ...(body && name ? { name } : {})
  }
}

/** Printed if TRIGGER_TABLE is set. */
const printed: string[] = []
afterAll(() => {
  if (process.env.TRIGGER_TABLE) process.stdout.write(`${printed.join('\n')}\n`)
})

async function expectOutcome(title: string, trigger: Started, inputs: Inputs, expected: Outcome): Promise<void> {
  const { said, ...outcome } = await outcomeOf(trigger, await run(trigger, inputs))
  const { words, ...facts } = expected
  const cells = [
    title,
    outcome.status,
    outcome.ref,
    outcome.commit?.slice(0, 7),
    outcome.name,
    words ? said.split('\n')[0] : ''
  ]
  printed.push(`| ${cells.map((cell) => cell ?? '').join(' | ')} |`)
  if (words) expect(said).toMatch(words)
  expect(outcome).toEqual(facts)
  if (facts.status === 'error' || facts.status === 'skipped') expect(await world.writes()).toEqual([])
}

const TAKE_OVER =
  /^Pull request 2 would switch the deployment to the branch "changes"\.\nSet `preview: true` to deploy a preview, `dry-run: true` to see what the merge would deploy, or `repo-ref` to deploy this branch\./
const OTHER_BRANCH =
  /^This run would switch the deployment to the branch "release\/2"; the default branch is "master"\.\nSet `branches: \[master\]` under `on: workflow_run` to deploy only the default branch, `repo-ref` to deploy this branch, or `name` to use another deployment\./
const OTHER_BASE =
  /^This run would switch the deployment to the branch "stack"; the default branch is "master"\.\nSet `if: github\.event\.pull_request\.base\.ref == 'master'` on the job to deploy only the default branch, `repo-ref` to deploy this branch, or `name` to use another deployment\./
const noSuccess = (state: string) =>
  new RegExp(
    `^Skipped the deployment: the state of the GitHub deployment that started this run is "${state}"\\. Set \`if: github\\.event\\.deployment_status\\.state == 'success'\` on the job .*, or set \`repo-ref\` to deploy anyway\\.`
  )
const planned = (words: RegExp): Outcome => ({ status: 'planned', words })
const refusedLater = (words: RegExp) =>
  planned(new RegExp(`^Without \`dry-run\`, this run would be refused: ${words.source}[^\\n]*$`))
const NO_QUEUE =
  /^`repo-ref` is required: this run is for a merge queue, whose branch is deleted after the tests\. Deploy on `push` after the merge, or set `repo-ref`\./
const TOKENLESS = { 'github-token': '', environment: '' }

describe('a github deployment without `repo-ref`', () => {
  test.each<[string, Started, Inputs, Outcome]>([
    ['push of a branch', PUSH, {}, deployed('master', PUSHED)],
    [
      'push of a tag',
      started('push', payload('push tag'), 'refs/tags/simple-tag', PUSHED),
      {},
      deployed('refs/tags/simple-tag', PUSHED)
    ],
    [
      'push that deletes a tag',
      DELETED_TAG,
      {},
      skipped(/^This run was started by the deletion of refs\/tags\/simple-tag\.$/)
    ],
    ['push that deletes a branch', DELETED_BRANCH, {}, skipped(/deletion of refs\/heads\/changes/)],
    [
      'create',
      started('create', payload('create'), 'refs/tags/simple-tag', PUSHED),
      {},
      deployed('refs/tags/simple-tag', PUSHED)
    ],
    ['delete', DELETION, {}, skipped(/deletion of simple-tag/)],
    ['push of the merge queue', QUEUE_PUSH, {}, refused(NO_QUEUE)],
    ['merge_group', QUEUE_TEST, {}, refused(NO_QUEUE)],
    ['pull_request opened', OPENED, {}, refused(TAKE_OVER)],
    ['pull_request opened, by name', OPENED, { name: 'agent' }, refused(TAKE_OVER)],
    ['pull_request opened, preview', OPENED, { preview: 'true' }, deployed('changes', HEAD, 'hello-world-pr-2')],
    ['pull_request opened, repo-ref', OPENED, { 'repo-ref': 'changes' }, deployed('changes', HEAD)],
    ['pull_request opened, by a fork', OPENED_BY_FORK, {}, refused(/comes from mallory\/Hello-World/)],
    ['pull_request_target opened', { ...OPENED, event: 'pull_request_target', ref: MASTER }, {}, refused(TAKE_OVER)],
    ['pull_request_review', REVIEWED, {}, refused(TAKE_OVER)],
    ['pull_request closed and merged', CLOSED_MERGED, {}, deployed('master', MERGE)],
    ['pull_request_target closed and merged, by a fork', FORK_MERGED, {}, deployed('master', MERGE)],
    ['pull_request closed, not merged', CLOSED, {}, skipped(/^This pull request was closed without being merged\.$/)],
    [
      'pull_request closed, repo-ref',
      CLOSED,
      { 'repo-ref': 'master' },
      { status: 'deployed', ref: 'master', commit: HEAD, name: 'hello-world' }
    ],
    [
      'issue_comment on a pull request',
      COMMENTED,
      {},
      refused(
        /^`repo-ref` is required: this run is for pull request 1, but the event does not include its branch\. Set `preview: true` and `repo-ref`, or `repo-ref` alone\./
      )
    ],
    [
      'issue_comment on an issue',
      started('issue_comment', payload('issue_comment created'), MASTER, PUSHED),
      {},
      deployed('master', PUSHED)
    ],
    ['workflow_run of the default branch', afterRun(), {}, deployed('master', RAN, 'octo-repo')],
    ['workflow_run of another branch', SIDE_RUN, {}, refused(OTHER_BRANCH)],
    ['workflow_run of another branch, by name', SIDE_RUN, { name: 'staging' }, deployed('release/2', RAN, 'staging')],
    [
      'workflow_run of another branch, repo-ref',
      SIDE_RUN,
      { 'repo-ref': 'release/2' },
      deployed('release/2', RAN, 'octo-repo')
    ],
    [
      'workflow_run of another branch, dry-run',
      SIDE_RUN,
      { 'dry-run': 'true' },
      refusedLater(/this run would switch the deployment to the branch "release\/2"/)
    ],
    [
      'pull_request merged into another branch, dry-run',
      STACKED,
      { 'dry-run': 'true' },
      refusedLater(/this run would switch the deployment to the branch "stack"/)
    ],
    [
      'deployment_status of another branch, dry-run',
      statusOf('success', 'release/2'),
      { 'dry-run': 'true' },
      refusedLater(/this run would switch the deployment to the branch "release\/2"/)
    ],
    [
      'deployment_status of a commit',
      VERCEL,
      {},
      refused(
        /^`repo-ref` is required: the GitHub deployment was created for a commit, but LangSmith builds branches and tags only\. Create the GitHub deployment for a branch or tag, or set `repo-ref`\./
      )
    ],
    [
      'create of a branch',
      CREATED_BRANCH,
      {},
      refused(
        /^This run would switch the deployment to the branch "release\/2"; the default branch is "master"\.\nSet `if: github\.event\.ref_type == 'tag'` on the job to deploy only new tags, `repo-ref` to deploy this branch, or `name` to use another deployment\./
      )
    ],
    ['create of a branch, repo-ref', CREATED_BRANCH, { 'repo-ref': 'release/2' }, deployed('release/2', PUSHED)],
    ['release deleted', releaseOf('deleted'), {}, skipped(/^The release 0\.0\.1 that started this run was deleted\.$/)],
    [
      'release unpublished',
      releaseOf('unpublished'),
      {},
      skipped(/^The release 0\.0\.1 that started this run was unpublished\./)
    ],
    [
      'release created as a draft',
      releaseOf('created', true),
      {},
      skipped(/^The release 0\.0\.1 that started this run is a draft\./)
    ],
    ['release deleted, repo-ref', releaseOf('deleted'), { 'repo-ref': 'master' }, deployed('master', PUSHED)],
    [
      'workflow_run of another branch without a default branch in the payload',
      started('workflow_run', { ...SIDE_RUN.payload, repository: { full_name: OCTO } }, MASTER, PUSHED),
      {},
      deployed('release/2', RAN, 'octo-repo')
    ],
    ['pull_request closed and merged into another branch', STACKED, {}, refused(OTHER_BASE)],
    [
      'pull_request closed and merged into another branch, by name',
      STACKED,
      { name: 'staging' },
      deployed('stack', MERGE, 'staging')
    ],
    [
      'pull_request closed and merged into another branch, repo-ref',
      STACKED,
      { 'repo-ref': 'stack' },
      deployed('stack', MERGE)
    ],
    [
      'workflow_run of a tag',
      afterRun({ event: 'push', head_branch: 'v1.2' }),
      {},
      deployed('refs/tags/v1.2', RAN, 'octo-repo')
    ],
    [
      'workflow_run of a release',
      afterRun({ event: 'release', head_branch: 'v9' }),
      TOKENLESS,
      { status: 'deployed', ref: 'refs/tags/v9', name: 'octo-repo' }
    ],
    [
      'workflow_run of a name of both a branch and a tag',
      afterRun({ event: 'push', head_branch: 'both' }),
      {},
      refused(/whether "both" is a branch or a tag.*has both.*refs\/tags\/both/s)
    ],
    [
      'workflow_run of a deleted ref',
      afterRun({ event: 'push', head_branch: 'gone' }),
      {},
      refused(/has neither, or the token cannot read it/)
    ],
    [
      'workflow_run of a tag, no token',
      afterRun({ event: 'push', head_branch: 'v1.2' }),
      TOKENLESS,
      refused(
        /^`repo-ref` is required: the event does not specify whether "v1\.2" is a branch or a tag\. Set `repo-ref: \$\{\{ github\.event\.workflow_run\.head_branch \}\}` for a branch or `repo-ref: refs\/tags\/\$\{\{ github\.event\.workflow_run\.head_branch \}\}` for a tag\./
      )
    ],
    [
      'workflow_run that failed',
      afterRun({ conclusion: 'failure' }),
      {},
      skipped(
        /^Skipped the deployment: the workflow that started this run ended with "failure"\. Set `if: github\.event\.workflow_run\.conclusion == 'success'` on the job to run it only after a success, or set `repo-ref` to deploy anyway\./
      )
    ],
    ['workflow_run that was canceled', afterRun({ conclusion: 'cancelled' }), {}, skipped(/ended with "cancelled"/)],
    [
      'workflow_run requested',
      started(
        'workflow_run',
        payload('workflow_run requested', 'workflow_run', { head_repository: { full_name: OCTO } }),
        MASTER,
        PUSHED
      ),
      {},
      skipped(/has not ended/)
    ],
    [
      'workflow_run that failed, repo-ref',
      afterRun({ conclusion: 'failure' }),
      { 'repo-ref': 'master' },
      deployed('master', RAN, 'octo-repo')
    ],
    [
      'workflow_run of a fork',
      RUN_OF_FORK,
      {},
      skipped(
        /^The workflow that started this run ran for code from Codertocat\/Hello-World, not from octo-org\/octo-repo\./
      )
    ],
    [
      'workflow_run of a deleted fork, preview',
      RUN_OF_DELETED_FORK,
      { preview: 'true' },
      skipped(/^The workflow that started this run ran for code from a deleted fork, not from octo-org\/octo-repo\./)
    ],
    [
      'workflow_run of a pull request',
      RUN_OF_PULL,
      {},
      refused(
        /^Pull request 3 would switch the deployment to the branch "changes"\.\nSet `preview: true` to deploy a preview, `dry-run: true` to see what the merge would deploy, or `repo-ref` to deploy this branch\./
      )
    ],
    [
      'workflow_run of a push to the branch of a pull request',
      afterRun({ event: 'push', head_branch: 'changes', pull_requests: PULL_OF_RUN }),
      {},
      refused(
        /^Pull request 3 would switch the deployment to the branch "changes"\.\nSet `preview: true` to deploy a preview, `dry-run: true` to see what the merge would deploy, or `repo-ref` to deploy this branch\./
      )
    ],
    [
      'workflow_run of a push to the branch of a pull request, by its name',
      PUSH_OF_PULL,
      { name: 'g-changes' },
      deployed('changes', RAN, 'g-changes')
    ],
    [
      'workflow_run of a pull request, by the name of its branch',
      RUN_OF_PULL,
      { name: 'g-changes' },
      refused(
        /^Pull request 3 would switch the deployment to the branch "changes"\.\nSet `preview: true` to deploy a preview, `dry-run: true` to see what the merge would deploy, or `repo-ref` to deploy this branch\./
      )
    ],
    [
      'workflow_run of a pull request, preview',
      RUN_OF_PULL,
      { preview: 'true' },
      deployed('changes', RAN, 'octo-repo-pr-3')
    ],
    [
      'workflow_run of a merge queue',
      afterRun({ event: 'merge_group', head_branch: QUEUE.slice(11) }),
      {},
      refused(NO_QUEUE)
    ],
    [
      'deployment of a branch',
      started('deployment', payload('deployment created'), MASTER, BASE),
      {},
      deployed('master', BASE)
    ],
    [
      'deployment of a tag',
      started('deployment', payload('deployment created', 'deployment', { ref: 'v2' }), 'refs/tags/v2', BASE),
      {},
      deployed('refs/tags/v2', BASE)
    ],
    [
      'deployment by a running workflow',
      started('deployment', payload('deployment created by a workflow'), 'refs/heads/gh-pages', BASE),
      {},
      deployed('gh-pages', BASE)
    ],
    [
      'deployment of a commit',
      started('deployment', payload('deployment created', 'deployment', { ref: BASE }), '', BASE),
      {},
      refused(
        /^`repo-ref` is required: the GitHub deployment was created for a commit, but LangSmith builds branches and tags only\. Create the GitHub deployment for a branch or tag, or set `repo-ref`\./
      )
    ],
    [
      'deployment_status',
      started('deployment_status', payload('deployment_status created'), MASTER, BASE),
      {},
      deployed('master', BASE)
    ],
    [
      'deployment_status of another branch',
      statusOf('success', 'release/2'),
      {},
      refused(
        /^This run would switch the deployment to the branch "release\/2"; the default branch is "master"\.\nSet `if: github\.event\.deployment\.ref == 'master'` on the job to deploy only the default branch, `repo-ref` to deploy this branch, or `name` to use another deployment\./
      )
    ],
    [
      'deployment_status of a tag',
      started('deployment_status', payload('deployment_status created'), 'refs/tags/v1.2', BASE),
      {},
      deployed('refs/tags/v1.2', BASE)
    ],
    ...['failure', 'error', 'pending', 'queued', 'inactive'].map((state): [string, Started, Inputs, Outcome] => [
      `deployment_status that is ${state}`,
      statusOf(state),
      {},
      skipped(noSuccess(state))
    ]),
    ['deployment_status by a running workflow', RUNNING_STATUS, {}, skipped(noSuccess('in_progress'))],
    [
      'deployment_status by a running workflow, repo-ref',
      RUNNING_STATUS,
      { 'repo-ref': 'master' },
      deployed('master', BASE)
    ],
    [
      'schedule',
      started('schedule', { schedule: '0 5 * * *', repository: payload('push branch').repository }, MASTER, PUSHED),
      {},
      deployed('master', PUSHED)
    ],
    [
      'workflow_dispatch',
      started('workflow_dispatch', payload('workflow_dispatch'), 'refs/heads/main', PUSHED),
      {},
      deployed('main', PUSHED, 'octo-repo')
    ],
    [
      'workflow_dispatch of a tag',
      started(
        'workflow_dispatch',
        payload('workflow_dispatch', undefined, { ref: 'refs/tags/v3' }),
        'refs/tags/v3',
        PUSHED
      ),
      {},
      deployed('refs/tags/v3', PUSHED, 'octo-repo')
    ],
    [
      'release',
      started('release', payload('release published'), 'refs/tags/0.0.1', PUSHED),
      {},
      deployed('refs/tags/0.0.1', PUSHED)
    ],
    [
      'repository_dispatch',
      started('repository_dispatch', payload('repository_dispatch'), MASTER, PUSHED),
      {},
      deployed('master', PUSHED, 'octo-repo')
    ],
    ['push, run again', { ...PUSH, sha: BASE, attempt: '2' }, {}, deployed('master', BASE)]
  ])('%s', async (title, trigger, inputs, expected) => {
    const github = githubOf(trigger)
    for (const ref of ['refs/heads/release/2', 'refs/tags/v1.2', 'refs/heads/both', 'refs/tags/both'])
      github.ref(ref, RAN)
    await expectOutcome(title, trigger, inputs, expected)
  })
})

describe('a github deployment that a pull request names', () => {
  const seed = async (branch: string, name = 'hello-world') => {
    const body = githubBody({ name, secrets: [] })
    const source_config = { ...(at(body, 'source_config') as Json), repo_url: `https://github.com/${OWN}` }
    await create(world.api, {
      ...body,
      source_config,
      source_revision_config: { repo_ref: branch, langgraph_config_path: 'langgraph.json' }
    })
    world.clock.skip(60_000)
  }

  test('is deployed if it is built from the branch of the pull request', async () => {
    await seed('changes')
    await expectOutcome(
      'pull_request opened, own branch',
      OPENED,
      {},
      { status: 'deployed', ref: 'changes', commit: HEAD, name: 'hello-world' }
    )
    expect(await world.writes()).toEqual(['PATCH /v2/deployments/:id'])
  })

  test('is unchanged if it is built from another branch', async () => {
    await seed('master')
    await expectOutcome('pull_request opened, production', OPENED, {}, refused(TAKE_OVER))
  })

  test.each<[string, Started, Inputs]>([
    ['pull_request opened, dry-run', OPENED, {}],
    ['pull_request of a fork, dry-run', OPENED_BY_FORK, {}]
  ])('is compared with the base branch: %s', async (title, trigger, inputs) => {
    await seed('master')
    const ended = await run(trigger, { ...inputs, 'dry-run': 'true' })
    expect(ended.runner.outputs.status).toBe('planned')
    expect(ended.runner.texts('group').join('\n')).toMatch(/repo-ref.*master/)
    expect(ended.runner.texts('group').join('\n')).not.toMatch(/repo-ref.*changes/)
    expect(await world.writes()).toEqual([])
    printed.push(`| ${title} | planned | master | | hello-world | |`)
  })

  test('causes no warning in a dry run if it is built from the branch of the pull request', async () => {
    await seed('changes')
    const { runner } = await run(OPENED, { 'dry-run': 'true' })
    expect(runner.outputs.status).toBe('planned')
    expect(runner.texts('warning')).toEqual([])
  })

  test('is compared with the base branch for a workflow_run too', async () => {
    await run(RUN_OF_PULL, { 'dry-run': 'true' }).then(({ runner }) => {
      expect(runner.texts('group').join('\n')).toMatch(/repo-ref.*master/)
    })
  })
})

describe('a github deployment and a tested or merged branch', () => {
  const seed = async (branch: string, name: string, repository: string) => {
    const body = githubBody({ name, secrets: [] })
    const source_config = { ...(at(body, 'source_config') as Json), repo_url: `https://github.com/${repository}` }
    await create(world.api, {
      ...body,
      source_config,
      source_revision_config: { repo_ref: branch, langgraph_config_path: 'langgraph.json' }
    })
    world.clock.skip(60_000)
  }
  const patched = (ref: string, commit: string, name: string): Outcome => ({ status: 'deployed', ref, commit, name })
  beforeEach(() => githubOf(SIDE_RUN).ref('refs/heads/release/2', RAN))

  test.each<[string, Started, string, RegExp]>([
    ['workflow_run of another branch, production', SIDE_RUN, OCTO, OTHER_BRANCH],
    ['pull_request merged into another branch, production', STACKED, OWN, OTHER_BASE]
  ])(
    'remain unchanged if the deployment is built from a third branch: %s',
    async (title, trigger, repository, words) => {
      for (const name of [repository === OCTO ? 'octo-repo' : 'hello-world', 'agent']) {
        await seed('master', name, repository)
        await expectOutcome(title, trigger, name === 'agent' ? { name } : {}, refused(words))
      }
      const { runner } = await run(trigger, { name: 'agent', 'repo-ref': 'master' })
      expect(runner.outputs.status).toBe('deployed')
    }
  )

  test.each<[string, Started, string, Inputs, Outcome]>([
    ['workflow_run, own branch', SIDE_RUN, OCTO, {}, patched('release/2', RAN, 'octo-repo')],
    ['workflow_run, own branch, by name', SIDE_RUN, OCTO, { name: 'staging' }, patched('release/2', RAN, 'staging')],
    ['pull_request merged, own branch', STACKED, OWN, {}, patched('stack', MERGE, 'hello-world')]
  ])(
    'are deployed if the deployment is built from that branch: %s',
    async (title, trigger, repository, inputs, expected) => {
      await seed(expected.ref ?? '', expected.name ?? '', repository)
      await expectOutcome(title, trigger, inputs, expected)
      expect(await world.writes()).toEqual(['PATCH /v2/deployments/:id'])
    }
  )
})

describe('an image', () => {
  const FROM_IMAGE = { 'image-uri': IMAGE }
  const NAMED = { ...FROM_IMAGE, name: 'agent' }
  const image = (name: string, commit: string): Outcome => ({ status: 'deployed', commit, name })
  const nameless = (what: string) =>
    refused(new RegExp(`\`name\` is required: without it, this run would deploy the image of ${what} .*set \`name\``))
  const unknown = (ref: string, why: string) =>
    refused(
      new RegExp(`^This run would deploy the image .* whether "${ref}" is a branch or a tag.*${why}.*set \`name\``, 's')
    )

  test.each<[string, Started, Inputs, Outcome]>([
    ['push', PUSH, FROM_IMAGE, image('hello-world', PUSHED)],
    ['pull_request opened', OPENED, FROM_IMAGE, nameless('pull request 2')],
    ['pull_request opened, by name', OPENED, NAMED, image('agent', HEAD)],
    ['pull_request opened, preview', OPENED, { ...FROM_IMAGE, preview: 'true' }, image('hello-world-pr-2', HEAD)],
    ['pull_request opened, dry-run', OPENED, { ...FROM_IMAGE, 'dry-run': 'true' }, { status: 'planned' }],
    ['pull_request opened, by a fork', OPENED_BY_FORK, FROM_IMAGE, nameless('pull request 2')],
    ['pull_request closed and merged', CLOSED_MERGED, FROM_IMAGE, image('hello-world', MERGE)],
    ['pull_request closed, not merged', CLOSED, NAMED, skipped(/^This pull request was closed without being merged\./)],
    ['merge_group', QUEUE_TEST, FROM_IMAGE, nameless('a merge queue')],
    ['merge_group, by name', QUEUE_TEST, NAMED, image('agent', QUEUED)],
    ['issue_comment on a pull request', COMMENTED, FROM_IMAGE, nameless('pull request 1')],
    ['workflow_run', afterRun(), FROM_IMAGE, image('octo-repo', RAN)],
    [
      'workflow_run of a tag, no token',
      afterRun({ event: 'push', head_branch: 'v1.2' }),
      { ...FROM_IMAGE, ...TOKENLESS },
      unknown('v1\\.2', '`github-token` is empty')
    ],
    [
      'workflow_run of a deleted ref',
      afterRun({ event: 'push', head_branch: 'gone' }),
      FROM_IMAGE,
      unknown('gone', 'the repository has neither')
    ],
    [
      'workflow_run of a name of both a branch and a tag',
      afterRun({ event: 'push', head_branch: 'both' }),
      FROM_IMAGE,
      unknown('both', 'the repository has both')
    ],
    [
      'workflow_run of a deleted ref, dry-run',
      afterRun({ event: 'push', head_branch: 'gone' }),
      { ...FROM_IMAGE, 'dry-run': 'true' },
      refusedLater(/this run would deploy the image of the branch "gone" .*whether "gone" is a branch or a tag/)
    ],
    [
      'workflow_run of another branch',
      SIDE_RUN,
      FROM_IMAGE,
      refused(
        /^This run would deploy the image of the branch "release\/2" to the deployment named after the repository\.\nTo choose a deployment, set `name` or `deployment-id`\./
      )
    ],
    ['workflow_run of another branch, by name', SIDE_RUN, NAMED, image('agent', RAN)],
    [
      'workflow_run of another branch, no token',
      SIDE_RUN,
      { ...FROM_IMAGE, ...TOKENLESS },
      unknown('release/2', '`github-token` is empty')
    ],
    [
      'workflow_run of another branch, dry-run',
      SIDE_RUN,
      { ...FROM_IMAGE, 'dry-run': 'true' },
      refusedLater(/this run would deploy the image of the branch "release\/2" .*set `name`/)
    ],
    [
      'pull_request merged into another branch, dry-run',
      STACKED,
      { ...FROM_IMAGE, 'dry-run': 'true' },
      refusedLater(/this run would deploy the image of the branch "stack"/)
    ],
    ['deployment_status of a commit', VERCEL, FROM_IMAGE, nameless(`commit ${BASE}`)],
    ['deployment_status of a commit, by name', VERCEL, NAMED, image('agent', BASE)],
    ['create of a branch', CREATED_BRANCH, FROM_IMAGE, nameless('the branch "release/2"')],
    [
      'release deleted',
      releaseOf('deleted'),
      NAMED,
      skipped(/^The release 0\.0\.1 that started this run was deleted\./)
    ],
    [
      'release',
      started('release', payload('release published'), 'refs/tags/0.0.1', PUSHED),
      FROM_IMAGE,
      image('hello-world', PUSHED)
    ],
    [
      'workflow_run of a tag, token',
      afterRun({ event: 'push', head_branch: 'v1.2' }),
      FROM_IMAGE,
      image('octo-repo', RAN)
    ],
    ['pull_request merged into another branch', STACKED, FROM_IMAGE, nameless('the branch "stack"')],
    ['pull_request merged into another branch, by name', STACKED, NAMED, image('agent', MERGE)],
    [
      'deployment_status of a failure',
      statusOf('failure'),
      NAMED,
      skipped(
        /^Skipped the deployment: the state of the GitHub deployment that started this run is "failure"\. Set `if: github\.event\.deployment_status\.state == 'success'` on the job to run it only after a success\./
      )
    ],
    ['workflow_run of a pull request', RUN_OF_PULL, FROM_IMAGE, nameless('pull request 3')],
    ['workflow_run that failed', afterRun({ conclusion: 'failure' }), NAMED, skipped(/ended with "failure"/)],
    [
      'deployment of a commit',
      started('deployment', payload('deployment created', 'deployment', { ref: BASE }), '', BASE),
      FROM_IMAGE,
      nameless(`commit ${BASE}`)
    ],
    ['delete', DELETION, NAMED, skipped(/deletion/)]
  ])('%s', (title, trigger, inputs, expected) => {
    githubOf(SIDE_RUN).ref('refs/heads/release/2', RAN)
    githubOf(SIDE_RUN).ref('refs/tags/v1.2', RAN)
    for (const ref of ['refs/heads/both', 'refs/tags/both']) githubOf(SIDE_RUN).ref(ref, RAN)
    return expectOutcome(`image: ${title}`, trigger, inputs, expected)
  })

  test('by the ID of a deployment is deployed with a warning on a pull request', async () => {
    const id = await create(world.api, dockerBody({ name: 'agent' }))
    world.clock.skip(60_000)
    const { runner } = await run(OPENED, { ...FROM_IMAGE, 'deployment-id': id })
    expect(runner.outputs.status).toBe('deployed')
    expect(runner.texts('warning')).toEqual([
      expect.stringMatching(
        /^This run deploys the image of pull request 2 to the deployment with `deployment-id` before the merge\./
      )
    ])
  })

  const OF_PULL =
    'This run deploys the image of pull request 2 to "prod" before the merge. To deploy a preview, set `preview: true`. If that deployment belongs to this pull request, include the number 2 in `name`.'
  const OF_BRANCH =
    /^This run deploys the image of the branch "(stack|release\/2)" to "prod", but the default branch is /
  test.each<[string, Started, Inputs, readonly unknown[]]>([
    ['an open pull request', OPENED, { name: 'prod' }, [OF_PULL]],
    ['an open pull request whose number the name contains', OPENED, { name: 'agent-pr-2' }, []],
    ['an open pull request as a preview', OPENED, { preview: 'true' }, []],
    ['an open pull request in a dry run', OPENED, { name: 'prod', 'dry-run': 'true' }, []],
    ['a merge into another branch', STACKED, { name: 'prod' }, [expect.stringMatching(OF_BRANCH)]],
    ['a merge into the branch that the name contains', STACKED, { name: 'agent-stack' }, []],
    ['a workflow_run of another branch', SIDE_RUN, { name: 'prod' }, [expect.stringMatching(OF_BRANCH)]],
    ['a workflow_run of a tag', afterRun({ event: 'push', head_branch: 'v1.2' }), { name: 'prod' }, []],
    ['a merge into the default branch', CLOSED_MERGED, { name: 'prod' }, []]
  ])('after %s causes the warning of an archive', async (_, trigger, inputs, warnings) => {
    githubOf(SIDE_RUN).ref('refs/heads/release/2', RAN)
    githubOf(SIDE_RUN).ref('refs/tags/v1.2', RAN)
    const { passed, runner } = await run(trigger, { ...FROM_IMAGE, ...inputs })
    expect(passed).toBe(true)
    expect(runner.texts('warning').filter((text) => text.startsWith('This run deploys'))).toEqual(warnings)
  })
})

describe('an archive', () => {
  const archive = (inputs: Inputs, trigger = OPENED) =>
    run(
      trigger,
      { 'source-type': 'internal_source', environment: '', ...inputs },
      { GITHUB_WORKSPACE: makeTree(SMALLEST) }
    )

  test('of a pull request needs a name', async () => {
    const { runner } = await archive({})
    expect(runner.texts('error').join()).toMatch(
      /^`name` is required: without it, this run would deploy the code of pull request 2 to the deployment named after the repository or by LANGSMITH_DEPLOYMENT_NAME\. To deploy a preview, set `preview: true`\./
    )
    expect(await world.writes()).toEqual([])
  })

  test.each<[string, Inputs, number]>([
    ['one warning', { name: 'agent' }, 1],
    ['one warning if the number is only part of another', { name: 'agent-12' }, 1],
    ['one warning if the number is part of a version', { name: 'agent-v2' }, 1],
    ['one warning if the number follows another word', { name: 'agent2-prod' }, 1],
    ...['agent-pr-2', 'agent-pr2', 'pr-2-agent', 'agent-2', 'Agent-PR2', 'pull2-agent'].map(
      (name): [string, Inputs, number] => [`no warning, where the name holds the number: ${name}`, { name }, 0]
    ),
    ['no warning as a preview', { preview: 'true' }, 0],
    ['no warning in a dry run', { 'dry-run': 'true' }, 0]
  ])('of a pull request causes %s', async (_, inputs, count) => {
    const { passed, runner } = await archive(inputs)
    expect(passed).toBe(true)
    const about = runner.texts('warning').filter((text) => /code of pull request 2 .* before the merge/.test(text))
    expect(about).toHaveLength(count)
  })

  // Such names cannot be created on Cloud, but they exist.
  test.each(['pull2.agent', 'agent_2'])(
    'of a pull request causes no warning if an existing name contains the number: %s',
    async (name) => {
      const { runner } = await archive({ name })
      expect(runner.texts('warning')).toEqual([])
    }
  )

  test.each<[string, Started, Inputs, number]>([
    ['a merge into another branch', STACKED, { name: 'prod' }, 1],
    ['a merge into another branch, whose name shares a part with the name', STACKED, { name: 'haystack' }, 1],
    ['a merge into the branch that the name contains', STACKED, { name: 'agent-stack' }, 0],
    ['a merge into another branch in a dry run', STACKED, { name: 'prod', 'dry-run': 'true' }, 0],
    ['a merge into the default branch', CLOSED_MERGED, { name: 'prod' }, 0],
    ['a workflow_run of another branch', SIDE_RUN, { name: 'prod' }, 1],
    ['a workflow_run of another branch, without a token', SIDE_RUN, { name: 'prod', ...TOKENLESS }, 1],
    ['a workflow_run of the branch that the name contains', SIDE_RUN, { name: 'agent-release-2' }, 0],
    ['a workflow_run of a tag', afterRun({ event: 'push', head_branch: 'v1.2' }), { name: 'prod' }, 0],
    ['a deployment_status of another branch', statusOf('success', 'stack'), { name: 'prod' }, 1],
    ['a deployment_status of a commit', VERCEL, { name: 'prod' }, 0],
    ['a new branch', CREATED_BRANCH, { name: 'prod' }, 1],
    ['a push to the branch of a pull request that the name contains', PUSH_OF_PULL, { name: 'agent-changes' }, 0],
    ['a deployment_status of a production commit', vercelOf('Production', true), { name: 'prod' }, 0],
    [
      'a deployment_status of Production without `production_environment`',
      vercelOf('Production', false),
      { name: 'prod' },
      0
    ],
    [
      'a deployment_status of the environment that the name contains',
      vercelOf('Preview', false),
      { name: 'preview' },
      0
    ],
    ['a merge of a fork under pull_request_target', FORK_MERGED, { name: 'prod' }, 0]
  ])('with `name` after %s', async (_, trigger, inputs, count) => {
    githubOf(SIDE_RUN).ref('refs/heads/release/2', RAN)
    githubOf(SIDE_RUN).ref('refs/tags/v1.2', RAN)
    const { passed, runner } = await archive(inputs, trigger)
    expect(passed).toBe(true)
    const warnings = runner.texts('warning')
    expect(warnings).toHaveLength(count)
    if (count > 0) {
      expect(warnings[0]).toMatch(
        /^This run deploys the code of the branch "(stack|release\/2)" to "\w+", but the default branch is "master"\. Set /
      )
    }
  })

  test.each<[string, Started]>([
    ['not for production', vercelOf('Preview', false)],
    ['transient', vercelOf('Preview', true, true)]
  ])('of a preview by a commit causes one warning if its GitHub deployment is %s', async (_, trigger) => {
    const { passed, runner } = await archive({ name: 'prod' }, trigger)
    expect(passed).toBe(true)
    expect(runner.texts('warning')).toEqual([
      expect.stringMatching(
        /^This run deploys the code of commit f95f\w+ to "prod", but the GitHub deployment that started this run is for "Preview", .*`if: github\.event\.deployment\.environment == 'Production'`/
      )
    ])
    const dry = await archive({ name: 'prod', 'dry-run': 'true' }, trigger)
    expect(dry.runner.texts('warning')).toEqual([])
  })

  test('of an unmerged fork is refused under pull_request_target', async () => {
    const open = { ...OPENED_BY_FORK, event: 'pull_request_target', ref: MASTER }
    const { runner } = await archive({ name: 'prod' }, open)
    expect(runner.texts('error').join()).toMatch(/it would deploy the code of mallory\/Hello-World/)
  })

  test.each<[string, Started, RegExp]>([
    [
      'deployment_status of a commit',
      VERCEL,
      /`name` is required: without it, this run would deploy the code of commit f95f/
    ],
    [
      'workflow_run of a branch that does not exist on GitHub',
      afterRun({ event: 'push', head_branch: 'gone' }),
      /^This run would deploy the code of the branch "gone" .*whether "gone" is a branch or a tag/s
    ],
    [
      'workflow_run of another branch',
      SIDE_RUN,
      /^This run would deploy the code of the branch "release\/2" to the deployment named after the repository or by LANGSMITH_DEPLOYMENT_NAME\.\nTo choose a deployment, set `name` or `deployment-id`\./
    ]
  ])('needs a name after %s, which is checked before packing', async (title, trigger, words) => {
    githubOf(SIDE_RUN).ref('refs/heads/release/2', RAN)
    const { runner } = await archive({}, trigger)
    printed.push(
      `| archive: ${title} | ${runner.outputs.status} | | | | ${runner.texts('error').join().split('\n')[0]} |`
    )
    expect(runner.texts('error').join()).toMatch(words)
    expect(await world.requests()).toEqual([])
  })

  test('is refused with the checked-out commit in the message if it differs from the event', async () => {
    const { folder, first: packed } = makeRepository()
    githubOf(SIDE_RUN).ref('refs/heads/release/2', RAN)
    const inputs = { 'source-type': 'internal_source', environment: '' }
    const { runner } = await run(SIDE_RUN, inputs, { GITHUB_WORKSPACE: folder })
    expect(runner.texts('error').join()).toMatch(
      new RegExp(
        `^This run would deploy the checked-out commit ${packed} \\(this run is for the branch "release/2"\\) to the deployment`
      )
    )
  })

  test('of a merged pull request needs no name', async () => {
    const { passed, runner } = await archive({}, CLOSED_MERGED)
    expect([passed, runner.outputs['deployment-name']]).toEqual([true, 'hello-world'])
  })
})

describe('a run that waits', () => {
  const WAIT = { command: 'wait', environment: '' }
  const seed = async (repo_ref: string, commit: string, name = 'hello-world') => {
    const body = githubBody({ name, secrets: [] })
    const source_config = {
      ...(at(body, 'source_config') as Json),
      repo_url: `https://github.com/${OWN}`,
      build_on_push: true
    }
    await world.api.scenario({ revisions: [{ commit }] })
    await create(world.api, {
      ...body,
      source_config,
      source_revision_config: { repo_ref, langgraph_config_path: 'langgraph.json' }
    })
    world.clock.skip(60_000)
  }

  test.each<[string, Started, string]>([
    ['for the merge of a pull request', CLOSED_MERGED, MERGE],
    ['for the head of a pull request that it is built from', OPENED, HEAD]
  ])('waits %s', async (_, trigger, commit) => {
    await seed(trigger === OPENED ? 'changes' : 'master', commit)
    const { runner } = await run(trigger, WAIT)
    expect(runner.outputs).toMatchObject({ status: 'deployed', 'commit-sha': commit })
  })

  test.each<[string, Started, RegExp]>([
    ['a pull request', OPENED, /To wait for the preview, set `preview: true`\./],
    ['a merge queue', { ...QUEUE_PUSH }, /Run this step on `push` after the merge\./],
    ['a pull request with a comment', COMMENTED, /To wait for the preview, set `preview: true`\./]
  ])('does not wait for production after %s', async (_, trigger, advice) => {
    await seed('master', BASE)
    const { runner } = await run(trigger, WAIT)
    expect(runner.outputs.status).toBe('error')
    expect(runner.texts('error').join()).toMatch(/is not built from its branch.*`revision-id: latest`/s)
    expect(runner.texts('error').join()).toMatch(advice)
    const latest = await run(trigger, { ...WAIT, 'revision-id': 'latest' })
    expect(latest.runner.outputs.status).toBe('deployed')
  })

  test('waits for the newest revision of a preview after a comment, which names no commit', async () => {
    await seed('changes', HEAD, 'hello-world-pr-1')
    const { runner } = await run(COMMENTED, { ...WAIT, preview: 'true' })
    expect(runner.outputs).toMatchObject({ status: 'deployed', 'commit-sha': HEAD })
  })

  test.each<[string, Inputs, string]>([
    ['by its default name is an error', {}, 'error'],
    ['by an explicit name is deployed', { name: 'hello-world' }, 'deployed']
  ])('on a pull request for an image %s', async (_, inputs, status) => {
    await create(world.api, dockerBody({ name: 'hello-world' }))
    world.clock.skip(60_000)
    expect((await run(OPENED, { ...WAIT, ...inputs })).runner.outputs.status).toBe(status)
  })

  test.each<[string, Started, number]>([
    ['a closed pull request', CLOSED, 0],
    ['a deleted branch', DELETED_BRANCH, 0],
    ['a workflow that failed', afterRun({ conclusion: 'failure' }), 1],
    ['a workflow of a fork', RUN_OF_FORK, 0],
    ['a GitHub deployment that failed', statusOf('failure'), 1]
  ])('is skipped after %s', async (_, trigger, warnings) => {
    const { passed, runner } = await run(trigger, WAIT)
    expect([passed, runner.outputs.status, runner.texts('warning').length]).toEqual([true, 'skipped', warnings])
    expect(runner.texts('notice')).toEqual([])
    expect(await world.requests()).toEqual([])
  })
})

describe('every other command is executed', () => {
  test.each<[string, Started]>([
    ['a pull request', OPENED],
    ['a closed pull request', CLOSED],
    ['a deletion', DELETION],
    ['a merge queue', QUEUE_PUSH],
    ['a workflow that failed', afterRun({ conclusion: 'failure' })]
  ])('after %s', async (_, trigger) => {
    await create(world.api, dockerBody({ name: 'agent' }))
    const { runner } = await run(trigger, { command: 'delete', name: 'agent' })
    expect(runner.outputs.status).toBe('deleted')
  })
})

describe('the lookup of a ref on GitHub', () => {
  const TAG = afterRun({ event: 'push', head_branch: 'v1.2' })

  test.each<[string, (github: GithubServer) => void, RegExp]>([
    [
      'with a token without permission',
      (github) => github.deny('contents'),
      /returned 403.*`permissions: contents: read`/
    ],
    [
      'during an outage',
      (github) => github.fault({ path: /git\/ref/, times: 99, action: { status: 502, body: {} } }),
      /GitHub returned 502/
    ],
    [
      'after a cut connection',
      (github) => github.fault({ path: /git\/ref/, times: 99, action: 'cut' }),
      /could not be reached/
    ]
  ])('causes one error that names the input to set, %s', async (_, harm, words) => {
    harm(githubOf(TAG))
    const { runner } = await run(TAG, { environment: '' })
    expect(runner.outputs.status).toBe('error')
    expect(runner.texts('error')).toHaveLength(1)
    expect(runner.texts('error').join()).toMatch(words)
    expect(runner.texts('error').join()).toMatch(
      /Set `repo-ref: v1\.2` for the branch, or `repo-ref: refs\/tags\/v1\.2` for the tag/
    )
    expect(runner.texts('warning')).toEqual([])
    expect(await world.requests()).toEqual([])
  })

  test('is omitted if the ref is set, and for the default branch', async () => {
    await run(TAG, { 'repo-ref': 'topic/v1.2', environment: '' })
    await run(afterRun({ event: 'push' }), { environment: '' })
    const asked = githubOf(TAG)
      .requests()
      .filter(({ path }) => path.includes('/git/ref/'))
    expect(asked).toEqual([])
  })

  test('that finds a tag refuses `build-on-push`', async () => {
    githubOf(TAG).ref('refs/tags/v1.2', RAN)
    const { runner } = await run(TAG, { 'build-on-push': 'true', environment: '' })
    expect(runner.texts('error').join()).toMatch(/`build-on-push` cannot be `true` when `repo-ref` is a tag \(v1\.2\)/)
    expect(await world.requests()).toEqual([])
  })
})

describe('a run in a fork without a key', () => {
  const inFork = (trigger: Started): Started => ({
    ...trigger,
    payload: { ...trigger.payload, repository: { full_name: OWN, fork: true, default_branch: 'master' } }
  })

  test.each(choicesOf('command'))('is skipped at a push by `%s`', async (command) => {
    const { passed, runner } = await run(inFork(PUSH), { 'api-key': '', command })
    expect([passed, runner.outputs.status]).toEqual([true, 'skipped'])
    expect(runner.texts('info')).toEqual(
      expect.arrayContaining(['Verdict: skipped. Codertocat/Hello-World is a fork and has no secret for `api-key`.'])
    )
  })

  test('is an error if it is started by hand', async () => {
    const dispatch = started('workflow_dispatch', payload('workflow_dispatch'), MASTER, PUSHED)
    expect((await run(inFork(dispatch), { 'api-key': '' })).runner.outputs.status).toBe('error')
  })

  test('with a key deploys at the same push', async () => {
    expect((await run(inFork(PUSH))).runner.outputs.status).toBe('deployed')
  })

  test('is an error at the same push if the repository is not a fork', async () => {
    expect((await run(PUSH, { 'api-key': '' })).runner.outputs.status).toBe('error')
  })
})
