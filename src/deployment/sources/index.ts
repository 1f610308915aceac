import { type ExternalDockerInputs, externalDockerSource } from './external-docker.ts'
import { type GithubInputs, githubSource } from './github.ts'
import { type InternalDockerInputs, internalDockerSource } from './internal-docker.ts'
import { type InternalSourceInputs, internalSource } from './internal-source.ts'
import { kindOf, type SourceKind, type SourceType, type TypeMadeFrom } from './kinds.ts'
import type { Source } from './source.ts'

/** The inputs of each source. */
interface InputsOfTypes {
  readonly github: GithubInputs
  readonly external_docker: ExternalDockerInputs
  readonly internal_source: InternalSourceInputs
  readonly internal_docker: InternalDockerInputs
}

/** The inputs of the given sources, by default of any source. */
export type SourceInputs<T extends SourceType = SourceType> = {
  [Type in T]: InputsOfTypes[Type] & { readonly type: Type }
}[T]

/** Creates each source from its inputs. */
const SOURCES: { readonly [T in SourceType]: (inputs: SourceInputs<T>) => Source } = {
  github: githubSource,
  external_docker: externalDockerSource,
  internal_source: internalSource,
  internal_docker: internalDockerSource
}

/** Returns the source that the inputs describe. */
export function sourceOf<T extends SourceType>(inputs: SourceInputs<T>): Source {
  return SOURCES[inputs.type](inputs)
}

/** True if the inputs are those of a source with this kind of code. */
export function isMadeFrom<C extends SourceKind['code']>(
  code: C,
  inputs: SourceInputs
): inputs is SourceInputs<TypeMadeFrom<C>> {
  return kindOf(inputs.type).code === code
}
