import fs, { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { UnwritableFile } from '../../src/runner/files.ts'
import { createRunner, type Runner } from '../../src/runner/runner.ts'
import { afterThisTest } from '../support/after-this-test.ts'
import { namedValues } from '../support/json.ts'

let folder = ''
const file = (name: string) => path.join(folder, name)

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'runner-'))
  afterThisTest(() => rmSync(folder, { recursive: true }))
})

/** Returns what is printed during an action, line by line. */
async function printed(
  act: (runner: Runner) => unknown,
  variables: NodeJS.ProcessEnv = {}
): Promise<readonly string[]> {
  let output = ''
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    output += String(chunk)
    return true
  })
  try {
    await act(createRunner(variables))
  } finally {
    spy.mockRestore()
  }
  return output.split('\n').slice(0, -1)
}

/** Sets a variable of the process for this test, like the runner does. */
function variable(name: string, value: string): void {
  const before = process.env[name]
  process.env[name] = value
  afterThisTest(() => {
    if (before === undefined) delete process.env[name]
    else process.env[name] = before
  })
}

describe('a printed text', () => {
  test.each<[string, string, readonly string[]]>([
    ['is unchanged', 'All is well: 100 %', ['All is well: 100 %']],
    ['is split into lines', 'a\r\nb\rc\nd', ['a', 'b', 'c', 'd']],
    ['is not a command of the runner', '::set-output name=a::b', [': :set-output name=a::b']],
    ['is not a command of the runner after white space', ' \t::stop-commands::x', [' \t: :stop-commands::x']],
    ['is not a command of the runner in a later line', 'a\n::add-mask::b', ['a', ': :add-mask::b']],
    ['is not a command in the older form', 'a ##[add-mask]b', ['a ## [add-mask]b']],
    ['keeps two colons in the middle', 'std::string', ['std::string']],
    ['has no terminal escapes', '\u001b[31mred\u001b[0m\u0007\u0008', ['red']]
  ])('%s', async (_, text, lines) => {
    expect(await printed((runner) => runner.info(text))).toEqual(lines)
    expect(await printed((runner) => runner.group('Title', [text]))).toEqual([
      '::group::Title',
      ...lines,
      '::endgroup::'
    ])
  })

  test('of an annotation is one command with any content', async () => {
    const text = 'first\n::error::second\r\nthird %'
    expect(await printed((runner) => runner.notice(text))).toEqual(['::notice::first%0A: :error::second%0Athird %25'])
    expect(await printed((runner) => runner.warning(text))).toEqual(['::warning::first%0A: :error::second%0Athird %25'])
    expect(await printed((runner) => runner.debug(text))).toEqual(['::debug::first%0A: :error::second%0Athird %25'])
    expect(await printed((runner) => runner.error('Title,\n::x::', text))).toEqual([
      '::error title=Title%2C%0A%3A %3Ax%3A%3A::first%0A: :error::second%0Athird %25'
    ])
  })

  test('of an annotation can refer to a line of a file', async () => {
    const place = { file: 'apps/a,b/langgraph.json', line: 7 }
    expect(await printed((runner) => runner.error('Title', 'text', place))).toEqual([
      '::error title=Title,file=apps/a%2Cb/langgraph.json,line=7::text'
    ])
    expect(await printed((runner) => runner.warning('text', place))).toEqual([
      '::warning file=apps/a%2Cb/langgraph.json,line=7::text'
    ])
  })
})

describe('a secret value', () => {
  const SECRET = { name: 'DB', value: 'a long secret' }

  test('is masked once and line by line, never with a line break', async () => {
    const lines = await printed((runner) => {
      runner.maskGiven(namedValues({ A: 'first line\nsecond line', B: 'first line' }), [])
      runner.maskGiven([{ name: 'C', value: 'second line' }], [])
    })
    expect(lines).toEqual(['::add-mask::first line', '::add-mask::second line'])
  })

  test('of several lines does not mask its short lines, which are common', async () => {
    const value = 'a long line\n4\nanother line'
    expect(await printed((runner) => runner.maskGiven([{ name: 'A', value }], []))).toEqual([
      '::add-mask::a long line',
      '::add-mask::another line'
    ])
  })

  test('that is only kept is redacted in outside text, and not masked', async () => {
    let redacted = ''
    const lines = await printed((runner) => {
      runner.keepSecret([{ name: 'API_KEY', value: 'sk-0123456789abcdef' }])
      runner.maskRest(false, [])
      redacted = runner.redact('refused for sk-0123456789abcdef now')
    })
    expect({ lines, redacted }).toEqual({ lines: [], redacted: 'refused for *** now' })
  })

  test.each([
    ['an escape sequence', 'a l\u001b[31mong\u001b[0m secret'],
    ['a control character', 'a long\u0000 secret']
  ])('that contains %s is redacted in outside text', (_, text) => {
    const runner = createRunner({})
    runner.keepSecret([SECRET])
    expect(runner.redact(`said ${text}.`)).toBe('said ***.')
  })

  test('that is part of an output is not masked', async () => {
    const given = [
      { name: 'A', value: 'my agent!' },
      { name: 'B_KEY', value: 'short' },
      { name: 'NEXT_TO_IT', value: 'agent1x' },
      SECRET
    ]
    let redacted = ''
    const lines = await printed((runner) => {
      runner.maskGiven(given, ['https://example.com/my agent!'])
      runner.maskRest(false, ['https://agent1x.example.com'])
      runner.maskRest(true, ['https://agent1x.example.com', 'https://example.com/my agent!'])
      redacted = runner.redact('my-agent said a long secret is too short, shorter than before')
    })
    expect(lines).toEqual(['::add-mask::a long secret'])
    expect(redacted).toBe('my-agent said *** is too ***, shorter than before')
  })
})

describe('a file of the workspace', () => {
  const read = (name: string, workspace: string | undefined = file('work')) =>
    Buffer.from(
      createRunner(workspace === '' ? {} : { GITHUB_WORKSPACE: workspace }).readWorkspaceFile(name)
    ).toString()

  beforeEach(() => {
    mkdirSync(file('work/sub'), { recursive: true })
    mkdirSync(file('work-2'))
    writeFileSync(file('work/sub/a.env'), 'A=b\n')
    writeFileSync(file('outside.env'), 'secret')
    writeFileSync(file('work-2/a.env'), 'secret')
    writeFileSync(file('work/..a.env'), 'dots')
    symlinkSync(file('outside.env'), file('work/link.env'))
    symlinkSync(folder, file('work/link'))
    symlinkSync(file('work/sub/a.env'), file('work/inner.env'))
    symlinkSync(file('work'), file('alias'))
  })

  test.each([
    ['by its path', 'sub/a.env', 'A=b\n'],
    ['by a path with `..`', './sub/../sub/a.env', 'A=b\n'],
    ['by a link that stays inside the workspace', 'inner.env', 'A=b\n'],
    ['by a name that begins with two dots', '..a.env', 'dots']
  ])('is read %s', (_, name, text) => {
    expect(read(name)).toBe(text)
  })

  test.each<[string, RegExp]>([
    [
      '$RUNNER_TEMP/absent.env',
      /^"\$RUNNER_TEMP\/absent\.env" does not exist: `\$RUNNER_TEMP` is not expanded here; use `\$\{\{ runner\.temp \}\}\/absent\.env`$/
    ],
    ['${RUNNER_TEMP}/absent.env', /` is not expanded here; use `\$\{\{ runner\.temp \}\}\/absent\.env`/],
    ['$env:RUNNER_TEMP\\absent.env', /` is not expanded here; use `\$\{\{ runner\.temp \}\}\/absent\.env`/],
    [
      '$CONFIG/absent.env',
      /^"\$CONFIG\/absent\.env" does not exist: `\$CONFIG` is not expanded here; use `\$\{\{ env\.CONFIG \}\}\/absent\.env`$/
    ],
    [
      '~/absent.env',
      /^"~\/absent\.env" does not exist: `~` is not expanded here; write the file to RUNNER_TEMP and use `\$\{\{ runner\.temp \}\}\/absent\.env`$/
    ],
    [
      '/absent-agent.env',
      /^"\/absent-agent\.env" does not exist: an expression before it, such as `\$\{\{ env\.NAME \}\}`, may be empty; for a file in RUNNER_TEMP, use `\$\{\{ runner\.temp \}\}\/absent-agent\.env`$/
    ],
    [
      'only-in-temp.env',
      /^"only-in-temp\.env" does not exist: the file is in RUNNER_TEMP; use `\$\{\{ runner\.temp \}\}\/only-in-temp\.env`$/
    ],
    [
      'absent.env',
      /^"absent\.env" is not in the workspace; run actions\/checkout, or the step that writes the file, before this step/
    ]
  ])('that does not exist is reported with a suggestion: %s', (name, words) => {
    mkdirSync(file('temp'), { recursive: true })
    writeFileSync(file('temp/only-in-temp.env'), 'A=b\n')
    const { readWorkspaceFile } = createRunner({ GITHUB_WORKSPACE: file('work'), RUNNER_TEMP: file('temp') })
    expect(() => readWorkspaceFile(name)).toThrow(words)
  })

  test('is also read from RUNNER_TEMP, except for files of tools', () => {
    mkdirSync(file('temp/_runner_file_commands'), { recursive: true })
    for (const name of ['temp/a.env', 'temp/git-credentials-1.config', 'temp/_runner_file_commands/set_env']) {
      writeFileSync(file(name), 'A=b\n')
    }
    const { readWorkspaceFile } = createRunner({ GITHUB_WORKSPACE: file('work'), RUNNER_TEMP: file('temp') })
    expect(Buffer.from(readWorkspaceFile(file('temp/a.env'))).toString()).toBe('A=b\n')
    expect(() => readWorkspaceFile(file('temp/git-credentials-1.config'))).toThrow('belongs to git')
    expect(() => readWorkspaceFile('../temp/_runner_file_commands/set_env')).toThrow('belongs to git')
    expect(() => readWorkspaceFile(file('outside.env'))).toThrow('is outside the workspace')
  })

  test('is read by its absolute path, and in a workspace that is a link', () => {
    expect(read(file('work/sub/a.env'))).toBe('A=b\n')
    expect(read('sub/a.env', file('alias'))).toBe('A=b\n')
  })

  test.each([
    ['a path outside the workspace', '../outside.env', /outside the workspace/],
    ['a missing path outside the workspace', '../absent.env', /^"\.\.\/absent\.env" is outside the workspace/],
    ['a path into a folder whose name has the same beginning', '../work-2/a.env', /outside the workspace/],
    ['a link to a file outside the workspace', 'link.env', /outside the workspace/],
    ['a link to a folder outside the workspace', 'link/outside.env', /outside the workspace/],
    ['a missing file', 'none.env', /"none\.env" is not in the workspace.*actions\/checkout/],
    ['a folder', 'sub', /^"sub" is not a readable file/]
  ])('cannot be %s', (_, name, message) => {
    expect(() => read(name)).toThrow(message)
  })

  test('cannot be an absolute path outside the workspace', () => {
    expect(() => read(file('outside.env'))).toThrow(/outside the workspace/)
  })

  test('is not read without a workspace', () => {
    expect(() => read('sub/a.env', '')).toThrow(/GITHUB_WORKSPACE/)
  })
})

describe('the event', () => {
  test.each<[string, string | undefined, unknown]>([
    ['is its payload', '{"action": "opened"}', { action: 'opened' }],
    ['is undefined if its file is not JSON', '{', undefined],
    ['is undefined if its file is missing', undefined, undefined]
  ])('%s', (_, text, expected) => {
    if (text !== undefined) writeFileSync(file('event.json'), text)
    expect(createRunner({ GITHUB_EVENT_PATH: file('event.json') }).event).toEqual(expected)
  })

  test('is undefined without a file', () => {
    expect(createRunner({}).event).toBeUndefined()
  })
})

const FILES = ['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const
/** Reports an output and state, as the action does in addition to its log. */
const tellAll = async (runner: Runner) => {
  runner.output('status', 'deployed')
  runner.saveState('memory', '{}')
  await runner.summary('## Hello')
}

describe('data for later steps', () => {
  const variables = () => Object.fromEntries(FILES.map((name) => [name, file(name)]))
  beforeEach(() => {
    for (const name of FILES) writeFileSync(file(name), '')
  })

  test("is written to the runner's files with any content", async () => {
    const lines = await printed((runner) => {
      runner.output('status', 'deployed')
      runner.saveState('memory', '{"a":\n"b"}')
    }, variables())
    expect(lines).toEqual([])
    expect(readFileSync(file('GITHUB_OUTPUT'), 'utf8')).toMatch(/^status<<(\S+)\ndeployed\n\1\n$/)
    expect(readFileSync(file('GITHUB_STATE'), 'utf8')).toMatch(/^memory<<(\S+)\n\{"a":\n"b"\}\n\1\n$/)
  })

  test('is read by the post step', () => {
    const runner = createRunner({ STATE_memory: '{"done":true}' })
    expect([runner.state('memory'), runner.state('other')]).toEqual(['{"done":true}', ''])
  })

  test('includes the summary if the server supports summaries', async () => {
    await createRunner({}).summary('not written')
    expect(readFileSync(file('GITHUB_STEP_SUMMARY'), 'utf8')).toBe('')
    await createRunner(variables()).summary('## Hello')
    expect(readFileSync(file('GITHUB_STEP_SUMMARY'), 'utf8')).toBe('## Hello\n')
  })

  test('is printed as commands if the runner has no files', async () => {
    for (const name of ['GITHUB_OUTPUT', 'GITHUB_STATE']) variable(name, '')
    const lines = await printed(tellAll)
    expect(lines.filter(Boolean)).toEqual(['::set-output name=status::deployed', '::save-state name=memory::{}'])
    expect(createRunner({}).unwritableFiles()).toEqual([])
  })
})

describe("the runner's files", () => {
  const all = (path: string) => Object.fromEntries(FILES.map((name) => [name, path]))
  const faults: readonly (readonly [string, () => string, RegExp])[] = [
    ['is missing', () => file('none'), /ENOENT/],
    ['is a folder', () => folder, /EISDIR|EPERM|EACCES/]
  ]
  const full: typeof faults = existsSync('/dev/full')
    ? [
        [
          'is on a full disk',
          () => {
            symlinkSync('/dev/full', file('full'))
            return file('full')
          },
          /ENOSPC/
        ]
      ]
    : []
  // Root can write all files.
  const readOnly: typeof faults =
    process.getuid?.() === 0
      ? []
      : [
          [
            'may only be read',
            () => {
              writeFileSync(file('only'), '', { mode: 0o444 })
              return file('only')
            },
            /EACCES|EPERM/
          ]
        ]

  test.each([...faults, ...full, ...readOnly])(
    'are reported before any request, and only once, if one %s',
    async (_, path, why) => {
      let told: readonly UnwritableFile[] = []
      const lines = await printed(async (runner) => {
        told = runner.unwritableFiles()
        await tellAll(runner)
      }, all(path()))
      expect(told.map(({ file: name }) => name)).toEqual(FILES)
      for (const { file: name, text } of told) {
        expect(text).toMatch(new RegExp(`^Cannot write .*\\(${name}\\): `))
        expect(text).toMatch(why)
        expect(text).toMatch(/: .+\. Check the disk space of the runner and the permissions of its temporary folder\.$/)
      }
      expect(lines).toEqual([])
    }
  )

  test.each([...faults, ...full, ...readOnly])('cause one warning each if one %s later', async (_, path) => {
    const lines = await printed(async (runner) => {
      await tellAll(runner)
      await tellAll(runner)
    }, all(path()))
    expect(lines).toEqual(
      FILES.map((name) => expect.stringMatching(`^::warning::Cannot write .*${name}.* The run continues\\.$`))
    )
  })

  test('are unchanged after the check', () => {
    writeFileSync(file('used'), 'a<<x\nb\nx\n')
    expect(createRunner(all(file('used'))).unwritableFiles()).toEqual([])
    expect(readFileSync(file('used'), 'utf8')).toBe('a<<x\nb\nx\n')
  })

  test('never end inside a value on a full disk', async () => {
    writeFileSync(file('output'), 'a<<x\nb\nx\n')
    const write = jest.spyOn(fs, 'writeSync').mockImplementationOnce((descriptor) => {
      write.mockImplementationOnce(() => {
        throw new Error('ENOSPC: no space left on device, write')
      })
      return fs.appendFileSync(descriptor, 'stat') ?? 4
    })
    const lines = await printed((runner) => runner.output('status', 'deployed'), { GITHUB_OUTPUT: file('output') })
    write.mockRestore()
    expect(lines).toEqual([expect.stringContaining('ENOSPC')])
    expect(readFileSync(file('output'), 'utf8')).toBe('a<<x\nb\nx\n')
  })
})
