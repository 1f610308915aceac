import { describe, expect, test } from '@jest/globals'
import { RUN_COMMIT } from '../../chaos/case.ts'
import type { Evidence, SecretWrite } from '../../chaos/evidence.ts'
import { violations } from '../../chaos/invariants.ts'
import {
  chaosCase,
  DEPLOYMENT,
  deployment,
  END,
  evidence,
  id,
  KEY,
  mainEnd,
  patch,
  revision,
  SECRET,
  START,
  sent,
  verdict
} from './evidence.ts'

const RUN = { by: 'run', at: START + 10_000, request: 2, deploymentId: DEPLOYMENT } as const
const RIVAL = { by: 'rival', at: START - 60_000, request: undefined, deploymentId: DEPLOYMENT } as const
const MERGED: SecretWrite = {
  ...RUN,
  before: { OTHER: 'set by a rival' },
  after: { OTHER: 'set by a rival', OWN_KEY_0: SECRET }
}
const SET_BEFORE: SecretWrite = { ...RIVAL, before: {}, after: { OTHER: 'set by a rival' } }

const failing = [
  { status: 'CREATING', at: START + 10_000 },
  { status: 'DEPLOY_FAILED', at: START + 20_000 }
]
const lost = { fault: 'lost', heard: undefined } as const
const rollbackTo = (n: number) =>
  sent(8, { method: 'POST', path: `/v2/deployments/${DEPLOYMENT}/revisions/${id(n)}/redeploy`, at: START + 30_000 })
const withInputs = (inputs: Record<string, string>) => chaosCase({ inputs: { ...chaosCase().inputs, ...inputs } })
const told = (kind: 'info' | 'summary' | 'warning', text: string) => [...mainEnd().told, { kind, name: '', text }]

const ofCommand = (command: 'status' | 'logs' | 'interrupt') => chaosCase({ command, ownSecrets: {} })
const building = revision(2, {
  madeBy: 'rival',
  history: [{ status: 'BUILDING', at: START - 5_000 }],
  madeAt: START - 5_000,
  activeAt: undefined
})
const interruption = (at: number, n: number) => ({ by: 'run', at, revisionId: id(n) }) as const
const stop = sent(2, { method: 'POST', path: `/v2/deployments/${DEPLOYMENT}/revisions/${id(2)}/interruption` })

/** What must be found in a world that was doctored. */
const WRONG: readonly (readonly [title: string, rule: string, text: RegExp, changes: Partial<Evidence>])[] = [
  [
    'a second revision, though the first was in an answer',
    'doubles',
    /had named the first/,
    {
      requests: [
        sent(1),
        patch(2, lost),
        sent(3, { heard: { at: START + 16_000, status: 200, text: id(2) } }),
        patch(4)
      ],
      deployments: [deployment([revision(1), revision(2), revision(3, { request: 4 })])],
      main: verdict('deployed', { 'revision-id': id(3) })
    }
  ],
  [
    'a second revision after ten seconds without a trace of the first',
    'doubles',
    /9\.8 s after the effect of request 2 became uncertain; a search of 90\.0 s was required/,
    {
      requests: [sent(1), patch(2, lost), sent(3), patch(4)],
      deployments: [deployment([revision(1), revision(2), revision(3, { request: 4 })])],
      main: verdict('deployed', { 'revision-id': id(3) })
    }
  ],
  [
    'two deployments',
    'doubles',
    /created 2 deployments/,
    {
      deployments: [
        deployment([revision(1), revision(2)], { madeBy: 'run' }),
        deployment([], { id: id(9), madeBy: 'run' })
      ]
    }
  ],
  [
    'a rollback that the inputs do not allow',
    'doubles',
    /the inputs do not allow/,
    { requests: [...evidence().requests, rollbackTo(1)] }
  ],
  [
    'a rollback of a working revision',
    'doubles',
    /although its agent works/,
    { chaos: withInputs({ 'rollback-on-failure': 'true' }), requests: [...evidence().requests, rollbackTo(1)] }
  ],
  [
    'a rollback that skips the newest DEPLOYED revision',
    'doubles',
    /rolls back to revision 1, not to 2/,
    {
      chaos: withInputs({ 'rollback-on-failure': 'true' }),
      requests: [...evidence().requests, rollbackTo(1)],
      deployments: [
        deployment([revision(1), revision(2, { madeBy: 'rival', request: undefined }), revision(3, { broken: true })])
      ],
      main: verdict('failed', { 'revision-id': id(3) }, false)
    }
  ],
  [
    '"deployed" for a failed revision',
    'verdict',
    /revision 2 is DEPLOY_FAILED/,
    { deployments: [deployment([revision(1), revision(2, { history: failing, activeAt: undefined })])] }
  ],
  [
    '"deployed" for an inactive revision without a warning',
    'verdict',
    /is not active, and no warning/,
    { deployments: [deployment([revision(1), revision(2, { activeAt: undefined })])] }
  ],
  [
    '"deployed" for a broken agent',
    'verdict',
    /returns only 5xx/,
    {
      chaos: withInputs({ 'health-check': 'true' }),
      deployments: [deployment([revision(1), revision(2, { broken: true })])]
    }
  ],
  [
    '"deployed" for another image',
    'verdict',
    /it runs ghcr.io\/acme\/other/,
    { deployments: [deployment([revision(1), revision(2, { image: 'ghcr.io/acme/other:1' })])] }
  ],
  [
    '"deployed" without the variables of the run',
    'verdict',
    /OWN_KEY_0 in its environment/,
    { deployments: [deployment([revision(1), revision(2)], { secrets: {} })] }
  ],
  [
    '"deployed" for a rival\'s different revision',
    'verdict',
    /which was created by rival/,
    { deployments: [deployment([revision(1), revision(2, { madeBy: 'rival', image: 'ghcr.io/acme/other:1' })])] }
  ],
  [
    'a wait that accepts another commit',
    'verdict',
    /not from that of the run/,
    {
      chaos: chaosCase({ command: 'wait', source: 'github', ownSecrets: {} }),
      requests: [sent(1)],
      deployments: [deployment([revision(1), revision(2, { madeBy: 'rival', commit: 'f'.repeat(40), ref: 'main' })])]
    }
  ],
  [
    '"failed" for a working revision',
    'verdict',
    /is DEPLOYED, and its agent works/,
    { main: verdict('failed', {}, false) }
  ],
  [
    '"failed" without a revision while the own one continues',
    'verdict',
    /continues, but is not reported/,
    {
      main: { ...verdict('failed', { 'revision-id': '' }, false), endedAt: START + 100_000 },
      requests: [...evidence().requests, sent(8), sent(16)]
    }
  ],
  ['"superseded" without a newer revision', 'verdict', /no revision is newer/, { main: verdict('superseded') }],
  ['"unchanged" after a new revision', 'verdict', /request 2 created a revision/, { main: verdict('unchanged') }],
  [
    '"unchanged" after an upload',
    'verdict',
    /an archive was uploaded/,
    {
      chaos: chaosCase({ source: 'internal_source', ownSecrets: {} }),
      requests: [sent(1), sent(2, { method: 'PUT', path: '/storage/some/archive', headers: {} })],
      main: verdict('unchanged', { 'revision-id': id(1) })
    }
  ],
  [
    '"unchanged" while another image is active',
    'verdict',
    /it runs ghcr.io\/acme\/agent:1/,
    {
      requests: [sent(1)],
      deployments: [deployment([revision(1)])],
      main: verdict('unchanged', { 'revision-id': id(1) })
    }
  ],
  ['"started" although the run has to wait', 'verdict', /the run had to wait/, { main: verdict('started') }],
  [
    '"deleted" for an existing deployment',
    'verdict',
    /still exists/,
    { chaos: chaosCase({ command: 'delete', ownSecrets: {} }), requests: [sent(1)], main: verdict('deleted') }
  ],
  ['"timed-out" with time left', 'verdict', /s were left/, { main: verdict('timed-out', {}, false) }],
  [
    '"timed-out" for a revision that was active for minutes',
    'verdict',
    /was active for 5\d\d\.\d s/,
    {
      main: { ...verdict('timed-out', {}, false), endedAt: START + 600_000 },
      requests: [...evidence().requests, ...[20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 119].map((n) => sent(n))]
    }
  ],
  ['"cancelled" without a cancellation', 'verdict', /was not canceled/, { main: verdict('cancelled', {}, false) }],
  [
    '"error" while the own revision continues',
    'verdict',
    /of this run continues/,
    { main: verdict('error', {}, false) }
  ],
  ['a failing verdict in a passing job', 'verdict', /the job passes/, { main: verdict('failed') }],
  ['`created` is wrongly true', 'verdict', /created is "true"/, { main: verdict('deployed', { created: 'true' }) }],
  [
    '`created` is wrongly false',
    'verdict',
    /created is "false"/,
    { deployments: [deployment([revision(1), revision(2)], { madeBy: 'run' })] }
  ],
  [
    'the key in the log',
    'leaks',
    /the key is visible in info/,
    { main: mainEnd({ told: told('info', `with ${KEY}`) }) }
  ],
  [
    'a secret in the summary',
    'leaks',
    /a secret is visible in summary/,
    { main: mainEnd({ told: told('summary', SECRET) }) }
  ],
  [
    'a secret in a state',
    'leaks',
    /is visible in state memory/,
    { main: mainEnd({ states: { memory: `{"x":"${SECRET}"}` } }) }
  ],
  [
    'a secret in an output',
    'leaks',
    /is visible in output image-uri/,
    { main: verdict('deployed', { 'image-uri': SECRET }) }
  ],
  [
    'a secret in the log of the post step',
    'leaks',
    /a secret is visible in warning/,
    {
      post: {
        kind: 'returned',
        startedAt: END,
        endedAt: END,
        told: [{ kind: 'warning', name: '', text: SECRET }],
        error: ''
      }
    }
  ],
  ['nothing is masked', 'leaks', /the key is not masked/, { main: mainEnd({ told: mainEnd().told.slice(2) }) }],
  [
    'a masked text in an output',
    'leaks',
    /contains a masked text/,
    { main: { ...mainEnd(), told: [...mainEnd().told, { kind: 'mask', name: '', text: 'deployed' }] } }
  ],
  [
    'the key in a request to the storage',
    'leaks',
    /contains the key/,
    { requests: [...evidence().requests, sent(7, { method: 'PUT', path: '/storage/some/archive' })] }
  ],
  ['a redirect is followed', 'leaks', /followed a redirect/, { strayRequests: ['GET /'] }],
  ['a late end', 'time', /the run took/, { main: { ...verdict('timed-out', {}, false), endedAt: START + 620_000 } }],
  [
    'slow to end after a cancellation',
    'time',
    /continued for 10\.0 s/,
    { cancelledAt: END - 10_000, main: verdict('cancelled', {}, false) }
  ],
  [
    'a slow post step',
    'time',
    /the post step took 30/,
    { post: { kind: 'returned', startedAt: END, endedAt: END + 30_000, told: [], error: '' } }
  ],
  [
    'a long time without requests',
    'time',
    /no request was sent for/,
    { requests: [...evidence().requests, sent(40)], main: { ...mainEnd(), endedAt: START + 201_000 } }
  ],
  [
    "a rival's revision is interrupted",
    'others',
    /the run interrupted .*created by seed/,
    { interruptions: [{ by: 'run', at: END, revisionId: id(1) }] }
  ],
  [
    "the post step interrupts another run's revision",
    'others',
    /the post step interrupted/,
    { interruptions: [{ by: 'post', at: END, revisionId: id(1) }] }
  ],
  [
    'a deployment is deleted',
    'others',
    /was deleted/,
    { deployments: [deployment([revision(1), revision(2)], { deletedBy: 'run', deletedAt: END })] }
  ],
  [
    "a rival's variable is removed",
    'others',
    /removed OTHER/,
    { secretWrites: [SET_BEFORE, { ...MERGED, after: { OWN_KEY_0: SECRET } }] }
  ],
  [
    "an old value replaces a rival's",
    'others',
    /put an old value over OTHER/,
    { secretWrites: [SET_BEFORE, { ...MERGED, after: { OTHER: 'old', OWN_KEY_0: SECRET } }] }
  ],
  [
    'a placeholder is written back',
    'others',
    /wrote a placeholder over OTHER/,
    { secretWrites: [SET_BEFORE, { ...MERGED, after: { OTHER: '********', OWN_KEY_0: SECRET } }] }
  ],
  [
    'a revision that had to be interrupted continues',
    'others',
    /had to be interrupted, but continues/,
    {
      chaos: withInputs({ 'on-cancel': 'interrupt' }),
      cancelledAt: END,
      main: { ...verdict('cancelled', {}, false), states: { memory: id(2) } },
      deployments: [
        deployment([revision(1), revision(2, { history: [{ status: 'BUILDING', at: START }], activeAt: undefined })])
      ]
    }
  ],
  ['a write after the deadline', 'late', /after the deadline/, { requests: [...evidence().requests, patch(130)] }],
  ['a write in a dry run', 'late', /in a dry run/, { chaos: withInputs({ 'dry-run': 'true' }) }],
  [
    'the post step deploys',
    'late',
    /the post step sent PATCH/,
    { requests: [...evidence().requests, patch(9, { by: 'post' })] }
  ],
  [
    '`status` writes',
    'others',
    /request 2 \(PATCH .*\) was sent by `command: status`/,
    { chaos: ofCommand('status'), requests: [sent(1), patch(2)] }
  ],
  [
    '`interrupt` deploys',
    'others',
    /request 3 \(PATCH .*\) was sent by `command: interrupt`/,
    { chaos: ofCommand('interrupt'), requests: [sent(1), stop, patch(3)] }
  ],
  [
    '`interrupt` stops the active revision',
    'others',
    /interrupted revision 1, which is active/,
    { chaos: ofCommand('interrupt'), interruptions: [interruption(START + 10_000, 1)] }
  ],
  [
    '`status` reports an active revision that is not active',
    'verdict',
    /the active revision is ".*a2", and was one of ".*a1"/,
    {
      chaos: ofCommand('status'),
      deployments: [deployment([revision(1), building])],
      main: verdict('found', { 'active-revision-id': id(2) })
    }
  ],
  [
    '`logs` reports the log of a revision that does not exist',
    'verdict',
    /there is no such revision/,
    { chaos: ofCommand('logs'), main: verdict('found', { 'revision-id': id(7) }) }
  ],
  [
    '`status` does not find the deployment',
    'verdict',
    /"none", but the deployment .* is there/,
    { chaos: ofCommand('status'), main: verdict('none') }
  ],
  [
    '`interrupt` reports an interruption without effect',
    'verdict',
    /"interrupted", but revision 2 is BUILDING/,
    {
      chaos: ofCommand('interrupt'),
      requests: [sent(1), stop],
      interruptions: [interruption(START + 10_000, 2)],
      deployments: [deployment([revision(1), building])],
      main: verdict('interrupted', { 'revision-id': id(2) })
    }
  ],
  [
    '`interrupt` overlooks a revision in progress',
    'verdict',
    /"unchanged", but revision 2 is BUILDING/,
    {
      chaos: ofCommand('interrupt'),
      deployments: [deployment([revision(1), building])],
      main: mainEnd({ outputs: { status: 'unchanged', 'deployment-id': DEPLOYMENT } })
    }
  ],
  [
    'two annotations of one fact',
    'verdict',
    /two annotations say: The key was refused\./,
    {
      main: mainEnd({ told: told('warning', 'Not yet. The key was refused.') }),
      post: {
        kind: 'returned',
        startedAt: END,
        endedAt: END,
        told: [{ kind: 'warning', name: '', text: 'The key was refused.' }],
        error: ''
      }
    }
  ],
  ['an uncaught error', 'crash', /uncaught error: boom/, { uncaught: ['boom'] }],
  ['main throws', 'crash', /the run threw/, { main: mainEnd({ kind: 'threw', error: 'boom' }) }],
  ['main hangs', 'crash', /the run hung/, { main: mainEnd({ kind: 'hung', error: 'not over' }) }],
  [
    'the post step hangs',
    'crash',
    /the post step hung/,
    { post: { kind: 'hung', startedAt: END, endedAt: END, told: [], error: '' } }
  ],
  ['no status', 'crash', /status is missing/, { main: mainEnd({ outputs: {} }) }]
]

describe('violations() reports', () => {
  test.each(WRONG)('%s', (_title, rule, text, changes) => {
    const found = violations(evidence(changes)).filter((violation) => violation.rule === rule)
    expect(found.map((violation) => violation.text)).toEqual(expect.arrayContaining([expect.stringMatching(text)]))
  })
})

/** Unusual but valid evidence. */
const RIGHT: readonly (readonly [title: string, changes: Partial<Evidence>])[] = [
  ['a successful deploy', {}],
  [
    'a retry after ninety seconds without an effect of the first request',
    {
      requests: [sent(1), patch(2, lost), ...[5, 10, 15].map((n) => sent(n)), patch(21)],
      deployments: [
        deployment([
          revision(1),
          revision(2, {
            request: 2,
            madeAt: START + 105_000,
            history: [{ status: 'SKIPPED', at: START + 106_000 }],
            activeAt: undefined
          }),
          revision(3, { request: 21, madeAt: START + 105_100 })
        ])
      ],
      main: { ...verdict('deployed', { 'revision-id': id(3) }), endedAt: START + 140_000 }
    }
  ],
  [
    'a duplicate that the proxy created',
    {
      deployments: [
        deployment([
          revision(1),
          revision(2),
          revision(3, { madeBy: 'duplicate', activeAt: undefined, history: failing })
        ])
      ]
    }
  ],
  ["a merge that keeps a rival's variable", { secretWrites: [SET_BEFORE, MERGED] }],
  [
    'a variable that was set after the last read',
    {
      secretWrites: [
        { ...SET_BEFORE, at: START + 9_900 },
        { ...MERGED, after: { OWN_KEY_0: SECRET } }
      ]
    }
  ],
  [
    "a rival's identical revision after a lost response",
    {
      requests: [sent(1), patch(2, lost), sent(3), sent(4)],
      deployments: [deployment([revision(1), revision(2, { madeBy: 'rival', request: undefined })])]
    }
  ],
  [
    '`interrupt` stops a revision of somebody else',
    {
      chaos: ofCommand('interrupt'),
      requests: [sent(1), stop],
      interruptions: [interruption(START + 10_000, 2)],
      deployments: [
        deployment([
          revision(1),
          { ...building, history: [...building.history, { status: 'INTERRUPTED', at: START + 10_000 }] }
        ])
      ],
      main: verdict('interrupted', { 'revision-id': id(2) })
    }
  ],
  [
    '`status` reports the active revision',
    {
      chaos: ofCommand('status'),
      requests: [sent(1)],
      deployments: [deployment([revision(1), building])],
      main: verdict('found', { 'active-revision-id': id(1), 'revision-id': id(1) })
    }
  ],
  [
    'a wait for the commit of the run',
    {
      chaos: chaosCase({ command: 'wait', source: 'github', ownSecrets: {} }),
      requests: [sent(1)],
      deployments: [deployment([revision(1), revision(2, { madeBy: 'rival', commit: RUN_COMMIT, ref: 'main' })])]
    }
  ]
]

test.each(RIGHT)('violations() accepts %s', (_title, changes) => {
  expect(violations(evidence(changes))).toEqual([])
})
