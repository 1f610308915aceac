import { expect, test } from '@jest/globals'
import { COMMIT, problemsOf, UUID } from './environment.ts'

const PAGE = `https://smith.langchain.com/o/11111111-2222-4333-8444-555555555555/host/deployments/${UUID}`

test.each<[what: string, inputs: Readonly<Record<string, string>>, text: string]>([
  [
    'an ID as a name',
    { name: UUID },
    `is "${UUID}", which is an ID. Write \`deployment-id: ${UUID}\`, or a name such as`
  ],
  ['a page as a name', { name: PAGE }, `which is an address. Write \`deployment-id: ${UUID}\`, which is in it.`],
  ['a page as the name to wait for', { command: 'wait', name: PAGE }, `Write \`deployment-id: ${UUID}\``],
  ['an Agent Server as a name', { name: 'https://agent-1.us.langgraph.app' }, 'Write the name of the deployment'],
  ['a name as an ID', { 'deployment-id': 'my-agent' }, 'which is no ID. Write `name: my-agent` to find the deployment'],
  ['a page as an ID', { 'deployment-id': PAGE }, `The ID is in it: write \`${UUID}\`.`],
  ['an ID in braces', { 'deployment-id': `{${UUID}}` }, `Write \`deployment-id: ${UUID}\`.`],
  ['an ID in quotes', { 'deployment-id': `"${UUID}"` }, `Write \`deployment-id: ${UUID}\`.`],
  ['an ID without dashes', { 'deployment-id': UUID.replaceAll('-', '') }, `Write \`deployment-id: ${UUID}\`.`],
  ['a commit as a revision', { command: 'redeploy', 'revision-id': COMMIT }, 'A commit names no revision'],
  [
    'a short commit as a revision',
    { command: 'wait', 'revision-id': COMMIT.slice(0, 7) },
    'A commit names no revision'
  ],
  [
    'a page as a revision',
    { command: 'redeploy', 'revision-id': `${PAGE}?revisionPeek=${UUID.replace('f7', 'aa')}` },
    `The ID is in it: write \`${UUID.replace('f7', 'aa')}\`.`
  ],
  ['the number of an installation', { 'integration-id': '41234567' }, 'Remove `integration-id` to have it found'],
  ['a page as an organization', { 'organization-id': PAGE }, 'write `11111111-2222-4333-8444-555555555555`.'],
  ['an image as a ref', { 'repo-ref': 'ghcr.io/acme/agent:1' }, 'Write `image-uri: ghcr.io/acme/agent:1` instead'],
  ['a branch with its owner', { 'repo-ref': 'octocat:fix' }, 'Write the branch alone: `repo-ref: fix`.'],
  ['the page of a branch', { 'repo-ref': 'https://github.com/acme/agents/tree/topic/x' }, 'Write `repo-ref: topic/x`.'],
  ['the address of a repository as a ref', { 'repo-ref': 'https://github.com/acme/agents' }, 'belongs into `repo-url`'],
  ['the ref of a pull request', { 'repo-ref': 'refs/pull/7/merge' }, 'Write `repo-ref: ${{ github.head_ref }}`'],
  [
    'an address as a path',
    { 'langgraph-config': 'https://github.com/a/b/blob/main/langgraph.json' },
    'a path inside the repository'
  ]
])('%s is told as one problem with what to write', async (_, inputs, text) => {
  expect(await problemsOf({ inputs })).toEqual([
    { input: Object.keys(inputs).find((name) => name !== 'command'), text: expect.stringContaining(text) }
  ])
})

test('a name that another tool made of an ID is found by the other commands', async () => {
  expect(await problemsOf({ inputs: { command: 'delete', name: UUID } })).toEqual([])
})
