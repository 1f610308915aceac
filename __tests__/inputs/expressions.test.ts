import { describe, expect, test } from '@jest/globals'
import { problemsOf } from './environment.ts'

describe('an unevaluated expression', () => {
  test.each<[what: string, inputs: Readonly<Record<string, string>>, input: string, told: string]>([
    [
      'a shell variable',
      { 'image-uri': '$IMAGE' },
      'image-uri',
      'is "$IMAGE", but shell variables are not expanded in `with:`. Use `${{ env.IMAGE }}`, and set the variable'
    ],
    [
      'a shell variable in a tag',
      { 'image-uri': 'ghcr.io/acme/agent:${TAG}' },
      'image-uri',
      'is "ghcr.io/acme/agent:${TAG}", but shell variables are not expanded in `with:`. Use `${{ env.TAG }}`, and set the variable in `env` or in an earlier step.'
    ],
    [
      'a shell variable with a default',
      { name: '${NAME:-agent}' },
      'name',
      'is "${NAME:-agent}", but shell variables are not expanded in `with:`. Use `${{ env.NAME }}`, and set the variable in `env` or in an earlier step.'
    ],
    [
      'a variable of the runner',
      { 'image-uri': 'ghcr.io/acme/agent:$GITHUB_SHA' },
      'image-uri',
      'is "ghcr.io/acme/agent:$GITHUB_SHA", but shell variables are not expanded in `with:`. Use `${{ github.sha }}`.'
    ],
    [
      'a command',
      { 'image-uri': 'ghcr.io/acme/agent:$(git rev-parse HEAD)' },
      'image-uri',
      'is "ghcr.io/acme/agent:$(git rev-parse HEAD)", but commands do not run in `with:`. Run the command in an earlier step, write its result to $GITHUB_OUTPUT, and use `${{ steps.ID.outputs.NAME }}`.'
    ],
    [
      'braces without a dollar sign',
      { 'repo-ref': '{{ github.ref_name }}' },
      'repo-ref',
      'is "{{ github.ref_name }}": the expression was not evaluated. Use `${{ github.ref_name }}` directly in the workflow, with the dollar sign and outside of other expressions.'
    ],
    [
      'an expression in an expression',
      { 'image-uri': 'ghcr.io/acme/agent:${{ github.sha }}' },
      'image-uri',
      'is "ghcr.io/acme/agent:${{ github.sha }}": the expression was not evaluated. Use `${{ github.sha }}` directly in the workflow, with the dollar sign and outside of other expressions.'
    ],
    [
      'the bare text of an expression',
      { 'image-uri': 'steps.build.outputs.image' },
      'image-uri',
      'is "steps.build.outputs.image", an expression without `${{ }}`. Use `${{ steps.build.outputs.image }}`.'
    ],
    [
      'the text of a secret as the key',
      { 'api-key': 'secrets.LANGSMITH_API_KEY' },
      'api-key',
      'is an expression that was not evaluated, not a key. Use `${{ secrets.NAME }}` with the name of the secret.'
    ],
    [
      'a shell variable as the key',
      { 'api-key': '$LANGSMITH_API_KEY' },
      'api-key',
      'is an expression that was not evaluated, not a key. Use `${{ secrets.NAME }}` with the name of the secret.'
    ],
    [
      'a choice',
      { command: '${{ inputs.command }}' },
      'command',
      'is "${{ inputs.command }}": the expression was not evaluated. Use `${{ inputs.command }}` directly in the workflow, with the dollar sign and outside of other expressions.'
    ],
    [
      'a boolean',
      { 'dry-run': 'inputs.dry-run' },
      'dry-run',
      'is "inputs.dry-run", an expression without `${{ }}`. Use `${{ inputs.dry-run }}`.'
    ],
    [
      'a duration',
      { timeout: 'vars.TIMEOUT' },
      'timeout',
      'is "vars.TIMEOUT", an expression without `${{ }}`. Use `${{ vars.TIMEOUT }}`.'
    ],
    [
      'an ID',
      { 'deployment-id': '$DEPLOYMENT_ID' },
      'deployment-id',
      'is "$DEPLOYMENT_ID", but shell variables are not expanded in `with:`. Use `${{ env.DEPLOYMENT_ID }}`, and set the variable in `env` or in an earlier step.'
    ],
    [
      'a whole object',
      { 'image-uri': 'Object' },
      'image-uri',
      'is "Object": the expression evaluated to an object, not a string. Use an expression with a string value, such as `${{ github.event.repository.name }}`.'
    ],
    [
      'a whole object of settings',
      { 'image-uri': 'a:1', 'resource-spec': 'Object' },
      'resource-spec',
      'is an expression that evaluated to an object. Convert it to text with `${{ toJSON(...) }}`.'
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
  ])('is not detected in %j', async (inputs) => {
    expect(await problemsOf({ inputs })).toEqual([])
  })
})
