import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { object } from '../run/object.ts'
import type { ConfiguredPath } from './langgraph-config.ts'
import { isInside, relativeTo } from './paths.ts'
import { shown } from './project-error.ts'
import { findPath, type Search } from './search.ts'

/** The parts of a uv project that the build uses. */
export interface UvProject {
  /** Absolute, without symbolic links. */
  readonly root: string
  /** Files and folders that the build requires: pyproject.toml, uv.lock, and the installed packages. Absolute. */
  readonly places: readonly string[]
  /** The deployed package; undefined if it is unknown, or if uv.lock contains no package of the workspace. */
  readonly target: string | undefined
  /** True if the image contains a path, which is absolute. */
  installs(path: string): boolean
}

const FILES = ['pyproject.toml', 'uv.lock']

/**
 * Reads the project that `source` of the kind "uv" names, and reports its problems. LangSmith installs one of its
 * packages and the dependencies of that package, with `uv export --package … --frozen`; see `_plan_uv_lock_workspace`
 * of langgraph-cli 0.4.40.
 *
 * @param chosen the value of `source.package`
 */
export async function findUvProject(
  search: Search,
  configured: ConfiguredPath,
  chosen: unknown
): Promise<UvProject | undefined> {
  const found = await findPath(search, configured, 'folder')
  if (!found) return undefined
  const root = found.real
  const { there, packages } = await readUvFiles(search, configured, root)
  const target = findTarget(packages, { root, base: search.base, chosen })
  const installed = target ? withDependencies(packages, target) : packages
  const foldersOf = (some: readonly LocalPackage[]) =>
    [...new Set(some.map(({ folder }) => folder))].filter((folder) => folder !== root)
  const needed = foldersOf(installed)
  tellMissingPackages(search, configured, root, needed)
  if (target)
    noteMissingOthers(
      search,
      foldersOf(packages).filter((folder) => !needed.includes(folder)),
      target
    )
  else if (packages.length > 0) tellTargets(search, configured, packages, chosen)
  return {
    root,
    places: [...there.map((name) => join(root, name)), ...needed],
    target: target?.name,
    installs: (path) => {
      const [home] = innermostFirst(packages.filter(({ folder }) => isInside(folder, path)))
      return home !== undefined && installed.some(({ folder }) => folder === home.folder)
    }
  }
}

/** Reads which files of the project exist, and which packages of the workspace are in uv.lock. */
async function readUvFiles(
  { workspace, warnings, problem }: Search,
  { key, path, line }: ConfiguredPath,
  root: string
): Promise<{ readonly there: readonly string[]; readonly packages: readonly LocalPackage[] }> {
  const texts = await Promise.all(FILES.map((name) => readFile(join(root, name), 'utf8').catch(() => undefined)))
  FILES.forEach((name, index) => {
    if (texts[index] !== undefined) return
    problem(line, `\`${key}\` names ${path}, which does not contain ${name}; name the folder where \`uv lock\` runs`)
  })
  const [, lock] = texts
  const packages = lock === undefined ? [] : await localPackagesIn(lock, root)
  if (!packages) {
    const file = shown(relativeTo(workspace, join(root, 'uv.lock')))
    warnings.push(`${file} is not valid TOML, so its packages are unknown; run \`uv lock\` again.`)
  }
  return { there: FILES.filter((_, index) => texts[index] !== undefined), packages: packages ?? [] }
}

function tellMissingPackages(
  { workspace, problem }: Search,
  { key, path, line }: ConfiguredPath,
  root: string,
  folders: readonly string[]
): void {
  for (const folder of folders) {
    const named = relativeTo(workspace, folder)
    if (!isInside(root, folder)) {
      problem(
        line,
        `\`${key}\` names ${path}, but uv.lock names ${named} outside that folder; name a folder that contains both`
      )
    } else if (!existsSync(folder)) {
      problem(line, `\`${key}\`: uv.lock names ${named}, which does not exist; commit it, or run \`uv lock\` again`)
    }
  }
}

function noteMissingOthers({ workspace, notices }: Search, folders: readonly string[], { name }: LocalPackage): void {
  for (const folder of folders.filter((each) => !existsSync(each))) {
    const named = relativeTo(workspace, folder)
    notices.push(shown(`uv.lock names ${named}, which does not exist and is not needed by ${name}.`))
  }
}

/** Reports that the package to deploy is unknown, and the packages to choose from. */
function tellTargets(
  { problem }: Search,
  { line }: ConfiguredPath,
  packages: readonly LocalPackage[],
  chosen: unknown
): void {
  const fault = typeof chosen === 'string' ? `names ${chosen}, which is not in uv.lock` : 'is required for this project'
  const names = packages.map(({ name }) => name)
  problem(line, `\`source.package\` ${fault}; write one of ${names.slice(0, 10).join(', ')}`)
}

/** A package in uv.lock that is part of the project itself. */
interface LocalPackage {
  readonly name: string
  /** Absolute. */
  readonly folder: string
  /** Names of its direct dependencies. */
  readonly dependencies: readonly string[]
}

/** Returns the packages in uv.lock that are part of the project itself; undefined if it is not valid TOML. */
async function localPackagesIn(lock: string, root: string): Promise<readonly LocalPackage[] | undefined> {
  const parsed = await parseToml(lock)
  return (
    parsed &&
    items(parsed.package).flatMap((item) => {
      const { name, source, dependencies } = object(item) ?? {}
      const { editable, virtual, directory } = object(source) ?? {}
      const path = [editable, virtual, directory].find((each) => typeof each === 'string')
      if (typeof path !== 'string' || typeof name !== 'string') return []
      const needed = items(dependencies).map((each) => object(each)?.name)
      const texts = needed.filter((each) => typeof each === 'string')
      return [{ name, folder: resolve(root, path), dependencies: texts }]
    })
  )
}

function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/**
 * Returns the package that `source.package` names, otherwise the one around the configuration, otherwise the only one.
 */
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
  // The iteration of a set includes elements that are added during the iteration.
  for (const { dependencies } of found) {
    for (const each of packages) if (dependencies.includes(each.name)) found.add(each)
  }
  return packages.filter((each) => found.has(each))
}

/** Normalizes the name of a Python package: case and kind of separators do not matter. */
export function normalizedName(name: string): string {
  return name.toLowerCase().replace(/[._-]+/g, '-')
}

/** Parses TOML; returns undefined if the text is not valid. */
export async function parseToml(text: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { parse } = await import('smol-toml')
  try {
    return parse(text)
  } catch {
    return undefined
  }
}
