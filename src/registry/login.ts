import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { object } from '../run/object.ts'

/** Credentials for a registry. */
export interface Credentials {
  /** Host of the registry, with its port if it has one. */
  readonly host: string
  readonly username: string
  readonly token: string
}

/** Credentials in files that the tools read, so that no argument or variable contains them. */
export interface Login {
  /** Temporary folder that contains only these files. */
  readonly folder: string
  /** A file in the format of containers-auth.json(5) with only these credentials. */
  readonly authFile: string
  /** A folder for DOCKER_CONFIG: a copy of the user's configuration with these credentials added. */
  readonly dockerFolder: string
}

/** The folder for the new files, and that of the user's configuration. */
export interface LoginPlaces {
  /** The runner empties it after the job, even if this process is killed. */
  readonly temporaryFolder: string
  /** The folder of Docker's configuration, which might not exist. */
  readonly dockerFolder: string
}

const ONLY_OWNER = { mode: 0o600, flag: 'wx' } as const

/**
 * Passes credentials to tools in files that only their owner can read, and removes the files afterwards. The user's own
 * configuration is not changed, because a login in it would outlive the step.
 */
export async function withLogin<T>(
  credentials: Credentials,
  places: LoginPlaces,
  use: (login: Login) => Promise<T>
): Promise<T> {
  // `mkdtemp` creates a folder that only its owner can access.
  const folder = await mkdtemp(join(places.temporaryFolder, 'langsmith-registry-'))
  try {
    const login = { folder, authFile: join(folder, 'auth.json'), dockerFolder: await mkdtemp(join(folder, 'docker-')) }
    const own = await readConfiguration(places.dockerFolder)
    await writeFile(login.authFile, JSON.stringify({ auths: entryOf(credentials) }), ONLY_OWNER)
    await writeFile(join(login.dockerFolder, CONFIGURATION), JSON.stringify(withEntry(own, credentials)), ONLY_OWNER)
    await linkRest(places.dockerFolder, login.dockerFolder)
    return await use(login)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const CONFIGURATION = 'config.json'

function entryOf({ host, username, token }: Credentials): Readonly<Record<string, { readonly auth: string }>> {
  return { [host]: { auth: Buffer.from(`${username}:${token}`).toString('base64') } }
}

/**
 * Reads Docker's configuration; empty if the file does not exist or is invalid, so that Docker could not read it
 * either.
 */
async function readConfiguration(folder: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return object(JSON.parse(await readFile(join(folder, CONFIGURATION), 'utf8'))) ?? {}
  } catch {
    return {}
  }
}

/**
 * Adds an entry to Docker's configuration. Disables a credential helper for this registry, which would hide the entry.
 */
function withEntry(own: Readonly<Record<string, unknown>>, credentials: Credentials): unknown {
  const helpers = { ...object(own.credHelpers) }
  delete helpers[credentials.host]
  // An empty helper name selects the configuration file. Source: docker/cli, `getConfiguredCredentialStore`.
  if (own.credsStore) helpers[credentials.host] = ''
  return { ...own, auths: { ...object(own.auths), ...entryOf(credentials) }, credHelpers: helpers }
}

/** Links the folders next to the configuration, which contain contexts, plug-ins and builders. */
async function linkRest(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (!entry.isDirectory() && !entry.isSymbolicLink()) continue
    // On Windows, a junction requires no privilege. If a link fails, the push usually works without that folder.
    await symlink(join(from, entry.name), join(to, entry.name), 'junction').catch(() => {})
  }
}
