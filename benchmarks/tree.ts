import { createCipheriv } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { seededRandom } from './statistics.ts'

/** A project to pack: the files that `langgraph.json` needs, and files with one quarter of random bytes. */
export interface Tree {
  readonly title: string
  readonly parts: readonly Part[]
}

/** Files of one kind. */
interface Part {
  readonly folder: string
  readonly extension: string
  readonly files: number
  /** Average size; each file has about half to one and a half times this size. */
  readonly bytes: number
  readonly isRandom: boolean
}

/** A tree on disk. */
export interface Written {
  /** Every file, relative to the top. */
  readonly paths: readonly string[]
  readonly bytes: number
}

/** The minimum files of a project. */
export const TINY: Tree = { title: 'tiny tree', parts: [] }

/** Creates a tree of the given size in megabytes: code, large texts and, for one quarter, incompressible files. */
export function treeOf(megabytes: number): Tree {
  const bytes = megabytes * 1_000_000
  const part = (folder: string, extension: string, share: number, each: number, isRandom: boolean): Part => {
    const files = Math.max(1, Math.round((bytes * share) / each))
    return { folder, extension, files, bytes: (bytes * share) / files, isRandom }
  }
  return {
    title: `${megabytes} MB`,
    parts: [
      part('src', 'py', 0.375, 16_000, false),
      part('data', 'txt', 0.375, 1_000_000, false),
      part('assets', 'bin', 0.25, 1_000_000, true)
    ]
  }
}

/** Creates a tree of the given number of files of 1.5 kB on average, every fourth with random bytes. */
export function treeOfSmallFiles(files: number): Tree {
  const part = { files: files / 4, bytes: 1_500 }
  return {
    title: `${files.toLocaleString('en')} small files`,
    parts: [
      { ...part, folder: 'src', extension: 'py', files: (files * 3) / 4, isRandom: false },
      { ...part, folder: 'assets', extension: 'bin', isRandom: true }
    ]
  }
}

const FILES_PER_FOLDER = 50
const POOL_BYTES = 4_000_000
const SEED = 20_260_401

/** Ignore rules that match no file of the tree, but must be checked for each file. */
const GITIGNORE = ['*.log', '*.pyc', '.cache/', '/dist', '!keep.log', 'build*/', 'tmp/**/*.bak', '.DS_Store', '*~', '']

/** Writes a tree, with the same bytes each time. @param folder is created */
export function writeTree(folder: string, { parts }: Tree): Written {
  const random = seededRandom(SEED)
  const texts = parts.length > 0 ? textPool(random) : Buffer.alloc(0)
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 'benchmark'), Buffer.alloc(16))
  const paths: string[] = []
  let bytes = 0
  const write = (path: string, content: Buffer | string) => {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
    paths.push(path)
    bytes += Buffer.byteLength(content)
  }
  write('langgraph.json', JSON.stringify({ dependencies: ['.'], graphs: { agent: './agent.py:graph' } }))
  write('agent.py', 'graph = None\n')
  write('.gitignore', GITIGNORE.join('\n'))
  for (const part of parts) {
    for (let index = 0; index < part.files; index += 1) {
      const size = sizeOf(part, index)
      const from = Math.floor(random() * (texts.length - size))
      const content = part.isRandom ? cipher.update(Buffer.alloc(size)) : texts.subarray(from, from + size)
      write(`${part.folder}/part-${Math.floor(index / FILES_PER_FOLDER)}/file-${index}.${part.extension}`, content)
    }
  }
  return { paths, bytes }
}

/** Alternates sizes as far below the average as the next file is above it. */
function sizeOf({ files, bytes }: Part, index: number): number {
  if (index === files - 1 && index % 2 === 0) return Math.round(bytes)
  const difference = ((Math.floor(index / 2) * 7) % 11) / 22
  return Math.round(bytes * (index % 2 === 0 ? 1 - difference : 1 + difference))
}

/** Lines of words, some frequent and some repeated, so that gzip compresses them to about one third. */
function textPool(random: () => number): Buffer {
  const pick = (list: readonly string[], exponent = 1) => list[Math.floor(random() ** exponent * list.length)] ?? ''
  const letters = [...'etaoinshrdlucmfwypvbgkjqxz_']
  const word = () => Array.from({ length: 2 + Math.floor(random() * 9) }, () => pick(letters, 1.5)).join('')
  const words = Array.from({ length: 3_000 }, word)
  const lines: string[] = []
  for (let length = 0; length < POOL_BYTES; ) {
    const line =
      random() < 0.2 && lines.length > 0
        ? pick(lines.slice(-100))
        : `${'    '.repeat(Math.floor(random() * 4))}${Array.from({ length: 3 + Math.floor(random() * 9) }, () => pick(words, 3)).join(' ')}\n`
    lines.push(line)
    length += line.length
  }
  return Buffer.from(lines.join(''))
}
