import { object } from '../run/object.ts'
import type { JsonPath } from './json-text.ts'

/** Reports a problem with the value at a path. */
type Tell = (path: JsonPath, text: string) => void

const OLDEST_PYTHON = [3, 11] as const
const OLDEST_NODE = 20

/**
 * Reports what the official CLI rejects before it builds anything. Source: langgraph-cli 0.4, `config.py`.
 *
 * @returns the languages that the configuration uses, on which further rules depend
 */
export function readRules(
  config: Readonly<Record<string, unknown>>,
  tell: Tell
): { readonly usesNode: boolean; readonly usesPython: boolean; readonly hasPackage: boolean } {
  const files = Object.values(object(config.graphs) ?? {}).map((graph) => {
    const form = object(graph) ? object(graph)?.path : graph
    return typeof form === 'string' ? (form.split(':')[0] ?? '') : ''
  })
  const hasJavaScript = files.some(isJavaScript)
  const hasPython = files.some((file) => file !== '' && !isJavaScript(file))
  const usesPython = hasPython || isWritten(config.python_version)
  checkPython(config.python_version, tell)
  checkNode(config, hasJavaScript && !usesPython, tell)
  checkInstaller(config, usesPython, tell)
  checkImage(config, tell)
  checkPackageTools(config.keep_pkg_tools, tell)
  const priority = object(config.priority)?.path
  if (typeof priority === 'string' && isJavaScript(priority.split(':')[0] ?? '')) {
    tell(['priority', 'path'], '`priority.path` names a JavaScript file, but LangSmith requires a Python file')
  }
  for (const key of ['project_root', 'package']) {
    if (isWritten(config[key]))
      tell([key], `\`${key}\` is no longer supported; write \`source.root\` or \`source.package\` instead`)
  }
  checkSource(config, usesPython, tell)
  return {
    usesPython,
    usesNode: hasJavaScript || isWritten(config.node_version),
    hasPackage: hasJavaScript || isWritten(config.ui)
  }
}

/** True if a file is JavaScript or TypeScript. */
export function isJavaScript(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file)
}

const BULLSEYE = 'names a bullseye image, which LangSmith no longer supports; write "bookworm", "debian" or "wolfi"'

const DISTRIBUTIONS = ['debian', 'wolfi', 'bookworm']

/**
 * A version such as `0.8`, `0.8.1rc1` or `0.8-py3.11`; the second form allows compatible newer ones with `~=` or `>~=`.
 */
const API_VERSION = /^\d+(\.\d+){0,2}\.?([A-Za-z][0-9A-Za-z]*)?(-.*)?$/
const OLDEST_API_VERSION = /^>?~=\s*\d+(\.\d+){0,2}\.?([A-Za-z][0-9A-Za-z]*)?\s*(-.*)?$/

function checkImage(config: Readonly<Record<string, unknown>>, tell: Tell): void {
  const { image_distro: distribution, api_version: version } = config
  if (distribution === 'bullseye') tell(['image_distro'], `\`image_distro\` ${BULLSEYE}`)
  else if (isWritten(distribution) && !DISTRIBUTIONS.some((known) => known === distribution)) {
    tell(
      ['image_distro'],
      '`image_distro` is not one of "debian", "wolfi" and "bookworm"; write one of them, or remove it'
    )
  }
  if (!isWritten(version)) return
  if (typeof version !== 'string' || ![API_VERSION, OLDEST_API_VERSION].some((form) => form.test(version))) {
    tell(['api_version'], '`api_version` is invalid; write a version in double quotes, such as "0.8"')
  }
  if (isWritten(config._INTERNAL_docker_tag)) {
    tell(['api_version'], '`api_version` cannot be combined with `_INTERNAL_docker_tag`; remove one of them')
  }
}

function checkPackageTools(tools: unknown, tell: Tell): void {
  if (!isWritten(tools) || tools === true) return
  const known = ['pip', 'setuptools', 'wheel']
  if (Array.isArray(tools) && tools.every((tool: unknown) => known.some((each) => each === tool))) return
  tell(['keep_pkg_tools'], '`keep_pkg_tools` is invalid; write true, or a list of "pip", "setuptools" and "wheel"')
}

function checkPython(version: unknown, tell: Tell): void {
  if (!isWritten(version)) return
  const at = ['python_version']
  if (typeof version !== 'string') {
    tell(at, '`python_version` is not a string; write it in double quotes, such as "3.12"')
    return
  }
  const [, major, minor, variant = ''] = /^(\d+)\.(\d+)(-[^.]+)?$/.exec(version) ?? []
  if (major === undefined || minor === undefined) {
    tell(at, '`python_version` is not in the form `major.minor`; write it without a patch version, such as "3.12"')
  } else if (isBefore([Number(major), Number(minor)], OLDEST_PYTHON)) {
    tell(
      at,
      `\`python_version\` is ${major}.${minor}, but LangSmith requires ${OLDEST_PYTHON.join('.')} or newer; write a newer version`
    )
  } else if (variant.includes('bullseye')) tell(at, `\`python_version\` ${BULLSEYE}`)
}

function isBefore([major, minor]: readonly [number, number], [oldMajor, oldMinor]: readonly [number, number]): boolean {
  return major < oldMajor || (major === oldMajor && minor < oldMinor)
}

function checkNode({ node_version: version }: Readonly<Record<string, unknown>>, needsNode: boolean, tell: Tell): void {
  if (!isWritten(version)) {
    // The official CLI uses its default only if the key is missing.
    if (needsNode && version !== undefined) {
      tell(['node_version'], '`node_version` is empty, but all graphs are in JavaScript; write "22", or remove it')
    }
    return
  }
  const fault = nodeFault(version)
  if (fault) tell(['node_version'], `\`node_version\` ${fault}`)
}

/** Returns the problem with a Node version that selects the image; undefined if it is a supported major version. */
export function nodeFault(version: unknown): string | undefined {
  if (typeof version !== 'string') return 'is not a string; write it in double quotes, such as "22"'
  if (!/^\d+$/.test(version)) return 'is not a major version; write the number alone, such as "22"'
  return Number(version) < OLDEST_NODE
    ? `is ${version}, but LangSmith requires ${OLDEST_NODE} or newer; write a newer version`
    : undefined
}

function checkInstaller(config: Readonly<Record<string, unknown>>, usesPython: boolean, tell: Tell): void {
  const { pip_installer: installer } = config
  // The official CLI rejects an empty value, except in a build that does not use the key.
  const isAsked = usesPython && object(config.source)?.kind !== 'uv'
  if (installer === undefined || (!isWritten(installer) && !isAsked)) return
  if (['auto', 'pip', 'uv'].some((known) => known === installer)) return
  tell(['pip_installer'], '`pip_installer` is not one of "auto", "pip" and "uv"; write one of them, or remove it')
}

function checkSource(
  { source, dependencies }: Readonly<Record<string, unknown>>,
  usesPython: boolean,
  tell: Tell
): void {
  const hasDependencies = Array.isArray(dependencies) ? dependencies.length > 0 : isWritten(dependencies)
  if (source === undefined || source === null) {
    if (usesPython && !hasDependencies) {
      const fault = dependencies === undefined ? 'is missing' : 'is empty'
      tell(['dependencies'], `\`dependencies\` ${fault}, but Python graphs require it; write "dependencies": ["."]`)
    }
    return
  }
  const { kind, root = '.', package: name } = object(source) ?? {}
  if (kind !== 'uv') {
    tell(['source'], '`source` is not of a supported kind; write "source": {"kind": "uv", "root": "."}')
    return
  }
  if (!usesPython) {
    tell(
      ['source'],
      '`source` of the kind "uv" requires Python, but all graphs are in JavaScript; add `python_version`, or remove `source`'
    )
  }
  if (hasDependencies) {
    tell(
      ['dependencies'],
      '`dependencies` cannot be combined with `source` of the kind "uv", which reads dependencies from pyproject.toml and uv.lock; remove `dependencies`'
    )
  }
  if (typeof root !== 'string' || root.trim() === '') {
    tell(['source', 'root'], '`source.root` is not a folder; write the folder that contains uv.lock, such as "."')
  }
  if (name !== undefined && name !== null && (typeof name !== 'string' || name.trim() === '')) {
    tell(
      ['source', 'package'],
      '`source.package` is not the name of a package; write the `name` from its pyproject.toml'
    )
  }
}

/** True if a value is set: null, false and an empty string count as not set. */
function isWritten(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== false
}

/** Git URLs that langgraph-cli 0.4.40 checks: those of a requirement, and those of a source in TOML. */
const ADDRESSES = [/git\+https?:\/\/([^/\s"']+)/gi, /\bgit\s*=\s*["']https?:\/\/([^/\s"']+)/gi]

/** Problem text for a URL with credentials. The URL itself is never quoted. */
export const CREDENTIALS_IN_ADDRESS =
  'a git URL with credentials or a user name, which LangSmith rejects because the image would contain them; remove them from the URL. To install a private package, check it out into a folder listed in `dependencies`, or use a package index'

/** True if a text contains a git URL with a user name or credentials. */
export function hasGitCredentials(text: string): boolean {
  return ADDRESSES.some((form) => Array.from(text.matchAll(form)).some(([, host = '']) => host.includes('@')))
}
