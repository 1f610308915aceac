import { describe, expect, test } from '@jest/globals'
import { AnswerError, ApiError, type RefusalError, UnreachableError } from '../../src/control-plane/errors.ts'
import { type FaultContext, isCertificateCode, wordsFor } from '../../src/control-plane/faults.ts'
import { cloudControlPlane, controlPlaneAt } from '../../src/control-plane/hosts.ts'
import {
  createFailed,
  deploymentGoing,
  deploymentMayNotBeCreated,
  deploymentMissing,
  fixedAtCreate,
  NoIntegrationError,
  nameAndIdDisagree,
  sourceDiffers,
  writeLost
} from '../../src/deployment/refusals.ts'
import { type Circumstances, explain } from '../../src/report/explain.ts'

const CLOUD: Circumstances = {
  controlPlane: cloudControlPlane('us'),
  workspaceGiven: false,
  redact: (text) => text.replaceAll('hunter2', '***')
}
const selfHosted = (url: string): Circumstances => ({ ...CLOUD, controlPlane: controlPlaneAt(new URL(url)) })
const BELOW_API_HOST = selfHosted('https://ls.example.com/api-host')
const LOOPBACK = selfHosted('http://127.0.0.1:8080')
const AT_THE_ROOT = selfHosted('https://ls.example.com')

interface Answer {
  readonly status: number
  readonly detail?: string
  readonly html?: boolean
  readonly request?: string
  readonly requestId?: string
  readonly isFirst?: boolean
}
const refused = ({ detail = '', request = 'GET /v2/deployments', ...answer }: Answer) =>
  new ApiError({ detail, request, ...answer })

describe('a rejection by the server', () => {
  test('is described by the failed request, the reason of the server, and the request ID', () => {
    const error = refused({ status: 422, detail: 'name: too long', request: 'POST /v2/deployments', requestId: 'abc' })
    expect(explain(error, CLOUD)).toEqual({
      title: 'LangSmith returned 422',
      text: [
        'LangSmith returned 422 for POST /v2/deployments (request abc).',
        'The server returned: name: too long',
        'The control plane rejected a value; the text above names the field.'
      ].join('\n')
    })
  })

  test('without a reason and advice says that there is no reason', () => {
    expect(explain(refused({ status: 418 }), CLOUD).text).toBe(
      'LangSmith returned 418 for GET /v2/deployments.\nThe server did not return a reason.'
    )
  })

  test.each([
    ['of 5,000 characters', 'x'.repeat(5_000), `${'x'.repeat(1_000)} …`],
    ['with a secret across its 1,000th character', `${'x'.repeat(996)}hunter2y`, `${'x'.repeat(996)}***y`],
    [
      'with a secret just before that character',
      `${'x'.repeat(994)}hunter2${'y'.repeat(9)}`,
      `${'x'.repeat(994)}***yyy …`
    ]
  ])('is described by the first 1,000 characters of its reason, without secrets: a reason %s', (_, detail, told) => {
    expect(explain(refused({ status: 418, detail }), CLOUD).text.split('\n')[1]).toBe(`The server returned: ${told}`)
  })

  test.each<[Answer]>([[{ status: 404, detail: 'Not Found' }], [{ status: 405 }], [{ status: 404, html: true }]])(
    'for a missing route, after other responses, does not blame the host: %j',
    (answer) => {
      const { text } = explain(refused({ ...answer, isFirst: false }), AT_THE_ROOT)
      expect(text).toContain('This installation does not support the operation')
      expect(text).not.toMatch(/api-host|control-plane-url/)
    }
  )

  test('never repeats a secret that the server returns', () => {
    const { text } = explain(refused({ status: 422, detail: 'bad value hunter2' }), CLOUD)
    expect(text).toContain('bad value ***')
    expect(text).not.toContain('hunter2')
  })

  test.each<[string, Answer, Circumstances, RegExp]>([
    [
      '401',
      { status: 401 },
      CLOUD,
      /https:\/\/api\.host\.langchain\.com rejected the API key: it is expired, revoked, or belongs to another region.+Check the secret used for `api-key`/
    ],
    [
      '403 of an organization key',
      { status: 403, detail: 'Request Requires Workspace Specification' },
      CLOUD,
      /set `workspace-id`/
    ],
    [
      '403 without the product',
      { status: 403, detail: 'LangSmith Deployment is Not Enabled' },
      CLOUD,
      /does not have LangSmith Deployment/
    ],
    ['403 on a delete', { status: 403, request: 'DELETE /v2/deployments/x' }, CLOUD, /Admin.+deployments:delete/],
    ['another 403', { status: 403 }, CLOUD, /^.*Check that the role of the key is Editor or Admin/m],
    [
      '403 with `workspace-id`',
      { status: 403 },
      { ...CLOUD, workspaceGiven: true },
      /has access to the workspace in `workspace-id`/
    ],
    ['404 of a deployment', { status: 404, detail: 'Deployment x not found' }, CLOUD, /Check the ID/],
    [
      '404 of a route',
      { status: 404, detail: 'Not Found' },
      AT_THE_ROOT,
      /`control-plane-url: https:\/\/ls\.example\.com\/api-host`/
    ],
    [
      '404 with an HTML page',
      { status: 404, html: true },
      BELOW_API_HOST,
      /No control plane found at .+ enabled in that installation/
    ],
    ['405', { status: 405 }, AT_THE_ROOT, /its path is \/api-host/],
    [
      '404 below a misspelled path',
      { status: 404, detail: 'Not Found' },
      selfHosted('http://ls.example.com/api-hots'),
      /set `control-plane-url: http:\/\/ls\.example\.com\/api-host`, or `control-plane-url: http:\/\/ls\.example\.com\/api-hots\/api-host` if/
    ],
    [
      '404 below the path of the LangSmith API',
      { status: 404, detail: 'Not Found' },
      selfHosted('https://ls.example.com/api'),
      /set `control-plane-url: https:\/\/ls\.example\.com\/api-host`\.$/m
    ],
    ...['github', 'internal_source', 'internal_docker'].map((source): [string, Answer, Circumstances, RegExp] => [
      `400 for ${source} on a self-hosted control plane`,
      { status: 400, detail: `'${source}' source is only available for Cloud SaaS deployments` },
      LOOPBACK,
      /^A self-hosted control plane deploys images only: set `source-type: external_docker` and `image-uri`\.$/m
    ]),
    [
      '409',
      { status: 409, request: 'POST /v2/deployments' },
      CLOUD,
      /another workspace.+tracing project.+within the last week/
    ],
    ['409', { status: 409, request: 'PATCH /v2/deployments/x' }, CLOUD, /Another rollout .+ may be in progress/],
    [
      '403 with an HTML page',
      { status: 403, html: true },
      CLOUD,
      /\nThe response is an HTML page, .+access to api\.host\.langchain\.com/
    ],
    ['a redirect on Cloud', { status: 302 }, CLOUD, /\nLangSmith Cloud does not redirect: a proxy or a login/],
    [
      'a redirect',
      { status: 307 },
      BELOW_API_HOST,
      /does not follow redirects.+Set `control-plane-url` to the final URL/
    ],
    ['422 with a reason', { status: 422, detail: 'name: too long' }, CLOUD, /the text above names the field/],
    [
      '422 without a reason',
      { status: 422 },
      CLOUD,
      /rejected a value without naming it\. Check the values that the plan in the log lists\./
    ],
    ['422 with its phrase only', { status: 422, detail: 'Unprocessable Entity' }, CLOUD, /without naming it/],
    [
      '422 without a listener',
      { status: 422, detail: "'listener_id' is required. Listeners: a" },
      CLOUD,
      /Set `listener-id` \(and `k8s-namespace`\)/
    ],
    [
      'an image without a listener',
      {
        status: 400,
        detail: "Source configuration error: 'external_docker' source needs a listener, and this workspace has none"
      },
      CLOUD,
      /install a listener there \(hybrid\)\. Or set `source-type: internal_docker` to have LangSmith run the image. Or set `source-type: github`/
    ],
    ['an unreadable repository', { status: 400, detail: 'No Permission on your repo' }, CLOUD, /Repository access/],
    [
      'too many free deployments',
      { status: 400, detail: 'limit of 1 free deployments' },
      CLOUD,
      /Delete a free deployment, or set `deployment-type`/
    ],
    [
      'a type that scales to zero in AWS',
      { status: 400, detail: 'Scale to zero deployments are not supported in AWS environments' },
      CLOUD,
      /Set `deployment-type` to `dev` or `dedicated`/
    ]
  ])('comes with advice for %s', (_, answer, circumstances, advice) => {
    expect(explain(refused(answer), circumstances).text).toMatch(advice)
  })

  test.each<[string, boolean, Answer]>([
    ['405', true, { status: 405 }],
    ['a redirect, which usually has an HTML page,', false, { status: 302, html: true }],
    ['a path without a route', true, { status: 404, detail: 'Not Found' }],
    ['a missing deployment', false, { status: 404, detail: 'Deployment ID x not found.' }],
    ['an HTML page with 404', true, { status: 404, html: true }],
    ['404 in JSON', false, { status: 404 }],
    ['an HTML page of a broken gateway', false, { status: 502, html: true }],
    ['an HTML page with 400', false, { status: 400, html: true }],
    ['a login page', false, { status: 403, html: true }]
  ])('can only be from another host for %s: %s', (_, expected, answer) => {
    expect(refused(answer).isWrongHost).toBe(expected)
  })

  test('has a hint about the format of the key only if the key is rejected', () => {
    const unusual = { ...CLOUD, apiKey: 'hunter2' }
    const withKey = (apiKey: string) => ({ ...CLOUD, apiKey })
    const told = (status: number, circumstances: Circumstances) => explain(refused({ status }), circumstances).text
    for (const status of [401, 403]) {
      expect(told(status, unusual)).toMatch(/does not start with `lsv2_`/)
      expect(told(status, CLOUD)).not.toMatch(/lsv2_/)
      expect(told(status, withKey('lsv2_pt_x'))).not.toMatch(/lsv2_/)
    }
    expect(told(422, unusual)).not.toMatch(/lsv2_/)
    expect(explain(refused({ status: 403, html: true }), unusual).text).not.toMatch(/lsv2_|Editor/)
    const openAi = withKey('sk-proj-hunter2')
    expect(told(401, openAi)).toMatch(/appears to be an OpenAI key \(`sk-proj-…`\)\. Create/)
    expect(told(401, openAi)).not.toMatch(/hunter2/)
    expect(told(422, openAi)).not.toMatch(/OpenAI/)
    expect(['ls__x', 'sk-ant-x', 'sk-x'].map((key) => told(401, withKey(key)))).toEqual([
      expect.stringContaining('in the old format'),
      expect.stringContaining('an Anthropic key'),
      expect.stringContaining('a model provider key')
    ])
  })

  test('never suggests /api-host on Cloud, whose URL the user does not set', () => {
    for (const error of [refused({ status: 405 }), new AnswerError('html', 'x')]) {
      expect(explain(error, CLOUD).text).not.toContain('langchain.com/api-host')
    }
  })
})

describe('an unreachable server', () => {
  test.each<[string, Circumstances, RegExp]>([
    ['on Cloud', CLOUD, /status\.smith\.langchain\.com.+HTTPS_PROXY/],
    ['elsewhere', BELOW_API_HOST, /Check `control-plane-url`.+HTTPS_PROXY/]
  ])('%s is described with advice', (_, circumstances, text) => {
    const error = new UnreachableError('connect ECONNREFUSED', 'ECONNREFUSED', false)
    const told = explain(error, circumstances)
    expect(told.title).toBe('LangSmith is not reachable')
    expect(told.text).toMatch(/could not be reached: connect ECONNREFUSED\./)
    expect(told.text).toMatch(text)
  })

  const FILE = '/etc/ca.pem'
  const BY_PROXY: FaultContext = { via: 'proxy.corp:3128' }
  const OF_PROXY: FaultContext = { ...BY_PROXY, isOfProxy: true }
  test.each<[string, FaultContext, RegExp]>([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', {}, /set NODE_EXTRA_CA_CERTS.+NODE_USE_SYSTEM_CA=1/],
    ['SELF_SIGNED_CERT_IN_CHAIN', { extra: { kind: 'none' } }, /a proxy inspects TLS, set NODE_EXTRA_CA_CERTS/],
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      { extra: { kind: 'missing', file: FILE } },
      /is \/etc\/ca\.pem, which does not exist/
    ],
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      { extra: { kind: 'missing', file: '~/ca.pem' } },
      /`~` and variables are not expanded/
    ],
    ['SELF_SIGNED_CERT_IN_CHAIN', { extra: { kind: 'unreadable', file: FILE } }, /not readable/],
    ['SELF_SIGNED_CERT_IN_CHAIN', { extra: { kind: 'not-pem', file: FILE } }, /must be PEM.+openssl x509 -inform der/],
    [
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      { extra: { kind: 'loaded', file: FILE, count: 2 } },
      /was loaded from \/etc\/ca\.pem \(2 certificates\), but it does not contain the issuer of this certificate/
    ],
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      { extra: { kind: 'pasted' } },
      /NODE_EXTRA_CA_CERTS contains the certificate itself.+to a file in an earlier step and set the path/
    ],
    [
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      {},
      /\nIf your company signs.+NODE_EXTRA_CA_CERTS.+If a public authority signed .+send the full chain/
    ],
    ['CERT_HAS_EXPIRED', { clock: '2026-11-27T00:00Z' }, /renew it\. The clock of this runner shows 2026-11-27T00:00Z/],
    ['CERT_NOT_YET_VALID', { clock: '2001-01-01T00:00Z' }, /clock of this runner shows 2001-01-01.+valid now/],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      { names: ['a.corp', 'b.corp'] },
      /The certificate is issued for a\.corp, b\.corp\. Set `control-plane-url`/
    ],
    ['UNABLE_TO_GET_CRL', {}, /replace the certificate/]
  ])('for the certificate error %s (%j) is described with advice', (code, context, advice) => {
    expect(isCertificateCode(code)).toBe(true)
    const { text } = explain(new UnreachableError('x', code, false, context), BELOW_API_HOST)
    expect(text).toContain(`https://ls.example.com/api-host was rejected (${code}): `)
    expect(text).toMatch(advice)
  })

  test.each(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
    'for the certificate error %s, which a CA does not fix, has no advice about CAs',
    (code) => {
      const { text } = explain(new UnreachableError('x', code, false), CLOUD)
      expect(text).not.toMatch(/set NODE_EXTRA_CA_CERTS|NODE_USE_SYSTEM_CA/)
    }
  )

  test.each<[string, Circumstances, FaultContext, RegExp]>([
    ['on Cloud has advice about the chain first', CLOUD, {}, /\nIf a public authority.+If your company/],
    ['on Cloud behind a proxy has advice about the proxy first', CLOUD, BY_PROXY, /\nIf your company.+If a public/]
  ])('without its intermediate certificates %s', (_, circumstances, context, advice) => {
    const error = new UnreachableError('x', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', false, context)
    const { text } = explain(error, circumstances)
    expect(text).toMatch(advice)
    expect(text).not.toContain('Otherwise')
  })

  test.each([
    ['ENOTFOUND', { http: 'http://p:1' }, /\nHTTP_PROXY is set, but applies only to http:\/\/\. Set HTTPS_PROXY too\./],
    ['ETIMEDOUT', { hasAll: true }, /\nALL_PROXY is set, but is not supported\. Set HTTPS_PROXY\./],
    [
      'ECONNREFUSED',
      { https: 'http://p:1', except: 'localhost,.example.com' },
      /\nNO_PROXY \(`\.example\.com`\) excludes ls\.example\.com from the proxy in HTTPS_PROXY/
    ]
  ])('that is reached directly (%s) has the reason why the proxy is not used: %j', (code, proxy, advice) => {
    const { text } = explain(new UnreachableError('x', code, false), { ...BELOW_API_HOST, proxy })
    expect(text).toMatch(advice)
    expect(text).not.toContain('whether this runner needs a proxy')
  })

  test('for an upload is described by the host of the upload URL', () => {
    const error = new UnreachableError('cut', 'ECONNRESET', true, { origin: 'https://storage.example.com' })
    const { title, text } = explain(error, BELOW_API_HOST)
    expect(title).toBe('Upload URL not reachable')
    expect(text).toMatch(
      /^https:\/\/storage\.example\.com could not be reached: cut\.\n.+can reach storage\.example\.com/
    )
    expect(text).not.toMatch(/control-plane-url|ls\.example/)
  })

  test.each<[string, FaultContext, Circumstances, RegExp]>([
    ['ENOTFOUND', {}, BELOW_API_HOST, /resolves only inside its network.+Check `control-plane-url`/],
    ['ENOTFOUND', {}, CLOUD, /public host names.+HTTPS_PROXY/],
    ['EAI_AGAIN', {}, CLOUD, /Rerun this job/],
    ['ECONNREFUSED', {}, BELOW_API_HOST, /No server listens on that port/],
    ['ETIMEDOUT', {}, CLOUD, /firewall/],
    ['EHOSTUNREACH', {}, BELOW_API_HOST, /a self-hosted runner there/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', {}, BELOW_API_HOST, /port does not use TLS/],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', {}, BELOW_API_HOST, /TLS 1\.2 or newer/],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', {}, BELOW_API_HOST, /current ciphers/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', {}, BELOW_API_HOST, /does not support client certificates/],
    [
      'ECONNREFUSED',
      BY_PROXY,
      CLOUD,
      /went through the proxy proxy\.corp:3128\. Add hosts that need no proxy to NO_PROXY/
    ],
    ['ECONNREFUSED', OF_PROXY, CLOUD, /host and the port in HTTPS_PROXY/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', OF_PROXY, CLOUD, /use `http:\/\/` instead of `https:\/\/` in HTTPS_PROXY/],
    ['UND_ERR_ABORTED', { ...BY_PROXY, proxyStatus: 407 }, CLOUD, /USER:PASSWORD.+not NTLM/],
    ['UND_ERR_ABORTED', { ...BY_PROXY, proxyStatus: 403 }, CLOUD, /allow CONNECT to api\.host\.langchain\.com/],
    ['UND_ERR_ABORTED', { ...BY_PROXY, proxyStatus: 502 }, CLOUD, /could not reach api\.host\.langchain\.com/]
  ])('with the error %s (%j) is described with the next step', (code, context, circumstances, advice) => {
    const message = wordsFor(code, '', context)
    const { text } = explain(new UnreachableError(message, code, false, context), circumstances)
    expect(text).toMatch(advice)
    expect(text).toContain(`could not be reached: ${message}.`)
  })

  test.each(['', 'ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'UND_ERR_SOCKET'])(
    'with the error %j has no certificate problem',
    (code) => {
      expect(isCertificateCode(code)).toBe(false)
    }
  )
})

test.each<['html' | 'shape', Circumstances, RegExp]>([
  ['html', AT_THE_ROOT, /set `control-plane-url: https:\/\/ls\.example\.com\/api-host`/],
  ['html', BELOW_API_HOST, /Check the host in `control-plane-url`/],
  ['shape', CLOUD, /this action does not support its version/]
])('an unusable response (%s) is described with advice', (fault, circumstances, advice) => {
  const { title, text } = explain(new AnswerError(fault, 'the list has no `resources`'), circumstances)
  expect(title).toBe('Invalid response from LangSmith')
  expect(text).toContain(`${circumstances.controlPlane.url}: the list has no \`resources\`.`)
  expect(text).toMatch(advice)
})

describe('a RefusalError', () => {
  test.each<[string, RefusalError, RegExp]>([
    [
      'a missing deployment of this name',
      deploymentMissing('x'),
      /Deployment "x" does not exist.+\n.*`command: deploy`/
    ],
    [
      'a missing deployment that must exist',
      deploymentMayNotBeCreated('x'),
      /Deployment "x" does not exist .+, and `if-missing: fail` does not allow creating it\.\nCheck `name`/
    ],
    [
      'a deployment that is being deleted',
      deploymentGoing({ name: 'x', updated_at: '2026-11-26T10:12:13.123456+00:00' }),
      /The deletion of deployment "\S+" started on 2026-11-26 10:12 UTC\. Its name stays reserved for up to a week\.\nSet another `name`/
    ],
    ['a name and an ID of two deployments', nameAndIdDisagree('x', 'i', 'y'), /named "y"\.\nOmit `name`/],
    [
      'another source',
      sourceDiffers('x', 'github', 'image i'),
      /source github.+image i.+\nSet `source-type: github`, and omit `image-uri`/
    ],
    [
      'the source of an uploaded archive',
      sourceDiffers('x', 'internal_source', 'image i'),
      /\nSet `source-type: internal_source` and omit `image-uri`, or/
    ],
    [
      'the source of a pushed image',
      sourceDiffers('x', 'internal_docker', 'image i'),
      /\nSet `source-type: internal_docker` and `image-uri`, or/
    ],
    [
      'the source of an image',
      sourceDiffers('x', 'external_docker', 'a repository'),
      /\nSet `source-type: external_docker` and `image-uri`, and omit/
    ],
    [
      'a field that cannot change',
      fixedAtCreate('repo-url', 'a', 'b'),
      /is b, but the deployment has a.+\nSet it to the current value/
    ]
  ])('describes the problem and the remedy: %s', (_, error, text) => {
    expect(explain(error, CLOUD)).toEqual({ title: error.title, text: expect.stringMatching(text) })
    expect(error.title).toMatch(/^[A-Z][^."`]{5,40}$/)
  })

  test('does not end with two periods if the text of the server ends with one', () => {
    const behind = refused({ status: 409, detail: 'It exists already.', request: 'POST /v2/deployments' })
    expect(explain(createFailed('x', behind), CLOUD).text).toMatch(/: It exists already\.\n/)
  })

  test('quotes its cause from the server, without secrets', () => {
    const behind = refused({ status: 504, detail: 'hunter2 timed out', request: 'POST /v2/deployments' })
    const lines = explain(createFailed('x', behind), CLOUD).text.split('\n')
    expect(lines[1]).toBe('Last error: LangSmith returned 504 for POST /v2/deployments: *** timed out.')
    const taken = explain(createFailed('x', refused({ status: 409 })), CLOUD).text
    expect(taken).toContain('LangSmith returned 409 for ')
    expect(taken).toMatch(/tracing project/)
  })

  test.each([
    [
      '500',
      refused({ status: 500, request: 'POST /v2/deployments' }),
      /^The control plane fails .+ later.+status\.smith/
    ],
    [
      '503',
      refused({ status: 503, request: 'POST /v2/deployments' }),
      /^The control plane fails .+ later.+status\.smith/
    ],
    ['no response', new UnreachableError('cut', '', true), /^Rerun this job; .+ network/]
  ])('names no cause of a 409 for a create with %s', (_, behind, advice) => {
    const { title, text } = explain(createFailed('x', behind), CLOUD)
    expect(title).toBe('Deployment could not be created')
    expect(text).not.toMatch(/another workspace|tracing project|another `name`/)
    expect(text.split('\n').at(-1)).toMatch(advice)
  })

  test.each([
    ['Cloud', CLOUD, false],
    ['a loopback address', LOOPBACK, true],
    ['a self-hosted control plane', BELOW_API_HOST, true]
  ])('about a missing GitHub integration of %s', (_, circumstances, isTold) => {
    const { text } = explain(
      new NoIntegrationError('GitHub integration not found', 'none', 'Install it.'),
      circumstances
    )
    expect(text).toContain('\nInstall it.')
    expect(/deploys images only: set `source-type: external_docker` and `image-uri`\.$/.test(text)).toBe(isTold)
  })

  test('quotes a cause without a response', () => {
    const { text } = explain(writeLost('The patch', new UnreachableError('cut at hunter2', '', true)), CLOUD)
    expect(text).toBe(
      'The patch was sent three times without a visible effect.\nLast error: cut at ***.\nCheck the deployment in LangSmith before you rerun this job.'
    )
  })
})

test.each<[string, unknown, string]>([
  ['an error', new TypeError('x is not a function'), 'x is not a function'],
  ['a text', 'a text', 'a text'],
  ['nothing', undefined, 'undefined']
])('any other error is described by its message, without a stack: %s', (_, error, text) => {
  expect(explain(error, CLOUD)).toEqual({
    title: 'Unexpected error',
    text: `${text}.\nRerun this job with debug logging. If it fails again, report the error and the log in the repository of this action.`
  })
})

test('a RefusalError shows no credentials from the settings that it quotes', () => {
  const error = fixedAtCreate('repo-url', 'https://ci:hunter2@git.example.com/a', 'https://git.example.com/b')
  expect(explain(error, CLOUD).text).toContain('the deployment has https://ci:***@git.example.com/a.')
})
