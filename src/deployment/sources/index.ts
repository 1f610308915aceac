import { type ExternalDockerInputs, externalDockerSource } from './external-docker.ts'
import { type GithubInputs, githubSource } from './github.ts'
import { type InternalDockerInputs, internalDockerSource } from './internal-docker.ts'
import { type InternalSourceInputs, internalSource } from './internal-source.ts'
import { kindOf, type SourceKind, type SourceType, type TypeMadeFrom } from './kinds.ts'
import type { Source } from './source.ts'

/** What the inputs say of each source. */
interface InputsOfTypes {
  readonly github: GithubInputs
  readonly external_docker: ExternalDockerInputs
  readonly internal_source: InternalSourceInputs
  readonly internal_docker: InternalDockerInputs
}

/** What the inputs say of a source: of those given, or of any. */
export type SourceInputs<T extends SourceType = SourceType> = {
  [Type in T]: InputsOfTypes[Type] & { readonly type: Type }
}[T]

/** How each source is made of its inputs. */
const SOURCES: { readonly [T in SourceType]: (inputs: SourceInputs<T>) => Source } = {
  github: githubSource,
  external_docker: externalDockerSource,
  internal_source: internalSource,
  internal_docker: internalDockerSource
}

/** The source that the inputs describe. */
export function sourceOf<T extends SourceType>(inputs: SourceInputs<T>): Source {
  return SOURCES[inputs.type](inputs)
}

/** Whether the inputs are those of a source that is made from this kind of code. */
export function isMadeFrom<C extends SourceKind['code']>(
  code: C,
  inputs: SourceInputs
): inputs is SourceInputs<TypeMadeFrom<C>> {
  return kindOf(inputs.type).code === code
}
