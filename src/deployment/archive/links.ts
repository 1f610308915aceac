import { readlink } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'

/** As many links in a row as Linux follows before it calls them a circle. */
const MOST_HOPS = 40

/**
 * Follows a symbolic link name by name, as a file system does, and never leaves the root to look. That must hold at
 * each step and not only at the end, since the archive is unpacked where other things lie around it.
 *
 * @param root absolute
 * @param path of the link, seen from the root, with forward slashes; the folders in it are no links
 * @param target what the link says, with forward slashes
 * @returns where it ends, seen from the root, existing or not, or `undefined` when it leaves the root
 */
export async function followLink(root: string, path: string, target: string): Promise<string | undefined> {
  if (isAbsolute(target)) return undefined
  const place = path.split('/').slice(0, -1)
  const ahead = target.split('/').reverse()
  let hops = 0
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    if (name === '' || name === '.') continue
    if (name === '..') {
      if (place.pop() === undefined) return undefined
      continue
    }
    const next = await readlink(join(root, ...place, name)).catch(() => undefined)
    hops += next === undefined ? 0 : 1
    if (next === undefined || hops > MOST_HOPS) place.push(name)
    else if (isAbsolute(next)) return undefined
    else ahead.push(...next.split('/').reverse())
    if (hops > MOST_HOPS) break
  }
  return place.join('/')
}
