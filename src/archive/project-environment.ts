import type { Stats } from 'node:fs'
import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import { type ReadableFolders, whyAbsent, whyUnreadable } from '../runner/readable-file.ts'
import { DEPLOYMENT_NAME } from '../runner/variable-name.ts'
import { readEnvironmentFile, type Variable } from './environment-file.ts'
import type { LanggraphConfig } from './langgraph-config.ts'
import { isInside, relativeTo } from './paths.ts'
import { shown, whyRefused } from './project-error.ts'
import type { Search } from './search.ts'

/** Result of `env` in a configuration. */
export interface ProjectEnvironment {
  /** Variables that `env` sets, without empty values and the name of the deployment. Reserved names are included. */
  readonly environment: readonly Variable[]
  /** The file that `env` names, relative to the workspace, even if it does not exist. */
  readonly environmentFile: string | undefined
  readonly isEnvironmentMissing: boolean
  /** The value of LANGSMITH_DEPLOYMENT_NAME in `env`, which the official tools use too. */
  readonly deploymentName: string | undefined
}

/** The location of a configuration, and the sources that its `env` can use. */
interface EnvironmentReading extends Search, ReadableFolders {
  /** The configuration, absolute. */
  readonly file: string
  readonly lookUp: (name: string) => string | undefined
}

/** Reads the variables that `env` of a configuration sets, directly or in a file. Adds errors to the problems. */
export async function readEnvironment(
  { environment, environmentFile: configured }: LanggraphConfig,
  reading: EnvironmentReading
): Promise<ProjectEnvironment> {
  if (!configured) return environmentOf(environment, undefined)
  const { workspace, base, problem } = reading
  const { path, line } = configured
  const place = resolve(base, path)
  const environmentFile = isAbsolute(path) && !isInside(workspace, place) ? path : relativeTo(workspace, place)
  const status = await stat(place).catch(() => undefined)
  if (!status) {
    noteAbsence(path, reading)
    return { ...environmentOf([], environmentFile), isEnvironmentMissing: true }
  }
  const naming = `\`env\` names ${path}, which`
  try {
    const real = await realpath(place)
    const fault = whyUnfit(real, status, reading)
    if (!fault)
      return environmentOf(readVariables(await readFile(real), environmentFile, line, reading), environmentFile)
    problem(line, `${naming} ${fault}`)
  } catch (error) {
    problem(line, `${naming} ${whyRefused(error)}`)
  }
  return environmentOf([], environmentFile)
}

/** Notes a missing file. It is not an error, because such files are not committed, so a fresh checkout has none. */
function noteAbsence(path: string, reading: EnvironmentReading): void {
  const { label, notices } = reading
  const cause = whyAbsent(path, reading, 'secrets-file: ')
  notices.push(
    `${label}: \`env\` names ${shown(path)}, which does not exist${cause ? `: ${cause} in the workflow` : ''}. Set its variables in \`secrets\` or \`variables\`, or create the file in an earlier step.`
  )
}

function whyUnfit(real: string, status: Stats, reading: EnvironmentReading): string | undefined {
  const fault = whyUnreadable(real, reading)
  if (fault) return `${fault}; name a file in the workspace or in the folder RUNNER_TEMP`
  if (real === reading.file) {
    return 'is the configuration itself; name a file with lines of NAME=value, such as ".env", or remove `env`'
  }
  return status.isFile() ? undefined : 'is not a file; name a file'
}

function readVariables(
  content: Uint8Array,
  file: string,
  line: number,
  { label, lookUp, notices, warnings, problem }: EnvironmentReading
): readonly Variable[] {
  const read = readEnvironmentFile(content, lookUp)
  const told = (texts: readonly string[]) => texts.map((text) => `${label}: \`env\`: ${shown(file)}: ${text}`)
  for (const fault of read.problems) problem(line, `\`env\`: ${file}: ${fault}`)
  notices.push(...told(read.remarks))
  warnings.push(...told(read.warnings))
  return read.variables
}

function environmentOf(variables: readonly Variable[], environmentFile: string | undefined): ProjectEnvironment {
  return {
    environment: variables.filter(({ name }) => name !== DEPLOYMENT_NAME),
    environmentFile,
    isEnvironmentMissing: false,
    deploymentName: variables.find(({ name }) => name === DEPLOYMENT_NAME)?.value.trim() || undefined
  }
}
