import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from './folder.ts'

/** Scripts that replace tools of a runner. Not for Windows, which does not run scripts as programs. */
export interface StandIns {
  /** A `PATH` with only these tools. */
  readonly path: string
  /** The calls with their arguments, in order. */
  calls(): readonly string[]
  /** The content of a file that a script wrote into the folder; `undefined` when there is no such file. */
  written(name: string): string | undefined
}

/** The manifest of each image. */
const MANIFEST = '{"schemaVersion":2,"config":{},"layers":[]}'
/** Its digest. */
export const DIGEST = `sha256:${createHash('sha256').update(MANIFEST).digest('hex')}`

/** @param scripts POSIX shell script of each tool; `$folder` is the folder for its files */
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

/** Returns a skopeo script that finds every image, copies its login and environment to files, and runs `push`. */
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
