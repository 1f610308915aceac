import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { isMadeFrom, type SourceInputs, sourceOf } from '../../../src/deployment/sources/index.ts'
import { kindOf, SOURCE_TYPES } from '../../../src/deployment/sources/kinds.ts'

describe('kindOf', () => {
  test.each([
    ['github', 'repository', true, ['build', 'deploy']],
    ['internal_source', 'archive', true, ['build', 'deploy']],
    ['internal_docker', 'image', true, ['build', 'deploy']],
    ['external_docker', 'image', false, ['deploy']]
  ])('returns the properties of %s', (source, code, isCloudOnly, logs) => {
    expect(kindOf(source)).toEqual({ code, isCloudOnly, logs })
  })

  test.each([null, '', 'helm', 'constructor'])('assumes nothing of the unknown source %p', (source) => {
    expect(kindOf(source)).toEqual({ code: 'unknown', isCloudOnly: false, logs: ['build', 'deploy'] })
  })

  test('knows every source that this action deploys', () => {
    for (const type of SOURCE_TYPES) expect(kindOf(type).code).not.toBe('unknown')
  })
})

test('isMadeFrom compares the kind of code of the inputs', () => {
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

test('commands, deploy steps and inputs do not compare names of sources, which would exclude new sources', () => {
  const comparison = /(?:[!=]==\s*|case )'(?:github|external_docker|internal_source|internal_docker)'/
  const folders = ['commands', 'deployment', 'inputs'].map((name) => new URL(`../../../src/${name}/`, import.meta.url))
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      // Its advice differs by source.
      .filter((name) => name.endsWith('.ts') && name !== 'refusals.ts')
      .map((name) => new URL(name, folder))
  )
  expect(files.length).toBeGreaterThan(30)
  const found = files.filter((file) => comparison.test(readFileSync(file, 'utf8')))
  expect(found.map(({ pathname }) => pathname.split('/').at(-1))).toEqual([])
})
