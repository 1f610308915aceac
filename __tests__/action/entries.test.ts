import { spawnSync } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type RunOptions, type StepRun, startAction } from '../../demo/runner.ts'
import { complaintAbout } from '../../src/node-version.ts'
import { makeFolder } from '../support/folder.ts'
import { loadedBy, ROOT, reachableFrom } from '../support/sources.ts'
import { expectClean, FROM_IMAGE, type Inputs, type Plane, routeOf, withPlane } from './support.ts'

const COMMANDS: readonly (readonly [string, Inputs])[] = [
  ['deploy', FROM_IMAGE],
  ['delete', { command: 'delete' }]
]
/** Time from the spawn of the main step to its end, in milliseconds; Node itself takes about 40 of them. */
const MOMENTS = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
const NO_STATE: readonly (readonly [string, string])[] = [
  ['missing', path.join(ROOT, 'no-such-file')],
  ['a folder', ROOT]
]

interface Cancelled {
  readonly main: StepRun
  readonly post: StepRun | undefined
  /** Requests to the control plane, by the main step and by the post step. */
  readonly byMain: readonly string[]
  readonly byPost: readonly string[]
}

/** Runs main and post, and separates the requests of each. */
async function inTwoSteps(plane: Plane, inputs: Inputs, options: Omit<RunOptions, 'with'>): Promise<Cancelled> {
  const action = await startAction(plane.options(inputs, options))
  try {
    const byMain = (await plane.journal()).map(routeOf)
    const { post } = await action.finish()
    return { main: action.main, post, byMain, byPost: (await plane.journal()).map(routeOf).slice(byMain.length) }
  } finally {
    action.close()
  }
}

/** Checks that the post step does nothing, because the run saved no state. */
function expectSilentPost({ main, post, byPost }: Cancelled): void {
  if (Object.keys(main.state).length > 0) return
  expect({ byPost, exitCode: post?.exitCode, stdout: post?.rawStdout, stderr: post?.rawStderr }).toEqual({
    byPost: [],
    exitCode: 0,
    stdout: '',
    stderr: ''
  })
}

const isWrite = (request: string) => !request.startsWith('GET ')

describe('a job that is canceled while its main step starts', () => {
  test.concurrent.each(
    COMMANDS.flatMap((command) =>
      (['SIGKILL', 'SIGINT'] as const).map((signal) => [command[0], signal, command[1]] as const)
    )
  )('causes no write of the post step, at any time: %s, %s', (_, signal, inputs) =>
    withPlane(async (plane) => {
      await plane.seed('agent')
      const byMain: string[] = []
      for (const afterMs of MOMENTS) {
        const outcome = await inTwoSteps(plane, inputs, { signals: [{ signal, afterMs }] })
        expect(outcome.byPost.filter(isWrite)).toEqual([])
        expectSilentPost(outcome)
        byMain.push(...outcome.byMain.filter(isWrite))
        // The signal came before Node could handle it, or the run ends regularly, or it was already finished.
        if (outcome.main.signal === null) expect(outcome.main.outputs.status).toMatch(/^(cancelled|deleted)$/)
        else expect(outcome.main.signal).toBe(signal)
      }
      // Only the main step can have changed it, on a fast machine.
      const isDeleted = byMain.some((request) => request.startsWith('DELETE '))
      expect((await plane.deployments()).map(({ name }) => name)).toEqual(isDeleted ? [] : ['agent'])
    })
  )

  test.concurrent.each(
    COMMANDS.flatMap((command) => NO_STATE.map((state) => [command[0], ...state, command[1]] as const))
  )(
    'causes no write of the post step if no state can be saved: %s, the state is %s',
    (_, _state, GITHUB_STATE, inputs) =>
      withPlane(async (plane) => {
        await plane.seed('agent')
        for (const afterMs of [40, 80, 120, undefined]) {
          const signals = afterMs === undefined ? [] : [{ signal: 'SIGKILL' as const, afterMs }]
          const outcome = await inTwoSteps(plane, inputs, { signals, files: { GITHUB_STATE } })
          expect([outcome.byMain, outcome.byPost]).toEqual([[], []])
          expectSilentPost(outcome)
          if (afterMs === undefined) {
            expect(outcome.main.annotations.map(({ level }) => level)).toEqual(['error'])
            expect(outcome.main.annotations[0]?.message).toMatch(/Cannot write .*\(GITHUB_STATE\)/)
          }
        }
      })
  )

  test.concurrent.each(['SIGINT', 'SIGTERM'])('ends regularly as soon as the action itself runs, on %s', (signal) =>
    withPlane(async (plane) => {
      // The signal arrives while the code of the run is loaded.
      const hook = `import { registerHooks } from 'node:module'
        registerHooks({
          resolve: (name, context, next) => {
            if (name.endsWith('/main.js')) process.kill(process.pid, '${signal}')
            return next(name, context)
          }
        })`
      const NODE_OPTIONS = `--import data:text/javascript;base64,${Buffer.from(hook).toString('base64')}`
      const { main, byMain, post } = await inTwoSteps(plane, FROM_IMAGE, { env: { NODE_OPTIONS } })
      expect([main.exitCode, main.outputs.status, byMain.filter(isWrite)]).toEqual([1, 'cancelled', []])
      expectClean(main)
      expect(post?.rawStdout).toBe('')
    })
  )
})

describe('the post step', () => {
  test('imports neither a command nor the main step', () => {
    const reached = reachableFrom(path.join(ROOT, 'src/post-entry.ts'))
    const names = [...reached].map((file) => path.relative(path.join(ROOT, 'src'), file))
    expect(names).toContain('post.ts')
    expect(names.filter((name) => /^(commands[/\\]|main\.ts$|index\.ts$)/.test(name))).toEqual([])
    // The code of a deployment is not loaded either, so the post step cannot send it.
    expect(
      names.filter((name) => /^(archive|registry)[/\\]|^deployment[/\\](apply|attempt|plan)\.ts$/.test(name))
    ).toEqual([])
    // The same search finds them from the other entry.
    const all = [...reachableFrom(path.join(ROOT, 'src/index.ts'))]
    for (const name of [
      'main.ts',
      path.join('commands', 'deploy.ts'),
      path.join('deployment', 'apply.ts'),
      path.join('registry', 'login.ts')
    ])
      expect(all).toContain(path.join(ROOT, 'src', name))
  })

  test('loads no file of the bundle with the code of a command', () => {
    const commands = readdirSync(path.join(ROOT, 'src/commands')).map((name) => name.replace(/\.ts$/, '.js'))
    const holders = (entry: string) => {
      return [...reachableFrom(path.join(ROOT, 'dist', entry))].filter((file) => {
        const text = readFileSync(file, 'utf8')
        return commands.some((name) => text.includes(`./build/commands/${name}`)) || text.includes('./build/main.js')
      })
    }
    expect(holders('post-entry.js')).toEqual([])
    expect(holders('index.js').map((file) => path.basename(file))).toContain('main.js')
  })

  test.concurrent.each([
    ['a text that is not JSON', '{"done": fal'],
    ['a value that is not an object', 'null'],
    ['unknown fields only', '{"done":false,"revisionId":"x"}']
  ])('never fails the job for a state with %s', (_, memory) =>
    withPlane(async (plane) => {
      const action = await startAction(plane.options({ ...FROM_IMAGE, 'dry-run': 'true' }))
      try {
        const { post } = await action.finish({ env: { STATE_memory: memory } })
        expect(post?.exitCode).toBe(0)
        expect(post?.rawStderr).toBe('')
        expect(post?.annotations.map(({ level }) => level)).toEqual(memory === 'null' ? [] : ['warning'])
      } finally {
        action.close()
      }
    })
  )

  test('never fails the job for an incomplete bundle', () => {
    const folder = makeFolder('half-')
    for (const name of ['post-entry.js', 'node-version.js', 'post-start.js', 'package.json'])
      copyFileSync(path.join(ROOT, 'dist', name), path.join(folder, name))
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(folder, 'post-entry.js')], {
      env: { STATE_memory: '{"done":false,"revisionId":"x"}' },
      encoding: 'utf8'
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(
      /^::warning::The post step failed: The files of the action are incomplete \(post\.js is missing\)\. [^\n]*\n$/
    )
  })
})

describe('a Node that is too old for the bundle', () => {
  const TOLD =
    /^::error title=Node version too old::This action needs Node 24, [^\n]* Node 20\.20\.2\. [^\n]*2\.327\.1[^\n]*\n$/
  const runs = (entry: string, env: Inputs = {}) => {
    const hook = `Object.defineProperty(process, 'version', { value: 'v20.20.2' })`
    const NODE_OPTIONS = `--import data:text/javascript;base64,${Buffer.from(hook).toString('base64')}`
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'dist', entry)], {
      env: { NODE_OPTIONS, ...env },
      encoding: 'utf8'
    })
    return { status, stdout, stderr }
  }

  test("causes one error that names Node 24 and the runner's version, without a stack trace", () => {
    expect(runs('index.js')).toEqual({ status: 1, stdout: expect.stringMatching(TOLD), stderr: '' })
  })

  test('is reported by the post step only if a run left state', () => {
    expect(runs('post-entry.js')).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(runs('post-entry.js', { STATE_memory: '{}' })).toEqual({
      status: 0,
      stdout: expect.stringMatching(TOLD),
      stderr: ''
    })
  })

  test('can parse all files that are loaded before the check', () => {
    for (const entry of ['index.js', 'post-entry.js']) {
      expect(loadedBy(path.join(ROOT, 'dist', entry))).toEqual({
        atOnce: ['./node-version.js'],
        later: [entry === 'index.js' ? './main-start.js' : './post-start.js']
      })
      for (const file of [entry, 'node-version.js']) {
        const text = readFileSync(path.join(ROOT, 'dist', file), 'utf8')
        // Syntax newer than ES2018.
        expect(text.replace(/\/\*.*?\*\/|\/\/.*/gs, '')).not.toMatch(/\?\?|\?\.|\bawait\b|\|\|=|&&=|#\w|\dn\b|'node:/)
      }
    }
  })

  test.each([
    ['v24.0.0', true],
    ['v25.1.0', true],
    ['v23.8.0', true],
    ['v23.7.0', false],
    ['v22.15.0', true],
    ['v22.14.0', false],
    ['v20.20.2', false],
    ['v12.22.12', false]
  ])('does not include %s: %s', (version, isEnough) => {
    expect(complaintAbout(version) === '').toBe(isEnough)
  })
})
