import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { type Login, withLogin } from '../../src/registry/login.ts'
import { failureOf } from '../support/failure.ts'
import { makeFolder } from '../support/folder.ts'

const CREDENTIALS = { host: 'registry.example.com:5000', username: 'AWS', token: 'a:token' }
const ENTRY = { 'registry.example.com:5000': { auth: 'QVdTOmE6dG9rZW4=' } }

interface Seen {
  readonly authFile: unknown
  readonly configuration: unknown
  readonly modes: readonly string[]
  readonly beside: readonly string[]
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

async function seenWith(configuration: string | undefined): Promise<Seen & { readonly left: readonly string[] }> {
  const places = { temporaryFolder: makeFolder(), dockerFolder: makeFolder() }
  if (configuration !== undefined) writeFileSync(join(places.dockerFolder, 'config.json'), configuration)
  mkdirSync(join(places.dockerFolder, 'contexts'))
  writeFileSync(join(places.dockerFolder, 'contexts', 'meta.json'), '{}')
  const seen = await withLogin(CREDENTIALS, places, async ({ folder, authFile, dockerFolder }: Login) => ({
    authFile: read(authFile),
    configuration: read(join(dockerFolder, 'config.json')),
    modes: [folder, authFile, dockerFolder, join(dockerFolder, 'config.json')].map((path) =>
      (statSync(path).mode & 0o777).toString(8)
    ),
    beside: readdirSync(join(dockerFolder, 'contexts'))
  }))
  const own = join(places.dockerFolder, 'config.json')
  if (configuration !== undefined) expect(readFileSync(own, 'utf8')).toBe(configuration)
  expect(readdirSync(join(places.dockerFolder, 'contexts'))).toEqual(['meta.json'])
  return { ...seen, left: readdirSync(places.temporaryFolder) }
}

test('credentials are in files that only their owner can read, and are removed afterwards', async () => {
  const { authFile, configuration, modes, beside, left } = await seenWith(undefined)
  expect(authFile).toEqual({ auths: ENTRY })
  expect(configuration).toEqual({ auths: ENTRY, credHelpers: {} })
  if (process.platform !== 'win32') expect(modes).toEqual(['700', '600', '700', '600'])
  expect(beside).toEqual(['meta.json'])
  expect(left).toEqual([])
})

test('credentials are also removed if the tool fails', async () => {
  const temporaryFolder = makeFolder()
  const places = { temporaryFolder, dockerFolder: join(temporaryFolder, 'not-there') }
  await failureOf(withLogin(CREDENTIALS, places, () => Promise.reject(new Error('no'))))
  expect(readdirSync(temporaryFolder)).toEqual([])
})

test.each([
  [
    'keep other logins',
    { auths: { 'ghcr.io': { auth: 'x' } }, currentContext: 'rootless' },
    { auths: { 'ghcr.io': { auth: 'x' }, ...ENTRY }, currentContext: 'rootless', credHelpers: {} }
  ],
  [
    'replace a credential helper of the same registry',
    { credHelpers: { 'registry.example.com:5000': 'gcloud', 'eu.gcr.io': 'gcloud' } },
    { auths: ENTRY, credHelpers: { 'eu.gcr.io': 'gcloud' } }
  ],
  [
    'override a credential helper of all registries',
    { credsStore: 'osxkeychain' },
    { auths: ENTRY, credsStore: 'osxkeychain', credHelpers: { 'registry.example.com:5000': '' } }
  ]
])('credentials in the configuration of Docker %s', async (_, own, expected) => {
  expect((await seenWith(JSON.stringify(own))).configuration).toEqual(expected)
})

test('an invalid configuration is ignored, as by Docker', async () => {
  expect((await seenWith('{"auths":')).configuration).toEqual({ auths: ENTRY, credHelpers: {} })
})
