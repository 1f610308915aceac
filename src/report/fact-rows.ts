import type { Trigger } from '../runner/trigger.ts'
import { htmlLink, markdownCode, type Row } from './markdown.ts'
import type { Outputs } from './outputs.ts'

/** The material of the rows. */
export interface FactMaterial {
  /** The outputs that are set so far; each value has passed its check. */
  readonly outputs: Outputs
  /** The page of the deployment in LangSmith, opened at the revision of this run. */
  readonly dashboard: string | undefined
  /** The commit and the repository of the run. */
  readonly trigger: Pick<Trigger, 'commit' | 'repositoryUrl'> | undefined
  /** The commit that the run deploys, until LangSmith reports the commit of the revision. */
  readonly commit: string | undefined
}

/**
 * Returns the facts that readers need first, in this order. If the active revision is not the one of this run, the
 * address comes last and has another label, so that readers do not confuse the two.
 */
export function factRows(material: FactMaterial): readonly Row[] {
  const { outputs, trigger, commit } = material
  const active = outputs.get('active-revision-id')
  const isOurs = active !== undefined && active === outputs.get('revision-id')
  const url = outputs.get('deployment-url')
  const isOther = active !== undefined && !isOurs && !outputs.has('rolled-back-to')
  const server: Row = [
    isOther ? 'Currently active' : 'Agent Server',
    url && htmlLink(url.replace(/^https:\/\//, ''), url)
  ]
  const rows: readonly Row[] = [
    [outputs.has('revision-id') ? 'Revision' : 'LangSmith', revisionCell(material)],
    ['Rolled back to', shortId(outputs.get('rolled-back-to'))],
    ['Commit', commitCell(outputs.get('commit-sha') ?? commit, trigger)],
    // For a built revision, the commit is more useful than the image.
    ['Image', outputs.has('commit-sha') || commit ? undefined : code(outputs.get('image-uri'))]
  ]
  return isOther ? [...rows, server] : [server, ...rows]
}

/** Returns the text in a fixed-width font, or `undefined` for an empty text. */
export function code(text: string | undefined): string | undefined {
  return text && markdownCode(text)
}

function shortId(id: string | undefined): string | undefined {
  return code(id?.slice(0, ID_LENGTH))
}

/** Number of characters of a shortened ID: enough to distinguish IDs, and short enough for a table cell. */
export const ID_LENGTH = 8

function revisionCell({ outputs, dashboard }: FactMaterial): string | undefined {
  const id = outputs.get('revision-id')
  if (!id) return dashboard && htmlLink('Open the deployment', dashboard)
  const short = id.slice(0, ID_LENGTH)
  const revision = dashboard ? htmlLink(short, dashboard) : markdownCode(short)
  return [revision, code(outputs.get('revision-status'))].filter(Boolean).join(' ')
}

/**
 * Returns the short commit; the list of IDs contains the full one. Only the commit of the run gets a link, because only
 * its repository is known.
 */
function commitCell(commit: string | undefined, trigger: FactMaterial['trigger']): string | undefined {
  if (!commit) return undefined
  const short = commit.slice(0, 7)
  return trigger?.repositoryUrl && commit === trigger.commit
    ? htmlLink(short, `${trigger.repositoryUrl}/commit/${commit}`)
    : markdownCode(short)
}
