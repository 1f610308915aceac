import { expect, test } from '@jest/globals'
import { COMMIT, problemsOf, UUID } from './environment.ts'

const PAGE = `https://smith.langchain.com/o/11111111-2222-4333-8444-555555555555/host/deployments/${UUID}`

test.each<[what: string, inputs: Readonly<Record<string, string>>, text: string]>([
  [
    'an ID as a name',
    { name: UUID },
    `is "${UUID}", which is an ID. Set \`deployment-id: ${UUID}\`, or use a name such as`
  ],
  ['the URL of a page as a name', { name: PAGE }, `which is a URL. Set \`deployment-id: ${UUID}\` instead.`],
  ['the URL of a page as the name to wait for', { command: 'wait', name: PAGE }, `Set \`deployment-id: ${UUID}\``],
  [
    'the URL of an Agent Server as a name',
    { name: 'https://agent-1.us.langgraph.app' },
    'is "https://agent-1.us.langgraph.app", which is a URL. Use the name of the deployment, such as `my-agent`.'
  ],
  [
    'a name as an ID',
    { 'deployment-id': 'my-agent' },
    'expected a UUID, got "my-agent". Set `name: my-agent` to find the deployment by name.'
  ],
  ['the URL of a page as an ID', { 'deployment-id': PAGE }, `Use the ID in this URL: \`${UUID}\`.`],
  ['an ID in braces', { 'deployment-id': `{${UUID}}` }, `Set \`deployment-id: ${UUID}\`.`],
  ['an ID in quotes', { 'deployment-id': `"${UUID}"` }, `Set \`deployment-id: ${UUID}\`.`],
  ['an ID without dashes', { 'deployment-id': UUID.replaceAll('-', '') }, `Set \`deployment-id: ${UUID}\`.`],
  ['a commit as a revision', { command: 'redeploy', 'revision-id': COMMIT }, 'A commit does not identify a revision'],
  [
    'a short commit as a revision',
    { command: 'wait', 'revision-id': COMMIT.slice(0, 7) },
    'A commit does not identify a revision'
  ],
  [
    'the URL of a page as a revision',
    { command: 'redeploy', 'revision-id': `${PAGE}?revisionPeek=${UUID.replace('f7', 'aa')}` },
    `Use the ID in this URL: \`${UUID.replace('f7', 'aa')}\`.`
  ],
  [
    'the number of an App installation',
    { 'integration-id': '41234567' },
    'expected a UUID, got "41234567". This is the number of a GitHub App installation. Remove `integration-id` to look up the ID by repository.'
  ],
  [
    'the URL of a page as an organization',
    { 'organization-id': PAGE },
    'expected a UUID, got "https://smith.langchain.com/o/11111111-2222-4333-8444-555555555555/host/deployments/f7c6f4c0-29d5-4f5e-9c8f-0d5c2f6a1b3e". Use the ID in this URL: `11111111-2222-4333-8444-555555555555`.'
  ],
  [
    'an image as a ref',
    { 'repo-ref': 'ghcr.io/acme/agent:1' },
    'expected a branch name or a tag, got "ghcr.io/acme/agent:1". This is an image. Set `image-uri: ghcr.io/acme/agent:1` instead of `repo-ref`.'
  ],
  ['a branch with its owner', { 'repo-ref': 'octocat:fix' }, 'Use the branch name only: `repo-ref: fix`.'],
  [
    'the URL of a branch',
    { 'repo-ref': 'https://github.com/acme/agents/tree/topic/x' },
    'expected a branch name or a tag, got "https://github.com/acme/agents/tree/topic/x". Set `repo-ref: topic/x`.'
  ],
  [
    'the URL of a repository as a ref',
    { 'repo-ref': 'https://github.com/acme/agents' },
    'expected a branch name or a tag, got "https://github.com/acme/agents". This is a URL. Set `repo-ref` to a branch name, and `repo-url` to the repository.'
  ],
  [
    'the ref of a pull request',
    { 'repo-ref': 'refs/pull/7/merge' },
    'expected a branch name or a tag, got "refs/pull/7/merge". GitHub creates this ref for a pull request, but LangSmith builds branches and tags only. Set `repo-ref: ${{ github.head_ref }}` to build the branch of the pull request.'
  ],
  [
    'a URL as a path',
    { 'langgraph-config': 'https://github.com/a/b/blob/main/langgraph.json' },
    'a path inside the repository'
  ]
])('%s is one problem with a suggestion', async (_, inputs, text) => {
  expect(await problemsOf({ inputs })).toEqual([
    { input: Object.keys(inputs).find((name) => name !== 'command'), text: expect.stringContaining(text) }
  ])
})

test('an ID that another tool used as a name is accepted by the other commands', async () => {
  expect(await problemsOf({ inputs: { command: 'delete', name: UUID } })).toEqual([])
})
