/** Runs workflows with act, an independent runner, on this machine and without a network. */
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeTree, type Tree } from '../archive/support.ts'
import { makeFolder } from '../support/folder.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Time limit above the duration of each workflow. */
const LONGEST_MS = 120_000

/** The action as a job downloads it: the committed or changed files, without those for development only. */
export function copyOfAction(): string {
  const folder = makeFolder('action-')
  for (const part of ['action.yml', 'preview', 'dist'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  return folder
}

/** The files of this repository by name, without `__tests__`. */
export function repositoryFiles(): Tree {
  const list = spawnSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', ':(exclude)__tests__'],
    {
      cwd: root,
      encoding: 'utf8'
    }
  )
  const names = list.stdout.split('\0').filter((name) => name !== '' && !name.endsWith('.png'))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(root, name), 'utf8')]))
}

/** Options of a workflow run. */
export interface ActRun {
  /** Files of the repository, including `.github/workflows/run.yml` or another `workflow`. */
  readonly files: Tree
  readonly workflow?: string
  readonly job?: string
  readonly event?: string
  readonly payload?: object
  readonly secrets?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** Third-party actions, as `OWNER/NAME@REF`, and the folders that replace them. */
  readonly actions?: Readonly<Record<string, string>>
}

/** Runs a workflow. @returns whether it passed, and its output */
export async function runWithAct(run: ActRun): Promise<{ readonly passed: boolean; readonly log: string }> {
  const project = makeTree(run.files)
  const home = makeFolder('home-')
  const payload = join(home, 'event.json')
  writeFileSync(payload, JSON.stringify(run.payload ?? {}))
  for (const words of [
    ['init', '--quiet', '--initial-branch=main'],
    ['remote', 'add', 'origin', 'https://github.com/acme/agents'],
    ['add', '--all'],
    [
      '-c',
      'user.name=t',
      '-c',
      'user.email=t@example.com',
      '-c',
      'commit.gpgsign=false',
      'commit',
      '--quiet',
      '-m',
      'All'
    ]
  ]) {
    const { status, stderr } = spawnSync('git', words, { cwd: project, encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
  }
  const options = [
    [run.event ?? 'push', '-W', `.github/workflows/${run.workflow ?? 'run.yml'}`, '-e', payload],
    ['-P', 'ubuntu-latest=-self-hosted', '--action-offline-mode', '--no-cache-server', '--pull=false'],
    ['--container-daemon-socket', '-'],
    run.job === undefined ? [] : ['-j', run.job],
    ...Object.entries(run.secrets ?? {}).map(([name, value]) => ['-s', `${name}=${value}`]),
    ...Object.entries(run.env ?? {}).map(([name, value]) => ['--env', `${name}=${value}`]),
    ...Object.entries(run.actions ?? {}).map(([name, folder]) => ['--local-repository', `${name}=${folder}`])
  ].flat()
  const child = spawn('act', options, {
    cwd: project,
    // No settings of this machine, and no Docker.
    env: {
      HOME: home,
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`,
      DOCKER_HOST: 'unix:///nowhere'
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL'
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      log += piece
    })
  }
  const code = await new Promise((done, fail) => child.on('error', fail).on('close', done))
  return { passed: code === 0, log }
}

/** An action without effect. */
export function idleAction(): string {
  const folder = makeFolder('idle-')
  writeFileSync(
    join(folder, 'action.yml'),
    'name: idle\ndescription: idle\nruns: { using: composite, steps: [{ run: echo, shell: bash }] }\n'
  )
  return folder
}
