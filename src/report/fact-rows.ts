import type { Trigger } from '../runner/trigger.ts'
import { htmlLink, markdownCode, type Row } from './markdown.ts'
import type { Outputs } from './outputs.ts'

/** What the rows are made from. */
export interface FactMaterial {
  /** What was set so far; only values that passed the check of their shape. */
  readonly outputs: Outputs
  /** Page of the deployment in LangSmith, with our revision opened. */
  readonly dashboard: string | undefined
  /** The run's own commit, and its repository. */
  readonly trigger: Pick<Trigger, 'commit' | 'repositoryUrl'> | undefined
  /** The commit that the run deploys, until LangSmith says from which the revision was made. */
  readonly commit: string | undefined
}

/**
 * What a reader wants to know first, in this order. Where another revision than ours is active, its address comes last and
 * under another name: it must not be taken for the new one.
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
    // For a built revision the commit says more than the image.
    ['Image', outputs.has('commit-sha') || commit ? undefined : code(outputs.get('image-uri'))]
  ]
  return isOther ? [...rows, server] : [server, ...rows]
}

/** A text in a fixed-width font, if there is one. */
export function code(text: string | undefined): string | undefined {
  return text && markdownCode(text)
}

function shortId(id: string | undefined): string | undefined {
  return code(id?.slice(0, ID_LENGTH))
}

/** Enough of an ID to tell one from the next; the whole of it would not fit beside anything else. */
export const ID_LENGTH = 8

function revisionCell({ outputs, dashboard }: FactMaterial): string | undefined {
  const id = outputs.get('revision-id')
  if (!id) return dashboard && htmlLink('Open the deployment', dashboard)
  const short = id.slice(0, ID_LENGTH)
  const revision = dashboard ? htmlLink(short, dashboard) : markdownCode(short)
  return [revision, code(outputs.get('revision-status'))].filter(Boolean).join(' ')
}

/** Short; the list of IDs has the whole of it. A link only where the repository is certain: for the run's own commit. */
function commitCell(commit: string | undefined, trigger: FactMaterial['trigger']): string | undefined {
  if (!commit) return undefined
  const short = commit.slice(0, 7)
  return trigger?.repositoryUrl && commit === trigger.commit
    ? htmlLink(short, `${trigger.repositoryUrl}/commit/${commit}`)
    : markdownCode(short)
}
