import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import {
  at,
  environmentOf,
  expectOutcome,
  IMAGE,
  type Json,
  PATCH,
  type Plane,
  records,
  until,
  withPlane
} from '../action/support.ts'
import { UPLOAD } from '../support/expected.ts'
import { cleanEnvironment, type Language, makeProject } from './agent-server.ts'

/** One of LangChain's own clients, tested against the emulator. */
export interface Client {
  readonly language: Language
  readonly command: string
  /** Source of the control plane's address: a command-line option or a variable. */
  readonly addressedBy: 'option' | 'variable'
  /** Content of langgraph.json without the dependencies. */
  readonly config: Json
  /** Type of the deployment that it creates. */
  readonly deploymentType: string
  /** Files of the project that its archive must contain. */
  readonly packs: readonly string[]
}

interface Said {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const SECRET = 'correct-horse-battery-staple'
/** The client polls every three seconds. */
const WITH_LOOKS_MS = 60_000

/** Tests that every client must pass. */
export function testClient(client: Client): void {
  const project = () => {
    const folder = makeProject(client.language, { ...client.config, env: '.env' })
    writeFileSync(join(folder, '.env'), `SEARCH_API_KEY=${SECRET}\n`)
    return folder
  }
  const deployed = async (plane: Plane, folder: string, ...more: string[]): Promise<Json> => {
    const said = await call(
      client,
      plane,
      folder,
      'deploy',
      '--remote',
      '--no-input',
      '--json',
      '--name',
      'agent',
      ...more
    )
    expect(said).toMatchObject({ code: 0 })
    const events = said.stdout.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
    return events.find(({ event }) => event === 'result') ?? {}
  }

  test(
    'deploys twice, and the action continues with its deployment',
    () =>
      withPlane(async (plane) => {
        const folder = project()
        const first = await deployed(plane, folder)
        const id = String(first.deployment_id)
        expect(first).toMatchObject({ status: 'succeeded', url: `${plane.emulator.url}/agents/${id}` })
        expect(await deployed(plane, folder)).toMatchObject({ status: 'succeeded', deployment_id: id })
        const made = await plane.deployment(id)
        expect(made).toMatchObject({
          name: 'agent',
          source: 'internal_source',
          source_config: { deployment_type: client.deploymentType }
        })
        expect(environmentOf(made)).toEqual({ SEARCH_API_KEY: SECRET })
        expect(await entriesOf(plane)).toEqual(expect.arrayContaining(['langgraph.json', ...client.packs]))

        const outcome = await plane.run({ 'source-type': 'internal_source' }, { workspace: folder })
        expectOutcome(outcome, {
          status: 'deployed',
          writes: [UPLOAD, PATCH],
          outputs: { 'deployment-id': id, created: 'false' },
          secrets: [SECRET]
        })
        expect(await entriesOf(plane)).toEqual(expect.arrayContaining(['langgraph.json', ...client.packs]))
        expect(environmentOf(await plane.deployment(id))).toEqual({ SEARCH_API_KEY: SECRET })

        expect(await deployed(plane, folder, '--deployment-id', id)).toMatchObject({ status: 'succeeded' })
        expect((await plane.revisions(id)).map(({ status }) => status)).toEqual(Array(4).fill('DEPLOYED'))
      }),
    WITH_LOOKS_MS
  )

  test(
    'reports a failed build by its exit code',
    () =>
      withPlane(async (plane) => {
        await plane.scenario({
          revisions: [{ final: 'BUILD_FAILED', build_log: ['no matching version of langchain'] }]
        })
        const said = await call(client, plane, project(), 'deploy', '--remote', '--no-input', '--name', 'agent')
        expect(said.code).toBe(1)
        expect(said.stdout + said.stderr).toContain('no matching version of langchain')
      }),
    WITH_LOOKS_MS
  )

  test(
    'reads and deletes a deployment of the action',
    () =>
      withPlane(async (plane) => {
        await plane.scenario({ revisions: [{ deploy_log: ['Application startup complete'] }] })
        const { run } = await plane.run({ 'image-uri': IMAGE })
        const id = run.outputs['deployment-id'] ?? ''
        const folder = project()
        const ask = (...words: string[]) => call(client, plane, folder, 'deploy', ...words)
        expect(await ask('list')).toMatchObject({ code: 0, stdout: expect.stringContaining(id) })
        const revisions = await ask('revisions', 'list', id)
        expect(revisions).toMatchObject({ code: 0, stdout: expect.stringContaining(run.outputs['revision-id'] ?? '?') })
        const log = await ask('logs', '--deployment-id', id)
        expect(log).toMatchObject({ code: 0, stdout: expect.stringContaining('Application startup complete') })
        expect(await ask('delete', id, '--force')).toMatchObject({ code: 0 })
        await until(async () => (await plane.deployments()).length === 0)
      }),
    WITH_LOOKS_MS
  )
}

/** Runs a client in a project. */
function call(
  { command, addressedBy }: Client,
  plane: Plane,
  folder: string,
  ...words: readonly string[]
): Promise<Said> {
  const options = addressedBy === 'option' ? ['--host-url', plane.url] : []
  const child = spawn(command, [...words, ...options], {
    cwd: folder,
    env: cleanEnvironment({ LANGSMITH_API_KEY: plane.emulator.apiKey, LANGGRAPH_HOST_URL: plane.url }),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: WITH_LOOKS_MS
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += chunk))
  child.stderr.on('data', (chunk) => (stderr += chunk))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** The files of the last uploaded archive. */
async function entriesOf(plane: Plane): Promise<readonly string[]> {
  const response = await fetch(`${plane.emulator.url}/_emulator/uploads`)
  const last = records(await response.json()).at(-1)
  return records(at(last, 'entries')).map(({ name }) => String(name))
}
