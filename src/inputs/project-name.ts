import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Project } from '../deployment/archive/project.ts'
import { faultOfName, isPossibleName } from '../deployment/name.ts'
import { isMadeFrom, type SourceInputs } from '../deployment/sources/index.ts'
import { type Reader, variableOf } from './reader.ts'
import { INPUTS } from './table.ts'
import { faultOfInput, type Named, type NameFault } from './target.ts'

/** The target of a deploy, which a project can name where no input does. */
export function readTargetOfSource(
  inputs: Reader,
  { target, defaultName }: Named,
  source: SourceInputs
): Named & { readonly nameFault: NameFault | undefined } {
  const name = nameInProject(inputs, source)
  if (name === undefined) return { target, defaultName, nameFault: faultOfInput({ target, defaultName }) }
  return {
    target: { name, deploymentId: undefined },
    defaultName: undefined,
    nameFault: faultInProject(inputs, source)
  }
}

/**
 * Whether the project names the deployment: the official tools read the name there too. Not that of a preview, which
 * `command: delete` has to find without the project.
 */
export function isNamedByProject(inputs: Reader, { deploymentName }: Project): boolean {
  return (
    deploymentName !== undefined &&
    !inputs.isWritten('preview') &&
    !inputs.text('name') &&
    !inputs.text('deployment-id')
  )
}

/**
 * Refuses to go by the repository's name where `deploy` goes by that of the project: `redeploy` could roll back another
 * deployment. A project that is not checked out, or cannot be read, says nothing.
 */
export async function checkProjectName(
  inputs: Reader,
  variables: Readonly<Record<string, string | undefined>>
): Promise<void> {
  const workspace = variables.GITHUB_WORKSPACE
  const configPath = INPUTS['langgraph-config'].defaultAtCreate
  if (!workspace || !existsSync(resolve(workspace, configPath))) return
  const { readProject } = await import('../deployment/archive/project.ts')
  const project = await readProject({
    workspace,
    temporary: variables.RUNNER_TEMP,
    configPath,
    root: undefined,
    hasBuildCommand: true,
    gitPath: variables.PATH,
    lookUp: variableOf(variables)
  }).catch(() => undefined)
  if (!project || !isNamedByProject(inputs, project)) return
  inputs.problem(
    'name',
    `is missing: LANGSMITH_DEPLOYMENT_NAME in the \`env\` of ${configPath} names the deployment "${project.deploymentName}", and only \`command: deploy\` goes by that. Write \`name\`.`
  )
}

export function withNaming(project: Project): Project {
  const { notices, deploymentName } = project
  return {
    ...project,
    notices: [...notices, `The deployment is named ${deploymentName} by ${originOfName(project)}.`]
  }
}

/** Refuses what no deployment is named; the user did not write it as an input, so its origin is told. */
export function checkNameInProject(inputs: Reader, project: Project): void {
  const { deploymentName = '' } = project
  const found = isPossibleName(deploymentName) ? undefined : faultOfName(deploymentName)
  if (!found) return
  inputs.problem(
    'name',
    `is not written, so ${originOfName(project)} names the deployment: it is "${deploymentName}", ${found.fault}. Write \`${found.nearest}\` there, or write \`name\`.`
  )
}

/** Why nothing can be created under the name that the project gives its deployment. */
function faultInProject(inputs: Reader, source: SourceInputs): NameFault | undefined {
  const name = nameInProject(inputs, source)
  const found = name === undefined ? undefined : faultOfName(name)
  if (!found || !isMadeFrom('archive', source)) return undefined
  const advice = `Write \`${found.nearest}\` as ${originOfName(source.project)}, or write \`name\`.`
  return { fault: found.fault, advice }
}

function originOfName({ environmentFile, configPath }: Project): string {
  return `LANGSMITH_DEPLOYMENT_NAME in ${environmentFile ?? `\`env\` of ${configPath}`}`
}

/** The name that the project gives its deployment, where no input says which one is meant. */
function nameInProject(inputs: Reader, source: SourceInputs): string | undefined {
  if (!isMadeFrom('archive', source) || !isNamedByProject(inputs, source.project)) return undefined
  return source.project.deploymentName
}
