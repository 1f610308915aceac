import { describe, expect, test } from '@jest/globals'
import { isMadeFrom, type SourceInputs, sourceOf } from '../../../src/deployment/sources/index.ts'
import { kindOf, SOURCE_TYPES } from '../../../src/deployment/sources/kinds.ts'

describe('the kind of a source', () => {
  test.each([
    ['github', 'repository', true, ['build', 'deploy']],
    ['internal_source', 'archive', true, ['build', 'deploy']],
    ['internal_docker', 'image', true, ['build', 'deploy']],
    ['external_docker', 'image', false, ['deploy']]
  ])('of %s', (source, code, isCloudOnly, logs) => {
    expect(kindOf(source)).toEqual({ code, isCloudOnly, logs })
  })

  test.each([null, '', 'helm', 'constructor'])('assumes nothing of a source that is not known: %p', (source) => {
    expect(kindOf(source)).toEqual({ code: 'unknown', isCloudOnly: false, logs: ['build', 'deploy'] })
  })

  test('is known for every source that this action deploys', () => {
    for (const type of SOURCE_TYPES) expect(kindOf(type).code).not.toBe('unknown')
  })
})

test('inputs tell what they are made from', () => {
  const image: SourceInputs = {
    type: 'external_docker',
    imageUri: 'ghcr.io/acme/agent:1',
    listenerId: undefined,
    k8sNamespace: undefined,
    resourceSpec: undefined,
    customUrl: undefined,
    deploymentType: undefined
  }
  expect(isMadeFrom('image', image)).toBe(true)
  expect(isMadeFrom('archive', image)).toBe(false)
  expect(sourceOf(image).type).toBe('external_docker')
})
