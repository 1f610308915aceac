import { describe, expect, test } from '@jest/globals'
import { destinationOf, readAccess } from '../../src/inputs/access.ts'
import { environmentOf, KEY, OWN_PULL_REQUEST, read, UUID } from './environment.ts'

const TOKEN = 'ghs_0123456789'
const INPUTS = {
  name: 'agent',
  'image-uri': 'ghcr.io/acme/agent:1',
  'control-plane-url': 'https://langsmith.example.com/api-host',
  'workspace-id': UUID,
  'organization-id': UUID,
  'github-token': TOKEN
}
const VARIABLES = { ...OWN_PULL_REQUEST.variables, GITHUB_API_URL: 'https://ghe.example.com/api/v3' }
const GIVEN = { ...OWN_PULL_REQUEST, inputs: INPUTS, variables: VARIABLES }
/** Destination after its round trip through the runner's state, which is text. */
const saved = async () => JSON.parse(JSON.stringify(destinationOf(await read(GIVEN))))

describe('the keys of the post step', () => {
  test('are not in the saved destination', async () => {
    const text = JSON.stringify(await saved())
    for (const key of [KEY, TOKEN]) expect(text).not.toContain(key)
  })

  test.each([
    ['the same inputs', INPUTS],
    ['only the keys as inputs', { 'github-token': TOKEN }],
    [
      'other destinations and invalid inputs',
      {
        ...INPUTS,
        'control-plane-url': 'http://other.example.com',
        'workspace-id': 'Other',
        'organization-id': '?',
        region: 'mars',
        command: '?'
      }
    ]
  ])('are sent to the destinations of the run with %s', async (_, inputs) => {
    const variables = { ...OWN_PULL_REQUEST.variables, GITHUB_API_URL: 'https://other.example.com' }
    expect(readAccess(environmentOf({ ...OWN_PULL_REQUEST, variables, inputs }), await saved())).toMatchObject({
      controlPlane: { hosting: 'self-hosted', dataApi: 'https://langsmith.example.com' },
      connection: {
        url: 'https://langsmith.example.com/api-host',
        apiKey: KEY,
        workspaceId: UUID,
        organizationId: UUID
      },
      github: { token: TOKEN, apiUrl: 'https://ghe.example.com/api/v3', repository: 'acme/Support_Agent' },
      trigger: { pullRequest: 7 }
    })
  })

  test.each([
    ['are empty', '', '', 'is empty'],
    ['differ from those of the run', `${KEY}x`, `${TOKEN}x`, 'differs from the value that the run used'],
    ['are swapped', TOKEN, KEY, 'differs from the value that the run used']
  ])('are not sent if they %s', async (_, key, token, fault) => {
    const environment = environmentOf({ ...GIVEN, inputs: { ...INPUTS, 'api-key': key, 'github-token': token } })
    expect(readAccess(environment, await saved())).toMatchObject({
      connection: { input: 'api-key', fault },
      github: { input: 'github-token', fault }
    })
  })

  test('are not sent to GitHub if the run had no GitHub token', async () => {
    const destination = destinationOf(await read({ ...GIVEN, inputs: { ...INPUTS, 'github-token': '' } }))
    expect(readAccess(environmentOf(GIVEN), destination).github).toBeUndefined()
  })
})
