import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { isRecord } from '../../emulator/validation.ts'
import { makeFolder } from '../support/folder.ts'
import { executeJob } from './execute-job.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(new URL('../../docs/emulator.md', import.meta.url), 'utf8')
const blocks = [...page.matchAll(/\n```yaml\n([\s\S]*?)\n```\n/g)].map(([, text = '']) => text)

describe('the workflow of docs/emulator.md', () => {
  const workflow = blocks.find((text) => text.startsWith('jobs:')) ?? ''

  test('deploys to the emulator of its first step, without a secret', async () => {
    const results = await executeJob({ workflow, job: 'try', root, workspace: makeFolder() })
    const faults = results.filter(({ conclusion }) => conclusion !== 'success')
    expect(faults.map(({ name, log }) => `${name}\n${log}`)).toEqual([])
    const [emulator, deploy] = results
    expect(Object.keys(emulator?.outputs ?? {})).toEqual(['url', 'api-key'])
    expect(deploy?.outputs).toMatchObject({
      status: 'deployed',
      created: 'true',
      'deployment-url': expect.stringContaining(String(emulator?.outputs.url))
    })
    expect(deploy?.post?.annotations).toEqual([])
    expect(emulator?.post?.log).toMatch(/POST \/v2\/deployments 201 \d+ ms -> revision 1 CREATING/)
  }, 60_000)
})

test('the compose file and the service in docs/emulator.md refer to existing files', () => {
  const [compose, service] = blocks
    .map((text) => load(text))
    .flatMap((value) => (isRecord(value) && isRecord(value.services) ? [value.services] : []))
  const { langsmith } = Object(compose)
  expect(readFileSync(new URL(`../../${langsmith.build.dockerfile}`, import.meta.url), 'utf8')).toContain('HEALTHCHECK')
  expect(Object(service).langsmith.ports).toEqual(['8124:8124'])
})
