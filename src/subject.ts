import { createHash } from 'node:crypto'
import type { Connection } from './control-plane/network.ts'
import { isMadeFrom, sourceOf } from './deployment/sources/index.ts'
import type { Config } from './inputs.ts'
import type { FeedbackPlan } from './report/feedback.ts'
import type { Subject } from './run/record.ts'

/** What the run is about, by its inputs. */
export function subjectOf(config: Config, startedAt: number): Subject {
  const { target, trigger } = config
  return {
    name: target.name ?? target.deploymentId ?? '',
    startedAt,
    commit: commitOf(config),
    trigger: { commit: trigger.commit, repositoryUrl: trigger.repositoryUrl }
  }
}

/** The commit that the run deploys, where it is that of the run; the one of an image is not known. */
function commitOf(config: Config): string | undefined {
  if (config.command !== 'deploy' || isMadeFrom('image', config.source)) return undefined
  return isMadeFrom('repository', config.source) ? config.source.runCommit : config.trigger.commit
}

/** What the run is to tell elsewhere, by its inputs and the workspace that it works in. */
export function feedbackPlanOf(config: Config, { url, workspaceId }: Connection, startedAt: number): FeedbackPlan {
  const { target, environment, commentOn, trigger } = config
  const place = `${new URL(url).host}/${(workspaceId ?? '').toLowerCase()}`
  return {
    asked: target.name ?? target.deploymentId ?? '',
    isId: target.name === undefined,
    place: createHash('sha256').update(place).digest('hex').slice(0, 12),
    isPreview: target.previewNames !== undefined,
    environment,
    commentOn,
    commit: trigger.commit,
    folder: 'place' in config ? config.place?.folder : undefined,
    startedAt
  }
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
