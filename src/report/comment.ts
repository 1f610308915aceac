import { VERDICTS, type Verdict } from '../run/verdict.ts'
import type { Trigger } from '../runner/trigger.ts'
import { lastBytes, shortenedLines } from '../runner/words.ts'
import { factRows } from './fact-rows.ts'
import { experimentRows, gateTable } from './gate.ts'
import { htmlLink, htmlTable, markdownText, type Row, withoutMentions } from './markdown.ts'
import type { Material } from './material.ts'
import type { Words } from './message.ts'
import { ladder } from './proof.ts'
import { durationOf, failureLog, planMarkdown, wordsMarkdown } from './summary.ts'

/** The material for the comment on a pull request: the material of the summary, and the run that writes the comment. */
export interface CommentMaterial extends Material {
  /**
   * `deploying` until there is a verdict; `followed` if the run deployed nothing and the revision that it followed is
   * active.
   */
  readonly status: Verdict['status'] | keyof typeof OTHER_MARKS
  readonly trigger: Pick<Trigger, 'commit' | 'repositoryUrl' | 'runUrl' | 'runName'>
}

/** Icons for the statuses that are not verdicts. */
const OTHER_MARKS = { deploying: '⏳', followed: '✅' } as const

/** Characters; GitHub accepts 65,536. */
const LONGEST_COMMENT = 60_000
/** Before HTML characters are escaped; escaping can make the log five times as long. */
const MOST_LOG_BYTES = 32_000
const LEAST_LOG_BYTES = 1_000
const MOST_PLAN_ROWS = 100
/** Bytes of each part of the message before escaping, which can make the text twelve times as long. */
const WORDS_BYTES = 1_500

/**
 * Returns the comment as GitHub Markdown. Text from outside is escaped: it cannot add markup, mention users or
 * reference issues.
 */
export function commentMarkdown(material: CommentMaterial): string {
  const { status, record, outputs, name } = material
  const mark = status === 'deploying' || status === 'followed' ? OTHER_MARKS[status] : VERDICTS[status].mark
  const head = [
    `### ${mark} ${quiet(outputs.get('deployment-name') ?? name)}: ${status}`,
    wordsMarkdown(shortened(material.words), { quiet, dashboard: material.dashboard, traces: material.traces }),
    table(material),
    gateTable(record, quiet)
  ]
  for (let share = 1; ; share /= 2) {
    const bytes = MOST_LOG_BYTES * share
    const comment = [...head, planOf(material, MOST_PLAN_ROWS * share), failureLog(record, bytes)]
      .filter(Boolean)
      .join('\n\n')
    if (comment.length <= LONGEST_COMMENT || bytes <= LEAST_LOG_BYTES) return comment
  }
}

/** Returns the plan if it is the result of the run, or if the gate rejected it. */
function planOf({ status, record: { plan } }: CommentMaterial, mostRows: number): string {
  if ((status !== 'planned' && status !== 'rejected') || !plan) return ''
  return planMarkdown(plan, { isOpen: true, mostRows: Math.ceil(mostRows), prose: quiet })
}

function table(material: CommentMaterial): string {
  const { status, outputs, trigger, record, traces } = material
  // The status of a revision in progress would soon be out of date.
  const lasting = new Map([...outputs].filter(([name]) => status !== 'deploying' || name !== 'revision-status'))
  // A deleted deployment has no revision and no address.
  const rows = status === 'deleted' ? [] : factRows({ ...material, outputs: lasting })
  const evidence: readonly Row[] =
    status === 'deleted'
      ? []
      : [
          ...experimentRows(record, quiet),
          ['Proof', ladder(record, quiet)],
          ['Traces', traces && htmlLink('Tracing project', traces)]
        ]
  return htmlTable([...rows, ...evidence, ['Run', runCell(material, trigger)]])
}

/**
 * Returns the link to the run, its duration and its end. GitHub shows only when the comment was created, not when it
 * was edited.
 */
function runCell({ outputs, endedAt }: CommentMaterial, { runUrl, runName }: CommentMaterial['trigger']) {
  const run = runUrl && htmlLink(runName ?? 'open', runUrl)
  const at = `${new Date(endedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  return [run, durationOf(outputs), at].filter(Boolean).join(', ')
}

function shortened({ reason, telling, advice, ...rest }: Words): Words {
  return {
    ...rest,
    reason: lastBytes(reason, WORDS_BYTES),
    telling: telling.length > 0 ? shortenedLines(telling, WORDS_BYTES, rest.keeps) : [],
    advice: lastBytes(advice, WORDS_BYTES)
  }
}

function quiet(text: string): string {
  return withoutMentions(markdownText(text))
}
