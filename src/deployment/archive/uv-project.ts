import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { object } from '../../object.ts'
import type { ConfiguredPath } from './langgraph-config.ts'
import { isInside, relativeTo } from './paths.ts'
import { shown } from './project-error.ts'
import { findPath, type Search } from './search.ts'

/** The uv project of a configuration. */
export interface FoundUvProject extends Pick<UvProject, 'installs' | 'target'> {
  readonly root: string
  readonly places: readonly string[]
}

/** The uv project that `source` names. What is wrong with it is among the problems. */
export async function findUvProject(
  search: Search,
  configured: ConfiguredPath,
  chosen: unknown
): Promise<FoundUvProject | undefined> {
  const found = await findPath(search, configured, 'folder')
  if (!found) return undefined
  const root = found.real
  const project = await readUvProject(root, search.base, chosen)
  const { target, installs } = project
  const places = project.paths.map((path) => resolve(root, path))
  tellFaultyFiles(search, configured, root, project)
  tellMissingPackages(search, configured, root, places)
  noteMissingOthers(search, root, project)
  if (target === undefined) tellTargets(search, configured, project, chosen)
  return { root, places, target, installs }
}

function tellFaultyFiles(
  { workspace, warnings, problem }: Search,
  { key, path, line }: ConfiguredPath,
  root: string,
  { missing, unreadable }: UvProject
): void {
  for (const name of missing) {
    problem(line, `\`${key}\` names ${path}, which has no ${name}; name the folder where \`uv lock\` runs`)
  }
  for (const name of unreadable) {
    const file = shown(relativeTo(workspace, join(root, name)))
    warnings.push(`${file} is not valid TOML, so it is not known which packages it names; run \`uv lock\` again.`)
  }
}

function tellMissingPackages(
  { workspace, problem }: Search,
  { key, path, line }: ConfiguredPath,
  root: string,
  places: readonly string[]
): void {
  for (const place of places) {
    const named = relativeTo(workspace, place)
    if (!isInside(root, place)) {
      problem(line, `\`${key}\` names ${path}, and uv.lock names ${named} outside of it; name a folder that holds both`)
    } else if (!existsSync(place)) {
      problem(line, `\`${key}\`: uv.lock names ${named}, which does not exist; commit it, or run \`uv lock\` again`)
    }
  }
}

function noteMissingOthers({ workspace, notices }: Search, root: string, { others, target }: UvProject): void {
  for (const place of others.map((path) => resolve(root, path))) {
    if (existsSync(place)) continue
    const named = relativeTo(workspace, place)
    notices.push(shown(`uv.lock names ${named}, which does not exist and is not needed by ${target}.`))
  }
}

/** Tells which packages there are to choose from, where it is not known which one is deployed. */
function tellTargets({ problem }: Search, { line }: ConfiguredPath, { names }: UvProject, chosen: unknown): void {
  if (names.length === 0) return
  const fault = typeof chosen === 'string' ? `names ${chosen}, which uv.lock does not hold` : 'is needed here'
  problem(line, `\`source.package\` ${fault}; write one of ${names.slice(0, 10).join(', ')}`)
}

/** A uv project as its files tell. Paths are those of its root, with forward slashes. */
interface UvProject {
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
async function readUvProject(root: string, base: string, chosen: unknown): Promise<UvProject> {
  const texts = await Promise.all(FILES.map((name) => readFile(join(root, name), 'utf8').catch(() => undefined)))
  const missing = FILES.filter((_, index) => texts[index] === undefined)
  const [, lock] = texts
  const packages = lock === undefined ? [] : await localPackagesIn(lock, root)
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
async function localPackagesIn(lock: string, root: string): Promise<readonly LocalPackage[] | undefined> {
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
  if (typeof chosen === 'string') return packages.find(({ name }) => normalizedName(name) === normalizedName(chosen))
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

/** A Python package's name, in the one form that all its spellings have: case and separators do not count. */
export function normalizedName(name: string): string {
  return name.toLowerCase().replace(/[._-]+/g, '-')
}
