import { exampleKey } from '../access.ts'
import { isPresent, showDeployment, visibleRevisions } from '../answers.ts'
import type { Deployment, Revision, State } from '../state.ts'

/** Number of revisions of a deployment, and number of requests, that the page shows, newest first. */
const MOST_REVISIONS = 8
const MOST_REQUESTS = 100

/** Data of the page at `/`. @param now epoch milliseconds */
export function overviewOf(state: State, now: number): Record<string, unknown> {
  const { settings, clock, url, worlds, journal } = state
  const deployments = [...worlds.values()].flatMap((world) => world.deployments).filter((one) => isPresent(one, now))
  return {
    url,
    api_key: exampleKey(state),
    hosting: settings.hosting,
    now,
    manual: clock.manual,
    deployments: deployments
      .sort((one, other) => other.createdAt - one.createdAt)
      .map((one) => overviewOfOne(state, one, now)),
    requests: journal
      .entries()
      .slice(-MOST_REQUESTS)
      .reverse()
      .map(({ n, method, path, status, at }) => ({ n, method, path, status, at }))
  }
}

function overviewOfOne(state: State, deployment: Deployment, now: number): Record<string, unknown> {
  const { id, name, source, tenant_id, status, url, source_config } = showDeployment(state, deployment, now)
  const address = url ?? Object(source_config).custom_url
  const revisions = visibleRevisions(deployment, now)
  return {
    id,
    name,
    source,
    tenant_id,
    status,
    url: address,
    revision_count: revisions.length,
    revisions: revisions.slice(0, MOST_REVISIONS).map((one) => overviewOfRevision(one, deployment))
  }
}

function overviewOfRevision(revision: Revision, { active }: Deployment): Record<string, unknown> {
  const { id, number, status, ended, config, history, script } = revision
  const passed = history.map((entry) => entry.status)
  return {
    id,
    number,
    status,
    ended,
    active: revision === active,
    made_from: config.image_uri ?? config.source_tarball_path ?? config.repo_ref ?? '',
    /** The statuses so far, and those to come unless something interrupts the revision. */
    phases: history.map((entry, index) => ({
      status: entry.status,
      since: entry.at,
      until: history[index + 1]?.at ?? null
    })),
    ahead: ended ? [] : script.steps.map((step) => step.status).filter((each) => !passed.includes(each))
  }
}
