import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { packArchive } from '../../src/archive/archive.ts'
import { asInIndex, createConverter } from '../../src/archive/line-ends.ts'
import { bytesOf, compareBytes, textOfBytes } from '../../src/archive/paths.ts'
import { commit, git } from '../support/repository.ts'
import { anyText } from '../support/texts.ts'
import { extract, list, makeFolder, makeTree, run, SMALLEST, type Tree } from './support.ts'

async function pack(workspace: string) {
  const file = join(makeFolder(), 'source.tgz')
  return { ...(await packArchive((await list(workspace)).entries, file)), file }
}

const LINES = 'one\ntwo\n\nthree\n'
const PROJECT: Tree = {
  ...SMALLEST,
  '.gitattributes': '*.bat text eol=crlf\n*.dat -text\n',
  'source/a.py': LINES,
  'empty.txt': '',
  'no-end.md': 'one\ntwo',
  'large.txt': 'a line of some length\n'.repeat(40_000),
  'run.sh': { program: '#!/bin/sh\n' },
  'run.bat': LINES,
  'raw.dat': 'one\r\ntwo\n',
  'committed-crlf.txt': 'one\r\ntwo\r\n',
  'picture.png': '\u0000\r\n\u0000',
  'link.py': { link: 'source/a.py' }
}

/** Creates two clones of a repository, with the git settings of Linux and of Windows. */
function makeClones(): { readonly linux: string; readonly windows: string } {
  const origin = makeTree(PROJECT)
  git(origin, 'init', '-q')
  commit(origin, 'First')
  const clone = (...settings: readonly string[]) => {
    const folder = join(makeFolder(), 'clone')
    git(origin, ...settings.flatMap((setting) => ['-c', setting]), 'clone', '-q', `file://${origin}`, folder)
    return folder
  }
  const windows = clone('core.autocrlf=true', 'core.eol=crlf', 'core.symlinks=false', 'core.fileMode=false')
  // Files on Windows have no executable bit.
  run(windows, 'chmod', '-x', 'run.sh')
  return { linux: clone(), windows }
}

describe('a checkout on Windows', () => {
  test('gives the same archive as a checkout on Linux, although its files differ', async () => {
    const { linux, windows } = makeClones()
    expect(readFileSync(join(windows, 'source/a.py'), 'utf8')).toBe(LINES.replaceAll('\n', '\r\n'))
    expect(readFileSync(join(windows, 'large.txt')).includes('\r\n')).toBe(true)
    expect(readFileSync(join(windows, 'link.py'), 'utf8')).toBe('source/a.py')
    const [one, other] = [await pack(linux), await pack(windows)]
    expect(other.sha256).toBe(one.sha256)
    const out = extract(other.file)
    for (const path of ['source/a.py', 'no-end.md', 'large.txt', 'raw.dat', 'committed-crlf.txt', 'picture.png']) {
      expect([path, readFileSync(join(out, path), 'latin1')]).toEqual([path, PROJECT[path]])
    }
  })

  test('does not convert files that were changed or created after the checkout', async () => {
    const { windows } = makeClones()
    makeTree({ 'source/a.py': 'changed\r\n', 'new.txt': 'new\r\n' }, windows)
    writeFileSync(join(windows, 'large.txt'), 'changed\r\n'.repeat(40_000))
    const out = extract((await pack(windows)).file)
    expect(readFileSync(join(out, 'source/a.py'), 'utf8')).toBe('changed\r\n')
    expect(readFileSync(join(out, 'new.txt'), 'utf8')).toBe('new\r\n')
    expect(readFileSync(join(out, 'large.txt'), 'utf8')).toBe('changed\r\n'.repeat(40_000))
  })

  test('gives the same archive in a repository with SHA-256', async () => {
    const workspace = makeTree({ ...SMALLEST, 'a.txt': LINES, 'b.txt': LINES.repeat(10_000) })
    git(workspace, 'init', '-q', '--object-format=sha256')
    commit(workspace)
    const before = await pack(workspace)
    for (const [path, count] of [
      ['a.txt', 1],
      ['b.txt', 10_000]
    ] as const) {
      writeFileSync(join(workspace, path), LINES.replaceAll('\n', '\r\n').repeat(count))
    }
    expect((await pack(workspace)).sha256).toBe(before.sha256)
  })
})

test('the conversion of line endings does not depend on the pieces in which a text arrives', () => {
  const text = fc.array(fc.constantFrom('a', '\r', '\n', '\r\n', '\r\r\n', 'bc'), { maxLength: 30 })
  fc.assert(
    fc.property(fc.array(text, { maxLength: 6 }), (parts) => {
      const pieces = parts.map((part) => Buffer.from(part.join('')))
      const whole = Buffer.concat(pieces).toString()
      const converter = createConverter()
      const converted = Buffer.concat([
        ...pieces.map((piece) => Buffer.from(converter.convert(piece))),
        converter.end()
      ])
      expect(converted.toString()).toBe(whole.replaceAll('\r\n', '\n'))
    })
  )
  expect(asInIndex(Buffer.from('a\r\n'), '0'.repeat(40)).toString()).toBe('a\r\n')
})

describe('names that are not UTF-8', () => {
  // macOS does not allow such names.
  const onLinux = process.platform === 'linux' ? test : test.skip

  onLinux('are packed unchanged, also those of folders and link targets', async () => {
    const workspace = makeTree({ ...SMALLEST, 'fine\uFFFD.txt': 'fine', 'é.txt': 'text' })
    const long = 'long'.repeat(40)
    const script = [
      "printf bad > $'bad\\xff.txt'",
      "mkdir -p $'folder\\xe9/inner' && printf deep > $'folder\\xe9/inner/x.txt' && printf log > $'folder\\xe9/x.log'",
      "ln -s $'bad\\xff.txt' link",
      `mkdir ${long} && printf far > ${long}/$'far\\xfe'`,
      "printf '*.log\\n' > $'folder\\xe9/.gitignore'"
    ]
    execFileSync('bash', ['-c', script.join('\n')], { cwd: workspace })
    const { entries, ...told } = await list(workspace)
    expect(told.notices).toEqual([])
    const names = entries.map(({ path }) => path)
    expect(names).toContain('bad\udcff.txt')
    expect(names).not.toContain('folder\udce9/x.log')
    const { file } = await pack(workspace)
    const out = extract(file)
    const files = (folder: string) =>
      execFileSync('bash', ['-c', 'find . -type f -not -name "*.log" | LC_ALL=C sort | xxd -p'], { cwd: folder })
    run(workspace, 'rm', 'link')
    run(out, 'rm', 'link')
    expect(files(out).equals(files(workspace))).toBe(true)
    // The tarfile module of Python also reads the same names.
    const python =
      'import os,sys,tarfile\nprint(b"|".join(os.fsencode(m.name) for m in tarfile.open(sys.argv[1])).hex())'
    const listed = Buffer.from(run(workspace, 'python3', '-c', python, file).trim(), 'hex')
    expect(listed.equals(Buffer.from(names.map((name) => bytesOf(name).toString('latin1')).join('|'), 'latin1'))).toBe(
      true
    )
  })

  onLinux('work with git and with ignore files', async () => {
    const workspace = makeTree({ ...SMALLEST, '.gitignore': 'x*\n' })
    execFileSync('bash', ['-c', "printf 1 > $'x\\xff'; printf 2 > $'x\\xfe'"], { cwd: workspace })
    git(workspace, 'init', '-q')
    execFileSync('bash', ['-c', "git add -f $'x\\xff'"], { cwd: workspace })
    const { entries } = await list(workspace)
    expect(entries.map(({ path }) => path)).toEqual(['.gitignore', 'agent.py', 'langgraph.json', 'x\udcff'])
    expect(readdirSync(workspace)).toHaveLength(6)
  })

  test('survive decoding and encoding, and are sorted by their bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 12 }).map((array) => Buffer.from(array))
    const mixed = fc.oneof(
      bytes,
      anyText().map((text) => Buffer.from(text))
    )
    fc.assert(
      fc.property(mixed, mixed, (one, other) => {
        expect(bytesOf(textOfBytes(one)).equals(one)).toBe(true)
        expect(Math.sign(compareBytes(textOfBytes(one), textOfBytes(other)))).toBe(Buffer.compare(one, other))
      })
    )
  })
})

describe('Git LFS pointers', () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`

  test('cause a warning', async () => {
    const { warnings } = await pack(makeTree({ ...SMALLEST, 'model.bin': pointer, 'sub/data.csv': pointer }))
    expect(warnings).toEqual([
      'These files are Git LFS pointers without their contents: model.bin, sub/data.csv. Set `lfs: true` for actions/checkout, or exclude them in .dockerignore.'
    ])
  })

  test('cause no warning if they are excluded, or quoted in another file', async () => {
    const tree = {
      '.dockerignore': 'model.bin',
      'model.bin': pointer,
      'docs.md': `# LFS\n${pointer}`,
      long: pointer.repeat(20)
    }
    expect((await pack(makeTree({ ...SMALLEST, ...tree }))).warnings).toEqual([])
  })
})
