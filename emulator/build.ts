import { posix } from 'node:path'
import { readArchive, type TarItem } from './tar.ts'
import { isRecord } from './validation.ts'

/**
 * Why an uploaded archive cannot be built, as the build log says it; nothing when it can, as far as its configuration
 * tells. No code of it is looked at.
 *
 * @param archive nothing when it was announced and never uploaded
 * @param configPath where the revision says that the configuration lies
 */
export function archiveFault(archive: Buffer | undefined, configPath: string): string | undefined {
  if (!archive) return 'The source archive was never uploaded'
  let items: readonly TarItem[]
  try {
    items = readArchive(archive)
  } catch (error) {
    return `The source archive is not a gzipped tar: ${error instanceof Error ? error.message : String(error)}`
  }
  const files = new Map(items.map((item) => [normalised(item.name), item]))
  const config = files.get(normalised(configPath))
  if (config?.type !== 'file') return `${configPath} is not in the source archive`
  const parsed = parse(config.content.toString())
  if (!isRecord(parsed)) return `${configPath} is not a JSON object`
  const missing = filesOfGraphs(parsed.graphs)
    .map((path) => normalised(posix.join(posix.dirname(configPath), path)))
    .find((path) => !isThere(files, path) && !isBuilt(path, outputOf(files, posix.dirname(configPath))))
  return missing && `${configPath} names ${missing}, which is not in the source archive`
}

/** The names of the graphs that a configuration in an uploaded archive states; null where it cannot be read. */
export function graphsIn(archive: Buffer | undefined, configPath: string): readonly string[] | null {
  try {
    const config = archive && readArchive(archive).find(({ name }) => normalised(name) === normalised(configPath))
    const parsed = config && parse(config.content.toString())
    return isRecord(parsed) && isRecord(parsed.graphs) ? Object.keys(parsed.graphs) : null
  } catch {
    return null
  }
}

function normalised(path: string): string {
  return posix.normalize(path).replace(/^\/+|\/+$/g, '')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
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
function isThere(items: ReadonlyMap<string, TarItem>, path: string): boolean {
  const item = items.get(path)
  if (item) return item.type !== 'directory'
  for (let above = posix.dirname(path); above !== '.' && above !== '/'; above = posix.dirname(above)) {
    if (items.get(above)?.type === 'symlink') return true
  }
  return false
}

/** Where tsconfig.json, which may hold comments, puts what is compiled; nothing without a folder for it. */
function outputOf(items: ReadonlyMap<string, TarItem>, folder: string): string | undefined {
  const text = items.get(normalised(posix.join(folder, 'tsconfig.json')))?.content.toString() ?? ''
  const [, output] = /"outDir"\s*:\s*"([^"]+)"/.exec(text) ?? []
  return output && normalised(posix.join(folder, output))
}

/** Whether the build of a JavaScript project may make it. */
function isBuilt(path: string, output: string | undefined): boolean {
  if (!/\.[cm]?[jt]s$/.test(path)) return false
  return /(^|\/)(dist|build|out|lib|\.output)\//.test(path) || (output !== undefined && path.startsWith(`${output}/`))
}
