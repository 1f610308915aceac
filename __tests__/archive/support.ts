import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listEntries } from '../../src/archive/entries.ts'
import type { Listing } from '../../src/archive/listing-report.ts'
import { type Project, type ProjectOptions, readProject } from '../../src/archive/project.ts'
import { ProjectError } from '../../src/archive/project-error.ts'
import type { ListingOptions } from '../../src/archive/walk.ts'
import { makeFolder } from '../support/folder.ts'

export { makeFolder }

/** The item at a path: the text of a file, a program, the target of a link, or an empty folder. */
export type Item = string | { readonly program: string } | { readonly link: string } | { readonly folder: true }
export type Tree = Readonly<Record<string, Item>>

export const CONFIG = JSON.stringify({ graphs: { agent: './agent.py:graph' }, dependencies: ['.'] })

/** The smallest project that can be deployed. */
export const SMALLEST: Tree = { 'langgraph.json': CONFIG, 'agent.py': 'graph = 1\n' }

export function makeTree(tree: Tree, folder = makeFolder()): string {
  for (const [path, item] of Object.entries(tree)) {
    const place = join(folder, path)
    mkdirSync(dirname(place), { recursive: true })
    if (typeof item === 'string') writeFileSync(place, item)
    else if ('program' in item) {
      writeFileSync(place, item.program)
      chmodSync(place, 0o755)
    } else if ('link' in item) symlinkSync(item.link, place)
    else mkdirSync(place, { recursive: true })
  }
  return folder
}

export function read(workspace: string, options: Partial<ProjectOptions> = {}): Promise<Project> {
  return readProject({ workspace, configPath: 'langgraph.json', ...options })
}

export type ListOptions = Partial<ProjectOptions> & ListingOptions

/** Lists the archive of a workspace, with the git of the tests. */
export async function list(workspace: string, options: ListOptions = {}): Promise<Listing> {
  const project = await read(workspace, options.configPath === undefined ? {} : { configPath: options.configPath })
  const environmentFiles = [project.environmentFile, ...(options.environmentFiles ?? [])]
  return listEntries(project, {
    gitPath: process.env.PATH,
    ...options,
    environmentFiles: environmentFiles.filter((file) => file !== undefined)
  })
}

export async function paths(workspace: string, options: ListOptions = {}): Promise<readonly string[]> {
  return (await list(workspace, options)).entries.map(({ path }) => path)
}

/** Returns the problems of the expected `ProjectError`. */
export async function problemsOf(work: Promise<unknown>): Promise<readonly string[]> {
  try {
    await work
  } catch (error) {
    if (error instanceof ProjectError) return error.problems
    throw error
  }
  throw new Error('Expected a ProjectError')
}

/** Runs a program and returns its output. Git uses no configuration from outside the folder. */
export function run(folder: string, program: string, ...args: readonly string[]): string {
  const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C.UTF-8' }
  return execFileSync(program, args, { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Unpacks an archive as tar does. @returns the new folder */
export function extract(file: string): string {
  const folder = makeFolder()
  run(folder, 'tar', '-xpzf', file)
  return folder
}

/** Turns a folder into a repository that tracks all files that are not ignored. */
export function track(folder: string): void {
  run(folder, 'git', 'init', '-q')
  run(folder, 'git', 'add', '.')
}

/** Returns the files of a folder that `git add .` would add, sorted by bytes. */
export function committed(folder: string): readonly string[] {
  run(folder, 'git', 'init', '-q')
  return gitFiles(folder)
}

export function gitFiles(folder: string): readonly string[] {
  const output = run(folder, 'git', 'ls-files', '-z', '--others', '--cached', '--exclude-standard')
  return sorted([...new Set(output.split('\0').filter(Boolean))])
}

export function sorted(names: readonly string[]): readonly string[] {
  return [...names].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
}
