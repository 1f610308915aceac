import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  createCommandReader,
  maskText,
  parseCommandFile,
  type RunOptions,
  runAction,
  runJob
} from '../../demo/runner.ts'
import { makeFolder } from '../support/folder.ts'

const inputs = `
inputs:
  api-key: { description: key, required: true }
  deep thought: { description: two words, default: 1.0 }
  wait: { description: flag, default: true }
  github-token: { description: token, default: '\${{ github.token }}' }
  repository: { description: context, default: 'x/\${{github.repository}}/y' }
`

function fakeAction(main: string, options: { post?: string; postIf?: string; inputs?: string } = {}): string {
  const folder = makeFolder('fake action ')
  const post = options.post === undefined ? '' : '  post: dist/post.mjs\n'
  const postIf = options.postIf === undefined ? '' : `  post-if: ${options.postIf}\n`
  writeFileSync(
    join(folder, 'action.yml'),
    `name: fake\ndescription: fake\n${options.inputs ?? inputs}\nruns:\n  using: node24\n  main: dist/main.mjs\n${post}${postIf}`
  )
  mkdirSync(join(folder, 'dist'))
  const head = "import { appendFileSync, readFileSync } from 'node:fs'\nconst env = process.env\n"
  writeFileSync(join(folder, 'dist/main.mjs'), head + main)
  writeFileSync(join(folder, 'dist/post.mjs'), head + (options.post ?? ''))
  return folder
}

function run(main: string, options: RunOptions & { post?: boolean; postScript?: string; postIf?: string } = {}) {
  const { postScript, postIf, ...rest } = options
  const action = fakeAction(main, {
    ...(postScript === undefined ? {} : { post: postScript }),
    ...(postIf === undefined ? {} : { postIf })
  })
  return runAction({ action, ...rest })
}

function say(...lines: string[]): string {
  return lines.map((line) => `console.log(${JSON.stringify(line)})\n`).join('')
}

// On Windows, a signal simply ends a process.
const unix = process.platform === 'win32' ? test.concurrent.skip : test.concurrent

describe('the environment of the action', () => {
  test('contains every declared input, with defaults as text and hyphens preserved', async () => {
    const result = await run('console.log(JSON.stringify(env))', {
      with: { 'API-key': 'k', wait: '' },
      githubToken: 'ghs_mine'
    })
    const env: unknown = JSON.parse(result.rawStdout)
    expect(env).toMatchObject({
      'INPUT_API-KEY': 'k',
      INPUT_DEEP_THOUGHT: '1.0',
      INPUT_WAIT: '',
      'INPUT_GITHUB-TOKEN': 'ghs_mine',
      INPUT_REPOSITORY: 'x/acme/agents/y'
    })
  })

  test('is that of a push to main and inherits nothing else', async () => {
    process.env.SOME_LEAK = 'leak'
    const result = await run('console.log(JSON.stringify({ ...env, cwd: process.cwd() }))')
    delete process.env.SOME_LEAK
    const env = JSON.parse(result.rawStdout)
    expect(env).toMatchObject({
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'acme/agents',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REF_NAME: 'main',
      GITHUB_REF_TYPE: 'branch',
      GITHUB_EVENT_NAME: 'push',
      PATH: process.env.PATH
    })
    expect(env.GITHUB_SHA).toMatch(/^[0-9a-f]{40}$/)
    expect(env.cwd).toBe(env.GITHUB_WORKSPACE)
    expect(env).not.toHaveProperty('SOME_LEAK')
    expect(env).not.toHaveProperty('RUNNER_DEBUG')
    const own =
      /^(GITHUB_|RUNNER_|INPUT_|CI$|PATH$|HOME$|cwd$|__CF_USER_TEXT_ENCODING$|SYSTEMROOT$|TE?MP$|USERPROFILE$)/i
    expect(Object.keys(env).filter((name) => !own.test(name))).toEqual([])
  })

  test('can be changed by variable, including derived variables', async () => {
    const result = await run('console.log(JSON.stringify(env))', {
      env: { GITHUB_REF: 'refs/tags/v1.2.3', GITHUB_REPOSITORY: 'other/bot', EXTRA: 'yes' },
      debug: true
    })
    expect(JSON.parse(result.rawStdout)).toMatchObject({
      GITHUB_REF_NAME: 'v1.2.3',
      GITHUB_REF_TYPE: 'tag',
      GITHUB_REPOSITORY_OWNER: 'other',
      EXTRA: 'yes',
      RUNNER_DEBUG: '1'
    })
  })

  test('contains a file with the event payload', async () => {
    const script = 'console.log(readFileSync(env.GITHUB_EVENT_PATH, "utf8"))'
    const event = { pull_request: { number: 7 } }
    expect(JSON.parse((await run(script, { event })).rawStdout)).toEqual(event)
    expect(JSON.parse((await run(script)).rawStdout)).toMatchObject({ ref: 'refs/heads/main' })
  })

  test('causes a warning about undeclared inputs', async () => {
    const result = await run('', { with: { 'api-key': 'k', apikey: 'x', nme: 'y' } })
    expect(result.annotations).toEqual([
      {
        level: 'warning',
        message:
          "Unexpected input(s) 'apikey', 'nme', valid inputs are ['api-key', 'deep thought', 'wait', 'github-token', 'repository']"
      }
    ])
  })

  test('is refused if a default cannot be evaluated', async () => {
    const action = fakeAction('', { inputs: `inputs:\n  a: { description: x, default: '\${{ secrets.KEY }}' }` })
    await expect(runAction({ action })).rejects.toThrow('secrets.KEY }} cannot be evaluated here')
  })
})

describe('an action.yml that GitHub does not load', () => {
  test('is refused, because expressions are evaluated even in descriptions', async () => {
    const action = fakeAction('', { inputs: 'inputs:\n  a: { description: "from ${' + '{ secrets.KEY }}" }' })
    await expect(runAction({ action })).rejects.toThrow(/with an expression in inputs\.a\.description; omit/)
  })
})

describe('results', () => {
  test('are outputs, state, variables, paths and the summary in the command files', async () => {
    const result = await run(`
      appendFileSync(env.GITHUB_OUTPUT, 'plain=a=b\\nlong<<EOF\\none\\n\\ntwo\\nEOF\\n')
      appendFileSync(env.GITHUB_STATE, 'seen=1\\n')
      appendFileSync(env.GITHUB_ENV, 'COLOUR<<D\\nred\\nD\\n')
      appendFileSync(env.GITHUB_PATH, '/opt/tool/bin\\n')
      appendFileSync(env.GITHUB_STEP_SUMMARY, '# Done with hush-hush\\n')
      console.log('::add-mask::hush-hush')
    `)
    expect(result).toMatchObject({
      exitCode: 0,
      signal: null,
      outputs: { plain: 'a=b', long: 'one\n\ntwo' },
      state: { seen: '1' },
      env: { COLOUR: 'red' },
      paths: ['/opt/tool/bin'],
      summary: '# Done with ***\n',
      faults: []
    })
  })

  test('include an error after an invalid command file', async () => {
    const result = await run("appendFileSync(env.GITHUB_OUTPUT, 'open<<EOF\\nnever closed\\n')")
    expect(result.outputs).toEqual({})
    expect(result.annotations).toEqual([
      {
        level: 'error',
        message:
          "Unable to process file command 'output' successfully. Invalid value. Matching delimiter not found 'EOF'"
      }
    ])
    expect(result.faults).toHaveLength(1)
  })

  test('do not include a summary beyond the limit', async () => {
    const result = await run("appendFileSync(env.GITHUB_STEP_SUMMARY, 'x'.repeat(1024 * 1024 + 1))")
    expect(result.summary).toBe('')
    expect(result.faults[0]).toMatch(/^\$GITHUB_STEP_SUMMARY upload aborted/)
  })

  test('exclude outputs with a masked text, which do not reach other jobs', async () => {
    const result = await run(`
      console.log('::add-mask::agents')
      appendFileSync(env.GITHUB_OUTPUT, 'url=https://agents.example.com\\nid=1\\n')
    `)
    expect(result.droppedOutputs).toEqual(['url'])
    expect(result.outputs.url).toBe('https://agents.example.com')
  })

  test('include the failure of an action', async () => {
    const result = await run('process.exitCode = 3')
    expect(result.exitCode).toBe(3)
    expect(result.durationMs).toBeGreaterThan(0)
  })

  test('include standard error in the log', async () => {
    const result = await run("console.error('::warning::from stderr')")
    expect(result.rawStderr).toBe('::warning::from stderr\n')
    expect(result.log).toBe('Warning: from stderr')
  })

  test('leave no files', async () => {
    const result = await run('console.log(env.GITHUB_OUTPUT); console.log(env.GITHUB_WORKSPACE)')
    const [output = '', workspace = ''] = result.rawStdout.trim().split(/\r?\n/)
    expect(existsSync(output)).toBe(false)
    expect(existsSync(dirname(workspace))).toBe(false)
  })

  test('leave a given workspace', async () => {
    const workspace = makeFolder('workspace-')
    writeFileSync(join(workspace, 'langgraph.json'), '{}')
    const result = await run("console.log(readFileSync('langgraph.json', 'utf8'))", { workspace })
    expect(result.rawStdout).toBe('{}\n')
    expect(existsSync(workspace)).toBe(true)
  })

  test('include each line at once, masked', async () => {
    const lines: string[] = []
    await run(say('::add-mask::hush-hush', 'say hush-hush'), { onLine: (line) => lines.push(line) })
    expect(lines).toEqual(['say ***'])
  })
})

describe('the post entry', () => {
  const postScript = "console.log('post', env.STATE_id, env['INPUT_API-KEY'], env.COLOUR)"

  test('receives the state, the inputs, the variables and the masks of main', async () => {
    const main = `
      console.log('::add-mask::hush-hush')
      appendFileSync(env.GITHUB_STATE, 'id=hush-hush\\n')
      appendFileSync(env.GITHUB_ENV, 'COLOUR=red\\n')
    `
    const result = await run(main, { postScript, with: { 'api-key': 'k' } })
    expect(result.post?.log).toBe('post *** k red')
    expect(result.log).toBe('')
  })

  test('also runs after a failure, unless it is disabled', async () => {
    expect((await run('process.exit(1)', { postScript })).post?.exitCode).toBe(0)
    expect((await run('process.exit(1)', { postScript, postIf: 'success()' })).post).toBeUndefined()
    expect((await run('', { postScript, post: false })).post).toBeUndefined()
    expect((await run('')).post).toBeUndefined()
  })
})

describe('a job of several actions', () => {
  const main =
    'appendFileSync(env.GITHUB_STATE, `own=${env.INPUT_WAIT}\\n`)\nappendFileSync(env.GITHUB_ENV, `LAST=${env.INPUT_WAIT}\\n`)'
  const post = 'console.log([env.STATE_own, env.INPUT_WAIT, env.LAST, process.hrtime.bigint()].join())'

  test('runs the post entries last, in reverse order, each with its own state and newly evaluated inputs', async () => {
    const action = fakeAction(main, { post })
    const runs = await runJob([
      { action, with: { wait: 'first' }, postWith: { wait: '' } },
      { action, with: { wait: 'second' } }
    ])
    const said = runs.map((one) => one.post?.log.split(',') ?? [])
    expect(said.map((words) => words.slice(0, 3))).toEqual([
      ['first', '', 'second'],
      ['second', 'second', 'second']
    ])
    expect(Number(said[0]?.[3])).toBeGreaterThan(Number(said[1]?.[3]))
  })

  test('replaces the files of the main entry only', async () => {
    const result = await run('console.log(env.GITHUB_STATE)', {
      postScript: 'console.log(env.GITHUB_STATE)',
      files: { GITHUB_STATE: 'elsewhere' }
    })
    expect(result.log).toBe('elsewhere')
    expect(result.post?.log).not.toBe('elsewhere')
  })
})

describe('signals and time', () => {
  const waiting = `
    process.on('SIGINT', () => { console.log('interrupted'); process.exit(130) })
    process.on('SIGTERM', () => { console.log('terminated'); process.exit(143) })
    setInterval(() => {}, 1000)
    console.log('ready')
  `

  unix('a signal is sent when a line appears', async () => {
    const result = await run(waiting, { signals: [{ signal: 'SIGINT', when: /^ready$/ }] })
    expect(result).toMatchObject({ exitCode: 130, signal: null, log: 'ready\ninterrupted' })
  })

  unix('a signal is sent when a promise resolves, and the moment is noted', async () => {
    let sayReady = () => {}
    const ready = new Promise<void>((resolve) => {
      sayReady = resolve
    })
    const result = await run(waiting, {
      signals: [{ signal: 'SIGINT', when: () => ready, afterMs: 50 }],
      onLine: (line) => line === 'ready' && sayReady()
    })
    expect(result).toMatchObject({ exitCode: 130, log: 'ready\ninterrupted' })
    expect(result.signalledAt).toBeGreaterThan(result.startedAt + 50)
    expect(result.signalledAt).toBeLessThan(result.startedAt + result.durationMs)
  })

  unix('a signal whose promise is never kept ends the run with its reason', async () => {
    const broken = () => Promise.reject(new Error('It never came'))
    await expect(run(waiting, { signals: [{ signal: 'SIGINT', when: broken }], timeoutMs: 1_000 })).rejects.toThrow(
      'It never came'
    )
  })

  unix('a signal is sent after a time', async () => {
    const result = await run(waiting, { signals: [{ signal: 'SIGTERM', afterMs: 1_500 }] })
    expect(result).toMatchObject({ exitCode: 143, log: 'ready\nterminated' })
  })

  unix('a lost machine is played by a kill, and post still runs', async () => {
    const result = await run(waiting, { killAfterMs: 500, postScript: say('cleaned up') })
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGKILL' })
    expect(result.post?.log).toBe('cleaned up')
  })

  test('kill an action that does not end, and return its output so far', async () => {
    await expect(run(waiting, { timeoutMs: 1_500 })).rejects.toThrow(
      'the main entry of the action still ran after 1500 ms. Its log ends with:\nready'
    )
  })

  unix('a process left behind does not hold the run', async () => {
    const result = await run(`
      const { spawn } = await import('node:child_process')
      spawn('sleep', ['8'], { stdio: 'inherit', detached: true }).unref()
      console.log('gone')
    `)
    expect(result.exitCode).toBe(0)
    expect(result.faults).toEqual(['the action left a process behind that holds its log open'])
  })

  // Only /proc reports the peak of another process.
  const linux = process.platform === 'linux' ? test : test.skip
  linux('the peak of memory is measured on demand', async () => {
    const result = await run('setTimeout(() => {}, 200)', { measureMemory: true })
    expect(result.peakRssKiB).toBeGreaterThan(10_000)
  })
})

describe('workflow commands', () => {
  function read(text: string, options: Parameters<typeof createCommandReader>[0] = {}) {
    const reader = createCommandReader(options)
    reader.push('stdout', text)
    reader.end()
    return reader
  }

  test('create annotations with level, title and file, formatted as on GitHub', () => {
    const reader = read(
      [
        '::notice::all good',
        '  ::warning title=A%3A B%2C C,file=src/a.py,line=3::one%0Atwo %25 %3A',
        '::ERROR::100%250A',
        ''
      ].join('\n')
    )
    expect(reader.annotations).toEqual([
      { level: 'notice', message: 'all good' },
      { level: 'warning', title: 'A: B, C', file: 'src/a.py', line: '3', message: 'one\ntwo % %3A' },
      { level: 'error', message: '100%0A' }
    ])
    expect(reader.log).toEqual(['Notice: all good', 'Warning: one', 'two % %3A', 'Error: 100%0A'])
  })

  test('in the old syntax are valid anywhere in a line', () => {
    const reader = read('build says ##[error]broken%5D\nnot a command: ##[nonsense]x\n')
    expect(reader.annotations).toEqual([{ level: 'error', message: 'broken]' }])
    expect(reader.log).toEqual(['Error: broken]', 'not a command: ##[nonsense]x'])
  })

  test('must be exact; similar text is printed', () => {
    const lines = ['::nonsense::x', 'a ::error::x', '::error', '::', '::error title=x:']
    const reader = read(lines.join('\n'))
    expect(reader.log).toEqual(lines)
    expect(reader.annotations).toEqual([])
  })

  test('create groups with their lines', () => {
    const reader = read('before\n::group::Plan\n+ a\n::warning::b\n::endgroup::\nafter\n::group::Open\nc\n')
    expect(reader.groups).toEqual([
      { title: 'Plan', lines: ['+ a', 'Warning: b'] },
      { title: 'Open', lines: ['c'] }
    ])
    expect(reader.log).toEqual(['before', '▾ Plan', '+ a', 'Warning: b', 'after', '▾ Open', 'c'])
  })

  test('mask later output, as a whole and by line, and are never shown themselves', () => {
    const reader = read('s3cret-1\n::add-mask::s3cret-1%0As3cret-2\n::error title=s3cret-1::is s3cret-2!\n')
    expect(reader.log).toEqual(['s3cret-1', 'Error: is ***!'])
    expect(reader.annotations).toEqual([{ level: 'error', title: '***', message: 'is ***!' }])
    expect(reader.masks).toEqual(['s3cret-1\ns3cret-2'])
    expect(reader.mask('s3cret-1\ns3cret-2')).toBe('***')
  })

  test('with an empty mask cause a warning', () => {
    expect(read('::add-mask::\n').annotations[0]?.message).toMatch(/^Can't add secret mask for empty string/)
  })

  test('print debug lines only in a debug run', () => {
    expect(read('::debug::x\n').log).toEqual([])
    expect(read('::debug::x\n').debug).toEqual(['x'])
    expect(read('::debug::x\n', { debug: true }).log).toEqual(['Debug: x'])
  })

  test('can be stopped and resumed with a token', () => {
    const reader = read('::stop-commands::token-42\n::error::data\n::add-mask::data\n::token-42::\n::error::real\n')
    expect(reader.annotations).toEqual([{ level: 'error', message: 'real' }])
    expect(reader.masks).toEqual([])
    expect(reader.log).toEqual(['::stop-commands::***', '::error::data', '::add-mask::data', '::***::', 'Error: real'])
    expect(reader.faults).toEqual([])
  })

  test('with a guessable or unused token are reported as a fault', () => {
    expect(read('::stop-commands::error\n::error::x\n').faults).toEqual(["stop-commands with the unsafe token 'error'"])
    expect(read('::stop-commands::token-42\n').faults).toEqual(['commands were stopped and never resumed'])
  })

  test('that are disabled are reported as a fault', () => {
    const reader = read('::set-output name=a::b\n::save-state name=a::b\n::set-env name=a::b\n::add-path::/x\n')
    expect(reader.faults).toEqual([
      "the command 'set-output' is disabled; use GITHUB_OUTPUT",
      "the command 'save-state' is disabled; use GITHUB_STATE",
      "the command 'set-env' is disabled; use GITHUB_ENV",
      "the command 'add-path' is disabled; use GITHUB_PATH"
    ])
  })

  test('can be split anywhere; CR, LF and CRLF end a line', () => {
    const text = 'one\r\ntwo\rthree\n\n::warning::four\r\nfive\r'
    const expected = read(text)
    expect(expected.log).toEqual(['one', 'two', 'three', '', 'Warning: four', 'five'])
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length })), (cuts) => {
        const reader = createCommandReader()
        const ends = [...cuts.toSorted((a, b) => a - b), text.length]
        ends.forEach((end, index) => {
          reader.push('stdout', text.slice(ends[index - 1] ?? 0, end))
        })
        reader.end()
        expect(reader.log).toEqual(expected.log)
      })
    )
  })
})

describe('maskText', () => {
  test('replaces overlapping and touching masks once', () => {
    expect(maskText('xabcdx ab cd', ['abc', 'bcd', 'ab', 'cd'])).toBe('x***x *** ***')
    expect(maskText('abab', ['ab'])).toBe('***')
    expect(maskText('aaa', ['aa'])).toBe('***')
    expect(maskText('as it is', ['', 'nothing'])).toBe('as it is')
  })
})

describe('parseCommandFile', () => {
  test('parses both forms; the last value counts', () => {
    expect(parseCommandFile('a=1\n\nb<<E\nx\r\ny\nE\na=2\nempty<<E\nE\nc=<<x\n')).toEqual({
      a: '2',
      b: 'x\r\ny',
      empty: '',
      c: '<<x'
    })
  })

  test('returns the text of a block unchanged', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '=', '<', ' ', 'E') })
    fc.assert(
      fc.property(text, (value) => {
        // A CR at the end is part of the line ending in the runner's file format.
        fc.pre(!value.endsWith('\r'))
        expect(parseCommandFile(`name<<ghadelimiter\n${value}\nghadelimiter\n`)).toEqual({ name: value })
      })
    )
  })

  test.each([
    ['nothing', "Invalid format 'nothing'"],
    ['=x', "Invalid format '=x'. Name must not be empty"],
    ['<<E', "Invalid format '<<E'. Name must not be empty and delimiter must not be empty"],
    ['a<<', "Invalid format 'a<<'. Name must not be empty and delimiter must not be empty"],
    ['a<<E\nb', "Invalid value. Matching delimiter not found 'E'"]
  ])('refuses %j', (text, message) => {
    expect(() => parseCommandFile(text)).toThrow(message)
  })
})
