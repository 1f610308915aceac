import { type ExternalDockerInputs, externalDockerSource } from './external-docker.ts'
import { type GithubInputs, githubSource } from './github.ts'
import { type InternalSourceInputs, internalSource } from './internal-source.ts'
import type { Source } from './source.ts'

export type SourceInputs = GithubInputs | ExternalDockerInputs | InternalSourceInputs

/** The source that the inputs describe. */
export function sourceOf(inputs: SourceInputs): Source {
  switch (inputs.type) {
    case 'github':
      return githubSource(inputs)
    case 'external_docker':
      return externalDockerSource(inputs)
    case 'internal_source':
      return internalSource(inputs)
  }
}
