import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InternalDockerInputs } from '../deployment/sources/internal-docker.ts'
import { readImageUri } from './external-docker.ts'
import type { InputEnvironment, Reader } from './reader.ts'

/** Reads the inputs of an image that this run pushes to LangSmith. */
export function readPushedImage(inputs: Reader, variables: InputEnvironment['variables']): InternalDockerInputs {
  return {
    type: 'internal_docker',
    imageUri: readImageUri(inputs, 'internal_docker', 'the image to push'),
    deploymentType: inputs.text('deployment-type'),
    environment: environmentOfTools(variables),
    dockerFolder: variables.DOCKER_CONFIG || join(variables.HOME || homedir(), '.docker'),
    temporaryFolder: variables.RUNNER_TEMP || tmpdir()
  }
}

/**
 * Returns the environment of Docker and its credential helpers, which use many variables. The inputs and LangSmith's
 * keys are removed, because no tool needs them.
 */
function environmentOfTools(variables: InputEnvironment['variables']): InternalDockerInputs['environment'] {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !NOT_FOR_TOOLS.test(name)))
}

const NOT_FOR_TOOLS = /^(?:INPUT|STATE|ACTIONS|LANGSMITH|LANGCHAIN|LANGGRAPH)_/i
