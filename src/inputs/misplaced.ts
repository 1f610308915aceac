import { faultOfImage } from '../deployment/image-reference.ts'
import { isValidName } from '../deployment/name.ts'
import { isCommit } from '../deployment/revision.ts'
import type { InputName } from './table.ts'

/*
 * What was probably meant by a value that fits another input, or that contains the right one. Each function returns the
 * sentence that says what to write.
 */

const UUID_PATTERN = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const AT_END = '(?![0-9a-z-])'

/** What to write for a text that is no ID, if the text tells it. */
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

/** A page of LangSmith also holds the ID of the organization: the text before an ID tells what it belongs to. */
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

/** Why a text is not the name of a deployment but something else; the end of a sentence that quotes it. */
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

/** What to write for a text that is no address of a repository. `server`: such as `https://github.com`. */
export function probableRepository(text: string, server: string): string | undefined {
  const plain = text
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/^(git\+)?(?=[a-z]+:\/\/)/, '')
    // The host for SSH through port 443, and an alias of an SSH configuration, are github.com.
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

/** What to write for a text that is neither a branch nor a tag. */
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
