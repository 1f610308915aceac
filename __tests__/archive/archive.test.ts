import { createHash, randomBytes } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type PackedArchive, packArchive, sizeWarning } from '../../src/archive/archive.ts'
import type { Entry, FileEntry } from '../../src/archive/entry.ts'
import { LARGEST_ARCHIVE } from '../../src/control-plane/upload.ts'
import { extract, list, makeFolder, makeTree, problemsOf, run, SMALLEST, type Tree } from './support.ts'

const MEBIBYTE = 1024 * 1024

async function packFolder(workspace: string): Promise<PackedArchive & { readonly file: string }> {
  const file = join(makeFolder(), 'source.tgz')
  return { ...(await packArchive((await list(workspace)).entries, file)), file }
}

/** Returns the mode and digest of every file below a folder, and the empty folders. Links are followed. */
function snapshot(folder: string, prefix = ''): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of readdirSync(folder)) {
    const place = join(folder, name)
    const status = statSync(place)
    if (status.isDirectory()) {
      const inner = snapshot(place, `${prefix}${name}/`)
      Object.assign(found, Object.keys(inner).length > 0 ? inner : { [`${prefix}${name}/`]: 'folder' })
    } else {
      const digest = createHash('sha256').update(readFileSync(place)).digest('hex')
      found[`${prefix}${name}`] = `${(status.mode & 0o777).toString(8)} ${digest}`
    }
  }
  return found
}

const LONG = Array.from({ length: 6 }, (_, index) => `${index}`.repeat(50)).join('/')
const HOSTILE: Tree = {
  ...SMALLEST,
  'run.sh': { program: '#!/bin/sh\n' },
  'line\nbreak': 'a',
  '\n': 'b',
  'it\'s "quoted" $(x) `y`': 'c',
  ' blanks ': 'd',
  '-rf': 'e',
  'back\\slash': 'f',
  'caf\u00e9': 'composed',
  'cafe\u0301': 'decomposed',
  '日本語/\u{1F600}': 'g',
  [`${LONG}/file`]: 'h',
  ['ä'.repeat(100)]: 'i',
  ['x'.repeat(255)]: 'j',
  ['y'.repeat(100)]: 'k',
  ['z'.repeat(101)]: 'l',
  'empty folder': { folder: true },
  [`${LONG}/none`]: { folder: true },
  'empty file': '',
  'to é': { link: 'caf\u00e9' },
  'plain name': { link: '日本語/\u{1F600}' },
  'far away': { link: `${LONG}/file` },
  'to line': { link: 'line\nbreak' },
  'exact block': 'x'.repeat(512),
  'one more': 'x'.repeat(513),
  small: 'x'.repeat(64 * 1024),
  large: 'x'.repeat(64 * 1024 + 1),
  'block and block': 'x'.repeat(512 * 1024),
  'across blocks': 'x'.repeat(700_001)
}

describe('unpacking the archive', () => {
  test('restores the packed tree, including hostile names', async () => {
    const workspace = makeTree(HOSTILE)
    writeFileSync(join(workspace, 'random'), randomBytes(3 * MEBIBYTE + 7))
    linkSync(join(workspace, 'random'), join(workspace, 'hard link'))
    const packed = await packFolder(workspace)
    const out = extract(packed.file)
    expect(snapshot(out)).toEqual(snapshot(workspace))
    expect(lstatSync(join(out, 'hard link')).nlink).toBe(1)
    expect(packed).toMatchObject({
      bytes: lstatSync(packed.file).size,
      sha256: createHash('sha256').update(readFileSync(packed.file)).digest('hex'),
      entries: Object.keys(HOSTILE).length + 2
    })
  })

  test('works with the tarfile module of Python', async () => {
    const workspace = makeTree(HOSTILE)
    const { file } = await packFolder(workspace)
    const names = run(
      workspace,
      'python3',
      '-c',
      'import json,sys,tarfile\nprint(json.dumps([[m.name, m.linkname, m.mode, m.mtime, m.uid, m.gid, m.uname, m.gname] for m in tarfile.open(sys.argv[1])]))',
      file
    )
    const members = JSON.parse(names) as unknown[][]
    const { entries } = await list(workspace)
    expect(members.map(([name, link]) => [name, link])).toEqual(entries.map(({ path }) => [path, '']))
    for (const [, , mode, ...rest] of members) {
      expect([0o644, 0o755]).toContain(mode)
      expect(rest).toEqual([Date.UTC(1985, 9, 26, 8, 15) / 1000, 0, 0, '', ''])
    }
  })

  test('gives files that a zip file such as a wheel accepts, which requires times after 1980', async () => {
    const out = extract((await packFolder(makeTree(SMALLEST))).file)
    const zip = "import sys,zipfile\nzipfile.ZipFile('x.zip', 'w').write('agent.py')\nprint('zipped')"
    expect(run(out, 'python3', '-c', zip)).toBe('zipped\n')
  })

  test('gives mode 755 to files that their owner can execute, and 644 to others', async () => {
    const workspace = makeTree(SMALLEST)
    for (const [name, mode] of Object.entries({ a: 0o600, b: 0o700, c: 0o4711, d: 0o666, e: 0o411 })) {
      writeFileSync(join(workspace, name), '')
      chmodSync(join(workspace, name), mode)
    }
    const out = extract((await packFolder(workspace)).file)
    const modes = ['a', 'b', 'c', 'd', 'e'].map((name) => lstatSync(join(out, name)).mode & 0o7777)
    expect(modes).toEqual([0o644, 0o755, 0o755, 0o644, 0o644])
  })

  test('restores any tree', async () => {
    const name = fc.string({
      minLength: 1,
      maxLength: 40,
      unit: fc.constantFrom('a', 'b', ' ', '\n', 'é', '\u{1F600}', '"', '\\', '*', '-')
    })
    const path = fc.array(name, { minLength: 1, maxLength: 6 }).map((names) => names.join('/'))
    const content = fc.nat({ max: 70_000 }).map((length) => 'c'.repeat(length))
    await fc.assert(
      fc.asyncProperty(fc.dictionary(path, content, { maxKeys: 12 }), async (tree) => {
        const files = Object.entries(tree).filter(
          ([own]) => !Object.keys(tree).some((other) => other.startsWith(`${own}/`))
        )
        const workspace = makeTree({ ...SMALLEST, ...Object.fromEntries(files) })
        expect(snapshot(extract((await packFolder(workspace)).file))).toEqual(snapshot(workspace))
      }),
      { numRuns: 25 }
    )
  })
})

describe('the bytes of the archive', () => {
  const before = process.umask()
  afterEach(() => {
    process.umask(before)
  })

  test('do not depend on the umask, the times or the order of the files', async () => {
    const one = makeTree(HOSTILE)
    process.umask(0o077)
    const other = makeTree(Object.fromEntries(Object.entries(HOSTILE).toReversed()))
    chmodSync(join(other, 'run.sh'), 0o700)
    for (const name of readdirSync(other)) {
      if (!lstatSync(join(other, name)).isSymbolicLink()) utimesSync(join(other, name), 1, 1)
    }
    const [first, second] = [await packFolder(one), await packFolder(other)]
    expect(readFileSync(second.file).equals(readFileSync(first.file))).toBe(true)
    expect({ ...second, file: '' }).toEqual({ ...first, file: '' })
  })

  test('differ for a different tree', async () => {
    const { sha256 } = await packFolder(makeTree(SMALLEST))
    for (const change of [
      { 'agent.py': 'graph = 2\n' },
      { 'agent.py': { program: 'graph = 1\n' } },
      { x: { folder: true } }
    ] as Tree[]) {
      expect((await packFolder(makeTree({ ...SMALLEST, ...change }))).sha256).not.toBe(sha256)
    }
  })

  test('have a gzip header without time and operating system', async () => {
    const { file } = await packFolder(makeTree(SMALLEST))
    expect([...readFileSync(file).subarray(0, 10)]).toEqual([31, 139, 8, 0, 0, 0, 0, 0, 0, 255])
    // A tar consists of whole blocks and ends with two empty ones.
    const tar = gunzipSync(readFileSync(file))
    expect(tar.length % 512).toBe(0)
    expect(tar.subarray(-1024).every((byte) => byte === 0)).toBe(true)
  })
})

describe('a change during packing', () => {
  async function packAfter(change: (workspace: string) => void): Promise<readonly string[]> {
    const workspace = makeTree({ ...SMALLEST, small: 'x'.repeat(1000), large: 'x'.repeat(1_000_000) })
    const listed = (await list(workspace)).entries
    change(workspace)
    const named = listed.map((entry) => (entry.kind === 'file' ? { ...entry, isNamed: true } : entry))
    const file = join(makeFolder(), 'source.tgz')
    const problems = await problemsOf(packArchive(named, file))
    expect(existsSync(file)).toBe(false)
    // A file that is not named only causes a notice, and the rest of the archive is complete.
    const packed = await packArchive(listed, file)
    expect(packed.notices).toHaveLength(1)
    expect(readdirSync(extract(file))).toEqual(expect.arrayContaining(['agent.py', 'langgraph.json']))
    notices.push(...packed.notices)
    return problems
  }
  const notices: string[] = []

  test.each(['small', 'large'])('to a %s file is an error if the file is named, otherwise a notice', async (name) => {
    notices.length = 0
    const changed = [expect.stringMatching(new RegExp(`^${name} changed size while it was packed`))]
    expect(await packAfter((folder) => appendFileSync(join(folder, name), 'x'))).toEqual(changed)
    expect(await packAfter((folder) => truncateSync(join(folder, name), 999))).toEqual(changed)
    expect(await packAfter((folder) => truncateSync(join(folder, name), 0))).toEqual(changed)
    expect(await packAfter((folder) => rmSync(join(folder, name)))).toEqual([`${name} does not exist.`])
    const becomesLink = await packAfter((folder) => {
      renameSync(join(folder, name), join(folder, 'moved'))
      symlinkSync('moved', join(folder, name))
    })
    expect(becomesLink).toEqual([`${name} is a circular symbolic link.`])
    const becomesPipe = await packAfter((folder) => {
      rmSync(join(folder, name))
      run(folder, 'mkfifo', name)
    })
    expect(becomesPipe).toEqual(changed)
    const becomesFolder = await packAfter((folder) => {
      rmSync(join(folder, name))
      run(folder, 'mkdir', name)
    })
    expect(becomesFolder).toEqual([`${name} cannot be read (EISDIR).`])
    const torn = expect.stringMatching(
      new RegExp(`^Files that changed while they were packed, .*: ${name}\\. Wait until the process`)
    )
    const gone = expect.stringMatching(
      new RegExp(`^Skipped files that were deleted .*: ${name}\\. Wait until the process`)
    )
    expect(notices.slice(0, 5)).toEqual([torn, torn, torn, gone, gone])
  })

  test('that shrinks a large file pads it to the size in its header', async () => {
    const workspace = makeTree({ ...SMALLEST, large: 'x'.repeat(1_000_000), 'zzz.py': 'behind it' })
    const { entries } = await list(workspace)
    truncateSync(join(workspace, 'large'), 300_000)
    const file = join(makeFolder(), 'source.tgz')
    await packArchive(entries, file)
    const out = extract(file)
    expect(statSync(join(out, 'large')).size).toBe(1_000_000)
    expect(readFileSync(join(out, 'zzz.py'), 'utf8')).toBe('behind it')
  })

  const asRoot = process.getuid?.() === 0
  test('that makes a file unreadable is an error', async () => {
    const workspace = makeTree({ ...SMALLEST, small: 'x', large: 'x'.repeat(1_000_000) })
    chmodSync(workspace, 0o755)
    const { entries } = await list(workspace)
    const folder = makeFolder()
    chmodSync(folder, 0o777)
    for (const name of ['small', 'large']) {
      chmodSync(join(workspace, name), 0)
      if (asRoot) process.seteuid?.(65534)
      try {
        const problems = await problemsOf(
          packArchive(
            entries.filter(({ path }) => path === name),
            join(folder, 'a.tgz')
          )
        )
        expect(problems).toEqual([`${name} cannot be read: permission denied.`])
      } finally {
        if (asRoot) process.seteuid?.(0)
      }
    }
  })
})

describe('packing that fails', () => {
  const openFiles = () => readdirSync('/proc/self/fd').length

  test('because the output folder does not exist, has the code ENOENT', async () => {
    const { entries } = await list(makeTree(SMALLEST))
    await expect(packArchive(entries, join(makeFolder(), 'none/source.tgz'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('leaves no archive and no open file, at any point', async () => {
    const workspace = makeTree(SMALLEST)
    for (const [index, size] of [10, 400_000, 60_000, 60_000, 900_000, 5, 2_000_000].entries()) {
      writeFileSync(join(workspace, `file${index}`), randomBytes(size))
    }
    const { entries } = await list(workspace)
    const file = join(makeFolder(), 'source.tgz')
    const before = openFiles()
    for (let largestBytes = 0; largestBytes < 3_000_000; largestBytes += 130_000) {
      await problemsOf(packArchive(entries, file, { largestBytes }))
      expect(openFiles()).toBe(before)
      expect(existsSync(file)).toBe(false)
    }
  })

  test('because of a signal ends immediately, with the reason of the signal', async () => {
    const workspace = makeTree(SMALLEST)
    const { entries } = await list(workspace)
    const endless: FileEntry = {
      kind: 'file',
      path: 'zero',
      source: join(workspace, 'zero'),
      size: 2 ** 40,
      executable: false,
      isNamed: false
    }
    writeFileSync(endless.source, '')
    truncateSync(endless.source, endless.size)
    const file = join(makeFolder(), 'source.tgz')
    const before = openFiles()
    const abort = new AbortController()
    const reason = new Error('cancelled')
    setTimeout(() => abort.abort(reason), 50)
    await expect(packArchive([...entries, endless], file, { signal: abort.signal })).rejects.toBe(reason)
    await expect(packArchive(entries, file, { signal: abort.signal })).rejects.toBe(reason)
    expect(openFiles()).toBe(before)
    expect(existsSync(file)).toBe(false)
  })
})

describe('a large archive', () => {
  test('fails as soon as it is too large, and names the ten largest files', async () => {
    const workspace = makeTree({ ...SMALLEST, 'a link': { link: 'agent.py' } })
    for (let index = 0; index < 12; index += 1) {
      writeFileSync(join(workspace, `file\n${index}`), randomBytes((index + 1) * 100_000))
    }
    const { entries } = await list(workspace)
    const last = entries.filter((entry) => entry.kind === 'file').at(-1)
    // Files after the limit are not read.
    const gone: Entry = { kind: 'file', path: 'zzz', source: '/nonexistent', size: 0, executable: false, isNamed: true }
    expect(last).toBeDefined()
    const file = join(makeFolder(), 'source.tgz')
    const [problem = '', ...others] = await problemsOf(
      packArchive([...entries, gone], file, { largestBytes: 2 * MEBIBYTE })
    )
    expect(others).toEqual([])
    expect(problem).toMatch(
      /^The archive is too large: its compressed size exceeds 2\.0 MiB, the maximum that LangSmith accepts\./
    )
    expect(problem).toContain('The largest files: file\\u{a}11 (1.1 MiB), file\\u{a}10 (1.0 MiB), ')
    expect(problem.match(/file\\u\{a\}/g)).toHaveLength(10)
    expect(existsSync(file)).toBe(false)
    expect(await packArchive(entries, file)).toMatchObject({ entries: entries.length })
  })

  test('causes a warning from 50 MiB on', async () => {
    const { entries } = await list(makeTree(SMALLEST))
    const packed = { bytes: 50 * MEBIBYTE, sha256: '', entries: 2, notices: [], warnings: [] }
    expect(LARGEST_ARCHIVE).toBe(209_715_200)
    expect(sizeWarning({ ...packed, bytes: packed.bytes - 1 }, entries)).toBeUndefined()
    expect(sizeWarning(packed, entries)).toMatch(
      /^The archive is 50\.0 MiB compressed; LangSmith rejects archives larger than 200\.0 MiB\. .*agent\.py/
    )
  })
})
