import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { isCommit } from '../deployment/revision.ts'
import { type GithubInputs, sameRepository } from '../deployment/sources/github.ts'
import { branchOrTag, type Trigger } from '../runner/trigger.ts'
import type { Messages } from './messages.ts'
import { probableRef, probableRepository } from './misplaced.ts'
import type { InputEnvironment, Reader } from './reader.ts'
import type { Ruling } from './ruling.ts'
import { INPUTS } from './table.ts'

/** Reads a source that LangSmith builds from a branch or tag. */
export function readGithubSource(inputs: Reader, trigger: Trigger, ruling: Ruling): GithubInputs {
  const repoUrl = inputs.text('repo-url') ?? trigger.repositoryUrl
  if (!isRepositoryUrl(repoUrl)) {
    const server = trigger.repositoryUrl.replace(/\/[^/]+\/[^/]+$/, '') || 'https://github.com'
    const cure = probableRepository(repoUrl, server)
    const what = /^https?:/i.test(repoUrl) ? 'a repository URL' : 'an https URL'
    inputs.problem('repo-url', `expected ${what}${cure ? `. ${cure}` : ' such as `https://github.com/acme/agents`.'}`)
  }
  if (!isOnGithubCom(repoUrl)) refuseServer(inputs, repoUrl)
  const repoRef = readRef(inputs, trigger, ruling)
  const buildOnPush = inputs.optionalFlag('build-on-push')
  if (buildOnPush && repoRef.startsWith('refs/tags/')) {
    inputs.problem(
      'build-on-push',
      `cannot be \`true\` when \`repo-ref\` is a tag (${repoRef}), because a tag receives no pushes. Remove \`build-on-push\`, or set \`repo-ref\` to a branch.`
    )
  }
  const configPath = inputs.text('langgraph-config')
  if (configPath && /^([/\\]|[A-Za-z]:|[a-z]+:\/\/)|\\|(^|\/)\.\.(\/|$)/.test(configPath)) {
    inputs.problem(
      'langgraph-config',
      'expected a path inside the repository with forward slashes, such as `agents/support/langgraph.json`.'
    )
  }
  return {
    type: 'github',
    repoUrl,
    repoRef,
    configPath: configPath?.replace(/^(\.\/)+/, ''),
    integrationId: inputs.uuid('integration-id'),
    buildOnPush,
    deploymentType: inputs.text('deployment-type'),
    installCommand: inputs.text('install-command'),
    buildCommand: inputs.text('build-command'),
    runCommit: readIsOwnRepository(inputs, trigger) && repoRef === trigger.ref ? trigger.commit : undefined
  }
}

/** Tells if `repo-url` is this repository. An invalid URL is reported elsewhere, and counts as this repository. */
export function readIsOwnRepository(inputs: Reader, trigger: Trigger): boolean {
  const repoUrl = inputs.text('repo-url') ?? trigger.repositoryUrl
  return !isRepositoryUrl(repoUrl) || sameRepository(repoUrl, trigger.repositoryUrl)
}

function isRepositoryUrl(url: string): boolean {
  return /^https?:\/\/[^/\s@]+\/[^/\s?#]+\/[^/\s?#]+$/.test(url.replace(/\/$/, ''))
}

function isOnGithubCom(repoUrl: string): boolean {
  return !isRepositoryUrl(repoUrl) || /^https?:\/\/(www\.)?github\.com\//i.test(repoUrl)
}

/**
 * Rejects other hosts: LangSmith's GitHub App exists on github.com only, not on ghe.com or GitHub Enterprise Server.
 */
function refuseServer(inputs: Reader, repoUrl: string): void {
  const { host } = new URL(repoUrl)
  const isOwn = inputs.text('repo-url') === undefined
  inputs.problem(
    isOwn ? 'source-type' : 'repo-url',
    `${isOwn ? 'is `github`, but this repository' : 'points to a repository that'} is on ${host}. LangSmith builds from github.com only. Set \`source-type: internal_source\` to deploy the checked-out workspace, or set \`repo-url\` to a copy on github.com.`
  )
}

function readRef(inputs: Reader, trigger: Trigger, ruling: Ruling): string {
  const written = inputs.text('repo-ref')
  // For a push of a tag, `github.ref_name` is the bare name, which LangSmith would treat as a branch.
  if (written && trigger.ref === `refs/tags/${written}` && readIsOwnRepository(inputs, trigger)) return trigger.ref
  // A ruling that rejects the run is already a problem. For another repository, the ref is looked up later.
  if (!written) return (ruling.kind === 'go' && ruling.ref) || ''
  const ref = branchOrTag(written)
  if (isCommit(written)) {
    inputs.problem(
      'repo-ref',
      'is a commit, but LangSmith builds branches and tags only. Set it to a branch name, or to a tag as `refs/tags/v1.2.3`.'
    )
  } else if (!ref || /[\s~^:?*[\\]|\.\.|^-|\/$/.test(ref)) {
    const cure = probableRef(written)
    const forms = `a branch name${cure ? ' or a tag' : ', or a tag as `refs/tags/v1.2.3`'}`
    inputs.problem('repo-ref', `expected ${forms}, got "${written}".${cure ? ` ${cure}` : ''}`)
  }
  return ref ?? ''
}

/**
 * Checks the configuration if the commit of the run is checked out, because LangSmith would reject an invalid one only
 * after minutes. The result is a warning, because an existing deployment can use another path.
 */
export async function checkCheckedOut(
  inputs: Reader,
  { configPath, runCommit }: GithubInputs,
  variables: InputEnvironment['variables']
): Promise<Messages['warnings']> {
  const workspace = variables.GITHUB_WORKSPACE
  const path = configPath ?? INPUTS['langgraph-config'].defaultAtCreate
  if (!workspace || !runCommit) return []
  const isThere = statSync(resolve(workspace, path), { throwIfNoEntry: false })?.isFile() ?? false
  // An existing deployment can use another path, so a missing file at the default path is not a problem.
  if (!isThere && (!configPath || inputs.hasProblem('langgraph-config'))) return []
  const { findAbsence, findCheckedOutProblems } = await import('../archive/checkout.ts')
  if (configPath && !isThere) {
    const absence = await findAbsence(workspace, configPath, runCommit, variables.PATH)
    if (absence) inputs.problem('langgraph-config', absence)
    return []
  }
  const problems = await findCheckedOutProblems(workspace, path, runCommit, variables.PATH)
  if (!configPath) {
    const condition = 'LangSmith cannot build a deployment that uses this configuration.'
    return problems.map(({ text, place }) => ({ text: `${text} ${condition}`, place }))
  }
  for (const { text, place } of problems) inputs.problem('langgraph-config', text, place)
  return []
}
