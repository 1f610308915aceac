import type { DeployedSecret, Deployment, Revision, Secret } from '../control-plane/resources.ts'
import type { Json, JsonObject } from '../run/object.ts'
import { object } from '../run/object.ts'
import type { PlanRow } from '../run/record.ts'
import { isGoing } from './find.ts'
import { asObject, sameJson } from './json.ts'
import { deploymentGoing, sourceDiffers } from './refusals.ts'
import { type MergedSecrets, mergeSecrets, type WantedSecrets } from './secrets.ts'
import { kindOf } from './sources/kinds.ts'
import type { FixedSetting, Setting, Source } from './sources/source.ts'

/** The plan of a deploy: exactly one write, or none. */
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

/** The plan to change an existing deployment. `deployment` is its state before the change. */
export type PatchPlan = Plan & { readonly kind: 'patch' }

/**
 * Returns the number of fields, secrets and variables that a plan changes. A revision without a change counts as one.
 */
export function changesOf(plan: Plan): number {
  if (plan.kind === 'nothing') return 0
  return Math.max(1, plan.rows.filter(({ change }) => change !== 'kept').length)
}

/** The deployment that the inputs describe. */
export interface DesiredDeployment {
  readonly name: string
  readonly source: Source
  readonly secrets: WantedSecrets
  readonly displayName: string | undefined
  /** True if model calls go through the LLM Gateway; `undefined` keeps the current setting. */
  readonly routeThroughGateway?: boolean | undefined
  /** Only used at create. */
  readonly agent?: AgentOfDeployment | undefined
}

/** The agent that a deployment belongs to, and its environment (private beta of LangSmith). */
export interface AgentOfDeployment {
  readonly agent_id: string
  readonly environment: string
}

/** Returns the settings of the source, and those that all sources have in common. */
function settingsOf({ source, routeThroughGateway }: DesiredDeployment, deployment?: Deployment): readonly Setting[] {
  const gateway: readonly Setting[] =
    routeThroughGateway === undefined
      ? []
      : [
          {
            section: 'deployment',
            field: 'route_through_gateway',
            wanted: routeThroughGateway,
            current: deployment?.route_through_gateway ?? null,
            effect: 'place'
          }
        ]
  return [...source.settings(deployment), ...gateway]
}

/** Plans a new deployment. The body has no `display_name`, because the API accepts it only in a later change. */
export function planCreate(desired: DesiredDeployment, fixed: readonly FixedSetting[]): Plan {
  const settings = settingsOf(desired)
  const agent = desired.agent && { ...desired.agent }
  const merged = mergeSecrets(desired.secrets, [])
  const fixedFields = Object.fromEntries(fixed.map(({ field, wanted }) => [field, wanted]))
  return {
    kind: 'create',
    makesRevision: desired.source.upload === undefined,
    body: {
      name: desired.name,
      ...(agent ? { agent } : {}),
      source: desired.source.type,
      source_config: { ...fixedFields, ...section(settings, 'source_config') },
      source_revision_config: section(settings, 'source_revision_config'),
      // The list is required, even if empty.
      secrets: merged.send ?? [],
      ...section(settings, 'deployment')
    },
    rows: [
      row('name', null, desired.name),
      ...(agent ? rowsOf('agent', null, agent) : []),
      row('source', null, desired.source.type),
      ...fixed.map(({ field, wanted, shown }) => row(field, null, shown ?? wanted)),
      ...settings.flatMap(({ field, wanted, shown }) => rowsOf(field, null, shown?.wanted ?? wanted)),
      ...(desired.source.afterCreate ?? []).map(({ field, wanted }) => row(field, null, wanted)),
      ...(desired.displayName === undefined ? [] : [row('display_name', null, desired.displayName)]),
      ...environmentRows(merged, desired.secrets.variables, [])
    ]
  }
}

/**
 * Plans the change of an existing deployment.
 *
 * @param serving the DEPLOYED revision that is the latest and active, to compare with; given with `skip-unchanged`
 * @throws {RefusalError} when the deployment is being deleted, cannot have a revision of this source, or differs in a
 * setting that cannot change after creation
 */
export function planPatch(desired: DesiredDeployment, deployment: Deployment, serving: Revision | undefined): Plan {
  refuseImpossible(desired, deployment)
  const { type } = desired.source
  const isOverride = deployment.source !== type
  const settings = settingsOf(desired, deployment)
  const merged = mergeSecrets(desired.secrets, deployment.secrets)
  const changed = settings.filter(({ wanted, current }) => !sameJson(wanted, current))
  const needsRevision = merged.send !== undefined || changed.some(({ effect }) => effect !== 'place')
  // A source that the server omits counts as equal.
  const isServed = serving !== undefined && (serving.source ?? type) === type && desired.source.isServedBy(serving)
  // A deploy without a change still creates a revision, unless the active one already has the same code.
  const makesRevision = needsRevision || !isServed

  const sent = settings.filter((setting) => changed.includes(setting) || (makesRevision && setting.effect === 'always'))
  const namesSource = makesRevision && (isOverride || desired.source.namesRevisionSource === true)
  const renames = desired.displayName !== undefined && desired.displayName !== deployment.display_name
  const rows = [
    ...(isOverride ? [row('revision_source', deployment.source, type)] : []),
    ...settings.flatMap(({ field, wanted, current, shown }) =>
      rowsOf(field, shown?.current ?? current, shown?.wanted ?? wanted)
    ),
    ...(desired.displayName === undefined ? [] : [row('display_name', deployment.display_name, desired.displayName)]),
    ...environmentRows(merged, desired.secrets.variables, deployment.secrets ?? [])
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
      ...(merged.send ? { secrets: merged.send } : {}),
      ...section(sent, 'deployment'),
      ...(renames ? { display_name: desired.displayName ?? '' } : {})
    }
  }
}

function refuseImpossible({ source }: DesiredDeployment, deployment: Deployment): void {
  if (isGoing(deployment)) throw deploymentGoing(deployment)
  // The server decides whether a deployment can have a revision of another Cloud source.
  const isPossible =
    deployment.source === source.type || (kindOf(deployment.source).isCloudOnly && kindOf(source.type).isCloudOnly)
  if (!isPossible) throw sourceDiffers(deployment.name, deployment.source, source.label)
  source.checkFixed(deployment)
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

/** Returns one row per field. An object gets one row per key, so that one changed number is visible. */
function rowsOf(name: string, from: Json, to: Json): readonly PlanRow[] {
  if (!object(to)) return [row(name, from, to)]
  const [current, wanted] = [asObject(from), asObject(to)]
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
