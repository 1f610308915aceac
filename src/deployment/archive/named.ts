import { posix } from 'node:path'
import type { Entry } from './entry.ts'
import { parentOf, withParents } from './paths.ts'
import { shown } from './project-error.ts'
import type { Walk } from './walk.ts'

/** Tells what the configuration names and the archive would not hold. */
export function problemsOfNamed(walk: Walk): Walk['problems'] {
  const paths = packedPaths(walk.entries)
  return walk.named.filter((path) => !paths.has(path)).map((path) => problemOf(walk, path))
}

/** Everything that unpacking creates: the entries and the folders that hold them. The root is the empty path. */
function packedPaths(entries: readonly Entry[]): ReadonlySet<string> {
  const paths = new Set([''])
  for (const { path } of entries) {
    for (let part = path; !paths.has(part); part = parentOf(part)) paths.add(part)
  }
  return paths
}

function problemOf(walk: Walk, path: string): Walk['problems'][number] {
  const { configPath, configLabel, namedAt } = walk.project
  const inWorkspace = posix.join(walk.root, path)
  const line = namedAt.get(inWorkspace)
  const role = path === configPath ? 'is the configuration' : 'is named by the configuration'
  const text = `${shown(inWorkspace)} ${role} and is not in the archive: ${reasonFor(walk, path)}.`
  if (line === undefined) return { text }
  return { text: `${configLabel}:${line}: ${text}`, place: { file: configLabel, line } }
}

function reasonFor(walk: Walk, path: string): string {
  if (path.startsWith('../')) return 'it lies outside of the folder that is packed'
  const [reason] = withParents(path).flatMap((part) => walk.reasons.get(part) ?? [])
  const inner = walk.innerReasons.get(path)
  const byContent = inner && `all that is in it is left out, first by ${inner}`
  return shown(reason ?? byContent ?? 'it does not exist, or cannot be read')
}
