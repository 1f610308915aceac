import { type ExternalDockerInputs, externalDockerSource } from './external-docker.ts'
import { type GithubInputs, githubSource } from './github.ts'
import type { Source } from './source.ts'

export type SourceInputs = GithubInputs | ExternalDockerInputs

/** The source that the inputs describe. */
export function sourceOf(inputs: SourceInputs): Source {
  return inputs.type === 'github' ? githubSource(inputs) : externalDockerSource(inputs)
}
