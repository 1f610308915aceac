import { posix } from 'node:path'
import type { Archive, TarEntry } from './tar.ts'
import { isRecord } from './validation.ts'

/**
 * Why an uploaded archive cannot be built, as the build log says it; nothing when it can, as far as its configuration
 * tells. No code of it is looked at.
 *
 * @param archive nothing when it was announced and never uploaded
 * @param configPath where the revision says that the configuration lies
 */
export function archiveFault(archive: Archive | undefined, configPath: string): string | undefined {
  if (!archive) return 'The source archive was never uploaded'
  if (archive.error !== null) return `The source archive cannot be read as a gzipped tar: ${archive.error}`
  const files = new Map(archive.entries.map((entry) => [normalised(entry.name), entry]))
  const config = files.get(normalised(configPath))
  if (config?.type !== 'file') return `${configPath} is not in the source archive`
  const document = archive.documents.get(config.name)
  if (!document?.isObject) return `${configPath} is not a JSON object`
  const folder = posix.dirname(configPath)
  const tsconfig = files.get(normalised(posix.join(folder, 'tsconfig.json')))
  const outDir = tsconfig ? archive.documents.get(tsconfig.name)?.outDir : undefined
  const output = outDir ? normalised(posix.join(folder, outDir)) : undefined
  const missing = filesOfGraphs(document.graphs)
    .map((path) => normalised(posix.join(folder, path)))
    .find((path) => !isThere(files, path) && !isBuilt(path, output))
  return missing && `${missing}, named in ${configPath}, is not in the source archive`
}

/** The names of the graphs that a configuration in an uploaded archive states; null where it cannot be read. */
export function graphsIn(archive: Archive | undefined, configPath: string): readonly string[] | null {
  const config = archive?.entries.findLast(({ name }) => normalised(name) === normalised(configPath))
  const { graphs = null } = (config && archive?.documents.get(config.name)) ?? {}
  return graphs && Object.keys(graphs)
}

function normalised(path: string): string {
  return posix.normalize(path).replace(/^\/+|\/+$/g, '')
}

/** The files before the colons; a graph without a slash is a module of an installed package. */
function filesOfGraphs(graphs: unknown): readonly string[] {
  if (!isRecord(graphs)) return []
  return Object.values(graphs).flatMap((graph) => {
    const form = isRecord(graph) ? graph.path : graph
    const [path = ''] = typeof form === 'string' ? form.split(':') : []
    return path.includes('/') ? [path] : []
  })
}

/** What lies behind a symbolic link is not looked at. */
function isThere(items: ReadonlyMap<string, TarEntry>, path: string): boolean {
  const item = items.get(path)
  if (item) return item.type !== 'directory'
  for (let above = posix.dirname(path); above !== '.' && above !== '/'; above = posix.dirname(above)) {
    if (items.get(above)?.type === 'symlink') return true
  }
  return false
}

/** Whether the build of a JavaScript project may make it. */
function isBuilt(path: string, output: string | undefined): boolean {
  if (!/\.[cm]?[jt]s$/.test(path)) return false
  return /(^|\/)(dist|build|out|lib|\.output)\//.test(path) || (output !== undefined && path.startsWith(`${output}/`))
}
