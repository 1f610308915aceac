import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from './folder.ts'

/** Tools of a runner that only play their part. Windows starts no scripts as programs. */
export interface StandIns {
  /** A `PATH` with these tools and no others. */
  readonly path: string
  /** What each was called with, in order. */
  calls(): readonly string[]
  /** A file that a script wrote into the folder; nothing where it did not. */
  written(name: string): string | undefined
}

/** A manifest that the stand-ins have. */
const MANIFEST = '{"schemaVersion":2,"config":{},"layers":[]}'
/** Its digest. */
export const DIGEST = `sha256:${createHash('sha256').update(MANIFEST).digest('hex')}`

/** @param scripts what each tool does, as lines of a POSIX shell; `$folder` is where they may write */
export function standIns(scripts: Readonly<Record<string, string>>): StandIns {
  const folder = makeFolder('stand-ins-')
  for (const [name, script] of Object.entries(scripts)) {
    const file = join(folder, name)
    const call = `echo "${name} $*" >> "$folder/calls"`
    writeFileSync(file, ['#!/bin/sh', `folder='${folder}'`, 'PATH=/usr/bin:/bin', call, script, ''].join('\n'))
    chmodSync(file, 0o755)
  }
  const written = (name: string) => {
    const file = join(folder, name)
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined
  }
  return { path: folder, written, calls: () => (written('calls') ?? '').split('\n').filter((line) => line !== '') }
}

/** A skopeo that sees every image, keeps what it finds in its files, and pushes as often as `push` lets it. */
export function skopeo({
  config = '{"os":"linux","architecture":"amd64"}',
  manifest = MANIFEST,
  push = ''
} = {}): string {
  return `
case "$*" in
  *--config*) echo '${config}' ;;
  *inspect*) printf %s '${manifest}' ;;
  *)
    env > "$folder/environment"
    while [ $# -gt 0 ]; do
      case "$1" in
        --dest-authfile) cat "$2" > "$folder/login"; ls -l "$2" > "$folder/mode" ;;
        --digestfile) digestfile=$2 ;;
      esac
      shift
    done
    ${push || ':'}
    printf %s '${DIGEST}' > "$digestfile" ;;
esac`
}
