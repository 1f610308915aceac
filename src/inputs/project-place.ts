import { access } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { relativeTo } from '../deployment/archive/paths.ts'
import type { Project } from '../deployment/archive/project.ts'

/** Where the configuration of a project is. */
export interface ProjectPlace {
  /** Its folder as seen from the workspace, with forward slashes; `.` for the workspace itself. */
  readonly folder: string
  /** Whether that is the workspace, or a repository that was checked out below it. */
  readonly isRoot: boolean
}

/** Where the configuration of a project is, by which two projects of one repository are told apart. */
export async function projectPlaceOf({
  workspace,
  root,
  configPath
}: Pick<Project, 'workspace' | 'root' | 'configPath'>): Promise<ProjectPlace> {
  const base = dirname(join(root, configPath))
  const folder = relativeTo(workspace, base) || '.'
  const isRoot = folder === '.' || (await pathExists(join(base, '.git')))
  return { folder, isRoot }
}

async function pathExists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false
  )
}
