import type { Deployment } from '../control-plane/resources.ts'
import { inputLabel } from '../run/input-name.ts'
import type { Json, JsonObject } from '../run/object.ts'
import { object } from '../run/object.ts'
import { sameAddress } from './address.ts'
import { asObject, sameJson } from './json.ts'
import type { PatchPlan } from './plan.ts'
import { byOutcome, type RestoredValues, type ValueOutcome } from './restore-outcome.ts'

/** A setting that this run changed. */
interface ChangedSetting {
  readonly name: string
  readonly before: Json
  readonly wanted: Json
}

/** The settings to send. */
interface RestoredSettings extends RestoredValues {
  readonly sourceConfig: JsonObject
  /** Settings at the top level of the body. */
  readonly topLevel: JsonObject
  /** True if a change of these settings creates a revision. */
  readonly needsRevision: boolean
}

/** Settings of `source_config` that can be restored: in place, or with a new revision. */
const EFFECTS: Readonly<Record<string, 'place' | 'revision'>> = {
  build_on_push: 'place',
  custom_url: 'place',
  resource_spec: 'revision',
  install_command: 'revision',
  build_command: 'revision'
}
/** Settings at the top level of the body that can be restored. */
const TOP_LEVEL: Readonly<Record<string, 'place' | 'revision'>> = {
  display_name: 'place',
  route_through_gateway: 'place',
  secret_references: 'revision'
}
/** Fields that name the code itself. The redeploy restored them. */
const CODE_FIELDS = new Set(['image_uri', 'source_tarball_path'])
/** Fields that a redeploy restores with the code. A server may return them in another spelling. */
const CODE_PATHS = new Set(['repo_ref', 'langgraph_config_path'])

const NO_VALUE_BEFORE = 'it had no value before, and the API cannot clear it'

/**
 * Plans which settings to restore.
 *
 * @param noCode the reason that no revision can be created; `undefined` when one can
 */
export function restoreSettings(
  written: readonly PatchPlan[],
  now: Deployment,
  noCode: string | undefined
): RestoredSettings {
  const changes = changedSettings(written).map((change) => {
    return { ...change, outcome: settingOutcome(change, now, noCode) }
  })
  const back = changes.filter(({ outcome }) => outcome === 'put-back')
  const spec = back.filter(({ name }) => name.startsWith(SPEC))
  const plain = back.filter(({ name }) => !name.startsWith(SPEC) && !(name in TOP_LEVEL))
  const topLevel = back.filter(({ name }) => name in TOP_LEVEL)
  return {
    ...byOutcome(changes.map(({ name, outcome }) => [inputLabel(name), outcome])),
    sourceConfig: {
      ...Object.fromEntries(plain.map(({ name, before }) => [name, before])),
      ...(spec.length > 0 ? { resource_spec: specWith(now.source_config.resource_spec ?? {}, spec) } : {})
    },
    topLevel: Object.fromEntries(topLevel.map(({ name, before }) => [name, before])),
    needsRevision: back.some(({ name }) => effectOf(name) === 'revision')
  }
}

function settingOutcome(
  { name, before, wanted }: ChangedSetting,
  now: Deployment,
  noCode: string | undefined
): ValueOutcome {
  const current = settingOf(now, name)
  const isBefore = sameSetting(name, current, before)
  // A server may reformat numbers and add defaults. Only this run can have changed a setting that creates a revision,
  // because the caller checks that no other revision was created.
  const isOurs = sameSetting(name, current, wanted) || effectOf(name) === 'revision'
  if (CODE_PATHS.has(name)) return isOurs && !isBefore ? { why: 'the redeploy did not restore it' } : 'as-before'
  if (effectOf(name) === undefined) return { why: 'this action cannot read its value' }
  if (isBefore) return 'as-before'
  if (!isOurs) return 'changed-by-others'
  // A key that the spec omits gets the server's default.
  if (before === null && !name.startsWith(SPEC)) return { why: NO_VALUE_BEFORE }
  return effectOf(name) === 'revision' && noCode ? { why: noCode } : 'put-back'
}

/**
 * Returns the settings that this run changed, with one entry per key of `resource_spec`. `before` is the last value
 * that this run did not write.
 */
export function changedSettings(written: readonly PatchPlan[]): readonly ChangedSetting[] {
  const changes = new Map<string, ChangedSetting>()
  for (const { body, deployment } of written) {
    for (const [name, wanted] of settingsIn(body)) {
      const before = settingOf(deployment, name)
      const known = changes.get(name)
      if (!sameSetting(name, before, wanted)) changes.set(name, { name, before, wanted })
      else if (known) changes.set(name, { ...known, wanted })
    }
    // A key that the sent spec omits is removed.
    const sent = object(object(body.source_config)?.resource_spec)
    for (const [key, before] of sent ? Object.entries(deployment.source_config.resource_spec ?? {}) : []) {
      if (sent?.[key] !== undefined || before === null) continue
      changes.set(`${SPEC}${key}`, { name: `${SPEC}${key}`, before, wanted: null })
    }
  }
  return [...changes.values()]
}

const SPEC = 'resource_spec.'

/** Returns the settings in a body, by name. */
function settingsIn(body: JsonObject): readonly (readonly [name: string, wanted: Json])[] {
  const { secrets: _, revision_source: __, source_config, source_revision_config, ...rest } = body
  const code = Object.entries(asObject(source_revision_config)).filter(([name]) => !CODE_FIELDS.has(name))
  const settings = Object.entries(asObject(source_config)).flatMap(([name, wanted]) =>
    name === 'resource_spec'
      ? Object.entries(asObject(wanted)).map(([key, value]) => [`${SPEC}${key}`, value] as const)
      : [[name, wanted] as const]
  )
  return [...settings, ...code, ...Object.entries(rest)]
}

/** Returns the value of a setting; `null` when it has none, or when this action does not read it. */
function settingOf(deployment: Deployment, name: string): Json {
  const { source_config: config, source_revision_config: revision } = deployment
  if (name.startsWith(SPEC)) return config.resource_spec?.[name.slice(SPEC.length)] ?? null
  switch (name) {
    case 'display_name':
      return deployment.display_name
    case 'route_through_gateway':
      return deployment.route_through_gateway
    case 'secret_references':
      return deployment.secret_references
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
  // The API may return a scheme that the input omits.
  if (name === 'custom_url') return sameAddress(String(left ?? ''), String(right ?? ''))
  return sameJson(left, right)
}

/** Returns the whole spec, because a change overwrites all of it. */
function specWith(current: JsonObject, changes: readonly Pick<ChangedSetting, 'name' | 'before'>[]): JsonObject {
  const spec = new Map(Object.entries(current).filter(([, value]) => value !== null))
  for (const { name, before } of changes) {
    const key = name.slice(SPEC.length)
    if (before === null) spec.delete(key)
    else spec.set(key, before)
  }
  return Object.fromEntries(spec)
}

function effectOf(name: string): 'place' | 'revision' | undefined {
  return TOP_LEVEL[name] ?? EFFECTS[name.startsWith(SPEC) ? 'resource_spec' : name]
}
