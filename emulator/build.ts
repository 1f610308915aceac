import { posix } from 'node:path'
import type { Archive, TarEntry } from './tar.ts'
import { isRecord } from './validation.ts'

/**
 * Returns the reason that an uploaded archive cannot be built, as the build log reports it; `undefined` if its
 * configuration is valid. Does not read the code.
 *
 * @param archive `undefined` if it was announced and never uploaded
 * @param configPath location of the configuration according to the revision
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

/** The names of the graphs in the configuration of an uploaded archive; null if it is not readable. */
export function graphsIn(archive: Archive | undefined, configPath: string): readonly string[] | null {
  const config = archive?.entries.findLast(({ name }) => normalised(name) === normalised(configPath))
  const { graphs = null } = (config && archive?.documents.get(config.name)) ?? {}
  return graphs && Object.keys(graphs)
}

function normalised(path: string): string {
  return posix.normalize(path).replace(/^\/+|\/+$/g, '')
}

/** The file names before the colons; a graph without a slash is a module of an installed package. */
function filesOfGraphs(graphs: unknown): readonly string[] {
  if (!isRecord(graphs)) return []
  return Object.values(graphs).flatMap((graph) => {
    const form = isRecord(graph) ? graph.path : graph
    const [path = ''] = typeof form === 'string' ? form.split(':') : []
    return path.includes('/') ? [path] : []
  })
}

/** Tells if a path exists. Assumes that it does below a symbolic link. */
function isThere(items: ReadonlyMap<string, TarEntry>, path: string): boolean {
  const item = items.get(path)
  if (item) return item.type !== 'directory'
  for (let above = posix.dirname(path); above !== '.' && above !== '/'; above = posix.dirname(above)) {
    if (items.get(above)?.type === 'symlink') return true
  }
  return false
}

/** Tells if the build of a JavaScript project may create the path. */
function isBuilt(path: string, output: string | undefined): boolean {
  if (!/\.[cm]?[jt]s$/.test(path)) return false
  return /(^|\/)(dist|build|out|lib|\.output)\//.test(path) || (output !== undefined && path.startsWith(`${output}/`))
}
