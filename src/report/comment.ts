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

/** What the comment on a pull request is made from: the material of the summary, and the run that writes it. */
export interface CommentMaterial extends Material {
  /** `deploying` until there is a verdict; `followed` where the run deployed nothing, and what it followed serves. */
  readonly status: Verdict['status'] | keyof typeof OTHER_MARKS
  readonly trigger: Pick<Trigger, 'commit' | 'repositoryUrl' | 'runUrl' | 'runName'>
}

/** The signs of what no verdict is. */
const OTHER_MARKS = { deploying: '⏳', followed: '✅' } as const

/** A comment holds 65,536 characters. */
const LONGEST_COMMENT = 60_000
/** Of the log, before what means something in HTML is written out, which can make it five times as long. */
const MOST_LOG_BYTES = 32_000
const LEAST_LOG_BYTES = 1_000
const MOST_PLAN_ROWS = 100
/** Of each part of the words, whose characters can grow twelvefold. */
const WORDS_BYTES = 1_500

/**
 * The comment in GitHub's Markdown. Words from outside can only be read: they make no markup, and nobody is called by a
 * name and no issue by a number that is in them.
 */
export function commentMarkdown(material: CommentMaterial): string {
  const { status, record, outputs, name } = material
  const mark = status === 'deploying' || status === 'followed' ? OTHER_MARKS[status] : VERDICTS[status].mark
  const head = [
    `### ${mark} ${quiet(outputs.get('deployment-name') ?? name)}: ${status}`,
    wordsMarkdown(shortened(material.words), { quiet, dashboard: material.dashboard }),
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

/** The plan where it is the result, or what was held back. */
function planOf({ status, record: { plan } }: CommentMaterial, mostRows: number): string {
  if ((status !== 'planned' && status !== 'rejected') || !plan) return ''
  return planMarkdown(plan, { isOpen: true, mostRows: Math.ceil(mostRows), prose: quiet })
}

function table(material: CommentMaterial): string {
  const { status, outputs, trigger, record, traces } = material
  // The status of a revision under way would be wrong in a moment.
  const lasting = new Map([...outputs].filter(([name]) => status !== 'deploying' || name !== 'revision-status'))
  // What was deleted has neither a revision nor an address any more.
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

/** The comment is written anew in place, and GitHub shows when it was written first; so it says when this was. */
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
