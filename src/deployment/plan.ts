import type { DeployedSecret, Deployment, Json, JsonObject, Revision, Secret } from '../control-plane/resources.ts'
import { object } from '../object.ts'
import { isGoing } from './find.ts'
import { sameJson } from './json.ts'
import { deploymentGoing, sourceDiffers } from './refusals.ts'
import { type MergedSecrets, mergeSecrets, type SecretChange, type WantedSecrets } from './secrets.ts'
import { kindOf } from './sources/kinds.ts'
import type { FixedSetting, Setting, Source } from './sources/source.ts'

/** One line of the plan as a person reads it. Secrets appear by name only, what anybody may read with its values. */
export type PlanRow =
  | { readonly about: 'field'; readonly name: string; readonly change: 'kept' | 'set'; readonly value: Json }
  | {
      readonly about: 'field'
      readonly name: string
      readonly change: 'changed'
      readonly from: Json
      readonly to: Json
    }
  | { readonly about: 'secret'; readonly name: string; readonly change: SecretChange }
  | {
      readonly about: 'variable'
      readonly name: string
      readonly change: 'added' | 'kept' | 'set'
      readonly value: string
    }
  | {
      readonly about: 'variable'
      readonly name: string
      readonly change: 'changed'
      /** It was a secret until now for all that is known, so whoever shows it must look at it first. */
      readonly from: string
      readonly to: string
    }

/** What a deploy will do: exactly one write, or none. */
export type Plan =
  | {
      readonly kind: 'create'
      readonly body: JsonObject
      readonly rows: readonly PlanRow[]
      readonly makesRevision: boolean
    }
  | {
      readonly kind: 'patch'
      readonly deployment: Deployment
      readonly body: JsonObject
      readonly rows: readonly PlanRow[]
      readonly makesRevision: boolean
    }
  | { readonly kind: 'nothing'; readonly deployment: Deployment; readonly rows: readonly PlanRow[] }

/** A change of a deployment that exists: what is sent, and the deployment as it was read before. */
export type PatchPlan = Plan & { readonly kind: 'patch' }

/** What the user wants, source and all. */
export interface Wish {
  readonly name: string
  readonly source: Source
  readonly secrets: WantedSecrets
  readonly displayName: string | undefined
}

/** The plan for a deployment that does not exist yet. `display_name` is no part of it: the API takes it only afterwards. */
export function planCreate(wish: Wish, fixed: readonly FixedSetting[]): Plan {
  const settings = wish.source.settings(undefined)
  const merged = mergeSecrets(wish.secrets, [])
  const fixedFields = Object.fromEntries(fixed.map(({ field, wanted }) => [field, wanted]))
  return {
    kind: 'create',
    makesRevision: wish.source.beginsEmpty !== true,
    body: {
      name: wish.name,
      source: wish.source.type,
      source_config: { ...fixedFields, ...section(settings, 'source_config') },
      source_revision_config: section(settings, 'source_revision_config'),
      // The list must be there, even an empty one.
      secrets: toJson(merged.send ?? [])
    },
    rows: [
      row('name', null, wish.name),
      row('source', null, wish.source.type),
      ...fixed.map(({ field, wanted, shown }) => row(field, null, shown ?? wanted)),
      ...settings.flatMap(({ field, wanted }) => rowsOf(field, null, wanted)),
      ...(wish.source.afterCreate ?? []).map(({ field, wanted }) => row(field, null, wanted)),
      ...(wish.displayName === undefined ? [] : [row('display_name', null, wish.displayName)]),
      ...environmentRows(merged, wish.secrets.variables, [])
    ]
  }
}

/**
 * The plan for a deployment that exists.
 *
 * @param serving the revision that is both latest and active and DEPLOYED, when `skip-unchanged` asks to compare with it
 * @throws {RefusalError} when the deployment is being deleted, cannot take a revision of this source, or differs in what
 * is fixed at create
 */
export function planPatch(wish: Wish, deployment: Deployment, serving: Revision | undefined): Plan {
  if (isGoing(deployment)) throw deploymentGoing(deployment)
  const { type } = wish.source
  const isOverride = deployment.source !== type
  // Whether it may is for the server to say.
  if (isOverride && !(kindOf(deployment.source).isCloudOnly && kindOf(type).isCloudOnly)) {
    throw sourceDiffers(deployment.name, deployment.source, wish.source.label)
  }
  wish.source.checkFixed(deployment)

  const settings = wish.source.settings(deployment)
  const merged = mergeSecrets(wish.secrets, deployment.secrets)
  const changed = settings.filter(({ wanted, current }) => !sameJson(wanted, current))
  const needsRevision = merged.send !== undefined || changed.some(({ effect }) => effect !== 'place')
  const isServed = serving !== undefined && isOfSource(serving, type) && wish.source.isServedBy(serving)
  // `always` fields alone make a revision, even with the value they have: that is what a deploy is for.
  const makesRevision = needsRevision || !isServed

  const sent = settings.filter((setting) => changed.includes(setting) || (makesRevision && setting.effect === 'always'))
  const namesSource = makesRevision && (isOverride || wish.source.namesRevisionSource === true)
  const renames = wish.displayName !== undefined && wish.displayName !== deployment.display_name
  const rows = [
    ...(isOverride ? [row('revision_source', deployment.source, type)] : []),
    ...settings.flatMap(({ field, wanted, current }) => rowsOf(field, current, wanted)),
    ...(wish.displayName === undefined ? [] : [row('display_name', deployment.display_name, wish.displayName)]),
    ...environmentRows(merged, wish.secrets.variables, deployment.secrets ?? [])
  ]
  if (!makesRevision && sent.length === 0 && !renames) return { kind: 'nothing', deployment, rows }
  return {
    kind: 'patch',
    deployment,
    makesRevision,
    rows,
    body: {
      ...(namesSource ? { revision_source: type } : {}),
      ...sectionIfAny(sent, 'source_config'),
      ...sectionIfAny(sent, 'source_revision_config'),
      ...(merged.send ? { secrets: toJson(merged.send) } : {}),
      ...(renames ? { display_name: wish.displayName ?? '' } : {})
    }
  }
}

/** What the server does not tell is no difference. */
function isOfSource(revision: Revision, type: Source['type']): boolean {
  return revision.source === null || revision.source === type
}

function section(settings: readonly Setting[], name: Setting['section']): JsonObject {
  return Object.fromEntries(
    settings.filter((setting) => setting.section === name).map(({ field, wanted }) => [field, wanted])
  )
}

function sectionIfAny(settings: readonly Setting[], name: Setting['section']): JsonObject {
  const fields = section(settings, name)
  return Object.keys(fields).length > 0 ? { [name]: fields } : {}
}

/** One row a field; an object is told key by key, for one number in forty fields would not be seen. */
function rowsOf(name: string, from: Json, to: Json): readonly PlanRow[] {
  const wanted = object(to) as JsonObject | undefined
  if (!wanted) return [row(name, from, to)]
  const current = (object(from) ?? {}) as JsonObject
  const keys = [...new Set([...Object.keys(current), ...Object.keys(wanted)])]
  const rows = keys
    .map((key) => [key, current[key] ?? null, wanted[key] ?? null] as const)
    .filter(([, before, after]) => before !== null || after !== null)
    .map(([key, before, after]) => row(`${name}.${key}`, before, after))
  return rows.length > 0 ? rows : [row(name, from, to)]
}

function row(name: string, from: Json, to: Json): PlanRow {
  if (sameJson(from, to)) return { about: 'field', name, change: 'kept', value: to }
  return from === null
    ? { about: 'field', name, change: 'set', value: to }
    : { about: 'field', name, change: 'changed', from, to }
}

function environmentRows(
  { changes }: MergedSecrets,
  variables: readonly Secret[],
  deployed: readonly DeployedSecret[]
): readonly PlanRow[] {
  const wanted = new Map(variables.map(({ name, value }) => [name, value]))
  const before = new Map(deployed.map(({ name, value }) => [name, value]))
  return changes.map(({ name, change }) => {
    const value = wanted.get(name)
    if (value === undefined || change === 'removed') return { about: 'secret', name, change }
    if (change !== 'changed') return { about: 'variable', name, change, value }
    return { about: 'variable', name, change, from: before.get(name) ?? '', to: value }
  })
}

function toJson(secrets: readonly { readonly name: string; readonly value: string }[]): Json {
  return secrets.map(({ name, value }) => ({ name, value }))
}
