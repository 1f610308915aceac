import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { relativeTo } from '../archive/paths.ts'
import type { Project } from '../archive/project.ts'
import type { InternalSourceInputs } from '../deployment/sources/internal-source.ts'
import type { Trigger } from '../runner/trigger.ts'
import { type InputEnvironment, type Reader, variableOf } from './reader.ts'
import { INPUTS } from './table.ts'
import { checkNameInProject } from './target.ts'

/** Reads the project in the workspace, so that an invalid project is reported before any request. */
export async function readInternalSource(
  inputs: Reader,
  trigger: Trigger,
  variables: InputEnvironment['variables']
): Promise<InternalSourceInputs | undefined> {
  const workspace = variables.GITHUB_WORKSPACE
  const refusal = whyNoArchive(trigger, workspace)
  if (refusal) inputs.problem('source-type', refusal)
  if (refusal || !workspace) return undefined
  const { ProjectError } = await import('../archive/project-error.ts')
  try {
    return await readArchive(inputs, workspace, variables)
  } catch (error) {
    if (!(error instanceof ProjectError)) throw error
    for (const problem of error.problems) inputs.problem(error.input, problem, error.place)
    return undefined
  }
}

function whyNoArchive({ eventName, foreignHead }: Trigger, workspace: string | undefined): string | undefined {
  if (eventName === 'pull_request_target' && foreignHead) {
    return `cannot be \`internal_source\` on pull_request_target, because it would deploy the code of ${foreignHead} with your secrets. Deploy on \`push\` instead.`
  }
  return workspace ? undefined : 'is `internal_source`, which requires a workspace, but GITHUB_WORKSPACE is not set.'
}

/** @throws {ProjectError} if the project cannot be deployed */
async function readArchive(
  inputs: Reader,
  workspace: string,
  variables: InputEnvironment['variables']
): Promise<InternalSourceInputs> {
  const { readProject } = await import('../archive/project.ts')
  const { readCheckout } = await import('../archive/checkout.ts')
  const buildCommand = inputs.text('build-command')
  const read = await readProject({
    workspace,
    temporary: variables.RUNNER_TEMP,
    configPath: inputs.text('langgraph-config') ?? INPUTS['langgraph-config'].defaultAtCreate,
    root: inputs.text('root'),
    hasBuildCommand: buildCommand !== undefined,
    gitPath: variables.PATH,
    lookUp: variableOf(variables)
  })
  const project = checkNameInProject(inputs, read)
  return {
    type: 'internal_source',
    project,
    checkout: await readCheckout(dirname(join(project.root, project.configPath)), project.workspace, variables.PATH),
    include: readPatterns(inputs.verbatim('include')),
    secretsFile: inputs.text('secrets-file'),
    gitPath: variables.PATH,
    temporaryFolder: variables.RUNNER_TEMP || tmpdir(),
    deploymentType: inputs.text('deployment-type'),
    installCommand: inputs.text('install-command'),
    buildCommand
  }
}

/** Parses patterns, one per line. As in a .gitignore, lines that begin with `#` are comments. */
function readPatterns(text = ''): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim().replace(/^(!?)\.\/+/, '$1'))
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/** Location of the configuration of a project. */
export interface ProjectPlace {
  /** Folder relative to the workspace, with forward slashes; `.` for the workspace itself. */
  readonly folder: string
  /** True for the workspace, and for a repository that is checked out inside it. */
  readonly isRoot: boolean
}

/** Returns the location of the configuration, which distinguishes two projects in one repository. */
export function projectPlaceOf({
  workspace,
  root,
  configPath
}: Pick<Project, 'workspace' | 'root' | 'configPath'>): ProjectPlace {
  const base = dirname(join(root, configPath))
  const folder = relativeTo(workspace, base) || '.'
  const isRoot = folder === '.' || existsSync(join(base, '.git'))
  return { folder, isRoot }
}
