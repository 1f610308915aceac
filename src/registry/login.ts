import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { object } from '../run/object.ts'

/** What opens a registry. */
export interface Credentials {
  /** Host of the registry, with its port if it has one. */
  readonly host: string
  readonly username: string
  readonly token: string
}

/** Credentials in the files that the tools read, so that they are in no argument and no variable. */
export interface Login {
  /** Empty but for these files, and gone afterwards. */
  readonly folder: string
  /** A file of containers-auth.json(5) that holds these credentials and no others. */
  readonly authFile: string
  /** A folder for DOCKER_CONFIG: that of the user, whose configuration has these credentials too. */
  readonly dockerFolder: string
}

/** Where the files are made, and what they are made from. */
export interface LoginPlaces {
  /** The runner empties it after the job, which counts when this process is killed. */
  readonly temporaryFolder: string
  /** The folder of Docker's configuration; it need not be there. */
  readonly dockerFolder: string
}

const ONLY_OWNER = { mode: 0o600, flag: 'wx' } as const

/**
 * Hands credentials to tools as files that nobody else can read, and removes them. The user's own configuration is left as
 * it is: what a login leaves there outlives the step.
 */
export async function withLogin<T>(
  credentials: Credentials,
  places: LoginPlaces,
  use: (login: Login) => Promise<T>
): Promise<T> {
  // Only its owner can enter it.
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

/** What Docker is configured to; nothing where there is no such file, or Docker itself could not read it. */
async function readConfiguration(folder: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return object(JSON.parse(await readFile(join(folder, CONFIGURATION), 'utf8'))) ?? {}
  } catch {
    return {}
  }
}

/** A configuration of Docker that has an entry more. A helper for all registries or for this one would hide the entry. */
function withEntry(own: Readonly<Record<string, unknown>>, credentials: Credentials): unknown {
  const helpers = { ...object(own.credHelpers) }
  delete helpers[credentials.host]
  // The empty name of a helper means the file. Source: docker/cli, `getConfiguredCredentialStore`.
  if (own.credsStore) helpers[credentials.host] = ''
  return { ...own, auths: { ...object(own.auths), ...entryOf(credentials) }, credHelpers: helpers }
}

/** Contexts, plug-ins and builders are found beside the configuration. */
async function linkRest(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (!entry.isDirectory() && !entry.isSymbolicLink()) continue
    // Windows lets anybody make a junction. What cannot be linked is missed by few tools.
    await symlink(join(from, entry.name), join(to, entry.name), 'junction').catch(() => {})
  }
}
