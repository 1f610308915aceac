import { fits, type Token } from './glob.ts'
import type { RevisionRule, Scenario } from './scenario.ts'
import type { Script, Source } from './state.ts'

const DOCKER_LIFE = ['CREATING', 'QUEUED', 'AWAITING_DEPLOY', 'DEPLOYING']
const BUILT_LIFE = ['CREATING', 'QUEUED', 'AWAITING_BUILD', 'BUILDING', 'AWAITING_DEPLOY', 'DEPLOYING']

const TERMINAL = ['DEPLOYED', 'CREATE_FAILED', 'BUILD_FAILED', 'DEPLOY_FAILED', 'SKIPPED', 'INTERRUPTED']

/** Tells if a revision ends at this status; at any other last status, it stays forever. */
export function isTerminal(status: string): boolean {
  return TERMINAL.includes(status)
}

/** Tells if an end needs no turn in the queue, because a revision that never ran can reach it. */
export function endsUnstarted(status: string): boolean {
  return ['CREATE_FAILED', 'SKIPPED', 'INTERRUPTED'].includes(status)
}

/** The last status before an end that is not the end of the whole life. */
const LAST_BEFORE: Readonly<Record<string, string>> = {
  CREATE_FAILED: 'CREATING',
  SKIPPED: 'QUEUED',
  BUILD_FAILED: 'BUILDING',
  DEPLOY_FAILED: 'DEPLOYING'
}

/**
 * Creates the script of a new revision from the first rule that matches it.
 *
 * An external image is not built, unless a rule makes its build fail. An interrupted revision ends in its last working
 * status.
 * @param stepMs milliseconds in each status that no rule determines
 */
export function writeScript(
  scenario: Scenario,
  birth: { readonly deployment: string; readonly number: number; readonly source: Source },
  stepMs: number
): Script {
  const rule = scenario.revisions.find((candidate) => applies(candidate, birth.deployment, birth.number)) ?? null
  const ms = (status: string) => rule?.durations[status] ?? rule?.step_ms ?? stepMs
  return { rule, steps: statusesOf(rule, birth.source).map((status) => ({ status, ms: ms(status) })) }
}

function applies(rule: RevisionRule, deployment: string, number: number): boolean {
  const tokens = rule.deployment.split('').map((text): Token => ({ kind: text === '*' ? 'rest' : 'text', text }))
  return (rule.nth === null || rule.nth === number) && fits(tokens, deployment)
}

function statusesOf(rule: RevisionRule | null, source: Source): readonly string[] {
  const final = rule?.final ?? null
  if (rule?.statuses?.length) {
    const ends = final === null || final === 'usual' || rule.statuses.at(-1) === final
    return ends ? rule.statuses : [...rule.statuses, final]
  }
  if (rule && final === null) return lifeOf(source)
  const end = final === null || final === 'usual' ? 'DEPLOYED' : final
  const life = end === 'BUILD_FAILED' ? BUILT_LIFE : lifeOf(source)
  const last = LAST_BEFORE[end] ?? (end === 'INTERRUPTED' && life === BUILT_LIFE ? 'BUILDING' : 'DEPLOYING')
  return [...life.slice(0, life.indexOf(last) + 1), end]
}

function lifeOf(source: Source): readonly string[] {
  return source === 'external_docker' ? DOCKER_LIFE : BUILT_LIFE
}
