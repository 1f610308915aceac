import { gzipSync } from 'node:zlib'

/** One entry of a handwritten archive. */
export interface Item {
  readonly name: string
  readonly content?: string
  readonly mode?: number
  readonly kind?: string
  readonly prefix?: string
}

function header({ name, content = '', mode = 0o644, kind = '0', prefix = '' }: Item): Buffer {
  const block = Buffer.alloc(512)
  const octal = (value: number, length: number) => value.toString(8).padStart(length - 1, '0')
  block.write(name, 0)
  block.write(octal(mode, 8), 100)
  block.write(octal(Buffer.byteLength(content), 12), 124)
  block.write(' '.repeat(8), 148)
  block.write(kind, 156)
  block.write('ustar\x0000', 257)
  block.write(prefix, 345)
  block.write(
    octal(
      block.reduce((sum, byte) => sum + byte, 0),
      7
    ),
    148
  )
  return block
}

/** A gzipped tar with exactly these entries. */
export function archive(...items: Item[]): Buffer {
  const blocks = items.flatMap((item) => {
    const content = Buffer.from(item.content ?? '')
    return [header(item), content, Buffer.alloc((512 - (content.length % 512)) % 512)]
  })
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))
}

/** A gzipped tar of these files, by path. */
export function packed(files: Readonly<Record<string, string>>): Buffer {
  return archive(...Object.entries(files).map(([name, content]) => ({ name, content })))
}
