import type { Secret } from './control-plane/resources.ts'
import { isMadeFrom, sourceOf } from './deployment/sources/index.ts'
import { destinationOf } from './inputs/access.ts'
import type { Config } from './inputs/config.ts'
import type { ReportOptions } from './open.ts'

/** What the report of a run is to know of its inputs. @param startedAt in milliseconds of the run's clock */
export function subjectOf(config: Config, startedAt: number): Omit<ReportOptions, 'runner' | 'clock'> {
  const { target, trigger } = config
  const { commit, repositoryUrl } = trigger
  return {
    about: {
      name: target.name ?? target.deploymentId ?? '',
      startedAt,
      commit: deployedCommit(config),
      trigger: { commit, repositoryUrl }
    },
    destination: destinationOf(config),
    interrupt: 'onCancel' in config && config.onCancel === 'interrupt',
    publicTexts: publicTextsOf(config),
    variables: config.command === 'deploy' ? config.secrets.variables : []
  }
}

/** The commit that the run deploys, where it is that of the run; the one of an image is not known. */
function deployedCommit(config: Config): string | undefined {
  if (config.command !== 'deploy' || isMadeFrom('image', config.source)) return undefined
  return isMadeFrom('repository', config.source) ? config.source.runCommit : config.trigger.commit
}

/** A word that other texts hold too, and IDs that are part of outputs. */
const PUBLIC_HEADERS = /^x-(?:auth-scheme|tenant-id|organization-id)$/i

/** The secrets of the inputs besides the keys: those of the deployment, and those that let a caller in at its agent. */
export function secretsOf(config: Config): readonly Secret[] {
  const all = 'proof' in config ? (config.proof?.headers ?? []) : []
  const headers = all.filter(({ name }) => !PUBLIC_HEADERS.test(name))
  // Behind the scheme is the secret itself, such as the token of a bearer.
  const ofHeaders = headers.flatMap(({ name, value }) => {
    const token = /^\S+ +(\S.*)$/.exec(value)?.[1]
    return [{ name, value }, ...(token ? [{ name, value: token }] : [])]
  })
  return [...(config.command === 'deploy' ? config.secrets.secrets : []), ...ofHeaders]
}

/** What is part of outputs, of ours or of other steps, as far as the inputs tell; it must not be masked. */
export function publicTextsOf({ controlPlane, connection, target, trigger, ...config }: Config): readonly string[] {
  const names = target.previewNames ?? [target.name]
  const { repository, repositoryUrl, ref, commit, runUrl } = trigger
  const texts = [controlPlane.url, controlPlane.dashboard, connection.workspaceId, ...names, target.deploymentId]
  texts.push(repository, repositoryUrl, ref, commit, runUrl)
  if (config.command === 'deploy') texts.push(...(sourceOf(config.source).publicTexts ?? []))
  return texts.filter((text) => text !== undefined)
}
