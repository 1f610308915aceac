import { expect, test } from '@jest/globals'
import type { SourceType } from '../../src/deployment/sources/kinds.ts'
import { makeFolder, makeTree, SMALLEST } from '../archive/support.ts'
import { at } from '../emulator/support.ts'
import { COMMIT } from '../inputs/environment.ts'
import { type Inputs, runMain } from '../support/run.ts'
import { skopeo, standIns } from '../support/stand-in.ts'
import { FROM_IMAGE, useWorld } from '../support/world.ts'

const world = useWorld()

/** A successful deploy from each source, with the variables of its job. */
interface Deploy {
  readonly inputs: Inputs
  readonly variables?: () => Readonly<Record<string, string>>
  /** True if its tools are stand-ins, which Windows cannot run. */
  readonly needsUnix?: boolean
}

const DEPLOYS: Readonly<Record<SourceType, Deploy>> = {
  github: { inputs: { 'repo-url': 'https://github.com/acme/Support_Agent', 'repo-ref': 'main' } },
  external_docker: { inputs: FROM_IMAGE },
  internal_source: {
    inputs: { 'source-type': 'internal_source' },
    variables: () => ({ GITHUB_WORKSPACE: makeTree(SMALLEST), RUNNER_TEMP: makeFolder() })
  },
  internal_docker: {
    inputs: { 'source-type': 'internal_docker', ...FROM_IMAGE },
    variables: () => ({ PATH: standIns({ skopeo: skopeo() }).path, HOME: makeFolder(), RUNNER_TEMP: makeFolder() }),
    needsUnix: true
  }
}
const possible = Object.entries(DEPLOYS).filter(([, { needsUnix }]) => !(needsUnix && process.platform === 'win32'))

test.each(possible)('a deploy from %s creates one revision and has no annotation', async (type, deploy) => {
  const { inputs, variables = () => ({}) } = deploy
  await world.api.scenario({ revisions: [{ commit: COMMIT }] })
  const { passed, runner } = await runMain(world, inputs, { variables: variables() })
  const { status, 'deployment-id': id = '' } = runner.outputs
  expect({ passed, status }).toEqual({ passed: true, status: 'deployed' })
  expect(at(await world.deployment(id), 'source')).toBe(type)
  expect(await world.revisions(id)).toHaveLength(1)
  expect(runner.told.filter(({ kind }) => /^(?:notice|warning|error)$/.test(kind))).toEqual([])
})
