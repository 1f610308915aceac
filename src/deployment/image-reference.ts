/*
 * The grammar of an image reference: `[HOST[:PORT]/]PATH[:TAG][@DIGEST]`.
 * Source: github.com/distribution/reference, `reference.go` and `regexp.go`; github.com/opencontainers/go-digest for
 * the lengths of digests.
 */

const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)(?::\d+)?$/
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const TAG = /^\w[\w.-]{0,127}$/
const LONGEST_REPOSITORY = 255
const LONGEST_REFERENCE = 1_024
const HEX_DIGITS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 }

/** True if a text is an image reference according to the grammar. */
export function isImageReference(text: string): boolean {
  if (text.length > LONGEST_REFERENCE) return false
  const { repository, tag, digest } = splitReference(text)
  return (
    isImageRepository(repository) && (tag === undefined || TAG.test(tag)) && (digest === undefined || isDigest(digest))
  )
}

/** Splits a reference at its separators. An absent part is `undefined`; an empty part is an empty string. */
export function splitReference(text: string): {
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string | undefined
} {
  const [name = '', ...digests] = text.split('@')
  const digest = digests.length === 0 ? undefined : digests.join('@')
  // A colon before the last slash belongs to the port of the registry.
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1)
  if (colon < 0) return { repository: name, tag: undefined, digest }
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1), digest }
}

function isImageRepository(repository: string): boolean {
  if (repository.length > LONGEST_REPOSITORY) return false
  const [first = '', ...rest] = repository.split('/')
  const isHost = rest.length > 0 && isRegistryHost(first)
  return (isHost ? HOST.test(first) : COMPONENT.test(first)) && rest.every((part) => COMPONENT.test(part))
}

/** True if the first part of a repository is the host of a registry: it cannot be an account of Docker Hub. */
export function isRegistryHost(first: string): boolean {
  return /[.:A-Z]/.test(first) || first === 'localhost'
}

function isDigest(digest: string): boolean {
  const [, algorithm = '', hex = ''] = /^([a-z0-9]+(?:[+._-][a-z0-9]+)*):([0-9a-f]{32,})$/.exec(digest) ?? []
  const digits = HEX_DIGITS[algorithm]
  return hex !== '' && (digits === undefined || hex.length === digits)
}

/**
 * Explains why a text cannot be the image to run, and how to fix it. Also rejects texts that the grammar allows but
 * that are mistakes, such as a digest alone.
 *
 * @returns text that follows the name of the input, or starts with "expected"; `undefined` when the text can be sent
 */
export function faultOfImage(text: string): string | undefined {
  // A password is not quoted (see `ofCredentials`), and a long text is cut.
  const quoted = text.length > 200 ? `"${text.slice(0, 200)} …"` : `"${text}"`
  for (const find of FAULTS) {
    const fault = find(text)
    if (fault) return fault.startsWith('contains ') ? fault : `is ${quoted}${fault}`
  }
  return isImageReference(text)
    ? undefined
    : `expected an image reference such as \`ghcr.io/acme/agent:1.2.3\`, got ${quoted}.`
}

const OF_BUILD = '`ghcr.io/acme/agent@${{ steps.build.outputs.digest }}`'
const OF_METADATA =
  'Use one of them, such as `${{ fromJSON(steps.meta.outputs.json).tags[0] }}` from docker/metadata-action. The digest from docker/build-push-action is better: ' +
  `${OF_BUILD}.`

/** Checks in their order; only the first problem is reported. Each result follows the quoted text. */
const FAULTS: readonly ((text: string) => string | undefined)[] = [
  ofSeveral,
  ofList,
  ofCredentials,
  ofPage,
  ofScheme,
  ofQuotes,
  ofBlank,
  ofDigestAlone,
  ofDigest,
  ofEmptyPart,
  ofTag,
  ofCase,
  ofLength
]

function ofSeveral(text: string): string | undefined {
  const images = text
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .filter((image) => /[/:]/.test(image) && !/^[:@]|^\w+:$/.test(image))
  return images.length > 1 && /[\s,]/.test(text) ? `contains ${images.length} images. ${OF_METADATA}` : undefined
}

/** Detects a JSON array of one image, such as the output of `docker inspect` or `toJSON`. */
function ofList(text: string): string | undefined {
  const [, , image = ''] = /^\[\s*(["']?)([^"'\s]+)\1\s*\]$/.exec(text) ?? []
  return isImageReference(image) ? `, a list. Use the image in it: \`${image}\`.` : undefined
}

function ofCredentials(text: string): string | undefined {
  return /^(?:[a-z+.-]+:\/\/)?[^/@]*:[^/@]*@[^/@]+\//i.test(text)
    ? 'contains a user name and a password. Use the image reference only; the cluster reads the registry credentials from its pull secret.'
    : undefined
}

/** Detects the address of a web page about an image. */
function ofPage(text: string): string | undefined {
  const [, account, image] =
    /^(?:https?:\/\/)?hub\.docker\.com\/(?:r|repository\/docker)\/([^/]+)\/([^/?#]+)/.exec(text) ?? []
  if (account && image)
    return `, the URL of a web page. Use the image, such as \`docker.io/${account}/${image}:1.2.3\`.`
  const [, owner, name] =
    /^(?:https?:\/\/)?github\.com\/(?:(?:orgs|users)\/)?([^/]+)\/.*\bpkgs\/container\/([^/?#]+)/.exec(text) ??
    /^(?:https?:\/\/)?github\.com\/(?:orgs|users)\/([^/]+)\/packages\/container\/(?:package\/)?([^/?#]+)/.exec(text) ??
    []
  if (owner && name) {
    return `, the URL of a web page. Use the image, such as \`ghcr.io/${owner.toLowerCase()}/${name}:1.2.3\`.`
  }
  return /^https?:\/\/github\.com\/[^/]+\/[^/]+\/?$/.test(text)
    ? ', the URL of a repository. Use an image such as `ghcr.io/acme/agent:1.2.3`. To build the repository, remove `image-uri` and set `repo-url`.'
    : undefined
}

function ofScheme(text: string): string | undefined {
  const [scheme] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text) ?? []
  if (!scheme) return undefined
  const rest = text.slice(scheme.length)
  const example = faultOfImage(rest) === undefined ? `\`${rest}\`` : 'an image such as `ghcr.io/acme/agent:1.2.3`'
  return `: an image reference has no scheme. Use ${example}.`
}

function ofQuotes(text: string): string | undefined {
  return /^(["'`]).*\1$/s.test(text) ? ': the quotes are part of the value. Remove them.' : undefined
}

function ofBlank(text: string): string | undefined {
  if (!/\s/.test(text)) return undefined
  const words = text.split(/\s+/)
  const images = words.filter((word) => /[/:]/.test(word) && isImageReference(word))
  // Whitespace within an image, as in `ghcr.io/acme/agent :1`.
  const isSplit = words.some((word) => /^[:@/]|\/.*[:@/]$/.test(word))
  const [image] = images.length === 1 && !isSplit ? images : []
  return image
    ? `, which contains other words. Use the image only: \`${image}\`.`
    : ', which contains whitespace. Remove it.'
}

function ofDigestAlone(text: string): string | undefined {
  if (!/^@?(?:sha256|sha384|sha512)(?::|$)|^@|^[0-9a-f]{64}$/i.test(text)) return undefined
  const digest = text.replace(/^@/, '')
  const algorithm = digest.includes(':') ? '' : 'sha256:'
  return isDigest(algorithm + digest)
    ? `, a digest without an image. Use both, such as \`ghcr.io/acme/agent@${algorithm}${digest}\`.`
    : `, which has no image before the digest. Use both, such as ${OF_BUILD}.`
}

function ofDigest(text: string): string | undefined {
  const { digest } = splitReference(text)
  if (digest === undefined || isDigest(digest)) return undefined
  if (/^(?:sha\d+:?)?$/.test(digest)) {
    return `: the digest after \`@\` is empty, possibly because the step that sets it was skipped, or has another \`id\` or output name. Use ${OF_BUILD}, or a tag after a colon.`
  }
  const [, inner = ''] = /^sha256:(sha256:.+)$/.exec(digest) ?? []
  if (isDigest(inner)) {
    return ', which repeats `sha256:`. The digest from a build step already includes it. Remove one.'
  }
  if (isDigest(digest.toLowerCase())) return ': a digest has only lowercase letters. Convert it to lowercase.'
  if (/^[0-9a-f]{64}$/.test(digest)) return ': the digest has no algorithm. Use `@sha256:` before it.'
  if (/^sha256:/.test(digest)) {
    return `: the digest is invalid. Expected 64 hex digits (0-9, a-f) after \`sha256:\`, got ${digest.length - 'sha256:'.length} characters. Use the full digest.`
  }
  return TAG.test(digest)
    ? `: the text after \`@\` is not a digest. If it is a tag, use \`:${digest}\`.`
    : `: the text after \`@\` is not a digest. Use ${OF_BUILD}.`
}

function ofEmptyPart(text: string): string | undefined {
  const { repository } = splitReference(text)
  return /^\/|\/\/|\/$|^$/.test(repository)
    ? ': a part of the name is empty, possibly because a variable or an output is not set. Use a full name such as `ghcr.io/acme/agent:1.2.3`.'
    : undefined
}

function ofTag(text: string): string | undefined {
  const [name = ''] = text.split('@')
  // A colon and digits before a slash are the port of a registry, not a tag with a slash.
  const [, head = '', tag] = /^((?:[^:/]+(?::\d+)?\/)?[^:]*):(.*)$/s.exec(name) ?? []
  if (tag === undefined || (/^\d+\//.test(tag) && !head.includes('/'))) return undefined
  if (tag === '') {
    return ': the tag after the colon is empty, possibly because a variable or an output is not set. Use a tag such as `:1.2.3`, or remove the colon.'
  }
  if (/^(?:null|undefined|None)$/.test(tag)) {
    return `: the tag "${tag}" probably comes from a missing value. Use a tag such as \`:1.2.3\`.`
  }
  if (TAG.test(tag)) return undefined
  if (tag.includes('/')) {
    return `: a tag cannot contain a slash, unlike a branch name. Use \`:${tagFrom(tag)}\` (as docker/metadata-action does), or \`\${{ github.sha }}\`.`
  }
  if (tag.includes('+')) {
    return `: a tag cannot contain a plus sign. Use \`:${tagFrom(tag)}\` (as docker/metadata-action does).`
  }
  if (tag.includes(':')) return ', which has two tags. Use one of them.'
  if (tag.length > 128) return `: the tag has ${tag.length} characters, but the maximum is 128.`
  return ': a tag consists of letters, digits, underscores, periods and dashes, and does not start with a period or dash. Use a tag such as `:1.2.3`.'
}

/** Returns the nearest valid tag by the rule of docker/metadata-action. */
function tagFrom(text: string): string {
  return text
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 128)
}

function ofCase(text: string): string | undefined {
  const { repository } = splitReference(text)
  const [first = '', ...rest] = repository.split('/')
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first.toLowerCase() === 'localhost')
  const path = isHost ? rest.join('/') : repository
  if (!/[A-Z]/.test(path)) return undefined
  const end = text.slice(repository.length)
  const lower = (isHost ? `${first}/` : '') + path.toLowerCase()
  return `: an image name cannot contain uppercase letters, which often come from \`\${{ github.repository }}\`. Use \`${lower}${end}\`.`
}

function ofLength(text: string): string | undefined {
  const { length } = splitReference(text).repository
  return length > LONGEST_REPOSITORY
    ? `: the name has ${length} characters, but the maximum is ${LONGEST_REPOSITORY}.`
    : undefined
}
