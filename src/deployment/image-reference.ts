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

/** Whether a text is an image reference by the grammar. */
export function isImageReference(text: string): boolean {
  if (text.length > LONGEST_REFERENCE) return false
  const { repository, tag, digest } = splitReference(text)
  return (
    isImageRepository(repository) && (tag === undefined || TAG.test(tag)) && (digest === undefined || isDigest(digest))
  )
}

/** A reference split at its separators. An absent part is `undefined`; an empty part is an empty text. */
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

/** A first part that cannot be an account of Docker Hub is the host of a registry. */
export function isRegistryHost(first: string): boolean {
  return /[.:A-Z]/.test(first) || first === 'localhost'
}

function isDigest(digest: string): boolean {
  const [, algorithm = '', hex = ''] = /^([a-z0-9]+(?:[+._-][a-z0-9]+)*):([0-9a-f]{32,})$/.exec(digest) ?? []
  const digits = HEX_DIGITS[algorithm]
  return hex !== '' && (digits === undefined || hex.length === digits)
}

/**
 * What is wrong with a text as the image to run, and what to write instead: the end of a sentence that begins with the
 * name of the input. Also of texts that the grammar allows and nobody means, such as a digest alone.
 *
 * @returns `undefined` when the text can be sent
 */
export function faultOfImage(text: string): string | undefined {
  // A password is not quoted (see `ofCredentials`), and a long text is cut.
  const quoted = text.length > 200 ? `"${text.slice(0, 200)} …"` : `"${text}"`
  for (const find of FAULTS) {
    const fault = find(text)
    if (fault) return fault.startsWith('holds ') ? fault : `is ${quoted}, ${fault}`
  }
  return isImageReference(text) ? undefined : `is ${quoted}, which is no image reference. ${IMAGE_EXAMPLE}`
}

const IMAGE_EXAMPLE = 'Write one such as `ghcr.io/acme/agent:1.2.3`, without a scheme.'
const OF_BUILD = '`ghcr.io/acme/agent@${{ steps.build.outputs.digest }}`'
const OF_METADATA =
  'Write one of them; of docker/metadata-action `${{ fromJSON(steps.meta.outputs.json).tags[0] }}`, or better the digest from docker/build-push-action: ' +
  `${OF_BUILD}.`

/** A text can have several faults; the first one is reported. */
const FAULTS: readonly ((text: string) => string | undefined)[] = [
  ofSeveral,
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
    .filter((image) => /[/:]/.test(image) && !/^[:@]/.test(image))
  return images.length > 1 && /[\s,]/.test(text) ? `holds ${images.length} images. ${OF_METADATA}` : undefined
}

function ofCredentials(text: string): string | undefined {
  return /^(?:[a-z+.-]+:\/\/)?[^/@]*:[^/@]*@[^/@]+\//i.test(text)
    ? 'holds a user name and a password. Write the image alone; the cluster takes the credentials of the registry from its pull secret.'
    : undefined
}

/** Addresses of web pages about an image. */
function ofPage(text: string): string | undefined {
  const [, account, image] =
    /^(?:https?:\/\/)?hub\.docker\.com\/(?:r|repository\/docker)\/([^/]+)\/([^/?#]+)/.exec(text) ?? []
  if (account && image)
    return `the address of a page. Write the image, such as \`docker.io/${account}/${image}:1.2.3\`.`
  const [, owner, name] =
    /^(?:https?:\/\/)?github\.com\/(?:(?:orgs|users)\/)?([^/]+)\/.*\bpkgs\/container\/([^/?#]+)/.exec(text) ??
    /^(?:https?:\/\/)?github\.com\/(?:orgs|users)\/([^/]+)\/packages\/container\/(?:package\/)?([^/?#]+)/.exec(text) ??
    []
  if (owner && name) {
    return `the address of a page. Write the image, such as \`ghcr.io/${owner.toLowerCase()}/${name}:1.2.3\`.`
  }
  return /^https?:\/\/github\.com\/[^/]+\/[^/]+\/?$/.test(text)
    ? 'the address of a repository. Write an image such as `ghcr.io/acme/agent:1.2.3`; or remove `image-uri`, and write `repo-url` to have the repository built.'
    : undefined
}

function ofScheme(text: string): string | undefined {
  const [scheme] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text) ?? []
  if (!scheme) return undefined
  const rest = text.slice(scheme.length)
  return `and an image has no scheme. ${faultOfImage(rest) === undefined ? `Write \`${rest}\`.` : IMAGE_EXAMPLE}`
}

function ofQuotes(text: string): string | undefined {
  return /^(["'`]).*\1$/s.test(text) ? 'with quotes that are part of the value. Write it without them.' : undefined
}

function ofBlank(text: string): string | undefined {
  return /\s/.test(text) ? 'which holds white space. Write the image without it.' : undefined
}

function ofDigestAlone(text: string): string | undefined {
  if (!/^@?(?:sha256|sha384|sha512)(?::|$)|^@|^[0-9a-f]{64}$/i.test(text)) return undefined
  const digest = text.replace(/^@/, '')
  const algorithm = digest.includes(':') ? '' : 'sha256:'
  return isDigest(algorithm + digest)
    ? `which is a digest without its image. Write the image in front of it, such as \`ghcr.io/acme/agent@${algorithm}${digest}\`.`
    : `which has no image in front of the digest. Write both, such as ${OF_BUILD}.`
}

function ofDigest(text: string): string | undefined {
  const { digest } = splitReference(text)
  if (digest === undefined || isDigest(digest)) return undefined
  if (/^(?:sha\d+:?)?$/.test(digest)) {
    return `and the digest behind the @ is empty: the step that should give it was skipped, has another \`id\`, or has no such output. Write ${OF_BUILD}, or a tag behind a colon.`
  }
  const [, inner = ''] = /^sha256:(sha256:.+)$/.exec(digest) ?? []
  if (isDigest(inner)) {
    return 'in which `sha256:` stands twice: the output of a build step has it already. Remove one.'
  }
  if (isDigest(digest.toLowerCase())) return 'and a digest has lower case letters. Write it in lower case.'
  if (/^[0-9a-f]{64}$/.test(digest)) return 'and the digest lacks its algorithm. Write `@sha256:` in front of it.'
  if (/^sha256:/.test(digest)) {
    return `and the digest is not whole: behind \`sha256:\` there must be 64 digits of 0-9 and a-f, and its length is ${digest.length - 'sha256:'.length}. Write the whole digest.`
  }
  return TAG.test(digest)
    ? `and what stands behind the @ is no digest. Write \`:${digest}\` if it is a tag.`
    : `and what stands behind the @ is no digest. Write ${OF_BUILD}.`
}

function ofEmptyPart(text: string): string | undefined {
  const { repository } = splitReference(text)
  return /^\/|\/\/|\/$|^$/.test(repository)
    ? 'in which a part of the name is empty: a variable or an output may not be set. Write the whole name, such as `ghcr.io/acme/agent:1.2.3`.'
    : undefined
}

function ofTag(text: string): string | undefined {
  const [name = ''] = text.split('@')
  // A colon and digits before a slash are the port of a registry, not a tag with a slash.
  const [, head = '', tag] = /^((?:[^:/]+(?::\d+)?\/)?[^:]*):(.*)$/s.exec(name) ?? []
  if (tag === undefined || (/^\d+\//.test(tag) && !head.includes('/'))) return undefined
  if (tag === '') {
    return 'and the tag behind the colon is empty: a variable or an output may not be set. Write a tag such as `:1.2.3`, or remove the colon.'
  }
  if (/^(?:null|undefined|None)$/.test(tag)) {
    return `and the tag "${tag}" is what a script writes for a value that is not there. Write a tag such as \`:1.2.3\`.`
  }
  if (TAG.test(tag)) return undefined
  if (tag.includes('/')) {
    return `and a tag holds no slash, as the name of a branch does. Write \`:${tagFrom(tag)}\`, which docker/metadata-action makes of it too, or \`\${{ github.sha }}\`.`
  }
  if (tag.includes('+')) {
    return `and a tag holds no plus sign. Write \`:${tagFrom(tag)}\`, which docker/metadata-action makes of it too.`
  }
  if (tag.includes(':')) return 'which has two tags. Write one of them.'
  if (tag.length > 128) return `and the tag has ${tag.length} characters. A tag has 128 at most.`
  return 'and a tag has letters, digits, underscores, periods and dashes, with no period or dash first. Write one such as `:1.2.3`.'
}

/** The nearest valid tag, as docker/metadata-action makes it. */
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
  return `and a registry takes no capital letters in the name of an image; \`\${{ github.repository }}\` often brings them in. Write \`${lower}${end}\`.`
}

function ofLength(text: string): string | undefined {
  const { length } = splitReference(text).repository
  return length > LONGEST_REPOSITORY
    ? `whose name has ${length} characters. It has ${LONGEST_REPOSITORY} at most.`
    : undefined
}
