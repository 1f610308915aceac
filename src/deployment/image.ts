import { isRegistryHost, splitReference } from './image-reference.ts'

/** The parts of an image reference. Absent parts have the defaults of registry clients. */
interface ImageReference {
  readonly registry: string
  readonly path: string
  /** `undefined` when only a digest is given. */
  readonly tag: string | undefined
  readonly digest: string | undefined
}

/** Docker Hub has several host names: docker, containerd and older tools use different ones. */
const DOCKER_HUB = 'docker.io'
const NAMES_OF_DOCKER_HUB = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io'])

/**
 * True if two references name the same image in any spelling: `nginx` is `docker.io/library/nginx:latest`. The tag is
 * ignored when there is a digest. A tag never equals a digest, because a tag can move. Source:
 * github.com/distribution/reference, "Normalized names".
 */
export function sameImage(left: string, right: string): boolean {
  const [one, other] = [parseImage(left), parseImage(right)]
  if (one.registry !== other.registry || one.path !== other.path) return false
  return one.digest || other.digest ? one.digest === other.digest : one.tag === other.tag
}

/**
 * True if two references can name the same image: either they do, or they have the same tag and only one of them has a
 * digest, because a server resolved the tag.
 */
export function mayBeSameImage(left: string, right: string): boolean {
  const [one, other] = [parseImage(left), parseImage(right)]
  if (one.registry !== other.registry || one.path !== other.path) return false
  if (one.digest && other.digest) return one.digest === other.digest
  return one.tag !== undefined && one.tag === other.tag
}

/** True if a reference has no digest, so it can name another image later. */
export function isByTag(reference: string): boolean {
  return parseImage(reference).digest === undefined
}

/** True if a reference has neither tag nor digest. Such a reference means the tag `latest`. */
export function isTagless(reference: string): boolean {
  return isLatestTag(reference) && !reference.trim().endsWith(':latest')
}

/** True if a reference means the tag `latest`, explicitly or by default. */
export function isLatestTag(reference: string): boolean {
  return isByTag(reference) && parseImage(reference).tag === 'latest'
}

function parseImage(text: string): ImageReference {
  // Kubernetes and podman add a prefix for the transport of the image.
  const bare = text.trim().replace(/^(docker|docker-pullable):\/\//, '')
  const { repository, tag, digest } = splitReference(bare)
  const { registry, path } = splitRegistry(repository)
  return { registry, path, tag: tag ?? (digest ? undefined : 'latest'), digest: digest?.toLowerCase() }
}

/** The first part is a registry only if it cannot be an account of Docker Hub. */
function splitRegistry(repository: string): Pick<ImageReference, 'registry' | 'path'> {
  const slash = repository.indexOf('/')
  const first = repository.slice(0, Math.max(0, slash))
  const isRegistry = isRegistryHost(first)
  const host = isRegistry ? first.toLowerCase().replace(/:443$/, '') : DOCKER_HUB
  const path = isRegistry ? repository.slice(slash + 1) : repository
  if (!NAMES_OF_DOCKER_HUB.has(host)) return { registry: host, path }
  return { registry: DOCKER_HUB, path: path.includes('/') ? path : `library/${path}` }
}
