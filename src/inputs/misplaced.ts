import { faultOfImage } from '../deployment/image-reference.ts'
import { isValidName } from '../deployment/name.ts'
import { isCommit } from '../deployment/revision.ts'
import type { InputName } from './table.ts'

/*
 * Suggestions for a value that fits another input, or that contains the correct value. Each function returns a sentence
 * with the suggestion.
 */

const UUID_PATTERN = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const AT_END = '(?![0-9a-z-])'

/** Returns a suggestion for a text that is not an ID, if it contains one. */
export function probableId(input: InputName, text: string): string | undefined {
  if (/^[0-9a-f]{32}$/i.test(text))
    return instructionFor(input, text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'))
  const inAddress = idInAddress(input, text.toLowerCase())
  if (inAddress) return `Use the ID in this URL: \`${inAddress}\`.`
  const [quoted] = new RegExp(`(?<=^["'\`{(<]+)${UUID_PATTERN}(?=["'\`})>]+$)`, 'i').exec(text) ?? []
  if (quoted) return instructionFor(input, quoted)
  if (input === 'deployment-id' && isValidName(text)) return `Set \`name: ${text}\` to find the deployment by name.`
  if (input === 'revision-id' && (isCommit(text) || /^[0-9a-f]{7,12}$/i.test(text))) {
    return 'A commit does not identify a revision. Use the ID of the revision in LangSmith, such as the output `revision-id` of an earlier run.'
  }
  if (input === 'integration-id' && /^\d+$/.test(text)) {
    return 'This is the number of a GitHub App installation. Remove `integration-id` to look up the ID by repository.'
  }
  return undefined
}

function instructionFor(input: InputName, id: string): string {
  return `Set \`${input}: ${id.toLowerCase()}\`.`
}

/**
 * Returns the ID in a URL. URLs of LangSmith pages also contain the ID of the organization, so the segment before an ID
 * determines its kind.
 */
function idInAddress(input: InputName, address: string): string | undefined {
  const before: Readonly<Partial<Record<InputName, string>>> = {
    'deployment-id': '/deployments/',
    'revision-id': '(?:revisionpeek=|/revisions/)',
    'organization-id': '/o/',
    'listener-id': '/listeners/'
  }
  const [, id] = new RegExp(`${before[input] ?? '(?!)'}(${UUID_PATTERN})${AT_END}`).exec(address) ?? []
  return id
}

/** Returns why a text is not a deployment name but something else, as the end of a sentence that quotes the text. */
export function notAName(text: string): string | undefined {
  if (new RegExp(`^${UUID_PATTERN}$`, 'i').test(text)) {
    return `which is an ID. Set \`deployment-id: ${text}\`, or use a name such as \`my-agent\`.`
  }
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return undefined
  const id = idInAddress('deployment-id', text.toLowerCase())
  return id
    ? `which is a URL. Set \`deployment-id: ${id}\` instead.`
    : 'which is a URL. Use the name of the deployment, such as `my-agent`.'
}

/** Returns a suggestion for a text that is not a repository URL. `server` is a URL such as `https://github.com`. */
export function probableRepository(text: string, server: string): string | undefined {
  const plain = text
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/^(git\+)?(?=[a-z]+:\/\/)/, '')
    // The host for SSH over port 443 and an alias in an SSH configuration both mean github.com.
    .replace(/^((?:ssh:\/\/)?(?:[^/@\s]+@)?)(?:ssh\.github\.com|github\.com-[\w-]+)(?=[:/])/i, '$1github.com')
    .replace(/^(?:github|gh):(?=[\w-]+\/[\w.-]+$)/, '')
  const [, owner, name, kind, ref] =
    /^(?:(?:https?|ssh|git):\/\/)?(?:[^/@\s]+@)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?(?:\/([a-z]+)\/(.+))?$/i.exec(
      plain
    ) ??
    /^([\w-]+)\/([\w.-]+?)(?:\.git)?$/.exec(plain) ??
    []
  if (!owner || !name) return undefined
  const [, host] = /^(?:[a-z]+:\/\/)?(?:[^/@\s]+@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)[/:]/i.exec(plain) ?? []
  const address = `${host ? `https://${host.toLowerCase()}` : server}/${owner}/${name}`
  if (kind === 'tree')
    return `Use \`${address}\`, and set \`repo-ref\` to the branch or tag${ref ? ` (here \`${ref}\`)` : ''}.`
  return `Use \`${address}\`.`
}

/** Returns a suggestion for a text that is neither a branch nor a tag. */
export function probableRef(text: string): string | undefined {
  if (/^refs\/pull\/\d+\/(?:merge|head)$/.test(text)) {
    return 'GitHub creates this ref for a pull request, but LangSmith builds branches and tags only. Set `repo-ref: ${{ github.head_ref }}` to build the branch of the pull request.'
  }
  const [, branch] = /^https?:\/\/[^/]+\/[^/]+\/[^/]+\/tree\/(.+?)\/?$/.exec(text) ?? []
  if (branch) return `Set \`repo-ref: ${branch}\`.`
  if (/^https?:\/\//.test(text))
    return 'This is a URL. Set `repo-ref` to a branch name, and `repo-url` to the repository.'
  if (/[.:]/.test(text.split('/')[0] ?? '') && text.includes('/') && text.includes(':') && !faultOfImage(text)) {
    return `This is an image. Set \`image-uri: ${text}\` instead of \`repo-ref\`.`
  }
  const [, remote] = /^[\w-]+:(?!\/)([^\s:]+)$/.exec(text) ?? []
  return remote ? `Use the branch name only: \`repo-ref: ${remote}\`.` : undefined
}
