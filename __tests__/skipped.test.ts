import { describe, expect, test } from '@jest/globals'
import { stepOf } from '../src/inputs/ruling.ts'
import { choicesOf } from '../src/inputs/table.ts'
import { HEAD_COMMIT, KEY } from './inputs/environment.ts'
import { inTurn, startServer } from './support/http-server.ts'
import { type Inputs, type Run, type RunOptions, runMain, runPost } from './support/run.ts'
import { IMAGE, REPOSITORY, useWorld } from './support/world.ts'

const world = useWorld()

const FORK =
  'Skipped the deployment: this pull request comes from a fork, and GitHub does not pass secrets to runs from forks.'
const DEPENDABOT =
  'Skipped the deployment: this pull request comes from Dependabot, and `api-key` is empty. Dependabot can only read secrets stored under Settings > Secrets and variables > Dependabot.'

interface PullRequest {
  /** `null` is a deleted repository. */
  readonly head?: string | null
  readonly author?: string
  readonly sender?: string
  readonly action?: string
  readonly eventName?: string
}

/** Pull request 7; by default from this repository, by octocat. */
function pullRequest({
  head = REPOSITORY,
  author = 'octocat',
  sender = author,
  action = 'opened',
  eventName = 'pull_request'
}: PullRequest = {}): RunOptions {
  return {
    variables: { GITHUB_EVENT_NAME: eventName, GITHUB_REF: 'refs/pull/7/merge' },
    event: {
      action,
      number: 7,
      pull_request: {
        number: 7,
        user: { login: author },
        head: { ref: 'topic/x', sha: HEAD_COMMIT, repo: head === null ? null : { full_name: head } }
      },
      sender: { login: sender }
    }
  }
}

const OF_FORK = pullRequest({ head: 'mallory/support_agent' })
const OF_DEPENDABOT = pullRequest({ author: 'dependabot[bot]' })
const WITHOUT_KEY = { 'api-key': '', 'image-uri': IMAGE }

const run = (inputs: Inputs, options: RunOptions) => runMain(world, inputs, options)

const CLOSED = 'Skipped the deployment: this pull request is closed, so no later run would delete its preview.'

/** The log line after a verdict, without the text of the verdict. */
const skippedLine = (words: string) =>
  `Verdict: skipped. ${words.replace(/^Skipped (?:`[^`]*`|[^:`]*): /, '').replace(/^t/, (first) => first.toUpperCase())}`

async function expectSkipped({ passed, runner }: Run, words: string): Promise<void> {
  expect(passed).toBe(true)
  expect(runner.outputs).toEqual({ status: 'skipped', 'duration-seconds': '0' })
  expect(runner.texts('info')).toContain(skippedLine(words))
  expect(runner.texts('notice')).toEqual([])
  expect(runner.texts('warning')).toEqual([])
  expect(runner.texts('error')).toEqual([])
  expect(await world.api.requests()).toEqual([])
}

async function expectError({ runner }: Run, words: RegExp): Promise<void> {
  expect(runner.outputs.status).toBe('error')
  expect(runner.texts('error')).toEqual([expect.stringMatching(words)])
  expect(await world.api.requests()).toEqual([])
}

describe('a pull request without secrets', () => {
  test.each(['pull_request', 'pull_request_target'])(
    'from Dependabot ends at %s with the information who deletes the preview',
    async (eventName) => {
      const options = pullRequest({ author: 'dependabot[bot]', action: 'closed', eventName })
      await expectSkipped(
        await run({ 'api-key': '', command: 'delete', preview: 'true' }, options),
        'Skipped the deletion: this pull request comes from Dependabot, and `api-key` is empty. When Dependabot closes its own pull request, GitHub does not pass secrets to the `pull_request_target` run, so that run cannot delete the preview. Use `command: sweep` to delete it.'
      )
    }
  )

  test('from Dependabot with its own key gets this information as a line of the log', async () => {
    const inputs = { 'image-uri': IMAGE, preview: 'true', 'dry-run': 'true' }
    const ofDependabot = (await run(inputs, OF_DEPENDABOT)).runner
    expect(ofDependabot.texts('info').join()).toContain(
      'that run cannot delete the preview. Use `command: sweep` to delete it.'
    )
    expect((await run(inputs, pullRequest())).runner.texts('info').join()).not.toContain('Dependabot')
  })

  test.each<[string, RunOptions, string]>([
    ['from a fork', OF_FORK, FORK],
    ['from a fork that was deleted', pullRequest({ head: null }), FORK],
    ['from a fork, at another event of it', pullRequest({ head: 'mallory/x', eventName: 'pull_request_review' }), FORK],
    ['from a fork, at its end', pullRequest({ head: 'mallory/x', action: 'closed' }), FORK],
    ['from Dependabot', OF_DEPENDABOT, DEPENDABOT],
    ['from Dependabot, reopened by a user', pullRequest({ author: 'dependabot[bot]', sender: 'octocat' }), DEPENDABOT],
    [
      'from Dependabot, under pull_request_target',
      pullRequest({ author: 'dependabot[bot]', eventName: 'pull_request_target' }),
      DEPENDABOT
    ]
  ])('is skipped without an annotation and passes: %s', async (_, options, words) => {
    await expectSkipped(await run(WITHOUT_KEY, options), words)
  })

  test.each(choicesOf('command'))('is skipped by `%s`', async (command) => {
    const words = FORK.replace('the deployment', stepOf(command))
    await expectSkipped(await run({ 'api-key': '', command, preview: 'true' }, OF_FORK), words)
  })

  test.each<[string, Inputs]>([
    ['no other input is set', { name: '' }],
    ['the key is whitespace', { 'api-key': ' \n' }],
    ['the secrets are empty too', { ...WITHOUT_KEY, secrets: 'OPENAI_API_KEY=\nTOKEN=' }],
    ['the file of secrets does not exist', { ...WITHOUT_KEY, 'secrets-file': 'prod.env' }],
    ['the command is invalid', { command: 'deplyo' }],
    ['the address is invalid', { ...WITHOUT_KEY, 'control-plane-url': 'nonsense' }],
    ['a duration is invalid', { ...WITHOUT_KEY, timeout: 'soon' }],
    ['the token for the comment is missing', { ...WITHOUT_KEY, comment: 'true', 'github-token': '' }],
    ['the workspace is given by name', { ...WITHOUT_KEY, 'workspace-id': 'Team' }],
    ['there is no code to pack', { 'source-type': 'internal_source' }],
    ['`interrupt` has no name', { command: 'interrupt', name: '' }]
  ])('is skipped even if %s', async (_, inputs) => {
    const command = choicesOf('command').find((one) => one === (inputs.command ?? 'deploy'))
    const words = (text: string) => text.replace('the deployment', stepOf(command))
    await expectSkipped(await run({ 'api-key': '', ...inputs }, OF_FORK), words(FORK))
    await expectSkipped(await run({ 'api-key': '', ...inputs }, OF_DEPENDABOT), words(DEPENDABOT))
  })

  test('is skipped even if `delete` has no name', async () => {
    const inputs = { 'api-key': '', command: 'delete', name: '' }
    await expectSkipped(await run(inputs, OF_FORK), FORK.replace('the deployment', 'the deletion'))
  })

  test('makes no request to GitHub either', async () => {
    const github = await startServer(inTurn({ status: 500 }))
    const inputs = { ...WITHOUT_KEY, 'github-token': 'ghs_token', comment: 'true', environment: 'preview' }
    const { variables, ...event } = OF_FORK
    const ended = await run(inputs, { ...event, variables: { ...variables, GITHUB_API_URL: github.url } })
    await expectSkipped(ended, FORK)
    expect(github.requests).toEqual([])
  })

  test('is reported in the log and the summary, and leaves the post step no work', async () => {
    const { runner } = await run(WITHOUT_KEY, OF_FORK)
    expect(runner.texts('info')).toContain(skippedLine(FORK))
    expect(runner.texts('summary')).toHaveLength(1)
    expect(runner.texts('summary')[0]).toContain('skipped')
    expect(runner.saved).toEqual({})
    const post = await runPost(world, WITHOUT_KEY, runner.saved)
    expect(post.told).toEqual([])
  })

  test('releases the cancellation at its end', async () => {
    const { cancellation } = await run(WITHOUT_KEY, OF_FORK)
    expect(cancellation.released).toBe(true)
  })
})

describe('a pull request with a key', () => {
  test.each<[string, RunOptions]>([
    ['from a fork that receives secrets', OF_FORK],
    ['from Dependabot, with its own key', OF_DEPENDABOT],
    ['from this repository', pullRequest()]
  ])('is deployed: %s', async (_, options) => {
    const { runner } = await run({ 'image-uri': IMAGE }, options)
    expect(runner.outputs.status).toBe('deployed')
    expect(runner.texts('notice')).toEqual([])
    expect(await world.writes()).toEqual(['POST /v2/deployments'])
  })

  test('from a fork has its other inputs validated', async () => {
    await expectError(await run({ 'api-key': KEY, timeout: 'soon', 'image-uri': IMAGE }, OF_FORK), /`timeout`/)
  })
})

describe('a preview of a closed pull request', () => {
  const closed = (given: PullRequest = {}, state = 'closed'): RunOptions => {
    const options = pullRequest({ action: 'closed', ...given })
    const { pull_request, ...event } = options.event as { readonly pull_request: object }
    return { ...options, event: { ...event, pull_request: { ...pull_request, state } } }
  }
  const comment = (issue: object): RunOptions => ({
    variables: { GITHUB_EVENT_NAME: 'issue_comment' },
    event: { issue: { number: 7, state: 'closed', ...issue } }
  })
  const PREVIEW = { 'image-uri': IMAGE, preview: 'true' }

  test.each<[string, Inputs, RunOptions]>([
    ['at the closing event', PREVIEW, closed()],
    ['at a later push to its branch', PREVIEW, closed({ action: 'synchronize' })],
    ['at a comment on it', PREVIEW, comment({ pull_request: { url: 'x' } })],
    ['with an explicit command', { ...PREVIEW, command: 'deploy' }, closed()],
    ['with `preview` in another case', { ...PREVIEW, preview: ' TRUE\n' }, closed()],
    ['with other invalid inputs', { ...PREVIEW, timeout: 'soon' }, closed()]
  ])('is skipped without an annotation or a write: %s', async (_, inputs, options) => {
    await expectSkipped(await run(inputs, options), CLOSED)
  })

  test.each<[string, Inputs, RunOptions]>([
    ['it is open', PREVIEW, closed({ action: 'reopened' }, 'open')],
    ['it is not a preview and the ref is set', { 'repo-ref': 'main' }, closed()]
  ])('is deployed if %s', async (_, inputs, options) => {
    const { runner } = await run(inputs, options)
    expect(runner.outputs.status).toBe('deployed')
    expect(runner.texts('notice')).toEqual([])
  })

  test('can be deleted', async () => {
    expect((await run(PREVIEW, closed({}, 'open'))).runner.outputs.status).toBe('deployed')
    const { runner } = await run({ command: 'delete', preview: 'true' }, closed())
    expect(runner.outputs.status).toBe('deleted')
  })

  test('from a fork is skipped for the missing key', async () => {
    await expectSkipped(await run({ ...PREVIEW, 'api-key': '' }, closed({ head: 'mallory/x' })), FORK)
  })

  test('does not include a comment on a closed issue, which is an error', async () => {
    await expectError(await run(PREVIEW, comment({})), /`preview`/)
  })
})

test('a comment on an open issue has no preview and is an error', async () => {
  const event = { issue: { number: 7, state: 'open' } }
  await expectError(await run({ 'image-uri': IMAGE, preview: 'true' }, { event }), /`preview`/)
})

describe('a run without a key is an error for', () => {
  const push = (sender: string): RunOptions => ({ event: { ref: 'refs/heads/main', sender: { login: sender } } })

  test.each<[string, RunOptions, RegExp]>([
    ['a push', push('octocat'), /`api-key` is missing or empty/],
    ['a push of Dependabot', push('dependabot[bot]'), /`api-key` is empty.*Dependabot/],
    ['a push without a payload', {}, /`api-key` is missing or empty/],
    ['a pull request of this repository', pullRequest(), /`api-key` is missing or empty/],
    [
      'a pull request of this repository, by an actor named like Dependabot',
      { ...pullRequest(), variables: { ...pullRequest().variables, GITHUB_ACTOR: 'dependabot[bot]' } },
      /`api-key` is missing or empty/
    ],
    ['a pull request by a user named dependabot', pullRequest({ author: 'dependabot' }), /`api-key` is missing/],
    [
      'a fork under pull_request_target, which receives the secrets',
      pullRequest({ head: 'mallory/x', eventName: 'pull_request_target' }),
      /`api-key` is missing or empty/
    ]
  ])('%s', async (_, options, words) => {
    await expectError(await run(WITHOUT_KEY, options), words)
  })
})
