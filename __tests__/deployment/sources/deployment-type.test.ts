import { describe, expect, test } from '@jest/globals'
import { ApiError } from '../../../src/control-plane/errors.ts'
import { isOnAws } from '../../../src/control-plane/hosts.ts'
import {
  chosenType,
  respelled,
  sameDeploymentType,
  typeRefused,
  typeSetting,
  typesListed
} from '../../../src/deployment/sources/deployment-type.ts'

const refusal = (status: number, detail: string) => new ApiError({ status, detail, request: 'POST /v2/deployments' })
const bodyOf = (deployment_type: string) => ({ name: 'agent', source_config: { repo_url: 'r', deployment_type } })

test.each([
  ['serverless', 'dev_zero'],
  ['dedicated', 'prod'],
  ['dev', 'dev'],
  ['dev_free', 'dev_free'],
  ['dev_free_zero', 'dev_free_zero'],
  ['prod', 'prod'],
  ['a-type-to-come', 'a-type-to-come']
])('typeSetting sends %s as %s and shows it in the spelling of the input', (shown, wanted) => {
  expect(typeSetting(shown)).toEqual({ field: 'deployment_type', wanted, shown })
})

test.each([
  ['serverless', 'dev_zero', true],
  ['dev_zero', 'serverless', true],
  ['prod', 'dedicated', true],
  ['dev', 'dev', true],
  ['dev', 'dev_zero', false],
  ['serverless', 'prod', false]
])('sameDeploymentType for %s and %s is %p', (left, right, same) => {
  expect(sameDeploymentType(left, right)).toBe(same)
})

test.each([
  ['https://aws.api.host.langchain.com', true],
  ['https://aws-eu.api.host.langchain.com', true],
  ['https://api.host.langchain.com', false],
  ['https://eu.api.host.langchain.com', false],
  ['https://aws.example.com/api-host', false],
  ['no address', false]
])('isOnAws for %s is %p, and chosenType uses it', (url, aws) => {
  expect([isOnAws(url), chosenType(undefined, url)]).toEqual([aws, aws ? 'dev' : 'serverless'])
  expect(chosenType('dedicated', url)).toBe('dedicated')
})

describe('a refusal of the type', () => {
  test.each<[string, readonly string[]]>([
    [
      "source_config.deployment_type: Input should be 'dev_free', 'dev', 'prod', 'dev_zero' or 'dev_free_zero'",
      ['dev_free', 'dev', 'prod', 'dev_zero', 'dev_free_zero']
    ],
    ["source_config.deployment_type: Input should be 'dev' or 'prod'; secrets: Input should be 'x'", ['dev', 'prod']],
    ["Source configuration error: 'source_config.deployment_type' must be one of: dev, prod", ['dev', 'prod']],
    ["deployment_type must be one of ['dev', 'serverless'], got 'dev_zero'", ['dev', 'serverless', 'dev_zero']],
    ['Invalid deployment type. Allowed values are serverless and dedicated.', ['serverless', 'dedicated']],
    ["'source_config.deployment_type' is not accepted for 'external_docker' source", []],
    ['name: Field required', []]
  ])('%s lists %j', (detail, listed) => {
    expect(typesListed(detail)).toEqual(listed)
  })

  test('that lists the other spelling requires it', () => {
    const detail = "source_config.deployment_type: Input should be 'serverless' or 'dedicated'"
    expect(respelled(bodyOf('dev_zero'), refusal(422, detail))).toBe('serverless')
    expect(respelled(bodyOf('prod'), refusal(400, detail))).toBe('dedicated')
    expect(respelled(bodyOf('dev'), refusal(422, detail))).toBeUndefined()
    expect(respelled(bodyOf('dev_zero'), refusal(409, detail))).toBeUndefined()
    expect(respelled(bodyOf('dev_zero'), refusal(422, "deployment_type: Input should be 'dev'"))).toBeUndefined()
  })

  test('is reported with the input, the given type, the sent type and the supported types', () => {
    const error = typeRefused(
      bodyOf('dev_zero'),
      'serverless',
      refusal(422, "source_config.deployment_type: Input should be 'dev_free', 'dev' or 'prod'")
    )
    expect(error).toMatchObject({
      message:
        'LangSmith rejected the deployment type "serverless" (`deployment-type`, sent as dev_zero). Supported types: dev_free, dev, prod.',
      advice: expect.stringContaining('No deployment was created')
    })
  })

  test.each(['dev', 'dev_free', 'prod'])('is reported with a hint that %s is a type of the old pricing', (type) => {
    const error = typeRefused(bodyOf(type), type, refusal(400, `deployment_type '${type}' is not available`))
    expect(error?.message).toContain(`"${type}" is a type of the pricing before October 2026.`)
    expect(error?.advice).toMatch(/`serverless` or `dedicated`/)
  })

  test('is not reported if the error of the server has another reason', () => {
    expect(typeRefused(bodyOf('dev'), 'dev', refusal(400, 'name is taken'))).toBeUndefined()
    expect(typeRefused(bodyOf('dev'), 'dev', refusal(500, 'deployment_type'))).toBeUndefined()
    expect(typeRefused({ source_config: {} }, undefined, refusal(400, 'deployment_type'))).toBeUndefined()
  })
})
