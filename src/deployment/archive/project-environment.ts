import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import type { Secret } from '../../control-plane/resources.ts'
import { type ReadableFolders, whyAbsent, whyUnreadable } from '../../readable-file.ts'
import { DEPLOYMENT_NAME } from '../../variable-name.ts'
import { readEnvironmentFile } from './environment-file.ts'
import type { LanggraphConfig } from './langgraph-config.ts'
import { isInside, relativeTo } from './paths.ts'
import type { Project } from './project.ts'
import { inWords, shown } from './project-error.ts'

type Environment = Pick<Project, 'environment' | 'environmentFile' | 'isEnvironmentMissing' | 'deploymentName'>

interface Reading extends ReadableFolders {
  /** The folder of the configuration. */
  readonly base: string
  /** The configuration, absolute; and as it can stand in a message. */
  readonly file: string
  readonly label: string
  readonly lookUp: (name: string) => string | undefined
  readonly notices: string[]
  readonly warnings: string[]
  problem(line: number, text: string): void
}

/** Reads what `env` of a configuration sets, by itself or in a file. What is wrong with it is among the problems. */
export async function readEnvironment(config: LanggraphConfig, reading: Reading): Promise<Environment> {
  const { workspace, base, label, notices, warnings } = reading
  const { environmentFile: configured } = config
  if (!configured) return environmentOf(config.environment, undefined, false)
  const { path, line } = configured
  const place = resolve(base, path)
  const file = isAbsolute(path) && !isInside(workspace, place) ? path : relativeTo(workspace, place)
  const none = environmentOf([], file, false)
  const refuse = (fault: string) => {
    reading.problem(line, `\`env\` names ${path}, which ${fault}`)
    return none
  }
  const status = await stat(place).catch(() => undefined)
  if (!status) {
    // It is never committed, so that a fresh checkout has none.
    const cause = whyAbsent(path, reading, 'secrets-file: ')
    notices.push(
      `${label}: \`env\` names ${shown(path)}, which is not there${cause ? `: ${cause} in the workflow` : ''}. Set its variables in \`secrets\` or \`variables\`, or write the file in an earlier step.`
    )
    return environmentOf([], file, true)
  }
  try {
    const real = await realpath(place)
    const fault = whyUnreadable(real, reading)
    if (fault) return refuse(`${fault}; name a file of the workspace, or one in the folder RUNNER_TEMP`)
    if (real === reading.file) {
      return refuse(
        'is the configuration itself; name a file with lines of NAME=value, such as ".env", or remove `env`'
      )
    }
    if (!status.isFile()) return refuse('is not a file; name a file')
    const read = readEnvironmentFile(await readFile(real), reading.lookUp)
    const told = (texts: readonly string[]) => texts.map((text) => `${label}: \`env\`: ${shown(file)}: ${text}`)
    for (const problem of read.problems) reading.problem(line, `\`env\`: ${file}: ${problem}`)
    notices.push(...told(read.remarks))
    warnings.push(...told(read.warnings))
    return environmentOf(read.variables, file, false)
  } catch (error) {
    return refuse(inWords(error))
  }
}

function environmentOf(
  variables: readonly Secret[],
  environmentFile: string | undefined,
  isEnvironmentMissing: boolean
): Environment {
  return {
    environment: variables.filter(({ name }) => name !== DEPLOYMENT_NAME),
    environmentFile,
    isEnvironmentMissing,
    deploymentName: variables.find(({ name }) => name === DEPLOYMENT_NAME)?.value.trim() || undefined
  }
}
