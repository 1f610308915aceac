import type { DeployedSecret, Deployment, Json, JsonObject, Revision } from '../control-plane/resources.ts'
import { object } from '../object.ts'
import { hiddenNames } from './hidden.ts'
import { sameJson } from './json.ts'
import type { PatchPlan } from './plan.ts'
import { kindOf } from './sources/kinds.ts'
import type { SentRevision } from './sources/source.ts'

/** By name what this run changed and what cannot be put back. */
export interface Leftover {
  /** Such as `environment variable OPENAI_API_KEY` or `resource_spec.cpu`. */
  readonly name: string
  /** Why not, as the end of a sentence. */
  readonly why: string
}

/** What puts back the values from before this run, after a roll back of the code. */
export interface Restoration {
  /** The change to send; an empty object when there is nothing to send. */
  readonly body: JsonObject
  /** Whether the change makes a revision; then the body carries the code of the good one. */
  readonly makesRevision: boolean
  /** By what that revision is known. */
  readonly sent: SentRevision
  /** By name what the body puts back. */
  readonly back: readonly string[]
  readonly leftovers: readonly Leftover[]
  /** By name what somebody else has changed since; it stays as it is. */
  readonly others: readonly string[]
}

/** What this run made of one value. */
interface Change {
  readonly name: string
  readonly before: Json
  readonly wanted: Json
}

/** What a secret was before this run; `hidden`: it was there, or may have been, and its value is not known. */
type Before = { readonly kind: 'absent' | 'hidden' } | { readonly kind: 'value'; readonly value: string }

interface SecretChanged {
  readonly before: Before
  /** Nothing: this run removed it. */
  readonly wanted: string | undefined
}

/**
 * Plans the way back for what this run changed, and for nothing else. Pure.
 *
 * A value is put back where it is the one of this run now. Where it is the one from before, nothing is to be
 * done; where it is a third one, somebody else has changed it. A change of `resource_spec` and the commands makes a
 * revision, so the caller sees to it that there is none of somebody else; then a third value is what the server made of ours.
 *
 * @param written the plans that this run has sent, in their order
 * @param now the deployment as it is now
 * @param target the good revision; what makes a revision carries its code
 */
export function planRestore(written: readonly PatchPlan[], now: Deployment, target: Revision): Restoration {
  const code = codeOf(target, now)
  const settings = restoreSettings(written, now, code)
  const secrets = restoreSecrets(changedSecrets(written), now.secrets, code)
  const makesRevision = settings.needsRevision || secrets.send !== undefined
  const carried = makesRevision && code.kind === 'known' ? code : undefined
  return {
    body: {
      ...(carried?.revisionSource ? { revision_source: carried.revisionSource } : {}),
      ...(Object.keys(settings.sourceConfig).length > 0 ? { source_config: settings.sourceConfig } : {}),
      ...(carried ? { source_revision_config: carried.config } : {}),
      ...(secrets.send ? { secrets: secrets.send.map(({ name, value }) => ({ name, value })) } : {}),
      ...(settings.displayName === undefined ? {} : { display_name: settings.displayName })
    },
    makesRevision,
    sent: { ...NO_CODE, ...carried?.config },
    back: [...settings.back, ...secrets.back],
    leftovers: [...settings.leftovers, ...secrets.leftovers],
    others: [...settings.others, ...secrets.others]
  }
}

/** By name what this run changed in the deployment, besides its code. */
export function namesChanged(written: readonly PatchPlan[]): readonly string[] {
  return [
    ...changedSettings(written).map(({ name }) => name),
    ...[...changedSecrets(written).keys()].map((name) => variableLabel(name))
  ]
}

const NO_CODE: SentRevision = {
  repo_ref: null,
  langgraph_config_path: null,
  image_uri: null,
  source_tarball_path: null
}

/** What a new revision needs to be made from exactly the code of an older one, or why it cannot be. */
type Code =
  | {
      readonly kind: 'known'
      readonly config: Readonly<Record<string, string>>
      readonly revisionSource: string | undefined
    }
  | { readonly kind: 'unknown'; readonly why: string }

function codeOf({ id, source, source_revision_config: config }: Revision, deployment: Deployment): Code {
  const actual = source ?? deployment.source
  const { code, isCloudOnly } = kindOf(actual)
  const { image_uri, source_tarball_path, langgraph_config_path } = config
  if (code === 'image' && image_uri) {
    return { kind: 'known', config: { image_uri }, revisionSource: isCloudOnly ? actual : undefined }
  }
  if (code === 'archive' && source_tarball_path) {
    const path = langgraph_config_path ? { langgraph_config_path } : {}
    return { kind: 'known', config: { source_tarball_path, ...path }, revisionSource: actual }
  }
  return { kind: 'unknown', why: code === 'repository' ? WOULD_BUILD_HEAD : `the code of revision ${id} is not known` }
}

const WOULD_BUILD_HEAD =
  'putting them back would build the head of the branch again; the revision that serves now uses the new values'
const NO_VALUE_BEFORE = 'it had no value before, and the API cannot clear it'

/** Settings of `source_config` that a change can put back; `revision`: with a revision. */
const EFFECTS: Readonly<Record<string, 'place' | 'revision'>> = {
  build_on_push: 'place',
  custom_url: 'place',
  resource_spec: 'revision',
  install_command: 'revision',
  build_command: 'revision'
}
/** Fields that name the code itself, which the redeploy has put back. */
const CODE_FIELDS = new Set(['image_uri', 'source_tarball_path'])
/** Fields that a revision takes along with its code: a redeploy brings them back, and a server may answer them in other words. */
const CODE_PATHS = new Set(['repo_ref', 'langgraph_config_path'])

/** The changes of all settings, one a key of `resource_spec`: the last value before this run that was not this run's. */
function changedSettings(written: readonly PatchPlan[]): readonly Change[] {
  const changes = new Map<string, Change>()
  for (const { body, deployment } of written) {
    for (const [name, wanted] of settingsIn(body)) {
      const before = settingOf(deployment, name)
      const known = changes.get(name)
      if (!sameSetting(name, before, wanted)) changes.set(name, { name, before, wanted })
      else if (known) changes.set(name, { ...known, wanted })
    }
    // A key that is left out of the spec that is sent is removed.
    const sent = object(object(body.source_config)?.resource_spec)
    for (const [key, before] of sent ? Object.entries(deployment.source_config.resource_spec ?? {}) : []) {
      if (sent?.[key] !== undefined || before === null) continue
      changes.set(`${SPEC}${key}`, { name: `${SPEC}${key}`, before, wanted: null })
    }
  }
  return [...changes.values()]
}

const SPEC = 'resource_spec.'

/** What a body sets, by name. */
function settingsIn(body: JsonObject): readonly (readonly [name: string, wanted: Json])[] {
  const { secrets: _, revision_source: __, source_config, source_revision_config, ...rest } = body
  const code = Object.entries(asJson(source_revision_config)).filter(([name]) => !CODE_FIELDS.has(name))
  const settings = Object.entries(asJson(source_config)).flatMap(([name, wanted]) =>
    name === 'resource_spec'
      ? Object.entries(asJson(wanted)).map(([key, value]) => [`${SPEC}${key}`, value] as const)
      : [[name, wanted] as const]
  )
  return [...settings, ...code, ...Object.entries(rest)]
}

/** The value of a setting; `null` for nothing, and for what this action does not read. */
function settingOf(deployment: Deployment, name: string): Json {
  const { source_config: config, source_revision_config: revision } = deployment
  if (name.startsWith(SPEC)) return config.resource_spec?.[name.slice(SPEC.length)] ?? null
  switch (name) {
    case 'display_name':
      return deployment.display_name
    case 'build_on_push':
      return config.build_on_push ?? false
    case 'custom_url':
    case 'install_command':
    case 'build_command':
      return config[name]
    case 'repo_ref':
      return config.repo_branch ?? revision.repo_ref
    case 'langgraph_config_path':
      return revision.langgraph_config_path
    default:
      return null
  }
}

function sameSetting(name: string, left: Json, right: Json): boolean {
  // The answer may carry a scheme that the input lacks.
  if (name === 'custom_url') return bareAddress(left) === bareAddress(right)
  return sameJson(left, right)
}

function bareAddress(url: Json): string {
  return String(url ?? '')
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '')
    .toLowerCase()
}

interface RestoredSettings {
  readonly sourceConfig: JsonObject
  readonly displayName: string | undefined
  readonly needsRevision: boolean
  readonly back: readonly string[]
  readonly leftovers: readonly Leftover[]
  readonly others: readonly string[]
}

function restoreSettings(written: readonly PatchPlan[], now: Deployment, code: Code): RestoredSettings {
  const back: Change[] = []
  const leftovers: Leftover[] = []
  const others: string[] = []
  for (const change of changedSettings(written)) {
    const { name, before, wanted } = change
    const current = settingOf(now, name)
    const isBefore = sameSetting(name, current, before)
    // A server answers numbers in its own way, and gives defaults. What makes a revision nobody else can have changed.
    const isOurs = sameSetting(name, current, wanted) || effectOf(name) === 'revision'
    if (CODE_PATHS.has(name)) {
      if (isOurs && !isBefore) leftovers.push({ name, why: 'the redeploy did not bring it back' })
    } else if (effectOf(name) === undefined) {
      leftovers.push({ name, why: 'this action cannot read its value' })
    } else if (!isBefore && isOurs) {
      const why = whyNot(change, code)
      if (why) leftovers.push({ name, why })
      else back.push(change)
    } else if (!isBefore) {
      others.push(name)
    }
  }
  const spec = back.filter(({ name }) => name.startsWith(SPEC))
  const plain = back.filter(({ name }) => !name.startsWith(SPEC) && name !== 'display_name')
  const displayName = back.find(({ name }) => name === 'display_name')?.before
  return {
    sourceConfig: {
      ...Object.fromEntries(plain.map(({ name, before }) => [name, before])),
      ...(spec.length > 0 ? { resource_spec: specWith(now.source_config.resource_spec ?? {}, spec) } : {})
    },
    displayName: typeof displayName === 'string' ? displayName : undefined,
    needsRevision: back.some(({ name }) => effectOf(name) === 'revision'),
    back: back.map(({ name }) => name),
    leftovers,
    others
  }
}

/** The whole spec, since a change overwrites the whole of it. */
function specWith(current: JsonObject, changes: readonly Change[]): JsonObject {
  const spec = new Map(Object.entries(current).filter(([, value]) => value !== null))
  for (const { name, before } of changes) {
    const key = name.slice(SPEC.length)
    if (before === null) spec.delete(key)
    else spec.set(key, before)
  }
  return Object.fromEntries(spec)
}

function effectOf(name: string): 'place' | 'revision' | undefined {
  if (name === 'display_name') return 'place'
  return EFFECTS[name.startsWith(SPEC) ? 'resource_spec' : name]
}

/** Why a setting cannot be put back, or nothing. */
function whyNot({ name, before }: Change, code: Code): string | undefined {
  // A key that is left out of a spec gets the default of the server.
  if (before === null && !name.startsWith(SPEC)) return NO_VALUE_BEFORE
  return effectOf(name) === 'revision' && code.kind === 'unknown' ? code.why : undefined
}

/** The changes of all secrets by name: the last value before this run that was not this run's. */
function changedSecrets(written: readonly PatchPlan[]): ReadonlyMap<string, SecretChanged> {
  const changes = new Map<string, SecretChanged>()
  for (const { body, deployment } of written) {
    if (!Array.isArray(body.secrets)) continue
    const wanted = new Map(body.secrets.map((secret) => [String(object(secret)?.name), String(object(secret)?.value)]))
    const names = new Set([...wanted.keys(), ...(deployment.secrets ?? []).map(({ name }) => name)])
    for (const name of names) {
      const value = wanted.get(name)
      const before = secretBefore(deployment.secrets, name)
      const known = changes.get(name)
      if (before.kind !== 'value' || before.value !== value) changes.set(name, { before, wanted: value })
      else if (known) changes.set(name, { ...known, wanted: value })
    }
  }
  return changes
}

function secretBefore(deployed: readonly DeployedSecret[] | null, name: string): Before {
  if (!deployed) return { kind: 'hidden' }
  const secret = deployed.find((other) => other.name === name)
  if (!secret) return { kind: 'absent' }
  return secret.value === null || hiddenNames(deployed).has(name)
    ? { kind: 'hidden' }
    : { kind: 'value', value: secret.value }
}

interface RestoredSecrets {
  /** The whole list, since a change replaces all of it. */
  readonly send: readonly { readonly name: string; readonly value: string }[] | undefined
  readonly back: readonly string[]
  readonly leftovers: readonly Leftover[]
  readonly others: readonly string[]
}

function restoreSecrets(
  changes: ReadonlyMap<string, SecretChanged>,
  deployed: readonly DeployedSecret[] | null,
  code: Code
): RestoredSecrets {
  const back: string[] = []
  const leftovers: Leftover[] = []
  const others: string[] = []
  const hidden = hiddenNames(deployed ?? [])
  const next = new Map((deployed ?? []).map((secret) => [secret.name, secret.value]))
  for (const [name, { before, wanted }] of changes) {
    const current = deployed?.find((secret) => secret.name === name)
    const isHidden = !deployed || hidden.has(name)
    if (isHidden) {
      leftovers.push({ name, why: VALUE_HIDDEN })
    } else if (before.kind === 'value' ? current?.value === before.value : before.kind === 'absent' && !current) {
      // It is as it was already.
    } else if ((current?.value ?? undefined) !== wanted) {
      others.push(name)
    } else if (before.kind === 'hidden') {
      leftovers.push({ name, why: VALUE_HIDDEN })
    } else {
      back.push(name)
      if (before.kind === 'value') next.set(name, before.value)
      else next.delete(name)
    }
  }
  const why = back.length > 0 ? whyNotSecrets(next, back, deployed ?? [], code) : undefined
  const send = back.length > 0 && !why ? [...next].map(([name, value]) => ({ name, value: value ?? '' })) : undefined
  return {
    send,
    back: why ? [] : back.map(variableLabel),
    leftovers: [...(why ? back.map((name) => ({ name, why })) : []), ...leftovers].map(({ name, why: reason }) => ({
      name: variableLabel(name),
      why: reason
    })),
    others: others.map(variableLabel)
  }
}

const VALUE_HIDDEN = 'LangSmith hides the values from before'

/** Why the list of secrets cannot be sent, or nothing. */
function whyNotSecrets(
  next: ReadonlyMap<string, string | null>,
  back: readonly string[],
  deployed: readonly DeployedSecret[],
  code: Code
): string | undefined {
  if (code.kind === 'unknown') return code.why
  if (next.size === 0) return 'there were no variables before, and the API cannot remove the last one'
  const [hidden] = [...hiddenNames(deployed)].filter((name) => !back.includes(name))
  return hidden && `all variables would have to be sent, and LangSmith hides the value of ${hidden}`
}

/** Which of the inputs set it is not known to LangSmith. */
function variableLabel(name: string): string {
  return `environment variable ${name}`
}

function asJson(value: Json | undefined): JsonObject {
  return (object(value) ?? {}) as JsonObject
}
