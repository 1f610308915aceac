import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { object } from '../../object.ts'
import { isInside } from './paths.ts'

/** A uv project as its files tell. Paths are those of its root, with forward slashes. */
export interface UvProject {
  /** Files and folders without which the build fails: pyproject.toml, uv.lock, and the packages that are installed. */
  readonly paths: readonly string[]
  /** The other packages of the workspace. */
  readonly others: readonly string[]
  /** The package that is deployed; nothing where it cannot be told, or uv.lock holds no package of the workspace. */
  readonly target: string | undefined
  /** The packages of the workspace to choose from. */
  readonly names: readonly string[]
  /** Whether the image holds a path, absolute. */
  installs(path: string): boolean
  /** Files that are no TOML, so that the packages are not known. */
  readonly unreadable: readonly string[]
  /** Of pyproject.toml and uv.lock, what is not there. */
  readonly missing: readonly string[]
}

const FILES = ['pyproject.toml', 'uv.lock']

/** A package that uv.lock takes from the project itself. */
interface LocalPackage {
  readonly name: string
  /** As uv.lock has it, seen from the root. */
  readonly path: string
  /** Absolute. */
  readonly folder: string
  /** The names of the packages that are installed with it. */
  readonly dependencies: readonly string[]
}

/**
 * Reads the project that `source` of the kind "uv" names. LangSmith installs one package of it and what that needs, with
 * `uv export --package … --frozen`; see `_plan_uv_lock_workspace` of langgraph-cli 0.4.40.
 *
 * @param root of the project, absolute
 * @param base the folder of the configuration, absolute
 * @param chosen what `source.package` names
 */
export async function readUvProject(root: string, base: string, chosen: unknown): Promise<UvProject> {
  const texts = await Promise.all(FILES.map((name) => readFile(join(root, name), 'utf8').catch(() => undefined)))
  const missing = FILES.filter((_, index) => texts[index] === undefined)
  const [, lock] = texts
  const packages = lock === undefined ? [] : await packagesIn(lock, root)
  const known = packages ?? []
  const target = findTarget(known, { root, base, chosen })
  const installed = target ? withDependencies(known, target) : known
  const pathsOf = (some: readonly LocalPackage[]) =>
    [...new Set(some.map(({ path }) => path))].filter((path) => path !== '.')
  const needed = pathsOf(installed)
  return {
    paths: [...FILES.filter((name) => !missing.includes(name)), ...needed],
    others: pathsOf(known).filter((path) => !needed.includes(path)),
    target: target?.name,
    names: known.map(({ name }) => name),
    installs: (path) => {
      const [home] = innermostFirst(known.filter(({ folder }) => isInside(folder, path)))
      return home !== undefined && installed.some(({ folder }) => folder === home.folder)
    },
    unreadable: packages ? [] : ['uv.lock'],
    missing
  }
}

/** The packages that uv.lock takes from the project itself; nothing when it is not TOML. */
async function packagesIn(lock: string, root: string): Promise<readonly LocalPackage[] | undefined> {
  const { parse } = await import('smol-toml')
  let parsed: unknown
  try {
    parsed = parse(lock)
  } catch {
    return undefined
  }
  return items(object(parsed)?.package).flatMap((item) => {
    const { name, source, dependencies } = object(item) ?? {}
    const { editable, virtual, directory } = object(source) ?? {}
    const path = [editable, virtual, directory].find((each) => typeof each === 'string')
    if (typeof path !== 'string' || typeof name !== 'string') return []
    const needed = items(dependencies).map((each) => object(each)?.name)
    const texts = needed.filter((each) => typeof each === 'string')
    return [{ name, path, folder: resolve(root, path), dependencies: texts }]
  })
}

function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The package that `source.package` names, else the one around the configuration, else the only one. */
function findTarget(
  packages: readonly LocalPackage[],
  { root, base, chosen }: { readonly root: string; readonly base: string; readonly chosen: unknown }
): LocalPackage | undefined {
  if (typeof chosen === 'string') return packages.find(({ name }) => normalized(name) === normalized(chosen))
  const [around] = innermostFirst(packages.filter(({ folder }) => isInside(folder, base)))
  if (around && (around.folder !== root || base === root)) return around
  return packages.length === 1 ? packages[0] : undefined
}

function innermostFirst(packages: readonly LocalPackage[]): readonly LocalPackage[] {
  return packages.toSorted((left, right) => right.folder.length - left.folder.length)
}

function withDependencies(packages: readonly LocalPackage[], target: LocalPackage): readonly LocalPackage[] {
  const found = new Set([target])
  // A set goes on to what is added on the way.
  for (const { dependencies } of found) {
    for (const each of packages) if (dependencies.includes(each.name)) found.add(each)
  }
  return packages.filter((each) => found.has(each))
}

/** Names of packages are equal whatever their case and separators. */
function normalized(name: string): string {
  return name.toLowerCase().replace(/[._-]+/g, '-')
}
