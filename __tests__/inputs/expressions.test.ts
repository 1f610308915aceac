import { describe, expect, test } from '@jest/globals'
import { problemsOf } from './environment.ts'

describe('an expression that was not evaluated', () => {
  test.each<[what: string, inputs: Readonly<Record<string, string>>, input: string, told: string]>([
    [
      'a shell variable',
      { 'image-uri': '$IMAGE' },
      'image-uri',
      'is "$IMAGE", and a shell variable is not expanded in `with:`. Write `${{ env.IMAGE }}`, and set the variable'
    ],
    ['a shell variable in a tag', { 'image-uri': 'ghcr.io/acme/agent:${TAG}' }, 'image-uri', 'Write `${{ env.TAG }}`'],
    ['a variable with a default', { name: '${NAME:-agent}' }, 'name', 'Write `${{ env.NAME }}`'],
    [
      'a variable of the runner',
      { 'image-uri': 'ghcr.io/acme/agent:$GITHUB_SHA' },
      'image-uri',
      'Write `${{ github.sha }}`.'
    ],
    [
      'a command',
      { 'image-uri': 'ghcr.io/acme/agent:$(git rev-parse HEAD)' },
      'image-uri',
      'a command is not run in `with:`'
    ],
    [
      'braces without a dollar sign',
      { 'repo-ref': '{{ github.ref_name }}' },
      'repo-ref',
      'Write `${{ github.ref_name }}` in the workflow itself'
    ],
    [
      'an expression in an expression',
      { 'image-uri': 'ghcr.io/acme/agent:${{ github.sha }}' },
      'image-uri',
      'not inside another expression'
    ],
    [
      'the bare text of an expression',
      { 'image-uri': 'steps.build.outputs.image' },
      'image-uri',
      'Write `${{ steps.build.outputs.image }}`.'
    ],
    [
      'the text of a secret as the key',
      { 'api-key': 'secrets.LANGSMITH_API_KEY' },
      'api-key',
      'not the key itself. Write `${{ secrets.NAME }}` with the name of the secret.'
    ],
    ['a shell variable as the key', { 'api-key': '$LANGSMITH_API_KEY' }, 'api-key', 'and not the key itself'],
    ['a choice', { command: '${{ inputs.command }}' }, 'command', 'an expression was not evaluated'],
    ['a boolean', { 'dry-run': 'inputs.dry-run' }, 'dry-run', 'Write `${{ inputs.dry-run }}`.'],
    ['a duration', { timeout: 'vars.TIMEOUT' }, 'timeout', 'Write `${{ vars.TIMEOUT }}`.'],
    ['an ID', { 'deployment-id': '$DEPLOYMENT_ID' }, 'deployment-id', 'Write `${{ env.DEPLOYMENT_ID }}`'],
    [
      'a whole object',
      { 'image-uri': 'Object' },
      'image-uri',
      'which GitHub makes of an expression that is a whole object'
    ],
    [
      'a whole object of settings',
      { 'image-uri': 'a:1', 'resource-spec': 'Object' },
      'resource-spec',
      'Write `${{ toJSON(...) }}`'
    ]
  ])('is one problem: %s', async (_, inputs, input, told) => {
    expect(await problemsOf({ inputs })).toEqual([{ input, text: expect.stringContaining(told) }])
  })

  test.each<Readonly<Record<string, string>>>([
    { 'display-name': 'Costs $VALUE {{ a }}' },
    { 'repo-ref': 'feature/$1' },
    { 'repo-ref': 'env.d' },
    { 'repo-ref': 'github.io' },
    { secrets: 'A=$B' },
    { 'image-uri': 'steps.example.com/agent:1' }
  ])('is not seen in %j', async (inputs) => {
    expect(await problemsOf({ inputs })).toEqual([])
  })
})
