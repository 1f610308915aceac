import { describe, expect, test } from '@jest/globals'
import { previewNames } from '../../src/deployment/preview.ts'
import { choicesOf } from '../../src/inputs/table.ts'
import { FORK_PULL_REQUEST, type Given, OWN_PULL_REQUEST, problemsOf, pullRequest, read, UUID } from './environment.ts'

/** Run for pull request 7, with `preview: true` in addition to the inputs. */
const preview = (inputs: Readonly<Record<string, string>> = {}, given: Given = OWN_PULL_REQUEST): Given => ({
  ...given,
  inputs: { 'image-uri': 'agent:1', preview: 'true', ...inputs }
})
const SELF_HOSTED = { 'control-plane-url': 'https://ls.example.com/api-host' }
const LONG = 'support-agent-of-the-north'
/** Finished workflow for pull requests, each with its number and its target repository. */
const ofWorkflow = (...pulls: readonly (readonly [number, string])[]): Given => ({
  event: {
    workflow_run: {
      pull_requests: pulls.map(([number, repository]) => ({
        number,
        base: { repo: { url: `https://api.github.com/repos/${repository}` } }
      }))
    }
  }
})

describe('a preview', () => {
  test('is off by default', async () => {
    expect((await read()).target).toEqual({ name: 'support-agent' })
    expect((await read(preview({ preview: 'false', name: 'agent' }))).target).toEqual({ name: 'agent' })
  })

  test('is named after the repository and the pull request, with nine possible names', async () => {
    expect((await read(preview())).target).toEqual({
      name: 'support-agent-pr-7',
      previewNames: previewNames('support-agent', 7, false)
    })
  })

  test('is named after `name`', async () => {
    const { target } = await read(preview({ name: 'Agent' }))
    expect(target).toEqual({ name: 'Agent-pr-7', previewNames: previewNames('Agent', 7, false) })
  })

  test.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    ['has a long name on Cloud', {}, `${LONG}-pr-7`],
    ['has a long name on this machine', { 'control-plane-url': 'http://127.0.0.1:8124' }, `${LONG}-pr-7`],
    ['has a shortened name if it is self-hosted', SELF_HOSTED, previewNames(LONG, 7, true)[0]],
    ['has a long name with the URL of Cloud', { 'control-plane-url': 'https://api.host.langchain.com' }, `${LONG}-pr-7`]
  ])('%s', async (_, inputs, name) => {
    expect((await read(preview({ name: LONG, ...inputs }))).target.name).toBe(name)
  })

  test.each(choicesOf('command').filter((command) => command !== 'sweep'))(
    'is the default target of %s',
    async (command) => {
      const inputs = { command, 'image-uri': command === 'deploy' ? 'agent:1' : '' }
      expect((await read(preview(inputs))).target.name).toBe('support-agent-pr-7')
    }
  )

  test.each<[string, Given]>([
    ['a fork', FORK_PULL_REQUEST],
    ['a comment', { event: { issue: { number: 7, pull_request: {} } } }],
    ['another workflow', { event: { workflow_run: { head_branch: 'topic', pull_requests: [{ number: 7 }] } } }],
    [
      'another workflow, in addition to one of a fork',
      ofWorkflow([7, 'acme/Support_Agent'], [3, 'mallory/support_agent'])
    ]
  ])('is also named after the pull request of %s', async (_, given) => {
    expect((await read(preview({}, given))).target.name).toBe('support-agent-pr-7')
  })

  test.each<[string, Given, string]>([
    ['a push', {}, 'push'],
    [
      'a workflow for two pull requests',
      { event: { workflow_run: { pull_requests: [{ number: 7 }, { number: 8 }] } } },
      'push'
    ],
    ['a workflow for a pull request of a fork of this repository', ofWorkflow([7, 'mallory/support_agent']), 'push'],
    ['no event', { variables: { GITHUB_EVENT_NAME: '' } }, 'none']
  ])('requires a pull request, which is missing for %s', async (_, given, started) => {
    expect(await problemsOf(preview({}, given))).toEqual([
      {
        input: 'preview',
        text: `requires a pull request, but this run has none (event: ${started}). Run it on \`pull_request\`, or remove \`preview\` and set \`name\` to the full name.`
      }
    ])
  })

  test('is found by its name, not by an ID', async () => {
    expect(await problemsOf(preview({ 'deployment-id': UUID }))).toEqual([
      { input: 'deployment-id', text: expect.stringMatching(/`preview: true`.*Remove one/) }
    ])
  })

  test.each([
    ['My_Agent', 'my-agent'],
    ['1st agent', 'app-1st-agent']
  ])('rejects the name %j and suggests another', async (name, nearest) => {
    expect(await problemsOf(preview({ name }))).toEqual([
      { input: 'name', text: expect.stringMatching(new RegExp(`is "${name}", .* Use \`name: ${nearest}\`\\.$`)) }
    ])
  })

  test('requires a name without a repository', async () => {
    const event = pullRequest('acme/Support_Agent')
    const problems = await problemsOf(preview({}, { event, variables: { GITHUB_REPOSITORY: '' } }))
    expect(problems).toEqual([
      {
        input: 'name',
        text: expect.stringMatching(/^is missing, and the run has no repository for a default name\. Set `name`\./)
      }
    ])
  })

  test('rejects a misspelled value', async () => {
    expect(await problemsOf(preview({ preview: 'yes' }))).toEqual([
      { input: 'preview', text: 'expected `true` or `false`, got "yes". Did you mean `true`?' }
    ])
  })
})
