import { runAction } from '../demo/runner.ts'
import { object } from '../src/run/object.ts'
import {
  ACTION_AGENT,
  type ControlPlane,
  inputsFor,
  newDeployment,
  records,
  startControlPlane
} from './control-plane.ts'
import { type Check, heading, table } from './output.ts'
import { median } from './statistics.ts'

const DEPLOYMENTS = 5_000
const NAME = 'support-agent'
const AT_ONCE = 16
const PAGE = 100
const MOST_PAGES = 1_000

/** The two kinds of servers: newer ones support the exact filter `name`, older ones only `name_contains`. */
const SERVERS = [
  { title: 'server with the exact filter', server: {} },
  { title: 'server without it', server: { ignore_name_filter: true } }
]

interface Found {
  readonly id: string
  readonly ms: number
  readonly requests: number
}

/**
 * Looks up one deployment among thousands whose names contain its name, with the bundled action (a dry run) and with a
 * simple loop over all pages.
 *
 * @param rounds number of lookups of each kind, alternating
 */
export async function measureLookup(rounds: number): Promise<readonly Check[]> {
  const controlPlane = await startControlPlane()
  try {
    const wanted = await createDeployments(controlPlane)
    heading(
      `Name lookup: one of ${DEPLOYMENTS} deployments, all of whose names contain it (${rounds} alternating rounds)`
    )
    const rows: string[][] = []
    const checks: Check[] = []
    for (const { title, server } of SERVERS) {
      await controlPlane.ask('benchmark', 'PUT', '/_emulator/scenario', { server })
      const action: Found[] = []
      const loop: Found[] = []
      for (let round = 0; round < rounds; round += 1) {
        action.push(await findByAction(controlPlane))
        loop.push(await findByLoop(controlPlane))
      }
      rows.push(row(`${title}, this action`, action, wanted), row(`${title}, plain loop`, loop, wanted))
      const right = action.filter(({ id }) => id === wanted).length
      checks.push({
        claim: `Correct deployment among ${DEPLOYMENTS}, ${title}`,
        measured: `${right} of ${rounds}`,
        limit: 'all',
        aim: '',
        holds: right === rounds
      })
    }
    table(['', 'correct result', 'list requests', 'median ms', 'min', 'max'], rows)
    console.log('The action is timed as a whole process, from spawn to exit; the loop runs in this process.')
    return checks
  } finally {
    await controlPlane.close()
  }
}

/** Creates the exact match first, so that it is last in a list that starts with the newest. @returns its ID */
async function createDeployments(controlPlane: ControlPlane): Promise<string> {
  const create = async (name: string) =>
    object(await controlPlane.ask('benchmark', 'POST', '/v2/deployments', newDeployment(name)))?.id
  const wanted = await create(NAME)
  let next = 1
  const worker = async () => {
    for (let index = next++; index < DEPLOYMENTS; index = next++) await create(similarName(index))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return String(wanted)
}

/** Similar names: with a prefix, a suffix, both, and in another case. */
function similarName(index: number): string {
  const names = [
    `${NAME}-${index}`,
    `pr-${index}-${NAME}`,
    `eu-${NAME}-${index}`,
    `${NAME.toUpperCase()}-${index}`
  ] as const
  return names[index % names.length] ?? NAME
}

async function findByAction(controlPlane: ControlPlane): Promise<Found> {
  const before = (await controlPlane.journal()).length
  const run = await runAction({ with: { ...inputsFor(controlPlane, NAME), 'dry-run': 'true' }, post: false })
  if (run.exitCode !== 0) throw new Error(`The dry run failed:\n${run.log}`)
  const asked = (await controlPlane.journal()).slice(before)
  const lists = asked.filter(({ userAgent, path }) => userAgent.startsWith(ACTION_AGENT) && path === '/v2/deployments')
  return { id: run.outputs['deployment-id'] ?? '', ms: run.durationMs, requests: lists.length }
}

async function findByLoop(controlPlane: ControlPlane): Promise<Found> {
  const startedAt = performance.now()
  let id = ''
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const path = `/v2/deployments?limit=${PAGE}&offset=${page * PAGE}`
    const rows = records(await controlPlane.ask('plain loop', 'GET', path))
    const found = rows.find(({ name }) => name === NAME)
    if (found) id = String(found.id)
    if (rows.length < PAGE) return { id, ms: performance.now() - startedAt, requests: page + 1 }
  }
  throw new Error('The list does not end')
}

function row(title: string, found: readonly Found[], wanted: string): string[] {
  const ms = found.map((one) => one.ms)
  return [
    title,
    `${found.filter(({ id }) => id === wanted).length} of ${found.length}`,
    `${median(found.map(({ requests }) => requests))}`,
    median(ms).toFixed(0),
    Math.min(...ms).toFixed(0),
    Math.max(...ms).toFixed(0)
  ]
}
