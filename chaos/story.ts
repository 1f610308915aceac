import type { Evidence, Sent } from './evidence.ts'
import type { Violation } from './invariants.ts'

/** Lists all events of one seed in the order of their time, for debugging. */
export function story(evidence: Evidence, found: readonly Violation[]): string {
  const { chaos, main, post, startedAt } = evidence
  const { faults, scenario, inputs, rivals, variables, event, ...rest } = chaos
  const second = (moment: number) => `${((moment - startedAt) / 1000).toFixed(1)} s`.padStart(9)
  const lines: Line[] = [
    ...evidence.requests.map((sent) => ({
      at: sent.at,
      text: describe(sent, second),
      ...(sent.method === 'GET' && sent.heard && !sent.fault ? { question: sent.path } : {})
    })),
    ...evidence.acts.map(({ at, rival }) => ({ at, text: `     rival: ${rival.kind} (${rival.tag})` })),
    ...evidence.interruptions
      .filter(({ by }) => by === 'rival')
      .map(({ at, revisionId }) => ({ at, text: `     rival interrupts ${revisionId}` })),
    ...(evidence.cancelledAt === undefined ? [] : [{ at: evidence.cancelledAt, text: '     the job is canceled' }]),
    { at: main.endedAt, text: `     main ${main.kind} ${main.error}` },
    ...(post ? [{ at: post.endedAt, text: `     post ${post.kind} ${post.error}` }] : [])
  ]
  const revisions = evidence.deployments.flatMap((deployment) => [
    `  ${deployment.name} ${deployment.id} created by ${deployment.madeBy}${deployment.deletedBy ? `, deleted by ${deployment.deletedBy} at ${second(deployment.deletedAt ?? 0)}` : ''}`,
    ...deployment.revisions.map(
      ({ number, id, madeBy, request, madeAt, image, ref, commit, history, broken }) =>
        `    ${number} ${id} by ${madeBy}${request ? ` (request ${request})` : ''} at ${second(madeAt)} ${[image, ref, commit?.slice(0, 7), broken && 'broken'].filter(Boolean).join(' ')}: ${history.map(({ status, at }) => `${status} ${second(at).trim()}`).join(', ')}`
    )
  ])
  return [
    `Case ${JSON.stringify(rest, null, 1)}`,
    `Inputs ${JSON.stringify(inputs)}`,
    `Environment ${JSON.stringify(variables)} ${event ? JSON.stringify(event) : ''}`,
    `Faults ${JSON.stringify(faults)}`,
    `Server ${JSON.stringify(scenario)}`,
    '',
    'Events (time since the start of the run):',
    ...collapse(lines.toSorted((one, other) => one.at - other.at)).map(({ at, text }) => `${second(at)} ${text}`),
    '',
    'Log of the run:',
    ...main.told.map(({ kind, name, text }) => `  [${kind}] ${[name, text].filter(Boolean).join(': ')}`),
    ...(post ? ['Log of the post step:'] : []),
    ...(post?.told.map(({ kind, name, text }) => `  [${kind}] ${[name, text].filter(Boolean).join(': ')}`) ?? []),
    '',
    'State of the server at the end:',
    ...revisions,
    '',
    ...found.map(({ rule, text }) => `VIOLATION (${rule}): ${text}`)
  ].join('\n')
}

interface Line {
  readonly at: number
  readonly text: string
  /** Repeated equal reads are printed once. */
  readonly question?: string
}

function collapse(lines: readonly Line[]): readonly Line[] {
  return lines.flatMap((line, index) => {
    const { question } = line
    const isSame = (other: Line | undefined) => question !== undefined && other?.question === question
    if (!isSame(lines[index - 1]) || !isSame(lines[index + 1])) return [line]
    return isSame(lines[index - 2]) ? [] : [{ at: line.at, text: '     …' }]
  })
}

function describe(sent: Sent, second: (moment: number) => string): string {
  const { n, by, method, path, fault, lagged, carriedOutAt, heard, endedAt, body, at } = sent
  const answer = heard ? `${heard.status}` : 'no response'
  const short = path.replace(/([0-9a-f]{8})-[0-9a-f-]{27}/g, '$1')
  const late =
    carriedOutAt !== undefined && carriedOutAt - at > 1_000 ? `, processed at ${second(carriedOutAt).trim()}` : ''
  const isDone = carriedOutAt === undefined ? ', not processed' : late
  const end = heard?.at ?? endedAt
  return `${String(n).padStart(4)} ${by} ${method} ${short} -> ${answer}${end === undefined ? '' : ` at ${second(end).trim()}`}${fault ? ` (${fault}${lagged ? ' of a replica' : ''}${isDone})` : ''}${method === 'GET' || body === '' ? '' : `\n               ${body.slice(0, 400)}`}`
}
