import { relative, sep } from 'node:path'

/** Whether an absolute path is the folder itself or lies below it. Both must be normalised. */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

/** The path as seen from the folder, with forward slashes; empty for the folder itself. */
export function relativeTo(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/')
}

/** The deepest folder that holds all of these folders, or is one of them. */
export function commonFolder(first: string, others: readonly string[]): string {
  let common = first.split(sep)
  for (const other of others) {
    const parts = other.split(sep)
    const length = common.findIndex((part, index) => part !== parts[index])
    if (length >= 0) common = common.slice(0, length)
  }
  return common.join(sep) || sep
}
