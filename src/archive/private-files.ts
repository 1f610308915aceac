import { closeSync, openSync, readSync, type Stats } from 'node:fs'
import { object } from '../run/object.ts'
import type { Item } from './entry.ts'
import { onDisk } from './paths.ts'

/** Folders that LangSmith's CLI never packs, at any depth. */
const NEVER_PACKED = new Set(['__pycache__', '.git', '.venv', 'venv', 'node_modules', '.tox', '.mypy_cache'])

/**
 * Returns the reason that a name is never packed, in any folder, even if `include` or the configuration names it.
 *
 * @param name of a file or folder, without its parents
 * @returns undefined for other names
 */
export function neverPacked(name: string, kind: Item['kind']): string | undefined {
  if (name.toLowerCase() === '.git') return 'the internal files of git are never packed'
  if (kind !== 'file' && NEVER_PACKED.has(name)) return `a folder named ${name} is never packed`
  if (/^gha-creds-.*\.json$/.test(name)) return 'credentials from google-github-actions/auth are never packed'
  return undefined
}

/**
 * True for the name of an environment variable file, or of a folder of such files, but not for `.env.example` and the
 * like.
 */
export function isEnvironmentFile(name: string): boolean {
  return /^\.env|\.env$/i.test(name) && !/^\.env.*\.(example|sample|template|dist)$/i.test(name)
}

/**
 * Files in which command line tools store credentials: `NAME` or `FOLDER/NAME`, in lower case. The list omits files
 * that a build also needs, such as .npmrc and pip.conf.
 */
const CREDENTIALS: readonly RegExp[] = [
  // Version control, package indexes and registries
  /^[._]netrc$/,
  /^\.git-credentials$/,
  /^\.pypirc$/,
  /^\.dockercfg$/,
  /^\.docker\/config\.json$/,
  /^containers\/auth\.json$/,
  /^\.gem\/credentials$/,
  /^\.cargo\/credentials(\.toml)?$/,
  /^\.composer\/auth\.json$/,
  /^\.m2\/settings(-security)?\.xml$/,
  /^gh\/hosts\.yml$/,
  // Clouds and clusters
  /^(\.boto|\.s3cfg|\.vault-token|\.databrickscfg|\.terraformrc|terraform\.rc)$/,
  /^application_default_credentials\.json$/,
  /^(service[-_]?account|client_secret)[^/]*\.json$/,
  /^\.aws-credentials$|^credentials\.csv$/,
  /^\.config\/rclone\.conf$|^rclone\/rclone\.conf$|^rclone\.conf$/,
  /^(\.sentryclirc|\.modal\.toml)$/,
  /^credentials\.tfrc\.json$/,
  /(^|\.)kubeconfig(\.ya?ml)?$/,
  /^\.kaggle\/kaggle\.json$/,
  /^\.?huggingface\/(token|stored_tokens)$/,
  /\.tfstate(\.\d+)?(\.backup)?$/,
  // Databases
  /^(\.pgpass|pgpass\.conf|\.my\.cnf|\.mylogin\.cnf|\.htpasswd)$/,
  // Private keys
  /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/,
  /\.(ppk|p12|pfx|jks|keystore|kdbx)$/,
  /^authkey_[a-z0-9]+\.p8$/,
  // Secrets of frameworks and assistants
  /^(\.act)?\.secrets$/,
  /^secrets\.(json|ya?ml)$/,
  /^[^/]*\.tfvars(\.json)?$/,
  /^secring\.gpg$/,
  // Copies of files of environment variables
  /\.env\.(bak|backup|old|orig|save|local|production|staging)$/,
  /^env\.(production|prod|staging|development|local)$/,
  /^\.streamlit\/secrets\.toml$/,
  /^\.dev\.vars$/,
  /^\.claude\/\.credentials\.json$/,
  /^\.codex\/auth\.json$/
]

/** Folders that contain only settings and credentials of a tool. */
const CREDENTIAL_FOLDERS = new Set(['.aws', '.azure', '.gcloud', '.gnupg', '.ssh', '.kube', '.oci', '.terraform.d'])

/**
 * True if a path probably contains credentials, such as `.aws`, `deploy/id_rsa` or `.docker/config.json`.
 *
 * @param path with forward slashes
 */
export function holdsCredentials(path: string, kind: Item['kind']): boolean {
  const [name = '', parent = ''] = path.toLowerCase().split('/').reverse()
  if (kind === 'folder') return CREDENTIAL_FOLDERS.has(name) || (parent === '.config' && name === 'gcloud')
  return CREDENTIALS.some((form) => form.test(name) || form.test(`${parent}/${name}`))
}

/** Size limit for files that are searched for a key, in bytes. A key is smaller. */
const LARGEST_CREDENTIALS = 64 * 1024

/** Code, documents and similar files, which can contain an example of a key. Tools write keys to other files. */
const WRITTEN_BY_PEOPLE =
  /\.(py|pyi|ipynb|[cm]?[jt]sx?|vue|svelte|go|rs|rb|java|kt|cs|c|h|cpp|php|sh|bash|ps1|sql|md|mdx|rst|html?|css|scss|toml|cfg|ini|lock|example|sample|template|dist|pub|crl|csr|png|jpe?g|gif|webp|ico|pdf|zip|gz|whl|so)$/i

/**
 * True if the content of a file is a key or credentials of an account, which a step can write under any name.
 *
 * @param source path of the file, absolute
 */
export function holdsKey(source: string, status: Stats): boolean {
  if (WRITTEN_BY_PEOPLE.test(source) || !status.isFile() || status.size > LARGEST_CREDENTIALS) return false
  try {
    const descriptor = openSync(onDisk(source), 'r')
    try {
      const content = Buffer.alloc(status.size)
      return revealsCredentials(content.subarray(0, readSync(descriptor, content, 0, content.length, 0)))
    } finally {
      closeSync(descriptor)
    }
  } catch {
    // Packing reports files that cannot be read.
    return false
  }
}

/**
 * True for a private key, or for a credentials file of Google or Docker: that of a service account, an application, a
 * user or a registry.
 */
function revealsCredentials(content: Uint8Array): boolean {
  const text = decoded(content)
  if (/^-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----\s*$/m.test(text)) return true
  return text.trimStart().startsWith('{') && isAccount(text)
}

/** Decodes UTF-8, or UTF-16, which is the default of Windows PowerShell. */
function decoded(content: Uint8Array): string {
  const isWide = content[0] === 0xff && content[1] === 0xfe
  return new TextDecoder(isWide ? 'utf-16le' : 'utf-8').decode(content)
}

function isAccount(text: string): boolean {
  let account: Readonly<Record<string, unknown>> | undefined
  try {
    account = object(JSON.parse(text))
  } catch {
    return false
  }
  if (!account) return false
  if (typeof account.private_key === 'string' && /-----BEGIN [A-Z ]*PRIVATE KEY/.test(account.private_key)) return true
  if (account.type === 'authorized_user' && isValue(account.refresh_token)) return true
  const isOfRegistry = Object.values(object(account.auths) ?? {}).some((entry) => isValue(object(entry)?.auth))
  return (
    isOfRegistry ||
    [account, object(account.web), object(account.installed)].some((each) => isValue(each?.client_secret))
  )
}

/** True for a text that is not a placeholder of a template. */
function isValue(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && !/\$\{|\{\{|<|\*\*\*|^(x+|your|change)/i.test(value)
}
