import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { type CommandFile, parseCommandFile, type StepRun } from '../../demo/runner.ts'
import { makeFolder } from '../support/folder.ts'
import { annotated, CREATE, FROM_IMAGE, withPlane } from './support.ts'

/** Device that accepts no data; macOS and Windows have none. */
const FULL = '/dev/full'
let folder = ''
const inFolder = (name: string) => path.join(folder, name)

beforeAll(() => {
  folder = makeFolder('files-')
  // A link, because the path of a real file does not reveal the device behind it.
  if (existsSync(FULL)) symlinkSync(FULL, inFolder('full'))
})

const KINDS = ['missing', 'a folder', ...(existsSync(FULL) ? ['on a full disk'] : [])] as const
const pathOf = (kind: string) =>
  ({ missing: inFolder('none'), 'a folder': folder, 'on a full disk': inFolder('full') })[kind] ?? ''
const withoutStack = ({ rawStdout, rawStderr }: StepRun) => expect(rawStdout + rawStderr).not.toMatch(/^\s+at /m)

describe('an unwritable file of the runner', () => {
  test.concurrent.each(
    KINDS.flatMap((kind) => (['GITHUB_OUTPUT', 'GITHUB_STATE'] as const).map((file) => [file, kind] as const))
  )('is an error before any request: %s is %s', (file, kind) =>
    withPlane(async (plane) => {
      const { run, requests } = await plane.run(FROM_IMAGE, { files: { [file]: pathOf(kind) } })
      expect(requests).toEqual([])
      expect(run.exitCode).toBe(1)
      expect(run.annotations.map(({ level }) => level)).toEqual(['error'])
      expect(annotated(run)).toMatch(new RegExp(`Cannot write .*\\(${file}\\)`))
      expect(annotated(run)).toMatch(/Check the disk space of the runner and the permissions/)
      withoutStack(run)
      expect({ exitCode: run.post?.exitCode, stdout: run.post?.rawStdout }).toEqual({ exitCode: 0, stdout: '' })
    })
  )

  test.concurrent.each(KINDS)('is a warning for the summary: %s', (kind) =>
    withPlane(async (plane) => {
      const { run, writes } = await plane.run(FROM_IMAGE, { files: { GITHUB_STEP_SUMMARY: pathOf(kind) } })
      expect([run.exitCode, run.outputs.status, writes]).toEqual([0, 'deployed', [CREATE]])
      expect(run.annotations.map(({ level }) => level)).toEqual(['warning'])
      expect(annotated(run)).toMatch(/Cannot write .*\(GITHUB_STEP_SUMMARY\)/)
      withoutStack(run)
    })
  )

  test.concurrent('is one warning each, without ending the run, if it becomes unwritable after the write', () =>
    withPlane(
      async (plane) => {
        const files = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const
        const place = mkdtempSync(inFolder('late-'))
        const own: Partial<Record<CommandFile, string>> = {}
        for (const file of files) {
          own[file] = path.join(place, file)
          writeFileSync(path.join(place, file), '')
        }
        // Like a user who clears the temporary folder of the runner.
        const onLine = (line: string) => {
          if (line.startsWith('Revision ')) rmSync(place, { recursive: true, force: true })
        }
        const { run, writes } = await plane.run(FROM_IMAGE, { files: own, onLine })
        expect([run.exitCode, writes]).toEqual([0, [CREATE]])
        expect(run.log).toMatch(/^Verdict: deployed/m)
        expect(run.annotations.map(({ level }) => level)).toEqual(['warning', 'warning', 'warning'])
        for (const file of files)
          expect(annotated(run)).toMatch(new RegExp(`Cannot write .*\\(${file}\\).* The run continues\\.`))
        withoutStack(run)
      },
      { stepMs: 500 }
    ))

  test.concurrent('is no problem without its variable, because the commands of older runners are used', () =>
    withPlane(async (plane) => {
      const { run, writes } = await plane.run(FROM_IMAGE, {
        files: { GITHUB_OUTPUT: '', GITHUB_STATE: '', GITHUB_STEP_SUMMARY: '' }
      })
      expect([run.exitCode, writes]).toEqual([0, [CREATE]])
      expect(run.rawStdout).toMatch(/^::set-output name=status::deployed$/m)
      expect(run.rawStdout).toMatch(/^::save-state name=memory::\{/m)
    }))
})

// Only Linux has a device that is always full.
;(existsSync(FULL) ? test : test.skip)('a log that takes no text ends no run either', () =>
  withPlane(async (plane) => {
    const output = inFolder('output')
    writeFileSync(output, '')
    const inputs = Object.entries(plane.options(FROM_IMAGE).with ?? {}).map(([name, value]) => [
      `INPUT_${name.toUpperCase()}`,
      value
    ])
    const log = openSync(FULL, 'w')
    const child = spawn(process.execPath, [path.join(import.meta.dirname, '../../dist/index.js')], {
      env: { ...Object.fromEntries(inputs), GITHUB_OUTPUT: output },
      stdio: ['ignore', log, 'pipe']
    })
    const [code] = await once(child, 'close')
    closeSync(log)
    expect(code).toBe(0)
    expect(parseCommandFile(readFileSync(output, 'utf8')).status).toBe('deployed')
  })
)
